//! Plain copies in a real folder, with people who edit them.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::Folder;

fn id(text: &str) -> ProductId {
    ProductId::parse(text).unwrap()
}

struct Desk {
    shelf: tempfile::TempDir,
    home: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { shelf: tempfile::tempdir().unwrap(), home: tempfile::tempdir().unwrap() }
    }
    fn place(&self) -> Folder {
        Folder::new(self.shelf.path())
    }
    fn file(&self, name: &str, text: &str) -> (String, PathBuf) {
        let path = self.home.path().join(name.replace('/', "_"));
        std::fs::write(&path, text).unwrap();
        (name.to_owned(), path)
    }
    fn read(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.shelf.path().join("Current").join(name)).ok()
    }
}

#[test]
fn copies_of_an_earlier_release_go_and_what_somebody_put_there_stays() {
    let desk = Desk::new();
    let first = [desk.file("Sales.xlsx", "one"), desk.file("data/old.csv", "a")];
    assert_eq!(write(&desk.place(), "Sales", &first).unwrap(), CurrentOutcome::default());
    std::fs::write(desk.shelf.path().join("Current/Sales/my notes.txt"), "mine").unwrap();
    let second = [desk.file("Sales.xlsx", "two"), desk.file("new.csv", "b")];
    assert_eq!(write(&desk.place(), "Sales", &second).unwrap(), CurrentOutcome::default());
    assert_eq!(desk.read("Sales/Sales.xlsx").unwrap(), "two");
    assert_eq!(desk.read("Sales/new.csv").unwrap(), "b");
    assert_eq!(desk.read("Sales/data/old.csv"), None);
    assert!(!desk.shelf.path().join("Current/Sales/data").exists(), "the empty folder went too");
    assert_eq!(desk.read("Sales/my notes.txt").unwrap(), "mine");
    let names: Vec<_> =
        std::fs::read_dir(desk.shelf.path().join("Current/Sales")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!names.iter().any(|n| n.to_string_lossy().ends_with(".tmp")), "{names:?}");
}

// fault 77
#[test]
fn an_edited_copy_is_told_and_never_overwritten_unasked() {
    let desk = Desk::new();
    write(&desk.place(), "Sales", &[desk.file("a.csv", "one"), desk.file("b.csv", "b1")]).unwrap();
    assert_eq!(is_edited(&desk.place(), "Sales", &mut Untouched::new()).unwrap(), Vec::<String>::new());
    std::fs::write(desk.shelf.path().join("Current/Sales/a.csv"), "edited by hand").unwrap();
    assert_eq!(is_edited(&desk.place(), "Sales", &mut Untouched::new()).unwrap(), ["a.csv"]);
    let next = [desk.file("a.csv", "two"), desk.file("b.csv", "b2")];
    assert_eq!(write(&desk.place(), "Sales", &next).unwrap().edited, ["a.csv"]);
    assert_eq!(desk.read("Sales/a.csv").unwrap(), "edited by hand");
    assert_eq!(desk.read("Sales/b.csv").unwrap(), "b2");
    assert_eq!(write(&desk.place(), "Sales", &next).unwrap().edited, ["a.csv"], "told again");
    assert_eq!(restore(&desk.place(), "Sales", &next).unwrap(), CurrentOutcome::default());
    assert_eq!(desk.read("Sales/a.csv").unwrap(), "two");
    assert!(is_edited(&desk.place(), "Sales", &mut Untouched::new()).unwrap().is_empty());
    // An edit of the same size is an edit.
    std::fs::write(desk.shelf.path().join("Current/Sales/a.csv"), "TWO").unwrap();
    assert_eq!(is_edited(&desk.place(), "Sales", &mut Untouched::new()).unwrap(), ["a.csv"]);
}

