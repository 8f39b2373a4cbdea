//! The profile of a table: what its columns hold, in figures and pictures.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How often one value occurs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TopValue {
    /// The value as canonical text (ISO dates, `.` decimals).
    pub value: String,
    /// How often.
    pub count: u64,
}

/// One bar of a histogram.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Bin {
    /// Where it starts, included, as canonical text.
    pub from: String,
    /// Where it ends (included in the last bar only), as canonical text.
    pub to: String,
    /// Rows in it.
    pub count: u64,
}

/// A value below which a share of the rows lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Quantile {
    /// The share, 0 to 1.
    pub share: f64,
    /// The value as canonical text.
    pub value: String,
}

/// What one column holds. Values are canonical text; numbers in the column's unit.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct ColumnProfile {
    /// The column's id.
    pub id: String,
    /// Cells with a value.
    pub count: u64,
    /// Empty cells.
    pub empty: u64,
    /// Different values; exact.
    pub distinct: u64,
    /// Smallest value; for text the first in order.
    pub min: Option<String>,
    /// Largest value.
    pub max: Option<String>,
    /// Arithmetic mean, for numbers.
    pub mean: Option<f64>,
    /// At 0.05, 0.25, 0.5, 0.75 and 0.95, for numbers and dates.
    pub quantiles: Vec<Quantile>,
    /// The ten most frequent values, most frequent first, then by value.
    pub top: Vec<TopValue>,
    /// At most 24 bars of equal width, for numbers, dates and times.
    pub histogram: Vec<Bin>,
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct Profile {
    /// Rows of the table.
    pub rows: u64,
    /// Its columns in order.
    pub columns: Vec<ColumnProfile>,
}
