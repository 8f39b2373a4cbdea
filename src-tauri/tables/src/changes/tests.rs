use larder_model::{Column, Kind};

use super::*;
use crate::{TableBuilder, TableColumn};

fn label(key: &[&str]) -> Label {
    let column = |id: &&str| Column {
        id: (*id).to_owned(),
        name: String::new(),
        kind: Kind::Code,
        meaning: String::new(),
        unit: None,
        currency: None,
        decimals: None,
        example: None,
        key: true,
        required: true,
        personal: false,
        looks_up: None,
    };
    Label { columns: key.iter().map(column).collect(), ..Label::default() }
}

/// Code, name, price in cents.
fn prices(rows: &[(&str, &str, i128)]) -> Table {
    let mut builder = TableBuilder::new(vec![
        TableColumn::new("no", "No", Kind::Code),
        TableColumn::new("bread", "Bread", Kind::Text),
        TableColumn::new("price", "Price", Kind::Money),
    ]);
    for (no, bread, cents) in rows {
        builder.text(0, no);
        builder.text(1, bread);
        builder.money(2, *cents);
        builder.end_row();
    }
    builder.finish()
}

const MARCH: [(&str, &str, i128); 4] =
    [("001", "Rye", 300), ("002", "Rye", 310), ("003", "Wheat", 200), ("004", "Wheat", 210)];

#[test]
fn the_same_table_changed_nothing() {
    let table = prices(&MARCH);
    assert_eq!(changes(&table, &table.clone(), &label(&["no"])), [Change::Nothing]);
    assert_eq!(changes(&table, &table, &Label::default()), [Change::Nothing]);
    let empty = prices(&[]);
    assert_eq!(changes(&empty, &empty, &Label::default()), [Change::Nothing]);
}

#[test]
fn rows_in_another_order_changed_nothing() {
    let mut turned = MARCH;
    turned.reverse();
    assert_eq!(changes(&prices(&MARCH), &prices(&turned), &Label::default()), [Change::Nothing]);
}

#[test]
fn rows_are_told_apart_by_their_key() {
    let april =
        [("001", "Rye", 305), ("002", "Rye", 310), ("003", "Wheat", 200), ("005", "Wheat", 210), ("006", "Wheat", 200)];
    let found = changes(&prices(&MARCH), &prices(&april), &label(&["no"]));
    assert_eq!(
        found[..4],
        [
            Change::Rows { before: 4, after: 5 },
            Change::RowsAdded { count: 2 },
            Change::RowsGone { count: 1 },
            Change::RowsChanged { count: 1 }
        ]
    );
    assert!(found.contains(&Change::ValuesNew {
        column: "No".into(),
        values: vec!["005".into(), "006".into()],
        count: 2
    }));
    assert!(found.contains(&Change::ValuesGone { column: "No".into(), values: vec!["004".into()], count: 1 }));
}

#[test]
fn without_a_key_a_changed_row_is_one_gone_and_one_new() {
    let mut april = MARCH;
    april[0].2 = 305;
    let found = changes(&prices(&MARCH), &prices(&april), &Label::default());
    assert_eq!(found, [Change::RowsAdded { count: 1 }, Change::RowsGone { count: 1 }]);
}

#[test]
fn the_same_row_twice_is_counted_twice() {
    let twice = [MARCH[0], MARCH[0], MARCH[1], MARCH[2], MARCH[3]];
    let found = changes(&prices(&MARCH), &prices(&twice), &Label::default());
    assert_eq!(found, [Change::Rows { before: 4, after: 5 }], "said once");
}

#[test]
fn a_level_that_moved_is_told_in_percent() {
    let april = MARCH.map(|(no, bread, cents)| (no, bread, cents * 2));
    let found = changes(&prices(&MARCH), &prices(&april), &label(&["no"]));
    let level = found.iter().find_map(|change| match change {
        Change::Level { column, before, after, percent } => Some((column.as_str(), *before, *after, *percent)),
        _ => None,
    });
    assert_eq!(level, Some(("Price", 2.55, 5.1, 100.0)));
}

#[test]
fn a_column_under_another_name_is_renamed_not_gone() {
    let before = prices(&MARCH);
    let mut columns = before.columns().to_vec();
    columns[1] = TableColumn::new("loaf", "Loaf", Kind::Text);
    let after = before.clone().with_columns(columns);
    assert_eq!(
        changes(&before, &after, &label(&["no"])),
        [Change::ColumnRenamed { before: "Bread".into(), after: "Loaf".into() }]
    );
}

#[test]
fn a_renamed_column_at_another_place_is_known_by_its_values() {
    let before = prices(&MARCH);
    let mut columns = before.columns().to_vec();
    columns[0] = TableColumn::new("article", "Article", Kind::Code);
    let after = before.clone().with_columns(columns).project(&[2, 0]);
    let found = changes(&before, &after, &Label::default());
    assert!(found.contains(&Change::ColumnRenamed { before: "No".into(), after: "Article".into() }), "{found:?}");
    assert!(found.contains(&Change::ColumnGone { column: "Bread".into() }), "{found:?}");
}

#[test]
fn columns_come_and_go() {
    let all = prices(&MARCH);
    let few = all.keep_columns(&["no".into(), "bread".into()]);
    assert_eq!(changes(&all, &few, &label(&["no"])), [Change::ColumnGone { column: "Price".into() }]);
    assert_eq!(changes(&few, &all, &label(&["no"])), [Change::ColumnNew { column: "Price".into() }]);
}

#[test]
fn another_kind_with_the_same_values_changes_no_row() {
    let of = |kind: Kind| {
        let mut builder = TableBuilder::new(vec![TableColumn::new("n", "N", kind)]);
        for value in [1, 2, 3] {
            builder.integer(0, value);
            builder.end_row();
        }
        builder.finish()
    };
    assert_eq!(
        changes(&of(Kind::Integer), &of(Kind::Number), &Label::default()),
        [Change::KindChanged { column: "N".into(), before: Kind::Integer, after: Kind::Number }]
    );
}

#[test]
fn the_calendar_moves_on_and_cells_fall_empty() {
    let of = |first: i32, empty: bool| {
        let mut builder = TableBuilder::new(vec![
            TableColumn::new("day", "Day", Kind::Date),
            TableColumn::new("note", "Note", Kind::Text),
        ]);
        for day in first..first + 30 {
            builder.date(0, day);
            builder.text(1, if empty && day % 2 == 0 { "" } else { "open" });
            builder.end_row();
        }
        builder.finish()
    };
    let found = changes(&of(0, false), &of(31, true), &Label::default());
    assert!(
        found.contains(&Change::Range { column: "Day".into(), from: "1970-02-01".into(), to: "1970-03-02".into() }),
        "{found:?}"
    );
    assert!(found.contains(&Change::Emptier { column: "Note".into(), before: 0, after: 15 }), "{found:?}");
}

#[test]
fn a_table_of_many_changed_columns_stays_within_twelve_sentences() {
    let of = |count: usize, offset: i64| {
        let columns = (0..count).map(|i| TableColumn::new(format!("c{i}_{offset}"), format!("C{i}"), Kind::Integer));
        let mut builder = TableBuilder::new(columns.collect());
        for row in 0..50 {
            for column in 0..count {
                builder.integer(column, row * 1000 * offset + column as i64);
            }
            builder.end_row();
        }
        builder.finish()
    };
    let found = changes(&of(30, 1), &of(40, 7), &Label::default());
    assert!((1..=12).contains(&found.len()), "{found:?}");
}
