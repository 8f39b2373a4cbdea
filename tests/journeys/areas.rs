//! Readers chosen by an area: who comes to it later, or leaves it, is asked about, and nobody is let in or left out by itself.

use std::fs;

use larder_actions::wire::{AccessNote, JobNote, LabelState, MemberNote, Need, NeedCode, PeoplePage, TodayPage};
use larder_model::Sealing;
use larder_tests::person::Person;
use serde_json::{Value, json};

use crate::land::Land;

fn put(land: &Land, person: &Person, title: &str, fields: Value) -> String {
    let path = land.folder.path().join(format!("{title}.csv"));
    fs::write(&path, "Name,Amount\nRye,3\nRolls,5\n").unwrap();
    let draft = person.drop_file(&path);
    let mut label = json!({"title": title, "summary": "A list.", "area": "Office"});
    label.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    person.describe(&draft, label);
    person.publish(&draft).unwrap()
}

fn id_of(person: &Person, name: &str) -> String {
    let page: PeoplePage = person.people();
    page.members.iter().find(|m| m.person.name == name).unwrap().id.to_string()
}

fn asked(person: &Person) -> Vec<Need> {
    person.look().unwrap();
    let today: TodayPage = person.ask("today", json!({}));
    today.needs.into_iter().filter(|n| matches!(n.code, NeedCode::AreaJoined | NeedCode::AreaLeft)).collect()
}

fn told(need: &Need) -> (NeedCode, &larder_model::Param, &larder_model::Param) {
    (need.code, need.params.get("name").unwrap(), need.params.get("area").unwrap())
}

fn opens(person: &Person, product: &str) -> bool {
    person.look().unwrap();
    person.page(product).access.unwrap().opens
}

fn answer(person: &Person, product: &str, who: &str, let_in: bool) {
    let request = json!({"product": product, "person": who, "let_in": let_in});
    let note: AccessNote = person.ask("answer_area", request);
    if let Some(job) = note.job {
        person.finish(job).unwrap();
    }
    person.look().unwrap();
}

/// Another computer of hers, as both have said.
fn second_computer(land: &Land, anna: &Person) -> Person {
    let home = land.person("home", "Anna");
    let link = |from: &Person, confirmed: bool| {
        let hers = |m: &&MemberNote| m.person.name == "Anna" && !m.is_me && m.confirmed == confirmed;
        let writer = from.people().members.iter().find(hers).unwrap().writers[0].clone();
        let _: PeoplePage = from.ask("link_device", json!({"writer": writer}));
    };
    link(&home, true);
    link(anna, false);
    home.look().unwrap();
    home
}

