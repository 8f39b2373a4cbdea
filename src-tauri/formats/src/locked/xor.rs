//! XOR obfuscation, method 1: [MS-OFFCRYPTO] 2.3.7.1 to 2.3.7.3.

use super::password::OLD_MAX;

/// What fills the password up to 16 bytes (`PadArray`).
const FILL: [u8; 15] = [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00];

/// The start of the key for each length of a password (`InitialCode`).
const START: [u16; 15] = [
    0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F, 0x84F9, 0x280C, 0xA96A,
    0x4EC3,
];

/// What each bit of the password adds to the key (`XorMatrix`), from the last character's lowest bit backwards.
const MATRIX: [[u16; 7]; 15] = [
    [0xAEFC, 0x4DD9, 0x9BB2, 0x2745, 0x4E8A, 0x9D14, 0x2A09],
    [0x7B61, 0xF6C2, 0xFDA5, 0xEB6B, 0xC6F7, 0x9DCF, 0x2BBF],
    [0x4563, 0x8AC6, 0x05AD, 0x0B5A, 0x16B4, 0x2D68, 0x5AD0],
    [0x0375, 0x06EA, 0x0DD4, 0x1BA8, 0x3750, 0x6EA0, 0xDD40],
    [0xD849, 0xA0B3, 0x5147, 0xA28E, 0x553D, 0xAA7A, 0x44D5],
    [0x6F45, 0xDE8A, 0xAD35, 0x4A4B, 0x9496, 0x390D, 0x721A],
    [0xEB23, 0xC667, 0x9CEF, 0x29FF, 0x53FE, 0xA7FC, 0x5FD9],
    [0x47D3, 0x8FA6, 0x0F6D, 0x1EDA, 0x3DB4, 0x7B68, 0xF6D0],
    [0xB861, 0x60E3, 0xC1C6, 0x93AD, 0x377B, 0x6EF6, 0xDDEC],
    [0x45A0, 0x8B40, 0x06A1, 0x0D42, 0x1A84, 0x3508, 0x6A10],
    [0xAA51, 0x4483, 0x8906, 0x022D, 0x045A, 0x08B4, 0x1168],
    [0x76B4, 0xED68, 0xCAF1, 0x85C3, 0x1BA7, 0x374E, 0x6E9C],
    [0x3730, 0x6E60, 0xDCC0, 0xA9A1, 0x4363, 0x86C6, 0x1DAD],
    [0x3331, 0x6662, 0xCCC4, 0x89A9, 0x0373, 0x06E6, 0x0DCC],
    [0x1021, 0x2042, 0x4084, 0x8108, 0x1231, 0x2462, 0x48C4],
];

/// The 16 bytes that are laid over the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Xor([u8; 16]);

/// The number by which a password is checked: [MS-OFFCRYPTO] 2.3.7.1.
fn verifier(password: &[u8]) -> u16 {
    let len = u8::try_from(password.len()).unwrap_or(u8::MAX);
    let sum = password.iter().rev().chain([&len]).fold(0u16, |sum, byte| {
        let rotated = ((sum << 1) & 0x7FFF) | (sum >> 14 & 1);
        rotated ^ u16::from(*byte)
    });
    sum ^ 0xCE4B
}

/// The key of a password: [MS-OFFCRYPTO] 2.3.7.2, `CreateXorKey_Method1`.
fn key(password: &[u8]) -> Option<u16> {
    let start = *START.get(password.len().checked_sub(1)?)?;
    // The last character goes with the last row, its highest bit with the last number of it.
    let rows = MATRIX.iter().rev().zip(password.iter().rev());
    Some(rows.fold(start, |key, (row, byte)| {
        row.iter().enumerate().filter(|(bit, _)| byte >> bit & 1 == 1).fold(key, |key, (_, add)| key ^ add)
    }))
}

impl Xor {
    /// What a password lays over the records; `None` where it does not fit the key and the verifier of the file.
    pub(super) fn new(password: &[u8], key_in_file: u16, verifier_in_file: u16) -> Option<Self> {
        let password = password.get(..OLD_MAX).unwrap_or(password);
        let key = key(password)?;
        if key != key_in_file || verifier(password) != verifier_in_file {
            return None;
        }
        let [low, high] = key.to_le_bytes();
        let filled = password.iter().chain(&FILL).zip([low, high].into_iter().cycle());
        let mut bytes = [0u8; 16];
        for (to, (byte, key)) in bytes.iter_mut().zip(filled) {
            *to = (byte ^ key).rotate_right(1);
        }
        Some(Self(bytes))
    }

    /// Takes the obfuscation off a part of a record that starts at `index` of the 16 bytes: [MS-OFFCRYPTO] 2.3.7.3,
    /// `DecryptData_Method1`.
    pub(super) fn apply(&self, index: usize, data: &mut [u8]) {
        let over = self.0.iter().cycle().skip(index % 16);
        for (byte, over) in data.iter_mut().zip(over) {
            *byte = (*byte ^ over).rotate_right(5);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_password_has_its_well_known_verifier() {
        assert_eq!(verifier(b"VelvetSweatshop"), 0x9A0A);
    }

    #[test]
    fn a_password_fits_only_its_own_key_and_verifier() {
        let password = b"brot";
        let (key, check) = (key(password).expect("four bytes"), verifier(password));
        assert!(Xor::new(password, key, check).is_some());
        assert!(Xor::new(password, key ^ 1, check).is_none());
        assert!(Xor::new(password, key, check ^ 1).is_none());
        assert!(Xor::new(b"", key, check).is_none());
        assert!(Xor::new(b"Brot", key, check).is_none());
    }
}
