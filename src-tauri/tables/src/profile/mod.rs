//! What columns hold, in figures and pictures. Every column is counted once, on all processors.

mod figures;
mod histogram;
mod words;

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;
use larder_model::{ColumnProfile, Kind, Profile};

use crate::parallel::each;
use crate::sort::number_rank;
use crate::{Table, Values};

/// The share of values below each quantile.
const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Most frequent values told.
const TOP: usize = 10;
/// Different values that are counted as they come.
const COUNTED: usize = 200_000;

/// The profile of a table, as [`Profile`] says it. Quantiles of numbers lie between the two nearest values where the share
/// falls between them (as spreadsheets' QUARTILE does); those of dates and times are values that occur.
pub fn profile(table: &Table) -> Profile {
    // Those first whose cells are not shared: they take longest, and none should be left alone with one at the end.
    let own = |place: usize| table.values(place).filter(|(_, values)| !values.is_shared()).count();
    let mut order: Vec<usize> = (0..table.columns().len()).collect();
    order.sort_by_cached_key(|place| std::cmp::Reverse(own(*place)));
    let mut columns: Vec<(usize, ColumnProfile)> =
        order.iter().copied().zip(each(order.len(), &|at| column(table, order[at]))).collect();
    columns.sort_unstable_by_key(|(place, _)| *place);
    Profile { rows: table.rows(), columns: columns.into_iter().map(|(_, column)| column).collect() }
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

/// The different values of a column in order, each with how often it occurs.
#[derive(Debug)]
struct Counted<T> {
    /// A value, and how many cells hold it or one before it.
    runs: Vec<(T, u64)>,
}

/// Counts values as they come.
#[derive(Debug)]
struct Counter<T> {
    counts: HashMap<T, u64, RandomState>,
    /// The last value and how often it came in a row: whoever keeps a till by day has the same day a thousand times.
    last: Option<(T, u64)>,
    /// Values that hardly come again are sorted as they are: a count of each would take more room than all of them.
    lone: Vec<T>,
}

impl<T: Copy + Ord + Hash> Counter<T> {
    fn new() -> Counter<T> {
        Counter { counts: HashMap::default(), last: None, lone: Vec::new() }
    }

    #[inline]
    fn add(&mut self, value: T, count: u64) {
        match &mut self.last {
            Some((last, all)) if *last == value => *all += count,
            _ => self.add_other(value, count),
        }
    }

    #[inline]
    fn add_other(&mut self, value: T, count: u64) {
        if let Some((value, count)) = self.last.replace((value, count)) {
            match self.counts.len() > COUNTED {
                true => self.lone.extend(std::iter::repeat_n(value, count as usize)),
                false => *self.counts.entry(value).or_default() += count,
            }
        }
    }

    fn finish(mut self) -> Counted<T> {
        if let Some((value, count)) = self.last.take() {
            *self.counts.entry(value).or_default() += count;
        }
        self.lone.sort_unstable();
        let mut runs: Vec<(T, u64)> = self.lone.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64)).collect();
        drop(self.lone);
        runs.extend(self.counts);
        runs.sort_unstable_by_key(|(value, _)| *value);
        runs.dedup_by(|(value, count), (before, sum)| {
            let same = value == before;
            *sum += if same { *count } else { 0 };
            same
        });
        let mut sum = 0;
        for (_, count) in &mut runs {
            sum += *count;
            *count = sum;
        }
        Counted { runs }
    }
}

/// Values that can lie near each other.
const NEAR: usize = 1 << 17;
/// Rows from which on it is worth having a place for each of them.
const MANY: u64 = 1 << 16;

/// Whole numbers that lie near each other (days, prices, seconds of a day) are counted at places of their own: nothing has to be
/// looked up.
struct Near {
    /// The value of the first place.
    base: i64,
    counts: Vec<u64>,
}

impl Near {
    /// Room around a value.
    fn around(value: i64, unit: i64) -> Near {
        let base = value.saturating_sub(unit * (NEAR / 4) as i64);
        Near { base: base - base.rem_euclid(unit), counts: vec![0; NEAR] }
    }

    /// Counts a value so many times; false where it lies elsewhere.
    #[inline]
    fn add<const UNIT: i64>(&mut self, value: i64, times: u64) -> bool {
        let on = value.wrapping_sub(self.base) as u64;
        let (place, rest) = (on / UNIT as u64, on % UNIT as u64);
        match self.counts.get_mut(place as usize) {
            Some(count) if rest == 0 => {
                *count += times;
                true
            }
            _ => false,
        }
    }
}

