//! Two people put a version there at the same time: both side by side, and one that counts again.

use larder_catalog::SeenRow;
use larder_formats::out::{Names, write_csv};
use larder_model::{Audience, ProductId, Refusal, RefusalCode, ReleaseHash, safe_title};
use larder_tables::{Table, TableFile};

use crate::cards::{self, CardMaker};
use crate::larder::Rooms;
use crate::product::{filled_by, wanted};
use crate::wire::{
    BroughtIn, DraftMode, JobKind, JobNote, TwoVersions, TwoVersionsRequest, UseDraftRequest, Version, VersionRequest,
};
use crate::{Larder, bring, check, compare, drafts, known, publish, taking_in};

/// The version in use and those that stand beside it.
struct All {
    used: SeenRow,
    beside: Vec<SeenRow>,
}

fn unknown(what: &str) -> Refusal {
    Refusal::new(RefusalCode::Unknown).with("what", what)
}

impl All {
    fn of(rooms: &Rooms, product: &ProductId) -> Result<All, Refusal> {
        let used = wanted(rooms, product, None)?;
        let hashes = cards::beside(&used);
        let mut beside = rooms.seen.releases(product)?;
        beside.retain(|row| row.shelf == used.shelf && hashes.iter().any(|hash| hash == row.hash.as_str()));
        Ok(All { used, beside })
    }

    fn every(&self) -> Vec<&SeenRow> {
        self.beside.iter().chain([&self.used]).collect()
    }

    fn named(&self, version: &ReleaseHash) -> Result<&SeenRow, Refusal> {
        let mut all = self.beside.iter().chain([&self.used]);
        all.find(|row| row.hash == *version).ok_or_else(|| unknown(version.as_str()))
    }
}

/// Two versions side by side.
pub fn two_versions(larder: &Larder, request: TwoVersionsRequest) -> Result<TwoVersions, Refusal> {
    let rooms = larder.rooms();
    let mut all = All::of(&rooms, &request.product)?;
    let wanted = |row: &SeenRow| request.beside.as_ref().is_none_or(|hash| row.hash == *hash);
    let at = all.beside.iter().position(wanted).ok_or_else(|| unknown(request.product.as_str()))?;
    let beside = all.beside.remove(at);
    let known = known::known(&rooms, &rooms.shelf_by_id(&all.used.shelf)?)?;
    let note = |row: &SeenRow| Version {
        version: row.hash.clone(),
        by: filled_by(&known, row),
        at: row.card.filled_at.clone(),
        rows: row.card.profile.rows,
        rows_here: row.rows_here,
        size_bytes: cards::files_of(row).iter().map(|file| file.size_bytes).sum(),
        mine: row.writer == rooms.device.writer(),
        sealed: row.card.label.audience == Audience::Sealed,
    };
    let tables = match (table(&rooms, &all.used), table(&rooms, &beside)) {
        (Ok(used), Ok(other)) => Some((used, other)),
        _ => None,
    };
    let label = &all.used.card.label;
    Ok(TwoVersions {
        changes: tables.as_ref().map(|(used, other)| larder_tables::changes(used, other, &beside.card.label)),
        only_beside: tables.as_ref().map(|(used, other)| larder_tables::only_in(other, used, label).rows()),
        label: compare::differences(&beside.card.label, label),
        may_choose: CardMaker::new(larder, &rooms)?.is_mine(&all.used),
        product: request.product,
        used: note(&all.used),
        beside: note(&beside),
        more: all.beside.iter().map(note).collect(),
    })
}

fn table(rooms: &Rooms, row: &SeenRow) -> Result<Table, Refusal> {
    let not_here = || Refusal::new(RefusalCode::NotHereYet).with("title", row.card.label.title.as_str());
    let path = cards::table_path(rooms, row).filter(|path| path.exists()).ok_or_else(not_here)?;
    TableFile::open(&path)?.read()
}

/// Gets the rows of one of them.
pub fn fetch_version(larder: &Larder, request: VersionRequest) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let row = All::of(&rooms, &request.product)?.named(&request.version)?.clone();
    let title = row.card.label.title.clone();
    if let Some(note) = larder.jobs.running(JobKind::Fetch, Some(&title)) {
        return Ok(note);
    }
    let shared = larder.shared();
    Ok(larder.jobs.start(JobKind::Fetch, &title, move |job| taking_in::fetch_row(&shared, &rooms, &row, job)))
}

/// Refuses whoever does not keep it.
fn may_choose(larder: &Larder, rooms: &Rooms, used: &SeenRow) -> Result<(), Refusal> {
    if CardMaker::new(larder, rooms)?.is_mine(used) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NoPermission).with("path", "keeper"))
}

/// Lets one of them count: it is put there once more, on top of all of them.
///
/// # Errors
/// `NoPermission` for whoever does not keep it; `NotHereYet` where its rows are not on this computer; otherwise as
/// [`publish::again`].
pub fn keep_version(larder: &Larder, request: VersionRequest) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let all = All::of(&rooms, &request.product)?;
    may_choose(larder, &rooms, &all.used)?;
    publish::choose(larder, all.named(&request.version)?, &all.every())
}

/// Brings both together: a draft that adds the rows that only the other one has to those of the one in use. It can be looked at
/// and changed like any other, and once it is on the shelf, it is the next version of both; sealed, where one of them is. Nothing where
/// no rows are missing.
///
/// # Errors
/// As [`keep_version`]; `NotHereYet` where the rows of one of them are not on this computer.
pub fn bring_together(larder: &Larder, request: VersionRequest) -> Result<BroughtIn, Refusal> {
    let rooms = larder.rooms();
    let all = All::of(&rooms, &request.product)?;
    may_choose(larder, &rooms, &all.used)?;
    let other = all.named(&request.version)?;
    let more = larder_tables::only_in(&table(&rooms, other)?, &table(&rooms, &all.used)?, &all.used.card.label);
    if more.rows() == 0 {
        return Ok(BroughtIn::default());
    }
    let shelf = rooms.shelf_by_id(&all.used.shelf)?;
    let by = filled_by(&known::known(&rooms, &shelf)?, other);
    let name = format!("{}.csv", safe_title(&format!("{} {by}", other.card.label.title)));
    let mut text = Vec::new();
    write_csv(&more, Names::Titles, &mut text)?;
    let brought = bring::bring_in_next(larder, &mut text.as_slice(), &name, &request.product)?;
    for draft in brought.items.iter().filter_map(|item| item.draft.clone()) {
        let product = Some(request.product.clone());
        check::use_draft_for(larder, UseDraftRequest { draft: draft.clone(), product, mode: DraftMode::Append })?;
        drafts::change(&rooms, &draft, |row| {
            publish::seal_as(&mut row.label, &all.every());
            Ok(())
        })?;
    }
    Ok(brought)
}
