//! Where the table lies: titles, lists of names and values, groups, pages, notes.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use larder_model::{Certainty, Choice, FindingCode as Code, Kind, LeftOutReason as Reason};

#[test]
fn a_bank_statement_with_names_and_values_above_it() {
    let (_, reading) = read(
        "\"Konto\";\"DE89370400440532013000\";\n\"Zeitraum\";\"01.03.2026 - 31.03.2026\";\n\"Kontostand\";\"12.345,67 EUR\";\n\n\
         \"Buchungstag\";\"Empfänger\";\"Verwendungszweck\";\"Betrag (EUR)\";\"Saldo\"\n\
         \"03.03.2026\";\"Mühle GmbH\";\"Rechnung 4711; Mehl\";\"-1.234,56\";\"11.111,11\"\n\
         \"31.03.2026\";\"Stadtwerke\";\"Strom\";\"-310,00\";\"10.846,11\"\n",
    );
    assert_eq!(reading.tables.len(), 1);
    assert_eq!(left_out(&reading, Reason::Title), [1, 2, 3]);
    assert_eq!(kinds(&reading), [Kind::Date, Kind::Text, Kind::Text, Kind::Money, Kind::Money]);
    assert_eq!(column(&reading, "betrag_eur").currency.as_deref(), Some("EUR"));
}

#[test]
fn facts_under_the_table_are_notes() {
    let (_, reading) =
        read("Artikel;Menge;Preis\nBrot;3;3,50\nSemmel;5;0,45\n\nAnzahl Artikel;2;\nErstellt von;Anna;\n");
    assert_eq!((reading.rows, left_out(&reading, Reason::Note)), (2, vec![5, 6]));
}

#[test]
fn pages_with_titles_of_their_own() {
    let page = |page: u32| {
        let rows: String = (0..20).map(|n| format!("{page}{n:03};Artikel {page}-{n};{n},50\n")).collect();
        format!("Artikelliste Seite {page}\nStand 01.03.2026\n\nNr;Bezeichnung;Preis\n{rows}\n")
    };
    let (_, reading) = read(&(1..=3).map(page).collect::<String>());
    assert_eq!((reading.tables.len(), reading.rows), (1, 60));
    assert_eq!(left_out(&reading, Reason::RepeatedHeader).len(), 2);
}

#[test]
fn group_totals_are_told_from_the_grand_total_and_left_out() {
    let (_, reading) = read(
        "Umsatz je Gruppe\n\nGruppe;Artikel;Menge;Umsatz\nBrot;Roggen;33;115,50\nBrot;Weizen;20;60,00\n\
         Summe Brot;;53;175,50\nBrötchen;Semmel;120;54,00\nBrötchen;Mohn;40;22,00\nSumme Brötchen;;160;76,00\n\
         Gesamtsumme;;213;251,50\n",
    );
    assert_eq!(left_out(&reading, Reason::Total), [6, 9, 10]);
    assert_eq!(finding(&reading, Code::TotalsLeftOut).certainty, Certainty::Sure);
}

#[test]
fn an_average_at_the_end_is_no_row() {
    let (_, reading) = read("Tag;Umsatz\nMontag;100,00\nDienstag;200,00\nMittwoch;120,00\nDurchschnitt;140,00\n");
    assert_eq!(left_out(&reading, Reason::Total), [5]);
    assert_eq!(finding(&reading, Code::TotalsLeftOut).certainty, Certainty::Notice);
}

#[test]
fn months_and_years_as_names() {
    let (_, reading) = read("Filiale,2023,2024,2025\nMitte,100,120,130\nNord,90,95,99\n");
    assert_eq!(ids(&reading), ["filiale", "c_2023", "c_2024", "c_2025"]);
    let (_, reading) = read("Artikel;Januar;Februar;Summe\nBrot;100;120;220\nSemmel;1000;1100;2100\n");
    assert_eq!((reading.columns.len(), reading.rows), (4, 2));
}

