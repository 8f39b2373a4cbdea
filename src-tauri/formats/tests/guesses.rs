//! Guesses that are said, with the way back: units in cells, days in numbers, whole months, quotes, lengths of time.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use larder_model::{Choice, FindingCode, Kind};

#[test]
fn units_are_taken_off_on_request() {
    let text = "Zutat;Menge\nMehl;12 kg\nHefe;0,5 kg\nSalz;1.250 kg\nZucker;7kg\n";
    let (_, reading) = read(text);
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Text]);
    let said = finding(&reading, FindingCode::UnitInCells);
    assert_eq!((param(said, "unit").as_str(), param(said, "example").as_str()), ("kg", "12 kg"));
    let split = said.opposites[0].clone();
    assert_eq!(split, Choice::Unit { column: "menge".into(), split: true });
    let (book, reading) = read_as("x.csv", text, &[split]);
    assert_eq!((column(&reading, "menge").kind, column(&reading, "menge").unit.as_deref()), (Kind::Number, Some("kg")));
    assert_eq!(rows(&book, &reading).iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["12", "0.5", "1250", "7"]);
    assert_eq!(column(&reading, "menge").empty, 0);
    let back = &finding(&reading, FindingCode::UnitInCells).opposites[0];
    assert_eq!(*back, Choice::Unit { column: "menge".into(), split: false });
}

#[test]
fn two_units_in_a_column_are_not_one() {
    let (_, reading) = read("Zutat;Menge\nMehl;12 kg\nMilch;3 l\nSalz;250 g\n");
    assert!(found(&reading, FindingCode::UnitInCells).is_none());
}

#[test]
fn days_in_numbers_and_whole_months_are_said() {
    let (book, reading) = read("Nr;Datum;Wert\na;07.01.2026;1\nb;46037;2\nc;13.01.2026;3\n");
    let said = finding(&reading, FindingCode::DayCounts);
    assert_eq!((param(said, "example").as_str(), param(said, "value").as_str()), ("46037", "2026-01-15"));
    assert_eq!((said.rows.as_slice(), rows(&book, &reading)[1][1].as_str()), (&[3][..], "2026-01-15"));
    let (book, reading) = read("Monat;Umsatz\nJan 2026;10,5\nFeb 2026;11,5\nMär 2026;9,25\n");
    let said = finding(&reading, FindingCode::FirstDays);
    assert_eq!((param(said, "part").as_str(), param(said, "value").as_str()), ("month", "2026-01-01"));
    assert_eq!(rows(&book, &reading)[2][0], "2026-03-01");
    let (_, reading) = read("Rechnung;Betrag\n2026-01;10,5\n2026-02;11,5\n2026-03;9,25\n");
    assert_ne!(column(&reading, "rechnung").kind, Kind::Date, "numbers of bills look like months");
}

#[test]
fn quotes_of_another_kind_are_said() {
    let (book, reading) = read("'a','b'\n'x, y','it''s'\n'z','q'\n");
    assert_eq!(param(finding(&reading, FindingCode::QuoteMarks), "quote"), "'");
    assert_eq!(rows(&book, &reading)[0], ["x, y", "it's"]);
}

#[test]
fn quotes_and_frames_may_stay_as_they_stand() {
    let wrapped = "\"Artikel;Preis;Rest\"\n\"Brot;3,20;\"\"a\"\"\"\n\"Zopf;4,80;\"\"b\"\"\"\n";
    let framed = "│ Artikel │ Preis │\n│ Brot │ 3,20 │\n│ Zopf │ 4,80 │\n";
    for (text, how) in [(wrapped, "wrapped"), (framed, "framed"), ("'a','b'\n'x, y','it''s'\n'z','q'\n", "other")] {
        let (book, reading) = read(text);
        let said = finding(&reading, FindingCode::QuoteMarks);
        assert_eq!((param(said, "how").as_str(), &said.opposites[0]), (how, &Choice::Quoting { take_off: false }));
        let choices = [said.opposites[0].clone()];
        assert!(book.must_reopen(&choices));
        let (left, again) = read_as("x.csv", text, &choices);
        assert!(!left.must_reopen(&choices) && left.must_reopen(&[]));
        assert_ne!(rows(&left, &again), rows(&book, &reading), "{how}");
        let back = &finding(&again, FindingCode::QuoteMarks).opposites[0];
        assert_eq!(*back, Choice::Quoting { take_off: true });
    }
}

