//! CSV on the Web.

use crate::common::{bytes, column, noted, read, table};
use larder_formats::described;
use larder_formats::described::{DateOrder, Kind, NoteCode, Standard};

#[test]
fn a_group_tells_about_itself_in_its_language() {
    let group = read("csvw/csv-metadata.json");
    assert_eq!((group.standard, group.title.as_deref()), (Standard::Csvw, Some("Bäume")));
    assert_eq!(noted(&group, NoteCode::OtherLanguage), ["/dc:title/en"]);
    let licence = group.licence.as_ref().expect("a licence");
    assert_eq!(licence.url.as_deref(), Some("https://creativecommons.org/licenses/by/4.0/"));
    assert_eq!(group.people[0].email.as_deref(), Some("amt@example.org"));
    assert_eq!(group.keywords, ["Natur", "Stadt"]);
    assert_eq!(group.frequency.as_ref().map(|f| f.every.as_str()), Some("annual"));
}

#[test]
fn the_reader_s_language_goes_first() {
    let name = "csvw/csv-metadata.json";
    let group = described::read_in(name, &bytes(name), &["en"]).expect("readable").expect("a description");
    assert_eq!(group.title.as_deref(), Some("Trees"));
    let number = column(table(&group, "trees all"), "Nr.");
    assert_eq!(number.title.as_deref(), Some("No."), "the header stays German, the title is English");
}

#[test]
fn headers_are_titles() {
    let group = read("csvw/csv-metadata.json");
    let trees = table(&group, "trees all");
    assert_eq!(trees.paths, ["data/trees all.csv"]);
    assert_eq!(trees.title.as_deref(), Some("Alle Bäume"));
    let number = column(trees, "Nr.");
    assert_eq!(number.id, "nr");
    assert_eq!(number.also_called, ["No.", "Nummer", "nr"]);
    assert!(number.required && number.key_part == Some(1));
    assert_eq!(number.minimum.as_ref().map(|b| b.value.as_str()), Some("1"));
    assert_eq!(trees.keys[0].columns, ["Nr."]);
    assert!(trees.column("Nummer").is_some());
    let kind = column(trees, "Art").looks_up.as_ref().expect("a look-up");
    assert_eq!((kind.table.as_deref(), kind.column.as_str()), (Some("kinds"), "Kürzel"));
}

#[test]
fn datatypes_and_dialects_are_understood() {
    let group = read("csvw/csv-metadata.json");
    let trees = table(&group, "trees all");
    let kind = |name| column(trees, name).kind.clone().expect("a kind");
    let planted = kind("Gepflanzt");
    assert_eq!((planted.kind, planted.date_order), (Kind::Date, Some(DateOrder::DayFirst)));
    let height = column(trees, "Höhe");
    assert_eq!((kind("Höhe").decimal_mark, kind("Höhe").group_mark), (Some(','), Some('.')));
    assert_eq!(height.maximum.as_ref().map(|b| (b.value.as_str(), b.exclusive)), Some(("150", true)));
    assert_eq!((height.unit.as_deref(), trees.dialect.decimal_mark), (Some("m"), Some(',')));
    let art = column(trees, "Art");
    assert_eq!((art.pattern.as_deref(), art.min_length, art.max_length), (Some("[a-z]+"), Some(2), Some(5)));
    assert_eq!((kind("Sicher").true_values, kind("Sicher").false_values), (vec!["J".into()], vec!["N".into()]));
    assert_eq!(column(trees, "Sicher").missing_values, ["?"]);
    assert_eq!(column(trees, "Art").missing_values, ["", "k. A."]);
    assert_eq!(kind("Nutzung").list_separator.as_deref(), Some(","));
    let dialect = &trees.dialect;
    assert_eq!((dialect.delimiter.as_deref(), dialect.header_rows), (Some(";"), Some(1)));
    assert!(dialect.no_quotes && dialect.encoding.as_deref() == Some("iso-8859-1"));
}

#[test]
fn what_cannot_be_kept_is_noted() {
    let group = read("csvw/csv-metadata.json");
    let columns = "/tables/0/tableSchema/columns";
    assert_eq!(noted(&group, NoteCode::UnknownType), [format!("{columns}/6/datatype")]);
    assert_eq!(noted(&group, NoteCode::RemoteFile), ["/tables/2/url", "/tables/2/tableSchema"]);
    assert_eq!(noted(&group, NoteCode::UnsafePath), ["/tables/3/url"]);
    let lost = noted(&group, NoteCode::NotKept);
    assert!(lost.contains(&format!("{columns}/7").as_str()) && lost.contains(&format!("{columns}/5/ordered").as_str()));
    assert!(lost.contains(&"/dialect/trim"));
    assert!(group.tables[3].paths.is_empty() && group.tables[3].name.is_none());
    assert_eq!(described::pick(&group, "web.csv").and_then(|t| t.name.as_deref()), Some("web"));
}

#[test]
fn a_lone_table_takes_its_file_from_the_name() {
    let lone = read("csvw/prices.csv-metadata.json");
    assert_eq!(lone.tables[0].paths, ["prices.csv"]);
    let names: Vec<&str> = lone.tables[0].columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["price", "unit name", "_col.3"]);
}