#[test]
fn yes_and_no_as_names() {
    let (_, reading) = read("Question,Yes,No,n\n\"Do you like rye?\",12,3,15\n\"Would you buy online?\",5,10,15\n");
    assert_eq!(ids(&reading), ["question", "yes", "no", "n"]);
}

#[test]
fn dates_with_dots_are_beyond_doubt_and_pounds_put_the_day_first() {
    let (_, reading) = read("Datum;Artikel\n03.04.2026;Brot\n04.04.2026;Semmel\n");
    assert_eq!(finding(&reading, Code::DateOrder).certainty, Certainty::Sure);
    let (book, reading) = read("Date,Item,Price\n01/03/2026,Bun,£2.50\n02/03/2026,Loaf,£1.20\n");
    assert_eq!(finding(&reading, Code::DateOrder).certainty, Certainty::Doubt);
    assert_eq!(rows(&book, &reading)[0], ["2026-03-01", "Bun", "2.50"]);
}

#[test]
fn a_table_that_does_not_begin_in_the_corner() {
    let (book, reading) = read(";;\n;;\n;Artikel;Menge\n;Brot;3\n;Semmel;5\n");
    assert_eq!(reading.tables[0].span.a1(), "B3:C5");
    assert_eq!(reading.columns[0].position, 2);
    assert_eq!(rows(&book, &reading), [["Brot", "3"], ["Semmel", "5"]]);
}

#[test]
fn a_blank_row_after_each_row() {
    for text in [
        "Artikel;Menge;Preis\n\nBrot;3;3,50\n\nSemmel;5;0,45\n\nKuchen;7;2,60\n",
        "Artikel;Menge\n\nBrot;3\n\nSemmel;5\n\nKuchen;7\n",
        "Preisliste\n\nArtikel;Menge;Preis\n\nBrot;3;3,50\nSemmel;5;0,45\nKuchen;7;2,60\n",
    ] {
        let (_, reading) = read(text);
        assert_eq!((reading.tables.len(), reading.rows, reading.columns[0].name.as_str()), (1, 3, "Artikel"), "{text}");
        assert_eq!(column(&reading, "menge").kind, Kind::Integer);
    }
}

#[test]
fn a_chosen_row_of_names_above_widens_the_table() {
    let (book, _) = read("Lagerliste;Stand;03.03.2026\n\n;Artikel;Menge\n;Brot;3\n;Semmel;5\n");
    let reading = book.read(&[Choice::HeaderRow { row: 1 }]);
    assert_eq!(reading.columns[0].name, "Lagerliste");
    assert_eq!(book.table(&reading, &larder_formats::Quiet).unwrap().rows(), reading.rows);
}

#[test]
fn names_over_two_lines_of_text_stay_one_name() {
    let (_, reading) = read("\"Artikel-\nnummer\";\"Menge\nin Stück\"\n001;3\n002;5\n");
    assert_eq!(reading.columns[0].name, "Artikel- nummer");
    assert_eq!(kinds(&reading), [Kind::Code, Kind::Integer]);
}

#[test]
fn a_book_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let (book, _) = read(TILL);
    shared(&book);
}

#[test]
fn a_total_in_a_language_that_nobody_knows_is_proven() {
    let rows = "A1;03.03.2026;Anna;Brot;3,50\nA2;04.03.2026;Ben;Mehl;4,75\nA3;05.03.2026;Lea;Salz;1,25\nA4;06.03.2026;Jan;Tee;2,10\n";
    let names = "Nr;Tag;Kunde;Ware;Betrag\n";
    let (_, reading) = read(&format!("{names}{rows};;Guztira;;11,60\n"));
    assert_eq!(left_out(&reading, Reason::Total), [6]);
    let (_, reading) = read(&format!("{names}{rows};;Guztira;;11,70\n"));
    assert!(left_out(&reading, Reason::Total).is_empty(), "it adds nothing up");
}

