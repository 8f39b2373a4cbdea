//! Workbooks for Excel and LibreOffice: real dates, numbers and money; codes that keep their zeros; text that stays text.
//!
//! Texts are written inline, never through the library's table of shared texts: that one takes a text from `<r>` to
//! `</r>` for markup of its own and writes it unescaped.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use larder_model::{Kind, Refusal, RefusalCode, display_text};
use larder_tables::{Table, TableColumn, Values};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::about::{self, About};
use super::sheet_names::{cut_units, sheet_name};

/// Rows of a sheet below its names.
const SHEET_ROWS: u64 = 1_048_575;
/// Columns of a sheet.
pub(crate) const SHEET_COLUMNS: usize = 16_384;
/// UTF-16 units that a cell holds.
const CELL_UNITS: usize = 32_767;
/// Excel keeps 15 digits of a number; what is longer is written as text, so that no digit is lost.
const NUMBER_END: i128 = 1_000_000_000_000_000;
/// 1 March 1900, in days since 1970-01-01. Excel counts a 29 February before it that never was.
const FIRST_SAFE_DAY: i64 = -25_508;
/// 1970-01-01 as Excel counts days.
const EPOCH: i64 = 25_569;
const DAY_MICROS: f64 = 86_400_000_000.0;

/// Writes a workbook: the sheet about it first, if wanted, then the rows under `title`, over several sheets where there
/// are more than 1,048,575. Names bold, frozen, with filters. Text that begins like a formula is kept as text also when
/// somebody edits it; text longer than Excel allows is cut, ends with `…` and is counted on the sheet about it.
///
/// Days before March 1900 and numbers of more than 15 digits are written as text. `too_large` with over 16,384 columns.
/// Parts are put down in the system's folder for temporary files while writing; `no_space` where that is full.
pub fn write_xlsx(table: &Table, title: &str, about: Option<&About>, out: impl Write + Send) -> Result<(), Refusal> {
    if table.columns().len() > SHEET_COLUMNS {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", title).with("limit", SHEET_COLUMNS));
    }
    // The library panics where its temporary file cannot be written.
    catch_unwind(AssertUnwindSafe(|| write_sheets(table, title, about, out, SHEET_ROWS))).unwrap_or_else(|_| {
        Err(Refusal::new(RefusalCode::NoSpace).with("path", std::env::temp_dir().display().to_string()))
    })
}

fn write_sheets(
    table: &Table,
    title: &str,
    about: Option<&About>,
    out: impl Write + Send,
    sheet_rows: u64,
) -> Result<(), Refusal> {
    let mut book = Workbook::new();
    let mut taken = Vec::new();
    let about_name = about.map(|about| sheet_name(&about.sheet_title(), &mut taken));
    let formats = Formats::new(table);
    let mut sheets = Vec::new();
    let mut cut = 0;
    let mut start: u64 = 0;
    loop {
        let mut sheet = book.new_worksheet_with_constant_memory().map_err(refused)?;
        sheet.set_name(sheet_name(title, &mut taken)).map_err(refused)?;
        let end = start.saturating_add(sheet_rows).min(table.rows());
        cut += fill(&mut sheet, table, &formats, start, end).map_err(refused)?;
        sheets.push(sheet);
        start = end;
        if start >= table.rows() {
            break;
        }
    }
    if let (Some(about), Some(name)) = (about, about_name) {
        let mut sheet = book.new_worksheet_with_constant_memory().map_err(refused)?;
        sheet.set_name(name).map_err(refused)?;
        about::fill(&mut sheet, about, cut).map_err(refused)?;
        book.push_worksheet(sheet);
    }
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.set_properties(&properties(title, about));
    book.save_to_writer(out).map_err(refused)
}

/// Title and keeper; made when the rows were filled, so that the same release always gives the same file.
fn properties(title: &str, about: Option<&About>) -> DocProperties {
    let made = about.and_then(|about| excel_moment(&about.card.filled_at));
    let made = made.or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).ok()).unwrap_or_default();
    let keeper = about.map(|about| display_text(&about.card.label.keeper, 200)).unwrap_or_default();
    DocProperties::new().set_title(display_text(title, 200)).set_author(keeper).set_creation_datetime(&made)
}

