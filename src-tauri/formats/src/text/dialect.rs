//! What separates the columns of a text file: the character that cuts most rows alike into cells that look like values.

use super::records::{Dialect, Found, Records};
use crate::kinds::{date, number};

/// What was found out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Guess {
    pub delimiter: u8,
    /// Columns that most rows have.
    pub columns: usize,
    /// Others that cut the file nearly as well, best first.
    pub others: Vec<u8>,
    pub unsure: bool,
}

/// With what each is multiplied: a colon stands in every time of day.
const CANDIDATES: [(u8, f64); 5] = [(b';', 1.0), (b',', 0.98), (b'\t', 1.02), (b'|', 0.98), (b':', 0.35)];
const ROWS: usize = 400;

/// Looks at the beginning of a file and at a piece further on, which may begin inside a row.
pub(crate) fn guess(head: &str, middle: &str, ending: &str) -> Guess {
    if let Some(delimiter) = told(head) {
        let columns = Cut::of(head, middle, delimiter).columns;
        return Guess { delimiter, columns, others: Vec::new(), unsure: false };
    }
    let mut cuts: Vec<(u8, Cut, f64)> = CANDIDATES
        .iter()
        .map(|&(delimiter, weight)| {
            let cut = Cut::of(head, middle, delimiter);
            let weight = if delimiter == b'\t' && ending.eq_ignore_ascii_case("tsv") { 1.1 } else { weight };
            let score = cut.score() * weight;
            (delimiter, cut, score)
        })
        .collect();
    cuts.sort_by(|a, b| b.2.total_cmp(&a.2));
    let (delimiter, best, score) = &cuts[0];
    if best.columns < 2 || *score < 0.05 {
        return Guess { delimiter: of_one_column(head, middle, ending), columns: 1, others: Vec::new(), unsure: false };
    }
    let others: Vec<u8> =
        cuts[1..].iter().filter(|(_, cut, other)| cut.columns > 1 && *other > score * 0.4).map(|cut| cut.0).collect();
    let unsure = cuts[1].1.columns > 1 && cuts[1].2 > score * 0.75;
    Guess { delimiter: *delimiter, columns: best.columns, others, unsure }
}

/// The separator of a file of one column: one that does not stand in it, as commas may in its numbers.
fn of_one_column(head: &str, middle: &str, ending: &str) -> u8 {
    if ending.eq_ignore_ascii_case("tsv") {
        return b'\t';
    }
    let blank = head.lines().all(|line| line.trim_matches([';', ',', '\t', '|', ' ']).is_empty());
    let count = |byte: u8| {
        memchr::memchr_iter(byte, head.as_bytes()).count() + memchr::memchr_iter(byte, middle.as_bytes()).count()
    };
    let separators = [b';', b'\t', b'|', b','];
    let by_count = |byte: &u8| count(*byte);
    let found =
        if blank { separators.into_iter().max_by_key(by_count) } else { separators.into_iter().min_by_key(by_count) };
    found.unwrap_or(b',')
}

/// Excel's own way to say it: a first line `sep=;`.
fn told(head: &str) -> Option<u8> {
    let line = head.lines().next()?.trim_matches(['"', '\u{feff}']);
    let rest = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    match rest.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"' => Some(*byte),
        _ => None,
    }
}

/// A sample cut by one separator.
struct Cut {
    /// The most frequent number of cells.
    columns: usize,
    /// Share of rows that have it.
    alike: f64,
    /// Share of cells that look like values.
    clean: f64,
}

impl Cut {
    fn of(head: &str, middle: &str, delimiter: u8) -> Cut {
        let dialect = Dialect { delimiter, columns: 0 };
        let mut rows = rows(head, dialect, false);
        rows.extend(rows_of_middle(middle, dialect));
        let mut lengths = std::collections::BTreeMap::<usize, usize>::new();
        for row in &rows {
            *lengths.entry(row.len()).or_default() += 1;
        }
        // Of numbers of cells that occur equally often the larger one is the table.
        let Some((&columns, &count)) =
            lengths.iter().max_by_key(|(cells, count)| (**count * usize::from(**cells > 1), **cells))
        else {
            return Cut { columns: 0, alike: 0.0, clean: 0.0 };
        };
        let table: Vec<&Vec<String>> = rows.iter().filter(|row| row.len() == columns).collect();
        if delimiter == b',' && columns == 2 && cuts_decimals(&table) {
            return Cut { columns: 1, alike: 0.0, clean: 0.0 };
        }
        let cells: usize = table.iter().map(|row| row.len()).sum();
        let clean = table.iter().flat_map(|row| row.iter()).filter(|cell| is_clean(cell, delimiter)).count();
        Cut { columns, alike: count as f64 / rows.len() as f64, clean: clean as f64 / cells.max(1) as f64 }
    }

