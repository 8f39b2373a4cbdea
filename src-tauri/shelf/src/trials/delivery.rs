//! What arrives when: any order, any subset, any damage that a sync client or a disk can do.

use std::collections::BTreeMap;

use larder_model::RefusalCode;

use super::*;
use crate::{Alert, DoctorCode, doctor, fetch_small};

type Files = BTreeMap<String, Vec<u8>>;

/// A shelf before one publication, and the files that it added.
fn one_publication() -> (Files, Vec<(String, Vec<u8>)>, Desk, Desk) {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "old");
    let before = place.files();
    anna.publish(&place, "sales", "new");
    let added: Vec<_> = place.files().into_iter().filter(|(name, _)| !before.contains_key(name)).collect();
    (before, added, anna, ben)
}

// fault 15
#[test]
fn every_subset_of_a_publication_shows_the_old_until_all_of_it_is_there() {
    let (before, added, _, ben) = one_publication();
    assert!((4..=7).contains(&added.len()), "{}", added.len());
    for subset in 0..1_u32 << added.len() {
        let mut files = before.clone();
        files.extend(added.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|(_, f)| f.clone()));
        let place = SimPlace::new();
        place.set_files(files);
        let mut fresh = Desk::stranger(ben.trust.shelf(), 50);
        let seen = fresh.seen(&place, "sales");
        let whole = subset + 1 == 1 << added.len();
        assert_eq!(content(&place, &seen).unwrap(), if whole { "new" } else { "old" }, "{subset:b}");
        let head = added.iter().position(|(name, _)| name.contains("/h/")).unwrap();
        match seen.state {
            SeenState::Ready => assert!(whole || subset >> head & 1 == 0, "{subset:b}"),
            SeenState::ReadyNewerArriving { have, need } => assert!(have < need && !whole, "{subset:b}"),
            other => panic!("{other:?} {subset:b}"),
        }
    }
}

// fault 15
#[test]
fn every_order_of_delivery_goes_from_old_to_new_once() {
    let (before, added, _, ben) = one_publication();
    let mut orders = 0;
    permute(added.len(), &mut |order| {
        orders += 1;
        if orders % 7 != 0 {
            return;
        }
        let place = SimPlace::new();
        place.set_files(before.clone());
        let mut reader = Desk::stranger(ben.trust.shelf(), 50);
        assert_eq!(reader.seen(&place, "sales").release, 1);
        for (i, at) in order.iter().enumerate() {
            let (name, bytes) = &added[*at];
            place.set(name, bytes);
            let release = reader.seen(&place, "sales").release;
            assert_eq!(release, if i + 1 == order.len() { 2 } else { 1 });
        }
    });
    assert!(orders >= 120);
}

fn permute(n: usize, each: &mut dyn FnMut(&[usize])) {
    fn go(rest: &mut Vec<usize>, order: &mut Vec<usize>, each: &mut dyn FnMut(&[usize])) {
        if rest.is_empty() {
            each(order);
        }
        for i in 0..rest.len() {
            let at = rest.remove(i);
            order.push(at);
            go(rest, order, each);
            order.pop();
            rest.insert(i, at);
        }
    }
    go(&mut (0..n).collect(), &mut Vec::new(), each);
}

// fault 16
#[test]
fn a_new_colleague_sees_the_release_before_while_the_new_one_is_on_its_way() {
    let (before, added, anna, _) = one_publication();
    let place = SimPlace::new();
    place.set_files(before);
    for (name, bytes) in added.iter().filter(|(name, _)| name.contains("/h/") || name.contains("/r/")) {
        place.set(name, bytes);
    }
    let mut fresh = Desk::stranger(anna.trust.shelf(), 51);
    let seen = fresh.seen(&place, "sales");
    assert!(matches!(seen.state, SeenState::ReadyNewerArriving { .. }), "{:?}", seen.state);
    assert_eq!(content(&place, &seen).unwrap(), "old");
}

// fault 17
#[test]
fn every_file_truncated_at_every_byte_is_arriving_and_never_wrong() {
    let (before, added, _, ben) = one_publication();
    for (name, bytes) in &added {
        let place = SimPlace::new();
        let mut files = before.clone();
        files.extend(added.iter().cloned());
        for cut in 0..bytes.len() {
            files.insert(name.clone(), bytes[..cut].to_vec());
            place.set_files(files.clone());
            let mut reader = Desk::stranger(ben.trust.shelf(), 52);
            let seen = reader.seen(&place, "sales");
            assert_eq!((seen.release, content(&place, &seen).unwrap().as_str()), (1, "old"), "{name} cut at {cut}");
        }
    }
}

