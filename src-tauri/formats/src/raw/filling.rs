//! Fills the columns of a chunk, cell by cell or many at once.

use super::common::Common;
use super::key::{Key, MIDDLE, SHORT, Seed, TINY};
use super::known::{Entries, Many};
use super::place::Column;
use super::strip::{Bytes, Codes, Strip, in_words};

/// Rows after which it is looked for the first time whether a column repeats itself; doubled from there on.
pub(super) const FIRST_LOOK: usize = if cfg!(fuzzing) { 4 } else { 2_048 };
/// Slots of the smallest table of entries, so many that hardly two of a few entries meet.
const LEAST_SLOTS: usize = if cfg!(fuzzing) { 64 } else { 1_024 };
/// Slots that, with the entries in them, stay beside the processor.
const FEW_SLOTS: usize = if cfg!(fuzzing) { 1 << 6 } else { 1 << 14 };
/// Entries that a column has room for when a chunk begins, at most.
const MANY_KEYS: usize = 1 << 14;
/// Bytes of text that chunks share in a column at most. With those of one chunk more there is still a number of 32 bits for each place.
const COMMON_BYTES: usize = if cfg!(fuzzing) { 1 << 10 } else { 8 << 20 };
/// Slots that take about as much as there is beside a processor.
const MANY_SLOTS: usize = 1 << 16;
/// Entries looked at for one cell; whoever made their hashes meet gets a column that is kept in order.
const PROBES: usize = 128;

/// Texts that are known as they stand in the file.
const STOOD: usize = 8;

/// Chunks in which a column that did not repeat itself is kept in order without another look.
const IN_ORDER_CHUNKS: u8 = 8;

/// Fills the strips of one column, chunk by chunk.
#[derive(Debug)]
pub(crate) struct StripBuilder {
    /// The first row with a cell; none so far.
    start: Option<usize>,
    /// Whole letters, one text after the other.
    text: Vec<u8>,
    ends: Vec<u32>,
    tags: Vec<u8>,
    /// Entries of the rows so far, and zeros behind them.
    codes: Vec<u16>,
    coded: usize,
    in_order: bool,
    keys: Vec<Key>,
    /// The same as numbers.
    words: Vec<u64>,
    /// Bytes of the longest of them.
    longest: usize,
    /// Entries at the places of their hashes; 0 is free.
    slots: Vec<u16>,
    /// Texts as they stand in the file, where that is not as they are meant, and their entries.
    stood: Vec<(Vec<u8>, u16)>,
    /// Rows at which it is looked whether the column repeats itself.
    look_at: usize,
    /// Chunks for which it was seen that it does not.
    in_order_for: u8,
    /// Where its entries go in the end, if they are kept for all chunks together.
    common: Option<Common>,
    /// Entries that were there before this chunk; none in the first one of those that share them.
    before: usize,
    /// It does not repeat itself over chunks either.
    never_common: bool,
    /// Those of the entries before this chunk.
    bytes: Bytes,
}

impl StripBuilder {
    /// `may_share`: chunks may share what comes again in later ones.
    pub fn new(may_share: bool) -> StripBuilder {
        StripBuilder {
            start: None,
            text: Vec::new(),
            ends: vec![0],
            tags: Vec::new(),
            codes: Vec::new(),
            coded: 0,
            in_order: false,
            keys: vec![Key::default()],
            words: vec![0],
            longest: 0,
            slots: vec![0; LEAST_SLOTS],
            stood: Vec::new(),
            look_at: FIRST_LOOK,
            in_order_for: 0,
            common: None,
            before: 0,
            never_common: !may_share,
            bytes: Bytes::NONE,
        }
    }

    fn rows(&self) -> usize {
        if self.in_order { self.ends.len() - 1 } else { self.coded }
    }

    fn entry(&self, entry: usize) -> &[u8] {
        match entry {
            0 => &[],
            _ => &self.text[self.ends[entry - 1] as usize..self.ends[entry] as usize],
        }
    }

