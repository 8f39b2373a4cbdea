//! What people say to each other: asking for access to sealed data products and what comes of it, that a data product was looked
//! over, and what it is used for.
//!
//! A request grants nothing, and neither does an answer: only a keyring does. They are how people talk about it, so that both
//! sides know, and later on can tell, who asked whom for what.

mod read;
mod receipt;
mod review;
mod say;

use larder_model::{Person, PersonId, ProductId, ReleaseHash, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use read::{Message, read};
pub use receipt::{Using, say_use, unsay_use};
pub use review::looked_over;
pub use say::{Answer, Ask, answer, ask, withdraw};

/// A request for access, as this reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AccessRequest {
    /// Which request.
    pub request: String,
    /// Access to what.
    pub product: ProductId,
    /// The device that asked.
    pub writer: WriterId,
    /// Whose device that is.
    pub person_id: PersonId,
    /// The same in words.
    pub person: Person,
    /// What for; none for everybody but who asked and the owner at that time.
    pub purpose: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
    /// When it was asked, RFC 3339.
    pub at: String,
    /// Whether this reader asked.
    pub is_mine: bool,
    /// Whether this reader is the owner, who can answer.
    pub is_for_me: bool,
    /// Whether who asked asks no more.
    pub withdrawn: bool,
    /// What the owner said last.
    pub answer: Option<AccessAnswer>,
}

/// What an owner said to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccessAnswer {
    /// Whether they are let in.
    pub granted: bool,
    /// A sentence with it; none for everybody but the two of them.
    pub text: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
    /// The release whose keyring lets them in.
    pub release: Option<ReleaseHash>,
    /// The device that answered.
    pub writer: WriterId,
    /// When, RFC 3339.
    pub at: String,
}

/// Somebody looked a data product over and says that all of it still holds. Whether that is somebody who keeps it, the rooms
/// above know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Review {
    /// Which.
    pub product: ProductId,
    /// The release that was looked at.
    pub release: ReleaseHash,
    /// Who says so.
    pub person_id: PersonId,
    /// When, by their clock, RFC 3339.
    pub at: String,
}

/// What somebody uses a data product for, as far as this reader may know it: whoever keeps it, a steward, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Receipt {
    /// Which.
    pub product: ProductId,
    /// The release that was in use when they said so last.
    pub release: ReleaseHash,
    /// Who says so.
    pub person_id: PersonId,
    /// What for.
    pub purpose: String,
    /// When they said it first, by their clock, RFC 3339.
    pub since: String,
    /// When they said it last.
    pub at: String,
    /// Whether it is this reader who says so.
    pub is_mine: bool,
}
