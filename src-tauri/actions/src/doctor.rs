//! Looking a shelf over, putting back what is gone, and removing what nobody needs: each a job. What was found last is kept in
//! memory, so that the page shows it at once.

use std::path::Path;

use larder_catalog::ShelfRow;
use larder_model::{Param, Params, Refusal, RefusalCode};
use larder_shelf::{Archive, DoctorCode, DoctorNote, Mending, Place, Repair, SeenState, Trust, View};

use crate::Larder;
use crate::jobs::{Job, lock};
use crate::larder::Rooms;
use crate::sync;
use crate::wire::{DoctorReport, DoctorState, GarbageRequest, JobKind, JobNote, Nothing};

/// What was found at the last look; where nobody has looked yet, somebody does now.
pub fn doctor(larder: &Larder, _: Nothing) -> Result<DoctorState, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let report = lock(&rooms.reports).get(&shelf.id).cloned();
    let running = [JobKind::Doctor, JobKind::Mend, JobKind::Collect]
        .into_iter()
        .find_map(|kind| larder.jobs.running(kind, Some(&shelf.name)));
    let job = match (&report, running) {
        (None, None) => Some(look_over(larder, Nothing {})?),
        (_, running) => running,
    };
    Ok(DoctorState { shelf: shelf.name, address: shelf.address, report, job })
}

/// Looks the shelf over once more.
pub fn look_over(larder: &Larder, _: Nothing) -> Result<JobNote, Refusal> {
    start(larder, JobKind::Doctor, |larder, rooms, shelf, job| examine(larder, rooms, shelf, Some(job)))
}

/// Puts back everything that this computer has and the shelf has not: somebody asked for it.
pub fn mend(larder: &Larder, _: Nothing) -> Result<JobNote, Refusal> {
    start(larder, JobKind::Mend, |larder, rooms, shelf, job| mend_now(larder, rooms, shelf, Some(job)))
}

/// Removes what nobody needs, as far as it is due. Where that is much, the report says so, and it is done once it was asked for.
pub fn collect_garbage(larder: &Larder, request: GarbageRequest) -> Result<JobNote, Refusal> {
    start(larder, JobKind::Collect, move |larder, rooms, shelf, job| {
        collect_now(larder, rooms, shelf, request.much, Some(job))
    })
}

fn start(
    larder: &Larder,
    kind: JobKind,
    work: impl FnOnce(&Larder, &Rooms, &ShelfRow, &Job) -> Result<(), Refusal> + Send + 'static,
) -> Result<JobNote, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    if let Some(note) = larder.jobs.running(kind, Some(&shelf.name)) {
        return Ok(note);
    }
    let shared = larder.shared();
    let name = shelf.name.clone();
    Ok(larder.jobs.start(kind, &name, move |job| {
        let done = work(&shared, &rooms, &shelf, job);
        shared.changed(&["doctor"]);
        done
    }))
}

/// Does something with what is trusted, without keeping others from the shelf meanwhile; what was learned is remembered.
fn with_trust<T>(
    rooms: &Rooms,
    shelf: &ShelfRow,
    work: impl FnOnce(&mut Trust) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let mut learned = rooms.trust(shelf)?;
    let done = work(&mut learned);
    let _held = lock(&rooms.shelf_lock);
    let mut trust = rooms.trust(shelf)?;
    trust.learn_from(learned);
    rooms.set_trust(shelf, &trust)?;
    done
}

/// With everything that this computer keeps of a shelf.
fn with_kept<T>(
    rooms: &Rooms,
    shelf: &ShelfRow,
    thorough: bool,
    asked: bool,
    job: Option<&Job>,
    work: impl FnOnce(&Mending) -> T,
) -> T {
    let archive = Archive::at(&rooms.home.kept(&shelf.id));
    let table = |sha256: &str| Some(rooms.home.table(sha256)).filter(|path| path.exists());
    work(&Mending {
        archive: &archive,
        here: &table,
        thorough,
        asked,
        progress: &|done| {
            if let Some(job) = job {
                job.progress(done, 0);
            }
        },
        cancelled: &|| job.is_some_and(Job::cancelled),
    })
}

