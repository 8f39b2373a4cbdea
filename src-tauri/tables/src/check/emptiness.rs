//! Empty cells where there should be none, columns without any value, columns of one value.

use larder_model::{Certainty, Finding, FindingCode, FixAction};

use super::{Look, from_one};

/// A column that may be empty is full but for a few: below this share.
const FEW: f64 = 0.2;

pub(super) fn find(look: &Look) -> Option<Finding> {
    if look.empty == 0 {
        return None;
    }
    let must_be_full = look.label.is_some_and(|column| column.key || column.required);
    if look.filled() == 0 && !must_be_full {
        let mut finding = Finding::new(FindingCode::EmptyColumn, Certainty::Notice)
            .with("column", look.name())
            .on(&look.column.id)
            .fix(FixAction::LeaveOutColumn)
            .fix(FixAction::Accept);
        finding.count = look.table.rows();
        return Some(finding);
    }
    if !must_be_full && look.empty as f64 >= FEW * look.table.rows() as f64 {
        return None;
    }
    let finding = Finding::new(FindingCode::EmptyCells, Certainty::Notice)
        .with("column", look.name())
        .on(&look.column.id)
        .at(from_one(&rows(look)))
        .fix(FixAction::LeaveOutRows);
    let finding = if look.filled() == 0 { finding.fix(FixAction::LeaveOutColumn) } else { finding };
    Some(finding.fix(FixAction::Accept))
}

/// Rows (from 0) with an empty cell.
pub(crate) fn rows(look: &Look) -> Vec<u64> {
    look.rows_where(|values, row| !values.is_filled(row))
}

/// The same value in every row, at least two of them.
pub(super) fn find_constant(look: &Look) -> Option<Finding> {
    if look.empty > 0 || look.table.rows() < 2 {
        return None;
    }
    let first = look.text(0);
    let mut cell = String::new();
    let is_constant = look.table.values(look.place).all(|(_, values)| {
        (0..values.len()).all(|row| match values.str(row) {
            Some(text) => text == first,
            None => {
                cell.clear();
                values.push_text(row, &mut cell);
                cell == first
            }
        })
    });
    if !is_constant {
        return None;
    }
    let mut finding = Finding::new(FindingCode::ConstantColumn, Certainty::Sure)
        .with("column", look.name())
        .with("value", first)
        .on(&look.column.id);
    finding.count = look.table.rows();
    Some(finding)
}
