//! What a person sees of a shelf, and what odd things there are to tell about it.

use std::collections::BTreeMap;

use larder_model::{Person, PersonId, ProductId, ReleaseHash, ShelfId, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::requests::AccessRequest;
use crate::sealed::{SealedFile, SealedSeen};

/// A shelf as it stands for this reader at this moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct View {
    /// The shelf.
    pub shelf: ShelfId,
    /// Its name.
    pub name: String,
    /// Six words of the founder's device, to compare by phone when joining without an invitation.
    pub founder_words: [String; 6],
    /// Everyone on it: the confirmed first, then who asks to join.
    pub people: Vec<Member>,
    /// Every data product, by id.
    pub products: Vec<Seen>,
    /// Requests for access, and what became of them: those of the confirmed, in the order of their hashes.
    #[serde(default)]
    pub requests: Vec<AccessRequest>,
    /// What is odd.
    pub alerts: Vec<Alert>,
    /// Whether [`crate::note_seen`] has something to tell others.
    pub has_news: bool,
    /// Up to which of its heads everything of a device has arrived here.
    pub arrived: BTreeMap<WriterId, u64>,
}

impl View {
    /// The product of this id.
    pub fn product(&self, id: &ProductId) -> Option<&Seen> {
        self.products.iter().find(|seen| seen.product == *id)
    }

    /// This reader, if it has a card on the shelf.
    pub fn me(&self) -> Option<&Member> {
        self.people.iter().find(|member| member.is_me)
    }
}

/// The number that the next release of a product would get if it were published now.
pub fn next_release(view: &View, product: &ProductId) -> u64 {
    let Some(seen) = view.product(product) else { return 1 };
    let others = seen.other_versions.iter().map(|other| other.release);
    others.chain([seen.release]).max().unwrap_or(0) + 1
}

/// Somebody on a shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Member {
    /// Who, over all their devices. Of somebody who is not confirmed, only what they claim.
    pub person_id: PersonId,
    /// Who, in words. Of somebody who is not confirmed, only what they claim.
    pub person: Person,
    /// Their devices.
    pub writers: Vec<WriterId>,
    /// What to encrypt to for each device in use, as its card says; only of the confirmed.
    #[serde(default)]
    pub recipients: BTreeMap<WriterId, String>,
    /// Whether a steward put them on the roster.
    pub confirmed: bool,
    /// Whether they may confirm others.
    pub steward: bool,
    /// Six words of their first device, to compare by phone.
    pub words: [String; 6],
    /// Whether this is the reader.
    pub is_me: bool,
    /// When they last looked and something new had arrived, RFC 3339.
    pub seen_at: Option<String>,
}

/// A data product as it stands for this reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Seen {
    /// Which.
    pub product: ProductId,
    /// Number of the release that counts; 0 while not even its record has arrived.
    pub release: u64,
    /// That release.
    pub hash: ReleaseHash,
    /// Its name.
    pub title: String,
    /// The device that published it.
    pub writer: WriterId,
    /// Whose device that is, as far as known.
    pub keeper_person: Option<Person>,
    /// Whether the publisher is on the roster.
    pub confirmed: bool,
    /// How it stands.
    pub state: SeenState,
    /// Its rows.
    pub rows: u64,
    /// Size of all its files.
    pub size_bytes: u64,
    /// Its files; empty while their list has not arrived, and of a retired one.
    pub files: Vec<ReleaseFile>,
    /// When it was published, RFC 3339; empty while not known.
    pub published_at: String,
    /// Small extras that its publisher added.
    #[ts(type = "unknown")]
    pub about: serde_json::Value,
    /// Why it was retired.
    pub reason: Option<String>,
    /// What to use in its place.
    pub successor: Option<ProductId>,
    /// Releases before it that are still kept, newest first.
    pub earlier: Vec<EarlierRelease>,
    /// Releases beside it of which none came from the other.
    pub other_versions: Vec<EarlierRelease>,
    /// Colleagues whose device has it, in the order of noticing.
    pub seen_by: Vec<PersonId>,
    /// When each of them noticed, RFC 3339.
    pub seen_at: BTreeMap<PersonId, String>,
    /// What is known of its seal, where it has one.
    #[serde(default)]
    pub sealed: Option<SealedSeen>,
}

