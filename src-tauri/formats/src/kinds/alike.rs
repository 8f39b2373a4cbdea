//! Which texts are alike in all that their facts depend on: of columns that hardly repeat themselves (numbers of receipts, sums,
//! points in time) one text in thousands has to be looked at, and the others are known by what they are like.
//!
//! Likeness keeps all of a text but its figures. Of these it keeps which are zeros and how many stand together, and where it
//! matters (days, months, hours, years) within which bounds their number lies. Whether that is enough is tried out before it is
//! believed: with other figures of the same likeness, chosen so that they make a day or a time wherever some do.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use foldhash::fast::RandomState;

use super::facts::{Fact, is};
use super::{code, date};
use crate::raw::{Cell, CellClass};

/// Longest text whose likeness is asked.
const LONGEST: usize = 40;
/// Likenesses that are kept of a column.
const KEPT: usize = 1 << 16;
/// Likenesses after which it is looked whether they were of use, by whether they are of times.
const TRIED: [usize; 2] = [1 << 10, 1 << 13];

/// What is known of the texts of a column by what they are like.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    /// Their line; none where each has to be looked at.
    known: HashMap<Box<[u8]>, Option<u16>, RandomState>,
    asked: usize,
}

/// Where a text belongs that was not known.
pub(crate) struct Place(Likeness);

/// A text's likeness.
#[derive(Debug, Clone, Copy)]
struct Likeness {
    bytes: [u8; 2 * LONGEST],
    len: usize,
    of_time: bool,
}

impl Alike {
    /// The line of texts like this one; where it is not known, the place to keep it at, if there can be any. The text is clean.
    #[inline]
    pub fn line(&mut self, text: &str) -> Result<u16, Option<Place>> {
        let may_be_time = text.len() <= LONGEST && text.contains(':');
        // Of a column of many likenesses each is of no use.
        if self.known.len() >= TRIED[usize::from(may_be_time)] && self.known.len() * 4 > self.asked {
            return Err(None);
        }
        let of_time = may_be_time.then(|| Likeness::of_time(text)).flatten();
        let Some(likeness) = of_time.or_else(|| Likeness::of(text)) else { return Err(None) };
        self.asked += 1;
        match self.known.get(likeness.bytes()) {
            Some(Some(line)) => Ok(*line),
            Some(None) => Err(None),
            None if self.known.len() >= KEPT => Err(None),
            None => Err(Some(Place(likeness))),
        }
    }

    /// Keeps the line of a text with these facts for those that are like it.
    pub fn keep(&mut self, place: &Place, text: &str, fact: &Fact, line: u16) {
        let holds = place.0.of_time || holds_for_all(text, fact);
        self.known.insert(Box::from(place.0.bytes()), holds.then_some(line));
    }
}

/// Whether all texts like this one have these facts.
fn holds_for_all(text: &str, fact: &Fact) -> bool {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let of = |text: &str| Fact::of(text, Cell { text, class: CellClass::TEXT });
    let others: Vec<Fact> = FIGURES.iter().map(|figures| of(&with_figures(text, *figures))).collect();
    let any = |bits: u64| others.iter().chain([fact]).any(|fact| fact.has(bits));
    let longest = runs(text).filter(|run| run[0].is_ascii_digit()).map(<[u8]>::len).max().unwrap_or(0);
    let depends = any(is::DAY | is::SCIENTIFIC) || (longest > 2 && any(is::TIME | is::LONG_TIME | is::UNIT_OF_TIME));
    !depends && others.iter().all(|other| other == fact)
}

/// Figures, and what is between them.
fn runs(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
}

