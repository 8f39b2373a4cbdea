//! Today: what waits for you, what was filled, what is late.

use larder_catalog::SeenRow;
use larder_model::{Params, PromiseState, Refusal};
use larder_shelf::{Decided, DecidedCode};

use crate::cards::{self, CardMaker};
use crate::larder::Rooms;
use crate::wire::{
    CardState, LabelCard, MemberNote, Need, NeedCode, NextDue, Nothing, PeoplePage, PersonDeed, TodayPage,
};
use crate::{Larder, access, bring, known, people, publish, review};

/// More needs than this are not shown at once.
const NEEDS: usize = 5;

/// The first page.
pub fn today(larder: &Larder, _: Nothing) -> Result<TodayPage, Refusal> {
    let rooms = larder.rooms();
    let Some(shelf) = rooms.shelf()? else {
        return Ok(TodayPage::default());
    };
    let maker = CardMaker::new(larder, &rooms)?;
    let latest: Vec<(SeenRow, LabelCard)> = rooms
        .seen
        .latest_without_profiles(Some(&shelf.id))?
        .into_iter()
        .filter(|s| s.confirmed)
        .map(|s| {
            let card = maker.card(&s);
            (s, card)
        })
        .collect();
    let mut needs = out_of_use(&rooms, &shelf)?;
    needs.extend(in_cloud(&rooms, &shelf)?);
    needs.extend(held_publications(larder, &rooms, &latest)?);
    needs.extend(requests(&rooms, &shelf, &latest, &larder.now())?);
    needs.extend(about_areas(&rooms, &shelf, &latest)?);
    needs.extend(about_people(larder)?);
    needs.extend(latest.iter().flat_map(|(seen, card)| needs_of(seen, card)));
    needs.extend(edited_copies(&rooms, &shelf, &latest));
    needs.extend(to_look_over(larder, &rooms, &shelf, &latest)?);
    needs.extend(open_drafts(larder)?);
    needs.truncate(NEEDS);
    let filled = latest
        .iter()
        .filter(|(_, c)| maker.local(&c.filled_at).is_some_and(|at| at.date() == maker.today()))
        .map(|(_, c)| c.clone())
        .collect();
    let overdue = latest.iter().filter(|(_, c)| is_overdue(c)).map(|(_, c)| c.clone()).collect();
    Ok(TodayPage { needs, filled, overdue, recent: recent(&rooms, &latest)?, next: next_due(&latest) })
}

fn is_overdue(card: &LabelCard) -> bool {
    matches!(card.promise, Some(PromiseState::Overdue { .. }))
}

fn need(code: NeedCode, params: Params) -> Need {
    Need { code, params, product: None, draft: None, writer: None }
}

fn needs_of(seen: &SeenRow, card: &LabelCard) -> Vec<Need> {
    let mut params = Params::from([
        ("title".to_owned(), card.title.clone().into()),
        ("keeper".to_owned(), card.keeper.clone().into()),
    ]);
    let mut codes = Vec::new();
    if let Some(PromiseState::Overdue { since }) = &card.promise {
        params.insert("since".to_owned(), since.clone().into());
        if card.mine {
            codes.push(NeedCode::OverdueMine);
        } else if card.followed {
            codes.push(NeedCode::OverdueFollowed);
        }
    }
    match card.state {
        CardState::TwoVersions if card.mine => codes.push(NeedCode::TwoVersions),
        CardState::WentBackwards => codes.push(NeedCode::WentBackwards),
        CardState::Damaged => codes.push(NeedCode::Damaged),
        _ => {}
    }
    if card.mine && card.condition.to_fix > 0 {
        params.insert("count".to_owned(), card.condition.to_fix.into());
        codes.push(NeedCode::ThingsToFix);
    }
    let about = |code| Need { product: Some(seen.product.clone()), ..need(code, params.clone()) };
    codes.into_iter().map(about).collect()
}

/// This computer is one that nobody listens to any more.
fn out_of_use(rooms: &Rooms, shelf: &larder_catalog::ShelfRow) -> Result<Vec<Need>, Refusal> {
    let out = known::known(rooms, shelf)?.out_of_use;
    let params = Params::from([("shelf".to_owned(), shelf.name.clone().into())]);
    Ok(out.then(|| need(NeedCode::OutOfUse, params)).into_iter().collect())
}

