//! The rows of one sheet of an Office Open XML workbook, streamed into the arena.

use std::hash::BuildHasher;
use std::io::Read;

use larder_model::Refusal;

use super::serial::{NumberFormat, Shows};
use super::strings::{Strings, rich_text, unescape_control};
use super::xml::{Attributes, Token, Trouble, Xml, unescape};
use super::{Extent, Merge, Request, Sheet, iso_class};
use crate::caps;
use crate::progress::report;
use crate::raw::{CellClass, RawBuilder, Stored};

/// What cells refer to.
pub(crate) struct Context<'a> {
    pub strings: &'a Strings,
    pub formats: &'a [NumberFormat],
    pub epoch_1904: bool,
    /// The file ends in the middle: what can be read of the sheet is all that there is.
    pub cut: bool,
}

/// Why a sheet could not be read.
pub(crate) enum Problem {
    Xml(Trouble),
    Refused(Refusal),
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Problem::Xml(trouble)
    }
}
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Type {
    Number,
    Shared,
    Boolean,
    Error,
    Text,
    Inline,
    Date,
}

/// A cell while it is read.
struct Open {
    row: u64,
    column: usize,
    style: usize,
    kind: Type,
}

/// A start tag of a cell of the usual form.
struct PlainStart {
    /// Row and column, where the cell says them.
    place: Option<(u64, usize)>,
    style: usize,
    kind: Type,
    /// Bytes of the tag.
    bytes: usize,
}

/// Reads `<c r="B5" s="3" t="s">`; nothing where anything else stands there.
fn plain_start(ahead: &[u8]) -> Option<PlainStart> {
    if ahead.get(..2)? != b"<c" {
        return None;
    }
    let mut start = PlainStart { place: None, style: 0, kind: Type::Number, bytes: 2 };
    loop {
        match *ahead.get(start.bytes)? {
            b'>' => {
                start.bytes += 1;
                return Some(start);
            }
            b' ' => {}
            _ => return None,
        }
        let rest = &ahead[start.bytes + 1..];
        if rest.get(1..3)? != b"=\"" {
            return None;
        }
        let length = rest[3..].iter().take(16).position(|b| *b == b'"')?;
        let value = &rest[3..3 + length];
        match rest[0] {
            b'r' => start.place = Some(plain_place(value)?),
            b's' => start.style = plain_number(value)? as usize,
            b't' => start.kind = type_of(value),
            _ => return None,
        }
        start.bytes += length + 5;
    }
}

/// These bytes stand at this place. Their number is known while this is built, which makes it one comparison.
fn stands<const N: usize>(bytes: &[u8], at: usize, wanted: &[u8; N]) -> bool {
    bytes.get(at..at + N).is_some_and(|found| found == wanted)
}

fn plain_number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0u64, |n, b| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0')))
}

/// As `place`, of a reference in capitals.
fn plain_place(reference: &[u8]) -> Option<(u64, usize)> {
    let letters = reference.iter().take_while(|b| b.is_ascii_uppercase()).count();
    if letters > 3 {
        return None;
    }
    let column = reference[..letters].iter().fold(0usize, |sum, b| sum * 26 + usize::from(b - b'A') + 1);
    Some((plain_number(&reference[letters..])?.checked_sub(1)?, column.checked_sub(1)?))
}

fn type_of(value: &[u8]) -> Type {
    match value {
        b"s" => Type::Shared,
        b"b" => Type::Boolean,
        b"e" => Type::Error,
        b"str" => Type::Text,
        b"inlineStr" => Type::Inline,
        b"d" => Type::Date,
        _ => Type::Number,
    }
}

