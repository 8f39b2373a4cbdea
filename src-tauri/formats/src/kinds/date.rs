//! Dates and times as people write them: any order, any separator, month names in nine languages, two-digit years, whole
//! months and ISO weeks, and lengths of time.

use larder_model::DateOrder;
pub(crate) use larder_tables::text::{
    date_text, date_time_text, duration_text as length_text, push_date, push_date_time, push_time, time_text,
};

pub(crate) use super::clock::{compact_time, dotted_time, length_of_time, time_of_day, unit_of_time};

use super::clock::time_behind_day;
use super::words;
use super::written_out::{east_asian, letter_of_era, year_first, year_last};

/// A day as it is written, before anyone decided what comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// Year, month and day are told apart by themselves: the year comes first or the month has a name.
    Clear { year: i32, month: u32, day: u32 },
    /// Two small numbers and a year.
    Open { first: u32, second: u32, year: i32 },
}

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub day: Day,
    /// What stands between the parts.
    pub separator: char,
    /// The year has two digits only.
    pub two_digit_year: bool,
    /// Eight digits in a row.
    pub compact: bool,
    /// Time of day in microseconds, where one follows.
    pub time: Option<i64>,
    /// What is written if it is no day: its first day stands for it.
    pub part: Part,
}

/// How much of a calendar a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Day,
    /// A month with its name and a year.
    NamedMonth,
    /// A month in digits and a year; may as well be a code.
    Month,
    /// A week as ISO 8601 counts them.
    Week,
}

pub(crate) const DAY_MICROS: i64 = 86_400_000_000;
const LONGEST: usize = 72;

/// Reads a date with or without a time of day.
pub(crate) fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    if !(6..=LONGEST).contains(&text.len()) || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let text = without_weekday(text);
    let bytes = text.as_bytes();
    if bytes[0].is_ascii_digit()
        && let Some((written, rest)) = numeric(text)
    {
        return with_time(written, rest);
    }
    if let Some(part) = month_in_digits(text).or_else(|| letter_of_era(text)) {
        return Some(part);
    }
    if bytes.iter().all(|b| b.is_ascii_digit() || b.is_ascii_punctuation()) {
        return None;
    }
    if let Some(written) = (!bytes[0].is_ascii_digit() && text.contains(':')).then(|| year_last(text)).flatten() {
        return Some(written);
    }
    if let Some((written, rest)) = east_asian(text).or_else(|| named(text)).or_else(|| year_first(text)) {
        return with_time(written, rest);
    }
    week(text).or_else(|| named_month(text))
}

/// A day in figures without the day of the week in front of it: `Di, 3.3.2026`.
fn without_weekday(text: &str) -> &str {
    if text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return text;
    }
    let word = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let rest = text[word..].trim_start_matches(['.', ',', ' ', '\u{a0}']);
    let is_day =
        word > 0 && rest.len() + word < text.len() && numeric(rest).is_some() && words::is_weekday(&text[..word]);
    if is_day { rest } else { text }
}

/// A day as spreadsheets count them, from 1950 to 2099: 46037 is 15 January 2026. Days since 1970-01-01.
pub(crate) fn serial(text: &str) -> Option<i32> {
    // 25,569 days lie between the first of January 1970 and Excel's day zero.
    let days: i32 = text.parse().ok().filter(|_| text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()))?;
    (18_264..=73_050).contains(&days).then_some(days - 25_569)
}

fn first_day(year: i32, month: u32, day: u32, part: Part) -> Option<Written> {
    let day = Day::Clear { year, month, day };
    Some(Written { day, separator: ' ', two_digit_year: false, compact: false, time: None, part })
        .filter(Written::is_some_day)
}

/// 2026-03, 03/2026, 3.2026.
fn month_in_digits(text: &str) -> Option<Written> {
    let (a, a_digits, rest) = digits(text)?;
    let (b, b_digits, rest) = digits(rest.strip_prefix(['-', '/', '.'])?)?;
    let (found, month) = match (a_digits, b_digits, rest) {
        (4, 2, "") => (a, b),
        (1 | 2, 4, "") => (b, a),
        _ => return None,
    };
    // Nearly every other pair of numbers is something else.
    first_day((1900..=2100).contains(&found).then_some(found as i32)?, month, 1, Part::Month)
}

