//! A folder on a WebDAV server: Nextcloud and its relatives, a NAS, Apache, nginx and the like.
//!
//! Only what all of them do alike is asked for: `PROPFIND` one level deep, `GET`, `PUT` under the final name, `MKCOL` and
//! `DELETE`. Conditions on what is written are a help where they are kept, and nothing rests on them; nothing is moved or
//! locked. What a server lists is only taken for names below the folder that was asked about.

mod address;
#[cfg(test)]
mod hostile;
mod multistatus;
mod nextcloud;
#[cfg(test)]
mod trials;
mod writing;

use std::collections::HashSet;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use larder_model::{Refusal, RefusalCode};
use reqwest::Method;
use reqwest::header::HeaderName;
use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::folder::keep_greatest;
use super::net::{Answer, Ask, Body, Net, from_status, not_this_kind, shown};
use super::{Entry, Field, FieldKind, Place, PlaceKind, Secret};
use crate::{caps, names};
use address::{Address, encoded};
use multistatus::{Broken, Most, Row};

pub(super) use address::decoded;
pub(super) use nextcloud::better;

const NAME: &str = "webdav";

pub(super) const KIND: PlaceKind = PlaceKind {
    name: NAME,
    fields: &[
        Field { name: "url", kind: FieldKind::Web, required: true },
        Field { name: "user", kind: FieldKind::Text, required: false },
        Field { name: "password", kind: FieldKind::Secret, required: false },
    ],
    fits: address::fits,
    address: address::from_values,
    values: address::to_values,
    open: |address, secret| Ok(Box::new(WebDav::open(Address::parse(address)?, secret)?)),
};

/// What is asked about files and folders.
const ABOUT: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<propfind xmlns=\"DAV:\"><prop><resourcetype/>\
                     <getcontentlength/><getetag/><getlastmodified/></prop></propfind>";
const ROOM: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<propfind xmlns=\"DAV:\"><prop><resourcetype/>\
                    <quota-available-bytes/></prop></propfind>";
const WHO: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<propfind xmlns=\"DAV:\"><prop><resourcetype/>\
                   <current-user-principal/></prop></propfind>";

/// The most that is read of one listing. A row takes some 500 bytes.
const LISTING: Most = Most { bytes: 256 * 1024 * 1024, rows: caps::SCANNED_NAMES };
/// How long the folder itself counts as there after it answered.
const SEEN: Duration = Duration::from_secs(5);
/// Folders in a folder that are looked into for another shelf.
const INSIDE: usize = 32;

const DEPTH: HeaderName = HeaderName::from_static("depth");

/// A WebDAV folder as a place.
pub(super) struct WebDav {
    net: Net,
    root: Url,
    most: Most,
    /// When the folder itself was last known to be there.
    seen: Mutex<Option<Instant>>,
    /// Folders that are there, so that they are not made again for every file.
    made: Mutex<HashSet<String>>,
}

/// What a row is about, as seen from the folder that was asked about.
enum About {
    Itself,
    Inside(String),
}

/// The method that asks about files.
fn propfind() -> Method {
    method(b"PROPFIND")
}

/// A method that HTTP itself does not know.
fn method(name: &'static [u8]) -> Method {
    // These are all letters, so it is one.
    Method::from_bytes(name).unwrap_or(Method::OPTIONS)
}

impl WebDav {
    /// The folder at an address. It is not asked anything yet.
    fn open(address: Address, secret: Option<&Secret>) -> Result<WebDav, Refusal> {
        let net = Net::new(&address.url, address.user.as_deref(), secret, NAME)?;
        Ok(WebDav { net, root: address.url, most: LISTING, seen: Mutex::default(), made: Mutex::default() })
    }

    /// Where components below the root are.
    fn url(&self, parts: &[&str], folder: bool) -> Url {
        let mut path = self.root.path().trim_end_matches('/').to_owned();
        for part in parts {
            path.push('/');
            path.push_str(&encoded(part));
        }
        if folder || parts.is_empty() {
            path.push('/');
        }
        let mut url = self.root.clone();
        url.set_path(&path);
        url
    }

