//! Bars of equal width over counted values.

use larder_model::{Bin, Kind};

use super::Counted;
use crate::dates::DAY_MICROS;
use crate::sort::{number_of_rank, number_rank};
use crate::text;

/// Bars at most.
const BARS: u64 = 24;
/// A clock unit is fine enough where the values span so many of it.
const UNITS_TO_SHOW: i128 = 6;

/// Bars of whole numbers, unscaled money, days, moments and times; their edges are whole (whole days, hours, minutes,
/// seconds for moments and times), and up to 24 neighbouring values have a bar each.
pub(super) fn whole_bins(all: &Counted<i64>, kind: Kind, write: &dyn Fn(i64) -> String) -> Vec<Bin> {
    let (Some(min), Some(max)) = (all.first(), all.last()) else {
        return Vec::new();
    };
    let unit = unit_of(i128::from(max) - i128::from(min), kind);
    let first = i128::from(min).div_euclid(unit);
    let span = i128::from(max).div_euclid(unit) - first + 1;
    let width = span.div_ceil_by(BARS.into());
    let bars = span.div_ceil_by(width);
    let edge = |bar: i128| (first + bar * width) * unit;
    let mut bins = Vec::new();
    let mut counted = 0;
    for bar in 0..bars {
        let end = edge(bar + 1);
        let is_last = bar == bars - 1;
        let below = if is_last { all.cells() } else { all.below(|value| i128::from(value) < end) };
        let to = if is_last { max } else { clamped(end) };
        bins.push(Bin { from: write(clamped(edge(bar))), to: write(to), count: below - counted });
        counted = below;
    }
    bins
}

trait DivCeil {
    fn div_ceil_by(self, by: Self) -> Self;
}

impl DivCeil for i128 {
    /// For what is not negative.
    fn div_ceil_by(self, by: i128) -> i128 {
        (self + by - 1) / by
    }
}

fn clamped(value: i128) -> i64 {
    value.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// What edges are multiples of.
fn unit_of(span: i128, kind: Kind) -> i128 {
    if !matches!(kind, Kind::DateTime | Kind::Time | Kind::Duration) {
        return 1;
    }
    let units = [i128::from(DAY_MICROS), 3_600_000_000, 60_000_000, 1_000_000];
    units.into_iter().find(|unit| span >= unit * UNITS_TO_SHOW).unwrap_or(1)
}

/// Bars of numbers, given by their ranks.
pub(super) fn number_bins(ranks: &Counted<u64>) -> Vec<Bin> {
    let (Some(min), Some(max)) = (ranks.first(), ranks.last()) else {
        return Vec::new();
    };
    let (min, max) = (number_of_rank(min), number_of_rank(max));
    let bars = (ranks.runs.len() as u64).clamp(1, BARS);
    let edge = |bar: u64| {
        let part = bar as f64 / bars as f64;
        match bar {
            0 => min,
            bar if bar == bars => max,
            // Not min + (max - min) * part: the difference may be more than a number can be.
            _ => min * (1.0 - part) + max * part,
        }
    };
    let mut bins = Vec::new();
    let mut counted = 0;
    for bar in 0..bars {
        let end = number_rank(edge(bar + 1));
        let below = if bar == bars - 1 { ranks.cells() } else { ranks.below(|rank| rank < end).max(counted) };
        bins.push(Bin {
            from: text::number_text(edge(bar)),
            to: text::number_text(edge(bar + 1)),
            count: below - counted,
        });
        counted = below;
    }
    bins
}
