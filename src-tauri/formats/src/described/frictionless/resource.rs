//! Data Resource 1.0 and 2.0: a file or several, with schema and dialect.

use super::{dialect, package, people, schema, version};
use crate::described::draft::{Draft, MAX_ITEMS};
use crate::described::model::DescribedTable;
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Node, Spot};

/// A resource alone in its file: what it says of itself is said of the whole.
pub(crate) fn lone_resource(root: &Node, draft: &mut Draft) {
    let spot = Spot::root(root);
    let Some(mut fields) = spot.fields(&mut draft.log) else { return };
    version(&mut fields, draft);
    package::about(&mut fields, draft);
    draft.out.people = people::people(&mut fields, &mut draft.log);
    table(fields, draft);
}

/// A resource of a package.
pub(super) fn resource(spot: &Spot<'_>, draft: &mut Draft) {
    if spot.node.scalar().is_some() {
        return draft.log.note(NoteCode::InOtherFile, spot.at.as_str());
    }
    let Some(mut fields) = spot.fields(&mut draft.log) else { return };
    fields.pass(&["$schema", "profile"]);
    table(fields, draft);
}

fn table(mut fields: Fields<'_>, draft: &mut Draft) {
    let log = &mut draft.log;
    let mut table = DescribedTable {
        name: fields.text("name", log),
        title: fields.text("title", log),
        summary: fields.text("description", log),
        ..DescribedTable::default()
    };
    files(&mut fields, &mut table, log);
    if table.name.is_none() && table.paths.is_empty() {
        log.note(NoteCode::NoName, fields.at.as_str());
    }
    table.dialect.encoding = fields.text("encoding", log);
    dialect::dialect(&mut fields, &mut table, log);
    fields.pass(&["type", "format", "mediatype"]);
    terms(&mut fields, draft);
    if let Some(spot) = fields.take("schema") {
        schema::schema(&spot, &mut table, draft);
    }
    fields.rest(&mut draft.log);
    draft.add_table(table, &[]);
}

/// Where the rows are: `path`, one or several; `url` of version 0; `data` in the description itself.
fn files(fields: &mut Fields<'_>, table: &mut DescribedTable, log: &mut Log) {
    let mut spots = fields.some("path", MAX_ITEMS, log);
    spots.extend(fields.some("extrapaths", MAX_ITEMS, log));
    if spots.is_empty() {
        spots = fields.some("url", MAX_ITEMS, log);
    }
    for spot in spots {
        table.paths.extend(paths::checked(&spot, log, paths::safe));
        if table.name.is_none() && table.paths.is_empty() {
            table.name = remote_name(&spot);
        }
    }
    if fields.take("data").is_some() {
        log.note(NoteCode::InlineData, fields.place("data"));
    }
}

/// A file on the web may lie in the folder as well, under the same name.
fn remote_name(spot: &Spot<'_>) -> Option<String> {
    let url = spot.node.scalar().filter(|url| paths::is_link(url))?;
    paths::safe(paths::stem(url)).ok()
}

/// Terms and sources of the first resource that has any stand for the package that has none.
fn terms(fields: &mut Fields<'_>, draft: &mut Draft) {
    let place = fields.place("licenses");
    if let Some(licence) = package::licence(fields, &mut draft.log) {
        match &draft.out.licence {
            None => draft.out.licence = Some(licence),
            Some(kept) if *kept == licence => {}
            Some(_) => draft.log.note(NoteCode::NotKept, place),
        }
    }
    for source in people::sources(fields, &mut draft.log) {
        if !draft.out.sources.contains(&source) && draft.out.sources.len() < MAX_ITEMS {
            draft.out.sources.push(source);
        }
    }
}