#[test]
fn what_is_left_on_an_account_is_no_row() {
    let rows = "03.03.2026;Miete;-310,00;690,00\n04.03.2026;Verkauf;85,50;775,50\n05.03.2026;Verkauf;24,50;800,00\n";
    for last in [";Kontostand;;800,00", " ; ;Saldo contabilístico;800,00", ";;800,00;Totale"] {
        let (_, reading) = read(&format!("Tag;Text;Betrag;Saldo\n{rows}{last}\n"));
        assert_eq!(left_out(&reading, Reason::Total), [5], "{last}");
    }
    let (_, reading) = read(&format!("Tag;Text;Betrag;Saldo\n{rows}06.03.2026;Saldo Kasse;5,00;805,00\n"));
    assert!(left_out(&reading, Reason::Total).is_empty(), "a row as others are");
}

#[test]
fn a_record_that_counts_the_others_is_no_row() {
    let rows = "C1|ANNA|20260301|12.50|Y\nC2|BEN|20260302|8.00|N\nC3|LEA|20260303|9.75|Y\nC4|JAN|20260304|1.75|N\n";
    let text = format!("HDR|CLINIC|20260401\nID|NAME|DATE|AMOUNT|FLAG\n{rows}TRL|4|32.00\n");
    let (_, reading) = read(&text);
    assert_eq!((reading.rows, left_out(&reading, Reason::Note)), (4, vec![7]));
    let (_, reading) = read(&text.replace("TRL|4|32.00", "C5|MAX"));
    assert_eq!(reading.rows, 5, "a row that was cut short");
}

#[test]
fn a_title_with_the_number_of_its_page_is_no_row() {
    let page = |page: u32| {
        let rows: String = (0..8).map(|n| format!("{page}{n:03};Artikel {page}-{n};{n},50\n")).collect();
        format!("Offene Posten;;Seite {page}\nStand 01.03.2026\n\nNr;Bezeichnung;Preis\n{rows}\n")
    };
    let (_, reading) = read(&(1..=3).map(page).collect::<String>());
    assert_eq!((reading.tables.len(), reading.rows), (1, 24));
    assert_eq!(column(&reading, "preis").kind, Kind::Money);
}

#[test]
fn words_for_what_is_counted_are_units() {
    let (_, reading) = read(
        "Jahr;Gebiet;Einwohner;Fläche\n;;Anzahl;in (km)\n2024;Bayern;13400;70550\n2024;Hessen;6400;21115\n2025;Ulm;...;118\n",
    );
    assert_eq!(left_out(&reading, Reason::Units), [2]);
    assert_eq!(kinds(&reading), [Kind::Integer, Kind::Text, Kind::Integer, Kind::Integer]);
}

#[test]
fn names_of_groups_in_rows_of_their_own() {
    // Words where all rows have days; words over codes; over full rows, each behind a blank row.
    let (_, reading) = read(
        "Day,In,Out\nMon 02/03/2026,08:00,16:30\nTue 03/03/2026,08:10,16:40\nEnd of week 10,,\nFri 13/03/2026,08:10,16:40\nEnd of week 11,,\n",
    );
    assert_eq!((left_out(&reading, Reason::Note), reading.rows), (vec![4, 6], 3));
    let (_, reading) = read(
        "Bien;Loyer;Charges\nImmeuble A - 4 rue des Lilas;;\nA01;596,00;73,00\nA02;874,00;147,00\nImmeuble B - 11 quai Nord;;\nB01;963,00;26,00\nB02;475,00;24,00\n",
    );
    assert_eq!((left_out(&reading, Reason::Note), reading.rows), (vec![2, 5], 4));
    let (_, reading) = read(
        "Product,Size,Price,Stock\nDrinks,,,\nCola,0.33 l,2.50,12\nWater,0.5 l,1.90,30\n\nSnacks,,,\nChips,100 g,1.80,14\nNuts,150 g,3.20,5\n",
    );
    assert_eq!((left_out(&reading, Reason::Note), reading.rows), (vec![2, 6], 4));
}

