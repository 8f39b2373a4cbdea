//! A head: everything that a device stands for at one moment. Signed, small, written last.

use std::collections::BTreeMap;

use larder_model::{ProductId, ReleaseHash, ShelfId, WriterId};
use serde::{Deserialize, Serialize};

use super::{are_hashes, is_app, is_moment};
use crate::{caps, envelope::Record, garbage, names};

/// How far a device has seen another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SeenMark {
    /// Up to the head of this number, everything had arrived.
    pub seq: u64,
    /// When it was first noticed, RFC 3339.
    pub at: String,
}

/// A head. What it names and what is not there is still arriving, never deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// 1, 2, 3...
    pub seq: u64,
    /// The number of the last head in which anything but `seen` changed. Others tell by it how far they have come, so
    /// that two devices which only look at each other fall silent.
    pub content: u64,
    /// All own heads that no other own head names: normally one; more after a device was cloned or restored.
    #[serde(default)]
    pub prev: Vec<String>,
    pub app: String,
    pub at: String,
    /// Own releases that are still kept, oldest first.
    #[serde(default)]
    pub products: BTreeMap<ProductId, Vec<ReleaseHash>>,
    /// The current card.
    #[serde(default)]
    pub card: Option<String>,
    /// Own messages.
    #[serde(default)]
    pub messages: Vec<String>,
    /// Own rosters and house rules.
    #[serde(default)]
    pub gov: Vec<String>,
    /// How far others have been seen.
    #[serde(default)]
    pub seen: BTreeMap<WriterId, SeenMark>,
    /// When `seen` last changed, RFC 3339.
    #[serde(default)]
    pub seen_at: Option<String>,
    /// Own files, by their names below the own folder, that nothing needs any more and that will be removed a month later at
    /// the earliest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gc_plan: Vec<String>,
}

impl Head {
    /// A device's first.
    pub fn empty(shelf: &ShelfId, at: &str) -> Head {
        Head {
            protocol: caps::WRITES,
            shelf: shelf.clone(),
            seq: 0,
            content: 0,
            prev: Vec::new(),
            app: super::app(),
            at: at.to_owned(),
            products: BTreeMap::new(),
            card: None,
            messages: Vec::new(),
            gov: Vec::new(),
            seen: BTreeMap::new(),
            seen_at: None,
            gc_plan: Vec::new(),
        }
    }

    /// Whether it stands for the same things, whatever it has seen.
    pub fn stands_for_the_same(&self, other: &Head) -> bool {
        (&self.products, &self.card, &self.messages, &self.gov)
            == (&other.products, &other.card, &other.messages, &other.gov)
    }
}

impl Record for Head {
    const TYPE: &'static str = "head";
    const CAP: u64 = caps::HEAD_BYTES;

    fn is_sound(&self) -> bool {
        let products = self.products.len() <= caps::HEAD_PRODUCTS
            && self.products.iter().all(|(id, releases)| {
                ProductId::parse(id.as_str()).is_some()
                    && !releases.is_empty()
                    && are_hashes(&releases.iter().map(ReleaseHash::as_str).collect::<Vec<_>>(), caps::READ_RELEASES)
            });
        let seen = self.seen.len() <= caps::FOLDERS
            && self.seen.iter().all(|(writer, mark)| {
                names::is_writer(writer.as_str()) && (1..=caps::SEQ_MAX).contains(&mark.seq) && is_moment(&mark.at)
            });
        (1..=caps::SEQ_MAX).contains(&self.seq)
            && (1..=self.seq).contains(&self.content)
            && are_hashes(&self.prev, caps::HEAD_NAMES)
            && are_hashes(&self.messages, caps::HEAD_NAMES)
            && are_hashes(&self.gov, caps::HEAD_NAMES)
            && self.card.as_deref().is_none_or(names::is_hash)
            && is_app(&self.app)
            && is_moment(&self.at)
            && self.seen_at.as_deref().is_none_or(is_moment)
            && self.gc_plan.len() <= caps::HEAD_PLAN
            && self.gc_plan.iter().all(|name| garbage::is_planned_name(name))
            && products
            && seen
    }
}
