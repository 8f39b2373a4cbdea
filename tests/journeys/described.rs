//! A description beside a file begins its label, and never stands in the way of the file.

use std::fs;
use std::path::{Path, PathBuf};

use larder_actions::wire::{DraftState, LabelState};
use larder_model::{Column, Finding, FindingCode, Kind, Label, Terms};
use larder_tests::host::TestHost;
use larder_tests::person::{Person, practice};
use serde_json::json;

const PACKAGE: &str = r#"{
  "name": "till", "title": "Till of the shop", "description": "What was sold each day.",
  "keywords": ["till", "shop"],
  "licenses": [{"name": "CC-BY-4.0"}],
  "contributors": [{"title": "Carla Neri", "email": "carla@example.com", "role": "maintainer"}],
  "resources": [{
    "name": "till", "path": "till.csv",
    "schema": {
      "missingValues": ["", "closed"],
      "primaryKey": ["day", "article"],
      "fields": [
        {"name": "day", "type": "date", "description": "When it was sold"},
        {"name": "article", "type": "string", "description": "Number of the article"},
        {"name": "weight", "type": "number", "unit": "kg", "description": "What it weighs",
         "constraints": {"required": true}},
        {"name": "takings", "type": "integer"}
      ]
    }
  }]
}"#;

const ROWS: &str = "day,article,weight,takings,note\n\
    2026-03-01,41,1.5,12,a\n2026-03-01,42,2,closed,b\n2026-03-02,41,0.5,7,c\n2026-03-02,43,1,9,d\n";

fn anna(folder: &Path) -> Person {
    Person::start(TestHost::at(&folder.join("anna"))).unwrap()
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn found(state: &DraftState, code: FindingCode) -> Option<&Finding> {
    state.reading.as_ref().unwrap().findings.iter().find(|finding| finding.code == code)
}

fn label(anna: &Person, state: &DraftState) -> LabelState {
    anna.ask("draft_label", json!({"draft": state.id}))
}

fn column<'l>(state: &'l LabelState, id: &str) -> &'l Column {
    state.label.column(id).unwrap()
}

#[test]
fn a_data_package_beside_the_file_begins_the_label() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    written(folder.path(), "datapackage.json", PACKAGE);
    let file = written(folder.path(), "till.csv", ROWS);
    let state = anna.until_read(&anna.drop_file(&file));
    let told = found(&state, FindingCode::Described).unwrap();
    assert_eq!((&told.params["file"], &told.params["columns"]), (&"datapackage.json".into(), &4_u64.into()));
    let reading = state.reading.as_ref().unwrap();
    let kinds: Vec<Kind> = reading.columns.iter().map(|c| c.kind).collect();
    assert_eq!(kinds[..4], [Kind::Date, Kind::Code, Kind::Number, Kind::Integer], "{:?}", reading.findings);
    assert_eq!(reading.columns[3].empty, 1, "the till was closed");
    let said = label(&anna, &state);
    assert_eq!(
        (said.label.title.as_str(), said.label.summary.as_str()),
        ("Till of the shop", "What was sold each day.")
    );
    assert_eq!((said.label.terms.clone(), said.label.tags.clone()), (Terms::CcBy, vec!["till".into(), "shop".into()]));
    assert_eq!(said.label.key(), ["day", "article"]);
    let weight = column(&said, "weight");
    assert_eq!((weight.meaning.as_str(), weight.unit.as_deref()), ("What it weighs", Some("kg")));
    assert!(weight.required && column(&said, "note").meaning.is_empty());

    // What a person says later holds, in the label and in how the file is read.
    anna.describe(&state.id, json!({"title": "My till"}));
    let state = anna.choose(&state.id, json!({"about": "kind", "column": "article", "kind": "integer"}));
    assert_eq!(state.reading.as_ref().unwrap().columns[1].kind, Kind::Integer);
    assert_eq!(label(&anna, &state).label.title, "My till");
    let state: DraftState = anna.ask("draft_start_over", json!({"draft": state.id}));
    assert!(!state.can_undo, "starting over takes back what the description said about reading");
}

/// Leaves the description aside, or takes it over again, as the sentence about it offers.
fn opposite(anna: &Person, state: &DraftState) -> DraftState {
    let told = found(state, FindingCode::Described).unwrap();
    let [choice] = &told.opposites[..] else { panic!("one opposite: {told:?}") };
    anna.choose(&state.id, json!(choice))
}

fn kind_of(state: &DraftState, column: usize) -> Kind {
    state.reading.as_ref().unwrap().columns[column].kind
}

