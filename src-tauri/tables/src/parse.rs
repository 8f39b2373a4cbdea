//! Canonical text back to values, as far as filters and fixes need it. A text with less detail than the column stands for
//! a span: `2026-03` is the whole month.

use larder_model::Kind;

use crate::dates::{DAY_MICROS, day, days_in_month};

/// Smallest and largest value that a text stands for, in the column's own count (whole numbers, unscaled money, days,
/// microseconds, 0 and 1). The smallest is above the largest where the text lies between two values, such as 1.5 among
/// whole numbers. None where the text is no such value.
pub(crate) fn span(text: &str, kind: Kind, decimals: u8) -> Option<(i128, i128)> {
    let text = text.trim();
    match kind {
        Kind::Integer => decimal_span(text, 0),
        Kind::Money => decimal_span(text, decimals),
        Kind::Boolean => match text {
            "true" => Some((1, 1)),
            "false" => Some((0, 0)),
            _ => None,
        },
        Kind::Date => {
            let date = text.split(['T', ' ']).next()?;
            day_span(date).map(|(first, last)| (first.into(), last.into()))
        }
        Kind::DateTime => moment_span(text).map(|(first, last)| (first.into(), last.into())),
        Kind::Time => clock_span(text).map(|(first, last)| (first.into(), last.into())),
        Kind::Duration => duration_span(text).map(|(first, last)| (first.into(), last.into())),
        _ => None,
    }
}

/// A finite number.
pub(crate) fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|value| value.is_finite())
}

/// The whole numbers of `decimals` decimals just above and just below a decimal text.
fn decimal_span(text: &str, decimals: u8) -> Option<(i128, i128)> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_decimal = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !is_decimal(whole) || !is_decimal(fraction) {
        return None;
    }
    let mut value: i128 = 0;
    let kept = fraction.len().min(decimals.into());
    let zeros = usize::from(decimals) - kept;
    for digit in whole.bytes().chain(fraction.bytes().take(kept)).chain(std::iter::repeat_n(b'0', zeros)) {
        value = value.saturating_mul(10).saturating_add(i128::from(digit - b'0'));
    }
    let between = fraction.bytes().skip(kept).any(|digit| digit != b'0');
    let (above, below) = (value.saturating_add(i128::from(between)), value);
    Some(if negative { (-below, -above) } else { (above, below) })
}

/// First and last day of a year, a month or a day.
fn day_span(text: &str) -> Option<(i32, i32)> {
    let mut parts = text.split('-');
    let year: i64 = digits(parts.next()?, 4)?.into();
    let Some(month) = parts.next() else {
        return Some((day(year, 1, 1)?, day(year, 12, 31)?));
    };
    let month = digits(month, 2)?;
    let Some(day_of_month) = parts.next() else {
        return Some((day(year, month, 1)?, day(year, month, days_in_month(year, month))?));
    };
    let only = day(year, month, digits(day_of_month, 2)?)?;
    parts.next().is_none().then_some((only, only))
}

fn moment_span(text: &str) -> Option<(i64, i64)> {
    let Some((date, clock)) = text.split_once(['T', ' ']) else {
        let (first, last) = day_span(text)?;
        return Some((i64::from(first) * DAY_MICROS, (i64::from(last) + 1) * DAY_MICROS - 1));
    };
    let (day, last) = day_span(date)?;
    if day != last {
        return None;
    }
    let (first, last) = clock_span(clock)?;
    let midnight = i64::from(day) * DAY_MICROS;
    Some((midnight + first, midnight + last))
}

/// First and last microsecond of a minute, a second or a part of one.
fn clock_span(text: &str) -> Option<(i64, i64)> {
    length_span(text).filter(|(first, _)| *first < DAY_MICROS)
}

/// The same of a length of time, which may have more hours than a day, and a minus.
fn duration_span(text: &str) -> Option<(i64, i64)> {
    match text.strip_prefix('-') {
        Some(rest) => length_span(rest).map(|(first, last)| (-last, -first)),
        None => length_span(text),
    }
}

fn length_span(text: &str) -> Option<(i64, i64)> {
    let mut parts = text.split(':');
    let hours = parts.next()?;
    let hour = i64::from(digits(hours, hours.len().clamp(2, 7))?);
    let minute = i64::from(digits(parts.next()?, 2)?);
    if minute > 59 {
        return None;
    }
    let start = (hour * 60 + minute) * 60_000_000;
    let Some(seconds) = parts.next() else {
        return Some((start, start + 59_999_999));
    };
    if parts.next().is_some() {
        return None;
    }
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let second = i64::from(digits(second, 2)?);
    if second > 59 || fraction.len() > 6 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let start = start + second * 1_000_000;
    if fraction.is_empty() {
        return Some((start, start + 999_999));
    }
    let micros: i64 = format!("{fraction:0<6}").parse().ok()?;
    Some((start + micros, start + micros))
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{date_text, date_time_text, money_text, time_text};

    #[test]
    fn a_text_of_less_detail_stands_for_a_span() {
        let (first, last) = span("2024-02", Kind::Date, 0).unwrap_or_default();
        assert_eq!((date_text(first as i32), date_text(last as i32)), ("2024-02-01".into(), "2024-02-29".into()));
        let (first, last) = span("2026-03-03", Kind::DateTime, 0).unwrap_or_default();
        assert_eq!(date_time_text(first as i64), "2026-03-03T00:00:00");
        assert_eq!(date_time_text(last as i64), "2026-03-03T23:59:59.999999");
        let (first, last) = span("07:40", Kind::Time, 0).unwrap_or_default();
        assert_eq!((time_text(first as i64), time_text(last as i64)), ("07:40:00".into(), "07:40:59.999999".into()));
    }

    #[test]
    fn between_two_values_there_is_none() {
        assert_eq!(span("1.5", Kind::Integer, 0), Some((2, 1)));
        assert_eq!(span("-1.5", Kind::Integer, 0), Some((-1, -2)));
        assert_eq!(span("3.205", Kind::Money, 2), Some((321, 320)));
        assert_eq!(span("3.200", Kind::Money, 2), Some((320, 320)));
        assert_eq!(span("3", Kind::Money, 2), Some((300, 300)));
    }

    #[test]
    fn what_is_no_value_is_none() {
        for (text, kind) in [
            ("", Kind::Integer),
            ("-", Kind::Integer),
            (".", Kind::Money),
            ("1,5", Kind::Money),
            ("2026-02-30", Kind::Date),
            ("3.3.2026", Kind::Date),
            ("24:00", Kind::Time),
            ("07:40:61", Kind::Time),
            ("yes", Kind::Boolean),
            ("2026-03T07:40", Kind::DateTime),
            ("2026-03-03T", Kind::DateTime),
            ("x", Kind::Text),
        ] {
            assert_eq!(span(text, kind, 2), None, "{text} {kind:?}");
        }
        assert_eq!(number("inf"), None);
        assert_eq!(number("NaN"), None);
    }

    #[test]
    fn canonical_text_reads_back_as_one_value() {
        for unscaled in [0, -5, 999_999_999_999_999_999, 320] {
            assert_eq!(span(&money_text(unscaled, 3), Kind::Money, 3), Some((unscaled, unscaled)));
        }
        let moment = -62_135_596_800_000_000i64 + 123_456;
        assert_eq!(span(&date_time_text(moment), Kind::DateTime, 0), Some((moment.into(), moment.into())));
    }
}
