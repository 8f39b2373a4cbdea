//! Days that are written out in the ways of East Asia, of computers, and of languages that put the year first.

use super::clock::time_of_day;
use super::date::{Day, Part, Written, digits, year};
use super::words;

/// Eras of Japan and of the Republic of China, and the year before each.
const ERAS: [(&str, u32); 7] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("中華民國", 1911),
    ("民國", 1911),
    ("民国", 1911),
];
/// The eras of Japan by their letters.
const LETTERS: [(char, u32); 4] = [('R', 2018), ('H', 1988), ('S', 1925), ('T', 1911)];

/// `R8.3.1`, `H31/04/30`
pub(super) fn letter_of_era(text: &str) -> Option<Written> {
    let before = LETTERS.iter().find(|(letter, _)| text.starts_with(*letter))?.1;
    let (found, count, rest) = digits(&text[1..])?;
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let (month, months, rest) = digits(&rest[1..])?;
    let (day, days, rest) = digits(rest.strip_prefix(separator)?)?;
    let day = Day::Clear { year: year(found + before, 4)?, month, day };
    let written = Written { day, separator, two_digit_year: false, compact: false, time: None, part: Part::Day };
    (count <= 2 && months <= 2 && days <= 2 && rest.is_empty() && (1..=64).contains(&found) && written.is_some_day())
        .then_some(written)
}

/// 2026年3月1日, 2026년 3월 1일, 令和8年3月1日
pub(super) fn east_asian(text: &str) -> Option<(Written, &str)> {
    let part = |text: &'_ str, marks: [char; 2]| -> Option<(u32, usize)> {
        let (value, count, rest) = digits(text.trim_start())?;
        let after = rest.trim_start().strip_prefix(marks)?;
        (count <= 4).then_some((value, text.len() - after.len()))
    };
    let era = ERAS.iter().find_map(|(era, before)| Some((text.strip_prefix(era)?, *before)));
    let (text, before) = era.unwrap_or((text, 0));
    // The first year of an era is called its origin.
    let first = text.strip_prefix("元年").filter(|_| before > 0);
    let (found, end) = first.map_or_else(|| part(text, ['年', '년']), |rest| Some((1, text.len() - rest.len())))?;
    let found = if found < 200 && before > 0 { found + before } else { found };
    let rest = &text[end..];
    let (month, end) = part(rest, ['月', '월'])?;
    let rest = &rest[end..];
    let (day, end) = part(rest, ['日', '일'])?;
    let day = Day::Clear { year: year(found, 4)?, month, day };
    let written = Written { day, separator: '年', two_digit_year: false, compact: false, time: None, part: Part::Day };
    Some((written, rest[end..].trim_start())).filter(|(w, _)| w.is_some_day())
}

/// `Sun Mar  1 05:00:00 UTC 2026`, as computers write it: the year stands behind the time.
pub(super) fn year_last(text: &str) -> Option<Written> {
    let words: Vec<&str> = text.split_whitespace().take(7).collect();
    let (weekday, rest) = words.split_first()?;
    let [month, day, time, .., found] = rest else { return None };
    if !words::is_weekday(weekday) || words.len() > 6 || !time.contains(':') || found.len() != 4 {
        return None;
    }
    let zone = rest[3..rest.len() - 1].first().copied().unwrap_or_default();
    let micros = time_of_day(&format!("{time} {zone}"))?;
    let (day, _, after_day) = digits(day)?;
    let (found, count, after_year) = digits(found)?;
    let day = Day::Clear { year: year(found, count)?, month: words::month(month)?, day };
    let written =
        Written { day, separator: ' ', two_digit_year: false, compact: false, time: Some(micros), part: Part::Day };
    (after_day.is_empty() && after_year.is_empty() && written.is_some_day()).then_some(written)
}

/// The year first and the month with its name: `2026. március 1.`, `2026-Mar-01`, `2026. gada 1. marts`
pub(super) fn year_first(text: &str) -> Option<(Written, &str)> {
    let (found, count, rest) = digits(text)?;
    if count != 4 {
        return None;
    }
    let gap = |text: &'_ str| text.len() - text.trim_start_matches([' ', '.', '-', '/', ',', '\u{a0}']).len();
    let word = |text: &'_ str| text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let mut rest = &rest[gap(rest)..];
    if matches!(&rest[..word(rest)], "m" | "gada" | "г" | "года" | "年") {
        rest = &rest[word(rest)..];
        rest = &rest[gap(rest)..];
    }
    // In Latvian the day stands between the year and the month.
    let early = digits(rest).map(|(day, count, after)| (day, count, &after[gap(after)..]));
    rest = early.map_or(rest, |(_, _, after)| after);
    let month = words::month(&rest[..word(rest)])?;
    rest = &rest[word(rest)..];
    let (day, count, rest) = match early {
        Some((day, count, _)) => (day, count, rest),
        None => digits(&rest[gap(rest)..])?,
    };
    let rest = rest.strip_prefix('.').or_else(|| rest.strip_prefix(" d.")).unwrap_or(rest);
    let day = Day::Clear { year: year(found, 4)?, month, day };
    let written = Written { day, separator: ' ', two_digit_year: false, compact: false, time: None, part: Part::Day };
    (count <= 2 && written.is_some_day()).then_some((written, rest))
}
