//! Files that cannot be read get a sentence, and nothing else happens.

use std::fs;

use larder_actions::wire::BroughtIn;
use larder_model::{FindingCode, Format, RefusalCode};
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::{Value, json};

#[test]
fn what_is_not_a_spreadsheet_becomes_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let pdf = folder.path().join("invoice.pdf");
    fs::write(&pdf, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n").unwrap();
    let empty = folder.path().join("empty.csv");
    fs::write(&empty, b"").unwrap();
    let picture = folder.path().join("photo.csv");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let inner = folder.path().join("folder");
    fs::create_dir(&inner).unwrap();
    let gone = folder.path().join("gone.xlsx");
    let brought = anna.larder.bring_in_paths(&[pdf, empty, picture, inner, gone]);
    let codes: Vec<RefusalCode> = brought.items.iter().map(|i| i.refusal.as_ref().unwrap().code).collect();
    use RefusalCode::*;
    assert_eq!(codes, [NotATable, Empty, NotATable, NoSpreadsheet, NotFound]);
    let from_mail = anna.larder.bring_in_paths(&[]);
    assert_eq!(from_mail.items[0].refusal.as_ref().map(|r| r.code), Some(NoFile), "dropped without a file");
    let drafts: Vec<Value> = anna.ask("drafts", json!({}));
    assert!(drafts.is_empty(), "{drafts:?}");
}

#[test]
fn good_files_come_in_beside_bad_ones() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let good = folder.path().join("good.csv");
    fs::write(&good, "a,b\n1,2\n3,4\n").unwrap();
    let bad = folder.path().join("bad.xlsx");
    fs::write(&bad, b"PK\x03\x04 and then nothing").unwrap();
    let brought = anna.larder.bring_in_paths(&[bad, good]);
    assert!(brought.items[0].refusal.is_some() && brought.items[1].draft.is_some());
}

#[test]
fn a_table_copied_as_a_piece_of_a_page_keeps_its_merged_cells() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(folder.path()).of("Anna", "pc")).unwrap();
    let html = "<html><body><!--StartFragment--><table><tr><th>Shop</th><th>Article</th><th>Sold</th></tr>\
                <tr><td rowspan=2>Mill St</td><td>Rye</td><td>3</td></tr><tr><td>Rolls</td><td>12</td></tr></table></body></html>";
    let text = "Shop\tArticle\tSold\nMill St\tRye\t3\n\tRolls\t12\n";
    let brought: BroughtIn = anna.ask("paste_table", json!({"text": text, "html": html}));
    let state = anna.until_read(&brought.items[0].draft.clone().unwrap());
    let reading = state.reading.unwrap();
    assert_eq!((reading.rows, reading.format), (2, Format::Html));
    assert!(reading.findings.iter().any(|f| f.code == FindingCode::MergedCells), "the shop goes on in the second row");
    // What only looks like a page is read as the text that came with it.
    let brought: BroughtIn = anna.ask("paste_table", json!({"text": text, "html": "<b><table><tr></tr></table></b>"}));
    let state = anna.until_read(&brought.items[0].draft.clone().unwrap());
    assert_eq!(state.reading.unwrap().format, Format::Tsv);
}

#[test]
fn a_copied_table_comes_in_without_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let brought: Value = anna.ask("paste_table", json!({"text": "Name\tPrice\nRye\t3,20\nRolls\t0,45\n"}));
    let draft = serde_json::from_value(brought["items"][0]["draft"].clone()).unwrap();
    let reading = anna.until_read(&draft).reading.unwrap();
    assert_eq!((reading.rows, reading.columns.len()), (2, 2));
    assert_eq!(anna.refused("paste_table", json!({"text": "  \n"})).code, RefusalCode::Empty);
}

#[test]
fn a_thrown_away_draft_can_be_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let anna = Person::start(TestHost::at(&folder.path().join("anna"))).unwrap();
    let good = folder.path().join("good.csv");
    fs::write(&good, "a,b\n1,2\n3,4\n").unwrap();
    let draft = anna.drop_file(&good);
    fs::remove_file(&good).unwrap();
    let _: Value = anna.ask("discard_draft", json!({"draft": draft}));
    assert!(anna.ask::<Vec<Value>>("drafts", json!({})).is_empty());
    let _: Value = anna.ask("restore_draft", json!({"draft": draft}));
    assert_eq!(anna.until_read(&draft).reading.unwrap().rows, 2, "the source was kept");
}

#[test]
fn a_label_that_breaks_the_house_rules_is_not_put_on_the_shelf() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let good = folder.path().join("good.csv");
    fs::write(&good, "a,b\n1,2\n3,4\n").unwrap();
    let draft = anna.drop_file(&good);
    anna.describe(&draft, json!({"title": "", "summary": " ", "area": "Office"}));
    let refusal = anna.publish(&draft).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::RulesUnmet);
}
