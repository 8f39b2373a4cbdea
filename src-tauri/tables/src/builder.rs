//! Filling a table row by row.

use arrow_array::{Array, RecordBatch};
use arrow_schema::SchemaRef;

use crate::cells::ColumnBuilder;
use crate::table::{BATCH_ROWS, batch_of, schema_of};
use crate::{Table, TableColumn};

/// A batch ends early once one of its text columns is this long: Arrow's offsets have 31 bits.
const BATCH_TEXT_BYTES: usize = 64 << 20;
/// Fills a table row by row: one call a column in the columns' order, then [`TableBuilder::end_row`]. A value that the
/// column cannot hold (another kind, text over 64 MB, not a finite number, money over 18 digits, a day outside the years 1 to 9999, a
/// time of a day and more) becomes an empty cell; whoever fills the table reports it before.
#[derive(Debug)]
pub struct TableBuilder {
    columns: Vec<TableColumn>,
    schema: SchemaRef,
    cells: Vec<ColumnBuilder>,
    /// Rows in `cells`.
    open_rows: usize,
    /// Rows in `batches`.
    closed_rows: u64,
    batches: Vec<RecordBatch>,
    text_is_long: bool,
}

impl TableBuilder {
    /// A table of these columns without rows yet.
    pub fn new(columns: Vec<TableColumn>) -> TableBuilder {
        TableBuilder {
            schema: schema_of(&columns),
            cells: columns.iter().map(ColumnBuilder::new).collect(),
            columns,
            open_rows: 0,
            closed_rows: 0,
            batches: Vec::new(),
            text_is_long: false,
        }
    }

    /// Rows ended so far.
    pub fn rows(&self) -> u64 {
        self.closed_rows + self.open_rows as u64
    }

