//! No damage makes anything here panic or give back more than it was given.
#![allow(clippy::unwrap_used)]

use std::cell::Cell;

use super::package::{open_leniently, rounds};
use super::stream;
use super::tests::{folder, stream_in};

/// A xorshift: the same damage in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }

    /// Flips, cuts, repeats or fills a few places.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(out.len());
            match self.below(6) {
                0 => out.truncate(at),
                1 => {
                    let to = (at + self.below(40)).min(out.len());
                    out.drain(at..to);
                }
                2 => {
                    let to = (at + self.below(40)).min(out.len());
                    let again = out[at..to].to_vec();
                    out.splice(at..at, again);
                }
                3 => {
                    let to = (at + self.below(8)).min(out.len());
                    out[at..to].fill(if self.below(2) == 0 { 0xFF } else { 0 });
                }
                _ if !out.is_empty() => out[at] ^= 1 << self.below(8),
                _ => {}
            }
        }
        out
    }
}

/// The fixtures by name.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<_> =
        entries.map(|path| (path.file_name().unwrap().display().to_string(), std::fs::read(path).unwrap())).collect();
    all.sort();
    all
}

/// Ends a key derivation that damage made long.
fn open(info: &[u8], package: &[u8], looks: u32) {
    let left = Cell::new(looks);
    let cancel = || left.replace(left.get().saturating_sub(1)) == 0;
    if let Ok(opened) = open_leniently(info, package, "brot", &cancel) {
        assert!(opened.bytes.len() <= package.len());
        assert!(opened.bytes.capacity() <= package.len() + 4096);
    }
    let _ = rounds(info);
}

#[test]
fn damaged_packages_do_no_harm() {
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    for (name, file) in fixtures() {
        let Some((info, package)) = stream_in(&file, "EncryptionInfo").zip(stream_in(&file, "EncryptedPackage")) else {
            continue;
        };
        for len in 0..info.len() {
            open(&info[..len], &package, 1);
        }
        for round in 0..400 {
            open(&random.damage(&info), &package, if round % 20 == 0 { 8 } else { 1 });
        }
        // Of these the key fits, so the damage reaches the package.
        if name.contains("own") {
            for _ in 0..40 {
                open(&info, &random.damage(&package), 8);
            }
            for len in [0, 1, 7, 8, 9, 23, 24, 25, 4103, 4104, 4105] {
                open(&info, &package[..len.min(package.len())], 8);
            }
        }
    }
}

#[test]
fn damaged_xls_streams_do_no_harm() {
    let mut random = Random(0xFEDC_BA98_7654_3211);
    for (name, file) in fixtures() {
        let found = stream_in(&file, "Workbook").or_else(|| stream_in(&file, "Book"));
        let bytes = match found {
            Some(bytes) => bytes,
            None if name.contains("xls_") => file,
            None => continue,
        };
        let open = |bytes: &[u8]| {
            let protected = stream::is_locked(bytes);
            match stream::open(bytes, "brot", &|| false) {
                Ok(plain) => {
                    assert_eq!(plain.len(), bytes.len());
                    assert!(plain.capacity() <= bytes.len() + 4096);
                }
                Err(_) => assert!(protected),
            }
        };
        for len in 0..bytes.len().min(300) {
            open(&bytes[..len]);
        }
        for round in 0..600 {
            // Half of the damage is done to the start, where FILEPASS is.
            if round % 2 == 0 {
                open(&random.damage(&bytes));
            } else {
                let (head, tail) = bytes.split_at(bytes.len().min(200));
                open(&[random.damage(head), tail.to_vec()].concat());
            }
        }
    }
}

#[test]
fn noise_does_no_harm() {
    let mut random = Random(42);
    for round in 0..5000 {
        let len = random.below(200);
        let mut noise: Vec<u8> = (0..len).map(|_| u8::try_from(random.below(256)).unwrap_or(0)).collect();
        open(&noise, &noise, 3);
        let head: &[u8] = match round % 4 {
            0 => &[4, 0, 4, 0, 0x40, 0, 0, 0],
            1 => &[4, 0, 2, 0, 0x24, 0, 0, 0, 40, 0, 0, 0],
            2 => &[0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2F, 0, 0x36, 0, 1, 0, 1, 0, 1, 0],
            _ => &[0x09, 0x08, 4, 0, 0, 5, 5, 0, 0x2F, 0, 4, 0],
        };
        noise.splice(0..0, head.iter().copied());
        open(&noise, &noise, 3);
        let _ = stream::open(&noise, "brot", &|| false);
    }
}
