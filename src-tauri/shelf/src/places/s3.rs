//! A bucket of S3 storage, of whichever maker, or a folder in one.
//!
//! Files are put whole with one request each, so nobody sees half of one. Folders are only beginnings of names. Nothing is
//! asked of this computer's own settings for such storage: what was entered is all that is used.

mod address;
mod content;
mod sign;
#[cfg(test)]
mod stub;
mod told;
#[cfg(test)]
mod trials;
mod wire;
mod xml;

use std::cell::Cell;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use larder_model::{Refusal, RefusalCode};
use reqwest::Method;
use sha2::{Digest, Sha256};

use self::address::Spot;
use self::content::Content;
use self::told::Told;
// Held to real servers, which are there on Debian and Ubuntu.
#[cfg(all(test, unix))]
pub(super) use self::trials::{make_bucket, values_for};
pub(super) use self::wire::Limits;
use self::wire::{Answer, Ask, Reply, Wire};
use self::xml::Page;
use super::folder::keep_greatest;
use super::{Entry, Place, PlaceKind, Secret};
use crate::{caps, names};

pub(in crate::places) const KIND: PlaceKind = PlaceKind {
    name: "s3",
    fields: address::FIELDS,
    fits: |address| address.starts_with(address::BEGIN),
    address: address::address,
    values: address::values,
    open: |address, secret| Ok(Box::new(S3::open(address, secret, Limits::USUAL)?)),
};

/// The largest page of a listing: a thousand of the longest names have room.
const PAGE_BYTES: u64 = 8 * 1024 * 1024;
/// What a page has about as many bytes as; it says how long one may take.
const USUAL_PAGE_BYTES: u64 = 1024 * 1024;
/// Pages without anything on them, before a listing is given up.
const EMPTY_PAGES: u32 = 100;
/// How long one whole listing may take.
const LISTING: Duration = Duration::from_secs(15 * 60);
/// How long a bucket that answered counts as being there.
const HEARD: Duration = Duration::from_secs(60);
/// Folders looked into for another shelf.
const NEIGHBOURS: usize = 30;

/// A bucket, or a folder in it, as a place.
pub(super) struct S3 {
    wire: Wire,
    /// False once the storage was found not to know "only where nothing is".
    conditional: AtomicBool,
    /// When the bucket last answered for sure.
    heard: Mutex<Option<Instant>>,
}

/// What stands under one name.
struct Head {
    size_bytes: Option<u64>,
    etag: Option<String>,
}

impl S3 {
    /// The bucket at an address. Nothing is asked of it yet.
    ///
    /// # Errors
    /// `Invalid` for an address that is none; `SignIn` without a secret key.
    pub(super) fn open(address: &str, secret: Option<&Secret>, limits: Limits) -> Result<S3, Refusal> {
        let spot = Spot::new(&address::values(address))?;
        let Some(secret) = secret.filter(|secret| !secret.reveal().is_empty()) else {
            let path = spot.shown();
            return Err(Refusal::new(RefusalCode::SignIn).with("path", path.as_str()).with("file", path.as_str()));
        };
        // Copied with a line's end or a blank around it, as from a web page.
        let secret = Secret::new(secret.reveal().trim());
        Ok(S3 { wire: Wire::new(spot, secret, limits), conditional: AtomicBool::new(true), heard: Mutex::default() })
    }

    fn path(&self) -> String {
        self.wire.spot().shown()
    }

    /// The whole name of something, or with nothing, what all names begin with.
    fn key(&self, name: &str) -> String {
        let folder = &self.wire.spot().folder;
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    }

    fn refuse(&self, told: &Told, name: &str) -> Refusal {
        told.refusal(&self.path(), name)
    }

    fn no_storage(&self) -> Refusal {
        Refusal::new(RefusalCode::NotThisKind).with("path", self.path()).with("what", "s3")
    }

    fn hear(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn was_heard(&self) -> bool {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|at| at.elapsed() < HEARD)
    }

    /// # Errors
    /// `NotThisKind` for a page that somebody in between shows instead.
    fn must_be_storage(&self, answer: &Answer, name: &str) -> Result<(), Refusal> {
        let page = answer.is_web_page() && !name.starts_with(names::CURRENT);
        let marked = answer.header("etag").is_some() || answer.header("x-amz-request-id").is_some();
        if page || !marked { Err(self.no_storage()) } else { Ok(()) }
    }

