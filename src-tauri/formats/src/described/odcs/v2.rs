//! ODCS 2.2: the contract, its tables and columns.

use super::property::{self, KeyParts};
use super::{extras, people};
use crate::described::draft::{Draft, MAX_COLUMNS, MAX_ITEMS, MAX_TABLES};
use crate::described::model::{DescribedColumn, DescribedTable, Person};
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Node, Spot};

pub(crate) fn v2(root: &Node, draft: &mut Draft) {
    let Some(mut fields) = Spot::root(root).fields(&mut draft.log) else { return };
    let log = &mut draft.log;
    fields.pass(&["kind", "type"]);
    draft.out.standard_version = fields.text("apiVersion", log);
    draft.out.version = fields.text("version", log);
    let dataset = fields.text("datasetName", log);
    draft.out.title = fields.text("quantumName", log).or(dataset);
    draft.out.keywords = fields.some("tags", MAX_ITEMS, log).iter().filter_map(|spot| spot.text(log)).collect();
    extras::description(&mut fields, draft);
    extras::licence(&mut fields, draft);
    people::members(fields.some("stakeholders", MAX_ITEMS, &mut draft.log), draft);
    mailbox(&mut fields, draft);
    extras::service(&mut fields, "slaDefaultColumn", draft);
    if fields.take("dataset").is_none() {
        draft.log.note(NoteCode::NoTable, fields.place("dataset"));
    }
    for spot in fields.some("dataset", MAX_TABLES, &mut draft.log) {
        table(&spot, draft);
    }
    fields.rest(&mut draft.log);
}

/// `productDl`, the list of addresses that answers questions.
fn mailbox(fields: &mut Fields<'_>, draft: &mut Draft) {
    let Some(spot) = fields.take("productDl") else { return };
    let Some(text) = spot.text(&mut draft.log) else { return };
    match paths::email(&text) {
        Some(email) => {
            let role = Some("support".to_owned());
            draft.out.people.push(Person { email: Some(email), role, ..Person::default() });
        }
        None => draft.log.note(NoteCode::NotKept, spot.at),
    }
}

fn table(spot: &Spot<'_>, draft: &mut Draft) {
    let log = &mut draft.log;
    let Some(mut fields) = spot.fields(log) else { return };
    let physical = fields.text("physicalName", log);
    let name = fields.take_any(&["table", "name"]).and_then(|spot| spot.text(log));
    let mut table = DescribedTable {
        name: name.or_else(|| physical.clone()),
        title: fields.text("businessName", log),
        summary: fields.text("description", log),
        ..DescribedTable::default()
    };
    if table.name.is_none() {
        log.note(NoteCode::NoName, spot.at.as_str());
    }
    table.columns = columns(fields.some("columns", MAX_COLUMNS, log), draft);
    rules(&mut fields, &mut draft.log);
    extras::custom(&mut fields, &mut draft.log, |_, _| false);
    fields.pass_unset(&["tags", "authoritativeDefinitions"]);
    fields.rest(&mut draft.log);
    draft.add_table(table, &[physical]);
}

fn columns(spots: Vec<Spot<'_>>, draft: &mut Draft) -> Vec<DescribedColumn> {
    let mut columns = Vec::new();
    let mut names = std::collections::HashSet::new();
    let mut key = KeyParts::default();
    for spot in spots {
        let Some(column) = column(&spot, &mut key, &mut draft.log) else { continue };
        if names.insert(column.name.clone()) {
            columns.push(column);
        } else {
            draft.log.tell(NoteCode::DuplicateColumn, spot.at, &column.name);
        }
    }
    draft.keys.extend(key.finish(draft.next_table()));
    columns
}

fn column(spot: &Spot<'_>, key: &mut KeyParts, log: &mut Log) -> Option<DescribedColumn> {
    let mut fields = spot.column(log)?;
    let name = fields.take_any(&["column", "name"]).and_then(|spot| spot.exact(log));
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        log.note(NoteCode::NoName, spot.at.as_str());
        return None;
    };
    let mut column = DescribedColumn { id: name.clone(), ..DescribedColumn::default() };
    column.title = fields.text("businessName", log);
    column.meaning = fields.text("description", log);
    column.required = fields.flag("isNullable", log) == Some(false);
    column.unique = fields.flag("isUnique", log).unwrap_or(false);
    column.examples = fields.values("sampleValues", 20, log);
    column.kind = property::kind(&mut fields, log);
    key.add(&mut fields, "isPrimaryKey", &name, log);
    extras::column(&mut fields, &mut column, log);
    rules(&mut fields, log);
    fields.pass_unset(&["partitionStatus", "partitionKeyPosition", "clusterStatus", "clusterKeyPosition"]);
    fields.pass_unset(&["criticalDataElementStatus", "authoritativeDefinitions", "transformSourceTables"]);
    fields.pass_unset(&["classification", "encryptedColumnName", "transformLogic", "transformDescription"]);
    fields.rest(log);
    column.name = name;
    Some(column)
}

/// Rules of 2 name checks of one tool or another, never what they check: all are noted.
fn rules(fields: &mut Fields<'_>, log: &mut Log) {
    for spot in fields.some("quality", MAX_ITEMS, log) {
        let Some(mut rule) = spot.fields(log) else { continue };
        let code = rule.text("code", log).or_else(|| rule.text("description", log));
        log.tell(NoteCode::UnknownRule, spot.at, code.unwrap_or_default());
    }
}
