//! Removing what nobody needs: only that, only one's own, only after a month, and not while anything is in doubt.

use std::collections::BTreeSet;

use super::sealed::{opened, publish_sealed, recipients};
use super::*;
use crate::names;
use crate::sim::Fault;
use crate::{Garbage, GarbageHeld, Grant, LastGood, Publishing, collect, fetch_small, regrant, release_files, space};
use larder_model::RefusalCode;

const MONTHS: [&str; 4] =
    ["2026-03-03T08:00:00Z", "2026-04-15T08:00:00Z", "2026-05-20T08:00:00Z", "2026-07-01T08:00:00Z"];

impl Desk {
    pub fn publish_at(&mut self, place: &dyn Place, id: &str, content: &str, now: &str) -> Published {
        let files = vec![
            self.file("label.json", format!("label of {content}").as_bytes()),
            self.file("table.parquet", content.as_bytes()),
        ];
        let product = product(id);
        let about = serde_json::Value::Null;
        let publication = Publication { product: &product, title: id, rows: 3, files, about, seal: None };
        publish(place, &self.device, &mut self.trust, &publication, now, &|_| true).unwrap()
    }

    fn collect(&mut self, place: &dyn Place, now: &str) -> Garbage {
        collect(place, &self.device, &mut self.trust, now, false, &|| false).unwrap()
    }

    fn collect_all(&mut self, place: &dyn Place, now: &str) -> Garbage {
        collect(place, &self.device, &mut self.trust, now, true, &|| false).unwrap()
    }
}

/// So many releases that the first ones are kept by no head among the newest any more.
fn long_life(place: &SimPlace) -> (Desk, Desk) {
    let (mut anna, mut ben) = anna_and_ben(place);
    ben.publish(place, "stock", "shelves");
    for n in 0..crate::caps::KEPT_RELEASES + 15 {
        anna.publish_at(place, "sales", &format!("figures {n}"), MONTHS[0]);
    }
    (anna, ben)
}

/// Two later heads, in a later month.
fn a_month_later(place: &SimPlace, desk: &mut Desk, now: &str) {
    for n in 0..2 {
        desk.publish_at(place, "sales", &format!("figures of {now} {n}"), now);
    }
}

/// What is needed, found out another way: everything that any newest reader, or anybody who goes back to a kept release, opens.
pub(super) fn everything_opens(place: &SimPlace, shelf: &ShelfId) {
    let mut fresh = Desk::stranger(shelf, 91);
    let view = fresh.look(place);
    assert_eq!(view.alerts, []);
    for seen in &view.products {
        assert!(matches!(seen.state, SeenState::Ready), "I9: {seen:?}");
        let earlier = seen.earlier.iter().map(|e| (e.hash.clone(), e.writer.clone()));
        for (hash, writer) in earlier.chain([(seen.hash.clone(), seen.writer.clone())]) {
            let holders = [writer];
            for file in release_files(place, &mut fresh.trust, &hash, &holders).unwrap() {
                fetch_small(place, &file, &holders, 1 << 20).unwrap();
            }
        }
    }
}

fn contents(place: &SimPlace) -> BTreeSet<String> {
    place.files().into_keys().filter(|name| name.contains("/b/")).collect()
}

// fault 39
#[test]
pub(super) fn garbage_is_announced_and_goes_a_month_later_and_what_anybody_needs_stays() {
    let place = SimPlace::new();
    let (mut anna, ben) = long_life(&place);
    let shelf = anna.trust.shelf().clone();
    let before = contents(&place);
    let told = anna.collect_all(&place, MONTHS[0]);
    assert_eq!((told.removed, told.held), (0, None));
    assert!(told.waiting > 10, "{told:?}");
    assert_eq!(contents(&place), before, "announced only");
    assert_eq!(anna.collect_all(&place, MONTHS[0]).removed, 0, "again, at once");
    a_month_later(&place, &mut anna, MONTHS[1]);
    let bens = names::writer(ben.device.writer().as_str());
    let of_ben = |place: &SimPlace| place.files().into_iter().filter(|(n, _)| n.starts_with(&bens)).collect::<Vec<_>>();
    let his = of_ben(&place);
    let told = anna.collect_all(&place, MONTHS[1]);
    assert!(told.removed >= 10, "{told:?}");
    assert!(contents(&place).len() < before.len() + 6);
    assert_eq!(of_ben(&place), his, "I6");
    everything_opens(&place, &shelf);
    let heads = place
        .files()
        .into_keys()
        .filter(|name| name.contains(&anna.device.writer().to_string()) && name.contains("/h/"));
    assert!(heads.count() >= 10);
    assert_eq!(anna.publish_at(&place, "sales", "more", MONTHS[1]).n, crate::caps::KEPT_RELEASES as u64 + 18);
    everything_opens(&place, &shelf);
}

