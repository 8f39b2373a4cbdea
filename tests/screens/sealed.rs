//! A sealed data product: chosen people only, asked for with a sentence, granted, read; then somebody is left out again.

use larder_tests::screens::{Desk, Program};

use crate::album::{ARRIVAL, Album, anna_and_ben, look_now, put_on_the_shelf, stands_on, visit};

#[test]
fn wages_are_sealed_asked_for_and_granted() {
    let desk = Desk::open("sealed", 2600, 800);
    let album = Album::default();
    let (anna, ben, _) = anna_and_ben(&desk);

    seals(&album, &anna);
    asks(&album, &ben);
    grants(&album, &anna);
    reads(&album, &ben);
    leaves_out(&album, &anna);
    album.close();
}

fn seals(album: &Album, anna: &Program) {
    let path = anna.desk.folder().join("wages.csv");
    std::fs::write(&path, "Name,Hours\nHanna,38.5\nJonas,20\nMira,12\n").unwrap();
    anna.receive(&[&path], || anna.sees("Drop to have a look"));
    anna.press("Looks right, go on");
    stands_on(anna, "label/");
    anna.press("Accept all");
    anna.fill("Name", "Wages");
    anna.fill("What is in it, in one sentence", "Hours of everyone by month.");
    anna.fill("Area", "Office");
    anna.fill("Meaning of Name", "Who works here.");
    anna.fill("Meaning of Hours", "Hours of the month.");
    anna.press("Only people whom you choose");
    anna.sees("You, on all your computers, and:");
    anna.fill("What everyone else may know", "Hours by month. Ask me if you plan shifts.");
    anna.sees("Saved on this computer");
    album.page(anna, "label");
    anna.press("Put on the shelf");
    anna.sees("you alone; it is sealed");
    put_on_the_shelf(album, anna, "publish");
}

fn asks(album: &Album, ben: &Program) {
    look_now(ben);
    ben.press("Shelf");
    ben.sees_within(ARRIVAL, "Not for you yet");
    album.page(ben, "shelf-locked");
    ben.press("Wages");
    ben.sees("It is sealed, and not for you yet");
    ben.sees("Hours by month. Ask me if you plan shifts.");
    album.page(ben, "locked");
    ben.fill("What do you need it for?", "I plan the shifts of the summer.");
    ben.press("Ask for access");
    ben.sees("You have asked. Anna Mueller has not answered yet.");
}

fn grants(album: &Album, anna: &Program) {
    visit(anna, "#/today", "Today");
    look_now(anna);
    anna.sees_within(ARRIVAL, "Ben Okafor would like to read Wages.");
    album.page(anna, "today");
    anna.press("See what for");
    anna.sees("I plan the shifts of the summer.");
    album.page(anna, "asked");
    anna.press("Not for them");
    anna.sees("Ben Okafor is not to read Wages?");
    anna.fill("A sentence with it, if you like", "Ask again in spring.");
    album.page(anna, "deny");
    anna.keys(&["Escape"]);
    anna.sees_no_more("Ben Okafor is not to read Wages?");
    anna.press("Let them in");
    anna.sees("Let Ben Okafor read Wages?");
    anna.sees("cannot be called back.");
    album.page(anna, "grant");
    anna.press("Let Ben Okafor in");
    anna.sees_within(ARRIVAL, "Ben Okafor can read Wages now.");
    anna.sees("Was let in");
    anna.sees_no_more("You still see the version before.");
    album.page(anna, "granted");
}

fn reads(album: &Album, ben: &Program) {
    look_now(ben);
    ben.sees_within(ARRIVAL, "3 rows");
    ben.sees_no_more("It is sealed, and not for you yet");
    ben.select(".part-grid [role=gridcell]");
    album.page(ben, "reads");
}

fn leaves_out(album: &Album, anna: &Program) {
    anna.press("Leave out: Ben Okafor");
    anna.sees_within(ARRIVAL, "The next versions of Wages are closed to Ben Okafor.");
    album.page(anna, "left-out");
}
