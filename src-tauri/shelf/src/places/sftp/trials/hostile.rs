//! Servers that want to do harm.

use super::super::wire::{Packet, code, kind};
use super::*;

// fault 58
#[test]
fn names_that_lead_elsewhere_are_left_out_of_a_listing() {
    let server = server();
    let place = at(server.port, "/shelf");
    put(&place, "larder-data/honest.rec", "x").unwrap();
    server.files.lock().unwrap().lies =
        ["../x", "/etc/x", "..", ".", "", "a/b", "a\\b", "a\0b", &"x".repeat(5_000), "a/../../b"]
            .into_iter()
            .map(|name| name.as_bytes().to_vec())
            .chain([b"\xff\xfe".to_vec()])
            .collect();
    let names: Vec<_> = place.list("larder-data").unwrap().into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["honest.rec"]);
    server.files.lock().unwrap().tells_modes = false;
    let names: Vec<_> = place.list("larder-data").unwrap().into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["honest.rec"], "what it is, is asked for");
}

// fault 59
#[test]
fn links_and_pipes_are_neither_told_nor_followed() {
    let server = server();
    {
        let mut files = server.files.lock().unwrap();
        files.put("/secret", Node::Folder);
        files.put("/secret/x.rec", Node::File(b"secret".to_vec()));
        files.put("/shelf/larder-data", Node::Folder);
        files.put("/shelf/larder-data/link", Node::Link("/secret".to_owned()));
        files.put("/shelf/larder-data/file", Node::Link("/secret/x.rec".to_owned()));
        files.put("/shelf/larder-data/pipe", Node::Pipe);
        files.put("/shelf/Current", Node::Link("/secret".to_owned()));
    }
    let place = at(server.port, "/shelf");
    assert_eq!(place.list("larder-data").unwrap(), Vec::new());
    for name in ["larder-data/link/x.rec", "larder-data/file", "larder-data/pipe", "larder-data/link"] {
        assert_eq!(place.get(name, 99).unwrap(), None, "{name}");
        assert_eq!(place.stat(name).unwrap(), None, "{name}");
        assert_eq!(place.list(name).unwrap(), Vec::new(), "{name}");
        place.delete(name).unwrap();
    }
    assert_eq!(put(&place, "larder-data/link/y.rec", "x"), Err(RefusalCode::NoPermission));
    assert_eq!(put(&place, "larder-data/file", "x"), Err(RefusalCode::Taken));
    for name in ["Current/a/b.csv", "Current/x.rec"] {
        let refusal = place.replace(name, &mut "x".as_bytes(), 1).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NoPermission, "{name}");
    }
    let files = server.files.lock().unwrap();
    assert_eq!(files.nodes.get("/secret/x.rec"), Some(&Node::File(b"secret".to_vec())));
    assert_eq!(files.nodes.keys().filter(|name| name.starts_with("/secret")).count(), 2);
    assert_eq!(files.nodes.get("/shelf/larder-data/file"), Some(&Node::Link("/secret/x.rec".to_owned())));
}

// fault 14
#[test]
fn answers_that_never_come_or_never_end_are_given_up() {
    let endless = |kind: u8, what: fn() -> Vec<u8>| {
        let server = server();
        let place = at(server.port, "/shelf");
        put(&place, NAME, "text").unwrap();
        server.set_whim(move |asked, _| if asked == kind { Do::Send(what()) } else { Do::AsUsual });
        hurry(&place);
        (server, place)
    };
    // Silence.
    for kind in [kind::LSTAT, kind::OPEN, kind::READ, kind::READDIR, kind::OPENDIR] {
        let server = server();
        let place = at(server.port, "/shelf");
        put(&place, NAME, "text").unwrap();
        server.set_whim(move |asked, _| if asked == kind { Do::Nothing } else { Do::AsUsual });
        hurry(&place);
        let refusal = match kind {
            kind::READDIR | kind::OPENDIR => place.list("larder-data/w/aa/r").unwrap_err(),
            _ => place.get(NAME, 9).unwrap_err(),
        };
        assert_eq!(refusal.code, RefusalCode::Unreachable, "{kind}");
        server.set_whim(|_, _| Do::AsUsual);
        assert_eq!(place.get(NAME, 9).unwrap().unwrap(), b"text", "{kind}");
    }
    // Answers to what was never asked.
    let (_server, place) = endless(kind::READ, || Packet::new(103, 4_000_000).text("x").done());
    assert_eq!(place.get(NAME, 9).unwrap_err().code, RefusalCode::Unreachable);
    // What is no answer.
    let (_server, place) = endless(kind::READ, || vec![0xff; 64]);
    assert_eq!(place.get(NAME, 9).unwrap_err().code, RefusalCode::NotThisKind);
}

// fault 14
#[test]
fn a_listing_or_a_file_without_end_is_given_up() {
    let server = server();
    let place = at(server.port, "/shelf");
    put(&place, NAME, "text").unwrap();
    // Every listing goes on for ever.
    let files = server.files.clone();
    server.set_whim(move |kind, _| {
        if kind == kind::READDIR {
            let mut files = files.lock().unwrap();
            let more: Vec<_> = (0..100).map(|n| format!("/shelf/larder-data/{n}.rec")).collect();
            for name in &more {
                files.put(name, Node::File(Vec::new()));
            }
            files.list_again(&more);
        }
        Do::AsUsual
    });
    hurry(&place);
    assert_eq!(place.list("larder-data").unwrap_err().code, RefusalCode::Unreachable);
    // A file that has grown since it was looked at, and goes on to.
    server.set_whim(|_, _| Do::AsUsual);
    assert_eq!(place.get(NAME, 9).unwrap().unwrap(), b"text");
    let files = server.files.clone();
    server.set_whim(move |kind, _| {
        if kind == kind::READ {
            files.lock().unwrap().grow("/shelf/larder-data/w/aa/r/x.rec", 4_000);
        }
        Do::AsUsual
    });
    assert_eq!(place.get(NAME, 100_000).unwrap_err().code, RefusalCode::TooLarge);
}

// fault 25
#[test]
fn of_very_many_names_the_greatest_are_kept() {
    let server = server();
    {
        let mut files = server.files.lock().unwrap();
        files.put("/shelf/larder-data", Node::Folder);
        for n in 0..crate::caps::LISTED_NAMES + 500 {
            files.put(&format!("/shelf/larder-data/{n:08}"), Node::File(Vec::new()));
        }
    }
    let names = at(server.port, "/shelf").list("larder-data").unwrap();
    assert_eq!(names.len(), crate::caps::LISTED_NAMES);
    assert_eq!(names.first().unwrap().name, "00000500");
    assert!(names.is_sorted_by(|a, b| a.name < b.name));
}

#[test]
fn codes_of_later_versions_are_understood() {
    let server = server();
    let place = at(server.port, "/shelf");
    put(&place, NAME, "text").unwrap();
    for (code, expected) in [
        (code::WRITE_PROTECT, RefusalCode::NoPermission),
        (code::LOCKED, RefusalCode::Locked),
        (code::UNSUPPORTED, RefusalCode::NotThisKind),
        (77, RefusalCode::Unreachable),
    ] {
        server.set_whim(move |kind, _| if kind == kind::OPEN { Do::Say(code, "no") } else { Do::AsUsual });
        assert_eq!(place.get(NAME, 9).unwrap_err().code, expected, "{code}");
    }
    server.set_whim(|kind, _| if kind == kind::LSTAT { Do::Say(code::NOT_A_FOLDER, "") } else { Do::AsUsual });
    assert_eq!(place.get(NAME, 9).unwrap(), None);
}
