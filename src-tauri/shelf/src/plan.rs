//! What a publication will put on the shelf: every file measured, cut into parts, and listed, before anything is copied.

use std::cell::Cell;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use fastcdc::v2020::StreamCDC;
use larder_model::{Refusal, RefusalCode};
use sha2::{Digest, Sha256};

use crate::envelope::sha256;
use crate::records::{FileList, ListedFile};
use crate::{ReleaseFile, caps, names};

/// A file to publish.
#[derive(Debug, Clone)]
pub struct PublishFile {
    /// Its name in the release: up to four components joined with `/` that every system takes.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: String,
    /// Where it is on this computer. It must not change until it is copied.
    pub path: PathBuf,
}

/// The measured files and their list.
#[derive(Debug)]
pub(crate) struct Plan {
    pub files: Vec<(ListedFile, PathBuf)>,
    pub list: Vec<u8>,
    pub list_hash: String,
    pub bytes: u64,
}

fn refuse(what: &str, value: &str) -> Refusal {
    Refusal::new(RefusalCode::Invalid).with("what", what).with("value", value)
}

impl Plan {
    /// Measures the files; `go_on` is asked again and again whether to.
    ///
    /// # Errors
    /// `Invalid` for names and kinds that readers would refuse, or no file at all; `TooLarge` for too many; `Cancelled`;
    /// otherwise what the system answers.
    pub fn measure(files: &[PublishFile], go_on: &dyn Fn() -> bool) -> Result<Plan, Refusal> {
        if files.is_empty() {
            return Err(refuse("files", "0"));
        }
        if files.len() > caps::FILES {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", "list").with("limit", caps::FILES));
        }
        let mut met = HashSet::new();
        let mut measured = Vec::new();
        let mut bytes = 0_u64;
        for file in files {
            let kind = file.media_type.to_ascii_lowercase();
            if !names::is_file_name(&file.name) || !met.insert(names::folded(&file.name)) {
                return Err(refuse("name", &file.name));
            }
            if !crate::records::is_media_type(&kind) {
                return Err(refuse("media_type", &file.media_type));
            }
            let listed = measure(file, kind, go_on)?;
            bytes = bytes.checked_add(listed.size).ok_or_else(|| refuse("size", &file.name))?;
            measured.push((listed, file.path.clone()));
        }
        let list =
            FileList { protocol: caps::WRITES, files: measured.iter().map(|(listed, _)| listed.clone()).collect() };
        let list =
            serde_json::to_vec(&list).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))?;
        // Whatever a reader would refuse is refused here first.
        if FileList::read(&list).is_none() {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", "list").with("limit", caps::LIST_BYTES));
        }
        Ok(Plan { files: measured, list_hash: sha256(&list), list, bytes })
    }

    /// Hash and size of every part of every file.
    pub fn parts(&self) -> impl Iterator<Item = &(String, u64)> {
        self.files.iter().flat_map(|(listed, _)| &listed.parts)
    }

    /// The files as readers will see them.
    pub fn release_files(&self) -> Vec<ReleaseFile> {
        self.files.iter().map(|(listed, _)| ReleaseFile::from(listed.clone())).collect()
    }
}

/// Reads a file once, hashing it as a whole and in parts. Where it is cut, its content decides (FastCDC: Xia et al., USENIX
/// ATC 2016 and IEEE TPDS 2020), so that what stays the same stays in the same parts wherever it moves to.
fn measure(file: &PublishFile, media_type: String, go_on: &dyn Fn() -> bool) -> Result<ListedFile, Refusal> {
    let told = |e: &io::Error| Refusal::from_io(e, &file.name);
    let content = Patient { content: File::open(&file.path).map_err(|e| told(&e))?, go_on };
    let mut whole = Sha256::new();
    let (mut size, mut parts) = (0_u64, Vec::new());
    for cut in StreamCDC::new(content, caps::CUT_LEAST, caps::CUT_USUAL, caps::CUT_MOST) {
        let cut = match cut {
            Ok(cut) => cut,
            Err(_) if !go_on() => return Err(Refusal::new(RefusalCode::Cancelled)),
            Err(fastcdc::v2020::Error::IoError(e)) => return Err(told(&e)),
            Err(e) => return Err(told(&io::Error::other(e.to_string()))),
        };
        whole.update(&cut.data);
        size += cut.data.len() as u64;
        parts.push((sha256(&cut.data), cut.data.len() as u64));
    }
    Ok(ListedFile { name: file.name.clone(), parts, size, sha256: HEXLOWER.encode(&whole.finalize()), media_type })
}

/// A file that is read for as long as somebody wants it to be.
struct Patient<'g> {
    content: File,
    go_on: &'g dyn Fn() -> bool,
}

impl Read for Patient<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !(self.go_on)() {
            return Err(io::Error::other("cancelled"));
        }
        // In steps, so that a large buffer does not keep anybody waiting who wants it to stop.
        let room = buffer.len().min(256 * 1024);
        self.content.read(buffer.get_mut(..room).unwrap_or_default())
    }
}

/// Why reading a part stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The person wants no more.
    Cancelled,
    /// The file is not what was measured any more.
    Changed,
}

/// One part of a local file, read once more for copying. Fails at its end if it is not what was measured: then nothing gets
/// the name of what was measured.
pub(crate) struct PartReader<'p> {
    content: io::Take<File>,
    hash: Option<Sha256>,
    expected: &'p str,
    tick: &'p dyn Fn(u64) -> bool,
    stop: &'p Cell<Option<Stop>>,
}

impl<'p> PartReader<'p> {
    /// Opens the file at the part's start.
    pub fn open(
        path: &Path,
        start: u64,
        part: &'p (String, u64),
        tick: &'p dyn Fn(u64) -> bool,
        stop: &'p Cell<Option<Stop>>,
    ) -> io::Result<PartReader<'p>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(start))?;
        Ok(PartReader { content: file.take(part.1), hash: Some(Sha256::new()), expected: &part.0, tick, stop })
    }
}

impl Read for PartReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.content.read(buffer)?;
        if !(self.tick)(got as u64) {
            self.stop.set(Some(Stop::Cancelled));
            return Err(io::Error::other("cancelled"));
        }
        if let Some(hash) = &mut self.hash {
            hash.update(buffer.get(..got).unwrap_or_default());
        }
        if got == 0
            && !buffer.is_empty()
            && let Some(hash) = self.hash.take()
            && HEXLOWER.encode(&hash.finalize()) != self.expected
        {
            self.stop.set(Some(Stop::Changed));
            return Err(io::Error::other("changed"));
        }
        Ok(got)
    }
}
