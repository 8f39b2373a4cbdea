//! The binary description that standard encryption and RC4 `CryptoAPI` share: `EncryptionHeader` and
//! `EncryptionVerifier`.

use super::bytes::{Fields, fit};
use super::error::CryptError;
use super::hash::{HashName, HashValue};
use super::rc4::Rc4;

/// The cipher that an `EncryptionHeader` names ([MS-OFFCRYPTO] 2.3.2, `AlgID`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    Rc4,
    Aes,
}

/// What is needed of an `EncryptionHeader` ([MS-OFFCRYPTO] 2.3.2) and an `EncryptionVerifier` (2.3.3).
pub(super) struct Description<'a> {
    pub(super) cipher: Cipher,
    /// The key's length in bytes.
    pub(super) key_len: usize,
    pub(super) salt: &'a [u8],
    /// The encrypted verifier.
    pub(super) verifier: [u8; 16],
    /// The encrypted hash of the verifier.
    pub(super) verifier_hash: &'a [u8],
}

const F_CRYPTO_API: u32 = 0x04;
const F_EXTERNAL: u32 = 0x10;
const F_AES: u32 = 0x20;
const SHORT: CryptError = CryptError::Damaged("the encryption header is cut short");

impl<'a> Description<'a> {
    /// Reads what follows the version: the flags, the header with its size, the verifier ([MS-OFFCRYPTO] 2.3.4.5 and
    /// 2.3.5.1).
    pub(super) fn parse(after_version: &'a [u8]) -> Result<Self, CryptError> {
        let mut fields = Fields(after_version);
        let outer_flags = fields.u32().ok_or(SHORT)?;
        let header_len = fields.u32().and_then(|len| usize::try_from(len).ok()).ok_or(SHORT)?;
        let mut header = Fields(fields.take(header_len).ok_or(SHORT)?);
        let flags = header.u32().ok_or(SHORT)? | outer_flags;
        let _size_extra = header.u32().ok_or(SHORT)?;
        let cipher_id = header.u32().ok_or(SHORT)?;
        let hash_id = header.u32().ok_or(SHORT)?;
        let key_bits = header.u32().ok_or(SHORT)?;

        if flags & F_EXTERNAL != 0 {
            return Err(CryptError::Unsupported("a provider outside of Office"));
        }
        let (cipher, usual_bits) = match cipher_id {
            0 if flags & F_AES != 0 => (Cipher::Aes, 128),
            0 if flags & F_CRYPTO_API != 0 => (Cipher::Rc4, 40),
            0x6801 => (Cipher::Rc4, 40),
            0x660E => (Cipher::Aes, 128),
            0x660F => (Cipher::Aes, 192),
            0x6610 => (Cipher::Aes, 256),
            _ => return Err(CryptError::Unsupported("a cipher other than AES and RC4")),
        };
        if !matches!(hash_id, 0 | 0x8004) {
            return Err(CryptError::Unsupported("a hash other than SHA-1 in standard encryption"));
        }
        let key_bits = match (key_bits, cipher) {
            (0, _) => usual_bits,
            (128 | 192 | 256, Cipher::Aes) => key_bits,
            (40..=128, Cipher::Rc4) if key_bits % 8 == 0 => key_bits,
            _ => return Err(CryptError::Damaged("the key's length")),
        };
        let key_len = usize::try_from(key_bits / 8).map_err(|_| CryptError::Damaged("the key's length"))?;

        let salt_len = fields.u32().and_then(|len| usize::try_from(len).ok()).ok_or(SHORT)?;
        if salt_len != 16 {
            return Err(CryptError::Damaged("the salt's length"));
        }
        let salt = fields.take(salt_len).ok_or(SHORT)?;
        let verifier = fields.array().ok_or(SHORT)?;
        let _hash_len = fields.u32().ok_or(SHORT)?;
        let hash_len = if cipher == Cipher::Aes { 32 } else { 20 };
        let verifier_hash = fields.take(hash_len).ok_or(SHORT)?;
        Ok(Self { cipher, key_len, salt, verifier, verifier_hash })
    }

    /// The length of the key as RC4 gets it: one of 40 bits is filled up with zeros to 128 ([MS-OFFCRYPTO] 2.3.5.2).
    pub(super) fn rc4_key_len(&self) -> usize {
        if self.key_len == 5 { 16 } else { self.key_len }
    }

    /// The key of a block out of the hash of the password: [MS-OFFCRYPTO] 2.3.5.2.
    pub(super) fn rc4_key(base: &HashValue, key_len: usize, block: u32) -> [u8; 16] {
        let hash = HashName::Sha1.of(&[base.as_slice(), &block.to_le_bytes()]);
        fit(hash.as_slice().get(..key_len).unwrap_or_default(), 0)
    }

    /// Whether the hash of the password fits: [MS-OFFCRYPTO] 2.3.5.6.
    pub(super) fn rc4_verifies(&self, base: &HashValue) -> bool {
        let key = Self::rc4_key(base, self.key_len, 0);
        rc4_verifies(
            HashName::Sha1,
            key.get(..self.rc4_key_len()).unwrap_or(&key),
            self.verifier,
            fit::<20>(self.verifier_hash, 0),
        )
    }
}

/// Whether a verifier and its hash, decrypted with one key stream, belong together.
pub(super) fn rc4_verifies<const N: usize>(
    hash: HashName,
    key: &[u8],
    mut verifier: [u8; 16],
    mut verifier_hash: [u8; N],
) -> bool {
    let mut rc4 = Rc4::new(key);
    rc4.apply(&mut verifier);
    rc4.apply(&mut verifier_hash);
    hash.of(&[&verifier]).as_slice() == verifier_hash
}
