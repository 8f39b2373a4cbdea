//! Writing into a folder: the one atomic way in which anything gets onto a shelf.
//!
//! A temp file of its own, written and flushed, then given its name without taking another's place. Antivirus and sync
//! clients hold fresh files for moments, so naming is tried again with a pause; in the end the name is written directly,
//! which is safe: an unfinished file does not have the hash that anybody looks for.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use data_encoding::HEXLOWER;
use larder_model::{Refusal, RefusalCode};
use tempfile::TempPath;

use super::Folder;
use crate::held::{is_held, pause};
use crate::names;

/// Gives a temp file its final name, never in place of another file. The temp file comes back on an error.
pub(super) type Persist = Box<dyn Fn(TempPath, &Path) -> Result<(), (io::Error, TempPath)> + Send + Sync>;

/// About three seconds in all.
const TRIES: u32 = 10;
const OLD_TEMP: Duration = Duration::from_secs(24 * 60 * 60);

/// The real one.
pub(super) fn persist(temp: TempPath, target: &Path) -> Result<(), (io::Error, TempPath)> {
    let failed = match temp.persist_noclobber(target) {
        Ok(()) => return Ok(()),
        Err(failed) => failed,
    };
    if !cannot_link(&failed.error) || std::fs::symlink_metadata(target).is_ok() {
        return Err((failed.error, failed.path));
    }
    // A file system that knows neither a rename without replacing nor a hard link. Nobody else writes our names, and the
    // name was free a moment ago.
    failed.path.persist(target).map_err(|again| (again.error, again.path))
}

#[cfg(unix)]
fn cannot_link(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EPERM | libc::ENOSYS | libc::EOPNOTSUPP | libc::EINVAL | libc::EMLINK))
}

#[cfg(not(unix))]
fn cannot_link(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

/// Sixteen random characters for a temp file's name.
pub(crate) fn random_name() -> Result<String, Refusal> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))?;
    Ok(HEXLOWER.encode(&bytes))
}

