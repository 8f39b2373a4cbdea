//! The rows of a text that ends with one of them, as quickly as they can be told apart. Rows of plain cells and of cells that are
//! quoted without more ado are read here; all others by [`Records`], which knows every trouble there is with quotes.

use super::marks::{Marks, RowEnd};
use super::records::{Dialect, Found, Records};
use crate::raw::{Mark, RawBuilder, Rows};

/// Rows that are handed on together, so that one column after the other is gone through.
const ROWS_AT_ONCE: usize = 256;
/// Marks that were handed on and still take room.
const MARKS_KEPT: usize = 4_096;

/// Adds the rows of a text. False where the text does not end with a row, or where one of them is too large: it has to be
/// read together with what follows.
pub(crate) fn add(text: &str, dialect: Dialect, builder: &mut RawBuilder) -> bool {
    if text.len() >= Mark::TEXT_BYTES {
        return false;
    }
    let mut records = Records::default();
    if dialect.delimiter.len() > 1 || dialect.backslash {
        let mut at = 0;
        while at < text.len() {
            match careful(text, at, dialect, &mut records, builder) {
                Some(next) => at = next,
                None => return false,
            }
        }
        return true;
    }
    let marks = Marks::new(text.as_bytes(), dialect.delimiter.first(), dialect.quote);
    let mut waiting = Waiting { text, marks, quote: dialect.quote, rows: 0, first: 0, next: 1, columns: 0, stride: 0 };
    while !waiting.marks.is_done() {
        if let Some(ends) = waiting.marks.step() {
            for end in ends {
                if !waiting.row(end, builder) {
                    return false;
                }
            }
            waiting.forget();
            continue;
        }
        if !waiting.hand_on(builder) {
            return false;
        }
        match careful(text, waiting.start(), dialect, &mut records, builder) {
            Some(next) => waiting.begin(next),
            None => return false,
        }
    }
    // What was begun is no row.
    waiting.hand_on(builder) && waiting.start() >= text.len()
}

/// Reads the row that begins here with all care; gives where the next one begins.
fn careful(text: &str, at: usize, dialect: Dialect, records: &mut Records, builder: &mut RawBuilder) -> Option<usize> {
    let Found::Row(next) = records.next(text, at, false, dialect) else { return None };
    builder.push_row(text, records.spans(), dialect.quote).ok().map(|()| next)
}

/// Rows that were found and not handed on yet, which have as many cells each.
struct Waiting<'a> {
    text: &'a str,
    marks: Marks<'a>,
    quote: u8,
    rows: usize,
    /// The place of the mark in front of them.
    first: usize,
    /// The place of the first mark of the row behind them.
    next: usize,
    columns: usize,
    /// Marks of each of them.
    stride: usize,
}

