//! The walk over everything that a shelf should hold as far as this device knows, which finds what is not there.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use larder_model::{Refusal, WriterId, display_text};

use super::{From, Lost, MendCode, Mending, Repair, TRIES, Want};
use crate::envelope::{Signed, open, sha256};
use crate::founding::find_founding;
use crate::heads::{self, Own};
use crate::lineage;
use crate::memo::{Loaded, Memo};
use crate::names::{self, Room};
use crate::places::{Place, Whereabouts};
use crate::records::{FileList, Head, Release, State, Status};
use crate::sealed::{Again, Key};
use crate::stacks::{Blob, Found, HashSink, Stacks};
use crate::{Device, ReleaseFile, Trust, caps, look};

/// Of so few files, any number may be missing without anybody having done it on purpose.
const FEW: u64 = 12;

/// So many are much in any case.
const MANY: u64 = 200;

pub(super) fn walk(
    place: &dyn Place,
    trust: &mut Trust,
    device: &Device,
    how: &Mending,
) -> Result<(Repair, Vec<Want>), Refusal> {
    let me = device.writer();
    let listed = trust.roster_writers();
    if trust.roster.is_none() || is_out(trust, &me) {
        return Ok((Repair::default(), Vec::new()));
    }
    let stacks = Stacks::open(place, listed.iter().chain([&me]), how.cancelled)?;
    let mut walk = Walk {
        stacks: &stacks,
        trust,
        damaged: trust.damaged.clone(),
        device,
        me: me.clone(),
        how,
        wants: Vec::new(),
        met: HashSet::new(),
        lost: BTreeMap::new(),
        checked: 0,
        set_back: false,
        of: None,
        key: None,
    };
    walk.founding(place)?;
    walk.governing()?;
    let own = heads::own(place, &trust.shelf, &me)?;
    let mine = walk.heads(own)?;
    walk.own(&mine)?;
    walk.colleagues(place)?;
    let Walk { damaged, wants, lost, checked, set_back, .. } = walk;
    trust.damaged = damaged;
    Ok(told(wants, lost, checked, set_back))
}

/// A device that was lost or stolen has nothing to put back.
fn is_out(trust: &Trust, me: &WriterId) -> bool {
    let tips = trust.roster.iter().flat_map(|roster| roster.tips.values());
    tips.filter_map(|roster| roster.device(me)).any(|device| device.status == Status::Revoked)
}

fn told(mut wants: Vec<Want>, lost: BTreeMap<String, Lost>, checked: u64, set_back: bool) -> (Repair, Vec<Want>) {
    // What others are led by comes last: content, then records, then the head.
    wants.sort_by_key(|want| match want.code {
        MendCode::Founding => 0,
        MendCode::OwnParts | MendCode::Lent => 1,
        _ if want.name.contains("/h/") => 3,
        _ => 2,
    });
    let mut repair = Repair { cannot: lost.into_values().collect(), ..Repair::default() };
    for want in &wants {
        *repair.can.entry(if want.there { MendCode::Misplaced } else { want.code }).or_insert(0) += 1;
    }
    let gone = wants.iter().filter(|want| !want.there).count() as u64;
    repair.much = set_back || gone > MANY || (gone > FEW && gone * 2 > checked);
    (repair, wants)
}

/// A release whose files are looked for.
struct Of {
    title: String,
    release: u64,
    writer: WriterId,
    key: String,
}

struct Walk<'w, 'a> {
    stacks: &'w Stacks<'a>,
    trust: &'w Trust,
    damaged: BTreeMap<String, Option<u64>>,
    device: &'w Device,
    me: WriterId,
    how: &'w Mending<'w>,
    wants: Vec<Want>,
    met: HashSet<String>,
    lost: BTreeMap<String, Lost>,
    checked: u64,
    /// The newest own head is not there any more.
    set_back: bool,
    of: Option<Of>,
    /// The key of the sealed release at hand.
    key: Option<Key>,
}

