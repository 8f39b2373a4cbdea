//! The list of a sealed release: what is otherwise told by the record and the file list, encrypted. It repeats of which release
//! it is, so that nobody can publish what a colleague encrypted as their own.

use std::collections::{BTreeSet, HashSet};

use larder_model::{ProductId, ShelfId, WriterId};
use serde::{Deserialize, Serialize};

use super::SealedFile;
use crate::memo::Loaded;
use crate::records::{Release, is_media_type, is_short};
use crate::{ReleaseFile, caps, names};

/// One file of a sealed release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SealedListed {
    pub name: String,
    #[serde(rename = "type")]
    pub media_type: String,
    /// Size of the file itself.
    pub size: u64,
    /// Its hash.
    pub sha256: String,
    /// Hash and size of each part of the encrypted file, in order.
    pub parts: Vec<(String, u64)>,
    pub sealed_size: u64,
    pub sealed_sha256: String,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SealedList {
    pub protocol: u32,
    pub shelf: ShelfId,
    pub product: ProductId,
    pub n: u64,
    pub writer: WriterId,
    pub title: String,
    pub rows: u64,
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub about: serde_json::Value,
    /// The devices that the keyring was made for.
    pub recipients: Vec<WriterId>,
    pub files: Vec<SealedListed>,
}

impl SealedList {
    /// The list, if these bytes are a sound one.
    pub fn read(bytes: &[u8]) -> Option<SealedList> {
        if bytes.len() as u64 > caps::LIST_BYTES {
            return None;
        }
        crate::json::read(bytes).filter(SealedList::is_sound)
    }

    /// Whether others would read it.
    pub fn is_sound(&self) -> bool {
        let Some(parts) = self.files.iter().map(|f| f.parts.len()).try_fold(0, usize::checked_add) else {
            return false;
        };
        let mut met = HashSet::new();
        let recipients: BTreeSet<&WriterId> = self.recipients.iter().collect();
        self.protocol == caps::READS
            && (1..=caps::FILES).contains(&self.files.len())
            && parts <= caps::PARTS
            && is_short(&self.title, caps::TITLE_CHARS)
            && self.rows <= 1 << 53
            && self.recipients.len() <= caps::SEAL_LOCKS
            && recipients.len() == self.recipients.len()
            && recipients.iter().all(|writer| names::is_writer(writer.as_str()))
            && self.files.iter().all(|file| is_sound(file) && met.insert(names::folded(&file.name)))
    }

    /// Whether it is the list of this release and of no other.
    pub fn is_of(&self, shelf: &ShelfId, loaded: &Loaded) -> bool {
        let release = &loaded.release;
        let sealed = self.files.iter().try_fold(0_u64, |sum, file| sum.checked_add(file.sealed_size));
        (&self.shelf, &self.product, self.n, &self.writer) == (shelf, &release.product, release.n, &loaded.writer)
            && self.files.len() as u64 == release.files
            && sealed == Some(release.bytes)
    }

    /// The files as readers see them.
    pub fn release_files(&self, release: &Release) -> Vec<ReleaseFile> {
        let seen = |file: &SealedListed| ReleaseFile {
            name: file.name.clone(),
            size_bytes: file.size,
            sha256: file.sha256.clone(),
            media_type: file.media_type.clone(),
            parts: file.parts.clone(),
            sealed: Some(SealedFile {
                size_bytes: file.sealed_size,
                sha256: file.sealed_sha256.clone(),
                keyring: release.keyring.clone().unwrap_or_default(),
                keyring_bytes: release.keyring_size,
            }),
        };
        self.files.iter().map(seen).collect()
    }

    /// Whether it says the same as another to those who can open it, however it is encrypted.
    pub fn says_the_same(&self, other: &SealedList) -> bool {
        let files = |list: &SealedList| -> Vec<(String, String, u64, String)> {
            let plain = |f: &SealedListed| (f.name.clone(), f.media_type.clone(), f.size, f.sha256.clone());
            list.files.iter().map(plain).collect()
        };
        let recipients = |list: &SealedList| list.recipients.iter().cloned().collect::<BTreeSet<_>>();
        (&self.title, self.rows, &self.about) == (&other.title, other.rows, &other.about)
            && recipients(self) == recipients(other)
            && files(self) == files(other)
    }
}

fn is_sound(file: &SealedListed) -> bool {
    let size = file.parts.iter().try_fold(0_u64, |sum, (_, size)| sum.checked_add(*size));
    names::is_file_name(&file.name)
        && names::is_hash(&file.sha256)
        && names::is_hash(&file.sealed_sha256)
        && file.parts.iter().all(|(hash, size)| names::is_hash(hash) && (1..=caps::PART_BYTES).contains(size))
        && size == Some(file.sealed_size)
        // Encrypting never makes anything shorter, so nobody is told of a petabyte in a few bytes.
        && file.size < file.sealed_size
        && is_media_type(&file.media_type)
}
