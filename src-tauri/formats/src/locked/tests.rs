//! Every way of locking, against files of other programs and such as they could write.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::agile::Integrity;
use super::error::CryptError;
use super::package::{OpenedPackage, open, open_leniently, rounds};
use super::stream;
use crate::book::Compound;

const UNICODE: &str = "Bäckerei хлеб 面包 🥖";

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/formats/locked")
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

/// A stream of a compound file, if it is one and has it.
pub(super) fn stream_in(file: &[u8], stream: &str) -> Option<Vec<u8>> {
    Compound::open(Box::new(Cursor::new(file.to_vec())), "x").ok()?.stream(stream).ok()
}

fn stream_of(name: &str, stream: &str) -> Vec<u8> {
    stream_in(&file(name), stream).unwrap()
}

fn package(name: &str) -> (Vec<u8>, Vec<u8>) {
    (stream_of(name, "EncryptionInfo"), stream_of(name, "EncryptedPackage"))
}

fn strict(name: &str, password: &str) -> Result<Vec<u8>, CryptError> {
    let (info, package) = package(name);
    open(&info, &package, password, &|| false)
}

fn lenient(name: &str, password: &str) -> Result<OpenedPackage, CryptError> {
    let (info, package) = package(name);
    open_leniently(&info, &package, password, &|| false)
}

#[test]
fn every_package_opens_to_the_same_workbook() {
    let plain = file("plain.xlsx");
    for (name, password) in [
        ("xlsx_agile_sha512_aes256_password_brot.xlsx", "brot"),
        ("xlsx_agile_password_unicode.xlsx", UNICODE),
        ("xlsx_agile_default_password.xlsx", ""),
        ("xlsx_agile_empty_password.xlsx", ""),
        ("xlsx_agile_md5_aes128_own_password_brot.xlsx", "brot"),
        ("xlsx_agile_sha1_aes128_own_password_brot.xlsx", "brot"),
        ("xlsx_agile_sha1_aes256_own_password_brot.xlsx", "brot"),
        ("xlsx_agile_sha256_aes192_own_password_brot.xlsx", "brot"),
        ("xlsx_agile_sha384_aes256_own_password_brot.xlsx", "brot"),
        ("xlsx_agile_sha512_aes256_own_password_brot.xlsx", "brot"),
        ("xlsx_agile_odd_xml_password_brot.xlsx", "brot"),
        ("xlsx_agile_salt_of_20_password_brot.xlsx", "brot"),
        ("xlsx_agile_no_integrity_password_brot.xlsx", "brot"),
        ("xlsx_standard_aes128_password_brot.xlsx", "brot"),
        ("xlsx_standard_aes192_password_brot.xlsx", "brot"),
        ("xlsx_standard_aes256_password_brot.xlsx", "brot"),
        ("xlsx_standard_default_password.xlsx", ""),
        ("xlsx_standard_rc4_40_password_brot.xlsx", "brot"),
        ("xlsx_standard_rc4_128_password_brot.xlsx", "brot"),
        ("xlsx_libreoffice_standard_password_brot.xlsx", "brot"),
    ] {
        let opened = strict(name, password).unwrap();
        if name.contains("libreoffice") {
            // LibreOffice writes the time into its zip; the parts' checksums in it say that all is well.
            assert!(opened.starts_with(b"PK\x03\x04") && opened[opened.len() - 22..].starts_with(b"PK\x05\x06"));
        } else {
            assert!(opened == plain, "{name}");
        }
    }
}

#[test]
fn a_wrong_password_is_told_from_damage() {
    for name in [
        "xlsx_agile_sha512_aes256_password_brot.xlsx",
        "xlsx_standard_aes128_password_brot.xlsx",
        "xlsx_standard_rc4_40_password_brot.xlsx",
        "xlsx_libreoffice_standard_password_brot.xlsx",
    ] {
        for password in ["", "Brot", "brot "] {
            assert_eq!(lenient(name, password), Err(CryptError::WrongPassword), "{name}");
        }
    }
}

#[test]
fn the_default_password_needs_no_asking() {
    for name in ["xlsx_agile_default_password.xlsx", "xlsx_standard_default_password.xlsx"] {
        for password in ["", "anything"] {
            assert_eq!(strict(name, password).unwrap(), file("plain.xlsx"), "{name}");
        }
    }
}

#[test]
fn the_rounds_are_known_before_any_is_spent() {
    let of = |name| rounds(&stream_of(name, "EncryptionInfo"));
    assert_eq!(of("xlsx_agile_sha512_aes256_password_brot.xlsx"), Ok(100_000));
    assert_eq!(of("xlsx_agile_odd_xml_password_brot.xlsx"), Ok(1_000));
    assert_eq!(of("xlsx_libreoffice_standard_password_brot.xlsx"), Ok(50_000));
}

