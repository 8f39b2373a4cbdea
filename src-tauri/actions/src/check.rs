//! Checking how a file was read: the rows, the sentences, the choices, undo and redo.

use std::sync::Arc;

use larder_catalog::DraftRow;
use larder_formats::KindPreview;
use larder_model::{Certainty, Finding, FindingCode, Refusal, RefusalCode};

use crate::drafts::{self, OpenDraft};
use crate::larder::Rooms;
use crate::wire::{
    ChooseRequest, DraftRequest, DraftRowsRequest, DraftState, DraftStep, KindsRequest, MeanDraftRequest, NamedProduct,
    ReadState, SheetPage, UseDraftRequest,
};
use crate::{Larder, joined, next_file, reading_job, taken_over};

/// More rows than this do not cross the wire at once.
pub const ROWS_AT_ONCE: u64 = 500;

/// How a draft stands.
pub fn draft(larder: &Larder, request: DraftRequest) -> Result<DraftState, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let open = reading_job::open(larder, &rooms, &row);
    state_of(larder, &rooms, &row, &open)
}

fn state_of(larder: &Larder, rooms: &Rooms, row: &DraftRow, open: &OpenDraft) -> Result<DraftState, Refusal> {
    let mut read = open.state();
    if let ReadState::Busy { rows, job } = &mut read
        && let Ok(note) = larder.jobs.note(job)
    {
        *rows = note.done;
    }
    let extra = drafts::extra(row);
    let said = taken_over::said(row);
    let reading = open.reading(&said);
    let matches = match (&reading, &read) {
        (Some(reading), ReadState::Whole) if row.product.is_none() => drafts::fingerprint(open, reading)
            .map_or(Ok(Vec::new()), |print| next_file::named_matches(rooms, &print))?,
        _ => Vec::new(),
    };
    let joined = match (&reading, &read) {
        (Some(reading), ReadState::Whole) if !extra.joined.is_empty() => {
            let others = joined::read_all(open, &said, reading);
            joined::notes(&open.table(reading)?, &others)
        }
        _ => Vec::new(),
    };
    let reading = reading.map(|reading| {
        let mut reading = (*reading).clone();
        if extra.open_elsewhere {
            let saved_at = extra.modified_seconds.and_then(|s| jiff::Timestamp::from_second(s).ok());
            let told = Finding::new(FindingCode::OpenElsewhere, Certainty::Notice)
                .with("saved_at", saved_at.map(|t| t.to_string()).unwrap_or_default());
            reading.findings.insert(0, told);
        }
        if extra.unlocked {
            reading.findings.push(Finding::new(FindingCode::Unlocked, Certainty::Sure));
        }
        match extra.described.as_ref().map(|described| described.finding(taken_over::is_taken(row))) {
            Some(odd) if odd.certainty == Certainty::Notice => reading.findings.insert(0, odd),
            told => reading.findings.extend(told),
        }
        reading
    });
    Ok(DraftState {
        id: row.id.clone(),
        file_name: row.file_name.clone(),
        part: extra.part.as_ref().map(|part| part.name.clone()),
        size_bytes: row.source_size_bytes,
        read,
        reading,
        can_undo: row.choices.len() > extra.given_choices(),
        can_redo: !row.undone.is_empty(),
        joined,
        remembered: extra.remembered,
        meant: extra.meant.and_then(|product| {
            let title = next_file::title_of(rooms, &product)?;
            Some(NamedProduct { product, title })
        }),
        matches,
        product: row.product.clone(),
        product_title: row.product.as_ref().and_then(|p| next_file::title_of(rooms, p)),
        mode: drafts::mode(row),
        step: drafts::step(row),
        saved_at: row.saved_at.clone(),
    })
}

/// Rows of the sheet, kept and left out.
pub fn draft_rows(larder: &Larder, request: DraftRowsRequest) -> Result<SheetPage, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let open = reading_job::open(larder, &rooms, &row);
    let (Some(book), Some(reading)) = (open.book(), open.reading(&taken_over::said(&row))) else {
        return Ok(SheetPage { total: 0, rows: Vec::new() });
    };
    let rows = book.window(&reading, request.start, request.count.min(ROWS_AT_ONCE));
    Ok(SheetPage { total: reading.sheet_rows, rows })
}

/// Makes a choice; it can be taken back.
pub fn draft_choose(larder: &Larder, request: ChooseRequest) -> Result<DraftState, Refusal> {
    change(larder, &request.draft, |row| {
        taken_over::choose(row, request.choice);
        Ok(())
    })
}