#[test]
fn one_click_leaves_the_description_aside_and_one_more_takes_it_over_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("anna");
    let anna = anna(folder.path());
    written(folder.path(), "datapackage.json", PACKAGE);
    let draft = anna.drop_file(&written(folder.path(), "till.csv", ROWS));
    anna.choose(&draft, json!({"about": "name", "column": "note", "name": "Remark"}));
    let before = anna.describe(&draft, json!({"summary": "What I sold.", "area": "Shop floor"}));
    let state = opposite(&anna, &anna.until_read(&draft));
    assert_eq!(kind_of(&state, 1), Kind::Integer, "as it reads by itself");
    assert_eq!(state.reading.as_ref().unwrap().columns[4].name, "Remark", "what the person chose stays");
    let said = label(&anna, &state);
    assert_eq!((said.label.title.as_str(), said.label.summary.as_str()), ("", "What I sold."));
    assert_eq!((said.label.area.as_str(), &said.label.terms), ("Shop floor", &Terms::Internal));
    assert!(said.label.tags.is_empty() && said.label.key().is_empty());
    assert_eq!((column(&said, "weight").unit.as_deref(), column(&said, "weight").required), (None, false));
    assert!(said.suggestions.iter().any(|s| s.field == "title"), "what suggestions alone would give");

    // It holds after a restart, and the opposite brings all of it back.
    drop(anna);
    let anna = Person::start(TestHost::at(&home)).unwrap();
    let state = anna.until_read(&draft);
    assert_eq!(kind_of(&state, 1), Kind::Integer);
    anna.describe(&draft, json!({"title": "My till"}));
    let state = opposite(&anna, &state);
    assert_eq!(kind_of(&state, 1), Kind::Code);
    let again = label(&anna, &state).label;
    assert_eq!(again, Label { title: "My till".into(), ..before.label });

    // Undo and redo go over it like over any other choice.
    let state: DraftState = anna.ask("draft_undo", json!({"draft": draft}));
    assert_eq!((kind_of(&state, 1), label(&anna, &state).label.tags.len()), (Kind::Integer, 0));
    let state: DraftState = anna.ask("draft_undo", json!({"draft": draft}));
    assert_eq!((kind_of(&state, 1), label(&anna, &state).label), (Kind::Code, again));
    let state: DraftState = anna.ask("draft_redo", json!({"draft": draft}));
    assert_eq!((kind_of(&state, 1), label(&anna, &state).label.tags.len()), (Kind::Integer, 0));
}

#[test]
fn a_description_that_was_left_aside_is_left_aside_in_the_next_file() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    let desk = folder.path().join("desk");
    fs::create_dir(&share).unwrap();
    fs::create_dir(&desk).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Mueller", &share);
    written(&desk, "datapackage.json", PACKAGE);
    let file = written(&desk, "till.csv", ROWS);
    let draft = anna.drop_file(&file);
    opposite(&anna, &anna.until_read(&draft));
    let own = json!({"title": "My till", "summary": "Sales.", "area": "Shop floor", "keeper": "Anna Mueller"});
    anna.describe(&draft, own);
    let product = anna.publish(&draft).unwrap();
    let next = anna.until_read(&anna.drop_file(&file));
    assert_eq!((next.remembered.as_deref(), kind_of(&next, 1)), (Some("My till"), Kind::Integer));
    // The label of the data product is not the description's to take: taken over, it says how the file is read.
    let next: DraftState = anna.ask("use_draft_for", json!({"draft": next.id, "product": product, "mode": "replace"}));
    let next = opposite(&anna, &next);
    assert_eq!(kind_of(&next, 1), Kind::Code);
    let said = label(&anna, &next).label;
    assert_eq!((said.title.as_str(), said.tags.len()), ("My till", 0));
}

#[test]
fn a_contract_tells_purpose_limits_and_how_often() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    written(
        folder.path(),
        "till.odcs.yaml",
        "apiVersion: v3.0.2\nkind: DataContract\nid: x\nname: Till\nversion: 1.0.0\nstatus: active\n\
         description:\n  purpose: For the monthly report.\n  limitations: Not for wages.\n\
         schema:\n  - name: till\n    physicalName: till.csv\n    properties:\n\
         \x20     - name: day\n        logicalType: date\n        description: When it was sold\n\
         \x20     - name: takings\n        logicalType: integer\n        required: true\n\
         slaProperties:\n  - property: frequency\n    value: 1\n    unit: d\n",
    );
    let file = written(folder.path(), "till.csv", ROWS);
    let state = anna.until_read(&anna.drop_file(&file));
    let said = label(&anna, &state);
    assert_eq!(said.label.good_for, "For the monthly report.");
    assert_eq!(said.label.not_for, "Not for wages.");
    assert!(said.label.promise.is_some() && column(&said, "takings").required);
}

