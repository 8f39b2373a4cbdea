//! Data Package 1.0 and 2.0: `datapackage.json`.

use super::{people, resource, version};
use crate::described::draft::{Draft, MAX_ITEMS, MAX_TABLES};
use crate::described::model::Licence;
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Node, Spot};

pub(crate) fn package(root: &Node, draft: &mut Draft) {
    let Some(mut fields) = Spot::root(root).fields(&mut draft.log) else { return };
    version(&mut fields, draft);
    about(&mut fields, draft);
    draft.out.people = people::people(&mut fields, &mut draft.log);
    draft.out.sources = people::sources(&mut fields, &mut draft.log);
    draft.out.licence = licence(&mut fields, &mut draft.log);
    if fields.take("resources").is_none() {
        draft.log.note(NoteCode::NoTable, fields.place("resources"));
    }
    for spot in fields.some("resources", MAX_TABLES, &mut draft.log) {
        resource::resource(&spot, draft);
    }
    fields.rest(&mut draft.log);
}

/// Title, summary, version and keywords.
pub(super) fn about(fields: &mut Fields<'_>, draft: &mut Draft) {
    let log = &mut draft.log;
    let name = fields.text("name", log);
    draft.out.title = fields.text("title", log).or(name);
    draft.out.summary = fields.text("description", log);
    draft.out.version = fields.text("version", log);
    let keywords = fields.some("keywords", MAX_ITEMS, log);
    draft.out.keywords = keywords.iter().filter_map(|spot| spot.text(log)).collect();
}

/// The first of `licenses`, or the `license` of older packages.
pub(super) fn licence(fields: &mut Fields<'_>, log: &mut Log) -> Option<Licence> {
    let mut spots = fields.some("licenses", MAX_ITEMS, log);
    if spots.is_empty() {
        spots = fields.some("license", MAX_ITEMS, log);
    }
    let mut kept = None;
    for spot in spots {
        if kept.is_some() {
            log.note(NoteCode::NotKept, spot.at);
        } else {
            kept = one_licence(&spot, log);
        }
    }
    kept
}

fn one_licence(spot: &Spot<'_>, log: &mut Log) -> Option<Licence> {
    if let Some(text) = spot.node.scalar() {
        if paths::is_link(text) {
            return Some(Licence { url: paths::link(spot, log), ..Licence::default() });
        }
        return spot.text(log).map(|name| Licence { name: Some(name), ..Licence::default() });
    }
    let mut fields = spot.fields(log)?;
    let name = fields.take_any(&["name", "type", "id"]).and_then(|spot| spot.text(log));
    let title = fields.text("title", log);
    let place = fields.take_any(&["path", "url"]);
    let (url, file) = place.map(|spot| paths::link_or_file(&spot, log)).unwrap_or_default();
    let licence = Licence { name, url, title, file };
    fields.rest(log);
    (licence != Licence::default()).then_some(licence)
}
