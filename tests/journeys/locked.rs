//! Workbooks that are locked with a password, from the first wrong try to the next month, and from a terminal.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use larder_actions::wire::{BroughtIn, DraftState};
use larder_model::{Certainty, DraftId, Finding, FindingCode, RefusalCode};
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use larder_tests::{program, root};
use serde_json::{Value, json};

/// Long enough to be found nowhere by chance.
const PASSWORD: &str = "Bäckerei хлеб 面包 🥖";
const XLSX: &str = "xlsx_agile_password_unicode.xlsx";
/// As much of it as the old way of locking takes.
const OLD_PASSWORD: &str = "Bäckerei хлеб";
const XLS: &str = "xls_libreoffice_rc4_password_unicode.xls";

fn fixture(name: &str) -> PathBuf {
    root().join("tests").join("fixtures").join("formats").join("locked").join(name)
}

/// Brings a copy of a locked file in; the id that a password opens.
fn bring_in(anna: &Person, path: &Path) -> String {
    let item = anna.larder.bring_in_paths(&[path.to_path_buf()]).items.remove(0);
    assert_eq!(item.refusal.unwrap().code, RefusalCode::PasswordProtected);
    assert_eq!(item.draft, None);
    item.locked.unwrap()
}

fn unlock(anna: &Person, item: &str, password: &str) -> DraftId {
    let brought: BroughtIn = anna.ask("unlock_file", json!({"item": item, "password": password}));
    brought.items[0].draft.clone().unwrap()
}

/// Names, kinds and first rows, as far as they do not tell how the file was written.
fn told(anna: &Person, draft: &DraftId) -> Value {
    let reading = anna.until_read(draft).reading.unwrap();
    let rows: Value = anna.ask("draft_rows", json!({"draft": draft, "start": 0, "count": 500}));
    let columns: Vec<_> = reading.columns.iter().map(|c| (&c.name, c.kind, &c.examples)).collect();
    json!({"columns": columns, "rows": reading.rows, "sheet": rows})
}

fn findings(state: &DraftState, code: FindingCode) -> Vec<Finding> {
    state.reading.iter().flat_map(|r| &r.findings).filter(|f| f.code == code).cloned().collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { found.extend(files(&entry)) } else { found.push(entry) }
    }
    found
}

/// No file of the home holds the password, in either of the ways in which programs write text.
fn forgotten(home: &Path, password: &str) {
    let wide: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let escaped = json!(password).to_string().into_bytes();
    let all = files(home);
    assert!(all.len() > 3, "{all:?}");
    for file in all {
        let bytes = fs::read(&file).unwrap();
        for written in [password.as_bytes(), &wide, &escaped] {
            assert!(!bytes.windows(written.len()).any(|part| part == written), "{} tells it", file.display());
        }
    }
}

#[test]
fn a_locked_workbook_asks_until_it_is_told_and_then_reads_as_its_unlocked_twin() {
    for (name, password, twin) in [(XLSX, PASSWORD, "plain.xlsx"), (XLS, OLD_PASSWORD, "plain_biff8.stream")] {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("anna");
        let anna = Person::start(TestHost::at(&home)).unwrap();
        let path = folder.path().join(name);
        fs::copy(fixture(name), &path).unwrap();
        let item = bring_in(&anna, &path);
        for wrong in ["", "brot", "Bäckerei"] {
            let refusal = anna.refused("unlock_file", json!({"item": item, "password": wrong}));
            assert_eq!(refusal.code, RefusalCode::WrongPassword, "{name}");
        }
        assert!(anna.ask::<Vec<Value>>("drafts", json!({})).is_empty(), "nothing came of wrong passwords");
        let draft = unlock(&anna, &item, password);
        let state = anna.until_read(&draft);
        assert_eq!(state.file_name, name);
        let said = findings(&state, FindingCode::Unlocked);
        assert_eq!(said.iter().map(|f| f.certainty).collect::<Vec<_>>(), [Certainty::Sure]);

        // The twin has another name, so that only what is read is the same.
        let open = anna.drop_file(&fixture(twin));
        assert_eq!(told(&anna, &draft), told(&anna, &open), "{name}");
        assert!(findings(&anna.until_read(&open), FindingCode::Unlocked).is_empty());
        assert_eq!(fs::read(&path).unwrap(), fs::read(fixture(name)).unwrap(), "the file stays locked");
        assert_eq!(anna.refused("unlock_file", json!({"item": item, "password": password})).code, RefusalCode::Unknown);
        forgotten(&home, password);
    }
}

