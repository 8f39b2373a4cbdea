//! What a reader remembers of a shelf, so that silence, old copies and gaps never take anything back.

use std::collections::{BTreeMap, BTreeSet};

use larder_model::{Param, ProductId, Refusal, ReleaseHash, ShelfId, WriterId};
use serde::{Deserialize, Serialize};

use crate::envelope::Signed;
use crate::ledger::Ledger;
use crate::memo::{Loaded, Memo};
use crate::product::Settled;
use crate::pulse::Pulse;
use crate::records::{Head, Roster, Rules};
use crate::sealed::SealedList;
use crate::{ReleaseFile, RulesChange, RulesInForce, caps, house};

/// A reader's memory of one shelf. Kept by the caller, as JSON or otherwise; it holds no secret. Keep it in memory between
/// looks too: what was already verified is then not read again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trust {
    pub(crate) shelf: ShelfId,
    /// Pinned at the first look.
    pub(crate) founder: Option<WriterId>,
    pub(crate) name: String,
    /// The newest accepted rosters; normally one.
    pub(crate) roster: Option<RosterMemory>,
    /// The newest accepted house rules; their version never decreases.
    #[serde(default)]
    pub(crate) rules: Option<RulesMemory>,
    /// The highest head of each device; never decreases.
    pub(crate) floors: BTreeMap<WriterId, u64>,
    /// The last good heads of devices that are out of use, once seen: of each device all that a roster ever named, as rosters
    /// that stand side by side may name different ones until they are brought together.
    #[serde(default, rename = "good_heads")]
    pub(crate) good: BTreeMap<WriterId, Vec<GoodHead>>,
    /// The greatest release of each product that was once complete here; never decreases.
    pub(crate) accepted: BTreeMap<ProductId, Accepted>,
    /// What this device stood for in its last head.
    pub(crate) own: BTreeMap<ProductId, Vec<ReleaseHash>>,
    /// The last own head that was found to stand for all of the others. Where another one is the newest, somebody else has
    /// this device's key, or this memory is an older one; what both stand for is then brought together.
    #[serde(default)]
    pub(crate) own_tip: String,
    /// What stood where the own heads do when they were last brought together ([`crate::heads::mark_of`]): an own head that
    /// comes back later, behind a longer line, is met by that.
    #[serde(default)]
    pub(crate) own_names: String,
    /// Files on the place with the right size and the wrong bytes, each with the mark it had when it was found so.
    pub(crate) damaged: BTreeMap<String, Option<u64>>,
    /// What was put back on the place because it was gone, and how often.
    #[serde(default)]
    pub(crate) resent: BTreeMap<String, u32>,
    /// Own parts that were read back.
    #[serde(default)]
    pub(crate) ledger: Ledger,
    /// Hashes of own parts that were removed as no longer needed; a publication under way may still count on one of them.
    #[serde(default)]
    pub(crate) removed: BTreeSet<String>,
    /// Products that were whole at the last look, and how they stood.
    #[serde(default)]
    pub(crate) judged: BTreeMap<ProductId, Settled>,
    /// The names of heads at the last look, if everything was in its place.
    #[serde(skip)]
    pub(crate) pulse: Option<Pulse>,
    #[serde(skip)]
    pub(crate) memo: Memo,
}

/// The accepted rosters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RosterMemory {
    /// Those that no other one names, by hash.
    pub tips: BTreeMap<String, Roster>,
    /// Those before them.
    pub before: BTreeSet<String>,
}

/// The accepted house rules.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct RulesMemory {
    /// Those that no other one names, by hash.
    pub tips: BTreeMap<String, Rules>,
    /// Those before them, with their versions.
    pub before: BTreeMap<String, u64>,
    /// Who changed what with each version, oldest first.
    #[serde(default)]
    pub history: Vec<RulesChange>,
}

/// The last head of a device that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct GoodHead {
    pub hash: String,
    pub head: Head,
}

impl GoodHead {
    /// To be remembered.
    pub fn of(head: &Signed<Head>) -> GoodHead {
        GoodHead { hash: head.hash.clone(), head: head.body.clone() }
    }

