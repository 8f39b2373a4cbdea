//! Copies of the catalog: one before every migration, one a day, and the way back from them.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use larder_model::{Refusal, RefusalCode};
use rusqlite::Connection;

use crate::fault::{about, from_io};
use crate::file;
use crate::migrations::MIGRATIONS;

/// The precious file of a home.
pub(crate) const CATALOG: &str = "catalog.db";
const DAILY: &str = "catalog-daily.db";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Copies the catalog to `catalog-before-N.db`, where N is the version that it is about to be migrated to.
pub(crate) fn before_migration(connection: &Connection, home: &Path, version: usize) -> Result<(), Refusal> {
    copy_whole(connection, &home.join(format!("catalog-before-{version}.db")))
}

/// Copies a catalog that was just found whole to `catalog-daily.db`, unless that was done within the last day.
pub(crate) fn daily(connection: &Connection, home: &Path) -> Result<(), Refusal> {
    let path = home.join(DAILY);
    let made = std::fs::metadata(&path).and_then(|found| found.modified()).ok();
    // A copy from the future (the clock was wrong then) counts as old.
    let fresh = made.is_some_and(|made| SystemTime::now().duration_since(made).is_ok_and(|age| age < DAY));
    if fresh { Ok(()) } else { copy_whole(connection, &path) }
}

/// Whether there is any copy to go back to.
pub(crate) fn any(home: &Path) -> Result<bool, Refusal> {
    Ok(!newest_first(home)?.is_empty())
}

/// Writes a whole copy beside its place and moves it there, so that no copy is ever half a copy.
fn copy_whole(connection: &Connection, path: &Path) -> Result<(), Refusal> {
    let half = path.with_extension("tmp");
    file::remove(&half)?;
    let target = half.to_str().ok_or_else(|| not_text(&half))?;
    let mended = |fault: crate::fault::Fault| fault.refusal(&half);
    connection.execute("VACUUM INTO ?1", [target]).map_err(|error| mended(error.into()))?;
    sync(&half)?;
    file::rename(&half, path).map_err(|error| from_io(&error, path))
}

fn sync(path: &Path) -> Result<(), Refusal> {
    let file = std::fs::OpenOptions::new().write(true).open(path).map_err(|error| from_io(&error, path))?;
    file.sync_all().map_err(|error| from_io(&error, path))
}

/// A path that SQLite cannot be told.
pub(crate) fn not_text(path: &Path) -> Refusal {
    about(RefusalCode::Invalid, path).with("what", "path").with("value", path.display().to_string())
}

/// The copies in a home, the one written last first.
fn newest_first(home: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let entries = match std::fs::read_dir(home) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(from_io(&error, home)),
    };
    let mut copies: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_copy = name == DAILY || (name.starts_with("catalog-before-") && name.ends_with(".db"));
        if let (true, Ok(found)) = (is_copy, entry.metadata()) {
            copies.push((found.modified().unwrap_or(SystemTime::UNIX_EPOCH), entry.path()));
        }
    }
    copies.sort();
    copies.reverse();
    Ok(copies.into_iter().map(|(_, path)| path).collect())
}

/// Renames the catalog, with the files that belong to it, to the next free `catalog-damaged-N.db`; then puts the newest
/// whole copy in its place. `None` where there was no catalog to set aside.
pub(crate) fn set_aside(home: &Path) -> Result<Option<PathBuf>, Refusal> {
    let path = home.join(CATALOG);
    let aside = free_name(home)?;
    let found = file::size_bytes(&path)?.is_some();
    if found {
        file::rename(&path, &aside).map_err(|error| from_io(&error, &path))?;
    }
    for (from, to) in file::beside(&path).into_iter().zip(file::beside(&aside)) {
        // A log left behind would be played into whatever stands in the catalog's place next.
        if std::fs::exists(&from).unwrap_or(true) {
            file::rename(&from, &to).map_err(|error| from_io(&error, &from))?;
        }
    }
    for copy in newest_first(home)? {
        if restore(&copy, &path)? {
            break;
        }
        // Not deleted, and no longer taken for a way back.
        let aside = free_name(home)?;
        file::rename(&copy, &aside).map_err(|error| from_io(&error, &copy))?;
    }
    Ok(found.then_some(aside))
}

/// Puts a copy in the place of the catalog; false where the copy is not whole or not of a version that this Larder knows.
fn restore(copy: &Path, path: &Path) -> Result<bool, Refusal> {
    let half = path.with_extension("tmp");
    file::remove(&half)?;
    std::fs::copy(copy, &half).map_err(|error| from_io(&error, copy))?;
    let version = file::connect(&half).and_then(|connection| {
        file::check(&connection)?;
        file::version(&connection)
    });
    let usable = match version {
        Ok(version) => (1..=MIGRATIONS.len() as u64).contains(&version),
        Err(fault) if fault.is_damage() => false,
        Err(fault) => return Err(fault.refusal(copy)),
    };
    if usable {
        sync(&half)?;
        file::rename(&half, path).map_err(|error| from_io(&error, path))?;
    } else {
        file::remove(&half)?;
    }
    Ok(usable)
}

fn free_name(home: &Path) -> Result<PathBuf, Refusal> {
    (1..10_000)
        .map(|number| home.join(format!("catalog-damaged-{number}.db")))
        .find(|path| matches!(std::fs::exists(path), Ok(false)))
        .ok_or_else(|| about(RefusalCode::NoSpace, home))
}
