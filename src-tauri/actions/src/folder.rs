//! A folder that is brought in: its spreadsheet files in the order of their names, those of the same columns joined into
//! one draft, the odd ones beside it with the reason. Nothing is written into the folder, and folders in it are left out.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use larder_formats::described::is_description_name;
use larder_model::{DraftId, Format, Reading, Refusal, RefusalCode};

use crate::bring::{self, FILES_AT_ONCE};
use crate::jobs::Job;
use crate::wire::{BroughtItem, DraftRequest, JoinRequest, TakeOutRequest};
use crate::{Larder, check, drafts, joined, natural, reading_job, suggest, taken_over};

/// Bytes of a file's beginning that tell what it is.
const HEAD_BYTES: u64 = 64 << 10;

/// Endings that promise a table: such a file is never passed by in silence.
const TABLES: [&str; 9] = ["csv", "tsv", "tab", "xls", "xlsx", "xlsm", "xlsb", "ods", "fods"];

/// Endings of text that may be a table, or a letter.
const TEXTS: [&str; 4] = ["txt", "asc", "dat", "prn"];

/// A file of the folder and what became of it.
struct Came {
    item: BroughtItem,
    read: Option<Whole>,
}

/// A file that was read whole.
struct Whole {
    draft: DraftId,
    sha256: String,
    reading: Arc<Reading>,
}

/// Brings in the spreadsheet files of a folder.
pub fn bring_in_folder(larder: &Larder, folder: &Path, job: &Job) -> Vec<BroughtItem> {
    let name = bring::name_of(folder);
    match try_bring_in(larder, folder, &name, job) {
        Ok(items) => items,
        Err(refusal) => vec![BroughtItem::refused(name, refusal)],
    }
}

fn try_bring_in(larder: &Larder, folder: &Path, name: &str, job: &Job) -> Result<Vec<BroughtItem>, Refusal> {
    let paths = spreadsheets(folder, name)?;
    if paths.len() > FILES_AT_ONCE {
        let limit = FILES_AT_ONCE;
        return Err(Refusal::new(RefusalCode::TooManyFiles).with("file", name).with("limit", limit));
    }
    let mut came: Vec<Came> = Vec::new();
    for path in &paths {
        came.push(come_in(larder, path, job));
        job.progress(came.len() as u64, paths.len() as u64);
        if job.cancelled() {
            // Of a folder that was stopped nothing stays: half of its months would look like all of them.
            let drafts = came.into_iter().filter_map(|came| came.item.draft);
            for draft in drafts {
                bring::discard_draft(larder, DraftRequest { draft })?;
            }
            return Err(Refusal::new(RefusalCode::Cancelled).with("file", name));
        }
    }
    // An ending that promises nothing, and no table inside: a letter or a message in the old Office format.
    let foreign = |came: &Came| {
        let refused = came.item.refusal.as_ref().is_some_and(|refusal| refusal.code == RefusalCode::NotATable);
        refused && !TABLES.contains(&ending(&came.item.file_name).as_str())
    };
    let came: Vec<Came> = came.into_iter().filter(|came| !foreign(came)).collect();
    if came.is_empty() {
        return Err(Refusal::new(RefusalCode::NoSpreadsheet).with("file", name));
    }
    join(larder, came, name)
}

