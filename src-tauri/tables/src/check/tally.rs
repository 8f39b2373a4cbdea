//! The different texts of a column and how often each occurs.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Look;

/// How often a text occurs, and where first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub count: u64,
    pub first_row: u64,
}

/// The different texts of a column.
#[derive(Debug)]
pub(crate) struct Tally<'a> {
    pub texts: HashMap<&'a str, Seen, RandomState>,
}

impl<'a> Tally<'a> {
    pub fn of(look: &Look<'a>) -> Tally<'a> {
        let mut texts: HashMap<&'a str, Seen, RandomState> = HashMap::default();
        for (start, values) in look.table.values(look.place) {
            for row in 0..values.len() {
                if let Some(text) = values.str(row) {
                    let seen = texts.entry(text).or_insert(Seen { count: 0, first_row: start + row as u64 });
                    seen.count += 1;
                }
            }
        }
        Tally { texts }
    }
}
