//! Fills the columns of a chunk, cell by cell or many at once.

use super::key::{Key, MIDDLE, SHORT, Seed, ShortSeed};
use super::place::Column;
use super::strip::{Codes, Strip};

/// Rows after which it is looked for the first time whether a column repeats itself; doubled from there on.
const FIRST_LOOK: usize = 2_048;
/// Slots of the smallest table of entries, so many that hardly two of a few entries meet.
const LEAST_SLOTS: usize = 1_024;
/// Entries looked at for one cell; whoever made their hashes meet gets a column that is kept in order.
const PROBES: usize = 24;

/// The entries of a column so far, to be looked up.
struct Entries<'a> {
    slots: &'a [u16],
    keys: &'a [Key],
    ends: &'a [u32],
    text: &'a [u8],
}

impl Entries<'_> {
    /// Finds cells of one column, as many as are plain, known and of `MOST` bytes at most (short or middle), and puts their entries
    /// into `codes`, where nothing but zeros stands; gives how many these were. Apart from all else, as there is nothing that is
    /// done as often, and apart for columns that have short cells only.
    #[inline(never)]
    fn known<const MOST: usize>(&self, seed: ShortSeed, cells: Column<'_>, codes: &mut [u16]) -> usize {
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

/// Texts that are known as they stand in the file.
const STOOD: usize = 8;

/// What cannot be: texts are put behind each other whole.
#[cold]
fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

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
    /// None of them is of a longer text.
    only_short: bool,
    /// Entries at the places of their hashes; 0 is free.
    slots: Vec<u16>,
    /// Texts as they stand in the file, where that is not as they are meant, and their entries.
    stood: Vec<(Vec<u8>, u16)>,
    /// Rows at which it is looked whether the column repeats itself.
    look_at: usize,
    /// Chunks for which it was seen that it does not.
    in_order_for: u8,
}

impl StripBuilder {
    pub fn new() -> StripBuilder {
        StripBuilder {
            start: None,
            text: Vec::new(),
            ends: vec![0],
            tags: Vec::new(),
            codes: Vec::new(),
            coded: 0,
            in_order: false,
            keys: vec![Key::default()],
            only_short: true,
            slots: vec![0; LEAST_SLOTS],
            stood: Vec::new(),
            look_at: FIRST_LOOK,
            in_order_for: 0,
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
                false => self.coded += missing,
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
        let known = match self.only_short {
            true => entries.known::<SHORT>(seed.short(), cells, codes),
            false => entries.known::<MIDDLE>(seed.short(), cells, codes),
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
        self.only_short &= text.len() <= SHORT;
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
        for code in codes.into_iter().take(std::mem::take(&mut self.coded)) {
            let entry = usize::from(code);
            let cell =
                entry.checked_sub(1).map_or(&[][..], |before| &text[ends[before] as usize..ends[entry] as usize]);
            self.push_entry(cell, tags.get(entry).copied().unwrap_or(0));
        }
    }

    /// The strip of the chunk so far, none where the column is empty in it; the next chunk begins.
    pub fn finish(&mut self) -> Option<Strip> {
        let start = self.start.take()?;
        let codes = &self.codes[..self.coded];
        let codes = match self.in_order {
            true => Codes::InOrder,
            false if self.ends.len() <= 256 => Codes::Few(codes.iter().map(|code| *code as u8).collect()),
            false => Codes::Many(codes.to_vec().into()),
        };
        let strip = Strip {
            start,
            gaps: gaps(&codes, &self.ends),
            text: std::str::from_utf8(&self.text).map_or_else(|_| lossy(&self.text), str::to_owned),
            bytes: least_and_most(&self.text),
            ends: self.ends.as_slice().into(),
            tags: self.tags.as_slice().into(),
            codes,
        };
        self.text.clear();
        self.ends.truncate(1);
        self.tags.clear();
        self.codes[..self.coded].fill(0);
        self.coded = 0;
        self.only_short = true;
        self.stood.clear();
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

/// The least of these bytes and the most.
fn least_and_most(text: &[u8]) -> (u8, u8) {
    text.iter().fold((u8::MAX, 0), |(least, most), byte| (least.min(*byte), most.max(*byte)))
}

/// Whether some row has no entry.
fn gaps(codes: &Codes, ends: &[u32]) -> bool {
    match codes {
        Codes::InOrder => ends.windows(2).fold(false, |any, pair| any | (pair[0] == pair[1])),
        Codes::Few(codes) => codes.iter().fold(false, |any, code| any | (*code == 0)),
        Codes::Many(codes) => codes.iter().fold(false, |any, code| any | (*code == 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::CellClass;

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

    /// The strip of cells that stand in one text, many at once, and how they are cut does not matter.
    fn together(cells: &[String], at_once: usize) -> Option<Strip> {
        use crate::raw::{Mark, Rows};
        let (seed, mut builder) = (Seed::default(), StripBuilder::new());
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
