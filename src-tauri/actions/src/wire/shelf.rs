//! The shelf, today, people, activity, sync.

use larder_catalog::Hit;
use larder_model::{Condition, Params, ProductId, PromiseState, Refusal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The state of a data product on this computer. Texts are in the words under `state-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// All there.
    Ready,
    /// All there, and a newer release is on its way.
    ReadyNewerArriving,
    /// Not all of it has arrived.
    Arriving,
    /// On the shelf; its rows are not on this computer.
    NotHere,
    /// Two releases that do not know of each other.
    TwoVersions,
    /// Taken off the shelf by its keeper.
    Retired,
    /// The copy does not match its seal.
    Damaged,
    /// The place shows something older than was seen before.
    WentBackwards,
    /// Written by a newer Larder.
    NeedsNewerLarder,
    /// Only its label is on the shelf; ask the keeper for the rows.
    LabelOnly,
    /// Sealed, and not for this computer; ask the keeper for access.
    NeedsKey,
    /// On the shelf, and its rows lie in a cloud behind the place.
    CloudOnly,
}

impl CardState {
    /// Every state, so that the words can be proven complete.
    pub const ALL: [CardState; 12] = {
        use CardState::*;
        [
            Ready,
            ReadyNewerArriving,
            Arriving,
            NotHere,
            TwoVersions,
            Retired,
            Damaged,
            WentBackwards,
            NeedsNewerLarder,
            LabelOnly,
            NeedsKey,
            CloudOnly,
        ]
    };
}

/// A label on the shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LabelCard {
    /// Which data product.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// Its one sentence.
    pub summary: String,
    /// Its area.
    pub area: String,
    /// The area's colour, 0 to 5.
    pub color: u8,
    /// Its keeper.
    pub keeper: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// When it was filled, RFC 3339.
    pub filled_at: String,
    /// Whether its promise is kept; none if it has none.
    pub promise: Option<PromiseState>,
    /// Its condition.
    pub condition: Condition,
    /// Its state here.
    pub state: CardState,
    /// Rows in it.
    pub rows: u64,
    /// You follow it.
    pub followed: bool,
    /// You keep it.
    pub mine: bool,
    /// Whoever put it there has been confirmed by a steward.
    pub confirmed: bool,
    /// Only some may read it: for everybody else it is encrypted.
    pub sealed: bool,
}

/// The labels of one area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AreaShelf {
    /// The area's name.
    pub name: String,
    /// Its colour, 0 to 5.
    pub color: u8,
    /// Its labels by name.
    pub labels: Vec<LabelCard>,
}

/// The whole shelf.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct ShelfPage {
    /// Its areas by name.
    pub areas: Vec<AreaShelf>,
    /// Data products on it.
    pub products: u64,
    /// People on it.
    pub people: u64,
    /// Data products of people whom nobody confirmed yet.
    pub unconfirmed: Vec<LabelCard>,
}

/// Asks for data products by anything in their labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindRequest {
    /// What was typed.
    pub query: String,
    /// How many at most.
    pub limit: u32,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
}

/// Something that waits for you. Texts are in the words under `need-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NeedCode {
    /// You promised to fill it, and the hour has passed \[title, since\].
    OverdueMine,
    /// One that you follow is late \[title, since, keeper\].
    OverdueFollowed,
    /// A draft waits to be finished \[title\].
    DraftOpen,
    /// A publication is held up \[title\].
    PublicationHeld,
    /// Someone wants to be confirmed \[name, words\].
    ConfirmPerson,
    /// Somebody confirmed would like to have another name \[name, wish\].
    NameWished,
    /// Somebody asks for access to one of yours \[title, name\].
    AccessAsked,
    /// Another steward proposed something that you may sign \[name\].
    SignProposal,
    /// A computer says to be another one of yours \[words\].
    LinkDevice,
    /// Things to fix in one of yours \[title, count\].
    ThingsToFix,
    /// Two releases that do not know of each other \[title\].
    TwoVersions,
    /// What this computer puts on the shelf counts no more \[shelf\].
    OutOfUse,
    /// Until then somebody was to read one of yours, and they still can \[title, name, since\].
    AccessEnded,
    /// Somebody keeps something in an area now by which readers of one of yours were chosen \[title, name, area, person\].
    AreaJoined,
    /// Somebody keeps nothing in it any more, and can read one of yours because of it \[title, name, area, person\].
    AreaLeft,
    /// Somebody changed the plain copy of one of yours by hand \[title\].
    CopyEdited,
    /// One of yours has to be looked over by the house rules \[title, days\].
    ReviewDue,
    /// The place shows something older than was seen before.
    WentBackwards,
    /// The copy does not match its seal \[title\].
    Damaged,
    /// Files of the shelf lie in a cloud and do not come \[count, shelf\].
    CloudOnly,
    /// Filled again since you last looked, and you follow it \[title, keeper\].
    FollowedFilled,
}

impl NeedCode {
    /// Every need, so that the words can be proven complete.
    pub const ALL: [NeedCode; 21] = {
        use NeedCode::*;
        [
            OverdueMine,
            OverdueFollowed,
            DraftOpen,
            PublicationHeld,
            ConfirmPerson,
            NameWished,
            AccessAsked,
            SignProposal,
            LinkDevice,
            ThingsToFix,
            TwoVersions,
            OutOfUse,
            AccessEnded,
            AreaJoined,
            AreaLeft,
            CopyEdited,
            ReviewDue,
            WentBackwards,
            Damaged,
            CloudOnly,
            FollowedFilled,
        ]
    };
}

/// One thing that waits for you.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Need {
    /// Which sentence.
    pub code: NeedCode,
    /// The values in it.
    pub params: Params,
    /// The data product that it is about.
    pub product: Option<ProductId>,
    /// The draft that it is about.
    pub draft: Option<larder_model::DraftId>,
    /// The computer that it is about.
    pub writer: Option<larder_model::WriterId>,
}

