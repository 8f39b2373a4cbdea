//! Bringing files of a release into the private cache: verified while they are copied, so that nothing is ever opened that
//! was not published.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use data_encoding::HEXLOWER;
use larder_model::{Refusal, RefusalCode, ReleaseHash, WriterId};
use sha2::{Digest, Sha256};

use crate::broken::{self, Broken};
use crate::lineage::{Lineage, Load};
use crate::places::Place;
use crate::stacks::Stacks;
use crate::{Device, ReleaseFile, Trust, caps};

/// A part of a file that is on this computer already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPart {
    /// The file that it is in.
    pub path: PathBuf,
    /// Where in it the part begins.
    pub start: u64,
}

/// What to fetch, and from where.
pub struct Fetch<'f> {
    /// The file.
    pub file: &'f ReleaseFile,
    /// The devices that are asked first, in this order: the release's publisher, then whoever has it too.
    pub holders: &'f [WriterId],
    /// Where a part (by its hash) may be on this computer, as of an earlier release. It is verified like any other.
    pub here: &'f dyn Fn(&str) -> Option<LocalPart>,
    /// Told the bytes so far.
    pub progress: &'f dyn Fn(u64),
    /// Asked again and again whether to stop.
    pub cancelled: &'f dyn Fn() -> bool,
}

/// Copies a file into the private cache, as `into`. Every part and the whole are verified; `into` is there in full or not at
/// all. What was fetched before it was stopped, or before Larder ended, lies beside it and is not fetched again.
///
/// # Errors
/// `Damaged` where what is there is not what was published (tell [`Trust::note_damaged`]); `NotHereYet` where a part has not
/// arrived; `Cancelled`; `Busy` where it is being fetched already; `NoSpace` and the like of this computer; what the place
/// answers.
pub fn fetch(place: &dyn Place, what: &Fetch, into: &Path) -> Result<(), Refusal> {
    let told = |e: &io::Error| Refusal::from_io(e, &into.display().to_string());
    let begun = begun(what.file, into);
    let mut file =
        File::options().read(true).write(true).create(true).truncate(false).open(&begun).map_err(|e| told(&e))?;
    match file.try_lock() {
        // A file system without locks: at worst the same bytes are written twice.
        Ok(()) | Err(std::fs::TryLockError::Error(_)) => {}
        Err(std::fs::TryLockError::WouldBlock) => {
            return Err(Refusal::new(RefusalCode::Busy).with("what", what.file.name.as_str()));
        }
    }
    let whole = write_parts(place, what, &mut file);
    if matches!(&whole, Err(refusal) if refusal.code == RefusalCode::Damaged) && what.file.parts.len() < 2 {
        // Nothing of it is worth keeping.
        let _ = std::fs::remove_file(&begun);
    }
    whole?;
    file.sync_all().map_err(|e| told(&e))?;
    drop(file);
    crate::held::rename(&begun, into).map_err(|e| told(&e))
}

/// Where the parts that are here lie until all are.
fn begun(file: &ReleaseFile, into: &Path) -> PathBuf {
    into.with_file_name(format!(".larder-{}.part", file.sha256.get(..32).unwrap_or_default()))
}

/// Removes what was begun in a folder and not touched for so long; answers the bytes that it took.
pub fn forget_begun(folder: &Path, older_than: std::time::Duration) -> u64 {
    let is_begun = |name: &str| name.starts_with(".larder-") && name.ends_with(".part");
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let Ok(meta) = entry.metadata() else { continue };
        let old = meta.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > older_than);
        if old
            && meta.is_file()
            && entry.file_name().to_str().is_some_and(is_begun)
            && std::fs::remove_file(entry.path()).is_ok()
        {
            bytes += meta.len();
        }
    }
    bytes
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
    let what = Fetch { file, holders, here: &|_| None, progress: &|_| {}, cancelled: &|| false };
    write_parts(place, &what, &mut out)?;
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
    // Where it belongs first; everywhere else only where it is not there.
    let near = files_in(&Stacks::near(place, holders), device, trust, hash, holders)?;
    let found = match near {
        Some(files) => Some(files),
        None => files_in(&Stacks::open(place, holders, &|| false)?, device, trust, hash, holders)?,
    };
    found.ok_or_else(|| Refusal::new(RefusalCode::NotHereYet).with("title", hash.as_str()))
}

