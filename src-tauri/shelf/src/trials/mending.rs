//! What was deleted, renamed or spoilt on a shelf comes back from what its devices kept.

use std::collections::BTreeMap;

use super::*;
use crate::names;
use crate::{Archive, Lost, MendCode, Mending, Repair, diagnose, keeping, repair};

/// A desk that keeps what passes through its hands.
struct Keeper {
    desk: Desk,
    tables: BTreeMap<String, PathBuf>,
}

impl Keeper {
    fn new(desk: Desk) -> Keeper {
        Keeper { desk, tables: BTreeMap::new() }
    }

    fn archive(&self) -> Archive {
        Archive::at(&self.desk.home.path().join("kept"))
    }

    fn place(&self, place: &SimPlace) -> Box<dyn Place> {
        keeping(Box::new(place.clone()), self.archive(), self.desk.device.writer())
    }

    fn look(&mut self, place: &SimPlace) -> View {
        let place = self.place(place);
        // Read anew, as after a start.
        self.desk.trust.memo = Default::default();
        self.desk.look(&*place)
    }

    fn publish(&mut self, place: &SimPlace, id: &str, content: &str) -> Published {
        let place = self.place(place);
        self.desk.publish(&*place, id, content)
    }

    fn with<T>(&mut self, asked: bool, run: impl FnOnce(&mut Desk, &Mending) -> T) -> T {
        let (archive, tables) = (self.archive(), self.tables.clone());
        let how = Mending {
            archive: &archive,
            here: &|sha256| tables.get(sha256).cloned(),
            thorough: true,
            asked,
            progress: &|_| {},
            cancelled: &|| false,
        };
        run(&mut self.desk, &how)
    }

    fn diagnose(&mut self, place: &SimPlace) -> Repair {
        let place = self.place(place);
        self.with(false, |desk, how| diagnose(&*place, &mut desk.trust, &desk.device, how).unwrap())
    }

    fn mend(&mut self, place: &SimPlace, asked: bool) -> Repair {
        let own = names::writer(self.desk.device.writer().as_str());
        let written = place.written().len();
        let kept = self.place(place);
        let told = self.with(asked, |desk, how| repair(&*kept, &mut desk.trust, &desk.device, how).unwrap());
        for (name, _) in &place.written()[written..] {
            let allowed = name.starts_with(&own) || name.starts_with("larder-data/shelf-") || name == names::READ_ME;
            assert!(allowed, "I6: {name}");
        }
        told
    }
}

/// Anna and Ben with three products, all of which both have seen.
fn office(place: &SimPlace) -> (Keeper, Keeper) {
    let (anna, ben) = anna_and_ben(place);
    let (mut anna, mut ben) = (Keeper::new(anna), Keeper::new(ben));
    anna.publish(place, "sales", "one");
    anna.publish(place, "sales", "two");
    ben.look(place);
    ben.publish(place, "stock", "shelves");
    anna.look(place);
    ben.look(place);
    // A first look for what is missing keeps what was read before there was anywhere to keep it.
    anna.diagnose(place);
    ben.diagnose(place);
    (anna, ben)
}

fn fresh(place: &SimPlace, keeper: &Keeper) -> View {
    Desk::stranger(keeper.desk.trust.shelf(), 99).look(place)
}

fn told(view: &View) -> Vec<(String, u64, SeenState, String)> {
    view.products.iter().map(|s| (s.product.to_string(), s.release, s.state.clone(), s.hash.to_string())).collect()
}

#[test]
fn nothing_is_missing_on_a_sound_shelf_and_nothing_is_written() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = office(&place);
    let files = place.files();
    for keeper in [&mut anna, &mut ben] {
        assert_eq!(keeper.diagnose(&place), Repair::default());
        assert_eq!(keeper.mend(&place, true), Repair::default());
    }
    assert_eq!(place.files(), files);
}

