//! ODCS 2 and 3: description, service levels, tags, definitions elsewhere and properties of the publisher's own.

use crate::described::draft::{Draft, MAX_ITEMS};
use crate::described::model::{DescribedColumn, Frequency, Licence};
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Node, Spot};

/// `description`: purpose, usage and limitations; a text alone is a summary.
pub(super) fn description(fields: &mut Fields<'_>, draft: &mut Draft) {
    let Some(spot) = fields.take("description") else { return };
    let log = &mut draft.log;
    if !matches!(spot.node, Node::Map(_)) {
        draft.out.summary = spot.text(log);
        return;
    }
    let Some(mut fields) = spot.fields(log) else { return };
    draft.out.purpose = fields.text("purpose", log);
    draft.out.usage = fields.text("usage", log);
    draft.out.limits = fields.text("limitations", log);
    draft.out.summary = fields.take_any(&["summary", "description"]).and_then(|spot| spot.text(log));
    licence(&mut fields, draft);
    fields.rest(&mut draft.log);
}

/// `slaProperties`: how often the data is renewed; the others are noted.
pub(super) fn service(fields: &mut Fields<'_>, default_element: &str, draft: &mut Draft) {
    fields.pass(&[default_element]);
    let log = &mut draft.log;
    for spot in fields.some("slaProperties", MAX_ITEMS, log) {
        let Some(mut level) = spot.fields(log) else { continue };
        let property = level.text("property", log).unwrap_or_default();
        let is_frequency = matches!(property.as_str(), "frequency" | "fy" | "updateFrequency" | "refreshFrequency");
        if !is_frequency || draft.out.frequency.is_some() {
            log.tell(NoteCode::NotKept, spot.at, property);
            continue;
        }
        let unit = level.text("unit", log);
        draft.out.frequency = level.text("value", log).map(|every| Frequency { every, unit });
        level.pass(&["id", "element", "column", "description"]);
        level.rest(log);
    }
}

/// Licences have no field of their own: they stand among the publisher's own properties, or as a definition elsewhere.
pub(super) fn licence(fields: &mut Fields<'_>, draft: &mut Draft) {
    let mut licence = draft.out.licence.take().unwrap_or_default();
    definitions(fields, &mut licence, &mut draft.log);
    custom(fields, &mut draft.log, |property, spot| {
        let value = spot.node.scalar().unwrap_or_default().trim();
        let slot = match property {
            "license" | "licence" | "licensename" | "licencename" | "spdx" => &mut licence.name,
            "licensetitle" | "licencetitle" => &mut licence.title,
            "licenseurl" | "licenceurl" => &mut licence.url,
            _ => return false,
        };
        let is_url = paths::is_link(value);
        let slot = if is_url { &mut licence.url } else { slot };
        let fits = !value.is_empty() && value.len() < 500 && slot.is_none() && (is_url || !property.ends_with("url"));
        if fits {
            *slot = Some(value.to_owned());
        }
        fits
    });
    draft.out.licence = (licence != Licence::default()).then_some(licence);
}

fn definitions(fields: &mut Fields<'_>, licence: &mut Licence, log: &mut Log) {
    for spot in fields.some("authoritativeDefinitions", MAX_ITEMS, log) {
        let Some(mut definition) = spot.fields(log) else { continue };
        let kind = definition.text("type", log).unwrap_or_default();
        let is_licence = matches!(kind.to_lowercase().as_str(), "license" | "licence" | "termsofuse");
        if !is_licence || licence.url.is_some() || licence.file.is_some() {
            log.tell(NoteCode::NotKept, spot.at, kind);
            continue;
        }
        if let Some(url) = definition.take("url") {
            (licence.url, licence.file) = paths::link_or_file(&url, log);
        }
        definition.pass(&["id"]);
        definition.rest(log);
    }
}

/// `customProperties`: a list with `property` and `value`, or plainly an object. `keep` tells which it took (by the
/// name in small letters, without `_`, `-` and blanks); the others are noted.
pub(super) fn custom(fields: &mut Fields<'_>, log: &mut Log, mut keep: impl FnMut(&str, &Spot<'_>) -> bool) {
    let Some(spot) = fields.take("customProperties") else { return };
    let mut see = |name: &str, value: &Spot<'_>, at: &str, log: &mut Log| {
        let plain: String = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).take(100).collect();
        if !keep(&plain.to_lowercase(), value) {
            log.tell(NoteCode::NotKept, at, name);
        }
    };
    if let Node::Map(entries) = spot.node
        && spot.node.get("property").is_none()
    {
        if entries.len() > MAX_ITEMS {
            log.tell(NoteCode::TooMany, spot.at.as_str(), entries.len().to_string());
        }
        for (name, node) in entries.iter().take(MAX_ITEMS) {
            let at = format!("{}/{}", spot.at, name.chars().take(100).collect::<String>());
            see(name, &Spot { node, at: at.clone() }, &at, log);
        }
        return;
    }
    for item in spot.some(MAX_ITEMS, log) {
        let Some(mut fields) = item.fields(log) else { continue };
        let name = fields.text("property", log).unwrap_or_default();
        let nothing = Spot { node: &Node::Null, at: item.at.clone() };
        let value = fields.take("value").unwrap_or(nothing);
        see(&name, &value, &item.at, log);
        fields.pass(&["id", "description"]);
        fields.rest(log);
    }
}

/// Unit, currency and marks of a column.
pub(super) fn column(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) {
    custom(fields, log, |property, spot| {
        let value = spot.node.scalar().unwrap_or_default().trim();
        let slot = match property {
            "unit" | "units" | "unitofmeasure" | "uom" => &mut column.unit,
            "currency" => &mut column.currency,
            _ => return false,
        };
        let fits = !value.is_empty() && value.len() <= 200 && slot.is_none();
        if fits {
            *slot = Some(value.to_owned());
        }
        fits
    });
    for spot in fields.some("tags", MAX_ITEMS, log) {
        match spot.text(log).as_deref().map(str::to_lowercase).as_deref() {
            Some("pii" | "personal" | "personal data") => column.personal = true,
            _ => log.note(NoteCode::NotKept, spot.at),
        }
    }
}
