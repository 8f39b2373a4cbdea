//! What people do on a good day, and on a slightly confused one.

use larder_model::{PersonId, RefusalCode};

use super::*;
use crate::{Alert, Folder, Retirement, next_release, note_seen, probe, retire};

#[test]
fn from_an_empty_folder_to_a_colleagues_screen() {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    let before = probe(&place).unwrap();
    assert!(
        before.can_read && before.can_write && before.shelf.is_none() && !before.nested && !before.too_new,
        "{before:?}"
    );
    assert!(before.space_free_bytes.is_some());
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0, "trying out leaves nothing");

    let mut anna = Desk::founder(&place);
    assert!(root.path().join("READ ME - this is a Larder shelf.txt").exists());
    let published = anna.publish(&place, "sales", "monday");
    assert_eq!(published.n, 1);

    let found = probe(&place).unwrap().shelf.unwrap();
    assert_eq!((found.name.as_str(), found.products, found.people, &found.id), ("Bakery", 1, 1, anna.trust.shelf()));

    let mut ben = Desk::joiner(&place, "Ben", 2);
    let view = ben.look(&place);
    assert_eq!(view.name, "Bakery");
    assert_eq!(view.founder_words, anna.device.words());
    assert_eq!(state(&view, "sales"), Some(SeenState::Ready));
    let seen = view.product(&product("sales")).unwrap();
    assert_eq!(content(&place, seen).unwrap(), "monday");
    assert_eq!((seen.hash.clone(), seen.release, seen.rows, seen.title.as_str()), (published.hash, 1, 3, "sales"));
    assert_eq!(seen.keeper_person.as_ref().unwrap().name, "Anna");
    assert!(seen.confirmed);
    assert_eq!(view.alerts, []);

    let me = view.me().unwrap();
    assert!(!me.confirmed && !me.steward && me.words == ben.device.words());
    let view = anna.look(&place);
    let asks = view.people.iter().find(|m| !m.confirmed).unwrap();
    assert_eq!((asks.person.name.as_str(), &asks.words), ("Ben", &ben.device.words()));
    anna.confirm(&place, &ben);
    assert!(ben.look(&place).me().unwrap().confirmed);
    assert!(anna.look(&place).me().unwrap().steward);
    assert_eq!(probe(&place).unwrap().shelf.unwrap().people, 2);
}

#[test]
fn the_next_release_takes_the_place_of_the_one_before() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    for (i, content_now) in ["one", "two", "three"].into_iter().enumerate() {
        let view = anna.look(&place);
        assert_eq!(next_release(&view, &product("sales")), i as u64 + 1);
        anna.publish(&place, "sales", content_now);
    }
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.release, seen.state.clone()), (3, SeenState::Ready));
    assert_eq!(seen.earlier.iter().map(|e| (e.release, e.live)).collect::<Vec<_>>(), [(2, true), (1, true)]);
    let files = crate::release_files(&place, &mut ben.trust, &seen.earlier[1].hash, &[seen.writer]).unwrap();
    let table = files.iter().find(|f| f.name == "table.parquet").unwrap();
    assert_eq!(fetch_small(&place, table, &[anna.device.writer()], 100).unwrap(), b"one");
}

#[test]
fn only_the_last_ten_releases_are_kept_in_the_head() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    for i in 1..=13 {
        assert_eq!(anna.publish(&place, "sales", &format!("v{i}")).n, i);
    }
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.release, seen.earlier.len()), (13, 9));
}

#[test]
fn publishing_the_same_again_is_the_same_release() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    let first = anna.publish(&place, "sales", "one");
    let files = place.files();
    assert_eq!(anna.publish(&place, "sales", "one"), first);
    assert_eq!(place.files(), files);
    // Even by a device that has lost its memory.
    anna.trust = Trust::new(anna.trust.shelf().clone());
    assert_eq!(anna.publish(&place, "sales", "one"), first);
    assert_eq!(anna.publish(&place, "sales", "two").n, 2);
}

