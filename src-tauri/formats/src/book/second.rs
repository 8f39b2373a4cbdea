//! A second reader for workbooks that ours finds damaged: calamine, behind the same caps. Office programs forgive a lot;
//! two readers together forgive more than either, and a person loses no file to one unusual record.
//!
//! Only xlsx, and only what was unpacked and measured before: calamine 0.38 reserves memory for the size that an old xls
//! declares, and keeps what a binary workbook claims as texts. Both can end the whole program, which nothing catches.

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use calamine::{Data, DataRef, Reader, SheetVisible, Xlsx};
use larder_model::{Format, Refusal, RefusalCode};

use super::package::Package;
use super::serial::{NumberFormat, Shows};
use super::{Extent, Listed, Opened, Request, Sheet, choose_sheet};
use crate::kinds::number::general_text;
use crate::progress::Input;
use crate::raw::{CellClass, RawBuilder, Stored};

/// Larger files are not tried a second time.
const SECOND_TRY_BYTES: u64 = 64 << 20;
/// Nor is what unpacks to more than this: calamine holds texts and single tags of any length.
const SECOND_TRY_UNPACKED_BYTES: u64 = 512 << 20;

/// One file that two readers may look at, one after the other.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<Box<dyn Input>>>);

impl Shared {
    pub fn new(input: Box<dyn Input>) -> Shared {
        Shared(Arc::new(Mutex::new(input)))
    }
}

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(into)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).seek(to)
    }
}

/// Reads a workbook with calamine, after `first` was what our own reader answered. Keeps that answer where calamine
/// makes no sense of it either.
pub(crate) fn try_again(
    input: Shared,
    format: Format,
    size_bytes: u64,
    first: Refusal,
    request: &Request<'_>,
) -> Result<Opened, Refusal> {
    let worth_it = first.code == RefusalCode::Damaged && size_bytes <= SECOND_TRY_BYTES;
    if !worth_it || format != Format::Xlsx || !is_measured(input.clone(), request.name) {
        return Err(first);
    }
    // Whatever calamine does with a damaged file ends here.
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| read(input, request)));
    match read {
        Ok(Ok(opened)) if opened.content.raw.rows() > 0 => Ok(opened),
        Ok(Err(refusal)) if refusal.code == RefusalCode::Cancelled => Err(refusal),
        _ => Err(first),
    }
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(RefusalCode::Damaged).with("detail", error.to_string())
}

/// Unpacks every part and throws it away, so that a bomb goes off here.
fn is_measured(input: Shared, name: &str) -> bool {
    Package::open(Box::new(input), name)
        .and_then(|mut package| package.check_unpacked(SECOND_TRY_UNPACKED_BYTES))
        .is_ok()
}

fn read(mut input: Shared, request: &Request<'_>) -> Result<Opened, Refusal> {
    input.rewind().map_err(|e| Refusal::from_io(&e, request.name))?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(input)).map_err(damaged)?;
    let epoch_1904 = book.has_1904_epoch();
    let mut rows = Rows { builder: RawBuilder::new(), request, told: 0, epoch_1904, past: false };
    let (listed, (sheet, default_sheet)) = sheets(&book, request);
    // Cell by cell: a whole range of a sheet with one far cell would take half a terabyte.
    let name = &listed.get(sheet).ok_or_else(|| damaged("no sheet"))?.name;
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        if !rows.take(row as usize, column as usize, &owned(cell.get_value()))? {
            break;
        }
    }
    let whole = !rows.past;
    let content = Sheet { raw: rows.builder.finish()?, ..Sheet::default() };
    let sheets = listed.into_iter().map(Listed::into_note).collect();
    Ok(Opened {
        format: Format::Xlsx,
        sheets,
        sheet,
        default_sheet,
        content,
        text: None,
        lines: None,
        whole,
        cut: None,
    })
}

fn sheets<R: Read + Seek, B: Reader<R>>(book: &B, request: &Request<'_>) -> (Vec<Listed>, (usize, usize)) {
    let listed: Vec<Listed> = book
        .sheets_metadata()
        .iter()
        .map(|s| Listed { name: s.name.clone(), hidden: s.visible != SheetVisible::Visible, extent: Extent::Unknown })
        .collect();
    let chosen = choose_sheet(&listed, request.choices);
    (listed, chosen)
}

