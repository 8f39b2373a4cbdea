//! Looking at a shelf: a pure function of the bytes that are there now and of what was trusted before.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use larder_model::{PersonId, ProductId, Refusal, RefusalCode, WriterId};

use crate::broken::{self, Broken};
use crate::envelope::Signed;
use crate::founding::find_founding;
use crate::heads::{self, Tops};
use crate::lineage::{self, Lineage, Named};
use crate::memo::Memo;
use crate::people;
use crate::places::Place;
use crate::product::{Judge, Settled};
use crate::pulse::Pulse;
use crate::records::{Head, Status};
use crate::requests;
use crate::roster::{self, Standing};
use crate::stacks::Stacks;
use crate::trust::{Accepted, GoodHead};
use crate::{Alert, Device, Seen, SeenState, Trust, View, caps};

/// What one device says, as far as it counts.
#[derive(Debug, Default)]
pub(crate) struct Voice {
    /// Its heads that count; none if its folder went backwards.
    pub heads: Vec<Signed<Head>>,
    pub confirmed: bool,
    pub revoked: bool,
    /// For a revoked one: the number of its last good head.
    pub until: Option<u64>,
    /// A revoked one, of which nothing tells what it had said up to its last good head: that one is not here, and never was.
    pub in_doubt: bool,
}

/// Everything that is known before the products are judged.
pub(crate) struct Scene {
    pub founder: WriterId,
    pub standing: Standing,
    pub voices: BTreeMap<WriterId, Voice>,
    pub backwards: BTreeSet<WriterId>,
    pub alerts: BTreeSet<Alert>,
    /// Files of data products that only the program that keeps the folder in step can bring from its cloud.
    left_in_cloud: u64,
    floors: BTreeMap<WriterId, u64>,
    /// The last good heads of those that are revoked, once seen.
    good: BTreeMap<WriterId, Vec<GoodHead>>,
    name: String,
}

/// Reads who is there and what they say, products aside.
pub(crate) fn scene(stacks: &Stacks, trust: &Trust, memo: &mut Memo) -> Result<Scene, Refusal> {
    let mut alerts = BTreeSet::new();
    let (founder, name) = founder(stacks, trust, &mut alerts)?;
    let standing = roster::read(stacks, trust, &founder, memo)?;
    let tops = heads::read(stacks, &trust.shelf, memo)?;
    alerts.extend(standing.alerts());
    let mut scene = Scene {
        founder,
        standing,
        voices: BTreeMap::new(),
        backwards: BTreeSet::new(),
        alerts,
        left_in_cloud: 0,
        floors: trust.floors.clone(),
        good: trust.good.clone(),
        name,
    };
    scene.hear(stacks, trust, tops)?;
    Ok(scene)
}

fn left_in_cloud(products: &[Seen]) -> u64 {
    let files = |seen: &Seen| match seen.state {
        SeenState::CloudOnly { files, on_request: false } => files,
        _ => 0,
    };
    products.iter().map(files).sum()
}

/// The founder, pinned or for the first time.
fn founder(stacks: &Stacks, trust: &Trust, alerts: &mut BTreeSet<Alert>) -> Result<(WriterId, String), Refusal> {
    let mut mine = None;
    let all = match find_founding(stacks.place) {
        // What was pinned is enough to go on with what is here.
        Err(refusal) if refusal.code == RefusalCode::CloudOnly && trust.founder.is_some() => {
            stacks.left_in_cloud();
            return Ok((trust.founder.clone().ok_or(refusal)?, trust.name.clone()));
        }
        all => all?,
    };
    for found in all {
        if found.shelf == trust.shelf {
            mine = Some(found);
        } else {
            alerts.insert(Alert::TwoShelves { other: found.shelf });
        }
    }
    match (mine, &trust.founder) {
        (Some(found), _) if found.founding.protocol > caps::WRITES => {
            Err(Refusal::new(RefusalCode::TooNew).with("what", "shelf"))
        }
        // The shelf's id is the hash of what its founder signed: an invitation that names another founder is a trap.
        (Some(found), Some(pinned)) if found.writer != *pinned => {
            Err(crate::invite::wrong_shelf(pinned, [&found.writer]))
        }
        (Some(found), _) => Ok((found.writer, larder_model::display_text(&found.founding.name, caps::TITLE_CHARS))),
        // Seen before: a folder without any of it is a share that is not connected, not an empty shelf.
        (None, Some(_)) if stacks.place.stat(crate::names::DATA)?.is_none() => {
            Err(Refusal::new(RefusalCode::Unreachable))
        }
        (None, Some(pinned)) => {
            alerts.insert(Alert::FoundingMissing);
            Ok((pinned.clone(), trust.name.clone()))
        }
        (None, None) => Err(Refusal::new(RefusalCode::NoShelf)),
    }
}

