//! What people's computers say on a shelf, record by record: typed, capped, checked before anything looks at it.

mod card;
mod founding;
mod head;
mod list;
mod message;
mod release;
mod roster;
mod rules;

pub(crate) use card::{CardRecord, JoinRequest};
pub(crate) use founding::{Founding, open_founding, seal_founding};
pub(crate) use head::{Head, SeenMark};
pub(crate) use list::{FileList, ListedFile, is_media_type};
pub(crate) use message::{AnswerRecord, ReceiptRecord, RequestRecord, ReviewRecord, Reviewed, Verdict, WithdrawRecord};
pub(crate) use release::{Release, State};
pub(crate) use roster::{CoSignature, Roster, RosterPerson, RosterWriter, Status};
pub(crate) use rules::{Rules, RulesText};

use crate::caps;

/// Whether this is a moment in RFC 3339.
pub(crate) fn is_moment(text: &str) -> bool {
    text.len() <= 64 && text.parse::<jiff::Timestamp>().is_ok()
}

/// The moment as others may read it, or `Invalid`.
///
/// # Errors
/// `Invalid` where it is not RFC 3339.
pub(crate) fn moment(text: &str) -> Result<String, larder_model::Refusal> {
    if is_moment(text) {
        return Ok(text.to_owned());
    }
    Err(larder_model::Refusal::new(larder_model::RefusalCode::Invalid).with("what", "time").with("value", text))
}

/// Whether a text is at most so many characters.
pub(crate) fn is_short(text: &str, max_chars: usize) -> bool {
    text.len() <= max_chars.saturating_mul(4) && text.chars().count() <= max_chars
}

/// Whether every one is a hash, none comes twice, and they are at most so many.
pub(crate) fn are_hashes<S: AsRef<str>>(hashes: &[S], most: usize) -> bool {
    let mut met = std::collections::HashSet::new();
    hashes.len() <= most && hashes.iter().all(|h| crate::names::is_hash(h.as_ref()) && met.insert(h.as_ref()))
}

/// Our own name and version, as heads and cards tell it.
pub(crate) fn app() -> String {
    format!("larder {}", env!("CARGO_PKG_VERSION"))
}

/// Whether a version text is of a sane length.
pub(crate) fn is_app(text: &str) -> bool {
    is_short(text, caps::NAME_CHARS)
}
