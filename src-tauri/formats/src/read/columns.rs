//! The columns of a reading: names, ids, kinds, and how their values are written.

use larder_model::{Choice, DateOrder, Kind, ReadColumn, column_ids};

use super::{Chosen, Scans, setting};
use crate::find::body::Plan;
use crate::find::header;
use crate::grid::Grid;
use crate::kinds::column::ColumnFacts;
use crate::kinds::decide::{Decision, Setting, decide, format, is_nothing};
use crate::kinds::facts::{SOME_CURRENCY, UNFIT, clean, is};
use crate::kinds::headers::{self, Hints};
use crate::kinds::money;
use crate::kinds::number;
use crate::kinds::value::Rule;
use crate::kinds::words;
use crate::open::Book;

/// A column and all that was found out about it.
pub(crate) struct Column {
    pub read: ReadColumn,
    pub position: usize,
    pub facts: usize,
    pub rule: Rule,
    pub decision: Decision,
    /// The unit that stands beside the numbers in nearly all of its cells, taken off or not.
    pub unit_of_cells: Option<String>,
    /// The header gave no name.
    pub unnamed: bool,
    /// Another column before it has the same name.
    pub named_again: bool,
}

/// Places of words for nothing that a person wants kept as text.
pub(crate) fn kept_words(chosen: &Chosen<'_>) -> Vec<u8> {
    chosen
        .words
        .never
        .iter()
        .filter_map(|word| {
            words::empty_word(word)
                .map(|place| place + 1)
                .or_else(|| words::error(word).map(|place| place.saturating_add(128)))
        })
        .collect()
}

/// Names as they stand, without those of columns that have neither a name nor a value.
struct Named {
    position: usize,
    facts: usize,
    header: String,
    unit: Option<String>,
}

fn named(book: &Book, plan: &Plan, scans: &Scans) -> Vec<Named> {
    let raw = &book.opened.content.raw;
    let names = header::names(raw, &plan.header, &plan.columns);
    plan.columns
        .clone()
        .enumerate()
        .filter(|(at, _)| !names[*at].is_empty() || scans.facts[*at].filled() > 0)
        .map(|(at, position)| {
            let unit = plan
                .header
                .units
                .map(|row| clean(raw.cell(row, position).text).to_owned())
                .filter(|unit| !unit.is_empty());
            let header = match scans.garble.and_then(|garble| garble.repair(&names[at])) {
                Some(repaired) => repaired,
                None => names[at].clone(),
            };
            Named { position, facts: at, header, unit }
        })
        .collect()
}

/// Decides about all columns of a table.
pub(crate) fn decide_all(book: &Book, plan: &Plan, scans: &Scans, chosen: &Chosen<'_>) -> Vec<Column> {
    let named = named(book, plan, scans);
    let headers: Vec<String> = named.iter().map(|n| n.header.clone()).collect();
    let ids = column_ids(&headers);
    let facts: Vec<&ColumnFacts> = named.iter().map(|n| &scans.facts[n.facts]).collect();
    let mut hints: Vec<Hints> = named.iter().map(hints_of).collect();
    look_beside(&mut hints, &facts);
    let suggested = setting::suggested(book, &headers, &facts, &hints);
    let kept = kept_words(chosen);
    let grid = book.grid(scans.fills.as_deref());
    let mut seen = std::collections::HashMap::<String, u32>::new();
    let mut columns = Vec::with_capacity(named.len());
    for (place, ((named, id), hints)) in named.iter().zip(ids).zip(&hints).enumerate() {
        let facts = facts[place];
        let setting = apply_choices(suggested.setting(book, grid, named.position, facts), &id, chosen);
        let mut decision = decide(facts, hints, setting, &kept);
        let unit_of_cells = unit_of_cells(grid, named.position, facts, &decision);
        let split = unit_of_cells.as_ref().filter(|_| is_split(&id, chosen));
        if split.is_some() {
            let whole = facts.count(|f| !matches!(f.decimals(decision.mark), 0 | UNFIT)) == 0;
            decision.kind = if whole { Kind::Integer } else { Kind::Number };
        }
        let times = seen.entry(named.header.to_lowercase()).or_default();
        *times += 1;
        let again = !named.header.is_empty() && *times > 1;
        let name = match () {
            () if named.header.is_empty() => format!("Column {}", place + 1),
            () if again => format!("{} {times}", named.header),
            () => named.header.clone(),
        };
        let mut read = read_column(named, &id, name, facts, hints, &decision, &kept, chosen);
        if let (Some(unit), true) = (split, read.kind.is_numeric()) {
            let fits = |f: &crate::kinds::facts::Fact| f.is_number_of_unit(decision.mark);
            read.unit = Some(unit.clone());
            read.empty = facts.filled() + facts.blank - facts.count(fits);
            read.distinct = facts.lines.iter().filter(|line| fits(&line.fact)).map(|line| line.distinct).sum();
        }
        let rule = Rule {
            kind: read.kind,
            mark: decision.mark,
            order: decision.order,
            decimals: read.decimals.unwrap_or(2),
            blank_is_no: decision.blank_is_no && read.kind == Kind::Boolean,
            births: hints.birth,
            buddhist: decision.buddhist,
            unit: split.cloned(),
            words: chosen.words.clone(),
            garble: scans.garble,
        };
        columns.push(Column {
            read,
            position: named.position,
            facts: named.facts,
            rule,
            decision,
            unit_of_cells,
            unnamed: named.header.is_empty(),
            named_again: again,
        });
    }
    columns
}

