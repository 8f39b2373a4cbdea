//! Inviting to a shelf, and coming by an invitation: as a file, as a link, or as six words over the telephone.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use larder_catalog::ShelfRow;
use larder_model::{Params, Refusal, RefusalCode, display_text};
use larder_shelf::{Invitation, are_words, founders};

use crate::jobs::lock;
use crate::places::{self, How};
use crate::wire::{
    InvitationNote, InvitationRequest, Invite, InviteRequest, JoinInvitedRequest, Nothing, PlaceOffer, Saved,
    SetUpRequest, Start, World,
};
use crate::{Larder, home, start, sync};

/// Larger than any invitation that is one.
const FILE_BYTES: u64 = 64 << 10;

/// What an invitation's file says to be.
const MARK: &str = "\"larder-invitation\"";

/// How a link begins.
const LINK: &str = "larder:join?";

/// How an invitation's file ends.
pub const ENDING: &str = "larder";

/// An invitation that a page can name by its id.
#[derive(Debug, Clone)]
pub(crate) enum Invited {
    /// A file or a link.
    Whole(Box<Invitation>),
    /// Six words of the founder of a shelf that was found at a place.
    Words { typed: String, shelf: String },
}

fn made(larder: &Larder, request: &InviteRequest) -> Result<(ShelfRow, Invitation), Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    let me = larder.me()?.ok_or_else(|| Refusal::new(RefusalCode::NobodyYet))?;
    let folder = Path::new(&shelf.address).file_name().filter(|_| sync::is_folder(&shelf));
    let hint = match &request.hint {
        Some(hint) => hint.clone(),
        None => folder.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    };
    let invitation = Invitation::new(&rooms.trust(&shelf)?, &shelf.address, &me.person.name, hint.trim())?;
    Ok((shelf, invitation))
}

/// The invitation to the shelf that is looked at: anybody may have it, there is no secret in it.
pub fn invite(larder: &Larder, request: InviteRequest) -> Result<Invite, Refusal> {
    let (shelf, invitation) = made(larder, &request)?;
    let link = match invitation.to_link() {
        Err(refusal) if refusal.code == RefusalCode::TooLarge => None,
        link => Some(link?),
    };
    Ok(Invite {
        address: without_user(&shelf.address),
        folder: sync::is_folder(&shelf),
        hint: invitation.hint.clone(),
        link,
        words: invitation.words().to_vec(),
        file_name: file_name(&invitation.name),
        shelf: invitation.name,
    })
}

