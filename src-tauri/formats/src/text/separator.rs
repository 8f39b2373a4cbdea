//! What stands between the cells of a text: one ASCII letter, or a few of them.

/// One to four ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Separator {
    bytes: [u8; Separator::MOST],
    length: u8,
}

impl Separator {
    const MOST: usize = 4;
    pub const COMMA: Separator = Separator::byte(b',');
    pub const SEMICOLON: Separator = Separator::byte(b';');
    pub const TAB: Separator = Separator::byte(b'\t');
    pub const BLANK: Separator = Separator::byte(b' ');

    /// One letter, ASCII.
    pub const fn byte(byte: u8) -> Separator {
        Separator { bytes: [byte, 0, 0, 0], length: 1 }
    }

    /// From its text; nothing for what cannot separate.
    pub fn parse(text: &str) -> Option<Separator> {
        let fits = (1..=Separator::MOST).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii() && !matches!(b, b'"' | b'\n' | b'\r' | 0))
            && !text.bytes().all(|b| b.is_ascii_alphanumeric());
        if !fits {
            return None;
        }
        let mut bytes = [0; Separator::MOST];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Some(Separator { bytes, length: text.len() as u8 })
    }

    /// Its first letter.
    #[inline]
    pub const fn first(self) -> u8 {
        self.bytes[0]
    }

    /// Letters.
    #[inline]
    pub const fn len(self) -> usize {
        self.length as usize
    }

    /// Whether it is this one letter.
    pub fn is(self, byte: u8) -> bool {
        self.length == 1 && self.bytes[0] == byte
    }

    /// Its letters.
    pub fn text(self) -> String {
        self.bytes[..self.len()].iter().map(|b| char::from(*b)).collect()
    }

    /// Whether it stands at this place.
    #[inline]
    pub fn stands_at(self, bytes: &[u8], at: usize) -> bool {
        match bytes.get(at) {
            Some(b) if *b == self.bytes[0] => self.length == 1 || bytes[at..].starts_with(&self.bytes[..self.len()]),
            _ => false,
        }
    }

    /// How often it stands in a line.
    pub fn count(self, line: &[u8]) -> usize {
        match self.length {
            1 => memchr::memchr_iter(self.bytes[0], line).count(),
            _ => memchr::memmem::find_iter(line, &self.bytes[..self.len()]).count(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_separate_is_none() {
        for text in ["", "\"", "\n", "abc", "12345", "ä", "----->"] {
            assert_eq!(Separator::parse(text), None, "{text:?}");
        }
        let pipes = Separator::parse("||").unwrap();
        assert_eq!((pipes.text().as_str(), pipes.count(b"a||b|c||d"), pipes.is(b'|')), ("||", 2, false));
        assert!(pipes.stands_at(b"a||", 1) && !pipes.stands_at(b"a|b", 1) && !pipes.stands_at(b"a", 4));
    }
}
