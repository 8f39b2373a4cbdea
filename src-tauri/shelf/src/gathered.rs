//! Everything in the rooms of rosters and house rules, and who signed what beside its writer. Whoever signed a record decides
//! nothing yet: that is for [`crate::roster`] and [`crate::house`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use larder_model::{Refusal, WriterId};

use crate::envelope::{Opened, Record, Signed, kind_of, open, sha256};
use crate::memo::Memo;
use crate::names::{self, Room};
use crate::places::Entry;
use crate::records::{CoSignature, Roster, Rules};
use crate::stacks::Stacks;
use crate::{Trust, caps};

/// Who signed a record, by its hash.
pub(crate) type Signers = BTreeMap<String, BTreeSet<WriterId>>;

/// Rosters and rules with a sound signature, whoever signed them; those that this reader already knows are left out.
#[derive(Default)]
pub(crate) struct Gathered {
    pub rosters: BTreeMap<String, Arc<Signed<Roster>>>,
    pub rules: BTreeMap<String, Arc<Signed<Rules>>>,
    /// Signed by these with a newer Larder.
    pub too_new: BTreeSet<WriterId>,
}

/// How much more is read in this look, and of one folder.
struct Left {
    all: usize,
    folder: usize,
    bad: usize,
}

/// Reads all folders, the founder's first. A folder with too much in it is left in the middle, and the others are read.
pub(crate) fn gather(stacks: &Stacks, trust: &Trust, memo: &mut Memo, founder: &WriterId) -> Result<Gathered, Refusal> {
    let mut gathered = Gathered::default();
    let known = known_names(trust);
    let mut left = Left { all: caps::GOVERNING, folder: 0, bad: 0 };
    let first = stacks.folders.iter().filter(|folder| folder.as_str() == founder.as_str());
    let others = stacks.folders.iter().filter(|folder| folder.as_str() != founder.as_str());
    for folder in first.chain(others) {
        (left.folder, left.bad) = (caps::ROSTERS, caps::STRAYS);
        for inside in stacks.rooms(folder, Room::Rosters)? {
            for entry in listed(stacks, &inside)? {
                if names::record_hash(&entry.name).is_some_and(|hash| known.contains(hash)) {
                    continue;
                }
                if left.all == 0 || left.folder == 0 || left.bad == 0 {
                    stacks.too_much.borrow_mut().insert(inside.clone());
                    break;
                }
                gathered.take(stacks, trust, memo, &format!("{inside}/{}", entry.name), &mut left)?;
            }
        }
    }
    // Under the name that a sync client gave to a copy, too: what an old one stood upon may be gone by now.
    gathered.rosters.retain(|hash, _| !known.contains(hash.as_str()));
    gathered.rules.retain(|hash, _| !known.contains(hash.as_str()));
    Ok(gathered)
}

fn known_names(trust: &Trust) -> BTreeSet<&str> {
    let rosters = trust.roster.iter().flat_map(|known| known.tips.keys().chain(&known.before));
    let rules = trust.rules.iter().flat_map(|known| known.tips.keys().chain(known.before.keys()));
    rosters.chain(rules).map(String::as_str).collect()
}

fn listed(stacks: &Stacks, inside: &str) -> Result<impl Iterator<Item = Entry>, Refusal> {
    Ok(stacks.list(inside)?.into_iter().filter(|e| !e.folder && names::listed(&e.name).is_ok()))
}

impl Gathered {
    fn take(
        &mut self,
        stacks: &Stacks,
        trust: &Trust,
        memo: &mut Memo,
        name: &str,
        left: &mut Left,
    ) -> Result<(), Refusal> {
        let claimed = names::record_hash(name.rsplit('/').next().unwrap_or_default());
        if let Some(roster) = claimed.and_then(|hash| memo.rosters.get(hash)) {
            self.rosters.insert(roster.hash.clone(), roster.clone());
            return Ok(());
        }
        if let Some(rules) = claimed.and_then(|hash| memo.rules.get(hash)) {
            self.rules.insert(rules.hash.clone(), rules.clone());
            return Ok(());
        }
        left.all -= 1;
        left.folder -= 1;
        let Some(bytes) = stacks.get(name, caps::ROSTER_BYTES)? else { return Ok(()) };
        // The type is looked at first: what a later Larder keeps here is none of ours, and nothing bad either.
        let good = match kind_of(&bytes).as_deref() {
            Some(Roster::TYPE) => self.keep(open::<Roster>(&bytes, &trust.shelf)).map(|roster| {
                memo.rosters.insert(roster.hash.clone(), roster.clone());
                self.rosters.insert(roster.hash.clone(), roster);
            }),
            Some(Rules::TYPE) => self.keep(open::<Rules>(&bytes, &trust.shelf)).map(|rules| {
                memo.rules.insert(rules.hash.clone(), rules.clone());
                self.rules.insert(rules.hash.clone(), rules);
            }),
            Some(_) => Some(()),
            None => None,
        };
        left.bad -= usize::from(good.is_none());
        Ok(())
    }

