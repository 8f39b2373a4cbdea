//! A table in a Parquet file, read a part at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use arrow_select::concat::concat_batches;
use larder_model::{Refusal, RefusalCode};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;

use crate::foreign::{adapted, columns_of, reading_schema};
use crate::parallel::in_order;
use crate::parquet_guard::{MAX_COLUMNS, MAX_ROWS, check_footer, check_pages};
use crate::parquet_source::Source;
use crate::parquet_write::{PAGE_ROWS, system_error};
use crate::table::{BATCH_ROWS, batch_of, push_rows, schema_of};
use crate::{Table, TableColumn};

/// Pages kept decoded: four row groups.
const CACHED_PAGES: usize = 16;
/// Cells decoded at once at most, so that wide tables are read in lower parts.
const PART_CELLS: usize = 4 << 20;
/// Memory that a whole table may take.
const MAX_TABLE_BYTES: u64 = 4 << 30;

/// A table in a Parquet file. May be used by several threads at once; the file stays open.
#[derive(Debug)]
pub struct TableFile {
    source: Source,
    metadata: ArrowReaderMetadata,
    columns: Vec<TableColumn>,
    schema: SchemaRef,
    rows: u64,
    /// Rows of a part: what is decoded at once when all rows are read.
    part_rows: u64,
    /// Rows of a page: what is decoded at once when a few rows are looked at.
    page_rows: u64,
    file_name: String,
    /// Pages decoded last, the latest at the end.
    cache: Mutex<Vec<(u64, RecordBatch)>>,
    /// All parts, as long as a view holds them.
    whole: Mutex<Weak<Vec<RecordBatch>>>,
}

impl TableFile {
    /// Opens a Parquet file. Files of other programs are taken where they hold one flat table; kinds are then told by
    /// their types. Refuses `not_found`, `no_permission`... as the system says, `damaged` for anything that is not such
    /// a table, `too_large` over 16,384 columns or 50,000,000 rows.
    pub fn open(path: &Path) -> Result<TableFile, Refusal> {
        let file_name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let source = Source::open(path).map_err(|error| Refusal::from_io(&error, &path.to_string_lossy()))?;
        check_footer(&source).map_err(|wrong| damaged(&file_name, wrong))?;
        guarded(&file_name, || TableFile::from_source(source, &file_name))
    }