impl Scene {
    fn hear(&mut self, stacks: &Stacks, trust: &Trust, mut tops: BTreeMap<WriterId, Tops>) -> Result<(), Refusal> {
        // Devices whose folder is gone altogether went backwards too, and of one that is out of use some things still count.
        let ended = self.standing.people.iter().flat_map(|person| &person.writers).filter(|w| w.last_good.is_some());
        let gone: Vec<WriterId> =
            self.floors.keys().chain(ended.map(|w| &w.id)).filter(|w| !tops.contains_key(*w)).cloned().collect();
        tops.extend(gone.into_iter().map(|writer| (writer, Tops::default())));
        for (writer, top) in tops {
            let on_roster = self.standing.writer(&writer).cloned();
            let status = on_roster.as_ref().map(|on_roster| on_roster.status);
            let last_good = on_roster.as_ref().and_then(|w| w.last_good.as_deref());
            let mut voice =
                Voice { confirmed: matches!(status, Some(Status::Active | Status::Retired)), ..Voice::default() };
            if top.too_new {
                self.alerts.insert(Alert::NeedsNewer { writer: writer.clone() });
            }
            if status == Some(Status::Revoked) || (status == Some(Status::Retired) && last_good.is_some()) {
                voice.until = on_roster.as_ref().and_then(|w| w.last_good_seq);
                self.hear_until(stacks, trust, (&writer, last_good), &mut voice, top)?;
                self.voices.insert(writer, voice);
                continue;
            }
            let floor = self.floors.get(&writer).copied().unwrap_or(0);
            if top.seq < floor && stacks.is_unheard(&writer) {
                // A drive that hiccups has not been set back. That something could not be read is told by itself.
                stacks.unsettled.set(true);
            } else if top.seq < floor && !broken::is(Broken::FloorForgotten) {
                self.alerts.insert(Alert::WentBackwards { writer: writer.clone() });
                self.backwards.insert(writer.clone());
            } else {
                if top.heads.len() > 1 && !broken::is(Broken::ForkUntold) {
                    self.alerts.insert(Alert::Fork { writer: writer.clone() });
                }
                if floor > 0 && top.seq.saturating_sub(floor) > caps::SEQ_JUMP {
                    self.alerts.insert(Alert::SeqJump { writer: writer.clone() });
                }
                // Strangers are remembered too, but only so many: anybody can make keys.
                if top.seq > 0 && (voice.confirmed || self.floors.len() < 2 * caps::FOLDERS) {
                    self.floors.insert(writer.clone(), top.seq);
                }
                voice.heads = top.heads;
            }
            self.voices.insert(writer, voice);
        }
        Ok(())
    }

