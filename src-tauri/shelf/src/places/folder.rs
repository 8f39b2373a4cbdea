//! A folder: on this computer, on a network drive, or kept in step by a sync client. Reading; writing is in `folder_write`.
//!
//! Never follows a link below its root, opens regular files only, and tells a folder that is away from an empty one.

use std::collections::BTreeSet;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use larder_model::{Refusal, RefusalCode};

use super::folder_cloud::{Cloud, pass_on, stands_in_for};
use super::folder_write::{self, Persist};
use super::{Entry, Place, PlaceKind, Whereabouts};
use crate::{caps, names};

pub(super) const KIND: PlaceKind = PlaceKind {
    name: "folder",
    fields: &[],
    fits: |address| !address.is_empty() && !address.contains("://") && !address.contains('\0'),
    address: |values| match values.get("folder") {
        Some(folder) if !folder.is_empty() => Ok(folder.clone()),
        _ => Err(Refusal::new(RefusalCode::Invalid).with("what", "folder").with("value", "")),
    },
    values: |address| super::Values::from([("folder".to_owned(), address.to_owned())]),
    open: |address, _| Ok(Box::new(Folder::new(Path::new(address)))),
};

/// A folder as a place.
pub struct Folder {
    pub(super) root: PathBuf,
    /// False once a file could not be flushed to the disk.
    pub(super) durable: AtomicBool,
    /// Folders of temp files that were already cleaned of old ones.
    pub(super) swept: Mutex<BTreeSet<PathBuf>>,
    /// Gives a temp file its name; another one in tests.
    pub(super) persist: Persist,
    /// Asks the disk to keep a file; another one in tests.
    pub(super) sync: fn(&File) -> io::Result<()>,
    /// Files whose bytes lie in a cloud.
    pub(crate) cloud: Cloud,
}

impl Folder {
    /// The folder at this path. It is not touched yet.
    pub fn new(root: &Path) -> Self {
        Folder {
            // Long names only work on Windows where the path is absolute.
            root: std::path::absolute(root).unwrap_or_else(|_| root.to_owned()),
            durable: AtomicBool::new(true),
            swept: Mutex::default(),
            persist: Box::new(folder_write::persist),
            sync: File::sync_all,
            cloud: Cloud::default(),
        }
    }

    pub(super) fn refuse(&self, error: &io::Error, path: &Path) -> Refusal {
        if error.kind() == io::ErrorKind::NotFound && !self.root.is_dir() {
            return self.away();
        }
        Refusal::from_io(error, &path.display().to_string())
    }

    fn away(&self) -> Refusal {
        let path = self.root.display().to_string();
        Refusal::new(RefusalCode::Unreachable).with("path", path.as_str()).with("file", path.as_str())
    }

    /// # Errors
    /// `Unreachable` where the root is not a folder right now.
    pub(super) fn here(&self) -> Result<(), Refusal> {
        match std::fs::metadata(&self.root) {
            Ok(meta) if meta.is_dir() => Ok(()),
            Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
                Err(Refusal::from_io(&e, &self.root.display().to_string()))
            }
            _ => Err(self.away()),
        }
    }

    /// The path of a name and what is there, without following a link on the way; none where there is nothing, or a link.
    pub(super) fn walk(&self, parts: &[&str]) -> Result<Option<(PathBuf, Metadata)>, Refusal> {
        // Windows would open another file than the one so called, or a printer.
        if cfg!(windows) && parts.iter().any(|part| part.ends_with(['.', ' ']) || larder_model::is_device(part)) {
            return Ok(None);
        }
        let mut path = self.root.clone();
        let mut found = None;
        for (i, part) in parts.iter().enumerate() {
            path.push(part);
            let meta = match std::fs::symlink_metadata(&path) {
                Ok(meta) => meta,
                Err(e)
                    if matches!(
                        e.kind(),
                        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename
                    ) =>
                {
                    self.here()?;
                    return Ok(None);
                }
                Err(e) => return Err(self.refuse(&e, &path)),
            };
            let last = i + 1 == parts.len();
            if meta.is_symlink() || (!last && !meta.is_dir()) {
                return Ok(None);
            }
            found = Some(meta);
        }
        Ok(found.map(|meta| (path, meta)))
    }

    /// The file of a name, to be read from where it lies.
    fn find_file(&self, name: &str) -> Result<Option<(PathBuf, Metadata)>, Refusal> {
        let parts = names::listed(name)?;
        match self.walk(&parts)? {
            Some((path, meta)) => Ok(meta.is_file().then_some((path, meta))),
            None if self.has_stand_in(&parts)? => Err(Refusal::new(RefusalCode::CloudOnly).with("file", name)),
            None => Ok(None),
        }
    }

    fn open_file(&self, path: PathBuf) -> Result<Option<(File, u64, PathBuf)>, Refusal> {
        let file = match open_regular(&path) {
            Ok(file) => file,
            // Gone, or turned into a link, since it was looked at.
            Err(e) if e.kind() == io::ErrorKind::NotFound || is_link_error(&e) => return Ok(None),
            Err(e) => return Err(self.refuse(&e, &path)),
        };
        let meta = file.metadata().map_err(|e| self.refuse(&e, &path))?;
        Ok(meta.is_file().then_some((file, meta.len(), path)))
    }

    fn read(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        let too_large = || Refusal::new(RefusalCode::TooLarge).with("file", name).with("limit", max_bytes);
        let Some((path, meta)) = self.find_file(name)? else { return Ok(None) };
        if meta.len() > max_bytes {
            return Err(too_large());
        }
        let mut total = 0_u64;
        if (self.cloud.lie)(&meta) == Whereabouts::OnRequest {
            self.recall(&path, name, &mut |piece| {
                total += piece.len() as u64;
                if total > max_bytes { Err(too_large()) } else { pass_on(out, piece, name) }
            })?;
            return Ok(Some(total));
        }
        let Some((file, size, path)) = self.open_file(path)? else { return Ok(None) };
        if size > max_bytes {
            return Err(too_large());
        }
        // The file may grow while it is read.
        let mut file = file.take(max_bytes.saturating_add(1));
        let mut buffer = vec![0_u8; 64 * 1024];
        loop {
            let got = match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(got) => got,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(self.refuse(&e, &path)),
            };
            total += got as u64;
            if total > max_bytes {
                return Err(too_large());
            }
            out.write_all(buffer.get(..got).unwrap_or_default()).map_err(|e| Refusal::from_io(&e, name))?;
        }
        Ok(Some(total))
    }
}

