//! Rows that appear twice, all their cells alike.

use std::hash::{BuildHasher, RandomState};

use crate::find::body::Plan;
use crate::kinds::column::ByHash;
use crate::raw::{Raw, Row};

/// The later ones of rows that appear more than once, in order. Tables of one column have none: there it is a value
/// that comes again.
pub(crate) fn find(raw: &Raw, plan: &Plan) -> Vec<u64> {
    let columns = &plan.columns;
    if columns.len() < 2 {
        return Vec::new();
    }
    let keys = RandomState::new();
    let mut seen: ByHash<u64> = ByHash::default();
    plan.kept()
        .filter(|&row| {
            let line = raw.row(row);
            // A hash finds what may be alike, the cells themselves decide.
            match seen.entry(keys.hash_one(line.slice(columns.clone()))) {
                std::collections::hash_map::Entry::Occupied(first) => {
                    alike(raw.row(*first.get()), line, columns.clone())
                }
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(row);
                    false
                }
            }
        })
        .collect()
}

/// All cells alike; empty cells at the end of only one of them make no difference.
fn alike(a: Row<'_>, b: Row<'_>, columns: std::ops::Range<usize>) -> bool {
    let lengths = |row: Row<'_>| {
        let mut lengths: Vec<u32> = row.lengths(columns.clone()).collect();
        while lengths.last() == Some(&0) {
            lengths.pop();
        }
        lengths
    };
    a.slice(columns.clone()) == b.slice(columns.clone()) && lengths(a) == lengths(b)
}
