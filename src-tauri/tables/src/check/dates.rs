//! Days that cannot be.

use larder_model::{Certainty, Finding, FindingCode, FixAction, Kind, Param};

use super::{Look, from_one};
use crate::dates::{DAY_MICROS, civil, day};
use crate::{Values, parse, text};

/// Days after 1900-01-01 may be real.
const FIRST_YEAR: i64 = 1900;
/// A column looks back where at least this share of its days is not in the future.
const MOSTLY: f64 = 0.75;

pub(super) fn find(look: &Look, today: i32) -> Option<Finding> {
    if !matches!(look.column.kind, Kind::Date | Kind::DateTime) {
        return None;
    }
    let from = day(FIRST_YEAR, 1, 1)?;
    let until = last_possible(look, today);
    let rows = rows_outside(look, from, until);
    let first = *rows.first()?;
    Some(
        Finding::new(FindingCode::ImpossibleDates, Certainty::Notice)
            .with("column", look.name())
            .with("example", look.text(first))
            .with("from", text::date_text(from))
            .with("until", text::date_text(until))
            .on(&look.column.id)
            .at(from_one(&rows))
            .fix(FixAction::MakeEmpty)
            .fix(FixAction::LeaveOutRows)
            .fix(FixAction::Accept),
    )
}

/// Tomorrow for a column that looks back; a year from now for one that looks ahead; any day where most lie further ahead.
fn last_possible(look: &Look, today: i32) -> i32 {
    let (tomorrow, year_ahead) = (today.saturating_add(1), a_year_after(today));
    let after = |limit: i32| {
        let rows = look
            .table
            .values(look.place)
            .flat_map(|(_, values)| (0..values.len()).filter_map(move |row| day_in(&values, row)));
        rows.filter(|day| *day > limit).count() as f64
    };
    let filled = look.filled() as f64;
    if after(tomorrow) <= (1.0 - MOSTLY) * filled {
        tomorrow
    } else if after(year_ahead) <= 0.5 * filled {
        year_ahead
    } else {
        crate::dates::LAST_DAY
    }
}

fn a_year_after(today: i32) -> i32 {
    let (year, month, day_of_month) = civil(today);
    day(year + 1, month, day_of_month).or_else(|| day(year + 1, month, 28)).unwrap_or(today.saturating_add(365))
}

fn day_in(values: &Values, row: usize) -> Option<i32> {
    let value = values.whole(row)?;
    match values {
        Values::Date(_) => i32::try_from(value).ok(),
        Values::DateTime(_) => i32::try_from(value.div_euclid(DAY_MICROS)).ok(),
        _ => None,
    }
}

fn rows_outside(look: &Look, from: i32, until: i32) -> Vec<u64> {
    look.rows_where(|values, row| day_in(values, row).is_some_and(|day| !(from..=until).contains(&day)))
}

/// Rows (from 0) that such a finding means.
pub(crate) fn rows(look: &Look, finding: &Finding) -> Vec<u64> {
    let limit = |name: &str| match finding.params.get(name) {
        Some(Param::Text(text)) => parse::span(text, Kind::Date, 0).and_then(|(day, _)| i32::try_from(day).ok()),
        _ => None,
    };
    match (limit("from"), limit("until")) {
        (Some(from), Some(until)) => rows_outside(look, from, until),
        _ => Vec::new(),
    }
}
