//! Catalogs of every version that was ever shipped open with all that was in them.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};

use common::{assert_filled, fill};
use larder_catalog::Catalog;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("..").join("tests").join("fixtures").join("catalogs")
}

fn version_of(path: &Path) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// A catalog is kept from every version: with `LARDER_REGENERATE=1` this makes the one of today, where there is none
/// yet. One that is there is never made anew.
#[test]
fn a_catalog_of_todays_version_is_kept() {
    let home = tempfile::tempdir().unwrap();
    fill(&Catalog::open(home.path()).unwrap());
    let path = home.path().join("catalog.db");
    let kept = fixtures().join(format!("v{}.db", version_of(&path)));
    if std::env::var_os("LARDER_REGENERATE").is_some() && !kept.exists() {
        std::fs::create_dir_all(fixtures()).unwrap();
        std::fs::copy(&path, &kept).unwrap();
    }
    assert!(kept.exists(), "{} is missing: run this test once with LARDER_REGENERATE=1", kept.display());
}

#[test]
fn every_kept_catalog_opens_with_all_that_was_in_it() {
    let mut opened = 0;
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let kept = entry.unwrap().path();
        if kept.extension().is_none_or(|extension| extension != "db") {
            continue;
        }
        let home = tempfile::tempdir().unwrap();
        std::fs::copy(&kept, home.path().join("catalog.db")).unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        assert_filled(&catalog, &kept.display().to_string());
        opened += 1;
    }
    assert!(opened > 0);
}

#[test]
fn opening_twice_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    fill(&Catalog::open(home.path()).unwrap());
    for _ in 0..3 {
        assert_filled(&Catalog::open(home.path()).unwrap(), "again");
    }
    let names: Vec<String> = std::fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("before") || name.ends_with(".tmp"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
}