/// Column letters and row number of a reference such as `B5`, both from 0.
pub(crate) fn place(reference: &str) -> Option<(u64, usize)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let letters = &reference[..digits];
    if letters.len() > 3 || reference.len() > 12 {
        return None;
    }
    let column = letters.bytes().try_fold(0usize, |sum, b| {
        b.is_ascii_alphabetic().then(|| sum * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: u64 = reference[digits..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

pub(crate) fn merge(reference: &str) -> Option<Merge> {
    let (from, to) = reference.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (place(from)?, place(to)?);
    (first_row <= last_row && first_column <= last_column)
        .then_some(Merge { rows: first_row..last_row + 1, columns: first_column..last_column + 1 })
}

/// The size that a sheet declares before its rows.
pub(crate) fn declared<R: Read>(xml: &mut Xml<R>) -> Result<Extent, Trouble> {
    let mut extent = Extent::Unknown;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start("dimension", attributes, _) => {
                let Some(reference) = attributes.plain("ref") else { continue };
                extent = match merge(reference) {
                    Some(m) => Extent::Known {
                        rows: m.rows.end - m.rows.start,
                        columns: (m.columns.end - m.columns.start) as u64,
                    },
                    None => Extent::Unknown,
                };
            }
            Token::Start("sheetData", _, true) => return Ok(Extent::Known { rows: 0, columns: 0 }),
            Token::Start("sheetData", ..) => break,
            _ => {}
        }
    }
    Ok(extent)
}

/// Reads all rows, or the first ones; tells whether all were read.
pub(crate) fn read<R: Read>(
    xml: &mut Xml<R>,
    context: &Context<'_>,
    request: &Request<'_>,
) -> Result<(Sheet, bool), Problem> {
    let mut reader = Reader {
        context,
        builder: RawBuilder::new(),
        sheet: Sheet::default(),
        row: 0,
        column: 0,
        text: String::new(),
        shown: Shown::default(),
        rows: 0,
    };
    let whole = match reader.read_rows(xml, request) {
        Err(Problem::Xml(_)) if context.cut => true,
        whole => whole?,
    };
    reader.sheet.raw = reader.builder.finish()?;
    Ok((reader.sheet, whole))
}

struct Reader<'a> {
    context: &'a Context<'a>,
    builder: RawBuilder,
    sheet: Sheet,
    row: u64,
    column: usize,
    text: String,
    shown: Shown,
    rows: u64,
}

impl Reader<'_> {
    /// Reads to the end; tells whether no row was left.
    fn read_rows<R: Read>(&mut self, xml: &mut Xml<R>, request: &Request<'_>) -> Result<bool, Problem> {
        loop {
            while self.plain_cell(xml)? {}
            let Some(token) = xml.next()? else { return Ok(true) };
            match token {
                Token::Start("c", attributes, closed) => {
                    let cell = self.open_cell(attributes);
                    if !closed {
                        self.read_cell(xml, cell)?;
                    }
                }
                Token::Start("row", attributes, closed) => {
                    self.open_row(attributes);
                    if request.max_rows.is_some_and(|most| self.row >= most) {
                        return Ok(false);
                    }
                    if closed {
                        self.row += 1;
                    }
                }
                Token::End("row") => {
                    self.row += 1;
                    self.column = 0;
                    self.rows += 1;
                    report(request.progress, self.rows)?;
                }
                Token::Start("col", attributes, _) => self.column_set(attributes),
                Token::Start("mergeCell", attributes, _) if self.sheet.merges.len() < caps::MERGES => {
                    self.sheet.merges.extend(attributes.plain("ref").and_then(merge));
                }
                _ => {}
            }
        }
    }

    fn open_row(&mut self, attributes: Attributes<'_>) {
        let mut hidden = false;
        for (name, value) in attributes.iter() {
            match name {
                "r" => {
                    if let Some(row) = value.parse::<u64>().ok().and_then(|row| row.checked_sub(1)) {
                        self.row = row.min(caps::ROWS);
                    }
                }
                "hidden" => hidden = matches!(value, "1" | "true"),
                _ => {}
            }
        }
        self.column = 0;
        if hidden && self.sheet.hidden_rows.len() < caps::ROWS_LISTED {
            self.sheet.hidden_rows.push(self.row);
        }
    }

    fn column_set(&mut self, attributes: Attributes<'_>) {
        if !attributes.plain("hidden").is_some_and(|set| matches!(set, "1" | "true")) {
            return;
        }
        let (Some(first), Some(last)) = (attributes.number("min"), attributes.number("max")) else { return };
        // Everything to the right of the table may be hidden; only single columns are told.
        for column in first.max(1)..=last.min(first.saturating_add(200)) {
            if self.sheet.hidden_columns.len() < caps::ROWS_LISTED {
                self.sheet.hidden_columns.push(column as usize - 1);
            }
        }
    }

    fn open_cell(&mut self, attributes: Attributes<'_>) -> Open {
        let mut cell = Open { row: self.row, column: self.column, style: 0, kind: Type::Number };
        for (name, value) in attributes.iter() {
            match name {
                "r" => {
                    if let Some((row, column)) = place(value) {
                        (cell.row, cell.column) = (row, column);
                    }
                }
                "s" => cell.style = value.parse().unwrap_or(0),
                "t" => cell.kind = type_of(value.as_bytes()),
                _ => {}
            }
        }
        self.column = cell.column + 1;
        cell
    }

    /// Reads a cell of the form that nearly all have, if the next one is of it: `<c r="B5" s="3" t="s"><v>12</v></c>`, with no
    /// more than these attributes, and a value without entities or an inline text. Every other cell is left where it is.
    fn plain_cell<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<bool, Problem> {
        let ahead = xml.ahead()?;
        let Some(start) = plain_start(ahead) else { return Ok(false) };
        let inline = start.kind == Type::Inline;
        let open = match inline {
            true if stands(ahead, start.bytes, b"<is><t>") => 7,
            false if stands(ahead, start.bytes, b"<v>") => 3,
            _ => return Ok(false),
        };
        let rest = &ahead[start.bytes + open..];
        let Some(end) = memchr::memchr2(b'<', b'&', rest) else { return Ok(false) };
        let close = match inline {
            true if stands(rest, end, b"</t></is></c>") => 13,
            false if stands(rest, end, b"</v></c>") => 8,
            _ => return Ok(false),
        };
        // Letters that XML cannot hold are written as `_x000D_`.
        let Some(text) = std::str::from_utf8(&rest[..end]).ok().filter(|text| !inline || !text.contains("_x")) else {
            return Ok(false);
        };
        self.text.clear();
        self.text.push_str(text);
        let (row, column) = start.place.unwrap_or((self.row, self.column));
        self.column = column + 1;
        xml.take(start.bytes + open + end + close);
        self.store(Open { row, column, style: start.style, kind: start.kind })?;
        Ok(true)
    }

    fn read_cell<R: Read>(&mut self, xml: &mut Xml<R>, cell: Open) -> Result<(), Problem> {
        self.text.clear();
        let (mut in_value, mut formula) = (false, false);
        loop {
            match xml.next()?.ok_or(Trouble::Ends)? {
                Token::Text(text) if in_value => {
                    self.text.push_str(&unescape(text));
                }
                Token::Verbatim(text) if in_value => self.text.push_str(text),
                Token::Start("v", _, closed) => in_value = !closed && cell.kind != Type::Inline,
                Token::End("v") => in_value = false,
                Token::End("c") => break,
                Token::Start("f", _, closed) => {
                    formula = true;
                    if !closed {
                        xml.skip()?;
                    }
                }
                Token::Start("is", _, false) => rich_text(xml, "is", &mut self.text)?,
                _ => {}
            }
        }
        if formula {
            self.sheet.formulas += 1;
            if self.text.is_empty()
                && cell.kind != Type::Text
                && self.sheet.formulas_without_result.len() < caps::ROWS_LISTED
            {
                self.sheet.formulas_without_result.push(cell.row);
            }
        }
        self.store(cell)
    }

    fn store(&mut self, cell: Open) -> Result<(), Problem> {
        if self.text.is_empty() {
            return Ok(());
        }
        let (row, column) = (cell.row, cell.column);
        let plain = CellClass::plain;
        match cell.kind {
            Type::Shared => {
                let text =
                    self.text.trim().parse().ok().and_then(|place| self.context.strings.get(place)).unwrap_or_default();
                self.builder.place(row, column, text, CellClass::TEXT)?;
            }
            Type::Boolean => {
                let yes = matches!(self.text.trim(), "1" | "true" | "TRUE");
                self.builder.place(row, column, if yes { "TRUE" } else { "FALSE" }, plain(Stored::Boolean))?;
            }
            Type::Error => self.builder.place(row, column, &self.text, plain(Stored::Error))?,
            Type::Text => {
                unescape_control(&mut self.text);
                self.builder.place(row, column, &self.text, CellClass::TEXT)?;
            }
            Type::Inline => self.builder.place(row, column, &self.text, CellClass::TEXT)?,
            Type::Date => {
                let (text, class) = iso_class(self.text.trim());
                self.builder.place(row, column, &text, class)?;
            }
            Type::Number => {
                let format = self.context.formats.get(cell.style).copied().unwrap_or(NumberFormat::GENERAL);
                let text = self.text.trim();
                if is_as_it_shows(format, text) {
                    let class =
                        CellClass { stored: Stored::Number, percent: format.percent, currency: format.currency };
                    self.builder.place(row, column, text, class)?;
                } else {
                    let (text, class) = self.shown.of(text, cell.style, format, self.context.epoch_1904);
                    self.builder.place(row, column, text, *class)?;
                }
            }
        }
        Ok(())
    }
}

