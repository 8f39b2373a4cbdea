//! Tags and texts of an XML part, streamed. No entity but the five and numbers, no document type, no tag or text larger
//! than a few megabytes: what grows without end inside a workbook is an attack.

use std::io::Read;

use crate::caps;

/// What went wrong while a part was read.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The archive or the disk.
    Io(std::io::Error),
    /// Not XML, or of a kind that no spreadsheet program writes.
    Malformed(&'static str),
    /// The part ends in the middle.
    Ends,
}

/// A piece of XML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A start tag: its name without prefix, its attributes as they stand, whether it closes itself.
    Start(&'a str, Attributes<'a>, bool),
    /// An end tag.
    End(&'a str),
    /// Text as it stands, entities included.
    Text(&'a str),
    /// Text without entities.
    Verbatim(&'a str),
}

/// The attributes of a tag as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// Names without prefix, and values as they stand.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let text = self.0;
        let bytes = text.as_bytes();
        let mut at = 0;
        let blanks = move |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        std::iter::from_fn(move || {
            at = blanks(at.min(bytes.len()));
            let equals = at + memchr::memchr(b'=', &bytes[at..])?;
            let name = local(text[at..equals].trim_ascii_end());
            let open = blanks(equals + 1);
            let quote = *bytes.get(open).filter(|b| matches!(b, b'"' | b'\''))?;
            let close = open + 1 + memchr::memchr(quote, &bytes[open + 1..])?;
            at = close + 1;
            Some((name, &text[open + 1..close]))
        })
    }

    /// The value of an attribute, entities resolved.
    pub fn get(self, name: &str) -> Option<String> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| unescape(value).into_owned())
    }

    /// The value as it stands.
    pub fn plain(self, name: &str) -> Option<&'a str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// A number among the attributes.
    pub fn number(self, name: &str) -> Option<u64> {
        self.plain(name)?.trim().parse().ok()
    }
}

/// Reads tokens one after the other.
pub(crate) struct Xml<R> {
    source: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    done: bool,
    scratch: String,
}

const STEP: usize = 128 << 10;

impl<R: Read> Xml<R> {
    pub fn new(source: R) -> Self {
        Xml { source, buffer: vec![0; STEP], start: 0, end: 0, done: false, scratch: String::new() }
    }

