//! Heads: which one of each device counts, and writing one's own next.

use std::collections::{BTreeMap, HashMap, HashSet};

use larder_model::{ProductId, Refusal, RefusalCode, ReleaseHash, ShelfId, WriterId};

use crate::broken::{self, Broken};
use crate::envelope::{Opened, Signed, open, seal, sha256};
use crate::memo::{Loaded, Memo};
use crate::names::{self, Room};
use crate::places::{Entry, Place};
use crate::records::Head;
use crate::stacks::{Stacks, print_of};
use crate::{Device, Trust, caps, place_write, retention};

/// The newest heads of one device.
#[derive(Debug, Default)]
pub(crate) struct Tops {
    /// Their number.
    pub seq: u64,
    /// Normally one; two different ones with one number are a fork, and both count.
    pub heads: Vec<Signed<Head>>,
    /// Whether there is one in a newer protocol too.
    pub too_new: bool,
}

impl Tops {
    /// Only the highest number counts, so that a gap never makes an older head look current.
    fn offer(&mut self, head: Signed<Head>) {
        if head.body.seq > self.seq {
            self.seq = head.body.seq;
            self.heads.retain(|_| broken::is(Broken::Ancestry));
        }
        let counts = head.body.seq == self.seq || broken::is(Broken::Ancestry);
        if counts && !self.heads.iter().any(|h| h.hash == head.hash) {
            self.heads.push(head);
            self.heads.sort_by(|a, b| a.hash.cmp(&b.hash));
        }
    }
}

/// The newest heads of every device whose heads are found anywhere. The signer decides, not the folder.
pub(crate) fn read(stacks: &Stacks, shelf: &ShelfId, memo: &mut Memo) -> Result<BTreeMap<WriterId, Tops>, Refusal> {
    let mut tops: BTreeMap<WriterId, Tops> = BTreeMap::new();
    // People on the roster come first, so whoever floods the place runs out of it alone.
    let mut reads_left = caps::HEAD_READS;
    for folder in &stacks.folders {
        let unreadable = stacks.unreadable();
        for inside in stacks.rooms(folder, Room::Heads)? {
            Reader { stacks, shelf, memo, tops: &mut tops, reads_left: &mut reads_left }.folder(folder, &inside)?;
        }
        if stacks.unreadable() > unreadable {
            stacks.unheard.borrow_mut().insert(folder.clone());
        }
        if tops.len() > caps::FOLDERS || reads_left == 0 {
            stacks.too_much.borrow_mut().insert(names::WRITERS.to_owned());
            break;
        }
    }
    #[cfg(test)]
    crate::trials::keep_tips_where_ancestry_decides(&mut tops);
    Ok(tops)
}

/// A file among the heads: its name from the root on, and what the listing says of its content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct File {
    name: String,
    size_bytes: Option<u64>,
    changed: Option<u64>,
}

/// Names that claim a number, the highest first, and names that claim nothing.
type Sorted = (Vec<(u64, File)>, Vec<File>);

fn sorted(stacks: &Stacks, inside: &str) -> Result<Sorted, Refusal> {
    Ok(sort(stacks, inside, stacks.list(inside)?))
}

fn sort(stacks: &Stacks, inside: &str, listed: Vec<Entry>) -> Sorted {
    let (mut numbered, mut strays) = (Vec::new(), Vec::new());
    stacks.heard.borrow_mut().insert(inside.to_owned(), print_of(&listed));
    for entry in listed.into_iter().filter(|e| !e.folder && names::listed(&e.name).is_ok()) {
        let name = format!("{inside}/{}", entry.name);
        let file = File { name, size_bytes: entry.size_bytes, changed: entry.changed };
        match names::head_seq(&entry.name) {
            Some(seq) => numbered.push((seq, file)),
            None => strays.push(file),
        }
    }
    numbered.sort_unstable_by(|a, b| b.cmp(a));
    (numbered, strays)
}

/// Reads heads, each file once as long as its place says that it is the same.
struct Reader<'r, 'a> {
    stacks: &'r Stacks<'a>,
    shelf: &'r ShelfId,
    memo: &'r mut Memo,
    tops: &'r mut BTreeMap<WriterId, Tops>,
    reads_left: &'r mut usize,
}

