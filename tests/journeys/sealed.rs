//! Data products that only some can read: sealing, asking, being let in and left out; and that nothing of them stands anywhere
//! in plain.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use larder_actions::wire::{
    AccessNote, CardState, JobNote, LabelCard, NeedCode, PeoplePage, PublishPlan, Saved, TodayPage, ViewNote,
};
use larder_model::{Audience, RefusalCode};
use larder_tests::person::Person;
use serde_json::{Value, json};

use crate::land::Land;

const CANARY: &str = "Quillfeather";

impl Land {
    /// Anna, who founds, and Ben and Cem, whom she confirms.
    pub fn three(&self) -> (Person, Person, Person) {
        let at = |name: &str| self.person(name, name);
        let all = (at("Anna"), at("Ben"), at("Cem"));
        all.0.confirms("Ben");
        all.0.confirms("Cem");
        all.1.look().unwrap();
        all.2.look().unwrap();
        all
    }

    fn file(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, format!("Name,Salary\n{CANARY} Anna,3200\n{CANARY} Ben,2900\n{CANARY} Cem,2800\n")).unwrap();
        path
    }

    /// Whether any file below a folder holds the canary, in its name or in what it holds.
    fn plain_below(&self, folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.to_string_lossy().contains(CANARY) {
                found.push(path.clone());
            }
            if path.is_dir() {
                found.extend(self.plain_below(&path));
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let canary = CANARY.as_bytes();
            if bytes.windows(canary.len()).any(|window| window == canary) || plain_zip(&bytes) {
                found.push(path);
            }
        }
        found
    }
}

/// A workbook or a package would hide it from a search.
fn plain_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn id_of(page: &PeoplePage, name: &str) -> String {
    page.members.iter().find(|m| m.person.name == name).unwrap().id.to_string()
}

fn label(person: &Person, title: &str) -> Option<LabelCard> {
    let shelf = person.shelf();
    shelf.areas.into_iter().flat_map(|area| area.labels).find(|label| label.title == title)
}

fn describe(person: &Person, draft: &larder_model::DraftId, readers: &[(&str, &str)], hide: bool) {
    let readers: Vec<Value> = readers.iter().map(|(id, name)| json!({"person": id, "name": name})).collect();
    let sealing = json!({"readers": readers, "hide_title": hide, "how_to_ask": "Ring Anna"});
    let fields = json!({
        "title": "Salaries", "summary": format!("What {CANARY} earns."), "area": "Office",
        "audience": "sealed", "sealing": sealing,
    });
    person.describe(draft, fields);
}

fn access(person: &Person, product: &str) -> AccessNote {
    person.look().unwrap();
    person.page(product).access.unwrap()
}

fn finished(person: &Person, note: &AccessNote) {
    if let Some(job) = &note.job {
        person.finish(job.clone()).unwrap();
    }
}

