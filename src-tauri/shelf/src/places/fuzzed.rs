//! What must hold for whatever a server answers.

use std::io::Read;

use super::webdav::told_in;
use super::{s3, sftp};
use crate::names;

/// Hands over one byte at a time, as a slow line does.
struct Slow<'b>(&'b [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let (Some((first, rest)), Some(to)) = (self.0.split_first(), into.first_mut()) else { return Ok(0) };
        (*to, self.0) = (*first, rest);
        Ok(1)
    }
}

/// What a WebDAV server says about files.
pub(crate) fn webdav(answer: &[u8]) {
    let (rows, names, end) = told_in(answer);
    assert!(rows.len() <= 100, "no more rows than are read");
    for name in names {
        assert_eq!(names::listed(&name).map(|parts| parts.len()).ok(), Some(1), "{name:?} is no name in a folder");
    }
    // However the line cuts it.
    if answer.len() < 4_096 {
        let (slowly, _, slow_end) = told_in(Slow(answer));
        assert_eq!((slowly, slow_end), (rows, end));
    }
}

/// One page of what an S3 storage lists.
pub(crate) fn s3_page(answer: &[u8]) {
    let listed = s3::told_in(answer, "shelf/");
    for name in listed.iter().flatten() {
        assert!(!name.is_empty() && !name.contains('/'), "{name:?} is no name in a folder");
    }
}

/// Why an S3 storage did not do something.
pub(crate) fn s3_fault(answer: &[u8]) {
    if let Some(code) = s3::fault_in(answer) {
        assert!(code.len() <= 60 && code.is_ascii() && !code.contains(char::is_control), "{code:?}");
    }
}

/// One packet of an SFTP server.
pub(crate) fn sftp(packet: &[u8]) {
    for name in sftp::told_in(packet) {
        assert_eq!(names::listed(&name).map(|parts| parts.len()).ok(), Some(1), "{name:?} is no name in a folder");
    }
}
