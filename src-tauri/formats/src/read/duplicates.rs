//! Rows that appear twice, all their cells alike.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use crate::find::body::Plan;
use crate::kinds::column::ByHash;
use crate::raw::Raw;

/// The later ones of rows that appear more than once, in order. Tables of one column have none: there it is a value
/// that comes again.
pub(crate) fn find(raw: &Raw, plan: &Plan) -> Vec<u64> {
    if plan.columns.len() < 2 {
        return Vec::new();
    }
    let keys = RandomState::new();
    let mut seen: ByHash<()> = ByHash::default();
    plan.kept()
        .filter(|row| {
            let line = raw.row(*row);
            let mut hasher = keys.build_hasher();
            line.slice(plan.columns.clone()).hash(&mut hasher);
            // Empty cells at the end are no difference: some rows of a file have them, some do not.
            let mut zeros = 0u32;
            for length in line.lengths(plan.columns.clone()) {
                if length == 0 {
                    zeros += 1;
                    continue;
                }
                hasher.write_u32(zeros);
                hasher.write_u32(length);
                zeros = 0;
            }
            seen.insert(hasher.finish(), ()).is_some()
        })
        .collect()
}
