//! Rows that appear twice, all their cells alike.

use std::hash::BuildHasher;

use foldhash::quality::RandomState;
use larder_tables::parallel;

use crate::find::body::Plan;
use crate::kinds::column::ByHash;
use crate::raw::{Raw, Row};

/// Rows that one thread takes before it takes the next ones.
const ROWS_AT_ONCE: usize = 16_384;
/// Parts of all hashes, each of which one thread looks through.
const PARTS: usize = 8;

/// The later ones of rows that appear more than once, in order. Tables of one column have none: there it is a value
/// that comes again.
pub(crate) fn find(raw: &Raw, plan: &Plan) -> Vec<u64> {
    let columns = &plan.columns;
    if columns.len() < 2 {
        return Vec::new();
    }
    let keys = RandomState::default();
    let rows: Vec<u64> = plan.kept().collect();
    let hashed = |part: usize| -> Vec<u64> {
        let rows = &rows[part * ROWS_AT_ONCE..rows.len().min((part + 1) * ROWS_AT_ONCE)];
        rows.iter().map(|&row| keys.hash_one(raw.row(row).slice(columns.clone()))).collect()
    };
    let hashes = parallel::each(rows.len().div_ceil(ROWS_AT_ONCE), &hashed).concat();
    let again = |part: usize| -> Vec<u64> {
        let mut seen: ByHash<u64> = ByHash::default();
        let mine = rows.iter().zip(&hashes).filter(|(_, hash)| (**hash >> 32) as usize % PARTS == part);
        mine.filter(|&(&row, &hash)| match seen.entry(hash) {
            // A hash finds what may be alike, the cells themselves decide.
            std::collections::hash_map::Entry::Occupied(first) => {
                alike(raw.row(*first.get()), raw.row(row), columns.clone())
            }
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(row);
                false
            }
        })
        .map(|(row, _)| *row)
        .collect()
    };
    let mut found = parallel::each(PARTS, &again).concat();
    found.sort_unstable();
    found
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
