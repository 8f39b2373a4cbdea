//! What is said about columns: the order of their dates, their decimal mark, codes, words for nothing, cells that do not
//! fit.

use std::collections::BTreeMap;

use larder_model::{Certainty, Choice, DateOrder, DecimalMark, Finding, FindingCode, Format, Kind, display_text};

use super::columns::{Column, kept_words};
use super::{Chosen, Scans};
use crate::kinds::column::{ColumnFacts, Line};
use crate::kinds::decide::{Lost, is_nothing, mark_votes, order_votes};
use crate::kinds::facts::{Fact, UNFIT, clean, is};
use crate::kinds::{date, number};
use crate::open::Book;

struct Look<'a> {
    book: &'a Book,
    scans: &'a Scans,
    columns: &'a [Column],
    kept: Vec<u8>,
}

pub(crate) fn findings(book: &Book, scans: &Scans, columns: &[Column], chosen: &Chosen<'_>) -> Vec<Finding> {
    let look = Look { book, scans, columns, kept: kept_words(chosen) };
    let mut findings = look.dates(chosen);
    findings.extend(look.marks(chosen));
    findings.extend(look.lost());
    findings.extend(look.two_digit_years());
    findings.extend(look.day_counts());
    findings.extend(look.first_days());
    findings.extend(look.units());
    findings.extend(look.words());
    for column in columns {
        let facts = look.facts(column);
        findings.extend(look.code_kept(column, facts));
        findings.extend(look.misfits(column, facts));
        findings.extend(look.numbers_as_text(column, facts));
        findings.extend(look.mixed_currencies(column, facts));
    }
    findings.extend(look.errors());
    findings
}

fn order_name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day_first",
        DateOrder::MonthFirst => "month_first",
        DateOrder::YearFirst => "year_first",
    }
}

fn mark_name(mark: DecimalMark) -> &'static str {
    if mark == DecimalMark::Comma { "comma" } else { "dot" }
}