// fault 17
#[test]
fn a_flipped_bit_anywhere_is_never_opened() {
    let (before, added, _, ben) = one_publication();
    let mut damaged = 0;
    for (name, bytes) in &added {
        for at in (0..bytes.len()).step_by(3) {
            let place = SimPlace::new();
            let mut files = before.clone();
            files.extend(added.iter().cloned());
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            files.insert(name.clone(), flipped);
            place.set_files(files);
            let mut reader = Desk::stranger(ben.trust.shelf(), 53);
            let seen = reader.seen(&place, "sales");
            for file in &seen.files {
                match fetch_small(&place, file, std::slice::from_ref(&seen.writer), 1 << 20) {
                    Ok(bytes) => assert_eq!(crate::envelope::sha256(&bytes), file.sha256),
                    Err(refusal) => {
                        assert_eq!(refusal.code, RefusalCode::Damaged);
                        damaged += 1;
                        reader.trust.note_damaged(&refusal);
                        assert_eq!(reader.seen(&place, "sales").state, SeenState::Damaged, "{name}");
                        assert_eq!(reader.seen(&place, "sales").earlier.len(), 1, "the one before can still be had");
                        // Sent again: it heals by itself.
                        place.set(name, bytes);
                        assert_eq!(reader.seen(&place, "sales").state, SeenState::Ready);
                    }
                }
            }
        }
    }
    assert!(damaged > 0);
}

// fault 17
#[test]
fn a_part_of_zeros_is_damaged_after_it_was_read_and_publishing_again_mends_it() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "figures");
    let (name, _) = place.files().into_iter().find(|(_, bytes)| bytes == b"figures").unwrap();
    place.set(&name, &[0; 7]);
    let seen = ben.seen(&place, "sales");
    assert_eq!(seen.state, SeenState::Ready, "the size is right, and nothing was read yet");
    let refusal = content(&place, &seen).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Damaged);
    ben.trust.note_damaged(&refusal);
    assert_eq!(ben.seen(&place, "sales").state, SeenState::Damaged);
    let kept: Trust = serde_json::from_str(&serde_json::to_string(&ben.trust).unwrap()).unwrap();
    ben.trust = kept;
    assert_eq!(ben.seen(&place, "sales").state, SeenState::Damaged, "after a restart too");
    let notes = doctor(&place, &mut anna.trust, &anna.device, &|| false).unwrap();
    assert!(notes.iter().any(|n| n.code == DoctorCode::PartsDamaged), "{notes:?}");
    anna.publish(&place, "sales", "figures");
    assert_eq!(content(&place, &ben.seen(&place, "sales")).unwrap(), "figures");
    // A colleague who has the part may put it into their own folder instead.
    place.set(&name, &[0; 7]);
    ben.trust.note_damaged(&refusal);
    let hash = name.rsplit('/').next().unwrap();
    place.set(&crate::names::blob(ben.device.writer().as_str(), hash), b"figures");
    assert_eq!(content(&place, &ben.seen(&place, "sales")).unwrap(), "figures");
}

#[test]
fn a_part_that_stays_too_short_is_damaged_in_the_end() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "figures");
    let (name, _) = place.files().into_iter().find(|(_, bytes)| bytes == b"figures").unwrap();
    place.set(&name, b"fig");
    for _ in 0..2 {
        assert!(
            matches!(ben.seen(&place, "sales").state, SeenState::Arriving { have: 3, need: 4 }),
            "{:?}",
            ben.seen(&place, "sales").state
        );
        place.set(&name, b"figu");
    }
    for _ in 0..3 {
        ben.look(&place);
    }
    assert_eq!(ben.seen(&place, "sales").state, SeenState::Damaged);
}

#[test]
fn what_is_in_the_cache_already_need_not_be_on_the_place() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "figures");
    let known: Vec<String> = ben.seen(&place, "sales").files.iter().map(|f| f.sha256.clone()).collect();
    for (name, _) in place.files().into_iter().filter(|(_, bytes)| bytes.ends_with(b"figures")) {
        place.unset(&name);
    }
    assert!(matches!(ben.seen(&place, "sales").state, SeenState::Arriving { .. }));
    let view = look(&place, &mut ben.trust, &ben.device, &|hash| known.iter().any(|k| k == hash), &|| false).unwrap();
    assert_eq!(state(&view, "sales"), Some(SeenState::Ready));
}