#[test]
fn hours_beyond_a_day_are_a_length_of_time() {
    let (book, reading) = read("Name;Dauer\nAnna;26:30\nBen;7:45\nCleo;-0:15\n");
    assert_eq!(column(&reading, "dauer").kind, Kind::Duration);
    let cells: Vec<String> = rows(&book, &reading).into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(cells, ["26:30:00", "07:45:00", "-00:15:00"]);
}

#[test]
fn marks_of_a_school_are_words_and_numbers_of_rows_are_numbers() {
    let (book, reading) = read("Lp.;Uczeń;Spr.\n1.;Adamska;4+\n2.;Bąk;5-\n3.;Cieślak;3\n10.;Kos;5+\n");
    assert_eq!(kinds(&reading), [Kind::Integer, Kind::Text, Kind::Text]);
    assert_eq!(rows(&book, &reading)[3], ["10", "Kos", "5+"]);
    let (_, reading) = read("Name;Klasse\nA;1.\nB;2.\nC;3.\n");
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Text], "nothing says that rows are numbered");
}

#[test]
fn thousands_beside_small_numbers_are_no_decimals() {
    let (book, reading) =
        read("Stop,In,Out\nHall,3.882,688\nZoo,773,2.317\nPier,646,278\nDock,3.057,674\nGate,2.862,1.204\n");
    assert_eq!(rows(&book, &reading)[0], ["Hall", "3882", "688"]);
    let (book, reading) = read("Item,Weight\nRye,3.882\nOat,0.773\nBun,2.646\nRoll,1\n");
    assert_eq!(rows(&book, &reading)[0], ["Rye", "3.882"]);
}

#[test]
fn letters_with_zeros_behind_a_dash_are_no_lira() {
    let (_, reading) = read("SKU,Price\nTL-001,16.05\nTL-002,17.99\nTL-003,20.50\n");
    assert_eq!(column(&reading, "sku").kind, Kind::Code);
}

#[test]
fn on_and_off_over_numbers_are_names() {
    let text = "Linie;Halt;Werktag;;Sonntag;\n;;Ein;Aus;Ein;Aus\n12;Rathaus;382;688;243;609\n12;Zoo;773;217;878;486\nN3;Uni;57;674;639;750\n";
    let (_, reading) = read(text);
    let names: Vec<&str> = reading.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Linie", "Halt", "Werktag Ein", "Werktag Aus", "Sonntag Ein", "Sonntag Aus"]);
}

#[test]
fn texts_that_hold_the_separator_are_put_together_and_can_be_left_apart() {
    let text = "Item,Price,Sold\nBaguette,3.20,12\nBread, white,2.80,4\nMuffin,1.90,20\nScone,1.20,18\n\
                Roll,12 pieces,4.80,3\nBagel,1.40,9\n";
    let (book, reading) = read(text);
    assert_eq!(rows(&book, &reading)[1], ["Bread, white", "2.80", "4"]);
    assert_eq!(rows(&book, &reading)[4], ["Roll,12 pieces", "4.80", "3"]);
    assert!(found(&reading, FindingCode::RaggedRows).is_none());
    let said = finding(&reading, FindingCode::SurplusCells);
    assert_eq!((param(said, "example").as_str(), param(said, "column").as_str()), ("Bread, white", "Item"));
    assert_eq!((&said.rows[..], said.count), (&[3, 6][..], 2));
    assert_eq!(said.opposites, [Choice::Surplus { join: false }]);
    assert!(book.must_reopen(&said.opposites));
    let (apart, again) = read_as("x.csv", text, &said.opposites);
    assert!(!apart.must_reopen(&said.opposites) && apart.must_reopen(&[]));
    assert_eq!(again.columns.len(), 4);
    assert_eq!(rows(&apart, &again)[1][..2], ["Bread", "white"]);
    assert_eq!(finding(&again, FindingCode::SurplusCells).opposites, [Choice::Surplus { join: true }]);
}

