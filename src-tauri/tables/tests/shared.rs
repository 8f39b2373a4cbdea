//! Cells that rows share are the same cells as those that each row has for itself, whatever is done with them.
#![allow(clippy::unwrap_used)]

mod common;

use common::bytes_of;
use larder_model::{Finding, Fix, Kind, Label};
use larder_tables::{
    ColumnBuilder, ColumnCells, DAY_MICROS, Keys, Table, TableColumn, append, apply_fixes, check, distinct_values,
    only_in, profile, shift_dates, without_last_days,
};

const ROWS: usize = 70_001 / 7;

/// One of each kind; money of 3 decimals.
fn columns() -> Vec<TableColumn> {
    let column = |kind: Kind| TableColumn {
        decimals: (kind == Kind::Money).then_some(3),
        ..TableColumn::new(kind.as_str(), kind.as_str(), kind)
    };
    Kind::ALL.into_iter().map(column).collect()
}

/// The different cells of a column: none in one of them, and one far from all others.
const DIFFERENT: u16 = 41;

fn push(builder: &mut ColumnBuilder, kind: Kind, cell: u16) {
    if cell == 7 {
        return builder.null();
    }
    let number = match cell {
        40 => 1_000_003,
        _ => i64::from(cell) * 37 % 29,
    };
    match kind {
        Kind::Text | Kind::Code | Kind::Email | Kind::Place => builder.text(&format!("{kind:?} {number}")),
        Kind::Integer => builder.integer(number - 3),
        Kind::Number | Kind::Percent => builder.number(number as f64 / 8.0 - 1.0),
        Kind::Money => builder.money(i128::from(number) * 1_005),
        Kind::Boolean => builder.boolean(number % 2 == 0),
        Kind::Date => builder.date(20_000 + number as i32 % 400),
        Kind::DateTime => builder.date_time(20_000 * DAY_MICROS + number * 3_600_000_000),
        Kind::Time => builder.time(number * 61_000_000 % DAY_MICROS),
        Kind::Duration => builder.duration(number * 1_800_000_000),
    }
}

/// Which of the different cells a row has: the rare ones seldom, and some of them in no row.
fn cell_of(row: usize, column: usize) -> u16 {
    match (row + column) % 1_000 {
        500 => 40,
        rest => ((rest * (column + 3) + row / 100) % usize::from(DIFFERENT - 3)) as u16,
    }
}

/// The same rows twice: sharing their cells, and each with its own.
fn both_ways() -> (Table, Table) {
    let columns = columns();
    let filled = |column: &TableColumn, cells: &mut dyn Iterator<Item = u16>| {
        let mut builder = ColumnBuilder::new(column);
        cells.for_each(|cell| push(&mut builder, column.kind, cell));
        builder.finish()
    };
    let (mut shared, mut own): (Vec<ColumnCells>, Vec<ColumnCells>) = (Vec::new(), Vec::new());
    for (place, column) in columns.iter().enumerate() {
        let places: Vec<u16> = (0..ROWS).map(|row| cell_of(row, place)).collect();
        own.push(filled(column, &mut places.iter().copied()));
        let keys = match place % 2 {
            0 => Keys::Few(places.iter().map(|place| *place as u8).collect()),
            _ => Keys::Many(places.into()),
        };
        shared.push(filled(column, &mut (0..DIFFERENT)).at(keys));
    }
    (Table::of_cells(columns.clone(), shared, ROWS), Table::of_cells(columns, own, ROWS))
}

/// The same rows in several batches, which share the cells of each column.
fn in_batches() -> Table {
    let columns = columns();
    let cells: Vec<ColumnCells> = columns
        .iter()
        .map(|column| {
            let mut builder = ColumnBuilder::new(column);
            (0..DIFFERENT).for_each(|cell| push(&mut builder, column.kind, cell));
            builder.finish()
        })
        .collect();
    // Some batches have fewer rows than there are cells.
    let ends = [0, 30, 31, 5_000, ROWS];
    let batch = |rows: &[usize]| {
        let keys = |place: usize| Keys::Many((rows[0]..rows[1]).map(|row| cell_of(row, place)).collect());
        let cells = cells.iter().enumerate().map(|(place, cells)| cells.at(keys(place))).collect();
        Table::of_cells(columns.clone(), cells, rows[1] - rows[0])
    };
    Table::of_parts(columns.clone(), ends.windows(2).map(batch).collect())
}

