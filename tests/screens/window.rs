//! What the window itself owes a person: it stands where it stood, there is one for each home, and it takes what the system
//! hands over.

use std::process::Stdio;
use std::time::Duration;

use larder_tests::screens::{Desk, Options, Program, until};

#[test]
fn it_stands_where_it_stood() {
    let desk = Desk::open("window-place", 1600, 1000);
    let mut places = Vec::new();
    let anna = Program::start(&desk, "anna", Options::default());
    anna.stand_at(140, 90, 1000, 700);
    places.push(desk.place(anna.window()));
    anna.close();
    for _ in 0..2 {
        let anna = Program::start(&desk, "anna", Options::default());
        places.push(desk.place(anna.window()));
        anna.close();
    }
    assert!(places.iter().all(|place| *place == places[0]), "it wanders: {places:?}");
}

#[test]
fn there_is_one_for_each_home() {
    let desk = Desk::open("window-homes", 1600, 1000);
    let anna = Program::start(&desk, "anna", Options::default());
    assert!(anna.start_again(&[]), "the second start ends well");
    assert_eq!(Program::windows_on(&desk).len(), 1, "and opens no second window");
    let _ben = anna.start_beside("ben", Stdio::null());
    until(Duration::from_secs(30), "another home is another person with another window", || {
        (Program::windows_on(&desk).len() == 2).then_some(())
    });
}

#[test]
fn files_over_it_are_announced_before_they_are_let_go() {
    let desk = Desk::open("window-drag", 1600, 1000);
    let file = desk.folder().join("till export März.csv");
    std::fs::write(&file, "Datum;Artikel;Menge\n03.03.2026;00417;12\n").unwrap();
    let anna = Program::start(&desk, "anna", Options::default());
    anna.stand_at(300, 60, 1200, 800);
    anna.receive(&[&file], || {
        anna.sees("Drop to have a look");
        anna.picture("veil");
    });
    anna.sees_no_more("Drop to have a look");
}

// fault 66
#[test]
fn its_page_is_closed_off() {
    let desk = Desk::open("window-closed", 1280, 900);
    let anna = Program::start(&desk, "anna", Options::default());
    for attempt in [
        "Object.prototype.toString = () => 'x'",
        "Object.prototype.more = 1",
        "delete Object.prototype.valueOf",
        "Object.setPrototypeOf(Object.prototype, {})",
        "Object.defineProperty(Object.prototype, 'constructor', { value: 1 })",
    ] {
        let script = format!("'use strict'; try {{ {attempt}; return 'done' }} catch (error) {{ return error.name }}");
        assert_eq!(anna.run(&script, &[]), "TypeError", "{attempt}");
    }
    let own = "'use strict'; const a = {}; a.constructor = 1; a.toString = () => 'own'; return `${a}${a.constructor}`";
    assert_eq!(anna.run(own, &[]), "own1", "an object may have its own");

    // Nothing of the system is in reach, and nothing of the world.
    assert_eq!(anna.run("return typeof window.__TAURI__", &[]), "undefined");
    for command in
        ["plugin:dialog|open", "plugin:opener|open_path", "plugin:event|emit", "plugin:window|create", "plugin:fs|read"]
    {
        let script = "const [command, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, {}).then(() => done('done'), (error) => done(String(error)));";
        let said = anna.run_later(script, &[command.into()]);
        assert!(
            said.as_str().is_some_and(|said| said.contains("not allowed") || said.contains("not found")),
            "{command}: {said}"
        );
    }
    for fetched in ["https://example.org/", "http://127.0.0.1:9/", "file:///etc/passwd"] {
        let script = "const [address, done] = arguments;
            fetch(address).then(() => done('done'), (error) => done(String(error)));";
        let said = anna.run_later(script, &[fetched.into()]);
        assert_ne!(said, "done", "{fetched}");
    }
    let inline = "const [done] = arguments; window.ran = false; const script = document.createElement('script');
        script.textContent = 'window.ran = true'; document.head.append(script);
        const image = document.createElement('div'); image.innerHTML = '<img src=x onerror=\"window.ran = true\">';
        document.body.append(image); setTimeout(() => { image.remove(); done(window.ran) }, 500)";
    assert_eq!(anna.run_later(inline, &[]), false, "nothing inline runs");
    let away = "location.href = 'https://example.org/'; window.open('https://example.org/'); return true";
    anna.run(away, &[]);
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(anna.run("return location.origin", &[]), "tauri://localhost", "it leads nowhere else");
    assert_eq!(Program::windows_on(&desk).len(), 1);
}
