//! Finding data products as a person types.
#![allow(clippy::unwrap_used)]

mod common;

use common::{column, label, seen};
use larder_catalog::{HitPlace, SeenRow, SeenStore};
use larder_model::{Label, Person};

fn store(rows: &[SeenRow]) -> (tempfile::TempDir, SeenStore) {
    let home = tempfile::tempdir().unwrap();
    let store = SeenStore::open(home.path()).unwrap();
    store.put_releases(rows).unwrap();
    (home, store)
}

fn bare(title: &str) -> Label {
    Label { title: title.into(), ..Label::default() }
}

fn found(store: &SeenStore, query: &str) -> Vec<String> {
    store.find(query, 50).unwrap().into_iter().map(|hit| hit.title).collect()
}

/// The word "rye" in every place of a label, one data product each, and the worst place first.
fn rye_everywhere() -> Vec<SeenRow> {
    let named = |name: &str| Person { name: name.into(), ..Person::default() };
    vec![
        seen("area", 1, Label { area: "Rye room".into(), ..bare("G area") }),
        SeenRow { keeper: named("Rye Miller"), ..seen("person", 1, bare("F person")) },
        seen("meaning", 1, Label { columns: vec![column("x", "X", "share of rye")], ..bare("E meaning") }),
        seen("summary", 1, Label { summary: "All about rye".into(), ..bare("D summary") }),
        seen("tag", 1, Label { tags: vec!["rye".into()], ..bare("C tag") }),
        seen("column", 1, Label { columns: vec![column("rye_kg", "Roggen", "")], ..bare("B column") }),
        seen("begun", 1, bare("A title: ryefield deliveries")),
        seen("title", 1, bare("A title: rye deliveries")),
        seen("first", 1, bare("Rye deliveries of a year")),
        seen("exact", 1, bare("Rye")),
        seen("none", 1, Label { summary: "Nothing of the kind, drye".into(), ..bare("Wheat") }),
    ]
}

#[test]
fn a_title_counts_more_than_a_column_a_tag_the_summary_a_person_the_area() {
    let (_home, store) = store(&rye_everywhere());
    let order = [
        "Rye",
        "Rye deliveries of a year",
        "A title: rye deliveries",
        "A title: ryefield deliveries",
        "B column",
        "C tag",
        "D summary",
        "E meaning",
        "F person",
        "G area",
    ];
    assert_eq!(found(&store, "rye"), order);
    assert_eq!(found(&store, "RYE"), order);
    let ranks: Vec<f64> = store.find("rye", 50).unwrap().iter().map(|hit| hit.rank).collect();
    assert!(ranks.windows(2).all(|pair| pair[0] >= pair[1]), "{ranks:?}");
    let best: Vec<String> = store.find("rye", 3).unwrap().into_iter().map(|hit| hit.title).collect();
    assert_eq!(best, order[..3]);
}

#[test]
fn each_hit_says_where_it_was_found() {
    let (_home, store) = store(&rye_everywhere());
    let places: Vec<HitPlace> = store.find("rye", 50).unwrap().into_iter().skip(3).map(|hit| hit.place).collect();
    let name = |name: &str| name.to_owned();
    assert_eq!(
        places,
        [
            HitPlace::Title,
            HitPlace::Column { name: name("Roggen") },
            HitPlace::Tag { name: name("rye") },
            HitPlace::Summary,
            HitPlace::Column { name: name("X") },
            HitPlace::Person { name: name("Rye Miller") },
            HitPlace::Area,
        ]
    );
}

#[test]
fn every_word_has_to_stand_somewhere_and_each_may_be_begun_only() {
    let (_home, store) = store(&[
        seen(
            "till",
            1,
            Label { summary: "What the shop sold".into(), keeper: "Anna Maier".into(), ..bare("Till sales") },
        ),
        seen("oven", 1, Label { keeper: "Bojan".into(), ..bare("Oven log") }),
    ]);
    assert_eq!(found(&store, "ti"), ["Till sales"]);
    assert_eq!(found(&store, "sal til"), ["Till sales"]);
    assert_eq!(found(&store, "till mai so"), ["Till sales"]);
    assert!(found(&store, "till bojan").is_empty());
    assert!(found(&store, "ales").is_empty());
    let hit = &store.find("till anna", 5).unwrap()[0];
    assert_eq!(hit.place, HitPlace::Person { name: "Anna Maier".into() });
}

#[test]
fn umlauts_and_accents_are_found_however_they_are_typed() {
    let (_home, store) = store(&[
        seen("a", 1, bare("Größenübersicht")),
        seen("b", 1, bare("Cafe\u{301} Belege")),
        seen("c", 1, Label { tags: vec!["Brötchen".into()], ..bare("Backplan") }),
    ]);
    for query in ["größen", "GRÖSSEN", "groessenueb", "gro\u{308}ßen", "grössenübersicht"] {
        assert_eq!(found(&store, query), ["Größenübersicht"], "{query}");
    }
    for query in ["café", "cafe", "CAFÉ", "cafe\u{301}"] {
        assert_eq!(found(&store, query), ["Cafe\u{301} Belege"], "{query}");
    }
    assert_eq!(found(&store, "broet"), ["Backplan"]);
    assert_eq!(found(&store, "brö"), ["Backplan"]);
}

