//! What every kind of place has to do alike. The folder and the simulated place are held to it here; servers, once they were
//! started, by [`holds`].
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use larder_model::RefusalCode;

use super::{Folder, Place};
use crate::sim::SimPlace;

/// A line of the contract: its name, and what proves it on an empty place.
type Line = (&'static str, fn(&dyn Place));

/// The whole contract.
const CONTRACT: &[Line] = &[
    ("what_was_put_is_there_and_is_never_put_over", what_was_put_is_there_and_is_never_put_over),
    ("a_listing_is_sorted_and_one_level_deep", a_listing_is_sorted_and_one_level_deep),
    ("a_file_larger_than_asked_for_is_refused", a_file_larger_than_asked_for_is_refused),
    ("content_of_another_size_than_said_is_not_put", content_of_another_size_than_said_is_not_put),
    ("names_outside_of_the_grammar_are_refused", names_outside_of_the_grammar_are_refused),
    ("plain_copies_are_replaced_and_deleted", plain_copies_are_replaced_and_deleted),
];

/// Holds a kind of place to the whole contract; `fresh` gives an empty place every time.
pub(crate) fn holds(fresh: &mut dyn FnMut() -> Box<dyn Place>) {
    for (name, line) in CONTRACT {
        // Which line it was stands before what went wrong.
        println!("contract: {name}");
        line(&*fresh());
    }
}

#[test]
fn a_folder_holds_the_contract() {
    let root = tempfile::tempdir().unwrap();
    let mut n = 0;
    holds(&mut || {
        n += 1;
        let folder = root.path().join(n.to_string());
        std::fs::create_dir(&folder).unwrap();
        Box::new(Folder::new(&folder))
    });
}

#[test]
fn the_simulated_place_holds_the_contract() {
    holds(&mut || Box::new(SimPlace::new()));
}

fn put(place: &dyn Place, name: &str, text: &str) -> Result<(), RefusalCode> {
    place.put(name, &mut text.as_bytes(), text.len() as u64).map_err(|r| r.code)
}

fn names_in(place: &dyn Place, folder: &str) -> Vec<String> {
    place.list(folder).unwrap().into_iter().map(|e| e.name).collect()
}

fn what_was_put_is_there_and_is_never_put_over(place: &dyn Place) {
    let name = "larder-data/w/aa/h/00000001-0000000000000000.rec";
    assert_eq!(place.get(name, 10).unwrap(), None);
    assert_eq!(place.stat(name).unwrap(), None);
    put(place, name, "one").unwrap();
    assert_eq!(put(place, name, "two"), Err(RefusalCode::Taken));
    assert_eq!(place.get(name, 10).unwrap().unwrap(), b"one");
    let entry = place.stat(name).unwrap().unwrap();
    assert_eq!(
        (entry.folder, entry.size_bytes, entry.name.as_str()),
        (false, Some(3), "00000001-0000000000000000.rec")
    );
    assert!(place.stat("larder-data/w").unwrap().unwrap().folder);
}

fn a_listing_is_sorted_and_one_level_deep(place: &dyn Place) {
    assert_eq!(names_in(place, "larder-data/w"), Vec::<String>::new());
    for name in ["larder-data/w/b/r/2.rec", "larder-data/w/b/r/1.rec", "larder-data/w/a/r/3.rec"] {
        put(place, name, "x").unwrap();
    }
    assert_eq!(names_in(place, "larder-data/w"), ["a", "b"]);
    assert_eq!(names_in(place, "larder-data/w/b/r"), ["1.rec", "2.rec"]);
    assert!(names_in(place, "").contains(&"larder-data".to_owned()));
    assert_eq!(names_in(place, "larder-data/w/b/r/1.rec"), Vec::<String>::new());
}

fn a_file_larger_than_asked_for_is_refused(place: &dyn Place) {
    put(place, "larder-data/x", "12345").unwrap();
    assert_eq!(place.get("larder-data/x", 4).unwrap_err().code, RefusalCode::TooLarge);
    assert_eq!(place.get("larder-data/x", 5).unwrap().unwrap(), b"12345");
    put(place, "larder-data/empty", "").unwrap();
    assert_eq!(place.get("larder-data/empty", 0).unwrap().unwrap(), b"");
}

fn content_of_another_size_than_said_is_not_put(place: &dyn Place) {
    for size in [2, 4] {
        let refusal = place.put("larder-data/y", &mut "abc".as_bytes(), size).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::Busy, "{size}");
    }
    assert_eq!(place.stat("larder-data/y").unwrap(), None);
    assert_eq!(names_in(place, "larder-data"), Vec::<String>::new(), "no temp file is left");
}

fn names_outside_of_the_grammar_are_refused(place: &dyn Place) {
    for bad in [
        "../x",
        "/x",
        "larder-data/../../x",
        "larder-data//x",
        "C:\\x",
        "larder-data/X",
        "larder-data/a b",
        "",
        "larder-data/.x",
    ] {
        assert_eq!(put(place, bad, "x"), Err(RefusalCode::Invalid), "{bad}");
    }
    for bad in ["../x", "/x", "a/../x", "a\\b", ""] {
        assert_eq!(place.get(bad, 9).unwrap_err().code, RefusalCode::Invalid, "{bad}");
        assert_eq!(place.delete(bad).unwrap_err().code, RefusalCode::Invalid, "{bad}");
    }
    assert_eq!(place.replace("larder-data/x", &mut "x".as_bytes(), 1).unwrap_err().code, RefusalCode::Invalid);
    assert_eq!(put(place, "Current/x", "x"), Err(RefusalCode::Invalid));
}

fn plain_copies_are_replaced_and_deleted(place: &dyn Place) {
    for text in ["one", "two, longer", "3"] {
        place.replace("Current/Umsätze/data/x.csv", &mut text.as_bytes(), text.len() as u64).unwrap();
        assert_eq!(place.get("Current/Umsätze/data/x.csv", 100).unwrap().unwrap(), text.as_bytes());
    }
    place.delete("Current/Umsätze/data/x.csv").unwrap();
    place.delete("Current/Umsätze/data/x.csv").unwrap();
    assert_eq!(place.stat("Current/Umsätze").unwrap(), None);
    put(place, "larder-data/z", "x").unwrap();
    place.delete("larder-data/z").unwrap();
    assert_eq!(place.stat("larder-data/z").unwrap(), None);
}
