//! People who change their name, role or colour: what colleagues see of it, on every shelf, and when.

use std::fs;

use larder_actions::wire::{
    ActivityPage, CardState, DraftState, JobNote, LabelCard, MemberNote, NeedCode, Outcome, PeoplePage, PersonDeed,
    ShelfNote, Start, TodayPage,
};
use larder_tests::person::Person;
use serde_json::{Value, json};

use crate::land::Land;

fn says(person: &Person, name: &str, role: &str) -> Start {
    let me = json!({"name": name, "role": role, "email": null, "color": 3});
    person.ask("set_me", json!({"person": me}))
}

fn called(page: &PeoplePage, name: &str) -> MemberNote {
    page.members.iter().find(|m| m.person.name == name).unwrap_or_else(|| panic!("nobody is called {name}")).clone()
}

fn shelves(person: &Person) -> Vec<ShelfNote> {
    person.ask::<Start>("start", json!({})).shelves
}

fn told(person: &Person) -> Vec<bool> {
    shelves(person).iter().map(|shelf| shelf.told).collect()
}

fn put(person: &Person, land: &Land, title: &str) -> String {
    let path = land.folder.path().join(format!("{title}.csv"));
    fs::write(&path, "Article no.,Name,Price\n0041,Rye,3.20\n0042,Rolls,0.45\n").unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": title, "summary": "A small list.", "area": "Office"}));
    person.publish(&draft).unwrap()
}

fn card(person: &Person, title: &str) -> LabelCard {
    let found = person.shelf().areas.into_iter().flat_map(|a| a.labels).find(|l| l.title == title);
    found.unwrap_or_else(|| panic!("{title} is not there"))
}

#[test]
fn a_new_name_is_a_wish_until_a_steward_agrees_and_what_they_keep_stays_theirs() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let own = put(&ben, &land, "Price list");
    let given = put(&anna, &land, "Orders");
    let bens = called(&anna.people(), "Ben").id;
    let job: JobNote = anna.ask("hand_over", json!({"product": given, "person": bens}));
    anna.finish(job).unwrap();
    ben.look().unwrap();
    assert!(card(&ben, "Orders").mine && card(&ben, "Price list").mine);

    says(&ben, "Benjamin Brot", "Sells");
    ben.look().unwrap();
    let note = &shelves(&ben)[0];
    assert_eq!((note.told, note.known_as.as_deref()), (true, Some("Ben")));
    let page = cem.people();
    let bens = called(&page, "Ben");
    assert_eq!((bens.person.role.as_str(), bens.person.color), ("Sells", 3), "his own to say");
    assert_eq!((bens.wish.as_deref(), bens.may.as_slice()), (Some("Benjamin Brot"), &[][..]));
    let page = anna.people();
    assert_eq!(called(&page, "Ben").may.first(), Some(&PersonDeed::Rename));
    let today: TodayPage = anna.ask("today", json!({}));
    let need = today.needs.iter().find(|need| need.code == NeedCode::NameWished).unwrap();
    assert_eq!(need.params.get("wish"), Some(&"Benjamin Brot".into()));
    assert!(!cem.ask::<TodayPage>("today", json!({})).needs.iter().any(|n| n.code == NeedCode::NameWished));
    // What he fills meanwhile is kept by the name that colleagues know.
    let next = ben.drop_file(&land.folder.path().join("Price list.csv"));
    let _: DraftState = ben.ask("use_draft_for", json!({"draft": next, "product": own, "mode": "replace"}));
    ben.publish(&next).unwrap();
    cem.look().unwrap();
    let page = cem.page(&own);
    assert_eq!((page.keeper.name.as_str(), page.card.filled_by.as_str()), ("Ben", "Ben"));
    assert_eq!(page.card.label.keeper, "Benjamin Brot");

    let page: PeoplePage = anna.ask("rename_person", json!({"person": bens.id}));
    assert_eq!(page.outcome, Some(Outcome::Done));
    let log: ActivityPage = anna.ask("activity", json!({"start": 0, "count": 1}));
    assert_eq!(log.entries[0].code, "renamed");
    ben.look().unwrap();
    assert_eq!(shelves(&ben)[0].known_as, None);
    for person in [&anna, &ben, &cem] {
        let page = person.people();
        let benjamin = called(&page, "Benjamin Brot");
        assert!(benjamin.wish.is_none() && benjamin.id == bens.id);
        let mut keeps: Vec<&str> = benjamin.keeps.iter().map(|card| card.title.as_str()).collect();
        keeps.sort_unstable();
        assert_eq!(keeps, ["Orders", "Price list"], "the labels still say Ben, and it is he");
        assert_eq!(person.page(&given).keeper.name, "Benjamin Brot");
    }
    assert!(card(&ben, "Orders").mine && card(&ben, "Orders").state == CardState::Ready && !card(&cem, "Orders").mine);
    assert_eq!(anna.refused("rename_person", json!({"person": bens.id})).code, larder_model::RefusalCode::Unknown);
    // The next one is written in the new name by itself.
    let next = ben.drop_file(&land.folder.path().join("Orders.csv"));
    let _: DraftState = ben.ask("use_draft_for", json!({"draft": next, "product": given, "mode": "replace"}));
    ben.publish(&next).unwrap();
    assert_eq!(ben.page(&given).card.label.keeper, "Benjamin Brot");
}

