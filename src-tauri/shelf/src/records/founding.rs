//! The founding record: the root of everything else on a shelf. Its hash is the shelf's id.

use larder_model::{Refusal, ShelfId, WriterId};
use serde::{Deserialize, Serialize};

use super::{is_moment, is_short};
use crate::{Device, caps, envelope};

const TYPE: &str = "founding";

/// What the founder says once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Founding {
    /// The protocol of the whole shelf.
    pub protocol: u32,
    /// The shelf's name.
    pub name: String,
    /// When, RFC 3339.
    pub at: String,
    /// Makes two shelves of the same name and moment two shelves. Base 16.
    pub nonce: String,
}

/// A founding record's file.
///
/// # Errors
/// `Invalid` for a name that is too long or a moment that is none.
pub(crate) fn seal_founding(device: &Device, founding: &Founding) -> Result<Vec<u8>, Refusal> {
    let refuse =
        || Refusal::new(larder_model::RefusalCode::Invalid).with("what", "shelf").with("value", founding.name.as_str());
    if !is_sound(founding) {
        return Err(refuse());
    }
    let payload = serde_json::to_string(founding).map_err(|_| refuse())?;
    Ok(envelope::seal_text(device, TYPE, &payload))
}

/// Which shelf this file founds, by whom, if it is a founding record. One of a newer protocol counts too: its name may be empty.
pub(crate) fn open_founding(bytes: &[u8]) -> Option<(ShelfId, WriterId, Founding)> {
    #[derive(Deserialize)]
    struct Later {
        protocol: u32,
        #[serde(default)]
        name: Option<serde_json::Value>,
    }
    if bytes.len() as u64 > caps::MESSAGE_BYTES {
        return None;
    }
    let (writer, payload) = envelope::unseal(bytes, TYPE)?;
    let later: Later = crate::json::read(payload.as_bytes())?;
    let founding = if later.protocol > caps::WRITES {
        let name = later.name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
        Founding { protocol: later.protocol, name, at: String::new(), nonce: String::new() }
    } else {
        crate::json::read::<Founding>(payload.as_bytes()).filter(is_sound)?
    };
    Some((ShelfId::parse(&envelope::sha256(bytes))?, writer, founding))
}

fn is_sound(founding: &Founding) -> bool {
    founding.protocol == caps::WRITES
        && is_short(&founding.name, caps::TITLE_CHARS)
        && is_moment(&founding.at)
        && founding.nonce.len() <= 64
}
