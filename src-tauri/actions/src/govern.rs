//! Deciding about people and their computers: who is confirmed, who may decide, which computer counts no more.

use larder_catalog::ShelfRow;
use larder_model::{Param, Params, PersonId, Refusal, RefusalCode, WriterId};
use larder_shelf::{Decision, Device, LastGood, Linked, Member, Place, Takeover, Trust};

use crate::jobs::lock;
use crate::known::{self, Known};
use crate::larder::{Me, Rooms};
use crate::people;
use crate::wire::{
    ConfirmRequest, DeviceHistory, DeviceRequest, LostAfter, MemberRequest, Nothing, Outcome, PeoplePage,
    RevokeRequest, SignRequest, TakeOverRequest, ThresholdRequest,
};
use crate::{Larder, sync};

/// What is at hand to decide with.
pub(crate) struct Desk<'d> {
    pub place: &'d dyn Place,
    pub device: &'d Device,
    pub trust: &'d mut Trust,
    pub now: &'d str,
    /// As last seen.
    pub known: &'d Known,
}

/// What to write into the diary once something was decided.
pub(crate) struct Told {
    pub code: &'static str,
    pub params: Params,
}

pub(crate) fn told<const N: usize>(code: &'static str, values: [(&str, Param); N]) -> Told {
    Told { code, params: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
}

impl From<Decision> for Outcome {
    fn from(decision: Decision) -> Outcome {
        match decision {
            Decision::Unchanged => Outcome::Unchanged,
            Decision::Done => Outcome::Done,
            Decision::Proposed { missing, .. } => Outcome::Proposed { missing },
        }
    }
}

/// Decides something on the shelf that is looked at, looks at what came of it, and writes it into the diary.
pub(crate) fn decide<T: Into<Outcome>>(
    larder: &Larder,
    act: impl FnOnce(&mut Desk) -> Result<(T, Told), Refusal>,
) -> Result<Outcome, Refusal> {
    let rooms = larder.rooms();
    let (outcome, told) = at_desk(larder, &rooms, &rooms.the_shelf()?, act)?;
    let outcome = outcome.into();
    match &outcome {
        Outcome::Unchanged => {}
        Outcome::Proposed { missing } => {
            larder.note("proposed", Params::from([("missing".to_owned(), u64::from(*missing).into())]), None);
        }
        Outcome::Done | Outcome::Named | Outcome::BothNamed => larder.note(told.code, told.params, None),
    }
    Ok(outcome)
}

/// Does something on a shelf, and looks at what came of it.
pub(crate) fn at_desk<T>(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &ShelfRow,
    act: impl FnOnce(&mut Desk) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let before = known::known(rooms, shelf)?;
    let done = {
        let _held = lock(&rooms.shelf_lock);
        let mut trust = rooms.trust(shelf)?;
        let place = sync::place(larder, shelf)?;
        let now = larder.now();
        let mut desk = Desk { place: &*place, device: &rooms.device, trust: &mut trust, now: &now, known: &before };
        let done = act(&mut desk);
        // What was learned on the way counts even where nothing was done.
        rooms.set_trust(shelf, &trust)?;
        done
    };
    let done = done.map_err(|refusal| named(refusal, &before))?;
    sync::look_at_shelf(larder, rooms, shelf, None)?;
    Ok(done)
}

/// A refusal that names people as colleagues know them, and not their computers.
fn named(mut refusal: Refusal, known: &Known) -> Refusal {
    if refusal.code == RefusalCode::NoPermission
        && let Some(path @ Param::Text(_)) = refusal.params.get_mut("path")
        && matches!(path, Param::Text(text) if WriterId::parse(text).is_some_and(|writer| known.of_writer(&writer).is_some()))
    {
        *path = "revoked".into();
    }
    for value in refusal.params.values_mut() {
        let Param::Text(text) = value else { continue };
        let member = WriterId::parse(text).and_then(|writer| known.of_writer(&writer));
        let person = || PersonId::parse(text).and_then(|person| known.confirmed(&person));
        if let Some(member) = member.or_else(person) {
            *value = member.person.name.clone().into();
        }
    }
    refusal
}

fn page(larder: &Larder, outcome: Outcome) -> Result<PeoplePage, Refusal> {
    Ok(PeoplePage { outcome: Some(outcome), ..people::people(larder, Nothing {})? })
}

/// Confirms people: from then on what they put on the shelf stands among everyone's. Of somebody who is confirmed already, the
/// name that this computer of theirs says now.
pub fn confirm_people(larder: &Larder, request: ConfirmRequest) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let decision = larder_shelf::confirm(desk.place, desk.device, desk.trust, &request.writers, desk.now)?;
        let whose: Vec<&Member> = request.writers.iter().filter_map(|writer| desk.known.of_writer(writer)).collect();
        if let [member] = whose.as_slice()
            && member.confirmed
            && let Some(wish) = &member.wish
        {
            let names = [("before", member.person.name.clone().into()), ("name", wish.name.clone().into())];
            return Ok((decision, told("renamed", names)));
        }
        let mut names: Vec<String> = whose.iter().map(|member| member.person.name.clone()).collect();
        names.dedup();
        Ok((decision, told("confirmed", [("names", names.into())])))
    })?;
    page(larder, outcome)
}

