//! From rows to a reading: the plan of rows, the facts of columns, decisions, and a finding for every guess.

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod apart;
mod columns;
mod duplicates;
pub(crate) mod kept;
mod of_columns;
mod of_rows;
mod of_sheet;
mod setting;

use std::sync::{Arc, Mutex, PoisonError};

use larder_model::{
    Choice, Finding, LeftOut, LeftOutReason, ReadColumn, Reading, Refusal, Span, TableSpot, display_text,
};
use larder_tables::parallel;

use crate::caps;
use crate::find::blocks::Block;
use crate::find::body::{self, Plan};
use crate::grid::{Fills, Grid};
use crate::kinds::column::{ColumnFacts, Looking, Scan};
use crate::kinds::value::{EmptyWords, Rule};
use crate::open::{Book, Cache};
use crate::progress::{Stop, go_on};
use crate::text::mojibake::Garble;
use crate::text::separator::Separator;
use columns::Column;
use kept::KeptChunk;

pub(crate) use of_sheet::line;

/// Cells from which on several threads look at columns.
const CELLS_FOR_THREADS: u64 = 100_000;
/// Readings kept for asking again.
const KEPT: usize = 4;

/// The facts of all columns of a table, for one set of kept rows.
pub(crate) struct Scans {
    plan: Arc<Plan>,
    fills: Option<Arc<Fills>>,
    garble: Option<Garble>,
    always: Vec<String>,
    pub facts: Vec<ColumnFacts>,
}

impl Scans {
    pub fn fills_ref(&self) -> Option<&Fills> {
        self.fills.as_deref()
    }
}

/// How one column is read.
pub(crate) struct ColumnRule {
    pub id: String,
    /// Column of the sheet (0 is the first).
    pub position: usize,
    pub rule: Rule,
    /// Its place among the scanned columns.
    pub facts: usize,
}

/// A reading and all that it takes to make values of it.
pub(crate) struct Understood {
    choices: Vec<Choice>,
    pub reading: Reading,
    pub plan: Arc<Plan>,
    pub fills: Option<Arc<Fills>>,
    pub columns: Vec<ColumnRule>,
    pub scans: Arc<Scans>,
}

/// What people chose, the last of each subject.
pub(crate) struct Chosen<'a> {
    pub choices: &'a [Choice],
    pub words: EmptyWords,
}

impl<'a> Chosen<'a> {
    fn new(choices: &'a [Choice]) -> Self {
        let mut words = EmptyWords::default();
        for choice in choices {
            if let Choice::EmptyWord { word, empty } = choice {
                let (add, remove) =
                    if *empty { (&mut words.always, &mut words.never) } else { (&mut words.never, &mut words.always) };
                remove.retain(|known| !known.eq_ignore_ascii_case(word));
                if !add.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                    add.push(word.clone());
                }
            }
        }
        Chosen { choices, words }
    }

    pub fn last<T>(&self, pick: impl Fn(&Choice) -> Option<T>) -> Option<T> {
        self.choices.iter().rev().find_map(pick)
    }
}

impl Book {
    pub(crate) fn understand(&self, choices: &[Choice]) -> Arc<Understood> {
        self.understand_while(choices, &|| false).expect("nobody cancels")
    }

    /// The same as long as nobody cancels, which is asked for between and within steps that take a moment of millions of
    /// rows.
    pub(crate) fn understand_while(&self, choices: &[Choice], stop: Stop<'_>) -> Result<Arc<Understood>, Refusal> {
        let known = self.cached().understood.iter().find(|known| known.choices == choices).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let chosen = Chosen::new(choices);
        let raw = &self.opened.content.raw;
        self.shapes();
        go_on(stop)?;
        let blocks = self.blocks();
        let table = body::choose(blocks, choices);
        let mut plan = body::plan(raw, self.shapes(), blocks, table, choices);
        go_on(stop)?;
        let keep_copies = chosen.last(|c| match c {
            Choice::Duplicates { keep } => Some(*keep),
            _ => None,
        });
        let fills = self.fills(&plan, &chosen);
        let garble = self.garble(&chosen);
        let copies = |plan: &Plan| duplicates::find(raw, &plan.columns, &kept::kept(raw, plan), stop);
        let scans = |plan| self.scans(plan, fills, garble, &chosen.words, stop);
        let (copies, scans) = match keep_copies {
            Some(false) => {
                let copies = copies(&plan)?;
                for row in &copies {
                    plan.left_out[*row as usize] = Some(LeftOutReason::Duplicate);
                }
                (copies, scans(Arc::new(plan))?)
            }
            _ => (copies(&plan)?, scans(Arc::new(plan))?),
        };
        let plan = scans.plan.clone();
        let columns = columns::decide_all(self, &plan, &scans, &chosen);
        let findings = self.findings(&plan, &scans, &columns, &chosen, &copies);
        let reading = self.reading(&plan, blocks, &columns, findings);
        let understood = Arc::new(Understood {
            choices: choices.to_vec(),
            reading,
            plan,
            fills: scans.fills.clone(),
            columns: columns
                .into_iter()
                .map(|c| ColumnRule { id: c.read.id, position: c.position, rule: c.rule, facts: c.facts })
                .collect(),
            scans,
        });
        let mut cache = self.cached();
        cache.understood.retain(|known| known.reading != understood.reading);
        cache.understood.push(understood.clone());
        let surplus = cache.understood.len().saturating_sub(KEPT);
        cache.understood.drain(..surplus);
        Ok(understood)
    }

