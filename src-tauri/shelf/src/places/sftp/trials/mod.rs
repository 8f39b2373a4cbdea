//! SFTP against a server of our own that can be told to behave badly; OpenSSH's is in `places/real`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod files;
mod hostile;
mod lost;
pub(crate) mod protocol;
pub(crate) mod proxy;
mod server;
mod sign_in;
mod writing;

use std::time::Duration;

use larder_model::{Param, Refusal, RefusalCode};

use super::session::Patience;
use super::{Address, Sftp};
use crate::places::contract;
use crate::places::{Place, Secret, Values};
use files::{Files, Node, Renames};
use server::{Do, Door, PASSWORD, Server, fingerprint, host_key};

const NAME: &str = "larder-data/w/aa/r/x.rec";

/// An address on loopback.
fn address(port: u16, folder: &str) -> Address {
    let values = [("host", "127.0.0.1"), ("port", &port.to_string()), ("user", "anna"), ("folder", folder)];
    let values: Values = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Address::of(&values).unwrap()
}

/// The place at a port, its key accepted.
fn at(port: u16, folder: &str) -> Sftp {
    let address = Address { host_key: Some(fingerprint(&host_key(1))), ..address(port, folder) };
    Sftp::new(address, Some(Secret::new(PASSWORD)))
}

/// A server that anybody may sign in to with the password.
fn server() -> Server {
    Server::start(Door::Password, vec![host_key(1)])
}

/// Waits for nothing long while connecting.
fn hasty(mut place: Sftp) -> Sftp {
    let short = Duration::from_secs(1);
    place.way.patience = Patience { connect: short, sign_in: short, answer: short, whole: 2 * short, idle: short };
    place
}

/// Waits for nothing long on the connection that there is.
fn hurry(place: &Sftp) {
    let short = Duration::from_millis(200);
    let mut kept = place.kept();
    let patience = &mut kept.session.as_mut().unwrap().patience;
    (patience.answer, patience.whole) = (short, 3 * short);
}

fn put(place: &dyn Place, name: &str, text: &str) -> Result<(), RefusalCode> {
    place.put(name, &mut text.as_bytes(), text.len() as u64).map_err(|r| r.code)
}

fn param<'a>(refusal: &'a Refusal, name: &str) -> &'a str {
    match refusal.params.get(name) {
        Some(Param::Text(text)) => text,
        other => panic!("{name}: {other:?} in {refusal}"),
    }
}

/// A kind of server, and what makes one of it.
type Made = (&'static str, fn(&mut Files));

/// Every kind of server that there is, as far as it matters.
fn kinds() -> Vec<Made> {
    vec![
        ("as OpenSSH", |_| {}),
        ("without offers", |files| files.offers.clear()),
        ("renames over", |files| {
            files.offers.clear();
            files.renames = Renames::Over;
        }),
        ("never renames", |files| files.renames = Renames::Refused),
        ("lists names only", |files| files.tells_modes = false),
        ("gives little", |files| files.gives = 2),
    ]
}

#[test]
fn every_kind_of_server_holds_the_contract() {
    for (i, (kind, make)) in kinds().into_iter().enumerate() {
        let folders: &[&str] = if i == 0 { &["/shelf", "", "/"] } else { &["/shelf"] };
        for folder in folders {
            let mut kept = Vec::new();
            println!("{kind} {folder:?}");
            contract::holds(&mut || {
                let server = server();
                make(&mut server.files.lock().unwrap());
                let place = at(server.port, folder);
                kept.push(server);
                Box::new(place)
            });
        }
    }
}

#[test]
fn the_form_of_the_kind_says_how_to_get_in() {
    let server = server();
    let mut values = address(server.port, "/shelf").values();
    let kind = super::super::kind_of("sftp://anna@h/x").unwrap();
    assert_eq!(kind.name, "sftp");
    let open = |values: &Values| (kind.open)(&(kind.address)(values).unwrap(), Some(&Secret::new(PASSWORD))).unwrap();
    // The first time there is nothing to compare the key with; what was shown is put into the form.
    let refusal = open(&values).list("").unwrap_err();
    assert_eq!(refusal.code, RefusalCode::HostKey);
    values.insert("host_key".to_owned(), param(&refusal, "fingerprint").to_owned());
    let place = open(&values);
    assert_eq!(place.list("").unwrap(), Vec::new());
    let found = crate::probe(&*place).unwrap();
    assert!(found.can_read && found.can_write && !found.nested, "{found:?}");
    assert_eq!((kind.values)(&(kind.address)(&values).unwrap()), values);
}

#[test]
fn a_shelf_inside_a_shelf_is_seen() {
    let server = server();
    let is_nested = || at(server.port, "/shelf/inner").nested().unwrap();
    let add = |name: &str, node: Node| server.files.lock().unwrap().put(name, node);
    add("/shelf/inner", Node::Folder);
    assert!(!is_nested());
    add("/shelf/inner/below", Node::Folder);
    add("/shelf/inner/below/larder-data", Node::Folder);
    assert!(!is_nested());
    add("/shelf/inner/below/larder-data/shelf-0123456789abcdef.rec", Node::File(Vec::new()));
    assert!(is_nested());
    server.files.lock().unwrap().nodes.remove("/shelf/inner/below/larder-data");
    assert!(!is_nested());
    add("/shelf/larder-data", Node::Folder);
    add("/shelf/larder-data/shelf-0123456789abcdef.rec", Node::File(Vec::new()));
    assert!(is_nested());
    add("/shelf/larder-data/x", Node::Folder);
    assert!(at(server.port, "/shelf/larder-data/x").nested().unwrap());
}

#[test]
fn a_root_that_is_away_is_never_an_empty_place() {
    let server = server();
    let place = at(server.port, "/shelf/away");
    let code = |done: Result<(), Refusal>| done.unwrap_err().code;
    for answer in [
        place.list("").map(drop),
        place.list("larder-data/w").map(drop),
        place.stat(NAME).map(drop),
        place.get(NAME, 9).map(drop),
        place.put(NAME, &mut "x".as_bytes(), 1),
        place.replace("Current/x/y.csv", &mut "x".as_bytes(), 1),
        place.delete(NAME),
        place.space_free_bytes().map(drop),
        place.nested().map(drop),
    ] {
        assert_eq!(code(answer), RefusalCode::Unreachable);
    }
    assert_eq!(server.files.lock().unwrap().nodes.len(), 4, "nothing was made");
    server.files.lock().unwrap().put("/shelf/away", Node::Link("/home".to_owned()));
    assert_eq!(place.list("").unwrap().len(), 1, "the root itself may be a link");
}