/// Looks over everything and keeps the report.
pub fn examine(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, job: Option<&Job>) -> Result<(), Refusal> {
    let place = sync::place(larder, shelf)?;
    let cancelled = || job.is_some_and(Job::cancelled);
    let report = with_trust(rooms, shelf, |trust| {
        let notes = match larder_shelf::doctor(&*place, trust, &rooms.device, &cancelled) {
            // The folder answers, and nothing of ours is in it.
            Err(refusal) if refusal.code == RefusalCode::Unreachable && place.list("").is_ok() => {
                vec![DoctorNote { code: DoctorCode::EverythingGone, params: Params::new() }]
            }
            notes => notes?,
        };
        let gone = notes.iter().any(|note| note.code == DoctorCode::EverythingGone);
        // Of what only stands in for a file in a cloud, nobody here knows the size.
        let in_cloud = Param::Text("cloud_only".to_owned());
        let unknown = gone || notes.iter().any(|note| note.params.get("alert") == Some(&in_cloud));
        let space = match unknown {
            true => Vec::new(),
            false => larder_shelf::space(&*place, trust, &rooms.device, &cancelled)?,
        };
        let repair = with_kept(rooms, shelf, true, false, job, |how| {
            match larder_shelf::diagnose(&*place, trust, &rooms.device, how) {
                // That is told already; what else is missing nobody can know as long as it is so.
                Err(refusal) if refusal.code == RefusalCode::CloudOnly => Ok(Repair::default()),
                repair => repair,
            }
        })?;
        Ok(DoctorReport {
            shelf: shelf.name.clone(),
            address: shelf.address.clone(),
            at: larder.now(),
            notes,
            repair,
            space,
            garbage: None,
        })
    })?;
    let garbage = lock(&rooms.reports).get(&shelf.id).and_then(|known| known.garbage.clone());
    lock(&rooms.reports).insert(shelf.id.clone(), DoctorReport { garbage, ..report });
    Ok(())
}

/// Puts back what can be put back, then looks again.
pub fn mend_now(larder: &Larder, rooms: &Rooms, shelf: &ShelfRow, job: Option<&Job>) -> Result<(), Refusal> {
    let place = sync::place(larder, shelf)?;
    let mended = with_trust(rooms, shelf, |trust| {
        with_kept(rooms, shelf, true, true, job, |how| larder_shelf::repair(&*place, trust, &rooms.device, how))
    })?;
    if mended.mended > 0 {
        let params =
            Params::from([("count".to_owned(), mended.mended.into()), ("shelf".to_owned(), shelf.name.clone().into())]);
        larder.note("mended", params, None);
    }
    examine(larder, rooms, shelf, job)?;
    if let Some(report) = lock(&rooms.reports).get_mut(&shelf.id) {
        report.repair.mended = mended.mended;
    }
    Ok(())
}

/// Removes what is due, and keeps what came of it.
pub fn collect_now(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &ShelfRow,
    much: bool,
    job: Option<&Job>,
) -> Result<(), Refusal> {
    if larder.jobs.running(JobKind::Publish, None).is_some() {
        // What is being copied is named by nothing yet.
        return Err(Refusal::new(RefusalCode::Busy).with("what", shelf.name.as_str()));
    }
    let place = sync::place(larder, shelf)?;
    let cancelled = || job.is_some_and(Job::cancelled);
    let garbage = with_trust(rooms, shelf, |trust| {
        larder_shelf::collect(&*place, &rooms.device, trust, &larder.now(), much, &cancelled)
    })?;
    if lock(&rooms.reports).get(&shelf.id).is_none() || garbage.removed > 0 {
        examine(larder, rooms, shelf, job)?;
    }
    if let Some(report) = lock(&rooms.reports).get_mut(&shelf.id) {
        report.garbage = Some(garbage);
    }
    Ok(())
}

/// After a look: what this computer can put right of what is its own, or has of colleagues', it puts right without being asked,
/// unless much is gone at once.
pub fn mend_by_itself(
    larder: &Larder,
    rooms: &Rooms,
    shelf: &ShelfRow,
    place: &dyn Place,
    view: &View,
    job: Option<&Job>,
) {
    let hurt =
        |state: &SeenState| matches!(state, SeenState::Damaged | SeenState::Arriving { .. } | SeenState::WentBackwards);
    let first = nothing_kept(&rooms.home.kept(&shelf.id));
    if !first && !view.products.iter().any(|seen| hurt(&seen.state)) || rooms.is_read_only(&shelf.id) {
        return;
    }
    let mended = with_trust(rooms, shelf, |trust| {
        with_kept(rooms, shelf, false, false, job, |how| larder_shelf::repair(place, trust, &rooms.device, how))
    });
    match mended {
        Ok(repair) if repair.mended > 0 => {
            tracing::info!(files = repair.mended, "put back what was gone from the shelf");
            larder.changed(&["shelf", "doctor"]);
        }
        Ok(repair) if repair.much => tracing::warn!(files = repair.count(), "much is gone from the shelf"),
        Ok(_) => {}
        Err(refusal) => tracing::info!(%refusal, "what is gone from the shelf was not put back"),
    }
}

/// Whether nothing but what the look itself has just read is kept yet.
fn nothing_kept(folder: &Path) -> bool {
    let mark = folder.join("begun");
    if mark.exists() {
        return false;
    }
    let _ = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&mark, b""));
    true
}