    /// An empty cell.
    pub fn null(&mut self, c: usize) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.null();
        }
    }

    /// Words, a code, an address, a place. Empty text is an empty cell.
    pub fn text(&mut self, c: usize, v: &str) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.text(v);
            self.text_is_long |= cells.text_bytes() >= BATCH_TEXT_BYTES;
        }
    }

    /// A whole number; also taken by columns of numbers and of money.
    pub fn integer(&mut self, c: usize, v: i64) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.integer(v);
        }
    }

    /// A number, or a share (0.19 is 19 %).
    pub fn number(&mut self, c: usize, v: f64) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.number(v);
        }
    }

    /// Money, multiplied by 10 to the power of the column's decimals.
    pub fn money(&mut self, c: usize, unscaled: i128) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.money(unscaled);
        }
    }

    /// Yes or no.
    pub fn boolean(&mut self, c: usize, v: bool) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.boolean(v);
        }
    }

    /// A day, in days since 1970-01-01.
    pub fn date(&mut self, c: usize, days: i32) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.date(days);
        }
    }

    /// A moment by the clock on the wall, in microseconds since 1970-01-01T00:00.
    pub fn date_time(&mut self, c: usize, micros: i64) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.date_time(micros);
        }
    }

    /// A time of day, in microseconds since midnight; below 24 hours.
    pub fn time(&mut self, c: usize, micros: i64) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.time(micros);
        }
    }

    /// How long something took, in microseconds; below ten million hours.
    pub fn duration(&mut self, c: usize, micros: i64) {
        if let Some(cells) = self.cells.get_mut(c) {
            cells.duration(micros);
        }
    }

    /// Ends the row. Columns that were not called are empty in it.
    pub fn end_row(&mut self) {
        self.open_rows += 1;
        for cells in &mut self.cells {
            while cells.len() < self.open_rows {
                cells.null();
            }
        }
        if self.open_rows == BATCH_ROWS || self.text_is_long {
            self.close_batch();
        }
    }

    fn close_batch(&mut self) {
        let arrays = self.cells.iter_mut().map(ColumnBuilder::array).collect();
        self.batches.push(batch_of(&self.schema, arrays, self.open_rows));
        self.closed_rows += self.open_rows as u64;
        self.open_rows = 0;
        self.text_is_long = false;
    }

    /// The table. A row that was not ended is dropped.
    pub fn finish(mut self) -> Table {
        let unfinished = self.cells.iter().any(|cells| cells.len() > self.open_rows);
        if unfinished {
            let rows = self.open_rows;
            let arrays = self.cells.iter_mut().map(|cells| {
                while cells.len() < rows {
                    cells.null();
                }
                cells.array().slice(0, rows)
            });
            let arrays = arrays.collect();
            self.batches.push(batch_of(&self.schema, arrays, rows));
        } else if self.open_rows > 0 {
            self.close_batch();
        }
        Table::from_parts(self.columns, self.batches)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use larder_model::Kind;

    use super::*;
    use crate::DAY_MICROS;

    fn one_of_each() -> Vec<TableColumn> {
        Kind::ALL.into_iter().map(|kind| TableColumn::new(kind.as_str(), kind.as_str(), kind)).collect()
    }

    #[test]
    fn a_value_that_the_column_cannot_hold_is_an_empty_cell() {
        let mut builder = TableBuilder::new(vec![
            TableColumn::new("t", "T", Kind::Text),
            TableColumn::new("n", "N", Kind::Number),
            TableColumn::new("m", "M", Kind::Money),
            TableColumn::new("d", "D", Kind::Date),
            TableColumn::new("z", "Z", Kind::Time),
        ]);
        builder.text(0, "");
        builder.number(1, f64::NAN);
        builder.money(2, 10i128.pow(18));
        builder.date(3, i32::MAX);
        builder.time(4, DAY_MICROS);
        builder.end_row();
        builder.integer(0, 3);
        builder.number(1, f64::INFINITY);
        builder.money(2, i128::MIN);
        builder.date(3, i32::MIN);
        builder.time(4, -1);
        builder.end_row();
        assert_eq!(builder.finish().page(0, 9), vec![vec![None; 5]; 2]);
    }

    #[test]
    fn whole_numbers_fit_into_numbers_and_money() {
        let mut builder = TableBuilder::new(vec![
            TableColumn::new("n", "N", Kind::Percent),
            TableColumn { decimals: Some(3), ..TableColumn::new("m", "M", Kind::Money) },
        ]);
        builder.integer(0, -4);
        builder.integer(1, 7);
        builder.end_row();
        builder.integer(0, 0);
        builder.integer(1, i64::MAX);
        builder.end_row();
        let page = builder.finish().page(0, 2);
        assert_eq!(page[0], [Some("-4".into()), Some("7.000".into())]);
        assert_eq!(page[1], [Some("0".into()), None]);
    }

    #[test]
    fn columns_that_were_not_called_are_empty_and_an_open_row_is_dropped() {
        let mut builder = TableBuilder::new(one_of_each());
        builder.text(0, "a");
        builder.end_row();
        builder.integer(1, 1);
        let table = builder.finish();
        assert_eq!(table.rows(), 1);
        assert_eq!(table.cell(0, 0).as_deref(), Some("a"));
        assert_eq!(table.cell(0, 1), None);
    }

    #[test]
    fn batches_end_at_65536_rows() {
        let mut builder = TableBuilder::new(vec![TableColumn::new("i", "I", Kind::Integer)]);
        for i in 0..150_000 {
            builder.integer(0, i);
            builder.end_row();
        }
        assert_eq!(builder.rows(), 150_000);
        let table = builder.finish();
        assert_eq!(table.batches().iter().map(|b| b.num_rows()).collect::<Vec<_>>(), [65_536, 65_536, 18_928]);
        assert_eq!(table.cell(65_536, 0).as_deref(), Some("65536"));
        assert_eq!(table.cell(150_000, 0), None);
        assert_eq!(table.page(65_535, 3).concat(), [Some("65535".into()), Some("65536".into()), Some("65537".into())]);
        assert_eq!(table.page(149_999, u64::MAX).len(), 1);
        assert!(table.page(u64::MAX, 10).is_empty());
    }

    #[test]
    fn long_texts_end_a_batch_early() {
        let mut builder = TableBuilder::new(vec![TableColumn::new("t", "T", Kind::Text)]);
        let long = "x".repeat(BATCH_TEXT_BYTES / 2);
        for _ in 0..3 {
            builder.text(0, &long);
            builder.end_row();
        }
        assert_eq!(builder.finish().batches().len(), 2);
    }

    #[test]
    fn a_table_without_columns_still_counts_its_rows() {
        let mut builder = TableBuilder::new(Vec::new());
        builder.end_row();
        builder.end_row();
        let table = builder.finish();
        assert_eq!((table.rows(), table.page(0, 5).len()), (2, 2));
    }
}
