//! Tables that the tests share: seeded, of every kind, with empty cells, odd letters and extremes.
#![allow(clippy::unwrap_used, dead_code)]

use std::path::PathBuf;

use larder_model::Kind;
use larder_tables::{DAY_MICROS, FIRST_DAY, LAST_DAY, Table, TableBuilder, TableColumn, write_parquet};

/// A small generator (SplitMix64), so that every run sees the same tables.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}

pub const WORDS: [&str; 12] = [
    "Roggen",
    "roggen",
    "Brötchen",
    "BROETCHEN",
    "Zopf",
    "äpfel",
    "Ärger",
    "=1+1",
    "日本",
    "🥨 Brezel",
    "a\u{301}",
    " Rand ",
];

/// One column of each kind.
pub fn columns() -> Vec<TableColumn> {
    Kind::ALL
        .into_iter()
        .map(|kind| {
            let column = TableColumn::new(kind.as_str(), format!("Spalte {}", kind.as_str()), kind);
            match kind {
                Kind::Money => TableColumn { currency: Some("EUR".into()), decimals: Some(3), ..column },
                Kind::Number => TableColumn { unit: Some("kg".into()), ..column },
                _ => column,
            }
        })
        .collect()
}

/// Rows of every kind; few different values, so that there are ties, and one cell in eight empty.
pub fn seeded(seed: u64, rows: u64) -> Table {
    let mut seeded = Seeded(seed);
    let columns = columns();
    let mut builder = TableBuilder::new(columns.clone());
    for _ in 0..rows {
        for (c, column) in columns.iter().enumerate() {
            let n = seeded.below(40) as i64 - 20;
            if seeded.below(8) == 0 {
                builder.null(c);
                continue;
            }
            match column.kind {
                Kind::Text | Kind::Code | Kind::Email | Kind::Place => builder.text(c, seeded.one_of::<&str>(&WORDS)),
                Kind::Integer => builder.integer(c, n),
                Kind::Number | Kind::Percent => builder.number(c, n as f64 / 8.0),
                Kind::Money => builder.money(c, i128::from(n) * 50),
                Kind::Boolean => builder.boolean(c, n > 0),
                Kind::Date => builder.date(c, 20_000 + n as i32),
                Kind::DateTime => builder.date_time(c, 20_000 * DAY_MICROS + n * 3_600_000_000),
                Kind::Time => builder.time(c, (n + 20) * 1_800_000_000),
                Kind::Duration => builder.duration(c, n * 5_400_000_000),
            }
        }
        builder.end_row();
    }
    builder.finish()
}

/// The ends of what each kind can hold.
pub fn extremes() -> Table {
    let mut builder = TableBuilder::new(columns());
    let ends: [(&str, i64, f64, i128, bool, i32, i64); 2] = [
        ("\u{10ffff}", i64::MIN, -1e308, -999_999_999_999_999_999, false, FIRST_DAY, 0),
        ("x", i64::MAX, 5e-324, 999_999_999_999_999_999, true, LAST_DAY, DAY_MICROS - 1),
    ];
    for (text, whole, number, money, yes, day, time) in ends {
        for (c, column) in columns().iter().enumerate() {
            match column.kind {
                Kind::Text | Kind::Code | Kind::Email | Kind::Place => builder.text(c, text),
                Kind::Integer => builder.integer(c, whole),
                Kind::Number | Kind::Percent => builder.number(c, number),
                Kind::Money => builder.money(c, money),
                Kind::Boolean => builder.boolean(c, yes),
                Kind::Date => builder.date(c, day),
                Kind::DateTime => builder.date_time(c, i64::from(day) * DAY_MICROS + time),
                Kind::Time => builder.time(c, time),
                Kind::Duration => builder.duration(c, time * 99 - whole.signum() * 3_599_999_999),
            }
        }
        builder.end_row();
    }
    builder.end_row();
    builder.finish()
}

/// The table as a Parquet file's bytes.
pub fn bytes_of(table: &Table) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_parquet(table, &mut bytes).unwrap();
    bytes
}

/// A folder with one file in it; the folder goes when the first part is dropped.
pub fn file_with(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.parquet");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}
