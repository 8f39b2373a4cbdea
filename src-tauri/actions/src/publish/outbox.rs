//! What waits on this computer to be put on a shelf. It goes on by itself as soon as the shelf answers, after a crash at the
//! next start, and not while the person paused it.

use larder_catalog::{PublicationRow, ShelfRow};
use larder_model::{Refusal, RefusalCode};

use super::{UNDER_WAY, progress_of, start};
use crate::larder::Rooms;
use crate::wire::{JobKind, Nothing, PauseRequest, Sync, Waiting};
use crate::{Larder, sync};

/// In the order in which they were begun, whatever the clock said.
fn under_way(rooms: &Rooms) -> Vec<PublicationRow> {
    let mut all = rooms.catalog.publications().unwrap_or_default();
    all.retain(|publication| publication.state == UNDER_WAY);
    all
}

/// Goes on with what was on its way when Larder ended.
pub fn go_on(larder: &Larder) {
    let rooms = larder.rooms();
    for publication in under_way(&rooms) {
        let title = progress_of(&publication).title;
        start(larder, &rooms, publication, &title);
    }
}

/// Goes on with what was held up, once a shelf has answered. What only a person can help against waits for one: `all` tells
/// that somebody asked.
pub fn go_on_with(larder: &Larder, rooms: &std::sync::Arc<Rooms>, shelf: &ShelfRow, all: bool) {
    if rooms.is_paused(&shelf.id) {
        return;
    }
    for publication in under_way(rooms).into_iter().filter(|publication| publication.shelf == shelf.id) {
        let progress = progress_of(&publication);
        // Whatever was held up by a pause is not any more.
        let over = [RefusalCode::NotVerified, RefusalCode::Paused];
        let helps = |refusal: &Refusal| refusal.waiting_helps || over.contains(&refusal.code);
        let held = progress.refusal.as_ref().is_some_and(|refusal| all || helps(refusal));
        if held && larder.jobs.running(JobKind::Publish, Some(&progress.title)).is_none() {
            start(larder, rooms, publication, &progress.title);
        }
    }
}

/// What waits to get on to a shelf, oldest first. What is being copied now does not wait.
pub fn waiting(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow) -> Vec<Waiting> {
    let of_shelf = under_way(rooms).into_iter().filter(|publication| publication.shelf == shelf.id);
    of_shelf
        .filter_map(|publication| {
            let progress = progress_of(&publication);
            let running = larder.jobs.running(JobKind::Publish, Some(&progress.title)).is_some();
            (!running).then_some(Waiting {
                draft: publication.draft,
                title: progress.title,
                since: publication.started_at,
                refusal: progress.refusal,
            })
        })
        .collect()
}

/// Why a publication is held up, and the shelf's own state says the same where it is about the shelf.
pub(super) fn why(larder: &Larder, rooms: &Rooms, publication: &PublicationRow, refusal: &Refusal) -> Refusal {
    let Ok(shelf) = rooms.shelf_by_id(&publication.shelf) else { return refusal.clone() };
    if refusal.code == RefusalCode::Cancelled && rooms.is_paused(&shelf.id) {
        return Refusal::new(RefusalCode::Paused).with("name", shelf.name);
    }
    sync::met(larder, rooms, &shelf, refusal);
    refusal.clone()
}

/// Stops what goes to and comes from the shelf that is looked at, or lets it go on.
pub fn pause(larder: &Larder, request: PauseRequest) -> Result<Sync, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    rooms.set_paused(&shelf.id, request.paused)?;
    if request.paused {
        let titles = under_way(&rooms).into_iter().filter(|p| p.shelf == shelf.id).map(|p| progress_of(&p).title);
        let publishing = titles.filter_map(|title| larder.jobs.running(JobKind::Publish, Some(&title)));
        let looking = larder.jobs.running(JobKind::Refresh, Some(&shelf.name));
        let waiting = crate::jobs::lock(&rooms.look_waiting).get(&shelf.id).cloned();
        for job in publishing.chain(looking).chain(waiting) {
            larder.jobs.cancel(&job.id);
        }
    } else {
        // At once: a look that is under way may have begun during the pause, and would go on with nothing.
        go_on_with(larder, &rooms, &shelf, true);
        sync::refresh(larder, Nothing {})?;
    }
    sync::sync(larder, Nothing {})
}
