//! A folder of monthly files becomes one data product, with its odd ones listed.

use std::fs;
use std::path::{Path, PathBuf};

use larder_actions::wire::{BroughtItem, DraftNote, Event, JobKind};
use larder_model::RefusalCode;
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::json;

fn anna(folder: &Path) -> Person {
    Person::start(TestHost::at(&folder.join("anna"))).unwrap()
}

/// A folder with these files in it.
fn filled(at: &Path, name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = at.join(name);
    fs::create_dir(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn month(month: u32) -> String {
    let row = |day: u32| format!("{day:02}.{month:02}.2026;00{day};{},50\n", month * day);
    format!("Day;Article;Takings\n{}", (13..=16).map(row).collect::<String>())
}

fn names(items: &[BroughtItem]) -> Vec<&str> {
    items.iter().map(|item| item.file_name.as_str()).collect()
}

fn code(item: &BroughtItem) -> Option<RefusalCode> {
    item.refusal.as_ref().map(|refusal| refusal.code)
}

#[test]
fn a_folder_of_monthly_files_is_one_draft_with_the_odd_one_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let months: Vec<String> = [1, 2, 10, 11].into_iter().map(month).collect();
    let folder = filled(
        home.path(),
        "till_reports 2026",
        &[
            ("till 10.csv", &months[2]),
            ("till 2.csv", &months[1]),
            ("till 1.csv", &months[0]),
            ("till 11.csv", &months[3]),
            ("Prices.csv", "Article No;Price\n001;2,50\n002;3,50\n"),
            ("letter.pdf", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
            ("~$till 1.xlsx", "owner"),
            (".DS_Store", "\0\0\0\x01Bud1"),
            ("read me.txt", "Here are the reports of the till.\nOne for each month.\n"),
        ],
    );
    fs::create_dir(folder.join("old")).unwrap();
    fs::write(folder.join("old/till 0.csv"), &months[0]).unwrap();
    let anna = anna(home.path());
    let brought = anna.larder.bring_in_paths(std::slice::from_ref(&folder));
    assert_eq!(names(&brought.items), ["till_reports 2026", "Prices.csv"], "{:?}", brought.items);
    assert_eq!((code(&brought.items[0]), code(&brought.items[1])), (None, Some(RefusalCode::ColumnsDiffer)));
    let state = anna.until_read(brought.items[0].draft.as_ref().unwrap());
    assert_eq!(state.file_name, "till 1.csv");
    let joined: Vec<&str> = state.joined.iter().map(|note| note.file_name.as_str()).collect();
    assert_eq!(joined, ["till 2.csv", "till 10.csv", "till 11.csv"], "2 before 10");
    assert!(state.joined.iter().all(|note| note.refusal.is_none()), "{:?}", state.joined);
    let label: larder_actions::wire::LabelState = anna.ask("draft_label", json!({"draft": state.id}));
    assert_eq!((label.label.title.as_str(), label.rows), ("Till reports 2026", 16));
    let open: Vec<DraftNote> = anna.ask("drafts", json!({}));
    assert_eq!(open.len(), 2, "the odd one waits as a draft of its own");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 10, "nothing is written into the folder");
}

#[test]
fn months_in_names_go_by_the_calendar() {
    let home = tempfile::tempdir().unwrap();
    let (a, b, c) = (month(1), month(3), month(4));
    let folder =
        filled(home.path(), "till", &[("Kasse April.csv", &c), ("Kasse Januar.csv", &a), ("Kasse März.csv", &b)]);
    let anna = anna(home.path());
    let brought = anna.larder.bring_in_paths(&[folder]);
    let state = anna.until_read(brought.items[0].draft.as_ref().unwrap());
    let joined: Vec<&str> = state.joined.iter().map(|note| note.file_name.as_str()).collect();
    assert_eq!((state.file_name.as_str(), joined), ("Kasse Januar.csv", vec!["Kasse März.csv", "Kasse April.csv"]));
}

#[test]
fn the_first_file_may_be_the_odd_one_and_rows_come_in_once() {
    let home = tempfile::tempdir().unwrap();
    let (one, two) = (month(1), month(2));
    let folder = filled(
        home.path(),
        "till",
        &[
            ("0 people.csv", "Name,Phone\nAnna,123\nBen,456\n"),
            ("till 1.csv", &one),
            ("till 2.csv", &two),
            ("till 2 (copy).csv", &two),
            ("till 1.tsv", &one.replace(';', "\t")),
            ("till 3.csv", ""),
        ],
    );
    let anna = anna(home.path());
    let brought = anna.larder.bring_in_paths(&[folder]);
    let state = anna.until_read(brought.items[0].draft.as_ref().unwrap());
    assert_eq!(state.joined.len(), 1, "{:?}", brought.items);
    let told: Vec<(&str, Option<RefusalCode>)> =
        brought.items[1..].iter().map(|item| (item.file_name.as_str(), code(item))).collect();
    use RefusalCode::{ColumnsDiffer, Empty, SameRows};
    assert_eq!(
        told,
        [
            ("0 people.csv", Some(ColumnsDiffer)),
            ("till 1.tsv", Some(SameRows)),
            ("till 2 (copy).csv", Some(SameRows)),
            ("till 3.csv", Some(Empty)),
        ]
    );
}

#[test]
fn a_folder_without_a_spreadsheet_is_said_in_one_sentence() {
    let home = tempfile::tempdir().unwrap();
    let anna = anna(home.path());
    let empty = filled(home.path(), "empty", &[]);
    let letters = filled(home.path(), "letters", &[("a.pdf", "%PDF-1.7\n"), ("b.txt", "Dear Ben,\nthank you.\n")]);
    for folder in [empty, letters] {
        let brought = anna.larder.bring_in_paths(&[folder]);
        assert_eq!(brought.items.len(), 1);
        assert_eq!(code(&brought.items[0]), Some(RefusalCode::NoSpreadsheet), "{:?}", brought.items);
    }
    let open: Vec<DraftNote> = anna.ask("drafts", json!({}));
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn one_file_in_a_folder_comes_in_as_if_it_had_been_dropped() {
    let home = tempfile::tempdir().unwrap();
    let anna = anna(home.path());
    let folder = filled(home.path(), "one", &[("till_MARCH.csv", &month(3))]);
    let brought = anna.larder.bring_in_paths(&[folder]);
    assert_eq!(names(&brought.items), ["till_MARCH.csv"]);
    assert!(anna.until_read(brought.items[0].draft.as_ref().unwrap()).joined.is_empty());
}

#[test]
fn a_folder_that_takes_long_says_how_far_it_is_and_stops_when_asked() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("months");
    fs::create_dir(&folder).unwrap();
    for file in 0..120 {
        fs::write(folder.join(format!("till {file}.csv")), month(1 + file % 12).repeat(20)).unwrap();
    }
    let anna = anna(home.path());
    let heard = anna.host.listen();
    let larder = anna.larder.clone();
    let bringing = std::thread::spawn(move || larder.bring_in_paths(&[folder]));
    let far = heard.iter().find_map(|event| match event {
        Event::Job { job } if job.kind == JobKind::Bring && job.done > 0 => Some(job),
        _ => None,
    });
    let far = far.unwrap();
    assert_eq!((far.about.as_str(), far.of), ("months", 120));
    anna.ask::<serde_json::Value>("cancel_job", json!({"job": far.id}));
    let items = bringing.join().unwrap().items;
    assert_eq!((names(&items), code(&items[0])), (vec!["months"], Some(RefusalCode::Cancelled)));
    let drafts: Vec<DraftNote> = anna.ask("drafts", json!({}));
    assert!(drafts.is_empty(), "nothing of half a folder stays: {drafts:?}");
}
