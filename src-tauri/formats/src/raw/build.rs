//! Fills a `Raw` row by row.

use larder_model::Refusal;

use super::filling::StripBuilder;
use super::key::Seed;
use super::place::{Column, Rows};
use super::{Cell, CellClass, Chunk, Lengths, Raw};
use crate::caps;
use crate::text::records::{Inside, Span};

/// Rows in one chunk. Fuzzing has many chunks of small inputs.
const CHUNK_ROWS: usize = if cfg!(fuzzing) { 32 } else { 32_768 };
/// Cells of a chunk as wide as its widest row: a single cell far to the right must not make thousands of long columns.
const CHUNK_CELLS: usize = 4 << 20;
/// Text of a chunk: that of any of its columns has to fit into an array with offsets of 31 bits.
const CHUNK_BYTES: usize = 64 << 20;
/// Columns whose chunks may share cells: while it is not known whether cells come again, each takes four times the room.
const COMMON_COLUMNS: usize = 24;
/// What a column of a chunk takes, counted in cells.
const STRIP_CELLS: u64 = 64;

/// A chunk that is being filled.
#[derive(Debug)]
struct Open {
    rows: usize,
    bytes: usize,
    lengths: Lengths,
    /// Columns of this chunk up to the last with anything in it.
    width: usize,
    /// Columns of all chunks: what was made for one serves the next.
    strips: Vec<StripBuilder>,
}

impl Open {
    fn new() -> Open {
        Open { rows: 0, bytes: 0, lengths: Lengths::All(0), width: 0, strips: Vec::new() }
    }

    /// Room for a column.
    #[inline]
    fn strip(&mut self, column: usize) -> &mut StripBuilder {
        if column >= self.width {
            self.width = column + 1;
            if column >= self.strips.len() {
                let new = self.strips.len()..=column;
                self.strips.extend(new.map(|column| StripBuilder::new(column < COMMON_COLUMNS)));
            }
        }
        &mut self.strips[column]
    }

    fn end_row(&mut self, length: u16) {
        self.end_rows(1, length);
    }

    /// Ends so many rows of the same length.
    fn end_rows(&mut self, rows: usize, length: u16) {
        match &mut self.lengths {
            Lengths::All(all) if self.rows == 0 => *all = length,
            Lengths::All(all) if *all == length => {}
            Lengths::All(all) => {
                let mut each = vec![*all; self.rows];
                each.extend(std::iter::repeat_n(length, rows));
                self.lengths = Lengths::Each(each);
            }
            Lengths::Each(each) => each.extend(std::iter::repeat_n(length, rows)),
        }
        self.rows += rows;
    }

    /// Rows that still fit, one at least.
    fn room(&self) -> usize {
        let by_cells = (CHUNK_CELLS / self.width.max(1)).saturating_sub(self.rows + 1);
        (CHUNK_ROWS - self.rows).min(by_cells).max(1)
    }

    fn is_full(&self) -> bool {
        self.rows >= CHUNK_ROWS || self.bytes > CHUNK_BYTES || (self.rows + 1) * self.width > CHUNK_CELLS
    }

    /// The chunk, whose first row in the sheet is this one; the next one begins.
    fn finish(&mut self, first: u64) -> Chunk {
        let strips = self.strips[..self.width].iter_mut().map(StripBuilder::finish).collect();
        let lengths = std::mem::replace(&mut self.lengths, Lengths::All(0));
        let rows = std::mem::take(&mut self.rows);
        (self.bytes, self.width) = (0, 0);
        Chunk { first, rows, lengths, strips }
    }
}

/// Cells of one column from this row on.
fn push_column(
    strip: &mut StripBuilder,
    seed: &Seed,
    row: usize,
    text: &str,
    cells: Column<'_>,
    quote: u8,
) -> Result<(), Refusal> {
    let (mut row, mut cells) = (row, cells);
    loop {
        let known = strip.push_plain(seed, row, cells);
        row += known;
        cells = cells.after(known);
        let Some(place) = cells.places().next() else { return Ok(()) };
        cells = cells.after(1);
        let (from, to) = place.span();
        if to - from > caps::CELL_BYTES {
            return Err(caps::too_large("cell_bytes", caps::CELL_BYTES as u64));
        }
        if from < to {
            match place.inside() {
                Inside::Plain => strip.push_from(seed, row, text, (from, to), 0),
                inside => {
                    let stands = &text[from..to];
                    strip.push_read(seed, row, stands.as_bytes(), || inside.read(stands, quote).into_owned());
                }
            }
        }
        row += 1;
    }
}