impl Look<'_> {
    fn facts(&self, column: &Column) -> &ColumnFacts {
        &self.scans.facts[column.facts]
    }

    /// The text of the first cell of a line, clean.
    fn text(&self, column: &Column, line: &Line) -> String {
        let row = line.rows.first().copied().unwrap_or(0);
        let grid = self.book.grid(self.scans.fills_ref());
        column.rule.readable(grid.cell(row, column.position).text).into_owned()
    }

    /// One sentence for all columns that prove their order, and one for each that does not.
    fn dates(&self, chosen: &Chosen<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut proven: BTreeMap<&str, Vec<&Column>> = BTreeMap::new();
        for column in self.columns.iter().filter(|c| c.has_open_dates(self.facts(c))) {
            let facts = self.facts(column);
            let open = facts.count(Fact::leaves_order_open);
            let by_choice = chosen.choices.iter().any(|c| matches!(c, Choice::DateOrder { column: about, .. } if about.as_ref().is_none_or(|a| *a == column.read.id)));
            // Nobody writes the month first with dots: they are proof enough.
            let dotted = facts.count(|f| f.leaves_order_open() && f.extra != b'.') == 0
                && column.decision.order == DateOrder::DayFirst;
            if open == 0 || dotted || order_votes(facts) != (0, 0) || by_choice {
                proven.entry(order_name(column.decision.order)).or_default().push(column);
            } else {
                findings.extend(self.date_order(column, Certainty::Doubt, Some(column.read.id.clone())));
            }
        }
        for columns in proven.values() {
            let about = (columns.len() == 1
                && self.columns.iter().filter(|c| c.has_open_dates(self.facts(c))).count() > 1)
                .then(|| columns[0].read.id.clone());
            findings.extend(
                self.date_order(columns[0], Certainty::Sure, about)
                    .map(|f| if columns.len() == 1 { f.on(&columns[0].read.id) } else { f }),
            );
        }
        findings
    }

    /// A chosen order or mark that the cells of a column cannot have: said, with the way back.
    fn lost(&self) -> Vec<Finding> {
        let lost = |column: &Column| {
            let lost = column.decision.lost.filter(|_| column.read.kind.is_textual())?;
            let facts = self.facts(column);
            let id = Some(column.read.id.clone());
            let (code, line, order_or_mark, opposite) = match lost {
                Lost::Order(own) => (
                    FindingCode::DateOrder,
                    facts.lines.iter().find(|l| l.fact.has(is::DAY) && !l.fact.is_day(column.decision.order))?,
                    ("order", order_name(column.decision.order)),
                    Choice::DateOrder { column: id, order: own },
                ),
                Lost::Mark(own) => (
                    FindingCode::DecimalMark,
                    facts.lines.iter().find(|l| l.fact.has(is::PARTED) && !l.fact.is_number(column.decision.mark))?,
                    ("mark", mark_name(column.decision.mark)),
                    Choice::DecimalMark { column: id, mark: own },
                ),
            };
            let finding = Finding::new(code, Certainty::Notice)
                .with("example", display_text(&self.text(column, line), 60))
                .with(order_or_mark.0, order_or_mark.1)
                .with("fits", "no")
                .with("column", column.read.name.as_str())
                .on(&column.read.id);
            Some(finding.or(opposite))
        };
        self.columns.iter().filter_map(lost).collect()
    }

    fn date_order(&self, column: &Column, certainty: Certainty, about: Option<String>) -> Option<Finding> {
        let facts = self.facts(column);
        let order = column.decision.order;
        let days = |line: &&Line| line.fact.has(is::DAY) && !line.fact.has(is::CLEAR_DAY) && line.fact.is_day(order);
        // An example that reads differently either way shows what is meant.
        let line = facts.lines.iter().filter(days).max_by_key(|line| (line.fact.leaves_order_open(), line.count))?;
        let example = self.text(column, line);
        let value = date::written(&example).and_then(|w| w.days(order)).map(date::date_text).unwrap_or_default();
        let other = if order == DateOrder::MonthFirst { DateOrder::DayFirst } else { DateOrder::MonthFirst };
        let finding = Finding::new(FindingCode::DateOrder, certainty)
            .with("example", display_text(&example, 60))
            .with("value", value)
            .with("order", order_name(order))
            .with("ambiguous", facts.count(Fact::leaves_order_open))
            .or(Choice::DateOrder { column: about.clone(), order: other });
        Some(match about {
            Some(_) => finding.with("column", column.read.name.as_str()).on(&column.read.id),
            None => finding,
        })
    }

    /// One sentence for all columns that prove their mark, and one for each that leaves it open.
    fn marks(&self, chosen: &Chosen<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut proven: BTreeMap<&str, Vec<&Column>> = BTreeMap::new();
        for column in self.columns.iter().filter(|c| c.read.kind.is_numeric()) {
            let facts = self.facts(column);
            let (comma, dot) = mark_votes(facts);
            let open = facts.count(Fact::leaves_mark_open);
            let by_choice = chosen.choices.iter().any(|c| matches!(c, Choice::DecimalMark { column: about, .. } if about.as_ref().is_none_or(|a| *a == column.read.id)));
            if comma + dot > 0 || (by_choice && open > 0) {
                proven.entry(mark_name(column.decision.mark)).or_default().push(column);
            } else if open > 0 {
                findings.extend(self.decimal_mark(column, Certainty::Doubt, Some(column.read.id.clone())));
            }
        }
        let several = proven.len() > 1;
        for columns in proven.values() {
            // The one with the most telling number speaks for all.
            let best = columns
                .iter()
                .max_by_key(|column| self.telling(column).map(|(_, weight)| weight))
                .expect("never empty");
            let about = (several && columns.len() == 1).then(|| best.read.id.clone());
            findings.extend(self.decimal_mark(best, Certainty::Sure, about));
        }
        findings
    }

    /// The line whose number shows the mark best, and how well.
    fn telling<'b>(&'b self, column: &Column) -> Option<(&'b Line, (bool, bool, u64))> {
        let mark = column.decision.mark;
        let facts = self.facts(column);
        facts
            .lines
            .iter()
            .filter(|line| line.fact.has(is::PARTED) && !line.fact.has(is::TYPED) && line.fact.decimals(mark) != UNFIT)
            .map(|line| {
                (
                    line,
                    (
                        line.fact.has(is::GROUPED) && line.fact.decimals(mark) > 0,
                        line.fact.decimals(mark) > 0,
                        line.count,
                    ),
                )
            })
            .max_by_key(|(_, weight)| *weight)
    }

    fn decimal_mark(&self, column: &Column, certainty: Certainty, about: Option<String>) -> Option<Finding> {
        let mark = column.decision.mark;
        let (line, _) = self.telling(column)?;
        let example = self.text(column, line);
        let value = number::parse(clean(&example), mark)
            .map(|(number, _)| number.to_f64())
            .map(|n| format!("{n}"))
            .unwrap_or_default();
        let other = if mark == DecimalMark::Comma { DecimalMark::Dot } else { DecimalMark::Comma };
        let finding = Finding::new(FindingCode::DecimalMark, certainty)
            .with("example", display_text(&example, 60))
            .with("value", value)
            .with("mark", mark_name(mark))
            .with("ambiguous", self.facts(column).count(Fact::leaves_mark_open))
            .or(Choice::DecimalMark { column: about.clone(), mark: other });
        Some(match about {
            Some(_) => finding.with("column", column.read.name.as_str()).on(&column.read.id),
            None => finding,
        })
    }

    fn two_digit_years(&self) -> Option<Finding> {
        let short = |column: &&Column| {
            matches!(column.read.kind, Kind::Date | Kind::DateTime)
                && self.facts(column).count(|f| f.has(is::TWO_DIGIT_YEAR)) > 0
        };
        let column = self.columns.iter().find(short)?;
        let facts = self.facts(column);
        let line = facts
            .lines
            .iter()
            .find(|line| line.fact.has(is::TWO_DIGIT_YEAR) && line.fact.is_day(column.decision.order))?;
        let example = self.text(column, line);
        let days = column.rule.day(&example)?.days(column.decision.order)?;
        let mut finding = Finding::new(FindingCode::TwoDigitYear, Certainty::Notice)
            .with("example", display_text(&example, 60))
            .with("year", f64::from(date::from_days(days).0))
            .with("column", column.read.name.as_str())
            .on(&column.read.id)
            .at(facts.rows(|f| f.has(is::TWO_DIGIT_YEAR)).into_iter().map(|row| row + 1))
            .or(Choice::Kind { column: column.read.id.clone(), kind: Kind::Text });
        finding.count = facts.count(|f| f.has(is::TWO_DIGIT_YEAR));
        Some(finding)
    }

    /// A cell of a column of days that is read in a way that is worth saying.
    fn said_of_days(&self, code: FindingCode, bits: u64) -> Option<(Finding, &Column)> {
        let dated = |column: &&Column| {
            matches!(column.read.kind, Kind::Date | Kind::DateTime) && self.facts(column).count(|f| f.has(bits)) > 0
        };
        let column = self.columns.iter().find(dated)?;
        let facts = self.facts(column);
        let line = facts.lines.iter().find(|line| line.fact.has(bits))?;
        let example = self.text(column, line);
        let days = match column.rule.day(&example) {
            Some(written) => written.days(column.decision.order)?,
            None => date::serial(&example)?,
        };
        let mut finding = Finding::new(code, Certainty::Notice)
            .with("column", column.read.name.as_str())
            .with("example", display_text(&example, 60))
            .with("value", date::date_text(days))
            .on(&column.read.id)
            .at(facts.rows(|f| f.has(bits)).into_iter().map(|row| row + 1))
            .or(Choice::Kind { column: column.read.id.clone(), kind: Kind::Text });
        finding.count = facts.count(|f| f.has(bits));
        Some((finding, column))
    }

    fn day_counts(&self) -> Option<Finding> {
        self.said_of_days(FindingCode::DayCounts, is::SERIAL).map(|(finding, _)| finding)
    }

    fn first_days(&self) -> Option<Finding> {
        let (finding, column) = self.said_of_days(FindingCode::FirstDays, is::MONTH | is::NAMED_MONTH | is::WEEK)?;
        let weeks = self.facts(column).count(|f| f.has(is::WEEK)) > 0;
        Some(finding.with("part", if weeks { "week" } else { "month" }))
    }

    /// Units beside numbers: taken off on request only.
    fn units(&self) -> Vec<Finding> {
        let of = |column: &Column| {
            let unit = column.unit_of_cells.as_ref()?;
            let split = column.rule.unit.is_some();
            let facts = self.facts(column);
            let line = facts.lines.iter().find(|line| line.fact.has(is::WITH_UNIT))?;
            let finding =
                Finding::new(FindingCode::UnitInCells, if split { Certainty::Sure } else { Certainty::Notice })
                    .with("column", column.read.name.as_str())
                    .with("unit", unit.as_str())
                    .with("example", display_text(&self.text(column, line), 60))
                    .on(&column.read.id)
                    .or(Choice::Unit { column: column.read.id.clone(), split: !split });
            Some(finding)
        };
        self.columns.iter().filter_map(of).collect()
    }

    fn code_kept(&self, column: &Column, facts: &ColumnFacts) -> Option<Finding> {
        let digits = facts.count(|f| f.has(is::DIGITS));
        if column.read.kind != Kind::Code || digits * 10 < facts.filled() * 9 || digits == 0 {
            return None;
        }
        let zero = facts.lines.iter().find(|line| line.fact.has(is::LEADING_ZERO));
        let line = zero.or_else(|| facts.lines.iter().find(|line| line.fact.has(is::DIGITS)))?;
        // Zeros in front and check digits prove it; a header alone only suggests it.
        let certainty = if column.decision.code_for_sure { Certainty::Sure } else { Certainty::Notice };
        Some(
            Finding::new(FindingCode::CodeKept, certainty)
                .with("column", column.read.name.as_str())
                .with("example", display_text(&self.text(column, line), 60))
                .with("zeros", if zero.is_some() { "yes" } else { "no" })
                .on(&column.read.id)
                .or(Choice::Kind { column: column.read.id.clone(), kind: Kind::Integer }),
        )
    }

    /// One sentence for each word that stands for nothing, over all columns.
    fn words(&self) -> Vec<Finding> {
        struct Met<'a> {
            word: String,
            columns: Vec<&'a Column>,
            rows: Vec<u64>,
            count: u64,
        }
        let mut met: BTreeMap<u8, Met<'_>> = BTreeMap::new();
        for column in self.columns {
            for line in self.facts(column).lines.iter().filter(|line| {
                line.fact.has(is::EMPTY_WORD)
                    && !line.fact.is_chosen_empty()
                    && is_nothing(&line.fact, column.read.kind, &self.kept)
            }) {
                let one = met.entry(line.fact.word).or_insert_with(|| Met {
                    word: self.text(column, line),
                    columns: Vec::new(),
                    rows: Vec::new(),
                    count: 0,
                });
                if one.columns.last().is_none_or(|last| last.read.id != column.read.id) {
                    one.columns.push(column);
                }
                one.rows.extend(&line.rows);
                one.count += line.count;
            }
        }
        met.into_values()
            .map(|mut one| {
                one.rows.sort_unstable();
                one.rows.dedup();
                let names: Vec<&str> = one.columns.iter().map(|column| column.read.name.as_str()).collect();
                let mut finding = Finding::new(FindingCode::EmptyWord, Certainty::Notice)
                    .with("word", one.word.as_str())
                    .with("column", names.join(", "))
                    .at(one.rows.iter().map(|row| row + 1))
                    .or(Choice::EmptyWord { word: one.word.clone(), empty: false });
                finding.count = one.count;
                if let [column] = one.columns[..] { finding.on(&column.read.id) } else { finding }
            })
            .collect()
    }

    fn misfits(&self, column: &Column, facts: &ColumnFacts) -> Option<Finding> {
        let kind = column.read.kind;
        let misfit = |fact: &Fact| {
            !is_nothing(fact, kind, &self.kept) && !fact.fits(kind, column.decision.mark, column.decision.order)
        };
        let count = facts.count(misfit);
        if count == 0 {
            return None;
        }
        let examples: Vec<String> = facts
            .lines
            .iter()
            .filter(|line| misfit(&line.fact))
            .take(3)
            .map(|line| display_text(&self.text(column, line), 60))
            .collect();
        let mut finding = Finding::new(FindingCode::Misfits, Certainty::Notice)
            .with("column", column.read.name.as_str())
            .with("kind", kind.as_str())
            .with("examples", examples)
            .on(&column.read.id)
            .at(facts.rows(misfit).into_iter().map(|row| row + 1))
            .or(Choice::Kind { column: column.read.id.clone(), kind: Kind::Text });
        finding.count = count;
        Some(finding)
    }

    fn numbers_as_text(&self, column: &Column, facts: &ColumnFacts) -> Option<Finding> {
        let workbook = !matches!(self.book.opened.format, Format::Csv | Format::Tsv | Format::Html);
        let as_text =
            |fact: &Fact| !fact.has(is::TYPED) && !fact.has(is::EMPTY_WORD) && fact.is_number(column.decision.mark);
        let count = facts.count(as_text);
        if !workbook || !column.read.kind.is_numeric() || count == 0 {
            return None;
        }
        let mut finding = Finding::new(FindingCode::NumbersAsText, Certainty::Notice)
            .with("column", column.read.name.as_str())
            .on(&column.read.id)
            .at(facts.rows(as_text).into_iter().map(|row| row + 1))
            .or(Choice::Kind { column: column.read.id.clone(), kind: Kind::Text });
        finding.count = count;
        Some(finding)
    }

    fn mixed_currencies(&self, column: &Column, facts: &ColumnFacts) -> Option<Finding> {
        if !column.has_mixed_currencies(facts) {
            return None;
        }
        let codes: Vec<String> = column.decision.currencies.iter().map(|currency| currency.code().to_owned()).collect();
        let first = column.decision.currencies.first().map_or(0, |currency| currency.0 + 1);
        let other = |fact: &Fact| fact.has(is::MONEY) && fact.currency != first;
        let mut finding = Finding::new(FindingCode::MixedCurrencies, Certainty::Doubt)
            .with("column", column.read.name.as_str())
            .with("currencies", codes)
            .on(&column.read.id)
            .at(facts.rows(other).into_iter().map(|row| row + 1))
            .or(Choice::Kind { column: column.read.id.clone(), kind: Kind::Text });
        finding.count = facts.count(other);
        Some(finding)
    }

    fn errors(&self) -> Option<Finding> {
        let mut examples: Vec<String> = Vec::new();
        let (mut rows, mut count) = (Vec::new(), 0);
        let mut columns: Vec<&Column> = Vec::new();
        for column in self.columns {
            let error = |fact: &Fact| fact.has(is::ERROR) && is_nothing(fact, column.read.kind, &self.kept);
            let facts = self.facts(column);
            for line in facts.lines.iter().filter(|line| error(&line.fact)) {
                let text = self.text(column, line);
                if examples.len() < 3 && !examples.contains(&text) {
                    examples.push(text);
                }
                count += line.count;
                if columns.last().is_none_or(|last| last.read.id != column.read.id) {
                    columns.push(column);
                }
            }
            rows.extend(facts.rows(error));
        }
        if count == 0 {
            return None;
        }
        rows.sort_unstable();
        rows.dedup();
        let names: Vec<&str> = columns.iter().map(|column| column.read.name.as_str()).collect();
        let mut finding = Finding::new(FindingCode::ErrorCells, Certainty::Notice)
            .with("column", names.join(", "))
            .at(rows.into_iter().map(|row| row + 1));
        for word in &examples {
            finding = finding.or(Choice::EmptyWord { word: word.clone(), empty: false });
        }
        finding = finding.with("examples", examples);
        finding.count = count;
        Some(if let [column] = columns[..] { finding.on(&column.read.id) } else { finding })
    }
}