/// The first page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct TodayPage {
    /// At most five.
    pub needs: Vec<Need>,
    /// Filled since midnight.
    pub filled: Vec<LabelCard>,
    /// Late.
    pub overdue: Vec<LabelCard>,
    /// Lately opened, newest first.
    pub recent: Vec<LabelCard>,
    /// The next promise that you have to keep \[title, due\].
    pub next: Option<NextDue>,
}

/// The next promise to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NextDue {
    /// Which data product.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// When, local time `YYYY-MM-DDTHH:MM`.
    pub due: String,
}

/// How this computer and the shelf stand to each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SyncState {
    /// No shelf yet.
    NoShelf,
    /// Nothing left to do.
    UpToDate,
    /// Being looked at.
    Looking,
    /// Copying.
    Copying {
        /// Files done.
        done: u64,
        /// Files in all.
        of: u64,
    },
    /// Nothing goes to the shelf or comes from it until the person says so.
    Paused,
    /// The place does not answer: everything shown is the copy on this computer.
    WorkingFromCopies {
        /// Why.
        refusal: Refusal,
    },
    /// A person has to do something.
    NeedsYou {
        /// What.
        refusal: Refusal,
    },
}

/// The one home of the sync state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Sync {
    /// How it stands.
    pub state: SyncState,
    /// The shelf's name.
    pub shelf: Option<String>,
    /// When the shelf was last looked at, RFC 3339.
    pub at: Option<String>,
    /// What waits on this computer to be put on the shelf, oldest first.
    pub waiting: Vec<Waiting>,
}

/// A publication that is not on the shelf yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Waiting {
    /// Its draft.
    pub draft: larder_model::DraftId,
    /// The name of the data product.
    pub title: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// Why it waits; none while it is only in the queue.
    pub refusal: Option<Refusal>,
}

/// Stops what goes to and comes from the shelf that is looked at, or lets it go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PauseRequest {
    /// Stop, or go on.
    pub paused: bool,
}

/// Entries of the activity page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityRequest {
    /// First entry, 0 is the newest.
    pub start: u64,
    /// How many, at most 200.
    pub count: u64,
}

/// Something that happened here. Texts are in the words under `did-<code>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ActivityEntry {
    /// When, RFC 3339.
    pub at: String,
    /// Which sentence.
    pub code: String,
    /// The values in it.
    pub params: Params,
    /// The data product that it is about.
    pub product: Option<ProductId>,
    /// Who did it.
    pub who: String,
}

/// The activity page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct ActivityPage {
    /// Newest first.
    pub entries: Vec<ActivityEntry>,
    /// How many there are in all.
    pub total: u64,
}
