//! Text files, one test for each oddity.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use larder_model::{
    Certainty, Choice, DateOrder, DecimalMark, FindingCode as Code, Format, Kind, LeftOutReason as Reason,
};

#[test]
fn a_german_till_export_with_titles_semicolons_commas_and_a_total() {
    let (book, reading) = read(TILL);
    assert_eq!(reading.format, Format::Csv);
    assert_eq!(reading.delimiter.as_deref(), Some(";"));
    assert_eq!(reading.encoding.as_deref(), Some("utf-8"));
    assert_eq!(ids(&reading), ["datum", "uhrzeit", "artikel_nr", "artikel", "verkauft", "einzelpreis", "umsatz"]);
    assert_eq!(
        kinds(&reading),
        [Kind::Date, Kind::Time, Kind::Code, Kind::Text, Kind::Integer, Kind::Money, Kind::Money]
    );
    assert_eq!(reading.rows, 5);
    assert_eq!(left_out(&reading, Reason::Title), [1, 2]);
    assert_eq!(left_out(&reading, Reason::Header), [4]);
    assert_eq!(left_out(&reading, Reason::Total), [10]);
    assert_eq!(left_out(&reading, Reason::Note), [12]);
    let rows = rows(&book, &reading);
    assert_eq!(rows[0], ["2026-03-03", "07:40:00", "00417", "Brötchen", "120", "0.45", "54.00"]);
    assert_eq!(rows[2], ["2026-03-04", "08:15:00", "00419", "Roggenbrot", "·", "3.50", "1155.50"]);
    assert_eq!(column(&reading, "datum").format, "dd.mm.yyyy");
    assert_eq!(column(&reading, "umsatz").format, "1.234,56");
}

#[test]
fn each_sentence_of_the_check_screen_has_its_opposite() {
    let (_, reading) = read(TILL);
    let table = finding(&reading, Code::TableFound);
    assert_eq!(
        (param(table, "rows"), param(table, "columns"), param(table, "header_row")),
        ("5".into(), "7".into(), "4".into())
    );
    assert!(table.opposites.contains(&Choice::NoHeader));
    let dates = finding(&reading, Code::DateOrder);
    assert_eq!((dates.certainty, param(dates, "order").as_str()), (Certainty::Sure, "day_first"));
    assert_eq!(dates.opposites, [Choice::DateOrder { column: None, order: DateOrder::MonthFirst }]);
    let mark = finding(&reading, Code::DecimalMark);
    assert_eq!(
        (param(mark, "example"), param(mark, "value"), param(mark, "mark")),
        ("1.155,50".into(), "1155.5".into(), "comma".into())
    );
    assert_eq!(mark.opposites, [Choice::DecimalMark { column: None, mark: DecimalMark::Dot }]);
    let code = finding(&reading, Code::CodeKept);
    assert_eq!((param(code, "column"), param(code, "example")), ("Artikel-Nr.".into(), "00417".into()));
    assert_eq!(code.opposites, [Choice::Kind { column: "artikel_nr".into(), kind: Kind::Integer }]);
    let word = finding(&reading, Code::EmptyWord);
    assert_eq!(
        (param(word, "word"), param(word, "column"), word.count, &word.rows[..]),
        ("n/a".into(), "Verkauft".into(), 1, &[7][..])
    );
    assert_eq!(word.opposites, [Choice::EmptyWord { word: "n/a".into(), empty: false }]);
    let total = finding(&reading, Code::TotalsLeftOut);
    assert_eq!((total.certainty, &total.rows[..]), (Certainty::Sure, &[10][..]));
    assert_eq!(total.opposites, [Choice::Totals { keep: true }]);
    let twice = finding(&reading, Code::DuplicateRows);
    assert_eq!((twice.count, &twice.rows[..]), (1, &[9][..]));
    assert_eq!(twice.opposites, [Choice::Duplicates { keep: false }]);
    assert!(finding(&reading, Code::NotesLeftOut).opposites.contains(&Choice::Row { row: 12, keep: true }));
}

#[test]
fn doubts_come_first_and_sure_things_last() {
    let (_, reading) = read("Date,Amount\n01/02/2026,1.234\n02/03/2026,5.678\nn/a,3.111\n03/04/2026,2.222\n");
    let order: Vec<Certainty> = reading.findings.iter().map(|f| f.certainty).collect();
    assert!(order.is_sorted());
    assert_eq!(order.first(), Some(&Certainty::Doubt));
    assert_eq!(order.last(), Some(&Certainty::Sure));
}

