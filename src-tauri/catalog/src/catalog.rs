//! The precious file of a home, open.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use larder_model::{Refusal, RefusalCode};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::backup::{self, CATALOG};
use crate::fault::{Fault, about, damaged};
use crate::file::{self, Opening, Safety};
use crate::migrations::{MIGRATIONS, migrate};

/// What this computer knows and nobody else could give back: settings, shelves, trust, drafts, history. May be used from
/// several threads at once, and opened by several processes at once.
pub struct Catalog {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Catalog {
    /// Opens the catalog of a home folder, makes it where there is none, and migrates an older one after copying it to
    /// `catalog-before-N.db`.
    ///
    /// # Errors
    /// `too_new` where a newer Larder wrote it; `damaged` where it is not whole, or is missing or empty beside copies of
    /// itself ([`Catalog::set_aside_damaged`] goes on from there); `busy`, `no_permission`, `no_space`, `unreachable`.
    pub fn open(home: &Path) -> Result<Self, Refusal> {
        let _opening = Opening::begin(home)?;
        let path = home.join(CATALOG);
        path.to_str().ok_or_else(|| backup::not_text(&path))?;
        let is_new = file::size_bytes(&path)?.unwrap_or(0) == 0;
        if is_new && backup::any(home)? {
            return Err(damaged(&path, "missing or empty"));
        }
        let refused = |fault: Fault| fault.refusal(&path);
        let mut connection = file::connect(&path).map_err(refused)?;
        let version = file::version(&connection).map_err(refused)?;
        if version > MIGRATIONS.len() as u64 {
            return Err(about(RefusalCode::TooNew, &path).with("what", CATALOG));
        }
        file::check(&connection).map_err(refused)?;
        if (1..MIGRATIONS.len() as u64).contains(&version) {
            backup::before_migration(&connection, home, MIGRATIONS.len())?;
        }
        file::settle(&connection, Safety::Full).map_err(refused)?;
        migrate(&mut connection, MIGRATIONS).map_err(refused)?;
        if !is_new {
            // A catalog that cannot be copied today can still be used today.
            let _ = backup::daily(&connection, home);
        }
        Ok(Catalog { path, connection: Mutex::new(connection) })
    }

    /// After `damaged`: renames the catalog to `catalog-damaged-N.db` (never deletes it) and puts the newest whole copy
    /// in its place, if there is one. Nobody may have the catalog open. Answers where the damaged file stands now; `None`
    /// where there was none. After this, [`Catalog::open`] succeeds.
    ///
    /// # Errors
    /// `no_permission`, `locked` or `unreachable` where the file cannot be renamed.
    pub fn set_aside_damaged(home: &Path) -> Result<Option<PathBuf>, Refusal> {
        let _opening = Opening::begin(home)?;
        backup::set_aside(home)
    }

    /// Reads, or writes one statement.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Refusal> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&connection).map_err(|fault| fault.refusal(&self.path))
    }

    /// Writes several statements, all or none.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, Refusal> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        whole().map_err(|fault: Fault| fault.refusal(&self.path))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_written_ahead_fully_synced_and_with_foreign_keys() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let settled = |name: &str| {
            catalog
                .with(|connection| {
                    Ok(connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?)
                })
                .unwrap()
        };
        assert_eq!(settled("journal_mode"), rusqlite::types::Value::Text("wal".into()));
        assert_eq!(settled("synchronous"), rusqlite::types::Value::Integer(2));
        assert_eq!(settled("foreign_keys"), rusqlite::types::Value::Integer(1));
    }

    #[test]
    fn from_every_number_of_steps_a_catalog_becomes_todays_and_a_copy_of_before_is_kept() {
        for done in 1..MIGRATIONS.len() {
            let home = tempfile::tempdir().unwrap();
            let mut connection = file::connect(&home.path().join(CATALOG)).unwrap();
            migrate(&mut connection, &MIGRATIONS[..done]).unwrap();
            connection.execute("INSERT INTO settings (name, value_json) VALUES ('language', '\"de\"')", []).unwrap();
            drop(connection);
            let catalog = Catalog::open(home.path()).unwrap();
            assert_eq!(catalog.setting::<String>("language").unwrap(), Some("de".into()), "{done} steps");
            assert_eq!(catalog.with(file::version).unwrap(), MIGRATIONS.len() as u64);
            let copy = home.path().join(format!("catalog-before-{}.db", MIGRATIONS.len()));
            assert_eq!(file::version(&file::connect(&copy).unwrap()).unwrap(), done as u64);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let home = tempfile::tempdir().unwrap();
        let mut connection = file::connect(&home.path().join(CATALOG)).unwrap();
        let steps = ["CREATE TABLE first (x TEXT) STRICT;", "CREATE TABLE second (x TEXT) STRICT; SELECT nonsense;"];
        assert!(migrate(&mut connection, &steps).is_err());
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!((tables, file::version(&connection).unwrap()), (0, 0));
    }

    #[test]
    fn when_work_fails_in_the_middle_nothing_of_it_stays() {
        let home = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(home.path()).unwrap();
        let refused = catalog.write(|transaction| {
            transaction.execute("INSERT INTO settings (name, value_json) VALUES ('a', '1')", [])?;
            Err::<(), _>(Fault::Shape("made up".into()))
        });
        assert_eq!(refused.unwrap_err().code, RefusalCode::Damaged);
        assert_eq!(catalog.setting::<u8>("a").unwrap(), None);
    }
}
