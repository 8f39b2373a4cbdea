#![allow(clippy::unwrap_used)]

use larder_model::Card;

use super::*;
use crate::out::testing::{English, all_kinds, card, card_of, texts};

fn files() -> Vec<FileNote> {
    ["data/till_sales.csv", "data/till_sales.parquet"]
        .map(|path| FileNote { path: path.into(), size_bytes: 7, sha256: "ab".repeat(32) })
        .into()
}

fn described(card: &Card, table: Option<&Table>) -> Value {
    datapackage_json(
        &PackageInput { card, table, shelf_name: "s", words: &English, organisation: "Bakery Mueller" },
        &files(),
    )
}

#[test]
fn it_says_what_who_and_under_which_terms() {
    let package = described(&card(), Some(&all_kinds()));
    assert_eq!(package["$schema"], PROFILE);
    assert_eq!(package["name"], "till_sales");
    assert_eq!(package["version"], "3", "a version is text");
    assert_eq!(package["created"], "2026-11-23T06:40:00Z");
    assert_eq!(package["keywords"], json!(["Shop floor", "sales", "daily"]));
    assert_eq!(
        package["contributors"][0],
        json!({ "title": "Anna Mueller", "email": "anna.mueller@example.com", "organization": "Bakery Mueller", "roles": ["rightsHolder", "contact"] })
    );
    assert_eq!(package["licenses"], json!([{ "path": "LICENSE.txt", "title": "Only for the work of this business." }]));
    assert_eq!(package["sources"][0]["title"], "till_export_MARCH(2).csv");
}

#[test]
fn parquet_is_plain_bytes_and_csv_the_table() {
    let package = described(&card(), Some(&all_kinds()));
    let (csv, parquet) = (&package["resources"][0], &package["resources"][1]);
    assert_eq!((&csv["type"], &csv["format"], &csv["bytes"]), (&json!("table"), &json!("csv"), &json!(7)));
    assert_eq!(csv["hash"], format!("sha256:{}", "ab".repeat(32)));
    assert_eq!((&parquet["format"], parquet.get("type"), parquet.get("schema")), (&json!("binary"), None, None));
    assert_eq!(parquet["mediatype"], "application/vnd.apache.parquet");
    assert_ne!(csv["name"], parquet["name"]);
}

#[test]
fn fields_carry_type_title_unit_and_look_up() {
    let fields = described(&card(), Some(&all_kinds()))["resources"][0]["schema"]["fields"].clone();
    let types: Vec<&str> = fields.as_array().unwrap().iter().map(|field| field["type"].as_str().unwrap()).collect();
    assert_eq!(
        types,
        [
            "string", "string", "string", "string", "integer", "number", "number", "number", "boolean", "date",
            "datetime", "time", "duration"
        ]
    );
    assert_eq!((&fields[1]["title"], &fields[1]["description"]), (&json!("Code"), &json!("A code of ours")));
    assert_eq!(fields[1]["looksUp"]["product"], "price-list-1");
    assert_eq!((&fields[6]["currency"], &fields[2]["personal"]), (&json!("EUR"), &json!(true)));
    assert_eq!(fields[8]["trueValues"], json!(["true"]));
}

#[test]
fn a_key_that_the_rows_break_is_only_wanted() {
    for (cells, holds) in [(["a", "b"], true), (["a", "a"], false), (["a", ""], false)] {
        let table = texts(&cells);
        let mut card = card_of(&table, "x");
        (card.label.columns[0].key, card.label.columns[0].required) = (true, true);
        let schema = described(&card, Some(&table))["resources"][0]["schema"].clone();
        let key = if holds { "primaryKey" } else { "wantedKey" };
        assert_eq!(schema[key], json!(["t"]), "{cells:?}");
        assert_eq!(schema["fields"][0]["constraints"]["unique"] == json!(true), holds, "{cells:?}");
        let never_empty = !cells.contains(&"");
        assert_eq!(schema["fields"][0]["constraints"]["required"] == json!(true), never_empty, "{cells:?}");
        assert_eq!(schema["fields"][0].get("wantedRequired").is_some(), !never_empty, "{cells:?}");
    }
}

#[test]
fn blank_rows_are_announced() {
    assert_eq!(described(&card(), Some(&all_kinds()))["resources"][0]["dialect"], json!({ "skipBlankRows": true }));
    assert_eq!(described(&card(), Some(&texts(&["a"])))["resources"][0].get("dialect"), None);
}

#[test]
fn nothing_empty_is_listed() {
    let mut card = card();
    card.label.tags.clear();
    card.label.area.clear();
    card.label.keeper.clear();
    card.label.stand_in.clear();
    card.label.keeper_email = Some("not an address".into());
    card.sources.clear();
    card.filled_at = "yesterday".into();
    let input = PackageInput { card: &card, table: None, shelf_name: "", words: &English, organisation: "" };
    let package = datapackage_json(&input, &files()[..1]);
    for name in ["keywords", "contributors", "sources", "created"] {
        assert_eq!(package.get(name), None, "{name}");
    }
    assert_eq!(package["columns"].as_array().unwrap().len(), 13);
    assert_eq!(package["resources"][0]["format"], "binary");
}

#[test]
fn names_are_safe_whatever_the_title() {
    for (title, name) in [
        ("Till sales", "till_sales"),
        ("日本", "table"),
        ("../../etc", "etc"),
        ("CON", "_con"),
        ("Käse & Co.", "kaese_co"),
        ("", "table"),
    ] {
        assert_eq!(slug(title), name, "{title}");
    }
}