#[test]
fn american_dates_are_proven_by_one_day_beyond_twelve() {
    let (book, reading) =
        read("Date,Item,Takings\n01/02/2026,Bread,12.50\n01/31/2026,Roll,3.40\n02/01/2026,Cake,7.00\n");
    assert_eq!(kinds(&reading), [Kind::Date, Kind::Text, Kind::Money]);
    assert_eq!(rows(&book, &reading)[0], ["2026-01-02", "Bread", "12.50"]);
    assert_eq!(finding(&reading, Code::DateOrder).certainty, Certainty::Sure);
    assert_eq!(column(&reading, "date").format, "mm/dd/yyyy");
}

#[test]
fn dates_that_could_be_either_are_a_doubt() {
    let (book, reading) = read("Date,Item\n01/02/2026,Bread\n05/06/2026,Roll\n07/08/2025,Cake\n");
    let dates = finding(&reading, Code::DateOrder);
    assert_eq!((dates.certainty, param(dates, "ambiguous").as_str()), (Certainty::Doubt, "3"));
    let other = dates.opposites[0].clone();
    assert_eq!(rows(&book, &reading)[0][0], "2026-01-02");
    let again = book.read(std::slice::from_ref(&other));
    assert_eq!(rows(&book, &again)[0][0], "2026-02-01");
    assert_eq!(finding(&again, Code::DateOrder).certainty, Certainty::Sure);
}

#[test]
fn another_column_or_the_days_themselves_decide_the_order() {
    let (book, reading) =
        read("From,To,Item\n01/02/2026,25/02/2026,a\n03/02/2026,28/02/2026,b\n04/02/2026,09/02/2026,c\n");
    assert_eq!(rows(&book, &reading)[0][0], "2026-02-01");
    let (book, reading) = read("Date,Item\n01/03/2026,a\n02/03/2026,b\n03/03/2026,c\n04/03/2026,d\n");
    assert_eq!(rows(&book, &reading)[3][0], "2026-03-04");
    assert_eq!(finding(&reading, Code::DateOrder).certainty, Certainty::Doubt);
}

#[test]
fn two_digit_years_are_said() {
    let (book, reading) = read("Datum;Menge\n03.03.26;1\n04.03.26;2\n25.03.26;3\n");
    assert_eq!(rows(&book, &reading)[0][0], "2026-03-03");
    assert_eq!(param(finding(&reading, Code::TwoDigitYear), "year"), "2026");
    assert_eq!(column(&reading, "datum").format, "dd.mm.yy");
}

#[test]
fn a_thousand_or_one_point_two_is_a_doubt() {
    let (book, reading) = read("Item,Weight\nFlour,1.234\nSugar,2.500\nSalt,7.125\n");
    let mark = finding(&reading, Code::DecimalMark);
    assert_eq!((mark.certainty, param(mark, "ambiguous").as_str()), (Certainty::Doubt, "3"));
    assert_eq!(rows(&book, &reading)[0][1], "1.234");
    let again = book.read(&mark.opposites);
    assert_eq!(rows(&book, &again)[0][1], "1234");
    assert_eq!(column(&again, "weight").kind, Kind::Integer);
}

#[test]
fn another_column_decides_what_a_dot_means() {
    let (book, reading) = read("Artikel;Gewicht;Preis\nMehl;1.234;0,89\nZucker;2.500;1,09\n");
    assert_eq!(rows(&book, &reading)[0], ["Mehl", "1234", "0.89"]);
}

#[test]
fn codes_keep_their_zeros_and_barcodes_are_no_numbers() {
    let (book, reading) = read(
        "Ware,Schlüssel,EAN-Strich,Menge\nBrot,007,4006381333931,3\nRoll,042,4006381333931,5\nCake,113,4012345123456,7\n",
    );
    assert_eq!(column(&reading, "schluessel").kind, Kind::Code);
    assert_eq!(rows(&book, &reading)[0][1], "007");
    assert_eq!(column(&reading, "ean_strich").kind, Kind::Code);
    let (book, reading) = read("PLZ;Ort\n=\"01067\";Dresden\n80331;München\n");
    assert_eq!(kinds(&reading), [Kind::Code, Kind::Place]);
    assert_eq!(rows(&book, &reading)[0][0], "01067");
}

