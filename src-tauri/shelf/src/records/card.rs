//! Who works at a computer, in their own words, and their wish to join.

use larder_model::{Person, PersonId, ShelfId, WriterId, display_text};
use serde::{Deserialize, Serialize};

use super::{is_app, is_moment, is_short};
use crate::{caps, envelope::Record, names};

/// A person's card, written by each of their devices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct CardRecord {
    pub protocol: u32,
    pub shelf: ShelfId,
    pub person_id: PersonId,
    pub name: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub color: u8,
    /// What to encrypt to for this device, as `age` writes it. Later kinds may stand here too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    pub app: String,
    pub at: String,
    /// Other computers of the same person, whose six words were compared on both screens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<WriterId>,
}

impl CardRecord {
    /// The person as colleagues see them: harmless on one line.
    pub fn person(&self) -> Person {
        Person {
            name: display_text(&self.name, caps::NAME_CHARS),
            role: display_text(&self.role, caps::NAME_CHARS),
            email: self.email.as_deref().map(|email| display_text(email, caps::NAME_CHARS)),
            color: self.color % 6,
        }
    }

    /// Whether it says the same as another, whenever it was said.
    pub fn says_the_same(&self, other: &CardRecord) -> bool {
        let said = |card: &CardRecord| {
            (card.person_id.clone(), card.name.clone(), card.role.clone(), card.email.clone(), card.color)
        };
        said(self) == said(other) && self.recipient == other.recipient && self.links == other.links
    }
}

impl Record for CardRecord {
    const TYPE: &'static str = "card";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        PersonId::parse(self.person_id.as_str()).is_some()
            && is_short(&self.name, caps::NAME_CHARS)
            && is_short(&self.role, caps::NAME_CHARS)
            && self.email.as_deref().is_none_or(|email| is_short(email, caps::NAME_CHARS))
            && self.recipient.as_deref().is_none_or(|recipient| is_short(recipient, caps::RECIPIENT_CHARS))
            && is_app(&self.app)
            && is_moment(&self.at)
            && self.links.len() <= caps::LINKS
            && self.links.iter().all(|w| names::is_writer(w.as_str()))
    }
}

/// A wish to be confirmed, naming the card that says who asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct JoinRequest {
    pub protocol: u32,
    pub shelf: ShelfId,
    pub card: String,
    pub at: String,
}

impl Record for JoinRequest {
    const TYPE: &'static str = "join";
    const CAP: u64 = caps::MESSAGE_BYTES;

    fn is_sound(&self) -> bool {
        names::is_hash(&self.card) && is_moment(&self.at)
    }
}