impl Walk<'_, '_> {
    /// Whether something is still to be looked at; counts it.
    fn first_time(&mut self, what: String) -> bool {
        if !self.met.insert(what) {
            return false;
        }
        self.checked += 1;
        (self.how.progress)(self.checked);
        true
    }

    fn want(&mut self, name: String, hash: &str, size_bytes: u64, from: From, code: MendCode, there: bool) {
        let tries = self.trust.resent.get(hash).copied().unwrap_or(0);
        if tries >= TRIES && !self.how.asked {
            return self.lose(Some(hash));
        }
        self.wants.push(Want { name, hash: hash.to_owned(), size_bytes, from, code, there });
    }

    /// Something of the release at hand cannot be put back. `vanishing` names what could be, and would be gone again.
    fn lose(&mut self, vanishing: Option<&str>) {
        let Some(of) = &self.of else { return };
        let lost = self.lost.entry(of.key.clone()).or_insert_with(|| Lost {
            title: of.title.clone(),
            release: of.release,
            count: 0,
            writer: of.writer.clone(),
            vanishing: Vec::new(),
        });
        lost.count += 1;
        if let Some(hash) = vanishing.filter(|_| lost.vanishing.len() < caps::KEPT_FILES) {
            lost.vanishing.push(hash.to_owned());
        }
    }

    fn founding(&mut self, place: &dyn Place) -> Result<(), Refusal> {
        if find_founding(place)?.iter().any(|found| found.shelf == self.trust.shelf) {
            return Ok(());
        }
        self.checked += 1;
        let hash = self.trust.shelf.as_str().to_owned();
        if let Some(bytes) = self.how.archive.get(&hash) {
            let size = bytes.len() as u64;
            self.want(names::founding(&hash), &hash, size, From::Memory(bytes), MendCode::Founding, false);
        }
        Ok(())
    }

    fn governing(&mut self) -> Result<(), Refusal> {
        let rosters = self.trust.roster.iter().flat_map(|known| known.tips.keys().chain(&known.before));
        let rules = self.trust.rules.iter().flat_map(|known| known.tips.keys().chain(known.before.keys()));
        let all: BTreeSet<String> = rosters.chain(rules).cloned().collect();
        for hash in all {
            self.record(Room::Rosters, &hash, None, MendCode::Governing)?;
        }
        Ok(())
    }

    /// A record of anybody's, wherever it stands; where it stands nowhere, it is wanted in the own folder. An own one
    /// (`mine`) belongs there in any case.
    fn record(
        &mut self,
        room: Room,
        hash: &str,
        writer: Option<&WriterId>,
        code: MendCode,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        let cap = if room == Room::Rosters { caps::ROSTER_BYTES } else { caps::RELEASE_BYTES };
        let name = names::record(self.me.as_str(), room, hash);
        let mine = matches!(code, MendCode::OwnRecords);
        if mine && let Some(bytes) = self.stacks.get(&name, cap)?.filter(|bytes| sha256(bytes) == hash) {
            self.first_time(format!("{room:?}{hash}"));
            return Ok(Some(bytes));
        }
        let first: Vec<&WriterId> = writer.into_iter().collect();
        let there = self.stacks.record(room, hash, &first, cap)?;
        let is_there = there.is_some();
        let found = there.or_else(|| self.how.archive.get(hash)).or_else(|| self.remembered(room, hash));
        if !self.first_time(format!("{room:?}{hash}")) || (is_there && !mine) {
            return Ok(found);
        }
        match &found {
            Some(bytes) => self.want(name, hash, bytes.len() as u64, From::Memory(bytes.clone()), code, is_there),
            None => self.lose(None),
        }
        Ok(found)
    }

    /// The record of a release that was accepted, as it is remembered with it.
    fn remembered(&self, room: Room, hash: &str) -> Option<Vec<u8>> {
        let accepted = self.trust.accepted.values().map(|accepted| &accepted.loaded);
        let known = accepted.filter(|loaded| room == Room::Releases && loaded.hash.as_str() == hash);
        known.filter_map(|loaded| loaded.text.clone().map(String::into_bytes)).find(|bytes| sha256(bytes) == hash)
    }

