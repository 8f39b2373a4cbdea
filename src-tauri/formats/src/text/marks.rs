//! Where separators, quotes and line ends stand in a text, found 64 bytes at a time. Asking for one after the other (as `memchr`
//! does) costs more than the cells themselves, which have some eight letters.

use wide::u8x16;

/// Bytes that are looked at together.
const STEP: usize = 64;

/// Finds marks from front to end.
pub(crate) struct Marks<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    quote: u8,
    /// Where the bytes begin that `mask` tells of.
    base: usize,
    /// A bit for each of them that is a mark and was not given out yet.
    mask: u64,
}

impl<'a> Marks<'a> {
    pub fn new(bytes: &'a [u8], delimiter: u8, quote: u8) -> Marks<'a> {
        let mut marks = Marks { bytes, delimiter, quote, base: 0, mask: 0 };
        marks.look();
        marks
    }

    /// The place of the next mark; none at the end.
    #[inline(always)]
    pub fn next(&mut self) -> Option<usize> {
        while self.mask == 0 {
            if self.bytes.len() - self.base <= STEP {
                return None;
            }
            self.base += STEP;
            self.look();
        }
        let place = self.base + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(place)
    }

    /// Goes on from this place, which is not before what was given out last.
    pub fn skip_to(&mut self, place: usize) {
        if place >= self.base + STEP {
            self.base = (place / STEP * STEP).min(self.bytes.len() / STEP * STEP);
            self.look();
        }
        if place > self.base {
            let gone = (place - self.base).min(STEP);
            self.mask &= if gone == STEP { 0 } else { u64::MAX << gone };
        }
    }

    #[inline(always)]
    fn look(&mut self) {
        self.mask = marks_in(&self.bytes[self.base..], self.delimiter, self.quote);
    }
}

/// A bit for each of the first bytes that is a mark. Not part of whoever goes from mark to mark, so that what they know stays at hand.
#[inline(never)]
fn marks_in(bytes: &[u8], delimiter: u8, quote: u8) -> u64 {
    match bytes.first_chunk::<STEP>() {
        Some(block) => marks_of(block, delimiter, quote),
        None => {
            // Line ends and the like are never zero.
            let mut block = [0; STEP];
            block[..bytes.len()].copy_from_slice(bytes);
            marks_of(&block, delimiter, quote)
        }
    }
}

#[inline]
fn marks_of(block: &[u8; STEP], delimiter: u8, quote: u8) -> u64 {
    let marks = [delimiter, quote, b'\n', b'\r'].map(u8x16::splat);
    let mut mask = 0;
    for (place, part) in block.as_chunks::<16>().0.iter().enumerate() {
        let part = u8x16::new(*part);
        let hits = marks.iter().fold(u8x16::ZERO, |hits, mark| hits | part.simd_eq(*mark));
        mask |= u64::from(hits.to_bitmask()) << (16 * place);
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_found_once_in_order() {
        for length in [0, 1, 7, 63, 64, 65, 128, 300] {
            let text: Vec<u8> = (0..length).map(|n| b"ab,c\"d\r\nxyz"[n * n % 11]).collect();
            let wanted: Vec<usize> = (0..length).filter(|n| b",\"\r\n".contains(&text[*n])).collect();
            let mut marks = Marks::new(&text, b',', b'"');
            let found: Vec<usize> = std::iter::from_fn(|| marks.next()).collect();
            assert_eq!(found, wanted, "{length}");
            for from in 0..=length {
                let mut marks = Marks::new(&text, b',', b'"');
                marks.skip_to(from);
                let found: Vec<usize> = std::iter::from_fn(|| marks.next()).collect();
                assert_eq!(found, wanted.iter().copied().filter(|n| *n >= from).collect::<Vec<_>>(), "{length} {from}");
            }
        }
    }
}