#[test]
fn words_for_nothing_count_only_beside_other_kinds() {
    let (book, reading) =
        read("Artikel;Menge;Bemerkung\nBrot;3;n/a\nSemmel;k.A.;gut\nKuchen;-;x y\nTorte;5;none\nBrezel;NULL;n/a\n");
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Integer, Kind::Text]);
    assert_eq!(rows(&book, &reading)[0][2], "n/a");
    assert_eq!(reading.findings.iter().filter(|f| f.code == Code::EmptyWord).count(), 3);
    assert_eq!(column(&reading, "menge").empty, 3);
    let keep = [Choice::EmptyWord { word: "k.A.".into(), empty: false }];
    let again = book.read(&keep);
    assert_eq!(column(&again, "menge").kind, Kind::Text);
    assert_eq!(rows(&book, &again)[1][1], "k.A.");
    let make = [Choice::EmptyWord { word: "gut".into(), empty: true }];
    let again = book.read(&make);
    assert_eq!(rows(&book, &again)[1][2], "·");
}

#[test]
fn garbled_letters_are_repaired_and_can_be_left() {
    let (book, reading) = read("Artikel,Menge\nCafÃ© crÃ¨me,3\nBrÃ¶tchen,5\nBrot,1\n");
    let garbled = finding(&reading, Code::Mojibake);
    assert_eq!(
        (param(garbled, "was"), param(garbled, "now"), garbled.count),
        ("CafÃ© crÃ¨me".into(), "Café crème".into(), 2)
    );
    assert_eq!(rows(&book, &reading)[0][0], "Café crème");
    let again = book.read(&garbled.opposites);
    assert_eq!(rows(&book, &again)[0][0], "CafÃ© crÃ¨me");
    let (book, reading) = read("Artikel,Menge\nCaf√©,3\n");
    assert_eq!(rows(&book, &reading)[0][0], "Café");
}

#[test]
fn old_windows_letters_are_read_without_a_question() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(TILL);
    let (book, reading) = read_as("till.csv", bytes.into_owned(), &[]);
    assert_eq!(reading.encoding.as_deref(), Some("windows-1252"));
    assert!(found(&reading, Code::Encoding).is_none());
    assert_eq!(rows(&book, &reading)[0][3], "Brötchen");
}

#[test]
fn one_doubtful_letter_is_asked_about_and_another_encoding_reopens() {
    let bytes = b"Artikel;Menge\nBr\x94tchen;3\nBrot;2\n".to_vec();
    let (book, reading) = read_as("x.csv", bytes.clone(), &[]);
    let encoding = finding(&reading, Code::Encoding);
    assert_eq!(encoding.certainty, Certainty::Doubt);
    let other = encoding.opposites[0].clone();
    assert!(book.must_reopen(std::slice::from_ref(&other)));
    assert!(!book.must_reopen(&[]));
    let (again, _) = read_as("x.csv", bytes, std::slice::from_ref(&other));
    assert!(!again.must_reopen(std::slice::from_ref(&other)));
    assert!(again.must_reopen(&[]));
}

#[test]
fn wide_text_with_and_without_its_mark() {
    for mark in [&[][..], &[0xff, 0xfe]] {
        let wide: Vec<u8> = TILL.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (book, reading) = read_as("x.txt", [mark, &wide].concat(), &[]);
        assert_eq!(reading.encoding.as_deref(), Some("utf-16le"));
        assert_eq!(rows(&book, &reading)[0][3], "Brötchen");
    }
}

#[test]
fn a_mark_before_the_names_is_no_part_of_them() {
    let (_, reading) = read("\u{feff}Artikel;Menge\nBrot;3\n");
    assert_eq!(ids(&reading), ["artikel", "menge"]);
}

#[test]
fn tabs_in_a_file_called_csv() {
    let (_, reading) = read_as("x.csv", "Artikel\tMenge\nBrot, dunkel\t3\nSemmel\t5\n", &[]);
    assert_eq!((reading.format, reading.delimiter.as_deref()), (Format::Tsv, Some("\t")));
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Integer]);
}