    /// Hears a device that is out of use up to its last good head. Whoever has its key can sign what they like, but cannot get
    /// it in front of that one. Once seen, it is known by heart, so nobody changes what counts by taking it away.
    fn hear_until(
        &mut self,
        stacks: &Stacks,
        trust: &Trust,
        (writer, last_good): (&WriterId, Option<&str>),
        voice: &mut Voice,
        top: Tops,
    ) -> Result<(), Refusal> {
        voice.revoked = true;
        if broken::is(Broken::LastGoodIgnored) {
            (voice.heads, voice.confirmed) = (top.heads, true);
            return Ok(());
        }
        let found = match last_good.map(|hash| (hash, self.remembered(writer, hash))) {
            Some((hash, None)) => {
                let found = heads::by_hash(stacks, &trust.shelf, writer, hash)?;
                if let Some(head) = &found {
                    self.good.entry(writer.clone()).or_default().push(GoodHead::of(head));
                }
                found
            }
            Some((_, known)) => known,
            None => None,
        };
        voice.in_doubt = last_good.is_some() && found.is_none();
        voice.confirmed = !voice.in_doubt;
        if voice.in_doubt {
            self.alerts.insert(Alert::LastGoodMissing { writer: writer.clone() });
            stacks.unsettled.set(true);
        }
        voice.heads.extend(found);
        Ok(())
    }

    /// A last good head that is known by heart.
    pub fn remembered(&self, writer: &WriterId, hash: &str) -> Option<Signed<Head>> {
        self.good.get(writer)?.iter().find(|good| good.hash == hash).map(|good| good.signed(writer))
    }

    /// Heads that count.
    pub fn heads(&self) -> impl Iterator<Item = (&WriterId, bool, &Head)> {
        self.voices
            .iter()
            .flat_map(|(writer, voice)| voice.heads.iter().map(move |head| (writer, voice.confirmed, &head.body)))
    }

    /// Somebody who is on the roster has seen more of a device than there is here: it may be held back from us.
    fn tell_who_saw_newer(&mut self, stacks: &Stacks) {
        let ours: BTreeMap<WriterId, u64> = self.heads().fold(BTreeMap::new(), |mut ours, (writer, _, head)| {
            let known = ours.entry(writer.clone()).or_insert(0);
            *known = head.content.max(*known);
            ours
        });
        let mut alerts = Vec::new();
        for (by, _, head) in self.heads().filter(|(_, confirmed, _)| *confirmed) {
            for (writer, mark) in &head.seen {
                let have = ours.get(writer).copied().unwrap_or(0);
                let counts = self.voices.get(writer).is_none_or(|voice| !voice.revoked);
                let counts = counts && !stacks.is_unheard(writer) && !broken::is(Broken::SeenUntold);
                if counts && mark.seq > have && mark.seq > self.floors.get(writer).copied().unwrap_or(0) {
                    alerts.push(Alert::SawNewer {
                        writer: writer.clone(),
                        by: by.clone(),
                        theirs: mark.seq,
                        ours: have,
                    });
                }
            }
        }
        self.alerts.extend(alerts);
    }

    /// What was odd about the files themselves, and whether something may be whole the next time.
    fn tell_what_was_met(&mut self, stacks: &Stacks) {
        self.alerts.extend(stacks.too_much.borrow().iter().map(|folder| Alert::TooMuch { folder: folder.clone() }));
        let in_cloud = stacks.in_cloud() + self.left_in_cloud;
        if in_cloud > 0 {
            self.alerts.insert(Alert::CloudOnly { files: in_cloud });
        }
        let unreadable = stacks.unreadable() - stacks.in_cloud();
        if unreadable > 0 {
            self.alerts.insert(Alert::Unreadable { files: unreadable });
        }
        if self.standing.arriving {
            stacks.unsettled.set(true);
        }
    }

