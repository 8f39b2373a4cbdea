//! Files of a folder whose bytes lie in a cloud until somebody asks for them.
//!
//! Sync clients keep such files in two ways. On Windows and macOS the system knows them and brings their bytes while they are
//! read, which takes as long as the network does, or never ends (Cloud Files API, File Provider). Elsewhere a small file with a
//! name of its own stands in for them (`x.nextcloud` and `x.owncloud` of the desktop clients' virtual files, `.x.icloud`), and
//! only the client itself can bring the real one. Attributes are looked at before a byte is read, so looking at a shelf never
//! brings all of it here.

use std::fs::Metadata;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use larder_model::{Refusal, RefusalCode};

use super::Whereabouts;
use super::folder::{Folder, open_regular};

/// Opens a file for reading, which may take as long as reading it.
type Opening = dyn Fn(&Path) -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// What is known of the cloud behind a folder.
pub(crate) struct Cloud {
    /// Where the bytes of a file lie; another one in tests.
    pub lie: fn(&Metadata) -> Whereabouts,
    /// Opens a file whose bytes come from the cloud; another one in tests.
    pub open: Arc<Opening>,
    /// How long nothing may come.
    pub patience: Duration,
    /// Something did not come in time: nothing else is waited for as long as this look, or this job, goes on.
    silent: AtomicBool,
    /// Whether a client works here that leaves files under other names in place of the real ones.
    stand_ins: OnceLock<bool>,
}

impl Default for Cloud {
    fn default() -> Cloud {
        Cloud {
            lie,
            open: Arc::new(|path| Ok(Box::new(open_regular(path)?))),
            patience: Duration::from_secs(10),
            silent: AtomicBool::new(false),
            stand_ins: OnceLock::new(),
        }
    }
}

/// `FILE_ATTRIBUTE_OFFLINE`, `FILE_ATTRIBUTE_RECALL_ON_OPEN` and `FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS`.
#[cfg(windows)]
fn lie(meta: &Metadata) -> Whereabouts {
    use std::os::windows::fs::MetadataExt;
    if meta.file_attributes() & (0x1000 | 0x4_0000 | 0x40_0000) == 0 {
        Whereabouts::Here
    } else {
        Whereabouts::OnRequest
    }
}

/// `SF_DATALESS`.
#[cfg(target_os = "macos")]
fn lie(meta: &Metadata) -> Whereabouts {
    use std::os::macos::fs::MetadataExt;
    if meta.st_flags() & 0x4000_0000 == 0 { Whereabouts::Here } else { Whereabouts::OnRequest }
}

#[cfg(not(any(windows, target_os = "macos")))]
fn lie(_: &Metadata) -> Whereabouts {
    Whereabouts::Here
}

/// What a small file says in its name to stand in for.
pub(super) fn stands_in_for(name: &str) -> Option<&str> {
    let real = name
        .strip_suffix(".nextcloud")
        .or_else(|| name.strip_suffix(".owncloud"))
        .or_else(|| name.strip_prefix('.').and_then(|name| name.strip_suffix(".icloud")));
    real.filter(|real| !real.is_empty())
}

/// The names of what may stand in for a file.
fn stand_ins(name: &str) -> [String; 3] {
    [format!("{name}.nextcloud"), format!("{name}.owncloud"), format!(".{name}.icloud")]
}

/// Whether a sync client that leaves stand-ins works here: it keeps its journal at the top of what it keeps in step, as
/// `.sync_0123456789ab.db`, before that `._sync_0123456789ab.db`. iCloud's folder has a name of its own.
fn leaves_stand_ins(root: &Path) -> bool {
    let is_journal = |name: &str| {
        (name.starts_with(".sync_") || name.starts_with("._sync_")) && name.contains(".db")
            || name == ".sync_journal.db"
    };
    root.ancestors().any(|folder| {
        folder.file_name().is_some_and(|name| name == "Mobile Documents")
            || std::fs::read_dir(folder)
                .is_ok_and(|all| all.flatten().take(20_000).any(|e| e.file_name().to_str().is_some_and(is_journal)))
    })
}