#[test]
fn what_is_collected_while_a_publication_counts_on_it_is_copied_again() {
    let place = SimPlace::new();
    let (mut anna, _) = long_life(&place);
    anna.collect_all(&place, MONTHS[0]);
    a_month_later(&place, &mut anna, MONTHS[1]);
    // The very first figures come back, just while they are being removed.
    let files = vec![anna.file("label.json", b"label of figures 0"), anna.file("table.parquet", b"figures 0")];
    let (id, about) = (product("sales"), serde_json::Value::Null);
    let again = Publication { product: &id, title: "sales", rows: 3, files, about, seal: None };
    let half = |anna: &Desk| Publishing::copy(&place, &anna.device, &again, anna.trust.ledger(), &|_| true).unwrap();
    let before = half(&anna);
    assert!(anna.collect_all(&place, MONTHS[1]).removed > 0);
    let refused = before.finish(&place, &anna.device, &mut anna.trust, &again, MONTHS[1], &|_| true).unwrap_err();
    assert_eq!(refused.code, RefusalCode::Busy);
    everything_opens(&place, anna.trust.shelf());
    half(&anna).finish(&place, &anna.device, &mut anna.trust, &again, MONTHS[1], &|_| true).unwrap();
    assert_eq!(content(&place, &anna.seen(&place, "sales")).unwrap(), "figures 0");
    everything_opens(&place, anna.trust.shelf());
}

// fault 39
#[test]
fn collecting_may_die_at_any_call() {
    let place = SimPlace::new();
    let (mut anna, _) = long_life(&place);
    anna.collect_all(&place, MONTHS[0]);
    a_month_later(&place, &mut anna, MONTHS[1]);
    let (files, trust) = (place.files(), anna.trust.clone());
    let calls = place.calls();
    anna.collect_all(&place, MONTHS[1]);
    let needed = place.calls() - calls;
    for call in (1..=needed).step_by(usize::try_from(needed / 40).unwrap().max(1)) {
        place.set_files(files.clone());
        anna.trust = trust.clone();
        place.fail_at(call, Fault::Crash { torn: 500 });
        let _ = collect(&place, &anna.device, &mut anna.trust, MONTHS[1], true, &|| false);
        place.heal();
        everything_opens(&place, anna.trust.shelf());
        anna.collect_all(&place, MONTHS[1]);
        everything_opens(&place, anna.trust.shelf());
    }
}

// fault 23
#[test]
fn what_a_returning_laptop_brings_back_is_collected_again() {
    let place = SimPlace::new();
    let (mut anna, _) = long_life(&place);
    let old = place.files();
    anna.collect_all(&place, MONTHS[0]);
    a_month_later(&place, &mut anna, MONTHS[1]);
    anna.collect_all(&place, MONTHS[1]);
    let mut both = old.clone();
    both.extend(place.files());
    place.set_files(both);
    everything_opens(&place, anna.trust.shelf());
    let at_once = anna.collect_all(&place, MONTHS[1]);
    a_month_later(&place, &mut anna, MONTHS[2]);
    let told = anna.collect_all(&place, MONTHS[2]);
    assert!(at_once.removed + told.removed > 10 && told.held.is_none(), "{told:?}");
    everything_opens(&place, anna.trust.shelf());
}

// fault 38
#[test]
fn a_device_that_was_away_for_two_months_finds_its_folder_untouched() {
    let place = SimPlace::new();
    let (mut anna, _) = long_life(&place);
    let mut laptop = Desk::joiner(&place, "Anna", 7);
    laptop.publish(&place, "waste", "away");
    anna.look(&place);
    laptop.look(&place);
    anna.link(&place, &laptop);
    laptop.link(&place, &anna);
    anna.look(&place);
    anna.confirm(&place, &laptop);
    let own = names::writer(laptop.device.writer().as_str());
    let of_laptop =
        |place: &SimPlace| place.files().into_iter().filter(|(n, _)| n.starts_with(&own)).collect::<Vec<_>>();
    let before = of_laptop(&place);
    anna.look(&place);
    // The head in which the roster was told is from then, and so is everything before.
    a_month_later(&place, &mut anna, MONTHS[0]);
    for now in [MONTHS[0], MONTHS[1], MONTHS[2]] {
        a_month_later(&place, &mut anna, now);
        anna.collect_all(&place, now);
    }
    assert_eq!(of_laptop(&place), before);
    assert_eq!(laptop.seen(&place, "waste").state, SeenState::Ready);
    everything_opens(&place, anna.trust.shelf());
}