// fault 31
#[test]
fn two_at_once_become_two_versions_and_the_next_release_brings_them_together() {
    let (at_anna, at_ben) = (SimPlace::new(), SimPlace::new());
    let (mut anna, mut ben) = anna_and_ben(&at_anna);
    anna.publish(&at_anna, "stock", "base");
    at_ben.set_files(at_anna.files());
    let one = anna.publish(&at_anna, "stock", "from anna");
    let two = ben.publish(&at_ben, "stock", "from ben");
    assert_eq!((one.n, two.n), (2, 2));
    let mut both = at_anna.files();
    both.extend(at_ben.files());
    at_anna.set_files(both);
    for desk in [&mut anna, &mut ben] {
        let seen = desk.seen(&at_anna, "stock");
        assert_eq!(seen.state, SeenState::TwoVersions);
        let larger = one.hash.clone().max(two.hash.clone());
        assert_eq!(seen.hash, larger, "the same one for everybody");
        assert_eq!(seen.other_versions.len(), 1);
        assert_eq!(seen.earlier.len(), 1, "the base is before both");
    }
    assert_eq!(ben.publish(&at_anna, "stock", "together").n, 3);
    let seen = anna.seen(&at_anna, "stock");
    assert_eq!((seen.release, seen.state.clone(), seen.other_versions.len()), (3, SeenState::Ready, 0));
    assert_eq!(content(&at_anna, &seen).unwrap(), "together");
}

#[test]
fn a_retired_product_says_why_and_may_come_back() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let (id, next) = (product("sales"), product("till-sales"));
    let retirement = Retirement {
        product: &id,
        title: "sales",
        reason: "Moved\u{202e} to the till",
        successor: Some(&next),
        keep_until: None,
    };
    assert_eq!(retire(&place, &anna.device, &mut anna.trust, &retirement, NOW).unwrap_err().code, RefusalCode::Unknown);
    anna.publish(&place, "sales", "one");
    let gone = retire(&place, &anna.device, &mut anna.trust, &retirement, NOW).unwrap();
    assert_eq!(retire(&place, &anna.device, &mut anna.trust, &retirement, NOW).unwrap(), gone, "once is enough");
    let seen = ben.seen(&place, "sales");
    assert_eq!(
        (seen.state.clone(), seen.release, seen.reason.as_deref(), seen.successor),
        (SeenState::Retired, 2, Some("Moved to the till"), Some(next.clone()))
    );
    assert_eq!(probe(&place).unwrap().shelf.unwrap().products, 0);
    anna.publish(&place, "sales", "back again");
    assert_eq!(ben.seen(&place, "sales").state, SeenState::Ready);
}

#[test]
fn others_learn_who_has_it_and_then_everyone_falls_silent() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    assert_eq!(anna.seen(&place, "sales").seen_by, []);
    let view = ben.look(&place);
    assert!(note_seen(&place, &ben.device, &mut ben.trust, &view, "2026-03-03T09:20:00+01:00").unwrap());
    let seen = anna.seen(&place, "sales");
    assert_eq!(seen.seen_by, [PersonId::parse("ben").unwrap()]);
    assert_eq!(seen.seen_at[&PersonId::parse("ben").unwrap()], "2026-03-03T09:20:00+01:00");
    let view = anna.look(&place);
    let member = view.people.iter().find(|m| m.person.name == "Ben").unwrap();
    assert_eq!(member.seen_at.as_deref(), Some("2026-03-03T09:20:00+01:00"));
    // Looking at each other's looking is no news.
    let mut heads = 0;
    for _ in 0..10 {
        for desk in [&mut anna, &mut ben] {
            let view = desk.look(&place);
            heads += u32::from(note_seen(&place, &desk.device, &mut desk.trust, &view, NOW).unwrap());
        }
    }
    assert!(heads <= 1, "{heads}");
    anna.publish(&place, "sales", "two");
    assert_eq!(anna.seen(&place, "sales").seen_by, [], "of the new one, nobody has said so");
}

