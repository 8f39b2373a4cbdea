//! What the system hands to the window, and what the window hands to the system: real keys, files opened with Larder, copies
//! opened with another program, dialogs before there is a page.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use larder_tests::screens::{Desk, Options, PATIENCE, Program, until};
use serde_json::json;

/// A Larder in the sample bakery.
pub fn in_sample(desk: &Desk, options: Options) -> Program<'_> {
    let anna = Program::start(desk, "anna", options);
    anna.press("Look around with the sample bakery");
    anna.sees_within(Duration::from_secs(120), "Leave");
    anna
}

/// Counts in the page how often each thing of the menu or the keyboard is asked for, past the page's own answers.
const COUNT: &str = "window.asked = []; const original = window.history.pushState.bind(window.history);
    window.history.pushState = (...all) => { window.asked.push(String(all[2] ?? '')); return original(...all); }; return true";

#[test]
fn a_key_does_its_work_once() {
    let desk = Desk::open("system-keys", 1400, 900);
    let anna = in_sample(&desk, Options::default());
    anna.stand_at(20, 20, 1280, 800);
    anna.run(COUNT, &[]);
    anna.keys(&["ctrl+2"]);
    anna.keys(&["ctrl+4"]);
    anna.keys(&["alt+Left"]);
    std::thread::sleep(Duration::from_millis(700));
    let asked = anna.run("return window.asked", &[]);
    assert_eq!(asked.as_array().map(Vec::len), Some(2), "two pages were gone to, and one went back: {asked}");
    anna.picture("after-keys");

    let before = anna.call("start", &json!({})).unwrap()["settings"]["zoom_percent"].clone();
    assert_eq!(before, 100);
    anna.keys(&["ctrl+plus"]);
    until(PATIENCE, "one step larger", || {
        (anna.call("start", &json!({})).unwrap()["settings"]["zoom_percent"] == 110).then_some(())
    });
    anna.keys(&["ctrl+0"]);
    until(PATIENCE, "as designed", || {
        (anna.call("start", &json!({})).unwrap()["settings"]["zoom_percent"] == 100).then_some(())
    });
    anna.keys(&["ctrl+k"]);
    until(PATIENCE, "the finder is open", || {
        (anna.run("return document.querySelectorAll('[role=dialog]').length", &[]) == 1).then_some(())
    });
    anna.keys(&["Escape"]);
}

#[test]
fn the_menu_speaks_the_persons_language_and_does_its_work() {
    let desk = Desk::open("system-menu", 1400, 900);
    let anna = in_sample(&desk, Options::default());
    anna.stand_at(20, 20, 1280, 800);
    let [x, y, ..] = desk.place(anna.window());
    desk.click((x + 96, y + 12));
    std::thread::sleep(Duration::from_millis(500));
    desk.picture("view", None);
    desk.keys(&["Down", "Down", "Return"]);
    until(PATIENCE, "the menu goes to the shelf", || {
        anna.run("return location.href", &[]).as_str().is_some_and(|address| address.contains("shelf")).then_some(())
    });
    let mut settings = anna.call("start", &json!({})).unwrap()["settings"].clone();
    settings["language"] = json!("de");
    anna.call("change_settings", &json!({ "settings": settings })).unwrap();
    anna.sees("Regal");
    std::thread::sleep(Duration::from_millis(800));
    desk.click((x + 30, y + 12));
    std::thread::sleep(Duration::from_millis(500));
    desk.picture("datei", None);
    desk.keys(&["Escape"]);
}

#[test]
fn a_file_opened_with_it_is_there_at_the_start_and_later() {
    let desk = Desk::open("system-open-with", 1400, 900);
    let first = desk.folder().join("till export März.csv");
    fs::write(&first, "Datum;Artikel;Menge\n03.03.2026;00417;12\n04.03.2026;00499;7\n").unwrap();
    let second = desk.folder().join("stock.csv");
    fs::write(&second, "article,on hand\n00417,12\n00499,7\n").unwrap();
    // A home that knows its world already.
    in_sample(&desk, Options::default()).close();
    let anna = Program::start(&desk, "anna", Options { files: vec![first], ..Options::default() });
    anna.sees("till export März.csv");
    assert!(anna.start_again(&[&second]), "the second start hands over and ends");
    anna.sees("stock.csv");
    let drafts = anna.call("drafts", &json!({})).unwrap();
    assert_eq!(drafts.as_array().map(Vec::len), Some(2), "{drafts}");
}