/// March 2026, Mär-26, 2026 März, mars de 2026.
fn named_month(text: &str) -> Option<Written> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '\'' | '’');
    let short = text.contains(['-', '\'', '’', '/', '.']);
    let mut words = text.split(is_gap).filter(|word| !word.is_empty() && !words::is_date_filler(word));
    let (a, b) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (month, year_text) = match words::month(a) {
        Some(month) => (month, b),
        None => (words::month(b)?, a),
    };
    let (value, count, rest) = digits(year_text)?;
    let fits = rest.is_empty() && (count == 4 || (count == 2 && short && year_text == b));
    first_day(year(value, count).filter(|_| fits)?, month, 1, Part::NamedMonth)
}

/// 2026-W05, 2026W05, KW 5/2026, W05 2026, Week 5, 2026, 5. KW 2026: the Monday of that week (ISO 8601).
fn week(text: &str) -> Option<Written> {
    let numbers = text.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    if text.len() > 32 || numbers.filter(|part| part[0].is_ascii_digit()).count() != 2 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let mark = ["kw", "week", "woche", "semaine", "semana", "settimana", "vecka", "tydzień", "wk", "w", "v"]
        .into_iter()
        .find(|mark| lower.split(|c: char| !c.is_alphabetic()).any(|word| word == *mark))?;
    let numbers: Vec<&str> = lower.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let others = lower.replacen(mark, "", 1);
    let [a, b] = numbers.as_slice() else { return None };
    if !others.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '/' | '.' | ',')) {
        return None;
    }
    let (found, week) = match (a.len(), b.len()) {
        (4, 1 | 2) => (a, b),
        (1 | 2, 4) => (b, a),
        _ => return None,
    };
    let (found, week): (i32, i32) = (year(found.parse().ok()?, 4)?, week.parse().ok()?);
    // The week with January 4th is the first.
    let january_4 = days(found, 1, 4)?;
    let monday = january_4 - (january_4 + 3).rem_euclid(7) + (week - 1) * 7;
    let next_first = days(found + 1, 1, 4)?;
    let next = next_first - (next_first + 3).rem_euclid(7);
    if week < 1 || monday >= next {
        return None;
    }
    let (year, month, day) = from_days(monday);
    first_day(year, month, day, Part::Week)
}

