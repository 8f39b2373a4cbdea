//! What separates the columns of a text file: the character that cuts most rows alike into cells that look like values.

use super::records::{Dialect, Found, Records};
use super::separator::Separator;
use crate::kinds::{date, number};

/// What was found out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Guess {
    pub delimiter: Separator,
    /// What stands around texts.
    pub quote: u8,
    /// Quotes inside texts have a backslash in front of them.
    pub backslash: bool,
    /// Columns that most rows have.
    pub columns: usize,
    /// Others that cut the file nearly as well, best first.
    pub others: Vec<Separator>,
    pub unsure: bool,
}

/// With what each is multiplied: a colon stands in every time of day, a blank in every sentence.
const CANDIDATES: [(u8, f64); 12] = [
    (b';', 1.0),
    (b',', 0.98),
    (b'\t', 1.02),
    (b'|', 0.98),
    (b':', 0.35),
    (b'^', 0.8),
    (b'~', 0.8),
    (b'#', 0.5),
    (b'\x1f', 1.0),
    (b'\x01', 1.0),
    (b'&', 0.4),
    (b' ', 0.45),
];
/// Separators of several letters, looked at only where they stand in most lines.
const WIDE: [&str; 18] =
    ["||", "::", ";;", "~~", "^^", "##", "@@", "&&", "$$", "|~|", "~|~", "|;|", "<>", "=>", ", ", "; ", " - ", " | "];
/// Of one letter and the same with a blank behind it, or doubled, the longer one is meant where it cuts as well.
const WIDE_WEIGHT: f64 = 1.12;
const ROWS: usize = 400;

/// Looks at the beginning of a file and at a piece further on, which may begin inside a row.
pub(crate) fn guess(head: &str, middle: &str, ending: &str) -> Guess {
    if let Some(delimiter) = told(head) {
        return with_escape(head, middle, Dialect::of(delimiter));
    }
    let mut cuts = cuts(head, middle, ending, b'"');
    if has_single_quotes(head) {
        let single = self::cuts(head, middle, ending, b'\'');
        if single[0].1.columns > 1 && single[0].2 > cuts[0].2 * 0.95 {
            cuts = single;
        }
    }
    if let Some(place) = cuts.iter().position(|(dialect, ..)| is_led_by_tabs(head, dialect.delimiter)) {
        cuts.swap(0, place);
    }
    let (dialect, best, score) = &cuts[0];
    if best.columns < 2 || *score < 0.05 {
        let delimiter = of_one_column(head, middle, ending);
        return Guess { delimiter, quote: b'"', backslash: false, columns: 1, others: Vec::new(), unsure: false };
    }
    let rivals = |share: f64| cuts[1..].iter().filter(move |(_, cut, other)| cut.columns > 1 && *other > score * share);
    // A comma and a comma with a blank are no rivals.
    let letters = dialect.delimiter.text();
    let is_other = |other: &Dialect| !letters.contains(char::from(other.delimiter.first()));
    let guess = with_escape(head, middle, *dialect);
    Guess {
        others: rivals(0.4).map(|(other, _, _)| other.delimiter).take(4).collect(),
        unsure: rivals(0.75).any(|(other, _, _)| is_other(other)),
        ..guess
    }
}

/// All cuts, the best first.
fn cuts(head: &str, middle: &str, ending: &str, quote: u8) -> Vec<(Dialect, Cut, f64)> {
    let wide = WIDE.iter().filter(|text| stands_in_most_lines(head, text)).filter_map(|text| Separator::parse(text));
    let candidates = CANDIDATES.iter().filter(|(byte, _)| stands_in_lines(head, *byte));
    let candidates = candidates.map(|&(byte, weight)| (Separator::byte(byte), weight));
    let mut cuts: Vec<(Dialect, Cut, f64)> = candidates
        .chain(wide.map(|separator| (separator, WIDE_WEIGHT)))
        .map(|(delimiter, weight)| {
            let dialect = Dialect { quote, ..Dialect::of(delimiter) };
            let cut = Cut::of(head, middle, dialect);
            let weight = if delimiter.is(b'\t') && ending.eq_ignore_ascii_case("tsv") { 1.1 } else { weight };
            let score = cut.score() * weight;
            (dialect, cut, score)
        })
        .collect();
    cuts.sort_by(|a, b| b.2.total_cmp(&a.2));
    if cuts.is_empty() {
        cuts.push((Dialect { quote, ..Dialect::of(Separator::COMMA) }, Cut::ONE_COLUMN, 0.0));
    }
    cuts
}

/// It stands in a good part of the lines; cutting by what does not is wasted time.
fn stands_in_lines(head: &str, byte: u8) -> bool {
    let (mut with, mut lines) = (0, 0);
    for line in head.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(ROWS) {
        lines += 1;
        with += usize::from(memchr::memchr(byte, line.as_bytes()).is_some());
    }
    with * 8 >= lines && with > 0
}

