//! A sorted and filtered look at a table: a list of row numbers made once, then paged.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::{ArrayRef, RecordBatch};
use larder_model::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::filter::Sieve;
use crate::parallel::in_order;
use crate::sort::{SortColumn, sorted};
use crate::table::row_text;
use crate::{Filter, Sort, TableFile, Values};

/// Memory that a view may hold for the whole decoded table, so that pages of scattered rows need no decoding.
const WHOLE_BYTES: usize = 300 << 20;

/// One row of a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewRow {
    /// Row of the table; 1 is the first.
    pub row: u64,
    /// Canonical text of its cells; none where empty.
    pub cells: Vec<Option<String>>,
}

/// A frozen look at a table: the same rows in the same order however often it is paged.
#[derive(Debug)]
pub struct View {
    order: Order,
    part_rows: u64,
    /// All parts, where they fit.
    whole: Option<Arc<Vec<RecordBatch>>>,
}

#[derive(Debug)]
enum Order {
    /// As the table is.
    All(u64),
    /// These rows (from 0).
    Rows(Vec<u32>),
}

/// What one part gives to a view.
struct Part {
    batch: Option<RecordBatch>,
    kept: Vec<u32>,
    sort_arrays: Vec<ArrayRef>,
}

impl View {
    /// Finds the rows that pass all filters and sorts them; the first sort counts most, rows that are alike stay in the
    /// table's order. Refuses `unknown` columns, `invalid` values, `damaged` files, `cancelled`.
    pub fn new(
        file: &TableFile,
        sorts: &[Sort],
        filters: &[Filter],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<View, Refusal> {
        let sieves: Vec<Sieve> =
            filters.iter().map(|filter| Sieve::new(filter, file.columns())).collect::<Result<_, _>>()?;
        let sort_columns: Vec<(usize, bool)> = sorts
            .iter()
            .map(|sort| Ok((place(file, &sort.column)?, sort.descending)))
            .collect::<Result<_, Refusal>>()?;
        if sieves.is_empty() && sort_columns.is_empty() {
            return Ok(View { order: Order::All(file.rows()), part_rows: file.part_rows(), whole: None });
        }
        let known = file.whole();
        let needed = needed_columns(&sieves, &sort_columns);
        let taken = AtomicUsize::new(0);
        let parts = in_order(file.parts(), cancelled, &|part| {
            let batch = match &known {
                Some(whole) => Some(whole[part].clone()),
                None => decode_within(file, part, &taken)?,
            };
            let narrow = match batch {
                Some(_) => None,
                None => Some(file.part(part, &needed)?),
            };
            Ok(sifted(batch, narrow, &needed, &sieves, &sort_columns))
        })?;
        let whole = known.or_else(|| {
            let batches: Option<Vec<RecordBatch>> = parts.iter().map(|part| part.batch.clone()).collect();
            let whole = Arc::new(batches?);
            file.share_whole(&whole);
            Some(whole)
        });
        if cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        let rows = ordered(&parts, &sort_columns, file.part_rows());
        Ok(View { order: Order::Rows(rows), part_rows: file.part_rows(), whole })
    }

    /// How many rows pass.
    pub fn rows(&self) -> u64 {
        match &self.order {
            Order::All(rows) => *rows,
            Order::Rows(rows) => rows.len() as u64,
        }
    }

    /// Up to `count` rows of the view from `start` (from 0), of the file that it was made from; shorter at the end.
    pub fn page(&self, file: &TableFile, start: u64, count: u64) -> Result<Vec<ViewRow>, Refusal> {
        let rows = match &self.order {
            Order::All(_) => {
                let cells = file.page(start, count)?;
                return Ok(cells.into_iter().zip(start + 1..).map(|(cells, row)| ViewRow { row, cells }).collect());
            }
            Order::Rows(rows) => rows,
        };
        let end = start.saturating_add(count).min(rows.len() as u64) as usize;
        let wanted = rows.get(start.min(end as u64) as usize..end).unwrap_or_default();
        let mut page: Vec<ViewRow> =
            wanted.iter().map(|row| ViewRow { row: u64::from(*row) + 1, cells: Vec::new() }).collect();
        // In the order of the table, so that each part of the file is needed once.
        let mut places: Vec<(u32, usize)> = wanted.iter().copied().zip(0..).collect();
        places.sort_unstable();
        for (row, place) in places {
            let row = u64::from(row);
            let (batch, row) = match self.whole.as_ref().and_then(|whole| whole.get((row / self.part_rows) as usize)) {
                Some(batch) => (batch.clone(), (row % self.part_rows) as usize),
                None => file.page_of(row)?,
            };
            let columns: Vec<Values> = (0..batch.num_columns()).map(|column| Values::of(&batch, column)).collect();
            page[place].cells = row_text(&columns, row);
        }
        Ok(page)
    }
}

fn place(file: &TableFile, id: &str) -> Result<usize, Refusal> {
    let found = file.columns().iter().position(|column| column.id == id);
    found.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", id))
}

fn needed_columns(sieves: &[Sieve], sorts: &[(usize, bool)]) -> Vec<usize> {
    let mut needed: Vec<usize> =
        sieves.iter().flat_map(Sieve::columns).chain(sorts.iter().map(|(place, _)| *place)).collect();
    needed.sort_unstable();
    needed.dedup();
    needed
}

/// The part with all columns, unless that would be more than a view may hold.
fn decode_within(file: &TableFile, part: usize, taken: &AtomicUsize) -> Result<Option<RecordBatch>, Refusal> {
    if taken.load(Ordering::Relaxed) > WHOLE_BYTES {
        return Ok(None);
    }
    let all: Vec<usize> = (0..file.columns().len()).collect();
    let batch = file.part(part, &all)?;
    let bytes = batch.get_array_memory_size();
    let fits = taken.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) <= WHOLE_BYTES;
    Ok(fits.then_some(batch))
}

fn sifted(
    batch: Option<RecordBatch>,
    narrow: Option<RecordBatch>,
    needed: &[usize],
    sieves: &[Sieve],
    sorts: &[(usize, bool)],
) -> Part {
    let is_narrow = narrow.is_some();
    let looked_at = narrow.as_ref().or(batch.as_ref()).expect("either is read");
    let place_of = |column: usize| {
        if is_narrow { needed.binary_search(&column).unwrap_or(usize::MAX) } else { column }
    };
    let mut keep = vec![true; looked_at.num_rows()];
    for sieve in sieves {
        sieve.sift(looked_at, &place_of, &mut keep);
    }
    let kept = (0u32..).zip(&keep).filter(|(_, keep)| **keep).map(|(row, _)| row).collect();
    let sort_arrays = sorts.iter().map(|(column, _)| looked_at.column(place_of(*column)).clone()).collect();
    Part { batch, kept, sort_arrays }
}

/// Rows of the table (from 0) that were kept, in order.
fn ordered(parts: &[Part], sorts: &[(usize, bool)], part_rows: u64) -> Vec<u32> {
    let rows: Vec<u32> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, found)| found.kept.iter().map(move |row| (part as u64 * part_rows) as u32 + row))
        .collect();
    if sorts.is_empty() {
        return rows;
    }
    let columns: Vec<SortColumn> = sorts
        .iter()
        .enumerate()
        .map(|(sort, (_, descending))| {
            let parts = parts.iter().map(|part| (part.sort_arrays[sort].clone(), part.kept.as_slice())).collect();
            SortColumn { parts, descending: *descending }
        })
        .collect();
    sorted(rows.len(), &columns).into_iter().map(|place| rows[place as usize]).collect()
}
