//! The rows of one sheet as they stand in the file: one text arena for every 16,384 rows, not one string per cell.

use larder_model::Refusal;

use crate::caps;
use crate::kinds::money::Currency;
use crate::text::records::{Inside, Span};

/// Rows in one chunk.
const CHUNK_ROWS: usize = 16_384;

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

#[derive(Debug)]
struct Chunk {
    text: String,
    /// End of each cell in `text`.
    ends: Vec<u32>,
    /// Place of each cell's class in the palette; empty for text files.
    tags: Vec<u8>,
    /// End of each row in `ends`.
    rows: Vec<u32>,
    /// Its first row in the sheet.
    first: u64,
}

impl Chunk {
    const EMPTY: Chunk = Chunk { text: String::new(), ends: Vec::new(), tags: Vec::new(), rows: Vec::new(), first: 0 };

    fn end(&self) -> u64 {
        self.first + self.rows.len() as u64
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
    chunk: &'a Chunk,
    palette: &'a [CellClass],
    first: usize,
    last: usize,
}

impl<'a> Row<'a> {
    pub fn len(&self) -> usize {
        self.last - self.first
    }

    #[inline]
    fn start(&self, cell: usize) -> usize {
        if cell == 0 { 0 } else { self.chunk.ends[cell - 1] as usize }
    }

    /// The text of a cell; nothing beyond the row's end.
    #[inline]
    pub fn text(&self, column: usize) -> &'a str {
        let cell = self.first + column;
        if cell >= self.last {
            return "";
        }
        &self.chunk.text[self.start(cell)..self.chunk.ends[cell] as usize]
    }

    #[inline]
    pub fn cell(&self, column: usize) -> Cell<'a> {
        let index = self.first + column;
        if index >= self.last {
            return NOTHING;
        }
        let class = match self.chunk.tags.get(index) {
            Some(&tag) => self.palette.get(usize::from(tag)).copied().unwrap_or(CellClass::TEXT),
            None => CellClass::TEXT,
        };
        Cell { text: &self.chunk.text[self.start(index)..self.chunk.ends[index] as usize], class }
    }

    pub fn cells(self) -> impl Iterator<Item = Cell<'a>> {
        (0..self.len()).map(move |column| self.cell(column))
    }

    /// The texts of these columns as one slice; with `ends_within` it tells rows apart exactly.
    #[inline]
    pub fn slice(&self, columns: std::ops::Range<usize>) -> &'a str {
        let from = (self.first + columns.start).min(self.last);
        let to = (self.first + columns.end).min(self.last);
        if from >= to {
            return "";
        }
        &self.chunk.text[self.start(from)..self.chunk.ends[to - 1] as usize]
    }

    /// Lengths of the texts of these columns.
    pub fn lengths(self, columns: std::ops::Range<usize>) -> impl Iterator<Item = u32> + 'a {
        let from = (self.first + columns.start).min(self.last);
        let to = (self.first + columns.end).min(self.last);
        let mut start = self.start(from) as u32;
        self.chunk.ends[from..to.max(from)].iter().map(move |&end| {
            let length = end - start;
            start = end;
            length
        })
    }
}

impl Raw {
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// A row of the sheet (0 is the first); an empty one beyond the end.
    #[inline]
    pub fn row(&self, row: u64) -> Row<'_> {
        static NO_CHUNK: Chunk = Chunk::EMPTY;
        let Some(chunk) = self.chunk_of(row) else {
            return Row { chunk: &NO_CHUNK, palette: &[], first: 0, last: 0 };
        };
        let within = (row - chunk.first) as usize;
        let first = if within == 0 { 0 } else { chunk.rows[within - 1] as usize };
        Row { chunk, palette: &self.palette, first, last: chunk.rows[within] as usize }
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

    /// True where no cell of these rows can hold anything but ASCII; cheap, by chunk.
    pub fn is_ascii(&self) -> bool {
        self.chunks.iter().all(|c| c.text.is_ascii())
    }

    #[inline]
    pub fn cell(&self, row: u64, column: usize) -> Cell<'_> {
        self.row(row).cell(column)
    }
}

/// Fills a `Raw` row by row.
#[derive(Debug)]
pub(crate) struct RawBuilder {
    raw: Raw,
    tagged: bool,
    row_cells: usize,
    cells: u64,
    text_bytes: u64,
    /// Cells that came after a later one: row, column, text, class. Rare; sorted in at the end.
    late: Vec<(u64, usize, String, CellClass)>,
}

impl RawBuilder {
    /// For text files, whose cells have no class.
    pub fn plain() -> Self {
        Self::new(false)
    }

    /// For workbooks.
    pub fn tagged() -> Self {
        Self::new(true)
    }

    fn new(tagged: bool) -> Self {
        RawBuilder {
            raw: Raw { palette: vec![CellClass::TEXT], ..Raw::default() },
            tagged,
            row_cells: 0,
            cells: 0,
            text_bytes: 0,
            late: Vec::new(),
        }
    }

    /// Rows ended so far.
    pub fn rows(&self) -> u64 {
        self.raw.rows
    }