#[test]
fn a_description_named_after_the_file_goes_before_that_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    written(folder.path(), "datapackage.json", PACKAGE);
    written(
        folder.path(),
        "till.csv-metadata.json",
        r#"{"@context": "http://www.w3.org/ns/csvw", "url": "till.csv", "dc:title": "Till on the web",
            "tableSchema": {"columns": [{"titles": "weight", "name": "w", "dc:description": "In kilograms",
            "datatype": "decimal", "required": true}]}}"#,
    );
    let state = anna.until_read(&anna.drop_file(&written(folder.path(), "till.csv", ROWS)));
    assert_eq!(found(&state, FindingCode::Described).unwrap().params["file"], "till.csv-metadata.json".into());
    let said = label(&anna, &state);
    assert_eq!(said.label.title, "Till on the web");
    assert!(column(&said, "weight").required && column(&said, "weight").meaning == "In kilograms");
}

#[test]
fn what_was_chosen_for_the_last_file_holds_for_the_next_one_against_its_description() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Mueller", &share);
    let desk = folder.path().join("desk");
    fs::create_dir(&desk).unwrap();
    written(&desk, "datapackage.json", PACKAGE);
    let file = written(&desk, "till.csv", ROWS);
    let draft = anna.drop_file(&file);
    anna.choose(&draft, json!({"about": "kind", "column": "article", "kind": "integer"}));
    anna.describe(&draft, json!({"area": "Shop floor", "keeper": "Anna Mueller"}));
    anna.publish(&draft).unwrap();
    let next = anna.until_read(&anna.drop_file(&file));
    assert_eq!(next.remembered.as_deref(), Some("Till of the shop"));
    assert_eq!(next.reading.unwrap().columns[1].kind, Kind::Integer);
}

#[test]
fn a_broken_description_is_said_and_the_file_comes_in() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    written(folder.path(), "datapackage.json", "{\n  \"resources\": [\n    {\"path\": \"till.csv\",\n");
    let file = written(folder.path(), "till.csv", ROWS);
    let state = anna.until_read(&anna.drop_file(&file));
    let told = found(&state, FindingCode::DescriptionBroken).unwrap();
    assert_eq!(told.params["file"], "datapackage.json".into());
    assert_eq!(state.reading.as_ref().unwrap().rows, 4);
}

#[test]
fn a_description_of_another_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    written(folder.path(), "datapackage.json", PACKAGE);
    written(folder.path(), "schema.json", "{\"type\": \"object\", \"properties\": {}}");
    let other = written(folder.path(), "people.csv", "Name,Phone\nAnna,123\nBen,456\n");
    // The same name, and nothing else in common.
    let apart = folder.path().join("apart");
    fs::create_dir(&apart).unwrap();
    written(&apart, "datapackage.json", PACKAGE);
    let namesake = written(&apart, "till.csv", "Name,Phone\nAnna,123\nBen,456\n");
    for file in [other, namesake] {
        let state = anna.until_read(&anna.drop_file(&file));
        assert!(found(&state, FindingCode::Described).is_none());
        assert!(found(&state, FindingCode::DescriptionBroken).is_none());
    }
}

#[test]
fn how_the_file_is_written_is_taken_from_the_description_where_it_fits() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    let package = |delimiter: &str, file: &str| {
        format!(
            r#"{{"resources": [{{"name": "t", "path": "{file}", "dialect": {{"delimiter": "{delimiter}"}},
            "schema": {{"fields": [{{"name": "day", "type": "string"}}, {{"name": "sold;left", "type": "string"}}]}}}}]}}"#
        )
    };
    let rows = "day,sold;left\n1,2;3\n2,4;5\n3,4;5\n";
    written(folder.path(), "a.csv-metadata.json", "{}");
    written(folder.path(), "datapackage.json", &package(",", "a.csv"));
    let file = written(folder.path(), "a.csv", rows);
    let state = anna.until_read(&anna.drop_file(&file));
    let reading = state.reading.as_ref().unwrap();
    assert_eq!(reading.delimiter.as_deref(), Some(","), "{reading:?}");
    // It is wrong about the file: what was guessed stays.
    written(folder.path(), "datapackage.json", &package("|", "a.csv"));
    let state = anna.until_read(&anna.drop_file(&file));
    assert_ne!(state.reading.as_ref().unwrap().delimiter.as_deref(), Some("|"));
}

