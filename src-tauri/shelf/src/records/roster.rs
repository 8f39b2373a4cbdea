//! The roster: who is on the shelf, with which devices, and who may change that.

use std::collections::{BTreeSet, HashSet};

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
    /// No longer in use; what it had said up to `last_good` stands.
    Retired,
    /// Lost or stolen; only what it had said up to `last_good` stands.
    Revoked,
}

/// A device on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RosterWriter {
    pub id: WriterId,
    pub status: Status,
    /// For a revoked or retired one: hash of its last head that counts. None: of a revoked one nothing counts, of a retired one
    /// everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_good: Option<String>,
    /// The number of that head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_good_seq: Option<u64>,
}

impl RosterWriter {
    /// A device in use.
    pub fn active(id: WriterId) -> RosterWriter {
        RosterWriter { id, status: Status::Active, last_good: None, last_good_seq: None }
    }
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

impl Roster {
    /// Whose device this is, on this roster.
    pub fn person_of(&self, writer: &WriterId) -> Option<&RosterPerson> {
        self.people.iter().find(|person| person.writers.iter().any(|w| w.id == *writer))
    }

    /// How a device stands on it.
    pub fn device(&self, writer: &WriterId) -> Option<&RosterWriter> {
        self.people.iter().flat_map(|person| &person.writers).find(|w| w.id == *writer)
    }

    /// The people among these devices who are stewards: somebody with two computers is one steward. One that was named
    /// a steward without being on the roster speaks for itself.
    pub fn steward_people<'w>(&'w self, writers: impl IntoIterator<Item = &'w WriterId>) -> BTreeSet<&'w str> {
        let stewards = writers.into_iter().filter(|writer| self.stewards.contains(writer));
        let active = stewards.filter(|writer| self.device(writer).is_none_or(|w| w.status == Status::Active));
        active.map(|writer| self.person_of(writer).map_or(writer.as_str(), |person| person.person.as_str())).collect()
    }
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
                && w.last_good_seq.is_none_or(|seq| (1..=caps::SEQ_MAX).contains(&seq))
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

/// A steward's word that they agree with a roster, or house rules, that another steward wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CoSignature {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// The hash of the roster or of the rules.
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
