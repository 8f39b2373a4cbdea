//! Encrypting and opening. What is opened is handed over only once its end was reached and found to be right: a stream that
//! was cut, put together differently or made longer gives nothing at all.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use age::{DecryptError, Decryptor, Encryptor, Recipient};
use data_encoding::HEXLOWER;
use larder_model::{Refusal, RefusalCode};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::guard;
use super::identity::{Key, Lock};
use crate::caps;

/// What a file is, before it is encrypted or after it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plain {
    pub size: u64,
    pub sha256: String,
}

/// Why something was not opened.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// Not made by us, or not whole.
    Damaged,
    /// Encrypted to others.
    Locked,
    /// The person wants no more.
    Cancelled,
    /// What was opened could not be kept.
    Io(io::Error),
}

fn encryptor(locks: &[Lock]) -> Option<Encryptor> {
    if locks.is_empty() || locks.len() > caps::SEAL_LOCKS {
        return None;
    }
    Encryptor::with_recipients(locks.iter().map(|lock| lock as &dyn Recipient)).ok()
}

/// Something short, encrypted.
///
/// # Errors
/// `TooLarge` for more locks than a header may have.
pub(crate) fn seal_bytes(locks: &[Lock], plain: &[u8]) -> Result<Vec<u8>, Refusal> {
    let too_many = || Refusal::new(RefusalCode::TooLarge).with("file", "keyring").with("limit", caps::SEAL_LOCKS);
    let encryptor = encryptor(locks).ok_or_else(too_many)?;
    let bug = |e: io::Error| Refusal::new(RefusalCode::Bug).with("detail", e.to_string());
    let mut out = Vec::new();
    let mut stream = encryptor.wrap_output(&mut out).map_err(bug)?;
    stream.write_all(plain).map_err(bug)?;
    stream.finish().map_err(bug)?;
    Ok(out)
}

/// Something short, opened: at most so many bytes.
pub(crate) fn open_bytes(key: &Key, sealed: &[u8], max_bytes: u64) -> Result<Vec<u8>, Wrong> {
    if sealed.len() as u64 > max_bytes.saturating_add(caps::SEAL_HEADER_BYTES as u64) {
        return Err(Wrong::Damaged);
    }
    let mut plain = Vec::new();
    let found = open(key, sealed, &mut plain, &|_| true)?;
    if found.size > max_bytes { Err(Wrong::Damaged) } else { Ok(plain) }
}

/// Encrypts a file of this computer into a new one in `workspace`, which is gone when it is dropped.
///
/// # Errors
/// `Busy` where the file changes meanwhile; `Cancelled`; otherwise what the system answers.
pub(crate) fn seal_file(
    lock: &Lock,
    path: &Path,
    name: &str,
    workspace: &Path,
    go_on: &dyn Fn() -> bool,
) -> Result<(NamedTempFile, Plain), Refusal> {
    let told = |e: io::Error| Refusal::from_io(&e, name);
    let ours = |e: io::Error| Refusal::from_io(&e, &workspace.display().to_string());
    let mut content = File::open(path).map_err(told)?;
    let mark = |file: &File| file.metadata().map(|m| (m.len(), m.modified().ok()));
    let before = mark(&content).map_err(told)?;
    let temp = tempfile::Builder::new().prefix("sealed-").suffix(".age").tempfile_in(workspace).map_err(ours)?;
    let encryptor = encryptor(std::slice::from_ref(lock)).ok_or_else(|| Refusal::new(RefusalCode::Bug))?;
    let mut out = encryptor.wrap_output(io::BufWriter::new(temp.as_file())).map_err(ours)?;
    let (mut hash, mut size) = (Sha256::new(), 0_u64);
    let mut buffer = vec![0_u8; 256 * 1024];
    loop {
        if !go_on() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        let got = match content.read(&mut buffer) {
            Ok(got) => got,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(told(e)),
        };
        let bytes = buffer.get(..got).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hash.update(bytes);
        size += got as u64;
        out.write_all(bytes).map_err(ours)?;
    }
    out.finish().and_then(|mut rest| rest.flush()).map_err(ours)?;
    let unchanged = mark(&content).map_err(told)? == before && before.0 == size;
    if !unchanged {
        return Err(Refusal::new(RefusalCode::Busy).with("what", name));
    }
    Ok((temp, Plain { size, sha256: HEXLOWER.encode(&hash.finalize()) }))
}

