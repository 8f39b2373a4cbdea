//! Date formats: what `%d.%m.%Y` (strptime) or `dd.MM.yyyy` (Unicode, Java, CSVW) say about the order of the parts.

use crate::described::model::{DateOrder, Kind, KindHint};
use crate::described::note::{Log, NoteCode};

const MAX_FORMAT: usize = 200;

/// A part of a written date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year,
    ShortYear,
    Clock,
}

/// Takes a format into a hint; one that is not understood is noted.
pub(crate) fn hint(hint: &mut KindHint, format: &str, at: &str, log: &mut Log) {
    hint.format = Some(format.chars().take(MAX_FORMAT).collect());
    let parts = parts(format);
    if parts.is_empty() {
        log.tell(NoteCode::UnknownFormat, at, format);
        return;
    }
    hint.date_order = order(&parts);
    hint.two_digit_year = parts.contains(&Part::ShortYear);
    let dated = parts.iter().any(|part| *part != Part::Clock);
    if hint.kind == Kind::Date && parts.contains(&Part::Clock) {
        hint.kind = if dated { Kind::DateTime } else { Kind::Time };
    }
    if dated && hint.date_order.is_none() && parts.len() > 1 {
        log.tell(NoteCode::UnknownFormat, at, format);
    }
}

fn order(parts: &[Part]) -> Option<DateOrder> {
    let find = |wanted: &[Part]| parts.iter().position(|part| wanted.contains(part));
    let (day, month) = (find(&[Part::Day]), find(&[Part::Month])?);
    let year = find(&[Part::Year, Part::ShortYear]);
    match (year, day) {
        (Some(year), Some(day)) if year < month && month < day => Some(DateOrder::YearFirst),
        (Some(year), _) if year < month => day.is_none().then_some(DateOrder::YearFirst),
        (_, Some(day)) if day < month => Some(DateOrder::DayFirst),
        (_, Some(_)) => Some(DateOrder::MonthFirst),
        (Some(_), None) => Some(DateOrder::MonthFirst),
        (None, None) => None,
    }
}

fn parts(format: &str) -> Vec<Part> {
    if format.len() > MAX_FORMAT {
        return Vec::new();
    }
    if format.contains('%') { strptime(format) } else { letters(format) }
}

fn strptime(format: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            continue;
        }
        match chars.by_ref().find(|c| !matches!(c, '-' | '_' | '#' | '^' | '0')) {
            Some('d' | 'e') => parts.push(Part::Day),
            Some('m' | 'b' | 'B' | 'h') => parts.push(Part::Month),
            Some('Y' | 'G') => parts.push(Part::Year),
            Some('y') => parts.push(Part::ShortYear),
            Some('F') => parts.extend([Part::Year, Part::Month, Part::Day]),
            Some('D') => parts.extend([Part::Month, Part::Day, Part::ShortYear]),
            Some('H' | 'I' | 'M' | 'S' | 'p' | 'f' | 'T' | 'R' | 'X') => parts.push(Part::Clock),
            Some('c') => return Vec::new(),
            Some('x') => return Vec::new(),
            _ => {}
        }
    }
    parts
}

fn letters(format: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut quoted = false;
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\'' {
            quoted = !quoted;
        }
        if quoted || !c.is_ascii_alphabetic() {
            continue;
        }
        let mut run = 1;
        while chars.next_if_eq(&c).is_some() {
            run += 1;
        }
        match c {
            'd' | 'D' => parts.push(Part::Day),
            'M' | 'L' => parts.push(Part::Month),
            'y' | 'Y' | 'u' => parts.push(if run == 2 { Part::ShortYear } else { Part::Year }),
            'H' | 'h' | 'K' | 'k' | 'm' | 's' | 'S' | 'a' => parts.push(Part::Clock),
            'T' | 'z' | 'Z' | 'X' | 'x' | 'O' | 'V' | 'E' | 'G' | 'e' => {}
            _ => return Vec::new(),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(format: &str) -> (Option<DateOrder>, bool) {
        let parts = parts(format);
        (order(&parts), parts.contains(&Part::ShortYear))
    }

    #[test]
    fn orders_are_seen_in_both_ways_of_writing() {
        for format in ["%d.%m.%Y", "dd.MM.yyyy", "d/M/yyyy", "%-d %B %Y", "%d.%m.", "DD.MM.YYYY"] {
            assert_eq!(of(format), (Some(DateOrder::DayFirst), false), "{format}");
        }
        for format in ["%m/%d/%y", "MM/dd/yy", "%D"] {
            assert_eq!(of(format), (Some(DateOrder::MonthFirst), true), "{format}");
        }
        for format in ["%Y-%m-%d", "yyyy-MM-dd'T'HH:mm:ss", "%F", "yyyy-MM"] {
            assert_eq!(of(format), (Some(DateOrder::YearFirst), false), "{format}");
        }
        for format in ["%Y-%d-%m", "%x", "%H:%M", "", "%", "dd.MM.yyyy q", "%j"] {
            assert_eq!(of(format), (None, false), "{format}");
        }
    }
}
