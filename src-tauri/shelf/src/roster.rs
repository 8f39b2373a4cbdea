//! Who is on the shelf: the chain of rosters from the founder on.
//!
//! A roster is valid if enough stewards of the one before it signed it. Rosters that no other one names are the tips; where
//! there are several, only what all of them allow counts, until a steward writes one that names them all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use larder_model::{Refusal, WriterId};

use crate::broken::{self, Broken};
use crate::envelope::{Opened, Signed, open};
use crate::memo::Memo;
use crate::names::{self, Room};
use crate::records::{CoSignature, Roster, RosterPerson, Status};
use crate::stacks::Stacks;
use crate::trust::RosterMemory;
use crate::{Trust, caps};

/// What the roster says as a whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub memory: Option<RosterMemory>,
    /// Devices that may sign the next roster.
    pub stewards: BTreeSet<WriterId>,
    pub threshold: u32,
    pub people: Vec<RosterPerson>,
    /// Several tips.
    pub fork: bool,
    /// A roster whose predecessor has not arrived.
    pub arriving: bool,
    /// Signed by these with a newer Larder.
    pub too_new: BTreeSet<WriterId>,
    writers: BTreeMap<WriterId, (Status, Option<String>)>,
}

impl Standing {
    /// How a device stands, if it is on the roster; for a revoked one, with its last good head.
    pub fn writer(&self, writer: &WriterId) -> Option<&(Status, Option<String>)> {
        self.writers.get(writer)
    }

    fn from_tips(memory: RosterMemory) -> Standing {
        let all = combine(memory.tips.values().take(if broken::is(Broken::FirstRosterWins) { 1 } else { usize::MAX }));
        let mut standing = Standing { fork: memory.tips.len() > 1, ..Standing::default() };
        standing.memory = Some(memory);
        if let Some(all) = all {
            standing.stewards = all.stewards.into_iter().collect();
            standing.threshold = all.threshold;
            for person in &all.people {
                for writer in &person.writers {
                    standing.writers.insert(writer.id.clone(), (writer.status, writer.last_good.clone()));
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
                match (writer.status, same.status) {
                    // Two revocations that differ: nothing of it counts.
                    (Status::Revoked, Status::Revoked) if writer.last_good != same.last_good => writer.last_good = None,
                    (_, Status::Revoked) => *writer = same.clone(),
                    (Status::Active, Status::Retired) => writer.status = Status::Retired,
                    _ => {}
                }
                true
            });
        }
        all.people.retain(|person| !person.writers.is_empty());
    }
    Some(all)
}

/// Reads all rosters and tells which count.
pub(crate) fn read(stacks: &Stacks, trust: &Trust, founder: &WriterId, memo: &mut Memo) -> Result<Standing, Refusal> {
    let mut too_new = BTreeSet::new();
    let found = collect(stacks, trust, memo, &mut too_new)?;
    let signers = co_signers(stacks, trust, memo, &found)?;
    let known = trust.roster.clone().unwrap_or(RosterMemory { tips: BTreeMap::new(), before: BTreeSet::new() });
    let mut valid: BTreeMap<String, Roster> = known.tips.clone();
    let mut waiting: Vec<&Arc<Signed<Roster>>> = found.values().filter(|r| !valid.contains_key(&r.hash)).collect();
    waiting.sort_by(|a, b| (a.body.v, &a.hash).cmp(&(b.body.v, &b.hash)));
    let mut arriving = false;
    for roster in waiting {
        if known.before.contains(&roster.hash) {
            valid.insert(roster.hash.clone(), roster.body.clone());
            continue;
        }
        match follows(roster, &valid, founder, &signers) {
            Follows::Yes => {
                valid.insert(roster.hash.clone(), roster.body.clone());
            }
            Follows::Unknown => arriving = true,
            Follows::No => {}
        }
    }
    if valid.is_empty() {
        return Ok(Standing { arriving, too_new, ..Standing::default() });
    }
    let mut before = known.before;
    before.extend(valid.values().flat_map(|roster| roster.prev.iter().cloned()));
    valid.retain(|hash, _| !before.contains(hash));
    let mut standing = Standing::from_tips(RosterMemory { tips: valid, before });
    standing.arriving = arriving;
    standing.too_new = too_new;
    Ok(standing)
}

enum Follows {
    Yes,
    No,
    Unknown,
}