    #[inline]
    fn push_entry(&mut self, text: &[u8], tag: u8) {
        self.text.extend_from_slice(text);
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
                false => {
                    self.coded += missing;
                    self.make_room(0);
                }
                true => (0..missing).for_each(|_| self.push_entry(&[], 0)),
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
        let text = &all.as_bytes()[from..to];
        if self.in_order {
            return self.push_entry(text, tag);
        }
        let key = seed.key(all.as_bytes(), from, to, tag);
        let Some(entry) = self.find(seed, key, text, tag) else {
            self.put_in_order();
            return self.push_entry(text, tag);
        };
        self.push_code(entry);
    }

    /// The cell of a row that is not empty and does not stand in the text as it is meant: `read` writes it as it is. The first few
    /// such texts are known again as they stand, so that nothing has to be written.
    pub fn push_read(&mut self, seed: &Seed, row: usize, stands: &[u8], read: impl FnOnce() -> String) {
        self.fill(row);
        let known = self.stood.iter().find(|(stood, _)| stood == stands).map(|(_, entry)| *entry);
        if let Some(entry) = known.filter(|_| !self.in_order) {
            return self.push_code(entry);
        }
        self.push(seed, row, &read(), 0);
        if !self.in_order && self.stood.len() < STOOD {
            self.stood.push((stands.to_vec(), self.codes[self.coded - 1]));
        }
    }

    #[inline]
    fn push_code(&mut self, entry: u16) {
        self.make_room(1);
        self.codes[self.coded] = entry;
        self.coded += 1;
        if self.coded >= self.look_at {
            self.look();
        }
    }

    /// Cells of rows that follow each other, as many as are plain and known: those that come again and again. In a column that is
    /// kept in order, as many as are plain and short. Gives how many these were.
    #[inline]
    pub fn push_plain(&mut self, seed: &Seed, row: usize, cells: Column<'_>) -> usize {
        match self.start {
            None => 0,
            _ if !self.in_order => self.push_known(seed, row, cells),
            _ if self.tags.is_empty() => self.push_next(row, cells),
            _ => 0,
        }
    }

    #[inline(never)]
    fn push_known(&mut self, seed: &Seed, row: usize, cells: Column<'_>) -> usize {
        self.fill(row);
        if self.coded >= self.look_at {
            self.look();
            if self.in_order {
                return 0;
            }
        }
        let cells = cells.first(self.look_at.saturating_sub(self.coded));
        self.make_room(cells.rows());
        let entries = Entries { slots: &self.slots, keys: &self.keys, ends: &self.ends, text: &self.text };
        let codes = &mut self.codes[self.coded..];
        let known = match self.longest {
            ..=TINY if self.slots.len() > FEW_SLOTS => {
                Many { slots: &self.slots, words: &self.words }.known(seed.short(), cells, codes)
            }
            ..=SHORT => entries.known::<SHORT>(seed.short(), cells, codes),
            _ => entries.known::<MIDDLE>(seed.short(), cells, codes),
        };
        self.coded += known;
        known
    }

    /// Room for so many rows more.
    #[inline]
    fn make_room(&mut self, rows: usize) {
        if self.codes.len() < self.coded + rows {
            self.codes.resize(self.coded + rows + FIRST_LOOK, 0);
        }
    }

    /// The same in a column that is kept in order: whatever comes is put behind the others.
    fn push_next(&mut self, row: usize, cells: Column<'_>) -> usize {
        self.fill(row);
        let (begin, before) = (self.text.len(), self.ends.len());
        // Room for the longest of them: so many bytes are moved at once whatever the length, and the next ones come over the rest.
        self.text.resize(begin + cells.rows() * SHORT, 0);
        let mut end = begin;
        for place in cells.places() {
            let Some((from, length)) = place.plain(SHORT) else { break };
            let Some(both) = cells.text.get(from..).and_then(<[u8]>::first_chunk::<SHORT>) else { break };
            let Some(room) = self.text.get_mut(end..end + SHORT) else { break };
            room.copy_from_slice(both);
            end += length;
            self.ends.push(end as u32);
        }
        self.text.truncate(end);
        self.ends.len() - before
    }

