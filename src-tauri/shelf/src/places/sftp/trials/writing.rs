//! What servers do to writers.

use super::super::wire::{code, kind};
use super::*;

fn temps(server: &Server) -> Vec<String> {
    let files = server.files.lock().unwrap();
    files.nodes.keys().filter(|name| name.ends_with(".tmp")).cloned().collect()
}

#[test]
fn a_file_is_written_beside_and_then_named() {
    let server = server();
    let place = at(server.port, "/shelf");
    put(&place, NAME, "text").unwrap();
    assert_eq!(place.get(NAME, 9).unwrap().unwrap(), b"text");
    assert!(place.durable());
    assert_eq!((server.asked(kind::RENAME), temps(&server).len()), (1, 0));
    // Two servers that keep nothing for sure.
    server.files.lock().unwrap().offers.retain(|offer| !offer.starts_with("fsync"));
    let other = at(server.port, "/shelf");
    put(&other, "larder-data/w/aa/r/y.rec", "text").unwrap();
    assert!(!other.durable());
}

// fault 6
#[test]
fn a_name_that_may_not_be_given_is_written_directly() {
    let server = server();
    server.files.lock().unwrap().renames = Renames::Refused;
    let place = at(server.port, "/shelf");
    put(&place, NAME, "text").unwrap();
    assert_eq!(place.get(NAME, 9).unwrap().unwrap(), b"text");
    assert_eq!(put(&place, NAME, "other"), Err(RefusalCode::Taken));
    put(&place, "larder-data/w/aa/r/y.rec", "more").unwrap();
    assert_eq!(server.asked(kind::RENAME), 1, "it is asked for once only");
    assert_eq!(place.get("larder-data/w/aa/r/y.rec", 9).unwrap().unwrap(), b"more");
    for text in ["1", "2"] {
        place.replace("Current/x/y.csv", &mut text.as_bytes(), 1).unwrap();
        assert_eq!(place.get("Current/x/y.csv", 9).unwrap().unwrap(), text.as_bytes());
    }
    assert_eq!(temps(&server), Vec::<String>::new());
}

// fault 3
#[test]
fn a_full_server_is_told_at_once_and_nothing_is_left() {
    let full = |words: &'static str, code: u32| {
        let server = server();
        server.set_whim(move |kind, _| if kind == kind::WRITE { Do::Say(code, words) } else { Do::AsUsual });
        let place = at(server.port, "/shelf");
        assert_eq!(put(&place, NAME, "text"), Err(RefusalCode::NoSpace), "{code} {words}");
        assert_eq!((server.asked(kind::WRITE), temps(&server).len()), (1, 0), "no storm of tries, no temp file");
        assert_eq!(place.get(NAME, 9).unwrap(), None);
    };
    full("No space left on device", code::NO_SPACE);
    full("Disk quota exceeded", code::FAILURE);
    full("Failure", code::FAILURE);
    full("", code::QUOTA);
    let server = server();
    server.files.lock().unwrap().room = 100_000;
    let place = at(server.port, "/shelf");
    assert_eq!(place.space_free_bytes().unwrap(), Some(100_000));
    let large = vec![7_u8; 300_000];
    assert_eq!(place.put(NAME, &mut large.as_slice(), 300_000).unwrap_err().code, RefusalCode::NoSpace);
    assert_eq!(place.replace("Current/x/y", &mut large.as_slice(), 300_000).unwrap_err().code, RefusalCode::NoSpace);
    assert_eq!(temps(&server), Vec::<String>::new());
    server.files.lock().unwrap().offers.clear();
    assert_eq!(at(server.port, "/shelf").space_free_bytes().unwrap(), None);
}

// fault 8
#[test]
fn a_server_that_may_only_be_read_says_so() {
    let server = server();
    server.set_whim(|kind, _| match kind {
        kind::MKDIR | kind::REMOVE => Do::Say(code::PERMISSION_DENIED, "Permission denied"),
        kind::OPEN => Do::Say(code::PERMISSION_DENIED, "Permission denied"),
        _ => Do::AsUsual,
    });
    let place = at(server.port, "/shelf");
    assert_eq!(put(&place, NAME, "text"), Err(RefusalCode::NoPermission));
    assert_eq!(put(&place, "t-probe.tmp", "text"), Err(RefusalCode::NoPermission));
    let found = crate::probe(&place).unwrap();
    assert!(found.can_read && !found.can_write);
}

// fault 7
#[test]
fn a_folder_that_may_not_be_read_says_so() {
    let server = server();
    let place = at(server.port, "/shelf");
    put(&place, NAME, "text").unwrap();
    server.set_whim(|kind, name| match kind {
        kind::OPENDIR | kind::OPEN if name.contains("larder-data") => Do::Say(code::PERMISSION_DENIED, ""),
        _ => Do::AsUsual,
    });
    assert_eq!(place.list("larder-data/w").unwrap_err().code, RefusalCode::NoPermission);
    assert_eq!(place.get(NAME, 9).unwrap_err().code, RefusalCode::NoPermission);
    assert_eq!(place.list("").unwrap().len(), 1);
}

