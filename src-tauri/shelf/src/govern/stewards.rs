//! Who may decide, how many have to agree, and agreeing.

use larder_model::{Refusal, WriterId};

use super::decide::{Council, Decision, council, unknown};
use crate::places::Place;
use crate::records::{Roster, Status};
use crate::{Device, Trust};

/// Lets computers of people on the roster confirm others, and decide like this one.
///
/// # Errors
/// `Unknown` where one is not on the roster or not in use; otherwise as [`confirm`](super::confirm).
pub fn make_stewards(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    writers: &[WriterId],
    now: &str,
) -> Result<Decision, Refusal> {
    change(place, device, trust, now, |next| {
        for writer in writers {
            if next.device(writer).is_none_or(|w| w.status != Status::Active) {
                return Err(unknown(writer.as_str()));
            }
            if !next.stewards.contains(writer) {
                next.stewards.push(writer.clone());
            }
        }
        Ok(())
    })
}

/// Takes that away from them; one's own too.
///
/// # Errors
/// `Unknown` where one is no steward's; `Invalid` \[what: stewards or threshold\] where too few would be left; otherwise as
/// [`confirm`](super::confirm).
pub fn unmake_stewards(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    writers: &[WriterId],
    now: &str,
) -> Result<Decision, Refusal> {
    change(place, device, trust, now, |next| {
        for writer in writers {
            if !next.stewards.contains(writer) {
                return Err(unknown(writer.as_str()));
            }
        }
        next.stewards.retain(|steward| !writers.contains(steward));
        Ok(())
    })
}

/// Sets how many stewards have to sign the next roster and the next house rules. They are counted as people: somebody with two
/// computers signs once.
///
/// # Errors
/// `Invalid` \[what: threshold\] for none, or more than there are; otherwise as [`confirm`](super::confirm).
pub fn set_threshold(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    threshold: u32,
    now: &str,
) -> Result<Decision, Refusal> {
    change(place, device, trust, now, |next| {
        next.threshold = threshold;
        Ok(())
    })
}

/// Brings rosters that stand side by side together: the next one names them all, and says what all of them allow. So does
/// every other decision; this is for when there is nothing else to decide.
///
/// # Errors
/// As [`confirm`](super::confirm).
pub fn heal_roster(place: &dyn Place, device: &Device, trust: &mut Trust, now: &str) -> Result<Decision, Refusal> {
    change(place, device, trust, now, |_| Ok(()))
}

fn change(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    now: &str,
    change: impl FnOnce(&mut Roster) -> Result<(), Refusal>,
) -> Result<Decision, Refusal> {
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let mut next = council.base()?;
        change(&mut next)?;
        council.decide_roster(next, put)
    })
}

/// Signs a roster or house rules that another steward proposed, as [`crate::View::proposals`] tells them.
///
/// # Errors
/// `Unknown` where nothing of that hash waits any more; `NoPermission` where this device is no steward; otherwise what the
/// place answers.
pub fn co_sign(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    hash: &str,
    now: &str,
) -> Result<Decision, Refusal> {
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let standing = &council.scene.standing;
        let roster = standing.waiting.iter().find(|w| w.record.hash == hash);
        let rules = standing.house.waiting.iter().find(|w| w.record.hash == hash);
        let signed = match (roster, rules) {
            (Some(waiting), _) => {
                council.agree(&waiting.record, &waiting.signed, put)?;
                &waiting.signed
            }
            (None, Some(waiting)) => {
                council.agree(&waiting.record, &waiting.signed, put)?;
                &waiting.signed
            }
            (None, None) => return Err(unknown(hash)),
        };
        Ok(outcome(council, hash, signed))
    })
}

fn outcome(council: &Council, hash: &str, signed: &std::collections::BTreeSet<WriterId>) -> Decision {
    let mut signed = signed.clone();
    signed.insert(council.me.clone());
    match council.missing(&signed) {
        0 => Decision::Done,
        missing => Decision::Proposed { hash: hash.to_owned(), missing },
    }
}
