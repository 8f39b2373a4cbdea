//! Who may read a sealed data product: letting people in and out, asking for it, and answering.

use std::collections::BTreeSet;

use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{Audience, Params, PersonId, ProductId, Reader, Refusal, RefusalCode, ReleaseHash, WriterId};
use larder_shelf::{AccessRequest, Answer, Ask, Grant, Member, SealedSeen};

use crate::govern::at_desk;
use crate::known::{self, Known};
use crate::larder::Rooms;
use crate::product::wanted;
use crate::wire::{
    AccessNote, AnswerNote, AnswerRequest, AskRequest, EndByItselfRequest, JobNote, ReaderNote, ReaderRequest,
    RequestNote, WithdrawRequest,
};
use crate::{Larder, cards, publish};

pub mod areas;
pub mod ending;

pub use areas::answer_area;

/// Who may read a data product; none where it is not sealed.
pub fn note(larder: &Larder, rooms: &Rooms, seen: &SeenRow) -> Result<Option<AccessNote>, Refusal> {
    let Some(seal) = cards::seal_of(seen) else { return Ok(None) };
    let shelf = rooms.shelf_by_id(&seen.shelf)?;
    let known = known::known(rooms, &shelf)?;
    let owner = known.of_writer(&seen.writer).filter(|member| member.confirmed);
    let may_change = seal.opens && owner.is_some_and(|owner| owner.is_me);
    let mut requests: Vec<RequestNote> = known
        .requests
        .iter()
        .filter(|r| r.product == seen.product)
        .map(|r| request_note(rooms, &known, r))
        .collect::<Result<_, _>>()?;
    requests.sort_by(|a, b| b.at.cmp(&a.at));
    let asks = requests.iter().any(|request| request.may_withdraw && request.answer.is_none());
    let can_ask =
        known.me().is_some_and(|me| me.confirmed) && owner.is_some_and(|o| !o.is_me && !o.recipients.is_empty());
    let readers = if seal.opens { readers(&known, &seal, seen, may_change) } else { Vec::new() };
    Ok(Some(AccessNote {
        product: seen.product.clone(),
        opens: seal.opens,
        hidden_title: seal.hidden_title,
        owner: owner.map(|owner| owner.person.name.clone()),
        how_to_ask: seal.how_to_ask.unwrap_or_default(),
        readers,
        may_change,
        may_ask: !seal.opens && can_ask && !asks,
        requests,
        job: larder.jobs.running(crate::wire::JobKind::Publish, Some(&seen.card.label.title)),
    }))
}

fn can_read(member: &Member, seal: &SealedSeen) -> bool {
    member.writers.iter().any(|writer| seal.recipients.contains(writer))
}

fn readers(known: &Known, seal: &SealedSeen, seen: &SeenRow, may_change: bool) -> Vec<ReaderNote> {
    let chosen = &seen.card.label.sealing.readers;
    let mut notes: Vec<ReaderNote> = Vec::new();
    for member in known.people.iter().filter(|member| member.confirmed) {
        let is_in = can_read(member, seal);
        let was_chosen = chosen.iter().any(|reader| reader.person == member.person_id);
        let every = member.recipients.keys().all(|writer| seal.recipients.contains(writer));
        notes.push(ReaderNote {
            person: member.person_id.clone(),
            name: member.person.name.clone(),
            is_me: member.is_me,
            can_read: is_in,
            waits: was_chosen && !is_in,
            // Somebody who has one more computer than before can be let in on that one, too.
            may_allow: may_change && !member.recipients.is_empty() && !every,
            may_remove: may_change && !member.is_me && (is_in || was_chosen),
        });
    }
    for reader in chosen.iter().filter(|reader| known.confirmed(&reader.person).is_none()) {
        notes.push(ReaderNote {
            person: reader.person.clone(),
            name: reader.name.clone(),
            is_me: false,
            can_read: false,
            waits: true,
            may_allow: false,
            may_remove: may_change,
        });
    }
    notes.sort_by_key(|note| (!note.can_read, !note.waits, larder_model::search_text(&note.name)));
    notes
}