// fault 78
#[test]
fn a_shelf_of_which_everything_was_deleted_comes_back_from_its_devices() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = office(&place);
    let before = (told(&fresh(&place, &anna)), place.files());
    place.set_files(BTreeMap::new());
    let found = anna.mend(&place, false);
    assert!(found.much && found.mended == 0 && place.files().is_empty(), "not before somebody says so: {found:?}");
    let mended = anna.mend(&place, true);
    assert_eq!(mended.mended, mended.count());
    assert!(ben.mend(&place, true).mended > 0);
    anna.mend(&place, true);
    let view = fresh(&place, &anna);
    assert_eq!(told(&view), before.0);
    assert_eq!(view.alerts, []);
    assert_eq!(view.people.iter().filter(|m| m.confirmed).count(), 2);
    for id in ["sales", "stock"] {
        content(&place, view.product(&product(id)).unwrap()).unwrap();
    }
    let now: std::collections::BTreeSet<Vec<u8>> = place.files().into_values().collect();
    for (name, bytes) in before.1.iter().filter(|(name, _)| !name.contains("/h/")) {
        assert!(now.contains(bytes), "{name}");
    }
    assert_eq!(anna.publish(&place, "sales", "three").n, 3, "life goes on");
}

// fault 78
#[test]
fn what_one_device_cannot_bring_back_is_told_with_who_can() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = office(&place);
    // Cem has looked, but has none of the contents.
    let cem = Desk::joiner(&place, "Cem", 3);
    anna.look(&place);
    anna.desk.confirm(&place, &cem);
    let mut cem = Keeper::new(cem);
    cem.desk.look(&place);
    let bens = names::writer(ben.desk.device.writer().as_str());
    for name in place.files().into_keys().filter(|name| name.starts_with(&bens) && name.contains("/b/")) {
        place.unset(&name);
    }
    let lost = cem.mend(&place, true);
    let stock = ben.desk.device.writer();
    assert_eq!((lost.mended, lost.cannot.len()), (0, 1), "{lost:?}");
    assert!(matches!(&lost.cannot[0], Lost { title, release: 1, writer, .. } if title == "stock" && *writer == stock));
    // A colleague who has it lends it, in their own folder.
    let lent = anna.mend(&place, false);
    assert_eq!(lent.can.keys().collect::<Vec<_>>(), [&MendCode::Lent]);
    assert!(lent.cannot.is_empty() && lent.mended == 3, "{lent:?}");
    let seen = cem.desk.seen(&place, "stock");
    assert_eq!(content(&place, &seen).unwrap(), "shelves");
    // Ben's own folder is whole again once Ben's Larder has looked.
    let own = ben.mend(&place, false);
    assert_eq!((own.mended, own.can.get(&MendCode::Misplaced)), (3, Some(&3)), "{own:?}");
}

// fault 17
#[test]
fn every_spoilt_file_of_a_device_is_put_right_by_it() {
    let place = SimPlace::new();
    let (mut anna, _) = office(&place);
    let own = names::writer(anna.desk.device.writer().as_str());
    let before = place.files();
    let newest = before.keys().filter(|name| name.contains("/h/") && name.starts_with(&own)).max().unwrap().clone();
    for (name, bytes) in before.iter().filter(|(name, _)| name.starts_with(&own)) {
        let old = name.contains("/h/") && *name != newest;
        for spoilt in [bytes[..bytes.len() / 2].to_vec(), vec![0; bytes.len()], Vec::new()] {
            anna.desk.trust.resent.clear();
            place.set(name, &spoilt);
            let asked = *name == newest;
            let mended = anna.mend(&place, asked);
            assert_eq!(mended.mended, u64::from(!old), "{name} {mended:?}");
            if old {
                place.set(name, bytes);
            }
            assert_eq!(place.files().get(name), Some(bytes), "{name}");
        }
    }
}

