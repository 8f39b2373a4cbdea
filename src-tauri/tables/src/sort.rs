//! The order in which a person wants to see rows: numbers by size, dates by time, text folded, empty cells last.

use std::cmp::Ordering;
use std::collections::HashMap;

use arrow_array::ArrayRef;
use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Values;
use crate::fold::folded;

/// A column to sort by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Sort {
    /// The column's id.
    pub column: String,
    /// Largest first. Empty cells come last either way.
    pub descending: bool,
}

/// For each row, what it sorts by: the smaller comes first. Empty cells are above all.
#[derive(Debug)]
struct Key {
    values: Vec<u64>,
    is_empty: Vec<bool>,
}

impl Key {
    fn order(&self, a: u32, b: u32) -> Ordering {
        let (a, b) = (a as usize, b as usize);
        self.is_empty[a].cmp(&self.is_empty[b]).then_with(|| self.values[a].cmp(&self.values[b]))
    }
}

/// A column to sort by: its arrays one after the other, each with the rows to look at.
#[derive(Debug)]
pub(crate) struct SortColumn<'a> {
    pub parts: Vec<(ArrayRef, &'a [u32])>,
    pub descending: bool,
}

/// Places of rows 0 to `rows` - 1 in the order of these columns. Rows that are alike stay in their order.
pub(crate) fn sorted(rows: usize, columns: &[SortColumn]) -> Vec<u32> {
    let keys: Vec<Key> = columns.iter().map(|column| key(column, rows)).collect();
    let Some((first, rest)) = keys.split_first() else {
        return (0..rows as u32).collect();
    };
    let mut places: Vec<(u64, u32)> = Vec::with_capacity(rows);
    let mut empty: Vec<u32> = Vec::new();
    for row in 0..rows {
        match first.is_empty[row] {
            true => empty.push(row as u32),
            false => places.push((first.values[row], row as u32)),
        }
    }
    let by_rest = |a: u32, b: u32| {
        rest.iter().map(|key| key.order(a, b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal).then(a.cmp(&b))
    };
    places.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| by_rest(a.1, b.1)));
    empty.sort_unstable_by(|a, b| by_rest(*a, *b));
    places.into_iter().map(|(_, row)| row).chain(empty).collect()
}

fn key(column: &SortColumn, rows: usize) -> Key {
    let parts = &column.parts;
    let mut key = Key { values: Vec::with_capacity(rows), is_empty: Vec::with_capacity(rows) };
    let is_text = parts.iter().any(|(array, _)| matches!(Values::from_array(array), Values::Text(_)));
    if is_text {
        push_text_ranks(parts, &mut key);
    } else {
        for (array, kept) in parts {
            let values = Values::from_array(array);
            for row in *kept {
                let value = rank(&values, *row as usize);
                key.values.push(value.unwrap_or_default());
                key.is_empty.push(value.is_none());
            }
        }
    }
    if column.descending {
        for value in &mut key.values {
            *value = !*value;
        }
    }
    key
}

/// A number without sign that sorts as the value does.
fn rank(values: &Values, row: usize) -> Option<u64> {
    if let Values::Number(_) = values {
        return values.number(row).map(number_rank);
    }
    values.whole(row).map(|value| (value as u64) ^ (1 << 63))
}

/// A number without sign that sorts as the finite number does.
pub(crate) fn number_rank(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

/// The number that has this rank.
pub(crate) fn number_of_rank(rank: u64) -> f64 {
    f64::from_bits(if rank >> 63 == 1 { rank & !(1 << 63) } else { !rank })
}

/// Each different text is folded and compared once; texts that fold alike have one rank.
fn push_text_ranks(parts: &[(ArrayRef, &[u32])], key: &mut Key) {
    let mut numbers: HashMap<&str, u32, RandomState> = HashMap::default();
    let mut texts: Vec<&str> = Vec::new();
    for (array, kept) in parts {
        let values = Values::from_array(array);
        for row in *kept {
            let number = values.str(*row as usize).map(|text| {
                *numbers.entry(text).or_insert_with(|| {
                    texts.push(text);
                    texts.len() as u32 - 1
                })
            });
            key.values.push(number.unwrap_or_default().into());
            key.is_empty.push(number.is_none());
        }
    }
    let mut order: Vec<(std::borrow::Cow<str>, u32)> =
        texts.iter().enumerate().map(|(number, text)| (folded(text), number as u32)).collect();
    order.sort_unstable();
    let mut ranks = vec![0u64; texts.len()];
    let mut rank = 0;
    for (place, (text, number)) in order.iter().enumerate() {
        if place > 0 && order[place - 1].0 != *text {
            rank += 1;
        }
        ranks[*number as usize] = rank;
    }
    for (value, is_empty) in key.values.iter_mut().zip(&key.is_empty) {
        if !is_empty {
            *value = ranks[*value as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_of_numbers_sort_as_the_numbers_do() {
        let numbers = [f64::MIN, -1e10, -1.5, -5e-324, 0.0, 5e-324, 1.0, 1e308, f64::MAX];
        let ranks: Vec<u64> = numbers.iter().map(|number| number_rank(*number)).collect();
        assert!(ranks.is_sorted());
        assert_eq!(number_rank(-0.0), number_rank(0.0));
        for number in numbers {
            assert_eq!(number_of_rank(number_rank(number)), number);
        }
    }
}
