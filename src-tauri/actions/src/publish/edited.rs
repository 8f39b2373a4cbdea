//! Plain copies that somebody changed by hand: they are told to who filled the data product, and become its next version or
//! are put right, as that person says.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::time::{Duration, Instant};

use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{Audience, ProductId, Refusal, RefusalCode};
use larder_shelf::{Place, current};

use super::{copies, upkeep};
use crate::jobs::lock;
use crate::larder::Rooms;
use crate::wire::{BroughtIn, CardState, EditedRequest, Nothing, ProductRequest};
use crate::{Larder, bring, cards, home, sync};

/// Endings of copies that hold rows; of the others there is nothing to take over.
const TABLES: [&str; 2] = [".xlsx", ".csv"];

/// On a server each file costs a question, so they are looked at more rarely there.
const ON_SERVERS: Duration = Duration::from_secs(15 * 60);

/// A copy that is larger than this is none of ours any more.
const MOST_BYTES: u64 = 4 << 30;

/// What is known of the plain copies of one shelf.
#[derive(Debug, Default)]
pub struct Edits {
    edited: BTreeMap<ProductId, Vec<String>>,
    untouched: current::Untouched,
    looked: Option<Instant>,
}

/// The copies of a data product that somebody changed, those with rows first.
pub fn of(rooms: &Rooms, shelf: &ShelfRow, product: &ProductId) -> Vec<String> {
    lock(&rooms.edits).get(&shelf.id).and_then(|edits| edits.edited.get(product).cloned()).unwrap_or_default()
}

/// Whether its rows can be taken over.
pub fn has_rows(name: &str) -> bool {
    TABLES.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending))
}

/// Looks at the copies of everything that was last filled from this computer. Answers whether anything is different now.
///
/// # Errors
/// What the place and the catalog answer.
pub fn look(rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place) -> Result<bool, Refusal> {
    let mut edits = lock(&rooms.edits).remove(&shelf.id).unwrap_or_default();
    let wait = if place.may_hold_doubles() { Duration::ZERO } else { ON_SERVERS };
    let found = match edits.looked.is_some_and(|at| at.elapsed() < wait) {
        true => Ok(None),
        false => copies_of(rooms, shelf, place, &mut edits.untouched).map(Some),
    };
    let mut changed = false;
    if let Ok(Some(edited)) = &found {
        changed = *edited != edits.edited;
        edits.edited = edited.clone();
        edits.looked = Some(Instant::now());
    }
    lock(&rooms.edits).insert(shelf.id.clone(), edits);
    found.map(|_| changed)
}

fn copies_of(
    rooms: &Rooms,
    shelf: &ShelfRow,
    place: &dyn Place,
    untouched: &mut current::Untouched,
) -> Result<BTreeMap<ProductId, Vec<String>>, Refusal> {
    let mut edited = BTreeMap::new();
    let latest = rooms.seen.latest_without_profiles(Some(&shelf.id))?;
    let titles = copies::titles(&latest);
    for seen in latest.iter().filter(|seen| seen.writer == rooms.device.writer() && has_copies(seen)) {
        let folder = copies::folder_of(&titles, &seen.product, &seen.card.label.title);
        let mut files = current::is_edited(place, &folder, untouched)?;
        files.sort_by_key(|name| (!has_rows(name), name.clone()));
        if !files.is_empty() {
            edited.insert(seen.product.clone(), files);
        }
    }
    Ok(edited)
}

fn has_copies(seen: &SeenRow) -> bool {
    cards::state_of(seen) != CardState::Retired && seen.card.label.audience != Audience::Sealed
}

/// The shelf, the newest release and the folder of the plain copies of a data product.
fn found(rooms: &Rooms, product: &ProductId) -> Result<(ShelfRow, SeenRow, String), Refusal> {
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", product.as_str());
    let seen = rooms.seen.release(product, None)?.ok_or_else(unknown)?;
    let shelf = rooms.shelf_by_id(&seen.shelf)?;
    let titles = copies::titles(&rooms.seen.latest_without_profiles(Some(&shelf.id))?);
    let folder = copies::folder_of(&titles, product, &seen.card.label.title);
    Ok((shelf, seen, folder))
}

/// Brings what somebody made of a plain copy in, as the next file of its data product. The copy stays as it is meanwhile.
///
/// # Errors
/// `Unknown` where that copy is not an edited one; `NotHereYet` where it is gone; what the place and reading it answer.
pub fn use_edited(larder: &Larder, request: EditedRequest) -> Result<BroughtIn, Refusal> {
    let rooms = larder.rooms();
    let (shelf, _, folder) = found(&rooms, &request.product)?;
    if !of(&rooms, &shelf, &request.product).contains(&request.file) || !has_rows(&request.file) {
        return Err(Refusal::new(RefusalCode::Unknown).with("what", request.file.as_str()));
    }
    let place = sync::place(larder, &shelf)?;
    let name = request.file.rsplit('/').next().unwrap_or(&request.file).to_owned();
    let path = rooms.home.outgoing().join(format!("edited-{}", home::unique()));
    let brought = (|| {
        let mut file = File::create_new(&path).map_err(|e| home::refuse(&e, &path))?;
        let there = current::take_out(&*place, &folder, &request.file, &mut file, MOST_BYTES)?;
        there.ok_or_else(|| Refusal::new(RefusalCode::NotHereYet).with("title", name.as_str()))?;
        let mut bytes = File::open(&path).map_err(|e| home::refuse(&e, &path))?;
        bring::bring_in_next(larder, &mut bytes, &name, &request.product)
    })();
    let _ = fs::remove_file(&path);
    brought
}

/// Writes the plain copies of a data product once more, over whatever somebody made of them.
///
/// # Errors
/// `Locked` where one is open somewhere; what the place answers.
pub fn restore_copies(larder: &Larder, request: ProductRequest) -> Result<Nothing, Refusal> {
    let rooms = larder.rooms();
    let (shelf, seen, folder) = found(&rooms, &request.product)?;
    let place = sync::place(larder, &shelf)?;
    let blocked = upkeep::staged(&rooms, &seen, |staged| {
        copies::restore(&rooms, &larder.words(), &*place, &shelf, &seen.card, staged, &folder)
    })?;
    lock(&rooms.edits).remove(&shelf.id);
    look(&rooms, &shelf, &*place)?;
    match blocked.first() {
        Some(name) => Err(Refusal::new(RefusalCode::Locked).with("file", name.as_str())),
        None => Ok(Nothing {}),
    }
}
