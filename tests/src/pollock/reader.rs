//! A forgiving reader of standard CSV, for what loaders print.
//!
//! It behaves like the reader the benchmark measures with: a quotation mark only opens a quoted
//! cell at its start, text after a closing mark is kept, an empty line is a row without cells.

/// Reads rows of cells; never fails.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = Reader::default();
    for mark in unified(text).chars() {
        reader.take(mark);
    }
    reader.finish()
}

/// One kind of line end, no byte order mark.
fn unified(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    RowStart,
    CellStart,
    Open,
    Quoted,
    AfterQuote,
}

#[derive(Default)]
struct Reader {
    state: State,
    cell: String,
    row: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Reader {
    fn take(&mut self, mark: char) {
        match (self.state, mark) {
            (State::Quoted, '"') => self.state = State::AfterQuote,
            (State::Quoted, _) => self.cell.push(mark),
            (State::AfterQuote, '"') => self.push(mark, State::Quoted),
            (State::RowStart, '\n') => self.end_row(),
            (_, '\n') => {
                self.end_cell();
                self.end_row();
            }
            (_, ',') => self.end_cell(),
            (State::RowStart | State::CellStart, '"') => self.state = State::Quoted,
            _ => self.push(mark, State::Open),
        }
    }

    fn push(&mut self, mark: char, state: State) {
        self.cell.push(mark);
        self.state = state;
    }

    fn end_cell(&mut self) {
        self.row.push(std::mem::take(&mut self.cell));
        self.state = State::CellStart;
    }

    fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
        self.state = State::RowStart;
    }

    fn finish(mut self) -> Vec<Vec<String>> {
        if self.state != State::RowStart {
            self.end_cell();
            self.end_row();
        }
        self.rows
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::rows;

    #[test]
    fn quotes_and_line_ends() {
        assert_eq!(rows("a,\"b, \"\"c\"\"\"\r\nd,\"e\rf\""), [["a", "b, \"c\""], ["d", "e\nf"]]);
        assert_eq!(rows("\u{feff}a,\n"), [["a", ""]]);
    }

    #[test]
    fn stray_quotes_are_text() {
        assert_eq!(rows("a\"b\",\"c\"d\n"), [["a\"b\"", "cd"]]);
        assert_eq!(rows("\"open\nend"), [["open\nend"]]);
    }

    #[test]
    fn an_empty_line_is_a_row_without_cells() {
        assert_eq!(rows("a\n\nb\n"), [vec!["a"], vec![], vec!["b"]]);
        assert!(rows("").is_empty());
    }
}
