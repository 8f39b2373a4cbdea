//! Choosing where the shelf stands: folders found on this computer, four checks in view, join or start.

use std::path::{Path, PathBuf};

use larder_catalog::ShelfRow;
use larder_model::{Params, PersonId, Refusal, RefusalCode};
use larder_shelf::{FieldKind, Secret};

use crate::Larder;
use crate::home;
use crate::jobs::lock;
use crate::larder::Me;
use crate::start;
use crate::wire::{
    EnterPlaceRequest, JobKind, Nothing, PlaceField, PlaceFieldKind, PlaceForm, PlaceKind, PlaceOffer, PlaceProbe,
    PlaceRequest, SetUpRequest, ShelfRequest, SignInRequest, Start, World,
};

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

/// A place that a page can name by its id.
#[derive(Debug, Clone)]
pub struct Offered {
    offer: PlaceOffer,
    secret: Option<Secret>,
}

/// Makes an offer of a folder.
pub fn offer(larder: &Larder, kind: PlaceKind, path: &Path) -> PlaceOffer {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| path.display().to_string());
    put_offer(larder, kind, name, path.display().to_string(), None)
}

/// Where offers of one place are one and the same, unless another secret was entered.
fn put_offer(larder: &Larder, kind: PlaceKind, name: String, address: String, secret: Option<Secret>) -> PlaceOffer {
    let mut offers = lock(&larder.offers);
    let known = offers.values().find(|o| o.offer.path == address && o.offer.kind == kind && o.secret == secret);
    if let Some(known) = known {
        return known.offer.clone();
    }
    let offer = PlaceOffer { id: home::unique(), kind, name, path: address };
    offers.insert(offer.id.clone(), Offered { offer: offer.clone(), secret });
    offer
}

/// The kinds of places that are entered in a form, with what each one asks for.
pub fn place_forms(_: &Larder, _: Nothing) -> Result<Vec<PlaceForm>, Refusal> {
    let with_form = larder_shelf::PLACES.iter().filter(|kind| !kind.fields.is_empty());
    let field = |field: &larder_shelf::Field| PlaceField {
        name: field.name.to_owned(),
        kind: match field.kind {
            FieldKind::Text => PlaceFieldKind::Text,
            FieldKind::Web => PlaceFieldKind::Web,
            FieldKind::Secret => PlaceFieldKind::Secret,
            FieldKind::File => PlaceFieldKind::File,
        },
        required: field.required,
    };
    Ok(with_form
        .map(|kind| PlaceForm { kind: kind.name.to_owned(), fields: kind.fields.iter().map(field).collect() })
        .collect())
}

/// Takes what was entered in a form. Nothing is asked of the place yet.
pub fn enter_place(larder: &Larder, request: EnterPlaceRequest) -> Result<PlaceOffer, Refusal> {
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", request.kind.as_str());
    let kind = larder_shelf::PLACES.iter().find(|kind| kind.name == request.kind).ok_or_else(unknown)?;
    let shown = offered_kind(kind.name).ok_or_else(unknown)?;
    let mut values = larder_shelf::Values::new();
    let mut secret = None;
    for field in kind.fields {
        let value = request.values.get(field.name).map(String::as_str).unwrap_or_default();
        // A password may begin or end with a blank; nothing else does on purpose.
        let value = if field.kind == FieldKind::Secret { value } else { value.trim() };
        if value.is_empty() && field.required {
            return Err(Refusal::new(RefusalCode::Invalid).with("what", field.name).with("value", ""));
        }
        match field.kind {
            FieldKind::Secret if !value.is_empty() => secret = Some(Secret::new(value)),
            FieldKind::Secret => {}
            _ if value.is_empty() => {}
            _ => drop(values.insert(field.name.to_owned(), value.to_owned())),
        }
    }
    let address = (kind.address)(&values)?;
    let name = name_of(&address);
    Ok(put_offer(larder, shown, name, address, secret))
}

fn offered_kind(name: &str) -> Option<PlaceKind> {
    match name {
        "webdav" => Some(PlaceKind::Webdav),
        "s3" => Some(PlaceKind::S3),
        "sftp" => Some(PlaceKind::Sftp),
        _ => None,
    }
}

