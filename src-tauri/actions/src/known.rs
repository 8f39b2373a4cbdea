//! Who is on a shelf and what was decided about it, as last seen: what pages show of it while the place is away.

use larder_catalog::ShelfRow;
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
}

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
    let now = Known {
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
    if known(rooms, shelf)? == now {
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

    /// The name of somebody confirmed; their id where nobody is called so any more.
    pub fn name_of(&self, person: &PersonId) -> String {
        self.confirmed(person).map_or_else(|| person.to_string(), |member| member.person.name.clone())
    }
}
