//! What is put on the shelf while it is away, or paused: it waits on this computer, says so, and goes on by itself.

use std::fs;
use std::path::{Path, PathBuf};

use larder_actions::wire::{JobNote, PublishPlan, Sync, SyncState};
use larder_model::{DraftId, RefusalCode};
use larder_tests::person::Person;
use serde_json::json;

struct Stage {
    _folder: tempfile::TempDir,
    share: PathBuf,
    away: PathBuf,
    anna: Person,
    draft: DraftId,
}

fn stage() -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let (share, away) = (folder.path().join("share"), folder.path().join("unplugged"));
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let draft = described(&anna, folder.path(), "Price list");
    Stage { _folder: folder, share, away, anna, draft }
}

fn described(person: &Person, folder: &Path, title: &str) -> DraftId {
    let path = folder.join(format!("{title}.csv"));
    fs::write(&path, format!("Name,{title}\nRye,3.20\nRolls,0.45\nPretzel,0.95\n")).unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": title, "summary": "Prices.", "area": "Office"}));
    draft
}

fn sync(person: &Person) -> Sync {
    person.ask("sync", json!({}))
}

fn put(stage: &Stage) -> RefusalCode {
    let job: JobNote = stage.anna.ask("publish", json!({"draft": stage.draft}));
    stage.anna.finish(job).unwrap_err().code
}

#[test]
fn what_found_no_shelf_is_counted_and_goes_on_once_the_shelf_answers() {
    let stage = stage();
    fs::rename(&stage.share, &stage.away).unwrap();
    assert_eq!(put(&stage), RefusalCode::Unreachable);
    let said = sync(&stage.anna);
    assert!(matches!(said.state, SyncState::WorkingFromCopies { .. }), "{:?}", said.state);
    assert_eq!((said.waiting.len(), said.waiting[0].title.as_str()), (1, "Price list"));
    assert_eq!(said.waiting[0].refusal.as_ref().unwrap().code, RefusalCode::Unreachable);
    let plan: PublishPlan = stage.anna.ask("publish_plan", json!({"draft": stage.draft}));
    assert_eq!(plan.waiting.unwrap().draft, stage.draft);
    assert!(plan.refusal.unwrap().waiting_helps);
    // A look that fails again changes nothing; one that does not lets it go on.
    assert_eq!(stage.anna.look().unwrap_err().code, RefusalCode::Unreachable);
    assert_eq!(sync(&stage.anna).waiting.len(), 1);
    fs::rename(&stage.away, &stage.share).unwrap();
    stage.anna.look().unwrap();
    stage.anna.until_shelf_shows("Price list");
    let said = sync(&stage.anna);
    assert!(said.waiting.is_empty(), "{:?}", said.waiting);
}

#[test]
fn a_paused_shelf_is_left_alone_until_it_goes_on() {
    let stage = stage();
    let said: Sync = stage.anna.ask("pause", json!({"paused": true}));
    assert_eq!(said.state, SyncState::Paused);
    let before = names(&stage.share);
    assert_eq!(put(&stage), RefusalCode::Paused);
    let said = sync(&stage.anna);
    assert_eq!((said.state, said.waiting.len()), (SyncState::Paused, 1));
    assert_eq!(names(&stage.share), before, "nothing went to the shelf");
    // Somebody may look by hand; what waits goes on waiting.
    stage.anna.look().unwrap();
    assert_eq!(sync(&stage.anna).waiting.len(), 1);
    let said: Sync = stage.anna.ask("pause", json!({"paused": false}));
    assert_ne!(said.state, SyncState::Paused);
    stage.anna.until_shelf_shows("Price list");
}

#[test]
fn what_waits_survives_the_end_of_the_program_paused_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let home = folder.path().join("anna");
    let anna = Person::at_shelf(&home, "Anna", &share);
    let draft = described(&anna, folder.path(), "Price list");
    let _: Sync = anna.ask("pause", json!({"paused": true}));
    let job: JobNote = anna.ask("publish", json!({"draft": draft}));
    assert_eq!(anna.finish(job).unwrap_err().code, RefusalCode::Paused);
    drop(anna);
    let anna = Person::start(larder_tests::host::TestHost::at(&home).of("Anna", "pc")).unwrap();
    let start = std::time::Instant::now();
    while sync(&anna).waiting.is_empty() && start.elapsed().as_secs() < 30 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let said = sync(&anna);
    assert_eq!((said.state, said.waiting.len()), (SyncState::Paused, 1));
    let _: Sync = anna.ask("pause", json!({"paused": false}));
    anna.until_shelf_shows("Price list");
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(names(&entry.path()));
        }
        found.push(entry.path());
    }
    found.sort();
    found
}