    /// The entry of a cell, a new one where there was none; nothing where too many meet.
    #[inline]
    fn find(&mut self, seed: &Seed, key: Key, text: &[u8], tag: u8) -> Option<u16> {
        let mask = self.slots.len() - 1;
        let hash = seed.spread(key);
        for probe in 0..PROBES {
            let slot = (hash + probe) & mask;
            let entry = self.slots[slot];
            if entry == 0 {
                return self.enter(seed, slot, key, text, tag);
            }
            let known = &self.keys[usize::from(entry)];
            if *known == key && (!key.is_hash() || self.entry(usize::from(entry)) == text) {
                return Some(entry);
            }
        }
        None
    }

    #[inline(never)]
    fn enter(&mut self, seed: &Seed, slot: usize, key: Key, text: &[u8], tag: u8) -> Option<u16> {
        let entry = u16::try_from(self.keys.len()).ok()?;
        self.keys.push(key);
        self.words.push(key.word());
        self.longest = self.longest.max(text.len());
        self.push_entry(text, tag);
        self.slots[slot] = entry;
        // Sparse, so that nearly every cell is found at once; of many, that they are near is worth more.
        let sparse = if self.slots.len() < MANY_SLOTS { 4 } else { 2 };
        if self.keys.len() * sparse > self.slots.len() {
            self.grow(seed, self.slots.len() * sparse)?;
        }
        Some(entry)
    }

    fn grow(&mut self, seed: &Seed, size: usize) -> Option<()> {
        self.slots.clear();
        self.slots.resize(size, 0);
        for (entry, key) in self.keys.iter().enumerate().skip(1) {
            let hash = seed.spread(*key);
            let free = (0..PROBES).map(|probe| (hash + probe) & (size - 1)).find(|slot| self.slots[*slot] == 0);
            self.slots[free?] = entry as u16;
        }
        Some(())
    }

    /// Where hardly any cell comes again it goes on in order, unless many may come again in later chunks.
    #[inline(never)]
    fn look(&mut self) {
        self.look_at *= 2;
        let (new, rows) = (self.ends.len() - self.before, self.rows());
        let goes_on = match self.before {
            0 if new * 2 <= rows => true,
            0 if !self.never_common && self.tags.is_empty() => {
                self.common.get_or_insert_default();
                true
            }
            0 => false,
            _ => new * 4 <= rows * 3,
        };
        if !goes_on {
            self.in_order_for = IN_ORDER_CHUNKS;
            self.put_in_order();
        }
    }

    /// The cells of this chunk in order: their texts, where each of them ends, and their classes if they have any.
    fn ordered(&self) -> (Vec<u8>, Vec<u32>, Vec<u8>) {
        let (mut text, mut ends, mut tags) = (Vec::new(), Vec::with_capacity(self.coded + 1), Vec::new());
        ends.push(0);
        for code in &self.codes[..self.coded] {
            text.extend_from_slice(self.entry(usize::from(*code)));
            ends.push(text.len() as u32);
        }
        if !self.tags.is_empty() {
            let tag = |code: &u16| self.tags.get(usize::from(*code)).copied().unwrap_or(0);
            tags.push(0);
            tags.extend(self.codes[..self.coded].iter().map(tag));
        }
        (text, ends, tags)
    }

    /// Goes on in order; what earlier chunks share stays as it is.
    fn put_in_order(&mut self) {
        let (text, ends, tags) = self.ordered();
        self.never_common |= self.before > 0;
        self.settle();
        (self.text, self.ends, self.tags) = (text, ends, tags);
        self.codes[..self.coded].fill(0);
        (self.in_order, self.coded) = (true, 0);
    }

