//! The cells of one column over the rows of one chunk: each different cell once, and for every row which of them it is.
//! Offices repeat themselves (the same shops, products, days), so most columns take two bytes a cell, and whatever is asked about
//! cells is asked once for each different one. Columns that hardly repeat (receipt numbers) keep their cells in order instead.

use std::ops::{Range, RangeInclusive};

use larder_tables::{Keys, ScalarBuffer};

use super::common::Common;
use super::key::Seed;
use super::{Cell, CellClass, NOTHING, is_blank};

/// Which entry a row is.
#[derive(Debug, Clone)]
pub(super) enum Codes {
    /// The rows' cells stand in order, the first at entry 1.
    InOrder,
    Few(ScalarBuffer<u8>),
    Many(ScalarBuffer<u16>),
    /// Each row has an entry of its own, as in order, whose cell is one of those that many chunks share.
    Common(ScalarBuffer<u16>, Common),
}

/// The least byte of texts and the most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes {
    least: u8,
    most: u8,
}

impl Bytes {
    /// Of no text at all.
    pub const NONE: Bytes = Bytes { least: u8::MAX, most: 0 };

    pub fn of(text: &[u8]) -> Bytes {
        text.iter().fold(Bytes::NONE, |all, byte| all.and(Bytes { least: *byte, most: *byte }))
    }

    #[inline]
    pub fn and(self, other: Bytes) -> Bytes {
        Bytes { least: self.least.min(other.least), most: self.most.max(other.most) }
    }
}

/// One column of a chunk. Rows count from 0 inside the chunk; entry 0 is the empty cell.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    /// The first row that has an entry; those before are empty.
    start: usize,
    /// Some row from there on may have none.
    gaps: bool,
    text: String,
    bytes: Bytes,
    /// End of each entry in `text`.
    ends: Vec<u32>,
    /// Place of each entry's class in the palette; none for text files.
    tags: Vec<u8>,
    codes: Codes,
}

impl Strip {
    /// With texts of its own: each entry from the first one on, where it ends, and its class, where there are any.
    pub(super) fn of(start: usize, codes: Codes, text: Vec<u8>, ends: Vec<u32>, tags: Vec<u8>) -> Strip {
        Strip { start, gaps: gaps(&codes, &ends), bytes: Bytes::of(&text), text: in_words(text), ends, tags, codes }
    }

    /// With texts that it shares with other chunks. `bytes` are theirs.
    pub(super) fn of_common(start: usize, words: &[u16], common: Common, bytes: Bytes) -> Strip {
        let codes = Codes::Common(words.to_vec().into(), common);
        let (text, ends, tags) = (String::new(), Vec::new(), Vec::new());
        Strip { start, gaps: gaps(&codes, &ends), bytes, text, ends, tags, codes }
    }

    /// Different cells, the empty one included; of a column in order, all of them.
    pub fn entries(&self) -> usize {
        match &self.codes {
            Codes::Common(codes, _) => codes.len() + 1,
            _ => self.ends.len(),
        }
    }

    /// True where rows share entries.
    pub fn is_shared(&self) -> bool {
        !matches!(self.codes, Codes::InOrder | Codes::Common(..))
    }

    /// The different cells that its rows share with those of other chunks, where they do.
    pub fn common(&self) -> Option<&Common> {
        match &self.codes {
            Codes::Common(_, common) => Some(common),
            _ => None,
        }
    }

    #[inline]
    pub fn text(&self, entry: usize) -> &str {
        match &self.codes {
            _ if entry == 0 => "",
            Codes::Common(codes, common) => common.text(usize::from(codes[entry - 1])),
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
            Codes::Common(codes, _) if row < codes.len() => row + 1,
            Codes::Common(..) => 0,
            Codes::Few(codes) => codes.get(row).map_or(0, |code| usize::from(*code)),
            Codes::Many(codes) => codes.get(row).map_or(0, |code| usize::from(*code)),
        }
    }

    /// Calls with each of these rows and its entry, in order.
    #[inline]
    pub fn each(&self, rows: Range<usize>, with: impl FnMut(usize, usize)) {
        match &self.codes {
            Codes::Few(codes) => self.each_code(rows, codes, with),
            Codes::Many(codes) => self.each_code(rows, codes, with),
            Codes::InOrder | Codes::Common(..) => {
                let from = self.start;
                self.within(rows, self.entries() - 1, with, |places, with| {
                    places.for_each(|place| with(place + from, place + 1));
                });
            }
        }
    }

    /// The same with the word that each row is, of a strip that shares them with other chunks.
    #[inline]
    pub fn each_word(&self, rows: Range<usize>, with: impl FnMut(usize, usize)) {
        if let Codes::Common(codes, _) = &self.codes {
            self.each_code(rows, codes, with);
        }
    }