fn assert_same(one: &Table, two: &Table) {
    assert_eq!(one.columns(), two.columns());
    assert_eq!(one.page(0, u64::MAX), two.page(0, u64::MAX));
}

#[test]
fn the_cells_are_the_same_and_so_is_what_is_kept_of_them() {
    let (shared, own) = both_ways();
    assert_same(&shared, &own);
    assert!(bytes_of(&shared) == bytes_of(&own), "the files differ");
    for (place, column) in own.columns().iter().enumerate() {
        for ((_, one), (_, two)) in shared.values(place).zip(own.values(place)) {
            assert_eq!((one.len(), one.empty_count()), (two.len(), two.empty_count()), "{}", column.id);
            assert!((0..one.len()).all(|row| one.number(row) == two.number(row)), "{}", column.id);
        }
    }
}

#[test]
fn sharing_takes_less_memory() {
    let (shared, own) = both_ways();
    let bytes = |table: &Table| table.batches().iter().map(|batch| batch.get_array_memory_size()).sum::<usize>();
    assert!(bytes(&shared) * 2 < bytes(&own), "{} of {}", bytes(&shared), bytes(&own));
}

#[test]
fn they_are_counted_alike() {
    let (shared, own) = both_ways();
    assert_eq!(profile(&shared), profile(&own));
    for column in own.columns() {
        assert_eq!(distinct_values(&shared, &column.id, 1_000), distinct_values(&own, &column.id, 1_000));
    }
}

#[test]
fn the_same_rows_are_found_and_mended() {
    let (shared, own) = both_ways();
    let label = Label::default();
    let today = jiff::civil::date(2026, 3, 3);
    let found = |table: &Table| check(table, &label, today, &[]);
    assert_eq!(found(&shared), found(&own));
    let fixes: Vec<Fix> = found(&own).iter().flat_map(|finding: &Finding| finding.fixes.clone()).collect();
    assert!(fixes.len() > 5, "{fixes:?}");
    for fix in fixes {
        let fixed = |table: &Table| apply_fixes(table, &label, &found(table), std::slice::from_ref(&fix));
        assert_same(&fixed(&shared), &fixed(&own));
    }
}

#[test]
fn batches_may_share_them() {
    let (shared, (_, own)) = (in_batches(), both_ways());
    assert_same(&shared, &own);
    assert_eq!(profile(&shared), profile(&own));
    for column in own.columns() {
        assert_eq!(distinct_values(&shared, &column.id, 1_000), distinct_values(&own, &column.id, 1_000));
    }
    let (label, today) = (Label::default(), jiff::civil::date(2026, 3, 3));
    assert_eq!(check(&shared, &label, today, &[]), check(&own, &label, today, &[]));
}

#[test]
fn they_stand_beside_each_other() {
    let (shared, own) = both_ways();
    let both = append(&shared, &own).unwrap();
    assert_eq!((both.rows(), both.page(0, ROWS as u64)), (2 * ROWS as u64, both.page(ROWS as u64, ROWS as u64)));
    assert_eq!(only_in(&shared, &own, &Label::default()).rows(), 0);
    // Whole numbers that rows share become numbers and money, and money gets more decimals.
    for (from, to, decimals) in [
        (Kind::Integer, Kind::Number, None),
        (Kind::Integer, Kind::Money, Some(2)),
        (Kind::Money, Kind::Money, Some(6)),
    ] {
        let wider = |table: &Table| {
            let one = table.keep_columns(&[from.as_str().to_owned()]);
            let target = TableColumn { decimals, ..TableColumn::new(from.as_str(), "A", to) };
            let mut builder = ColumnBuilder::new(&target);
            push(&mut builder, to, 3);
            append(&Table::of_cells(vec![target], vec![builder.finish()], 1), &one).unwrap()
        };
        assert_same(&wider(&shared), &wider(&own));
    }
}

#[test]
fn they_move_in_time_alike() {
    let (shared, own) = both_ways();
    assert_same(&shift_dates(&shared, 400), &shift_dates(&own, 400));
    for column in ["date", "date_time", "time"] {
        assert_same(&without_last_days(&shared, column, 9), &without_last_days(&own, column, 9));
    }
}
