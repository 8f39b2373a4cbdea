//! Folders whose files lie in a cloud.
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::fs::Metadata;
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use larder_model::{Refusal, RefusalCode};

use super::{Folder, Place, Whereabouts};

/// How a sync client answers when a file is read whose bytes it has left in its cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    Brings,
    Refuses,
    /// Lets whoever reads wait, until it is told to do something else.
    Waits,
}

/// What OneDrive and the like do to a folder, as far as a reader can tell. A file of these permissions lies in the cloud.
#[derive(Clone)]
pub(crate) struct Provider {
    answers: Arc<(Mutex<Answers>, Condvar)>,
    /// How many files were asked for.
    pub asked: Arc<AtomicU64>,
}

const IN_CLOUD: u32 = 0o640;

fn lie(meta: &Metadata) -> Whereabouts {
    if meta.permissions().mode() & 0o777 == IN_CLOUD { Whereabouts::OnRequest } else { Whereabouts::Here }
}

impl Provider {
    pub fn new() -> Provider {
        Provider { answers: Arc::new((Mutex::new(Answers::Brings), Condvar::new())), asked: Arc::default() }
    }

    pub fn now(&self, answers: Answers) {
        *self.answers.0.lock().unwrap() = answers;
        self.answers.1.notify_all();
    }

    /// The folder through its eyes; nobody waits longer than so.
    pub fn folder(&self, root: &Path, patience: Duration) -> Folder {
        let mut folder = Folder::new(root);
        let provider = self.clone();
        folder.cloud.lie = lie;
        folder.cloud.patience = patience;
        folder.cloud.open = Arc::new(move |path| provider.open(path));
        folder
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let (answers, told) = &*self.answers;
        let answers = told.wait_while(answers.lock().unwrap(), |answers| *answers == Answers::Waits).unwrap();
        match *answers {
            // The cloud operation was unsuccessful.
            Answers::Refuses => Err(io::Error::other("0x8007018a")),
            _ => Ok(Box::new(std::fs::File::open(path)?)),
        }
    }

    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }
}

/// Leaves every file below a folder that is wanted in the cloud; answers how many.
pub(crate) fn leave_in_cloud(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> u64 {
    each_file(root, &|path| {
        if wanted(path) {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(IN_CLOUD)).unwrap();
        }
        wanted(path)
    })
}

/// Lets something stand in for every file below a folder that is wanted, as Nextcloud's virtual files do; answers what is in
/// the cloud then.
pub(crate) fn stand_in(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Vec<(PathBuf, Vec<u8>)> {
    std::fs::write(root.join(".sync_0a1b2c3d4e5f.db"), b"journal").unwrap();
    let cloud = RefCell::new(Vec::new());
    each_file(&root.join(crate::names::DATA), &|path| {
        if wanted(path) {
            cloud.borrow_mut().push((path.to_owned(), std::fs::read(path).unwrap()));
            std::fs::write(named(path, ".nextcloud"), b" ").unwrap();
            std::fs::remove_file(path).unwrap();
        }
        wanted(path)
    });
    cloud.into_inner()
}

/// The client brings everything.
pub(crate) fn bring(cloud: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in cloud {
        std::fs::write(path, bytes).unwrap();
        std::fs::remove_file(named(path, ".nextcloud")).unwrap();
    }
}

fn named(path: &Path, ending: &str) -> PathBuf {
    path.with_file_name(format!("{}{ending}", path.file_name().unwrap().to_str().unwrap()))
}

fn each_file(folder: &Path, with: &dyn Fn(&Path) -> bool) -> u64 {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        count += if path.is_dir() { each_file(&path, with) } else { u64::from(with(&path)) };
    }
    count
}

const NAME: &str = "larder-data/w/aa/r/x.rec";

fn one_file(root: &Path, text: &[u8]) {
    std::fs::create_dir_all(root.join("larder-data/w/aa/r")).unwrap();
    std::fs::write(root.join(NAME), text).unwrap();
}

fn code<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> RefusalCode {
    answer.unwrap_err().code
}

// fault 22
#[test]
fn a_file_in_the_cloud_is_told_before_it_is_read_and_comes_when_it_is() {
    let root = tempfile::tempdir().unwrap();
    let text = b"flour ".repeat(200_000);
    one_file(root.path(), &text);
    leave_in_cloud(root.path(), &|_| true);
    let provider = Provider::new();
    let place = provider.folder(root.path(), Duration::from_secs(10));
    let found = place.stat(NAME).unwrap().unwrap();
    assert_eq!((found.size_bytes, found.whereabouts), (Some(text.len() as u64), Whereabouts::OnRequest));
    assert_eq!(place.list("larder-data/w/aa/r").unwrap().len(), 1);
    assert_eq!(code(place.get(NAME, 100)), RefusalCode::TooLarge);
    assert_eq!(provider.asked(), 0, "nothing of that brings it here");
    assert_eq!(place.get(NAME, 10_000_000).unwrap().unwrap(), text);
    assert_eq!(provider.asked(), 1);
}

