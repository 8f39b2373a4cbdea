//! What a description says about a table.

use super::DescribedColumn;

/// What a description says about one table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribedTable {
    /// Where its files are, relative to the description, with `/` between folders. Checked: no path leads out of the
    /// folder. A `*` stands for any part of a file or folder name. Several are parts of one table.
    pub paths: Vec<String>,
    /// The name for programs.
    pub name: Option<String>,
    /// The title for people.
    pub title: Option<String>,
    /// What is in it.
    pub summary: Option<String>,
    /// How its text file is written.
    pub dialect: Dialect,
    /// Texts that stand for "nothing here"; empty when the description says nothing about them.
    pub missing_values: Vec<String>,
    /// Its columns, in the order of the document.
    pub columns: Vec<DescribedColumn>,
    /// Its keys, by the columns' names.
    pub keys: Vec<Key>,
    /// Where its columns refer to other tables.
    pub references: Vec<Reference>,
    /// How many rows it must have.
    pub rows: Option<RowCount>,
    /// Its schema is in this file (a safe path relative to the description).
    pub schema_file: Option<String>,
    /// Its dialect is in this file (a safe path relative to the description).
    pub dialect_file: Option<String>,
}

impl DescribedTable {
    /// The column that stands under `header` in the data file: by name, or else by its other names.
    #[must_use]
    pub fn column(&self, header: &str) -> Option<&DescribedColumn> {
        let by_name = self.columns.iter().find(|column| column.name == header);
        by_name.or_else(|| self.columns.iter().find(|column| column.also_called.iter().any(|name| name == header)))
    }

    /// How many of a file's headers are described. Tells whether the description belongs to the file at all.
    #[must_use]
    pub fn knows(&self, headers: &[&str]) -> usize {
        headers.iter().filter(|header| self.column(header).is_some()).count()
    }
}

/// How a text file is written. `None` where the description does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two values; for a tabulator `\t` itself.
    pub delimiter: Option<String>,
    /// What stands around values.
    pub quote: Option<char>,
    /// There is nothing around values, whatever the usual is.
    pub no_quotes: bool,
    /// What stands before a quote within a value, if it is not doubled.
    pub escape: Option<char>,
    /// How many rows make the header; 0: there is none.
    pub header_rows: Option<u32>,
    /// How many rows stand before the header.
    pub skip_rows: Option<u32>,
    /// How rows begin that are remarks.
    pub comment: Option<String>,
    /// Blanks after the delimiter do not count.
    pub skip_initial_space: Option<bool>,
    /// The encoding, as written.
    pub encoding: Option<String>,
    /// The decimal mark that all number columns share.
    pub decimal_mark: Option<char>,
    /// The name of the sheet in a workbook.
    pub sheet: Option<String>,
    /// The number of the sheet in a workbook, from 1.
    pub sheet_number: Option<u32>,
}

/// Columns that together tell one row from all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The main key of the table.
    pub primary: bool,
    /// The columns, by name and in order.
    pub columns: Vec<String>,
}

/// Columns whose values are found in another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The columns, by name and in order.
    pub columns: Vec<String>,
    /// The other table, by name or else by path; `None`: the same table.
    pub table: Option<String>,
    /// Its columns, by name and in the same order.
    pub target_columns: Vec<String>,
}

/// How many rows a table must have, both ends included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowCount {
    /// At least so many.
    pub at_least: Option<u64>,
    /// At most so many.
    pub at_most: Option<u64>,
}
