//! What a server and the line to it can do to us: refuse, lie, never end, and lead elsewhere.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use larder_model::{Refusal, RefusalCode};

use super::super::net::Patience;
use super::super::net::stub::{Line, Stub};
use super::*;
use crate::envelope::sha256;
use crate::ledger::Ledger;
use crate::place_write::{self, Wanted};
use crate::trials::{Desk, content, product};

pub(super) const NAME: &str = "larder-data/w/aa/r/x.rec";
pub(super) const PASSWORD: &str = "correct horse";

/// A patience that a test has.
const SHORT: Patience = Patience {
    idle: Duration::from_millis(400),
    answer: Duration::from_millis(400),
    grace: Duration::from_millis(800),
    bytes_per_second: 1 << 20,
    pause: Duration::from_millis(5),
    longest_pause: Duration::from_millis(1_500),
};

pub(super) fn at(url: &str) -> WebDav {
    let address = Address::parse(&format!("webdav+{}", url.replacen("://", "://anna@", 1))).unwrap();
    let mut place = WebDav::open(address, Some(&Secret::new(PASSWORD))).unwrap();
    place.net = place.net.waiting(SHORT);
    place.most = Most { bytes: 4 << 20, rows: 50_000 };
    place
}

pub(super) fn to(stub: &Stub) -> WebDav {
    at(&stub.url())
}

pub(super) fn put(place: &dyn Place, name: &str, text: &str) -> Result<(), Refusal> {
    place.put(name, &mut text.as_bytes(), text.len() as u64)
}

/// What every verb answers.
pub(super) fn verbs(place: &dyn Place) -> Vec<(&'static str, Option<Refusal>)> {
    vec![
        ("list", place.list("larder-data/w").err()),
        ("stat", place.stat(NAME).err()),
        ("get", place.get(NAME, 100).err()),
        ("put", put(place, NAME, "x").err()),
        ("replace", place.replace("Current/x/y.csv", &mut "x".as_bytes(), 1).err()),
        ("delete", place.delete(NAME).err()),
        ("space", place.space_free_bytes().err()),
    ]
}

// fault 11
#[test]
fn every_status_is_told_as_what_it_is() {
    use RefusalCode::*;
    for (status, code) in [
        (401, SignIn),
        (403, NoPermission),
        (423, Locked),
        (429, Throttled),
        (503, Throttled),
        (507, NoSpace),
        (413, TooLarge),
        (500, Unreachable),
        (502, Unreachable),
        (511, NotThisKind),
        (404, Unreachable),
    ] {
        let stub = Stub::lying(move |_, line, _| line.answer(status, "Retry-After: 90\r\n", b"<html>no</html>"));
        for (verb, refusal) in verbs(&to(&stub)) {
            let refusal = refusal.unwrap_or_else(|| panic!("{status} {verb}"));
            assert_eq!(refusal.code, code, "{status} {verb}");
            let path = refusal.params.get("path").map(|path| format!("{path:?}")).unwrap_or_default();
            assert!(path.contains(&format!("127.0.0.1:{}", stub.port)) && !path.contains("anna"), "{verb} {refusal}");
        }
    }
}

// fault 11
#[test]
fn what_only_writing_meets_is_told_as_what_it_is() {
    use RefusalCode::*;
    for (status, code) in [
        (401, SignIn),
        (403, NoPermission),
        (405, NoPermission),
        (409, Unreachable),
        (413, TooLarge),
        (423, Locked),
        (429, Throttled),
        (507, NoSpace),
    ] {
        let stub = Stub::lying(move |asked, line, _| asked.method == "PUT" && line.answer(status, "", b""));
        let place = to(&stub);
        assert_eq!(put(&place, NAME, "text").unwrap_err().code, code, "{status}");
        let over = place.replace("Current/x/y.csv", &mut "text".as_bytes(), 4).unwrap_err();
        assert_eq!(over.code, code, "{status}");
        assert!(stub.files.lock().unwrap().is_empty());
    }
}

// fault 11
#[test]
fn a_server_without_time_is_asked_again_soon_and_not_for_long() {
    let left = std::sync::Arc::new(AtomicU32::new(2));
    let counted = left.clone();
    let stub = Stub::lying(move |_, line, _| {
        let busy = counted.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        busy && line.answer(503, "Retry-After: 1\r\n", b"")
    });
    let began = Instant::now();
    assert_eq!(to(&stub).list("").unwrap(), []);
    assert!(began.elapsed() >= Duration::from_secs(2) && stub.asked().len() == 3, "{:?}", began.elapsed());
    left.store(u32::MAX, Ordering::Relaxed);
    let began = Instant::now();
    assert_eq!(to(&stub).list("").unwrap_err().code, RefusalCode::Throttled);
    assert_eq!(stub.asked().len(), 3 + 4, "{:?}", began.elapsed());
    let stub = Stub::lying(|_, line, _| line.answer(429, "Retry-After: 3600\r\n", b""));
    assert_eq!(to(&stub).list("").unwrap_err().code, RefusalCode::Throttled);
    assert_eq!(stub.asked().len(), 1, "an hour is not waited for");
}

