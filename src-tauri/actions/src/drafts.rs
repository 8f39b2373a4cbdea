//! Drafts that are open in memory: the file as it was read, and what was made of it. All of it can be made again from
//! the kept source and the saved choices.

use std::sync::{Arc, Mutex};

use larder_catalog::DraftRow;
use larder_formats::{Book, Fingerprint};
use larder_model::{Choice, DraftId, Finding, Fix, Label, Profile, Reading, Refusal, RefusalCode};
use larder_tables::Table;
use serde::{Deserialize, Serialize};

use crate::jobs::lock;
use crate::joined::{JoinedRead, Other};
use crate::larder::Rooms;
use crate::taken_over::TakenOver;
use crate::wire::{DraftMode, DraftStep, ReadState};

/// At most so many files are kept in memory; the others are read again when they are opened.
const OPEN_AT_MOST: usize = 4;

/// What a draft remembers besides the columns of its row in the catalog.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extra {
    /// When the source was brought in, RFC 3339.
    pub brought_in_at: String,
    /// Name of the data product whose reading was applied.
    pub remembered: Option<String>,
    /// The part of the file that was brought in beside another one.
    pub part: Option<Part>,
    /// Further files whose rows follow on those of the draft's own one.
    pub joined: Vec<Joined>,
    /// The data product on whose label the file was dropped.
    pub meant: Option<larder_model::ProductId>,
    /// The release that a next file goes on from.
    pub based_on: Option<u64>,
    /// Fields of the label that were accepted or written by hand.
    pub touched: Vec<String>,
    /// Where it was read from first, for reading again; never leaves this computer.
    pub path: Option<String>,
    /// When it was thrown away, RFC 3339.
    pub discarded_at: Option<String>,
    /// The file's time of last change was this many seconds after 1970 when it was read.
    pub modified_seconds: Option<i64>,
    /// Excel had it open when it was read.
    pub open_elsewhere: bool,
    /// It was locked with a password; the kept source is the unlocked copy.
    pub unlocked: bool,
    /// The description that lay beside the file.
    pub described: Option<TakenOver>,
}

/// A part of a file that was brought in beside another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The sheet's name, or the rows and columns of the table.
    pub name: String,
    /// So many of the draft's first choices lead to it; they are not taken back.
    pub choices: usize,
}

/// A further file of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Joined {
    /// The draft that it was before, and becomes again once it is taken out.
    pub draft: DraftId,
    /// The file's name.
    pub file_name: String,
    /// The kept source.
    pub sha256: String,
    /// Its size.
    pub size_bytes: u64,
    /// When it was brought in, RFC 3339.
    pub brought_in_at: String,
    /// Choices that lead to its part of the file.
    pub given: Vec<Choice>,
}

impl Extra {
    /// How many of the draft's choices are no decision of the person about how it is read.
    pub fn given_choices(&self) -> usize {
        self.part.as_ref().map_or(0, |part| part.choices)
    }
}

/// A file as it was read.
pub struct OpenDraft {
    inner: Mutex<Inner>,
}

/// The further files for a set of choices.
type ReadFor = (Vec<Choice>, Arc<Vec<JoinedRead>>);

struct Inner {
    book: Option<Arc<Book>>,
    others: Arc<Vec<Other>>,
    joined: Option<ReadFor>,
    state: ReadState,
    reading: Option<(Vec<Choice>, bool, Arc<Reading>)>,
    table: Option<(Arc<Reading>, Arc<Table>)>,
    checked: Option<(CheckedFor, Arc<Checked>)>,
}

/// What a checked table was made for; when any of it changes, it is made anew.
#[derive(Clone, PartialEq)]
pub struct CheckedFor {
    /// How it was read.
    pub choices: Vec<Choice>,
    /// Repairs that are switched on.
    pub fixes: Vec<Fix>,
    /// Columns of the label, as far as checks look at them.
    pub columns: Vec<(String, bool, bool, Option<larder_model::LookUp>)>,
    /// How it goes on from which release.
    pub mode: (DraftMode, Option<u64>),
    /// Further files.
    pub joined: Vec<DraftId>,
}

