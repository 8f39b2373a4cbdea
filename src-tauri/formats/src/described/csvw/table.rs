//! CSVW 2015, sections 5.4, 5.5 and 5.7: a table, its schema, and what columns inherit.

use super::context::Context;
use super::{column, dialect};
use crate::described::draft::{Draft, KeyDraft, LinkDraft, MAX_COLUMNS, MAX_ITEMS};
use crate::described::model::DescribedTable;
use crate::described::note::{Log, NoteCode};
use crate::described::paths::{self, PathFault};
use crate::described::tree::{Fields, Spot};

/// Properties that hold for all columns below, until one says otherwise.
#[derive(Debug, Default, Clone)]
pub(super) struct Inherited<'n> {
    pub(super) null: Option<Spot<'n>>,
    pub(super) datatype: Option<Spot<'n>>,
    pub(super) separator: Option<Spot<'n>>,
    pub(super) required: Option<Spot<'n>>,
    pub(super) language: Option<String>,
    pub(super) dialect: Option<Spot<'n>>,
    pub(super) schema: Option<Spot<'n>>,
}

impl<'n> Inherited<'n> {
    pub(super) fn extend(&mut self, fields: &mut Fields<'n>, log: &mut Log) {
        let mut take = |name, value: &mut Option<Spot<'n>>| *value = fields.take(name).or(value.take());
        take("null", &mut self.null);
        take("datatype", &mut self.datatype);
        take("separator", &mut self.separator);
        take("required", &mut self.required);
        self.language = fields.text("lang", log).or(self.language.take());
    }
}

/// A table, or a schema alone when there is no `url` and `columns` stand in it directly.
pub(super) fn table<'n>(
    mut fields: Fields<'n>,
    context: &Context,
    inherited: &Inherited<'n>,
    (title, summary): (Option<String>, Option<String>),
    data_file: Option<&str>,
    draft: &mut Draft,
) {
    let mut table = DescribedTable { title, summary, ..DescribedTable::default() };
    let key = place(&mut fields, &mut table, context, data_file, &mut draft.log);
    if let Some(spot) = fields.take("dialect").or_else(|| inherited.dialect.clone()) {
        dialect::dialect(&spot, &mut table, &mut draft.log);
    }
    let mut id = None;
    if let Some(spot) = fields.take("tableSchema").or_else(|| inherited.schema.clone()) {
        id = schema(&spot, context, inherited, &mut table, draft);
        fields.rest(&mut draft.log);
    } else {
        parts(fields, context, inherited, &mut table, draft);
    }
    draft.add_table(table, &[key, id]);
}

/// `url`: the path, or for a file on the web a name by which a copy in the folder can be found.
fn place(
    fields: &mut Fields<'_>,
    table: &mut DescribedTable,
    context: &Context,
    data_file: Option<&str>,
    log: &mut Log,
) -> Option<String> {
    let Some(spot) = fields.take("url") else {
        let path = data_file.and_then(|file| paths::safe(file).ok())?;
        table.name = Some(paths::stem(&path).to_owned());
        table.paths.push(path);
        return None;
    };
    let url = spot.exact(log)?;
    let name = paths::stem(&url).to_owned();
    table.name = paths::unescape(&name).and_then(|name| paths::safe(&name).ok());
    match context.path(&url) {
        Ok(path) => table.paths.push(path),
        Err(fault) => {
            table.name.take_if(|_| fault == PathFault::Unsafe);
            paths::refused(fault, &url, &spot.at, log);
        }
    }
    Some(Context::key(&url))
}

/// `tableSchema`: an object, or the URL of a file with one. Gives its `@id`.
fn schema<'n>(
    spot: &Spot<'n>,
    context: &Context,
    inherited: &Inherited<'n>,
    table: &mut DescribedTable,
    draft: &mut Draft,
) -> Option<String> {
    if let Some(url) = spot.node.scalar() {
        match context.path(url) {
            Ok(path) => {
                table.schema_file = Some(path);
                draft.log.note(NoteCode::InOtherFile, spot.at.as_str());
            }
            Err(fault) => paths::refused(fault, url, &spot.at, &mut draft.log),
        }
        return Some(Context::key(url));
    }
    let mut fields = spot.fields(&mut draft.log)?;
    fields.pass(&["@type"]);
    let id = fields.exact("@id", &mut draft.log).map(|id| Context::key(&id));
    let mut inherited = inherited.clone();
    inherited.extend(&mut fields, &mut draft.log);
    parts(fields, context, &inherited, table, draft);
    id
}

fn parts<'n>(
    mut fields: Fields<'n>,
    context: &Context,
    inherited: &Inherited<'n>,
    table: &mut DescribedTable,
    draft: &mut Draft,
) {
    let mut names = std::collections::HashSet::new();
    for (number, spot) in (1..).zip(fields.some("columns", MAX_COLUMNS, &mut draft.log)) {
        let Some(column) = column::column(&spot, number, context, inherited, &mut draft.log) else { continue };
        if names.insert(column.name.clone()) {
            table.columns.push(column);
        } else {
            draft.log.tell(NoteCode::DuplicateColumn, spot.at, &column.name);
        }
    }
    keys(&mut fields, draft);
    fields.rest(&mut draft.log);
}

fn keys(fields: &mut Fields<'_>, draft: &mut Draft) {
    let table = draft.next_table();
    let at = fields.place("primaryKey");
    let columns = fields.values("primaryKey", MAX_ITEMS, &mut draft.log);
    if !columns.is_empty() {
        draft.keys.push(KeyDraft { table, primary: true, columns, at });
    }
    for spot in fields.some("foreignKeys", MAX_ITEMS, &mut draft.log) {
        link(&spot, table, draft);
    }
}

fn link(spot: &Spot<'_>, table: usize, draft: &mut Draft) {
    let log = &mut draft.log;
    let Some(mut key) = spot.fields(log) else { return };
    let columns = key.values("columnReference", MAX_ITEMS, log);
    let reference = key.take("reference").and_then(|spot| spot.fields(log));
    key.rest(log);
    let Some(mut reference) = reference else { return log.note(NoteCode::BadReference, spot.at.as_str()) };
    let target = reference.take_any(&["resource", "schemaReference"]).and_then(|spot| spot.exact(log));
    let target_columns = reference.values("columnReference", MAX_ITEMS, log);
    reference.rest(log);
    let Some(target) = target else { return log.note(NoteCode::BadReference, spot.at.as_str()) };
    let target = Some(Context::key(&target));
    draft.links.push(LinkDraft { table, columns, target, target_columns, at: spot.at.clone() });
}
