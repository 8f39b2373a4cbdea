//! Kinds of places that a shelf can stand on, behind the same few verbs.
//!
//! No rename, lock, append or precondition is asked of a place; what it lacks, the protocol does without.

#[cfg(test)]
mod contract;
mod folder;
mod folder_cloud;
#[cfg(all(test, unix))]
pub(crate) mod folder_cloud_trials;
#[cfg(test)]
mod folder_trials;
mod folder_write;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
mod net;
#[cfg(test)]
mod real;
mod s3;
mod secret;
mod sftp;
mod webdav;

use std::collections::BTreeMap;
use std::io::{Read, Write};

use larder_model::{Refusal, RefusalCode};

pub use folder::Folder;
pub(crate) use folder_write::random_name;
pub use secret::Secret;

/// Something that stands on a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its own name, without the folders above it.
    pub name: String,
    /// Whether it holds others.
    pub folder: bool,
    /// Its size; none for folders, and in listings of places that would have to ask again for it.
    pub size_bytes: Option<u64>,
    /// A mark that usually differs once the content was replaced. Only ever compared with itself, never trusted, no order.
    pub changed: Option<u64>,
    /// Where its bytes lie, as far as the place can tell without reading them.
    pub whereabouts: Whereabouts,
}

impl Entry {
    /// A folder.
    pub fn folder(name: impl Into<String>) -> Entry {
        Entry { name: name.into(), folder: true, size_bytes: None, changed: None, whereabouts: Whereabouts::Here }
    }

    /// A file whose bytes are at the place.
    pub fn file(name: impl Into<String>, size_bytes: Option<u64>, changed: Option<u64>) -> Entry {
        Entry { name: name.into(), folder: false, size_bytes, changed, whereabouts: Whereabouts::Here }
    }
}

/// Where the bytes of a file lie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// At the place.
    #[default]
    Here,
    /// In a cloud behind it; they come when they are read, if the network lets them.
    OnRequest,
    /// In a cloud behind it, and only the program that keeps the folder in step can bring them.
    Elsewhere,
}

/// Where a shelf stands. Names are components joined with `/`; what could lead outside of the root is refused as `Invalid`.
///
/// Everything answers `Unreachable` while the place itself is away; a place that is away is never an empty one.
pub trait Place: Send + Sync {
    /// What stands directly in a folder, sorted by name; nothing where there is no such folder. Links and devices are left
    /// out. Of very many names, the greatest are kept.
    ///
    /// # Errors
    /// `Unreachable`, `NoPermission`, `Invalid`.
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal>;

    /// One file or folder; none where it is not there, or is a link.
    ///
    /// # Errors
    /// `Unreachable`, `NoPermission`, `Invalid`.
    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal>;

    /// A whole file of at most `max_bytes`.
    ///
    /// # Errors
    /// `TooLarge` where it is larger; `CloudOnly` where its bytes lie in a cloud and do not come; `Unreachable`,
    /// `NoPermission`, `Invalid`.
    fn get(&self, name: &str, max_bytes: u64) -> Result<Option<Vec<u8>>, Refusal> {
        let mut bytes = Vec::new();
        Ok(self.get_to(name, &mut bytes, max_bytes)?.map(|_| bytes))
    }

    /// A whole file, streamed; answers its size. On an error, `out` may have had a part of it.
    ///
    /// # Errors
    /// As [`Place::get`], and whatever writing to `out` answers.
    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal>;

    /// Puts a new file of exactly `size_bytes` under a name of our own grammar. Either all of it is there afterwards, or
    /// whatever is there does not have its hash.
    ///
    /// # Errors
    /// `Taken` where the name is in use; `NoPermission`, `NoSpace`, `Unreachable`, `Invalid`; `Busy` where the content is
    /// not of that size.
    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal>;

    /// Puts a plain copy (below `Current`, or the READ ME), in place of what is there.
    ///
    /// # Errors
    /// `Locked` where another program has the old one open: it is left as it is. Otherwise as [`Place::put`].
    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal>;

    /// Removes one file. It is no error if it is not there.
    ///
    /// # Errors
    /// `Locked`, `NoPermission`, `Unreachable`, `Invalid`.
    fn delete(&self, name: &str) -> Result<(), Refusal>;

    /// Room left, where the place can tell.
    ///
    /// # Errors
    /// `Unreachable`.
    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal>;

    /// Whether it lies inside another shelf, or another shelf lies right inside of it.
    ///
    /// # Errors
    /// `Unreachable`.
    fn nested(&self) -> Result<bool, Refusal> {
        Ok(false)
    }

    /// Whether something besides Larder may make doubles of files and folders here, as sync clients do. A server where only
    /// whole names are put never does, and is asked less.
    fn may_hold_doubles(&self) -> bool {
        true
    }

    /// False once the place was found not to promise that what was written survives a power cut.
    fn durable(&self) -> bool {
        true
    }
}

/// What a form asks for, to find a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name, unique within its kind: in the words, on the wire, and in the values that come back.
    pub name: &'static str,
    /// What is entered.
    pub kind: FieldKind,
    /// Whether it may not be left empty.
    pub required: bool,
}

/// How a field is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// A web address.
    Web,
    /// A secret: hidden while it is typed, kept in the system's key store only, never part of an address.
    Secret,
    /// A file on this computer.
    File,
}

/// What was entered, by field; secrets are not among it.
pub type Values = BTreeMap<String, String>;

/// Opens the place at an address, signing in with a secret where something must.
pub type Open = fn(&str, Option<&Secret>) -> Result<Box<dyn Place>, Refusal>;

/// A kind of place.
pub struct PlaceKind {
    /// Its name on the wire and in the words.
    pub name: &'static str,
    /// What a form asks for; nothing where a person picks a folder.
    pub fields: &'static [Field],
    /// Whether an address is one of these.
    pub fits: fn(&str) -> bool,
    /// The address that was entered, as it is kept. It holds no secret, and [`PlaceKind::values`] takes it apart again.
    ///
    /// # Errors
    /// `Invalid` \[what, value\] names the field that cannot be.
    pub address: fn(&Values) -> Result<String, Refusal>,
    /// What was entered for an address, for changing it.
    pub values: fn(&str) -> Values,
    /// Opens one. Nothing is asked of the place yet.
    pub open: Open,
}

/// Every kind of place; the first that fits an address is it.
pub const PLACES: &[PlaceKind] = &[webdav::KIND, s3::KIND, sftp::KIND, folder::KIND];

/// The kind of place that an address is of.
///
/// # Errors
/// `Invalid` where there is none.
pub fn kind_of(address: &str) -> Result<&'static PlaceKind, Refusal> {
    PLACES
        .iter()
        .find(|kind| (kind.fits)(address))
        .ok_or_else(|| Refusal::new(RefusalCode::Invalid).with("what", "address").with("value", address))
}

/// Opens the place at an address: a path, for folders. `secret` is what signs in there, where something must.
///
/// # Errors
/// `Invalid` where no kind of place fits the address.
pub fn open(address: &str, secret: Option<&Secret>) -> Result<Box<dyn Place>, Refusal> {
    (kind_of(address)?.open)(address, secret)
}

/// Another address on the same server that is a place, where this one is none: people have the address that their browser
/// shows. None where this one is right, or nothing better is known.
///
/// # Errors
/// What the place answers.
pub fn better_address(address: &str, secret: Option<&Secret>) -> Result<Option<String>, Refusal> {
    if (webdav::KIND.fits)(address) { webdav::better(address, secret) } else { Ok(None) }
}
