//! Bringing files of a release into the private cache: verified while they are copied, so that nothing is ever opened that
//! was not published.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use larder_model::{Refusal, RefusalCode, ReleaseHash, WriterId};
use sha2::{Digest, Sha256};

use crate::broken::{self, Broken};
use crate::lineage::{Lineage, Load};
use crate::places::Place;
use crate::stacks::Stacks;
use crate::{Device, ReleaseFile, Trust, caps};

/// Copies a file into the private cache, as `into`. `holders` are the devices that are asked first, in this order: the
/// release's publisher, then whoever has it too. Every part and the whole are verified; `into` is there in full or not at
/// all. `progress` is told the bytes so far.
///
/// # Errors
/// `Damaged` where what is there is not what was published (tell [`Trust::note_damaged`]); `NotHereYet` where a part has not
/// arrived; `Cancelled`; `NoSpace` and the like of this computer; what the place answers.
pub fn fetch(
    place: &dyn Place,
    file: &ReleaseFile,
    holders: &[WriterId],
    into: &Path,
    progress: &dyn Fn(u64),
    cancelled: &dyn Fn() -> bool,
) -> Result<(), Refusal> {
    let told = |e: &io::Error| Refusal::from_io(e, &into.display().to_string());
    let folder = into.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temp =
        tempfile::Builder::new().prefix(".larder-").suffix(".part").tempfile_in(folder).map_err(|e| told(&e))?;
    write_parts(place, file, holders, temp.as_file_mut(), progress, cancelled)?;
    temp.as_file().sync_all().map_err(|e| told(&e))?;
    temp.persist(into).map_err(|e| told(&e.error))?;
    Ok(())
}

/// A small file of a release, verified, in memory.
///
/// # Errors
/// `TooLarge` where it is over `max_bytes`; otherwise as [`fetch`].
pub fn fetch_small(
    place: &dyn Place,
    file: &ReleaseFile,
    holders: &[WriterId],
    max_bytes: u64,
) -> Result<Vec<u8>, Refusal> {
    if file.size_bytes > max_bytes {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", file.name.as_str()).with("limit", max_bytes));
    }
    let mut out = io::Cursor::new(Vec::new());
    write_parts(place, file, holders, &mut out, &|_| {}, &|| false)?;
    Ok(out.into_inner())
}

/// The files of any release that a head still names: for going back to an earlier one.
///
/// # Errors
/// `NotHereYet` where its record or list has not arrived; `NoPermission` where it is sealed (see [`crate::release_files_as`]);
/// otherwise what the place answers.
pub fn release_files(
    place: &dyn Place,
    trust: &mut Trust,
    hash: &ReleaseHash,
    holders: &[WriterId],
) -> Result<Vec<ReleaseFile>, Refusal> {
    files_of(place, None, trust, hash, holders)
}

/// The same for a device that may have a key.
pub(crate) fn files_of(
    place: &dyn Place,
    device: Option<&Device>,
    trust: &mut Trust,
    hash: &ReleaseHash,
    holders: &[WriterId],
) -> Result<Vec<ReleaseFile>, Refusal> {
    let stacks = Stacks::open(place, holders, &|| false)?;
    let first: Vec<&WriterId> = holders.iter().collect();
    let mut memo = std::mem::take(&mut trust.memo);
    let mut damaged = trust.damaged.clone();
    let mut lineage = Lineage { stacks: &stacks, shelf: &trust.shelf, memo: &mut memo, device, damaged: &mut damaged };
    let found = lineage.load(hash.as_str(), &first).and_then(|load| match load {
        Load::Good(loaded) if loaded.release.sealed => lineage.sealed_files(&loaded),
        Load::Good(loaded) => lineage.files(&loaded.release, &first),
        Load::TooNew => Err(Refusal::new(RefusalCode::TooNew).with("what", "release")),
        Load::Missing => Ok(None),
    });
    trust.memo = memo;
    found?.map(|files| files.to_vec()).ok_or_else(|| Refusal::new(RefusalCode::NotHereYet).with("title", hash.as_str()))
}

/// Somewhere a part may be written again if the first copy of it was wrong.
pub(crate) trait Target: Write + Seek {
    /// Forgets what is behind so many bytes.
    fn cut(&mut self, size_bytes: u64) -> io::Result<()>;
}

impl Target for File {
    fn cut(&mut self, size_bytes: u64) -> io::Result<()> {
        self.set_len(size_bytes)
    }
}

impl Target for io::Cursor<Vec<u8>> {
    fn cut(&mut self, size_bytes: u64) -> io::Result<()> {
        self.get_mut().truncate(usize::try_from(size_bytes).unwrap_or(usize::MAX));
        Ok(())
    }
}

/// Passes bytes on and hashes them: one part, and the whole as it would be with this part.
struct Sink<'s> {
    out: &'s mut dyn Target,
    part: Sha256,
    whole: Sha256,
    done: u64,
    progress: &'s dyn Fn(u64),
    cancelled: &'s dyn Fn() -> bool,
    failed: Option<Refusal>,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.cancelled)() {
            self.failed = Some(Refusal::new(RefusalCode::Cancelled));
            return Err(io::Error::other("cancelled"));
        }
        self.part.update(bytes);
        self.whole.update(bytes);
        if let Err(e) = self.out.write_all(bytes) {
            self.failed = Some(Refusal::from_io(&e, "cache"));
            return Err(io::Error::other("cache"));
        }
        self.done += bytes.len() as u64;
        (self.progress)(self.done);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the parts of a file, as they stand on the shelf.
