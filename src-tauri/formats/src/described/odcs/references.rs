//! ODCS 3.1 and 3.2: relationships between columns.

use crate::described::draft::{Draft, LinkDraft, MAX_ITEMS};
use crate::described::note::{Log, NoteCode};
use crate::described::tree::{Fields, Spot};

/// A column of a table: `orders.id`, `/schema/orders/properties/id`, or `id` in the same table.
fn parse(text: &str) -> Option<(Option<String>, String)> {
    let text = text.trim_start_matches('/');
    if text.contains('#') {
        return None;
    }
    if let Some(path) = text.strip_prefix("schema/") {
        let (table, column) = path.split_once("/properties/")?;
        return Some((Some(table.to_owned()), column.to_owned()));
    }
    match text.split_once('.') {
        Some((table, column)) => Some((Some(table.to_owned()), column.to_owned())),
        None => (!text.is_empty()).then(|| (None, text.to_owned())),
    }
}

/// The columns of one end, all of one table.
fn end(spot: &Spot<'_>, log: &mut Log) -> Option<(Option<String>, Vec<String>)> {
    let texts: Vec<String> = spot.some(MAX_ITEMS, log).iter().filter_map(|spot| spot.exact(log)).collect();
    let ends: Option<Vec<_>> = texts.iter().map(|text| parse(text)).collect();
    let ends = ends.filter(|ends| !ends.is_empty()).or_else(|| bad(spot, log))?;
    let table = ends.first().and_then(|(table, _)| table.clone());
    if ends.iter().any(|(other, _)| *other != table) {
        return bad(spot, log);
    }
    Some((table, ends.into_iter().map(|(_, column)| column).collect()))
}

fn bad<T>(spot: &Spot<'_>, log: &mut Log) -> Option<T> {
    let text = spot.node.scalar().unwrap_or_default();
    log.tell(NoteCode::BadReference, spot.at.as_str(), text);
    None
}

/// `relationships` of a property: `from` is the property itself.
pub(super) fn of_column(fields: &mut Fields<'_>, column: &str, table: usize, draft: &mut Draft) {
    for spot in fields.some("relationships", MAX_ITEMS, &mut draft.log) {
        relationship(&spot, Some(column), table, draft);
    }
}

/// `relationships` of a table.
pub(super) fn of_table(fields: &mut Fields<'_>, table: usize, draft: &mut Draft) {
    for spot in fields.some("relationships", MAX_ITEMS, &mut draft.log) {
        relationship(&spot, None, table, draft);
    }
}

fn relationship(spot: &Spot<'_>, column: Option<&str>, table: usize, draft: &mut Draft) {
    let log = &mut draft.log;
    let Some(mut fields) = spot.fields(log) else { return };
    fields.pass(&["id"]);
    let kind = fields.text("type", log);
    let from = fields.take("from").and_then(|spot| end(&spot, log)).map(|(_, columns)| columns);
    let to = fields.take("to").and_then(|spot| end(&spot, log));
    fields.rest(log);
    let columns = column.map(|column| vec![column.to_owned()]).or(from);
    let (Some(columns), Some((target, target_columns))) = (columns, to) else {
        return log.note(NoteCode::BadReference, spot.at.as_str());
    };
    if kind.is_some_and(|kind| kind != "foreignKey") {
        return log.note(NoteCode::UnknownRule, spot.at.as_str());
    }
    draft.links.push(LinkDraft { table, columns, target, target_columns, at: spot.at.clone() });
}