    /// One page of names that begin with `prefix`.
    fn page(&self, prefix: &str, deep: bool, most: u32, next: Option<&str>) -> Result<Page, Refusal> {
        let most = most.to_string();
        let mut query = vec![("list-type", "2"), ("max-keys", &most), ("prefix", prefix)];
        if !deep {
            query.push(("delimiter", "/"));
        }
        query.extend(next.map(|token| ("continuation-token", token)));
        let ask = Ask { query: &query, max_bytes: USUAL_PAGE_BYTES, ..Ask::new(Method::GET, "") };
        let mut answer = match self.wire.ask(&ask)? {
            Reply::Good(answer) => answer,
            Reply::Bad(told) => return Err(self.refuse(&told, "")),
        };
        let mut bytes = Vec::new();
        let read = answer.read(PAGE_BYTES, &mut |part| {
            bytes.extend_from_slice(part);
            Ok(())
        });
        match read {
            Err(refusal) if refusal.code == RefusalCode::TooLarge => return Err(self.no_storage()),
            read => read?,
        };
        let page = xml::page(&bytes).ok_or_else(|| self.no_storage())?;
        self.hear();
        Ok(page)
    }

    /// Whether any name begins so.
    fn any_below(&self, prefix: &str) -> Result<bool, Refusal> {
        let page = self.page(prefix, true, 1, None)?;
        Ok(page.files.iter().any(|file| file.key.starts_with(prefix)))
    }

    /// What stands under a name; none where nothing does, or where there is no bucket at all.
    fn head(&self, name: &str) -> Result<Option<Head>, Refusal> {
        let key = self.key(name);
        let mut listed = None;
        loop {
            match (self.wire.ask(&Ask::new(Method::HEAD, &key))?, listed) {
                (Reply::Good(answer), _) => {
                    self.must_be_storage(&answer, name)?;
                    let etag = answer.header("etag").map(str::to_owned);
                    return Ok(Some(Head { size_bytes: answer.says_bytes(), etag }));
                }
                (Reply::Bad(told), _) if told.status == 404 => return Ok(None),
                // Some fall over what is a folder to them. The listing knows that there is no file of that name.
                (Reply::Bad(told), Some(false)) if told.status == 500 => return Ok(None),
                (Reply::Bad(told), Some(_)) => return Err(self.refuse(&told, name)),
                // This kind of answer does not say why; a listing's does, and finds the right region.
                (Reply::Bad(_), None) => {
                    let page = self.page(&key, true, 1, None)?;
                    listed = Some(page.files.iter().any(|file| file.key == key));
                }
            }
        }
    }

    fn send(&self, name: &str, content: &Content, new: bool) -> Result<(), Refusal> {
        let key = self.key(name);
        loop {
            let conditional = new && self.conditional.load(Ordering::Relaxed);
            let mut headers = vec![("content-type", media_type(name))];
            if conditional {
                headers.push(("if-none-match", "*"));
            }
            let ask = Ask { headers: &headers, content: Some(content), ..Ask::new(Method::PUT, &key) };
            match self.wire.ask(&ask)? {
                Reply::Good(answer) => return self.must_be_storage(&answer, ""),
                Reply::Bad(told) if conditional && told.knows_no_condition() => {
                    self.conditional.store(false, Ordering::Relaxed);
                }
                Reply::Bad(told) => return Err(self.refuse(&told, name)),
            }
        }
    }

    /// Asks for a file from a byte on. `etag` is the mark that it must still have.
    fn get_from(&self, name: &str, from: u64, etag: &str, max_bytes: u64) -> Result<Option<Answer>, Refusal> {
        let key = self.key(name);
        let range = format!("bytes={from}-");
        let headers = if from == 0 { vec![] } else { vec![("range", range.as_str()), ("if-match", etag)] };
        match self.wire.ask(&Ask { headers: &headers, max_bytes, ..Ask::new(Method::GET, &key) })? {
            Reply::Good(answer) => {
                self.must_be_storage(&answer, name)?;
                Ok(Some(answer))
            }
            Reply::Bad(told) if told.is_no_such_key() => {
                self.hear();
                Ok(None)
            }
            Reply::Bad(told) => Err(self.refuse(&told, name)),
        }
    }
}

