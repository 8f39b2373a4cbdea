//! What colleagues say to each other: a request for access, its answer, taking it back; that something was looked over; what
//! something is used for. Each stands in the folder of whoever says it.

use std::collections::BTreeSet;

use larder_model::{PersonId, ProductId, ReleaseHash, ShelfId};
use serde::{Deserialize, Serialize};

use super::is_moment;
use crate::{caps, envelope::Record, names};

/// Somebody asks to be let into a sealed data product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RequestRecord {
    pub protocol: u32,
    pub shelf: ShelfId,
    pub product: ProductId,
    /// Who asks, in their own words: the signer's device decides.
    pub person: PersonId,
    /// What for: encrypted to the owner's devices and the asking one, in base 64.
    pub purpose: String,
    /// Until when it is needed, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    pub at: String,
}

impl Record for RequestRecord {
    const TYPE: &'static str = "request";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        ProductId::parse(self.product.as_str()).is_some()
            && PersonId::parse(self.person.as_str()).is_some()
            && self.purpose.len() as u64 <= caps::MESSAGE_BYTES
            && self.until.as_deref().is_none_or(is_moment)
            && is_moment(&self.at)
    }
}

/// What an owner says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// Who asked is let in.
    Granted,
    /// Who asked is not let in.
    Refused,
}

/// An owner's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct AnswerRecord {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// The request's hash.
    pub request: String,
    pub verdict: Verdict,
    /// A sentence with it: encrypted to the devices of who asked and of the answering person, in base 64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Until when, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The release whose keyring lets them in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseHash>,
    pub at: String,
}

impl Record for AnswerRecord {
    const TYPE: &'static str = "answer";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        names::is_hash(&self.request)
            && (self.verdict == Verdict::Granted || self.release.is_none())
            && self.text.as_ref().is_none_or(|text| text.len() as u64 <= caps::MESSAGE_BYTES)
            && self.until.as_deref().is_none_or(is_moment)
            && self.release.as_ref().is_none_or(|hash| names::is_hash(hash.as_str()))
            && is_moment(&self.at)
    }
}

/// Who asked asks no more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct WithdrawRecord {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// The request's hash.
    pub request: String,
    pub at: String,
}

impl Record for WithdrawRecord {
    const TYPE: &'static str = "withdraw";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        names::is_hash(&self.request) && is_moment(&self.at)
    }
}

/// Somebody has looked data products over: all that is said about them still holds. Many stand in one record, so that whoever
/// keeps very many of them does not crowd out what else there is to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReviewRecord {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// Each data product once.
    pub reviews: Vec<Reviewed>,
    pub at: String,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reviewed {
    pub product: ProductId,
    /// What was looked at.
    pub release: ReleaseHash,
    pub at: String,
}

impl Record for ReviewRecord {
    const TYPE: &'static str = "review";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        let mut met = BTreeSet::new();
        (1..=caps::REVIEWS_TOGETHER).contains(&self.reviews.len())
            && self.reviews.iter().all(|one| {
                ProductId::parse(one.product.as_str()).is_some()
                    && names::is_hash(one.release.as_str())
                    && is_moment(&one.at)
                    && met.insert(&one.product)
            })
            && is_moment(&self.at)
    }
}

/// Somebody says what they use a data product for. All of that is encrypted: also which data product it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReceiptRecord {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// Encrypted to the keeper's devices, the stewards' and the speaking one, in base 64.
    pub note: String,
}

impl Record for ReceiptRecord {
    const TYPE: &'static str = "receipt";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        !self.note.is_empty() && self.note.len() as u64 <= caps::MESSAGE_BYTES
    }
}