/// Numbers as their formats show them: days and times come again and again, and take long to work out.
#[derive(Default)]
struct Shown {
    /// The number as it stands in the file, its style, its text, its class; at the place of its hash.
    slots: Vec<(String, usize, String, CellClass)>,
    keys: foldhash::fast::RandomState,
}

impl Shown {
    const SLOTS: usize = 4_096;

    fn of(&mut self, number: &str, style: usize, format: NumberFormat, epoch_1904: bool) -> (&str, &CellClass) {
        if self.slots.is_empty() {
            self.slots.resize(Shown::SLOTS, (String::new(), 0, String::new(), CellClass::TEXT));
        }
        let slot = &mut self.slots[self.keys.hash_one((number, style)) as usize % Shown::SLOTS];
        if slot.0 != number || slot.1 != style {
            let (text, class) = match number.parse::<f64>() {
                Ok(value) => format.text(value, epoch_1904),
                Err(_) => (number.to_owned(), CellClass::TEXT),
            };
            *slot = (number.to_owned(), style, text, class);
        }
        (&slot.2, &slot.3)
    }
}

/// The number stands in the file as its format shows it.
fn is_as_it_shows(format: NumberFormat, text: &str) -> bool {
    matches!(format.shows, Shows::Number | Shows::Text) && is_general(text)
}

/// Already as Excel's General format shows it: nothing to work out.
fn is_general(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    if digits.is_empty() || digits.len() > 15 {
        return false;
    }
    let dot = digits.iter().position(|b| *b == b'.');
    let whole = dot.unwrap_or(digits.len());
    digits.iter().enumerate().all(|(i, b)| b.is_ascii_digit() || Some(i) == dot)
        && whole > 0
        && (digits[0] != b'0' || whole == 1)
        && dot.is_none_or(|dot| dot + 1 < digits.len() && digits[digits.len() - 1] != b'0')
        && text != "-0"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_places() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(place("AAAA1"), None);
        assert_eq!(place("A0"), None);
        assert_eq!(place("1"), None);
        assert_eq!(merge("B2:A1"), None);
    }

    #[test]
    fn numbers_that_need_work_are_told() {
        for text in ["12", "-3.5", "0.25", "0", "123456789012345"] {
            assert!(is_general(text), "{text}");
        }
        for text in ["12.0", "007", "1E5", "0.30000000000000004", "", "-0", ".5", "5.", "1.2.3", "+5"] {
            assert!(!is_general(text), "{text}");
        }
    }
}
