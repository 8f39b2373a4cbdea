//! This computer and the shelf: looking, getting what is new, telling how it stands.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{
    CARD_FORMAT, Card, Params, Person, PersonId, ProductId, Refusal, RefusalCode, ReleaseHash, WriterId,
};
use larder_shelf::{Place, ReleaseFile, Seen, SeenState, Trust, View};
use serde::{Deserialize, Serialize};

use crate::Larder;
use crate::cards::{CARD_FILE, TABLE_FILE};
use crate::jobs::{Job, lock};
use crate::larder::Rooms;
use crate::wire::{DoctorReport, JobKind, JobNote, JobRequest, Nothing, Sync, SyncState};

/// The shelf is looked at so often even when nothing tells of a change: network folders tell nothing.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Cards are small; a larger one is not one.
const CARD_BYTES: u64 = 4 << 20;

/// Rows up to this size come by themselves; more wait for a click.
const ROWS_BY_THEMSELVES_BYTES: u64 = 64 << 20;

/// Someone on the shelf, as last seen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Known {
    pub id: String,
    pub person: Person,
    pub writers: Vec<larder_model::WriterId>,
    pub confirmed: bool,
    pub steward: bool,
    pub words: Vec<String>,
    pub is_me: bool,
    pub seen_at: Option<String>,
}

/// The place where a shelf stands.
pub fn place(shelf: &ShelfRow) -> Result<Box<dyn Place>, Refusal> {
    larder_shelf::open(&shelf.address, None)
}

/// Whether anything can be put there now.
pub fn can_write(shelf: &ShelfRow) -> Result<(), Refusal> {
    let probe = larder_shelf::probe(&*place(shelf)?)?;
    if probe.too_new {
        return Err(Refusal::new(RefusalCode::TooNew).with("what", shelf.name.as_str()));
    }
    if !probe.can_write {
        return Err(Refusal::new(RefusalCode::NoPermission)
            .with("path", shelf.address.as_str())
            .with("file", shelf.address.as_str()));
    }
    Ok(())
}

/// Everyone on the shelf, as last seen.
pub fn known_people(rooms: &Rooms, shelf: &ShelfRow) -> Result<Vec<Known>, Refusal> {
    Ok(rooms.catalog.setting(&people_key(shelf))?.unwrap_or_default())
}

fn people_key(shelf: &ShelfRow) -> String {
    format!("people/{}", shelf.id)
}

/// How the shelf stands.
pub fn sync(larder: &Larder, _: Nothing) -> Result<Sync, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.shelf()?;
    let mut state = lock(&rooms.sync).clone();
    if let Some(job) = larder.jobs.running(JobKind::Publish, None) {
        state = SyncState::Copying { done: job.done, of: job.of };
    }
    Ok(Sync { state, at: shelf.as_ref().and_then(|s| s.last_refreshed_at.clone()), shelf: shelf.map(|s| s.name) })
}

/// Looks at the shelf now.
pub fn refresh(larder: &Larder, _: Nothing) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    if let Some(note) = larder.jobs.running(JobKind::Refresh, Some(&shelf.name)) {
        return Ok(note);
    }
    let shared = larder.shared();
    let name = shelf.name.clone();
    Ok(larder.jobs.start(JobKind::Refresh, &name, move |job| look_at_shelf(&shared, &rooms, &shelf, Some(job))))
}

/// How one job stands.
pub fn job(larder: &Larder, request: JobRequest) -> Result<JobNote, Refusal> {
    larder.jobs.note(&request.job)
}

/// Stops a job at its next step.
pub fn cancel_job(larder: &Larder, request: JobRequest) -> Result<Nothing, Refusal> {
    larder.jobs.cancel(&request.job);
    Ok(Nothing {})
}

/// What is wrong with the place or the shelf.
pub fn doctor(larder: &Larder, _: Nothing) -> Result<DoctorReport, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let _held = lock(&rooms.shelf_lock);
    let mut trust = rooms.trust(&shelf)?;
    let notes = larder_shelf::doctor(&*place(&shelf)?, &mut trust, &rooms.device)?;
    Ok(DoctorReport { shelf: shelf.name, address: shelf.address, notes })
}

