//! Computers that are no longer in use, were lost, or belong to somebody who leaves.

use std::collections::BTreeMap;

use larder_model::{PersonId, Refusal, RefusalCode, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::decide::{Council, Decision, council, unknown};
use crate::envelope::open;
use crate::names::{self, Room};
use crate::places::Place;
use crate::records::{Head, Roster, Status};
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, heads};

/// The last head of a device that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastGood {
    /// Everything that has arrived here of it.
    Newest,
    /// Everything up to a head that [`device_heads`] told.
    Head(String),
    /// Nothing that it ever said.
    Nothing,
}

/// A head of a device, to choose from up to where it was in good hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeadNote {
    /// Which.
    pub hash: String,
    /// Its number.
    pub seq: u64,
    /// When it was written by the device's own clock, RFC 3339.
    pub at: String,
    /// Data products that it stands for.
    pub products: u64,
}

/// The newest heads of a device, the newest first.
///
/// # Errors
/// What the place answers.
pub fn device_heads(place: &dyn Place, trust: &Trust, writer: &WriterId) -> Result<Vec<HeadNote>, Refusal> {
    let stacks = Stacks::open(place, [writer], &|| false)?;
    let mut found: BTreeMap<(u64, String), HeadNote> = BTreeMap::new();
    for folder in stacks.folders.iter().filter(|f| f.as_str() == writer.as_str() || !names::is_writer(f)) {
        for inside in stacks.rooms(folder, Room::Heads)? {
            let files = stacks.list(&inside)?.into_iter().filter(|e| !e.folder && names::listed(&e.name).is_ok());
            let mut files: Vec<String> = files.map(|e| e.name).collect();
            // Names begin with the number, so the newest come first; whoever has the key may have planted some above them.
            files.sort_unstable_by(|a, b| b.cmp(a));
            for name in files.into_iter().take(caps::HEAD_TRIES) {
                let bytes = stacks.get(&format!("{inside}/{name}"), caps::HEAD_BYTES)?;
                let head = bytes.and_then(|bytes| open::<Head>(&bytes, &trust.shelf).good());
                let Some(head) = head.filter(|head| head.writer == *writer) else { continue };
                let (hash, seq, at) = (head.hash, head.body.seq, head.body.at);
                let products = head.body.products.len() as u64;
                found.insert((seq, hash.clone()), HeadNote { hash, seq, at, products });
            }
        }
    }
    Ok(found.into_values().rev().collect())
}

/// Takes a computer out of use that is in good hands: handed in, sold, set up anew. What it said stands; what it might say from
/// now on does not count.
///
/// # Errors
/// `Unknown` where it is not on the roster; `Invalid` where nobody would be left to sign; otherwise as
/// [`confirm`](super::confirm).
pub fn retire_device(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    writer: &WriterId,
    now: &str,
) -> Result<Decision, Refusal> {
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let mut next = council.base()?;
        end(council, &mut next, writer, Status::Retired, &LastGood::Newest)?;
        council.decide_roster(next, put)
    })
}

/// Stops a computer that was lost or stolen: what it said after its last good head does not count, whenever it says so.
///
/// # Errors
/// `Unknown` where it is not on the roster, has no such head, or has said nothing that could be read here; `Invalid` where
/// nobody would be left to sign; otherwise as [`confirm`](super::confirm).
pub fn revoke_device(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    writer: &WriterId,
    last_good: &LastGood,
    now: &str,
) -> Result<Decision, Refusal> {
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let mut next = council.base()?;
        revoke(council, &mut next, writer, last_good)?;
        council.decide_roster(next, put)
    })
}

/// Lets somebody go: none of their computers counts with anything that it says from now on. What they put on the shelf stays,
/// under their name.
///
/// # Errors
/// `Unknown` where there is no such person; `Invalid` where nobody would be left to sign; otherwise as
/// [`confirm`](super::confirm).
pub fn leave(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    person: &PersonId,
    now: &str,
) -> Result<Decision, Refusal> {
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let mut next = council.base()?;
        let known = next.people.iter().find(|p| p.person == *person).ok_or_else(|| unknown(person.as_str()))?;
        let open = known.writers.iter().filter(|w| w.status != Status::Revoked);
        let writers: Vec<WriterId> = open.map(|w| w.id.clone()).collect();
        for writer in &writers {
            revoke(council, &mut next, writer, &LastGood::Newest)?;
        }
        council.decide_roster(next, put)
    })
}

/// Revokes a device on a roster that is being written.
pub(super) fn revoke(
    council: &Council,
    next: &mut Roster,
    writer: &WriterId,
    last_good: &LastGood,
) -> Result<(), Refusal> {
    end(council, next, writer, Status::Revoked, last_good)
}

fn end(
    council: &Council,
    next: &mut Roster,
    writer: &WriterId,
    status: Status,
    last_good: &LastGood,
) -> Result<(), Refusal> {
    let on_it = next.people.iter_mut().flat_map(|p| &mut p.writers).find(|w| w.id == *writer);
    let on_it = on_it.ok_or_else(|| unknown(writer.as_str()))?;
    if on_it.status == Status::Revoked && status == Status::Retired {
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", writer.as_str()));
    }
    // Of one that is out of use, nothing after that came to count again.
    let ended = on_it.status != Status::Active && *last_good == LastGood::Newest;
    if !(ended && on_it.last_good.is_some()) {
        (on_it.last_good, on_it.last_good_seq) = match find(council, writer, last_good)? {
            Some((hash, seq)) => (Some(hash), Some(seq)),
            None => (None, None),
        };
    }
    on_it.status = status;
    next.stewards.retain(|steward| steward != writer);
    Ok(())
}

/// The head that is meant, and its number.
fn find(council: &Council, writer: &WriterId, last_good: &LastGood) -> Result<Option<(String, u64)>, Refusal> {
    let found = match last_good {
        LastGood::Nothing => return Ok(None),
        LastGood::Newest => {
            let heads = council.scene.voices.get(writer).map_or(&[][..], |voice| &voice.heads);
            heads.iter().max_by_key(|head| (head.body.seq, &head.hash)).cloned()
        }
        LastGood::Head(hash) => match heads::by_hash(council.stacks, council.shelf, writer, hash)? {
            None => council.scene.remembered(writer, hash),
            found => found,
        },
    };
    // Nothing to be found is no reason to let nothing count: its folder may be on its way.
    let found = found.ok_or_else(|| unknown(writer.as_str()))?;
    Ok(Some((found.hash, found.body.seq)))
}
