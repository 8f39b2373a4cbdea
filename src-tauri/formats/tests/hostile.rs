//! Files that are no tables, broken, locked, or made to do harm.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write;

use common::*;
use larder_model::RefusalCode;
use zip::write::SimpleFileOptions;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELATIONS: &[u8] =
    b"<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const SHEETS: &[u8] =
    b"<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
const WORKBOOK: &[u8] = b"<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";

fn workbook_of(sheet: &[u8]) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

#[test]
fn what_is_no_table_says_what_it_is() {
    let docx = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships/>"),
        ("word/document.xml", b"<w/>"),
    ]);
    let pptx = zipped(&[("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"<p/>")]);
    let photos = zipped(&[("a.jpg", b"x"), ("b.jpg", b"y")]);
    let odt = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    for (bytes, what) in [
        (b"%PDF-1.4 and so on".to_vec(), "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "image"),
        (b"<!DOCTYPE html><html><body><p>1</p></body></html>".to_vec(), "web"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0".to_vec(), "program"),
        (docx, "word"),
        (pptx, "other"),
        (photos, "zip"),
        (odt, "word"),
        (compound(&["WordDocument"]), "word"),
        (compound(&["__properties_version1.0"]), "mail"),
    ] {
        assert_eq!(refused("export.csv", bytes), ("not_a_table".into(), what.into()));
    }
}

#[test]
fn the_one_table_of_a_zip_archive_is_read() {
    let csv = b"Artikel;Menge;Preis\nBrot;3;3,50\nSemmel;5;0,45\n";
    for parts in [
        &[("till/march.csv", &csv[..])][..],
        &[("march.CSV", &csv[..]), ("__MACOSX/._march.csv", b"\0\x05\x16\x07"), ("till/.DS_Store", b"x")],
        &[("march.zip.txt", &csv[..]), ("Thumbs.db", b"x")],
    ] {
        let (book, reading) = read_as("march.zip", zipped(parts), &[]);
        assert_eq!(reading.delimiter.as_deref(), Some(";"));
        assert_eq!(rows(&book, &reading)[1], ["Semmel", "5", "0.45"]);
    }
    let inner = workbook(|book| {
        let sheet = book.add_worksheet();
        for (column, text) in ["Artikel", "Ort", "Brot", "Keller"].iter().enumerate() {
            sheet.write(column as u32 / 2, column as u16 % 2, *text).unwrap();
        }
    });
    let (book, reading) = read_as("x.zip", zipped(&[("stock.xlsx", &inner)]), &[]);
    assert_eq!(
        (rows(&book, &reading), reading.sheet.as_str()),
        (vec![vec!["Brot".to_owned(), "Keller".into()]], "Sheet1")
    );
    for parts in [
        &[("a.csv", &csv[..]), ("b.csv", &csv[..])][..],
        &[("a.jpg", &b"x"[..])],
        &[("a.csv", &zipped(&[("b.csv", &csv[..])])[..])],
    ] {
        assert_eq!(refused("x.zip", zipped(parts)), ("not_a_table".into(), "zip".into()));
    }
    assert_eq!(refused("x.zip", zipped(&[("menu.xls", b"%PDF-1.4 and so on")])).1, "pdf");
}

#[test]
fn nothing_at_all_is_empty() {
    for bytes in [&b""[..], b"\n\n \r\n", b"\xef\xbb\xbf", b"\0\0\0\0", b";;;\n;;;\n"] {
        assert_eq!(try_open("x.csv", bytes, &[]).unwrap_err().code, RefusalCode::Empty, "{bytes:?}");
    }
}

#[test]
fn a_cut_workbook_tells_how_far_it_came() {
    let whole = workbook(|book| {
        let sheet = book.add_worksheet();
        for row in 0..2_000 {
            sheet.write(row, 0, format!("Brot {row}")).unwrap();
        }
    });
    let cut = whole.len() / 2;
    let refusal = try_open("x.xlsx", &whole[..cut], &[]).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Damaged);
    assert_eq!(text_of(refusal.params.get("read_bytes")), cut.to_string());
    assert!(!text_of(refusal.params.get("detail")).is_empty());
    for length in [4, 10, 31, 100] {
        assert_eq!(try_open("x.xlsx", &whole[..length], &[]).unwrap_err().code, RefusalCode::Damaged, "{length}");
    }
}

#[test]
fn a_cut_sheet_inside_a_whole_archive_is_damaged() {
    for sheet in [
        &b"<worksheet><sheetData><row><c><v>1"[..],
        b"<worksheet><sheetData><row><c",
        b"<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>",
    ] {
        assert_eq!(try_open("x.xlsx", workbook_of(sheet), &[]).unwrap_err().code, RefusalCode::Damaged);
    }
    let ods = |content: &[u8]| {
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
    };
    for content in [
        &b"<a><table:table table:name=\"x\"><table:table-row>"[..],
        b"<table:table table:name=\"x\"><table:table-row><table:table-cell><office:annotation>",
    ] {
        assert_eq!(try_open("x.ods", ods(content), &[]).unwrap_err().code, RefusalCode::Damaged, "it must end");
    }
}

#[test]
fn locked_workbooks_ask_for_their_password_where_it_helps() {
    let xls = [&[0x09, 0x08, 0x10, 0, 0, 6, 5, 0][..], &[0; 12], &[0x2f, 0, 4, 0, 1, 0, 1, 0], &[0; 4]].concat();
    let ods = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        ("content.xml", b"\x01\x02"),
    ]);
    let packed = zipped(&[("till.xls", &xls)]);
    for (bytes, code) in [
        (xls, RefusalCode::PasswordProtected),
        (ods, RefusalCode::PasswordProtected),
        (packed, RefusalCode::CannotUnlock),
        (compound(&["EncryptedPackage"]), RefusalCode::CannotUnlock),
        (compound(&["EncryptedPackage", "EncryptionInfo"]), RefusalCode::Damaged),
    ] {
        assert_eq!(try_open("x.xlsx", bytes, &[]).unwrap_err().code, code);
    }
}

/// A compound file whose directory names these streams: one sector of tables, one or more of entries.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut directory = Vec::new();
    for (place, name) in ["Root Entry"].iter().chain(streams).enumerate() {
        let mut entry = [0u8; 128];
        for (i, unit) in name.encode_utf16().enumerate() {
            entry[i * 2..i * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64..66].copy_from_slice(&((name.len() as u16 + 1) * 2).to_le_bytes());
        entry[66] = if place == 0 { 5 } else { 2 };
        entry[116..120].copy_from_slice(&0xffff_fffeu32.to_le_bytes());
        directory.extend(entry);
    }
    directory.resize(512, 0);
    let mut header = vec![0u8; 512];
    header[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    header[30] = 9;
    header[32] = 6;
    header[48] = 1;
    header[60..64].copy_from_slice(&0xffff_fffeu32.to_le_bytes());
    header[68..72].copy_from_slice(&0xffff_fffeu32.to_le_bytes());
    header[76..512].fill(0xff);
    header[76..80].fill(0);
    let mut table = vec![0xff; 512];
    table[..4].copy_from_slice(&0xffff_fffdu32.to_le_bytes());
    table[4..8].copy_from_slice(&0xffff_fffeu32.to_le_bytes());
    [header, table, directory].concat()
}

// fault 61
#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in
        [("_rels/.rels", RELATIONS), ("xl/_rels/workbook.xml.rels", SHEETS), ("xl/workbook.xml", WORKBOOK)]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<worksheet><sheetData>").unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..130 {
        zip.write_all(&blanks).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(try_open("x.xlsx", bytes.clone(), &[]).unwrap_err().code, RefusalCode::TooLarge);
    // The same with a size that lies: what comes out counts.
    let at = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    bytes[at + 24..at + 28].copy_from_slice(&1_000u32.to_le_bytes());
    let code = try_open("x.xlsx", bytes, &[]).unwrap_err().code;
    assert!(matches!(code, RefusalCode::TooLarge | RefusalCode::Damaged), "{code:?}");
}

#[test]
fn a_blank_in_the_last_cell_of_all_costs_nothing() {
    for cell in [
        "<c r=\"XFD1048576\" s=\"1\"/>",
        "<c r=\"XFD1048576\" t=\"s\"><v>99</v></c>",
        "<c r=\"XFD1048576\"><v>1</v></c>",
    ] {
        let sheet = format!(
            "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Artikel</v></c><c r=\"B1\" t=\"str\"><v>Menge</v></c></row>\
             <row r=\"2\"><c r=\"A2\" t=\"str\"><v>Brot</v></c><c r=\"B2\"><v>3</v></c></row><row r=\"1048576\">{cell}</row></sheetData></worksheet>"
        );
        let (_, reading) = read_as("x.xlsx", workbook_of(sheet.as_bytes()), &[]);
        assert_eq!(ids(&reading)[..2], ["artikel", "menge"]);
        assert_eq!(reading.rows, 1, "{cell}");
    }
}

#[test]
fn places_that_cannot_be_are_refused() {
    for cell in [
        "<row r=\"99999999999999999999\"><c><v>1</v></c></row>",
        "<row r=\"4000000000\"><c><v>1</v></c></row>",
        "<row><c r=\"ZZZ1\"><v>1</v></c></row>",
    ] {
        let sheet = format!("<worksheet><sheetData>{cell}</sheetData></worksheet>");
        if let Err(refusal) = try_open("x.xlsx", workbook_of(sheet.as_bytes()), &[]) {
            assert_eq!(refusal.code, RefusalCode::TooLarge);
        }
    }
}

#[test]
fn one_line_without_end_and_a_row_of_20_000_cells() {
    for bytes in [vec![b'x'; 40 << 20], b"1;".repeat(20_000), [b"\"".as_slice(), &b"\"\"".repeat(4 << 20)].concat()] {
        assert_eq!(try_open("x.csv", bytes, &[]).unwrap_err().code, RefusalCode::TooLarge);
    }
    let wide: String = (0..16_000).map(|n| format!("c{n};")).collect::<String>() + "\n" + &"1;".repeat(16_000) + "\n";
    let (_, reading) = read(&wide);
    assert_eq!((reading.columns.len(), reading.rows), (16_000, 1));
}

/// A reader that believes it reserves terabytes, and no panic handler saves the program.
#[test]
fn an_old_workbook_that_declares_four_thousand_million_rows_and_breaks_off() {
    let begin = [&[0x09, 0x08, 0x10, 0, 0, 6, 0x10, 0][..], &[0; 12]].concat();
    let size = [&[0x00, 0x02, 14, 0][..], &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0, 0, 0]].concat();
    let cut = [0x03, 0x02, 14, 0, 1];
    let refusal = try_open("x.xls", [&begin[..], &size, &cut].concat(), &[]).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Damaged);
}

