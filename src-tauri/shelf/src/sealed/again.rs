//! Encrypting once more what was encrypted before, to the same bytes. `age` draws a key and a nonce for each file, so that the same
//! text never becomes the same bytes twice; both can be told from the beginning of what came of it. So whoever has that beginning,
//! a few hundred bytes, the release's key and the file itself can make every part of the encrypted file again, and it is right if
//! its hash is.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use age::DecryptError;
use age::secrecy::ExposeSecret;
use age_core::format::{FileKey, Stanza};
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use zeroize::Zeroizing;

use super::guard;
use super::identity::{Key, hkdf};

/// The nonce that follows the header.
const NONCE: usize = 16;
/// What is encrypted at once.
const CHUNK: u64 = 64 * 1024;
/// What is added to each.
const TAG: u64 = 16;

/// The beginning of an encrypted file from which all of it can be made again; none where these bytes begin none, or are fewer.
pub(crate) fn beginning(bytes: &[u8]) -> Option<&[u8]> {
    bytes.get(..guard::header_len(bytes)? + NONCE)
}

/// Bytes of an encrypted file, made again from a file of this computer while they are read.
pub(crate) struct Again {
    beginning: Vec<u8>,
    cipher: ChaCha20Poly1305,
    plain: File,
    /// How many chunks there are; the last one is marked.
    chunks: u64,
    at: u64,
    left: u64,
    chunk: Option<(u64, Vec<u8>)>,
}

/// Keeps the key that a header holds.
struct Caught<'k> {
    key: &'k Key,
    found: RefCell<Option<Zeroizing<[u8; 16]>>>,
}

impl age::Identity for Caught<'_> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let opened = self.key.unwrap_stanza(stanza);
        if let Some(Ok(key)) = &opened {
            *self.found.borrow_mut() = Some(Zeroizing::new(*key.expose_secret()));
        }
        opened
    }
}

impl Again {
    /// `size_bytes` from `start` on of what a file was encrypted to. None where the beginning is not one for this key, or the file
    /// cannot be read.
    pub fn open(key: &Key, beginning: &[u8], plain: &Path, start: u64, size_bytes: u64) -> Option<Again> {
        let beginning = self::beginning(beginning)?;
        let caught = Caught { key, found: RefCell::default() };
        // The header is found to be whole on the way.
        let decryptor = age::Decryptor::new_buffered(beginning).ok()?;
        decryptor.decrypt(std::iter::once(&caught as &dyn age::Identity)).ok()?;
        let file_key = caught.found.into_inner()?;
        let nonce = beginning.get(beginning.len().checked_sub(NONCE)?..)?;
        let payload = Zeroizing::new(hkdf(nonce, file_key.as_slice(), b"payload"));
        let plain = File::open(plain).ok()?;
        let size = plain.metadata().ok()?.len();
        Some(Again {
            beginning: beginning.to_vec(),
            cipher: ChaCha20Poly1305::new(payload.as_slice().into()),
            plain,
            chunks: size.div_ceil(CHUNK).max(1),
            at: start,
            left: size_bytes,
            chunk: None,
        })
    }

    /// The bytes from here to the end of what is at hand; empty at the end.
    fn here(&mut self) -> io::Result<&[u8]> {
        let head = self.beginning.len() as u64;
        if self.at < head {
            return Ok(self.beginning.get(self.at as usize..).unwrap_or_default());
        }
        let (number, inside) = ((self.at - head) / (CHUNK + TAG), (self.at - head) % (CHUNK + TAG));
        if number >= self.chunks {
            return Ok(&[]);
        }
        if self.chunk.as_ref().is_none_or(|(known, _)| *known != number) {
            self.chunk = Some((number, self.encrypted(number)?));
        }
        let bytes = self.chunk.as_ref().map_or(&[][..], |(_, bytes)| bytes);
        Ok(bytes.get(inside as usize..).unwrap_or_default())
    }

