//! Several files of the same columns as one draft: the rows of the others follow on those of the first, read the same way.
//! Each stays a kept source of its own and can be taken out again.

use std::sync::Arc;

use larder_formats::{Book, Progress, Quiet};
use larder_model::{Choice, Reading, Refusal, RefusalCode};
use larder_tables::Table;

use crate::drafts::{self, Extra, Joined, OpenDraft};
use crate::larder::Rooms;
use crate::wire::{DraftRequest, DraftState, DraftStep, JoinRequest, JoinedNote, TakeOutRequest};
use crate::{Larder, check, natural, reading_job};

/// More files than this are not one table that somebody keeps by hand.
const FILES: usize = 200;

/// A further file of a draft in memory.
pub struct Other {
    /// Which.
    pub file: Joined,
    /// The file, or why it cannot be read.
    pub book: Result<Arc<Book>, Refusal>,
}

/// A further file of a draft, read like the first.
pub struct JoinedRead {
    /// Which.
    pub file: Joined,
    /// Names of columns that the first file has and this one lacks.
    pub missing: Vec<String>,
    /// Names of columns that the first file lacks.
    pub new: Vec<String>,
    /// Its rows, or why they do not fit.
    pub table: Result<Arc<Table>, Refusal>,
}

/// Makes one draft of several: the first by name keeps its choices and its label, the others follow on it.
pub fn join_drafts(larder: &Larder, request: JoinRequest) -> Result<DraftState, Refusal> {
    let rooms = larder.rooms();
    let mut rows = Vec::new();
    for id in request.drafts.iter().take(FILES) {
        // Read whole, so that it is kept and the same bytes are read again.
        reading_job::open_whole(larder, &rooms, &drafts::saved(&rooms, id)?)?;
        rows.push(drafts::saved(&rooms, id)?);
    }
    rows.sort_by(|a, b| a.created_at.cmp(&b.created_at));
    natural::sort_by_name(&mut rows, |row| &row.file_name);
    if rows.len() < 2 {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "join_drafts").with("value", ""));
    }
    let mut first = rows.remove(0);
    let mut extra = drafts::extra(&first);
    let now = larder.now();
    for other in &mut rows {
        let mut gone = drafts::extra(other);
        let given = other.choices.iter().take(gone.given_choices()).cloned().collect();
        let file = Joined {
            draft: other.id.clone(),
            file_name: other.file_name.clone(),
            sha256: other.source_sha256.clone(),
            size_bytes: other.source_size_bytes,
            brought_in_at: gone.brought_in_at.clone(),
            given,
        };
        extra.joined.push(file);
        extra.joined.append(&mut gone.joined);
        gone.discarded_at = Some(now.clone());
        drafts::set_extra(other, &gone);
        other.step = drafts::written(&DraftStep::Discarded);
    }
    drafts::set_extra(&mut first, &extra);
    first.saved_at = now;
    // The one that has them all is written first: nothing is lost in between.
    rooms.catalog.put_draft(&first)?;
    for other in &rows {
        rooms.catalog.put_draft(other)?;
        rooms.drafts.close(&other.id);
    }
    rooms.drafts.close(&first.id);
    check::draft(larder, DraftRequest { draft: first.id })
}

/// Takes a file out again: it waits as a draft of its own.
pub fn take_out_file(larder: &Larder, request: TakeOutRequest) -> Result<DraftState, Refusal> {
    let rooms = larder.rooms();
    let mut row = drafts::saved(&rooms, &request.draft)?;
    let mut extra = drafts::extra(&row);
    let place = extra.joined.iter().position(|file| file.draft == request.file);
    let place = place.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", request.file.as_str()))?;
    extra.joined.remove(place);
    drafts::set_extra(&mut row, &extra);
    let mut other = drafts::saved(&rooms, &request.file)?;
    let mut own = drafts::extra(&other);
    own.discarded_at = None;
    drafts::set_extra(&mut other, &own);
    other.step = drafts::written(&DraftStep::Check);
    // It waits on its own before it is missing here.
    rooms.catalog.put_draft(&other)?;
    rooms.catalog.put_draft(&row)?;
    rooms.drafts.close(&row.id);
    check::draft(larder, DraftRequest { draft: row.id })
}

/// Opens the further files of a draft.
///
/// # Errors
/// `Cancelled`; any other refusal stays with its file.
pub fn open_all(rooms: &Rooms, extra: &Extra, choices: &[Choice], told: &dyn Progress) -> Result<Vec<Other>, Refusal> {
    let mut others = Vec::with_capacity(extra.joined.len());
    for file in &extra.joined {
        let input = reading_job::input(&rooms.home.source(&file.sha256), &file.file_name);
        let book = input.and_then(|input| {
            larder_formats::open(&file.file_name, input, &choices_for(file, choices), told).map(Arc::new)
        });
        if let Err(refusal) = &book
            && refusal.code == RefusalCode::Cancelled
        {
            return Err(refusal.clone());
        }
        others.push(Other { file: file.clone(), book });
    }
    Ok(others)
}

