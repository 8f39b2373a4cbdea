//! The different values of a column.

use std::collections::HashSet;
use std::hash::Hash;

use foldhash::fast::RandomState;

use crate::sort::number_rank;
use crate::{Table, Values};

/// The different values of a column as canonical text, without the empty one; none where the table has no such column or
/// more than `cap` different values.
pub fn distinct_values(table: &Table, column: &str, cap: usize) -> Option<HashSet<String>> {
    let place = table.column_index(column)?;
    let kind = table.columns()[place].kind;
    if kind.is_textual() {
        return distinct_by(table, place, cap, |values, row| values.str(row));
    }
    // Numbers are told apart before they are written out.
    match kind {
        larder_model::Kind::Number | larder_model::Kind::Percent => {
            distinct_by(table, place, cap, |values, row| values.number(row).map(number_rank))
        }
        _ => distinct_by(table, place, cap, |values, row| values.whole(row)),
    }
}

fn distinct_by<'a, T: Eq + Hash>(
    table: &'a Table,
    place: usize,
    cap: usize,
    pick: impl Fn(&Values<'a>, usize) -> Option<T>,
) -> Option<HashSet<String>> {
    let mut seen: HashSet<T, RandomState> = HashSet::default();
    let mut texts = HashSet::new();
    for (_, values) in table.values(place) {
        for row in 0..values.len() {
            let Some(value) = pick(&values, row) else {
                continue;
            };
            if seen.contains(&value) {
                continue;
            }
            if seen.len() == cap {
                return None;
            }
            seen.insert(value);
            texts.extend(values.text(row).map(|text| text.into_owned()));
        }
    }
    Some(texts)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use larder_model::Kind;

    use super::*;
    use crate::{TableBuilder, TableColumn};

    #[test]
    fn different_values_up_to_a_cap() {
        let mut builder = TableBuilder::new(vec![
            TableColumn::new("code", "Code", Kind::Code),
            TableColumn::new("price", "Price", Kind::Money),
        ]);
        for (code, price) in [("00417", 320), ("", 320), ("00499", 0), ("00417", -5)] {
            builder.text(0, code);
            builder.money(1, price);
            builder.end_row();
        }
        let table = builder.finish();
        let of = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<HashSet<_>>();
        assert_eq!(distinct_values(&table, "code", 2), Some(of(&["00417", "00499"])));
        assert_eq!(distinct_values(&table, "price", 3), Some(of(&["3.20", "0.00", "-0.05"])));
        assert_eq!(distinct_values(&table, "price", 2), None);
        assert_eq!(distinct_values(&table, "colour", 2), None);
    }
}
