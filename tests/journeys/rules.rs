//! House rules: who changed them, and what they keep off the shelf.

use std::fs;
use std::path::Path;

use larder_actions::wire::{LabelState, Outcome, PublishPlan, RulesPage};
use larder_model::{HouseRules, Publishers, RefusalCode, Rule};
use larder_shelf::DecidedCode;
use larder_tests::person::Person;
use serde_json::json;

fn drop_small(person: &Person, folder: &Path, name: &str) -> larder_model::DraftId {
    let path = folder.join(name);
    fs::write(&path, "Article no.,Name,Price\n0041,Rye,3.20\n0042,Rolls,0.45\n").unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": name, "summary": "A small list.", "area": ""}));
    draft
}

#[test]
fn rules_that_a_steward_changes_hold_for_everyone_who_publishes() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    let page: RulesPage = ben.ask("rules", json!({}));
    assert!(!page.own && !page.may_change && page.history.is_empty());
    assert_eq!((&page.rules, &page.usual), (&HouseRules::default(), &HouseRules::default()));

    let rules = HouseRules {
        required: [Rule::HasTitle].into(),
        publishers: Publishers::Confirmed,
        kinds: Some(["csv".to_owned()].into()),
        ..HouseRules::default()
    };
    let refused = ben.refused("set_rules", json!({"rules": rules}));
    assert_eq!(refused.code, RefusalCode::NoPermission);
    let page: RulesPage = anna.ask("set_rules", json!({"rules": rules}));
    assert_eq!((page.outcome, page.own, &page.rules), (Some(Outcome::Done), true, &rules));
    let [change] = page.history.as_slice() else { panic!("{:?}", page.history) };
    assert_eq!((change.by.as_str(), change.version), ("Anna", 1));
    assert!(change.changes.iter().all(|c| c.code == DecidedCode::RuleChanged) && change.changes.len() == 3);

    ben.look().unwrap();
    let page: RulesPage = ben.ask("rules", json!({}));
    assert_eq!((page.rules, page.history[0].by.as_str()), (rules.clone(), "Anna"));
    let draft = drop_small(&ben, folder.path(), "prices.csv");
    let state: LabelState = ben.ask("draft_label", json!({"draft": draft}));
    assert!(state.unmet.is_empty(), "an area is asked for no more");
    let plan: PublishPlan = ben.ask("publish_plan", json!({"draft": draft}));
    let refusal = plan.refusal.unwrap();
    assert_eq!((refusal.code, refusal.params.get("what")), (RefusalCode::RulesUnmet, Some(&"confirmed".into())));
    assert_eq!(ben.publish(&draft).unwrap_err().code, RefusalCode::RulesUnmet);
    anna.confirms("Ben");
    ben.look().unwrap();
    ben.publish(&draft).unwrap();

    let other = drop_small(&ben, folder.path(), "prices.txt");
    let refusal = ben.publish(&other).unwrap_err();
    assert_eq!((refusal.code, refusal.params.get("what")), (RefusalCode::RulesUnmet, Some(&"kinds".into())));
    let small = HouseRules { max_size_bytes: Some(100), kinds: None, ..rules };
    let _: RulesPage = anna.ask("set_rules", json!({"rules": small}));
    ben.look().unwrap();
    let refusal = ben.publish(&other).unwrap_err();
    assert_eq!((refusal.code, refusal.params.get("what")), (RefusalCode::RulesUnmet, Some(&"size".into())));
    let large = HouseRules { max_size_bytes: None, ..small };
    let page: RulesPage = anna.ask("set_rules", json!({"rules": large}));
    assert_eq!(page.history.iter().map(|c| c.version).collect::<Vec<_>>(), [3, 2, 1]);
    ben.look().unwrap();
    ben.publish(&other).unwrap();
}
