//! Why something was not done. The interface and the command line hold the words, a set for each code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Param, Params};

/// What kind of refusal. Texts are in the words under `refusal-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// Not a spreadsheet at all \[file, what\]; `what` is `pdf`, `image`, `word`, `zip`, `program`, `mail`, `web` or `other`.
    NotATable,
    /// Nothing in it \[file\].
    Empty,
    /// The file is broken \[file, detail\].
    Damaged,
    /// Needs a password, which opens it \[file\].
    PasswordProtected,
    /// Not opened by the password that was given \[file\].
    WrongPassword,
    /// Locked in a way that Larder does not open, whatever the password \[file\].
    CannotUnlock,
    /// Another program holds it and lets nobody read \[file\].
    Locked,
    /// Too large for this computer \[file, limit\].
    TooLarge,
    /// No file there \[file\].
    NotFound,
    /// A folder where a file was expected \[file\].
    IsAFolder,
    /// A folder without any spreadsheet \[file\].
    NoSpreadsheet,
    /// A folder with more files than come in at once \[file, limit\].
    TooManyFiles,
    /// A file of a folder whose rows came in with another one already \[file\].
    SameRows,
    /// Something was dropped that is no file, as mail programs do.
    NoFile,
    /// Not allowed to read or write here \[path\].
    NoPermission,
    /// No room left \[path, needed_bytes\].
    NoSpace,
    /// The place does not answer \[path\].
    Unreachable,
    /// The place does not take the name or password \[path\].
    SignIn,
    /// The place cannot prove that it is the one that was meant \[path, detail\].
    Certificate,
    /// The server's key is not known yet, or not the one it had \[path, fingerprint, known\]; `known` only where it changed.
    HostKey,
    /// This computer's clock and the place's are too far apart to sign in \[path\].
    Clock,
    /// The place asks to be left alone for a while \[path\].
    Throttled,
    /// Whoever works here asked that nothing goes to or from the shelf for now \[name\].
    Paused,
    /// What answers at an address is not this kind of place \[path, what\]; `what` is `webdav`, `s3` or `sftp`.
    NotThisKind,
    /// Something else is using it right now; waiting helps \[what\].
    Busy,
    /// A person stopped it.
    Cancelled,
    /// Made by a newer Larder \[what\].
    TooNew,
    /// The label lacks what the house rules ask for \[rules\].
    RulesUnmet,
    /// The name is taken \[name\].
    Taken,
    /// Nothing of that name or number \[what\].
    Unknown,
    /// A value that cannot be \[what, value\].
    Invalid,
    /// No shelf has been set up yet.
    NoShelf,
    /// Nobody has said yet whose computer this is.
    NobodyYet,
    /// Another shelf than the one that was meant \[name, other\].
    OtherShelf,
    /// A shelf inside a shelf, or two in one folder \[path, words\]; of two, the six words of both founders.
    ShelfInShelf,
    /// Another shelf than the one that was meant \[words, found\]: six words of who was meant, and of those who are there.
    WrongShelf,
    /// Says to be somebody who is on the shelf already, and none of their computers says so \[name\].
    NotLinked,
    /// Copied, but read back differently \[file\].
    NotVerified,
    /// The rows have not arrived on this computer yet \[title\].
    NotHereYet,
    /// Its bytes lie in a cloud and do not come \[file\].
    CloudOnly,
    /// The columns do not fit, so rows cannot be added \[columns\].
    ColumnsDiffer,
    /// Several data products have that name \[name\].
    Ambiguous,
    /// A fault of Larder's own \[detail\].
    Bug,
}

impl RefusalCode {
    /// Every code, so that the words can be proven complete.
    pub const ALL: [RefusalCode; 43] = {
        use RefusalCode::*;
        [
            NotATable,
            Empty,
            Damaged,
            PasswordProtected,
            WrongPassword,
            CannotUnlock,
            Locked,
            TooLarge,
            NotFound,
            IsAFolder,
            NoSpreadsheet,
            TooManyFiles,
            SameRows,
            NoFile,
            NoPermission,
            NoSpace,
            Unreachable,
            SignIn,
            Certificate,
            HostKey,
            Clock,
            Throttled,
            Paused,
            NotThisKind,
            Busy,
            Cancelled,
            TooNew,
            RulesUnmet,
            Taken,
            Unknown,
            Invalid,
            NoShelf,
            NobodyYet,
            OtherShelf,
            ShelfInShelf,
            WrongShelf,
            NotLinked,
            NotVerified,
            NotHereYet,
            CloudOnly,
            ColumnsDiffer,
            Ambiguous,
            Bug,
        ]
    };