/// A table with what was found in it.
pub struct Checked {
    /// The table before any repair.
    pub whole: Arc<Table>,
    /// The table with repairs.
    pub table: Arc<Table>,
    /// Findings that no repair answers.
    pub findings: Vec<Finding>,
    /// Findings that a repair answers.
    pub fixed: Vec<Finding>,
    /// What the repaired columns hold.
    pub profile: Profile,
    /// Suggestions that took a look at every row.
    pub slow_offers: std::sync::OnceLock<Vec<crate::wire::Suggestion>>,
}

impl OpenDraft {
    fn busy(job: &str) -> OpenDraft {
        OpenDraft {
            inner: Mutex::new(Inner {
                book: None,
                others: Arc::default(),
                joined: None,
                state: ReadState::Busy { rows: 0, job: job.to_owned() },
                reading: None,
                table: None,
                checked: None,
            }),
        }
    }

    /// How far the reading is.
    pub fn state(&self) -> ReadState {
        lock(&self.inner).state.clone()
    }

    /// Says how far the reading is.
    pub fn set_state(&self, state: ReadState) {
        lock(&self.inner).state = state;
    }

    /// The file, if any of it was read.
    pub fn book(&self) -> Option<Arc<Book>> {
        lock(&self.inner).book.clone()
    }

    /// Puts what was read in place of what was there.
    pub fn set_book(&self, book: Arc<Book>, state: ReadState) {
        let mut inner = lock(&self.inner);
        inner.book = Some(book);
        inner.state = state;
        inner.reading = None;
        inner.table = None;
        inner.checked = None;
    }

    /// Puts the further files beside it.
    pub fn set_others(&self, others: Vec<Other>) {
        let mut inner = lock(&self.inner);
        inner.others = Arc::new(others);
        inner.joined = None;
    }

    /// The further files as they read with these choices; `read` makes them once for each set of choices.
    pub fn joined(&self, choices: &[Choice], read: impl FnOnce(&[Other]) -> Vec<JoinedRead>) -> Arc<Vec<JoinedRead>> {
        let others = {
            let inner = lock(&self.inner);
            match &inner.joined {
                Some((made_for, joined)) if made_for == choices => return joined.clone(),
                _ => inner.others.clone(),
            }
        };
        let joined = Arc::new(read(&others));
        let mut inner = lock(&self.inner);
        if Arc::ptr_eq(&inner.others, &others) {
            inner.joined = Some((choices.to_vec(), joined.clone()));
        }
        joined
    }

    /// How the file reads with these choices; made once for each set of choices.
    pub fn reading(&self, choices: &[Choice]) -> Option<Arc<Reading>> {
        let book = {
            let inner = lock(&self.inner);
            if let Some((made_for, whole, reading)) = &inner.reading
                && made_for == choices
                && inner.book.as_ref().is_some_and(|b| b.is_whole() == *whole)
            {
                return Some(reading.clone());
            }
            inner.book.clone()?
        };
        let reading = Arc::new(book.read(choices));
        let mut inner = lock(&self.inner);
        if inner.book.as_ref().is_some_and(|b| Arc::ptr_eq(b, &book)) {
            inner.reading = Some((choices.to_vec(), book.is_whole(), reading.clone()));
        }
        Some(reading)
    }

    /// The typed table of a reading.
    pub fn table(&self, reading: &Arc<Reading>) -> Result<Arc<Table>, Refusal> {
        let book = {
            let inner = lock(&self.inner);
            if let Some((made_for, table)) = &inner.table
                && Arc::ptr_eq(made_for, reading)
            {
                return Ok(table.clone());
            }
            inner.book.clone()
        };
        let book = book.ok_or_else(|| Refusal::new(RefusalCode::Busy).with("what", "read"))?;
        let table = Arc::new(book.table(reading, &larder_formats::Quiet)?);
        lock(&self.inner).table = Some((reading.clone(), table.clone()));
        Ok(table)
    }

    /// What was checked, if it was made for exactly this.
    pub fn checked(&self, made_for: &CheckedFor) -> Option<Arc<Checked>> {
        let inner = lock(&self.inner);
        inner.checked.as_ref().filter(|(f, _)| f == made_for).map(|(_, c)| c.clone())
    }

    /// Remembers what was checked.
    pub fn set_checked(&self, made_for: CheckedFor, checked: Arc<Checked>) {
        lock(&self.inner).checked = Some((made_for, checked));
    }
}

