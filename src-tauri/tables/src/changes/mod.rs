//! What changed from one table to the next, in sentences, the most important first.

mod columns;
mod only;
mod rows;
mod values;

use larder_model::{Change, Label};

use crate::Table;

pub use only::only_in;

/// Sentences at most.
const MOST: usize = 12;

/// A column of both tables, by its places in them.
#[derive(Debug, Clone, Copy)]
struct Pair {
    before: usize,
    after: usize,
}

/// What changed: rows, then columns, then values. Rows are told apart by what makes each unique where the label says so
/// and both tables have those columns, else as a whole. [`Change::Nothing`] alone where nothing is different.
pub fn changes(before: &Table, after: &Table, label: &Label) -> Vec<Change> {
    let matched = columns::matched(before, after);
    let mut changes = rows::changes(before, after, label, &matched.pairs);
    changes.extend(columns::changes(before, after, label, &matched));
    changes.extend(values::changes(before, after, label, &matched.pairs));
    changes.truncate(MOST);
    if changes.is_empty() {
        changes.push(Change::Nothing);
    }
    changes
}

/// The column's name as people read it on the label, else in the table.
fn name(table: &Table, place: usize, label: &Label) -> String {
    let column = &table.columns()[place];
    let told = label.column(&column.id).map(|column| &column.name).filter(|name| !name.trim().is_empty());
    told.unwrap_or(&column.name).clone()
}

#[cfg(test)]
mod tests;
