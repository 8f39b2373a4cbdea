//! Where the cells of a row stand in the text of a file.

use crate::text::records::Inside;

/// Where a cell stands in a text, and what has to be done to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    from: u32,
    /// Its end, and in the highest bits what has to be done to it.
    to: u32,
}

impl Place {
    /// Texts that are shorter can have places.
    pub const TEXT_BYTES: usize = 1 << 30;

    /// A cell of a text that can have places.
    #[inline]
    pub fn new(from: usize, to: usize, inside: Inside) -> Place {
        debug_assert!(to < Place::TEXT_BYTES);
        Place { from: from as u32, to: to as u32 | (inside as u32) << 30 }
    }

    /// From here to there.
    #[inline]
    pub fn span(self) -> (usize, usize) {
        (self.from as usize, (self.to & (Place::TEXT_BYTES as u32 - 1)) as usize)
    }

    /// Where a cell of at most so many bytes begins and how many it has; none where something has to be done to it.
    #[inline]
    pub fn plain(self, most: usize) -> Option<(usize, usize)> {
        // What has to be done stands in the highest bits: such a cell seems to be a very long one.
        let length = self.to.wrapping_sub(self.from) as usize;
        (length <= most).then_some((self.from as usize, length))
    }

    #[inline]
    pub fn inside(self) -> Inside {
        match self.to >> 30 {
            0 => Inside::Plain,
            1 => Inside::Doubled,
            _ => Inside::Escaped,
        }
    }
}

/// The cells of one column in rows that follow each other, and the text that they stand in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column<'a> {
    pub text: &'a [u8],
    /// Those of whole rows.
    pub cells: &'a [Place],
    /// How many a row has, and which of them it is.
    pub columns: usize,
    pub column: usize,
}

impl<'a> Column<'a> {
    /// Rows.
    pub fn rows(self) -> usize {
        self.cells.len() / self.columns.max(1)
    }

    /// Its cells.
    #[inline]
    pub fn places(self) -> impl Iterator<Item = Place> + 'a {
        self.cells.chunks_exact(self.columns.max(1)).map(move |row| row[self.column])
    }

    /// So many rows at most.
    pub fn first(self, rows: usize) -> Column<'a> {
        Column { cells: self.cells.get(..rows.saturating_mul(self.columns)).unwrap_or(self.cells), ..self }
    }

    /// Without so many rows.
    pub fn after(self, rows: usize) -> Column<'a> {
        Column { cells: self.cells.get(rows * self.columns..).unwrap_or_default(), ..self }
    }
}
