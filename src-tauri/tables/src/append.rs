//! Adding the rows of one table to another.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type};
use arrow_array::{Array, ArrayRef, Decimal128Array, Float64Array, new_null_array};
use larder_model::{Kind, Refusal, RefusalCode};

use crate::cells::money_fits;
use crate::cells_of::{on_their_own, type_of_cells};
use crate::table::{batch_of, schema_of};
use crate::{Table, TableColumn};

/// Whole numbers up to here are exact as numbers with decimals.
const EXACT: u64 = 1 << 53;

/// The rows of `before` and then those of `more`. Columns are matched by id; a column that only one of them has is empty
/// in the rows of the other. Whole numbers become numbers or money where the other table has those; a column without any
/// value fits every kind. Refuses `columns_differ` and names the columns whose kinds or currencies do not fit, or all of
/// them where the tables have no column in common.
pub fn append(before: &Table, more: &Table) -> Result<Table, Refusal> {
    let mut columns = Vec::new();
    let mut misfits = Vec::new();
    for (place, column) in before.columns().iter().enumerate() {
        let Some(other) = more.column_index(&column.id) else {
            columns.push(column.clone());
            continue;
        };
        match common(before, place, more, other) {
            Some(common) if fits(before, place, &common) && fits(more, other, &common) => columns.push(common),
            _ => misfits.push(column.name.clone()),
        }
    }
    let new: Vec<TableColumn> =
        more.columns().iter().filter(|column| before.column_index(&column.id).is_none()).cloned().collect();
    let nothing_in_common = !new.is_empty() && new.len() == more.columns().len() && !before.columns().is_empty();
    if nothing_in_common {
        misfits.extend(new.iter().map(|column| column.name.clone()));
    }
    if !misfits.is_empty() {
        return Err(Refusal::new(RefusalCode::ColumnsDiffer).with("columns", misfits));
    }
    columns.extend(new);
    let schema = schema_of(&columns);
    let mut batches = Vec::with_capacity(before.batches().len() + more.batches().len());
    for table in [before, more] {
        for batch in table.batches() {
            let arrays = columns.iter().map(|column| match table.column_index(&column.id) {
                Some(place) => widened(batch.column(place), column),
                None => new_null_array(&column.data_type(), batch.num_rows()),
            });
            batches.push(batch_of(&schema, arrays.collect(), batch.num_rows()));
        }
    }
    Ok(Table::from_parts(columns, batches))
}

/// A column that holds the values of both; none where there is none.
fn common(before: &Table, place: usize, more: &Table, other: usize) -> Option<TableColumn> {
    let (a, b) = (&before.columns()[place], &more.columns()[other]);
    let same_currency = a.currency.is_none() || b.currency.is_none() || a.currency == b.currency;
    if a.kind == b.kind || (a.kind.is_textual() && b.kind.is_textual()) {
        let decimals = if a.kind == Kind::Money { Some(a.scale().max(b.scale())) } else { a.decimals };
        let column = TableColumn {
            currency: a.currency.clone().or_else(|| b.currency.clone()),
            unit: a.unit.clone().or_else(|| b.unit.clone()),
            decimals: if a.decimals == b.decimals { a.decimals } else { decimals },
            ..a.clone()
        };
        return same_currency.then_some(column);
    }
    let like = |other: &TableColumn| TableColumn { id: a.id.clone(), name: a.name.clone(), ..other.clone() };
    match (a.kind, b.kind) {
        (Kind::Integer, Kind::Number | Kind::Money) => Some(like(b)),
        (Kind::Number | Kind::Money, Kind::Integer) => Some(a.clone()),
        _ if is_empty(more, other) => Some(a.clone()),
        _ if is_empty(before, place) => Some(like(b)),
        _ => None,
    }
}

fn is_empty(table: &Table, place: usize) -> bool {
    table.values(place).all(|(_, values)| values.empty_count() == values.len())
}

/// Whether every value of the column survives the widening exactly.
fn fits(table: &Table, place: usize, target: &TableColumn) -> bool {
    let from = &table.columns()[place];
    let up = |value: i128, by: u8| value.checked_mul(10i128.pow(by.into())).is_some_and(money_fits);
    let holds = |check: &dyn Fn(i64) -> bool| {
        table.values(place).all(|(_, values)| (0..values.len()).filter_map(|row| values.whole(row)).all(check))
    };
    match (from.kind, target.kind) {
        (Kind::Integer, Kind::Number) => holds(&|value| value.unsigned_abs() <= EXACT),
        (Kind::Integer, Kind::Money) => holds(&|value| up(value.into(), target.scale())),
        (Kind::Money, Kind::Money) => {
            let by = target.scale().saturating_sub(from.scale());
            by == 0 || holds(&|value| up(value.into(), by))
        }
        _ => true,
    }
}

