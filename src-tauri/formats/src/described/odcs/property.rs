//! ODCS 3.0 to 3.2: properties, which are columns.

use super::{extras, options, quality, references};
use crate::described::draft::{Draft, KeyDraft, MAX_VALUES};
use crate::described::model::{Allowed, DescribedColumn, Kind, KindHint};
use crate::described::note::{Log, NoteCode};
use crate::described::tree::{Fields, Node, Spot};
use crate::described::types;

/// The columns of a table, with its main key.
pub(super) fn properties(spots: Vec<Spot<'_>>, table: usize, draft: &mut Draft) -> Vec<DescribedColumn> {
    let mut columns: Vec<DescribedColumn> = Vec::new();
    let mut names = std::collections::HashSet::new();
    let mut key = KeyParts::default();
    for spot in spots {
        let Some(column) = property(&spot, table, &mut key, draft) else { continue };
        if names.insert(column.name.clone()) {
            columns.push(column);
        } else {
            draft.log.tell(NoteCode::DuplicateColumn, spot.at, &column.name);
        }
    }
    draft.keys.extend(key.finish(table));
    columns
}

/// The columns of a main key with their places; those without a place come last.
#[derive(Default)]
pub(super) struct KeyParts {
    parts: Vec<(u64, String)>,
    at: String,
}

impl KeyParts {
    pub(super) fn add(&mut self, fields: &mut Fields<'_>, flag: &str, column: &str, log: &mut Log) {
        let is_part = fields.flag(flag, log);
        fields.pass_unset(&["primaryKeyPosition"]);
        let unset = |spot: &Spot<'_>| matches!(spot.node.scalar(), Some("-1" | "0"));
        let place = fields.take("primaryKeyPosition").filter(|spot| !unset(spot)).and_then(|spot| spot.count(log));
        if is_part == Some(true) {
            self.parts.push((place.unwrap_or(u64::MAX), column.to_owned()));
            self.at.clone_from(&fields.at);
        }
    }

    pub(super) fn finish(mut self, table: usize) -> Option<KeyDraft> {
        self.parts.sort_by_key(|(place, _)| *place);
        let columns: Vec<String> = self.parts.into_iter().map(|(_, column)| column).collect();
        (!columns.is_empty()).then_some(KeyDraft { table, primary: true, columns, at: self.at })
    }
}

fn property(spot: &Spot<'_>, table: usize, key: &mut KeyParts, draft: &mut Draft) -> Option<DescribedColumn> {
    let log = &mut draft.log;
    let mut fields = spot.column(log)?;
    let physical = fields.exact("physicalName", log).filter(|name| !name.is_empty());
    let name = fields.exact("name", log).filter(|name| !name.is_empty());
    let Some(id) = name.or_else(|| physical.clone()) else {
        log.note(NoteCode::NoName, spot.at.as_str());
        return None;
    };
    let mut column = DescribedColumn { name: physical.unwrap_or_else(|| id.clone()), ..DescribedColumn::default() };
    column.also_called.push(id.clone());
    column.title = fields.text("businessName", log);
    column.meaning = fields.text("description", log);
    column.required = fields.flag("required", log).unwrap_or(false);
    column.unique = fields.flag("unique", log).unwrap_or(false);
    column.examples = fields.values("examples", 20, log);
    column.kind = kind(&mut fields, log);
    column.allowed = allowed(&mut fields, log);
    key.add(&mut fields, "primaryKey", &id, log);
    options::options(&mut fields, &mut column, log);
    quality::of_column(&mut fields, &mut column, log);
    extras::column(&mut fields, &mut column, log);
    references::of_column(&mut fields, &id, table, draft);
    column.id = id;
    fields.pass(&["id"]);
    fields.pass_unset(&["partitioned", "partitionKeyPosition", "criticalDataElement", "authoritativeDefinitions"]);
    fields.pass_unset(&["transformSourceObjects", "encryptedName", "classification", "deprecated"]);
    fields.rest(&mut draft.log);
    Some(column)
}

/// `enum` of 3.2: values, or objects with `value` and `label`.
fn allowed(fields: &mut Fields<'_>, log: &mut Log) -> Vec<Allowed> {
    let mut allowed = Vec::new();
    for spot in fields.some("enum", MAX_VALUES, log) {
        if !matches!(spot.node, Node::Map(_)) {
            allowed.extend(spot.exact(log).map(|value| Allowed { value, label: None }));
        } else if let Some(mut fields) = spot.fields(log) {
            let label = fields.take_any(&["label", "description"]).and_then(|spot| spot.text(log));
            allowed.extend(fields.exact("value", log).map(|value| Allowed { value, label }));
            fields.rest(log);
        }
    }
    allowed
}

/// By `logicalType`; `physicalType` where that is missing, unknown or coarser.
pub(super) fn kind(fields: &mut Fields<'_>, log: &mut Log) -> Option<KindHint> {
    let place = fields.place("logicalType");
    let logical = fields.text("logicalType", log);
    let physical = fields.text("physicalType", log).and_then(|name| types::physical(&name));
    let Some(name) = logical else { return physical };
    let hint = match name.to_ascii_lowercase().as_str() {
        "vector" => Some(KindHint::of(Kind::List)),
        name => types::physical(name),
    };
    let Some(hint) = hint else {
        log.tell(NoteCode::UnknownType, place, name);
        return physical;
    };
    let same_or_finer = |other: &KindHint| match hint.kind {
        // ODCS 3.0 has no type for days with a time.
        Kind::Date => other.kind == Kind::DateTime,
        kind => kind == other.kind && other.finer.is_some(),
    };
    Some(physical.filter(same_or_finer).unwrap_or(hint))
}
