//! Levels that moved, values that came and went, the calendar's range, cells that are empty now.

use std::collections::HashSet;

use larder_model::{Change, Kind, Label};

use super::{Pair, name};
use crate::fold::folded_order;
use crate::{Table, distinct_values, text};

/// A level that moved by this many percent is told.
const LEVEL_PERCENT: f64 = 10.0;
const LEVELS: usize = 3;
/// A column of more different values is not one of few.
const FEW: usize = 200;
/// Different values looked at afterwards.
const LOOKED_AT: usize = 20_000;
const NAMED: usize = 5;
const VALUE_SENTENCES: usize = 4;
/// Emptier by this share of the rows is told.
const EMPTIER: f64 = 0.01;
const EMPTIER_SENTENCES: usize = 2;

pub(super) fn changes(before: &Table, after: &Table, label: &Label, pairs: &[Pair]) -> Vec<Change> {
    if after.rows() == 0 {
        return Vec::new();
    }
    let mut changes: Vec<Change> = range(before, after, label, pairs).into_iter().collect();
    changes.extend(levels(before, after, label, pairs));
    let came_and_went = pairs.iter().flat_map(|pair| values(before, after, label, *pair));
    changes.extend(came_and_went.take(VALUE_SENTENCES));
    changes.extend(pairs.iter().filter_map(|pair| emptier(before, after, label, *pair)).take(EMPTIER_SENTENCES));
    changes
}

/// First and last of the first column of days or moments, where either moved.
fn range(before: &Table, after: &Table, label: &Label, pairs: &[Pair]) -> Option<Change> {
    let is_dated = |pair: &&Pair| matches!(after.columns()[pair.after].kind, Kind::Date | Kind::DateTime);
    let pair = pairs.iter().find(is_dated)?;
    let kind = after.columns()[pair.after].kind;
    let now = ends(after, pair.after)?;
    if before.columns()[pair.before].kind == kind && ends(before, pair.before) == Some(now) {
        return None;
    }
    let write = |value: i64| match kind {
        Kind::Date => text::date_text(value as i32),
        _ => text::date_time_text(value),
    };
    Some(Change::Range { column: name(after, pair.after, label), from: write(now.0), to: write(now.1) })
}

fn ends(table: &Table, place: usize) -> Option<(i64, i64)> {
    let mut ends: Option<(i64, i64)> = None;
    for (_, values) in table.values(place) {
        for value in (0..values.len()).filter_map(|row| values.whole(row)) {
            ends = Some(ends.map_or((value, value), |(first, last)| (first.min(value), last.max(value))));
        }
    }
    ends
}

/// Means that moved, the largest move first.
fn levels(before: &Table, after: &Table, label: &Label, pairs: &[Pair]) -> Vec<Change> {
    let mut levels: Vec<(f64, Change)> = Vec::new();
    for pair in pairs {
        let both = before.columns()[pair.before].kind.is_numeric() && after.columns()[pair.after].kind.is_numeric();
        let means = (mean(before, pair.before), mean(after, pair.after));
        let (true, (Some(old), Some(new))) = (both, means) else {
            continue;
        };
        let percent = (new - old) / old.abs() * 100.0;
        if percent.is_finite() && percent.abs() >= LEVEL_PERCENT {
            let column = name(after, pair.after, label);
            levels.push((percent.abs(), Change::Level { column, before: old, after: new, percent }));
        }
    }
    levels.sort_by(|a, b| b.0.total_cmp(&a.0));
    levels.into_iter().take(LEVELS).map(|(_, change)| change).collect()
}

fn mean(table: &Table, place: usize) -> Option<f64> {
    let (mut mean, mut count) = (0.0, 0.0);
    for (_, values) in table.values(place) {
        for value in (0..values.len()).filter_map(|row| values.number(row)) {
            count += 1.0;
            // Step by step, so that no sum can be too large.
            mean += value / count - mean / count;
        }
    }
    (count > 0.0 && f64::is_finite(mean)).then_some(mean)
}

/// Values of a column of few that came or went. Texts of which none comes twice are no such column, unless they are codes
/// or make rows unique.
fn values(before: &Table, after: &Table, label: &Label, pair: Pair) -> Vec<Change> {
    let (old_column, new_column) = (&before.columns()[pair.before], &after.columns()[pair.after]);
    let both = old_column.kind.is_textual() && new_column.kind.is_textual() && new_column.kind != Kind::Email;
    if !both || before.rows() == 0 {
        return Vec::new();
    }
    let Some(old) = distinct_values(before, &old_column.id, FEW) else {
        return Vec::new();
    };
    let Some(new) = distinct_values(after, &new_column.id, LOOKED_AT) else {
        return Vec::new();
    };
    let names_things = new_column.kind == Kind::Code || label.column(&new_column.id).is_some_and(|column| column.key);
    if !names_things && old.len() as u64 == before.rows() && old.len() > 1 {
        return Vec::new();
    }
    let column = || name(after, pair.after, label);
    let mut changes = Vec::new();
    if let Some((values, count)) = missing(&new, &old) {
        changes.push(Change::ValuesNew { column: column(), values, count });
    }
    if let Some((values, count)) = missing(&old, &new) {
        changes.push(Change::ValuesGone { column: column(), values, count });
    }
    changes
}

/// The first few of `all` that are not in `known`, and how many.
fn missing(all: &HashSet<String>, known: &HashSet<String>) -> Option<(Vec<String>, u64)> {
    let mut values: Vec<&String> = all.difference(known).collect();
    values.sort_by(|a, b| folded_order(a, b));
    let count = values.len() as u64;
    (count > 0).then(|| (values.into_iter().take(NAMED).cloned().collect(), count))
}

fn emptier(before: &Table, after: &Table, label: &Label, pair: Pair) -> Option<Change> {
    let empty = |table: &Table, place: usize| -> u64 {
        table.values(place).map(|(_, values)| values.empty_count() as u64).sum()
    };
    let (old, new) = (empty(before, pair.before), empty(after, pair.after));
    let share = |empty: u64, table: &Table| empty as f64 / table.rows().max(1) as f64;
    let grew = share(new, after) - share(old, before) >= EMPTIER;
    (grew && new > old).then(|| Change::Emptier { column: name(after, pair.after, label), before: old, after: new })
}