/// A shelf with something of two people on it, on an honest server.
fn shelf(stub: &Stub) -> (Desk, Desk, WebDav) {
    let place = to(stub);
    let mut anna = Desk::founder(&place);
    let mut ben = Desk::joiner(&place, "Ben", 2);
    anna.look(&place);
    anna.confirm(&place, &ben);
    anna.publish(&place, "sales", "one");
    ben.publish(&place, "stock", "two");
    (anna, ben, place)
}

// fault 11
#[test]
fn a_page_to_sign_in_to_the_wifi_is_never_taken_for_what_is_on_a_shelf() {
    let page = b"<!DOCTYPE html><html><body>Welcome to our <b>Wi-Fi</b>&nbsp;</body></html>";
    let portal = std::sync::Arc::new(AtomicU32::new(0));
    let now = portal.clone();
    let stub = Stub::lying(move |_, line, _| match now.load(Ordering::Relaxed) {
        1 => line.answer(200, "Content-Type: text/html; charset=utf-8\r\n", page),
        2 => line.answer(200, "", page),
        3 => line.answer(207, "Content-Type: text/html\r\n", page),
        4 => line.answer(302, "Location: http://wifi.invalid/login\r\n", page),
        _ => false,
    });
    let (mut anna, _, place) = shelf(&stub);
    let before = anna.look(&place);
    let trusted = serde_json::to_string(&anna.trust).unwrap();
    for kind in 1..=4 {
        portal.store(kind, Ordering::Relaxed);
        // What has no status or type to tell it by is told by its hash; asking about it never works.
        let all = verbs(&place);
        let told = |verb: &str| all.iter().find(|(name, _)| *name == verb).unwrap().1.as_ref().map(|r| r.code);
        for verb in ["list", "stat", "put", "delete", "space"] {
            assert_eq!(told(verb), Some(RefusalCode::NotThisKind), "{kind} {verb}");
        }
        let refusal = crate::look(&place, &mut anna.trust, &anna.device, &|_| false, &|| false).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NotThisKind, "{kind}");
        assert_eq!(anna.try_publish(&place, "sales", "three").unwrap_err().code, RefusalCode::NotThisKind);
        assert_eq!(serde_json::to_string(&anna.trust).unwrap(), trusted, "and nothing that was known is forgotten");
        portal.store(0, Ordering::Relaxed);
        assert_eq!(anna.look(&place), before);
    }
    portal.store(1, Ordering::Relaxed);
    assert_eq!(place.get(NAME, 1_000).unwrap_err().code, RefusalCode::NotThisKind);
}

// fault 11
#[test]
fn a_page_that_was_published_is_no_wifi() {
    let stub = Stub::lying(|asked, line, files| {
        let files = files.lock().unwrap();
        let Some(bytes) = files.get(&asked.name()).filter(|_| asked.method == "GET") else { return false };
        line.answer(200, "Content-Type: text/html\r\n", bytes)
    });
    put(&to(&stub), NAME, "<html>").unwrap();
    assert_eq!(to(&stub).get(NAME, 10).unwrap().unwrap(), b"<html>");
    assert_eq!(to(&stub).get("larder-data/w", 10).unwrap(), None, "a folder is no file");
}

// fault 12
#[test]
fn a_file_cut_anywhere_on_its_way_is_put_again() {
    let text: Vec<u8> = (0..20_000_u32).flat_map(|i| i.to_le_bytes()).collect();
    let hash = sha256(&text);
    let cuts = (0..text.len()).step_by(4_096).chain([text.len() - 1]);
    for cut in cuts {
        for keeps in [true, false] {
            let left = AtomicU32::new(1);
            let stub = Stub::lying(move |asked, line, files| {
                if asked.method != "PUT" || left.swap(0, Ordering::Relaxed) == 0 {
                    return false;
                }
                let part = line.take(cut);
                if keeps {
                    files.lock().unwrap().insert(asked.name(), part);
                }
                true
            });
            let place = to(&stub);
            let source = &mut || Ok(Box::new(text.as_slice()) as Box<dyn std::io::Read>);
            let wanted = Wanted { name: NAME, hash: &hash, size_bytes: text.len() as u64 };
            place_write::put(&place, wanted, &mut Ledger::default(), source).unwrap();
            assert!(stub.files.lock().unwrap().get(NAME).unwrap() == &text, "{cut} {keeps}");
        }
    }
}