    /// The code as the words and the wire write it.
    pub fn as_str(self) -> &'static str {
        use RefusalCode::*;
        match self {
            NotATable => "not_a_table",
            Empty => "empty",
            Damaged => "damaged",
            PasswordProtected => "password_protected",
            WrongPassword => "wrong_password",
            CannotUnlock => "cannot_unlock",
            Locked => "locked",
            TooLarge => "too_large",
            NotFound => "not_found",
            IsAFolder => "is_a_folder",
            NoSpreadsheet => "no_spreadsheet",
            TooManyFiles => "too_many_files",
            SameRows => "same_rows",
            NoFile => "no_file",
            NoPermission => "no_permission",
            NoSpace => "no_space",
            Unreachable => "unreachable",
            SignIn => "sign_in",
            Certificate => "certificate",
            HostKey => "host_key",
            Clock => "clock",
            Throttled => "throttled",
            Paused => "paused",
            NotThisKind => "not_this_kind",
            Busy => "busy",
            Cancelled => "cancelled",
            TooNew => "too_new",
            RulesUnmet => "rules_unmet",
            Taken => "taken",
            Unknown => "unknown",
            Invalid => "invalid",
            NoShelf => "no_shelf",
            NobodyYet => "nobody_yet",
            OtherShelf => "other_shelf",
            ShelfInShelf => "shelf_in_shelf",
            WrongShelf => "wrong_shelf",
            NotLinked => "not_linked",
            NotVerified => "not_verified",
            NotHereYet => "not_here_yet",
            CloudOnly => "cloud_only",
            ColumnsDiffer => "columns_differ",
            Ambiguous => "ambiguous",
            Bug => "bug",
        }
    }

    /// Whether doing the same again later may succeed without anything else being changed.
    pub fn waiting_helps(self) -> bool {
        matches!(
            self,
            RefusalCode::Locked
                | RefusalCode::Unreachable
                | RefusalCode::Throttled
                | RefusalCode::Busy
                | RefusalCode::NotHereYet
                | RefusalCode::CloudOnly
        )
    }
}

/// Why something was not done: a code and the values of its sentence. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// Which sentence.
    pub code: RefusalCode,
    /// The values in it.
    pub params: Params,
    /// Whether trying again later may help.
    pub waiting_helps: bool,
}

impl Refusal {
    /// A refusal without parameters yet.
    pub fn new(code: RefusalCode) -> Self {
        Refusal { code, params: BTreeMap::new(), waiting_helps: code.waiting_helps() }
    }

    /// With one more value for its sentence.
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// What the operating system answered, told about this path.
    pub fn from_io(error: &std::io::Error, path: &str) -> Self {
        use std::io::ErrorKind as E;
        let code = match error.kind() {
            _ if is_in_cloud(error) => RefusalCode::CloudOnly,
            E::NotFound => RefusalCode::NotFound,
            E::PermissionDenied | E::ReadOnlyFilesystem => RefusalCode::NoPermission,
            E::StorageFull | E::QuotaExceeded => RefusalCode::NoSpace,
            E::IsADirectory => RefusalCode::IsAFolder,
            E::ResourceBusy | E::ExecutableFileBusy | E::WouldBlock => RefusalCode::Busy,
            E::TimedOut
            | E::HostUnreachable
            | E::NetworkUnreachable
            | E::NetworkDown
            | E::NotConnected
            | E::ConnectionAborted
            | E::ConnectionReset
            | E::StaleNetworkFileHandle => RefusalCode::Unreachable,
            E::UnexpectedEof | E::InvalidData => RefusalCode::Damaged,
            // Windows: 32 and 33 are sharing and lock violations, which Rust has no name for.
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => RefusalCode::Locked,
            _ => RefusalCode::Unreachable,
        };
        Refusal::new(code).with("file", path).with("path", path).with("detail", error.to_string())
    }
}

/// Whether a system says that a file's bytes lie in a cloud and could not be brought: on Windows the `ERROR_CLOUD_FILE_*`
/// codes (winerror.h: 358, 362 to 366, 374 to 383, 386 to 398 and 426), on macOS a file of a provider that does not answer (`EDEADLK`).
fn is_in_cloud(error: &std::io::Error) -> bool {
    match error.raw_os_error() {
        Some(code) if cfg!(windows) => matches!(code, 358 | 362..=366 | 374..=383 | 386..=398 | 426),
        Some(code) => cfg!(target_os = "macos") && code == 11,
        None => false,
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.as_str())?;
        for (name, value) in &self.params {
            match value {
                Param::Number(n) => write!(f, " {name}={n}")?,
                Param::Text(t) => write!(f, " {name}={t:?}")?,
                Param::List(l) => write!(f, " {name}={l:?}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_written_as_serde_writes_it() {
        for code in RefusalCode::ALL {
            assert_eq!(serde_json::to_string(&code).expect("plain"), format!("\"{}\"", code.as_str()));
        }
    }

    #[test]
    fn a_full_disk_is_told_apart_from_a_missing_file() {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert_eq!(Refusal::from_io(&full, "S:\\x").code, RefusalCode::NoSpace);
        let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
        assert_eq!(Refusal::from_io(&gone, "x").code, RefusalCode::NotFound);
    }
}
