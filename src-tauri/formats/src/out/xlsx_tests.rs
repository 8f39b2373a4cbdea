#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use larder_tables::TableBuilder;

use super::*;
use crate::out::testing::{English, all_kinds, card, one_column, texts};

fn written(table: &Table, title: &str, about: Option<&About>) -> Vec<u8> {
    let mut out = Vec::new();
    write_xlsx(table, title, about, &mut out).unwrap();
    out
}

fn opened(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    opened(bytes).worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The text of a part inside the file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut out = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

#[test]
fn values_come_back_with_their_types() {
    let rows = rows(&written(&all_kinds(), "All kinds", None), "All kinds");
    assert_eq!(rows[0][0], Data::String("Words".into()));
    let row = &rows[1];
    assert_eq!(row[0], Data::String("Käse".into()));
    assert_eq!(row[1], Data::String("00417".into()), "zeros in front stay");
    assert_eq!(row[4], Data::Float(-12.0));
    assert_eq!(row[5], Data::Float(1234.5));
    assert_eq!(row[6], Data::Float(3.2));
    assert_eq!(row[7], Data::Float(0.19));
    assert_eq!(row[8], Data::Bool(true));
    for (place, day, text) in [
        (9, 46_084.0, "2026-03-03"),
        (10, 46_084.0 + 27_600.0 / 86_400.0, "moment"),
        (11, 27_600.0 / 86_400.0, "clock"),
    ] {
        let Data::DateTime(moment) = &row[place] else { panic!("{text} is {:?}", row[place]) };
        assert!((moment.as_f64() - day).abs() < 1e-9, "{text}: {moment:?}");
    }
    assert!(rows.get(2).is_none_or(|row| row.iter().all(|cell| *cell == Data::Empty)));
}

#[test]
fn money_percent_and_days_are_shown_as_such() {
    let styles = part(&written(&all_kinds(), "x", None), "xl/styles.xml");
    for format in ["#,##0.00\\ [$€-1]", "0%", "yyyy\\-mm\\-dd hh:mm:ss"] {
        assert!(styles.contains(format), "{format} is not in {styles}");
    }
    for index in ["numFmtId=\"14\"", "numFmtId=\"49\"", "numFmtId=\"21\""] {
        assert!(styles.contains(index), "{index}");
    }
}

#[test]
fn shares_show_the_decimals_that_they_need() {
    let table = one_column(Kind::Percent, |builder| {
        [0.195, 0.07].into_iter().for_each(|share| {
            builder.number(0, share);
            builder.end_row();
        })
    });
    assert!(part(&written(&table, "x", None), "xl/styles.xml").contains("formatCode=\"0.0%\""));
}

#[test]
fn a_currency_that_is_none_never_becomes_part_of_the_format() {
    let mut column = TableColumn::new("m", "M", Kind::Money);
    for (currency, format) in [("CHF", "#,##0.00\\ [$CHF]"), ("\"]0;", "#,##0.00"), ("eur", "#,##0.00")] {
        column.currency = Some(currency.into());
        assert_eq!(money_format(&column), format);
    }
    column.decimals = Some(0);
    assert_eq!(money_format(&column), "#,##0");
}

// fault 64
#[test]
fn texts_that_look_like_formulas_links_or_markup_stay_text() {
    let hostile = [
        "=1+1",
        "+49 30 23125",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        "=HYPERLINK(\"http://example.com\")",
        "http://example.com",
        "mailto:a@example.com",
        "internal:Sheet1!A1",
        "{=1}",
        "<r><t>x</t></r>",
        "<r></t></si></r>",
        "<script>alert(1)</script>",
        "]]>",
        "&amp;",
        "a\u{1}b",
        "_x0041_",
        "\u{202e}abc",
        "مرحبا",
        " lead",
        "two\nlines",
        "\u{fffe}",
    ];
    let bytes = written(&texts(&hostile), "x", None);
    let rows = rows(&bytes, "x");
    for (row, text) in rows[1..].iter().zip(hostile) {
        // Excel's own escapes are undone by Excel; other readers show them.
        if text.contains(['\u{1}', '\u{fffe}']) || text.starts_with("_x") {
            continue;
        }
        assert_eq!(row[0], Data::String(text.into()), "{text:?}");
    }
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for markup in ["<f>", "<f ", "<hyperlink", "<r>", "<script"] {
        assert!(!sheet.contains(markup), "{markup} in {sheet}");
    }
    assert!(sheet.contains("a_x0001_b") && sheet.contains("_x005F_x0041_") && sheet.contains("_xFFFE_"));
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("quotePrefix=\"1\""), "an edited cell would become a formula");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_told() {
    let long = "ü".repeat(40_000);
    let card = card();
    let about = About { card: &card, link: "", generated_at: None, words: &English };
    let bytes = written(&texts(&[&long, "short"]), "Long", Some(&about));
    let Data::String(text) = &rows(&bytes, "Long")[1][0] else { panic!("no text") };
    assert_eq!((text.chars().count(), text.ends_with('…')), (32_767, true));
    let told = rows(&bytes, "About")
        .iter()
        .any(|row| row[0] == Data::String("cut-texts".into()) && row[1] == Data::String("1".into()));
    assert!(told);
}

#[test]
fn numbers_that_excel_would_round_and_days_that_it_miscounts_are_kept_as_text() {
    let table = one_column(Kind::Integer, |builder| {
        [999_999_999_999_999, 1_000_000_000_000_000, i64::MIN].into_iter().for_each(|number| {
            builder.integer(0, number);
            builder.end_row();
        })
    });
    let numbers = rows(&written(&table, "x", None), "x");
    assert_eq!(numbers[1][0], Data::Float(999_999_999_999_999.0));
    assert_eq!(numbers[2][0], Data::String("1000000000000000".into()));
    assert_eq!(numbers[3][0], Data::String("-9223372036854775808".into()));
    let table = one_column(Kind::Date, |builder| {
        [-25_508, -25_509, larder_tables::FIRST_DAY, larder_tables::LAST_DAY].into_iter().for_each(|day| {
            builder.date(0, day);
            builder.end_row();
        })
    });
    let days = rows(&written(&table, "x", None), "x");
    assert!(matches!(&days[1][0], Data::DateTime(day) if day.as_f64() == 61.0), "{:?}", days[1][0]);
    assert_eq!(days[2][0], Data::String("1900-02-28".into()));
    assert_eq!(days[3][0], Data::String("0001-01-01".into()));
    assert!(matches!(&days[4][0], Data::DateTime(day) if day.as_f64() == 2_958_465.0));
}

#[test]
fn more_rows_than_a_sheet_holds_go_on_the_next() {
    let table = one_column(Kind::Integer, |builder| {
        (0..7).for_each(|number| {
            builder.integer(0, number);
            builder.end_row();
        })
    });
    let mut bytes = Vec::new();
    write_sheets(&table, "Till/sales", None, &mut bytes, 3).unwrap();
    assert_eq!(opened(&bytes).sheet_names(), ["Till sales", "Till sales 2", "Till sales 3"]);
    assert_eq!(rows(&bytes, "Till sales").len(), 4);
    assert_eq!(rows(&bytes, "Till sales 2")[1][0], Data::Float(3.0));
    assert_eq!(rows(&bytes, "Till sales 3").last().unwrap()[0], Data::Float(6.0));
}

#[test]
fn no_rows_no_columns_and_too_many_columns() {
    let names_only = written(&Table::empty(all_kinds().columns().to_vec()), "x", None);
    assert_eq!(rows(&names_only, "x").len(), 1);
    assert_eq!(rows(&written(&Table::empty(Vec::new()), "x", None), "x").len(), 0);
    let wide = (0..16_385).map(|n| TableColumn::new(format!("c{n}"), format!("C{n}"), Kind::Text)).collect();
    let refusal = write_xlsx(&Table::empty(wide), "x", None, Vec::new()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::TooLarge);
}

#[test]
fn names_are_frozen_and_can_be_filtered() {
    let sheet = part(&written(&all_kinds(), "x", None), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:M3\""), "{sheet}");
    assert!(sheet.contains("numberStoredAsText=\"1\""));
}

