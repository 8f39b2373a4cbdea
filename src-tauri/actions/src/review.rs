//! Looking data products over: when that was last done, whether the house rules ask for it again, and saying that all of it still
//! holds. A few signed bytes say so; nothing is put on the shelf anew.

use jiff::{SignedDuration, Timestamp};
use larder_catalog::SeenRow;
use larder_model::{Params, Refusal, RefusalCode};

use crate::cards::CardMaker;
use crate::govern::at_desk;
use crate::known::{self, Known};
use crate::larder::Rooms;
use crate::product::wanted;
use crate::wire::{CardState, ProductRequest, ReviewNote};
use crate::{Larder, cards, rules};

/// So far ahead of this computer's clock a moment may lie; whoever says more has a clock that is wrong, and nothing rests on it.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

const DAY_HOURS: i64 = 24;

/// What the newest release was looked over for, and when; none of what is locked or off the shelf.
pub fn note(
    larder: &Larder,
    rooms: &Rooms,
    known: &Known,
    seen: &SeenRow,
    mine: bool,
) -> Result<Option<ReviewNote>, Refusal> {
    let state = cards::state_of(seen);
    if matches!(state, CardState::NeedsKey | CardState::Retired) {
        return Ok(None);
    }
    let now = larder.host.now().timestamp();
    let filled = moment(&seen.card.filled_at);
    let said = last_said(rooms, known, seen, now)?.filter(|(at, _, _)| filled.is_none_or(|filled| *at > filled));
    let (at, by) = match &said {
        Some((_, at, by)) => (at.clone(), by.clone()),
        None => (seen.card.filled_at.clone(), seen.card.filled_by.clone()),
    };
    let passed = moment(&at).map_or(SignedDuration::ZERO, |at| now.duration_since(at).max(SignedDuration::ZERO));
    let every = rules::of(known).review_days;
    let confirmed = known.me().is_some_and(|me| me.confirmed) && !known.out_of_use;
    Ok(Some(ReviewNote {
        product: seen.product.clone(),
        at,
        by,
        days: u32::try_from(passed.as_hours() / DAY_HOURS).unwrap_or(u32::MAX),
        every,
        due: every.is_some_and(|days| passed > SignedDuration::from_hours(i64::from(days) * DAY_HOURS)),
        may: mine && confirmed && state != CardState::TwoVersions,
    }))
}

fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// What somebody who keeps it said last about these rows and this label: when (twice), and who.
fn last_said(
    rooms: &Rooms,
    known: &Known,
    seen: &SeenRow,
    now: Timestamp,
) -> Result<Option<(Timestamp, String, String)>, Refusal> {
    let publisher = known.of_writer(&seen.writer).map(|member| &member.person_id);
    let mut last: Option<(Timestamp, String, String)> = None;
    for review in known.reviews.iter().filter(|review| review.product == seen.product) {
        let Some(member) = known.confirmed(&review.person_id) else { continue };
        let keeps = publisher == Some(&review.person_id) || member.person.name == seen.card.label.keeper;
        let Some(at) = moment(&review.at).filter(|at| keeps && at.duration_since(now) <= AHEAD) else { continue };
        if last.as_ref().is_none_or(|(known, _, _)| at > *known) && is_about(rooms, &review.release, seen)? {
            last = Some((at, review.at.clone(), member.person.name.clone()));
        }
    }
    Ok(last)
}

/// Whether a release says what this one says: it is the same, or this one only lets more people read it.
fn is_about(rooms: &Rooms, release: &larder_model::ReleaseHash, seen: &SeenRow) -> Result<bool, Refusal> {
    if *release == seen.hash {
        return Ok(true);
    }
    let all = rooms.seen.releases(&seen.product)?;
    Ok(all.iter().any(|row| row.hash == *release && row.card.filled_at == seen.card.filled_at))
}

/// Says that all of the newest release still holds. Whoever keeps it can do so.
///
/// # Errors
/// `NoPermission` for anybody else, and before one is confirmed; `Busy` where a newer release has come than the one that was
/// looked at; otherwise what the place answers.
pub fn still_holds(larder: &Larder, request: ProductRequest) -> Result<ReviewNote, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, None)?;
    if request.release.is_some_and(|release| release != seen.release) {
        return Err(Refusal::new(RefusalCode::Busy).with("what", seen.card.label.title.as_str()));
    }
    let shelf = rooms.shelf_by_id(&seen.shelf)?;
    let mine = CardMaker::new(larder, &rooms)?.is_mine(&seen);
    let before = note(larder, &rooms, &known::known(&rooms, &shelf)?, &seen, mine)?;
    if !before.is_some_and(|note| note.may) {
        let path = if mine { "unconfirmed" } else { "keeper" };
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", path));
    }
    at_desk(larder, &rooms, &shelf, |desk| {
        larder_shelf::looked_over(desk.place, desk.device, desk.trust, (&seen.product, &seen.hash), desk.now)
    })?;
    let params = Params::from([("title".to_owned(), seen.card.label.title.clone().into())]);
    larder.note("looked_over", params, Some(&seen.product));
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", request.product.as_str());
    note(larder, &rooms, &known::known(&rooms, &shelf)?, &seen, mine)?.ok_or_else(unknown)
}