    fn chunk(&mut self) -> &mut Chunk {
        if self.raw.chunks.last().is_none_or(|c| c.rows.len() >= CHUNK_ROWS) {
            self.raw.chunks.push(Chunk { first: self.raw.rows, ..Chunk::EMPTY });
        }
        self.raw.chunks.last_mut().expect("one was pushed")
    }

    /// The next cell of the row.
    pub fn push(&mut self, text: &str, class: CellClass) -> Result<(), Refusal> {
        if self.row_cells >= caps::COLUMNS {
            return Err(caps::too_large("columns", caps::COLUMNS as u64));
        }
        if text.len() > caps::CELL_BYTES {
            return Err(caps::too_large("cell_bytes", caps::CELL_BYTES as u64));
        }
        self.cells += 1;
        self.text_bytes += text.len() as u64;
        if self.cells > caps::CELLS {
            return Err(caps::too_large("cells", caps::CELLS));
        }
        if self.text_bytes > caps::TEXT_BYTES {
            return Err(caps::too_large("bytes", caps::TEXT_BYTES));
        }
        let tag = if self.tagged { self.tag(class) } else { 0 };
        let tagged = self.tagged;
        let chunk = self.chunk();
        chunk.text.push_str(text);
        chunk.ends.push(chunk.text.len() as u32);
        if tagged {
            chunk.tags.push(tag);
        }
        self.row_cells += 1;
        Ok(())
    }

    /// A whole row of cells without class, which stand in `text`.
    pub fn push_row(&mut self, text: &str, cells: &[Span], quote: u8) -> Result<(), Refusal> {
        if cells.len() > caps::COLUMNS {
            return Err(caps::too_large("columns", caps::COLUMNS as u64));
        }
        self.cells += cells.len() as u64;
        if self.cells > caps::CELLS {
            return Err(caps::too_large("cells", caps::CELLS));
        }
        let chunk = self.chunk();
        let before = chunk.text.len();
        for &(from, to, inside) in cells {
            if to - from > caps::CELL_BYTES {
                return Err(caps::too_large("cell_bytes", caps::CELL_BYTES as u64));
            }
            match inside {
                Inside::Plain => chunk.text.push_str(&text[from..to]),
                _ => chunk.text.push_str(&inside.read(&text[from..to], quote)),
            }
            chunk.ends.push(chunk.text.len() as u32);
        }
        self.text_bytes += (self.chunk().text.len() - before) as u64;
        if self.text_bytes > caps::TEXT_BYTES {
            return Err(caps::too_large("bytes", caps::TEXT_BYTES));
        }
        self.end_row()
    }

    /// The class's place in the palette; the bare class once the palette is full.
    fn tag(&mut self, class: CellClass) -> u8 {
        let known = |palette: &[CellClass], class| palette.iter().position(|c| *c == class);
        let place = known(&self.raw.palette, class).or_else(|| {
            (self.raw.palette.len() < 240).then(|| {
                self.raw.palette.push(class);
                self.raw.palette.len() - 1
            })
        });
        let place = place.or_else(|| known(&self.raw.palette, CellClass::plain(class.stored)));
        place.unwrap_or_else(|| {
            self.raw.palette.push(CellClass::plain(class.stored));
            self.raw.palette.len() - 1
        }) as u8
    }

    pub fn end_row(&mut self) -> Result<(), Refusal> {
        if self.raw.rows >= caps::ROWS {
            return Err(caps::too_large("rows", caps::ROWS));
        }
        self.row_cells = 0;
        let chunk = self.chunk();
        chunk.rows.push(chunk.ends.len() as u32);
        self.raw.rows += 1;
        Ok(())
    }

    /// A cell at its place, where a workbook gives one (0 is the first). Empty ones are passed over.
    pub fn place(&mut self, row: u64, column: usize, text: &str, class: CellClass) -> Result<(), Refusal> {
        if text.is_empty() {
            return Ok(());
        }
        if row >= caps::ROWS {
            return Err(caps::too_large("rows", caps::ROWS));
        }
        if column >= caps::COLUMNS {
            return Err(caps::too_large("columns", caps::COLUMNS as u64));
        }
        if row < self.raw.rows || (row == self.raw.rows && column < self.row_cells) {
            self.text_bytes += text.len() as u64;
            self.cells += 1;
            if self.late.len() > 2_000_000 || self.text_bytes > caps::TEXT_BYTES {
                return Err(caps::too_large("cells", caps::CELLS));
            }
            self.late.push((row, column, text.to_owned(), class));
            return Ok(());
        }
        while self.raw.rows < row {
            self.end_row()?;
        }
        while self.row_cells < column {
            self.push("", CellClass::TEXT)?;
        }
        self.push(text, class)
    }

