//! Reading sealed releases: what everybody can tell of them, and what the devices in the keyring can.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use larder_model::{Refusal, RefusalCode, ReleaseHash, WriterId};

use super::SealedFile;
use super::identity::Key;
use super::keyring::{self, Keyring};
use super::list::SealedList;
use super::streams::{self, Plain, open_bytes};
use crate::broken::{self, Broken};
use crate::lineage::Lineage;
use crate::memo::Loaded;
use crate::places::Place;
use crate::stacks::Stacks;
use crate::{Device, Fetch, ReleaseFile, Trust, caps, fetch};

/// What is in a sealed release for a device. It is the same for ever: keyring and list are named by their hashes.
#[derive(Debug, Clone)]
pub(crate) enum Unsealed {
    /// Its list, which may still be that of another release.
    List(Arc<SealedList>),
    /// Nothing: the keyring has no key for this device.
    Locked,
    /// Nothing: the keyring or the list is none.
    Damaged,
}

/// How a sealed release stands.
pub(crate) enum Content {
    /// Of keyring and list, so many have arrived.
    Arriving(u64),
    /// Both are there, and closed to this device.
    Locked,
    /// Both are there, and not what they should be.
    Damaged,
    /// Both are there, and this is its list.
    Open(Arc<SealedList>),
}

impl Lineage<'_, '_> {
    /// A sealed release's keyring and list, opened if this device can.
    pub fn sealed(&mut self, loaded: &Loaded) -> Result<Content, Refusal> {
        let release = &loaded.release;
        let (Some(keyring), Some(list)) = (&release.keyring, &release.list) else { return Ok(Content::Damaged) };
        let known = self.memo.opened.get(&(keyring.clone(), list.clone())).cloned();
        let opened = match known {
            Some(opened) => opened,
            None => {
                let first = [&loaded.writer];
                let ring = self.stacks.small_blob(keyring, release.keyring_size, &first)?;
                let sealed = self.stacks.small_blob(list, release.list_size, &first)?;
                let (Some(ring), Some(sealed)) = (&ring, &sealed) else {
                    return Ok(Content::Arriving(u64::from(ring.is_some()) + u64::from(sealed.is_some())));
                };
                self.memo.keep_opened(keyring, list, open(ring, sealed, self.device))
            }
        };
        Ok(match opened {
            // Held against the record each time: another record may name the same list.
            Unsealed::List(list) if list.is_of(self.shelf, loaded) || broken::is(Broken::BindingUnchecked) => {
                Content::Open(list)
            }
            Unsealed::List(_) | Unsealed::Damaged => Content::Damaged,
            Unsealed::Locked => Content::Locked,
        })
    }

    /// Whether a release's list has arrived, so that something may take its place. Of a sealed one, that it can be opened is
    /// not asked: whoever cannot may have to publish after it all the same.
    pub fn has_content(&mut self, loaded: &Loaded) -> Result<bool, Refusal> {
        if loaded.release.sealed {
            return Ok(!matches!(self.sealed(loaded)?, Content::Arriving(_)));
        }
        Ok(self.files(&loaded.release, &[&loaded.writer])?.is_some())
    }

    /// A sealed release's files.
    ///
    /// # Errors
    /// `NoPermission` where this device cannot open it; `Damaged`; otherwise what the place answers.
    pub fn sealed_files(&mut self, loaded: &Loaded) -> Result<Option<Arc<Vec<ReleaseFile>>>, Refusal> {
        match self.sealed(loaded)? {
            Content::Arriving(_) => Ok(None),
            Content::Locked => Err(Refusal::new(RefusalCode::NoPermission).with("path", loaded.release.title.as_str())),
            Content::Damaged => Err(Refusal::new(RefusalCode::Damaged).with("file", loaded.release.title.as_str())),
            Content::Open(list) => Ok(Some(Arc::new(list.release_files(&loaded.release)))),
        }
    }
}

fn open(ring: &[u8], sealed: &[u8], device: Option<&Device>) -> Unsealed {
    let Some(device) = device else { return Unsealed::Locked };
    let key = match keyring::open(ring, device) {
        Keyring::Opens(key) => key,
        Keyring::Locked => return Unsealed::Locked,
        Keyring::Damaged => return Unsealed::Damaged,
    };
    match open_bytes(&key, sealed, caps::LIST_BYTES).ok().and_then(|plain| SealedList::read(&plain)) {
        Some(list) => Unsealed::List(Arc::new(list)),
        None => Unsealed::Damaged,
    }
}

/// The list of a sealed release and its key, for a device that is in its keyring.
pub(crate) fn opened(ring: &[u8], sealed: &[u8], device: &Device) -> Option<(Arc<SealedList>, Key)> {
    let Keyring::Opens(key) = keyring::open(ring, device) else { return None };
    match open(ring, sealed, Some(device)) {
        Unsealed::List(list) => Some((list, key)),
        Unsealed::Locked | Unsealed::Damaged => None,
    }
}

