//! What a person may change, and what is shown while they do.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Cursor;
use std::sync::atomic::{AtomicU64, Ordering};

use common::*;
use larder_formats::{Progress, Quiet, open, open_head};
use larder_model::{Choice, DateOrder, DecimalMark, FindingCode as Code, Kind, LeftOutReason as Reason, RefusalCode};

#[test]
fn a_later_choice_replaces_an_earlier_one_and_unknown_columns_are_passed_over() {
    let (book, _) = read(TILL);
    let kind = |column: &str, kind| Choice::Kind { column: column.into(), kind };
    let reading = book.read(&[kind("verkauft", Kind::Text), kind("gone", Kind::Date), kind("verkauft", Kind::Number)]);
    assert_eq!(column(&reading, "verkauft").kind, Kind::Number);
    assert_eq!(rows(&book, &reading)[0][4], "120");
}

#[test]
fn columns_are_left_out_and_renamed_by_choice() {
    let (book, _) = read(TILL);
    let reading = book.read(&[
        Choice::Column { column: "uhrzeit".into(), keep: false },
        Choice::Name { column: "artikel_nr".into(), name: "Nummer".into() },
    ]);
    assert!(!column(&reading, "uhrzeit").keep);
    let table = book.table(&reading, &Quiet).unwrap();
    assert_eq!(table.columns().len(), 6);
    assert_eq!((table.columns()[1].id.as_str(), table.columns()[1].name.as_str()), ("artikel_nr", "Nummer"));
}

#[test]
fn a_total_may_be_kept_and_a_row_left_out() {
    let (book, _) = read(TILL);
    assert_eq!(book.read(&[Choice::Totals { keep: true }]).rows, 6);
    let reading = book.read(&[Choice::Row { row: 5, keep: false }, Choice::Row { row: 10, keep: true }]);
    assert_eq!(reading.rows, 5);
    assert_eq!(left_out(&reading, Reason::Chosen), [5]);
    assert_eq!(rows(&book, &reading).last().unwrap()[6], "1269.50");
}

#[test]
fn an_order_that_dates_cannot_have_keeps_them_as_text_and_leads_back() {
    let (book, _) = read("Datum;Menge\n31.03.2026;4\n30.03.2026;5\n29.03.2026;6\n28.03.2026;7\n");
    let order = |order| Choice::DateOrder { column: None, order };
    let reading = book.read(&[order(DateOrder::MonthFirst)]);
    assert_eq!(column(&reading, "datum").kind, Kind::Text);
    assert_eq!(rows(&book, &reading)[0][0], "31.03.2026", "nothing is lost");
    let said = finding(&reading, Code::DateOrder);
    assert_eq!((param(said, "fits"), param(said, "order")), ("no".into(), "month_first".into()));
    let back = said.opposites[0].clone();
    assert_eq!(back, Choice::DateOrder { column: Some("datum".into()), order: DateOrder::DayFirst });
    let again = book.read(&[order(DateOrder::MonthFirst), back]);
    assert_eq!(column(&again, "datum").kind, Kind::Date);
}

#[test]
fn a_mark_that_numbers_cannot_have_keeps_them_as_text_and_leads_back() {
    let (book, reading) = read("Artikel;Umsatz\nBrot;1.234,50\nSemmel;2.500,75\nKuchen;12,30\n");
    assert_eq!(column(&reading, "umsatz").decimal_mark, Some(DecimalMark::Comma));
    let dot = Choice::DecimalMark { column: None, mark: DecimalMark::Dot };
    let reading = book.read(std::slice::from_ref(&dot));
    assert_eq!(column(&reading, "umsatz").kind, Kind::Text);
    let said = finding(&reading, Code::DecimalMark);
    assert_eq!(param(said, "fits"), "no");
    let again = book.read(&[dot, said.opposites[0].clone()]);
    assert_eq!(rows(&book, &again)[0][1], "1234.50");
}

#[test]
fn one_of_each_row_is_kept_by_choice() {
    let (book, _) = read(TILL);
    let reading = book.read(&[Choice::Duplicates { keep: false }]);
    assert_eq!((reading.rows, left_out(&reading, Reason::Duplicate)), (4, vec![9]));
    assert_eq!(rows(&book, &reading).len(), 4);
    assert_eq!(finding(&reading, Code::DuplicateRows).opposites, [Choice::Duplicates { keep: true }]);
}

#[test]
fn the_window_shows_what_is_left_out_and_why() {
    let (book, reading) = read(TILL);
    let window = book.window(&reading, 0, 100);
    assert_eq!(window.len() as u64, reading.sheet_rows);
    assert_eq!(
        (window[0].left_out, window[0].text.as_deref()),
        (Some(Reason::Title), Some("Kassenbericht Filiale Mitte"))
    );
    assert_eq!(window[9].text.as_deref(), Some("Summe  148  1.269,50"));
    let row = &window[4];
    assert_eq!((row.row, row.left_out, row.cells.len()), (5, None, reading.columns.len()));
    assert_eq!((row.cells[5].raw.as_str(), row.cells[5].value.as_deref()), ("0,45", Some("0.45")));
    assert!(book.window(&reading, 1_000, 5).is_empty());
    assert_eq!(book.window(&reading, 11, u64::MAX).len(), 1);
}

