//! All cells of one column, looked at once: which sets of facts occur, how often, where, and how many values differ.

use std::collections::HashMap;
use std::hash::Hasher;

use larder_model::Refusal;

use super::alike::Alike;
use super::facts::{Fact, clean, narrowed};
use super::seen::Seen;
use crate::caps;
use crate::grid::Grid;
use crate::progress::{Stop, go_on};
use crate::raw::{Cell, CellClass, Common, Seed, Strip};
use crate::read::kept::KeptChunk;
use crate::text::mojibake::Garble;

/// Cells of a column that share all facts.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub fact: Fact,
    pub count: u64,
    /// Different texts among them.
    pub distinct: u64,
    /// The first rows of the sheet (0 is the first), 100 at most.
    pub rows: Vec<u64>,
}

/// A column in facts.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnFacts {
    pub lines: Vec<Line>,
    pub blank: u64,
    /// The first three texts as they stand in the file.
    pub examples: Vec<String>,
    /// The last row of the sheet with anything in the column.
    pub last: Option<u64>,
}

/// Passes a hash through that is a keyed one already, so that no file can aim at it.
#[derive(Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map by hashes.
pub(crate) type ByHash<V> = HashMap<u64, V, std::hash::BuildHasherDefault<Hashed>>;

/// What columns are looked through with.
pub(crate) struct Looking<'a> {
    grid: Grid<'a>,
    garble: Option<Garble>,
    /// Words that a person said stand for nothing.
    empties: &'a [String],
    stop: Stop<'a>,
    /// The same for all parts of a column, so that what was found in them can be put together.
    seed: Seed,
}

