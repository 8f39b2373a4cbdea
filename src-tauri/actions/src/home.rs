//! How a home is laid out: one world's folders, and the few safe ways to write into them.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use larder_model::{DraftId, Refusal, RefusalCode, ShelfId};
use sha2::{Digest, Sha256};

/// The folders of one world: the person's own, or the sample's.
#[derive(Debug, Clone)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// Makes the folders where they are missing.
    pub fn at(root: &Path) -> Result<Home, Refusal> {
        let home = Home { root: root.to_path_buf() };
        for folder in [home.root.clone(), home.sources(), home.tables(), home.outgoing()] {
            fs::create_dir_all(&folder).map_err(|e| refuse(&e, &folder))?;
        }
        Ok(home)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Copies of the files that were brought in, by their sha256: an owner never loses a source.
    pub fn sources(&self) -> PathBuf {
        self.root.join("sources")
    }

    /// One kept source.
    pub fn source(&self, sha256: &str) -> PathBuf {
        self.sources().join(sha256)
    }

    /// Verified rows of releases, by the sha256 of their Parquet file.
    pub fn tables(&self) -> PathBuf {
        self.root.join("tables")
    }

    /// The rows of one release.
    pub fn table(&self, sha256: &str) -> PathBuf {
        self.tables().join(format!("{sha256}.parquet"))
    }

    /// What is on its way to a shelf, a folder each.
    pub fn outgoing(&self) -> PathBuf {
        self.root.join("outgoing")
    }

    /// The files of one publication on its way.
    pub fn outgoing_of(&self, draft: &DraftId) -> PathBuf {
        self.outgoing().join(draft.as_str())
    }

    /// What was put on a shelf and read there, byte for byte, as far as it is small.
    pub fn kept(&self, shelf: &ShelfId) -> PathBuf {
        self.root.join("kept").join(shelf.as_str())
    }

    /// This computer's signing key.
    pub fn device_key(&self) -> PathBuf {
        self.root.join("device.key")
    }

    /// Copies a file in, hashing what was copied. Answers its sha256 and size. A file that changed meanwhile is `Busy`.
    pub fn keep_source(&self, from: &Path, name: &str) -> Result<(String, u64), Refusal> {
        let before = fs::metadata(from).map_err(|e| Refusal::from_io(&e, name))?;
        let mut input = File::open(from).map_err(|e| Refusal::from_io(&e, name))?;
        let kept = self.keep_bytes(&mut input, name)?;
        let after = fs::metadata(from).map_err(|e| Refusal::from_io(&e, name))?;
        if before.len() != after.len() || before.modified().ok() != after.modified().ok() || kept.1 != after.len() {
            return Err(Refusal::new(RefusalCode::Busy).with("what", name).with("file", name));
        }
        Ok(kept)
    }

    /// Keeps what a reader gives as a source.
    pub fn keep_bytes(&self, input: &mut dyn Read, name: &str) -> Result<(String, u64), Refusal> {
        let part = self.sources().join(format!("{}.part", unique()));
        let copied = copy_hashed(input, &part).map_err(|e| {
            let _ = fs::remove_file(&part);
            Refusal::from_io(&e, name)
        })?;
        let target = self.source(&copied.0);
        rename(&part, &target).map_err(|e| {
            let _ = fs::remove_file(&part);
            refuse(&e, &target)
        })?;
        Ok(copied)
    }

    /// Moves a finished Parquet file in among the tables. Answers its sha256 and size.
    pub fn keep_table(&self, from: &Path) -> Result<(String, u64), Refusal> {
        let mut input = File::open(from).map_err(|e| refuse(&e, from))?;
        let part = self.tables().join(format!("{}.part", unique()));
        let copied = copy_hashed(&mut input, &part).map_err(|e| refuse(&e, &part))?;
        let target = self.table(&copied.0);
        rename(&part, &target).map_err(|e| refuse(&e, &target))?;
        Ok(copied)
    }
}

fn copy_hashed(input: &mut dyn Read, to: &Path) -> std::io::Result<(String, u64)> {
    let mut out = File::create(to)?;
    let mut hash = Sha256::new();
    let mut size = 0u64;
    let mut buffer = vec![0u8; 1 << 20];
    loop {
        let n = input.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        out.write_all(&buffer[..n])?;
        size += n as u64;
    }
    out.sync_all()?;
    Ok((hex(&hash.finalize()), size))
}