fn owned(value: &DataRef<'_>) -> Data {
    Data::from(value.clone())
}

struct Rows<'a, 'b> {
    builder: RawBuilder,
    request: &'a Request<'b>,
    told: u64,
    epoch_1904: bool,
    /// A row beyond those asked for was met.
    past: bool,
}

impl Rows<'_, '_> {
    /// Takes a cell; false when there are rows enough.
    fn take(&mut self, row: usize, column: usize, value: &Data) -> Result<bool, Refusal> {
        if self.request.max_rows.is_some_and(|most| row as u64 >= most) {
            self.past = true;
            return Ok(false);
        }
        let (text, class) = written(value, self.epoch_1904);
        self.builder.place(row as u64, column, &text, class)?;
        if self.builder.rows() >= self.told + 4_096 {
            self.told = self.builder.rows();
            self.request.progress.rows(self.told);
            if self.request.progress.cancelled() {
                return Err(Refusal::new(RefusalCode::Cancelled));
            }
        }
        Ok(true)
    }
}

fn written(value: &Data, epoch_1904: bool) -> (String, CellClass) {
    match value {
        Data::Empty => (String::new(), CellClass::TEXT),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => (text.clone(), CellClass::TEXT),
        Data::Int(n) => (n.to_string(), CellClass::plain(Stored::Number)),
        Data::Float(n) => (general_text(*n), CellClass::plain(Stored::Number)),
        Data::Bool(b) => (if *b { "TRUE" } else { "FALSE" }.to_owned(), CellClass::plain(Stored::Boolean)),
        Data::Error(error) => (error.to_string(), CellClass::plain(Stored::Error)),
        Data::DateTime(moment) => {
            let serial = moment.as_f64();
            let shows = match (moment.is_duration(), serial.fract() == 0.0) {
                (true, _) => Shows::Length,
                (false, _) if serial < 1.0 => Shows::Time,
                (false, true) => Shows::Date,
                (false, false) => Shows::DateTime,
            };
            NumberFormat::shows(shows).text(serial, epoch_1904)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::progress::Quiet;

    fn workbook() -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Name").unwrap();
        sheet.write(0, 1, "Price").unwrap();
        sheet.write(1, 0, "Rye").unwrap();
        sheet.write(1, 1, 3.2).unwrap();
        book.save_to_buffer().unwrap()
    }

    fn again(bytes: Vec<u8>, format: Format, code: RefusalCode) -> Result<Opened, Refusal> {
        let size = bytes.len() as u64;
        let request = Request { name: "a.xlsx", choices: &[], max_rows: None, progress: &Quiet };
        try_again(Shared::new(Box::new(Cursor::new(bytes))), format, size, Refusal::new(code), &request)
    }

    #[test]
    fn both_readers_see_the_same_cells() {
        let bytes = workbook();
        let request = Request { name: "a.xlsx", choices: &[], max_rows: None, progress: &Quiet };
        let ours = super::super::open_zip(Box::new(Cursor::new(bytes.clone())), &request).unwrap();
        let theirs = again(bytes, Format::Xlsx, RefusalCode::Damaged).unwrap();
        let cells = |opened: &Opened| -> Vec<Vec<String>> {
            let raw = &opened.content.raw;
            (0..raw.rows()).map(|row| raw.row(row).cells().map(|c| c.text.to_owned()).collect()).collect()
        };
        assert_eq!(cells(&ours), cells(&theirs));
        assert_eq!(cells(&theirs)[1], ["Rye", "3.2"]);
    }

    #[test]
    fn a_refusal_that_is_no_damage_stands() {
        let answer = again(workbook(), Format::Xlsx, RefusalCode::PasswordProtected);
        assert_eq!(answer.unwrap_err().code, RefusalCode::PasswordProtected);
    }

    #[test]
    fn what_neither_reads_keeps_the_first_answer() {
        let answer = again(b"PK\x03\x04 and then nothing".to_vec(), Format::Xlsx, RefusalCode::Damaged);
        assert_eq!(answer.unwrap_err().code, RefusalCode::Damaged);
    }
}