    /// Adds the rows of a builder that read what follows on what this one has read.
    pub fn add(&mut self, part: RawBuilder) -> Result<(), Refusal> {
        self.cells += part.cells;
        self.text_bytes += part.text_bytes;
        for (what, has, most) in [
            ("cells", self.cells, caps::CELLS),
            ("bytes", self.text_bytes, caps::TEXT_BYTES),
            ("rows", self.raw.rows + part.raw.rows, caps::ROWS),
        ] {
            if has > most {
                return Err(caps::too_large(what, most));
            }
        }
        for mut chunk in part.raw.chunks {
            chunk.first = self.raw.rows;
            self.raw.rows += chunk.rows.len() as u64;
            self.raw.chunks.push(chunk);
        }
        Ok(())
    }

    /// The finished rows, without blank ones at the end.
    pub fn finish(mut self) -> Result<Raw, Refusal> {
        if self.row_cells > 0 {
            self.end_row()?;
        }
        if !self.late.is_empty() {
            return self.finish_with_late();
        }
        let mut raw = self.raw;
        raw.make_index();
        while raw.rows > 0 && raw.row(raw.rows - 1).cells().all(|c| c.is_blank()) {
            raw.rows -= 1;
            let empty = raw.chunks.last_mut().is_none_or(|c| {
                c.rows.pop();
                c.rows.is_empty()
            });
            if empty {
                raw.chunks.pop();
            }
        }
        raw.make_index();
        for chunk in &mut raw.chunks {
            chunk.text.shrink_to_fit();
            chunk.ends.shrink_to_fit();
            chunk.tags.shrink_to_fit();
        }
        Ok(raw)
    }

    fn finish_with_late(mut self) -> Result<Raw, Refusal> {
        self.raw.make_index();
        let mut late = std::mem::take(&mut self.late);
        // Stable: of two cells for one place the later one stands, as in Excel.
        late.sort_by_key(|(row, column, _, _)| (*row, *column));
        let mut late = late.into_iter().peekable();
        let mut sorted = RawBuilder::tagged();
        for row in 0..self.raw.rows {
            let old = self.raw.row(row);
            let mut column = 0;
            while column < old.len() || late.peek().is_some_and(|l| l.0 == row) {
                let mut cell = old.cell(column);
                let mut kept = None;
                while late.peek().is_some_and(|l| l.0 == row && l.1 == column) {
                    kept = late.next();
                }
                if let Some((_, _, text, class)) = &kept {
                    cell = Cell { text, class: *class };
                }
                sorted.push(cell.text, cell.class)?;
                column += 1;
            }
            sorted.end_row()?;
        }
        sorted.finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const NUMBER: CellClass = CellClass::plain(Stored::Number);

    #[test]
    fn rows_come_back_as_they_were_pushed() {
        let mut builder = RawBuilder::plain();
        for row in 0..40_000u32 {
            builder.push(&row.to_string(), CellClass::TEXT).unwrap();
            builder.push("", CellClass::TEXT).unwrap();
            builder.push("ü", CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        assert_eq!(raw.rows(), 40_000);
        for row in [0, 16_383, 16_384, 39_999] {
            assert_eq!(raw.row(row).text(0), row.to_string());
            assert_eq!(raw.row(row).text(1), "");
            assert_eq!(raw.row(row).text(2), "ü");
            assert_eq!(raw.row(row).text(3), "");
            assert_eq!(raw.row(row).slice(0..3), format!("{row}ü"));
            assert_eq!(raw.row(row).lengths(0..3).nth(2), Some(2));
        }
        assert_eq!(raw.row(40_000).len(), 0);
    }

    #[test]
    fn cells_out_of_order_are_sorted_in() {
        let mut builder = RawBuilder::tagged();
        builder.place(2, 1, "c", CellClass::TEXT).unwrap();
        builder.place(0, 2, "a", CellClass::TEXT).unwrap();
        builder.place(2, 0, "7", NUMBER).unwrap();
        let raw = builder.finish().unwrap();
        assert_eq!(raw.rows(), 3);
        assert_eq!(raw.cell(0, 2).text, "a");
        assert_eq!(raw.cell(2, 0).text, "7");
        assert_eq!(raw.cell(2, 0).class.stored, Stored::Number);
        assert_eq!(raw.cell(2, 1).text, "c");
    }

    #[test]
    fn a_full_palette_still_tells_numbers_from_words() {
        let mut builder = RawBuilder::tagged();
        for n in 0..=255u8 {
            let class = CellClass { currency: Some(Currency(n)), ..NUMBER };
            builder.place(u64::from(n), 0, "1", class).unwrap();
            builder.place(u64::from(n), 1, "1", CellClass { percent: true, ..class }).unwrap();
        }
        let raw = builder.finish().unwrap();
        assert!((0..256).all(|row| raw.cell(row, 1).class.stored == Stored::Number));
    }

    #[test]
    fn blank_rows_at_the_end_are_not_rows() {
        let mut builder = RawBuilder::plain();
        for text in ["x", " ", "\u{a0}"] {
            builder.push(text, CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        assert_eq!(builder.finish().unwrap().rows(), 1);
    }

    #[test]
    fn more_columns_than_excel_has_are_refused() {
        let mut builder = RawBuilder::plain();
        let refused = (0..20_000).find_map(|_| builder.push("x", CellClass::TEXT).err());
        assert_eq!(refused.unwrap().code, larder_model::RefusalCode::TooLarge);
    }
}
