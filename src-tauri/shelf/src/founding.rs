//! Setting up a shelf, finding the one that is there, and asking to be on it.

use larder_model::{Person, PersonId, Refusal, RefusalCode, ShelfId, WriterId};

use crate::envelope::{open, seal, sha256};
use crate::heads::Own;
use crate::names::{self, Room};
use crate::places::Place;
use crate::records::{
    CardRecord, Founding, Head, JoinRequest, Roster, RosterPerson, RosterWriter, app, moment, open_founding,
    seal_founding,
};
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, heads, people, place_write, words};

/// A founding record that stands on a place.
pub(crate) struct Found {
    pub shelf: ShelfId,
    pub writer: WriterId,
    pub founding: Founding,
}

/// All founding records, each once, whatever their files are called.
pub(crate) fn find_founding(place: &dyn Place) -> Result<Vec<Found>, Refusal> {
    let mut found: Vec<Found> = Vec::new();
    let listed = place.list(names::DATA)?;
    let likely = listed
        .iter()
        .filter(|e| !e.folder && names::listed(&e.name).is_ok() && e.name.to_ascii_lowercase().starts_with("shelf-"));
    for entry in likely.take(caps::STRAYS) {
        let bytes = match place.get(&format!("{}/{}", names::DATA, entry.name), caps::MESSAGE_BYTES) {
            Ok(bytes) => bytes,
            Err(refusal) if refusal.code == RefusalCode::TooLarge => continue,
            Err(refusal) => return Err(refusal),
        };
        let Some((shelf, writer, founding)) = bytes.as_deref().and_then(open_founding) else { continue };
        if !found.iter().any(|f| f.shelf == shelf) {
            found.push(Found { shelf, writer, founding });
        }
    }
    found.sort_by(|a, b| a.shelf.cmp(&b.shelf));
    Ok(found)
}

/// Sets up a shelf: its founding record, a roster of one (the founder is its first steward), a card, the first head, and a
/// file that tells people what this folder is. After a crash, the same call goes on where it stopped.
///
/// # Errors
/// `ShelfInShelf` where a shelf is already there, around or right inside; `Invalid` for a name that is too long or a moment
/// that is not RFC 3339; otherwise what the place answers.
pub fn start(
    place: &dyn Place,
    device: &Device,
    name: &str,
    person: &Person,
    person_id: &PersonId,
    now: &str,
) -> Result<ShelfId, Refusal> {
    start_with(place, device, name, person, person_id, now, &crate::places::random_name()?)
}

/// The same with a number of one's own choice, so that tests found the same shelf twice.
pub(crate) fn start_with(
    place: &dyn Place,
    device: &Device,
    name: &str,
    person: &Person,
    person_id: &PersonId,
    now: &str,
    nonce: &str,
) -> Result<ShelfId, Refusal> {
    let now = moment(now)?;
    let in_the_way = || Refusal::new(RefusalCode::ShelfInShelf).with("path", names::DATA);
    if place.nested()? {
        return Err(in_the_way());
    }
    let shelf = match find_founding(place)?.as_slice() {
        [] => found_now(place, device, name, &now, nonce)?,
        [one] if one.writer == device.writer() => one.shelf.clone(),
        _ => return Err(in_the_way()),
    };
    let _turn = device.turn()?;
    let me = device.writer();
    let stacks = Stacks::open_strict(place, [&me])?;
    let roster = first_roster(&stacks, &shelf, device, person, person_id, &now)?;
    let mut trust = Trust::new(shelf.clone());
    let own = heads::own(place, &shelf, &me)?;
    let (card, join) = introduce(&stacks, &mut trust, device, person, person_id, &own, &now)?;
    heads::write(place, device, &mut trust, &now, &own, &mut |head| {
        head.gov = vec![roster.clone()];
        head.card = Some(card.clone());
        add(&mut head.messages, &join);
    })?;
    // Only for people; a shelf without it is whole.
    let text = include_str!("read_me.txt");
    if place.stat(names::READ_ME).is_ok_and(|there| there.is_none()) {
        let _ = place.replace(names::READ_ME, &mut text.as_bytes(), text.len() as u64);
    }
    Ok(shelf)
}

fn found_now(place: &dyn Place, device: &Device, name: &str, now: &str, nonce: &str) -> Result<ShelfId, Refusal> {
    let founding =
        Founding { protocol: caps::WRITES, name: name.trim().to_owned(), at: now.to_owned(), nonce: nonce.to_owned() };
    let bytes = seal_founding(device, &founding)?;
    let hash = sha256(&bytes);
    place_write::put_bytes(place, &names::founding(&hash), &bytes)?;
    ShelfId::parse(&hash).ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "hash"))
}

