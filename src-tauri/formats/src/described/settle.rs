//! Brings keys and references to the columns, under the names that stand in the data files.

use std::collections::{HashMap, HashSet};

use crate::described::draft::{Draft, KeyDraft, LinkDraft};
use crate::described::model::{Described, DescribedTable, Key, LookUp, Reference};
use crate::described::note::{Log, NoteCode};

/// The columns of every table: what the description calls them, and where they are.
struct Index(Vec<HashMap<String, usize>>);

impl Index {
    fn of(tables: &[DescribedTable]) -> Self {
        Self(tables.iter().map(columns_of).collect())
    }

    fn find(&self, table: usize, name: &str) -> Option<usize> {
        self.0.get(table)?.get(name).copied()
    }
}

/// By the description's own name first, then by header, then by other names.
fn columns_of(table: &DescribedTable) -> HashMap<String, usize> {
    let mut columns = HashMap::new();
    let numbered = || table.columns.iter().enumerate();
    let ids = numbered().map(|(number, column)| (&column.id, number));
    let names = numbered().map(|(number, column)| (&column.name, number));
    let others = numbered().flat_map(|(number, column)| column.also_called.iter().map(move |name| (name, number)));
    for (name, number) in ids.chain(names).chain(others) {
        columns.entry(name.clone()).or_insert(number);
    }
    columns
}

/// Finishes a description.
pub(crate) fn settle(mut draft: Draft) -> Described {
    let index = Index::of(&draft.out.tables);
    for key in std::mem::take(&mut draft.keys) {
        settle_key(&mut draft, &index, key);
    }
    for link in std::mem::take(&mut draft.links) {
        settle_link(&mut draft, &index, link);
    }
    let mut out = draft.out;
    out.tables.iter_mut().for_each(finish);
    tidy_keywords(&mut out.keywords);
    out.notes = draft.log.finish();
    out
}

/// The numbers and headers of columns; `None`, and a note, when one is not there.
fn resolve(
    tables: &[DescribedTable],
    index: &Index,
    table: usize,
    names: &[String],
    at: &str,
    log: &mut Log,
) -> Option<Vec<(usize, String)>> {
    let columns = &tables.get(table)?.columns;
    let find = |name: &String| {
        let number = index.find(table, name).ok_or_else(|| name.clone())?;
        columns.get(number).map(|column| (number, column.name.clone())).ok_or_else(|| name.clone())
    };
    let found: Result<Vec<_>, String> = names.iter().map(find).collect();
    match found {
        Ok(found) if !found.is_empty() => Some(found),
        Ok(_) => {
            log.note(NoteCode::BadReference, at);
            None
        }
        Err(name) => {
            log.tell(NoteCode::BadReference, at, name);
            None
        }
    }
}

fn settle_key(draft: &mut Draft, index: &Index, key: KeyDraft) {
    let found = resolve(&draft.out.tables, index, key.table, &key.columns, &key.at, &mut draft.log);
    let (Some(found), Some(table)) = (found, draft.out.tables.get_mut(key.table)) else { return };
    for (part, (number, _)) in (1..).zip(&found) {
        let Some(column) = table.columns.get_mut(*number) else { continue };
        if key.primary {
            column.key_part = Some(part);
        }
        column.unique |= found.len() == 1;
    }
    let columns = found.into_iter().map(|(_, name)| name).collect();
    table.keys.push(Key { primary: key.primary, columns });
}

fn settle_link(draft: &mut Draft, index: &Index, link: LinkDraft) {
    let target = match &link.target {
        None => Some(link.table),
        Some(name) => draft.table_of(name),
    };
    let Some(target) = target else {
        let name = link.target.as_deref().unwrap_or_default();
        return draft.log.tell(NoteCode::BadReference, link.at, name);
    };
    let tables = &draft.out.tables;
    let Some(from) = resolve(tables, index, link.table, &link.columns, &link.at, &mut draft.log) else { return };
    let is_open = tables.get(target).is_none_or(|table| table.columns.is_empty());
    let to: Option<Vec<String>> = if is_open {
        Some(link.target_columns)
    } else {
        let found = resolve(tables, index, target, &link.target_columns, &link.at, &mut draft.log);
        found.map(|found| found.into_iter().map(|(_, name)| name).collect())
    };
    let Some(to) = to else { return };
    if to.len() != from.len() {
        return draft.log.note(NoteCode::BadReference, link.at);
    }
    let name = (target != link.table).then(|| tables.get(target).and_then(name_of)).flatten();
    store(draft, link.table, from, name, to);
}

fn store(draft: &mut Draft, table: usize, from: Vec<(usize, String)>, target: Option<String>, to: Vec<String>) {
    let Some(table) = draft.out.tables.get_mut(table) else { return };
    if let ([(number, _)], [column]) = (from.as_slice(), to.as_slice())
        && let Some(from) = table.columns.get_mut(*number)
    {
        from.looks_up.get_or_insert(LookUp { table: target.clone(), column: column.clone() });
    }
    let columns = from.into_iter().map(|(_, name)| name).collect();
    table.references.push(Reference { columns, table: target, target_columns: to });
}

fn name_of(table: &DescribedTable) -> Option<String> {
    table.name.clone().or_else(|| table.paths.first().cloned())
}

/// What all number columns share becomes the table's; titles that only repeat the name go.
fn finish(table: &mut DescribedTable) {
    let marks: HashSet<char> = table.columns.iter().filter_map(|column| column.kind.as_ref()?.decimal_mark).collect();
    if marks.len() == 1 && table.dialect.decimal_mark.is_none() {
        table.dialect.decimal_mark = marks.into_iter().next();
    }
    for column in &mut table.columns {
        let name = column.name.clone();
        column.title.take_if(|title| *title == name);
        let mut seen = HashSet::from([name]);
        column.also_called.retain(|other| !other.is_empty() && seen.insert(other.clone()));
    }
}

fn tidy_keywords(keywords: &mut Vec<String>) {
    let mut seen = HashSet::new();
    keywords.retain(|word| seen.insert(word.to_lowercase()));
}
