//! What somebody does who may write into the folder: forge, replay, swap, flood, and what a bad colleague or a bad steward does.

use std::collections::BTreeMap;

use larder_model::{RefusalCode, ReleaseHash, WriterId};

use super::*;
use crate::envelope::{seal, seal_text, sha256, unseal};
use crate::founding::put_record;
use crate::names::{self, Room};
use crate::records::{Head, Release, State};
use crate::{Alert, note_seen, probe};

/// Puts a record where its kind belongs in a folder, behind everyone's back.
fn plant(place: &SimPlace, folder: &WriterId, room: Room, bytes: &[u8]) -> String {
    let hash = sha256(bytes);
    place.set(&names::record(folder.as_str(), room, &hash), bytes);
    hash
}

fn plant_head(place: &SimPlace, folder: &WriterId, seq: u64, bytes: &[u8]) {
    place.set(&names::head(folder, seq, &sha256(bytes)), bytes);
}

pub(super) fn newest_head(place: &SimPlace, desk: &Desk) -> Head {
    let all = place.files();
    let heads = all.values().filter_map(|bytes| crate::envelope::open::<Head>(bytes, desk.trust.shelf()).good());
    heads.filter(|h| h.writer == desk.device.writer()).map(|h| h.body).max_by_key(|h| h.seq).unwrap()
}

fn release_of(place: &SimPlace, desk: &Desk, n: u64) -> (Release, String) {
    let all = place.files();
    let found = all.values().filter_map(|bytes| crate::envelope::open::<Release>(bytes, desk.trust.shelf()).good());
    found.filter(|r| r.writer == desk.device.writer() && r.body.n == n).map(|r| (r.body, r.hash)).next().unwrap()
}

/// A head of this device that names one more release of `sales`.
fn name_release(place: &SimPlace, desk: &Desk, hash: &str) {
    let mut head = newest_head(place, desk);
    head.seq += 1;
    head.content = head.seq;
    head.products.entry(product("sales")).or_default().push(ReleaseHash::parse(hash).unwrap());
    plant_head(place, &desk.device.writer(), head.seq, &seal(&desk.device, &head).unwrap());
}

// fault 44
#[test]
pub(super) fn an_envelope_that_is_not_exactly_ours_is_nothing() {
    let device = Device::create([1; 32]);
    let good = seal_text(&device, "head", "{\"a\":1}");
    assert_eq!(unseal(&good, "head").unwrap(), (device.writer(), "{\"a\":1}".to_owned()));
    assert!(unseal(&good, "release").is_none(), "the type is signed");
    let text = String::from_utf8(good.clone()).unwrap();
    let variants = [
        text.replace("\"t\":\"head\"", "\"t\":\"release\""),
        text.replace("{\"t\"", "{ \"t\""),
        format!("{text} "),
        format!("{text}\n"),
        format!("\u{feff}{text}"),
        text.replace("\"head\"", "\"he\\u0061d\""),
        text.replace("{\"t\"", "{\"x\":1,\"t\""),
        text.replace("{\"t\"", "{\"t\":\"head\",\"t\""),
        text.replace("{\\\"a\\\":1}", "{\\\"a\\\":2}"),
        text.to_uppercase(),
    ];
    for variant in &variants {
        assert_ne!(*variant, text);
        for kind in ["head", "release"] {
            assert!(unseal(variant.as_bytes(), kind).is_none(), "{variant}");
        }
    }
    for at in 0..good.len() {
        assert!(unseal(&good[..at], "head").is_none(), "cut at {at}");
        let mut flipped = good.clone();
        flipped[at] ^= 4;
        assert!(unseal(&flipped, "head").is_none(), "byte {at}");
    }
}

