//! The rows of one sheet of an Office Open XML workbook, streamed into the arena.

use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use larder_model::Refusal;
use larder_tables::parallel;

use super::pieces::Pieces;
use super::plain_rows::{self, PlainRows, Tools};
use super::serial::NumberFormat;
use super::shown::{is_as_it_shows, push_shown};
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

/// How a value is stored.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Type {
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
pub(crate) fn read<R: Read + Send>(
    part: R,
    context: &Context<'_>,
    request: &Request<'_>,
) -> Result<(Sheet, bool), Problem> {
    let mut reader = Reader::new(context);
    let read = match request.max_rows {
        // Of the head no more is unpacked than it takes.
        Some(_) => reader.read_rows(&mut Xml::new(part), request),
        None => reader.read_pieces(Pieces::new(part), request),
    };
    let whole = match read {
        Err(Problem::Xml(_)) if context.cut => true,
        whole => whole?,
    };
    reader.sheet.raw = reader.builder.finish()?;
    Ok((reader.sheet, whole))
}

/// Pieces that are read at the same time: enough for all threads, few enough to look at the person's wish in between.
const PIECES_AT_ONCE: usize = 8;

struct Reader<'a> {
    context: &'a Context<'a>,
    builder: RawBuilder,
    sheet: Sheet,
    row: u64,
    column: usize,
    text: String,
    rows: u64,
}

