//! Zip archives of workbooks, held on a short leash: so many parts, so many bytes unpacked, so many times larger than
//! packed. What is counted is what really comes out, not what the archive declares.

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};

use larder_model::{Refusal, RefusalCode};
use zip::ZipArchive;
use zip::result::ZipError;

use super::salvage;
use super::xml::{Trouble, Xml};
use crate::caps;
use crate::locked;
use crate::progress::Input;

/// An opened archive.
pub(crate) struct Package {
    archive: ZipArchive<BufReader<Box<dyn Input>>>,
    /// Part names as they are looked for, with their places.
    names: Vec<(String, usize)>,
    file: String,
    unpacked: AtomicU64,
    /// The archive's end is missing: bytes that are there, bytes that there should be at least.
    cut: Option<(u64, u64)>,
}

/// A part that counts what comes out of it.
pub(crate) struct Part<'a> {
    inner: zip::read::ZipFile<'a, BufReader<Box<dyn Input>>>,
    packed: u64,
    read: u64,
    unpacked: &'a AtomicU64,
    /// The first two bytes of XML were not looked at yet.
    is_new: bool,
    /// XML of two bytes a letter (ECMA-376 part 2, 8.1.2 allows it), which is read as UTF-8 like all other.
    wide: Option<encoding_rs::Decoder>,
    /// What was unpacked and not read yet.
    held: Vec<u8>,
}

const BOMB: &str = "unpacks to more than it may";

impl Part<'_> {
    /// Looks what letters it is in.
    fn begin(&mut self) -> std::io::Result<()> {
        self.is_new = false;
        let mut first = [0; 2];
        let mut read = 0;
        while read < 2 {
            match self.unpack(&mut first[read..])? {
                0 => break,
                more => read += more,
            }
        }
        match first[..read] {
            [0xff, 0xfe] => self.wide = Some(encoding_rs::UTF_16LE.new_decoder_without_bom_handling()),
            [0xfe, 0xff] => self.wide = Some(encoding_rs::UTF_16BE.new_decoder_without_bom_handling()),
            _ => self.held.extend_from_slice(&first[..read]),
        }
        Ok(())
    }

    /// Brings some more letters of two bytes over.
    fn hold(&mut self) -> std::io::Result<()> {
        let mut bytes = [0; 4_096];
        while self.held.is_empty() && self.wide.is_some() {
            let read = self.unpack(&mut bytes)?;
            let Some(decoder) = &mut self.wide else { break };
            let mut text = String::with_capacity(decoder.max_utf8_buffer_length(read).unwrap_or(3 * read + 16));
            let _ = decoder.decode_to_string(&bytes[..read], &mut text, read == 0);
            self.held = text.into_bytes();
            if read == 0 {
                self.wide = None;
            }
        }
        Ok(())
    }

    fn unpack(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(out)?;
        self.read += read as u64;
        let total = self.unpacked.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        let bomb = self.read > caps::RATIO_FROM_BYTES && self.read / self.packed.max(1) > caps::RATIO;
        if total > caps::UNPACKED_BYTES || bomb {
            return Err(std::io::Error::new(std::io::ErrorKind::QuotaExceeded, BOMB));
        }
        Ok(read)
    }
}

impl Read for Part<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.is_new {
            self.begin()?;
        }
        let was_wide = self.wide.is_some();
        self.hold()?;
        if self.held.is_empty() {
            return if was_wide { Ok(0) } else { self.unpack(out) };
        }
        let bytes = out.len().min(self.held.len());
        out[..bytes].copy_from_slice(&self.held[..bytes]);
        self.held.drain(..bytes);
        Ok(bytes)
    }
}

/// The name that a part is looked for by: forward slashes, no slash in front, ASCII in lower case.
fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

impl Package {
    /// Opens an archive and checks what it declares.
    pub fn open(mut input: Box<dyn Input>, file: &str) -> Result<Package, Refusal> {
        let disk = |error: std::io::Error| Refusal::from_io(&error, file);
        let size = input.seek(SeekFrom::End(0)).map_err(disk)?;
        let mut cut = None;
        if !has_directory(input.as_mut(), size).map_err(disk)? {
            let expected = expected_size(input.as_mut(), size);
            let Some(mended) = salvage::mended(input.as_mut(), size) else {
                return Err(ends_in_the_middle(file, size, expected));
            };
            cut = Some((size, expected.unwrap_or(size)));
            input = Box::new(std::io::Cursor::new(mended));
        }
        let archive = ZipArchive::new(BufReader::with_capacity(64 << 10, input))
            .map_err(|error| damaged(file, &error.to_string()).with("read_bytes", size))?;
        if archive.len() > caps::ZIP_PARTS {
            return Err(caps::too_large("parts", caps::ZIP_PARTS as u64).with("file", file));
        }
        let names = (0..archive.len())
            .filter_map(|place| archive.name_for_index(place).map(|name| (folded(name), place)))
            .collect();
        let mut package = Package { archive, names, file: file.to_owned(), unpacked: AtomicU64::new(0), cut };
        package.check_declared()?;
        Ok(package)
    }

