//! Handing a data product to another keeper.

use std::fs;

use larder_actions::wire::{DraftState, JobNote, PeoplePage};
use larder_model::{Audience, Change, RefusalCode};
use larder_tests::person::Person;
use serde_json::{Value, json};

use crate::land::Land;

fn id_of(person: &Person, name: &str) -> String {
    let page: PeoplePage = person.people();
    page.members.iter().find(|m| m.person.name == name).unwrap().id.to_string()
}

fn handed(person: &Person, product: &str, to: &str) {
    let job: JobNote = person.ask("hand_over", json!({"product": product, "person": id_of(person, to)}));
    person.finish(job).unwrap();
}

fn orders(land: &Land, rolls: u32) -> std::path::PathBuf {
    let path = land.folder.path().join("orders.csv");
    fs::write(&path, format!("Customer,Rolls\nCafe Nord,40\nSchool,{rolls}\n")).unwrap();
    path
}

fn published(land: &Land, person: &Person, more: Value) -> String {
    let draft = person.drop_file(&orders(land, 120));
    let mut fields = json!({"title": "Orders", "summary": "Who gets what.", "area": "Shop floor"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    person.describe(&draft, fields);
    person.publish(&draft).unwrap()
}

#[test]
fn the_new_keeper_is_on_the_label_and_fills_it_next() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let product = published(&land, &anna, json!({}));
    for person in [&ben, &cem] {
        person.look().unwrap();
        let refused = person.refused("hand_over", json!({"product": product, "person": id_of(person, "Cem")}));
        assert_eq!(refused.code, RefusalCode::NoPermission);
        assert!(!person.page(&product).may_hand_over);
    }
    assert!(anna.page(&product).may_hand_over);
    handed(&anna, &product, "Ben");
    let page = anna.page(&product);
    assert_eq!((page.card.label.keeper.as_str(), page.card.release), ("Ben", 2));
    assert_eq!(page.card.changes, [Change::HandedOver { to: "Ben".into() }]);

    ben.look().unwrap();
    let page = ben.page(&product);
    assert!(page.mine && page.may_hand_over && page.confirmed);
    assert_eq!(page.keeper.name, "Ben");
    let draft = ben.drop_file(&orders(&land, 90));
    let _: DraftState = ben.ask("use_draft_for", json!({"draft": draft, "product": product, "mode": "replace"}));
    assert_eq!(ben.publish(&draft).unwrap(), product);
    anna.look().unwrap();
    let page = anna.page(&product);
    assert_eq!((page.card.release, page.card.label.keeper.as_str(), page.mine), (3, "Ben", false));
    assert_eq!(page.releases.len(), 3);
}

#[test]
fn a_steward_gives_what_somebody_left_to_somebody_who_stays() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let product = published(&land, &ben, json!({}));
    anna.look().unwrap();
    let _: PeoplePage = anna.ask("remove_person", json!({"person": id_of(&anna, "Ben")}));
    anna.look().unwrap();
    let rows: JobNote = anna.ask("fetch_rows", json!({"product": product, "release": null}));
    anna.finish(rows).unwrap();
    handed(&anna, &product, "Cem");
    cem.look().unwrap();
    let page = cem.page(&product);
    assert_eq!((page.card.label.keeper.as_str(), page.mine, page.card.profile.rows), ("Cem", true, 2));
}

#[test]
fn the_new_keeper_of_a_sealed_one_can_read_it() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let product = published(&land, &anna, json!({"audience": "sealed"}));
    ben.look().unwrap();
    assert!(!ben.page(&product).access.unwrap().opens);
    handed(&anna, &product, "Ben");
    for (person, opens) in [(&anna, true), (&ben, true), (&cem, false)] {
        person.look().unwrap();
        let page = person.page(&product);
        assert_eq!((page.card.label.audience, page.access.unwrap().opens), (Audience::Sealed, opens));
    }
    assert!(ben.page(&product).mine);
}
