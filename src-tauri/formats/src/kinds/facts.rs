//! Everything that could be said about one cell on its own. A column is judged by how often each such set of facts
//! occurs, so that a million cells become a few dozen lines, and another choice of a person needs no second look.

use larder_model::{DateOrder, DecimalMark, Kind};

use super::money::{Currency, Mark};
use super::{code, date, number, words};
use crate::raw::{Cell, Stored, is_invisible};

/// Decimals of a number that does not read under a mark.
pub(crate) const UNFIT: u8 = u8::MAX;
/// Money, but nobody says whose.
pub(crate) const SOME_CURRENCY: u8 = u8::MAX;

/// What a cell could be. Bits of `Fact::is`.
pub(crate) mod is {
    pub const TYPED: u64 = 1;
    pub const NUMBER: u64 = 1 << 1;
    pub const DAY: u64 = 1 << 2;
    pub const TIME: u64 = 1 << 3;
    pub const BOOLEAN: u64 = 1 << 4;
    pub const EMAIL: u64 = 1 << 5;
    pub const ERROR: u64 = 1 << 6;
    pub const EMPTY_WORD: u64 = 1 << 7;
    /// Digits and nothing else.
    pub const DIGITS: u64 = 1 << 8;
    pub const LEADING_ZERO: u64 = 1 << 9;
    pub const BARCODE: u64 = 1 << 10;
    pub const PERCENT: u64 = 1 << 11;
    pub const MONEY: u64 = 1 << 12;
    /// Has a decimal mark or grouping.
    pub const PARTED: u64 = 1 << 13;
    pub const DAY_FIRST: u64 = 1 << 14;
    pub const MONTH_FIRST: u64 = 1 << 15;
    /// Year first, or the month has a name.
    pub const CLEAR_DAY: u64 = 1 << 16;
    pub const TWO_DIGIT_YEAR: u64 = 1 << 17;
    pub const COMPACT_DAY: u64 = 1 << 18;
    pub const WITH_TIME: u64 = 1 << 19;
    pub const MIDNIGHT: u64 = 1 << 20;
    pub const CODE_SHAPE: u64 = 1 << 21;
    pub const IBAN_OR_PHONE: u64 = 1 << 22;
    pub const ONE_WORD: u64 = 1 << 23;
    /// Both orders give the same day.
    pub const SAME_DAY: u64 = 1 << 24;
    /// A length of time that is no time of day: a day or more, less than nothing, or in words.
    pub const LONG_TIME: u64 = 1 << 25;
    pub const SCIENTIFIC: u64 = 1 << 26;
    pub const GROUPED: u64 = 1 << 27;
    /// Decimals, all of them zeros.
    pub const ZEROS_ONLY: u64 = 1 << 28;
    /// A month in digits and a year, which may as well be a code.
    pub const MONTH: u64 = 1 << 29;
    /// A month with its name and a year.
    pub const NAMED_MONTH: u64 = 1 << 30;
    pub const WEEK: u64 = 1 << 31;
    /// A whole number as spreadsheets count days, in the years that people live in.
    pub const SERIAL: u64 = 1 << 32;
    /// A number with a unit behind it, `12 kg`.
    pub const WITH_UNIT: u64 = 1 << 33;
    /// Hours or minutes and nothing else, `45 min`: a length of time among others, a number with a unit elsewhere.
    pub const UNIT_OF_TIME: u64 = 1 << 34;
    /// One figure with a plus behind it, as schools mark: `4+`.
    pub const MARKED_UP: u64 = 1 << 35;
    /// A whole number with a dot behind it, as rows are numbered: `12.`
    pub const ORDINAL: u64 = 1 << 36;
    /// A day in the years of Taiwan or of a Japanese emperor, which may as well be a code: `115/03/02`, `R8.3.2`.
    pub const ERA_DAY: u64 = 1 << 37;
    /// A day in a year that Thailand counts.
    pub const BUDDHIST: u64 = 1 << 38;
    /// Hours and minutes with a dot between them, which may as well be a number: `7.40`
    pub const DOTTED_TIME: u64 = 1 << 39;
    /// An hour before ten with a zero in front, without colons: `07.40`, `0740`
    pub const EARLY: u64 = 1 << 40;
    /// A whole number that goes on with a letter or another number, as houses and vouchers are numbered: `26a`, `12-14`
    pub const SUFFIXED: u64 = 1 << 41;
    /// Four or six figures that are hours, minutes and seconds: `0740`, `153010`
    pub const COMPACT_TIME: u64 = 1 << 42;
}