#[test]
fn rows_with_little_to_say_and_lines_that_go_on_are_no_groups() {
    let (_, reading) = read(
        "Name;Telefon;Ort;Betrag\nMaier;0711 123;;12,50\nHuber;;;\nKlein;;Ulm;5,00\nGross;;;\nBauer;0711 44;Ulm;4,00\n",
    );
    assert_eq!(reading.rows, 5);
    let (_, reading) = read(
        "Pos;Text;Menge;Preis\n1;Schraube M8;10;2,50\n;verzinkt;;\n2;Mutter M8;10;1,50\n;groß;;\n3;Dübel;5;1,25\n",
    );
    assert_eq!(reading.rows, 5);
}

#[test]
fn names_over_three_rows() {
    let (_, reading) = read(
        "Region;Umsatz;;;;Notiz\n;2025;;2026;;\n;Plan;Ist;Plan;Ist;\nNord;100,5;90;120;99;gut\nSüd;80;82,5;90;91;\n",
    );
    let names: Vec<&str> = reading.columns.iter().map(|column| column.name.as_str()).collect();
    let wanted = ["Region", "Umsatz 2025 Plan", "Umsatz 2025 Ist", "Umsatz 2026 Plan", "Umsatz 2026 Ist", "Notiz"];
    assert_eq!(names, wanted);
    // Not every name has three parts.
    let (_, reading) = read(
        "Artikel;Bestand;;;Preis\n;Lager;;Laden;\n;A;B;;EUR\nBrot;1;2;3;2,50\nMilch;4;5;6;1,20\nEier;7;8;9;3,10\n",
    );
    let names: Vec<&str> = reading.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Artikel", "Bestand Lager A", "Bestand Lager B", "Bestand Laden", "Preis EUR"]);
}

#[test]
fn a_title_in_the_middle_is_no_name_of_groups() {
    let (_, reading) =
        read(";Umsatzbericht;;;\n;2025;;2026;\nRegion;Plan;Ist;Plan;Ist\nNord;100,5;90;120;99\nSüd;80;82,5;90;91\n");
    let names: Vec<&str> = reading.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Region", "2025 Plan", "2025 Ist", "2026 Plan", "2026 Ist"]);
}

#[test]
fn feet_of_pages_and_remarks_beside_the_table() {
    let (_, reading) = read(
        "Beleg;Datum;Kunde;Ort;Betrag\nRE1;01.02.2026;Maier;Ulm;12,50\nRE2;02.02.2026;Huber;Ulm;22,50\nSeite 1 / 2;;;Druck: 01.03.2026;\n\
         RE4;04.02.2026;Klein;Bonn;8,00\nSeite 2 / 2;;;Druck: 01.03.2026;\n",
    );
    assert_eq!((left_out(&reading, Reason::Note), reading.rows), (vec![4, 6], 3));
    let (_, reading) = read(
        "Name;Ort;Betrag;;;;\nMaier;Ulm;12,50;;;neu!;\nHuber;Ulm;13,50;;;;\nBauer;Köln;22,50;;;;bitte prüfen\nSchulz;Bonn;11,50;;;;\nVogt;Bonn;11,00;;;;\nKlein;Bonn;1,00;;;;\n",
    );
    assert_eq!(reading.columns.len(), 3);
}

