//! The cells of one column over the rows of one chunk: each different cell once, and for every row which of them it is.
//! Offices repeat themselves (the same shops, products, days), so most columns take two bytes a cell, and whatever is asked about
//! cells is asked once for each different one. Columns that hardly repeat (receipt numbers) keep their cells in order instead.

use std::ops::Range;

use super::key::{Key, SHORT, Seed};
use super::place::Place;
use super::{Cell, CellClass, NOTHING, is_blank};

/// Rows after which it is looked for the first time whether a column repeats itself; doubled from there on.
const FIRST_LOOK: usize = 2_048;
/// Slots of the smallest table of entries.
const LEAST_SLOTS: usize = 32;
/// Entries looked at for one cell; whoever made their hashes meet gets a column that is kept in order.
const PROBES: usize = 24;
/// Which entry a row is.
#[derive(Debug, Clone)]
enum Codes {
    /// The rows' cells stand in order, the first at entry 1.
    InOrder,
    Few(Vec<u8>),
    Many(Vec<u16>),
}

/// One column of a chunk. Rows count from 0 inside the chunk; entry 0 is the empty cell.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    /// The first row that has an entry; those before are empty.
    start: usize,
    text: String,
    /// End of each entry in `text`.
    ends: Vec<u32>,
    /// Place of each entry's class in the palette; none for text files.
    tags: Vec<u8>,
    codes: Codes,
}

impl Strip {
    /// Different cells, the empty one included; of a column in order, all of them.
    pub fn entries(&self) -> usize {
        self.ends.len()
    }

    /// True where rows share entries.
    pub fn is_shared(&self) -> bool {
        !matches!(self.codes, Codes::InOrder)
    }

    #[inline]
    pub fn text(&self, entry: usize) -> &str {
        match entry {
            0 => "",
            _ => &self.text[self.ends[entry - 1] as usize..self.ends[entry] as usize],
        }
    }

    #[inline]
    pub fn cell<'a>(&'a self, entry: usize, palette: &[CellClass]) -> Cell<'a> {
        if entry == 0 {
            return NOTHING;
        }
        let class = match self.tags.get(entry) {
            Some(&tag) => palette.get(usize::from(tag)).copied().unwrap_or(CellClass::TEXT),
            None => CellClass::TEXT,
        };
        Cell { text: self.text(entry), class }
    }

    /// Which entry a row is.
    #[inline]
    pub fn entry_of(&self, row: usize) -> usize {
        let Some(row) = row.checked_sub(self.start) else { return 0 };
        match &self.codes {
            Codes::InOrder if row + 1 < self.ends.len() => row + 1,
            Codes::InOrder => 0,
            Codes::Few(codes) => codes.get(row).map_or(0, |code| usize::from(*code)),
            Codes::Many(codes) => codes.get(row).map_or(0, |code| usize::from(*code)),
        }
    }

    /// Calls with each of these rows and its entry, in order.
    #[inline]
    pub fn each(&self, rows: Range<usize>, mut with: impl FnMut(usize, usize)) {
        let known = match &self.codes {
            Codes::InOrder => self.ends.len() - 1,
            Codes::Few(codes) => codes.len(),
            Codes::Many(codes) => codes.len(),
        };
        let begin = rows.start.max(self.start).min(rows.end);
        let end = rows.end.min(self.start + known).max(begin);
        let within = begin - self.start.min(begin)..end - self.start.min(end);
        for row in rows.start..begin {
            with(row, 0);
        }
        match &self.codes {
            Codes::InOrder => (begin..end).for_each(|row| with(row, row - self.start + 1)),
            Codes::Few(codes) => {
                let codes = codes.get(within).unwrap_or_default();
                (begin..end).zip(codes).for_each(|(row, code)| with(row, usize::from(*code)));
            }
            Codes::Many(codes) => {
                let codes = codes.get(within).unwrap_or_default();
                (begin..end).zip(codes).for_each(|(row, code)| with(row, usize::from(*code)));
            }
        }
        for row in end..rows.end {
            with(row, 0);
        }
    }

    /// Adds the entry of each of these rows, which share them.
    pub fn entries_of(&self, rows: Range<usize>, into: &mut Vec<u16>) {
        let codes = rows.start.wrapping_sub(self.start)..rows.end.wrapping_sub(self.start);
        match &self.codes {
            Codes::Few(few) if few.get(codes.clone()).is_some() => {
                into.extend(few[codes].iter().map(|c| u16::from(*c)))
            }
            Codes::Many(many) if many.get(codes.clone()).is_some() => into.extend_from_slice(&many[codes]),
            _ => self.each(rows, |_, entry| into.push(entry as u16)),
        }
    }

    /// Calls with each of `into`, which stand for these rows in order, and the row's entry.
    #[inline]
    pub fn zip<T>(&self, rows: Range<usize>, into: &mut [T], mut with: impl FnMut(&mut T, usize)) {
        debug_assert_eq!(rows.len(), into.len());
        let mut into = into.iter_mut();
        self.each(rows, |_, entry| {
            if let Some(next) = into.next() {
                with(next, entry);
            }
        });
    }

    /// Whether each of so many rows has an entry of its own.
    pub fn is_full(&self, rows: usize) -> bool {
        self.start == 0
            && match &self.codes {
                Codes::InOrder => self.ends.len() > rows && self.ends.windows(2).all(|pair| pair[0] < pair[1]),
                Codes::Few(codes) => codes.len() >= rows && !codes.contains(&0),
                Codes::Many(codes) => codes.len() >= rows && !codes.contains(&0),
            }
    }

    /// Whether each entry is blank.
    pub fn blanks(&self) -> Vec<bool> {
        (0..self.entries()).map(|entry| is_blank(self.text(entry))).collect()
    }

    /// Nothing but ASCII in it.
    pub fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }

    /// Gives each class the place that it has in another palette.
    pub fn rename(&mut self, tags: &[u8]) {
        for tag in &mut self.tags {
            *tag = tags.get(usize::from(*tag)).copied().unwrap_or(0);
        }
    }

    /// Forgets the rows from this one on.
    pub fn truncate(&mut self, rows: usize) {
        let kept = rows.saturating_sub(self.start);
        match &mut self.codes {
            Codes::Few(codes) => codes.truncate(kept),
            Codes::Many(codes) => codes.truncate(kept),
            Codes::InOrder => {
                self.ends.truncate(kept + 1);
                self.tags.truncate(if self.tags.is_empty() { 0 } else { kept + 1 });
                self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
            }
        }
    }
}