#[test]
fn removing_takes_our_copies_and_nothing_else() {
    let desk = Desk::new();
    write(&desk.place(), "Sales", &[desk.file("a.csv", "one"), desk.file("data/b.csv", "b")]).unwrap();
    std::fs::write(desk.shelf.path().join("Current/Sales/a.csv"), "kept").unwrap();
    remove(&desk.place(), "Sales").unwrap();
    assert_eq!(desk.read("Sales/a.csv").unwrap(), "kept");
    assert_eq!(desk.read("Sales/data/b.csv"), None);
    std::fs::remove_file(desk.shelf.path().join("Current/Sales/a.csv")).unwrap();
    write(&desk.place(), "Other", &[desk.file("a.csv", "one")]).unwrap();
    remove(&desk.place(), "Other").unwrap();
    assert!(!desk.shelf.path().join("Current/Other").exists());
}

#[test]
fn a_hostile_note_reaches_nothing_outside_of_its_folder() {
    let desk = Desk::new();
    write(&desk.place(), "Sales", &[desk.file("a.csv", "one")]).unwrap();
    std::fs::write(desk.shelf.path().join("victim.txt"), "one").unwrap();
    let note = desk.shelf.path().join("Current/Sales/.larder.json");
    let text = std::fs::read_to_string(&note).unwrap().replace("a.csv", "../../victim.txt");
    std::fs::write(&note, text).unwrap();
    write(&desk.place(), "Sales", &[desk.file("b.csv", "two")]).unwrap();
    assert!(desk.shelf.path().join("victim.txt").exists());
    for bad in ["../x", "a/../b", "/x", "CON", "x.", ".larder.json"] {
        assert!(write(&desk.place(), "Sales", &[(bad.to_owned(), note.clone())]).is_err(), "{bad}");
    }
    assert!(write(&desk.place(), "..", &[desk.file("b.csv", "two")]).is_err());
    assert!(write(&desk.place(), "a/b", &[desk.file("b.csv", "two")]).is_err());
    assert!(
        write(&desk.place(), "S", &[desk.file("b.csv", "x"), desk.file("B.CSV", "y")]).is_err(),
        "one file on Windows"
    );
}

// faults 29, 30, 35
#[test]
fn folder_names_are_the_same_for_everyone_and_never_collide() {
    let titles: BTreeMap<_, _> =
        [("p1", "Sales"), ("p2", "SALES"), ("p3", "Sales (2)"), ("p4", "index.html"), ("p5", ""), ("p6", "../Sales")]
            .into_iter()
            .map(|(p, t)| (id(p), t.to_owned()))
            .collect();
    let folders = folder_names(&titles);
    assert_eq!(folders[&id("p1")], "Sales");
    assert_eq!(folders[&id("p2")], "SALES (2)");
    assert_eq!(folders[&id("p3")], "Sales (2) (2)");
    assert_eq!(folders[&id("p4")], "index.html (2)");
    assert_eq!(folders[&id("p5")], "Untitled");
    let folded: HashSet<String> = folders.values().map(|f| names::folded(f)).collect();
    assert_eq!(folded.len(), titles.len());
    // The last ones are long in bytes only, and long behind the name of a device.
    for title in ["ü".repeat(200), "🥐".repeat(70), format!("con.{}", "x".repeat(90))] {
        let long: BTreeMap<_, _> = (0..12).map(|i| (id(&format!("p{i}")), title.clone())).collect();
        let folders = folder_names(&long);
        assert!(folders.values().all(|f| f.chars().count() <= 80 && safe_title(f) == *f), "{folders:?}");
        assert!(folders.values().all(|f| names::plain(&format!("Current/{f}/x.csv")).is_ok()), "{folders:?}");
        assert_eq!(folders.values().map(|f| names::folded(f)).collect::<HashSet<_>>().len(), 12);
    }
}

#[test]
fn the_page_of_the_whole_shelf_is_always_ours() {
    let desk = Desk::new();
    write_root(&desk.place(), &[desk.file("index.html", "one")]).unwrap();
    std::fs::write(desk.shelf.path().join("Current/index.html"), "somebody's").unwrap();
    write_root(&desk.place(), &[desk.file("index.html", "two")]).unwrap();
    assert_eq!(desk.read("index.html").unwrap(), "two");
}
