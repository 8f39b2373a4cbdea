//! Workbooks, one test for each oddity.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use larder_formats::{Quiet, open_head};
use larder_model::{Certainty, Choice, FindingCode as Code, Format, Kind, LeftOutReason as Reason};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula};

fn till() -> Vec<u8> {
    workbook(|book| {
        let day = Style::new().set_num_format("dd.mm.yyyy");
        let euro = Style::new().set_num_format("#,##0.00 [$€-407]");
        let share = Style::new().set_num_format("0%");
        let code = Style::new().set_num_format("00000");
        let clock = Style::new().set_num_format("hh:mm");
        let length = Style::new().set_num_format("[h]:mm");
        let sheet = book.add_worksheet();
        sheet.set_name("März").unwrap();
        sheet.write(0, 0, "Tagesumsätze").unwrap();
        for (column, name) in
            ["Datum", "Artikel-Nr.", "Artikel", "Menge", "Umsatz", "Anteil", "Uhrzeit", "Dauer", "Aktiv"]
                .iter()
                .enumerate()
        {
            sheet.write(2, column as u16, *name).unwrap();
        }
        for row in 0..30u32 {
            let at = row + 3;
            let date = ExcelDateTime::from_ymd(2026, 3, (row % 28 + 1) as u8).unwrap();
            sheet.write_with_format(at, 0, date, &day).unwrap();
            sheet.write_with_format(at, 1, 417 + row, &code).unwrap();
            sheet.write(at, 2, format!("Brot {row}")).unwrap();
            sheet.write(at, 3, row + 1).unwrap();
            sheet.write_with_format(at, 4, f64::from(row) * 1.1, &euro).unwrap();
            sheet.write_with_format(at, 5, 0.07, &share).unwrap();
            sheet.write_with_format(at, 6, ExcelDateTime::from_hms(7, 40, 0).unwrap(), &clock).unwrap();
            sheet.write_with_format(at, 7, 0.25, &length).unwrap();
            sheet.write(at, 8, row % 2 == 0).unwrap();
        }
        sheet.write(33, 0, "Summe").unwrap();
        sheet.write_formula(33, 3, Formula::new("=SUM(D4:D33)").set_result("465")).unwrap();
    })
}

#[test]
fn number_formats_decide_what_cells_are() {
    let (book, reading) = read_as("x.xlsx", till(), &[]);
    assert_eq!(reading.format, Format::Xlsx);
    assert_eq!(reading.sheet, "März");
    assert_eq!(
        kinds(&reading),
        [
            Kind::Date,
            Kind::Code,
            Kind::Text,
            Kind::Integer,
            Kind::Money,
            Kind::Percent,
            Kind::Time,
            Kind::Duration,
            Kind::Boolean
        ]
    );
    assert_eq!(column(&reading, "umsatz").currency.as_deref(), Some("EUR"));
    let rows = rows(&book, &reading);
    assert_eq!(rows.len(), 30);
    assert_eq!(rows[3], ["2026-03-04", "00420", "Brot 3", "4", "3.30", "0.07", "07:40:00", "06:00:00", "false"]);
    assert_eq!(left_out(&reading, Reason::Total), [34]);
    assert_eq!(finding(&reading, Code::CachedFormulas).count, 1);
    let raw = &book.window(&reading, 6, 1)[0].cells;
    assert_eq!((raw[0].raw.as_str(), raw[4].raw.as_str(), raw[8].raw.as_str()), ("2026-03-04", "3.3", "FALSE"));
}

#[test]
fn content_goes_before_the_ending() {
    for name in ["x.csv", "x", "x.xls", "x.pdf"] {
        let (_, reading) = read_as(name, till(), &[]);
        assert_eq!((reading.format, reading.rows), (Format::Xlsx, 30), "{name}");
    }
    let (_, reading) = read_as("x.xlsx", "Artikel;Menge\nBrot;3\n", &[]);
    assert_eq!(reading.format, Format::Csv);
}

#[test]
fn sheets_are_chosen_and_the_others_told() {
    let bytes = workbook(|book| {
        for name in ["März", "April"] {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            sheet.write_row(0, 0, ["Artikel", "Menge", "Preis"]).unwrap();
            sheet.write_row(1, 0, [name, "1", "2"]).unwrap();
        }
        let sheet = book.add_worksheet();
        sheet.set_name("Geheim").unwrap().set_hidden(true);
        sheet.write(0, 0, "x").unwrap();
    });
    let (book, reading) = read_as("x.xlsx", bytes.clone(), &[]);
    assert_eq!(reading.sheet, "März");
    assert!(reading.sheets[2].hidden);
    let chosen = finding(&reading, Code::SheetChosen);
    assert_eq!(param(chosen, "others"), "April|Geheim");
    assert_eq!(chosen.opposites[0], Choice::Sheet { sheet: "April".into() });
    assert_eq!(param(finding(&reading, Code::HiddenThings), "names"), "Geheim");
    let april = [Choice::Sheet { sheet: "April".into() }];
    assert!(book.must_reopen(&april));
    let (book, reading) = read_as("x.xlsx", bytes, &april);
    assert_eq!((reading.sheet.as_str(), rows(&book, &reading)[0][0].as_str()), ("April", "April"));
    assert!(!book.must_reopen(&april) && book.must_reopen(&[]));
}

