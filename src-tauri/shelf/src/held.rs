//! Files that somebody holds for a moment: virus scanners and sync clients open what was just written, and on Windows nothing
//! can be renamed or replaced meanwhile.

use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::{NamedTempFile, TempPath};

/// Two and a half seconds in all.
const TRIES: u32 = 9;

/// Whether somebody holds the file for a moment.
pub(crate) fn is_held(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
    ) || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

/// Waits before trying again: 5, 10, 20 ... 640 ms, then as long again.
pub(crate) fn pause(attempt: u32) {
    std::thread::sleep(Duration::from_millis((5_u64 << attempt.min(7)).min(640)));
}

/// Renames a file of this computer, in place of what had the name.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    again((), |()| std::fs::rename(from, to).map_err(|e| (e, ())))
}

/// Gives a temp file of this computer its name, in place of what had it.
pub(crate) fn persist(temp: NamedTempFile, to: &Path) -> io::Result<()> {
    // Closed first: where it is not, Windows may refuse as well.
    again(temp.into_temp_path(), |temp: TempPath| temp.persist(to).map_err(|e| (e.error, e.path)))
}

/// Gives a temp file of this computer its name, never in place of another file.
pub(crate) fn persist_new(temp: NamedTempFile, to: &Path) -> io::Result<()> {
    again(temp.into_temp_path(), |temp: TempPath| temp.persist_noclobber(to).map_err(|e| (e.error, e.path)))
}

/// Elsewhere than on Windows nobody can hold a name, and what is refused stays refused.
fn again<T>(mut what: T, step: impl Fn(T) -> Result<(), (io::Error, T)>) -> io::Result<()> {
    for attempt in 0.. {
        match step(what) {
            Err((e, back)) if cfg!(windows) && is_held(&e) && attempt + 1 < TRIES => what = back,
            Err((e, _)) => return Err(e),
            Ok(()) => break,
        }
        pause(attempt);
    }
    Ok(())
}

#[cfg(all(test, windows))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;
    use std::os::windows::fs::OpenOptionsExt;

    use super::*;

    /// Opens a file as a scanner does, for a while: nobody else may write, rename or delete it.
    fn hold(path: &Path, millis: u64) -> std::thread::JoinHandle<()> {
        let held = std::fs::File::options().read(true).share_mode(1).open(path).unwrap();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(millis));
            drop(held);
        })
    }

    // fault 6
    #[test]
    fn what_a_scanner_holds_for_a_moment_gets_its_name_a_moment_later() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        std::fs::write(&from, "new").unwrap();
        std::fs::write(&to, "old").unwrap();
        let (first, second) = (hold(&from, 100), hold(&to, 200));
        assert!(std::fs::rename(&from, &to).is_err(), "it is held");
        rename(&from, &to).unwrap();
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "new");
        first.join().unwrap();
        second.join().unwrap();

        let mut temp = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
        temp.write_all(b"newer").unwrap();
        let scanner = hold(&to, 100);
        persist(temp, &to).unwrap();
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "newer");
        scanner.join().unwrap();
        let temp = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
        assert_eq!(persist_new(temp, &to).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temp file is left");
    }
}
