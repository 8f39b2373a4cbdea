//! Plain copies that another program kept from being replaced are tried again after each look, more rarely each time, until
//! they are there; those of data products that were taken off the shelf are removed.

use std::cmp::Reverse;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use larder_catalog::{PublicationRow, SeenRow, ShelfRow};
use larder_model::{ProductId, Refusal};
use larder_shelf::Place;

use super::{DONE, copies, edited, progress_of, written};
use crate::jobs::lock;
use crate::larder::Rooms;
use crate::wire::{CardState, JobKind};
use crate::{Larder, cards, home, retention};

/// After the first time in vain, so long is waited; then twice as long each time,
const FIRST_WAIT: Duration = Duration::from_secs(60);

/// and at most so long.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Does what there is to do now; `news` where the look before found something that may be new.
pub fn go_on(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place, news: bool) {
    if larder.jobs.running(JobKind::Publish, None).is_some() {
        return;
    }
    let done = again(larder, rooms, shelf, place).and_then(|()| retired(rooms, shelf, place));
    match edited::look(rooms, shelf, place) {
        Ok(true) => larder.changed(&["shelf", "sync"]),
        Ok(false) => {}
        Err(refusal) => tracing::info!(%refusal, "plain copies were not looked at"),
    }
    retention::go_on(larder, rooms, shelf, place, news);
    if let Err(refusal) = done {
        tracing::info!(%refusal, "plain copies were not looked after");
    }
}

/// The newest publication of each data product of which a copy was kept from being replaced.
fn blocked(rooms: &Rooms, shelf: &ShelfRow) -> Result<Vec<PublicationRow>, Refusal> {
    let mut all = rooms.catalog.publications()?;
    all.retain(|publication| publication.shelf == shelf.id && publication.state == DONE);
    // By its number: a clock may have been set back since the one before.
    all.sort_by_cached_key(|publication| (publication.product.clone(), Reverse(progress_of(publication).release)));
    all.dedup_by(|later, first| later.product == first.product);
    all.retain(|publication| !progress_of(publication).blocked.is_empty());
    Ok(all)
}

fn is_due(rooms: &Rooms, product: &ProductId) -> bool {
    let mut tried = lock(&rooms.copies_tried);
    let (at, times) = tried.entry(product.clone()).or_insert_with(|| (Instant::now(), 0));
    let wait = FIRST_WAIT.saturating_mul(1 << (*times).min(6)).min(LONGEST_WAIT);
    // The first time comes with the first look.
    if *times > 0 && at.elapsed() < wait {
        return false;
    }
    (*at, *times) = (Instant::now(), *times + 1);
    true
}

fn again(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place) -> Result<(), Refusal> {
    for mut publication in blocked(rooms, shelf)? {
        if !is_due(rooms, &publication.product) {
            continue;
        }
        let mut progress = progress_of(&publication);
        let seen = rooms.seen.release(&publication.product, None)?;
        // Where somebody else has filled it since, the copies are theirs to write.
        progress.blocked = match seen.filter(|seen| seen.writer == rooms.device.writer()) {
            Some(seen) if cards::state_of(&seen) != CardState::Retired => lay_out(larder, rooms, shelf, place, &seen)?,
            _ => Vec::new(),
        };
        if progress.blocked.is_empty() {
            lock(&rooms.copies_tried).remove(&publication.product);
        }
        publication.detail_json = written(&progress);
        rooms.catalog.put_publication(&publication)?;
        larder.changed(&["shelf", "sync"]);
    }
    Ok(())
}

/// Writes the copies of a release whose rows are on this computer; answers what is still kept from being replaced.
fn lay_out(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &ShelfRow,
    place: &dyn Place,
    seen: &SeenRow,
) -> Result<Vec<String>, Refusal> {
    staged(rooms, seen, |folder| copies::write(rooms, &larder.words(), place, shelf, &seen.card, folder))
}

/// Does something with the files of a release whose rows are on this computer, laid out in a folder of their own.
pub(super) fn staged<T>(
    rooms: &Rooms,
    seen: &SeenRow,
    work: impl FnOnce(&Path) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let folder = rooms.home.outgoing().join(format!("copies-{}", home::unique()));
    fs::create_dir_all(&folder).map_err(|e| home::refuse(&e, &folder))?;
    let laid = (|| {
        if let Some(table) = cards::table_path(rooms, seen) {
            let target = folder.join(cards::TABLE_FILE);
            fs::hard_link(&table, &target)
                .or_else(|_| fs::copy(&table, &target).map(drop))
                .map_err(|e| home::refuse(&e, &table))?;
        }
        work(&folder)
    })();
    let _ = fs::remove_dir_all(&folder);
    laid
}

/// Removes the copies of own data products that were taken off the shelf.
fn retired(rooms: &Rooms, shelf: &ShelfRow, place: &dyn Place) -> Result<(), Refusal> {
    let products: Vec<ProductId> = copies::folders_of(rooms, shelf)?.into_keys().collect();
    for product in products {
        let seen = rooms.seen.release(&product, None)?;
        if seen.is_some_and(|seen| cards::state_of(&seen) == CardState::Retired) {
            copies::remove(rooms, place, shelf, &product, &|_| false)?;
        }
    }
    Ok(())
}
