//! What columns hold, in figures and pictures. Every column is sorted or counted once, on all processors.

mod figures;
mod histogram;
mod words;

use larder_model::{ColumnProfile, Kind, Profile};

use crate::parallel::each;
use crate::{Table, Values};

/// The share of values below each quantile.
const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Most frequent values told.
const TOP: usize = 10;

/// The profile of a table, as [`Profile`] says it. Quantiles of numbers lie between the two nearest values where the share
/// falls between them (as spreadsheets' QUARTILE does); those of dates and times are values that occur.
pub fn profile(table: &Table) -> Profile {
    Profile { rows: table.rows(), columns: each(table.columns().len(), &|place| column(table, place)) }
}

fn column(table: &Table, place: usize) -> ColumnProfile {
    let column = &table.columns()[place];
    let empty: u64 = table.values(place).map(|(_, values)| values.empty_count() as u64).sum();
    let start = ColumnProfile { id: column.id.clone(), count: table.rows() - empty, empty, ..ColumnProfile::default() };
    match column.kind {
        Kind::Text | Kind::Code | Kind::Email | Kind::Place => words::fill(start, table, place),
        Kind::Number | Kind::Percent => figures::fill_numbers(start, table, place),
        _ => figures::fill_whole(start, table, place, column.kind, column.scale()),
    }
}

/// Every filled cell of a column, by what `pick` makes of it.
fn filled<'a, T>(table: &'a Table, place: usize, count: u64, pick: impl Fn(&Values<'a>, usize) -> Option<T>) -> Vec<T> {
    let mut all = Vec::with_capacity(count as usize);
    for (_, values) in table.values(place) {
        all.extend((0..values.len()).filter_map(|row| pick(&values, row)));
    }
    all
}

/// The most frequent values so far, most frequent first, then in order.
#[derive(Debug)]
struct Top<T> {
    best: Vec<(T, u64)>,
}

impl<T> Top<T> {
    fn new() -> Self {
        Top { best: Vec::with_capacity(TOP + 1) }
    }

    /// Takes a value and its count. `before` tells whether a value comes before another of the same count.
    fn add(&mut self, value: T, count: u64, before: impl Fn(&T, &T) -> bool) {
        let beats = |(other, others): &(T, u64)| count > *others || (count == *others && before(&value, other));
        if self.best.len() == TOP && !self.best.last().is_some_and(beats) {
            return;
        }
        let place = self.best.iter().position(beats).unwrap_or(self.best.len());
        self.best.insert(place, (value, count));
        self.best.truncate(TOP);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
