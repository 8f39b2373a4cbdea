//! What this device keeps of a shelf on its own computer, byte for byte: what it put there and what it read there, as far as
//! that is small. From it, what somebody deletes or spoils on the shelf can be put back. Of what is encrypted and large, the
//! beginning is kept: with it, whoever can open the rest can make it again.
//!
//! Everything is kept under the hash of its bytes and hashed again before it is used, so nothing wrong can come out of it.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use larder_model::{Refusal, WriterId};

use crate::envelope::sha256;
use crate::names;
use crate::places::{Entry, Place};
use crate::sealed;
use crate::stacks::HashSink;

/// Larger pieces of content are not kept here: those that a person uses are among their tables anyway.
const BLOB_BYTES: u64 = 512 * 1024;

/// From so many bytes the beginning of what is encrypted is told.
const BEGINNING_BYTES: usize = 2 * 1024;

/// Own heads that are kept, the newest.
const HEADS: usize = 32;

/// Files in one of its 256 folders: nobody's flood fills this computer.
const SHARD_FILES: usize = 1_000;

/// The archive of one shelf.
#[derive(Debug, Clone)]
pub struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// In a folder of its own, which is made when something is first kept.
    pub fn at(folder: &Path) -> Archive {
        Archive { folder: folder.to_path_buf() }
    }

    fn path(&self, hash: &str) -> PathBuf {
        self.folder.join(hash.get(..2).unwrap_or("00")).join(hash)
    }

    fn beginning_path(&self, hash: &str) -> PathBuf {
        self.folder.join("s").join(hash.get(..2).unwrap_or("00")).join(hash)
    }

    /// The beginning of something encrypted that has this hash and is too large to be kept.
    pub(crate) fn beginning(&self, hash: &str) -> Option<Vec<u8>> {
        let kept = if names::is_hash(hash) { fs::read(self.beginning_path(hash)).ok() } else { None };
        // What is small is kept whole.
        let kept = kept.or_else(|| self.get(hash))?;
        sealed::beginning(&kept).map(<[u8]>::to_vec)
    }

    fn heads_folder(&self) -> PathBuf {
        self.folder.join("h")
    }

    /// Keeps something. Where that is not possible, it is not kept: the shelf goes on without.
    fn keep(&self, hash: &str, bytes: &[u8]) {
        keep_at(&self.path(hash), bytes);
    }

    /// Keeps the beginning of a large file of a place, if it is encrypted and is what its name says.
    fn large(&self, name: &str, large: Large) {
        let Some((_, "b", file)) = parted(name) else { return };
        if let Some(beginning) = sealed::beginning(&large.first)
            && large.hash.is_some_and(|hash| hash.hex() == file)
        {
            keep_at(&self.beginning_path(file), beginning);
        }
    }

    /// Keeps an own head, and lets go of the oldest.
    fn keep_head(&self, name: &str, bytes: &[u8]) {
        let folder = self.heads_folder();
        let path = folder.join(name);
        if path.exists() || write_whole(&folder, &path, bytes).is_err() {
            return;
        }
        let all = self.head_names();
        for old in all.iter().take(all.len().saturating_sub(HEADS)) {
            let _ = fs::remove_file(folder.join(old));
        }
    }

    fn head_names(&self) -> Vec<String> {
        let listed = fs::read_dir(self.heads_folder()).into_iter().flatten().filter_map(Result::ok);
        let mut all: Vec<String> = listed.filter_map(|e| e.file_name().into_string().ok()).collect();
        all.retain(|name| names::head_seq(name).is_some());
        all.sort_unstable();
        all
    }

    /// The own heads that are kept, the newest last. Who signed them is for the caller to see.
    pub(crate) fn heads(&self) -> Vec<Vec<u8>> {
        let folder = self.heads_folder();
        self.head_names().iter().filter_map(|name| fs::read(folder.join(name)).ok()).collect()
    }

    /// What has this hash.
    pub(crate) fn get(&self, hash: &str) -> Option<Vec<u8>> {
        if !names::is_hash(hash) {
            return None;
        }
        fs::read(self.path(hash)).ok().filter(|bytes| sha256(bytes) == hash)
    }

    /// Keeps a file of a place, if it is one of those that are kept and is what its name says.
    fn file(&self, me: &WriterId, name: &str, bytes: &[u8]) {
        let Some((folder, room, file)) = parted(name) else {
            // The founding record: its name tells only the beginning of its hash.
            if name.starts_with(names::DATA) {
                self.keep(&sha256(bytes), bytes);
            }
            return;
        };
        let hash = sha256(bytes);
        match room {
            "h" if (folder == me.as_str() || !names::is_writer(folder))
                && names::head_seq(file).is_some()
                && file.contains(hash.get(..16).unwrap_or(&hash)) =>
            {
                self.keep_head(file, bytes);
            }
            "r" | "m" | "g" if names::record_hash(file) == Some(hash.as_str()) => self.keep(&hash, bytes),
            "b" if file == hash => self.keep(&hash, bytes),
            _ => {}
        }
    }
}