/// All drafts in memory, the least lately used are let go first.
#[derive(Default)]
pub struct OpenDrafts {
    by_id: Mutex<Vec<(DraftId, Arc<OpenDraft>)>>,
}

impl OpenDrafts {
    /// The draft, if it is in memory.
    pub fn get(&self, id: &DraftId) -> Option<Arc<OpenDraft>> {
        let mut all = lock(&self.by_id);
        let place = all.iter().position(|(i, _)| i == id)?;
        let entry = all.remove(place);
        let draft = entry.1.clone();
        all.push(entry);
        Some(draft)
    }

    /// A place for a draft that the job reads, unless there is one: then that one, and `false`.
    pub fn begin_unless_there(&self, id: &DraftId, job: &str) -> (Arc<OpenDraft>, bool) {
        let mut all = lock(&self.by_id);
        match all.iter().find(|(i, _)| i == id) {
            Some((_, there)) => (there.clone(), false),
            None => (Self::put(&mut all, id, job), true),
        }
    }

    /// A place for a draft that the job reads; takes the place of one that was there.
    pub fn begin(&self, id: &DraftId, job: &str) -> Arc<OpenDraft> {
        Self::put(&mut lock(&self.by_id), id, job)
    }

    fn put(all: &mut Vec<(DraftId, Arc<OpenDraft>)>, id: &DraftId, job: &str) -> Arc<OpenDraft> {
        let draft = Arc::new(OpenDraft::busy(job));
        all.retain(|(i, _)| i != id);
        if all.len() >= OPEN_AT_MOST
            && let Some(idle) = all.iter().position(|(_, d)| !matches!(d.state(), ReadState::Busy { .. }))
        {
            all.remove(idle);
        }
        all.push((id.clone(), draft.clone()));
        draft
    }

    /// Lets one go.
    pub fn close(&self, id: &DraftId) {
        lock(&self.by_id).retain(|(i, _)| i != id);
    }
}

/// The saved draft of this id, or the refusal that there is none.
pub fn saved(rooms: &Rooms, id: &DraftId) -> Result<DraftRow, Refusal> {
    rooms.catalog.draft(id)?.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", id.as_str()))
}

/// Changes a saved draft. One change at a time: the job that reads the file and the person may both have something to say,
/// and neither may be lost.
pub fn change(
    rooms: &Rooms,
    id: &DraftId,
    by: impl FnOnce(&mut DraftRow) -> Result<(), Refusal>,
) -> Result<DraftRow, Refusal> {
    let _held = lock(&rooms.draft_lock);
    let mut row = saved(rooms, id)?;
    by(&mut row)?;
    rooms.catalog.put_draft(&row)?;
    Ok(row)
}

/// What a saved draft remembers.
pub fn extra(row: &DraftRow) -> Extra {
    serde_json::from_str(&row.extra_json).unwrap_or_default()
}

/// Writes back what a draft remembers.
pub fn set_extra(row: &mut DraftRow, extra: &Extra) {
    row.extra_json = serde_json::to_string(extra).unwrap_or_default();
}

/// The step of a saved draft.
pub fn step(row: &DraftRow) -> DraftStep {
    parse(&row.step)
}

/// The mode of a saved draft.
pub fn mode(row: &DraftRow) -> DraftMode {
    parse(&row.mode)
}

/// An enum as text, as serde writes it.
pub fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn parse<T: for<'a> Deserialize<'a> + Default>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap_or_default()
}

/// An empty draft row for a file.
pub fn new_row(id: DraftId, file_name: &str, at: &str) -> DraftRow {
    DraftRow {
        id,
        product: None,
        mode: written(&DraftMode::New),
        step: written(&DraftStep::Check),
        file_name: file_name.to_owned(),
        source_sha256: String::new(),
        source_size_bytes: 0,
        choices: Vec::new(),
        undone: Vec::new(),
        label: Label::default(),
        label_touched: false,
        fixes: Vec::new(),
        extra_json: String::new(),
        saved_at: at.to_owned(),
        created_at: at.to_owned(),
    }
}

/// The fingerprint of a draft, once it was read.
pub fn fingerprint(open: &OpenDraft, reading: &Reading) -> Option<Fingerprint> {
    open.book().map(|book| book.fingerprint(reading))
}
