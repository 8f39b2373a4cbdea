//! The hash functions of the schemes, chosen at run time.

use super::error::{Cancel, CryptError, go_on};
use hmac::digest::core_api::BlockSizeUser;
use hmac::{Mac, SimpleHmac};
use md5::Md5;
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};

/// A hash function named by an `EncryptionInfo` stream ([MS-OFFCRYPTO] 2.3.4.10, `ST_HashAlgorithm`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HashName {
    /// MD5, 16 bytes.
    Md5,
    /// SHA-1, 20 bytes.
    Sha1,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-384, 48 bytes.
    Sha384,
    /// SHA-512, 64 bytes.
    Sha512,
}

/// A hash value of up to 64 bytes.
#[derive(Clone, Copy)]
pub(super) struct HashValue {
    bytes: [u8; 64],
    len: usize,
}

impl HashValue {
    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&self.bytes)
    }

    fn of(value: &[u8]) -> Self {
        Self { bytes: super::bytes::fit(value, 0), len: value.len().min(64) }
    }
}

/// How many rounds of a key derivation run between two looks at the cancel function (far below a millisecond).
const ROUNDS_PER_LOOK: u32 = 512;
/// How many bytes are hashed between two looks at the cancel function.
const BYTES_PER_LOOK: usize = 64 * 1024;

impl HashName {
    /// `SHA1`, `SHA-1`, `sha512` ... as the XML names them.
    pub(super) fn from_xml(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_uppercase()).collect();
        Some(match plain.as_str() {
            "MD5" => Self::Md5,
            "SHA1" => Self::Sha1,
            "SHA256" => Self::Sha256,
            "SHA384" => Self::Sha384,
            "SHA512" => Self::Sha512,
            _ => return None,
        })
    }

    /// The length of a value in bytes.
    pub(super) fn size(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The hash of the parts one after another.
    pub(super) fn of(self, parts: &[&[u8]]) -> HashValue {
        match self {
            Self::Md5 => one::<Md5>(parts),
            Self::Sha1 => one::<Sha1>(parts),
            Self::Sha256 => one::<Sha256>(parts),
            Self::Sha384 => one::<Sha384>(parts),
            Self::Sha512 => one::<Sha512>(parts),
        }
    }

    /// `H(0) = H(salt + password)`, `H(n) = H(n as u32 + H(n - 1))`, `rounds` times:
    /// [MS-OFFCRYPTO] 2.3.4.7 and 2.3.4.11.
    pub(super) fn spin(
        self,
        salt: &[u8],
        password: &[u8],
        rounds: u32,
        cancel: Cancel<'_>,
    ) -> Result<HashValue, CryptError> {
        let run = match self {
            Self::Md5 => spun::<Md5>,
            Self::Sha1 => spun::<Sha1>,
            Self::Sha256 => spun::<Sha256>,
            Self::Sha384 => spun::<Sha384>,
            Self::Sha512 => spun::<Sha512>,
        };
        run(salt, password, rounds, cancel)
    }

    /// The HMAC of `message`: [MS-OFFCRYPTO] 2.3.4.14.
    pub(super) fn hmac(self, key: &[u8], message: &[u8], cancel: Cancel<'_>) -> Result<HashValue, CryptError> {
        let run = match self {
            Self::Md5 => authenticated::<Md5>,
            Self::Sha1 => authenticated::<Sha1>,
            Self::Sha256 => authenticated::<Sha256>,
            Self::Sha384 => authenticated::<Sha384>,
            Self::Sha512 => authenticated::<Sha512>,
        };
        run(key, message, cancel)
    }
}

fn one<D: Digest>(parts: &[&[u8]]) -> HashValue {
    let mut hash = D::new();
    for part in parts {
        hash.update(part);
    }
    HashValue::of(&hash.finalize())
}

fn spun<D: Digest>(salt: &[u8], password: &[u8], rounds: u32, cancel: Cancel<'_>) -> Result<HashValue, CryptError> {
    let mut value = D::new().chain_update(salt).chain_update(password).finalize();
    for round in 0..rounds {
        if round % ROUNDS_PER_LOOK == 0 {
            go_on(cancel)?;
        }
        value = D::new().chain_update(round.to_le_bytes()).chain_update(&value).finalize();
    }
    Ok(HashValue::of(&value))
}

fn authenticated<D: Digest + BlockSizeUser>(
    key: &[u8],
    message: &[u8],
    cancel: Cancel<'_>,
) -> Result<HashValue, CryptError> {
    let mut mac =
        <SimpleHmac<D> as Mac>::new_from_slice(key).map_err(|_| CryptError::Damaged("the integrity check's key"))?;
    for part in message.chunks(BYTES_PER_LOOK) {
        go_on(cancel)?;
        mac.update(part);
    }
    Ok(HashValue::of(&mac.finalize().into_bytes()))
}
