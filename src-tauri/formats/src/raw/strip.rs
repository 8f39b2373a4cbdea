//! The cells of one column over the rows of one chunk: each different cell once, and for every row which of them it is.
//! Offices repeat themselves (the same shops, products, days), so most columns take two bytes a cell, and whatever is asked about
//! cells is asked once for each different one. Columns that hardly repeat (receipt numbers) keep their cells in order instead.

use std::ops::Range;

use super::{Cell, CellClass, NOTHING, is_blank};

/// Rows after which it is looked for the first time whether a column repeats itself; doubled from there on.
const FIRST_LOOK: usize = 2_048;
/// Slots of the smallest table of entries.
const LEAST_SLOTS: usize = 32;
/// Entries looked at for one cell; whoever made their hashes meet gets a column that is kept in order.
const PROBES: usize = 24;
/// Longest text that is its own key.
const SHORT: usize = 14;

/// Which entry a row is.
#[derive(Debug, Clone)]
enum Codes {
    /// The rows' cells stand in order, the first at entry 1.
    InOrder,
    Of(Vec<u16>),
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
    fn new(start: usize) -> Strip {
        Strip { start, text: String::new(), ends: vec![0], tags: Vec::new(), codes: Codes::Of(Vec::new()) }
    }

    /// Different cells, the empty one included; of a column in order, all of them.
    pub fn entries(&self) -> usize {
        self.ends.len()
    }

    /// True where rows share entries.
    pub fn is_shared(&self) -> bool {
        matches!(self.codes, Codes::Of(_))
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
            Codes::Of(codes) => codes.get(row).map_or(0, |code| usize::from(*code)),
        }
    }

    /// Calls with each of these rows and its entry, in order.
    #[inline]
    pub fn each(&self, rows: Range<usize>, mut with: impl FnMut(usize, usize)) {
        let known = match &self.codes {
            Codes::InOrder => self.ends.len() - 1,
            Codes::Of(codes) => codes.len(),
        };
        let begin = rows.start.max(self.start).min(rows.end);
        let end = rows.end.min(self.start + known).max(begin);
        for row in rows.start..begin {
            with(row, 0);
        }
        match &self.codes {
            Codes::InOrder => {
                for row in begin..end {
                    with(row, row - self.start + 1);
                }
            }
            Codes::Of(codes) => {
                let within = begin - self.start.min(begin)..end - self.start.min(end);
                for (row, code) in (begin..end).zip(codes.get(within).unwrap_or_default()) {
                    with(row, usize::from(*code));
                }
            }
        }
        for row in end..rows.end {
            with(row, 0);
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

    /// Forgets the rows from this one on.
    pub fn truncate(&mut self, rows: usize) {
        let kept = rows.saturating_sub(self.start);
        match &mut self.codes {
            Codes::Of(codes) => codes.truncate(kept),
            Codes::InOrder => {
                self.ends.truncate(kept + 1);
                self.tags.truncate(if self.tags.is_empty() { 0 } else { kept + 1 });
                self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
            }
        }
    }

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

    fn tag(&self, entry: usize) -> u8 {
        self.tags.get(entry).copied().unwrap_or(0)
    }
}

/// What tells a cell from others: short texts themselves, of long ones a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    low: u64,
    high: u64,
}

/// Numbers that no file knows, so that none can be written whose cells all meet.
#[derive(Debug, Clone)]
pub(crate) struct Seed {
    low: u64,
    high: u64,
    long: foldhash::quality::RandomState,
}

impl Default for Seed {
    fn default() -> Seed {
        use std::hash::BuildHasher;
        let long = foldhash::quality::RandomState::default();
        Seed { low: long.hash_one(1u8), high: long.hash_one(2u8), long }
    }
}

impl Seed {
    #[inline]
    fn key(&self, text: &[u8], tag: u8) -> Key {
        let length = text.len();
        let word = |from: usize| u64::from_le_bytes(text[from..from + 8].try_into().unwrap_or_default());
        let half = |from: usize| u64::from(u32::from_le_bytes(text[from..from + 4].try_into().unwrap_or_default()));
        let (low, high) = match length {
            0..4 => {
                let byte = |place: usize| u64::from(text.get(place).copied().unwrap_or(0)) << (8 * place);
                (byte(0) | byte(1) | byte(2), 0)
            }
            4..8 => (half(0) | half(length - 4) << (8 * (length - 4)), 0),
            8 => (word(0), 0),
            9..=SHORT => (word(0), word(length - 8) >> (8 * (16 - length))),
            _ => return self.long_key(text, tag),
        };
        Key { low, high: high | u64::from(tag) << 48 | (length as u64) << 56 }
    }

    #[inline(never)]
    fn long_key(&self, text: &[u8], tag: u8) -> Key {
        use std::hash::BuildHasher;
        let high = (text.len() as u64 & 0xffff_ffff) | u64::from(tag) << 48 | 0xff << 56;
        Key { low: self.long.hash_one(text), high }
    }

