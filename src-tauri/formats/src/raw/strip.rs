//! The cells of one column over the rows of one chunk: each different cell once, and for every row which of them it is.
//! Offices repeat themselves (the same shops, products, days), so most columns take two bytes a cell, and whatever is asked about
//! cells is asked once for each different one. Columns that hardly repeat (receipt numbers) keep their cells in order instead.

use std::ops::{Range, RangeInclusive};

use larder_tables::{Keys, ScalarBuffer};

use super::key::Seed;
use super::{Cell, CellClass, NOTHING, is_blank};

/// Which entry a row is.
#[derive(Debug, Clone)]
pub(super) enum Codes {
    /// The rows' cells stand in order, the first at entry 1.
    InOrder,
    Few(ScalarBuffer<u8>),
    Many(ScalarBuffer<u16>),
}

/// One column of a chunk. Rows count from 0 inside the chunk; entry 0 is the empty cell.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    /// The first row that has an entry; those before are empty.
    pub(super) start: usize,
    /// Some row from there on may have none.
    pub(super) gaps: bool,
    pub(super) text: String,
    /// The least of its bytes and the most.
    pub(super) bytes: (u8, u8),
    /// End of each entry in `text`.
    pub(super) ends: Vec<u32>,
    /// Place of each entry's class in the palette; none for text files.
    pub(super) tags: Vec<u8>,
    pub(super) codes: Codes,
}

impl Strip {
    /// Different cells, the empty one included; of a column in order, all of them.
    pub fn entries(&self) -> usize {
        self.ends.len()
    }

    /// True where rows share entries.
    pub fn is_shared(&self) -> bool {
        !matches!(self.codes, Codes::InOrder)
    }

    #[inline]
    pub fn text(&self, entry: usize) -> &str {
        match entry {
            0 => "",
            _ => &self.text[self.ends[entry - 1] as usize..self.ends[entry] as usize],
        }
    }

