//! A home that is damaged, newer, or used twice; the sample that never mixes with one's own.

use std::fs;
use std::sync::Arc;

use larder_actions::Larder;
use larder_actions::wire::{FaultReport, JobNote, Start, World};
use larder_model::RefusalCode;
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::json;

#[test]
fn a_damaged_catalog_is_refused_by_name_and_can_be_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("anna");
    drop(Person::start(TestHost::at(&home)).unwrap());
    let catalog = home.join("own").join("catalog.db");
    fs::write(&catalog, b"this is not a database, and was one yesterday").unwrap();
    for ending in ["catalog.db-wal", "catalog.db-shm"] {
        let _ = fs::remove_file(home.join("own").join(ending));
    }
    let refusal = Person::start(TestHost::at(&home)).err().expect("damage is not passed over");
    assert_eq!(refusal.code, RefusalCode::Damaged);
    Larder::set_aside_damaged(&TestHost::at(&home)).unwrap();
    Person::start(TestHost::at(&home)).unwrap();
}

#[test]
fn a_catalog_of_a_newer_larder_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("anna");
    drop(Person::start(TestHost::at(&home)).unwrap());
    let catalog = home.join("own").join("catalog.db");
    let mut bytes = fs::read(&catalog).unwrap();
    // SQLite keeps `user_version` as a big-endian number at byte 60 of the file (file format 1.3.11).
    bytes[60..64].copy_from_slice(&9_999u32.to_be_bytes());
    fs::write(&catalog, &bytes).unwrap();
    let refusal = Person::start(TestHost::at(&home)).err().expect("a newer file is not opened");
    assert_eq!(refusal.code, RefusalCode::TooNew);
    assert_eq!(fs::read(&catalog).unwrap()[60..64], 9_999u32.to_be_bytes());
}

#[test]
fn what_is_known_of_the_shelf_may_be_deleted_at_any_time() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let home = folder.path().join("anna");
    let anna = Person::at_shelf(&home, "Anna", &share);
    let file = folder.path().join("prices.csv");
    fs::write(&file, "Name,Price\nRye,3.20\nRolls,0.45\nPretzel,0.95\n").unwrap();
    let draft = anna.drop_file(&file);
    anna.describe(&draft, json!({"title": "Price list", "summary": "Prices.", "area": "Office"}));
    anna.publish(&draft).unwrap();
    drop(anna);
    for name in ["seen.db", "seen.db-wal", "seen.db-shm"] {
        let _ = fs::remove_file(home.join("own").join(name));
    }
    let anna = Person::start(TestHost::at(&home)).unwrap();
    anna.until_shelf_shows("Price list");
}

#[test]
fn two_larders_on_one_home_do_not_lose_each_others_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("anna");
    let one = Person::start(TestHost::at(&home)).unwrap();
    let two = Person::start(TestHost::at(&home)).unwrap();
    let file = folder.path().join("prices.csv");
    fs::write(&file, "Name,Price\nRye,3.20\nRolls,0.45\nPretzel,0.95\n").unwrap();
    let threads: Vec<_> = [one, two]
        .into_iter()
        .map(|person| {
            let file = file.clone();
            std::thread::spawn(move || {
                for _ in 0..5 {
                    person.drop_file(&file);
                }
                5
            })
        })
        .collect();
    let brought: usize = threads.into_iter().map(|t| t.join().unwrap()).sum();
    let after = Person::start(TestHost::at(&home)).unwrap();
    let drafts: Vec<serde_json::Value> = after.ask("drafts", json!({}));
    assert_eq!(drafts.len(), brought);
}

#[test]
fn the_sample_bakery_is_a_world_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("anna");
    let someone = Person::start(TestHost::at(&home)).unwrap();
    let job: JobNote = someone.ask("enter_sample", json!({}));
    someone.finish(job).unwrap();
    let start: Start = someone.ask("start", json!({}));
    assert_eq!(start.world, World::Sample);
    assert!(start.practice_files.len() >= 5);
    let shelf = someone.shelf();
    assert_eq!((shelf.products, shelf.areas.len(), shelf.people), (8, 4, 5));
    let labels: Vec<_> = shelf.areas.iter().flat_map(|a| &a.labels).collect();
    let overdue = labels.iter().filter(|l| matches!(l.promise, Some(larder_model::PromiseState::Overdue { .. })));
    assert_eq!(overdue.map(|l| l.title.as_str()).collect::<Vec<_>>(), ["Deliveries"]);
    let to_fix = labels.iter().find(|l| l.title == "Waste diary").unwrap();
    assert!(to_fix.condition.to_fix >= 3, "{:?}", to_fix.condition);
    let sales = labels.iter().find(|l| l.title == "Till sales").unwrap();
    assert!(sales.rows > 30_000);
    let left: Start = someone.ask("leave_sample", json!({}));
    assert_eq!((left.world, left.shelf), (World::Fresh, None));
    assert!(someone.shelf().areas.is_empty(), "nothing of the sample is left in one's own world");
    // And back: it is there still, and not made again.
    let again: JobNote = someone.ask("enter_sample", json!({}));
    someone.finish(again).unwrap();
    assert_eq!(someone.shelf().products, 8);
}

#[test]
fn a_command_with_a_request_of_another_shape_is_refused_and_nothing_ends() {
    let folder = tempfile::tempdir().unwrap();
    let person = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    assert_eq!(person.refused("draft", json!({"draft": "../../etc"})).code, RefusalCode::Unknown);
    assert_eq!(person.refused("draft", json!({"draft": 7})).code, RefusalCode::Invalid);
    assert_eq!(person.refused("no_such_command", json!({})).code, RefusalCode::Unknown);
    let _: Start = person.ask("start", json!({}));
    assert!(Arc::strong_count(&person.larder) >= 1);
}

#[test]
fn a_fault_is_told_at_the_next_start_once() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("anna");
    let anna = Person::start(TestHost::at(&home)).unwrap();
    let crashes = home.join("crashes");
    fs::create_dir_all(&crashes).unwrap();
    fs::write(crashes.join("2026-03-04_16-20-00.txt"), "Larder met a fault of its own.\nplace x.rs:3\n").unwrap();
    let now: Start = anna.ask("start", json!({}));
    assert!(now.fault.is_none(), "what happens while it runs is told where it happens");
    drop(anna);

    let anna = Person::start(TestHost::at(&home)).unwrap();
    let start: Start = anna.ask("start", json!({}));
    assert!(start.fault.is_some());
    let report: FaultReport = anna.ask("fault_report", json!({}));
    assert!(report.text.contains("x.rs:3"), "{}", report.text);
    let start: Start = anna.ask("dismiss_fault", json!({}));
    assert!(start.fault.is_none());
    assert_eq!(anna.refused("fault_report", json!({})).code, RefusalCode::Unknown);
    drop(anna);
    let anna = Person::start(TestHost::at(&home)).unwrap();
    assert!(anna.ask::<Start>("start", json!({})).fault.is_none(), "told once");
}
