//! One running Larder: its world, its rooms, its jobs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock, Weak};
use std::time::Instant;

use larder_catalog::{Catalog, JournalRow, SeenStore, ShelfRow};
use larder_model::{DraftId, Params, Person, PersonId, ProductId, Refusal, RefusalCode, ShelfId};
use larder_shelf::{Device, Trust};

use crate::drafts::OpenDrafts;
use crate::home::{self, Home};
use crate::jobs::{Jobs, lock};
use crate::places::Offered;
use crate::publish::edited::Edits;
use crate::rows::OpenViews;
use crate::unlock::LockedFile;
use crate::wire::{BroughtIn, DoctorReport, Event, JobNote, SyncState, World};
use crate::words::Words;
use crate::{Host, sync};

/// Who uses this computer, with the id that stays when the name changes.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Me {
    /// The id.
    pub id: PersonId,
    /// As colleagues see them.
    pub person: Person,
}

/// The rooms of one world.
pub struct Rooms {
    /// Which world.
    pub world: World,
    /// Its folders.
    pub home: Home,
    /// What this computer knows.
    pub catalog: Catalog,
    /// What stands on the shelf.
    pub seen: SeenStore,
    /// This computer's signing key.
    pub device: Device,
    /// Drafts that are open in memory.
    pub drafts: OpenDrafts,
    /// Views that a page looks at.
    pub views: OpenViews,
    /// How each shelf stands.
    pub sync: Mutex<BTreeMap<ShelfId, SyncState>>,
    /// When each shelf was last looked at as a whole.
    pub thorough: Mutex<BTreeMap<ShelfId, Instant>>,
    /// When plain copies that are kept from being replaced were tried last, and how often.
    pub copies_tried: Mutex<BTreeMap<ProductId, (Instant, u32)>>,
    /// Plain copies on each shelf that somebody changed by hand.
    pub edits: Mutex<BTreeMap<ShelfId, Edits>>,
    /// What was found when each shelf was last looked over.
    pub reports: Mutex<BTreeMap<ShelfId, DoctorReport>>,
    /// What is trusted about each shelf, as it was last written, with everything that was verified since this start.
    trusted: Mutex<BTreeMap<ShelfId, (String, Trust)>>,
    /// Held while a draft is read, changed and written back.
    pub draft_lock: Mutex<()>,
    /// Held while the shelf is written or its trust is changed.
    pub shelf_lock: Mutex<()>,
    /// Held while what a look has seen is written down.
    pub look_lock: Mutex<()>,
    /// Of each shelf the job that a person asked to look at everything, for as long as it has not begun to look.
    pub look_waiting: Mutex<BTreeMap<ShelfId, JobNote>>,
}

/// The setting that says which shelf is looked at.
const CHOSEN_SHELF: &str = "shelf";

fn read_only_key(id: &ShelfId) -> String {
    format!("read_only/{id}")
}

fn paused_key(id: &ShelfId) -> String {
    format!("paused/{id}")
}

/// One running Larder.
pub struct Larder {
    this: Weak<Larder>,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) offers: Mutex<BTreeMap<String, Offered>>,
    /// Invitations that were read.
    pub(crate) invited: Mutex<BTreeMap<String, crate::invite::Invited>>,
    /// Files that wait for their password.
    pub(crate) locked: Mutex<Vec<LockedFile>>,
    /// The report of a fault before this start that nobody was told of yet.
    pub(crate) fault: Mutex<Option<String>>,
    rooms: RwLock<Arc<Rooms>>,
    watch: Mutex<Vec<sync::Watch>>,
    runtime: Mutex<Option<tokio::runtime::Runtime>>,
}

impl Larder {
    /// Opens the home, goes on with what was on its way to the shelf, and starts to look at the shelf in the background.
    pub fn open(host: Arc<dyn Host>) -> Result<Arc<Larder>, Refusal> {
        let larder = Larder::open_quiet(host)?;
        crate::publish::outbox::go_on(&larder);
        larder.watch_shelf();
        Ok(larder)
    }

