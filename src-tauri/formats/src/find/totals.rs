//! Rows that add others up: told by a word, by arithmetic, or both.

use std::ops::Range;

use larder_model::DecimalMark;
use larder_tables::parallel;

use super::blocks::Block;
use super::look::{Look, look};
use crate::kinds::facts::{Fact, clean};
use crate::kinds::{number, words};
use crate::raw::{Cell, CellClass, Chunk, Known, OfWords, Raw, Stored, Strip, is_blank};

/// Rows at the end of a bill that may say what is to be paid.
const TAIL: usize = 8;

/// A row that adds others up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Total {
    pub row: u64,
    /// Its numbers are the sums of those above.
    pub proven: bool,
}

/// What of a table matters here.
struct Columns {
    numbers: Vec<usize>,
    /// All others: words, days.
    labels: Vec<usize>,
    /// Labels that rows usually fill.
    usual: usize,
    mark: DecimalMark,
}

impl Columns {
    fn of(raw: &Raw, block: &Block, rows: &[u64]) -> Columns {
        let of = |wanted: fn(Look) -> bool| -> Vec<usize> {
            block
                .columns
                .clone()
                .zip(&block.looks)
                .filter(|(_, look)| wanted(**look))
                .map(|(column, _)| column)
                .collect()
        };
        // Figures with zeros in front are the number of something, and nobody adds those up.
        let is_code = |column: &usize| {
            let texts = || rows.iter().map(|row| clean(raw.cell(*row, *column).text));
            texts().any(|text| text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()))
        };
        let (codes, numbers): (Vec<usize>, Vec<usize>) = of(|look| look == Look::Number).into_iter().partition(is_code);
        let mut labels = of(|look| matches!(look, Look::Word | Look::Time | Look::YesNo));
        labels.extend(codes);
        labels.sort_unstable();
        let mut counts = vec![0usize; labels.len() + 1];
        let mut votes = 0i64;
        for &row in rows {
            counts[labels.iter().filter(|c| !raw.cell(row, **c).is_blank()).count()] += 1;
            for &column in &numbers {
                let cell = raw.cell(row, column);
                if !cell.is_blank() {
                    votes += match Fact::of(clean(cell.text), cell).proves_mark() {
                        Some(DecimalMark::Comma) => 1,
                        Some(DecimalMark::Dot) => -1,
                        None => 0,
                    };
                }
            }
        }
        let usual = counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(filled, _)| filled);
        let mark = if votes > 0 { DecimalMark::Comma } else { DecimalMark::Dot };
        Columns { numbers, labels, usual, mark }
    }

    fn filled_labels(&self, raw: &Raw, row: u64) -> usize {
        self.labels.iter().filter(|column| !raw.cell(row, **column).is_blank()).count()
    }

    /// Rows usually have so many labels that one with a single word stands out.
    fn are_many(&self) -> bool {
        self.usual >= 3
    }

    fn value(&self, cell: Cell<'_>) -> Option<f64> {
        match cell.class.stored {
            Stored::Number => number::parse_stored(cell.text).map(|n| n.to_f64()),
            Stored::Text if !cell.text.is_empty() => {
                number::parse(clean(cell.text), self.mark).map(|(n, _)| n.to_f64())
            }
            _ => None,
        }
    }
}

/// Sums of one column since the last total and since the beginning.
#[derive(Clone, Copy, Default)]
struct Sums {
    section: f64,
    all: f64,
    totals: f64,
}

