//! A table that went through Parquet is the same table.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, Date64Array, Decimal128Array, Float32Array, Float64Array, Int8Array, LargeStringArray,
    RecordBatch, StringArray, StructArray, Time32SecondArray, TimestampMillisecondArray, UInt64Array,
};
use arrow_schema::{DataType, Field, Fields};
use common::{bytes_of, extremes, file_with, seeded};
use larder_model::{Kind, RefusalCode};
use larder_tables::{Table, TableBuilder, TableColumn, TableFile};
use parquet::arrow::ArrowWriter;

fn through_parquet(table: &Table) -> Table {
    let (_folder, path) = file_with(&bytes_of(table));
    let file = TableFile::open(&path).unwrap();
    assert_eq!((file.rows(), file.columns()), (table.rows(), table.columns()));
    assert_eq!(file.page(0, table.rows().min(500)).unwrap(), table.page(0, 500));
    file.read().unwrap()
}

fn assert_same(one: &Table, two: &Table) {
    assert_eq!(one.columns(), two.columns());
    assert_eq!(one.rows(), two.rows());
    assert_eq!(one.page(0, u64::MAX), two.page(0, u64::MAX));
}

#[test]
fn every_kind_with_empty_cells_comes_back() {
    for seed in 0..5 {
        let table = seeded(seed, 1 + seed * 997);
        assert_same(&through_parquet(&table), &table);
    }
}

#[test]
fn the_ends_of_every_kind_come_back() {
    let table = extremes();
    let back = through_parquet(&table);
    assert_same(&back, &table);
    let cell = |row: u64, id: &str| back.cell(row, back.column_index(id).unwrap()).unwrap();
    assert_eq!(cell(0, "date"), "0001-01-01");
    assert_eq!(cell(1, "date_time"), "9999-12-31T23:59:59.999999");
    assert_eq!(cell(0, "integer"), "-9223372036854775808");
    assert_eq!(cell(0, "money"), "-999999999999999.999");
}

#[test]
fn a_table_without_rows_comes_back() {
    let table = Table::empty(common::columns());
    assert_same(&through_parquet(&table), &table);
    let (_folder, path) = file_with(&bytes_of(&table));
    assert!(TableFile::open(&path).unwrap().page(0, 10).unwrap().is_empty());
}

#[test]
fn rows_over_several_row_groups_come_back_and_page_anywhere() {
    let table = seeded(9, 150_000);
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    for start in [0, 65_400, 65_536, 131_071, 149_990, 150_000, u64::MAX] {
        assert_eq!(file.page(start, 200).unwrap(), table.page(start, 200), "{start}");
    }
    assert_same(&file.read().unwrap(), &table);
}

#[test]
fn a_very_wide_table_is_read_in_low_parts() {
    let columns = (0..3000).map(|i| TableColumn::new(format!("c{i}"), format!("C{i}"), Kind::Integer)).collect();
    let mut builder = TableBuilder::new(columns);
    for row in 0..3000i64 {
        for c in 0..3000 {
            builder.integer(c, row * 10_000 + c as i64);
        }
        builder.end_row();
    }
    let table = builder.finish();
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    assert_eq!(file.page(1390, 20).unwrap(), table.page(1390, 20));
    assert_eq!(file.page(2999, 20).unwrap(), table.page(2999, 20));
}

#[test]
fn many_small_batches_become_full_row_groups() {
    let mut table = seeded(1, 700);
    for seed in 2..6 {
        table = larder_tables::append(&table, &seeded(seed, 700)).unwrap();
    }
    assert_eq!(table.batches().len(), 5);
    let back = through_parquet(&table);
    assert_eq!(back.batches().len(), 1);
    assert_same(&back, &table);
}

