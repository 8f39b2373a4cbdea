//! What only a real folder can do to us.
#![allow(clippy::unwrap_used)]

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use larder_model::RefusalCode;
use tempfile::TempPath;

use super::folder_write::persist;
use super::{Folder, Place, open};

const NAME: &str = "larder-data/w/aa/r/x.rec";

fn put(place: &dyn Place, name: &str, text: &str) -> Result<(), RefusalCode> {
    place.put(name, &mut text.as_bytes(), text.len() as u64).map_err(|r| r.code)
}

/// Fails so many times before it does what it should.
fn holding(times: u32, kind: io::ErrorKind) -> (super::folder_write::Persist, Arc<AtomicU32>) {
    let calls = Arc::new(AtomicU32::new(0));
    let counted = calls.clone();
    let persist = move |temp: TempPath, target: &Path| {
        if counted.fetch_add(1, Ordering::Relaxed) < times { Err((kind.into(), temp)) } else { persist(temp, target) }
    };
    (Box::new(persist), calls)
}

// fault 6
#[test]
fn a_file_held_for_a_moment_is_named_a_moment_later() {
    let root = tempfile::tempdir().unwrap();
    for (i, kind) in [io::ErrorKind::PermissionDenied, io::ErrorKind::ResourceBusy].into_iter().enumerate() {
        let mut place = Folder::new(root.path());
        let (persist, calls) = holding(3, kind);
        place.persist = persist;
        let name = format!("larder-data/w/aa/r/{i}.rec");
        put(&place, &name, "text").unwrap();
        assert_eq!(place.get(&name, 10).unwrap().unwrap(), b"text");
        assert_eq!(calls.load(Ordering::Relaxed), 4);
    }
    assert_eq!(std::fs::read_dir(root.path().join("larder-data/w/aa/t")).unwrap().count(), 0, "no temp file is left");
}

// fault 6
#[test]
fn a_file_held_for_good_is_written_under_its_name_directly() {
    let root = tempfile::tempdir().unwrap();
    let mut place = Folder::new(root.path());
    let (persist, calls) = holding(u32::MAX, io::ErrorKind::PermissionDenied);
    place.persist = persist;
    put(&place, NAME, "text").unwrap();
    assert_eq!(place.get(NAME, 10).unwrap().unwrap(), b"text");
    assert_eq!(calls.load(Ordering::Relaxed), 10);
    assert_eq!(put(&place, NAME, "other"), Err(RefusalCode::Taken));
}

// fault 6
#[test]
fn a_name_refused_any_number_of_times_is_given_in_the_end() {
    let root = tempfile::tempdir().unwrap();
    // Each waits for itself, so all of them together take as long as the longest.
    std::thread::scope(|scope| {
        for times in 1..=20 {
            let root = root.path();
            scope.spawn(move || {
                let kinds = [io::ErrorKind::PermissionDenied, io::ErrorKind::ResourceBusy];
                let mut place = Folder::new(root);
                let (persist, calls) = holding(times, kinds[times as usize % 2]);
                place.persist = persist;
                let (name, text) = (format!("larder-data/w/w{times}/r/x.rec"), "text ".repeat(20_000));
                put(&place, &name, &text).unwrap();
                assert_eq!(place.get(&name, 1 << 20).unwrap().unwrap(), text.as_bytes(), "{times}");
                assert_eq!(calls.load(Ordering::Relaxed), (times + 1).min(10), "{times}");
                let temps = root.join(format!("larder-data/w/w{times}/t"));
                assert_eq!(std::fs::read_dir(temps).unwrap().count(), 0, "{times}: no temp file is left");
                // Whatever way it got there, it is there to stay.
                assert_eq!(put(&place, &name, "other"), Err(RefusalCode::Taken), "{times}");
            });
        }
    });
}

// fault 3
#[test]
fn a_full_disk_is_told_at_once() {
    let root = tempfile::tempdir().unwrap();
    let mut place = Folder::new(root.path());
    let (persist, calls) = holding(u32::MAX, io::ErrorKind::StorageFull);
    place.persist = persist;
    assert_eq!(put(&place, NAME, "text"), Err(RefusalCode::NoSpace));
    assert_eq!(calls.load(Ordering::Relaxed), 1, "no storm of retries");
    assert_eq!(place.get(NAME, 10).unwrap(), None);
}

// fault 5
#[test]
fn a_drive_that_cannot_flush_is_noted_and_one_that_fails_to_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let mut place = Folder::new(root.path());
    put(&place, NAME, "text").unwrap();
    assert!(place.durable());
    place.sync = |_| Err(io::Error::from_raw_os_error(if cfg!(windows) { 50 } else { 22 }));
    put(&place, "larder-data/w/aa/r/y.rec", "text").unwrap();
    assert!(!place.durable());
    place.sync = |_| Err(io::Error::other("the disk is broken"));
    assert_eq!(put(&place, "larder-data/w/aa/r/z.rec", "text"), Err(RefusalCode::Unreachable));
    assert_eq!(place.get("larder-data/w/aa/r/z.rec", 10).unwrap(), None);
}

