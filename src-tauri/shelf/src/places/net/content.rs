//! What is sent: taken over whole before the first byte goes out, so that nothing is begun that cannot be finished.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use larder_model::{Refusal, RefusalCode};

use crate::caps;

const CHUNK: usize = 64 * 1024;

/// Bytes of a known size that can be sent more than once. A part stays in memory, what is larger goes to a file without a
/// name.
pub(in crate::places) struct Content {
    held: Held,
    size_bytes: u64,
}

#[derive(Clone)]
enum Held {
    Memory(Bytes),
    File(Arc<Mutex<File>>),
}

impl Content {
    /// Reads all of it.
    ///
    /// # Errors
    /// `Busy` where it is not of that size; what reading it answers.
    pub fn take(name: &str, from: &mut dyn Read, size_bytes: u64) -> Result<Content, Refusal> {
        let told = |e: &io::Error| Refusal::from_io(e, name);
        let mut from = from.take(size_bytes.saturating_add(1));
        let (held, got) = if size_bytes <= caps::PART_BYTES {
            let mut bytes = Vec::with_capacity(usize::try_from(size_bytes).unwrap_or_default());
            from.read_to_end(&mut bytes).map_err(|e| told(&e))?;
            let got = bytes.len() as u64;
            (Held::Memory(bytes.into()), got)
        } else {
            let mut file = tempfile::tempfile().map_err(|e| told(&e))?;
            let got = io::copy(&mut from, &mut file).map_err(|e| told(&e))?;
            file.flush().map_err(|e| told(&e))?;
            (Held::File(Arc::new(Mutex::new(file))), got)
        };
        if got != size_bytes {
            return Err(Refusal::new(RefusalCode::Busy).with("what", name));
        }
        Ok(Content { held, size_bytes })
    }

    pub(super) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// It, from its beginning.
    pub(super) fn upload(&self, sent: Arc<Sent>) -> Upload {
        Upload { held: self.held.clone(), at: 0, size_bytes: self.size_bytes, sent }
    }
}

/// How much went out.
#[derive(Default)]
pub(super) struct Sent {
    bytes: AtomicU64,
    expected: AtomicU64,
    broken: AtomicBool,
}

impl Sent {
    pub fn expect(&self, bytes: u64) {
        self.expected.store(bytes, Ordering::Relaxed);
    }

    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub fn all(&self) -> bool {
        self.bytes() >= self.expected.load(Ordering::Relaxed) || self.broken.load(Ordering::Relaxed)
    }
}

/// One time of sending it.
pub(super) struct Upload {
    held: Held,
    at: u64,
    size_bytes: u64,
    sent: Arc<Sent>,
}

impl Upload {
    fn next(&mut self) -> io::Result<Bytes> {
        let left = self.size_bytes.saturating_sub(self.at);
        let want = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let chunk = match &self.held {
            Held::Memory(bytes) => {
                let at = usize::try_from(self.at).unwrap_or(usize::MAX).min(bytes.len());
                bytes.slice(at..(at + want).min(bytes.len()))
            }
            Held::File(file) => {
                // Found again every time: an earlier time of sending may still be on its way to its end.
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(self.at))?;
                let mut chunk = vec![0; want];
                file.read_exact(&mut chunk)?;
                chunk.into()
            }
        };
        self.at += chunk.len() as u64;
        self.sent.bytes.store(self.at, Ordering::Relaxed);
        Ok(chunk)
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.is_end_stream() {
            return Poll::Ready(None);
        }
        let next = self.next();
        if next.is_err() {
            self.sent.broken.store(true, Ordering::Relaxed);
        }
        Poll::Ready(Some(next.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.at >= self.size_bytes
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.size_bytes.saturating_sub(self.at))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_twice_is_the_same_both_times() {
        for size in [0, 1, CHUNK, CHUNK * 3 + 7] {
            let bytes: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
            let mut content = Content::take("x", &mut bytes.as_slice(), size as u64).unwrap();
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&bytes).unwrap();
            for held in [content.held.clone(), Held::File(Arc::new(Mutex::new(file)))] {
                content.held = held;
                let sent = Arc::new(Sent::default());
                sent.expect(size as u64);
                let (mut one, mut two) = (content.upload(sent.clone()), content.upload(Arc::default()));
                let (mut first, mut second) = (Vec::new(), Vec::new());
                while first.len() < size {
                    first.extend(one.next().unwrap());
                    second.extend(two.next().unwrap());
                }
                assert!(first == bytes && second == bytes && sent.all());
            }
        }
    }

    #[test]
    fn content_of_another_size_is_not_begun() {
        for size in [2, 4] {
            let refusal = Content::take("x", &mut "abc".as_bytes(), size).err().unwrap();
            assert_eq!(refusal.code, RefusalCode::Busy);
        }
    }
}
