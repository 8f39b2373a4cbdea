//! Compound files (MS-CFB), the containers of Excel 97-2003, of encrypted workbooks, of Word and Outlook.

use std::io::{Read, Seek, SeekFrom};

use larder_model::Refusal;

use super::package::damaged;
use crate::caps;
use crate::progress::Input;

pub(crate) const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// The largest stream taken in, in bytes.
pub(crate) const STREAM_BYTES: u64 = 512 << 20;

const END_OF_CHAIN: u32 = 0xffff_fffe;
const ENTRIES: usize = 50_000;

struct Entry {
    name: String,
    start: u32,
    size: u64,
    /// 5: the root. 2: a stream. 1: a storage.
    kind: u8,
}

/// An opened compound file.
pub(crate) struct Compound {
    input: Box<dyn Input>,
    file: String,
    size: u64,
    sector_bytes: u64,
    mini_bytes: u64,
    mini_cutoff: u64,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    entries: Vec<Entry>,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

impl Compound {
    pub fn open(mut input: Box<dyn Input>, file: &str) -> Result<Compound, Refusal> {
        let size = input.seek(SeekFrom::End(0)).map_err(|e| Refusal::from_io(&e, file))?;
        let mut compound = Compound {
            input,
            file: file.to_owned(),
            size,
            sector_bytes: 512,
            mini_bytes: 64,
            mini_cutoff: 4_096,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            entries: Vec::new(),
        };
        let header = compound.read_at(0, 512)?;
        if header.len() < 512 || header[..8] != MAGIC {
            return Err(compound.cut("the beginning is missing"));
        }
        let (sector, mini) = (u16_at(&header, 30), u16_at(&header, 32));
        if !matches!(sector, 9 | 12) || mini != 6 {
            return Err(damaged(file, "unknown sizes"));
        }
        (compound.sector_bytes, compound.mini_bytes) = (1 << sector, 1 << mini);
        compound.mini_cutoff = u64::from(u32_at(&header, 56)).min(1 << 20);
        compound.read_fat(&header)?;
        let mini_fat = compound.chain(u32_at(&header, 60), STREAM_BYTES)?;
        compound.mini_fat = words(&mini_fat);
        let directory = compound.chain(u32_at(&header, 48), (ENTRIES * 128) as u64)?;
        compound.entries = directory.chunks_exact(128).filter_map(entry).collect();
        Ok(compound)
    }

    fn read_at(&mut self, at: u64, count: u64) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        self.input
            .seek(SeekFrom::Start(at))
            .and_then(|_| Read::read_to_end(&mut Read::take(&mut self.input, count), &mut bytes))
            .map_err(|e| Refusal::from_io(&e, &self.file))?;
        Ok(bytes)
    }

    /// The refusal for a file whose end is missing, with the size that its tables ask for.
    fn cut(&self, detail: &str) -> Refusal {
        let used =
            self.fat.iter().rposition(|next| *next != u32::MAX).map_or(0, |last| (last as u64 + 2) * self.sector_bytes);
        let refusal = damaged(&self.file, detail).with("read_bytes", self.size);
        if used > self.size { refusal.with("size_bytes", used) } else { refusal }
    }

    fn sector(&mut self, sector: u32) -> Result<Vec<u8>, Refusal> {
        let at = (u64::from(sector) + 1) * self.sector_bytes;
        if at >= self.size {
            return Err(self.cut("ends in the middle"));
        }
        self.read_at(at, self.sector_bytes)
    }

    fn read_fat(&mut self, header: &[u8]) -> Result<(), Refusal> {
        let most = self.size / self.sector_bytes + 1;
        let mut tables: Vec<u32> = words(&header[76..512]);
        let mut next = u32_at(header, 68);
        let mut seen = 0;
        while next < END_OF_CHAIN - 3 && seen <= most {
            seen += 1;
            let mut more = words(&self.sector(next)?);
            next = more.pop().unwrap_or(END_OF_CHAIN);
            tables.extend(more);
        }
        for table in tables.into_iter().filter(|sector| *sector < END_OF_CHAIN - 3) {
            if self.fat.len() as u64 > most * 2 + 1_024 {
                break;
            }
            let sector = self.sector(table)?;
            self.fat.extend(words(&sector));
        }
        Ok(())
    }