#[cfg(unix)]
pub(super) fn open_regular(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // Not blocking, so that a pipe put there by somebody cannot hold us.
    OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC).open(path)
}

#[cfg(not(unix))]
pub(super) fn open_regular(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(unix)]
fn is_link_error(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ELOOP)
}

#[cfg(not(unix))]
fn is_link_error(_: &io::Error) -> bool {
    false
}

/// What a listing tells of a name.
fn listed(name: &str, folder: bool) -> Entry {
    let (real, whereabouts) = match stands_in_for(name) {
        Some(real) if !folder => (real, Whereabouts::Elsewhere),
        _ => (name, Whereabouts::Here),
    };
    Entry { folder, whereabouts, ..Entry::file(real, None, None) }
}

fn changed(meta: &Metadata) -> Option<u64> {
    let since = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).ok()
}

/// Keeps the greatest names, so that a folder flooded by somebody costs a bounded amount.
pub(super) fn keep_greatest(entries: &mut Vec<Entry>, most: usize) {
    entries.sort_unstable_by(|a, b| a.name.cmp(&b.name).then(a.whereabouts.cmp(&b.whereabouts)));
    let extra = entries.len().saturating_sub(most);
    entries.drain(..extra);
}

impl Place for Folder {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        let path = if folder.is_empty() {
            self.root.clone()
        } else {
            match self.walk(&names::listed(folder)?)? {
                Some((path, meta)) if meta.is_dir() => path,
                _ => return Ok(Vec::new()),
            }
        };
        let listing = match std::fs::read_dir(&path) {
            Ok(listing) => listing,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                self.here()?;
                return Ok(Vec::new());
            }
            Err(e) => return Err(self.refuse(&e, &path)),
        };
        let mut entries = Vec::new();
        for entry in listing.take(caps::SCANNED_NAMES) {
            let entry = entry.map_err(|e| self.refuse(&e, &path))?;
            let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else { continue };
            if !kind.is_dir() && !kind.is_file() {
                continue;
            }
            entries.push(listed(&name, kind.is_dir()));
            if entries.len() >= 2 * caps::LISTED_NAMES {
                keep_greatest(&mut entries, caps::LISTED_NAMES);
            }
        }
        keep_greatest(&mut entries, caps::LISTED_NAMES);
        // A file and what stood in for it are one for a moment while the client works: the one that can be read is the file.
        entries.dedup_by(|later, first| later.name == first.name);
        Ok(entries)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        let parts = names::listed(name)?;
        let name = parts.last().copied().unwrap_or_default().to_owned();
        let Some((_, meta)) = self.walk(&parts)? else {
            let stand_in = || Entry { whereabouts: Whereabouts::Elsewhere, ..Entry::file(name, None, None) };
            return Ok(self.has_stand_in(&parts)?.then(stand_in));
        };
        Ok(match (meta.is_dir(), meta.is_file()) {
            (true, _) => Some(Entry::folder(name)),
            (_, true) => {
                let whereabouts = (self.cloud.lie)(&meta);
                Some(Entry { whereabouts, ..Entry::file(name, Some(meta.len()), changed(&meta)) })
            }
            _ => None,
        })
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        self.read(name, out, max_bytes)
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.put_new(name, content, size_bytes)
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.put_over(name, content, size_bytes)
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.remove(name)
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        self.here()?;
        Ok(fs4::available_space(&self.root).ok())
    }

    fn nested(&self) -> Result<bool, Refusal> {
        self.here()?;
        // Some network drives on Windows do not tell a folder's true path; then it is taken as it was given.
        let root = std::fs::canonicalize(&self.root).unwrap_or_else(|_| self.root.clone());
        if root.ancestors().any(|folder| folder.file_name().is_some_and(|name| name == names::DATA)) {
            return Ok(true);
        }
        if root.ancestors().skip(1).any(holds_a_shelf) {
            return Ok(true);
        }
        let inside = std::fs::read_dir(&root).map_err(|e| self.refuse(&e, &root))?;
        Ok(inside
            .flatten()
            .take(1_000)
            .any(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()) && holds_a_shelf(&entry.path())))
    }

    fn durable(&self) -> bool {
        self.durable.load(Ordering::Relaxed)
    }
}

/// Whether a founding record seems to stand in a folder. By its name only: this is a warning to a person, not a decision.
fn holds_a_shelf(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder.join(names::DATA)) else { return false };
    entries.flatten().take(1_000).any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("shelf-") && name.ends_with(".rec")
    })
}
