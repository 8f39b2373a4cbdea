//! Bringing in files: looked at, kept, and turned into drafts. What cannot be read is refused in a sentence, and nothing
//! else happens.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use larder_catalog::DraftRow;
use larder_formats::{Book, Input};
use larder_model::{Choice, DraftId, Params, ProductId, Refusal, RefusalCode};

use crate::drafts::{self, Extra, Part};
use crate::jobs::Job;
use crate::larder::Rooms;
use crate::wire::{
    BringMoreRequest, BroughtIn, BroughtItem, DraftNote, DraftRequest, DraftStep, JobKind, MeanDraftRequest, Nothing,
    PasteRequest, PracticeRequest,
};
use crate::{Larder, check, described, folder, invite, publish, reading_job, sample, taken_over, unlock};

/// More files than this at once are a folder dropped by mistake.
pub(crate) const FILES_AT_ONCE: usize = 200;

/// Text on the clipboard longer than this is a file, not a table that someone copied.
const PASTE_BYTES: usize = 64 << 20;

/// Brings in files and folders by their paths. Something dropped without a file is answered, too: by its refusal.
pub fn bring_in(larder: &Larder, paths: &[PathBuf]) -> BroughtIn {
    if paths.is_empty() {
        return BroughtIn::refused(String::new(), Refusal::new(RefusalCode::NoFile));
    }
    if let [path] = paths
        && !path.is_dir()
    {
        return BroughtIn { items: vec![bring_in_file(larder, path)] };
    }
    let about = if let [folder] = paths { name_of(folder) } else { String::new() };
    let several = |job: &Job| {
        let mut items = Vec::new();
        for (done, path) in paths.iter().take(FILES_AT_ONCE).enumerate() {
            if job.cancelled() {
                break;
            }
            match path.is_dir() {
                true => items.extend(folder::bring_in_folder(larder, path, job)),
                false => items.push(bring_in_file(larder, path)),
            }
            if paths.len() > 1 {
                job.progress(done as u64 + 1, paths.len() as u64);
            }
        }
        Ok(BroughtIn { items })
    };
    larder
        .jobs
        .here(JobKind::Bring, &about, several)
        .unwrap_or_else(|refusal| BroughtIn::refused(about.clone(), refusal))
}

/// Brings in one file; a locked one waits for its password.
pub(crate) fn bring_in_file(larder: &Larder, path: &Path) -> BroughtItem {
    // The system hands a link over where it hands over the path of a file.
    if let Some(link) = path.to_str().filter(|text| invite::is_link(text)) {
        return match invite::of_text(larder, link) {
            Ok(invitation) => BroughtItem::invited(invitation.shelf.clone(), invitation),
            Err(refusal) => BroughtItem::refused(String::new(), refusal),
        };
    }
    let file_name = name_of(path);
    match invite::dropped(larder, path) {
        Some(Ok(invitation)) => return BroughtItem::invited(file_name, invitation),
        Some(Err(refusal)) => return BroughtItem::refused(file_name, refusal),
        None => {}
    }
    match bring_in_one(larder, path, &file_name) {
        Ok(draft) => BroughtItem::ready(file_name, draft),
        Err(refusal) => {
            let asks = refusal.code == RefusalCode::PasswordProtected;
            let locked = asks.then(|| unlock::offer(larder, path));
            BroughtItem { locked, ..BroughtItem::refused(file_name, refusal) }
        }
    }
}

/// Brings in a file that goes on with a data product, whatever it is called. Its bytes are kept here, and need stand nowhere
/// else.
pub(crate) fn bring_in_next(
    larder: &Larder,
    bytes: &mut dyn std::io::Read,
    file_name: &str,
    product: &ProductId,
) -> Result<BroughtIn, Refusal> {
    let rooms = larder.rooms();
    let (sha256, _) = rooms.home.keep_bytes(bytes, file_name)?;
    let draft = begin_at(larder, &rooms, &rooms.home.source(&sha256), file_name)?;
    check::mean_draft_for(larder, MeanDraftRequest { draft: draft.clone(), product: product.clone() })?;
    Ok(BroughtIn { items: vec![BroughtItem::ready(file_name.to_owned(), draft)] })
}

/// Brings in files that the person picks.
pub fn browse_files(larder: &Larder, _: Nothing) -> Result<BroughtIn, Refusal> {
    Ok(larder.host.choose_files().map(|paths| bring_in(larder, &paths)).unwrap_or_default())
}