/// Finds them among the rows of a table's body that are kept so far, and tells how many rows those are.
pub(crate) fn find(raw: &Raw, block: &Block, is_kept: &(dyn Fn(&u64) -> bool + Sync)) -> (Vec<Total>, usize) {
    let body = block.header.body..block.rows.end;
    let sample: Vec<u64> = body.clone().filter(is_kept).take(60).collect();
    let columns = Columns::of(raw, block, &sample);
    let candidates = candidates(raw, block, &columns, is_kept);
    let ends_named = || {
        let last = body.clone().rev().find(is_kept);
        last.is_some_and(|row| is_named_among_numbers(raw, block, &sample, row))
    };
    let last = match candidates.last() {
        Some((last, _)) => *last,
        None if ends_named() => 0,
        None => return (Vec::new(), usize::MAX),
    };
    let rows: Vec<u64> = body.filter(is_kept).collect();
    let mut sums = vec![Sums::default(); columns.numbers.len()];
    let mut in_section = 0u64;
    let mut found = Vec::new();
    let mut candidates = candidates.into_iter().peekable();
    for (place, &row) in rows.iter().enumerate().take_while(|(_, row)| **row <= last) {
        let candidate = candidates.next_if(|(at, _)| *at == row);
        let values: Vec<Option<f64>> =
            columns.numbers.iter().map(|column| columns.value(raw.cell(row, *column))).collect();
        if let Some((_, hint)) = candidate {
            let (matching, filled) = sums_among(&values, &sums, in_section, hint.is_worded());
            let proven = matching >= 1 && matching * 2 >= filled;
            let at_end = rows.len() - place <= 3 && place > 0;
            let bare = columns.filled_labels(raw, row) < columns.usual.max(1);
            // The sums of an account, and what is left on it.
            let under_total = place > 0 && found.last().is_some_and(|total: &Total| total.row == rows[place - 1]);
            let is_total = match hint {
                // Without proof only a word at the end, or one with less beside it than rows usually have.
                Hint::Word => proven || bare || at_end,
                // Where sums were never worked out, the name alone is left.
                Hint::Behind => proven || (filled == 0 && columns.filled_labels(raw, row) == 1 && columns.are_many()),
                Hint::Silent => proven,
                Hint::Balance => proven || (bare && (at_end || place == 0 || under_total)),
                Hint::Sparse => matching == filled && in_section >= 3 && (matching >= 2 || (matching == 1 && at_end)),
                Hint::Misplaced => at_end || under_total,
            };
            if is_total {
                found.push(Total { row, proven });
                for (sum, value) in sums.iter_mut().zip(&values) {
                    sum.totals += value.unwrap_or(0.0);
                    sum.section = 0.0;
                }
                in_section = 0;
                continue;
            }
        }
        in_section += 1;
        for (sum, value) in sums.iter_mut().zip(&values) {
            sum.section += value.unwrap_or(0.0);
            sum.all += value.unwrap_or(0.0);
        }
    }
    add_tail(raw, block, &columns, &rows, &mut found);
    (found, rows.len())
}

/// Under the sum of a bill stand taxes and what is to be paid: rows with one word and one number, where others have more.
fn add_tail(raw: &Raw, block: &Block, columns: &Columns, rows: &[u64], found: &mut Vec<Total>) {
    let is_bare = |row: u64| {
        let filled = block.columns.clone().filter(|column| !raw.cell(row, *column).is_blank()).count();
        filled == 2 && columns.filled_labels(raw, row) == 1 && columns.are_many()
    };
    // Their names may stand where the others have numbers.
    let is_misplaced = |row: u64| {
        hint(raw, block, columns, row) == Some(Hint::Misplaced) || is_named_among_numbers(raw, block, rows, row)
    };
    let is_total = |row: u64| found.iter().any(|total| total.row == row);
    let belongs = |row: &&u64| is_total(**row) || is_bare(**row) || is_misplaced(**row);
    let mut tail: Vec<u64> = rows.iter().rev().take(TAIL).take_while(belongs).copied().collect();
    // What stands in front of the first sum is added up by it.
    while tail.pop_if(|row| !is_total(*row) && !is_misplaced(*row)).is_some() {}
    let more: Vec<u64> = tail.into_iter().filter(|row| !is_total(*row)).collect();
    found.extend(more.into_iter().map(|row| Total { row, proven: false }));
    found.sort_by_key(|total| total.row);
}

/// A row without a beginning that has its name where the others have a number, and a number behind it.
fn is_named_among_numbers(raw: &Raw, block: &Block, rows: &[u64], row: u64) -> bool {
    let first = block.columns.start;
    let filled: Vec<usize> = block.columns.clone().filter(|column| !raw.cell(row, *column).is_blank()).collect();
    let [name, value] = filled[..] else { return false };
    let at = |row: u64, column: usize| look(raw.cell(row, column));
    if name == first || value != name + 1 || at(row, name) != Look::Word || at(row, value) != Look::Number {
        return false;
    }
    let named = || rows.iter().take(60).filter(|row| !raw.cell(**row, first).is_blank());
    let numbers = named().filter(|row| at(**row, name) == Look::Number).count();
    numbers >= 2 && named().all(|row| matches!(at(*row, name), Look::Number | Look::Blank))
}

/// Why a row could be a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hint {
    /// A word says so.
    Word,
    /// A word at the end of a name may say so: `North total`. It has to be proven.
    Behind,
    /// It has numbers and no name.
    Silent,
    /// It has one word where others have three and more, in whatever language. It has to be proven.
    Sparse,
    /// It says what is left on an account.
    Balance,
    /// It has no name but a word among the numbers, with a number beside it.
    Misplaced,
}

