//! Who takes how much room on a shelf, and how much of it is old.

use std::collections::BTreeMap;

use larder_model::{Person, Refusal, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::lineage::Lineage;
use crate::marks::Marks;
use crate::names::{self, Room};
use crate::places::Place;
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, look};

/// The room that somebody's computers take on a shelf.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Space {
    /// Who; none where nobody knows.
    pub person: Option<Person>,
    /// Whether this is the reader.
    pub is_me: bool,
    /// All files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Of these, what only earlier releases need.
    pub earlier_bytes: u64,
    /// Of these, content that nothing needs any more, as far as is known.
    pub unneeded_bytes: u64,
}

/// Counts every file below the writers' folders by the person whose it is, who takes most first.
///
/// # Errors
/// As [`crate::look`].
pub fn space(
    place: &dyn Place,
    trust: &mut Trust,
    device: &Device,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Space>, Refusal> {
    let view = look::look(place, trust, device, &|_| false, cancelled)?;
    let listed = trust.roster_writers();
    let stacks = Stacks::open(place, listed.iter().chain([&device.writer()]), cancelled)?;
    let mut memo = std::mem::take(&mut trust.memo);
    let marks = marks(&stacks, trust, device, &mut memo);
    trust.memo = memo;
    let marks = marks?;
    let mut people: BTreeMap<String, Space> = BTreeMap::new();
    for folder in &stacks.folders {
        let owner = WriterId::parse(folder.get(..26).unwrap_or(folder));
        let member = owner.and_then(|id| view.people.iter().find(|m| m.devices.iter().any(|d| d.writer == id)));
        let key = member.map(|m| m.person_id.to_string()).unwrap_or_default();
        let space = people.entry(key).or_insert_with(|| Space {
            person: member.map(|m| m.person.clone()),
            is_me: member.is_some_and(|m| m.is_me),
            ..Space::default()
        });
        count(&stacks, folder, &marks, space)?;
    }
    let mut all: Vec<Space> = people.into_values().filter(|space| space.files > 0).collect();
    all.sort_by_key(|space| std::cmp::Reverse(space.bytes));
    Ok(all)
}

fn marks(stacks: &Stacks, trust: &Trust, device: &Device, memo: &mut crate::memo::Memo) -> Result<Marks, Refusal> {
    look::remember_accepted(trust, memo);
    let scene = look::scene(stacks, trust, memo)?;
    let mut damaged = BTreeMap::new();
    let mut lineage = Lineage { stacks, shelf: &trust.shelf, memo, device: Some(device), damaged: &mut damaged };
    let mut marks = Marks::default();
    marks.scene(&mut lineage, &scene, trust.accepted.values())?;
    Ok(marks)
}

fn count(stacks: &Stacks, folder: &str, marks: &Marks, space: &mut Space) -> Result<(), Refusal> {
    for room in [Room::Heads, Room::Releases, Room::Messages, Room::Rosters, Room::Temps] {
        for inside in stacks.rooms(folder, room)? {
            for (_, bytes) in stacks.files(&inside)? {
                space.files += 1;
                space.bytes += bytes;
            }
        }
    }
    for inside in stacks.rooms(folder, Room::Blobs)? {
        let shards = stacks.list(&inside)?.into_iter().filter(|e| e.folder && names::listed(&e.name).is_ok());
        for shard in shards.take(256 + caps::STRAYS) {
            for (name, bytes) in stacks.files(&format!("{inside}/{}", shard.name))? {
                space.files += 1;
                space.bytes += bytes;
                if !marks.needs(&name) {
                    space.unneeded_bytes += bytes;
                } else if !marks.newest.contains(&name) {
                    space.earlier_bytes += bytes;
                }
            }
        }
    }
    Ok(())
}
