//! The promise: how often a data product is filled again, and whether that was kept.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    fn jiff(self) -> jiff::civil::Weekday {
        use jiff::civil::Weekday as J;
        match self {
            Weekday::Monday => J::Monday,
            Weekday::Tuesday => J::Tuesday,
            Weekday::Wednesday => J::Wednesday,
            Weekday::Thursday => J::Thursday,
            Weekday::Friday => J::Friday,
            Weekday::Saturday => J::Saturday,
            Weekday::Sunday => J::Sunday,
        }
    }
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Every {
    /// Every day.
    Day,
    /// Monday to Friday.
    WorkingDay,
    /// Once a week.
    Week {
        /// On this day.
        on: Weekday,
    },
    /// Once a month.
    Month {
        /// On this day of the month; in shorter months on the last.
        day: u8,
    },
}

/// A promise: "filled every Monday by 09:00", in the local time of who reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Promise {
    /// How often.
    #[serde(flatten)]
    pub every: Every,
    /// By when, `HH:MM`.
    pub by: String,
}

/// Whether a promise was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PromiseState {
    /// Filled in time; due again then (`YYYY-MM-DDTHH:MM`).
    Kept {
        /// When it is due again.
        next: String,
    },
    /// Not filled since it was due (`YYYY-MM-DDTHH:MM`).
    Overdue {
        /// When it was due.
        since: String,
    },
}

impl Promise {
    /// Reads what people write on a command line: `daily 07:00`, `workdays 18:00`, `monday 09:00`, `month 5 12:00`.
    /// `None` where it is none of these.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|w| !matches!(*w, "every" | "by" | "on")).collect();
        let (every, rest) = match words.as_slice() {
            ["daily" | "day", rest @ ..] => (Every::Day, rest),
            ["workdays" | "workday", rest @ ..] => (Every::WorkingDay, rest),
            ["month" | "monthly", day, rest @ ..] => {
                (Every::Month { day: day.trim_end_matches('.').parse().ok().filter(|d| (1..=31).contains(d))? }, rest)
            }
            [day, rest @ ..] => (Every::Week { on: weekday(day)? }, rest),
            [] => return None,
        };
        let by = match rest {
            [] => "23:59".to_owned(),
            [time] => (*time).to_owned(),
            _ => return None,
        };
        clock(&by)?;
        Some(Promise { every, by })
    }

    /// The first moment after `filled` at which it is due, both in local wall-clock time.
    pub fn due_after(&self, filled: DateTime) -> DateTime {
        let by = clock(&self.by).unwrap_or(Time::midnight());
        let mut day = filled.date();
        // A fill on the due day before the hour keeps the promise of that day, so the next day counts.
        for _ in 0..400 {
            day = day.saturating_add(1.day());
            if self.falls_on(day) {
                return day.to_datetime(by);
            }
        }
        day.to_datetime(by)
    }

    /// Whether it was kept, now, in local wall-clock time.
    pub fn state(&self, filled: DateTime, now: DateTime) -> PromiseState {
        let due = self.due_after(filled);
        let text = due.strftime("%Y-%m-%dT%H:%M").to_string();
        if now > due { PromiseState::Overdue { since: text } } else { PromiseState::Kept { next: text } }
    }

    fn falls_on(&self, day: Date) -> bool {
        match self.every {
            Every::Day => true,
            Every::WorkingDay => {
                !matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
            }
            Every::Week { on } => day.weekday() == on.jiff(),
            Every::Month { day: wanted } => {
                let last = day.days_in_month();
                day.day() == (wanted.clamp(1, 31) as i8).min(last)
            }
        }
    }
}

fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    days.into_iter().find(|(name, _)| *name == word || (word.len() >= 3 && name.starts_with(word))).map(|(_, day)| day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    fn at(day: i8, hour: i8) -> DateTime {
        datetime(2026, 11, day, hour, 0, 0, 0)
    }

    #[test]
    fn a_weekly_promise_is_overdue_only_after_the_hour() {
        let promise = Promise::parse("every monday by 09:00").expect("plain words");
        // 16 November 2026 is a Monday.
        let filled = at(16, 8);
        assert_eq!(promise.state(filled, at(23, 8)), PromiseState::Kept { next: "2026-11-23T09:00".into() });
        assert_eq!(promise.state(filled, at(23, 10)), PromiseState::Overdue { since: "2026-11-23T09:00".into() });
    }

    #[test]
    fn working_days_skip_the_weekend() {
        let promise = Promise::parse("workdays 18:00").expect("plain words");
        assert_eq!(promise.due_after(at(20, 17)), at(23, 18));
    }

    #[test]
    fn the_31st_falls_on_the_last_day_of_a_short_month() {
        let promise = Promise::parse("month 31 12:00").expect("plain words");
        assert_eq!(promise.due_after(at(1, 0)), at(30, 12));
    }

    #[test]
    fn what_is_not_a_promise_is_refused() {
        for text in ["", "sometimes", "month 32", "monday 25:00", "daily 07:00 sharp"] {
            assert_eq!(Promise::parse(text), None, "{text}");
        }
    }

    #[test]
    fn on_the_wire_it_is_flat() {
        let promise = Promise::parse("friday 17:00").expect("plain words");
        let json = serde_json::to_string(&promise).expect("plain data");
        assert_eq!(json, r#"{"every":"week","on":"friday","by":"17:00"}"#);
    }
}