pub(crate) fn write_parts(
    place: &dyn Place,
    file: &ReleaseFile,
    holders: &[WriterId],
    out: &mut dyn Target,
    progress: &dyn Fn(u64),
    cancelled: &dyn Fn() -> bool,
) -> Result<(), Refusal> {
    if file.sealed.is_some() {
        // What stands there is not the file itself: see `fetch_as`.
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", file.name.as_str()));
    }
    let stacks = Stacks::open(place, holders, cancelled)?;
    let first: Vec<&WriterId> = holders.iter().collect();
    let mut job = Job { out, whole: Sha256::new(), start: 0, progress, cancelled };
    for (hash, size_bytes) in &file.parts {
        stacks.go_on()?;
        if *size_bytes > caps::PART_BYTES {
            return Err(Refusal::new(RefusalCode::TooLarge)
                .with("file", file.name.as_str())
                .with("limit", caps::PART_BYTES));
        }
        job.part(&stacks, &file.name, hash, *size_bytes, &first)?;
    }
    let right = job.start == file.size_bytes && HEXLOWER.encode(&job.whole.finalize()) == file.sha256;
    if !right && !broken::is(Broken::HashUnchecked) {
        // Every part is what the list says, and the list itself is wrong: its publisher made it so.
        return Err(Refusal::new(RefusalCode::Damaged).with("file", file.name.as_str()));
    }
    Ok(())
}

/// A file while it is being written.
struct Job<'j> {
    out: &'j mut dyn Target,
    /// The hash of what is written so far.
    whole: Sha256,
    start: u64,
    progress: &'j dyn Fn(u64),
    cancelled: &'j dyn Fn() -> bool,
}

impl Job<'_> {
    /// Writes one part, from wherever it is found with the right bytes.
    fn part(
        &mut self,
        stacks: &Stacks,
        title: &str,
        hash: &str,
        size_bytes: u64,
        first: &[&WriterId],
    ) -> Result<(), Refusal> {
        let found = stacks.blob_names(hash, size_bytes, first)?.found;
        let mut names: VecDeque<String> = found.into_iter().map(|(name, _)| name).collect();
        let mut wrong = Vec::new();
        let mut looked_everywhere = false;
        loop {
            let Some(name) = names.pop_front() else {
                if looked_everywhere {
                    break;
                }
                // Other people's folders, and doubles under odd names.
                looked_everywhere = true;
                names = everywhere(stacks, hash, size_bytes, first, &wrong)?.into();
                continue;
            };
            match self.copy(stacks.place, &name, hash, size_bytes)? {
                Some(true) => {
                    self.start += size_bytes;
                    return Ok(());
                }
                Some(false) => wrong.push(name),
                None => {}
            }
            let told = |e: io::Error| Refusal::from_io(&e, "cache");
            self.out.cut(self.start).and_then(|()| self.out.seek(SeekFrom::Start(self.start))).map_err(told)?;
        }
        Err(match wrong.is_empty() {
            true => Refusal::new(RefusalCode::NotHereYet).with("title", title),
            false => Refusal::new(RefusalCode::Damaged).with("file", title).with("parts", wrong),
        })
    }

    /// Copies a file of the place; false where it does not have the right bytes, none where it is gone or still growing.
    fn copy(&mut self, place: &dyn Place, name: &str, hash: &str, size_bytes: u64) -> Result<Option<bool>, Refusal> {
        let mut sink = Sink {
            out: &mut *self.out,
            part: Sha256::new(),
            whole: self.whole.clone(),
            done: self.start,
            progress: self.progress,
            cancelled: self.cancelled,
            failed: None,
        };
        let size = place.get_to(name, &mut sink, size_bytes);
        let Sink { part, whole, failed, .. } = sink;
        let right = HEXLOWER.encode(&part.finalize()) == hash || broken::is(Broken::HashUnchecked);
        match (failed, size) {
            (Some(refusal), _) => Err(refusal),
            (None, Ok(Some(size))) if size == size_bytes && right => {
                self.whole = whole;
                Ok(Some(true))
            }
            (None, Ok(found)) => Ok(found.map(|_| false)),
            (None, Err(refusal)) if refusal.code == RefusalCode::TooLarge => Ok(None),
            (None, Err(refusal)) => Err(refusal),
        }
    }
}

fn everywhere(
    stacks: &Stacks,
    hash: &str,
    size_bytes: u64,
    first: &[&WriterId],
    wrong: &[String],
) -> Result<Vec<String>, Refusal> {
    let mut names = Vec::new();
    for folder in &stacks.folders {
        let name = crate::names::blob(folder, hash);
        if !wrong.contains(&name) && stacks.place.stat(&name)?.and_then(|e| e.size_bytes) == Some(size_bytes) {
            names.push(name);
        }
    }
    names.extend(stacks.stray_blob(hash, size_bytes, first)?);
    Ok(names)
}