    /// What stands behind a reading: as it was worked out, or worked out again from what it says.
    pub(crate) fn behind(&self, reading: &Reading) -> Arc<Understood> {
        let known = self.cached().understood.iter().find(|known| known.reading == *reading).cloned();
        known.unwrap_or_else(|| self.understand(&choices_of(reading)))
    }

    fn cached(&self) -> std::sync::MutexGuard<'_, Cache> {
        // A panic while it was held leaves a list that is whole all the same.
        self.cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn fills(&self, plan: &Plan, chosen: &Chosen<'_>) -> Option<Arc<Fills>> {
        let fill = chosen.last(|c| match c {
            Choice::Merged { fill } => Some(*fill),
            _ => None,
        });
        if fill == Some(false) || self.opened.content.merges.is_empty() {
            return None;
        }
        let fills = Fills::of(&self.opened.content.merges, plan.header.body);
        (!fills.columns().is_empty()).then(|| Arc::new(fills))
    }

    fn garble(&self, chosen: &Chosen<'_>) -> Option<Garble> {
        let repair = chosen.last(|c| match c {
            Choice::Mojibake { repair } => Some(*repair),
            _ => None,
        });
        if repair == Some(false) { None } else { self.garbled().map(|found| found.garble) }
    }

    pub(crate) fn grid<'a>(&'a self, fills: Option<&'a Fills>) -> Grid<'a> {
        Grid { raw: &self.opened.content.raw, fills }
    }

    /// The facts of all columns; those of last time where the same rows are kept.
    fn scans(
        &self,
        plan: Arc<Plan>,
        fills: Option<Arc<Fills>>,
        garble: Option<Garble>,
        words: &EmptyWords,
        stop: Stop<'_>,
    ) -> Result<Arc<Scans>, Refusal> {
        let same = |known: &&Arc<Scans>| {
            known.plan.columns == plan.columns
                && known.plan.header == plan.header
                && known.garble == garble
                && known.fills.is_some() == fills.is_some()
                && known.always == words.always
                && known.plan.left_out == plan.left_out
        };
        if let Some(known) = self.cached().scans.iter().find(same) {
            return Ok(known.clone());
        }
        let kept = kept::kept(&self.opened.content.raw, &plan);
        let places: Vec<usize> = plan.columns.clone().collect();
        let grid = self.grid(fills.as_deref());
        let looking = Looking::new(grid, garble, &words.always, stop);
        let facts = match kept.iter().map(|kept| kept.rows as u64).sum::<u64>() * places.len() as u64 {
            0..CELLS_FOR_THREADS => {
                places.iter().map(|place| looking.column(*place, &kept)).collect::<Result<_, _>>()?
            }
            _ => longest_first(&places, &kept, &looking, stop)?,
        };
        let scans = Arc::new(Scans { plan, fills, garble, always: words.always.clone(), facts });
        let mut cache = self.cached();
        cache.scans.push(scans.clone());
        let surplus = cache.scans.len().saturating_sub(KEPT);
        cache.scans.drain(..surplus);
        Ok(scans)
    }

    fn findings(
        &self,
        plan: &Plan,
        scans: &Scans,
        columns: &[Column],
        chosen: &Chosen<'_>,
        copies: &[u64],
    ) -> Vec<Finding> {
        let mut findings = of_sheet::findings(self, plan, columns, chosen);
        findings.extend(of_rows::findings(self, plan, scans, columns, chosen, copies));
        findings.extend(of_columns::findings(self, scans, columns, chosen));
        findings.sort_by_key(|finding| (finding.certainty, finding.code));
        findings
    }