/// A server's address without who signs in there.
fn without_user(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let rest = rest.split('?').next().unwrap_or(rest);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

fn file_name(shelf: &str) -> String {
    let plain: String =
        shelf.chars().map(|c| if "<>:\"/\\|?*".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let plain = display_text(&plain, 60);
    let plain = plain.trim_matches(['.', ' ']);
    format!("{}.{ENDING}", if plain.is_empty() { "Larder" } else { plain })
}

/// Writes the invitation into a file where the person wants it.
pub fn save_invitation(larder: &Larder, request: InviteRequest) -> Result<Saved, Refusal> {
    let (_, invitation) = made(larder, &request)?;
    let Some(path) = larder.host.choose_save(&file_name(&invitation.name), ENDING) else {
        return Ok(Saved { file_name: None, folder: String::new(), opened: false });
    };
    write(larder, &invitation, &path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    Ok(Saved { file_name: name, folder, opened: false })
}

/// Writes the invitation to this path.
pub fn write_invitation(larder: &Larder, request: &InviteRequest, path: &Path) -> Result<(), Refusal> {
    let (_, invitation) = made(larder, request)?;
    write(larder, &invitation, path)
}

fn write(larder: &Larder, invitation: &Invitation, path: &Path) -> Result<(), Refusal> {
    home::write_whole(path, invitation.to_file()?.as_bytes())?;
    larder.note("invited", Params::from([("shelf".to_owned(), invitation.name.clone().into())]), None);
    Ok(())
}

/// The invitation in a file that was dropped or opened, if it is one. A mail program may have given it another ending.
pub(crate) fn dropped(larder: &Larder, path: &Path) -> Option<Result<InvitationNote, Refusal>> {
    let by_name = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
    let small = fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= FILE_BYTES);
    if !by_name && !small {
        return None;
    }
    let text = match read(path) {
        Ok(text) => text,
        Err(refusal) => return by_name.then_some(Err(refusal)),
    };
    let says_so = text.trim_start().starts_with('{') && text.contains(MARK);
    if !by_name && !says_so {
        return None;
    }
    Some(of_text(larder, &text))
}

fn read(path: &Path) -> Result<String, Refusal> {
    let name = crate::bring::name_of(path);
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|e| Refusal::from_io(&e, &name))?;
    file.take(FILE_BYTES).read_to_end(&mut bytes).map_err(|e| Refusal::from_io(&e, &name))?;
    let refuse = || Refusal::new(RefusalCode::Invalid).with("what", "invitation").with("value", "file");
    String::from_utf8(bytes).map_err(|_| refuse())
}

/// Whether a text that was pasted is an invitation.
pub(crate) fn is_link(text: &str) -> bool {
    text.trim().starts_with(LINK)
}

pub(crate) fn of_text(larder: &Larder, text: &str) -> Result<InvitationNote, Refusal> {
    let invitation = Invitation::parse(text.trim_start_matches('\u{feff}').trim())?;
    put(larder, Invited::Whole(Box::new(invitation)))
}

fn put(larder: &Larder, invited: Invited) -> Result<InvitationNote, Refusal> {
    let id = home::unique();
    lock(&larder.invited).insert(id.clone(), invited.clone());
    note(larder, id, &invited)
}

/// Reads an invitation: which shelf, who invites, and the words to compare. Nothing is joined yet.
pub fn read_invitation(larder: &Larder, request: InvitationRequest) -> Result<Option<InvitationNote>, Refusal> {
    match request {
        InvitationRequest::Text { text } => of_text(larder, &text).map(Some),
        InvitationRequest::File => {
            let chosen = larder.host.choose_files().and_then(|paths| paths.into_iter().next());
            chosen.map(|path| of_text(larder, &read(&path)?)).transpose()
        }
        InvitationRequest::Brought { invitation } => {
            let invited = known(larder, &invitation)?;
            note(larder, invitation, &invited).map(Some)
        }
        InvitationRequest::Words { words, place } => {
            let place = places::offered_place(larder, &place)?;
            let is_it = |founder: &&larder_shelf::Founder| are_words(&founder.words, &words);
            let (_, shelf) = places::one_of(&founders(&*place)?, is_it, &display_text(&words, 120))?;
            put(larder, Invited::Words { typed: words, shelf }).map(Some)
        }
    }
}

pub(crate) fn known(larder: &Larder, id: &str) -> Result<Invited, Refusal> {
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", "invitation");
    lock(&larder.invited).get(id).cloned().ok_or_else(unknown)
}

fn note(larder: &Larder, id: String, invited: &Invited) -> Result<InvitationNote, Refusal> {
    Ok(match invited {
        Invited::Whole(invitation) => InvitationNote {
            id,
            shelf: invitation.name.clone(),
            from: invitation.from.clone(),
            words: invitation.words().to_vec(),
            place: invitation.place.clone(),
            known_place: invitation.is_known_place(),
            folder: invitation.place == "folder",
            fields: invitation.fields.clone(),
            hint: invitation.hint.clone(),
            found: found(larder, invitation)?,
            already: larder.rooms().shelf_by_id(&invitation.shelf).ok().map(|shelf| shelf.name),
        },
        Invited::Words { typed, shelf } => InvitationNote {
            id,
            shelf: shelf.clone(),
            from: String::new(),
            words: typed.split_whitespace().map(|word| display_text(word, 40)).take(6).collect(),
            place: String::new(),
            known_place: true,
            folder: false,
            fields: BTreeMap::new(),
            hint: String::new(),
            found: Vec::new(),
            already: None,
        },
    })
}

/// Folders of this computer where the shelf stands: those that are shared anyhow, and those of the name that the hint says.
fn found(larder: &Larder, invitation: &Invitation) -> Result<Vec<PlaceOffer>, Refusal> {
    if invitation.place != "folder" {
        return Ok(Vec::new());
    }
    let mut offers = Vec::new();
    for offer in places::places(larder, Nothing {})? {
        let root = PathBuf::from(&offer.path);
        let named = Path::new(&invitation.hint).file_name().map(|name| root.join(name));
        for path in std::iter::once(root).chain(named) {
            if path.join("larder-data").is_dir() && stands_there(&path, invitation) {
                offers.push(places::offer(larder, offer.kind, &path));
            }
        }
    }
    Ok(offers)
}

fn stands_there(path: &Path, invitation: &Invitation) -> bool {
    let place = larder_shelf::open(&path.display().to_string(), None);
    let founders = place.and_then(|place| founders(&*place)).unwrap_or_default();
    founders.iter().any(|founder| founder.shelf == invitation.shelf && founder.words == invitation.words())
}

/// Joins the shelf that an invitation is about, and no other that may stand there.
pub fn join_invited(larder: &Larder, request: JoinInvitedRequest) -> Result<Start, Refusal> {
    let invited = known(larder, &request.invitation)?;
    let (address, secret) = places::offered_address(larder, &request.place)?;
    if larder.rooms().world == World::Sample {
        larder.enter(World::Own)?;
    }
    let set_up = SetUpRequest { place: request.place, name: String::new(), person: request.person, join: true };
    join(larder, &invited, &address, secret.as_ref(), &set_up)?;
    lock(&larder.invited).remove(&request.invitation);
    larder.shared().watch_shelf();
    start::start(larder, Nothing {})
}

/// The same for an address, without looking after it in the background.
pub(crate) fn join(
    larder: &Larder,
    invited: &Invited,
    address: &str,
    secret: Option<&larder_shelf::Secret>,
    request: &SetUpRequest,
) -> Result<(), Refusal> {
    let how = match invited {
        Invited::Whole(invitation) => How::Invited(invitation),
        Invited::Words { typed, .. } => How::Words(typed),
    };
    places::set_up(larder, address, secret, request, how)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_who_signs_in_at_a_server() {
        for (address, told) in [
            ("sftp://anna@nas.example/share", "sftp://nas.example/share"),
            ("https://anna@cloud.example/dav/a@b", "https://cloud.example/dav/a@b"),
            ("s3://bucket/shelf?key_id=AK", "s3://bucket/shelf"),
            ("/home/anna/share", "/home/anna/share"),
        ] {
            assert_eq!(without_user(address), told);
        }
    }

    #[test]
    fn a_shelfs_name_makes_a_files_name() {
        assert_eq!(file_name("Bakery: share?"), "Bakery share.larder");
        assert_eq!(file_name("..."), "Larder.larder");
    }
}