#[test]
fn a_changed_or_short_package_is_reported() {
    let open = |name, len| {
        let opened = lenient(name, "brot").unwrap();
        assert_eq!(opened.bytes.len(), len);
        assert!(opened.bytes.starts_with(b"PK"));
        (opened.integrity, opened.complete)
    };
    let len = file("plain.xlsx").len();
    let (changed, short) = ("xlsx_agile_changed_password_brot.xlsx", "xlsx_agile_cut_short_password_brot.xlsx");
    assert_eq!(open(changed, len), (Integrity::Mismatch, true));
    assert_eq!(open(short, len.next_multiple_of(16) - 1008), (Integrity::Mismatch, false));
    assert_eq!(open("xlsx_agile_no_integrity_password_brot.xlsx", len), (Integrity::NotRecorded, true));
    assert_eq!(open("xlsx_agile_sha1_aes128_own_password_brot.xlsx", len), (Integrity::Verified, true));
    for name in [changed, short] {
        assert!(matches!(strict(name, "brot"), Err(CryptError::Damaged(_))), "{name}");
    }
}

#[test]
fn what_is_not_read_says_so() {
    let (info, package) = package("xlsx_agile_sha512_aes256_own_password_brot.xlsx");
    let xml = String::from_utf8(info[8..].to_vec()).unwrap();
    let with = |from: &str, to: &str| {
        assert!(xml.contains(from));
        let changed = xml.replace(from, to);
        open(&[&info[..8], changed.as_bytes()].concat(), &package, "brot", &|| false)
    };
    for (from, to) in [
        ("\"AES\"", "\"RC2\""),
        ("ChainingModeCBC", "ChainingModeCFB"),
        ("SHA512", "WHIRLPOOL"),
        ("spinCount=\"1000\"", "spinCount=\"10000001\""),
        ("spinCount=\"1000\"", ""),
    ] {
        assert!(matches!(with(from, to), Err(CryptError::Unsupported(_))), "{to}");
    }
    for (from, to) in [
        ("<keyData", "<other"),
        ("p:encryptedKey", "p:other"),
        ("keyBits=\"256\"", "keyBits=\"100\""),
        ("spinCount=\"1000\"", "spinCount=\"-1\""),
        ("encryptedKeyValue=\"", "encryptedKeyValue=\"!"),
        ("encryptedVerifierHashInput", "other"),
    ] {
        assert!(matches!(with(from, to), Err(CryptError::Damaged(_))), "{to}");
    }
    assert!(matches!(rounds(&[3, 0, 3, 0, 0, 0, 0, 0]), Err(CryptError::Unsupported(_))));
    assert!(matches!(rounds(&[9, 0, 9, 0]), Err(CryptError::Unsupported(_))));
    assert!(matches!(rounds(&[]), Err(CryptError::Damaged(_))));
}

#[test]
fn work_is_cancelled_at_any_point() {
    for name in ["xlsx_agile_sha512_aes256_own_password_brot.xlsx", "xlsx_standard_aes128_password_brot.xlsx"] {
        let (info, package) = package(name);
        let mut looks = 0u32;
        loop {
            let left = std::cell::Cell::new(looks);
            let cancel = || left.replace(left.get().saturating_sub(1)) == 0;
            match open_leniently(&info, &package, "brot", &cancel) {
                Err(CryptError::Cancelled) => looks += if name.contains("agile") { 1 } else { 17 },
                other => break assert!(other.is_ok() && looks > 2, "{name}"),
            }
        }
    }
    let book = stream_of("xls_biff8_rc4_password_brot.xls", "Workbook");
    assert_eq!(stream::open(&book, "brot", &|| true), Err(CryptError::Cancelled));
}

/// The records of a stream as number and data.
fn records(stream: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let (mut all, mut at) = (Vec::new(), 0);
    while let Some(head) = stream.get(at..at + 4) {
        let len = usize::from(u16::from_le_bytes([head[2], head[3]]));
        all.push((u16::from_le_bytes([head[0], head[1]]), stream[at + 4..at + 4 + len].to_vec()));
        at += 4 + len;
    }
    all
}

/// The records without what stands in for FILEPASS and with the sheets where they were without it.
fn without_file_pass(stream: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut all = records(stream);
    let at = all.iter().position(|(id, _)| *id == 0x0FF0).unwrap();
    let (_, gone) = all.remove(at);
    assert!(gone.iter().all(|byte| *byte == 0));
    for (_, data) in all.iter_mut().filter(|(id, _)| *id == 0x85) {
        let position = u32::from_le_bytes(data[..4].try_into().unwrap());
        data[..4].copy_from_slice(&(position - 4 - u32::try_from(gone.len()).unwrap()).to_le_bytes());
    }
    // What fills up the stream to the least length of an OLE stream.
    while all.last().is_some_and(|(id, data)| *id == 0 && data.is_empty()) {
        all.pop();
    }
    all
}