fn hints_of(named: &Named) -> Hints {
    let mut hints = headers::hints(&named.header);
    if let Some(unit) = &named.unit {
        let bare = unit.trim_matches(|c| "()[]".contains(c)).trim();
        match money::mark(bare.strip_prefix("in ").unwrap_or(bare)) {
            Some(mark) => {
                hints.currency = Some(mark);
                hints.money = true;
            }
            None => hints.unit = headers::unit(unit).map(str::to_owned).or(hints.unit),
        }
    }
    hints
}

/// What a column is beyond doubt makes likelier what the others are.
fn look_beside(hints: &mut [Hints], facts: &[&ColumnFacts]) {
    let of_days = |(facts, hints): (&&ColumnFacts, &Hints)| {
        let days: u64 =
            facts.lines.iter().filter(|line| line.fact.has(is::COMPACT_DAY)).map(|line| line.distinct).sum();
        let all = facts.count(|f| f.has(is::COMPACT_DAY)) == facts.count(|f| !f.has(is::EMPTY_WORD | is::ERROR));
        all && !hints.code && (days >= 3 || (hints.date && days >= 2))
    };
    // Three rows of begins and ends with no minute beyond 59 are none by accident.
    let of_hours = |(facts, hints): (&&ColumnFacts, &Hints)| {
        let dotted = facts.count(|f| f.has(is::DOTTED_TIME));
        hints.hour && dotted >= 3 && dotted == facts.count(|f| !f.has(is::EMPTY_WORD | is::ERROR))
    };
    let of_clocks = |(facts, hints): (&&ColumnFacts, &Hints)| {
        let dotted = facts.count(|f| f.has(is::DOTTED_TIME));
        let all = dotted == facts.count(|f| !f.has(is::EMPTY_WORD | is::ERROR));
        (hints.time || hints.clock) && dotted > 0 && all && facts.count(|f| f.has(is::EARLY)) > 0
    };
    let pairs = || facts.iter().zip(hints.iter());
    let days = pairs().filter(|pair| of_days(*pair)).count();
    let clocks = pairs().any(of_clocks) || pairs().filter(|pair| of_hours(*pair)).count() >= 2;
    for hint in hints {
        hint.beside = headers::Beside { days: days >= 2, clocks };
    }
}

fn is_split(id: &str, chosen: &Chosen<'_>) -> bool {
    let split = chosen.last(|choice| match choice {
        Choice::Unit { column, split } if column == id => Some(*split),
        _ => None,
    });
    split == Some(true)
}

/// The one unit that nearly all cells of a column of words have behind a number.
fn unit_of_cells(grid: Grid<'_>, position: usize, facts: &ColumnFacts, decision: &Decision) -> Option<String> {
    let with = facts.count(|f| f.has(is::WITH_UNIT));
    if !decision.kind.is_textual() || with < 2 || with * 10 < facts.filled() * 8 {
        return None;
    }
    let mut unit: Option<String> = None;
    for row in facts.lines.iter().filter(|line| line.fact.has(is::WITH_UNIT)).flat_map(|line| &line.rows) {
        let found = number::with_unit(clean(grid.cell(*row, position).text))?.1;
        match &unit {
            Some(known) if !known.eq_ignore_ascii_case(found) => return None,
            Some(_) => {}
            None => unit = Some(found.to_owned()),
        }
    }
    unit
}

