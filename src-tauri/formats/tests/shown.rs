//! Whatever the format and whatever becomes of a row: what stands in its cells is shown as it stands there.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use common::*;
use larder_formats::Book;
use larder_model::{Format, LeftOutReason, Reading};

/// What stands in each file: a title, names, rows with an empty word, a misfit and signs of markup, a total, a note.
const STOCK: [&[&str]; 9] = [
    &["Stock of the shop"],
    &[],
    &["No", "Article", "Price", "Since", "Note"],
    &["00417", "Café au lait", "3.5", "2026-03-03", "n/a"],
    &["00418", "Salt & bread", "12.25", "2026-03-04", "<old>"],
    &["00419", "Rye", "on request", "2026-03-05", "ask Ann"],
    &["00420", "Zopf", "1000", "2026-03-06", ""],
    &["Total", "", "1015.75", "", ""],
    &["Printed by Ann on her first day"],
];

fn separated(separator: &str) -> Vec<u8> {
    STOCK.map(|row| row.join(separator) + "\r\n").concat().into_bytes()
}

fn fixed_width() -> Vec<u8> {
    let line = |row: &[&str]| -> String {
        let cells = row.iter().zip([8, 16, 14, 14, 10]).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<String>().trim_end().to_owned() + "\r\n"
    };
    STOCK.map(line).concat().into_bytes()
}

fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

/// Every format, made here or by an office program.
fn files() -> Vec<(&'static str, Format, Vec<u8>)> {
    let saved = |name: &str| fixture(&format!("shown/{name}"));
    vec![
        ("stock.csv", Format::Csv, separated(",")),
        ("stock.csv", Format::Csv, separated(";")),
        ("stock.tsv", Format::Tsv, separated("\t")),
        ("stock.txt", Format::Csv, fixed_width()),
        ("stock.zip", Format::Csv, packed("stock.csv", &separated(";"))),
        ("stock.html", Format::Html, saved("stock.html")),
        ("stock.xml", Format::Xml, saved("stock_2003.xml")),
        ("stock.fods", Format::Fods, saved("stock.fods")),
        ("stock.ods", Format::Ods, saved("stock.ods")),
        ("stock.xlsx", Format::Xlsx, saved("stock.xlsx")),
        ("stock.xlsm", Format::Xlsx, saved("stock.xlsm")),
        ("stock.xltx", Format::Xlsx, saved("stock.xltx")),
        ("stock.xls", Format::Xls, saved("stock_biff8.xls")),
    ]
}

/// All cells with something in them, with two blanks between: how a row that is left out is shown.
fn line(row: &[&str]) -> String {
    row.iter().copied().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  ")
}

#[test]
fn every_cell_is_shown_as_it_stands_in_the_file() {
    for (name, format, bytes) in files() {
        let (book, reading) = read_as(name, bytes, &[]);
        assert_eq!((reading.format, reading.columns.len()), (format, 5), "{name}");
        let shown = book.window(&reading, 0, 100);
        // Some programs write no row where nothing stands.
        let mut wanted: Vec<&[&str]> = STOCK.to_vec();
        if shown.len() < STOCK.len() {
            wanted.retain(|row| !row.is_empty());
        }
        assert_eq!(shown.len(), wanted.len(), "{name}");
        let mut kept = 0;
        for (row, wanted) in shown.iter().zip(wanted) {
            match row.left_out {
                Some(_) => assert_eq!(row.text.as_deref(), Some(line(wanted).as_str()), "{name}, row {}", row.row),
                None => {
                    kept += 1;
                    let raw: Vec<&str> = row.cells.iter().map(|cell| cell.raw.as_str()).collect();
                    assert_eq!(raw, wanted, "{name}, row {}", row.row);
                }
            }
        }
        let reasons: Vec<LeftOutReason> = reading.left_out.iter().map(|left| left.reason).collect();
        assert_eq!(kept, 4, "{name}: {reasons:?}");
        let raw: Vec<Vec<String>> = book.raw_rows(&reading).collect();
        assert_eq!(raw, STOCK[2..7], "{name}, as `--raw` writes it");
    }
}

/// Whether a cell is shown: in its column where the row is kept, among the words of the row where it is left out.
fn shows(book: &Book, reading: &Reading, row: u64, column: usize, wanted: &Data) -> bool {
    let rows = book.window(reading, row, 1);
    let Some(row) = rows.first() else { return false };
    let same = |text: &str| match wanted {
        Data::Float(number) => text.parse::<f64>().is_ok_and(|shown| (shown - number).abs() <= number.abs() * 1e-12),
        Data::String(wanted) => larder_model::display_text(text, 500) == larder_model::display_text(wanted, 500),
        _ => true,
    };
    match &row.text {
        Some(line) => line.split("  ").any(same),
        None => {
            let cell = reading.columns.iter().zip(&row.cells).find(|(known, _)| known.position as usize == column + 1);
            cell.is_none_or(|(_, cell)| same(&cell.raw))
        }
    }
}

/// Texts and plain numbers of a workbook, which another reader finds in these places as well.
fn shows_what_another_reader_finds(name: &str) -> usize {
    let bytes = fixture(&format!("../corpus/known/{name}"));
    let mut other = open_workbook_auto_from_rs(std::io::Cursor::new(bytes.clone())).unwrap();
    let (book, reading) = read_as(name, bytes, &[]);
    let range = other.worksheet_range(&reading.sheet).unwrap();
    let (first_row, first_column) = range.start().unwrap();
    let mut compared = 0;
    for (row, column, cell) in range.used_cells() {
        let (row, column) = (u64::from(first_row) + row as u64, first_column as usize + column);
        if matches!(cell, Data::Float(_) | Data::String(_)) {
            compared += 1;
            assert!(
                shows(&book, &reading, row, column, cell),
                "{name}, row {}, column {}: {cell:?}",
                row + 1,
                column + 1
            );
        }
    }
    compared
}

#[test]
fn cells_of_binary_workbooks_are_shown_as_another_reader_finds_them() {
    let mut compared = 0;
    for name in [
        "xlsb_club_journal.xlsb",
        "xlsb_brewery_stock_very_hidden_sheet.xlsb",
        "xlsb_festival_crew_blank_rows_between.xlsb",
        "xlsb_inline_text_and_formula_results.xlsb",
        "xlsb_price_list_on_second_sheet.xlsb",
        "xls_excel95_codepage_1250.xls",
        "xls_biff5_codepage_1250_polnisch.xls",
        "xls_biff5_beehives_1998.xls",
        "xls_biff5_excel_95_title_and_sum_row.xls",
        "xls_biff5_rich_text_cells_hidden_sheet.xls",
    ] {
        compared += shows_what_another_reader_finds(name);
    }
    assert!(compared >= 300, "{compared} cells");
}
