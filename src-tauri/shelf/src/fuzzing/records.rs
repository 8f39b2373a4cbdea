//! Records and lists.

use std::collections::HashSet;
use std::fmt::Debug;
use std::sync::LazyLock;

use larder_model::ShelfId;

use super::named::{stays_inside, stays_on_the_shelf};
use crate::envelope::{self, Opened, Record, open, seal};
use crate::names::{self, Room};
use crate::records::{
    AnswerRecord, CardRecord, CoSignature, FileList, Head, JoinRequest, ListedFile, ReceiptRecord, Release,
    RequestRecord, ReviewRecord, Roster, Rules, WithdrawRecord, open_founding, seal_founding,
};
use crate::sealed::{self, SealedList};
use crate::{Device, ReleaseFile, caps};

/// Whoever signs what nobody meant: with a signature that does not hold, nothing behind it would ever be reached.
static DEVICE: LazyLock<Device> = LazyLock::new(|| Device::create([7; 32]));

/// What one payload is, as one kind of record: whether it is a sound one.
type Kind = (&'static str, fn(&str) -> bool);

const KINDS: [Kind; 13] = [
    (Head::TYPE, |payload| sound::<Head>(payload, head)),
    (Release::TYPE, |payload| sound::<Release>(payload, release)),
    (Roster::TYPE, |payload| sound::<Roster>(payload, roster)),
    (CoSignature::TYPE, |payload| sound::<CoSignature>(payload, |it| record_stands(Room::Rosters, &it.roster))),
    (CardRecord::TYPE, |payload| sound::<CardRecord>(payload, card)),
    (JoinRequest::TYPE, |payload| sound::<JoinRequest>(payload, |it| record_stands(Room::Messages, &it.card))),
    (Rules::TYPE, |payload| sound::<Rules>(payload, rules)),
    (RequestRecord::TYPE, |payload| sound::<RequestRecord>(payload, |_| {})),
    (AnswerRecord::TYPE, |payload| sound::<AnswerRecord>(payload, |it| record_stands(Room::Messages, &it.request))),
    (WithdrawRecord::TYPE, |payload| sound::<WithdrawRecord>(payload, |it| record_stands(Room::Messages, &it.request))),
    ("founding", founding),
    (ReviewRecord::TYPE, |payload| sound::<ReviewRecord>(payload, |_| {})),
    (ReceiptRecord::TYPE, |payload| sound::<ReceiptRecord>(payload, |_| {})),
];

/// The first byte says which kind of record the others are the payload of, as somebody may sign it; beyond the kinds they are
/// a whole file.
pub fn records(bytes: &[u8]) {
    let Some((which, rest)) = bytes.split_first() else { return };
    match KINDS.get(usize::from(*which)) {
        Some((_, kind)) => {
            if let Ok(payload) = std::str::from_utf8(rest) {
                kind(payload);
            }
        }
        None => {
            envelope(rest);
        }
    }
}

/// A whole file, as it may stand in a folder: whether it is a record of any kind whose signature holds.
pub(super) fn envelope(bytes: &[u8]) -> bool {
    let mut as_what = Vec::new();
    for (name, kind) in KINDS {
        let Some((writer, payload)) = envelope::unseal(bytes, name) else { continue };
        assert_eq!(envelope::kind_of(bytes).as_deref(), Some(name), "a record says what it is");
        assert!(names::is_writer(writer.as_str()), "who signs has a name");
        // There is one file for one statement: this one.
        let mut doubled = bytes.to_vec();
        doubled.push(b' ');
        assert!(envelope::unseal(&doubled, name).is_none(), "nothing stands behind a record");
        kind(&payload);
        as_what.push(name);
    }
    assert!(as_what.len() <= 1, "one record is of one kind: {as_what:?}");
    !as_what.is_empty()
}

/// The shelf that a payload names.
fn shelf_of(payload: &str) -> Option<ShelfId> {
    #[derive(serde::Deserialize)]
    struct Of {
        shelf: ShelfId,
    }
    crate::json::read::<Of>(payload.as_bytes()).map(|of| of.shelf)
}

/// Signs a payload and opens it. Where it is a sound record, that holds for it which holds for all of them, and `more`.
fn sound<T: Record + PartialEq + Debug>(payload: &str, more: fn(&T)) -> bool {
    let Some(body) = crate::json::read::<T>(payload.as_bytes()).filter(T::is_sound) else {
        return false;
    };
    let Some(shelf) = shelf_of(payload) else { return false };
    let bytes = envelope::seal_text(&DEVICE, T::TYPE, payload);
    assert_eq!(
        envelope::unseal(&bytes, T::TYPE),
        Some((DEVICE.writer(), payload.to_owned())),
        "what was signed is what is read"
    );
    let record = match open::<T>(&bytes, &shelf) {
        Opened::Good(record) => record,
        Opened::TooNew(writer) => {
            assert_eq!(writer, DEVICE.writer());
            return false;
        }
        Opened::Bad => {
            let frame_fails = bytes.len() as u64 > T::CAP || payload.contains("\"protocol\":0");
            assert!(frame_fails || !says_protocol(payload), "a sound record of this shelf opens");
            return false;
        }
    };
    assert!(bytes.len() as u64 <= T::CAP, "no record is larger than its cap");
    assert_eq!((&record.body, record.writer), (&body, DEVICE.writer()));
    assert_eq!(record.hash, envelope::sha256(&bytes));
    let other = ShelfId::parse(&"0".repeat(64)).filter(|other| *other != shelf);
    assert!(other.is_none_or(|other| open::<T>(&bytes, &other).good().is_none()), "it counts on its own shelf only");
    for (name, _) in KINDS.iter().filter(|(name, _)| *name != T::TYPE) {
        assert!(envelope::unseal(&bytes, name).is_none(), "it is of its own kind only");
    }
    again(&record.body, &shelf);
    more(&record.body);
    true
}

/// Whether the protocol is told as a record must tell it.
fn says_protocol(payload: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Of {
        protocol: u32,
    }
    crate::json::read::<Of>(payload.as_bytes()).is_some_and(|of| of.protocol > 0)
}

/// What was read is written, read and written again: the same record, and the same bytes from then on.
fn again<T: Record + PartialEq + Debug>(body: &T, shelf: &ShelfId) {
    // A text that leaves out what may be left out can be shorter than ours.
    let Ok(written) = seal(&DEVICE, body) else { return };
    let read = open::<T>(&written, shelf).good().expect("what we write is read");
    assert_eq!(&read.body, body, "it says the same");
    assert_eq!(seal(&DEVICE, &read.body).expect("it was written before"), written, "to the byte");
}

fn record_stands(room: Room, hash: &str) {
    stays_on_the_shelf(&names::record(DEVICE.writer().as_str(), room, hash));
}

fn content_stands(hash: &str) {
    stays_on_the_shelf(&names::blob(DEVICE.writer().as_str(), hash));
}

fn head(head: &Head) {
    assert!(head.products.len() <= caps::HEAD_PRODUCTS && head.seen.len() <= caps::FOLDERS);
    assert!(head.seq >= 1 && head.content <= head.seq);
    stays_on_the_shelf(&names::head(&DEVICE.writer(), head.seq, &"ab".repeat(32)));
    head.prev.iter().for_each(|hash| stays_on_the_shelf(&names::head(&DEVICE.writer(), head.seq, hash)));
    for releases in head.products.values() {
        assert!(releases.len() <= caps::READ_RELEASES);
        releases.iter().for_each(|release| record_stands(Room::Releases, release.as_str()));
    }
    head.messages.iter().chain(&head.card).for_each(|hash| record_stands(Room::Messages, hash));
    head.gov.iter().for_each(|hash| record_stands(Room::Rosters, hash));
    head.seen.keys().for_each(|writer| stays_on_the_shelf(&names::writer(writer.as_str())));
    for name in &head.gc_plan {
        let own = format!("{}/{name}", names::writer(DEVICE.writer().as_str()));
        stays_on_the_shelf(&own);
    }
}

fn release(release: &Release) {
    assert!((1..=caps::RELEASE_MAX).contains(&release.n) && release.parents.len() <= caps::PARENTS);
    release.parents.iter().for_each(|parent| record_stands(Room::Releases, parent.as_str()));
    release.list.iter().chain(&release.keyring).for_each(|hash| content_stands(hash));
    assert!(release.list_size <= caps::LIST_BYTES && release.keyring_size <= caps::KEYRING_BYTES);
}

fn roster(roster: &Roster) {
    let stewards: HashSet<_> = roster.stewards.iter().collect();
    assert!(stewards.len() == roster.stewards.len() && (1..=stewards.len()).contains(&(roster.threshold as usize)));
    roster.prev.iter().for_each(|hash| record_stands(Room::Rosters, hash));
    let devices: Vec<_> = roster.people.iter().flat_map(|person| &person.writers).collect();
    assert_eq!(devices.iter().map(|device| &device.id).collect::<HashSet<_>>().len(), devices.len(), "one person each");
    assert!(roster.steward_people(&roster.stewards).len() <= stewards.len());
    for device in devices {
        stays_on_the_shelf(&names::writer(device.id.as_str()));
        assert_eq!(roster.device(&device.id), Some(device));
    }
}

fn card(card: &CardRecord) {
    let person = card.person();
    for text in [&person.name, &person.role].into_iter().chain(&person.email) {
        assert!(!text.chars().any(char::is_control), "harmless on one line: {text:?}");
    }
    assert!(card.says_the_same(card) && person.color < 6);
    if let Some(lock) = card.recipient.as_deref().and_then(sealed::lock) {
        assert_eq!(Some(lock.to_string()), card.recipient, "one key is written in one way");
        assert!(sealed::seal_bytes(&[lock], b"flour").is_ok(), "what may be encrypted to is encrypted to");
    }
}

fn rules(rules: &Rules) {
    let (read, unknown) = rules.rules.read();
    assert!(read.fault().is_none() && unknown.len() <= rules.rules.required.len() + 1);
    rules.prev.iter().chain(&rules.rosters).for_each(|hash| record_stands(Room::Rosters, hash));
}

fn founding(payload: &str) -> bool {
    let bytes = envelope::seal_text(&DEVICE, "founding", payload);
    let Some((shelf, writer, founding)) = open_founding(&bytes) else { return false };
    assert!(bytes.len() as u64 <= caps::MESSAGE_BYTES);
    assert_eq!((shelf.as_str(), writer), (envelope::sha256(&bytes).as_str(), DEVICE.writer()));
    stays_on_the_shelf(&names::founding(shelf.as_str()));
    if founding.protocol == caps::WRITES {
        let written = seal_founding(&DEVICE, &founding).expect("what was read can be written");
        if written.len() as u64 <= caps::MESSAGE_BYTES {
            assert_eq!(open_founding(&written).map(|(_, _, read)| read), Some(founding));
        }
    }
    true
}

/// A list of files, plain or as it is inside of what is encrypted, and the text in a keyring.
pub fn lists(bytes: &[u8]) {
    list(bytes);
    sealed_list(bytes);
    sealed::fuzzing::keyring_text(bytes);
}

/// Whether the bytes are a list of a release's files.
pub(super) fn list(bytes: &[u8]) -> bool {
    let Some(files) = FileList::read(bytes) else { return false };
    let parts = files.iter().map(|file| file.parts.len()).sum::<usize>();
    assert!((1..=caps::FILES).contains(&files.len()) && parts <= caps::PARTS && bytes.len() as u64 <= caps::LIST_BYTES);
    apart(files.iter().map(|file| file.name.as_str()));
    for file in &files {
        stays_inside(&file.name);
        content_sums_up(&file.parts, file.size_bytes);
    }
    let listed = files.iter().map(|file| ListedFile {
        name: file.name.clone(),
        parts: file.parts.clone(),
        size: file.size_bytes,
        sha256: file.sha256.clone(),
        media_type: file.media_type.clone(),
    });
    let list = FileList { protocol: caps::WRITES, files: listed.collect() };
    let written = serde_json::to_vec(&list).expect("a list is JSON");
    let read: Option<Vec<ReleaseFile>> = FileList::read(&written);
    assert!(read.is_none_or(|read| read == files), "it says the same again");
    true
}

fn sealed_list(bytes: &[u8]) {
    let Some(list) = SealedList::read(bytes) else { return };
    apart(list.files.iter().map(|file| file.name.as_str()));
    for file in &list.files {
        stays_inside(&file.name);
        content_sums_up(&file.parts, file.sealed_size);
        assert!(file.size < file.sealed_size);
    }
    assert!(list.recipients.len() <= caps::SEAL_LOCKS && list.says_the_same(&list));
    let written = serde_json::to_vec(&list).expect("a list is JSON");
    assert!(SealedList::read(&written).is_none_or(|read| read == list), "it says the same again");
}

/// Names that no system takes for one another.
fn apart<'n>(names: impl Iterator<Item = &'n str>) {
    let mut met = HashSet::new();
    names.for_each(|name| assert!(met.insert(name.to_lowercase()), "{name} twice"));
}

fn content_sums_up(parts: &[(String, u64)], size: u64) {
    assert_eq!(parts.iter().map(|(_, size)| u128::from(*size)).sum::<u128>(), u128::from(size));
    assert!(parts.iter().all(|(_, size)| (1..=caps::PART_BYTES).contains(size)));
    parts.iter().for_each(|(hash, _)| content_stands(hash));
}