#[test]
fn who_is_not_confirmed_is_shown_apart_and_moves_nothing() {
    let place = SimPlace::new();
    let mut anna = Desk::founder(&place);
    anna.publish(&place, "sales", "true figures");
    let mut mallory = Desk::joiner(&place, "Mallory", 9);
    mallory.publish(&place, "sales", "false figures");
    mallory.publish(&place, "other", "whatever");
    for _ in 0..2 {
        let view = anna.look(&place);
        let seen = view.product(&product("sales")).unwrap();
        assert_eq!((content(&place, seen).unwrap().as_str(), seen.confirmed), ("true figures", true));
        let alert = Alert::UnconfirmedVersion { product: product("sales"), writer: mallory.device.writer() };
        assert!(view.alerts.contains(&alert), "{:?}", view.alerts);
        let other = view.product(&product("other")).unwrap();
        assert!(!other.confirmed && other.state == SeenState::Ready);
    }
    assert_eq!(anna.publish(&place, "sales", "next").n, 2, "a stranger's release is nobody's parent");
    anna.confirm(&place, &mallory);
    assert!(anna.look(&place).product(&product("other")).unwrap().confirmed);
}

#[test]
fn a_second_device_of_one_person_is_one_person() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let laptop = Desk::joiner(&place, "Ben", 3);
    let mut laptop = laptop;
    let view = anna.look(&place);
    assert_eq!(view.people.iter().filter(|m| m.person.name == "Ben").count(), 2, "until it is confirmed");
    ben.link(&place, &laptop);
    laptop.link(&place, &ben);
    anna.confirm(&place, &laptop);
    let view = ben.look(&place);
    let bens: Vec<_> = view.people.iter().filter(|m| m.person.name == "Ben").collect();
    assert_eq!((bens.len(), bens[0].writers.len(), bens[0].is_me), (1, 2, true));
    laptop.publish(&place, "sales", "from the laptop");
    assert_eq!(ben.publish(&place, "sales", "from the desk").n, 2);
    assert_eq!(anna.seen(&place, "sales").state, SeenState::Ready);
}

#[test]
fn only_a_steward_confirms_and_confirming_again_changes_nothing() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let cem = Desk::joiner(&place, "Cem", 4);
    ben.look(&place);
    let refusal = confirm(&place, &ben.device, &mut ben.trust, &[cem.device.writer()], NOW).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NoPermission);
    let nobody = Desk::stranger(anna.trust.shelf(), 77);
    let refusal = confirm(&place, &anna.device, &mut anna.trust, &[nobody.device.writer()], NOW).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Unknown);
    anna.confirm(&place, &cem);
    let files = place.files();
    anna.confirm(&place, &cem);
    assert_eq!(place.files(), files);
}

#[test]
fn joining_again_tells_a_new_name_or_nothing() {
    let place = SimPlace::new();
    let (mut anna, ben) = anna_and_ben(&place);
    let files = place.files();
    join(&place, &ben.device, &ben.person, &ben.person_id, "2026-04-01T00:00:00Z").unwrap();
    assert_eq!(place.files(), files);
    let renamed = Person { name: "Benjamin".into(), role: "runs the till".into(), ..ben.person.clone() };
    join(&place, &ben.device, &renamed, &ben.person_id, NOW).unwrap();
    let told = |view: View| view.people.into_iter().find(|m| m.person_id == ben.person_id).unwrap().person;
    let person = told(anna.look(&place));
    assert_eq!(
        (person.name.as_str(), person.role.as_str()),
        ("Ben", "runs the till"),
        "the name is the one that was confirmed"
    );
    anna.confirm(&place, &ben);
    assert_eq!(told(anna.look(&place)).name, "Benjamin");
}