    /// Makes room and reads on; false at the end.
    fn more(&mut self) -> Result<bool, Trouble> {
        if self.done {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            if self.buffer.len() >= caps::XML_TOKEN_BYTES {
                return Err(Trouble::Malformed("a tag or text without end"));
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.source.read(&mut self.buffer[self.end..]).map_err(Trouble::Io)?;
        self.end += read;
        self.done = read == 0;
        Ok(read > 0)
    }

    /// Where this byte comes next after `from` bytes of the unread ones; reads on until it does.
    fn find(&mut self, byte: u8, from: usize) -> Result<Option<usize>, Trouble> {
        let mut searched = from;
        loop {
            let unread = &self.buffer[self.start..self.end];
            if let Some(on) = unread.get(searched..).and_then(|rest| memchr::memchr(byte, rest)) {
                return Ok(Some(searched + on));
            }
            searched = unread.len().max(from);
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// Where the tag that begins here ends; `>` inside quotes does not count.
    fn tag_end(&mut self) -> Result<usize, Trouble> {
        let mut from = 1;
        loop {
            let end = self.find(b'>', from)?.ok_or(Trouble::Ends)?;
            let Some(quote) = open_quote(&self.buffer[self.start + from..self.start + end]) else { return Ok(end) };
            // On behind the value, so that one of nothing but `>` is not gone through for each of them.
            from = self.find(quote, end + 1)?.ok_or(Trouble::Ends)? + 1;
        }
    }

    fn skip_until(&mut self, closing: &str) -> Result<(), Trouble> {
        let closing = closing.as_bytes();
        let mut from = 0;
        loop {
            let end = self.find(b'>', from)?.ok_or(Trouble::Ends)?;
            if self.buffer[self.start..=self.start + end].ends_with(closing) {
                self.start += end + 1;
                return Ok(());
            }
            // What is passed is let go, except what may begin the closing mark.
            let passed = (end + 1).saturating_sub(closing.len() - 1);
            self.start += passed;
            from = end + 1 - passed;
        }
    }

    /// The next token; nothing at the end.
    pub fn next(&mut self) -> Result<Option<Token<'_>>, Trouble> {
        loop {
            if self.start == self.end && !self.more()? {
                return Ok(None);
            }
            if self.buffer[self.start] != b'<' {
                let end = self.find(b'<', 0)?.unwrap_or(self.end - self.start);
                let from = self.start;
                self.start += end;
                return Ok(Some(Token::Text(as_text(&self.buffer[from..from + end], &mut self.scratch))));
            }
            while self.end - self.start < 9 && self.more()? {}
            match self.buffer[self.start..self.end].get(1) {
                Some(b'!') => {
                    let unread = &self.buffer[self.start..self.end];
                    if unread.starts_with(b"<!--") {
                        self.start += 4;
                        self.skip_until("-->")?;
                    } else if unread.starts_with(b"<![CDATA[") {
                        self.start += 9;
                        return self.verbatim();
                    } else {
                        return Err(Trouble::Malformed("a document type"));
                    }
                }
                Some(b'?') => {
                    self.start += 2;
                    self.skip_until("?>")?;
                }
                _ => return self.tag(),
            }
        }
    }

    fn verbatim(&mut self) -> Result<Option<Token<'_>>, Trouble> {
        let mut from = 0;
        loop {
            let end = self.find(b'>', from)?.ok_or(Trouble::Ends)?;
            if end >= 2 && &self.buffer[self.start + end - 2..self.start + end] == b"]]" {
                let begin = self.start;
                self.start += end + 1;
                return Ok(Some(Token::Verbatim(as_text(&self.buffer[begin..begin + end - 2], &mut self.scratch))));
            }
            from = end + 1;
        }
    }

    fn tag(&mut self) -> Result<Option<Token<'_>>, Trouble> {
        let end = self.tag_end()?;
        let (from, till) = (self.start + 1, self.start + end);
        self.start = till + 1;
        let text = as_text(&self.buffer[from..till], &mut self.scratch);
        if text.as_bytes().first() == Some(&b'/') {
            return Ok(Some(Token::End(local(text[1..].trim_ascii_end()))));
        }
        let closed = text.as_bytes().last() == Some(&b'/');
        let text = if closed { &text[..text.len() - 1] } else { text };
        let name_end = text.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(text.len());
        Ok(Some(Token::Start(local(&text[..name_end]), Attributes(&text[name_end..]), closed)))
    }

    /// Passes over everything until the end tag that closes the start tag read last, without looking at names and texts.
    pub fn skip(&mut self) -> Result<(), Trouble> {
        let mut depth = 1u64;
        while depth > 0 {
            let text = self.find(b'<', 0)?.ok_or(Trouble::Ends)?;
            self.start += text;
            while self.end - self.start < 2 && self.more()? {}
            match self.buffer[self.start..self.end].get(1) {
                Some(b'!' | b'?') => match self.next()?.ok_or(Trouble::Ends)? {
                    Token::Start(_, _, false) => depth += 1,
                    Token::End(_) => depth -= 1,
                    _ => {}
                },
                second => {
                    let closes = second == Some(&b'/');
                    let end = self.tag_end()?;
                    let alone = self.buffer[self.start + end - 1] == b'/';
                    self.start += end + 1;
                    match (closes, alone) {
                        (true, _) => depth -= 1,
                        (false, true) => {}
                        (false, false) => depth += 1,
                    }
                }
            }
        }
        Ok(())
    }
}

/// The quote that was opened in these bytes and is still open at their end.
fn open_quote(tag: &[u8]) -> Option<u8> {
    memchr::memchr2(b'"', b'\'', tag)?;
    // Nearly always there is one kind alone, and then it opens and closes in turn. Counted in bytes, many at a time.
    if tag.iter().fold(0, |any, byte| any | u8::from(*byte == b'\'')) == 0 {
        return (tag.iter().fold(0, |odd, byte| odd ^ u8::from(*byte == b'"')) == 1).then_some(b'"');
    }
    let mut at = 0;
    while let Some(open) = memchr::memchr2(b'"', b'\'', &tag[at..]) {
        let open = at + open;
        match memchr::memchr(tag[open], &tag[open + 1..]) {
            Some(close) => at = open + close + 2,
            None => return Some(tag[open]),
        }
    }
    None
}

fn local(name: &str) -> &str {
    match memchr::memchr(b':', name.as_bytes()) {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

fn as_text<'a>(bytes: &'a [u8], scratch: &'a mut String) -> &'a str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => {
            *scratch = String::from_utf8_lossy(bytes).into_owned();
            scratch
        }
    }
}

/// Text with its entities resolved; unknown ones stay as they stand.
pub(crate) fn unescape(text: &str) -> std::borrow::Cow<'_, str> {
    resolve(text, |after| {
        let end = after.bytes().take(LONGEST_ENTITY + 1).position(|byte| byte == b';')?;
        Some((entity_char(&after[..end])?, end + 1))
    })
}

/// Names and numbers of entities are no longer than this; looking no further keeps a text of nothing but `&` from
/// being read once for each of them.
pub(crate) const LONGEST_ENTITY: usize = 10;

