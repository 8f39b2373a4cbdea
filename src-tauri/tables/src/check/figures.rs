//! Numbers far from all others, and negative ones among positive.

use larder_model::{Certainty, Finding, FindingCode, FixAction, Kind};

use super::{Look, from_one};
use crate::sort::{number_of_rank, number_rank};

/// Fewer values do not say what is usual.
const ENOUGH: usize = 20;
/// A value is far where it lies this many times the middle half's width beyond it.
const WIDTHS: f64 = 6.0;
/// What is more frequent than one in a hundred is not unusual.
const RARE: f64 = 0.01;
/// Nearly all are positive.
const NEARLY_ALL: f64 = 0.98;

pub(super) fn find_outliers(look: &Look) -> Option<Finding> {
    let usual = Usual::of(look)?;
    let rows = usual.rows_outside(look);
    let example = rows
        .iter()
        .filter_map(|row| number_at(look, *row))
        .max_by(|a, b| (a - usual.middle).abs().total_cmp(&(b - usual.middle).abs()))?;
    Some(
        Finding::new(FindingCode::Outliers, Certainty::Doubt)
            .with("column", look.name())
            .with("example", example)
            .with("low", usual.low)
            .with("high", usual.high)
            .on(&look.column.id)
            .at(from_one(&rows))
            .fix(FixAction::MakeEmpty)
            .fix(FixAction::LeaveOutRows)
            .fix(FixAction::Accept),
    )
}

/// Rows (from 0) with an unusual value.
pub(crate) fn outlier_rows(look: &Look) -> Vec<u64> {
    Usual::of(look).map(|usual| usual.rows_outside(look)).unwrap_or_default()
}

/// The span of all values but the few far ones.
#[derive(Debug)]
struct Usual {
    low: f64,
    high: f64,
    middle: f64,
}

impl Usual {
    /// None where nothing is unusual, or too much is.
    fn of(look: &Look) -> Option<Usual> {
        if !look.column.kind.is_numeric() || look.is_key() {
            return None;
        }
        let mut ranks = Vec::with_capacity(look.filled() as usize);
        for (_, values) in look.table.values(look.place) {
            ranks.extend((0..values.len()).filter_map(|row| values.number(row)).map(number_rank));
        }
        if ranks.len() < ENOUGH {
            return None;
        }
        ranks.sort_unstable();
        let at = |share: f64| number_of_rank(ranks[((ranks.len() - 1) as f64 * share).round() as usize]);
        let (low, middle, high) = (at(0.25), at(0.5), at(0.75));
        let width = (high - low) * WIDTHS;
        if width <= 0.0 || !width.is_finite() {
            return None;
        }
        let first = ranks.partition_point(|rank| number_of_rank(*rank) < low - width);
        let last = ranks.partition_point(|rank| number_of_rank(*rank) <= high + width);
        let outside = first + ranks.len() - last;
        let most = (look.table.rows() as f64 * RARE).max(1.0);
        if outside == 0 || outside as f64 > most {
            return None;
        }
        Some(Usual { low: number_of_rank(ranks[first]), high: number_of_rank(ranks[last - 1]), middle })
    }

    fn rows_outside(&self, look: &Look) -> Vec<u64> {
        look.rows_where(|values, row| values.number(row).is_some_and(|value| value < self.low || value > self.high))
    }
}

fn number_at(look: &Look, row: u64) -> Option<f64> {
    look.text(row).parse().ok()
}

pub(super) fn find_negatives(look: &Look) -> Option<Finding> {
    if !matches!(look.column.kind, Kind::Integer | Kind::Money) {
        return None;
    }
    let rows = negative_rows(look);
    let first = *rows.first()?;
    if ((look.filled() - rows.len() as u64) as f64) < NEARLY_ALL * look.filled() as f64 {
        return None;
    }
    Some(
        Finding::new(FindingCode::NegativeValues, Certainty::Doubt)
            .with("column", look.name())
            .with("example", number_at(look, first)?)
            .on(&look.column.id)
            .at(from_one(&rows))
            .fix(FixAction::MakeEmpty)
            .fix(FixAction::LeaveOutRows)
            .fix(FixAction::Accept),
    )
}

/// Rows (from 0) with a negative value.
pub(crate) fn negative_rows(look: &Look) -> Vec<u64> {
    look.rows_where(|values, row| values.whole(row).is_some_and(|value| value < 0))
}
