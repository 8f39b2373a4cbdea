//! Rows that should be unique and are not.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use larder_model::{Certainty, Finding, FindingCode, FixAction, Label};

use super::{from_one, shown_name};
use crate::Table;
use crate::rows::{RowColumn, Rows, all_columns};

pub(super) fn find(table: &Table, label: &Label) -> Vec<Finding> {
    let mut findings = Vec::new();
    let key = key_columns(table, label);
    let keys = key_rows(table, label);
    if let (Some(first), Some(key)) = (keys.first(), key) {
        let names: Vec<String> = key
            .iter()
            .map(|place| {
                let column = &table.columns()[*place];
                shown_name(column, label.column(&column.id))
            })
            .collect();
        let cells: Vec<String> = key.iter().filter_map(|place| table.cell(*first, *place)).collect();
        findings.push(
            Finding::new(FindingCode::DuplicateKeys, Certainty::Notice)
                .with("columns", names)
                .with("example", cells.join(", "))
                .at(from_one(&keys))
                .fix(FixAction::KeepFirst)
                .fix(FixAction::Accept),
        );
    }
    let rows = whole_rows(table, label);
    if !rows.is_empty() {
        findings.push(
            Finding::new(FindingCode::DuplicateRows, Certainty::Doubt)
                .at(from_one(&rows))
                .fix(FixAction::KeepFirst)
                .fix(FixAction::Accept),
        );
    }
    findings
}

/// Places of the columns that make each row unique; none where the label names none or one that is not in the table.
fn key_columns(table: &Table, label: &Label) -> Option<Vec<usize>> {
    let key = label.key();
    let places: Option<Vec<usize>> = key.iter().map(|id| table.column_index(id)).collect();
    places.filter(|places| !places.is_empty())
}

/// Rows (from 0) whose key, all of it filled, stands in an earlier row.
pub(crate) fn key_rows(table: &Table, label: &Label) -> Vec<u64> {
    let Some(places) = key_columns(table, label) else {
        return Vec::new();
    };
    let columns: Vec<RowColumn> = places.into_iter().map(|place| RowColumn { place, as_text: false }).collect();
    repeated(&Rows::default().of(table, &columns, true))
}

/// Rows (from 0) that are wholly the same as an earlier one, but for those whose key says so already.
pub(crate) fn whole_rows(table: &Table, label: &Label) -> Vec<u64> {
    let rows = repeated(&Rows::default().of(table, &all_columns(table), false));
    if rows.is_empty() || key_columns(table, label).is_none() {
        return rows;
    }
    let keys = key_rows(table, label);
    rows.into_iter().filter(|row| keys.binary_search(row).is_err()).collect()
}

/// Places of numbers that were there before; 0 stands for an empty row and never counts.
fn repeated(numbers: &[u128]) -> Vec<u64> {
    let mut seen: HashSet<u128, RandomState> = HashSet::with_capacity_and_hasher(numbers.len(), RandomState::default());
    (0u64..).zip(numbers).filter(|(_, number)| **number != 0 && !seen.insert(**number)).map(|(row, _)| row).collect()
}
