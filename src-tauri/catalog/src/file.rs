//! One database file: opened with the settings of this room, locked while that lasts, and checked for damage.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use larder_model::{Refusal, RefusalCode};
use rusqlite::{Connection, OpenFlags};

use crate::fault::{Fault, about, from_io};

/// How long a writer waits for another one.
pub(crate) const BUSY: Duration = Duration::from_secs(5);

/// How long opening waits for another process that opens, migrates or mends the same home.
const OPENING: Duration = Duration::from_secs(30);

/// Marks a file as Larder's own in the header of SQLite ("LRDR").
const APPLICATION_ID: i32 = 0x4c52_4452;

/// Held while a home is opened, migrated or mended, so that two processes never do so at once.
pub(crate) struct Opening {
    _file: Option<File>,
}

impl Opening {
    /// Makes the home folder if needed and waits for its lock. Where the file system knows no locks, goes on without.
    pub fn begin(home: &Path) -> Result<Self, Refusal> {
        std::fs::create_dir_all(home).map_err(|error| from_io(&error, home))?;
        let path = home.join("opening.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| from_io(&error, &path))?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Opening { _file: Some(file) }),
                Err(TryLockError::Error(_)) => return Ok(Opening { _file: None }),
                Err(TryLockError::WouldBlock) if started.elapsed() > OPENING => {
                    return Err(about(RefusalCode::Busy, &path).with("what", "opening.lock"));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }
}

/// How safely a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Safety {
    /// Every write is on the disk before it counts as done.
    Full,
    /// The last writes may be missing after a power cut; the file stays whole.
    Normal,
}

/// Opens or makes a database file. Nothing is read or written yet.
pub(crate) fn connect(path: &Path) -> Result<Connection, Fault> {
    // Without SQLITE_OPEN_URI: a folder named "file:x?mode=ro" is a folder.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Sets how the file is written and read. Another process that opens the same file at this moment is waited for.
pub(crate) fn settle(connection: &Connection, safety: Safety) -> Result<(), Fault> {
    let started = Instant::now();
    // SQLite answers "busy" at once here, whatever the timeout says, while another connection changes the mode.
    while let Err(error) = connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
        let fault = Fault::from(error);
        if !fault.is_busy() || started.elapsed() > BUSY {
            return Err(fault);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let synchronous = match safety {
        Safety::Full => "FULL",
        Safety::Normal => "NORMAL",
    };
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

/// The version that the file was last migrated to; 0 for a new one.
pub(crate) fn version(connection: &Connection) -> Result<u64, Fault> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    u64::try_from(version).map_err(|_| Fault::Shape("user_version".into()))
}

/// Writes the version and the mark that the file is Larder's. Part of the transaction that changes the tables.
pub(crate) fn set_version(connection: &Connection, version: usize) -> Result<(), Fault> {
    let version = i64::try_from(version).map_err(|_| Fault::Shape("user_version".into()))?;
    connection.pragma_update(None, "user_version", version)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(())
}

/// Reads the file through and says whether it is whole and Larder's own (or new).
pub(crate) fn check(connection: &Connection) -> Result<(), Fault> {
    let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application_id != APPLICATION_ID && tables > 0 {
        return Err(Fault::Shape("application_id".into()));
    }
    let answer: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(Fault::Shape(answer)) }
}

/// The files that SQLite keeps beside a database.
pub(crate) fn beside(path: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

/// Removes a file; one that is not there is fine.
pub(crate) fn remove(path: &Path) -> Result<(), Refusal> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(from_io(&error, path)),
        _ => Ok(()),
    }
}

/// Renames a file, in place of what had the name. On Windows virus scanners and backups hold for moments what was just written,
/// so that is waited for, two and a half seconds in all; elsewhere what is refused stays refused.
pub(crate) fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    let is_held = |e: &std::io::Error| cfg!(windows) && matches!(e.raw_os_error(), Some(5 | 32 | 33));
    for millis in [5, 10, 20, 40, 80, 160, 320, 640, 640, 640] {
        match std::fs::rename(from, to) {
            Err(error) if is_held(&error) => std::thread::sleep(Duration::from_millis(millis)),
            answer => return answer,
        }
    }
    std::fs::rename(from, to)
}

/// The size of a file; nothing where there is none.
pub(crate) fn size_bytes(path: &Path) -> Result<Option<u64>, Refusal> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(about(RefusalCode::IsAFolder, path)),
        Ok(found) => Ok(Some(found.len())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(from_io(&error, path)),
    }
}

#[cfg(all(test, windows))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::windows::fs::OpenOptionsExt;

    use super::*;

    // fault 6
    #[test]
    fn a_copy_that_a_scanner_holds_is_replaced_a_moment_later() {
        let home = tempfile::tempdir().unwrap();
        let (half, copy) = (home.path().join("catalog-daily.tmp"), home.path().join("catalog-daily.db"));
        std::fs::write(&half, "new").unwrap();
        std::fs::write(&copy, "old").unwrap();
        let scanner = OpenOptions::new().read(true).share_mode(1).open(&copy).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(100));
                drop(scanner);
            });
            rename(&half, &copy).unwrap();
        });
        assert_eq!(std::fs::read_to_string(&copy).unwrap(), "new");
    }
}