fn with_time(mut written: Written, rest: &str) -> Option<Written> {
    if rest.is_empty() {
        return Some(written);
    }
    // "2026/03/01(日)" and "03.03.2026 Di" say the day of the week.
    let inner = rest.trim_start_matches([' ', ',', '(', '（', '\u{a0}']);
    let word = inner.find(|c: char| !c.is_alphabetic()).unwrap_or(inner.len());
    // Most have a time or a "T" here.
    let rest = match word > 1 && words::is_weekday(&inner[..word]) {
        true => inner[word..].trim_start_matches(['.', ')', '）']),
        false => rest,
    };
    // "2026 г." and "2026 r." name the year as one; "2026-03-01Z" is a day in a zone.
    let bare = rest.trim_matches([' ', '.', '\u{a0}']);
    if bare.is_empty()
        || matches!(bare, "г" | "года" | "r" | "roku")
        || (!bare.as_bytes()[0].is_ascii_digit() && super::clock::is_zone(bare))
    {
        return Some(written);
    }
    let rest = rest.strip_prefix(['T', 't', ',', ':']).unwrap_or(rest).trim_start();
    let rest = ["- ", "– ", "| ", "/ "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
    written.time = Some(time_behind_day(rest.trim_start(), written.compact)?);
    Some(written)
}

/// Digits at the front: their value, how many, what follows.
pub(crate) fn digits(text: &str) -> Option<(u32, usize, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 || count > 9 {
        return None;
    }
    Some((text[..count].parse().ok()?, count, &text[count..]))
}

/// Digits only: 31.12.2026, 12/31/26, 2026-12-31, 20261231. Also tells what follows.
fn numeric(text: &str) -> Option<(Written, &str)> {
    // 20260301093000: the time follows without anything in between.
    if text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) {
        return compact(text, &text[8..]);
    }
    let (a, a_digits, rest) = digits(text)?;
    if a_digits == 8 {
        return compact(text, rest);
    }
    let separator = rest.chars().next()?;
    let parts = matches!(separator, '.' | '/' | '-' | ' ' | '\u{a0}') || (separator == '_' && a_digits == 4);
    if !parts {
        return None;
    }
    let next = |rest: &'_ str| -> Option<usize> {
        let after = rest.strip_prefix(separator)?;
        let after = if separator == '.' { after.trim_start_matches(' ') } else { after };
        Some(rest.len() - after.len())
    };
    let rest = &rest[next(rest)?..];
    let (b, b_digits, rest) = digits(rest)?;
    let rest = &rest[next(rest)?..];
    let (c, c_digits, rest) = digits(rest)?;
    if b_digits > 2 {
        return None;
    }
    let (day, two_digit_year) = match (a_digits, c_digits) {
        (4, 1 | 2) => (Day::Clear { year: year(a, 4)?, month: b, day: c }, false),
        (1 | 2, 4) => (Day::Open { first: a, second: b, year: year(c, 4)? }, false),
        // Taiwan counts years from 1912 on: 115/03/02.
        (3, 1 | 2) if matches!(separator, '.' | '/' | '-') => {
            (Day::Clear { year: republic(a)?, month: b, day: c }, false)
        }
        // "1 2 26" is three numbers rather than a date.
        (1 | 2, 2) if separator != ' ' => (Day::Open { first: a, second: b, year: year(c, 2)? }, true),
        _ => return None,
    };
    // A dot may close a German date.
    let rest = if separator == '.' { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
    Some((Written { day, separator, two_digit_year, compact: false, time: None, part: Part::Day }, rest))
        .filter(|(w, _)| w.is_some_day())
}

fn compact<'a>(text: &'a str, rest: &'a str) -> Option<(Written, &'a str)> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let written =
        |day| Written { day, separator: '\0', two_digit_year: false, compact: true, time: None, part: Part::Day };
    let clear = || Some(Day::Clear { year: year(part(0, 4)?, 4)?, month: part(4, 6)?, day: part(6, 8)? });
    // With the year behind, 01032026: no month is as large as a century, so it cannot be both.
    let open = || {
        let year = part(4, 8).filter(|year| (1900..=2099).contains(year))?;
        Some(Day::Open { first: part(0, 2)?, second: part(2, 4)?, year: year as i32 }).filter(|_| rest.is_empty())
    };
    let written = clear().map(written).filter(Written::is_some_day).or_else(|| open().map(written))?;
    (matches!(rest.len(), 0 | 6) || rest.starts_with(['T', ' ']))
        .then_some((written, rest))
        .filter(|(w, _)| w.is_some_day())
}

pub(super) fn year(value: u32, digits: usize) -> Option<i32> {
    match digits {
        // Nearly all days in files lie behind us, and few of them more than three quarters of a century.
        2 => Some(if value >= 50 { 1900 + value as i32 } else { 2000 + value as i32 }),
        // What is valid for ever ends in 9999.
        _ => ((1000..=2999).contains(&value) || value == 9_999).then_some(value as i32),
    }
}

/// A year of the Republic of China.
fn republic(value: u32) -> Option<i32> {
    (60..=160).contains(&value).then_some(1_911 + value as i32)
}