impl Hint {
    fn is_worded(self) -> bool {
        matches!(self, Hint::Word | Hint::Behind | Hint::Balance)
    }
}

/// Rows that could be totals, in order, and why.
fn candidates(
    raw: &Raw,
    block: &Block,
    columns: &Columns,
    is_kept: &(dyn Fn(&u64) -> bool + Sync),
) -> Vec<(u64, Hint)> {
    let chunks = raw.chunks();
    // Balances stand at both ends, and their words are asked for nowhere else.
    let body = || (block.header.body..block.rows.end).filter(is_kept);
    let mut ends: Vec<u64> = body().take(1).chain(body().rev().take(3)).collect();
    ends.sort_unstable();
    let suspects = Suspects::of(raw, block, columns);
    let part = |place: usize| -> Vec<(u64, Hint)> {
        let mut rows = suspects.among(&chunks[place]);
        rows.extend(ends.iter().filter(|row| chunks[place].rows().contains(row)));
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter()
            .filter(is_kept)
            .filter_map(|row| hint(raw, block, columns, row).map(|hint| (row, hint)))
            .collect()
    };
    parallel::each(chunks.len(), &part).concat()
}

/// Rows that have a word for a total somewhere, or no name: each different cell is asked once.
struct Suspects<'a> {
    block: &'a Block,
    columns: &'a Columns,
    palette: &'a [CellClass],
    /// Of words that chunks share, whether they are words for a total.
    says: OfWords<'a, Vec<bool>>,
    /// Whether they are blank, in the columns of labels.
    blank: OfWords<'a, Vec<bool>>,
}