fn in_cloud(name: &str, detail: &str) -> Refusal {
    Refusal::new(RefusalCode::CloudOnly).with("file", name).with("detail", detail)
}

impl Folder {
    /// Whether another file stands in for one that is not there.
    pub(super) fn has_stand_in(&self, parts: &[&str]) -> Result<bool, Refusal> {
        let Some((name, above)) = parts.split_last() else { return Ok(false) };
        if !*self.cloud.stand_ins.get_or_init(|| leaves_stand_ins(&self.root)) {
            return Ok(false);
        }
        let folder = above.iter().fold(self.root.clone(), |path, part| path.join(part));
        let stands = |name: &String| std::fs::symlink_metadata(folder.join(name)).is_ok_and(|meta| meta.is_file());
        // None of what is above may be a link, as everywhere.
        Ok(stand_ins(name).iter().any(stands) && (above.is_empty() || self.walk(above)?.is_some()))
    }

    /// Reads a file that the system brings from a cloud, on a thread that is left alone where nothing comes.
    ///
    /// # Errors
    /// `CloudOnly` where it does not come; whatever writing to `out` answers, which is asked now and then while nothing comes
    /// (as `flush`) so that a person can stop it.
    pub(super) fn recall(
        &self,
        path: &Path,
        name: &str,
        out: &mut dyn FnMut(&[u8]) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        if self.cloud.silent.load(Ordering::Relaxed) {
            return Err(in_cloud(name, "silent"));
        }
        let come = read_aside(self.cloud.open.clone(), path);
        loop {
            match wait(&come, self.cloud.patience, out) {
                Ok(Some(Ok(piece))) => out(&piece)?,
                Ok(Some(Err(e))) if e.kind() == io::ErrorKind::PermissionDenied => return Err(self.refuse(&e, path)),
                Ok(Some(Err(e))) => return Err(in_cloud(name, &e.to_string())),
                Ok(None) => return Ok(()),
                Err(refusal) => {
                    self.cloud.silent.store(refusal.code == RefusalCode::CloudOnly, Ordering::Relaxed);
                    return Err(refusal.with("file", name));
                }
            }
        }
    }
}

/// The pieces of a file as they come; opening it may take as long as reading.
fn read_aside(open: Arc<Opening>, path: &Path) -> Receiver<io::Result<Vec<u8>>> {
    let (to, come) = sync_channel(4);
    let path = path.to_owned();
    std::thread::spawn(move || {
        let mut file = match open(&path) {
            Ok(file) => file,
            Err(e) => return drop(to.send(Err(e))),
        };
        loop {
            let mut piece = vec![0_u8; 256 * 1024];
            let read = match file.read(&mut piece) {
                Ok(0) => return,
                Ok(got) => {
                    piece.truncate(got);
                    Ok(piece)
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => Err(e),
            };
            let last = read.is_err();
            // Nobody listens any more where the reader was stopped.
            if to.send(read).is_err() || last {
                return;
            }
        }
    });
    come
}

/// The next piece; none at the end.
fn wait(
    come: &Receiver<io::Result<Vec<u8>>>,
    patience: Duration,
    out: &mut dyn FnMut(&[u8]) -> Result<(), Refusal>,
) -> Result<Option<io::Result<Vec<u8>>>, Refusal> {
    let begun = std::time::Instant::now();
    loop {
        match come.recv_timeout(Duration::from_millis(50).min(patience)) {
            Ok(piece) => return Ok(Some(piece)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            // An empty piece only asks whether to go on.
            Err(RecvTimeoutError::Timeout) if begun.elapsed() < patience => out(&[])?,
            Err(RecvTimeoutError::Timeout) => return Err(in_cloud("", "nothing came")),
        }
    }
}

/// Passes pieces on to a writer, which is asked by a flush whether to go on.
pub(super) fn pass_on(out: &mut dyn Write, piece: &[u8], name: &str) -> Result<(), Refusal> {
    let passed = if piece.is_empty() { out.flush() } else { out.write_all(piece) };
    passed.map_err(|e| Refusal::from_io(&e, name))
}
