//! Saying something about access: into the own folder, and named by the own head.

use std::collections::BTreeSet;

use data_encoding::BASE64;
use larder_model::{PersonId, ProductId, Refusal, RefusalCode, ReleaseHash, WriterId};

use super::read::Message;
use crate::envelope::Record;
use crate::founding::put_record;
use crate::names::{self, Room};
use crate::places::Place;
use crate::records::{AnswerRecord, RequestRecord, Verdict, WithdrawRecord, is_short, moment};
use crate::sealed::{lock, seal_bytes};
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, heads};

/// Asking for access.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// To what.
    pub product: &'a ProductId,
    /// Who asks.
    pub person: &'a PersonId,
    /// What for, at most 1,000 characters. Only the owner reads it.
    pub purpose: &'a str,
    /// Until when it is needed, RFC 3339.
    pub until: Option<&'a str>,
    /// The owner's devices and what their cards say to encrypt to; of very many, the first are taken.
    pub owner: &'a [(WriterId, String)],
}

/// Answering a request.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    /// Which.
    pub request: &'a str,
    /// Whether they are let in.
    pub granted: bool,
    /// A sentence with it, at most 1,000 characters; empty for none. Only who asked reads it.
    pub text: &'a str,
    /// The devices of who asked and of the answering person, and what their cards say to encrypt to.
    pub readers: &'a [(WriterId, String)],
    /// Until when, RFC 3339.
    pub until: Option<&'a str>,
    /// The release whose keyring lets them in; none where nobody is let in.
    pub release: Option<&'a ReleaseHash>,
}

fn invalid(what: &str, value: &str) -> Refusal {
    Refusal::new(RefusalCode::Invalid).with("what", what).with("value", value)
}

/// Asks for access to a sealed data product. Answers which request it is.
///
/// # Errors
/// `Invalid` for a purpose that is too long, a moment that is none, or where nothing can be encrypted to the owner; otherwise
/// what the place answers.
pub fn ask(place: &dyn Place, device: &Device, trust: &mut Trust, ask: &Ask, now: &str) -> Result<String, Refusal> {
    let at = moment(now)?;
    let purpose =
        for_a_few(device, ask.purpose, ask.owner)?.ok_or_else(|| invalid("recipient", ask.product.as_str()))?;
    let record = RequestRecord {
        protocol: caps::WRITES,
        shelf: trust.shelf.clone(),
        product: ask.product.clone(),
        person: ask.person.clone(),
        purpose,
        until: ask.until.map(moment).transpose()?,
        at,
    };
    say(place, device, trust, &record, now)
}

/// A text that only these devices and this one can read, in base 64; none where nothing can be encrypted to any of them.
fn for_a_few(device: &Device, text: &str, readers: &[(WriterId, String)]) -> Result<Option<String>, Refusal> {
    if !is_short(text, caps::PURPOSE_CHARS) {
        return Err(invalid("purpose", ""));
    }
    let locks = readers.iter().filter_map(|(_, recipient)| lock(recipient)).take(caps::PURPOSE_LOCKS - 1);
    let mut locks: Vec<_> = locks.collect();
    if locks.is_empty() {
        return Ok(None);
    }
    locks.push(device.key().to_public());
    Ok(Some(BASE64.encode(&seal_bytes(&locks, text.as_bytes())?)))
}

/// Answers a request. Letting somebody in takes a keyring too: see [`crate::regrant`] and [`crate::publish`].
///
/// # Errors
/// `Invalid` for what is no request or no moment, or a text that is too long; otherwise what the place answers.
pub fn answer(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    answer: &Answer,
    now: &str,
) -> Result<String, Refusal> {
    let text = match answer.text.trim() {
        "" => None,
        text => for_a_few(device, text, answer.readers)?,
    };
    let record = AnswerRecord {
        protocol: caps::WRITES,
        shelf: trust.shelf.clone(),
        request: answer.request.to_owned(),
        verdict: if answer.granted { Verdict::Granted } else { Verdict::Refused },
        text,
        until: answer.until.map(moment).transpose()?,
        release: answer.release.cloned(),
        at: moment(now)?,
    };
    say(place, device, trust, &record, now)
}

/// Takes a request back, or says that access is needed no more.
///
/// # Errors
/// `Invalid` for what is no request; otherwise what the place answers.
pub fn withdraw(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    request: &str,
    now: &str,
) -> Result<String, Refusal> {
    let record = WithdrawRecord {
        protocol: caps::WRITES,
        shelf: trust.shelf.clone(),
        request: request.to_owned(),
        at: moment(now)?,
    };
    say(place, device, trust, &record, now)
}

fn say<T: Record>(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    record: &T,
    now: &str,
) -> Result<String, Refusal> {
    let now = moment(now)?;
    let _turn = device.turn()?;
    let own = heads::own(place, &trust.shelf, &device.writer())?;
    put(place, device, trust, &own, (record, &[]), &now)
}

/// Puts a message there, in the place of some that were said before. The caller holds the device's turn.
pub(super) fn put<T: Record>(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    own: &heads::Own,
    (record, instead): (&T, &[String]),
    now: &str,
) -> Result<String, Refusal> {
    let hash = put_record(place, device, Room::Messages, record)?;
    let said = own.tips.iter().map(|tip| tip.body.messages.len()).sum::<usize>();
    let old = if said < caps::WRITER_MESSAGES { Vec::new() } else { oldest(place, device, trust, own)? };
    heads::write(place, device, trust, now, own, &mut |head| {
        head.messages.retain(|known| !old.contains(known) && !instead.contains(known));
        // The newest come last, where they are read even if there are very many.
        if !head.messages.contains(&hash) {
            head.messages.push(hash.clone());
        }
    })?;
    Ok(hash)
}

/// Own messages, in the order in which the heads name them, as far as they are of these kinds.
pub(super) fn own_messages(
    place: &dyn Place,
    device: &Device,
    trust: &Trust,
    own: &heads::Own,
) -> Result<Vec<(String, Message)>, Refusal> {
    let me = device.writer();
    let stacks = Stacks::open_strict(place, [&me])?;
    let mut met = BTreeSet::new();
    let mut messages = Vec::new();
    for hash in own.tips.iter().flat_map(|tip| &tip.body.messages).filter(|hash| met.insert(*hash)) {
        let message = match trust.memo.messages.get(hash) {
            Some(known) => known.as_deref().cloned(),
            None => {
                let bytes = stacks.get(&names::record(me.as_str(), Room::Messages, hash), caps::MESSAGE_BYTES)?;
                bytes.and_then(|bytes| Message::open(&bytes, &trust.shelf, device))
            }
        };
        messages.extend(message.map(|message| (hash.clone(), message)));
    }
    Ok(messages)
}

/// Own messages of these kinds that the next head lets go of, so that others read all that it names. Messages of other kinds are
/// not ours to forget.
fn oldest(place: &dyn Place, device: &Device, trust: &Trust, own: &heads::Own) -> Result<Vec<String>, Refusal> {
    let all: BTreeSet<&String> = own.tips.iter().flat_map(|tip| &tip.body.messages).collect();
    let extra = (all.len() + 1).saturating_sub(caps::WRITER_MESSAGES);
    let ours = own_messages(place, device, trust, own)?;
    Ok(ours.into_iter().filter(|(_, message)| message.may_go()).map(|(hash, _)| hash).take(extra).collect())
}