    /// The own heads that stand on the shelf or once did, as far as they say what the newest says. Those that are gone are wanted.
    fn heads(&mut self, own: Own) -> Result<Vec<Signed<Head>>, Refusal> {
        let mut kept = Vec::new();
        for bytes in self.how.archive.heads() {
            let head = open::<Head>(&bytes, &self.trust.shelf).good().filter(|head| head.writer == self.me);
            kept.extend(head.map(|head| (head, bytes)));
        }
        let last_good = self.last_good();
        let (tips, highest) = (own.tips, own.highest);
        let mut mine: Vec<Signed<Head>> = Vec::new();
        for (head, bytes) in kept {
            let is_tip = tips.iter().any(|tip| tip.hash == head.hash);
            let above = head.body.seq > highest;
            if !(is_tip || above || last_good.contains(&head.hash)) {
                continue;
            }
            let name = names::head(&self.me, head.body.seq, &head.hash);
            self.checked += 1;
            let stands = self.stacks.get(&name, caps::HEAD_BYTES)?.is_some_and(|there| sha256(&there) == head.hash);
            if !stands {
                self.set_back |= above;
                let size = bytes.len() as u64;
                self.want(name, &head.hash, size, From::Memory(bytes), MendCode::OwnHead, is_tip);
            }
            if above {
                mine.push(head);
            }
        }
        mine.extend(tips);
        Ok(mine)
    }

    /// The head of this device that counts as its last, where it was put out of use.
    fn last_good(&self) -> BTreeSet<String> {
        let tips = self.trust.roster.iter().flat_map(|roster| roster.tips.values());
        tips.filter_map(|roster| roster.device(&self.me)?.last_good.clone()).collect()
    }

    /// Everything that the own heads name.
    fn own(&mut self, heads: &[Signed<Head>]) -> Result<(), Refusal> {
        for head in heads {
            for hash in head.body.card.iter().chain(&head.body.messages) {
                self.record(Room::Messages, hash, None, MendCode::OwnRecords)?;
            }
            for hash in &head.body.gov {
                // Proposals that came to nothing may be gone: nobody reads them.
                self.record(Room::Rosters, hash, None, MendCode::OwnRecords)?;
            }
            let me = self.me.clone();
            for hash in head.body.products.values().flatten() {
                self.release(hash.as_str(), &me)?;
            }
        }
        Ok(())
    }

    /// What confirmed colleagues say, as far as it can be heard, and what was accepted of them.
    fn colleagues(&mut self, place: &dyn Place) -> Result<(), Refusal> {
        let mut all: BTreeSet<(WriterId, String)> = BTreeSet::new();
        let accepted = self.trust.accepted.values().filter(|accepted| accepted.confirmed);
        all.extend(accepted.map(|a| (a.loaded.writer.clone(), a.loaded.hash.to_string())));
        if place.stat(names::DATA)?.is_some() {
            let mut memo = Memo::default();
            let scene = look::scene(self.stacks, self.trust, &mut memo)?;
            for named in lineage::named(scene.heads()).into_values().flatten().filter(|named| named.confirmed) {
                all.insert((named.writer, named.hash));
            }
        }
        all.retain(|(writer, _)| *writer != self.me);
        for (writer, hash) in all {
            self.release(&hash, &writer)?;
        }
        Ok(())
    }

