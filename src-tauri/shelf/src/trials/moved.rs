//! A shelf that is moved, copied, brought back in part or spoilt altogether is the same shelf, and what a reader knows of it
//! stays true.

use larder_model::RefusalCode;

use super::*;
use crate::{Alert, Folder, probe};

/// Brings everything below a folder to another kind of place.
fn read_all(folder: &std::path::Path, inside: &str, into: &SimPlace) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{inside}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            read_all(&entry.path(), &format!("{name}/"), into);
        } else {
            into.set(&name, &std::fs::read(entry.path()).unwrap());
        }
    }
}

// fault 20
#[test]
fn a_shelf_that_was_moved_or_renamed_is_known_by_its_id() {
    let root = tempfile::tempdir().unwrap();
    let first = root.path().join("Bakery");
    std::fs::create_dir(&first).unwrap();
    let (mut anna, mut ben) = anna_and_ben_at(&Folder::new(&first));
    anna.publish(&Folder::new(&first), "sales", "one");
    let expected = ben.look(&Folder::new(&first));
    let deeper = root.path().join("Team").join("Ours, 2026");
    std::fs::create_dir(root.path().join("Team")).unwrap();
    std::fs::rename(&first, &deeper).unwrap();
    let away = crate::look(&Folder::new(&first), &mut ben.trust, &ben.device, &|_| false, &|| false);
    assert_eq!(away.unwrap_err().code, RefusalCode::Unreachable, "an empty place is no empty shelf");
    let moved = Folder::new(&deeper);
    assert_eq!(probe(&moved).unwrap().shelf.map(|shelf| shelf.id).as_ref(), Some(ben.trust.shelf()));
    assert_eq!(ben.look(&moved), expected);
    assert_eq!(anna.publish(&moved, "sales", "two").n, 2, "and it goes on there");
    assert_eq!(content(&moved, &ben.seen(&moved, "sales")).unwrap(), "two");
}

// fault 83
#[test]
fn a_shelf_copied_to_another_kind_of_place_in_any_order_loses_and_invents_nothing() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::new(root.path());
    let (mut anna, mut ben) = anna_and_ben_at(&folder);
    for i in 0..3 {
        anna.publish(&folder, "sales", &format!("{i}"));
        ben.publish(&folder, "stock", &format!("{i}"));
    }
    let expected = ben.look(&folder);
    let whole = SimPlace::new();
    read_all(root.path(), "", &whole);
    let (files, knew) = (whole.files(), ben.trust.clone());
    for seed in 0..60 {
        let (mut dice, mut left) = (Dice::new(seed), files.clone().into_iter().collect::<Vec<_>>());
        let place = SimPlace::new();
        ben.trust = knew.clone();
        while !left.is_empty() {
            let (name, bytes) = left.swap_remove(dice.roll(left.len()));
            place.set(&name, &bytes);
            if left.len() % 5 > 0 && !left.is_empty() {
                continue;
            }
            match crate::look(&place, &mut ben.trust, &ben.device, &|_| false, &|| false) {
                Ok(view) => {
                    for id in ["sales", "stock"] {
                        assert_eq!(view.product(&product(id)).unwrap().release, 3, "{seed}: {id}");
                    }
                }
                Err(refusal) => assert_eq!(refusal.code, RefusalCode::Unreachable, "{seed}"),
            }
            assert_eq!(ben.trust.floors, knew.floors, "{seed}: floors are kept");
        }
        let view = ben.look(&place);
        assert_eq!(
            (&view.products, &view.alerts, &view.people),
            (&expected.products, &expected.alerts, &expected.people)
        );
        let fresh = Desk::stranger(ben.trust.shelf(), 43).look(&place);
        assert_eq!(fresh.products, expected.products, "{seed}");
    }
    // And it can be written to at once.
    assert_eq!(anna.publish(&whole, "sales", "on").n, 4);
    assert_eq!(content(&whole, &ben.seen(&whole, "sales")).unwrap(), "on");
}

// fault 23
#[test]
fn files_that_a_returning_laptop_brings_back_move_nothing() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "0");
    let old = place.files();
    for i in 1..14 {
        anna.publish(&place, "sales", &format!("{i}"));
    }
    let expected = ben.look(&place);
    // Nothing names the first release any more: it is gone, and comes back.
    let now = place.files();
    let unnamed = old.iter().filter(|(name, _)| name.contains("/r/") || name.contains("/b/") || name.contains("/h/"));
    let unnamed: Vec<_> = unnamed.collect();
    assert!(unnamed.len() > 3);
    unnamed.iter().filter(|(name, _)| !name.contains("/h/00000001")).for_each(|(name, _)| place.unset(name));
    assert_eq!(ben.look(&place), expected);
    unnamed.iter().for_each(|(name, bytes)| place.set(name, bytes));
    assert_eq!(place.files(), now);
    assert_eq!(ben.look(&place), expected);
    assert_eq!(anna.publish(&place, "sales", "next").n, 15);
}

// faults 78, 79
#[test]
fn a_shelf_that_is_encrypted_or_renamed_throughout_takes_nothing_and_heals() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    ben.look(&place);
    let (files, knew) = (place.files(), ben.trust.accepted(&product("sales")));
    let spoilt =
        |name: &str, bytes: &[u8]| (format!("{name}.locked"), bytes.iter().map(|b| b ^ 0x5a).collect::<Vec<u8>>());
    for renamed in [true, false] {
        let all = files.iter().map(|(name, bytes)| {
            let (locked, junk) = spoilt(name, bytes);
            if renamed { (locked, junk) } else { (name.clone(), junk) }
        });
        place.set_files(all.collect());
        let view = ben.look(&place);
        assert!(view.alerts.contains(&Alert::FoundingMissing), "{:?}", view.alerts);
        let back = |alert: &&Alert| matches!(alert, Alert::WentBackwards { .. });
        assert_eq!(view.alerts.iter().filter(back).count(), 2, "both devices: {:?}", view.alerts);
        let seen = view.product(&product("sales")).unwrap();
        assert!(seen.state != SeenState::Ready && content(&place, seen).is_err(), "{:?}", seen.state);
        assert_eq!(ben.trust.accepted(&product("sales")), knew, "nothing goes back");
        place.set_files(files.clone());
        let healed = ben.look(&place);
        assert_eq!((state(&healed, "sales"), healed.alerts), (Some(SeenState::Ready), Vec::new()));
    }
    assert_eq!(anna.publish(&place, "sales", "two").n, 2);
}
