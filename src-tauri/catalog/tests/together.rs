//! Several threads and several processes on one home.
#![allow(clippy::unwrap_used)]

mod common;

use std::process::{Child, Command};

use common::{draft, label, product, seen};
use larder_catalog::{Catalog, JournalRow, SeenStore};
use larder_model::Params;

const HOME: &str = "LARDER_TEST_HOME";
const LINES: usize = 40;

fn line(who: &str) -> JournalRow {
    JournalRow {
        id: 0,
        at: "2026-03-02T08:00:00Z".into(),
        code: "published".into(),
        params: Params::new(),
        product: None,
        who: who.into(),
    }
}

/// Not a test of its own: what [`processes_that_open_and_write_at_once_lose_nothing`] runs several times at once.
#[test]
#[ignore = "started by another test"]
fn one_of_several_processes() {
    let home = std::path::PathBuf::from(std::env::var_os(HOME).unwrap());
    let who = format!("p{}", std::process::id());
    let catalog = Catalog::open(&home).unwrap();
    let store = SeenStore::open(&home).unwrap();
    for n in 0..LINES {
        catalog.note(&line(&who)).unwrap();
        catalog.put_draft(&draft(&format!("{who}-{n}"))).unwrap();
        store.put_release(&seen(&format!("{who}-{n}"), 1, label("Till sales"))).unwrap();
    }
}

#[test]
fn processes_that_open_and_write_at_once_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let start = || -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "one_of_several_processes"])
            .env(HOME, home.path())
            .spawn()
            .unwrap()
    };
    let children: Vec<Child> = (0..3).map(|_| start()).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let catalog = Catalog::open(home.path()).unwrap();
    assert_eq!(catalog.journal(0, 1).unwrap().1, 3 * LINES as u64);
    assert_eq!(catalog.drafts().unwrap().len(), 3 * LINES);
    let store = SeenStore::open(home.path()).unwrap();
    assert_eq!(store.latest(None).unwrap().len(), 3 * LINES);
    assert_eq!(store.find("till", 500).unwrap().len(), 3 * LINES);
}

#[test]
fn threads_share_one_catalog() {
    let home = tempfile::tempdir().unwrap();
    let catalog = Catalog::open(home.path()).unwrap();
    std::thread::scope(|scope| {
        for who in ["anna", "bojan", "chiara"] {
            let catalog = &catalog;
            scope.spawn(move || {
                for n in 0..LINES {
                    catalog.note(&line(who)).unwrap();
                    catalog.touch_recent("product", &format!("{who}-{n}"), "2026-03-02T08:00:00Z").unwrap();
                    catalog.set_follow(&product(who), n % 2 == 0).unwrap();
                }
            });
        }
    });
    assert_eq!(catalog.journal(0, 1).unwrap().1, 3 * LINES as u64);
    assert_eq!(catalog.recents(500).unwrap().len(), 3 * LINES);
    assert!(catalog.follows().unwrap().is_empty());
}

#[test]
fn a_writer_waits_for_another_that_takes_its_time() {
    let home = tempfile::tempdir().unwrap();
    let catalog = Catalog::open(home.path()).unwrap();
    let other = rusqlite::Connection::open(home.path().join("catalog.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| catalog.put_draft(&draft("d1")));
        std::thread::sleep(std::time::Duration::from_millis(400));
        assert!(!writing.is_finished());
        other.execute_batch("COMMIT").unwrap();
        writing.join().unwrap().unwrap();
    });
    assert_eq!(catalog.drafts().unwrap().len(), 1);
}

#[test]
fn a_reader_does_not_wait_for_a_writer() {
    let home = tempfile::tempdir().unwrap();
    let store = SeenStore::open(home.path()).unwrap();
    store.put_release(&seen("till-sales", 1, label("Till sales"))).unwrap();
    let other = rusqlite::Connection::open(home.path().join("seen.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; DELETE FROM releases").unwrap();
    let started = std::time::Instant::now();
    assert_eq!(store.find("till", 10).unwrap().len(), 1);
    assert_eq!(store.latest(None).unwrap().len(), 1);
    assert!(started.elapsed() < std::time::Duration::from_secs(3), "{:?}", started.elapsed());
}
