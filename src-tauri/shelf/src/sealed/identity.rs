//! Keys: the one of each device, which others encrypt to, and throw-away ones.

use bech32::{Bech32, Hrp};
use curve25519_dalek::montgomery::MontgomeryPoint;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroize;

use crate::broken::{self, Broken};

/// What opens.
pub(crate) type Key = age::x25519::Identity;
/// What is encrypted to.
pub(crate) type Lock = age::x25519::Recipient;

/// Told apart from everything else that may ever be derived from a device's secret.
const LABEL: &[u8] = b"larder age v1";

/// The key that goes with a device's secret. It is derived, so that the file of a device's key stays as it is: what signs and
/// what opens are different keys all the same.
pub(crate) fn derived(seed: &[u8; 32]) -> Key {
    let mut secret = hkdf(&[], seed, LABEL);
    let hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-");
    let mut text = bech32::encode_upper::<Bech32>(hrp, &secret).expect("32 bytes fit into bech32");
    let key = text.parse().expect("any 32 bytes are a key");
    secret.zeroize();
    text.zeroize();
    key
}

/// HKDF-SHA256 (RFC 5869) for 32 bytes: one round of it.
pub(super) fn hkdf(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; 32] {
    let mac = |key: &[u8], texts: &[&[u8]]| -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key will do");
        texts.iter().for_each(|text| mac.update(text));
        mac.finalize().into_bytes().into()
    };
    // No salt is the same as one of zeros.
    let mut extracted = mac(salt, &[secret]);
    let expanded = mac(&extracted, &[info, &[1]]);
    extracted.zeroize();
    expanded
}

/// A key for one release.
pub(crate) fn throw_away() -> Key {
    if broken::is(Broken::OldKeyReused) {
        return derived(&[0; 32]);
    }
    Key::generate()
}

/// What a card says to encrypt to: `age1` and 58 characters, as we write it. A point of low order is refused: what is
/// encrypted to it could be opened by anybody, and `age` would rather stop the program.
pub(crate) fn lock(text: &str) -> Option<Lock> {
    if text.len() != 62 || !text.starts_with("age1") || text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let lock: Lock = text.parse().ok()?;
    let (_, bytes) = bech32::decode(text).ok()?;
    let point = MontgomeryPoint(bytes.try_into().ok()?);
    let is_weak = point.mul_clamped([0x40; 32]) == MontgomeryPoint([0; 32]);
    (!is_weak).then_some(lock)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn hkdf_is_the_one_of_the_standard() {
        // RFC 5869, A.3: no salt, no info; the first 32 bytes of 42.
        let found = hkdf(&[], &[0x0b; 22], b"");
        assert_eq!(HEXLOWER.encode(&found), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
        // A.1: with both.
        let salt: Vec<u8> = (0..13).collect();
        let found = hkdf(&salt, &[0x0b; 22], &(0xf0..=0xf9).collect::<Vec<u8>>());
        assert_eq!(HEXLOWER.encode(&found), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }

    #[test]
    fn the_same_secret_is_the_same_key_for_ever() {
        let told = derived(&[7; 32]).to_public().to_string();
        assert_eq!(told, derived(&[7; 32]).to_public().to_string());
        assert_ne!(told, derived(&[8; 32]).to_public().to_string());
        assert_eq!(
            told, "age1fs4w78qptxuj9aswkcgm3anfdqkyyh63mtryhdvtr8ulx9x6nagqd5fde8",
            "a device that was allowed stays so"
        );
        assert_eq!(lock(&told).unwrap().to_string(), told);
    }

    #[test]
    fn what_is_no_lock_or_a_weak_one_is_refused() {
        let good = derived(&[7; 32]).to_public().to_string();
        let upper = good.to_ascii_uppercase();
        let flipped = good.replacen('q', "p", 1);
        for bad in ["", "age1", "age1pq", &upper, &flipped, &format!("{good} "), &good.repeat(2)] {
            assert!(lock(bad).is_none(), "{bad}");
        }
        let weak = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000080",
        ];
        for bytes in weak {
            let bytes = HEXLOWER.decode(bytes.as_bytes()).unwrap();
            let text = bech32::encode::<Bech32>(Hrp::parse_unchecked("age"), &bytes).unwrap();
            assert!(text.parse::<Lock>().is_ok(), "`age` itself would take it");
            assert!(lock(&text).is_none(), "{text}");
        }
    }
}