/// Brings in a table that was copied in another program.
pub fn paste_table(larder: &Larder, request: PasteRequest) -> Result<BroughtIn, Refusal> {
    if invite::is_link(&request.text) {
        let invitation = invite::of_text(larder, &request.text)?;
        return Ok(BroughtIn { items: vec![BroughtItem::invited(invitation.shelf.clone(), invitation)] });
    }
    let file_name = format!("{}.tsv", larder.words().text("suggest-pasted-name"));
    if request.text.len() > PASTE_BYTES {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", file_name).with("limit", "64 MB"));
    }
    if request.text.trim().is_empty() && !request.html.as_deref().is_some_and(has_table) {
        return Err(Refusal::new(RefusalCode::Empty).with("file", file_name));
    }
    let rooms = larder.rooms();
    if let Some(html) = request.html.filter(|html| html.len() <= PASTE_BYTES && has_table(html)) {
        let file_name = format!("{}.html", larder.words().text("suggest-pasted-name"));
        let (sha256, _) = rooms.home.keep_bytes(&mut html.as_bytes(), &file_name)?;
        // What is no table as a page may be one as text.
        if let Ok(draft) = begin_at(larder, &rooms, &rooms.home.source(&sha256), &file_name) {
            return Ok(BroughtIn { items: vec![BroughtItem::ready(file_name, draft)] });
        }
    }
    let (sha256, _) = rooms.home.keep_bytes(&mut request.text.as_bytes(), &file_name)?;
    let path = rooms.home.source(&sha256);
    let draft = begin_at(larder, &rooms, &path, &file_name)?;
    Ok(BroughtIn { items: vec![BroughtItem::ready(file_name, draft)] })
}

fn has_table(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    html.contains("<table") && html.contains("<tr")
}

/// Brings in a practice file of the sample bakery.
pub fn bring_in_practice(larder: &Larder, request: PracticeRequest) -> Result<BroughtIn, Refusal> {
    let path = sample::practice_file(larder, &request.file_name)?;
    Ok(bring_in(larder, &[path]))
}

/// Brings in other sheets or tables of a draft's file, each as a draft of its own. One that is there already is answered as
/// it stands.
pub fn bring_in_more(larder: &Larder, request: BringMoreRequest) -> Result<BroughtIn, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    if row.source_sha256.is_empty() {
        return Err(Refusal::new(RefusalCode::Busy).with("what", row.file_name));
    }
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    let said = taken_over::said(&row);
    let reading = open.reading(&said);
    let mut brought = BroughtIn::default();
    for part in request.parts.iter().take(FILES_AT_ONCE) {
        let (name, choices) = match part {
            Choice::Sheet { sheet } => (sheet.clone(), vec![part.clone()]),
            Choice::Table { index } => {
                let spot = reading.as_ref().and_then(|reading| reading.tables.get(*index as usize));
                // A sheet may have the name of a table.
                let called = spot.map(|spot| match &spot.name {
                    Some(name) => format!("{name} ({})", spot.span.a1()),
                    None => spot.span.a1(),
                });
                let name = called.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", "table"))?;
                let opened = said.iter().filter(|choice| is_how_it_opens(choice)).cloned();
                (name, opened.chain([part.clone()]).collect())
            }
            _ => return Err(Refusal::new(RefusalCode::Invalid).with("what", "bring_in_more").with("value", "")),
        };
        let draft = part_of(larder, &rooms, &row, &name, choices)?;
        brought.items.push(BroughtItem::ready(name, draft));
    }
    Ok(brought)
}

/// Choices that decide what of a file is opened, and how.
fn is_how_it_opens(choice: &Choice) -> bool {
    use Choice::{Delimiter, Encoding, Mojibake, Quoting, Sheet, Surplus};
    matches!(
        choice,
        Sheet { .. } | Encoding { .. } | Delimiter { .. } | Mojibake { .. } | Quoting { .. } | Surplus { .. }
    )
}