fn excel_moment(rfc3339: &str) -> Option<ExcelDateTime> {
    let moment: jiff::Timestamp = rfc3339.parse().ok()?;
    let utc = jiff::tz::Offset::UTC.to_datetime(moment);
    let day = ExcelDateTime::from_ymd(
        u16::try_from(utc.year()).ok()?,
        u8::try_from(utc.month()).ok()?,
        u8::try_from(utc.day()).ok()?,
    );
    day.and_then(|day| {
        day.and_hms(utc.hour().unsigned_abs().into(), utc.minute().unsigned_abs(), f64::from(utc.second()))
    })
    .ok()
}

/// How the cells of each column look.
struct Formats {
    header: Format,
    /// For each column: its cells, and those of its texts that begin like a formula.
    columns: Vec<(Format, Format)>,
}

impl Formats {
    fn new(table: &Table) -> Formats {
        let header = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0xF3ECE0))
            .set_border_bottom(FormatBorder::Thin)
            .set_quote_prefix();
        let columns = table.columns().iter().enumerate().map(|(place, column)| {
            let format = cell_format(column, || percent_decimals(table, place));
            (format.clone(), format.set_quote_prefix())
        });
        Formats { header, columns: columns.collect() }
    }
}

/// How a column's cells look. Days follow the system of whoever reads them (format 14).
fn cell_format(column: &TableColumn, percent_decimals: impl Fn() -> usize) -> Format {
    let format = Format::new();
    match column.kind {
        Kind::Code => format.set_num_format_index(49),
        Kind::Integer => format.set_num_format_index(1),
        Kind::Money => format.set_num_format(money_format(column)),
        Kind::Percent => {
            let decimals = percent_decimals();
            format.set_num_format(if decimals == 0 { "0%".to_owned() } else { format!("0.{}%", "0".repeat(decimals)) })
        }
        Kind::Date => format.set_num_format_index(14),
        Kind::DateTime => format.set_num_format("yyyy\\-mm\\-dd hh:mm:ss"),
        Kind::Time => format.set_num_format_index(21),
        // Hours go on beyond the day.
        Kind::Duration => format.set_num_format_index(46),
        Kind::Text | Kind::Email | Kind::Place | Kind::Number | Kind::Boolean => format,
    }
}

fn money_format(column: &TableColumn) -> String {
    let figure = match column.scale() {
        0 => "#,##0".to_owned(),
        decimals => format!("#,##0.{}", "0".repeat(decimals.into())),
    };
    match column.currency.as_deref() {
        Some("EUR") => format!("{figure}\\ [$€-1]"),
        Some("USD") => format!("[$$-409]{figure}"),
        Some("GBP") => format!("[$£-809]{figure}"),
        // Anything else by its ISO 4217 code; what is none is not shown, for it would become part of the format.
        Some(code) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
            format!("{figure}\\ [${code}]")
        }
        _ => figure,
    }
}

/// Decimals that the shares of the first batch need, as percentages: 0.195 needs one.
fn percent_decimals(table: &Table, column: usize) -> usize {
    let Some(batch) = table.batches().first() else {
        return 0;
    };
    let values = Values::of(batch, column);
    let decimals = (0..batch.num_rows()).filter_map(|row| {
        let text = values.text(row)?;
        text.split_once('.').map(|(_, decimals)| decimals.len().saturating_sub(2))
    });
    decimals.max().unwrap_or(0).min(4)
}

