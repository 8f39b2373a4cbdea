//! Looks up the cells of a column, many at once.

use super::key::{Key, SHORT, ShortSeed, TINY};
use super::place::Column;

/// Slots that a tiny cell is looked for in.
const PROBES: usize = 6;

/// The entries of a column so far, to be looked up.
pub(super) struct Entries<'a> {
    /// Entries at the places of their hashes; 0 is free.
    pub slots: &'a [u16],
    pub keys: &'a [Key],
    pub ends: &'a [u32],
    pub text: &'a [u8],
}

impl Entries<'_> {
    /// Finds cells of one column, as many as are plain, known and of `MOST` bytes at most (short or middle), and puts their entries
    /// into `codes`, where nothing but zeros stands; gives how many these were. Apart from all else, as there is nothing that is
    /// done as often, and apart for columns that have short cells only.
    #[inline(never)]
    pub fn known<const MOST: usize>(&self, seed: ShortSeed, cells: Column<'_>, codes: &mut [u16]) -> usize {
        let all = cells.rows().min(codes.len());
        for ((row, code), place) in codes.iter_mut().enumerate().zip(cells.places()) {
            let Some((from, length)) = place.plain(MOST) else { return row };
            if length == 0 {
                continue;
            }
            let Some(text) = cells.text.get(from..) else { return row };
            let Some(both) = text.first_chunk() else { return row };
            let key = match length {
                ..=SHORT => Key::short(both, length),
                _ => seed.middle(&text[..length], 0),
            };
            let Some(entry) = self.near(seed, key) else { return row };
            if length > SHORT && !self.is(entry, &text[..length]) {
                return row;
            }
            *code = entry;
        }
        all
    }

    /// The entry of a key, where it is at the place of its hash or the next one.
    #[inline(always)]
    fn near(&self, seed: ShortSeed, key: Key) -> Option<u16> {
        let (mask, place) = (self.slots.len() - 1, seed.spread(key));
        let is = |entry: u16| self.keys[usize::from(entry)] == key;
        // The key of the empty cell, which is that of free slots, has no length.
        let entry = self.slots[place & mask];
        if is(entry) {
            return Some(entry);
        }
        Some(self.slots[(place + 1) & mask]).filter(|entry| is(*entry))
    }

    /// Whether an entry is this text, which is not short: what its two ends leave out, they have both.
    #[inline]
    fn is(&self, entry: u16, text: &[u8]) -> bool {
        let entry = usize::from(entry);
        let known = &self.text[self.ends[entry - 1] as usize..self.ends[entry] as usize];
        known.len() == text.len()
            && known.first_chunk::<SHORT>() == text.first_chunk()
            && known.last_chunk::<SHORT>() == text.last_chunk()
    }
}

/// Entries of a column that has tiny ones only and so many of them that they do not stay beside the processor, in as few bytes as
/// can be.
pub(super) struct Many<'a> {
    pub slots: &'a [u16],
    /// Each entry as a number, see [`Key::word`].
    pub words: &'a [u64],
}

