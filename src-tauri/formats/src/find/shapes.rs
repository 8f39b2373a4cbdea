//! Rows in short: how many cells of them are filled, and from where to where. Nearly all rows of a chunk are of a few kinds, which
//! are kept once: what is asked about rows is asked about these.

use std::ops::{Index, Range};

use larder_tables::parallel;

use crate::raw::{Chunk, Known, OfWords, Raw, Strip, is_blank};

/// A row in short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The first cell with anything in it.
    pub first: u16,
    /// One beyond the last.
    pub end: u16,
    pub filled: u16,
}

impl Shape {
    pub fn is_blank(&self) -> bool {
        self.filled == 0
    }

    /// With one more filled cell, which may be anywhere.
    fn with(self, column: u16) -> Shape {
        let (first, end) = if self.is_blank() { (column, column + 1) } else { (self.first, self.end) };
        Shape { first: first.min(column), end: end.max(column + 1), filled: self.filled + 1 }
    }
}

/// Columns of a chunk that are filled in some rows only, of which all patterns have places.
const FEW: usize = 8;

/// Which kind each row of a chunk is.
#[derive(Debug)]
enum Kinds {
    /// All are of the first.
    One,
    Few(Vec<u8>),
    /// Each row has its own.
    Each,
}

/// The rows of a chunk.
#[derive(Debug)]
struct Part {
    rows: Range<u64>,
    shapes: Vec<Shape>,
    /// Which of the shapes some row has.
    met: Vec<bool>,
    kinds: Kinds,
}

impl Part {
    fn of(chunk: &Chunk, blanks: &OfWords<'_, Vec<bool>>) -> Part {
        let rows = chunk.rows();
        let count = rows.end - rows.start;
        // Most columns of most tables: every row has something there.
        let (mut all, mut others) = (Shape::default(), Vec::new());
        for (column, strip) in (0..chunk.width()).filter_map(|column| Some((column as u16, chunk.strip(column)?))) {
            match strip.is_seen(count as usize) {
                true => all = all.with(column),
                false => others.push((column, Blanks::of(strip, usize::from(column), blanks))),
            }
        }
        match others.len() {
            0 => Part { rows, shapes: vec![all], met: vec![true], kinds: Kinds::One },
            1..=FEW => Part::of_patterns(rows, all, &others),
            _ => Part::of_rows(rows, all, &others),
        }
    }

