//! Two people and one folder: both put something there in the same second, a sync client makes conflict copies, somebody changes
//! a plain copy by hand, and a data product gets another keeper.

use std::fs;
use std::path::{Path, PathBuf};

use larder_tests::screens::{Desk, Program};

use crate::album::{ARRIVAL, Album, address, anna_and_ben, look_now, stands_on, visit};

#[test]
fn two_people_work_on_one_shelf_at_the_same_time() {
    let desk = Desk::open("together", 2600, 800);
    let album = Album::default();
    let (anna, ben, share) = anna_and_ben(&desk);

    at_the_same_second(&album, &anna, &ben);
    conflict_copies(&album, &anna, &ben, &share);
    an_edited_copy(&album, &anna, &share);
    another_keeper(&album, &anna, &ben);
    album.close();
}

/// Brings in a file and writes its label, up to the page that puts it on the shelf.
pub fn prepares(whose: &Program, name: &str, title: &str, text: &str) {
    let path = whose.desk.folder().join(name);
    fs::write(&path, text).unwrap();
    whose.receive(&[&path], || whose.sees("Drop to have a look"));
    whose.press("Looks right, go on");
    stands_on(whose, "label/");
    whose.fill("Name", title);
    whose.fill("What is in it, in one sentence", "What we need tomorrow.");
    whose.fill("Area", "Shop floor");
    whose.fill("Meaning of Who", "Who it is for.");
    whose.fill("Meaning of Rolls", "How many.");
    whose.sees("Saved on this computer");
    whose.press("Put on the shelf");
    stands_on(whose, "publish/");
    whose.sees("What will happen");
}

fn at_the_same_second(album: &Album, anna: &Program, ben: &Program) {
    prepares(anna, "orders.csv", "Orders", "Who,Rolls\nCafe Nord,40\nSchool,120\n");
    prepares(ben, "wishes.csv", "Wishes", "Who,Rolls\nHotel Krone,80\nMarket,60\nBistro,15\n");
    anna.press("Put on the shelf");
    ben.press("Put on the shelf");
    for (person, own, other) in [(anna, "Orders", "Wishes"), (ben, "Wishes", "Orders")] {
        person.sees_within(ARRIVAL, &format!("{own} is on the shelf"));
        look_now(person);
        person.press("Shelf");
        person.sees_within(ARRIVAL, other);
        person.sees(own);
    }
    album.page(ben, "both");
}

/// What a sync client makes of files that two computers changed: the same content under other names.
fn copied_in_conflict(folder: &Path, count: &mut usize) {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in entries {
        if path.is_dir() {
            copied_in_conflict(&path, count);
            continue;
        }
        let stem = path.file_stem().unwrap().to_string_lossy();
        let ending = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
        fs::copy(&path, path.with_file_name(format!("{stem} (conflicted copy of Ben){ending}"))).unwrap();
        *count += 1;
    }
}

fn conflict_copies(album: &Album, anna: &Program, ben: &Program, share: &Path) {
    let mut count = 0;
    copied_in_conflict(&share.join("larder-data/w"), &mut count);
    assert!(count > 8, "{count}");
    for person in [anna, ben] {
        look_now(person);
        for title in ["Orders", "Wishes"] {
            person.press("Shelf");
            person.sees(title);
            person.press(title);
            person.sees("At a glance");
            for bad in ["was changed or cut off", "Two people filled it", "something older"] {
                assert!(!person.text().contains(bad), "{bad}");
            }
        }
    }
    visit(ben, "#/doctor", "Who takes how much room");
    ben.sees("are there twice");
    album.page(ben, "conflict-copies");
}

fn an_edited_copy(album: &Album, anna: &Program, share: &Path) {
    let copy = share.join("Current/Orders/data/orders.csv");
    let text = fs::read_to_string(&copy).unwrap();
    fs::write(&copy, format!("{text}Bistro,15\n")).unwrap();
    look_now(anna);
    anna.press("Today");
    anna.sees_within(ARRIVAL, "Somebody changed a plain copy of Orders by hand.");
    album.page(anna, "today-edited");
    anna.press("Look at it");
    anna.sees("Make it the next version");
    album.page(anna, "edited");
    anna.press("Make it the next version");
    stands_on(anna, "check/");
    anna.sees("3 rows");
    album.page(anna, "edited-check");
    let draft = address(anna);
    anna.press("Shelf");
    anna.press("Orders");
    anna.press("Put ours back");
    anna.sees("The plain copies of Orders are those of the newest version again.");
    anna.sees_no_more("Make it the next version");
    assert_eq!(fs::read_to_string(&copy).unwrap(), text);
    visit(anna, &draft, "3 rows");
}

fn another_keeper(album: &Album, anna: &Program, ben: &Program) {
    anna.press("Shelf");
    anna.press("Orders");
    anna.sees("At a glance");
    anna.press("More");
    anna.press("Hand to another keeper");
    anna.sees("Who keeps Orders from now on?");
    anna.press("New keeper");
    anna.press("Ben Okafor");
    album.page(anna, "hand-over");
    anna.press("Hand it over");
    anna.sees_within(ARRIVAL, "Ben Okafor keeps Orders now.");
    look_now(ben);
    ben.press("Shelf");
    ben.press("Orders");
    ben.sees_within(ARRIVAL, "Ben Okafor keeps it from now on.");
    let glance = ben.run("return document.querySelector('dl').innerText", &[]);
    assert!(glance.as_str().is_some_and(|text| text.contains("Ben Okafor")), "{glance}");
    album.page(ben, "keeps");
}