#[test]
fn every_xls_stream_opens_to_the_same_records() {
    for (name, inside, password, plain) in [
        ("xls_biff8_xor_password_brot.xls", "Workbook", "brot", "plain_biff8.stream"),
        ("xls_biff8_xor_password_mehle.xls", "Workbook", "mehle", "plain_biff8.stream"),
        ("xls_biff8_xor_password_123456789012345.xls", "Workbook", "123456789012345678", "plain_biff8.stream"),
        ("xls_biff8_xor_cp1251_password_unicode.xls", "Workbook", "хлеб", "plain_biff8.stream"),
        ("xls_biff8_xor_default_password.xls", "Workbook", "", "plain_biff8.stream"),
        ("xls_biff8_rc4_password_brot.xls", "Workbook", "brot", "plain_biff8.stream"),
        ("xls_biff8_rc4_cryptoapi_40_password_brot.xls", "Workbook", "brot", "plain_biff8.stream"),
        ("xls_biff8_rc4_cryptoapi_56_password_brot.xls", "Workbook", "brot", "plain_biff8.stream"),
        ("xls_biff8_rc4_cryptoapi_128_password_brot.xls", "Workbook", "brot", "plain_biff8.stream"),
        ("xls_biff8_rc4_cryptoapi_size_0_password_brot.xls", "Workbook", "brot", "plain_biff8.stream"),
        ("xls_biff8_rc4_cryptoapi_default_password.xls", "Workbook", "", "plain_biff8.stream"),
        ("xls_libreoffice_rc4_password_brot.xls", "Workbook", "brot", "plain_biff8.stream"),
        ("xls_libreoffice_rc4_password_unicode.xls", "Workbook", "Bäckerei хлеб", "plain_biff8.stream"),
        ("xls_libreoffice_rc4_default_password.xls", "Workbook", "", "plain_biff8.stream"),
        ("xls_biff5_xor_password_brot.xls", "Book", "brot", "plain_biff5.stream"),
        ("xls_biff4_xor_password_brot.xls", "", "brot", "plain_biff4.stream"),
        ("xls_biff2_xor_password_brot.xls", "", "brot", "plain_biff2.stream"),
    ] {
        let protected = if inside.is_empty() { file(name) } else { stream_of(name, inside) };
        assert!(stream::is_locked(&protected), "{name}");
        let opened = stream::open(&protected, password, &|| false).unwrap();
        assert_eq!(opened.len(), protected.len(), "{name}");
        assert!(!stream::is_locked(&opened), "{name}");
        // EXTSST has positions too, which only LibreOffice's own files have right.
        let same = |all: Vec<(u16, Vec<u8>)>| all.into_iter().filter(|(id, _)| *id != 0xFF).collect::<Vec<_>>();
        assert!(same(without_file_pass(&opened)) == same(records(&file(plain))), "{name}");
        let other = if password.is_empty() { Ok(opened) } else { Err(CryptError::WrongPassword) };
        assert_eq!(stream::open(&protected, "other", &|| false), other, "{name}");
    }
}

#[test]
fn a_stream_without_protection_comes_back_as_it_is() {
    for name in ["plain_biff8.stream", "plain_biff5.stream", "plain_biff4.stream", "plain_biff2.stream"] {
        let plain = file(name);
        assert!(!stream::is_locked(&plain));
        assert_eq!(stream::open(&plain, "brot", &|| false), Ok(plain));
    }
    assert!(!stream::is_locked(b""));
    assert!(!stream::is_locked(b"PK\x03\x04"));
}

#[test]
fn a_file_pass_that_is_not_understood_says_so() {
    let with = |data: &[u8]| {
        let mut stream = vec![0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x2F, 0];
        stream.extend_from_slice(&u16::try_from(data.len()).unwrap().to_le_bytes());
        stream.extend_from_slice(data);
        stream::open(&stream, "brot", &|| false)
    };
    for data in [&[][..], &[0; 3], &[0; 5], &[1, 0, 1, 0, 1, 0, 7], &[1, 0, 2, 0, 2, 0, 4, 0, 0, 0, 200, 0, 0, 0]] {
        assert!(matches!(with(data), Err(CryptError::Damaged(_))), "{data:?}");
    }
    for data in [&[7, 0, 1, 0, 1, 0], &[1, 0, 9, 0, 9, 0]] {
        assert!(matches!(with(data), Err(CryptError::Unsupported(_))), "{data:?}");
    }
    assert_eq!(with(&[0; 4]), Err(CryptError::WrongPassword));
}