#[test]
fn an_unlocked_draft_outlives_its_file_and_a_new_start() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("anna");
    let path = folder.path().join("till March.xlsx");
    fs::copy(fixture(XLSX), &path).unwrap();
    let draft = {
        let anna = Person::start(TestHost::at(&home)).unwrap();
        let draft = unlock(&anna, &bring_in(&anna, &path), PASSWORD);
        anna.until_read(&draft);
        draft
    };
    fs::remove_file(&path).unwrap();
    let anna = Person::start(TestHost::at(&home)).unwrap();
    let state = anna.until_read(&draft);
    assert!(state.reading.as_ref().unwrap().rows > 0);
    assert_eq!(findings(&state, FindingCode::Unlocked).len(), 1);
    forgotten(&home, PASSWORD);
}

#[test]
fn the_file_of_next_month_asks_again() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let path = folder.path().join("till March.xlsx");
    fs::copy(fixture(XLSX), &path).unwrap();
    let draft = unlock(&anna, &bring_in(&anna, &path), PASSWORD);
    anna.until_read(&draft);
    anna.describe(&draft, json!({"title": "Till", "summary": "What each till sold.", "area": "Shop"}));
    let product = anna.publish(&draft).unwrap();

    let path = folder.path().join("till April.xlsx");
    fs::copy(fixture(XLSX), &path).unwrap();
    let next = unlock(&anna, &bring_in(&anna, &path), PASSWORD);
    let matches = anna.until_read(&next).matches;
    assert_eq!(matches.first().map(|found| found.product.to_string()), Some(product));
    forgotten(&folder.path().join("anna"), PASSWORD);
    forgotten(&share, PASSWORD);
}

#[test]
fn a_page_can_open_nothing_but_what_was_brought_in() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let path = fixture(XLSX);
    let refusal = anna.refused("unlock_file", json!({"item": path.display().to_string(), "password": PASSWORD}));
    assert_eq!(refusal.code, RefusalCode::Unknown);
    let refusal = anna.refused("unlock_file", json!({"item": "x", "password": [PASSWORD]}));
    assert!(!refusal.to_string().contains("хлеб"), "{refusal}");
}

#[test]
fn a_workbook_that_everybody_may_open_is_just_opened() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    for name in ["xlsx_agile_default_password.xlsx", "xls_libreoffice_rc4_default_password.xls"] {
        let draft = anna.drop_file(&fixture(name));
        assert!(findings(&anna.until_read(&draft), FindingCode::Unlocked).is_empty(), "{name}");
    }
}

fn larder(home: &Path, args: &[&str], typed: &str) -> Output {
    let mut running = Command::new(program("larder"))
        .args(args)
        .env("LARDER_HOME", home)
        .env("LC_ALL", "en_GB.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built before the tests");
    // A program that needs no password may have ended already.
    let _ = running.stdin.take().unwrap().write_all(typed.as_bytes());
    running.wait_with_output().unwrap()
}

#[test]
fn a_terminal_is_told_how_to_give_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let locked = fixture(XLSX).display().to_string();
    let line = format!("{PASSWORD}\r\n");
    for verb in ["inspect", "convert", "profile", "import"] {
        let refused = larder(&home, &[verb, &locked], "");
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!((refused.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.contains("--password-stdin") && said.contains("[password_protected]"), "{said}");
        let wrong = larder(&home, &[verb, &locked, "--password-stdin"], "sourdough\n");
        let said = String::from_utf8(wrong.stderr).unwrap();
        assert!(said.contains("[wrong_password]") && !said.contains("sourdough"), "{said}");
        let told = larder(&home, &[verb, &locked, "--password-stdin"], &line);
        assert!(told.status.success(), "{verb}: {}", String::from_utf8_lossy(&told.stderr));
    }
    let plain = larder(&home, &["convert", &fixture("plain.xlsx").display().to_string()], "");
    let unlocked = larder(&home, &["convert", &locked, "--password-stdin"], &line);
    assert!(!plain.stdout.is_empty() && plain.stdout == unlocked.stdout);
    forgotten(&home, PASSWORD);
}
