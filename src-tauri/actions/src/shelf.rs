//! The shelf: labels by area.

use std::collections::BTreeMap;

use larder_model::Refusal;

use crate::Larder;
use crate::cards::{self, CardMaker};
use crate::known;
use crate::wire::{AreaShelf, CardState, LabelCard, Nothing, ShelfPage};

/// Everything on the shelf.
pub fn shelf(larder: &Larder, _: Nothing) -> Result<ShelfPage, Refusal> {
    let rooms = larder.rooms();
    let Some(shelf) = rooms.shelf()? else {
        return Ok(ShelfPage::default());
    };
    let maker = CardMaker::new(larder, &rooms)?;
    let mut areas: BTreeMap<String, Vec<LabelCard>> = BTreeMap::new();
    let mut unconfirmed = Vec::new();
    let mut products = 0;
    for seen in rooms.seen.latest_without_profiles(Some(&shelf.id))? {
        let card = maker.card(&seen);
        if !card.confirmed {
            unconfirmed.push(card);
            continue;
        }
        if card.state != CardState::Retired {
            products += 1;
        }
        areas.entry(card.area.clone()).or_default().push(card);
    }
    let people = known::people(&rooms, &shelf)?.len() as u64;
    let areas = areas.into_iter().map(|(name, mut labels)| {
        labels.sort_by_key(|l| larder_model::search_text(&l.title));
        AreaShelf { color: cards::area_color(&name), name, labels }
    });
    Ok(ShelfPage { areas: areas.collect(), products, people, unconfirmed })
}
