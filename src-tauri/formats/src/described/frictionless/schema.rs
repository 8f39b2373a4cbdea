//! Table Schema 1.0 and 2.0: fields, keys, missing values.

use super::{field, version};
use crate::described::draft::{Draft, KeyDraft, LinkDraft, MAX_COLUMNS, MAX_ITEMS, MAX_VALUES};
use crate::described::model::DescribedTable;
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Node, Spot};

/// A schema alone in its file.
pub(crate) fn lone_schema(root: &Node, name: Option<&str>, draft: &mut Draft) {
    let spot = Spot::root(root);
    let Some(mut fields) = spot.fields(&mut draft.log) else { return };
    version(&mut fields, draft);
    let mut table = DescribedTable { name: name.map(str::to_owned), ..DescribedTable::default() };
    table.title = fields.text("title", &mut draft.log);
    table.summary = fields.text("description", &mut draft.log);
    draft.out.title.clone_from(&table.title);
    draft.out.summary.clone_from(&table.summary);
    parts(fields, &mut table, draft);
    draft.add_table(table, &[]);
}

/// `schema` of a resource: an object, or the path of a file with one.
pub(super) fn schema(spot: &Spot<'_>, table: &mut DescribedTable, draft: &mut Draft) {
    if spot.node.scalar().is_some() {
        table.schema_file = paths::checked(spot, &mut draft.log, paths::safe);
        if table.schema_file.is_some() {
            draft.log.note(NoteCode::InOtherFile, spot.at.as_str());
        }
        return;
    }
    let Some(mut fields) = spot.fields(&mut draft.log) else { return };
    fields.pass(&["$schema", "profile"]);
    parts(fields, table, draft);
}

fn parts(mut fields: Fields<'_>, table: &mut DescribedTable, draft: &mut Draft) {
    for spot in fields.some("fields", MAX_COLUMNS, &mut draft.log) {
        table.columns.extend(field::field(&spot, &mut draft.log));
    }
    let log = &mut draft.log;
    once_each(table, &fields.place("fields"), log);
    table.missing_values.extend(missing(&mut fields, log));
    if let Some(spot) = fields.take("fieldsMatch")
        && spot.list().iter().any(|spot| spot.node.scalar() != Some("exact"))
    {
        log.note(NoteCode::UnknownRule, spot.at);
    }
    keys(&mut fields, draft);
    links(&mut fields, draft);
    fields.rest(&mut draft.log);
}

/// Columns of a name that was there before go.
fn once_each(table: &mut DescribedTable, at: &str, log: &mut Log) {
    let mut seen = std::collections::HashSet::new();
    table.columns.retain(|column| {
        let first = seen.insert(column.name.clone());
        if !first {
            log.tell(NoteCode::DuplicateColumn, at, &column.name);
        }
        first
    });
}

/// `missingValues`: texts, or since 2.0 objects with `value` and `label`.
pub(super) fn missing(fields: &mut Fields<'_>, log: &mut Log) -> Vec<String> {
    let mut values = Vec::new();
    for spot in fields.some("missingValues", MAX_VALUES, log) {
        if !matches!(spot.node, Node::Map(_)) {
            values.extend(spot.exact(log));
        } else if let Some(mut fields) = spot.fields(log) {
            values.extend(fields.exact("value", log));
            fields.rest(log);
        }
    }
    values
}

/// The names in a text or a list of texts.
fn names(fields: &mut Fields<'_>, name: &str, log: &mut Log) -> Vec<String> {
    fields.values(name, MAX_ITEMS, log)
}

fn keys(fields: &mut Fields<'_>, draft: &mut Draft) {
    let table = draft.next_table();
    let at = fields.place("primaryKey");
    let columns = names(fields, "primaryKey", &mut draft.log);
    if !columns.is_empty() {
        draft.keys.push(KeyDraft { table, primary: true, columns, at });
    }
    for spot in fields.some("uniqueKeys", MAX_ITEMS, &mut draft.log) {
        let parts = spot.some(MAX_ITEMS, &mut draft.log);
        let columns = parts.iter().filter_map(|spot| spot.exact(&mut draft.log)).collect();
        draft.keys.push(KeyDraft { table, primary: false, columns, at: spot.at });
    }
}

fn links(fields: &mut Fields<'_>, draft: &mut Draft) {
    let table = draft.next_table();
    let log = &mut draft.log;
    for spot in fields.some("foreignKeys", MAX_ITEMS, log) {
        let Some(mut key) = spot.fields(log) else { continue };
        let columns = names(&mut key, "fields", log);
        let reference = key.take("reference").and_then(|spot| spot.fields(log));
        key.rest(log);
        let Some(mut reference) = reference else {
            log.note(NoteCode::BadReference, spot.at);
            continue;
        };
        let target = reference.exact("resource", log).filter(|name| !name.is_empty() && name != "self");
        let target_columns = names(&mut reference, "fields", log);
        reference.rest(log);
        draft.links.push(LinkDraft { table, columns, target, target_columns, at: spot.at });
    }
}
