//! Opening an xls stream: FILEPASS ([MS-XLS] 2.4.117), the password, and the records one after another.

use super::binary_rc4::BinaryRc4;
use super::bytes::Fields;
use super::cryptoapi::{Cipher, Description};
use super::error::{Cancel, CryptError, go_on, room};
use super::hash::HashName;
use super::password::{OLD_MAX, candidates, single_bytes, utf16};
use super::rc4::BlockRc4;
use super::records::{Record, Records, file_pass, neutralise};
use super::xor::Xor;

/// A new RC4 key every so many bytes of the stream: [MS-XLS] 2.2.10.
const RC4_BLOCK: usize = 1024;
/// Looks at the cancel function after this many bytes.
const BYTES_PER_LOOK: usize = 16 * 1024;

/// The key of a block of the stream.
type BlockKey = Box<dyn Fn(u32) -> [u8; 16]>;

/// How the records were encrypted, with all that undoes it.
enum Undo {
    Xor(Xor),
    Rc4(Box<BlockRc4<BlockKey>>),
}

impl Undo {
    fn rc4(key: BlockKey, key_len: usize) -> Self {
        Self::Rc4(Box::new(BlockRc4::new(key, key_len, RC4_BLOCK)))
    }
}

/// Whether a stream `Workbook` or `Book` is locked with a password: whether it has FILEPASS before the end of its first
/// substream ([MS-XLS] 2.4.117).
pub(super) fn is_locked(stream: &[u8]) -> bool {
    file_pass(stream).is_some()
}

/// Opens a stream `Workbook` or `Book` (or the whole of an xls file older than Excel 5): [MS-XLS] 2.2.10. The plain one is
/// as long; FILEPASS is a record of an unknown number with zeros. A stream that is not locked comes back as it is.
pub(super) fn open(stream: &[u8], password: &str, cancel: Cancel<'_>) -> Result<Vec<u8>, CryptError> {
    let Some((file_pass, data)) = file_pass(stream) else { return copy(stream, cancel) };
    let mut undo = undo_of(data, password)?;
    let mut bytes = copy(stream, cancel)?;
    let mut since_look = 0;
    for record in Records::from(stream, file_pass.end) {
        undo_record(&mut undo, &record, &mut bytes, cancel)?;
        since_look += record.end - record.start + 4;
        if since_look >= BYTES_PER_LOOK {
            since_look = 0;
            go_on(cancel)?;
        }
    }
    neutralise(&mut bytes, &file_pass);
    Ok(bytes)
}

fn copy(stream: &[u8], cancel: Cancel<'_>) -> Result<Vec<u8>, CryptError> {
    let mut bytes = room(stream.len())?;
    for part in stream.chunks(1 << 20) {
        go_on(cancel)?;
        bytes.extend_from_slice(part);
    }
    Ok(bytes)
}

fn undo_record(undo: &mut Undo, record: &Record, bytes: &mut [u8], cancel: Cancel<'_>) -> Result<(), CryptError> {
    let part = record.encrypted();
    let end = part.end.min(bytes.len());
    let Some(data) = bytes.get_mut(part.start..end) else { return Ok(()) };
    match undo {
        // The 16 bytes start anew with each record, at an index that depends on the end of its data:
        // [MS-XLS] 2.2.10. What is not obfuscated of a record counts.
        Undo::Xor(xor) => xor.apply(part.start + (record.end - record.start), data),
        Undo::Rc4(rc4) => rc4.apply(part.start, data, cancel)?,
    }
    Ok(())
}

const SHORT: CryptError = CryptError::Damaged("the record FILEPASS is cut short");

/// Reads FILEPASS and finds the password that fits: [MS-XLS] 2.4.117.
fn undo_of(data: &[u8], password: &str) -> Result<Undo, CryptError> {
    let mut fields = Fields(data);
    if data.len() == 4 {
        // Up to Excel 95 the record is the key and the verifier and nothing else.
        return undo_xor(fields, password);
    }
    match fields.u16() {
        Some(0) => return undo_xor(fields, password),
        Some(1) => {}
        None => return Err(SHORT),
        _ => return Err(CryptError::Unsupported("an unknown kind of protection in an xls file")),
    }
    match (fields.u16(), fields.u16()) {
        (Some(1), Some(1)) => {
            let scheme = BinaryRc4::parse(fields.0)?;
            let base = first_fit(password, |password| scheme.base(&utf16(password)))?;
            Ok(Undo::rc4(Box::new(move |block| BinaryRc4::key(&base, block)), 16))
        }
        (Some(2..=4), Some(2)) => {
            let scheme = Description::parse(fields.0)?;
            if scheme.cipher != Cipher::Rc4 {
                return Err(CryptError::Unsupported("a cipher other than RC4 in an xls file"));
            }
            let base = first_fit(password, |password| {
                let base = HashName::Sha1.of(&[scheme.salt, &utf16(password)]);
                scheme.rc4_verifies(&base).then_some(base)
            })?;
            let key_len = scheme.key_len;
            let key = move |block| Description::rc4_key(&base, key_len, block);
            Ok(Undo::rc4(Box::new(key), scheme.rc4_key_len()))
        }
        (Some(_), Some(_)) => Err(CryptError::Unsupported("an unknown version of RC4 in an xls file")),
        _ => Err(SHORT),
    }
}

fn undo_xor(mut fields: Fields<'_>, password: &str) -> Result<Undo, CryptError> {
    let (key, verifier) = fields.u16().zip(fields.u16()).ok_or(SHORT)?;
    let xor =
        first_fit(password, |password| single_bytes(password).iter().find_map(|bytes| Xor::new(bytes, key, verifier)))?;
    Ok(Undo::Xor(xor))
}

/// Tries the passwords, each as it is and as cut to the 15 characters of old programs.
fn first_fit<T>(password: &str, fits: impl Fn(&str) -> Option<T>) -> Result<T, CryptError> {
    for password in candidates(password) {
        let cut = password.char_indices().nth(OLD_MAX).and_then(|(end, _)| password.get(..end));
        if let Some(found) = fits(password).or_else(|| cut.and_then(&fits)) {
            return Ok(found);
        }
    }
    Err(CryptError::WrongPassword)
}
