//! Finding things on a place by their hash, wherever they were put: where they belong first, then beside it, then in other
//! folders. A doubled, renamed or misplaced file is found; a file with the right name and the wrong bytes is not there.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use larder_model::{Refusal, RefusalCode, WriterId};
use sha2::{Digest, Sha256};

use crate::broken::{self, Broken};
use crate::caps;
use crate::envelope::sha256;
use crate::names::{self, Room};
use crate::places::{Entry, Place, Whereabouts};

/// A place while it is read once.
pub(crate) struct Stacks<'a> {
    pub place: &'a dyn Place,
    /// Names of folders below `w`: writers' own, and doubles of them.
    pub folders: Vec<String>,
    rooms: HashMap<String, OnceCell<Vec<String>>>,
    /// Files whose names follow no grammar, by room: hash to name.
    strays: RefCell<HashMap<Room, BTreeMap<String, String>>>,
    lookups: Cell<u64>,
    unreadable: Cell<u64>,
    /// Of those, the ones whose bytes lie in a cloud.
    in_cloud: Cell<u64>,
    /// Folders with unusually much in them.
    pub too_much: RefCell<BTreeSet<String>>,
    /// What was listed of heads: a folder, and a print of the names in it.
    pub heard: RefCell<BTreeMap<String, String>>,
    /// Folders of which not every head could be read right now.
    pub unheard: RefCell<BTreeSet<String>>,
    /// The names below `w` as they were listed.
    pub listed: BTreeSet<String>,
    /// Something was met that may be whole the next time.
    pub unsettled: Cell<bool>,
    cancelled: &'a dyn Fn() -> bool,
    /// Whether one file that cannot be read is a refusal.
    strict: bool,
}

/// Where a piece of content may be.
#[derive(Debug, Default)]
pub(crate) struct BlobNames {
    /// With the right size.
    pub found: Vec<Found>,
    /// Something stands in for it whose real bytes lie in a cloud.
    pub elsewhere: bool,
    /// The size that another one had.
    pub other_size: Option<u64>,
}

/// A file that may be a piece of content.
#[derive(Debug)]
pub(crate) struct Found {
    pub name: String,
    /// The mark of its file.
    pub changed: Option<u64>,
    /// Its bytes come from a cloud when they are read.
    pub on_request: bool,
}

/// Where a piece of content is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Blob {
    /// There, with the right size.
    Present(String),
    /// There, with the right size, and its bytes come from a cloud when they are read.
    OnRequest(String),
    /// In a cloud, from where only the program that keeps the folder in step can bring it.
    Elsewhere,
    /// Only with another size, or known to be damaged.
    WrongSize(u64),
    /// There with the right size, and known to have the wrong bytes.
    Damaged,
    /// Not there.
    Absent,
}

