//! Plain copies on the shelf, and people who change them by hand.

use std::fs;
use std::path::{Path, PathBuf};

use larder_actions::wire::{BroughtIn, DraftMode, DraftState, NeedCode, Nothing, TodayPage};
use larder_model::{ProductId, RefusalCode};
use larder_tests::person::Person;
use serde_json::json;

struct Counter {
    _folder: tempfile::TempDir,
    share: PathBuf,
    anna: Person,
    product: ProductId,
}

impl Counter {
    fn new() -> Counter {
        let folder = tempfile::tempdir().unwrap();
        let share = folder.path().join("share");
        fs::create_dir(&share).unwrap();
        let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Mueller", &share);
        let path = folder.path().join("orders.csv");
        fs::write(&path, "Customer,Rolls\nCafe Nord,40\nSchool,120\n").unwrap();
        let draft = anna.drop_file(&path);
        anna.describe(&draft, json!({"title": "Orders", "summary": "Who gets what.", "area": "Shop floor"}));
        let product = ProductId::parse(&anna.publish(&draft).unwrap()).unwrap();
        Counter { _folder: folder, share, anna, product }
    }

    fn copy(&self) -> PathBuf {
        self.share.join("Current/Orders/data/orders.csv")
    }

    fn edited(&self) -> Vec<String> {
        self.anna.look().unwrap();
        self.anna.page(self.product.as_str()).edited
    }
}

fn add_a_row(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, format!("{text}Bistro,15\n")).unwrap();
}

// fault 77
#[test]
fn what_somebody_made_of_a_plain_copy_becomes_the_next_version() {
    let counter = Counter::new();
    let anna = &counter.anna;
    assert_eq!(counter.edited(), Vec::<String>::new());
    add_a_row(&counter.copy());
    assert_eq!(counter.edited(), ["data/orders.csv"]);
    let today: TodayPage = anna.ask("today", json!({}));
    assert!(today.needs.iter().any(|need| need.code == NeedCode::CopyEdited));

    let file = json!({"product": counter.product, "file": "data/orders.csv"});
    let brought: BroughtIn = anna.ask("use_edited", file);
    let draft = brought.items[0].draft.clone().unwrap();
    anna.until_read(&draft);
    let state: DraftState = anna.ask("draft", json!({"draft": draft}));
    assert_eq!(state.meant.as_ref().map(|meant| &meant.product), Some(&counter.product));
    assert_eq!(state.reading.unwrap().rows, 3);
    let mode = DraftMode::Replace;
    let _: DraftState = anna.ask("use_draft_for", json!({"draft": draft, "product": counter.product, "mode": mode}));
    assert!(fs::read_to_string(counter.copy()).unwrap().contains("Bistro"), "it stays until then");
    assert_eq!(anna.publish(&draft).unwrap(), counter.product.as_str());
    assert_eq!(anna.page(counter.product.as_str()).card.profile.rows, 3);
}

// fault 77
#[test]
fn a_plain_copy_that_was_changed_is_put_right_when_asked() {
    let counter = Counter::new();
    let anna = &counter.anna;
    let whole = fs::read(counter.copy()).unwrap();
    let page = counter.share.join("Current/Orders/index.html");
    add_a_row(&counter.copy());
    fs::write(&page, "gone").unwrap();
    assert_eq!(counter.edited(), ["data/orders.csv", "index.html"]);
    let no_rows = anna.refused("use_edited", json!({"product": counter.product, "file": "index.html"}));
    assert_eq!(no_rows.code, RefusalCode::Unknown);
    let untouched = anna.refused("use_edited", json!({"product": counter.product, "file": "../../../anna/device.key"}));
    assert_eq!(untouched.code, RefusalCode::Unknown);
    let _: Nothing = anna.ask("restore_copies", json!({"product": counter.product, "release": null}));
    assert_eq!(fs::read(counter.copy()).unwrap(), whole);
    assert!(fs::read_to_string(&page).unwrap().contains("Orders"));
    assert_eq!(counter.edited(), Vec::<String>::new());
}
