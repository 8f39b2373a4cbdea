//! What stands on shelves, as it is seen here.
#![allow(clippy::unwrap_used)]

mod common;

use common::{column, label, product, seen, shelf};
use larder_catalog::{SeenRow, SeenStore};
use larder_model::{Label, ReleaseHash};

fn store() -> (tempfile::TempDir, SeenStore) {
    let home = tempfile::tempdir().unwrap();
    let store = SeenStore::open(home.path()).unwrap();
    (home, store)
}

fn titles(rows: &[SeenRow]) -> Vec<&str> {
    rows.iter().map(|row| row.card.label.title.as_str()).collect()
}

#[test]
fn a_release_comes_back_as_it_was_seen() {
    let (home, store) = store();
    let row = seen("till-sales", 3, label("Till sales"));
    store.put_release(&row).unwrap();
    drop(store);
    let store = SeenStore::open(home.path()).unwrap();
    assert_eq!(store.release(&row.product, Some(3)).unwrap(), Some(row.clone()));
    assert_eq!(store.release(&row.product, None).unwrap(), Some(row.clone()));
    assert_eq!(store.release(&row.product, Some(u64::MAX >> 1)).unwrap(), None);
    assert_eq!(store.release(&product("other"), None).unwrap(), None);
    let light = &store.latest_without_profiles(None).unwrap()[0];
    assert_eq!((light.card.profile.rows, light.card.profile.columns.len()), (812, 0));
    assert_eq!(store.latest(None).unwrap(), [row]);
}

#[test]
fn a_release_that_is_still_arriving_is_not_the_newest() {
    let (_home, store) = store();
    let arriving = SeenRow { latest: false, state: "arriving".into(), ..seen("till-sales", 3, label("Newer name")) };
    for row in [seen("till-sales", 1, label("Old name")), seen("till-sales", 2, label("Till sales")), arriving.clone()]
    {
        store.put_release(&row).unwrap();
    }
    let numbers: Vec<u64> = store.releases(&arriving.product).unwrap().iter().map(|row| row.release).collect();
    assert_eq!(numbers, [3, 2, 1]);
    assert_eq!(store.release(&arriving.product, None).unwrap().unwrap().release, 2);
    assert_eq!(titles(&store.latest(None).unwrap()), ["Till sales"]);
    assert!(store.find("newer", 5).unwrap().is_empty());
    store.put_release(&SeenRow { latest: true, ..arriving.clone() }).unwrap();
    assert_eq!(titles(&store.latest(None).unwrap()), ["Newer name"]);
    assert!(store.find("till", 5).unwrap().is_empty());
    store.put_release(&arriving).unwrap();
    assert!(store.latest(None).unwrap().is_empty() && store.find("newer", 5).unwrap().is_empty());
}

#[test]
fn two_versions_with_one_number_both_stand() {
    let (_home, store) = store();
    let first = seen("till-sales", 2, label("Till sales"));
    let second = SeenRow { hash: ReleaseHash::parse("zz").unwrap(), latest: false, ..first.clone() };
    store.put_release(&first).unwrap();
    store.put_release(&second).unwrap();
    assert_eq!(store.releases(&first.product).unwrap(), [first.clone(), second]);
    assert_eq!(store.release(&first.product, Some(2)).unwrap(), Some(first));
}

#[test]
fn the_shelf_is_in_order_of_area_and_title_as_people_sort() {
    let (_home, store) = store();
    for (id, area, title) in [
        ("a", "Shop", "Zählung"),
        ("b", "shop", "ärger"),
        ("c", "Kitchen", "Öfen"),
        ("d", "Kitchen", "Ofen"),
        ("e", "Shop", "Bestand"),
    ] {
        store.put_release(&seen(id, 1, Label { area: area.into(), ..label(title) })).unwrap();
    }
    assert_eq!(titles(&store.latest(None).unwrap()), ["Öfen", "Ofen", "ärger", "Bestand", "Zählung"]);
}

#[test]
fn a_product_on_two_shelves_is_one_product_and_the_sample_stays_apart() {
    let (_home, store) = store();
    let sample = SeenRow { shelf: shelf("sample"), ..seen("practice", 1, label("Practice sales")) };
    let copied = SeenRow { shelf: shelf("s2"), ..seen("till-sales", 5, label("Till sales, newer")) };
    for row in [&seen("till-sales", 4, label("Till sales")), &copied, &sample] {
        store.put_release(row).unwrap();
    }
    assert_eq!(titles(&store.latest(None).unwrap()), ["Practice sales", "Till sales, newer"]);
    assert_eq!(titles(&store.latest(Some(&shelf("s1"))).unwrap()), ["Till sales"]);
    assert_eq!(store.release(&copied.product, None).unwrap().unwrap().release, 5);
    assert_eq!(store.find("sales", 10).unwrap().len(), 2);
    let hits = store.find_on(Some(&shelf("s1")), "sales", 10).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(), ["Till sales"]);
}

#[test]
fn what_left_the_shelf_is_gone_from_the_search_too() {
    let (_home, store) = store();
    for id in ["one", "two", "three"] {
        store.put_release(&seen(id, 1, label("Till"))).unwrap();
        store.put_release(&SeenRow { shelf: shelf("s2"), ..seen(id, 1, label("Till")) }).unwrap();
    }
    store.retain(&shelf("s1"), &[product("two"), product("never-seen")]).unwrap();
    assert_eq!(store.latest(Some(&shelf("s1"))).unwrap().len(), 1);
    assert_eq!(store.latest(Some(&shelf("s2"))).unwrap().len(), 3);
    store.remove_product(&shelf("s1"), &product("two")).unwrap();
    store.remove_product(&shelf("s1"), &product("two")).unwrap();
    assert!(store.find_on(Some(&shelf("s1")), "till", 10).unwrap().is_empty());
    store.retain(&shelf("s2"), &[]).unwrap();
    assert!(store.find("till", 10).unwrap().is_empty() && store.releases(&product("two")).unwrap().is_empty());
}

#[test]
fn columns_are_found_by_id_and_by_name_however_it_is_written() {
    let (_home, store) = store();
    let with = |title: &str, meaning: &str| Label {
        columns: vec![column("day", "Day", ""), column("artikel_nr", "Artikel-Nr.", meaning)],
        ..label(title)
    };
    store.put_release(&seen("a", 1, with("A", ""))).unwrap();
    store.put_release(&seen("b", 1, with("B", "as on the price list"))).unwrap();
    store.put_release(&SeenRow { shelf: shelf("s2"), ..seen("c", 1, with("C", "")) }).unwrap();
    for typed in ["artikel_nr", "Artikel-Nr.", "ARTIKEL NR", "artikel nr"] {
        let hits = store.find_columns(typed, 10).unwrap();
        let titles: Vec<&str> = hits.iter().map(|hit| hit.title.as_str()).collect();
        assert_eq!(titles, ["B", "A", "C"], "{typed}");
        assert_eq!(hits[0].column, column("artikel_nr", "Artikel-Nr.", "as on the price list"));
    }
    assert_eq!(store.find_columns("artikel_nr", 1).unwrap().len(), 1);
    assert_eq!(store.find_columns_on(Some(&shelf("s2")), "artikel_nr", 9).unwrap().len(), 1);
    for nothing in ["artikel", "", "\"", "' OR 1=1", "%", "\0"] {
        assert!(store.find_columns(nothing, 10).unwrap().is_empty(), "{nothing:?}");
    }
}