#[test]
fn the_sheet_about_it_comes_first_and_tells_the_label() {
    let mut card = card();
    card.label.title = "=cmd|' /C calc'!A0 <b>".into();
    let about = About {
        card: &card,
        link: "Bakery Mueller: Till sales",
        generated_at: Some("2026-11-23T08:00:00+01:00"),
        words: &English,
    };
    let bytes = written(&all_kinds(), "About", Some(&about));
    assert_eq!(opened(&bytes).sheet_names(), ["About", "About 2"]);
    let rows = rows(&bytes, "About");
    let all: Vec<String> = rows.concat().iter().map(ToString::to_string).collect();
    for text in [
        "=cmd|' /C calc'!A0 <b>",
        "Anna Mueller, anna.mueller@example.com",
        "Bakery Mueller: Till sales",
        "2026-11-23T08:00:00+01:00",
        "A code of ours",
        "00417",
    ] {
        assert!(all.iter().any(|cell| cell == text), "{text} is not in {all:?}");
    }
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("<f>") && !part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[test]
fn the_same_release_gives_the_same_file() {
    let card = card();
    let about = About { card: &card, link: "", generated_at: None, words: &English };
    assert_eq!(written(&all_kinds(), "x", Some(&about)), written(&all_kinds(), "x", Some(&about)));
}

#[test]
fn many_rows_are_written_in_order() {
    let mut builder =
        TableBuilder::new(vec![TableColumn::new("i", "I", Kind::Integer), TableColumn::new("t", "T", Kind::Text)]);
    for i in 0..70_000 {
        builder.integer(0, i);
        builder.text(1, &format!("r{i}"));
        builder.end_row();
    }
    let rows = rows(&written(&builder.finish(), "x", None), "x");
    assert_eq!(rows.len(), 70_001);
    for i in [0usize, 65_535, 65_536, 69_999] {
        assert_eq!(rows[i + 1], [Data::Float(i as f64), Data::String(format!("r{i}"))]);
    }
}