/// The draft of one part of a file that is kept already.
fn part_of(
    larder: &Larder,
    rooms: &Rooms,
    of: &DraftRow,
    name: &str,
    choices: Vec<Choice>,
) -> Result<DraftId, Refusal> {
    let name = larder_model::display_text(name, 200);
    let there = rooms.catalog.drafts()?.into_iter().find(|other| {
        other.source_sha256 == of.source_sha256
            && drafts::extra(other).part.is_some_and(|part| part.name == name)
            && !matches!(drafts::step(other), DraftStep::Discarded | DraftStep::Published)
    });
    if let Some(there) = there {
        return Ok(there.id);
    }
    let now = larder.now();
    let mut row = drafts::new_row(larder.new_draft_id()?, &of.file_name, &now);
    row.source_sha256 = of.source_sha256.clone();
    row.source_size_bytes = of.source_size_bytes;
    row.label.keeper = of.label.keeper.clone();
    row.label.keeper_email = of.label.keeper_email.clone();
    row.choices = choices;
    let extra = drafts::extra(of);
    let extra = Extra {
        brought_in_at: now,
        part: Some(Part { name, choices: row.choices.len() }),
        path: extra.path,
        modified_seconds: extra.modified_seconds,
        open_elsewhere: extra.open_elsewhere,
        unlocked: extra.unlocked,
        ..Extra::default()
    };
    drafts::set_extra(&mut row, &extra);
    rooms.catalog.put_draft(&row)?;
    Ok(row.id)
}

pub(crate) fn name_of(path: &Path) -> String {
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
    begin_at(larder, &rooms, path, file_name)
}

/// A file that becomes a draft.
pub(crate) struct Fresh<'a> {
    /// Where its bytes are.
    pub path: &'a Path,
    /// Where the person has it.
    pub stood_at: &'a Path,
    pub size_bytes: u64,
    pub modified: Option<std::time::SystemTime>,
    /// It was locked with a password; the bytes are those without.
    pub unlocked: bool,
}

fn begin_at(larder: &Larder, rooms: &Arc<Rooms>, path: &Path, file_name: &str) -> Result<DraftId, Refusal> {
    let head = first_rows(reading_job::input(path, file_name)?, file_name)?;
    let about = fs::metadata(path).map_err(|e| Refusal::from_io(&e, file_name))?;
    let modified = about.modified().ok();
    let fresh = Fresh { path, stood_at: path, size_bytes: about.len(), modified, unlocked: false };
    begin(larder, rooms, head, &fresh, file_name)
}

/// Makes a draft of a file whose first rows were read, and starts to read the rest.
pub(crate) fn begin(
    larder: &Larder,
    rooms: &Arc<Rooms>,
    head: Book,
    fresh: &Fresh<'_>,
    file_name: &str,
) -> Result<DraftId, Refusal> {
    let id = larder.new_draft_id()?;
    let now = larder.now();
    let mut row = drafts::new_row(id.clone(), file_name, &now);
    row.source_size_bytes = fresh.size_bytes;
    if let Some(me) = larder.me()? {
        row.label.keeper = me.person.name.clone();
        row.label.keeper_email = me.person.email.clone();
    }
    let seconds = fresh.modified.and_then(|m| m.duration_since(std::time::UNIX_EPOCH).ok());
    let mut extra = Extra {
        brought_in_at: now,
        path: Some(fresh.path.display().to_string()),
        modified_seconds: seconds.and_then(|s| i64::try_from(s.as_secs()).ok()),
        open_elsewhere: is_open_in_office(fresh.stood_at),
        unlocked: fresh.unlocked,
        ..Extra::default()
    };
    let head = described::take_over(larder, rooms, &mut row, &mut extra, fresh, head);
    drafts::set_extra(&mut row, &extra);
    rooms.catalog.put_draft(&row)?;
    reading_job::start(larder, rooms, &row, Some((fresh.path.to_path_buf(), head)));
    larder.note("brought_in", Params::from([("file".to_owned(), file_name.into())]), None);
    Ok(id)
}

/// The first rows, or the refusal that says why this is not a table.
pub(crate) fn first_rows(input: Box<dyn Input>, file_name: &str) -> Result<Book, Refusal> {
    larder_formats::open_head(file_name, input, &[], reading_job::FIRST_ROWS)
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
            part: drafts::extra(&row).part.map(|part| part.name),
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
    let row = drafts::change(&rooms, &request.draft, |row| {
        let mut extra = drafts::extra(row);
        extra.discarded_at = Some(larder.now());
        drafts::set_extra(row, &extra);
        row.step = drafts::written(&DraftStep::Discarded);
        Ok(())
    })?;
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
    drafts::change(&rooms, &request.draft, |row| {
        row.step = drafts::written(&DraftStep::Check);
        Ok(())
    })?;
    Ok(Nothing {})
}