    fn reading(&self, plan: &Plan, blocks: &[Block], columns: &[Column], findings: Vec<Finding>) -> Reading {
        let opened = &self.opened;
        let listed = |(row, reason): (u64, LeftOutReason)| LeftOut { row: row + 1, reason };
        let left_out = plan.all_left_out().map(listed).take(caps::LEFT_OUT_LISTED).collect();
        let sheet = if opened.text.is_some() {
            String::new()
        } else {
            opened.sheets.get(opened.sheet).map_or(String::new(), |note| note.name.clone())
        };
        Reading {
            format: opened.format,
            encoding: opened.text.as_ref().map(|text| text.letters.name()),
            delimiter: opened.delimiter().map(Separator::text),
            sheets: opened.sheets.clone(),
            sheet,
            tables: blocks
                .iter()
                .enumerate()
                .map(|(place, block)| spot(block, (place == plan.table).then_some(plan)))
                .collect(),
            table: plan.table as u32,
            columns: columns.iter().map(|column| column.read.clone()).collect(),
            rows: plan.rows_kept(),
            sheet_rows: opened.content.raw.rows(),
            left_out,
            findings,
        }
    }
}

/// Looks at columns on all threads, those first that do not repeat themselves, and part by part: they take longest, and none
/// should be left alone with one at the end.
fn longest_first(
    places: &[usize],
    kept: &[KeptChunk<'_>],
    looking: &Looking<'_>,
    stop: Stop<'_>,
) -> Result<Vec<ColumnFacts>, Refusal> {
    let in_order = |place: usize| {
        kept.iter().filter(|kept| kept.chunk.strip(place).is_some_and(|strip| !strip.is_shared())).count()
    };
    let mut order: Vec<(usize, usize)> = (0..places.len()).map(|at| (in_order(places[at]), at)).collect();
    order.sort_by_key(|(in_order, _)| std::cmp::Reverse(*in_order));
    // Each part finds most of the different cells again, so there are no more of them than threads.
    let many = parallel::threads().max(2);
    let mut parts: Vec<(usize, &[KeptChunk<'_>])> = Vec::new();
    for (in_order, at) in order {
        let size = if in_order < many { kept.len() } else { kept.len().div_ceil(many) };
        parts.extend(kept.chunks(size.max(1)).map(|part| (at, part)));
    }
    let looked = parallel::in_order(parts.len(), stop, &|part| {
        let (at, kept) = parts[part];
        looking.part(places[at], kept)
    })?;
    let mut scans: Vec<Vec<Scan<'_>>> = places.iter().map(|_| Vec::new()).collect();
    for ((at, _), part) in parts.into_iter().zip(looked) {
        scans[at].push(part);
    }
    let scans: Vec<Mutex<Vec<Scan<'_>>>> = scans.into_iter().map(Mutex::new).collect();
    parallel::in_order(places.len(), stop, &|at| {
        let scans = std::mem::take(&mut *scans[at].lock().unwrap_or_else(PoisonError::into_inner));
        let whole = scans.into_iter().reduce(|mut first, later| {
            first.join(later);
            first
        });
        Ok(whole.map_or_else(ColumnFacts::default, Scan::facts))
    })
}

fn spot(block: &Block, plan: Option<&Plan>) -> TableSpot {
    let (header, columns) = plan.map_or((&block.header, &block.columns), |plan| (&plan.header, &plan.columns));
    let first = header.rows.first().copied().unwrap_or(block.rows.start).min(block.rows.start);
    TableSpot {
        name: block.name.as_deref().map(|name| display_text(name, 80)).filter(|name| !name.is_empty()),
        span: Span {
            first_row: first + 1,
            last_row: block.rows.end,
            first_column: columns.start as u32 + 1,
            last_column: columns.end as u32,
        },
        header_rows: header.rows.iter().map(|row| row + 1).collect(),
    }
}

/// The choices that lead to a reading again, as far as it tells.
fn choices_of(reading: &Reading) -> Vec<Choice> {
    let mut choices = vec![Choice::Table { index: reading.table }];
    if let Some(table) = reading.tables.get(reading.table as usize) {
        choices.push(match table.header_rows.last() {
            Some(row) => Choice::HeaderRow { row: *row },
            None => Choice::NoHeader,
        });
    }
    for ReadColumn { id, name, kind, date_order, decimal_mark, keep, .. } in &reading.columns {
        let column = || id.clone();
        choices.push(Choice::Kind { column: column(), kind: *kind });
        choices.extend(date_order.map(|order| Choice::DateOrder { column: Some(column()), order }));
        choices.extend(decimal_mark.map(|mark| Choice::DecimalMark { column: Some(column()), mark }));
        choices.push(Choice::Name { column: column(), name: name.clone() });
        choices.push(Choice::Column { column: column(), keep: *keep });
    }
    for left in &reading.left_out {
        match left.reason {
            LeftOutReason::Chosen => choices.push(Choice::Row { row: left.row, keep: false }),
            LeftOutReason::Duplicate => choices.push(Choice::Duplicates { keep: false }),
            _ => {}
        }
    }
    choices.dedup();
    choices
}
