//! The records of an xls stream, and which parts of them are encrypted: [MS-XLS] 2.1.4 and 2.2.10.

use super::bytes::Fields;
use std::ops::Range;

const BOF_BIFF2: u16 = 0x0009;
const BOF_BIFF3: u16 = 0x0209;
const BOF_BIFF4: u16 = 0x0409;
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const BOUNDSHEET: u16 = 0x0085;
/// [MS-XLS] 2.4.117.
const FILEPASS: u16 = 0x002F;
const INTERFACEHDR: u16 = 0x00E1;
const RRDHEAD: u16 = 0x0138;
const USREXCL: u16 = 0x0194;
const FILELOCK: u16 = 0x0195;
const RRDINFO: u16 = 0x0196;

/// What stands in the place of FILEPASS once the stream is plain: no record of any version has this number, and a
/// reader skips numbers that it does not know.
const NOTHING: u16 = 0x0FF0;
/// The length of a record's number and size.
const HEAD: usize = 4;
/// FILEPASS is among the first few records; the search gives up after this many.
const SEARCH_RECORDS: usize = 65_536;

/// A record of the stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) id: u16,
    /// Where the data starts.
    pub(super) start: usize,
    /// Where the data would end; may be past the end of the stream.
    pub(super) end: usize,
}

impl Record {
    /// The part of the record that is encrypted, which may be nothing: [MS-XLS] 2.2.10.
    pub(super) fn encrypted(&self) -> Range<usize> {
        let plain = match self.id {
            BOF_BIFF2 | BOF_BIFF3 | BOF_BIFF4 | BOF | FILEPASS | USREXCL | FILELOCK | INTERFACEHDR | RRDINFO
            | RRDHEAD => self.end - self.start,
            BOUNDSHEET => 4.min(self.end - self.start),
            _ => 0,
        };
        self.start + plain..self.end
    }
}

/// Walks the records from a position on, until there is no room for another head.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn from(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let mut head = Fields(self.stream.get(self.at..)?);
        let (id, len) = (head.u16()?, head.u16()?);
        let start = self.at + HEAD;
        self.at = start + usize::from(len);
        Some(Record { id, start, end: self.at })
    }
}

/// The record FILEPASS and the part of its data that is there. `None` for a stream that has none before the end of its
/// first substream, or that is no xls stream at all.
pub(super) fn file_pass(stream: &[u8]) -> Option<(Record, &[u8])> {
    let mut records = Records::from(stream, 0).take(SEARCH_RECORDS);
    if !matches!(records.next()?.id, BOF | BOF_BIFF2 | BOF_BIFF3 | BOF_BIFF4) {
        return None;
    }
    let found = records.take_while(|record| record.id != EOF).find(|record| record.id == FILEPASS)?;
    Some((found, stream.get(found.start..found.end.min(stream.len())).unwrap_or_default()))
}

/// Writes a record of zeros and of an unknown number over FILEPASS.
pub(super) fn neutralise(stream: &mut [u8], file_pass: &Record) {
    if let Some(id) = stream.get_mut(file_pass.start - HEAD..file_pass.start - HEAD + 2) {
        id.copy_from_slice(&NOTHING.to_le_bytes());
    }
    let end = file_pass.end.min(stream.len());
    if let Some(data) = stream.get_mut(file_pass.start..end) {
        data.fill(0);
    }
}