#[test]
fn a_folder_that_is_gone_is_unreachable_and_never_empty() {
    let root = tempfile::tempdir().unwrap();
    let gone = root.path().join("gone");
    let place = Folder::new(&gone);
    let code = |r: Result<(), larder_model::Refusal>| r.unwrap_err().code;
    for answer in [
        code(place.list("").map(drop)),
        code(place.list("larder-data/w").map(drop)),
        code(place.stat("larder-data").map(drop)),
        code(place.get("larder-data/x", 9).map(drop)),
        code(place.space_free_bytes().map(drop)),
        code(place.put(NAME, &mut "x".as_bytes(), 1)),
        code(place.replace("Current/x/y", &mut "x".as_bytes(), 1)),
        code(place.delete(NAME)),
        code(place.nested().map(drop)),
    ] {
        assert_eq!(answer, RefusalCode::Unreachable);
    }
    assert!(!gone.exists(), "and it is never made");
    std::fs::write(&gone, "a file").unwrap();
    assert_eq!(code(place.list("").map(drop)), RefusalCode::Unreachable);
}

#[test]
fn of_many_who_put_one_name_exactly_one_does() {
    let root = tempfile::tempdir().unwrap();
    for round in 0..20 {
        let name = format!("larder-data/w/aa/r/{round}.rec");
        let answers: Vec<_> = std::thread::scope(|scope| {
            let tasks: Vec<_> = (0..8)
                .map(|i| {
                    let (name, root) = (&name, root.path());
                    scope.spawn(move || put(&Folder::new(root), name, &format!("{i}")))
                })
                .collect();
            tasks.into_iter().map(|task| task.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|a| matches!(a, Ok(()) | Err(RefusalCode::Taken))), "{answers:?}");
    }
}

#[test]
fn old_temp_files_are_cleaned_and_fresh_ones_are_somebodys() {
    let root = tempfile::tempdir().unwrap();
    let temps = root.path().join("larder-data/w/aa/t");
    std::fs::create_dir_all(&temps).unwrap();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 24 * 60 * 60);
    for name in ["t-1.tmp", "t-2.tmp", "other.txt"] {
        std::fs::write(temps.join(name), "x").unwrap();
    }
    for name in ["t-1.tmp", "other.txt"] {
        std::fs::File::options().write(true).open(temps.join(name)).unwrap().set_modified(old).unwrap();
    }
    put(&Folder::new(root.path()), NAME, "x").unwrap();
    let mut left: Vec<_> =
        std::fs::read_dir(&temps).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["other.txt", "t-2.tmp"]);
}

#[cfg(unix)]
#[test]
fn everyone_who_may_read_the_folder_may_read_what_was_put() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    put(&place, NAME, "x").unwrap();
    place.replace("Current/x/y.csv", &mut "x".as_bytes(), 1).unwrap();
    let plain = root.path().join("plain");
    std::fs::write(&plain, "x").unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&root.path().join(NAME)), mode(&plain));
    assert_eq!(mode(&root.path().join("Current/x/y.csv")), mode(&plain));
}

#[cfg(unix)]
// fault 8
#[test]
fn a_folder_that_may_not_be_written_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let closed = root.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(closed.join("x"), "x").is_ok() {
        // The administrator may write anywhere.
        return;
    }
    let place = Folder::new(&closed);
    assert_eq!(put(&place, NAME, "x"), Err(RefusalCode::NoPermission));
    let found = crate::probe(&place).unwrap();
    assert!(found.can_read && !found.can_write);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_and_links_are_left_out_of_a_listing() {
    use std::os::unix::ffi::OsStrExt;
    let root = tempfile::tempdir().unwrap();
    let inside = root.path().join("larder-data");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join(std::ffi::OsStr::from_bytes(b"\xff\xfe")), "x").unwrap();
    std::os::unix::fs::symlink("/etc", inside.join("link")).unwrap();
    std::fs::write(inside.join("file"), "x").unwrap();
    let names: Vec<_> = Folder::new(root.path()).list("larder-data").unwrap().into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["file"]);
}

#[test]
fn an_address_that_no_place_knows_is_refused() {
    for bad in ["", "https://example.org/dav", "s3://bucket", "a\0b"] {
        assert_eq!(open(bad, None).err().unwrap().code, RefusalCode::Invalid, "{bad}");
    }
    assert!(open("some folder", None).is_ok());
    assert!(super::PLACES.iter().any(|kind| kind.name == "folder"));
}

