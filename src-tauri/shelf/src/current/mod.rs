//! Plain copies under `Current/`, for people and programs without Larder. Derived, never read as data, never trusted.
//!
//! Beside the copies lies a note of what Larder wrote, so that a copy that somebody edited is told and not overwritten, and
//! the copies of an earlier release are removed while a file that somebody put there stays.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::path::PathBuf;

use larder_model::{ProductId, Refusal, RefusalCode, safe_title, with_ending};
use serde::{Deserialize, Serialize};

use crate::places::Place;
use crate::stacks::HashSink;
use crate::{caps, names};

/// What came of writing plain copies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CurrentOutcome {
    /// Files that another program has open: they are still the old ones. Trying again later helps.
    pub blocked: Vec<String>,
    /// Files that somebody changed by hand: they were left as they are.
    pub edited: Vec<String>,
}

/// What Larder wrote into a folder: what each file may hold without anybody having edited it.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    #[serde(default)]
    about: String,
    files: BTreeMap<String, BTreeSet<Copy>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Copy {
    sha256: String,
    size_bytes: u64,
}

const ABOUT: &str = "Written by Larder, so that it can tell which of these files were edited by hand.";

/// Folder names under `Current/`, one a product: `titles` by product id. The same for everyone who knows the same products;
/// titles that some system cannot tell apart get ` (2)` in the order of the ids.
pub fn folder_names(titles: &BTreeMap<ProductId, String>) -> BTreeMap<ProductId, String> {
    let mut taken: HashSet<String> = HashSet::from([names::folded("index.html")]);
    let mut folders = BTreeMap::new();
    for (product, title) in titles {
        let base = safe_title(title);
        let mut name = base.clone();
        let mut number = 1_u64;
        while !taken.insert(names::folded(&name)) {
            number += 1;
            let ending = format!(" ({number})");
            name = with_ending(&base, &ending);
        }
        folders.insert(product.clone(), name);
    }
    folders
}

/// Writes the plain copies of a product: each file by its name in the folder (which may be in folders itself, such as
/// `data/x.csv`) and where it is on this computer. Copies of an earlier release that are not among them are removed. What is
/// there already is not written again.
///
/// # Errors
/// `Invalid` for names that some system does not take; `NoPermission`, `NoSpace`, `Unreachable`; what reading a local file
/// answers.
pub fn write(place: &dyn Place, folder_title: &str, files: &[(String, PathBuf)]) -> Result<CurrentOutcome, Refusal> {
    lay_out(place, folder_title, files, false)
}

/// Writes the plain copies over whatever somebody made of them: after the person was asked.
///
/// # Errors
/// As [`write`].
pub fn restore(place: &dyn Place, folder_title: &str, files: &[(String, PathBuf)]) -> Result<CurrentOutcome, Refusal> {
    lay_out(place, folder_title, files, true)
}

/// Removes the plain copies of a product, after it was retired or renamed. What somebody edited or put there stays.
///
/// # Errors
/// As [`write`].
pub fn remove(place: &dyn Place, folder_title: &str) -> Result<CurrentOutcome, Refusal> {
    let outcome = lay_out(place, folder_title, &[], false)?;
    if outcome.blocked.is_empty() {
        place.delete(&manifest_name(folder_title))?;
    }
    Ok(outcome)
}

/// Copies that were found as Larder wrote them, each with the size and the mark that the place gave it then: as long as it
/// gives the same, they are not read once more.
pub type Untouched = BTreeMap<String, (u64, u64)>;

/// Copies that somebody edited by hand.
///
/// # Errors
/// As [`write`].
pub fn is_edited(place: &dyn Place, folder_title: &str, untouched: &mut Untouched) -> Result<Vec<String>, Refusal> {
    let mut edited = Vec::new();
    for (name, copies) in read_manifest(place, folder_title)?.files {
        let target = path(folder_title, &name);
        let found = place.stat(&target)?.filter(|entry| !entry.folder);
        let marks = found.and_then(|entry| entry.size_bytes.zip(entry.changed));
        if marks.is_some() && untouched.get(&target) == marks.as_ref() {
            continue;
        }
        untouched.remove(&target);
        match standing(place, &target, &copies)? {
            Standing::Foreign => edited.push(name),
            Standing::Ours(_) => untouched.extend(marks.map(|marks| (target, marks))),
            Standing::Nothing | Standing::Held => {}
        }
    }
    Ok(edited)
}

