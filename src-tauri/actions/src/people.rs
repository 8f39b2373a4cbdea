//! People on the shelf: who is here, who waits to be confirmed.

use std::collections::BTreeMap;

use larder_model::Refusal;

use crate::cards::CardMaker;
use crate::jobs::lock;
use crate::wire::{ConfirmRequest, LabelCard, MemberNote, Nothing, PeoplePage};
use crate::{Larder, sync};

/// Everyone on the shelf.
pub fn people(larder: &Larder, _: Nothing) -> Result<PeoplePage, Refusal> {
    let rooms = larder.rooms();
    let Some(shelf) = rooms.shelf()? else {
        return Ok(PeoplePage::default());
    };
    let maker = CardMaker::new(larder, &rooms)?;
    let mut kept: BTreeMap<String, Vec<LabelCard>> = BTreeMap::new();
    for seen in rooms.seen.latest_without_profiles(Some(&shelf.id))? {
        kept.entry(seen.card.label.keeper.clone()).or_default().push(maker.card(&seen));
    }
    let known = sync::known_people(&rooms, &shelf)?;
    let may_confirm = known.iter().any(|m| m.is_me && m.steward);
    let mut members: Vec<MemberNote> = known
        .into_iter()
        .map(|m| MemberNote {
            keeps: kept.get(&m.person.name).cloned().unwrap_or_default(),
            person: m.person,
            writers: m.writers,
            confirmed: m.confirmed,
            steward: m.steward,
            is_me: m.is_me,
            words: m.words,
        })
        .collect();
    members.sort_by_key(|m| (!m.is_me, larder_model::search_text(&m.person.name)));
    Ok(PeoplePage { members, may_confirm })
}

/// Confirms people: from then on what they put on the shelf stands among everyone's.
pub fn confirm_people(larder: &Larder, request: ConfirmRequest) -> Result<PeoplePage, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    {
        let _held = lock(&rooms.shelf_lock);
        let mut trust = rooms.trust(&shelf)?;
        let confirmed = larder_shelf::confirm(
            &*sync::place(larder, &shelf)?,
            &rooms.device,
            &mut trust,
            &request.writers,
            &larder.now(),
        );
        rooms.set_trust(&shelf, &trust)?;
        confirmed?;
    }
    sync::look_at_shelf(larder, &rooms, &shelf, None)?;
    let names: Vec<String> = sync::known_people(&rooms, &shelf)?
        .into_iter()
        .filter(|m| m.writers.iter().any(|w| request.writers.contains(w)))
        .map(|m| m.person.name)
        .collect();
    larder.note("confirmed", larder_model::Params::from([("names".to_owned(), names.into())]), None);
    people(larder, Nothing {})
}