#[test]
fn a_first_line_that_names_the_separator() {
    let (book, reading) = read("sep=|\nArtikel|Menge\nBrot, dunkel|3\n");
    assert_eq!(reading.delimiter.as_deref(), Some("|"));
    assert_eq!(left_out(&reading, Reason::Title), [1]);
    assert_eq!(rows(&book, &reading), [["Brot, dunkel", "3"]]);
}

#[test]
fn another_separator_may_be_chosen() {
    let choice = [Choice::Delimiter { delimiter: ",".into() }];
    let (book, reading) = read_as("x.csv", "a;b,c\n1;2,3\n", &choice);
    assert_eq!(reading.columns.len(), 2);
    assert_eq!(rows(&book, &reading)[0], ["1;2", "3"]);
}

#[test]
fn names_in_two_rows_are_joined() {
    let (_, reading) =
        read("Artikel;Mitte;;Nord;\n;Menge;Umsatz;Menge;Umsatz\nBrot;3;10,50;4;14,00\nSemmel;5;2,25;6;2,70\n");
    let names: Vec<&str> = reading.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Artikel", "Mitte Menge", "Mitte Umsatz", "Nord Menge", "Nord Umsatz"]);
    assert_eq!(reading.tables[0].header_rows, [1, 2]);
    assert_eq!(reading.rows, 2);
}

#[test]
fn no_names_at_all_is_a_doubt() {
    let (book, reading) = read("Brot;3,50;12\nSemmel;0,45;120\nKuchen;2,60;8\n");
    assert_eq!(ids(&reading), ["column_1", "column_2", "column_3"]);
    assert_eq!(reading.rows, 3);
    let none = finding(&reading, Code::NoHeader);
    assert_eq!((none.certainty, &none.opposites[..]), (Certainty::Doubt, &[Choice::HeaderRow { row: 1 }][..]));
    let again = book.read(&none.opposites);
    assert_eq!(again.rows, 2);
    assert_eq!(again.columns[0].name, "Brot");
}

#[test]
fn names_in_another_row_or_in_none() {
    let (book, reading) = read("Artikel;Menge\nStück;1\nBrot;3\n");
    assert_eq!(reading.rows, 2);
    let second = book.read(&[Choice::HeaderRow { row: 2 }]);
    assert_eq!((second.columns[0].name.as_str(), second.rows), ("Stück", 1));
    assert_eq!(left_out(&second, Reason::Title), [1]);
    let none = book.read(&[Choice::HeaderRow { row: 2 }, Choice::NoHeader]);
    assert_eq!(none.rows, 3);
    assert!(found(&none, Code::NoHeader).is_none(), "nothing to ask once a person decided");
}

#[test]
fn names_that_come_again_after_each_page() {
    let (_, reading) = read("Liste\n\nArtikel;Menge\nBrot;3\nSemmel;5\n\nListe\n\nArtikel;Menge\nKuchen;2\nTorte;1\n");
    assert_eq!(reading.tables.len(), 1);
    assert_eq!(reading.rows, 4);
    assert_eq!(left_out(&reading, Reason::RepeatedHeader), [9]);
    assert_eq!(finding(&reading, Code::RepeatedHeader).rows, [9]);
}

#[test]
fn units_under_the_names() {
    let (_, reading) = read("Artikel;Gewicht;Preis\n;kg;€\nBrot;1,5;3,50\nKuchen;2,25;12,00\n");
    assert_eq!(left_out(&reading, Reason::Units), [2]);
    let said = finding(&reading, Code::UnitsLeftOut);
    assert_eq!((said.rows.as_slice(), param(said, "example")), ([2].as_slice(), "kg €".into()));
    assert_eq!(said.opposites, [Choice::Row { row: 2, keep: true }]);
    assert_eq!(column(&reading, "gewicht").unit.as_deref(), Some("kg"));
    assert_eq!(column(&reading, "preis").currency.as_deref(), Some("EUR"));
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Number, Kind::Money]);
}

#[test]
fn separators_at_the_end_of_every_row_are_no_column() {
    let (_, reading) = read("Artikel;Menge;\nBrot;3;\nSemmel;5;\n");
    assert_eq!(ids(&reading), ["artikel", "menge"]);
    assert!(found(&reading, Code::RaggedRows).is_none());
}

