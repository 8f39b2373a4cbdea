//! The cells of a sheet as they count: with merged regions filled down, or as they stand.

use std::collections::HashMap;

use crate::book::Merge;
use crate::raw::{Cell, Raw};

/// Cells that take their value from the top of the merged region that they lie in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fills {
    /// By column: rows covered, the first of which holds the value. In order.
    columns: HashMap<usize, Vec<(u64, u64)>>,
}

impl Fills {
    /// Of regions over several rows, those below `from`.
    pub fn of(merges: &[Merge], from: u64) -> Fills {
        let mut columns: HashMap<usize, Vec<(u64, u64)>> = HashMap::new();
        for merge in merges {
            if merge.rows.start >= from && merge.rows.end - merge.rows.start > 1 {
                columns.entry(merge.columns.start).or_default().push((merge.rows.start, merge.rows.end));
            }
        }
        for rows in columns.values_mut() {
            rows.sort_unstable();
        }
        Fills { columns }
    }

    /// The row that holds the value of this cell.
    fn source(&self, row: u64, column: usize) -> u64 {
        let Some(regions) = self.columns.get(&column) else { return row };
        let after = regions.partition_point(|(first, _)| *first <= row);
        match after.checked_sub(1).map(|at| regions[at]) {
            Some((first, end)) if row < end => first,
            _ => row,
        }
    }

    /// Whether a region lies in these rows of a column.
    pub fn touch(&self, column: usize, rows: &std::ops::Range<u64>) -> bool {
        self.regions(column).iter().any(|(first, end)| *first < rows.end && rows.start < *end)
    }

    /// Columns with such regions, in order.
    pub fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = self.columns.keys().copied().collect();
        columns.sort_unstable();
        columns
    }

    /// Regions of a column.
    pub fn regions(&self, column: usize) -> &[(u64, u64)] {
        self.columns.get(&column).map_or(&[], Vec::as_slice)
    }
}

/// A sheet's cells.
#[derive(Clone, Copy)]
pub(crate) struct Grid<'a> {
    pub raw: &'a Raw,
    pub fills: Option<&'a Fills>,
}

impl<'a> Grid<'a> {
    #[inline]
    pub fn cell(&self, row: u64, column: usize) -> Cell<'a> {
        match self.fills {
            None => self.raw.cell(row, column),
            Some(fills) => self.raw.cell(fills.source(row, column), column),
        }
    }

    pub fn rows(&self) -> u64 {
        self.raw.rows()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::raw::{CellClass, RawBuilder};

    #[test]
    fn a_region_gives_its_value_to_all_its_rows() {
        let mut builder = RawBuilder::new();
        for (row, text) in [(1, "a"), (4, "b"), (5, "c")] {
            builder.place(row, 0, text, CellClass::TEXT).unwrap();
        }
        let raw = builder.finish().unwrap();
        let merges = [Merge { rows: 1..4, columns: 0..1 }, Merge { rows: 4..5, columns: 0..2 }];
        let fills = Fills::of(&merges, 0);
        let grid = Grid { raw: &raw, fills: Some(&fills) };
        let texts: Vec<&str> = (0..6).map(|row| grid.cell(row, 0).text).collect();
        assert_eq!(texts, ["", "a", "a", "a", "b", "c"]);
        assert_eq!(fills.columns(), [0]);
    }
}
