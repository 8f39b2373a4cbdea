//! Taking in what stands on a shelf: the cards of everything first, so that the shelf can be looked through, then the rows.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{
    Audience, CARD_FORMAT, Card, Condition, Label, Params, PersonId, ProductId, Profile, Reader, Refusal, RefusalCode,
    ReleaseHash, Sealing, WriterId,
};
use larder_shelf::{Device, Fetch, LocalPart, Member, Place, ReleaseFile, Seen, SeenState, Trust, View};
use serde::Deserialize;

use crate::Larder;
use crate::cards::{CARD_FILE, TABLE_FILE};
use crate::jobs::{Job, lock};
use crate::larder::Rooms;

/// Cards are small; a larger one is not one.
const CARD_BYTES: u64 = 4 << 20;

/// Rows up to this size come by themselves; more wait for a click.
const ROWS_BY_THEMSELVES_BYTES: u64 = 64 << 20;

/// Cards that are asked for side by side where every answer takes a while.
const SIDE_BY_SIDE: usize = 8;

/// So many new cards are shown at once while more are coming.
const SHOWN_TOGETHER: usize = 100;

/// One shelf while what is on it is taken in.
pub struct TakingIn<'t> {
    /// This Larder.
    pub larder: &'t Larder,
    /// Its rooms.
    pub rooms: &'t Rooms,
    /// The shelf.
    pub shelf: &'t ShelfRow,
    /// Where it stands.
    pub place: &'t dyn Place,
    /// Everyone on it.
    pub people: &'t [Member],
    /// What was trusted after the look.
    pub trust: Mutex<Trust>,
    /// Asked again and again whether to stop.
    pub cancelled: &'t (dyn Fn() -> bool + Sync),
}

/// One release as the shelf tells of it.
struct Told<'a> {
    release: u64,
    hash: &'a ReleaseHash,
    writer: &'a WriterId,
    at: &'a str,
    latest: bool,
}

