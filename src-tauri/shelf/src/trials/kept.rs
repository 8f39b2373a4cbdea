//! Shelves as earlier versions of the protocol's code wrote them, kept byte for byte: they open, and life goes on upon them.

use std::path::{Path, PathBuf};

use super::sealed::{opened, publish_sealed, recipients};
use super::*;
use crate::{Answer, Ask, Folder, Grant, Retirement, answer, ask, regrant, retire};

fn kept(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/shelves").join(version)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn anna_again(shelf: ShelfId) -> Desk {
    Desk::new("Anna", 1, shelf)
}

/// Anna's orders in two releases, her flour taken off the shelf, Ben's tills; Ben is confirmed, Cem is not.
#[test]
fn a_shelf_of_the_first_protocol_opens_and_goes_on() {
    let root = tempfile::tempdir().unwrap();
    copy(&kept("v1"), root.path());
    let place = Folder::new(root.path());
    let shelf = crate::probe(&place).unwrap().shelf.unwrap().id;
    let mut anna = anna_again(shelf.clone());
    let view = anna.look(&place);
    let people: Vec<_> = view.people.iter().map(|m| (m.person.name.as_str(), m.confirmed, m.steward)).collect();
    assert_eq!(people, [("Anna", true, true), ("Ben", true, false), ("Cem", false, false)]);
    assert_eq!(view.alerts, []);
    let orders = view.product(&product("orders")).unwrap();
    assert_eq!((orders.release, orders.earlier.len(), content(&place, orders).unwrap().as_str()), (2, 1, "two"));
    assert_eq!(state(&view, "flour"), Some(SeenState::Retired));
    assert_eq!(content(&place, view.product(&product("tills")).unwrap()).unwrap(), "tills");
    assert_eq!(anna.publish(&place, "orders", "three").n, 3);
    let mut ben = Desk::new("Ben", 2, shelf);
    assert_eq!(content(&place, &ben.seen(&place, "orders")).unwrap(), "three");
    assert_eq!(ben.publish(&place, "tills", "more tills").n, 2);
    assert_eq!(content(&place, &anna.seen(&place, "tills")).unwrap(), "more tills");
}

/// Writes the kept shelf anew; only ever for a protocol version that nobody has written yet.
#[test]
#[ignore = "writes a fixture"]
fn write_v1() {
    let root = kept("v1");
    std::fs::create_dir_all(&root).unwrap();
    let place = Folder::new(&root);
    let mut anna = Desk::founder(&place);
    let mut ben = Desk::joiner(&place, "Ben", 2);
    anna.look(&place);
    anna.confirm(&place, &ben);
    anna.publish(&place, "orders", "one");
    anna.publish(&place, "orders", "two");
    anna.publish(&place, "flour", "flour");
    let retirement = Retirement {
        product: &product("flour"),
        title: "flour",
        reason: "nobody used it",
        successor: Some(&product("orders")),
        keep_until: None,
    };
    retire(&place, &anna.device, &mut anna.trust, &retirement, NOW).unwrap();
    ben.look(&place);
    ben.publish(&place, "tills", "tills");
    Desk::joiner(&place, "Cem", 3).look(&place);
}

/// The second protocol added what is sealed: a release that Ben can open, and Cem after they asked for it; Dan cannot.
#[test]
fn a_shelf_with_sealed_releases_opens_and_goes_on() {
    let home = tempfile::tempdir().unwrap();
    copy(&kept("v2"), home.path());
    let place = Folder::new(home.path());
    let shelf = crate::probe(&place).unwrap().shelf.unwrap().id;
    let mut anna = Desk::new("Anna", 1, shelf.clone());
    let mut dan = Desk::new("Dan", 4, shelf.clone());
    for (name, seed) in [("Anna", 1), ("Ben", 2), ("Cem", 3)] {
        let mut desk = Desk::new(name, seed, shelf.clone());
        let seen = desk.seen(&place, "wages");
        assert_eq!((seen.release, &seen.state, seen.title.as_str()), (2, &SeenState::Ready, "wages"), "{name}");
        assert_eq!(opened(&place, &mut desk, "wages").unwrap(), "paid");
    }
    let view = dan.look(&place);
    assert_eq!((state(&view, "wages"), state(&view, "orders")), (Some(SeenState::NeedsKey), Some(SeenState::Ready)));
    let [request] = view.requests.as_slice() else { panic!("{:?}", view.requests) };
    assert_eq!((request.person.name.as_str(), request.purpose.as_deref()), ("Cem", None));
    assert!(request.answer.as_ref().unwrap().granted);
    assert_eq!(anna.look(&place).requests[0].purpose.as_deref(), Some("for the books"));
    assert_eq!(publish_sealed(&mut anna, &place, "wages", "paid again", recipients(&[&dan])).n, 3);
    assert_eq!(opened(&place, &mut dan, "wages").unwrap(), "paid again");
}

/// Writes the kept shelf anew; only ever for a protocol version that nobody has written yet.
#[test]
#[ignore = "writes a fixture"]
fn write_v2() {
    let root = kept("v2");
    std::fs::create_dir_all(&root).unwrap();
    let place = Folder::new(&root);
    let mut anna = Desk::founder(&place);
    let ben = Desk::joiner(&place, "Ben", 2);
    let mut cem = Desk::joiner(&place, "Cem", 3);
    anna.look(&place);
    anna.confirm(&place, &ben);
    anna.confirm(&place, &cem);
    anna.publish(&place, "orders", "one");
    publish_sealed(&mut anna, &place, "wages", "paid", recipients(&[&ben]));
    let wages = product("wages");
    let owner = recipients(&[&anna]);
    let person = cem.person_id.clone();
    let asked = Ask { product: &wages, person: &person, purpose: "for the books", until: None, owner: &owner };
    let request = ask(&place, &cem.device, &mut cem.trust, &asked, NOW).unwrap();
    let to = recipients(&[&ben, &cem]);
    let grant = Grant { product: &wages, recipients: &to };
    let release = regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap().hash;
    let told =
        Answer { request: &request, granted: true, text: "", readers: &[], until: None, release: Some(&release) };
    answer(&place, &anna.device, &mut anna.trust, &told, NOW).unwrap();
}
