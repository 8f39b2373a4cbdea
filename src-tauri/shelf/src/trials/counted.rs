//! A place that counts what is asked of it, as a server would be asked.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::sync::Mutex;

use larder_model::Refusal;

use crate::Place;
use crate::places::Entry;
use crate::sim::SimPlace;

/// What was asked, by verb: how often, and how many bytes of files went either way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub times: u64,
    pub bytes: u64,
}

/// A server: nothing makes doubles there, and listings tell sizes and marks.
pub(crate) struct Counted<'p> {
    place: &'p SimPlace,
    asked: Mutex<BTreeMap<&'static str, Asked>>,
}

impl<'p> Counted<'p> {
    pub fn new(place: &'p SimPlace) -> Counted<'p> {
        Counted { place, asked: Mutex::default() }
    }

    fn count(&self, verb: &'static str, bytes: u64) {
        let mut asked = self.asked.lock().unwrap();
        let asked = asked.entry(verb).or_default();
        asked.times += 1;
        asked.bytes += bytes;
    }

    /// What was asked since the last time, in all and by verb.
    pub fn take(&self) -> (u64, BTreeMap<&'static str, Asked>) {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        (asked.values().map(|asked| asked.times).sum(), asked)
    }
}

impl Place for Counted<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        self.count("list", 0);
        let mut listed = self.place.list(folder)?;
        // As servers answer, which tell sizes and marks with the names.
        for entry in listed.iter_mut().filter(|entry| !entry.folder) {
            let found = self.place.stat(&format!("{folder}/{}", entry.name))?;
            entry.size_bytes = found.and_then(|found| found.size_bytes);
            entry.changed = Some(1);
        }
        Ok(listed)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        self.count("stat", 0);
        Ok(self.place.stat(name)?.map(|entry| Entry { changed: (!entry.folder).then_some(1), ..entry }))
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        let got = self.place.get_to(name, out, max_bytes)?;
        self.count("get", got.unwrap_or(0));
        Ok(got)
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.count("put", size_bytes);
        self.place.put(name, content, size_bytes)
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.count("put", size_bytes);
        self.place.replace(name, content, size_bytes)
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.count("delete", 0);
        self.place.delete(name)
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        Ok(None)
    }

    fn may_hold_doubles(&self) -> bool {
        false
    }
}