/// The facts of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Fact {
    pub is: u64,
    /// Decimals if the comma is the decimal mark; `UNFIT` if it cannot be.
    pub comma: u8,
    /// Decimals if the dot is.
    pub dot: u8,
    /// One more than the currency's place; 0 none, `SOME_CURRENCY` unknown.
    pub currency: u8,
    /// One more than the yes-or-no word's place.
    pub boolean: u8,
    /// One more than the place of the word for nothing; 128 more than the place of the error.
    pub word: u8,
    /// Length of codes and digits; the separator of dates.
    pub extra: u8,
}

/// Where the errors begin among the words.
const ERRORS: u8 = 128;

/// Without blanks around it, without what spreadsheets wrap around codes (`="00417"`, `'00417`).
#[inline]
pub(crate) fn clean(text: &str) -> &str {
    let text = trim(text);
    match text.as_bytes().first() {
        Some(b'=' | b'\'') => unwrapped(text),
        _ => text,
    }
}

fn unwrapped(text: &str) -> &str {
    if let Some(inner) = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"'))
        && !inner.contains('"')
    {
        return trim(inner);
    }
    // Figures in single quotes among cells without any, as banks guard the numbers of accounts.
    if let Some(inner) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\''))
        && inner.bytes().all(|b| b.is_ascii_digit())
    {
        return inner;
    }
    match text.strip_prefix('\'') {
        // A guard against spreadsheets that make numbers and days of what they see, and nothing behind it.
        Some(rest) if rest.bytes().all(|b| b.is_ascii_digit() || b"./-:,+ ".contains(&b)) => rest,
        _ => text,
    }
}

#[inline]
fn trim(text: &str) -> &str {
    match (text.as_bytes().first(), text.as_bytes().last()) {
        (Some(b'!'..=b'~'), Some(b'!'..=b'~')) | (None, _) => text,
        _ => text.trim_matches(is_invisible),
    }
}

/// Figures as wide as letters of East Asia, and those of Arabic and Persian, as the usual ones; nothing where there are none.
pub(crate) fn narrowed(text: &str) -> Option<String> {
    let is_figure = |c: char| matches!(c, '０'..='９' | '٠'..='٩' | '۰'..='۹');
    if text.is_ascii() || text.len() > 64 || !text.chars().any(is_figure) {
        return None;
    }
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '٠'..='٩' => char::from_u32(c as u32 - 0x660 + 0x30).unwrap_or(c),
        '۰'..='۹' => char::from_u32(c as u32 - 0x6f0 + 0x30).unwrap_or(c),
        '٫' => '.',
        '٬' => ',',
        c => c,
    };
    Some(text.chars().map(narrow).collect())
}

impl Fact {
    pub fn has(&self, bits: u64) -> bool {
        self.is & bits != 0
    }

    /// Looks at a cell that is not blank. `text` is clean and may have been repaired.
    pub fn of(text: &str, cell: Cell<'_>) -> Fact {
        let mut fact = Fact { comma: UNFIT, dot: UNFIT, ..Fact::default() };
        match cell.class.stored {
            Stored::Text => fact.look(text),
            Stored::Number => fact.stored_number(text, cell),
            Stored::Boolean => {
                fact.is |= is::TYPED | is::BOOLEAN;
                fact.boolean = words::boolean(text).map_or(0, |(place, _)| place + 1);
            }
            Stored::Date => fact.is |= is::TYPED | is::DAY | is::CLEAR_DAY | is::DAY_FIRST | is::MONTH_FIRST,
            Stored::DateTime => {
                fact.is |= is::TYPED | is::DAY | is::CLEAR_DAY | is::DAY_FIRST | is::MONTH_FIRST | is::WITH_TIME;
                if text.ends_with("T00:00:00") {
                    fact.is |= is::MIDNIGHT;
                }
            }
            Stored::Time => {
                fact.is |= is::TYPED;
                fact.length(text);
            }
            Stored::Error => {
                fact.is |= is::TYPED | is::ERROR;
                fact.word = ERRORS.saturating_add(words::error(text).unwrap_or(127));
            }
        }
        fact
    }

