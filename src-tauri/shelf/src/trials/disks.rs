//! Disks that fill up and calls that fail, one after the other until none is left.

use larder_model::RefusalCode;

use super::*;
use crate::sim::Fault;

/// What a reader who had seen the old release, and a fresh one, see: the old one, or all of the new one.
fn old_or_new(place: &dyn Place, ben: &mut Desk) {
    for seen in [ben.seen(place, "sales"), Desk::stranger(ben.trust.shelf(), 44).seen(place, "sales")] {
        let text = content(place, &seen).unwrap();
        assert!(
            (seen.release == 1 && text == "old") || (seen.release == 2 && text == "new"),
            "{} {text}",
            seen.release
        );
    }
}

// fault 4
#[test]
fn a_call_that_fails_once_anywhere_ends_in_success_or_a_clean_no() {
    let base = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&base);
    anna.publish(&base, "sales", "old");
    ben.look(&base);
    let (knew, saw) = (anna.trust.clone(), ben.trust.clone());
    for code in [RefusalCode::Unreachable, RefusalCode::Busy, RefusalCode::Damaged, RefusalCode::NoSpace] {
        let (mut call, mut refused) = (1, 0);
        loop {
            let place = SimPlace::new();
            place.set_files(base.files());
            (anna.trust, ben.trust) = (knew.clone(), saw.clone());
            place.fail_at(call, Fault::Once(code));
            let answer = anna.try_publish(&place, "sales", "new");
            if !place.heal() {
                answer.unwrap();
                break;
            }
            refused += u64::from(answer.is_err());
            old_or_new(&place, &mut ben);
            // Nothing was begun that stands in the way: the same again is the same release.
            assert_eq!(anna.publish(&place, "sales", "new").n, 2, "{code:?} at {call}");
            let view = ben.look(&place);
            assert_eq!(
                (state(&view, "sales"), view.alerts),
                (Some(SeenState::Ready), Vec::new()),
                "{code:?} at {call}"
            );
            assert_eq!(content(&place, &ben.seen(&place, "sales")).unwrap(), "new");
            call += 1;
        }
        assert!(call > 20 && refused > 10, "{code:?}: {call} calls, {refused} refused");
    }
}

/// The same on a small disk of its own, which is only possible for a process that may mount one: so the trial runs itself
/// again as such a process. It is passed over where the system lets nobody do that.
// fault 3
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_at_any_write_says_so_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let may = std::process::Command::new("unshare").args(["-rm", "true"]).status().is_ok_and(|status| status.success());
    if !may {
        eprintln!("no disk of its own can be mounted here");
        return;
    }
    let script = "mount -t tmpfs -o size=1m none \"$LARDER_SMALL_DISK\" && exec \"$0\" --ignored --exact --nocapture \
                  trials::disks::on_a_small_disk";
    let output = std::process::Command::new("unshare")
        .args(["-rm", "sh", "-c", script])
        .arg(std::env::current_exe().unwrap())
        .env("LARDER_SMALL_DISK", dir.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let why = format!("{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.contains("1 passed"), "{why}");
}

/// Leaves less and less room free, page by page, and publishes.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "run by the trial above, on a disk of a megabyte"]
fn on_a_small_disk() {
    let root = PathBuf::from(std::env::var_os("LARDER_SMALL_DISK").unwrap());
    let (shelf, ballast) = (root.join("shelf"), root.join("ballast"));
    std::fs::create_dir(&shelf).unwrap();
    let place = crate::Folder::new(&shelf);
    let (mut anna, mut ben) = anna_and_ben_at(&place);
    anna.publish(&place, "sales", "old");
    ben.look(&place);
    let (mut full, mut pages) = (0, 0);
    loop {
        std::fs::write(&ballast, b"").unwrap();
        let free = usize::try_from(place.space_free_bytes().unwrap().unwrap()).unwrap();
        std::fs::write(&ballast, vec![1; free - pages * 4096]).unwrap();
        let before = anna.trust.clone();
        match anna.try_publish(&place, "sales", "new") {
            Ok(done) => {
                assert_eq!(done.n, 2);
                break;
            }
            Err(refusal) => assert_eq!(refusal.code, RefusalCode::NoSpace, "{pages} pages: {refusal}"),
        }
        (full, pages) = (full + 1, pages + 1);
        anna.trust = before;
        old_or_new(&place, &mut ben);
        assert_eq!(ben.seen(&place, "sales").release, 1, "nothing is half published");
        let temps = shelf.join(crate::names::writer(anna.device.writer().as_str())).join("t");
        assert_eq!(std::fs::read_dir(temps).map_or(0, Iterator::count), 0, "no temp file is left");
    }
    assert!(full >= 3, "{full} writes found it full");
    assert_eq!(content(&place, &ben.seen(&place, "sales")).unwrap(), "new");
}