#[test]
fn balances_under_sums_and_beside_their_currency() {
    let (_, reading) = read(
        "Date,Details,Amount,Balance,Currency\n01/04/2026,Card payment,-12.50,987.50,GBP\n03/04/2026,Salary,1000.00,1987.50,GBP\n\
         15/04/2026,Rent,-500.00,1487.50,GBP\n,Closing balance,,1487.50,GBP\n",
    );
    assert_eq!(left_out(&reading, Reason::Total), [5]);
    let (_, reading) = read(
        "Account;Date;Text;Debit;Credit\n1000 Cash;;;;\n1000;01.02.2026;Sale;12,50;\n1000;02.02.2026;Sale;13,50;\n1000;03.02.2026;Buy;;4,00\n\
         Total 1000;;;26,00;4,00\nBalance;;;22,00;\n\n2000 Bank;;;;\n2000;01.02.2026;Fee;;1,00\n2000;04.02.2026;Fee;;1,00\nTotal 2000;;;;2,00\nBalance;;;;2,00\n",
    );
    assert_eq!((left_out(&reading, Reason::Total), reading.rows), (vec![6, 7, 12, 13], 5));
    assert_eq!(column(&reading, "account").kind, Kind::Code);
}

/// A sheet with a title, names, rows, a total and a remark beside, and a name for some of its cells.
fn with_range(name: &str, cells: &str) -> Vec<u8> {
    workbook(|book| {
        let sheet = book.add_worksheet().set_name("Sales").unwrap();
        sheet.write(0, 0, "Sales of the shop").unwrap();
        for (column, word) in ["Day", "Article", "Pieces"].iter().enumerate() {
            sheet.write(2, column as u16, *word).unwrap();
        }
        for row in 0..12u32 {
            // A blank row for the eye.
            let at = 3 + row + u32::from(row >= 6);
            sheet.write(at, 0, format!("2026-03-{:02}", row + 1)).unwrap();
            sheet.write(at, 1, format!("Bread {row}")).unwrap();
            sheet.write(at, 2, row * 3).unwrap();
        }
        book.define_name(name, &format!("=Sales!{cells}")).unwrap();
    })
}

#[test]
fn a_named_range_says_what_the_table_is_called_and_where_it_lies() {
    let (_, reading) = read_as("x.xlsx", with_range("DailySales", "$A$3:$C$16"), &[]);
    let spot = &reading.tables[reading.table as usize];
    assert_eq!((spot.name.as_deref(), spot.span.a1().as_str(), reading.rows), (Some("DailySales"), "A3:C16", 12));
    let (_, reading) = read_as("x.xlsx", with_range("Rows_only", "$A$4:$C$16"), &[]);
    let spot = &reading.tables[reading.table as usize];
    assert_eq!((spot.name.as_deref(), spot.span.a1().as_str(), reading.rows), (Some("Rows_only"), "A3:C16", 12));
}

#[test]
fn a_named_range_that_nobody_kept_right_loses_no_rows() {
    for (name, cells, called) in [
        ("Old", "$A$3:$C$14", Some("Old")),
        ("Too_long", "$A$3:$C$400", Some("Too_long")),
        ("One_column", "$B$3:$B$16", None),
        ("A_few_rows", "$A$5:$C$7", None),
        ("Sales!Print_Area", "$A$1:$C$16", None),
    ] {
        let (_, reading) = read_as("x.xlsx", with_range(name, cells), &[]);
        let spot = &reading.tables[reading.table as usize];
        assert_eq!((spot.name.as_deref(), reading.rows), (called, 12), "{name}");
    }
}

