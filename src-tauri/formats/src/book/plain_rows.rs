//! Rows of a sheet in the form in which nearly all programs write them, read without looking for tags one by one: `<row r="5" ...>`
//! with cells `<c r="B5" s="3" t="s"><f>...</f><v>12</v></c>` in order, or inline texts. A piece with anything else in it is left as
//! it is, for the reader that knows all of ECMA-376.

use super::serial::NumberFormat;
use super::shown::{is_as_it_shows, push_shown};
use super::strings::unescape_control;
use super::xlsx_sheet::{Context, Type};
use super::xml::unescape;
use crate::caps;
use crate::raw::{CellClass, Part, RawBuilder, Stored};

/// What one thread needs again and again.
pub(crate) struct Tools {
    builder: RawBuilder,
    text: String,
}

impl Tools {
    pub fn new(context: &Context<'_>) -> Tools {
        let mut builder = RawBuilder::new();
        builder.expect(context.formats.iter().map(NumberFormat::class));
        Tools { builder, text: String::new() }
    }
}

/// The rows of a piece.
pub(crate) struct PlainRows {
    /// The first one (0 is the sheet's first); none where rows do not say their numbers and follow on those before.
    pub first: Option<u64>,
    pub part: Part,
    /// Rows that are not shown.
    pub hidden: Vec<u64>,
    pub formulas: u64,
    pub without_result: Vec<u64>,
}

/// Reads a piece; nothing where it is not plain throughout.
pub(crate) fn read(bytes: &[u8], context: &Context<'_>, tools: &mut Tools) -> Option<PlainRows> {
    let Tools { builder, text } = tools;
    let out =
        PlainRows { first: None, part: Part::default(), hidden: Vec::new(), formulas: 0, without_result: Vec::new() };
    let mut reader = Reader { bytes, at: 0, context, builder, text, row: 0, digits: Digits::default(), out };
    let read = reader.rows();
    let part = reader.builder.take();
    read.map(|()| PlainRows { part, ..reader.out })
}

/// A row's number as it stands at the end of its cells' references.
#[derive(Default, Clone, Copy)]
struct Digits {
    value: u64,
    mask: u64,
    length: usize,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    context: &'a Context<'a>,
    builder: &'a mut RawBuilder,
    text: &'a mut String,
    /// The row that is read.
    row: u64,
    digits: Digits,
    out: PlainRows,
}

impl<'a> Reader<'a> {
    #[inline]
    fn stands<const N: usize>(&self, wanted: &[u8; N]) -> bool {
        self.bytes.get(self.at..).and_then(<[u8]>::first_chunk::<N>) == Some(wanted)
    }

    /// Passes over these bytes; nothing where others stand there.
    #[inline]
    fn expect<const N: usize>(&mut self, wanted: &[u8; N]) -> Option<()> {
        self.stands(wanted).then(|| self.at += N)
    }

    #[inline]
    fn blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn rows(&mut self) -> Option<()> {
        let mut next = None;
        loop {
            self.blanks();
            if self.at == self.bytes.len() {
                return next.map(|_| ());
            }
            let numbered = self.stands(b"<row r=\"");
            let row = match (numbered, next) {
                (true, _) => self.number()?,
                // Rows of a piece have numbers or have none.
                (false, Some(_)) if self.out.first.is_some() => return None,
                (false, next) => {
                    self.expect(b"<row")?;
                    next.unwrap_or(0)
                }
            };
            match next {
                None => self.out.first = numbered.then_some(row),
                Some(next) if row < next || numbered != self.out.first.is_some() => return None,
                Some(next) => (next..row).try_for_each(|_| self.builder.end_row().ok())?,
            }
            next = Some(row + 1);
            self.row = row;
            if !self.row_end(numbered)? {
                self.cells()?;
            }
            self.builder.end_row().ok()?;
        }
    }

