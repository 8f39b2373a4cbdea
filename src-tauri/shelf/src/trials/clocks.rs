//! What any clock says decides nothing: not the time that a publisher writes down, and not the times that files have.

use std::time::{Duration, SystemTime};

use super::*;
use crate::Folder;

fn publish_at(desk: &mut Desk, place: &dyn Place, text: &str, now: &str) -> Published {
    let files = vec![
        desk.file("label.json", format!("label of {text}").as_bytes()),
        desk.file("table.parquet", text.as_bytes()),
    ];
    let (product, about) = (product("sales"), serde_json::Value::Null);
    let publication = Publication { product: &product, title: "Sales", rows: 1, files, about, seal: None };
    publish(place, &desk.device, &mut desk.trust, &publication, now, &|_| true).unwrap()
}

// fault 34
#[test]
fn clocks_that_are_years_off_or_jump_change_no_order() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let mut reader = Desk::stranger(anna.trust.shelf(), 40);
    let clocks = [
        "2036-03-03T07:40:00+01:00",
        "1970-01-01T00:00:00Z",
        "2026-03-29T02:30:00+01:00",
        "2026-03-29T02:30:00+02:00",
        "2016-12-31T23:59:59Z",
        "2016-01-01T00:00:00-12:00",
        "2099-12-31T23:59:59Z",
        "2016-02-29T00:00:00+14:00",
    ];
    for (n, now) in (1..).zip(clocks) {
        let desk = if n % 2 == 0 { &mut anna } else { &mut ben };
        desk.look(&place);
        assert_eq!(publish_at(desk, &place, now, now).n, n, "{now}");
        for view in [reader.look(&place), Desk::stranger(anna.trust.shelf(), 41).look(&place)] {
            let seen = view.product(&product("sales")).unwrap();
            assert_eq!((seen.release, &seen.state, view.alerts.len()), (n, &SeenState::Ready, 0), "{now}");
            assert_eq!(content(&place, seen).unwrap(), now);
        }
    }
    // What both publish at once stands side by side, whoever has the later clock.
    let apart = SimPlace::new();
    apart.set_files(place.files());
    publish_at(&mut anna, &place, "early", "1980-01-01T00:00:00Z");
    publish_at(&mut ben, &apart, "late", "2080-01-01T00:00:00Z");
    let mut all = place.files();
    all.extend(apart.files());
    place.set_files(all);
    assert_eq!(reader.seen(&place, "sales").state, SeenState::TwoVersions);
    assert_eq!(publish_at(&mut ben, &place, "one again", "1970-01-01T00:00:00Z").n, 10);
    assert_eq!(reader.seen(&place, "sales").state, SeenState::Ready);
}

/// Sets the time of every file below a folder.
fn set_times(folder: &std::path::Path, time: &mut dyn FnMut() -> SystemTime) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            set_times(&path, time);
        } else {
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(time()).unwrap();
        }
    }
}

// fault 24
#[test]
fn the_times_of_files_move_nothing() {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    let (mut anna, mut ben) = anna_and_ben_at(&place);
    anna.publish(&place, "sales", "one");
    anna.publish(&place, "sales", "two");
    let expected = ben.look(&place);
    let day = Duration::from_secs(86_400);
    let mut dice = Dice::new(24);
    let mut times: Vec<Box<dyn FnMut() -> SystemTime>> = vec![
        Box::new(|| SystemTime::UNIX_EPOCH),
        Box::new(move || SystemTime::UNIX_EPOCH + 47_482 * day),
        Box::new(move || SystemTime::UNIX_EPOCH + day * u32::try_from(dice.roll(40_000)).unwrap()),
    ];
    for (i, time) in times.iter_mut().enumerate() {
        set_times(root.path(), time);
        assert_eq!(ben.look(&place), expected, "{i}");
        let quick = crate::glance(&place, &mut ben.trust, &ben.device, &|_| false, &|| false).unwrap();
        assert!(quick.is_none_or(|view| view == expected), "{i}");
        let fresh = Desk::stranger(ben.trust.shelf(), 42).seen(&place, "sales");
        assert_eq!((fresh.release, content(&place, &fresh).unwrap().as_str()), (2, "two"), "{i}");
    }
    // The newest release is not the one whose files are the youngest.
    assert_eq!(anna.publish(&place, "sales", "three").n, 3);
    set_times(root.path(), &mut || SystemTime::UNIX_EPOCH);
    assert_eq!(content(&place, &ben.seen(&place, "sales")).unwrap(), "three");
}
