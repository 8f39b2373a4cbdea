//! Who is on a shelf and what was decided about it, as last seen: what pages show of it while the place is away.

use std::collections::BTreeMap;

use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{PersonId, Refusal, WriterId};
use larder_shelf::{AccessRequest, Alert, Hint, Member, Proposal, Receipt, Review, RulesChange, RulesInForce, View};
use serde::{Deserialize, Serialize};

use crate::larder::Rooms;

/// What is remembered of a look, products aside.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// Everyone: the confirmed first, then who asks to join.
    pub people: Vec<Member>,
    /// Whether nobody listens to this computer any more.
    pub out_of_use: bool,
    /// How many stewards have to sign.
    pub threshold: u32,
    /// Six words of the founder's device.
    pub founder_words: Vec<String>,
    /// The house rules in force; none before the first look.
    pub rules: Option<RulesInForce>,
    /// Who changed what of them.
    pub rules_history: Vec<RulesChange>,
    /// What waits for more signatures.
    pub proposals: Vec<Proposal>,
    /// What would be better otherwise.
    pub hints: Vec<Hint>,
    /// What is odd.
    pub alerts: Vec<Alert>,
    /// Requests for access, and what became of them.
    pub requests: Vec<AccessRequest>,
    /// What people say to have looked over.
    pub reviews: Vec<Review>,
    /// What people use things for, as far as this computer can read it.
    pub receipts: Vec<Receipt>,
    /// Names that people had here before: labels go on naming them so until they are written again.
    pub former: BTreeMap<PersonId, Vec<String>>,
}

/// So many former names of one person are remembered.
const FORMER: usize = 20;

fn key(shelf: &ShelfRow) -> String {
    format!("known/{}", shelf.id)
}

/// Everything that is remembered.
pub fn known(rooms: &Rooms, shelf: &ShelfRow) -> Result<Known, Refusal> {
    Ok(rooms.catalog.setting(&key(shelf))?.unwrap_or_default())
}

/// Everyone on the shelf.
pub fn people(rooms: &Rooms, shelf: &ShelfRow) -> Result<Vec<Member>, Refusal> {
    Ok(known(rooms, shelf)?.people)
}

/// Remembers what was seen; answers whether it is new.
pub fn keep(rooms: &Rooms, shelf: &ShelfRow, view: &View) -> Result<bool, Refusal> {
    let before = known(rooms, shelf)?;
    let now = Known {
        former: before.former_names(&view.people),
        people: view.people.clone(),
        out_of_use: view.out_of_use,
        threshold: view.threshold,
        founder_words: view.founder_words.to_vec(),
        rules: Some(view.rules.clone()),
        rules_history: view.rules_history.clone(),
        proposals: view.proposals.clone(),
        hints: view.hints.clone(),
        alerts: view.alerts.clone(),
        requests: view.requests.clone(),
        reviews: view.reviews.clone(),
        receipts: view.receipts.clone(),
    };
    if before == now {
        return Ok(false);
    }
    rooms.catalog.set_setting(&key(shelf), &now)?;
    Ok(true)
}

impl Known {
    /// You, if your card has arrived there.
    pub fn me(&self) -> Option<&Member> {
        self.people.iter().find(|member| member.is_me)
    }

    /// Whether this computer may decide: not every computer of somebody who may.
    pub fn decides(&self, this: &WriterId) -> bool {
        self.people.iter().flat_map(|member| &member.devices).any(|device| device.writer == *this && device.steward)
    }

    /// Whose computer this is.
    pub fn of_writer(&self, writer: &WriterId) -> Option<&Member> {
        self.people.iter().find(|member| member.devices.iter().any(|device| device.writer == *writer))
    }

    /// Somebody confirmed.
    pub fn confirmed(&self, person: &PersonId) -> Option<&Member> {
        self.people.iter().find(|member| member.confirmed && member.person_id == *person)
    }

    /// Who keeps a data product, if they are confirmed here. Whoever fills it and names themselves is known by their computer;
    /// somebody else by the name that they have or had.
    pub fn keeper(&self, seen: &SeenRow) -> Option<&Member> {
        let named = seen.card.label.keeper.as_str();
        let filled = self.of_writer(&seen.writer).filter(|member| member.confirmed && named == seen.card.filled_by);
        let confirmed = || self.people.iter().filter(|member| member.confirmed);
        let was =
            |member: &&Member| self.former.get(&member.person_id).is_some_and(|names| names.iter().any(|n| n == named));
        filled.or_else(|| confirmed().find(|member| member.person.name == named)).or_else(|| confirmed().find(was))
    }

    /// The names of those who are called otherwise now, with those remembered already.
    fn former_names(&self, people: &[Member]) -> BTreeMap<PersonId, Vec<String>> {
        let mut former = self.former.clone();
        for member in people.iter().filter(|member| member.confirmed) {
            let Some(before) = self.confirmed(&member.person_id) else { continue };
            if before.person.name != member.person.name {
                let names = former.entry(member.person_id.clone()).or_default();
                names.retain(|name| *name != before.person.name);
                names.insert(0, before.person.name.clone());
                names.truncate(FORMER);
            }
        }
        former
    }

    /// The name of somebody confirmed; their id where nobody is called so any more.
    pub fn name_of(&self, person: &PersonId) -> String {
        self.confirmed(person).map_or_else(|| person.to_string(), |member| member.person.name.clone())
    }
}
