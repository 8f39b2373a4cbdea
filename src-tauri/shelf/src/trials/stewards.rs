//! Rosters: who may say who is on the shelf, and what a bad steward or a stolen device can do.

use larder_model::RefusalCode;

use super::tamper::newest_head;
use super::*;
use crate::Alert;
use crate::envelope::{seal, sha256};
use crate::founding::put_record;
use crate::names::Room;
use crate::records::{CoSignature, Roster, RosterWriter, Status};

fn roster(place: &SimPlace, desk: &mut Desk) -> (Roster, String) {
    desk.look(place);
    let memory = desk.trust.roster.clone().unwrap();
    let (hash, roster) = memory.tips.into_iter().next().unwrap();
    (roster, hash)
}

// faults 47, 48
#[test]
pub(super) fn only_stewards_of_the_version_before_make_the_next_roster() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    let (mut next, hash) = roster(&place, &mut anna);
    next.v += 1;
    next.prev = vec![hash];
    next.stewards = vec![ben.device.writer()];
    put_record(&place, &ben.device, Room::Rosters, &next).unwrap();
    put_record(&place, &Device::create([66; 32]), Room::Rosters, &next).unwrap();
    let view = anna.look(&place);
    assert!(view.me().unwrap().steward && view.alerts.is_empty(), "{:?}", view.alerts);
    // A first roster by somebody else than the founder is none either.
    let mut first = next.clone();
    (first.v, first.prev) = (1, Vec::new());
    put_record(&place, &ben.device, Room::Rosters, &first).unwrap();
    assert!(anna.look(&place).me().unwrap().steward);
    let mut fresh = Desk::stranger(anna.trust.shelf(), 72);
    assert_eq!(fresh.look(&place).people, {
        let mut people = anna.look(&place).people;
        people.iter_mut().for_each(|m| m.is_me = false);
        people
    });
    // A version that leaves one out is not taken.
    let (now, hash) = roster(&place, &mut anna);
    let mut gap = now.clone();
    (gap.v, gap.prev) = (now.v + 2, vec![hash]);
    gap.people.truncate(1);
    put_record(&place, &anna.device, Room::Rosters, &gap).unwrap();
    gap.prev = vec!["ab".repeat(32)];
    put_record(&place, &anna.device, Room::Rosters, &gap).unwrap();
    let view = anna.look(&place);
    assert_eq!(view.people.len(), 2);
    assert_eq!(view.alerts, [Alert::RosterArriving]);
}

// fault 36
#[test]
pub(super) fn two_rosters_side_by_side_allow_only_what_both_allow() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let cem = Desk::joiner(&place, "Cem", 3);
    let dora = Desk::joiner(&place, "Dora", 4);
    let (before, _) = roster(&place, &mut anna);
    let files = place.files();
    anna.confirm(&place, &cem);
    let one = place.files();
    place.set_files(files);
    let mut twin = Desk::stranger(anna.trust.shelf(), 1);
    twin.confirm(&place, &dora);
    let mut both = place.files();
    both.extend(one);
    place.set_files(both);
    for desk in [&mut anna, &mut ben] {
        let view = desk.look(&place);
        let confirmed: Vec<_> = view.people.iter().filter(|m| m.confirmed).map(|m| m.person.name.as_str()).collect();
        assert_eq!(confirmed, ["Anna", "Ben"]);
        assert!(view.alerts.contains(&Alert::RosterFork));
    }
    // The next one names both and heals it.
    confirm(&place, &anna.device, &mut anna.trust, &[cem.device.writer(), dora.device.writer()], NOW).unwrap();
    let view = ben.look(&place);
    assert_eq!(view.people.iter().filter(|m| m.confirmed).count(), 4);
    assert!(!view.alerts.contains(&Alert::RosterFork), "{:?}", view.alerts);
    let (now, _) = roster(&place, &mut anna);
    assert_eq!((now.v, now.prev.len()), (before.v + 2, 2));
    assert_eq!(Desk::stranger(anna.trust.shelf(), 73).look(&place).products, view.products);
}

#[test]
pub(super) fn a_roster_that_asks_for_two_stewards_needs_two() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    let cem = Desk::joiner(&place, "Cem", 3);
    let (mut two, hash) = roster(&place, &mut anna);
    two.v += 1;
    two.prev = vec![hash];
    two.stewards.push(ben.device.writer());
    two.threshold = 2;
    put_record(&place, &anna.device, Room::Rosters, &two).unwrap();
    anna.confirm(&place, &cem);
    let confirmed = |view: View| view.people.iter().filter(|m| m.confirmed).count();
    assert_eq!(confirmed(anna.look(&place)), 2, "one signature is a proposal");
    let proposal = place.files().into_iter().find_map(|(name, bytes)| {
        let roster = crate::envelope::open::<Roster>(&bytes, anna.trust.shelf()).good()?;
        (name.contains("/g/") && roster.body.v == two.v + 1).then_some(roster.hash)
    });
    let agree =
        CoSignature { protocol: 1, shelf: anna.trust.shelf().clone(), roster: proposal.unwrap(), at: NOW.into() };
    put_record(&place, &cem.device, Room::Messages, &agree).unwrap();
    assert_eq!(confirmed(anna.look(&place)), 2, "Cem is no steward");
    put_record(&place, &ben.device, Room::Messages, &agree).unwrap();
    assert_eq!(confirmed(anna.look(&place)), 3);
}

// fault 46
#[test]
pub(super) fn a_stolen_device_is_stopped_at_its_last_good_head() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let mut cem = Desk::joiner(&place, "Cem", 3);
    anna.look(&place);
    anna.confirm(&place, &cem);
    ben.publish(&place, "sales", "good");
    let last_good = {
        let head = newest_head(&place, &ben);
        sha256(&seal(&ben.device, &head).unwrap())
    };
    ben.publish(&place, "sales", "by the thief");
    ben.publish(&place, "planted", "by the thief");
    assert_eq!(cem.seen(&place, "sales").release, 2);
    let (mut next, hash) = roster(&place, &mut anna);
    next.v += 1;
    next.prev = vec![hash];
    let bens = next.people.iter_mut().find(|p| p.name == "Ben").unwrap();
    bens.writers = vec![RosterWriter {
        id: ben.device.writer(),
        status: Status::Revoked,
        last_good: Some(last_good),
        last_good_seq: None,
    }];
    put_record(&place, &anna.device, Room::Rosters, &next).unwrap();
    for _ in 0..2 {
        let mut fresh = Desk::stranger(anna.trust.shelf(), 74);
        for desk in [&mut anna, &mut cem, &mut fresh] {
            let view = desk.look(&place);
            let seen = view.product(&product("sales")).unwrap();
            assert_eq!((seen.release, content(&place, seen).unwrap().as_str()), (1, "good"));
            assert_eq!(state(&view, "planted"), None);
        }
        // The thief signs old-looking and new heads as they like.
        ben.try_publish(&place, "sales", "again").unwrap();
    }
    assert_eq!(
        confirm(&place, &anna.device, &mut anna.trust, &[ben.device.writer()], NOW).unwrap_err().code,
        RefusalCode::NoPermission
    );
}
