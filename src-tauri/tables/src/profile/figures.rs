//! Numbers, money, dates, times, yes and no: sorted once, everything else follows.

use larder_model::{ColumnProfile, Kind, Quantile, TopValue};

use super::histogram::{number_bins, whole_bins};
use super::{SHARES, Top, filled};
use crate::Table;
use crate::sort::{number_of_rank, number_rank};
use crate::text;

/// Numbers and shares.
pub(super) fn fill_numbers(start: ColumnProfile, table: &Table, place: usize) -> ColumnProfile {
    let mut ranks = filled(table, place, start.count, |values, row| values.number(row).map(number_rank));
    ranks.sort_unstable();
    let mut profile = runs(start, &ranks, &|rank| text::number_text(number_of_rank(rank)));
    profile.mean = mean(&ranks);
    profile.quantiles = quantiles(&ranks, |low, high, part| {
        text::number_text(between(number_of_rank(low), number_of_rank(high), part))
    });
    profile.histogram = number_bins(&ranks, profile.distinct);
    profile
}

/// Kinds that are counted in whole numbers.
pub(super) fn fill_whole(start: ColumnProfile, table: &Table, place: usize, kind: Kind, decimals: u8) -> ColumnProfile {
    let mut all = filled(table, place, start.count, |values, row| values.whole(row));
    all.sort_unstable();
    let write = |value: i64| whole_text(value, kind, decimals);
    let mut profile = runs(start, &all, &write);
    if kind == Kind::Boolean {
        return profile;
    }
    if kind.is_numeric() && !all.is_empty() {
        let sum: i128 = all.iter().map(|value| i128::from(*value)).sum();
        let unit = if kind == Kind::Money { 10f64.powi(decimals.into()) } else { 1.0 };
        profile.mean = Some(sum as f64 / (unit * all.len() as f64));
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

/// Different values, smallest, largest and most frequent of a sorted list.
fn runs<T: Copy + Ord>(mut profile: ColumnProfile, sorted: &[T], write: &dyn Fn(T) -> String) -> ColumnProfile {
    let mut top = Top::new();
    for run in sorted.chunk_by(|a, b| a == b) {
        profile.distinct += 1;
        // Values come in order: a later one never comes before an earlier one of the same count.
        top.add(run[0], run.len() as u64, |_, _| false);
    }
    profile.min = sorted.first().map(|value| write(*value));
    profile.max = sorted.last().map(|value| write(*value));
    profile.top = top.best.into_iter().map(|(value, count)| TopValue { value: write(value), count }).collect();
    profile
}

/// The mean of sorted ranks; finite even where the sum is not.
fn mean(ranks: &[u64]) -> Option<f64> {
    if ranks.is_empty() {
        return None;
    }
    let count = ranks.len() as f64;
    let (mut sum, mut lost) = (0.0f64, 0.0f64);
    // Neumaier's sum keeps what rounding would lose.
    for value in ranks.iter().map(|rank| number_of_rank(*rank)) {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    let mean = (sum + lost) / count;
    Some(if mean.is_finite() { mean } else { ranks.iter().map(|rank| number_of_rank(*rank) / count).sum() })
}

fn quantiles<T: Copy>(sorted: &[T], write: impl Fn(T, T, f64) -> String) -> Vec<Quantile> {
    if sorted.is_empty() {
        return Vec::new();
    }
    let quantile = |share: f64| {
        let place = share * (sorted.len() - 1) as f64;
        let low = place.floor() as usize;
        let high = (low + 1).min(sorted.len() - 1);
        Quantile { share, value: write(sorted[low], sorted[high], place - low as f64) }
    };
    SHARES.into_iter().map(quantile).collect()
}

/// A part of the way from low to high.
fn between(low: f64, high: f64, part: f64) -> f64 {
    let step = high - low;
    if step.is_finite() { low + step * part } else { low * (1.0 - part) + high * part }
}
