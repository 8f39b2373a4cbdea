//! Workbook numbers as text: what a number format makes of a stored number, days and times included.

use crate::kinds::date;
use crate::kinds::money::{self, Currency, Mark};
use crate::kinds::number::push_general;
use crate::raw::{CellClass, Stored};

/// What a number format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Shows {
    Number,
    Date,
    DateTime,
    Time,
    /// Hours beyond 23 go on.
    Length,
    /// Digits with zeros in front, so many in all: a code.
    Padded(u8),
    /// The same with signs between them: `00-000`.
    Masked(Mask),
    Text,
}

/// How the digits of a code stand: a place for each of them, signs between, perhaps a word in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Mask {
    signs: [u8; Mask::MOST],
    len: u8,
}

impl Mask {
    const MOST: usize = 30;
    /// The place of a digit.
    const DIGIT: u8 = 0;

    fn add(&mut self, sign: u8) {
        match self.signs.get_mut(usize::from(self.len)) {
            Some(place) => *place = sign,
            None => return self.len = u8::MAX,
        }
        self.len += 1;
    }

    fn signs(&self) -> &[u8] {
        self.signs.get(..usize::from(self.len)).unwrap_or_default()
    }

    fn digits(&self) -> usize {
        self.signs().iter().filter(|sign| **sign == Mask::DIGIT).count()
    }

    /// Groups of digits with signs between them, as postcodes, telephones and numbers of files have them, or a word in front.
    /// Blanks alone part thousands, too, and there the first group has one digit.
    fn is_code(&self) -> bool {
        let signs = self.signs();
        let first = signs.iter().take_while(|sign| **sign == Mask::DIGIT).count();
        let joints = signs.iter().any(|sign| matches!(sign, b'-' | b'/' | b'.' | b':' | b'('));
        let led = signs.first().is_some_and(u8::is_ascii_alphanumeric);
        let ends = signs.last() == Some(&Mask::DIGIT);
        self.digits() >= 3 && self.digits() < signs.len() && ends && (joints || led || first >= 2)
    }

    fn parts_thousands(&self) -> bool {
        self.signs().trim_ascii().contains(&b' ')
    }

    /// The digits in their places; those beyond stand in front of them.
    fn text(&self, value: u64) -> String {
        let places = self.digits();
        let digits = format!("{value:0places$}");
        let (more, digits) = digits.split_at(digits.len() - places);
        let (mut more, mut digits) = (Some(more), digits.chars());
        let mut out = String::new();
        for sign in self.signs() {
            if *sign == Mask::DIGIT {
                out.push_str(more.take().unwrap_or_default());
                out.extend(digits.next());
            } else {
                out.push(char::from(*sign));
            }
        }
        out
    }
}

/// A number format in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NumberFormat {
    pub shows: Shows,
    pub percent: bool,
    pub currency: Option<Currency>,
}

impl NumberFormat {
    pub const GENERAL: NumberFormat = NumberFormat { shows: Shows::Number, percent: false, currency: None };

    pub const fn shows(shows: Shows) -> NumberFormat {
        NumberFormat { shows, ..NumberFormat::GENERAL }
    }

    /// One of those that Excel has built in (ECMA-376 part 1, 18.8.30).
    pub fn built_in(id: u32) -> NumberFormat {
        match id {
            9 | 10 => NumberFormat { percent: true, ..NumberFormat::GENERAL },
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => NumberFormat::shows(Shows::Date),
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => NumberFormat::shows(Shows::Time),
            22 => NumberFormat::shows(Shows::DateTime),
            46 => NumberFormat::shows(Shows::Length),
            49 => NumberFormat::shows(Shows::Text),
            _ => NumberFormat::GENERAL,
        }
    }

