//! Several files of the same columns become one data product.

use std::fs;
use std::path::{Path, PathBuf};

use larder_actions::wire::{BroughtIn, DraftNote, DraftState};
use larder_model::{DraftId, RefusalCode};
use larder_tests::host::TestHost;
use larder_tests::person::{Person, practice};
use serde_json::json;

fn drop_all(person: &Person, files: &[PathBuf]) -> Vec<DraftId> {
    let brought = person.larder.bring_in_paths(files);
    let drafts: Vec<DraftId> = brought.items.into_iter().filter_map(|item| item.draft).collect();
    for draft in &drafts {
        person.until_read(draft);
    }
    drafts
}

fn join(person: &Person, drafts: &[DraftId]) -> DraftState {
    let state: DraftState = person.ask("join_drafts", json!({"drafts": drafts}));
    person.until_read(&state.id)
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn half_a_year_of_monthly_files_is_one_data_product() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let home = folder.path().join("anna");
    let anna = Person::at_shelf(&home, "Anna Mueller", &share);
    let months: Vec<PathBuf> =
        (1..=6).rev().map(|month| practice(&format!("monthly/till_2026-{month:02}.csv"))).collect();
    let drafts = drop_all(&anna, &months);
    let single: u64 = drafts.iter().map(|draft| anna.until_read(draft).reading.unwrap().rows).sum();
    let state = join(&anna, &drafts);
    assert_eq!(state.file_name, "till_2026-01.csv", "by name, however they were dropped");
    assert!(state.joined.iter().all(|file| file.refusal.is_none()), "{:?}", state.joined);
    let rows = state.reading.unwrap().rows + state.joined.iter().map(|file| file.rows).sum::<u64>();
    assert_eq!((state.joined.len(), rows), (5, single));
    let open: Vec<DraftNote> = anna.ask("drafts", json!({}));
    assert_eq!(open.len(), 1, "the others are part of it");
    drop(anna);

    // What was joined is still joined after a new start.
    let anna = Person::start(TestHost::at(&home).of("Anna Mueller", "pc")).unwrap();
    let state = anna.until_read(&state.id);
    assert_eq!(state.joined.len(), 5);
    anna.describe(&state.id, json!({"title": "Till sales", "summary": "Half a year.", "area": "Shop floor"}));
    let product = anna.publish(&state.id).unwrap();
    let page = anna.page(&product);
    assert_eq!(page.card.profile.rows, single);
    assert_eq!(page.card.sources.len(), 6);
    assert_eq!(page.card.sources.iter().map(|source| source.rows).sum::<u64>(), single);
}

#[test]
fn choices_hold_for_all_of_them_and_what_differs_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let files = [
        written(folder.path(), "a.csv", "Day;Article;Sold\n31.01.2026;0041;3\n30.01.2026;0042;5\n"),
        // Nothing in this one proves that the day comes first.
        written(
            folder.path(),
            "b.csv",
            "Till report\n\nDay;Article;Sold;Tip\n03.02.2026;0041;n/a;0,50\n04.02.2026;0043;2,5;1,00\n",
        ),
    ];
    let drafts = drop_all(&anna, &files);
    let state = join(&anna, &drafts);
    assert_eq!((state.joined[0].rows, &state.joined[0].new), (2, &vec!["Tip".to_owned()]));
    let label: larder_actions::wire::LabelState = anna.ask("draft_label", json!({"draft": state.id}));
    let names: Vec<&str> = label.label.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((names, label.rows), (vec!["Day", "Article", "Sold", "Tip"], 4));
    let day = &label.profile.columns[0];
    assert_eq!((day.min.as_deref(), day.max.as_deref()), (Some("2026-01-30"), Some("2026-02-04")));
    let state = anna.choose(&state.id, json!({"about": "column", "column": "article", "keep": false}));
    assert_eq!(state.joined[0].missing, Vec::<String>::new());
}

#[test]
fn a_file_of_other_columns_is_named_and_can_be_taken_out() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let files = [
        written(folder.path(), "a.csv", "Article,Sold\n0041,3\n0042,5\n"),
        written(folder.path(), "b.csv", "Article,Sold\n0043,many\n0044,few\n"),
        written(folder.path(), "c.csv", "Name,Street\nBen,Mill Lane\nLea,Market Square\n"),
    ];
    let drafts = drop_all(&anna, &files);
    let state = join(&anna, &drafts);
    let codes: Vec<Option<RefusalCode>> = state.joined.iter().map(|f| f.refusal.as_ref().map(|r| r.code)).collect();
    assert_eq!(codes, [Some(RefusalCode::ColumnsDiffer); 2]);
    let refusal = anna.refused("draft_label", json!({"draft": state.id}));
    assert_eq!(refusal.code, RefusalCode::ColumnsDiffer);
    assert!(format!("{refusal}").contains("b.csv"), "{refusal}");
    let mut state = state;
    for file in [drafts[1].clone(), drafts[2].clone()] {
        state = anna.ask("take_out_file", json!({"draft": state.id, "file": file}));
        state = anna.until_read(&state.id);
    }
    assert!(state.joined.is_empty());
    let open: Vec<DraftNote> = anna.ask("drafts", json!({}));
    assert_eq!(open.len(), 3, "each waits on its own again");
    let alone = anna.refused("join_drafts", json!({"drafts": [state.id]}));
    assert_eq!(alone.code, RefusalCode::Invalid);
    let _: BroughtIn = anna.ask("bring_in_more", json!({"draft": state.id, "parts": []}));
}