    #[inline]
    fn spread(&self, key: Key) -> usize {
        let product = u128::from(key.low ^ self.low).wrapping_mul(u128::from(key.high ^ self.high | 1));
        (product as u64 ^ (product >> 64) as u64) as usize
    }
}

impl Key {
    fn is_hash(self) -> bool {
        self.high >> 56 == 0xff
    }
}

/// Fills a strip.
#[derive(Debug)]
pub(crate) struct StripBuilder {
    strip: Strip,
    keys: Vec<Key>,
    /// Entries at the places of their hashes; 0 is free.
    slots: Vec<u16>,
    /// Rows at which it is looked whether the column repeats itself.
    look_at: usize,
}

impl StripBuilder {
    /// A column whose first cell stands in this row of its chunk.
    pub fn new(start: usize) -> StripBuilder {
        StripBuilder {
            strip: Strip::new(start),
            keys: vec![Key { low: 0, high: 0 }],
            slots: vec![0; LEAST_SLOTS],
            look_at: FIRST_LOOK,
        }
    }

    fn rows(&self) -> usize {
        match &self.strip.codes {
            Codes::InOrder => self.strip.ends.len() - 1,
            Codes::Of(codes) => codes.len(),
        }
    }

    /// Empty cells up to this row.
    #[inline]
    fn fill(&mut self, row: usize) {
        let row = row.saturating_sub(self.strip.start);
        match &mut self.strip.codes {
            Codes::Of(codes) if codes.len() < row => codes.resize(row, 0),
            Codes::InOrder => {
                while self.strip.ends.len() < row + 1 {
                    self.strip.push_entry("", 0);
                }
            }
            Codes::Of(_) => {}
        }
    }

    /// The cell of a row; rows come in order, and those that are left out are empty.
    #[inline]
    pub fn push(&mut self, seed: &Seed, row: usize, text: &str, tag: u8) {
        self.fill(row);
        if text.is_empty() {
            match &mut self.strip.codes {
                Codes::Of(codes) => codes.push(0),
                Codes::InOrder => self.strip.push_entry("", 0),
            }
            return;
        }
        if !self.strip.is_shared() {
            return self.strip.push_entry(text, tag);
        }
        let key = seed.key(text.as_bytes(), tag);
        let entry = self.find(seed, key, text, tag);
        match (&mut self.strip.codes, entry) {
            (Codes::Of(codes), Some(entry)) => {
                codes.push(entry);
                if codes.len() == self.look_at {
                    self.look();
                }
            }
            _ => {
                self.put_in_order();
                self.strip.push_entry(text, tag);
            }
        }
    }

    /// The entry of a cell, a new one where there was none; nothing where too many meet.
    #[inline]
    fn find(&mut self, seed: &Seed, key: Key, text: &str, tag: u8) -> Option<u16> {
        let mask = self.slots.len() - 1;
        let hash = seed.spread(key);
        for probe in 0..PROBES {
            let slot = (hash + probe) & mask;
            let entry = self.slots[slot];
            if entry == 0 {
                return self.enter(seed, slot, key, text, tag);
            }
            let known = &self.keys[usize::from(entry)];
            if *known == key && (!key.is_hash() || self.strip.text(usize::from(entry)) == text) {
                return Some(entry);
            }
        }
        None
    }

    #[inline(never)]
    fn enter(&mut self, seed: &Seed, slot: usize, key: Key, text: &str, tag: u8) -> Option<u16> {
        let entry = u16::try_from(self.keys.len()).ok()?;
        self.keys.push(key);
        self.strip.push_entry(text, tag);
        self.slots[slot] = entry;
        if self.keys.len() * 2 > self.slots.len() {
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
        if self.strip.entries() * 2 > self.rows() {
            self.put_in_order();
        }
    }

    fn put_in_order(&mut self) {
        let Codes::Of(codes) = std::mem::replace(&mut self.strip.codes, Codes::InOrder) else { return };
        let shared = std::mem::replace(&mut self.strip, Strip { codes: Codes::InOrder, ..Strip::new(0) });
        self.strip.start = shared.start;
        for code in codes {
            let entry = usize::from(code);
            self.strip.push_entry(shared.text(entry), shared.tag(entry));
        }
        (self.keys, self.slots) = (Vec::new(), Vec::new());
    }

    pub fn finish(mut self) -> Strip {
        self.strip.text.shrink_to_fit();
        self.strip.ends.shrink_to_fit();
        self.strip.tags.shrink_to_fit();
        if let Codes::Of(codes) = &mut self.strip.codes {
            codes.shrink_to_fit();
        }
        self.strip
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(cells: &[&str]) -> Strip {
        let seed = Seed::default();
        let mut builder = StripBuilder::new(0);
        for (row, cell) in cells.iter().enumerate() {
            builder.push(&seed, row, cell, 0);
        }
        builder.finish()
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
            let mut builder = StripBuilder::new(2);
            for row in (3..9_000).step_by(3) {
                builder.push(&seed, row, &(row % different).to_string(), u8::from(row % 2 == 0));
            }
            let mut strip = builder.finish();
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
}
