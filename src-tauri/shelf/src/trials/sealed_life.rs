//! A sealed data product over time: arriving, dying half-way, letting more people in, being opened to all and sealed again.

use std::collections::BTreeMap;

use larder_model::RefusalCode;

use super::sealed::*;
use super::*;
use crate::envelope::{open, seal as sign, sha256};
use crate::names::{self, Room};
use crate::sim::Fault;
use crate::{Alert, Grant, Seal, regrant};

// fault 15
#[test]
fn every_subset_of_a_sealed_publication_shows_the_old_until_all_of_it_is_there() {
    let place = SimPlace::new();
    let (mut anna, ben, cem) = three(&place);
    publish_sealed(&mut anna, &place, "sales", "old", recipients(&[&ben]));
    let before = place.files();
    publish_sealed(&mut anna, &place, "sales", "new", recipients(&[&ben]));
    let added: Vec<_> = place.files().into_iter().filter(|(name, _)| !before.contains_key(name)).collect();
    assert_eq!(added.len(), 6, "two files, keyring, list, record, head");
    let fresh = |seed| {
        let mut desk = Desk::stranger(anna.trust.shelf(), seed);
        desk.trust = Trust::new(anna.trust.shelf().clone());
        desk
    };
    let seen_release = seen_numbers(&added);
    for subset in 0..1_u32 << added.len() {
        let mut files = before.clone();
        files.extend(added.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|(_, f)| f.clone()));
        let place = SimPlace::new();
        place.set_files(files);
        let whole = subset + 1 == 1 << added.len();
        let mut reader = fresh(2);
        let text = opened(&place, &mut reader, "sales").unwrap();
        assert_eq!(text, if whole { "new" } else { "old" }, "{subset:b}");
        // Who has no key cannot tell about the files: record, keyring and list are what counts for them.
        let mut other = fresh(3);
        let seen = other.seen(&place, "sales");
        let (told, expected) = (seen.release, if seen_release(subset) { 2 } else { 1 });
        assert_eq!((told, &seen.state), (expected, &SeenState::NeedsKey), "{subset:b}");
    }
    drop((ben, cem));
}

/// Whether of a publication the head, the record and the two small blobs are in a subset.
fn seen_numbers(added: &[(String, Vec<u8>)]) -> impl Fn(u32) -> bool + '_ {
    // The encrypted files are named by nobody but the list.
    let named: Vec<bool> = {
        let record = added.iter().find(|(name, _)| name.contains("/r/")).unwrap();
        let text = String::from_utf8(record.1.clone()).unwrap();
        added.iter().map(|(name, _)| !name.contains("/b/") || text.contains(name.rsplit('/').next().unwrap())).collect()
    };
    move |subset| named.iter().enumerate().all(|(i, needed)| !needed || subset >> i & 1 == 1)
}

// fault 1
#[test]
fn a_sealed_publication_that_dies_anywhere_leaves_the_old_or_the_new_and_goes_on() {
    for fault in [
        Fault::Once(RefusalCode::Unreachable),
        Fault::From(RefusalCode::NoPermission),
        Fault::Crash { torn: 0 },
        Fault::Crash { torn: 500 },
        Fault::Crash { torn: 1_001 },
    ] {
        for call in 1..2_000 {
            let place = SimPlace::new();
            let (mut anna, mut ben) = anna_and_ben(&place);
            let to = recipients(&[&ben]);
            publish_sealed(&mut anna, &place, "sales", "old", to.clone());
            ben.look(&place);
            place.fail_at(call, fault);
            let seal = seal(&anna, to.clone());
            let answer = try_publish_as(&mut anna, &place, "sales", "new", Some(seal));
            let fired = place.heal();
            assert!(answer.is_ok() || fired, "{answer:?}");
            assert_eq!(ben.seen(&place, "sales").state, SeenState::Ready, "{fault:?} {call}");
            let now = opened(&place, &mut ben, "sales").unwrap();
            assert!(now == "old" || now == "new", "{now}");
            assert!(answer.is_err() || now == "new");
            // Again, without any memory and with another key: one release, no more.
            anna.trust = Trust::new(anna.trust.shelf().clone());
            let done = publish_sealed(&mut anna, &place, "sales", "new", to);
            assert_eq!(done.n, 2, "{fault:?} {call}");
            let view = ben.look(&place);
            assert_eq!((state(&view, "sales"), view.alerts), (Some(SeenState::Ready), vec![]), "{fault:?} {call}");
            assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "new");
            if !fired {
                break;
            }
        }
    }
}

