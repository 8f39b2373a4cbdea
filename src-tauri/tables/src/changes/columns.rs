//! Which columns are the same, came, went or have another name or kind.

use std::collections::HashSet;

use larder_model::{Change, Label};

use super::{Pair, name};
use crate::{Table, distinct_values};

/// Different values that are compared to tell whether two columns are the same.
const COMPARED: usize = 10_000;
/// Columns of other places are the same where they share so much of their values.
const ALIKE: f64 = 0.6;
/// Sentences about columns at most.
const MOST: usize = 5;

/// Which column became which.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub pairs: Vec<Pair>,
    /// Pairs among them whose ids differ.
    pub renamed: Vec<Pair>,
    pub gone: Vec<usize>,
    pub new: Vec<usize>,
}

pub(super) fn matched(before: &Table, after: &Table) -> Matched {
    let mut matched = Matched::default();
    for (place, column) in before.columns().iter().enumerate() {
        match after.column_index(&column.id) {
            Some(other) => matched.pairs.push(Pair { before: place, after: other }),
            None => matched.gone.push(place),
        }
    }
    matched.new =
        (0..after.columns().len()).filter(|place| before.column_index(&after.columns()[*place].id).is_none()).collect();
    matched.renamed = renamed(before, after, &matched.gone, &matched.new);
    for pair in &matched.renamed {
        matched.gone.retain(|place| *place != pair.before);
        matched.new.retain(|place| *place != pair.after);
    }
    matched.pairs.extend(matched.renamed.iter().copied());
    matched.pairs.sort_by_key(|pair| pair.after);
    matched
}

/// The same place in a table of as many columns, or much the same values; always the same kind.
fn renamed(before: &Table, after: &Table, gone: &[usize], new: &[usize]) -> Vec<Pair> {
    let mut left: Vec<usize> = new.to_vec();
    let mut pairs = Vec::new();
    let as_many = before.columns().len() == after.columns().len();
    for place in gone {
        let kind = before.columns()[*place].kind;
        let fits = |other: &usize| after.columns()[*other].kind == kind;
        let same_place = left.iter().copied().find(|other| as_many && other == place && fits(other));
        let found = same_place.or_else(|| most_alike(before, *place, after, left.iter().copied().filter(|o| fits(o))));
        if let Some(other) = found {
            left.retain(|candidate| *candidate != other);
            pairs.push(Pair { before: *place, after: other });
        }
    }
    pairs
}

fn most_alike(before: &Table, place: usize, after: &Table, others: impl Iterator<Item = usize>) -> Option<usize> {
    let mine = distinct_values(before, &before.columns()[place].id, COMPARED)?;
    let scored = others.filter_map(|other| {
        let theirs = distinct_values(after, &after.columns()[other].id, COMPARED)?;
        let likeness = likeness(&mine, &theirs);
        (likeness >= ALIKE).then_some((other, likeness))
    });
    scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(other, _)| other)
}

/// The shared part of the smaller set. Yes and no are in every such column and say nothing.
fn likeness(one: &HashSet<String>, two: &HashSet<String>) -> f64 {
    let smaller = one.len().min(two.len());
    if smaller < 3 { 0.0 } else { one.intersection(two).count() as f64 / smaller as f64 }
}

pub(super) fn changes(before: &Table, after: &Table, label: &Label, matched: &Matched) -> Vec<Change> {
    let mut changes: Vec<Change> =
        matched.gone.iter().map(|place| Change::ColumnGone { column: name(before, *place, label) }).collect();
    let kinds = matched.pairs.iter().filter_map(|pair| {
        let (old, new) = (before.columns()[pair.before].kind, after.columns()[pair.after].kind);
        let change = Change::KindChanged { column: name(after, pair.after, label), before: old, after: new };
        (old != new).then_some(change)
    });
    changes.extend(kinds);
    let names = matched.pairs.iter().filter_map(|pair| {
        let (old, new) = (&before.columns()[pair.before], &after.columns()[pair.after]);
        let is_renamed = old.name != new.name;
        is_renamed.then(|| Change::ColumnRenamed { before: old.name.clone(), after: new.name.clone() })
    });
    changes.extend(names);
    changes.extend(matched.new.iter().map(|place| Change::ColumnNew { column: name(after, *place, label) }));
    changes.truncate(MOST);
    changes
}