#[test]
fn a_damaged_catalog_is_said_before_there_is_a_page_and_set_aside() {
    let desk = Desk::open("system-damaged", 1280, 900);
    let home = PathBuf::from(desk.setting_of("anna").iter().find(|(name, _)| name == "LARDER_HOME").unwrap().1.clone());
    fs::create_dir_all(home.join("own")).unwrap();
    fs::write(home.join("own").join("catalog.db"), vec![7; 8192]).unwrap();
    let _anna = Program::start_bare(&desk, "anna");
    let dialog = until(PATIENCE, "a dialog says what is wrong", || Program::windows_on(&desk).first().cloned());
    std::thread::sleep(Duration::from_millis(800));
    desk.picture("said", None);
    let [_, _, width, _] = desk.place(&dialog);
    assert!(width < 900, "a dialog, not the window");
    desk.run("xdotool", &["windowactivate", "--sync", &dialog]);
    desk.keys(&["alt+s"]);
    if Program::windows_on(&desk).contains(&dialog) {
        desk.keys(&["Return"]);
    }
    until(PATIENCE, "the window opens", || {
        Program::windows_on(&desk).iter().any(|window| desk.place(window)[2] >= 900).then_some(())
    });
    let kept = fs::read_dir(home.join("own")).unwrap().flatten().map(|entry| entry.path());
    let kept: Vec<PathBuf> = kept.filter(|path| fs::metadata(path).is_ok_and(|about| about.len() == 8192)).collect();
    assert!(kept.iter().any(|path| !path.ends_with("catalog.db")), "what was damaged is kept: {kept:?}");
}

#[test]
fn a_home_of_a_newer_larder_is_refused_in_words() {
    let desk = Desk::open("system-newer", 1280, 900);
    let home = PathBuf::from(desk.setting_of("anna").iter().find(|(name, _)| name == "LARDER_HOME").unwrap().1.clone());
    let anna = Program::start(&desk, "anna", Options::default());
    anna.close();
    let status = std::process::Command::new("/usr/bin/python3")
        .args(["-c", "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]); base.execute('PRAGMA user_version = 9999'); base.commit()"])
        .arg(home.join("own").join("catalog.db"))
        .status()
        .unwrap();
    assert!(status.success());
    let _anna = Program::start_bare(&desk, "anna");
    until(PATIENCE, "a dialog says what is wrong", || Program::windows_on(&desk).first().cloned());
    std::thread::sleep(Duration::from_millis(800));
    desk.picture("said", None);
    desk.keys(&["Return"]);
    until(PATIENCE, "it ends by itself", || Program::windows_on(&desk).is_empty().then_some(()));
}

#[test]
fn a_window_that_stays_blank_is_drawn_simply_from_then_on() {
    let desk = Desk::open("system-blank", 1280, 900);
    let answers = desk.folder().join("answers");
    fs::create_dir_all(&answers).unwrap();
    fs::write(answers.join("question"), "yes").unwrap();
    let home = PathBuf::from(desk.setting_of("anna").iter().find(|(name, _)| name == "LARDER_HOME").unwrap().1.clone());
    let _anna = Program::start_bare_with(&desk, "anna", &[("LARDER_ANSWER_DIALOGS", &answers.display().to_string())]);
    let window = until(PATIENCE, "the window", || Program::windows_on(&desk).first().cloned());
    std::thread::sleep(Duration::from_secs(2));
    desk.run("xdotool", &["windowactivate", "--sync", &window]);
    // Help is the last menu; its second line is about blank windows.
    desk.keys(&["F10", "Left", "Down", "Down"]);
    std::thread::sleep(Duration::from_millis(400));
    desk.picture("help", None);
    desk.keys(&["Return"]);
    let note = home.join("window.json");
    until(PATIENCE, "it is noted how to draw", || {
        let noted: serde_json::Value = serde_json::from_str(&fs::read_to_string(&note).ok()?).ok()?;
        (noted["simple_drawing"] == true).then_some(())
    });
    until(PATIENCE, "a window drawn simply", || {
        let window = Program::windows_on(&desk).into_iter().next()?;
        let process = desk.try_run("xdotool", &["getwindowpid", &window])?;
        let setting = fs::read(format!("/proc/{}/environ", process.trim())).ok()?;
        setting.split(|byte| *byte == 0).any(|line| line == b"WEBKIT_DISABLE_COMPOSITING_MODE=1").then_some(())
    });
    std::thread::sleep(Duration::from_secs(2));
    desk.picture("simple", None);
}