/// Takes the last choice back.
pub fn draft_undo(larder: &Larder, request: DraftRequest) -> Result<DraftState, Refusal> {
    change(larder, &request.draft, |row| {
        take_back(row, 1);
        Ok(())
    })
}

/// Makes the choice again that was taken back last.
pub fn draft_redo(larder: &Larder, request: DraftRequest) -> Result<DraftState, Refusal> {
    change(larder, &request.draft, |row| {
        if let Some(choice) = row.undone.pop() {
            row.choices.push(choice);
        }
        Ok(())
    })
}

/// Takes all choices back; redo brings them back one by one.
pub fn draft_start_over(larder: &Larder, request: DraftRequest) -> Result<DraftState, Refusal> {
    change(larder, &request.draft, |row| {
        take_back(row, usize::MAX);
        Ok(())
    })
}

/// Takes the last choices back, so many at most; which part of the file it is stays.
fn take_back(row: &mut DraftRow, most: usize) {
    let given = drafts::extra(row).given_choices();
    for _ in 0..most.min(row.choices.len().saturating_sub(given)) {
        row.undone.extend(row.choices.pop());
    }
}

fn change(
    larder: &Larder,
    id: &larder_model::DraftId,
    by: impl FnOnce(&mut DraftRow) -> Result<(), Refusal>,
) -> Result<DraftState, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::change(&rooms, id, |row| {
        taken_over::change(row, by)?;
        row.saved_at = larder.now();
        Ok(())
    })?;
    let open = reread_if_needed(larder, &rooms, &row)?;
    state_of(larder, &rooms, &row, &open)
}

/// Another sheet, encoding or separator means that the file is read again; anything else is answered from memory.
fn reread_if_needed(larder: &Larder, rooms: &Arc<Rooms>, row: &DraftRow) -> Result<Arc<OpenDraft>, Refusal> {
    let open = reading_job::open(larder, rooms, row);
    let refused = matches!(open.state(), ReadState::Refused { .. });
    if !refused && !open.book().is_some_and(|book| book.must_reopen(&taken_over::said(row))) {
        return Ok(open);
    }
    if row.source_sha256.is_empty() && !refused {
        // Not kept yet: the job that reads it sees the new choice when it comes to it.
        return Ok(open);
    }
    if let ReadState::Busy { job, .. } = open.state() {
        larder.jobs.cancel(&job);
    }
    reading_job::start(larder, rooms, row, None);
    rooms.drafts.get(&row.id).ok_or_else(|| Refusal::new(RefusalCode::Busy).with("what", row.file_name.as_str()))
}

/// How a column would read as each kind.
pub fn draft_kinds(larder: &Larder, request: KindsRequest) -> Result<Vec<KindPreview>, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let open = reading_job::open(larder, &rooms, &row);
    match (open.book(), open.reading(&taken_over::said(&row))) {
        (Some(book), Some(reading)) => Ok(book.kinds(&reading, &request.column)),
        _ => Err(Refusal::new(RefusalCode::Busy).with("what", row.file_name.as_str())),
    }
}

/// Says on which data product's label the file was dropped: the reading of its last file is applied, and how its rows go
/// on with it is asked after the check.
pub fn mean_draft_for(larder: &Larder, request: MeanDraftRequest) -> Result<DraftState, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::change(&rooms, &request.draft, |row| {
        let mut extra = drafts::extra(row);
        extra.meant = Some(request.product);
        drafts::set_extra(row, &extra);
        Ok(())
    })?;
    let open = reading_job::open(larder, &rooms, &row);
    if let (ReadState::Whole, Some(book)) = (open.state(), open.book()) {
        next_file::remember_reading(&rooms, &request.draft, &book)?;
    }
    let row = drafts::saved(&rooms, &request.draft)?;
    let open = reread_if_needed(larder, &rooms, &row)?;
    state_of(larder, &rooms, &row, &open)
}

/// Says which data product the draft goes on with, and how.
pub fn use_draft_for(larder: &Larder, request: UseDraftRequest) -> Result<DraftState, Refusal> {
    change(larder, &request.draft, |row| {
        next_file::go_on_with(&larder.rooms(), row, request.product.as_ref(), request.mode)?;
        row.step = drafts::written(&DraftStep::Check);
        Ok(())
    })
}