impl Place for S3 {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        if !folder.is_empty() {
            names::listed(folder)?;
        }
        let prefix = match self.key(folder) {
            prefix if prefix.is_empty() || prefix.ends_with('/') => prefix,
            prefix => format!("{prefix}/"),
        };
        let until = Instant::now() + LISTING;
        let (mut entries, mut next, mut scanned, mut empty) = (Vec::new(), None, 0, 0);
        loop {
            let page = self.page(&prefix, false, self.wire.limits().page, next.as_deref())?;
            let found = page.files.len() + page.prefixes.len();
            scanned += found;
            empty = if found == 0 { empty + 1 } else { 0 };
            for file in &page.files {
                let inside = file.key.strip_prefix(&prefix).unwrap_or_default();
                entries.extend(entry(inside, file.size_bytes, file.etag.as_deref()));
            }
            for folder in &page.prefixes {
                entries.extend(entry(folder.strip_prefix(&prefix).unwrap_or_default(), None, None));
            }
            if entries.len() >= 2 * caps::LISTED_NAMES {
                tidy(&mut entries);
            }
            if page.next.is_none() || scanned >= caps::SCANNED_NAMES {
                break;
            }
            // A listing that leads to itself, or nowhere.
            if page.next == next || empty > EMPTY_PAGES || Instant::now() > until {
                return Err(self.no_storage());
            }
            next = page.next;
        }
        tidy(&mut entries);
        Ok(entries)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        let parts = names::listed(name)?;
        let last = parts.last().copied().unwrap_or_default();
        let folder = || Entry::folder(last);
        let below = format!("{}/", self.key(name));
        // Names of our own tell which of the two questions to ask first, and whether the other one is needed.
        let is_file = names::is_hash(last) || last.ends_with(".rec");
        let is_folder = !is_file && !last.contains('.');
        if is_folder && self.any_below(&below)? {
            return Ok(Some(folder()));
        }
        if let Some(head) = self.head(name)? {
            let changed = head.etag.as_deref().map(mark);
            return Ok(Some(Entry::file(last, head.size_bytes, changed)));
        }
        // Whether the bucket is there at all is not told by what is missing in it.
        if is_folder || (is_file && self.was_heard()) {
            return Ok(None);
        }
        Ok(self.any_below(&below)?.then(folder))
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        names::listed(name)?;
        let too_large = || Refusal::new(RefusalCode::TooLarge).with("file", name).with("limit", max_bytes);
        let (total, mut etag, mut tried) = (Cell::new(0_u64), String::new(), 1);
        loop {
            let from = total.get();
            let Some(mut answer) = self.get_from(name, from, &etag, max_bytes)? else { return Ok(None) };
            if answer.says_bytes().is_some_and(|size| size > max_bytes - from) {
                return Err(too_large());
            }
            let begins = answer.header("content-range").map(|range| range.starts_with(&format!("bytes {from}-")));
            if from > 0 && begins != Some(true) {
                return Err(Refusal::new(RefusalCode::Unreachable).with("path", self.path()).with("file", name));
            }
            etag = answer.header("etag").unwrap_or_default().to_owned();
            let ours = Cell::new(false);
            let read = answer.read(max_bytes - from, &mut |part| {
                total.set(total.get() + part.len() as u64);
                out.write_all(part).map_err(|e| {
                    ours.set(true);
                    Refusal::from_io(&e, name)
                })
            });
            match read {
                Ok(_) => return Ok(Some(total.get())),
                Err(refusal) if refusal.code == RefusalCode::TooLarge && !ours.get() => return Err(too_large()),
                // It broke off: the rest is asked for, as long as something comes of it.
                Err(refusal) => {
                    let moved = total.get() > from;
                    if ours.get() || !moved || etag.is_empty() || tried >= self.wire.limits().tries {
                        return Err(refusal);
                    }
                }
            }
            tried += 1;
        }
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        names::written(name)?;
        if self.head(name)?.is_some() {
            return Err(Refusal::new(RefusalCode::Taken).with("name", name));
        }
        self.send(name, &Content::read(name, content, size_bytes)?, true)
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        names::plain(name)?;
        self.send(name, &Content::read(name, content, size_bytes)?, false)
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        if name.starts_with(names::CURRENT) {
            names::plain(name)?
        } else {
            names::written(name)?
        };
        match self.wire.ask(&Ask::new(Method::DELETE, &self.key(name)))? {
            Reply::Good(answer) if answer.is_empty() => Ok(()),
            Reply::Good(answer) => self.must_be_storage(&answer, ""),
            Reply::Bad(told) if told.is_no_such_key() => Ok(()),
            // Some fall over what is not there.
            Reply::Bad(told) if told.status == 500 && self.head(name)?.is_none() => Ok(()),
            Reply::Bad(told) => Err(self.refuse(&told, name)),
        }
    }

    fn may_hold_doubles(&self) -> bool {
        false
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        Ok(None)
    }

    fn nested(&self) -> Result<bool, Refusal> {
        let folder = &self.wire.spot().folder;
        if folder.split('/').any(|part| part == names::DATA) {
            return Ok(true);
        }
        let mut beside = Vec::new();
        let mut above = folder.as_str();
        while !above.is_empty() {
            above = above.rsplit_once('/').map_or("", |(above, _)| above);
            beside.push(if above.is_empty() { String::new() } else { format!("{above}/") });
        }
        let inside = self.list("")?.into_iter().filter(|entry| entry.folder && entry.name != names::DATA);
        beside.extend(inside.take(NEIGHBOURS).map(|entry| format!("{}/", self.key(&entry.name))));
        for prefix in beside {
            match self.any_below(&format!("{prefix}{}/shelf-", names::DATA)) {
                Ok(true) => return Ok(true),
                // A key that may only see its own folder cannot tell, and is none the worse for it.
                Err(refusal) if refusal.code != RefusalCode::NoPermission => return Err(refusal),
                _ => {}
            }
        }
        Ok(false)
    }
}