    /// Opens the home and does nothing by itself: for the command line.
    pub fn open_quiet(host: Arc<dyn Host>) -> Result<Arc<Larder>, Refusal> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(8)
            .enable_time()
            .thread_name("larder")
            .build()
            .map_err(|e| home::refuse(&e, host.home()))?;
        let rooms = open_rooms(&*host, remembered_world(host.home()))?;
        let fault = crate::faults::untold(host.home());
        let larder = Arc::new_cyclic(|this| Larder {
            this: this.clone(),
            jobs: Arc::new(Jobs::new(runtime.handle().clone(), host.clone())),
            host,
            offers: Mutex::default(),
            invited: Mutex::default(),
            locked: Mutex::default(),
            fault: Mutex::new(fault),
            rooms: RwLock::new(Arc::new(rooms)),
            watch: Mutex::default(),
            runtime: Mutex::new(Some(runtime)),
        });
        Ok(larder)
    }

    /// Itself, for work that outlives the call.
    pub(crate) fn shared(&self) -> Arc<Larder> {
        self.this.upgrade().expect("a Larder lives in the Arc that open made for as long as it is called")
    }

    /// Renames a damaged catalog away, so that the next start makes a new one or takes the newest backup. Answers where
    /// it lies now.
    pub fn set_aside_damaged(host: &dyn Host) -> Result<Option<PathBuf>, Refusal> {
        Catalog::set_aside_damaged(&world_root(host.home(), remembered_world(host.home())))
    }

    /// Brings in files by their paths: dropped, opened with Larder, or named on a command line.
    pub fn bring_in_paths(self: &Arc<Self>, paths: &[PathBuf]) -> BroughtIn {
        let brought = crate::bring::bring_in(self, paths);
        self.changed(&["drafts"]);
        brought
    }

    /// Stops the jobs and waits for them for a moment.
    pub fn close(&self) {
        lock(&self.watch).clear();
        self.jobs.cancel_all();
        if let Some(runtime) = lock(&self.runtime).take() {
            runtime.shutdown_timeout(std::time::Duration::from_secs(5));
        }
    }

    /// Waits for a job to end.
    pub fn wait(&self, job: &str) -> Result<(), Refusal> {
        self.jobs.wait(job)
    }

    pub(crate) fn rooms(&self) -> Arc<Rooms> {
        self.rooms.read().unwrap_or_else(|e| e.into_inner()).clone()
    }

    /// Leaves this world for another one.
    pub(crate) fn enter(self: &Larder, world: World) -> Result<(), Refusal> {
        let rooms = open_rooms(&*self.host, world)?;
        remember_world(self.host.home(), world)?;
        *self.rooms.write().unwrap_or_else(|e| e.into_inner()) = Arc::new(rooms);
        self.changed(&["start", "shelf", "drafts", "activity", "sync", "people"]);
        Ok(())
    }

    pub(crate) fn watch_shelf(self: &Arc<Self>) {
        *lock(&self.watch) = sync::Watch::all(self);
    }

    /// Tells the window that what it read under these topics is stale.
    pub(crate) fn changed(&self, topics: &[&str]) {
        if !topics.is_empty() {
            self.host.emit(Event::Changed { topics: topics.iter().map(|t| (*t).to_owned()).collect() });
        }
    }

    pub(crate) fn now(&self) -> String {
        moment(&self.host.now())
    }

    pub(crate) fn words(&self) -> Words {
        let set = self.rooms().catalog.setting::<crate::wire::Settings>("settings").ok().flatten();
        Words::of(&set.and_then(|s| s.language).unwrap_or_else(|| self.host.locale()))
    }

    pub(crate) fn new_id(&self) -> String {
        home::hex(&self.host.random()[..10])
    }

    pub(crate) fn new_draft_id(&self) -> Result<DraftId, Refusal> {
        DraftId::parse(&self.new_id()).ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "id"))
    }

    pub(crate) fn me(&self) -> Result<Option<Me>, Refusal> {
        self.rooms().catalog.setting("me")
    }

    /// Writes into the diary of this computer.
    pub(crate) fn note(&self, code: &str, params: Params, product: Option<&ProductId>) {
        let rooms = self.rooms();
        let who = self.me().ok().flatten().map(|me| me.person.name).unwrap_or_default();
        let row = JournalRow { id: 0, at: self.now(), code: code.to_owned(), params, product: product.cloned(), who };
        if let Err(refusal) = rooms.catalog.note(&row) {
            tracing::error!(%refusal, "the diary could not be written");
        }
        self.changed(&["activity"]);
    }
}

impl Drop for Larder {
    fn drop(&mut self) {
        // The last hold on a Larder may be let go on one of its own threads, which must not wait for itself.
        if let Some(runtime) = lock(&self.runtime).take() {
            runtime.shutdown_background();
        }
    }
}

impl Rooms {
    /// The shelf that is looked at, of those of this world.
    pub fn shelf(&self) -> Result<Option<ShelfRow>, Refusal> {
        let mut all = self.catalog.shelves()?;
        let chosen: Option<ShelfId> = self.catalog.setting(CHOSEN_SHELF)?;
        let at = all.iter().position(|shelf| Some(&shelf.id) == chosen.as_ref()).unwrap_or(0);
        Ok((at < all.len()).then(|| all.swap_remove(at)))
    }

    /// The same, or the refusal that there is none.
    pub fn the_shelf(&self) -> Result<ShelfRow, Refusal> {
        self.shelf()?.ok_or_else(|| Refusal::new(RefusalCode::NoShelf))
    }

    /// The shelf of this id, or the refusal that there is none.
    pub fn shelf_by_id(&self, id: &ShelfId) -> Result<ShelfRow, Refusal> {
        let found = self.catalog.shelves()?.into_iter().find(|shelf| shelf.id == *id);
        found.ok_or_else(|| Refusal::new(RefusalCode::NoShelf))
    }

