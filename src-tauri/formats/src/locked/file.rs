//! From a locked file to the bytes of its workbook.

use std::borrow::Cow;
use std::io::{Cursor, Read, Seek, SeekFrom};

use larder_model::{Refusal, RefusalCode};

use super::error::{Cancel, CryptError};
use super::{opendocument, package, stream};
use crate::book::package::{Package, damaged};
use crate::book::{COMPOUND_MAGIC, Compound};
use crate::caps;
use crate::progress::{Input, Progress};

/// More rounds than this are not spent on a guess: Excel takes 100,000, and a hostile file could ask for minutes.
const ROUNDS_UNASKED: u32 = 200_000;

/// The workbook without its lock: the zip archive of an xlsx, xlsm or xlsb, the stream of records of an xls. A file that
/// is not locked comes back as it is.
///
/// # Errors
/// `WrongPassword`, `CannotUnlock` for locks of other kinds, `Damaged`, `TooLarge`, `Cancelled`, or what the disk answers.
pub fn unlock(
    file_name: &str,
    mut input: Box<dyn Input>,
    password: &str,
    progress: &dyn Progress,
) -> Result<Vec<u8>, Refusal> {
    let disk = |error: std::io::Error| Refusal::from_io(&error, file_name);
    if input.seek(SeekFrom::End(0)).map_err(disk)? > caps::FILE_BYTES {
        return Err(caps::too_large("bytes", caps::FILE_BYTES).with("file", file_name));
    }
    input.rewind().map_err(disk)?;
    let mut head = Vec::new();
    Read::take(&mut input, COMPOUND_MAGIC.len() as u64).read_to_end(&mut head).map_err(disk)?;
    let cancel = || progress.cancelled();
    let refused = |error: CryptError| refusal(error, file_name, RefusalCode::WrongPassword);
    if head != COMPOUND_MAGIC {
        let mut bytes = head;
        input.read_to_end(&mut bytes).map_err(disk)?;
        if let Some(plain) = open_document(&bytes, file_name, password, &cancel)? {
            return Ok(plain);
        }
        return stream::open(&bytes, password, &cancel).map_err(refused);
    }
    let mut compound = Compound::open(input, file_name)?;
    if compound.is_locked_package() {
        let (info, packed) = package_streams(&mut compound, file_name)?;
        return package::open(&info, &packed, password, &cancel).map_err(refused);
    }
    let stream = compound.workbook()?.ok_or_else(|| crate::sniff::not_a_table(file_name, compound.what()))?;
    stream::open(&stream, password, &cancel).map_err(refused)
}

/// An OpenDocument package without its lock; nothing where the bytes are none, or none that is locked.
fn open_document(bytes: &[u8], file: &str, password: &str, cancel: Cancel<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    if memchr::memmem::find(bytes, opendocument::MANIFEST.as_bytes()).is_none() {
        return Ok(None);
    }
    let mut package = Package::open(Box::new(Cursor::new(bytes.to_vec())), file)?;
    let refused = |error: CryptError| refusal(error, file, RefusalCode::WrongPassword);
    opendocument::open(&mut package, password, cancel, &refused)
}

/// The refusal for a workbook that a password opens.
pub(crate) fn asks_password(file: &str) -> Refusal {
    Refusal::new(RefusalCode::PasswordProtected).with("file", file)
}

/// The zip archive inside a compound file, where it opens without asking a person.
pub(crate) fn package_unasked(
    compound: &mut Compound,
    file: &str,
    progress: &dyn Progress,
) -> Result<Cursor<Vec<u8>>, Refusal> {
    let (info, packed) = package_streams(compound, file)?;
    let refused = |error: CryptError| refusal(error, file, RefusalCode::PasswordProtected);
    if package::rounds(&info).map_err(refused)? > ROUNDS_UNASKED {
        return Err(refused(CryptError::WrongPassword));
    }
    package::open(&info, &packed, "", &|| progress.cancelled()).map(Cursor::new).map_err(refused)
}

/// The records of a workbook, where they open without asking a person.
pub(crate) fn stream_unasked<'a>(
    records: &'a [u8],
    file: &str,
    progress: &dyn Progress,
) -> Result<Cow<'a, [u8]>, Refusal> {
    if !stream::is_locked(records) {
        return Ok(Cow::Borrowed(records));
    }
    let cancel: Cancel<'_> = &|| progress.cancelled();
    let opened = stream::open(records, "", cancel);
    opened.map(Cow::Owned).map_err(|error| refusal(error, file, RefusalCode::PasswordProtected))
}

fn package_streams(compound: &mut Compound, file: &str) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
    // Rights management keeps its keys on a server and has no description here.
    if !compound.has("EncryptionInfo") {
        return Err(cannot_unlock(file));
    }
    Ok((compound.stream("EncryptionInfo")?, compound.stream("EncryptedPackage")?))
}

/// The refusal for a lock that no password given to Larder opens.
pub(crate) fn cannot_unlock(file: &str) -> Refusal {
    Refusal::new(RefusalCode::CannotUnlock).with("file", file)
}

/// `misfit`: what it means that no password fits.
fn refusal(error: CryptError, file: &str, misfit: RefusalCode) -> Refusal {
    match error {
        CryptError::WrongPassword => Refusal::new(misfit).with("file", file),
        CryptError::Unsupported(what) => cannot_unlock(file).with("detail", what),
        CryptError::Damaged(what) => damaged(file, what),
        CryptError::TooLarge => Refusal::new(RefusalCode::TooLarge).with("file", file),
        CryptError::Cancelled => Refusal::new(RefusalCode::Cancelled),
    }
}