impl Likeness {
    const NONE: Likeness = Likeness { bytes: [0; 2 * LONGEST], len: 0, of_time: false };

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        if let Some(next) = self.bytes.get_mut(self.len) {
            *next = byte;
            self.len += 1;
        }
    }

    /// Nothing for texts without figures, long ones, and those of which a single figure may tell everything.
    #[inline]
    fn of(text: &str) -> Option<Likeness> {
        let bytes = text.as_bytes();
        if !(4..=LONGEST).contains(&bytes.len()) {
            return None;
        }
        let mut likeness = Likeness::NONE;
        let (mut at, mut figures) = (0, 0);
        while at < bytes.len() {
            let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if run == 0 {
                // Letters of Latin, marks and signs of money; words of others may be a part of a day.
                if !matches!(bytes[at], b' '..=b'~' | 0x80..=0xc9 | 0xe2) {
                    return None;
                }
                likeness.push(bytes[at]);
                at += 1;
                continue;
            }
            let run = &bytes[at..at + run];
            run.iter().for_each(|figure| likeness.push(b'0' + u8::from(*figure != b'0')));
            likeness.push(Bounds::of(run) as u8);
            (at, figures) = (at + run.len(), figures + run.len());
        }
        match figures {
            0 => None,
            _ if figures == bytes.len() => Likeness::of_figures(text),
            _ => (!tells_by_figures(bytes)).then_some(likeness),
        }
    }

    /// Of figures alone how many there are is nearly all that counts.
    fn of_figures(text: &str) -> Option<Likeness> {
        let bounds = match text.len() {
            5 => date::serial(text).is_some(),
            6 if date::compact_time(text).is_some() => return None,
            8 if date::written(text).is_some() => return None,
            8 | 12 | 13 => code::is_barcode(text),
            6 | 7 | 9..=11 | 15.. => false,
            _ => return None,
        };
        let mut likeness = Likeness::NONE;
        let all_zeros = text.bytes().all(|figure| figure == b'0');
        let marks = [text.len() as u8, u8::from(text.starts_with('0')), u8::from(all_zeros), u8::from(bounds)];
        marks.into_iter().for_each(|mark| likeness.push(mark));
        Some(likeness)
    }

    /// Of a time, with a day in front of it or without: all of the day, and what the time is like. Nothing where there is more.
    fn of_time(text: &str) -> Option<Likeness> {
        let bytes = text.as_bytes();
        let colon = bytes.iter().position(|byte| *byte == b':')?;
        let hours = bytes[..colon].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let (day, time) = bytes.split_at(colon - hours);
        let is_time =
            (1..=2).contains(&hours) && time.iter().all(|b| b.is_ascii_digit() || b":., ZzAaPpMm".contains(b));
        if !is_time || !(day.is_empty() || is_day(day)) {
            return None;
        }
        let mut likeness = Likeness { of_time: true, ..Likeness::NONE };
        day.iter().for_each(|byte| likeness.push(*byte));
        likeness.push(0);
        let (mut before, mut colons, mut ended) = (b':', 0, false);
        for run in time.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
            if !run[0].is_ascii_digit() {
                run.iter().for_each(|byte| likeness.push(*byte));
                before = if run.len() == 1 { run[0] } else { b' ' };
                colons += usize::from(before == b':');
                continue;
            }
            // Hours, minutes, seconds and a part of one. Whatever else comes may belong to the day.
            let is_part = matches!(before, b'.' | b',') && colons == 2;
            if ended || !(before == b':' && run.len() <= 2 || is_part) {
                return None;
            }
            let zeros = run.iter().all(|figure| *figure == b'0');
            likeness.push(run.len() as u8);
            likeness.push(match (colons, run.len()) {
                _ if is_part => u8::from(zeros),
                (1.., 2) => {
                    // Of minutes and seconds most are alike.
                    let value = (run[0] - b'0') * 10 + (run[1] - b'0');
                    [0, 59, 60].iter().filter(|end| value > **end).count() as u8
                }
                _ => Bounds::of(run) as u8 * 2 + u8::from(zeros),
            });
            ended = is_part;
        }
        Some(likeness)
    }
}

/// Year, month and day in figures, and what parts them from a time, so that no figure of the time belongs to them.
fn is_day(text: &[u8]) -> bool {
    let end = text.iter().rposition(|byte| !matches!(byte, b' ' | b'T' | b',')).map_or(0, |at| at + 1);
    let mut runs = text[..end].chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    let mut next = || runs.next().unwrap_or_default();
    let is_parted = |mark: &[u8]| matches!(mark, b"-" | b"." | b"/");
    let is_number = |run: &[u8]| run.first().is_some_and(u8::is_ascii_digit);
    end < text.len()
        && is_number(next())
        && is_parted(next())
        && is_number(next())
        && is_parted(next())
        && is_number(next())
        && next().is_empty()
}