fn follows(
    roster: &Signed<Roster>,
    valid: &BTreeMap<String, Roster>,
    founder: &WriterId,
    signers: &BTreeMap<String, BTreeSet<WriterId>>,
) -> Follows {
    if roster.body.v == 1 {
        return if roster.writer == *founder { Follows::Yes } else { Follows::No };
    }
    let before: Option<Vec<&Roster>> = roster.body.prev.iter().map(|hash| valid.get(hash)).collect();
    let Some(before) = before else { return Follows::Unknown };
    let Some(all) = combine(before.into_iter()) else { return Follows::Unknown };
    let mut signed: BTreeSet<&WriterId> = signers.get(&roster.hash).into_iter().flatten().collect();
    signed.insert(&roster.writer);
    let stewards = signed.into_iter().filter(|writer| all.stewards.contains(writer)).count();
    let enough = stewards >= all.threshold as usize
        || (broken::is(Broken::ThresholdIgnored) && stewards > 0)
        || broken::is(Broken::AnyoneGoverns);
    if roster.body.v == all.v + 1 && enough { Follows::Yes } else { Follows::No }
}

/// All roster records with a sound signature, whoever signed them.
fn collect(
    stacks: &Stacks,
    trust: &Trust,
    memo: &mut Memo,
    too_new: &mut BTreeSet<WriterId>,
) -> Result<BTreeMap<String, Arc<Signed<Roster>>>, Refusal> {
    let mut found = BTreeMap::new();
    for folder in &stacks.folders {
        for inside in stacks.rooms(folder, Room::Rosters)? {
            let mut bad = 0;
            for entry in stacks.list(&inside)?.into_iter().filter(|e| !e.folder && names::listed(&e.name).is_ok()) {
                if let Some(known) = names::record_hash(&entry.name).and_then(|hash| memo.rosters.get(hash)) {
                    found.insert(known.hash.clone(), known.clone());
                    continue;
                }
                if found.len() >= caps::ROSTERS || bad > caps::STRAYS {
                    stacks.too_much.borrow_mut().insert(inside.clone());
                    return Ok(found);
                }
                let Some(bytes) = stacks.get(&format!("{inside}/{}", entry.name), caps::ROSTER_BYTES)? else {
                    continue;
                };
                match open::<Roster>(&bytes, &trust.shelf) {
                    Opened::Good(roster) => {
                        let roster = Arc::new(roster);
                        memo.rosters.insert(roster.hash.clone(), roster.clone());
                        found.insert(roster.hash.clone(), roster);
                    }
                    Opened::TooNew(writer) => {
                        too_new.insert(writer);
                    }
                    Opened::Bad => bad += 1,
                }
            }
        }
    }
    Ok(found)
}

/// Who else agrees with which roster. Read only where a roster asks for more than one signature.
fn co_signers(
    stacks: &Stacks,
    trust: &Trust,
    memo: &mut Memo,
    found: &BTreeMap<String, Arc<Signed<Roster>>>,
) -> Result<BTreeMap<String, BTreeSet<WriterId>>, Refusal> {
    let mut signers: BTreeMap<String, BTreeSet<WriterId>> = BTreeMap::new();
    if found.values().all(|roster| roster.body.threshold <= 1) {
        return Ok(signers);
    }
    let stewards: BTreeSet<&WriterId> = found.values().flat_map(|roster| roster.body.stewards.iter()).collect();
    for folder in
        stacks.folders.iter().filter(|f| !names::is_writer(f) || stewards.iter().any(|s| s.as_str() == f.as_str()))
    {
        for inside in stacks.rooms(folder, Room::Messages)? {
            for entry in stacks
                .list(&inside)?
                .into_iter()
                .filter(|e| !e.folder && names::listed(&e.name).is_ok())
                .take(caps::ROSTERS)
            {
                let known = names::record_hash(&entry.name).and_then(|hash| memo.cosigns.get(hash)).cloned();
                let signed = match known {
                    Some(signed) => Some(signed),
                    None => stacks
                        .get(&format!("{inside}/{}", entry.name), caps::MESSAGE_BYTES)?
                        .and_then(|bytes| open::<CoSignature>(&bytes, &trust.shelf).good())
                        .map(Arc::new),
                };
                if let Some(signed) = signed {
                    signers.entry(signed.body.roster.clone()).or_default().insert(signed.writer.clone());
                    memo.cosigns.insert(signed.hash.clone(), signed);
                }
            }
        }
    }
    Ok(signers)
}
