//! The roster: who is on the shelf, with which devices, and who may change that.

use std::collections::HashSet;

use larder_model::{PersonId, ShelfId, WriterId};
use serde::{Deserialize, Serialize};

use super::{are_hashes, is_moment, is_short};
use crate::{caps, envelope::Record, names};

/// How a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// In use.
    Active,
    /// No longer in use; what it said stands.
    Retired,
    /// Lost or stolen; only what it had said up to `last_good` stands.
    Revoked,
}

/// A device on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RosterWriter {
    pub id: WriterId,
    pub status: Status,
    /// For a revoked one: hash of its last head that counts. None: nothing of it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_good: Option<String>,
}

/// A person on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RosterPerson {
    pub person: PersonId,
    pub name: String,
    #[serde(default)]
    pub role: String,
    pub writers: Vec<RosterWriter>,
}

/// One version of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Roster {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// 1 + the greatest version among `prev`.
    pub v: u64,
    /// The versions that it takes the place of.
    #[serde(default)]
    pub prev: Vec<String>,
    /// How many stewards have to sign the next version.
    pub threshold: u32,
    /// The stewards' devices.
    pub stewards: Vec<WriterId>,
    pub people: Vec<RosterPerson>,
    pub at: String,
}

impl Record for Roster {
    const TYPE: &'static str = "roster";
    const CAP: u64 = caps::ROSTER_BYTES;

    fn is_sound(&self) -> bool {
        let mut stewards = HashSet::new();
        let mut people = HashSet::new();
        let mut writers = HashSet::new();
        let mut is_new_writer = |w: &RosterWriter| {
            names::is_writer(w.id.as_str())
                && writers.insert(w.id.clone())
                && w.last_good.as_deref().is_none_or(names::is_hash)
        };
        (1..=caps::ROSTERS as u64).contains(&self.v)
            && are_hashes(&self.prev, caps::PARENTS)
            && self.prev.is_empty() == (self.v == 1)
            && self.threshold >= 1
            && self.threshold as usize <= self.stewards.len()
            && self.stewards.len() <= caps::PEOPLE
            && self.stewards.iter().all(|w| names::is_writer(w.as_str()) && stewards.insert(w.clone()))
            && self.people.len() <= caps::PEOPLE
            && self.people.iter().all(|p| {
                PersonId::parse(p.person.as_str()).is_some()
                    && people.insert(p.person.clone())
                    && is_short(&p.name, caps::NAME_CHARS)
                    && is_short(&p.role, caps::NAME_CHARS)
                    && p.writers.iter().all(&mut is_new_writer)
            })
            && is_moment(&self.at)
    }
}

/// A steward's word that they agree with a roster that another steward wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CoSignature {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// The roster's hash.
    pub roster: String,
    pub at: String,
}

impl Record for CoSignature {
    const TYPE: &'static str = "cosign";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        names::is_hash(&self.roster) && is_moment(&self.at)
    }
}