// fault 13
#[test]
fn a_server_that_stores_nothing_or_something_else_is_found_out() {
    for lie in 0..5 {
        let stub = Stub::lying(move |asked, line, files| {
            if asked.method != "PUT" {
                return false;
            }
            let mut bytes = line.take(usize::MAX);
            match lie {
                0 => return line.answer(201, "", b""),
                1 => bytes.fill(0),
                2 => bytes.truncate(bytes.len() - 1),
                3 => bytes.push(0),
                _ => bytes.reverse(),
            }
            files.lock().unwrap().insert(asked.name(), bytes);
            line.answer(201, "", b"")
        });
        let refusal = place_write::put_bytes(&to(&stub), NAME, b"what was meant").unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NotVerified, "{lie}");
        let puts = stub.asked().iter().filter(|asked| asked.method == "PUT").count();
        assert_eq!(puts, 3, "{lie}");
    }
}

/// Begins an answer and never ends it, until nobody listens.
fn endless(line: &mut Line, head: &str, piece: &[u8], pause: Duration) -> bool {
    line.take(usize::MAX);
    let _ = line.send(head.as_bytes());
    let until = Instant::now() + Duration::from_secs(20);
    while Instant::now() < until && line.send(piece) {
        std::thread::sleep(pause);
    }
    true
}

const ENDLESS: &str = "HTTP/1.1 200 OK\r\n\r\n";
const LISTING_BEGINS: &str = "HTTP/1.1 207 OK\r\n\r\n<D:multistatus xmlns:D=\"DAV:\"><D:response><D:href>/</D:href>\
    <D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop></D:propstat></D:response>";
const LISTING_ROW: &str = "<D:response><D:href>/x</D:href></D:response>";

/// What never ends, and how it is told.
fn never_ending(kind: u32, line: &mut Line) -> bool {
    let (fast, slow) = (Duration::ZERO, Duration::from_millis(100));
    match kind {
        0 => endless(line, ENDLESS, &[b'x'; 65_536], fast),
        1 => endless(line, ENDLESS, b"x", slow),
        2 => endless(line, "HTTP/1.1 207 OK\r\nX: ", b"x", slow),
        3 => endless(line, LISTING_BEGINS, LISTING_ROW.repeat(500).as_bytes(), fast),
        4 => endless(line, LISTING_BEGINS, LISTING_ROW.as_bytes(), slow),
        5 => endless(line, LISTING_BEGINS, &[b'x'; 65_536], fast),
        6 => endless(line, LISTING_BEGINS, "<a>".repeat(500).as_bytes(), fast),
        7 => endless(line, LISTING_BEGINS, "<!-- x -->".repeat(5_000).as_bytes(), fast),
        _ => endless(line, "", b"", Duration::from_secs(5)),
    }
}

// fault 14
#[test]
fn nothing_that_never_ends_is_waited_for() {
    for kind in 0..9 {
        let stub = Stub::lying(move |_, line, _| never_ending(kind, line));
        let place = to(&stub);
        for listed in [true, false] {
            let began = Instant::now();
            let refusal = if listed {
                place.list("").map(drop).unwrap_err()
            } else {
                place.get(NAME, 1 << 20).map(drop).unwrap_err()
            };
            let code = refusal.code;
            assert!(
                matches!(code, RefusalCode::Unreachable | RefusalCode::TooLarge | RefusalCode::NotThisKind),
                "{code:?}"
            );
            assert!(began.elapsed() < Duration::from_secs(8), "{kind} {:?} {refusal}", began.elapsed());
        }
    }
}

// fault 14
#[test]
fn what_is_sent_to_a_server_that_does_not_take_it_is_given_up() {
    let stub = Stub::lying(|asked, line, _| {
        if asked.method == "PUT" {
            line.take(100);
            std::thread::sleep(Duration::from_secs(2));
            return true;
        }
        false
    });
    let began = Instant::now();
    let much = vec![7_u8; 40 << 20];
    let refusal = to(&stub).put(NAME, &mut much.as_slice(), much.len() as u64).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Unreachable);
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}

// fault 14
#[test]
fn one_writers_files_that_never_end_leave_the_others_shown() {
    let bens = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let writer = bens.clone();
    let kind = std::sync::Arc::new(AtomicU32::new(0));
    let now = kind.clone();
    let stub = Stub::lying(move |asked, line, _| {
        let writer = writer.lock().unwrap().clone();
        !writer.is_empty() && asked.path.contains(&writer) && never_ending(now.load(Ordering::Relaxed), line)
    });
    let (mut anna, ben, place) = shelf(&stub);
    for endless in [0, 3, 5] {
        kind.store(endless, Ordering::Relaxed);
        *bens.lock().unwrap() = ben.device.writer().as_str().to_owned();
        let mut cem = Desk::stranger(anna.trust.shelf(), 9);
        let view = cem.look(&place);
        let seen = view.product(&product("sales")).unwrap();
        assert_eq!(content(&place, seen).unwrap(), "one", "{endless}");
        bens.lock().unwrap().clear();
        assert_eq!(content(&place, &anna.seen(&place, "stock")).unwrap(), "two");
    }
}
