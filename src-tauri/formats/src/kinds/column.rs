//! All cells of one column, looked at once: which sets of facts occur, how often, where, and how many values differ.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;

use super::facts::{Fact, clean, narrowed};
use crate::caps;
use crate::grid::Grid;
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

/// Looks at the cells of a column in these rows of the sheet.
/// `empties`: words that a person said stand for nothing.
pub(crate) fn scan(
    grid: Grid<'_>,
    column: usize,
    rows: impl Iterator<Item = u64>,
    garble: Option<Garble>,
    empties: &[String],
) -> ColumnFacts {
    let keys = RandomState::default();
    let mut seen: ByHash<u16> = ByHash::default();
    let mut places: HashMap<Fact, u16> = HashMap::new();
    let mut found = ColumnFacts::default();
    for row in rows {
        let cell = grid.cell(row, column);
        if cell.is_blank() {
            found.blank += 1;
            continue;
        }
        found.last = Some(row);
        let key = keys.hash_one(cell.text) ^ cell.class.key();
        let place = match seen.get(&key) {
            Some(&place) => place,
            None => {
                let text = clean(cell.text);
                let fact = match garble.and_then(|garble| garble.repair(text)) {
                    _ if empties.iter().any(|word| word.eq_ignore_ascii_case(text)) => Fact::chosen_empty(),
                    Some(repaired) => Fact::of(&repaired, cell),
                    None => match narrowed(text) {
                        Some(narrow) => Fact::of(&narrow, cell),
                        None => Fact::of(text, cell),
                    },
                };
                let place = *places.entry(fact).or_insert_with(|| {
                    found.lines.push(Line { fact, count: 0, distinct: 0, rows: Vec::new() });
                    (found.lines.len() - 1) as u16
                });
                found.lines[usize::from(place)].distinct += 1;
                if found.examples.len() < 3 {
                    found.examples.push(cell.text.to_owned());
                }
                seen.insert(key, place);
                place
            }
        };
        let line = &mut found.lines[usize::from(place)];
        line.count += 1;
        if line.rows.len() < caps::ROWS_LISTED {
            line.rows.push(row);
        }
    }
    found
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
        let mut builder = RawBuilder::plain();
        for n in 0..5_000u32 {
            let text = if n % 1_000 == 7 { "n/a".to_owned() } else { format!("{},50", 100 + n % 300) };
            builder.push(if n == 9 { "" } else { &text }, CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        let facts = scan(Grid { raw: &raw, fills: None }, 0, 0..raw.rows(), None, &[]);
        assert_eq!(facts.lines.len(), 2);
        assert_eq!(facts.blank, 1);
        assert_eq!(facts.filled(), 4_999);
        assert_eq!(facts.count(|f| f.has(is::EMPTY_WORD)), 5);
        assert_eq!(facts.rows(|f| f.has(is::EMPTY_WORD)), [7, 1_007, 2_007, 3_007, 4_007]);
        assert_eq!(facts.lines[0].distinct, 300);
        assert_eq!(facts.examples, ["100,50", "101,50", "102,50"]);
    }
}
