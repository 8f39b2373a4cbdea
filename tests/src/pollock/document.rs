//! A delimited file taken apart, so that one mark in it can be changed and nothing else.

/// What a row is to the table the file stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names the columns.
    Header,
    /// Belongs to the table.
    Data,
    /// Stands in the file, but not in the table: a preamble or a second table.
    Beside,
}

/// One cell: its text cut at every quotation mark inside it, and how it is wrapped.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The text between quotation marks that belong to the content.
    pub pieces: Vec<String>,
    /// The mark around the cell, if it is quoted.
    pub wrap: Option<char>,
    /// What precedes each quotation mark inside the cell.
    pub escape: String,
    /// Whether a stray, unescaped quotation mark opens the content.
    pub stray: bool,
}

/// One row: cells, what stands between them, and what ends the row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The role of the row.
    pub role: Role,
    /// What precedes the first cell; empty in a sound row.
    pub lead: String,
    /// The cells, in order.
    pub cells: Vec<Cell>,
    /// What stands between two cells; one fewer than the cells.
    pub joints: Vec<String>,
    /// What ends the row.
    pub end: String,
}

/// A whole file.
#[derive(Clone, Debug)]
pub struct Document {
    /// The rows, in order.
    pub rows: Vec<Row>,
}

impl Cell {
    /// A cell with this content, quoted only where the comma format needs it.
    pub fn plain(content: &str) -> Cell {
        let wrap = content.contains([',', '"', '\n', '\r']).then_some('"');
        Cell::with(content, wrap)
    }

    fn with(content: &str, wrap: Option<char>) -> Cell {
        let pieces = content.split('"').map(str::to_owned).collect();
        Cell { pieces, wrap, escape: "\"".to_owned(), stray: false }
    }

    /// Reads one raw field of a sound line, remembering whether it was quoted.
    fn parse(raw: &str) -> Cell {
        match raw.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
            Some(inner) => Cell::with(&inner.replace("\"\"", "\""), Some('"')),
            None => Cell::with(raw, None),
        }
    }

    /// The content the cell stands for. A stray mark counts as content, as in the benchmark.
    pub fn content(&self) -> String {
        let mark = if self.stray { "\"" } else { "" };
        format!("{mark}{}", self.pieces.join("\""))
    }

    fn render(&self) -> String {
        let wrap = self.wrap.map(String::from).unwrap_or_default();
        let mark = if self.stray { "\"" } else { "" };
        let inner = self.pieces.join(&format!("{}\"", self.escape));
        format!("{wrap}{mark}{inner}{wrap}")
    }
}

impl Row {
    /// A row of these cells, in the comma format.
    pub fn of(role: Role, cells: Vec<Cell>) -> Row {
        let joints = vec![",".to_owned(); cells.len().saturating_sub(1)];
        Row { role, lead: String::new(), cells, joints, end: "\r\n".to_owned() }
    }

    fn render(&self, into: &mut String) {
        into.push_str(&self.lead);
        for (at, cell) in self.cells.iter().enumerate() {
            into.push_str(&cell.render());
            into.push_str(self.joints.get(at).map_or("", String::as_str));
        }
        into.push_str(&self.end);
    }

    /// The contents of the cells.
    pub fn contents(&self) -> Vec<String> {
        self.cells.iter().map(Cell::content).collect()
    }
}

impl Document {
    /// Takes a sound file apart: comma, double quotes, one row a line, first row the header.
    pub fn parse(text: &str) -> Document {
        let rows = text.lines().enumerate().map(|(at, line)| {
            let role = if at == 0 { Role::Header } else { Role::Data };
            Row::of(role, fields(line).into_iter().map(Cell::parse).collect())
        });
        Document { rows: rows.collect() }
    }

    /// The number of columns of the first row.
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, |row| row.cells.len())
    }

    /// The file as text.
    pub fn render(&self) -> String {
        let mut text = String::new();
        self.rows.iter().for_each(|row| row.render(&mut text));
        text
    }

    /// The table the file stands for: one header row at most, then the data, everything quoted.
    pub fn clean(&self) -> String {
        let mut text = String::new();
        if let Some(header) = self.header() {
            push_line(&mut text, &header);
        }
        for row in self.rows.iter().filter(|row| row.role == Role::Data) {
            push_line(&mut text, &row.contents());
        }
        text
    }

    /// The column names; those of several header rows are joined by a blank.
    fn header(&self) -> Option<Vec<String>> {
        let mut rows = self.rows.iter().filter(|row| row.role == Role::Header).map(Row::contents);
        let mut names = rows.next()?;
        for further in rows {
            for (name, more) in names.iter_mut().zip(further) {
                *name = format!("{name} {more}");
            }
        }
        Some(names)
    }
}

/// Cuts a sound line at the commas outside quotes.
fn fields(line: &str) -> Vec<&str> {
    let (mut found, mut start, mut inside) = (Vec::new(), 0, false);
    for (at, mark) in line.char_indices() {
        match mark {
            '"' => inside = !inside,
            ',' if !inside => {
                found.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&line[start..]);
    found
}

fn push_line(text: &mut String, contents: &[String]) {
    let quoted: Vec<String> = contents.iter().map(|content| format!("\"{}\"", content.replace('"', "\"\""))).collect();
    text.push_str(&quoted.join(","));
    text.push('\n');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SMALL: &str = "a,\"b\",c\n1,\"x, y\",\"7\"\" long\"\n";

    #[test]
    fn keeps_every_mark_of_a_sound_file() {
        assert_eq!(Document::parse(SMALL).render(), SMALL.replace('\n', "\r\n"));
    }

    #[test]
    fn clean_table_is_quoted_throughout() {
        let clean = Document::parse(SMALL).clean();
        assert_eq!(clean, "\"a\",\"b\",\"c\"\n\"1\",\"x, y\",\"7\"\" long\"\n");
    }

    #[test]
    fn header_rows_are_joined_by_a_blank() {
        let mut document = Document::parse("a,b\n1,2\n");
        document.rows.insert(0, document.rows[0].clone());
        assert_eq!(document.clean(), "\"a a\",\"b b\"\n\"1\",\"2\"\n");
    }

    #[test]
    fn stray_mark_is_unescaped_in_the_file_and_content_in_the_table() {
        let mut document = Document::parse("a,b\n");
        document.rows[0].cells[1].stray = true;
        assert_eq!(document.render(), "a,\"b\r\n");
        assert_eq!(document.clean(), "\"a\",\"\"\"b\"\n");
    }
}
