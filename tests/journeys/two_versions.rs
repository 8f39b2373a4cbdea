//! Two people fill one data product without knowing of each other: both versions side by side, and one that counts again.

use std::fs;
use std::process::Command;

use larder_actions::wire::{
    BroughtIn, CardState, DraftMode, DraftState, JobNote, LabelState, PeoplePage, ProductPage, TwoVersions, Version,
};
use larder_model::{Audience, Change, RefusalCode};
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use larder_tests::{copy_into, program};
use serde_json::{Value, json};

use crate::land::Land;

struct Stage {
    land: Land,
    anna: Person,
    ben: Person,
    product: String,
}

fn fill(land: &Land, person: &Person, product: Option<&str>, rows: &str, label: Value) -> String {
    let path = land.folder.path().join("stock.csv");
    fs::write(&path, format!("Article,On hand\nRye,3\nRolls,5\n{rows}")).unwrap();
    let draft = person.drop_file(&path);
    if let Some(product) = product {
        let _: Value = person.ask("use_draft_for", json!({"draft": draft, "product": product, "mode": "replace"}));
    }
    person.describe(&draft, label);
    person.publish(&draft).unwrap()
}

impl Stage {
    /// Ben's version reaches the folder only after Anna has put hers there.
    fn new(annas: Value, bens: Value) -> Stage {
        let land = Land::new();
        let (anna, ben) = (land.person("anna", "Anna"), land.person("ben", "Ben"));
        anna.confirms("Ben");
        let first = json!({"title": "Stock", "summary": "What is there.", "area": "Kitchen"});
        let product = fill(&land, &anna, None, "", first);
        anna.look().unwrap();
        ben.look().unwrap();
        drop(anna);
        let (before, apart) = (land.folder.path().join("before"), land.folder.path().join("apart"));
        copy_into(&land.share(), &before);
        fill(&land, &ben, Some(&product), "Pretzel,1\n", bens);
        drop(ben);
        fs::rename(land.share(), &apart).unwrap();
        fs::rename(&before, land.share()).unwrap();
        let start = |home: &str, name: &str| {
            Person::start(TestHost::at(&land.folder.path().join(home)).of(name, "pc")).unwrap()
        };
        let anna = start("anna", "Anna");
        fill(&land, &anna, Some(&product), "Baguette,2\nBun,7\n", annas);
        copy_into(&apart, &land.share());
        let ben = start("ben", "Ben");
        // A look that was going on already may have begun before all of it was there.
        for person in [&anna, &ben, &anna, &ben] {
            person.look().unwrap();
        }
        Stage { land, anna, ben, product }
    }

    fn both(&self, person: &Person) -> TwoVersions {
        person.ask("two_versions", json!({"product": self.product, "beside": null}))
    }

    fn page(&self, person: &Person) -> ProductPage {
        person.look().unwrap();
        person.page(&self.product)
    }
}

fn of<'b>(both: &'b TwoVersions, name: &str) -> &'b Version {
    [&both.used, &both.beside].into_iter().find(|version| version.by == name).unwrap()
}

#[test]
fn both_are_shown_side_by_side_and_the_one_that_is_kept_is_the_next_of_both() {
    let stage = Stage::new(json!({"summary": "What is there today."}), json!({}));
    for (person, mine) in [(&stage.anna, "Anna"), (&stage.ben, "Ben")] {
        let page = stage.page(person);
        assert_eq!((page.state, page.card.release), (CardState::TwoVersions, 2));
        let mut names: Vec<&str> = page.releases.iter().filter(|r| r.named).map(|r| r.filled_by.as_str()).collect();
        names.sort_unstable();
        assert_eq!((page.releases.len(), names.len()), (3, 2), "one number means one of them");
        let both = stage.both(person);
        assert_eq!((of(&both, "Anna").rows, of(&both, "Ben").rows), (4, 3));
        assert!(of(&both, mine).mine && both.more.is_empty());
        assert!(both.used.rows_here && both.beside.rows_here);
        assert_eq!(both.only_beside, Some(if both.beside.by == "Anna" { 2 } else { 1 }));
        assert!(!both.changes.clone().unwrap().is_empty());
        let fields: Vec<&str> = both.label.iter().map(|d| d.field.as_str()).collect();
        assert_eq!(fields, ["summary"]);
    }
    let both = stage.both(&stage.anna);
    assert!(both.may_choose, "her name is on the label");
    let bens = of(&both, "Ben").version.clone();
    let job: JobNote = stage.anna.ask("keep_version", json!({"product": stage.product, "version": bens}));
    stage.anna.finish(job).unwrap();
    for person in [&stage.anna, &stage.ben] {
        let page = stage.page(person);
        assert_eq!((page.state, page.card.release, page.card.profile.rows), (CardState::Ready, 3, 3));
        assert_eq!(page.card.changes, [Change::Chosen { by: "Ben".into() }]);
        assert_eq!(page.releases.len(), 4, "and both are kept");
        let refused = person.refused("two_versions", json!({"product": stage.product, "beside": null}));
        assert_eq!(refused.code, RefusalCode::Unknown);
    }
}

