//! Very many of what is allowed.

use larder_model::RefusalCode;

use super::*;
use crate::envelope::{seal, sha256};
use crate::{caps, names};

// fault 9
#[test]
fn ten_thousand_files_are_published_and_one_more_is_refused() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let one = anna.file("one", b"the same in each");
    let files = |count: usize| -> Vec<PublishFile> {
        (0..count).map(|i| PublishFile { name: format!("file {i}"), ..one.clone() }).collect()
    };
    let (id, about) = (product("sales"), serde_json::Value::Null);
    let publication = |count| Publication {
        product: &id,
        title: "Sales",
        rows: 1,
        files: files(count),
        about: about.clone(),
        seal: None,
    };
    let mut try_out = |count| publish(&place, &anna.device, &mut anna.trust, &publication(count), NOW, &|_| true);
    assert_eq!(try_out(10_001).unwrap_err().code, RefusalCode::TooLarge);
    assert_eq!(try_out(0).unwrap_err().code, RefusalCode::Invalid);
    assert_eq!(try_out(10_000).unwrap().n, 1);
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.files.len(), seen.state), (10_000, SeenState::Ready));
    let last = fetch_small(&place, &seen.files[9_999], std::slice::from_ref(&seen.writer), 100).unwrap();
    assert_eq!(last, b"the same in each");
}

// fault 25
#[test]
fn thousands_of_own_heads_cost_no_more_than_the_newest() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let few = looked(&mut ben, &place);
    let writer = anna.device.writer();
    let mut head = super::tamper::newest_head(&place, &anna);
    let mut before = place.files().into_iter().rfind(|(name, _)| name.contains(&format!("{writer}/h/"))).unwrap().1;
    for _ in 0..5_000 {
        (head.prev, head.seq) = (vec![sha256(&before)], head.seq + 1);
        head.content = head.seq;
        before = seal(&anna.device, &head).unwrap();
        place.set(&names::head(&writer, head.seq, &sha256(&before)), &before);
    }
    let many = looked(&mut ben, &place);
    assert!(many <= few + 4, "{many} questions in place of {few}");
    assert_eq!(ben.trust.floors[&writer], head.seq);
    let calls = place.calls();
    assert_eq!(anna.publish(&place, "sales", "two").n, 2);
    let bound = 200 + caps::OWN_HEADS as u64;
    assert!(place.calls() - calls < bound, "{} questions to publish", place.calls() - calls);
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.release, seen.state), (2, SeenState::Ready));
}

/// The questions of one look.
fn looked(desk: &mut Desk, place: &SimPlace) -> u64 {
    desk.look(place);
    let calls = place.calls();
    desk.look(place);
    place.calls() - calls
}
