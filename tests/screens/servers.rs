//! A shelf on a WebDAV server, for two people: entered and tried out, joined, away for a while, paused, moved, one more shelf.

use std::time::Duration;

use larder_tests::screens::{Desk, Options, Program, until};
use larder_tests::server::{PASSWORD, USER, WRONG, WebDavServer};

use crate::album::{ARRIVAL, Album, answering, confirms, lets_ben_go, look_now, stands_on, visit};

#[test]
fn two_people_share_a_shelf_on_a_server_that_goes_away_for_a_while() {
    let desk = Desk::open("servers", 2600, 800);
    let album = Album::default();
    let mut server = WebDavServer::start(&desk.folder().join("server"));
    let folder = desk.folder().join("Office share");
    std::fs::create_dir_all(&folder).unwrap();
    let anna = Program::start(&desk, "anna", answering(&desk, "anna", &folder));
    anna.stand_at(10, 40, 1280, 720);
    begins_on_a_server(&album, &anna, &server);

    let ben = Program::start(&desk, "ben", Options::default());
    ben.stand_at(1305, 40, 1280, 720);
    joins_on_the_server(&ben, &server);

    publishes_while_it_is_away(&album, &anna, &mut server);
    look_now(&ben);
    ben.press("Shelf");
    ben.sees_within(ARRIVAL, "Customers");
    confirms(&anna);
    leaves(&album, &anna, &ben);
    pauses(&album, &anna);
    several_shelves(&album, &anna);
    album.close();
}

fn enters(person: &Program, server: &WebDavServer, password: &str) {
    person.press("WebDAV");
    person.fill("Address of the folder", &server.url());
    person.fill("User name", USER);
    person.fill("Password", password);
    person.press("Test");
}

fn begins_on_a_server(album: &Album, anna: &Program, server: &WebDavServer) {
    anna.press("Set up our shelf");
    anna.sees("On a server");
    anna.press("WebDAV");
    anna.sees("The password goes to this computer’s key store");
    album.page(anna, "form");
    anna.press("Test");
    anna.sees("This is needed.");
    enters(anna, server, WRONG);
    anna.sees("did not let us sign in");
    album.page(anna, "wrong-password");
    enters(anna, server, PASSWORD);
    anna.sees("Ready.");
    album.page(anna, "tried-out");
    anna.fill("What shall the shelf be called?", "Bakery");
    anna.press("Go on");
    anna.fill("Your name", "Anna Mueller");
    anna.press("Done");
    anna.sees("Bring in your first file");
    assert!(!anna.text().contains(PASSWORD));
}

fn joins_on_the_server(ben: &Program, server: &WebDavServer) {
    ben.press("Set up our shelf");
    enters(ben, server, PASSWORD);
    ben.sees("A shelf is already here: Bakery");
    ben.press("Join it");
    ben.fill("Your name", "Ben Okafor");
    ben.press("Done");
    ben.sees("Bring in your first file");
}

fn publishes_while_it_is_away(album: &Album, anna: &Program, server: &mut WebDavServer) {
    let path = anna.desk.folder().join("customers.csv");
    std::fs::write(&path, "Customer,Town\nHotel Krone,Freiburg\nSchool canteen,Emmendingen\n").unwrap();
    anna.receive(&[&path], || anna.sees("Drop to have a look"));
    anna.sees("Looks right, go on");
    anna.press("Looks right, go on");
    stands_on(anna, "label/");
    anna.press("Accept all");
    anna.fill("Name", "Customers");
    anna.fill("What is in it, in one sentence", "Who buys from us.");
    anna.fill("Area", "Office");
    anna.fill("Meaning of Customer", "Who buys.");
    anna.fill("Meaning of Town", "Where we deliver.");
    anna.sees("Saved on this computer");
    server.stop();
    anna.press("Put on the shelf");
    anna.sees_within(ARRIVAL, "You can put it on the shelf all the same");
    album.page(anna, "away");
    anna.press("Put on the shelf");
    anna.sees_within(ARRIVAL, "Waits on this computer since");
    anna.press("How the shelf stands");
    anna.sees("Waits on this computer");
    album.page(anna, "outbox");
    anna.keys(&["Escape"]);
    server.go_on();
    anna.press("Try now");
    anna.sees_within(ARRIVAL, "Colleagues can see it");
}

/// Who is let go sees on that computer that nobody listens any more; what they put on the shelf stays.
fn leaves(album: &Album, anna: &Program, ben: &Program) {
    visit(anna, "#/person/Ben%20Okafor", "Let them go");
    lets_ben_go(anna);
    album.page(anna, "gone");
    look_now(ben);
    ben.sees("Customers");
    visit(ben, "#/today", "Today");
    ben.sees_within(ARRIVAL, "This computer is out of use on this shelf");
    album.page(ben, "out-of-use");
}

fn pauses(album: &Album, anna: &Program) {
    anna.press("How the shelf stands");
    anna.press("Pause");
    anna.sees("Nothing goes to the shelf or comes from it until you go on.");
    album.page(anna, "paused");
    anna.press("Go on");
    anna.sees_no_more("Nothing goes to the shelf or comes from it until you go on.");
    anna.press("Your shelves");
}

fn several_shelves(album: &Album, anna: &Program) {
    anna.sees("You look at this one");
    album.page(anna, "shelves");
    anna.press("Sign in again…");
    anna.fill("Password", WRONG);
    anna.press("Sign in");
    anna.sees("did not let us sign in");
    anna.fill("Password", PASSWORD);
    anna.press("Sign in");
    anna.sees("Signed in.");
    anna.press("It stands somewhere else now…");
    anna.sees("Copy its folders Current and larder-data");
    album.page(anna, "move");
    anna.press("Choose the folder…");
    anna.sees("There is no shelf here yet");
    anna.press("Your shelves");
    anna.press("Add a shelf");
    anna.press("Another folder…");
    anna.sees("Ready.");
    anna.fill("What shall the shelf be called?", "Guild");
    anna.press("Go on");
    anna.sees("The shelf is empty");
    anna.sees("Shelf: Guild");
    anna.press("How the shelf stands");
    anna.press("Look at another shelf");
    anna.press("Look at this one");
    anna.sees("You now look at Bakery");
    album.page(anna, "two-shelves");
    let cards = until(Duration::from_secs(10), "two shelves", || {
        let count = anna.run("return document.querySelectorAll('main li').length", &[]);
        (count == 2).then_some(2)
    });
    assert_eq!(cards, 2);
    anna.press("Leave… Guild");
    anna.sees("Leave Guild on this computer?");
    album.page(anna, "leave");
    anna.keys(&["Escape"]);
}
