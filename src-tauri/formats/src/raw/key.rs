//! What tells the cells of a column from each other, found without asking how long they are.

/// Longest text that is its own key.
pub(crate) const SHORT: usize = 16;

/// Longest text that is one number.
pub(crate) const TINY: usize = 8;

/// Longest text of which the first and the last letters that are looked at together leave nothing out.
pub(crate) const MIDDLE: usize = 2 * SHORT;

/// What tells a cell from others: short texts themselves, of long ones what is left when they are mixed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Key {
    low: u64,
    high: u64,
    /// Length of the text and, in the upper half, its class.
    rest: u64,
}

/// Numbers that no file knows, so that none can be written whose cells all meet.
#[derive(Debug, Clone)]
pub(crate) struct Seed {
    short: ShortSeed,
    long: foldhash::quality::RandomState,
}

/// What of it keys are mixed with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShortSeed {
    low: u64,
    high: u64,
}

impl ShortSeed {
    /// The key of a text that is longer than a short one, and not twice as long.
    #[inline]
    pub fn middle(self, text: &[u8], tag: u8) -> Key {
        let length = text.len();
        let low = mixed(word(text, 0) ^ self.low, word(text, 8) ^ self.high);
        let high = mixed(word(text, length - 16) ^ self.high, word(text, length - 8) ^ self.low);
        Key { low, high, rest: length as u64 | u64::from(tag) << 32 }
    }

    /// Where a key belongs.
    #[inline]
    pub fn spread(self, key: Key) -> usize {
        self.number(key) as usize
    }

    #[inline]
    fn number(self, key: Key) -> u64 {
        mixed(key.low ^ self.low, key.high ^ self.high ^ key.rest << 40)
    }
}

impl Default for Seed {
    fn default() -> Seed {
        use std::hash::BuildHasher;
        let long = foldhash::quality::RandomState::default();
        Seed { short: ShortSeed { low: long.hash_one(1u8), high: long.hash_one(2u8) }, long }
    }
}

fn mixed(a: u64, b: u64) -> u64 {
    let product = u128::from(a).wrapping_mul(u128::from(b));
    (product as u64) ^ (product >> 64) as u64
}

/// Which bits of two words a text of so many bytes has.
const BITS: [(u64, u64); SHORT + 1] = {
    let mut bits = [(0, 0); SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        let low = if length < 8 { length } else { 8 };
        let high = length - low;
        bits[length] = (u64::MAX >> (64 - 8 * low), if high == 0 { 0 } else { u64::MAX >> (64 - 8 * high) });
        length += 1;
    }
    bits
};

#[inline]
fn word(bytes: &[u8], from: usize) -> u64 {
    u64::from_le_bytes(bytes[from..from + 8].try_into().unwrap_or_default())
}

impl Seed {
    /// The key of the text that stands from here to there.
    #[inline]
    pub fn key(&self, bytes: &[u8], from: usize, to: usize, tag: u8) -> Key {
        let length = to - from;
        let (low, high) = match length {
            // Read with what stands behind it, so that no length is a case of its own.
            0..=SHORT => match bytes.get(from..from + SHORT) {
                Some(both) => (word(both, 0) & BITS[length].0, word(both, 8) & BITS[length].1),
                None => Seed::last(&bytes[from..to]),
            },
            17..=MIDDLE => return self.short.middle(&bytes[from..to], tag),
            _ => self.long(&bytes[from..to]),
        };
        Key { low, high, rest: length as u64 | u64::from(tag) << 32 }
    }

    /// The words of a short text with nothing behind it.
    #[inline]
    fn last(text: &[u8]) -> (u64, u64) {
        let half = |from: usize| u64::from(u32::from_le_bytes(text[from..from + 4].try_into().unwrap_or_default()));
        match text.len() {
            length @ 9.. => (word(text, 0), word(text, length - 8) >> (8 * (SHORT - length))),
            8 => (word(text, 0), 0),
            length @ 4.. => (half(0) | half(length - 4) << (8 * (length - 4)), 0),
            length => ((0..length).map(|at| u64::from(text[at]) << (8 * at)).sum(), 0),
        }
    }

    #[inline(never)]
    fn long(&self, text: &[u8]) -> (u64, u64) {
        use std::hash::BuildHasher;
        (self.long.hash_one(text), 0)
    }

    /// Where a key belongs.
    #[inline]
    pub fn spread(&self, key: Key) -> usize {
        self.short.spread(key)
    }

    /// What of it keys are mixed with.
    #[inline]
    pub fn short(&self) -> ShortSeed {
        self.short
    }

    /// A number for the text that stands from here to there, whatever stands around it, and hardly ever that of another.
    #[inline]
    pub fn hash(&self, bytes: &[u8], from: usize, to: usize) -> u64 {
        self.short.number(self.key(bytes, from, to, 0))
    }

    /// The same of a whole text.
    #[inline]
    pub fn hash_of(&self, text: &str) -> u64 {
        self.hash(text.as_bytes(), 0, text.len())
    }
}

impl PartialEq for Key {
    #[inline]
    fn eq(&self, other: &Key) -> bool {
        // One question instead of three: nearly always all of it is the same.
        (self.low ^ other.low) | (self.high ^ other.high) | (self.rest ^ other.rest) == 0
    }
}

impl Key {
    /// The key of a text of so many bytes at the beginning of these.
    #[inline]
    pub fn short(both: &[u8; SHORT], length: usize) -> Key {
        let (low, high) = (word(both, 0) & BITS[length].0, word(both, 8) & BITS[length].1);
        Key { low, high, rest: length as u64 }
    }

    /// The same of a tiny text.
    #[inline]
    pub fn tiny(bytes: &[u8; TINY], length: usize) -> Key {
        Key { low: u64::from_le_bytes(*bytes) & BITS[length].0, high: 0, rest: length as u64 }
    }

    /// The number that tells a tiny text without class from all others. 0 for all others, for the empty one, and for those that end
    /// with a zero byte, which do not tell how long they are.
    #[inline]
    pub fn word(self) -> u64 {
        let last = (self.rest as usize).wrapping_sub(1);
        if last < TINY && self.low >> (8 * last) != 0 { self.low } else { 0 }
    }

    /// Others may have the same.
    pub fn is_hash(self) -> bool {
        (self.rest & 0xffff_ffff) as usize > SHORT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_text_does_not_change_its_key() {
        let seed = Seed::default();
        let text: Vec<u8> = (1..=60).collect();
        for length in 0..=40 {
            let alone = seed.key(&text[5..5 + length], 0, length, 0);
            assert_eq!(seed.key(&text, 5, 5 + length, 0), alone, "{length} bytes");
            assert_eq!(seed.key(&text[..5 + length], 5, 5 + length, 0), alone, "{length} bytes at the end");
            assert_ne!(seed.key(&text, 5, 5 + length, 1), alone, "another class");
            assert_ne!(seed.key(&text, 5, 6 + length, 0), alone, "one byte more");
        }
        // A byte of zero is a byte.
        assert_ne!(seed.key(b"a\0", 0, 1, 0), seed.key(b"a\0", 0, 2, 0));
    }
}
