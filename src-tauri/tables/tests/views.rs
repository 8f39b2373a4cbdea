//! Sorted and filtered views give what a slow and simple model gives.
#![allow(clippy::unwrap_used)]

mod common;

use std::cmp::Ordering;

use common::{Seeded, bytes_of, file_with, seeded};
use larder_model::{Kind, RefusalCode, search_text};
use larder_tables::{Filter, Sort, Table, TableFile, Test, View, ViewRow};

type Row = (u64, Vec<Option<String>>);

fn rows_of(table: &Table) -> Vec<Row> {
    (1..).zip(table.page(0, u64::MAX)).collect()
}

/// By what the text means, the slow way. All values of the seeded tables are of one length where text order is time order.
fn order(kind: Kind, a: &str, b: &str) -> Ordering {
    if kind.is_numeric() {
        let number = |text: &str| text.parse::<f64>().unwrap();
        return number(a).total_cmp(&number(b));
    }
    if kind == Kind::Duration {
        let seconds = |text: &str| {
            let (sign, clock) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
            sign * clock.split(':').fold(0i64, |sum, part| sum * 60 + part.parse::<i64>().unwrap())
        };
        return seconds(a).cmp(&seconds(b));
    }
    if kind.is_textual() { search_text(a).cmp(&search_text(b)) } else { a.cmp(b) }
}

fn passes(table: &Table, filter: &Filter, row: &Row) -> bool {
    let places: Vec<usize> = match filter.column.as_str() {
        "" => (0..table.columns().len()).collect(),
        id => vec![table.column_index(id).unwrap()],
    };
    places.into_iter().any(|place| {
        let kind = table.columns()[place].kind;
        let cell = row.1[place].as_deref();
        match &filter.test {
            Test::Empty => cell.is_none(),
            Test::NotEmpty => cell.is_some(),
            Test::Contains { text } => cell.is_some_and(|cell| search_text(cell).contains(&search_text(text))),
            Test::Equals { value } => cell.is_some_and(|cell| match kind.is_numeric() {
                true => order(kind, cell, value).is_eq(),
                false => cell == value,
            }),
            Test::AtLeast { value } => cell.is_some_and(|cell| order(kind, cell, value).is_ge()),
            Test::AtMost { value } => cell.is_some_and(|cell| order(kind, cell, value).is_le()),
        }
    })
}