/// One line of a listing from what stands behind the folder's name; none for the folder itself.
fn entry(inside: &str, size_bytes: Option<u64>, etag: Option<&str>) -> Option<Entry> {
    let (name, folder) = inside.split_once('/').map_or((inside, false), |(name, _)| (name, true));
    let size_bytes = size_bytes.filter(|_| !folder);
    let changed = etag.filter(|_| !folder).map(mark);
    (!name.is_empty()).then(|| Entry { folder, ..Entry::file(name, size_bytes, changed) })
}

/// The names that a page tells below a prefix. Only for feeding it with bytes that nobody meant.
#[cfg(any(test, fuzzing))]
pub(super) fn told_in(answer: &[u8], prefix: &str) -> Option<Vec<String>> {
    let page = xml::page(answer)?;
    assert!(page.next.as_ref().is_none_or(|next| !next.is_empty()), "the next page can be asked for");
    let keys = page.files.iter().map(|file| &file.key).chain(&page.prefixes);
    let inside = keys.filter_map(|key| entry(key.strip_prefix(prefix).unwrap_or_default(), None, None));
    Some(inside.map(|entry| entry.name).collect())
}

/// The code of a fault. As above.
#[cfg(any(test, fuzzing))]
pub(super) fn fault_in(answer: &[u8]) -> Option<String> {
    xml::fault(answer).map(|fault| fault.code)
}

fn tidy(entries: &mut Vec<Entry>) {
    keep_greatest(entries, usize::MAX);
    entries.dedup_by(|a, b| a.name == b.name && a.folder == b.folder);
    keep_greatest(entries, caps::LISTED_NAMES);
}

/// The storage's mark of a content, as one number.
fn mark(etag: &str) -> u64 {
    Sha256::digest(etag).iter().take(8).fold(0, |mark, byte| mark << 8 | u64::from(*byte))
}

/// What a browser is told that a plain copy is.
fn media_type(name: &str) -> &'static str {
    let ending = name.starts_with(names::CURRENT).then(|| name.rsplit_once('.').map_or("", |(_, ending)| ending));
    match ending {
        Some("html") => "text/html; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json",
        Some("md") => "text/markdown; charset=utf-8",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