// fault 19
#[test]
fn a_renamed_folder_is_laid_out_again_by_its_owner() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = office(&place);
    let own = names::writer(anna.desk.device.writer().as_str());
    let before = place.files();
    let renamed = |name: &String| name.replace(&own, &format!("{own} (1)"));
    place.set_files(before.iter().map(|(name, bytes)| (renamed(name), bytes.clone())).collect());
    assert_eq!(ben.desk.seen(&place, "sales").state, SeenState::Ready, "found by its hash meanwhile");
    let mended = anna.mend(&place, false);
    assert!(!mended.much && mended.mended > 0, "{mended:?}");
    assert_eq!(mended.can.keys().collect::<Vec<_>>(), [&MendCode::Misplaced]);
    for name in place.files().into_keys().filter(|name| name.contains(" (1)")) {
        place.unset(&name);
    }
    let view = fresh(&place, &anna);
    assert_eq!((view.products.len(), view.alerts.len()), (2, 0), "{:?}", view.alerts);
    assert_eq!(content(&place, view.product(&product("sales")).unwrap()).unwrap(), "two");
}

// fault 79
#[test]
fn a_shelf_that_was_encrypted_by_a_stranger_is_put_right_only_when_somebody_says_so() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = office(&place);
    let before = told(&fresh(&place, &anna));
    let spoilt = place.files().into_iter().map(|(name, bytes)| {
        let bytes = bytes.iter().map(|byte| byte ^ 0x5a).collect();
        (if name.contains("/b/") { name } else { format!("{name}.locked") }, bytes)
    });
    let spoilt: BTreeMap<String, Vec<u8>> = spoilt.collect();
    place.set_files(spoilt.clone());
    let view = ben.look(&place);
    assert!(view.alerts.len() >= 2, "{:?}", view.alerts);
    assert_eq!(view.products.len(), 2, "nothing disappears");
    for keeper in [&mut anna, &mut ben] {
        let found = keeper.mend(&place, false);
        assert!(found.much && found.count() > 0, "{found:?}");
    }
    assert_eq!(place.files(), spoilt, "nothing is written before");
    anna.mend(&place, true);
    ben.mend(&place, true);
    anna.mend(&place, true);
    let view = fresh(&place, &anna);
    assert_eq!(told(&view), before);
    for id in ["sales", "stock"] {
        content(&place, view.product(&product(id)).unwrap()).unwrap();
    }
}

// fault 80
#[test]
fn a_part_that_keeps_vanishing_is_sent_three_times_and_then_told() {
    let place = SimPlace::new();
    let (mut anna, _) = office(&place);
    let (name, _) = place.files().into_iter().find(|(_, bytes)| bytes == b"two").unwrap();
    for time in 0..5 {
        place.unset(&name);
        let mended = anna.mend(&place, false);
        assert_eq!(mended.mended, u64::from(time < 3), "{time} {mended:?}");
        let told: Vec<&str> = mended.cannot.iter().flat_map(|lost| &lost.vanishing).map(String::as_str).collect();
        assert_eq!(told, if time < 3 { vec![] } else { vec![name.rsplit('/').next().unwrap()] });
        let kept = serde_json::to_string(&anna.desk.trust).unwrap();
        anna.desk.trust = serde_json::from_str(&kept).unwrap();
    }
    assert_eq!(anna.mend(&place, true).mended, 1, "whoever asks for it gets it");
}

/// What is too large for the archive is cut again from the tables that a person has anyway.
#[test]
fn large_parts_come_from_the_tables_on_this_computer() {
    let place = SimPlace::new();
    let (anna, ben) = anna_and_ben(&place);
    let (mut anna, mut ben) = (Keeper::new(anna), Keeper::new(ben));
    let mut dice = Dice::new(5);
    let large: Vec<u8> = (0..5 << 20).map(|_| u8::try_from(dice.roll(256)).unwrap()).collect();
    let file = anna.desk.file("table.parquet", &large);
    let path = file.path.clone();
    let id = product("large");
    let publication = Publication {
        product: &id,
        title: "large",
        rows: 1,
        files: vec![file],
        about: serde_json::Value::Null,
        seal: None,
    };
    let kept = anna.place(&place);
    publish(&*kept, &anna.desk.device, &mut anna.desk.trust, &publication, NOW, &|_| true).unwrap();
    let sha256 = ben.look(&place).products[0].files[0].sha256.clone();
    let parts: Vec<String> = place.files().into_keys().filter(|name| name.contains("/b/")).collect();
    parts.iter().for_each(|name| place.unset(name));
    assert!(!anna.mend(&place, true).cannot.is_empty());
    let elsewhere = ben.desk.home.path().join("copy");
    std::fs::copy(&path, &elsewhere).unwrap();
    ben.tables.insert(sha256, elsewhere);
    let lent = ben.mend(&place, true);
    assert!(lent.cannot.is_empty() && lent.mended as usize + 1 >= parts.len(), "{lent:?}");
    assert_eq!(anna.desk.seen(&place, "large").state, SeenState::Ready);
}