/// Rows that were read apart from those before them.
#[derive(Debug, Default)]
pub(crate) struct Part {
    chunks: Vec<Chunk>,
    /// The classes of its cells.
    palette: Vec<CellClass>,
    rows: u64,
    cells: u64,
    text_bytes: u64,
}

impl Part {
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

/// Fills a `Raw` row by row.
#[derive(Debug)]
pub(crate) struct RawBuilder {
    raw: Raw,
    open: Open,
    seed: Seed,
    row_cells: usize,
    cells: u64,
    text_bytes: u64,
    /// Cells that came after a later one: row, column, text, class. Rare; sorted in at the end.
    late: Vec<(u64, usize, String, CellClass)>,
    written: String,
}

impl RawBuilder {
    /// Without rows yet.
    pub fn new() -> Self {
        RawBuilder {
            raw: Raw { palette: vec![CellClass::TEXT], ..Raw::default() },
            open: Open::new(),
            seed: Seed::default(),
            row_cells: 0,
            cells: 0,
            text_bytes: 0,
            late: Vec::new(),
            written: String::new(),
        }
    }

    /// Rows ended so far.
    pub fn rows(&self) -> u64 {
        self.raw.rows
    }

    /// The next cell of the row.
    pub fn push(&mut self, text: &str, class: CellClass) -> Result<(), Refusal> {
        if self.row_cells >= caps::COLUMNS {
            return Err(caps::too_large("columns", caps::COLUMNS as u64));
        }
        if text.len() > caps::CELL_BYTES {
            return Err(caps::too_large("cell_bytes", caps::CELL_BYTES as u64));
        }
        self.count(1, text.len())?;
        if !text.is_empty() {
            let tag = self.tag(class);
            let row = self.open.rows;
            self.open.strip(self.row_cells).push(&self.seed, row, text, tag);
        }
        self.row_cells += 1;
        Ok(())
    }

    /// A whole row of cells without class, which stand in `text`.
    pub fn push_row(&mut self, text: &str, cells: &[Span], quote: u8) -> Result<(), Refusal> {
        if cells.len() > caps::COLUMNS {
            return Err(caps::too_large("columns", caps::COLUMNS as u64));
        }
        let row = self.open.rows;
        let mut bytes = 0;
        if let Some(last) = cells.len().checked_sub(1) {
            self.open.strip(last);
        }
        for (strip, &(from, to, inside)) in self.open.strips.iter_mut().zip(cells) {
            if from == to {
                continue;
            }
            if to - from > caps::CELL_BYTES {
                return Err(caps::too_large("cell_bytes", caps::CELL_BYTES as u64));
            }
            bytes += to - from;
            match inside {
                Inside::Plain => strip.push(&self.seed, row, &text[from..to], 0),
                _ => strip.push(&self.seed, row, &inside.read(&text[from..to], quote), 0),
            }
        }
        self.count(cells.len(), bytes)?;
        self.row_cells = cells.len();
        self.end_row()
    }

    /// Rows of as many cells each: one column after the other, so that what is known of a column stays at hand.
    pub fn push_rows(&mut self, rows: Rows<'_>, quote: u8) -> Result<(), Refusal> {
        let columns = rows.columns;
        if columns > caps::COLUMNS {
            return Err(caps::too_large("columns", caps::COLUMNS as u64));
        }
        let mut rows = rows;
        while columns > 0 && rows.len() > 0 {
            if columns > self.open.width {
                self.open.strip(columns - 1);
            }
            let (these, rest) = rows.split(self.open.room());
            rows = rest;
            let row = self.open.rows;
            for (column, strip) in self.open.strips.iter_mut().enumerate().take(columns) {
                push_column(strip, &self.seed, row, these.text, these.column(column), quote)?;
            }
            self.count(these.len() * columns, these.bytes())?;
            self.row_cells = columns;
            self.end_rows(these.len())?;
        }
        Ok(())
    }

    #[inline]
    fn count(&mut self, cells: usize, bytes: usize) -> Result<(), Refusal> {
        self.cells += cells as u64;
        self.text_bytes += bytes as u64;
        self.open.bytes += bytes;
        if self.cells > caps::CELLS {
            return Err(caps::too_large("cells", caps::CELLS));
        }
        if self.text_bytes > caps::TEXT_BYTES {
            return Err(caps::too_large("bytes", caps::TEXT_BYTES));
        }
        Ok(())
    }