#[test]
fn ranges_of_an_ods_workbook_are_names_too() {
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|cell| format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>"));
        format!("<table:table-row>{}</table:table-row>", cells.collect::<String>())
    };
    let rows: String = (1..9).map(|n| row(&[&format!("K-{n}"), "Anna", "Ulm"])).collect();
    let text = |ranges: &str| {
        format!(
            "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
             office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>\
             <table:table table:name=\"Our guests\">{}{rows}</table:table>{ranges}</office:spreadsheet></office:body></office:document>",
            row(&["No", "Name", "Town"])
        )
    };
    let database = |name: &str| {
        format!(
            "<table:database-ranges><table:database-range table:name=\"{name}\" \
             table:target-range-address=\"'Our guests'.A1:'Our guests'.C9\"/></table:database-ranges>"
        )
    };
    let named = "<table:named-expressions><table:named-range table:name=\"Guests\" table:base-cell-address=\"$'Our guests'.$A$1\" \
                 table:cell-range-address=\"$'Our guests'.$A$1:.$C$9\"/></table:named-expressions>";
    for (ranges, called) in [
        (database("Guests"), Some("Guests")),
        (database("__Anonymous_Sheet_DB__0"), None),
        (named.to_owned(), Some("Guests")),
        (named.replace("table:base", "table:range-usable-as=\"print-range\" table:base"), None),
    ] {
        let (_, reading) = read_as("x.fods", text(&ranges), &[]);
        let spot = &reading.tables[0];
        assert_eq!((spot.name.as_deref(), spot.span.a1().as_str(), reading.rows), (called, "A1:C9", 8), "{ranges}");
    }
}

#[test]
fn names_that_go_on_in_a_second_row() {
    for (text, wanted) in [
        (
            "Jahr;Monat;Umsatz;Umsatz;Beschäftigte\n;;nominal;real;Insgesamt\n2025;Mai;104,2;88,1;97,3\n2025;Juni;92,7;78,0;.\n2025;Juli;1,5;2;3\n",
            "Jahr|Monat|Umsatz nominal|Umsatz real|Beschäftigte Insgesamt",
        ),
        (
            "Name;Mo;Di;Mi;Summe\n;02.03.;03.03.;04.03.;\nAlbers;F;S;F;30,5\nBünger;S;S;/;38\n",
            "Name|Mo 02.03.|Di 03.03.|Mi 04.03.|Summe",
        ),
        (
            "Namn;2;3;4;5;6;Dagar\n;Må;Ti;On;To;Fr;\nAlm;F;S;F;;x;3\nBerg;S;S;F;;;3\n",
            "Namn|2 Må|3 Ti|4 On|5 To|6 Fr|Dagar",
        ),
        (
            "Station;Temperatur;Temperatur;Regen\n;min;max;Summe\n;°C;°C;mm\nBonn;1,5;8,2;12\nKöln;2,0;9,1;8\nTrier;0,1;7,7;3\n",
            "Station|Temperatur min|Temperatur max|Regen Summe",
        ),
        (
            "Tier;;Gewicht;;;;Bemerkung\nOhrmarke;geboren;1. Wiegung;;2. Wiegung;;\n;;am;kg;am;kg;\n\
             D1;2025-02-11;2025-09-01;212,5;2026-03-02;388;\nD2;2025-02-19;2025-09-01;198;2026-03-02;371,5;lahmt\n",
            "Tier Ohrmarke|Tier geboren|Gewicht 1. Wiegung am|Gewicht 1. Wiegung kg|Gewicht 2. Wiegung am|\
             Gewicht 2. Wiegung kg|Bemerkung",
        ),
        (
            "Kunde;;Umsatz;;\nNr;Name;2024;2025;Diff\n100;Meier;10;12;2\n101;Kunz;11;13;2\n",
            "Kunde Nr|Kunde Name|Umsatz 2024|Umsatz 2025|Umsatz Diff",
        ),
        (
            "geo\\time;2021;2022;2023\nAT;12.3;12.9 p;:\nBE;9.0 b;: c;9.4\nDE;1.0;2.0;3.0 e\n",
            "geo\\time|2021|2022|2023",
        ),
        ("Namn;1;2;3;4;5;Summa\nAlm;x;;x;;x;3\nBerg;;x;;x;;2\nDahl;x;;;;;1\n", "Namn|1|2|3|4|5|Summa"),
        (
            "Navn;O;T;F;L;S;M;T;O;Sum\n;1;2;3;4;5;6;7;8;\nAlm;;;x;x;;;;x;3\nBerg;x;;;x;;;;;2\n",
            "Navn|O 1|T 2|F 3|L 4|S 5|M 6|T 7|O 8|Sum",
        ),
    ] {
        let (_, reading) = read(text);
        let names: Vec<&str> = reading.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names.join("|"), wanted);
    }
    // A first row without a name is a row.
    let (_, reading) = read("Kunde;Ort;Menge\n;Bonn;3\nMeier;Ulm;4\nKunz;Köln;5\n");
    assert_eq!(reading.rows, 3);
}

