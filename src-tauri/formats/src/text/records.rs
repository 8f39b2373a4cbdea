//! Rows and cells of separated text. Quotes, line ends inside them, any line end; an unclosed quote takes one line with
//! it and not the rest of the file.

use super::separator::Separator;
use crate::caps;

/// How the cells of a file are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub delimiter: Separator,
    /// What stands around texts, ASCII.
    pub quote: u8,
    /// Inside quotes a backslash makes the next letter an ordinary one.
    pub backslash: bool,
    /// Columns that most rows have, where known: a quoted cell that swallows whole rows was never closed.
    pub columns: usize,
}

impl Dialect {
    /// Straight quotes, doubled inside; the number of columns not known.
    pub fn of(delimiter: Separator) -> Dialect {
        Dialect { delimiter, quote: b'"', backslash: false, columns: 0 }
    }
}

/// What has to be done to the text of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    /// As it stands.
    Plain = 0,
    /// Doubled quotes are one.
    Doubled = 1,
    /// Backslashes go, and so do doubled quotes.
    Escaped = 2,
}

impl Inside {
    /// The text as it is meant.
    pub fn read(self, cell: &str, quote: u8) -> std::borrow::Cow<'_, str> {
        match self {
            Inside::Plain => cell.into(),
            Inside::Doubled => {
                let mut out = String::with_capacity(cell.len());
                let mut from = 0;
                while let Some(on) = memchr::memchr(quote, &cell.as_bytes()[from..]) {
                    let end = from + on + 1;
                    out.push_str(&cell[from..end]);
                    from = end + usize::from(cell.as_bytes().get(end) == Some(&quote));
                }
                out.push_str(&cell[from..]);
                out.into()
            }
            Inside::Escaped => {
                let quote = char::from(quote);
                let mut out = String::with_capacity(cell.len());
                let mut letters = cell.chars().peekable();
                while let Some(letter) = letters.next() {
                    match (letter, letters.peek()) {
                        // Databases guard every sign; letters behind it stay what they are.
                        ('\\', Some(&next)) if next == quote || next.is_ascii_punctuation() => {
                            letters.next();
                            out.push(next);
                        }
                        (letter, Some(&next)) if letter == quote && next == quote => {
                            letters.next();
                            out.push(quote);
                        }
                        _ => out.push(letter),
                    }
                }
                out.into()
            }
        }
    }
}

/// A cell of a row: where it stands in the buffer, and what has to be done to it.
pub(crate) type Span = (usize, usize, Inside);

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
    cells: Vec<Span>,
    quote: u8,
    /// Quotes that were never closed so far.
    pub unclosed: u64,
}

enum Quoted {
    /// Closed: inside until here, goes on after that; doubled quotes seen.
    Closed {
        end: usize,
        next: usize,
        inside: Inside,
    },
    Never,
    More,
}

impl Records {
    /// Reads the row that begins at `from`. `last`: nothing comes after this buffer.
    pub fn next(&mut self, text: &str, from: usize, last: bool, dialect: Dialect) -> Found {
        let bytes = text.as_bytes();
        self.cells.clear();
        self.quote = dialect.quote;
        let delimiter = dialect.delimiter;
        let mut at = from;
        loop {
            if let Some(opens) = opens(bytes, at, dialect) {
                match self.quoted(bytes, opens, last, dialect) {
                    Quoted::Closed { end, next, inside } => {
                        self.cells.push((opens + 1, end, inside));
                        if delimiter.stands_at(bytes, next) {
                            at = next + delimiter.len();
                            continue;
                        }
                        return line_end(bytes, next, last);
                    }
                    Quoted::More => return Found::More,
                    Quoted::Never => match whole_in_quotes(bytes, opens, last, dialect) {
                        Some(end) => {
                            self.cells.push((opens + 1, end - 1, Inside::Plain));
                            if delimiter.stands_at(bytes, end) {
                                at = end + delimiter.len();
                                continue;
                            }
                            return line_end(bytes, end, last);
                        }
                        None => self.unclosed += 1,
                    },
                }
            }
            let mut from = at;
            let end = loop {
                let end = memchr::memchr3(delimiter.first(), b'\n', b'\r', &bytes[from..]).map(|on| from + on);
                match end {
                    // One letter of several alone is a letter.
                    Some(end)
                        if delimiter.len() > 1
                            && bytes[end] == delimiter.first()
                            && !delimiter.stands_at(bytes, end) =>
                    {
                        from = end + 1;
                    }
                    end => break end,
                }
            };
            let Some(end) = end else {
                if !last {
                    return Found::More;
                }
                self.cells.push((at, bytes.len(), Inside::Plain));
                return Found::Row(bytes.len());
            };
            self.cells.push((at, end, Inside::Plain));
            if bytes[end] != delimiter.first() {
                return line_end(bytes, end, last);
            }
            at = end + delimiter.len();
        }
    }

