//! What is true of a place, found out in the simplest way there is: by looking at every file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use larder_model::{ShelfId, WriterId};

use super::Files;
use crate::envelope::{Signed, open, sha256};
use crate::names;
use crate::records::Head;

/// Heads that were opened before, by their bytes.
#[derive(Default)]
pub(super) struct Heads(HashMap<Vec<u8>, Option<Arc<Signed<Head>>>>);

/// Heads that stand somewhere.
#[derive(Default)]
pub(super) struct Found {
    /// All different ones of each device, the lowest number first.
    heads: BTreeMap<WriterId, Vec<Arc<Signed<Head>>>>,
    /// Devices of which one stands under the name of another.
    pub misnamed: BTreeSet<WriterId>,
}

impl Found {
    /// A device's heads, the lowest number first.
    pub fn by(&self, writer: &WriterId) -> &[Arc<Signed<Head>>] {
        self.heads.get(writer).map_or(&[], Vec::as_slice)
    }

    /// A device's heads with the highest number.
    pub fn top(&self, writer: &WriterId) -> &[Arc<Signed<Head>>] {
        let all = self.by(writer);
        let highest = all.last().map_or(0, |head| head.body.seq);
        &all[all.partition_point(|head| head.body.seq < highest)..]
    }

    /// Everyone who has one.
    pub fn writers(&self) -> impl Iterator<Item = &WriterId> {
        self.heads.keys()
    }
}

impl Heads {
    /// A head that stood anywhere at any time.
    pub fn ever(&self, hash: &str) -> Option<&Signed<Head>> {
        self.0.values().flatten().find(|head| head.hash == hash).map(Arc::as_ref)
    }

    /// All heads among these files.
    pub fn of(&mut self, files: &Files, shelf: &ShelfId) -> Found {
        let mut found = Found::default();
        for (name, bytes) in files.iter().filter(|(name, _)| name.contains("/h/")) {
            let head = match self.0.get(bytes) {
                Some(known) => known.clone(),
                None => {
                    let head = open::<Head>(bytes, shelf).good().map(Arc::new);
                    self.0.insert(bytes.clone(), head.clone());
                    head
                }
            };
            let Some(head) = head else { continue };
            // A name of our grammar over other bytes is something that is arriving: whether it is looked into is left open.
            if named_hash(name).is_some_and(|hash| !head.hash.starts_with(hash)) {
                found.misnamed.insert(head.writer.clone());
            }
            found.heads.entry(head.writer.clone()).or_default().push(head);
        }
        for heads in found.heads.values_mut() {
            heads.sort_by(|a, b| (a.body.seq, &a.hash).cmp(&(b.body.seq, &b.hash)));
            heads.dedup_by(|a, b| a.hash == b.hash);
        }
        found
    }
}

/// The hash, or the beginning of it, that a name speaks of.
pub(super) fn named_hash(name: &str) -> Option<&str> {
    let last = name.rsplit('/').next().unwrap_or_default();
    match names::head_seq(last) {
        Some(_) => last.get(9..25),
        None => names::record_hash(last).or(Some(last).filter(|last| names::is_hash(last))),
    }
}

/// Whether a file's bytes are those that its name says.
pub(super) fn is_whole(name: &str, bytes: &[u8]) -> bool {
    named_hash(name).is_some_and(|hash| sha256(bytes).starts_with(hash))
}

/// Whether a file's name follows the grammar and its bytes are not what it says.
pub(super) fn is_arriving(name: &str, bytes: &[u8]) -> bool {
    named_hash(name).is_some_and(|hash| !sha256(bytes).starts_with(hash))
}

/// The heads that none of the others names.
pub(super) fn tips(heads: &[Arc<Signed<Head>>]) -> Vec<&Arc<Signed<Head>>> {
    heads.iter().filter(|head| !heads.iter().any(|other| other.body.prev.contains(&head.hash))).collect()
}