fn files_in(
    stacks: &Stacks,
    device: Option<&Device>,
    trust: &mut Trust,
    hash: &ReleaseHash,
    holders: &[WriterId],
) -> Result<Option<Vec<ReleaseFile>>, Refusal> {
    let first: Vec<&WriterId> = holders.iter().collect();
    let mut memo = std::mem::take(&mut trust.memo);
    let mut damaged = trust.damaged.clone();
    let mut lineage = Lineage { stacks, shelf: &trust.shelf, memo: &mut memo, device, damaged: &mut damaged };
    let found = lineage.load(hash.as_str(), &first).and_then(|load| match load {
        Load::Good(loaded) if loaded.release.sealed => lineage.sealed_files(&loaded),
        Load::Good(loaded) => lineage.files(&loaded.release, &first),
        Load::TooNew => Err(Refusal::new(RefusalCode::TooNew).with("what", "release")),
        Load::Missing => Ok(None),
    });
    trust.memo = memo;
    Ok(found?.map(|files| files.to_vec()))
}

/// Somewhere a part may be written again if the first copy of it was wrong, and where parts may stand already.
trait Target: Read + Write + Seek {
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
    whole: &'s Whole,
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
        self.whole.goes_on(bytes);
        if let Err(e) = self.out.write_all(bytes) {
            self.failed = Some(Refusal::from_io(&e, "cache"));
            return Err(io::Error::other("cache"));
        }
        self.done += bytes.len() as u64;
        (self.progress)(self.done);
        Ok(bytes.len())
    }

    /// Nothing has come for a moment: whether to go on waiting.
    fn flush(&mut self) -> io::Result<()> {
        if (self.cancelled)() {
            self.failed = Some(Refusal::new(RefusalCode::Cancelled));
            return Err(io::Error::other("cancelled"));
        }
        Ok(())
    }
}

fn write_parts(place: &dyn Place, what: &Fetch, out: &mut dyn Target) -> Result<(), Refusal> {
    let file = what.file;
    if file.sealed.is_some() {
        // What stands there is not the file itself: see `fetch_as`.
        return Err(Refusal::new(RefusalCode::NoPermission).with("path", file.name.as_str()));
    }
    if let Some((_, size_bytes)) = file.parts.iter().find(|(_, size_bytes)| *size_bytes > caps::PART_BYTES) {
        return Err(Refusal::new(RefusalCode::TooLarge)
            .with("file", file.name.as_str())
            .with("limit", caps::PART_BYTES)
            .with("size", *size_bytes));
    }
    let mut job = Job { place, what, out, whole: Whole::of(file), start: 0, stacks: None, in_cloud: None };
    let stand = job.resume()?;
    for (hash, size_bytes) in file.parts.iter().skip(stand) {
        if (what.cancelled)() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        job.part(hash, *size_bytes)?;
    }
    let right = job.start == file.size_bytes && job.whole.hash() == file.sha256;
    if !right && !broken::is(Broken::HashUnchecked) {
        // Every part is what the list says, and the list itself is wrong: its publisher made it so.
        return Err(Refusal::new(RefusalCode::Damaged).with("file", file.name.as_str()));
    }
    Ok(())
}

/// The hash of a whole file, made on another processor while its parts are hashed on this one: each byte is hashed twice, and
/// takes the time of once.
struct Whole {
    to: Option<SyncSender<Beside>>,
    made: Option<JoinHandle<String>>,
    /// Known without hashing anything: the only part is the whole.
    known: Option<String>,
}

/// What is told to the other side.
enum Beside {
    Bytes(Vec<u8>),
    /// What came so far is right.
    Keep,
    /// What came since then was not.
    Back,
}

