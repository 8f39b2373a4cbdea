//! Sealed releases: data products that only some colleagues can open.
//!
//! Each release has a throw-away key of its own. Its files and their list are encrypted to that key with `age`, and a small
//! keyring holds the key itself, encrypted to the devices of those who may open it. Whoever is allowed later gets a new
//! keyring; whoever is no longer allowed is left out of the next release, which has another key. All of it can be opened with
//! the standard `age` tool too, by whoever has the key of a device.
//!
//! `age` says nothing about who wrote something: the signed record does, over the hashes of what is encrypted, and the
//! encrypted list repeats of which release it is.

mod again;
mod guard;
mod identity;
mod keyring;
mod list;
mod publishing;
mod reading;
mod streams;

use std::path::PathBuf;

use larder_model::{PersonId, ProductId, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use again::{Again, beginning};
pub(crate) use identity::{Key, derived, lock};
pub(crate) use list::SealedList;
pub(crate) use publishing::{Draft, copy};
pub use publishing::{can_seal_for, regrant};
pub(crate) use reading::{Content, Unsealed, opened};
pub use reading::{fetch_as, fetch_small_as, release_files_as};
pub(crate) use streams::{open_bytes, seal_bytes};

/// What stands in front of bytes that nobody meant: only for feeding it with them.
#[cfg(any(test, fuzzing))]
pub mod fuzzing {
    pub use super::guard::header_len;

    /// Whether something opens with the key of a device that all fuzzing shares, as a keyring or as a list.
    pub fn opens(bytes: &[u8]) -> bool {
        let device = crate::Device::create([1; 32]);
        let is_keyring = !matches!(super::keyring::open(bytes, &device), super::keyring::Keyring::Damaged);
        let plain = super::streams::open_bytes(device.key(), bytes, crate::caps::LIST_BYTES).ok();
        // The text itself, too: an encrypted list cannot be found by chance.
        super::SealedList::read(bytes);
        is_keyring || plain.is_some()
    }

    /// Encrypts a text to that device: it is a keyring exactly where its text is one, however it is encrypted.
    pub(crate) fn keyring_text(plain: &[u8]) {
        let device = crate::Device::create([1; 32]);
        let Some(key) = super::keyring::read(plain) else { return };
        let sealed = super::seal_bytes(&[device.key().to_public()], plain).expect("one lock is not too many");
        assert!(super::guard::header_len(&sealed).is_some(), "what we write passes the guard");
        match super::keyring::open(&sealed, &device) {
            super::keyring::Keyring::Opens(found) => assert_eq!(found.to_public(), key.to_public()),
            _ => assert!(plain.len() > 256, "a keyring opens"),
        }
    }
}

/// For whom a release is sealed, and how.
#[derive(Debug, Clone)]
pub struct Seal {
    /// The devices that may open it and what their cards say to encrypt to ([`crate::Member::recipients`]). The publishing
    /// device is always among them.
    pub recipients: Vec<(WriterId, String)>,
    /// Whether the title is told only to those who can open it.
    pub hide_title: bool,
    /// Who can be asked for access.
    pub owner: Option<PersonId>,
    /// How to ask for it, at most 500 characters. Everybody reads this.
    pub how_to_ask: Option<String>,
    /// A folder of the caller's own where encrypted files may lie until they are copied.
    pub workspace: PathBuf,
}

/// Letting more devices open a release that is on the shelf already.
#[derive(Debug, Clone)]
pub struct Grant<'a> {
    /// Which data product.
    pub product: &'a ProductId,
    /// All devices that may open it from now on: those that could, and more.
    pub recipients: &'a [(WriterId, String)],
}

/// What is known of a sealed release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedSeen {
    /// Whether this device can open it.
    pub opens: bool,
    /// Whether its title is told only to those who can.
    pub hidden_title: bool,
    /// Who can be asked for access.
    pub owner: Option<PersonId>,
    /// How to ask for it.
    pub how_to_ask: Option<String>,
    /// The devices that can open it; told only to those who can.
    pub recipients: Vec<WriterId>,
}

/// How a file of a sealed release stands on the shelf. Its name, size and hash are those of the file itself; its parts are
/// those of what is described here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedFile {
    /// Size of the encrypted file.
    pub size_bytes: u64,
    /// sha256 of the encrypted file, in base 16.
    pub sha256: String,
    /// Hash of the keyring.
    pub keyring: String,
    /// Size of the keyring.
    pub keyring_bytes: u64,
}
