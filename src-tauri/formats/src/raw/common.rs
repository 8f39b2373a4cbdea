//! Different cells that the rows of many chunks share.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use larder_tables::parallel;

use super::{Chunk, Strip};

/// Each different cell once, one text after the other, and where each of them ends. The first is the empty one.
#[derive(Debug)]
struct Words {
    text: String,
    ends: Vec<u32>,
}

/// The different cells of a column that hardly repeats itself within a chunk and does over many of them: times of day, customers,
/// sums. They are kept once for all chunks that one builder fills one after the other, and can be read once it has filled the last
/// of them: before, there is nothing in them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Common(Arc<OnceLock<Words>>);

impl Common {
    /// All words, none of which changes any more.
    pub(super) fn settle(&self, text: String, ends: Vec<u32>) {
        let settled = self.0.set(Words { text, ends });
        debug_assert!(settled.is_ok(), "the words of a column are settled once");
    }

    /// How many words there are, the empty cell included.
    pub fn len(&self) -> usize {
        self.0.get().map_or(0, |words| words.ends.len())
    }

    /// The text of a word.
    #[inline]
    pub fn text(&self, word: usize) -> &str {
        debug_assert!(self.0.get().is_some(), "the words of a column are read when they are settled");
        match self.0.get() {
            Some(words) if word > 0 => &words.text[words.ends[word - 1] as usize..words.ends[word] as usize],
            _ => "",
        }
    }

    /// The text of each word, the empty cell first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|word| self.text(word))
    }

    /// Whether both are the same words: those of chunks that were filled together.
    pub fn is(&self, other: &Common) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What is said of words that chunks share, once for all of these chunks: of each column, and of each set of words in it.
pub(crate) struct OfWords<'a, T>(Vec<(usize, &'a Common, T)>);

impl<'a, T: Send> OfWords<'a, T> {
    /// Says it of all words in these columns of the chunks: `say` is given a column and its words.
    pub fn of(
        chunks: impl Iterator<Item = &'a Chunk> + Clone,
        columns: impl Iterator<Item = usize>,
        say: &(dyn Fn(usize, &Common) -> T + Sync),
    ) -> OfWords<'a, T> {
        let mut all: Vec<(usize, &Common)> = Vec::new();
        for column in columns {
            let begin = all.len();
            for common in chunks.clone().filter_map(|chunk| chunk.strip(column)?.common()) {
                if !all[begin..].iter().any(|(_, known)| known.is(common)) {
                    all.push((column, common));
                }
            }
        }
        let said = parallel::each(all.len(), &|place| say(all[place].0, all[place].1));
        OfWords(all.into_iter().zip(said).map(|((column, common), said)| (column, common, said)).collect())
    }

    /// What was said of the words of this column; none where it shares none with other chunks.
    pub fn get(&self, column: usize, strip: &Strip) -> Option<&T> {
        let common = strip.common()?;
        self.0.iter().find(|(of, known, _)| *of == column && known.is(common)).map(|(_, _, said)| said)
    }
}

/// What is known of the cells of a strip before its rows are gone through.
pub(crate) enum Known<'a, T> {
    /// Of each word that it shares with other chunks.
    Words(&'a [T]),
    /// Of each of its entries.
    Entries(Vec<T>),
    /// Nothing: each row has to be asked.
    Nothing,
}