/// Files of the shelf lie in a cloud and do not come.
fn in_cloud(rooms: &Rooms, shelf: &larder_catalog::ShelfRow) -> Result<Option<Need>, Refusal> {
    let known = known::known(rooms, shelf)?;
    let files = known.alerts.iter().find_map(|alert| match alert {
        larder_shelf::Alert::CloudOnly { files } => Some(*files),
        _ => None,
    });
    let params = |count: u64| {
        Params::from([("shelf".to_owned(), shelf.name.clone().into()), ("count".to_owned(), count.into())])
    };
    Ok(files.map(|files| need(NeedCode::CloudOnly, params(files))))
}

/// Plain copies that somebody changed by hand.
fn edited_copies(rooms: &Rooms, shelf: &larder_catalog::ShelfRow, latest: &[(SeenRow, LabelCard)]) -> Vec<Need> {
    let changed = latest.iter().filter(|(seen, _)| !publish::edited::of(rooms, shelf, &seen.product).is_empty());
    let about = |(seen, card): &(SeenRow, LabelCard)| Need {
        product: Some(seen.product.clone()),
        ..need(NeedCode::CopyEdited, Params::from([("title".to_owned(), card.title.clone().into())]))
    };
    changed.map(about).collect()
}

/// What the house rules ask to be looked over, the longest ago first.
fn to_look_over(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &larder_catalog::ShelfRow,
    latest: &[(SeenRow, LabelCard)],
) -> Result<Vec<Need>, Refusal> {
    let known = known::known(rooms, shelf)?;
    let mut due = Vec::new();
    for (seen, card) in latest.iter().filter(|(_, card)| card.mine) {
        let note = review::note(larder, rooms, &known, seen, true)?.filter(|note| note.due && note.may);
        due.extend(note.map(|note| (note, card)));
    }
    due.sort_by_key(|(note, _)| std::cmp::Reverse(note.days));
    let about = |(note, card): (crate::wire::ReviewNote, &LabelCard)| {
        let params = Params::from([
            ("title".to_owned(), card.title.clone().into()),
            ("days".to_owned(), u64::from(note.days).into()),
        ]);
        Need { product: Some(note.product), ..need(NeedCode::ReviewDue, params) }
    };
    Ok(due.into_iter().map(about).collect())
}

fn held_publications(larder: &Larder, rooms: &Rooms, latest: &[(SeenRow, LabelCard)]) -> Result<Vec<Need>, Refusal> {
    let mut needs = Vec::new();
    for (seen, card) in latest.iter().filter(|(_, c)| c.mine) {
        let held = publish::publication_of(larder, rooms, &seen.product)?.is_some_and(|p| p.refusal.is_some());
        if held {
            let params = Params::from([("title".to_owned(), card.title.clone().into())]);
            needs.push(Need { product: Some(seen.product.clone()), ..need(NeedCode::PublicationHeld, params) });
        }
    }
    Ok(needs)
}

/// Requests for access that wait for an answer.
fn requests(
    rooms: &Rooms,
    shelf: &larder_catalog::ShelfRow,
    latest: &[(SeenRow, LabelCard)],
    now: &str,
) -> Result<Vec<Need>, Refusal> {
    let known = known::known(rooms, shelf)?;
    let of = |product: &larder_model::ProductId| latest.iter().find(|(seen, _)| seen.product == *product);
    let about = |request: &larder_shelf::AccessRequest, code, since: Option<String>| {
        let title = of(&request.product).map(|(_, card)| card.title.clone());
        let mut params = Params::from([
            ("title".to_owned(), title.unwrap_or_default().into()),
            ("name".to_owned(), request.person.name.clone().into()),
        ]);
        params.extend(since.map(|since| ("since".to_owned(), since.into())));
        Need { product: Some(request.product.clone()), ..need(code, params) }
    };
    let mut needs: Vec<Need> =
        access::waiting(&known).map(|request| about(request, NeedCode::AccessAsked, None)).collect();
    let can_read = |request: &larder_shelf::AccessRequest| {
        let seen = of(&request.product).map(|(seen, _)| seen);
        let seal = seen.and_then(cards::seal_of);
        let by_itself = |seen| access::ending::is_due(rooms, &known, request, seen).unwrap_or(false);
        let goes_on = publish::goes_on(rooms, &request.product).unwrap_or(false);
        seal.is_some_and(|seal| access::reads(&known, &request.person_id, &seal))
            && !seen.is_some_and(by_itself)
            && !goes_on
    };
    needs.extend(
        access::ended(&known, now)
            .filter(|(request, _)| can_read(request))
            .map(|(request, since)| about(request, NeedCode::AccessEnded, Some(since.to_owned()))),
    );
    Ok(needs)
}

