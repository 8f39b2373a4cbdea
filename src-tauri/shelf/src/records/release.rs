//! A release record: one published version of a data product, or its retirement.

use larder_model::{PersonId, ProductId, ReleaseHash, ShelfId};
use serde::{Deserialize, Serialize};

use super::{are_hashes, is_moment, is_short};
use crate::{caps, envelope::Record, names};

/// Whether the product lives on with this release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// It can be used.
    Live,
    /// It is taken off the shelf.
    Retired,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Release {
    pub protocol: u32,
    pub shelf: ShelfId,
    pub product: ProductId,
    /// 1 + the greatest number among the parents.
    pub n: u64,
    /// The releases that it takes the place of.
    pub parents: Vec<ReleaseHash>,
    /// The number of the head that it was published with.
    pub seq: u64,
    pub title: String,
    pub state: State,
    /// sha256 of the file list.
    #[serde(default)]
    pub list: Option<String>,
    #[serde(default)]
    pub list_size: u64,
    #[serde(default)]
    pub files: u64,
    #[serde(default)]
    pub bytes: u64,
    #[serde(default)]
    pub rows: u64,
    /// Whether its files and their list are encrypted. Then `protocol` is 2, so that no older Larder takes one for the other;
    /// `list` is an encrypted [`crate::sealed::SealedList`], `bytes` counts what is encrypted, and `title` may be empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// sha256 of the keyring of a sealed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyring: Option<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub keyring_size: u64,
    /// Who can be asked for access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// How to ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how_to_ask: Option<String>,
    pub at: String,
    /// Why it was retired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What to use instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<ProductId>,
    /// Until when earlier releases are kept, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<String>,
    /// Small extras of the rooms above.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub about: serde_json::Value,
}

fn is_zero(size: &u64) -> bool {
    *size == 0
}

impl Record for Release {
    const TYPE: &'static str = "release";
    const CAP: u64 = caps::RELEASE_BYTES;
    const READS: u32 = caps::READS;

    fn is_sound(&self) -> bool {
        let parents: Vec<&str> = self.parents.iter().map(ReleaseHash::as_str).collect();
        let content = match (self.state, &self.list) {
            (State::Live, Some(list)) => {
                names::is_hash(list)
                    && (1..=caps::LIST_BYTES).contains(&self.list_size)
                    && (1..=caps::FILES as u64).contains(&self.files)
            }
            (State::Retired, None) => self.files == 0 && self.bytes == 0 && self.list_size == 0,
            _ => false,
        };
        let seal = match &self.keyring {
            Some(keyring) => {
                self.sealed
                    && self.protocol == caps::READS
                    && self.state == State::Live
                    && names::is_hash(keyring)
                    && (1..=caps::KEYRING_BYTES).contains(&self.keyring_size)
            }
            None => !self.sealed && self.protocol == caps::WRITES && self.keyring_size == 0,
        };
        seal && (1..=caps::RELEASE_MAX).contains(&self.n)
            && (1..=caps::SEQ_MAX).contains(&self.seq)
            && are_hashes(&parents, caps::PARENTS)
            && self.parents.is_empty() == (self.n == 1)
            && ProductId::parse(self.product.as_str()).is_some()
            && is_short(&self.title, caps::TITLE_CHARS)
            && content
            && self.rows <= 1 << 53
            && self.owner.as_ref().is_none_or(|owner| PersonId::parse(owner.as_str()).is_some())
            && self.how_to_ask.as_deref().is_none_or(|text| is_short(text, caps::ASK_CHARS))
            && is_moment(&self.at)
            && self.reason.as_deref().is_none_or(|reason| is_short(reason, caps::REASON_CHARS))
            && self.successor.as_ref().is_none_or(|id| ProductId::parse(id.as_str()).is_some())
            && self.keep_until.as_deref().is_none_or(is_moment)
    }
}