impl Reader<'_, '_> {
    fn folder(&mut self, folder: &str, inside: &str) -> Result<(), Refusal> {
        let (numbered, strays) = sorted(self.stacks, inside)?;
        let mut bytes_left = caps::FOLDER_HEAD_BYTES;
        if strays.len() > caps::STRAYS || numbered.len() >= caps::LISTED_NAMES {
            self.stacks.too_much.borrow_mut().insert(inside.to_owned());
        }
        for file in strays.iter().take(caps::STRAYS) {
            self.file(file, &mut bytes_left)?;
        }
        let mut highest = None;
        for (tries, (claimed, file)) in numbered.iter().enumerate() {
            // What is below a sound head of this folder's own device cannot count any more.
            if highest.is_some_and(|seq| *claimed < seq) && !broken::is(Broken::Ancestry) {
                break;
            }
            if tries >= caps::HEAD_TRIES {
                self.stacks.too_much.borrow_mut().insert(inside.to_owned());
                break;
            }
            match self.file(file, &mut bytes_left)? {
                Some((writer, seq)) if seq == *claimed && (writer.as_str() == folder || !names::is_writer(folder)) => {
                    highest = Some(seq)
                }
                // Not whole yet, perhaps.
                None => self.stacks.unsettled.set(true),
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Takes one file in; answers who signed it and its number.
    fn file(&mut self, file: &File, bytes_left: &mut u64) -> Result<Option<(WriterId, u64)>, Refusal> {
        if *self.reads_left == 0 {
            return Ok(None);
        }
        *self.reads_left -= 1;
        if let Some(head) = self.memo.head(&file.name, file.size_bytes, file.changed) {
            let found = (head.writer.clone(), head.body.seq);
            self.tops.entry(head.writer.clone()).or_default().offer((*head).clone());
            return Ok(Some(found));
        }
        let Some(bytes) = self.stacks.get(&file.name, caps::HEAD_BYTES.min(*bytes_left))? else { return Ok(None) };
        *bytes_left = bytes_left.saturating_sub(bytes.len() as u64);
        Ok(match open::<Head>(&bytes, self.shelf) {
            Opened::Good(head) => {
                let found = (head.writer.clone(), head.body.seq);
                self.memo.keep_head(&file.name, file.size_bytes, file.changed, &head);
                self.tops.entry(head.writer.clone()).or_default().offer(head);
                Some(found)
            }
            Opened::TooNew(writer) => {
                self.tops.entry(writer).or_default().too_new = true;
                None
            }
            Opened::Bad => None,
        })
    }
}

/// One head of a device by its hash, wherever it stands among the device's heads.
pub(crate) fn by_hash(
    stacks: &Stacks,
    shelf: &ShelfId,
    writer: &WriterId,
    hash: &str,
) -> Result<Option<Signed<Head>>, Refusal> {
    let ending = format!("-{}.rec", hash.get(..16).unwrap_or(hash));
    for folder in stacks.folders.iter().filter(|folder| folder.as_str() == writer.as_str() || !names::is_writer(folder))
    {
        for inside in stacks.rooms(folder, Room::Heads)? {
            let (numbered, strays) = sorted(stacks, &inside)?;
            let likely = numbered.into_iter().map(|(_, file)| file).filter(|file| file.name.ends_with(&ending));
            for file in likely.chain(strays.into_iter().take(caps::STRAYS)) {
                let Some(bytes) = stacks.get(&file.name, caps::HEAD_BYTES)?.filter(|bytes| sha256(bytes) == hash)
                else {
                    continue;
                };
                if let Some(head) = open::<Head>(&bytes, shelf).good().filter(|head| head.writer == *writer) {
                    return Ok(Some(head));
                }
            }
        }
    }
    Ok(None)
}

/// What this device has said so far, as it stands on the shelf.
#[derive(Debug, Default)]
pub(crate) struct Own {
    /// Its heads that no other of its heads names.
    pub tips: Vec<Signed<Head>>,
    /// The highest number among all of its heads.
    pub highest: u64,
    /// The names of everything that stands where its heads do.
    pub names: Vec<String>,
}

/// What stands where a device's heads do, as one text: another one tells that something came or went there.
pub(crate) fn mark_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    sha256(names.join("\n").as_bytes())
}

/// The names of everything that stands where this device's heads do, in its own folder and in what was made of it.
pub(crate) fn own_names(stacks: &Stacks, me: &WriterId) -> Result<Vec<String>, Refusal> {
    let mut names = Vec::new();
    for folder in stacks.folders.iter().filter(|folder| folder.as_str() == me.as_str() || !names::is_writer(folder)) {
        for inside in stacks.rooms(folder, Room::Heads)? {
            names.extend(stacks.list(&inside)?.into_iter().map(|entry| format!("{inside}/{}", entry.name)));
        }
    }
    Ok(names)
}

/// Reads the own heads again: a device that was restarted or restored trusts the shelf, never its memory alone.
///
/// # Errors
/// `TooNew` where a newer Larder has written with this key; otherwise what the place answers, even about a single file.
pub(crate) fn own(place: &dyn Place, shelf: &ShelfId, me: &WriterId) -> Result<Own, Refusal> {
    if broken::is(Broken::OwnHeadsUnread) {
        return Ok(Own::default());
    }
    let stacks = Stacks::open_strict(place, [me])?;
    let mut names = Vec::new();
    let mut heads: HashMap<String, Signed<Head>> = HashMap::new();
    for folder in stacks.folders.iter().filter(|folder| folder.as_str() == me.as_str() || !names::is_writer(folder)) {
        for inside in stacks.rooms(folder, Room::Heads)? {
            // What comes after it was listed is met the next time.
            let listed = stacks.list(&inside)?;
            names.extend(listed.iter().map(|entry| format!("{inside}/{}", entry.name)));
            let (numbered, strays) = sort(&stacks, &inside, listed);
            let newest = numbered.into_iter().map(|(_, file)| file);
            let mut sound = 0;
            for file in strays.into_iter().take(caps::STRAYS).chain(newest.take(caps::HEAD_TRIES)) {
                let Some(bytes) = stacks.get(&file.name, caps::HEAD_BYTES)? else { continue };
                match open::<Head>(&bytes, shelf) {
                    Opened::Good(head) if head.writer == *me => {
                        heads.insert(head.hash.clone(), head);
                        sound += 1;
                    }
                    Opened::TooNew(writer) if writer == *me => {
                        return Err(Refusal::new(RefusalCode::TooNew).with("what", "head"));
                    }
                    _ => {}
                }
                if sound >= caps::OWN_HEADS {
                    break;
                }
            }
        }
    }
    let highest = heads.values().map(|h| h.body.seq).max().unwrap_or(0);
    let named: HashSet<String> = heads.values().flat_map(|h| h.body.prev.iter().cloned()).collect();
    let mut tips: Vec<_> = heads.into_values().filter(|h| !named.contains(&h.hash)).collect();
    tips.sort_by(|a, b| (a.body.seq, &a.hash).cmp(&(b.body.seq, &b.hash)));
    // The oldest that were read may be named by ones in between that a cap left out.
    if tips.len() > caps::PARENTS {
        tips.drain(..tips.len() - caps::PARENTS);
    }
    Ok(Own { tips, highest, names })
}

/// The start of the next head: everything that the tips stand for together, and what this device remembers to have stood for
/// if the shelf shows an older state of it.
fn base(own: &Own, trust: &Trust, me: &WriterId, place: &dyn Place, now: &str) -> Result<Head, Refusal> {
    let mut head = Head::empty(&trust.shelf, now);
    for tip in &own.tips {
        for (product, releases) in &tip.body.products {
            union(head.products.entry(product.clone()).or_default(), releases);
        }
        union(&mut head.messages, &tip.body.messages);
        union(&mut head.gov, &tip.body.gov);
        head.card = tip.body.card.clone().or(head.card);
        for (writer, mark) in &tip.body.seen {
            let known = head.seen.entry(writer.clone()).or_insert_with(|| mark.clone());
            if mark.seq > known.seq {
                *known = mark.clone();
            }
        }
        head.seen_at = head.seen_at.max(tip.body.seen_at.clone());
        head.content = head.content.max(tip.body.content);
    }
    let floor = trust.floors.get(me).copied().unwrap_or(0);
    if own.highest < floor {
        for (product, releases) in &trust.own {
            union(head.products.entry(product.clone()).or_default(), releases);
        }
    }
    if own.tips.len() > 1 || own.highest < floor {
        sort_by_number(&mut head, trust, &Stacks::open_strict(place, [me])?)?;
    }
    head.seq = own.highest.max(floor) + 1;
    head.prev = own.tips.iter().map(|tip| tip.hash.clone()).collect();
    Ok(head)
}

fn union<T: PartialEq + Clone>(into: &mut Vec<T>, from: &[T]) {
    for value in from {
        if !into.contains(value) {
            into.push(value.clone());
        }
    }
}

fn sort_by_number(head: &mut Head, trust: &Trust, stacks: &Stacks) -> Result<(), Refusal> {
    for releases in head.products.values_mut().filter(|releases| releases.len() > 1) {
        let mut numbered = Vec::new();
        for hash in releases.drain(..) {
            let known = trust.memo.releases.get(hash.as_str()).map(|loaded| loaded.release.n);
            let n = match known {
                Some(n) => n,
                None => stacks
                    .record(Room::Releases, hash.as_str(), &[], caps::RELEASE_BYTES)?
                    .and_then(|bytes| Loaded::open(&bytes, &trust.shelf).good())
                    .map_or(0, |signed| signed.body.release.n),
            };
            numbered.push((n, hash));
        }
        numbered.sort();
        releases.extend(numbered.into_iter().map(|(_, hash)| hash));
    }
    Ok(())
}

/// Lets go of the oldest releases until the head is small enough to be read by others.
fn fit(head: &mut Head, most: usize) -> Result<(), Refusal> {
    for keep in (1..=most).rev() {
        for releases in head.products.values_mut() {
            let extra = releases.len().saturating_sub(keep);
            releases.drain(..extra);
        }
        // The payload is text inside of JSON, where each of its quotes takes two bytes.
        let text =
            serde_json::to_string(head).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))?;
        let quotes = text.bytes().filter(|b| matches!(b, b'"' | b'\\')).count();
        if (text.len() + quotes + 512) as u64 <= caps::HEAD_BYTES {
            return Ok(());
        }
    }
    Err(Refusal::new(RefusalCode::TooLarge).with("file", "head").with("limit", caps::HEAD_PRODUCTS as u64))
}

