//! Saying that a data product was looked over, and who hears it.

use super::sealed::recipients;
use super::*;
use crate::envelope::{seal as sign, seal_text, sha256};
use crate::names::{self, Room};
use crate::records::{ReviewRecord, Reviewed};
use crate::sim::Fault;
use crate::{Ask, Review, ask, caps, looked_over};

const LATER: &str = "2026-06-03T07:40:00Z";

fn says(desk: &mut Desk, place: &dyn Place, id: &str, now: &str) {
    let hash = desk.seen(place, id).hash;
    looked_over(place, &desk.device, &mut desk.trust, (&product(id), &hash), now).unwrap();
}

fn told(view: &View) -> Vec<(&str, &str, &str)> {
    view.reviews.iter().map(|r| (r.product.as_str(), r.person_id.as_str(), r.at.as_str())).collect()
}

#[test]
fn what_was_looked_over_is_told_to_everybody_and_the_last_word_counts() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let released = anna.publish(&place, "sales", "figures");
    anna.publish(&place, "stock", "shelves");
    assert_eq!(ben.look(&place).reviews, []);
    says(&mut anna, &place, "sales", NOW);
    let only = Review {
        product: product("sales"),
        release: released.hash.clone(),
        person_id: anna.person_id.clone(),
        at: NOW.into(),
    };
    let mut fresh = Desk::stranger(anna.trust.shelf(), 9);
    for desk in [&mut anna, &mut ben, &mut fresh] {
        let view = desk.look(&place);
        assert_eq!((&view.reviews, &view.alerts), (&vec![only.clone()], &vec![]));
        assert_eq!(view.product(&product("sales")).unwrap().release, 1, "nothing was put there anew");
    }
    says(&mut anna, &place, "stock", NOW);
    says(&mut anna, &place, "sales", LATER);
    says(&mut ben, &place, "sales", NOW);
    for desk in [&mut anna, &mut ben, &mut fresh] {
        let expected = [("sales", "anna", LATER), ("sales", "ben", NOW), ("stock", "anna", NOW)];
        assert_eq!(told(&desk.look(&place)), expected);
    }
    let head = tamper::newest_head(&place, &anna);
    let records: Vec<_> = head.messages.iter().collect();
    assert!(records.len() <= 2, "one record says it all: {records:?}");
}

#[test]
fn a_stranger_a_forgery_and_what_is_not_there_are_passed_over() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let released = anna.publish(&place, "sales", "figures");
    let mut dan = Desk::joiner(&place, "Dan", 4);
    says(&mut dan, &place, "sales", NOW);
    // Ben lays a record of Dan's into the own folder and names it; and speaks of what is on no shelf.
    let one = |id: &str| Reviewed { product: product(id), release: released.hash.clone(), at: NOW.into() };
    let record = |reviews| ReviewRecord { protocol: 1, shelf: anna.trust.shelf().clone(), reviews, at: NOW.into() };
    let mut head = tamper::newest_head(&place, &ben);
    let me = ben.device.writer();
    for (device, body) in [
        (&dan.device, record(vec![one("sales")])),
        (&ben.device, record(vec![one("wings")])),
        (&ben.device, record(vec![one("sales"), one("sales")])),
        (&ben.device, record(vec![])),
        (&ben.device, record((0..=caps::REVIEWS_TOGETHER).map(|i| one(&format!("sales-{i}"))).collect())),
    ] {
        // As somebody may sign it who keeps to nothing.
        let bytes = seal_text(device, "review", &serde_json::to_string(&body).unwrap());
        place.set(&names::record(me.as_str(), Room::Messages, &sha256(&bytes)), &bytes);
        head.messages.push(sha256(&bytes));
    }
    head.seq += 1;
    head.content = head.seq;
    let bytes = sign(&ben.device, &head).unwrap();
    place.set(&names::head(&me, head.seq, &sha256(&bytes)), &bytes);
    assert_eq!(told(&anna.look(&place)), []);
    anna.confirm(&place, &dan);
    assert_eq!(told(&anna.look(&place)), [("sales", "dan", NOW)]);
    let bad = larder_model::ReleaseHash::parse(&"0".repeat(64)).unwrap();
    let refused = looked_over(&place, &ben.device, &mut ben.trust, (&product("sales"), &bad), "yesterday").unwrap_err();
    assert_eq!(refused.code, larder_model::RefusalCode::Invalid);
}

#[test]
fn whoever_keeps_very_many_crowds_nothing_out_and_stays_heard() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let ids: Vec<String> = (0..caps::REVIEWS_TOGETHER + 4).map(|i| format!("p{i}")).collect();
    let hash = anna.publish(&place, "sales", "figures").hash;
    for id in &ids {
        anna.publish(&place, id, "figures");
    }
    anna.look(&place);
    for id in ids.iter().chain(&ids[..3]) {
        looked_over(&place, &anna.device, &mut anna.trust, (&product(id), &hash), NOW).unwrap();
    }
    assert!(tamper::newest_head(&place, &anna).messages.len() <= 3, "two records, and the one of joining");
    assert_eq!(ben.look(&place).reviews.len(), ids.len());
    // Years of requests later it is still heard, and so is the newest request.
    let to = recipients(&[&ben]);
    for i in 0..caps::WRITER_MESSAGES + 5 {
        let (id, purpose) = (product("sales"), i.to_string());
        let person = anna.person_id.clone();
        let told = Ask { product: &id, person: &person, purpose: &purpose, until: None, owner: &to };
        ask(&place, &anna.device, &mut anna.trust, &told, NOW).unwrap();
    }
    let view = ben.look(&place);
    assert_eq!((view.reviews.len(), view.alerts), (ids.len(), vec![]));
    assert!(view.requests.iter().any(|r| r.purpose.as_deref() == Some("204")), "{}", view.requests.len());
}

#[test]
fn a_word_that_dies_anywhere_leaves_the_old_or_the_new_and_is_said_again() {
    let full = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&full);
    let hash = anna.publish(&full, "sales", "figures").hash;
    says(&mut anna, &full, "sales", NOW);
    let (files, trust) = (full.files(), anna.trust.clone());
    let last = |place: &SimPlace| told(&Desk::stranger(trust.shelf(), 9).look(place))[0].2.to_owned();
    for torn in [0, 1, 999, 1_001] {
        for call in 1.. {
            assert!(call < 500, "never ended");
            let place = SimPlace::new();
            place.set_files(files.clone());
            anna.trust = trust.clone();
            place.fail_at(call, Fault::Crash { torn });
            let done = looked_over(&place, &anna.device, &mut anna.trust, (&product("sales"), &hash), LATER);
            let fired = place.heal();
            let now = last(&place);
            assert!(now == NOW || now == LATER, "{call} {torn}");
            assert!(done.is_err() || now == LATER, "{call} {torn}");
            anna.trust = trust.clone();
            says(&mut anna, &place, "sales", LATER);
            assert_eq!(last(&place), LATER, "{call} {torn}");
            if !fired {
                break;
            }
        }
    }
}
