//! Values that their look-up does not know.

use std::collections::HashSet;

use larder_model::{Certainty, Finding, FindingCode, FixAction, Param};

use super::{Look, Reference, from_one};

/// Unknown values kept with a finding, so that its fixes find all rows. With more there is nothing to repair by rows.
const KEPT: usize = 500;
const EXAMPLES: usize = 3;

pub(super) fn find(look: &Look, reference: &Reference) -> Option<Finding> {
    if reference.column != look.column.id {
        return None;
    }
    let mut unknown: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let rows = rows_where_text(look, |text| {
        if reference.values.contains(text) {
            return false;
        }
        if seen.len() <= KEPT && !seen.contains(text) {
            seen.insert(text.to_owned());
            unknown.push(text.to_owned());
        }
        true
    });
    if rows.is_empty() {
        return None;
    }
    let examples: Vec<String> = unknown.iter().take(EXAMPLES).cloned().collect();
    let finding = Finding::new(FindingCode::UnknownReference, Certainty::Notice)
        .with("column", look.name())
        .with("product", reference.title)
        .with("examples", examples)
        .on(&look.column.id)
        .at(from_one(&rows));
    let finding = match unknown.len() {
        0..=KEPT => finding.with("values", unknown).fix(FixAction::LeaveOutRows).fix(FixAction::MakeEmpty),
        _ => finding,
    };
    Some(finding.fix(FixAction::Accept))
}

/// Rows (from 0) that such a finding means.
pub(crate) fn rows(look: &Look, finding: &Finding) -> Vec<u64> {
    let Some(Param::List(unknown)) = finding.params.get("values") else {
        return Vec::new();
    };
    let unknown: HashSet<&str> = unknown.iter().map(String::as_str).collect();
    rows_where_text(look, |text| unknown.contains(text))
}

fn rows_where_text(look: &Look, mut holds: impl FnMut(&str) -> bool) -> Vec<u64> {
    let mut cell = String::new();
    look.rows_where(|values, row| match values.str(row) {
        Some(text) => holds(text),
        None => {
            cell.clear();
            values.push_text(row, &mut cell) && holds(&cell)
        }
    })
}
