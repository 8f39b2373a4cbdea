//! The description that a draft began with, and the one click that leaves it aside again: its choices are passed over, and on
//! the label what it brought gives way to what would stand there without it. What the person chose or wrote stays.

use std::borrow::Cow;

use larder_catalog::DraftRow;
use larder_model::{Certainty, Choice, Column, Finding, FindingCode, Label};
use serde::{Deserialize, Serialize};

use crate::drafts;

/// The description that a draft began with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TakenOver {
    /// The description's file.
    pub file: String,
    /// It is a sheet of the file itself.
    pub inside: bool,
    /// It could not be read; at this line, or 0.
    pub broken_at: Option<usize>,
    /// Columns that it describes.
    pub columns: usize,
    /// Parts of it that have no place on a label.
    pub notes: usize,
    /// So many of the draft's first choices come from it.
    pub choices: usize,
    /// All that came from it; unknown of drafts that began before it was kept.
    pub brought: Option<Brought>,
    /// Fields of the label that it gave up when it was left aside.
    pub left: Vec<String>,
}

/// What a description brought.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brought {
    /// How the file is read.
    pub choices: Vec<Choice>,
    /// The label as it began.
    pub label: Label,
    /// The label as it would have begun without it.
    pub without: Label,
}

impl TakenOver {
    /// What is said about it, and its opposite.
    pub fn finding(&self, is_taken: bool) -> Finding {
        if let Some(line) = self.broken_at {
            return Finding::new(FindingCode::DescriptionBroken, Certainty::Notice)
                .with("file", self.file.as_str())
                .with("line", line);
        }
        let told = Finding::new(FindingCode::Described, Certainty::Sure)
            .with("file", self.file.as_str())
            .with("inside", if self.inside { "yes" } else { "no" })
            .with("columns", self.columns)
            .with("notes", self.notes);
        if self.brought.is_some() { told.or(Choice::Description { take: !is_taken }) } else { told }
    }

    /// Takes what it brought off the label, or puts back what was taken off.
    fn exchange(&mut self, label: &mut Label, is_taken: bool) {
        let Some(brought) = &self.brought else { return };
        let mut exchange = Exchange { only: is_taken.then(|| std::mem::take(&mut self.left)), done: Vec::new() };
        if is_taken {
            exchange.label(label, &brought.without, &brought.label);
        } else {
            exchange.label(label, &brought.label, &brought.without);
            self.left = exchange.done;
        }
    }

    /// The draft's label is another one from now on, on which nothing stands that it brought.
    pub fn let_go_of_label(&mut self) {
        self.left.clear();
        if let Some(brought) = &mut self.brought {
            brought.label = brought.without.clone();
        }
    }
}

/// Whether what the description says counts.
pub fn is_taken(row: &DraftRow) -> bool {
    last_said(row).unwrap_or(true)
}

fn last_said(row: &DraftRow) -> Option<bool> {
    row.choices.iter().rev().find_map(|choice| match choice {
        Choice::Description { take } => Some(*take),
        _ => None,
    })
}

/// The choices by which a draft is read: all of them, but for the description's own where it is left aside.
pub fn said(row: &DraftRow) -> Cow<'_, [Choice]> {
    let Some(take) = last_said(row) else { return Cow::Borrowed(&row.choices) };
    let described = drafts::extra(row).described.unwrap_or_default();
    let (first, own) = row.choices.split_at(described.choices.min(row.choices.len()));
    let brought = match described.brought {
        _ if !take => Vec::new(),
        Some(brought) => brought.choices,
        None => first.to_vec(),
    };
    let own = own.iter().filter(|choice| !matches!(choice, Choice::Description { .. }));
    Cow::Owned(brought.iter().chain(own).cloned().collect())
}

/// The choices that are kept for the next such file, and said apart which of them are the description's: that file may have
/// one of its own. A description that was left aside is left aside there, too.
pub fn kept(row: &DraftRow) -> Vec<Choice> {
    let mut kept = said(row).into_owned();
    let described = drafts::extra(row).described.unwrap_or_default();
    match (is_taken(row), described.brought) {
        (false, _) => kept.push(Choice::Description { take: false }),
        (true, Some(brought)) if kept.starts_with(&brought.choices) && !brought.choices.is_empty() => {
            kept.insert(brought.choices.len(), Choice::Description { take: true });
        }
        (true, _) => {}
    }
    kept
}

/// What was kept, for a file with a description of its own or without.
pub fn remembered(mut kept: Vec<Choice>, is_described: bool) -> Vec<Choice> {
    if let Some(end) = kept.iter().position(|choice| *choice == Choice::Description { take: true }) {
        kept.remove(end);
        if is_described {
            kept.drain(..end);
        }
    }
    kept
}

