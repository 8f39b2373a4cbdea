//! A typed table in memory: columns, and rows in Arrow batches.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{Field, Schema, SchemaRef};

use crate::cells::ColumnCells;
use crate::cells_of::{Together, type_of_cells};
use crate::{TableColumn, Values};

/// Rows of a batch and of a row group at most.
pub const BATCH_ROWS: usize = 65_536;

/// A typed table. Every batch has the columns' Arrow types in the columns' order, fields named by id; empty text is
/// never stored (it is an empty cell), numbers are finite, dates lie in the years 1 to 9999. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<TableColumn>,
    batches: Vec<RecordBatch>,
    /// The first row of each batch.
    starts: Vec<u64>,
    rows: u64,
}

/// The Arrow schema of these columns, everything about them in its metadata.
pub(crate) fn schema_of(columns: &[TableColumn]) -> SchemaRef {
    Arc::new(Schema::new(columns.iter().map(TableColumn::field).collect::<Vec<_>>()))
}

/// A batch that keeps its number of rows even without columns. Cells that rows share are of another Arrow type.
pub(crate) fn batch_of(schema: &SchemaRef, arrays: Vec<ArrayRef>, rows: usize) -> RecordBatch {
    let is_as_said = |(field, array): (&Arc<Field>, &ArrayRef)| field.data_type() == array.data_type();
    let schema = &match schema.fields().iter().zip(&arrays).all(is_as_said) {
        true => schema.clone(),
        false => {
            let fields = schema.fields().iter().zip(&arrays);
            let of = |(field, array): (&Arc<Field>, &ArrayRef)| match type_of_cells(array.data_type())
                == type_of_cells(field.data_type())
            {
                true => field.as_ref().clone().with_data_type(array.data_type().clone()),
                false => field.as_ref().clone(),
            };
            Arc::new(Schema::new(fields.map(of).collect::<Vec<_>>()))
        }
    };
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema.clone(), arrays, &options)
        .expect("the arrays were made from the same columns as the schema")
}

impl Table {
    /// Batches must have the schema of the columns; those without rows are dropped.
    pub(crate) fn from_parts(columns: Vec<TableColumn>, batches: Vec<RecordBatch>) -> Table {
        let batches: Vec<RecordBatch> = batches.into_iter().filter(|batch| batch.num_rows() > 0).collect();
        let mut rows = 0;
        let starts = batches
            .iter()
            .map(|batch| {
                let start = rows;
                rows += batch.num_rows() as u64;
                start
            })
            .collect();
        Table { columns, batches, starts, rows }
    }

    /// The rows of several tables of exactly these columns, one table after the other.
    pub fn of_parts(columns: Vec<TableColumn>, parts: Vec<Table>) -> Table {
        debug_assert!(parts.iter().all(|part| part.columns == columns));
        Table::from_parts(columns, parts.into_iter().flat_map(|part| part.batches).collect())
    }

    /// A table of one batch: so many rows, 65,536 at most, of each column.
    ///
    /// # Panics
    /// Where a column has other cells than it says.
    pub fn of_cells(columns: Vec<TableColumn>, cells: Vec<ColumnCells>, rows: usize) -> Table {
        let arrays = cells.into_iter().map(|cells| cells.0).collect();
        let batch = batch_of(&schema_of(&columns), arrays, rows);
        Table::from_parts(columns, vec![batch])
    }

    /// A table without rows.
    pub fn empty(columns: Vec<TableColumn>) -> Table {
        Table::from_parts(columns, Vec::new())
    }

