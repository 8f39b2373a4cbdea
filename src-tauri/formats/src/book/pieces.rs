//! A sheet's XML in pieces that end with a row, so that each can be read by a thread of its own while the next is unpacked.

use std::io::{Error, ErrorKind, Read};

use memchr::memmem;

/// Bytes of a piece, more or less.
const PIECE_BYTES: usize = 1 << 20;
/// A row larger than this is left to whoever reads one tag after the other.
const ROW_BYTES: usize = 4 << 20;
/// The first piece is small: it holds what stands before the rows.
const FIRST_BYTES: usize = 1 << 10;

const ROW_END: &[u8] = b"</row>";

/// Cuts what a source gives into pieces.
pub(crate) struct Pieces<R> {
    source: R,
    /// What was unpacked after the last piece.
    begun: Vec<u8>,
    /// Pieces that were read, whose room is used again.
    spare: Vec<Vec<u8>>,
    number: usize,
    /// No more pieces: the source is at its end, is broken, or holds what must not be cut.
    ended: bool,
    failure: Option<Error>,
}

impl<R: Read> Pieces<R> {
    pub fn new(source: R) -> Pieces<R> {
        Pieces { source, begun: Vec::new(), spare: Vec::new(), number: 0, ended: false, failure: None }
    }

    /// The next piece and its number; none once what is left has to be read in one go.
    pub fn next(&mut self) -> Option<(usize, Vec<u8>)> {
        let mut piece = std::mem::take(&mut self.begun);
        let want = if self.number == 0 { FIRST_BYTES } else { PIECE_BYTES };
        while !self.ended {
            let kept = piece.len();
            self.fill(&mut piece, want);
            // Rows inside of comments and the like are none, and a row may be cut by one.
            let from = kept.saturating_sub(1);
            if memmem::find(&piece[from..], b"<!").is_some() {
                self.ended = true;
            }
            if self.ended {
                break;
            }
            if let Some(end) = memmem::rfind(&piece, ROW_END).map(|end| end + ROW_END.len()) {
                let mut begun = self.spare.pop().unwrap_or_default();
                begun.clear();
                begun.reserve(piece.len() - end + PIECE_BYTES);
                begun.extend_from_slice(&piece[end..]);
                piece.truncate(end);
                self.begun = begun;
                self.number += 1;
                return Some((self.number, piece));
            }
            self.ended = piece.len() > ROW_BYTES;
        }
        self.begun = piece;
        None
    }

    /// Adds up to so many bytes.
    fn fill(&mut self, piece: &mut Vec<u8>, bytes: usize) {
        let mut at = piece.len();
        piece.resize(at + bytes, 0);
        while at < piece.len() {
            match self.source.read(&mut piece[at..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(read) => at += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    self.ended = true;
                    break;
                }
            }
        }
        piece.truncate(at);
    }

    /// Room that the next pieces may have.
    pub fn give_back(&mut self, piece: Vec<u8>) {
        if piece.capacity() >= PIECE_BYTES && piece.capacity() <= 4 * PIECE_BYTES {
            self.spare.push(piece);
        }
    }

    /// What follows on the last piece, to its end or to where the source broke.
    pub fn rest(self) -> impl Read {
        std::io::Cursor::new(self.begun).chain(Broken(self.failure)).chain(self.source)
    }
}

/// Gives the failure of a source at its place, if there was one.
struct Broken(Option<Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sheet(rows: usize, extra: &str) -> String {
        let rows: String = (0..rows).map(|row| format!("<row r=\"{row}\"><c><v>{row}</v></c></row>{extra}")).collect();
        format!("<worksheet><sheetData>{rows}</sheetData><mergeCells/></worksheet>")
    }

    fn cut(xml: &str) -> (Vec<String>, String) {
        let mut pieces = Pieces::new(xml.as_bytes());
        let mut all = Vec::new();
        while let Some((_, piece)) = pieces.next() {
            all.push(String::from_utf8(piece).unwrap());
        }
        let mut rest = String::new();
        pieces.rest().read_to_string(&mut rest).unwrap();
        (all, rest)
    }

    #[test]
    fn pieces_end_with_rows_and_nothing_is_lost() {
        let xml = sheet(100_000, "\n");
        let (pieces, rest) = cut(&xml);
        assert!(pieces.len() > 3 && pieces.iter().all(|piece| piece.ends_with("</row>")));
        assert_eq!(pieces.concat() + &rest, xml);
    }

    #[test]
    fn nothing_is_cut_around_comments_and_in_rows_without_end() {
        let commented = sheet(100_000, "<!-- </row> -->");
        let (pieces, rest) = cut(&commented);
        assert_eq!((pieces.len(), rest == commented), (0, true));
        let endless = format!("<sheetData><row>{}", "<c/>".repeat(3_000_000));
        let (pieces, rest) = cut(&endless);
        assert_eq!((pieces.len(), rest == endless), (0, true));
    }

    #[test]
    fn a_source_that_breaks_is_read_to_where_it_does() {
        let xml = sheet(60_000, "");
        let broken = xml.as_bytes()[..xml.len() - 500].chain(Broken(Some(Error::other("broken"))));
        let mut pieces = Pieces::new(broken);
        let mut bytes = 0;
        while let Some((_, piece)) = pieces.next() {
            bytes += piece.len();
        }
        let mut rest = Vec::new();
        assert_eq!(pieces.rest().read_to_end(&mut rest).unwrap_err().to_string(), "broken");
        assert_eq!(bytes + rest.len(), xml.len() - 500);
    }
}