impl TakingIn<'_> {
    /// Takes in the newest card of every data product. Answers whether anything changed. One broken release does not keep the
    /// others away.
    pub fn newest(&self, view: &View) -> Result<bool, Refusal> {
        let news = AtomicBool::new(false);
        let shown = AtomicUsize::new(0);
        self.each(&view.products, &|seen| {
            let told = Told {
                release: seen.release,
                hash: &seen.hash,
                writer: &seen.writer,
                at: &seen.published_at,
                latest: true,
            };
            if self.release(seen, &told, &rows_of(self.rooms, &seen.product)?)? {
                news.store(true, Ordering::Relaxed);
                if (shown.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(SHOWN_TOGETHER) {
                    self.larder.changed(&["shelf"]);
                }
            }
            Ok(())
        })?;
        Ok(news.into_inner())
    }

    /// Takes in the cards of the earlier releases that the shelf still keeps, and of those that stand beside the newest. Answers
    /// whether anything changed.
    pub fn earlier(&self, view: &View) -> Result<bool, Refusal> {
        let news = AtomicBool::new(false);
        self.each(&view.products, &|seen| {
            let known = rows_of(self.rooms, &seen.product)?;
            for earlier in seen.earlier.iter().chain(&seen.other_versions).filter(|e| e.live && e.hash != seen.hash) {
                let told = Told {
                    release: earlier.release,
                    hash: &earlier.hash,
                    writer: &earlier.writer,
                    at: &earlier.published_at,
                    latest: false,
                };
                if self.release(seen, &told, &known)? {
                    news.store(true, Ordering::Relaxed);
                }
            }
            Ok(())
        })?;
        Ok(news.into_inner())
    }

    /// Does something with every data product; side by side where the place is far away.
    fn each(&self, all: &[Seen], work: &(dyn Fn(&Seen) -> Result<(), Refusal> + Sync)) -> Result<(), Refusal> {
        let next = AtomicUsize::new(0);
        let one_after_the_other = || {
            while let Some(seen) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                if (self.cancelled)() {
                    return;
                }
                if let Err(refusal) = work(seen) {
                    tracing::warn!(%refusal, product = %seen.product, "a release was not taken in");
                }
            }
        };
        if self.place.may_hold_doubles() {
            one_after_the_other();
        } else {
            std::thread::scope(|scope| {
                for _ in 0..SIDE_BY_SIDE.min(all.len()) {
                    scope.spawn(one_after_the_other);
                }
            });
        }
        if (self.cancelled)() { Err(Refusal::new(RefusalCode::Cancelled)) } else { Ok(()) }
    }

    /// Takes in one release's card; answers whether anything about it changed.
    fn release(&self, seen: &Seen, told: &Told, known: &[SeenRow]) -> Result<bool, Refusal> {
        let here = known.iter().find(|row| row.hash == *told.hash);
        let Some(files) = self.files(seen, told, here)? else { return Ok(false) };
        let card = match here {
            Some(row) => row.card.clone(),
            None if told.latest && seen.state == SeenState::NeedsKey => self.locked_card(seen),
            None if files.is_empty() => return Ok(false),
            None => read_card(self.place, &self.rooms.device, seen, told, &files)?,
        };
        let card = if told.latest { self.with_readers(card, seen) } else { card };
        let table = files.iter().find(|f| f.name == TABLE_FILE);
        let keeper = seen.keeper_person.clone().filter(|_| told.latest).or_else(|| here.map(|h| h.keeper.clone()));
        let row = SeenRow {
            shelf: self.shelf.id.clone(),
            product: seen.product.clone(),
            release: told.release,
            hash: told.hash.clone(),
            card,
            state: if told.latest { state_name(seen) } else { "ready".to_owned() },
            state_json: state_json(seen, told),
            confirmed: seen.confirmed,
            keeper: keeper.unwrap_or_default(),
            writer: told.writer.clone(),
            files_json: serde_json::to_string(&files).unwrap_or_default(),
            rows_here: table.is_some_and(|t| self.rooms.home.table(&t.sha256).exists()),
            latest: told.latest,
            seen_by: if told.latest { seen.seen_by.iter().map(PersonId::to_string).collect() } else { Vec::new() },
            arrived_at: here.map_or_else(|| self.larder.now(), |h| h.arrived_at.clone()),
        };
        if here.is_some_and(|h| *h == row) {
            return Ok(false);
        }
        if here.is_none() && told.latest {
            tell_arrival(self.larder, self.rooms, &row, known);
        }
        self.rooms.seen.put_release(&row)?;
        Ok(true)
    }

    /// What everybody is told of something that is sealed for others.
    fn locked_card(&self, seen: &Seen) -> Card {
        let keeper = seen.keeper_person.clone().unwrap_or_default();
        let seal = seen.sealed.as_ref();
        let how_to_ask = seal.and_then(|seal| seal.how_to_ask.as_deref()).unwrap_or_default();
        let title = match seen.title.as_str() {
            "" => self.larder.words().text("state-hidden-title"),
            title => title.to_owned(),
        };
        let sealing = Sealing {
            hide_title: seal.is_some_and(|seal| seal.hidden_title),
            how_to_ask: how_to_ask.to_owned(),
            ..Sealing::default()
        };
        let label = Label {
            title: larder_model::display_text(&title, 300),
            summary: larder_model::display_text(how_to_ask, 500),
            keeper: keeper.name.clone(),
            keeper_email: keeper.email,
            audience: Audience::Sealed,
            sealing,
            ..Label::default()
        };
        Card {
            format: CARD_FORMAT,
            product: seen.product.clone(),
            release: seen.release,
            label,
            profile: Profile::default(),
            condition: Condition::of(&[], 0),
            to_fix: Vec::new(),
            filled_at: seen.published_at.clone(),
            filled_by: keeper.name,
            changes: Vec::new(),
            sources: Vec::new(),
            related: Vec::new(),
        }
    }

    /// The card with everybody whom it is sealed for: who was let in later is not on the label that was written before.
    fn with_readers(&self, mut card: Card, seen: &Seen) -> Card {
        let Some(seal) = seen.sealed.as_ref().filter(|seal| seal.opens) else { return card };
        let readers = &mut card.label.sealing.readers;
        for member in self.people.iter().filter(|m| m.confirmed && !m.writers.contains(&seen.writer)) {
            let is_in = member.writers.iter().any(|writer| seal.recipients.contains(writer));
            if is_in && !readers.iter().any(|reader| reader.person == member.person_id) {
                readers.push(Reader { person: member.person_id.clone(), name: member.person.name.clone() });
            }
        }
        card
    }

    /// A release's files; none where an earlier one has not arrived whole.
    fn files(&self, seen: &Seen, told: &Told, here: Option<&SeenRow>) -> Result<Option<Vec<ReleaseFile>>, Refusal> {
        match here {
            _ if told.latest => Ok(Some(seen.files.clone())),
            Some(row) => Ok(Some(crate::cards::files_of(row))),
            None => {
                let mut trust = lock(&self.trust);
                let holders = std::slice::from_ref(told.writer);
                let device = &self.rooms.device;
                Ok(larder_shelf::release_files_as(self.place, device, &mut trust, told.hash, holders).ok())
            }
        }
    }

    /// Gets the rows of the newest releases, and of those beside them, that are not large. What is damaged is told and remembered;
    /// whatever else keeps rows away is tried again at the next look.
    pub fn rows(&self, view: &View) -> Result<(), Refusal> {
        let followed = self.rooms.catalog.follows()?;
        for seen in &view.products {
            if (self.cancelled)() {
                return Err(Refusal::new(RefusalCode::Cancelled));
            }
            let is_wanted = || {
                let here = rows_of(self.rooms, &seen.product)?.iter().any(|row| row.rows_here);
                Ok::<bool, Refusal>(here || followed.contains(&seen.product))
            };
            // What a person chose to leave in a cloud is not brought here for nothing.
            if matches!(seen.state, SeenState::CloudOnly { .. }) && !is_wanted()? {
                continue;
            }
            let is_here = |file: &ReleaseFile| self.rooms.home.table(&file.sha256).exists();
            let table = seen.files.iter().find(|f| f.name == TABLE_FILE);
            if seen.other_versions.is_empty() && table.is_none_or(is_here) {
                continue;
            }
            let beside = seen.other_versions.iter().map(|other| &other.hash);
            let wanted: Vec<_> = beside.chain([&seen.hash]).collect();
            for row in rows_of(self.rooms, &seen.product)?.iter().filter(|row| wanted.contains(&&row.hash)) {
                self.rows_of(row)?;
            }
        }
        Ok(())
    }

    /// Gets the rows of one release, if they are not large and not here.
    fn rows_of(&self, row: &SeenRow) -> Result<(), Refusal> {
        let files = crate::cards::files_of(row);
        let Some(table) = files.iter().find(|f| f.name == TABLE_FILE) else { return Ok(()) };
        if table.size_bytes > ROWS_BY_THEMSELVES_BYTES || self.rooms.home.table(&table.sha256).exists() {
            return Ok(());
        }
        let got = bring_table(self.rooms, self.place, row, table, &|_| {}, self.cancelled);
        match &got {
            Err(refusal) if refusal.code == RefusalCode::Cancelled => return got,
            Err(refusal) if refusal.code != RefusalCode::Damaged => {
                tracing::info!(%refusal, product = %row.product, "rows did not come");
                return Ok(());
            }
            _ => {}
        }
        note_rows(self.rooms, self.shelf, row, &got)?;
        self.larder.changed(&["shelf"]);
        Ok(())
    }
}

