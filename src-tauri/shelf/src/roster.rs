//! Who is on the shelf: the chain of rosters from the founder on.
//!
//! A roster is valid if enough stewards of each one before it signed it. Rosters that no other one names are the tips; where
//! there are several, only what all of them allow counts, until a steward writes one that names them all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use larder_model::{Refusal, ShelfId, WriterId};

use crate::broken::{self, Broken};
use crate::envelope::{Signed, open};
use crate::gathered::{Signers, gather};
use crate::house::{self, House};
use crate::memo::Memo;
use crate::names::Room;
use crate::records::{Roster, RosterPerson, RosterWriter, Status};
use crate::stacks::Stacks;
use crate::trust::RosterMemory;
use crate::{Alert, Trust, caps};

/// What the roster says as a whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub memory: Option<RosterMemory>,
    /// Devices that may sign the next roster.
    pub stewards: BTreeSet<WriterId>,
    pub people: Vec<RosterPerson>,
    /// Several tips.
    pub fork: bool,
    /// A roster whose predecessor has not arrived.
    pub arriving: bool,
    /// Signed by these with a newer Larder.
    pub too_new: BTreeSet<WriterId>,
    /// Next rosters that too few have signed yet.
    pub waiting: Vec<Waiting<Roster>>,
    /// The house rules.
    pub house: House,
    writers: BTreeMap<WriterId, RosterWriter>,
}

/// A next version that too few stewards have signed yet.
#[derive(Debug, Clone)]
pub(crate) struct Waiting<T> {
    pub record: Arc<Signed<T>>,
    pub signed: BTreeSet<WriterId>,
}

impl Standing {
    /// How a device stands, if it is on the roster.
    pub fn writer(&self, writer: &WriterId) -> Option<&RosterWriter> {
        self.writers.get(writer)
    }

    /// The newest rosters; normally one.
    pub fn tips(&self) -> impl Iterator<Item = &Roster> {
        self.memory.iter().flat_map(|memory| memory.tips.values())
    }

    /// What is odd about it.
    pub fn alerts(&self) -> BTreeSet<Alert> {
        let mut alerts: BTreeSet<Alert> =
            self.too_new.iter().map(|writer| Alert::NeedsNewer { writer: writer.clone() }).collect();
        let odd = [
            (self.fork, Alert::RosterFork),
            (self.arriving, Alert::RosterArriving),
            (self.house.fork, Alert::RulesFork),
            (self.house.arriving, Alert::RulesArriving),
        ];
        alerts.extend(odd.into_iter().filter(|(is_so, _)| *is_so).map(|(_, alert)| alert));
        alerts
    }

    fn from_tips(memory: RosterMemory) -> Standing {
        let all = combine(memory.tips.values().take(if broken::is(Broken::FirstRosterWins) { 1 } else { usize::MAX }));
        let mut standing = Standing { fork: memory.tips.len() > 1, ..Standing::default() };
        standing.memory = Some(memory);
        if let Some(all) = all {
            standing.stewards = all.stewards.into_iter().collect();
            for person in &all.people {
                for writer in &person.writers {
                    standing.writers.insert(writer.id.clone(), writer.clone());
                }
            }
            standing.people = all.people;
        }
        standing
    }
}

/// Only what all of them allow: members, devices and stewards that each one has, revoked where any one revokes.
pub(crate) fn combine<'r>(rosters: impl Iterator<Item = &'r Roster>) -> Option<Roster> {
    let mut rosters: Vec<&Roster> = rosters.collect();
    // The same for everyone, whatever order they arrived in.
    rosters.sort_by(|a, b| (b.v, &b.at, &b.people.len()).cmp(&(a.v, &a.at, &a.people.len())));
    let (first, others) = rosters.split_first()?;
    let mut all = (*first).clone();
    for other in others {
        all.v = all.v.max(other.v);
        all.threshold = all.threshold.max(other.threshold);
        all.stewards.retain(|steward| other.stewards.contains(steward));
        for person in &mut all.people {
            let theirs = other.people.iter().find(|p| p.person == person.person);
            person.writers.retain_mut(|writer| {
                let Some(same) = theirs.and_then(|p| p.writers.iter().find(|w| w.id == writer.id)) else {
                    return false;
                };
                let differ = writer.last_good != same.last_good;
                match (writer.status, same.status) {
                    // Two revocations that differ: nothing of it counts.
                    (Status::Revoked, Status::Revoked) if differ => {
                        (writer.last_good, writer.last_good_seq) = (None, None);
                    }
                    (_, Status::Revoked) | (Status::Active, Status::Retired) => *writer = same.clone(),
                    // Two retirements that differ: the earlier one counts.
                    (Status::Retired, Status::Retired) if differ && earlier(same, writer) => *writer = same.clone(),
                    _ => {}
                }
                true
            });
        }
        all.people.retain(|person| !person.writers.is_empty());
    }
    Some(all)
}

/// Whether the last good head of `a` is before that of `b`; the same for everyone where both have one number.
fn earlier(a: &RosterWriter, b: &RosterWriter) -> bool {
    let rank = |w: &RosterWriter| (w.last_good_seq.unwrap_or(u64::MAX), w.last_good.clone());
    rank(a) < rank(b)
}

/// Whether enough stewards of each of these rosters signed: so many people, not so many computers.
pub(crate) fn enough<'r>(mut before: impl Iterator<Item = &'r Roster>, signed: &BTreeSet<WriterId>) -> bool {
    before.all(|roster| {
        if broken::is(Broken::AnyoneGoverns) {
            return true;
        }
        let asked = if broken::is(Broken::ThresholdIgnored) { 1 } else { roster.threshold as usize };
        roster.steward_people(signed).len() >= asked
    })
}

