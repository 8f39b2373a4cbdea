//! What data products are used for: where the house rules ask for it, in one line that can be passed over. Only whoever keeps one
//! and who may confirm others can read the answer.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{Params, Refusal, RefusalCode, WriterId};
use larder_shelf::{Member, Receipt, Using};

use crate::govern::at_desk;
use crate::known::{self, Known};
use crate::larder::Rooms;
use crate::product::wanted;
use crate::wire::{CardState, Nothing, ProductRequest, UseNote, UseRequest, UsesNote};
use crate::{Larder, cards, rules};

/// Whoever said what for, or passed it over, is asked again only after so long.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

fn key(seen: &SeenRow) -> String {
    format!("use-asked/{}", seen.product)
}

/// Who uses it for what, as far as whoever looks may know, and whether they are asked.
pub fn note(larder: &Larder, rooms: &Rooms, known: &Known, seen: &SeenRow, mine: bool) -> Result<UsesNote, Refusal> {
    let me = known.me();
    let may_read = mine || me.is_some_and(|me| me.steward);
    let of_this = known.receipts.iter().filter(|one| one.product == seen.product);
    let mut uses: Vec<UseNote> =
        of_this.filter(|one| may_read || one.is_mine).map(|one| use_note(known, one)).collect();
    uses.sort_by(|a, b| (!a.is_mine, &a.name).cmp(&(!b.is_mine, &b.name)));
    let before = uses.iter().find(|one| one.is_mine).map(|one| one.purpose.clone());
    Ok(UsesNote { asks: asks(larder, rooms, known, seen, mine)?, before, uses })
}

fn use_note(known: &Known, one: &Receipt) -> UseNote {
    UseNote {
        name: known.name_of(&one.person_id),
        purpose: larder_model::display_text(&one.purpose, 1_000),
        since: one.since.clone(),
        at: one.at.clone(),
        is_mine: one.is_mine,
    }
}

/// Whether whoever looks would be asked after using it.
fn asks(larder: &Larder, rooms: &Rooms, known: &Known, seen: &SeenRow, mine: bool) -> Result<bool, Refusal> {
    let state = cards::state_of(seen);
    let here = me_may_say(known, seen) && !matches!(state, CardState::NeedsKey | CardState::Retired);
    if !rules::of(known).receipts || mine || !here {
        return Ok(false);
    }
    let now = larder.host.now().timestamp();
    let lately = |at: &str| at.parse::<Timestamp>().is_ok_and(|at| now.duration_since(at).abs() < AGAIN_AFTER);
    let said = known.receipts.iter().any(|one| one.is_mine && one.product == seen.product && lately(&one.at));
    let passed = rooms.catalog.setting::<String>(&key(seen))?.is_some_and(|at| lately(&at));
    Ok(!said && !passed)
}

/// Somebody has to be there who can read it.
fn me_may_say(known: &Known, seen: &SeenRow) -> bool {
    known.me().is_some_and(|me| me.confirmed) && !known.out_of_use && !readers(known, seen).is_empty()
}

/// The devices of whoever keeps it, then of those who may confirm others, then this person's other ones.
fn readers(known: &Known, seen: &SeenRow) -> Vec<(WriterId, String)> {
    let publisher = known.of_writer(&seen.writer).map(|member| &member.person_id);
    let keeps = |member: &&Member| {
        member.confirmed
            && !member.is_me
            && (publisher == Some(&member.person_id) || member.person.name == seen.card.label.keeper)
    };
    let decides = |member: &&Member| member.confirmed && !member.is_me && member.steward;
    let keepers = known.people.iter().filter(keeps);
    let others = known.people.iter().filter(decides);
    let mut all: Vec<(WriterId, String)> = Vec::new();
    let mut add = |recipients: &BTreeMap<WriterId, String>| {
        for (writer, recipient) in recipients {
            if !all.iter().any(|(known, _)| known == writer) {
                all.push((writer.clone(), recipient.clone()));
            }
        }
    };
    keepers.chain(others).for_each(|member| add(&member.recipients));
    if !all.is_empty() {
        known.me().into_iter().for_each(|me| add_own(&mut all, me));
    }
    all
}

fn add_own(all: &mut Vec<(WriterId, String)>, me: &Member) {
    all.extend(me.recipients.iter().map(|(writer, recipient)| (writer.clone(), recipient.clone())));
}

/// Says what something is used for; an empty text takes back what was said.
///
/// # Errors
/// `Invalid` where the house rules do not ask for it (`receipts`), or where nobody is there who could read it (`recipient`);
/// `NoPermission` before one is confirmed; otherwise what the place answers.
pub fn say_use(larder: &Larder, request: UseRequest) -> Result<UsesNote, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, None)?;
    let shelf = rooms.shelf_by_id(&seen.shelf)?;
    let known = known::known(&rooms, &shelf)?;
    let purpose = request.purpose.trim();
    if purpose.is_empty() {
        at_desk(larder, &rooms, &shelf, |desk| {
            larder_shelf::unsay_use(desk.place, desk.device, desk.trust, &seen.product, desk.now)
        })?;
        return answer(larder, &rooms, &shelf, &seen);
    }
    if !rules::of(&known).receipts {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "receipts"));
    }
    if !known.me().is_some_and(|me| me.confirmed) {
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", "unconfirmed"));
    }
    let readers = readers(&known, &seen);
    if readers.is_empty() {
        let keeper = seen.card.label.keeper.as_str();
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "recipient").with("value", keeper));
    }
    let said = at_desk(larder, &rooms, &shelf, |desk| {
        let using = Using { product: &seen.product, release: &seen.hash, purpose, readers: &readers };
        larder_shelf::say_use(desk.place, desk.device, desk.trust, &using, desk.now)
    })?;
    if said {
        let params = Params::from([("title".to_owned(), seen.card.label.title.clone().into())]);
        larder.note("said_use", params, Some(&seen.product));
    }
    answer(larder, &rooms, &shelf, &seen)
}

/// Passes the question over, for a month.
///
/// # Errors
/// `Unknown` where there is no such data product.
pub fn pass_use_over(larder: &Larder, request: ProductRequest) -> Result<Nothing, Refusal> {
    let rooms = larder.rooms();
    let seen = wanted(&rooms, &request.product, None)?;
    rooms.catalog.set_setting(&key(&seen), &larder.now())?;
    Ok(Nothing {})
}

fn answer(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, seen: &SeenRow) -> Result<UsesNote, Refusal> {
    let mine = cards::CardMaker::new(larder, rooms)?.is_mine(seen);
    note(larder, rooms, &known::known(rooms, shelf)?, seen, mine)
}