    /// What was accepted of a product, unless it came from a device that was revoked and its last good head does not name it.
    /// Where nobody can tell yet whether it does, and by its number it may, it stays as the word of somebody unconfirmed: it is
    /// not lost, and not vouched for either, as a thief can write old numbers.
    pub fn still_good<'t>(&self, accepted: Option<&'t Accepted>) -> Option<Cow<'t, Accepted>> {
        let accepted = accepted?;
        let loaded = &accepted.loaded;
        let Some(voice) = self.voices.get(&loaded.writer).filter(|voice| voice.revoked) else {
            return Some(Cow::Borrowed(accepted));
        };
        if voice.in_doubt && voice.until.is_some_and(|seq| loaded.release.seq <= seq) {
            return Some(Cow::Owned(Accepted { confirmed: false, ..accepted.clone() }));
        }
        let names = |head: &Signed<Head>| {
            head.body.products.get(&loaded.release.product).is_some_and(|all| all.contains(&loaded.hash))
        };
        voice.heads.iter().any(names).then_some(Cow::Borrowed(accepted))
    }
}

/// Looks at the shelf. `known` tells whether a file (by sha256 in base 16) is in the private cache and verified. What was
/// learned is kept in `trust`, which is left as it was where the look does not come to its end.
///
/// A release counts as here once its record, its list (both verified) and all its parts (by size) are; the bytes of the parts
/// are verified by [`crate::fetch`], and nothing may be shown or opened before.
///
/// # Errors
/// `Unreachable` where the place is away; `NoShelf` where there is none; `TooNew`; `NoPermission`; `Cancelled`.
pub fn look(
    place: &dyn Place,
    trust: &mut Trust,
    me: &Device,
    known: &dyn Fn(&str) -> bool,
    cancelled: &dyn Fn() -> bool,
) -> Result<View, Refusal> {
    look_at(place, trust, me, known, cancelled, Depth::Thorough)
}

/// The same as [`look`], asking only for what may have changed: none where no name among the heads has changed since a look
/// that found everything in its place (one question a device), and data products that were whole and about which nobody has
/// said anything new are not asked for again. What somebody takes away from the place is noticed by [`look`] alone, so that
/// one belongs in between now and then.
///
/// # Errors
/// As [`look`].
pub fn glance(
    place: &dyn Place,
    trust: &mut Trust,
    me: &Device,
    known: &dyn Fn(&str) -> bool,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<View>, Refusal> {
    if let Some(pulse) = &trust.pulse
        && pulse.beats_on(place, cancelled)?
    {
        return Ok(None);
    }
    look_at(place, trust, me, known, cancelled, Depth::Quick).map(Some)
}

/// How much is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Everything.
    Thorough,
    /// What somebody said something new about.
    Quick,
}

fn look_at(
    place: &dyn Place,
    trust: &mut Trust,
    me: &Device,
    known: &dyn Fn(&str) -> bool,
    cancelled: &dyn Fn() -> bool,
    depth: Depth,
) -> Result<View, Refusal> {
    trust.pulse = None;
    if broken::is(Broken::NoMemory) {
        *trust = Trust::new(trust.shelf.clone());
    }
    let listed = trust.roster_writers();
    let stacks = Stacks::open(place, listed.iter().chain([&me.writer()]), cancelled)?;
    let mut memo = std::mem::take(&mut trust.memo);
    remember_accepted(trust, &mut memo);
    let looked = look_with(&stacks, trust, &mut memo, me, known, depth);
    memo.trim();
    trust.memo = memo;
    let (view, learned) = looked?;
    trust.founder = Some(learned.scene.founder);
    trust.name = learned.scene.name;
    trust.roster = learned.scene.standing.memory;
    trust.rules = learned.scene.standing.house.memory;
    trust.floors = learned.scene.floors;
    trust.good = learned.scene.good;
    trust.accepted = learned.accepted;
    trust.damaged = learned.damaged;
    trust.judged = learned.judged;
    trust.pulse = Pulse::of(&stacks, &view);
    Ok(view)
}

/// What was accepted is known by heart, so that it can be somebody's parent even if its record is gone from the place.
pub(crate) fn remember_accepted(trust: &Trust, memo: &mut Memo) {
    for accepted in trust.accepted.values() {
        let hash = accepted.loaded.hash.to_string();
        memo.releases.entry(hash).or_insert_with(|| std::sync::Arc::new(accepted.loaded.clone()));
    }
}