/// Folder, room and file of a name below the writers' folders.
fn parted(name: &str) -> Option<(&str, &str, &str)> {
    let rest = name.strip_prefix(names::WRITERS)?.strip_prefix('/')?;
    let (folder, rest) = rest.split_once('/')?;
    let (room, rest) = rest.split_once('/')?;
    Some((folder, room, rest.rsplit('/').next()?))
}

/// How much of a file is kept at most; none of those that are not kept at all.
fn most(name: &str) -> Option<u64> {
    match parted(name) {
        Some((_, "h", _)) => Some(crate::caps::HEAD_BYTES),
        Some((_, "r" | "m" | "g", _)) => Some(crate::caps::ROSTER_BYTES),
        Some((_, "b", _)) => Some(BLOB_BYTES),
        Some(_) => None,
        None => {
            let founding = name.strip_prefix(names::DATA).is_some_and(|rest| rest.starts_with("/shelf-"));
            founding.then_some(crate::caps::MESSAGE_BYTES)
        }
    }
}

/// Writes a file where none is yet, and its folder holds not too many.
fn keep_at(path: &Path, bytes: &[u8]) {
    let Some(folder) = path.parent() else { return };
    let full = || fs::read_dir(folder).is_ok_and(|all| all.take(SHARD_FILES).count() >= SHARD_FILES);
    if !path.exists() && !full() {
        let _ = write_whole(folder, path, bytes);
    }
}

fn write_whole(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut temp = tempfile::Builder::new().prefix(".kept-").tempfile_in(folder)?;
    temp.write_all(bytes)?;
    crate::held::persist(temp, path)
}

/// The same place; what is small and passes through it is kept in the archive.
pub fn keeping(place: Box<dyn Place>, archive: Archive, me: WriterId) -> Box<dyn Place> {
    Box::new(Keeping { place, archive, me })
}

struct Keeping {
    place: Box<dyn Place>,
    archive: Archive,
    me: WriterId,
}

/// What is remembered of bytes that are too many to be kept: the first of them, and, where they are encrypted, what they hash to.
#[derive(Default)]
struct Large {
    first: Vec<u8>,
    hash: Option<HashSink>,
}

impl Large {
    fn add(&mut self, bytes: &[u8]) {
        if self.first.is_empty() {
            self.hash = bytes.starts_with(b"age").then(HashSink::default);
        }
        let left = BEGINNING_BYTES.saturating_sub(self.first.len());
        self.first.extend_from_slice(bytes.get(..left).unwrap_or(bytes));
        if let Some(hash) = &mut self.hash {
            let _ = hash.write_all(bytes);
        }
    }
}

/// Passes bytes on and keeps a copy, as long as they are few.
struct Both<'b> {
    out: &'b mut dyn Write,
    kept: Option<Vec<u8>>,
    most: u64,
    large: Large,
}

impl Write for Both<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        let bytes = bytes.get(..written).unwrap_or(bytes);
        self.large.add(bytes);
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(bytes);
            if kept.len() as u64 > self.most {
                self.kept = None;
            }
        }
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl Place for Keeping {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        self.place.list(folder)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        self.place.stat(name)
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        let Some(most) = most(name) else { return self.place.get_to(name, out, max_bytes) };
        let mut both = Both { out, kept: Some(Vec::new()), most, large: Large::default() };
        let size = self.place.get_to(name, &mut both, max_bytes)?;
        match (size, both.kept) {
            (Some(_), Some(kept)) => self.archive.file(&self.me, name, &kept),
            (Some(_), None) => self.archive.large(name, both.large),
            (None, _) => {}
        }
        Ok(size)
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        if most(name).is_none_or(|most| size_bytes > most) {
            return self.place.put(name, content, size_bytes);
        }
        let mut bytes = Vec::new();
        // A source that fails or is longer is for the place to judge, which is given what came of it.
        let read = content.take(size_bytes.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|e| Refusal::from_io(&e, name))?;
        self.place.put(name, &mut bytes.as_slice(), size_bytes)?;
        self.archive.file(&self.me, name, &bytes);
        Ok(())
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.place.replace(name, content, size_bytes)
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.place.delete(name)
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        self.place.space_free_bytes()
    }

    fn nested(&self) -> Result<bool, Refusal> {
        self.place.nested()
    }

    fn may_hold_doubles(&self) -> bool {
        self.place.may_hold_doubles()
    }

    fn durable(&self) -> bool {
        self.place.durable()
    }
}