    /// A cell that opens with a quote at `at`.
    fn quoted(&self, bytes: &[u8], at: usize, last: bool, dialect: Dialect) -> Quoted {
        let mut from = at + 1;
        let (mut inside_is, mut loose) = (Inside::Plain, false);
        let ends = |at: usize| {
            bytes.get(at).is_none_or(|b| matches!(b, b'\n' | b'\r')) || dialect.delimiter.stands_at(bytes, at)
        };
        loop {
            if from - at > 2 * caps::CELL_BYTES {
                return Quoted::Never;
            }
            let on = match dialect.backslash {
                false => memchr::memchr(dialect.quote, &bytes[from..]),
                true => memchr::memchr2(dialect.quote, b'\\', &bytes[from..]),
            };
            let Some(on) = on else {
                let endless = bytes.len() - at > caps::CELL_BYTES || too_many_lines(&bytes[at..]);
                return if last || endless { Quoted::Never } else { Quoted::More };
            };
            let quote = from + on;
            if bytes[quote] != dialect.quote {
                inside_is = Inside::Escaped;
                from = quote + 2;
                if from > bytes.len() {
                    return if last { Quoted::Never } else { Quoted::More };
                }
                continue;
            }
            match bytes.get(quote + 1) {
                None if !last => return Quoted::More,
                // After a quote that nobody doubled, two at the end are a letter and the closing one.
                Some(b) if *b == dialect.quote && loose && (bytes.len() > quote + 2 || last) && ends(quote + 2) => {
                    if dialect.delimiter.count(&bytes[at + 1..quote]) > 0 {
                        return Quoted::Never;
                    }
                    return Quoted::Closed { end: quote + 1, next: quote + 2, inside: inside_is };
                }
                Some(b) if *b == dialect.quote => {
                    if inside_is == Inside::Plain {
                        inside_is = Inside::Doubled;
                    }
                    from = quote + 2;
                    continue;
                }
                _ => {}
            }
            if self.joins_rows(bytes, at, quote, dialect) {
                return Quoted::Never;
            }
            if let Some(found) = closed_at(bytes, at, quote, last, loose, inside_is, dialect) {
                return found;
            }
            loose = true;
            from = quote + 1;
        }
    }

    /// Both lines that a quote would join are rows of this file without it: a cell that begins with a quote which nobody closed, and
    /// one that ends with the mark for inches.
    fn joins_rows(&self, bytes: &[u8], at: usize, quote: usize, dialect: Dialect) -> bool {
        let inside = &bytes[at + 1..quote];
        let Some(first) = memchr::memchr2(b'\n', b'\r', inside).filter(|_| dialect.columns >= 3) else { return false };
        let last = memchr::memrchr2(b'\n', b'\r', inside).map_or(inside, |end| &inside[end + 1..]);
        let rest = &bytes[quote..];
        let rest = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
        let count = |piece: &[u8]| dialect.delimiter.count(piece);
        self.cells.len() + count(&inside[..first]) + 1 == dialect.columns
            && count(last) + count(rest) + 1 == dialect.columns
            && count(last) > 0
    }

    /// Cells of the row that was found last, as they are meant.
    pub fn cells<'a>(&'a self, text: &'a str) -> impl Iterator<Item = std::borrow::Cow<'a, str>> {
        self.cells.iter().map(move |&(from, to, inside)| inside.read(&text[from..to], self.quote))
    }

    /// The cells of the row that was found last.
    pub fn spans(&self) -> &[Span] {
        &self.cells
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }
}

/// What a single quote inside a cell that opened at `at` makes of it; nothing where it is a letter.
fn closed_at(
    bytes: &[u8],
    at: usize,
    quote: usize,
    last: bool,
    loose: bool,
    inside_is: Inside,
    dialect: Dialect,
) -> Option<Quoted> {
    let inside = &bytes[at + 1..quote];
    // After a quote that nobody doubled the cell ends where its line would be cut: it was never one in quotes.
    if inside.len() > caps::CELL_BYTES || (loose && dialect.delimiter.count(inside) > 0) {
        return Some(Quoted::Never);
    }
    // Blanks may stand between the quote and the separator.
    let blanks = match dialect.delimiter.first() {
        b' ' => 0,
        _ => bytes[quote + 1..].iter().take_while(|b| **b == b' ').count(),
    };
    let next = quote + 1 + blanks;
    let closes = match bytes.get(next) {
        None if !last => return Some(Quoted::More),
        None | Some(b'\n' | b'\r') => true,
        Some(_) => dialect.delimiter.stands_at(bytes, next),
    };
    let lines = memchr::memchr2(b'\n', b'\r', inside).is_some();
    if closes {
        let swallowed = lines && (swallows_rows(inside, dialect) || too_many_lines(inside));
        return Some(if swallowed { Quoted::Never } else { Quoted::Closed { end: quote, next, inside: inside_is } });
    }
    // A quote in the middle of the cell: fine on one line, on several it closes nothing that was ever open.
    lines.then_some(Quoted::Never)
}