// fault 45
#[test]
fn weak_keys_and_second_signatures_are_refused() {
    use data_encoding::HEXLOWER;
    let payload = "{}";
    let envelope = |key: &str, signature: &str| {
        format!("{{\"t\":\"head\",\"p\":\"{payload}\",\"k\":\"{key}\",\"s\":\"{signature}\"}}")
    };
    // The eight points of small order and their other spellings (RFC 8032, Chalkias et al. 2020).
    let weak = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    for key in weak {
        for r in weak {
            let signature = format!("{r}{}", "00".repeat(32));
            assert!(unseal(envelope(key, &signature).as_bytes(), "head").is_none(), "{key} {r}");
        }
    }
    for bad in ["", "00", &"0".repeat(63), &"zz".repeat(32)] {
        assert!(unseal(envelope(bad, &"00".repeat(64)).as_bytes(), "head").is_none());
    }
    // s + L is the same signature to a lax reader.
    let device = Device::create([1; 32]);
    let text = String::from_utf8(seal_text(&device, "head", payload)).unwrap();
    let at = text.find("\"s\":\"").unwrap() + 5;
    let mut signature = HEXLOWER.decode(&text.as_bytes()[at..at + 128]).unwrap();
    let order = HEXLOWER.decode(b"edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    let mut carry = 0_u16;
    for (byte, add) in signature[32..].iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = (carry & 0xff) as u8;
        carry >>= 8;
    }
    let second = format!("{}{}{}", &text[..at], HEXLOWER.encode(&signature), &text[at + 128..]);
    assert!(unseal(text.as_bytes(), "head").is_some() && unseal(second.as_bytes(), "head").is_none());
}

// fault 44
#[test]
pub(super) fn records_of_another_shelf_or_another_type_do_not_count() {
    let (here, there) = (SimPlace::new(), SimPlace::new());
    let (mut anna, mut ben) = anna_and_ben(&here);
    anna.publish(&here, "sales", "true");
    let view = ben.look(&here);
    // Ben's key on another shelf, with everything he says there copied over here.
    let person = Person { name: "Anna".into(), ..Person::default() };
    let other = start(&there, &anna.device, "Other", &person, &PersonId::parse("anna").unwrap(), NOW).unwrap();
    anna.trust = Trust::new(other);
    for i in 0..8 {
        anna.publish(&there, "sales", &format!("elsewhere {i}"));
    }
    let mut files = there.files();
    files.retain(|name, _| !name.contains("shelf-"));
    files.extend(here.files());
    here.set_files(files);
    assert_eq!(ben.look(&here), view);
    // A card where a release should be.
    let (release, _) = release_of(&here, &ben_of(&view, &anna), 1);
    let payload = serde_json::to_string(&release).unwrap().replace("true", "false");
    let forged = seal_text(&ben.device, "card", &payload);
    let hash = plant(&here, &ben.device.writer(), Room::Releases, &forged);
    name_release(&here, &ben, &hash);
    let seen = ben.seen(&here, "sales");
    assert_eq!((seen.release, content(&here, &seen).unwrap().as_str()), (1, "true"));
}

fn ben_of(view: &View, like: &Desk) -> Desk {
    let mut desk = Desk::stranger(&view.shelf, 1);
    desk.device = Device::create([1; 32]);
    assert_eq!(desk.device.writer(), like.device.writer());
    desk
}

// fault 43
#[test]
fn whoever_writes_into_anothers_folder_speaks_for_themselves_only() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "true");
    let mallory = Device::create([66; 32]);
    let mut head = newest_head(&place, &anna);
    head.seq = 99_999_999;
    head.content = head.seq;
    head.products.insert(product("planted"), vec![ReleaseHash::parse(&"ab".repeat(32)).unwrap()]);
    plant_head(&place, &anna.device.writer(), head.seq, &seal(&mallory, &head).unwrap());
    let view = ben.look(&place);
    assert_eq!(state(&view, "sales"), Some(SeenState::Ready));
    let planted = view.product(&product("planted")).unwrap();
    assert_eq!((&planted.writer, planted.confirmed), (&mallory.writer(), false));
    assert!(!view.alerts.iter().any(|a| matches!(a, Alert::SeqJump { .. } | Alert::Fork { .. })), "{:?}", view.alerts);
    // Anna herself goes on after her own highest, not after a stranger's.
    anna.publish(&place, "sales", "next");
    assert!(newest_head(&place, &anna).seq < 20);
    assert_eq!(ben.seen(&place, "sales").release, 2);
}

#[test]
pub(super) fn a_head_speaks_for_its_own_devices_releases_only() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "true");
    let (_, hash) = release_of(&place, &anna, 1);
    name_release(&place, &ben, &hash);
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.writer, seen.other_versions.len()), (anna.device.writer(), 0));
    // Nor does somebody on the roster make a stranger's release count by naming it.
    let mut mallory = Desk::joiner(&place, "Mallory", 9);
    for text in ["false", "false again"] {
        let published = mallory.publish(&place, "sales", text);
        name_release(&place, &ben, published.hash.as_str());
    }
    for desk in [&mut anna, &mut ben] {
        let seen = desk.seen(&place, "sales");
        assert_eq!((content(&place, &seen).unwrap().as_str(), seen.release), ("true", 1));
    }
}