#[test]
fn hidden_rows_and_columns_are_read_and_told() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Artikel", "Menge", "Preis"]).unwrap();
        for row in 1..5 {
            sheet.write(row, 0, format!("Brot {row}")).unwrap();
            sheet.write(row, 1, row).unwrap();
            sheet.write(row, 2, row).unwrap();
        }
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(1).unwrap();
    });
    let (_, reading) = read_as("x.xlsx", bytes, &[]);
    assert_eq!(reading.rows, 4);
    let hidden = finding(&reading, Code::HiddenThings);
    assert_eq!((param(hidden, "names").as_str(), &hidden.rows[..]), ("B", &[3][..]));
}

#[test]
fn merged_cells_are_filled_down_and_can_be_left() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Filiale", "Artikel", "Menge"]).unwrap();
        let plain = Style::new();
        sheet.merge_range(1, 0, 2, 0, "Mitte", &plain).unwrap();
        sheet.merge_range(3, 0, 4, 0, "Nord", &plain).unwrap();
        for row in 1..5 {
            sheet.write(row, 1, format!("Brot {row}")).unwrap();
            sheet.write(row, 2, row).unwrap();
        }
    });
    let (book, reading) = read_as("x.xlsx", bytes, &[]);
    let filiale: Vec<String> = rows(&book, &reading).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(filiale, ["Mitte", "Mitte", "Nord", "Nord"]);
    let merged = finding(&reading, Code::MergedCells);
    assert_eq!(
        (param(merged, "column").as_str(), &merged.opposites[..]),
        ("Filiale", &[Choice::Merged { fill: false }][..])
    );
    let again = book.read(&merged.opposites);
    assert_eq!(rows(&book, &again)[1][0], "·");
}

#[test]
fn merged_names_of_groups_are_joined() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        let plain = Style::new();
        sheet.merge_range(0, 1, 0, 2, "Mitte", &plain).unwrap();
        sheet.merge_range(0, 3, 0, 4, "Nord", &plain).unwrap();
        sheet.write_row(1, 0, ["Artikel", "Menge", "Umsatz", "Menge", "Umsatz"]).unwrap();
        for row in 2..6 {
            sheet.write(row, 0, format!("Brot {row}")).unwrap();
            for column in 1..5 {
                sheet.write(row, column, row).unwrap();
            }
        }
    });
    let (_, reading) = read_as("x.xlsx", bytes, &[]);
    assert_eq!(ids(&reading), ["artikel", "mitte_menge", "mitte_umsatz", "nord_menge", "nord_umsatz"]);
}

#[test]
fn numbers_stored_as_text_are_numbers_and_said() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Artikel", "Menge"]).unwrap();
        for row in 1..10u32 {
            sheet.write(row, 0, format!("Brot {row}")).unwrap();
            match row % 3 {
                0 => sheet.write(row, 1, row.to_string()).unwrap(),
                _ => sheet.write(row, 1, row).unwrap(),
            };
        }
    });
    let (_, reading) = read_as("x.xlsx", bytes, &[]);
    assert_eq!(column(&reading, "menge").kind, Kind::Integer);
    let as_text = finding(&reading, Code::NumbersAsText);
    assert_eq!((as_text.count, &as_text.rows[..]), (3, &[4, 7, 10][..]));
}

#[test]
fn failed_formulas_and_formulas_without_a_result() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Artikel", "Menge"]).unwrap();
        for row in 1..6 {
            sheet.write(row, 0, format!("Brot {row}")).unwrap();
            sheet.write(row, 1, row).unwrap();
        }
        sheet.write_formula(6, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(6, 0, "Kuchen").unwrap();
    });
    let (book, reading) = read_as("x.xlsx", bytes, &[]);
    let errors = finding(&reading, Code::ErrorCells);
    assert_eq!((errors.count, &errors.rows[..], param(errors, "examples").as_str()), (1, &[7][..], "#DIV/0!"));
    assert_eq!(rows(&book, &reading)[5][1], "·");
}

