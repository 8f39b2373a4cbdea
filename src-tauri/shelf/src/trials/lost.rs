//! Keys that are gone for good: of a computer, of all computers that somebody had, of the last steward.

use larder_model::RefusalCode;

use super::sealed::{opened, publish_sealed, recipients};
use super::*;
use crate::{
    Decision, DeviceStanding, Grant, Hint, LastGood, Member, Takeover, leave, make_stewards, regrant, revoke_device,
    takeover,
};

/// A new computer of somebody: another key, and the same name.
fn new_computer(place: &dyn Place, name: &str, seed: u8) -> Desk {
    Desk::joiner(place, name, seed)
}

fn member<'v>(view: &'v View, name: &str) -> &'v Member {
    view.people.iter().find(|member| member.confirmed && member.person.name == name).unwrap()
}

fn standings(view: &View, name: &str) -> Vec<DeviceStanding> {
    let mut standings: Vec<_> = member(view, name).devices.iter().map(|device| device.standing).collect();
    standings.sort();
    standings
}

// fault 51
#[test]
fn whoever_lost_their_only_computer_goes_on_with_a_new_one_and_a_stewards_word() {
    let place = SimPlace::new();
    let (mut anna, mut old) = anna_and_ben(&place);
    let mut cem = Desk::joiner(&place, "Cem", 3);
    anna.confirm(&place, &cem);
    old.publish(&place, "sales", "one");
    cem.look(&place);
    let mut new = new_computer(&place, "Ben", 12);
    // That it calls itself Ben makes it none of Ben's.
    let asked = confirm(&place, &anna.device, &mut anna.trust, &[new.device.writer()], NOW).unwrap_err();
    assert_eq!(asked.code, RefusalCode::NotLinked);
    let person = member(&anna.look(&place), "Ben").person_id.clone();
    let writer = new.device.writer();
    let whole = Takeover { person: &person, writer: &writer, lost: &[] };
    let by = |desk: &mut Desk, whole: &Takeover| takeover(&place, &desk.device, &mut desk.trust, whole, NOW);
    assert_eq!(by(&mut cem, &whole).unwrap_err().code, RefusalCode::NoPermission, "Cem is no steward");
    assert_eq!(by(&mut new, &whole).unwrap_err().code, RefusalCode::NoPermission, "nor is who asks");
    assert_eq!(by(&mut anna, &whole).unwrap(), Decision::Done);
    assert_eq!(by(&mut anna, &whole).unwrap_err().code, RefusalCode::Taken, "once is enough");

    let fresh = Desk::stranger(anna.trust.shelf(), 75);
    for mut desk in [cem, fresh] {
        let view = desk.look(&place);
        assert_eq!(standings(&view, "Ben"), [DeviceStanding::Active, DeviceStanding::Revoked]);
        assert!(!member(&view, "Ben").steward && view.people.iter().filter(|m| m.confirmed).count() == 3);
        let seen = view.product(&product("sales")).unwrap();
        assert_eq!((content(&place, seen).unwrap().as_str(), &seen.state), ("one", &SeenState::Ready), "it stays");
        assert_eq!(seen.keeper_person.as_ref().unwrap().name, "Ben");
    }
    new.look(&place);
    assert_eq!(new.publish(&place, "sales", "two").n, 2, "it goes on where the old one stopped");
    assert_eq!(content(&place, &anna.seen(&place, "sales")).unwrap(), "two");
    // The old key turns up in other hands.
    old.try_publish(&place, "sales", "by the finder").unwrap();
    assert_eq!(content(&place, &anna.seen(&place, "sales")).unwrap(), "two");
}

// fault 51
#[test]
fn a_lost_key_opens_nothing_any_more_and_who_published_lets_the_new_one_in() {
    let place = SimPlace::new();
    let (mut anna, mut old) = anna_and_ben(&place);
    let id = product("pay");
    publish_sealed(&mut anna, &place, "pay", "figures", recipients(&[&old]));
    assert_eq!(opened(&place, &mut old, "pay").unwrap(), "figures");
    let mut new = new_computer(&place, "Ben", 12);
    let person = member(&anna.look(&place), "Ben").person_id.clone();
    let writer = new.device.writer();
    let whole = Takeover { person: &person, writer: &writer, lost: &[] };
    takeover(&place, &anna.device, &mut anna.trust, &whole, NOW).unwrap();
    // Nobody keeps a second key for anybody: what was sealed for the lost one stays shut for the new one.
    assert_eq!(new.seen(&place, "pay").state, SeenState::NeedsKey);
    let everyone: Vec<_> = member(&anna.look(&place), "Ben").recipients.clone().into_iter().collect();
    assert_eq!(everyone, recipients(&[&new]), "nothing is encrypted to a lost key from now on");
    let all = recipients(&[&old, &new]);
    regrant(&place, &anna.device, &mut anna.trust, &Grant { product: &id, recipients: &all }, NOW).unwrap();
    assert_eq!(opened(&place, &mut new, "pay").unwrap(), "figures");
    publish_sealed(&mut anna, &place, "pay", "later", everyone);
    assert_eq!(opened(&place, &mut new, "pay").unwrap(), "later");
    assert_eq!(old.seen(&place, "pay").state, SeenState::NeedsKey, "the lost one does not get in");
}