impl Whole {
    fn of(file: &ReleaseFile) -> Whole {
        if let [(only, _)] = file.parts.as_slice() {
            return Whole { to: None, made: None, known: Some(only.clone()) };
        }
        // A few pieces at a time, so that a slow hand never fills the memory.
        let (to, told) = sync_channel(8);
        let hash = move || {
            let (mut whole, mut kept) = (Sha256::new(), Sha256::new());
            for beside in told {
                match beside {
                    Beside::Bytes(bytes) => whole.update(&bytes),
                    Beside::Keep => kept = whole.clone(),
                    Beside::Back => whole = kept.clone(),
                }
            }
            HEXLOWER.encode(&kept.finalize())
        };
        Whole { to: Some(to), made: Some(std::thread::spawn(hash)), known: None }
    }

    fn tell(&self, beside: Beside) {
        if let Some(to) = &self.to {
            // Nobody listens any more: then there will be no hash, and nothing counts as right.
            let _ = to.send(beside);
        }
    }

    fn goes_on(&self, bytes: &[u8]) {
        if self.to.is_some() {
            self.tell(Beside::Bytes(bytes.to_vec()));
        }
    }

    fn keep(&self) {
        self.tell(Beside::Keep);
    }

    fn back(&self) {
        self.tell(Beside::Back);
    }

    /// The hash of everything that was kept.
    fn hash(&mut self) -> String {
        self.to = None;
        let made = self.made.take().and_then(|made| made.join().ok());
        made.or(self.known.take()).unwrap_or_default()
    }
}

/// A file while it is being written.
struct Job<'j> {
    place: &'j dyn Place,
    what: &'j Fetch<'j>,
    out: &'j mut dyn Target,
    whole: Whole,
    start: u64,
    /// The place's folders, listed only where a part is not where it should be.
    stacks: Option<Stacks<'j>>,
    /// What was said of a part that lies in a cloud and did not come.
    in_cloud: Option<Refusal>,
}

