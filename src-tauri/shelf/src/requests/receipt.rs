//! Saying what one uses a data product for, where the house rules ask: to its keeper and the stewards, and to nobody else. Not even
//! which data product it is stands there in plain.

use data_encoding::BASE64;
use jiff::{SignedDuration, Timestamp};
use larder_model::{ProductId, Refusal, RefusalCode, ReleaseHash, WriterId};
use serde::{Deserialize, Serialize};

use super::read::Message;
use super::say::{own_messages, put};
use crate::places::Place;
use crate::records::{ReceiptRecord, is_short, moment};
use crate::sealed::{lock, open_bytes, seal_bytes};
use crate::{Device, Trust, caps, heads, names};

/// The same is said again only after so long.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is said is filled up to a multiple of this, so that its length tells little.
const STEP: usize = 512;

/// Saying what one uses something for.
#[derive(Debug, Clone)]
pub struct Using<'a> {
    /// Which data product.
    pub product: &'a ProductId,
    /// The release that is used.
    pub release: &'a ReleaseHash,
    /// What for, at most 1,000 characters.
    pub purpose: &'a str,
    /// The devices of those who may read it and what their cards say to encrypt to, the keeper's first; of very many, the first
    /// are taken.
    pub readers: &'a [(WriterId, String)],
}

/// What is said, as it is encrypted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Purpose {
    pub shelf: larder_model::ShelfId,
    /// Who says it: else somebody could pass on another's words as their own.
    pub writer: WriterId,
    pub product: ProductId,
    pub release: ReleaseHash,
    pub purpose: String,
    /// When this purpose was said first.
    pub since: String,
    pub at: String,
    /// Nothing, as long as is needed.
    pub fill: String,
}

impl Purpose {
    /// What is in a receipt, where this device can read it and it is its signer's own.
    pub fn open(record: &ReceiptRecord, writer: &WriterId, device: &Device) -> Option<Purpose> {
        let bytes = BASE64.decode(record.note.as_bytes()).ok()?;
        let plain = open_bytes(device.key(), &bytes, caps::MESSAGE_BYTES).ok()?;
        let purpose: Purpose = crate::json::read(&plain)?;
        let sound = purpose.shelf == record.shelf
            && purpose.writer == *writer
            && ProductId::parse(purpose.product.as_str()).is_some()
            && names::is_hash(purpose.release.as_str())
            && is_short(&purpose.purpose, caps::PURPOSE_CHARS)
            && [&purpose.since, &purpose.at].into_iter().all(|at| moment(at).is_ok());
        sound.then_some(purpose)
    }

    /// Encrypted to these devices and to this one, in base 64; none where nothing can be encrypted to any of them.
    fn seal(mut self, device: &Device, readers: &[(WriterId, String)]) -> Result<Option<String>, Refusal> {
        let mut locks: Vec<_> =
            readers.iter().filter_map(|(_, recipient)| lock(recipient)).take(caps::PURPOSE_LOCKS - 1).collect();
        if locks.is_empty() {
            return Ok(None);
        }
        locks.push(device.key().to_public());
        let written = |purpose: &Purpose| {
            serde_json::to_vec(purpose).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))
        };
        let len = written(&self)?.len();
        self.fill = " ".repeat(len.next_multiple_of(STEP) - len);
        Ok(Some(BASE64.encode(&seal_bytes(&locks, &written(&self)?)?)))
    }
}

/// Own receipts, the oldest first.
fn own_receipts(
    place: &dyn Place,
    device: &Device,
    trust: &Trust,
    own: &heads::Own,
) -> Result<Vec<(String, Purpose)>, Refusal> {
    let all = own_messages(place, device, trust, own)?.into_iter();
    Ok(all
        .filter_map(|(hash, message)| match message {
            Message::Receipt(_, Some(purpose)) => Some((hash, purpose)),
            _ => None,
        })
        .collect())
}

/// Says what something is used for. Answers whether anything was written: the same purpose is said once a month. What this device
/// said about the data product before is let go of.
///
/// # Errors
/// `Invalid` for a purpose that is empty or too long, a moment that is none, or where nothing can be encrypted to anybody who may
/// read it; otherwise what the place answers.
pub fn say_use(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    using: &Using,
    now: &str,
) -> Result<bool, Refusal> {
    let now = moment(now)?;
    let purpose = using.purpose.trim();
    if purpose.is_empty() || !is_short(purpose, caps::PURPOSE_CHARS) {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "purpose").with("value", ""));
    }
    let _turn = device.turn()?;
    let own = heads::own(place, &trust.shelf, &device.writer())?;
    let before = own_receipts(place, device, trust, &own)?;
    let same = before.iter().rev().map(|(_, said)| said).find(|said| said.product == *using.product);
    let same = same.filter(|said| said.purpose == purpose);
    if same.is_some_and(|said| is_fresh(&said.at, &now)) {
        return Ok(false);
    }
    let told = Purpose {
        shelf: trust.shelf.clone(),
        writer: device.writer(),
        product: using.product.clone(),
        release: using.release.clone(),
        purpose: purpose.to_owned(),
        since: same.map_or_else(|| now.clone(), |said| said.since.clone()),
        at: now.clone(),
        fill: String::new(),
    };
    let note = told.seal(device, using.readers)?.ok_or_else(|| {
        Refusal::new(RefusalCode::Invalid).with("what", "recipient").with("value", using.product.as_str())
    })?;
    let record = ReceiptRecord { protocol: caps::WRITES, shelf: trust.shelf.clone(), note };
    let crowded = (before.len() + 1).saturating_sub(caps::OWN_RECEIPTS);
    let instead = before.iter().enumerate().filter(|(i, (_, said))| *i < crowded || said.product == *using.product);
    let instead: Vec<String> = instead.map(|(_, (hash, _))| hash.clone()).collect();
    put(place, device, trust, &own, (&record, &instead), &now)?;
    Ok(true)
}

/// Takes back what this device said about a data product. Answers whether there was anything.
///
/// # Errors
/// What the place answers.
pub fn unsay_use(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    product: &ProductId,
    now: &str,
) -> Result<bool, Refusal> {
    let now = moment(now)?;
    let _turn = device.turn()?;
    let own = heads::own(place, &trust.shelf, &device.writer())?;
    let said = own_receipts(place, device, trust, &own)?;
    let gone: Vec<&String> = said.iter().filter(|(_, one)| one.product == *product).map(|(hash, _)| hash).collect();
    if gone.is_empty() {
        return Ok(false);
    }
    heads::write(place, device, trust, &now, &own, &mut |head| head.messages.retain(|known| !gone.contains(&known)))?;
    Ok(true)
}

/// Whether something was said less than a month before.
fn is_fresh(at: &str, now: &str) -> bool {
    let moment = |text: &str| text.parse::<Timestamp>();
    matches!((moment(at), moment(now)), (Ok(at), Ok(now)) if now.duration_since(at) < AGAIN_AFTER)
}
