//! From a password to the key of a part, and from the key to what stands in it (ODF 1.3 part 2, 5; the last of each as
//! `LibreOffice` writes them since its version 24.8).

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::AeadInPlace;
use blowfish::Blowfish;
use blowfish::cipher::{KeyInit, KeyIvInit};
use hmac::{Hmac, Mac};
use sha1::Sha1;

use super::apart::Room;
use super::block::{Aes, BLOCK};
use super::error::{Cancel, CryptError, go_on, room};

/// Rounds between two looks at the cancel function.
const ROUNDS_PER_LOOK: u32 = 512;
/// More memory than this is not given for a key.
const MOST_KIBIBYTES: u32 = 256 << 10;
/// Kibibytes times passes: this takes a second or so.
const MOST_PASSED: u64 = 3 * MOST_KIBIBYTES as u64;
const MOST_LANES: u32 = 16;
/// Bytes between two looks at the cancel function; whole blocks.
pub(super) const BYTES_PER_LOOK: usize = 256 << 10;
const TAG: usize = 16;
const NONCE: usize = 12;

/// Argon2 asks nobody in between, and each takes a few hundred megabytes: one at a time.
static ARGON2: Room = Room::free();

/// How a password becomes a key.
#[derive(Debug)]
pub(super) enum Derivation {
    Pbkdf2 { rounds: u32, salt: Vec<u8> },
    Argon2 { passes: u32, kibibytes: u32, lanes: u32, salt: Vec<u8> },
}

impl Derivation {
    /// How much work it takes, beside others of its kind.
    pub(super) fn rounds(&self) -> u64 {
        match self {
            Derivation::Pbkdf2 { rounds, .. } => u64::from(*rounds),
            // A mebibyte takes about as long as a thousand rounds.
            Derivation::Argon2 { passes, kibibytes, .. } => u64::from(*passes) * u64::from(*kibibytes),
        }
    }

    pub(super) fn key(&self, start: &[u8], bytes: usize, cancel: Cancel<'_>) -> Result<Vec<u8>, CryptError> {
        if !(4..=64).contains(&bytes) {
            return Err(CryptError::Damaged("a key of no length that there is"));
        }
        go_on(cancel)?;
        match self {
            Derivation::Pbkdf2 { rounds, salt } => pbkdf2(start, salt, *rounds, bytes, cancel),
            Derivation::Argon2 { passes, kibibytes, lanes, salt } => {
                if *kibibytes > MOST_KIBIBYTES
                    || u64::from(*passes) * u64::from(*kibibytes) > MOST_PASSED
                    || *lanes > MOST_LANES
                {
                    return Err(CryptError::Unsupported("more memory than there is for a key"));
                }
                let params = argon2::Params::new(*kibibytes, *passes, *lanes, Some(bytes));
                let params = params.map_err(|_| CryptError::Damaged("how the key is made"))?;
                let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
                let (start, salt, mut key) = (start.to_vec(), salt.clone(), vec![0; bytes]);
                let made =
                    ARGON2.wait_for(cancel, move || argon.hash_password_into(&start, &salt, &mut key).map(|()| key))?;
                made.map_err(|_| CryptError::Damaged("how the key is made"))
            }
        }
    }
}

/// RFC 8018, 5.2, with HMAC-SHA-1.
fn pbkdf2(start: &[u8], salt: &[u8], rounds: u32, bytes: usize, cancel: Cancel<'_>) -> Result<Vec<u8>, CryptError> {
    let keyed = <Hmac<Sha1> as Mac>::new_from_slice(start).map_err(|_| CryptError::Damaged("how the key is made"))?;
    let hash = |parts: &[&[u8]]| {
        let mut mac = keyed.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes()
    };
    let mut key = Vec::new();
    for block in 1u32.. {
        let mut value = hash(&[salt, &block.to_be_bytes()]);
        let mut sum = value;
        for round in 1..rounds.max(1) {
            if round % ROUNDS_PER_LOOK == 0 {
                go_on(cancel)?;
            }
            value = hash(&[&value]);
            sum.iter_mut().zip(&value).for_each(|(sum, byte)| *sum ^= byte);
        }
        key.extend_from_slice(&sum);
        if key.len() >= bytes {
            break;
        }
    }
    key.truncate(bytes);
    Ok(key)
}

/// What parts are encrypted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    /// With feedback of whole blocks, as before ODF 1.2.
    Blowfish,
    /// AES, chained.
    AesChained,
    /// AES with a mark that proves the key.
    AesCounted,
}

impl Cipher {
    /// By its name in a manifest.
    pub(super) fn of(name: &str) -> Option<Cipher> {
        let name = name.to_ascii_lowercase();
        match () {
            () if name.contains("blowfish") => Some(Cipher::Blowfish),
            () if name.contains("#aes") && name.ends_with("-cbc") => Some(Cipher::AesChained),
            () if name.ends_with("#aes256-gcm") => Some(Cipher::AesCounted),
            () => None,
        }
    }

