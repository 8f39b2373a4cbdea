//! Every page that a story meets, photographed in both themes and held against axe, and what all people in it do alike.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use larder_tests::screens::{Desk, Options, Program, until};
use serde_json::json;

/// Longest that a shelf may take to show what a colleague put there: each Larder looks every minute.
pub const ARRIVAL: Duration = Duration::from_secs(100);

/// Collects what axe finds, so that one page with a fault does not hide the others.
#[derive(Default)]
pub struct Album {
    faults: RefCell<Vec<String>>,
}

impl Album {
    /// Photographs the page in light and dark and keeps what axe finds wrong with it.
    pub fn page(&self, whose: &Program, name: &str) {
        whose.to_front();
        if let Err(fault) = catch_unwind(AssertUnwindSafe(|| whose.look(name))) {
            let said = fault.downcast_ref::<String>().cloned();
            self.faults.borrow_mut().push(said.unwrap_or_else(|| format!("{name} could not be looked at")));
        }
    }

    /// No page had a fault.
    pub fn close(self) {
        let faults = self.faults.into_inner();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// A file of the practice files.
pub fn practice(name: &str) -> PathBuf {
    larder_tests::root().join("assets").join("sample").join("practice").join(name)
}

/// How a person's Larder is started whose dialogs for folders are answered with this one.
pub fn answering(desk: &Desk, person: &str, folder: &Path) -> Options {
    let answers = desk.folder().join(format!("{person}-answers"));
    std::fs::create_dir_all(&answers).unwrap();
    std::fs::write(answers.join("folder"), format!("{}\n", folder.display())).unwrap();
    Options { setting: vec![("LARDER_ANSWER_DIALOGS".to_owned(), answers.display().to_string())], ..Options::default() }
}

/// Goes to a page by its address, as a link does.
pub fn visit(whose: &Program, address: &str, text: &str) {
    whose.run("location.hash = arguments[0]", &[json!(address)]);
    whose.sees(text);
}

/// From the welcome page to a new shelf in the folder of `answering`.
pub fn found(whose: &Program, name: &str, shelf: &str) {
    whose.press("Set up our shelf");
    whose.press("Another folder…");
    whose.sees("Ready.");
    whose.fill("What shall the shelf be called?", shelf);
    whose.press("Go on");
    whose.fill("Your name", name);
    whose.press("Done");
    whose.sees("Bring in your first file");
}

/// Looks at the shelf now, instead of waiting for the next time.
pub fn look_now(whose: &Program) {
    whose.press("How the shelf stands");
    whose.press("Check the shelf now");
    whose.keys(&["Escape"]);
}

/// From the welcome page to a shelf that somebody else began in the folder of `answering`.
pub fn join(album: Option<&Album>, whose: &Program, name: &str, shelf: &str) {
    whose.press("Set up our shelf");
    whose.press("Another folder…");
    whose.sees(&format!("A shelf is already here: {shelf}"));
    if let Some(album) = album {
        album.page(whose, "join");
    }
    whose.press("Join it");
    whose.sees("Who are you?");
    whose.fill("Your name", name);
    whose.press("Done");
    whose.sees(&format!("Shelf: {shelf}"));
}

/// Anna, who began a shelf in a folder, and Ben, who joined and whom she confirmed; side by side on one screen.
pub fn anna_and_ben(desk: &Desk) -> (Program<'_>, Program<'_>, PathBuf) {
    let share = desk.folder().join("Bakery share");
    std::fs::create_dir_all(&share).unwrap();
    let anna = Program::start(desk, "anna", answering(desk, "anna", &share));
    anna.stand_at(10, 40, 1280, 720);
    found(&anna, "Anna Mueller", "Bakery");
    let ben = Program::start(desk, "ben", answering(desk, "ben", &share));
    ben.stand_at(1305, 40, 1280, 720);
    join(None, &ben, "Ben Okafor", "Bakery");
    confirms(&anna);
    (anna, ben, share)
}

/// Confirms Ben, once his card has arrived.
pub fn confirms(anna: &Program) {
    visit(anna, "#/people", "Everyone on this shelf.");
    look_now(anna);
    anna.sees_within(ARRIVAL, "Ben Okafor");
    visit(anna, "#/person/Ben%20Okafor", "Their six words");
    anna.press("They are the same, confirm");
    anna.sees("Ben Okafor is confirmed.");
}

/// Lets Ben go, from his page.
pub fn lets_ben_go(anna: &Program) {
    anna.press("Let them go");
    anna.sees("Let Ben Okafor go?");
    // The dialog comes up from below: what is pressed on its way is not always what was meant.
    std::thread::sleep(Duration::from_millis(500));
    anna.press("Yes, let them go");
    anna.sees("Done. Everyone sees it");
}

/// The address of the page that is open.
pub fn address(whose: &Program) -> String {
    whose.run("return location.hash", &[]).as_str().unwrap_or_default().to_owned()
}

/// Waits until a page of this sort is open.
pub fn stands_on(whose: &Program, page: &str) {
    let prefix = format!("#/{page}");
    until(Duration::from_secs(30), &format!("the page {page}, not {}", address(whose)), || {
        address(whose).starts_with(&prefix).then_some(())
    });
}

/// Puts on the shelf what the page to do so shows, and waits until it was read back.
pub fn put_on_the_shelf(album: &Album, whose: &Program, picture: &str) {
    stands_on(whose, "publish/");
    whose.sees("What will happen");
    album.page(whose, &format!("{picture}-plan"));
    whose.press("Put on the shelf");
    whose.sees("Read back and found equal.");
    whose.sees("is on the shelf");
    for step in ["Saved on this computer", "Copied to the shelf", "Colleagues can see it"] {
        whose.sees(step);
    }
    album.page(whose, &format!("{picture}-steps"));
}