impl Waiting<'_> {
    /// Takes a row that ends here. False where rows do not fit.
    #[inline]
    fn row(&mut self, end: RowEnd, builder: &mut RawBuilder) -> bool {
        // Nearly all rows have as many marks as the one before.
        let likely = self.next + self.stride;
        let is_alike = self.marks.found().get(likely - 1).is_some_and(|mark| mark.is_at(end.at));
        if is_alike && end.is_pair == (self.stride > self.columns) && self.rows < ROWS_AT_ONCE {
            self.rows += 1;
            self.next = likely;
            return true;
        }
        if !self.hand_on(builder) {
            return false;
        }
        let behind = end.place() + 1;
        self.stride = behind - self.next;
        self.columns = self.stride - usize::from(end.is_pair);
        self.rows = 1;
        self.next = behind;
        true
    }

    /// Adds the rows.
    fn hand_on(&mut self, builder: &mut RawBuilder) -> bool {
        let marks = &self.marks.found()[self.first..self.next];
        let rows = Rows { text: self.text, marks, columns: self.columns, stride: self.stride };
        let fit = self.rows == 0 || builder.push_rows(rows, self.quote).is_ok();
        (self.rows, self.first) = (0, self.next - 1);
        fit
    }

    /// Makes room where many marks were handed on.
    fn forget(&mut self) {
        if self.first >= MARKS_KEPT {
            self.marks.forget(self.first);
            self.next -= self.first;
            self.first = 0;
        }
    }

    /// Where the row behind them begins in the text.
    fn start(&self) -> usize {
        self.marks.found()[self.next - 1].behind()
    }

    /// Goes on with the row that begins here.
    fn begin(&mut self, start: usize) {
        self.marks.begin(start);
        (self.rows, self.first, self.next) = (0, 0, 1);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::text::separator::Separator;

    fn cells(raw: &crate::raw::Raw) -> Vec<Vec<String>> {
        (0..raw.rows()).map(|row| raw.row(row).cells().map(|cell| cell.text.to_owned()).collect()).collect()
    }

    #[test]
    fn quick_rows_are_those_of_the_careful_reader() {
        const PIECES: [&str; 14] = [
            "a longer text without any mark in it",
            "\"\"",
            "a",
            "ü",
            ",",
            ",",
            "\n",
            "\r\n",
            "\r",
            "\"",
            "\"x,y\"",
            "\"a \"\"b\"\"\"",
            " ",
            "\"two\nlines\"",
        ];
        let dialect = Dialect { columns: 3, ..Dialect::of(Separator::COMMA) };
        let mut state = 11u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize
        };
        let mut read = 0;
        for round in 0..20_000 {
            let count = 1 + next() % if round % 4 == 0 { 300 } else { 60 };
            let mut text: String = (0..count).map(|_| PIECES[next() % PIECES.len()]).collect();
            text.push('\n');
            let mut quick = RawBuilder::new();
            if !add(&text, dialect, &mut quick) {
                continue;
            }
            read += 1;
            let (mut records, mut careful, mut at) = (Records::default(), RawBuilder::new(), 0);
            while at < text.len() {
                let Found::Row(next) = records.next(&text, at, false, dialect) else { panic!("{text:?}") };
                careful.push_row(&text, records.spans(), b'"').unwrap();
                at = next;
            }
            assert_eq!(cells(&quick.finish().unwrap()), cells(&careful.finish().unwrap()), "{text:?}");
        }
        assert!(read > 5_000, "{read}");
    }

    #[test]
    fn a_column_that_many_short_rows_leave_out_goes_on_behind_them() {
        for (column, full) in [(1, 2_000), (1, 4_000), (40, 2_000), (40, 1_300)] {
            let is_short = |row: usize| (full..full + 1_500).contains(&row) || row > 60_000;
            let cell = |row: usize| if is_short(row) { String::new() } else { format!("R-{row}") };
            let line = |row: usize| match is_short(row) {
                true => "a\n".to_owned(),
                false => format!("a{}{}\n", ",".repeat(column), cell(row)),
            };
            let text: String = (0..70_000).map(line).collect();
            let mut quick = RawBuilder::new();
            assert!(add(&text, Dialect::of(Separator::COMMA), &mut quick));
            let raw = quick.finish().unwrap();
            assert!((0..70_000).all(|row| raw.cell(row as u64, column).text == cell(row)), "{column} {full}");
        }
    }

    #[test]
    fn doubled_quotes_that_come_again_are_read_anew_in_every_chunk() {
        let name = |row: usize| (row * 7 + row / 30_000) % 11;
        let text: String = (0..70_000).map(|row| format!("\"the \"\"{}\"\" one\",x\n", name(row))).collect();
        let mut quick = RawBuilder::new();
        assert!(add(&text, Dialect::of(Separator::COMMA), &mut quick));
        let raw = quick.finish().unwrap();
        assert!(raw.chunks().len() > 2, "{}", raw.chunks().len());
        for row in 0..70_000 {
            assert_eq!(raw.cell(row as u64, 0).text, format!("the \"{}\" one", name(row)));
        }
    }
}