/// The key of the release that a file belongs to.
fn key_of(
    place: &dyn Place,
    device: &Device,
    sealed: &SealedFile,
    holders: &[WriterId],
    name: &str,
) -> Result<Key, Refusal> {
    let stacks = Stacks::open(place, holders, &|| false)?;
    let first: Vec<&WriterId> = holders.iter().collect();
    let damaged = || Refusal::new(RefusalCode::Damaged).with("file", name);
    if sealed.keyring_bytes > caps::KEYRING_BYTES {
        return Err(damaged());
    }
    let ring = stacks.small_blob(&sealed.keyring, sealed.keyring_bytes, &first)?;
    let Some(ring) = ring else {
        // What stands in its place with its size will not become it by waiting.
        let wrong = stacks.blob_names(&sealed.keyring, sealed.keyring_bytes, &first)?.found;
        let wrong: Vec<String> = wrong.into_iter().map(|found| found.name).collect();
        return Err(match wrong.is_empty() {
            true => Refusal::new(RefusalCode::NotHereYet).with("title", name),
            false => damaged().with("parts", wrong),
        });
    };
    match keyring::open(&ring, device) {
        Keyring::Opens(key) => Ok(key),
        Keyring::Locked => Err(Refusal::new(RefusalCode::NoPermission).with("path", name)),
        Keyring::Damaged => Err(damaged()),
    }
}

/// The encrypted file as it stands on the shelf.
fn as_it_stands(file: &ReleaseFile, sealed: &SealedFile) -> ReleaseFile {
    ReleaseFile {
        name: file.name.clone(),
        size_bytes: sealed.size_bytes,
        sha256: sealed.sha256.clone(),
        media_type: file.media_type.clone(),
        parts: file.parts.clone(),
        sealed: None,
    }
}

/// [`crate::fetch`] for any file: one that is sealed is opened with this device's key. Progress is told in bytes of what stands
/// on the shelf. Nothing is opened before all of it has arrived and is right, and `into` is there in full or not at all.
///
/// # Errors
/// `NoPermission` where the device has no key; otherwise as [`crate::fetch`].
pub fn fetch_as(place: &dyn Place, device: &Device, what: &Fetch, into: &Path) -> Result<(), Refusal> {
    let Some(sealed) = &what.file.sealed else { return fetch::fetch(place, what, into) };
    let name = what.file.name.as_str();
    let key = key_of(place, device, sealed, what.holders, name)?;
    let file = as_it_stands(what.file, sealed);
    // Beside it, under a name by which what was begun and left is found and removed.
    let encrypted = into.with_file_name(format!(".larder-{}.age.part", sealed.sha256.get(..32).unwrap_or_default()));
    fetch::fetch(place, &Fetch { file: &file, ..*what }, &encrypted)?;
    let expected = Plain { size: what.file.size_bytes, sha256: what.file.sha256.clone() };
    let opened = File::open(&encrypted)
        .map_err(|e| Refusal::from_io(&e, &encrypted.display().to_string()))
        .and_then(|file| streams::open_file(&key, file, &expected, name, into, &|| !(what.cancelled)()));
    let _ = std::fs::remove_file(&encrypted);
    opened
}

/// [`crate::fetch_small`] for any file.
///
/// # Errors
/// `NoPermission` where the device has no key; otherwise as [`crate::fetch_small`].
pub fn fetch_small_as(
    place: &dyn Place,
    device: &Device,
    file: &ReleaseFile,
    holders: &[WriterId],
    max_bytes: u64,
) -> Result<Vec<u8>, Refusal> {
    let Some(sealed) = &file.sealed else { return fetch::fetch_small(place, file, holders, max_bytes) };
    // Encrypting adds a header and a little for each 64 KiB.
    let most = max_bytes.saturating_add(max_bytes / 4_096).saturating_add(4_096);
    if file.size_bytes > max_bytes || sealed.size_bytes > most {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", file.name.as_str()).with("limit", max_bytes));
    }
    let key = key_of(place, device, sealed, holders, &file.name)?;
    let bytes = fetch::fetch_small(place, &as_it_stands(file, sealed), holders, most)?;
    let mut plain = Vec::new();
    let found = streams::open(&key, bytes.as_slice(), &mut plain, &|_| true);
    let found = found.map_err(|wrong| streams::refusal(wrong, &file.name, Path::new(&file.name)))?;
    if found.size != file.size_bytes || found.sha256 != file.sha256 {
        return Err(Refusal::new(RefusalCode::Damaged).with("file", file.name.as_str()));
    }
    Ok(plain)
}

/// [`crate::release_files`] for any release: the files of one that is sealed are told to the devices in its keyring.
///
/// # Errors
/// `NoPermission` where the device has no key; otherwise as [`crate::release_files`].
pub fn release_files_as(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    hash: &ReleaseHash,
    holders: &[WriterId],
) -> Result<Vec<ReleaseFile>, Refusal> {
    fetch::files_of(place, Some(device), trust, hash, holders)
}