#[test]
fn what_only_one_of_them_has_is_added_to_the_other_as_a_draft() {
    let stage = Stage::new(json!({}), json!({}));
    let both = stage.both(&stage.anna);
    let brought: BroughtIn =
        stage.anna.ask("bring_together", json!({"product": stage.product, "version": both.beside.version}));
    let draft = brought.items[0].draft.clone().unwrap();
    let state: DraftState = stage.anna.until_read(&draft);
    assert_eq!(state.product.as_ref().map(|p| p.as_str()), Some(stage.product.as_str()));
    assert_eq!(serde_json::to_value(state.mode).unwrap(), serde_json::to_value(DraftMode::Append).unwrap());
    stage.anna.publish(&draft).unwrap();
    for person in [&stage.anna, &stage.ben] {
        let page = stage.page(person);
        assert_eq!((page.state, page.card.release, page.card.profile.rows), (CardState::Ready, 3, 5));
    }
    let rows: Value = {
        let open = json!({"product": stage.product, "release": null, "sorts": [], "filters": []});
        let view: Value = stage.anna.ask("open_view", open);
        stage.anna.ask("view_rows", json!({"view": view["view"], "start": 0, "count": 10}))
    };
    let mut names: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["cells"][0].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Baguette", "Bun", "Pretzel", "Rolls", "Rye"]);
}

#[test]
fn a_version_that_everybody_could_read_is_kept_behind_the_seal_of_the_other_one() {
    let sealed = json!({"audience": "sealed", "sealing": {"readers": [], "hide_title": false, "how_to_ask": ""}});
    let stage = Stage::new(sealed, json!({}));
    let page: PeoplePage = stage.anna.people();
    assert_eq!(page.members.len(), 2);
    let both = stage.both(&stage.anna);
    let bens = of(&both, "Ben").version.clone();
    let job: JobNote = stage.anna.ask("keep_version", json!({"product": stage.product, "version": bens}));
    stage.anna.finish(job).unwrap();
    let page = stage.page(&stage.anna);
    assert_eq!((page.card.release, page.card.profile.rows), (3, 3));
    assert_eq!(page.card.label.audience, Audience::Sealed);
    assert!(!stage.page(&stage.ben).access.unwrap().opens);
}

#[test]
fn rows_of_a_sealed_version_are_never_added_to_an_open_one() {
    let sealed = json!({"audience": "sealed", "sealing": {"readers": [], "hide_title": false, "how_to_ask": ""}});
    let stage = Stage::new(sealed, json!({}));
    let both = stage.both(&stage.anna);
    let brought: BroughtIn =
        stage.anna.ask("bring_together", json!({"product": stage.product, "version": both.beside.version}));
    let draft = brought.items[0].draft.clone().unwrap();
    let state: LabelState = stage.anna.ask("draft_label", json!({"draft": draft}));
    assert_eq!(state.label.audience, Audience::Sealed, "whichever of them counts now");
    stage.anna.publish(&draft).unwrap();
    assert!(!stage.page(&stage.ben).access.unwrap().opens);
    assert_eq!(stage.page(&stage.anna).card.profile.rows, 5);
}

#[test]
fn nobody_but_its_keeper_chooses_and_a_terminal_can() {
    let stage = Stage::new(json!({}), json!({}));
    let cem = stage.land.person("cem", "Cem");
    stage.anna.confirms("Cem");
    cem.look().unwrap();
    let both = stage.both(&cem);
    assert!(!both.may_choose && !both.used.mine && !both.beside.mine);
    for command in ["keep_version", "bring_together"] {
        let refused = cem.refused(command, json!({"product": stage.product, "version": both.beside.version}));
        assert_eq!((refused.code, refused.params.get("path")), (RefusalCode::NoPermission, Some(&"keeper".into())));
    }
    let elsewhere = json!({"product": stage.product, "version": "ab".repeat(32)});
    assert_eq!(stage.anna.refused("keep_version", elsewhere).code, RefusalCode::Unknown);

    let Stage { land, anna, ben, product } = stage;
    let home = land.folder.path().join("anna");
    drop(anna);
    let larder = |args: &[&str]| {
        let output = Command::new(program("larder"))
            .args(args)
            .env("LARDER_HOME", &home)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let told = larder(&["versions", "Stock"]);
    assert!(told.contains("Anna") && told.contains("Ben"), "{told}");
    let drafted: Value = serde_json::from_str(&larder(&["versions", "Stock", "--together", "--json"])).unwrap();
    larder(&["publish", drafted["draft"].as_str().unwrap()]);
    ben.look().unwrap();
    let page = ben.page(&product);
    assert_eq!((page.state, page.card.release, page.card.profile.rows), (CardState::Ready, 3, 5));
}
