//! Asking for access, and answering.

use std::time::{Duration, Instant};

use larder_model::RefusalCode;

use super::sealed::{publish_sealed, recipients};
use super::*;
use crate::envelope::{seal as sign, sha256};
use crate::names::{self, Room};
use crate::records::{AnswerRecord, Verdict};
use crate::{AccessRequest, Alert, Answer, Ask, answer, ask, caps, withdraw};

const WHY: &str = "For the flour order\u{202e}";

fn three(place: &SimPlace) -> (Desk, Desk, Desk) {
    let (mut anna, ben) = anna_and_ben(place);
    let cem = Desk::joiner(place, "Cem", 3);
    anna.look(place);
    anna.confirm(place, &cem);
    (anna, ben, cem)
}

fn try_ask(
    desk: &mut Desk,
    place: &dyn Place,
    owner: &[(larder_model::WriterId, String)],
    why: &str,
) -> Result<String, Refusal> {
    let id = product("sales");
    let until = Some("2026-12-31T00:00:00Z");
    let told = Ask { product: &id, person: &desk.person_id.clone(), purpose: why, until, owner };
    ask(place, &desk.device, &mut desk.trust, &told, NOW)
}

fn only(view: &View) -> AccessRequest {
    let [one] = view.requests.as_slice() else { panic!("{:?}", view.requests) };
    one.clone()
}

#[test]
fn a_request_is_read_by_its_owner_answered_and_taken_back() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    let released = publish_sealed(&mut anna, &place, "sales", "figures", vec![]);
    let hash = try_ask(&mut ben, &place, &recipients(&[&anna]), WHY).unwrap();
    let seen = only(&anna.look(&place));
    assert_eq!((&seen.request, seen.person.name.as_str(), &seen.product), (&hash, "Ben", &product("sales")));
    assert_eq!(seen.purpose.as_deref(), Some("For the flour order"), "harmless on one line");
    assert_eq!((seen.is_for_me, seen.is_mine, seen.withdrawn, &seen.answer), (true, false, false, &None));
    let seen = only(&ben.look(&place));
    assert_eq!((seen.is_for_me, seen.is_mine, seen.purpose.is_some()), (false, true, true));
    let seen = only(&cem.look(&place));
    assert_eq!((seen.is_for_me, seen.is_mine, seen.purpose), (false, false, None), "what for is for the owner");
    let said = |place: &SimPlace| place.files().into_values().any(|bytes| bytes.windows(9).any(|w| w == b"the flour"));
    assert!(!said(&place));

    let until = Some("2026-06-30T00:00:00Z");
    let (release, readers) = (Some(&released.hash), recipients(&[&anna, &ben]));
    let told = Answer { request: &hash, granted: true, text: "Until the summer.", readers: &readers, until, release };
    answer(&place, &anna.device, &mut anna.trust, &told, NOW).unwrap();
    for desk in [&mut anna, &mut ben, &mut cem] {
        let answer = only(&desk.look(&place)).answer.unwrap();
        assert_eq!(
            (answer.granted, answer.release.as_ref(), answer.until.as_deref()),
            (true, Some(&released.hash), told.until)
        );
    }
    let text = |desk: &mut Desk| only(&desk.look(&place)).answer.unwrap().text;
    assert_eq!(text(&mut ben).as_deref(), Some("Until the summer."));
    assert_eq!(text(&mut anna).as_deref(), Some("Until the summer."));
    assert_eq!(text(&mut cem), None, "what is said with it is for who asked");
    let said =
        |place: &SimPlace| place.files().into_values().any(|bytes| bytes.windows(10).any(|w| w == b"the summer"));
    assert!(!said(&place));
    // The owner thinks again.
    let told = Answer { request: &hash, granted: false, text: "", readers: &[], until: None, release: None };
    answer(&place, &anna.device, &mut anna.trust, &told, NOW).unwrap();
    assert!(!only(&ben.look(&place)).answer.unwrap().granted);
    withdraw(&place, &ben.device, &mut ben.trust, &hash, NOW).unwrap();
    assert!(only(&anna.look(&place)).withdrawn);
    assert_eq!(anna.look(&place).alerts, []);
    // A fresh reader sees the same.
    let mut fresh = Desk::stranger(anna.trust.shelf(), 3);
    assert_eq!(fresh.look(&place).requests, cem.look(&place).requests);
}

