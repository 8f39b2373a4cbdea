//! The one table.

use crate::outcome::Measured;
use crate::rows::ROWS;

const HEAD: [&str; 9] = ["", "median", "p95", "peak MB", "aim", "peer", "peer's median", "peer's peak MB", "ratio"];
const RED: &str = "\u{1b}[31m";
const PLAIN: &str = "\u{1b}[0m";

/// One line: its cells, and what fell behind since the record.
struct Line {
    cells: Vec<String>,
    slower: Option<f64>,
}

/// The table, its columns in line. `red` colours what fell behind, which is said in words in any case.
pub fn table(rows: &[Measured], missing: &[&str], fill: impl Fn(&str) -> String, red: bool) -> String {
    let mut lines = vec![Line { cells: HEAD.map(str::to_owned).to_vec(), slower: None }];
    for (heading, of_heading) in ROWS {
        let begun = lines.len();
        for row in *of_heading {
            match rows.iter().find(|measured| measured.key == row.key) {
                Some(measured) => lines.extend(lines_of(measured)),
                None if missing.contains(&row.key) => {
                    lines.push(Line { cells: vec![fill(row.title), "not measured".to_owned()], slower: None });
                }
                None => {}
            }
        }
        if lines.len() > begun {
            lines.insert(begun, Line { cells: vec![heading.to_uppercase()], slower: None });
        }
    }
    let width = |column: usize| {
        let cells = lines.iter().filter(|line| line.cells.len() > 2).filter_map(|line| line.cells.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    lines.iter().map(|line| printed(line, &widths, red) + "\n").collect()
}

fn printed(line: &Line, widths: &[usize], red: bool) -> String {
    let cell = |(column, text): (usize, &String)| {
        let width = widths.get(column).copied().unwrap_or(0);
        // Words begin under each other, numbers end under each other.
        if matches!(column, 0 | 4 | 5) { format!("{text:<width$}") } else { format!("{text:>width$}") }
    };
    let mut text = line.cells.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ").trim_end().to_owned();
    if let Some(slower) = line.slower {
        text += &format!("  worse by {:.0} %", (slower - 1.0) * 100.0);
        if red {
            text = format!("{RED}{text}{PLAIN}");
        }
    }
    text
}

fn lines_of(row: &Measured) -> Vec<Line> {
    let aim = match (row.aim, row.reached) {
        (Some(aim), Some(reached)) => format!("{} {}", quantity(row.unit, aim), word(reached)),
        _ => match (row.memory, row.peak_bytes) {
            (Some(aim), Some(peak)) => format!("{:.0} MB {}", aim / 1e6, word(peak as f64 <= aim)),
            _ => String::new(),
        },
    };
    let own = [
        row.title.clone(),
        quantity(row.unit, row.median),
        quantity(row.unit, row.p95),
        megabytes(row.peak_bytes),
        aim,
    ];
    if row.beside.is_empty() {
        let slower = row.since.filter(|_| row.is_slower());
        return vec![Line { cells: own.to_vec(), slower }];
    }
    let mut lines = Vec::new();
    for (place, beside) in row.beside.iter().enumerate() {
        let first = if place == 0 { own.to_vec() } else { vec![String::new(); own.len()] };
        let peer = [
            beside.peer.clone(),
            quantity("s", beside.median),
            megabytes(beside.peak_bytes),
            match beside.aim {
                Some(aim) => format!("{:.3} of {aim} {}", beside.ratio, word(beside.ratio <= aim)),
                None => format!("{:.2}", beside.ratio),
            },
        ];
        lines.push(Line {
            cells: first.into_iter().chain(peer).collect(),
            slower: beside.since.filter(|_| beside.is_slower()),
        });
    }
    lines
}

fn word(reached: bool) -> &'static str {
    if reached { "ok" } else { "short" }
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map(|bytes| format!("{:.0}", bytes as f64 / 1e6)).unwrap_or_default()
}

/// A value with its unit, to three digits or so.
fn quantity(unit: &str, value: f64) -> String {
    match unit {
        "bytes" => format!("{:.0} MB", value / 1e6),
        "requests" => count(value.round() as u64),
        "times" => format!("{value:.2} x"),
        _ if value >= 1.0 => format!("{value:.2} s"),
        _ if value >= 0.1 => format!("{:.0} ms", value * 1e3),
        _ if value >= 0.01 => format!("{:.1} ms", value * 1e3),
        _ => format!("{:.2} ms", value * 1e3),
    }
}

/// A count as people read it.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::outcome::{Record, measured};
    use crate::process::{Figure, Figures};

    fn figures(key: &str, sample: f64) -> Figures {
        Figures(BTreeMap::from([(key.to_owned(), Figure { samples: vec![sample], peak_bytes: Some(99_600_000) })]))
    }

    fn shown(own: f64, record: Option<&Record>, red: bool) -> String {
        let mut all = figures("csv-typed", own);
        all.add(figures("core-memory", own * 81e6));
        let peers = BTreeMap::from([
            ("polars".to_owned(), figures("csv-typed", 0.5)),
            ("duckdb".to_owned(), figures("csv-typed", 2.0)),
        ]);
        let rows = measured(&all, &peers, record, 0.5, str::to_owned);
        table(&rows, &["publish"], |title| title.replace("{csv}", "7"), red)
    }

    #[test]
    fn aims_peers_and_what_is_missing_are_said_in_words() {
        let text = shown(1.0, None, false);
        let line = |begin: &str| {
            text.lines()
                .find(|line| line.contains(begin))
                .unwrap_or_default()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(line("Window closed"), "Window closed, sample bakery open 81 MB 81 MB 100 100 MB ok");
        assert!(line("csv, ").ends_with("typed 1.00 s 1.00 s 100 polars 500 ms 100 2.00"), "{text}");
        assert_eq!(line("duckdb"), "duckdb 2.00 s 100 0.50");
        assert_eq!(line("On the shelf"), "On the shelf, 7 rows, whole action not measured");
        assert!(shown(2.0, None, false).contains("100 MB short"));
        assert!(!text.contains("200 rows anywhere"));
    }

    #[test]
    fn what_fell_behind_is_red_only_where_colours_are_seen() {
        let rows = measured(&figures("core-memory", 50e6), &BTreeMap::new(), None, 0.5, str::to_owned);
        let record = Record::default().with(&rows, 0.5);
        let (plain, red) = (shown(1.0, Some(&record), false), shown(1.0, Some(&record), true));
        assert!(plain.contains("worse by 62 %") && !plain.contains(RED), "{plain}");
        assert!(red.contains(&format!("{RED}Window closed")) && red.matches(RED).count() == 1);
    }

    #[test]
    fn quantities_keep_three_digits() {
        let all =
            [(2.5, "2.50 s"), (0.1234, "123 ms"), (0.01234, "12.3 ms"), (0.001234, "1.23 ms"), (0.0000421, "0.04 ms")];
        for (value, text) in all {
            assert_eq!(quantity("s", value), text);
        }
        assert_eq!([count(7), count(1_000), count(1_000_000)], ["7", "1,000", "1,000,000"]);
    }
}
