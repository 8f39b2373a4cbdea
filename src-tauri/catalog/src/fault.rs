//! What can go wrong inside this room, and the refusal that it becomes at the door.

use std::path::Path;

use larder_model::{Refusal, RefusalCode};
use rusqlite::ErrorCode;

/// An error on its way to the door.
#[derive(Debug)]
pub(crate) enum Fault {
    /// What SQLite answered.
    Sql(rusqlite::Error),
    /// Stored text that does not read as what it should be: which column.
    Shape(String),
    /// Already in its final form.
    Refused(Refusal),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Fault::Sql(error)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal)
    }
}

impl Fault {
    /// True where the bytes of the file are not what a database should be.
    pub fn is_damage(&self) -> bool {
        match self {
            Fault::Sql(rusqlite::Error::SqliteFailure(error, _)) => {
                matches!(error.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
            }
            Fault::Sql(
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::Utf8Error(..),
            )
            | Fault::Shape(_) => true,
            _ => false,
        }
    }

    /// True where another connection was in the way and waiting may help.
    pub fn is_busy(&self) -> bool {
        matches!(self, Fault::Sql(rusqlite::Error::SqliteFailure(error, _))
            if matches!(error.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
    }

    /// The refusal about the database at this path.
    pub fn refusal(self, path: &Path) -> Refusal {
        if self.is_damage() {
            let detail = match &self {
                Fault::Sql(error) => error.to_string(),
                Fault::Shape(column) => column.clone(),
                Fault::Refused(refusal) => refusal.to_string(),
            };
            return damaged(path, &detail);
        }
        let error = match self {
            Fault::Refused(refusal) => return refusal,
            Fault::Shape(column) => return damaged(path, &column),
            Fault::Sql(error) => error,
        };
        let code = match &error {
            rusqlite::Error::SqliteFailure(error, _) => match error.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => RefusalCode::Busy,
                ErrorCode::DiskFull => RefusalCode::NoSpace,
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied => RefusalCode::NoPermission,
                ErrorCode::CannotOpen => unopened(path),
                ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed => RefusalCode::Unreachable,
                ErrorCode::TooBig => RefusalCode::TooLarge,
                _ => RefusalCode::Bug,
            },
            _ => RefusalCode::Bug,
        };
        about(code, path).with("what", file_name(path)).with("detail", error.to_string())
    }
}

/// SQLite says "cannot open" for everything; the operating system knows more.
fn unopened(path: &Path) -> RefusalCode {
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => RefusalCode::IsAFolder,
        Ok(_) => RefusalCode::NoPermission,
        Err(error) => match Refusal::from_io(&error, "").code {
            // No such file, and it could not be made either.
            RefusalCode::NotFound => RefusalCode::NoPermission,
            code => code,
        },
    }
}

/// A database file whose bytes are not what they should be.
pub(crate) fn damaged(path: &Path, detail: &str) -> Refusal {
    about(RefusalCode::Damaged, path).with("detail", detail)
}

/// A refusal that names a file of this room.
pub(crate) fn about(code: RefusalCode, path: &Path) -> Refusal {
    Refusal::new(code).with("file", file_name(path)).with("path", path.display().to_string())
}

/// What the operating system answered about a file of this room.
pub(crate) fn from_io(error: &std::io::Error, path: &Path) -> Refusal {
    Refusal::from_io(error, &path.display().to_string()).with("file", file_name(path))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_does_not_read_is_damage_and_names_the_file() {
        let refusal = Fault::Shape("label_json".into()).refusal(Path::new("home").join("catalog.db").as_path());
        assert_eq!(refusal.code, RefusalCode::Damaged);
        assert_eq!(refusal.params.get("file"), Some(&"catalog.db".into()));
    }

    #[test]
    fn a_folder_in_the_place_of_the_file_is_told_apart_from_a_missing_right() {
        let home = tempfile::tempdir().expect("a folder of its own");
        assert_eq!(unopened(home.path()), RefusalCode::IsAFolder);
        assert_eq!(unopened(&home.path().join("no").join("where")), RefusalCode::NoPermission);
    }
}