    /// A row is told by which of the other columns it has filled: one bit each.
    fn of_patterns(rows: Range<u64>, all: Shape, others: &[(u16, Blanks<'_>)]) -> Part {
        let mut kinds = vec![0u8; (rows.end - rows.start) as usize];
        for (place, (_, blanks)) in others.iter().enumerate() {
            blanks.zip(&mut kinds, |kind, blank| *kind |= u8::from(!blank) << place);
        }
        let shape = |pattern: usize| {
            let set = others.iter().enumerate().filter(|(place, _)| pattern >> place & 1 == 1);
            set.fold(all, |shape, (_, (column, _))| shape.with(*column))
        };
        let shapes: Vec<Shape> = (0..1 << others.len()).map(shape).collect();
        let mut met = vec![false; shapes.len()];
        kinds.iter().for_each(|kind| met[usize::from(*kind)] = true);
        Part { rows, shapes, met, kinds: Kinds::Few(kinds) }
    }

    fn of_rows(rows: Range<u64>, all: Shape, others: &[(u16, Blanks<'_>)]) -> Part {
        let mut shapes = vec![all; (rows.end - rows.start) as usize];
        for (column, blanks) in others {
            blanks.zip(&mut shapes, |shape, blank| {
                if !blank {
                    *shape = shape.with(*column);
                }
            });
        }
        let met = vec![true; shapes.len()];
        Part { rows, shapes, met, kinds: Kinds::Each }
    }

    #[inline]
    fn at(&self, row: u64) -> &Shape {
        let within = (row - self.rows.start) as usize;
        match &self.kinds {
            Kinds::One => &self.shapes[0],
            Kinds::Few(kinds) => &self.shapes[usize::from(kinds[within])],
            Kinds::Each => &self.shapes[within],
        }
    }

    /// Shapes that these of its rows have, each at least once; maybe those of others.
    fn shapes(&self, rows: &Range<u64>) -> impl Iterator<Item = Shape> + '_ {
        let rows = rows.start.max(self.rows.start)..rows.end.min(self.rows.end);
        // Of all rows those that were met are told; of some, each row's own.
        let (whole, some) = if rows == self.rows { (self.shapes.len(), 0..0) } else { (0, rows) };
        let met = self.shapes[..whole].iter().zip(&self.met).filter(|(_, met)| **met).map(|(shape, _)| *shape);
        met.chain(some.map(|row| *self.at(row)))
    }
}

/// A column of a chunk, and which of its cells are blank.
struct Blanks<'a>(&'a Strip, Known<'a, bool>);

impl<'a> Blanks<'a> {
    fn of(strip: &'a Strip, column: usize, words: &'a OfWords<'_, Vec<bool>>) -> Blanks<'a> {
        Blanks(strip, Known::of(strip, words.get(column, strip), |entry| is_blank(strip.text(entry))))
    }

    /// Goes through its rows and what stands for them.
    #[inline]
    fn zip<T>(&self, into: &mut [T], with: impl FnMut(&mut T, bool)) {
        let Blanks(strip, known) = self;
        known.zip(strip, 0..into.len(), into, |entry| is_blank(strip.text(entry)), with);
    }
}

/// All rows of a sheet in short.
#[derive(Debug)]
pub(crate) struct Shapes {
    parts: Vec<Part>,
}

impl Shapes {
    /// Looks at all rows.
    pub fn of(raw: &Raw) -> Shapes {
        let chunks = raw.chunks();
        let width = chunks.iter().map(Chunk::width).max().unwrap_or(0);
        let blanks = OfWords::of(chunks.iter(), 0..width, &|_, common| common.texts().map(is_blank).collect());
        Shapes { parts: parallel::each(chunks.len(), &|place| Part::of(&chunks[place], &blanks)) }
    }

    /// Rows.
    pub fn len(&self) -> u64 {
        self.parts.last().map_or(0, |part| part.rows.end)
    }

    #[inline]
    pub fn get(&self, row: u64) -> Option<&Shape> {
        let part = self.parts.partition_point(|part| part.rows.end <= row);
        self.parts.get(part).map(|part| part.at(row))
    }

    /// The parts with any of these rows.
    fn within(&self, rows: &Range<u64>) -> &[Part] {
        let first = self.parts.partition_point(|part| part.rows.end <= rows.start);
        let end = self.parts.partition_point(|part| part.rows.start < rows.end).max(first);
        &self.parts[first..end]
    }

    /// Whether each of these rows has such a shape; nothing where it is known that none has.
    pub fn marks(&self, rows: &Range<u64>, is: &(dyn Fn(&Shape) -> bool + Sync)) -> Option<Vec<bool>> {
        let parts = self.within(rows);
        let any = parts.iter().any(|part| part.shapes(rows).any(|shape| is(&shape)));
        any.then(|| {
            let these = |part: &Part| rows.start.max(part.rows.start)..rows.end.min(part.rows.end);
            parts.iter().flat_map(|part| these(part).map(|row| is(part.at(row)))).collect()
        })
    }

    /// Which of these rows have such a shape, in order.
    pub fn like(&self, rows: Range<u64>, is: &(dyn Fn(&Shape) -> bool + Sync)) -> Vec<u64> {
        let mut like = Vec::new();
        for part in self.within(&rows) {
            if part.shapes(&rows).any(|shape| is(&shape)) {
                let these = rows.start.max(part.rows.start)..rows.end.min(part.rows.end);
                like.extend(these.filter(|row| is(part.at(*row))));
            }
        }
        like
    }

    /// The first filled column of any of these rows, one beyond the last, and the most that one of them has filled.
    pub fn widest(&self, rows: &Range<u64>) -> Shape {
        let shapes = self.within(rows).iter().flat_map(|part| part.shapes(rows)).filter(|shape| !shape.is_blank());
        let widest = |a: Option<Shape>, b: Shape| {
            let a = a.unwrap_or(b);
            Some(Shape { first: a.first.min(b.first), end: a.end.max(b.end), filled: a.filled.max(b.filled) })
        };
        shapes.fold(None, widest).unwrap_or_default()
    }

    /// Whether some row has cells on both sides of this column, or in it.
    pub fn reach(&self, column: usize) -> bool {
        let reaches = |shape: &Shape| (usize::from(shape.first)..usize::from(shape.end)).contains(&column);
        self.parts.iter().flat_map(|part| part.shapes(&part.rows)).any(|shape| reaches(&shape))
    }
}

impl Index<u64> for Shapes {
    type Output = Shape;

    /// # Panics
    /// Beyond the last row.
    #[inline]
    fn index(&self, row: u64) -> &Shape {
        self.get(row).expect("a row of the sheet")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::{CellClass, RawBuilder};

    /// Rows of which the first columns are always filled, all others now and then; the last row ends the chunk's likeness.
    fn sheet(full: u64, columns: u64) -> Raw {
        let mut state = 3u64;
        let mut next = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut builder = RawBuilder::new();
        for row in 0..70_000u64 {
            for column in 0..columns {
                let text = match next(6) {
                    _ if column < full && column == 1 => format!("R-{row}"),
                    _ if column < full => "x".to_owned(),
                    0 => " ".to_owned(),
                    1 | 2 => String::new(),
                    other => other.to_string(),
                };
                builder.push(&text, CellClass::TEXT).expect("small");
            }
            builder.end_row().expect("few");
        }
        builder.push("the end", CellClass::TEXT).expect("small");
        builder.finish().expect("small")
    }

    #[test]
    fn a_row_in_short_says_what_its_cells_say() {
        for (full, columns) in [(0, 5), (1, 5), (4, 5), (5, 5), (0, 3), (2, 14)] {
            let raw = sheet(full, columns);
            let shapes = Shapes::of(&raw);
            assert_eq!(shapes.len(), raw.rows());
            for row in 0..raw.rows() {
                let filled: Vec<u16> = (0..columns as usize)
                    .filter(|column| !raw.cell(row, *column).is_blank())
                    .map(|column| column as u16)
                    .collect();
                let end = filled.last().map_or(0, |last| last + 1);
                let wanted = Shape { first: filled.first().copied().unwrap_or(0), end, filled: filled.len() as u16 };
                assert_eq!(shapes[row], wanted, "row {row}, {full} columns of {columns} are full");
            }
            assert_eq!(shapes.get(raw.rows()), None);
        }
    }

    #[test]
    fn what_is_asked_about_rows_is_true_of_each() {
        for (full, columns) in [(0, 3), (1, 5), (5, 5), (2, 14)] {
            let raw = sheet(full, columns);
            let shapes = Shapes::of(&raw);
            let odd = |shape: &Shape| shape.filled % 3 == 1;
            for rows in [0..raw.rows(), 5..6, 30_000..40_000, 32_768..65_536, 9..9, 69_999..raw.rows()] {
                let wanted: Vec<u64> = rows.clone().filter(|row| odd(&shapes[*row])).collect();
                assert_eq!(shapes.like(rows.clone(), &odd), wanted, "{rows:?} of {columns}");
                let marks = shapes.marks(&rows, &odd);
                let marked =
                    marks.as_ref().map(|marks| rows.clone().zip(marks).filter(|(_, m)| **m).map(|(row, _)| row));
                assert_eq!(marked.map_or_else(Vec::new, Iterator::collect), wanted, "{rows:?} of {columns}");
                let filled = || rows.clone().map(|row| shapes[row]).filter(|shape| !shape.is_blank());
                let widest = Shape {
                    first: filled().map(|shape| shape.first).min().unwrap_or(0),
                    end: filled().map(|shape| shape.end).max().unwrap_or(0),
                    filled: filled().map(|shape| shape.filled).max().unwrap_or(0),
                };
                assert_eq!(shapes.widest(&rows), widest, "{rows:?} of {columns}");
            }
            assert!(shapes.reach(0) && shapes.reach(columns as usize - 1) && !shapes.reach(columns as usize));
        }
    }

    #[test]
    fn an_empty_sheet_has_no_rows() {
        let raw = RawBuilder::new().finish().expect("nothing");
        let shapes = Shapes::of(&raw);
        assert_eq!((shapes.len(), shapes.widest(&(0..0)), shapes.like(0..0, &|_| true)), (0, Shape::default(), vec![]));
    }
}
