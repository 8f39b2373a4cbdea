//! Pictures, drawings, fonts and patterns have no place in records: what carries one is read as if it did not, or not at all.

use super::tamper::newest_head;
use super::*;
use crate::envelope::{seal, seal_text, sha256, unseal};
use crate::names::{self, Room};
use crate::set_rules;

const DRAWING: &str =
    "<svg xmlns='http://www.w3.org/2000/svg' onload='steal()'><foreignObject/><use href='//evil/x'/></svg>";
/// The head of a picture of 100,000 by 100,000 points.
const PICTURE: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgABhqAAAYagCAYAAAB3B3B3";

/// The newest record of a kind that a device signed, with pictures of all sorts added to what it says.
fn with_pictures(place: &SimPlace, desk: &Desk, kind: &str, change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
    let own = names::writer(desk.device.writer().as_str());
    let all = place.files().into_iter().filter(|(name, _)| name.starts_with(&own));
    let text = all.rev().find_map(|(_, bytes)| unseal(&bytes, kind)).unwrap().1;
    let mut said: serde_json::Value = serde_json::from_str(&text).unwrap();
    for (field, value) in [("logo", DRAWING), ("picture", PICTURE), ("font", PICTURE), ("icon", DRAWING)] {
        said[field] = value.into();
    }
    change(&mut said);
    seal_text(&desk.device, kind, &said.to_string())
}

fn put(place: &SimPlace, desk: &Desk, room: Room, bytes: &[u8]) -> String {
    let hash = sha256(bytes);
    place.set(&names::record(desk.device.writer().as_str(), room, &hash), bytes);
    hash
}

fn name_in_head(place: &SimPlace, desk: &Desk, change: impl Fn(&mut crate::records::Head)) {
    let mut head = newest_head(place, desk);
    head.seq += 1;
    head.content = head.seq;
    change(&mut head);
    let bytes = seal(&desk.device, &head).unwrap();
    place.set(&names::head(&desk.device.writer(), head.seq, &sha256(&bytes)), &bytes);
}

fn shows_no_picture(view: &View) {
    let text = format!("{view:?}{}", serde_json::to_string(view).unwrap());
    assert!(["<svg", "data:image", "onload", "evil"].iter().all(|odd| !text.contains(odd)), "{text}");
}

// faults 67, 68
#[test]
fn pictures_and_drawings_in_records_are_shown_nowhere() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    ben.publish(&place, "sales", "one");
    set_rules(&place, &anna.device, &mut anna.trust, &larder_model::HouseRules::default(), NOW).unwrap();
    let before = anna.look(&place);
    let card = put(&place, &ben, Room::Messages, &with_pictures(&place, &ben, "card", |_| {}));
    let release = put(&place, &ben, Room::Releases, &with_pictures(&place, &ben, "release", |_| {}));
    name_in_head(&place, &ben, |head| {
        head.card = Some(card.clone());
        head.products.insert(product("sales"), vec![larder_model::ReleaseHash::parse(&release).unwrap()]);
    });
    let view = anna.look(&place);
    shows_no_picture(&view);
    assert_eq!(view.people, before.people, "the card says the same");
    let seen = view.product(&product("sales")).unwrap();
    assert!(seen.hash.as_str() == release || seen.hash == before.products[0].hash, "{seen:?}");
    assert_eq!(content(&place, seen).unwrap(), "one");
}

// fault 69
#[test]
fn a_pattern_in_the_house_rules_is_no_rule() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let rules = larder_model::HouseRules { review_days: Some(30), ..larder_model::HouseRules::default() };
    set_rules(&place, &anna.device, &mut anna.trust, &rules, NOW).unwrap();
    let before = ben.look(&place);
    let follows = |said: &mut serde_json::Value| {
        let known: Vec<String> = ben.trust.rules.as_ref().unwrap().tips.keys().cloned().collect();
        (said["v"], said["prev"]) = (2.into(), known.into());
    };
    for pattern in ["(a+)+$", "*.csv", ".*", "[[[[", "a{9999999}"] {
        for field in ["required", "kinds"] {
            let spoilt = with_pictures(&place, &anna, "rules", |said| {
                follows(said);
                said["rules"][field] = serde_json::json!([pattern]);
            });
            put(&place, &anna, Room::Rosters, &spoilt);
        }
        let spoilt = with_pictures(&place, &anna, "rules", |said| {
            follows(said);
            said["rules"]["publishers"] = pattern.into();
        });
        put(&place, &anna, Room::Rosters, &spoilt);
    }
    let view = Desk { trust: ben.trust.clone(), ..Desk::stranger(ben.trust.shelf(), 45) }.look(&place);
    assert_eq!(view.rules, before.rules, "the rules before stay in force");
    shows_no_picture(&view);
}
