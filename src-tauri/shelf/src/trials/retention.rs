//! Letting go of earlier releases as the house rules say: what is past, never the last one, and nothing while in doubt.

use larder_model::HouseRules;

use super::garbage::everything_opens;
use super::*;
use crate::{caps, collect, kept_until, let_go, looked_over, revoke_device, set_rules};

const DAYS: [&str; 6] = [
    "2026-01-01T08:00:00Z",
    "2026-01-11T08:00:00Z",
    "2026-02-01T08:00:00Z",
    "2026-03-01T08:00:00Z",
    "2026-04-01T08:00:00Z",
    "2026-04-02T08:00:00Z",
];

fn rule(desk: &mut Desk, place: &dyn Place, days: Option<u32>, now: &str) {
    let rules = HouseRules { retention_days: days, ..HouseRules::default() };
    desk.look(place);
    set_rules(place, &desk.device, &mut desk.trust, &rules, now).unwrap();
    desk.look(place);
}

fn lets_go(desk: &mut Desk, place: &dyn Place, now: &str) -> u64 {
    desk.look(place);
    let_go(place, &desk.device, &mut desk.trust, now).unwrap().expect("nothing is in doubt")
}

fn kept(desk: &mut Desk, place: &dyn Place, id: &str) -> Vec<u64> {
    let seen = desk.seen(place, id);
    [seen.release].into_iter().chain(seen.earlier.iter().map(|earlier| earlier.release)).collect()
}

/// So that it is certain what day it is: somebody else says something.
fn speaks(desk: &mut Desk, place: &dyn Place, now: &str) {
    let seen = desk.seen(place, "sales");
    looked_over(place, &desk.device, &mut desk.trust, (&seen.product, &seen.hash), now).unwrap();
}

/// Five versions of Anna's, the last three on the first of a month, and one of Ben's.
fn years(place: &SimPlace) -> (Desk, Desk) {
    let (mut anna, mut ben) = anna_and_ben(place);
    for now in &DAYS[..5] {
        anna.publish_at(place, "sales", &format!("figures of {now}"), now);
        anna.publish_at(place, "stock", &format!("shelves of {now}"), now);
    }
    ben.publish_at(place, "tills", "one", DAYS[0]);
    ben.publish_at(place, "tills", "two", DAYS[1]);
    (anna, ben)
}

#[test]
fn what_is_past_is_named_no_longer_and_the_one_in_use_always_is() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = years(&place);
    speaks(&mut ben, &place, DAYS[5]);
    assert_eq!(lets_go(&mut anna, &place, DAYS[5]), 0, "nobody asks for it");
    // A month and a half: the third gave way to the fourth on the first of March, which is less long ago.
    rule(&mut anna, &place, Some(45), "2026-03-20T08:00:00Z");
    let shelf = anna.trust.shelf().clone();
    assert_eq!(kept(&mut ben, &place, "sales"), [5, 4, 3, 2, 1]);
    assert_eq!(lets_go(&mut anna, &place, DAYS[5]), 4, "the first two of each");
    for id in ["sales", "stock"] {
        assert_eq!(kept(&mut Desk::stranger(&shelf, 9), &place, id), [5, 4, 3]);
    }
    everything_opens(&place, &shelf);
    assert_eq!(lets_go(&mut anna, &place, DAYS[5]), 0, "once");
    // Ben's are his to let go of, and the last one never goes.
    assert_eq!(kept(&mut ben, &place, "tills"), [2, 1]);
    assert_eq!(lets_go(&mut ben, &place, "2026-04-02T09:00:00Z"), 1);
    assert_eq!(kept(&mut anna, &place, "tills"), [2]);
    // Years later: one is left, and everything of it opens; what nobody needs goes the way of all of it.
    let (late, later) = ("2029-01-01T08:00:00Z", "2029-02-15T08:00:00Z");
    speaks(&mut ben, &place, late);
    assert_eq!(lets_go(&mut anna, &place, late), 4);
    assert_eq!(kept(&mut Desk::stranger(&shelf, 9), &place, "sales"), [5]);
    let parts = |place: &SimPlace| place.files().into_keys().filter(|name| name.contains("/b/")).count();
    let before = parts(&place);
    for n in 0..12 {
        anna.publish_at(&place, "notes", &n.to_string(), late);
    }
    let asked = |anna: &mut Desk, now| collect(&place, &anna.device, &mut anna.trust, now, true, &|| false).unwrap();
    assert_eq!((asked(&mut anna, late).removed, parts(&place) > before), (0, true), "announced only");
    for n in 0..2 {
        anna.publish_at(&place, "notes", &format!("later {n}"), later);
    }
    assert!(asked(&mut anna, later).removed >= 16, "two files and a list of eight versions, as far as they differ");
    everything_opens(&place, &shelf);
    assert_eq!(content(&place, &anna.seen(&place, "sales")).unwrap(), format!("figures of {}", DAYS[4]));
}

