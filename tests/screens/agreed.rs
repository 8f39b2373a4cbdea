//! What people agreed on shows where it matters: how long versions stay, what is looked over, what something is used for. Then two
//! of them fill the same thing apart from each other, and a sync client leaves the shelf in its cloud.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use larder_tests::screens::{Desk, Program};
use larder_tests::{copy_into, program};

use crate::album::{ARRIVAL, Album, anna_and_ben, look_now, visit};
use crate::together::prepares;

#[test]
fn what_was_agreed_and_what_lies_in_a_cloud_is_told() {
    let desk = Desk::open("agreed", 2600, 800);
    let album = Album::default();
    let (anna, ben, share) = anna_and_ben(&desk);

    agrees(&album, &anna);
    says_what_for(&album, &anna, &ben);
    fill_it_apart(&album, &anna, &ben, &share);
    in_the_cloud(&album, &ben, &share);
    album.close();
}

fn agrees(album: &Album, anna: &Program) {
    visit(anna, "#/rules", "Once it is on the shelf");
    anna.fill("Earlier versions are kept for so many days", "90 days");
    anna.sees("A whole number of days, such as 90.");
    anna.fill("Earlier versions are kept for so many days", "90");
    anna.sees("No version that is there now would go.");
    anna.fill("Each data product is looked over every so many days", "30");
    anna.press("Colleagues are asked what they use something for");
    album.page(anna, "rules");
    anna.press("Put them in force");
    anna.sees("Changed by Anna Mueller");
    album.page(anna, "rules-in-force");
}

fn says_what_for(album: &Album, anna: &Program, ben: &Program) {
    prepares(anna, "orders.csv", "Orders", "Who,Rolls\nCafe Nord,40\nSchool,120\n");
    anna.press("Put on the shelf");
    anna.sees_within(ARRIVAL, "Orders is on the shelf");
    look_now(ben);
    ben.press("Shelf");
    ben.press("Orders");
    ben.sees_within(ARRIVAL, "2 rows");
    ben.press("Follow");
    ben.sees("What do you use Orders for?");
    album.page(ben, "use-asked");
    ben.fill("What do you use Orders for?", "Planning the night shift.");
    ben.press("Say it");
    ben.sees("What you use Orders for is told to its keeper.");
    ben.sees("You use it for: Planning the night shift.");
    anna.press("Shelf");
    look_now(anna);
    anna.press("Orders");
    anna.sees_within(ARRIVAL, "Used by Ben Okafor for: Planning the night shift.");
    album.page(anna, "used");
}

/// Fills Orders from a terminal, beside the window.
fn fills(whose: &Program, rows: &str) {
    let path = whose.desk.folder().join("orders.csv");
    fs::write(&path, format!("Who,Rolls\nCafe Nord,40\n{rows}")).unwrap();
    let import = ["import", path.to_str().unwrap(), "--product", "Orders", "--replace"];
    for words in [&import[..], &["publish", "Orders"]] {
        let output = Command::new(program("larder")).args(words).env("LARDER_HOME", whose.home()).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn fill_it_apart(album: &Album, anna: &Program, ben: &Program, share: &Path) {
    let (before, apart) = (share.with_file_name("before"), share.with_file_name("apart"));
    copy_into(share, &before);
    fills(ben, "Hotel Krone,80\n");
    fs::rename(share, &apart).unwrap();
    fs::rename(&before, share).unwrap();
    fills(anna, "Market,60\nBistro,15\n");
    copy_into(&apart, share);
    for person in [ben, anna] {
        look_now(person);
        person.press("Shelf");
        person.press("Orders");
        person.sees_within(ARRIVAL, "Two people filled it without knowing of each other.");
    }
    album.page(anna, "two-versions");
    anna.press("See both");
    anna.sees("Ben Okafor");
    std::thread::sleep(std::time::Duration::from_millis(500));
    album.page(anna, "both");
    anna.keys(&["Escape"]);
}

/// Lets something stand in for every file, as Nextcloud's virtual files do.
fn leave_in_cloud(folder: &Path) {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in entries {
        if path.is_dir() {
            leave_in_cloud(&path);
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        fs::write(path.with_file_name(format!("{name}.nextcloud")), b" ").unwrap();
        fs::remove_file(&path).unwrap();
    }
}

fn in_the_cloud(album: &Album, ben: &Program, share: &Path) {
    fs::write(share.join(".sync_0a1b2c3d4e5f.db"), b"journal").unwrap();
    leave_in_cloud(&share.join("larder-data"));
    look_now(ben);
    ben.press("Today");
    ben.sees_within(ARRIVAL, "lie in the cloud and do not come.");
    album.page(ben, "cloud-today");
    ben.press("See what to do");
    ben.sees("Some files lie in the cloud and do not come");
    album.page(ben, "cloud-doctor");
    // What was opened before is read as ever.
    ben.press("Shelf");
    ben.press("Orders");
    ben.select(".part-grid [role=gridcell]");
    ben.sees("Cafe Nord");
    album.page(ben, "cloud-page");
}