/// Calls somebody by the other name that they would like to have.
pub fn rename_person(larder: &Larder, request: MemberRequest) -> Result<PeoplePage, Refusal> {
    let rooms = larder.rooms();
    let known = known::known(&rooms, &rooms.the_shelf()?)?;
    let wish = known.confirmed(&request.person).and_then(|member| member.wish.clone());
    let wish = wish.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", request.person.as_str()))?;
    confirm_people(larder, ConfirmRequest { writers: vec![wish.writer] })
}

/// Computers of somebody confirmed that fit.
fn theirs(
    known: &Known,
    person: &PersonId,
    fits: impl Fn(&larder_shelf::MemberDevice) -> bool,
) -> Result<(String, Vec<WriterId>), Refusal> {
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", person.as_str());
    let member = known.confirmed(person).ok_or_else(unknown)?;
    let writers = member.devices.iter().filter(|device| fits(device)).map(|device| device.writer.clone());
    Ok((member.person.name.clone(), writers.collect()))
}

/// Lets somebody confirm others and decide, on all computers that they use.
pub fn make_steward(larder: &Larder, request: MemberRequest) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let in_use = |device: &larder_shelf::MemberDevice| device.standing == larder_shelf::DeviceStanding::Active;
        let (name, writers) = theirs(desk.known, &request.person, in_use)?;
        let decision = larder_shelf::make_stewards(desk.place, desk.device, desk.trust, &writers, desk.now)?;
        Ok((decision, told("steward_made", [("name", name.into())])))
    })?;
    page(larder, outcome)
}

/// Lets somebody do so no more.
pub fn unmake_steward(larder: &Larder, request: MemberRequest) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let (name, writers) = theirs(desk.known, &request.person, |device| device.steward)?;
        let decision = larder_shelf::unmake_stewards(desk.place, desk.device, desk.trust, &writers, desk.now)?;
        Ok((decision, told("steward_unmade", [("name", name.into())])))
    })?;
    page(larder, outcome)
}

/// Sets how many stewards have to sign a decision.
pub fn set_threshold(larder: &Larder, request: ThresholdRequest) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let count = request.threshold;
        let decision = larder_shelf::set_threshold(desk.place, desk.device, desk.trust, count, desk.now)?;
        Ok((decision, told("threshold_set", [("count", u64::from(count).into())])))
    })?;
    page(larder, outcome)
}

fn owner(known: &Known, writer: &WriterId) -> Param {
    known.of_writer(writer).map(|member| member.person.name.clone()).unwrap_or_default().into()
}

/// Takes a computer out of use that is in good hands.
pub fn retire_device(larder: &Larder, request: DeviceRequest) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let decision = larder_shelf::retire_device(desk.place, desk.device, desk.trust, &request.writer, desk.now)?;
        Ok((decision, told("device_retired", [("name", owner(desk.known, &request.writer))])))
    })?;
    page(larder, outcome)
}

fn last_good(lost: LostAfter) -> LastGood {
    match lost {
        LostAfter::Everything => LastGood::Newest,
        LostAfter::Moment { hash } => LastGood::Head(hash),
        LostAfter::Nothing => LastGood::Nothing,
    }
}

/// Stops a computer that was lost.
pub fn revoke_device(larder: &Larder, request: RevokeRequest) -> Result<PeoplePage, Refusal> {
    let (writer, upto) = (request.writer, last_good(request.lost));
    let outcome = decide(larder, |desk| {
        let decision = larder_shelf::revoke_device(desk.place, desk.device, desk.trust, &writer, &upto, desk.now)?;
        Ok((decision, told("device_revoked", [("name", owner(desk.known, &writer))])))
    })?;
    page(larder, outcome)
}