#[test]
fn two_tables_on_one_sheet() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Datum", "Artikel", "Menge"]).unwrap();
        for row in 1..20 {
            sheet.write(row, 0, format!("{row}.3.2026")).unwrap();
            sheet.write(row, 1, "Brot").unwrap();
            sheet.write(row, 2, row).unwrap();
        }
        sheet.write_row(24, 1, ["Lieferant", "Ort", "Rabatt"]).unwrap();
        for row in 25..29 {
            sheet.write(row, 1, format!("Mühle {row}")).unwrap();
            sheet.write(row, 2, "Köln").unwrap();
            sheet.write(row, 3, row).unwrap();
        }
    });
    let (book, reading) = read_as("x.xlsx", bytes, &[]);
    assert_eq!(reading.tables.iter().map(|t| t.span.a1()).collect::<Vec<_>>(), ["A1:C20", "B25:D29"]);
    assert_eq!(reading.rows, 19);
    let other = book.read(&[Choice::Table { index: 1 }]);
    assert_eq!((ids(&other), other.rows), (vec!["lieferant", "ort", "rabatt"], 4));
}

#[test]
fn dates_of_old_macs_count_from_1904() {
    let content = |sheet: &str| -> Vec<u8> {
        zipped(&[
            ("[Content_Types].xml", "<Types/>"),
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>",
            ),
            (
                "xl/workbook.xml",
                "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            ),
            ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
            ("xl/worksheets/sheet1.xml", sheet),
        ])
    };
    let sheet = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>Tag</t></is></c><c t=\"inlineStr\"><is><t>Menge</t></is></c></row>\
        <row><c s=\"1\"><v>44622</v></c><c><v>3.0000000000000004</v></c></row>\
        <row><c t=\"d\"><v>2026-03-04</v></c><c t=\"e\"><v>#SPILL!</v></c></row>\
        <row><c s=\"1\"><v>44624</v></c><c><f>1+1</f></c></row></sheetData></worksheet>";
    let (book, reading) = read_as("x.xlsx", content(sheet), &[]);
    assert_eq!(rows(&book, &reading), [["2026-03-03", "3"], ["2026-03-04", "·"], ["2026-03-05", "·"]]);
    let formulas = finding(&reading, Code::CachedFormulas);
    assert_eq!((formulas.certainty, &formulas.rows[..]), (Certainty::Notice, &[4][..]));
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_old_workbook_with_titles_merged_cells_and_a_hidden_sheet() {
    let (book, reading) = read_as("x.xls", fixture("till_titles_merged_hidden_sheet.xls"), &[]);
    assert_eq!((reading.format, reading.sheet.as_str()), (Format::Xls, "März"));
    assert!(reading.sheets[1].hidden);
    assert_eq!(ids(&reading), ["filiale", "datum", "artikel_nr", "artikel", "menge", "umsatz", "aktiv", "anteil"]);
    assert_eq!(
        kinds(&reading),
        [Kind::Text, Kind::Date, Kind::Code, Kind::Text, Kind::Integer, Kind::Money, Kind::Boolean, Kind::Percent]
    );
    let rows = rows(&book, &reading);
    assert_eq!(rows[1], ["Mitte", "2026-03-02", "00418", "Käsekuchen", "12", "31.20", "false", "0.07"]);
    assert_eq!(rows[3][0], "Nord");
    assert_eq!(left_out(&reading, Reason::Total), [8]);
}

#[test]
fn long_texts_of_old_workbooks_go_on_over_records() {
    let (book, reading) = read_as("x.xls", fixture("many_strings_over_records.xls"), &[]);
    let rows = rows(&book, &reading);
    assert_eq!(rows.len(), 1_199);
    for (place, row) in rows.iter().enumerate() {
        let i = place + 1;
        let wanted = format!("Größe {i} ").repeat(1 + i % 9) + if i % 2 == 1 { "€ λ" } else { "" };
        assert_eq!(row[1], wanted.trim(), "row {i}");
    }
}

#[test]
fn an_open_document_with_typed_cells_and_repeated_rows() {
    let (book, reading) = read_as("x.ods", fixture("stock_typed_cells_repeated_rows.ods"), &[]);
    assert_eq!((reading.format, reading.sheet.as_str()), (Format::Ods, "Lager"));
    assert_eq!(
        kinds(&reading),
        [Kind::Text, Kind::Date, Kind::Number, Kind::Money, Kind::Percent, Kind::Boolean, Kind::Time]
    );
    let rows = rows(&book, &reading);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0], ["Mehl", "2026-03-03", "12.5", "0.89", "0.07", "true", "07:40:00"]);
    assert_eq!(rows[2], rows[3]);
    assert!(reading.sheets.iter().any(|sheet| sheet.name == "Versteckt" && sheet.hidden));
    let (_, other) =
        read_as("x.ods", fixture("stock_typed_cells_repeated_rows.ods"), &[Choice::Sheet { sheet: "Preise".into() }]);
    assert_eq!(other.sheet, "Preise");
}