/// The files of a folder that are spreadsheets, or should be by their names; in the order of their names.
fn spreadsheets(folder: &Path, name: &str) -> Result<Vec<PathBuf>, Refusal> {
    let entries = fs::read_dir(folder).map_err(|e| Refusal::from_io(&e, name))?;
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| Refusal::from_io(&e, name))?.path();
        let file_name = bring::name_of(&path);
        if !is_passed_by(&file_name) && path.is_file() && may_be_table(&path, &file_name) {
            found.push((file_name, path));
        }
    }
    natural::sort_by_name(&mut found, |(file_name, _)| file_name);
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// Hidden and temporary files, those that systems and programs leave behind, and descriptions.
fn is_passed_by(name: &str) -> bool {
    let small = name.to_lowercase();
    let left_behind = ["thumbs.db", "desktop.ini"].contains(&small.as_str());
    let unfinished = ["tmp", "part", "crdownload", "bak"].contains(&ending(name).as_str());
    let hidden = small.starts_with(['.', '~']) || small.ends_with('~');
    hidden || left_behind || unfinished || is_description_name(name)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// Whether the first bytes are those of a spreadsheet. Text is one only if its name says so or it has columns.
fn may_be_table(path: &Path, name: &str) -> bool {
    let ending = ending(name);
    if TABLES.contains(&ending.as_str()) {
        return true;
    }
    match head(path).and_then(|(head, size)| larder_formats::sniff(&head, size, name).ok()) {
        Some(Format::Csv | Format::Tsv) => TEXTS.contains(&ending.as_str()) && has_columns(path, name),
        found => found.is_some(),
    }
}

fn head(path: &Path) -> Option<(Vec<u8>, u64)> {
    let file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    let mut head = Vec::new();
    file.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
    Some((head, size))
}

fn has_columns(path: &Path, name: &str) -> bool {
    let book = reading_job::input(path, name).and_then(|input| bring::first_rows(input, name));
    // A letter has blanks between its words, too.
    let separated =
        |reading: Reading| reading.columns.len() > 1 && reading.delimiter.is_some_and(|d| d.trim_matches(' ') == d);
    book.is_ok_and(|book| separated(book.read(&[])))
}

/// Brings one file in and reads it whole. One after the other, so that few are in memory at once.
fn come_in(larder: &Larder, path: &Path, job: &Job) -> Came {
    let item = bring::bring_in_file(larder, path);
    let Some(draft) = item.draft.clone() else { return Came { item, read: None } };
    match read_whole(larder, draft, job) {
        Ok(read) => Came { item, read: Some(read) },
        Err(refusal) => Came { item: BroughtItem { refusal: Some(refusal), ..item }, read: None },
    }
}

fn read_whole(larder: &Larder, draft: DraftId, job: &Job) -> Result<Whole, Refusal> {
    let rooms = larder.rooms();
    let open = reading_job::open_whole_for(larder, &rooms, &drafts::saved(&rooms, &draft)?, Some(job))?;
    let row = drafts::saved(&rooms, &draft)?;
    let reading = open.reading(&taken_over::said(&row));
    let reading = reading.ok_or_else(|| Refusal::new(RefusalCode::Busy).with("what", row.file_name.as_str()))?;
    Ok(Whole { draft, sha256: row.source_sha256, reading })
}

/// Joins the largest group of files with the same columns; tells of each other one why it stays on its own.
fn join(larder: &Larder, mut came: Vec<Came>, name: &str) -> Result<Vec<BroughtItem>, Refusal> {
    let Some(group) = largest_group(&came) else {
        return Ok(came.into_iter().map(|came| came.item).collect());
    };
    let members = told_apart(&mut came, &group);
    let first = members.first().and_then(|place| came.get(*place)?.read.as_ref()).map(|read| read.draft.clone());
    let (Some(first), true) = (first, members.len() > 1) else {
        return Ok(came.into_iter().map(|came| came.item).collect());
    };
    let drafts = members.iter().filter_map(|place| Some(came.get(*place)?.read.as_ref()?.draft.clone())).collect();
    let left = join_what_fits(larder, &first, drafts)?;
    name_after_folder(larder, &first, name)?;
    let mut items = vec![BroughtItem::ready(name.to_owned(), first)];
    for (place, Came { item, .. }) in came.into_iter().enumerate() {
        let why = left.iter().find(|(draft, _)| Some(draft) == item.draft.as_ref());
        match why {
            Some((_, refusal)) => items.push(BroughtItem { refusal: Some(refusal.clone()), ..item }),
            None if members.contains(&place) => {}
            None => items.push(item),
        }
    }
    Ok(items)
}

/// Places of the most files whose columns agree with those of the first among them.
fn largest_group(came: &[Came]) -> Option<Vec<usize>> {
    let mut groups: Vec<(&Reading, Vec<usize>)> = Vec::new();
    for (place, read) in came.iter().enumerate().filter_map(|(place, came)| Some((place, came.read.as_ref()?))) {
        match groups.iter_mut().find(|(first, _)| joined::agree(first, &read.reading)) {
            Some((_, members)) => members.push(place),
            None => groups.push((&read.reading, vec![place])),
        }
    }
    // Of groups of one size the one that comes first.
    groups.into_iter().rev().max_by_key(|(_, members)| members.len()).map(|(_, members)| members)
}

/// The members whose rows are not there already; each other file is told why it is left out.
fn told_apart(came: &mut [Came], group: &[usize]) -> Vec<usize> {
    let Some(first) = group.first().and_then(|place| came.get(*place)?.read.as_ref()) else { return Vec::new() };
    let first = first.reading.clone();
    let (mut stems, mut hashes) = (HashSet::new(), HashSet::new());
    let mut members = Vec::new();
    for (place, came) in came.iter_mut().enumerate() {
        let Some(read) = &came.read else { continue };
        let file = came.item.file_name.as_str();
        if !group.contains(&place) {
            came.item.refusal = Some(joined::columns_differ(&first, &read.reading).with("file", file));
            continue;
        }
        // The same table in two formats, or a copy of a file: its rows would be there twice.
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
        let (new_name, new_bytes) = (stems.insert(stem), hashes.insert(read.sha256.clone()));
        if new_name && new_bytes {
            members.push(place);
        } else {
            came.item.refusal = Some(Refusal::new(RefusalCode::SameRows).with("file", file));
        }
    }
    members
}

/// Makes one draft of these; answers which of them do not fit after all, and why.
fn join_what_fits(larder: &Larder, first: &DraftId, drafts: Vec<DraftId>) -> Result<Vec<(DraftId, Refusal)>, Refusal> {
    joined::join_drafts(larder, JoinRequest { drafts })?;
    let rooms = larder.rooms();
    let mut left = Vec::new();
    loop {
        reading_job::open_whole(larder, &rooms, &drafts::saved(&rooms, first)?)?;
        let state = check::draft(larder, DraftRequest { draft: first.clone() })?;
        let odd = state.joined.into_iter().find_map(|note| Some((note.draft, note.refusal?)));
        let Some((draft, refusal)) = odd else { return Ok(left) };
        joined::take_out_file(larder, TakeOutRequest { draft: first.clone(), file: draft.clone() })?;
        left.push((draft, refusal));
    }
}

fn name_after_folder(larder: &Larder, draft: &DraftId, folder: &str) -> Result<(), Refusal> {
    drafts::change(&larder.rooms(), draft, |row| {
        if row.label.title.is_empty() {
            row.label.title = larder_model::display_text(&suggest::readable_name(folder), 120);
        }
        Ok(())
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systems_and_programs_leave_behind_is_passed_by() {
        for name in [
            "~$till.xlsx",
            ".DS_Store",
            "Thumbs.db",
            ".~lock.till.ods#",
            "till.csv.part",
            "datapackage.json",
            "till.csv~",
        ] {
            assert!(is_passed_by(name), "{name}");
        }
        assert!(!is_passed_by("till.csv") && !is_passed_by("März 2026.xlsx"));
    }
}