struct Learned {
    scene: Scene,
    accepted: BTreeMap<ProductId, Accepted>,
    damaged: BTreeMap<String, Option<u64>>,
    judged: BTreeMap<ProductId, Settled>,
}

fn look_with(
    stacks: &Stacks,
    trust: &Trust,
    memo: &mut Memo,
    device: &Device,
    known: &dyn Fn(&str) -> bool,
    depth: Depth,
) -> Result<(View, Learned), Refusal> {
    let me = &device.writer();
    let mut scene = scene(stacks, trust, memo)?;
    scene.tell_who_saw_newer(stacks);
    let mut people = people::read(stacks, &trust.shelf, memo, &scene, me)?;
    scene.alerts.append(&mut people.alerts);

    let named = lineage::named(scene.heads());
    let mut ids: BTreeSet<_> = named.keys().cloned().collect();
    ids.extend(trust.accepted.keys().filter(|_| !broken::is(Broken::SilenceDeletes)).cloned());
    let mut damaged = trust.damaged.clone();
    let mut judge = Judge {
        lineage: Lineage { stacks, shelf: &trust.shelf, memo, device: Some(device), damaged: &mut damaged },
        known,
        alerts: BTreeSet::new(),
        backwards: scene.backwards.clone(),
        confirmed: scene.voices.iter().filter(|(_, voice)| voice.confirmed).map(|(writer, _)| writer.clone()).collect(),
        files_left: caps::VIEW_FILES,
    };
    let Judgements { mut products, accepted, settled, whole } =
        judge_all(&mut judge, &mut scene, trust, ids, &named, depth)?;
    let said = requests::read(stacks, &trust.shelf, memo, &scene, &people, &products, device)?;
    scene.left_in_cloud = left_in_cloud(&products);
    scene.tell_what_was_met(stacks);
    products.iter_mut().for_each(|seen| tell_people(seen, &scene, &people, accepted.get(&seen.product)));
    let mut view = View {
        shelf: trust.shelf.clone(),
        name: scene.name.clone(),
        founder_words: crate::words::six(scene.founder.as_str()),
        out_of_use: scene.standing.writer(me).is_some_and(|writer| writer.status != Status::Active),
        people: people.members,
        products,
        requests: said.requests,
        reviews: said.reviews,
        receipts: said.receipts,
        alerts: scene.alerts.iter().take(caps::ALERTS).cloned().collect(),
        has_news: false,
        rules: scene.standing.house.in_force(),
        rules_history: scene.standing.house.memory.iter().flat_map(|memory| memory.history.clone()).collect(),
        threshold: scene.standing.tips().map(|tip| tip.threshold).max().unwrap_or(1),
        proposals: crate::govern::proposals(&scene.standing, me),
        hints: crate::govern::hints(&scene, me),
        arrived: arrived(&scene, &settled, me),
    };
    view.has_news = has_news(&scene, &view, me, trust) || own_heads_moved(stacks, me, trust)?;
    Ok((view, Learned { scene, accepted, damaged, judged: whole }))
}

/// What came of judging every product.
#[derive(Default)]
struct Judgements {
    products: Vec<Seen>,
    accepted: BTreeMap<ProductId, Accepted>,
    /// Releases that are here or that something newer took the place of.
    settled: HashSet<String>,
    /// Products of which nothing is missing.
    whole: BTreeMap<ProductId, Settled>,
}