fn apply_choices(mut setting: Setting, id: &str, chosen: &Chosen<'_>) -> Setting {
    let about = |column: &Option<String>| column.as_deref().is_none_or(|column| column == id);
    setting.chosen_mark = chosen.last(|choice| match choice {
        Choice::DecimalMark { column, mark } if about(column) => Some(*mark),
        _ => None,
    });
    setting.chosen_order = chosen.last(|choice| match choice {
        Choice::DateOrder { column, order } if about(column) => Some(*order),
        _ => None,
    });
    setting
}

#[allow(clippy::too_many_arguments)]
fn read_column(
    named: &Named,
    id: &str,
    name: String,
    facts: &ColumnFacts,
    hints: &Hints,
    decision: &Decision,
    kept: &[u8],
    chosen: &Chosen<'_>,
) -> ReadColumn {
    let kind = chosen
        .last(|choice| match choice {
            Choice::Kind { column, kind } if column == id => Some(*kind),
            _ => None,
        })
        .unwrap_or(decision.kind);
    let name = chosen
        .last(|choice| match choice {
            Choice::Name { column, name } if column == id && !name.trim().is_empty() => {
                Some(larder_model::display_text(name, 200))
            }
            _ => None,
        })
        .unwrap_or(name);
    let keep = chosen.last(|choice| match choice {
        Choice::Column { column, keep } if column == id => Some(*keep),
        _ => None,
    });
    let money = kind == Kind::Money;
    let read_as_something = |fact: &crate::kinds::facts::Fact| {
        !is_nothing(fact, kind, kept) && fact.fits(kind, decision.mark, decision.order)
    };
    let values = facts.count(read_as_something);
    let no_means_blank = decision.blank_is_no && kind == Kind::Boolean;
    let all = facts.filled() + facts.blank;
    let distinct: u64 = facts.lines.iter().filter(|line| read_as_something(&line.fact)).map(|line| line.distinct).sum();
    let parted = facts.count(|f| f.has(is::PARTED) && !f.has(is::TYPED)) > 0;
    ReadColumn {
        id: id.to_owned(),
        name,
        position: named.position as u32 + 1,
        kind,
        format: format(facts, decision, kind),
        currency: decision.currency.filter(|_| money).map(|currency| currency.code().to_owned()),
        unit: hints.unit.clone().filter(|_| kind.is_numeric() && !money && !(kind == Kind::Percent && hints.percent)),
        decimals: money.then_some(decision.decimals),
        date_order: matches!(kind, Kind::Date | Kind::DateTime).then_some(decision.order),
        decimal_mark: (kind.is_numeric() && parted).then_some(decision.mark),
        keep: keep.unwrap_or(true),
        empty: if no_means_blank { 0 } else { all - values },
        distinct: if no_means_blank { 2 } else { distinct },
        examples: facts.examples.iter().map(|text| shortened(text)).collect(),
    }
}

/// Examples are shown; nobody reads a megabyte.
fn shortened(text: &str) -> String {
    if text.len() <= 300 { text.to_owned() } else { text.chars().take(200).chain(['…']).collect() }
}

impl Column {
    /// The order of its dates is written in the file, and could be read the other way.
    pub fn has_open_dates(&self, facts: &ColumnFacts) -> bool {
        matches!(self.read.kind, Kind::Date | Kind::DateTime)
            && self.decision.order != DateOrder::YearFirst
            && facts.count(|f| f.has(is::DAY) && !f.has(is::CLEAR_DAY)) > 0
    }

    /// Amounts in currencies that are not one and the same.
    pub fn has_mixed_currencies(&self, facts: &ColumnFacts) -> bool {
        self.read.kind == Kind::Money
            && (self.decision.currencies.len() > 1
                || (self.decision.currencies.len() == 1 && facts.count(|f| f.currency == SOME_CURRENCY) > 0))
    }
}
