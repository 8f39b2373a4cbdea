//! Confirming who asks to be on the shelf, and several computers of one person.

use larder_model::{Person, PersonId, Refusal, RefusalCode, WriterId};

use super::decide::{Council, Decision, Deed, council, unknown};
use super::devices::{LastGood, revoke};
use crate::people::{self, Cards};
use crate::places::Place;
use crate::records::{Roster, RosterPerson, RosterWriter, Status};
use crate::{Device, Trust, caps};

/// Puts devices on the roster, as a steward: whoever confirms has compared the six words. A device that is linked with a
/// computer of somebody who is there becomes one more of theirs. Confirming a device again takes over the name that its card
/// says now. Several rosters side by side are brought together.
///
/// # Errors
/// `NoPermission` where this device is no steward, or one of those was revoked; `Unknown` where a device has not said who it is;
/// `NotLinked` where it says to be somebody who is there, and none of their computers says so too; `TooNew`; otherwise what the
/// place answers.
pub fn confirm(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    writers: &[WriterId],
    now: &str,
) -> Result<Decision, Refusal> {
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let mut next = council.base()?;
        for writer in writers {
            add(council, &mut next, writer)?;
        }
        council.decide_roster(next, put)
    })
}

fn add(council: &mut Council, roster: &mut Roster, writer: &WriterId) -> Result<(), Refusal> {
    let cards = linked_cards(council, roster, writer)?;
    let card = cards.get(writer).ok_or_else(|| unknown(writer.as_str()))?;
    let claimed = card.body.person();
    let on_it = roster.people.iter_mut().find(|p| p.writers.iter().any(|w| w.id == *writer));
    if let Some(on_it) = on_it {
        // Somebody who was revoked comes back with a new device, never with the old key.
        if on_it.writers.iter().any(|w| w.id == *writer && w.status == Status::Revoked) {
            return Err(Refusal::new(RefusalCode::NoPermission).with("path", writer.as_str()));
        }
        on_it.name = claimed.name;
        on_it.role = claimed.role;
        return Ok(());
    }
    if let Some(person) = people::linked_person(&roster.people, writer, &cards).map(|person| person.person.clone()) {
        return add_device(roster, &person, writer);
    }
    // A card can be copied: only one of that person's own computers can say whose it is.
    if let Some(taken) = roster.people.iter().find(|p| p.person == card.body.person_id) {
        return Err(Refusal::new(RefusalCode::NotLinked).with("name", taken.name.as_str()));
    }
    add_person(roster, &card.body.person_id, &claimed, writer)
}

/// The cards of a device and of those that it says to be linked with.
fn linked_cards(council: &mut Council, roster: &Roster, writer: &WriterId) -> Result<Cards, Refusal> {
    let mut cards = council.cards(std::slice::from_ref(writer))?;
    let links = cards.get(writer).map(|card| card.body.links.clone()).unwrap_or_default();
    let there: Vec<WriterId> = links.into_iter().filter(|link| roster.device(link).is_some()).collect();
    cards.extend(council.cards(&there)?);
    Ok(cards)
}

fn add_device(roster: &mut Roster, person: &PersonId, writer: &WriterId) -> Result<(), Refusal> {
    let known = roster.people.iter_mut().find(|p| p.person == *person).ok_or_else(|| unknown(person.as_str()))?;
    if !known.writers.iter().any(|w| w.id == *writer) {
        known.writers.push(RosterWriter::active(writer.clone()));
    }
    Ok(())
}

fn add_person(roster: &mut Roster, id: &PersonId, person: &Person, writer: &WriterId) -> Result<(), Refusal> {
    if roster.people.len() >= caps::PEOPLE {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", "roster").with("limit", caps::PEOPLE as u64));
    }
    let (name, role) = (person.name.clone(), person.role.clone());
    let writers = vec![RosterWriter::active(writer.clone())];
    roster.people.push(RosterPerson { person: id.clone(), name, role, writers });
    Ok(())
}

/// How far two computers of one person have come with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// This one names the other; the other has still to name this one.
    Named,
    /// Both name each other; a steward has to confirm it.
    BothNamed,
    /// Both name each other, and this one is a steward's: so it was decided.
    Decided(Decision),
}

