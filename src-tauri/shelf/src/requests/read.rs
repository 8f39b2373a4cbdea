//! Reading what people say: of each confirmed device the newest that its head names, from its own folder.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use data_encoding::BASE64;
use larder_model::{PersonId, ProductId, Refusal, ShelfId, WriterId, display_text};

use super::receipt::Purpose;
use super::{AccessAnswer, AccessRequest, Receipt, Review};
use crate::envelope::{Signed, open};
use crate::look::Scene;
use crate::memo::Memo;
use crate::names::{self, Room};
use crate::people::People;
use crate::records::{AnswerRecord, ReceiptRecord, RequestRecord, ReviewRecord, Verdict, WithdrawRecord};
use crate::sealed::open_bytes;
use crate::stacks::Stacks;
use crate::{Device, Seen, caps};

/// A message of one of these kinds.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// With its purpose, where this device can read it.
    Request(Signed<RequestRecord>, Option<String>),
    /// With its sentence, where this device can read it.
    Answer(Signed<AnswerRecord>, Option<String>),
    Withdraw(Signed<WithdrawRecord>),
    Review(Signed<ReviewRecord>),
    /// With what it says, where this device can read it.
    Receipt(Signed<ReceiptRecord>, Option<Purpose>),
}

impl Message {
    /// What these bytes are; none where they are a message of another kind, or nothing.
    pub fn open(bytes: &[u8], shelf: &ShelfId, device: &Device) -> Option<Message> {
        if let Some(request) = open::<RequestRecord>(bytes, shelf).good() {
            let purpose = opened(&request.body.purpose, device);
            return Some(Message::Request(request, purpose));
        }
        if let Some(answer) = open::<AnswerRecord>(bytes, shelf).good() {
            let text = answer.body.text.as_ref().and_then(|text| opened(text, device));
            return Some(Message::Answer(answer, text));
        }
        if let Some(review) = open::<ReviewRecord>(bytes, shelf).good() {
            return Some(Message::Review(review));
        }
        if let Some(receipt) = open::<ReceiptRecord>(bytes, shelf).good() {
            let purpose = Purpose::open(&receipt.body, &receipt.writer, device);
            return Some(Message::Receipt(receipt, purpose));
        }
        open::<WithdrawRecord>(bytes, shelf).good().map(Message::Withdraw)
    }

    /// Whether a device that has much to say lets go of it first; what was looked over stays told.
    pub fn may_go(&self) -> bool {
        !matches!(self, Message::Review(_))
    }

    fn writer(&self) -> &WriterId {
        match self {
            Message::Request(signed, _) => &signed.writer,
            Message::Answer(signed, _) => &signed.writer,
            Message::Withdraw(signed) => &signed.writer,
            Message::Review(signed) => &signed.writer,
            Message::Receipt(signed, _) => &signed.writer,
        }
    }
}

/// A text that is meant for a few.
fn opened(sealed: &str, device: &Device) -> Option<String> {
    let bytes = BASE64.decode(sealed.as_bytes()).ok()?;
    let plain = open_bytes(device.key(), &bytes, caps::PURPOSE_CHARS as u64 * 4).ok()?;
    Some(display_text(std::str::from_utf8(&plain).ok()?, caps::PURPOSE_CHARS))
}

/// A device's messages of these kinds, in the order in which its heads name them, and whether there are too many to be read.
fn of_writer(
    stacks: &Stacks,
    shelf: &ShelfId,
    memo: &mut Memo,
    device: &Device,
    writer: &WriterId,
    hashes: &[&String],
) -> Result<Vec<Arc<Message>>, Refusal> {
    // The newest are named last.
    let skipped = hashes.len().saturating_sub(caps::WRITER_MESSAGES);
    if skipped > 0 {
        stacks.too_much.borrow_mut().insert(format!("{}/{}", names::writer(writer.as_str()), Room::Messages.folder()));
    }
    let mut messages = Vec::new();
    for hash in hashes.iter().skip(skipped) {
        let message = match memo.messages.get(*hash) {
            Some(known) => known.clone(),
            None => {
                let Some(bytes) = stacks.record_in(Room::Messages, hash, writer, caps::MESSAGE_BYTES)? else {
                    continue;
                };
                let message = Message::open(&bytes, shelf, device).map(Arc::new);
                memo.messages.insert((*hash).clone(), message.clone());
                message
            }
        };
        // A device speaks for itself only.
        messages.extend(message.filter(|message| message.writer() == writer));
    }
    Ok(messages)
}

