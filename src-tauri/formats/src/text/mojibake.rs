//! Letters garbled by a program before us that took UTF-8 for an older encoding: `CafÃ©`, `Caf√©`, `Caf├®`.

use std::borrow::Cow;

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::ibm850;
use crate::raw::{Chunk, Known, OfWords, Raw};

/// Which old encoding the UTF-8 was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Garble {
    /// Windows: `CafÃ©`.
    Windows,
    /// Old Macs: `Caf√©`.
    Mac,
    /// DOS: `Caf├®`.
    Dos,
}

/// What was found garbled in a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub garble: Garble,
    /// Rows of the sheet (0 is the first), the first 100.
    pub rows: Vec<u64>,
    /// Cells in all.
    pub count: u64,
    /// The first as it stands, and as it reads once repaired.
    pub was: String,
    pub now: String,
}

/// Cells longer than this are taken as they are.
const LONGEST: usize = 4_096;

impl Garble {
    pub const ALL: [Garble; 3] = [Garble::Windows, Garble::Mac, Garble::Dos];

    /// Characters that UTF-8's leading bytes 0xC3, 0xC2, 0xE2, 0xC5, 0xC4 turned into.
    fn leads(self) -> &'static [char] {
        match self {
            Garble::Windows => &['Ã', 'Â', 'â', 'Å', 'Ä'],
            Garble::Mac => &['√', '¬', '‚', '≈', 'ƒ'],
            Garble::Dos => &['├', '┬', 'Ô', '┼', '─'],
        }
    }

    /// The text as it was before it was garbled; nothing where it was not.
    pub fn repair(self, text: &str) -> Option<String> {
        if text.len() > LONGEST || !has_run(text) || !text.contains(self.leads()) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut repaired = false;
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
            out.push_str(&rest[..start]);
            let run = &rest[start..];
            let end = run.find(|c: char| c.is_ascii()).unwrap_or(run.len());
            match self.bytes(&run[..end]).and_then(|bytes| sensible(bytes, run[..end].chars().count())) {
                Some(text) => {
                    out.push_str(&text);
                    repaired = true;
                }
                None => out.push_str(&run[..end]),
            }
            rest = &run[end..];
        }
        out.push_str(rest);
        repaired.then_some(out)
    }

    /// The bytes that this text was made of.
    fn bytes(self, run: &str) -> Option<Vec<u8>> {
        let encoding = match self {
            Garble::Windows => WINDOWS_1252,
            Garble::Mac => MACINTOSH,
            Garble::Dos => return run.chars().map(ibm850::byte).collect(),
        };
        let (bytes, _, lossy) = encoding.encode(run);
        (!lossy).then(|| match bytes {
            Cow::Owned(bytes) => bytes,
            Cow::Borrowed(bytes) => bytes.to_vec(),
        })
    }
}

/// Two letters beyond ASCII beside each other, as one letter garbled always makes. Single umlauts are passed over
/// without a closer look.
fn has_run(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(on) = bytes[at..].iter().position(|b| !b.is_ascii()) {
        let first = at + on;
        let width = match bytes[first] {
            0xf0.. => 4,
            0xe0.. => 3,
            _ => 2,
        };
        at = (first + width).min(bytes.len());
        if bytes.get(at).is_some_and(|b| !b.is_ascii()) {
            return true;
        }
    }
    false
}

/// Valid UTF-8 of fewer letters that people write.
fn sensible(bytes: Vec<u8>, chars: usize) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    let written = |c: char| c.is_alphanumeric() || "€£¥§°²³µ·–—‘’“”„‚…•«»¿¡™©®×÷±½¼¾\u{a0}\u{ad}\u{feff}".contains(c);
    (text.chars().count() < chars && text.chars().all(|c| !c.is_ascii() && written(c))).then_some(text)
}

/// Looks whether cells of a sheet are garbled, and how.
pub(crate) fn find(raw: &Raw) -> Option<Found> {
    if raw.is_ascii() {
        return None;
    }
    let mut found: [Option<Found>; 3] = [None, None, None];
    let width = raw.chunks().iter().map(Chunk::width).max().unwrap_or(0);
    let words = OfWords::of(raw.chunks().iter(), 0..width, &|_, common| common.texts().map(has_run).collect());
    for chunk in raw.chunks() {
        let rows = 0..chunk.rows().count();
        // Cells that may be garbled, in the order of the sheet.
        let mut cells: Vec<(usize, &str)> = Vec::new();
        let strips = (0..chunk.width()).filter_map(|column| Some((column, chunk.strip(column)?)));
        for (column, strip) in strips.filter(|(_, strip)| !strip.is_ascii()) {
            let of = |entry: usize| has_run(strip.text(entry));
            let known = Known::of(strip, words.get(column, strip), of);
            if known.all(true).is_some_and(|known| !known.contains(&true)) {
                continue;
            }
            let mut may = vec![false; rows.len()];
            known.zip(strip, rows.clone(), &mut may, of, |may, has| *may = has);
            let those = rows.clone().filter(|row| may[*row]);
            cells.extend(those.map(|row| (row, strip.text(strip.entry_of(row)))));
        }
        cells.sort_by_key(|(row, _)| *row);
        for (row, text) in cells {
            add(&mut found, chunk.rows().start + row as u64, text);
        }
    }
    found.into_iter().flatten().max_by_key(|found| found.count)
}

fn add(found: &mut [Option<Found>; 3], row: u64, text: &str) {
    for (garble, found) in Garble::ALL.into_iter().zip(found) {
        let Some(now) = garble.repair(text) else { continue };
        let found =
            found.get_or_insert_with(|| Found { garble, rows: Vec::new(), count: 0, was: text.to_owned(), now });
        found.count += 1;
        if found.rows.len() < crate::caps::ROWS_LISTED && found.rows.last() != Some(&row) {
            found.rows.push(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_garbling_is_undone() {
        assert_eq!(Garble::Windows.repair("CafÃ©").as_deref(), Some("Café"));
        assert_eq!(Garble::Windows.repair("BrÃ¶tchen fÃ¼r 3 â‚¬").as_deref(), Some("Brötchen für 3 €"));
        assert_eq!(Garble::Mac.repair("Caf√©").as_deref(), Some("Café"));
        assert_eq!(Garble::Dos.repair("Caf├®").as_deref(), Some("Café"));
    }

    #[test]
    fn real_letters_are_left_alone() {
        for text in ["Café", "Ârea", "São Paulo", "Ãmbar", "√2", "Brötchen", "5 € – 3 £", "ÄÖÜ", "naïve"]
        {
            for garble in Garble::ALL {
                assert_eq!(garble.repair(text), None, "{text} {garble:?}");
            }
        }
    }

    #[test]
    fn a_text_of_both_is_repaired_where_it_can_be() {
        assert_eq!(Garble::Windows.repair("Ärger im CafÃ©").as_deref(), Some("Ärger im Café"));
    }
}
