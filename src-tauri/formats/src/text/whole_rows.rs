//! The rows of a text that ends with one of them, as quickly as they can be told apart. Rows of plain cells and of cells that are
//! quoted without more ado are read here; all others by [`Records`], which knows every trouble there is with quotes.

use super::marks::Marks;
use super::records::{Dialect, Found, Inside, Records};
use crate::caps;
use crate::raw::{Place, RawBuilder};

/// Rows that are handed on together, so that one column after the other is gone through.
const ROWS_AT_ONCE: usize = 256;

/// Adds the rows of a text. False where the text does not end with a row, or where one of them is too large: it has to be
/// read together with what follows.
pub(crate) fn add(text: &str, dialect: Dialect, builder: &mut RawBuilder) -> bool {
    if text.len() >= Place::TEXT_BYTES {
        return false;
    }
    let mut records = Records::default();
    let mut rows = Rows::new(text, dialect);
    // Cells of rows that have as many of them, row after row, and of the last one.
    let mut waiting: Vec<Place> = Vec::new();
    let mut columns = 0;
    let mut at = 0;
    while at < text.len() {
        let before = waiting.len();
        let plain = rows.as_mut().and_then(|rows| rows.plain(at, &mut waiting));
        at = match plain {
            Some(next) => next,
            None => {
                waiting.truncate(before);
                let Found::Row(next) = records.next(text, at, false, dialect) else { return false };
                if let Some(rows) = &mut rows {
                    rows.marks.skip_to(next);
                }
                waiting.extend(records.spans().iter().map(|&(from, to, inside)| Place::new(from, to, inside)));
                next
            }
        };
        let cells = waiting.len() - before;
        if cells != columns || before >= ROWS_AT_ONCE * columns {
            if builder.push_rows(text, &waiting[..before], columns, dialect.quote).is_err() {
                return false;
            }
            waiting.drain(..before);
            columns = cells;
        }
    }
    builder.push_rows(text, &waiting, columns, dialect.quote).is_ok()
}

/// Rows of a simple dialect.
struct Rows<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    quote: u8,
    marks: Marks<'a>,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, dialect: Dialect) -> Option<Rows<'a>> {
        if dialect.delimiter.len() > 1 || dialect.backslash {
            return None;
        }
        let (bytes, delimiter, quote) = (text.as_bytes(), dialect.delimiter.first(), dialect.quote);
        Some(Rows { bytes, delimiter, quote, marks: Marks::new(bytes, delimiter, quote) })
    }

    /// Reads the row that begins here, adds its cells and gives where the next one begins; none where it is not that simple.
    #[inline]
    fn plain(&mut self, from: usize, cells: &mut Vec<Place>) -> Option<usize> {
        let mut start = from;
        loop {
            let mark = self.marks.next()?;
            let byte = self.bytes[mark];
            if byte == self.delimiter {
                cells.push(Place::new(start, mark, Inside::Plain));
                start = mark + 1;
            } else if byte == self.quote {
                let (end, inside) = self.quoted(start, mark)?;
                cells.push(Place::new(start + 1, end, inside));
                match *self.bytes.get(end + 1)? {
                    b'\n' | b'\r' => {
                        self.marks.next()?;
                        return self.line_end(end + 1);
                    }
                    _ => {
                        self.marks.next()?;
                        start = end + 2;
                    }
                }
            } else {
                cells.push(Place::new(start, mark, Inside::Plain));
                return self.line_end(mark);
            }
        }
    }

    /// Where a cell closes that opened with its first letter, on the same line and right before a separator or a line end.
    fn quoted(&mut self, start: usize, opened: usize) -> Option<(usize, Inside)> {
        if start != opened {
            return None;
        }
        let mut inside = Inside::Plain;
        loop {
            let mark = self.marks.next()?;
            match self.bytes[mark] {
                b'\n' | b'\r' => return None,
                byte if byte == self.quote => match *self.bytes.get(mark + 1)? {
                    next if next == self.quote => {
                        self.marks.next()?;
                        inside = Inside::Doubled;
                    }
                    next if next == self.delimiter || matches!(next, b'\n' | b'\r') => {
                        return (mark - start <= caps::CELL_BYTES).then_some((mark, inside));
                    }
                    _ => return None,
                },
                _ => {}
            }
        }
    }

    fn line_end(&mut self, mark: usize) -> Option<usize> {
        if self.bytes[mark] == b'\n' {
            return Some(mark + 1);
        }
        match *self.bytes.get(mark + 1)? {
            b'\n' => {
                self.marks.next()?;
                Some(mark + 2)
            }
            _ => Some(mark + 1),
        }
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
        const PIECES: [&str; 12] =
            ["a", "ü", ",", ",", "\n", "\r\n", "\r", "\"", "\"x,y\"", "\"a \"\"b\"\"\"", " ", "\"two\nlines\""];
        let dialect = Dialect { columns: 3, ..Dialect::of(Separator::COMMA) };
        let mut state = 11u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize
        };
        let mut read = 0;
        for _ in 0..5_000 {
            let count = 1 + next() % 60;
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
        assert!(read > 1_000, "{read}");
    }
}