    /// By its code, such as `dd.mm.yyyy`, `0.00%` or `#,##0.00 [$€-407]`. The first section counts.
    pub fn of_code(code: &str) -> NumberFormat {
        if code.len() > 1_000 {
            return NumberFormat::GENERAL;
        }
        let mut tokens = Tokens::default();
        tokens.read(code);
        let mut format = NumberFormat { shows: tokens.shows(), percent: tokens.percent, currency: tokens.currency };
        if format.shows != Shows::Number {
            format.percent = false;
            format.currency = None;
        }
        format
    }

    /// What a number is that is no day and no time.
    pub const fn class(&self) -> CellClass {
        CellClass { stored: Stored::Number, percent: self.percent, currency: self.currency }
    }

    /// The text of a stored number, and what it is. `epoch_1904`: days count from 1904.
    pub fn text(&self, value: f64, epoch_1904: bool) -> (String, CellClass) {
        let mut out = String::new();
        let class = self.push(&mut out, value, epoch_1904);
        (out, class)
    }

    /// The same, added to a text.
    pub fn push(&self, out: &mut String, value: f64, epoch_1904: bool) -> CellClass {
        if !value.is_finite() {
            out.push_str("#NUM!");
            return CellClass::plain(Stored::Error);
        }
        let stored = match self.shows {
            Shows::Number | Shows::Text => None,
            Shows::Padded(digits) if (0.0..1e15).contains(&value) && value == value.trunc() => {
                out.push_str(&format!("{:0width$}", value as u64, width = usize::from(digits)));
                Some(Stored::Text)
            }
            Shows::Masked(mask) if (0.0..1e15).contains(&value) && value == value.trunc() => {
                out.push_str(&mask.text(value as u64));
                Some(Stored::Text)
            }
            Shows::Padded(_) | Shows::Masked(_) => None,
            Shows::Length => push_length(out, value),
            Shows::Date => moment(value, epoch_1904).map(|micros| match micros.rem_euclid(DAY_MICROS) {
                0 => {
                    date::push_date(out, (micros / DAY_MICROS) as i32);
                    Stored::Date
                }
                _ => {
                    date::push_date_time(out, micros);
                    Stored::DateTime
                }
            }),
            Shows::Time if (0.0..1.0).contains(&value) => push_length(out, value),
            Shows::Time | Shows::DateTime => moment(value, epoch_1904).map(|micros| {
                date::push_date_time(out, micros);
                Stored::DateTime
            }),
        };
        match stored {
            Some(stored) => CellClass::plain(stored),
            None => {
                push_general(out, value);
                self.class()
            }
        }
    }
}

const DAY_MICROS: i64 = 86_400_000_000;

/// Microseconds since 1970 of a serial day, rounded to milliseconds as Excel does; nothing outside of its calendar.
fn moment(value: f64, epoch_1904: bool) -> Option<i64> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let value = if epoch_1904 { value + 1_462.0 } else { value };
    // Excel believes in 29 February 1900; before it days count from a day later.
    let day = if value < 60.0 { value + 1.0 } else { value };
    let millis = ((day - 25_569.0) * 86_400_000.0).round();
    Some(millis as i64 * 1_000)
}

/// A part of a day, or several, as hours, minutes and seconds.
fn push_length(out: &mut String, value: f64) -> Option<Stored> {
    let millis = (value * 86_400_000.0).round();
    (0.0..3.2e12).contains(&millis).then(|| {
        date::push_time(out, millis as i64 * 1_000);
        Stored::Time
    })
}

/// What stands in a format code.
#[derive(Default)]
struct Tokens {
    day_or_year: bool,
    month: bool,
    clock: bool,
    length: bool,
    percent: bool,
    text: bool,
    currency: Option<Currency>,
    zeros: u8,
    others: bool,
    mask: Mask,
    /// Something that is neither a digit nor a sign between digits.
    no_mask: bool,
}

