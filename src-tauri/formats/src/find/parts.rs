//! Runs of rows without a blank one between them, cut where an empty column parts two tables side by side.

use std::ops::Range;

use super::header::{self, Area};
use super::shapes::{Shape, Shapes};
use crate::raw::Raw;

/// Rows looked at before a gap is proven over all of them.
const SAMPLE: u64 = 500;

/// Runs of rows with anything in them.
pub(crate) fn runs(shapes: &Shapes) -> Vec<Range<u64>> {
    let mut runs = Vec::new();
    let mut start = 0;
    let blank = shapes.like(0..shapes.len(), &Shape::is_blank);
    for row in blank.into_iter().chain([shapes.len()]) {
        if start < row {
            runs.push(start..row);
        }
        start = row + 1;
    }
    runs
}

/// The tables side by side in a run; one where there is one.
pub(crate) fn parts(raw: &Raw, shapes: &Shapes, rows: Range<u64>) -> Vec<Area> {
    let all = shapes.widest(&rows);
    let whole = Area { rows: rows.clone(), columns: usize::from(all.first)..usize::from(all.end) };
    if usize::from(all.filled) == whole.width() {
        return vec![whole];
    }
    let groups = groups(raw, &rows, &whole.columns);
    if groups.len() < 2 {
        return vec![whole];
    }
    let areas: Vec<Area> =
        groups.into_iter().map(|columns| Area { rows: trimmed(raw, &rows, &columns), columns }).collect();
    join(raw, shapes, areas)
}

/// Runs of columns with anything in them.
fn groups(raw: &Raw, rows: &Range<u64>, columns: &Range<usize>) -> Vec<Range<usize>> {
    let mut used = vec![false; columns.end];
    let mut mark = |rows: Range<u64>| {
        for row in rows {
            for (column, cell) in raw.row(row).cells().enumerate().take(columns.end) {
                if !used[column] && !cell.is_blank() {
                    used[column] = true;
                }
            }
        }
        used[columns.clone()].iter().all(|u| *u)
    };
    let sampled = rows.start..rows.end.min(rows.start + SAMPLE);
    if !mark(sampled.clone()) {
        mark(sampled.end..rows.end);
    }
    let mut groups: Vec<Range<usize>> = Vec::new();
    for column in columns.clone().filter(|column| used[*column]) {
        match groups.last_mut() {
            Some(group) if group.end == column => group.end += 1,
            _ => groups.push(column..column + 1),
        }
    }
    groups
}

/// The rows in which these columns have anything.
fn trimmed(raw: &Raw, rows: &Range<u64>, columns: &Range<usize>) -> Range<u64> {
    let any = |row: &u64| header::filled(raw, *row, columns) > 0;
    let start = rows.clone().find(any).unwrap_or(rows.start);
    let end = rows.clone().rev().find(any).map_or(rows.end, |row| row + 1);
    start..end
}

/// Puts back together what an empty column does not part: single columns, and halves of one table.
fn join(raw: &Raw, shapes: &Shapes, areas: Vec<Area>) -> Vec<Area> {
    let mut out: Vec<Area> = Vec::new();
    for area in areas {
        match out.last_mut() {
            Some(left) if !stand_apart(raw, shapes, left, &area) => {
                left.columns.end = area.columns.end;
                left.rows = left.rows.start.min(area.rows.start)..left.rows.end.max(area.rows.end);
            }
            _ => out.push(area),
        }
    }
    out
}

/// Two tables rather than one with an empty column: names that repeat, or ends that differ.
fn stand_apart(raw: &Raw, shapes: &Shapes, left: &Area, right: &Area) -> bool {
    let few = || {
        let cells: usize = right.rows.clone().take(200).map(|row| header::filled(raw, row, &right.columns)).sum();
        cells * 3 <= left.rows.clone().take(200).count()
    };
    if left.width() >= 2 && right.columns.start >= left.columns.end + 2 && (right.width() == 1 || few()) {
        // Remarks far to the right, with no name where the others have theirs.
        let header = header::find(raw, shapes, left);
        let no_names = |names: &u64| header::filled(raw, *names, &right.columns) == 0;
        let apart = header.rows.last().is_some_and(no_names);
        if apart || right.width() == 1 {
            return apart;
        }
    }
    if left.width() < 2 || right.width() < 2 {
        return false;
    }
    let (of_left, of_right) = (header::find(raw, shapes, left), header::find(raw, shapes, right));
    if of_left.rows.is_empty() || of_right.rows.is_empty() {
        return false;
    }
    if of_left.rows.last() != of_right.rows.last() && of_right.score > 0.3 {
        return true;
    }
    let names = |header: &header::Header, area: &Area| -> Vec<String> {
        header::names(raw, header, &area.columns).into_iter().map(|name| name.to_lowercase()).collect()
    };
    let (left_names, right_names) = (names(&of_left, left), names(&of_right, right));
    let repeated = right_names.iter().filter(|name| !name.is_empty() && left_names.contains(name)).count();
    if repeated * 2 >= right_names.len() {
        return true;
    }
    let full = |area: &Area| {
        let rows = area.rows.clone().take(200);
        let cells: usize = rows.clone().map(|row| header::filled(raw, row, &area.columns)).sum();
        cells * 10 >= rows.count() * area.width() * 7
    };
    left.rows.end != right.rows.end && full(left) && full(right)
}