#[test]
fn only_those_who_were_chosen_can_read_it_and_others_can_ask() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let people = anna.people();
    assert!(people.members.iter().all(|m| m.has_key));
    let draft = anna.drop_file(&land.file("salaries.csv"));
    describe(&anna, &draft, &[(&id_of(&people, "Ben"), "Ben")], false);
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": draft}));
    assert!(plan.sealed && plan.with_rows && !plan.opens_up);
    assert_eq!((plan.visible_to, plan.keyless), (vec!["Ben".to_owned()], Vec::new()));
    let product = anna.publish(&draft).unwrap();

    ben.look().unwrap();
    let page = ben.page(&product);
    assert_eq!((page.state, page.card.label.audience, page.card.profile.rows), (CardState::Ready, Audience::Sealed, 3));
    let view: ViewNote = ben.ask("open_view", json!({"product": product, "release": null, "sorts": [], "filters": []}));
    assert_eq!(view.rows, 3);
    let excel: Saved = ben.ask("open_in_excel", json!({"product": product, "release": null}));
    assert!(excel.file_name.is_some());

    cem.look().unwrap();
    let card = cem.shelf().areas.into_iter().flat_map(|a| a.labels).find(|l| l.title == "Salaries").unwrap();
    assert_eq!((card.state, card.sealed, card.keeper.as_str()), (CardState::NeedsKey, true, "Anna"));
    let note = access(&cem, &product);
    assert_eq!((note.opens, note.owner.as_deref(), note.how_to_ask.as_str()), (false, Some("Anna"), "Ring Anna"));
    assert!(note.may_ask && !note.may_change && note.readers.is_empty());
    let refused = cem.refused("open_in_excel", json!({"product": product, "release": null}));
    assert_eq!(refused.code, RefusalCode::NotHereYet);

    let ask = json!({"product": product, "purpose": "To plan the Christmas bonus", "until": null});
    let note: AccessNote = cem.ask("ask_for_access", ask);
    assert!(!note.may_ask && note.requests[0].may_withdraw && !note.requests[0].may_answer);
    let none: AccessNote = access(&ben, &product);
    assert_eq!(none.requests[0].purpose, None, "only the keeper reads what for");
    let note = access(&anna, &product);
    assert_eq!(note.requests[0].purpose.as_deref(), Some("To plan the Christmas bonus"));
    let today: TodayPage = anna.ask("today", json!({}));
    let need = today.needs.iter().find(|n| n.code == NeedCode::AccessAsked).unwrap();
    assert_eq!(need.params.get("name"), Some(&"Cem".into()));

    let request = note.requests[0].request.clone();
    let refused = cem.refused("answer_access", json!({"request": request, "granted": true, "until": null}));
    assert_eq!(refused.code, RefusalCode::NoPermission);
    let soon = "2020-01-31T00:00:00Z";
    let note: AccessNote =
        anna.ask("answer_access", json!({"request": request, "granted": true, "until": soon, "stays": true}));
    finished(&anna, &note);
    let names =
        |note: &AccessNote| note.readers.iter().filter(|r| r.can_read).map(|r| r.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&access(&anna, &product)), ["Anna", "Ben", "Cem"]);
    let today: TodayPage = anna.ask("today", json!({}));
    assert!(!today.needs.iter().any(|n| n.code == NeedCode::AccessAsked));
    let ended = today.needs.iter().find(|n| n.code == NeedCode::AccessEnded).unwrap();
    assert_eq!((ended.params.get("name"), ended.params.get("since")), (Some(&"Cem".into()), Some(&soon.into())));
    let note = access(&cem, &product);
    assert!(note.opens && note.requests[0].answer.as_ref().is_some_and(|a| a.granted && a.by == "Anna"));
    assert_eq!(cem.page(&product).state, CardState::Ready);
    assert_eq!(cem.page(&product).card.label.summary, format!("What {CANARY} earns."));

    assert_eq!(land.plain_below(&land.share()), Vec::<PathBuf>::new());
    for person in ["Anna", "Ben", "Cem"] {
        let logs = land.folder.path().join(person).join("logs");
        assert!(!logs.exists() || land.plain_below(&logs).is_empty());
    }
}

#[test]
fn who_is_let_in_later_stays_in_and_who_is_left_out_reads_no_more() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let people = anna.people();
    let (bens, cems) = (id_of(&people, "Ben"), id_of(&people, "Cem"));
    let draft = anna.drop_file(&land.file("salaries.csv"));
    describe(&anna, &draft, &[(&bens, "Ben")], true);
    let product = anna.publish(&draft).unwrap();
    cem.look().unwrap();
    let card = cem.shelf().areas.into_iter().flat_map(|a| a.labels).next().unwrap();
    assert_eq!((card.title.as_str(), card.state), ("Something sealed", CardState::NeedsKey));
    let note: AccessNote = anna.ask("allow_reader", json!({"product": product, "person": cems}));
    assert!(note.job.is_none(), "little is written");
    assert!(access(&cem, &product).opens);
    assert_eq!(label(&cem, "Salaries").map(|l| l.state), Some(CardState::Ready));

    // Filled again, it is for the same people.
    let next = anna.drop_file(&land.file("salaries again.csv"));
    let _: Value = anna.ask("use_draft_for", json!({"draft": next, "product": product, "mode": "replace"}));
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": next}));
    assert_eq!(plan.visible_to.len(), 2, "{:?}", plan.visible_to);
    anna.publish(&next).unwrap();
    assert!(access(&cem, &product).opens);

    let note: AccessNote = anna.ask("remove_reader", json!({"product": product, "person": bens}));
    finished(&anna, &note);
    let note = access(&ben, &product);
    assert!(!note.opens && note.may_ask, "{note:?}");
    assert!(access(&cem, &product).opens);
    let refused = cem.refused("allow_reader", json!({"product": product, "person": bens}));
    assert_eq!(refused.code, RefusalCode::NoPermission);
    // An earlier version comes back for those who may read it now, and for nobody else.
    let job: JobNote = anna.ask("use_earlier", json!({"product": product, "release": 1}));
    anna.finish(job).unwrap();
    assert!(!access(&ben, &product).opens && access(&cem, &product).opens);
    assert_eq!(land.plain_below(&land.share()), Vec::<PathBuf>::new());
}