impl Folder {
    pub(super) fn put_new(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        let parts = names::written(name)?;
        let taken = || Refusal::new(RefusalCode::Taken).with("name", name);
        if self.exists(&parts)? {
            return Err(taken());
        }
        let target = self.make_folders(&parts)?;
        let temps = match parts.as_slice() {
            [names::DATA, "w", writer, ..] => self.make_folders(&[names::DATA, "w", writer, "t", ""])?,
            _ => target.parent().map_or_else(|| self.root.clone(), Path::to_owned),
        };
        self.sweep(&temps);
        let temp = temps.join(format!("t-{}.tmp", random_name()?));
        let temp = self.write_temp(&temp, content, size_bytes)?;
        self.give_name(temp, &target).map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => taken(),
            _ => self.refuse(&e, &target),
        })?;
        self.flush_folder(target.parent());
        Ok(())
    }

    fn give_name(&self, temp: TempPath, target: &Path) -> io::Result<()> {
        let mut temp = temp;
        for attempt in 0..TRIES {
            match (self.persist)(temp, target) {
                Ok(()) => return Ok(()),
                Err((e, path)) if is_held(&e) => {
                    temp = path;
                    pause(attempt);
                }
                Err((e, _)) => return Err(e),
            }
        }
        let mut from = File::open(&temp)?;
        let mut to = OpenOptions::new().write(true).create_new(true).open(target)?;
        let copied = io::copy(&mut from, &mut to).and_then(|_| self.flush(&to));
        drop(to);
        if copied.is_err() {
            let _ = std::fs::remove_file(target);
        }
        copied
    }

    pub(super) fn put_over(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        let parts = names::plain(name)?;
        if let Some((path, meta)) = self.walk(&parts)?
            && !meta.is_file()
        {
            return Err(Refusal::new(RefusalCode::IsAFolder).with("file", path.display().to_string()));
        }
        let target = self.make_folders(&parts)?;
        // Sync clients leave names of this shape alone, so nobody sees it come and go.
        let temp = target.with_file_name(format!("~larder-{}.tmp", random_name()?));
        let mut temp = self.write_temp(&temp, content, size_bytes)?;
        for attempt in 0..3 {
            match temp.persist(&target) {
                Ok(()) => {
                    self.flush_folder(target.parent());
                    return Ok(());
                }
                Err(failed) if is_held(&failed.error) => {
                    temp = failed.path;
                    pause(attempt + 2);
                }
                Err(failed) => return Err(self.refuse(&failed.error, &target)),
            }
        }
        Err(Refusal::new(RefusalCode::Locked).with("file", name))
    }

    pub(super) fn remove(&self, name: &str) -> Result<(), Refusal> {
        let is_plain = name.starts_with(names::CURRENT);
        let parts = if is_plain { names::plain(name)? } else { names::written(name)? };
        let Some((path, meta)) = self.walk(&parts)? else { return Ok(()) };
        if !meta.is_file() {
            return Err(Refusal::new(RefusalCode::IsAFolder).with("file", name));
        }
        for attempt in 0..3 {
            match std::fs::remove_file(&path) {
                Ok(()) => break,
                Err(e) if e.kind() == io::ErrorKind::NotFound => break,
                Err(e) if is_held(&e) && attempt < 2 => pause(attempt + 2),
                Err(e) if is_held(&e) && is_plain && cfg!(windows) => {
                    return Err(Refusal::new(RefusalCode::Locked).with("file", name));
                }
                Err(e) => return Err(self.refuse(&e, &path)),
            }
        }
        if is_plain {
            // Empty folders of plain copies go with their last file; a folder that still holds something stays by itself.
            let inside = parts.len().saturating_sub(2);
            for folder in path.ancestors().skip(1).take(inside) {
                if std::fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    fn exists(&self, parts: &[&str]) -> Result<bool, Refusal> {
        let path = parts.iter().fold(self.root.clone(), |path, part| path.join(part));
        match std::fs::symlink_metadata(&path) {
            Ok(_) => Ok(true),
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                self.here().map(|()| false)
            }
            Err(e) => Err(self.refuse(&e, &path)),
        }
    }

    /// Makes the folders above the last component and answers the whole path. The root itself is never made.
    fn make_folders(&self, parts: &[&str]) -> Result<PathBuf, Refusal> {
        let mut path = self.root.clone();
        let (last, above) = parts.split_last().unwrap_or((&"", &[]));
        for part in above {
            path.push(part);
            match std::fs::symlink_metadata(&path) {
                Ok(meta) if meta.is_dir() && !meta.is_symlink() => continue,
                Ok(_) => return Err(Refusal::new(RefusalCode::NoPermission).with("path", path.display().to_string())),
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(self.refuse(&e, &path)),
            }
            match std::fs::create_dir(&path) {
                Ok(()) => {}
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(self.refuse(&e, &path)),
            }
        }
        if !last.is_empty() {
            path.push(last);
        }
        Ok(path)
    }

    fn write_temp(&self, path: &Path, content: &mut dyn Read, size_bytes: u64) -> Result<TempPath, Refusal> {
        let told = |e: &io::Error| self.refuse(e, path);
        let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|e| told(&e))?;
        let temp = TempPath::try_from_path(path).map_err(|e| told(&e))?;
        let mut buffer = vec![0_u8; 256 * 1024];
        let mut total = 0_u64;
        loop {
            let got = match content.read(&mut buffer) {
                Ok(0) => break,
                Ok(got) => got,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(Refusal::from_io(&e, &path.display().to_string())),
            };
            total += got as u64;
            if total > size_bytes {
                break;
            }
            file.write_all(buffer.get(..got).unwrap_or_default()).map_err(|e| told(&e))?;
        }
        if total != size_bytes {
            return Err(Refusal::new(RefusalCode::Busy).with("what", path.display().to_string()));
        }
        self.flush(&file).map_err(|e| told(&e))?;
        Ok(temp)
    }

    /// Asks the disk to keep it. Network drives that cannot are noted, not refused.
    fn flush(&self, file: &File) -> io::Result<()> {
        match (self.sync)(file) {
            Err(e) if cannot_flush(&e) => {
                self.durable.store(false, Ordering::Relaxed);
                Ok(())
            }
            answer => answer,
        }
    }

    #[cfg(unix)]
    fn flush_folder(&self, folder: Option<&Path>) {
        let flushed = folder.map(|folder| File::open(folder).and_then(|folder| folder.sync_all()));
        if matches!(flushed, Some(Err(_))) {
            self.durable.store(false, Ordering::Relaxed);
        }
    }

    #[cfg(not(unix))]
    fn flush_folder(&self, _: Option<&Path>) {}

    /// Removes temp files that a crash left behind, once for each folder. Only ones a day old: another Larder of the same
    /// device may be writing.
    fn sweep(&self, temps: &Path) {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if !swept.insert(temps.to_owned()) {
            return;
        }
        let Ok(entries) = std::fs::read_dir(temps) else { return };
        for entry in entries.flatten().take(10_000) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ours = name.starts_with("t-") && name.ends_with(".tmp");
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let old = entry
                .metadata()
                .and_then(|meta| meta.modified())
                .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD_TEMP));
            if ours && is_file && old {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(unix)]
fn cannot_flush(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::ENOTSUP | libc::EINVAL | libc::ENOTTY | libc::ENOSYS))
}

#[cfg(not(unix))]
fn cannot_flush(error: &io::Error) -> bool {
    // 1: invalid function, 50: not supported; what network redirectors answer.
    error.kind() == io::ErrorKind::Unsupported || matches!(error.raw_os_error(), Some(1 | 50))
}