    /// Nothing more comes to the entries that chunks have together: from now on they can be read.
    pub fn settle(&mut self) {
        if let Some(common) = self.common.take().filter(|_| self.before > 0) {
            common.settle(in_words(std::mem::take(&mut self.text)), std::mem::replace(&mut self.ends, vec![0]));
        }
        (self.before, self.bytes) = (0, Bytes::NONE);
    }

    /// The strip of the chunk so far, none where the column is empty in it; the next chunk begins.
    pub fn finish(&mut self) -> Option<Strip> {
        let start = self.start.take()?;
        // Only texts without classes are kept for several chunks, and only where few of them come again in one.
        if self.common.is_some() && !self.tags.is_empty() {
            self.put_in_order();
        }
        let is_large = self.text.len() > COMMON_BYTES;
        if self.before == 0 && (is_large || self.ends.len() * 2 <= self.rows()) {
            self.common = None;
        }
        let strip = match self.common.clone() {
            Some(common) if self.before > 0 => self.common_strip(start, common),
            // It is not known yet whether others will share them.
            Some(_) => {
                let (text, ends, tags) = self.ordered();
                Strip::of(start, Codes::InOrder, text, ends, tags)
            }
            None => {
                let codes = &self.codes[..self.coded];
                let codes = match self.in_order {
                    true => Codes::InOrder,
                    false if self.ends.len() <= 256 => Codes::Few(codes.iter().map(|code| *code as u8).collect()),
                    false => Codes::Many(codes.to_vec().into()),
                };
                Strip::of(start, codes, self.text.to_vec(), self.ends.to_vec(), self.tags.to_vec())
            }
        };
        if is_large {
            self.never_common = true;
            self.settle();
        }
        self.begin_chunk();
        Some(strip)
    }

    /// The strip of a chunk that shares its entries with those before.
    fn common_strip(&mut self, start: usize, common: Common) -> Strip {
        let new = self.ends[self.before - 1] as usize;
        self.bytes = self.bytes.and(Bytes::of(&self.text[new..]));
        Strip::of_common(start, &self.codes[..self.coded], common, self.bytes)
    }

    fn begin_chunk(&mut self) {
        self.codes[..self.coded].fill(0);
        self.coded = 0;
        self.look_at = FIRST_LOOK;
        self.in_order_for = self.in_order_for.saturating_sub(1);
        self.in_order = self.in_order_for > 0;
        if self.common.is_some() {
            if self.before == 0 {
                self.bytes = Bytes::of(&self.text);
            }
            self.before = self.ends.len();
            return;
        }
        self.text.clear();
        self.ends.truncate(1);
        self.tags.clear();
        self.longest = 0;
        self.stood.clear();
        if self.keys.len() > 1 {
            self.keys.truncate(1);
            self.words.truncate(1);
            // What was needed for very many is not kept for a few.
            self.keys.shrink_to(MANY_KEYS);
            self.words.shrink_to(MANY_KEYS);
            self.slots.truncate(MANY_KEYS * 4);
            self.slots.fill(0);
        }
    }
}

impl Drop for StripBuilder {
    /// Nobody has to remember that chunks wait for it.
    fn drop(&mut self) {
        self.settle();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::CellClass;

    fn strip(cells: &[&str]) -> Strip {
        let seed = Seed::default();
        let mut builder = StripBuilder::new(true);
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
            let mut builder = StripBuilder::new(true);
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
        let mut builder = StripBuilder::new(true);
        for chunk in 0..30usize {
            // Some chunks of receipts, then some of shops.
            let text = |row: usize| if chunk < 3 { format!("R-{chunk}-{row}") } else { format!("Shop {}", row % 300) };
            for row in 0..5_000 {
                builder.push(&seed, row, &text(row), 0);
            }
            let strip = builder.finish().expect("all cells are filled");
            assert!((0..5_000).all(|row| strip.text(strip.entry_of(row)) == text(row)));
            assert_eq!(strip.is_shared(), chunk >= 9, "{chunk}");
            assert!(builder.finish().is_none());
        }
    }
}