    /// The class's place in the palette; the bare class once the palette is full.
    #[inline]
    fn tag(&mut self, class: CellClass) -> u8 {
        if class == CellClass::TEXT { 0 } else { self.tag_of(class) }
    }

    fn tag_of(&mut self, class: CellClass) -> u8 {
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
        self.end_rows(1)
    }

    /// Ends so many rows that have as many cells each, for which there is room in the chunk.
    fn end_rows(&mut self, rows: usize) -> Result<(), Refusal> {
        if self.raw.rows + rows as u64 > caps::ROWS {
            return Err(caps::too_large("rows", caps::ROWS));
        }
        let length = std::mem::take(&mut self.row_cells);
        self.open.end_rows(rows, length as u16);
        self.raw.rows += rows as u64;
        if self.open.is_full() {
            self.close();
        }
        Ok(())
    }

    fn close(&mut self) {
        self.cells += self.open.width as u64 * STRIP_CELLS;
        if self.open.rows > 0 {
            let first = self.raw.rows - self.open.rows as u64;
            self.raw.chunks.push(self.open.finish(first));
        }
    }

    /// Classes that cells will have, so that all who read the same file give them the same places.
    pub fn expect(&mut self, classes: impl Iterator<Item = CellClass>) {
        use super::Stored::{Boolean, Date, DateTime, Error, Number, Time};
        let plain = [Number, Boolean, Date, DateTime, Time, Error].map(CellClass::plain);
        for class in plain.into_iter().chain(classes) {
            self.tag(class);
        }
    }

    /// A row was begun and not ended.
    pub fn has_open_row(&self) -> bool {
        self.row_cells > 0
    }

    /// A cell of the row, in a column after those that it has so far. Empty ones are passed over.
    #[inline]
    pub fn put(&mut self, column: usize, text: &str, class: CellClass) -> Result<(), Refusal> {
        if text.is_empty() {
            return Ok(());
        }
        self.count(column - self.row_cells, 0)?;
        self.row_cells = column;
        self.push(text, class)
    }

    /// The rows so far; the builder begins anew, with all the room that it has.
    pub fn take(&mut self) -> Part {
        if self.row_cells > 0 {
            // Whoever was stopped in the middle of a row has no use for it.
            self.row_cells = 0;
            self.open.end_row(0);
            self.raw.rows += 1;
        }
        self.close();
        Part {
            palette: self.raw.palette.clone(),
            chunks: std::mem::take(&mut self.raw.chunks),
            rows: std::mem::take(&mut self.raw.rows),
            cells: std::mem::take(&mut self.cells),
            text_bytes: std::mem::take(&mut self.text_bytes),
        }
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
        self.count(column - self.row_cells, 0)?;
        self.row_cells = column;
        self.push(text, class)
    }

    /// The same with a text that is written here, without making one of its own for each cell.
    pub fn place_written(
        &mut self,
        row: u64,
        column: usize,
        write: impl FnOnce(&mut String) -> CellClass,
    ) -> Result<(), Refusal> {
        let mut text = std::mem::take(&mut self.written);
        text.clear();
        let class = write(&mut text);
        let placed = self.place(row, column, &text, class);
        self.written = text;
        placed
    }

    /// Adds rows that follow on those of this one.
    pub fn add(&mut self, part: Part) -> Result<(), Refusal> {
        self.close();
        self.cells += part.cells;
        self.text_bytes += part.text_bytes;
        for (what, has, most) in [
            ("cells", self.cells, caps::CELLS),
            ("bytes", self.text_bytes, caps::TEXT_BYTES),
            ("rows", self.raw.rows + part.rows, caps::ROWS),
        ] {
            if has > most {
                return Err(caps::too_large(what, most));
            }
        }
        let tags: Vec<u8> = part.palette.iter().map(|class| self.tag(*class)).collect();
        let moved = tags.iter().enumerate().any(|(place, tag)| usize::from(*tag) != place);
        for mut chunk in part.chunks {
            if moved {
                chunk.strips.iter_mut().flatten().for_each(|strip| strip.rename(&tags));
            }
            chunk.first = self.raw.rows;
            self.raw.rows += chunk.rows as u64;
            self.raw.chunks.push(chunk);
        }
        Ok(())
    }

