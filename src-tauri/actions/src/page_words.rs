//! The words of pages and "About" sheets that are left on the shelf, in the keeper's language.

use larder_formats::out::{PageWords, Word};
use larder_model::{Change, Column, Every, Finding, Grade, Kind, Params, Promise};

use crate::drafts::written;
use crate::words::Words;

impl PageWords for Words {
    fn language(&self) -> String {
        Words::language(self).to_owned()
    }

    fn say(&self, word: Word) -> String {
        self.text(&format!("package-{}", word.key()))
    }

    fn kind(&self, kind: Kind) -> String {
        self.text(&format!("kind-{}", kind.as_str().replace('_', "-")))
    }

    fn grade(&self, grade: Grade) -> String {
        self.text(&format!("grade-{}", written(&grade).replace('_', "-")))
    }

    fn promise(&self, promise: &Promise) -> String {
        let mut params = Params::from([("by".to_owned(), promise.by.as_str().into())]);
        let id = match promise.every {
            Every::Day => "package-promise-day",
            Every::WorkingDay => "package-promise-working-day",
            Every::Week { on } => {
                params.insert("day".to_owned(), self.text(&format!("package-weekday-{}", written(&on))).into());
                "package-promise-week"
            }
            Every::Month { day } => {
                params.insert("day".to_owned(), u32::from(day).into());
                "package-promise-month"
            }
        };
        self.with(id, &params)
    }

    fn change(&self, change: &Change) -> String {
        let (code, params) = change_params(self, change);
        self.with(&format!("change-{code}"), &params)
    }

    fn finding(&self, finding: &Finding) -> String {
        let mut params = finding.params.clone();
        params.insert("count".to_owned(), finding.count.into());
        params.insert("first_row".to_owned(), finding.rows.first().copied().unwrap_or(0).into());
        params.insert("state".to_owned(), "said".into());
        if let Some(column) = &finding.column {
            params.entry("column".to_owned()).or_insert_with(|| column.as_str().into());
        }
        self.text_of("finding", &written(&finding.code), &params)
    }

    fn moment(&self, rfc3339: &str) -> String {
        let (Some(day), time) = (rfc3339.get(..10), rfc3339.get(11..16).unwrap_or_default()) else {
            return rfc3339.to_owned();
        };
        format!("{} {time}", self.day(day)).trim_end().to_owned()
    }

    fn count(&self, count: u64) -> String {
        self.figure(&count.to_string())
    }

    fn value(&self, canonical: &str, column: &Column) -> String {
        match column.kind {
            Kind::Integer | Kind::Number | Kind::Money => self.figure(canonical),
            Kind::Percent => match canonical.parse::<f64>() {
                Ok(share) => format!("{} %", self.figure(&format!("{}", (share * 1e10).round() / 1e8))),
                Err(_) => canonical.to_owned(),
            },
            Kind::Date => self.day(canonical),
            Kind::DateTime => self.moment(canonical),
            Kind::Boolean if canonical == "true" => self.text("common-yes"),
            Kind::Boolean => self.text("common-no"),
            _ => canonical.to_owned(),
        }
    }
}

impl Words {
    /// A sentence with its second half, by family and code.
    pub fn text_of(&self, family: &str, code: &str, params: &Params) -> String {
        let id = format!("{family}-{}", code.replace('_', "-"));
        let lead = self.with(&id, params);
        match self.find(&format!("{id}-more"), params) {
            Some(more) => format!("{lead} {more}"),
            None => lead,
        }
    }

