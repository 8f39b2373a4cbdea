//! A file that several threads read at once, each from its own place.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// Bytes asked for at once at most: hostile files name absurd lengths.
const READ_BYTES: usize = 1 << 30;

/// An open file without a shared place in it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    file: Arc<File>,
    size_bytes: u64,
}

impl Source {
    /// Opens the file; its length is taken now and kept.
    pub fn open(path: &Path) -> std::io::Result<Source> {
        // Windows opens no folder, and calls that a matter of permission.
        let file = File::open(path).map_err(|error| match path.is_dir() {
            true => std::io::ErrorKind::IsADirectory.into(),
            false => error,
        })?;
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(std::io::ErrorKind::IsADirectory.into());
        }
        Ok(Source { file: Arc::new(file), size_bytes: about.len() })
    }

    /// The file's length.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// Exactly `length` bytes from `start`.
    pub fn bytes(&self, start: u64, length: usize) -> std::io::Result<Vec<u8>> {
        let inside = start.checked_add(length as u64).is_some_and(|end| end <= self.size_bytes);
        if !inside || length > READ_BYTES {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; length];
        Reader { source: self.clone(), place: start }.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// Reads on from a place.
#[derive(Debug)]
pub(crate) struct Reader {
    source: Source,
    place: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = read_at(&self.source.file, buffer, self.place)?;
        self.place += read as u64;
        Ok(read)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], place: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, place)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], place: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, place)
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.size_bytes
    }
}

impl ChunkReader for Source {
    type T = BufReader<Reader>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::new(Reader { source: self.clone(), place: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.bytes(start, length).map(Bytes::from).map_err(|error| ParquetError::External(Box::new(error)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_length_beyond_the_file_is_refused_before_memory_is_taken() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"0123456789").unwrap();
        let source = Source::open(file.path()).unwrap();
        assert_eq!(source.bytes(3, 4).unwrap(), b"3456");
        for (start, length) in [(3, 8), (11, 0), (u64::MAX, 1), (0, usize::MAX)] {
            assert!(source.bytes(start, length).is_err(), "{start} {length}");
        }
    }

    #[test]
    fn a_folder_is_not_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Source::open(folder.path()).is_err());
    }
}