// fault 21
#[test]
fn a_shelf_is_never_put_inside_or_onto_another() {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    let anna = Desk::founder(&place);
    let other = Device::create([5; 32]);
    let code = |place: &dyn Place| start(place, &other, "Mine", &anna.person, &anna.person_id, NOW).unwrap_err().code;
    assert_eq!(code(&place), RefusalCode::ShelfInShelf);
    let inside = root.path().join("team").join("deep");
    std::fs::create_dir_all(&inside).unwrap();
    assert_eq!(code(&Folder::new(&inside)), RefusalCode::ShelfInShelf);
    assert!(probe(&Folder::new(&inside)).unwrap().nested);
    assert_eq!(code(&Folder::new(&root.path().join("larder-data"))), RefusalCode::ShelfInShelf);
    let outer = tempfile::tempdir().unwrap();
    let child = outer.path().join("bakery");
    std::fs::create_dir(&child).unwrap();
    Desk::founder(&Folder::new(&child));
    assert_eq!(code(&Folder::new(outer.path())), RefusalCode::ShelfInShelf);
    assert!(probe(&Folder::new(outer.path())).unwrap().nested);
}

// fault 49
#[test]
fn two_founding_records_in_one_folder_are_told_and_neither_is_joined() {
    let (one, two) = (SimPlace::new(), SimPlace::new());
    let mut anna = Desk::founder(&one);
    anna.publish(&one, "sales", "x");
    let other = Device::create([5; 32]);
    start(&two, &other, "Planted", &anna.person, &anna.person_id, NOW).unwrap();
    let mut both = one.files();
    both.extend(two.files());
    one.set_files(both);
    assert!(probe(&one).unwrap().nested);
    let refusal = join(&one, &Device::create([6; 32]), &anna.person, &anna.person_id, NOW).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ShelfInShelf);
    let view = anna.look(&one);
    assert!(view.alerts.iter().any(|a| matches!(a, Alert::TwoShelves { .. })));
    assert_eq!((state(&view, "sales"), view.people.len()), (Some(SeenState::Ready), 1), "who knows theirs goes on");
}

// fault 9
#[test]
fn nothing_that_readers_would_refuse_is_published() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    let id = product("sales");
    let files = place.files();
    let mut refused = |files: Vec<PublishFile>, title: &str| {
        let publication =
            Publication { product: &id, title, rows: 0, files, about: serde_json::Value::Null, seal: None };
        publish(&place, &anna.device, &mut anna.trust, &publication, NOW, &|_| true).unwrap_err().code
    };
    let desk = Desk::stranger(&ShelfId::parse("x").unwrap(), 1);
    assert_eq!(refused(vec![], "t"), RefusalCode::Invalid);
    for name in ["../x", "CON", "a\\b", "x.", "", "/x", "C:x"] {
        assert_eq!(refused(vec![desk.file(name, b"x")], "t"), RefusalCode::Invalid, "{name}");
    }
    assert_eq!(refused(vec![desk.file("a", b"x"), desk.file("A", b"y")], "t"), RefusalCode::Invalid);
    assert_eq!(refused(vec![desk.file("a", b"x")], &"t".repeat(301)), RefusalCode::Invalid);
    let one = desk.file("a", b"x");
    let many = (0..10_001).map(|i| PublishFile { name: format!("{i}"), ..one.clone() }).collect();
    assert_eq!(refused(many, "t"), RefusalCode::TooLarge);
    assert_eq!(place.files(), files);
}

