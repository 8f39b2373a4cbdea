//! A second row of names under a full one, where the first has something over each column already: `Turnover`, `Turnover` over
//! `real`, `nominal`; the days of the week over the days of the month.

use std::ops::Range;

use super::header::{Area, is_units_row};
use super::look::{Look, look};
use super::shapes::Shapes;
use crate::kinds::facts::clean;
use crate::kinds::{date, words};
use crate::raw::{Cell, Raw, Stored};

/// Rows of the table that are looked at.
const SAMPLE: usize = 8;

/// The names in the row `names` go on in this row.
pub(super) fn goes_on(raw: &Raw, shapes: &Shapes, row: u64, area: &Area, names: u64) -> bool {
    if row >= area.rows.end || is_units_row(raw, row, area) {
        return false;
    }
    // Units may stand under the second names.
    let units = row + 1 < area.rows.end && is_units_row(raw, row + 1, area);
    let body = row + 1 + u64::from(units)..area.rows.end;
    let body: Vec<u64> = body.filter(|r| !shapes[*r].is_blank()).take(SAMPLE).collect();
    let is_blank = |row: u64, column: usize| raw.cell(row, column).is_blank();
    let parts: Vec<usize> = area.columns.clone().filter(|column| !is_blank(row, *column)).collect();
    let first = area.columns.start;
    // The name of the rows goes down into this one, and each row has its own.
    if parts.len() < 2 || body.len() < 2 || !is_blank(row, first) || is_blank(names, first) {
        return false;
    }
    if body.iter().any(|row| is_blank(*row, first)) || parts.iter().any(|column| is_blank(names, *column)) {
        return false;
    }
    let named = area.columns.clone().filter(|column| !is_blank(names, *column)).count();
    named == area.width() && (are_parts(raw, row, &parts, &body) || is_calendar(raw, row, names, &parts))
}

/// Words over values: nothing that a row of the table could say.
fn are_parts(raw: &Raw, row: u64, parts: &[usize], body: &[u64]) -> bool {
    let is_word = |column: &usize| {
        let cell = raw.cell(row, *column);
        look(cell) == Look::Word && !clean(cell.text).bytes().any(|b| b.is_ascii_digit())
    };
    let over_values = |column: &usize| {
        let looks: Vec<Look> = body.iter().map(|row| look(raw.cell(*row, *column))).collect();
        let filled = looks.iter().filter(|look| **look != Look::Blank).count();
        filled > 0 && looks.iter().filter(|look| look.is_value()).count() == filled
    };
    parts.iter().all(is_word) && parts.iter().filter(|column| over_values(column)).count() * 2 > parts.len()
}

/// Days under days of the week or the other way round, or figures from the first to the last of a month.
fn is_calendar(raw: &Raw, row: u64, names: u64, parts: &[usize]) -> bool {
    let is_weekday = |row: u64| move |column: &usize| words::is_weekday(clean(raw.cell(row, *column).text));
    let is_day = |row: u64| move |column: &usize| is_day(raw.cell(row, *column));
    let most = |count: usize| count * 10 >= parts.len() * 8;
    let count = |which: &dyn Fn(&usize) -> bool| parts.iter().filter(|column| which(column)).count();
    let weekdays_over_days = most(count(&is_weekday(names))) && most(count(&is_day(row)));
    let days_over_weekdays = most(count(&is_day(names))) && most(count(&is_weekday(row)));
    parts.len() >= 3 && (weekdays_over_days || days_over_weekdays || (parts.len() >= 7 && count_up(raw, row, parts)))
}

/// A day of a month: `2`, `02.03.`, `2/3`, or a whole date.
fn is_day(cell: Cell<'_>) -> bool {
    if matches!(cell.class.stored, Stored::Date | Stored::DateTime) {
        return true;
    }
    let text = clean(cell.text);
    let parts = || text.trim_end_matches('.').split(['.', '/', '-']);
    let within = |(part, range): (&str, Range<u32>)| {
        part.len() <= 2 && part.trim().parse::<u32>().is_ok_and(|number| range.contains(&number))
    };
    let short = || matches!(parts().count(), 1 | 2) && parts().all(|part| within((part, 1..32)));
    !text.is_empty() && (short() || date::written(text).is_some())
}

/// The columns of a row behind a name that are numbered as the days of a month are, or as years are.
pub(super) fn numbered(raw: &Raw, row: u64, columns: &Range<usize>) -> Range<usize> {
    let number = |column: usize| clean(raw.cell(row, column).text).trim_end_matches('.').parse::<u32>().ok();
    let first = columns.clone().find(|column| number(*column).is_some()).unwrap_or(columns.end);
    let end = (first..columns.end).find(|column| number(*column).is_none()).unwrap_or(columns.end);
    let days: Vec<usize> = (first..end).collect();
    let led = first > columns.start && look(raw.cell(row, first - 1)) == Look::Word;
    if led && (count_up(raw, row, &days) || are_years(raw, row, &days)) { first..end } else { 0..0 }
}

/// Years one after the other, forwards or backwards.
fn are_years(raw: &Raw, row: u64, columns: &[usize]) -> bool {
    let years: Vec<Option<i32>> =
        columns.iter().map(|column| clean(raw.cell(row, *column).text).parse().ok()).collect();
    let step = |by: i32| move |pair: &[Option<i32>]| matches!(pair, [Some(a), Some(b)] if *b == a + by);
    years.len() >= 3
        && years[0].is_some_and(|year| (1950..=2100).contains(&year))
        && (years.windows(2).all(step(1)) || years.windows(2).all(step(-1)))
}

/// Whole numbers beside each other, each one more than the last.
fn count_up(raw: &Raw, row: u64, parts: &[usize]) -> bool {
    let numbers: Vec<Option<u32>> =
        parts.iter().map(|column| clean(raw.cell(row, *column).text).trim_end_matches('.').parse().ok()).collect();
    let steps = |pair: &[Option<u32>]| matches!(pair, [Some(a), Some(b)] if *b == a + 1);
    parts.len() >= 5 && numbers[0].is_some_and(|first| first <= 31) && numbers.windows(2).all(steps)
}