fn rows_of(rooms: &Rooms, product: &ProductId) -> Result<Vec<SeenRow>, Refusal> {
    rooms.seen.releases(product)
}

/// Brings a table to this computer; parts that an earlier release here has too are not asked for.
fn bring_table(
    rooms: &Rooms,
    place: &dyn Place,
    row: &SeenRow,
    table: &ReleaseFile,
    progress: &dyn Fn(u64),
    cancelled: &dyn Fn() -> bool,
) -> Result<(), Refusal> {
    let here = parts_here(rooms, &row.product)?;
    let what = Fetch {
        file: table,
        holders: std::slice::from_ref(&row.writer),
        here: &|hash| here.get(hash).cloned(),
        progress,
        cancelled,
    };
    larder_shelf::fetch_as(place, &rooms.device, &what, &rooms.home.table(&table.sha256))
}

/// Parts of a data product's tables that are on this computer.
fn parts_here(rooms: &Rooms, product: &ProductId) -> Result<HashMap<String, LocalPart>, Refusal> {
    let mut here = HashMap::new();
    for row in rows_of(rooms, product)?.iter().filter(|row| row.rows_here) {
        for table in crate::cards::files_of(row).iter().filter(|file| file.name == TABLE_FILE) {
            // The parts of a sealed one are those of what is encrypted, and that is not kept here.
            if table.sealed.is_some() {
                continue;
            }
            let path = rooms.home.table(&table.sha256);
            let mut start = 0;
            for (hash, size_bytes) in &table.parts {
                here.entry(hash.clone()).or_insert_with(|| LocalPart { path: path.clone(), start });
                start += size_bytes;
            }
        }
    }
    Ok(here)
}