/// How a data product stands for this reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SeenState {
    /// All of it is there.
    Ready,
    /// Something of it is still on its way.
    Arriving {
        /// Files that are there.
        have: u64,
        /// Files that it needs.
        need: u64,
    },
    /// All of it is there, and a newer one is on its way.
    ReadyNewerArriving {
        /// Files of the newer one that are there.
        have: u64,
        /// Files that the newer one needs.
        need: u64,
    },
    /// Two people published at the same time; the next release brings them together.
    TwoVersions,
    /// Taken off the shelf by its keeper.
    Retired,
    /// What is there is not what was published; its publisher has to send it again.
    Damaged,
    /// The place shows an older state than it once did.
    WentBackwards,
    /// All of it that can be told is there, and this device has no key to it.
    NeedsKey,
    /// Published by a newer Larder.
    NeedsNewerLarder,
}

/// Another release of the same product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EarlierRelease {
    /// Its number.
    pub release: u64,
    /// Which.
    pub hash: ReleaseHash,
    /// The device that published it.
    pub writer: WriterId,
    /// False where it is a retirement.
    pub live: bool,
    /// Its rows.
    pub rows: u64,
    /// Size of all its files.
    pub size_bytes: u64,
    /// When it was published, RFC 3339.
    pub published_at: String,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReleaseFile {
    /// Its name; may be in folders, joined with `/`. Safe on every system.
    pub name: String,
    /// Its size.
    pub size_bytes: u64,
    /// sha256 in base 16.
    pub sha256: String,
    /// Media type (RFC 6838).
    pub media_type: String,
    /// Hash and size of the parts that it is cut into, in order.
    pub parts: Vec<(String, u64)>,
    /// How it stands on the shelf where it is sealed: then the parts are those of the encrypted file, and
    /// [`crate::fetch_as`] brings it.
    #[serde(default)]
    pub sealed: Option<SealedFile>,
}

/// Something odd about a shelf. Texts are in the words under `alert-<alert>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "alert", rename_all = "snake_case")]
pub enum Alert {
    /// A device's folder shows an older state than it once did.
    WentBackwards {
        /// The device.
        writer: WriterId,
    },
    /// Two heads with one number: the same key works on two computers, or one was restored.
    Fork {
        /// The device.
        writer: WriterId,
    },
    /// A head's number jumped.
    SeqJump {
        /// The device.
        writer: WriterId,
    },
    /// Somebody has seen more of a device than there is here.
    SawNewer {
        /// The device.
        writer: WriterId,
        /// Who has seen more.
        by: WriterId,
        /// Up to which head they saw.
        theirs: u64,
        /// Up to which head there is here.
        ours: u64,
    },
    /// Two rosters side by side: only what both allow counts until a steward brings them together.
    RosterFork,
    /// A newer roster has arrived, but not the one before it.
    RosterArriving,
    /// Somebody who is not confirmed published a version of a confirmed product; it is left out.
    UnconfirmedVersion {
        /// The product.
        product: ProductId,
        /// The device.
        writer: WriterId,
    },
    /// A release whose number does not follow from what it came from; it is left out.
    BadCounter {
        /// The product.
        product: ProductId,
        /// The device.
        writer: WriterId,
    },
    /// There is another founding record in the folder.
    TwoShelves {
        /// The other shelf.
        other: ShelfId,
    },
    /// The founding record is gone; what was pinned before still counts.
    FoundingMissing,
    /// Written by a newer Larder and left out.
    NeedsNewer {
        /// The device.
        writer: WriterId,
    },
    /// Two people whose names look alike.
    LookAlike {
        /// The device of the one who is not confirmed.
        writer: WriterId,
        /// Their name.
        name: String,
        /// The name that it looks like.
        like: String,
    },
    /// Unusually much stands in a folder; the rest of it is left out.
    TooMuch {
        /// The folder.
        folder: String,
    },
    /// Files that could not be read.
    Unreadable {
        /// How many.
        files: u64,
    },
}
