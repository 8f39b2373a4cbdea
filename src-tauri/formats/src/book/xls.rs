//! Excel 97-2003 workbooks and older ones (BIFF2 to BIFF8), in a compound file or as a bare stream.

use std::collections::HashMap;

use larder_model::{Format, Refusal};

use super::biff::{Bytes, Record, Records};
use super::package::damaged;
use super::serial::NumberFormat;
use super::strings::Strings;
use super::xls_strings::{CodePage, counted, shared};
use super::{Extent, Listed, Merge, Opened, Request, Sheet, choose_sheet};
use crate::caps;
use crate::locked;
use crate::progress::report;
use crate::raw::{CellClass, RawBuilder, Stored};

/// What a workbook says before its sheets.
struct Globals {
    /// Formats and styles have no numbers of their own yet (BIFF2 to BIFF4).
    old: bool,
    /// BIFF2, whose formulas are kept otherwise under the same number as those of later versions.
    oldest: bool,
    unicode: bool,
    page: CodePage,
    epoch_1904: bool,
    strings: Strings,
    formats: HashMap<u16, NumberFormat>,
    styles: Vec<u16>,
    sheets: Vec<(usize, Listed)>,
}

/// Reads a workbook's stream.
pub(crate) fn open(stream: &[u8], request: &Request<'_>) -> Result<Opened, Refusal> {
    let stream = &*locked::stream_unasked(stream, request.name, request.progress)?;
    let mut globals = globals(stream, request.name)?;
    if globals.sheets.is_empty() {
        // A bare sheet, as small programs write it.
        let listed = Listed { name: "Sheet1".to_owned(), hidden: false, extent: Extent::Unknown };
        globals.sheets.push((0, listed));
    }
    let listed: Vec<Listed> = globals.sheets.iter().map(|(_, listed)| listed.clone()).collect();
    let (sheet, default_sheet) = choose_sheet(&listed, request.choices);
    let mut reader = Reader {
        globals: &globals,
        builder: RawBuilder::new(),
        sheet: Sheet::default(),
        attributes: None,
        waiting: None,
        cells: 0,
        past: None,
    };
    let whole = reader.read(stream, globals.sheets[sheet].0, request)?;
    reader.sheet.raw = reader.builder.finish()?;
    Ok(Opened {
        format: Format::Xls,
        sheets: listed.into_iter().map(Listed::into_note).collect(),
        sheet,
        default_sheet,
        content: reader.sheet,
        text: None,
        lines: None,
        cut: None,
        whole,
    })
}

fn globals(stream: &[u8], file: &str) -> Result<Globals, Refusal> {
    let mut globals = Globals {
        old: false,
        oldest: false,
        unicode: false,
        page: CodePage::new(1252),
        epoch_1904: false,
        strings: Strings::default(),
        formats: HashMap::new(),
        styles: Vec::new(),
        sheets: Vec::new(),
    };
    let mut records = Records::new(stream, 0);
    let mut depth = 0;
    for record in records.by_ref() {
        let data = record.data;
        match record.kind {
            0x0809 | 0x0409 | 0x0209 | 0x0009 => {
                depth += 1;
                globals.unicode |= record.kind == 0x0809 && data.u16(0) == Some(0x0600);
                globals.old |= record.kind != 0x0809;
                globals.oldest |= record.kind == 0x0009;
            }
            0x0042 => globals.page = CodePage::new(data.u16(0).unwrap_or(1252)),
            0x0022 => globals.epoch_1904 = data.u16(0) == Some(1),
            0x041e | 0x001e => globals.format(&record),
            // The number format stands at another place in each version.
            0x00e0 if globals.styles.len() < caps::STYLES => globals.styles.push(data.u16(2).unwrap_or(0)),
            0x0443 | 0x0243 if globals.styles.len() < caps::STYLES => {
                globals.styles.push(u16::from(data.u8(1).unwrap_or(0)));
            }
            0x0043 if globals.styles.len() < caps::STYLES => {
                globals.styles.push(u16::from(data.u8(2).unwrap_or(0) & 0x3f));
            }
            0x00fc => globals.strings = shared(&record),
            0x0085 => globals.bound_sheet(data, stream),
            0x000a => break,
            // The cells of a bare sheet: there are no globals.
            0x0200 | 0x0000 if globals.sheets.is_empty() && depth == 1 => break,
            _ => {}
        }
    }
    if depth == 0 {
        return Err(damaged(file, "no workbook inside"));
    }
    Ok(globals)
}

