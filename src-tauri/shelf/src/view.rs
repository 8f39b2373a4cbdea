//! What a person sees of a shelf, and what odd things there are to tell about it.

use std::collections::BTreeMap;

use larder_model::{HouseRules, Params, Person, PersonId, ProductId, ReleaseHash, ShelfId, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::requests::{AccessRequest, Receipt, Review};
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
    /// Whether the roster says that nobody listens to this device any more: it was taken out of use, or lost.
    #[serde(default)]
    pub out_of_use: bool,
    /// Everyone on it: the confirmed first, then who asks to join.
    pub people: Vec<Member>,
    /// Every data product, by id.
    pub products: Vec<Seen>,
    /// Requests for access, and what became of them: those of the confirmed, in the order of their hashes.
    #[serde(default)]
    pub requests: Vec<AccessRequest>,
    /// What the confirmed say to have looked over, by data product and person.
    #[serde(default)]
    pub reviews: Vec<Review>,
    /// What the confirmed use data products for, as far as this reader may know it.
    #[serde(default)]
    pub receipts: Vec<Receipt>,
    /// What is odd.
    pub alerts: Vec<Alert>,
    /// Whether [`crate::note_seen`] has something to tell others.
    pub has_news: bool,
    /// Up to which of its heads everything of a device has arrived here.
    pub arrived: BTreeMap<WriterId, u64>,
    /// The house rules in force.
    pub rules: RulesInForce,
    /// Who changed what of the rules with each version, oldest first; of very many versions, the newest.
    #[serde(default)]
    pub rules_history: Vec<RulesChange>,
    /// How many stewards have to sign the next roster and the next house rules.
    #[serde(default)]
    pub threshold: u32,
    /// Next rosters and rules that wait for more signatures.
    pub proposals: Vec<Proposal>,
    /// What would be better otherwise, without being wrong.
    pub hints: Vec<Hint>,
}

/// The house rules of a shelf as they count for this reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RulesInForce {
    /// Their version; 0 where the stewards have said nothing and the usual ones count.
    pub version: u64,
    /// The rules; of several versions side by side, only what all of them allow.
    pub rules: HouseRules,
    /// Words of theirs that this Larder does not know.
    pub unknown: Vec<String>,
    /// Since when, RFC 3339.
    pub at: Option<String>,
    /// Whether several versions stand side by side.
    pub fork: bool,
    /// Whether they ask for a newer Larder: then this one only reads.
    pub too_new: bool,
}

/// A version of the house rules that came into force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RulesChange {
    /// Its number.
    pub version: u64,
    /// The device of the steward who wrote it.
    pub by: WriterId,
    /// When, RFC 3339.
    pub at: String,
    /// What it says otherwise than the version before.
    pub changes: Vec<Decided>,
}

/// A next roster, or next house rules, that too few stewards have signed yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Proposal {
    /// What to sign.
    pub hash: String,
    /// Whether it is about the house rules; else about people.
    pub rules: bool,
    /// The device of the steward who wrote it.
    pub by: WriterId,
    /// When, RFC 3339.
    pub at: String,
    /// Stewards who have signed it.
    pub signed: Vec<PersonId>,
    /// Stewards who have not.
    pub unsigned: Vec<PersonId>,
    /// How many more have to.
    pub missing: u32,
    /// Whether the reader is one of those who may.
    pub mine_to_sign: bool,
    /// What would be different.
    pub changes: Vec<Decided>,
}

/// A difference between two rosters or two versions of the house rules. Texts are in the words under `decided-<code>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Decided {
    /// Which sentence.
    pub code: DecidedCode,
    /// The values in it.
    pub params: Params,
}