    #[inline]
    pub fn cell<'a>(&'a self, entry: usize, palette: &[CellClass]) -> Cell<'a> {
        if entry == 0 {
            return NOTHING;
        }
        Cell { text: self.text(entry), class: self.class(entry, palette) }
    }

    /// What a workbook says about an entry.
    #[inline]
    pub fn class(&self, entry: usize, palette: &[CellClass]) -> CellClass {
        match self.tags.get(entry) {
            Some(&tag) => palette.get(usize::from(tag)).copied().unwrap_or(CellClass::TEXT),
            None => CellClass::TEXT,
        }
    }

    /// Which entry a row is.
    #[inline]
    pub fn entry_of(&self, row: usize) -> usize {
        let Some(row) = row.checked_sub(self.start) else { return 0 };
        match &self.codes {
            Codes::InOrder if row + 1 < self.ends.len() => row + 1,
            Codes::InOrder => 0,
            Codes::Few(codes) => codes.get(row).map_or(0, |code| usize::from(*code)),
            Codes::Many(codes) => codes.get(row).map_or(0, |code| usize::from(*code)),
        }
    }

    /// Calls with each of these rows and its entry, in order.
    #[inline]
    pub fn each(&self, rows: Range<usize>, mut with: impl FnMut(usize, usize)) {
        let known = match &self.codes {
            Codes::InOrder => self.ends.len() - 1,
            Codes::Few(codes) => codes.len(),
            Codes::Many(codes) => codes.len(),
        };
        let begin = rows.start.max(self.start).min(rows.end);
        let end = rows.end.min(self.start + known).max(begin);
        let within = begin - self.start.min(begin)..end - self.start.min(end);
        for row in rows.start..begin {
            with(row, 0);
        }
        match &self.codes {
            Codes::InOrder => (begin..end).for_each(|row| with(row, row - self.start + 1)),
            Codes::Few(codes) => {
                let codes = codes.get(within).unwrap_or_default();
                (begin..end).zip(codes).for_each(|(row, code)| with(row, usize::from(*code)));
            }
            Codes::Many(codes) => {
                let codes = codes.get(within).unwrap_or_default();
                (begin..end).zip(codes).for_each(|(row, code)| with(row, usize::from(*code)));
            }
        }
        for row in end..rows.end {
            with(row, 0);
        }
    }

    /// The entries of the rows of these runs, which share them; those of one run are not copied.
    pub fn keys(&self, runs: &[Range<usize>]) -> Keys {
        if let [run] = runs
            && let Some(from) = run.start.checked_sub(self.start)
        {
            match &self.codes {
                Codes::Few(few) if few.len() >= from + run.len() => return Keys::Few(few.slice(from, run.len())),
                Codes::Many(many) if many.len() >= from + run.len() => return Keys::Many(many.slice(from, run.len())),
                _ => {}
            }
        }
        let mut keys = Vec::with_capacity(runs.iter().map(ExactSizeIterator::len).sum());
        runs.iter().for_each(|run| self.each(run.clone(), |_, entry| keys.push(entry as u16)));
        Keys::Many(keys.into())
    }

    /// How many of the rows of these runs are each of the entries, which they share.
    pub fn counts(&self, runs: &[Range<usize>]) -> Vec<u32> {
        /// So many counts of each: the same entry often comes many times in a row, and would wait for itself.
        const LANES: usize = 4;
        let mut counts = vec![[0u32; LANES]; self.entries()];
        for run in runs {
            let mut lane = 0;
            self.each(run.clone(), |_, entry| {
                counts[entry][lane % LANES] += 1;
                lane += 1;
            });
        }
        counts.into_iter().map(|lanes| lanes.iter().sum()).collect()
    }

    /// Calls with each of `into`, which stand for these rows in order, and the row's entry.
    #[inline]
    pub fn zip<T>(&self, rows: Range<usize>, into: &mut [T], mut with: impl FnMut(&mut T, usize)) {
        debug_assert_eq!(rows.len(), into.len());
        let mut into = into.iter_mut();
        self.each(rows, |_, entry| {
            if let Some(next) = into.next() {
                with(next, entry);
            }
        });
    }

    /// Whether each of so many rows has an entry of its own. It may say no where all have.
    pub fn is_full(&self, rows: usize) -> bool {
        self.start == 0
            && !self.gaps
            && match &self.codes {
                Codes::InOrder => self.ends.len() > rows,
                Codes::Few(codes) => codes.len() >= rows,
                Codes::Many(codes) => codes.len() >= rows,
            }
    }

    /// Whether each of so many rows has something that can be seen. It may say no where all have.
    pub fn is_seen(&self, rows: usize) -> bool {
        match self.is_shared() {
            true => self.is_full(rows) && (1..self.entries()).all(|entry| !is_blank(self.text(entry))),
            false => self.is_full(rows) && self.holds_only(b'!'..=b'~'),
        }
    }

    /// No other bytes in its texts than these. It may say no where they have been cut.
    pub fn holds_only(&self, bytes: RangeInclusive<u8>) -> bool {
        self.bytes.0 >= *bytes.start() && self.bytes.1 <= *bytes.end()
    }

    /// A number for a text, with this seed always the same one, and hardly ever that of another.
    #[inline]
    pub fn hash(&self, entry: usize, seed: &Seed) -> u64 {
        match entry {
            0 => seed.hash(&[], 0, 0),
            _ => seed.hash(self.text.as_bytes(), self.ends[entry - 1] as usize, self.ends[entry] as usize),
        }
    }

    /// Whether each entry is blank.
    pub fn blanks(&self) -> Vec<bool> {
        (0..self.entries()).map(|entry| is_blank(self.text(entry))).collect()
    }

    /// Nothing but ASCII in it.
    pub fn is_ascii(&self) -> bool {
        self.holds_only(0..=127)
    }

    /// Gives each class the place that it has in another palette.
    pub fn rename(&mut self, tags: &[u8]) {
        for tag in &mut self.tags {
            *tag = tags.get(usize::from(*tag)).copied().unwrap_or(0);
        }
    }

    /// Forgets the rows from this one on.
    pub fn truncate(&mut self, rows: usize) {
        let kept = rows.saturating_sub(self.start);
        match &mut self.codes {
            Codes::Few(codes) => *codes = codes.slice(0, kept.min(codes.len())),
            Codes::Many(codes) => *codes = codes.slice(0, kept.min(codes.len())),
            Codes::InOrder => {
                self.ends.truncate(kept + 1);
                self.tags.truncate(if self.tags.is_empty() { 0 } else { kept + 1 });
                self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
            }
        }
    }
}
