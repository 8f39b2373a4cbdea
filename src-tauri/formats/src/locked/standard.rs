//! Standard encryption of OOXML packages: [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9.

use super::block::Aes;
use super::bytes::fit;
use super::cryptoapi::{Cipher, Description};
use super::error::{Cancel, CryptError, go_on};
use super::hash::{HashName, HashValue};
use super::password::utf16;
use super::payload::Payload;
use super::rc4::BlockRc4;

/// The number of rounds is fixed: [MS-OFFCRYPTO] 2.3.4.7.
pub(super) const ROUNDS: u32 = 50_000;
/// AES decrypts this much between two looks at the cancel function.
const BYTES_PER_LOOK: usize = 16 * 1024;
/// A new RC4 key every so many bytes.
const RC4_BLOCK: usize = 512;

/// The key that a password gave.
pub(super) enum Key {
    Aes(Box<Aes>),
    Rc4(HashValue),
}

/// The key for a password, `None` where it does not fit: [MS-OFFCRYPTO] 2.3.4.7 and 2.3.4.9.
pub(super) fn key(
    description: &Description<'_>,
    password: &str,
    cancel: Cancel<'_>,
) -> Result<Option<Key>, CryptError> {
    let spun = HashName::Sha1.spin(description.salt, &utf16(password), ROUNDS, cancel)?;
    if description.cipher == Cipher::Rc4 {
        return Ok(description.rc4_verifies(&spun).then_some(Key::Rc4(spun)));
    }
    let base = HashName::Sha1.of(&[spun.as_slice(), &0u32.to_le_bytes()]);
    let half = |pad: u8| {
        let mut filled = [pad; 64];
        for (to, from) in filled.iter_mut().zip(base.as_slice()) {
            *to ^= from;
        }
        HashName::Sha1.of(&[&filled])
    };
    let derived = [half(0x36).as_slice(), half(0x5C).as_slice()].concat();
    let aes = derived.get(..description.key_len).and_then(Aes::new).ok_or(CryptError::Damaged("the key's length"))?;

    let mut verifier = description.verifier;
    aes.decrypt_single(&mut verifier);
    let mut hash: [u8; 32] = fit(description.verifier_hash, 0);
    aes.decrypt_single(&mut hash);
    let fits = hash.starts_with(HashName::Sha1.of(&[&verifier]).as_slice());
    Ok(fits.then(|| Key::Aes(Box::new(aes))))
}

/// Decrypts the package with ECB: [MS-OFFCRYPTO] 2.3.4.8. For RC4, which 2.3.1 rules out for OOXML and no known
/// program writes, the key changes every 512 bytes as in binary documents.
pub(super) fn decrypt(
    description: &Description<'_>,
    key: &Key,
    mut payload: Payload<'_>,
    cancel: Cancel<'_>,
) -> Result<(Vec<u8>, bool), CryptError> {
    match key {
        Key::Aes(aes) => {
            while let Some(part) = payload.next_part(BYTES_PER_LOOK) {
                go_on(cancel)?;
                aes.decrypt_single(part);
            }
        }
        Key::Rc4(base) => {
            let key_len = description.key_len;
            let block_key = |block| Description::rc4_key(base, key_len, block);
            let mut rc4 = BlockRc4::new(block_key, description.rc4_key_len(), RC4_BLOCK);
            let mut at = 0;
            while let Some(part) = payload.next_part(BYTES_PER_LOOK) {
                let len = part.len();
                rc4.apply(at, part, cancel)?;
                at += len;
            }
        }
    }
    Ok(payload.finish())
}
