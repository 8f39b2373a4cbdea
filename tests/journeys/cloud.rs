//! A shelf in a folder of which a sync client has left the files in its cloud, as Nextcloud's virtual files do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use larder_actions::wire::{CardState, JobNote, NeedCode, Sync, SyncState, TodayPage, ViewNote};
use larder_model::RefusalCode;
use larder_tests::person::Person;
use larder_tests::program;
use serde_json::json;

/// Lets something stand in for every file below a folder; answers what is in the cloud then.
fn leave_in_cloud(share: &Path, folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    fs::write(share.join(".sync_0a1b2c3d4e5f.db"), b"journal").unwrap();
    let mut cloud = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            cloud.extend(leave_in_cloud(share, &path));
            continue;
        }
        cloud.push((path.clone(), fs::read(&path).unwrap()));
        fs::write(stand_in(&path), b" ").unwrap();
        fs::remove_file(&path).unwrap();
    }
    cloud
}

fn stand_in(path: &Path) -> PathBuf {
    path.with_file_name(format!("{}.nextcloud", path.file_name().unwrap().to_str().unwrap()))
}

fn bring(cloud: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in cloud {
        fs::write(path, bytes).unwrap();
        fs::remove_file(stand_in(path)).unwrap();
    }
}

fn is_told(person: &Person) -> bool {
    let today: TodayPage = person.ask("today", json!({}));
    today.needs.iter().any(|need| need.code == NeedCode::CloudOnly)
}

fn put(person: &Person, folder: &Path, title: &str) -> String {
    let path = folder.join(format!("{title}.csv"));
    fs::write(&path, format!("Name,{title}\nRye,3.20\nRolls,0.45\nPretzel,0.95\n")).unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": title, "summary": "Prices.", "area": "Office"}));
    person.publish(&draft).unwrap()
}

// fault 22
#[test]
fn what_a_sync_client_left_in_its_cloud_is_told_and_what_was_opened_stays_readable() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    let product = put(&anna, folder.path(), "Price list");
    ben.until_shelf_shows("Price list");
    ben.look().unwrap();
    assert!(ben.page(&product).rows_here && !is_told(&ben));

    let cloud = leave_in_cloud(&share, &share.join("larder-data"));
    ben.look().unwrap();
    assert!(is_told(&ben), "the person hears of it");
    let page = ben.page(&product);
    assert_eq!((page.rows_here, page.state), (true, CardState::Ready), "and can read what was opened before");
    let view: ViewNote = ben.ask("open_view", json!({"product": product, "release": null, "sorts": [], "filters": []}));
    assert_eq!(view.rows, 3);
    // Whoever would have to build upon words that are not here waits, and has nothing false said.
    let path = folder.path().join("Orders.csv");
    fs::write(&path, "Customer,Rolls\nCafe Nord,40\nSchool,120\n").unwrap();
    let draft = anna.drop_file(&path);
    anna.describe(&draft, json!({"title": "Orders", "summary": "Who gets what.", "area": "Office"}));
    let job: JobNote = anna.ask("publish", json!({"draft": draft}));
    assert_eq!(anna.finish(job).unwrap_err().code, RefusalCode::CloudOnly);
    let sync: Sync = anna.ask("sync", json!({}));
    assert_eq!(sync.waiting.len(), 1, "it waits and is not lost");

    bring(&cloud);
    anna.look().unwrap();
    ben.until_shelf_shows("Orders");
    ben.look().unwrap();
    assert!(!is_told(&ben) && !is_told(&anna), "once its client has brought it all, nothing is left to tell");
    let sync: Sync = ben.ask("sync", json!({}));
    assert!(matches!(sync.state, SyncState::UpToDate), "{:?}", sync.state);
}

// fault 22
#[test]
fn a_shelf_that_lies_in_a_cloud_is_not_joined_blindly_nor_founded_once_more() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    put(&anna, folder.path(), "Price list");
    drop(anna);
    let cloud = leave_in_cloud(&share, &share.join("larder-data"));
    let before = fs::read_dir(share.join("larder-data")).unwrap().count();
    let output = Command::new(program("larder"))
        .args(["shelf", "add", share.to_str().unwrap(), "--name", "Cem"])
        .env("LARDER_HOME", folder.path().join("cem"))
        .env("LC_ALL", "en_GB.UTF-8")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("lies in the cloud"), "{said}");
    assert_eq!(fs::read_dir(share.join("larder-data")).unwrap().count(), before, "nothing is written");
    bring(&cloud);
    let dora = Person::at_shelf(&folder.path().join("dora"), "Dora", &share);
    dora.until_shelf_shows("Price list");
}