impl Tokens {
    fn read(&mut self, code: &str) {
        let mut rest = code;
        let mut previous_clock = false;
        while let Some(c) = rest.chars().next() {
            let step = c.len_utf8();
            match c {
                ';' => break,
                '\\' | '_' | '*' => {
                    let escaped = rest[step..].chars().next();
                    let sign = escaped.filter(|_| c == '\\').map(String::from).unwrap_or_default();
                    self.sign(&sign);
                    self.literal(&sign);
                    rest = &rest[step + escaped.map_or(0, char::len_utf8)..];
                    continue;
                }
                '"' => {
                    let inner = rest[1..].split('"').next().unwrap_or_default();
                    self.sign(inner);
                    self.literal(inner);
                    rest = rest.get(inner.len() + 2..).unwrap_or_default();
                    continue;
                }
                '[' => {
                    let inner = rest[1..].split(']').next().unwrap_or_default();
                    self.bracket(inner);
                    rest = rest.get(inner.len() + 2..).unwrap_or_default();
                    continue;
                }
                'y' | 'Y' | 'd' | 'D' | 'e' if !(c == 'e' && self.zeros > 0) => self.day_or_year = true,
                // The day of the week in Japanese and Chinese.
                'a' if rest.starts_with("aaa") => self.day_or_year = true,
                'h' | 'H' | 's' | 'S' => {
                    self.clock = true;
                    previous_clock = true;
                }
                'm' | 'M' => self.month |= is_month(rest, previous_clock),
                'A' | 'a' if rest.get(..5).is_some_and(|t| t.eq_ignore_ascii_case("AM/PM")) => {
                    self.clock = true;
                    rest = &rest[5..];
                    continue;
                }
                '%' => self.percent = true,
                '@' => self.text = true,
                '0' => {
                    self.zeros = self.zeros.saturating_add(1);
                    self.mask.add(Mask::DIGIT);
                }
                'G' if rest.starts_with("General") => return,
                '-' | '/' | ':' | ' ' | '(' | ')' => {
                    self.mask.add(c as u8);
                    if !matches!(c, ':' | ' ') {
                        self.others = true;
                        previous_clock = false;
                    }
                }
                '€' | '$' | '£' | '¥' => self.sign(&rest[..step]),
                _ => {
                    self.others = true;
                    self.no_mask = true;
                    previous_clock = false;
                }
            }
            rest = &rest[step..];
        }
    }

    /// Letters that stand as they are. Words behind digits are units.
    fn literal(&mut self, text: &str) {
        let sign = |b: u8| matches!(b, b'-' | b'/' | b'.' | b':' | b' ' | b'(' | b')');
        let word = |b: u8| self.zeros == 0 && (b.is_ascii_alphanumeric() || b == b'_');
        match text.bytes().all(|b| sign(b) || word(b)) {
            true => text.bytes().for_each(|b| self.mask.add(b)),
            false => self.no_mask = true,
        }
    }

    fn bracket(&mut self, inner: &str) {
        if let Some(sign) = inner.strip_prefix('$') {
            self.sign(sign.split('-').next().unwrap_or_default());
        } else if !inner.is_empty() && inner.chars().all(|c| "hHmMsS".contains(c)) {
            self.length = true;
        }
    }

    fn sign(&mut self, text: &str) {
        if let Some(Mark::Known(currency)) = money::mark(text) {
            self.currency = self.currency.or(Some(currency));
        }
    }

    fn shows(&self) -> Shows {
        if self.length {
            Shows::Length
        } else if self.day_or_year || self.month {
            if self.clock { Shows::DateTime } else { Shows::Date }
        } else if self.clock {
            Shows::Time
        } else if self.text && self.zeros == 0 {
            Shows::Text
        } else if self.zeros >= 2 && !self.no_mask && !self.percent && self.currency.is_none() && self.mask.is_code() {
            Shows::Masked(self.mask)
        } else if self.zeros >= 2
            && !self.others
            && !self.percent
            && self.currency.is_none()
            && (self.no_mask || !self.mask.parts_thousands())
        {
            Shows::Padded(self.zeros)
        } else {
            Shows::Number
        }
    }
}

