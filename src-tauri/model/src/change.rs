//! What changed from one release to the next, one sentence each.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One sentence about what changed. Columns are named as people read them; values are canonical text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// The first release.
    First {
        /// Rows in it.
        rows: u64,
    },
    /// More or fewer rows than before.
    Rows {
        /// Rows before.
        before: u64,
        /// Rows now.
        after: u64,
    },
    /// Rows that were not there before (by what makes a row unique, else as a whole).
    RowsAdded {
        /// How many.
        count: u64,
    },
    /// Rows that are gone.
    RowsGone {
        /// How many.
        count: u64,
    },
    /// Rows with the same key and other values.
    RowsChanged {
        /// How many.
        count: u64,
    },
    /// A column that was not there before.
    ColumnNew {
        /// Its name.
        column: String,
    },
    /// A column that is gone.
    ColumnGone {
        /// Its name.
        column: String,
    },
    /// A column that has another name and like values.
    ColumnRenamed {
        /// Name before.
        before: String,
        /// Name now.
        after: String,
    },
    /// A column that now holds another kind.
    KindChanged {
        /// Its name.
        column: String,
        /// Kind before.
        before: crate::Kind,
        /// Kind now.
        after: crate::Kind,
    },
    /// The typical value (mean) moved by a tenth or more.
    Level {
        /// The column.
        column: String,
        /// Mean before.
        before: f64,
        /// Mean now.
        after: f64,
        /// Change in percent of before.
        percent: f64,
    },
    /// Values never seen before in a column of few values.
    ValuesNew {
        /// The column.
        column: String,
        /// The first few.
        values: Vec<String>,
        /// How many.
        count: u64,
    },
    /// Values that no longer occur.
    ValuesGone {
        /// The column.
        column: String,
        /// The first few.
        values: Vec<String>,
        /// How many.
        count: u64,
    },
    /// The calendar range moved.
    Range {
        /// The column.
        column: String,
        /// First day or moment now.
        from: String,
        /// Last day or moment now.
        to: String,
    },
    /// More empty cells than before.
    Emptier {
        /// The column.
        column: String,
        /// Empty before.
        before: u64,
        /// Empty now.
        after: u64,
    },
    /// Only the label was changed.
    LabelOnly,
    /// An earlier release was put back.
    PutBack {
        /// Its number.
        release: u64,
    },
    /// Of versions that were put there at the same time, this one counts.
    Chosen {
        /// Who had filled it.
        by: String,
    },
    /// Somebody else keeps it from now on.
    HandedOver {
        /// Their name.
        to: String,
    },
    /// Nothing at all is different.
    Nothing,
}