impl Globals {
    fn format(&mut self, record: &Record<'_>) {
        let data = record.data;
        // Only from BIFF5 on does a format bring its own number.
        let read = if self.old {
            // BIFF4 has two bytes in front that mean nothing.
            let text = if record.kind == 0x041e { data.from(2) } else { data };
            counted(text, false, false, self.page).map(|code| (self.formats.len() as u16, code))
        } else {
            data.u16(0).zip(counted(data.from(2), self.unicode, self.unicode, self.page))
        };
        if let Some((number, code)) = read
            && self.formats.len() < caps::STYLES
        {
            self.formats.insert(number, NumberFormat::of_code(&code));
        }
    }

    fn bound_sheet(&mut self, data: Bytes<'_>, stream: &[u8]) {
        let (Some(at), Some(state), Some(kind)) = (data.u32(0), data.u8(4), data.u8(5)) else { return };
        let Some(name) = counted(data.from(6), false, self.unicode, self.page) else { return };
        // Kind 0 is a worksheet; macros, charts and code hold no rows.
        if kind != 0 || self.sheets.len() >= caps::SHEETS || at as usize >= stream.len() {
            return;
        }
        let extent = declared(stream, at as usize);
        let listed = Listed { name: name.replace('\0', ""), hidden: state & 3 != 0, extent };
        self.sheets.push((at as usize, listed));
    }

    fn number_format(&self, style: u16) -> NumberFormat {
        let Some(&number) = self.styles.get(usize::from(style)) else { return NumberFormat::GENERAL };
        self.format_of(number)
    }

    fn format_of(&self, number: u16) -> NumberFormat {
        self.formats.get(&number).copied().unwrap_or_else(|| NumberFormat::built_in(u32::from(number)))
    }
}

/// The size that a sheet declares before its rows.
fn declared(stream: &[u8], at: usize) -> Extent {
    for record in Records::new(stream, at).take(200) {
        if record.kind == 0x0200 {
            let data = record.data;
            let (first, last, from, to) = if data.len() >= 14 {
                (data.u32(0).unwrap_or(0), data.u32(4).unwrap_or(0), data.u16(8), data.u16(10))
            } else {
                (data.u16(0).unwrap_or(0).into(), data.u16(2).unwrap_or(0).into(), data.u16(4), data.u16(6))
            };
            let columns = u64::from(to.unwrap_or(0).saturating_sub(from.unwrap_or(0)));
            return Extent::Known { rows: u64::from(last.saturating_sub(first)), columns };
        }
    }
    Extent::Unknown
}

struct Reader<'a> {
    globals: &'a Globals,
    builder: RawBuilder,
    sheet: Sheet,
    /// The format that the cell itself names, in the oldest version.
    attributes: Option<u8>,
    /// A formula whose text comes in the next record: its row and column.
    waiting: Option<(u64, usize)>,
    cells: u64,
    /// A row beyond those asked for was met.
    past: Option<u64>,
}