/// Accounts with check digits, and years that are counted from an emperor on.
fn tells_by_figures(text: &[u8]) -> bool {
    let is_account = text.len() >= 15
        && text[0].is_ascii_alphabetic()
        && text.iter().filter(|byte| **byte != b' ').nth(2).is_some_and(u8::is_ascii_digit);
    let of_era = matches!(text, [b'M' | b'T' | b'S' | b'H' | b'R' | b'm' | b't' | b's' | b'h' | b'r', b'0'..=b'9', ..])
        && text.iter().any(|byte| matches!(byte, b'.' | b'/' | b'-'));
    is_account || of_era
}

/// Within which bounds a number lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Bounds {
    /// Its zeros tell all.
    Any = 1,
    Month,
    /// It may be midnight, where halves of the day are counted.
    Twelve,
    Hour,
    TwentyFour,
    Day,
    Minute,
    /// A second that is put in between.
    Sixty,
    TwoFigures,
    /// A year as Taiwan counts.
    Republic,
    /// A year as Thailand counts.
    Buddhist,
    /// A year that is one wherever it stands.
    Year,
    /// Others that may be one.
    OtherYear,
    /// The end of all days.
    Ever,
}

impl Bounds {
    /// Of numbers of two, three and four figures.
    const ALL: [(usize, RangeInclusive<u32>, Bounds); 14] = [
        (2, 0..=0, Bounds::Any),
        (2, 1..=11, Bounds::Month),
        (2, 12..=12, Bounds::Twelve),
        (2, 13..=23, Bounds::Hour),
        (2, 24..=24, Bounds::TwentyFour),
        (2, 25..=31, Bounds::Day),
        (2, 32..=59, Bounds::Minute),
        (2, 60..=60, Bounds::Sixty),
        (2, 61..=99, Bounds::TwoFigures),
        (3, 60..=160, Bounds::Republic),
        (4, 1_900..=2_100, Bounds::Year),
        (4, 2_440..=2_640, Bounds::Buddhist),
        (4, 1_000..=2_999, Bounds::OtherYear),
        (4, 9_999..=9_999, Bounds::Ever),
    ];

    #[inline]
    fn of(figures: &[u8]) -> Bounds {
        if !(2..=4).contains(&figures.len()) {
            return Bounds::Any;
        }
        let value = figures.iter().fold(0, |value, figure| value * 10 + u32::from(figure - b'0'));
        let fits =
            |(len, bounds, _): &&(usize, RangeInclusive<u32>, Bounds)| *len == figures.len() && bounds.contains(&value);
        Bounds::ALL.iter().find(fits).map_or(Bounds::Any, |(_, _, bounds)| *bounds)
    }
}

/// What other figures are put in.
#[derive(Debug, Clone, Copy)]
enum Figures {
    /// Eight of them begin with a year.
    YearFirst,
    YearLast,
    /// Large ones.
    Large,
}

const FIGURES: [Figures; 3] = [Figures::YearFirst, Figures::YearLast, Figures::Large];

/// A text like this one with other figures.
fn with_figures(text: &str, figures: Figures) -> String {
    let mut other = Vec::with_capacity(text.len());
    for run in runs(text) {
        match run[0].is_ascii_digit() {
            true => other.extend(like(run, figures)),
            false => other.extend_from_slice(run),
        }
    }
    String::from_utf8(other).unwrap_or_default()
}