    #[inline]
    fn each_code<C: Copy + Into<usize>>(&self, rows: Range<usize>, codes: &[C], with: impl FnMut(usize, usize)) {
        let from = self.start;
        self.within(rows, codes.len(), with, |places, with| {
            let these = codes.get(places.clone()).unwrap_or_default();
            places.zip(these).for_each(|(place, code)| with(place + from, (*code).into()));
        });
    }

    /// Calls with those of the rows that have no entry; `each` with the places of the others, which count from the first entry.
    #[inline]
    fn within<F: FnMut(usize, usize)>(
        &self,
        rows: Range<usize>,
        known: usize,
        mut with: F,
        each: impl FnOnce(Range<usize>, &mut F),
    ) {
        let begin = rows.start.max(self.start).min(rows.end);
        let end = rows.end.min(self.start + known).max(begin);
        for row in rows.start..begin {
            with(row, 0);
        }
        each(begin - self.start.min(begin)..end - self.start.min(end), &mut with);
        for row in end..rows.end {
            with(row, 0);
        }
    }

    /// The entries of the rows of these runs, which share them, or the words that they share with other chunks; those of one run
    /// are not copied.
    pub fn keys(&self, runs: &[Range<usize>]) -> Keys {
        if let [run] = runs
            && let Some(from) = run.start.checked_sub(self.start)
        {
            match &self.codes {
                Codes::Few(few) if few.len() >= from + run.len() => return Keys::Few(few.slice(from, run.len())),
                Codes::Many(many) | Codes::Common(many, _) if many.len() >= from + run.len() => {
                    return Keys::Many(many.slice(from, run.len()));
                }
                _ => {}
            }
        }
        let mut keys = Vec::with_capacity(runs.iter().map(ExactSizeIterator::len).sum());
        for run in runs.iter().cloned() {
            let push = |_, entry: usize| keys.push(entry as u16);
            if self.common().is_some() { self.each_word(run, push) } else { self.each(run, push) }
        }
        Keys::Many(keys.into())
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

    /// The same with the word that each row is, of a strip that shares them with other chunks.
    #[inline]
    pub fn zip_words<T>(&self, rows: Range<usize>, into: &mut [T], mut with: impl FnMut(&mut T, usize)) {
        debug_assert_eq!(rows.len(), into.len());
        let mut into = into.iter_mut();
        self.each_word(rows, |_, word| {
            if let Some(next) = into.next() {
                with(next, word);
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
                Codes::Many(codes) | Codes::Common(codes, _) => codes.len() >= rows,
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
        self.bytes.least >= *bytes.start() && self.bytes.most <= *bytes.end()
    }

    /// A number for a text, with this seed always the same one, and hardly ever that of another.
    #[inline]
    pub fn hash(&self, entry: usize, seed: &Seed) -> u64 {
        match &self.codes {
            _ if entry == 0 => seed.hash(&[], 0, 0),
            Codes::Common(..) => seed.hash_of(self.text(entry)),
            _ => seed.hash(self.text.as_bytes(), self.ends[entry - 1] as usize, self.ends[entry] as usize),
        }
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

    /// The same cells, none of which it shares with other chunks.
    #[cfg(test)]
    pub fn apart(&self) -> Strip {
        if self.common().is_none() {
            return self.clone();
        }
        let (mut text, mut ends) = (Vec::new(), vec![0]);
        for entry in 1..self.entries() {
            text.extend_from_slice(self.text(entry).as_bytes());
            ends.push(text.len() as u32);
        }
        Strip::of(self.start, Codes::InOrder, text, ends, Vec::new())
    }

    /// Forgets the rows from this one on.
    pub fn truncate(&mut self, rows: usize) {
        let kept = rows.saturating_sub(self.start);
        match &mut self.codes {
            Codes::Few(codes) => *codes = codes.slice(0, kept.min(codes.len())),
            Codes::Many(codes) | Codes::Common(codes, _) => *codes = codes.slice(0, kept.min(codes.len())),
            Codes::InOrder => {
                self.ends.truncate(kept + 1);
                self.tags.truncate(if self.tags.is_empty() { 0 } else { kept + 1 });
                self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
            }
        }
    }
}

/// Whole letters, as which they came.
pub(super) fn in_words(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned())
}

/// Whether some row has no entry.
fn gaps(codes: &Codes, ends: &[u32]) -> bool {
    match codes {
        Codes::InOrder => ends.windows(2).fold(false, |any, pair| any | (pair[0] == pair[1])),
        Codes::Few(codes) => codes.iter().fold(false, |any, code| any | (*code == 0)),
        Codes::Many(codes) | Codes::Common(codes, _) => codes.iter().fold(false, |any, code| any | (*code == 0)),
    }
}
