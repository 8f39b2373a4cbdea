//! The rows of a table that are kept, chunk by chunk of the sheet, so that every column can be gone through as it is stored.

use std::ops::Range;

use crate::find::body::Plan;
use crate::raw::{Chunk, Raw};

/// Kept rows of one chunk.
pub(crate) struct KeptChunk<'a> {
    pub chunk: &'a Chunk,
    /// Runs of kept rows, in order; rows count from 0 inside the chunk.
    pub runs: Vec<Range<usize>>,
    /// Rows in all runs.
    pub rows: usize,
}

impl<'a> KeptChunk<'a> {
    /// All rows of a chunk.
    #[cfg(test)]
    pub fn all(chunk: &'a Chunk) -> KeptChunk<'a> {
        let rows = chunk.rows().count();
        KeptChunk { chunk, runs: std::iter::once(0..rows).collect(), rows }
    }

    /// The row of the sheet.
    pub fn row(&self, within: usize) -> u64 {
        self.chunk.rows().start + within as u64
    }
}

/// The kept rows of a plan; chunks without any are left out.
pub(crate) fn kept<'a>(raw: &'a Raw, plan: &Plan) -> Vec<KeptChunk<'a>> {
    let of = |chunk: &'a Chunk| {
        let rows = chunk.rows();
        let left_out = plan.left_out.get(rows.start as usize..rows.end as usize).unwrap_or_default();
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        // Of most chunks all rows are.
        if left_out.iter().fold(true, |all, reason| all & reason.is_none()) {
            let (runs, rows) = (std::iter::once(0..left_out.len()).collect(), left_out.len());
            return KeptChunk { chunk, runs, rows };
        }
        for run in left_out.chunk_by(|a, b| a.is_none() == b.is_none()) {
            if run[0].is_none() {
                runs.push(at..at + run.len());
            }
            at += run.len();
        }
        let rows = runs.iter().map(ExactSizeIterator::len).sum();
        KeptChunk { chunk, runs, rows }
    };
    raw.chunks().iter().map(of).filter(|kept| kept.rows > 0).collect()
}
