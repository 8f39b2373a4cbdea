//! A shelf on a server: entered in a form, tried out, joined, moved to, signed in to again; its password goes nowhere.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use larder_actions::wire::{JobNote, PlaceForm, PlaceOffer, PlaceProbe, Start, Sync, SyncState};
use larder_model::RefusalCode;
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use larder_tests::server::{PASSWORD, USER, WRONG, WebDavServer};
use serde_json::{Value, json};

fn enter(person: &Person, server: &WebDavServer, password: &str) -> PlaceOffer {
    let values = json!({"url": server.url(), "user": USER, "password": password});
    person.ask("enter_place", json!({"kind": "webdav", "values": values}))
}

fn probe(person: &Person, place: &PlaceOffer) -> PlaceProbe {
    person.ask("probe_place", json!({"place": place.id}))
}

fn at_server(home: &Path, name: &str, server: &WebDavServer) -> Person {
    let person = Person::start(TestHost::at(home).of(name, "pc")).unwrap();
    let place = enter(&person, server, PASSWORD);
    let checks = probe(&person, &place);
    assert!(checks.can_read && checks.can_write && checks.refusal.is_none(), "{checks:?}");
    let someone = json!({"name": name, "role": "", "email": null, "color": 0});
    let set_up = json!({"place": place.id, "name": "Bakery", "person": someone, "join": checks.shelf.is_some()});
    let _: Start = person.ask("set_up_shelf", set_up);
    person
}

fn published(person: &Person, folder: &Path, title: &str) -> String {
    let path = folder.join(format!("{title}.csv"));
    fs::write(&path, format!("Name,{title}\nRye,3.20\nRolls,0.45\n")).unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": title, "summary": "Prices.", "area": "Office"}));
    person.publish(&draft).unwrap()
}

#[test]
fn every_kind_of_server_has_a_form_whose_fields_it_declares() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(folder.path())).unwrap();
    let forms: Vec<PlaceForm> = anna.ask("place_forms", json!({}));
    let kinds: Vec<&str> = forms.iter().map(|form| form.kind.as_str()).collect();
    assert_eq!(kinds, ["webdav", "s3", "sftp"]);
    for form in &forms {
        let refusal = anna.refused("enter_place", json!({"kind": form.kind, "values": {}}));
        let first = form.fields.iter().find(|field| field.required).unwrap();
        assert_eq!((refusal.code, refusal.params["what"].clone()), (RefusalCode::Invalid, first.name.clone().into()));
    }
    assert_eq!(anna.refused("enter_place", json!({"kind": "ftp", "values": {}})).code, RefusalCode::Unknown);
}

#[test]
fn two_people_share_a_shelf_on_a_webdav_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = WebDavServer::start(&folder.path().join("server"));
    let anna = at_server(&folder.path().join("anna"), "Anna", &server);
    let product = published(&anna, folder.path(), "Price list");
    let ben = at_server(&folder.path().join("ben"), "Ben", &server);
    ben.until_shelf_shows("Price list");
    assert!(ben.page(&product).rows_here);
    let start: Start = ben.ask("start", json!({}));
    let shelf = start.shelf.unwrap();
    assert_eq!((shelf.kind.as_str(), shelf.folder, shelf.address.as_str()), ("webdav", false, server.url().as_str()));
    assert_eq!(shelf.values["user"], USER);
    // Its plain copies stand on the server, too.
    assert!(server.files().join("Current/Price list").is_dir());
}

// fault 75
#[test]
fn a_password_lies_nowhere_in_the_home_and_nowhere_on_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = WebDavServer::start(&folder.path().join("server"));
    let home = folder.path().join("anna");
    let anna = at_server(&home, "Anna", &server);
    published(&anna, folder.path(), "Price list");
    let said: Value = anna.ask("start", json!({}));
    assert!(!said.to_string().contains(PASSWORD));
    drop(anna);
    for place in [home, server.files()] {
        assert!(!holds(&place, PASSWORD.as_bytes()), "{}", place.display());
    }
}