/// What a computer said, to choose up to where it was in good hands.
pub fn device_history(larder: &Larder, request: DeviceRequest) -> Result<DeviceHistory, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let known = known::known(&rooms, &shelf)?;
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", request.writer.as_str());
    let name = known.of_writer(&request.writer).ok_or_else(unknown)?.person.name.clone();
    let moments = larder_shelf::device_heads(&*sync::place(larder, &shelf)?, &rooms.trust(&shelf)?, &request.writer)?;
    Ok(DeviceHistory { writer: request.writer, name, moments })
}

/// Lets somebody go. What they put on the shelf stays, under their name.
pub fn remove_person(larder: &Larder, request: MemberRequest) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let name = desk.known.name_of(&request.person);
        let decision = larder_shelf::leave(desk.place, desk.device, desk.trust, &request.person, desk.now)?;
        Ok((decision, told("person_removed", [("name", name.into())])))
    })?;
    page(larder, outcome)
}

/// Puts a new computer in the place of all computers that somebody had, who has none of them any more.
pub fn take_over(larder: &Larder, request: TakeOverRequest) -> Result<PeoplePage, Refusal> {
    let upto = last_good(request.lost);
    // A moment is one computer's: the others count with all that they said.
    let outcome = decide(larder, |desk| {
        let (name, old) = theirs(desk.known, &request.person, |_| true)?;
        let lost: Vec<(WriterId, LastGood)> = match &upto {
            LastGood::Head(hash) => {
                moment_of(desk, &old, hash).map(|writer| (writer, upto.clone())).into_iter().collect()
            }
            every => old.into_iter().map(|writer| (writer, every.clone())).collect(),
        };
        let takeover = Takeover { person: &request.person, writer: &request.writer, lost: &lost };
        let decision = larder_shelf::takeover(desk.place, desk.device, desk.trust, &takeover, desk.now)?;
        Ok((decision, told("taken_over", [("name", name.into())])))
    })?;
    page(larder, outcome)
}

/// Whose of these computers a moment is.
fn moment_of(desk: &Desk, of: &[WriterId], hash: &str) -> Option<WriterId> {
    let said = |writer: &WriterId| {
        let heads = larder_shelf::device_heads(desk.place, desk.trust, writer).unwrap_or_default();
        heads.iter().any(|head| head.hash == hash)
    };
    of.iter().find(|writer| said(writer)).cloned()
}

impl From<Linked> for Outcome {
    fn from(linked: Linked) -> Outcome {
        match linked {
            Linked::Named => Outcome::Named,
            Linked::BothNamed => Outcome::BothNamed,
            Linked::Decided(decision) => decision.into(),
        }
    }
}

/// Says that another computer is yours: on both, after comparing six words.
pub fn link_device(larder: &Larder, request: DeviceRequest) -> Result<PeoplePage, Refusal> {
    let mut whose = None;
    let outcome = decide(larder, |desk| {
        let (person, linked) =
            larder_shelf::link_device(desk.place, desk.device, desk.trust, &request.writer, desk.now)?;
        whose = Some(person);
        Ok((linked, told("linked", [])))
    })?;
    become_one(larder, &larder.rooms(), whose)?;
    page(larder, outcome)
}

/// A new computer takes the id of whoever it was linked with, so that its card goes on saying the same.
fn become_one(larder: &Larder, rooms: &Rooms, whose: Option<PersonId>) -> Result<(), Refusal> {
    match (larder.me()?, whose) {
        (Some(me), Some(id)) if me.id != id => rooms.catalog.set_setting("me", &Me { id, ..me }),
        _ => Ok(()),
    }
}

/// Signs what another steward proposed.
pub fn co_sign(larder: &Larder, request: SignRequest) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let by = desk.known.proposals.iter().find(|proposal| proposal.hash == request.hash);
        let name = by.map_or_else(|| String::new().into(), |proposal| owner(desk.known, &proposal.by));
        let decision = larder_shelf::co_sign(desk.place, desk.device, desk.trust, &request.hash, desk.now)?;
        Ok((decision, told("signed", [("name", name)])))
    })?;
    page(larder, outcome)
}

/// Brings decisions together that stand side by side.
pub fn heal_people(larder: &Larder, _: Nothing) -> Result<PeoplePage, Refusal> {
    let outcome = decide(larder, |desk| {
        let decision = larder_shelf::heal_roster(desk.place, desk.device, desk.trust, desk.now)?;
        let rules = desk.trust.rules();
        if decision != Decision::Unchanged || !rules.fork {
            return Ok((decision, told("healed", [])));
        }
        let decision = larder_shelf::set_rules(desk.place, desk.device, desk.trust, &rules.rules, desk.now)?;
        Ok((decision, told("healed", [])))
    })?;
    page(larder, outcome)
}