#[test]
fn what_everybody_could_read_leaves_no_plain_copy_once_it_is_sealed() {
    let land = Land::new();
    let (anna, ben, _) = land.three();
    let draft = anna.drop_file(&land.file("salaries.csv"));
    anna.describe(&draft, json!({"title": "Salaries", "summary": "What we earn.", "area": "Office"}));
    let product = anna.publish(&draft).unwrap();
    let copies = land.share().join("Current").join("Salaries");
    assert!(copies.join("Salaries.xlsx").exists());
    let next = anna.drop_file(&land.file("salaries again.csv"));
    let _: Value = anna.ask("use_draft_for", json!({"draft": next, "product": product, "mode": "replace"}));
    describe(&anna, &next, &[], false);
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": next}));
    assert!(plan.sealed && plan.visible_to.is_empty());
    anna.publish(&next).unwrap();
    assert!(!copies.exists() || fs::read_dir(&copies).unwrap().next().is_none(), "the plain copies are gone");
    let index = fs::read_to_string(land.share().join("Current").join("index.html")).unwrap();
    assert!(!index.contains("Salaries"));
    assert!(!access(&ben, &product).opens);

    let opened = anna.drop_file(&land.file("salaries for all.csv"));
    let _: Value = anna.ask("use_draft_for", json!({"draft": opened, "product": product, "mode": "replace"}));
    anna.describe(&opened, json!({"audience": "everyone"}));
    let plan: PublishPlan = anna.ask("publish_plan", json!({"draft": opened}));
    assert!(plan.opens_up && !plan.sealed);
}

#[test]
fn a_request_is_refused_or_taken_back_and_both_sides_can_tell() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let draft = anna.drop_file(&land.file("salaries.csv"));
    describe(&anna, &draft, &[], false);
    let product = anna.publish(&draft).unwrap();
    for person in [&ben, &cem] {
        person.look().unwrap();
        let _: AccessNote =
            person.ask("ask_for_access", json!({"product": product, "purpose": "Curious", "until": null}));
    }
    let refused = ben.refused("ask_for_access", json!({"product": product, "purpose": "  ", "until": null}));
    assert_eq!(refused.code, RefusalCode::Invalid);
    let mine = access(&cem, &product).requests.into_iter().find(|r| r.is_mine).unwrap();
    let note: AccessNote = cem.ask("withdraw_request", json!({"request": mine.request}));
    assert!(note.may_ask && note.requests.iter().any(|r| r.withdrawn));
    let note = access(&anna, &product);
    let open: Vec<_> = note.requests.iter().filter(|r| r.may_answer && r.answer.is_none()).collect();
    assert_eq!(open.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Ben"]);
    let no = json!({"request": open[0].request, "granted": false, "text": "Ask again in spring.", "until": null});
    let _: AccessNote = anna.ask("answer_access", no);
    let note = access(&ben, &product);
    let answer = note.requests.iter().find(|r| r.is_mine).and_then(|r| r.answer.clone()).unwrap();
    assert!(!answer.granted && !note.opens && note.may_ask);
    assert_eq!(answer.text.as_deref(), Some("Ask again in spring."));
    let of_ben = |note: AccessNote| note.requests.into_iter().find(|r| r.name == "Ben").and_then(|r| r.answer).unwrap();
    assert_eq!(of_ben(access(&anna, &product)).text.as_deref(), Some("Ask again in spring."));
    assert_eq!(of_ben(access(&cem, &product)).text, None, "it is for who asked");
}

#[test]
fn looking_now_finds_what_came_while_another_look_was_under_way() {
    let land = Land::new();
    let (anna, ben, _) = land.three();
    let draft = ben.drop_file(&land.file("salaries.csv"));
    describe(&ben, &draft, &[], false);
    let product = ben.publish(&draft).unwrap();
    anna.look().unwrap();
    for round in 0..24_u64 {
        // A look that may have passed by before Anna said anything.
        let _: JobNote = ben.ask("refresh", json!({}));
        std::thread::sleep(Duration::from_millis(round % 6 * 4));
        let purpose = json!({"product": product, "purpose": "Curious", "until": null});
        let note: AccessNote = anna.ask("ask_for_access", purpose);
        let mine = note.requests.iter().find(|r| r.is_mine && !r.withdrawn).unwrap().request.clone();
        let of_anna = |note: AccessNote| note.requests.into_iter().any(|r| r.request == mine && !r.withdrawn);
        assert!(of_anna(access(&ben, &product)), "round {round}");
        let _: AccessNote = anna.ask("withdraw_request", json!({"request": mine}));
        assert!(!of_anna(access(&ben, &product)), "round {round}");
    }
}
