//! Devices that are out of use: what counts of them as long as their last good head is not here.

use super::tamper::newest_head;
use super::*;
use crate::envelope::{seal, sha256};
use crate::names;
use crate::{Alert, LastGood, revoke_device};

/// Three who are confirmed.
fn three(place: &SimPlace) -> (Desk, Desk, Desk) {
    let (mut anna, ben) = anna_and_ben(place);
    let mut cem = Desk::joiner(place, "Cem", 3);
    anna.look(place);
    anna.confirm(place, &cem);
    cem.look(place);
    (anna, ben, cem)
}

fn newest_hash(place: &SimPlace, desk: &Desk) -> String {
    sha256(&seal(&desk.device, &newest_head(place, desk)).unwrap())
}

fn stop(place: &SimPlace, anna: &mut Desk, ben: &Desk, last_good: &LastGood) {
    anna.look(place);
    revoke_device(place, &anna.device, &mut anna.trust, &ben.device.writer(), last_good, NOW).unwrap();
}

/// Takes a head away; answers how to put it back.
fn take_away(place: &SimPlace, hash: &str) -> (String, Vec<u8>) {
    let found = place.files().into_iter().find(|(_, bytes)| sha256(bytes) == hash).unwrap();
    place.unset(&found.0);
    found
}

fn is_told(view: &View, ben: &Desk) -> bool {
    view.alerts.contains(&Alert::LastGoodMissing { writer: ben.device.writer() })
}

// faults 42, 46
#[test]
fn what_stood_up_to_the_last_good_head_stays_when_somebody_takes_that_head_away() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    ben.publish(&place, "sales", "good");
    stop(&place, &mut anna, &ben, &LastGood::Newest);
    let seen = cem.seen(&place, "sales");
    assert!(seen.confirmed && seen.state == SeenState::Ready, "{seen:?}");
    let everything_of_bens = names::writer(ben.device.writer().as_str());
    for name in place.files().into_keys().filter(|name| name.starts_with(&everything_of_bens) && name.contains("/h/")) {
        place.unset(&name);
    }
    // As after a restart.
    cem.trust = serde_json::from_str(&serde_json::to_string(&cem.trust).unwrap()).unwrap();
    for _ in 0..2 {
        let view = cem.look(&place);
        let seen = view.product(&product("sales")).unwrap();
        assert!(seen.confirmed && seen.state == SeenState::Ready && !is_told(&view, &ben), "{seen:?}");
        assert_eq!(content(&place, seen).unwrap(), "good");
    }
    // Whoever comes later has nothing to go by, and is told so.
    let mut fresh = Desk::stranger(anna.trust.shelf(), 75);
    let view = fresh.look(&place);
    assert_eq!((state(&view, "sales"), is_told(&view, &ben)), (None, true));
}

// faults 42, 46
#[test]
fn what_was_accepted_waits_unconfirmed_for_a_last_good_head_that_is_on_its_way() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    ben.publish(&place, "sales", "good");
    assert!(cem.seen(&place, "sales").confirmed);
    ben.publish(&place, "stock", "good too");
    stop(&place, &mut anna, &ben, &LastGood::Newest);
    let (name, bytes) = take_away(&place, &newest_hash(&place, &ben));
    for _ in 0..2 {
        let view = cem.look(&place);
        let seen = view.product(&product("sales")).unwrap();
        assert!(!seen.confirmed && is_told(&view, &ben), "nobody can tell yet whether it stands: {seen:?}");
        assert_eq!((&seen.state, content(&place, seen).unwrap().as_str()), (&SeenState::Ready, "good"));
        assert_eq!(state(&view, "stock"), None, "never accepted");
    }
    place.set(&name, &bytes);
    let view = cem.look(&place);
    let all: Vec<bool> = view.products.iter().map(|seen| seen.confirmed && seen.state == SeenState::Ready).collect();
    assert_eq!((all, is_told(&view, &ben)), (vec![true, true], false));
}

// faults 42, 46
#[test]
fn an_old_number_by_a_thief_is_not_vouched_for_where_the_last_good_head_was_taken_away() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    let (before, memory) = (place.files(), ben.trust.clone());
    ben.publish(&place, "sales", "good");
    let good = newest_hash(&place, &ben);
    let honest = place.files();
    // With the key of before, under the very same number.
    place.set_files(before);
    ben.trust = memory;
    ben.publish(&place, "planted", "by the thief");
    assert_ne!(newest_hash(&place, &ben), good);
    place.set_files(place.files().into_iter().chain(honest).collect());
    let planted = cem.seen(&place, "planted");
    assert!(planted.confirmed, "nobody knows of the theft yet");
    stop(&place, &mut anna, &ben, &LastGood::Head(good.clone()));
    let (name, bytes) = take_away(&place, &good);
    let view = cem.look(&place);
    let planted = view.product(&product("planted")).unwrap();
    assert!(!planted.confirmed && is_told(&view, &ben), "{planted:?}");
    // What somebody confirmed says takes its place.
    cem.publish(&place, "planted", "by Cem");
    let planted = cem.seen(&place, "planted");
    assert_eq!((&planted.writer, content(&place, &planted).unwrap().as_str()), (&cem.device.writer(), "by Cem"));
    place.set(&name, &bytes);
    let view = anna.look(&place);
    assert_eq!(view.product(&product("planted")).unwrap().writer, cem.device.writer());
    assert_eq!(state(&cem.look(&place), "sales"), Some(SeenState::Ready));
}

// faults 36, 42, 46
#[test]
fn what_two_rosters_side_by_side_name_as_last_good_is_remembered_until_they_are_brought_together() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    ben.publish(&place, "sales", "good");
    let first = newest_hash(&place, &ben);
    ben.publish(&place, "stock", "good too");
    let second = newest_hash(&place, &ben);
    let before = place.files();
    let mut twin = anna.trust.clone();
    stop(&place, &mut anna, &ben, &LastGood::Head(first.clone()));
    anna.look(&place);
    let seen = cem.seen(&place, "sales");
    assert!(seen.confirmed && seen.state == SeenState::Ready, "{seen:?}");
    let one = place.files();
    place.set_files(before);
    std::mem::swap(&mut anna.trust, &mut twin);
    stop(&place, &mut anna, &ben, &LastGood::Head(second));
    place.set_files(place.files().into_iter().chain(one).collect());
    std::mem::swap(&mut anna.trust, &mut twin);
    for desk in [&mut anna, &mut cem] {
        let view = desk.look(&place);
        assert_eq!((view.alerts.contains(&Alert::RosterFork), state(&view, "sales")), (true, None), "nothing of it");
    }
    take_away(&place, &first);
    stop(&place, &mut anna, &ben, &LastGood::Head(first));
    for desk in [&mut anna, &mut cem] {
        let view = desk.look(&place);
        let seen = view.product(&product("sales")).unwrap();
        assert!(seen.confirmed && seen.state == SeenState::Ready && !is_told(&view, &ben), "{seen:?}");
        assert_eq!((content(&place, seen).unwrap().as_str(), state(&view, "stock")), ("good", None));
    }
}
