//! How much travels: only what changed, and nothing twice.

use std::cell::Cell;
use std::sync::atomic::{AtomicI64, Ordering};

use super::counted::Counted;
use super::*;
use crate::{Fetch, LocalPart, fetch};

/// Bytes without any pattern, the same for a seed.
fn noise(seed: u64, size: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

fn publish_table(desk: &mut Desk, place: &dyn Place, table: &[u8]) -> Published {
    let files = vec![desk.file("label.json", b"{}"), desk.file("table.parquet", table)];
    let product = product("big");
    let publication =
        Publication { product: &product, title: "big", rows: 3, files, about: serde_json::Value::Null, seal: None };
    publish(place, &desk.device, &mut desk.trust, &publication, NOW, &|_| true).unwrap()
}

fn table(seen: &Seen) -> &crate::ReleaseFile {
    seen.files.iter().find(|file| file.name == "table.parquet").unwrap()
}

/// Where the parts of a table that is here are in its file.
fn local(file: &crate::ReleaseFile, path: &std::path::Path) -> std::collections::HashMap<String, LocalPart> {
    let mut start = 0;
    file.parts
        .iter()
        .map(|(hash, size)| {
            let part = LocalPart { path: path.to_owned(), start };
            start += size;
            (hash.clone(), part)
        })
        .collect()
}

fn bring(place: &dyn Place, seen: &Seen, into: &std::path::Path, here: &dyn Fn(&str) -> Option<LocalPart>) {
    let holders = [seen.writer.clone()];
    fetch(place, &Fetch { file: table(seen), holders: &holders, here, progress: &|_| {}, cancelled: &|| false }, into)
        .unwrap();
}

#[test]
fn a_change_in_the_middle_moves_the_parts_that_it_is_in_and_no_others() {
    let place = SimPlace::new();
    let server = Counted::new(&place);
    let (mut anna, mut ben) = anna_and_ben(&place);
    let first = noise(7, 40 << 20);
    publish_table(&mut anna, &server, &first);
    let seen = ben.seen(&server, "big");
    assert!(table(&seen).parts.len() > 4, "{} parts", table(&seen).parts.len());
    let old = ben.home.path().join("old");
    bring(&server, &seen, &old, &|_| None);
    let known = local(table(&seen), &old);
    // A row more near the middle: everything behind it moves.
    let mut second = first.clone();
    second.splice((20 << 20)..(20 << 20), b"one more row".iter().copied());
    server.take();
    publish_table(&mut anna, &server, &second);
    let (_, verbs) = server.take();
    let seen = ben.seen(&server, "big");
    let changed: Vec<_> = table(&seen).parts.iter().filter(|(hash, _)| !known.contains_key(hash)).collect();
    let changed_bytes: u64 = changed.iter().map(|(_, size)| size).sum();
    assert!(changed.len() <= 2 && changed_bytes < 20 << 20, "{changed:?}");
    let little = |verb: &str| verbs[verb].bytes * 10 <= changed_bytes * 12;
    assert!(little("put") && little("get"), "sent and read back: {verbs:?}, changed: {changed_bytes}");
    server.take();
    let new = ben.home.path().join("new");
    bring(&server, &seen, &new, &|hash| known.get(hash).cloned());
    let (times, verbs) = server.take();
    assert_eq!((times, verbs["get"].bytes), (changed.len() as u64, changed_bytes), "{verbs:?}");
    assert!(std::fs::read(new).unwrap() == second);
}

#[test]
fn a_fetch_that_was_stopped_goes_on_where_it_was() {
    let place = SimPlace::new();
    let server = Counted::new(&place);
    let (mut anna, mut ben) = anna_and_ben(&place);
    let content = noise(8, 30 << 20);
    publish_table(&mut anna, &server, &content);
    let seen = ben.seen(&server, "big");
    let into = ben.home.path().join("table");
    let holders = [seen.writer.clone()];
    let done = Cell::new(0);
    let what = Fetch {
        file: table(&seen),
        holders: &holders,
        here: &|_| None,
        progress: &|bytes| done.set(bytes),
        cancelled: &|| done.get() > 20 << 20,
    };
    assert_eq!(fetch(&server, &what, &into).unwrap_err().code, larder_model::RefusalCode::Cancelled);
    assert!(!into.exists());
    server.take();
    let least = Cell::new(u64::MAX);
    let what = Fetch { progress: &|bytes| least.set(least.get().min(bytes)), cancelled: &|| false, ..what };
    fetch(&server, &what, &into).unwrap();
    let (_, verbs) = server.take();
    assert!(verbs["get"].bytes < 26 << 20, "what was here is not fetched again: {verbs:?}");
    assert!(least.get() > 0 && std::fs::read(&into).unwrap() == content);
    assert_eq!(
        std::fs::read_dir(ben.home.path())
            .unwrap()
            .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with(".larder-"))
            .count(),
        0
    );
}

