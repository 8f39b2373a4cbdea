//! AES in the two modes that the schemes use.

use aes::cipher::consts::U16;
use aes::cipher::inout::InOutBuf;
use aes::cipher::{BlockDecrypt, BlockDecryptMut, InnerIvInit, KeyInit};
use aes::{Aes128, Aes192, Aes256};

/// The size of an AES block in bytes.
pub(super) const BLOCK: usize = 16;

/// AES with a key of any of the three lengths.
pub(super) enum Aes {
    Short(Aes128),
    Middle(Aes192),
    Long(Aes256),
}

impl Aes {
    /// `None` for a key that is not of 16, 24 or 32 bytes.
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        Some(match key.len() {
            16 => Self::Short(Aes128::new_from_slice(key).ok()?),
            24 => Self::Middle(Aes192::new_from_slice(key).ok()?),
            32 => Self::Long(Aes256::new_from_slice(key).ok()?),
            _ => return None,
        })
    }

    /// Decrypts the whole blocks of `data` in place, chained (CBC); a rest below one block stays as it is.
    pub(super) fn decrypt_chained(&self, iv: [u8; BLOCK], data: &mut [u8]) {
        let (blocks, _rest) = InOutBuf::from(data).into_chunks::<U16>();
        let iv = (&iv).into();
        match self {
            Self::Short(aes) => cbc::Decryptor::inner_iv_init(aes.clone(), iv).decrypt_blocks_inout_mut(blocks),
            Self::Middle(aes) => cbc::Decryptor::inner_iv_init(aes.clone(), iv).decrypt_blocks_inout_mut(blocks),
            Self::Long(aes) => cbc::Decryptor::inner_iv_init(aes.clone(), iv).decrypt_blocks_inout_mut(blocks),
        }
    }

    /// Decrypts the whole blocks of `data` in place, each by itself (ECB); a rest below one block stays as it is.
    pub(super) fn decrypt_single(&self, data: &mut [u8]) {
        let (blocks, _rest) = InOutBuf::from(data).into_chunks::<U16>();
        match self {
            Self::Short(aes) => aes.decrypt_blocks_inout(blocks),
            Self::Middle(aes) => aes.decrypt_blocks_inout(blocks),
            Self::Long(aes) => aes.decrypt_blocks_inout(blocks),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 197, appendix C.
    #[test]
    fn every_key_length_decrypts_the_example_of_the_standard() {
        let plain: Vec<u8> = (0..16u8).map(|i| i * 0x11).collect();
        let of = |text: &str| -> Vec<u8> {
            (0..16).filter_map(|i| u8::from_str_radix(text.get(i * 2..i * 2 + 2)?, 16).ok()).collect()
        };
        for (len, cipher) in [
            (16u8, "69c4e0d86a7b0430d8cdb78070b4c55a"),
            (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
            (32, "8ea2b7ca516745bfeafc49904b496089"),
        ] {
            let key: Vec<u8> = (0..len).collect();
            let aes = Aes::new(&key).expect("a key length of AES");
            let mut data = of(cipher);
            aes.decrypt_single(&mut data);
            assert_eq!(data, plain);
            let mut data = of(cipher);
            aes.decrypt_chained([0; 16], &mut data);
            assert_eq!(data, plain);
        }
        assert!(Aes::new(&[0; 20]).is_none());
    }
}
