//! Archives whose end is missing: the list of parts stands there, so it is made anew from what stands in front of each
//! part (APPNOTE.TXT 6.3.10 of PKWARE, 4.3.7, 4.3.9 and 4.3.12).

use std::io::{Read, SeekFrom};

use crate::caps;
use crate::progress::Input;

/// Larger files are not mended in memory.
const MOST_BYTES: u64 = 256 << 20;
const LOCAL: &[u8; 4] = b"PK\x03\x04";
const DESCRIPTOR: &[u8; 4] = b"PK\x07\x08";
const LOCAL_BYTES: usize = 30;

/// A part as far as it is there.
struct Entry {
    at: usize,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u32,
    unpacked: u32,
    name: std::ops::Range<usize>,
}

/// The archive with a list of parts at its end; nothing where none is whole. The last part may be cut.
pub(crate) fn mended(input: &mut dyn Input, size: u64) -> Option<Vec<u8>> {
    if size > MOST_BYTES {
        return None;
    }
    let mut bytes = Vec::new();
    input.seek(SeekFrom::Start(0)).ok()?;
    Read::take(&mut *input, size).read_to_end(&mut bytes).ok()?;
    let entries = entries(&bytes);
    if entries.is_empty() {
        return None;
    }
    let start = bytes.len();
    for entry in &entries {
        list(&mut bytes, entry);
    }
    let length = (bytes.len() - start) as u32;
    let count = (entries.len() as u16).to_le_bytes();
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.into_iter().chain(count));
    bytes.extend(length.to_le_bytes().into_iter().chain((start as u32).to_le_bytes()));
    bytes.extend([0, 0]);
    Some(bytes)
}

fn number(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let field = bytes.get(at..at + count)?;
    Some(field.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn entries(bytes: &[u8]) -> Vec<Entry> {
    let (mut found, mut at) = (Vec::new(), 0);
    while found.len() < caps::ZIP_PARTS
        && let Some((entry, next)) = entry(bytes, at)
    {
        found.push(entry);
        let Some(next) = next else { break };
        at = next;
    }
    found
}

/// The part that begins here, and where the next one does.
fn entry(bytes: &[u8], at: usize) -> Option<(Entry, Option<usize>)> {
    if bytes.get(at..at + 4)? != LOCAL {
        return None;
    }
    let field = |from: usize, count: usize| number(bytes, at + from, count);
    let name = at + LOCAL_BYTES..at + LOCAL_BYTES + field(26, 2)? as usize;
    let data = name.end + field(28, 2)? as usize;
    if data >= bytes.len() {
        return None;
    }
    let mut entry = Entry {
        at,
        flags: field(6, 2)? as u16,
        method: field(8, 2)? as u16,
        crc: field(14, 4)?,
        packed: field(18, 4)?,
        unpacked: field(22, 4)?,
        name,
    };
    let mut end = data.checked_add(entry.packed as usize)?;
    // Sizes may come behind the data instead.
    if entry.flags & 8 != 0 && entry.packed == 0 {
        let found = memchr::memmem::find(&bytes[data..], DESCRIPTOR).map(|on| data + on);
        let sizes = found
            .and_then(|at| Some((number(bytes, at + 4, 4)?, number(bytes, at + 8, 4)?, number(bytes, at + 12, 4)?)));
        if let (Some(found), Some((crc, packed, unpacked))) = (found, sizes)
            && packed as usize == found - data
        {
            (entry.crc, entry.packed, entry.unpacked) = (crc, packed, unpacked);
            entry.flags &= !8;
            end = found + 16;
        } else {
            end = usize::MAX;
        }
    }
    if end > bytes.len() {
        // Cut: whatever is there.
        entry.packed = (bytes.len() - data) as u32;
        entry.flags &= !8;
        return Some((entry, None));
    }
    Some((entry, Some(end)))
}

/// One line of the list of parts.
fn list(bytes: &mut Vec<u8>, entry: &Entry) {
    let name = bytes[entry.name.clone()].to_vec();
    bytes.extend_from_slice(b"PK\x01\x02\x14\0\x14\0");
    for field in [entry.flags, entry.method, 0, 0] {
        bytes.extend(field.to_le_bytes());
    }
    for field in [entry.crc, entry.packed, entry.unpacked] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend((name.len() as u16).to_le_bytes());
    // No extra field, no comment, the first disk, no attributes.
    bytes.extend([0; 12]);
    bytes.extend((entry.at as u32).to_le_bytes());
    bytes.extend(name);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn archive(sizes_behind: bool) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().large_file(false);
        for (name, text) in
            [("a.txt", "first ".repeat(50)), ("b.txt", "second ".repeat(500)), ("c.txt", "third".into())]
        {
            zip.start_file(name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let mut bytes = zip.finish().unwrap().into_inner();
        if sizes_behind {
            // As programs write that cannot go back: sizes stand behind the data.
            bytes[6] |= 8;
        }
        bytes
    }

    fn texts(bytes: &[u8]) -> Vec<(String, String)> {
        let Some(mended) = mended(&mut Cursor::new(bytes.to_vec()), bytes.len() as u64) else { return Vec::new() };
        let mut zip = zip::ZipArchive::new(Cursor::new(mended)).unwrap();
        (0..zip.len())
            .map(|place| {
                let mut part = zip.by_index(place).unwrap();
                let mut out = Vec::new();
                let _ = part.read_to_end(&mut out);
                (part.name().to_owned(), String::from_utf8_lossy(&out).into_owned())
            })
            .collect()
    }

    #[test]
    fn parts_before_the_cut_are_whole_and_the_last_is_as_far_as_it_goes() {
        let whole = archive(false);
        let list = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
        let found = texts(&whole[..list]);
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a.txt", "b.txt", "c.txt"]);
        assert_eq!((found[0].1.as_str(), found[2].1.as_str()), ("first ".repeat(50).as_str(), "third"));
        let second = memchr::memmem::find_iter(&whole, LOCAL).nth(1).unwrap();
        let found = texts(&whole[..second + 45]);
        assert_eq!(found.len(), 2);
        assert!("second ".repeat(500).starts_with(&found[1].1));
    }

    #[test]
    fn no_bytes_make_it_stumble() {
        let whole = archive(true);
        for end in 0..whole.len() {
            let _ = texts(&whole[..end]);
        }
        assert!(mended(&mut Cursor::new(b"PK\x03\x04".to_vec()), 4).is_none());
    }
}