/// The choices of the first file, as far as they say how a file is written and not which row of it is what.
fn choices_for(file: &Joined, choices: &[Choice]) -> Vec<Choice> {
    let is_place = |choice: &Choice| matches!(choice, Choice::Sheet { .. } | Choice::Table { .. });
    let said = choices.iter().filter(|choice| match choice {
        Choice::Row { .. } => false,
        choice => file.given.is_empty() || !is_place(choice),
    });
    file.given.iter().chain(said).cloned().collect()
}

/// The further files as they read with the choices about the first; made once for each set of choices.
pub fn read_all(open: &OpenDraft, choices: &[Choice], reading: &Reading) -> Arc<Vec<JoinedRead>> {
    open.joined(choices, |others| others.iter().map(|other| read_one(other, choices, reading)).collect())
}

fn read_one(other: &Other, choices: &[Choice], first: &Reading) -> JoinedRead {
    let file = other.file.clone();
    let book = match &other.book {
        Ok(book) => book,
        Err(refusal) => {
            return JoinedRead { file, missing: Vec::new(), new: Vec::new(), table: Err(refusal.clone()) };
        }
    };
    let mut said = choices_for(&other.file, choices);
    // What the first file proves, such as the order of days, holds for all.
    for column in &first.columns {
        let id = || Some(column.id.clone());
        said.extend(column.date_order.map(|order| Choice::DateOrder { column: id(), order }));
        said.extend(column.decimal_mark.map(|mark| Choice::DecimalMark { column: id(), mark }));
    }
    let elsewhere: Vec<Choice> =
        said.iter().filter(|choice| !matches!(choice, Choice::HeaderRow { .. })).cloned().collect();
    // The names may stand in another row than in the first file.
    let reading = [book.read(&said), book.read(&elsewhere)].into_iter().max_by_key(|r| (shared(first, r), r.rows));
    let reading = reading.expect("there are two");
    let lacks = |of: &Reading, than: &Reading| -> Vec<String> {
        let known = |id: &str| than.columns.iter().any(|column| column.id == id);
        of.columns.iter().filter(|column| column.keep && !known(&column.id)).map(|c| c.name.clone()).collect()
    };
    let (missing, new) = (lacks(first, &reading), lacks(&reading, first));
    let table = match shared(first, &reading) {
        0 => Err(Refusal::new(RefusalCode::ColumnsDiffer).with("columns", new.clone())),
        _ => book.table(&reading, &Quiet).map(Arc::new),
    };
    let table = table.map_err(|refusal| refusal.with("file", file.file_name.as_str()));
    JoinedRead { file, missing, new, table }
}

/// Whether most columns of two files are the same ones, so that they are taken for one table without asking.
pub fn agree(first: &Reading, other: &Reading) -> bool {
    let same = shared(first, other);
    same > 0 && first.columns.len() + other.columns.len() <= 3 * same
}

/// Why a file is not taken for the same table: its own columns, or else those that it lacks.
pub fn columns_differ(first: &Reading, other: &Reading) -> Refusal {
    let lacks = |of: &Reading, than: &Reading| -> Vec<String> {
        let known = |id: &str| than.columns.iter().any(|column| column.id == id);
        of.columns.iter().filter(|column| !known(&column.id)).map(|column| column.name.clone()).collect()
    };
    let new = lacks(other, first);
    let columns = if new.is_empty() { lacks(first, other) } else { new };
    Refusal::new(RefusalCode::ColumnsDiffer).with("columns", columns)
}

fn shared(first: &Reading, other: &Reading) -> usize {
    first.columns.iter().filter(|column| other.columns.iter().any(|o| o.id == column.id)).count()
}

/// The rows of the first file with those of all others behind them.
///
/// # Errors
/// What does not fit, with its file's name.
pub fn appended(first: Arc<Table>, others: &[JoinedRead]) -> Result<Arc<Table>, Refusal> {
    let mut all = first;
    for other in others {
        let more = other.table.clone()?;
        let both = larder_tables::append(&all, &more);
        all = Arc::new(both.map_err(|refusal| refusal.with("file", other.file.file_name.as_str()))?);
    }
    Ok(all)
}

/// The further files, for the page.
pub fn notes(first: &Arc<Table>, others: &[JoinedRead]) -> Vec<JoinedNote> {
    let mut all = Ok(first.clone());
    let mut notes = Vec::with_capacity(others.len());
    for other in others {
        // Each is held against all before it, as it will be appended.
        let mut refusal = other.table.as_ref().err().cloned();
        if let (Ok(before), Ok(more)) = (&all, &other.table) {
            match larder_tables::append(before, more) {
                Ok(both) => all = Ok(Arc::new(both)),
                Err(misfit) => refusal = Some(misfit.with("file", other.file.file_name.as_str())),
            }
        }
        if let Some(refusal) = &refusal {
            all = all.and(Err(refusal.clone()));
        }
        notes.push(JoinedNote {
            draft: other.file.draft.clone(),
            file_name: other.file.file_name.clone(),
            rows: other.table.as_ref().map_or(0, |table| table.rows()),
            missing: other.missing.clone(),
            new: other.new.clone(),
            refusal,
        });
    }
    notes
}