// fault 80
#[test]
fn mending_may_die_at_any_call() {
    use crate::sim::Fault;
    for call in (1..).step_by(7) {
        let place = SimPlace::new();
        let (mut anna, _) = office(&place);
        let before = told(&fresh(&place, &anna));
        let own = names::writer(anna.desk.device.writer().as_str());
        for name in place.files().into_keys().filter(|name| name.starts_with(&own)) {
            place.unset(&name);
        }
        place.fail_at(call, Fault::Crash { torn: 500 });
        let kept = anna.place(&place);
        let _ = anna.with(true, |desk, how| repair(&*kept, &mut desk.trust, &desk.device, how));
        let fired = place.heal();
        anna.mend(&place, true);
        assert_eq!(told(&fresh(&place, &anna)), before, "{call}");
        if !fired {
            assert!(call > 10);
            break;
        }
    }
}

/// What is read as a record or a head is kept only under the hash that it has.
#[test]
fn the_archive_gives_nothing_that_is_not_what_it_was() {
    let place = SimPlace::new();
    let (anna, _) = office(&place);
    let archive = anna.archive();
    let (name, bytes) = place.files().into_iter().find(|(name, _)| name.contains("/r/")).unwrap();
    let hash = names::record_hash(name.rsplit('/').next().unwrap()).unwrap().to_owned();
    assert_eq!(archive.get(&hash), Some(bytes));
    let path = anna.desk.home.path().join("kept").join(&hash[..2]).join(&hash);
    std::fs::write(&path, b"spoilt").unwrap();
    assert_eq!(archive.get(&hash), None);
    assert_eq!(archive.get("../../etc/passwd"), None);
}

/// Something large that Anna sealed for Ben, and that both have on their computers.
fn sealed_and_large(place: &SimPlace) -> (Keeper, Keeper) {
    let (anna, ben) = anna_and_ben(place);
    let (mut anna, mut ben) = (Keeper::new(anna), Keeper::new(ben));
    // More than the largest part: it is cut wherever its encrypted bytes fall so.
    let file = anna.desk.file("table.parquet", &vec![7; 17 << 20]);
    let (path, id) = (file.path.clone(), product("wages"));
    let seal = crate::Seal {
        recipients: vec![(ben.desk.device.writer(), ben.desk.device.recipient())],
        hide_title: false,
        owner: None,
        how_to_ask: None,
        workspace: anna.desk.home.path().join("sealed"),
    };
    let publication = Publication {
        product: &id,
        title: "wages",
        rows: 1,
        files: vec![file],
        about: serde_json::Value::Null,
        seal: Some(seal),
    };
    let kept = anna.place(place);
    publish(&*kept, &anna.desk.device, &mut anna.desk.trust, &publication, NOW, &|_| true).unwrap();
    anna.look(place);
    let file = ben.look(place).product(&id).unwrap().files[0].clone();
    let opened = ben.desk.home.path().join("opened");
    let fetch = crate::Fetch {
        file: &file,
        holders: &[anna.desk.device.writer()],
        here: &|_| None,
        progress: &|_| {},
        cancelled: &|| false,
    };
    crate::fetch_as(&*ben.place(place), &ben.desk.device, &fetch, &opened).unwrap();
    anna.tables.insert(file.sha256.clone(), path);
    ben.tables.insert(file.sha256, opened);
    (anna, ben)
}