/// Writes what somebody made of a copy to `out`; answers its size, or nothing where it is gone.
///
/// # Errors
/// `TooLarge` beyond `max_bytes`; `Invalid`; `Locked`; otherwise as [`write`].
pub fn take_out(
    place: &dyn Place,
    folder_title: &str,
    name: &str,
    out: &mut dyn std::io::Write,
    max_bytes: u64,
) -> Result<Option<u64>, Refusal> {
    let target = path(folder_title, name);
    names::plain(&target)?;
    place.get_to(&target, out, max_bytes)
}

/// Writes files right into `Current/`, such as its `index.html`: always, as nobody keeps data in them.
///
/// # Errors
/// As [`write`].
pub fn write_root(place: &dyn Place, files: &[(String, PathBuf)]) -> Result<CurrentOutcome, Refusal> {
    let mut outcome = CurrentOutcome::default();
    for (name, local) in files {
        let target = format!("{}/{name}", names::CURRENT);
        names::plain(&target)?;
        let copy = measure(name, local)?;
        if matches!(standing(place, &target, &BTreeSet::from([copy.clone()]))?, Standing::Ours(_)) {
            continue;
        }
        put(place, &target, name, local, copy.size_bytes, &mut outcome)?;
    }
    Ok(outcome)
}

fn path(folder: &str, name: &str) -> String {
    format!("{}/{folder}/{name}", names::CURRENT)
}

fn manifest_name(folder: &str) -> String {
    path(folder, names::MANIFEST)
}

/// The note, or an empty one where it is missing or not ours: then every file there counts as somebody's.
fn read_manifest(place: &dyn Place, folder: &str) -> Result<Manifest, Refusal> {
    let name = manifest_name(folder);
    names::plain(&name)?;
    let bytes = match place.get(&name, caps::MANIFEST_BYTES) {
        Err(refusal) if refusal.code == RefusalCode::TooLarge => None,
        answer => answer?,
    };
    let mut manifest: Manifest = bytes.and_then(|bytes| crate::json::read(&bytes)).unwrap_or_default();
    manifest.files.retain(|name, _| name != names::MANIFEST && names::plain(&path(folder, name)).is_ok());
    Ok(manifest)
}

fn write_manifest(place: &dyn Place, folder: &str, files: BTreeMap<String, BTreeSet<Copy>>) -> Result<(), Refusal> {
    let manifest = Manifest { about: ABOUT.to_owned(), files };
    let text = serde_json::to_vec_pretty(&manifest)
        .map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))?;
    let name = manifest_name(folder);
    if place.get(&name, caps::MANIFEST_BYTES).is_ok_and(|there| there.as_deref() == Some(text.as_slice())) {
        return Ok(());
    }
    place.replace(&name, &mut text.as_slice(), text.len() as u64)
}

enum Standing {
    Nothing,
    /// One of what we wrote.
    Ours(Copy),
    /// Something else.
    Foreign,
    /// Cannot be read right now, because another program holds it.
    Held,
}

/// What is there, read only if its size is one that it could have by our own hand.
fn standing(place: &dyn Place, target: &str, ours: &BTreeSet<Copy>) -> Result<Standing, Refusal> {
    let Some(entry) = place.stat(target)? else { return Ok(Standing::Nothing) };
    let size = entry.size_bytes.filter(|_| !entry.folder);
    let Some(size) = size.filter(|size| ours.iter().any(|copy| copy.size_bytes == *size)) else {
        return Ok(Standing::Foreign);
    };
    let mut sink = HashSink::default();
    let read = match place.get_to(target, &mut sink, size) {
        Err(refusal) if refusal.code == RefusalCode::TooLarge => return Ok(Standing::Foreign),
        Err(refusal) if matches!(refusal.code, RefusalCode::Locked | RefusalCode::Busy) => return Ok(Standing::Held),
        read => read?,
    };
    let there = Copy { sha256: sink.hex(), size_bytes: size };
    Ok(match read {
        None => Standing::Nothing,
        Some(_) if ours.contains(&there) => Standing::Ours(there),
        Some(_) => Standing::Foreign,
    })
}