    fn check_declared(&mut self) -> Result<(), Refusal> {
        let mut total = 0u64;
        for place in 0..self.archive.len() {
            let Ok(part) = self.archive.by_index_raw(place) else { continue };
            if part.encrypted() {
                return Err(locked::cannot_unlock(&self.file));
            }
            total = total.saturating_add(part.size());
            let bomb =
                part.size() > caps::RATIO_FROM_BYTES && part.size() / part.compressed_size().max(1) > caps::RATIO;
            if total > caps::UNPACKED_BYTES || bomb {
                return Err(caps::too_large("unpacked_bytes", caps::UNPACKED_BYTES).with("file", self.file.as_str()));
            }
        }
        Ok(())
    }

    /// The archive's end is missing: bytes that are there, bytes that there should be at least.
    pub fn cut(&self) -> Option<(u64, u64)> {
        self.cut
    }

    pub fn has(&self, name: &str) -> bool {
        let name = folded(name);
        self.names.iter().any(|(known, _)| *known == name)
    }

    /// The names of all parts, folded.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// A part by its name; nothing where there is none.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, Refusal> {
        let name = folded(name);
        let Some(place) = self.names.iter().find(|(known, _)| *known == name).map(|(_, place)| *place) else {
            return Ok(None);
        };
        let file = &self.file;
        let inner = self.archive.by_index(place).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => locked::cannot_unlock(file),
            other => damaged(file, &other.to_string()),
        })?;
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
        Ok(Some(Part {
            packed: inner.compressed_size(),
            inner,
            read: 0,
            unpacked: &self.unpacked,
            is_new: is_xml,
            wide: None,
            held: Vec::new(),
        }))
    }

    /// A small part as a whole; nothing where there is none.
    pub fn bytes(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Refusal> {
        let file = self.file.clone();
        let Some(part) = self.part(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(most).read_to_end(&mut bytes).map_err(|e| of_io(&e, &file))?;
        Ok(Some(bytes))
    }

    /// Unpacks every part and throws it away: for a reader that would unpack on its own and count nothing.
    pub fn check_unpacked(&mut self, most: u64) -> Result<(), Refusal> {
        let file = self.file.clone();
        for name in self.names.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>() {
            if let Some(mut part) = self.part(&name)? {
                std::io::copy(&mut part, &mut std::io::sink()).map_err(|e| of_io(&e, &file))?;
            }
            if *self.unpacked.get_mut() > most {
                return Err(caps::too_large("unpacked_bytes", most).with("file", file));
            }
        }
        Ok(())
    }

    pub fn file(&self) -> &str {
        &self.file
    }

    /// Reads a part as XML.
    pub fn xml(&mut self, name: &str) -> Result<Option<Xml<Part<'_>>>, Refusal> {
        Ok(self.part(name)?.map(Xml::new))
    }
}

/// The list of parts at an archive's end is there, with a comment of 64 KiB behind it at most.
fn has_directory(input: &mut dyn Input, size: u64) -> std::io::Result<bool> {
    input.seek(SeekFrom::Start(size.saturating_sub(66 << 10)))?;
    let mut tail = Vec::new();
    Read::take(&mut *input, 66 << 10).read_to_end(&mut tail)?;
    Ok(memchr::memmem::find(&tail, b"PK\x05\x06").is_some())
}

/// The size that the first parts of a cut archive say it had, at least.
fn expected_size(input: &mut dyn Input, size: u64) -> Option<u64> {
    let mut at = 0u64;
    let mut head = [0u8; 30];
    for _ in 0..caps::ZIP_PARTS {
        input.seek(SeekFrom::Start(at)).ok()?;
        input.read_exact(&mut head).ok()?;
        if &head[..4] != b"PK\x03\x04" {
            return None;
        }
        let field =
            |from: usize, count: usize| head[from..from + count].iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
        let (packed, name, extra) = (field(18, 4), field(26, 2), field(28, 2));
        if packed == 0 || packed == 0xffff_ffff {
            return None;
        }
        at = at.checked_add(30 + name + extra + packed)?;
        if at > size {
            return Some(at);
        }
    }
    None
}

/// The refusal of a file that was not copied to its end.
pub(crate) fn ends_in_the_middle(file: &str, size: u64, expected: Option<u64>) -> Refusal {
    let refusal = damaged(file, "ends in the middle").with("read_bytes", size);
    match expected.filter(|expected| *expected > size) {
        Some(expected) => refusal.with("size_bytes", expected),
        None => refusal,
    }
}

pub(crate) fn damaged(file: &str, detail: &str) -> Refusal {
    Refusal::new(RefusalCode::Damaged).with("file", file).with("detail", detail)
}

/// What reading a part may fail with.
pub(crate) fn of_io(error: &std::io::Error, file: &str) -> Refusal {
    if error.kind() == std::io::ErrorKind::QuotaExceeded && error.to_string().contains(BOMB) {
        return caps::too_large("unpacked_bytes", caps::UNPACKED_BYTES).with("file", file);
    }
    damaged(file, &error.to_string())
}

/// The same for XML.
pub(crate) fn of_xml(trouble: &Trouble, file: &str) -> Refusal {
    match trouble {
        Trouble::Io(error) => of_io(error, file),
        Trouble::Malformed(what) => damaged(file, what),
        Trouble::Ends => damaged(file, "a part ends in the middle"),
    }
}
