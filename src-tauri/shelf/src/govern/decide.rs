//! Writing the next version of the roster or of the rules.

use std::collections::BTreeSet;

use larder_model::{Refusal, RefusalCode, ShelfId, WriterId};

use crate::envelope::{Record, Signed};
use crate::founding::put_record;
use crate::look::Scene;
use crate::memo::Memo;
use crate::names::Room;
use crate::people::{self, Cards};
use crate::places::Place;
use crate::records::{CoSignature, Roster, Status, moment};
use crate::roster::{Waiting, combine};
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, heads, look};

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It says what counts already; nothing was written.
    Unchanged,
    /// It counts, for everyone whom it reaches.
    Done,
    /// It waits for so many more stewards to sign this.
    Proposed {
        /// What they sign.
        hash: String,
        /// How many more have to.
        missing: u32,
    },
}

/// A shelf before the eyes of somebody who wants to decide something.
pub(super) struct Council<'c, 'a> {
    pub stacks: &'c Stacks<'a>,
    pub shelf: &'c ShelfId,
    pub memo: &'c mut Memo,
    pub me: &'c WriterId,
    pub scene: Scene,
    pub now: &'c str,
}

/// A decision refused for want of a right.
pub(super) fn no_steward() -> Refusal {
    Refusal::new(RefusalCode::NoPermission).with("path", "roster")
}

/// Nothing of that name or number.
pub(super) fn unknown(what: &str) -> Refusal {
    Refusal::new(RefusalCode::Unknown).with("what", what)
}

