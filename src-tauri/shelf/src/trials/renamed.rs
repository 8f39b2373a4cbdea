//! People who change their name, their role or their colour after they joined.

use super::*;
use crate::{Alert, Decision, Member, NameWish, renew_card};

impl Desk {
    fn renames(&mut self, place: &dyn Place, name: &str, role: &str) -> bool {
        self.person = Person { name: name.into(), role: role.into(), email: Some("b@x".into()), color: 4 };
        renew_card(place, &self.device, &mut self.trust, &self.person, NOW).unwrap()
    }
}

fn of<'v>(view: &'v View, desk: &Desk) -> &'v Member {
    view.people.iter().find(|m| m.writers.contains(&desk.device.writer())).unwrap()
}

#[test]
fn a_new_role_counts_at_once_and_a_new_name_once_a_steward_agrees() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    assert!(ben.renames(&place, "Benjamin", "sells"));
    let files = place.files();
    assert!(!ben.renames(&place, "Benjamin", "sells"), "it is said already");
    assert_eq!(place.files(), files, "and nothing is written twice");

    let wish = NameWish { writer: ben.device.writer(), name: "Benjamin".into() };
    for desk in [&mut anna, &mut ben] {
        let view = desk.look(&place);
        let told: Vec<&Member> = view.people.iter().filter(|m| m.person.name == "Ben").collect();
        let person = &told[0].person;
        assert_eq!((person.role.as_str(), person.email.as_deref(), person.color), ("sells", Some("b@x"), 4));
        assert_eq!((told.len(), told[0].confirmed, told[0].wish.as_ref()), (1, true, Some(&wish)));
        assert_eq!(view.alerts, []);
    }
    let refused = confirm(&place, &ben.device, &mut ben.trust, std::slice::from_ref(&wish.writer), NOW).unwrap_err();
    assert_eq!(refused.code, larder_model::RefusalCode::NoPermission, "nobody renames themselves for others");
    let done = confirm(&place, &anna.device, &mut anna.trust, &[wish.writer], NOW).unwrap();
    assert_eq!(done, Decision::Done);
    let view = ben.look(&place);
    let benjamin = of(&view, &ben);
    assert_eq!((benjamin.person.name.as_str(), benjamin.wish.as_ref()), ("Benjamin", None));
    assert_eq!(view.people.iter().filter(|m| m.confirmed).count(), 2);
}

#[test]
fn what_was_said_of_other_computers_stays_said() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let mut home = Desk::joiner(&place, "Ben", 3);
    home.link(&place, &ben);
    ben.link(&place, &home);
    anna.look(&place);
    anna.confirm(&place, &home);
    assert!(home.renames(&place, "Benno", "bakes") && ben.renames(&place, "Benno", "bakes"));
    let view = anna.look(&place);
    let both = of(&view, &ben);
    assert_eq!(both.writers.len(), 2);
    assert!(both.devices.iter().all(|device| device.links.len() == 1), "{:?}", both.devices);
    assert_eq!(both.wish.as_ref().map(|wish| wish.name.as_str()), Some("Benno"));
}

#[test]
fn whoever_only_looks_is_not_introduced_by_a_new_name() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    let files = place.files();
    let mut stranger = Desk::stranger(anna.trust.shelf(), 9);
    assert!(!stranger.renames(&place, "Somebody", ""));
    assert_eq!(place.files(), files);
    assert_eq!(anna.look(&place).people.len(), 2);
}

#[test]
fn a_name_that_looks_like_a_colleagues_is_told_and_ones_own_is_not() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    // The first letter is a Cyrillic one.
    assert!(ben.renames(&place, "Аnna", "bakes"));
    let view = anna.look(&place);
    let alert = Alert::LookAlike { writer: ben.device.writer(), name: "Аnna".into(), like: "Anna".into() };
    assert_eq!(view.alerts, [alert]);
    assert!(anna.renames(&place, "ANNA", "bakes"));
    assert_eq!(anna.look(&place).alerts.len(), 1, "her own name is no other one");
    assert!(ben.renames(&place, "Bernd", "bakes"));
    assert_eq!(anna.look(&place).alerts, []);
}

#[test]
fn a_stopped_computer_wishes_for_nothing_any_more() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    crate::revoke_device(&place, &anna.device, &mut anna.trust, &ben.device.writer(), &crate::LastGood::Newest, NOW)
        .unwrap();
    ben.renames(&place, "Anna", "bakes");
    let view = anna.look(&place);
    assert!(view.people.iter().all(|m| m.wish.is_none()), "{:?}", view.people);
    assert_eq!(view.alerts, []);
}