impl<'a> Looking<'a> {
    pub fn new(grid: Grid<'a>, garble: Option<Garble>, empties: &'a [String], stop: Stop<'a>) -> Looking<'a> {
        Looking { grid, garble, empties, stop, seed: Seed::default() }
    }

    /// Looks at the cells of a column in the kept rows.
    ///
    /// # Errors
    /// `Cancelled`.
    pub fn column(&self, column: usize, kept: &[KeptChunk<'_>]) -> Result<ColumnFacts, Refusal> {
        Ok(self.part(column, kept)?.found)
    }

    /// The same of a part of the rows, to be put together with others.
    ///
    /// # Errors
    /// `Cancelled`.
    pub fn part(&self, column: usize, kept: &[KeptChunk<'_>]) -> Result<Scan<'a>, Refusal> {
        let grid = self.grid;
        let mut scan = Scan {
            garble: self.garble,
            empties: self.empties,
            seed: self.seed.clone(),
            seen: Seen::default(),
            places: HashMap::default(),
            told: Vec::new(),
            words: Vec::new(),
            alike: Alike::default(),
            found: ColumnFacts::default(),
        };
        for kept in kept {
            go_on(self.stop)?;
            let covered = grid.fills.is_some_and(|fills| fills.touch(column, &kept.chunk.rows()));
            match kept.chunk.strip(column) {
                _ if covered => {
                    for row in kept.runs.iter().cloned().flatten().map(|row| kept.row(row)) {
                        let cell = grid.cell(row, column);
                        scan.cell(row, cell, scan.seed.hash_of(cell.text));
                    }
                }
                None => scan.found.blank += kept.rows as u64,
                Some(strip) if strip.is_shared() => scan.shared(strip, kept, grid.raw.palette()),
                Some(strip) => match strip.common() {
                    Some(common) => scan.common(strip, common, kept),
                    None => scan.in_order(strip, kept, grid.raw.palette()),
                },
            }
        }
        scan.alike = Alike::default();
        Ok(scan)
    }
}

/// What is known of a column while it is looked through.
pub(crate) struct Scan<'a> {
    garble: Option<Garble>,
    empties: &'a [String],
    seed: Seed,
    seen: Seen,
    places: HashMap<Fact, u16, foldhash::fast::RandomState>,
    /// The hashes of the examples.
    told: Vec<u64>,
    /// Of words that chunks share the line of each that was met.
    words: Vec<(Common, Vec<u16>)>,
    /// The line of texts by what they are like.
    alike: Alike,
    found: ColumnFacts,
}

/// Cells of one line that follow each other, which nearly all do.
struct Same {
    line: u16,
    /// The last of them.
    last: u64,
    count: u64,
}

impl Same {
    const NONE: Same = Same { line: BLANK, last: 0, count: 0 };

    /// Takes the next cell. True where it is of another line.
    #[inline]
    fn ends_with(&mut self, line: u16, row: u64) -> bool {
        if line == self.line {
            (self.last, self.count) = (row, self.count + 1);
        }
        line != self.line
    }
}

/// Cells that are looked for together.
const AT_ONCE: usize = 32;
/// The line of what is blank.
const BLANK: u16 = u16::MAX;
/// The line of what was not met yet.
const NOT_MET: u16 = u16::MAX - 1;

impl Scan<'_> {
    /// What was found.
    pub fn facts(self) -> ColumnFacts {
        self.found
    }

    /// Adds what was found in later rows of the same column: as if all had been looked through from front to end.
    pub fn join(&mut self, later: Self) {
        let Scan { seen, told, found, .. } = later;
        let lines: Vec<u16> = found
            .lines
            .into_iter()
            .map(|line| {
                let place = self.line(line.fact);
                let known = &mut self.found.lines[usize::from(place)];
                known.count += line.count;
                line.rows.into_iter().for_each(|row| known.list(row));
                place
            })
            .collect();
        for (hash, example) in told.into_iter().zip(found.examples) {
            if self.seen.get(hash).is_none() {
                self.tell(hash, &example);
            }
        }
        let found_lines = &mut self.found.lines;
        self.seen.join(seen, &lines, |line| found_lines[usize::from(line)].distinct += 1);
        self.found.blank += found.blank;
        self.found.last = found.last.or(self.found.last);
    }

    /// The place of the line with these facts, a new one where there was none.
    fn line(&mut self, fact: Fact) -> u16 {
        let lines = &mut self.found.lines;
        *self.places.entry(fact).or_insert_with(|| {
            lines.push(Line { fact, count: 0, distinct: 0, rows: Vec::new() });
            (lines.len() - 1) as u16
        })
    }

    /// Keeps one of the first texts as an example.
    fn tell(&mut self, hash: u64, text: &str) {
        if self.told.len() < 3 {
            self.told.push(hash);
            self.found.examples.push(text.to_owned());
        }
    }

    fn cell(&mut self, row: u64, cell: Cell<'_>, hash: u64) {
        let line = self.line_of(cell, hash);
        self.add(line, row, 1);
    }

    /// So many more cells of a line, of which this row is the last.
    fn add(&mut self, line: u16, row: u64, count: u64) {
        if count == 0 {
            return;
        }
        match self.found.lines.get_mut(usize::from(line)) {
            None => self.found.blank += count,
            Some(line) => {
                line.count += count;
                line.list(row);
                self.found.last = Some(row);
            }
        }
    }

    /// A column that hardly repeats itself.
    fn in_order(&mut self, strip: &Strip, kept: &KeptChunk<'_>, palette: &[CellClass]) {
        let mut hashes = [0; AT_ONCE];
        let mut same = Same::NONE;
        for run in &kept.runs {
            for from in run.clone().step_by(AT_ONCE) {
                let rows = from..run.end.min(from + AT_ONCE);
                // All of them are looked for before the first is found: nobody waits for one after the other.
                let mut near = 0;
                for (row, hash) in rows.clone().zip(&mut hashes) {
                    let entry = strip.entry_of(row);
                    *hash = strip.hash(entry, &self.seed) ^ strip.class(entry, palette).key();
                    near |= self.seen.near(*hash);
                }
                std::hint::black_box(near);
                for (row, hash) in rows.zip(hashes) {
                    let line = self.seen.get(hash).unwrap_or_else(|| {
                        let cell = strip.cell(strip.entry_of(row), palette);
                        self.line_of_new(cell, hash)
                    });
                    if same.ends_with(line, kept.row(row)) {
                        same = self.another(&same, line, kept.row(row));
                    }
                }
            }
        }
        self.add(same.line, same.last, same.count);
    }

    /// A column that shares its cells with other chunks: each of them is looked at once for all.
    fn common(&mut self, strip: &Strip, common: &Common, kept: &KeptChunk<'_>) {
        let known = self.words.iter().position(|(known, _)| known.is(common));
        let mut lines = match known {
            Some(place) => std::mem::take(&mut self.words[place].1),
            None => vec![NOT_MET; common.len()],
        };
        let mut same = Same::NONE;
        for run in &kept.runs {
            strip.each_word(run.clone(), |within, word| {
                let line = &mut lines[word];
                if *line == NOT_MET {
                    let text = common.text(word);
                    *line = self.line_of(Cell { text, class: CellClass::TEXT }, self.seed.hash_of(text));
                }
                if same.ends_with(*line, kept.row(within)) {
                    same = self.another(&same, *line, kept.row(within));
                }
            });
        }
        self.add(same.line, same.last, same.count);
        match known {
            Some(place) => self.words[place].1 = lines,
            None => self.words.push((common.clone(), lines)),
        }
    }

    /// Adds cells of one line, which the cell of this row is not: it begins others, unless its line lists rows.
    fn another(&mut self, same: &Same, line: u16, row: u64) -> Same {
        self.add(same.line, same.last, same.count);
        if self.found.lines.get(usize::from(line)).is_none_or(Line::lists_rows) {
            self.add(line, row, 1);
            return Same::NONE;
        }
        Same { line, last: row, count: 1 }
    }

    /// A column whose rows share their cells: each of them is looked at once.
    fn shared(&mut self, strip: &Strip, kept: &KeptChunk<'_>, palette: &[CellClass]) {
        let counts = strip.keys(&kept.runs).counts(strip.entries());
        // Entries come in the order in which the sheet has them first.
        let lines: Vec<u16> = (0..counts.len())
            .map(|entry| match counts[entry] {
                0 => BLANK,
                _ => self.line_of(strip.cell(entry, palette), strip.hash(entry, &self.seed)),
            })
            .collect();
        for (line, count) in lines.iter().zip(counts) {
            match self.found.lines.get_mut(usize::from(*line)) {
                Some(line) => line.count += count,
                None => self.found.blank += count,
            }
        }
        if lines.iter().any(|line| self.found.lines.get(usize::from(*line)).is_some_and(Line::lists_rows)) {
            let found = &mut self.found.lines;
            for run in &kept.runs {
                strip.each(run.clone(), |within, entry| {
                    if let Some(line) = found.get_mut(usize::from(lines[entry])) {
                        line.list(kept.row(within));
                    }
                });
            }
        }
        let mut rows = kept.runs.iter().rev().flat_map(|run| run.clone().rev());
        let last = rows.find(|within| lines[strip.entry_of(*within)] != BLANK);
        self.found.last = last.map(|within| kept.row(within)).or(self.found.last);
    }

    /// The line of cells with all its facts. `hash` is that of its text.
    #[inline]
    fn line_of(&mut self, cell: Cell<'_>, hash: u64) -> u16 {
        let key = hash ^ cell.class.key();
        match self.seen.get(key) {
            Some(place) => place,
            None => self.line_of_new(cell, key),
        }
    }

    #[inline(never)]
    fn line_of_new(&mut self, cell: Cell<'_>, key: u64) -> u16 {
        let text = clean(cell.text);
        if text.is_empty() {
            return BLANK;
        }
        let is_plain = cell.class == CellClass::TEXT && self.empties.is_empty();
        let alike = match is_plain && (self.garble.is_none() || text.is_ascii()) {
            true => self.alike.line(text),
            false => Err(None),
        };
        let place = alike.unwrap_or_else(|like| {
            let fact = self.fact(cell);
            let place = self.line(fact);
            if let Some(like) = like {
                self.alike.keep(&like, text, &fact, place);
            }
            place
        });
        self.found.lines[usize::from(place)].distinct += 1;
        self.tell(key, cell.text);
        self.seen.insert(key, place);
        place
    }

    fn fact(&self, cell: Cell<'_>) -> Fact {
        let text = clean(cell.text);
        if self.empties.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            return Fact::chosen_empty();
        }
        match self.garble.and_then(|garble| garble.repair(text)) {
            Some(repaired) => Fact::of(&repaired, cell),
            None => match narrowed(text) {
                Some(narrow) => Fact::of(&narrow, cell),
                None => Fact::of(text, cell),
            },
        }
    }
}

impl Line {
    /// More rows may be listed.
    fn lists_rows(&self) -> bool {
        self.rows.len() < caps::ROWS_LISTED
    }