#[test]
fn letting_one_more_in_writes_a_keyring_and_no_data() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    let content = "figures ".repeat(50_000);
    publish_sealed(&mut anna, &place, "sales", &content, recipients(&[&ben]));
    assert_eq!(cem.seen(&place, "sales").state, SeenState::NeedsKey);
    let before = place.files();
    let id = product("sales");
    let to = recipients(&[&ben, &cem]);
    let grant = Grant { product: &id, recipients: &to };
    let done = regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap();
    assert_eq!(done.n, 2);
    let added: usize =
        place.files().iter().filter(|(name, _)| !before.contains_key(*name)).map(|(_, bytes)| bytes.len()).sum();
    assert!(added < 10_000, "{added} bytes");
    for desk in [&mut anna, &mut ben, &mut cem] {
        let seen = desk.seen(&place, "sales");
        assert_eq!((seen.state.clone(), seen.release, seen.rows), (SeenState::Ready, 2, 3));
        assert_eq!(opened(&place, desk, "sales").unwrap(), content);
    }
    let files = place.files();
    assert_eq!(regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap(), done, "once is enough");
    assert!(place.files().len() <= files.len() + 1, "a keyring that nobody names at most");
}

#[test]
fn a_keyring_that_vanished_or_was_spoilt_is_told_though_what_it_opened_is_remembered() {
    let place = SimPlace::new();
    let (mut anna, mut ben, _) = three(&place);
    publish_sealed(&mut anna, &place, "sales", "figures", recipients(&[&ben]));
    let seen = ben.seen(&place, "sales");
    let keyring = seen.files[0].sealed.clone().unwrap().keyring;
    let name = crate::names::blob(seen.writer.as_str(), &keyring);
    let whole = place.files()[&name].clone();
    place.unset(&name);
    assert!(matches!(ben.seen(&place, "sales").state, SeenState::Arriving { .. }), "it cannot be opened right now");
    assert_eq!(opened(&place, &mut ben, "sales").unwrap_err().code, larder_model::RefusalCode::NotHereYet);
    let mut spoilt = whole.clone();
    spoilt[40] ^= 1;
    place.set(&name, &spoilt);
    let refusal = opened(&place, &mut ben, "sales").unwrap_err();
    assert_eq!(refusal.code, larder_model::RefusalCode::Damaged, "waiting does not help");
    ben.trust.note_damaged(&refusal);
    assert_eq!(ben.seen(&place, "sales").state, SeenState::Damaged);
    place.set(&name, &whole);
    assert_eq!(ben.seen(&place, "sales").state, SeenState::Ready);
    assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "figures");
}