    /// The bytes of a chain of sectors; those that lie one behind the other are read at once.
    fn chain(&mut self, start: u32, most: u64) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let mut sector = start;
        let longest = self.size / self.sector_bytes + 2;
        let mut sectors = 0;
        while sector < END_OF_CHAIN - 3 && (bytes.len() as u64) < most {
            let (first, mut count) = (sector, 0u64);
            loop {
                count += 1;
                let next = self.fat.get(sector as usize).copied().unwrap_or(END_OF_CHAIN);
                let joined = next == sector.wrapping_add(1) && count * self.sector_bytes < most;
                sector = next;
                if !joined {
                    break;
                }
            }
            sectors += count;
            let at = (u64::from(first) + 1) * self.sector_bytes;
            let wanted = count * self.sector_bytes;
            if sectors > longest && at + wanted <= self.size {
                return Err(damaged(&self.file, "sectors go round in circles"));
            }
            let piece = if at < self.size { self.read_at(at, wanted)? } else { Vec::new() };
            let whole = piece.len() as u64 == wanted;
            bytes.extend(piece);
            // The last sector of a file may be cut where nothing of it is used.
            if !whole && (bytes.len() as u64) < most {
                let used = sector >= END_OF_CHAIN - 3 && wanted - self.size.saturating_sub(at) < self.sector_bytes;
                return if used { Ok(bytes) } else { Err(self.cut("ends in the middle")) };
            }
        }
        Ok(bytes)
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// A stream as a whole.
    pub fn stream(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let Some(entry) = self.entries.iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))
        else {
            return Err(damaged(&self.file, "a stream is missing"));
        };
        let (start, size) = (entry.start, entry.size);
        if size > STREAM_BYTES {
            return Err(caps::too_large("bytes", STREAM_BYTES).with("file", self.file.as_str()));
        }
        let mut bytes = if size < self.mini_cutoff { self.mini_stream(start, size)? } else { self.chain(start, size)? };
        if (bytes.len() as u64) < size {
            return Err(self.cut("ends in the middle"));
        }
        bytes.truncate(size as usize);
        Ok(bytes)
    }

    fn mini_stream(&mut self, start: u32, size: u64) -> Result<Vec<u8>, Refusal> {
        let root = self.entries.iter().find(|entry| entry.kind == 5).map_or(END_OF_CHAIN, |root| root.start);
        let container = self.chain(root, STREAM_BYTES)?;
        let mut bytes = Vec::new();
        let mut sector = start;
        while sector < END_OF_CHAIN - 3 && (bytes.len() as u64) < size {
            let at = sector as usize * self.mini_bytes as usize;
            let Some(piece) = container.get(at..(at + self.mini_bytes as usize).min(container.len())) else { break };
            if piece.is_empty() {
                break;
            }
            bytes.extend_from_slice(piece);
            sector = self.mini_fat.get(sector as usize).copied().unwrap_or(END_OF_CHAIN);
        }
        Ok(bytes)
    }

    /// Whether it holds an encrypted archive in place of a workbook.
    pub fn is_locked_package(&self) -> bool {
        self.has("EncryptedPackage") || self.has("EncryptionInfo")
    }

    /// The records of the workbook, if there is one.
    pub fn workbook(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        let name = ["Workbook", "Book"].into_iter().find(|name| self.has(name));
        name.map(|name| self.stream(name)).transpose()
    }

    /// What this is, where it is no workbook.
    pub fn what(&self) -> &'static str {
        if self.has("WordDocument") {
            "word"
        } else if self
            .entries
            .iter()
            .any(|e| e.name.starts_with("__substg1.0_") || e.name.starts_with("__properties_version"))
        {
            "mail"
        } else if self.entries.iter().any(|e| e.name.starts_with("!_")) || self.has("DigitalSignature") {
            "program"
        } else {
            "other"
        }
    }
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let kind = bytes[66];
    if !matches!(kind, 1 | 2 | 5) {
        return None;
    }
    let length = usize::from(u16_at(bytes, 64)).clamp(2, 64) - 2;
    let units: Vec<u16> = bytes[..length].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116),
        // Version 3 files have 32-bit sizes; the upper half may hold rubbish.
        size: u64::from(u32_at(bytes, 120)),
        kind,
    })
}

