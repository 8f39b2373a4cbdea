//! A shelf's folder that is gone, read-only or full: true words, nothing lost.

use std::fs;
use std::path::Path;

use larder_actions::wire::{JobNote, PlaceProbe, Sync, SyncState};
use larder_model::RefusalCode;
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::{Value, json};

fn prices(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("prices.csv");
    fs::write(&path, "Name,Price\nRye,3.20\nRolls,0.45\nPretzel,0.95\n").unwrap();
    path
}

fn described(person: &Person, folder: &Path) -> larder_model::DraftId {
    let draft = person.drop_file(&prices(folder));
    person.describe(&draft, json!({"title": "Price list", "summary": "Prices.", "area": "Office"}));
    draft
}

#[test]
fn a_shelf_that_is_gone_leaves_the_copies_on_this_computer() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let draft = described(&anna, folder.path());
    let product = anna.publish(&draft).unwrap();
    fs::rename(&share, folder.path().join("unplugged")).unwrap();
    assert_eq!(anna.look().unwrap_err().code, RefusalCode::Unreachable);
    let sync: Sync = anna.ask("sync", json!({}));
    assert!(matches!(sync.state, SyncState::WorkingFromCopies { .. }), "{:?}", sync.state);
    assert_eq!(anna.shelf().products, 1);
    assert!(anna.page(&product).rows_here);
    fs::rename(folder.path().join("unplugged"), &share).unwrap();
    anna.look().unwrap();
}

#[test]
fn a_publication_that_found_no_shelf_goes_on_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let home = folder.path().join("anna");
    let anna = Person::at_shelf(&home, "Anna", &share);
    let draft = described(&anna, folder.path());
    fs::rename(&share, folder.path().join("unplugged")).unwrap();
    let job: JobNote = anna.ask("publish", json!({"draft": draft}));
    assert_eq!(anna.finish(job).unwrap_err().code, RefusalCode::Unreachable);
    drop(anna);
    fs::rename(folder.path().join("unplugged"), &share).unwrap();
    let anna = Person::start(TestHost::at(&home).of("Anna", "pc")).unwrap();
    anna.until_shelf_shows("Price list");
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_only_be_read_says_so_in_its_checks() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    fs::set_permissions(&share, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(share.join("probe"), b"x").is_ok() {
        // The administrator may write anywhere; the rooms' own tests refuse writes by themselves.
        return;
    }
    let host = TestHost::at(&folder.path().join("anna"));
    host.answer_folder(&share);
    let anna = Person::start(host).unwrap();
    let place: Value = anna.ask("choose_folder", json!({}));
    let probe: PlaceProbe = anna.ask("probe_place", json!({"place": place["id"]}));
    assert!(probe.can_read && !probe.can_write);
    fs::set_permissions(&share, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_folder_that_is_not_there_is_told_apart_from_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let host = TestHost::at(&folder.path().join("anna"));
    host.answer_folder(&folder.path().join("no such folder"));
    let anna = Person::start(host).unwrap();
    let place: Value = anna.ask("choose_folder", json!({}));
    let probe: PlaceProbe = anna.ask("probe_place", json!({"place": place["id"]}));
    assert!(probe.refusal.is_some_and(|r| r.code == RefusalCode::Unreachable || r.code == RefusalCode::NotFound));
}

#[test]
fn a_place_that_was_never_offered_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let refusal = anna.refused("probe_place", json!({"place": "/etc"}));
    assert_eq!(refusal.code, RefusalCode::Unknown);
}
