//! From a draft to the rows of its release: read, joined with the release before where rows are added, checked, repaired.

use std::collections::HashSet;
use std::sync::Arc;

use larder_catalog::DraftRow;
use larder_model::{Column, Fix, FixAction, Label, Reading, Refusal, RefusalCode};
use larder_tables::{Reference, Table, TableColumn, TableFile};

use crate::drafts::{self, Checked, CheckedFor, OpenDraft};
use crate::joined::{self, JoinedRead};
use crate::larder::Rooms;
use crate::wire::DraftMode;
use crate::{Larder, cards, taken_over};

/// Look-ups into columns of more values than this are not checked: they are not lists that people keep.
const REFERENCE_VALUES: usize = 200_000;

/// The draft's label with the columns of its reading: what the file says about kinds, what the person said about meaning.
fn label_of(row: &DraftRow, reading: &Reading, joined: &[JoinedRead]) -> Label {
    let mut label = row.label.clone();
    let columns = reading.columns.iter().filter(|c| c.keep).map(|read| {
        let said = label.column(&read.id);
        let example = read.examples.iter().find(|e| !e.is_empty()).cloned();
        match said {
            Some(said) => Column {
                kind: read.kind,
                currency: read.currency.clone().or_else(|| said.currency.clone()),
                decimals: read.decimals.or(said.decimals),
                example: example.or_else(|| said.example.clone()),
                ..said.clone()
            },
            None => Column {
                id: read.id.clone(),
                name: read.name.clone(),
                kind: read.kind,
                meaning: String::new(),
                unit: read.unit.clone(),
                currency: read.currency.clone(),
                decimals: read.decimals,
                example,
                key: false,
                required: false,
                personal: false,
                looks_up: None,
            },
        }
    });
    let mut columns: Vec<Column> = columns.collect();
    for column in joined.iter().filter_map(|other| other.table.as_ref().ok()).flat_map(|table| table.columns()) {
        if !columns.iter().any(|known| known.id == column.id) {
            columns.push(label.column(&column.id).cloned().unwrap_or_else(|| of_table(column)));
        }
    }
    if drafts::mode(row) == DraftMode::Append {
        // Columns of the release before that this file lacks stay in the table, empty for the new rows.
        let missing: Vec<Column> =
            label.columns.iter().filter(|c| !columns.iter().any(|n| n.id == c.id)).cloned().collect();
        columns.extend(missing);
    }
    label.columns = columns;
    label
}

/// A column that only a further file has.
fn of_table(column: &TableColumn) -> Column {
    Column {
        id: column.id.clone(),
        name: column.name.clone(),
        kind: column.kind,
        meaning: String::new(),
        unit: column.unit.clone(),
        currency: column.currency.clone(),
        decimals: column.decimals,
        example: None,
        key: false,
        required: false,
        personal: false,
        looks_up: None,
    }
}

/// The table that the draft makes, checked and repaired. Made once for each set of choices, repairs and mode.
pub fn checked(
    larder: &Larder,
    rooms: &Rooms,
    row: &DraftRow,
    open: &OpenDraft,
) -> Result<(Label, Arc<Checked>), Refusal> {
    let choices = taken_over::said(row).into_owned();
    let reading =
        open.reading(&choices).ok_or_else(|| Refusal::new(RefusalCode::Busy).with("what", row.file_name.as_str()))?;
    let others = joined::read_all(open, &choices, &reading);
    let mut label = label_of(row, &reading, &others);
    let made_for = CheckedFor {
        choices,
        fixes: row.fixes.clone(),
        columns: label.columns.iter().map(|c| (c.id.clone(), c.key, c.required, c.looks_up.clone())).collect(),
        mode: (drafts::mode(row), drafts::extra(row).based_on),
        joined: others.iter().map(|other| other.file.draft.clone()).collect(),
    };
    if let Some(checked) = open.checked(&made_for) {
        show_examples(&mut label, &checked.whole);
        return Ok((label, checked));
    }
    let whole = joined::appended(open.table(&reading)?, &others)?;
    let whole = match (drafts::mode(row), before(rooms, row)?) {
        (DraftMode::Append, Some(before)) => Arc::new(larder_tables::append(&before, &whole)?),
        _ => whole,
    };
    let checked = Arc::new(check(larder, rooms, &label, whole, &row.fixes)?);
    open.set_checked(made_for, checked.clone());
    show_examples(&mut label, &checked.whole);
    Ok((label, checked))
}