    fn release(&mut self, hash: &str, writer: &WriterId) -> Result<(), Refusal> {
        if self.met.contains(&format!("release{hash}")) {
            return Ok(());
        }
        self.met.insert(format!("release{hash}"));
        let mine = *writer == self.me;
        let codes = if mine { (MendCode::OwnRecords, MendCode::OwnParts) } else { (MendCode::Lent, MendCode::Lent) };
        self.of = Some(Of { title: String::new(), release: 0, writer: writer.clone(), key: hash.to_owned() });
        let bytes = self.record(Room::Releases, hash, Some(writer), codes.0)?;
        let loaded = bytes.and_then(|bytes| Loaded::open(&bytes, &self.trust.shelf).good());
        // Said by somebody else than who names it: it does not count, and is nobody's loss.
        if let Some(loaded) = loaded.map(|signed| signed.body).filter(|loaded| loaded.writer == *writer) {
            let release = &loaded.release;
            if let Some(of) = &mut self.of {
                (of.title, of.release) = (display_text(&release.title, caps::TITLE_CHARS), release.n);
            }
            for parent in &release.parents {
                self.record(Room::Releases, parent.as_str(), Some(writer), MendCode::Lent)?;
            }
            if release.state == State::Live {
                self.content(release, writer, codes.1)?;
            }
        }
        self.of = None;
        Ok(())
    }

    /// List, keyring and parts of a release.
    fn content(&mut self, release: &Release, writer: &WriterId, code: MendCode) -> Result<(), Refusal> {
        let Some(list) = &release.list else { return Ok(()) };
        let list = self.small(list, release.list_size, writer, code)?;
        let files: Vec<ReleaseFile> = match &release.keyring {
            None => list.and_then(|list| FileList::read(&list)).unwrap_or_default(),
            Some(keyring) => {
                let ring = self.small(keyring, release.keyring_size, writer, code)?;
                let opened = ring.zip(list).and_then(|(ring, list)| crate::sealed::opened(&ring, &list, self.device));
                let (list, key) = opened.unzip();
                self.key = key;
                list.map(|list| list.release_files(release)).unwrap_or_default()
            }
        };
        for file in &files {
            let mut start = 0;
            for part in &file.parts {
                self.part(part, Some((file, start)), writer, code)?;
                start += part.1;
            }
        }
        self.key = None;
        Ok(())
    }

    /// A small piece of content; its bytes, wherever they are.
    fn small(
        &mut self,
        hash: &str,
        size_bytes: u64,
        writer: &WriterId,
        code: MendCode,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        self.part(&(hash.to_owned(), size_bytes), None, writer, code)?;
        match self.stacks.small_blob(hash, size_bytes, &[writer])? {
            Some(bytes) => Ok(Some(bytes)),
            None => Ok(self.how.archive.get(hash)),
        }
    }

    /// A piece of content; `file` tells of which file it is, and where in it.
    fn part(
        &mut self,
        (hash, size_bytes): &(String, u64),
        file: Option<(&ReleaseFile, u64)>,
        writer: &WriterId,
        code: MendCode,
    ) -> Result<(), Refusal> {
        if !self.first_time(format!("b{hash}")) {
            return Ok(());
        }
        let name = names::blob(self.me.as_str(), hash);
        // An own one belongs into the own folder, whoever else has it too.
        if code == MendCode::OwnParts && self.stands(&name, hash, *size_bytes, file.is_none())? {
            return Ok(());
        }
        if let Some(other) = self.anywhere(hash, *size_bytes, writer, file.is_none())? {
            if code == MendCode::OwnParts && other != name {
                self.want(name, hash, *size_bytes, From::Place(other), code, true);
            }
            return Ok(());
        }
        if let Some(bytes) = self.how.archive.get(hash).filter(|bytes| bytes.len() as u64 == *size_bytes) {
            self.want(name, hash, *size_bytes, From::Memory(bytes), code, false);
        } else if let Some(from) = self.made(file, hash, *size_bytes, writer)? {
            self.want(name, hash, *size_bytes, from, code, false);
        } else {
            self.lose(None);
        }
        Ok(())
    }

