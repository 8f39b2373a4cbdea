//! The house rule that data products are looked over: reminding the keeper, saying that all of it still holds, showing where
//! nobody does; in the window and from a terminal.

use std::fs;

use larder_actions::wire::{ActivityPage, Need, NeedCode, ReviewNote, RulesPage, TodayPage};
use larder_model::{HouseRules, RefusalCode};
use larder_tests::host::moment;
use larder_tests::person::Person;
use serde_json::json;

#[cfg(target_os = "linux")]
use crate::computer::Computer;
use crate::land::Land;

const MARCH: &str = "2026-03-03T09:00:00+01:00[Europe/Berlin]";
const JUNE: &str = "2026-06-10T09:00:00+02:00[Europe/Berlin]";
const JULY: &str = "2026-07-01T09:00:00+02:00[Europe/Berlin]";

fn at(people: &[&Person], text: &str) {
    people.iter().for_each(|person| person.host.set_clock(moment(text).unwrap()));
}

fn published(land: &Land, person: &Person, title: &str) -> String {
    let path = land.folder.path().join(format!("{title}.csv"));
    fs::write(&path, "Customer,Rolls\nCafe Nord,40\nSchool,120\n").unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": title, "summary": "Who gets what.", "area": "Shop floor"}));
    person.publish(&draft).unwrap()
}

fn asks_every(person: &Person, days: Option<u32>) {
    let rules = HouseRules { review_days: days, ..HouseRules::default() };
    let _: RulesPage = person.ask("set_rules", json!({"rules": rules}));
}

fn due(person: &Person) -> Vec<Need> {
    let page: TodayPage = person.ask("today", json!({}));
    page.needs.into_iter().filter(|need| need.code == NeedCode::ReviewDue).collect()
}

fn note(person: &Person, product: &str) -> ReviewNote {
    person.look().unwrap();
    person.page(product).review.unwrap()
}

#[test]
fn the_keeper_is_reminded_and_one_click_says_to_everybody_that_it_still_holds() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    at(&[&anna, &ben, &cem], MARCH);
    let product = published(&land, &ben, "Orders");
    at(&[&anna, &ben, &cem], JUNE);
    let before = note(&anna, &product);
    assert_eq!((before.days, before.every, before.due, before.by.as_str()), (98, None, false, "Ben"));
    assert!(due(&ben).is_empty(), "nobody asks for it");
    asks_every(&anna, Some(90));
    for (person, may) in [(&anna, false), (&ben, true), (&cem, false)] {
        let note = note(person, &product);
        assert_eq!((note.days, note.every, note.due, note.may), (98, Some(90), true, may));
    }
    let needs = due(&ben);
    let [need] = needs.as_slice() else { panic!("{needs:?}") };
    assert_eq!((need.params["title"].clone(), need.params["days"].clone()), ("Orders".into(), 98_u64.into()));
    assert!(due(&anna).is_empty() && due(&cem).is_empty(), "only who keeps it is reminded");
    let refused = cem.refused("still_holds", json!({"product": product, "release": 1}));
    assert_eq!((refused.code, refused.params["path"].clone()), (RefusalCode::NoPermission, "keeper".into()));
    let refused = ben.refused("still_holds", json!({"product": product, "release": 7}));
    assert_eq!(refused.code, RefusalCode::Busy, "what was looked at is not what is there");

    let said: ReviewNote = ben.ask("still_holds", json!({"product": product, "release": 1}));
    assert_eq!((said.days, said.due, said.by.as_str()), (0, false, "Ben"));
    for person in [&anna, &ben, &cem] {
        let note = note(person, &product);
        assert_eq!((note.days, note.due, note.by.as_str(), &note.at), (0, false, "Ben", &said.at));
        assert_eq!(person.page(&product).card.release, 1, "nothing was put there anew");
        assert!(due(person).is_empty());
    }
    let diary: ActivityPage = ben.ask("activity", json!({"start": 0, "count": 20}));
    assert!(diary.entries.iter().any(|entry| entry.code == "looked_over"));
    // It comes again.
    at(&[&anna, &ben, &cem], JULY);
    asks_every(&anna, Some(7));
    assert_eq!(note(&ben, &product).days, 21);
    assert_eq!(due(&ben).len(), 1);
    asks_every(&anna, None);
    assert!(!note(&ben, &product).due);
}