#[test]
fn rows_that_are_too_long_for_more_than_one_reason_stay_as_they_are() {
    for (text, why) in [
        ("Item,Note,Price\nA,x,1\nB,y,2\nC,z,3\nD,w,4\nE,fresh,warm,5\n", "either text may have been cut"),
        ("Item,Price\nRent,90.00\nGas,80.00\nTax,70.00\nPay,1,200.00\n", "so may a number with its thousands"),
        ("Item,Sold,Left\nA,1,5\nB,2,6\nC,3,7\nD,4,8,9\n", "one cell more at the end"),
        ("Name,City\nAnna,Ulm\nBen,Bonn\nCleo,Trier\nDora,Ulm,called twice\n", "a remark behind the row"),
        ("Item,Price\nA, b,1.5\nB,2.5\nC,3.5\nD,4.5\nE,5.5,x,y\nF,2.5\n", "one row is told by nothing"),
        ("A,B\na,1\nb,2\nc,3\n\nC,D,E\nx,5,6\ny,7,8\n", "another table follows"),
    ] {
        let (_, reading) = read(text);
        assert!(found(&reading, FindingCode::SurplusCells).is_none(), "{why}");
    }
}

#[test]
fn columns_that_touch_are_said_and_the_lines_can_be_left_whole() {
    let text: String = ["Baguette", "Brot, grob", "Semmel", "Käsekuchen", "Zopf klein.", "Vollkornbrot"]
        .iter()
        .enumerate()
        .map(|(n, name)| format!("0041{n}{name:<12}0003,{n}0 0{n}20\n"))
        .collect();
    let (book, reading) = read(&text);
    assert_eq!(rows(&book, &reading)[5], ["00415", "Vollkornbrot", "3.5", "0520"]);
    let said = finding(&reading, FindingCode::Delimiter);
    assert_eq!(param(said, "delimiter_code"), "width");
    let whole = Choice::Delimiter { delimiter: "\t".into() };
    assert!(said.opposites.contains(&whole) && book.must_reopen(std::slice::from_ref(&whole)));
    let (_, again) = read_as("x.csv", text, &[whole]);
    assert_eq!(again.columns.len(), 1);
}

#[test]
fn days_and_one_word_where_there_is_none_yet() {
    let text = "Invoice;Paid\n1;07/01/2026\n2;13/01/2026\n3;outstanding\n4;03/02/2026\n5;16/02/2026\n6;outstanding\n";
    let (_, reading) = read(text);
    assert_eq!((kinds(&reading)[1], finding(&reading, FindingCode::Misfits).count), (Kind::Date, 2));
    let (_, reading) = read(&text.replacen("outstanding", "cash", 1));
    assert_eq!(kinds(&reading)[1], Kind::Text, "two words say more than that there is no day");
}

#[test]
fn days_in_eight_figures_agree_with_each_other() {
    let (_, reading) = read_as(
        "x.txt",
        "EUR\t20260302\t1000,00\t20260302\tA\nEUR\t20260305\t12,00\t20260305\tB\nEUR\t20260313\t9,05\t20260314\tC\n",
        &[],
    );
    assert_eq!((kinds(&reading)[1], kinds(&reading)[3]), (Kind::Date, Kind::Date));
    let (_, reading) = read("JournalCode;DateLet;Total\nVE;20260131;3\nVE;;4\nBQ;;5\n");
    assert_eq!(kinds(&reading)[1], Kind::Date);
    // Numbers of customers that only happen to be days stay what they are.
    let (_, reading) = read("Kunde;Umsatz\n20260301;3\n20260302;4\n20260303;5\n");
    assert_eq!(kinds(&reading)[0], Kind::Integer);
}