#[test]
fn others_neither_answer_nor_withdraw() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    publish_sealed(&mut anna, &place, "sales", "figures", vec![]);
    let hash = try_ask(&mut ben, &place, &recipients(&[&anna]), WHY).unwrap();
    for granted in [true, false] {
        let told = Answer { request: &hash, granted, text: "", readers: &[], until: None, release: None };
        answer(&place, &cem.device, &mut cem.trust, &told, NOW).unwrap();
    }
    withdraw(&place, &cem.device, &mut cem.trust, &hash, NOW).unwrap();
    // In somebody else's folder and name, but signed by Cem.
    let forged = AnswerRecord {
        protocol: 1,
        shelf: anna.trust.shelf().clone(),
        request: hash,
        verdict: Verdict::Granted,
        text: None,
        until: None,
        release: None,
        at: "2026-03-04T00:00:00Z".into(),
    };
    let bytes = sign(&cem.device, &forged).unwrap();
    let mut head = super::tamper::newest_head(&place, &cem);
    head.seq += 1;
    head.messages.push(sha256(&bytes));
    let me = cem.device.writer();
    place.set(&names::record(anna.device.writer().as_str(), Room::Messages, &sha256(&bytes)), &bytes);
    let text = sign(&cem.device, &head).unwrap();
    place.set(&names::head(&me, head.seq, &sha256(&text)), &text);
    let seen = only(&ben.look(&place));
    assert_eq!((seen.withdrawn, seen.answer), (false, None));
    // Who is not confirmed is not heard at all.
    let mut dan = Desk::joiner(&place, "Dan", 4);
    try_ask(&mut dan, &place, &recipients(&[&anna]), "let me in").unwrap();
    assert_eq!(anna.look(&place).requests.len(), 1);
    anna.confirm(&place, &dan);
    assert_eq!(anna.look(&place).requests.len(), 2);
}

#[test]
fn what_is_too_long_or_for_nobody_is_not_asked() {
    let place = SimPlace::new();
    let (anna, mut ben) = anna_and_ben(&place);
    let files = place.files();
    let to = recipients(&[&anna]);
    let mut code = |to: &[_], why: &str| try_ask(&mut ben, &place, to, why).map_err(|r| r.code);
    assert_eq!(code(&to, &"x".repeat(1_001)), Err(RefusalCode::Invalid));
    assert_eq!(code(&[], "why"), Err(RefusalCode::Invalid));
    assert_eq!(code(&[(to[0].0.clone(), "age1x".into())], "why"), Err(RefusalCode::Invalid));
    assert_eq!(place.files(), files);
    // The longest purpose for the most devices still fits into a message.
    let many: Vec<_> = (0..40)
        .map(|i| {
            let d = Device::create([100 + i; 32]);
            (d.writer(), d.recipient())
        })
        .collect();
    code(&many, &"\u{1f35e}".repeat(1_000)).unwrap();
}

