//! One cell made into a typed value, by the rule of its column. Window, preview and table all ask here, so that what a
//! person checks is what is kept.

use std::borrow::Cow;

use larder_model::{DateOrder, DecimalMark, Kind};

use larder_tables::text::money_text;

use super::facts::{clean, narrowed};
use super::{clock, date, number, words};
use crate::raw::{Cell, Stored};
use crate::text::mojibake::Garble;

/// Words that a person decided about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct EmptyWords {
    /// Read as empty everywhere.
    pub always: Vec<String>,
    /// Kept as text everywhere.
    pub never: Vec<String>,
}

/// How the cells of one column are read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    pub kind: Kind,
    pub mark: DecimalMark,
    pub order: DateOrder,
    /// Decimals of money.
    pub decimals: u8,
    /// A blank cell means no, as in columns of crosses.
    pub blank_is_no: bool,
    /// The unit that stands beside the numbers in the cells, and is taken off them.
    pub unit: Option<String>,
    /// Days are of somebody's birth: short years lie in the past.
    pub births: bool,
    /// Years are those that Thailand counts.
    pub buddhist: bool,
    pub words: EmptyWords,
    pub garble: Option<Garble>,
}

/// A cell's value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Empty,
    /// Something is there, but not of the column's kind; read as empty.
    Misfit,
    Text(Cow<'a, str>),
    Integer(i64),
    Number(f64),
    /// Times 10 to the column's decimals.
    Money(i128),
    Boolean(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01T00:00.
    DateTime(i64),
    /// Microseconds since midnight.
    Time(i64),
    /// Microseconds.
    Duration(i64),
}

/// Blanks and marks without any width, which web pages leave in words: nobody sees them, and whoever looks the word up does not
/// find it.
const WIDTHLESS: [char; 3] = ['\u{200b}', '\u{2060}', '\u{feff}'];

/// Letters of languages in which a blank without width says where a word ends: Thai, Lao, Burmese, Khmer.
fn is_parted_without_blanks(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

impl Rule {
    /// Whether this text stands for nothing in this column.
    fn is_empty_word(&self, text: &str) -> bool {
        let chosen = |list: &[String]| !list.is_empty() && list.iter().any(|word| word.eq_ignore_ascii_case(text));
        if chosen(&self.words.never) {
            return false;
        }
        chosen(&self.words.always)
            || words::is_never_text(text)
            || (!self.kind.is_textual() && words::is_empty_word(text))
    }

    /// The value of a cell.
    pub fn value<'a>(&self, cell: Cell<'a>) -> Value<'a> {
        // Times hardly come again, so each of them is read, and nearly all are written in the same way.
        if self.kind == Kind::Time
            && self.words.always.is_empty()
            && let Some(micros) = clock::plain_time(cell.text)
        {
            return Value::Time(micros);
        }
        let text = self.readable(cell.text);
        if text.is_empty() {
            return if self.blank_is_no { Value::Boolean(false) } else { Value::Empty };
        }
        let error =
            cell.class.stored == Stored::Error || (text.as_bytes().first() == Some(&b'#') && words::is_error(&text));
        if error && !self.words.never.iter().any(|word| word.eq_ignore_ascii_case(&text)) {
            return Value::Empty;
        }
        if (!self.words.always.is_empty() || words::is_never_text(&text)) && self.is_empty_word(&text) {
            return Value::Empty;
        }
        if self.kind.is_textual() {
            return if self.kind == Kind::Email && !super::code::is_email(&text) {
                Value::Misfit
            } else {
                Value::Text(text)
            };
        }
        // Words for nothing read as no other value, so most cells need not be asked.
        let narrow = narrowed(&text);
        match self.typed(narrow.as_deref().unwrap_or(&text), cell) {
            Some(value) => value,
            None if self.is_empty_word(&text) => Value::Empty,
            None => Value::Misfit,
        }
    }

    /// Clean text, repaired where the file is garbled.
    pub fn readable<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = clean(text);
        if !text.is_ascii() && text.contains(WIDTHLESS) && !text.contains(is_parted_without_blanks) {
            return Cow::Owned(self.readable(&text.replace(WIDTHLESS, "")).into_owned());
        }
        match self.garble.and_then(|garble| garble.repair(text)) {
            Some(repaired) => Cow::Owned(repaired),
            None => Cow::Borrowed(text),
        }
    }

    /// A day as it is written, of the century that is meant.
    pub fn day(&self, text: &str) -> Option<date::Written> {
        let written = date::written(text)?;
        let written = if self.buddhist { written.of_thailand() } else { written };
        Some(if self.births { written.of_birth() } else { written })
    }

    fn typed<'a>(&self, text: &str, cell: Cell<'_>) -> Option<Value<'a>> {
        let stored = cell.class.stored;
        Some(match self.kind {
            Kind::Boolean => Value::Boolean(words::boolean(text)?.1),
            Kind::Date => {
                let Some(written) = self.day(text) else { return date::serial(text).map(Value::Date) };
                if written.time.is_some_and(|time| time != 0) {
                    return None;
                }
                Value::Date(written.days(self.order)?)
            }
            Kind::DateTime => Value::DateTime(self.day(text)?.micros(self.order)?),
            Kind::Time => {
                let plain = || date::dotted_time(text).or_else(|| date::compact_time(text));
                Value::Time(date::time_of_day(text).or_else(plain)?)
            }
            Kind::Duration => {
                let other = || date::unit_of_time(text).or_else(|| date::dotted_time(text));
                Value::Duration(date::length_of_time(text).or_else(other)?)
            }
            _ => return self.numeric(text, stored == Stored::Number, cell.class.percent),
        })
    }

    fn numeric<'a>(&self, text: &str, stored: bool, stored_percent: bool) -> Option<Value<'a>> {
        let text = match &self.unit {
            Some(unit) => without_unit(text, unit),
            None => text,
        };
        if stored {
            let read = number::parse_stored(text);
            let float = || text.parse::<f64>().ok().filter(|n| n.is_finite());
            return Some(match self.kind {
                Kind::Integer => Value::Integer(read?.to_i64()?),
                Kind::Money => Value::Money(read?.scaled(self.decimals)?),
                _ => Value::Number(read.map(number::Decimal::to_f64).or_else(float)?),
            });
        }
        let text = number::ordinal(text).filter(|_| self.kind == Kind::Integer).unwrap_or(text);
        let Some((read, written)) = number::parse(text, self.mark) else {
            let other = if self.mark == DecimalMark::Comma { DecimalMark::Dot } else { DecimalMark::Comma };
            let float = number::scientific(text, self.mark).or_else(|| number::scientific(text, other))?;
            return matches!(self.kind, Kind::Number | Kind::Percent).then_some(Value::Number(float));
        };
        if written.percent != (self.kind == Kind::Percent) && written.percent && self.kind != Kind::Number {
            return None;
        }
        Some(match self.kind {
            Kind::Integer => Value::Integer(read.to_i64()?),
            Kind::Money => Value::Money(read.scaled(self.decimals)?),
            Kind::Percent if written.percent && !stored_percent => {
                Value::Number(number::Decimal { decimals: read.decimals + 2, ..read }.to_f64())
            }
            _ => Value::Number(read.to_f64()),
        })
    }

    /// The canonical text of a value; nothing for empty cells and misfits.
    pub fn canonical(&self, value: &Value<'_>) -> Option<String> {
        Some(match value {
            Value::Empty | Value::Misfit => return None,
            Value::Text(text) => text.clone().into_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Number(number) => format!("{number}"),
            Value::Money(unscaled) => money_text(*unscaled, self.decimals),
            Value::Boolean(yes) => yes.to_string(),
            Value::Date(days) => date::date_text(*days),
            Value::DateTime(micros) => date::date_time_text(*micros),
            Value::Time(micros) => date::time_text(*micros),
            Value::Duration(micros) => date::length_text(*micros),
        })
    }
}

