//! From facts to kinds: what a column holds, its decimal mark, the order of its dates, and how sure that is.

use larder_model::{DateOrder, DecimalMark, Kind};

use super::column::{ColumnFacts, Line};
use super::facts::{Fact, SOME_CURRENCY, UNFIT, is};
use super::headers::Hints;
use super::money::{Currency, Mark};
use super::words;

/// What is known beside the column itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// The mark of columns that prove none.
    pub mark: DecimalMark,
    /// The order of columns that prove none.
    pub order: DateOrder,
    /// What a person chose.
    pub chosen_mark: Option<DecimalMark>,
    pub chosen_order: Option<DateOrder>,
}

/// How a column is read.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub kind: Kind,
    pub mark: DecimalMark,
    pub order: DateOrder,
    /// Decimals of money.
    pub decimals: u8,
    pub currency: Option<Currency>,
    /// All currencies met, most frequent first.
    pub currencies: Vec<Currency>,
    pub blank_is_no: bool,
    /// Its years are those that Thailand counts.
    pub buddhist: bool,
    /// Why a column of digits is a code rather than a number.
    pub code_for_sure: bool,
    /// A chosen order or mark that its cells cannot have made text of it.
    pub lost: Option<Lost>,
}

/// How a column would be read had nobody chosen what its cells cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// As dates of this order.
    Order(DateOrder),
    /// As numbers of this mark.
    Mark(DecimalMark),
}

/// Cells that may stand against a kind without changing it.
fn may_miss(misses: u64, of: u64) -> bool {
    if of >= 20 { misses * 50 <= of } else { misses == 0 || (misses == 1 && of >= 4) }
}

/// Votes for each mark among the numbers of a column.
pub(crate) fn mark_votes(facts: &ColumnFacts) -> (u64, u64) {
    let numbers = facts.count(|f| f.has(is::NUMBER));
    if numbers * 2 < considered(facts, &[]).iter().map(|l| l.count).sum::<u64>() {
        return (0, 0);
    }
    (
        facts.count(|f| f.proves_mark() == Some(DecimalMark::Comma)),
        facts.count(|f| f.proves_mark() == Some(DecimalMark::Dot)),
    )
}

/// Votes for day first and month first among the dates of a column.
pub(crate) fn order_votes(facts: &ColumnFacts) -> (u64, u64) {
    let days = facts.count(|f| f.has(is::DAY));
    if days * 2 < considered(facts, &[]).iter().map(|l| l.count).sum::<u64>() {
        return (0, 0);
    }
    (
        facts.count(|f| f.proves_order() == Some(DateOrder::DayFirst)),
        facts.count(|f| f.proves_order() == Some(DateOrder::MonthFirst)),
    )
}

/// The winner of two votes; nothing where nobody voted.
pub(crate) fn winner<T>(votes: (u64, u64), first: T, second: T) -> Option<T> {
    match votes {
        (0, 0) => None,
        (a, b) if a >= b => Some(first),
        _ => Some(second),
    }
}

/// Lines that count: neither errors nor words for nothing, unless a person wants those kept.
fn considered<'a>(facts: &'a ColumnFacts, kept_words: &[u8]) -> Vec<&'a Line> {
    facts
        .lines
        .iter()
        .filter(|line| !line.fact.has(is::ERROR | is::EMPTY_WORD) || kept_words.contains(&line.fact.word))
        .collect()
}

/// Whether a line stands for nothing in a column of this kind.
pub(crate) fn is_nothing(fact: &Fact, kind: Kind, kept_words: &[u8]) -> bool {
    if kept_words.contains(&fact.word) && fact.word > 0 {
        return false;
    }
    fact.has(is::ERROR)
        || fact.is_chosen_empty()
        || (fact.has(is::EMPTY_WORD) && (!kind.is_textual() || words::is_never_text_place(fact.word)))
}

struct Judge<'a> {
    lines: Vec<&'a Line>,
    facts: &'a ColumnFacts,
    hints: &'a Hints,
    total: u64,
    mark: DecimalMark,
    order: DateOrder,
}