/// Looks at the shelf and gets what is new: cards always, rows if they are not large.
pub fn look_at_shelf(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, job: Option<&Job>) -> Result<(), Refusal> {
    set_state(larder, rooms, SyncState::Looking);
    let looked = look(larder, rooms, shelf, job);
    let state = match &looked {
        Ok(()) => SyncState::UpToDate,
        Err(refusal) if refusal.code == RefusalCode::Cancelled => SyncState::UpToDate,
        Err(refusal) if matches!(refusal.code, RefusalCode::Unreachable | RefusalCode::NotFound) => {
            SyncState::WorkingFromCopies { refusal: refusal.clone() }
        }
        Err(refusal) => SyncState::NeedsYou { refusal: refusal.clone() },
    };
    set_state(larder, rooms, state);
    looked
}

fn set_state(larder: &Larder, rooms: &Rooms, state: SyncState) {
    let mut now = lock(&rooms.sync);
    if *now != state {
        *now = state;
        drop(now);
        larder.changed(&["sync"]);
    }
}

fn look(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, job: Option<&Job>) -> Result<(), Refusal> {
    let place = place(shelf)?;
    let cancelled = || job.is_some_and(Job::cancelled);
    let _held = lock(&rooms.shelf_lock);
    let mut trust = rooms.trust(shelf)?;
    let known = |sha256: &str| rooms.home.table(sha256).exists();
    let view = larder_shelf::look(&*place, &mut trust, &rooms.device, &known, &cancelled)?;
    rooms.set_trust(shelf, &trust)?;
    let mut news = keep_people(rooms, shelf, &view)?;
    let mut keep = Vec::new();
    for seen in &view.products {
        if cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        keep.push(seen.product.clone());
        match take_in(larder, rooms, shelf, &*place, &mut trust, seen, &cancelled) {
            Ok(changed) => news |= changed,
            // One broken release does not keep the others away.
            Err(refusal) => {
                tracing::warn!(%refusal, product = %seen.product, "a release was not taken in")
            }
        }
    }
    for alert in &view.alerts {
        tracing::warn!(?alert, "the shelf looks odd");
    }
    rooms.seen.retain(&shelf.id, &keep)?;
    rooms.set_trust(shelf, &trust)?;
    let now = larder.now();
    match larder_shelf::note_seen(&*place, &rooms.device, &mut trust, &view, &now) {
        Ok(_) => rooms.set_trust(shelf, &trust)?,
        // On a shelf that can only be read nobody hears that it was seen; everything else works.
        Err(refusal) => tracing::info!(%refusal, "what was seen could not be told"),
    }
    rooms.catalog.put_shelf(&ShelfRow { last_refreshed_at: Some(now), name: view.name.clone(), ..shelf.clone() })?;
    larder.changed(if news { &["shelf", "people", "sync"] } else { &["sync"] });
    Ok(())
}

fn keep_people(rooms: &Rooms, shelf: &ShelfRow, view: &View) -> Result<bool, Refusal> {
    let before = known_people(rooms, shelf)?;
    let now: Vec<Known> = view
        .people
        .iter()
        .map(|m| Known {
            id: m.person_id.to_string(),
            person: m.person.clone(),
            writers: m.writers.clone(),
            confirmed: m.confirmed,
            steward: m.steward,
            words: m.words.to_vec(),
            is_me: m.is_me,
            seen_at: m.seen_at.clone(),
        })
        .collect();
    let written = |people: &[Known]| serde_json::to_string(people).unwrap_or_default();
    if written(&before) == written(&now) {
        return Ok(false);
    }
    rooms.catalog.set_setting(&people_key(shelf), &now)?;
    Ok(true)
}

/// One release as the shelf tells of it.
struct Told<'a> {
    release: u64,
    hash: &'a ReleaseHash,
    writer: &'a WriterId,
    latest: bool,
}