/// The end of a cell whose text ends with a quote that nobody doubled, as inches have it: `"3/4"";`. Read as a doubled one the
/// quotes would never be closed.
fn whole_in_quotes(bytes: &[u8], at: usize, last: bool, dialect: Dialect) -> Option<usize> {
    let quote = dialect.quote;
    let mut from = at + 1;
    loop {
        let end = from + memchr::memchr2(quote, b'\n', &bytes[from..])?;
        if bytes[end] == b'\n' {
            return None;
        }
        let next = end + 1;
        let ends = match bytes.get(next) {
            None => last,
            Some(b) => matches!(b, b'\n' | b'\r') || dialect.delimiter.stands_at(bytes, next),
        };
        if ends {
            let inside = &bytes[at + 1..end];
            let odd = inside.iter().filter(|b| **b == quote).count() % 2 == 1;
            return (odd && inside.ends_with(&[quote]) && dialect.delimiter.count(inside) == 0).then_some(next);
        }
        from = next;
    }
}

/// Where the quote of a cell stands that begins here; blanks may stand in front of it.
#[inline]
fn opens(bytes: &[u8], at: usize, dialect: Dialect) -> Option<usize> {
    match bytes.get(at) {
        Some(b) if *b == dialect.quote => Some(at),
        Some(b' ') if dialect.delimiter.first() != b' ' => {
            let blanks = bytes[at..].iter().take_while(|b| **b == b' ').count();
            // Two blanks and more may be meant.
            (bytes.get(at + blanks) == Some(&dialect.quote) && blanks <= 2).then_some(at + blanks)
        }
        _ => None,
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
        let separators = dialect.delimiter.count(line);
        if lines.peek().is_some() && separators + 1 >= dialect.columns {
            return true;
        }
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
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
        rows_of(text, Dialect { columns: 3, ..Dialect::of(Separator::SEMICOLON) })
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
    fn a_mark_for_inches_closes_no_quote_of_the_row_before() {
        let rows = rows("1;\"O ring kit;3\n2;Saw 12\";4\n3;\"two\nlines\";5\n");
        assert_eq!(rows, [["1", "\"O ring kit", "3"], ["2", "Saw 12\"", "4"], ["3", "two\nlines", "5"]]);
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_letter() {
        assert_eq!(rows("Rohr 5\" lang;2;3\n"), [["Rohr 5\" lang", "2", "3"]]);
        assert_eq!(rows("\"Brot \"Spezial\"\";2;3\n"), [["Brot \"Spezial\"", "2", "3"]]);
        let text = "\"Rohr 3/4\" lang\";\"3/4\"\";\"12,50\"\n\"Rohr\";\"1\"\";\"6\"\"\n";
        assert_eq!(rows(text), [["Rohr 3/4\" lang", "3/4\"", "12,50"], ["Rohr", "1\"", "6\""]]);
    }

    #[test]
    fn several_letters_may_separate_and_one_of_them_alone_does_not() {
        let dialect = Dialect::of(Separator::parse("||").unwrap());
        assert_eq!(rows_of("a|b||\"c||d\"||e\n1||2||\n", dialect), [["a|b", "c||d", "e"], ["1", "2", ""]]);
        let dialect = Dialect::of(Separator::parse(", ").unwrap());
        assert_eq!(rows_of("a, \"b, c\", d\n", dialect), [["a", "b, c", "d"]]);
    }

    #[test]
    fn other_quotes_and_backslashes() {
        let dialect = Dialect { quote: b'\'', ..Dialect::of(Separator::COMMA) };
        assert_eq!(rows_of("'O''Hara','a, b',3\n", dialect), [["O'Hara", "a, b", "3"]]);
        let dialect = Dialect { backslash: true, ..Dialect::of(Separator::COMMA) };
        assert_eq!(rows_of("\"2\\\" x 4\\\"\",\"C:\\\\x\",\"a\\tb\"\n", dialect), [["2\" x 4\"", "C:\\x", "a\\tb"]]);
    }

    #[test]
    fn blanks_may_stand_before_a_quote() {
        assert_eq!(rows_of("1, \"a, b\" ,2\n", Dialect::of(Separator::COMMA)), [["1", "a, b", "2"]]);
    }

    #[test]
    fn a_row_cut_by_the_buffer_waits_for_more() {
        let dialect = Dialect { columns: 2, ..Dialect::of(Separator::COMMA) };
        let mut records = Records::default();
        assert_eq!(records.next("a,b", 0, false, dialect), Found::More);
        assert_eq!(records.next("a,\"b", 0, false, dialect), Found::More);
        assert_eq!(records.next("a,b\r", 0, false, dialect), Found::More);
        assert_eq!(records.next("a,b\r\n", 0, false, dialect), Found::Row(5));
    }
}
