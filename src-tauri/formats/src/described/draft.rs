//! A description while it is read: keys and references still wait until all tables are known.

use std::collections::HashMap;

use crate::described::model::{Described, DescribedTable, Standard};
use crate::described::note::Log;

/// The most tables of a description.
pub(crate) const MAX_TABLES: usize = 1_000;
/// The most columns of a table.
pub(crate) const MAX_COLUMNS: usize = 10_000;
/// The most values of a list, such as allowed values.
pub(crate) const MAX_VALUES: usize = 10_000;
/// The most items of a short list, such as people or keys.
pub(crate) const MAX_ITEMS: usize = 500;

/// What is read so far.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) out: Described,
    pub(crate) log: Log,
    pub(crate) keys: Vec<KeyDraft>,
    pub(crate) links: Vec<LinkDraft>,
    names: HashMap<String, usize>,
}

/// A key, by the names that the description uses.
#[derive(Debug)]
pub(crate) struct KeyDraft {
    pub(crate) table: usize,
    pub(crate) primary: bool,
    pub(crate) columns: Vec<String>,
    pub(crate) at: String,
}

/// A reference, by the names that the description uses.
#[derive(Debug)]
pub(crate) struct LinkDraft {
    pub(crate) table: usize,
    pub(crate) columns: Vec<String>,
    /// `None`: the same table.
    pub(crate) target: Option<String>,
    pub(crate) target_columns: Vec<String>,
    pub(crate) at: String,
}

impl Draft {
    pub(crate) fn new(standard: Standard, log: Log) -> Self {
        Self { out: Described::new(standard), log, keys: Vec::new(), links: Vec::new(), names: HashMap::new() }
    }

    /// The number that the next table will have.
    pub(crate) fn next_table(&self) -> usize {
        self.out.tables.len()
    }

    /// Adds a table, to be found by its name, its files and `others`.
    pub(crate) fn add_table(&mut self, table: DescribedTable, others: &[Option<String>]) {
        let number = self.next_table();
        let names = table.name.iter().chain(&table.paths).chain(others.iter().flatten());
        for name in names {
            self.names.entry(name.clone()).or_insert(number);
        }
        self.out.tables.push(table);
    }

    pub(crate) fn table_of(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }
}