/// A compound file of a few streams, for tests.
#[cfg(test)]
pub(crate) fn build(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let sector = |bytes: &[u8]| bytes.len().div_ceil(512).max(1);
    // Every stream is made large enough for the ordinary sectors.
    let bodies: Vec<Vec<u8>> = streams
        .iter()
        .map(|(_, b)| if b.len() < 4_096 { [b.to_vec(), vec![0; 4_096 - b.len()]].concat() } else { b.to_vec() })
        .collect();
    let directory_sectors = (streams.len() + 1).div_ceil(4);
    let total: usize = 1 + directory_sectors + bodies.iter().map(|b| sector(b)).sum::<usize>();
    assert!(total <= 128, "one table of sectors is enough for tests");
    let mut fat = vec![u32::MAX; 128];
    fat[0] = 0xffff_fffd;
    let mut chain = |from: usize, count: usize| {
        for (i, next) in fat.iter_mut().enumerate().skip(from).take(count) {
            *next = if i + 1 == from + count { END_OF_CHAIN } else { i as u32 + 1 };
        }
    };
    chain(1, directory_sectors);
    let mut directory = Vec::new();
    let mut push = |name: &str, kind: u8, start: u32, size: u32| {
        let mut entry = [0u8; 128];
        for (i, unit) in name.encode_utf16().enumerate() {
            entry[i * 2..i * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64..66].copy_from_slice(&((name.encode_utf16().count() as u16 + 1) * 2).to_le_bytes());
        entry[66] = kind;
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&size.to_le_bytes());
        directory.extend(entry);
    };
    push("Root Entry", 5, END_OF_CHAIN, 0);
    let mut at = 1 + directory_sectors;
    let mut data = Vec::new();
    for ((name, _), body) in streams.iter().zip(&bodies) {
        push(name, 2, at as u32, body.len() as u32);
        chain(at, sector(body));
        at += sector(body);
        data.extend(body);
        data.resize(data.len().div_ceil(512) * 512, 0);
    }
    directory.resize(directory_sectors * 512, 0);
    let mut header = vec![0u8; 512];
    header[..8].copy_from_slice(&MAGIC);
    header[26] = 3;
    header[30] = 9;
    header[32] = 6;
    header[44] = 1;
    header[48] = 1;
    header[56..60].copy_from_slice(&4_096u32.to_le_bytes());
    header[60..64].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
    header[68..72].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
    header[76..512].fill(0xff);
    header[76..80].fill(0);
    let fat: Vec<u8> = fat.iter().flat_map(|n| n.to_le_bytes()).collect();
    [header, fat, directory, data].concat()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn streams_come_out_whole() {
        let body: Vec<u8> = (0..9_000u32).map(|n| n as u8).collect();
        let file = build(&[("Workbook", &body), ("Other", b"x")]);
        let mut compound = Compound::open(Box::new(std::io::Cursor::new(file)), "x").unwrap();
        assert_eq!(compound.stream("workbook").unwrap(), body);
        assert!(compound.has("Other") && !compound.has("Nothing"));
    }

    #[test]
    fn a_file_cut_in_the_middle_tells_both_sizes() {
        let mut file = build(&[("Workbook", &[7; 20_000])]);
        let size = file.len();
        file.truncate(9_000);
        let mut compound = Compound::open(Box::new(std::io::Cursor::new(file)), "x").unwrap();
        let refusal = compound.stream("Workbook").unwrap_err();
        assert_eq!(refusal.params["read_bytes"], larder_model::Param::Number(9_000.0));
        assert!(
            matches!(refusal.params["size_bytes"], larder_model::Param::Number(n) if n as usize <= size && n > 19_000.0)
        );
    }

    #[test]
    fn circles_of_sectors_end() {
        let mut file = build(&[("Workbook", &[7; 20_000])]);
        // The directory's sector names itself as the next.
        file[512 + 4..512 + 8].copy_from_slice(&1u32.to_le_bytes());
        let refused = Compound::open(Box::new(std::io::Cursor::new(file)), "x");
        assert!(refused.is_err());
    }
}
