//! Numbers, money, dates, times, yes and no: counted once, everything else follows.

use larder_model::{ColumnProfile, Kind, Quantile, TopValue};

use super::histogram::{number_bins, whole_bins};
use super::{Counted, SHARES, Top};
use crate::Table;
use crate::sort::number_of_rank;
use crate::text;

/// Numbers and shares.
pub(super) fn fill_numbers(start: ColumnProfile, table: &Table, place: usize) -> ColumnProfile {
    let ranks = Counted::ranks(table, place);
    let mut profile = runs(start, &ranks, &|rank| text::number_text(number_of_rank(rank)));
    profile.mean = mean(&ranks);
    profile.quantiles = quantiles(&ranks, |low, high, part| {
        text::number_text(between(number_of_rank(low), number_of_rank(high), part))
    });
    profile.histogram = number_bins(&ranks);
    profile
}

/// Kinds that are counted in whole numbers.
pub(super) fn fill_whole(start: ColumnProfile, table: &Table, place: usize, kind: Kind, decimals: u8) -> ColumnProfile {
    let all = Counted::whole(table, place);
    let write = |value: i64| whole_text(value, kind, decimals);
    let mut profile = runs(start, &all, &write);
    if kind == Kind::Boolean {
        return profile;
    }
    if kind.is_numeric() && all.cells() > 0 {
        let sum: i128 = all.each().map(|(value, count)| i128::from(value) * i128::from(count)).sum();
        let unit = if kind == Kind::Money { 10f64.powi(decimals.into()) } else { 1.0 };
        profile.mean = Some(sum as f64 / (unit * all.cells() as f64));
    }
    profile.quantiles = quantiles(&all, |low, high, part| match kind {
        Kind::Integer if low != high && part > 0.0 => text::number_text(between(low as f64, high as f64, part)),
        Kind::Money => write(low + ((high as f64 - low as f64) * part).round() as i64),
        _ => write(low),
    });
    profile.histogram = whole_bins(&all, kind, &write);
    profile
}

fn whole_text(value: i64, kind: Kind, decimals: u8) -> String {
    match kind {
        Kind::Money => text::money_text(value.into(), decimals),
        Kind::Boolean => (value != 0).to_string(),
        Kind::Date => text::date_text(value as i32),
        Kind::DateTime => text::date_time_text(value),
        Kind::Time => text::time_text(value),
        Kind::Duration => text::duration_text(value),
        _ => value.to_string(),
    }
}

/// Different values, smallest, largest and most frequent.
fn runs<T: Copy + Ord>(mut profile: ColumnProfile, counted: &Counted<T>, write: &dyn Fn(T) -> String) -> ColumnProfile {
    let mut top = Top::new();
    for (value, count) in counted.each() {
        profile.distinct += 1;
        // Values come in order: a later one never comes before an earlier one of the same count.
        top.add(value, count, |_, _| false);
    }
    profile.min = counted.first().map(write);
    profile.max = counted.last().map(write);
    profile.top = top.best.into_iter().map(|(value, count)| TopValue { value: write(value), count }).collect();
    profile
}

/// The mean of ranks; finite even where the sum is not.
fn mean(ranks: &Counted<u64>) -> Option<f64> {
    if ranks.cells() == 0 {
        return None;
    }
    let all = ranks.cells() as f64;
    let (mut sum, mut lost) = (0.0f64, 0.0f64);
    // Neumaier's sum keeps what rounding would lose.
    for (rank, count) in ranks.each() {
        let value = number_of_rank(rank) * count as f64;
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    let mean = (sum + lost) / all;
    let parts = || ranks.each().map(|(rank, count)| number_of_rank(rank) * (count as f64 / all)).sum();
    Some(if mean.is_finite() { mean } else { parts() })
}

fn quantiles<T: Copy>(counted: &Counted<T>, write: impl Fn(T, T, f64) -> String) -> Vec<Quantile> {
    let Some(last) = counted.cells().checked_sub(1) else { return Vec::new() };
    let quantile = |share: f64| {
        let place = share * last as f64;
        let low = place.floor() as u64;
        let value = counted.at(low).zip(counted.at((low + 1).min(last)));
        let (low_value, high_value) = value?;
        Some(Quantile { share, value: write(low_value, high_value, place - low as f64) })
    };
    SHARES.into_iter().filter_map(quantile).collect()
}

/// A part of the way from low to high.
fn between(low: f64, high: f64, part: f64) -> f64 {
    let step = high - low;
    if step.is_finite() { low + step * part } else { low * (1.0 - part) + high * part }
}
