//! RC4 with a key of 40 bits, as Excel 97 and 2000 wrote it: [MS-OFFCRYPTO] 2.3.6.

use super::bytes::{Fields, fit};
use super::cryptoapi::rc4_verifies;
use super::error::CryptError;
use super::hash::{HashName, HashValue};

/// The `EncryptionHeader` of this scheme: [MS-OFFCRYPTO] 2.3.6.1.
pub(super) struct BinaryRc4 {
    salt: [u8; 16],
    verifier: [u8; 16],
    verifier_hash: [u8; 16],
}

impl BinaryRc4 {
    /// Reads what follows the version.
    pub(super) fn parse(after_version: &[u8]) -> Result<Self, CryptError> {
        let mut fields = Fields(after_version);
        let mut next = || fields.array().ok_or(CryptError::Damaged("the encryption header is cut short"));
        Ok(Self { salt: next()?, verifier: next()?, verifier_hash: next()? })
    }

    /// The hash that all keys of a password come from (40 bits of it), `None` where the password does not fit:
    /// [MS-OFFCRYPTO] 2.3.6.2 and 2.3.6.4.
    pub(super) fn base(&self, password: &[u8]) -> Option<HashValue> {
        let hash = HashName::Md5.of(&[password]);
        let short = hash.as_slice().get(..5)?;
        let parts: [&[u8]; 32] = std::array::from_fn(|at| if at % 2 == 0 { short } else { &self.salt });
        let base = HashName::Md5.of(&parts);
        rc4_verifies(HashName::Md5, &Self::key(&base, 0), self.verifier, self.verifier_hash).then_some(base)
    }

    /// The key of a block.
    pub(super) fn key(base: &HashValue, block: u32) -> [u8; 16] {
        let short = base.as_slice().get(..5).unwrap_or_default();
        fit(HashName::Md5.of(&[short, &block.to_le_bytes()]).as_slice(), 0)
    }
}