#[test]
fn line_ends_inside_quotes() {
    let (book, reading) = read("Artikel;Notiz;Menge\nBrot;\"frisch\nund warm\";3\nSemmel;\"a \"\"b\"\"; c\";5\n");
    let rows = rows(&book, &reading);
    assert_eq!(rows[0], ["Brot", "frisch\nund warm", "3"]);
    assert_eq!(rows[1][1], "a \"b\"; c");
}

#[test]
fn a_quote_that_never_closes_does_not_swallow_the_file() {
    let mut text = "Artikel;Notiz;Menge\n\"Brot;frisch;3\n".to_owned();
    for n in 0..2_000 {
        text.push_str(&format!("Semmel;gut;{n}\n"));
    }
    let (_, reading) = read(&text);
    assert_eq!(reading.rows, 2_001);
    assert_eq!(column(&reading, "menge").kind, Kind::Integer);
}

#[test]
fn rows_with_too_many_cells_are_told_and_can_be_left_out() {
    let mut text = "Artikel,Notiz,Menge\n".to_owned();
    for n in 0..200 {
        text.push_str(&format!("Brot {n},gut,{n}\n"));
    }
    text.push_str("Semmel,frisch,warm,5\n");
    let (book, reading) = read(&text);
    let ragged = finding(&reading, Code::RaggedRows);
    assert_eq!(
        (param(ragged, "row"), param(ragged, "cells"), param(ragged, "columns")),
        ("202".into(), "4".into(), "3".into())
    );
    assert_eq!(reading.columns.len(), 3);
    let again = book.read(&ragged.opposites);
    assert_eq!(again.rows, 200);
    assert_eq!(left_out(&again, Reason::Chosen), [202]);
}

#[test]
fn two_tables_one_above_the_other() {
    let (book, reading) = read(
        "Umsatz\nDatum;Artikel;Betrag\n03.03.2026;Brot;3,50\n04.03.2026;Semmel;4,50\n05.03.2026;Kuchen;12,00\n\nZahlart;Anzahl;Summe\nBar;12;100,00\nKarte;30;412,50\n",
    );
    assert_eq!(reading.tables.len(), 2);
    assert_eq!(reading.tables[0].span.a1(), "A2:C5");
    assert_eq!(reading.tables[1].span.a1(), "A7:C9");
    assert_eq!((reading.table, reading.rows), (0, 3));
    assert_eq!(left_out(&reading, Reason::OtherTable), [7, 8, 9]);
    let more = finding(&reading, Code::MoreTables);
    assert_eq!((more.certainty, &more.opposites[..]), (Certainty::Doubt, &[Choice::Table { index: 1 }][..]));
    let other = book.read(&more.opposites);
    assert_eq!(ids(&other), ["zahlart", "anzahl", "summe"]);
    assert_eq!(rows(&book, &other)[1], ["Karte", "30", "412.50"]);
}

#[test]
fn two_tables_side_by_side() {
    let (book, reading) = read("Artikel;Menge;;Artikel;Menge\nBrot;3;;Kuchen;1\nSemmel;5;;Torte;2\nBrezel;7;;;\n");
    assert_eq!(reading.tables.len(), 2);
    assert_eq!(reading.tables[0].span.a1(), "A1:B4");
    assert_eq!(rows(&book, &reading).len(), 3);
    let other = book.read(&[Choice::Table { index: 1 }]);
    assert_eq!(rows(&book, &other), [["Kuchen", "1"], ["Torte", "2"]]);
}

#[test]
fn an_empty_column_inside_one_table_does_not_part_it() {
    let (_, reading) = read("Artikel;Menge;;Preis;Umsatz\nBrot;3;;3,50;10,50\nSemmel;5;;0,45;2,25\n");
    assert_eq!(reading.tables.len(), 1);
    assert_eq!(ids(&reading), ["artikel", "menge", "preis", "umsatz"]);
}

#[test]
fn blank_rows_inside_a_table_do_not_end_it() {
    let (_, reading) = read("Artikel;Menge\nBrot;3\n\nSemmel;5\n\n\nKuchen;7\n");
    assert_eq!((reading.tables.len(), reading.rows), (1, 3));
    assert_eq!(left_out(&reading, Reason::Blank), [3, 5, 6]);
}