/// Writes down what came of bringing rows.
fn note_rows(rooms: &Rooms, shelf: &ShelfRow, row: &SeenRow, got: &Result<(), Refusal>) -> Result<(), Refusal> {
    // Read again: a look may have changed it meanwhile.
    let Some(mut row) = rows_of(rooms, &row.product)?.into_iter().find(|now| now.hash == row.hash) else {
        return Ok(());
    };
    match got {
        Ok(()) => {
            row.rows_here = true;
            if row.state == "damaged" {
                row.state = "ready".to_owned();
            }
        }
        Err(refusal) if refusal.code == RefusalCode::Damaged => {
            let _held = lock(&rooms.shelf_lock);
            let mut trust = rooms.trust(shelf)?;
            trust.note_damaged(refusal);
            rooms.set_trust(shelf, &trust)?;
            row.state = "damaged".to_owned();
        }
        Err(_) => return Ok(()),
    }
    rooms.seen.put_release(&row)
}

fn state_name(seen: &Seen) -> String {
    let json = serde_json::to_value(&seen.state).unwrap_or_default();
    json["state"].as_str().unwrap_or("ready").to_owned()
}

/// The state and what belongs to it, and when it was put there; of the newest, what is known of its seal and which others stand
/// beside it, too.
fn state_json(seen: &Seen, told: &Told) -> String {
    let mut state = serde_json::to_value(&seen.state).unwrap_or_default();
    let Some(fields) = state.as_object_mut() else { return state.to_string() };
    fields.insert("published_at".to_owned(), told.at.into());
    if told.latest && !seen.other_versions.is_empty() {
        let beside: Vec<&str> = seen.other_versions.iter().map(|other| other.hash.as_str()).collect();
        fields.insert("beside".to_owned(), beside.into());
    }
    if let Some(seal) = seen.sealed.as_ref().filter(|_| told.latest) {
        fields.insert("sealed".to_owned(), serde_json::to_value(seal).unwrap_or_default());
    }
    state.to_string()
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
fn read_card(
    place: &dyn Place,
    device: &Device,
    seen: &Seen,
    told: &Told,
    files: &[ReleaseFile],
) -> Result<Card, Refusal> {
    let damaged = |detail: &str| Refusal::new(RefusalCode::Damaged).with("file", CARD_FILE).with("detail", detail);
    let file = files.iter().find(|f| f.name == CARD_FILE).ok_or_else(|| damaged("no card"))?;
    let bytes = larder_shelf::fetch_small_as(place, device, file, std::slice::from_ref(told.writer), CARD_BYTES)?;
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
    let row = rooms.seen.release(product, release)?.ok_or_else(unknown)?;
    fetch_row(larder, rooms, &row, job)
}

/// Gets the rows of this release now.
pub fn fetch_row(larder: &Larder, rooms: &Rooms, row: &SeenRow, job: &Job) -> Result<(), Refusal> {
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", row.product.as_str());
    let shelf = rooms.shelf_by_id(&row.shelf)?;
    let files = crate::cards::files_of(row);
    let table = files.iter().find(|f| f.name == TABLE_FILE).ok_or_else(unknown)?;
    let place = crate::sync::place(larder, &shelf)?;
    let progress = |bytes| job.progress(bytes, table.size_bytes);
    let got = bring_table(rooms, &*place, row, table, &progress, &|| job.cancelled());
    note_rows(rooms, &shelf, row, &got)?;
    larder.changed(&["shelf"]);
    got
}

/// Downloads that were stopped and that nobody went on with for so long are thrown away.
const BEGUN_FOR: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 3600);

/// Throws away what was begun long ago.
pub fn forget_begun(tables: &Path) {
    let bytes = larder_shelf::forget_begun(tables, BEGUN_FOR);
    if bytes > 0 {
        tracing::info!(bytes, "stopped downloads were thrown away");
    }
}
