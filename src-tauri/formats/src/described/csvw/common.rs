//! CSVW 2015, section 5.8: common properties, in the words of Dublin Core, schema.org, DCAT and their like.

use crate::described::draft::MAX_ITEMS;
use crate::described::model::{Frequency, Licence, Person, Source};
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Node, Spot};

/// What common properties say about a group or a table.
#[derive(Debug, Default)]
pub(super) struct Common {
    pub(super) title: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) version: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) licence: Option<Licence>,
    pub(super) people: Vec<Person>,
    pub(super) sources: Vec<Source>,
    pub(super) frequency: Option<Frequency>,
}

/// Dublin Core under its usual prefixes and in full.
const DUBLIN: [&str; 4] = ["dc:", "dcterms:", "dct:", "http://purl.org/dc/terms/"];
const SCHEMA: [&str; 3] = ["schema:", "http://schema.org/", "https://schema.org/"];

/// The value of the first name that is there: Dublin Core's, then schema.org's, then others.
fn find<'n>(fields: &mut Fields<'n>, dublin: &str, schema: &str, others: &[&str]) -> Option<Spot<'n>> {
    let dublin = DUBLIN.iter().filter(|_| !dublin.is_empty()).map(|prefix| format!("{prefix}{dublin}"));
    let schema = SCHEMA.iter().filter(|_| !schema.is_empty()).map(|prefix| format!("{prefix}{schema}"));
    let names: Vec<String> = dublin.chain(schema).chain(others.iter().map(|name| (*name).to_owned())).collect();
    names.iter().find_map(|name| fields.take(name))
}

pub(super) fn title(fields: &mut Fields<'_>, log: &mut Log) -> Option<String> {
    find(fields, "title", "name", &["rdfs:label", "skos:prefLabel"])?.text(log)
}

pub(super) fn summary(fields: &mut Fields<'_>, log: &mut Log) -> Option<String> {
    find(fields, "description", "description", &["rdfs:comment", "skos:definition", "dc:abstract"])?.text(log)
}

pub(super) fn unit(fields: &mut Fields<'_>, log: &mut Log) -> Option<String> {
    find(fields, "", "unitText", &["unit", "qudt:unit", "om:unit", "schema:unitCode"])?.text(log)
}

pub(super) fn currency(fields: &mut Fields<'_>, log: &mut Log) -> Option<String> {
    find(fields, "", "currency", &["currency", "schema:priceCurrency"])?.text(log)
}

pub(super) fn common(fields: &mut Fields<'_>, log: &mut Log) -> Common {
    Common {
        title: title(fields, log),
        summary: summary(fields, log),
        version: find(fields, "hasVersion", "version", &["dcat:version", "owl:versionInfo"])
            .and_then(|spot| spot.text(log)),
        keywords: keywords(fields, log),
        licence: find(fields, "license", "license", &["dc:rights"]).and_then(|spot| licence(&spot, log)),
        people: people(fields, log),
        sources: sources(fields, log),
        frequency: find(fields, "accrualPeriodicity", "", &[])
            .and_then(|spot| value(&spot, log))
            .map(|every| Frequency { every, unit: None }),
    }
}

/// The text of `"x"`, `{"@id": "x"}` or `{"@value": "x"}`.
fn value(spot: &Spot<'_>, log: &mut Log) -> Option<String> {
    if spot.node.get("@id").is_none() {
        return spot.text(log);
    }
    let mut fields = spot.fields(log)?;
    let id = fields.text("@id", log);
    fields.pass(&["@type"]);
    fields.rest(log);
    id
}

/// Several words, also in one text with commas, as schema.org has them.
fn keywords(fields: &mut Fields<'_>, log: &mut Log) -> Vec<String> {
    let Some(spot) = find(fields, "subject", "keywords", &["dcat:keyword", "keywords"]) else { return Vec::new() };
    let texts: Vec<String> = spot.some(MAX_ITEMS, log).iter().filter_map(|spot| value(spot, log)).collect();
    let words = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn licence(spot: &Spot<'_>, log: &mut Log) -> Option<Licence> {
    let spots = spot.some(MAX_ITEMS, log);
    let (first, more) = spots.split_first()?;
    more.iter().for_each(|spot| log.note(NoteCode::NotKept, spot.at.as_str()));
    let text = value(first, log)?;
    if paths::is_link(&text) {
        return Some(Licence { url: Some(text), ..Licence::default() });
    }
    Some(Licence { name: Some(text), ..Licence::default() })
}

fn people(fields: &mut Fields<'_>, log: &mut Log) -> Vec<Person> {
    let mut people = Vec::new();
    let roles = ["publisher", "creator", "contributor", "author", "maintainer", "rightsHolder", "contactPoint"];
    for role in roles {
        let other = format!("dcat:{role}");
        let Some(spot) = find(fields, role, role, &[other.as_str()]) else { continue };
        for spot in spot.some(MAX_ITEMS, log) {
            people.extend(person(&spot, role, log));
        }
    }
    people
}

fn person(spot: &Spot<'_>, role: &str, log: &mut Log) -> Option<Person> {
    let role = Some(role.to_owned());
    if !matches!(spot.node, Node::Map(_)) || spot.node.get("@value").is_some() {
        let text = spot.text(log)?;
        let email = paths::email(&text);
        let name = email.is_none().then_some(text);
        return Some(Person { name, email, role, organisation: None });
    }
    let mut fields = spot.fields(log)?;
    fields.pass(&["@type"]);
    let name = find(&mut fields, "title", "name", &["foaf:name", "vcard:fn", "rdfs:label", "name"]);
    let email = find(&mut fields, "", "email", &["foaf:mbox", "vcard:hasEmail", "email"]);
    let mut name = name.and_then(|spot| spot.text(log));
    let email = email.and_then(|spot| value(&spot, log)).and_then(|text| paths::email(&text));
    if name.is_none() && email.is_none() {
        name = fields.text("@id", log);
    }
    fields.rest(log);
    (name.is_some() || email.is_some()).then_some(Person { name, email, role, organisation: None })
}

fn sources(fields: &mut Fields<'_>, log: &mut Log) -> Vec<Source> {
    let Some(spot) = find(fields, "source", "isBasedOn", &["prov:wasDerivedFrom"]) else { return Vec::new() };
    let texts: Vec<String> = spot.some(MAX_ITEMS, log).iter().filter_map(|spot| value(spot, log)).collect();
    let source = |text: String| match paths::is_link(&text) {
        true => Source { url: Some(text), ..Source::default() },
        false => Source { title: Some(text), ..Source::default() },
    };
    texts.into_iter().map(source).collect()
}
