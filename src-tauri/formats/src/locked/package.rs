//! Opening an OOXML package: which scheme it has, the password, the package.

use super::agile::{Agile, Integrity};
use super::bytes::Fields;
use super::cryptoapi::{Cipher, Description};
use super::error::{Cancel, CryptError};
use super::password::candidates;
use super::payload::Payload;
use super::standard;

/// A package that was opened, with what was noticed on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenedPackage {
    /// The plain package: a zip.
    pub bytes: Vec<u8>,
    /// Whether it is as it was written.
    pub integrity: Integrity,
    /// `false` where the stream ends before the size that it says.
    pub complete: bool,
}

/// A parsed `EncryptionInfo`.
enum Info<'a> {
    Agile(Box<Agile>),
    Standard(Description<'a>),
}

impl<'a> Info<'a> {
    fn parse(encryption_info: &'a [u8]) -> Result<Self, CryptError> {
        let mut fields = Fields(encryption_info);
        let version = fields.u16().zip(fields.u16()).ok_or(CryptError::Damaged("no version of the encryption"))?;
        match version {
            (4, 4) => {
                let _reserved = fields.u32().ok_or(CryptError::Damaged("no description of the key"))?;
                Ok(Self::Agile(Box::new(Agile::parse(fields.0)?)))
            }
            (2..=4, 2) => Ok(Self::Standard(Description::parse(fields.0)?)),
            (3 | 4, 3) => Err(CryptError::Unsupported("extensible encryption")),
            _ => Err(CryptError::Unsupported("an unknown version of the encryption")),
        }
    }
}

/// How many rounds a password takes, from the stream `EncryptionInfo` alone.
pub(super) fn rounds(encryption_info: &[u8]) -> Result<u32, CryptError> {
    Ok(match Info::parse(encryption_info)? {
        Info::Agile(agile) => agile.rounds(),
        Info::Standard(_) => standard::ROUNDS,
    })
}

/// Opens a package strictly: one that is cut short or whose HMAC differs is [`CryptError::Damaged`].
pub(super) fn open(
    encryption_info: &[u8],
    encrypted_package: &[u8],
    password: &str,
    cancel: Cancel<'_>,
) -> Result<Vec<u8>, CryptError> {
    let opened = open_leniently(encryption_info, encrypted_package, password, cancel)?;
    if !opened.complete {
        return Err(CryptError::Damaged("the package is cut short"));
    }
    if opened.integrity == Integrity::Mismatch {
        return Err(CryptError::Damaged("the package was changed after it was protected"));
    }
    Ok(opened.bytes)
}

/// Opens a package and leaves it to the caller what to make of one that is cut short or changed: as much as can be
/// decrypted comes back.
pub(super) fn open_leniently(
    encryption_info: &[u8],
    encrypted_package: &[u8],
    password: &str,
    cancel: Cancel<'_>,
) -> Result<OpenedPackage, CryptError> {
    let info = Info::parse(encryption_info)?;
    for password in candidates(password) {
        let (bytes, complete, integrity) = match &info {
            Info::Agile(agile) => {
                let Some(aes) = agile.key(password, cancel)? else { continue };
                let integrity = agile.integrity(&aes, encrypted_package, cancel)?;
                let (bytes, complete) = agile.decrypt(&aes, Payload::new(encrypted_package, true)?, cancel)?;
                (bytes, complete, integrity)
            }
            Info::Standard(description) => {
                let Some(key) = standard::key(description, password, cancel)? else { continue };
                let payload = Payload::new(encrypted_package, description.cipher == Cipher::Aes)?;
                let (bytes, complete) = standard::decrypt(description, &key, payload, cancel)?;
                (bytes, complete, Integrity::NotRecorded)
            }
        };
        return Ok(OpenedPackage { bytes, integrity, complete });
    }
    Err(CryptError::WrongPassword)
}
