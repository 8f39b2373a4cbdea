//! Rows that appear twice, all their cells alike.

use std::collections::HashMap;
use std::ops::Range;

use larder_model::Refusal;
use larder_tables::parallel;

use super::kept::KeptChunk;
use crate::kinds::column::{ByHash, Hashed};
use crate::progress::{Stop, go_on};
use crate::raw::{Known, OfWords, Raw, Row, Seed, Strip};

/// Parts of all hashes, as a power of 2: small enough that the table of one fits beside a processor.
const PART_BITS: u32 = 10;
const PARTS: usize = 1 << PART_BITS;
/// Rows that are gone through together, column by column: what is known of them stays beside the processor.
const ROWS_AT_ONCE: usize = 2_048;
/// Rows that appear again between two looks at whether to stop.
const ROWS_PER_LOOK: usize = 1 << 16;

/// The later ones of rows that appear more than once, in order. Tables of one column have none: there it is a value
/// that comes again.
///
/// # Errors
/// `Cancelled`.
pub(crate) fn find(
    raw: &Raw,
    columns: &Range<usize>,
    kept: &[KeptChunk<'_>],
    stop: Stop<'_>,
) -> Result<Vec<u64>, Refusal> {
    if columns.len() < 2 {
        return Ok(Vec::new());
    }
    let hashing = Hashing::of(columns, kept);
    let of_chunk = |place: usize| Ok(Parted::of(&hashing.rows(&kept[place], stop)?));
    let parted = parallel::in_order(kept.len(), stop, &of_chunk)?;
    let again: Vec<u64> = parallel::in_order(PARTS, stop, &|part| Ok(met_again(&parted, part)))?.concat();
    if again.is_empty() {
        return Ok(Vec::new());
    }
    let again = Few::of(&again);
    let those_again = |place: usize| -> Result<Vec<(u64, u64)>, Refusal> {
        if !parted[place].all().any(|hash| again.holds(hash)) {
            return Ok(Vec::new());
        }
        let kept = &kept[place];
        let rows = kept.runs.iter().cloned().flatten().map(|row| kept.row(row));
        Ok(rows.zip(hashing.rows(kept, stop)?).filter(|(_, hash)| again.holds(kept_of(*hash))).collect())
    };
    let rows = parallel::in_order(kept.len(), stop, &those_again)?.concat();
    later_ones(raw, columns, &rows, stop)
}

/// Of rows with their hashes those that are like an earlier one.
fn later_ones(raw: &Raw, columns: &Range<usize>, rows: &[(u64, u64)], stop: Stop<'_>) -> Result<Vec<u64>, Refusal> {
    let mut first: ByHash<u64> = ByHash::default();
    let mut copies = Vec::new();
    for (at, &(row, hash)) in rows.iter().enumerate() {
        if at.is_multiple_of(ROWS_PER_LOOK) {
            go_on(stop)?;
        }
        // A hash finds what may be alike, the cells themselves decide.
        match first.get(&hash) {
            Some(first) if alike(raw.row(*first), raw.row(row), columns) => copies.push(row),
            Some(_) => {}
            None => {
                first.insert(hash, row);
            }
        }
    }
    Ok(copies)
}

/// How rows become numbers.
struct Hashing<'a> {
    columns: &'a Range<usize>,
    keys: Seed,
    words: OfWords<'a, Vec<u64>>,
}