fn measure(name: &str, local: &PathBuf) -> Result<Copy, Refusal> {
    let told = |e: std::io::Error| Refusal::from_io(&e, name);
    let mut sink = HashSink::default();
    let size_bytes = std::io::copy(&mut File::open(local).map_err(told)?, &mut sink).map_err(told)?;
    Ok(Copy { sha256: sink.hex(), size_bytes })
}

/// Puts one copy; answers whether it is there now.
fn put(
    place: &dyn Place,
    target: &str,
    name: &str,
    local: &PathBuf,
    size_bytes: u64,
    outcome: &mut CurrentOutcome,
) -> Result<bool, Refusal> {
    let mut content = File::open(local).map_err(|e| Refusal::from_io(&e, name))?;
    match place.replace(target, &mut content, size_bytes) {
        Ok(()) => Ok(true),
        Err(refusal) if matches!(refusal.code, RefusalCode::Locked | RefusalCode::IsAFolder) => {
            outcome.blocked.push(name.to_owned());
            Ok(false)
        }
        Err(refusal) => Err(refusal),
    }
}

fn lay_out(
    place: &dyn Place,
    folder: &str,
    files: &[(String, PathBuf)],
    over_edits: bool,
) -> Result<CurrentOutcome, Refusal> {
    if folder.contains('/') {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "name").with("value", folder));
    }
    let mut wanted: BTreeMap<&str, (&PathBuf, Copy)> = BTreeMap::new();
    let mut met = HashSet::new();
    for (name, local) in files {
        names::plain(&path(folder, name))?;
        if name == names::MANIFEST || !met.insert(names::folded(name)) {
            return Err(Refusal::new(RefusalCode::Taken).with("name", name.as_str()));
        }
        wanted.insert(name, (local, measure(name, local)?));
    }
    let before = read_manifest(place, folder)?.files;
    if before.is_empty() && wanted.is_empty() {
        return Ok(CurrentOutcome::default());
    }
    // Before anything is touched, the note allows for the old and the new: a crash in between makes no edit of it.
    let mut allowed = before.clone();
    for (name, (_, copy)) in &wanted {
        allowed.entry((*name).to_owned()).or_default().insert(copy.clone());
    }
    let mut after = allowed.clone();
    write_manifest(place, folder, allowed)?;
    let mut outcome = CurrentOutcome::default();
    for (name, (local, copy)) in &wanted {
        let target = path(folder, name);
        let ours = after.get(*name).cloned().unwrap_or_default();
        match standing(place, &target, &ours)? {
            Standing::Foreign if !over_edits => outcome.edited.push((*name).to_owned()),
            Standing::Held => outcome.blocked.push((*name).to_owned()),
            Standing::Ours(there) if there == *copy => {
                after.insert((*name).to_owned(), BTreeSet::from([copy.clone()]));
            }
            _ => {
                if put(place, &target, name, local, copy.size_bytes, &mut outcome)? {
                    after.insert((*name).to_owned(), BTreeSet::from([copy.clone()]));
                }
            }
        }
    }
    for (name, ours) in before.iter().filter(|(name, _)| !wanted.contains_key(name.as_str())) {
        if clear(place, &path(folder, name), ours)? {
            after.remove(name);
        } else {
            outcome.blocked.push(name.clone());
        }
    }
    write_manifest(place, folder, after)?;
    Ok(outcome)
}

/// Removes a copy of an earlier release, unless somebody made something of it; then it is theirs. False where it is open.
fn clear(place: &dyn Place, target: &str, ours: &BTreeSet<Copy>) -> Result<bool, Refusal> {
    match standing(place, target, ours)? {
        Standing::Ours(_) => {}
        Standing::Held => return Ok(false),
        Standing::Nothing | Standing::Foreign => return Ok(true),
    }
    match place.delete(target) {
        Ok(()) => Ok(true),
        Err(refusal) if matches!(refusal.code, RefusalCode::Locked | RefusalCode::Busy) => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

#[cfg(test)]
mod tests;
