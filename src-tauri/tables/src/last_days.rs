//! A table as it was some days ago.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, BooleanArray};
use arrow_schema::{DataType, TimeUnit};

use crate::cells_of::on_their_own;
use crate::{DAY_MICROS, Table};

/// Only rows up to so many days before the last day of a date or date-time column. Rows without a date stay; so does
/// everything where the column is no date.
pub fn without_last_days(table: &Table, column: &str, days: i32) -> Table {
    let Some(place) = table.column_index(column) else {
        return table.clone();
    };
    let days_of = |batch: &arrow_array::RecordBatch| days_of(batch.column(place));
    let last = table.batches().iter().flat_map(|b| days_of(b).into_iter().flatten()).max();
    let Some(limit) = last.map(|last| last.saturating_sub(days)) else {
        return table.clone();
    };
    let batches = table.batches().iter().filter_map(|batch| {
        let keep: BooleanArray = days_of(batch).iter().map(|day| Some(day.is_none_or(|day| day <= limit))).collect();
        arrow_select::filter::filter_record_batch(batch, &keep).ok()
    });
    Table::from_parts(table.columns().to_vec(), batches.collect())
}

fn days_of(array: &ArrayRef) -> Vec<Option<i32>> {
    let array = on_their_own(array);
    match array.data_type() {
        DataType::Date32 => array.as_primitive::<Date32Type>().iter().collect(),
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            let moments = array.as_primitive::<TimestampMicrosecondType>();
            moments.iter().map(|m| m.map(|m| m.div_euclid(DAY_MICROS) as i32)).collect()
        }
        _ => vec![None; array.len()],
    }
}

#[cfg(test)]
mod tests {
    use larder_model::Kind;

    use super::*;
    use crate::{TableBuilder, TableColumn};

    #[test]
    fn the_last_days_are_cut_and_undated_rows_stay() {
        let mut builder = TableBuilder::new(vec![TableColumn::new("day", "Day", Kind::Date)]);
        for day in [Some(100), Some(101), None, Some(103)] {
            match day {
                Some(day) => builder.date(0, day),
                None => builder.null(0),
            }
            builder.end_row();
        }
        let table = builder.finish();
        assert_eq!(without_last_days(&table, "day", 1).rows(), 3);
        assert_eq!(without_last_days(&table, "day", 0).rows(), 4);
        assert_eq!(without_last_days(&table, "no such column", 9).rows(), 4);
    }
}
