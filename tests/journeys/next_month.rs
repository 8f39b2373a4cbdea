//! The next file of a source: read the same way, added or put in place, and an earlier one put back.

use std::fs;

use larder_actions::wire::{BroughtIn, Comparison, DraftNote, DraftState, JobNote, PublishPlan};
use larder_model::{Change, Choice, FindingCode, Reading, RefusalCode};
use larder_tests::host::TestHost;
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
    anna.describe(&second, json!({"summary": "What each till sold, corrected.", "good_for": "Ordering"}));
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": second}));
    assert_eq!(plan.clash.map(|c| c.release), Some(2));
    let both: Comparison = anna.ask("compare_with_newest", json!({"draft": second}));
    assert_eq!((both.by.as_str(), both.rows_theirs == both.rows_mine), ("Anna Mueller", true));
    assert_eq!(both.changes, [Change::Nothing], "the same rows");
    let said: Vec<&str> = both.label.iter().map(|d| d.field.as_str()).collect();
    assert_eq!(said, ["summary", "good_for"]);
    assert_eq!(both.label[0].theirs, "What each till sold.");
}

#[test]
fn a_file_dropped_on_a_label_goes_on_with_it_whatever_it_looks_like() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, product) = with_march(folder.path());
    let draft = anna.drop_file(&practice("monthly/till_2026-03.csv"));
    let state: DraftState = anna.ask("mean_draft_for", json!({"draft": draft, "product": product}));
    assert_eq!(state.meant.map(|meant| meant.title).as_deref(), Some("Till sales"));
    assert!(state.product.is_none(), "how it goes on is asked after the check");
    let known = anna.drop_file(&practice("till_export_APRIL.csv"));
    let state: DraftState = anna.ask("mean_draft_for", json!({"draft": known, "product": product}));
    assert_eq!(state.remembered.as_deref(), Some("Till sales"), "its last file's reading is applied");
    let again: DraftState = anna.ask("draft", json!({"draft": draft}));
    assert!(again.meant.is_some(), "it is remembered");
}

#[test]
fn the_other_sheets_of_a_workbook_become_drafts_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, _) = with_march(folder.path());
    let first = anna.drop_file(&practice("price list and suppliers.xlsx"));
    let state: DraftState = anna.ask("draft", json!({"draft": first}));
    let reading = state.reading.unwrap();
    let parts: Vec<Choice> = reading
        .findings
        .iter()
        .filter(|finding| matches!(finding.code, FindingCode::SheetChosen | FindingCode::MoreTables))
        .flat_map(|finding| finding.opposites.clone())
        .collect();
    assert!(!parts.is_empty(), "{:?}", reading.findings);
    let brought: BroughtIn = anna.ask("bring_in_more", json!({"draft": first, "parts": parts}));
    assert_eq!(brought.items.len(), parts.len());
    let other = brought.items[0].draft.clone().unwrap();
    let read = anna.until_read(&other);
    assert_eq!(read.part.as_deref(), Some(brought.items[0].file_name.as_str()));
    let columns = |reading: &Reading| reading.columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    let there = read.reading.unwrap();
    assert_ne!(columns(&there), columns(&reading));
    assert!(there.rows > 0);
    assert!(!read.can_undo, "which part it is cannot be taken back");
    let after: DraftState = anna.ask("draft_start_over", json!({"draft": other}));
    assert_eq!(columns(&after.reading.unwrap()), columns(&there));
    // Asked for again, they are there already.
    let again: BroughtIn = anna.ask("bring_in_more", json!({"draft": first, "parts": parts}));
    assert_eq!(again, brought);
    let drafts: Vec<DraftNote> = anna.ask("drafts", json!({}));
    assert_eq!(drafts.iter().filter(|d| d.part.is_some()).count(), parts.len());
    let wrong = anna.refused("bring_in_more", json!({"draft": first, "parts": [{"about": "no_header"}]}));
    assert_eq!(wrong.code, RefusalCode::Invalid);
}

#[test]
fn what_is_said_while_a_file_is_read_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, product) = with_march(folder.path());
    for _ in 0..25 {
        let brought = anna.larder.bring_in_paths(&[practice("till_export_APRIL.csv")]);
        let draft = brought.items[0].draft.clone().unwrap();
        // The job that keeps and reads the file writes into the same draft.
        let _: DraftState = anna.ask("mean_draft_for", json!({"draft": draft, "product": product}));
        let choice = json!({"about": "row", "row": 9, "keep": false});
        let _: DraftState = anna.ask("draft_choose", json!({"draft": draft, "choice": choice}));
        let state = anna.until_read(&draft);
        assert_eq!(state.meant.map(|meant| meant.product.to_string()), Some(product.clone()));
        assert!(state.can_undo);
        let left = state.reading.unwrap().left_out;
        assert!(left.iter().any(|left| left.row == 9), "{left:?}");
        assert!(state.size_bytes > 1_000, "and it is kept");
    }
}

#[test]
fn a_draft_asked_for_from_many_sides_at_once_is_read_once_and_answers_them_all() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let home = folder.path().join("anna");
    let draft = {
        let anna = Person::at_shelf(&home, "Anna Mueller", &share);
        anna.drop_file(&practice("till_export_MARCH(2).csv"))
    };
    for _ in 0..12 {
        // Nothing is open yet: whoever comes second finds a draft whose job has only just been made.
        let anna = Person::start(TestHost::at(&home).of("Anna Mueller", "pc")).unwrap();
        std::thread::scope(|threads| {
            for _ in 0..8 {
                threads.spawn(|| {
                    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": draft}));
                    assert_eq!(plan.rows, 812);
                });
            }
        });
    }
}