// fault 76
#[test]
fn a_plain_copy_that_somebody_has_open_stays() {
    for offers in [true, false] {
        let server = server();
        if !offers {
            server.files.lock().unwrap().offers.clear();
        }
        let place = at(server.port, "/shelf");
        let replace = |text: &str| place.replace("Current/x/y.csv", &mut text.as_bytes(), text.len() as u64);
        replace("old").unwrap();
        server.set_whim(|kind, name| match kind {
            kind::REMOVE if name.ends_with("y.csv") => Do::Say(code::FAILURE, "Failure"),
            kind::EXTENDED if name.starts_with("posix") => Do::Say(code::FAILURE, "Failure"),
            _ => Do::AsUsual,
        });
        assert_eq!(replace("new").unwrap_err().code, RefusalCode::Locked);
        assert_eq!(place.delete("Current/x/y.csv").unwrap_err().code, RefusalCode::Locked);
        assert_eq!(place.get("Current/x/y.csv", 9).unwrap().unwrap(), b"old");
        assert_eq!(temps(&server), Vec::<String>::new());
        server.set_whim(|_, _| Do::AsUsual);
        replace("new").unwrap();
        assert_eq!(place.get("Current/x/y.csv", 9).unwrap().unwrap(), b"new");
    }
}

// fault 1
#[test]
fn old_temp_files_are_swept_and_fresh_ones_are_somebodys() {
    let server = server();
    {
        let mut files = server.files.lock().unwrap();
        for folder in
            ["/shelf/larder-data", "/shelf/larder-data/w", "/shelf/larder-data/w/aa", "/shelf/larder-data/w/aa/t"]
        {
            files.put(folder, Node::Folder);
        }
        for name in ["t-1.tmp", "t-2.tmp", "other.txt"] {
            files.put(&format!("/shelf/larder-data/w/aa/t/{name}"), Node::File(Vec::new()));
        }
        files.set_time("/shelf/larder-data/w/aa/t/t-2.tmp", 3 * 24 * 60 * 60);
    }
    // The server's own clock is what counts: all its new files are three days younger.
    let clock = server.files.clone();
    server.set_whim(move |kind, name| {
        if kind == kind::OPEN {
            clock.lock().unwrap().set_time(name, 3 * 24 * 60 * 60 + 60);
        }
        Do::AsUsual
    });
    put(&at(server.port, "/shelf"), NAME, "x").unwrap();
    let files = server.files.lock().unwrap();
    let left: Vec<_> = files.nodes.keys().filter(|name| name.contains("/t/")).collect();
    assert_eq!(left, ["/shelf/larder-data/w/aa/t/other.txt", "/shelf/larder-data/w/aa/t/t-2.tmp"]);
}

#[test]
fn of_many_who_put_the_same_name_one_wins() {
    let server = server();
    let place = at(server.port, "/shelf");
    put(&place, "larder-data/w/aa/r/first.rec", "x").unwrap();
    for round in 0..5 {
        let name = format!("larder-data/w/aa/r/{round}.rec");
        let won: usize = std::thread::scope(|scope| {
            let port = server.port;
            let one = |i: usize| {
                let name = &name;
                scope.spawn(move || usize::from(put(&at(port, "/shelf"), name, &i.to_string()).is_ok()))
            };
            let all: Vec<_> = (0..4).map(one).collect();
            all.into_iter().map(|one| one.join().unwrap()).sum()
        });
        assert_eq!(won, 1);
    }
}

#[test]
fn large_content_arrives_whole_whatever_the_server_takes_at_once() {
    let content: Vec<u8> = (0..3_000_000_u32).map(|n| u8::try_from(n.wrapping_mul(n) % 251).unwrap()).collect();
    for gives in [255 * 1024, 50_000, 4_000] {
        for limits in [true, false] {
            let server = server();
            server.files.lock().unwrap().gives = gives;
            if !limits {
                server.files.lock().unwrap().offers.clear();
            }
            let place = at(server.port, "/shelf");
            place.put(NAME, &mut content.as_slice(), content.len() as u64).unwrap();
            assert!(place.get(NAME, 3_000_000).unwrap().unwrap() == content, "{gives} {limits}");
        }
    }
}

#[test]
fn each_verb_waits_for_few_answers() {
    let server = server();
    let place = at(server.port, "/shelf");
    put(&place, NAME, "text").unwrap();
    place.replace("Current/x", &mut "0".as_bytes(), 1).unwrap();
    let verbs: [(&str, u64, &dyn Fn()); 6] = [
        ("stat", 1, &|| drop(place.stat(NAME).unwrap())),
        // The third is on its way before the second is there, so nobody waits for it.
        ("list", 3, &|| drop(place.list("larder-data/w/aa/r").unwrap())),
        ("get", 3, &|| drop(place.get(NAME, 9).unwrap())),
        ("put", 5, &|| put(&place, "larder-data/w/aa/r/z.rec", "text").unwrap()),
        ("delete", 2, &|| place.delete("larder-data/w/aa/r/z.rec").unwrap()),
        ("replace", 5, &|| place.replace("Current/x", &mut "1".as_bytes(), 1).unwrap()),
    ];
    for (verb, most, work) in verbs {
        let trips = || place.kept().session.as_ref().unwrap().trips.0;
        let before = trips();
        work();
        let trips = trips() - before;
        println!("{verb}: {trips} round trips");
        assert!(trips <= most, "{verb}: {trips}");
    }
}
