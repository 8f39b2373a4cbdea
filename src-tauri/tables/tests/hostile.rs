//! Files that mean harm are refused; nothing panics, hangs or takes the memory.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use common::{Seeded, bytes_of, extremes, file_with, seeded};
use larder_model::RefusalCode;
use larder_tables::{Filter, Table, TableFile, Test, View, changes, check, profile};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

/// Does everything that is done with a file; a refusal is as good as rows.
fn look_at(bytes: &[u8]) -> Option<Table> {
    let (_folder, path) = file_with(bytes);
    let file = TableFile::open(&path).ok()?;
    let _ = file.page(0, 50);
    let _ = file.page(file.rows() / 2, 50);
    let filter = Filter { column: String::new(), test: Test::Contains { text: "a".into() } };
    if let Ok(view) = View::new(&file, &[], &[filter], &|| false) {
        let _ = view.page(&file, 0, 50);
    }
    let table = file.read().ok()?;
    let _ = profile(&table);
    let _ = check(&table, &Default::default(), jiff::civil::date(2026, 3, 3), &[]);
    let _ = changes(&table, &extremes(), &Default::default());
    Some(table)
}

#[test]
fn a_file_cut_anywhere_is_damaged() {
    let bytes = bytes_of(&seeded(1, 300));
    let mut seeded = Seeded(5);
    let cuts =
        (0..60).map(|_| seeded.below(bytes.len() as u64) as usize).chain(bytes.len() - 12..bytes.len()).chain(0..12);
    for cut in cuts {
        let (_folder, path) = file_with(&bytes[..cut]);
        assert_eq!(TableFile::open(&path).unwrap_err().code, RefusalCode::Damaged, "cut at {cut}");
    }
}

#[test]
fn flipped_bits_never_panic() {
    let whole = bytes_of(&seeded(2, 200));
    let mut seeded = Seeded(11);
    for round in 0..600 {
        let mut bytes = whole.clone();
        // Mostly in the footer and the page headers, where it hurts.
        let last = bytes.len() as u64;
        for _ in 0..=seeded.below(3) {
            let place = if round % 3 == 0 { seeded.below(last) } else { last - 1 - seeded.below(last.min(6000)) };
            bytes[place as usize] ^= 1 << seeded.below(8);
        }
        look_at(&bytes);
    }
}

#[test]
fn overwritten_stretches_never_panic() {
    let whole = bytes_of(&seeded(3, 200));
    let mut seeded = Seeded(13);
    for _ in 0..200 {
        let mut bytes = whole.clone();
        let start = seeded.below(bytes.len() as u64) as usize;
        let end = (start + 1 + seeded.below(16) as usize).min(bytes.len());
        let fill = *seeded.one_of(&[0x00, 0xff, 0x7f, 0x80, 0x19, 0xf9]);
        bytes[start..end].fill(fill);
        look_at(&bytes);
    }
}

#[test]
fn a_footer_of_two_gigabytes_is_refused_at_once() {
    let mut bytes = bytes_of(&seeded(4, 10));
    let end = bytes.len();
    bytes[end - 8..end - 4].copy_from_slice(&0x7fff_ffffu32.to_le_bytes());
    let (_folder, path) = file_with(&bytes);
    assert_eq!(TableFile::open(&path).unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn a_short_dictionary_that_stands_for_gigabytes_is_refused() {
    let long = "x".repeat(1 << 20);
    let words: ArrayRef = Arc::new(StringArray::from_iter_values(std::iter::repeat_n(long.as_str(), 100)));
    let batch = RecordBatch::try_from_iter([("a", words)]).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).unwrap()))
        .set_dictionary_page_size_limit(8 << 20)
        .set_max_row_group_row_count(Some(1 << 20))
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    // 2,000 rows of a megabyte each in a file of a few kilobytes.
    for _ in 0..20 {
        writer.write(&batch).unwrap();
    }
    writer.close().unwrap();
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    let (_folder, path) = file_with(&bytes);
    let file = TableFile::open(&path).unwrap();
    assert_eq!(file.rows(), 2000);
    assert_eq!(file.page(0, 1).unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn a_page_that_unpacks_to_far_too_much_is_refused() {
    // One value of 300 MB: a page larger than any that is taken.
    let words: ArrayRef = Arc::new(StringArray::from(vec!["y".repeat(300 << 20)]));
    let batch = RecordBatch::try_from_iter([("a", words)]).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).unwrap()))
        .set_dictionary_enabled(false)
        .set_statistics_enabled(parquet::file::properties::EnabledStatistics::None)
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let (_folder, path) = file_with(&bytes);
    assert_eq!(TableFile::open(&path).unwrap().read().unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn a_file_that_shrinks_while_open_is_refused() {
    let bytes = bytes_of(&seeded(6, 5000));
    let (_folder, path) = file_with(&bytes);
    let file = TableFile::open(&path).unwrap();
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(100).unwrap();
    let refusal = file.read().unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Damaged);
    assert!(file.page(0, 10).is_err());
}