// fault 60
#[test]
fn what_was_begun_and_spoilt_meanwhile_is_fetched_again() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let content = noise(9, 12 << 20);
    publish_table(&mut anna, &place, &content);
    let seen = ben.seen(&place, "big");
    let into = ben.home.path().join("table");
    let begun = ben.home.path().join(format!(".larder-{}.part", &table(&seen).sha256[..32]));
    let mut spoilt = content.clone();
    spoilt[3] ^= 1;
    std::fs::write(&begun, &spoilt).unwrap();
    bring(&place, &seen, &into, &|_| None);
    assert!(std::fs::read(&into).unwrap() == content && !begun.exists());
    // The same with a longer file, and with an earlier table that is not what it was.
    std::fs::write(&begun, [content.as_slice(), b"more"].concat()).unwrap();
    std::fs::write(ben.home.path().join("old"), &spoilt).unwrap();
    let known = local(table(&seen), &ben.home.path().join("old"));
    bring(&place, &seen, &into, &|hash| known.get(hash).cloned());
    assert!(std::fs::read(&into).unwrap() == content);
}

#[test]
fn two_fetches_of_one_file_do_not_spoil_each_other() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    publish_table(&mut anna, &place, &noise(10, 3 << 20));
    let seen = ben.seen(&place, "big");
    let into = ben.home.path().join("table");
    let holders = [seen.writer.clone()];
    let second = Cell::new(None);
    let inner =
        Fetch { file: table(&seen), holders: &holders, here: &|_| None, progress: &|_| {}, cancelled: &|| false };
    let outer = Fetch { progress: &|_| second.set(fetch(&place, &inner, &into).err().map(|r| r.code)), ..inner };
    let outer = Fetch { file: outer.file, ..outer };
    fetch(&place, &outer, &into).unwrap();
    assert_eq!(second.get(), Some(larder_model::RefusalCode::Busy));
}

#[test]
fn a_small_change_of_a_label_sends_the_label_alone() {
    let place = SimPlace::new();
    let server = Counted::new(&place);
    let (mut anna, _) = anna_and_ben(&place);
    let content = noise(11, 20 << 20);
    publish_table(&mut anna, &server, &content);
    let kept = serde_json::to_string(&anna.trust).unwrap();
    anna.trust = serde_json::from_str(&kept).unwrap();
    server.take();
    let files = vec![anna.file("label.json", b"{\"a\":1}"), anna.file("table.parquet", &content)];
    let product = product("big");
    let publication =
        Publication { product: &product, title: "big", rows: 3, files, about: serde_json::Value::Null, seal: None };
    publish(&server, &anna.device, &mut anna.trust, &publication, NOW, &|_| true).unwrap();
    let (_, verbs) = server.take();
    assert!(verbs["put"].bytes < 100_000 && verbs["get"].bytes < 100_000, "{verbs:?}");
}

#[test]
fn stopped_downloads_are_forgotten_once_they_are_old() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".larder-abc.part"), b"12345").unwrap();
    std::fs::write(folder.path().join("abc.parquet"), b"12345").unwrap();
    assert_eq!(crate::forget_begun(folder.path(), std::time::Duration::from_secs(3600)), 0);
    std::thread::sleep(std::time::Duration::from_millis(5));
    assert_eq!(crate::forget_begun(folder.path(), std::time::Duration::from_millis(1)), 5);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A place where every file is another one from some question on.
struct Replaced<'a> {
    place: &'a SimPlace,
    reads_left: AtomicI64,
}

impl Place for Replaced<'_> {
    fn list(&self, folder: &str) -> Result<Vec<crate::Entry>, Refusal> {
        self.place.list(folder)
    }
    fn stat(&self, name: &str) -> Result<Option<crate::Entry>, Refusal> {
        self.place.stat(name)
    }
    fn get_to(&self, name: &str, out: &mut dyn std::io::Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        let Some(mut bytes) = self.place.get(name, max_bytes)? else { return Ok(None) };
        if self.reads_left.fetch_sub(1, Ordering::Relaxed) <= 0 {
            bytes.fill(b'?');
        }
        out.write_all(&bytes).map_err(|e| Refusal::from_io(&e, name))?;
        Ok(Some(bytes.len() as u64))
    }
    fn put(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        self.place.put(name, content, size_bytes)
    }
    fn replace(&self, name: &str, content: &mut dyn std::io::Read, size_bytes: u64) -> Result<(), Refusal> {
        self.place.replace(name, content, size_bytes)
    }
    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.place.delete(name)
    }
    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        self.place.space_free_bytes()
    }
}

// fault 60
#[test]
fn a_file_replaced_at_any_moment_is_never_opened() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    let content = noise(11, 10 << 20);
    publish_table(&mut anna, &place, &content);
    let seen = ben.seen(&place, "big");
    let holders = [seen.writer.clone()];
    let what =
        Fetch { file: table(&seen), holders: &holders, here: &|_| None, progress: &|_| {}, cancelled: &|| false };
    let mut spoilt = 0;
    for reads in 0.. {
        let into = ben.home.path().join(format!("table {reads}"));
        let changing = Replaced { place: &place, reads_left: AtomicI64::new(reads) };
        match fetch(&changing, &what, &into) {
            Ok(()) => {
                // What is replaced afterwards is no matter: what is opened is the copy.
                assert!(std::fs::read(&into).unwrap() == content);
                break;
            }
            Err(refusal) => {
                assert_eq!(refusal.code, larder_model::RefusalCode::Damaged);
                assert!(!into.exists(), "after {reads} reads");
                spoilt += 1;
            }
        }
        for entry in std::fs::read_dir(ben.home.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "part") {
                std::fs::remove_file(path).unwrap();
            }
        }
    }
    assert!(spoilt > 1, "{spoilt}");
}