/// The first roster: the one that a crash left behind, or a new one.
fn first_roster(
    stacks: &Stacks,
    shelf: &ShelfId,
    device: &Device,
    person: &Person,
    person_id: &PersonId,
    now: &str,
) -> Result<String, Refusal> {
    let me = device.writer();
    for inside in stacks.rooms(me.as_str(), Room::Rosters)? {
        for entry in stacks.list(&inside)?.into_iter().filter(|e| !e.folder && names::listed(&e.name).is_ok()) {
            let bytes = stacks.get(&format!("{inside}/{}", entry.name), caps::ROSTER_BYTES)?;
            let roster = bytes.and_then(|bytes| open::<Roster>(&bytes, shelf).good());
            if let Some(roster) = roster.filter(|r| r.writer == me && r.body.v == 1) {
                return Ok(roster.hash);
            }
        }
    }
    let roster = Roster {
        protocol: caps::WRITES,
        shelf: shelf.clone(),
        v: 1,
        prev: Vec::new(),
        threshold: 1,
        stewards: vec![me.clone()],
        people: vec![RosterPerson {
            person: person_id.clone(),
            name: person.name.clone(),
            role: person.role.clone(),
            writers: vec![RosterWriter::active(me)],
        }],
        at: now.to_owned(),
    };
    put_record(stacks.place, device, Room::Rosters, &roster)
}

/// Signs a record, puts it into the device's own folder and answers its hash.
pub(crate) fn put_record<T: crate::envelope::Record>(
    place: &dyn Place,
    device: &Device,
    room: Room,
    body: &T,
) -> Result<String, Refusal> {
    let bytes = seal(device, body)?;
    let hash = sha256(&bytes);
    place_write::put_bytes(place, &names::record(device.writer().as_str(), room, &hash), &bytes)?;
    Ok(hash)
}

/// Puts the person's card and a request to be confirmed; those that already stand there and say the same are kept.
fn introduce(
    stacks: &Stacks,
    trust: &mut Trust,
    device: &Device,
    person: &Person,
    person_id: &PersonId,
    own: &Own,
    now: &str,
) -> Result<(String, String), Refusal> {
    let me = device.writer();
    let mut card = CardRecord {
        protocol: caps::WRITES,
        shelf: trust.shelf.clone(),
        person_id: person_id.clone(),
        name: person.name.trim().to_owned(),
        role: person.role.trim().to_owned(),
        email: person.email.clone(),
        color: person.color,
        recipient: Some(device.recipient()),
        app: app(),
        at: now.to_owned(),
        links: Vec::new(),
    };
    let said = own.tips.last().map(|tip| &tip.body);
    if let Some((hash, join)) = said.and_then(|head: &Head| head.card.clone().zip(head.messages.first().cloned())) {
        let mut memo = std::mem::take(&mut trust.memo);
        let stands = people::card(stacks, &trust.shelf, &mut memo, &me, &hash);
        trust.memo = memo;
        if let Some(stands) = stands? {
            card.links.clone_from(&stands.body.links);
            if stands.body.says_the_same(&card) {
                return Ok((hash, join));
            }
        }
    }
    let hash = put_record(stacks.place, device, Room::Messages, &card)?;
    let request =
        JoinRequest { protocol: caps::WRITES, shelf: trust.shelf.clone(), card: hash.clone(), at: now.to_owned() };
    let join = put_record(stacks.place, device, Room::Messages, &request)?;
    Ok((hash, join))
}

fn add(list: &mut Vec<String>, value: &str) {
    if !list.iter().any(|known| known == value) {
        // The newest request comes first, where it is looked for.
        list.insert(0, value.to_owned());
        list.truncate(caps::HEAD_NAMES);
    }
}

/// Asks to be on the shelf that stands here: puts the person's card and a join request into the device's own folder. Called
/// again, it tells colleagues what has changed about the person, or does nothing.
///
/// # Errors
/// `NoShelf` where there is none; `ShelfInShelf` \[words\] where there are two; `TooNew`; otherwise what the place answers.
pub fn join(
    place: &dyn Place,
    device: &Device,
    person: &Person,
    person_id: &PersonId,
    now: &str,
) -> Result<ShelfId, Refusal> {
    moment(now)?;
    match find_founding(place)?.as_slice() {
        [] => Err(Refusal::new(RefusalCode::NoShelf)),
        [one] => join_shelf(place, device, one, person, person_id, now),
        // Which of them is the true one, only their founders' words can tell.
        several => {
            let words = several.iter().map(|found| words::six(found.writer.as_str()).join(" "));
            let words: Vec<String> = words.collect();
            Err(Refusal::new(RefusalCode::ShelfInShelf).with("path", names::DATA).with("words", words))
        }
    }
}

/// Asks to be on this one.
///
/// # Errors
/// `TooNew`; otherwise what the place answers.
pub(crate) fn join_shelf(
    place: &dyn Place,
    device: &Device,
    found: &Found,
    person: &Person,
    person_id: &PersonId,
    now: &str,
) -> Result<ShelfId, Refusal> {
    let now = moment(now)?;
    if found.founding.protocol > caps::WRITES {
        return Err(Refusal::new(RefusalCode::TooNew).with("what", "shelf"));
    }
    let shelf = found.shelf.clone();
    let _turn = device.turn()?;
    let me = device.writer();
    let stacks = Stacks::open_strict(place, [&me])?;
    let mut trust = Trust::new(shelf.clone());
    let own = heads::own(place, &shelf, &me)?;
    let (card, join) = introduce(&stacks, &mut trust, device, person, person_id, &own, &now)?;
    heads::write(place, device, &mut trust, &now, &own, &mut |head| {
        head.card = Some(card.clone());
        add(&mut head.messages, &join);
    })?;
    Ok(shelf)
}
