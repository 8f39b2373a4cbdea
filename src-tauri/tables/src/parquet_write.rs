//! Writing a table as Parquet that pyarrow, DuckDB and polars read alike.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field};
use larder_model::{Refusal, RefusalCode};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use crate::Table;
use crate::cells_of::{Words, on_their_own};
use crate::parallel::in_order;
use crate::table::{BATCH_ROWS, schema_of};

/// Rows of a page, so that a look at a few rows unpacks little.
pub(crate) const PAGE_ROWS: usize = 16_384;
/// Text of one column in a row group; far below what is refused on reading.
const GROUP_TEXT_BYTES: usize = 256 << 20;
/// Text that is written to a page at once.
const PIECE_BYTES: usize = 4 << 20;

/// Writes the table: zstd 3, dictionaries for text, row groups of 65,536 rows, statistics and index by page of 16,384
/// rows. The same table gives the same bytes. Refuses what the system refuses (no space, no permission); the caller knows
/// the path.
pub fn write_parquet(table: &Table, out: impl Write + Send) -> Result<(), Refusal> {
    let wrong = |error: ParquetError| refused(&error);
    let schema = schema_of(table.columns());
    let writer = ArrowWriter::try_new(out, schema.clone(), Some(properties(table))).map_err(wrong)?;
    let (mut file, factory) = writer.into_serialized_writer().map_err(wrong)?;
    for (index, group) in row_groups(table).iter().enumerate() {
        let writers = factory.create_column_writers(index).map_err(wrong)?;
        let writers: Vec<Mutex<Option<ArrowColumnWriter>>> =
            writers.into_iter().map(|writer| Mutex::new(Some(writer))).collect();
        let chunks = in_order(writers.len(), &|| false, &|column| {
            let writer = writers[column].lock().unwrap_or_else(PoisonError::into_inner).take();
            let writer = writer.expect("each column is asked for once");
            encoded(writer, schema.field(column), group, column).map_err(wrong)
        })?;
        let mut row_group = file.next_row_group().map_err(wrong)?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut row_group).map_err(wrong)?;
        }
        row_group.close().map_err(wrong)?;
    }
    file.close().map_err(wrong)?;
    Ok(())
}

/// One column of a row group, packed.
fn encoded(
    mut writer: ArrowColumnWriter,
    field: &Field,
    group: &[RecordBatch],
    column: usize,
) -> Result<ArrowColumnChunk, ParquetError> {
    for batch in group {
        let mut array = batch.column(column).clone();
        if *field.data_type() != DataType::Utf8 {
            array = on_their_own(&array);
        }
        for leaf in compute_leaves(field, &array)? {
            writer.write(&leaf)?;
        }
    }
    writer.close()
}

/// The table's batches cut and put together so that each group has as many rows as a row group, but for the last and for
/// those with very long text.
fn row_groups(table: &Table) -> Vec<Vec<RecordBatch>> {
    let mut groups: Vec<Vec<RecordBatch>> = Vec::new();
    let (mut room, mut text_bytes) = (0, 0);
    for batch in table.batches() {
        let mut start = 0;
        while start < batch.num_rows() {
            let text = longest_column(&batch.slice(start, (batch.num_rows() - start).min(room)));
            if room == 0 || text_bytes + text > GROUP_TEXT_BYTES {
                groups.push(Vec::new());
                (room, text_bytes) = (BATCH_ROWS, 0);
            }
            let part = batch.slice(start, room.min(batch.num_rows() - start));
            start += part.num_rows();
            room -= part.num_rows();
            text_bytes += longest_column(&part);
            if let Some(group) = groups.last_mut() {
                group.push(part);
            }
        }
    }
    groups
}

fn texts(batch: &RecordBatch) -> impl Iterator<Item = Words<'_>> {
    batch.columns().iter().filter_map(|array| Words::of(array.as_ref()))
}

/// Bytes of the text column that has most of them.
fn longest_column(batch: &RecordBatch) -> usize {
    let length = |words: Words<'_>| match words.is_shared() {
        true => words.iter().flatten().map(str::len).sum(),
        false => {
            let offsets = words.cells().value_offsets();
            offsets.last().zip(offsets.first()).map_or(0, |(end, start)| (end - start) as usize)
        }
    };
    texts(batch).map(length).max().unwrap_or(0)
}

fn longest_text(words: Words<'_>) -> usize {
    let offsets = words.cells().value_offsets();
    offsets.windows(2).map(|pair| (pair[1] - pair[0]) as usize).max().unwrap_or(0)
}

/// Bytes of the longest text in the table.
fn longest_cell(table: &Table) -> usize {
    table.batches().iter().flat_map(texts).map(longest_text).max().unwrap_or(0)
}

fn properties(table: &Table) -> WriterProperties {
    // A page may only end between such pieces.
    let cells_at_once = (PIECE_BYTES / longest_cell(table).max(1)).clamp(1, 1024);
    let level = ZstdLevel::try_new(3).expect("zstd has a level 3");
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(BATCH_ROWS))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(cells_at_once)
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_created_by("larder".to_owned())
        .set_dictionary_enabled(false);
    for column in table.columns().iter().filter(|column| column.kind.is_textual()) {
        properties = properties.set_column_dictionary_enabled(ColumnPath::new(vec![column.id.clone()]), true);
    }
    properties.build()
}

/// What the system said, where it was the system.
pub(crate) fn refused(error: &ParquetError) -> Refusal {
    match system_error(error) {
        Some(error) => Refusal::from_io(error, ""),
        None => Refusal::new(RefusalCode::Bug).with("detail", error.to_string()),
    }
}

/// The error of the file system inside, if it is one.
pub(crate) fn system_error(error: &ParquetError) -> Option<&std::io::Error> {
    match error {
        ParquetError::External(inner) => inner.downcast_ref::<std::io::Error>(),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use larder_model::Kind;

    use super::*;
    use crate::{TableBuilder, TableColumn};

    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.0 < bytes.len() {
                return Err(std::io::ErrorKind::StorageFull.into());
            }
            self.0 -= bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn some_table() -> Table {
        let mut builder =
            TableBuilder::new(vec![TableColumn::new("a", "A", Kind::Text), TableColumn::new("b", "B", Kind::Integer)]);
        for i in 0..1000 {
            builder.text(0, ["rye", "spelt", "wheat"][i % 3]);
            builder.integer(1, i as i64);
            builder.end_row();
        }
        builder.finish()
    }

    #[test]
    fn a_full_disk_is_told_as_such() {
        for room in [0, 10, 1500] {
            let refusal = write_parquet(&some_table(), Full(room)).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::NoSpace, "{room}");
        }
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        let write = || {
            let mut bytes = Vec::new();
            write_parquet(&some_table(), &mut bytes).unwrap();
            bytes
        };
        assert_eq!(write(), write());
    }
}
