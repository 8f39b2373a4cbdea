//! Choosing where the shelf stands: folders found on this computer, four checks in view, join or start.

use std::path::{Path, PathBuf};

use larder_catalog::ShelfRow;
use larder_model::{Params, PersonId, Refusal, RefusalCode};

use crate::Larder;
use crate::home;
use crate::jobs::lock;
use crate::larder::Me;
use crate::start;
use crate::wire::{Nothing, PlaceKind, PlaceOffer, PlaceProbe, PlaceRequest, SetUpRequest, Start, World};

/// Folders on this computer where a shelf could stand, likeliest first.
pub fn places(larder: &Larder, _: Nothing) -> Result<Vec<PlaceOffer>, Refusal> {
    let mut found: Vec<(PlaceKind, PathBuf)> = Vec::new();
    if let Some(user) = directories::UserDirs::new() {
        found.extend(synced_folders(user.home_dir()));
    }
    found.extend(network_folders());
    let only_here = larder.host.documents_folder().join("Larder shelf");
    let mut offers: Vec<PlaceOffer> = found.into_iter().map(|(kind, path)| offer(larder, kind, &path)).collect();
    offers.push(offer(larder, PlaceKind::OnlyHere, &only_here));
    Ok(offers)
}

/// The folder that the person picks.
pub fn choose_folder(larder: &Larder, _: Nothing) -> Result<Option<PlaceOffer>, Refusal> {
    Ok(larder.host.choose_folder().map(|path| offer(larder, PlaceKind::Folder, &path)))
}

/// Makes an offer that the page can name by its id.
pub fn offer(larder: &Larder, kind: PlaceKind, path: &Path) -> PlaceOffer {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| path.display().to_string());
    let mut offers = lock(&larder.offers);
    if let Some((known, _)) = offers.values().find(|(o, p)| p == path && o.kind == kind) {
        return known.clone();
    }
    let offer = PlaceOffer { id: home::unique(), kind, name, path: path.display().to_string() };
    offers.insert(offer.id.clone(), (offer.clone(), path.to_path_buf()));
    offer
}

fn synced_folders(user: &Path) -> Vec<(PlaceKind, PathBuf)> {
    let kinds = [
        (PlaceKind::OneDrive, "onedrive"),
        (PlaceKind::Dropbox, "dropbox"),
        (PlaceKind::GoogleDrive, "google drive"),
        (PlaceKind::GoogleDrive, "my drive"),
        (PlaceKind::Nextcloud, "nextcloud"),
        (PlaceKind::Syncthing, "sync"),
    ];
    let folders = std::fs::read_dir(user).into_iter().flatten().filter_map(Result::ok);
    let mut found = Vec::new();
    for entry in folders.filter(|e| e.file_type().is_ok_and(|t| t.is_dir())) {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let kind = kinds.iter().find(|(_, start)| name == *start || name.starts_with(&format!("{start} - ")));
        let Some((kind, _)) = kind else { continue };
        // Plain "Sync" is Syncthing's only where it left its mark.
        if *kind == PlaceKind::Syncthing && !entry.path().join(".stfolder").exists() {
            continue;
        }
        found.push((*kind, entry.path()));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

#[cfg(unix)]
fn network_folders() -> Vec<(PlaceKind, PathBuf)> {
    let kinds = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2"];
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
    mounts
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ').skip(1);
            let (folder, kind) = (parts.next()?, parts.next()?);
            kinds.contains(&kind).then(|| (PlaceKind::Network, PathBuf::from(folder.replace("\\040", " "))))
        })
        .collect()
}

#[cfg(windows)]
fn network_folders() -> Vec<(PlaceKind, PathBuf)> {
    // A mapped drive that is not the system's: the kind of drive is not asked for, a name is enough to be offered.
    ('D'..='Z')
        .map(|letter| PathBuf::from(format!("{letter}:\\")))
        .filter(|p| p.exists())
        .map(|p| (PlaceKind::Network, p))
        .collect()
}

fn path_of(larder: &Larder, place: &str) -> Result<(PlaceOffer, PathBuf), Refusal> {
    lock(&larder.offers).get(place).cloned().ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", "place"))
}

/// The four checks of a place.
pub fn probe_place(larder: &Larder, request: PlaceRequest) -> Result<PlaceProbe, Refusal> {
    let (offer, path) = path_of(larder, &request.place)?;
    if offer.kind == PlaceKind::OnlyHere {
        std::fs::create_dir_all(&path).map_err(|e| home::refuse(&e, &path))?;
    }
    Ok(match larder_shelf::open(&offer.path, None).and_then(|place| larder_shelf::probe(&*place)) {
        Ok(probe) => PlaceProbe {
            can_read: probe.can_read,
            can_write: probe.can_write,
            space_free_bytes: probe.space_free_bytes,
            shelf: probe.shelf,
            nested: probe.nested,
            too_new: probe.too_new,
            refusal: None,
        },
        Err(refusal) => PlaceProbe {
            can_read: false,
            can_write: false,
            space_free_bytes: None,
            shelf: None,
            nested: false,
            too_new: false,
            refusal: Some(refusal),
        },
    })
}

/// Joins the shelf that is there, or starts one.
pub fn set_up_shelf(larder: &Larder, request: SetUpRequest) -> Result<Start, Refusal> {
    let (_, path) = path_of(larder, &request.place)?;
    if larder.rooms().world == World::Sample {
        larder.enter(World::Own)?;
    }
    set_up(larder, &path, &request)?;
    larder.shared().watch_shelf();
    start::start(larder, Nothing {})
}

/// The same for a path, without looking after it in the background.
pub fn set_up(larder: &Larder, path: &Path, request: &SetUpRequest) -> Result<(), Refusal> {
    let rooms = larder.rooms();
    if let Some(shelf) = rooms.shelf()? {
        return Err(Refusal::new(RefusalCode::Taken).with("name", shelf.name));
    }
    let me = start::save_me(larder, &request.person)?;
    let address = path.display().to_string();
    let place = larder_shelf::open(&address, None)?;
    let found = larder_shelf::probe(&*place)?;
    let now = larder.now();
    let id = match (&found.shelf, request.join) {
        (Some(shelf), true) if found.can_write => {
            larder_shelf::join(&*place, &rooms.device, &me.person, &me.id, &now)?;
            shelf.id.clone()
        }
        // Only looking: nothing is written where nothing can be.
        (Some(shelf), true) => shelf.id.clone(),
        (None, true) => return Err(Refusal::new(RefusalCode::NoShelf)),
        (_, false) => {
            let name = larder_model::display_text(&request.name, 60);
            if name.is_empty() {
                return Err(Refusal::new(RefusalCode::Invalid).with("what", "name").with("value", ""));
            }
            larder_shelf::start(&*place, &rooms.device, &name, &me.person, &me.id, &now)?
        }
    };
    let name = found.shelf.filter(|_| request.join).map_or_else(|| request.name.clone(), |s| s.name);
    let row = ShelfRow {
        id,
        name: name.clone(),
        address,
        joined_at: now,
        last_refreshed_at: None,
        sample: rooms.world == World::Sample,
    };
    rooms.catalog.put_shelf(&row)?;
    let code = if request.join { "joined" } else { "started_shelf" };
    larder.note(code, Params::from([("shelf".to_owned(), name.into())]), None);
    crate::sync::look_at_shelf(larder, &rooms, &row, None)
}

/// A new person's id.
pub fn new_me(larder: &Larder, person: &larder_model::Person) -> Result<Me, Refusal> {
    let id = PersonId::parse(&larder.new_id()).ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "id"))?;
    Ok(Me { id, person: person.clone() })
}
