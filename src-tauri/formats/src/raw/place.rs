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

    #[inline]
    pub fn is_plain(self) -> bool {
        self.to < Place::TEXT_BYTES as u32
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
