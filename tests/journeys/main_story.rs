//! From a dropped till export to a colleague's screen.

use std::fs;
use std::path::Path;

use larder_actions::wire::{DraftState, Found, LabelState, PublishPlan, Saved, SheetPage, ViewNote};
use larder_model::{FindingCode, Kind, LeftOutReason};
use larder_tables::ViewRow;
use larder_tests::person::{Person, practice};
use serde_json::{Value, json};

#[test]
fn a_messy_german_till_export_reaches_a_colleague() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Mueller", &share);
    let draft = anna.drop_file(&practice("till_export_MARCH(2).csv"));

    let state: DraftState = anna.ask("draft", json!({"draft": draft}));
    let reading = state.reading.unwrap();
    let names: Vec<&str> = reading.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Datum", "Artikel-Nr.", "Artikel", "Verkauft", "Umsatz"]);
    let kinds: Vec<Kind> = reading.columns.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [Kind::Date, Kind::Code, Kind::Text, Kind::Integer, Kind::Money]);
    assert_eq!(reading.rows, 812);
    for code in
        [FindingCode::TableFound, FindingCode::EmptyWord, FindingCode::TotalsLeftOut, FindingCode::DuplicateRows]
    {
        assert!(reading.findings.iter().any(|f| f.code == code), "{code:?} is not said");
    }
    let top: SheetPage = anna.ask("draft_rows", json!({"draft": draft, "start": 0, "count": 6}));
    assert_eq!(top.rows[0].left_out, Some(LeftOutReason::Title));
    assert!(top.rows[0].text.as_ref().unwrap().contains("Kassenbericht"));
    let first = top.rows.iter().find(|r| r.left_out.is_none()).unwrap();
    assert_eq!(first.cells[0].value.as_deref().map(|d| &d[..8]), Some("2026-03-"));
    assert!(first.cells[1].value.as_deref().unwrap().starts_with("00"), "zeros in front are kept");

    // Two corrections, one of them taken back.
    let fewer = anna.choose(&draft, json!({"about": "duplicates", "keep": false})).reading.unwrap();
    assert_eq!(fewer.rows, 801);
    let back: DraftState = anna.ask("draft_undo", json!({"draft": draft}));
    assert_eq!(back.reading.unwrap().rows, 812);
    assert!(back.can_redo);

    let label: LabelState = anna.ask("draft_label", json!({"draft": draft}));
    assert!(label.suggestions.iter().any(|s| s.field == "title"), "{:?}", label.suggestions);
    let accepted: LabelState = anna.ask("draft_accept", json!({"draft": draft, "fields": ["*"]}));
    assert!(!accepted.label.title.is_empty() && !accepted.label.summary.is_empty());
    anna.describe(&draft, json!({"title": "Till sales", "summary": "What each till sold.", "area": "Shop floor"}));
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": draft}));
    assert_eq!((plan.rows, plan.release, plan.unmet.len()), (812, 1, 0));
    let product = anna.publish(&draft).unwrap();

    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben Okafor", &share);
    ben.until_shelf_shows("Till sales");
    ben_finds_and_takes_it(&ben, &product, folder.path());
}

fn ben_finds_and_takes_it(ben: &Person, product: &str, folder: &Path) {
    let page = ben.page(product);
    assert_eq!((page.card.profile.rows, page.card.label.keeper.as_str()), (812, "Anna Mueller"));
    assert!(page.confirmed && page.rows_here && !page.mine);
    for query in ["till", "umsatz", "anna", "what each"] {
        let found: Found = ben.ask("find", json!({"query": query, "limit": 10}));
        assert_eq!(found.hits.first().map(|h| h.title.as_str()), Some("Till sales"), "{query}");
    }
    let view: ViewNote = ben.ask(
        "open_view",
        json!({"product": product, "release": null, "sorts": [{"column": "umsatz", "descending": true}], "filters": []}),
    );
    assert_eq!(view.rows, 812);
    let rows: Vec<ViewRow> = ben.ask("view_rows", json!({"view": view.view, "start": 0, "count": 2}));
    let takings = |row: &ViewRow| row.cells[4].as_ref().unwrap().parse::<f64>().unwrap();
    assert!(takings(&rows[0]) >= takings(&rows[1]));

    let saved: Saved = ben.ask("open_in_excel", json!({"product": product, "release": null}));
    assert!(saved.opened && saved.file_name.unwrap().starts_with("Till sales "));
    let opened = ben.host.opened();
    assert!(opened[0].exists());
    for (format, name) in [("csv", "copy.csv"), ("parquet", "copy.parquet"), ("xlsx", "copy.xlsx")] {
        let path = folder.join(name);
        ben.host.answer_save(&path);
        let _: Saved = ben.ask("save_copy", json!({"product": product, "release": null, "format": format}));
        assert!(fs::metadata(&path).unwrap().len() > 1_000, "{name}");
    }
    let csv = fs::read_to_string(folder.join("copy.csv")).unwrap();
    assert!(csv.starts_with("Datum,Artikel-Nr.,Artikel,Verkauft,Umsatz\n2026-03-"), "{}", &csv[..80]);
}

#[test]
fn a_complete_package_stands_under_current() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Mueller", &share);
    let draft = anna.drop_file(&practice("till_export_MARCH(2).csv"));
    anna.describe(&draft, json!({"title": "Till sales", "summary": "What each till sold.", "area": "Shop floor"}));
    anna.publish(&draft).unwrap();
    let package = share.join("Current").join("Till sales");
    for name in [
        "Till sales.xlsx",
        "index.html",
        "LICENSE.txt",
        "datapackage.json",
        "data/till_sales.csv",
        "data/till_sales.parquet",
    ] {
        let path = name.split('/').fold(package.clone(), |p, part| p.join(part));
        assert!(path.exists(), "{name} is missing");
    }
    let index = fs::read_to_string(share.join("Current").join("index.html")).unwrap();
    assert!(index.contains("Till sales"));
    let package: Value = serde_json::from_slice(&fs::read(package.join("datapackage.json")).unwrap()).unwrap();
    assert_eq!(package["version"], json!("1"));
}

#[test]
fn only_the_label_leaves_this_computer_when_only_the_label_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Mueller", &share);
    let file = folder.path().join("customers.csv");
    fs::write(&file, "Name;E-Mail\nCanary Aquamarin;canary@example.com\nB;b@example.com\nC;c@example.com\n").unwrap();
    let draft = anna.drop_file(&file);
    anna.describe(
        &draft,
        json!({"title": "Customers", "summary": "Who buys.", "area": "Office", "audience": "label_only"}),
    );
    let product = anna.publish(&draft).unwrap();
    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    ben.until_shelf_shows("Customers");
    assert!(!ben.page(&product).rows_here);
    for path in files_under(&share) {
        let bytes = fs::read(&path).unwrap();
        let leaked = bytes.windows(15).any(|w| w == b"canary@example." || w == b"Canary Aquamari");
        assert!(!leaked, "{} tells a customer's name", path.display());
    }
}

fn files_under(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(files_under(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}