    /// `<row r="5"`: its number from 0.
    fn number(&mut self) -> Option<u64> {
        self.expect(b"<row r=\"")?;
        let from = self.at;
        let length = self.bytes[from..].iter().take(8).position(|b| *b == b'"')?;
        let number = digits(&self.bytes[from..from + length])?;
        let mut shown = [0; 8];
        shown[..length].copy_from_slice(&self.bytes[from..from + length]);
        self.digits = Digits { value: u64::from_le_bytes(shown), mask: (1 << (8 * length)) - 1, length };
        self.at = from + length + 1;
        number.checked_sub(1).filter(|row| *row < caps::ROWS)
    }

    /// The rest of a row's tag; tells whether it has no cells.
    fn row_end(&mut self, numbered: bool) -> Option<bool> {
        let end = memchr::memchr(b'>', &self.bytes[self.at..])?;
        let attributes = &self.bytes[self.at..self.at + end];
        if memchr::memchr(b'h', attributes).is_some()
            && let Some(set) = memchr::memmem::find(attributes, b" hidden=\"")
            && matches!(attributes.get(set + 9), Some(b'1' | b't'))
        {
            self.out.hidden.push(self.row);
        }
        // A number that stands behind other attributes is for the careful reader.
        if !numbered && !attributes.is_empty() && memchr::memmem::find(attributes, b" r=\"").is_some() {
            return None;
        }
        self.at += end + 1;
        Some(attributes.last() == Some(&b'/'))
    }

    fn cells(&mut self) -> Option<()> {
        let mut next = 0;
        loop {
            self.blanks();
            if self.stands(b"</row>") {
                self.at += 6;
                return Some(());
            }
            // Without a place a cell follows on the one before.
            let column = match self.stands(b"<c r=\"") {
                true if self.out.first.is_some() => self.place()?,
                true => return None,
                false => {
                    self.expect(b"<c")?;
                    next
                }
            };
            if column < next || column >= caps::COLUMNS {
                return None;
            }
            next = column + 1;
            self.cell(column)?;
        }
    }

    /// `<c r="B5"`: the column.
    #[inline]
    fn place(&mut self) -> Option<usize> {
        self.expect(b"<c r=\"")?;
        let mut column = 0;
        for letters in 0..4 {
            let letter = self.bytes.get(self.at + letters)?.wrapping_sub(b'A');
            if letter >= 26 {
                self.at += letters;
                break;
            }
            column = column * 26 + usize::from(letter) + 1;
        }
        let ahead = u64::from_le_bytes(*self.bytes.get(self.at..)?.first_chunk()?);
        let same = (ahead ^ self.digits.value) & self.digits.mask == 0;
        self.at += self.digits.length;
        (same && self.bytes.get(self.at) == Some(&b'"')).then(|| self.at += 1)?;
        column.checked_sub(1)
    }