    /// A plain decimal number with this language's marks, whole units grouped by three.
    fn figure(&self, canonical: &str) -> String {
        let (group, mark) = if Words::language(self) == "de" { ('.', ',') } else { (',', '.') };
        let (sign, digits) = canonical.strip_prefix('-').map_or(("", canonical), |rest| ("-", rest));
        let (whole, part) = digits.split_once('.').map_or((digits, None), |(w, p)| (w, Some(p)));
        if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) {
            return canonical.to_owned();
        }
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                grouped.push(group);
            }
            grouped.push(digit);
        }
        match part {
            Some(part) => format!("{sign}{grouped}{mark}{part}"),
            None => format!("{sign}{grouped}"),
        }
    }

    fn day(&self, iso: &str) -> String {
        let Ok(date) = iso.parse::<jiff::civil::Date>() else {
            return iso.to_owned();
        };
        let month = self.text(&format!("package-month-{}", date.month()));
        let params = Params::from([
            ("day".to_owned(), (date.day() as u32).into()),
            ("month".to_owned(), month.into()),
            ("year".to_owned(), format!("{:04}", date.year()).into()),
        ]);
        self.with("package-day", &params)
    }
}

/// The values of a change's sentence, with what the sentence chooses its form by.
fn change_params(words: &Words, change: &Change) -> (String, Params) {
    let json = serde_json::to_value(change).unwrap_or_default();
    let code = json["what"].as_str().unwrap_or_default().replace('_', "-");
    let mut params = Params::new();
    for (name, value) in json.as_object().into_iter().flatten() {
        if let Some(n) = value.as_f64() {
            params.insert(name.clone(), n.into());
        } else if let Some(list) = value.as_array() {
            let list: Vec<String> = list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
            let count = json["count"].as_u64().unwrap_or(list.len() as u64);
            params.insert("more".to_owned(), count.saturating_sub(list.len() as u64).into());
            params.insert(name.clone(), list.into());
        } else if let Some(text) = value.as_str() {
            params.insert(name.clone(), text.into());
        }
    }
    match change {
        Change::Rows { before, after } => {
            let direction = if after > before {
                "more"
            } else if after < before {
                "fewer"
            } else {
                "same"
            };
            params.insert("direction".to_owned(), direction.into());
            params.insert("difference".to_owned(), after.abs_diff(*before).into());
        }
        Change::Level { percent, .. } => {
            params.insert("direction".to_owned(), if *percent >= 0.0 { "more" } else { "fewer" }.into());
            params.insert("percent".to_owned(), percent.abs().round().into());
        }
        Change::KindChanged { before, after, .. } => {
            params.insert("before".to_owned(), words.kind(*before).into());
            params.insert("after".to_owned(), words.kind(*after).into());
        }
        Change::Range { from, to, .. } => {
            params.insert("from".to_owned(), words.moment(from).into());
            params.insert("to".to_owned(), words.moment(to).into());
        }
        _ => {}
    }
    (code, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_page_stands_in_every_language() {
        for language in crate::LANGUAGES {
            let words = Words::of(language);
            for word in Word::ALL {
                let id = format!("package-{}", word.key());
                assert_ne!(words.say(*word), id, "{language}");
            }
            for kind in Kind::ALL {
                assert!(!words.kind(kind).starts_with("kind-"), "{language} {kind:?}");
            }
        }
    }

    #[test]
    fn figures_and_days_are_written_as_people_there_write_them() {
        let (de, en) = (Words::of("de"), Words::of("en"));
        assert_eq!(de.figure("-1234567.50"), "-1.234.567,50");
        assert_eq!(en.count(1_048_575), "1,048,575");
        assert_eq!(de.moment("2026-03-03T07:40:00+01:00"), "3. März 2026 07:40");
        assert_eq!(en.day("2026-03-03"), "3 March 2026");
        assert_eq!(en.day("not a day"), "not a day");
    }

    #[test]
    fn a_change_is_a_whole_sentence() {
        let change = Change::Rows { before: 10, after: 12 };
        assert_eq!(Words::of("en").change(&change), "2 rows more: 12 now.");
        let level = Change::Level { column: "Takings".into(), before: 100.0, after: 94.0, percent: -6.0 };
        assert!(Words::of("de").change(&level).contains('6'));
    }
}