impl Reader<'_> {
    /// Reads a sheet; tells whether all of it.
    fn read(&mut self, stream: &[u8], at: usize, request: &Request<'_>) -> Result<bool, Refusal> {
        let mut depth = 0;
        let mut records = Records::new(stream, at);
        for record in records.by_ref() {
            match record.kind {
                0x0809 | 0x0409 | 0x0209 | 0x0009 => depth += 1,
                0x000a => {
                    depth -= 1;
                    if depth <= 0 {
                        return Ok(true);
                    }
                }
                // Charts inside the sheet have cells of their own.
                _ if depth > 1 => {}
                _ => {
                    let row = record.data.u16(0).map(u64::from);
                    if is_cell(record.kind) && row.is_some_and(|row| request.max_rows.is_some_and(|most| row >= most)) {
                        self.past = row;
                        // Rows come in blocks of 32: a little later none of the wanted ones can follow.
                        if row >= request.max_rows.map(|most| most + 64) {
                            return Ok(false);
                        }
                        continue;
                    }
                    self.record(&record)?;
                    self.cells += 1;
                    if self.cells.is_multiple_of(8_192) {
                        report(
                            request.progress,
                            self.builder.rows() / crate::progress::REPORT_ROWS * crate::progress::REPORT_ROWS,
                        )?;
                    }
                }
            }
        }
        if records.ends_early() {
            return Err(damaged(request.name, "ends in the middle").with("read_bytes", stream.len()));
        }
        Ok(self.past.is_none())
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let data = record.data;
        match record.kind {
            0x00bd => return self.many(data),
            0x0207 | 0x0007 => return self.formula_text(record),
            0x00e5 => self.merges(data),
            0x0208 if data.u16(12).is_some_and(|options| options & 0x20 != 0) => {
                self.sheet.hidden_rows.extend(data.u16(0).map(u64::from));
                self.sheet.hidden_rows.truncate(caps::ROWS_LISTED);
            }
            0x007d => {
                if let (Some(first), Some(last), Some(1)) = (data.u16(0), data.u16(2), data.u16(8).map(|o| o & 1)) {
                    let last = last.min(first.saturating_add(200));
                    self.sheet.hidden_columns.extend((first..=last).map(usize::from));
                    self.sheet.hidden_columns.truncate(caps::ROWS_LISTED);
                }
            }
            _ if is_cell(record.kind) => return self.cell(record),
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let data = record.data;
        let (Some(row), Some(column)) = (data.u16(0), data.u16(2)) else { return Ok(()) };
        let (row, column) = (u64::from(row), usize::from(column));
        // The oldest version has three bytes of attributes instead of a style's number.
        let old = record.kind < 0x0010 && record.kind != 0x0006 || record.kind == 0x0006 && self.globals.oldest;
        // Six bits of them are the number of the format.
        self.attributes = old.then(|| data.u8(5).unwrap_or(0) & 0x3f).filter(|format| *format > 0);
        let (style, value) = if old {
            (u16::from(data.u8(4).unwrap_or(0) & 0x3f), data.from(7))
        } else {
            (data.u16(4).unwrap_or(0), data.from(6))
        };
        match record.kind {
            0x0203 | 0x0003 => match value.f64(0) {
                Some(number) => self.number(row, column, style, number),
                None => Ok(()),
            },
            0x027e => match value.u32(0) {
                Some(packed) => self.number(row, column, style, unpack(packed)),
                None => Ok(()),
            },
            0x0002 => match value.u16(0) {
                Some(number) => self.number(row, column, style, f64::from(number)),
                None => Ok(()),
            },
            0x00fd => {
                let text = value.u32(0).and_then(|place| self.globals.strings.get(place as usize)).unwrap_or_default();
                self.builder.place(row, column, text, CellClass::TEXT)
            }
            0x0204 | 0x0004 | 0x00d6 => {
                let text =
                    counted(value, record.kind != 0x0004, self.globals.unicode, self.globals.page).unwrap_or_default();
                self.builder.place(row, column, &text, CellClass::TEXT)
            }
            0x0205 | 0x0005 => match (value.u8(0), value.u8(1)) {
                (Some(code), Some(1)) => self.error(row, column, code),
                (Some(yes), Some(0)) => self.yes_no(row, column, yes != 0),
                _ => Ok(()),
            },
            _ => self.formula(row, column, style, value),
        }
    }

    fn number(&mut self, row: u64, column: usize, style: u16, number: f64) -> Result<(), Refusal> {
        let format = match self.attributes {
            Some(number) => self.globals.format_of(number.into()),
            None => self.globals.number_format(style),
        };
        let epoch_1904 = self.globals.epoch_1904;
        self.builder.place_written(row, column, |out| format.push(out, number, epoch_1904))
    }

    fn yes_no(&mut self, row: u64, column: usize, yes: bool) -> Result<(), Refusal> {
        self.builder.place(row, column, if yes { "TRUE" } else { "FALSE" }, CellClass::plain(Stored::Boolean))
    }

    fn error(&mut self, row: u64, column: usize, code: u8) -> Result<(), Refusal> {
        self.builder.place(row, column, error_text(code), CellClass::plain(Stored::Error))
    }

    /// The stored result of a formula: a number, or something else told by its last two bytes.
    fn formula(&mut self, row: u64, column: usize, style: u16, value: Bytes<'_>) -> Result<(), Refusal> {
        self.sheet.formulas += 1;
        if value.u16(6) != Some(0xffff) {
            return match value.f64(0) {
                Some(number) => self.number(row, column, style, number),
                None => Ok(()),
            };
        }
        match (value.u8(0), value.u8(2)) {
            (Some(0), _) => {
                self.waiting = Some((row, column));
                Ok(())
            }
            (Some(1), Some(yes)) => self.yes_no(row, column, yes != 0),
            (Some(2), Some(code)) => self.error(row, column, code),
            _ => Ok(()),
        }
    }

    fn formula_text(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let Some((row, column)) = self.waiting.take() else { return Ok(()) };
        let text =
            counted(record.data, record.kind == 0x0207, self.globals.unicode, self.globals.page).unwrap_or_default();
        self.builder.place(row, column, &text, CellClass::TEXT)
    }

    /// Several packed numbers of one row.
    fn many(&mut self, data: Bytes<'_>) -> Result<(), Refusal> {
        let (Some(row), Some(first)) = (data.u16(0), data.u16(2)) else { return Ok(()) };
        for (i, cell) in data.from(4).0.chunks_exact(6).enumerate() {
            let cell = Bytes(cell);
            if let (Some(style), Some(packed)) = (cell.u16(0), cell.u32(2)) {
                self.number(u64::from(row), usize::from(first) + i, style, unpack(packed))?;
            }
        }
        Ok(())
    }

    fn merges(&mut self, data: Bytes<'_>) {
        for region in data.from(2).0.chunks_exact(8) {
            let region = Bytes(region);
            let at = |place| region.u16(place).unwrap_or(0);
            let (first, last, from, to) = (at(0), at(2), at(4), at(6));
            if first <= last && from <= to && self.sheet.merges.len() < caps::MERGES {
                let rows = u64::from(first)..u64::from(last) + 1;
                self.sheet.merges.push(Merge { rows, columns: usize::from(from)..usize::from(to) + 1 });
            }
        }
    }
}

