//! One computer of one person: its signing key, which never leaves it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer, SigningKey};
use larder_model::{Refusal, RefusalCode, WriterId};

use crate::envelope::{sha256, writer_of};
use crate::sealed::{Key, derived};

const FIRST_LINE: &str = "larder-device-key 1";

/// A device. Its key is a secret: it is shown by no `Debug`, and its file can be read by its owner alone.
pub struct Device {
    key: SigningKey,
    /// Opens what is sealed for this device.
    opens: Key,
    writer: WriterId,
    lock: Option<PathBuf>,
    turn: Mutex<()>,
}

/// While it lives, nothing else of this device writes a head.
pub(crate) struct Turn<'a> {
    _process: MutexGuard<'a, ()>,
    _file: Option<File>,
}

impl Device {
    /// A device from its secret of 32 random bytes.
    pub fn create(seed: [u8; 32]) -> Device {
        let key = SigningKey::from_bytes(&seed);
        let writer = writer_of(key.verifying_key().as_bytes());
        Device { key, opens: derived(&seed), writer, lock: None, turn: Mutex::new(()) }
    }

    /// The device whose key is kept in this file, or a new one if there is none yet. Two Larders that start at once agree on
    /// one key.
    ///
    /// # Errors
    /// `Damaged` where the file is not a whole key: a new key is never made over it, as the device would become a stranger
    /// to its own shelf. Otherwise what the system answers.
    pub fn load_or_create(path: &Path, random: impl FnOnce() -> [u8; 32]) -> Result<Device, Refusal> {
        let told = path.display().to_string();
        let refuse = |e: &io::Error| Refusal::from_io(e, &told);
        if let Some(device) = Device::load(path)? {
            return Ok(device);
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|e| refuse(&e))?;
        let seed = random();
        // Private from its first moment: tempfile makes its files so that only their owner reads them.
        let mut temp =
            tempfile::Builder::new().prefix(".device-").suffix(".tmp").tempfile_in(folder).map_err(|e| refuse(&e))?;
        temp.write_all(key_text(&seed).as_bytes()).and_then(|()| temp.as_file().sync_all()).map_err(|e| refuse(&e))?;
        match crate::held::persist_new(temp, path) {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(refuse(&e)),
        }
        Device::load(path)?.ok_or_else(|| refuse(&io::ErrorKind::NotFound.into()))
    }

    fn load(path: &Path) -> Result<Option<Device>, Refusal> {
        let told = path.display().to_string();
        let mut text = String::new();
        let file = match File::open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Refusal::from_io(&e, &told)),
        };
        file.take(4_096).read_to_string(&mut text).map_err(|e| Refusal::from_io(&e, &told))?;
        let seed = read_key(&text).ok_or_else(|| {
            Refusal::new(RefusalCode::Damaged).with("file", told.as_str()).with("path", told.as_str())
        })?;
        let mut device = Device::create(seed);
        device.lock = Some(path.with_extension("lock"));
        Ok(Some(device))
    }

    /// Its name on every shelf: what its public key hashes to.
    pub fn writer(&self) -> WriterId {
        self.writer.clone()
    }

    /// Six words that two people compare by phone to be sure that they speak of the same device.
    pub fn words(&self) -> [String; 6] {
        crate::words::six(self.writer.as_str())
    }

    /// What others encrypt to for this device: `age1…`. Its card tells it.
    pub fn recipient(&self) -> String {
        self.opens.to_public().to_string()
    }

    pub(crate) fn key(&self) -> &Key {
        &self.opens
    }

    pub(crate) fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// Waits until nothing else of this device writes a head: neither in this process nor in another one with the same key
    /// file.
    ///
    /// # Errors
    /// `Busy` after half a minute.
    pub(crate) fn turn(&self) -> Result<Turn<'_>, Refusal> {
        // A panic while holding the turn leaves nothing half-changed in memory: the shelf is read again anyway.
        let process = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &self.lock else { return Ok(Turn { _process: process, _file: None }) };
        let Ok(file) = OpenOptions::new().create(true).truncate(false).write(true).open(path) else {
            // A home that cannot be written has no second writer either.
            return Ok(Turn { _process: process, _file: None });
        };
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Turn { _process: process, _file: Some(file) }),
                Err(std::fs::TryLockError::WouldBlock) if since.elapsed() < Duration::from_secs(30) => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(std::fs::TryLockError::WouldBlock) => {
                    return Err(Refusal::new(RefusalCode::Busy).with("what", "larder"));
                }
                // A file system without locks: the protocol stands without them too.
                Err(std::fs::TryLockError::Error(_)) => return Ok(Turn { _process: process, _file: None }),
            }
        }
    }
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device").field("writer", &self.writer).finish_non_exhaustive()
    }
}

fn key_text(seed: &[u8; 32]) -> String {
    format!("{FIRST_LINE}\n{}\n{}\n", HEXLOWER.encode(seed), check(seed))
}

fn check(seed: &[u8; 32]) -> String {
    // Hashed twice so that the check tells nothing that the public key does not.
    sha256(sha256(seed).as_bytes()).chars().take(16).collect()
}

fn read_key(text: &str) -> Option<[u8; 32]> {
    let mut lines = text.lines();
    let (first, key, sum, rest) = (lines.next()?, lines.next()?, lines.next()?, lines.next());
    let seed: [u8; 32] = HEXLOWER.decode(key.as_bytes()).ok()?.try_into().ok()?;
    (first == FIRST_LINE && sum == check(&seed) && rest.is_none()).then_some(seed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_is_the_same_device() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("keys").join("device.key");
        let made = Device::load_or_create(&path, || [7; 32]).unwrap();
        let again = Device::load_or_create(&path, || panic!("no second key")).unwrap();
        assert_eq!(made.writer(), again.writer());
        assert_eq!(made.words(), again.words());
        assert_ne!(made.writer(), Device::create([8; 32]).writer());
        assert!(crate::names::is_writer(made.writer().as_str()));
    }

    #[test]
    fn a_damaged_key_is_told_and_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("device.key");
        Device::load_or_create(&path, || [7; 32]).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..whole.len() - 1 {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let refusal = Device::load_or_create(&path, || panic!("no new key")).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::Damaged, "cut at {cut}");
        }
        for at in 20..80 {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            std::fs::write(&path, &flipped).unwrap();
            assert_eq!(
                Device::load_or_create(&path, || panic!("no new key")).unwrap_err().code,
                RefusalCode::Damaged,
                "byte {at}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_the_key() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("device.key");
        Device::load_or_create(&path, || [7; 32]).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "no temp file is left");
    }

    // fault 75
    #[test]
    fn nothing_shows_the_key() {
        let device = Device::create([0xab; 32]);
        assert!(!format!("{device:?}").contains("abab"));
    }

    #[test]
    fn two_larders_of_one_home_take_turns() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("device.key");
        let one = Device::load_or_create(&path, || [7; 32]).unwrap();
        let two = Device::load_or_create(&path, || [7; 32]).unwrap();
        let turn = one.turn().unwrap();
        let waits = std::thread::spawn(move || {
            let since = Instant::now();
            two.turn().map(|_turn| since.elapsed()).unwrap()
        });
        std::thread::sleep(Duration::from_millis(200));
        drop(turn);
        assert!(waits.join().unwrap() >= Duration::from_millis(100));
    }
}