    /// Whether content stands under a name. `small` content is always read.
    fn stands(&mut self, name: &str, hash: &str, size_bytes: u64, small: bool) -> Result<bool, Refusal> {
        let found = self.stacks.place.stat(name)?;
        let in_cloud = found.as_ref().map_or(Whereabouts::Here, |entry| entry.whereabouts);
        if in_cloud == Whereabouts::Elsewhere && !self.how.asked {
            // Its client has it. Only a person who asks for more gets it written beside what stands in for it.
            return Ok(true);
        }
        let Some(entry) = found.filter(|entry| entry.size_bytes == Some(size_bytes)) else { return Ok(false) };
        if in_cloud == Whereabouts::OnRequest {
            // Nothing is brought from a cloud only to be looked at.
            return Ok(true);
        }
        let doubted = self.damaged.contains_key(name);
        if !(self.how.thorough || small || doubted) {
            return Ok(true);
        }
        let right = self.stacks.has_hash(name, hash, size_bytes)?;
        if right {
            self.damaged.remove(name);
        } else if self.damaged.len() < caps::DAMAGED {
            self.damaged.insert(name.to_owned(), entry.changed);
        }
        Ok(right)
    }

    fn anywhere(
        &mut self,
        hash: &str,
        size_bytes: u64,
        writer: &WriterId,
        small: bool,
    ) -> Result<Option<String>, Refusal> {
        for Found { name, .. } in self.stacks.blob_names(hash, size_bytes, &[writer])?.found {
            if self.stands(&name, hash, size_bytes, small)? {
                return Ok(Some(name));
            }
        }
        let mut damaged = self.damaged.clone();
        Ok(match self.stacks.blob(hash, size_bytes, &[writer], &mut damaged)? {
            Blob::Present(name) | Blob::OnRequest(name) => Some(name),
            _ => None,
        })
    }

    /// A part that can be made from a file of this computer.
    fn made(
        &self,
        file: Option<(&ReleaseFile, u64)>,
        hash: &str,
        size_bytes: u64,
        writer: &WriterId,
    ) -> Result<Option<From>, Refusal> {
        let Some((file, start)) = file else { return Ok(None) };
        if file.sealed.is_none() {
            return Ok(self.cut(file, start, hash, size_bytes));
        }
        let (Some(key), Some(path)) = (&self.key, (self.how.here)(&file.sha256)) else { return Ok(None) };
        let Some(beginning) = self.beginning(file, writer)? else { return Ok(None) };
        let Some(mut again) = Again::open(key, &beginning, &path, start, size_bytes) else { return Ok(None) };
        let mut sink = HashSink::default();
        let made = std::io::copy(&mut again, &mut sink).is_ok() && sink.hex() == hash;
        Ok(made.then(|| From::Sealed { path, start, key: Box::new(key.clone()), beginning }))
    }

    /// The beginning of an encrypted file, as it was kept or as it stands on the shelf.
    fn beginning(&self, file: &ReleaseFile, writer: &WriterId) -> Result<Option<Vec<u8>>, Refusal> {
        let Some((hash, size_bytes)) = file.parts.first() else { return Ok(None) };
        if let Some(kept) = self.how.archive.beginning(hash) {
            return Ok(Some(kept));
        }
        let names = self.stacks.blob_names(hash, *size_bytes, &[writer])?.found;
        // Nothing is brought from a cloud for that.
        for Found { name, .. } in names.into_iter().filter(|found| !found.on_request) {
            // Reading it through keeps its beginning, if it is what its name says.
            if self.stacks.has_hash(&name, hash, *size_bytes)?
                && let Some(kept) = self.how.archive.beginning(hash)
            {
                return Ok(Some(kept));
            }
        }
        Ok(None)
    }

    /// A part of a file that is on this computer, if it is still that part.
    fn cut(&self, file: &ReleaseFile, start: u64, hash: &str, size_bytes: u64) -> Option<From> {
        let path = (self.how.here)(&file.sha256)?;
        let mut content = File::open(&path).ok()?;
        content.seek(SeekFrom::Start(start)).ok()?;
        let mut sink = HashSink::default();
        std::io::copy(&mut content.take(size_bytes), &mut sink).ok()?;
        (sink.hex() == hash).then_some(From::File { path, start })
    }
}
