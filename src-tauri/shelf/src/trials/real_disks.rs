//! A real folder on a drive that fails: at every call in turn, before anything is done, in the middle of it, or so late that
//! it was done and nobody hears of it.

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use larder_model::{Refusal, RefusalCode};

use super::*;
use crate::Folder;
use crate::places::Entry;

/// How one call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// Nothing is done.
    Before,
    /// Of a file only the first half comes or goes.
    Halfway,
    /// All of it is done, and the answer is an error all the same.
    After,
}

/// A folder of which one call fails.
struct Failing<'p> {
    place: &'p Folder,
    at: u64,
    how: How,
    calls: AtomicU64,
}

/// Input or output error: what a dying disk says, and a cable that was pulled (EIO; on Windows `ERROR_IO_DEVICE`).
fn failed() -> io::Error {
    io::Error::from_raw_os_error(if cfg!(windows) { 1117 } else { 5 })
}

fn broken(name: &str) -> Refusal {
    Refusal::from_io(&failed(), name)
}

/// Reads or writes so much and fails then.
struct Cut<T> {
    inner: T,
    left: usize,
}

impl<R: Read> Read for Cut<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.left);
        if most == 0 {
            return Err(failed());
        }
        let got = self.inner.read(&mut buffer[..most])?;
        self.left -= got;
        Ok(got)
    }
}

impl<W: Write> Write for Cut<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let most = bytes.len().min(self.left);
        if most == 0 {
            return Err(failed());
        }
        let put = self.inner.write(&bytes[..most])?;
        self.left -= put;
        Ok(put)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Failing<'_> {
    fn new(place: &Folder, at: u64, how: How) -> Failing<'_> {
        Failing { place, at, how, calls: AtomicU64::new(0) }
    }

    fn is_now(&self) -> bool {
        self.calls.fetch_add(1, Ordering::Relaxed) + 1 == self.at
    }

    fn has_failed(&self) -> bool {
        self.calls.load(Ordering::Relaxed) >= self.at
    }

    /// A call that has no middle.
    fn call<A>(&self, name: &str, call: impl FnOnce() -> Result<A, Refusal>) -> Result<A, Refusal> {
        match (self.is_now(), self.how) {
            (false, _) => call(),
            (true, How::After) => call().and_then(|_| Err(broken(name))),
            (true, _) => Err(broken(name)),
        }
    }

    fn write(
        &self,
        name: &str,
        content: &mut dyn Read,
        size: u64,
        put: impl FnOnce(&mut dyn Read) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        match (self.is_now(), self.how) {
            (false, _) => put(content),
            (true, How::Before) => Err(broken(name)),
            (true, How::Halfway) => put(&mut Cut { inner: content, left: usize::try_from(size / 2).unwrap() }),
            (true, How::After) => put(content).and_then(|()| Err(broken(name))),
        }
    }
}

impl Place for Failing<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        self.call(folder, || self.place.list(folder))
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        self.call(name, || self.place.stat(name))
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        match (self.is_now(), self.how) {
            (false, _) => self.place.get_to(name, out, max_bytes),
            (true, How::Before) => Err(broken(name)),
            (true, How::Halfway) => {
                let size = self.place.stat(name)?.and_then(|entry| entry.size_bytes).unwrap_or_default();
                let mut out = Cut { inner: out, left: usize::try_from(size / 2).unwrap() };
                self.place.get_to(name, &mut out, max_bytes).and_then(|_| Err(broken(name)))
            }
            (true, How::After) => self.place.get_to(name, out, max_bytes).and_then(|_| Err(broken(name))),
        }
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.write(name, content, size_bytes, |content| self.place.put(name, content, size_bytes))
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.write(name, content, size_bytes, |content| self.place.replace(name, content, size_bytes))
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.call(name, || self.place.delete(name))
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        self.call("", || self.place.space_free_bytes())
    }
}

fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, target) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() { copy_tree(&path, &target) } else { assert!(std::fs::copy(&path, target).is_ok()) }
    }
}

fn temps_left(root: &Path, desk: &Desk) -> usize {
    let temps = root.join(crate::names::writer(desk.device.writer().as_str())).join("t");
    std::fs::read_dir(temps).map_or(0, Iterator::count)
}

/// What somebody sees who had seen the old release, and somebody who had seen nothing: the old one, or all of the new one.
fn old_or_new(place: &dyn Place, ben: &mut Desk, when: &str) {
    for seen in [ben.seen(place, "sales"), Desk::stranger(ben.trust.shelf(), 44).seen(place, "sales")] {
        let text = content(place, &seen).unwrap();
        assert!(matches!((seen.release, text.as_str()), (1, "old") | (2, "new")), "{when}: {} {text}", seen.release);
    }
}

