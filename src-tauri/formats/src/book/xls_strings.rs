//! Texts of Excel 97-2003: two bytes or one byte a letter, cut by records anywhere, or in an old code page.

use super::biff::{Bytes, Record};
use super::strings::Strings;
use crate::text::encoding::Letters;

/// How bytes of one-byte texts are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodePage(Letters);

impl CodePage {
    pub fn new(number: u16) -> CodePage {
        // The letters of the three stand at the same places.
        if matches!(number, 437 | 850 | 858) {
            return CodePage(Letters::Ibm850);
        }
        CodePage(Letters::Standard(match number {
            1250 => encoding_rs::WINDOWS_1250,
            1251 => encoding_rs::WINDOWS_1251,
            1253 => encoding_rs::WINDOWS_1253,
            1254 => encoding_rs::WINDOWS_1254,
            1255 => encoding_rs::WINDOWS_1255,
            1256 => encoding_rs::WINDOWS_1256,
            1257 => encoding_rs::WINDOWS_1257,
            1258 => encoding_rs::WINDOWS_1258,
            874 => encoding_rs::WINDOWS_874,
            932 => encoding_rs::SHIFT_JIS,
            936 => encoding_rs::GBK,
            949 => encoding_rs::EUC_KR,
            950 => encoding_rs::BIG5,
            10_000 | 0x8000 => encoding_rs::MACINTOSH,
            866 => encoding_rs::IBM866,
            _ => encoding_rs::WINDOWS_1252,
        }))
    }

    pub fn decode(self, bytes: &[u8]) -> String {
        self.0.decode(bytes)
    }
}

/// A text with a count in front. `wide_count`: the count has two bytes. `unicode`: a byte of options follows (BIFF8).
pub(crate) fn counted(data: Bytes<'_>, wide_count: bool, unicode: bool, page: CodePage) -> Option<String> {
    let (count, at) = if wide_count { (usize::from(data.u16(0)?), 2) } else { (usize::from(data.u8(0)?), 1) };
    if !unicode {
        let bytes = data.from(at).0;
        return Some(page.decode(&bytes[..count.min(bytes.len())]));
    }
    if count == 0 {
        return Some(String::new());
    }
    let options = data.u8(at)?;
    // Rich text and pronunciation put their own counts in between.
    let skip = usize::from(options & 8 != 0) * 2 + usize::from(options & 4 != 0) * 4;
    Some(letters(data.from(at + 1 + skip).0, count, options & 1 != 0))
}

fn letters(bytes: &[u8], count: usize, wide: bool) -> String {
    if wide {
        let units: Vec<u16> = bytes.chunks_exact(2).take(count).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        bytes.iter().take(count).map(|b| char::from(*b)).collect()
    }
}

/// Reads across the pieces of a record.
struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// What is left of the piece; the next one where it is used up.
    fn rest(&mut self) -> Option<&'a [u8]> {
        while self.at >= self.pieces.get(self.piece)?.len() {
            self.piece += 1;
            self.at = 0;
        }
        Some(&self.pieces[self.piece][self.at..])
    }

    fn bytes(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(count.min(64));
        while out.len() < count {
            let rest = self.rest()?;
            let take = rest.len().min(count - out.len());
            out.extend_from_slice(&rest[..take]);
            self.at += take;
        }
        Some(out)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        let mut left = count;
        while left > 0 {
            let take = self.rest()?.len().min(left);
            self.at += take;
            left -= take;
        }
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let head = self.bytes(3)?;
        let (mut count, options) = (usize::from(u16::from_le_bytes([head[0], head[1]])), head[2]);
        let mut wide = options & 1 != 0;
        let runs = if options & 8 != 0 { Bytes(&self.bytes(2)?).u16(0)? } else { 0 };
        let pronunciation = if options & 4 != 0 { Bytes(&self.bytes(4)?).u32(0)? } else { 0 };
        let mut out = String::new();
        let mut first = true;
        while count > 0 {
            let piece = self.piece;
            let rest = self.rest()?;
            if !first && (self.piece != piece || self.at == 0) {
                // A text that is cut says anew how wide its letters are.
                wide = rest[0] & 1 != 0;
                self.at += 1;
                first = true;
                continue;
            }
            first = false;
            let width = if wide { 2 } else { 1 };
            let take = count.min(rest.len() / width);
            if take == 0 {
                // Half a letter at the end of a piece.
                self.at += rest.len();
                continue;
            }
            out.push_str(&letters(rest, take, wide));
            self.at += take * width;
            count -= take;
        }
        self.skip(usize::from(runs) * 4)?;
        self.skip(pronunciation as usize)?;
        Some(out)
    }
}

/// The shared strings (SST) and their continuations.
pub(crate) fn shared(record: &Record<'_>) -> Strings {
    let mut strings = Strings::default();
    let total = record.data.u32(4).unwrap_or(0);
    let mut pieces =
        Pieces { pieces: std::iter::once(record.data.0).chain(record.more.iter().copied()).collect(), piece: 0, at: 8 };
    for _ in 0..total {
        let Some(text) = pieces.text() else { break };
        if !strings.push(&text) {
            break;
        }
    }
    strings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(pieces: &[&[u8]]) -> Vec<String> {
        let record = Record { kind: 0xfc, data: Bytes(pieces[0]), more: pieces[1..].to_vec() };
        let strings = shared(&record);
        (0..).map_while(|n| strings.get(n).map(str::to_owned)).collect()
    }

    #[test]
    fn a_text_cut_by_a_record_may_change_its_width() {
        let head = [[3, 0, 0, 0, 3, 0, 0, 0].as_slice(), &[2, 0, 0, b'A', b'b'], &[4, 0, 0, b'B', b'r']].concat();
        let more = [[1, b'o', 0, b't', 0].as_slice(), &[1, 0, 1, 0xfc, 0]].concat();
        assert_eq!(strings(&[&head, &more]), ["Ab", "Brot", "ü"]);
    }

    #[test]
    fn rich_text_and_pronunciation_are_passed_over() {
        let head = [
            [2, 0, 0, 0, 2, 0, 0, 0].as_slice(),
            &[1, 0, 12, 1, 0, 2, 0, 0, 0, b'x', 9, 9, 9, 9, 8, 8],
            &[1, 0, 0, b'y'],
        ]
        .concat();
        assert_eq!(strings(&[&head]), ["x", "y"]);
    }

    #[test]
    fn a_count_that_lies_ends_with_the_bytes() {
        let head = [[0xff; 8].as_slice(), &[0xff, 0xff, 1, b'a', 0]].concat();
        assert!(strings(&[&head]).is_empty());
    }
}
