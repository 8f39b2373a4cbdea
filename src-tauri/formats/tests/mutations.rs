//! Every fixture, broken in thousands of ways: nothing panics, nothing hangs.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::{Duration, Instant};

use common::*;
use larder_formats::{Quiet, open_head};
use larder_model::Choice;

/// A small generator of numbers, the same for everyone who runs this.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let wide: Vec<u8> = TILL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let small = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Datum", "Artikel", "Menge"]).unwrap();
        for row in 1..8 {
            sheet.write(row, 0, format!("{row}.3.2026")).unwrap();
            sheet.write(row, 1, "Brötchen").unwrap();
            sheet.write(row, 2, row).unwrap();
        }
    });
    vec![
        ("till.csv", TILL.as_bytes().to_vec()),
        ("till.txt", wide),
        (
            "tables.csv",
            b"Artikel;Mitte;;Nord;\n;Menge;Umsatz;Menge;Umsatz\nBrot;3;\"10,50\nx\";4;14,00\n\nA;B;;C;D\n1;2;;3;4\n"
                .to_vec(),
        ),
        (
            "us.csv",
            b"Date,Item,Takings\n01/02/2026,Caf\xc3\x83\xc2\xa9,\"$1,234.50\"\n01/31/2026,Roll,(3.40)\n".to_vec(),
        ),
        ("old.csv", b"Artikel;Gr\xf6\xdfe\nBr\xf6tchen;12 %\n".to_vec()),
        ("small.xlsx", small),
        ("till.xls", fixture("till_titles_merged_hidden_sheet.xls")),
        ("stock.ods", fixture("stock_typed_cells_repeated_rows.ods")),
    ]
}

/// Changes a few bytes: other ones, fewer, more, a piece twice.
fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const ODD: &[&[u8]] = &[
        b"\"",
        b";",
        b"\n",
        b"\0",
        b"<",
        b">",
        b"&#",
        b"\xff\xff\xff\xff",
        b"\xc3",
        b"=\"",
        b"1E999",
        b"99999999999999999999",
        b"31.02.2026",
        b"\x7f\xff",
    ];
    let mut out = bytes.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(out.len());
        match dice.roll(6) {
            0 => out.truncate(at),
            1 => {
                let piece = ODD[dice.roll(ODD.len())];
                out.splice(at..at, piece.iter().copied());
            }
            2 => {
                let end = (at + dice.roll(64)).min(out.len());
                out.drain(at..end);
            }
            3 => {
                let end = (at + dice.roll(200)).min(out.len());
                let piece = out[at..end].to_vec();
                out.splice(at..at, piece);
            }
            _ => {
                if let Some(byte) = out.get_mut(at) {
                    *byte = (dice.roll(256)) as u8;
                }
            }
        }
    }
    out
}

fn exercise(name: &str, bytes: Vec<u8>, dice: &mut Dice) {
    let head = open_head(name, Box::new(std::io::Cursor::new(bytes.clone())), &[], 3);
    if let Ok(head) = head {
        head.read(&[]);
    }
    let Ok(book) = try_open(name, bytes, &[]) else { return };
    let reading = book.read(&[]);
    let mut choices: Vec<Choice> = reading.findings.iter().flat_map(|f| f.opposites.clone()).collect();
    choices.extend([
        Choice::HeaderRow { row: dice.roll(12) as u64 },
        Choice::Table { index: dice.roll(3) as u32 },
        Choice::Row { row: dice.roll(12) as u64, keep: dice.roll(2) == 0 },
    ]);
    let picked: Vec<Choice> = choices.into_iter().filter(|_| dice.roll(3) == 0).collect();
    for choices in [&[][..], &picked] {
        let reading = book.read(choices);
        let table = book.table(&reading, &Quiet).unwrap();
        assert_eq!(table.rows(), reading.rows);
        assert!(book.window(&reading, 0, 50).len() as u64 <= reading.sheet_rows);
        assert!(book.raw_rows(&reading).count() as u64 <= reading.sheet_rows + 1);
        for column in &reading.columns {
            assert_eq!(book.kinds(&reading, &column.id).len(), larder_model::Kind::ALL.len());
        }
        for finding in &reading.findings {
            assert!(finding.rows.iter().all(|row| (1..=reading.sheet_rows).contains(row)), "{finding:?}");
            assert!(finding.count >= finding.rows.len() as u64);
        }
        book.fingerprint(&reading);
    }
}

#[test]
fn broken_files_never_panic_and_never_hang() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let seeds = seeds();
    let start = Instant::now();
    for round in 0..4_000 {
        let (name, bytes) = &seeds[round % seeds.len()];
        let broken = mutate(bytes, &mut dice);
        let at = Instant::now();
        exercise(name, broken, &mut dice);
        assert!(at.elapsed() < Duration::from_secs(5), "{name} in round {round} took {:?}", at.elapsed());
        if start.elapsed() > Duration::from_secs(20) {
            break;
        }
    }
}

/// The parts of workbooks are packed, so bytes inside them are broken before packing.
#[test]
fn broken_parts_of_workbooks_never_panic_and_never_hang() {
    use std::io::{Read, Write};
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (_, ods) = seeds().pop().unwrap();
    let sources = [("x.xlsx", seeds()[5].1.clone()), ("x.ods", ods)];
    let start = Instant::now();
    for round in 0..1_500 {
        let (name, bytes) = &sources[round % 2];
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let broken = dice.roll(archive.len());
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            let sheet = part.name().contains("sheet1") || part.name() == "content.xml";
            if place == broken || (sheet && dice.roll(2) == 0) {
                content = mutate(&content, &mut dice);
            }
            zip.start_file(part.name().to_owned(), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&content).unwrap();
        }
        exercise(name, zip.finish().unwrap().into_inner(), &mut dice);
        if start.elapsed() > Duration::from_secs(15) {
            break;
        }
    }
}
