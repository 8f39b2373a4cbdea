//! One cell of an OpenDocument sheet: its value by its attributes, its text by its paragraphs.

use std::io::Read;

use super::iso_class;
use super::xml::{Attributes, Token, Trouble, Xml, unescape};
use crate::caps;
use crate::kinds::date;
use crate::kinds::money::{self, Mark};
use crate::kinds::number::general_text;
use crate::kinds::words;
use crate::raw::{CellClass, Stored};

/// A cell's attributes.
#[derive(Default)]
pub(crate) struct Written {
    /// What the value is, of those that are known here; empty where nothing was said.
    kind: &'static str,
    value: Option<String>,
    currency: Option<String>,
    error: bool,
    pub formula: bool,
    /// Under another cell of a merged region.
    pub covered: bool,
    pub repeated: u64,
    pub rows_spanned: u64,
    pub columns_spanned: u64,
}

impl Written {
    pub fn of(attributes: Attributes<'_>) -> Written {
        let mut cell = Written { repeated: 1, rows_spanned: 1, columns_spanned: 1, ..Written::default() };
        let count = |value: &str| value.parse::<u64>().unwrap_or(1).max(1);
        for (name, value) in attributes.iter() {
            match name {
                // LibreOffice writes the type twice; only its own tells errors.
                "value-type" if value == "error" => cell.error = true,
                "value-type" if cell.kind.is_empty() => cell.kind = known(value),
                "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => {
                    cell.value = Some(unescape(value).into_owned());
                }
                "currency" => cell.currency = Some(value.to_owned()),
                "formula" => cell.formula = true,
                "number-columns-repeated" => cell.repeated = count(value),
                "number-rows-spanned" => cell.rows_spanned = count(value),
                "number-columns-spanned" => cell.columns_spanned = count(value),
                _ => {}
            }
        }
        cell
    }

    /// The cell's text and what it is, given its paragraphs.
    pub fn text(&self, paragraphs: &str) -> (String, CellClass) {
        let value = self.value.as_deref().unwrap_or_default();
        let number = |class: CellClass| match value.parse::<f64>() {
            Ok(number) => (general_text(number), class),
            Err(_) => (paragraphs.to_owned(), CellClass::TEXT),
        };
        // Programs that do not say that a formula failed write what it shows.
        let failed = self.formula && (paragraphs.starts_with("Err:") || is_failure(paragraphs));
        if self.error || failed {
            return (paragraphs.to_owned(), CellClass::plain(Stored::Error));
        }
        match self.kind {
            "float" => number(CellClass::plain(Stored::Number)),
            "percentage" => number(CellClass { percent: true, ..CellClass::plain(Stored::Number) }),
            "currency" => {
                let currency = self.currency.as_deref().and_then(money::mark).and_then(|mark| match mark {
                    Mark::Known(currency) => Some(currency),
                    Mark::Unknown => None,
                });
                number(CellClass { currency, ..CellClass::plain(Stored::Number) })
            }
            "date" => iso_class(value),
            "time" => match duration(value) {
                Some(micros) => (date::time_text(micros), CellClass::plain(Stored::Time)),
                None => (paragraphs.to_owned(), CellClass::TEXT),
            },
            "boolean" => (value.to_ascii_uppercase(), CellClass::plain(Stored::Boolean)),
            _ if self.value.is_some() && paragraphs.is_empty() => (value.to_owned(), CellClass::TEXT),
            _ => (paragraphs.to_owned(), CellClass::TEXT),
        }
    }
}

/// The kind of a value; everything else is a text.
fn known(kind: &str) -> &'static str {
    const KINDS: [&str; 6] = ["float", "percentage", "currency", "date", "time", "boolean"];
    KINDS.into_iter().find(|known| *known == kind).unwrap_or("string")
}

/// What a formula shows that failed: `#N/D`, `#WERT!`.
fn is_failure(shown: &str) -> bool {
    shown.starts_with('#') && (words::is_error(shown) || words::is_empty_word(shown))
}