/// What confirmed people say.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Their requests, and what became of them.
    pub requests: Vec<AccessRequest>,
    /// What they looked over.
    pub reviews: Vec<Review>,
    /// What they use things for, as far as this device can read it.
    pub receipts: Vec<Receipt>,
}

/// Reads it.
pub(crate) fn read(
    stacks: &Stacks,
    shelf: &ShelfId,
    memo: &mut Memo,
    scene: &Scene,
    people: &People,
    products: &[Seen],
    device: &Device,
) -> Result<Said, Refusal> {
    let mut named: BTreeMap<&WriterId, Vec<&String>> = BTreeMap::new();
    for (writer, _, head) in scene.heads().filter(|(_, confirmed, _)| *confirmed) {
        let of_writer = named.entry(writer).or_default();
        let mut met: BTreeSet<&String> = of_writer.iter().copied().collect();
        of_writer.extend(head.messages.iter().filter(|hash| met.insert(hash)));
    }
    let owners: BTreeMap<&ProductId, Option<&PersonId>> = products
        .iter()
        .map(|seen| (&seen.product, people.of_writer.get(&seen.writer).map(|(person, _)| person)))
        .collect();
    let mut found = Found {
        people,
        me: device.writer(),
        owners,
        requests: BTreeMap::new(),
        said: Vec::new(),
        reviews: BTreeMap::new(),
        receipts: BTreeMap::new(),
    };
    for (writer, hashes) in named {
        for message in of_writer(stacks, shelf, memo, device, writer, &hashes)? {
            found.add(message);
        }
    }
    let reviews = found.reviews();
    let receipts = std::mem::take(&mut found.receipts).into_values().collect();
    Ok(Said { reviews, receipts, requests: found.settle() })
}

struct Found<'f> {
    people: &'f People,
    me: WriterId,
    owners: BTreeMap<&'f ProductId, Option<&'f PersonId>>,
    requests: BTreeMap<String, AccessRequest>,
    /// Answers and withdrawals.
    said: Vec<Arc<Message>>,
    /// The last word of each person about each data product.
    reviews: BTreeMap<(&'f ProductId, &'f PersonId), Review>,
    /// The same about what they use it for.
    receipts: BTreeMap<(&'f ProductId, &'f PersonId), Receipt>,
}