/// Opens what was encrypted. Whatever `out` got counts for nothing unless this comes to its end.
pub(crate) fn open<R: BufRead>(
    key: &Key,
    mut sealed: R,
    out: &mut dyn Write,
    go_on: &dyn Fn(u64) -> bool,
) -> Result<Plain, Wrong> {
    // The header is looked at in front of `age`, and then read again from here.
    let mut head = Vec::new();
    (&mut sealed).take(caps::SEAL_HEADER_BYTES as u64).read_to_end(&mut head).map_err(reading)?;
    guard::header_len(&head).ok_or(Wrong::Damaged)?;
    let whole = head.as_slice().chain(sealed);
    let decryptor = Decryptor::new_buffered(whole).map_err(|_| Wrong::Damaged)?;
    let mut stream = match decryptor.decrypt(std::iter::once(key as &dyn age::Identity)) {
        Ok(stream) => stream,
        Err(DecryptError::NoMatchingKeys) => return Err(Wrong::Locked),
        Err(_) => return Err(Wrong::Damaged),
    };
    let (mut hash, mut size) = (Sha256::new(), 0_u64);
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let got = match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(got) => got,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(reading(e)),
        };
        let bytes = buffer.get(..got).unwrap_or_default();
        hash.update(bytes);
        size += got as u64;
        if !go_on(size) {
            return Err(Wrong::Cancelled);
        }
        out.write_all(bytes).map_err(Wrong::Io)?;
    }
    Ok(Plain { size, sha256: HEXLOWER.encode(&hash.finalize()) })
}

/// `age` tells what is wrong with a stream as an error of reading.
fn reading(error: io::Error) -> Wrong {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Wrong::Damaged,
        _ => Wrong::Io(error),
    }
}

/// Opens an encrypted file of this computer as `into`, which is there in full, and as expected, or not at all.
///
/// # Errors
/// `Damaged` where it is not what was published; `NoPermission` where it is encrypted to others; `Cancelled`; otherwise what
/// the system answers.
pub(crate) fn open_file(
    key: &Key,
    sealed: File,
    expected: &Plain,
    name: &str,
    into: &Path,
    go_on: &dyn Fn() -> bool,
) -> Result<(), Refusal> {
    let told = |e: io::Error| Refusal::from_io(&e, &into.display().to_string());
    let folder = into.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temp = tempfile::Builder::new().prefix(".larder-").suffix(".part").tempfile_in(folder).map_err(told)?;
    let mut out = io::BufWriter::new(temp.as_file());
    let found = open(key, BufReader::with_capacity(64 * 1024, sealed), &mut out, &|size| {
        // Longer than it says: no need to fill the disk with it.
        go_on() && size <= expected.size
    });
    let found = match found {
        Err(Wrong::Cancelled) if go_on() => Err(Wrong::Damaged),
        found => found,
    };
    let found = found.map_err(|wrong| refusal(wrong, name, into))?;
    out.flush().map_err(told)?;
    drop(out);
    if found != *expected {
        return Err(Refusal::new(RefusalCode::Damaged).with("file", name));
    }
    temp.as_file().sync_all().map_err(told)?;
    crate::held::persist(temp, into).map_err(told)
}

/// The refusal for what was not opened.
pub(crate) fn refusal(wrong: Wrong, name: &str, into: &Path) -> Refusal {
    match wrong {
        Wrong::Damaged => Refusal::new(RefusalCode::Damaged).with("file", name),
        Wrong::Locked => Refusal::new(RefusalCode::NoPermission).with("path", name),
        Wrong::Cancelled => Refusal::new(RefusalCode::Cancelled),
        Wrong::Io(e) => Refusal::from_io(&e, &into.display().to_string()),
    }
}