#[test]
fn nothing_is_removed_while_anything_is_in_doubt() {
    let place = SimPlace::new();
    let (mut anna, _) = long_life(&place);
    anna.collect_all(&place, MONTHS[0]);
    a_month_later(&place, &mut anna, MONTHS[1]);
    let (files, trust) = (place.files(), anna.trust.clone());
    let held = |anna: &mut Desk, now: &str| {
        let told = anna.collect_all(&place, now);
        assert_eq!(told.removed, 0);
        told.held
    };
    // A clock that jumped, either way.
    assert_eq!(held(&mut anna, "2036-04-15T08:00:00Z"), Some(GarbageHeld::Clock));
    assert_eq!(held(&mut anna, "2016-04-15T08:00:00Z"), Some(GarbageHeld::Clock));
    // A folder that was set back.
    let own = names::writer(anna.device.writer().as_str());
    let newest = files.keys().filter(|n| n.starts_with(&own) && n.contains("/h/")).max().unwrap();
    place.unset(newest);
    assert_eq!(held(&mut anna, MONTHS[1]), Some(GarbageHeld::WentBackwards));
    place.set_files(files.clone());
    // A list of a kept release that is not here.
    anna.trust = trust.clone();
    anna.trust.memo = Default::default();
    let seen = anna.seen(&place, "sales");
    let record = names::record(anna.device.writer().as_str(), names::Room::Releases, seen.earlier[3].hash.as_str());
    place.unset(&record);
    anna.trust.memo = Default::default();
    assert_eq!(held(&mut anna, MONTHS[1]), Some(GarbageHeld::Arriving));
    place.set_files(files.clone());
    // The same key on two computers.
    let mut twin = Desk::stranger(anna.trust.shelf(), 1);
    twin.trust = trust.clone();
    let other = SimPlace::new();
    other.set_files(files.clone());
    twin.publish_at(&other, "sales", "from the twin", MONTHS[1]);
    anna.trust = trust.clone();
    anna.publish_at(&place, "sales", "from the first", MONTHS[1]);
    let mut both = place.files();
    both.extend(other.files());
    place.set_files(both);
    assert_eq!(held(&mut anna, MONTHS[1]), Some(GarbageHeld::Fork));
    // Much at once waits for a person.
    place.set_files(files);
    anna.trust = trust;
    let told = anna.collect(&place, MONTHS[1]);
    assert_eq!((told.much, told.removed), (true, 0), "{told:?}");
    assert!(anna.collect_all(&place, MONTHS[1]).removed > 0);
}

#[test]
fn sealed_parts_and_keyrings_stay_as_long_as_a_head_names_them() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    publish_sealed(&mut anna, &place, "wages", "paid", recipients(&[&ben]));
    let cem = Desk::joiner(&place, "Cem", 3);
    anna.look(&place);
    let to = recipients(&[&ben, &cem]);
    let grant = Grant { product: &product("wages"), recipients: &to };
    regrant(&place, &anna.device, &mut anna.trust, &grant, NOW).unwrap();
    for now in MONTHS {
        a_month_later(&place, &mut anna, now);
        anna.collect_all(&place, now);
        anna.trust.memo = Default::default();
    }
    ben.trust.memo = Default::default();
    assert_eq!(opened(&place, &mut ben, "wages").unwrap(), "paid");
    assert_eq!(ben.seen(&place, "wages").earlier.len(), 1);
}

#[test]
fn the_last_good_head_of_a_device_that_was_put_out_of_use_stays() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    ben.publish_at(&place, "stock", "good", MONTHS[0]);
    anna.look(&place);
    let writer = ben.device.writer();
    crate::revoke_device(&place, &anna.device, &mut anna.trust, &writer, &LastGood::Newest, NOW).unwrap();
    ben.look(&place);
    for now in MONTHS {
        for n in 0..12 {
            ben.publish_at(&place, "sales", &format!("{now} {n}"), now);
        }
        ben.collect_all(&place, now);
    }
    let seen = anna.seen(&place, "stock");
    assert_eq!(content(&place, &seen).unwrap(), "good");
}

#[test]
fn room_is_counted_by_person() {
    let place = SimPlace::new();
    let (mut anna, _) = long_life(&place);
    let all = space(&place, &mut anna.trust, &anna.device, &|| false).unwrap();
    let told: Vec<_> = all.iter().map(|s| (s.person.as_ref().unwrap().name.as_str(), s.is_me)).collect();
    assert_eq!(told, [("Anna", true), ("Ben", false)]);
    let files = place.files();
    let bytes: usize = files.iter().filter(|(n, _)| n.contains("/w/")).map(|(_, b)| b.len()).sum();
    assert_eq!(all.iter().map(|s| s.bytes).sum::<u64>(), bytes as u64);
    assert!(all[0].earlier_bytes > 0 && all[0].unneeded_bytes > 0 && all[1].unneeded_bytes == 0, "{all:?}");
}