#[test]
fn the_head_of_every_workbook_format() {
    for (name, bytes) in [
        ("x.xlsx", till()),
        ("x.xls", fixture("many_strings_over_records.xls")),
        ("x.ods", fixture("stock_typed_cells_repeated_rows.ods")),
    ] {
        let head = open_head(name, Box::new(std::io::Cursor::new(bytes.clone())), &[], 4).unwrap();
        assert!(!head.is_whole(), "{name}");
        assert_eq!(head.read(&[]).sheet_rows, 4, "{name}");
        let all = open_head(name, Box::new(std::io::Cursor::new(bytes)), &[], 100_000).unwrap();
        assert!(all.is_whole(), "{name}");
        assert!(all.table(&all.read(&[]), &Quiet).unwrap().rows() > 3, "{name}");
    }
}

#[test]
fn lines_of_text_in_the_only_column_are_cut_and_may_stay_whole() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        for (row, line) in [
            "Datum;Artikel;Menge;Preis",
            "11.03.2026;Tulpen;17;14,96",
            "12.03.2026;\"Rosen; rot\";7;42,62",
            "13.03.2026;Erde;3;1,00",
        ]
        .iter()
        .enumerate()
        {
            sheet.write(row as u32, 0, *line).unwrap();
        }
    });
    let (book, reading) = read_as("a.xlsx", bytes.clone(), &[]);
    assert_eq!(kinds(&reading), [Kind::Date, Kind::Text, Kind::Integer, Kind::Money]);
    assert_eq!(rows(&book, &reading)[1], ["2026-03-12", "Rosen; rot", "7", "42.62"]);
    let choice = finding(&reading, Code::Delimiter).opposites[0].clone();
    assert!(book.must_reopen(std::slice::from_ref(&choice)));
    let (book, reading) = read_as("a.xlsx", bytes, std::slice::from_ref(&choice));
    assert_eq!((reading.columns.len(), reading.rows), (1, 3));
    assert!(!book.must_reopen(&[choice]) && book.must_reopen(&[]));
}

#[test]
fn sentences_in_the_only_column_stay_sentences() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        for (row, line) in ["Notiz", "Brot, Butter, Mehl", "Salz, Zucker, Ei", "Tee, Milch, Saft", "Öl, Essig, Senf"]
            .iter()
            .enumerate()
        {
            sheet.write(row as u32, 0, *line).unwrap();
        }
    });
    let (_, reading) = read_as("a.xlsx", bytes, &[]);
    assert_eq!(reading.columns.len(), 1);
}

#[test]
fn a_sheet_that_lists_the_others_is_no_table_and_one_with_figures_is() {
    let with = |figures: bool| {
        workbook(|book| {
            let list = book.add_worksheet().set_name("Overview").unwrap();
            for (column, name) in ["Group", "Sheet", "Sum"].iter().enumerate() {
                list.write(0, column as u16, *name).unwrap();
            }
            for (row, name) in ["March", "April"].iter().enumerate() {
                list.write(row as u32 + 1, 0, "Sales").unwrap();
                list.write(row as u32 + 1, 1, *name).unwrap();
                if figures {
                    list.write(row as u32 + 1, 2, 120.5).unwrap();
                }
            }
            for name in ["March", "April"] {
                let sheet = book.add_worksheet().set_name(name).unwrap();
                for row in 0..9 {
                    sheet.write(row, 0, format!("Item {row}")).unwrap();
                    sheet.write(row, 1, row).unwrap();
                    sheet.write(row, 2, 1.5).unwrap();
                }
            }
        })
    };
    assert_eq!(read_as("a.xlsx", with(false), &[]).1.sheet, "March");
    assert_eq!(read_as("a.xlsx", with(true), &[]).1.sheet, "Overview");
}

#[test]
fn a_workbook_behind_a_blank_line_and_a_warning_opens() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        for row in 0..4 {
            sheet.write(row, 0, format!("Item {row}")).unwrap();
            sheet.write(row, 1, row).unwrap();
        }
    });
    for front in [&b"\r\n"[..], b"<br />\n<b>Notice</b>: Undefined variable on line 3\n", b"\xef\xbb\xbf"] {
        let (_, reading) = read_as("a.xlsx", [front, &bytes].concat(), &[]);
        assert_eq!(reading.columns.len(), 2);
    }
}
