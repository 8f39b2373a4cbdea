//! The rows of one sheet as they stand in the file, column by column in chunks of some 32,768 rows, with each different cell of
//! a chunk's column kept once.

mod build;
mod common;
mod filling;
mod key;
mod known;
mod place;
mod strip;

use std::ops::Range;

use crate::kinds::money::Currency;

pub(crate) use build::{Part, RawBuilder};
pub(crate) use common::{Common, Known, OfWords};
pub(crate) use key::Seed;
pub(crate) use place::{Mark, Rows};
pub(crate) use strip::Strip;

/// What a workbook says about a cell's value. Text files only ever say `Text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Stored {
    /// Words, or nothing known.
    Text,
    /// A number, written with a dot and no grouping.
    Number,
    /// `TRUE` or `FALSE`.
    Boolean,
    /// `2026-03-03`
    Date,
    /// `2026-03-03T07:40:00`
    DateTime,
    /// `07:40:00`; a length of time may have more than 23 hours.
    Time,
    /// `#N/A` and its like.
    Error,
}

/// What a workbook says about a cell, its number format included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CellClass {
    pub stored: Stored,
    pub percent: bool,
    pub currency: Option<Currency>,
}

impl CellClass {
    pub const TEXT: CellClass = CellClass::plain(Stored::Text);

    /// A number of its own for each class, spread over 64 bits; 0 for text.
    #[inline]
    pub fn key(self) -> u64 {
        let currency = self.currency.map_or(0, |currency| u64::from(currency.0) + 1);
        (self.stored as u64 | u64::from(self.percent) << 3 | currency << 4).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    pub const fn plain(stored: Stored) -> CellClass {
        CellClass { stored, percent: false, currency: None }
    }
}

/// One cell: its text as it stands in the file, and what the workbook says about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub text: &'a str,
    pub class: CellClass,
}

const NOTHING: Cell<'static> = Cell { text: "", class: CellClass::TEXT };

impl Cell<'_> {
    #[inline]
    pub fn is_blank(&self) -> bool {
        is_blank(self.text)
    }
}

/// Blanks, and what has no width: marks of byte order and of direction, joiners, bytes that fill a cell up.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\0' | '\u{1a}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{ad}')
}

/// True where a person sees nothing.
#[inline]
pub(crate) fn is_blank(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'!'..=b'~') => false,
        Some(_) => text.chars().all(is_invisible),
    }
}

/// How many cells the rows of a chunk have.
#[derive(Debug, Clone)]
enum Lengths {
    All(u16),
    Each(Vec<u16>),
}

/// Rows that follow each other, column by column.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// Its first row in the sheet.
    first: u64,
    rows: usize,
    lengths: Lengths,
    /// None where a column is empty throughout.
    strips: Vec<Option<Strip>>,
}

impl Chunk {
    /// Its rows in the sheet.
    pub fn rows(&self) -> Range<u64> {
        self.first..self.end()
    }

    fn end(&self) -> u64 {
        self.first + self.rows as u64
    }

    /// A column; none where it is empty throughout.
    #[inline]
    pub fn strip(&self, column: usize) -> Option<&Strip> {
        self.strips.get(column).and_then(Option::as_ref)
    }

    /// Columns up to the last one with anything in it.
    pub fn width(&self) -> usize {
        self.strips.len()
    }

    /// Cells of a row, which counts from 0 inside the chunk.
    #[inline]
    fn length(&self, row: usize) -> usize {
        match &self.lengths {
            Lengths::All(length) => usize::from(*length),
            Lengths::Each(lengths) => lengths.get(row).map_or(0, |length| usize::from(*length)),
        }
    }

    fn truncate(&mut self, rows: usize) {
        self.rows = rows;
        if let Lengths::Each(lengths) = &mut self.lengths {
            lengths.truncate(rows);
        }
        for strip in self.strips.iter_mut().flatten() {
            strip.truncate(rows);
        }
    }
}