/// Takes one data product in: its newest release, and the earlier ones that the shelf still keeps.
fn take_in(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &ShelfRow,
    place: &dyn Place,
    trust: &mut Trust,
    seen: &Seen,
    cancelled: &dyn Fn() -> bool,
) -> Result<bool, Refusal> {
    let known = rooms.seen.releases(&seen.product)?;
    let newest = Told { release: seen.release, hash: &seen.hash, writer: &seen.writer, latest: true };
    let earlier = seen.earlier.iter().filter(|e| e.live && e.hash != seen.hash);
    let earlier = earlier.map(|e| Told { release: e.release, hash: &e.hash, writer: &e.writer, latest: false });
    let mut news = false;
    for told in std::iter::once(newest).chain(earlier) {
        let here = known.iter().find(|row| row.hash == *told.hash);
        let Some(row) = take_in_release(larder, rooms, shelf, place, trust, seen, &told, here, cancelled)? else {
            continue;
        };
        if here.is_some_and(|h| *h == row) {
            continue;
        }
        news = true;
        if here.is_none() && told.latest {
            tell_arrival(larder, rooms, &row, &known);
        }
        rooms.seen.put_release(&row)?;
    }
    Ok(news)
}

#[allow(clippy::too_many_arguments)]
fn take_in_release(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &ShelfRow,
    place: &dyn Place,
    trust: &mut Trust,
    seen: &Seen,
    told: &Told<'_>,
    here: Option<&SeenRow>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<SeenRow>, Refusal> {
    let holders = std::slice::from_ref(told.writer);
    let files = match (told.latest, here) {
        (true, _) => seen.files.clone(),
        (false, Some(row)) => crate::cards::files_of(row),
        // An earlier release that has not arrived whole is not shown.
        (false, None) => match larder_shelf::release_files(place, trust, told.hash, holders) {
            Ok(files) => files,
            Err(_) => return Ok(None),
        },
    };
    let mut state = if told.latest { state_name(&seen.state) } else { "ready".to_owned() };
    let card = match here {
        Some(row) => row.card.clone(),
        None if files.is_empty() => return Ok(None),
        None => read_card(place, seen, told, &files)?,
    };
    let table = files.iter().find(|f| f.name == TABLE_FILE);
    let mut rows_here = table.is_some_and(|t| rooms.home.table(&t.sha256).exists());
    if let Some(table) = table
        && told.latest
        && !rows_here
        && table.size_bytes <= ROWS_BY_THEMSELVES_BYTES
    {
        match larder_shelf::fetch(place, table, holders, &rooms.home.table(&table.sha256), &|_| {}, cancelled) {
            Ok(()) => rows_here = true,
            Err(refusal) if refusal.code == RefusalCode::Damaged => {
                trust.note_damaged(&refusal);
                state = "damaged".to_owned();
            }
            Err(refusal) if refusal.code == RefusalCode::Cancelled => return Err(refusal),
            Err(refusal) => tracing::info!(%refusal, "rows did not come"),
        }
    }
    let keeper = seen.keeper_person.clone().filter(|_| told.latest).or_else(|| here.map(|h| h.keeper.clone()));
    Ok(Some(SeenRow {
        shelf: shelf.id.clone(),
        product: seen.product.clone(),
        release: told.release,
        hash: told.hash.clone(),
        card,
        state,
        state_json: serde_json::to_string(&seen.state).unwrap_or_default(),
        confirmed: seen.confirmed,
        keeper: keeper.unwrap_or_default(),
        writer: told.writer.clone(),
        files_json: serde_json::to_string(&files).unwrap_or_default(),
        rows_here,
        latest: told.latest,
        seen_by: if told.latest { seen.seen_by.iter().map(PersonId::to_string).collect() } else { Vec::new() },
        arrived_at: here.map_or_else(|| larder.now(), |h| h.arrived_at.clone()),
    }))
}

fn state_name(state: &SeenState) -> String {
    let json = serde_json::to_value(state).unwrap_or_default();
    json["state"].as_str().unwrap_or("ready").to_owned()
}

fn tell_arrival(larder: &Larder, rooms: &Rooms, row: &SeenRow, known: &[SeenRow]) {
    if row.writer == rooms.device.writer() {
        return;
    }
    let code = if known.is_empty() { "arrived" } else { "filled_again" };
    let params = Params::from([
        ("title".to_owned(), row.card.label.title.clone().into()),
        ("who".to_owned(), row.card.filled_by.clone().into()),
    ]);
    larder.note(code, params, Some(&row.product));
}

/// A colleague's card: verified bytes, but still somebody else's words.
fn read_card(place: &dyn Place, seen: &Seen, told: &Told<'_>, files: &[ReleaseFile]) -> Result<Card, Refusal> {
    let damaged = |detail: &str| Refusal::new(RefusalCode::Damaged).with("file", CARD_FILE).with("detail", detail);
    let file = files.iter().find(|f| f.name == CARD_FILE).ok_or_else(|| damaged("no card"))?;
    let bytes = larder_shelf::fetch_small(place, file, std::slice::from_ref(told.writer), CARD_BYTES)?;
    let format: Format = serde_json::from_slice(&bytes).map_err(|e| damaged(&e.to_string()))?;
    if format.format > CARD_FORMAT {
        return Err(Refusal::new(RefusalCode::TooNew).with("what", seen.title.as_str()));
    }
    let card: Card = serde_json::from_slice(&bytes).map_err(|e| damaged(&e.to_string()))?;
    if card.product != seen.product {
        return Err(damaged("the card is of another data product"));
    }
    // A card is written before its release is put there: where a colleague's got there in between, the signed number is one more.
    Ok(Card { release: told.release, ..card })
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// Gets the rows of a release now.
pub fn fetch(
    larder: &Larder,
    rooms: &Rooms,
    product: &ProductId,
    release: Option<u64>,
    job: &Job,
) -> Result<(), Refusal> {
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", product.as_str());
    let mut row = rooms.seen.release(product, release)?.ok_or_else(unknown)?;
    let shelf = rooms.catalog.shelves()?.into_iter().find(|s| s.id == row.shelf).ok_or_else(unknown)?;
    let files = crate::cards::files_of(&row);
    let table = files.iter().find(|f| f.name == TABLE_FILE).ok_or_else(unknown)?;
    let place = place(&shelf)?;
    let got = larder_shelf::fetch(
        &*place,
        table,
        std::slice::from_ref(&row.writer),
        &rooms.home.table(&table.sha256),
        &|bytes| job.progress(bytes, table.size_bytes),
        &|| job.cancelled(),
    );
    match &got {
        Ok(()) => {
            row.rows_here = true;
            if row.state == "damaged" {
                row.state = "ready".to_owned();
            }
        }
        Err(refusal) if refusal.code == RefusalCode::Damaged => row.state = "damaged".to_owned(),
        Err(_) => {}
    }
    rooms.seen.put_release(&row)?;
    larder.changed(&["shelf"]);
    got
}

/// Watches the shelf's folder and looks at it every minute besides.
pub struct Watch {
    _watcher: Option<notify::RecommendedWatcher>,
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Watch {
    /// Starts to watch; none while there is no shelf.
    pub fn start(larder: &Arc<Larder>) -> Option<Watch> {
        let shelf = larder.rooms().shelf().ok().flatten()?;
        let (told, mut changes) = tokio::sync::mpsc::channel::<()>(1);
        let (stop, mut stopped) = tokio::sync::oneshot::channel();
        let watcher = watch_folder(Path::new(&shelf.address), told);
        let weak = Arc::downgrade(larder);
        larder.jobs.spawn(async move {
            loop {
                if let Some(larder) = weak.upgrade() {
                    let _ = refresh(&larder, Nothing {});
                } else {
                    return;
                }
                tokio::select! {
                    _ = &mut stopped => return,
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                    told = changes.recv() => {
                        // A publish writes several files: wait until it is quiet, then look once.
                        tokio::time::sleep(Duration::from_millis(if told.is_some() { 700 } else { 60_000 })).await;
                        while changes.try_recv().is_ok() {}
                    }
                }
            }
        });
        Some(Watch { _watcher: watcher, _stop: stop })
    }
}

/// The system's own word that something changed; a hint only, and silent on many network drives.
fn watch_folder(root: &Path, told: tokio::sync::mpsc::Sender<()>) -> Option<notify::RecommendedWatcher> {
    use notify::Watcher;
    let folder: PathBuf = root.join("larder-data");
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|e| !e.kind.is_access()) {
            let _ = told.try_send(());
        }
    })
    .ok()?;
    watcher.watch(&folder, notify::RecursiveMode::Recursive).ok()?;
    Some(watcher)
}
