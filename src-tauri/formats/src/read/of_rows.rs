//! What is said about rows: those that are left out, those that appear twice, those that are too long.

use larder_model::{Certainty, Choice, Finding, FindingCode, LeftOutReason};

use super::columns::Column;
use super::{Chosen, Scans};
use crate::find::body::Plan;
use crate::open::Book;

/// Rows that get a choice of their own beside them.
const ROWS_WITH_CHOICE: usize = 5;

pub(crate) fn findings(
    book: &Book,
    plan: &Plan,
    _scans: &Scans,
    columns: &[Column],
    chosen: &Chosen<'_>,
    copies: &[u64],
) -> Vec<Finding> {
    [
        totals(plan),
        repeated(plan),
        units(book, plan),
        notes(book, plan),
        duplicates(plan, chosen, copies),
        ragged(plan, columns),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn totals(plan: &Plan) -> Option<Finding> {
    let rows: Vec<u64> = plan.rows_left_out(LeftOutReason::Total).map(|row| row + 1).collect();
    if rows.is_empty() {
        return None;
    }
    let proven = plan
        .totals
        .iter()
        .filter(|total| plan.left_out[total.row as usize] == Some(LeftOutReason::Total))
        .all(|total| total.proven);
    let certainty = if proven { Certainty::Sure } else { Certainty::Notice };
    let last = plan.kept().last().is_none_or(|kept| rows.iter().all(|row| *row > kept + 1));
    Some(
        Finding::new(FindingCode::TotalsLeftOut, certainty)
            .with("rows", rows.len())
            .with("at_end", if last { "yes" } else { "no" })
            .at(rows)
            .or(Choice::Totals { keep: true }),
    )
}

fn repeated(plan: &Plan) -> Option<Finding> {
    left_out(plan, FindingCode::RepeatedHeader, &[LeftOutReason::RepeatedHeader])
}

fn units(book: &Book, plan: &Plan) -> Option<Finding> {
    let finding = left_out(plan, FindingCode::UnitsLeftOut, &[LeftOutReason::Units])?;
    let example = finding.rows.first().map_or(String::new(), |row| super::of_sheet::line(book, row - 1));
    Some(finding.with("example", larder_model::display_text(&example, 120)))
}

fn notes(book: &Book, plan: &Plan) -> Option<Finding> {
    let finding =
        left_out(plan, FindingCode::NotesLeftOut, &[LeftOutReason::Title, LeftOutReason::Note, LeftOutReason::Rule])?;
    let example = finding.rows.first().map_or(String::new(), |row| super::of_sheet::line(book, row - 1));
    Some(finding.with("example", larder_model::display_text(&example, 120)))
}

/// Rows left out for these reasons, each of the first with the choice to keep it.
fn left_out(plan: &Plan, code: FindingCode, reasons: &[LeftOutReason]) -> Option<Finding> {
    let mut rows: Vec<u64> = reasons.iter().flat_map(|reason| plan.rows_left_out(*reason)).map(|row| row + 1).collect();
    if rows.is_empty() {
        return None;
    }
    rows.sort_unstable();
    let mut finding = Finding::new(code, Certainty::Sure).with("rows", rows.len());
    for row in rows.iter().rev().take(ROWS_WITH_CHOICE) {
        finding = finding.or(Choice::Row { row: *row, keep: true });
    }
    Some(finding.at(rows))
}

fn duplicates(plan: &Plan, chosen: &Chosen<'_>, copies: &[u64]) -> Option<Finding> {
    if copies.is_empty() {
        return None;
    }
    let keep = chosen.last(|c| match c {
        Choice::Duplicates { keep } => Some(*keep),
        _ => None,
    });
    let left = plan.rows_left_out(LeftOutReason::Duplicate).count();
    Some(
        Finding::new(FindingCode::DuplicateRows, Certainty::Notice)
            .with("left_out", left)
            .at(copies.iter().map(|row| row + 1))
            .or(Choice::Duplicates { keep: keep == Some(false) }),
    )
}

fn ragged(plan: &Plan, columns: &[Column]) -> Option<Finding> {
    let (row, cells) = plan.ragged.first().copied()?;
    let mut finding = Finding::new(FindingCode::RaggedRows, Certainty::Notice)
        .with("row", row + 1)
        .with("cells", cells)
        .with("columns", columns.len())
        .at(plan.ragged.iter().map(|(row, _)| row + 1));
    for (row, _) in plan.ragged.iter().take(ROWS_WITH_CHOICE) {
        finding = finding.or(Choice::Row { row: row + 1, keep: false });
    }
    finding.count = plan.ragged_count;
    Some(finding)
}
