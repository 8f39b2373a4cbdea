//! How much of a table a loader got right.

use super::normal::normal;
use super::reader;
use std::collections::HashMap;
use std::hash::Hash;

/// What a loader prints in the first line instead of a table when it fails.
const FAILURE: &str = "Application Error";

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// The share of what was loaded that was expected.
    pub precision: f64,
    /// The share of what was expected that was loaded.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

/// The ten measures of one file, each between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// 1 if the loader finished.
    pub success: f64,
    /// Column names, normalised, without regard to order.
    pub header: Measure,
    /// Rows, their cells normalised and strung together, without regard to the order of the rows.
    pub record: Measure,
    /// Single cells as they are, those of the header included.
    pub cell: Measure,
}

impl Measure {
    const FULL: Measure = Measure { precision: 1.0, recall: 1.0, f1: 1.0 };

    /// Compares two bags of things. Nothing expected is always met.
    fn of<T: Hash + Eq>(expected: &[T], got: &[T]) -> Measure {
        if expected.is_empty() {
            return Measure::FULL;
        }
        let shared = shared(expected, got);
        if shared == 0 {
            return Measure::default();
        }
        let (precision, recall) = (shared as f64 / got.len() as f64, shared as f64 / expected.len() as f64);
        Measure { precision, recall, f1: 2.0 * precision * recall / (precision + recall) }
    }

    fn sum(&self) -> f64 {
        self.precision + self.recall + self.f1
    }
}

impl Scores {
    /// A file read without fault.
    pub const FULL: Scores = Scores { success: 1.0, header: Measure::FULL, record: Measure::FULL, cell: Measure::FULL };

    /// The sum of the ten measures: 10 for a file read without fault, 0 for one not read.
    pub fn total(&self) -> f64 {
        self.success + self.header.sum() + self.record.sum() + self.cell.sum()
    }

    /// Whether nothing is wrong.
    pub fn perfect(&self) -> bool {
        *self == Scores::FULL
    }
}

/// Compares what a loader printed with the table the file stands for. Both are standard CSV.
pub fn score(expected_clean: &str, got_csv: &str) -> Scores {
    if got_csv.trim_start_matches('\u{feff}').lines().next() == Some(FAILURE) {
        return Scores::default();
    }
    let (expected, got) = (reader::rows(expected_clean), reader::rows(got_csv));
    if expected.is_empty() {
        return Scores::FULL;
    }
    let cells = |rows: &[Vec<String>]| rows.concat();
    Scores {
        success: 1.0,
        header: Measure::of(&header(&expected), &header(&got)),
        record: Measure::of(&records(&expected), &records(&got)),
        cell: Measure::of(&cells(&expected), &cells(&got)),
    }
}

/// The first row, whatever it holds: a file without a header has its first record compared here.
fn header(rows: &[Vec<String>]) -> Vec<String> {
    rows.first().map(|row| row.iter().map(|cell| normal(cell)).collect()).unwrap_or_default()
}

fn records(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().skip(1).map(|row| row.iter().map(|cell| normal(cell)).collect()).collect()
}

/// How many things are in both bags.
fn shared<T: Hash + Eq>(one: &[T], other: &[T]) -> usize {
    let mut left: HashMap<&T, usize> = HashMap::new();
    for thing in one {
        *left.entry(thing).or_default() += 1;
    }
    let mut count = 0;
    for thing in other {
        if let Some(remaining) = left.get_mut(thing).filter(|remaining| **remaining > 0) {
            *remaining -= 1;
            count += 1;
        }
    }
    count
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const CLEAN: &str = "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n";

    #[test]
    fn the_expected_table_is_perfect() {
        assert!(score(CLEAN, CLEAN).perfect());
        assert!(score(CLEAN, "a,b\r\n1,x\r\n2,y").perfect());
        assert_eq!(score(CLEAN, CLEAN).total(), 10.0);
    }

    #[test]
    fn order_of_rows_and_columns() {
        assert!(score(CLEAN, "a,b\n2,y\n1,x\n").perfect());
        let swapped = score(CLEAN, "b,a\nx,1\ny,2\n");
        assert_eq!((swapped.header.f1, swapped.record.f1, swapped.cell.f1), (1.0, 0.0, 1.0));
    }

    #[test]
    fn a_row_too_many_costs_precision() {
        let got = score(CLEAN, "a,b\n1,x\n2,y\n3,z\n");
        assert_eq!((got.record.precision, got.record.recall), (2.0 / 3.0, 1.0));
        assert!((got.record.f1 - 0.8).abs() < 1e-12);
        assert_eq!((got.cell.precision, got.cell.recall), (6.0 / 8.0, 1.0));
        assert_eq!(got.header, Measure::FULL);
    }

    #[test]
    fn a_row_missing_costs_recall() {
        let got = score(CLEAN, "a,b\n1,x\n");
        assert_eq!((got.record.precision, got.record.recall), (1.0, 0.5));
        assert_eq!((got.cell.precision, got.cell.recall), (1.0, 4.0 / 6.0));
    }

    #[test]
    fn repeated_values_count_as_often_as_they_stand() {
        let got = score("h\nx\nx\n", "h\nx\nx\nx\n");
        assert_eq!((got.record.precision, got.record.recall), (2.0 / 3.0, 1.0));
    }

    #[test]
    fn an_empty_cell_too_many_is_no_fault_of_the_record() {
        let got = score(CLEAN, "a,b\n,1,x\n2,y\n");
        assert_eq!(got.record, Measure::FULL);
        assert_eq!((got.cell.precision, got.cell.recall), (6.0 / 7.0, 1.0));
    }

    #[test]
    fn notation_matters_to_cells_only() {
        let got = score("a\n2.50\n", "A\n2.5\n");
        assert_eq!((got.header, got.record), (Measure::FULL, Measure::FULL));
        assert_eq!(got.cell, Measure::default());
    }

    #[test]
    fn empty_and_failed() {
        assert!(score("", "").perfect());
        assert!(score("", "a,b\n").perfect());
        assert_eq!(score("", "Application Error\nno file"), Scores::default());
        let nothing = score(CLEAN, "");
        assert_eq!((nothing.success, nothing.total()), (1.0, 1.0));
        let only_header = score("a,b\n", "a,b\n1,2\n");
        assert_eq!((only_header.record, only_header.cell.precision), (Measure::FULL, 0.5));
    }
}