impl<'a> Suspects<'a> {
    fn of(raw: &'a Raw, block: &'a Block, columns: &'a Columns) -> Suspects<'a> {
        let chunks = || raw.chunks().iter();
        let says = OfWords::of(chunks(), block.columns.clone(), &|_, common| common.texts().map(says_total).collect());
        let labels = columns.labels.iter().copied();
        let blank = OfWords::of(chunks(), labels, &|_, common| common.texts().map(is_blank).collect());
        Suspects { block, columns, palette: raw.palette(), says, blank }
    }

    /// Those of a chunk, in order.
    fn among(&self, chunk: &Chunk) -> Vec<u64> {
        let rows = chunk.rows();
        let (start, end) = (rows.start.max(self.block.header.body), rows.end.min(self.block.rows.end));
        if start >= end {
            return Vec::new();
        }
        let within = (start - rows.start) as usize..(end - rows.start) as usize;
        let mut marked = self.without_name(chunk, &within);
        for (column, strip) in self.block.columns.clone().filter_map(|column| Some((column, chunk.strip(column)?))) {
            let says = |entry: usize| {
                let cell = strip.cell(entry, self.palette);
                cell.class.stored == Stored::Text && says_total(cell.text)
            };
            let known = Known::of(strip, self.says.get(column, strip), says);
            let none_says = match known.all(true) {
                Some(known) => !known.contains(&true),
                // Figures and what parts them, as in times and numbers of receipts: no word and no mark among them.
                None => strip.holds_only(b'+'..=b':'),
            };
            if !none_says {
                let marked = marked.get_or_insert_with(|| vec![false; within.len()]);
                known.zip(strip, within.clone(), marked, says, |marked, says| *marked |= says);
            }
        }
        (start..end).zip(marked.unwrap_or_default()).filter(|(_, marked)| *marked).map(|(row, _)| row).collect()
    }

    /// Whether each of these rows may have no name; nothing where no row is without one.
    fn without_name(&self, chunk: &Chunk, within: &Range<usize>) -> Option<Vec<bool>> {
        let Columns { labels, usual, .. } = self.columns;
        if *usual == 0 || labels.is_empty() {
            return None;
        }
        // Most labels are there in every row.
        let strips = labels.iter().filter_map(|label| Some((*label, chunk.strip(*label)?)));
        let all = chunk.rows().count();
        let (everywhere, others): (Vec<_>, Vec<_>) = strips.partition(|(_, strip)| strip.is_seen(all));
        // Labels that a row may still have to be without a name.
        let room =
            (u8::from(self.columns.are_many()) + 1).saturating_sub(u8::try_from(everywhere.len()).unwrap_or(u8::MAX));
        (room > 0).then(|| self.with_room(room, &others, within))
    }

    /// Whether each of these rows has fewer than so many of these labels.
    fn with_room(&self, room: u8, labels: &[(usize, &Strip)], rows: &Range<usize>) -> Vec<bool> {
        let mut left = vec![room; rows.len()];
        for (column, strip) in labels {
            if left.iter().any(|left| *left > 0) {
                let of = |entry: usize| is_blank(strip.text(entry));
                let known = Known::of(strip, self.blank.get(*column, strip), of);
                known.zip(strip, rows.clone(), &mut left, of, |left, blank| {
                    *left = left.saturating_sub(u8::from(!blank));
                });
            }
        }
        left.into_iter().map(|left| left > 0).collect()
    }
}

/// A word for a total, in front or behind. Figures at both ends are none.
fn says_total(text: &str) -> bool {
    let figure = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    !(figure(bytes.first()) && figure(bytes.last()))
        && (words::is_total(text) || words::ends_like_total(text) || is_mark(text))
}

/// Stars and signs for a sum, as bookkeeping prints them in front of totals, alone or with the name of what was added up:
/// `**`, `* 00100417`.
fn is_mark(text: &str) -> bool {
    let name = text.trim_start_matches(['*', 'Σ', '∑', '=']);
    let mark = &text[..text.len() - name.len()];
    !mark.is_empty()
        && mark.chars().count() <= 4
        && (name.is_empty() || (name.starts_with(' ') && !mark.starts_with('=')))
}

fn hint(raw: &Raw, block: &Block, columns: &Columns, row: u64) -> Option<Hint> {
    let line = raw.row(row);
    let filled = || block.columns.clone().map(|column| line.cell(column)).filter(|cell| !cell.is_blank());
    // A word further to the right counts alike where nothing stands in front of it but numbers.
    let labels = columns.filled_labels(raw, row);
    let bare = labels <= 1 && columns.usual > 1;
    let mut behind = false;
    // Where a row has all that others have, only its name makes it a total, not a word further on.
    let name = filled().find(|cell| look(*cell) == Look::Word).map(|cell| cell.text);
    for (place, cell) in filled().enumerate().filter(|(_, cell)| cell.class.stored == Stored::Text) {
        let is_total = words::is_total(cell.text);
        if is_total && (bare || (place < 3 && name == Some(cell.text))) {
            return Some(Hint::Word);
        }
        behind |= is_total || (place < 3 && (words::ends_like_total(cell.text) || is_mark(cell.text)));
    }
    let stars = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b == b'*');
    if behind && bare && filled().next().is_some_and(|cell| stars(clean(cell.text))) {
        return Some(Hint::Word);
    }
    if behind {
        return Some(Hint::Behind);
    }
    let is_silent = labels == 0 && columns.usual > 0 && !columns.labels.is_empty();
    let number = |column: &usize| look(line.cell(*column)) == Look::Number;
    // Beside what is left may stand whose money it is, or the day.
    if labels > 1 && (labels > 2 || labels >= columns.usual) || !columns.numbers.iter().any(number) {
        return None;
    }
    if filled().any(|cell| cell.class.stored == Stored::Text && words::is_balance(cell.text)) {
        return Some(Hint::Balance);
    }
    if labels > 1 {
        return None;
    }
    let word = |column: &usize| look(line.cell(*column)) == Look::Word;
    match () {
        () if is_silent && columns.numbers.iter().any(word) && filled().count() * 2 <= block.columns.len() => {
            Some(Hint::Misplaced)
        }
        () if is_silent => Some(Hint::Silent),
        () => (labels == 1 && columns.are_many()).then_some(Hint::Sparse),
    }
}

/// How many numbers of the row are sums of what stands above, and how many numbers it has.
fn sums_among(values: &[Option<f64>], sums: &[Sums], in_section: u64, worded: bool) -> (usize, usize) {
    let near = |a: f64, b: f64| (a - b).abs() <= 0.005_1 + 1e-9 * a.abs();
    let (mut matching, mut filled) = (0, 0);
    for (value, sum) in values.iter().zip(sums) {
        let Some(value) = value else { continue };
        filled += 1;
        // One row above is a sum only where a word says so.
        let section = (in_section >= 2 || (worded && in_section >= 1)) && near(*value, sum.section);
        let all = near(*value, sum.all) || (sum.totals != 0.0 && near(*value, sum.totals));
        if *value != 0.0 && (section || (all && (worded || in_section >= 2 || sum.totals != 0.0))) {
            matching += 1;
        }
    }
    (matching, filled)
}