/// It stands in nearly all lines, and its letter hardly ever without it.
fn stands_in_most_lines(head: &str, text: &str) -> bool {
    let Some(first) = text.trim_start().chars().next() else { return false };
    let (mut with, mut lines, mut pairs, mut singles) = (0, 0, 0, 0);
    for line in head.lines().filter(|line| line.contains(char::is_alphanumeric)).take(ROWS) {
        let count = line.matches(text).count();
        lines += 1;
        with += usize::from(count > 0);
        pairs += count;
        singles += line.matches(first).count();
    }
    let letters = text.matches(first).count();
    let alone = singles.saturating_sub(pairs * letters);
    // Nearly every comma has its blank; a letter that is doubled to separate may stand alone in texts.
    let share = if text.ends_with(' ') { 20 } else { 1 };
    lines >= 2 && with * 10 >= lines * 8 && alone * share <= pairs * letters
}

/// Tabs behind every cell, as some services fill their cells up so that spreadsheets take figures for words: what follows them
/// separates.
fn is_led_by_tabs(head: &str, separator: Separator) -> bool {
    let first = separator.first();
    let led = head.as_bytes().windows(2).filter(|pair| pair[0] == b'\t' && pair[1] == first).count();
    let count = |byte: u8| memchr::memchr_iter(byte, head.as_bytes()).count();
    let most = |all: usize| led * 10 >= all * 7;
    separator.len() == 1 && matches!(first, b',' | b';') && led >= 4 && most(count(b'\t')) && most(count(first))
}

/// A cell begins behind it.
fn is_separator(byte: Option<&u8>) -> bool {
    byte.is_none_or(|b| matches!(b, b';' | b',' | b'\t' | b'|'))
}

/// Many lines have cells in single quotes.
fn has_single_quotes(head: &str) -> bool {
    let (mut count, mut all) = (0, 0);
    for line in head.lines().filter(|line| !line.trim().is_empty()).take(ROWS) {
        all += 1;
        let is_sign = |byte: Option<&u8>| byte.is_none_or(|b| b.is_ascii_punctuation() && *b != b'\'' || *b == b'\t');
        let bytes = line.as_bytes();
        let quotes = || memchr::memchr_iter(b'\'', bytes);
        let opened = quotes().any(|at| is_sign(at.checked_sub(1).and_then(|at| bytes.get(at))));
        let closed = quotes().any(|at| is_sign(bytes.get(at + 1)));
        // Where cells stand in double quotes as well, those are meant, and single ones guard a few figures.
        let doubled = |at: usize| {
            let (before, after) = (at.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(at + 1));
            is_separator(before) && after.is_some_and(|b| *b != b'\'')
        };
        let double = memchr::memchr_iter(b'"', bytes).any(doubled);
        count += usize::from(opened && closed && !double);
    }
    all >= 2 && count * 2 >= all
}

/// The guess of this dialect; with backslashes if they stand in front of quotes and the rows are cut at least as evenly.
fn with_escape(head: &str, middle: &str, dialect: Dialect) -> Guess {
    let pair = String::from_iter(['\\', char::from(dialect.quote)]);
    let ends = |rest: &str| {
        rest.is_empty() || rest.starts_with(['\n', '\r']) || dialect.delimiter.stands_at(rest.as_bytes(), 0)
    };
    let inner = head.match_indices(&pair).any(|(at, _)| !ends(&head[at + 2..]));
    let plain = Cut::of(head, middle, dialect);
    let escaped = inner.then(|| Cut::of(head, middle, Dialect { backslash: true, ..dialect }));
    let escaped = escaped.filter(|escaped| escaped.alike >= plain.alike && escaped.columns >= 2);
    Guess {
        delimiter: dialect.delimiter,
        quote: dialect.quote,
        backslash: escaped.is_some(),
        columns: escaped.as_ref().unwrap_or(&plain).columns,
        others: Vec::new(),
        unsure: false,
    }
}

/// The separator of a file of one column: one that does not stand in it, as commas may in its numbers.
fn of_one_column(head: &str, middle: &str, ending: &str) -> Separator {
    if ending.eq_ignore_ascii_case("tsv") {
        return Separator::TAB;
    }
    let blank = head.lines().all(|line| line.trim_matches([';', ',', '\t', '|', ' ']).is_empty());
    let count = |byte: u8| {
        memchr::memchr_iter(byte, head.as_bytes()).count() + memchr::memchr_iter(byte, middle.as_bytes()).count()
    };
    let separators = if blank { &b";\t|,"[..] } else { &b"\t;|,\x1f"[..] };
    let by_count = |byte: &u8| count(*byte);
    let separators = separators.iter().copied();
    let found = if blank { separators.max_by_key(by_count) } else { separators.min_by_key(by_count) };
    Separator::byte(found.unwrap_or(b','))
}

