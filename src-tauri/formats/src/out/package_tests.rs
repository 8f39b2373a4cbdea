#![allow(clippy::unwrap_used)]

use larder_model::{Audience, Kind, Terms};
use larder_tables::{TableBuilder, TableColumn};

use super::*;
use crate::out::testing::{English, all_kinds, card_of, one_column, texts};

fn input<'a>(card: &'a Card, table: Option<&'a Table>) -> PackageInput<'a> {
    PackageInput { card, table, shelf_name: "Bakery share", words: &English, organisation: "Bakery Mueller" }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_package_holds_what_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let table = all_kinds();
    let card = card_of(&table, "Till sales");
    let names = write_package(dir.path(), input(&card, Some(&table))).unwrap();
    assert_eq!(
        names,
        [
            "Till sales.xlsx",
            "data/till_sales.csv",
            "data/till_sales.parquet",
            "datapackage.json",
            "LICENSE.txt",
            "index.html"
        ]
    );
    let read = |name: &str| {
        std::fs::read(name.split('/').fold(dir.path().to_path_buf(), |path, step| path.join(step))).unwrap()
    };
    let package: serde_json::Value = serde_json::from_slice(&read("datapackage.json")).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let bytes = read(resource["path"].as_str().unwrap());
        assert_eq!(resource["bytes"], bytes.len());
        assert_eq!(resource["hash"], format!("sha256:{}", hash(&bytes)));
    }
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let table = all_kinds();
    let card = card_of(&table, "Till sales");
    let dirs = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for dir in &dirs {
        write_package(dir.path(), input(&card, Some(&table))).unwrap();
    }
    for name in ["Till sales.xlsx", "datapackage.json", "index.html", "LICENSE.txt"] {
        assert_eq!(
            std::fs::read(dirs[0].path().join(name)).unwrap(),
            std::fs::read(dirs[1].path().join(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn without_rows_no_value_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut card = card_of(&all_kinds(), "Customers");
    card.label.audience = Audience::LabelOnly;
    let names = write_package(dir.path(), input(&card, None)).unwrap();
    assert_eq!(names, ["datapackage.json", "LICENSE.txt", "index.html"]);
    assert!(!dir.path().join("data").exists());
    for name in names {
        let text = std::fs::read_to_string(dir.path().join(&name)).unwrap();
        assert!(!text.contains("00417") && !text.contains("a@example.com"), "{name}");
    }
}

#[test]
fn a_title_never_leaves_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let inside = dir.path().join("inside");
    let table = texts(&["a"]);
    for title in ["../../up", "C:\\x", "a/b", "CON", "\u{202e}", ""] {
        let names = write_package(&inside, input(&card_of(&table, title), Some(&table))).unwrap();
        for name in &names {
            assert!(
                !name.contains("..") && !name.contains('\\') && !name.contains(':') && !name.starts_with('/'),
                "{name}"
            );
        }
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "something was written beside the folder");
}

#[test]
fn a_file_where_the_folder_should_be_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("data"), "a file").unwrap();
    let table = texts(&["a"]);
    let refusal = write_package(dir.path(), input(&card_of(&table, "x"), Some(&table))).unwrap_err();
    assert!(
        matches!(refusal.code, RefusalCode::Unreachable | RefusalCode::IsAFolder | RefusalCode::NoPermission),
        "{refusal}"
    );
}

fn sales() -> Table {
    let mut builder = TableBuilder::new(vec![
        TableColumn::new("date", "Date", Kind::Date),
        TableColumn::new("article_no", "Article no.", Kind::Code),
        TableColumn { unit: Some("pieces".into()), ..TableColumn::new("sold", "Sold", Kind::Integer) },
        TableColumn { currency: Some("EUR".into()), ..TableColumn::new("takings", "Takings", Kind::Money) },
        TableColumn::new("started", "Started", Kind::DateTime),
        TableColumn::new("clock", "Clock", Kind::Time),
        TableColumn::new("share", "Share", Kind::Percent),
        TableColumn::new("weight", "Weight", Kind::Number),
        TableColumn::new("open", "Open", Kind::Boolean),
    ]);
    for row in 0..3000_i64 {
        builder.date(0, 20_000 + (row / 3) as i32);
        builder.text(1, ["00417", "00422", "=1+1"][(row % 3) as usize]);
        if row % 17 == 0 {
            builder.null(2)
        } else {
            builder.integer(2, row % 61)
        }
        builder.money(3, i128::from(row * 37 % 90_000));
        builder.date_time(4, 1_700_000_000_000_000 + row * 61_000_000 + if row == 5 { 250_000 } else { 0 });
        builder.time(5, row * 7_000_000 % 86_400_000_000);
        builder.number(6, (row % 100) as f64 / 100.0);
        builder.number(7, row as f64 / 7.0);
        builder.boolean(8, row % 7 == 0);
        builder.end_row();
    }
    builder.finish()
}

/// Writes packages of every odd sort. With LARDER_PACKAGE_DIR they are left there, for `tests/standards.py`.
#[test]
fn packages_for_the_standard_tools() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = std::env::var_os("LARDER_PACKAGE_DIR").map_or_else(|| temporary.path().to_path_buf(), Into::into);
    let hostile = texts(&[
        "a,\"b\"\r\nc",
        "=HYPERLINK(\"http://example.com\")",
        "<script>",
        "\u{202e}x",
        "'",
        "\"",
        "Käse; \u{1F956}",
        "<r><t>x</t></r>",
        " x ",
        "true",
        "null",
        "NA",
        "-",
    ]);
    let one_nullable = one_column(Kind::Integer, |builder| {
        for cell in [Some(1), None, Some(3)] {
            match cell {
                Some(number) => builder.integer(0, number),
                None => builder.null(0),
            }
            builder.end_row();
        }
    });
    let tables = [
        ("Till sales", sales()),
        ("All kinds", all_kinds()),
        ("Käse & \"hostile\" <b>", hostile),
        ("Lone cells", one_nullable),
        ("No rows", Table::empty(all_kinds().columns().to_vec())),
        ("日本", texts(&["x"])),
    ];
    for (title, table) in &tables {
        let mut card = card_of(table, title);
        if *title == "Till sales" {
            for place in [0, 1] {
                (card.label.columns[place].key, card.label.columns[place].required) = (true, true);
            }
            card.label.columns[2].required = true;
            card.label.terms = Terms::CcBy;
        }
        let names = write_package(&dir.join(safe_title(title)), input(&card, Some(table))).unwrap();
        assert_eq!(names.len(), 6, "{title}");
    }
    let mut card = card_of(&all_kinds(), "Label only");
    card.label.audience = Audience::LabelOnly;
    write_package(&dir.join("Label only"), input(&card, None)).unwrap();
    let cards: Vec<Card> = tables.iter().map(|(title, table)| card_of(table, title)).collect();
    let folders: Vec<String> = cards.iter().map(|card| safe_title(&card.label.title)).collect();
    let entries: Vec<ShelfEntry> =
        cards.iter().zip(&folders).map(|(card, folder)| ShelfEntry { card, folder }).collect();
    std::fs::write(dir.join("index.html"), shelf_html("Bakery share", &entries, &English)).unwrap();
}
