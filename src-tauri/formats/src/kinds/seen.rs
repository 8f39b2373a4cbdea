//! Which line each text of a column has, of as many texts as there are.

use super::column::ByHash;

/// The line of every text so far, by their hashes: of these the upper bits, and the line below them, so that one look tells both.
/// Of five million texts two are taken for one once in some thousand columns.
pub(super) struct Seen {
    /// 0 is a free place; a hash without any bit above is taken for another.
    slots: Vec<u64>,
    count: usize,
    /// Of hashes whose lines are more than a few.
    lines: ByHash<u16>,
}

/// Bits of a line.
const LINE_BITS: u32 = 8;
/// The line of those that stand elsewhere.
const ELSEWHERE: u64 = (1 << LINE_BITS) - 1;

impl Default for Seen {
    fn default() -> Seen {
        Seen { slots: vec![0; 64], count: 0, lines: ByHash::default() }
    }
}

impl Seen {
    /// What is kept of a hash.
    #[inline]
    fn upper(hash: u64) -> u64 {
        (hash >> LINE_BITS).max(1)
    }

    /// The place of what is kept of a hash, or the free one where it belongs.
    #[inline]
    fn place(&self, upper: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut place = upper as usize & mask;
        while self.slots[place] != 0 && self.slots[place] >> LINE_BITS != upper {
            place = (place + 1) & mask;
        }
        place
    }

    /// Whatever stands where a hash belongs.
    #[inline]
    pub fn near(&self, hash: u64) -> u64 {
        self.slots[Seen::upper(hash) as usize & (self.slots.len() - 1)]
    }

    #[inline]
    pub fn get(&self, hash: u64) -> Option<u16> {
        let upper = Seen::upper(hash);
        match self.slots[self.place(upper)] {
            0 => None,
            slot if slot & ELSEWHERE == ELSEWHERE => self.lines.get(&upper).copied(),
            slot => Some((slot & ELSEWHERE) as u16),
        }
    }

    pub fn insert(&mut self, hash: u64, line: u16) {
        self.keep(Seen::upper(hash), line);
    }

    fn keep(&mut self, upper: u64, line: u16) {
        let place = self.place(upper);
        if u64::from(line) >= ELSEWHERE {
            self.lines.insert(upper, line);
        }
        self.slots[place] = upper << LINE_BITS | u64::from(line).min(ELSEWHERE);
        self.count += 1;
        self.make_room(1);
    }

    /// Room for so many more.
    #[inline]
    fn make_room(&mut self, more: usize) {
        if (self.count + more) * 4 > self.slots.len() * 3 {
            self.grow((self.count + more) * 4 / 3);
        }
    }

    #[inline(never)]
    fn grow(&mut self, places: usize) {
        let size = (places + 1).next_power_of_two().max(self.slots.len() * 2);
        for slot in std::mem::replace(&mut self.slots, vec![0; size]).into_iter().filter(|slot| *slot != 0) {
            let place = self.place(slot >> LINE_BITS);
            self.slots[place] = slot;
        }
    }

    /// Adds what was seen elsewhere, where the lines are others; gives the line of each that was not seen here.
    pub fn join(&mut self, later: Seen, lines: &[u16], mut new: impl FnMut(u16)) {
        // They come in the order of their places: in a smaller table all of them would crowd at its front.
        self.make_room(later.count);
        for slot in later.slots.into_iter().filter(|slot| *slot != 0) {
            let upper = slot >> LINE_BITS;
            if self.slots[self.place(upper)] != 0 {
                continue;
            }
            let line = match slot & ELSEWHERE {
                ELSEWHERE => later.lines.get(&upper).copied().unwrap_or_default(),
                line => line as u16,
            };
            let line = lines[usize::from(line)];
            self.keep(upper, line);
            new(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::Seed;

    #[test]
    fn many_texts_put_together_are_found_near_their_places() {
        let seed = Seed::default();
        let of = |texts: std::ops::Range<u32>| {
            let mut seen = Seen::default();
            texts.for_each(|text| seen.insert(seed.hash_of(&text.to_string()), 0));
            seen
        };
        let (mut all, mut new) = (of(0..100_000), 0);
        // In the order of their places, which are those of a table as large.
        all.join(of(60_000..250_000), &[0], |_| new += 1);
        assert_eq!((all.count, new), (250_000, 150_000));
        let mask = all.slots.len() - 1;
        let far = all.slots.iter().enumerate().filter(|(_, slot)| **slot != 0);
        let far = far.map(|(place, slot)| place.wrapping_sub((slot >> LINE_BITS) as usize) & mask);
        assert!(far.max().is_some_and(|far| far < 1_000), "texts crowd at one place");
    }
}
