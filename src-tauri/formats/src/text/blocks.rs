//! The bytes of a text file in blocks that are let go one by one while they are read, so that file and rows never
//! stand in memory together. A block ends with a line where it can, so that each can be read by a thread of its own.

use std::collections::VecDeque;

use larder_model::Refusal;

use crate::caps;
use crate::progress::Input;

/// Bytes that nobody meant are few, and shall be cut as well.
const BLOCK_BYTES: usize = if cfg!(fuzzing) { 200 } else { 2 << 20 };
/// From a file that is larger only this much is looked at before its rows are read while it comes in.
const HEAD_BYTES: u64 = if cfg!(fuzzing) { 600 } else { 4 << 20 };

/// A file, block by block: each ends with a line where it can.
pub(crate) struct Source<'a> {
    input: &'a mut dyn Input,
    name: &'a str,
    block_bytes: usize,
    /// Bytes of the longest line, where lines are rows.
    line_bytes: Option<usize>,
    /// Bytes that may still be read.
    left: u64,
    pub bytes: u64,
    /// What becomes the next block, and how many bytes of a line it begins with. What stands behind them is overwritten, so that
    /// nothing has to be filled with zeros first.
    begun: Vec<u8>,
    kept: usize,
    /// Blocks that were read and are not needed any more: fresh memory costs more than the bytes that come into it.
    spare: Vec<Vec<u8>>,
    ended: bool,
}

impl<'a> Source<'a> {
    fn new(input: &'a mut dyn Input, block_bytes: usize, most: u64, name: &'a str) -> Source<'a> {
        Source {
            input,
            name,
            block_bytes,
            line_bytes: None,
            left: most,
            bytes: 0,
            begun: Vec::new(),
            kept: 0,
            spare: Vec::new(),
            ended: false,
        }
    }

    /// The next block; none at the end of the file, or of what may be read of it.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        while !self.ended {
            let want = self.left.min(self.block_bytes as u64);
            let mut block = std::mem::take(&mut self.begun);
            let kept = std::mem::take(&mut self.kept);
            block.resize(kept + want as usize, 0);
            let read = self.fill(&mut block[kept..])?;
            block.truncate(kept + read);
            self.left -= read as u64;
            self.bytes += read as u64;
            self.ended = read < want as usize || self.left == 0;
            if self.ended {
                return Ok((!block.is_empty()).then_some(block));
            }
            match line_end(&block, kept) {
                Some(end) => {
                    let mut begun = self.spare.pop().unwrap_or_default();
                    let rest = &block[end..];
                    // Room for what follows, so that it is not moved once more.
                    begun.resize(rest.len() + self.block_bytes, 0);
                    begun[..rest.len()].copy_from_slice(rest);
                    self.kept = rest.len();
                    block.truncate(end);
                    self.begun = begun;
                    return Ok(Some(block));
                }
                // One line that is longer than a block stays together: a cut could go through a letter.
                None => {
                    self.kept = block.len();
                    self.begun = self.within_limits(block)?;
                }
            }
        }
        Ok(None)
    }

    /// A line without an end is no row. What follows the last one of a file that was made larger in advance are zeros.
    fn within_limits(&self, block: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let most = self.line_bytes.unwrap_or(usize::MAX);
        let letters = || block.iter().rev().take(self.block_bytes).any(|byte| *byte != 0);
        match block.len() > most && letters() {
            true => Err(caps::too_large("row_bytes", caps::ROW_BYTES as u64).with("file", self.name)),
            false => Ok(block),
        }
    }

    /// Room that the next blocks may have.
    pub fn give_back(&mut self, block: Vec<u8>) {
        if block.capacity() >= self.block_bytes && block.capacity() <= 4 * self.block_bytes {
            self.spare.push(block);
        }
    }

    fn fill(&mut self, mut room: &mut [u8]) -> Result<usize, Refusal> {
        let all = room.len();
        while !room.is_empty() {
            match std::io::Read::read(self.input, room) {
                Ok(0) => break,
                Ok(read) => room = &mut room[read..],
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Refusal::from_io(&error, self.name)),
            }
        }
        Ok(all - room.len())
    }

    /// True where the file goes on after what may be read of it.
    fn goes_on(&mut self) -> Result<bool, Refusal> {
        Ok(self.left == 0 && self.fill(&mut [0])? > 0)
    }
}