// fault 9
#[test]
fn an_empty_file_and_a_file_of_several_parts_arrive_whole() {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    let mut anna = Desk::founder(&place);
    let size = usize::try_from(crate::PART_BYTES).unwrap() + 5;
    let big: Vec<u8> = (0..size).map(|i| (i / 1000) as u8).collect();
    let files = vec![anna.file("empty.csv", b""), anna.file("data/big.bin", &big)];
    let id = product("big");
    let publication =
        Publication { product: &id, title: "Big", rows: 0, files, about: serde_json::Value::Null, seal: None };
    let told = std::cell::RefCell::new(Vec::new());
    let step = |step| {
        told.borrow_mut().push(step);
        true
    };
    publish(&place, &anna.device, &mut anna.trust, &publication, NOW, &step).unwrap();
    use crate::PublishStep::{Copied, Copying, HeadWritten, Saved};
    let told = told.into_inner();
    assert_eq!((told[0], told[told.len() - 2], told[told.len() - 1]), (Saved, Copied, HeadWritten));
    assert!(told.iter().filter(|s| matches!(s, Copying { .. })).count() > 10);
    assert!(told.contains(&Copying { bytes: big.len() as u64, of: big.len() as u64 }));

    let seen = anna.seen(&place, "big");
    assert_eq!(seen.state, SeenState::Ready);
    let into = anna.home.path().join("fetched");
    let progress = std::cell::Cell::new(0);
    let what = crate::Fetch {
        file: &seen.files[1],
        holders: std::slice::from_ref(&seen.writer),
        here: &|_| None,
        progress: &|bytes| progress.set(bytes),
        cancelled: &|| false,
    };
    crate::fetch(&place, &what, &into).unwrap();
    assert_eq!(progress.get(), big.len() as u64);
    assert!(std::fs::read(&into).unwrap() == big);
    assert_eq!(fetch_small(&place, &seen.files[0], std::slice::from_ref(&seen.writer), 0).unwrap(), b"");
    let what = crate::Fetch { cancelled: &|| true, ..what };
    let stopped = crate::fetch(&place, &what, &anna.home.path().join("stopped"));
    assert_eq!(stopped.unwrap_err().code, RefusalCode::Cancelled);
    assert!(!anna.home.path().join("stopped").exists());
}

// fault 10
#[test]
fn a_file_that_changes_while_it_is_published_asks_to_try_again() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    let file = anna.file("a.csv", b"before");
    let path = file.path.clone();
    let id = product("sales");
    let publication = Publication {
        product: &id,
        title: "t",
        rows: 0,
        files: vec![file],
        about: serde_json::Value::Null,
        seal: None,
    };
    let change = |step| {
        if step == crate::PublishStep::Saved {
            std::fs::write(&path, b"after!").unwrap();
        }
        true
    };
    let refusal = publish(&place, &anna.device, &mut anna.trust, &publication, NOW, &change).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Busy);
    assert_eq!(state(&anna.look(&place), "sales"), None);
    assert!(!place.files().values().any(|bytes| bytes == b"after!"), "nothing has the name of what it is not");
}

#[test]
fn a_person_may_stop_before_the_head_at_any_step() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    let id = product("sales");
    let files = vec![anna.file("a.csv", b"one"), anna.file("b.csv", b"two")];
    let publication =
        Publication { product: &id, title: "t", rows: 0, files, about: serde_json::Value::Null, seal: None };
    for steps in 0.. {
        let left = std::cell::Cell::new(steps);
        let step = |_| {
            left.set(left.get() - 1);
            left.get() >= 0
        };
        match publish(&place, &anna.device, &mut anna.trust, &publication, NOW, &step) {
            Ok(published) => {
                assert!(steps >= 4 && published.n == 1, "{steps}");
                break;
            }
            Err(refusal) => assert_eq!(refusal.code, RefusalCode::Cancelled),
        }
        assert_eq!(state(&anna.look(&place), "sales"), None, "step {steps}");
    }
}

#[test]
fn a_full_shelf_is_told_before_anything_is_copied() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    place.set_space_free_bytes(Some(10));
    let files = place.files();
    let refusal = anna.try_publish(&place, "sales", "more than ten bytes").unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NoSpace);
    assert_eq!(place.files(), files);
}