#[test]
fn a_stranger_who_names_what_is_still_arriving_does_not_make_it_arrive() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    ben.look(&place);
    anna.publish(&place, "sales", "two");
    let mallory = Desk::joiner(&place, "Mallory", 9);
    let (_, hash) = release_of(&place, &anna, 2);
    name_release(&place, &mallory, &hash);
    let part = place.files().into_iter().find(|(_, bytes)| bytes == b"two").unwrap();
    place.unset(&part.0);
    let before = ben.look(&place);
    assert!(!before.arrived.contains_key(&anna.device.writer()), "{:?}", before.arrived);
    place.set(&part.0, &part.1);
    assert!(ben.look(&place).arrived.contains_key(&anna.device.writer()));
}

// fault 40
#[test]
fn old_heads_put_back_under_any_name_move_nothing() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let old: Vec<_> = place.files().into_iter().filter(|(name, _)| name.contains("/h/")).collect();
    anna.publish(&place, "sales", "two");
    let view = ben.look(&place);
    for (i, (name, bytes)) in old.iter().enumerate() {
        place.set(&format!("{} (restored {i}).rec", name.trim_end_matches(".rec")), bytes);
        plant_head(&place, &anna.device.writer(), 500 + i as u64, bytes);
    }
    assert_eq!(ben.look(&place), view);
    assert_eq!(Desk::stranger(ben.trust.shelf(), 70).look(&place).products, view.products);
}

// fault 42
#[test]
pub(super) fn a_number_that_does_not_follow_from_its_parents_is_left_out() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let (mut release, parent) = release_of(&place, &anna, 1);
    let parents = vec![ReleaseHash::parse(&parent).unwrap()];
    for n in [3, 1_000_000, 900] {
        release.n = n;
        release.parents = parents.clone();
        release.title = format!("jump to {n}");
        let hash = put_record(&place, &ben.device, Room::Releases, &release).unwrap();
        name_release(&place, &ben, &hash);
        let view = anna.look(&place);
        assert_eq!(view.product(&product("sales")).unwrap().release, 1, "{n}");
        assert!(view.alerts.contains(&Alert::BadCounter { product: product("sales"), writer: ben.device.writer() }));
    }
    for n in [u64::MAX, 1 << 63, 1_000_001, 0] {
        release.n = n;
        assert!(seal(&ben.device, &release).is_err(), "{n}");
        let bytes = seal_text(&ben.device, "release", &serde_json::to_string(&release).unwrap());
        let hash = plant(&place, &ben.device.writer(), Room::Releases, &bytes);
        name_release(&place, &ben, &hash);
        assert_eq!(anna.seen(&place, "sales").release, 1, "{n}");
    }
    // A parent that nobody has is waited for.
    release.n = 700;
    release.parents = vec![ReleaseHash::parse(&"cd".repeat(32)).unwrap()];
    let hash = put_record(&place, &ben.device, Room::Releases, &release).unwrap();
    name_release(&place, &ben, &hash);
    let seen = anna.seen(&place, "sales");
    assert!(seen.release == 1 && matches!(seen.state, SeenState::ReadyNewerArriving { .. }), "{seen:?}");
    // A parent of another product is none.
    anna.publish(&place, "stock", "x");
    let (_, stock) = release_of(&place, &anna, 1);
    release.n = 2;
    release.parents = vec![ReleaseHash::parse(&stock).unwrap()];
    if stock != parent {
        let hash = put_record(&place, &ben.device, Room::Releases, &release).unwrap();
        name_release(&place, &ben, &hash);
        assert_eq!(anna.seen(&place, "sales").release, 1);
    }
}

// fault 42
#[test]
fn a_jump_of_a_heads_number_is_told() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    anna.look(&place);
    let mut head = newest_head(&place, &ben);
    head.seq += 20_000;
    plant_head(&place, &ben.device.writer(), head.seq, &seal(&ben.device, &head).unwrap());
    assert!(anna.look(&place).alerts.contains(&Alert::SeqJump { writer: ben.device.writer() }));
    assert_eq!(anna.look(&place).alerts, [], "once it is the floor, it is no jump");
}