/// The number in front of its unit; the same text where another unit or none stands there.
fn without_unit<'a>(text: &'a str, wanted: &str) -> &'a str {
    match number::with_unit(text) {
        Some((_, unit)) if unit.eq_ignore_ascii_case(wanted) => {
            text.trim_end().trim_end_matches('.').trim_end_matches(unit)
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::CellClass;

    fn rule(kind: Kind) -> Rule {
        Rule {
            kind,
            mark: DecimalMark::Comma,
            order: DateOrder::DayFirst,
            decimals: 2,
            blank_is_no: false,
            births: false,
            buddhist: false,
            unit: None,
            words: EmptyWords::default(),
            garble: None,
        }
    }

    fn read(kind: Kind, text: &str) -> (Option<String>, bool) {
        let rule = rule(kind);
        let value = rule.value(Cell { text, class: CellClass::TEXT });
        (rule.canonical(&value), value == Value::Misfit)
    }

    #[test]
    fn each_kind_reads_in_its_own_way() {
        for (kind, text, wanted) in [
            (Kind::Money, "1.234,5 €", "1234.50"),
            (Kind::Money, "-0,05", "-0.05"),
            (Kind::Percent, "19 %", "0.19"),
            (Kind::Percent, "7", "7"),
            (Kind::Integer, "1.234", "1234"),
            (Kind::Integer, "12,00", "12"),
            (Kind::Number, "0,5", "0.5"),
            (Kind::Number, "12 %", "12"),
            (Kind::Date, "03.04.2026", "2026-04-03"),
            (Kind::Date, "03.04.2026 00:00", "2026-04-03"),
            (Kind::DateTime, "03.04.2026 7:40", "2026-04-03T07:40:00"),
            (Kind::Time, "7:40", "07:40:00"),
            (Kind::Boolean, "Ja", "true"),
            (Kind::Code, "=\"00417\"", "00417"),
            (Kind::Text, " Brot ", "Brot"),
            (Kind::Text, "Kita \u{200b}Regen\u{feff}bogen", "Kita Regenbogen"),
            (Kind::Text, "สวัสดี\u{200b}ครับ", "สวัสดี\u{200b}ครับ"),
            (Kind::Number, "1\u{200b}2,5", "12.5"),
        ] {
            assert_eq!(read(kind, text).0.as_deref(), Some(wanted), "{kind:?} {text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told_from_what_is_empty() {
        assert_eq!(read(Kind::Integer, "n/a"), (None, false));
        assert_eq!(read(Kind::Integer, "viele"), (None, true));
        assert_eq!(read(Kind::Text, "n/a"), (Some("n/a".into()), false));
        assert_eq!(read(Kind::Date, "31.02.2026"), (None, true));
        assert_eq!(read(Kind::Text, "#REF!"), (None, false));
    }

    #[test]
    fn a_word_that_was_chosen_counts_everywhere() {
        let mut rule = rule(Kind::Text);
        rule.words.always.push("unbekannt".into());
        assert_eq!(rule.value(Cell { text: "Unbekannt", class: CellClass::TEXT }), Value::Empty);
        rule.kind = Kind::Integer;
        rule.words.never.push("n/a".into());
        assert_eq!(rule.value(Cell { text: "n/a", class: CellClass::TEXT }), Value::Misfit);
    }

    #[test]
    fn money_without_decimals_has_no_dot() {
        assert_eq!(money_text(-1200, 0), "-1200");
        assert_eq!(money_text(5, 4), "0.0005");
    }
}
