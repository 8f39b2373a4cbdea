//! Connections that end when they should not.

use std::time::Instant;

use super::super::wire::kind;
use super::proxy::Proxy;
use super::*;

fn through(proxy: &Proxy) -> Sftp {
    at(proxy.port, "/shelf")
}

#[test]
fn a_connection_that_was_lost_in_between_is_made_again() {
    let server = server();
    let proxy = Proxy::start(server.port, 1);
    let place = through(&proxy);
    put(&place, NAME, "text").unwrap();
    let verbs: [&dyn Fn(); 7] = [
        &|| drop(place.list("larder-data").unwrap()),
        &|| assert!(place.stat(NAME).unwrap().is_some()),
        &|| assert_eq!(place.get(NAME, 9).unwrap().unwrap(), b"text"),
        &|| put(&place, "larder-data/w/aa/r/y.rec", "text").unwrap(),
        &|| place.replace("Current/x/y.csv", &mut "x".as_bytes(), 1).unwrap(),
        &|| place.delete("larder-data/w/aa/r/y.rec").unwrap(),
        &|| assert!(place.space_free_bytes().unwrap().is_some()),
    ];
    for verb in verbs {
        proxy.cut_now();
        verb();
    }
}

#[test]
fn a_connection_is_used_again_and_closed_when_nobody_needs_it() {
    let server = server();
    let mut place = at(server.port, "/shelf");
    place.way.patience.idle = Duration::from_millis(1_500);
    for _ in 0..5 {
        place.list("").unwrap();
    }
    assert_eq!(server.asked(kind::INIT), 1);
    let until = Instant::now() + Duration::from_secs(20);
    while place.kept().session.is_some() {
        assert!(Instant::now() < until, "it is never closed");
        std::thread::sleep(Duration::from_millis(20));
    }
    place.list("").unwrap();
    assert_eq!(server.asked(kind::INIT), 2);
}

// fault 12
#[test]
fn a_put_that_is_cut_anywhere_leaves_nothing_under_its_name() {
    let content: Vec<u8> = (0..200_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    // After so many requests of a kind the server hangs up, once having done it and once not.
    for (cut, after) in [(kind::OPEN, 0), (kind::WRITE, 0), (kind::WRITE, 1), (kind::CLOSE, 0), (kind::RENAME, 0)] {
        for does_it in [true, false] {
            let server = server();
            server.files.lock().unwrap().offers.clear();
            let place = at(server.port, "/shelf");
            let asked = server.asked.clone();
            let before = server.asked(cut);
            server.set_whim(move |kind, _| {
                let now = asked.lock().unwrap()[&kind];
                match (kind == cut && now > before + after, does_it) {
                    (false, _) => Do::AsUsual,
                    (true, true) => Do::ThenHangUp,
                    (true, false) => Do::HangUp,
                }
            });
            let refusal = place.put(NAME, &mut content.as_slice(), content.len() as u64).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::Unreachable, "{cut} {after} {does_it}");
            server.set_whim(|_, _| Do::AsUsual);
            let there = place.get(NAME, 1 << 20).unwrap();
            assert!(there.is_none() || there.unwrap() == content, "{cut} {after} {does_it}");
            if place.stat(NAME).unwrap().is_none() {
                place.put(NAME, &mut content.as_slice(), content.len() as u64).unwrap();
            }
            assert!(place.get(NAME, 1 << 20).unwrap().unwrap() == content);
        }
    }
}

#[test]
fn a_get_that_is_cut_begins_again_only_where_nothing_was_handed_out() {
    let server = server();
    server.files.lock().unwrap().gives = 1_000;
    let place = at(server.port, "/shelf");
    let content = vec![7_u8; 10_000];
    place.put(NAME, &mut content.as_slice(), 10_000).unwrap();
    let hang_up_after = |reads: u64| {
        let before = server.asked(kind::READ);
        let asked = server.asked.clone();
        let hung = std::sync::atomic::AtomicBool::new(false);
        server.set_whim(move |kind, _| {
            let is_time = kind == kind::READ && asked.lock().unwrap()[&kind] > before + reads;
            match is_time && !hung.swap(true, std::sync::atomic::Ordering::Relaxed) {
                true => Do::HangUp,
                false => Do::AsUsual,
            }
        });
    };
    hang_up_after(0);
    assert_eq!(place.get(NAME, 10_000).unwrap().unwrap(), content);
    hang_up_after(5);
    let mut out = Vec::new();
    let answer = place.get_to(NAME, &mut out, 10_000);
    // The bytes before the cut may or may not have been handed out by then; they are never handed out twice.
    match answer {
        Ok(size) => assert!(size == Some(10_000) && out == content),
        Err(refusal) => assert!(refusal.code == RefusalCode::Unreachable && content.starts_with(&out)),
    }
    assert_eq!(place.get(NAME, 10_000).unwrap().unwrap(), content);
}

// fault 12
#[test]
fn two_people_share_a_shelf_over_a_line_that_is_cut_all_the_time() {
    let server = server();
    let proxy = Proxy::start(server.port, 7);
    let report = protocol::run(&|| Box::new(at(server.port, "/shelf")), &|| Box::new(through(&proxy)), &proxy, 6, 7);
    assert!(report.cuts > 0 && report.published > 0 && report.looks > 5, "{report:?}");
    println!("{report:?}");
}
