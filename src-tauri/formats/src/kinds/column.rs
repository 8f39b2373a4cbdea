//! All cells of one column, looked at once: which sets of facts occur, how often, where, and how many values differ.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;
use larder_model::Refusal;

use super::facts::{Fact, clean, narrowed};
use crate::caps;
use crate::grid::Grid;
use crate::progress::{Stop, go_on};
use crate::raw::{Cell, CellClass, Strip};
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

/// Looks at the cells of a column in the kept rows.
///
/// # Errors
/// `Cancelled`.
/// `empties`: words that a person said stand for nothing.
pub(crate) fn scan(
    grid: Grid<'_>,
    column: usize,
    kept: &[KeptChunk<'_>],
    garble: Option<Garble>,
    empties: &[String],
    stop: Stop<'_>,
) -> Result<ColumnFacts, Refusal> {
    let mut scan = Scan { garble, empties, ..Scan::default() };
    for kept in kept {
        go_on(stop)?;
        let covered = grid.fills.is_some_and(|fills| fills.touch(column, &kept.chunk.rows()));
        match kept.chunk.strip(column) {
            _ if covered => {
                for row in kept.runs.iter().cloned().flatten().map(|row| kept.row(row)) {
                    scan.cell(row, grid.cell(row, column));
                }
            }
            None => scan.found.blank += kept.rows as u64,
            Some(strip) if strip.is_shared() => scan.shared(strip, kept, grid.raw.palette()),
            Some(strip) => {
                for run in &kept.runs {
                    let row = |within| kept.row(within);
                    strip.each(run.clone(), |within, entry| {
                        scan.cell(row(within), strip.cell(entry, grid.raw.palette()))
                    });
                }
            }
        }
    }
    Ok(scan.found)
}

/// What is known of a column while it is looked through.
#[derive(Default)]
struct Scan<'a> {
    garble: Option<Garble>,
    empties: &'a [String],
    keys: RandomState,
    seen: ByHash<u16>,
    places: HashMap<Fact, u16>,
    found: ColumnFacts,
}

/// The line of what is blank.
const BLANK: u16 = u16::MAX;

impl Scan<'_> {
    fn cell(&mut self, row: u64, cell: Cell<'_>) {
        match self.line_of(cell) {
            BLANK => self.found.blank += 1,
            line => {
                self.found.last = Some(row);
                self.found.lines[usize::from(line)].add(row);
            }
        }
    }

    /// A column whose rows share their cells: each of them is looked at once.
    fn shared(&mut self, strip: &Strip, kept: &KeptChunk<'_>, palette: &[CellClass]) {
        let mut counts = vec![0u32; strip.entries()];
        for run in &kept.runs {
            strip.each(run.clone(), |_, entry| counts[entry] += 1);
        }
        // Entries come in the order in which the sheet has them first.
        let lines: Vec<u16> = (0..counts.len())
            .map(|entry| if counts[entry] == 0 { BLANK } else { self.line_of(strip.cell(entry, palette)) })
            .collect();
        for (line, count) in lines.iter().zip(counts) {
            match self.found.lines.get_mut(usize::from(*line)) {
                Some(line) => line.count += u64::from(count),
                None => self.found.blank += u64::from(count),
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

    /// The line of cells with all its facts.
    fn line_of(&mut self, cell: Cell<'_>) -> u16 {
        if clean(cell.text).is_empty() {
            return BLANK;
        }
        let key = self.keys.hash_one(cell.text) ^ cell.class.key();
        if let Some(&place) = self.seen.get(&key) {
            return place;
        }
        let fact = self.fact(cell);
        let found = &mut self.found;
        let place = *self.places.entry(fact).or_insert_with(|| {
            found.lines.push(Line { fact, count: 0, distinct: 0, rows: Vec::new() });
            (found.lines.len() - 1) as u16
        });
        found.lines[usize::from(place)].distinct += 1;
        if found.examples.len() < 3 {
            found.examples.push(cell.text.to_owned());
        }
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
    fn add(&mut self, row: u64) {
        self.count += 1;
        self.list(row);
    }

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
        let facts = scan(Grid { raw: &raw, fills: None }, 0, &all, None, &[], &|| false).unwrap();
        assert_eq!(facts.lines.len(), 2);
        assert_eq!(facts.blank, 1);
        assert_eq!(facts.filled(), 4_999);
        assert_eq!(facts.count(|f| f.has(is::EMPTY_WORD)), 5);
        assert_eq!(facts.rows(|f| f.has(is::EMPTY_WORD)), [7, 1_007, 2_007, 3_007, 4_007]);
        assert_eq!(facts.lines[0].distinct, 300);
        assert_eq!(facts.examples, ["100,50", "101,50", "102,50"]);
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
        let stopped = scan(Grid { raw: &raw, fills: None }, 0, &all, None, &[], &stop);
        assert_eq!(stopped.unwrap_err().code, larder_model::RefusalCode::Cancelled);
        assert!(asked.into_inner() == 2 && all.len() > 2);
    }
}
