//! The next file of a source: read the same way, added or put in place, and an earlier one put back.

use std::fs;

use larder_actions::wire::{DraftState, JobNote, PublishPlan};
use larder_model::Change;
use larder_tests::person::{Person, practice};
use serde_json::json;

fn with_march(folder: &std::path::Path) -> (Person, String) {
    let share = folder.join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.join("anna"), "Anna Mueller", &share);
    let draft = anna.drop_file(&practice("till_export_MARCH(2).csv"));
    anna.choose(&draft, json!({"about": "duplicates", "keep": false}));
    anna.describe(&draft, json!({"title": "Till sales", "summary": "What each till sold.", "area": "Shop floor"}));
    let product = anna.publish(&draft).unwrap();
    (anna, product)
}

#[test]
fn april_is_recognised_read_the_same_way_and_added() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, product) = with_march(folder.path());
    let draft = anna.drop_file(&practice("till_export_APRIL.csv"));
    let state: DraftState = anna.ask("draft", json!({"draft": draft}));
    assert_eq!(state.remembered.as_deref(), Some("Till sales"));
    assert_eq!(state.matches.first().map(|m| m.product.as_str()), Some(product.as_str()));
    assert!(state.can_undo, "the choice about duplicates came along");
    let april_rows = state.reading.unwrap().rows;

    let _: DraftState = anna.ask("use_draft_for", json!({"draft": draft, "product": product, "mode": "append"}));
    let changes: Vec<Change> = anna.ask("draft_changes", json!({"draft": draft}));
    assert!(changes.iter().any(|c| matches!(c, Change::ColumnNew { column } if column == "Trinkgeld")), "{changes:?}");
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": draft}));
    assert_eq!((plan.release, plan.rows), (2, 801 + april_rows));
    assert_eq!(anna.publish(&draft).unwrap(), product);
    let page = anna.page(&product);
    assert_eq!(page.card.profile.rows, 801 + april_rows);
    assert_eq!(page.releases.iter().map(|r| r.release).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(page.card.sources.len(), 2);
}

#[test]
fn april_in_place_of_march_and_march_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, product) = with_march(folder.path());
    let draft = anna.drop_file(&practice("till_export_APRIL.csv"));
    let _: DraftState = anna.ask("use_draft_for", json!({"draft": draft, "product": product, "mode": "replace"}));
    anna.publish(&draft).unwrap();
    assert_ne!(anna.page(&product).card.profile.rows, 801);
    let job: JobNote = anna.ask("use_earlier", json!({"product": product, "release": 1}));
    anna.finish(job).unwrap();
    let page = anna.page(&product);
    assert_eq!((page.card.release, page.card.profile.rows), (3, 801));
    assert_eq!(page.card.changes, [Change::PutBack { release: 1 }]);
}

#[test]
fn a_newer_release_of_someone_else_is_told_before_mine_goes_on_top() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, product) = with_march(folder.path());
    let first = anna.drop_file(&practice("till_export_APRIL.csv"));
    let second = anna.drop_file(&practice("till_export_APRIL.csv"));
    for draft in [&first, &second] {
        let _: DraftState = anna.ask("use_draft_for", json!({"draft": draft, "product": product, "mode": "replace"}));
    }
    anna.publish(&first).unwrap();
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": second}));
    assert_eq!(plan.clash.map(|c| c.release), Some(2));
}
