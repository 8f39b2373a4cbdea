//! Trying out a place before a shelf is put or joined there.

use std::collections::BTreeSet;

use larder_model::{Refusal, RefusalCode, ShelfId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::lineage::{self, Lineage, Load};
use crate::memo::Memo;
use crate::places::{Place, random_name};
use crate::records::State;
use crate::stacks::Stacks;
use crate::{Trust, caps, envelope, founding, look, names, place_write};

/// What a place can do, and what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Probe {
    /// Its content can be listed.
    pub can_read: bool,
    /// A file was written, read back and deleted.
    pub can_write: bool,
    /// Room left, where the place can tell.
    pub space_free_bytes: Option<u64>,
    /// The shelf that is already there.
    pub shelf: Option<FoundShelf>,
    /// It lies inside another shelf, has one right inside, or has two.
    pub nested: bool,
    /// The shelf was set up with a newer Larder.
    pub too_new: bool,
}

/// A shelf that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundShelf {
    /// Which.
    pub id: ShelfId,
    /// Its name.
    pub name: String,
    /// Data products on it, retired ones aside.
    pub products: u64,
    /// People on its roster.
    pub people: u64,
}

/// Tries out a place: lists it, writes and deletes one small file, looks for a shelf.
///
/// # Errors
/// `Unreachable` where the place is away.
pub fn probe(place: &dyn Place) -> Result<Probe, Refusal> {
    let mut probe =
        Probe { can_read: true, can_write: false, space_free_bytes: None, shelf: None, nested: false, too_new: false };
    match place.list("") {
        Ok(_) => {}
        Err(refusal) if refusal.code == RefusalCode::NoPermission => {
            probe.can_read = false;
            return Ok(probe);
        }
        Err(refusal) => return Err(refusal),
    }
    probe.space_free_bytes = place.space_free_bytes()?;
    probe.can_write = can_write(place)?;
    let found = founding::find_founding(place)?;
    probe.nested = found.len() > 1 || place.nested()?;
    if let Some(first) = found.first() {
        probe.too_new = first.founding.protocol > caps::WRITES;
        let (products, people) = if probe.too_new { (0, 0) } else { count(place, &first.shelf)? };
        let name = larder_model::display_text(&first.founding.name, caps::TITLE_CHARS);
        probe.shelf = Some(FoundShelf { id: first.shelf.clone(), name, products, people });
    }
    Ok(probe)
}

/// One file, once: a place that says no is not asked again.
fn can_write(place: &dyn Place) -> Result<bool, Refusal> {
    let folder = place.stat(names::DATA)?.is_some_and(|entry| entry.folder);
    let prefix = if folder { format!("{}/", names::DATA) } else { String::new() };
    let name = format!("{prefix}t-probe-{}.tmp", random_name()?);
    let text = b"Larder tries out whether it can write here. This file may be deleted.\n";
    let written = place.put(&name, &mut text.as_slice(), text.len() as u64);
    let stands = written.and_then(|()| {
        let wanted = place_write::Wanted { name: &name, hash: &envelope::sha256(text), size_bytes: text.len() as u64 };
        place_write::reads_back(place, wanted)
    });
    let deleted = place.delete(&name);
    match (stands, deleted) {
        (Ok(stands), Ok(())) => Ok(stands),
        (Err(refusal), _) | (_, Err(refusal)) if refusal.code == RefusalCode::Unreachable => Err(refusal),
        _ => Ok(false),
    }
}

fn count(place: &dyn Place, shelf: &ShelfId) -> Result<(u64, u64), Refusal> {
    let trust = Trust::new(shelf.clone());
    let stacks = Stacks::open(place, [], &|| false)?;
    let mut memo = Memo::default();
    let scene = look::scene(&stacks, &trust, &mut memo)?;
    let mut damaged = trust.damaged.clone();
    let mut lineage = Lineage { stacks: &stacks, shelf, memo: &mut memo, device: None, damaged: &mut damaged };
    let mut products = BTreeSet::new();
    for (product, named) in lineage::named(scene.heads()) {
        let mut newest = None;
        for named in named.iter().filter(|n| n.last) {
            if let Load::Good(loaded) = lineage.load(&named.hash, &[&named.writer])? {
                newest = newest.max(Some((loaded.release.n, loaded.release.state == State::Live)));
            }
        }
        if newest.is_none_or(|(_, live)| live) {
            products.insert(product);
        }
    }
    Ok((products.len() as u64, scene.standing.people.len() as u64))
}
