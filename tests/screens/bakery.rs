//! The main job in two windows: Anna's till export becomes a data product, Ben sees it arrive, and next month follows.

use std::path::Path;
use std::time::Duration;

use larder_tests::screens::{Desk, Program, until};

use crate::album::{ARRIVAL, Album, address, answering, join, practice, put_on_the_shelf, stands_on};

const TITLE: &str = "Till sales of branch 2";

#[test]
fn a_till_export_goes_to_the_shelf_and_a_colleague_opens_it_and_next_month_follows() {
    let desk = Desk::open("bakery", 2600, 800);
    let album = Album::default();
    let share = desk.folder().join("Bakery share");
    std::fs::create_dir_all(&share).unwrap();
    let anna = Program::start(&desk, "anna", answering(&desk, "anna", &share));
    anna.stand_at(10, 40, 1280, 720);
    begin(&album, &anna);

    let opened = desk.folder().join("opened");
    let ben = start_ben(&desk, &share, &opened);
    join(Some(&album), &ben, "Ben Okafor", "Bakery share");
    ben.press("Shelf");
    ben.sees("The shelf is empty");
    album.page(&ben, "shelf-empty");

    drop_and_correct(&album, &anna);
    describe(&album, &anna);
    put_on_the_shelf(&album, &anna, "publish");
    let current = share.join("Current").join(TITLE);
    until(Duration::from_secs(20), &format!("a copy for Excel in {}", current.display()), || {
        current.join(format!("{TITLE}.xlsx")).is_file().then_some(())
    });
    anna.press("Go to its page");
    anna.sees("801 rows");
    album.page(&anna, "product");

    finds_and_opens(&album, &ben, &opened);
    next_month(&album, &anna);
    ben.sees_within(ARRIVAL, "just filled this again.");
    album.page(&ben, "newer");
    ben.press("Show the new one");
    ben.sees("Version 2, filled");
    album.close();
}

fn begin(album: &Album, anna: &Program) {
    anna.press("Set up our shelf");
    anna.sees("Where is your shelf?");
    album.page(anna, "place");
    anna.press("Another folder…");
    anna.sees("Ready.");
    anna.sees("We will add the folders Current and larder-data here");
    album.page(anna, "place-checked");
    anna.fill("What shall the shelf be called?", "Bakery share");
    anna.press("Go on");
    anna.sees("Who are you?");
    anna.fill("Your name", "Anna Mueller");
    anna.fill("What you do", "Manager");
    album.page(anna, "who");
    anna.press("Done");
    anna.sees("Bring in your first file");
    album.page(anna, "today-first");
}

fn start_ben<'d>(desk: &'d Desk, share: &Path, opened: &Path) -> Program<'d> {
    let script = desk.folder().join("open-with.sh");
    std::fs::write(&script, format!("#!/bin/sh\nprintf '%s' \"$1\" > '{}'\n", opened.display())).unwrap();
    let mut runs = std::fs::metadata(&script).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut runs, 0o755);
    std::fs::set_permissions(&script, runs).unwrap();
    let mut options = answering(desk, "ben", share);
    options.setting.push(("LARDER_OPEN_WITH".to_owned(), script.display().to_string()));
    let ben = Program::start(desk, "ben", options);
    ben.stand_at(1305, 40, 1280, 720);
    ben
}

fn drop_and_correct(album: &Album, anna: &Program) {
    anna.receive(&[&practice("till_export_MARCH(2).csv")], || {
        anna.sees("Drop to have a look");
        anna.picture("veil");
    });
    anna.sees("812 rows, 5 columns.");
    anna.sees("11 rows appear twice.");
    anna.sees("The last row is a total.");
    album.page(anna, "check");
    anna.press("Keep one of each");
    anna.sees("We kept one of each.");
    anna.sees("801 rows, 5 columns.");

    anna.press("Verkauft");
    anna.sees("What it holds");
    album.page(anna, "check-column");
    anna.press("Number");
    anna.sees_no_more("What it holds");
    anna.press("Undo");
    anna.press("It is month first");
    anna.sees("cannot be month first.");
    anna.sees_no_more("Day first, then month.");
    anna.keys(&["ctrl+z"]);
    anna.sees("Day first, then month.");
    anna.sees("801 rows, 5 columns.");
}

fn describe(album: &Album, anna: &Program) {
    anna.press("Looks right, go on");
    stands_on(anna, "label/");
    anna.sees("Write the label");
    album.page(anna, "label");
    anna.press("Accept all");
    anna.fill("Name", TITLE);
    anna.fill("What is in it, in one sentence", "What branch 2 sold, by day and article.");
    anna.fill("Area", "Shop floor");
    for column in ["Datum", "Artikel-Nr.", "Artikel", "Verkauft", "Umsatz"] {
        anna.fill(&format!("Meaning of {column}"), &format!("{column}, as the till writes it."));
    }
    anna.sees("5 of 5 columns explained.");
    anna.sees("Saved on this computer");
    anna.sees_within(ARRIVAL, "Visible to Ben Okafor.");
    album.page(anna, "label-filled");
    anna.press("Put on the shelf");
}

fn finds_and_opens(album: &Album, ben: &Program, opened: &Path) {
    ben.sees_within(ARRIVAL, TITLE);
    album.page(ben, "shelf-arrived");
    ben.keys(&["ctrl+k"]);
    ben.select("[role=combobox]");
    ben.write("umsatz");
    ben.sees(TITLE);
    ben.select("[role=option][aria-selected=true]");
    album.page(ben, "finder");
    ben.keys(&["Return"]);
    stands_on(ben, "product/");
    ben.sees("801 rows");
    ben.select(".part-grid [role=gridcell]");
    album.page(ben, "product");
    ben.press("Open in Excel");
    ben.sees("Opened ");
    let path = until(Duration::from_secs(20), "the program for spreadsheets was started", || {
        std::fs::read_to_string(opened).ok().filter(|path| path.ends_with(".xlsx"))
    });
    let copy = std::fs::read(&path).unwrap();
    assert!(copy.starts_with(b"PK"), "{path} is a workbook");
    assert!(path.contains(TITLE), "{path}");
    album.page(ben, "opened");
}

fn next_month(album: &Album, anna: &Program) {
    anna.keys(&["ctrl+2"]);
    stands_on(anna, "shelf");
    // Dropped on its label, it is the next file of that data product.
    anna.receive_on("[data-drop-for]", &[&practice("till_export_APRIL.csv")], || {
        anna.sees(&format!("Next file for {TITLE}"));
        anna.picture("veil-label");
    });
    stands_on(anna, "check/");
    anna.sees(&format!("Next file for {TITLE}, read the same way as last time."));
    anna.sees("6 columns.");
    album.page(anna, "check-next");
    anna.press("Looks right, go on");
    anna.sees(&format!("Goes on with {TITLE}."));
    anna.press("Add ");
    anna.sees("What would change");
    anna.sees("rows more");
    anna.sees("New column: Trinkgeld.");
    album.page(anna, "next");
    anna.press("Go on to the label");
    stands_on(anna, "label/");
    anna.fill("Meaning of Trinkgeld", "What guests gave on top.");
    anna.sees("6 of 6 columns explained.");
    anna.press("Put on the shelf");
    anna.sees("with rows added to those before");
    put_on_the_shelf(album, anna, "next");
    anna.press("Go to its page");
    anna.sees("Version 2, filled");
    assert!(address(anna).starts_with("#/product/"));
    album.page(anna, "next-product");
}