fn request_note(rooms: &Rooms, known: &Known, request: &AccessRequest) -> Result<RequestNote, Refusal> {
    let ends_by_itself = ending::by_itself(rooms, request)?;
    let answer = request.answer.as_ref().map(|answer| AnswerNote {
        granted: answer.granted,
        text: answer.text.as_ref().map(|text| larder_model::display_text(text, 1_000)),
        by: known.of_writer(&answer.writer).map(|member| member.person.name.clone()).unwrap_or_default(),
        at: answer.at.clone(),
        until: answer.until.clone(),
        ends_by_itself,
    });
    Ok(RequestNote {
        request: request.request.clone(),
        person: request.person_id.clone(),
        name: request.person.name.clone(),
        purpose: request.purpose.as_ref().map(|purpose| larder_model::display_text(purpose, 1_000)),
        until: request.until.clone(),
        at: request.at.clone(),
        is_mine: request.is_mine,
        withdrawn: request.withdrawn,
        answer,
        may_answer: request.is_for_me && !request.withdrawn,
        may_withdraw: request.is_mine && !request.withdrawn,
    })
}

/// Somebody's requests that wait for an answer of whoever looks.
pub fn waiting(known: &Known) -> impl Iterator<Item = &AccessRequest> {
    known.requests.iter().filter(|request| request.is_for_me && !request.withdrawn && request.answer.is_none())
}

/// What the keeper who looks has granted until a moment that has passed, and until when: of each person the last word about each
/// data product.
pub fn ended<'k>(known: &'k Known, now: &str) -> impl Iterator<Item = (&'k AccessRequest, &'k str)> {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let now = moment(now);
    let said_after = move |a: &AccessRequest, b: &AccessRequest| {
        let at = |request: &AccessRequest| request.answer.as_ref().and_then(|answer| moment(&answer.at));
        at(a) > at(b)
    };
    let last = move |request: &&AccessRequest| {
        let same = |other: &&AccessRequest| other.product == request.product && other.person_id == request.person_id;
        !known.requests.iter().filter(same).any(|other| said_after(other, request))
    };
    known.requests.iter().filter(|request| request.is_for_me).filter(last).filter_map(move |request| {
        let until = request.answer.as_ref().filter(|answer| answer.granted)?.until.as_deref()?;
        (moment(until)? < now?).then_some((request, until))
    })
}

/// Whether a release is sealed for somebody.
pub fn reads(known: &Known, person: &PersonId, seal: &SealedSeen) -> bool {
    known.confirmed(person).is_some_and(|member| can_read(member, seal))
}

fn unknown(what: &str) -> Refusal {
    Refusal::new(RefusalCode::Unknown).with("what", what)
}

/// Everything about one data product and its shelf.
struct Case {
    rooms: std::sync::Arc<Rooms>,
    shelf: ShelfRow,
    seen: SeenRow,
    known: Known,
}

impl Case {
    fn of(larder: &Larder, product: &ProductId) -> Result<Case, Refusal> {
        let rooms = larder.rooms();
        let seen = wanted(&rooms, product, None)?;
        let shelf = rooms.shelf_by_id(&seen.shelf)?;
        let known = known::known(&rooms, &shelf)?;
        Ok(Case { rooms, shelf, seen, known })
    }

    fn of_request(larder: &Larder, request: &str) -> Result<(Case, AccessRequest), Refusal> {
        let rooms = larder.rooms();
        let known = known::known(&rooms, &rooms.the_shelf()?)?;
        let asked = known.requests.into_iter().find(|r| r.request == request).ok_or_else(|| unknown(request))?;
        Ok((Case::of(larder, &asked.product)?, asked))
    }

    /// How it stands now.
    fn answer(&self, larder: &Larder, job: Option<JobNote>) -> Result<AccessNote, Refusal> {
        let seen = wanted(&self.rooms, &self.seen.product, None)?;
        let note = note(larder, &self.rooms, &seen)?.ok_or_else(|| unknown(self.seen.product.as_str()))?;
        Ok(AccessNote { job: job.or(note.job.clone()), ..note })
    }