#[test]
fn letting_in_is_for_who_published_and_never_leaves_anybody_out() {
    let place = SimPlace::new();
    let (mut anna, mut ben, cem) = three(&place);
    let id = product("sales");
    let code = |desk: &mut Desk, to: &[&Desk]| {
        let to = recipients(to);
        desk.look(&place);
        regrant(&place, &desk.device, &mut desk.trust, &Grant { product: &id, recipients: &to }, NOW).unwrap_err().code
    };
    assert_eq!(code(&mut anna, &[&cem]), RefusalCode::Unknown, "nothing there");
    anna.publish(&place, "sales", "for all");
    assert_eq!(code(&mut anna, &[&cem]), RefusalCode::Unknown, "not sealed");
    publish_sealed(&mut anna, &place, "sales", "figures", recipients(&[&ben]));
    assert_eq!(code(&mut ben, &[&cem]), RefusalCode::NoPermission);
    assert_eq!(code(&mut anna, &[&cem]), RefusalCode::Invalid, "Ben would be left out");
    let weak = vec![(cem.device.writer(), "age1".to_owned() + &"q".repeat(58))];
    let grant = Grant { product: &id, recipients: &weak };
    assert!(regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).is_err());
    // Something newer that this device has not seen yet.
    let to = recipients(&[&ben, &cem]);
    ben.publish(&place, "sales", "by ben");
    let grant = Grant { product: &id, recipients: &to };
    let refusal = regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Busy);
}

#[test]
fn sealed_and_open_releases_follow_each_other() {
    let place = SimPlace::new();
    let (mut anna, mut ben, mut cem) = three(&place);
    anna.publish(&place, "sales", "open");
    publish_sealed(&mut anna, &place, "sales", "sealed", recipients(&[&ben]));
    assert_eq!(cem.seen(&place, "sales").state, SeenState::NeedsKey);
    assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "sealed");
    assert_eq!(anna.publish(&place, "sales", "open again").n, 3);
    for desk in [&mut anna, &mut ben, &mut cem] {
        let seen = desk.seen(&place, "sales");
        assert_eq!((seen.state.clone(), seen.sealed.clone(), seen.earlier.len()), (SeenState::Ready, None, 2));
        assert_eq!(content(&place, &seen).unwrap(), "open again");
    }
    publish_sealed(&mut anna, &place, "sales", "sealed again", vec![]);
    // Who cannot open it may have to publish after it all the same.
    assert_eq!(cem.publish(&place, "sales", "from cem").n, 5);
    let seen = ben.seen(&place, "sales");
    assert_eq!((content(&place, &seen).unwrap().as_str(), seen.other_versions.len()), ("from cem", 0));
    let (id, reason) = (product("sales"), "moved");
    let gone = crate::Retirement { product: &id, title: "sales", reason, successor: None, keep_until: None };
    publish_sealed(&mut anna, &place, "sales", "last", vec![]);
    assert_eq!(crate::retire(&place, &anna.device, &mut anna.trust, &gone, NOW).unwrap().n, 7);
    assert_eq!(cem.seen(&place, "sales").state, SeenState::Retired);
}

#[test]
fn the_same_for_the_same_people_is_the_same_release() {
    let place = SimPlace::new();
    let (mut anna, ben, cem) = three(&place);
    let first = publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&ben, &cem]));
    assert_eq!(publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&cem, &ben])), first);
    anna.trust = Trust::new(anna.trust.shelf().clone());
    assert_eq!(publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&cem, &ben])), first);
    assert_eq!(publish_sealed(&mut anna, &place, "sales", "one", recipients(&[&ben])).n, 2, "for other people");
    let hidden = Seal { hide_title: true, ..seal(&anna, recipients(&[&ben])) };
    assert_eq!(try_publish_as(&mut anna, &place, "sales", "one", Some(hidden)).unwrap().n, 3);
    assert_eq!(anna.publish(&place, "sales", "one").n, 4, "for everybody");
}