/// Chunks in which a column that did not repeat itself is kept in order without another look.
const IN_ORDER_CHUNKS: u8 = 8;

/// Fills the strips of one column, chunk by chunk.
#[derive(Debug)]
pub(crate) struct StripBuilder {
    /// The first row with a cell; none so far.
    start: Option<usize>,
    text: String,
    ends: Vec<u32>,
    tags: Vec<u8>,
    codes: Vec<u16>,
    in_order: bool,
    keys: Vec<Key>,
    /// Entries at the places of their hashes; 0 is free.
    slots: Vec<u16>,
    /// Rows at which it is looked whether the column repeats itself.
    look_at: usize,
    /// Chunks for which it was seen that it does not.
    in_order_for: u8,
}

impl StripBuilder {
    pub fn new() -> StripBuilder {
        StripBuilder {
            start: None,
            text: String::new(),
            ends: vec![0],
            tags: Vec::new(),
            codes: Vec::new(),
            in_order: false,
            keys: vec![Key::default()],
            slots: vec![0; LEAST_SLOTS],
            look_at: FIRST_LOOK,
            in_order_for: 0,
        }
    }

    fn rows(&self) -> usize {
        if self.in_order { self.ends.len() - 1 } else { self.codes.len() }
    }

    fn entry(&self, entry: usize) -> &str {
        match entry {
            0 => "",
            _ => &self.text[self.ends[entry - 1] as usize..self.ends[entry] as usize],
        }
    }

