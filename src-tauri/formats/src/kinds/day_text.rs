//! Days and times in canonical text.

use super::date::{DAY_MICROS, from_days};

/// The last figures of a number: days and times come by the million.
fn push_digits(out: &mut String, number: i64, count: u32) {
    for place in (0..count).rev() {
        out.push(char::from(b'0' + (number / 10i64.pow(place) % 10) as u8));
    }
}

/// `2026-03-03`
pub(crate) fn push_date(out: &mut String, days: i32) {
    let (year, month, day) = from_days(days);
    match year {
        0..=9_999 => push_digits(out, year.into(), 4),
        _ => out.push_str(&format!("{year:04}")),
    }
    out.push('-');
    push_digits(out, month.into(), 2);
    out.push('-');
    push_digits(out, day.into(), 2);
}

/// The same as a text of its own.
pub(crate) fn date_text(days: i32) -> String {
    let mut out = String::with_capacity(10);
    push_date(&mut out, days);
    out
}

/// `07:40:00`, with a fraction only if there is one.
pub(crate) fn push_time(out: &mut String, micros: i64) {
    let seconds = micros.div_euclid(1_000_000);
    match seconds / 3_600 {
        hours @ 0..=99 => push_digits(out, hours, 2),
        hours => out.push_str(&format!("{hours:02}")),
    }
    out.push(':');
    push_digits(out, seconds / 60 % 60, 2);
    out.push(':');
    push_digits(out, seconds % 60, 2);
    let part = micros.rem_euclid(1_000_000);
    if part > 0 {
        out.push('.');
        push_digits(out, part, 6);
        out.truncate(out.trim_end_matches('0').len());
    }
}

/// The same as a text of its own.
pub(crate) fn time_text(micros: i64) -> String {
    let mut out = String::with_capacity(8);
    push_time(&mut out, micros);
    out
}

/// `26:30:00`, `-00:15:00`
pub(crate) fn length_text(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    format!("{sign}{}", time_text(micros.saturating_abs()))
}

/// `2026-03-03T07:40:00`
pub(crate) fn push_date_time(out: &mut String, micros: i64) {
    push_date(out, micros.div_euclid(DAY_MICROS) as i32);
    out.push('T');
    push_time(out, micros.rem_euclid(DAY_MICROS));
}

/// The same as a text of its own.
pub(crate) fn date_time_text(micros: i64) -> String {
    let mut out = String::with_capacity(19);
    push_date_time(&mut out, micros);
    out
}
