//! What waits for somebody: something of theirs that has to be looked over, somebody who came to an area that may read something
//! sealed, something to ask for until a day, and something of a computer that was stopped, of which nobody can tell yet
//! whether it counts. Made ready from terminals, looked at and answered in the window.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use larder_tests::program;
use larder_tests::screens::{Desk, Options, Program};

use crate::album::{ARRIVAL, Album, look_now, visit};

/// Terminals of people, each with the home that their window will have.
struct Terminals<'d>(&'d Desk);

impl Terminals<'_> {
    fn home(&self, person: &str) -> PathBuf {
        let home = self.0.setting_of(person).into_iter().find(|(name, _)| name == "LARDER_HOME");
        PathBuf::from(home.expect("everyone has one").1)
    }

    fn says(&self, person: &str, days_off: &str, words: &[&str]) -> String {
        let mut command = Command::new("faketime");
        command.args(["-f", days_off]).arg(program("larder")).args(words).env("LARDER_HOME", self.home(person));
        let output = command.output().expect("faketime is there");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{person} {words:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    fn does(&self, person: &str, words: &[&str]) {
        self.says(person, "+0d", words);
    }

    fn puts(&self, person: &str, days_off: &str, (title, area): (&str, &str), sealed: Option<&[&str]>) {
        let path = self.0.folder().join(format!("{}.csv", title.to_lowercase()));
        fs::write(&path, "Name,Amount\nRye,3\nRolls,5\n").expect("a file");
        self.says(person, days_off, &["import", path.to_str().expect("plain"), "--product", title]);
        self.says(person, days_off, &["describe", title, "--summary", "A list for colleagues.", "--area", area]);
        if let Some(further) = sealed {
            self.says(person, days_off, &[&["seal", title], further].concat());
        }
        self.says(person, days_off, &["publish", title]);
    }
}

/// Cem's computer is stopped at what it said last, and a sync client has not brought that page.
fn stop_cem(stage: &Terminals, share: &Path) {
    stage.does("ben", &["refresh"]);
    stage.puts("cem", "+0d", ("Yeast", "Bakery"), None);
    stage.does("anna", &["refresh"]);
    let known: serde_json::Value =
        serde_json::from_str(&stage.says("cem", "+0d", &["people", "--json"])).expect("one JSON value");
    let members = known["members"].as_array().expect("people");
    let me = members.iter().find(|member| member["is_me"] == true).expect("he is there");
    let writer = me["devices"][0]["writer"].as_str().expect("a computer");
    stage.does("anna", &["people", "revoke", writer]);
    let heads = share.join("larder-data/w").join(writer).join("h");
    let newest = fs::read_dir(heads).expect("what it said").map(|entry| entry.expect("a page").path()).max();
    fs::remove_file(newest.expect("a page")).expect("it can be removed");
}

#[test]
fn what_waits_for_somebody_is_told_and_answered() {
    let desk = Desk::open("waiting", 2600, 800);
    let album = Album::default();
    let stage = Terminals(&desk);
    let share = desk.folder().join("Bakery share");
    fs::create_dir_all(&share).expect("a folder");
    for (person, name) in [("anna", "Anna Mueller"), ("ben", "Ben Okafor"), ("cem", "Cem Aydin")] {
        stage.does(person, &["whoami", "--name", name]);
        stage.does(person, &["shelf", "add", share.to_str().expect("plain"), "--name", "Bakery"]);
    }
    stage.does("anna", &["people", "confirm", "Ben Okafor"]);
    stage.does("anna", &["people", "confirm", "Cem Aydin"]);
    stage.puts("anna", "-100d", ("Prices", "Office"), None);
    stage.does("anna", &["rules", "--set", "--review-days", "30"]);
    stage.puts("ben", "+0d", ("Rolls", "Bakery"), None);
    stage.does("anna", &["refresh"]);
    stage.puts("anna", "+0d", ("Salaries", "Office"), Some(&["--for-area", "Bakery"]));
    stage.puts("anna", "+0d", ("Contracts", "Office"), Some(&["--how-to-ask", "Ring Anna"]));
    stage.puts("cem", "+0d", ("Flour", "Bakery"), None);
    stage.does("anna", &["refresh"]);

    let anna = Program::start(&desk, "anna", Options::default());
    anna.stand_at(10, 40, 1280, 720);
    looks_over(&album, &anna);
    stop_cem(&stage, &share);
    let ben = Program::start(&desk, "ben", Options::default());
    ben.stand_at(1305, 40, 1280, 720);
    is_in_doubt(&album, &ben);
    asks_until_a_day(&album, &ben);
    album.close();
}

fn looks_over(album: &Album, anna: &Program) {
    anna.press("Today");
    anna.sees_within(ARRIVAL, "Prices");
    album.page(anna, "today");
    anna.press("Shelf");
    anna.press("Prices");
    anna.sees("2 rows");
    album.page(anna, "due");
    anna.press("Looked over: all of it still holds");
    anna.sees_no_more("What is said about Prices is 100 days old");
    album.page(anna, "looked-over");
    visit(anna, "#/settings", "Settings");
    album.page(anna, "settings");
}

fn is_in_doubt(album: &Album, ben: &Program) {
    ben.press("Shelf");
    look_now(ben);
    // It stands apart, below everything else, where nothing is drawn before it comes into sight.
    ben.run("document.querySelector('main section:last-of-type').scrollIntoView()", &[]);
    ben.sees_within(ARRIVAL, "Nobody has vouched for these yet");
    album.page(ben, "not-vouched-for");
    ben.press("Flour");
    ben.sees("Nobody can tell yet whether this still counts.");
    album.page(ben, "in-doubt");
    ben.press("Look the shelf over");
    ben.sees_within(ARRIVAL, "It cannot be told what of a stopped computer counts");
    album.page(ben, "in-doubt-doctor");
}

fn asks_until_a_day(album: &Album, ben: &Program) {
    ben.press("Shelf");
    ben.press("Contracts");
    ben.sees("Ring Anna");
    ben.fill("What do you need it for?", "To see what we ordered.");
    ben.press("Until when do you need it?");
    ben.press("A month, to the end of");
    album.page(ben, "until-when");
    ben.press("Ask for access");
    ben.sees("You have asked. Anna Mueller has not answered yet.");
    album.page(ben, "asked");
}
