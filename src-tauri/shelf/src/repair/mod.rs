//! Putting back what somebody deleted or spoilt on a shelf, as far as this device has it: the founding record and the rosters
//! that it knows, its own folder, and parts of what colleagues published.
//!
//! A device writes into its own folder only; colleagues' parts go there too, as readers look for content by its hash, whoever
//! holds it. So if all of a shelf was deleted, its devices together bring all of it back.

mod walk;

use std::collections::BTreeMap;
use std::path::PathBuf;

use larder_model::{Refusal, RefusalCode, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::archive::Archive;
use crate::ledger::Ledger;
use crate::place_write::Wanted;
use crate::places::Place;
use crate::plan::PartReader;
use crate::sealed::{Again, Key};
use crate::{Device, Trust, caps, names, place_write};

/// What can be put back. Texts are in the words under `mend-<code>`, with \[count\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MendCode {
    /// The record that the shelf began with.
    Founding,
    /// Rosters and house rules.
    Governing,
    /// This device's own list of what it stands for.
    OwnHead,
    /// Other small records of this device.
    OwnRecords,
    /// Content that this device published.
    OwnParts,
    /// Content and records of colleagues, which then stand in this device's folder.
    Lent,
    /// Own files that stand under another name.
    Misplaced,
}

impl MendCode {
    /// Every code, so that the words can be proven complete.
    pub const ALL: [MendCode; 7] = {
        use MendCode::*;
        [Founding, Governing, OwnHead, OwnRecords, OwnParts, Lent, Misplaced]
    };
}

/// Something of a release that this device cannot put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lost {
    /// The data product's name.
    pub title: String,
    /// The release's number; 0 where not even its record is here.
    pub release: u64,
    /// How many of its files are missing or damaged.
    pub count: u64,
    /// The device that published it and can send it again.
    pub writer: WriterId,
    /// Files that something keeps taking away, however often they are put back.
    pub vanishing: Vec<String>,
}

/// What is to be put back, or was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Repair {
    /// What can be put back, and how many files of it.
    pub can: BTreeMap<MendCode, u64>,
    /// What cannot.
    pub cannot: Vec<Lost>,
    /// So much is gone that somebody may have done it on purpose, or the wrong folder is looked at: a person says first that it
    /// is to be put back.
    pub much: bool,
    /// Files that were put back.
    pub mended: u64,
}

impl Repair {
    /// How many files can be put back.
    pub fn count(&self) -> u64 {
        self.can.values().sum()
    }
}

/// How to look, and what to do.
pub struct Mending<'m> {
    /// What was kept of this shelf.
    pub archive: &'m Archive,
    /// Where a whole file (by its sha256) is on this computer.
    pub here: &'m dyn Fn(&str) -> Option<PathBuf>,
    /// Whether every byte is read again, or sizes are believed.
    pub thorough: bool,
    /// Whether a person asked for it: then much is put back too, and what keeps vanishing.
    pub asked: bool,
    /// Told how many files were looked at or put back.
    pub progress: &'m dyn Fn(u64),
    /// Asked again and again whether to stop.
    pub cancelled: &'m dyn Fn() -> bool,
}

/// Times that something is put back by itself before a person is told that it keeps vanishing.
const TRIES: u32 = 3;

/// Looks for what is missing or damaged, and tells what this device could put back. Changes nothing on the place.
///
/// # Errors
/// `Unreachable` where the place is away; `TooNew`; `Cancelled`; otherwise what the place answers.
pub fn diagnose(place: &dyn Place, trust: &mut Trust, device: &Device, how: &Mending) -> Result<Repair, Refusal> {
    Ok(walk::walk(place, trust, device, how)?.0)
}

/// Puts back what is missing or damaged. What it does it may do again after a crash; the head comes last, so that nobody sees
/// a half-mended folder.
///
/// # Errors
/// As [`diagnose`]; `NoPermission`, `NoSpace`, `NotVerified` and the like of the place.
pub fn repair(place: &dyn Place, trust: &mut Trust, device: &Device, how: &Mending) -> Result<Repair, Refusal> {
    let (mut repair, wants) = walk::walk(place, trust, device, how)?;
    if wants.is_empty() || (repair.much && !how.asked) {
        return Ok(repair);
    }
    let _turn = device.turn()?;
    for want in &wants {
        if (how.cancelled)() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        want.put(place)?;
        let tries = trust.resent.entry(want.hash.clone()).or_insert(0);
        *tries = tries.saturating_add(1);
        trust.damaged.remove(&want.name);
        repair.mended += 1;
        (how.progress)(repair.mended);
    }
    if trust.resent.len() > caps::DAMAGED {
        let wanted = |hash: &String| wants.iter().any(|want| want.hash == *hash);
        trust.resent.retain(|hash, _| wanted(hash));
    }
    // Nobody but people reads it, so a shelf without it is whole.
    let text = include_str!("../read_me.txt");
    if place.stat(names::READ_ME).is_ok_and(|there| there.is_none()) {
        let _ = place.replace(names::READ_ME, &mut text.as_bytes(), text.len() as u64);
    }
    trust.pulse = None;
    Ok(repair)
}

/// Where the bytes of something are.
enum From {
    Memory(Vec<u8>),
    /// Under another name on the place.
    Place(String),
    /// In a file of this computer.
    File {
        path: PathBuf,
        start: u64,
    },
    /// In a file of this computer, encrypted once more to the same bytes.
    Sealed {
        path: PathBuf,
        start: u64,
        key: Box<Key>,
        beginning: Vec<u8>,
    },
}

/// A file that is to be put back.
struct Want {
    name: String,
    hash: String,
    size_bytes: u64,
    from: From,
    code: MendCode,
    /// Whether it stands on the place, only somewhere else.
    there: bool,
}

impl Want {
    fn put(&self, place: &dyn Place) -> Result<(), Refusal> {
        let wanted = Wanted { name: &self.name, hash: &self.hash, size_bytes: self.size_bytes };
        let part = (self.hash.clone(), self.size_bytes);
        let stop = std::cell::Cell::new(None);
        // Nothing is believed to stand that is not read back now.
        let mut ledger = Ledger::default();
        let put = place_write::put(place, wanted, &mut ledger, &mut || match &self.from {
            From::Memory(bytes) => Ok(Box::new(bytes.as_slice())),
            From::Place(name) => {
                let gone = || Refusal::new(RefusalCode::NotFound).with("file", name.as_str());
                let bytes = place.get(name, self.size_bytes)?.ok_or_else(gone)?;
                Ok(Box::new(std::io::Cursor::new(bytes)))
            }
            From::File { path, start } => {
                let reader = PartReader::open(path, *start, &part, &|_| true, &stop);
                Ok(Box::new(reader.map_err(|e| Refusal::from_io(&e, &self.name))?))
            }
            From::Sealed { path, start, key, beginning } => {
                let again = Again::open(key, beginning, path, *start, self.size_bytes);
                let gone = || Refusal::new(RefusalCode::NotFound).with("file", path.display().to_string());
                Ok(Box::new(again.ok_or_else(gone)?))
            }
        });
        match stop.get() {
            Some(_) => Err(Refusal::new(RefusalCode::Busy).with("what", self.name.as_str())),
            None => put,
        }
    }
}
