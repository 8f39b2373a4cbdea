//! Putting things where they belong and reading them back: nothing counts as written before it was read.

use std::io::Read;

use larder_model::{Refusal, RefusalCode};

use crate::broken::{self, Broken};
use crate::caps;
use crate::envelope::sha256;
use crate::places::Place;
use crate::stacks::HashSink;

/// Whether a name holds exactly this content, by reading all of it.
pub(crate) fn stands(place: &dyn Place, name: &str, hash: &str, size_bytes: u64) -> Result<bool, Refusal> {
    let size = place.stat(name)?.filter(|entry| !entry.folder).and_then(|entry| entry.size_bytes);
    if size != Some(size_bytes) {
        return Ok(false);
    }
    let mut sink = HashSink::default();
    match place.get_to(name, &mut sink, size_bytes) {
        Ok(size) => Ok(size == Some(size_bytes) && sink.hex() == hash),
        Err(refusal) if refusal.code == RefusalCode::TooLarge => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

/// Puts content under a name of our own and reads it back. Already there: nothing is done. There with other bytes, which only
/// a crash or the place itself can have done: it is put again.
///
/// # Errors
/// `NotVerified` where it reads back differently every time; otherwise what the place or `source` answers.
pub(crate) fn put<'a>(
    place: &dyn Place,
    name: &str,
    hash: &str,
    size_bytes: u64,
    source: &mut dyn FnMut() -> Result<Box<dyn Read + 'a>, Refusal>,
) -> Result<(), Refusal> {
    if stands(place, name, hash, size_bytes)? {
        return Ok(());
    }
    for _ in 0..caps::PUT_TRIES {
        if place.stat(name)?.is_some() {
            place.delete(name)?;
        }
        match place.put(name, &mut *source()?, size_bytes) {
            Ok(()) => {}
            Err(refusal) if refusal.code == RefusalCode::Taken => {}
            Err(refusal) => return Err(refusal),
        }
        if broken::is(Broken::NotReadBack) || stands(place, name, hash, size_bytes)? {
            return Ok(());
        }
    }
    Err(Refusal::new(RefusalCode::NotVerified).with("file", name))
}

/// The same for bytes in memory.
pub(crate) fn put_bytes(place: &dyn Place, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    put(place, name, &sha256(bytes), bytes.len() as u64, &mut || Ok(Box::new(bytes)))
}