    /// Asks about something; false where it is not there.
    fn ask(
        &self,
        url: &Url,
        depth: &'static str,
        about: &'static str,
        each: &mut dyn FnMut(Row),
    ) -> Result<bool, Refusal> {
        let ask = Ask { body: Body::Xml(about), ..Ask::new(propfind(), url) }.with(DEPTH, depth);
        let mut answer = self.net.send(&ask)?;
        match answer.status.as_u16() {
            207 => {}
            404 | 410 => {
                answer.finish();
                return Ok(false);
            }
            _ => return Err(refused(answer, false)),
        }
        if let Err(broken) = multistatus::read(&mut answer, self.most, each) {
            let path = shown(url);
            return Err(match (broken, answer.failure()) {
                (Broken::TooMuch, _) => {
                    Refusal::new(RefusalCode::TooLarge).with("file", path.as_str()).with("path", path)
                }
                (_, Some(failure)) => failure,
                (Broken::Cut, None) => {
                    Refusal::new(RefusalCode::Unreachable).with("path", path.as_str()).with("file", path)
                }
                (Broken::Other, None) => not_this_kind(url, NAME),
            });
        }
        answer.finish();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Ok(true)
    }

    /// # Errors
    /// `Unreachable` where the folder itself is not there right now: then nothing is known about what is in it.
    fn here(&self) -> Result<(), Refusal> {
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.is_some_and(|at| at.elapsed() < SEEN) {
            return Ok(());
        }
        let root = self.url(&[], true);
        match self.one(&root, ABOUT)? {
            Some(row) if row.folder => Ok(()),
            Some(_) => Err(not_this_kind(&root, NAME)),
            None => Err(self.away()),
        }
    }

    fn away(&self) -> Refusal {
        let path = shown(&self.root);
        Refusal::new(RefusalCode::Unreachable).with("path", path.as_str()).with("file", path)
    }

    /// What is said about one thing.
    fn one(&self, url: &Url, about: &'static str) -> Result<Option<Row>, Refusal> {
        let own = own_path(url);
        let mut found = None;
        let there = self.ask(url, "0", about, &mut |row| {
            if found.is_none() && matches!(about_row(url, &own, &row), Some(About::Itself)) {
                found = Some(row);
            }
        })?;
        match found {
            Some(row) => Ok(Some(row).filter(|row| !row.missing)),
            None if there => Err(not_this_kind(url, NAME)),
            None => Ok(None),
        }
    }

    /// Whether a file stands where a folder would have to be: then nothing stands below it, however a server puts that.
    fn leads_to_a_file(&self, parts: &[&str]) -> bool {
        (1..=parts.len()).map_while(|n| parts.get(..n)).find_map(|above| {
            match self.one(&self.url(above, false), ABOUT) {
                Ok(Some(row)) if row.folder => None,
                Ok(Some(_)) => Some(true),
                _ => Some(false),
            }
        }) == Some(true)
    }

    /// Whether this is a folder on a WebDAV server at all.
    fn answers_as_folder(&self) -> Result<bool, Refusal> {
        match self.one(&self.url(&[], true), ABOUT) {
            Ok(row) => Ok(row.is_some_and(|row| row.folder)),
            Err(refusal) if refusal.code == RefusalCode::NotThisKind => Ok(false),
            Err(refusal) => Err(refusal),
        }
    }

    /// Who signed in, as the server names them, asked at another path of it.
    fn principal(&self, path: &str) -> Option<String> {
        let mut url = self.root.clone();
        url.set_path(path);
        let mut principal = None;
        self.ask(&url, "0", WHO, &mut |row| principal = principal.take().or(row.principal)).ok()?;
        principal
    }

