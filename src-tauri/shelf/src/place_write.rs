//! Putting things where they belong and reading them back: nothing counts as written before it was read.

use std::io::Read;

use larder_model::{Refusal, RefusalCode};

use crate::broken::{self, Broken};
use crate::caps;
use crate::envelope::sha256;
use crate::ledger::Ledger;
use crate::places::{Entry, Place};
use crate::stacks::HashSink;

/// A file that is to stand on a place: its name, hash and size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'w> {
    pub name: &'w str,
    pub hash: &'w str,
    pub size_bytes: u64,
}

/// Whether a name holds exactly this content, by reading all of it.
pub(crate) fn reads_back(place: &dyn Place, wanted: Wanted) -> Result<bool, Refusal> {
    let mut sink = HashSink::default();
    match place.get_to(wanted.name, &mut sink, wanted.size_bytes) {
        Ok(size) => Ok(size == Some(wanted.size_bytes) && sink.hex() == wanted.hash),
        Err(refusal) if refusal.code == RefusalCode::TooLarge => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

fn entry(place: &dyn Place, wanted: Wanted) -> Result<Option<Entry>, Refusal> {
    Ok(place.stat(wanted.name)?.filter(|entry| !entry.folder))
}

/// Puts content under a name of our own and reads it back. Already there: nothing is done. There with other bytes, which only
/// a crash or the place itself can have done: it is put again. What the ledger knows is not read once more, and what was read
/// back is written into it.
///
/// # Errors
/// `NotVerified` where it reads back differently every time; otherwise what the place or `source` answers.
pub(crate) fn put<'a>(
    place: &dyn Place,
    wanted: Wanted,
    ledger: &mut Ledger,
    source: &mut dyn FnMut() -> Result<Box<dyn Read + 'a>, Refusal>,
) -> Result<(), Refusal> {
    let mut there = entry(place, wanted)?;
    if let Some(found) = &there {
        if ledger.knows(wanted.hash, found) {
            return Ok(());
        }
        if found.size_bytes == Some(wanted.size_bytes) && reads_back(place, wanted)? {
            ledger.note(wanted.hash, found);
            return Ok(());
        }
    }
    for _ in 0..caps::PUT_TRIES {
        if there.is_some() {
            place.delete(wanted.name)?;
        }
        match place.put(wanted.name, &mut *source()?, wanted.size_bytes) {
            Ok(()) => {}
            Err(refusal) if refusal.code == RefusalCode::Taken => {}
            Err(refusal) => return Err(refusal),
        }
        // The mark is taken before the bytes: what is replaced in between has another one the next time.
        there = entry(place, wanted)?;
        if let Some(found) = &there
            && (broken::is(Broken::NotReadBack) || reads_back(place, wanted)?)
        {
            ledger.note(wanted.hash, found);
            return Ok(());
        }
    }
    Err(Refusal::new(RefusalCode::NotVerified).with("file", wanted.name))
}

/// The same for a few bytes in memory.
pub(crate) fn put_bytes(place: &dyn Place, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let wanted = Wanted { name, hash: &sha256(bytes), size_bytes: bytes.len() as u64 };
    put(place, wanted, &mut Ledger::default(), &mut || Ok(Box::new(bytes)))
}
