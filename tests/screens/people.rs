//! Who belongs to the shelf: an invitation dropped on the window, six words compared, a second steward, two signatures, a farewell.

use std::path::PathBuf;
use std::time::Duration;

use larder_tests::screens::{Desk, Program, until};

use crate::album::{ARRIVAL, Album, answering, found, lets_ben_go, look_now, visit};

#[test]
fn a_colleague_comes_by_invitation_decides_along_and_goes_again() {
    let desk = Desk::open("people", 2600, 800);
    let album = Album::default();
    let share = desk.folder().join("Bakery share");
    std::fs::create_dir_all(&share).unwrap();
    let anna = Program::start(&desk, "anna", answering(&desk, "anna", &share));
    anna.stand_at(10, 40, 1280, 720);
    found(&anna, "Anna Mueller", "Bakery");
    let invitation = invites(&album, &anna);
    let ben = Program::start(&desk, "ben", answering(&desk, "ben", &share));
    ben.stand_at(1305, 40, 1280, 720);
    joins_by_invitation(&album, &ben, &invitation);
    opens_a_link(&album, &ben, &anna);
    confirms(&album, &anna);
    decide_together(&album, &anna, &ben);
    says_goodbye(&album, &anna);
    album.close();
}

fn invites(album: &Album, anna: &Program) -> PathBuf {
    let file = anna.desk.folder().join("Bakery.larder");
    std::fs::write(anna.desk.folder().join("anna-answers/save"), format!("{}\n", file.display())).unwrap();
    visit(anna, "#/people", "Everyone on this shelf.");
    anna.press("Invite a colleague");
    anna.sees("Three ways; one is enough.");
    album.page(anna, "invite");
    anna.press("Save the invitation…");
    anna.sees("The invitation is saved.");
    anna.keys(&["Escape"]);
    until(Duration::from_secs(10), "the invitation", || file.is_file().then_some(()));
    file
}

fn joins_by_invitation(album: &Album, ben: &Program, invitation: &std::path::Path) {
    ben.press("I have an invitation");
    ben.sees("Show the file, paste the link, or type the six words.");
    album.page(ben, "invited");
    ben.receive(&[invitation], || ben.sees("Drop to have a look"));
    ben.sees("Anna Mueller invites you to Bakery");
    ben.sees_no_more("Show the file, paste the link, or type the six words.");
    album.page(ben, "invited-to");
    ben.press("Choose the folder…");
    ben.sees("A shelf is already here: Bakery");
    ben.fill("Your name", "Ben Okafor");
    ben.press("Join it");
    ben.sees("Shelf: Bakery");
}

/// As a mail program hands a link over: the window that is open already answers it.
fn opens_a_link(album: &Album, ben: &Program, anna: &Program) {
    let invite = anna.call("invite", &serde_json::json!({"hint": null})).unwrap();
    let link = invite["link"].as_str().unwrap();
    assert!(ben.start_again(&[std::path::Path::new(link)]), "the second start hands over and ends");
    ben.sees("You are on this shelf already");
    album.page(ben, "link");
}

fn confirms(album: &Album, anna: &Program) {
    visit(anna, "#/people", "Everyone on this shelf.");
    look_now(anna);
    anna.sees_within(ARRIVAL, "Ben Okafor");
    visit(anna, "#/person/Ben%20Okafor", "Their six words");
    album.page(anna, "to-confirm");
    anna.press("They are the same, confirm");
    anna.sees("Ben Okafor is confirmed.");
    anna.press("Let them confirm others");
    anna.sees("Shall Ben Okafor confirm others?");
    album.page(anna, "make-steward");
    anna.press("Yes");
    anna.sees("Done. Everyone sees it");
    anna.sees("Let them confirm others no more");
}

fn decide_together(album: &Album, anna: &Program, ben: &Program) {
    visit(anna, "#/people", "Signatures that a decision needs");
    anna.press("Signatures that a decision needs");
    anna.press("2");
    anna.sees("Done. Everyone sees it");
    // With two of two who have to sign, nobody can be spared: first fewer have to.
    anna.press("Signatures that a decision needs");
    anna.press("1");
    anna.sees("One more person has to sign it");
    anna.sees("You propose; one more has to sign:");
    album.page(anna, "proposed");
    visit(ben, "#/people", "Everyone on this shelf.");
    look_now(ben);
    ben.sees_within(ARRIVAL, "Anna Mueller proposes; one more has to sign:");
    ben.sees("Instead of 2, 1 have to sign a decision.");
    album.page(ben, "to-sign");
    ben.press("Sign it, too");
    ben.sees("Done. Everyone sees it");
}

fn says_goodbye(album: &Album, anna: &Program) {
    look_now(anna);
    visit(anna, "#/person/Ben%20Okafor", "Computers");
    anna.sees_within(ARRIVAL, "Let them go");
    album.page(anna, "person");
    anna.press("It was lost");
    anna.sees("What does it still stand for?");
    album.page(anna, "lost");
    anna.keys(&["Escape"]);
    lets_ben_go(anna);
    album.page(anna, "gone");
}