#[test]
fn a_shelf_that_is_away_is_told_with_the_look_that_reaches_it() {
    let land = Land::new();
    let anna = land.person("anna", "Anna");
    // One more shelf, on another folder.
    let second = land.folder.path().join("second");
    fs::create_dir(&second).unwrap();
    anna.host.answer_folder(&second);
    let place: Value = anna.ask("choose_folder", json!({}));
    let someone = json!({"name": "Anna", "role": "", "email": null, "color": 0});
    let set_up = json!({"place": place["id"], "name": "Second", "person": someone, "join": false});
    let _: Start = anna.ask("set_up_shelf", set_up);
    let ben = land.person("ben", "Ben");
    assert_eq!(told(&anna), [true, true]);

    let away = land.folder.path().join("away");
    fs::rename(land.share(), &away).unwrap();
    says(&anna, "Anna Meyer", "Decides");
    let waits = |person: &Person, wanted: &[bool]| {
        let start = std::time::Instant::now();
        while told(person) != wanted {
            assert!(start.elapsed().as_secs() < 60, "{:?}", shelves(person));
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    };
    // Those that can be reached are told without being asked for.
    let away_first = shelves(&anna)[0].name == "Bakery share";
    waits(&anna, &[!away_first, away_first]);
    assert!(anna.look().is_ok(), "the one that is looked at is there");
    drop(anna);
    fs::rename(&away, land.share()).unwrap();

    // It was written down: Larder ended in between.
    let host = larder_tests::host::TestHost::at(&land.folder.path().join("anna")).of("Anna", "pc");
    let anna = Person::start(host).unwrap();
    waits(&anna, &[true, true]);
    // She may decide, so her own name counts at once, as the look that told of it sees.
    let start = std::time::Instant::now();
    while shelves(&anna).iter().any(|shelf| shelf.known_as.is_some()) {
        assert!(start.elapsed().as_secs() < 60, "{:?}", shelves(&anna));
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let page = ben.people();
    assert_eq!(called(&page, "Anna Meyer").person.role, "Decides");
    let log: ActivityPage = anna.ask("activity", json!({"start": 0, "count": 50}));
    let told_of: Vec<_> = log.entries.iter().filter(|e| e.code == "introduced").collect();
    assert_eq!(told_of.len(), 2, "each shelf once: {told_of:?}");
}

#[test]
fn a_steward_among_several_proposes_and_the_other_one_signs() {
    let land = Land::new();
    let (anna, ben, _) = land.three();
    let id = called(&anna.people(), "Ben").id;
    let _: PeoplePage = anna.ask("make_steward", json!({"person": id}));
    let _: PeoplePage = anna.ask("set_threshold", json!({"threshold": 2}));
    ben.look().unwrap();
    says(&ben, "Benno", "Bakes");
    ben.look().unwrap();
    ben.look().unwrap();
    let page = anna.people();
    assert_eq!(page.proposals.len(), 1, "asked for once: {:?}", page.proposals);
    assert_eq!(called(&page, "Ben").wish.as_deref(), Some("Benno"));
    let today: TodayPage = anna.ask("today", json!({}));
    let codes: Vec<NeedCode> = today.needs.iter().map(|need| need.code).collect();
    assert!(codes.contains(&NeedCode::SignProposal) && !codes.contains(&NeedCode::NameWished), "{codes:?}");
    let page: PeoplePage = anna.ask("co_sign", json!({"hash": page.proposals[0].hash}));
    assert!(called(&page, "Benno").wish.is_none());
}
