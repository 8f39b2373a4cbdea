//! A table written in any dialect and locale reads back the same.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use larder_model::Kind;

/// A generator of numbers that are the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

const WORDS: [&str; 8] =
    ["Brot", "Käsekuchen", "Rolls, small", "Saft; kalt", "5\" pipe", "O'Hara", "Tee | grün", "two words here"];

/// How a file is written.
struct Written {
    separator: &'static str,
    quote: char,
    end: &'static str,
    comma: bool,
    day_first: bool,
    encoding: &'static str,
}

impl Written {
    fn cell(&self, text: &str, always: bool) -> String {
        let needs = text.contains(self.separator) || text.contains(['\n', self.quote]) || text.starts_with(' ');
        let doubled = text.replace(self.quote, &String::from_iter([self.quote, self.quote]));
        if needs || always { format!("{0}{doubled}{0}", self.quote) } else { text.to_owned() }
    }

    fn number(&self, cents: u64) -> String {
        format!("{}{}{:02}", cents / 100, if self.comma { ',' } else { '.' }, cents % 100)
    }

    fn day(&self, day: u64, month: u64) -> String {
        if self.day_first { format!("{day:02}.{month:02}.2026") } else { format!("2026-{month:02}-{day:02}") }
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            "utf-16le" => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            "utf-8 with mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            // All letters here have the same number there.
            "windows-1252" => text.chars().map(|c| c as u32 as u8).collect(),
            _ => text.as_bytes().to_vec(),
        }
    }
}

#[test]
fn a_table_written_in_any_dialect_reads_back_the_same() {
    let mut seeded = Seeded(11);
    for round in 0..400 {
        let written = Written {
            separator: seeded.one_of(&[";", ",", "\t", "|", "||", "::", "^", "~"]),
            quote: seeded.one_of(&['"', '"', '\'']),
            end: seeded.one_of(&["\n", "\r\n", "\r"]),
            comma: seeded.below(2) == 0,
            day_first: seeded.below(2) == 0,
            encoding: seeded.one_of(&["utf-8", "utf-8 with mark", "utf-16le", "windows-1252"]),
        };
        let always = written.quote == '\'' || seeded.below(2) == 0;
        let (mut text, mut wanted) = (String::new(), Vec::new());
        for name in ["Artikel", "Stück", "Preis", "Datum"] {
            text.push_str(&written.cell(name, always));
            text.push_str(if name == "Datum" { written.end } else { written.separator });
        }
        for row in 0..6 + seeded.below(30) {
            let (word, count, cents) = (seeded.one_of(&WORDS), 1 + seeded.below(90), 100 + seeded.below(90_000));
            let (day, month) = (13 + seeded.below(15), 1 + seeded.below(12));
            let cents = if cents % 100 == 0 { cents + 5 } else { cents };
            let name = format!("{word} {row}");
            let cells = [
                written.cell(&name, always),
                count.to_string(),
                written.cell(&written.number(cents), false),
                written.day(day, month),
            ];
            text.push_str(&cells.join(written.separator));
            text.push_str(written.end);
            wanted.push([
                name,
                count.to_string(),
                format!("{}.{:02}", cents / 100, cents % 100),
                format!("2026-{month:02}-{day:02}"),
            ]);
        }
        let (book, reading) = read_as("x.csv", written.bytes(&text), &[]);
        let told = format!(
            "round {round}: {:?} {:?} {:?} {} {}\n{text}",
            written.separator, written.quote, written.end, written.encoding, written.comma
        );
        assert_eq!(kinds(&reading), [Kind::Text, Kind::Integer, Kind::Money, Kind::Date], "{told}");
        assert_eq!(rows(&book, &reading), wanted, "{told}");
    }
}