/// Adds a choice of the person. Those of the description that were taken back before are gone with it.
pub fn choose(row: &mut DraftRow, choice: Choice) {
    let mut extra = drafts::extra(row);
    if let Some(described) = extra.described.as_mut().filter(|described| described.choices > row.choices.len()) {
        described.choices = row.choices.len();
        drafts::set_extra(row, &extra);
    }
    row.choices.push(choice);
    row.undone.clear();
}

/// Changes the choices of a draft; its label follows where the description is left aside by it or taken over again.
pub fn change<T>(row: &mut DraftRow, by: impl FnOnce(&mut DraftRow) -> T) -> T {
    let was_taken = is_taken(row);
    let answer = by(row);
    let is_taken = is_taken(row);
    let mut extra = drafts::extra(row);
    if let Some(described) = extra.described.as_mut().filter(|_| is_taken != was_taken) {
        described.exchange(&mut row.label, is_taken);
        drafts::set_extra(row, &extra);
    }
    answer
}

/// Puts one label's texts in place of another one's, where they still stand as they were.
struct Exchange {
    /// No other fields than these.
    only: Option<Vec<String>>,
    /// Fields that were exchanged.
    done: Vec<String>,
}

impl Exchange {
    fn field<T: Clone + PartialEq>(&mut self, name: &str, now: &mut T, from: &T, to: &T) {
        let is_meant = self.only.as_ref().is_none_or(|only| only.iter().any(|field| field == name));
        if is_meant && from != to && now == from {
            now.clone_from(to);
            self.done.push(name.to_owned());
        }
    }

    fn label(&mut self, now: &mut Label, from: &Label, to: &Label) {
        // Taken apart, so that no field of a label is forgotten here.
        let Label {
            title,
            summary,
            area,
            keeper,
            keeper_email,
            stand_in,
            good_for,
            not_for,
            columns,
            promise,
            audience,
            tags,
            terms,
        } = now;
        let texts = [
            ("title", title, &from.title, &to.title),
            ("summary", summary, &from.summary, &to.summary),
            ("area", area, &from.area, &to.area),
            ("keeper", keeper, &from.keeper, &to.keeper),
            ("stand_in", stand_in, &from.stand_in, &to.stand_in),
            ("good_for", good_for, &from.good_for, &to.good_for),
            ("not_for", not_for, &from.not_for, &to.not_for),
        ];
        for (name, now, from, to) in texts {
            self.field(name, now, from, to);
        }
        self.field("keeper_email", keeper_email, &from.keeper_email, &to.keeper_email);
        self.field("promise", promise, &from.promise, &to.promise);
        self.field("audience", audience, &from.audience, &to.audience);
        self.field("tags", tags, &from.tags, &to.tags);
        self.field("terms", terms, &from.terms, &to.terms);
        for column in columns {
            if let (Some(from), Some(to)) = (from.column(&column.id), to.column(&column.id)) {
                self.column(column, from, to);
            }
        }
    }

    fn column(&mut self, now: &mut Column, from: &Column, to: &Column) {
        // What a column holds is said by how the file is read.
        let Column {
            id,
            name: _,
            kind: _,
            meaning,
            unit,
            currency,
            decimals: _,
            example: _,
            key,
            required,
            personal,
            looks_up,
        } = now;
        let of = |field: &str| format!("column/{id}/{field}");
        self.field(&of("meaning"), meaning, &from.meaning, &to.meaning);
        self.field(&of("unit"), unit, &from.unit, &to.unit);
        self.field(&of("currency"), currency, &from.currency, &to.currency);
        self.field(&of("key"), key, &from.key, &to.key);
        self.field(&of("required"), required, &from.required, &to.required);
        self.field(&of("personal"), personal, &from.personal, &to.personal);
        self.field(&of("looks_up"), looks_up, &from.looks_up, &to.looks_up);
    }
}

#[cfg(test)]
mod tests {
    use larder_model::{DraftId, Kind};

    use super::*;
    use crate::drafts::Extra;

    fn kind(kind: Kind) -> Choice {
        Choice::Kind { column: "day".into(), kind }
    }

    fn aside(is_aside: bool) -> Choice {
        Choice::Description { take: !is_aside }
    }

    fn column(id: &str, meaning: &str, key: bool) -> Column {
        Column {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: Kind::Date,
            meaning: meaning.to_owned(),
            unit: None,
            currency: None,
            decimals: None,
            example: None,
            key,
            required: false,
            personal: false,
            looks_up: None,
        }
    }

