//! This computer and the shelf: looking, getting what is new, telling how it stands.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use larder_catalog::ShelfRow;
use larder_model::{ProductId, Refusal, RefusalCode};
use larder_shelf::{Archive, FieldKind, Place, View};

use crate::jobs::{Job, lock};
use crate::larder::Rooms;
use crate::taking_in::TakingIn;
use crate::wire::{JobKind, JobNote, JobRequest, Nothing, Sync, SyncState};
use crate::{Larder, access, doctor, introduce, known, publish};

/// A folder is looked at so often even when nothing tells of a change: network folders tell nothing.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// A server is asked so often, and up to half as long again, so that not everybody asks it at once.
const ASK_EVERY: Duration = Duration::from_secs(180);

/// So often everything is looked at again, and not only what somebody said something new about: a folder,
const THOROUGH_EVERY: Duration = Duration::from_secs(10 * 60);

/// and a server.
const THOROUGH_ASKED_EVERY: Duration = Duration::from_secs(2 * 3600);

/// The place where a shelf stands.
pub fn place(larder: &Larder, shelf: &ShelfRow) -> Result<Box<dyn Place>, Refusal> {
    let signs_in = larder_shelf::kind_of(&shelf.address)?.fields.iter().any(|f| f.kind == FieldKind::Secret);
    let secret = if signs_in { larder.host.secrets().get(&shelf.address) } else { None };
    let place = larder_shelf::open(&shelf.address, secret.as_ref())?;
    let rooms = larder.rooms();
    // What is small and passes through is kept, so that it can be put back where somebody deletes it.
    let kept = Archive::at(&rooms.home.kept(&shelf.id));
    Ok(larder_shelf::keeping(place, kept, rooms.device.writer()))
}

/// Whether a shelf stands in a folder of this computer's, and not on a server.
pub fn is_folder(shelf: &ShelfRow) -> bool {
    larder_shelf::kind_of(&shelf.address).is_ok_and(|kind| kind.name == "folder")
}

/// Whether anything can be put there now.
pub fn can_write(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow) -> Result<(), Refusal> {
    let probe = larder_shelf::probe(&*place(larder, shelf)?)?;
    rooms.set_read_only(&shelf.id, !probe.can_write)?;
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

/// How the shelf stands.
pub fn sync(larder: &Larder, _: Nothing) -> Result<Sync, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.shelf()?;
    let mut state = match &shelf {
        Some(shelf) if rooms.is_paused(&shelf.id) => SyncState::Paused,
        Some(shelf) => lock(&rooms.sync).get(&shelf.id).cloned().unwrap_or(SyncState::UpToDate),
        None => SyncState::NoShelf,
    };
    if let Some(job) = larder.jobs.running(JobKind::Publish, None) {
        state = SyncState::Copying { done: job.done, of: job.of };
    }
    let waiting = shelf.as_ref().map(|shelf| publish::outbox::waiting(larder, &rooms, shelf)).unwrap_or_default();
    Ok(Sync {
        state,
        waiting,
        at: shelf.as_ref().and_then(|s| s.last_refreshed_at.clone()),
        shelf: shelf.map(|s| s.name),
    })
}

/// Looks at the shelf now, at everything. A look that is under way may have passed by what came a moment ago, so this one comes
/// after it.
pub fn refresh(larder: &Larder, _: Nothing) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let mut waiting = lock(&rooms.look_waiting);
    if let Some(note) = waiting.get(&shelf.id) {
        return Ok(note.clone());
    }
    let id = shelf.id.clone();
    let note = begin_look(larder, &rooms, shelf, true);
    waiting.insert(id, note.clone());
    Ok(note)
}

/// Looks at every shelf of this world soon, but for those that are paused.
pub fn look_at_all(larder: &Larder) -> Result<(), Refusal> {
    let rooms = larder.rooms();
    for shelf in rooms.catalog.shelves()?.into_iter().filter(|shelf| !rooms.is_paused(&shelf.id)) {
        start_look(larder, &rooms, shelf);
    }
    Ok(())
}

/// Looks at what is new, unless somebody is looking.
fn start_look(larder: &Larder, rooms: &Arc<Rooms>, shelf: ShelfRow) {
    if larder.jobs.running(JobKind::Refresh, Some(&shelf.name)).is_none() {
        begin_look(larder, rooms, shelf, false);
    }
}

fn begin_look(larder: &Larder, rooms: &Arc<Rooms>, shelf: ShelfRow, thorough: bool) -> JobNote {
    let (shared, rooms) = (larder.shared(), rooms.clone());
    let name = shelf.name.clone();
    larder.jobs.start(JobKind::Refresh, &name, move |job| {
        let looked = look_with(&shared, &rooms, &shelf, Some(job), thorough);
        // Also where it never came to look.
        no_longer_waits(&rooms, &shelf, Some(job));
        looked?;
        publish::outbox::go_on_with(&shared, &rooms, &shelf, thorough);
        Ok(())
    })
}

