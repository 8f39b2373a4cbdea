//! The different texts of a column and how often each occurs.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Look;
use crate::Values;

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
            let mut add = |text: &'a str, row: usize, count: u64| {
                let seen = texts.entry(text).or_insert(Seen { count: 0, first_row: start + row as u64 });
                seen.count += count;
            };
            match values {
                Values::Text(words) if words.is_shared() && words.different() <= values.len() => {
                    let mut known = vec![(0usize, 0u64); words.different()];
                    for (row, place) in (0..values.len()).filter_map(|row| words.place(row).map(|place| (row, place))) {
                        let (first, count) = &mut known[place];
                        if *count == 0 {
                            *first = row;
                        }
                        *count += 1;
                    }
                    let mut met: Vec<(usize, usize, u64)> =
                        known.into_iter().enumerate().map(|(place, (first, count))| (first, place, count)).collect();
                    met.retain(|(_, _, count)| *count > 0);
                    met.sort_unstable();
                    met.into_iter().for_each(|(first, place, count)| add(words.at(place), first, count));
                }
                _ => {
                    for row in 0..values.len() {
                        if let Some(text) = values.str(row) {
                            add(text, row, 1);
                        }
                    }
                }
            }
        }
        Tally { texts }
    }
}