fn is_cell(kind: u16) -> bool {
    matches!(
        kind,
        0x0002
            | 0x0003
            | 0x0004
            | 0x0005
            | 0x0006
            | 0x0203
            | 0x0204
            | 0x0205
            | 0x0206
            | 0x0406
            | 0x00d6
            | 0x00fd
            | 0x027e
            | 0x00bd
    )
}

/// A number packed into four bytes (RK): whole or the upper half of a float, perhaps in hundredths.
pub(crate) fn unpack(packed: u32) -> f64 {
    let number = if packed & 2 != 0 {
        f64::from((packed as i32) >> 2)
    } else {
        f64::from_bits(u64::from(packed & 0xffff_fffc) << 32)
    };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

pub(crate) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2b => "#GETTING_DATA",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use larder_model::RefusalCode;

    use super::*;
    use crate::progress::Quiet;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn read(stream: &[u8]) -> Result<Opened, Refusal> {
        open(stream, &Request { name: "x.xls", choices: &[], max_rows: None, progress: &Quiet })
    }

    #[test]
    fn a_bare_stream_as_small_programs_write_it() {
        let cell = |row: u16, column: u16| [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        let stream = [
            record(0x0809, &[0; 8]),
            record(0x0204, &[cell(0, 0), vec![4, 0], b"Brot".to_vec()].concat()),
            record(0x0203, &[cell(0, 1), 2.5f64.to_le_bytes().to_vec()].concat()),
            record(0x000a, &[]),
        ]
        .concat();
        let raw = read(&stream).map(|o| o.content.raw).unwrap_or_default();
        assert_eq!((raw.cell(0, 0).text, raw.cell(0, 1).text), ("Brot", "2.5"));
    }

    #[test]
    fn packed_numbers() {
        assert_eq!(unpack(1234 << 2 | 2), 1234.0);
        assert_eq!(unpack(1234 << 2 | 3), 12.34);
        assert_eq!(unpack((-5i32 << 2) as u32 | 2), -5.0);
        assert_eq!(unpack((1.5f64.to_bits() >> 32) as u32), 1.5);
    }

    #[test]
    fn a_password_and_rubbish_are_refused() {
        let stream = [record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]), record(0x002f, &[1, 0, 1, 0])].concat();
        assert_eq!(read(&stream).map_err(|r| r.code).err(), Some(RefusalCode::PasswordProtected));
        assert_eq!(read(&[0xff; 64]).map_err(|r| r.code).err(), Some(RefusalCode::Damaged));
    }
}
