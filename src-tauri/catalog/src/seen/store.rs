//! The file `seen.db`, open: one connection that writes, one that reads, and both made anew when the file is damaged.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use larder_model::Refusal;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::backup::not_text;
use crate::fault::Fault;
use crate::file::{self, Opening, Safety};
use crate::seen::{index, releases};

/// The file's name.
const SEEN: &str = "seen.db";

/// The version of its tables. A file of any other version is emptied, not migrated: all of it stands on shelves.
const VERSION: usize = 1;

/// What stands on shelves, as this computer last saw it. May be used from several threads at once (readers do not wait
/// for the writer), and opened by several processes at once.
pub struct SeenStore {
    home: PathBuf,
    path: PathBuf,
    writer: Mutex<Option<Connection>>,
    reader: Mutex<Option<Connection>>,
    emptied: AtomicBool,
}

impl SeenStore {
    /// Opens what was seen; where it is missing, damaged or of another version, silently begins anew.
    ///
    /// # Errors
    /// `busy`, `no_permission`, `no_space`, `unreachable`.
    pub fn open(home: &Path) -> Result<Self, Refusal> {
        let path = home.join(SEEN);
        path.to_str().ok_or_else(|| not_text(&path))?;
        let store = SeenStore {
            home: home.to_owned(),
            path,
            writer: Mutex::new(None),
            reader: Mutex::new(None),
            emptied: AtomicBool::new(false),
        };
        // Opens both connections, so that the first keystroke does not wait for a writer.
        store.read(|_| Ok(()))?;
        Ok(store)
    }

    /// Whether it was begun anew since it was opened, so that shelves have to be looked through whole.
    pub fn was_emptied(&self) -> bool {
        self.emptied.load(Ordering::Relaxed)
    }

    /// Reads.
    pub(crate) fn read<T>(&self, work: impl Fn(&Connection) -> Result<T, Fault>) -> Result<T, Refusal> {
        self.mending(|| {
            // The writer makes the file where there is none. Never both locks at once but in the order of `mend`.
            if lock(&self.reader).is_none() {
                self.with(|_| Ok(()))?;
            }
            let mut slot = lock(&self.reader);
            if slot.is_none() {
                *slot = Some(self.open_reader()?);
            }
            match slot.as_ref() {
                Some(connection) => work(connection),
                None => Err(Fault::Shape(SEEN.to_owned())),
            }
        })
    }

    /// Writes, all or none.
    pub(crate) fn write<T>(&self, work: impl Fn(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, Refusal> {
        self.mending(|| {
            self.with(|connection| {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let done = work(&transaction)?;
                transaction.commit()?;
                Ok(done)
            })
        })
    }

    /// Does the work; where the file turns out to be damaged, opens it anew, and where that does not help begins it anew,
    /// and does the work once more.
    fn mending<T>(&self, work: impl Fn() -> Result<T, Fault>) -> Result<T, Refusal> {
        let mut done = work();
        for distrusted in [false, true] {
            if done.as_ref().is_err_and(Fault::is_damage) {
                done = self.mend(distrusted).and_then(|()| work());
            }
        }
        done.map_err(|fault| fault.refusal(&self.path))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut slot = lock(&self.writer);
        if slot.is_none() {
            let _opening = Opening::begin(&self.home)?;
            *slot = Some(match self.open_writer() {
                Err(fault) if fault.is_damage() => {
                    self.delete()?;
                    self.open_writer()?
                }
                opened => opened?,
            });
        }
        match slot.as_mut() {
            Some(connection) => work(connection),
            None => Err(Fault::Shape(SEEN.to_owned())),
        }
    }

    /// Closes the file, and deletes it unless another process has already put a whole one in its place. Where it is
    /// distrusted, because it looks whole and holds what does not read, deletes it in any case.
    fn mend(&self, distrusted: bool) -> Result<(), Fault> {
        let mut writer = lock(&self.writer);
        let mut reader = lock(&self.reader);
        *reader = None;
        *writer = None;
        let _opening = Opening::begin(&self.home)?;
        let whole = self.open_writer().and_then(|connection| {
            file::check(&connection)?;
            index::check(&connection)?;
            Ok(connection)
        });
        *writer = Some(match whole {
            Ok(connection) if !distrusted => connection,
            whole => {
                drop(whole);
                self.delete()?;
                self.open_writer()?
            }
        });
        Ok(())
    }

    fn delete(&self) -> Result<(), Fault> {
        for path in file::beside(&self.path).iter().chain([&self.path]) {
            file::remove(path)?;
        }
        Ok(())
    }

    fn open_writer(&self) -> Result<Connection, Fault> {
        let mut connection = file::connect(&self.path)?;
        file::settle(&connection, Safety::Normal)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if file::version(&transaction)? != VERSION as u64 {
            for table in tables(&transaction)? {
                transaction.execute_batch(&format!("DROP TABLE IF EXISTS \"{}\"", table.replace('"', "\"\"")))?;
            }
            transaction.execute_batch(releases::CREATE)?;
            transaction.execute_batch(index::CREATE)?;
            file::set_version(&transaction, VERSION)?;
            self.emptied.store(true, Ordering::Relaxed);
        }
        transaction.commit()?;
        Ok(connection)
    }

    fn open_reader(&self) -> Result<Connection, Fault> {
        let connection = file::connect(&self.path)?;
        file::settle(&connection, Safety::Normal)?;
        connection.pragma_update(None, "query_only", true)?;
        // The search index of ten thousand data products stays in memory between keystrokes.
        connection.pragma_update(None, "cache_size", -8_000)?;
        Ok(connection)
    }
}

/// The tables of a file of another version; those inside the search index go with it.
fn tables(connection: &Connection) -> Result<Vec<String>, Fault> {
    connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
                  ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'",
        )?
        .query_and_then([], |row| Ok(row.get(0)?))?
        .collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
