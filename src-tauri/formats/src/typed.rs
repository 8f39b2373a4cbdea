//! The table of a reading as typed columns, and its cells as they stand in the file.

use larder_model::{Kind, Reading, Refusal};
use larder_tables::{Table, TableBuilder, TableColumn};

use crate::kinds::value::Value;
use crate::open::Book;
use crate::progress::{Progress, report};
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
        let mut builder = TableBuilder::new(columns.iter().map(|(_, column)| column.clone()).collect());
        let grid = self.grid(behind.fills.as_deref());
        let mut rows = 0;
        for row in behind.plan.kept() {
            for (place, (column, _)) in columns.iter().enumerate() {
                push(&mut builder, place, column.rule.value(grid.cell(row, column.position)));
            }
            builder.end_row();
            rows += 1;
            report(progress, rows)?;
        }
        Ok(builder.finish())
    }

    /// The rows of the chosen table as they stand in the file: its names if it has any, then the rows that are kept.
    pub fn raw_rows(&self, reading: &Reading) -> impl Iterator<Item = Vec<String>> + '_ {
        let behind = self.behind(reading);
        let positions: Vec<usize> = behind.columns.iter().map(|column| column.position).collect();
        let rows: Vec<u64> = behind.plan.header.rows.iter().copied().chain(behind.plan.kept()).collect();
        let raw = &self.opened.content.raw;
        rows.into_iter().map(move |row| positions.iter().map(|column| raw.cell(row, *column).text.to_owned()).collect())
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
    }
}