/// Bytes in base 16.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A name that no other file of this process or an earlier one has.
pub fn unique() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map(|d| d.as_nanos()).unwrap_or(0);
    format!("{}-{nanos:x}-{n}", std::process::id())
}

/// Writes a small file whole or not at all.
pub fn write_whole(path: &Path, content: &[u8]) -> Result<(), Refusal> {
    let part = path.with_extension(format!("{}.tmp", unique()));
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.and_then(|()| rename(&part, path)).map_err(|e| {
        let _ = fs::remove_file(&part);
        refuse(&e, path)
    })
}

/// Gives a finished file its name, in place of what had it. On Windows virus scanners and sync clients hold for moments what was
/// just written, so that is waited for, two and a half seconds in all; elsewhere what is refused stays refused.
pub fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    let is_held = |e: &std::io::Error| cfg!(windows) && matches!(e.raw_os_error(), Some(5 | 32 | 33));
    for millis in [5, 10, 20, 40, 80, 160, 320, 640, 640, 640] {
        match fs::rename(from, to) {
            Err(e) if is_held(&e) => std::thread::sleep(std::time::Duration::from_millis(millis)),
            answer => return answer,
        }
    }
    fs::rename(from, to)
}

/// What the system answered about a path of ours.
pub fn refuse(error: &std::io::Error, path: &Path) -> Refusal {
    Refusal::from_io(error, &path.display().to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_kept_under_the_hash_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(&folder.path().join("home")).unwrap();
        let file = folder.path().join("till.csv");
        fs::write(&file, b"a;b\n1;2\n").unwrap();
        let (sha256, size_bytes) = home.keep_source(&file, "till.csv").unwrap();
        assert_eq!(size_bytes, 8);
        assert_eq!(fs::read(home.source(&sha256)).unwrap(), b"a;b\n1;2\n");
        assert_eq!(fs::read_dir(home.sources()).unwrap().count(), 1, "no half file is left");
    }

    #[test]
    fn a_missing_source_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path()).unwrap();
        let refusal = home.keep_source(&folder.path().join("gone.csv"), "gone.csv").unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NotFound);
    }

    #[cfg(windows)]
    /// Opens a file as another program does, for a while, which lets others do no more than `share` says.
    fn hold(path: &Path, share: u32, millis: u64) -> std::thread::JoinHandle<()> {
        use std::os::windows::fs::OpenOptionsExt;
        let held = File::options().read(true).share_mode(share).open(path).unwrap();
        std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(millis));
            drop(held);
        })
    }

    #[cfg(windows)]
    // fault 6
    #[test]
    fn what_a_scanner_holds_is_kept_a_moment_later() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(&folder.path().join("home")).unwrap();
        let file = folder.path().join("till.csv");
        fs::write(&file, b"a;b\n1;2\n").unwrap();
        let (sha256, _) = home.keep_source(&file, "till.csv").unwrap();
        let scanner = hold(&home.source(&sha256), 1, 100);
        assert_eq!(home.keep_source(&file, "till.csv").unwrap().0, sha256);
        scanner.join().unwrap();
        let note = folder.path().join("note");
        write_whole(&note, b"old").unwrap();
        let scanner = hold(&note, 0, 100);
        write_whole(&note, b"new").unwrap();
        scanner.join().unwrap();
        assert_eq!(fs::read(&note).unwrap(), b"new");
        assert_eq!(fs::read_dir(home.sources()).unwrap().count(), 1, "no half file is left");
    }

    #[cfg(windows)]
    // fault 76
    #[test]
    fn a_file_that_excel_has_open_is_taken_in_and_one_that_nobody_may_read_is_locked() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(&folder.path().join("home")).unwrap();
        let file = folder.path().join("till.csv");
        fs::write(&file, b"a;b\n1;2\n").unwrap();
        // Excel opens for writing, and lets others read.
        let excel = File::options().read(true).write(true).share_mode(1).open(&file).unwrap();
        assert!(home.keep_source(&file, "till.csv").is_ok());
        drop(excel);
        let held = File::options().read(true).share_mode(0).open(&file).unwrap();
        assert_eq!(home.keep_source(&file, "till.csv").unwrap_err().code, RefusalCode::Locked);
        drop(held);
    }
}
