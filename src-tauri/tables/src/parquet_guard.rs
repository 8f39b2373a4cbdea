//! What is looked at in a Parquet file before the library may: declared counts, nesting and page sizes. A hostile file
//! can otherwise ask for more memory than there is, which no refusal can catch.

use std::io::Read;

use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::reader::ChunkReader;

use crate::parquet_source::Source;
use crate::thrift::{I32, I64, LIST, STOP, STRUCT, Walk};

/// Columns of a table at most, as many as Excel has.
pub(crate) const MAX_COLUMNS: usize = 16_384;
/// Rows of a table at most.
pub(crate) const MAX_ROWS: u64 = 50_000_000;
/// The footer of 16,384 columns in some row groups.
const MAX_FOOTER_BYTES: u64 = 64 << 20;
const MAX_ROW_GROUPS: usize = 50_000;
/// Column chunks in all row groups.
const MAX_CHUNKS: usize = 2_000_000;
/// One page, unpacked; usual are 1 MB.
const MAX_PAGE_BYTES: i64 = 256 << 20;
/// All pages of a column in a row group, unpacked.
const MAX_CHUNK_BYTES: i64 = 1 << 30;
/// A page's header; statistics may make it longer than usual.
const MAX_HEADER_BYTES: usize = 1 << 20;

/// What is wrong, for the log.
pub(crate) type Wrong = &'static str;

/// Looks at the footer: a flat table of bearable size, and nothing that claims more elements than it has bytes.
pub(crate) fn check_footer(source: &Source) -> Result<(), Wrong> {
    let size = source.size_bytes();
    if size < 12 {
        return Err("shorter than any Parquet file");
    }
    let tail = source.bytes(size - 8, 8).map_err(|_| "the end cannot be read")?;
    let (length, magic) = tail.split_at(4);
    if magic != b"PAR1" {
        return Err("does not end as Parquet");
    }
    let length = u64::from(u32::from_le_bytes([length[0], length[1], length[2], length[3]]));
    if length > MAX_FOOTER_BYTES || length > size - 12 {
        return Err("the footer is longer than the file or than allowed");
    }
    let footer = source.bytes(size - 8 - length, length as usize).map_err(|_| "the footer cannot be read")?;
    walk_footer(&footer).ok_or("the footer makes no sense")?
}

/// None where the bytes end early.
fn walk_footer(footer: &[u8]) -> Option<Result<(), Wrong>> {
    let mut walk = Walk::new(footer);
    let mut last = 0;
    loop {
        let field = walk.field(last)?;
        last = field.number;
        let answer = match (field.number, field.kind) {
            (_, STOP) => return Some(Ok(())),
            (2, LIST) => walk_schema(&mut walk)?,
            (4, LIST) => walk_row_groups(&mut walk)?,
            (_, kind) => {
                walk.skip(kind)?;
                Ok(())
            }
        };
        if answer.is_err() {
            return Some(answer);
        }
    }
}

/// `list<SchemaElement>`: the root with all others as its children, none of which has children.
fn walk_schema(walk: &mut Walk) -> Option<Result<(), Wrong>> {
    let (count, kind) = walk.list()?;
    if kind != STRUCT || count > MAX_COLUMNS + 1 {
        return Some(Err("too many columns"));
    }
    for element in 0..count {
        let mut children = 0;
        let mut last = 0;
        loop {
            let field = walk.field(last)?;
            last = field.number;
            match (field.number, field.kind) {
                (_, STOP) => break,
                (5, I32) => children = walk.signed()?,
                (_, kind) => walk.skip(kind)?,
            }
        }
        let expected = if element == 0 { count as i64 - 1 } else { 0 };
        if children != expected {
            return Some(Err("not a flat table"));
        }
    }
    Some(Ok(()))
}

/// `list<RowGroup>`: not too many, and not too many column chunks in them.
fn walk_row_groups(walk: &mut Walk) -> Option<Result<(), Wrong>> {
    let (count, kind) = walk.list()?;
    if kind != STRUCT || count > MAX_ROW_GROUPS {
        return Some(Err("too many row groups"));
    }
    let mut chunks = 0;
    for _ in 0..count {
        let mut last = 0;
        loop {
            let field = walk.field(last)?;
            last = field.number;
            match (field.number, field.kind) {
                (_, STOP) => break,
                (1, LIST) => {
                    let (columns, kind) = walk.list()?;
                    chunks += columns;
                    if chunks > MAX_CHUNKS {
                        return Some(Err("too many column chunks"));
                    }
                    (0..columns).try_for_each(|_| walk.skip(kind))?;
                }
                (_, kind) => walk.skip(kind)?,
            }
        }
    }
    Some(Ok(()))
}

/// Looks at the page headers of these columns in a row group before they are unpacked.
pub(crate) fn check_pages(source: &Source, group: &RowGroupMetaData, columns: &[usize]) -> Result<(), Wrong> {
    columns.iter().try_for_each(|column| {
        let chunk = group.columns().get(*column).ok_or("a column is missing in a row group")?;
        check_chunk(source, chunk, group.num_rows())
    })
}

