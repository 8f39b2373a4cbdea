//! Faults of our own that left a report in this home: told once, at the start after them. Nothing is sent anywhere.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use larder_model::{Refusal, RefusalCode};

use crate::jobs::lock;
use crate::wire::{FaultNote, FaultReport, Nothing, Start};
use crate::{Larder, home, start};

/// Reports are short; a longer file there is none of ours.
const REPORT_BYTES: u64 = 256 << 10;

/// Where the host writes its reports, one text file each, named by the time.
fn folder(home: &Path) -> PathBuf {
    home.join("crashes")
}

/// Remembers the newest report that a person was told of.
fn told(home: &Path) -> PathBuf {
    folder(home).join("told")
}

/// The newest report that nobody was told of yet, by its file's name.
pub(crate) fn untold(home: &Path) -> Option<String> {
    let reports =
        fs::read_dir(folder(home)).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let newest = reports.filter(|name| name.ends_with(".txt")).max()?;
    let told = fs::read_to_string(told(home)).unwrap_or_default();
    (newest.as_str() > told.trim()).then_some(newest)
}

fn untold_now(larder: &Larder) -> Result<(String, PathBuf), Refusal> {
    let name = lock(&larder.fault).clone();
    let name = name.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", "fault"))?;
    let path = folder(larder.host.home()).join(&name);
    Ok((name, path))
}

/// What the window tells at its start.
pub(crate) fn note(larder: &Larder) -> Option<FaultNote> {
    let (_, path) = untold_now(larder).ok()?;
    let changed = fs::metadata(path).and_then(|about| about.modified()).ok()?;
    let at = jiff::Timestamp::try_from(changed).ok()?;
    Some(FaultNote { at: at.to_string() })
}

/// The report itself, for reading and copying.
pub fn fault_report(larder: &Larder, _: Nothing) -> Result<FaultReport, Refusal> {
    let (file_name, path) = untold_now(larder)?;
    let mut bytes = Vec::new();
    let file = fs::File::open(&path).map_err(|e| home::refuse(&e, &path))?;
    file.take(REPORT_BYTES).read_to_end(&mut bytes).map_err(|e| home::refuse(&e, &path))?;
    Ok(FaultReport { file_name, text: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Shows the report in the file manager.
pub fn show_fault(larder: &Larder, _: Nothing) -> Result<Nothing, Refusal> {
    let (name, path) = untold_now(larder)?;
    match larder.host.reveal(&path) {
        true => Ok(Nothing {}),
        false => Err(Refusal::new(RefusalCode::NotFound).with("file", name)),
    }
}

/// Does not tell it again.
pub fn dismiss_fault(larder: &Larder, _: Nothing) -> Result<Start, Refusal> {
    if let Ok((name, _)) = untold_now(larder) {
        home::write_whole(&told(larder.host.home()), name.as_bytes())?;
        *lock(&larder.fault) = None;
    }
    start::start(larder, Nothing {})
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_report_is_told_until_somebody_read_it() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(untold(home.path()), None);
        fs::create_dir(folder(home.path())).unwrap();
        for name in ["2026-03-04_09-30-00.txt", "2026-03-05_16-20-11.txt", "other.log"] {
            fs::write(folder(home.path()).join(name), "x").unwrap();
        }
        assert_eq!(untold(home.path()).as_deref(), Some("2026-03-05_16-20-11.txt"));
        fs::write(told(home.path()), "2026-03-05_16-20-11.txt").unwrap();
        assert_eq!(untold(home.path()), None);
        fs::write(folder(home.path()).join("2026-03-06_08-00-00.txt"), "y").unwrap();
        assert_eq!(untold(home.path()).as_deref(), Some("2026-03-06_08-00-00.txt"));
    }
}