#[test]
fn who_comes_to_the_area_is_asked_about_and_let_in_only_by_the_keeper() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    put(&land, &ben, "Doughs", json!({"area": "Bakery"}));
    let (bens, cems) = (id_of(&anna, "Ben"), id_of(&anna, "Cem"));
    let sealing = json!({
        "readers": [{"person": bens, "name": "Ben"}], "hide_title": false, "how_to_ask": "",
        "areas": [{"area": "Bakery", "people": [bens]}],
    });
    let product = put(&land, &anna, "Salaries", json!({"audience": "sealed", "sealing": sealing}));
    assert!(opens(&ben, &product) && !opens(&cem, &product));
    assert!(asked(&anna).is_empty());

    // Cem keeps something there from now on. He is not let in by itself, however often she looks.
    let ovens = put(&land, &cem, "Ovens", json!({"area": "bakery"}));
    let needs = asked(&anna);
    assert_eq!(needs.len(), 1, "{needs:?}");
    assert_eq!(told(&needs[0]), (NeedCode::AreaJoined, &"Cem".into(), &"Bakery".into()));
    assert!(!opens(&cem, &product) && asked(&anna).len() == 1 && asked(&ben).is_empty());
    let refused = ben.refused("answer_area", json!({"product": product, "person": cems, "let_in": true}));
    assert_eq!(refused.code, larder_model::RefusalCode::Unknown);
    answer(&anna, &product, &cems, true);
    assert!(opens(&cem, &product) && asked(&anna).is_empty());

    // The next version remembers the area, and who was let in.
    let next = anna.drop_file(&land.folder.path().join("Salaries.csv"));
    let _: Value = anna.ask("use_draft_for", json!({"draft": next, "product": product, "mode": "replace"}));
    let label: LabelState = anna.ask("draft_label", json!({"draft": next}));
    assert_eq!(label.label.sealing.areas[0].area, "Bakery");
    assert_eq!(label.label.sealing.readers.len(), 2);
    anna.publish(&next).unwrap();
    assert!(opens(&cem, &product) && asked(&anna).is_empty());

    // Cem gives away what he kept there: she is asked, and he stays until she answers.
    let job: JobNote = cem.ask("hand_over", json!({"product": ovens, "person": bens}));
    cem.finish(job).unwrap();
    let needs = asked(&anna);
    assert_eq!(needs.iter().map(told).collect::<Vec<_>>(), [(NeedCode::AreaLeft, &"Cem".into(), &"Bakery".into())]);
    assert!(opens(&cem, &product));
    answer(&anna, &product, &cems, false);
    assert!(!opens(&cem, &product) && opens(&ben, &product) && asked(&anna).is_empty());
}

#[test]
fn a_no_is_remembered_and_who_may_stay_is_not_asked_about_again() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let doughs = put(&land, &ben, "Doughs", json!({"area": "Bakery"}));
    let (annas, bens, cems) = (id_of(&anna, "Anna"), id_of(&anna, "Ben"), id_of(&anna, "Cem"));
    let sealing = json!({
        "readers": [{"person": bens, "name": "Ben"}], "hide_title": true, "how_to_ask": "",
        "areas": [{"area": "Bakery", "people": [bens]}],
    });
    let product = put(&land, &anna, "Salaries", json!({"audience": "sealed", "sealing": sealing}));
    put(&land, &cem, "Ovens", json!({"area": "Bakery"}));
    assert_eq!(asked(&anna).len(), 1);
    answer(&anna, &product, &cems, false);
    assert!(asked(&anna).is_empty() && !opens(&cem, &product));
    let next = anna.drop_file(&land.folder.path().join("Salaries.csv"));
    let _: Value = anna.ask("use_draft_for", json!({"draft": next, "product": product, "mode": "replace"}));
    let at_home = second_computer(&land, &anna);
    anna.publish(&next).unwrap();
    assert!(asked(&at_home).is_empty() && opens(&at_home, &product), "what she said is known at home, too");
    let job: JobNote = ben.ask("hand_over", json!({"product": doughs, "person": annas}));
    ben.finish(job).unwrap();
    let needs = asked(&anna);
    assert_eq!(needs.iter().map(told).collect::<Vec<_>>(), [(NeedCode::AreaLeft, &"Ben".into(), &"Bakery".into())]);
    answer(&anna, &product, &bens, true);
    assert!(asked(&anna).is_empty() && opens(&ben, &product));
    // What stands on the shelf for everybody says nothing of the area that was chosen.
    let label = cem.page(&product).card.label;
    assert!(label.sealing.areas.is_empty() && label.sealing.readers.is_empty());
    // Opened up for everybody, it tells nobody by which area it once was closed.
    let opened = anna.drop_file(&land.folder.path().join("Salaries.csv"));
    let _: Value = anna.ask("use_draft_for", json!({"draft": opened, "product": product, "mode": "replace"}));
    anna.describe(&opened, json!({"audience": "everyone"}));
    anna.publish(&opened).unwrap();
    cem.look().unwrap();
    let label = cem.page(&product).card.label;
    assert_eq!(label.sealing, Sealing::default(), "nor for whom");
}