#[test]
fn whatever_is_typed_is_answered() {
    let (_home, store) =
        store(&[seen("near", 1, bare("Near the oven: AND, OR, NOT")), seen("quote", 1, bare("12\" trays"))]);
    for (query, hits) in [
        ("", 0),
        (" \t\n", 0),
        ("\"", 0),
        ("*", 0),
        ("\0", 0),
        ("12\"", 1),
        ("\"12", 1),
        ("near*", 1),
        ("NEAR(", 1),
        ("NEAR(oven, 2)", 0),
        ("oven AND or NOT", 1),
        ("OR", 1),
        ("title:near", 0),
        ("{title} : oven", 0),
        ("-oven", 1),
        ("^near", 1),
        ("oven + near", 1),
        ("ov\0en", 0),
        ("'; DROP TABLE entries; --", 0),
        ("oven;", 1),
        ("%", 0),
        ("_", 0),
        ("🥐", 0),
        ("\u{202e}near", 1),
        ("(((((((((((((((((((((", 0),
    ] {
        let found = store.find(query, 10).unwrap_or_else(|refusal| panic!("{query:?}: {refusal}"));
        assert_eq!(found.len(), hits, "{query:?}");
    }
    for long in ["oven ".repeat(50_000), "o".repeat(1_000_000), "\"*".repeat(100_000), "(".repeat(100_000)] {
        store.find(&long, 10).unwrap();
    }
    assert!(store.find("oven", 0).unwrap().is_empty());
    assert_eq!(store.find("oven", usize::MAX).unwrap().len(), 1);
}

#[test]
fn a_colleagues_text_is_harmless_on_one_line() {
    let (_home, store) = store(&[seen(
        "a",
        1,
        Label { summary: format!("x\n{}", "y".repeat(5_000)), ..bare("invoice\u{202e}xslx\u{0}.exe") },
    )]);
    let hit = &store.find("invoice", 1).unwrap()[0];
    assert_eq!(hit.title, "invoicexslx.exe");
    assert!(hit.summary.starts_with("x y") && hit.summary.chars().count() < 500);
}

#[test]
fn what_is_described_anew_is_found_anew_and_no_longer_by_the_old_words() {
    let (_home, store) = store(&[seen("a", 1, Label { tags: vec!["old".into()], ..bare("Till sales") })]);
    store.put_release(&seen("a", 2, Label { tags: vec!["new".into()], ..bare("Shop sales") })).unwrap();
    assert!(found(&store, "till").is_empty() && found(&store, "old").is_empty());
    assert_eq!(found(&store, "shop new"), ["Shop sales"]);
}

const NOUNS: [&str; 10] =
    ["sales", "stock", "orders", "recipes", "waste", "loads", "guests", "prices", "shifts", "ovens"];

fn ten_thousand() -> Vec<SeenRow> {
    const AREAS: [&str; 4] = ["Shop floor", "Kitchen", "Office", "Delivery"];
    let columns =
        |n: usize| (0..6).map(move |c| column(&format!("c_{c}"), &format!("{} {c}", NOUNS[(n + c) % 10]), ""));
    let described = |n: usize| Label {
        summary: format!("Every {} that branch {n} wrote down", NOUNS[(n + 3) % 10]),
        area: AREAS[n % 4].into(),
        keeper: format!("Keeper {}", n % 97),
        tags: vec![format!("tag{}", n % 50)],
        columns: columns(n).collect(),
        ..label(&format!("{} of branch {n}", NOUNS[n % 10]))
    };
    (0..10_000).map(|n| seen(&format!("p{n}"), 1, described(n))).collect()
}

#[test]
fn ten_thousand_products_are_filled_and_searched() {
    let (_home, store) = store(&ten_thousand());
    assert_eq!(found(&store, "branch 7777")[0], "prices of branch 7777");
    let hits = store.find("s", 20).unwrap();
    assert!(hits.len() == 20 && hits.iter().all(|hit| hit.place == HitPlace::Title));
    assert_eq!(found(&store, "keeper 96 waste"), found(&store, "waste keeper 96"));
    assert_eq!(store.find("tag49 sales", 500).unwrap().len(), 200);
    assert_eq!(store.latest_without_profiles(None).unwrap().len(), 10_000);
    // Generous for a slow machine and an unoptimised build; a search that reads everything misses it all the same.
    let queries = "s,sa,sal,b,of,branch,branch 1,keeper,tag4,e,every waste kitchen,zzz".split(',');
    let started = std::time::Instant::now();
    let mut searched = 0;
    for query in queries {
        store.find(query, 20).unwrap();
        searched += 1;
    }
    let each = started.elapsed() / searched;
    assert!(each < std::time::Duration::from_millis(100), "{each:?} for one keystroke");
}
