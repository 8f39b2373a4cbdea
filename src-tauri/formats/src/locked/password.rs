//! Which passwords are tried, and as which bytes.

use encoding_rs::{
    Encoding, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258,
};

/// The password that Excel itself uses for workbooks that are protected against writing only: [MS-XLS] 2.2.10,
/// [MS-OFFCRYPTO] 2.4.2.3. A file with it asks nobody for a password.
const DEFAULT_PASSWORD: &str = "VelvetSweatshop";

/// The passwords to try in order. Without a given one the default comes first, then the empty one.
pub(super) fn candidates(given: &str) -> [&str; 2] {
    if given.is_empty() { [DEFAULT_PASSWORD, ""] } else { [given, DEFAULT_PASSWORD] }
}

/// UTF-16LE without a mark at the start and without an end: what all schemes but XOR hash.
pub(super) fn utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The longest password that Excel took before its version 2007, in characters; longer ones were cut.
pub(super) const OLD_MAX: usize = 15;

/// The pages that Windows may have had where the file was written.
const PAGES: [&Encoding; 9] = [
    WINDOWS_1250,
    WINDOWS_1251,
    WINDOWS_1252,
    WINDOWS_1253,
    WINDOWS_1254,
    WINDOWS_1255,
    WINDOWS_1256,
    WINDOWS_1257,
    WINDOWS_1258,
];

/// The bytes of a password for XOR obfuscation, which knows no Unicode: the low byte of each character
/// ([MS-OFFCRYPTO] 2.3.7.1 leaves the page to the system), then each Windows page that has all the characters.
/// Never longer than 15 bytes, never empty.
pub(super) fn single_bytes(password: &str) -> Vec<Vec<u8>> {
    let low = password.encode_utf16().take(OLD_MAX).map(|unit| {
        let [low, high] = unit.to_le_bytes();
        if low == 0 { high } else { low }
    });
    let mut all: Vec<Vec<u8>> = vec![low.collect()];
    let cut: String = password.chars().take(OLD_MAX).collect();
    for page in PAGES {
        let (bytes, _, is_lossy) = page.encode(&cut);
        if !is_lossy && !all.iter().any(|known| known[..] == bytes[..]) {
            all.push(bytes.into_owned());
        }
    }
    all.retain(|bytes| !bytes.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_tried_in_each_page_that_has_it() {
        assert_eq!(single_bytes("abc"), vec![b"abc".to_vec()]);
        assert_eq!(single_bytes("").len(), 0);
        assert!(single_bytes("хлеб").contains(&vec![0xF5, 0xEB, 0xE5, 0xE1]));
        assert!(single_bytes("żur€").contains(&vec![0xBF, b'u', b'r', 0x80]));
        assert!(single_bytes("12345678901234567890").iter().all(|bytes| bytes == b"123456789012345"));
    }
}