/// Months stand beside days, minutes beside hours and seconds.
fn is_month(rest: &str, behind_clock: bool) -> bool {
    !(behind_clock || rest.trim_start_matches(['m', 'M']).trim_start_matches([':', '.']).starts_with(['s', 'S']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(code: &str, value: f64) -> (String, Stored) {
        let (text, class) = NumberFormat::of_code(code).text(value, false);
        (text, class.stored)
    }

    #[test]
    fn formats_decide_what_a_number_is() {
        for (code, value, wanted, stored) in [
            ("General", 12.0, "12", Stored::Number),
            ("dd.mm.yyyy", 46_084.0, "2026-03-03", Stored::Date),
            ("dd.mm.yyyy", 46_084.5, "2026-03-03T12:00:00", Stored::DateTime),
            ("yyyy\\-mm\\-dd hh:mm", 46_084.25, "2026-03-03T06:00:00", Stored::DateTime),
            ("[$-407]d. mmmm yyyy;@", 46_084.0, "2026-03-03", Stored::Date),
            ("hh:mm", 0.3194444444, "07:40:00", Stored::Time),
            ("[h]:mm", 1.5, "36:00:00", Stored::Time),
            ("mm:ss", 0.5, "12:00:00", Stored::Time),
            ("h:mm AM/PM", 0.75, "18:00:00", Stored::Time),
            ("00000", 417.0, "00417", Stored::Text),
            ("0.00", 3.2, "3.2", Stored::Number),
            ("#,##0.00", 1234.5, "1234.5", Stored::Number),
            ("mmm-yy", 46_084.0, "2026-03-03", Stored::Date),
            ("dd.mm.yyyy", -5.0, "-5", Stored::Number),
            ("0 \"m\"", 5.0, "5", Stored::Number),
            ("00-000", 30_001.0, "30-001", Stored::Text),
            ("00\\-000", 950.0, "00-950", Stored::Text),
            ("000\\ 00", 11_000.0, "110 00", Stored::Text),
            ("00\"-\"00\"-\"00", 1_209.0, "00-12-09", Stored::Text),
            ("00\\ 00\\ 00\\ 00\\ 00", 145_678_901.0, "01 45 67 89 01", Stored::Text),
            ("(000)\\ 000\\-0000", 2_125_550_142.0, "(212) 555-0142", Stored::Text),
            ("000\\.000\\.000\\-00", 12_345_678_909.0, "123.456.789-09", Stored::Text),
            ("0\\ 000", 1_234.0, "1234", Stored::Number),
            ("0-0", 12.0, "12", Stored::Number),
            ("\"K-\"0000", 417.0, "K-0417", Stored::Text),
            ("\"RE2026-\"000", 7.0, "RE2026-007", Stored::Text),
            ("\"Regal \"0", 3.0, "3", Stored::Number),
            ("0000 \"kg\"", 12.0, "0012", Stored::Text),
            ("aaa", 46_084.0, "2026-03-03", Stored::Date),
            ("[$-411]aaaa", 46_084.0, "2026-03-03", Stored::Date),
        ] {
            assert_eq!(text(code, value), (wanted.to_owned(), stored), "{code}");
        }
    }

    #[test]
    fn currencies_and_shares_are_told() {
        let currency = |code: &str| NumberFormat::of_code(code).currency.map(Currency::code);
        assert_eq!(currency("#,##0.00 [$€-407]"), Some("EUR"));
        assert_eq!(currency("\"£\"#,##0.00"), Some("GBP"));
        assert_eq!(currency("#,##0.00\\ \"€\""), Some("EUR"));
        assert_eq!(currency("0.00"), None);
        assert!(NumberFormat::of_code("0.0%").percent);
    }

    #[test]
    fn the_day_that_never_was_moves_nothing_after_it() {
        assert_eq!(text("yyyy-mm-dd", 61.0).0, "1900-03-01");
        assert_eq!(text("yyyy-mm-dd", 59.0).0, "1900-02-28");
        let (day, _) = NumberFormat::of_code("yyyy-mm-dd").text(44_622.0, true);
        assert_eq!(day, "2026-03-03");
    }
}