/// All rows of a sheet.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    chunks: Vec<Chunk>,
    palette: Vec<CellClass>,
    rows: u64,
    /// The chunk that holds every 4,096th row, to find the others from.
    index: Vec<u32>,
}

/// Rows between two entries of the index, as a power of 2.
const INDEX_BITS: u32 = 12;

/// One row of a sheet; it ends with its last cell that is not empty in workbooks, with its last separator in text.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    /// None beyond the end.
    chunk: Option<&'a Chunk>,
    palette: &'a [CellClass],
    within: usize,
    length: usize,
}

impl<'a> Row<'a> {
    pub fn len(&self) -> usize {
        self.length
    }

    /// The text of a cell; nothing beyond the row's end.
    #[inline]
    pub fn text(&self, column: usize) -> &'a str {
        let strip = self.chunk.and_then(|chunk| chunk.strip(column));
        strip.map_or("", |strip| strip.text(strip.entry_of(self.within)))
    }

    #[inline]
    pub fn cell(&self, column: usize) -> Cell<'a> {
        let strip = self.chunk.and_then(|chunk| chunk.strip(column));
        strip.map_or(NOTHING, |strip| strip.cell(strip.entry_of(self.within), self.palette))
    }

    pub fn cells(self) -> impl Iterator<Item = Cell<'a>> {
        (0..self.len()).map(move |column| self.cell(column))
    }
}

impl Raw {
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The chunks, in the order of the rows.
    pub fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// The classes that cells have.
    pub fn palette(&self) -> &[CellClass] {
        &self.palette
    }

    /// A row of the sheet (0 is the first); an empty one beyond the end.
    #[inline]
    pub fn row(&self, row: u64) -> Row<'_> {
        let Some(chunk) = self.chunk_of(row) else {
            return Row { chunk: None, palette: &self.palette, within: 0, length: 0 };
        };
        let within = (row - chunk.first) as usize;
        Row { chunk: Some(chunk), palette: &self.palette, within, length: chunk.length(within) }
    }

    #[inline]
    fn chunk_of(&self, row: u64) -> Option<&Chunk> {
        if row >= self.rows {
            return None;
        }
        let from = self.index.get((row >> INDEX_BITS) as usize).map_or(0, |place| *place as usize);
        // Nearly always one of the first two; rows so long that a chunk has few of them have many chunks.
        let near = self.chunks[from..].iter().take(2).find(|chunk| row < chunk.end());
        near.or_else(|| {
            let on = self.chunks[from..].partition_point(|chunk| chunk.end() <= row);
            self.chunks.get(from + on)
        })
    }

    fn make_index(&mut self) {
        let mut chunk = 0;
        self.index = (0..self.rows.div_ceil(1 << INDEX_BITS))
            .map(|step| {
                while self.chunks[chunk].end() <= step << INDEX_BITS {
                    chunk += 1;
                }
                chunk as u32
            })
            .collect();
    }

    /// The same rows, of which no chunk shares anything with another.
    #[cfg(test)]
    pub fn apart(&self) -> Raw {
        let apart = |chunk: &Chunk| Chunk {
            strips: chunk.strips.iter().map(|strip| strip.as_ref().map(Strip::apart)).collect(),
            lengths: chunk.lengths.clone(),
            ..*chunk
        };
        let chunks = self.chunks.iter().map(apart).collect();
        Raw { chunks, palette: self.palette.clone(), index: self.index.clone(), rows: self.rows }
    }

    /// True where no cell can hold anything but ASCII.
    pub fn is_ascii(&self) -> bool {
        self.chunks.iter().flat_map(|chunk| chunk.strips.iter().flatten()).all(Strip::is_ascii)
    }

    #[inline]
    pub fn cell(&self, row: u64, column: usize) -> Cell<'_> {
        self.row(row).cell(column)
    }
}

/// A number that looks random, always the same one for a row (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", OOPSLA 2014).
#[cfg(test)]
pub(crate) fn spread(row: u64) -> u64 {
    let mixed = (row + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