    fn tell(&self, larder: &Larder, code: &str, name: &str) {
        let title = self.seen.card.label.title.clone();
        let params = Params::from([("title".to_owned(), title.into()), ("name".to_owned(), name.into())]);
        larder.note(code, params, Some(&self.seen.product));
    }

    fn member(&self, person: &PersonId) -> Result<&Member, Refusal> {
        self.known.confirmed(person).ok_or_else(|| unknown(person.as_str()))
    }

    /// The devices of somebody and of this reader, with what is encrypted to them.
    fn keys_of(&self, person: &PersonId) -> Vec<(WriterId, String)> {
        let both = self.known.people.iter().filter(|member| member.is_me || member.person_id == *person);
        both.flat_map(|member| member.recipients.clone()).collect()
    }

    /// The seal, if you may change for whom it is.
    fn seal(&self) -> Result<SealedSeen, Refusal> {
        let seal = cards::seal_of(&self.seen).ok_or_else(|| unknown(self.seen.product.as_str()))?;
        let is_mine = self.known.of_writer(&self.seen.writer).is_some_and(|owner| owner.is_me);
        if seal.opens && is_mine {
            return Ok(seal);
        }
        Err(Refusal::new(RefusalCode::NoPermission).with("path", "sealed"))
    }

    /// Everybody whom it is sealed for, and somebody more.
    fn recipients(&self, seal: &SealedSeen, more: &Member) -> Vec<(WriterId, String)> {
        let mut wanted: BTreeSet<&WriterId> = seal.recipients.iter().collect();
        wanted.extend(more.recipients.keys());
        let all = self.known.people.iter().flat_map(|member| &member.recipients);
        all.filter(|(writer, _)| wanted.contains(writer)).map(|(w, recipient)| (w.clone(), recipient.clone())).collect()
    }

    /// Lets somebody in: little is written where that can be, else it is put on the shelf anew in the background.
    fn allow(&self, larder: &Larder, person: &PersonId) -> Result<(Option<ReleaseHash>, Option<JobNote>), Refusal> {
        let seal = self.seal()?;
        let member = self.member(person)?;
        if member.recipients.is_empty() {
            let name = member.person.name.as_str();
            return Err(Refusal::new(RefusalCode::Invalid).with("what", "recipient").with("value", name));
        }
        if member.recipients.keys().all(|writer| seal.recipients.contains(writer)) {
            return Ok((Some(self.seen.hash.clone()), None));
        }
        let recipients = self.recipients(&seal, member);
        let granted = at_desk(larder, &self.rooms, &self.shelf, |desk| {
            let grant = Grant { product: &self.seen.product, recipients: &recipients };
            larder_shelf::regrant(desk.place, desk.device, desk.trust, &grant, desk.now)
        });
        match granted {
            Ok(published) => Ok((Some(published.hash), None)),
            // Another computer of one's own put it there, a part of it is gone, or a computer that could read it is in use no more.
            Err(refusal)
                if matches!(
                    refusal.code,
                    RefusalCode::NoPermission | RefusalCode::NotHereYet | RefusalCode::Invalid
                ) =>
            {
                let reader = Reader { person: person.clone(), name: member.person.name.clone() };
                let job = publish::again(larder, &self.seen.product, |label| {
                    let readers = &mut label.sealing.readers;
                    if !readers.iter().any(|known| known.person == reader.person) {
                        readers.push(reader);
                    }
                })?;
                Ok((None, Some(job)))
            }
            Err(refusal) => Err(refusal),
        }
    }
}

/// Lets somebody read a sealed data product, from the newest version on.
pub fn allow_reader(larder: &Larder, request: ReaderRequest) -> Result<AccessNote, Refusal> {
    let case = Case::of(larder, &request.product)?;
    let (_, job) = case.allow(larder, &request.person)?;
    case.tell(larder, "allowed", &case.known.name_of(&request.person));
    case.answer(larder, job)
}

