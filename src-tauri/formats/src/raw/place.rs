//! Where the cells of rows stand in the text of a file: at which bytes they end.

use crate::text::records::Inside;

/// The end of a cell in a text: the separator or line end behind it. In its highest bits it says whether quotes stand around the cell.
/// A cell begins behind the mark in front of it, so cells that follow each other need one mark each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mark(u32);

impl Mark {
    /// Texts that are shorter can have marks.
    pub const TEXT_BYTES: usize = 1 << 30;
    const PLACE: u32 = (Mark::TEXT_BYTES - 1) as u32;
    const QUOTED: u32 = 1 << 30;
    const DOUBLED: u32 = 1 << 31;

    /// A mark in front of the first cell of a text, or of a row.
    #[inline]
    pub fn before(start: usize) -> Mark {
        Mark((start as u32).wrapping_sub(1) & Mark::PLACE)
    }

    /// The mark at this byte.
    #[inline]
    pub fn at(place: u32) -> Mark {
        Mark(place)
    }

    /// Whether it stands at this byte.
    #[inline]
    pub fn is_at(self, place: u32) -> bool {
        self.0 & Mark::PLACE == place
    }

    /// The cell that it ends is quoted.
    #[inline]
    pub fn quoted(&mut self) {
        self.0 |= Mark::QUOTED;
    }

    /// There are doubled quotes in the cell that it ends, which is quoted.
    #[inline]
    pub fn doubled(&mut self) {
        self.0 |= Mark::DOUBLED;
    }

    /// Where what follows it begins.
    #[inline]
    pub fn behind(self) -> usize {
        (self.0.wrapping_add(1) & Mark::PLACE) as usize
    }
}

/// Where a cell stands in a text, and what has to be done to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    from: u32,
    end: Mark,
}

impl Place {
    /// The cell between two marks.
    #[inline]
    pub fn between(before: Mark, end: Mark) -> Place {
        Place { from: before.behind() as u32, end }
    }

    /// From here to there, without the quotes around it.
    #[inline]
    pub fn span(self) -> (usize, usize) {
        let (from, to) = (self.from as usize, (self.end.0 & Mark::PLACE) as usize);
        if self.end.0 & Mark::QUOTED == 0 { (from, to) } else { (from + 1, to - 1) }
    }

    /// Where a cell of at most so many bytes begins and how many it has; none where something has to be done to it.
    #[inline]
    pub fn plain(self, most: usize) -> Option<(usize, usize)> {
        // A cell with quotes around it seems to be a very long one.
        let length = self.end.0.wrapping_sub(self.from) as usize;
        if length <= most {
            return Some((self.from as usize, length));
        }
        let (from, to) = self.span();
        (self.inside() == Inside::Plain && to - from <= most).then_some((from, to - from))
    }

    #[inline]
    pub fn inside(self) -> Inside {
        if self.end.0 & Mark::DOUBLED == 0 { Inside::Plain } else { Inside::Doubled }
    }
}

/// Rows that follow each other in a text, with as many cells each: the mark in front of the first cell, and then that of each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub text: &'a str,
    pub marks: &'a [Mark],
    pub columns: usize,
    /// Marks of a row: one more than it has cells where two bytes end a line.
    pub stride: usize,
}

impl<'a> Rows<'a> {
    pub fn len(self) -> usize {
        self.marks.len().saturating_sub(1) / self.stride.max(1)
    }

    /// Bytes that they take in the text.
    pub fn bytes(self) -> usize {
        let ends = self.marks.first().zip(self.marks.last());
        ends.map_or(0, |(before, last)| last.behind().saturating_sub(before.behind()))
    }

    /// So many of them at most, and the others.
    pub fn split(self, rows: usize) -> (Rows<'a>, Rows<'a>) {
        let on = rows.min(self.len()) * self.stride;
        (Rows { marks: &self.marks[..=on], ..self }, Rows { marks: &self.marks[on..], ..self })
    }

    /// The cells of one column.
    pub fn column(self, column: usize) -> Column<'a> {
        Column { text: self.text.as_bytes(), marks: &self.marks[column..], stride: self.stride, rows: self.len() }
    }
}

/// The cells of one column in rows that follow each other, and the text that they stand in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column<'a> {
    pub text: &'a [u8],
    /// The mark in front of its first cell, and those from there on.
    marks: &'a [Mark],
    stride: usize,
    rows: usize,
}

impl<'a> Column<'a> {
    pub fn rows(self) -> usize {
        self.rows
    }

    /// Its cells.
    #[inline]
    pub fn places(self) -> impl Iterator<Item = Place> + 'a {
        let mut rest = self.marks;
        (0..self.rows).map_while(move |_| {
            let [before, end, ..] = rest else { return None };
            rest = rest.get(self.stride..).unwrap_or_default();
            Some(Place::between(*before, *end))
        })
    }

    /// So many rows at most.
    pub fn first(self, rows: usize) -> Column<'a> {
        Column { rows: self.rows.min(rows), ..self }
    }

    /// Without so many rows.
    pub fn after(self, rows: usize) -> Column<'a> {
        let rows = rows.min(self.rows);
        Column { marks: self.marks.get(rows * self.stride..).unwrap_or_default(), rows: self.rows - rows, ..self }
    }
}