    fn stored_number(&mut self, text: &str, cell: Cell<'_>) {
        self.is |= is::TYPED | is::NUMBER;
        match number::parse_stored(text) {
            Some(read) => (self.comma, self.dot) = (read.decimals, read.decimals),
            None => self.is |= is::SCIENTIFIC,
        }
        if cell.class.percent {
            self.is |= is::PERCENT;
        }
        if let Some(currency) = cell.class.currency {
            self.is |= is::MONEY;
            self.currency = currency.0.saturating_add(1);
        }
        self.digits(text);
        // Older machines keep days as numbers: 20251128.
        if text.len() == 8 && self.has(is::DIGITS) {
            self.day(text);
        }
        if let ("0" | "1", Some((place, _))) = (text, words::boolean(text)) {
            self.is |= is::BOOLEAN;
            self.boolean = place + 1;
        }
    }

    /// A word that a person said stands for nothing.
    pub fn chosen_empty() -> Fact {
        Fact { is: is::EMPTY_WORD, comma: UNFIT, dot: UNFIT, word: ERRORS - 1, ..Fact::default() }
    }

    /// True for `chosen_empty`.
    pub fn is_chosen_empty(&self) -> bool {
        self.word == ERRORS - 1
    }

    fn look(&mut self, text: &str) {
        if let Some(place) = words::error(text) {
            self.is |= is::ERROR;
            self.word = ERRORS.saturating_add(place);
            return;
        }
        if let Some(place) = words::empty_word(text) {
            self.is |= is::EMPTY_WORD;
            self.word = place + 1;
        }
        if let Some((place, _)) = words::boolean(text) {
            self.is |= is::BOOLEAN;
            self.boolean = place + 1;
        }
        if text.bytes().any(|b| b.is_ascii_digit()) {
            self.digits(text);
            self.number(text);
            self.day(text);
            self.length(text);
            self.unit(text);
            if date::dotted_time(text).is_some() {
                self.is |= is::DOTTED_TIME | if text.starts_with('0') { is::EARLY } else { 0 };
            }
            if date::compact_time(text).is_some() {
                self.is |= is::COMPACT_TIME | if text.starts_with('0') { is::EARLY } else { 0 };
            }
            if !self.has(is::NUMBER | is::DAY | is::TIME | is::LONG_TIME) && code::is_suffixed(text) {
                self.is |= is::SUFFIXED;
            }
            if matches!(text.as_bytes(), [b'0'..=b'9', b'+']) {
                self.is |= is::MARKED_UP;
            }
            if code::has_code_shape(text) {
                self.is |= is::CODE_SHAPE;
            }
            if code::is_phone(text) || code::is_iban(text) {
                self.is |= is::IBAN_OR_PHONE;
            }
        }
        if text.contains('@') && code::is_email(text) {
            self.is |= is::EMAIL;
        }
        if code::could_be_code(text) {
            self.is |= is::ONE_WORD;
        }
    }

    fn digits(&mut self, text: &str) {
        if text.len() <= 40 && text.bytes().all(|b| b.is_ascii_digit()) {
            self.is |= is::DIGITS | is::ONE_WORD;
            self.extra = text.len() as u8;
            if text.len() > 1 && text.starts_with('0') {
                self.is |= is::LEADING_ZERO;
            }
            if code::is_barcode(text) {
                self.is |= is::BARCODE;
            }
            if date::serial(text).is_some() {
                self.is |= is::SERIAL;
            }
        }
    }

    fn number(&mut self, text: &str) {
        if number::ordinal(text).is_some() {
            self.is |= is::ORDINAL;
            return;
        }
        if let Some(written) = number::written(text) {
            self.comma = number::under(written.body, DecimalMark::Comma).map_or(UNFIT, |n| n.decimals);
            self.dot = number::under(written.body, DecimalMark::Dot).map_or(UNFIT, |n| n.decimals);
            if self.comma == UNFIT && self.dot == UNFIT {
                self.scientific(text);
                return;
            }
            self.is |= is::NUMBER;
            let separators = written.body.chars().filter(|c| !c.is_ascii_digit()).count();
            if written.body.contains([',', '.']) {
                self.is |= is::PARTED;
            }
            let decimal_marks = usize::from(self.comma.min(self.dot) != 0);
            if separators > decimal_marks {
                self.is |= is::GROUPED;
            }
            if let Some((_, part)) = written.body.rsplit_once([',', '.'])
                && part.bytes().all(|b| b == b'0')
            {
                self.is |= is::ZEROS_ONLY;
            }
            if written.percent {
                self.is |= is::PERCENT;
            }
            match written.money {
                Some(Mark::Known(Currency(place))) => {
                    self.is |= is::MONEY;
                    self.currency = place.saturating_add(1);
                }
                Some(Mark::Unknown) => {
                    self.is |= is::MONEY;
                    self.currency = SOME_CURRENCY;
                }
                None => {}
            }
        } else {
            self.scientific(text);
        }
    }

