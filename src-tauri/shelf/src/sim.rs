//! A place in memory that fails on purpose, for tests of this room and of others.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use larder_model::{Refusal, RefusalCode};

use crate::names;
use crate::places::{Entry, Place};

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// This one call is refused; nothing is done.
    Once(RefusalCode),
    /// This call and all after it are refused.
    From(RefusalCode),
    /// The process dies in this call: of a file being put, only so many thousandths are there. Everything after is refused.
    Crash {
        /// Thousandths of the file that are there; over a thousand: all of it, but nobody was told.
        torn: u16,
    },
}

/// What became of a file that was put, but not flushed, when the power went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    Kept,
    /// Neither its name nor its bytes made it.
    Gone,
    /// Its name made it, and none of its bytes.
    Empty,
    /// Its name and half of its bytes made it.
    Half,
    /// Its name and its size made it; the bytes are zeros.
    Zeros,
}

/// A place at the moment when one file was put.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The file's name.
    pub name: String,
    /// Its bytes, all of them.
    pub bytes: Vec<u8>,
    /// Everything that stood there just before.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Of those, the ones that nobody had read back since they were put.
    pub unread: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Inner {
    files: BTreeMap<String, Vec<u8>>,
    calls: u64,
    read_bytes: u64,
    fault: Option<(u64, Fault)>,
    dead: Option<RefusalCode>,
    written: Vec<(String, Vec<u8>)>,
    deleted: Vec<String>,
    unread: BTreeSet<String>,
    watched: Option<String>,
    moments: Vec<Moment>,
    away: bool,
    space_free_bytes: Option<u64>,
}

/// A place in memory. Clones are the same place.
#[derive(Debug, Clone, Default)]
pub struct SimPlace(Arc<Mutex<Inner>>);

enum Then {
    Go,
    Tear(u16),
}

impl SimPlace {
    /// An empty place.
    pub fn new() -> SimPlace {
        SimPlace::default()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The call with this number from now on (1 is the next) fails.
    pub fn fail_at(&self, call: u64, fault: Fault) {
        let mut inner = self.inner();
        inner.fault = Some((inner.calls + call, fault));
        inner.dead = None;
    }

    /// Fails no more. Answers whether anything had failed.
    pub fn heal(&self) -> bool {
        let mut inner = self.inner();
        let fired = inner.fault.is_some_and(|(at, _)| at <= inner.calls);
        inner.fault = None;
        inner.dead = None;
        fired
    }

    /// Is there no more, or again.
    pub fn set_away(&self, away: bool) {
        self.inner().away = away;
    }

    /// Says how much room is left.
    pub fn set_space_free_bytes(&self, bytes: Option<u64>) {
        self.inner().space_free_bytes = bytes;
    }

    /// All files.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.inner().files.clone()
    }

    /// Puts all files of another moment or place in place of these.
    pub fn set_files(&self, files: BTreeMap<String, Vec<u8>>) {
        self.inner().files = files;
    }

    /// Puts a file behind everyone's back, as a sync client or a stranger would.
    pub fn set(&self, name: &str, bytes: &[u8]) {
        self.inner().files.insert(name.to_owned(), bytes.to_vec());
    }

    /// Takes a file away behind everyone's back.
    pub fn unset(&self, name: &str) {
        self.inner().files.remove(name);
    }

    /// What was put and replaced through the verbs, in order.
    pub fn written(&self) -> Vec<(String, Vec<u8>)> {
        self.inner().written.clone()
    }

    /// What was deleted through the verbs, in order.
    pub fn deleted(&self) -> Vec<String> {
        self.inner().deleted.clone()
    }

    /// Calls so far.
    pub fn calls(&self) -> u64 {
        self.inner().calls
    }

    /// Bytes read through the verbs so far.
    pub fn read_bytes(&self) -> u64 {
        self.inner().read_bytes
    }

    /// From now on, keeps the moment of every put of a name with this in it.
    pub fn watch(&self, part_of_name: &str) {
        self.inner().watched = Some(part_of_name.to_owned());
    }

    /// The moments that were kept since they were last taken.
    pub fn take_moments(&self) -> Vec<Moment> {
        std::mem::take(&mut self.inner().moments)
    }

    /// The power goes before what was put last is flushed: of the last puts, one after the other, this becomes of each.
    pub fn lose_last(&self, fates: &[Fate]) {
        let mut inner = self.inner();
        let first = inner.written.len().saturating_sub(fates.len());
        let last: Vec<(String, Vec<u8>)> = inner.written.get(first..).unwrap_or_default().to_vec();
        for ((name, mut bytes), fate) in last.into_iter().zip(fates) {
            match fate {
                Fate::Kept => continue,
                Fate::Gone => {
                    inner.files.remove(&name);
                    continue;
                }
                Fate::Empty => bytes.clear(),
                Fate::Half => bytes.truncate(bytes.len() / 2),
                Fate::Zeros => bytes.fill(0),
            }
            inner.files.insert(name, bytes);
        }
    }

