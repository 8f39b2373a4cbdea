//! Files that are damaged, cut off, missing or from a newer Larder.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use common::{assert_filled, draft, fill, label, seen};
use larder_catalog::{Catalog, SeenStore};
use larder_model::RefusalCode;

fn noise(size_bytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    (0..size_bytes)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        })
        .collect()
}

/// Opens the file as any program could and sets the version that a much newer Larder would.
fn from_the_future(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.pragma_update(None, "user_version", 9_999).unwrap();
}

/// A home that was filled, closed, and opened once more, which copies the catalog for the day.
fn filled_home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fill(&Catalog::open(home.path()).unwrap());
    drop(Catalog::open(home.path()).unwrap());
    assert!(home.path().join("catalog-daily.db").exists());
    home
}

#[test]
fn a_catalog_from_a_newer_larder_is_refused_and_left_alone() {
    let home = filled_home();
    let path = home.path().join("catalog.db");
    from_the_future(&path);
    let before = std::fs::read(&path).unwrap();
    let refusal = Catalog::open(home.path()).err().unwrap();
    assert_eq!(refusal.code, RefusalCode::TooNew);
    assert_eq!(refusal.params.get("what"), Some(&"catalog.db".into()));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_catalog_is_named_kept_aside_and_the_last_copy_put_back() {
    let whole = filled_home();
    let size_bytes = std::fs::metadata(whole.path().join("catalog.db")).unwrap().len() as usize;
    for (how, damage) in [
        ("random bytes", noise(size_bytes)),
        (
            "cut off in the middle",
            std::fs::read(whole.path().join("catalog.db")).unwrap()[..size_bytes / 2 + 100].to_vec(),
        ),
        ("cut off in the header", b"SQLite format 3\0".to_vec()),
        ("empty", Vec::new()),
        ("random bytes after the first page", {
            let mut bytes = std::fs::read(whole.path().join("catalog.db")).unwrap();
            let rest = noise(bytes.len() - 4_096);
            bytes[4_096..].copy_from_slice(&rest);
            bytes
        }),
    ] {
        let home = filled_home();
        let path = home.path().join("catalog.db");
        std::fs::write(&path, &damage).unwrap();
        let refusal = Catalog::open(home.path()).err().unwrap_or_else(|| panic!("{how}: opened"));
        assert_eq!(refusal.code, RefusalCode::Damaged, "{how}: {refusal}");
        assert_eq!(refusal.params.get("file"), Some(&"catalog.db".into()), "{how}");
        assert_eq!(std::fs::read(&path).unwrap(), damage, "{how}: nothing is touched before a person says so");

        let aside = Catalog::set_aside_damaged(home.path()).unwrap().unwrap();
        assert_eq!(aside, home.path().join("catalog-damaged-1.db"), "{how}");
        assert_eq!(std::fs::read(&aside).unwrap(), damage, "{how}");
        assert_filled(&Catalog::open(home.path()).unwrap(), how);
    }
}

#[test]
fn a_catalog_that_vanished_beside_its_copy_is_not_taken_for_a_new_home() {
    let home = filled_home();
    std::fs::remove_file(home.path().join("catalog.db")).unwrap();
    assert_eq!(Catalog::open(home.path()).err().unwrap().code, RefusalCode::Damaged);
    assert_eq!(Catalog::set_aside_damaged(home.path()).unwrap(), None);
    assert_filled(&Catalog::open(home.path()).unwrap(), "restored");
}

#[test]
fn a_damaged_copy_is_passed_over_for_an_older_whole_one() {
    let home = filled_home();
    let older = home.path().join("catalog-before-2.db");
    std::fs::copy(home.path().join("catalog-daily.db"), &older).unwrap();
    let hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    std::fs::File::options().write(true).open(&older).unwrap().set_modified(hour_ago).unwrap();
    for name in ["catalog.db", "catalog-daily.db"] {
        std::fs::write(home.path().join(name), noise(9_000)).unwrap();
    }
    Catalog::set_aside_damaged(home.path()).unwrap();
    assert_filled(&Catalog::open(home.path()).unwrap(), "the older copy");
}

#[test]
fn when_no_copy_is_whole_a_new_home_is_begun_and_nothing_is_deleted() {
    let home = filled_home();
    let (catalog, copy) = (noise(9_000), noise(7_000));
    std::fs::write(home.path().join("catalog.db"), &catalog).unwrap();
    std::fs::write(home.path().join("catalog-daily.db"), &copy).unwrap();
    Catalog::set_aside_damaged(home.path()).unwrap();
    assert!(Catalog::open(home.path()).unwrap().drafts().unwrap().is_empty());
    for (name, bytes) in [("catalog-damaged-1.db", catalog), ("catalog-damaged-2.db", copy)] {
        assert_eq!(std::fs::read(home.path().join(name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn with_no_copy_at_all_the_damaged_file_is_kept_and_a_new_home_begun() {
    let home = tempfile::tempdir().unwrap();
    for number in 1..=2 {
        std::fs::write(home.path().join("catalog.db"), noise(9_000)).unwrap();
        assert_eq!(Catalog::open(home.path()).err().unwrap().code, RefusalCode::Damaged);
        let aside = Catalog::set_aside_damaged(home.path()).unwrap().unwrap();
        assert_eq!(aside, home.path().join(format!("catalog-damaged-{number}.db")));
    }
    assert!(Catalog::open(home.path()).unwrap().drafts().unwrap().is_empty());
}

#[test]
fn a_log_of_the_damaged_catalog_is_never_played_into_the_restored_one() {
    let home = filled_home();
    let (catalog, log) = (home.path().join("catalog.db"), home.path().join("catalog.db-wal"));
    // A draft that exists in the log alone: the files as they are after a crash.
    let open = Catalog::open(home.path()).unwrap();
    open.put_draft(&draft("only-in-the-log")).unwrap();
    let after_crash = (std::fs::read(&catalog).unwrap(), std::fs::read(&log).unwrap());
    drop(open);
    std::fs::write(&catalog, &after_crash.0[..5_000]).unwrap();
    std::fs::write(&log, &after_crash.1).unwrap();
    let aside = Catalog::set_aside_damaged(home.path()).unwrap().unwrap();
    assert!(!log.exists() && aside.with_file_name("catalog-damaged-1.db-wal").exists());
    assert_filled(&Catalog::open(home.path()).unwrap(), "restored");
}

#[test]
fn another_programs_database_in_the_place_of_the_catalog_is_not_written_to() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("catalog.db");
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(Catalog::open(home.path()).err().unwrap().code, RefusalCode::Damaged);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_folder_in_the_place_of_a_file_is_said_so() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("catalog.db")).unwrap();
    assert_eq!(Catalog::open(home.path()).err().unwrap().code, RefusalCode::IsAFolder);
}

#[test]
fn a_damaged_or_newer_seen_file_is_silently_begun_anew() {
    for how in ["random bytes", "cut off", "newer"] {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("seen.db");
        SeenStore::open(home.path()).unwrap().put_release(&seen("till-sales", 1, label("Till sales"))).unwrap();
        match how {
            "random bytes" => std::fs::write(&path, noise(50_000)).unwrap(),
            "cut off" => {
                let bytes = std::fs::read(&path).unwrap();
                std::fs::write(&path, &bytes[..bytes.len() - 5_000]).unwrap();
            }
            _ => from_the_future(&path),
        }
        let store = SeenStore::open(home.path()).unwrap();
        assert!(store.was_emptied(), "{how}");
        assert!(store.latest(None).unwrap().is_empty() && store.find("till", 10).unwrap().is_empty(), "{how}");
        store.put_release(&seen("till-sales", 1, label("Till sales"))).unwrap();
        assert_eq!(store.find("till", 10).unwrap().len(), 1, "{how}");
        drop(store);
        let store = SeenStore::open(home.path()).unwrap();
        assert!(!store.was_emptied() && store.latest(None).unwrap().len() == 1, "{how}");
    }
}

#[test]
fn damage_deep_in_the_seen_file_is_mended_when_it_is_met() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("seen.db");
    let store = SeenStore::open(home.path()).unwrap();
    let rows: Vec<_> = (0..200).map(|n| seen(&format!("p{n}"), 1, label(&format!("Product {n}")))).collect();
    store.put_releases(&rows).unwrap();
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    let rest = noise(bytes.len() - 8_192);
    bytes[8_192..].copy_from_slice(&rest);
    std::fs::write(&path, &bytes).unwrap();
    let store = SeenStore::open(home.path()).unwrap();
    assert!(store.latest(None).unwrap().is_empty());
    assert!(store.find("product", 10).unwrap().is_empty());
    store.put_releases(&rows).unwrap();
    assert!(store.was_emptied());
    assert_eq!(store.latest(None).unwrap().len(), 200);
}

#[test]
fn a_seen_file_that_looks_whole_and_does_not_read_is_begun_anew() {
    let home = tempfile::tempdir().unwrap();
    let store = SeenStore::open(home.path()).unwrap();
    store.put_release(&seen("till-sales", 1, label("Till sales"))).unwrap();
    drop(store);
    let other = rusqlite::Connection::open(home.path().join("seen.db")).unwrap();
    other.execute("UPDATE releases SET card_json = '{'", []).unwrap();
    drop(other);
    let store = SeenStore::open(home.path()).unwrap();
    assert!(!store.was_emptied());
    assert!(store.latest(None).unwrap().is_empty());
    assert!(store.was_emptied());
}

#[test]
fn a_seen_file_deleted_while_it_is_closed_is_no_loss() {
    let home = tempfile::tempdir().unwrap();
    drop(SeenStore::open(home.path()).unwrap());
    std::fs::remove_file(home.path().join("seen.db")).unwrap();
    assert!(SeenStore::open(home.path()).unwrap().was_emptied());
}