    /// As it was read.
    pub fn signed(&self, writer: &WriterId) -> Signed<Head> {
        Signed { hash: self.hash.clone(), writer: writer.clone(), body: self.head.clone() }
    }
}

/// A release that was once complete here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Accepted {
    pub confirmed: bool,
    pub loaded: Loaded,
    /// Its files, where they are few.
    pub files: Vec<ReleaseFile>,
    /// What it said to those who can open it, where it is sealed and this device can.
    #[serde(default)]
    pub inside: Option<Inside>,
}

/// What a sealed release tells only to those who can open it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Inside {
    pub title: String,
    pub rows: u64,
    pub size_bytes: u64,
    pub about: serde_json::Value,
    pub recipients: Vec<WriterId>,
}

impl Inside {
    /// From its list.
    pub fn of(list: &SealedList) -> Inside {
        Inside {
            title: list.title.clone(),
            rows: list.rows,
            size_bytes: list.files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size)),
            about: list.about.clone(),
            recipients: list.recipients.clone(),
        }
    }
}

impl Trust {
    /// Knows nothing of this shelf yet: its founder is pinned at the first look (trust on first use).
    pub fn new(shelf_id: ShelfId) -> Trust {
        Trust {
            shelf: shelf_id,
            founder: None,
            name: String::new(),
            roster: None,
            rules: None,
            floors: BTreeMap::new(),
            good: BTreeMap::new(),
            accepted: BTreeMap::new(),
            own: BTreeMap::new(),
            own_tip: String::new(),
            own_names: String::new(),
            damaged: BTreeMap::new(),
            resent: BTreeMap::new(),
            ledger: Ledger::default(),
            removed: BTreeSet::new(),
            judged: BTreeMap::new(),
            pulse: None,
            memo: Memo::default(),
        }
    }

    /// The shelf that it is about.
    pub fn shelf(&self) -> &ShelfId {
        &self.shelf
    }

    /// Own parts that were read back from the place, for [`crate::Publishing::copy`].
    pub fn ledger(&self) -> Ledger {
        self.ledger.clone()
    }

    /// The house rules that were in force at the last look.
    pub fn rules(&self) -> RulesInForce {
        house::in_force(self.rules.as_ref())
    }

    /// The greatest release of a product that was once complete here.
    pub fn accepted(&self, product: &ProductId) -> Option<(u64, ReleaseHash)> {
        self.accepted.get(product).map(|a| (a.loaded.release.n, a.loaded.hash.clone()))
    }

    /// Takes over what was learned about the place in the meantime, while others may have looked too: which files are damaged,
    /// keep vanishing or were removed, and how far each device has come.
    pub fn learn_from(&mut self, other: Trust) {
        self.damaged = other.damaged;
        self.resent = other.resent;
        self.removed = other.removed;
        for (writer, seq) in other.floors {
            let floor = self.floors.entry(writer).or_insert(0);
            *floor = seq.max(*floor);
        }
        self.pulse = None;
    }

    /// Remembers what a fetch found damaged, from its refusal, until those files change. Other refusals are passed over.
    pub fn note_damaged(&mut self, refusal: &Refusal) {
        if refusal.code != larder_model::RefusalCode::Damaged {
            return;
        }
        let Some(Param::List(names)) = refusal.params.get("parts") else { return };
        for name in names {
            if self.damaged.len() < caps::DAMAGED && crate::names::listed(name).is_ok() {
                self.damaged.insert(name.clone(), None);
            }
        }
    }
}

impl Trust {
    /// Devices on the accepted rosters, so that their folders are asked even if a listing leaves them out.
    pub(crate) fn roster_writers(&self) -> BTreeSet<WriterId> {
        let tips = self.roster.iter().flat_map(|roster| roster.tips.values());
        tips.flat_map(|roster| roster.people.iter())
            .flat_map(|person| person.writers.iter())
            .map(|writer| writer.id.clone())
            .collect()
    }
}