    #[inline]
    fn push_entry(&mut self, text: &str, tag: u8) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        if tag != 0 && self.tags.is_empty() {
            self.tags.resize(self.ends.len() - 1, 0);
        }
        if tag != 0 || !self.tags.is_empty() {
            self.tags.push(tag);
        }
    }

    /// Empty cells up to this row.
    #[inline]
    fn fill(&mut self, row: usize) {
        let missing = (row - *self.start.get_or_insert(row)).saturating_sub(self.rows());
        if missing > 0 {
            match self.in_order {
                false => self.codes.resize(self.codes.len() + missing, 0),
                true => (0..missing).for_each(|_| self.push_entry("", 0)),
            }
        }
    }

    /// The cell of a row, which is not empty; rows come in order, and those that are left out are empty.
    #[inline]
    pub fn push(&mut self, seed: &Seed, row: usize, text: &str, tag: u8) {
        self.push_from(seed, row, text, (0, text.len()), tag);
    }

    /// The same of a text that stands from here to there in a larger one.
    #[inline]
    pub fn push_from(&mut self, seed: &Seed, row: usize, all: &str, (from, to): (usize, usize), tag: u8) {
        self.fill(row);
        if self.in_order {
            return self.push_entry(&all[from..to], tag);
        }
        let key = seed.key(all.as_bytes(), from, to, tag);
        let Some(entry) = self.find(seed, key, all, (from, to), tag) else {
            self.put_in_order();
            return self.push_entry(&all[from..to], tag);
        };
        self.codes.push(entry);
        if self.codes.len() == self.look_at {
            self.look();
        }
    }

    /// Cells of rows that follow each other and stand in `all`, as many as are short, plain and known: those that come again and
    /// again. Gives how many these were and their bytes.
    pub fn push_known<'a>(
        &mut self,
        seed: &Seed,
        row: usize,
        all: &str,
        places: impl Iterator<Item = &'a Place>,
    ) -> (usize, usize) {
        if self.in_order || self.start.is_none() {
            return (0, 0);
        }
        self.fill(row);
        let (slots, keys, bytes) = (self.slots.as_slice(), self.keys.as_slice(), all.as_bytes());
        let mask = slots.len() - 1;
        let before = self.codes.len();
        let mut pushed = 0;
        for place in places.take(self.look_at - before - 1) {
            let (from, to) = place.span();
            if from == to {
                self.codes.push(0);
                continue;
            }
            let length = to - from;
            let Some(both) = bytes.get(from..from + SHORT).filter(|_| length <= SHORT && place.is_plain()) else {
                break;
            };
            let key = Key::short(both, length);
            let entry = slots[seed.spread(key) & mask];
            // The key of the empty cell, which is that of free slots, has no length.
            if keys[usize::from(entry)] != key {
                break;
            }
            self.codes.push(entry);
            pushed += length;
        }
        (self.codes.len() - before, pushed)
    }

    /// The entry of a cell, a new one where there was none; nothing where too many meet.
    #[inline]
    fn find(&mut self, seed: &Seed, key: Key, all: &str, (from, to): (usize, usize), tag: u8) -> Option<u16> {
        let mask = self.slots.len() - 1;
        let hash = seed.spread(key);
        for probe in 0..PROBES {
            let slot = (hash + probe) & mask;
            let entry = self.slots[slot];
            if entry == 0 {
                return self.enter(seed, slot, key, &all[from..to], tag);
            }
            let known = &self.keys[usize::from(entry)];
            if *known == key
                && (!key.is_hash() || self.entry(usize::from(entry)).as_bytes() == &all.as_bytes()[from..to])
            {
                return Some(entry);
            }
        }
        None
    }

    #[inline(never)]
    fn enter(&mut self, seed: &Seed, slot: usize, key: Key, text: &str, tag: u8) -> Option<u16> {
        let entry = u16::try_from(self.keys.len()).ok()?;
        self.keys.push(key);
        self.push_entry(text, tag);
        self.slots[slot] = entry;
        // Sparse, so that nearly every cell is found at once.
        if self.keys.len() * 4 > self.slots.len() {
            self.grow(seed)?;
        }
        Some(entry)
    }

    fn grow(&mut self, seed: &Seed) -> Option<()> {
        let size = self.slots.len() * 4;
        self.slots.clear();
        self.slots.resize(size, 0);
        for (entry, key) in self.keys.iter().enumerate().skip(1) {
            let hash = seed.spread(*key);
            let free = (0..PROBES).map(|probe| (hash + probe) & (size - 1)).find(|slot| self.slots[*slot] == 0);
            self.slots[free?] = entry as u16;
        }
        Some(())
    }

    /// Goes on in order where hardly any cell comes again.
    #[inline(never)]
    fn look(&mut self) {
        self.look_at *= 2;
        if self.ends.len() * 2 > self.rows() {
            self.in_order_for = IN_ORDER_CHUNKS;
            self.put_in_order();
        }
    }

    fn put_in_order(&mut self) {
        let (text, ends) = (std::mem::take(&mut self.text), std::mem::replace(&mut self.ends, vec![0]));
        let (tags, codes) = (std::mem::take(&mut self.tags), std::mem::take(&mut self.codes));
        self.in_order = true;
        for code in codes {
            let entry = usize::from(code);
            let cell = entry.checked_sub(1).map_or("", |before| &text[ends[before] as usize..ends[entry] as usize]);
            self.push_entry(cell, tags.get(entry).copied().unwrap_or(0));
        }
    }

    /// The strip of the chunk so far, none where the column is empty in it; the next chunk begins.
    pub fn finish(&mut self) -> Option<Strip> {
        let start = self.start.take()?;
        let codes = match self.in_order {
            true => Codes::InOrder,
            false if self.ends.len() <= 256 => Codes::Few(self.codes.iter().map(|code| *code as u8).collect()),
            false => Codes::Many(self.codes.as_slice().into()),
        };
        let strip = Strip {
            start,
            text: self.text.as_str().into(),
            ends: self.ends.as_slice().into(),
            tags: self.tags.as_slice().into(),
            codes,
        };
        self.text.clear();
        self.ends.truncate(1);
        self.tags.clear();
        self.codes.clear();
        if self.keys.len() > 1 {
            self.keys.truncate(1);
            self.slots.fill(0);
        }
        self.look_at = FIRST_LOOK;
        self.in_order_for = self.in_order_for.saturating_sub(1);
        self.in_order = self.in_order_for > 0;
        Some(strip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(cells: &[&str]) -> Strip {
        let seed = Seed::default();
        let mut builder = StripBuilder::new();
        for (row, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            builder.push(&seed, row, cell, 0);
        }
        builder.finish().expect("some cell is filled")
    }

    fn cells(strip: &Strip, rows: usize) -> Vec<String> {
        let mut cells = Vec::new();
        strip.each(0..rows, |row, entry| {
            assert_eq!(entry, strip.entry_of(row));
            cells.push(strip.text(entry).to_owned());
        });
        cells
    }

    #[test]
    fn texts_of_all_lengths_are_told_apart() {
        let texts: Vec<String> =
            (0..40).flat_map(|length| ["a", "ab", "ba", "ä"].map(|piece| piece.repeat(length))).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(cells(&strip(&texts), texts.len()), texts);
    }

    #[test]
    fn bytes_at_every_place_count() {
        let mut texts = Vec::new();
        for length in 1..20usize {
            for place in 0..length {
                let mut bytes = vec![b'x'; length];
                bytes[place] = b'\0';
                texts.push(String::from_utf8(bytes).unwrap_or_default());
            }
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let strip = strip(&texts);
        assert_eq!(
            (cells(&strip, texts.len()), strip.entries()),
            (texts.iter().map(|t| (*t).to_owned()).collect(), 191)
        );
    }

    #[test]
    fn columns_that_do_not_repeat_are_kept_in_order() {
        let texts: Vec<String> =
            (0..10_000).map(|n| if n % 7 == 0 { String::new() } else { format!("R-{n}") }).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let strip = strip(&texts);
        assert!(!strip.is_shared());
        assert_eq!(cells(&strip, 10_003)[..10_000], texts);
        assert_eq!(cells(&strip, 10_003)[10_000..], ["", "", ""]);
    }

    #[test]
    fn rows_that_are_left_out_are_empty_and_classes_stay_with_their_cells() {
        let seed = Seed::default();
        for different in [3, 100_000] {
            let mut builder = StripBuilder::new();
            for row in (3..9_000).step_by(3) {
                builder.push(&seed, row, &(row % different).to_string(), u8::from(row % 2 == 0));
            }
            let mut strip = builder.finish().expect("some cell is filled");
            let palette = [CellClass::TEXT, CellClass::plain(crate::raw::Stored::Number)];
            let cell = |strip: &Strip, row: usize| {
                let cell = strip.cell(strip.entry_of(row), &palette);
                (cell.text.to_owned(), cell.class.stored)
            };
            assert_eq!(cell(&strip, 0).0, "");
            assert_eq!(cell(&strip, 5).0, "");
            assert_eq!(cell(&strip, 6), ((6 % different).to_string(), crate::raw::Stored::Number));
            assert_eq!(cell(&strip, 8_997), ((8_997 % different).to_string(), crate::raw::Stored::Text));
            for rows in [0..2, 1..4, 8_990..9_100, 20_000..20_003] {
                let mut met = Vec::new();
                strip.each(rows.clone(), |row, entry| met.push((row, entry)));
                assert_eq!(met, rows.map(|row| (row, strip.entry_of(row))).collect::<Vec<_>>());
            }
            strip.truncate(8_000);
            assert_eq!(
                (cell(&strip, 7_998).0, cell(&strip, 8_997).0),
                ((7_998 % different).to_string(), String::new())
            );
        }
    }

    #[test]
    fn a_builder_begins_anew_with_each_chunk() {
        let seed = Seed::default();
        let mut builder = StripBuilder::new();
        for chunk in 0..30usize {
            // Some chunks of receipts, then some of shops.
            let text = |row: usize| if chunk < 3 { format!("R-{chunk}-{row}") } else { format!("Shop {}", row % 300) };
            for row in 0..5_000 {
                builder.push(&seed, row, &text(row), 0);
            }
            let strip = builder.finish().expect("all cells are filled");
            assert!((0..5_000).all(|row| strip.text(strip.entry_of(row)) == text(row)));
            assert_eq!(strip.is_shared(), chunk >= 8, "{chunk}");
            assert!(builder.finish().is_none());
        }
    }
}