impl<'a> Hashing<'a> {
    fn of(columns: &'a Range<usize>, kept: &'a [KeptChunk<'_>]) -> Hashing<'a> {
        let keys = Seed::default();
        let chunks = kept.iter().map(|kept| kept.chunk);
        let words = OfWords::of(chunks, columns.clone(), &|column, common| {
            common.texts().enumerate().map(|(word, text)| number(keys.hash_of(text), column, word)).collect()
        });
        Hashing { columns, keys, words }
    }

    /// One number for each kept row of a chunk, the same for rows that are alike.
    fn rows(&self, kept: &KeptChunk<'_>, stop: Stop<'_>) -> Result<Vec<u64>, Refusal> {
        // Nobody outside can foresee what is added up, so that no two rows can be made to meet (tabulation hashing).
        let mix = |row: &mut u64, cell: u64| *row = row.wrapping_add(cell);
        let of = |strip: &Strip, column: usize, entry: usize| number(strip.hash(entry, &self.keys), column, entry);
        let mut rows = vec![self.keys.hash(&[], 0, 0); kept.rows];
        let strips = self.columns.clone().filter_map(|column| Some((column, kept.chunk.strip(column)?)));
        let known: Vec<(usize, &Strip, Known<'_, u64>)> = strips
            .map(|(column, strip)| {
                let known = Known::of(strip, self.words.get(column, strip), |entry| of(strip, column, entry));
                (column, strip, known)
            })
            .collect();
        let mut rest = rows.as_mut_slice();
        for run in &kept.runs {
            for from in run.clone().step_by(ROWS_AT_ONCE) {
                go_on(stop)?;
                let some = from..run.end.min(from + ROWS_AT_ONCE);
                let (these, after) = rest.split_at_mut(some.len());
                for (column, strip, known) in &known {
                    known.zip(strip, some.clone(), these, |entry| of(strip, *column, entry), mix);
                }
                rest = after;
            }
        }
        Ok(rows)
    }
}

/// The number of a cell with this hash; none of the empty one.
#[inline]
fn number(hash: u64, column: usize, entry: usize) -> u64 {
    // Odd, with bits everywhere: the same cell in another column is another number.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    if entry == 0 {
        return 0;
    }
    let product = u128::from(hash ^ column as u64).wrapping_mul(u128::from(SPREAD));
    (product as u64) ^ (product >> 64) as u64
}

/// The hashes of a chunk, those of each part together: of each, the bits that do not say which part it is, as many as fit. Rows that
/// seem alike are held against each other in any case.
struct Parted {
    hashes: Vec<u32>,
    ends: Vec<u32>,
}

impl Parted {
    fn of(hashes: &[u64]) -> Parted {
        let mut ends = vec![0u32; PARTS];
        for hash in hashes {
            ends[part_of(*hash)] += 1;
        }
        let mut sum = 0;
        let mut next = vec![0u32; PARTS];
        for (end, next) in ends.iter_mut().zip(&mut next) {
            *next = sum;
            sum += *end;
            *end = sum;
        }
        let mut parted = vec![0; hashes.len()];
        for hash in hashes {
            let next = &mut next[part_of(*hash)];
            parted[*next as usize] = kept_of(*hash) as u32;
            *next += 1;
        }
        Parted { hashes: parted, ends }
    }

    fn part(&self, part: usize) -> &[u32] {
        let start = part.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.hashes[start as usize..self.ends[part] as usize]
    }

    /// What is kept of all hashes.
    fn all(&self) -> impl Iterator<Item = u64> + '_ {
        (0..PARTS).flat_map(|part| self.part(part).iter().map(move |hash| with_part(part, *hash)))
    }
}

/// What is kept of a hash: its part, and the bits below.
fn kept_of(hash: u64) -> u64 {
    hash >> (32 - PART_BITS)
}

fn with_part(part: usize, hash: u32) -> u64 {
    (part as u64) << 32 | u64::from(hash)
}

fn part_of(hash: u64) -> usize {
    (kept_of(hash) >> 32) as usize
}

/// What is kept of the hashes of a part that occur more than once.
fn met_again(parted: &[Parted], part: usize) -> Vec<u64> {
    let count: usize = parted.iter().map(|chunk| chunk.part(part).len()).sum();
    let mask = (count * 2).next_power_of_two() - 1;
    // 0 is a free place; the hash 0 stands for 1, which the cells tell apart.
    let mut seen = vec![0u32; mask + 1];
    let mut again = Vec::new();
    for known in parted.iter().flat_map(|chunk| chunk.part(part)) {
        let hash = (*known).max(1);
        let mut place = hash as usize & mask;
        while seen[place] != 0 && seen[place] != hash {
            place = (place + 1) & mask;
        }
        match seen[place] {
            0 => seen[place] = hash,
            _ => again.push(with_part(part, *known)),
        }
    }
    again
}

/// A set of what is kept of hashes that says no quickly.
struct Few {
    bits: Vec<u64>,
    all: HashMap<u64, (), std::hash::BuildHasherDefault<Hashed>>,
}

impl Few {
    fn of(hashes: &[u64]) -> Few {
        let mut bits = vec![0u64; 1 << 12];
        for hash in hashes {
            let bit = Few::bit(*hash);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Few { bits, all: hashes.iter().map(|hash| (*hash, ())).collect() }
    }

    fn bit(hash: u64) -> usize {
        (hash >> 10) as usize & ((1 << 18) - 1)
    }

    fn holds(&self, hash: u64) -> bool {
        let bit = Few::bit(hash);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1 && self.all.contains_key(&hash)
    }
}

/// All cells alike; where only one of them goes on, with empty cells, makes no difference.
fn alike(a: Row<'_>, b: Row<'_>, columns: &Range<usize>) -> bool {
    columns.clone().all(|column| a.text(column) == b.text(column))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use larder_model::RefusalCode;

    use super::*;
    use crate::raw::{CellClass, RawBuilder};

    /// Rows that come again after so many.
    fn rows(count: u32, again: u32) -> Raw {
        let mut builder = RawBuilder::new();
        for n in 0..count {
            builder.push(&(n % again).to_string(), CellClass::TEXT).unwrap();
            builder.push("x", CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        builder.finish().unwrap()
    }

    #[test]
    fn looking_for_rows_that_come_again_can_be_stopped_at_any_point() {
        let raw = rows(200_000, 150_000);
        let all: Vec<KeptChunk<'_>> = raw.chunks().iter().map(KeptChunk::all).collect();
        let found = |stop: Stop<'_>| find(&raw, &(0..2), &all, stop);
        let asked = AtomicUsize::new(0);
        let never = || asked.fetch_add(1, Ordering::Relaxed) == usize::MAX;
        assert_eq!(found(&never).unwrap(), (150_000..200_000).collect::<Vec<u64>>());
        // Once for each column of a chunk at least, and again where rows are held against each other.
        let looks = asked.into_inner();
        assert!(looks > all.len() * 2 + 4, "{looks}");
        for time in [0, 1, all.len(), all.len() * 2] {
            let asked = AtomicUsize::new(0);
            let stop = || asked.fetch_add(1, Ordering::Relaxed) == time;
            assert_eq!(found(&stop).unwrap_err().code, RefusalCode::Cancelled, "{time}");
        }
    }

    #[test]
    fn holding_many_alike_rows_against_each_other_can_be_stopped() {
        let raw = rows(200_000, 1);
        let alike: Vec<(u64, u64)> = (0..200_000).map(|row| (row, 7)).collect();
        let asked = AtomicUsize::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) == 1;
        assert_eq!(later_ones(&raw, &(0..2), &alike, &stop).unwrap_err().code, RefusalCode::Cancelled);
        assert_eq!(asked.into_inner(), 2);
    }
}
