//! Data Package 1.0 and 2.0: contributors and sources.

use crate::described::draft::MAX_ITEMS;
use crate::described::model::{Person, Source};
use crate::described::note::Log;
use crate::described::paths;
use crate::described::tree::{Fields, Spot};

/// `contributors`, and `author` and `maintainers` of older packages.
pub(super) fn people(fields: &mut Fields<'_>, log: &mut Log) -> Vec<Person> {
    let mut people = Vec::new();
    for (name, role) in [("contributors", None), ("author", Some("author")), ("maintainers", Some("maintainer"))] {
        for spot in fields.some(name, MAX_ITEMS, log) {
            people.extend(person(&spot, role, log));
        }
    }
    people
}

fn person(spot: &Spot<'_>, usual_role: Option<&str>, log: &mut Log) -> Option<Person> {
    if spot.node.scalar().is_some() {
        let mut person = from_text(&spot.text(log)?);
        person.role = usual_role.map(str::to_owned);
        return Some(person);
    }
    let mut fields = spot.fields(log)?;
    let given = fields.text("givenName", log);
    let family = fields.text("familyName", log);
    let parts: Vec<String> = given.into_iter().chain(family).collect();
    let title = fields.take_any(&["title", "name"]).and_then(|spot| spot.text(log));
    let name = title.or_else(|| (!parts.is_empty()).then(|| parts.join(" ")));
    let email = fields.take("email").and_then(|spot| email(&spot, log));
    let organisation = fields.text("organization", log);
    let mut roles: Vec<String> = fields.some("roles", 20, log).iter().filter_map(|spot| spot.text(log)).collect();
    roles.extend(fields.text("role", log));
    let role = if roles.is_empty() { usual_role.map(str::to_owned) } else { Some(roles.join(", ")) };
    fields.rest(log);
    let known = name.is_some() || email.is_some() || organisation.is_some();
    known.then_some(Person { name, email, role, organisation })
}

fn email(spot: &Spot<'_>, log: &mut Log) -> Option<String> {
    let text = spot.exact(log)?;
    paths::email(&text).or_else(|| spot.wrong(log))
}

/// `Ada Lovelace <ada@example.org> (https://example.org)`, as npm writes people.
fn from_text(text: &str) -> Person {
    let (name, rest) = text.split_once('<').unwrap_or((text, ""));
    let email = rest.split('>').next().and_then(paths::email);
    let name = name.split('(').next().unwrap_or_default().trim();
    Person { name: (!name.is_empty()).then(|| name.to_owned()), email, ..Person::default() }
}

/// `sources`, of a package or a resource.
pub(super) fn sources(fields: &mut Fields<'_>, log: &mut Log) -> Vec<Source> {
    let spots = fields.some("sources", MAX_ITEMS, log);
    spots.iter().filter_map(|spot| source(spot, log)).collect()
}

fn source(spot: &Spot<'_>, log: &mut Log) -> Option<Source> {
    if spot.node.scalar().is_some() {
        return spot.text(log).map(|title| Source { title: Some(title), ..Source::default() });
    }
    let mut fields = spot.fields(log)?;
    let title = fields.take_any(&["title", "name"]).and_then(|spot| spot.text(log));
    let place = fields.take_any(&["path", "url", "web"]);
    let (url, file) = place.map(|spot| paths::link_or_file(&spot, log)).unwrap_or_default();
    fields.rest(log);
    let source = Source { title, url, file };
    (source != Source::default()).then_some(source)
}