    /// The finished rows, without blank ones at the end.
    pub fn finish(mut self) -> Result<Raw, Refusal> {
        if self.row_cells > 0 {
            self.end_row()?;
        }
        self.close();
        self.open.strips.iter_mut().for_each(StripBuilder::settle);
        if !self.late.is_empty() {
            return self.finish_with_late();
        }
        let mut raw = self.raw;
        raw.make_index();
        let filled = |row: &u64| raw.row(*row).cells().any(|cell| !cell.is_blank());
        let rows = (0..raw.rows).rev().find(filled).map_or(0, |row| row + 1);
        raw.chunks.retain(|chunk| chunk.first < rows);
        if let Some(last) = raw.chunks.last_mut().filter(|last| last.end() > rows) {
            last.truncate((rows - last.first) as usize);
        }
        raw.rows = rows;
        raw.make_index();
        Ok(raw)
    }

    fn finish_with_late(mut self) -> Result<Raw, Refusal> {
        self.raw.make_index();
        let mut late = std::mem::take(&mut self.late);
        // Stable: of two cells for one place the later one stands, as in Excel.
        late.sort_by_key(|(row, column, _, _)| (*row, *column));
        let mut late = late.into_iter().peekable();
        let mut sorted = RawBuilder::new();
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
    use crate::kinds::money::Currency;
    use crate::raw::Stored;

    const NUMBER: CellClass = CellClass::plain(Stored::Number);

    #[test]
    fn rows_come_back_as_they_were_pushed() {
        let mut builder = RawBuilder::new();
        for row in 0..40_000u32 {
            builder.push(&row.to_string(), CellClass::TEXT).unwrap();
            builder.push("", CellClass::TEXT).unwrap();
            builder.push("ü", CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        assert_eq!(raw.rows(), 40_000);
        for row in [0, 32_767, 32_768, 39_999] {
            assert_eq!(raw.row(row).text(0), row.to_string());
            assert_eq!(raw.row(row).text(1), "");
            assert_eq!(raw.row(row).text(2), "ü");
            assert_eq!(raw.row(row).text(3), "");
            assert_eq!(raw.row(row).len(), 3);
        }
        assert_eq!(raw.row(40_000).len(), 0);
    }

    #[test]
    fn cells_out_of_order_are_sorted_in() {
        let mut builder = RawBuilder::new();
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
        let mut builder = RawBuilder::new();
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
        let mut builder = RawBuilder::new();
        for text in ["x", " ", "\u{a0}"] {
            builder.push(text, CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        assert_eq!(builder.finish().unwrap().rows(), 1);
    }

    #[test]
    fn more_columns_than_excel_has_are_refused() {
        let mut builder = RawBuilder::new();
        let refused = (0..20_000).find_map(|_| builder.push("x", CellClass::TEXT).err());
        assert_eq!(refused.unwrap().code, larder_model::RefusalCode::TooLarge);
    }

    #[test]
    fn a_lonely_cell_far_right_takes_no_more_than_itself() {
        let mut builder = RawBuilder::new();
        for row in 0..100_000u64 {
            builder.place(row, 0, "x", CellClass::TEXT).unwrap();
            if row % 40_000 == 7 {
                builder.place(row, caps::COLUMNS - 1, "far", CellClass::TEXT).unwrap();
            }
        }
        let raw = builder.finish().unwrap();
        assert_eq!((raw.rows(), raw.cell(40_007, caps::COLUMNS - 1).text, raw.row(40_008).len()), (100_000, "far", 1));
        assert!(raw.chunks().iter().all(|chunk| chunk.width() == 1 || chunk.rows().count() <= 16_384));
    }

    #[test]
    fn parts_read_apart_stand_one_after_the_other() {
        let mut whole = RawBuilder::new();
        let mut builder = RawBuilder::new();
        for part in 0..3 {
            for row in 0..20_000 {
                builder.push(&format!("{part}/{}", row % 50), CellClass::TEXT).unwrap();
                builder.end_row().unwrap();
            }
            whole.add(builder.take()).unwrap();
            whole.push("between", CellClass::TEXT).unwrap();
            whole.end_row().unwrap();
        }
        let raw = whole.finish().unwrap();
        assert_eq!(raw.rows(), 60_003);
        for (row, text) in [(0, "0/0"), (20_000, "between"), (20_001, "1/0"), (60_001, "2/49"), (60_002, "between")] {
            assert_eq!(raw.cell(row, 0).text, text);
        }
    }
}
