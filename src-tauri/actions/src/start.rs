//! What the window needs first: which world, which shelf, who you are, your settings.

use larder_catalog::ShelfRow;
use larder_model::{Person, Refusal, RefusalCode, display_text};

use crate::larder::{Me, Rooms};
use crate::wire::{JobKind, JobNote, Nothing, PersonRequest, Settings, SettingsRequest, ShelfNote, Start, World};
use crate::{Larder, faults, introduce, places, sample, sync};

/// What the window needs before it shows anything.
pub fn start(larder: &Larder, _: Nothing) -> Result<Start, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.shelf()?;
    let world = if shelf.is_none() { World::Fresh } else { rooms.world };
    Ok(Start {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        world,
        me: larder.me()?.map(|me| me.person),
        shelf: shelf.map(|shelf| note(&rooms, shelf)).transpose()?,
        shelves: rooms.catalog.shelves()?.into_iter().map(|shelf| note(&rooms, shelf)).collect::<Result<_, _>>()?,
        settings: settings(larder)?,
        locale: larder.host.locale(),
        fault: faults::note(larder),
        suggested_name: larder.host.account_name(),
        practice_files: if world == World::Sample { sample::practice_files() } else { Vec::new() },
    })
}

fn note(rooms: &Rooms, shelf: ShelfRow) -> Result<ShelfNote, Refusal> {
    let kind = larder_shelf::kind_of(&shelf.address);
    Ok(ShelfNote {
        kind: kind.as_ref().map(|kind| kind.name.to_owned()).unwrap_or_default(),
        values: kind.map(|kind| (kind.values)(&shelf.address)).unwrap_or_default(),
        can_write: !rooms.is_read_only(&shelf.id),
        folder: sync::is_folder(&shelf),
        told: introduce::is_told(rooms, &shelf)?,
        known_as: introduce::known_as(rooms, &shelf)?,
        id: shelf.id.to_string(),
        name: shelf.name,
        address: places::shown(&shelf.address),
        refreshed_at: shelf.last_refreshed_at,
    })
}

fn settings(larder: &Larder) -> Result<Settings, Refusal> {
    Ok(larder.rooms().catalog.setting("settings")?.unwrap_or_default())
}

/// Opens the sample bakery; sets it up first where it is not there yet.
pub fn enter_sample(larder: &Larder, _: Nothing) -> Result<JobNote, Refusal> {
    if let Some(note) = larder.jobs.running(JobKind::Sample, None) {
        return Ok(note);
    }
    let kept = settings(larder)?;
    let shared = larder.shared();
    Ok(larder.jobs.start(JobKind::Sample, "", move |job| {
        let fresh = sample::set_up(&shared, job)?;
        shared.enter(World::Sample)?;
        shared.rooms().catalog.set_setting("settings", &kept)?;
        if fresh {
            sample::write_copies(&shared)?;
        }
        shared.watch_shelf();
        Ok(())
    }))
}

/// Goes back to the person's own world.
pub fn leave_sample(larder: &Larder, _: Nothing) -> Result<Start, Refusal> {
    larder.enter(World::Own)?;
    larder.shared().watch_shelf();
    start(larder, Nothing {})
}

/// Says who you are. Shelves that can be reached are told in the background, others with the next look that reaches them.
pub fn set_me(larder: &Larder, request: PersonRequest) -> Result<Start, Refusal> {
    save_me(larder, &request.person)?;
    sync::look_at_all(larder)?;
    start(larder, Nothing {})
}

/// Saves who you are; the id stays the same.
pub fn save_me(larder: &Larder, person: &Person) -> Result<Me, Refusal> {
    let person = Person {
        name: display_text(&person.name, 80),
        role: display_text(&person.role, 80),
        email: person.email.as_ref().map(|e| display_text(e, 120)).filter(|e| !e.is_empty()),
        color: person.color % 6,
    };
    if person.name.is_empty() {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "name").with("value", ""));
    }
    let me = match larder.me()? {
        Some(me) => Me { person, ..me },
        None => places::new_me(larder, &person)?,
    };
    larder.rooms().catalog.set_setting("me", &me)?;
    Ok(me)
}

/// Changes the settings.
pub fn change_settings(larder: &Larder, request: SettingsRequest) -> Result<Start, Refusal> {
    let settings = Settings { zoom_percent: request.settings.zoom_percent.clamp(80, 200), ..request.settings };
    larder.rooms().catalog.set_setting("settings", &settings)?;
    start(larder, Nothing {})
}
