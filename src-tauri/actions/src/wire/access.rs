//! Who may read a sealed data product, and asking for it.

use larder_model::{PersonId, ProductId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::JobNote;

/// Somebody on the shelf, and whether they can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReaderNote {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// It is you.
    pub is_me: bool,
    /// It was sealed for them.
    pub can_read: bool,
    /// They were chosen, and it is not sealed for them yet: they have no key, or it came later.
    pub waits: bool,
    /// You may seal it for them, too.
    pub may_allow: bool,
    /// You may leave them out of the next version.
    pub may_remove: bool,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerNote {
    /// Whether they are let in.
    pub granted: bool,
    /// A sentence with it; none for everybody but who asked and the keeper.
    pub text: Option<String>,
    /// Who said so.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Until when, RFC 3339.
    pub until: Option<String>,
    /// After that day this computer leaves them out by itself; none where it has no end, or is not this computer's to end.
    pub ends_by_itself: Option<bool>,
}

/// A request for access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequestNote {
    /// Which.
    pub request: String,
    /// Who asks.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What for; none for everybody but who asked and the keeper.
    pub purpose: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
    /// When, RFC 3339.
    pub at: String,
    /// It is yours.
    pub is_mine: bool,
    /// Who asked asks no more.
    pub withdrawn: bool,
    /// What was answered last.
    pub answer: Option<AnswerNote>,
    /// You may answer it.
    pub may_answer: bool,
    /// You may take it back.
    pub may_withdraw: bool,
}

/// Who may read a sealed data product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AccessNote {
    /// Which.
    pub product: ProductId,
    /// This computer can read it.
    pub opens: bool,
    /// Its name is told only to those who can read it.
    pub hidden_title: bool,
    /// Who can be asked; none where nobody knows whose computer put it there.
    pub owner: Option<String>,
    /// What everybody may know of it, and how to ask.
    pub how_to_ask: String,
    /// Everyone who is confirmed: those who can read it first. Empty for who cannot read it.
    pub readers: Vec<ReaderNote>,
    /// You may let others read it, and no longer.
    pub may_change: bool,
    /// You may ask for access.
    pub may_ask: bool,
    /// Requests and what became of them, newest first.
    pub requests: Vec<RequestNote>,
    /// What goes on in the background after what was just asked for: it is put on the shelf anew.
    pub job: Option<JobNote>,
}

/// Asks for access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskRequest {
    /// To what.
    pub product: ProductId,
    /// What for, at most 1,000 characters; only the keeper reads it.
    pub purpose: String,
    /// Until when it is needed, RFC 3339.
    pub until: Option<String>,
}

/// Answers a request for access; whoever is let in can read it from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerRequest {
    /// The id of a [`RequestNote`].
    pub request: String,
    /// Let them in.
    pub granted: bool,
    /// A sentence with it, at most 1,000 characters; only who asked reads it.
    pub text: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
    /// After that moment they stay until the keeper says otherwise; else they are left out by itself.
    #[serde(default)]
    pub stays: bool,
}

/// Says whether somebody who was let in until a day is left out by itself after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndByItselfRequest {
    /// The id of a [`RequestNote`].
    pub request: String,
    /// They are.
    pub on: bool,
}

/// What the keeper says about somebody whom an area brought up, by which readers were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AreaAnswerRequest {
    /// Which data product.
    pub product: ProductId,
    /// Who.
    pub person: PersonId,
    /// They can read it from now on; else they cannot.
    pub let_in: bool,
}

/// Takes a request back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WithdrawRequest {
    /// The id of a [`RequestNote`].
    pub request: String,
}

/// Names somebody and a sealed data product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReaderRequest {
    /// Which data product.
    pub product: ProductId,
    /// Who.
    pub person: PersonId,
}