/// Every roster that counts or once counted. Those that were settled long ago are read again only if something new stands
/// upon them.
pub(crate) struct History<'h, 'a> {
    stacks: &'h Stacks<'a>,
    shelf: &'h ShelfId,
    valid: BTreeMap<String, Arc<Roster>>,
    before: BTreeSet<String>,
}

impl History<'_, '_> {
    /// A roster that counts or once counted.
    pub fn valid(&mut self, memo: &mut Memo, hash: &str) -> Result<Option<Arc<Roster>>, Refusal> {
        if let Some(known) = self.valid.get(hash) {
            return Ok(Some(known.clone()));
        }
        if !self.before.contains(hash) {
            return Ok(None);
        }
        let found = match memo.rosters.get(hash) {
            Some(known) => Some(known.clone()),
            None => {
                let bytes = self.stacks.record(Room::Rosters, hash, &[], caps::ROSTER_BYTES)?;
                bytes.and_then(|bytes| open::<Roster>(&bytes, self.shelf).good()).map(Arc::new)
            }
        };
        let Some(signed) = found else { return Ok(None) };
        let roster = Arc::new(signed.body.clone());
        memo.rosters.insert(hash.to_owned(), signed);
        self.valid.insert(hash.to_owned(), roster.clone());
        Ok(Some(roster))
    }

    /// All of them; none where one is not known.
    pub fn all(&mut self, memo: &mut Memo, hashes: &[String]) -> Result<Option<Vec<Arc<Roster>>>, Refusal> {
        let mut all = Vec::new();
        for hash in hashes {
            let Some(roster) = self.valid(memo, hash)? else { return Ok(None) };
            all.push(roster);
        }
        Ok(Some(all))
    }

    /// Whether any of them names this device a steward.
    pub fn is_steward(&self, writer: &WriterId) -> bool {
        self.valid.is_empty() || self.valid.values().any(|roster| roster.stewards.contains(writer))
    }
}

enum Follows {
    Yes,
    No,
    /// Too few have signed it yet.
    Waits,
    /// What it stands upon has not arrived.
    Unknown,
}

/// Reads all rosters and rules and tells which count.
pub(crate) fn read(stacks: &Stacks, trust: &Trust, founder: &WriterId, memo: &mut Memo) -> Result<Standing, Refusal> {
    let gathered = gather(stacks, trust, memo, founder)?;
    let signers = gathered.signers(stacks, trust, memo)?;
    let known = trust.roster.clone().unwrap_or(RosterMemory { tips: BTreeMap::new(), before: BTreeSet::new() });
    let mut new: Vec<&Arc<Signed<Roster>>> = gathered.rosters.values().collect();
    // What a roster stands upon has a smaller version, so one walk is enough.
    new.sort_by(|a, b| (a.body.v, &a.hash).cmp(&(b.body.v, &b.hash)));
    let tips = known.tips.into_iter().map(|(hash, roster)| (hash, Arc::new(roster))).collect();
    let mut history = History { stacks, shelf: &trust.shelf, valid: tips, before: known.before };
    let (mut arriving, mut waiting) = (false, Vec::new());
    for roster in new {
        match follows(roster, &mut history, memo, founder, &signers)? {
            Follows::Yes => {
                history.before.extend(roster.body.prev.iter().cloned());
                history.valid.insert(roster.hash.clone(), Arc::new(roster.body.clone()));
            }
            Follows::Waits => waiting.push(Waiting {
                record: roster.clone(),
                signed: signers.get(&roster.hash).cloned().unwrap_or_default(),
            }),
            Follows::Unknown => arriving |= history.is_steward(&roster.writer),
            Follows::No => {}
        }
    }
    let tips: BTreeMap<String, Roster> = history
        .valid
        .iter()
        .filter(|(hash, _)| !history.before.contains(*hash))
        .map(|(hash, roster)| (hash.clone(), Roster::clone(roster)))
        .collect();
    if tips.is_empty() {
        return Ok(Standing { arriving, too_new: gathered.too_new, ..Standing::default() });
    }
    let mut house = house::read(&gathered, trust, memo, &mut history, &signers)?;
    let memory = RosterMemory { tips, before: history.before };
    // What was proposed upon an older roster is asked for no more.
    house.waiting.retain(|w| stands_upon(&w.record.body.rosters, &memory));
    waiting.retain(|w| w.record.body.prev.len() == memory.tips.len() && stands_upon(&w.record.body.prev, &memory));
    Ok(Standing { arriving, too_new: gathered.too_new, waiting, house, ..Standing::from_tips(memory) })
}

fn stands_upon(prev: &[String], memory: &RosterMemory) -> bool {
    prev.iter().all(|hash| memory.tips.contains_key(hash))
}

fn follows(
    roster: &Signed<Roster>,
    history: &mut History,
    memo: &mut Memo,
    founder: &WriterId,
    signers: &Signers,
) -> Result<Follows, Refusal> {
    if roster.body.v == 1 {
        return Ok(if roster.writer == *founder { Follows::Yes } else { Follows::No });
    }
    let Some(before) = history.all(memo, &roster.body.prev)? else { return Ok(Follows::Unknown) };
    let Some(v) = before.iter().map(|roster| roster.v).max() else { return Ok(Follows::Unknown) };
    let signed = signers.get(&roster.hash).cloned().unwrap_or_default();
    Ok(if roster.body.v != v + 1 {
        Follows::No
    } else if enough(before.iter().map(Arc::as_ref), &signed) {
        Follows::Yes
    } else if before.iter().any(|before| !before.steward_people(std::iter::once(&roster.writer)).is_empty()) {
        Follows::Waits
    } else {
        Follows::No
    })
}