    fn encrypted(&mut self, number: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity((CHUNK + TAG) as usize);
        self.plain.seek(SeekFrom::Start(number * CHUNK))?;
        (&mut self.plain).take(CHUNK).read_to_end(&mut bytes)?;
        let mut nonce = [0_u8; 12];
        nonce[3..11].copy_from_slice(&number.to_be_bytes());
        nonce[11] = u8::from(number + 1 == self.chunks);
        let sealed = self.cipher.encrypt_in_place(Nonce::from_slice(&nonce), &[], &mut bytes);
        sealed.map_err(|_| io::Error::other("it cannot be encrypted"))?;
        Ok(bytes)
    }
}

impl Read for Again {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let here = self.here()?;
        let count = here.len().min(into.len()).min(left);
        into[..count].copy_from_slice(&here[..count]);
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::identity::throw_away;
    use super::super::streams::seal_file;
    use super::*;

    fn sealed(folder: &Path, key: &Key, size: usize) -> (std::path::PathBuf, Vec<u8>) {
        let path = folder.join(size.to_string());
        let plain: Vec<u8> = (0..size).map(|at| (at * 7 % 251) as u8).collect();
        std::fs::write(&path, plain).unwrap();
        let (temp, _) = seal_file(&key.to_public(), &path, "table", folder, &|| true).unwrap();
        (path, std::fs::read(temp.path()).unwrap())
    }

    #[test]
    fn every_byte_is_made_again_from_the_beginning_the_key_and_the_file() {
        let (folder, key) = (tempfile::tempdir().unwrap(), throw_away());
        for size in [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000] {
            let (plain, sealed) = sealed(folder.path(), &key, size);
            let head = beginning(&sealed[..sealed.len().min(1_024)]).unwrap().to_vec();
            assert!(head.len() < 700, "{}", head.len());
            let ranges =
                [(0, sealed.len()), (0, 10), (head.len(), 5), (100, 70_000), (sealed.len().saturating_sub(9), 9)];
            for (start, length) in ranges {
                let end = (start + length).min(sealed.len());
                let mut again = Again::open(&key, &head, &plain, start as u64, (end - start) as u64).unwrap();
                let mut made = Vec::new();
                again.read_to_end(&mut made).unwrap();
                assert!(made == sealed[start..end], "{size} bytes, from {start} to {end}");
            }
        }
    }

    #[test]
    fn another_key_or_a_beginning_that_was_changed_gives_nothing() {
        let (folder, key) = (tempfile::tempdir().unwrap(), throw_away());
        let (plain, sealed) = sealed(folder.path(), &key, 100_000);
        let head = beginning(&sealed).unwrap();
        assert!(Again::open(&throw_away(), head, &plain, 0, 10).is_none());
        assert!(Again::open(&key, &head[..head.len() - 1], &plain, 0, 10).is_none());
        let mut changed = head.to_vec();
        let at = changed.len() - NONCE - 5;
        changed[at] ^= 1;
        assert!(Again::open(&key, &changed, &plain, 0, 10).is_none());
        assert!(Again::open(&key, b"no encrypted file at all", &plain, 0, 10).is_none());
        assert!(Again::open(&key, head, &folder.path().join("gone"), 0, 10).is_none());
        assert!(beginning(&sealed[50_000..]).is_none());
    }

    #[test]
    fn a_file_that_was_changed_gives_other_bytes_than_were_published() {
        let (folder, key) = (tempfile::tempdir().unwrap(), throw_away());
        let (plain, sealed) = sealed(folder.path(), &key, 100_000);
        std::fs::write(&plain, vec![1; 100_000]).unwrap();
        let mut made = Vec::new();
        let head = beginning(&sealed).unwrap();
        Again::open(&key, head, &plain, 0, sealed.len() as u64).unwrap().read_to_end(&mut made).unwrap();
        assert_eq!(made.len(), sealed.len());
        assert!(made != sealed);
    }
}
