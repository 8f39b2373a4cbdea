//! Whole rows, or the parts of rows that make them unique, as numbers that are alike exactly where the rows are.

use std::hash::{BuildHasher, Hash};

use foldhash::quality::RandomState;

use crate::parallel::each;
use crate::sort::number_rank;
use crate::{Table, Values};

/// Turns rows into 128 bits that nobody outside can foresee; two different rows meet once in 10^38.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    one: RandomState,
    two: RandomState,
}

/// A column as part of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowColumn {
    /// Its place in the table.
    pub place: usize,
    /// Compare canonical text, where the other table has another Arrow type.
    pub as_text: bool,
}

impl Rows {
    /// One number a row; 0 where all of its cells are empty, or with `needs_all` any.
    pub fn of(&self, table: &Table, columns: &[RowColumn], needs_all: bool) -> Vec<u128> {
        let batches = table.batches();
        let parts = each(batches.len(), &|part| {
            let batch = &batches[part];
            let mut mixed: Vec<Mixed> = vec![Mixed { one: 0, two: 0, filled: 0 }; batch.num_rows()];
            for column in columns {
                self.mix_column(&Values::of(batch, column.place), column.as_text, &mut mixed);
            }
            let least = if needs_all { columns.len() as u32 } else { 1 };
            let number = |mixed: &Mixed| (u128::from(mixed.one) << 64 | u128::from(mixed.two)).max(1);
            mixed.iter().map(|mixed| if mixed.filled >= least { number(mixed) } else { 0 }).collect::<Vec<u128>>()
        });
        parts.concat()
    }

    /// Column by column, so that each is looked at by its own type.
    fn mix_column(&self, values: &Values, as_text: bool, mixed: &mut [Mixed]) {
        match values {
            Values::Text(_) => self.mix(mixed, |row| values.str(row)),
            Values::Number(_) if !as_text => self.mix(mixed, |row| values.number(row).map(number_rank)),
            _ if !as_text => self.mix(mixed, |row| values.whole(row)),
            _ => self.mix(mixed, |row| values.text(row)),
        }
    }

    /// An empty cell counts as well: the same words one column further are another row.
    fn mix<T: Hash>(&self, mixed: &mut [Mixed], value: impl Fn(usize) -> Option<T>) {
        for (row, mixed) in mixed.iter_mut().enumerate() {
            let value = value(row);
            mixed.filled += u32::from(value.is_some());
            mixed.one = self.one.hash_one((mixed.one, &value));
            mixed.two = self.two.hash_one((mixed.two, &value));
        }
    }
}

/// What a row's cells so far come to, and how many of them are filled.
#[derive(Debug, Clone, Copy)]
struct Mixed {
    one: u64,
    two: u64,
    filled: u32,
}

/// All columns of a table as they are.
pub(crate) fn all_columns(table: &Table) -> Vec<RowColumn> {
    (0..table.columns().len()).map(|place| RowColumn { place, as_text: false }).collect()
}

#[cfg(test)]
mod tests {
    use larder_model::Kind;

    use super::*;
    use crate::{TableBuilder, TableColumn};

    #[test]
    fn rows_are_alike_exactly_where_all_cells_are() {
        let mut builder = TableBuilder::new(vec![
            TableColumn::new("a", "A", Kind::Text),
            TableColumn::new("b", "B", Kind::Text),
            TableColumn::new("n", "N", Kind::Number),
        ]);
        for (a, b, n) in [("x", "y", 1.0), ("xy", "", 1.0), ("", "xy", 1.0), ("x", "y", 1.0), ("x", "y", -1.0)] {
            builder.text(0, a);
            builder.text(1, b);
            builder.number(2, n);
            builder.end_row();
        }
        builder.end_row();
        let table = builder.finish();
        let rows = Rows::default().of(&table, &all_columns(&table), false);
        assert_eq!(rows[0], rows[3]);
        assert_eq!(rows[5], 0);
        let different: std::collections::HashSet<u128> = rows.iter().copied().collect();
        assert_eq!(different.len(), 5);
        let needs_all = Rows::default().of(&table, &all_columns(&table), true);
        assert_eq!((needs_all[1], needs_all[2], needs_all[5]), (0, 0, 0));
    }
}
