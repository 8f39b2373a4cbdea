//! The real program, killed in the middle: what was said to be saved is there, and the next start goes on.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use larder_tests::host::TestHost;
use larder_tests::person::Person;
use larder_tests::program;
use serde_json::{Value, json};

/// Rows enough that every step takes a moment.
const ROWS: usize = 30_000;

fn run(home: &Path, args: &[&str]) -> std::process::Child {
    Command::new(program("larder"))
        .args(args)
        .env("LARDER_HOME", home)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built before the tests")
}

fn ok(home: &Path, args: &[&str]) {
    assert!(run(home, args).wait().unwrap().success(), "{args:?}");
}

fn a_file(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("sales.csv");
    let mut text = String::from("Day,Article,Sold\n");
    for i in 0..ROWS {
        text.push_str(&format!("2026-{:02}-{:02},A{},{}\n", i % 12 + 1, i % 28 + 1, i % 97, i % 13));
    }
    fs::write(&path, text).unwrap();
    path
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

// fault 1
#[test]
fn a_publish_killed_at_any_moment_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let (home, share) = (folder.path().join("anna"), folder.path().join("share"));
    fs::create_dir(&share).unwrap();
    let file = a_file(folder.path());
    ok(&home, &["whoami", "--name", "Anna"]);
    ok(&home, &["shelf", "add", share.to_str().unwrap(), "--name", "Share"]);
    ok(&home, &["import", file.to_str().unwrap(), "--product", "Sales"]);
    ok(&home, &["describe", "Sales", "--summary", "What was sold.", "--area", "Shop"]);
    let (home_before, share_before) = (folder.path().join("anna-before"), folder.path().join("share-before"));
    copy_tree(&home, &home_before);
    copy_tree(&share, &share_before);
    let mut finished = 0;
    for step in 0..14u64 {
        fs::remove_dir_all(&home).unwrap();
        fs::remove_dir_all(&share).unwrap();
        copy_tree(&home_before, &home);
        copy_tree(&share_before, &share);
        let mut child = run(&home, &["publish", "Sales"]);
        std::thread::sleep(Duration::from_millis(step * 90));
        finished += u32::from(child.try_wait().unwrap().is_some_and(|s| s.success()));
        let _ = child.kill();
        child.wait().unwrap();
        let anna = Person::start(TestHost::at(&home).of("Anna", "pc")).unwrap();
        let drafts: Vec<Value> = anna.ask("drafts", json!({}));
        let publications = anna.shelf().products;
        assert!(!drafts.is_empty() || publications == 1, "step {step}: the work is gone");
        // If the intent was written, it is carried out by itself; else the draft is as it was, and is published now.
        if !drafts.is_empty() {
            let draft = serde_json::from_value(drafts[0]["id"].clone()).unwrap();
            anna.publish(&draft).unwrap();
        }
        anna.until_shelf_shows("Sales");
        assert_eq!(anna.shelf().products, 1, "step {step}: it stands there once");
        let card = &anna.shelf().areas[0].labels[0];
        assert_eq!(card.rows as usize, ROWS, "step {step}");
    }
    assert!(finished < 14, "at least one was killed before its end");
}

#[test]
fn an_import_killed_at_any_moment_loses_no_draft_and_leaves_none_half_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = a_file(folder.path());
    for step in 0..8u64 {
        let home = folder.path().join(format!("home-{step}"));
        let mut child = run(&home, &["import", file.to_str().unwrap()]);
        std::thread::sleep(Duration::from_millis(step * 40));
        let _ = child.kill();
        child.wait().unwrap();
        let anna = Person::start(TestHost::at(&home)).unwrap();
        let drafts: Vec<Value> = anna.ask("drafts", json!({}));
        for draft in drafts {
            let id = serde_json::from_value(draft["id"].clone()).unwrap();
            assert_eq!(anna.until_read(&id).reading.unwrap().rows as usize, ROWS, "step {step}");
        }
        let again = anna.drop_file(&file);
        assert_eq!(anna.until_read(&again).reading.unwrap().rows as usize, ROWS);
    }
}
