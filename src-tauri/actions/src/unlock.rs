//! Opening a file that is locked with a password. The unlocked copy becomes the draft's source; the file that was brought
//! in stays as it is, and the password is forgotten as soon as it was tried.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use larder_model::{Refusal, RefusalCode};

use crate::bring::{self, Fresh};
use crate::jobs::lock;
use crate::wire::{BroughtIn, BroughtItem, JobKind, UnlockRequest};
use crate::{Larder, home, reading_job};

/// So many locked files are remembered; whoever brings in more drops the first ones again.
const REMEMBERED: usize = 1_000;

/// A locked file that a person was asked about. The page names it by its id and never by its path.
pub(crate) struct LockedFile {
    id: String,
    path: PathBuf,
}

/// Remembers a locked file; answers the id that opens it.
pub(crate) fn offer(larder: &Larder, path: &Path) -> String {
    let mut files = lock(&larder.locked);
    if let Some(known) = files.iter().find(|file| file.path == path) {
        return known.id.clone();
    }
    if files.len() >= REMEMBERED {
        files.remove(0);
    }
    let id = home::unique();
    files.push(LockedFile { id: id.clone(), path: path.to_path_buf() });
    id
}

/// Opens a locked file with its password and brings it in.
pub fn unlock_file(larder: &Larder, request: UnlockRequest) -> Result<BroughtIn, Refusal> {
    let known = lock(&larder.locked).iter().find(|file| file.id == request.item).map(|file| file.path.clone());
    let path = known.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", "locked"))?;
    let file_name = bring::name_of(&path);
    let about = fs::metadata(&path).map_err(|e| Refusal::from_io(&e, &file_name))?;
    let input = reading_job::input(&path, &file_name)?;
    // A lock may ask for millions of rounds.
    let opened = larder.jobs.here(JobKind::Bring, &file_name, |job| {
        larder_formats::unlock(&file_name, input, request.password.typed(), job)
    });
    let bytes: Arc<[u8]> = opened?.into();
    // What turns out to be no table leaves no unlocked copy behind.
    let head = bring::first_rows(Box::new(Cursor::new(bytes.clone())), &file_name)?;
    let rooms = larder.rooms();
    let (sha256, size_bytes) = rooms.home.keep_bytes(&mut &*bytes, &file_name)?;
    let kept = rooms.home.source(&sha256);
    let modified = about.modified().ok();
    let fresh = Fresh { path: &kept, stood_at: &path, size_bytes, modified, unlocked: true };
    let draft = bring::begin(larder, &rooms, head, &fresh, &file_name)?;
    lock(&larder.locked).retain(|file| file.id != request.item);
    Ok(BroughtIn { items: vec![BroughtItem::ready(file_name, draft)] })
}
