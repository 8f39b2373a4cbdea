//! House rules: showing those in force, changing them, and holding to them what goes on the shelf.

use larder_catalog::{DraftRow, ShelfRow};
use larder_model::{HouseRules, Publishers, Refusal, RefusalCode};

use crate::govern::{decide, told};
use crate::known::{self, Known};
use crate::larder::Rooms;
use crate::people::Eyes;
use crate::wire::{Nothing, Outcome, RulesNote, RulesPage, SetRulesRequest};
use crate::{Larder, drafts};

/// The house rules of the shelf that is looked at.
pub fn rules(larder: &Larder, _: Nothing) -> Result<RulesPage, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let known = known::known(&rooms, &shelf)?;
    let computer = larder.host.computer_name();
    let eyes = Eyes::new(&known, rooms.device.writer(), &computer);
    let in_force = known.rules.as_ref();
    let name = |writer| known.of_writer(writer).map(|member| member.person.name.clone()).unwrap_or_default();
    let history = known.rules_history.iter().rev().map(|change| RulesNote {
        version: change.version,
        by: name(&change.by),
        at: change.at.clone(),
        changes: change.changes.clone(),
    });
    Ok(RulesPage {
        rules: of(&known),
        usual: HouseRules::default(),
        own: in_force.is_some_and(|rules| rules.version > 0),
        history: history.collect(),
        unknown: in_force.map(|rules| rules.unknown.clone()).unwrap_or_default(),
        too_new: in_force.is_some_and(|rules| rules.too_new),
        forked: in_force.is_some_and(|rules| rules.fork),
        may_change: eyes.decides,
        threshold: known.threshold,
        proposals: known.proposals.iter().filter(|p| p.rules).map(|p| eyes.proposal(p)).collect(),
        outcome: None,
    })
}

/// Changes the house rules.
pub fn set_rules(larder: &Larder, request: SetRulesRequest) -> Result<RulesPage, Refusal> {
    let outcome: Outcome = decide(larder, |desk| {
        let decision = larder_shelf::set_rules(desk.place, desk.device, desk.trust, &request.rules, desk.now)?;
        Ok((decision, told("rules_changed", [])))
    })?;
    Ok(RulesPage { outcome: Some(outcome), ..rules(larder, Nothing {})? })
}

/// Those in force, as last seen; the usual ones before the first look.
pub fn of(known: &Known) -> HouseRules {
    known.rules.as_ref().map(|rules| rules.rules.clone()).unwrap_or_default()
}

/// Those in force on a shelf; the usual ones where there is none.
pub fn on(rooms: &Rooms, shelf: Option<&ShelfRow>) -> Result<HouseRules, Refusal> {
    shelf.map_or_else(|| Ok(HouseRules::default()), |shelf| Ok(of(&known::known(rooms, shelf)?)))
}

fn unmet(what: &str) -> Refusal {
    Refusal::new(RefusalCode::RulesUnmet).with("what", what)
}

/// Why nothing of this draft may go on a shelf, whatever its label says: who may put things there, and which kinds of files.
pub fn may_publish(rooms: &Rooms, shelf: &ShelfRow, row: &DraftRow) -> Result<(), Refusal> {
    let known = known::known(rooms, shelf)?;
    let rules = of(&known);
    let me = known.me();
    if known.out_of_use {
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", "out_of_use"));
    }
    let may = match rules.publishers {
        Publishers::Everyone => true,
        Publishers::Confirmed => me.is_some_and(|me| me.confirmed),
        Publishers::Stewards => me.is_some_and(|me| me.steward),
    };
    if !may {
        return Err(unmet(rules.publishers.as_str()));
    }
    let joined = drafts::extra(row).joined.into_iter().map(|file| file.file_name);
    match std::iter::once(row.file_name.clone()).chain(joined).find(|name| !rules.takes(name)) {
        Some(name) => Err(unmet("kinds").with("value", name)),
        None => Ok(()),
    }
}

/// Refuses what is larger than the rules allow.
pub fn may_be_so_large(rooms: &Rooms, shelf: &ShelfRow, size_bytes: u64) -> Result<(), Refusal> {
    match on(rooms, Some(shelf))?.max_size_bytes {
        Some(most) if size_bytes > most => {
            Err(unmet("size").with("value", size_text(size_bytes)).with("limit", size_text(most)))
        }
        _ => Ok(()),
    }
}

/// A size as people read it.
fn size_text(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{} GB", bytes.div_ceil(1_000_000_000)),
    }
}