#[test]
fn a_wrong_password_is_told_and_signing_in_again_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = WebDavServer::start(&folder.path().join("server"));
    let home = folder.path().join("anna");
    let anna = at_server(&home, "Anna", &server);
    let place = enter(&anna, &server, WRONG);
    assert_eq!(probe(&anna, &place).refusal.unwrap().code, RefusalCode::SignIn);
    drop(anna);
    // Nothing kept the password: at the next start it is asked for again.
    let anna = Person::start(TestHost::at(&home).of("Anna", "pc")).unwrap();
    assert_eq!(anna.look().unwrap_err().code, RefusalCode::SignIn);
    let sync: Sync = anna.ask("sync", json!({}));
    assert!(matches!(&sync.state, SyncState::NeedsYou { refusal } if refusal.code == RefusalCode::SignIn));
    assert_eq!(anna.refused("sign_in", json!({"secret": WRONG})).code, RefusalCode::SignIn);
    let _: Value = anna.ask("sign_in", json!({"secret": PASSWORD}));
    anna.look().unwrap();
    let sync: Sync = anna.ask("sync", json!({}));
    assert_eq!(sync.state, SyncState::UpToDate);
}

#[test]
fn a_server_that_is_away_leaves_everything_readable_and_is_caught_up_with() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = WebDavServer::start(&folder.path().join("server"));
    let anna = at_server(&folder.path().join("anna"), "Anna", &server);
    let first = published(&anna, folder.path(), "Price list");
    server.stop();
    let path = folder.path().join("stock.csv");
    fs::write(&path, "Name,Stock\nRye,3\nRolls,45\n").unwrap();
    let draft = anna.drop_file(&path);
    anna.describe(&draft, json!({"title": "Stock", "summary": "What is there.", "area": "Office"}));
    let job: JobNote = anna.ask("publish", json!({"draft": draft}));
    assert_eq!(anna.finish(job).unwrap_err().code, RefusalCode::Unreachable);
    assert!(anna.page(&first).rows_here);
    server.go_on();
    anna.look().unwrap();
    anna.until_shelf_shows("Stock");
}

// fault 83
#[test]
fn a_shelf_that_was_copied_from_a_folder_to_a_server_is_the_same_shelf() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let product = published(&anna, folder.path(), "Price list");
    let server = WebDavServer::start(&folder.path().join("server"));
    let place = enter(&anna, &server, PASSWORD);
    assert_eq!(anna.refused("move_shelf", json!({"place": place.id})).code, RefusalCode::NoShelf);
    copy(&share, &server.files());
    let _: Start = anna.ask("move_shelf", json!({"place": place.id}));
    fs::remove_dir_all(&share).unwrap();
    anna.look().unwrap();
    assert!(anna.page(&product).rows_here);
    let second = published(&anna, folder.path(), "Stock");
    let ben = at_server(&folder.path().join("ben"), "Ben", &server);
    ben.until_shelf_shows("Stock");
    assert!(ben.page(&product).rows_here && ben.page(&second).rows_here);
}

#[test]
fn several_shelves_stand_side_by_side_and_one_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let (share, server) = (folder.path().join("share"), WebDavServer::start(&folder.path().join("server")));
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    published(&anna, folder.path(), "Price list");
    let place = enter(&anna, &server, PASSWORD);
    let me = json!({"name": "Anna", "role": "", "email": null, "color": 0});
    let set_up = json!({"place": place.id, "name": "Guild", "person": me, "join": false});
    let start: Start = anna.ask("set_up_shelf", set_up);
    assert_eq!((start.shelves.len(), start.shelf.unwrap().name.as_str()), (2, "Guild"));
    assert_eq!(anna.shelf().products, 0);
    published(&anna, folder.path(), "Flour prices");
    let other = start.shelves.iter().find(|shelf| shelf.name != "Guild").unwrap();
    let start: Start = anna.ask("choose_shelf", json!({"shelf": other.id}));
    assert_ne!(start.shelf.unwrap().name, "Guild");
    assert_eq!(anna.shelf().areas[0].labels[0].title, "Price list");
    let guild = start.shelves.iter().find(|shelf| shelf.name == "Guild").unwrap();
    let start: Start = anna.ask("forget_shelf", json!({"shelf": guild.id}));
    assert_eq!(start.shelves.len(), 1);
    assert!(server.files().join("Current/Flour prices").is_dir(), "nothing on it is changed");
}

/// Everything that a folder holds, but not that it was someone's: what a person's copying does.
fn copy(from: &Path, to: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let copied = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&copied).unwrap();
            copy(&entry.path(), &copied);
            fs::set_permissions(&copied, fs::Permissions::from_mode(0o777)).unwrap();
        } else {
            fs::copy(entry.path(), &copied).unwrap();
            fs::set_permissions(&copied, fs::Permissions::from_mode(0o666)).unwrap();
        }
    }
}

fn holds(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().map(Result::unwrap).any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        fs::read(&path).unwrap().windows(bytes.len()).any(|part| part == bytes)
    })
}