/// Leaves somebody out of the next version, which is put on the shelf now with another key. What they have had they may have
/// kept.
pub fn remove_reader(larder: &Larder, request: ReaderRequest) -> Result<AccessNote, Refusal> {
    let case = Case::of(larder, &request.product)?;
    case.seal()?;
    let name = case.known.name_of(&request.person);
    let people = BTreeSet::from([&request.person]);
    let job = publish::again(larder, &request.product, |label| {
        label.audience = Audience::Sealed;
        ending::leave_out(label, &people);
    })?;
    ending::leave_out_of_drafts(larder, &case.rooms, &request.product, &people)?;
    case.tell(larder, "left_out", &name);
    case.answer(larder, Some(job))
}

/// Asks the keeper of a sealed data product for access.
pub fn ask_for_access(larder: &Larder, request: AskRequest) -> Result<AccessNote, Refusal> {
    let case = Case::of(larder, &request.product)?;
    let purpose = request.purpose.trim();
    if purpose.is_empty() {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "purpose").with("value", ""));
    }
    let me = case.known.me().filter(|me| me.confirmed);
    let me = me.ok_or_else(|| Refusal::new(RefusalCode::NoPermission).with("path", "unconfirmed"))?.person_id.clone();
    let owner = case.known.of_writer(&case.seen.writer).ok_or_else(|| unknown(request.product.as_str()))?;
    let keys: Vec<(WriterId, String)> = owner.recipients.clone().into_iter().collect();
    at_desk(larder, &case.rooms, &case.shelf, |desk| {
        let until = request.until.as_deref();
        let ask = Ask { product: &request.product, person: &me, purpose, until, owner: &keys };
        larder_shelf::ask(desk.place, desk.device, desk.trust, &ask, desk.now)
    })?;
    case.tell(larder, "asked", &owner.person.name);
    case.answer(larder, None)
}

/// Answers a request for access; whoever is let in can read it from then on.
pub fn answer_access(larder: &Larder, request: AnswerRequest) -> Result<AccessNote, Refusal> {
    let (case, asked) = Case::of_request(larder, &request.request)?;
    if !asked.is_for_me {
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", "sealed"));
    }
    let until = request.until.as_deref();
    ending::set_stays(&case.rooms, &request.request, until, request.stays)?;
    let (release, job) = if request.granted { case.allow(larder, &asked.person_id)? } else { (None, None) };
    let readers = case.keys_of(&asked.person_id);
    at_desk(larder, &case.rooms, &case.shelf, |desk| {
        let answer = Answer {
            request: &request.request,
            granted: request.granted,
            text: request.text.as_deref().unwrap_or_default(),
            readers: &readers,
            until,
            release: release.as_ref(),
        };
        larder_shelf::answer(desk.place, desk.device, desk.trust, &answer, desk.now)
    })?;
    case.tell(larder, if request.granted { "allowed" } else { "denied" }, &asked.person.name);
    case.answer(larder, job)
}

/// Says whether somebody who was let in until a day is left out by itself after it.
pub fn end_by_itself(larder: &Larder, request: EndByItselfRequest) -> Result<AccessNote, Refusal> {
    let (case, asked) = Case::of_request(larder, &request.request)?;
    let until = asked.answer.as_ref().and_then(|answer| answer.until.as_deref());
    if ending::by_itself(&case.rooms, &asked)?.is_none() {
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", "sealed"));
    }
    ending::set_stays(&case.rooms, &request.request, until, !request.on)?;
    case.answer(larder, None)
}

/// Takes a request back.
pub fn withdraw_request(larder: &Larder, request: WithdrawRequest) -> Result<AccessNote, Refusal> {
    let (case, asked) = Case::of_request(larder, &request.request)?;
    if !asked.is_mine {
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", "sealed"));
    }
    at_desk(larder, &case.rooms, &case.shelf, |desk| {
        larder_shelf::withdraw(desk.place, desk.device, desk.trust, &request.request, desk.now)
    })?;
    case.tell(larder, "asks_no_more", &asked.person.name);
    case.answer(larder, None)
}
