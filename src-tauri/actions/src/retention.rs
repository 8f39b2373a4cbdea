//! How long earlier versions are kept where the house rules say so: telling it beforehand, and letting go of one's own.

use std::collections::BTreeMap;

use jiff::Timestamp;
use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{Refusal, RefusalCode, ReleaseHash};
use larder_shelf::Place;

use crate::jobs::lock;
use crate::known::Known;
use crate::larder::Rooms;
use crate::wire::{RetentionEffect, RetentionRequest};
use crate::{Larder, cards, rules};

/// Until when each earlier version is kept; nothing of those that always are, or where no rule says anything.
pub fn kept_until(known: &Known, rows: &[SeenRow]) -> BTreeMap<ReleaseHash, Timestamp> {
    // While two versions of the rules stand side by side nothing goes.
    let in_force = known.rules.as_ref().filter(|rules| !rules.fork && !rules.too_new);
    let since = in_force.and_then(|rules| rules.at.as_deref()?.parse().ok());
    match (rules::of(known).retention_days, since) {
        (Some(days), Some(since)) => until(rows, days, since),
        _ => BTreeMap::new(),
    }
}

/// The same, if the rules said so since then. Each device keeps its own.
fn until(rows: &[SeenRow], days: u32, since: Timestamp) -> BTreeMap<ReleaseHash, Timestamp> {
    let mut by_writer: BTreeMap<_, Vec<(u64, Timestamp, &SeenRow)>> = BTreeMap::new();
    for row in rows {
        let Some(at) = cards::published_at(row) else { continue };
        by_writer.entry(&row.writer).or_default().push((row.release, at, row));
    }
    let mut all = BTreeMap::new();
    for mut own in by_writer.into_values() {
        own.sort_by_key(|(release, _, _)| *release);
        let published: Vec<Timestamp> = own.iter().map(|(_, at, _)| *at).collect();
        for ((_, _, row), until) in own.iter().zip(larder_shelf::kept_until(&published, days, since)) {
            all.extend(until.filter(|_| !row.latest).map(|until| (row.hash.clone(), until)));
        }
    }
    all
}

/// What a rule would take away if it were put in force now, and when: told before anybody decides.
///
/// # Errors
/// `NoShelf`; `Invalid` for days that no rule may say.
pub fn effect(larder: &Larder, request: RetentionRequest) -> Result<RetentionEffect, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let Some(days) = request.days else { return Ok(RetentionEffect::default()) };
    let rules = larder_model::HouseRules { retention_days: Some(days), ..Default::default() };
    if let Some(what) = rules.fault() {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", what).with("value", u64::from(days)));
    }
    let now = larder.host.now().timestamp();
    let first = larder_shelf::earliest(now);
    let mut told = RetentionEffect::default();
    for seen in rooms.seen.latest_without_profiles(Some(&shelf.id))? {
        let past = until(&rooms.seen.releases(&seen.product)?, days, now);
        let count = past.values().filter(|until| **until <= first).count() as u64;
        told.versions += count;
        told.products += u64::from(count > 0);
    }
    told.from = (told.versions > 0).then(|| first.to_string());
    Ok(told)
}

/// After a look: lets go of own versions that are past, once a day; again where it was in doubt, once something new came (the word
/// of a colleague tells what day it is).
pub fn go_on(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place, news: bool) {
    match try_go_on(larder, rooms, shelf, place, news) {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "earlier versions are no longer kept"),
        Err(refusal) => tracing::info!(%refusal, "earlier versions were not looked through"),
    }
}

fn try_go_on(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place, news: bool) -> Result<u64, Refusal> {
    let known = crate::known::known(rooms, shelf)?;
    let Some(days) = rules::of(&known).retention_days else { return Ok(0) };
    // Another rule is looked at at once.
    let today = format!("{} {days}", larder.host.now().date());
    let key = format!("let-go/{}", shelf.id);
    let doubted = format!("{today}?");
    let done = rooms.catalog.setting::<String>(&key)?;
    if rooms.is_read_only(&shelf.id) || done.as_ref() == Some(&today) || (done.as_ref() == Some(&doubted) && !news) {
        return Ok(0);
    }
    let _held = lock(&rooms.shelf_lock);
    let mut trust = rooms.trust(shelf)?;
    let gone = larder_shelf::let_go(place, &rooms.device, &mut trust, &larder.now());
    rooms.set_trust(shelf, &trust)?;
    let gone = gone?;
    rooms.catalog.set_setting(&key, if gone.is_some() { &today } else { &doubted })?;
    Ok(gone.unwrap_or(0))
}