/// Fills a sheet with rows `start` to before `end`; says how many texts had to be cut.
fn fill(sheet: &mut Worksheet, table: &Table, formats: &Formats, start: u64, end: u64) -> Result<u64, XlsxError> {
    let widths = widths(table, start);
    for (place, (format, _)) in formats.columns.iter().enumerate() {
        sheet.set_column_width(place as u16, widths[place])?;
        sheet.set_column_format(place as u16, format)?;
    }
    let last_row = (end - start) as u32;
    if let Some(last_column) = (table.columns().len() as u16).checked_sub(1) {
        sheet.autofilter(0, 0, last_row, last_column)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
    }
    for (place, column) in table.columns().iter().enumerate() {
        if column.kind.is_textual() && last_row > 0 {
            sheet.ignore_error_range(1, place as u16, last_row, place as u16, IgnoreError::NumberStoredAsText)?;
        }
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if table.columns().len() > 6 {
        sheet.set_landscape();
    }
    for (place, column) in table.columns().iter().enumerate() {
        sheet.write_string_with_format(0, place as u16, cut_units(&column.name, CELL_UNITS), &formats.header)?;
    }
    let mut cut = 0;
    let mut first = 0;
    for batch in table.batches() {
        let rows = batch.num_rows() as u64;
        let columns: Vec<Values> = (0..batch.num_columns()).map(|column| Values::of(batch, column)).collect();
        let from = start.saturating_sub(first).min(rows);
        let to = end.saturating_sub(first).min(rows);
        for row in from..to {
            let sheet_row = (first + row - start + 1) as u32;
            for (place, values) in columns.iter().enumerate() {
                cut += u64::from(write_cell(
                    sheet,
                    (sheet_row, place as u16),
                    values,
                    row as usize,
                    &formats.columns[place].1,
                )?);
            }
        }
        first += rows;
    }
    Ok(cut)
}

/// Writes one cell in its column's format; says whether its text had to be cut.
fn write_cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    values: &Values,
    row: usize,
    quoted: &Format,
) -> Result<bool, XlsxError> {
    if !values.is_filled(row) {
        return Ok(false);
    }
    match *values {
        Values::Text(array) => return write_text(sheet, at, array.value(row), quoted),
        Values::Integer(array) if i128::from(array.value(row)).abs() < NUMBER_END => {
            sheet.write_number(at.0, at.1, array.value(row) as f64)?;
        }
        Values::Money(array, decimals) if array.value(row).abs() < NUMBER_END => {
            sheet.write_number(at.0, at.1, array.value(row) as f64 / 10f64.powi(decimals.into()))?;
        }
        Values::Number(array) => {
            sheet.write_number(at.0, at.1, array.value(row))?;
        }
        Values::Boolean(array) => {
            sheet.write_boolean(at.0, at.1, array.value(row))?;
        }
        Values::Date(array) if i64::from(array.value(row)) >= FIRST_SAFE_DAY => {
            sheet.write_number(at.0, at.1, (i64::from(array.value(row)) + EPOCH) as f64)?;
        }
        Values::DateTime(array) if array.value(row).div_euclid(DAY_MICROS as i64) >= FIRST_SAFE_DAY => {
            sheet.write_number(at.0, at.1, array.value(row) as f64 / DAY_MICROS + EPOCH as f64)?;
        }
        Values::Time(array) => {
            sheet.write_number(at.0, at.1, array.value(row) as f64 / DAY_MICROS)?;
        }
        // Excel shows less than nothing as a row of crosses.
        Values::Duration(array) if array.value(row) >= 0 => {
            sheet.write_number(at.0, at.1, array.value(row) as f64 / DAY_MICROS)?;
        }
        // Too long or too long ago for Excel: the whole value as text.
        _ => return write_text(sheet, at, &values.text(row).unwrap_or_default(), quoted),
    }
    Ok(false)
}

fn write_text(sheet: &mut Worksheet, at: (u32, u16), text: &str, quoted: &Format) -> Result<bool, XlsxError> {
    let cut = cut_units(text, CELL_UNITS).len() < text.len();
    let shown = if cut { format!("{}…", cut_units(text, CELL_UNITS - 1)) } else { text.to_owned() };
    if begins_like_a_formula(text) {
        sheet.write_string_with_format(at.0, at.1, shown, quoted)?;
    } else {
        sheet.write_string(at.0, at.1, shown)?;
    }
    Ok(cut)
}

/// What Excel would take for a formula if somebody typed it, full-width forms included.
fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Widths in characters, from the names and a few hundred rows.
fn widths(table: &Table, start: u64) -> Vec<f64> {
    let mut widths: Vec<usize> = table.columns().iter().map(|column| column.name.chars().count() + 3).collect();
    for row in table.page(start, 200) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.map_or(0, |cell| cell.chars().take(61).count() + 2));
        }
    }
    widths.into_iter().map(|width| width.clamp(9, 60) as f64).collect()
}

pub(crate) fn refused(error: XlsxError) -> Refusal {
    match error {
        XlsxError::IoError(error) => Refusal::from_io(&error, "xlsx"),
        other => Refusal::new(RefusalCode::Bug).with("detail", other.to_string()),
    }
}

#[cfg(test)]
#[path = "xlsx_tests.rs"]
mod tests;