#[test]
fn names_that_turn_the_line_around_are_harmless() {
    let (_, reading) = read("Art\u{202e}ikel;Menge\u{0007}\nBrot;3\n");
    assert_eq!(reading.columns[0].name, "Artikel");
    assert_eq!(reading.columns[1].name, "Menge");
}

/// So many letters that stand nowhere until they are read.
struct Endless {
    at: u64,
    size: u64,
    read: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl std::io::Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let bytes = (out.len() as u64).min(self.size - self.at);
        out[..bytes as usize].fill(b'x');
        self.at += bytes;
        self.read.fetch_max(self.at, std::sync::atomic::Ordering::Relaxed);
        Ok(bytes as usize)
    }
}

impl std::io::Seek for Endless {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            std::io::SeekFrom::Start(at) => at,
            std::io::SeekFrom::End(from) => self.size.saturating_add_signed(from),
            std::io::SeekFrom::Current(from) => self.at.saturating_add_signed(from),
        };
        Ok(self.at)
    }
}

// fault 63
#[test]
fn a_gigabyte_in_one_line_is_refused_long_before_its_end() {
    let read = std::sync::Arc::default();
    let line = Endless { at: 0, size: 1 << 30, read: std::sync::Arc::clone(&read) };
    let refusal = larder_formats::open("x.csv", Box::new(line), &[], &larder_formats::Quiet).unwrap_err();
    assert_eq!((refusal.code, text_of(refusal.params.get("what")).as_str()), (RefusalCode::TooLarge, "row_bytes"));
    assert!(read.load(std::sync::atomic::Ordering::Relaxed) < 200 << 20);
}