#[test]
fn years_that_others_count() {
    for (text, wanted) in [
        ("開立日期,數量\n115/03/02,2\n115/03/31,1\n", "2026-03-02"),
        ("日付,数\nR8.3.2,2\nR8.3.31,1\n", "2026-03-02"),
        ("วันที่,จำนวน\n02/03/2569,2\n31/03/2569,1\n", "2026-03-02"),
        ("Valid until,Count\n02/03/2026,2\n31/12/2500,1\n", "2026-03-02"),
    ] {
        let (book, reading) = read(text);
        assert_eq!((kinds(&reading)[0], rows(&book, &reading)[0][0].as_str()), (Kind::Date, wanted), "{text}");
    }
    // Numbers of accounts are no days.
    let (_, reading) = read("Konto,Wert\n115/03/02,2\n115/03/31,1\n");
    assert!(kinds(&reading)[0].is_textual());
}

#[test]
fn dots_in_times_of_clocks() {
    let (book, reading) = read("Nome;Entrata;Uscita;Pausa\nRossi;04.58;13.10;0.30\nConti;14.00;22.07;0.45\nVerdi;;;\n");
    assert_eq!(kinds(&reading)[1..3], [Kind::Time, Kind::Time]);
    assert_eq!(rows(&book, &reading)[1][1..3], ["14:00:00", "22:07:00"]);
    let (_, reading) = read("Mese;Entrata;Uscita\nGennaio;14.58;13.10\nFebbraio;14.00;22.07\n");
    assert_ne!(kinds(&reading)[1], Kind::Time);
}

#[test]
fn one_number_with_a_letter_makes_codes_of_all() {
    let (book, reading) = read("Straße;Haus\nAm Bach;3\nAm Bach;5\nAm Bach;7\nAm Bach;26a\nAm Bach;12-14\nWeg;9\n");
    assert_eq!(kinds(&reading)[1], Kind::Code);
    assert_eq!(rows(&book, &reading)[3][1], "26a");
}

#[test]
fn null_in_capitals_is_the_word_of_databases() {
    let (book, reading) = read("id;city\n1;Hull\n2;NULL\n3;Null\n4;York\n");
    let city: Vec<String> = rows(&book, &reading).into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(city, ["Hull", "·", "Null", "York"]);
    assert_eq!(column(&reading, "city").empty, 1);
}

#[test]
fn times_and_days_in_figures() {
    let (book, reading) = read("Datum;Zeit;Wert\n01032026;0740;12\n15032026;1530;13\n31032026;0905;14\n");
    assert_eq!(kinds(&reading)[..2], [Kind::Date, Kind::Time]);
    assert_eq!(rows(&book, &reading)[0][..2], ["2026-03-01", "07:40:00"]);
    let (book, reading) = read("Name;Beginn;Ende;Dauer\nA;8.00;16.30;8.30\nB;7.45;15.15;7.30\nC;12.00;20.30;8.30\n");
    assert_eq!(kinds(&reading)[1..], [Kind::Time, Kind::Time, Kind::Duration]);
    assert_eq!(rows(&book, &reading)[1][1..], ["07:45:00", "15:15:00", "07:30:00"]);
    let (_, reading) =
        read("Datum;Tid;Belopp\n2026-03-02;07.40;1 234,50\n2026-03-03;15.30;-12,00\n2026-03-04;09.05;8,00\n");
    assert_eq!(kinds(&reading), [Kind::Date, Kind::Time, Kind::Money]);
    let (_, reading) = read("Name;Anteil\nA;12,5 %\nB;-\nC;n. v.\nD;7,5 %\n");
    assert_eq!(kinds(&reading)[1], Kind::Percent);
    // Numbers of articles and amounts stay what they are.
    let (_, reading) = read("Artikel;Dauer;Betrag\n0740;8.30;12.00\n1530;9.45;13.10\n");
    assert_eq!(kinds(&reading), [Kind::Code, Kind::Number, Kind::Money]);
}