/// A shelf in a real folder with one release; Anna, who publishes, and Ben, who looks.
fn one_release(root: &Path) -> (Desk, Desk) {
    std::fs::create_dir_all(root).unwrap();
    let place = Folder::new(root);
    let (mut anna, mut ben) = anna_and_ben_at(&place);
    anna.publish(&place, "sales", "old");
    ben.look(&place);
    (anna, ben)
}

fn every_call_of_a_publication(how: How) {
    let home = tempfile::tempdir().unwrap();
    let (before, now) = (home.path().join("before"), home.path().join("now"));
    let (mut anna, mut ben) = one_release(&before);
    let (knew, saw) = (anna.trust.clone(), ben.trust.clone());
    let (mut refused, mut at) = (0, 1);
    loop {
        let when = format!("{how:?}, call {at}");
        copy_tree(&before, &now);
        (anna.trust, ben.trust) = (knew.clone(), saw.clone());
        let folder = Folder::new(&now);
        let place = Failing::new(&folder, at, how);
        let answer = anna.try_publish(&place, "sales", "new");
        if !place.has_failed() {
            assert_eq!(answer.unwrap().n, 2);
            break;
        }
        match answer {
            Ok(done) => assert_eq!(done.n, 2, "{when}"),
            Err(refusal) => {
                refused += 1;
                assert_eq!(refusal.code, RefusalCode::Unreachable, "{when}: {refusal}");
            }
        }
        old_or_new(&folder, &mut ben, &when);
        assert_eq!(temps_left(&now, &anna), 0, "{when}: no temp file is left");
        // Nothing was begun that stands in the way: the same again is the same release, also for a program that was started
        // anew and remembers nothing of it.
        anna.trust = if at % 2 == 0 { anna.trust.clone() } else { knew.clone() };
        assert_eq!(anna.publish(&folder, "sales", "new").n, 2, "{when}");
        let view = ben.look(&folder);
        assert_eq!((state(&view, "sales"), view.alerts), (Some(SeenState::Ready), Vec::new()), "{when}");
        assert_eq!(content(&folder, &ben.seen(&folder, "sales")).unwrap(), "new", "{when}");
        std::fs::remove_dir_all(&now).unwrap();
        at += 1;
    }
    assert!(at > 20 && refused > 10, "{how:?}: {at} calls, {refused} refused");
}

// fault 4
#[test]
fn a_real_folder_that_fails_before_any_call_of_a_publication_shows_the_old_or_the_new() {
    every_call_of_a_publication(How::Before);
}

// fault 4
#[test]
fn a_real_folder_that_fails_halfway_in_any_call_of_a_publication_shows_the_old_or_the_new() {
    every_call_of_a_publication(How::Halfway);
}

// fault 4
#[test]
fn a_real_folder_that_fails_after_any_call_of_a_publication_shows_the_old_or_the_new() {
    every_call_of_a_publication(How::After);
}

// fault 4
#[test]
fn a_look_at_a_real_folder_of_which_any_call_fails_says_nothing_false() {
    let home = tempfile::tempdir().unwrap();
    let (mut anna, mut ben) = one_release(home.path());
    let folder = Folder::new(home.path());
    let saw = ben.trust.clone();
    anna.publish(&folder, "sales", "new");
    anna.publish(&folder, "tills", "more");
    let whole = ben.look(&folder);
    for how in [How::Before, How::Halfway, How::After] {
        let (mut refused, mut at) = (0, 1);
        loop {
            let when = format!("{how:?}, call {at}");
            ben.trust = saw.clone();
            let place = Failing::new(&folder, at, how);
            let answer = look(&place, &mut ben.trust, &ben.device, &|_| false, &|| false);
            if !place.has_failed() {
                assert_eq!(answer.unwrap(), whole);
                break;
            }
            match answer {
                // Whatever is told is true: at most something is still on its way.
                Ok(view) => {
                    let seen = view.product(&product("sales")).unwrap();
                    assert!((1..=2).contains(&seen.release), "{when}");
                    assert_eq!(content(&folder, seen).unwrap(), ["old", "new"][seen.release as usize - 1], "{when}");
                    let odd = view.alerts.iter().find(|alert| !is_about_arriving(alert));
                    assert_eq!(odd, None, "{when}");
                }
                Err(refusal) => {
                    refused += 1;
                    assert_eq!(refusal.code, RefusalCode::Unreachable, "{when}: {refusal}");
                }
            }
            assert_eq!(ben.look(&folder), whole, "{when}: the next look sees it all");
            at += 1;
        }
        assert!(at > 15 && refused > 0, "{how:?}: {at} calls, {refused} refused");
    }
}

/// Whether an alert says no more than that something has not come yet, or could not be read.
fn is_about_arriving(alert: &crate::Alert) -> bool {
    matches!(alert, crate::Alert::RosterArriving | crate::Alert::Unreadable { files: 1 })
}