#[test]
fn a_separator_that_a_description_named_is_left_aside_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    written(
        folder.path(),
        "datapackage.json",
        r#"{"resources": [{"name": "t", "path": "a.csv", "dialect": {"delimiter": ","},
            "schema": {"fields": [{"name": "day", "type": "string"}, {"name": "sold;left", "type": "string"}]}}]}"#,
    );
    let state =
        anna.until_read(&anna.drop_file(&written(folder.path(), "a.csv", "day,sold;left\n1,2;3\n2,4;5\n3,4;5\n")));
    let delimiter = |state: &DraftState| state.reading.as_ref().unwrap().delimiter.clone();
    assert_eq!(delimiter(&state).as_deref(), Some(","));
    let state = opposite(&anna, &state);
    let by_itself = delimiter(&state);
    assert_ne!(by_itself.as_deref(), Some(","), "nobody names it any more");
    assert_eq!(delimiter(&opposite(&anna, &state)).as_deref(), Some(","));
    let state: DraftState = anna.ask("draft_undo", json!({"draft": state.id}));
    assert_eq!(delimiter(&anna.until_read(&state.id)), by_itself);
}

#[test]
fn a_folder_with_a_description_is_one_described_draft() {
    let folder = tempfile::tempdir().unwrap();
    let anna = anna(folder.path());
    let share = folder.path().join("months");
    fs::create_dir(&share).unwrap();
    let both = PACKAGE.replace("\"path\": \"till.csv\"", "\"path\": [\"till-1.csv\", \"till-2.csv\"]");
    written(&share, "datapackage.json", &both);
    written(&share, "till-1.csv", ROWS);
    written(&share, "till-2.csv", &ROWS.replace("2026-03", "2026-04"));
    let brought = anna.larder.bring_in_paths(&[share]);
    assert_eq!(brought.items.len(), 1, "{:?}", brought.items);
    let state = anna.until_read(brought.items[0].draft.as_ref().unwrap());
    assert_eq!(state.joined.len(), 1);
    let said = label(&anna, &state);
    assert_eq!((said.label.title.as_str(), said.rows), ("Till of the shop", 8));
    assert_eq!(column(&said, "weight").unit.as_deref(), Some("kg"));
}

#[test]
fn a_workbook_that_larder_wrote_reads_as_its_table() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Mueller", &share);
    let draft = anna.drop_file(&practice("monthly/till_2026-01.csv"));
    let rows = anna.until_read(&draft).reading.unwrap().rows;
    anna.describe(&draft, json!({"title": "Till sales", "summary": "January.", "area": "Shop floor"}));
    anna.describe(&draft, json!({"good_for": "Planning.", "not_for": "Wages.", "tags": ["till", "shop"]}));
    anna.publish(&draft).unwrap();
    let workbook = found_under(&share, "xlsx");
    let alone = folder.path().join("alone.xlsx");
    fs::copy(&workbook, &alone).unwrap();
    let state = anna.until_read(&anna.drop_file(&alone));
    assert_eq!(state.reading.as_ref().unwrap().rows, rows, "the sheet about it is not the table");
    let told = found(&state, FindingCode::Described).unwrap();
    assert_eq!((&told.params["file"], &told.params["inside"]), (&"About".into(), &"yes".into()));
    let (first, again) = (label(&anna, &anna.until_read(&draft)).label, label(&anna, &state).label);
    assert_eq!(written_on(&again), written_on(&first));
    assert_eq!((again.good_for.as_str(), again.not_for.as_str()), ("Planning.", "Wages."));
    let guide =
        |label: &Label| label.columns.iter().map(|c| (c.name.clone(), c.meaning.clone(), c.kind)).collect::<Vec<_>>();
    assert_eq!(guide(&again), guide(&first));
    let aside = label(&anna, &opposite(&anna, &state)).label;
    assert_eq!((written_on(&aside), aside.key().len()), (written_on(&Label::default()), 0));
    // Where it lies on the shelf, its label lies beside it.
    let state = anna.until_read(&anna.drop_file(&workbook));
    assert_eq!(state.reading.as_ref().unwrap().rows, rows);
    assert!(found(&state, FindingCode::Described).is_some(), "{:?}", state.reading.unwrap().findings);
    let mut again = label(&anna, &state).label;
    // A package has no other place for the area than among the words to find it by.
    again.tags.retain(|tag| tag != "Shop floor");
    assert_eq!(written_on(&again), written_on(&first));
}

/// What people wrote on a label.
fn written_on(label: &Label) -> (&str, &str, &str, &str, &[String]) {
    (&label.title, &label.summary, &label.good_for, &label.not_for, &label.tags)
}

fn found_under(folder: &Path, ending: &str) -> PathBuf {
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path if path.extension().is_some_and(|e| e == ending) => return path,
                _ => {}
            }
        }
    }
    panic!("no {ending} under {}", folder.display());
}