/// Decides how a column is read. `kept_words`: words for nothing that a person wants kept, which makes it text.
pub(crate) fn decide(facts: &ColumnFacts, hints: &Hints, setting: Setting, kept_words: &[u8]) -> Decision {
    let lines = considered(facts, kept_words);
    let total = lines.iter().map(|line| line.count).sum();
    let own_mark = winner(mark_votes(facts), DecimalMark::Comma, DecimalMark::Dot).unwrap_or(setting.mark);
    let own_order = winner(order_votes(facts), DateOrder::DayFirst, DateOrder::MonthFirst).unwrap_or(setting.order);
    let mark = setting.chosen_mark.unwrap_or(own_mark);
    let order = setting.chosen_order.unwrap_or(own_order);
    let judge = Judge { lines, facts, hints, total, mark, order };
    let kept = judge.lines.iter().any(|line| line.fact.word > 0 && kept_words.contains(&line.fact.word));
    let (kind, code_for_sure) = if kept { (Kind::Text, false) } else { judge.kind() };
    let lost = if kept || !kind.is_textual() { None } else { judge.lost(own_mark, own_order) };
    let currencies = judge.currencies();
    let decimals = judge.decimals();
    let order =
        if judge.count(|f| f.has(is::DAY) && !f.has(is::CLEAR_DAY)) == 0 { DateOrder::YearFirst } else { order };
    Decision {
        kind,
        mark,
        order,
        decimals,
        currency: judge.currency(&currencies),
        currencies,
        blank_is_no: kind == Kind::Boolean && judge.is_crosses(),
        buddhist: judge.is_buddhist(),
        code_for_sure,
        lost,
    }
}

