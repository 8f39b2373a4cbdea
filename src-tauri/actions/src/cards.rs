//! Labels as the shelf shows them: from what was seen, with promise, state and what this person has to do with it.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use larder_catalog::SeenRow;
use larder_model::{Audience, ProductId, PromiseState, Refusal, ShelfId};
use larder_shelf::{ReleaseFile, SealedSeen};

use crate::Larder;
use crate::known::{self, Known};
use crate::larder::{Rooms, local};
use crate::wire::{CardState, LabelCard};

/// The name under which a release's card stands on the shelf.
pub const CARD_FILE: &str = "label.json";

/// The name under which a release's rows stand on the shelf.
pub const TABLE_FILE: &str = "table.parquet";

/// What is needed to make label cards of many rows at once.
pub struct CardMaker {
    zone: jiff::tz::TimeZone,
    now: jiff::civil::DateTime,
    followed: HashSet<ProductId>,
    me: larder_model::WriterId,
    my_name: String,
    known: BTreeMap<ShelfId, Known>,
}

impl CardMaker {
    /// Looks up what this person follows, who they are, and who is on the shelves.
    pub fn new(larder: &Larder, rooms: &Rooms) -> Result<CardMaker, Refusal> {
        let now = larder.host.now();
        let shelves = rooms.catalog.shelves()?;
        let known = shelves.into_iter().map(|shelf| Ok((shelf.id.clone(), known::known(rooms, &shelf)?)));
        Ok(CardMaker {
            zone: now.time_zone().clone(),
            now: now.datetime(),
            followed: rooms.catalog.follows()?.into_iter().collect(),
            me: rooms.device.writer(),
            my_name: larder.me()?.map(|me| me.person.name).unwrap_or_default(),
            known: known.collect::<Result<_, Refusal>>()?,
        })
    }

    /// The label card of a release.
    pub fn card(&self, seen: &SeenRow) -> LabelCard {
        let label = &seen.card.label;
        LabelCard {
            product: seen.product.clone(),
            title: label.title.clone(),
            summary: label.summary.clone(),
            area: label.area.clone(),
            color: area_color(&label.area),
            keeper: self.keeper(seen).unwrap_or(&label.keeper).to_owned(),
            tags: label.tags.clone(),
            filled_at: seen.card.filled_at.clone(),
            promise: self.promise(seen),
            condition: seen.card.condition,
            state: state_of(seen),
            rows: seen.card.profile.rows,
            followed: self.followed.contains(&seen.product),
            mine: self.is_mine(seen),
            confirmed: seen.confirmed,
            sealed: label.audience == Audience::Sealed,
        }
    }

    /// Whether its promise is kept, here and now.
    pub fn promise(&self, seen: &SeenRow) -> Option<PromiseState> {
        if state_of(seen) == CardState::Retired {
            return None;
        }
        let promise = seen.card.label.promise.as_ref()?;
        let filled = local(&seen.card.filled_at, &self.zone)?;
        Some(promise.state(filled, self.now))
    }

    /// Put there from this computer, or kept by this person: they filled it last, or its label names them.
    pub fn is_mine(&self, seen: &SeenRow) -> bool {
        let known = self.known.get(&seen.shelf);
        let filled_by_me = known.and_then(|known| known.of_writer(&seen.writer)).is_some_and(|member| member.is_me);
        let kept_by_me = match known.and_then(|known| known.keeper(seen)) {
            Some(keeper) => keeper.is_me,
            None => !self.my_name.is_empty() && seen.card.label.keeper == self.my_name,
        };
        seen.writer == self.me || (seen.confirmed && (filled_by_me || kept_by_me))
    }

    /// What whoever keeps it is called now, if they are known.
    fn keeper(&self, seen: &SeenRow) -> Option<&str> {
        let keeper = self.known.get(&seen.shelf)?.keeper(seen)?;
        Some(&keeper.person.name)
    }

    /// Midnight of today, in local time.
    pub fn today(&self) -> jiff::civil::Date {
        self.now.date()
    }

    /// Local time of a moment.
    pub fn local(&self, moment: &str) -> Option<jiff::civil::DateTime> {
        local(moment, &self.zone)
    }
}

/// The state of a release on this computer.
pub fn state_of(seen: &SeenRow) -> CardState {
    let from_shelf = match seen.state.as_str() {
        "ready_newer_arriving" => CardState::ReadyNewerArriving,
        "arriving" => CardState::Arriving,
        "cloud_only" => CardState::CloudOnly,
        "two_versions" => CardState::TwoVersions,
        "retired" => CardState::Retired,
        "damaged" => CardState::Damaged,
        "went_backwards" => CardState::WentBackwards,
        "needs_key" => CardState::NeedsKey,
        "needs_newer_larder" => CardState::NeedsNewerLarder,
        _ => CardState::Ready,
    };
    let has_table = files_of(seen).iter().any(|f| f.name == TABLE_FILE);
    match from_shelf {
        CardState::Ready if seen.card.label.audience == Audience::LabelOnly && !has_table => CardState::LabelOnly,
        CardState::Ready if !seen.rows_here && has_table => CardState::NotHere,
        CardState::CloudOnly if seen.rows_here => CardState::Ready,
        state => state,
    }
}

/// The files of a release on the shelf.
pub fn files_of(seen: &SeenRow) -> Vec<ReleaseFile> {
    serde_json::from_str(&seen.files_json).unwrap_or_default()
}

/// When a release was put on the shelf, as its record says; as its label does, where it came before records were remembered.
pub fn published_at(seen: &SeenRow) -> Option<jiff::Timestamp> {
    let told: serde_json::Value = serde_json::from_str(&seen.state_json).unwrap_or_default();
    let at = told.get("published_at").and_then(serde_json::Value::as_str);
    at.unwrap_or(&seen.card.filled_at).parse().ok()
}

/// What is known of the seal of the newest release; none where it has none.
pub fn seal_of(seen: &SeenRow) -> Option<SealedSeen> {
    let mut told: serde_json::Value = serde_json::from_str(&seen.state_json).ok()?;
    serde_json::from_value(told.get_mut("sealed")?.take()).ok()
}

/// The releases that stand beside the newest, none of which came from the other, by their hashes.
pub fn beside(seen: &SeenRow) -> Vec<String> {
    let told: Option<serde_json::Value> = serde_json::from_str(&seen.state_json).ok();
    told.and_then(|mut told| serde_json::from_value(told.get_mut("beside")?.take()).ok()).unwrap_or_default()
}

/// Where the rows of a release lie on this computer, once they are here; none if it has no rows on the shelf.
pub fn table_path(rooms: &Rooms, seen: &SeenRow) -> Option<PathBuf> {
    files_of(seen).iter().find(|f| f.name == TABLE_FILE).map(|f| rooms.home.table(&f.sha256))
}

/// One of the six chart colours for an area; the same on every computer.
pub fn area_color(area: &str) -> u8 {
    // FNV-1a: small, and the same everywhere and forever.
    let hash = larder_model::search_text(area)
        .bytes()
        .fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    (hash % 6) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_keeps_its_colour_however_it_is_typed() {
        assert_eq!(area_color("Shop floor"), area_color("shop FLOOR"));
        assert!(["Shop floor", "Kitchen", "Office", "Customers"].iter().all(|a| area_color(a) < 6));
    }
}
