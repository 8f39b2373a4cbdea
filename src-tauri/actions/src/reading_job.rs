//! Reading a draft's file: the first rows at once, the rest in a job that reports its rows and can be cancelled.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use larder_catalog::DraftRow;
use larder_formats::{Book, Input};
use larder_model::{DraftId, Refusal, RefusalCode};

use crate::Larder;
use crate::drafts::{self, OpenDraft};
use crate::jobs::Job;
use crate::larder::Rooms;
use crate::wire::{JobKind, JobNote, ReadState};
use crate::{joined, next_file, taken_over};

/// Rows that are shown before the whole file was read.
pub const FIRST_ROWS: u64 = 400;

/// Opens a file for reading, buffered.
pub fn input(path: &Path, name: &str) -> Result<Box<dyn Input>, Refusal> {
    let file = File::open(path).map_err(|e| Refusal::from_io(&e, name))?;
    Ok(Box::new(BufReader::with_capacity(1 << 20, file)))
}

/// The draft in memory; read again from its kept source when it is not there. Answers at once: it may still be busy.
pub fn open(larder: &Larder, rooms: &Arc<Rooms>, row: &DraftRow) -> Arc<OpenDraft> {
    if let Some(draft) = rooms.drafts.get(&row.id) {
        return draft;
    }
    // The job is known before the draft names it: whoever opens the same draft meanwhile can wait for it.
    let job = larder.jobs.announce(JobKind::Read, &row.file_name);
    let (draft, mine) = rooms.drafts.begin_unless_there(&row.id, &job.id());
    if mine {
        run(larder, rooms, row, None, &draft, job);
    } else {
        larder.jobs.withdraw(&job);
    }
    draft
}

/// The draft in memory with its whole file read: waits for the job.
pub fn open_whole(larder: &Larder, rooms: &Arc<Rooms>, row: &DraftRow) -> Result<Arc<OpenDraft>, Refusal> {
    open_whole_for(larder, rooms, row, None)
}

/// The same for a job that may be stopped meanwhile.
pub fn open_whole_for(
    larder: &Larder,
    rooms: &Arc<Rooms>,
    row: &DraftRow,
    by: Option<&Job>,
) -> Result<Arc<OpenDraft>, Refusal> {
    let draft = open(larder, rooms, row);
    if let ReadState::Busy { job, .. } = draft.state() {
        larder.jobs.wait_for(&job, by)?;
    }
    match draft.state() {
        ReadState::Refused { refusal } => Err(refusal),
        _ => Ok(draft),
    }
}

/// Starts to read a draft's file. `fresh` is the path of a file that is not kept yet, with its first rows.
pub fn start(
    larder: &Larder,
    rooms: &Arc<Rooms>,
    row: &DraftRow,
    fresh: Option<(std::path::PathBuf, Book)>,
) -> JobNote {
    let job = larder.jobs.announce(JobKind::Read, &row.file_name);
    let draft = rooms.drafts.begin(&row.id, &job.id());
    run(larder, rooms, row, fresh, &draft, job)
}

fn run(
    larder: &Larder,
    rooms: &Arc<Rooms>,
    row: &DraftRow,
    fresh: Option<(std::path::PathBuf, Book)>,
    draft: &Arc<OpenDraft>,
    job: Arc<Job>,
) -> JobNote {
    let (path, head) = match fresh {
        Some((path, head)) => (Some(path), Some(head)),
        // Larder ended before the file was kept: it is read once more from where it came.
        None if row.source_sha256.is_empty() => (drafts::extra(row).path.map(std::path::PathBuf::from), None),
        None => (None, None),
    };
    if let Some(head) = head {
        draft.set_book(Arc::new(head), ReadState::Busy { rows: 0, job: job.id() });
    }
    let work = Work { rooms: rooms.clone(), id: row.id.clone(), draft: draft.clone(), from: path };
    let host = larder.host.clone();
    larder.jobs.run(job, move |job| {
        let done = work.run(job, &*host);
        if let Err(refusal) = &done {
            work.draft.set_state(ReadState::Refused { refusal: refusal.clone() });
        }
        host.emit(crate::wire::Event::Changed { topics: vec!["drafts".into()] });
        done
    })
}

struct Work {
    rooms: Arc<Rooms>,
    id: DraftId,
    draft: Arc<OpenDraft>,
    from: Option<std::path::PathBuf>,
}

impl Work {
    fn run(&self, job: &Job, host: &dyn crate::Host) -> Result<(), Refusal> {
        let mut row = drafts::saved(&self.rooms, &self.id)?;
        if let Some(from) = &self.from {
            // The file is kept before it is read whole, so that what is read and what is kept are the same bytes.
            let (sha256, size_bytes) = if from.parent() == Some(self.rooms.home.sources().as_path()) {
                // A pasted table is among the sources from the start, under its hash.
                let name = from.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                (name, row.source_size_bytes)
            } else {
                keep_patiently(&self.rooms, from, &row.file_name)?
            };
            row = drafts::change(&self.rooms, &self.id, |row| {
                row.source_sha256 = sha256;
                row.source_size_bytes = size_bytes;
                Ok(())
            })?;
        }
        job.go_on()?;
        let path = self.rooms.home.source(&row.source_sha256);
        let name = row.file_name.as_str();
        let said = taken_over::said(&row);
        if self.draft.book().is_none() {
            let head = larder_formats::open_head(name, input(&path, name)?, &said, FIRST_ROWS)?;
            self.draft.set_book(Arc::new(head), ReadState::Busy { rows: 0, job: job.id() });
            host.emit(crate::wire::Event::Changed { topics: vec!["drafts".into()] });
        }
        let book = larder_formats::open(name, input(&path, name)?, &said, job)?;
        let book = Arc::new(book);
        next_file::remember_reading(&self.rooms, &self.id, &book)?;
        // Choices that were made while it was read may ask for another sheet or encoding.
        let row = drafts::saved(&self.rooms, &self.id)?;
        let said = taken_over::said(&row);
        let book = if book.must_reopen(&said) {
            Arc::new(larder_formats::open(name, input(&path, name)?, &said, job)?)
        } else {
            book
        };
        job.go_on()?;
        self.draft.set_others(joined::open_all(&self.rooms, &drafts::extra(&row), &said, job)?);
        self.draft.set_book(book, ReadState::Whole);
        Ok(())
    }
}

/// Keeps a source that another program may be writing right now: three tries, half a second apart.
fn keep_patiently(rooms: &Rooms, from: &Path, name: &str) -> Result<(String, u64), Refusal> {
    let mut last = rooms.home.keep_source(from, name);
    for _ in 0..2 {
        match &last {
            Err(refusal) if refusal.code == RefusalCode::Busy => {
                std::thread::sleep(std::time::Duration::from_millis(500));
                last = rooms.home.keep_source(from, name);
            }
            _ => break,
        }
    }
    last
}
