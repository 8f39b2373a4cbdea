//! From a copied table to the shelf without a mouse.

use std::time::Duration;

use larder_tests::screens::{Desk, Options, Program};
use serde_json::json;

use crate::album::{Album, stands_on};

/// What has the focus and can be used, as a screen reader would name it. Titles take the focus but do nothing.
const FOCUSED: &str = "const element = document.activeElement;
    if (!element.matches('a, button, input, textarea, select, [role]')) return '';
    const named = (element.getAttribute('aria-labelledby') ?? '').split(/\\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
    const name = named || element.getAttribute('aria-label') || [...(element.labels ?? [])].map((each) => each.textContent).join(' ') || element.textContent || '';
    return name.replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' ').trim().slice(0, 200)";

/// Goes on with Tab until this has the focus.
fn tab_to(whose: &Program, name: &str) {
    let mut passed = Vec::new();
    for _ in 0..90 {
        let focused = whose.run(FOCUSED, &[]).as_str().unwrap_or_default().to_owned();
        if focused == name || (focused.starts_with(name) && focused.len() < 160) {
            assert_eq!(
                whose.run("return document.activeElement.matches(':focus-visible')", &[]),
                json!(true),
                "{name} shows it"
            );
            return;
        }
        passed.push(focused);
        whose.desk.keys(&["Tab"]);
    }
    let picture = whose.picture("lost");
    panic!("Tab never comes to {name:?}, but to {passed:?}, see {}", picture.display());
}

fn press(whose: &Program, name: &str, key: &str) {
    tab_to(whose, name);
    whose.desk.keys(&[key]);
}

fn write(whose: &Program, name: &str, text: &str) {
    tab_to(whose, name);
    whose.desk.keys(&["ctrl+a"]);
    whose.desk.write(text);
}

#[test]
fn a_copied_table_goes_to_the_shelf_without_the_mouse() {
    let desk = Desk::open("keyboard", 1064, 780);
    let album = Album::default();
    let anna = Program::start(&desk, "anna", Options::default());
    anna.stand_at(10, 40, 1024, 700);
    anna.to_front();
    press(&anna, "Set up our shelf", "Return");
    anna.sees("Only this computer for now");
    press(&anna, "Only this computer for now", "space");
    anna.sees("Ready.");
    album.page(&anna, "small-place");
    press(&anna, "Go on", "Return");
    anna.sees("Who are you?");
    write(&anna, "Your name", "Anna Mueller");
    desk.keys(&["Return"]);
    anna.sees("Bring in your first file");
    album.page(&anna, "small-today");

    desk.copy(
        "Article\tPrice\tFrom\nRye bread\t4.20\t2026-01-02\nPretzel\t0.95\t2026-01-02\nCroissant\t1.60\t2026-03-01\n",
    );
    anna.keys(&["ctrl+v"]);
    stands_on(&anna, "check/");
    anna.sees("3 rows, 3 columns.");
    album.page(&anna, "small-check");
    press(&anna, "Looks right, go on", "Return");
    stands_on(&anna, "label/");
    anna.sees("Write the label");
    write(&anna, "Name", "Price board");
    write(&anna, "What is in it, in one sentence", "What the board over the counter says.");
    write(&anna, "Area", "Shop floor");
    for column in ["Article", "Price", "From"] {
        write(&anna, &format!("Meaning of {column}"), &format!("{column}, as on the board"));
    }
    anna.sees("3 of 3 columns explained.");
    album.page(&anna, "small-label");
    press(&anna, "Put on the shelf", "Return");
    stands_on(&anna, "publish/");
    anna.sees("What will happen");
    album.page(&anna, "small-publish");
    press(&anna, "Put on the shelf", "Return");
    anna.sees_within(Duration::from_secs(60), "Read back and found equal.");
    album.page(&anna, "small-published");
    press(&anna, "Go to its page", "Return");
    stands_on(&anna, "product/");
    anna.sees("Rye bread");
    anna.sees("Price board");
    album.page(&anna, "small-product");
    album.close();
}