/// The first value of each column as the table holds it, so that it is shown in the reader's own way of writing.
fn show_examples(label: &mut Label, table: &Table) {
    for column in &mut label.columns {
        let Some(place) = table.column_index(&column.id) else { continue };
        let first = (0..table.rows().min(50)).find_map(|row| table.cell(row, place));
        column.example = first.map(|text| larder_model::display_text(&text, 60)).or(column.example.take());
    }
}

/// The rows of the release that the draft goes on from.
pub fn before(rooms: &Rooms, row: &DraftRow) -> Result<Option<Arc<Table>>, Refusal> {
    let Some(product) = &row.product else {
        return Ok(None);
    };
    let Some(seen) = rooms.seen.release(product, None)? else {
        return Ok(None);
    };
    let Some(path) = cards::table_path(rooms, &seen) else {
        return Ok(None);
    };
    if !path.exists() {
        return Err(Refusal::new(RefusalCode::NotHereYet).with("title", seen.card.label.title));
    }
    Ok(Some(Arc::new(TableFile::open(&path)?.read()?)))
}

/// Checks a table and applies repairs; what they answer is told apart from what is left.
pub fn check(
    larder: &Larder,
    rooms: &Rooms,
    label: &Label,
    whole: Arc<Table>,
    fixes: &[Fix],
) -> Result<Checked, Refusal> {
    let known = references(rooms, label)?;
    let references: Vec<Reference<'_>> =
        known.iter().map(|(column, title, values)| Reference { column, title, values }).collect();
    let today = larder.host.now().date();
    let found = larder_tables::check(&whole, label, today, &references);
    let answered = |f: &larder_model::Finding| fixes.iter().any(|fix| fix.code == f.code && fix.column == f.column);
    let (fixed, mut findings): (Vec<_>, Vec<_>) = found.into_iter().partition(answered);
    let repairs: Vec<Fix> = fixes.iter().filter(|f| f.action != FixAction::Accept).cloned().collect();
    let table = if repairs.is_empty() {
        whole.clone()
    } else {
        Arc::new(larder_tables::apply_fixes(&whole, label, &fixed, &repairs))
    };
    findings.sort_by_key(|f| std::cmp::Reverse(f.count));
    let profile = larder_tables::profile(&table);
    Ok(Checked { whole, table, findings, fixed, profile, slow_offers: std::sync::OnceLock::new() })
}

/// Values that the label's look-ups point at, of data products whose rows are here.
fn references(rooms: &Rooms, label: &Label) -> Result<Vec<(String, String, HashSet<String>)>, Refusal> {
    let mut known = Vec::new();
    for column in &label.columns {
        let Some(look) = &column.looks_up else {
            continue;
        };
        let Some(id) = larder_model::ProductId::parse(&look.product) else {
            continue;
        };
        let Some(seen) = rooms.seen.release(&id, None)? else {
            continue;
        };
        let Some(path) = cards::table_path(rooms, &seen).filter(|p| p.exists()) else {
            continue;
        };
        let table = TableFile::open(&path)?.read()?;
        if let Some(values) = larder_tables::distinct_values(&table, &look.column, REFERENCE_VALUES) {
            known.push((column.id.clone(), seen.card.label.title.clone(), values));
        }
    }
    Ok(known)
}

/// The label's columns as a table has them.
pub fn table_columns(label: &Label) -> Vec<TableColumn> {
    label
        .columns
        .iter()
        .map(|c| TableColumn {
            id: c.id.clone(),
            name: c.name.clone(),
            kind: c.kind,
            currency: c.currency.clone(),
            unit: c.unit.clone(),
            decimals: c.decimals,
        })
        .collect()
}

/// The repaired table with exactly the columns of the label, named as the label names them.
pub fn final_table(label: &mut Label, checked: &Checked) -> Table {
    let there: HashSet<&str> = checked.table.columns().iter().map(|c| c.id.as_str()).collect();
    label.columns.retain(|c| there.contains(c.id.as_str()));
    let ids: Vec<String> = label.columns.iter().map(|c| c.id.clone()).collect();
    let table = checked.table.keep_columns(&ids);
    // Kinds may have widened where rows were added (whole numbers to numbers): the table knows best.
    let described = table.columns().iter().zip(table_columns(label)).map(|(has, said)| TableColumn {
        kind: has.kind,
        decimals: has.decimals,
        currency: said.currency.or_else(|| has.currency.clone()),
        ..said
    });
    let described: Vec<TableColumn> = described.collect();
    for (column, has) in label.columns.iter_mut().zip(&described) {
        column.kind = has.kind;
        column.decimals = has.decimals;
    }
    table.with_columns(described)
}
