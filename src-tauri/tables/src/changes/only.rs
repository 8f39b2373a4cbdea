//! The rows that one table has and another one has not.

use std::collections::HashMap;

use arrow_array::BooleanArray;
use arrow_select::filter::filter_record_batch;
use larder_model::Label;

use super::columns::matched;
use super::rows::{Told, told};
use crate::Table;

/// The rows of `there` that `here` has not. They are told apart as in [`changes`](super::changes): by what makes each row unique
/// where the label says so and both tables have it, else as a whole; what is there more often is left so many times.
pub fn only_in(there: &Table, here: &Table, label: &Label) -> Table {
    let pairs = matched(here, there).pairs;
    let [of_here, of_there]: [Vec<Told>; 2] = told(here, there, label, &pairs);
    let mut left: HashMap<u128, u64> = HashMap::new();
    for (key, _) in &of_here {
        *left.entry(*key).or_default() += 1;
    }
    let kept: Vec<bool> = of_there
        .iter()
        .map(|(key, _)| match left.get_mut(key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .collect();
    let mut start = 0;
    let batches = there.batches().iter().map(|batch| {
        let mask = BooleanArray::from(kept[start..start + batch.num_rows()].to_vec());
        start += batch.num_rows();
        filter_record_batch(batch, &mask).expect("one answer a row")
    });
    let batches = batches.collect();
    Table::from_parts(there.columns().to_vec(), batches)
}

#[cfg(test)]
mod tests {
    use larder_model::{Column, Kind};

    use super::*;
    use crate::{TableBuilder, TableColumn};

    fn table(rows: &[(&str, i64)]) -> Table {
        let columns =
            vec![TableColumn::new("name", "Name", Kind::Text), TableColumn::new("sold", "Sold", Kind::Integer)];
        let mut builder = TableBuilder::new(columns);
        for (name, sold) in rows {
            builder.text(0, name);
            builder.integer(1, *sold);
            builder.end_row();
        }
        builder.finish()
    }

    fn rows(table: &Table) -> Vec<(String, String)> {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        table.page(0, 100).iter().map(|row| (text(&row[0]), text(&row[1]))).collect()
    }

    fn said(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        rows.iter().map(|(name, sold)| ((*name).to_owned(), (*sold).to_owned())).collect()
    }

    #[test]
    fn whole_rows_are_told_apart_and_counted() {
        let here = table(&[("Rye", 3), ("Rolls", 5), ("Rolls", 5)]);
        let there = table(&[("Rolls", 5), ("Rye", 4), ("Rolls", 5), ("Rolls", 5), ("Pretzel", 1)]);
        let only = only_in(&there, &here, &Label::default());
        assert_eq!(rows(&only), said(&[("Rye", "4"), ("Rolls", "5"), ("Pretzel", "1")]));
        assert_eq!(rows(&only_in(&here, &there, &Label::default())), said(&[("Rye", "3")]));
        assert_eq!(only_in(&there, &there, &Label::default()).rows(), 0);
    }

    #[test]
    fn rows_with_one_key_are_the_same_row_whatever_else_they_say() {
        let key = Column {
            id: "name".into(),
            name: "Name".into(),
            kind: Kind::Text,
            meaning: String::new(),
            unit: None,
            currency: None,
            decimals: None,
            example: None,
            key: true,
            required: false,
            personal: false,
            looks_up: None,
        };
        let label = Label { columns: vec![key], ..Label::default() };
        let here = table(&[("Rye", 3)]);
        let there = table(&[("Rye", 4), ("Pretzel", 1)]);
        assert_eq!(rows(&only_in(&there, &here, &label)), said(&[("Pretzel", "1")]));
    }

    #[test]
    fn an_empty_table_has_nothing_and_lacks_everything() {
        let (empty, some) = (table(&[]), table(&[("Rye", 3)]));
        assert_eq!(only_in(&empty, &some, &Label::default()).rows(), 0);
        assert_eq!(rows(&only_in(&some, &empty, &Label::default())), said(&[("Rye", "3")]));
    }
}
