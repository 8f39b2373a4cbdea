//! The table of a reading as typed columns, and its cells as they stand in the file.

use std::sync::atomic::{AtomicU64, Ordering};

use larder_model::{Kind, LeftOutReason, Reading, Refusal};
use larder_tables::{ColumnBuilder, ColumnCells, Table, TableColumn, parallel};

use crate::grid::Grid;
use crate::kinds::value::Value;
use crate::open::Book;
use crate::progress::Progress;
use crate::raw::{Cell, CellClass, OfWords, Raw, Strip};
use crate::read::ColumnRule;
use crate::read::kept::{self, KeptChunk};

impl Book {
    /// The chosen table, typed: the columns that are kept, in the order of the sheet.
    ///
    /// # Errors
    /// `Cancelled`.
    pub fn table(&self, reading: &Reading, progress: &dyn Progress) -> Result<Table, Refusal> {
        let behind = self.behind(reading);
        let columns: Vec<(&ColumnRule, TableColumn)> = behind
            .columns
            .iter()
            .zip(&behind.reading.columns)
            .filter(|(_, read)| read.keep)
            .map(|(rule, read)| {
                let column = TableColumn {
                    id: read.id.clone(),
                    name: read.name.clone(),
                    kind: read.kind,
                    currency: read.currency.clone(),
                    unit: read.unit.clone(),
                    decimals: read.decimals.filter(|_| read.kind == Kind::Money),
                };
                (rule, column)
            })
            .collect();
        let (rules, columns): (Vec<&ColumnRule>, Vec<TableColumn>) = columns.into_iter().unzip();
        let grid = self.grid(behind.fills.as_deref());
        let kept = kept::kept(grid.raw, &behind.plan);
        let words = words_of(&kept, &rules, &columns);
        let done = AtomicU64::new(0);
        let part = |part: usize| {
            let cells =
                (0..rules.len()).map(|place| cells_of(grid, &kept[part], (rules[place], &columns[place]), &words));
            let table = Table::of_cells(columns.clone(), cells.collect(), kept[part].rows);
            done.fetch_add(kept[part].rows as u64, Ordering::Relaxed);
            Ok(table)
        };
        let cancelled = || {
            progress.rows(done.load(Ordering::Relaxed));
            progress.cancelled()
        };
        let parts = parallel::in_order(kept.len(), &cancelled, &part)?;
        Ok(Table::of_parts(columns, parts))
    }

    /// The rows of the chosen table as they stand in the file: its names in one row if it has any, then the rows that are
    /// kept. Where the names come again a next table begins, which is another one.
    pub fn raw_rows(&self, reading: &Reading) -> impl Iterator<Item = Vec<String>> + '_ {
        let behind = self.behind(reading);
        let (plan, raw) = (&behind.plan, &self.opened.content.raw);
        let again = |row: u64| plan.left_out.get(row as usize) == Some(&Some(LeftOutReason::RepeatedHeader));
        let mut names = plan.header.rows.clone();
        // Names that stand twice over each other are one row of names for whoever wants them as they stand.
        names.extend((plan.header.body..).take_while(|row| again(*row)));
        let first = names.last().map_or(plan.header.body, |row| row + 1);
        let end = (first..raw.rows()).find(|row| again(*row)).unwrap_or(raw.rows());
        let rows: Vec<u64> = plan.kept().filter(|row| *row < end).collect();
        let mut columns = plan.columns.clone();
        // Cells that are empty in all rows stand there as well.
        if self.opened.text.is_some() && names.is_empty() {
            columns.end = columns.end.max(usual_length(raw, &rows));
        }
        let header = (!names.is_empty()).then(|| {
            let pieces = |column: usize| names.iter().map(move |row| raw.cell(*row, column).text.trim());
            columns.clone().map(|c| pieces(c).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")).collect()
        });
        let cells = move |row: u64| columns.clone().map(|column| raw.cell(row, column).text.to_owned()).collect();
        header.into_iter().chain(rows.into_iter().map(cells))
    }
}

/// Cells that most of these rows have.
fn usual_length(raw: &Raw, rows: &[u64]) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for row in rows.iter().take(1_000) {
        *counts.entry(raw.row(*row).len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(length, _)| length)
}

/// Typed words that chunks share.
fn words_of<'a>(kept: &'a [KeptChunk<'_>], rules: &[&ColumnRule], columns: &[TableColumn]) -> OfWords<'a, ColumnCells> {
    let positions = rules.iter().map(|rule| rule.position);
    OfWords::of(kept.iter().map(|kept| kept.chunk), positions, &|position, common| {
        let mut of = rules.iter().zip(columns).filter(|(rule, _)| rule.position == position);
        let (rule, column) = of.next().expect("words of the columns that were asked for");
        let mut builder = ColumnBuilder::with_room(column, common.len());
        for text in common.texts() {
            push(&mut builder, rule.rule.value(Cell { text, class: CellClass::TEXT }));
        }
        builder.finish()
    })
}

/// The kept rows of one chunk in one column.
fn cells_of(
    grid: Grid<'_>,
    kept: &KeptChunk<'_>,
    (rule, column): (&ColumnRule, &TableColumn),
    words: &OfWords<'_, ColumnCells>,
) -> ColumnCells {
    let covered = grid.fills.is_some_and(|fills| fills.touch(rule.position, &kept.chunk.rows()));
    let strip = kept.chunk.strip(rule.position).filter(|_| !covered);
    if let Some((strip, cells)) = strip.and_then(|strip| Some((strip, words.get(rule.position, strip)?))) {
        return cells.at(strip.keys(&kept.runs));
    }
    let shared = strip.filter(|strip| strip.is_shared());
    let mut builder = ColumnBuilder::with_room(column, shared.map_or(kept.rows, Strip::entries));
    let mut add = |cell: Cell<'_>| push(&mut builder, rule.rule.value(cell));
    let palette = grid.raw.palette();
    match strip {
        Some(strip) if strip.is_shared() => {
            for entry in 0..strip.entries() {
                add(strip.cell(entry, palette));
            }
            return builder.finish().at(strip.keys(&kept.runs));
        }
        Some(strip) => {
            for run in &kept.runs {
                strip.each(run.clone(), |_, entry| add(strip.cell(entry, palette)));
            }
        }
        None => {
            for row in kept.runs.iter().cloned().flatten() {
                add(grid.cell(kept.row(row), rule.position));
            }
        }
    }
    builder.finish()
}

fn push(builder: &mut ColumnBuilder, value: Value<'_>) {
    match value {
        Value::Empty | Value::Misfit => builder.null(),
        Value::Text(text) => builder.text(&text),
        Value::Integer(number) => builder.integer(number),
        Value::Number(number) => builder.number(number),
        Value::Money(unscaled) => builder.money(unscaled),
        Value::Boolean(yes) => builder.boolean(yes),
        Value::Date(days) => builder.date(days),
        Value::DateTime(micros) => builder.date_time(micros),
        Value::Time(micros) => builder.time(micros),
        Value::Duration(micros) => builder.duration(micros),
    }
}