    /// The shelf on which a data product stands; the one that is looked at for a data product that stands on none yet.
    pub fn shelf_of(&self, product: &ProductId) -> Result<ShelfRow, Refusal> {
        match self.seen.release(product, None)? {
            Some(seen) => self.shelf_by_id(&seen.shelf),
            None => self.the_shelf(),
        }
    }

    /// Makes a shelf the one that is looked at.
    pub fn choose_shelf(&self, id: &ShelfId) -> Result<(), Refusal> {
        self.catalog.set_setting(CHOSEN_SHELF, id)
    }

    /// Whether nothing could be put on a shelf from here the last time it was tried.
    pub fn is_read_only(&self, id: &ShelfId) -> bool {
        self.catalog.setting(&read_only_key(id)).ok().flatten().unwrap_or(false)
    }

    /// Writes that down.
    pub fn set_read_only(&self, id: &ShelfId, read_only: bool) -> Result<(), Refusal> {
        if self.is_read_only(id) != read_only {
            self.catalog.set_setting(&read_only_key(id), &read_only)?;
        }
        Ok(())
    }

    /// Whether the person asked that nothing goes to or comes from a shelf for now.
    pub fn is_paused(&self, id: &ShelfId) -> bool {
        self.catalog.setting(&paused_key(id)).ok().flatten().unwrap_or(false)
    }

    /// Writes that down.
    pub fn set_paused(&self, id: &ShelfId, paused: bool) -> Result<(), Refusal> {
        self.catalog.set_setting(&paused_key(id), &paused)
    }

    /// What this computer trusts about a shelf. What was verified since this start is known still, unless another program on
    /// this computer has written meanwhile.
    pub fn trust(&self, shelf: &ShelfRow) -> Result<Trust, Refusal> {
        let Some(json) = self.catalog.trust_json(&shelf.id)? else { return Ok(Trust::new(shelf.id.clone())) };
        if let Some((written, trust)) = lock(&self.trusted).get(&shelf.id)
            && *written == json
        {
            return Ok(trust.clone());
        }
        serde_json::from_str(&json)
            .map_err(|e| Refusal::new(RefusalCode::Damaged).with("file", "catalog.db").with("detail", e.to_string()))
    }

    /// Remembers what is trusted now; written only where it has changed.
    pub fn set_trust(&self, shelf: &ShelfRow, trust: &Trust) -> Result<(), Refusal> {
        let json =
            serde_json::to_string(trust).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))?;
        let mut trusted = lock(&self.trusted);
        if trusted.get(&shelf.id).is_none_or(|(written, _)| *written != json) {
            self.catalog.set_trust_json(&shelf.id, &json)?;
        }
        trusted.insert(shelf.id.clone(), (json, trust.clone()));
        Ok(())
    }
}

/// A moment as RFC 3339 with the zone's offset.
pub fn moment(now: &jiff::ZonedDateTime) -> String {
    now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Wall-clock time here of a moment in RFC 3339.
pub fn local(moment: &str, zone: &jiff::tz::TimeZone) -> Option<jiff::civil::DateTime> {
    let timestamp: jiff::Timestamp = moment.parse().ok()?;
    Some(timestamp.to_zoned_datetime(zone.clone()).datetime())
}

fn open_rooms(host: &dyn Host, world: World) -> Result<Rooms, Refusal> {
    let home = Home::at(&world_root(host.home(), world))?;
    let catalog = Catalog::open(home.root())?;
    let seen = SeenStore::open(home.root())?;
    let device = Device::load_or_create(&home.device_key(), || host.random())?;
    let rooms = Rooms {
        world,
        home,
        catalog,
        seen,
        device,
        drafts: OpenDrafts::default(),
        views: OpenViews::default(),
        sync: Mutex::default(),
        thorough: Mutex::default(),
        copies_tried: Mutex::default(),
        edits: Mutex::default(),
        reports: Mutex::default(),
        trusted: Mutex::default(),
        draft_lock: Mutex::new(()),
        shelf_lock: Mutex::new(()),
        look_lock: Mutex::new(()),
        look_waiting: Mutex::default(),
    };
    Ok(rooms)
}

fn world_root(home: &Path, world: World) -> PathBuf {
    match world {
        World::Sample => home.join("sample"),
        World::Own | World::Fresh => home.join("own"),
    }
}

fn remembered_world(home: &Path) -> World {
    match std::fs::read_to_string(home.join("world")).as_deref().map(str::trim) {
        Ok("sample") => World::Sample,
        _ => World::Own,
    }
}

fn remember_world(home: &Path, world: World) -> Result<(), Refusal> {
    let name: &[u8] = if world == World::Sample { b"sample" } else { b"own" };
    home::write_whole(&home.join("world"), name)
}
