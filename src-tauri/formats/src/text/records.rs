//! Rows and cells of separated text. Quotes, line ends inside them, any line end; an unclosed quote takes one line with
//! it and not the rest of the file.

use crate::caps;

/// How the cells of a file are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// ASCII.
    pub delimiter: u8,
    /// Columns that most rows have, where known: a quoted cell that swallows whole rows was never closed.
    pub columns: usize,
}

/// One row found in a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// The row ends here (its line end included).
    Row(usize),
    /// The buffer ends first.
    More,
}

/// Finds rows; keeps the cells of the last one.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// Cells: where they stand in the buffer, and whether doubled quotes are in them.
    cells: Vec<(usize, usize, bool)>,
    /// Quotes that were never closed so far.
    pub unclosed: u64,
}

enum Quoted {
    /// Closed: inside until here, goes on after that; doubled quotes seen.
    Closed {
        end: usize,
        next: usize,
        doubled: bool,
    },
    Never,
    More,
}

impl Records {
    /// Reads the row that begins at `from`. `last`: nothing comes after this buffer.
    pub fn next(&mut self, text: &str, from: usize, last: bool, dialect: Dialect) -> Found {
        let bytes = text.as_bytes();
        self.cells.clear();
        let mut at = from;
        loop {
            if bytes.get(at) == Some(&b'"') {
                match self.quoted(bytes, at, last, dialect) {
                    Quoted::Closed { end, next, doubled } => {
                        self.cells.push((at + 1, end, doubled));
                        match bytes.get(next) {
                            Some(b) if *b == dialect.delimiter => {
                                at = next + 1;
                                continue;
                            }
                            _ => return line_end(bytes, next, last),
                        }
                    }
                    Quoted::More => return Found::More,
                    Quoted::Never => self.unclosed += 1,
                }
            }
            let end = memchr::memchr3(dialect.delimiter, b'\n', b'\r', &bytes[at..]).map(|on| at + on);
            let Some(end) = end else {
                if !last {
                    return Found::More;
                }
                self.cells.push((at, bytes.len(), false));
                return Found::Row(bytes.len());
            };
            self.cells.push((at, end, false));
            if bytes[end] != dialect.delimiter {
                return line_end(bytes, end, last);
            }
            at = end + 1;
        }
    }

    /// A cell that opens with a quote at `at`.
    fn quoted(&self, bytes: &[u8], at: usize, last: bool, dialect: Dialect) -> Quoted {
        let mut from = at + 1;
        let (mut doubled, mut loose) = (false, false);
        let ends = |at: usize| bytes.get(at).is_none_or(|b| *b == dialect.delimiter || matches!(b, b'\n' | b'\r'));
        loop {
            if from - at > 2 * caps::CELL_BYTES {
                return Quoted::Never;
            }
            let Some(on) = memchr::memchr(b'"', &bytes[from..]) else {
                let endless = bytes.len() - at > caps::CELL_BYTES || too_many_lines(&bytes[at..]);
                return if last || endless { Quoted::Never } else { Quoted::More };
            };
            let quote = from + on;
            match bytes.get(quote + 1) {
                None if !last => return Quoted::More,
                // After a quote that nobody doubled, two at the end are a letter and the closing one.
                Some(b'"') if loose && (bytes.len() > quote + 2 || last) && ends(quote + 2) => {
                    return Quoted::Closed { end: quote + 1, next: quote + 2, doubled };
                }
                Some(b'"') => {
                    doubled = true;
                    from = quote + 2;
                    continue;
                }
                _ => {}
            }
            let inside = &bytes[at + 1..quote];
            if inside.len() > caps::CELL_BYTES {
                return Quoted::Never;
            }
            // Blanks may stand between the quote and the separator.
            let blanks = bytes[quote + 1..].iter().take_while(|b| **b == b' ').count();
            let next = quote + 1 + blanks;
            let closes = match bytes.get(next) {
                None if !last => return Quoted::More,
                None | Some(b'\n' | b'\r') => true,
                Some(b) => *b == dialect.delimiter,
            };
            let lines = memchr::memchr2(b'\n', b'\r', inside).is_some();
            if closes {
                let swallowed = lines && (swallows_rows(inside, dialect) || too_many_lines(inside));
                return if swallowed { Quoted::Never } else { Quoted::Closed { end: quote, next, doubled } };
            }
            // A quote in the middle of the cell: fine on one line, on several it closes nothing that was ever open.
            if lines {
                return Quoted::Never;
            }
            loose = true;
            from = quote + 1;
        }
    }