fn model(table: &Table, sorts: &[Sort], filters: &[Filter]) -> Vec<Row> {
    let mut rows: Vec<Row> =
        rows_of(table).into_iter().filter(|row| filters.iter().all(|filter| passes(table, filter, row))).collect();
    rows.sort_by(|a, b| {
        sorts
            .iter()
            .map(|sort| {
                let place = table.column_index(&sort.column).unwrap();
                match (&a.1[place], &b.1[place]) {
                    (Some(a), Some(b)) => {
                        let order = order(table.columns()[place].kind, a, b);
                        if sort.descending { order.reverse() } else { order }
                    }
                    (a, b) => a.is_none().cmp(&b.is_none()),
                }
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    rows
}

fn all_rows(view: &View, file: &TableFile) -> Vec<Row> {
    let rows = view.page(file, 0, u64::MAX).unwrap();
    rows.into_iter().map(|ViewRow { row, cells }| (row, cells)).collect()
}

fn random_filter(seeded: &mut Seeded, table: &Table) -> Filter {
    let column = seeded.one_of(table.columns()).clone();
    let value = loop {
        let row = seeded.below(table.rows());
        if let Some(value) = table.cell(row, table.column_index(&column.id).unwrap()) {
            break value;
        }
    };
    let any = seeded.below(4) == 0;
    let test = match seeded.below(6) {
        _ if any => Test::Contains { text: seeded.one_of(&["ro", "e", "2", "-", "zopf", "t"]).to_string() },
        0 => Test::Contains { text: value.chars().take(3).collect() },
        1 => Test::Equals { value },
        2 => Test::AtLeast { value },
        3 => Test::AtMost { value },
        4 => Test::Empty,
        _ => Test::NotEmpty,
    };
    Filter { column: if any { String::new() } else { column.id }, test }
}

#[test]
fn every_sort_and_filter_gives_what_the_model_gives() {
    let table = seeded(3, 1500);
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    let mut seeded = Seeded(77);
    for round in 0..120 {
        let sorts: Vec<Sort> = (0..seeded.below(4))
            .map(|_| Sort { column: seeded.one_of(table.columns()).id.clone(), descending: seeded.below(2) == 0 })
            .collect();
        let filters: Vec<Filter> = (0..seeded.below(3)).map(|_| random_filter(&mut seeded, &table)).collect();
        let view = View::new(&file, &sorts, &filters, &|| false).unwrap();
        let expected = model(&table, &sorts, &filters);
        assert_eq!(view.rows(), expected.len() as u64, "round {round}: {sorts:?} {filters:?}");
        assert_eq!(all_rows(&view, &file), expected, "round {round}: {sorts:?} {filters:?}");
    }
}

#[test]
fn pages_of_a_view_are_parts_of_the_whole() {
    let table = seeded(4, 140_000);
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    let sorts = [Sort { column: "number".into(), descending: true }, Sort { column: "text".into(), descending: false }];
    let filters = [Filter { column: "integer".into(), test: Test::AtLeast { value: "-3".into() } }];
    let view = View::new(&file, &sorts, &filters, &|| false).unwrap();
    let whole = all_rows(&view, &file);
    assert_eq!(whole, model(&table, &sorts, &filters));
    for start in [0, 1, 65_535, view.rows() - 5, view.rows(), u64::MAX] {
        let page = view.page(&file, start, 200).unwrap();
        let expected: Vec<&Row> = whole.iter().skip(start.min(1 << 40) as usize).take(200).collect();
        assert_eq!(page.len(), expected.len(), "{start}");
        assert!(page.iter().zip(expected).all(|(got, row)| (got.row, &got.cells) == (row.0, &row.1)), "{start}");
    }
}

#[test]
fn without_sort_and_filter_a_view_is_the_table() {
    let table = seeded(5, 300);
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    let view = View::new(&file, &[], &[], &|| false).unwrap();
    assert_eq!(all_rows(&view, &file), rows_of(&table));
    assert_eq!(view.page(&file, 250, 100).unwrap()[0].row, 251);
}

#[test]
fn dates_of_less_detail_stand_for_their_span() {
    let table = seeded(6, 400);
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    let count = |column: &str, test: Test| {
        View::new(&file, &[], &[Filter { column: column.into(), test }], &|| false).unwrap().rows()
    };
    let filled = count("date_time", Test::NotEmpty);
    assert_eq!(count("date_time", Test::Equals { value: "2024".into() }), filled);
    let day = "2024-10-04";
    let starting = |place: usize| {
        rows_of(&table).iter().filter(|row| row.1[place].as_deref().is_some_and(|cell| cell.starts_with(day))).count()
            as u64
    };
    let place = table.column_index("date_time").unwrap();
    assert_eq!(count("date_time", Test::Equals { value: day.into() }), starting(place));
    assert_eq!(count("integer", Test::Equals { value: "1.5".into() }), 0);
}

#[test]
fn a_view_of_what_is_not_there_is_refused() {
    let (_folder, path) = file_with(&bytes_of(&seeded(1, 10)));
    let file = TableFile::open(&path).unwrap();
    let sort = Sort { column: "colour".into(), descending: false };
    assert_eq!(View::new(&file, &[sort], &[], &|| false).unwrap_err().code, RefusalCode::Unknown);
    let filter = Filter { column: "date".into(), test: Test::AtLeast { value: "soon".into() } };
    assert_eq!(View::new(&file, &[], &[filter], &|| false).unwrap_err().code, RefusalCode::Invalid);
    let filter = Filter { column: "text".into(), test: Test::NotEmpty };
    assert_eq!(View::new(&file, &[], &[filter], &|| true).unwrap_err().code, RefusalCode::Cancelled);
}

#[test]
fn several_threads_read_one_file() {
    let table = seeded(8, 140_000);
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4u64 {
            let (file, table) = (&file, &table);
            scope.spawn(move || {
                let mut seeded = Seeded(thread);
                for _ in 0..20 {
                    let start = seeded.below(140_000);
                    assert_eq!(file.page(start, 50).unwrap(), table.page(start, 50));
                }
            });
        }
    });
}
