//! Workbooks that are locked with a password: each is refused until it is unlocked, and then reads as its unlocked twin.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Cursor;

use common::{fixture, read_as, rows, try_open};
use larder_formats::{Progress, Quiet, unlock};
use larder_model::{Refusal, RefusalCode};

const UNICODE: &str = "Bäckerei хлеб 面包 🥖";

/// One of each way of locking, with its password and its unlocked twin.
const LOCKED: &[(&str, &str, &str)] = &[
    ("xlsx_agile_sha512_aes256_password_brot.xlsx", "brot", "plain.xlsx"),
    ("xlsx_agile_password_unicode.xlsx", UNICODE, "plain.xlsx"),
    ("xlsx_agile_sha384_aes256_own_password_brot.xlsx", "brot", "plain.xlsx"),
    ("xlsx_standard_aes128_password_brot.xlsx", "brot", "plain.xlsx"),
    ("xlsx_standard_rc4_40_password_brot.xlsx", "brot", "plain.xlsx"),
    ("xlsx_libreoffice_standard_password_brot.xlsx", "brot", "plain.xlsx"),
    ("ods_libreoffice_aes256_password_brot.ods", "brot", "plain.ods"),
    ("ods_libreoffice_password_unicode.ods", UNICODE, "plain.ods"),
    ("ods_libreoffice_odf_1_1_password_brot.ods", "brot", "plain.ods"),
    ("ods_package_gcm_argon2_password_brot.ods", "brot", "plain.ods"),
    ("ods_package_gcm_argon2_bare_password_brot.ods", "brot", "plain.ods"),
    ("xls_biff8_xor_password_brot.xls", "brot", "plain_biff8.stream"),
    ("xls_biff8_xor_cp1251_password_unicode.xls", "хлеб", "plain_biff8.stream"),
    ("xls_biff8_rc4_password_brot.xls", "brot", "plain_biff8.stream"),
    ("xls_biff8_rc4_cryptoapi_128_password_brot.xls", "brot", "plain_biff8.stream"),
    ("xls_libreoffice_rc4_password_unicode.xls", "Bäckerei хлеб", "plain_biff8.stream"),
    ("xls_biff5_xor_password_brot.xls", "brot", "plain_biff5.stream"),
    ("xls_biff4_xor_password_brot.xls", "brot", "plain_biff4.stream"),
    ("xls_biff2_xor_password_brot.xls", "brot", "plain_biff2.stream"),
];

/// Those that everybody may open, with their unlocked twins.
const OPEN_TO_ALL: &[(&str, &str)] = &[
    ("xlsx_agile_default_password.xlsx", "plain.xlsx"),
    ("xlsx_agile_empty_password.xlsx", "plain.xlsx"),
    ("xlsx_standard_default_password.xlsx", "plain.xlsx"),
    ("xls_biff8_xor_default_password.xls", "plain_biff8.stream"),
    ("xls_biff8_rc4_cryptoapi_default_password.xls", "plain_biff8.stream"),
    ("xls_libreoffice_rc4_default_password.xls", "plain_biff8.stream"),
];

fn locked(name: &str) -> Vec<u8> {
    fixture(&format!("locked/{name}"))
}

fn unlocked(name: &str, password: &str) -> Result<Vec<u8>, Refusal> {
    unlock(name, Box::new(Cursor::new(locked(name))), password, &Quiet)
}

/// Names, kinds and typed rows of a table.
fn told(name: &str, bytes: Vec<u8>) -> (Vec<String>, Vec<Vec<String>>) {
    let (book, reading) = read_as(name, bytes, &[]);
    assert!(reading.rows > 0, "{name}");
    (reading.columns.iter().map(|c| format!("{} {:?}", c.name, c.kind)).collect(), rows(&book, &reading))
}

#[test]
fn every_locked_workbook_reads_as_its_unlocked_twin() {
    for (name, password, twin) in LOCKED {
        assert_eq!(try_open(name, locked(name), &[]).unwrap_err().code, RefusalCode::PasswordProtected, "{name}");
        let bytes = unlocked(name, password).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!(told(name, bytes), told(twin, locked(twin)), "{name}");
    }
}

#[test]
fn a_wrong_password_says_so_and_does_not_repeat_it() {
    for (name, ..) in LOCKED {
        let refusal = unlocked(name, "sourdough").unwrap_err();
        assert_eq!(refusal.code, RefusalCode::WrongPassword, "{name}");
        assert!(!format!("{refusal} {refusal:?}").contains("sourdough"), "{refusal}");
    }
}

#[test]
fn workbooks_that_everybody_may_open_ask_for_nothing() {
    for (name, twin) in OPEN_TO_ALL {
        assert_eq!(told(name, locked(name)), told(twin, locked(twin)), "{name}");
        assert!(unlocked(name, "anything").is_ok() || name.contains("empty"), "{name}");
    }
}

#[test]
fn a_workbook_without_a_lock_comes_back_as_it_is() {
    for name in ["plain.xlsx", "plain.ods", "plain_biff8.stream"] {
        assert_eq!(unlocked(name, "brot").unwrap(), locked(name), "{name}");
    }
}

#[test]
fn a_locked_workbook_that_was_changed_is_damaged() {
    for name in ["xlsx_agile_changed_password_brot.xlsx", "xlsx_agile_cut_short_password_brot.xlsx"] {
        assert_eq!(unlocked(name, "brot").unwrap_err().code, RefusalCode::Damaged, "{name}");
    }
}

#[test]
fn unlocking_stops_when_it_is_told_to() {
    struct Stop;
    impl Progress for Stop {
        fn rows(&self, _: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let name = "xlsx_agile_sha512_aes256_password_brot.xlsx";
    let refusal = unlock(name, Box::new(Cursor::new(locked(name))), "brot", &Stop).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Cancelled);
}

#[test]
fn what_is_no_workbook_is_none_with_a_password_either() {
    let unlocked = |bytes: &[u8]| unlock("x.xlsx", Box::new(Cursor::new(bytes.to_vec())), "brot", &Quiet);
    assert_eq!(unlocked(b"").unwrap(), b"", "what is empty is said when it is opened");
    assert_eq!(unlocked(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn an_unlocked_document_is_one_that_other_programs_open() {
    let bytes = unlocked("ods_libreoffice_aes256_password_brot.ods", "brot").unwrap();
    let has = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(bytes[30..].starts_with(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"));
    assert!(has(b"content.xml") && has(b"styles.xml") && has(b"META-INF/manifest.xml"));
    assert_eq!(unlock("x.ods", Box::new(Cursor::new(bytes.clone())), "other", &Quiet).unwrap(), bytes);
}

#[test]
fn a_locked_document_that_was_changed_is_no_table_and_no_panic() {
    for name in ["ods_libreoffice_odf_1_1_password_brot.ods", "ods_package_gcm_argon2_bare_password_brot.ods"] {
        let bytes = locked(name);
        for at in (0..bytes.len()).step_by(bytes.len() / 5) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            // Whatever comes of it, it comes back.
            let _ = unlock(name, Box::new(Cursor::new(changed)), "brot", &Quiet);
        }
        let cut = bytes[..bytes.len() / 2].to_vec();
        let _ = unlock(name, Box::new(Cursor::new(cut)), "brot", &Quiet);
    }
}