    /// Marks and decimals are those of the number in front.
    fn unit(&mut self, text: &str) {
        if self.has(is::NUMBER | is::DAY | is::TIME | is::LONG_TIME) {
            return;
        }
        let Some((written, _)) = number::with_unit(text) else { return };
        let under = |mark| number::under(written.body, mark).map_or(UNFIT, |n| n.decimals);
        (self.comma, self.dot) = (under(DecimalMark::Comma), under(DecimalMark::Dot));
        if self.comma == UNFIT && self.dot == UNFIT {
            return;
        }
        self.is |= is::WITH_UNIT;
        if written.body.contains([',', '.']) {
            self.is |= is::PARTED;
        }
    }

    fn scientific(&mut self, text: &str) {
        if number::scientific(text, DecimalMark::Dot).is_some()
            || number::scientific(text, DecimalMark::Comma).is_some()
        {
            self.is |= is::NUMBER | is::SCIENTIFIC;
        }
    }

    fn day(&mut self, text: &str) {
        let Some(written) = date::written(text) else { return };
        self.is |= is::DAY;
        let (first, second) = (written.days(DateOrder::DayFirst), written.days(DateOrder::MonthFirst));
        if first.is_some() {
            self.is |= is::DAY_FIRST;
        }
        if second.is_some() {
            self.is |= is::MONTH_FIRST;
        }
        if first == second {
            self.is |= is::SAME_DAY;
        }
        if matches!(written.day, date::Day::Clear { .. }) {
            self.is |= is::CLEAR_DAY;
        }
        self.is |= match written.part {
            date::Part::Day => 0,
            date::Part::Month => is::MONTH,
            date::Part::NamedMonth => is::NAMED_MONTH,
            date::Part::Week => is::WEEK,
        };
        if written.two_digit_year {
            self.is |= is::TWO_DIGIT_YEAR;
        }
        if text.as_bytes().iter().position(|b| matches!(b, b'.' | b'/' | b'-')).is_some_and(|at| at == 3)
            && text.as_bytes()[0].is_ascii_digit()
            || matches!(text.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', ..])
        {
            self.is |= is::ERA_DAY;
        }
        if written.is_buddhist() && !written.compact {
            self.is |= is::BUDDHIST;
        }
        if written.compact && (written.time.is_none() || text.bytes().all(|b| b.is_ascii_digit())) {
            self.is |= is::COMPACT_DAY;
        } else {
            self.extra = u8::try_from(u32::from(written.separator)).unwrap_or(b' ');
        }
        if let Some(time) = written.time {
            self.is |= is::WITH_TIME;
            if time == 0 {
                self.is |= is::MIDNIGHT;
            }
        }
    }

    fn length(&mut self, text: &str) {
        if date::time_of_day(text).is_some() {
            self.is |= is::TIME;
        } else if date::length_of_time(text).is_some() {
            self.is |= is::LONG_TIME;
        } else if text.len() <= 20 && date::unit_of_time(text).is_some() {
            self.is |= is::UNIT_OF_TIME;
        }
    }

    /// Decimals under a mark; `UNFIT` if it does not read so.
    pub fn decimals(&self, mark: DecimalMark) -> u8 {
        match mark {
            DecimalMark::Comma => self.comma,
            DecimalMark::Dot => self.dot,
        }
    }

    /// Reads as a number under this mark.
    pub fn is_number(&self, mark: DecimalMark) -> bool {
        (self.decimals(mark) != UNFIT && !self.has(is::WITH_UNIT)) || self.has(is::SCIENTIFIC)
    }

    /// The same in a column whose cells have their units beside the numbers.
    pub fn is_number_of_unit(&self, mark: DecimalMark) -> bool {
        self.decimals(mark) != UNFIT || self.has(is::SCIENTIFIC)
    }

    /// Is a day under this order.
    pub fn is_day(&self, order: DateOrder) -> bool {
        match order {
            DateOrder::MonthFirst => self.has(is::MONTH_FIRST),
            _ => self.has(is::DAY_FIRST),
        }
    }

    /// Whether such a cell reads as this kind.
    pub fn fits(&self, kind: Kind, mark: DecimalMark, order: DateOrder) -> bool {
        match kind {
            Kind::Text | Kind::Code | Kind::Place => true,
            Kind::Email => self.has(is::EMAIL),
            // 19 digits are more than a whole number of 64 bits holds for certain.
            Kind::Integer => {
                let whole = !self.has(is::WITH_UNIT) && self.decimals(mark) == 0
                    || (self.decimals(mark) != UNFIT && self.has(is::ZEROS_ONLY));
                (whole || self.has(is::ORDINAL)) && !self.has(is::PERCENT) && !(self.has(is::DIGITS) && self.extra > 18)
            }
            Kind::Number => self.is_number(mark),
            Kind::Money => {
                let digits = self.has(is::DIGITS) && self.extra > 15;
                self.decimals(mark) != UNFIT && !digits && !self.has(is::WITH_UNIT | is::PERCENT)
            }
            Kind::Percent => self.is_number(mark) && !self.has(is::MONEY),
            Kind::Boolean => self.has(is::BOOLEAN),
            Kind::Date => {
                let day = self.is_day(order) && (!self.has(is::WITH_TIME) || self.has(is::MIDNIGHT));
                day || self.has(is::SERIAL)
            }
            Kind::DateTime => self.is_day(order),
            Kind::Time => self.has(is::TIME | is::DOTTED_TIME | is::COMPACT_TIME),
            Kind::Duration => self.has(is::TIME | is::LONG_TIME | is::UNIT_OF_TIME | is::DOTTED_TIME),
        }
    }

    /// Proves one decimal mark: reads under it and not, or not the same way, under the other.
    pub fn proves_mark(&self) -> Option<DecimalMark> {
        if !self.has(is::PARTED) || self.has(is::TYPED) {
            return None;
        }
        match (self.comma == UNFIT, self.dot == UNFIT) {
            (false, true) => Some(DecimalMark::Comma),
            (true, false) => Some(DecimalMark::Dot),
            _ => None,
        }
    }

    /// Reads under both marks, with different values.
    pub fn leaves_mark_open(&self) -> bool {
        self.has(is::PARTED)
            && !self.has(is::TYPED)
            && self.comma != UNFIT
            && self.dot != UNFIT
            && self.comma != self.dot
    }

    /// Proves one order of dates.
    pub fn proves_order(&self) -> Option<DateOrder> {
        if self.has(is::CLEAR_DAY) || !self.has(is::DAY) {
            return None;
        }
        match (self.has(is::DAY_FIRST), self.has(is::MONTH_FIRST)) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// A different day under either order.
    pub fn leaves_order_open(&self) -> bool {
        self.has(is::DAY)
            && !self.has(is::CLEAR_DAY)
            && !self.has(is::SAME_DAY)
            && self.has(is::DAY_FIRST)
            && self.has(is::MONTH_FIRST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::CellClass;

    fn fact(text: &str) -> Fact {
        Fact::of(clean(text), Cell { text, class: CellClass::TEXT })
    }

    #[test]
    fn a_thousand_or_one_and_a_bit_stays_open() {
        assert!(fact("1.234").leaves_mark_open());
        assert!(!fact("0.125").leaves_mark_open());
        assert_eq!(fact("0.125").proves_mark(), Some(DecimalMark::Dot));
        assert_eq!(fact("1.234,50").proves_mark(), Some(DecimalMark::Comma));
        assert_eq!(fact("1234").proves_mark(), None);
    }

    #[test]
    fn days_beyond_twelve_prove_the_order() {
        assert_eq!(fact("13/01/2026").proves_order(), Some(DateOrder::DayFirst));
        assert_eq!(fact("01/13/2026").proves_order(), Some(DateOrder::MonthFirst));
        assert!(fact("01/02/2026").leaves_order_open());
        assert!(!fact("03/03/2026").leaves_order_open());
        assert!(!fact("2026-01-02").leaves_order_open());
    }

    #[test]
    fn wrapped_codes_are_unwrapped() {
        assert_eq!(clean("=\"00417\""), "00417");
        assert_eq!(clean("'00417"), "00417");
        assert_eq!(clean(" \u{a0}x\u{feff}"), "x");
        assert_eq!((clean("'00417'"), clean("''")), ("00417", ""));
        assert_eq!((clean("'01/03/2026"), clean("'"), clean("'90s")), ("01/03/2026", "", "'90s"));
        assert_eq!((clean("'tis"), clean("'x'")), ("'tis", "'x'"));
        assert!(fact("00417").has(is::LEADING_ZERO));
        assert!(!fact("0").has(is::LEADING_ZERO));
    }

    #[test]
    fn stored_numbers_need_no_mark() {
        let class = CellClass::plain(Stored::Number);
        let fact = Fact::of("1.234", Cell { text: "1.234", class });
        assert_eq!((fact.comma, fact.dot), (3, 3));
        assert!(!fact.leaves_mark_open());
    }
}