    /// Whether a founding record seems to stand right below this path of the server.
    fn holds_a_shelf(&self, url: &Url) -> bool {
        let mut url = url.clone();
        url.set_path(&format!("{}/{}/", url.path().trim_end_matches('/'), names::DATA));
        let own = own_path(&url);
        let mut found = false;
        let asked = self.ask(&url, "1", ABOUT, &mut |row| {
            if let Some(About::Inside(name)) = about_row(&url, &own, &row) {
                found |= name.starts_with("shelf-") && name.ends_with(".rec");
            }
        });
        asked.is_ok() && found
    }
}

/// A status that nobody had a use for.
fn refused(answer: Answer, writes: bool) -> Refusal {
    let refusal = from_status(answer.status, &answer.url, NAME, writes);
    answer.finish();
    refusal
}

/// Whether an answer may only mean that the question makes no sense there.
fn is_odd(refusal: &Refusal) -> bool {
    matches!(refusal.code, RefusalCode::NotThisKind | RefusalCode::NoPermission)
}

/// The path that was asked about, as it is compared.
fn own_path(url: &Url) -> Vec<u8> {
    decoded(url.path().trim_end_matches('/'))
}

/// What a row is about. A row that is about anything but the folder and what stands directly in it, on this server, is
/// about nothing.
fn about_row(url: &Url, own: &[u8], row: &Row) -> Option<About> {
    let href = url.join(&row.href).ok().filter(|href| href.host() == url.host())?;
    let path = href.path().trim_end_matches('/');
    if is_same(&decoded(path), own) {
        return Some(About::Itself);
    }
    let (above, last) = path.rsplit_once('/')?;
    if !is_same(&decoded(above), own) {
        return None;
    }
    let name = String::from_utf8(decoded(last)).ok()?;
    let sound = names::listed(&name).is_ok_and(|parts| parts.len() == 1);
    sound.then_some(About::Inside(name))
}

/// The same path, also where one of the two is written with accents apart.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one == other
        || (!one.is_ascii()
            && match (std::str::from_utf8(one), std::str::from_utf8(other)) {
                (Ok(one), Ok(other)) => one.nfc().eq(other.nfc()),
                _ => false,
            })
}

fn entry(name: String, row: &Row) -> Entry {
    let about_file = |value: Option<u64>| value.filter(|_| !row.folder);
    Entry { folder: row.folder, ..Entry::file(name, about_file(row.size_bytes), about_file(row.changed)) }
}

/// What an answer tells: its rows, the names that they give to what stands in a folder, and how it ends. Only for feeding it
/// with bytes that nobody meant.
#[cfg(any(test, fuzzing))]
pub(super) fn told_in(answer: impl std::io::Read) -> (Vec<Row>, Vec<String>, Result<(), Broken>) {
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    let url = Url::parse("https://cloud.example.org/dav/B%C3%A4ckerei/").expect("an address");
    let own = own_path(&url);
    let end = multistatus::read(answer, Most { bytes: 1 << 20, rows: 100 }, &mut |row| {
        names.extend(about_row(&url, &own, &row).and_then(|about| match about {
            About::Inside(name) => Some(name),
            About::Itself => None,
        }));
        rows.push(row);
    });
    (rows, names, end)
}

