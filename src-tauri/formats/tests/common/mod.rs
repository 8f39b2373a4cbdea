//! What the tests of reading share.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::Cursor;

use larder_formats::{Book, Quiet, open};
use larder_model::{Choice, Finding, FindingCode, Kind, LeftOutReason, Param, ReadColumn, Reading, Refusal};

/// Opens bytes under a name.
pub fn try_open(name: &str, bytes: impl Into<Vec<u8>>, choices: &[Choice]) -> Result<Book, Refusal> {
    open(name, Box::new(Cursor::new(bytes.into())), choices, &Quiet)
}

/// Opens and reads bytes that are a table.
pub fn read_as(name: &str, bytes: impl Into<Vec<u8>>, choices: &[Choice]) -> (Book, Reading) {
    let book = try_open(name, bytes, choices).unwrap();
    let reading = book.read(choices);
    (book, reading)
}

/// Opens and reads a text.
pub fn read(text: &str) -> (Book, Reading) {
    read_as("x.csv", text, &[])
}

/// The refusal's code and its `what`.
pub fn refused(name: &str, bytes: impl Into<Vec<u8>>) -> (String, String) {
    let refusal = try_open(name, bytes, &[]).unwrap_err();
    (refusal.code.as_str().to_owned(), text_of(refusal.params.get("what")))
}

pub fn text_of(param: Option<&Param>) -> String {
    match param {
        Some(Param::Text(text)) => text.clone(),
        Some(Param::Number(number)) => number.to_string(),
        Some(Param::List(list)) => list.join("|"),
        None => String::new(),
    }
}

/// A fixture of the repository.
pub fn fixture(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/formats").join(name);
    std::fs::read(path).unwrap()
}

/// The typed rows of a reading as canonical text, `·` for empty cells.
pub fn rows(book: &Book, reading: &Reading) -> Vec<Vec<String>> {
    let table = book.table(reading, &Quiet).unwrap();
    let page = table.page(0, table.rows());
    page.into_iter().map(|row| row.into_iter().map(|cell| cell.unwrap_or_else(|| "·".into())).collect()).collect()
}

pub fn kinds(reading: &Reading) -> Vec<Kind> {
    reading.columns.iter().map(|column| column.kind).collect()
}

pub fn ids(reading: &Reading) -> Vec<&str> {
    reading.columns.iter().map(|column| column.id.as_str()).collect()
}

pub fn column<'a>(reading: &'a Reading, id: &str) -> &'a ReadColumn {
    reading.columns.iter().find(|column| column.id == id).unwrap()
}

pub fn found(reading: &Reading, code: FindingCode) -> Option<&Finding> {
    reading.findings.iter().find(|finding| finding.code == code)
}

/// The finding of this code; its absence fails the test.
pub fn finding(reading: &Reading, code: FindingCode) -> &Finding {
    match found(reading, code) {
        Some(finding) => finding,
        None => panic!("{code:?} is missing among {:?}", reading.findings.iter().map(|f| f.code).collect::<Vec<_>>()),
    }
}

pub fn param(finding: &Finding, name: &str) -> String {
    text_of(finding.params.get(name))
}

/// Rows left out for a reason.
pub fn left_out(reading: &Reading, reason: LeftOutReason) -> Vec<u64> {
    reading.left_out.iter().filter(|left| left.reason == reason).map(|left| left.row).collect()
}

/// A workbook in memory.
pub fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Workbook)) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

/// The messy German till export that everything is measured by.
pub const TILL: &str = "Kassenbericht Filiale Mitte\r\nZeitraum: 01.03.2026 - 31.03.2026\r\n\r\nDatum;Uhrzeit;Artikel-Nr.;Artikel;Verkauft;Einzelpreis;Umsatz\r\n\
03.03.2026;07:40;00417;Brötchen;120;0,45;54,00\r\n\
03.03.2026;07:52;00418;Käsekuchen;12;2,60;31,20\r\n\
04.03.2026;08:15;00419;Roggenbrot;n/a;3,50;1.155,50\r\n\
14.03.2026;09:05;00420;Müsliriegel;8;1,80;14,40\r\n\
14.03.2026;09:05;00420;Müsliriegel;8;1,80;14,40\r\n\
Summe;;;;148;;1.269,50\r\n\
\r\n\
Erstellt am 01.04.2026 um 08:00 Uhr\r\n";
