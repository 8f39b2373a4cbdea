//! What few people meet: a fault told at the next start, a locked workbook, the other sheets of one, two versions that clash.

use std::fs;
use std::path::Path;
use std::time::Duration;

use larder_tests::screens::{Desk, Options, PATIENCE, Program, until};
use serde_json::{Value, json};

use crate::album::{Album, practice, stands_on, visit};

fn ask(whose: &Program, name: &str, request: Value) -> Value {
    whose.call(name, &request).unwrap_or_else(|refusal| panic!("{name} was refused: {refusal}"))
}

/// Brings a practice file in; its draft, once it was read.
fn draft_of(whose: &Program, file: &str) -> Value {
    let brought = ask(whose, "bring_in_practice", json!({"file_name": file}));
    let draft = brought["items"][0]["draft"].clone();
    until(PATIENCE, "the file was read", || {
        (ask(whose, "draft", json!({"draft": draft}))["read"]["state"] == "whole").then_some(())
    });
    draft
}

fn describe(whose: &Program, draft: &Value, words: &[(&str, &str)]) {
    let mut label = ask(whose, "draft_label", json!({"draft": draft}))["label"].clone();
    for (field, text) in words {
        label[*field] = json!(text);
    }
    ask(whose, "describe_draft", json!({"draft": draft, "label": label}));
}

fn publish(whose: &Program, draft: &Value) -> Value {
    let job = ask(whose, "publish", json!({"draft": draft}))["id"].clone();
    until(PATIENCE, "it is on the shelf", || {
        (ask(whose, "job", json!({"job": job}))["state"]["state"] == "done").then_some(())
    });
    ask(whose, "draft", json!({"draft": draft}))["product"].clone()
}

#[test]
fn a_fault_is_told_once_and_parts_and_versions_stand_side_by_side() {
    let desk = Desk::open("corners", 1400, 900);
    let album = Album::default();
    let anna = Program::start(&desk, "anna", Options::default());
    anna.press("Look around with the sample bakery");
    anna.sees_within(Duration::from_secs(120), "Leave");
    let crashes = anna.home().join("crashes");
    anna.close();
    fs::create_dir_all(&crashes).unwrap();
    let report =
        "Larder 0.1.0 met a fault of its own on 2026-03-04 16:20:11 +01:00.\n\nplace    src-tauri/actions/src/x.rs:3\n";
    fs::write(crashes.join("2026-03-04_16-20-11.txt"), report).unwrap();

    let anna = Program::start(&desk, "anna", Options::default());
    anna.stand_at(20, 20, 1280, 800);
    a_fault(&album, &anna);
    locked(&album, &anna);
    other_sheets(&album, &anna);
    two_versions(&album, &anna);
    joined(&album, &anna);
    album.close();
}

fn a_fault(album: &Album, anna: &Program) {
    anna.sees("met a fault of its own");
    anna.sees("Your work is safe.");
    album.page(anna, "fault");
    anna.press("See what happened");
    anna.sees("src-tauri/actions/src/x.rs:3");
    album.page(anna, "fault-report");
    anna.keys(&["Escape"]);
    anna.sees_no_more("src-tauri/actions/src/x.rs:3");
    anna.press("Dismiss");
    anna.sees_no_more("met a fault of its own");
}

fn locked(album: &Album, anna: &Program) {
    let kept = larder_tests::root().join("tests/fixtures/formats/locked/xlsx_standard_aes128_password_brot.xlsx");
    let file = anna.desk.folder().join("till of branch 3.xlsx");
    fs::copy(kept, &file).unwrap();
    anna.receive(&[&file], || anna.sees("Drop to have a look"));
    anna.sees("Type it to read the file");
    album.page(anna, "locked");
    // The field has the focus from the start, and keeps it with what was typed chosen to be typed over.
    anna.write("rye");
    anna.keys(&["Return"]);
    anna.sees("That is not the password of");
    album.page(anna, "locked-wrong");
    anna.write("brot");
    anna.keys(&["Return"]);
    stands_on(anna, "check/");
    anna.sees("This file was locked with a password.");
    album.page(anna, "unlocked");

    anna.receive(&[&practice("till_export_APRIL.csv"), &file], || anna.sees("Drop to have a look"));
    stands_on(anna, "bring");
    anna.sees("Type it to read the file");
    album.page(anna, "bring-locked");
    anna.fill("Password of till of branch 3.xlsx", "brot");
    anna.press("Show the password");
    anna.press("Open");
    anna.sees_no_more("Type it to read the file");
    anna.press("Put this list away");
}

fn other_sheets(album: &Album, anna: &Program) {
    anna.receive(&[&practice("price list and suppliers.xlsx")], || anna.sees("Drop to have a look"));
    stands_on(anna, "check/");
    anna.press("Bring that in too");
    anna.sees("waits on Bring in.");
    album.page(anna, "check-parts");
    anna.press("Go there");
    stands_on(anna, "bring");
    anna.sees("price list and suppliers.xlsx · ");
    album.page(anna, "bring-parts");
}

fn two_versions(album: &Album, anna: &Program) {
    let march = draft_of(anna, "till_export_MARCH(2).csv");
    let said = [("title", "Till of branch 2"), ("summary", "What branch 2 sold."), ("area", "Shop floor")];
    describe(anna, &march, &said);
    let product = publish(anna, &march);
    let (first, second) = (draft_of(anna, "till_export_APRIL.csv"), draft_of(anna, "till_export_APRIL.csv"));
    for draft in [&first, &second] {
        ask(anna, "use_draft_for", json!({"draft": draft, "product": product, "mode": "replace"}));
    }
    publish(anna, &first);
    ask(anna, "draft_choose", json!({"draft": second, "choice": {"about": "row", "row": 7, "keep": false}}));
    describe(anna, &second, &[("summary", "What branch 2 sold, without the test sale.")]);
    visit(anna, &format!("#/publish/{}", second.as_str().unwrap()), "while you were working.");
    album.page(anna, "clash");
    anna.press("Compare");
    anna.sees("Two versions side by side");
    anna.sees("What branch 2 sold, without the test sale.");
    anna.sees("1 row fewer");
    album.page(anna, "compare");
    anna.keys(&["Escape"]);
    anna.sees_no_more("Two versions side by side");
    anna.press("Put mine on top");
    anna.sees("Read back and found equal.");
}

fn joined(album: &Album, anna: &Program) {
    let files: Vec<_> = (1..=3).map(|month| practice(&format!("monthly/till_2026-{month:02}.csv"))).collect();
    let files: Vec<&Path> = files.iter().map(|file| file.as_path()).collect();
    anna.keys(&["ctrl+2"]);
    stands_on(anna, "shelf");
    anna.receive(&files, || {
        anna.sees("3 files. Look at each, or join them");
        anna.picture("veil-files");
    });
    stands_on(anna, "bring");
    album.page(anna, "bring-several");
    anna.press("Join them into one");
    stands_on(anna, "check/");
    anna.sees("3 files, ");
    anna.sees("till_2026-03.csv");
    album.page(anna, "check-joined");
    anna.press("Take out till_2026-03.csv");
    anna.sees("2 files, 2,562 rows");
    anna.press("Looks right, go on");
    anna.sees("Add 2,562 rows");
    anna.press("It is something else");
    anna.press("Go on to the label");
    stands_on(anna, "label/");
    anna.sees("Write the label");
}