fn check_chunk(source: &Source, chunk: &ColumnChunkMetaData, rows: i64) -> Result<(), Wrong> {
    let start = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset()).min(chunk.data_page_offset());
    let start = u64::try_from(start).map_err(|_| "a page lies before the file")?;
    let length = u64::try_from(chunk.compressed_size()).map_err(|_| "a column of negative length")?;
    let end =
        start.checked_add(length).filter(|end| *end <= source.size_bytes()).ok_or("a page lies behind the file")?;
    let (mut at, mut unpacked, mut values) = (start, 0i64, 0i64);
    while at < end && values < rows {
        let header = page_header(source, at, end)?;
        let room = i64::try_from(end - at).unwrap_or(i64::MAX) - header.header_bytes as i64;
        if header.packed < 0 || header.packed > room || !(0..=MAX_PAGE_BYTES).contains(&header.unpacked) {
            return Err("a page of impossible size");
        }
        unpacked += header.unpacked;
        // A dictionary's values take a byte each at least; a data page's may all be one run.
        let most = if header.is_dictionary { header.unpacked } else { rows - values };
        if !(0..=most).contains(&header.values) || unpacked > MAX_CHUNK_BYTES {
            return Err("a page of more values than its column");
        }
        values += if header.is_dictionary { 0 } else { header.values };
        at += header.header_bytes as u64 + header.packed as u64;
    }
    Ok(())
}

#[derive(Debug, Default)]
struct PageHead {
    header_bytes: usize,
    packed: i64,
    unpacked: i64,
    values: i64,
    is_dictionary: bool,
}

fn page_header(source: &Source, at: u64, end: u64) -> Result<PageHead, Wrong> {
    let mut want = 256;
    loop {
        let room = usize::try_from(end - at).unwrap_or(usize::MAX).min(want);
        let mut bytes = Vec::with_capacity(room);
        let reader = source.get_read(at).map_err(|_| "a page cannot be read")?;
        reader.take(room as u64).read_to_end(&mut bytes).map_err(|_| "a page cannot be read")?;
        if let Some(head) = walk_page(&bytes) {
            return Ok(head);
        }
        if bytes.len() < want || want >= MAX_HEADER_BYTES {
            return Err("a page header makes no sense");
        }
        want *= 8;
    }
}

/// `PageHeader`: 2 unpacked and 3 packed size, 5 and 8 data pages, 7 dictionary; each of those has its values first.
fn walk_page(bytes: &[u8]) -> Option<PageHead> {
    let mut walk = Walk::new(bytes);
    let mut head = PageHead::default();
    let mut last = 0;
    loop {
        let field = walk.field(last)?;
        last = field.number;
        match (field.number, field.kind) {
            (_, STOP) => break,
            (2, I32) => head.unpacked = walk.signed()?,
            (3, I32) => head.packed = walk.signed()?,
            (5 | 7 | 8, STRUCT) => {
                head.values = values_of(&mut walk)?;
                head.is_dictionary = field.number == 7;
            }
            (_, kind) => walk.skip(kind)?,
        }
    }
    head.header_bytes = walk.at();
    Some(head)
}

fn values_of(walk: &mut Walk) -> Option<i64> {
    let mut values = 0;
    let mut last = 0;
    loop {
        let field = walk.field(last)?;
        last = field.number;
        match (field.number, field.kind) {
            (_, STOP) => return Some(values),
            (1, I32 | I64) => values = walk.signed()?,
            (_, kind) => walk.skip(kind)?,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn footer_of(schema: &[u8]) -> Vec<u8> {
        // Field 1 i32 version 1, field 2 list.
        [&[0x15, 0x02, 0x19][..], schema, &[0x00]].concat()
    }

    #[test]
    fn a_flat_table_passes() {
        // Three structs: root with field 5 = 2 children, two leaves without.
        let schema = [0x3c, 0x55, 0x04, 0x00, 0x00, 0x00];
        assert_eq!(walk_footer(&footer_of(&schema)), Some(Ok(())));
    }

    #[test]
    fn columns_inside_columns_are_refused() {
        let schema = [0x3c, 0x55, 0x02, 0x00, 0x55, 0x02, 0x00, 0x00];
        assert_eq!(walk_footer(&footer_of(&schema)), Some(Err("not a flat table")));
    }

    #[test]
    fn a_root_of_two_thousand_million_children_is_refused() {
        let schema = [0x1c, 0x55, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x00];
        assert_eq!(walk_footer(&footer_of(&schema)), Some(Err("not a flat table")));
    }

    #[test]
    fn a_footer_that_ends_early_makes_no_sense() {
        assert_eq!(walk_footer(&[0x15, 0x02, 0x19, 0x3c, 0x55]), None);
        assert_eq!(walk_footer(&[]), None);
    }

    #[test]
    fn a_page_header_is_read_to_its_end() {
        // type 0, unpacked 100, packed 60, field 5 struct {1: 7 values}, stop.
        let head = walk_page(&[0x15, 0x00, 0x15, 0xc8, 0x01, 0x15, 0x78, 0x2c, 0x15, 0x0e, 0x00, 0x00, 9, 9]).unwrap();
        assert_eq!((head.unpacked, head.packed, head.values, head.header_bytes), (100, 60, 7, 12));
        assert!(!head.is_dictionary);
    }
}