// fault 18
#[test]
fn conflict_copies_of_anything_change_nothing() {
    let (before, added, _, mut ben) = one_publication();
    let mut files = before;
    files.extend(added);
    let clean = SimPlace::new();
    clean.set_files(files.clone());
    let view = Desk::stranger(ben.trust.shelf(), 54).look(&clean);
    for ending in [
        " (Anna's conflicted copy 2026-03-03)",
        "-DESKTOP-1234",
        " (1)",
        ".sync-conflict-20260303-074000-ABCDEFG",
        " 2",
        " (conflict 1)",
    ] {
        // Doubled, then renamed: the name is a hint.
        for keep_original in [true, false] {
            let mut copied = BTreeMap::new();
            for (name, bytes) in &files {
                if keep_original || name.contains("shelf-") {
                    copied.insert(name.clone(), bytes.clone());
                }
                let (stem, tail) =
                    name.rsplit_once('.').map_or((name.as_str(), String::new()), |(s, t)| (s, format!(".{t}")));
                copied.insert(format!("{stem}{ending}{tail}"), bytes.clone());
            }
            let place = SimPlace::new();
            place.set_files(copied);
            let seen = Desk::stranger(ben.trust.shelf(), 54).look(&place);
            assert_eq!(seen, view, "{ending} {keep_original}");
            assert_eq!(content(&place, &seen.products[0]).unwrap(), "new");
            let notes = doctor(&place, &mut ben.trust, &ben.device, &|| false).unwrap();
            assert!(notes.iter().any(|n| n.code == DoctorCode::ConflictCopies), "{notes:?}");
        }
    }
}

// faults 19, 28
#[test]
fn a_renamed_doubled_or_upper_cased_folder_changes_nothing() {
    let (before, added, mut anna, ben) = one_publication();
    let mut files = before;
    files.extend(added);
    let clean = SimPlace::new();
    clean.set_files(files.clone());
    let view = Desk::stranger(ben.trust.shelf(), 54).look(&clean);
    let writer = anna.device.writer();
    let renames: [fn(&str, &str) -> String; 4] = [
        |name, writer| name.replace(writer, &format!("{writer} (1)")),
        |name, writer| name.replace(writer, "old laptop"),
        |name, _| name.replace("/h/", "/H/").replace("/r/", "/R (1)/"),
        |name, _| name.replace("/b/", "/b 2/").replace("/m/", "/M/"),
    ];
    for rename in renames {
        for keep in [false, true] {
            let mut renamed: BTreeMap<_, _> =
                files.iter().map(|(name, bytes)| (rename(name, writer.as_str()), bytes.clone())).collect();
            if keep {
                renamed.extend(files.clone());
            }
            let place = SimPlace::new();
            place.set_files(renamed);
            let seen = Desk::stranger(ben.trust.shelf(), 54).look(&place);
            assert_eq!(seen, view);
            assert_eq!(content(&place, &seen.products[0]).unwrap(), "new");
            // The device itself finds its heads again and goes on counting.
            anna.trust = Trust::new(anna.trust.shelf().clone());
            assert_eq!(anna.publish(&place, "sales", "newer").n, 3);
        }
    }
}

// fault 40
#[test]
fn a_folder_set_back_to_an_older_state_takes_nothing_back() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "old");
    let backup = place.files();
    anna.publish(&place, "sales", "new");
    anna.publish(&place, "stock", "x");
    ben.look(&place);
    place.set_files(backup.clone());
    for _ in 0..2 {
        let view = ben.look(&place);
        assert_eq!(state(&view, "sales"), Some(SeenState::WentBackwards));
        assert_eq!(view.product(&product("sales")).unwrap().release, 2);
        assert_eq!(state(&view, "stock"), Some(SeenState::WentBackwards), "silence is not deletion");
        assert!(view.alerts.contains(&Alert::WentBackwards { writer: anna.device.writer() }));
    }
    // The keeper publishes again, knowing what it once said: everyone sees it.
    let next = anna.publish(&place, "sales", "newest");
    assert!(next.n >= 2);
    let view = ben.look(&place);
    let seen = view.product(&product("sales")).unwrap();
    assert_eq!(content(&place, seen).unwrap(), "newest");
    assert_eq!(view.alerts, []);
}

// faults 32, 33
#[test]
fn a_device_restored_without_memory_on_a_restored_folder_is_brought_together() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let backup = place.files();
    anna.publish(&place, "stock", "two");
    ben.look(&place);
    let late = place.files();
    place.set_files(backup);
    anna.trust = Trust::new(anna.trust.shelf().clone());
    anna.publish(&place, "waste", "three");
    // Now what was lost comes back from a colleague's sync client.
    let mut all = late;
    all.extend(place.files());
    place.set_files(all);
    let view = ben.look(&place);
    assert!(view.alerts.contains(&Alert::Fork { writer: anna.device.writer() }), "{:?}", view.alerts);
    assert_eq!(view.products.len(), 3, "both heads count");
    let view = anna.look(&place);
    assert!(crate::note_seen(&place, &anna.device, &mut anna.trust, &view, NOW).unwrap());
    let mut fresh = Desk::stranger(ben.trust.shelf(), 60);
    let view = fresh.look(&place);
    assert_eq!((view.products.len(), view.alerts.len()), (3, 0), "{:?}", view.alerts);
}