/// What is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecidedCode {
    /// Somebody is on the roster who was not \[name\].
    PersonAdded,
    /// Somebody is on it no more \[name\].
    PersonRemoved,
    /// Somebody has another name or role \[name, before\].
    PersonRenamed,
    /// Somebody has one more computer \[name, writer\].
    DeviceAdded,
    /// A computer is in use no more \[name, writer\].
    DeviceRetired,
    /// A computer was lost; what it said after a moment does not count \[name, writer, seq\].
    DeviceRevoked,
    /// Somebody's computer may confirm others \[name, writer\].
    StewardAdded,
    /// Somebody's computer may not confirm others any more \[name, writer\].
    StewardRemoved,
    /// So many stewards have to sign \[before, after\].
    Threshold,
    /// Versions that stand side by side become one \[count\].
    Healed,
    /// A house rule says something else \[what, before, after\].
    RuleChanged,
}

impl DecidedCode {
    /// Every code, so that the words can be proven complete.
    pub const ALL: [DecidedCode; 11] = {
        use DecidedCode::*;
        [
            PersonAdded,
            PersonRemoved,
            PersonRenamed,
            DeviceAdded,
            DeviceRetired,
            DeviceRevoked,
            StewardAdded,
            StewardRemoved,
            Threshold,
            Healed,
            RuleChanged,
        ]
    };
}

/// Something that would be better otherwise. Texts are in the words under `hint-<hint>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "hint", rename_all = "snake_case")]
pub enum Hint {
    /// Only one person may confirm others: if that computer is lost, nobody can any more.
    OneSteward,
    /// Every steward has to sign: if one computer is lost, nothing can be decided any more.
    NoSpareSteward {
        /// How many have to sign.
        threshold: u32,
    },
    /// No steward is left who could decide anything: the way on is another shelf.
    NoSteward,
    /// The reader's key is in use on two computers, or this one was restored: one of them has to be set up anew.
    RecreateDevice,
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
    /// All their devices, with those that do not count any more.
    pub devices: Vec<MemberDevice>,
    /// Somebody confirmed whose other computer this says to be, and whose computer says so too: a steward only has to confirm.
    pub second_of: Option<PersonId>,
    /// Another name that somebody confirmed would like to have: it counts once a steward has confirmed that computer again.
    #[serde(default)]
    pub wish: Option<NameWish>,
}

/// A name that somebody would like to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NameWish {
    /// The computer whose card says so.
    pub writer: WriterId,
    /// The name, harmless on one line.
    pub name: String,
}

/// A computer of somebody on a shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberDevice {
    /// Which.
    pub writer: WriterId,
    /// How it stands.
    pub standing: DeviceStanding,
    /// Whether it may confirm others.
    pub steward: bool,
    /// Six words to compare by phone.
    pub words: [String; 6],
    /// The number of the last head of it that counts, where a later one does not.
    pub last_good_seq: Option<u64>,
    /// Computers of which its card says that they are the same person's. Only a claim until those say so too.
    pub links: Vec<WriterId>,
    /// When it last said whose it is, by its own clock, RFC 3339.
    pub introduced_at: Option<String>,
    /// When it last said anything that counts, by its own clock, RFC 3339.
    pub active_at: Option<String>,
}

/// How a device stands. Texts are in the words under `device-<standing>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceStanding {
    /// Not confirmed yet.
    Asks,
    /// In use.
    Active,
    /// No longer in use.
    Retired,
    /// Lost or stolen.
    Revoked,
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
    /// All of it stands there, and the bytes of some of it lie in a cloud behind the place.
    CloudOnly {
        /// Files of which that is so.
        files: u64,
        /// Whether they come when they are asked for; else only the program that keeps the folder in step can bring them.
        on_request: bool,
    },
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
    /// Two versions of the house rules side by side: only what both allow counts until a steward brings them together.
    RulesFork,
    /// Newer house rules have arrived, but not what they stand upon.
    RulesArriving,
    /// A device was put out of use, and the last head of it that counts is not here, so nobody can tell what of it stands:
    /// what was accepted of it counts as unconfirmed.
    LastGoodMissing {
        /// The device.
        writer: WriterId,
    },
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
    /// Records whose bytes lie in a cloud and did not come when they were asked for.
    CloudOnly {
        /// How many.
        files: u64,
    },
    /// Files that could not be read.
    Unreadable {
        /// How many.
        files: u64,
    },
}
