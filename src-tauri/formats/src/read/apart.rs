//! Whether what chunks share makes a difference to anybody.

use std::fmt::Write as _;
use std::io::Cursor;

use larder_model::{Choice, Kind, Reading};
use larder_tables::profile;

use crate::{Book, Quiet, open};

const ROWS: u64 = 170_000;

/// Numbers below this one in no order.
fn spread(row: u64, below: u64) -> u64 {
    crate::raw::spread(row) % below
}

/// Sales whose columns repeat themselves over many rows only, with all that may stand among rows.
fn sales() -> String {
    let mut text = String::from("No;When;Customer;Sum;Note\n");
    for row in 0..ROWS {
        let customer = match spread(row, 200) {
            0 => String::new(),
            1 => " ".to_owned(),
            2 => format!("MÃ¼ller {}", spread(row, 90)),
            3 => "n/a".to_owned(),
            _ => format!("Zoë {}", spread(row, 29_000)),
        };
        // Some come twice, far from each other.
        let of = if row % 5_000 == 77 && row > 100_000 { row - 90_000 } else { row };
        let (day, second, cents) = (spread(of, 40_000), spread(of, 86_400) / 4, spread(of, 41_000) + 100_000);
        let customer = if of == row { customer } else { "Again".to_owned() };
        let customer = if row + 90_000 < ROWS && (row + 90_000) % 5_000 == 77 { "Again".to_owned() } else { customer };
        let _ = match row {
            99_999 => writeln!(text, ";;Total;1.000,00;"),
            120_000 => writeln!(text, "# a comment;;;;"),
            130_000 => writeln!(text, ";;;;"),
            140_000 => writeln!(text, "No;When;Customer;Sum;Note"),
            _ => writeln!(
                text,
                "{};{:02}:{:02}:{:02};{customer};{}.{:03},{:02};{}",
                if row % 3 == 0 { day } else { day + 1 },
                second / 3_600,
                second / 60 % 60,
                second % 60,
                cents / 100_000,
                cents / 100 % 1_000,
                cents % 100,
                if spread(row, 50) == 0 { "\"a; b\"" } else { "" },
            ),
        };
    }
    text
}

fn book(text: &str) -> Book {
    open("sales.csv", Box::new(Cursor::new(text.as_bytes().to_vec())), &[], &Quiet).unwrap()
}

#[test]
fn a_file_is_read_the_same_whether_its_chunks_share_words_or_not() {
    let text = sales();
    let (shared, apart) = (book(&text), book(&text).with_rows(crate::raw::Raw::apart));
    let sharing = |book: &Book, column: usize| {
        let strips = book.opened.content.raw.chunks().iter().filter_map(|chunk| chunk.strip(column));
        strips.filter(|strip| strip.common().is_some()).count()
    };
    for column in 0..4 {
        assert!(sharing(&shared, column) >= 2 && sharing(&apart, column) == 0, "{column}");
    }
    let column = |reading: &Reading, at: usize| reading.columns[at].id.clone();
    let first = shared.read(&[]);
    let text_of = |at: usize| Choice::Kind { column: column(&first, at), kind: Kind::Text };
    for choices in
        [vec![], vec![Choice::Duplicates { keep: false }], vec![text_of(1), text_of(3)], vec![Choice::NoHeader]]
    {
        let (one, two) = (shared.read(&choices), apart.read(&choices));
        assert_eq!(one, two, "{choices:?}");
        let (one_table, two_table) = (shared.table(&one, &Quiet).unwrap(), apart.table(&two, &Quiet).unwrap());
        for (row, cells) in two_table.page(0, ROWS).into_iter().enumerate() {
            assert_eq!(one_table.page(row as u64, 1), [cells], "row {row} with {choices:?}");
        }
        assert_eq!(profile(&one_table), profile(&two_table), "{choices:?}");
        assert!(shared.raw_rows(&one).eq(apart.raw_rows(&two)), "{choices:?}");
    }
    // All of it was there to be found.
    let left: Vec<String> = first.left_out.iter().map(|left| format!("{:?}", left.reason)).collect();
    let codes: Vec<String> = first.findings.iter().map(|finding| format!("{:?}", finding.code)).collect();
    assert!(left.len() >= 4, "{left:?}");
    assert!(codes.iter().any(|code| code.contains("Garbled") || code.contains("Mojibake")), "{codes:?}");
    assert!(codes.iter().any(|code| code.contains("Dupl") || code.contains("Cop")), "{codes:?}");
}