// fault 56
#[test]
fn a_colleague_who_floods_messages_is_told_of_and_holds_up_nobody() {
    let place = SimPlace::new();
    let (mut anna, mut ben, cem) = three(&place);
    publish_sealed(&mut anna, &place, "sales", "figures", vec![]);
    let hash = try_ask(&mut ben, &place, &recipients(&[&anna]), WHY).unwrap();
    let me = cem.device.writer();
    let mut head = super::tamper::newest_head(&place, &cem);
    // As many as a head can name: some that are there and some that are not; and far more that nobody names.
    for i in 0..5_000_u32 {
        let record = AnswerRecord {
            protocol: 1,
            shelf: anna.trust.shelf().clone(),
            request: hash.clone(),
            verdict: Verdict::Refused,
            text: None,
            until: None,
            release: None,
            at: format!("2026-03-03T07:{:02}:{:02}Z", i / 60 % 60, i % 60),
        };
        let name = if i % 10 == 0 {
            let bytes = sign(&cem.device, &record).unwrap();
            place.set(&names::record(me.as_str(), Room::Messages, &sha256(&bytes)), &bytes);
            sha256(&bytes)
        } else {
            sha256(&i.to_le_bytes())
        };
        if !head.messages.contains(&name) {
            head.messages.push(name);
        }
    }
    for i in 0..50_000_u32 {
        place.set(&names::record(me.as_str(), Room::Messages, &sha256(&(i + 1_000_000).to_le_bytes())), b"junk");
    }
    head.seq += 1;
    head.content = head.seq;
    let bytes = sign(&cem.device, &head).unwrap();
    place.set(&names::head(&me, head.seq, &sha256(&bytes)), &bytes);
    let (since, calls) = (Instant::now(), place.calls());
    let view = anna.look(&place);
    assert!(since.elapsed() < Duration::from_secs(20), "{:?}", since.elapsed());
    assert!(place.calls() - calls < 2_000, "{} questions", place.calls() - calls);
    let told = Alert::TooMuch { folder: format!("larder-data/w/{me}/m") };
    assert!(view.alerts.contains(&told), "{:?}", view.alerts);
    let seen = only(&view);
    assert_eq!((seen.request, seen.purpose.is_some(), seen.answer), (hash, true, None));
    assert_eq!(state(&view, "sales"), Some(SeenState::Ready));
}

#[test]
fn who_says_much_over_the_years_lets_go_of_the_oldest() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    publish_sealed(&mut anna, &place, "sales", "figures", vec![]);
    let join = super::tamper::newest_head(&place, &ben).messages;
    let to = recipients(&[&anna]);
    let all: Vec<String> =
        (0..caps::WRITER_MESSAGES + 20).map(|i| try_ask(&mut ben, &place, &to, &i.to_string()).unwrap()).collect();
    let head = super::tamper::newest_head(&place, &ben);
    assert_eq!(head.messages.len(), caps::WRITER_MESSAGES);
    assert!(head.messages.contains(&join[0]), "what is not of these kinds stays");
    let view = anna.look(&place);
    assert_eq!((view.requests.len(), view.alerts), (caps::WRITER_MESSAGES - 1, vec![]));
    assert!(view.requests.iter().all(|r| all[21..].contains(&r.request)));
}

#[test]
fn a_glance_notices_what_is_said_and_rests_when_all_is_said() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    publish_sealed(&mut anna, &place, "sales", "figures", vec![]);
    let glance = |desk: &mut Desk| crate::glance(&place, &mut desk.trust, &desk.device, &|_| false, &|| false).unwrap();
    for _ in 0..3 {
        for desk in [&mut anna, &mut ben, &mut cem] {
            let view = desk.look(&place);
            crate::note_seen(&place, &desk.device, &mut desk.trust, &view, NOW).unwrap();
        }
    }
    cem.look(&place);
    assert_eq!(glance(&mut cem), None, "what is closed to Cem is no reason to ask again");
    let hash = try_ask(&mut ben, &place, &recipients(&[&anna]), WHY).unwrap();
    // The head is here and the message is not: it is asked for until it comes.
    let name = names::record(ben.device.writer().as_str(), Room::Messages, &hash);
    let bytes = place.files()[&name].clone();
    place.unset(&name);
    anna.look(&place);
    assert_eq!(glance(&mut anna).unwrap().requests, []);
    place.set(&name, &bytes);
    assert_eq!(only(&glance(&mut anna).unwrap()).request, hash);
}