/// Whoever asks for a look from now on asks for the next one.
fn no_longer_waits(rooms: &Rooms, shelf: &ShelfRow, job: Option<&Job>) {
    let mut waiting = lock(&rooms.look_waiting);
    if waiting.get(&shelf.id).is_some_and(|note| job.is_some_and(|job| job.id() == note.id)) {
        waiting.remove(&shelf.id);
    }
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

/// Looks at the shelf and gets what is new: cards always, rows if they are not large.
pub fn look_at_shelf(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, job: Option<&Job>) -> Result<(), Refusal> {
    look_with(larder, rooms, shelf, job, true)
}

fn look_with(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &ShelfRow,
    job: Option<&Job>,
    thorough: bool,
) -> Result<(), Refusal> {
    set_state(larder, rooms, shelf, SyncState::Looking);
    let looked = look(larder, rooms, shelf, job, thorough);
    let state = looked.as_ref().err().and_then(state_of).unwrap_or(SyncState::UpToDate);
    set_state(larder, rooms, shelf, state);
    looked
}

/// What a refusal of a shelf's place makes of its state; none where it says nothing about it.
fn state_of(refusal: &Refusal) -> Option<SyncState> {
    use RefusalCode::*;
    let refusal = refusal.clone();
    match refusal.code {
        Cancelled => None,
        Unreachable | NotFound | Throttled | CloudOnly => Some(SyncState::WorkingFromCopies { refusal }),
        _ => Some(SyncState::NeedsYou { refusal }),
    }
}

/// A publication met a refusal. Where that is one of the shelf's place, its state says so, too.
pub fn met(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, refusal: &Refusal) {
    use RefusalCode::*;
    let of_place = [Unreachable, Throttled, SignIn, Certificate, HostKey, Clock, NoPermission, NotThisKind];
    if of_place.contains(&refusal.code)
        && let Some(state) = state_of(refusal)
    {
        set_state(larder, rooms, shelf, state);
    }
}

fn set_state(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, state: SyncState) {
    let mut all = lock(&rooms.sync);
    if all.get(&shelf.id) != Some(&state) {
        all.insert(shelf.id.clone(), state);
        drop(all);
        larder.changed(&["sync"]);
    }
}

fn look(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, job: Option<&Job>, thorough: bool) -> Result<(), Refusal> {
    let place = place(larder, shelf)?;
    let cancelled = || job.is_some_and(Job::cancelled);
    // Where nothing could be written the last time, it is tried when everything is looked at.
    let told = (thorough || !rooms.is_read_only(&shelf.id)) && introduce::go_on(larder, rooms, shelf, &*place);
    let thorough = thorough || told;
    // One look at a time: an older view must not be written over a newer one.
    let looking = lock(&rooms.look_lock);
    no_longer_waits(rooms, shelf, job);
    // The one before may just have said that all is up to date.
    set_state(larder, rooms, shelf, SyncState::Looking);
    let Some(view) = view(rooms, shelf, &*place, thorough, &cancelled)? else {
        rooms.catalog.put_shelf(&ShelfRow { last_refreshed_at: Some(larder.now()), ..shelf.clone() })?;
        larder.changed(&["sync"]);
        drop(looking);
        look_after(larder, rooms, shelf, &*place, false);
        return Ok(());
    };
    for alert in &view.alerts {
        tracing::warn!(?alert, "the shelf looks odd");
    }
    let known_as = introduce::known_as(rooms, shelf)?;
    let mut news = known::keep(rooms, shelf, &view)?;
    if introduce::known_as(rooms, shelf)? != known_as {
        larder.changed(&["start"]);
    }
    let taking = TakingIn {
        larder,
        rooms,
        shelf,
        place: &*place,
        people: &view.people,
        trust: Mutex::new(rooms.trust(shelf)?),
        cancelled: &cancelled,
    };
    news |= taking.newest(&view)?;
    let keep: Vec<ProductId> = view.products.iter().map(|seen| seen.product.clone()).collect();
    rooms.seen.retain(&shelf.id, &keep)?;
    let now = larder.now();
    let row = ShelfRow { last_refreshed_at: Some(now.clone()), name: view.name.clone(), ..shelf.clone() };
    rooms.catalog.put_shelf(&row)?;
    drop(looking);
    larder.changed(if news { &["shelf", "people", "sync"] } else { &["sync"] });
    taking.rows(&view)?;
    if taking.earlier(&view)? {
        larder.changed(&["shelf"]);
    }
    tell_seen(rooms, shelf, &*place, &view, &now)?;
    doctor::mend_by_itself(larder, rooms, shelf, &*place, &view, job);
    look_after(larder, rooms, shelf, &*place, true);
    Ok(())
}

/// What is done by itself once the shelf was looked at.
fn look_after(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place, news: bool) {
    publish::upkeep::go_on(larder, rooms, shelf, place, news);
    access::ending::go_on(larder, rooms, shelf);
}

/// What stands on the shelf; none where nothing is new.
fn view(
    rooms: &Rooms,
    shelf: &ShelfRow,
    place: &dyn Place,
    thorough: bool,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<View>, Refusal> {
    let known = |sha256: &str| rooms.home.table(sha256).exists();
    let _held = lock(&rooms.shelf_lock);
    let mut trust = rooms.trust(shelf)?;
    let often = if is_folder(shelf) { THOROUGH_EVERY } else { THOROUGH_ASKED_EVERY };
    let due = lock(&rooms.thorough).get(&shelf.id).is_none_or(|at| at.elapsed() > often);
    if !thorough && !due {
        let view = larder_shelf::glance(place, &mut trust, &rooms.device, &known, cancelled)?;
        if view.is_some() {
            rooms.set_trust(shelf, &trust)?;
        }
        return Ok(view);
    }
    let view = larder_shelf::look(place, &mut trust, &rooms.device, &known, cancelled)?;
    rooms.set_trust(shelf, &trust)?;
    lock(&rooms.thorough).insert(shelf.id.clone(), Instant::now());
    Ok(Some(view))
}

/// Tells colleagues what has arrived here. On a shelf that can only be read nobody hears of it; everything else works.
fn tell_seen(rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place, view: &View, now: &str) -> Result<(), Refusal> {
    let _held = lock(&rooms.shelf_lock);
    let mut trust = rooms.trust(shelf)?;
    match larder_shelf::note_seen(place, &rooms.device, &mut trust, view, now) {
        Ok(written) => {
            if written {
                rooms.set_read_only(&shelf.id, false)?;
            }
            rooms.set_trust(shelf, &trust)
        }
        Err(refusal) => {
            rooms.set_read_only(&shelf.id, refusal.code == RefusalCode::NoPermission)?;
            tracing::info!(%refusal, "what was seen could not be told");
            Ok(())
        }
    }
}

/// Watches a shelf: its folder, where it stands in one, and looks at it every now and then besides.
pub struct Watch {
    _watcher: Option<notify::RecommendedWatcher>,
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Watch {
    /// Starts to watch every shelf.
    pub fn all(larder: &Arc<Larder>) -> Vec<Watch> {
        let rooms = larder.rooms();
        crate::taking_in::forget_begun(&rooms.home.tables());
        let shelves = rooms.catalog.shelves().unwrap_or_default();
        shelves.into_iter().map(|shelf| Watch::one(larder, shelf)).collect()
    }

    fn one(larder: &Arc<Larder>, shelf: ShelfRow) -> Watch {
        let (told, mut changes) = tokio::sync::mpsc::channel::<()>(1);
        let (stop, mut stopped) = tokio::sync::oneshot::channel();
        let watcher = if is_folder(&shelf) { watch_folder(Path::new(&shelf.address), told) } else { None };
        let weak = Arc::downgrade(larder);
        let every = if is_folder(&shelf) { LOOK_EVERY } else { ASK_EVERY + ASK_EVERY.mul_f32(jitter(larder)) };
        larder.jobs.spawn(async move {
            loop {
                let Some(larder) = weak.upgrade() else { return };
                look_again(&larder, &shelf);
                drop(larder);
                tokio::select! {
                    _ = &mut stopped => return,
                    () = tokio::time::sleep(every) => {}
                    told = changes.recv() => {
                        // A publish writes several files: wait until it is quiet, then look once.
                        tokio::time::sleep(if told.is_some() { Duration::from_millis(700) } else { every }).await;
                        while changes.try_recv().is_ok() {}
                    }
                }
            }
        });
        Watch { _watcher: watcher, _stop: stop }
    }
}

/// Up to a half.
fn jitter(larder: &Larder) -> f32 {
    f32::from(larder.host.random()[0]) / 512.0
}

/// Looks at what is new, if the shelf is still one of this world's.
fn look_again(larder: &Larder, shelf: &ShelfRow) {
    let rooms = larder.rooms();
    if let Ok(shelf) = rooms.shelf_by_id(&shelf.id)
        && !rooms.is_paused(&shelf.id)
    {
        start_look(larder, &rooms, shelf);
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
