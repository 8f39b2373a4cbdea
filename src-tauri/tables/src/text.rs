//! Canonical text: how every value is written between rooms, on the wire and in files. `.` decimals, ISO 8601 dates, no
//! exponents, no thousands marks, no zone.

use std::fmt::Write;

use crate::dates::{DAY_MICROS, civil};

/// A number as its shortest decimal text that reads back the same: `1234.5`, never `1e3`. Minus zero is `0`.
pub fn number_text(value: f64) -> String {
    let mut out = String::new();
    push_number(&mut out, value);
    out
}

/// Money from its unscaled value: 320 with 2 decimals is `3.20`.
pub fn money_text(unscaled: i128, decimals: u8) -> String {
    let mut out = String::new();
    push_money(&mut out, unscaled, decimals);
    out
}

/// A day since 1970-01-01 as `2026-03-03`.
pub fn date_text(days: i32) -> String {
    let mut out = String::new();
    push_date(&mut out, days);
    out
}

/// Microseconds of wall clock since 1970-01-01T00:00 as `2026-03-03T07:40:00`, with a fraction only if there is any.
pub fn date_time_text(micros: i64) -> String {
    let mut out = String::new();
    push_date_time(&mut out, micros);
    out
}

/// Microseconds since midnight as `07:40:00`, with a fraction only if there is any.
pub fn time_text(micros: i64) -> String {
    let mut out = String::new();
    push_time(&mut out, micros);
    out
}

/// A length of time: `26:30:00`, with a minus where it is less than nothing.
pub fn duration_text(micros: i64) -> String {
    let mut out = String::new();
    push_duration(&mut out, micros);
    out
}

pub(crate) fn push_integer(out: &mut String, value: i64) {
    write!(out, "{value}").expect("a string takes all text");
}

pub(crate) fn push_number(out: &mut String, value: f64) {
    // Adding zero turns -0 into 0.
    write!(out, "{}", value + 0.0).expect("a string takes all text");
}

pub(crate) fn push_money(out: &mut String, unscaled: i128, decimals: u8) {
    if unscaled < 0 {
        out.push('-');
    }
    let digits = unscaled.unsigned_abs();
    let Some(unit) = 10u128.checked_pow(decimals.into()) else {
        out.push('0');
        return;
    };
    write!(out, "{}", digits / unit).expect("a string takes all text");
    if decimals > 0 {
        write!(out, ".{:0width$}", digits % unit, width = decimals.into()).expect("a string takes all text");
    }
}

/// A day since 1970-01-01, added to a text.
pub fn push_date(out: &mut String, days: i32) {
    let (year, month, day) = civil(days);
    if (0..=9999).contains(&year) {
        push_padded(out, year as u32, 4);
    } else {
        // ISO 8601's expanded years; tables hold none, but no number shall be read as another.
        write!(out, "{year:+07}").expect("a string takes all text");
    }
    out.push('-');
    push_padded(out, month, 2);
    out.push('-');
    push_padded(out, day, 2);
}

/// Microseconds since 1970-01-01T00:00, added to a text.
pub fn push_date_time(out: &mut String, micros: i64) {
    let days = micros.div_euclid(DAY_MICROS);
    // 64 bits of microseconds are some 107 million days.
    push_date(out, i32::try_from(days).unwrap_or(i32::MAX));
    out.push('T');
    push_time(out, micros.rem_euclid(DAY_MICROS));
}

/// `26:30:00`, `-00:15:00`: hours, minutes and seconds, the hours as many as there are.
pub(crate) fn push_duration(out: &mut String, micros: i64) {
    if micros < 0 {
        out.push('-');
    }
    push_time(out, micros.saturating_abs());
}

/// Microseconds since midnight, added to a text.
pub fn push_time(out: &mut String, micros: i64) {
    let seconds = micros.max(0) / 1_000_000;
    let fraction = (micros.max(0) % 1_000_000) as u32;
    match seconds / 3600 {
        // Times of day come by the million.
        hours @ 0..=99 => push_padded(out, hours as u32, 2),
        hours => write!(out, "{hours}").expect("a string takes all text"),
    }
    out.push(':');
    push_padded(out, (seconds / 60 % 60) as u32, 2);
    out.push(':');
    push_padded(out, (seconds % 60) as u32, 2);
    if fraction > 0 {
        out.push('.');
        push_padded(out, fraction, 6);
        while out.ends_with('0') {
            out.pop();
        }
    }
}

fn push_padded(out: &mut String, value: u32, digits: u32) {
    for place in (0..digits).rev() {
        let digit = value / 10u32.pow(place) % 10;
        out.push(char::from(b'0' + digit as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_never_have_an_exponent_and_read_back_the_same() {
        for (value, text) in [
            (1234.5, "1234.5"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(number_text(value), text);
        }
        for value in [f64::MIN_POSITIVE, 1e308, -5e-324, f64::MAX] {
            let text = number_text(value);
            assert!(!text.contains(['e', 'E']), "{text}");
            assert_eq!(text.parse(), Ok(value));
        }
    }

    #[test]
    fn money_keeps_its_decimals() {
        for (unscaled, decimals, text) in [
            (320, 2, "3.20"),
            (-5, 2, "-0.05"),
            (7, 0, "7"),
            (-999_999_999_999_999_999, 18, "-0.999999999999999999"),
            (0, 3, "0.000"),
        ] {
            assert_eq!(money_text(unscaled, decimals), text);
        }
    }

    #[test]
    fn moments_before_1970_and_parts_of_a_second() {
        assert_eq!(date_time_text(-1), "1969-12-31T23:59:59.999999");
        assert_eq!(date_time_text(500_000), "1970-01-01T00:00:00.5");
        assert_eq!(time_text(27_600_000_000), "07:40:00");
        assert_eq!(date_text(20_515), "2026-03-03");
        assert_eq!(date_text(crate::dates::FIRST_DAY), "0001-01-01");
    }
}