/// Excel's own way to say it: a first line `sep=;`.
fn told(head: &str) -> Option<Separator> {
    let line = head.lines().next()?.trim_matches(['"', '\u{feff}']);
    let rest = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    Separator::parse(rest)
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
    const ONE_COLUMN: Cut = Cut { columns: 1, alike: 0.0, clean: 0.0 };

    fn of(head: &str, middle: &str, dialect: Dialect) -> Cut {
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
        if dialect.delimiter.first() == b',' && columns == 2 && cuts_decimals(&table) {
            return Cut::ONE_COLUMN;
        }
        // In the lines of a list a separator stands now and then.
        let ones = lengths.get(&1).copied().unwrap_or(0);
        if columns == 2 && ones * 2 > rows.len() && rows.first().is_some_and(|first| first.len() == 1) {
            return Cut::ONE_COLUMN;
        }
        let cells: usize = table.iter().map(|row| row.len()).sum();
        let clean = table.iter().flat_map(|row| row.iter()).filter(|cell| is_clean(cell, dialect)).count();
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

fn is_clean(cell: &str, dialect: Dialect) -> bool {
    if cell.is_empty() || number::written(cell).is_some_and(|n| n.body.len() < 20) || date::written(cell).is_some() {
        return true;
    }
    let own = dialect.delimiter.text();
    let foreign = [';', '\t', '|'].iter().any(|other| !own.contains(*other) && cell.contains(*other));
    let broken = cell.matches('"').count() % 2 == 1 && cell.starts_with('"') != cell.ends_with('"');
    !foreign && !broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> char {
        char::from(guess(text, "", "csv").delimiter.first())
    }

    #[test]
    fn tabs_that_fill_cells_up_do_not_separate() {
        let text = "No\t,Time\t,Sum\t\t,\n20260201220014\t,2026-02-01 09:12\t,168.00\t,\n20260203220014\t,2026-02-03 18:40\t,12.50\t,\n";
        assert_eq!(delimiter(text), ',');
        assert_eq!(delimiter("a\tb\tc, d\n1\t2\t3, 4\n"), '\t');
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
    fn separators_of_several_letters() {
        for (wide, text) in [
            ("||", "Code||Size||Price\nA||4|5|6||14.50\nB||4|6||9.90\nC||7||1.15\n"),
            ("::", "Start::Line::To\n07:40::Bus 12::School\n07:55::Bus 7::Station\n"),
            (", ", "Day, \"Shop, town\", Sold\n2026-01-02, \"Bakery, Mill St\", 3\n2026-01-03, \"Shop, 2\", 4\n"),
        ] {
            assert_eq!(guess(text, "", "csv").delimiter.text(), wide, "{text}");
        }
        assert_eq!(guess("a;;b\n1;2;3\n4;;6\n7;8;9\n", "", "csv").delimiter, Separator::SEMICOLON);
        assert_eq!(guess("name,note\nA,\"x, y\"\nB,\"z\"\nC,q\n", "", "csv").delimiter, Separator::COMMA);
    }

    #[test]
    fn quotes_and_escapes_are_found() {
        let single = guess("'a','b'\n'x, y','it''s'\n'z','q'\n", "", "csv");
        assert_eq!((single.quote, single.columns), (b'\'', 2));
        let both = guess("a;b;c\n\"x;y\";'00417';3\n\"\";'';4\n\"z\";'00418';5\n", "", "csv");
        assert_eq!((both.quote, both.columns), (b'"', 3));
        let plain = guess("name,note\nO'Hara,it's\nD'Arcy,fine\n", "", "csv");
        assert_eq!(plain.quote, b'"');
        let escaped = guess("\"id\",\"name\"\n\"1\",\"2\\\" x 4\"\n\"2\",\"a, b\"\n", "", "csv");
        assert!(escaped.backslash);
        assert!(!guess("\"id\",\"path\"\n\"1\",\"C:\\dir\\\"\n\"2\",\"x\"\n", "", "csv").backslash);
    }

    #[test]
    fn a_list_with_a_separator_now_and_then_is_a_list() {
        let text = "Herbs\nLavender, dried\nRosemary\nMint; fresh\nSage\nThyme, lemon\nFennel\n";
        assert_eq!(guess(text, "", "csv").columns, 1);
    }

    #[test]
    fn times_are_not_columns() {
        assert_eq!(guess("Beginn\n07:40\n08:15\n09:30\n", "", "txt").columns, 2);
        assert_eq!(delimiter("Beginn,Ende\n07:40,09:00\n08:15,10:00\n"), ',');
    }
}