/// Text in which each `&` gives way to what `letter` makes of the text after it: the letter and how many bytes it
/// stands for; where that is nothing the `&` stays.
pub(crate) fn resolve(text: &str, letter: impl Fn(&str) -> Option<(char, usize)>) -> std::borrow::Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (letter, bytes) = letter(after).unwrap_or(('&', 0));
        out.push(letter);
        rest = &after[bytes..];
    }
    out.push_str(rest);
    out.into()
}

/// The letter that an entity of XML, or a number, stands for.
pub(crate) fn entity_char(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Hands out one byte at a time, so that every token is cut everywhere.
    struct Slow<'a>(&'a [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            out[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn a_text_of_nothing_but_ampersands_is_read_once() {
        let many = "&".repeat(8_000_000);
        assert!(unescape(&many) == many, "every & stays");
        assert_eq!(unescape("&amp;&#x26;&toolongname;& ;&ä;"), "&&&toolongname;& ;&ä;");
    }

    fn tokens(text: &str) -> Vec<String> {
        let mut xml = Xml::new(Slow(text.as_bytes()));
        let mut out = Vec::new();
        while let Ok(Some(token)) = xml.next() {
            out.push(match token {
                Token::Start(name, attributes, closed) => {
                    let attributes: Vec<_> = attributes.iter().map(|(n, v)| format!("{n}={v}")).collect();
                    format!("<{name} {}{}", attributes.join(" "), if closed { "/" } else { "" })
                }
                Token::End(name) => format!("</{name}"),
                Token::Text(text) => unescape(text).into_owned(),
                Token::Verbatim(text) => format!("[{text}]"),
            });
        }
        out
    }

    #[test]
    fn tags_texts_comments_and_verbatim_pieces() {
        let text = "<?xml version=\"1.0\"?><!-- a > b --><x:c r=\"B5\" s='3'><v>1 &amp; &#228;</v><f/><![CDATA[<a>]]b]]></x:c><!---->";
        assert_eq!(tokens(text), ["<c r=B5 s=3", "<v ", "1 & ä", "</v", "<f /", "[<a>]]b]", "</c"]);
    }

    #[test]
    fn a_bracket_inside_an_attribute_ends_no_tag() {
        assert_eq!(tokens("<a b=\"x > y\" c='\"'/>z"), ["<a b=x > y c=\"/", "z"]);
    }

    #[test]
    fn a_value_of_nothing_but_brackets_is_gone_through_once() {
        let many = ">".repeat(1_900_000);
        let text = format!("<a b=\"{many}\" c='{many}\"'/><z/>");
        let mut xml = Xml::new(text.as_bytes());
        assert!(matches!(xml.next(), Ok(Some(Token::Start("a", _, true)))));
        assert!(matches!(xml.next(), Ok(Some(Token::Start("z", _, true)))));
    }

    #[test]
    fn what_is_passed_over_is_passed_over_whole() {
        let inside =
            "x<b c='1 > \"2'>t &lt;/a></b><b/><b x=\"/\">'</b><!-- </a> --><![CDATA[</a>]]><?p </a>?>\"<d/ ></d>";
        for text in [format!("<a>{inside}</a><z/>"), format!("<a>{}</a><z/>", inside.repeat(20_000))] {
            let mut xml = Xml::new(text.as_bytes());
            assert!(matches!(xml.next(), Ok(Some(Token::Start("a", _, false)))));
            xml.skip().unwrap();
            assert!(matches!(xml.next(), Ok(Some(Token::Start("z", _, true)))));
        }
        let text = format!("<a>{inside}</a><z/>");
        let mut slow = Xml::new(Slow(text.as_bytes()));
        assert!(slow.next().is_ok() && slow.skip().is_ok());
        assert!(matches!(slow.next(), Ok(Some(Token::Start("z", _, true)))));
        for end in 4..text.len() - 8 {
            let mut cut = Xml::new(&text.as_bytes()[..end]);
            assert!(cut.next().is_ok());
            assert!(matches!(cut.skip(), Err(Trouble::Ends | Trouble::Malformed(_))), "{end}");
        }
    }

    #[test]
    fn what_ends_in_the_middle_says_so() {
        let mut xml = Xml::new(&b"<a><b attr=\"x"[..]);
        assert!(xml.next().is_ok());
        assert!(matches!(xml.next(), Err(Trouble::Ends)));
        assert!(matches!(Xml::new(&b"<!DOCTYPE x><a/>"[..]).next(), Err(Trouble::Malformed(_))));
    }

    #[test]
    fn a_text_without_end_is_refused() {
        let endless = std::io::repeat(b'x');
        assert!(matches!(Xml::new(endless).next(), Err(Trouble::Malformed(_))));
    }

    // fault 62
    #[test]
    fn unknown_entities_stay() {
        assert_eq!(unescape("a &b; &#x110000; &"), "a &b; &#x110000; &");
    }
}
