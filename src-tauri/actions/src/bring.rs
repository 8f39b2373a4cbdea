//! Bringing in files: looked at, kept, and turned into drafts. What cannot be read is refused in a sentence, and nothing
//! else happens.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use larder_formats::Book;
use larder_model::{DraftId, Params, Refusal, RefusalCode};

use crate::drafts::{self, Extra};
use crate::larder::Rooms;
use crate::wire::{BroughtIn, BroughtItem, DraftNote, DraftRequest, DraftStep, Nothing, PasteRequest, PracticeRequest};
use crate::{Larder, publish, reading_job, sample};

/// More files than this at once are a folder dropped by mistake.
const FILES_AT_ONCE: usize = 200;

/// Text on the clipboard longer than this is a file, not a table that someone copied.
const PASTE_BYTES: usize = 64 << 20;

/// Brings in files by their paths.
pub fn bring_in(larder: &Larder, paths: &[PathBuf]) -> BroughtIn {
    let items = paths.iter().take(FILES_AT_ONCE).map(|path| {
        let file_name = name_of(path);
        let (draft, refusal) = match bring_in_one(larder, path, &file_name) {
            Ok(draft) => (Some(draft), None),
            Err(refusal) => (None, Some(refusal)),
        };
        BroughtItem { file_name, draft, refusal }
    });
    BroughtIn { items: items.collect() }
}

/// Brings in files that the person picks.
pub fn browse_files(larder: &Larder, _: Nothing) -> Result<BroughtIn, Refusal> {
    Ok(larder.host.choose_files().map(|paths| bring_in(larder, &paths)).unwrap_or_default())
}

/// Brings in a table that was copied in another program.
pub fn paste_table(larder: &Larder, request: PasteRequest) -> Result<BroughtIn, Refusal> {
    let file_name = format!("{}.tsv", larder.words().text("suggest-pasted-name"));
    if request.text.len() > PASTE_BYTES {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", file_name).with("limit", "64 MB"));
    }
    if request.text.trim().is_empty() {
        return Err(Refusal::new(RefusalCode::Empty).with("file", file_name));
    }
    let rooms = larder.rooms();
    let (sha256, _) = rooms.home.keep_bytes(&mut request.text.as_bytes(), &file_name)?;
    let path = rooms.home.source(&sha256);
    let draft = begin(larder, &rooms, &path, &file_name)?;
    Ok(BroughtIn { items: vec![BroughtItem { file_name, draft: Some(draft), refusal: None }] })
}

/// Brings in a practice file of the sample bakery.
pub fn bring_in_practice(larder: &Larder, request: PracticeRequest) -> Result<BroughtIn, Refusal> {
    let path = sample::practice_file(larder, &request.file_name)?;
    Ok(bring_in(larder, &[path]))
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    larder_model::display_text(&name, 200)
}

fn bring_in_one(larder: &Larder, path: &Path, file_name: &str) -> Result<DraftId, Refusal> {
    let rooms = larder.rooms();
    let about = fs::metadata(path).map_err(|e| Refusal::from_io(&e, file_name))?;
    if about.is_dir() {
        return Err(Refusal::new(RefusalCode::IsAFolder).with("file", file_name));
    }
    if about.len() == 0 {
        return Err(Refusal::new(RefusalCode::Empty).with("file", file_name));
    }
    begin(larder, &rooms, path, file_name)
}