/// A server's name, or a bucket's.
fn name_of(address: &str) -> String {
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = after.split(['/', '?']).next().unwrap_or(after);
    host.rsplit_once('@').map_or(host, |(_, host)| host).to_owned()
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

fn offered(larder: &Larder, place: &str) -> Result<Offered, Refusal> {
    lock(&larder.offers).get(place).cloned().ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", "place"))
}

/// The four checks of a place.
pub fn probe_place(larder: &Larder, request: PlaceRequest) -> Result<PlaceProbe, Refusal> {
    let Offered { offer, secret } = offered(larder, &request.place)?;
    if offer.kind == PlaceKind::OnlyHere {
        let path = Path::new(&offer.path);
        std::fs::create_dir_all(path).map_err(|e| home::refuse(&e, path))?;
    }
    let place = larder_shelf::open(&offer.path, secret.as_ref());
    Ok(match place.and_then(|place| larder_shelf::probe(&*place)) {
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
    let Offered { offer, secret } = offered(larder, &request.place)?;
    if larder.rooms().world == World::Sample {
        larder.enter(World::Own)?;
    }
    set_up(larder, &offer.path, secret.as_ref(), &request)?;
    larder.shared().watch_shelf();
    start::start(larder, Nothing {})
}

/// The same for an address, without looking after it in the background. The shelf becomes the one that is looked at.
pub fn set_up(larder: &Larder, address: &str, secret: Option<&Secret>, request: &SetUpRequest) -> Result<(), Refusal> {
    let rooms = larder.rooms();
    let place = larder_shelf::open(address, secret)?;
    let found = larder_shelf::probe(&*place)?;
    let known = |shelf: &larder_shelf::FoundShelf| rooms.shelf_by_id(&shelf.id).ok();
    if let Some(shelf) = found.shelf.as_ref().and_then(known) {
        return Err(Refusal::new(RefusalCode::Taken).with("name", shelf.name));
    }
    let me = start::save_me(larder, &request.person)?;
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
    if let Some(secret) = secret {
        larder.host.secrets().set(address, secret);
    }
    let name = found.shelf.clone().filter(|_| request.join).map_or_else(|| request.name.clone(), |s| s.name);
    let row = ShelfRow {
        id,
        name: name.clone(),
        address: address.to_owned(),
        joined_at: now,
        last_refreshed_at: None,
        sample: rooms.world == World::Sample,
    };
    rooms.catalog.put_shelf(&row)?;
    rooms.choose_shelf(&row.id)?;
    rooms.set_read_only(&row.id, !found.can_write)?;
    let code = if request.join { "joined" } else { "started_shelf" };
    larder.note(code, Params::from([("shelf".to_owned(), name.into())]), None);
    crate::sync::look_at_shelf(larder, &rooms, &row, None)
}

/// Makes another shelf the one that is looked at.
pub fn choose_shelf(larder: &Larder, request: ShelfRequest) -> Result<Start, Refusal> {
    let rooms = larder.rooms();
    rooms.choose_shelf(&rooms.shelf_by_id(&request.shelf)?.id)?;
    start::start(larder, Nothing {})
}

/// The shelf that is looked at stands somewhere else now: its address is changed once the same shelf was found there.
pub fn move_shelf(larder: &Larder, request: PlaceRequest) -> Result<Start, Refusal> {
    let Offered { offer, secret } = offered(larder, &request.place)?;
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let place = larder_shelf::open(&offer.path, secret.as_ref())?;
    let found = larder_shelf::probe(&*place)?.shelf.ok_or_else(|| Refusal::new(RefusalCode::NoShelf))?;
    if found.id != shelf.id {
        return Err(Refusal::new(RefusalCode::OtherShelf).with("name", shelf.name).with("other", found.name));
    }
    let secrets = larder.host.secrets();
    if let Some(secret) = &secret {
        secrets.set(&offer.path, secret);
    }
    if shelf.address != offer.path {
        secrets.forget(&shelf.address);
    }
    let row = ShelfRow { address: offer.path, ..shelf };
    rooms.catalog.put_shelf(&row)?;
    larder.note("moved_shelf", Params::from([("shelf".to_owned(), row.name.clone().into())]), None);
    larder.shared().watch_shelf();
    start::start(larder, Nothing {})
}

/// Signs in again where the shelf that is looked at stands: the secret is kept once the place has taken it.
pub fn sign_in(larder: &Larder, request: SignInRequest) -> Result<Nothing, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let secret = Secret::new(request.secret);
    larder_shelf::probe(&*larder_shelf::open(&shelf.address, Some(&secret))?)?;
    larder.host.secrets().set(&shelf.address, &secret);
    crate::sync::refresh(larder, Nothing {})?;
    Ok(Nothing {})
}

/// Leaves the shelf that is looked at: this computer forgets it, and nothing on it is changed. What was kept of it here goes too.
pub fn forget_shelf(larder: &Larder, request: ShelfRequest) -> Result<Start, Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.shelf_by_id(&request.shelf)?;
    if larder.jobs.running(JobKind::Publish, None).is_some() {
        return Err(Refusal::new(RefusalCode::Busy).with("what", shelf.name));
    }
    rooms.catalog.remove_shelf(&shelf.id)?;
    rooms.seen.retain(&shelf.id, &[])?;
    larder.host.secrets().forget(&shelf.address);
    larder.note("left_shelf", Params::from([("shelf".to_owned(), shelf.name.into())]), None);
    larder.shared().watch_shelf();
    start::start(larder, Nothing {})
}

/// A new person's id.
pub fn new_me(larder: &Larder, person: &larder_model::Person) -> Result<Me, Refusal> {
    let id = PersonId::parse(&larder.new_id()).ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "id"))?;
    Ok(Me { id, person: person.clone() })
}