// fault 51
#[test]
fn whoever_lost_one_of_two_computers_goes_on_with_the_other() {
    let place = SimPlace::new();
    let (mut anna, mut laptop) = anna_and_ben(&place);
    let mut office = Desk::joiner(&place, "Ben", 12);
    laptop.look(&place);
    office.link(&place, &laptop);
    laptop.link(&place, &office);
    anna.confirm(&place, &office);
    laptop.publish(&place, "sales", "one");
    office.look(&place);
    let lost = laptop.device.writer();
    let by = |desk: &mut Desk| revoke_device(&place, &desk.device, &mut desk.trust, &lost, &LastGood::Newest, NOW);
    assert_eq!(by(&mut office).unwrap_err().code, RefusalCode::NoPermission, "a steward stops it");
    assert_eq!(by(&mut anna).unwrap(), Decision::Done);
    assert_eq!(standings(&anna.look(&place), "Ben"), [DeviceStanding::Active, DeviceStanding::Revoked]);
    office.look(&place);
    assert_eq!(office.publish(&place, "sales", "two").n, 2);
    let seen = anna.seen(&place, "sales");
    assert_eq!((content(&place, &seen).unwrap().as_str(), seen.state), ("two", SeenState::Ready));
    // A third one is linked with the one that is left.
    let mut third = Desk::joiner(&place, "Ben", 13);
    third.link(&place, &office);
    office.link(&place, &third);
    anna.look(&place);
    anna.confirm(&place, &third);
    let view = anna.look(&place);
    assert_eq!(
        (member(&view, "Ben").writers.len(), member(&view, "Ben").devices.len()),
        (2, 3),
        "the lost one is still told"
    );
}

// fault 51
#[test]
fn a_lost_steward_is_replaced_by_another_one() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    assert!(anna.look(&place).hints.contains(&Hint::OneSteward), "told while there is time");
    make_stewards(&place, &anna.device, &mut anna.trust, &[ben.device.writer()], NOW).unwrap();
    anna.publish(&place, "sales", "one");
    let mut new = new_computer(&place, "Anna", 11);
    let person = member(&ben.look(&place), "Anna").person_id.clone();
    let writer = new.device.writer();
    let whole = Takeover { person: &person, writer: &writer, lost: &[] };
    assert_eq!(takeover(&place, &ben.device, &mut ben.trust, &whole, NOW).unwrap(), Decision::Done);
    let view = new.look(&place);
    assert!(view.me().unwrap().steward && view.alerts.is_empty(), "{:?}", view.alerts);
    let cem = Desk::joiner(&place, "Cem", 3);
    new.confirm(&place, &cem);
    assert_eq!(ben.look(&place).people.iter().filter(|m| m.confirmed).count(), 3);
    let dora = Desk::joiner(&place, "Dora", 4);
    let by_the_lost = confirm(&place, &anna.device, &mut anna.trust, &[dora.device.writer()], NOW);
    assert_eq!(by_the_lost.unwrap_err().code, RefusalCode::NoPermission);
}

// fault 51
#[test]
fn without_any_steward_everything_stays_and_a_shelf_beside_it_goes_on() {
    let (place, beside) = (SimPlace::new(), SimPlace::new());
    let (mut anna, mut ben) = anna_and_ben(&place);
    let mut cem = Desk::joiner(&place, "Cem", 3);
    anna.confirm(&place, &cem);
    anna.publish(&place, "prices", "annas");
    ben.publish(&place, "sales", "one");
    let only = anna.device.writer();
    assert_eq!(
        leave(&place, &anna.device, &mut anna.trust, &PersonId::parse("anna").unwrap(), NOW).unwrap_err().code,
        RefusalCode::Invalid,
        "the last one cannot go by herself"
    );
    drop(anna);
    // Nobody can make themselves a steward, and nobody new gets in; all else goes on.
    let dora = Desk::joiner(&place, "Dora", 4);
    for desk in [&mut ben, &mut cem] {
        desk.look(&place);
        let asked = confirm(&place, &desk.device, &mut desk.trust, &[dora.device.writer()], NOW);
        assert_eq!(asked.unwrap_err().code, RefusalCode::NoPermission);
        let asked = revoke_device(&place, &desk.device, &mut desk.trust, &only, &LastGood::Newest, NOW);
        assert_eq!(asked.unwrap_err().code, RefusalCode::NoPermission);
    }
    assert_eq!(ben.publish(&place, "sales", "two").n, 2);
    assert_eq!(content(&place, &cem.seen(&place, "sales")).unwrap(), "two");
    assert_eq!(content(&place, &cem.seen(&place, "prices")).unwrap(), "annas");
    let here = start(&place, &ben.device, "Bakery again", &ben.person, &ben.person_id, NOW);
    assert_eq!(here.unwrap_err().code, RefusalCode::ShelfInShelf, "no second shelf onto the first");

    // The successor stands beside it, and what was published goes there from who can open it.
    let shelf = start(&beside, &ben.device, "Bakery again", &ben.person, &ben.person_id, NOW).unwrap();
    let old = ben.look(&place);
    ben.trust = Trust::new(shelf.clone());
    ben.look(&beside);
    for seen in &old.products {
        let text = content(&place, seen).unwrap();
        assert_eq!(ben.publish(&beside, seen.product.as_str(), &text).n, 1);
    }
    let joins = Desk::joiner(&beside, "Cem", 3);
    ben.confirm(&beside, &joins);
    cem.trust = Trust::new(shelf);
    let view = cem.look(&beside);
    assert!(view.me().unwrap().confirmed && view.products.len() == 2 && view.alerts.is_empty(), "{view:?}");
    assert_eq!(content(&beside, &cem.seen(&beside, "prices")).unwrap(), "annas");
}