// fault 57
#[test]
fn huge_deep_and_garbled_records_are_passed_over() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let view = ben.look(&place);
    let writer = anna.device.writer();
    let junk: Vec<Vec<u8>> = vec![
        vec![b' '; 3 * 1024 * 1024],
        "[".repeat(100_000).into_bytes(),
        seal_text(&anna.device, "head", &"[".repeat(100_000)),
        seal_text(&anna.device, "head", "{\"protocol\":1,\"protocol\":1}"),
        seal_text(&anna.device, "head", "{\"protocol\":1e400}"),
        seal_text(&anna.device, "head", "\u{feff}{}"),
        seal_text(&anna.device, "head", ""),
        seal_text(&anna.device, "head", "null"),
        b"<html>captive portal</html>".to_vec(),
        vec![0; 500],
        vec![0xff; 500],
        Vec::new(),
    ];
    for (i, bytes) in junk.iter().enumerate() {
        for room in [Room::Releases, Room::Messages, Room::Rosters] {
            plant(&place, &writer, room, bytes);
        }
        plant_head(&place, &writer, 1_000 + i as u64, bytes);
        place.set(&format!("larder-data/w/{writer}/h/stray {i}.rec"), bytes);
        place.set(&format!("larder-data/shelf-{i:016}.rec"), bytes);
    }
    ben.trust.memo = Default::default();
    assert_eq!(ben.look(&place), view);
    assert_eq!(probe(&place).unwrap().shelf.unwrap().products, 1);
    anna.publish(&place, "sales", "two");
    assert_eq!(ben.seen(&place, "sales").release, 2);
}

#[test]
fn any_byte_of_any_record_may_change_and_nothing_breaks() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    anna.publish(&place, "sales", "two");
    let files: Vec<(String, Vec<u8>)> =
        place.files().into_iter().filter(|(name, _)| name.starts_with("larder-data")).collect();
    let mut dice = Dice::new(5);
    for round in 0..400 {
        let mut now: BTreeMap<String, Vec<u8>> = files.iter().cloned().collect();
        for _ in 0..=round % 3 {
            let (name, bytes) = dice.pick(&files).unwrap();
            let mut bytes = bytes.clone();
            match dice.roll(4) {
                0 => bytes.truncate(dice.roll(bytes.len() + 1)),
                1 => bytes.extend_from_within(..),
                2 => bytes = files[dice.roll(files.len())].1.clone(),
                _ => {
                    let at = dice.roll(bytes.len().max(1));
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = dice.roll(256) as u8;
                    }
                }
            }
            now.insert(name.clone(), bytes);
        }
        place.set_files(now);
        let mut fresh = Desk::stranger(ben.trust.shelf(), 71);
        if let Ok(view) = look(&place, &mut fresh.trust, &fresh.device, &|_| false, &|| false) {
            for seen in view.products.iter().filter(|s| s.release > 0 && s.files.len() == 2 && s.confirmed) {
                if let Ok(text) = content(&place, seen) {
                    assert_eq!(text, if seen.release == 1 { "one" } else { "two" });
                }
            }
        }
    }
}

// fault 50
#[test]
fn names_that_look_like_a_colleagues_are_flagged() {
    let place = SimPlace::new();
    let mut anna = Desk::founder(&place);
    let fake = Device::create([9; 32]);
    let person = Person { name: "\u{202e}Аnnа".into(), ..Person::default() };
    join(&place, &fake, &person, &PersonId::parse("other").unwrap(), NOW).unwrap();
    let view = anna.look(&place);
    assert!(
        view.alerts
            .iter()
            .any(|a| matches!(a, Alert::LookAlike { writer, like, .. } if *writer == fake.writer() && like == "Anna")),
        "{:?}",
        view.alerts
    );
    assert!(view.people.iter().all(|m| !m.person.name.contains('\u{202e}')));
    // Claiming to be her id does not make it her.
    let thief = Device::create([10; 32]);
    join(&place, &thief, &anna.person, &anna.person_id, NOW).unwrap();
    let view = anna.look(&place);
    let confirmed: Vec<_> = view.people.iter().filter(|m| m.confirmed).collect();
    assert_eq!((confirmed.len(), confirmed[0].writers.as_slice()), (1, &[anna.device.writer()][..]));
}

