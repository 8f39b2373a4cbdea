//! A part of an archive that is unpacked on a thread of its own while another one reads what came out already.

use std::io::{Read, Result};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

/// Bytes that are handed over at once.
const BLOCK_BYTES: usize = 256 << 10;
/// Blocks that wait to be read at most, so that memory stays small however fast one side is.
const WAITING: usize = 4;

/// What the other thread unpacks, in order.
pub(crate) struct Ahead {
    blocks: Receiver<Result<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Ahead {
    /// Begins to unpack. The thread ends with the part, with its first failure, or once nobody reads any more.
    pub fn of<'scope, R: Read + Send + 'scope>(scope: &'scope Scope<'scope, '_>, part: R) -> Ahead {
        let (sender, blocks) = sync_channel(WAITING);
        scope.spawn(move || unpack(part, &sender));
        Ahead { blocks, block: Vec::new(), at: 0, ended: false }
    }
}

fn unpack(mut part: impl Read, sender: &SyncSender<Result<Vec<u8>>>) {
    loop {
        let mut block = Vec::with_capacity(BLOCK_BYTES);
        let read = part.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block);
        let over = read.is_err() || block.is_empty();
        // What came out before a failure is read first.
        if !block.is_empty() && sender.send(Ok(block)).is_err() {
            return;
        }
        if let Err(error) = read {
            let _ = sender.send(Err(error));
        }
        if over {
            return;
        }
    }
}

impl Read for Ahead {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.at == self.block.len() && !self.ended {
            match self.blocks.recv() {
                Ok(Ok(block)) => (self.block, self.at) = (block, 0),
                Ok(Err(error)) => {
                    self.ended = true;
                    return Err(error);
                }
                Err(_) => self.ended = true,
            }
        }
        let bytes = out.len().min(self.block.len() - self.at);
        out[..bytes].copy_from_slice(&self.block[self.at..self.at + bytes]);
        self.at += bytes;
        Ok(bytes)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Error;

    use super::*;

    struct Broken(usize);
    impl Read for Broken {
        fn read(&mut self, out: &mut [u8]) -> Result<usize> {
            if self.0 == 0 {
                return Err(Error::other("broken"));
            }
            let bytes = out.len().min(self.0);
            self.0 -= bytes;
            out[..bytes].fill(b'x');
            Ok(bytes)
        }
    }

    #[test]
    fn all_of_it_comes_and_then_the_failure() {
        std::thread::scope(|scope| {
            let mut ahead = Ahead::of(scope, Broken(1_000_000));
            let mut out = Vec::new();
            assert_eq!(ahead.read_to_end(&mut out).unwrap_err().to_string(), "broken");
            assert_eq!(out.len(), 1_000_000);
        });
    }

    #[test]
    fn nobody_has_to_read_to_the_end() {
        std::thread::scope(|scope| {
            let mut ahead = Ahead::of(scope, std::io::repeat(7));
            let mut first = [0; 10];
            ahead.read_exact(&mut first).unwrap();
            assert_eq!(first, [7; 10]);
        });
    }
}