#[test]
fn what_was_filled_since_or_said_by_others_or_with_a_wild_clock_does_not_count() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    at(&[&anna, &ben, &cem], MARCH);
    let product = published(&land, &ben, "Orders");
    asks_every(&anna, Some(90));
    // Ben's clock is years ahead while he says so.
    ben.look().unwrap();
    at(&[&ben], "2031-03-03T09:00:00+01:00[Europe/Berlin]");
    let _: ReviewNote = ben.ask("still_holds", json!({"product": product, "release": null}));
    at(&[&anna, &ben, &cem], JUNE);
    for person in [&anna, &ben, &cem] {
        let note = note(person, &product);
        assert_eq!((note.days, note.due), (98, true), "nothing rests on that clock");
    }
    // Once it is in order the keeper says it again, and a new keeper goes on from there.
    let _: ReviewNote = ben.ask("still_holds", json!({"product": product, "release": null}));
    assert!(!note(&anna, &product).due);
    let page: larder_actions::wire::PeoplePage = ben.people();
    let id = page.members.iter().find(|m| m.person.name == "Cem").unwrap().id.clone();
    let job = ben.ask("hand_over", json!({"product": product, "person": id}));
    ben.finish(job).unwrap();
    let after = note(&cem, &product);
    assert_eq!((after.days, after.due, after.may), (0, false, true));
    at(&[&anna, &ben, &cem], JULY);
    let said: ReviewNote = cem.ask("still_holds", json!({"product": product, "release": 2}));
    assert_eq!(said.by, "Cem");
    assert_eq!((note(&anna, &product).by.as_str(), note(&ben, &product).by.as_str()), ("Cem", "Cem"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_tells_what_is_due_and_says_that_it_holds() {
    let land = Land::new();
    let anna = Computer::new(&land, "anna");
    let ben = Computer::new(&land, "ben");
    anna.ok(&["people", "confirm", "ben"]);
    let file = land.folder.path().join("orders.csv");
    fs::write(&file, "Customer,Rolls\nCafe Nord,40\n").unwrap();
    let early = ben.at("-100d");
    early.ok(&["import", file.to_str().unwrap(), "--product", "Orders"]);
    early.ok(&["describe", "Orders", "--summary", "Who gets what.", "--area", "Shop"]);
    early.ok(&["publish", "Orders"]);
    anna.ok(&["rules", "--set", "--review-days", "30"]);
    let told = anna.ok(&["look-over"]);
    assert!(told.contains("Orders") && told.contains("ben") && told.contains("every 30 days"), "{told}");
    let shown = anna.ok(&["show", "Orders"]);
    assert!(shown.contains("Looked over") && shown.contains("Does not meet a house rule"), "{shown}");
    let refused = anna.fails(&["look-over", "Orders"]);
    assert!(refused.contains("Only whoever keeps it"), "{refused}");
    let said = ben.ok(&["look-over", "orders"]);
    assert!(said.contains("Orders is looked over"), "{said}");
    assert!(anna.ok(&["look-over"]).contains("Nothing has to be looked over"));
    let shown = anna.ok(&["show", "Orders"]);
    assert!(shown.contains("Looked over") && !shown.contains("house rule"), "{shown}");
    let note = anna.json(&["show", "Orders"])["review"].clone();
    assert_eq!(
        (note["days"].as_u64(), note["due"].as_bool(), note["every"].as_u64()),
        (Some(0), Some(false), Some(30))
    );
}