    #[inline]
    fn list(&mut self, row: u64) {
        if self.lists_rows() {
            self.rows.push(row);
        }
    }
}

impl ColumnFacts {
    /// Cells that are not blank.
    pub fn filled(&self) -> u64 {
        self.lines.iter().map(|line| line.count).sum()
    }

    /// How many cells have facts like these.
    pub fn count(&self, mut which: impl FnMut(&Fact) -> bool) -> u64 {
        self.lines.iter().filter(|line| which(&line.fact)).map(|line| line.count).sum()
    }

    /// The first rows of such cells, in order.
    pub fn rows(&self, mut which: impl FnMut(&Fact) -> bool) -> Vec<u64> {
        let mut rows: Vec<u64> =
            self.lines.iter().filter(|line| which(&line.fact)).flat_map(|line| line.rows.iter().copied()).collect();
        rows.sort_unstable();
        rows.truncate(caps::ROWS_LISTED);
        rows
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::kinds::facts::is;
    use crate::raw::{CellClass, RawBuilder};

    #[test]
    fn a_column_becomes_a_few_lines() {
        let mut builder = RawBuilder::new();
        for n in 0..5_000u32 {
            let text = if n % 1_000 == 7 { "n/a".to_owned() } else { format!("{},50", 100 + n % 300) };
            builder.push(if n == 9 { "" } else { &text }, CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        let all: Vec<KeptChunk<'_>> = raw.chunks().iter().map(KeptChunk::all).collect();
        let facts = Looking::new(Grid { raw: &raw, fills: None }, None, &[], &|| false).column(0, &all).unwrap();
        assert_eq!(facts.lines.len(), 2);
        assert_eq!(facts.blank, 1);
        assert_eq!(facts.filled(), 4_999);
        assert_eq!(facts.count(|f| f.has(is::EMPTY_WORD)), 5);
        assert_eq!(facts.rows(|f| f.has(is::EMPTY_WORD)), [7, 1_007, 2_007, 3_007, 4_007]);
        assert_eq!(facts.lines[0].distinct, 300);
        assert_eq!(facts.examples, ["100,50", "101,50", "102,50"]);
    }

    #[test]
    fn different_texts_are_counted_however_many_there_are() {
        for (rows, different) in [(100_000u32, 70_000), (60_000, 20_000), (40_000, 5)] {
            let mut builder = RawBuilder::new();
            for n in 0..rows {
                let text = match n % 10 {
                    9 => " ".to_owned(),
                    _ => format!("{:05}", (n / 10 * 9 + n % 10).wrapping_mul(7) % different),
                };
                builder.push(&text, CellClass::TEXT).unwrap();
                builder.end_row().unwrap();
            }
            let raw = builder.finish().unwrap();
            let all: Vec<KeptChunk<'_>> = raw.chunks().iter().map(KeptChunk::all).collect();
            let facts = Looking::new(Grid { raw: &raw, fills: None }, None, &[], &|| false).column(0, &all).unwrap();
            let texts: std::collections::BTreeSet<&str> = (0..raw.rows()).map(|row| raw.cell(row, 0).text).collect();
            let distinct: u64 = facts.lines.iter().map(|line| line.distinct).sum();
            assert_eq!(distinct, texts.len() as u64 - 1, "{rows} rows, without the blank");
            assert_eq!((facts.filled(), facts.blank), (u64::from(rows / 10 * 9), u64::from(rows / 10 - 1)));
        }
    }

    #[test]
    fn parts_of_a_column_put_together_are_the_column() {
        let mut builder = RawBuilder::new();
        for n in 0..300_000u32 {
            // Receipts, each its own; some blank, some words; and whatever comes only late.
            let text = match n {
                _ if n % 97 == 0 => " ".to_owned(),
                _ if n % 1_001 == 5 => "n/a".to_owned(),
                150_000.. if n % 500 == 3 => format!("{}.03.2026", 1 + n % 28),
                _ => format!("R-{}", n % 250_000),
            };
            builder.push(&text, CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        let all: Vec<KeptChunk<'_>> = raw.chunks().iter().map(KeptChunk::all).collect();
        let looking = Looking::new(Grid { raw: &raw, fills: None }, None, &[], &|| false);
        let whole = format!("{:?}", looking.column(0, &all).unwrap());
        for parts in [1, 2, 3, 10] {
            let mut parts = all.chunks(all.len().div_ceil(parts)).map(|part| looking.part(0, part).unwrap());
            let mut first = parts.next().unwrap();
            parts.for_each(|part| first.join(part));
            assert_eq!(format!("{:?}", first.facts()), whole);
        }
        assert!(whole.contains("R-1"));
    }

    #[test]
    fn looking_through_a_column_can_be_stopped_in_the_middle() {
        let mut builder = RawBuilder::new();
        for n in 0..100_000u32 {
            builder.push(&n.to_string(), CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        let all: Vec<KeptChunk<'_>> = raw.chunks().iter().map(KeptChunk::all).collect();
        let asked = std::sync::atomic::AtomicUsize::new(0);
        let stop = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 1;
        let stopped = Looking::new(Grid { raw: &raw, fills: None }, None, &[], &stop).column(0, &all);
        assert_eq!(stopped.unwrap_err().code, larder_model::RefusalCode::Cancelled);
        assert!(asked.into_inner() == 2 && all.len() > 2);
    }
}