    /// What was encrypted, still packed.
    pub(super) fn decrypt(
        self,
        key: &[u8],
        iv: &[u8],
        mut bytes: Vec<u8>,
        cancel: Cancel<'_>,
    ) -> Result<Vec<u8>, CryptError> {
        go_on(cancel)?;
        let damaged = CryptError::Damaged("how a part is encrypted");
        match self {
            Cipher::Blowfish => {
                let cipher = cfb_mode::BufDecryptor::<Blowfish>::new_from_slices(key, iv);
                let mut cipher = cipher.map_err(|_| damaged)?;
                for part in bytes.chunks_mut(BYTES_PER_LOOK) {
                    go_on(cancel)?;
                    cipher.decrypt(part);
                }
                Ok(bytes)
            }
            Cipher::AesChained => {
                let aes = Aes::new(key).ok_or(damaged)?;
                let mut iv: [u8; BLOCK] = iv.try_into().map_err(|_| damaged)?;
                if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK) {
                    return Err(CryptError::Damaged("a part is cut short"));
                }
                for part in bytes.chunks_mut(BYTES_PER_LOOK) {
                    go_on(cancel)?;
                    // Each part is chained to the last block of the one before, as it was encrypted.
                    let last = part.last_chunk::<BLOCK>().copied().unwrap_or(iv);
                    aes.decrypt_chained(std::mem::replace(&mut iv, last), part);
                }
                // The last byte counts those that fill the block up.
                match bytes.last().map(|last| usize::from(*last)) {
                    Some(filled @ 1..=BLOCK) => bytes.truncate(bytes.len() - filled),
                    _ => return Err(CryptError::WrongPassword),
                }
                Ok(bytes)
            }
            Cipher::AesCounted => {
                // By its standard what begins the part is the number used once; some keep it in the manifest only.
                let inside = bytes.split_at_checked(NONCE).map(|(nonce, rest)| counted(key, nonce, rest));
                match inside {
                    Some(Err(CryptError::WrongPassword)) | None => counted(key, iv, &bytes),
                    Some(answer) => answer,
                }
            }
        }
    }
}

fn counted(key: &[u8], nonce: &[u8], bytes: &[u8]) -> Result<Vec<u8>, CryptError> {
    let cipher = <Aes256Gcm as KeyInit>::new_from_slice(key).map_err(|_| CryptError::Damaged("a key's length"))?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| CryptError::WrongPassword)?;
    let Some(end) = bytes.len().checked_sub(TAG) else { return Err(CryptError::Damaged("a part is cut short")) };
    let (data, tag) = bytes.split_at(end);
    let tag: [u8; TAG] = tag.try_into().map_err(|_| CryptError::Damaged("a part is cut short"))?;
    let mut plain = room(data.len())?;
    plain.extend_from_slice(data);
    let opened = cipher.decrypt_in_place_detached(&nonce.into(), b"", &mut plain, &tag.into());
    opened.map(|()| plain).map_err(|_| CryptError::WrongPassword)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// RFC 6070.
    #[test]
    fn keys_are_those_of_the_standard() {
        let of = |rounds, bytes| pbkdf2(b"password", b"salt", rounds, bytes, &|| false).unwrap();
        assert_eq!(of(1, 4), [0x0c, 0x60, 0xc8, 0x0f]);
        assert_eq!(of(4096, 4), [0x4b, 0x00, 0x79, 0x01]);
        assert_eq!(of(2, 40).len(), 40);
    }

    #[test]
    fn a_long_part_is_decrypted_piece_by_piece_and_can_be_stopped_between_them() {
        let bytes: Vec<u8> = (0..3 * BYTES_PER_LOOK).map(|at| (at % 251) as u8).collect();
        let [key, iv] = [[7u8; 32], [9u8; 32]];
        let chained = Aes::new(&key).unwrap();
        let mut whole = bytes.clone();
        chained.decrypt_chained([9; BLOCK], &mut whole);
        // The last byte counts those that fill the block up: one is made that does.
        let end = bytes.len() - BLOCK - 1;
        let mut filled = bytes.clone();
        filled[end] ^= whole[bytes.len() - 1] ^ 1;
        let opened = Cipher::AesChained.decrypt(&key, &iv[..BLOCK], filled, &|| false).unwrap();
        assert_eq!(opened[..end - BLOCK], whole[..end - BLOCK]);
        let mut whole = bytes.clone();
        use blowfish::cipher::AsyncStreamCipher;
        cfb_mode::Decryptor::<Blowfish>::new_from_slices(&key, &iv[..8]).unwrap().decrypt(&mut whole);
        assert_eq!(Cipher::Blowfish.decrypt(&key, &iv[..8], bytes.clone(), &|| false).unwrap(), whole);
        for (cipher, iv) in [(Cipher::AesChained, &iv[..BLOCK]), (Cipher::Blowfish, &iv[..8])] {
            let asked = std::cell::Cell::new(0);
            let stop = || asked.replace(asked.get() + 1) == 2;
            assert_eq!(cipher.decrypt(&key, iv, bytes.clone(), &stop), Err(CryptError::Cancelled));
            assert_eq!(asked.get(), 3);
        }
    }

    #[test]
    fn nobody_makes_us_spend_all_memory_or_time() {
        let greedy = Derivation::Argon2 { passes: 3, kibibytes: 1 << 30, lanes: 4, salt: vec![0; 16] };
        assert!(matches!(greedy.key(&[0; 32], 32, &|| false), Err(CryptError::Unsupported(_))));
        let patient = Derivation::Argon2 { passes: 30, kibibytes: 200 << 10, lanes: 4, salt: vec![0; 16] };
        assert!(matches!(patient.key(&[0; 32], 32, &|| false), Err(CryptError::Unsupported(_))));
    }

    #[test]
    fn a_key_that_takes_long_can_be_stopped_while_it_is_made() {
        let slow = [
            Derivation::Pbkdf2 { rounds: u32::MAX, salt: vec![0; 16] },
            Derivation::Argon2 { passes: 12, kibibytes: 64 << 10, lanes: 4, salt: vec![0; 16] },
        ];
        for slow in slow {
            for time in [1, 3] {
                let asked = std::cell::Cell::new(0);
                let stop = || asked.replace(asked.get() + 1) + 1 == time;
                assert_eq!(slow.key(&[0; 32], 32, &stop), Err(CryptError::Cancelled), "{slow:?}");
                assert_eq!(asked.get(), time);
            }
        }
    }
}
