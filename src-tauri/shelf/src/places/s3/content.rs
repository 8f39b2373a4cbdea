//! What is put: kept whole and hashed before any of it is sent, so that it can be sent again.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use data_encoding::HEXLOWER;
use http_body::{Body, Frame, SizeHint};
use larder_model::{Refusal, RefusalCode};
use sha2::{Digest, Sha256};

use crate::caps;

/// What goes over the wire at once.
const FRAME_BYTES: u64 = 64 * 1024;
/// The most that any storage takes in one request.
const MOST_BYTES: u64 = 5 * 1024 * 1024 * 1024;

#[derive(Clone)]
enum Kept {
    Memory(Bytes),
    /// Plain copies may be large; parts of a shelf never are.
    Disk(Arc<Mutex<File>>),
}

/// Content with its size and hash.
pub(super) struct Content {
    kept: Kept,
    pub size_bytes: u64,
    pub sha256: String,
}

impl Content {
    /// Reads it all.
    ///
    /// # Errors
    /// `Busy` where it is not of the size that was said; `TooLarge`; what reading and this computer's disk answer.
    pub fn read(name: &str, from: &mut dyn Read, size_bytes: u64) -> Result<Content, Refusal> {
        if size_bytes > MOST_BYTES {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", name).with("limit", MOST_BYTES));
        }
        let told = |e: io::Error| Refusal::from_io(&e, name);
        let other_size = || Refusal::new(RefusalCode::Busy).with("what", name);
        let mut from = from.take(size_bytes.saturating_add(1));
        if size_bytes <= caps::PART_BYTES {
            let mut bytes = Vec::with_capacity(usize::try_from(size_bytes).unwrap_or_default().saturating_add(1));
            from.read_to_end(&mut bytes).map_err(told)?;
            if bytes.len() as u64 != size_bytes {
                return Err(other_size());
            }
            let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
            return Ok(Content { kept: Kept::Memory(bytes.into()), size_bytes, sha256 });
        }
        let mut file = tempfile::tempfile().map_err(told)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0_u8; 256 * 1024];
        let mut total = 0_u64;
        loop {
            let got = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(got) => buffer.get(..got).unwrap_or_default(),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(told(e)),
            };
            total += got.len() as u64;
            hash.update(got);
            file.write_all(got).map_err(told)?;
        }
        if total != size_bytes {
            return Err(other_size());
        }
        let sha256 = HEXLOWER.encode(&hash.finalize());
        Ok(Content { kept: Kept::Disk(Arc::new(Mutex::new(file))), size_bytes, sha256 })
    }

    /// It, on its way once; `sent` counts what has left.
    pub fn outgoing(&self, sent: Arc<AtomicU64>) -> Outgoing {
        Outgoing { kept: self.kept.clone(), at: 0, size_bytes: self.size_bytes, sent }
    }
}

/// Content on its way.
pub(super) struct Outgoing {
    kept: Kept,
    at: u64,
    size_bytes: u64,
    sent: Arc<AtomicU64>,
}

impl Outgoing {
    fn next(&mut self) -> io::Result<Bytes> {
        let wanted = FRAME_BYTES.min(self.size_bytes - self.at);
        let frame = match &self.kept {
            Kept::Memory(bytes) => {
                let (from, to) = (usize::try_from(self.at), usize::try_from(self.at + wanted));
                match (from, to) {
                    (Ok(from), Ok(to)) if to <= bytes.len() => bytes.slice(from..to),
                    _ => return Err(io::ErrorKind::UnexpectedEof.into()),
                }
            }
            Kept::Disk(file) => {
                let mut buffer = vec![0_u8; usize::try_from(wanted).unwrap_or_default()];
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                // An earlier try may still hold the same file open.
                file.seek(SeekFrom::Start(self.at))?;
                file.read_exact(&mut buffer)?;
                buffer.into()
            }
        };
        self.at += wanted;
        self.sent.fetch_add(wanted, Ordering::Relaxed);
        Ok(frame)
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        if this.at >= this.size_bytes {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(this.next().map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.at >= self.size_bytes
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.size_bytes - self.at)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn large_content_waits_on_disk_and_can_be_sent_twice() {
        let size = caps::PART_BYTES + 3;
        let content = Content::read("x", &mut io::repeat(7), size);
        assert_eq!(content.err().unwrap().code, RefusalCode::Busy, "longer than said");
        let content = Content::read("x", &mut io::repeat(7).take(size), size).unwrap();
        assert!(matches!(content.kept, Kept::Disk(_)));
        for _ in 0..2 {
            let (sent, mut hash) = (Arc::new(AtomicU64::new(0)), Sha256::new());
            let mut outgoing = content.outgoing(sent.clone());
            while !outgoing.is_end_stream() {
                hash.update(outgoing.next().unwrap());
            }
            assert_eq!(HEXLOWER.encode(&hash.finalize()), content.sha256);
            assert_eq!(sent.load(Ordering::Relaxed), size);
        }
    }
}