fn large_parts(place: &SimPlace) -> Vec<(String, Vec<u8>)> {
    place.files().into_iter().filter(|(_, bytes)| bytes.len() > 512 * 1024).collect()
}

/// What is encrypted is made again to the very same bytes, by whoever published it and by whoever can open it.
#[test]
fn large_parts_of_something_sealed_come_from_whoever_has_opened_it() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = sealed_and_large(&place);
    let parts = large_parts(&place);
    assert!(parts.len() >= 2, "it is cut into several: {}", parts.len());
    for gone in [parts.clone(), vec![parts[0].clone()], vec![parts[parts.len() - 1].clone()]] {
        gone.iter().for_each(|(name, _)| place.unset(name));
        assert_ne!(anna.desk.seen(&place, "wages").state, SeenState::Ready);
        let mended = anna.mend(&place, true);
        assert!(mended.cannot.is_empty() && mended.mended as usize == gone.len(), "{mended:?}");
        assert_eq!(large_parts(&place), parts, "byte for byte, where they were");
        assert_eq!(anna.desk.seen(&place, "wages").state, SeenState::Ready);
    }
    // Anna's computer is gone: Ben lends what he has opened, in his own folder.
    parts.iter().for_each(|(name, _)| place.unset(name));
    let lent = ben.mend(&place, true);
    assert_eq!(lent.can.keys().collect::<Vec<_>>(), [&MendCode::Lent]);
    assert!(lent.cannot.is_empty() && lent.mended as usize == parts.len(), "{lent:?}");
    let bytes = |parts: Vec<(String, Vec<u8>)>| {
        parts.into_iter().map(|(_, bytes)| bytes).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(bytes(large_parts(&place)) == bytes(parts));
    assert_eq!(ben.look(&place).product(&product("wages")).unwrap().state, SeenState::Ready);
}

/// What was put there before beginnings were kept comes back as long as its beginning stands there.
#[test]
fn a_beginning_that_was_not_kept_is_read_where_it_stands() {
    let place = SimPlace::new();
    let (mut anna, _) = sealed_and_large(&place);
    let forget = |keeper: &Keeper| {
        let _ = std::fs::remove_dir_all(keeper.desk.home.path().join("kept").join("s"));
    };
    let parts = large_parts(&place);
    let (first, rest): (Vec<_>, Vec<_>) = parts.iter().partition(|(_, bytes)| bytes.starts_with(b"age-encryption.org"));
    assert_eq!(first.len(), 1);
    rest.iter().for_each(|(name, _)| place.unset(name));
    forget(&anna);
    let mended = anna.mend(&place, true);
    assert!(mended.cannot.is_empty(), "{mended:?}");
    assert_eq!(large_parts(&place), parts);

    place.unset(&first[0].0);
    forget(&anna);
    let lost = anna.mend(&place, true);
    assert_eq!((lost.mended, lost.cannot.len()), (0, 1), "nobody can tell how it began: {lost:?}");
}

#[test]
fn nobody_makes_again_what_they_cannot_open_or_have_not_got_any_more() {
    let place = SimPlace::new();
    let (mut anna, ben) = sealed_and_large(&place);
    let cem = Desk::joiner(&place, "Cem", 3);
    anna.look(&place);
    anna.desk.confirm(&place, &cem);
    let mut cem = Keeper::new(cem);
    cem.look(&place);
    cem.tables = ben.tables.clone();
    // He has even read the encrypted bytes through, and so has their beginning.
    cem.diagnose(&place);
    let (name, _) = large_parts(&place).pop().unwrap();
    place.unset(&name);
    assert_eq!(cem.mend(&place, true).mended, 0);
    for path in anna.tables.values() {
        std::fs::write(path, b"something else").unwrap();
    }
    let lost = anna.mend(&place, true);
    assert_eq!((lost.mended, lost.cannot.len()), (0, 1), "{lost:?}");
}