/// Where the last line of a block ends that begins among its bytes from `kept` on. Old programs end lines with a
/// carriage return alone.
fn line_end(block: &[u8], kept: usize) -> Option<usize> {
    if let Some(end) = memchr::memrchr(b'\n', &block[kept..]) {
        return Some(kept + end + 1);
    }
    let before_last = block.len().checked_sub(1)?.max(kept);
    memchr::memrchr(b'\r', &block[kept..before_last]).map(|end| kept + end + 1)
}

/// Bytes of a file, or of its beginning.
pub(crate) struct Blocks<'a> {
    pub blocks: VecDeque<Vec<u8>>,
    pub bytes: u64,
    /// The file goes on after these.
    pub cut: bool,
    /// What follows, where the file is large and only its beginning was read.
    pub rest: Option<Source<'a>>,
}

impl<'a> Blocks<'a> {
    /// Reads up to `limit` bytes.
    pub fn read(input: &'a mut dyn Input, limit: Option<u64>, name: &'a str) -> Result<Blocks<'a>, Refusal> {
        Blocks::read_by(BLOCK_BYTES, input, limit, name)
    }

    /// Reads the beginning of a file, all of it where it is small.
    pub fn begin(input: &'a mut dyn Input, name: &'a str) -> Result<Blocks<'a>, Refusal> {
        Blocks::begin_by(BLOCK_BYTES, HEAD_BYTES, input, name)
    }

    /// The same in blocks of so many bytes.
    pub fn begin_by(
        block_bytes: usize,
        head_bytes: u64,
        input: &'a mut dyn Input,
        name: &'a str,
    ) -> Result<Blocks<'a>, Refusal> {
        let mut source = Source::new(input, block_bytes, caps::FILE_BYTES, name);
        // Letters of four bytes take no more than that.
        source.line_bytes = Some(4 * caps::ROW_BYTES);
        let mut blocks = VecDeque::new();
        while source.bytes < head_bytes
            && let Some(block) = source.next()?
        {
            blocks.push_back(block);
        }
        let (bytes, more) = (source.bytes, !source.ended);
        Ok(Blocks { blocks, bytes, cut: false, rest: more.then_some(source) })
    }

    /// Up to so many bytes in blocks of so many.
    pub fn read_by(
        block_bytes: usize,
        input: &'a mut dyn Input,
        limit: Option<u64>,
        name: &'a str,
    ) -> Result<Blocks<'a>, Refusal> {
        let mut source = Source::new(input, block_bytes, limit.unwrap_or(caps::FILE_BYTES), name);
        let mut blocks = VecDeque::new();
        while let Some(block) = source.next()? {
            blocks.push_back(block);
        }
        let (bytes, cut) = (source.bytes, source.goes_on()?);
        if cut && limit.is_none() {
            return Err(caps::too_large("bytes", caps::FILE_BYTES).with("file", name));
        }
        Ok(Blocks { blocks, bytes, cut, rest: None })
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
    fn blocks_end_with_lines_and_hold_every_byte() {
        for end in ["\n", "\r\n", "\r"] {
            let text: Vec<u8> = (0..100).flat_map(|n| format!("{}{end}", "x".repeat(n % 13)).into_bytes()).collect();
            for block_bytes in [7, 20, 64] {
                let mut input = std::io::Cursor::new(text.clone());
                let mut blocks = Blocks::begin_by(block_bytes, 30, &mut input, "x").unwrap();
                let mut all: Vec<Vec<u8>> = blocks.blocks.drain(..).collect();
                while let Some(block) = blocks.rest.as_mut().and_then(|rest| rest.next().unwrap()) {
                    all.push(block);
                }
                assert!(all.len() > 3 && all.iter().all(|block| block.ends_with(end.as_bytes())), "{end:?}");
                assert_eq!(all.concat(), text);
            }
        }
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