impl<'f> Found<'f> {
    fn person(&self, writer: &WriterId) -> Option<&'f PersonId> {
        self.people.of_writer.get(writer).map(|(person, _)| person)
    }

    fn add(&mut self, message: Arc<Message>) {
        if let Message::Review(signed) = &*message {
            return self.add_reviews(signed);
        }
        if let Message::Receipt(signed, purpose) = &*message {
            return purpose.iter().for_each(|purpose| self.add_receipt(&signed.writer, purpose));
        }
        let Message::Request(signed, purpose) = &*message else {
            self.said.push(message);
            return;
        };
        let Some((person_id, person)) = self.people.of_writer.get(&signed.writer) else { return };
        if self.requests.len() >= caps::REQUESTS {
            return;
        }
        let me = self.person(&self.me);
        let owner = self.owners.get(&signed.body.product).copied().flatten();
        let request = AccessRequest {
            request: signed.hash.clone(),
            product: signed.body.product.clone(),
            writer: signed.writer.clone(),
            person_id: person_id.clone(),
            person: person.clone(),
            purpose: purpose.clone(),
            until: signed.body.until.clone(),
            at: signed.body.at.clone(),
            is_mine: me == Some(person_id),
            is_for_me: me.is_some() && owner == me,
            withdrawn: false,
            answer: None,
        };
        self.requests.insert(signed.hash.clone(), request);
    }

    fn add_reviews(&mut self, signed: &Signed<ReviewRecord>) {
        let Some((person_id, _)) = self.people.of_writer.get(&signed.writer) else { return };
        for one in &signed.body.reviews {
            // Of what is not on the shelf there is nothing to tell.
            let Some((product, _)) = self.owners.get_key_value(&one.product) else { continue };
            let review = Review {
                product: one.product.clone(),
                release: one.release.clone(),
                person_id: person_id.clone(),
                at: one.at.clone(),
            };
            match self.reviews.entry((product, person_id)) {
                Entry::Vacant(entry) => drop(entry.insert(review)),
                // Of several devices of one person, what was said later by their clocks; nothing but what is shown depends on it.
                Entry::Occupied(mut entry) if at(&entry.get().at) <= at(&review.at) => drop(entry.insert(review)),
                Entry::Occupied(_) => {}
            }
        }
    }

    fn add_receipt(&mut self, writer: &WriterId, said: &Purpose) {
        let Some((person_id, _)) = self.people.of_writer.get(writer) else { return };
        let Some((product, _)) = self.owners.get_key_value(&said.product) else { return };
        let known = self.receipts.get(&(*product, person_id));
        let is_older = known.is_some_and(|known| at(&known.at) > at(&said.at));
        if is_older || (known.is_none() && self.receipts.len() >= caps::RECEIPTS) {
            return;
        }
        let receipt = Receipt {
            product: said.product.clone(),
            release: said.release.clone(),
            person_id: person_id.clone(),
            purpose: display_text(&said.purpose, caps::PURPOSE_CHARS),
            since: said.since.clone(),
            at: said.at.clone(),
            is_mine: self.person(&self.me) == Some(person_id),
        };
        self.receipts.insert((*product, person_id), receipt);
    }

    /// What was looked over: of each data product the word of its publisher, and of some others.
    fn reviews(&mut self) -> Vec<Review> {
        let mut others: BTreeMap<&ProductId, usize> = BTreeMap::new();
        let mut told = Vec::new();
        for ((product, person), review) in std::mem::take(&mut self.reviews) {
            let is_owner = self.owners.get(product).copied().flatten() == Some(person);
            let count = others.entry(product).or_insert(0);
            if is_owner || *count < caps::REVIEWERS {
                *count += usize::from(!is_owner);
                told.push(review);
            }
        }
        told
    }

    /// Answers count from the owner, withdrawals from who asked: any of their devices.
    fn settle(mut self) -> Vec<AccessRequest> {
        for message in std::mem::take(&mut self.said) {
            let said_by = self.person(message.writer());
            match &*message {
                Message::Answer(signed, text) => {
                    let Some(request) = self.requests.get_mut(&signed.body.request) else { continue };
                    let owner = self.owners.get(&request.product).copied().flatten();
                    if owner.is_none() || owner != said_by {
                        continue;
                    }
                    let answer = AccessAnswer {
                        granted: signed.body.verdict == Verdict::Granted,
                        text: text.clone(),
                        until: signed.body.until.clone(),
                        release: signed.body.release.clone(),
                        writer: signed.writer.clone(),
                        at: signed.body.at.clone(),
                    };
                    if request.answer.as_ref().is_none_or(|known| comes_after(&answer, known)) {
                        request.answer = Some(answer);
                    }
                }
                Message::Withdraw(signed) => {
                    if let Some(request) = self.requests.get_mut(&signed.body.request) {
                        request.withdrawn |= said_by == Some(&request.person_id);
                    }
                }
                Message::Request(..) | Message::Review(_) | Message::Receipt(..) => {}
            }
        }
        self.requests.into_values().collect()
    }
}

/// Of one device, what its head names later; of several devices of one owner, what was said later by their clocks. Nothing but
/// what is shown depends on it.
fn comes_after(answer: &AccessAnswer, known: &AccessAnswer) -> bool {
    answer.writer == known.writer || (at(&answer.at), &answer.writer) > (at(&known.at), &known.writer)
}

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap_or_default()
}
