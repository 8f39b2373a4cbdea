//! Confirming who asks to be on the shelf, and telling others what has arrived here.

use larder_model::{Refusal, RefusalCode, WriterId};

use crate::founding::put_record;
use crate::names::Room;
use crate::places::Place;
use crate::records::{Roster, RosterPerson, RosterWriter, SeenMark, Status, moment};
use crate::stacks::Stacks;
use crate::{Device, Trust, View, caps, heads, look, people, roster};

/// Puts devices on the roster, as a steward. A device whose card names somebody who is already there becomes one more device
/// of that person: whoever confirms has compared the six words. Confirming a device again takes over the name that its card
/// says now. Several rosters side by side are brought together.
///
/// # Errors
/// `NoPermission` where this device is no steward; `Unknown` where a device has not said who it is; otherwise what the place
/// answers.
pub fn confirm(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    writers: &[WriterId],
    now: &str,
) -> Result<(), Refusal> {
    let now = moment(now)?;
    let _turn = device.turn()?;
    let me = device.writer();
    let listed = trust.roster_writers();
    // Strictly: a roster that cannot be read right now must not be forked.
    let stacks = Stacks::open_strict(place, listed.iter().chain([&me]))?;
    let mut memo = std::mem::take(&mut trust.memo);
    let made = next_roster(&stacks, trust, &mut memo, &me, writers, &now);
    trust.memo = memo;
    let Some(roster) = made? else { return Ok(()) };
    let hash = put_record(place, device, Room::Rosters, &roster)?;
    let own = heads::own(place, &trust.shelf, &me)?;
    heads::write(place, device, trust, &now, &own, &mut |head| {
        if !head.gov.contains(&hash) {
            head.gov.push(hash.clone());
        }
    })?;
    Ok(())
}

/// The roster that would come next; none where it would say the same.
fn next_roster(
    stacks: &Stacks,
    trust: &Trust,
    memo: &mut crate::memo::Memo,
    me: &WriterId,
    writers: &[WriterId],
    now: &str,
) -> Result<Option<Roster>, Refusal> {
    let scene = look::scene(stacks, trust, memo)?;
    if scene.standing.too_new.iter().any(|writer| scene.standing.stewards.contains(writer)) {
        return Err(Refusal::new(RefusalCode::TooNew).with("what", "roster"));
    }
    let no_steward = || Refusal::new(RefusalCode::NoPermission).with("path", "roster");
    let tips = scene.standing.memory.as_ref().map(|memory| &memory.tips).ok_or_else(no_steward)?;
    let before = roster::combine(tips.values()).ok_or_else(no_steward)?;
    if !scene.standing.stewards.contains(me) {
        return Err(no_steward());
    }
    let mut next = before.clone();
    for writer in writers {
        let unknown = || Refusal::new(RefusalCode::Unknown).with("what", writer.as_str());
        let head = scene.voices.get(writer).and_then(|voice| voice.heads.last()).ok_or_else(unknown)?;
        let hash = head.body.card.as_deref().ok_or_else(unknown)?;
        let card = people::card(stacks, &trust.shelf, memo, writer, hash)?.ok_or_else(unknown)?;
        let claimed = card.body.person();
        add(&mut next, writer, &card.body.person_id, &claimed)?;
    }
    if tips.len() == 1 && next.people == before.people {
        return Ok(None);
    }
    next.v = before.v + 1;
    next.prev = tips.keys().cloned().collect();
    next.at = now.to_owned();
    Ok(Some(next))
}

fn add(
    roster: &mut Roster,
    writer: &WriterId,
    person_id: &larder_model::PersonId,
    person: &larder_model::Person,
) -> Result<(), Refusal> {
    let on_it = roster.people.iter_mut().find(|p| p.writers.iter().any(|w| w.id == *writer));
    if let Some(on_it) = on_it {
        // Somebody who was revoked comes back with a new device, never with the old key.
        if on_it.writers.iter().any(|w| w.id == *writer && w.status == Status::Revoked) {
            return Err(Refusal::new(RefusalCode::NoPermission).with("path", writer.as_str()));
        }
        on_it.name.clone_from(&person.name);
        on_it.role.clone_from(&person.role);
        return Ok(());
    }
    let is_full = roster.people.len() >= caps::PEOPLE;
    let device = RosterWriter { id: writer.clone(), status: Status::Active, last_good: None };
    match roster.people.iter_mut().find(|p| p.person == *person_id) {
        Some(known) => known.writers.push(device),
        None if !is_full => {
            let (name, role) = (person.name.clone(), person.role.clone());
            roster.people.push(RosterPerson { person: person_id.clone(), name, role, writers: vec![device] });
        }
        None => {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", "roster").with("limit", caps::PEOPLE as u64));
        }
    }
    Ok(())
}

/// Tells others how far everything has arrived here, where that has changed since the last time: one new head at most. Also
/// brings own heads together that stand side by side after a restore. Answers whether a head was written.
///
/// Devices that only look at each other fall silent: a head that says nothing but what was seen is no news to others.
///
/// # Errors
/// What the place answers; `Busy` while something else of this device is writing.
pub fn note_seen(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    view: &View,
    now: &str,
) -> Result<bool, Refusal> {
    let now = moment(now)?;
    if !view.has_news || view.me().is_none() {
        // Without a card, nobody would know whose eyes these are.
        return Ok(false);
    }
    let _turn = device.turn()?;
    let me = device.writer();
    let own = heads::own(place, &trust.shelf, &me)?;
    let written = heads::write(place, device, trust, &now, &own, &mut |head| {
        let mut changed = false;
        for (writer, seq) in view.arrived.iter().filter(|(writer, _)| **writer != me) {
            let known = head.seen.get(writer).map_or(0, |mark| mark.seq);
            if *seq > known && head.seen.len() < caps::FOLDERS {
                head.seen.insert(writer.clone(), SeenMark { seq: *seq, at: now.clone() });
                changed = true;
            }
        }
        if changed {
            head.seen_at = Some(now.clone());
        }
    })?;
    Ok(written.is_some())
}