impl Place for WebDav {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        let parts = if folder.is_empty() { Vec::new() } else { names::listed(folder)? };
        let url = self.url(&parts, true);
        let own = own_path(&url);
        let (mut itself, mut entries) = (None, Vec::new());
        let asked = self.ask(&url, "1", ABOUT, &mut |row| match about_row(&url, &own, &row) {
            Some(About::Itself) => itself = Some(row.folder && !row.missing),
            Some(About::Inside(name)) if !row.missing => {
                entries.push(entry(name, &row));
                if entries.len() >= 2 * caps::LISTED_NAMES {
                    keep_greatest(&mut entries, caps::LISTED_NAMES);
                }
            }
            _ => {}
        });
        let there = match asked {
            // Some servers call it a mistake to ask about a file as if it were a folder, others forbid it.
            Err(refusal) if is_odd(&refusal) && self.leads_to_a_file(&parts) => return Ok(Vec::new()),
            there => there?,
        };
        match itself {
            Some(true) => {
                keep_greatest(&mut entries, caps::LISTED_NAMES);
                entries.dedup_by(|one, other| one.name == other.name);
                Ok(entries)
            }
            Some(false) if !parts.is_empty() => Ok(Vec::new()),
            // It tells of some other folder: that would look as if this one were empty.
            _ if there => Err(not_this_kind(&url, NAME)),
            _ => self.here().map(|()| Vec::new()),
        }
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        let parts = names::listed(name)?;
        let last = parts.last().copied().unwrap_or_default().to_owned();
        match self.one(&self.url(&parts, false), ABOUT) {
            Ok(Some(row)) => Ok(Some(entry(last, &row))),
            Ok(None) => self.here().map(|()| None),
            Err(refusal) => {
                let above = parts.split_last().map_or(&[][..], |(_, above)| above);
                if is_odd(&refusal) && self.leads_to_a_file(above) { Ok(None) } else { Err(refusal) }
            }
        }
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        let parts = names::listed(name)?;
        let url = self.url(&parts, false);
        let mut answer = self.net.send(&Ask::new(Method::GET, &url))?;
        let found = matches!(answer.status.as_u16(), 200 | 204);
        if matches!(answer.status.as_u16(), 404 | 410) {
            answer.finish();
            return self.here().map(|()| None);
        }
        // A page is what a folder looks like, or a Wi-Fi that wants to be signed in to; it can also be the file itself.
        if !found || answer.is_page() || answer.url != url {
            let is_file = match self.stat(name) {
                Ok(entry) => entry.is_some_and(|entry| !entry.folder),
                Err(_) if !found => return Err(refused(answer, false)),
                Err(refusal) => return Err(refusal),
            };
            match (is_file, found) {
                (true, true) => {}
                (true, false) => return Err(refused(answer, false)),
                (false, _) => return Ok(None),
            }
        }
        let too_large = || Refusal::new(RefusalCode::TooLarge).with("file", name).with("limit", max_bytes);
        if answer.size_bytes().is_some_and(|size| size > max_bytes) {
            return Err(too_large());
        }
        let mut total = 0_u64;
        while let Some(chunk) = answer.chunk()? {
            total += chunk.len() as u64;
            if total > max_bytes {
                return Err(too_large());
            }
            out.write_all(&chunk).map_err(|e| Refusal::from_io(&e, name))?;
        }
        Ok(Some(total))
    }

    fn put(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        self.put_new(name, content, size_bytes)
    }

    fn replace(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        self.put_over(name, content, size_bytes)
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.remove(name)
    }

    fn may_hold_doubles(&self) -> bool {
        false
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        match self.one(&self.url(&[], true), ROOM)? {
            Some(row) => Ok(row.available_bytes),
            None => Err(self.away()),
        }
    }

    fn nested(&self) -> Result<bool, Refusal> {
        let folders: Vec<&str> = self.root.path().split('/').filter(|part| !part.is_empty()).collect();
        if folders.iter().any(|part| decoded(part) == names::DATA.as_bytes()) {
            return Ok(true);
        }
        for above in 0..folders.len() {
            let mut url = self.root.clone();
            url.set_path(&folders.get(..above).unwrap_or_default().join("/"));
            if self.holds_a_shelf(&url) {
                return Ok(true);
            }
        }
        let inside = self.list("")?;
        let inside =
            inside.iter().filter(|entry| entry.folder && entry.name != names::DATA && entry.name != names::CURRENT);
        Ok(inside.take(INSIDE).any(|entry| self.holds_a_shelf(&self.url(&[&entry.name], true))))
    }
}