impl Judge<'_> {
    /// Whether the column would hold dates or numbers with the order or the mark of its own.
    fn lost(&self, own_mark: DecimalMark, own_order: DateOrder) -> Option<Lost> {
        let own = |mark, order| Judge { lines: self.lines.clone(), mark, order, ..*self }.kind().0;
        if own_order != self.order && matches!(own(self.mark, own_order), Kind::Date | Kind::DateTime) {
            return Some(Lost::Order(own_order));
        }
        (own_mark != self.mark && own(own_mark, self.order).is_numeric()).then_some(Lost::Mark(own_mark))
    }

    fn count(&self, mut which: impl FnMut(&Fact) -> bool) -> u64 {
        self.lines.iter().filter(|line| which(&line.fact)).map(|line| line.count).sum()
    }

    /// Nearly all cells are so.
    fn nearly_all(&self, which: impl FnMut(&Fact) -> bool) -> bool {
        self.total > 0 && may_miss(self.total - self.count(which), self.total)
    }

    fn kind(&self) -> (Kind, bool) {
        if self.total == 0 {
            return (Kind::Text, false);
        }
        if self.is_boolean() {
            return (Kind::Boolean, false);
        }
        if self.nearly_all(|f| f.has(is::EMAIL)) {
            return (Kind::Email, false);
        }
        if let Some(for_sure) = self.code() {
            return (Kind::Code, for_sure);
        }
        if let Some(kind) = self.temporal() {
            return (kind, false);
        }
        if let Some(kind) = self.numeric() {
            return (kind, false);
        }
        if self.nearly_all(|f| f.has(is::IBAN_OR_PHONE)) && self.total >= 2 {
            return (Kind::Code, false);
        }
        if self.nearly_all(|f| f.has(is::CODE_SHAPE)) && self.total >= 3 {
            return (Kind::Code, false);
        }
        (if self.hints.place { Kind::Place } else { Kind::Text }, false)
    }

    /// All days that say a year say one that Thailand counts.
    fn is_buddhist(&self) -> bool {
        let years = self.count(|f| f.has(is::DAY) && !f.has(is::COMPACT_DAY));
        years > 0 && self.count(|f| f.has(is::BUDDHIST)) == years
    }

    fn boolean_words(&self) -> Vec<(&'static str, bool)> {
        self.lines
            .iter()
            .filter(|line| line.fact.boolean > 0)
            .filter_map(|line| words::boolean(words::boolean_word(line.fact.boolean - 1)))
            .map(|(place, yes)| (words::boolean_word(place), yes))
            .collect()
    }

    /// Crosses and free cells.
    fn is_crosses(&self) -> bool {
        let words = self.boolean_words();
        !words.is_empty() && words.iter().all(|(word, _)| matches!(*word, "x" | "✓" | "✔" | "☑"))
    }

    fn is_boolean(&self) -> bool {
        if self.count(|f| f.has(is::BOOLEAN)) < self.total {
            return false;
        }
        let words = self.boolean_words();
        if self.is_crosses() {
            return self.facts.blank > 0 || self.total < self.facts.filled();
        }
        if words.iter().any(|(word, _)| word.bytes().all(|b| b.is_ascii_digit() || b == b'-')) {
            return self.hints.yes_no && words.len() <= 2;
        }
        let both = words.iter().any(|(_, yes)| *yes) && words.iter().any(|(_, yes)| !*yes);
        let clear = |word: &str| {
            matches!(
                word,
                "true"
                    | "false"
                    | "yes"
                    | "ja"
                    | "nein"
                    | "wahr"
                    | "falsch"
                    | "oui"
                    | "vrai"
                    | "faux"
                    | "vero"
                    | "falso"
                    | "verdadero"
            )
        };
        both || self.hints.yes_no || words.iter().all(|(word, _)| clear(word))
    }

    /// Digits or short words that name things; tells whether that is beyond doubt.
    fn code(&self) -> Option<bool> {
        if self.are_ordinals() {
            return None;
        }
        // One house of many is number 26a, and the others are no amounts either.
        let suffixed = self.count(|f| f.has(is::SUFFIXED));
        if suffixed > 0 && suffixed + self.count(|f| f.has(is::DIGITS)) == self.total {
            return Some(false);
        }
        let decimals = self.count(|f| f.has(is::NUMBER) && !matches!(f.decimals(self.mark), 0 | UNFIT));
        let marked = self.count(|f| f.has(is::PERCENT | is::MONEY));
        if decimals > 0 || marked > 0 {
            return None;
        }
        let digits = self.count(|f| f.has(is::DIGITS));
        let zeros = self.count(|f| f.has(is::LEADING_ZERO));
        let whole_words = self.nearly_all(|f| f.has(is::ONE_WORD | is::IBAN_OR_PHONE | is::SCIENTIFIC));
        let days = self.count(|f| f.has(is::DAY) && !f.has(is::COMPACT_DAY));
        if self.are_plain_times().is_some() {
            return None;
        }
        let compact = self.are_compact_days();
        if zeros > 0 && digits * 10 >= self.total * 9 && whole_words && !compact {
            return Some(true);
        }
        let barcodes = self.count(|f| f.has(is::BARCODE));
        if barcodes >= 3 && barcodes * 10 >= self.total * 9 && !compact {
            return Some(true);
        }
        if self.count(|f| f.has(is::DIGITS) && f.extra > 18) > 0 && digits == self.total {
            return Some(true);
        }
        // Under such a name blanks part the figures of a telephone, not thousands.
        let named = self.hints.code
            && self.nearly_all(|f| f.has(is::ONE_WORD | is::IBAN_OR_PHONE | is::SCIENTIFIC | is::GROUPED));
        let code = named && days * 2 < self.total;
        (code && !(self.hints.running && self.counts_up())).then_some(false)
    }

    /// Eight figures that are days: under a name that promises days, or so many different ones that are all days of the calendar
    /// that numbers of anything else could not be. Fewer are enough where nothing says that they are something else, and
    /// where another column has such days, too.
    fn are_compact_days(&self) -> bool {
        if self.hints.date {
            return self.nearly_all(|f| f.has(is::COMPACT_DAY));
        }
        let days = || self.lines.iter().filter(|line| line.fact.has(is::COMPACT_DAY) && !line.fact.has(is::WITH_TIME));
        let all = self.total > 0 && days().map(|line| line.count).sum::<u64>() == self.total;
        let enough = match () {
            () if self.hints.beside.days => 1,
            () if self.hints.unnamed => 3,
            () => 5,
        };
        all && !self.hints.code && days().map(|line| line.distinct).sum::<u64>() >= enough
    }

    /// Digits as somebody numbers rows: small, or of different lengths.
    fn counts_up(&self) -> bool {
        let lengths = || self.lines.iter().filter(|line| line.fact.has(is::DIGITS)).map(|line| line.fact.extra);
        let (least, most) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
        self.count(|f| f.has(is::DIGITS)) == self.total && most <= 9 && (most <= 3 || least < most)
    }

    fn temporal(&self) -> Option<Kind> {
        let hinted = self.hints.date || self.hints.month;
        let compact = self.are_compact_days();
        let is_day = |f: &Fact| {
            f.is_day(self.order)
                && (!f.has(is::COMPACT_DAY | is::MONTH | is::ERA_DAY) || hinted || (compact && f.has(is::COMPACT_DAY)))
        };
        // Days that lost their format among days, or under a name that promises days.
        let days = self.count(is_day);
        let serials = self.count(|f| f.has(is::SERIAL));
        if serials > 0
            && (days * 2 >= self.total || (hinted && days + serials == self.total))
            && self.nearly_all(|f| is_day(f) || f.has(is::SERIAL))
            && self.count(|f| f.has(is::WITH_TIME)) == 0
        {
            return Some(Kind::Date);
        }
        if self.nearly_all(is_day) {
            let timed = self.count(|f| is_day(f) && f.has(is::WITH_TIME) && !f.has(is::MIDNIGHT));
            return Some(if timed > 0 { Kind::DateTime } else { Kind::Date });
        }
        if self.are_days_or_one_word(&is_day) {
            return Some(Kind::Date);
        }
        if let Some(kind) = self.are_plain_times() {
            return Some(kind);
        }
        if self.count(|f| f.has(is::LONG_TIME)) == 0 && !self.hints.duration {
            return self.nearly_all(|f| f.has(is::TIME)).then_some(Kind::Time);
        }
        let among = if self.count(|f| f.has(is::LONG_TIME)) > 0 { is::UNIT_OF_TIME } else { 0 };
        self.nearly_all(|f| f.has(is::TIME | is::LONG_TIME | among)).then_some(Kind::Duration)
    }

    /// Days, and one word where there is none yet: `offen`, `outstanding`.
    fn are_days_or_one_word(&self, is_day: &dyn Fn(&Fact) -> bool) -> bool {
        let days = self.count(is_day);
        let is_word = |f: &Fact| f.has(is::ONE_WORD) && !f.has(is::DIGITS | is::CODE_SHAPE | is::NUMBER | is::DAY);
        let others = || self.lines.iter().filter(|line| !is_day(&line.fact));
        days >= 3
            && days * 10 >= self.total * 6
            && self.count(|f| is_day(f) && f.has(is::WITH_TIME)) == 0
            && others().all(|line| is_word(&line.fact))
            && others().map(|line| line.distinct).sum::<u64>() == 1
    }

    /// Dots between hours and minutes, or nothing, under a name for times, where one begins with a zero as no number does, here
    /// or in the column beside.
    fn are_plain_times(&self) -> Option<Kind> {
        let early = self.count(|f| f.has(is::EARLY)) > 0;
        let all = |form: u64| self.count(|f| f.has(form)) > 0 && self.count(|f| f.has(form | is::TIME)) == self.total;
        if self.hints.money || !(self.hints.time || self.hints.clock || self.hints.hour || self.hints.duration) {
            return None;
        }
        if self.hints.time && !self.hints.duration && early && all(is::COMPACT_TIME) {
            return Some(Kind::Time);
        }
        let dotted = all(is::DOTTED_TIME) && (self.hints.beside.clocks || (early && !self.hints.duration));
        dotted.then_some(if self.hints.duration { Kind::Duration } else { Kind::Time })
    }

    /// Rows are numbered with dots behind the numbers, under a name that says so.
    fn are_ordinals(&self) -> bool {
        let is_ordinal = |f: &Fact| f.has(is::ORDINAL) || (f.has(is::DIGITS) && !f.has(is::LEADING_ZERO));
        self.hints.running && self.count(|f| f.has(is::ORDINAL)) > 0 && self.count(is_ordinal) == self.total
    }

    /// Marks of a school, where a sign behind a single figure says how nearly it is the next one.
    fn are_marks(&self) -> bool {
        let short = |f: &Fact| f.has(is::MARKED_UP) || !f.has(is::DIGITS | is::PARTED) || f.extra == 1;
        self.count(|f| f.has(is::MARKED_UP)) > 0 && self.count(short) == self.total
    }

    fn numeric(&self) -> Option<Kind> {
        if self.are_marks() {
            return None;
        }
        if self.are_ordinals() {
            return Some(Kind::Integer);
        }
        let shares = self.count(|f| f.has(is::PERCENT) && f.is_number(self.mark));
        let fits_percent =
            |f: &Fact| f.has(is::PERCENT) && f.is_number(self.mark) || (f.has(is::DIGITS) && f.extra == 1);
        if shares * 10 >= self.total * 9 && self.nearly_all(fits_percent) {
            return Some(Kind::Percent);
        }
        let plain = |f: &Fact| !f.has(is::PERCENT);
        if !self.nearly_all(|f| plain(f) && f.is_number(self.mark)) {
            return None;
        }
        if self.is_money() {
            return Some(Kind::Money);
        }
        if self.nearly_all(|f| plain(f) && f.fits(Kind::Integer, self.mark, self.order))
            && self.count(|f| !matches!(f.decimals(self.mark), 0 | UNFIT)) == 0
        {
            return Some(Kind::Integer);
        }
        Some(Kind::Number)
    }

    fn is_money(&self) -> bool {
        if !self.nearly_all(|f| f.fits(Kind::Money, self.mark, self.order)) || self.most_decimals() > 6 {
            return false;
        }
        if self.count(|f| f.has(is::MONEY)) * 2 > self.total {
            return true;
        }
        let decimals = |wanted: fn(u8) -> bool| {
            self.count(|f| f.decimals(self.mark) != UNFIT && !wanted(f.decimals(self.mark))) == 0
        };
        if self.hints.currency.is_some() {
            return decimals(|d| d <= 6);
        }
        if !self.hints.money || self.hints.percent || self.hints.unit.is_some() {
            return false;
        }
        let typed = self.count(|f| f.has(is::TYPED)) * 2 > self.total;
        if typed { decimals(|d| d <= 2) && self.most_decimals() > 0 } else { decimals(|d| d == 2) }
    }

    fn most_decimals(&self) -> u8 {
        self.lines.iter().map(|line| line.fact.decimals(self.mark)).filter(|d| *d != UNFIT).max().unwrap_or(0)
    }

    fn decimals(&self) -> u8 {
        self.most_decimals().clamp(2, 6)
    }

    fn currencies(&self) -> Vec<Currency> {
        let mut counts = std::collections::BTreeMap::<u8, u64>::new();
        for line in self.lines.iter().filter(|line| line.fact.currency > 0 && line.fact.currency != SOME_CURRENCY) {
            *counts.entry(line.fact.currency - 1).or_default() += line.count;
        }
        let mut sorted: Vec<(u8, u64)> = counts.into_iter().collect();
        sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sorted.into_iter().map(|(place, _)| Currency(place)).collect()
    }

    fn currency(&self, met: &[Currency]) -> Option<Currency> {
        match (met, self.hints.currency) {
            ([one], _) => Some(*one),
            ([], Some(Mark::Known(currency))) => Some(currency),
            _ => None,
        }
    }
}