fn foreign(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn a_file_of_another_program_tells_its_kinds_by_its_types() {
    let mut words = StringDictionaryBuilder::<Int32Type>::new();
    words.append_value("rye");
    words.append_null();
    let decimals = Decimal128Array::from(vec![320, -5]).with_precision_and_scale(12, 2).unwrap();
    let zoned = TimestampMillisecondArray::from(vec![0, 1]).with_timezone("+02:00");
    let (_folder, path) = file_with(&foreign(vec![
        ("Größe", Arc::new(Int8Array::from(vec![-7, 8]))),
        ("Größe ", Arc::new(Float32Array::from(vec![0.5, f32::NAN]))),
        ("word", Arc::new(words.finish())),
        ("large", Arc::new(LargeStringArray::from(vec!["a", ""]))),
        ("bytes", Arc::new(BinaryArray::from(vec![b"x".as_slice(), b"y"]))),
        ("money", Arc::new(decimals)),
        ("zoned", Arc::new(zoned)),
        ("day", Arc::new(Date64Array::from(vec![0, 86_400_000]))),
        ("clock", Arc::new(Time32SecondArray::from(vec![0, 86_399]))),
        ("minus_zero", Arc::new(Float64Array::from(vec![-0.0, f64::INFINITY]))),
    ]));
    let file = TableFile::open(&path).unwrap();
    let kinds: Vec<Kind> = file.columns().iter().map(|column| column.kind).collect();
    assert_eq!(
        kinds,
        [
            Kind::Integer,
            Kind::Number,
            Kind::Text,
            Kind::Text,
            Kind::Text,
            Kind::Money,
            Kind::DateTime,
            Kind::Date,
            Kind::Time,
            Kind::Number
        ]
    );
    assert_eq!((file.columns()[0].id.as_str(), file.columns()[1].id.as_str()), ("groesse", "groesse_2"));
    let of = |cells: [Option<&str>; 10]| cells.map(|cell| cell.map(str::to_owned)).to_vec();
    let rows = file.read().unwrap().page(0, 2);
    assert_eq!(
        rows[0],
        of([
            Some("-7"),
            Some("0.5"),
            Some("rye"),
            Some("a"),
            Some("x"),
            Some("3.20"),
            Some("1970-01-01T00:00:00"),
            Some("1970-01-01"),
            Some("00:00:00"),
            Some("0")
        ])
    );
    assert_eq!(
        rows[1],
        of([
            Some("8"),
            None,
            None,
            None,
            Some("y"),
            Some("-0.05"),
            Some("1970-01-01T00:00:00.001"),
            Some("1970-01-02"),
            Some("23:59:59"),
            None
        ])
    );
}

#[test]
fn columns_inside_columns_are_refused() {
    let field = Arc::new(Field::new("inner", DataType::Utf8, true));
    let inner: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
    let nested = StructArray::new(Fields::from(vec![field]), vec![inner], None);
    let (_folder, path) = file_with(&foreign(vec![("outer", Arc::new(nested))]));
    assert_eq!(TableFile::open(&path).unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn a_whole_number_too_large_for_a_table_is_refused_not_lost() {
    let (_folder, path) = file_with(&foreign(vec![("n", Arc::new(UInt64Array::from(vec![u64::MAX])))]));
    assert_eq!(TableFile::open(&path).unwrap().read().unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn what_is_not_there_is_told_as_such() {
    let (folder, path) = file_with(b"");
    assert_eq!(TableFile::open(&folder.path().join("none")).unwrap_err().code, RefusalCode::NotFound);
    assert_eq!(TableFile::open(folder.path()).unwrap_err().code, RefusalCode::IsAFolder);
    assert_eq!(TableFile::open(&path).unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn very_long_texts_are_not_refused_as_somebody_elses_bomb() {
    let mut builder = TableBuilder::new(vec![TableColumn::new("t", "T", Kind::Text)]);
    let long = "Sauerteig ".repeat(3 << 20);
    for row in 0..10 {
        builder.text(0, &format!("{row}{long}"));
        builder.end_row();
    }
    let table = builder.finish();
    let (_folder, path) = file_with(&bytes_of(&table));
    let file = TableFile::open(&path).unwrap();
    let last = file.page(9, 1).unwrap().remove(0).remove(0).unwrap();
    assert_eq!(last.len(), long.len() + 1);
    assert!(last.starts_with("9Sauerteig"));
}
