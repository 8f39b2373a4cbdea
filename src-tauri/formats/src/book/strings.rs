//! The shared strings of a workbook in one arena.

use std::io::Read;

use super::xml::{Token, Trouble, Xml, unescape};
use crate::caps;

/// Texts by number.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub fn get(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)? as usize;
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        self.text.get(start..end)
    }

    /// Adds a text; false once there are too many.
    pub fn push(&mut self, text: &str) -> bool {
        if (self.text.len() + text.len()) as u64 > caps::TEXT_BYTES || self.ends.len() as u64 > caps::CELLS {
            return false;
        }
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        true
    }

    /// Reads `sharedStrings.xml`.
    pub fn read<R: Read>(xml: &mut Xml<R>) -> Result<Strings, Trouble> {
        let mut strings = Strings::default();
        let mut text = String::new();
        loop {
            match xml.next()? {
                None => return Ok(strings),
                Some(Token::Start("si", _, closed)) => {
                    text.clear();
                    if !closed {
                        rich_text(xml, "si", &mut text)?;
                    }
                    if !strings.push(&text) {
                        return Err(Trouble::Malformed("too many shared strings"));
                    }
                }
                Some(_) => {}
            }
        }
    }
}

/// The runs of a rich text until its end tag, without what only tells how to pronounce it.
pub(crate) fn rich_text<R: Read>(xml: &mut Xml<R>, closing: &str, out: &mut String) -> Result<(), Trouble> {
    let mut inside = false;
    loop {
        match xml.next()?.ok_or(Trouble::Ends)? {
            Token::Start("t", _, closed) => inside = !closed,
            Token::Start("rPh", _, false) => xml.skip()?,
            Token::End("t") => inside = false,
            Token::End(name) if name == closing => break,
            Token::Text(text) if inside => out.push_str(&unescape(text)),
            Token::Verbatim(text) if inside => out.push_str(text),
            _ => {}
        }
        if out.len() > caps::XML_TOKEN_BYTES {
            return Err(Trouble::Malformed("a text without end"));
        }
    }
    unescape_control(out);
    Ok(())
}

/// `_x000D_` and its like, as Excel writes letters that XML cannot hold.
pub(crate) fn unescape_control(text: &mut String) {
    if !text.contains("_x") {
        return;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    *text = out;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_pronunciation_left_out() {
        let xml = "<sst><si><t>Brot</t></si><si><r><t>Sem</t></r><r><t xml:space=\"preserve\">mel </t></r><rPh sb=\"0\"><t>x</t></rPh></si><si/><si><t>a_x000D_b_xyz</t></si></sst>";
        let strings = Strings::read(&mut Xml::new(xml.as_bytes())).unwrap();
        assert_eq!(
            (0..5).map(|n| strings.get(n)).collect::<Vec<_>>(),
            [Some("Brot"), Some("Semmel "), Some(""), Some("a\rb_xyz"), None]
        );
    }
}
