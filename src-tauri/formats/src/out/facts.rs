//! What holds in the rows as they are: a package must not promise more than its data keeps.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use larder_tables::{Table, Values};

/// What was found true of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    /// For each column in order: whether any cell is empty.
    pub(crate) has_empty: Vec<bool>,
    /// The columns asked about tell all rows apart, and none of their cells is empty.
    pub(crate) key_holds: bool,
    /// Some row is empty from end to end.
    pub(crate) has_blank_rows: bool,
}

impl Facts {
    /// Looks at every row. `key` holds ids; ids that the table lacks make the key fail, and so does an empty list.
    pub(crate) fn of(table: &Table, key: &[String]) -> Facts {
        let key: Option<Vec<usize>> = key.iter().map(|id| table.column_index(id)).collect();
        let mut facts = Facts {
            has_empty: vec![false; table.columns().len()],
            key_holds: key.as_ref().is_some_and(|key| !key.is_empty()),
            has_blank_rows: false,
        };
        let key = key.unwrap_or_default();
        // Hashes stand for the keys: two different ones with one hash would only make the package promise less.
        let mut seen: HashSet<u64> = HashSet::new();
        for batch in table.batches() {
            let columns: Vec<Values> = (0..batch.num_columns()).map(|column| Values::of(batch, column)).collect();
            for row in 0..batch.num_rows() {
                let mut blank = true;
                for (column, has_empty) in columns.iter().zip(&mut facts.has_empty) {
                    let empty = !column.is_filled(row);
                    *has_empty |= empty;
                    blank &= empty;
                }
                facts.has_blank_rows |= blank;
                if facts.key_holds {
                    facts.key_holds = key_hash(&columns, &key, row).is_some_and(|hash| seen.insert(hash));
                }
            }
        }
        facts
    }
}

/// None where a cell of the key is empty.
fn key_hash(columns: &[Values], key: &[usize], row: usize) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    for place in key {
        columns.get(*place)?.text(row)?.hash(&mut hasher);
    }
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::testing::{all_kinds, texts};

    fn key(id: &str) -> Vec<String> {
        vec![id.to_owned()]
    }

    #[test]
    fn a_key_holds_only_if_every_row_differs_and_none_is_empty() {
        assert!(Facts::of(&texts(&["a", "b"]), &key("t")).key_holds);
        assert!(!Facts::of(&texts(&["a", "b", "a"]), &key("t")).key_holds);
        assert!(!Facts::of(&texts(&["a", ""]), &key("t")).key_holds);
        assert!(!Facts::of(&texts(&["a"]), &key("gone")).key_holds);
        assert!(!Facts::of(&texts(&["a"]), &[]).key_holds);
    }

    #[test]
    fn empty_cells_and_blank_rows_are_seen() {
        let facts = Facts::of(&all_kinds(), &[]);
        assert!(facts.has_blank_rows && facts.has_empty.iter().all(|empty| *empty));
        assert!(!Facts::of(&texts(&["a"]), &[]).has_blank_rows);
    }
}