fn judge_all(
    judge: &mut Judge,
    scene: &mut Scene,
    trust: &Trust,
    ids: BTreeSet<ProductId>,
    named: &BTreeMap<ProductId, Vec<Named>>,
    depth: Depth,
) -> Result<Judgements, Refusal> {
    let mut all = Judgements::default();
    for id in ids {
        judge.lineage.stacks.go_on()?;
        let before = scene.still_good(trust.accepted.get(&id));
        let before = before.as_deref();
        let named = named.get(&id).map_or(&[][..], Vec::as_slice);
        let print = judge.print(named, before);
        let known = trust.judged.get(&id).filter(|known| depth == Depth::Quick && known.print == print);
        let judged = match known {
            Some(known) => judge.again(known, before),
            None => judge.judge(&id, named, before)?,
        };
        scene.alerts.extend(judge.alerts.iter().cloned());
        let alerts = std::mem::take(&mut judge.alerts);
        // As it will be asked for the next time.
        let print = judge.print(named, judged.accepted.as_ref());
        match Settled::of(&judged, named, print, alerts) {
            Some(it) => drop(all.whole.insert(id.clone(), it)),
            None => judge.lineage.stacks.unsettled.set(true),
        }
        all.settled.extend(judged.settled);
        if let Some(now) = judged.accepted {
            all.accepted.insert(id, now);
        }
        all.products.extend(judged.seen);
    }
    Ok(all)
}

/// Up to which head everything of a device is here.
fn arrived(scene: &Scene, settled: &HashSet<String>, me: &WriterId) -> BTreeMap<WriterId, u64> {
    let mut arrived = BTreeMap::new();
    for (writer, voice) in
        scene.voices.iter().filter(|(writer, voice)| *writer != me && !voice.revoked && !voice.heads.is_empty())
    {
        let whole = voice.heads.iter().all(|head| {
            head.body.products.values().filter_map(|all| all.last()).all(|last| settled.contains(last.as_str()))
        });
        if let Some(content) = voice
            .heads
            .iter()
            .map(|head| head.body.content)
            .max()
            .filter(|_| whole || broken::is(Broken::SeenUnarrived))
        {
            arrived.insert(writer.clone(), content);
        }
    }
    arrived
}

/// Whether others have not been told yet of something that arrived, or own heads stand side by side. They may do so unseen
/// where a clone of this device has said more than it: the shorter of the two lines is then no longer heard.
fn has_news(scene: &Scene, view: &View, me: &WriterId, trust: &Trust) -> bool {
    let own = scene.voices.get(me).map_or(&[][..], |voice| &voice.heads);
    let [own] = own else { return true };
    if own.hash != trust.own_tip {
        return true;
    }
    view.arrived.iter().any(|(writer, seq)| own.body.seen.get(writer).is_none_or(|mark| mark.seq < *seq))
}

/// Whether something came or went where the own heads stand since they were last brought together: an own head that was lost
/// may have come back behind a longer line, where nobody would hear it.
fn own_heads_moved(stacks: &Stacks, me: &WriterId, trust: &Trust) -> Result<bool, Refusal> {
    let names = heads::own_names(stacks, me)?;
    Ok(!names.is_empty() && heads::mark_of(names.iter().map(String::as_str)) != trust.own_names)
}

/// Whose it is, and who has it.
fn tell_people(seen: &mut Seen, scene: &Scene, people: &people::People, accepted: Option<&Accepted>) {
    seen.keeper_person = people.of_writer.get(&seen.writer).map(|(_, person)| person.clone());
    let Some(release) = accepted.map(|a| &a.loaded.release) else { return };
    let keeper = people.of_writer.get(&seen.writer).map(|(id, _)| id.clone());
    let mut times: Vec<(String, PersonId)> = Vec::new();
    for (writer, _, head) in scene.heads() {
        let Some((person, _)) = people.of_writer.get(writer) else { continue };
        let Some(mark) = head.seen.get(&seen.writer).filter(|mark| mark.seq >= release.seq) else { continue };
        if *writer != seen.writer && keeper.as_ref() != Some(person) {
            times.push((mark.at.clone(), person.clone()));
        }
    }
    times.sort_by_key(|(at, person)| (at.parse::<jiff::Timestamp>().unwrap_or_default(), person.clone()));
    for (at, person) in times {
        if !seen.seen_by.contains(&person) {
            seen.seen_by.push(person.clone());
            seen.seen_at.insert(person, at);
        }
    }
}