/// Says that another computer belongs to the same person: called on both, after the six words on each were compared with what
/// the other one shows. Where one of them is a steward's, its call confirms the other. Answers whose they are: a new computer
/// takes that id for its own, so that its card goes on saying the same.
///
/// # Errors
/// `Unknown` where the other one, or this one, has not said who it is; `Invalid` for oneself; `NoPermission` where one was
/// revoked; otherwise as [`confirm`].
pub fn link_device(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    other: &WriterId,
    now: &str,
) -> Result<(PersonId, Linked), Refusal> {
    council(place, device, trust, now, |council, put| {
        if other == council.me {
            return Err(Refusal::new(RefusalCode::Invalid).with("what", "writer").with("value", other.as_str()));
        }
        for writer in [other, council.me] {
            if council.scene.standing.writer(writer).is_some_and(|w| w.status == Status::Revoked) {
                return Err(Refusal::new(RefusalCode::NoPermission).with("path", writer.as_str()));
            }
        }
        let cards = council.cards(&[council.me.clone(), other.clone()])?;
        let card = |writer: &WriterId| cards.get(writer).map(|card| card.body.clone());
        let mut mine = card(council.me).ok_or_else(|| unknown(council.me.as_str()))?;
        let theirs = card(other).ok_or_else(|| unknown(other.as_str()))?;
        let on_roster = |writer: &WriterId| {
            let people = council.scene.standing.people.iter();
            people.filter(|p| p.writers.iter().any(|w| w.id == *writer)).map(|p| p.person.clone()).next()
        };
        let (my_entry, their_entry) = (on_roster(council.me), on_roster(other));
        if my_entry.is_some() && their_entry.is_some() && my_entry != their_entry {
            return Err(Refusal::new(RefusalCode::Taken).with("name", other.as_str()));
        }
        // Who is there already stays who they are; a new computer becomes one of theirs.
        let person = my_entry.clone().or(their_entry.clone()).unwrap_or_else(|| mine.person_id.clone());
        if my_entry.is_none() && their_entry.is_some() {
            mine.person_id = person.clone();
        }
        let before = cards.get(council.me).map(|card| card.body.clone());
        if !mine.links.contains(other) {
            mine.links.push(other.clone());
        }
        if before.is_none_or(|before| !before.says_the_same(&mine)) {
            if mine.links.len() > caps::LINKS {
                return Err(Refusal::new(RefusalCode::TooLarge).with("file", "card").with("limit", caps::LINKS as u64));
            }
            mine.at = council.now.to_owned();
            mine.app = crate::records::app();
            put(Deed::Card(&mine))?;
        }
        if !theirs.links.contains(council.me) {
            return Ok((person, Linked::Named));
        }
        match (my_entry, their_entry) {
            // Both are there, as one.
            (Some(a), Some(b)) if a == b => Ok((person, Linked::Decided(Decision::Unchanged))),
            (Some(_), None) if council.may_decide().is_ok() => {
                let mut next = council.base()?;
                add_device(&mut next, &person, other)?;
                Ok((person, Linked::Decided(council.decide_roster(next, put)?)))
            }
            _ => Ok((person, Linked::BothNamed)),
        }
    })
}

/// A new computer of somebody who has none of their old ones any more.
#[derive(Debug, Clone)]
pub struct Takeover<'a> {
    /// Whose it is.
    pub person: &'a PersonId,
    /// The new computer, which has asked to be on the shelf.
    pub writer: &'a WriterId,
    /// Up to where the old ones count; those that are not named, with all that they said.
    pub lost: &'a [(WriterId, LastGood)],
}

/// Puts a new computer in the place of all computers that somebody had: those are revoked, and if one of them was a steward's,
/// the new one is. A steward says so, who knows the person and has compared the six words.
///
/// # Errors
/// `Unknown` where there is no such person, or the new computer has not said who it is; `Taken` where it is on the roster
/// already; otherwise as [`revoke_device`](super::revoke_device).
pub fn takeover(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    takeover: &Takeover,
    now: &str,
) -> Result<Decision, Refusal> {
    council(place, device, trust, now, |council, put| {
        council.may_decide()?;
        let mut next = council.base()?;
        if next.device(takeover.writer).is_some() {
            return Err(Refusal::new(RefusalCode::Taken).with("name", takeover.writer.as_str()));
        }
        if !council.cards(std::slice::from_ref(takeover.writer))?.contains_key(takeover.writer) {
            return Err(unknown(takeover.writer.as_str()));
        }
        let person = next.people.iter().find(|p| p.person == *takeover.person);
        let person = person.ok_or_else(|| unknown(takeover.person.as_str()))?;
        let old = person.writers.iter().filter(|w| w.status != Status::Revoked);
        let old: Vec<WriterId> = old.map(|w| w.id.clone()).collect();
        let was_steward = old.iter().any(|writer| next.stewards.contains(writer));
        add_device(&mut next, takeover.person, takeover.writer)?;
        if was_steward {
            next.stewards.push(takeover.writer.clone());
        }
        for writer in &old {
            let named = takeover.lost.iter().find(|(lost, _)| lost == writer);
            revoke(council, &mut next, writer, named.map_or(&LastGood::Newest, |(_, last_good)| last_good))?;
        }
        council.decide_roster(next, put)
    })
}