#[test]
fn subtotals_are_proven_by_adding_up() {
    let text = "Filiale;Artikel;Menge\nMitte;Brot;3\nMitte;Semmel;5\n;;8\nNord;Brot;2\nNord;Semmel;1\nNord;Kuchen;4\n;;7\nGesamt;;15\n";
    let (book, reading) = read(text);
    assert_eq!(left_out(&reading, Reason::Total), [4, 8, 9]);
    assert_eq!(reading.rows, 5);
    let kept = book.read(&[Choice::Totals { keep: true }]);
    assert_eq!(kept.rows, 8);
    assert!(found(&kept, Code::TotalsLeftOut).is_none());
}

#[test]
fn an_article_called_total_is_an_article() {
    let (_, reading) = read("Nr;Artikel;Menge\n1;Total;3\n2;Brot;5\n3;Semmel;7\n4;Kuchen;2\n5;Torte;1\n6;Brezel;9\n");
    assert_eq!(reading.rows, 6);
}

#[test]
fn a_few_misfits_leave_a_column_its_kind() {
    let mut text = "Artikel;Menge\n".to_owned();
    for n in 0..100 {
        text.push_str(&format!("Brot {n};{}\n", if n == 50 { "viele".to_owned() } else { n.to_string() }));
    }
    let (book, reading) = read(&text);
    assert_eq!(column(&reading, "menge").kind, Kind::Integer);
    let misfits = finding(&reading, Code::Misfits);
    assert_eq!((misfits.count, &misfits.rows[..], param(misfits, "examples")), (1, &[52][..], "viele".into()));
    assert_eq!(misfits.opposites, [Choice::Kind { column: "menge".into(), kind: Kind::Text }]);
    assert_eq!(rows(&book, &book.read(&misfits.opposites))[50][1], "viele");
    let window = book.window(&reading, 51, 1);
    assert!(window[0].cells[1].misfit);
    assert_eq!((window[0].cells[1].raw.as_str(), &window[0].cells[1].value), ("viele", &None));
}

#[test]
fn too_many_misfits_make_it_text() {
    let (_, reading) = read("Artikel;Menge\na;1\nb;viele\nc;2\nd;wenige\ne;3\n");
    assert_eq!(column(&reading, "menge").kind, Kind::Text);
}

#[test]
fn yes_and_no_in_many_words() {
    let (book, reading) = read("Kunde;Newsletter;Bio;Vegan;Aktiv\na;ja;x;wahr;1\nb;nein;;falsch;0\nc;Ja;x;WAHR;1\n");
    assert_eq!(kinds(&reading)[1..], [Kind::Boolean; 4]);
    assert_eq!(rows(&book, &reading)[1], ["b", "false", "false", "false", "false"]);
    let (_, reading) = read("Artikel;Menge\na;1\nb;0\nc;1\n");
    assert_eq!(column(&reading, "menge").kind, Kind::Integer);
}

#[test]
fn money_shares_and_accounting_signs() {
    let (book, reading) =
        read("Posten,Value,Share,Change\na,\"$1,234.50\",12 %,(12)\nb,$3.20,5.5 %,12-\nc,$0.99,0 %,+7\n");
    assert_eq!(kinds(&reading)[1..], [Kind::Money, Kind::Percent, Kind::Integer]);
    assert_eq!(column(&reading, "value").currency.as_deref(), Some("USD"));
    assert_eq!(rows(&book, &reading)[0], ["a", "1234.50", "0.12", "-12"]);
    assert_eq!(rows(&book, &reading)[1], ["b", "3.20", "0.055", "-12"]);
}

#[test]
fn two_currencies_in_one_column_are_a_doubt() {
    let (_, reading) = read("Posten;Preis\na;3,20 €\nb;CHF 4,50\nc;1,00 €\n");
    let mixed = finding(&reading, Code::MixedCurrencies);
    assert_eq!(
        (mixed.certainty, param(mixed, "currencies").as_str(), &mixed.rows[..]),
        (Certainty::Doubt, "EUR|CHF", &[3][..])
    );
    assert_eq!(column(&reading, "preis").currency, None);
}