/// A length of time such as `PT07H40M00S` or `P1DT13H30M` in microseconds.
fn duration(text: &str) -> Option<i64> {
    let (days, mut rest) = text.strip_prefix('P')?.split_once('T').unwrap_or((&text[1..], ""));
    let mut micros = match days.strip_suffix(['D', 'd']) {
        Some(days) => i64::from(days.parse::<u16>().ok()?).checked_mul(86_400_000_000)?,
        None if days.is_empty() => 0,
        None => return None,
    };
    for (unit, size) in [('H', 3_600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((value, after)) = rest.split_once(unit) {
            let value: f64 = value.replace(',', ".").parse().ok()?;
            if !(0.0..1e9).contains(&value) {
                return None;
            }
            micros = micros.checked_add((value * size * 1e3).round() as i64 * 1_000)?;
            rest = after;
        }
    }
    rest.is_empty().then_some(micros)
}

/// Reads paragraphs until the end of the cell; notes and pictures are passed over.
pub(crate) fn paragraphs<R: Read>(xml: &mut Xml<R>, out: &mut String) -> Result<(), Trouble> {
    out.clear();
    let (mut depth, mut first) = (0u64, true);
    loop {
        match xml.next()?.ok_or(Trouble::Ends)? {
            Token::Start(
                "annotation" | "frame" | "shape" | "custom-shape" | "g" | "control" | "line" | "rect" | "detective"
                | "table",
                _,
                false,
            ) => xml.skip()?,
            Token::Start(name, attributes, closed) => {
                match name {
                    "p" | "h" => {
                        if !first {
                            out.push('\n');
                        }
                        first = false;
                    }
                    "s" => {
                        let blanks = attributes.number("c").unwrap_or(1).min(1_000);
                        out.extend(std::iter::repeat_n(' ', blanks as usize));
                    }
                    "tab" => out.push('\t'),
                    "line-break" => out.push('\n'),
                    _ => {}
                }
                depth += u64::from(!closed);
            }
            Token::End(_) if depth == 0 => return Ok(()),
            Token::End(_) => depth -= 1,
            Token::Text(text) if depth > 0 => out.push_str(&unescape(text)),
            Token::Verbatim(text) if depth > 0 => out.push_str(text),
            _ => {}
        }
        if out.len() > caps::XML_TOKEN_BYTES {
            return Err(Trouble::Malformed("a text without end"));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn cell(xml: &str) -> (String, Stored, bool) {
        let mut xml = Xml::new(xml.as_bytes());
        let Some(Token::Start(_, attributes, _)) = xml.next().unwrap() else { panic!("a cell") };
        let written = Written::of(attributes);
        let mut text = String::new();
        paragraphs(&mut xml, &mut text).unwrap();
        let (text, class) = written.text(&text);
        (text, class.stored, class.percent)
    }

    #[test]
    fn values_go_before_what_is_shown() {
        for (xml, wanted, stored) in [
            (
                "<c office:value-type=\"float\" office:value=\"1234.5\"><text:p>1.234,50</text:p></c>",
                "1234.5",
                Stored::Number,
            ),
            (
                "<c office:value-type=\"date\" office:date-value=\"2026-03-03\"><text:p>03.03.26</text:p></c>",
                "2026-03-03",
                Stored::Date,
            ),
            (
                "<c office:value-type=\"time\" office:time-value=\"PT07H40M00S\"><p>07:40</p></c>",
                "07:40:00",
                Stored::Time,
            ),
            (
                "<c office:value-type=\"time\" office:time-value=\"P1DT13H30M\"><p>37:30</p></c>",
                "37:30:00",
                Stored::Time,
            ),
            ("<c office:value-type=\"time\" office:time-value=\"P2D\"><p>48:00</p></c>", "48:00:00", Stored::Time),
            ("<c table:formula=\"of:=x\" office:value-type=\"string\"><p>#N/D</p></c>", "#N/D", Stored::Error),
            ("<c office:value-type=\"boolean\" office:boolean-value=\"true\"><p>WAHR</p></c>", "TRUE", Stored::Boolean),
            (
                "<c office:value-type=\"string\"><p>a<s c=\"2\"/>b<span> &amp; c</span></p><p>d</p></c>",
                "a  b & c\nd",
                Stored::Text,
            ),
            (
                "<c office:value-type=\"string\" calcext:value-type=\"error\" office:string-value=\"\"><p>#N/A</p></c>",
                "#N/A",
                Stored::Error,
            ),
        ] {
            let (text, got, _) = cell(xml);
            assert_eq!((text.as_str(), got), (wanted, stored), "{xml}");
        }
        assert!(cell("<c office:value-type=\"percentage\" office:value=\"0.19\"><p>19 %</p></c>").2);
    }

    #[test]
    fn notes_are_no_part_of_the_text() {
        let (text, ..) = cell("<c><annotation><p>a note</p></annotation><p>Brot</p></c>");
        assert_eq!(text, "Brot");
    }
}
