//! Text, codes, addresses, places: counted once.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use larder_model::{ColumnProfile, TopValue};

use super::Top;
use crate::fold::folded_order;
use crate::{Table, Values};

pub(super) fn fill(mut profile: ColumnProfile, table: &Table, place: usize) -> ColumnProfile {
    let counts = counts(table, place);
    let mut top = Top::new();
    let (mut min, mut max): (Option<&str>, Option<&str>) = (None, None);
    for (text, count) in &counts {
        top.add(*text, *count, |a, b| folded_order(a, b).is_lt());
        if min.is_none_or(|min| folded_order(text, min).is_lt()) {
            min = Some(text);
        }
        if max.is_none_or(|max| folded_order(text, max).is_gt()) {
            max = Some(text);
        }
    }
    profile.distinct = counts.len() as u64;
    profile.min = min.map(str::to_owned);
    profile.max = max.map(str::to_owned);
    profile.top = top.best.into_iter().map(|(value, count)| TopValue { value: value.to_owned(), count }).collect();
    profile
}

fn counts(table: &Table, place: usize) -> HashMap<&str, u64, RandomState> {
    let mut counts: HashMap<&str, u64, RandomState> = HashMap::default();
    let mut together = table.together(place);
    for (_, values) in table.values(place) {
        if let Values::Text(words) = values {
            words.counted(&mut together, |text, count| *counts.entry(text).or_default() += count);
        }
    }
    counts
}
