//! The till sales in the workbook formats that nobody writes in large any more and everybody still has to read: OpenDocument
//! (ISO/IEC 26300) and Excel's binary workbooks (MS-XLSB), as their programs save them, in the fewest parts that do.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::data::{COLUMNS, Cell, made, sales};

type Archive = ZipWriter<std::fs::File>;

fn part(archive: &mut Archive, name: &str, bytes: &[u8]) -> io::Result<()> {
    archive.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)?;
    archive.write_all(bytes)
}

/// The till sales as an OpenDocument spreadsheet.
pub fn ods(folder: &Path, rows: u32) -> io::Result<PathBuf> {
    made(&folder.join(format!("till-sales-{rows}-rows.ods")), |path| {
        let mut archive = ZipWriter::new(std::fs::File::create(path)?);
        part(&mut archive, "mimetype", b"application/vnd.oasis.opendocument.spreadsheet")?;
        part(
            &mut archive,
            "META-INF/manifest.xml",
            br#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#,
        )?;
        part(&mut archive, "content.xml", content(rows).as_bytes())?;
        archive.finish().map_err(io::Error::other)?;
        Ok(())
    })
}

fn content(rows: u32) -> String {
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Till sales">"#,
    );
    let text = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    xml += "<table:table-row>";
    COLUMNS.iter().for_each(|name| xml += &text(name));
    xml += "</table:table-row>";
    for cells in sales().take(rows as usize) {
        xml += "<table:table-row>";
        for cell in cells {
            xml += &match cell {
                Cell::Text("") => "<table:table-cell/>".to_owned(),
                Cell::Text(words) => text(words),
                Cell::Number(number) => {
                    format!(
                        r#"<table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}</text:p></table:table-cell>"#
                    )
                }
                Cell::Day(day) => {
                    format!(
                        r#"<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>"#
                    )
                }
                Cell::Time(h, m, s) => format!(
                    r#"<table:table-cell office:value-type="time" office:time-value="PT{h:02}H{m:02}M{s:02}S"><text:p>{h:02}:{m:02}:{s:02}</text:p></table:table-cell>"#
                ),
            };
        }
        xml += "</table:table-row>";
    }
    xml + "</table:table></office:spreadsheet></office:body></office:document-content>"
}

/// The till sales as a binary workbook, its texts shared and its days and times as numbers with a format.
pub fn xlsb(folder: &Path, rows: u32) -> io::Result<PathBuf> {
    made(&folder.join(format!("till-sales-{rows}-rows.xlsb")), |path| {
        let mut archive = ZipWriter::new(std::fs::File::create(path)?);
        let (sheet, strings) = sheet(rows);
        part(&mut archive, "[Content_Types].xml", CONTENT_TYPES.as_bytes())?;
        part(&mut archive, "_rels/.rels", relations(&[("officeDocument", "xl/workbook.bin")]).as_bytes())?;
        let parts =
            [("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")];
        part(&mut archive, "xl/_rels/workbook.bin.rels", relations(&parts).as_bytes())?;
        part(&mut archive, "xl/workbook.bin", &workbook())?;
        part(&mut archive, "xl/styles.bin", &styles())?;
        part(&mut archive, "xl/sharedStrings.bin", &strings)?;
        part(&mut archive, "xl/worksheets/sheet1.bin", &sheet)?;
        archive.finish().map_err(io::Error::other)?;
        Ok(())
    })
}

const CONTENT_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/><Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>"#;

fn relations(parts: &[(&str, &str)]) -> String {
    let relation = |(number, (kind, target)): (usize, &(&str, &str))| {
        format!(
            r#"<Relationship Id="rId{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#,
            number + 1
        )
    };
    let relations: String = parts.iter().enumerate().map(relation).collect();
    format!(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    )
}

/// Adds a record: its kind and length in groups of seven bits, then its bytes.
fn record(out: &mut Vec<u8>, kind: u32, data: &[u8]) {
    let mut number = |mut rest: u32| loop {
        let byte = (rest & 0x7f) as u8;
        rest >>= 7;
        out.push(if rest > 0 { byte | 0x80 } else { byte });
        if rest == 0 {
            break;
        }
    };
    number(kind);
    number(data.len() as u32);
    out.extend_from_slice(data);
}

/// A text of two bytes a letter with its length in front.
fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u16> = text.encode_utf16().collect();
    let mut out = (letters.len() as u32).to_le_bytes().to_vec();
    out.extend(letters.into_iter().flat_map(u16::to_le_bytes));
    out
}

fn workbook() -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 131, &[]);
    record(&mut out, 143, &[]);
    let sheet = [0u32.to_le_bytes().to_vec(), 1u32.to_le_bytes().to_vec(), wide("rId1"), wide("Till sales")].concat();
    record(&mut out, 156, &sheet);
    record(&mut out, 144, &[]);
    record(&mut out, 132, &[]);
    out
}

/// Cell formats: general, a day, a time, two decimals.
fn styles() -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 278, &[]);
    record(&mut out, 617, &4u32.to_le_bytes());
    for format in [0u16, 14, 21, 2] {
        let mut cell = vec![0; 16];
        cell[2..4].copy_from_slice(&format.to_le_bytes());
        record(&mut out, 47, &cell);
    }
    record(&mut out, 618, &[]);
    record(&mut out, 279, &[]);
    out
}

/// The sheet, and the texts that it shares.
fn sheet(rows: u32) -> (Vec<u8>, Vec<u8>) {
    let mut texts: Vec<&'static str> = Vec::new();
    let mut out = Vec::new();
    record(&mut out, 129, &[]);
    let end = COLUMNS.len() as u32 - 1;
    record(&mut out, 148, &[0, rows, 0, end].map(u32::to_le_bytes).concat());
    record(&mut out, 145, &[]);
    let names = COLUMNS.map(Cell::Text);
    for (row, cells) in std::iter::once(names).chain(sales().take(rows as usize)).enumerate() {
        let mut header = vec![0; 25];
        header[..4].copy_from_slice(&(row as u32).to_le_bytes());
        record(&mut out, 0, &header);
        for (column, cell) in (0u32..).zip(cells) {
            let (style, kind, value) = match cell {
                Cell::Text("") => continue,
                Cell::Text(text) => {
                    let place = texts.iter().position(|known| *known == text).unwrap_or_else(|| {
                        texts.push(text);
                        texts.len() - 1
                    });
                    (0u32, 7, (place as u32).to_le_bytes().to_vec())
                }
                Cell::Number(number) => (3, 5, number.to_le_bytes().to_vec()),
                Cell::Day(day) => {
                    let days = (day - jiff::civil::date(1899, 12, 30)).get_days();
                    (1, 5, f64::from(days).to_le_bytes().to_vec())
                }
                Cell::Time(h, m, s) => {
                    let seconds = u32::from(h) * 3_600 + u32::from(m) * 60 + u32::from(s);
                    (2, 5, (f64::from(seconds) / 86_400.0).to_le_bytes().to_vec())
                }
            };
            record(&mut out, kind, &[column.to_le_bytes().to_vec(), style.to_le_bytes().to_vec(), value].concat());
        }
    }
    record(&mut out, 146, &[]);
    record(&mut out, 130, &[]);
    let mut strings = Vec::new();
    record(&mut strings, 159, &[rows, texts.len() as u32].map(u32::to_le_bytes).concat());
    for text in texts {
        record(&mut strings, 19, &[vec![0], wide(text)].concat());
    }
    record(&mut strings, 160, &[]);
    (out, strings)
}