    /// Its columns in order.
    pub fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Its rows, in batches of 65,536 at most, none of them empty.
    pub fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// The place of the column of this id.
    pub fn column_index(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// The cells of one column, batch by batch, each with the table's row (from 0) that it starts at.
    pub fn values(&self, column: usize) -> impl Iterator<Item = (u64, Values<'_>)> {
        self.starts.iter().zip(&self.batches).map(move |(start, batch)| (*start, Values::of(batch, column)))
    }

    /// What the cells of a column are counted with.
    pub(crate) fn together(&self, column: usize) -> Together {
        Together::of(self.batches.iter().map(|batch| batch.column(column)))
    }

    /// Batch and row inside it of the table's row.
    fn place(&self, row: u64) -> Option<(usize, usize)> {
        if row >= self.rows {
            return None;
        }
        let batch = self.starts.partition_point(|start| *start <= row).checked_sub(1)?;
        Some((batch, (row - self.starts[batch]) as usize))
    }

    /// The canonical text of a cell (row from 0); none where it is empty or outside the table.
    pub fn cell(&self, row: u64, column: usize) -> Option<String> {
        let (batch, row) = self.place(row)?;
        Values::of(&self.batches[batch], column).text(row).map(|text| text.into_owned())
    }

    /// The canonical text of up to `count` rows from `start` (from 0), a list of cells a row; shorter at the end.
    pub fn page(&self, start: u64, count: u64) -> Vec<Vec<Option<String>>> {
        let mut rows = Vec::new();
        let end = start.saturating_add(count).min(self.rows);
        let mut next = start;
        while let Some((batch, row)) = self.place(next).filter(|_| next < end) {
            let batch = &self.batches[batch];
            let take = (batch.num_rows() - row).min((end - next) as usize);
            push_rows(batch, row, take, &mut rows);
            next += take as u64;
        }
        rows
    }

    /// The same rows with these columns only, in the table's order. Ids that it does not have are passed over.
    pub fn keep_columns(&self, ids: &[String]) -> Table {
        let kept: Vec<usize> = (0..self.columns.len()).filter(|index| ids.contains(&self.columns[*index].id)).collect();
        self.project(&kept)
    }

    /// The same rows with the columns at these places, in this order.
    pub(crate) fn project(&self, places: &[usize]) -> Table {
        let columns: Vec<TableColumn> = places.iter().map(|place| self.columns[*place].clone()).collect();
        let schema = schema_of(&columns);
        let batches = self.batches.iter().map(|batch| {
            let arrays = places.iter().map(|place| batch.column(*place).clone()).collect();
            batch_of(&schema, arrays, batch.num_rows())
        });
        let batches = batches.collect();
        Table::from_parts(columns, batches)
    }

    /// The same rows under new ids, names, units and currencies; by place where there are as many columns, else by id.
    /// Kinds and decimals that would need other Arrow types stay as they are.
    pub fn with_columns(self, columns: Vec<TableColumn>) -> Table {
        let by_place = columns.len() == self.columns.len();
        let renamed: Vec<TableColumn> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, old)| {
                let new = if by_place { columns.get(place) } else { columns.iter().find(|new| new.id == old.id) };
                match new {
                    Some(new) if new.data_type() == old.data_type() => new.clone(),
                    Some(new) => TableColumn { kind: old.kind, decimals: old.decimals, ..new.clone() },
                    None => old.clone(),
                }
            })
            .collect();
        let schema = schema_of(&renamed);
        let batches = self.batches.iter().map(|batch| batch_of(&schema, batch.columns().to_vec(), batch.num_rows()));
        let batches = batches.collect();
        Table::from_parts(renamed, batches)
    }
}

/// Adds the canonical text of `count` rows of a batch from `start`.
pub(crate) fn push_rows(batch: &RecordBatch, start: usize, count: usize, rows: &mut Vec<Vec<Option<String>>>) {
    let columns: Vec<Values> = (0..batch.num_columns()).map(|column| Values::of(batch, column)).collect();
    for row in start..start + count {
        rows.push(row_text(&columns, row));
    }
}

/// The canonical text of one row.
pub(crate) fn row_text(columns: &[Values], row: usize) -> Vec<Option<String>> {
    columns.iter().map(|values| values.text(row).map(|text| text.into_owned())).collect()
}
