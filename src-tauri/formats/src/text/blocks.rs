//! The bytes of a text file in blocks that are let go one by one while they are read, so that file and rows never
//! stand in memory together. A block ends with a line where it can, so that each can be read by a thread of its own.

use std::collections::VecDeque;

use larder_model::Refusal;

use crate::caps;
use crate::progress::Input;

const BLOCK_BYTES: usize = 1 << 20;

/// Bytes of a file, or of its beginning.
pub(crate) struct Blocks {
    pub blocks: VecDeque<Vec<u8>>,
    pub bytes: u64,
    /// The file goes on after these.
    pub cut: bool,
}

impl Blocks {
    /// Reads up to `limit` bytes.
    pub fn read(input: &mut dyn Input, limit: Option<u64>, name: &str) -> Result<Blocks, Refusal> {
        Blocks::read_by(BLOCK_BYTES, input, limit, name)
    }

    /// The same in blocks of so many bytes.
    pub fn read_by(
        block_bytes: usize,
        input: &mut dyn Input,
        limit: Option<u64>,
        name: &str,
    ) -> Result<Blocks, Refusal> {
        let mut out = Blocks { blocks: VecDeque::new(), bytes: 0, cut: false };
        let most = limit.unwrap_or(caps::FILE_BYTES);
        let mut begun = Vec::new();
        loop {
            let want = (most - out.bytes).min(block_bytes as u64);
            if want == 0 {
                let mut next = [0];
                out.cut = std::io::Read::read(input, &mut next).map_err(|e| Refusal::from_io(&e, name))? > 0;
                break;
            }
            let mut block = std::mem::take(&mut begun);
            let kept = block.len();
            block.reserve(want as usize + 1);
            std::io::Read::read_to_end(&mut std::io::Read::take(&mut *input, want), &mut block)
                .map_err(|e| Refusal::from_io(&e, name))?;
            if block.len() == kept {
                begun = block;
                break;
            }
            out.bytes += (block.len() - kept) as u64;
            let goes_on = (block.len() - kept) as u64 == want;
            match memchr::memrchr(b'\n', &block[kept..]) {
                Some(end) if goes_on => begun = block.split_off(kept + end + 1),
                // One line that is longer than a block stays together: a cut could go through a letter.
                None if goes_on => {
                    begun = block;
                    continue;
                }
                _ => {}
            }
            out.blocks.push_back(block);
        }
        if !begun.is_empty() {
            out.blocks.push_back(begun);
        }
        if out.cut && limit.is_none() {
            return Err(caps::too_large("bytes", caps::FILE_BYTES).with("file", name));
        }
        Ok(out)
    }

    /// Up to so many bytes from the front, and from the middle of what was read.
    pub fn samples(&self, bytes: usize) -> (Vec<u8>, Vec<u8>) {
        let head = self.blocks.front().map_or(&[][..], |b| &b[..b.len().min(bytes)]).to_vec();
        let middle = self.blocks.get(self.blocks.len() / 2).map_or(&[][..], |b| {
            let from = if self.blocks.len() == 1 { b.len() / 2 } else { 0 };
            &b[from.max(head.len().min(b.len()))..b.len().min(from.max(head.len()) + bytes)]
        });
        (head, middle.to_vec())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_cut_and_says_so() {
        let mut input = std::io::Cursor::new(vec![b'x'; 100]);
        let head = Blocks::read(&mut input, Some(10), "x").unwrap();
        assert_eq!((head.bytes, head.cut), (10, true));
        let mut input = std::io::Cursor::new(vec![b'x'; 10]);
        let whole = Blocks::read(&mut input, Some(10), "x").unwrap();
        assert_eq!((whole.bytes, whole.cut), (10, false));
    }

    #[test]
    fn samples_do_not_overlap() {
        let mut input = std::io::Cursor::new((0..200u8).collect::<Vec<_>>());
        let blocks = Blocks::read(&mut input, None, "x").unwrap();
        let (head, middle) = blocks.samples(50);
        assert_eq!((head[0], head.len(), middle[0], middle.len()), (0, 50, 100, 50));
        let (head, middle) = blocks.samples(500);
        assert_eq!((head.len(), middle.len()), (200, 0));
    }
}