#[test]
fn each_kind_shows_how_the_first_values_would_read() {
    let (book, reading) = read(TILL);
    let kinds = book.kinds(&reading, "umsatz");
    assert_eq!(kinds.len(), Kind::ALL.len());
    let of = |kind| kinds.iter().find(|k| k.kind == kind).unwrap();
    assert_eq!(of(Kind::Money).values[0].as_deref(), Some("54.00"));
    assert_eq!(of(Kind::Number).values[0].as_deref(), Some("54"));
    assert_eq!(of(Kind::Text).values[0].as_deref(), Some("54,00"));
    assert_eq!((of(Kind::Date).values[0].as_deref(), of(Kind::Date).misfits), (None, 5));
    assert_eq!(of(Kind::Money).misfits, 0);
    assert!(book.kinds(&reading, "gone").is_empty());
}

#[test]
fn raw_rows_are_as_they_stand() {
    let (book, reading) = read(TILL);
    let rows: Vec<Vec<String>> = book.raw_rows(&reading).collect();
    assert_eq!(rows[0][2], "Artikel-Nr.");
    assert_eq!(rows[3][4..], ["n/a", "3,50", "1.155,50"]);
    assert_eq!(rows.len(), 6);
}

#[test]
fn a_reading_from_elsewhere_shows_the_same_rows() {
    let (book, _) = read(TILL);
    let reading =
        book.read(&[Choice::Row { row: 5, keep: false }, Choice::Kind { column: "verkauft".into(), kind: Kind::Text }]);
    let (other, _) = read(TILL);
    assert_eq!(rows(&other, &reading), rows(&book, &reading));
}

#[test]
fn the_next_months_file_is_known_again() {
    let (book, reading) = read_as("till_export_MARCH(2).csv", TILL, &[]);
    let print = book.fingerprint(&reading);
    assert_eq!(print.name_pattern, "till_export_{month}({n}).csv");
    let (book, reading) = read_as("till_export_APRIL(1).csv", TILL.replace(".03.2026", ".04.2026"), &[]);
    assert!(print.likeness(&book.fingerprint(&reading)) > 0.95);
    let json = serde_json::to_string(&print).unwrap();
    assert_eq!(serde_json::from_str::<larder_formats::Fingerprint>(&json).unwrap(), print);
}

#[test]
fn the_head_of_a_large_file_comes_at_once() {
    let mut text = "Datum;Artikel;Menge\n".to_owned();
    for n in 0..400_000 {
        text.push_str(&format!("03.03.2026;Brot {};{n}\n", n % 50));
    }
    let start = std::time::Instant::now();
    let head = open_head("x.csv", Box::new(Cursor::new(text.clone().into_bytes())), &[], 200).unwrap();
    let reading = head.read(&[]);
    assert!(start.elapsed().as_millis() < 1_500, "{:?}", start.elapsed());
    assert!(!head.is_whole());
    assert_eq!((reading.rows, reading.columns.len()), (199, 3));
    let (whole, reading) = read(&text);
    assert!(whole.is_whole());
    assert_eq!(reading.rows, 400_000);
    let start = std::time::Instant::now();
    whole.read(&[Choice::Kind { column: "menge".into(), kind: Kind::Text }]);
    assert!(start.elapsed().as_millis() < 2_000, "asking again costs little: {:?}", start.elapsed());
}

struct Stop(AtomicU64);
impl Progress for Stop {
    fn rows(&self, rows: u64) {
        self.0.fetch_max(rows, Ordering::Relaxed);
    }
    fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed) >= 8_192
    }
}

#[test]
fn reading_stops_when_asked_to() {
    let text: String = (0..100_000).map(|n| format!("Brot;{n}\n")).collect();
    for times in [1, 12] {
        let stop = Stop(AtomicU64::new(0));
        let text = text.repeat(times).into_bytes();
        let refused = open("x.csv", Box::new(Cursor::new(text)), &[], &stop).unwrap_err();
        assert_eq!(refused.code, RefusalCode::Cancelled);
        let read = stop.0.load(Ordering::Relaxed);
        assert!((8_192..times as u64 * 100_000).contains(&read), "{read}");
    }
    let (book, reading) = read(&text);
    assert_eq!(book.table(&reading, &Stop(AtomicU64::new(0))).unwrap_err().code, RefusalCode::Cancelled);
}

/// Stops when it is asked for the so many-th time.
struct StopsAt(AtomicU64);

impl Progress for StopsAt {
    fn rows(&self, _rows: u64) {}
    fn cancelled(&self) -> bool {
        self.0.fetch_sub(1, Ordering::Relaxed) <= 1
    }
}

#[test]
fn opening_stops_wherever_a_person_stops_it() {
    let mut text = "Tag;Filiale;Umsatz\n".to_owned();
    for row in 0..60_000 {
        text += &format!("0{}.03.2026;Laden {};{},50\n", 1 + row % 9, row % 5, row % 400);
    }
    let mut stopped = 0;
    for asked in 1.. {
        match open("x.csv", Box::new(Cursor::new(text.clone().into_bytes())), &[], &StopsAt(AtomicU64::new(asked))) {
            Err(refusal) => assert_eq!(refusal.code, RefusalCode::Cancelled),
            Ok(book) => {
                assert_eq!(book.read(&[]).rows, 60_000);
                break;
            }
        }
        stopped += 1;
    }
    assert!(stopped >= 8, "{stopped} places to stop at are too few");
}