fn widened(array: &ArrayRef, column: &TableColumn) -> ArrayRef {
    let target = column.data_type();
    if *type_of_cells(array.data_type()) == target {
        return array.clone();
    }
    let array = &on_their_own(array);
    if array.null_count() == array.len() {
        return new_null_array(&target, array.len());
    }
    let money = |cells: Decimal128Array| -> ArrayRef { Arc::new(cells.with_data_type(target.clone())) };
    let times = |by: u8| 10i128.pow(by.into());
    match (array.as_primitive_opt::<Int64Type>(), array.as_primitive_opt::<Decimal128Type>()) {
        (Some(integers), _) if column.kind == Kind::Number => {
            Arc::new(integers.iter().map(|value| value.map(|value| value as f64)).collect::<Float64Array>())
        }
        (Some(integers), _) => {
            let unit = times(column.scale());
            money(integers.iter().map(|value| value.map(|value| i128::from(value) * unit)).collect())
        }
        (_, Some(unscaled)) => {
            let unit = times(column.scale().saturating_sub(unscaled.scale().unsigned_abs()));
            money(unscaled.iter().map(|value| value.map(|value| value * unit)).collect())
        }
        _ => new_null_array(&target, array.len()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use larder_model::Param;

    use super::*;
    use crate::TableBuilder;

    fn table(columns: &[(&str, Kind)], rows: &[&[i64]]) -> Table {
        let columns = columns.iter().map(|(id, kind)| TableColumn::new(*id, id.to_uppercase(), *kind)).collect();
        let mut builder = TableBuilder::new(columns);
        for row in rows {
            for (place, value) in row.iter().enumerate() {
                builder.integer(place, *value);
            }
            builder.end_row();
        }
        builder.finish()
    }

    #[test]
    fn columns_are_matched_by_id_and_new_ones_are_empty_before() {
        let before = table(&[("a", Kind::Integer), ("b", Kind::Integer)], &[&[1, 2]]);
        let more = table(&[("c", Kind::Integer), ("a", Kind::Integer)], &[&[3, 4]]);
        let both = append(&before, &more).unwrap();
        let ids: Vec<&str> = both.columns().iter().map(|column| column.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!(
            both.page(0, 2),
            [[Some("1".into()), Some("2".into()), None], [Some("4".into()), None, Some("3".into())]]
        );
    }

    #[test]
    fn whole_numbers_widen_both_ways() {
        let whole = table(&[("a", Kind::Integer)], &[&[5]]);
        for (kind, text) in [(Kind::Number, "5"), (Kind::Money, "5.00")] {
            let other = table(&[("a", kind)], &[&[7]]);
            for (one, two) in [(&whole, &other), (&other, &whole)] {
                let both = append(one, two).unwrap();
                assert_eq!(both.columns()[0].kind, kind);
                let cells = both.page(0, 2).concat();
                assert!(cells.contains(&Some(text.to_owned())), "{cells:?}");
            }
        }
    }

    #[test]
    fn what_would_lose_digits_is_refused() {
        let huge = table(&[("a", Kind::Integer)], &[&[i64::MAX]]);
        for kind in [Kind::Number, Kind::Money] {
            let other = table(&[("a", kind)], &[&[7]]);
            assert_eq!(append(&huge, &other).unwrap_err().code, RefusalCode::ColumnsDiffer);
        }
    }

    #[test]
    fn kinds_and_currencies_that_do_not_fit_are_named() {
        let before = table(&[("a", Kind::Integer), ("b", Kind::Integer)], &[&[1, 2]]);
        let mut builder =
            TableBuilder::new(vec![TableColumn::new("a", "A", Kind::Text), TableColumn::new("b", "B", Kind::Integer)]);
        builder.text(0, "x");
        builder.end_row();
        let refusal = append(&before, &builder.finish()).unwrap_err();
        assert_eq!(refusal.params["columns"], Param::List(vec!["A".into()]));
        let in_currency = |currency: &str| {
            let column = TableColumn { currency: Some(currency.into()), ..TableColumn::new("a", "A", Kind::Money) };
            Table::empty(vec![column])
        };
        assert!(append(&in_currency("EUR"), &in_currency("CHF")).is_err());
        assert!(append(&in_currency("EUR"), &in_currency("EUR")).is_ok());
    }

    #[test]
    fn nothing_in_common_is_another_table() {
        let refusal = append(&table(&[("a", Kind::Integer)], &[]), &table(&[("b", Kind::Integer)], &[])).unwrap_err();
        assert_eq!(refusal.params["columns"], Param::List(vec!["B".into()]));
    }

    #[test]
    fn a_column_without_values_fits_every_kind() {
        let before = table(&[("a", Kind::Integer), ("b", Kind::Integer)], &[&[1, 2]]);
        let mut builder =
            TableBuilder::new(vec![TableColumn::new("a", "A", Kind::Text), TableColumn::new("b", "B", Kind::Integer)]);
        builder.null(0);
        builder.integer(1, 3);
        builder.end_row();
        let more = builder.finish();
        for both in [append(&before, &more).unwrap(), append(&more, &before).unwrap()] {
            assert_eq!((both.columns()[0].kind, both.rows()), (Kind::Integer, 2));
        }
    }

    #[test]
    fn money_of_more_decimals_keeps_them_all() {
        let of = |decimals: u8, unscaled: i128| {
            let column = TableColumn { decimals: Some(decimals), ..TableColumn::new("a", "A", Kind::Money) };
            let mut builder = TableBuilder::new(vec![column]);
            builder.money(0, unscaled);
            builder.end_row();
            builder.finish()
        };
        let both = append(&of(2, 320), &of(3, 1)).unwrap();
        assert_eq!(both.page(0, 2).concat(), [Some("3.200".into()), Some("0.001".into())]);
        assert!(append(&of(2, 10i128.pow(17)), &of(3, 1)).is_err());
    }
}