/// With a month's name: 3. März 2026, Mar 3, 2026, 03-Mar-26, Di., 3. März 2026, 3 de marzo de 2026.
fn named(text: &str) -> Option<(Written, &str)> {
    let (mut day, mut month, mut found_year) = (None, None, None);
    let mut perhaps_weekday = false;
    let mut rest = text;
    let mut separator = ' ';
    while found_year.is_none() {
        let gap = rest.len() - rest.trim_start_matches([' ', '.', ',', '-', '/', '\u{a0}']).len();
        if gap > 0 && day.is_some() && month.is_none() {
            separator = rest.chars().next()?;
        }
        rest = &rest[gap..];
        if let Some((value, count, after)) = digits(rest) {
            rest = after;
            match (count, day) {
                (1 | 2, None) => {
                    day = Some(value);
                    rest = ["st", "nd", "rd", "th", "er", "º", "ª"]
                        .iter()
                        .find_map(|s| rest.strip_prefix(s))
                        .unwrap_or(rest);
                }
                (2, Some(_)) if month.is_some() => found_year = Some((year(value, 2)?, true)),
                (4, Some(_)) if month.is_some() => found_year = Some((year(value, 4)?, false)),
                _ => return None,
            }
            continue;
        }
        let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        if word.is_empty() {
            return None;
        }
        rest = &rest[word.len()..];
        if let Some(found) = words::month(word).filter(|_| month.is_none() || perhaps_weekday) {
            // "mar 6 gen" begins with a Tuesday: what could be a weekday is one once a month follows.
            perhaps_weekday = month.is_none() && day.is_none() && words::is_weekday(word);
            month = Some(found);
        } else if !(words::is_weekday(word) && day.is_none() && month.is_none() || words::is_date_filler(word)) {
            return None;
        }
    }
    let (year, two_digit_year) = found_year?;
    let day = Day::Clear { year, month: month?, day: day? };
    let written = Written { day, separator, two_digit_year, compact: false, time: None, part: Part::Day };
    (rest.is_empty() || rest.starts_with([' ', ',', '.', ':', '(']))
        .then_some((written, rest))
        .filter(|(w, _)| w.is_some_day())
}

impl Written {
    /// As it is meant of somebody's birth: a year of two digits lies behind us. Of 31 that is 1931.
    pub fn of_birth(mut self) -> Written {
        if let (true, Day::Clear { year, .. } | Day::Open { year, .. }) = (self.two_digit_year, &mut self.day)
            && *year >= 2030
        {
            *year -= 100;
        }
        self
    }

    /// The year is one that Thailand counts, 543 more than others do. The last day of a far year means for ever.
    pub fn is_buddhist(&self) -> bool {
        let (year, ends) = match self.day {
            Day::Clear { year, month, day } => (year, matches!((month, day), (1, 1) | (12, 31))),
            Day::Open { first, second, year } => (year, matches!((first, second), (1, 1) | (12, 31) | (31, 12))),
        };
        (2_440..=2_640).contains(&year) && !(ends && year % 100 == 0)
    }

    /// The same day as the rest of the world counts.
    pub fn of_thailand(mut self) -> Written {
        if let (true, Day::Clear { year, .. } | Day::Open { year, .. }) = (self.is_buddhist(), &mut self.day) {
            *year -= 543;
        }
        self
    }

    pub(super) fn is_some_day(&self) -> bool {
        let open = matches!(self.day, Day::Open { .. });
        self.days(DateOrder::DayFirst).is_some() || (open && self.days(DateOrder::MonthFirst).is_some())
    }

    /// Days since 1970-01-01 under one order; nothing where there is no such day.
    pub fn days(&self, order: DateOrder) -> Option<i32> {
        match (self.day, order) {
            (Day::Clear { year, month, day }, _) => days(year, month, day),
            (Day::Open { first, second, year }, DateOrder::MonthFirst) => days(year, first, second),
            (Day::Open { first, second, year }, _) => days(year, second, first),
        }
    }

    /// Microseconds since 1970-01-01T00:00.
    pub fn micros(&self, order: DateOrder) -> Option<i64> {
        Some(i64::from(self.days(order)?) * DAY_MICROS + self.time.unwrap_or(0))
    }
}

/// Days since 1970-01-01; nothing where there is no such day.
pub(crate) fn days(year: i32, month: u32, day: u32) -> Option<i32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1..=last).contains(&day) && (1..=9_999).contains(&year)).then(|| to_days(year, month as i32, day as i32))
}