    fn call(inner: &mut Inner) -> Result<Then, Refusal> {
        inner.calls += 1;
        if inner.away {
            return Err(Refusal::new(RefusalCode::Unreachable));
        }
        if let Some(code) = inner.dead {
            return Err(Refusal::new(code));
        }
        match inner.fault {
            Some((at, fault)) if at == inner.calls => match fault {
                Fault::Once(code) => Err(Refusal::new(code)),
                Fault::From(code) => {
                    inner.dead = Some(code);
                    Err(Refusal::new(code))
                }
                Fault::Crash { torn } => {
                    inner.dead = Some(RefusalCode::Unreachable);
                    Ok(Then::Tear(torn))
                }
            },
            _ => Ok(Then::Go),
        }
    }

    fn write(&self, name: &str, content: &mut dyn Read, size_bytes: u64, over: bool) -> Result<(), Refusal> {
        let mut bytes = Vec::new();
        let read = content.take(size_bytes.saturating_add(1)).read_to_end(&mut bytes);
        let mut inner = self.inner();
        let then = SimPlace::call(&mut inner)?;
        if !over && inner.files.contains_key(name) {
            return Err(Refusal::new(RefusalCode::Taken).with("name", name));
        }
        if read.is_err() || bytes.len() as u64 != size_bytes {
            return Err(Refusal::new(RefusalCode::Busy).with("what", name));
        }
        if let Then::Tear(thousandths) = then {
            let kept = bytes.len() * usize::from(thousandths.min(1_000)) / 1_000;
            if thousandths >= 1_000 {
                SimPlace::keep_moment(&mut inner, name, &bytes);
            }
            if thousandths > 0 {
                bytes.truncate(kept);
                inner.files.insert(name.to_owned(), bytes);
            }
            return Err(Refusal::new(RefusalCode::Unreachable));
        }
        SimPlace::keep_moment(&mut inner, name, &bytes);
        inner.written.push((name.to_owned(), bytes.clone()));
        inner.unread.insert(name.to_owned());
        inner.files.insert(name.to_owned(), bytes);
        Ok(())
    }

    fn keep_moment(inner: &mut Inner, name: &str, bytes: &[u8]) {
        if inner.watched.as_deref().is_some_and(|part| name.contains(part)) {
            let (files, unread) = (inner.files.clone(), inner.unread.clone());
            inner.moments.push(Moment { name: name.to_owned(), bytes: bytes.to_vec(), files, unread });
        }
    }
}

impl Place for SimPlace {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        let mut inner = self.inner();
        if let Then::Tear(_) = SimPlace::call(&mut inner)? {
            return Err(Refusal::new(RefusalCode::Unreachable));
        }
        let prefix = if folder.is_empty() { String::new() } else { format!("{}/", names::listed(folder)?.join("/")) };
        let mut folders = BTreeSet::new();
        let mut entries = Vec::new();
        for (name, _) in inner.files.range(prefix.clone()..).take_while(|(name, _)| name.starts_with(&prefix)) {
            let rest = name.get(prefix.len()..).unwrap_or_default();
            match rest.split_once('/') {
                Some((inside, _)) => {
                    folders.insert(inside.to_owned());
                }
                // As a folder answers: names, and no sizes.
                None => {
                    entries.push(Entry::file(rest, None, None));
                }
            }
        }
        entries.extend(folders.into_iter().map(Entry::folder));
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        let mut inner = self.inner();
        if let Then::Tear(_) = SimPlace::call(&mut inner)? {
            return Err(Refusal::new(RefusalCode::Unreachable));
        }
        let last = names::listed(name)?.last().copied().unwrap_or_default().to_owned();
        if let Some(bytes) = inner.files.get(name) {
            return Ok(Some(Entry::file(last, Some(bytes.len() as u64), None)));
        }
        let prefix = format!("{name}/");
        let folder = inner.files.range(prefix.clone()..).next().is_some_and(|(other, _)| other.starts_with(&prefix));
        Ok(folder.then_some(Entry::folder(last)))
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        names::listed(name)?;
        let bytes = {
            let mut inner = self.inner();
            if let Then::Tear(_) = SimPlace::call(&mut inner)? {
                return Err(Refusal::new(RefusalCode::Unreachable));
            }
            let bytes = inner.files.get(name).cloned();
            if let Some(bytes) = bytes.as_ref().filter(|bytes| bytes.len() as u64 <= max_bytes) {
                inner.read_bytes += bytes.len() as u64;
                inner.unread.remove(name);
            }
            bytes
        };
        let Some(bytes) = bytes else { return Ok(None) };
        if bytes.len() as u64 > max_bytes {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", name));
        }
        out.write_all(&bytes).map_err(|e| Refusal::from_io(&e, name))?;
        Ok(Some(bytes.len() as u64))
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        names::written(name)?;
        self.write(name, content, size_bytes, false)
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        names::plain(name)?;
        self.write(name, content, size_bytes, true)
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        names::written(name).or_else(|refusal| names::plain(name).map_err(|_| refusal))?;
        let mut inner = self.inner();
        let then = SimPlace::call(&mut inner)?;
        inner.files.remove(name);
        inner.deleted.push(name.to_owned());
        match then {
            Then::Go => Ok(()),
            Then::Tear(_) => Err(Refusal::new(RefusalCode::Unreachable)),
        }
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        let mut inner = self.inner();
        match SimPlace::call(&mut inner)? {
            Then::Go => Ok(inner.space_free_bytes),
            Then::Tear(_) => Err(Refusal::new(RefusalCode::Unreachable)),
        }
    }
}
