//! The envelope of every record: who says it, and that they said exactly this.
//!
//! `{t: type, p: payload text, k: public key, s: signature}`; the signature is Ed25519 over `LARDERv1 len(t) t len(p) p`
//! (the idea of DSSE: exact bytes, so no canonical JSON is needed). One statement has exactly one file: an envelope written
//! in any other way than ours is refused, so nobody can make a second file of somebody else's words.

use std::borrow::Cow;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use ed25519_dalek::{Signature, VerifyingKey};
use larder_model::{Refusal, RefusalCode, ShelfId, WriterId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::broken::{self, Broken};
use crate::{Device, caps};

/// A kind of record.
pub(crate) trait Record: Serialize + DeserializeOwned {
    /// Its type, which is signed.
    const TYPE: &'static str;
    /// The largest file it may be.
    const CAP: u64;
    /// The newest protocol in which there is such a record. What a later one makes of it is not guessed.
    const READS: u32 = caps::WRITES;
    /// Whether every field is within its grammar and its cap.
    fn is_sound(&self) -> bool;
}

/// A record whose signature holds.
#[derive(Debug, Clone)]
pub(crate) struct Signed<T> {
    /// sha256 of the file.
    pub hash: String,
    /// Who signed it.
    pub writer: WriterId,
    /// What they said.
    pub body: T,
}

/// What a file turned out to be.
#[derive(Debug)]
pub(crate) enum Opened<T> {
    /// A sound record of this shelf.
    Good(Signed<T>),
    /// Signed for this shelf, but in a newer protocol.
    TooNew(WriterId),
    /// Anything else: torn, forged, of another type or another shelf.
    Bad,
}

impl<T> Opened<T> {
    /// The record, if it is one.
    pub fn good(self) -> Option<Signed<T>> {
        match self {
            Opened::Good(signed) => Some(signed),
            _ => None,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(borrow)]
    t: Cow<'a, str>,
    #[serde(borrow)]
    p: Cow<'a, str>,
    #[serde(borrow)]
    k: Cow<'a, str>,
    #[serde(borrow)]
    s: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Frame {
    protocol: u32,
    shelf: ShelfId,
}

/// sha256 in base 16.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// A writer's name: the hash of its public key.
pub(crate) fn writer_of(key: &[u8; 32]) -> WriterId {
    let mut name = BASE32_NOPAD.encode(&Sha256::digest(key)).to_ascii_lowercase();
    name.truncate(26);
    WriterId::parse(&name).expect("base 32 in lower case follows the grammar of ids")
}

fn message(kind: &str, payload: &str) -> Vec<u8> {
    let kind = if broken::is(Broken::TypeUnsigned) { "" } else { kind };
    let mut message = format!("LARDERv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    message.extend_from_slice(payload.as_bytes());
    message
}

/// A record's file, signed by this device.
///
/// # Errors
/// `TooLarge` where it would not be read by others; `Bug` where it is not sound.
pub(crate) fn seal<T: Record>(device: &Device, body: &T) -> Result<Vec<u8>, Refusal> {
    if !body.is_sound() {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", T::TYPE));
    }
    let bug = |e: serde_json::Error| Refusal::new(RefusalCode::Bug).with("detail", e.to_string());
    let payload = serde_json::to_string(body).map_err(bug)?;
    let bytes = seal_text(device, T::TYPE, &payload);
    if bytes.len() as u64 > T::CAP {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", T::TYPE).with("limit", T::CAP));
    }
    Ok(bytes)
}

/// An envelope around any payload.
pub(crate) fn seal_text(device: &Device, kind: &str, payload: &str) -> Vec<u8> {
    let envelope = Envelope {
        t: kind.into(),
        p: payload.into(),
        k: HEXLOWER.encode(&device.public_key()).into(),
        s: HEXLOWER.encode(&device.sign(&message(kind, payload))).into(),
    };
    serde_json::to_vec(&envelope).expect("four texts are always JSON")
}

/// The type that a file claims, if it has the shape of an envelope. Nothing about it is verified.
pub(crate) fn kind_of(bytes: &[u8]) -> Option<String> {
    if !crate::json::is_shallow(bytes) {
        return None;
    }
    serde_json::from_slice::<Envelope>(bytes).ok().map(|envelope| envelope.t.into_owned())
}

/// Who signed which payload, if this file is an envelope of that type and the signature holds strictly.
pub(crate) fn unseal(bytes: &[u8], kind: &str) -> Option<(WriterId, String)> {
    if !crate::json::is_shallow(bytes) {
        return None;
    }
    let envelope: Envelope = serde_json::from_slice(bytes).ok()?;
    if envelope.t != kind || serde_json::to_vec(&envelope).ok()?.as_slice() != bytes {
        return None;
    }
    let key = exact::<32>(&envelope.k)?;
    let signature = exact::<64>(&envelope.s)?;
    let verified = verify(&key, &message(kind, &envelope.p), &signature);
    if !verified && !broken::is(Broken::SignatureUnchecked) {
        return None;
    }
    Some((writer_of(&key), envelope.p.into_owned()))
}

/// Whether a key signed this message. Trials ask the same things a million times over, and the answer is always the same.
#[cfg(test)]
use crate::trials::verify_once as verify;
#[cfg(not(test))]
use verify_now as verify;

/// Whether a key signed this message, strictly.
pub(crate) fn verify_now(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let signature = Signature::from_bytes(signature);
    VerifyingKey::from_bytes(key).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}

fn exact<const N: usize>(hex: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}

/// What this file is on this shelf.
pub(crate) fn open<T: Record>(bytes: &[u8], shelf: &ShelfId) -> Opened<T> {
    if bytes.len() as u64 > T::CAP {
        return Opened::Bad;
    }
    let Some((writer, payload)) = unseal(bytes, T::TYPE) else { return Opened::Bad };
    let Some(frame) = crate::json::read::<Frame>(payload.as_bytes()) else { return Opened::Bad };
    if (frame.shelf != *shelf && !broken::is(Broken::OtherShelf)) || frame.protocol == 0 {
        return Opened::Bad;
    }
    if frame.protocol > T::READS {
        return Opened::TooNew(writer);
    }
    match crate::json::read::<T>(payload.as_bytes()).filter(T::is_sound) {
        Some(body) => Opened::Good(Signed { hash: sha256(bytes), writer, body }),
        None => Opened::Bad,
    }
}