    /// A draft with a description of one choice, a title, a summary, tags and a key.
    fn described() -> DraftRow {
        let without = Label { keeper: "Anna".into(), columns: vec![column("day", "", false)], ..Label::default() };
        let label = Label {
            title: "Till".into(),
            summary: "What was sold.".into(),
            tags: vec!["shop".into()],
            columns: vec![column("day", "When", true)],
            ..without.clone()
        };
        let choices = vec![kind(Kind::Text)];
        let brought = Some(Brought { choices: choices.clone(), label: label.clone(), without });
        let extra =
            Extra { described: Some(TakenOver { choices: 1, brought, ..TakenOver::default() }), ..Extra::default() };
        let mut row = drafts::new_row(DraftId::parse("a").expect("an id"), "till.csv", "");
        (row.label, row.choices) = (label, choices);
        drafts::set_extra(&mut row, &extra);
        row
    }

    fn chosen(row: &mut DraftRow, choice: Choice) {
        change(row, |row| choose(row, choice));
    }

    fn undone(row: &mut DraftRow) {
        change(row, |row| row.undone.extend(row.choices.pop()));
    }

    #[test]
    fn leaving_it_aside_takes_its_choices_and_texts_and_the_opposite_brings_them_back() {
        let mut row = described();
        chosen(&mut row, Choice::NoHeader);
        let (before, was_said) = (row.label.clone(), said(&row).into_owned());
        chosen(&mut row, aside(true));
        assert_eq!(*said(&row), [Choice::NoHeader]);
        assert_eq!((row.label.title.as_str(), row.label.keeper.as_str()), ("", "Anna"));
        assert_eq!(row.label.columns, [column("day", "", false)]);
        assert!(row.label.tags.is_empty() && row.label.summary.is_empty());
        chosen(&mut row, aside(false));
        assert_eq!((&row.label, said(&row).into_owned()), (&before, was_said.clone()));
        // Taken back, each brings what was before it.
        undone(&mut row);
        assert!(row.label.title.is_empty() && !is_taken(&row));
        undone(&mut row);
        assert_eq!((&row.label, said(&row).into_owned()), (&before, was_said));
    }

    #[test]
    fn what_the_person_wrote_meanwhile_stays() {
        let mut row = described();
        row.label.title = "My till".into();
        // Emptied by hand: it does not come back either.
        row.label.summary.clear();
        row.label.columns[0].meaning = "Day of the sale".into();
        let before = row.label.clone();
        chosen(&mut row, aside(true));
        assert_eq!(row.label.title, "My till");
        assert_eq!(row.label.columns, [column("day", "Day of the sale", false)]);
        row.label.tags.push("mine".into());
        chosen(&mut row, aside(false));
        assert_eq!(row.label, Label { tags: vec!["mine".into()], ..before });
    }

    #[test]
    fn its_choices_that_were_taken_back_are_not_taken_for_those_of_the_person() {
        let mut row = described();
        undone(&mut row);
        chosen(&mut row, kind(Kind::Code));
        chosen(&mut row, aside(true));
        assert_eq!(*said(&row), [kind(Kind::Code)]);
        chosen(&mut row, aside(false));
        assert_eq!(*said(&row), [kind(Kind::Text), kind(Kind::Code)]);
    }

    #[test]
    fn the_next_file_begins_with_its_own_description_or_with_what_the_last_one_said() {
        let mut row = described();
        chosen(&mut row, Choice::NoHeader);
        let taken = kept(&row);
        assert_eq!(remembered(taken.clone(), true), [Choice::NoHeader]);
        assert_eq!(remembered(taken, false), [kind(Kind::Text), Choice::NoHeader]);
        chosen(&mut row, aside(true));
        let left = kept(&row);
        assert_eq!(left, [Choice::NoHeader, aside(true)]);
        assert_eq!(remembered(left.clone(), true), left);
        // Without a description there is nothing to leave aside.
        let mut plain = drafts::new_row(row.id.clone(), "till.csv", "");
        plain.choices = left;
        assert_eq!(*said(&plain), [Choice::NoHeader]);
    }

    #[test]
    fn a_draft_from_before_what_was_brought_was_kept_offers_no_opposite() {
        let told = TakenOver { file: "datapackage.json".into(), choices: 1, ..TakenOver::default() };
        assert!(told.finding(true).opposites.is_empty());
        let known = TakenOver { brought: Some(Brought::default()), ..told };
        assert_eq!(known.finding(true).opposites, [aside(true)]);
        assert_eq!(known.finding(false).opposites, [aside(false)]);
    }
}