// fault 22
#[test]
fn a_file_that_does_not_come_from_the_cloud_is_not_waited_for_twice() {
    let root = tempfile::tempdir().unwrap();
    one_file(root.path(), b"text");
    leave_in_cloud(root.path(), &|_| true);
    let provider = Provider::new();
    provider.now(Answers::Waits);
    let place = provider.folder(root.path(), Duration::from_millis(300));
    let begun = Instant::now();
    let refusal = place.get(NAME, 100).unwrap_err();
    assert_eq!((refusal.code, refusal.waiting_helps), (RefusalCode::CloudOnly, true));
    assert!(begun.elapsed() >= Duration::from_millis(300));
    for _ in 0..100 {
        assert_eq!(code(place.get(NAME, 100)), RefusalCode::CloudOnly);
    }
    assert_eq!(provider.asked(), 1, "one file was waited for, not a hundred");
    provider.now(Answers::Brings);
    let place = provider.folder(root.path(), Duration::from_secs(10));
    assert_eq!(place.get(NAME, 100).unwrap().unwrap(), b"text", "the next look asks again");
}

// fault 22
#[test]
fn what_the_cloud_refuses_is_said_at_once() {
    let root = tempfile::tempdir().unwrap();
    one_file(root.path(), b"text");
    leave_in_cloud(root.path(), &|_| true);
    let provider = Provider::new();
    provider.now(Answers::Refuses);
    let place = provider.folder(root.path(), Duration::from_secs(600));
    assert_eq!(code(place.get(NAME, 100)), RefusalCode::CloudOnly);
}

/// Wants no more as soon as it is asked whether to go on.
struct Stopped;

impl Write for Stopped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::Error::other("stopped"))
    }
}

// fault 22
#[test]
fn whoever_waits_for_the_cloud_can_stop_at_any_moment() {
    let root = tempfile::tempdir().unwrap();
    one_file(root.path(), b"text");
    leave_in_cloud(root.path(), &|_| true);
    let provider = Provider::new();
    provider.now(Answers::Waits);
    let place = provider.folder(root.path(), Duration::from_secs(600));
    let answer = place.get_to(NAME, &mut Stopped, 100);
    assert_ne!(code(answer), RefusalCode::CloudOnly, "the person stopped, the cloud is not to blame");
    provider.now(Answers::Brings);
}

// fault 22
#[test]
fn what_stands_in_for_a_file_is_known_by_its_name() {
    for ending in [".nextcloud", ".owncloud"] {
        let root = tempfile::tempdir().unwrap();
        one_file(root.path(), b"text");
        stand_in(root.path(), &|_| true);
        let stands = named(&root.path().join(NAME), ".nextcloud");
        std::fs::rename(&stands, named(&root.path().join(NAME), ending)).unwrap();
        let place = Folder::new(root.path());
        let listed = place.list("larder-data/w/aa/r").unwrap();
        assert_eq!(
            listed.iter().map(|e| (e.name.as_str(), e.whereabouts)).collect::<Vec<_>>(),
            [("x.rec", Whereabouts::Elsewhere)]
        );
        let found = place.stat(NAME).unwrap().unwrap();
        assert_eq!((found.size_bytes, found.whereabouts), (None, Whereabouts::Elsewhere));
        assert_eq!(code(place.get(NAME, 100)), RefusalCode::CloudOnly);
        assert_eq!(place.get("larder-data/w/aa/r/y.rec", 100).unwrap(), None, "another one is not there at all");
        // The client brings it: for a moment both are there.
        std::fs::write(root.path().join(NAME), b"text").unwrap();
        assert_eq!(place.list("larder-data/w/aa/r").unwrap().len(), 1);
        assert_eq!(place.stat(NAME).unwrap().unwrap().whereabouts, Whereabouts::Here);
        assert_eq!(place.get(NAME, 100).unwrap().unwrap(), b"text");
    }
}

// fault 22
#[test]
fn a_name_that_only_looks_like_a_stand_in_says_nothing_where_no_such_client_works() {
    let root = tempfile::tempdir().unwrap();
    one_file(root.path(), b"text");
    std::fs::write(root.path().join("larder-data/w/aa/r/y.rec.nextcloud"), b" ").unwrap();
    let place = Folder::new(root.path());
    assert_eq!(place.get("larder-data/w/aa/r/y.rec", 100).unwrap(), None);
    assert_eq!(place.stat("larder-data/w/aa/r/y.rec").unwrap(), None);
}
