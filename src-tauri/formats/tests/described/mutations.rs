//! Changed descriptions: whatever is done to them, reading ends without a panic and every path stays safe.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{Dice, check};
use larder_formats::described::read_in;

const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "'",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "|\n",
    ">\n",
    "!!str ",
    "!x ",
    "\n",
    "  ",
    "\t",
    "---\n",
    "...\n",
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "../",
    "%",
    "%00",
    "\u{0}",
    "\u{FEFF}",
    "ä",
    "\u{1F600}",
    "#",
    "@",
    "\\u0000",
    "\r",
    "\u{85}",
    "\"name\":",
];

fn mutate(original: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let end = (at + dice.roll(40)).min(bytes.len());
        match dice.roll(16) {
            0 => bytes.truncate(at),
            1 | 7 => drop(bytes.drain(at..end)),
            2 | 8 | 9 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
            3 | 10 | 11 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.roll(256) as u8;
                }
            }
            4 | 12 => {
                let from = dice.roll(other.len());
                let piece = other[from..(from + dice.roll(80)).min(other.len())].to_vec();
                drop(bytes.splice(at..end, piece));
            }
            5 | 13 => {
                let piece = bytes[at..end].repeat(1 + dice.roll(4));
                drop(bytes.splice(at..at, piece));
            }
            _ => drop(bytes.splice(at..end, PIECES[dice.roll(PIECES.len())].bytes())),
        }
    }
    bytes
}

#[test]
fn no_change_makes_it_panic() {
    static PANICS: AtomicUsize = AtomicUsize::new(0);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(info);
    }));
    let rounds: usize = std::env::var("MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    let fixtures: Vec<(String, Vec<u8>)> =
        crate::common::all().into_iter().map(|name| (name.clone(), crate::common::bytes(&name))).collect();
    assert!(fixtures.len() >= 14);
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut understood = 0;
    for round in 0..rounds {
        for (name, bytes) in &fixtures {
            let other = &fixtures[dice.roll(fixtures.len())].1;
            let changed = mutate(bytes, other, &mut dice);
            let name = if round % 5 == 0 { name.replace(".json", ".yaml") } else { name.clone() };
            if let Ok(Some(described)) = read_in(&name, &changed, &["de"]) {
                understood += 1;
                check(&described);
            }
        }
    }
    assert_eq!(PANICS.load(Ordering::Relaxed), 0, "not even the YAML parser, whose panics are caught");
    assert!(understood > rounds, "{understood} understood in {rounds} rounds");
}
