//! Just enough of Thrift's compact protocol to look at a Parquet file's own figures before anything trusts them
//! (apache/thrift, `thrift-compact-protocol.md`). Never recurses deeper than [`DEPTH`], never takes memory.

/// Structs, lists and maps inside each other at most; Parquet's own go six deep.
const DEPTH: u32 = 16;

pub(crate) const STOP: u8 = 0;
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
pub(crate) const I32: u8 = 5;
pub(crate) const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
pub(crate) const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
pub(crate) const STRUCT: u8 = 12;

/// A field's number and type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FieldHead {
    pub number: i16,
    pub kind: u8,
}

/// Walks over bytes; every step answers none where they end or make no sense.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    pub fn new(bytes: &'a [u8]) -> Walk<'a> {
        Walk { bytes, at: 0 }
    }

    /// Bytes walked so far.
    pub fn at(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn pass(&mut self, count: usize) -> Option<()> {
        let end = self.at.checked_add(count)?;
        (end <= self.bytes.len()).then(|| self.at = end)
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A whole number of any width (zigzag).
    pub fn signed(&mut self) -> Option<i64> {
        let value = self.unsigned()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// The next field of a struct; kind [`STOP`] at its end.
    pub fn field(&mut self, last: i16) -> Option<FieldHead> {
        let head = self.byte()?;
        let kind = head & 0x0f;
        if kind == STOP {
            return Some(FieldHead { number: 0, kind });
        }
        let number = match head >> 4 {
            0 => i16::try_from(self.signed()?).ok()?,
            step => last.checked_add(i16::from(step))?,
        };
        Some(FieldHead { number, kind })
    }

    /// How many and of what type a list's elements are; never more than there are bytes left.
    pub fn list(&mut self) -> Option<(usize, u8)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => usize::try_from(self.unsigned()?).ok()?,
            count => usize::from(count),
        };
        (count <= self.bytes.len() - self.at).then_some((count, head & 0x0f))
    }

    /// Passes over a value of this type.
    pub fn skip(&mut self, kind: u8) -> Option<()> {
        self.skip_within(kind, DEPTH, false)
    }

    fn skip_within(&mut self, kind: u8, depth: u32, in_list: bool) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match kind {
            // As fields, yes and no stand in the type itself.
            TRUE | FALSE => {
                if in_list {
                    self.pass(1)
                } else {
                    Some(())
                }
            }
            BYTE => self.pass(1),
            I16 | I32 | I64 => self.unsigned().map(|_| ()),
            DOUBLE => self.pass(8),
            BINARY => {
                let length = usize::try_from(self.unsigned()?).ok()?;
                self.pass(length)
            }
            LIST | SET => {
                let (count, kind) = self.list()?;
                (0..count).try_for_each(|_| self.skip_within(kind, depth, true))
            }
            MAP => self.skip_map(depth),
            STRUCT => {
                let mut last = 0;
                loop {
                    let field = self.field(last)?;
                    if field.kind == STOP {
                        return Some(());
                    }
                    last = field.number;
                    self.skip_within(field.kind, depth, false)?;
                }
            }
            _ => None,
        }
    }

    fn skip_map(&mut self, depth: u32) -> Option<()> {
        let count = usize::try_from(self.unsigned()?).ok()?;
        if count == 0 {
            return Some(());
        }
        if count > self.bytes.len() - self.at {
            return None;
        }
        let kinds = self.byte()?;
        (0..count).try_for_each(|_| {
            self.skip_within(kinds >> 4, depth, true)?;
            self.skip_within(kinds & 0x0f, depth, true)
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_zigzag() {
        assert_eq!(Walk::new(&[0x01]).signed(), Some(-1));
        assert_eq!(Walk::new(&[0x80, 0x01]).signed(), Some(64));
        assert_eq!(Walk::new(&[0xff; 11]).signed(), None);
        assert_eq!(Walk::new(&[0x80]).signed(), None);
    }

    #[test]
    fn a_list_longer_than_the_bytes_left_is_refused() {
        assert_eq!(Walk::new(&[0xf5, 0xff, 0xff, 0x7f, 1, 2]).list(), None);
        assert_eq!(Walk::new(&[0x25, 1, 2]).list(), Some((2, I32)));
    }

    #[test]
    fn lists_in_lists_without_end_are_refused() {
        assert_eq!(Walk::new(&[0x19; 10_000]).skip(LIST), None);
    }

    #[test]
    fn a_struct_is_passed_over_to_its_end() {
        // Field 1 i32 = 5, field 2 binary "ab", field 4 struct {}, stop; then one more byte.
        let mut walk = Walk::new(&[0x15, 0x0a, 0x18, 2, b'a', b'b', 0x2c, 0x00, 0x00, 0x77]);
        walk.skip(STRUCT).unwrap();
        assert_eq!(walk.at(), 9);
    }
}