/// Counts whole numbers, which are multiples of a unit as a rule.
struct Whole<const UNIT: i64> {
    near: Option<Near>,
    others: Counter<i64>,
}

impl<const UNIT: i64> Whole<UNIT> {
    #[inline]
    fn add(&mut self, value: i64, count: u64) {
        let is_near = self.near.as_mut().is_some_and(|near| near.add::<UNIT>(value, count));
        if !is_near {
            self.others.add(value, count);
        }
    }

    fn of(table: &Table, place: usize) -> Counted<i64> {
        let first = || {
            let first = |(_, values): (u64, Values<'_>)| (0..values.len()).find_map(|row| values.whole(row));
            table.values(place).find_map(first)
        };
        let near = if table.rows() < MANY { None } else { first().map(|value| Near::around(value, UNIT)) };
        let mut whole = Whole::<UNIT> { near, others: Counter::new() };
        let mut together = table.together(place);
        for (_, values) in table.values(place) {
            match values {
                Values::Integer(cells) => cells.counted(&mut together, |value, count| whole.add(value, count)),
                // 18 digits fit.
                Values::Money(cells, _) => {
                    cells.counted(&mut together, |value, count| whole.add(value.clamp(LEAST, MOST) as i64, count));
                }
                Values::Date(cells) => cells.counted(&mut together, |value, count| whole.add(value.into(), count)),
                Values::DateTime(cells) => cells.counted(&mut together, |value, count| whole.add(value, count)),
                Values::Time(cells) => cells.counted(&mut together, |value, count| whole.add(value, count)),
                Values::Duration(cells) => cells.counted(&mut together, |value, count| whole.add(value, count)),
                _ => (0..values.len()).filter_map(|row| values.whole(row)).for_each(|value| whole.others.add(value, 1)),
            }
        }
        let Whole { near, mut others } = whole;
        if let Some(near) = near {
            let counted = near.counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
            others.counts.extend(counted.map(|(place, count)| (near.base + place as i64 * UNIT, count)));
        }
        others.finish()
    }
}

impl Counted<u64> {
    /// The ranks of a column of numbers.
    fn ranks(table: &Table, place: usize) -> Counted<u64> {
        let (mut counter, mut together) = (Counter::new(), table.together(place));
        for (_, values) in table.values(place) {
            if let Values::Number(cells) = values {
                cells.counted(&mut together, |value, count| counter.add(number_rank(value), count));
            }
        }
        counter.finish()
    }
}

impl Counted<i64> {
    /// A column of what is counted in whole numbers.
    fn whole(table: &Table, place: usize) -> Counted<i64> {
        match table.columns()[place].kind {
            Kind::Time | Kind::DateTime | Kind::Duration => Whole::<1_000_000>::of(table, place),
            _ => Whole::<1>::of(table, place),
        }
    }
}

/// The ends of whole numbers of 64 bits.
const LEAST: i128 = i64::MIN as i128;
const MOST: i128 = i64::MAX as i128;

impl<T: Copy> Counted<T> {
    /// Cells with a value.
    fn cells(&self) -> u64 {
        self.runs.last().map_or(0, |(_, until)| *until)
    }

    fn first(&self) -> Option<T> {
        self.runs.first().map(|(value, _)| *value)
    }

    fn last(&self) -> Option<T> {
        self.runs.last().map(|(value, _)| *value)
    }

    /// The value of the cell at this place among all in order; the last one beyond the end.
    fn at(&self, place: u64) -> Option<T> {
        let run = self.runs.partition_point(|(_, until)| *until <= place);
        self.runs.get(run).or(self.runs.last()).map(|(value, _)| *value)
    }

    /// Cells in order up to the first value of which `below` is not true.
    fn below(&self, below: impl Fn(T) -> bool) -> u64 {
        let run = self.runs.partition_point(|(value, _)| below(*value));
        run.checked_sub(1).map_or(0, |run| self.runs[run].1)
    }

    /// Each value with its own count.
    fn each(&self) -> impl Iterator<Item = (T, u64)> + '_ {
        let mut before = 0;
        self.runs.iter().map(move |(value, until)| (*value, until - std::mem::replace(&mut before, *until)))
    }
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