// fault 32
#[test]
fn an_own_head_that_comes_back_behind_a_longer_line_is_brought_together() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let backup = place.files();
    anna.publish(&place, "stock", "two");
    let late = place.files();
    place.set_files(backup);
    anna.trust = Trust::new(anna.trust.shelf().clone());
    anna.publish(&place, "waste", "three");
    anna.publish(&place, "waste", "four");
    let mut all = late;
    all.extend(place.files());
    place.set_files(all);
    assert!(ben.look(&place).product(&product("stock")).is_none(), "the longer line is the one that is heard");
    let view = anna.look(&place);
    assert!(crate::note_seen(&place, &anna.device, &mut anna.trust, &view, NOW).unwrap());
    assert_eq!(ben.seen(&place, "stock").state, SeenState::Ready);
    assert!(!anna.look(&place).has_news, "once is enough");
}

#[test]
fn a_share_that_is_not_connected_is_never_an_empty_shelf() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    ben.look(&place);
    let files = place.files();
    place.set_files(BTreeMap::new());
    let refusal = look(&place, &mut ben.trust, &ben.device, &|_| false, &|| false).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Unreachable);
    assert_eq!(anna.try_publish(&place, "sales", "two").unwrap_err().code, RefusalCode::Unreachable);
    assert!(place.files().is_empty(), "nothing was put into the bare mount point");
    let mut fresh = Desk::stranger(ben.trust.shelf(), 61);
    assert_eq!(
        look(&place, &mut fresh.trust, &fresh.device, &|_| false, &|| false).unwrap_err().code,
        RefusalCode::NoShelf
    );
    // Only the founding record is lost: who pinned it goes on.
    let rest: BTreeMap<_, _> = files.into_iter().filter(|(name, _)| !name.contains("shelf-")).collect();
    place.set_files(rest);
    let view = ben.look(&place);
    assert_eq!((state(&view, "sales"), view.alerts), (Some(SeenState::Ready), vec![Alert::FoundingMissing]));
}

// faults 78, 81
#[test]
pub(super) fn a_deleted_writers_folder_deletes_no_product() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    ben.look(&place);
    let files = place.files().into_iter().filter(|(name, _)| !name.contains(anna.device.writer().as_str())).collect();
    place.set_files(files);
    for _ in 0..3 {
        assert_eq!(state(&ben.look(&place), "sales"), Some(SeenState::WentBackwards));
    }
}

// fault 41
#[test]
pub(super) fn who_held_something_back_is_noticed() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let mut cem = Desk::joiner(&place, "Cem", 3);
    anna.look(&place);
    anna.confirm(&place, &cem);
    anna.publish(&place, "sales", "one");
    cem.look(&place);
    let frozen: Vec<_> =
        place.files().into_iter().filter(|(name, _)| name.contains(anna.device.writer().as_str())).collect();
    anna.publish(&place, "sales", "two");
    let view = ben.look(&place);
    crate::note_seen(&place, &ben.device, &mut ben.trust, &view, NOW).unwrap();
    let mut files: BTreeMap<_, _> =
        place.files().into_iter().filter(|(name, _)| !name.contains(anna.device.writer().as_str())).collect();
    files.extend(frozen);
    place.set_files(files);
    let view = cem.look(&place);
    let told = view.alerts.iter().any(|a| matches!(a, Alert::SawNewer { writer, by, .. } if *writer == anna.device.writer() && *by == ben.device.writer()));
    assert!(told, "{:?}", view.alerts);
}

#[test]
fn current_is_output_and_never_moves_the_view() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    let view = ben.look(&place);
    for (name, bytes) in place.files() {
        place.set(&format!("Current/{}", name.replace('/', "_")), &bytes);
        place.set(&format!("Current/{name}"), b"junk");
    }
    place.set("Current/larder-data/shelf-0000000000000000.rec", b"{}");
    assert_eq!(ben.look(&place), view);
    let without: BTreeMap<_, _> = place.files().into_iter().filter(|(name, _)| !name.starts_with("Current")).collect();
    place.set_files(without);
    assert_eq!(ben.look(&place), view);
}