    fn from_source(source: Source, file_name: &str) -> Result<TableFile, Refusal> {
        let wrong = |error: ParquetError| refused(&error, file_name);
        let first = ArrowReaderMetadata::load(&source, ArrowReaderOptions::new()).map_err(wrong)?;
        let columns = columns_of(first.schema().fields()).map_err(|wrong| damaged(file_name, wrong))?;
        let rows = rows_of(&first).ok_or_else(|| damaged(file_name, "row groups and rows disagree"))?;
        if columns.len() > MAX_COLUMNS || rows > MAX_ROWS {
            return Err(too_large(file_name, MAX_ROWS));
        }
        let options = ArrowReaderOptions::new().with_schema(Arc::new(reading_schema(first.schema())));
        let metadata = ArrowReaderMetadata::try_new(first.metadata().clone(), options).map_err(wrong)?;
        let part_rows = (PART_CELLS / columns.len().max(1)).clamp(256, BATCH_ROWS);
        Ok(TableFile {
            source,
            metadata,
            schema: schema_of(&columns),
            columns,
            rows,
            part_rows: part_rows as u64,
            page_rows: part_rows.min(PAGE_ROWS) as u64,
            file_name: file_name.to_owned(),
            cache: Mutex::default(),
            whole: Mutex::default(),
        })
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Its columns in order.
    pub fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    /// Reads the whole table into memory. Refuses `damaged`, or `too_large` over 4 GB.
    pub fn read(&self) -> Result<Table, Refusal> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let taken = AtomicU64::new(0);
        let batches = in_order(self.parts(), &|| false, &|part| {
            let batch = self.part(part, &all)?;
            let bytes = batch.get_array_memory_size() as u64;
            if taken.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) > MAX_TABLE_BYTES {
                return Err(too_large(&self.file_name, MAX_TABLE_BYTES));
            }
            Ok(batch)
        })?;
        Ok(Table::from_parts(self.columns.clone(), batches))
    }

    /// The canonical text of up to `count` rows from `start` (from 0), a list of cells a row; shorter at the end. Decodes
    /// only what holds them and keeps the last few parts decoded.
    pub fn page(&self, start: u64, count: u64) -> Result<Vec<Vec<Option<String>>>, Refusal> {
        let end = start.saturating_add(count).min(self.rows);
        let mut rows = Vec::new();
        let mut next = start;
        while next < end {
            let (batch, row) = self.page_of(next)?;
            let take = (batch.num_rows() - row).min((end - next) as usize);
            push_rows(&batch, row, take, &mut rows);
            next += take as u64;
        }
        Ok(rows)
    }

    /// How many parts it is read in.
    pub(crate) fn parts(&self) -> usize {
        self.rows.div_ceil(self.part_rows) as usize
    }

    /// Rows of each part but the last.
    pub(crate) fn part_rows(&self) -> u64 {
        self.part_rows
    }

    /// All parts where a view still holds them.
    pub(crate) fn whole(&self) -> Option<Arc<Vec<RecordBatch>>> {
        self.whole.lock().unwrap_or_else(PoisonError::into_inner).upgrade()
    }

    /// Lets later views share what one holds.
    pub(crate) fn share_whole(&self, whole: &Arc<Vec<RecordBatch>>) {
        *self.whole.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(whole);
    }

    /// The page that holds a row (from 0), with all columns, decoded now or a moment ago; and the row's place in it.
    pub(crate) fn page_of(&self, row: u64) -> Result<(RecordBatch, usize), Refusal> {
        let page = row / self.page_rows;
        let place = (row % self.page_rows) as usize;
        if let Some(batch) = self.cached(page) {
            return Ok((batch, place));
        }
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let batch = self.decode(page * self.page_rows, self.page_rows, &all)?;
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= CACHED_PAGES {
            cache.remove(0);
        }
        cache.push((page, batch.clone()));
        Ok((batch, place))
    }

    fn cached(&self, page: u64) -> Option<RecordBatch> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let place = cache.iter().position(|(cached, _)| *cached == page)?;
        let hit = cache.remove(place);
        let batch = hit.1.clone();
        cache.push(hit);
        Some(batch)
    }

    /// Decodes these columns (in the table's order) of one part.
    pub(crate) fn part(&self, part: usize, columns: &[usize]) -> Result<RecordBatch, Refusal> {
        self.decode(part as u64 * self.part_rows, self.part_rows, columns)
    }

    fn decode(&self, start: u64, count: u64, columns: &[usize]) -> Result<RecordBatch, Refusal> {
        guarded(&self.file_name, || {
            let count = count.min(self.rows.saturating_sub(start)) as usize;
            let (groups, offset) = self.groups_of(start, count as u64);
            for group in &groups {
                check_pages(&self.source, self.metadata.metadata().row_group(*group), columns)
                    .map_err(|wrong| damaged(&self.file_name, wrong))?;
            }
            let read =
                self.read_rows(groups, offset, count, columns).map_err(|error| refused(&error, &self.file_name))?;
            if read.num_rows() != count || read.num_columns() != columns.len() {
                return Err(damaged(&self.file_name, "fewer rows than told"));
            }
            let mut arrays = Vec::with_capacity(columns.len());
            for (place, column) in columns.iter().enumerate() {
                let array = adapted(read.column(place), &self.columns[*column]);
                arrays.push(array.map_err(|wrong| damaged(&self.file_name, wrong))?);
            }
            let schema = match columns.len() == self.columns.len() {
                true => self.schema.clone(),
                false => schema_of(&columns.iter().map(|column| self.columns[*column].clone()).collect::<Vec<_>>()),
            };
            Ok(batch_of(&schema, arrays, count))
        })
    }

    /// The row groups that hold these rows, and how many rows of the first come before them.
    fn groups_of(&self, start: u64, count: u64) -> (Vec<usize>, usize) {
        let mut groups = Vec::new();
        let (mut at, mut offset) = (0, 0);
        for (index, group) in self.metadata.metadata().row_groups().iter().enumerate() {
            let rows = group.num_rows().unsigned_abs();
            if at < start + count && at + rows > start {
                if groups.is_empty() {
                    offset = (start - at) as usize;
                }
                groups.push(index);
            }
            at += rows;
        }
        (groups, offset)
    }

    fn read_rows(
        &self,
        groups: Vec<usize>,
        offset: usize,
        count: usize,
        columns: &[usize],
    ) -> Result<RecordBatch, ParquetError> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.source.clone(), self.metadata.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied());
        let reader = builder
            .with_row_groups(groups)
            .with_projection(mask)
            .with_offset(offset)
            .with_limit(count)
            .with_batch_size(count.max(1))
            .build()?;
        let batches = reader.collect::<Result<Vec<_>, _>>()?;
        match batches.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(ParquetError::General("no rows".to_owned())),
            [first, ..] => Ok(concat_batches(&first.schema(), &batches)?),
        }
    }
}

fn rows_of(metadata: &ArrowReaderMetadata) -> Option<u64> {
    let metadata = metadata.metadata();
    let mut rows = 0u64;
    for group in metadata.row_groups() {
        rows = rows.checked_add(u64::try_from(group.num_rows()).ok()?)?;
    }
    (u64::try_from(metadata.file_metadata().num_rows()) == Ok(rows)).then_some(rows)
}

/// The library panics on some broken files: that is the file's fault.
fn guarded<T>(file_name: &str, work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(damaged(file_name, "unreadable inside")))
}

fn damaged(file_name: &str, detail: &str) -> Refusal {
    Refusal::new(RefusalCode::Damaged).with("file", file_name).with("detail", detail)
}

fn too_large(file_name: &str, limit: u64) -> Refusal {
    Refusal::new(RefusalCode::TooLarge).with("file", file_name).with("limit", limit)
}

fn refused(error: &ParquetError, file_name: &str) -> Refusal {
    match system_error(error) {
        Some(system) => Refusal::from_io(system, file_name),
        None => damaged(file_name, &error.to_string()),
    }
}