/// Writes this device's next head and reads it back. The caller holds the device's turn, has read `own` since it got it, and has
/// read back everything new that
/// the head will name. Nothing is written where `change` changes nothing and there is nothing to bring together.
///
/// # Errors
/// What the place answers; `NotVerified` where it does not read back.
pub(crate) fn write(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    now: &str,
    own: &Own,
    change: &mut dyn FnMut(&mut Head),
) -> Result<Option<Signed<Head>>, Refusal> {
    let me = device.writer();
    let mut head = base(own, trust, &me, place, now)?;
    let before = head.clone();
    change(&mut head);
    let alone = own.tips.len() == 1 && own.tips.first().is_some_and(|tip| tip.body.seq + 1 == head.seq);
    if alone && head.stands_for_the_same(&before) && head.seen == before.seen && head.gc_plan.is_empty() {
        trust.own_tip = own.tips.first().map(|tip| tip.hash.clone()).unwrap_or_default();
        trust.own_names = mark_of(own.names.iter().map(String::as_str));
        return Ok(None);
    }
    if !alone || !head.stands_for_the_same(&before) {
        head.content = head.seq;
    }
    fit(&mut head, retention::most(trust))?;
    let bytes = seal(device, &head)?;
    let hash = sha256(&bytes);
    let name = names::head(&me, head.seq, &hash);
    place_write::put_bytes(place, &name, &bytes)?;
    trust.own_names = mark_of(own.names.iter().map(String::as_str).chain([name.as_str()]));
    trust.floors.insert(me.clone(), head.seq);
    trust.own = head.products.clone();
    trust.own_tip.clone_from(&hash);
    Ok(Some(Signed { hash, writer: me, body: head }))
}

/// Adds a release to what the head stands for, which then names so many of the product at most.
pub(crate) fn add_release(
    products: &mut BTreeMap<ProductId, Vec<ReleaseHash>>,
    product: &ProductId,
    hash: &ReleaseHash,
    most: usize,
) {
    let releases = products.entry(product.clone()).or_default();
    releases.retain(|known| known != hash);
    releases.push(hash.clone());
    let extra = releases.len().saturating_sub(most);
    releases.drain(..extra);
}
