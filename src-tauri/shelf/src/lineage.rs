//! Release records and what came from what.

use std::collections::{BTreeMap, BinaryHeap, HashSet};
use std::sync::Arc;

use larder_model::{ProductId, Refusal, ShelfId, WriterId};

use crate::broken::{self, Broken};
use crate::envelope::Opened;
use crate::memo::{Loaded, Memo};
use crate::names::Room;
use crate::records::{FileList, Release};
use crate::stacks::Stacks;
use crate::{Device, ReleaseFile, caps};

/// Reads release records and file lists, each once.
pub(crate) struct Lineage<'l, 'a> {
    pub stacks: &'l Stacks<'a>,
    pub shelf: &'l ShelfId,
    pub memo: &'l mut Memo,
    /// Whose key opens what is sealed; none where only what everybody sees is asked for.
    pub device: Option<&'l Device>,
    /// Parts with the right size and the wrong bytes.
    pub damaged: &'l mut BTreeMap<String, Option<u64>>,
}

/// A record, as far as it can be had.
pub(crate) enum Load {
    Good(Arc<Loaded>),
    TooNew,
    Missing,
}

/// Whether a release's number follows from its parents'.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    Holds,
    /// So many parents are not known yet.
    Waiting(u64),
    Broken,
}

impl Lineage<'_, '_> {
    /// A release record by its hash.
    pub fn load(&mut self, hash: &str, first: &[&WriterId]) -> Result<Load, Refusal> {
        if let Some(loaded) = self.memo.releases.get(hash) {
            return Ok(Load::Good(loaded.clone()));
        }
        let Some(bytes) = self.stacks.record(Room::Releases, hash, first, caps::RELEASE_BYTES)? else {
            return Ok(Load::Missing);
        };
        Ok(match Loaded::open(&bytes, self.shelf) {
            Opened::Good(signed) => {
                let loaded = Arc::new(signed.body);
                self.memo.releases.insert(hash.to_owned(), loaded.clone());
                Load::Good(loaded)
            }
            Opened::TooNew(_) => Load::TooNew,
            // The hash is right and the record is not: its signer made it so, and nothing will make it better.
            Opened::Bad => Load::Missing,
        })
    }

    fn parent(&mut self, hash: &str, of: &Loaded) -> Result<Option<Arc<Loaded>>, Refusal> {
        Ok(match self.load(hash, &[&of.writer])? {
            Load::Good(parent) if parent.release.product == of.release.product => Some(parent),
            _ => None,
        })
    }

    /// Checks n = 1 + the greatest n of the parents. A parent of another product is none.
    pub fn counter(&mut self, loaded: &Loaded) -> Result<Counter, Refusal> {
        let (mut greatest, mut unknown) = (0, 0);
        for hash in &loaded.release.parents {
            match self.load(hash.as_str(), &[&loaded.writer])? {
                Load::Good(parent) if parent.release.product == loaded.release.product => {
                    greatest = greatest.max(parent.release.n)
                }
                Load::Good(_) => return Ok(Counter::Broken),
                Load::TooNew | Load::Missing => unknown += 1,
            }
        }
        Ok(if unknown > 0 {
            Counter::Waiting(unknown)
        } else if loaded.release.n == greatest + 1 || broken::is(Broken::CounterIgnored) {
            Counter::Holds
        } else {
            Counter::Broken
        })
    }

    /// Everything with at least this number that a release came from, and whether the whole chain down to there is known.
    pub fn ancestors(&mut self, of: &Arc<Loaded>, down_to: u64) -> Result<(HashSet<String>, bool), Refusal> {
        let mut found = HashSet::new();
        let mut whole = true;
        let mut open: BinaryHeap<(u64, String)> = BinaryHeap::new();
        let mut known: BTreeMap<String, Arc<Loaded>> = BTreeMap::new();
        open.push((of.release.n, of.hash.to_string()));
        known.insert(of.hash.to_string(), of.clone());
        while let Some((n, hash)) = open.pop() {
            let Some(loaded) = known.remove(&hash) else { continue };
            // Parents have smaller numbers, so nothing at `down_to` or above is missed.
            if n <= down_to {
                continue;
            }
            for parent in &loaded.release.parents {
                if !found.insert(parent.to_string()) {
                    continue;
                }
                match self.parent(parent.as_str(), &loaded)? {
                    Some(above) if found.len() < caps::ANCESTORS => {
                        open.push((above.release.n, parent.to_string()));
                        known.insert(parent.to_string(), above);
                    }
                    _ => whole = false,
                }
            }
        }
        Ok((found, whole))
    }

    /// The files of a release that is not sealed, once their list has arrived and agrees with the record.
    pub fn files(&mut self, release: &Release, first: &[&WriterId]) -> Result<Option<Arc<Vec<ReleaseFile>>>, Refusal> {
        let Some(list) = &release.list else { return Ok(Some(Arc::default())) };
        let files = match self.memo.lists.get(list) {
            Some(files) => files.clone(),
            None => {
                let Some(bytes) = self.stacks.small_blob(list, release.list_size, first)? else { return Ok(None) };
                let Some(files) = FileList::read(&bytes) else { return Ok(None) };
                self.memo.keep_list(list, files)
            }
        };
        let bytes = files.iter().try_fold(0_u64, |sum, file| sum.checked_add(file.size_bytes));
        Ok((files.len() as u64 == release.files && bytes == Some(release.bytes)).then_some(files))
    }

    /// Of these releases, those that none of the others came from; the greatest first.
    pub fn newest(&mut self, releases: &[Arc<Loaded>]) -> Result<Vec<Arc<Loaded>>, Refusal> {
        let mut sorted: Vec<Arc<Loaded>> = releases.to_vec();
        sorted.sort_by(|a, b| b.rank().cmp(&a.rank()));
        sorted.dedup_by(|a, b| a.hash == b.hash);
        let Some(least) = sorted.last().map(|loaded| loaded.release.n) else { return Ok(sorted) };
        let mut newest: Vec<Arc<Loaded>> = Vec::new();
        let mut under: HashSet<String> = HashSet::new();
        let mut whole = true;
        for loaded in sorted {
            // Where a part of the chain has not arrived, nothing is said to stand beside the greatest.
            if under.contains(loaded.hash.as_str()) || (!newest.is_empty() && !whole) {
                continue;
            }
            let (ancestors, all) = self.ancestors(&loaded, least)?;
            whole &= all;
            under.extend(ancestors);
            newest.push(loaded);
        }
        Ok(newest)
    }
}

/// What a head names.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub hash: String,
    pub writer: WriterId,
    pub confirmed: bool,
    /// Whether it is the newest that this head names of the product.
    pub last: bool,
}

/// Everything that counted heads name, by product.
pub(crate) fn named<'h>(
    heads: impl IntoIterator<Item = (&'h WriterId, bool, &'h crate::records::Head)>,
) -> BTreeMap<ProductId, Vec<Named>> {
    let mut all: BTreeMap<ProductId, Vec<Named>> = BTreeMap::new();
    for (writer, confirmed, head) in heads {
        for (product, releases) in &head.products {
            let of_product = all.entry(product.clone()).or_default();
            for (i, hash) in releases.iter().enumerate() {
                let last = i + 1 == releases.len();
                match of_product.iter_mut().find(|n| n.hash == hash.as_str() && n.writer == *writer) {
                    Some(known) => known.last |= last,
                    None => of_product.push(Named { hash: hash.to_string(), writer: writer.clone(), confirmed, last }),
                }
            }
        }
    }
    all
}