#[test]
fn a_seal_that_cannot_be_is_refused_before_anything_is_written() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    let files = place.files();
    let good = recipients(&[&ben]).remove(0);
    let many = (1..=127_u32).map(|i| {
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&i.to_le_bytes());
        let device = Device::create(seed);
        (device.writer(), device.recipient())
    });
    let long = Seal { how_to_ask: Some("x".repeat(501)), ..seal(&anna, vec![]) };
    for (seal, code) in [
        (seal(&anna, vec![(good.0.clone(), "age1nonsense".into())]), RefusalCode::Invalid),
        (seal(&anna, vec![good.clone(), good.clone()]), RefusalCode::Invalid),
        (seal(&anna, many.clone().collect()), RefusalCode::TooLarge),
        (long, RefusalCode::Invalid),
    ] {
        assert_eq!(try_publish_as(&mut anna, &place, "sales", "x", Some(seal)).unwrap_err().code, code);
        assert_eq!(place.files(), files);
    }
    publish_sealed(&mut anna, &place, "sales", "x", many.take(126).collect());
    assert_eq!(opened(&place, &mut anna, "sales").unwrap(), "x");
}

#[test]
fn devices_that_are_there_already_tell_what_to_encrypt_to() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    // As an older Larder wrote Ben's card.
    let (me, shelf) = (ben.device.writer(), anna.trust.shelf().clone());
    let mut head = newest_head(&place, &ben);
    let name = names::record(me.as_str(), Room::Messages, head.card.as_ref().unwrap());
    let mut card = open::<crate::records::CardRecord>(&place.files()[&name], &shelf).good().unwrap().body;
    let mut say = |recipient: Option<String>| {
        card.recipient = recipient;
        let bytes = sign(&ben.device, &card).unwrap();
        place.set(&names::record(me.as_str(), Room::Messages, &sha256(&bytes)), &bytes);
        head.card = Some(sha256(&bytes));
        head.seq += 1;
        let bytes = sign(&ben.device, &head).unwrap();
        place.set(&names::head(&me, head.seq, &sha256(&bytes)), &bytes);
    };
    let mut told = || {
        let view = anna.look(&place);
        let member = view.people.into_iter().find(|m| m.person.name == "Ben").unwrap();
        (member.recipients, member.person.role)
    };
    say(None);
    assert_eq!(told(), (BTreeMap::new(), "bakes".into()));
    // What is no key of ours, or a weak one, is passed over; the rest of the card counts.
    for odd in ["age1pq1later".to_owned(), "age1".to_owned() + &"q".repeat(58)] {
        say(Some(odd));
        assert_eq!(told(), (BTreeMap::new(), "bakes".into()));
    }
    join(&place, &ben.device, &ben.person, &ben.person_id, "2026-04-01T00:00:00Z").unwrap();
    assert_eq!(told().0, recipients(&[&ben]).into_iter().collect());
}

// fault 80
#[test]
fn a_key_survives_a_damaged_part_and_a_part_sent_again_heals() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    publish_sealed(&mut anna, &place, "sales", "figures", recipients(&[&ben]));
    let seen = ben.seen(&place, "sales");
    let (hash, _) = &seen.files[1].parts[0];
    let name = names::blob(seen.writer.as_str(), hash);
    let whole = place.files()[&name].clone();
    let mut torn = whole.clone();
    torn[whole.len() - 1] ^= 1;
    place.set(&name, &torn);
    let refusal = opened(&place, &mut ben, "sales").unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Damaged);
    ben.trust.note_damaged(&refusal);
    let view = ben.look(&place);
    assert_eq!(state(&view, "sales"), Some(SeenState::Damaged));
    assert!(!view.alerts.iter().any(|a| matches!(a, Alert::Unreadable { .. })));
    place.set(&name, &whole);
    assert_eq!(opened(&place, &mut ben, "sales").unwrap(), "figures");
    // What was opened once is remembered, even when the place shows an older state.
    let kept: Trust = serde_json::from_str(&serde_json::to_string(&ben.trust).unwrap()).unwrap();
    ben.trust = kept;
    let own = names::writer(seen.writer.as_str());
    place.set_files(place.files().into_iter().filter(|(name, _)| !name.starts_with(&own)).collect());
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.state, seen.title.as_str(), seen.rows), (SeenState::WentBackwards, "sales", 3));
    assert!(!serde_json::to_string(&ben.trust).unwrap().contains("AGE-SECRET-KEY"), "it holds no secret");
}