/// How values are written, for people: `dd.mm.yyyy`, `1.234,56`.
pub(crate) fn format(facts: &ColumnFacts, decision: &Decision, kind: Kind) -> String {
    let fitting = |line: &&Line| {
        line.fact.fits(kind, decision.mark, decision.order) && !line.fact.has(is::EMPTY_WORD | is::ERROR)
    };
    // Days that lost their format say nothing about how the others are written.
    let written = |line: &&Line| fitting(line) && !(kind == Kind::Date && line.fact.has(is::SERIAL));
    let line = facts.lines.iter().filter(written).max_by_key(|line| line.count);
    let line = line.or_else(|| facts.lines.iter().filter(fitting).max_by_key(|line| line.count));
    let Some(line) = line else { return String::new() };
    match kind {
        Kind::Date | Kind::DateTime => {
            let clock = if line.fact.has(is::WITH_TIME) { " hh:mm" } else { "" };
            format!("{}{clock}", day_format(&line.fact, decision.order))
        }
        Kind::Time => "hh:mm".to_owned(),
        Kind::Duration => "[h]:mm".to_owned(),
        Kind::Integer | Kind::Number | Kind::Money | Kind::Percent => number_format(facts, line, decision, kind),
        _ => String::new(),
    }
}

fn day_format(fact: &Fact, order: DateOrder) -> String {
    if fact.has(is::TYPED) {
        return "yyyy-mm-dd".to_owned();
    }
    if fact.has(is::SERIAL) {
        return "12345".to_owned();
    }
    if fact.has(is::WEEK) {
        return "yyyy-Www".to_owned();
    }
    if fact.has(is::NAMED_MONTH | is::MONTH) {
        return if fact.has(is::MONTH) { "yyyy-mm" } else { "mmm yyyy" }.to_owned();
    }
    if fact.has(is::COMPACT_DAY) {
        let form = match order {
            _ if fact.has(is::CLEAR_DAY) => "yyyymmdd",
            DateOrder::MonthFirst => "mmddyyyy",
            _ => "ddmmyyyy",
        };
        return form.to_owned();
    }
    let separator = char::from(fact.extra);
    let year = if fact.has(is::TWO_DIGIT_YEAR) { "yy" } else { "yyyy" };
    let parts = match order {
        // A clear day with a short year, or blanks between its parts, has its month's name.
        _ if fact.has(is::CLEAR_DAY) && (fact.has(is::TWO_DIGIT_YEAR) || matches!(separator, ' ' | ',')) => {
            ["d", "mmm", year]
        }
        _ if fact.has(is::CLEAR_DAY) => [year, "mm", "dd"],
        DateOrder::MonthFirst => ["mm", "dd", year],
        _ => ["dd", "mm", year],
    };
    parts.join(&separator.to_string())
}

fn number_format(facts: &ColumnFacts, line: &Line, decision: &Decision, kind: Kind) -> String {
    let typed = line.fact.has(is::TYPED);
    let (decimal, group) = match decision.mark {
        _ if typed => (".", ""),
        DecimalMark::Comma => (",", "."),
        DecimalMark::Dot => (".", ","),
    };
    let grouped = !typed && facts.lines.iter().any(|line| line.fact.has(is::GROUPED));
    let places = facts.lines.iter().map(|l| l.fact.decimals(decision.mark)).filter(|d| *d != UNFIT).max().unwrap_or(0);
    let places = if kind == Kind::Integer { 0 } else { places.min(6) };
    let whole = if grouped { format!("1{group}234") } else { "1234".to_owned() };
    let part: String = "567890".chars().take(usize::from(places)).collect();
    let percent = if kind == Kind::Percent { " %" } else { "" };
    if part.is_empty() { format!("{whole}{percent}") } else { format!("{whole}{decimal}{part}{percent}") }
}