#[test]
fn nothing_goes_while_anything_is_in_doubt() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = years(&place);
    rule(&mut anna, &place, Some(1), "2026-03-20T08:00:00Z");
    let held = |desk: &mut Desk, place: &SimPlace, now: &str, why: &str| {
        let (files, trust) = (place.files(), desk.trust.clone());
        desk.look(place);
        assert_eq!(let_go(place, &desk.device, &mut desk.trust, now).unwrap(), None, "{why}");
        assert_eq!(place.files(), files, "{why}");
        desk.trust = trust;
    };
    held(&mut anna, &place, DAYS[5], "the last word of a colleague is months old");
    speaks(&mut ben, &place, DAYS[5]);
    held(&mut anna, &place, "2036-04-02T08:00:00Z", "a clock years ahead");
    held(&mut anna, &place, "2026-03-28T08:00:00Z", "a clock that is behind a colleague's");
    let (files, trust) = (place.files(), anna.trust.clone());
    // The rule is a day old.
    rule(&mut anna, &place, Some(2), "2026-04-01T08:00:00Z");
    assert_eq!(lets_go(&mut anna, &place, DAYS[5]), 0, "no doubt, but everybody is told first");
    place.set_files(files.clone());
    anna.trust = trust.clone();
    // A folder that was set back, and a record that is not here.
    let own = crate::names::writer(anna.device.writer().as_str());
    let newest = files.keys().filter(|n| n.starts_with(&own) && n.contains("/h/")).max().unwrap().clone();
    place.unset(&newest);
    held(&mut anna, &place, DAYS[5], "set back");
    place.set_files(files.clone());
    let seen = anna.seen(&place, "stock");
    let record = crate::names::record(
        anna.device.writer().as_str(),
        crate::names::Room::Releases,
        seen.earlier[1].hash.as_str(),
    );
    place.unset(&record);
    anna.trust.memo = Default::default();
    assert_eq!(let_go(&place, &anna.device, &mut anna.trust, DAYS[5]).unwrap(), Some(4), "of the others only");
    assert_eq!(kept(&mut Desk::stranger(trust.shelf(), 9), &place, "sales"), [5]);
    place.set_files(files.clone());
    // The same key on two computers.
    let mut twin = Desk::stranger(trust.shelf(), 1);
    let other = SimPlace::new();
    other.set_files(files.clone());
    twin.trust = trust.clone();
    twin.publish_at(&other, "sales", "from the twin", DAYS[5]);
    anna.trust = trust.clone();
    anna.publish_at(&place, "sales", "from the first", DAYS[5]);
    let mut both = place.files();
    both.extend(other.files());
    place.set_files(both);
    held(&mut anna, &place, DAYS[5], "a fork");
    // Somebody whom nobody listens to any more lets go of nothing.
    place.set_files(files);
    anna.trust = trust;
    let writer = ben.device.writer();
    revoke_device(&place, &anna.device, &mut anna.trust, &writer, &crate::LastGood::Newest, DAYS[5]).unwrap();
    held(&mut ben, &place, DAYS[5], "out of use");
}

#[test]
fn a_rule_keeps_more_than_usual_as_far_as_others_read_them() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let publish = |anna: &mut Desk, place: &SimPlace, many: usize| {
        for n in 0..many {
            anna.publish_at(place, "sales", &format!("figures {n} of {many}"), DAYS[0]);
        }
    };
    publish(&mut anna, &place, 12);
    assert_eq!(kept(&mut ben, &place, "sales").len(), caps::KEPT_RELEASES);
    rule(&mut anna, &place, Some(400), DAYS[0]);
    publish(&mut anna, &place, 13);
    assert_eq!(kept(&mut ben, &place, "sales").len(), caps::KEPT_RELEASES + 13);
    publish(&mut anna, &place, 40);
    let shelf = anna.trust.shelf().clone();
    assert_eq!(kept(&mut Desk::stranger(&shelf, 9), &place, "sales").len(), caps::READ_RELEASES);
    everything_opens(&place, &shelf);
    rule(&mut anna, &place, None, DAYS[1]);
    publish(&mut anna, &place, 1);
    assert_eq!(kept(&mut Desk::stranger(&shelf, 9), &place, "sales").len(), caps::KEPT_RELEASES, "as usual again");
}

#[test]
fn days_count_from_when_a_newer_one_came_and_no_clock_makes_anything_older() {
    let moments = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<jiff::Timestamp>>();
    let since: jiff::Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    let told = |texts: &[&str], since| {
        let until = kept_until(&moments(texts), 30, since).into_iter();
        until.map(|until| until.map(|until| until.to_string()[..10].to_owned())).collect::<Vec<_>>()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(told(&[], since), [] as [Option<String>; 0]);
    assert_eq!(told(&["2020-01-01T00:00:00Z"], since), [None]);
    let three = ["2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"];
    assert_eq!(told(&three, since), [some("2026-03-31"), some("2026-04-01"), None]);
    // The rules came on the day before: a week first.
    let rules = "2026-04-30T00:00:00Z".parse().unwrap();
    assert_eq!(told(&three, rules), [some("2026-05-07"), some("2026-05-07"), None]);
    // One was published with a clock from ten years before.
    let odd = ["2026-01-01T00:00:00Z", "2016-03-01T00:00:00Z", "2026-03-02T00:00:00Z"];
    assert_eq!(told(&odd, since), [some("2026-01-31"), some("2026-04-01"), None]);
    // Of very many the oldest are crowded out before their day.
    let many = vec!["2026-01-01T00:00:00Z"; caps::READ_RELEASES + 2];
    let told = told(&many, since);
    assert_eq!((&told[0], &told[1], &told[2]), (&some("2026-01-01"), &some("2026-01-01"), &some("2026-01-31")));
    assert_eq!(told.last().unwrap(), &None);
}