impl Many<'_> {
    /// As [`Entries::known`]. Of several cells it is asked where they may be before the first is compared, so that nobody waits for
    /// one after the other.
    #[inline(never)]
    pub fn known(&self, seed: ShortSeed, cells: Column<'_>, codes: &mut [u16]) -> usize {
        /// Cells that are looked for together.
        const AT_ONCE: usize = 32;
        let (mask, text) = (self.slots.len() - 1, cells.text);
        let mut places = cells.first(codes.len()).places();
        let (mut looked, mut row) = ([(0u64, 0usize, 0u16); AT_ONCE], 0);
        loop {
            let mut count = 0;
            for (looked, place) in looked.iter_mut().zip(places.by_ref()) {
                let Some((from, length)) = place.plain(TINY) else { break };
                let Some(bytes) = text.get(from..).and_then(<[u8]>::first_chunk) else { break };
                let key = Key::tiny(bytes, length);
                let (word, slot) = (key.word(), seed.spread(key) & mask);
                let entry = self.slots[slot];
                *looked = (word, slot, if length == 0 { 0 } else { entry });
                if word == 0 && length > 0 {
                    break;
                }
                count += 1;
            }
            for (word, slot, entry) in &looked[..count] {
                let is = |entry: u16| self.words[usize::from(entry)] == *word;
                let entry = match is(*entry) {
                    true => Some(*entry),
                    false => (slot + 1..slot + PROBES).map(|slot| self.slots[slot & mask]).find(|entry| is(*entry)),
                };
                let Some(entry) = entry else { return row };
                codes[row] = entry;
                row += 1;
            }
            if count < AT_ONCE {
                return row;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::filling::{FIRST_LOOK, StripBuilder};
    use crate::raw::{Mark, Rows, Seed, Strip};

    /// The strip of cells that stand in one text, many at once, and how they are cut does not matter.
    fn together(cells: &[String], at_once: usize) -> Option<Strip> {
        let (seed, mut builder) = (Seed::default(), StripBuilder::new(true));
        for (part, cells) in cells.chunks(at_once).enumerate() {
            let mut text = String::from("in front,");
            let mut marks = vec![Mark::before(text.len())];
            for (place, cell) in cells.iter().enumerate() {
                // Some of them have quotes around them.
                let quote = if place % 5 == 3 { "\"" } else { "" };
                text.extend([quote, cell, quote]);
                let mut mark = Mark::at(text.len() as u32);
                if !quote.is_empty() {
                    mark.quoted();
                }
                marks.push(mark);
                text.push(',');
            }
            let all = Rows { text: &text, marks: &marks, columns: 1, stride: 1 }.column(0);
            let mut row = 0;
            while row < cells.len() {
                row += builder.push_plain(&seed, part * at_once + row, all.after(row));
                if let Some(place) = all.after(row).places().next() {
                    let (from, to) = place.span();
                    if from < to {
                        builder.push_from(&seed, part * at_once + row, &text, (from, to), 0);
                    }
                    row += 1;
                }
            }
        }
        builder.finish()
    }

    #[test]
    fn cells_that_are_taken_together_are_those_that_are_taken_one_by_one() {
        let mut state = 5u64;
        let mut next = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        // Texts of all lengths, some of which differ in one letter only; columns that repeat themselves and others.
        for (different, longest) in [(3, 40), (40, 20), (300, 50), (5_000, 33), (1_000_000, 30), (1_000_000, 12)] {
            let cell = |number: u64| match number % 11 {
                0 => String::new(),
                _ => {
                    let length = (number % longest) as usize;
                    let end = format!("{number}");
                    format!(
                        "{}{end}{}",
                        "ü".repeat(length / 3),
                        &"abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmn"[..length]
                    )
                }
            };
            let cells: Vec<String> = (0..9_000).map(|_| cell(next(different))).collect();
            for at_once in [1, 7, 256, 9_000] {
                let strip = together(&cells, at_once).expect("some cell is filled");
                for (row, cell) in cells.iter().enumerate() {
                    assert_eq!(strip.text(strip.entry_of(row)), cell, "row {row} of {different}, {at_once} at once");
                }
                assert_eq!(
                    strip.is_seen(9_000),
                    cells.iter().all(|cell| !cell.is_empty()) && strip.holds_only(b'!'..=b'~')
                );
            }
        }
    }

    #[test]
    fn many_tiny_cells_are_told_apart() {
        let cell = |row: u64| match crate::raw::spread(row) % 8_000 {
            0..100 => String::new(),
            number @ 100..2_000 => format!("{number}\0"),
            number @ 2_000..4_000 => format!("{number:08}"),
            number @ 4_000..4_010 => format!("longer than tiny {number}"),
            number => format!("{number}"),
        };
        for (rows, at_once) in [(9_000, 256), (9_000, 9_000), (30_000, 31), (30_000, 33), (30_000, 1)] {
            let cells: Vec<String> = (0..rows).map(cell).collect();
            let tiny: Vec<String> = cells.iter().filter(|cell| cell.len() <= TINY).cloned().collect();
            for cells in [cells, tiny] {
                let strip = together(&cells, at_once).expect("some cell is filled");
                for (row, cell) in cells.iter().enumerate() {
                    assert_eq!(strip.text(strip.entry_of(row)), cell, "row {row}, {at_once} at once");
                }
            }
        }
    }

    #[test]
    fn an_empty_cell_where_a_column_is_looked_at_is_an_empty_cell() {
        for empty in FIRST_LOOK - 3..FIRST_LOOK + 3 {
            for length in [1, 2, 100] {
                let is_empty = |row: &usize| (empty..empty + length).contains(row);
                let text = |row: usize| if is_empty(&row) { String::new() } else { format!("Shop {}", row % 7) };
                let cells: Vec<String> = (0..5_000).map(text).collect();
                let strip = together(&cells, 256).expect("some cell is filled");
                assert!((0..5_000).all(|row| strip.text(strip.entry_of(row)) == cells[row]));
                assert!(!strip.is_seen(5_000) && strip.is_shared());
            }
        }
    }
}