// fault 82
#[test]
fn what_a_newer_larder_wrote_is_told_and_never_written_over() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let mut later = newest_head(&place, &anna);
    later.seq += 1;
    let text = serde_json::to_string(&later).unwrap().replace("\"protocol\":1", "\"protocol\":2");
    plant_head(&place, &anna.device.writer(), later.seq, &seal_text(&anna.device, "head", &text));
    let view = ben.look(&place);
    assert!(view.alerts.contains(&Alert::NeedsNewer { writer: anna.device.writer() }));
    assert_eq!(state(&view, "sales"), Some(SeenState::Ready), "what was there stays");
    assert_eq!(anna.try_publish(&place, "sales", "two").unwrap_err().code, RefusalCode::TooNew);
    // A release that only a newer one can read.
    let release = Release { state: State::Live, ..release_of(&place, &anna, 1).0 };
    let text =
        serde_json::to_string(&release).unwrap().replace("\"protocol\":1", "\"protocol\":3").replace("sales", "stock");
    let hash = plant(&place, &ben.device.writer(), Room::Releases, &seal_text(&ben.device, "release", &text));
    let mut head = newest_head(&place, &ben);
    head.seq += 1;
    head.products.insert(product("stock"), vec![ReleaseHash::parse(&hash).unwrap()]);
    plant_head(&place, &ben.device.writer(), head.seq, &seal(&ben.device, &head).unwrap());
    assert_eq!(ben.seen(&place, "stock").state, SeenState::NeedsNewerLarder);
    // A whole shelf of a newer Larder.
    let other = SimPlace::new();
    let founding = seal_text(&anna.device, "founding", "{\"protocol\":2,\"name\":\"Later\",\"more\":[]}");
    other.set(&names::founding(&sha256(&founding)), &founding);
    let found = probe(&other).unwrap();
    assert!(found.too_new && found.shelf.unwrap().name == "Later");
    assert_eq!(join(&other, &ben.device, &ben.person, &ben.person_id, NOW).unwrap_err().code, RefusalCode::TooNew);
}

#[test]
fn a_stranger_cannot_keep_us_writing_heads() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    let mallory = Desk::joiner(&place, "Mallory", 9);
    let view = anna.look(&place);
    note_seen(&place, &anna.device, &mut anna.trust, &view, NOW).unwrap();
    let heads = newest_head(&place, &anna).seq;
    for i in 0..5 {
        let mut head = newest_head(&place, &mallory);
        head.seq += 1;
        head.seen.insert(anna.device.writer(), crate::records::SeenMark { seq: 1 + i, at: NOW.into() });
        plant_head(&place, &mallory.device.writer(), head.seq, &seal(&mallory.device, &head).unwrap());
        let view = anna.look(&place);
        note_seen(&place, &anna.device, &mut anna.trust, &view, NOW).unwrap();
    }
    assert_eq!(newest_head(&place, &anna).seq, heads);
}

#[cfg(unix)]
// fault 59
#[test]
fn links_and_pipes_in_a_shelf_are_not_followed() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let place = crate::Folder::new(root.path());
    let mut anna = Desk::founder(&place);
    anna.publish(&place, "sales", "inside");
    let view = anna.look(&place);
    // A whole writer's folder behind a link.
    let writers = root.path().join("larder-data").join("w");
    let own = writers.join(anna.device.writer().as_str());
    let moved = outside.path().join("moved");
    std::fs::rename(&own, &moved).unwrap();
    symlink(&moved, &own).unwrap();
    let seen = anna.look(&place);
    assert_eq!(state(&seen, "sales"), Some(SeenState::WentBackwards));
    assert!(anna.try_publish(&place, "sales", "through the link").is_err(), "and nothing is written through it");
    std::fs::remove_file(&own).unwrap();
    std::fs::rename(&moved, &own).unwrap();
    assert_eq!(anna.look(&place), view);
    // A part behind a link: even with the right bytes it is not there.
    let part = view.products[0].files[1].parts[0].0.clone();
    let at = own.join("b").join(&part[..2]).join(&part);
    std::fs::rename(&at, outside.path().join("part")).unwrap();
    symlink(outside.path().join("part"), &at).unwrap();
    assert!(matches!(anna.seen(&place, "sales").state, SeenState::Arriving { .. }));
    std::fs::remove_file(&at).unwrap();
    // A pipe in its place holds nobody.
    assert!(std::process::Command::new("mkfifo").arg(&at).status().unwrap().success());
    assert!(matches!(anna.seen(&place, "sales").state, SeenState::Arriving { .. }));
    assert_eq!(content(&place, &view.products[0]).unwrap_err().code, RefusalCode::NotHereYet);
    std::fs::remove_file(&at).unwrap();
    std::fs::rename(outside.path().join("part"), &at).unwrap();
    // Plain copies are not written through a link either.
    symlink(outside.path(), root.path().join("Current")).unwrap();
    let file = anna.file("x", b"x");
    assert!(crate::current::write(&place, "Sales", &[("x.csv".into(), file.path)]).is_err());
    assert!(!outside.path().join("Sales").exists());
}