/// Who came to an area by which readers were chosen, and who keeps nothing there any more.
fn about_areas(
    rooms: &Rooms,
    shelf: &larder_catalog::ShelfRow,
    latest: &[(SeenRow, LabelCard)],
) -> Result<Vec<Need>, Refusal> {
    if latest.iter().all(|(seen, _)| seen.card.label.sealing.areas.is_empty()) {
        return Ok(Vec::new());
    }
    let known = known::known(rooms, shelf)?;
    let rows: Vec<SeenRow> = latest.iter().map(|(seen, _)| seen.clone()).collect();
    let about = |asked: access::areas::Asked| {
        let params = Params::from([
            ("title".to_owned(), asked.title.into()),
            ("name".to_owned(), asked.name.into()),
            ("area".to_owned(), asked.area.into()),
            ("person".to_owned(), asked.person.to_string().into()),
        ]);
        let code = if asked.joined { NeedCode::AreaJoined } else { NeedCode::AreaLeft };
        Need { product: Some(asked.product), ..need(code, params) }
    };
    Ok(access::areas::asked(rooms, &known, &rows)?.into_iter().map(about).collect())
}

/// Who waits to be confirmed, what waits to be signed, and computers that say to be another one of this person's.
fn about_people(larder: &Larder) -> Result<Vec<Need>, Refusal> {
    let page = people::people(larder, Nothing {})?;
    let text = |name: &str, value: String| (name.to_owned(), value.into());
    let mut needs: Vec<Need> = Vec::new();
    for member in page.members.iter().filter(|m| m.may.contains(&PersonDeed::Confirm)) {
        let params = Params::from([text("name", member.person.name.clone()), text("words", member.words.join(" "))]);
        let writer = member.writers.first().cloned();
        needs.push(Need { writer, ..need(NeedCode::ConfirmPerson, params) });
    }
    for member in page.members.iter().filter(|m| m.may.contains(&PersonDeed::Rename) && !is_proposed(&page, m)) {
        let wish = member.wish.clone().unwrap_or_default();
        let params = Params::from([text("name", member.person.name.clone()), text("wish", wish)]);
        needs.push(Need { writer: member.writers.first().cloned(), ..need(NeedCode::NameWished, params) });
    }
    for proposal in page.proposals.iter().filter(|p| p.may_sign) {
        needs.push(need(NeedCode::SignProposal, Params::from([text("name", proposal.by.clone())])));
    }
    for device in page.members.iter().flat_map(|m| &m.devices).filter(|d| d.says_is_mine) {
        let params = Params::from([text("words", device.words.join(" "))]);
        needs.push(Need { writer: Some(device.writer.clone()), ..need(NeedCode::LinkDevice, params) });
    }
    Ok(needs)
}

/// Whether somebody's new name waits for more signatures already.
fn is_proposed(page: &PeoplePage, member: &MemberNote) -> bool {
    let says = |change: &Decided, param: &str, value: &str| change.params.get(param) == Some(&value.into());
    let changes = page.proposals.iter().flat_map(|proposal| &proposal.changes);
    changes.filter(|change| change.code == DecidedCode::PersonRenamed).any(|change| {
        says(change, "before", &member.person.name) && says(change, "name", member.wish.as_deref().unwrap_or_default())
    })
}

fn open_drafts(larder: &Larder) -> Result<Vec<Need>, Refusal> {
    let drafts = bring::drafts(larder, Nothing {})?;
    Ok(drafts
        .into_iter()
        .map(|draft| {
            let params = Params::from([("title".to_owned(), draft.title.into())]);
            Need { draft: Some(draft.id), ..need(NeedCode::DraftOpen, params) }
        })
        .collect())
}

fn recent(rooms: &Rooms, latest: &[(SeenRow, LabelCard)]) -> Result<Vec<LabelCard>, Refusal> {
    let opened = rooms.catalog.recents(12)?;
    let cards = opened
        .iter()
        .filter(|(kind, _, _)| kind == "product")
        .filter_map(|(_, id, _)| latest.iter().find(|(s, _)| s.product.as_str() == id))
        .map(|(_, card)| card.clone());
    Ok(cards.take(4).collect())
}

fn next_due(latest: &[(SeenRow, LabelCard)]) -> Option<NextDue> {
    let mine = latest.iter().filter(|(s, c)| c.mine && cards::state_of(s) != CardState::Retired);
    let due = mine.filter_map(|(s, c)| match &c.promise {
        Some(PromiseState::Kept { next }) => {
            Some(NextDue { product: s.product.clone(), title: c.title.clone(), due: next.clone() })
        }
        _ => None,
    });
    due.min_by(|a, b| a.due.cmp(&b.due))
}
