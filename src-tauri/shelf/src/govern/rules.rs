//! Writing the next house rules.

use larder_model::{HouseRules, Refusal, RefusalCode};

use super::decide::{Decision, Deed, council};
use crate::places::Place;
use crate::records::{Rules, RulesText};
use crate::{Device, Trust, caps};

/// Sets the house rules, as a steward. Versions that stand side by side are brought together.
///
/// # Errors
/// `Invalid` \[what, value\] where a field cannot be, or asks for a newer Larder than this one; `NoPermission` where this device
/// is no steward; `TooNew`; otherwise what the place answers.
pub fn set_rules(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    rules: &HouseRules,
    now: &str,
) -> Result<Decision, Refusal> {
    let refuse = |what: &str| Err(Refusal::new(RefusalCode::Invalid).with("what", what));
    if let Some(field) = rules.fault() {
        return refuse(field);
    }
    // Nobody locks themselves out.
    if !rules.admits(env!("CARGO_PKG_VERSION")) {
        return refuse("min_version");
    }
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let standing = &council.scene.standing;
        let tips = standing.house.memory.iter().flat_map(|memory| memory.tips.iter());
        let (prev, versions): (Vec<String>, Vec<&Rules>) = tips.map(|(hash, rules)| (hash.clone(), rules)).unzip();
        let text = RulesText::of(rules);
        if let [only] = versions.as_slice()
            && only.rules == text
        {
            return Ok(Decision::Unchanged);
        }
        let next = Rules {
            protocol: caps::WRITES,
            shelf: council.shelf.clone(),
            v: versions.iter().map(|rules| rules.v).max().unwrap_or(0) + 1,
            prev,
            rosters: standing.memory.iter().flat_map(|memory| memory.tips.keys().cloned()).collect(),
            rules: text,
            at: council.now.to_owned(),
        };
        if next.v > caps::ROSTERS as u64 {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", "rules").with("limit", caps::ROSTERS as u64));
        }
        let waits = standing.house.waiting.iter().find(|w| w.record.body.rules == next.rules);
        council.sign_or_write(waits, Deed::Rules(&next), put)
    })
}
