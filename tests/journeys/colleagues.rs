//! Two and more people: arriving by itself, confirming, following.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use larder_actions::wire::{ActivityPage, CardState, LabelState, PeoplePage, Publication, TodayPage};
use larder_tests::person::Person;
use serde_json::{Value, json};

fn small_file(folder: &Path, name: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, "Article no.,Name,Price\n0041,Rye,3.20\n0042,Rolls,0.45\n0043,Pretzel,0.95\n").unwrap();
    path
}

fn put(person: &Person, file: &Path, title: &str) -> String {
    let draft = person.drop_file(file);
    person.describe(&draft, json!({"title": title, "summary": "A small list.", "area": "Office"}));
    person.publish(&draft).unwrap()
}

#[test]
fn a_colleague_sees_it_arrive_without_restarting_and_the_keeper_hears_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    let product = put(&anna, &small_file(folder.path(), "prices.csv"), "Price list");
    ben.until_shelf_shows("Price list");
    let told: ActivityPage = ben.ask("activity", json!({"start": 0, "count": 20}));
    assert!(told.entries.iter().any(|e| e.code == "arrived"), "{:?}", told.entries);
    ben.look().unwrap();
    anna.look().unwrap();
    let publication: Option<Publication> = anna.ask("publication", json!({"product": product, "release": null}));
    let publication = publication.unwrap();
    assert!(publication.saved && publication.copied);
    assert_eq!(publication.seen_by.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Ben"]);
}

#[test]
fn a_title_with_a_percent_sign_or_of_any_length_has_its_plain_copies() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    for title in ["Discount 10 %", "100%25 bread", "con.sumption", &"🥐".repeat(70), &"Till sales ".repeat(9)] {
        put(&anna, &small_file(folder.path(), "prices.csv"), title);
        let copies = share.join("Current").join(larder_model::safe_title(title));
        let until = Instant::now() + Duration::from_secs(30);
        while !fs::read_dir(&copies)
            .is_ok_and(|mut files| files.any(|file| file.unwrap().path().ends_with("index.html")))
        {
            assert!(Instant::now() < until, "{title} has no copies: {:?}", fs::read_dir(share.join("Current")));
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    assert!(share.join("Current/Discount 10 %/Discount 10 %.xlsx").exists());
}

#[test]
fn what_someone_unconfirmed_puts_there_stands_apart_until_a_steward_confirms_them() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    put(&ben, &small_file(folder.path(), "prices.csv"), "Price list");
    anna.look().unwrap();
    assert_eq!(anna.shelf().unconfirmed.len(), 1);
    assert!(anna.shelf().areas.is_empty());
    let today: TodayPage = anna.ask("today", json!({}));
    assert_eq!(today.needs.first().map(|n| serde_json::to_value(n.code).unwrap()), Some(json!("confirm_person")));
    let people: PeoplePage = anna.ask("people", json!({}));
    assert!(people.may_confirm);
    let newcomer = people.members.iter().find(|m| !m.confirmed).unwrap();
    assert_eq!((newcomer.person.name.as_str(), newcomer.words.len()), ("Ben", 6));
    let _: PeoplePage = anna.ask("confirm_people", json!({"writers": newcomer.writers}));
    assert!(anna.shelf().unconfirmed.is_empty());
    assert_eq!(anna.shelf().areas[0].labels[0].title, "Price list");
}

#[test]
fn two_who_fill_the_same_label_at_the_same_time_hide_nothing_from_anybody() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    anna.look().unwrap();
    let people: PeoplePage = anna.ask("people", json!({}));
    let newcomer = people.members.iter().find(|m| !m.confirmed).unwrap();
    let _: PeoplePage = anna.ask("confirm_people", json!({"writers": newcomer.writers}));
    let product = put(&anna, &small_file(folder.path(), "prices.csv"), "Price list");
    ben.until_shelf_shows("Price list");
    let next = |person: &Person, name: &str, price: &str| {
        let path = folder.path().join(name);
        fs::write(&path, format!("Article no.,Name,Price\n0041,Rye,{price}\n0042,Rolls,0.45\n0043,Pretzel,0.95\n"))
            .unwrap();
        let draft = person.drop_file(&path);
        let _: Value = person.ask("use_draft_for", json!({"draft": draft, "product": product, "mode": "replace"}));
        draft
    };
    // Both are ready before either is on the shelf; hers goes there before she can have heard of his.
    let (hers, his) = (next(&anna, "prices anna.csv", "3.40"), next(&ben, "prices ben.csv", "3.30"));
    ben.publish(&his).unwrap();
    anna.publish(&hers).unwrap();
    for person in [&anna, &ben] {
        person.look().unwrap();
        let page = person.page(&product);
        assert_eq!((page.state, page.card.release), (CardState::Ready, 3));
        assert_eq!(page.releases.iter().map(|r| r.release).collect::<Vec<_>>(), [3, 2, 1]);
    }
}

#[test]
fn a_colleagues_words_are_offered_for_a_column_of_the_same_name() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let draft = anna.drop_file(&small_file(folder.path(), "prices.csv"));
    let state: LabelState = anna.ask("draft_label", json!({"draft": draft}));
    let mut columns = serde_json::to_value(&state.label.columns).unwrap();
    columns[0]["meaning"] = json!("What the till knows it by.");
    columns[0]["key"] = json!(true);
    anna.describe(&draft, json!({"title": "Price list", "summary": "Prices.", "area": "Office", "columns": columns}));
    let prices = anna.publish(&draft).unwrap();

    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    ben.until_shelf_shows("Price list");
    let sales = folder.path().join("sales.csv");
    fs::write(&sales, "Article no.,Sold\n0041,3\n0042,18\n0043,5\n0041,7\n").unwrap();
    let draft = ben.drop_file(&sales);
    let state: LabelState = ben.ask("draft_label", json!({"draft": draft}));
    let offered = |field: &str| state.suggestions.iter().find(|s| s.field == field);
    assert_eq!(offered("column/article_no/meaning").map(|s| s.value.as_str()), Some("What the till knows it by."));
    let look = offered("column/article_no/looks_up").expect("the look-up is found by its values");
    assert_eq!(look.column.as_ref().unwrap().looks_up.as_ref().unwrap().product, prices);
    let accepted: LabelState =
        ben.ask("draft_accept", json!({"draft": draft, "fields": ["column/article_no/looks_up"]}));
    assert!(accepted.label.columns[0].looks_up.is_some());
}

#[test]
fn a_followed_label_is_marked_for_me_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let product = put(&anna, &small_file(folder.path(), "prices.csv"), "Price list");
    let ben = Person::at_shelf(&folder.path().join("ben"), "Ben", &share);
    ben.until_shelf_shows("Price list");
    let _: Value = ben.ask("follow", json!({"product": product, "on": true}));
    assert!(ben.page(&product).followed);
    assert!(!anna.page(&product).followed);
}
