//! The house rule about how long earlier versions are kept: what would go is told first, and then goes from the list of what the
//! shelf keeps, while the one in use stays.

use std::fs;

use larder_actions::wire::{DraftState, RetentionEffect, RulesPage};
use larder_model::HouseRules;
use larder_tests::host::moment;
use larder_tests::person::Person;
use serde_json::json;

use crate::land::Land;

/// Later than whatever day it is when the people join: what colleagues said last tells whether a clock can be trusted.
const DAYS: [&str; 4] = ["2101-01-05", "2101-02-05", "2101-03-05", "2101-04-05"];

fn at(people: &[&Person], day: &str) {
    let text = format!("{day}T09:00:00Z");
    people.iter().for_each(|person| person.host.set_clock(moment(&text).unwrap()));
}

fn fill(land: &Land, person: &Person, title: &str, product: Option<&str>, rolls: usize) -> String {
    let path = land.folder.path().join("orders.csv");
    fs::write(&path, format!("Customer,Rolls\nCafe Nord,40\nSchool,{rolls}\n")).unwrap();
    let draft = person.drop_file(&path);
    if let Some(product) = product {
        let _: DraftState = person.ask("use_draft_for", json!({"draft": draft, "product": product, "mode": "replace"}));
    } else {
        person.describe(&draft, json!({"title": title, "summary": "Who gets what.", "area": "Shop floor"}));
    }
    person.publish(&draft).unwrap()
}

fn keeps(person: &Person, days: Option<u32>) {
    let rules = HouseRules { retention_days: days, ..HouseRules::default() };
    let _: RulesPage = person.ask("set_rules", json!({"rules": rules}));
}

/// Until when each version is kept, by its day.
fn until(person: &Person, product: &str) -> Vec<(u64, Option<String>)> {
    person.look().unwrap();
    let day = |until: String| until[..10].to_owned();
    person.page(product).releases.into_iter().map(|note| (note.release, note.kept_until.map(day))).collect()
}

/// What the shelf still keeps, as somebody sees it who comes now.
fn kept(land: &Land, name: &str, day: &str) -> Vec<u64> {
    let fresh = land.person(name, name);
    at(&[&fresh], day);
    fresh.look().unwrap();
    let page = fresh.shelf();
    let product = page.areas.iter().flat_map(|a| &a.labels).find(|l| l.title == "Orders").unwrap().product.to_string();
    fresh.page(&product).releases.into_iter().map(|note| note.release).collect()
}

#[test]
fn what_a_rule_takes_away_is_told_first_and_then_goes() {
    let land = Land::new();
    let (anna, ben, _) = land.three();
    let mut product = None;
    for (rolls, day) in DAYS.iter().enumerate() {
        at(&[&anna, &ben], day);
        product = Some(fill(&land, &ben, "Orders", product.as_deref(), rolls));
    }
    let product = product.unwrap();
    anna.look().unwrap();
    assert!(until(&anna, &product).iter().all(|(_, until)| until.is_none()), "as usual");
    let effect = |days: u32| anna.ask::<RetentionEffect>("retention_effect", json!({"days": days}));
    // Versions 1 and 2 gave way in February and March: 59 and 31 days ago, 66 and 38 when anything may go.
    let told = effect(30);
    assert_eq!((told.versions, told.products, told.from.unwrap().as_str()), (2, 1, "2101-04-12T09:00:00Z"));
    assert_eq!((effect(60).versions, effect(400).versions, effect(400).from), (1, 0, None));
    let odd = anna.refused("retention_effect", json!({"days": 0}));
    assert_eq!(odd.params["what"], "retention_days".into());

    keeps(&anna, Some(30));
    let day = |text: &str| Some(text.to_owned());
    let expected = [(4, None), (3, day("2101-05-05")), (2, day("2101-04-12")), (1, day("2101-04-12"))];
    assert_eq!(until(&anna, &product), expected);
    assert_eq!(until(&ben, &product), expected, "everybody is told");
    assert_eq!(kept(&land, "dora", "2101-04-05"), [4, 3, 2, 1], "nothing goes before everybody could see it");
    // A week later a look of Ben's lets go of his, once a colleague's word tells that it is really that day.
    at(&[&ben], "2101-04-21");
    ben.look().unwrap();
    assert_eq!(kept(&land, "fritz", "2101-04-21"), [4, 3, 2, 1], "his clock may be wrong");
    at(&[&anna], "2101-04-21");
    let _ = fill(&land, &anna, "Notes", None, 7);
    ben.look().unwrap();
    assert_eq!(kept(&land, "emil", "2101-04-21"), [4, 3], "the same day, once it is certain");
    let page = anna.page(&product);
    assert_eq!((page.card.release, page.card.profile.rows), (4, 2));
    // Ben himself has them here, and they say that they are past.
    assert_eq!(ben.page(&product).releases.len(), 4);
    // Without the rule nothing more is said.
    keeps(&anna, None);
    assert!(until(&ben, &product).iter().all(|(_, until)| until.is_none()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_tells_what_would_go() {
    use crate::computer::Computer;
    let land = Land::new();
    let anna = Computer::new(&land, "anna");
    let file = land.folder.path().join("orders.csv");
    for (rolls, clock) in (1..).zip(["-200d", "-100d", "-90d"]) {
        let computer = anna.at(clock);
        fs::write(&file, format!("Customer,Rolls\nCafe Nord,{rolls}\n")).unwrap();
        computer.ok(&["import", file.to_str().unwrap(), "--product", "Orders"]);
        if rolls == 1 {
            computer.ok(&["describe", "Orders", "--summary", "Who gets what.", "--area", "Shop"]);
        }
        computer.ok(&["publish", "Orders"]);
    }
    let told = anna.ok(&["rules", "--retention-days", "30"]);
    assert!(told.contains("2 earlier versions of one data product are no longer kept"), "{told}");
    assert!(anna.ok(&["rules", "--retention-days", "300"]).contains("No version"), "nothing would go");
    assert!(anna.json(&["rules"])["rules"]["retention_days"].is_null(), "asking changes nothing");
    let set = anna.ok(&["rules", "--set", "--retention-days", "30"]);
    assert!(set.contains("2 earlier versions"), "{set}");
    let shown = anna.ok(&["show", "Orders"]);
    assert!(shown.contains("Version 1 is kept until") && !shown.contains("Version 3 is"), "{shown}");
}