    fn keep<T>(&mut self, opened: Opened<T>) -> Option<Arc<Signed<T>>> {
        match opened {
            Opened::Good(signed) => Some(Arc::new(signed)),
            Opened::TooNew(writer) => {
                self.too_new.insert(writer);
                None
            }
            Opened::Bad => None,
        }
    }

    /// Who signed what: its writer, and stewards who agreed. The latter is read only where more than one signature is asked
    /// for, and only from the folders of devices that some roster names a steward, and of those that are nobody's.
    pub fn signers(&self, stacks: &Stacks, trust: &Trust, memo: &mut Memo) -> Result<Signers, Refusal> {
        let mut signers = Signers::new();
        for (hash, writer) in self.rosters.values().map(|r| (&r.hash, &r.writer)) {
            signers.entry(hash.clone()).or_default().insert(writer.clone());
        }
        for (hash, writer) in self.rules.values().map(|r| (&r.hash, &r.writer)) {
            signers.entry(hash.clone()).or_default().insert(writer.clone());
        }
        let tips = trust.roster.iter().flat_map(|known| known.tips.values());
        let all: Vec<&Roster> = self.rosters.values().map(|r| &r.body).chain(tips).collect();
        // What brings two rosters together is signed by stewards of both.
        let several = all.iter().any(|roster| roster.threshold > 1 || roster.prev.len() > 1)
            || self.rules.values().any(|rules| rules.body.rosters.len() > 1);
        if !several {
            return Ok(signers);
        }
        let stewards: BTreeSet<&str> = all.iter().flat_map(|r| r.stewards.iter().map(WriterId::as_str)).collect();
        let folders = stacks.folders.iter().filter(|f| !names::is_writer(f) || stewards.contains(f.as_str()));
        for folder in folders {
            for inside in stacks.rooms(folder, Room::Messages)? {
                for entry in listed(stacks, &inside)?.take(caps::ROSTERS) {
                    if let Some(signed) = co_signature(stacks, trust, memo, &inside, &entry.name)? {
                        let hash = signed.body.roster.clone();
                        signers.entry(hash).or_default().insert(signed.writer.clone());
                    }
                }
            }
        }
        Ok(signers)
    }
}

/// The co-signature in a file, if it is one. Other messages are remembered by their hash, so that each is read once.
fn co_signature(
    stacks: &Stacks,
    trust: &Trust,
    memo: &mut Memo,
    inside: &str,
    name: &str,
) -> Result<Option<Arc<Signed<CoSignature>>>, Refusal> {
    let claimed = names::record_hash(name);
    if let Some(known) = claimed.and_then(|hash| memo.cosigns.get(hash)) {
        return Ok(Some(known.clone()));
    }
    if claimed.is_some_and(|hash| memo.passed.contains(hash)) {
        return Ok(None);
    }
    let Some(bytes) = stacks.get(&format!("{inside}/{name}"), caps::MESSAGE_BYTES)? else { return Ok(None) };
    let signed = open::<CoSignature>(&bytes, &trust.shelf).good().map(Arc::new);
    match &signed {
        Some(signed) => {
            memo.cosigns.insert(signed.hash.clone(), signed.clone());
        }
        // Torn now, it may be whole the next time: only whole files are passed over for good.
        None if claimed.is_some_and(|hash| sha256(&bytes) == hash) => {
            memo.passed.insert(claimed.unwrap_or_default().to_owned());
        }
        None => {}
    }
    Ok(signed)
}
