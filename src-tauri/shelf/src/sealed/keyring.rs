//! The keyring: a release's throw-away key, encrypted to the devices that may open it.
//!
//! Inside stands an identity file as the `age` tool reads it.

use age::secrecy::ExposeSecret;
use larder_model::Refusal;
use zeroize::Zeroize;

use super::identity::{Key, Lock};
use super::streams::{Wrong, open_bytes, seal_bytes};
use crate::{Device, caps};

const FIRST_LINE: &str = "# larder keyring 1";
/// More than the two lines in it.
const PLAIN_BYTES: u64 = 256;

/// What a keyring is to a device.
pub(crate) enum Keyring {
    /// It holds this key for it.
    Opens(Key),
    /// It holds nothing for it.
    Locked,
    /// It is no keyring.
    Damaged,
}

/// A keyring of this key for these devices.
///
/// # Errors
/// `TooLarge` for more devices than a keyring may have.
pub(crate) fn make(key: &Key, locks: &[Lock]) -> Result<Vec<u8>, Refusal> {
    let mut text = format!("{FIRST_LINE}\n{}\n", key.to_string().expose_secret());
    let sealed = seal_bytes(locks, text.as_bytes());
    text.zeroize();
    sealed
}

/// Opens one.
pub(crate) fn open(bytes: &[u8], device: &Device) -> Keyring {
    if bytes.len() as u64 > caps::KEYRING_BYTES {
        return Keyring::Damaged;
    }
    let mut plain = match open_bytes(device.key(), bytes, PLAIN_BYTES) {
        Ok(plain) => plain,
        Err(Wrong::Locked) => return Keyring::Locked,
        Err(_) => return Keyring::Damaged,
    };
    let key = read(&plain);
    plain.zeroize();
    key.map_or(Keyring::Damaged, Keyring::Opens)
}

pub(super) fn read(plain: &[u8]) -> Option<Key> {
    let mut lines = std::str::from_utf8(plain).ok()?.lines();
    let (first, key, rest) = (lines.next()?, lines.next()?, lines.next());
    if first != FIRST_LINE || rest.is_some() {
        return None;
    }
    key.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::sealed::identity::{derived, throw_away};

    // fault 54
    #[test]
    fn a_full_keyring_fits_under_its_cap_and_opens_for_each() {
        let locks: Vec<Lock> = (0..127).map(|i| derived(&[i; 32]).to_public()).collect();
        let key = throw_away();
        for _ in 0..20 {
            let bytes = make(&key, &locks).unwrap();
            assert!(bytes.len() as u64 <= caps::KEYRING_BYTES, "{}", bytes.len());
        }
        let bytes = make(&key, &locks).unwrap();
        for seed in [0, 63, 126] {
            let Keyring::Opens(found) = open(&bytes, &Device::create([seed; 32])) else { panic!("{seed}") };
            assert_eq!(found.to_public(), key.to_public());
        }
        assert!(matches!(open(&bytes, &Device::create([200; 32])), Keyring::Locked));
        let one_more: Vec<Lock> = (0..128).map(|i| derived(&[i; 32]).to_public()).collect();
        assert_eq!(make(&key, &one_more).unwrap_err().code, larder_model::RefusalCode::TooLarge);
    }

    // fault 54
    #[test]
    fn a_keyring_that_is_none_opens_nothing() {
        let device = Device::create([1; 32]);
        let lock = [device.key().to_public()];
        let good = make(&throw_away(), &lock).unwrap();
        for bytes in [&b""[..], b"junk", &good[..good.len() - 1], &[good.as_slice(), b"x"].concat()] {
            assert!(matches!(open(bytes, &device), Keyring::Damaged));
        }
        for text in ["", "# larder keyring 1\n", "# larder keyring 1\nAGE-SECRET-KEY-1\n", "x\ny\n", &"x".repeat(300)] {
            assert!(matches!(open(&seal_bytes(&lock, text.as_bytes()).unwrap(), &device), Keyring::Damaged), "{text}");
        }
    }
}
