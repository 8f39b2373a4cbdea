//! Calendar days and clock times as whole numbers, and moving a table in time.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Date32Array, TimestampMicrosecondArray};

use crate::Table;
use crate::cells_of::on_their_own;
use crate::table::{batch_of, schema_of};

/// 0001-01-01 in days since 1970-01-01: the first day that a table holds.
pub const FIRST_DAY: i32 = -719_162;
/// 9999-12-31 in days since 1970-01-01: the last day that a table holds.
pub const LAST_DAY: i32 = 2_932_896;
/// Microseconds of a day.
pub const DAY_MICROS: i64 = 86_400_000_000;

/// The first moment of [`FIRST_DAY`] in microseconds since 1970-01-01T00:00.
pub(crate) const FIRST_MICRO: i64 = FIRST_DAY as i64 * DAY_MICROS;
/// The last moment of [`LAST_DAY`].
pub(crate) const LAST_MICRO: i64 = (LAST_DAY as i64 + 1) * DAY_MICROS - 1;

/// Year, month and day of a day since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, `civil_from_days`).
pub(crate) fn civil(days: i32) -> (i64, u32, u32) {
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The day since 1970-01-01; none where the calendar has no such day or it lies outside the years 1 to 9999.
pub fn day(year: i64, month: u32, day_of_month: u32) -> Option<i32> {
    let fits = (1..=9999).contains(&year) && (1..=12).contains(&month);
    if !fits || day_of_month == 0 || day_of_month > days_in_month(year, month) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = i64::from(if month > 2 { month - 3 } else { month + 9 });
    let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(day_of_month) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some((era * 146_097 + day_of_era - 719_468) as i32)
}

/// Days that a month has.
pub(crate) fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day of a civil date, in days since 1970-01-01.
pub(crate) fn day_of(date: jiff::civil::Date) -> i32 {
    let shown = day(i64::from(date.year()), date.month().unsigned_abs().into(), date.day().unsigned_abs().into());
    shown.unwrap_or(if date.year() < 1 { FIRST_DAY } else { LAST_DAY })
}

/// The same table with every date and date-time moved by so many days. What would leave the years 1 to 9999 stays.
pub fn shift_dates(table: &Table, days: i32) -> Table {
    let micros = i64::from(days) * DAY_MICROS;
    let schema = schema_of(table.columns());
    let batches = table.batches().iter().map(|batch| {
        let columns = batch.columns().iter().map(|array| shifted(array, days, micros)).collect();
        batch_of(&schema, columns, batch.num_rows())
    });
    Table::from_parts(table.columns().to_vec(), batches.collect())
}

fn shifted(array: &ArrayRef, days: i32, micros: i64) -> ArrayRef {
    let array = on_their_own(array);
    let any = array.as_any();
    if let Some(dates) = any.downcast_ref::<Date32Array>() {
        let moved: Date32Array = dates
            .unary(|day| day.checked_add(days).filter(|moved| (FIRST_DAY..=LAST_DAY).contains(moved)).unwrap_or(day));
        return Arc::new(moved);
    }
    if let Some(moments) = any.downcast_ref::<TimestampMicrosecondArray>() {
        let moved: TimestampMicrosecondArray = moments.unary(|moment| {
            moment.checked_add(micros).filter(|moved| (FIRST_MICRO..=LAST_MICRO).contains(moved)).unwrap_or(moment)
        });
        return Arc::new(moved);
    }
    array
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use larder_model::Kind;

    use super::*;
    use crate::{TableBuilder, TableColumn};

    #[test]
    fn every_day_of_ten_thousand_years_goes_there_and_back() {
        for days in FIRST_DAY..=LAST_DAY {
            let (year, month, day_of_month) = civil(days);
            assert_eq!(day(year, month, day_of_month), Some(days));
        }
        assert_eq!(civil(FIRST_DAY), (1, 1, 1));
        assert_eq!(civil(LAST_DAY), (9999, 12, 31));
        assert_eq!(civil(0), (1970, 1, 1));
    }

    #[test]
    fn days_that_no_calendar_has() {
        for (year, month, day_of_month) in
            [(2023, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (0, 1, 1), (2026, 1, 0)]
        {
            assert_eq!(day(year, month, day_of_month), None, "{year}-{month}-{day_of_month}");
        }
        assert!(day(2000, 2, 29).is_some());
    }

    #[test]
    fn a_table_moves_in_time_and_its_other_cells_stay() {
        let columns = vec![
            TableColumn::new("d", "D", Kind::Date),
            TableColumn::new("t", "T", Kind::DateTime),
            TableColumn::new("n", "N", Kind::Integer),
        ];
        let mut builder = TableBuilder::new(columns);
        for days in [0, LAST_DAY] {
            builder.date(0, days);
            builder.date_time(1, i64::from(days) * DAY_MICROS + 1_000_000);
            builder.integer(2, 7);
            builder.end_row();
        }
        builder.null(0);
        builder.null(1);
        builder.integer(2, 8);
        builder.end_row();
        let moved = shift_dates(&builder.finish(), 31);
        let page = moved.page(0, 3);
        assert_eq!(page[0], [Some("1970-02-01".into()), Some("1970-02-01T00:00:01".into()), Some("7".into())]);
        assert_eq!(page[1][0].as_deref(), Some("9999-12-31"));
        assert_eq!(page[2], [None, None, Some("8".into())]);
    }
}
