//! Typed tables in columns: kept in Arrow, stored in Parquet, paged, sorted, filtered, profiled, checked, compared.
//!
//! Knows no spreadsheet format and no window. Values cross its border as canonical text ([`text`]).

mod append;
mod builder;
mod cells;
mod cells_of;
mod changes;
mod check;
mod column;
mod dates;
mod distinct;
mod filter;
mod fixes;
mod fold;
mod foreign;
mod last_days;
pub mod parallel;
mod parquet_file;
mod parquet_guard;
mod parquet_source;
mod parquet_write;
mod parse;
mod profile;
mod rows;
mod sort;
mod table;
pub mod text;
mod thrift;
mod values;
mod view;

pub use append::append;
pub use arrow_buffer::ScalarBuffer;
pub use builder::TableBuilder;
pub use cells::{ColumnBuilder, ColumnCells, money_fits};
pub use cells_of::{CellsOf, Keys, Words};
pub use changes::{changes, only_in};
pub use check::{Reference, check};
pub use column::{MONEY_DIGITS, TableColumn};
pub use dates::{DAY_MICROS, FIRST_DAY, LAST_DAY, day, shift_dates};
pub use distinct::distinct_values;
pub use filter::{Filter, Test};
pub use fixes::apply_fixes;
pub use last_days::without_last_days;
pub use parquet_file::TableFile;
pub use parquet_write::write_parquet;
pub use profile::profile;
pub use sort::Sort;
pub use table::{BATCH_ROWS, Table};
pub use values::Values;
pub use view::{View, ViewRow};
