//! Rows that came, went, or have other values.

use larder_model::{Change, Label};

use super::Pair;
use crate::Table;
use crate::parallel::each;
use crate::rows::{RowColumn, Rows};

/// A row: what it is told apart by, and all of its contents.
pub(super) type Told = (u128, u128);

pub(super) fn changes(before: &Table, after: &Table, label: &Label, pairs: &[Pair]) -> Vec<Change> {
    let [mut old, mut new] = told(before, after, label, pairs);
    old.sort_unstable();
    new.sort_unstable();
    compare(&old, &new)
}

/// The rows of both tables, in their order.
pub(super) fn told(before: &Table, after: &Table, label: &Label, pairs: &[Pair]) -> [Vec<Told>; 2] {
    let rows = Rows::default();
    let key = key_pairs(after, label, pairs);
    let told = each(2, &|side| {
        let (table, of): (&Table, fn(&Pair) -> usize) = match side {
            0 => (before, |pair| pair.before),
            _ => (after, |pair| pair.after),
        };
        let columns = |pairs: &[Pair]| -> Vec<RowColumn> {
            pairs.iter().map(|pair| RowColumn { place: of(pair), as_text: differs(before, after, pair) }).collect()
        };
        let contents = rows.of(table, &columns(pairs), false);
        match &key {
            // A row whose key is not filled is told apart as a whole.
            Some(key) => {
                let keys = rows.of(table, &columns(key), true);
                keys.into_iter().zip(contents).map(|(key, all)| (if key == 0 { all } else { key }, all)).collect()
            }
            None => contents.into_iter().map(|all| (all, all)).collect::<Vec<Told>>(),
        }
    });
    let mut told = told.into_iter();
    [told.next().unwrap_or_default(), told.next().unwrap_or_default()]
}

fn differs(before: &Table, after: &Table, pair: &Pair) -> bool {
    before.columns()[pair.before].data_type() != after.columns()[pair.after].data_type()
}

/// Walks over both sorted lists at once.
fn compare(before: &[Told], after: &[Told]) -> Vec<Change> {
    let (mut added, mut gone, mut changed) = (0u64, 0u64, 0u64);
    let (mut old, mut new) = (before, after);
    while let Some(key) = old.first().into_iter().chain(new.first()).map(|(key, _)| *key).min() {
        let (old_rows, old_rest) = old.split_at(old.iter().take_while(|(other, _)| *other == key).count());
        let (new_rows, new_rest) = new.split_at(new.iter().take_while(|(other, _)| *other == key).count());
        added += new_rows.len().saturating_sub(old_rows.len()) as u64;
        gone += old_rows.len().saturating_sub(new_rows.len()) as u64;
        if old_rows.len() == new_rows.len() {
            changed += old_rows.iter().zip(new_rows).filter(|(one, other)| one != other).count() as u64;
        }
        (old, new) = (old_rest, new_rest);
    }
    let mut changes = Vec::new();
    if before.len() != after.len() {
        changes.push(Change::Rows { before: before.len() as u64, after: after.len() as u64 });
    }
    // Where rows only came or only went, their number is told by the first sentence.
    let moved = added > 0 && gone > 0;
    if moved {
        changes.push(Change::RowsAdded { count: added });
    }
    if moved {
        changes.push(Change::RowsGone { count: gone });
    }
    if changed > 0 {
        changes.push(Change::RowsChanged { count: changed });
    }
    changes
}

/// The columns that make each row unique, where both tables have all of them.
fn key_pairs(after: &Table, label: &Label, pairs: &[Pair]) -> Option<Vec<Pair>> {
    let key = label.key();
    let found: Option<Vec<Pair>> =
        key.iter().map(|id| pairs.iter().find(|pair| after.columns()[pair.after].id == *id).copied()).collect();
    found.filter(|pairs| !pairs.is_empty())
}
