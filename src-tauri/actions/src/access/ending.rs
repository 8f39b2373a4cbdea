//! Access that was granted until a day. Once that day is over, the computer that granted it leaves whoever had it out by itself:
//! the newest rows are put there once more under another key. What they have opened by then they may have kept.

use std::collections::{BTreeMap, BTreeSet};

use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{Label, Params, PersonId, ProductId, Refusal, RefusalCode};
use larder_shelf::{AccessAnswer, AccessRequest};

use super::{ended, reads};
use crate::jobs::lock;
use crate::known::{self, Known};
use crate::larder::Rooms;
use crate::wire::{JobKind, ProductRequest};
use crate::{Larder, cards, product, publish};

/// The setting that says that somebody stays, although their time is over.
fn stays_key(request: &str) -> String {
    format!("access_stays/{request}")
}

/// The setting that says which answer to a request was ended already.
fn ended_key(request: &str) -> String {
    format!("access_ended/{request}")
}

fn moment(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok()
}

/// Writes down whether whoever asked stays after this moment until the keeper says otherwise.
pub fn set_stays(rooms: &Rooms, request: &str, until: Option<&str>, stays: bool) -> Result<(), Refusal> {
    rooms.catalog.set_setting(&stays_key(request), &until.filter(|_| stays))
}

fn stays(rooms: &Rooms, request: &AccessRequest, until: &str) -> Result<bool, Refusal> {
    let said: Option<String> = rooms.catalog.setting(&stays_key(&request.request))?;
    Ok(said.is_some_and(|said| moment(&said).is_some() && moment(&said) == moment(until)))
}

/// Whether this computer ends a grant by itself after its day; none where it is without an end, or another one's to end.
pub fn by_itself(rooms: &Rooms, request: &AccessRequest) -> Result<Option<bool>, Refusal> {
    let Some(answer) = granted_here(rooms, request) else { return Ok(None) };
    match answer.until.as_deref() {
        Some(until) if request.is_for_me => Ok(Some(!stays(rooms, request, until)?)),
        _ => Ok(None),
    }
}

/// Of several computers of the keeper, the one that said yes is the one that acts.
fn granted_here<'r>(rooms: &Rooms, request: &'r AccessRequest) -> Option<&'r AccessAnswer> {
    request.answer.as_ref().filter(|answer| answer.granted && answer.writer == rooms.device.writer())
}

/// What tells one answer from another one to the same request.
fn mark(answer: &AccessAnswer) -> String {
    format!("{} {}", answer.at, answer.until.as_deref().unwrap_or_default())
}

/// Whether a grant whose day is over will be ended here by itself, and was not yet.
pub fn is_due(rooms: &Rooms, known: &Known, request: &AccessRequest, seen: &SeenRow) -> Result<bool, Refusal> {
    let Some(answer) =
        granted_here(rooms, request).filter(|_| by_itself(rooms, request).is_ok_and(|on| on == Some(true)))
    else {
        return Ok(false);
    };
    let is_mine = known.of_writer(&seen.writer).is_some_and(|owner| owner.is_me);
    let opens = cards::seal_of(seen).is_some_and(|seal| seal.opens && reads(known, &request.person_id, &seal));
    let done: Option<String> = rooms.catalog.setting(&ended_key(&request.request))?;
    Ok(is_mine && opens && done != Some(mark(answer)))
}

/// Ends what is over, after a look at the shelf that succeeded. What cannot be done now is done after the next one.
pub fn go_on(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow) {
    // Another world may be looked at meanwhile, and nothing may come in between while something is put there.
    let elsewhere =
        !std::ptr::eq(&*larder.rooms(), rooms) || rooms.is_paused(&shelf.id) || rooms.is_read_only(&shelf.id);
    if elsewhere || larder.jobs.running(JobKind::Publish, None).is_some() {
        return;
    }
    if let Err(refusal) = end_all(larder, rooms, shelf) {
        tracing::info!(%refusal, "access that is over was not ended");
    }
}

fn end_all(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow) -> Result<(), Refusal> {
    let known = known::known(rooms, shelf)?;
    let now = larder.now();
    let mut over: BTreeMap<&ProductId, Vec<&AccessRequest>> = BTreeMap::new();
    for (request, _) in ended(&known, &now) {
        over.entry(&request.product).or_default().push(request);
    }
    for (product, mut requests) in over {
        let Some(seen) = rooms.seen.release(product, None)? else { continue };
        requests.retain(|request| is_due(rooms, &known, request, &seen).unwrap_or(false));
        if !requests.is_empty() && !publish::goes_on(rooms, product)? {
            end(larder, rooms, &seen, &requests)?;
        }
    }
    Ok(())
}

fn end(larder: &Larder, rooms: &Rooms, seen: &SeenRow, over: &[&AccessRequest]) -> Result<(), Refusal> {
    let people: BTreeSet<&PersonId> = over.iter().map(|request| &request.person_id).collect();
    match publish::again(larder, &seen.product, |label| leave_out(label, &people)) {
        Ok(_) => {}
        Err(refusal) if refusal.code == RefusalCode::NotHereYet => {
            product::fetch_rows(larder, ProductRequest { product: seen.product.clone(), release: None })?;
            return Ok(());
        }
        Err(refusal) => return Err(refusal),
    }
    // Its publication is written down by now, and gone on with after a crash: so it is ended once.
    for request in over {
        if let Some(answer) = &request.answer {
            rooms.catalog.set_setting(&ended_key(&request.request), &mark(answer))?;
        }
    }
    leave_out_of_drafts(larder, rooms, &seen.product, &people)?;
    for request in over {
        let until = request.answer.as_ref().and_then(|answer| answer.until.clone()).unwrap_or_default();
        let params = [
            ("title".to_owned(), seen.card.label.title.clone().into()),
            ("name".to_owned(), request.person.name.clone().into()),
            ("since".to_owned(), until.into()),
        ];
        larder.note("access_ended", Params::from(params), Some(&seen.product));
    }
    Ok(())
}

/// Seals a label for these people no more.
pub fn leave_out(label: &mut Label, people: &BTreeSet<&PersonId>) {
    label.sealing.readers.retain(|reader| !people.contains(&reader.person));
}

/// A draft that was begun before would let them in again.
pub fn leave_out_of_drafts(
    larder: &Larder,
    rooms: &Rooms,
    product: &ProductId,
    people: &BTreeSet<&PersonId>,
) -> Result<(), Refusal> {
    {
        let _held = lock(&rooms.draft_lock);
        for mut row in rooms.catalog.drafts()?.into_iter().filter(|row| row.product.as_ref() == Some(product)) {
            let before = row.label.sealing.readers.len();
            leave_out(&mut row.label, people);
            if row.label.sealing.readers.len() != before {
                rooms.catalog.put_draft(&row)?;
            }
        }
    }
    larder.changed(&["drafts"]);
    Ok(())
}