impl<'a> Stacks<'a> {
    /// Lists the writers' folders. Those of `known` writers are there in any case.
    ///
    /// # Errors
    /// What the place answers; `Cancelled`.
    pub fn open<'w>(
        place: &'a dyn Place,
        known: impl IntoIterator<Item = &'w WriterId>,
        cancelled: &'a dyn Fn() -> bool,
    ) -> Result<Stacks<'a>, Refusal> {
        let listed = place.list(names::WRITERS)?;
        let mut stacks = Stacks::near(place, known);
        stacks.cancelled = cancelled;
        stacks.listed = folder_names(&listed);
        let mut met: BTreeSet<String> = stacks.folders.iter().cloned().collect();
        for entry in listed.into_iter().filter(|entry| entry.folder) {
            if stacks.folders.len() >= caps::FOLDERS {
                stacks.too_much.borrow_mut().insert(names::WRITERS.to_owned());
                break;
            }
            if names::listed(&entry.name).is_ok() && met.insert(entry.name.clone()) {
                stacks.rooms.insert(entry.name.clone(), OnceCell::new());
                stacks.folders.push(entry.name);
            }
        }
        Ok(stacks)
    }

    /// Only the folders of these writers, without asking for any others.
    pub fn near<'w>(place: &'a dyn Place, writers: impl IntoIterator<Item = &'w WriterId>) -> Stacks<'a> {
        let mut met = BTreeSet::new();
        let names = writers.into_iter().map(|w| w.as_str().to_owned());
        let folders: Vec<String> = names.filter(|name| met.insert(name.clone())).collect();
        let rooms = folders.iter().map(|folder| (folder.clone(), OnceCell::new())).collect();
        Stacks {
            place,
            folders,
            rooms,
            strays: RefCell::default(),
            lookups: Cell::new(0),
            unreadable: Cell::new(0),
            in_cloud: Cell::new(0),
            too_much: RefCell::default(),
            heard: RefCell::default(),
            unheard: RefCell::default(),
            listed: BTreeSet::new(),
            unsettled: Cell::new(false),
            cancelled: &|| false,
            strict: false,
        }
    }

    /// The same for reading what one's own next words depend on: there, a file that cannot be read right now must not pass
    /// for one that is not there.
    ///
    /// # Errors
    /// What the place answers.
    pub fn open_strict<'w>(
        place: &'a dyn Place,
        known: impl IntoIterator<Item = &'w WriterId>,
    ) -> Result<Stacks<'a>, Refusal> {
        Ok(Stacks { strict: true, ..Stacks::open(place, known, &|| false)? })
    }

    /// # Errors
    /// `Cancelled` once the person wants no more.
    pub fn go_on(&self) -> Result<(), Refusal> {
        if (self.cancelled)() { Err(Refusal::new(RefusalCode::Cancelled)) } else { Ok(()) }
    }

    /// Counts a file that lies in a cloud and did not come.
    pub fn left_in_cloud(&self) {
        self.unreadable.set(self.unreadable.get() + 1);
        self.in_cloud.set(self.in_cloud.get() + 1);
    }

    /// Of the files that could not be read, those whose bytes lie in a cloud.
    pub fn in_cloud(&self) -> u64 {
        self.in_cloud.get()
    }

    /// Files that could not be read.
    pub fn unreadable(&self) -> u64 {
        self.unreadable.get()
    }

    /// Whether heads of a device may be missing only because they could not be read right now: in its own folder, or in one
    /// that may be a double of it.
    pub fn is_unheard(&self, writer: &WriterId) -> bool {
        self.unheard.borrow().iter().any(|folder| folder == writer.as_str() || !names::is_writer(folder))
    }

    /// One file that cannot be read is not there; a place that is gone is a refusal.
    fn tolerate<T: Default>(&self, answer: Result<T, Refusal>) -> Result<T, Refusal> {
        let refusal = match answer {
            Ok(value) => return Ok(value),
            Err(refusal) => refusal,
        };
        let about_the_file = matches!(
            refusal.code,
            RefusalCode::TooLarge
                | RefusalCode::Invalid
                | RefusalCode::IsAFolder
                | RefusalCode::Damaged
                | RefusalCode::NotFound
        );
        if about_the_file {
            return Ok(T::default());
        }
        self.unreadable.set(self.unreadable.get() + 1);
        if refusal.code == RefusalCode::CloudOnly && !self.strict {
            // Told by itself, and no sign that the place is going away.
            self.in_cloud.set(self.in_cloud.get() + 1);
            return Ok(T::default());
        }
        let place_answers = matches!(self.place.stat(names::DATA), Ok(Some(_)));
        if !self.strict && place_answers && self.unreadable.get() - self.in_cloud.get() <= caps::UNREADABLE {
            Ok(T::default())
        } else {
            Err(refusal)
        }
    }

    /// A file of at most so many bytes; none where it is not there, too large or unreadable.
    pub fn get(&self, name: &str, max_bytes: u64) -> Result<Option<Vec<u8>>, Refusal> {
        self.go_on()?;
        self.tolerate(self.place.get(name, max_bytes))
    }

    /// What stands in a folder.
    pub fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        self.go_on()?;
        self.tolerate(self.place.list(folder))
    }

    /// The files in a folder, each with its size: not every place tells it with the names.
    pub fn files(&self, folder: &str) -> Result<Vec<(String, u64)>, Refusal> {
        let mut files = Vec::new();
        for entry in self.list(folder)?.into_iter().filter(|entry| !entry.folder) {
            let size_bytes = match entry.size_bytes {
                Some(size_bytes) => Some(size_bytes),
                None => self.stat(&format!("{folder}/{}", entry.name))?.and_then(|found| found.size_bytes),
            };
            files.push((entry.name, size_bytes.unwrap_or(0)));
        }
        Ok(files)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        self.go_on()?;
        self.tolerate(self.place.stat(name))
    }

    fn may_ask(&self) -> bool {
        self.lookups.set(self.lookups.get() + 1);
        if self.lookups.get() > caps::LOOKUPS {
            self.too_much.borrow_mut().insert(names::WRITERS.to_owned());
            return false;
        }
        true
    }

    /// The folders of a kind within a writer's folder: `h`, and what a sync client or an old server made of it (`H`, `h (1)`).
    pub fn rooms(&self, folder: &str, room: Room) -> Result<Vec<String>, Refusal> {
        let Some(cell) = self.rooms.get(folder) else { return Ok(Vec::new()) };
        if !self.place.may_hold_doubles() {
            return Ok(vec![format!("{}/{}", names::writer(folder), room.folder())]);
        }
        let all = match cell.get() {
            Some(all) => all,
            None => {
                let unreadable = self.unreadable();
                let listed = self.list(&names::writer(folder))?;
                if self.unreadable() > unreadable {
                    self.unheard.borrow_mut().insert(folder.to_owned());
                }
                let all = listed
                    .into_iter()
                    .filter(|e| e.folder && names::listed(&e.name).is_ok())
                    .map(|e| e.name)
                    .take(caps::STRAYS);
                let all = all.collect();
                cell.get_or_init(|| all)
            }
        };
        let is_room = |name: &&String| {
            let mut chars = name.chars().map(|c| c.to_ascii_lowercase());
            chars.next() == room.folder().chars().next() && !chars.next().is_some_and(|c| c.is_ascii_alphanumeric())
        };
        Ok(all.iter().filter(is_room).map(|name| format!("{}/{name}", names::writer(folder))).collect())
    }

    /// A record by its hash.
    pub fn record(
        &self,
        room: Room,
        hash: &str,
        first: &[&WriterId],
        max_bytes: u64,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        for folder in self.order(first) {
            if !self.may_ask() {
                return Ok(None);
            }
            let found = self.get(&names::record(folder, room, hash), max_bytes)?;
            if let Some(bytes) = found.filter(|bytes| sha256(bytes) == hash) {
                return Ok(Some(bytes));
            }
        }
        self.stray(room, hash, max_bytes)
    }

    /// A record of a writer that nobody else is asked for: from its own folder, or from one whose name is nobody's.
    pub fn record_in(
        &self,
        room: Room,
        hash: &str,
        writer: &WriterId,
        max_bytes: u64,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        let odd = self.folders.iter().map(String::as_str).filter(|folder| !names::is_writer(folder));
        for folder in std::iter::once(writer.as_str()).chain(odd) {
            if !self.may_ask() {
                return Ok(None);
            }
            let found = self.get(&names::record(folder, room, hash), max_bytes)?;
            if let Some(bytes) = found.filter(|bytes| sha256(bytes) == hash) {
                return Ok(Some(bytes));
            }
        }
        self.stray(room, hash, max_bytes)
    }

    fn stray(&self, room: Room, hash: &str, max_bytes: u64) -> Result<Option<Vec<u8>>, Refusal> {
        let stray = self.strays(room)?.get(hash).cloned();
        match stray {
            Some(name) => Ok(self.get(&name, max_bytes)?.filter(|bytes| sha256(bytes) == hash)),
            None => Ok(None),
        }
    }

    /// Folders in the order in which they are asked: `first`, then all others.
    fn order<'s>(&'s self, first: &'s [&WriterId]) -> impl Iterator<Item = &'s str> {
        let others =
            self.folders.iter().map(String::as_str).filter(|folder| !first.iter().any(|w| w.as_str() == *folder));
        first.iter().map(|w| w.as_str()).chain(others)
    }

    /// Records under names that follow no grammar, by hash.
    fn strays(&self, room: Room) -> Result<BTreeMap<String, String>, Refusal> {
        if let Some(strays) = self.strays.borrow().get(&room) {
            return Ok(strays.clone());
        }
        let mut found = BTreeMap::new();
        for folder in &self.folders {
            for inside in self.rooms(folder, room)? {
                let usual = inside == format!("{}/{}", names::writer(folder), room.folder());
                let odd = self
                    .list(&inside)?
                    .into_iter()
                    .filter(|e| !(e.folder || usual && names::record_hash(&e.name).is_some()));
                for entry in odd.take(caps::STRAYS) {
                    let name = format!("{inside}/{}", entry.name);
                    if !self.may_ask() {
                        break;
                    }
                    if let Some(bytes) = self.get(&name, caps::ROSTER_BYTES)? {
                        found.insert(sha256(&bytes), name);
                    }
                }
            }
        }
        self.strays.borrow_mut().insert(room, found.clone());
        Ok(found)
    }

    /// Every name under which a piece of content with this size is found, best first.
    pub fn blob_names(&self, hash: &str, size_bytes: u64, first: &[&WriterId]) -> Result<BlobNames, Refusal> {
        let mut names = BlobNames::default();
        for (i, folder) in self.order(first).enumerate() {
            if !self.may_ask() || (i >= first.len() && !names.found.is_empty()) {
                break;
            }
            let name = crate::names::blob(folder, hash);
            match self.stat(&name)?.filter(|entry| !entry.folder) {
                Some(entry) if entry.size_bytes == Some(size_bytes) => {
                    let on_request = entry.whereabouts == Whereabouts::OnRequest;
                    names.found.push(Found { name, changed: entry.changed, on_request });
                }
                Some(entry) if entry.whereabouts == Whereabouts::Elsewhere => names.elsewhere = true,
                Some(entry) => names.other_size = entry.size_bytes,
                None => {}
            }
        }
        Ok(names)
    }

    /// Content under odd names (a sync client's doubles), by reading what has the right size.
    pub fn stray_blob(&self, hash: &str, size_bytes: u64, first: &[&WriterId]) -> Result<Option<String>, Refusal> {
        let shard = hash.get(..2).unwrap_or_default();
        // Where it belongs, and in folders that are somebody's double. Other people's own folders hold it under its own name or
        // not at all.
        for folder in
            self.order(first).enumerate().filter(|(i, f)| *i < first.len() || !names::is_writer(f)).map(|(_, f)| f)
        {
            for inside in self.rooms(folder, Room::Blobs)? {
                if !self.may_ask() {
                    return Ok(None);
                }
                let inside = format!("{inside}/{shard}");
                let usual = inside == format!("{}/b/{shard}", names::writer(folder));
                let odd = self.list(&inside)?.into_iter().filter(|e| !(e.folder || usual && names::is_hash(&e.name)));
                for entry in odd.take(caps::STRAYS) {
                    let name = format!("{inside}/{}", entry.name);
                    let found = if self.may_ask() { self.stat(&name)? } else { None };
                    // Nobody waits for bytes from a cloud only to learn whether they might be these.
                    if !found.is_some_and(|e| e.size_bytes == Some(size_bytes) && e.whereabouts == Whereabouts::Here) {
                        continue;
                    }
                    if self.has_hash(&name, hash, size_bytes)? {
                        return Ok(Some(name));
                    }
                }
            }
        }
        Ok(None)
    }

    /// Whether a file has these bytes, by reading all of it.
    pub fn has_hash(&self, name: &str, hash: &str, size_bytes: u64) -> Result<bool, Refusal> {
        self.go_on()?;
        let mut sink = HashSink::default();
        let size = self.tolerate(self.place.get_to(name, &mut sink, size_bytes))?;
        Ok(size == Some(size_bytes) && sink.hex() == hash)
    }

    /// A small piece of content, verified: file lists.
    pub fn small_blob(&self, hash: &str, size_bytes: u64, first: &[&WriterId]) -> Result<Option<Vec<u8>>, Refusal> {
        for Found { name, .. } in self.blob_names(hash, size_bytes, first)?.found {
            let sound = |bytes: &Vec<u8>| sha256(bytes) == hash || broken::is(Broken::ListUnchecked);
            if let Some(bytes) = self.get(&name, size_bytes)?.filter(sound) {
                return Ok(Some(bytes));
            }
        }
        match self.stray_blob(hash, size_bytes, first)? {
            Some(name) => Ok(self.get(&name, size_bytes)?.filter(|bytes| sha256(bytes) == hash)),
            None => Ok(None),
        }
    }

    /// Where a piece of content is, by its size alone except where it was found damaged before: then by its bytes, as soon as
    /// the file may have changed. `damaged` is kept up to date.
    pub fn blob(
        &self,
        hash: &str,
        size_bytes: u64,
        first: &[&WriterId],
        damaged: &mut BTreeMap<String, Option<u64>>,
    ) -> Result<Blob, Refusal> {
        let BlobNames { found, other_size, elsewhere } = self.blob_names(hash, size_bytes, first)?;
        let mut met_damaged = false;
        for Found { name, changed: mark, on_request } in found {
            let there = |name| if on_request { Blob::OnRequest(name) } else { Blob::Present(name) };
            let Some(known_mark) = damaged.get(&name).copied() else { return Ok(there(name)) };
            let unchanged = mark.is_some() && mark == known_mark;
            if !unchanged && !on_request && self.has_hash(&name, hash, size_bytes)? {
                damaged.remove(&name);
                return Ok(Blob::Present(name));
            }
            damaged.insert(name, mark);
            met_damaged = true;
        }
        if let Some(name) = self.stray_blob(hash, size_bytes, first)? {
            return Ok(Blob::Present(name));
        }
        Ok(match (met_damaged, other_size) {
            (true, _) => Blob::Damaged,
            (false, _) if elsewhere => Blob::Elsewhere,
            (false, Some(size)) => Blob::WrongSize(size),
            (false, None) => Blob::Absent,
        })
    }
}

/// The names of the folders in a listing.
pub(crate) fn folder_names(listed: &[Entry]) -> BTreeSet<String> {
    listed.iter().filter(|entry| entry.folder).map(|entry| entry.name.clone()).collect()
}

/// A print of a listing: another one as soon as a name, a size or a mark in it is.
pub(crate) fn print_of(listed: &[Entry]) -> String {
    let mut hash = Sha256::new();
    for entry in listed {
        hash.update(entry.name.as_bytes());
        hash.update(format!("\0{:?}{:?}{}\0", entry.size_bytes, entry.changed, entry.folder).as_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// Hashes what is written to it.
#[derive(Default)]
pub(crate) struct HashSink(Sha256);

impl HashSink {
    /// The hash in base 16.
    pub fn hex(self) -> String {
        data_encoding::HEXLOWER.encode(&self.0.finalize())
    }
}

impl std::io::Write for HashSink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