/// Other figures of the same likeness, which are a part of a day or of a time wherever some are.
fn like(run: &[u8], figures: Figures) -> Vec<u8> {
    // Figures in the places of those that are no zeros; the last one for all that follow.
    let put = |with: &[u8]| -> Vec<u8> {
        let with = |at: usize| with.get(at).or(with.last()).copied().unwrap_or(b'1');
        run.iter().enumerate().map(|(at, figure)| if *figure == b'0' { b'0' } else { with(at) }).collect()
    };
    let year = |run: &[u8]| -> &[u8] { if run[1] == b'0' { b"2011" } else { b"1911" } };
    match (run.len(), Bounds::of(run)) {
        (2, Bounds::Twelve | Bounds::TwentyFour | Bounds::Sixty) | (_, Bounds::Ever) => run.to_vec(),
        (2, Bounds::Hour) => put(b"21"),
        (2, Bounds::Day) => put(if run[1] == b'0' { b"30" } else { b"28" }),
        (2, Bounds::Minute) => put(b"45"),
        (2, Bounds::TwoFigures) => put(b"77"),
        (3, Bounds::Republic) => put(if run[0] == b'0' { b"077" } else { b"111" }),
        (3, _) => put(if run[0] == b'0' { b"011" } else { b"222" }),
        (4, Bounds::Year) => put(year(run)),
        (4, Bounds::Buddhist) => put(b"2511"),
        (4, Bounds::OtherYear) => put(b"1"),
        (4, _) => put(if run[0] == b'0' { b"0111" } else { b"3111" }),
        (8, _) => match figures {
            Figures::YearFirst => put(&[year(run), b"1111"].concat()),
            Figures::YearLast => put(&[b"1111", year(&run[4..])].concat()),
            Figures::Large => put(b"9"),
        },
        (5.., _) => put(if matches!(figures, Figures::Large) { b"9" } else { b"1" }),
        _ => put(b"1"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::raw::spread;

    fn facts_of(text: &str) -> Fact {
        Fact::of(text, Cell { text, class: CellClass::TEXT })
    }

    /// What a column says of its texts, one after the other.
    #[derive(Default)]
    struct Column {
        alike: Alike,
        lines: Vec<Fact>,
        known: usize,
    }

    impl Column {
        fn fact(&mut self, text: &str) -> Fact {
            let line = self.alike.line(text);
            self.known += usize::from(line.is_ok());
            let line = line.unwrap_or_else(|place| {
                let fact = facts_of(text);
                let line = self.lines.iter().position(|known| *known == fact).unwrap_or_else(|| {
                    self.lines.push(fact);
                    self.lines.len() - 1
                });
                if let Some(place) = place {
                    self.alike.keep(&place, text, &fact, line as u16);
                }
                line as u16
            });
            self.lines[usize::from(line)]
        }
    }

    /// Random texts that look like something.
    struct Texts(u64);

    impl Texts {
        fn below(&mut self, end: u64) -> u64 {
            self.0 += 1;
            spread(self.0) % end
        }

        fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
            of[self.below(of.len() as u64) as usize]
        }

        /// Figures of all sorts, those more often that are the first or last of something.
        fn figures(&mut self) -> String {
            const OFTEN: [&str; 36] = [
                "0", "1", "9", "00", "01", "02", "09", "10", "11", "12", "13", "23", "24", "25", "28", "29", "30",
                "31", "32", "49", "50", "59", "60", "61", "99", "059", "060", "160", "161", "1900", "2000", "2023",
                "2024", "2100", "2567", "9999",
            ];
            match self.below(4) {
                0 | 1 => self.one(&OFTEN).to_owned(),
                2 => {
                    let length =
                        self.one(&["1", "2", "2", "3", "4", "4", "5", "6", "7", "8", "9", "10", "12", "13", "16"]);
                    (0..length.parse().unwrap_or(1)).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
                }
                _ => {
                    let day = format!("{}{:02}{:02}", 1890 + self.below(220), self.below(14), self.below(33));
                    if self.below(2) == 0 { day } else { format!("{}{}", &day[4..], &day[..4]) }
                }
            }
        }

        fn text(&mut self) -> String {
            const BETWEEN: [&str; 24] = [
                ".", ".", "-", "-", "/", ":", ":", ":", " ", " ", ",", ", ", ". ", "T", "'", "_", "+", "(", ")", "e",
                "E", "h", "%", "*",
            ];
            const WORDS: [&str; 40] = [
                "mar",
                "März",
                "feb",
                "Feb",
                "Mon",
                "Di",
                "KW",
                "W",
                "Week",
                "PM",
                "am",
                "Z",
                "UTC",
                "Uhr",
                "kg",
                "min",
                "h",
                "d",
                "std",
                "EUR",
                "€",
                "$",
                "CHF",
                "R",
                "H",
                "S",
                "M",
                "DE",
                "AB",
                "PT",
                "P",
                "user",
                "@mail.example",
                "St.",
                "a",
                "x",
                "de",
                "rd",
                "TL",
                "Nr",
            ];
            if self.below(4) == 0 {
                return self.point_in_time();
            }
            let mut text = String::new();
            for _ in 0..1 + self.below(7) {
                match self.below(8) {
                    0..4 => text += &self.figures(),
                    4..7 => text += self.one(&BETWEEN),
                    _ => text += self.one(&WORDS),
                }
            }
            text
        }

        /// A time, mostly with a day in front of it.
        fn point_in_time(&mut self) -> String {
            let mark = self.one(&["-", ".", "/", " "]);
            let mut text = match self.below(6) {
                0 => String::new(),
                1 => self.figures() + self.one(&[" ", "T", "."]),
                2 => format!("{} {} ", self.one(&["Feb", "Mar", "Tue Feb", "29."]), self.figures()),
                _ => {
                    format!("{}{mark}{}{mark}{}", self.figures(), self.figures(), self.figures())
                        + self.one(&[" ", " ", "T", ", ", "", ":", ". "])
                }
            };
            for place in 0..2 + self.below(2) {
                text += if place == 0 { "" } else { ":" };
                text += &self.figures();
            }
            text += self.one(&["", "", ".", ",", " "]);
            text += &if self.below(2) == 0 { self.figures() } else { String::new() };
            text + self.one(&["", "", " PM", "am", "Z", " a.m.", " 2024", " 29.2.24", "+01:00"])
        }

        /// Texts as one column has them, which differ in their figures only.
        fn like(&mut self, text: &str) -> String {
            let mut other = String::new();
            for run in runs(text) {
                match run[0].is_ascii_digit() {
                    true if run.len() == 2 || self.below(3) == 0 => {
                        let mut figures = self.figures();
                        while figures.len() < run.len() {
                            figures += &self.figures();
                        }
                        other += &figures[..run.len()];
                    }
                    true => other.extend(run.iter().map(|_| char::from(b'0' + self.below(10) as u8))),
                    false => other += &String::from_utf8_lossy(run),
                }
            }
            other
        }
    }

    #[test]
    fn texts_that_are_alike_have_the_same_facts() {
        let (mut texts, mut known) = (Texts(0), 0);
        for _ in 0..1_500 {
            let (mut column, first) = (Column::default(), texts.text());
            for _ in 0..60 {
                let text = texts.like(&first);
                let text = super::super::facts::clean(&text);
                if !text.is_empty() {
                    assert_eq!(column.fact(text), facts_of(text), "{text} in a column with {first}");
                }
            }
            known += column.known;
        }
        assert!(known > 20_000, "{known}");
    }

    #[test]
    fn hardly_any_text_of_a_long_column_has_to_be_looked_at() {
        let day = |row: u64| format!("2026-{:02}-{:02}", 1 + row / 28 % 12, 1 + row % 28);
        let clock =
            |row: u64| format!("{:02}:{:02}:{:02}", spread(row) % 24, spread(row) / 24 % 60, spread(row) / 1_440 % 60);
        let columns: [(&str, &dyn Fn(u64) -> String); 9] = [
            ("numbers", &|row| format!("{}", 1_000_000 + row)),
            ("receipts", &|row| format!("R-{row:07}")),
            ("barcodes", &|row| format!("{:013}", spread(row) % 10_000_000_000_000)),
            ("sums", &|row| format!("{}.{:02}", 10_000 + spread(row) % 90_000, spread(row) / 90_000 % 100)),
            ("sums of euros", &|row| format!("{},{:02} €", 1 + spread(row) % 900, spread(row) / 900 % 100)),
            ("shares", &|row| format!("0.{:06}", spread(row) % 1_000_000)),
            ("addresses", &|row| format!("user{}@mail{}.example", spread(row) % 100_000, row % 7)),
            ("points in time", &|row| format!("{} {}", day(row / 2_000), clock(row))),
            ("the same with a T", &|row| format!("{}T{}.{:03}Z", day(row / 2_000), clock(row), spread(row) % 1_000)),
        ];
        for (name, cell) in columns {
            let mut column = Column::default();
            for row in 0..20_000 {
                let text = cell(row);
                assert_eq!(column.fact(&text), facts_of(&text), "{name}: {text}");
            }
            assert!(column.known > 18_000, "{name}: {}", column.known);
        }
    }

    #[test]
    fn a_column_of_texts_that_are_like_no_other_is_not_asked_for_long() {
        let mut column = Column::default();
        for row in 0..5_000u64 {
            let text = format!("{}-{row}", char::from_u32(0xc0 + (row % 100) as u32).unwrap_or('x'));
            let text = format!("{text}{:x}", spread(row));
            assert_eq!(column.fact(&text), facts_of(&text), "{text}");
        }
        assert!(column.alike.known.len() <= TRIED[0], "{}", column.alike.asked);
    }

    #[test]
    fn no_word_that_means_something_has_figures_but_zeros() {
        // Otherwise others would be taken for it.
        for word in words::with_figures() {
            let counts = word.len() >= 4 && word.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
            assert!(!counts, "{word}");
        }
    }
}
