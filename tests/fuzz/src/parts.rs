#![no_main]
//! Parts of workbooks in an archive that is sound: the first byte says which part the others are.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

mod reading;

const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const SHEET: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="1"><v>45000</v></c></row></sheetData></worksheet>"#;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        if zip.start_file(*name, stored).is_err() || zip.write_all(bytes).is_err() {
            return Vec::new();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((which, part)) = bytes.split_first() else { return };
    let place = usize::from(which % 8);
    let mut xlsx: Vec<(&str, &[u8])> = vec![
        ("xl/worksheets/sheet1.xml", SHEET.as_bytes()),
        ("xl/sharedStrings.xml", b"<sst><si><t>Name</t></si></sst>"),
        ("xl/styles.xml", b"<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
    ];
    match place {
        0..=4 => {
            xlsx[place].1 = part;
            reading::read("x.xlsx", &archive(&xlsx));
        }
        5 => {
            let kind = b"application/vnd.oasis.opendocument.spreadsheet";
            reading::read("x.ods", &archive(&[("mimetype", kind), ("content.xml", part)]));
        }
        _ => {
            let (sheet, strings) = part.split_at(part.len() / 2);
            let relations = RELATIONS.replace(".xml", ".bin");
            reading::read(
                "x.xlsb",
                &archive(&[
                    ("xl/workbook.bin", if place == 6 { sheet } else { b"\x9c\x01\x0c\0\0\0\0\x01\0\0\0\x02\0\0\0r\x001\0" }),
                    ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
                    ("xl/worksheets/sheet1.bin", sheet),
                    ("xl/sharedStrings.bin", strings),
                ]),
            );
        }
    }
});