impl Job<'_> {
    /// Goes on behind the parts that stand there already, each verified once more; answers how many they are.
    fn resume(&mut self) -> Result<usize, Refusal> {
        let told = |e: io::Error| Refusal::from_io(&e, "cache");
        self.out.seek(SeekFrom::Start(0)).map_err(told)?;
        let mut stand = 0;
        for (hash, size_bytes) in &self.what.file.parts {
            let mut part = Sha256::new();
            let whole = &self.whole;
            let mut from = Read::take(&mut *self.out, *size_bytes);
            let read = read_all(&mut from, self.what.cancelled, &mut |bytes| {
                part.update(bytes);
                whole.goes_on(bytes);
            })?;
            if read != *size_bytes || HEXLOWER.encode(&part.finalize()) != *hash {
                break;
            }
            self.whole.keep();
            self.start += size_bytes;
            stand += 1;
            (self.what.progress)(self.start);
        }
        self.back().map(|()| stand)
    }

    /// Puts the end of what is written behind the last whole part.
    fn back(&mut self) -> Result<(), Refusal> {
        let told = |e: io::Error| Refusal::from_io(&e, "cache");
        self.whole.back();
        self.out.cut(self.start).map_err(told)?;
        self.out.seek(SeekFrom::Start(self.start)).map(|_| ()).map_err(told)
    }

    fn sink(&mut self) -> Sink<'_> {
        Sink {
            part: Sha256::new(),
            whole: &self.whole,
            done: self.start,
            progress: self.what.progress,
            cancelled: self.what.cancelled,
            out: &mut *self.out,
            failed: None,
        }
    }

    /// Writes one part, from wherever it is found with the right bytes.
    fn part(&mut self, hash: &str, size_bytes: u64) -> Result<(), Refusal> {
        if let Some(here) = (self.what.here)(hash)
            && self.copy_local(&here, hash, size_bytes)?
        {
            return Ok(());
        }
        // Where it belongs first, without asking before; other people's folders and odd names only where it is not there.
        let mut names: VecDeque<String> =
            self.what.holders.iter().map(|writer| crate::names::blob(writer.as_str(), hash)).collect();
        let mut wrong = Vec::new();
        let mut looked_everywhere = false;
        loop {
            let Some(name) = names.pop_front() else {
                if looked_everywhere {
                    break;
                }
                looked_everywhere = true;
                names = self.everywhere(hash, size_bytes, &wrong)?.into();
                continue;
            };
            match self.copy(&name, hash, size_bytes)? {
                Some(true) => {
                    self.start += size_bytes;
                    return Ok(());
                }
                Some(false) => wrong.push(name),
                None => {}
            }
            self.back()?;
        }
        let title = self.what.file.name.as_str();
        Err(match (wrong.is_empty(), self.in_cloud.take()) {
            (true, Some(refusal)) => refusal.with("file", title),
            (true, None) => Refusal::new(RefusalCode::NotHereYet).with("title", title),
            (false, _) => Refusal::new(RefusalCode::Damaged).with("file", title).with("parts", wrong),
        })
    }

    /// Copies a part of a file of this computer; false where it is not that part any more.
    fn copy_local(&mut self, here: &LocalPart, hash: &str, size_bytes: u64) -> Result<bool, Refusal> {
        let Ok(mut file) = File::open(&here.path) else { return Ok(false) };
        if file.seek(SeekFrom::Start(here.start)).is_err() {
            return Ok(false);
        }
        let mut sink = self.sink();
        let copied = io::copy(&mut file.take(size_bytes), &mut sink);
        let Sink { part, failed, .. } = sink;
        if let Some(refusal) = failed {
            return Err(refusal);
        }
        if copied.is_ok_and(|copied| copied == size_bytes) && HEXLOWER.encode(&part.finalize()) == hash {
            self.whole.keep();
            self.start += size_bytes;
            return Ok(true);
        }
        self.back().map(|()| false)
    }

    /// Copies a file of the place; false where it does not have the right bytes, none where it is gone or still growing.
    fn copy(&mut self, name: &str, hash: &str, size_bytes: u64) -> Result<Option<bool>, Refusal> {
        let place = self.place;
        let mut sink = self.sink();
        let size = place.get_to(name, &mut sink, size_bytes);
        let Sink { part, failed, .. } = sink;
        let right = HEXLOWER.encode(&part.finalize()) == hash || broken::is(Broken::HashUnchecked);
        match (failed, size) {
            (Some(refusal), _) => Err(refusal),
            (None, Ok(Some(size))) if size == size_bytes && right => {
                self.whole.keep();
                Ok(Some(true))
            }
            (None, Ok(Some(size))) if size < size_bytes => Ok(None),
            (None, Ok(found)) => Ok(found.map(|_| false)),
            (None, Err(refusal)) if refusal.code == RefusalCode::TooLarge => Ok(None),
            (None, Err(refusal)) if refusal.code == RefusalCode::CloudOnly => {
                self.in_cloud = Some(refusal);
                Ok(None)
            }
            (None, Err(refusal)) => Err(refusal),
        }
    }

    /// Every other name under which a part of this size is found: other people's folders, and doubles under odd names.
    fn everywhere(&mut self, hash: &str, size_bytes: u64, wrong: &[String]) -> Result<Vec<String>, Refusal> {
        if self.stacks.is_none() {
            self.stacks = Some(Stacks::open(self.place, self.what.holders, self.what.cancelled)?);
        }
        let Some(stacks) = &self.stacks else { return Ok(Vec::new()) };
        let first: Vec<&WriterId> = self.what.holders.iter().collect();
        let mut names = Vec::new();
        for folder in &stacks.folders {
            let name = crate::names::blob(folder, hash);
            if !wrong.contains(&name) && stacks.place.stat(&name)?.and_then(|e| e.size_bytes) == Some(size_bytes) {
                names.push(name);
            }
        }
        names.extend(stacks.stray_blob(hash, size_bytes, &first)?);
        Ok(names)
    }
}

/// Reads to the end; answers how much there was.
fn read_all(from: &mut dyn Read, cancelled: &dyn Fn() -> bool, with: &mut dyn FnMut(&[u8])) -> Result<u64, Refusal> {
    let mut buffer = vec![0_u8; 256 * 1024];
    let mut size = 0;
    loop {
        if cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        let got = match from.read(&mut buffer) {
            Ok(0) => return Ok(size),
            Ok(got) => got,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Refusal::from_io(&e, "cache")),
        };
        with(buffer.get(..got).unwrap_or_default());
        size += got as u64;
    }
}
