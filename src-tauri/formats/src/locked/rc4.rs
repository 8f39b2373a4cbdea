//! RC4, and RC4 with a new key every so many bytes.

use super::error::{Cancel, CryptError, go_on};

/// The plain RC4 key stream.
pub(super) struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    pub(super) fn new(key: &[u8]) -> Self {
        let mut state: [u8; 256] = std::array::from_fn(|at| u8::try_from(at).unwrap_or_default());
        let mut j = 0u8;
        for (i, byte) in (0..=255u8).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[usize::from(i)]).wrapping_add(*byte);
            state.swap(usize::from(i), usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        let one = self.state[usize::from(self.i)];
        self.j = self.j.wrapping_add(one);
        let two = self.state[usize::from(self.j)];
        self.state.swap(usize::from(self.i), usize::from(self.j));
        self.state[usize::from(one.wrapping_add(two))]
    }

    pub(super) fn apply(&mut self, data: &mut [u8]) {
        for byte in data {
            *byte ^= self.next();
        }
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }
}

/// Looks at the cancel function after this many bytes of key stream.
const BYTES_PER_LOOK: usize = 16 * 1024;

/// RC4 over a stream in blocks, each block with a key of its own. Bytes of the stream that are not encrypted use up
/// their part of the key stream all the same: [MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.5.2 and 2.3.6.2.
pub(super) struct BlockRc4<K: Fn(u32) -> [u8; 16]> {
    key: K,
    key_len: usize,
    block_len: usize,
    /// The block whose key stream is in use, and how much of it is used up.
    open: Option<(usize, usize, Rc4)>,
    since_look: usize,
}

impl<K: Fn(u32) -> [u8; 16]> BlockRc4<K> {
    /// `key` gives the key of a block, of which the first `key_len` bytes count.
    pub(super) fn new(key: K, key_len: usize, block_len: usize) -> Self {
        Self { key, key_len, block_len: block_len.max(1), open: None, since_look: 0 }
    }

    /// Decrypts `data`, which stands at the position `at` of the stream.
    pub(super) fn apply(&mut self, mut at: usize, mut data: &mut [u8], cancel: Cancel<'_>) -> Result<(), CryptError> {
        while !data.is_empty() {
            let (block, offset) = (at / self.block_len, at % self.block_len);
            let (used, mut rc4) = match self.open.take() {
                Some((open, used, rc4)) if open == block && used <= offset => (used, rc4),
                _ => {
                    let key = (self.key)(u32::try_from(block).unwrap_or(u32::MAX));
                    (0, Rc4::new(key.get(..self.key_len).unwrap_or(&key)))
                }
            };
            let len = data.len().min(self.block_len - offset);
            let (now, later) = data.split_at_mut(len);
            rc4.skip(offset - used);
            rc4.apply(now);
            self.open = Some((block, offset + len, rc4));
            data = later;
            at = at.saturating_add(len);
            self.since_look += len;
            if self.since_look >= BYTES_PER_LOOK {
                self.since_look = 0;
                go_on(cancel)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_well_known_examples_come_out() {
        let mut data = *b"Plaintext";
        Rc4::new(b"Key").apply(&mut data);
        assert_eq!(data, [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
        let mut data = *b"Attack at dawn";
        Rc4::new(b"Secret").apply(&mut data);
        assert_eq!(data, [0x45, 0xA0, 0x1F, 0x64, 0x5F, 0xC3, 0x5B, 0x38, 0x35, 0x52, 0x54, 0x4B, 0x9B, 0xF5]);
    }

    #[test]
    fn pieces_with_gaps_decrypt_as_one_run_does() {
        let key = |block: u32| {
            let mut key = [7u8; 16];
            key[0] = u8::try_from(block).unwrap_or(255);
            key
        };
        let mut whole = vec![0u8; 5000];
        BlockRc4::new(key, 16, 1024).apply(0, &mut whole, &|| false).expect("not cancelled");
        let mut parts = BlockRc4::new(key, 16, 1024);
        for (from, to) in [(4usize, 9usize), (20, 1030), (1030, 1024 * 3), (4096, 5000)] {
            let mut piece = vec![0u8; to - from];
            parts.apply(from, &mut piece, &|| false).expect("not cancelled");
            assert_eq!(piece, whole[from..to]);
        }
    }
}
