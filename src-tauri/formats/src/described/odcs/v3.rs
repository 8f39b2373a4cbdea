//! ODCS 3.0 to 3.2: the contract and its tables.

use super::{extras, people, property, quality, references, servers};
use crate::described::draft::{Draft, MAX_COLUMNS, MAX_ITEMS, MAX_TABLES};
use crate::described::model::DescribedTable;
use crate::described::note::NoteCode;
use crate::described::tree::{Fields, Node, Spot};

pub(crate) fn v3(root: &Node, draft: &mut Draft) {
    let Some(mut fields) = Spot::root(root).fields(&mut draft.log) else { return };
    version(&mut fields, draft);
    let log = &mut draft.log;
    let product = fields.text("dataProduct", log);
    draft.out.title = fields.text("name", log).or(product);
    draft.out.version = fields.text("version", log);
    draft.out.keywords = fields.some("tags", MAX_ITEMS, log).iter().filter_map(|spot| spot.text(log)).collect();
    extras::description(&mut fields, draft);
    extras::licence(&mut fields, draft);
    people::team(&mut fields, draft);
    people::support(&mut fields, draft);
    extras::service(&mut fields, "slaDefaultElement", draft);
    let servers = servers::read(&mut fields, &mut draft.log);
    tables(&mut fields, servers, draft);
    fields.rest(&mut draft.log);
}

fn version(fields: &mut Fields<'_>, draft: &mut Draft) {
    fields.pass(&["kind"]);
    let place = fields.place("apiVersion");
    draft.out.standard_version = fields.text("apiVersion", &mut draft.log);
    let Some(version) = &draft.out.standard_version else { return };
    let mut numbers = version.trim_start_matches(['v', 'V']).split('.').map(|part| part.parse::<u32>().ok());
    let known = matches!((numbers.next().flatten(), numbers.next().flatten()), (Some(3), Some(0..=2) | None));
    if !known {
        let version = version.clone();
        draft.log.tell(NoteCode::NewerVersion, place, version);
    }
}

fn tables(fields: &mut Fields<'_>, servers: Vec<servers::File>, draft: &mut Draft) {
    if fields.take("schema").is_none() {
        draft.log.note(NoteCode::NoTable, fields.place("schema"));
    }
    let mut tables = Vec::new();
    let mut others = Vec::new();
    for spot in fields.some("schema", MAX_TABLES, &mut draft.log) {
        let Some((table, names)) = table(&spot, tables.len(), draft) else { continue };
        tables.push(table);
        others.push(names);
    }
    servers::spread(servers, &mut tables, &mut draft.log);
    for (table, names) in tables.into_iter().zip(others) {
        draft.add_table(table, &names);
    }
}

/// A table with the other names by which references may call it.
fn table(spot: &Spot<'_>, number: usize, draft: &mut Draft) -> Option<(DescribedTable, [Option<String>; 2])> {
    let log = &mut draft.log;
    let mut fields = spot.fields(log)?;
    fields.pass(&["logicalType", "physicalType"]);
    let mut table = DescribedTable::default();
    let physical = fields.text("physicalName", log);
    table.name = fields.text("name", log).or_else(|| physical.clone());
    table.title = fields.text("businessName", log);
    table.summary = fields.text("description", log);
    let id = fields.text("id", log);
    if table.name.is_none() {
        log.note(NoteCode::NoName, spot.at.as_str());
    }
    let columns = property::properties(fields.some("properties", MAX_COLUMNS, log), number, draft);
    table.columns = columns;
    quality::of_table(&mut fields, &mut table, number, draft);
    references::of_table(&mut fields, number, draft);
    extras::custom(&mut fields, &mut draft.log, |_, _| false);
    fields.pass_unset(&["tags", "authoritativeDefinitions"]);
    fields.rest(&mut draft.log);
    Some((table, [physical, id]))
}