fn begin(larder: &Larder, rooms: &Arc<Rooms>, path: &Path, file_name: &str) -> Result<DraftId, Refusal> {
    let head = first_rows(path, file_name)?;
    let id = larder.new_draft_id()?;
    let now = larder.now();
    let about = fs::metadata(path).map_err(|e| Refusal::from_io(&e, file_name))?;
    let mut row = drafts::new_row(id.clone(), file_name, &now);
    row.source_size_bytes = about.len();
    if let Some(me) = larder.me()? {
        row.label.keeper = me.person.name.clone();
        row.label.keeper_email = me.person.email.clone();
    }
    let seconds = about.modified().ok().and_then(|m| m.duration_since(std::time::UNIX_EPOCH).ok());
    drafts::set_extra(
        &mut row,
        &Extra {
            brought_in_at: now,
            path: Some(path.display().to_string()),
            modified_seconds: seconds.and_then(|s| i64::try_from(s.as_secs()).ok()),
            open_elsewhere: is_open_in_office(path),
            ..Extra::default()
        },
    );
    rooms.catalog.put_draft(&row)?;
    reading_job::start(larder, rooms, &row, Some((path.to_path_buf(), head)))?;
    larder.note("brought_in", Params::from([("file".to_owned(), file_name.into())]), None);
    Ok(id)
}

/// The first rows, or the refusal that says why this is not a table.
fn first_rows(path: &Path, file_name: &str) -> Result<Book, Refusal> {
    let mut head = Vec::new();
    let mut file = fs::File::open(path).map_err(|e| Refusal::from_io(&e, file_name))?;
    let size_bytes = file.metadata().map(|m| m.len()).unwrap_or(0);
    file.by_ref().take(64 << 10).read_to_end(&mut head).map_err(|e| Refusal::from_io(&e, file_name))?;
    larder_formats::sniff(&head, size_bytes, file_name)?;
    larder_formats::open_head(file_name, reading_job::input(path, file_name)?, &[], reading_job::FIRST_ROWS)
}

/// Excel and LibreOffice leave a small owner file beside a workbook that they have open.
fn is_open_in_office(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().map(|n| n.to_string_lossy())) else {
        return false;
    };
    folder.join(format!("~${name}")).exists() || folder.join(format!(".~lock.{name}#")).exists()
}

/// All drafts that are not done, newest first.
pub fn drafts(larder: &Larder, _: Nothing) -> Result<Vec<DraftNote>, Refusal> {
    let rows = larder.rooms().catalog.drafts()?;
    let open = rows.into_iter().filter(|row| !matches!(drafts::step(row), DraftStep::Discarded | DraftStep::Published));
    Ok(open
        .map(|row| DraftNote {
            title: if row.label.title.is_empty() { row.file_name.clone() } else { row.label.title.clone() },
            step: drafts::step(&row),
            id: row.id,
            file_name: row.file_name,
            saved_at: row.saved_at,
            product: row.product,
        })
        .collect())
}

/// Throws a draft away; it can be brought back.
pub fn discard_draft(larder: &Larder, request: DraftRequest) -> Result<Nothing, Refusal> {
    let rooms = larder.rooms();
    if publish::under_way(&rooms)?.contains(&request.draft) {
        return Err(Refusal::new(RefusalCode::Busy).with("what", "publish"));
    }
    let mut row = drafts::saved(&rooms, &request.draft)?;
    let mut extra = drafts::extra(&row);
    extra.discarded_at = Some(larder.now());
    drafts::set_extra(&mut row, &extra);
    row.step = drafts::written(&DraftStep::Discarded);
    rooms.catalog.put_draft(&row)?;
    if let Some(open) = rooms.drafts.get(&request.draft)
        && let crate::wire::ReadState::Busy { job, .. } = open.state()
    {
        larder.jobs.cancel(&job);
    }
    rooms.drafts.close(&request.draft);
    larder.note("discarded", Params::from([("file".to_owned(), row.file_name.into())]), None);
    Ok(Nothing {})
}

/// Brings a thrown-away draft back.
pub fn restore_draft(larder: &Larder, request: DraftRequest) -> Result<Nothing, Refusal> {
    let rooms = larder.rooms();
    let mut row = drafts::saved(&rooms, &request.draft)?;
    row.step = drafts::written(&DraftStep::Check);
    rooms.catalog.put_draft(&row)?;
    Ok(Nothing {})
}
