//! The house rule that colleagues are asked what they use something for: one line that can be passed over, and an answer that only
//! the keeper and the stewards read.

use std::fs;
use std::path::{Path, PathBuf};

use larder_actions::wire::{Nothing, RulesPage, UsesNote};
use larder_model::{HouseRules, RefusalCode};
use larder_tests::host::moment;
use larder_tests::person::Person;
use serde_json::json;

use crate::land::Land;

const CANARY: &str = "For the flour order at Quillfeather";

fn asks(person: &Person, on: bool) {
    let rules = HouseRules { receipts: on, ..HouseRules::default() };
    let _: RulesPage = person.ask("set_rules", json!({"rules": rules}));
}

fn published(land: &Land, person: &Person) -> String {
    let path = land.folder.path().join("orders.csv");
    fs::write(&path, "Customer,Rolls\nCafe Nord,40\nSchool,120\n").unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": "Orders", "summary": "Who gets what.", "area": "Shop floor"}));
    person.publish(&draft).unwrap()
}

fn uses(person: &Person, product: &str) -> UsesNote {
    person.look().unwrap();
    person.page(product).uses
}

fn told(note: &UsesNote) -> Vec<(&str, &str, bool)> {
    note.uses.iter().map(|one| (one.name.as_str(), one.purpose.as_str(), one.is_mine)).collect()
}

/// Files below a folder that say something in plain; what comes and goes meanwhile is passed over.
fn saying(folder: &Path, what: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(saying(&path, what));
        } else if fs::read(&path).unwrap_or_default().windows(what.len()).any(|window| window == what.as_bytes()) {
            found.push(path);
        }
    }
    found
}

#[test]
fn the_keeper_hears_what_it_is_used_for_and_an_outsider_cannot_read_it() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let dora = land.person("dora", "Dora");
    anna.confirms("Dora");
    let product = published(&land, &ben);
    for person in [&anna, &ben, &cem, &dora] {
        assert_eq!(uses(person, &product), UsesNote::default(), "off unless the rules ask");
    }
    let refused = cem.refused("say_use", json!({"product": product, "purpose": CANARY}));
    assert_eq!((refused.code, refused.params["what"].clone()), (RefusalCode::Invalid, "receipts".into()));
    asks(&anna, true);
    for (person, asked) in [(&anna, true), (&ben, false), (&cem, true), (&dora, true)] {
        assert_eq!(uses(person, &product).asks, asked, "whoever keeps it is not asked");
    }
    // Nothing is held up by it.
    let _: larder_actions::wire::Saved = cem.ask("open_in_excel", json!({"product": product, "release": null}));
    let note: UsesNote = cem.ask("say_use", json!({"product": product, "purpose": format!("  {CANARY} ")}));
    assert_eq!((told(&note), note.asks), (vec![("Cem", CANARY, true)], false));
    for (person, expected) in
        [(&ben, vec![("Cem", CANARY, false)]), (&anna, vec![("Cem", CANARY, false)]), (&dora, vec![])]
    {
        assert_eq!(told(&uses(person, &product)), expected);
    }
    // Neither on the shelf nor on Dora's computer does it stand anywhere.
    assert_eq!(saying(&land.share(), "Quillfeather"), [] as [PathBuf; 0]);
    assert_eq!(saying(&land.folder.path().join("dora"), "Quillfeather"), [] as [PathBuf; 0]);
    assert!(!saying(&land.folder.path().join("Ben"), "Quillfeather").is_empty(), "it would be found");
    // Somebody who was never there reads nothing of it, either.
    let emil = land.person("emil", "Emil");
    assert!(uses(&emil, &product).uses.is_empty());
    let taken: UsesNote = cem.ask("say_use", json!({"product": product, "purpose": ""}));
    assert_eq!((told(&taken), told(&uses(&ben, &product))), (vec![], vec![]), "it can be taken back");
}

#[test]
fn it_is_asked_once_a_month_and_passed_over_for_as_long() {
    let land = Land::new();
    let (anna, ben, cem) = land.three();
    let at = |day: &str| {
        let now = moment(&format!("{day}T09:00:00Z")).unwrap();
        [&anna, &ben, &cem].into_iter().for_each(|person| person.host.set_clock(now.clone()));
    };
    at("2026-03-03");
    let product = published(&land, &ben);
    asks(&anna, true);
    assert!(uses(&cem, &product).asks);
    let _: Nothing = cem.ask("pass_use_over", json!({"product": product, "release": null}));
    assert!(!uses(&cem, &product).asks);
    at("2026-04-10");
    assert!(uses(&cem, &product).asks, "a month later");
    let before = saying(&land.share(), "receipt").len();
    for _ in 0..3 {
        let _: UsesNote = cem.ask("say_use", json!({"product": product, "purpose": "Daily baking"}));
    }
    assert_eq!(saying(&land.share(), "receipt").len(), before + 1, "the same is said once");
    at("2026-05-20");
    let note = uses(&cem, &product);
    assert_eq!((note.asks, note.before.as_deref()), (true, Some("Daily baking")));
    let _: UsesNote = cem.ask("say_use", json!({"product": product, "purpose": "Daily baking"}));
    let seen = uses(&ben, &product).uses;
    assert_eq!((&seen[0].since[..10], &seen[0].at[..10]), ("2026-04-10", "2026-05-20"), "since when stays");
    asks(&anna, false);
    assert!(!uses(&cem, &product).asks);
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_asks_beside_the_answer_and_shows_who_uses_what() {
    use crate::computer::Computer;
    let land = Land::new();
    let anna = Computer::new(&land, "anna");
    let (ben, cem) = (Computer::new(&land, "ben"), Computer::new(&land, "cem"));
    anna.ok(&["people", "confirm", "ben", "cem"]);
    let file = land.folder.path().join("orders.csv");
    fs::write(&file, "Customer,Rolls\nCafe Nord,40\n").unwrap();
    ben.ok(&["import", file.to_str().unwrap(), "--product", "Orders"]);
    ben.ok(&["describe", "Orders", "--summary", "Who gets what.", "--area", "Shop"]);
    ben.ok(&["publish", "Orders"]);
    let out = land.folder.path().join("out.csv");
    let take = ["take", "Orders", "--out", out.to_str().unwrap()];
    cem.ok(&["refresh"]);
    assert_eq!(cem.aside(&take), "");
    assert!(cem.fails(&["use", "Orders", "--for", "Baking"]).contains("do not ask for it"));
    anna.ok(&["rules", "--set", "--receipts", "true"]);
    cem.ok(&["refresh"]);
    assert!(cem.aside(&take).contains("larder use \"Orders\" --for"));
    assert!(cem.ok(&["use", "Orders", "--for", CANARY]).contains("is told to its keeper"));
    assert_eq!(cem.aside(&take), "", "said once");
    let shown = ben.ok(&["use", "Orders"]);
    assert!(shown.contains(&format!("Used by cem for: {CANARY}. Since")), "{shown}");
    assert!(ben.ok(&["show", "Orders"]).contains(CANARY));
    cem.ok(&["use", "Orders", "--no-more"]);
    assert!(ben.ok(&["use", "Orders"]).contains("Nobody has said"));
}