#[test]
fn addresses_places_and_telephones() {
    let (_, reading) = read(
        "Name;E-Mail;Ort;Telefon\nAnna;anna@example.org;Köln;0221/123 45\nBen;ben@example.org;Bonn;+49 228 5566\n",
    );
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Email, Kind::Place, Kind::Code]);
}

#[test]
fn the_same_name_twice_and_no_name_at_all() {
    let (_, reading) = read("Artikel;Menge;Menge;\nBrot;3;5;7\nSemmel;4;6;8\n");
    assert_eq!(ids(&reading), ["artikel", "menge", "menge_2", "column_4"]);
    assert_eq!(param(finding(&reading, Code::SameNames), "names"), "Menge 2");
    assert_eq!(param(finding(&reading, Code::UnnamedColumns), "names"), "Column 4");
}

#[test]
fn names_without_rows() {
    let (book, reading) = read("Datum;Artikel;Menge\n");
    assert_eq!((reading.rows, reading.columns.len()), (0, 3));
    finding(&reading, Code::NoRows);
    assert_eq!(book.table(&reading, &larder_formats::Quiet).unwrap().rows(), 0);
}

#[test]
fn a_last_row_cut_in_the_middle_is_told() {
    let (_, reading) = read("Artikel;Menge;Preis\nBrot;3;3,50\nSemmel;5;0,45\nKuch");
    assert_eq!(finding(&reading, Code::Truncated).rows, [4]);
}

#[test]
fn a_list_of_one_column_is_a_table() {
    let (book, reading) = read("Artikel\nBrot\nSemmel\nKuchen\nTorte\n");
    assert_eq!((reading.columns.len(), reading.rows), (1, 4));
    assert_eq!(rows(&book, &reading)[0], ["Brot"]);
    let (_, reading) = read("Preis\n3,50\n4,20\n0,45\n");
    assert_eq!(kinds(&reading), [Kind::Money]);
}

#[test]
fn failed_formulas_in_a_text_file() {
    let (book, reading) = read("Artikel;Menge;Notiz\nBrot;3;#REF!\nSemmel;#DIV/0!;gut\nKuchen;5;fein\n");
    let errors = finding(&reading, Code::ErrorCells);
    assert_eq!((errors.count, param(errors, "examples").as_str()), (2, "#DIV/0!|#REF!"));
    assert_eq!(rows(&book, &reading)[0][2], "·");
    assert_eq!(column(&reading, "menge").kind, Kind::Integer);
}

#[test]
fn zeros_behind_the_text_and_between_it() {
    let mut bytes = b"Artikel;Menge\nBrot;3\nSem\0mel;5\n".to_vec();
    bytes.extend([0; 5_000]);
    let (_, reading) = read_as("x.csv", bytes, &[]);
    assert_eq!((reading.rows, reading.sheet_rows), (2, 3));
}

#[test]
fn old_line_ends_of_macs() {
    let (_, reading) = read("Artikel;Menge\rBrot;3\rSemmel;5\r");
    assert_eq!(reading.rows, 2);
}

#[test]
fn columns_that_stand_under_each_other() {
    let text = "Lagerliste\n\nArtikel    Menge   Preis  Ort\nBrot          12    3,50  Keller\nSemmel       120    0,45  Laden 1\nKuchen         7   12,00  Kühlraum\n";
    let (book, reading) = read_as("lager.txt", text, &[]);
    assert_eq!(ids(&reading), ["artikel", "menge", "preis", "ort"]);
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Integer, Kind::Money, Kind::Place]);
    assert_eq!(rows(&book, &reading)[1], ["Semmel", "120", "0.45", "Laden 1"]);
    assert_eq!(left_out(&reading, Reason::Title), [1]);
    let said = finding(&reading, Code::Delimiter);
    assert_eq!(said.certainty, Certainty::Doubt);
    let comma = Choice::Delimiter { delimiter: ",".into() };
    assert!(said.opposites.contains(&comma));
    let (book, other) = read_as("lager.txt", text, std::slice::from_ref(&comma));
    assert_eq!(other.delimiter.as_deref(), Some(","));
    assert!(book.must_reopen(&[]), "and back again");
    let (_, spaces) = read_as("x.txt", "date  qty  shop\n2026-01-01  3  A\n2026-01-02  4  B\n", &[]);
    assert_eq!(kinds(&spaces), [Kind::Date, Kind::Integer, Kind::Text]);
}
