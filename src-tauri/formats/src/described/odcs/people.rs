//! ODCS 2 and 3: team, stakeholders, support.

use crate::described::draft::{Draft, MAX_ITEMS};
use crate::described::model::Person;
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Node, Spot};

/// `team`: in 3.0 a list of members, since 3.1 an object with `members`; and `owner`, which some contracts have.
pub(super) fn team(fields: &mut Fields<'_>, draft: &mut Draft) {
    let log = &mut draft.log;
    let owner = fields.text("owner", log);
    draft.out.people.extend(owner.map(|name| named(name, "owner")));
    let Some(spot) = fields.take("team") else { return };
    if !matches!(spot.node, Node::Map(_)) {
        return members(spot.some(MAX_ITEMS, log), draft);
    }
    let Some(mut team) = spot.fields(log) else { return };
    let name = team.text("name", log);
    draft.out.people.extend(name.map(|name| named(name, "team")));
    team.pass(&["id"]);
    let list = team.some("members", MAX_ITEMS, log);
    team.rest(log);
    members(list, draft);
}

fn named(name: String, role: &str) -> Person {
    let email = paths::email(&name);
    Person { name: email.is_none().then_some(name), email, role: Some(role.to_owned()), organisation: None }
}

/// `stakeholders` of 2, `team` of 3.0.
pub(super) fn members(spots: Vec<Spot<'_>>, draft: &mut Draft) {
    for spot in spots {
        draft.out.people.extend(member(&spot, &mut draft.log));
    }
}

/// A member; one who has left is noted.
fn member(spot: &Spot<'_>, log: &mut Log) -> Option<Person> {
    let mut fields = spot.fields(log)?;
    if fields.take("dateOut").is_some() {
        log.note(NoteCode::NotKept, spot.at.as_str());
        return None;
    }
    fields.pass(&["id"]);
    let user = fields.text("username", log);
    let mail = fields.take("email").and_then(|spot| spot.text(log));
    let email = mail.or_else(|| user.clone()).and_then(|text| paths::email(&text));
    let name = fields.text("name", log).or(user.filter(|_| email.is_none()));
    let role = fields.text("role", log);
    fields.rest(log);
    (name.is_some() || email.is_some()).then_some(Person { name, email, role, organisation: None })
}

/// `support`: channels with an e-mail address are people to ask; the others are noted.
pub(super) fn support(fields: &mut Fields<'_>, draft: &mut Draft) {
    for spot in fields.some("support", MAX_ITEMS, &mut draft.log) {
        draft.out.people.extend(channel(&spot, &mut draft.log));
    }
}

fn channel(spot: &Spot<'_>, log: &mut Log) -> Option<Person> {
    let mut fields = spot.fields(log)?;
    let channel = fields.text("channel", log);
    let url = fields.text("url", log);
    let email = url.as_deref().and_then(paths::email).or_else(|| channel.as_deref().and_then(paths::email));
    if email.is_none() {
        log.note(NoteCode::NotKept, spot.at.as_str());
        return None;
    }
    fields.pass(&["id", "tool", "scope"]);
    fields.rest(log);
    let name = channel.filter(|name| paths::email(name).is_none());
    Some(Person { name, email, role: Some("support".to_owned()), organisation: None })
}