impl<'a> Reader<'a> {
    fn new(context: &'a Context<'a>) -> Reader<'a> {
        Reader {
            context,
            builder: RawBuilder::new(),
            sheet: Sheet::default(),
            row: 0,
            column: 0,
            text: String::new(),
            rows: 0,
        }
    }

    /// Reads pieces on several threads, those that are not plain and what stands around the rows one tag after the other.
    fn read_pieces<R: Read + Send>(&mut self, mut pieces: Pieces<R>, request: &Request<'_>) -> Result<bool, Problem> {
        if let Some((_, first)) = pieces.next() {
            self.read_rows(&mut Xml::new(first.as_slice()), request)?;
        }
        let context = self.context;
        let tools: Mutex<Vec<Tools>> = Mutex::default();
        let pieces = Mutex::new(pieces);
        loop {
            let (before, done) = (self.rows, AtomicU64::new(0));
            let part = |_: usize| {
                let Some((number, bytes)) = lock(&pieces).next() else { return Ok(None) };
                let known = lock(&tools).pop();
                let mut mine = known.unwrap_or_else(|| Tools::new(context));
                let rows = plain_rows::read(&bytes, context, &mut mine);
                lock(&tools).push(mine);
                done.fetch_add(rows.as_ref().map_or(0, |rows| rows.part.rows()), Ordering::Relaxed);
                Ok(Some((number, bytes, rows)))
            };
            let cancelled = || {
                request.progress.rows(before + done.load(Ordering::Relaxed));
                request.progress.cancelled()
            };
            let mut read: Vec<_> =
                parallel::in_order(PIECES_AT_ONCE, &cancelled, &part)?.into_iter().flatten().collect();
            // Whoever took a piece first did not always get the first one.
            read.sort_unstable_by_key(|(number, ..)| *number);
            let is_end = read.len() < PIECES_AT_ONCE;
            for (_, bytes, rows) in read {
                if !rows.map_or(Ok(false), |rows| self.add(rows))? {
                    self.read_rows(&mut Xml::new(bytes.as_slice()), request)?;
                }
                lock(&pieces).give_back(bytes);
            }
            if is_end {
                break;
            }
        }
        let rest = pieces.into_inner().unwrap_or_else(PoisonError::into_inner).rest();
        self.read_rows(&mut Xml::new(rest), request)
    }

    /// Adds the rows of a plain piece. False where they do not follow on those before.
    fn add(&mut self, rows: PlainRows) -> Result<bool, Problem> {
        let first = rows.first.unwrap_or(self.row);
        let begun = self.builder.rows() + u64::from(self.builder.has_open_row());
        if first < begun {
            return Ok(false);
        }
        while self.builder.rows() < first {
            self.builder.end_row()?;
        }
        self.rows += rows.part.rows();
        self.builder.add(rows.part)?;
        (self.row, self.column) = (self.builder.rows(), 0);
        let sheet = &mut self.sheet;
        sheet.formulas += rows.formulas;
        for (list, more) in
            [(&mut sheet.hidden_rows, rows.hidden), (&mut sheet.formulas_without_result, rows.without_result)]
        {
            list.extend(more);
            list.truncate(caps::ROWS_LISTED);
        }
        Ok(true)
    }

    /// Reads to the end; tells whether no row was left.
    fn read_rows<R: Read>(&mut self, xml: &mut Xml<R>, request: &Request<'_>) -> Result<bool, Problem> {
        loop {
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
                    self.builder.place(row, column, text, format.class())?;
                } else {
                    let epoch_1904 = self.context.epoch_1904;
                    self.builder.place_written(row, column, |out| push_shown(out, text, format, epoch_1904))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::progress::Quiet;

    /// Numbers that look random and are the same every time.
    fn next(state: &mut u64) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) as usize
    }

    const CELLS: [&str; 16] = [
        "<c r=\"@\"><v>12</v></c>",
        "<c r=\"@\" s=\"1\"><v>44564</v></c>",
        "<c r=\"@\" s=\"2\"><v>0.2500115740740741</v></c>",
        "<c r=\"@\" t=\"s\"><v>1</v></c>",
        "<c r=\"@\" s=\"0\" t=\"s\"><v>0</v></c>",
        "<c r=\"@\" t=\"inlineStr\"><is><t>Müller &amp; Sohn_x000D_</t></is></c>",
        "<c r=\"@\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a </t></is></c>",
        "<c r=\"@\" t=\"str\"><f>A1&amp;\"&lt;\"</f><v>x &lt; y</v></c>",
        "<c r=\"@\"><f t=\"shared\" ref=\"A1:A9\" si=\"0\">A1*2</f><v>0.30000000000000004</v></c>",
        "<c r=\"@\"><f t=\"shared\" si=\"0\"/><v>7.5</v></c>",
        "<c r=\"@\"><f>1/0</f></c>",
        "<c r=\"@\" t=\"b\"><v>1</v></c>",
        "<c r=\"@\" t=\"e\"><v>#N/A</v></c>",
        "<c r=\"@\" s=\"1\"/>",
        "<c r=\"@\"></c>",
        "",
    ];
    /// Of these one is enough for a piece that is read tag by tag.
    const ODD_CELLS: [&str; 5] = [
        "<c t=\"n\" r=\"@\"><v> 3 </v></c>",
        "<c r=\"@\" t=\"d\"><v>2026-03-03</v></c>",
        "<c r=\"@\" t=\"inlineStr\"><is><r><t>rich</t></r></is></c>",
        "<c><v>5</v></c>",
        "<c r=\"A1\"><v>late</v></c>",
    ];

    fn sheet(state: &mut u64) -> String {
        let (odd, bare) = (next(state).is_multiple_of(3), next(state).is_multiple_of(4));
        let mut xml = "<worksheet><dimension ref=\"A1\"/><sheetData>".to_owned();
        let mut row = 0;
        while xml.len() < 100_000 {
            row += 1 + if next(state).is_multiple_of(20) { next(state) % 5 } else { 0 };
            let tag = match next(state) % 30 {
                0 => format!("<row r=\"{row}\" hidden=\"1\">"),
                1 => format!("<row r=\"{row}\" spans=\"1:9\" ht=\"12\" hidden=\"false\">"),
                2 => format!("<row r=\"{row}\"/>"),
                _ => format!("<row r=\"{row}\">"),
            };
            let tag = if bare { tag.replace(&format!(" r=\"{row}\""), "") } else { tag };
            xml.push_str(&tag);
            if tag.ends_with("/>") {
                continue;
            }
            for column in 0..8 {
                let cell = match odd && next(state).is_multiple_of(900) {
                    true => ODD_CELLS[next(state) % ODD_CELLS.len()],
                    false => CELLS[next(state) % CELLS.len()],
                };
                let place = format!("{}{row}", char::from(b'A' + column));
                let cell = if bare { cell.replace(" r=\"@\"", "") } else { cell.replace('@', &place) };
                xml.push_str(&cell);
            }
            xml.push_str(if next(state).is_multiple_of(9) { "</row>\r\n" } else { "</row>" });
        }
        xml + "</sheetData><mergeCells><mergeCell ref=\"A2:A4\"/></mergeCells></worksheet>"
    }

    fn read_by(xml: &str, max_rows: Option<u64>) -> (Sheet, Vec<Vec<(String, CellClass)>>) {
        let mut strings = Strings::default();
        assert!(strings.push("Brot") && strings.push("Brötchen, ein ganzer Korb"));
        let formats = [NumberFormat::GENERAL, NumberFormat::built_in(14), NumberFormat::built_in(21)];
        let context = Context { strings: &strings, formats: &formats, epoch_1904: false, cut: false };
        let request = Request { name: "x", choices: &[], max_rows, progress: &Quiet };
        let Ok((sheet, whole)) = read(xml.as_bytes(), &context, &request) else { panic!("{xml}") };
        assert!(whole);
        let row = |row: u64| sheet.raw.row(row).cells().map(|cell| (cell.text.to_owned(), cell.class)).collect();
        let cells = (0..sheet.raw.rows()).map(row).collect();
        (sheet, cells)
    }

    #[test]
    fn a_plain_piece_follows_on_what_was_read_tag_by_tag() {
        let context = Context { strings: &Strings::default(), formats: &[], epoch_1904: false, cut: false };
        let request = Request { name: "x", choices: &[], max_rows: None, progress: &Quiet };
        let mut reader = Reader::new(&context);
        let row = |row: u64| format!("<row r=\"{row}\" spans=\"1:2\"><c r=\"A{row}\"><v>{row}</v></c></row>");
        assert!(reader.read_rows(&mut Xml::new(row(1).as_bytes()), &request).is_ok());
        let mut tools = Tools::new(&context);
        for (rows, follows) in [([2, 5], true), ([5, 6], false), ([6, 7], true)] {
            let piece = rows.map(row).concat();
            let read = plain_rows::read(piece.as_bytes(), &context, &mut tools);
            assert!(matches!(reader.add(read.unwrap()), Ok(added) if added == follows), "{rows:?}");
        }
        let raw = reader.builder.finish().unwrap();
        let cells: Vec<&str> = (0..raw.rows()).map(|row| raw.cell(row, 0).text).collect();
        assert_eq!(cells, ["1", "2", "", "", "5", "6", "7"]);
    }

    #[test]
    fn pieces_hold_what_reading_tag_by_tag_finds() {
        let mut state = 5;
        for _ in 0..40 {
            let xml = sheet(&mut state);
            let ((quick, cells), (careful, wanted)) = (read_by(&xml, None), read_by(&xml, Some(u64::MAX)));
            assert_eq!(cells, wanted);
            assert_eq!(quick.merges, careful.merges);
            assert_eq!((quick.formulas, quick.hidden_rows), (careful.formulas, careful.hidden_rows));
            assert_eq!(quick.formulas_without_result, careful.formulas_without_result);
        }
    }

    #[test]
    fn references_become_places() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(place("AAAA1"), None);
        assert_eq!(place("A0"), None);
        assert_eq!(place("1"), None);
        assert_eq!(merge("B2:A1"), None);
    }
}
