//! The house rules in force: a chain of versions like the roster's, each signed by enough stewards of the roster that it names.
//!
//! Which roster counts for a version never changes afterwards, so that what was once in force stays known as such whoever is a
//! steward today.

use std::collections::BTreeMap;
use std::sync::Arc;

use larder_model::{HouseRules, Refusal, RefusalCode};

use crate::envelope::Signed;
use crate::gathered::{Gathered, Signers};
use crate::memo::Memo;
use crate::records::Rules;
use crate::roster::{History, Waiting, enough};
use crate::trust::RulesMemory;
use crate::{RulesInForce, Trust};

/// The house rules of a shelf.
#[derive(Debug, Clone, Default)]
pub(crate) struct House {
    pub memory: Option<RulesMemory>,
    /// Several versions side by side: only what all of them allow counts.
    pub fork: bool,
    /// A version whose predecessor or roster has not arrived.
    pub arriving: bool,
    /// Next versions that too few have signed yet.
    pub waiting: Vec<Waiting<Rules>>,
}

impl House {
    /// What counts now.
    pub fn in_force(&self) -> RulesInForce {
        in_force(self.memory.as_ref())
    }

    /// Whether this Larder may write on the shelf at all.
    ///
    /// # Errors
    /// `TooNew` where the rules ask for a newer one, or for something that this one does not know.
    pub fn may_write(&self) -> Result<(), Refusal> {
        self.in_force().may_write()
    }
}

impl RulesInForce {
    /// Whether this Larder may write on the shelf at all.
    ///
    /// # Errors
    /// `TooNew` where the rules ask for a newer one, or for something that this one does not know.
    pub fn may_write(&self) -> Result<(), Refusal> {
        if self.too_new { Err(Refusal::new(RefusalCode::TooNew).with("what", "rules")) } else { Ok(()) }
    }
}

/// What the remembered rules say together; without any, the five that every Larder asks for.
pub(crate) fn in_force(memory: Option<&RulesMemory>) -> RulesInForce {
    let mut now = RulesInForce {
        version: 0,
        rules: HouseRules::default(),
        unknown: Vec::new(),
        at: None,
        fork: false,
        too_new: false,
    };
    for (i, tip) in memory.iter().flat_map(|memory| memory.tips.values()).enumerate() {
        let (rules, unknown) = tip.rules.read();
        now.rules = if i == 0 { rules } else { now.rules.combined(&rules) };
        if tip.v >= now.version {
            (now.version, now.at) = (tip.v, Some(tip.at.clone()));
        }
        now.unknown.extend(unknown);
        now.fork = i > 0;
    }
    now.unknown.sort();
    now.unknown.dedup();
    now.too_new = !now.unknown.is_empty() || !now.rules.admits(env!("CARGO_PKG_VERSION"));
    now
}

/// Reads which rules count.
pub(crate) fn read(
    gathered: &Gathered,
    trust: &Trust,
    memo: &mut Memo,
    history: &mut History,
    signers: &Signers,
) -> Result<House, Refusal> {
    let mut house = House::default();
    let known = trust.rules.clone().unwrap_or(RulesMemory { tips: BTreeMap::new(), before: BTreeMap::new() });
    let (mut valid, mut before) = (known.tips, known.before);
    let mut new: Vec<&Arc<Signed<Rules>>> = gathered.rules.values().collect();
    new.sort_by(|a, b| (a.body.v, &a.hash).cmp(&(b.body.v, &b.hash)));
    for rules in new {
        let version = |hash: &String| valid.get(hash).map(|rules| rules.v).or_else(|| before.get(hash).copied());
        let versions: Option<Vec<u64>> = rules.body.prev.iter().map(version).collect();
        let rosters = history.all(memo, &rules.body.rosters)?;
        let (Some(versions), Some(rosters)) = (versions, rosters) else {
            house.arriving |= history.is_steward(&rules.writer);
            continue;
        };
        if rules.body.v != versions.into_iter().max().unwrap_or(0) + 1 {
            continue;
        }
        let signed = signers.get(&rules.hash).cloned().unwrap_or_default();
        if enough(rosters.iter().map(Arc::as_ref), &signed) {
            let passed = rules.body.prev.iter().filter_map(|hash| Some((hash.clone(), valid.get(hash)?.v)));
            before.extend(passed);
            valid.insert(rules.hash.clone(), rules.body.clone());
        } else if rosters.iter().any(|r| !r.steward_people(std::iter::once(&rules.writer)).is_empty()) {
            house.waiting.push(Waiting { record: rules.clone(), signed });
        }
    }
    valid.retain(|hash, _| !before.contains_key(hash));
    house.waiting.retain(|w| {
        w.record.body.prev.len() == valid.len() && w.record.body.prev.iter().all(|h| valid.contains_key(h))
    });
    house.fork = valid.len() > 1;
    house.memory = Some(RulesMemory { tips: valid, before }).filter(|memory| !memory.tips.is_empty());
    Ok(house)
}