/// Opens the shelf strictly, so that a roster that cannot be read right now is never forked, and holds this device's turn
/// while `act` decides.
pub(super) fn council<T>(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    now: &str,
    act: impl FnOnce(&mut Council, &mut dyn FnMut(Deed) -> Result<String, Refusal>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let now = moment(now)?;
    let _turn = device.turn()?;
    let me = device.writer();
    let listed = trust.roster_writers();
    let stacks = Stacks::open_strict(place, listed.iter().chain([&me]))?;
    let mut memo = std::mem::take(&mut trust.memo);
    let scene = look::scene(&stacks, trust, &mut memo);
    let shelf = trust.shelf.clone();
    let acted = scene.and_then(|scene| {
        let mut council = Council { stacks: &stacks, shelf: &shelf, memo: &mut memo, me: &me, scene, now: &now };
        act(&mut council, &mut |deed| deed.put(place, device, trust, &now))
    });
    trust.memo = memo;
    acted
}

/// Something to write down and to stand for in the next head.
pub(super) enum Deed<'d> {
    Roster(&'d Roster),
    Rules(&'d crate::records::Rules),
    CoSignature(&'d CoSignature),
    Card(&'d crate::records::CardRecord),
}

impl Deed<'_> {
    fn put(&self, place: &dyn Place, device: &Device, trust: &mut Trust, now: &str) -> Result<String, Refusal> {
        let hash = match self {
            Deed::Roster(roster) => put_record(place, device, Room::Rosters, *roster)?,
            Deed::Rules(rules) => put_record(place, device, Room::Rosters, *rules)?,
            Deed::CoSignature(agreed) => put_record(place, device, Room::Messages, *agreed)?,
            Deed::Card(card) => put_record(place, device, Room::Messages, *card)?,
        };
        let own = heads::own(place, &trust.shelf, &device.writer())?;
        heads::write(place, device, trust, now, &own, &mut |head| {
            let names = match self {
                Deed::Roster(_) | Deed::Rules(_) => &mut head.gov,
                // After the request to join, which is looked for at the front.
                Deed::CoSignature(_) => &mut head.messages,
                Deed::Card(_) => {
                    head.card = Some(hash.clone());
                    return;
                }
            };
            if !names.contains(&hash) {
                names.push(hash.clone());
            }
        })?;
        Ok(hash)
    }
}

impl Council<'_, '_> {
    /// Refuses whoever may not decide: no steward, or a Larder that is too old for what others wrote.
    pub fn may_decide(&self) -> Result<(), Refusal> {
        let standing = &self.scene.standing;
        if standing.tips().any(|tip| tip.stewards.iter().any(|steward| standing.too_new.contains(steward))) {
            return Err(Refusal::new(RefusalCode::TooNew).with("what", "roster"));
        }
        standing.house.may_write()?;
        let is_steward = |tip: &Roster| !tip.steward_people([self.me]).is_empty();
        if standing.tips().any(is_steward) { Ok(()) } else { Err(no_steward()) }
    }

    /// The roster that counts, as the next one begins. Where rosters that stand side by side have too few stewards in common,
    /// those of all of them whose devices still count: whoever signs the next one sees that.
    pub fn base(&self) -> Result<Roster, Refusal> {
        let tips: Vec<&Roster> = self.scene.standing.tips().collect();
        let mut base = combine(tips.iter().copied()).ok_or_else(no_steward)?;
        if tips.len() > 1 && base.steward_people(&base.stewards).len() < base.threshold as usize {
            let all: BTreeSet<&WriterId> = tips.iter().flat_map(|tip| &tip.stewards).collect();
            let counts = |w: &&&WriterId| base.device(w).is_some_and(|device| device.status == Status::Active);
            base.stewards = all.iter().filter(counts).map(|writer| (*writer).clone()).collect();
            let people = u32::try_from(base.steward_people(&base.stewards).len()).unwrap_or(u32::MAX);
            base.threshold = base.threshold.min(people);
        }
        Ok(base)
    }

    /// The card that a device shows now.
    pub fn cards(&mut self, of: &[WriterId]) -> Result<Cards, Refusal> {
        let mut cards = Cards::new();
        for writer in of {
            let head = self.scene.voices.get(writer).and_then(|voice| voice.heads.last());
            let Some(hash) = head.and_then(|head| head.body.card.clone()) else { continue };
            if let Some(card) = people::card(self.stacks, self.shelf, self.memo, writer, &hash)? {
                cards.insert(writer.clone(), card);
            }
        }
        Ok(cards)
    }

    /// Writes the next roster, or signs the one that says the same and waits already.
    pub fn decide_roster(
        &self,
        mut next: Roster,
        put: &mut dyn FnMut(Deed) -> Result<String, Refusal>,
    ) -> Result<Decision, Refusal> {
        let standing = &self.scene.standing;
        let tips = standing.memory.as_ref().map(|memory| &memory.tips).ok_or_else(no_steward)?;
        check(&next)?;
        if let [only] = tips.values().collect::<Vec<_>>().as_slice()
            && same_roster(only, &next)
        {
            return Ok(Decision::Unchanged);
        }
        next.v = tips.values().map(|tip| tip.v).max().unwrap_or(0) + 1;
        next.prev = tips.keys().cloned().collect();
        next.at = self.now.to_owned();
        if next.v > caps::ROSTERS as u64 {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", "roster").with("limit", caps::ROSTERS as u64));
        }
        let waits = standing.waiting.iter().find(|w| same_roster(&w.record.body, &next));
        self.sign_or_write(waits, Deed::Roster(&next), put)
    }

    /// Signs what waits already, or writes it down.
    pub fn sign_or_write<T: Record>(
        &self,
        waits: Option<&Waiting<T>>,
        deed: Deed,
        put: &mut dyn FnMut(Deed) -> Result<String, Refusal>,
    ) -> Result<Decision, Refusal> {
        let (hash, signed) = match waits {
            Some(waiting) => {
                self.agree(&waiting.record, &waiting.signed, put)?;
                (waiting.record.hash.clone(), waiting.signed.iter().chain([self.me]).cloned().collect())
            }
            None => (put(deed)?, BTreeSet::from([self.me.clone()])),
        };
        Ok(match self.missing(&signed) {
            0 => Decision::Done,
            missing => Decision::Proposed { hash, missing },
        })
    }

    /// Puts this device's signature beside a proposal, once.
    pub fn agree<T>(
        &self,
        record: &Signed<T>,
        signed: &BTreeSet<WriterId>,
        put: &mut dyn FnMut(Deed) -> Result<String, Refusal>,
    ) -> Result<(), Refusal> {
        if signed.contains(self.me) {
            return Ok(());
        }
        let agreed = CoSignature {
            protocol: caps::WRITES,
            shelf: self.shelf.clone(),
            roster: record.hash.clone(),
            at: self.now.to_owned(),
        };
        put(Deed::CoSignature(&agreed)).map(|_| ())
    }

    /// How many more stewards have to sign.
    pub fn missing(&self, signed: &BTreeSet<WriterId>) -> u32 {
        missing(self.scene.standing.tips(), signed)
    }
}

/// How many more stewards have to sign what stands upon these rosters.
pub(super) fn missing<'r>(tips: impl Iterator<Item = &'r Roster>, signed: &BTreeSet<WriterId>) -> u32 {
    let of = |tip: &Roster| tip.threshold.saturating_sub(u32::try_from(tip.steward_people(signed).len()).unwrap_or(0));
    tips.map(of).max().unwrap_or(0)
}

/// What no roster may say: nobody left who could sign the next one.
fn check(next: &Roster) -> Result<(), Refusal> {
    let people = next.steward_people(&next.stewards).len();
    let refuse = |what: &str, value: usize| {
        Err(Refusal::new(RefusalCode::Invalid).with("what", what).with("value", value as u64))
    };
    if people == 0 {
        return refuse("stewards", 0);
    }
    if next.threshold == 0 || next.threshold as usize > people {
        return refuse("threshold", next.threshold as usize);
    }
    if next.people.len() > caps::PEOPLE {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", "roster").with("limit", caps::PEOPLE as u64));
    }
    Ok(())
}

/// Whether two rosters say the same, whenever they were written.
fn same_roster(a: &Roster, b: &Roster) -> bool {
    (a.threshold, &a.stewards, &a.people) == (b.threshold, &b.stewards, &b.people)
}