impl<'a, T: Copy> Known<'a, T> {
    /// `of_words` is what was said of the words that it shares, `of` says it of an entry.
    pub fn of(strip: &Strip, of_words: Option<&'a Vec<T>>, of: impl Fn(usize) -> T) -> Known<'a, T> {
        match of_words {
            Some(words) => Known::Words(words),
            None if strip.is_shared() => Known::Entries((0..strip.entries()).map(of).collect()),
            None => Known::Nothing,
        }
    }

    /// All that is known; `empty` is whether that of the empty cell counts, which always is the first.
    pub fn all(&self, empty: bool) -> Option<&[T]> {
        match self {
            Known::Words(words) => words.get(usize::from(!empty)..),
            Known::Entries(entries) => entries.get(usize::from(!empty)..),
            Known::Nothing => None,
        }
    }

    /// Calls with each of `into`, which stand for these rows of the strip in order, and what is known of the row's cell.
    #[inline]
    pub fn zip<X>(
        &self,
        strip: &Strip,
        rows: Range<usize>,
        into: &mut [X],
        of: impl Fn(usize) -> T,
        mut with: impl FnMut(&mut X, T),
    ) {
        match self {
            Known::Words(words) => strip.zip_words(rows, into, |next, word| with(next, words[word])),
            Known::Entries(entries) => strip.zip(rows, into, |next, entry| with(next, entries[entry])),
            Known::Nothing => strip.zip(rows, into, |next, entry| with(next, of(entry))),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::raw::{CellClass, Raw, RawBuilder, Stored};

    const NONE: [usize; 0] = [];

    /// A row's cells.
    type Cells<'a> = &'a dyn Fn(u64) -> (String, CellClass);

    fn raw(rows: u64, cell: Cells<'_>) -> Raw {
        let mut builder = RawBuilder::new();
        for row in 0..rows {
            let (text, class) = cell(row);
            builder.push(&text, class).unwrap();
            builder.end_row().unwrap();
        }
        builder.finish().unwrap()
    }

    /// The places of chunks that share words, which hold the cells that went in, as the others do.
    fn sharing(rows: u64, cell: Cells<'_>) -> Vec<usize> {
        let raw = raw(rows, cell);
        for row in 0..rows {
            let (text, class) = cell(row);
            let is = raw.cell(row, 0);
            assert_eq!((is.text, is.class), (text.as_str(), class), "row {row}");
        }
        let strips = raw.chunks().iter().map(|chunk| chunk.strip(0).unwrap()).enumerate();
        let shared: Vec<(usize, &Strip)> = strips.filter(|(_, strip)| strip.common().is_some()).collect();
        assert!(shared.windows(2).all(|two| two[0].1.common().unwrap().is(two[1].1.common().unwrap())));
        shared.into_iter().map(|(place, _)| place).collect()
    }

    /// Numbers below this one in no order.
    fn spread(row: u64, below: u64) -> u64 {
        crate::raw::spread(row) % below
    }

    fn text(text: String) -> (String, CellClass) {
        (text, CellClass::TEXT)
    }

    #[test]
    fn chunks_share_what_comes_again_in_later_ones() {
        let all: Vec<usize> = (1..7).collect();
        let time =
            |row: u64| text(format!("{:02}:{:02}:{:02}", spread(row, 24), spread(row, 60), spread(row, 1_440) % 60));
        assert_eq!(sharing(200_000, &|row| text(format!("{:05}", spread(row, 40_000)))), all);
        assert_eq!(sharing(200_000, &|row| text(format!("Customer no. {:05}", spread(row, 30_000)))), all);
        assert_eq!(
            sharing(200_000, &|row| text(format!(
                "{:05} of the long names in a list of customers",
                spread(row, 30_000)
            ))),
            all
        );
        // Empty cells, and those that end with what fills others up.
        let odd = |row: u64| match spread(row, 7) {
            0 => text(String::new()),
            1 => text(format!("{}\0", spread(row, 20_000))),
            _ => text(format!("{}", spread(row, 30_000))),
        };
        assert_eq!(sharing(200_000, &odd), all);
        // So few that they come again within a chunk have no need of it.
        assert_eq!(sharing(200_000, &time), NONE);
        assert_eq!(sharing(200_000, &|row| text(format!("{}", spread(row, 9_000)))), NONE);
    }

    #[test]
    fn what_hardly_comes_again_is_given_up_soon() {
        assert_eq!(sharing(200_000, &|row| text(format!("R-{row}"))), NONE);
        assert_eq!(sharing(30_000, &|row| text(format!("{:05}", spread(row, 40_000)))), NONE);
        // Customers, until many new ones come.
        let growing = |row: u64| text(format!("{}", if row < 100_000 { spread(row, 30_000) } else { row }));
        assert_eq!(sharing(200_000, &growing), [1, 2]);
    }

    #[test]
    fn more_than_can_be_counted_are_given_up() {
        // Some new ones in each chunk, and more than there are numbers in the end.
        let cell = |row: u64| text(format!("{}", spread(row, 20_000 + row / 4)));
        let sharing = sharing(700_000, &cell);
        assert!(sharing.len() > 2 && sharing.len() < 15, "{sharing:?}");
    }

    #[test]
    fn long_texts_are_given_up_before_they_fill_the_memory() {
        let long = |row: u64, length: usize, different: u64| text(format!("{:0length$}", spread(row, different)));
        assert_eq!(sharing(140_000, &|row| long(row, 600, 30_000)), NONE);
        // Large only after some chunks.
        let sharing = sharing(140_000, &|row| long(row, if row < 80_000 { 20 } else { 700 }, 30_000));
        assert!(sharing.starts_with(&[1]) && sharing.len() < 4, "{sharing:?}");
    }

    #[test]
    fn cells_with_classes_are_kept_for_their_chunk() {
        let number = CellClass::plain(Stored::Number);
        let cell =
            |row: u64| (format!("{}", spread(row, 30_000)), if row == 110_000 { number } else { CellClass::TEXT });
        assert_eq!(sharing(200_000, &cell), [1, 2]);
        assert_eq!(sharing(200_000, &|row| (format!("{}", spread(row, 30_000)), number)), NONE);
    }

    #[test]
    fn rows_left_out_and_chunks_without_the_column_are_empty() {
        let cell = |row: u64| match row {
            70_000..100_000 => String::new(),
            _ if row.is_multiple_of(5) => String::new(),
            _ => format!("{:05}", spread(row, 25_000)),
        };
        let mut builder = RawBuilder::new();
        for row in 0..200_000 {
            builder.push("x", CellClass::TEXT).unwrap();
            builder.put(1, &cell(row), CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        assert!(raw.chunks().iter().filter_map(|chunk| chunk.strip(1)?.common()).count() > 2);
        assert!((0..200_000).all(|row| raw.cell(row, 1).text == cell(row)));
    }

    #[test]
    fn columns_far_to_the_right_share_nothing() {
        let mut builder = RawBuilder::new();
        for row in 0..70_000 {
            builder.put(2, &format!("{:05}", spread(row, 20_000)), CellClass::TEXT).unwrap();
            builder.put(200, &format!("{:05}", spread(row, 20_000)), CellClass::TEXT).unwrap();
            builder.end_row().unwrap();
        }
        let raw = builder.finish().unwrap();
        let shares = |column: usize| raw.chunks().iter().any(|chunk| chunk.strip(column).unwrap().common().is_some());
        assert!(shares(2) && !shares(200));
        assert!((0..70_000).all(|row| raw.cell(row, 2).text == raw.cell(row, 200).text));
    }

    #[test]
    fn rows_are_the_same_whether_their_words_are_shared_or_not() {
        let cell = |row: u64| if spread(row, 9) == 0 { String::new() } else { format!("{:05}", spread(row, 30_000)) };
        let raw = raw(150_000, &|row| text(cell(row)));
        let apart = raw.apart();
        let said =
            OfWords::of(raw.chunks().iter(), 0..1, &|_, common| common.texts().map(str::len).collect::<Vec<_>>());
        let seed = crate::raw::Seed::default();
        for (one, two) in raw.chunks().iter().zip(apart.chunks()).skip(1) {
            let (one, two) = (one.strip(0).unwrap(), two.strip(0).unwrap());
            assert!(one.common().is_some() && two.common().is_none());
            assert_eq!((one.entries(), one.is_full(32_768)), (two.entries(), two.is_full(32_768)));
            assert!((0..one.entries()).all(|entry| one.hash(entry, &seed) == two.hash(entry, &seed)));
            for rows in [0..10, 5..9_000, 30_000..40_000, 50_000..50_010] {
                let mut lengths = vec![(usize::MAX, usize::MAX); rows.len()];
                let words = Known::of(one, said.get(0, one), |_| 0);
                words.zip(one, rows.clone(), &mut lengths, |_| 0, |two, length| two.0 = length);
                let each = Known::of(two, said.get(0, two), |_| 0);
                each.zip(two, rows.clone(), &mut lengths, |entry| two.text(entry).len(), |two, length| two.1 = length);
                assert!(lengths.iter().all(|(one, two)| one == two), "{rows:?}");
            }
            let (mut cut, mut same) = (one.clone(), two.clone());
            cut.truncate(1_000);
            same.truncate(1_000);
            assert!((0..1_005).all(|row| cut.text(cut.entry_of(row)) == same.text(same.entry_of(row))));
        }
    }
}