fn to_days(year: i32, month: i32, day: i32) -> i32 {
    // Howard Hinnant's days_from_civil, for the proleptic Gregorian calendar.
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of so many days since 1970-01-01.
pub(crate) fn from_days(days: i32) -> (i32, u32, u32) {
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_shifted = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_shifted + 2) / 5 + 1) as u32;
    let month = if month_shifted < 10 { month_shifted + 3 } else { month_shifted - 9 } as u32;
    ((era * 400 + year_of_era) as i32 + i32::from(month <= 2), month, day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};

    fn read(text: &str, order: DateOrder) -> Option<String> {
        let written = written(text)?;
        match written.time {
            Some(_) => Some(date_time_text(written.micros(order)?)),
            None => Some(date_text(written.days(order)?)),
        }
    }

    #[test]
    fn every_way_to_write_a_day() {
        for (text, order, wanted) in [
            ("03.04.2026", DayFirst, "2026-04-03"),
            ("3.4.26", DayFirst, "2026-04-03"),
            ("3. 4. 2026", DayFirst, "2026-04-03"),
            ("04/03/2026", MonthFirst, "2026-04-03"),
            ("2026-04-03", MonthFirst, "2026-04-03"),
            ("2026/4/3", DayFirst, "2026-04-03"),
            ("20260403", DayFirst, "2026-04-03"),
            ("03042026", DayFirst, "2026-04-03"),
            ("04032026", MonthFirst, "2026-04-03"),
            ("3. April 2026", MonthFirst, "2026-04-03"),
            ("3 März 2026", DayFirst, "2026-03-03"),
            ("Mar 3, 2026", DayFirst, "2026-03-03"),
            ("03-Mar-26", DayFirst, "2026-03-03"),
            ("Di., 3. März 2026", DayFirst, "2026-03-03"),
            ("Tuesday, March 3rd, 2026", DayFirst, "2026-03-03"),
            ("3 de marzo de 2026", DayFirst, "2026-03-03"),
            ("1er août 2026", DayFirst, "2026-08-01"),
            ("3 maart 2026", DayFirst, "2026-03-03"),
            ("3-Mär-2026", DayFirst, "2026-03-03"),
            ("mar 6 gen 2026", DayFirst, "2026-01-06"),
            ("Mar 6 2026", DayFirst, "2026-03-06"),
            ("5 марта 2026 г.", DayFirst, "2026-03-05"),
            ("12 ekim 2026", DayFirst, "2026-10-12"),
            ("2026年3月1日", DayFirst, "2026-03-01"),
            ("2026년 12월 31일", MonthFirst, "2026-12-31"),
            ("Di 03.03.26", DayFirst, "2026-03-03"),
            ("Di, 3.3.2026", DayFirst, "2026-03-03"),
            ("03.03.2026 (Di)", DayFirst, "2026-03-03"),
            ("03/03/2026 Tue", DayFirst, "2026-03-03"),
            ("2026/03/03(火)", DayFirst, "2026-03-03"),
            ("2026年3月3日（火）", DayFirst, "2026-03-03"),
            ("令和8年3月3日", DayFirst, "2026-03-03"),
            ("2026-03-03(화)", DayFirst, "2026-03-03"),
            ("2026年03月03日 星期二", DayFirst, "2026-03-03"),
            ("2026. március 3.", DayFirst, "2026-03-03"),
            ("2026 m. kovo 3 d.", DayFirst, "2026-03-03"),
            ("2026. gada 3. marts", DayFirst, "2026-03-03"),
            ("2026-Mar-03", DayFirst, "2026-03-03"),
            ("3. mart 2026.", DayFirst, "2026-03-03"),
            ("3 Μαρτίου 2026", DayFirst, "2026-03-03"),
            ("3. maaliskuuta 2026", DayFirst, "2026-03-03"),
            ("3 de març de 2026", DayFirst, "2026-03-03"),
            ("2026_03_03", DayFirst, "2026-03-03"),
            ("115/03/03", DayFirst, "2026-03-03"),
            ("民國115年3月3日", DayFirst, "2026-03-03"),
            ("令和元年5月1日", DayFirst, "2019-05-01"),
            ("R8.3.3", DayFirst, "2026-03-03"),
            ("H31/04/30", DayFirst, "2019-04-30"),
            ("2026-03-03Z", DayFirst, "2026-03-03"),
            ("01.01.50", DayFirst, "1950-01-01"),
            ("01.01.49", DayFirst, "2049-01-01"),
        ] {
            assert_eq!(read(text, order).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_time_may_follow() {
        for (text, wanted) in [
            ("03.04.2026 07:40", "2026-04-03T07:40:00"),
            ("2026-04-03T07:40:00Z", "2026-04-03T07:40:00"),
            ("2026-04-03T07:40:00.250+02:00", "2026-04-03T07:40:00.25"),
            ("03.04.2026, 7:40 Uhr", "2026-04-03T07:40:00"),
            ("3 April 2026 7:40 PM", "2026-04-03T19:40:00"),
            ("03.04.2026 12:05 AM", "2026-04-03T00:05:00"),
            ("01.03.2026 05:00:00 UTC", "2026-03-01T05:00:00"),
            ("Mar 1, 2026 5:00:00 PM PST", "2026-03-01T17:00:00"),
            ("2026-03-01 05:00:00 +0100 CET", "2026-03-01T05:00:00"),
            ("Sun Mar  1 05:00:00 UTC 2026", "2026-03-01T05:00:00"),
            ("01/Mar/2026:05:00:00 +0100", "2026-03-01T05:00:00"),
            ("01-Mar-2026 05.00.00 PM", "2026-03-01T17:00:00"),
            ("2026-03-01 - 05:00", "2026-03-01T05:00:00"),
            ("20260301 050000", "2026-03-01T05:00:00"),
            ("20260301T050000Z", "2026-03-01T05:00:00"),
            ("20260301050000", "2026-03-01T05:00:00"),
            ("01-03-2026 05.30", "2026-03-01T05:30:00"),
            ("1.3.2026 klo 5.30", "2026-03-01T05:30:00"),
            ("2026-03-01 kl. 05.30", "2026-03-01T05:30:00"),
            ("01.03.2026 godz. 05:30", "2026-03-01T05:30:00"),
            ("2026-03-01 오후 5:30", "2026-03-01T17:30:00"),
            ("2026/3/1 上午 5:30", "2026-03-01T05:30:00"),
            ("2026年3月1日 17時30分", "2026-03-01T17:30:00"),
            ("1/3/2026 5:30 μμ", "2026-03-01T17:30:00"),
            ("2026/03/01(日) 5:30", "2026-03-01T05:30:00"),
            ("Sun Mar 01 2026 05:00:00 GMT+0100 (Central European Standard Time)", "2026-03-01T05:00:00"),
        ] {
            assert_eq!(read(text, DayFirst).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn no_such_day_is_none() {
        for text in [
            "31.02.2026",
            "13.13.2026",
            "2026-00-10",
            "1 2 26",
            "12345678",
            "März 26",
            "KW 54 2026",
            "W3",
            "13/2026",
            "03.03.",
            "1.2.3",
            "99999999",
            "3 Stück 2026",
            "03.04.2026 25:00",
        ] {
            assert_eq!(read(text, DayFirst), None, "{text}");
        }
        assert_eq!(read("13/04/2026", MonthFirst), None);
    }

    #[test]
    fn a_month_or_a_week_is_its_first_day() {
        for (text, wanted, part) in [
            ("März 2026", "2026-03-01", Part::NamedMonth),
            ("Jan 2026", "2026-01-01", Part::NamedMonth),
            ("Mär-26", "2026-03-01", Part::NamedMonth),
            ("mars de 2026", "2026-03-01", Part::NamedMonth),
            ("października 2026", "2026-10-01", Part::NamedMonth),
            ("2026-03", "2026-03-01", Part::Month),
            ("03/2026", "2026-03-01", Part::Month),
            ("2026-W05", "2026-01-26", Part::Week),
            ("2026W01", "2025-12-29", Part::Week),
            ("KW 5/2026", "2026-01-26", Part::Week),
            ("5. KW 2026", "2026-01-26", Part::Week),
            ("Week 53, 2026", "2026-12-28", Part::Week),
        ] {
            let written = written(text);
            assert_eq!(written.map(|w| w.part), Some(part), "{text}");
            assert_eq!(read(text, DayFirst).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn days_and_back() {
        for days in [-719_162, -1, 0, 59, 60, 20_515, 47_482] {
            let (year, month, day) = from_days(days);
            assert_eq!(super::days(year, month, day), Some(days));
        }
        assert_eq!(date_text(0), "1970-01-01");
        assert_eq!(date_time_text(-1_000_000), "1969-12-31T23:59:59");
    }
}