    /// Cells of the row that was found last, as they are meant.
    pub fn cells<'a>(&'a self, text: &'a str) -> impl Iterator<Item = std::borrow::Cow<'a, str>> {
        self.cells.iter().map(move |&(from, to, doubled)| {
            let cell = &text[from..to];
            if doubled { cell.replace("\"\"", "\"").into() } else { cell.into() }
        })
    }

    /// Where the cells of the row that was found last stand in the text, and whether doubled quotes are in them.
    pub fn spans(&self) -> &[(usize, usize, bool)] {
        &self.cells
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }
}

fn line_end(bytes: &[u8], at: usize, last: bool) -> Found {
    match bytes.get(at) {
        None if last => Found::Row(at),
        None => Found::More,
        Some(b'\r') => match bytes.get(at + 1) {
            Some(b'\n') => Found::Row(at + 2),
            None if !last => Found::More,
            _ => Found::Row(at + 1),
        },
        Some(_) => Found::Row(at + 1),
    }
}

fn too_many_lines(inside: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', inside).take(caps::QUOTED_LINES + 1).count() > caps::QUOTED_LINES
}

/// A whole line inside has as many separators as a row of this file.
fn swallows_rows(inside: &[u8], dialect: Dialect) -> bool {
    if dialect.columns < 3 {
        return false;
    }
    let mut lines = inside.split(|b| *b == b'\n').skip(1).peekable();
    while let Some(line) = lines.next() {
        let separators = memchr::memchr_iter(dialect.delimiter, line).count();
        if lines.peek().is_some() && separators + 1 >= dialect.columns {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(text: &str, dialect: Dialect) -> Vec<Vec<String>> {
        let mut records = Records::default();
        let (mut at, mut rows) = (0, Vec::new());
        while at < text.len() {
            let Found::Row(next) = records.next(text, at, true, dialect) else { break };
            rows.push(records.cells(text).map(|c| c.into_owned()).collect());
            at = next;
        }
        rows
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        rows_of(text, Dialect { delimiter: b';', columns: 3 })
    }

    #[test]
    fn every_line_end_ends_a_row() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "c;d", "e;f"].join(end);
            assert_eq!(rows(&text), [["a", "b"], ["c", "d"], ["e", "f"]], "{end:?}");
        }
    }

    #[test]
    fn quotes_hold_separators_lines_and_quotes() {
        let text = "\"a;1\";\"b \"\"x\"\"\";\"line 1\nline 2\"\n\"\";\"z\" ;q\n";
        assert_eq!(rows(text), [["a;1", "b \"x\"", "line 1\nline 2"], ["", "z", "q"]]);
    }

    #[test]
    fn an_unclosed_quote_takes_one_line_only() {
        for text in [
            "\"Baguette 24 cm;3;4\nNext;5;6\nLast;7;8\n",
            "\"Baguette;3;4\n\"Next\";5;6\nLast;7;8\n",
            "\"Baguette;3;4\nNext;5;6\nLast;\"7\";8\n",
        ] {
            let rows = rows(text);
            assert_eq!(rows.len(), 3, "{text}");
            assert_eq!(rows[0].len(), 3, "{text}");
        }
    }

    #[test]
    fn a_quote_that_swallows_whole_rows_was_never_closed() {
        let rows = rows("foo;\"bar;3\nx;y;1\na;b;2\nx;y\";z\n");
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_letter() {
        assert_eq!(rows("Rohr 5\" lang;2;3\n"), [["Rohr 5\" lang", "2", "3"]]);
        assert_eq!(rows("\"Brot \"Spezial\"\";2;3\n"), [["Brot \"Spezial\"", "2", "3"]]);
    }

    #[test]
    fn a_row_cut_by_the_buffer_waits_for_more() {
        let dialect = Dialect { delimiter: b',', columns: 2 };
        let mut records = Records::default();
        assert_eq!(records.next("a,b", 0, false, dialect), Found::More);
        assert_eq!(records.next("a,\"b", 0, false, dialect), Found::More);
        assert_eq!(records.next("a,b\r", 0, false, dialect), Found::More);
        assert_eq!(records.next("a,b\r\n", 0, false, dialect), Found::Row(5));
    }
}
