//! The table of a reading as typed columns, and its cells as they stand in the file.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};

use larder_model::{Kind, LeftOutReason, Reading, Refusal};
use larder_tables::{BATCH_ROWS, Table, TableBuilder, TableColumn, parallel};

use crate::grid::Grid;
use crate::kinds::value::{Rule, Value};
use crate::open::Book;
use crate::progress::Progress;
use crate::raw::{Cell, Raw};
use crate::read::ColumnRule;

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
        let rows: Vec<u64> = behind.plan.kept().collect();
        let parts = rows.len().div_ceil(BATCH_ROWS);
        let done = AtomicU64::new(0);
        let part = |part: usize| {
            let rows = &rows[part * BATCH_ROWS..rows.len().min((part + 1) * BATCH_ROWS)];
            let table = part_of(grid, rows, &rules, &columns);
            done.fetch_add(rows.len() as u64, Ordering::Relaxed);
            Ok(table)
        };
        let cancelled = || {
            progress.rows(done.load(Ordering::Relaxed));
            progress.cancelled()
        };
        let parts = parallel::in_order(parts, &cancelled, &part)?;
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

/// Some rows of a table.
fn part_of(grid: Grid<'_>, rows: &[u64], rules: &[&ColumnRule], columns: &[TableColumn]) -> Table {
    let mut builder = TableBuilder::new(columns.to_vec());
    let mut known: Vec<Known<'_>> = rules.iter().map(|_| Known::default()).collect();
    for &row in rows {
        for (place, column) in rules.iter().enumerate() {
            let cell = grid.cell(row, column.position);
            let value = match column.rule.kind {
                Kind::Date | Kind::DateTime | Kind::Time | Kind::Duration | Kind::Boolean => {
                    known[place].value(&column.rule, cell)
                }
                _ => column.rule.value(cell),
            };
            push(&mut builder, place, value);
        }
        builder.end_row();
    }
    builder.finish()
}

/// Values of one column by their texts: days and times come again and again, and take long to read.
#[derive(Default)]
struct Known<'a> {
    /// A text with its value at the place of its hash.
    slots: Vec<Option<(Cell<'a>, Value<'static>)>>,
    keys: foldhash::fast::RandomState,
}

impl<'a> Known<'a> {
    const SLOTS: usize = 2_048;

    fn value(&mut self, rule: &Rule, cell: Cell<'a>) -> Value<'static> {
        if self.slots.is_empty() {
            self.slots.resize_with(Known::SLOTS, || None);
        }
        let slot = &mut self.slots[self.keys.hash_one(cell.text) as usize % Known::SLOTS];
        match slot {
            Some((known, value)) if known.text == cell.text && known.class == cell.class => value.clone(),
            _ => {
                let value = rule.value(cell).into_owned();
                *slot = Some((cell, value.clone()));
                value
            }
        }
    }
}

fn push(builder: &mut TableBuilder, column: usize, value: Value<'_>) {
    match value {
        Value::Empty | Value::Misfit => builder.null(column),
        Value::Text(text) => builder.text(column, &text),
        Value::Integer(number) => builder.integer(column, number),
        Value::Number(number) => builder.number(column, number),
        Value::Money(unscaled) => builder.money(column, unscaled),
        Value::Boolean(yes) => builder.boolean(column, yes),
        Value::Date(days) => builder.date(column, days),
        Value::DateTime(micros) => builder.date_time(column, micros),
        Value::Time(micros) => builder.time(column, micros),
        Value::Duration(micros) => builder.duration(column, micros),
    }
}