/// Opens a file as another program on Windows does that lets others read it and do no more: Excel, or a virus scanner.
#[cfg(windows)]
fn hold(path: &Path) -> std::fs::File {
    use std::os::windows::fs::OpenOptionsExt;
    std::fs::File::options().read(true).share_mode(1).open(path).unwrap()
}

#[cfg(windows)]
// fault 76
#[test]
fn a_copy_that_somebody_has_open_is_locked_and_can_still_be_read() {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    let name = "Current/Sales/sales.csv";
    place.replace(name, &mut "old".as_bytes(), 3).unwrap();
    let excel = hold(&root.path().join(name));
    let answer = place.replace(name, &mut "new".as_bytes(), 3).unwrap_err();
    assert_eq!(answer.code, RefusalCode::Locked);
    assert_eq!(place.delete(name).unwrap_err().code, RefusalCode::Locked);
    assert_eq!(place.get(name, 10).unwrap().unwrap(), b"old");
    assert_eq!(place.list("Current/Sales").unwrap().len(), 1, "no temp file is left");
    drop(excel);
    place.replace(name, &mut "new".as_bytes(), 3).unwrap();
    assert_eq!(place.get(name, 10).unwrap().unwrap(), b"new");
    place.delete(name).unwrap();
    assert!(!root.path().join("Current/Sales").exists());
}

#[cfg(windows)]
// fault 76
#[test]
fn a_file_that_nobody_else_may_read_is_locked() {
    use std::os::windows::fs::OpenOptionsExt;
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    put(&place, NAME, "text").unwrap();
    let held = std::fs::File::options().read(true).share_mode(0).open(root.path().join(NAME)).unwrap();
    assert_eq!(place.get(NAME, 10).unwrap_err().code, RefusalCode::Locked);
    drop(held);
    assert_eq!(place.get(NAME, 10).unwrap().unwrap(), b"text");
}

#[cfg(windows)]
// fault 6
#[test]
fn a_copy_that_is_held_for_a_moment_is_replaced_a_moment_later() {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    let name = "Current/Sales/sales.csv";
    place.replace(name, &mut "old".as_bytes(), 3).unwrap();
    let scanner = hold(&root.path().join(name));
    std::thread::scope(|scope| {
        scope.spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(30));
            drop(scanner);
        });
        place.replace(name, &mut "new".as_bytes(), 3).unwrap();
    });
    assert_eq!(place.get(name, 10).unwrap().unwrap(), b"new");
}

#[cfg(windows)]
// fault 58
#[test]
fn names_that_windows_takes_for_others_are_nothing() {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    place.replace("Current/Sales/sales.csv", &mut "x".as_bytes(), 1).unwrap();
    for name in ["sales.csv.", "sales.csv ", "sales.csv...", "nul", "CON", "com1.csv", "aux.txt", "LPT\u{b9}"] {
        let name = format!("Current/Sales/{name}");
        assert_eq!(place.stat(&name).unwrap(), None, "{name}");
        assert_eq!(place.get(&name, 10).unwrap(), None, "{name}");
    }
    assert_eq!(place.list("Current./Sales").unwrap(), []);
    for name in ["sales.csv:stream", "sales.csv::$DATA", "*.csv"] {
        assert_eq!(place.get(&format!("Current/Sales/{name}"), 10).unwrap_err().code, RefusalCode::Invalid, "{name}");
    }
}

// fault 30
#[test]
fn a_shelf_deep_below_other_folders_is_written_and_read() {
    let root = tempfile::tempdir().unwrap();
    // Over the 260 characters that old programs for Windows have for a whole path.
    let deep = (0..6)
        .fold(root.path().to_owned(), |path, i| path.join(format!("{i} {}", "Geteilte Ablage ".repeat(3).trim())));
    std::fs::create_dir_all(&deep).unwrap();
    assert!(deep.as_os_str().len() > 300);
    let place = Folder::new(&deep);
    put(&place, NAME, "text").unwrap();
    assert_eq!(put(&place, NAME, "other"), Err(RefusalCode::Taken));
    place.replace("Current/Sales/sales.csv", &mut "old".as_bytes(), 3).unwrap();
    place.replace("Current/Sales/sales.csv", &mut "new".as_bytes(), 3).unwrap();
    assert_eq!(place.get(NAME, 10).unwrap().unwrap(), b"text");
    assert_eq!(place.get("Current/Sales/sales.csv", 10).unwrap().unwrap(), b"new");
    assert_eq!(place.list("Current").unwrap().len(), 1);
    place.delete("Current/Sales/sales.csv").unwrap();
    assert!(!place.nested().unwrap());
}