#[test]
fn facts_beside_a_title_are_no_groups() {
    let (_, reading) = read(
        "Stunden ;; Zeitraum: 01.03.2026 - 31.03.2026 ;;\nNr;Name;Soll;Ist;Urlaub\n0012;Bär;160:00;171:45;0\n0013;Weiß;86:40;80:05;2,5\n",
    );
    assert_eq!(reading.columns[2].name, "Soll");
    let (_, paged) = read(
        ";;Kassenbuch;;Blatt 1;\nDatum;Beleg;Text;Ein;Aus;Saldo\n02.03.2026;001;Verkauf;120,00;;120,00\n03.03.2026;002;Porto;;8,55;111,45\n",
    );
    assert_eq!(paged.columns[2].name, "Text");
    assert_eq!(left_out(&reading, Reason::Title), [1]);
}

#[test]
fn lines_under_the_last_drawn_one_and_sums_without_names() {
    let (_, reading) = read(
        "No;Time;Who;What;Amount\n1;2026-03-01 07:40;Ann;Tea;28.00\n2;2026-03-02 07:41;Ben;Ink;5.50\n\
         -----------------------\n2 records found;;;;\nIncome:;33.50 EUR;;;\nprinted 2026-04-02;;;;\n",
    );
    assert_eq!((reading.rows, left_out(&reading, Reason::Note)), (2, vec![5, 6, 7]));
    let (_, reading) = read(
        "Zutat;Menge;Einheit;Preis;Kosten\nMehl;1,2;kg;2,40;2,88\nButter;0,5;kg;9,80;4,90\nSalz;;QS;;\nEier;4;Stück;0,28;1,12\n\
         ;;;Warenkosten;8,90\n;;;je Portion;1,11\n;;;Faktor;3,6\n;;;Verkaufspreis;4,00\n;;;Spanne;0,72\n",
    );
    assert_eq!(reading.rows, 4, "{:?}", reading.left_out);
}

#[test]
fn what_a_total_is_made_of_is_no_row() {
    let (_, reading) = read(
        "Artikel;Menge;Umsatz\nBrot;14;68,60\nBrezel;96;91,20\nKuchen;17;44,20\n;;\nGesamtumsatz;127;204,00\ndavon bar;;121,00\n\
         davon Karte;;83,00\n",
    );
    assert_eq!((reading.rows, left_out(&reading, Reason::Total)), (3, vec![6, 7, 8]));
    // Elsewhere they are rows like all others.
    let (_, reading) = read("Gruppe;Menge\nFrauen;12\ndavon in Teilzeit;5\nMänner;9\ndavon in Teilzeit;2\n");
    assert_eq!(reading.rows, 4);
}

#[test]
fn groups_that_end_with_their_sum_and_rows_of_one_cell() {
    let (_, reading) = read(
        "Artikel;Menge;Preis\nBrot;;\nRoggen;3;3,50\nWeizen;5;3,20\nZwischensumme;8;6,70\nKuchen;;\nKäse;2;2,60\nMohn;4;2,10\n\
         Zwischensumme;6;4,70\nGesamt;14;11,40\n",
    );
    assert_eq!((reading.rows, left_out(&reading, Reason::Note)), (4, vec![2, 6]));
    let (_, reading) =
        read("Pos;Artikel;Menge;Preis\n1;Brot;3;3,50\n;mit Mohn;;\n2;Semmel;5;0,45\n3;Torte;1;28,00\n;mit Sahne;;\n");
    assert_eq!(reading.rows, 5);
}