    fn score(&self) -> f64 {
        if self.columns < 2 {
            return 0.0;
        }
        let columns = self.columns as f64;
        self.alike * self.clean * self.clean * (1.0 - 0.5 / columns)
    }
}

fn rows(sample: &str, dialect: Dialect, whole: bool) -> Vec<Vec<String>> {
    let mut records = Records::default();
    let (mut at, mut out) = (0, Vec::new());
    while at < sample.len() && out.len() < ROWS {
        // A short file is its own sample: then its last row counts although no line end follows.
        let last = whole || out.is_empty() || sample.len() < 4_096;
        let Found::Row(next) = records.next(sample, at, last, dialect) else { break };
        let row: Vec<String> = records.cells(sample).take(300).map(|c| c.trim().chars().take(200).collect()).collect();
        if row.iter().any(|cell| !cell.is_empty()) {
            out.push(row);
        }
        at = next;
    }
    out
}

fn rows_of_middle(middle: &str, dialect: Dialect) -> Vec<Vec<String>> {
    match middle.find('\n') {
        Some(end) => rows(&middle[end + 1..], dialect, false),
        None => Vec::new(),
    }
}

/// Every row is digits, the comma, one to three digits: decimals rather than two columns.
fn cuts_decimals(rows: &[&Vec<String>]) -> bool {
    let digits = |cell: &str| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
    let decimals = rows
        .iter()
        .filter(|row| {
            row[0].ends_with(|c: char| c.is_ascii_digit())
                && digits(row[1].trim_end_matches([' ', '€', '%']))
                && row[1].len() <= 4
        })
        .count();
    // Two words with a comma between them are the names of two columns.
    let words = |cell: &str| cell.chars().any(char::is_alphabetic);
    decimals * 10 >= rows.len() * 8 && !rows.iter().any(|row| words(&row[0]) && words(&row[1]))
}

fn is_clean(cell: &str, delimiter: u8) -> bool {
    if cell.is_empty() || number::written(cell).is_some_and(|n| n.body.len() < 20) || date::written(cell).is_some() {
        return true;
    }
    let foreign = CANDIDATES.iter().any(|(other, _)| {
        *other != delimiter && matches!(other, b';' | b'\t' | b'|') && cell.as_bytes().contains(other)
    });
    let broken = cell.matches('"').count() % 2 == 1 && cell.starts_with('"') != cell.ends_with('"');
    !foreign && !broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> char {
        char::from(guess(text, "", "csv").delimiter)
    }

    #[test]
    fn decimal_commas_do_not_separate() {
        assert_eq!(delimiter("Artikel;Preis;Menge\nBrot;3,50;2\nSemmel;0,45;12\n"), ';');
        let one = guess("Preis\n3,50\n4,20\n5,10\n", "", "csv");
        assert_eq!((one.columns, one.unsure), (1, false));
    }

    #[test]
    fn two_columns_of_numbers_are_two() {
        let text = (0..30).fold("id,qty\n".to_owned(), |text, n| format!("{text}{n},{}\n", n % 7));
        assert_eq!(guess(&text, "", "csv").columns, 2);
    }

    #[test]
    fn each_separator_is_found() {
        for separator in [',', ';', '\t', '|'] {
            let text = "Datum,Artikel,Menge,Notiz\n03.03.2026,Brot,3,x\n04.03.2026,Semmel,12,y\n"
                .replace(',', &separator.to_string());
            assert_eq!(delimiter(&text), separator);
        }
    }

    #[test]
    fn commas_in_quotes_and_notes_do_not_mislead() {
        assert_eq!(delimiter("name;note\nAnna;\"a, b, c\"\nBen;d, e\nCleo;f\n"), ';');
        assert_eq!(delimiter("name,note\n\"Müller; Anna\",x\n\"Maier; Ben\",y\n"), ',');
    }

    #[test]
    fn titles_before_the_table_do_not_mislead() {
        assert_eq!(
            delimiter("Kassenbericht, Filiale Mitte, März\n\nDatum;Menge;Preis\n1;2;3,5\n2;3;4,5\n3;4;5,5\n"),
            ';'
        );
    }

    #[test]
    fn a_line_that_says_so_is_believed() {
        assert_eq!(delimiter("sep=|\na,b|c,d\n1,2|3,4\n"), '|');
    }

    #[test]
    fn times_are_not_columns() {
        assert_eq!(guess("Beginn\n07:40\n08:15\n09:30\n", "", "txt").columns, 2);
        assert_eq!(delimiter("Beginn,Ende\n07:40,09:00\n08:15,10:00\n"), ',');
    }
}
