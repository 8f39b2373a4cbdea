//! Records of Excel 97-2003 and older (MS-XLS): a kind, a length, bytes; long ones go on in `Continue` records.

/// Bytes read without ever going beyond their end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub fn u16(self, at: usize) -> Option<u16> {
        self.0.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
    }

    pub fn u32(self, at: usize) -> Option<u32> {
        self.0.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    pub fn f64(self, at: usize) -> Option<f64> {
        let bytes: [u8; 8] = self.0.get(at..at + 8)?.try_into().ok()?;
        Some(f64::from_le_bytes(bytes))
    }

    pub fn from(self, at: usize) -> Bytes<'a> {
        Bytes(self.0.get(at..).unwrap_or_default())
    }

    pub fn len(self) -> usize {
        self.0.len()
    }
}

/// One record; where it goes on, the pieces that follow.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    pub kind: u16,
    pub data: Bytes<'a>,
    pub more: Vec<&'a [u8]>,
}

/// The records of a stream from some place on.
pub(crate) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

const CONTINUE: u16 = 0x003c;

impl<'a> Records<'a> {
    pub fn new(stream: &'a [u8], at: usize) -> Self {
        Records { stream, at }
    }

    /// True where the stream ends inside a record rather than after one.
    pub fn ends_early(&self) -> bool {
        self.at < self.stream.len() && self.stream[self.at..].iter().any(|b| *b != 0)
    }

    fn one(&self, at: usize) -> Option<(u16, &'a [u8], usize)> {
        let head = Bytes(self.stream.get(at..)?);
        let (kind, length) = (head.u16(0)?, usize::from(head.u16(2)?));
        let data = self.stream.get(at + 4..at + 4 + length)?;
        Some((kind, data, at + 4 + length))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data, mut next) = self.one(self.at)?;
        let mut more = Vec::new();
        while let Some((CONTINUE, piece, after)) = self.one(next) {
            more.push(piece);
            next = after;
        }
        self.at = next;
        Some(Record { kind, data: Bytes(data), more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_records_keep_their_pieces() {
        let stream =
            [[0x85, 0, 1, 0, 9].as_slice(), &[0x3c, 0, 2, 0, 7, 8], &[0x0a, 0, 0, 0], &[1, 0, 9, 0, 1]].concat();
        let mut records = Records::new(&stream, 0);
        let first = records.next().map(|r| (r.kind, r.data.0.to_vec(), r.more.len()));
        assert_eq!(first, Some((0x85, vec![9], 1)));
        assert_eq!(records.next().map(|r| r.kind), Some(0x0a));
        assert!(records.next().is_none());
        assert!(records.ends_early());
    }
}