    /// The rest of a cell.
    fn cell(&mut self, column: usize) -> Option<()> {
        let (mut style, mut kind) = (0, Type::Number);
        loop {
            match *self.bytes.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    break;
                }
                b'/' => return self.expect(b"/>"),
                b' ' if self.stands(b" s=\"") => {
                    self.at += 4;
                    style = digits(self.value(b'"')?)? as usize;
                    self.at += 1;
                }
                b' ' if self.stands(b" t=\"") => {
                    self.at += 4;
                    kind = match self.value(b'"')? {
                        b"s" => Type::Shared,
                        b"n" => Type::Number,
                        b"str" => Type::Text,
                        b"b" => Type::Boolean,
                        b"e" => Type::Error,
                        b"inlineStr" => Type::Inline,
                        _ => return None,
                    };
                    self.at += 1;
                }
                _ => return None,
            }
        }
        if kind == Type::Inline {
            return self.inline(column);
        }
        let formula = self.stands(b"<f") && self.formula()?;
        if self.stands(b"</c>") {
            self.at += 4;
            if formula && kind != Type::Text {
                self.out.without_result.push(self.row);
            }
            return Some(());
        }
        self.expect(b"<v>")?;
        let value = self.value(b'<')?;
        self.expect(b"</v></c>")?;
        if value.is_empty() {
            return (!formula).then_some(());
        }
        self.store(column, style, kind, value)
    }

    /// The bytes up to this one, where the reader stands afterwards.
    #[inline]
    fn value(&mut self, until: u8) -> Option<&'a [u8]> {
        let rest = &self.bytes[self.at..];
        let near = rest.iter().take(12).position(|b| *b == until);
        let end = near.or_else(|| memchr::memchr(until, rest))?;
        self.at += end;
        Some(&rest[..end])
    }

    /// Passes over a formula.
    fn formula(&mut self) -> Option<bool> {
        let end = memchr::memchr(b'>', &self.bytes[self.at..])?;
        let tag = &self.bytes[self.at..self.at + end];
        if tag.contains(&b'&')
            || memchr::memchr_iter(b'"', tag).count() % 2 == 1
            || !matches!(tag.get(2), None | Some(b' ' | b'/'))
        {
            return None;
        }
        self.at += end + 1;
        if tag.last() != Some(&b'/') {
            self.value(b'<')?;
            self.expect(b"</f>")?;
        }
        self.out.formulas += 1;
        Some(true)
    }

    /// `<is><t>text</t></is></c>`
    fn inline(&mut self, column: usize) -> Option<()> {
        self.expect(b"<is><t")?;
        if !self.stands(b">") {
            self.expect(b" xml:space=\"preserve\"")?;
        }
        self.expect(b">")?;
        let text = std::str::from_utf8(self.value(b'<')?).ok()?;
        self.expect(b"</t></is></c>")?;
        self.words(column, text)
    }

    /// A text with what XML and Excel write for letters that they cannot hold.
    fn words(&mut self, column: usize, text: &str) -> Option<()> {
        let bytes = text.as_bytes();
        if memchr::memchr2(b'&', b'_', bytes).is_none() {
            return self.put(column, text, CellClass::TEXT);
        }
        self.text.clear();
        self.text.push_str(&unescape(text));
        unescape_control(self.text);
        let text = std::mem::take(self.text);
        let put = self.put(column, &text, CellClass::TEXT);
        *self.text = text;
        put
    }

    #[inline]
    fn put(&mut self, column: usize, text: &str, class: CellClass) -> Option<()> {
        self.builder.put(column, text, class).ok()
    }

    #[inline]
    fn store(&mut self, column: usize, style: usize, kind: Type, value: &'a [u8]) -> Option<()> {
        let plain = CellClass::plain;
        match kind {
            Type::Shared => {
                let place = digits(value)? as usize;
                let text = self.context.strings.get(place).unwrap_or_default();
                self.put(column, text, CellClass::TEXT)
            }
            Type::Number => {
                let format = self.context.formats.get(style).copied().unwrap_or(NumberFormat::GENERAL);
                let text = std::str::from_utf8(value).ok()?;
                if is_as_it_shows(format, text) {
                    return self.builder.put(column, text, format.class()).ok();
                }
                if memchr::memchr(b'&', value).is_some() {
                    return None;
                }
                self.text.clear();
                let class = push_shown(self.text, text.trim(), format, self.context.epoch_1904);
                self.builder.put(column, self.text, class).ok()
            }
            Type::Boolean => match value {
                b"1" => self.put(column, "TRUE", plain(Stored::Boolean)),
                b"0" => self.put(column, "FALSE", plain(Stored::Boolean)),
                _ => None,
            },
            Type::Error => {
                let text = std::str::from_utf8(value).ok().filter(|text| !text.contains('&'))?;
                self.put(column, text, plain(Stored::Error))
            }
            Type::Text => self.words(column, std::str::from_utf8(value).ok()?),
            Type::Inline | Type::Date => None,
        }
    }
}

/// A number of nine figures at most.
#[inline]
fn digits(bytes: &[u8]) -> Option<u64> {
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    bytes.iter().try_fold(0u64, |number, b| {
        let figure = b.wrapping_sub(b'0');
        (figure < 10).then(|| number * 10 + u64::from(figure))
    })
}
