//! Removing what nobody needs any more: content of releases that no head keeps, and heads long past. A device removes only what
//! is its own, only what it announced a month before, and nothing at all while anything about it is in doubt.
//!
//! Records of releases, rosters and messages are never removed: they are small, and the numbers of later releases stand on them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};
use larder_model::{Refusal, RefusalCode, WriterId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::broken::{self, Broken};
use crate::envelope::{Signed, open};
use crate::heads;
use crate::lineage::Lineage;
use crate::marks::Marks;
use crate::memo::Memo;
use crate::names::{self, Room};
use crate::places::Place;
use crate::records::{Head, moment};
use crate::stacks::Stacks;
use crate::{Device, Trust, caps, look};

/// So long ago something must have been announced,
const GRACE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// and so many own heads must have come after.
const LATER_HEADS: u64 = 2;

/// What the newest heads name stays.
const KEPT_HEADS: usize = 10;

/// More files than this, or
const MANY_FILES: u64 = 1_000;

/// more of the own bytes than this, are removed only once a person said so.
const MANY_PERCENT: u64 = 20;

/// What keeps anything from being removed. Texts are in the words under `garbage-held-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GarbageHeld {
    /// This device's key is in use on two computers.
    Fork,
    /// This device's folder shows an older state than it once did, or was never written.
    WentBackwards,
    /// This computer's clock has jumped, or nothing was said for more than a day: after the next publication it is known.
    Clock,
    /// Something has not arrived yet, so nobody can tell what needs what.
    Arriving,
}

impl GarbageHeld {
    /// Every one, so that the words can be proven complete.
    pub const ALL: [GarbageHeld; 4] = {
        use GarbageHeld::*;
        [Fork, WentBackwards, Clock, Arriving]
    };
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Garbage {
    /// Files that were removed.
    pub removed: u64,
    /// Their bytes.
    pub removed_bytes: u64,
    /// Files that may be removed now.
    pub due: u64,
    /// Their bytes.
    pub due_bytes: u64,
    /// Files that are announced and have to wait.
    pub waiting: u64,
    /// Their bytes.
    pub waiting_bytes: u64,
    /// So much is due that a person says first that it is to be removed.
    pub much: bool,
    /// Why nothing is removed now.
    pub held: Option<GarbageHeld>,
}

/// An own file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Own {
    /// Heads come after everything else.
    is_head: bool,
    /// Below the own folder.
    name: String,
    size_bytes: u64,
}

/// Removes what is due, and announces what is not needed any more. `asked` tells that a person said so, for much of it.
///
/// # Errors
/// What the place answers; `TooNew`; `Busy` while something else of this device is writing; `Cancelled`.
pub fn collect(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    now: &str,
    asked: bool,
    cancelled: &dyn Fn() -> bool,
) -> Result<Garbage, Refusal> {
    let now = moment(now)?;
    let _turn = device.turn()?;
    let me = device.writer();
    let own = heads::own(place, &trust.shelf, &me)?;
    let mut memo = std::mem::take(&mut trust.memo);
    look::remember_accepted(trust, &mut memo);
    let looked = Look::take(place, device, trust, &mut memo, &own, &now, cancelled);
    trust.memo = memo;
    let look = looked?;
    let mut garbage = Garbage { held: look.held, ..Garbage::default() };
    if look.held.is_some() {
        return Ok(garbage);
    }
    let (due, rest): (Vec<&Own>, Vec<&Own>) = look.unneeded.iter().partition(|file| look.due.contains(&file.name));
    garbage.due = due.len() as u64;
    garbage.due_bytes = due.iter().map(|file| file.size_bytes).sum();
    garbage.much = garbage.due > MANY_FILES || garbage.due_bytes * 100 > look.bytes * MANY_PERCENT;
    if !garbage.much || asked {
        trust.removed =
            due.iter().filter(|f| !f.is_head).map(|f| last_part(&f.name).to_owned()).take(caps::LEDGER).collect();
        for file in due {
            if cancelled() {
                return Err(Refusal::new(RefusalCode::Cancelled));
            }
            place.delete(&format!("{}/{}", names::writer(me.as_str()), file.name))?;
            garbage.removed += 1;
            garbage.removed_bytes += file.size_bytes;
        }
    }
    garbage.waiting = rest.len() as u64;
    garbage.waiting_bytes = rest.iter().map(|file| file.size_bytes).sum();
    let new: Vec<String> = rest.iter().map(|file| file.name.clone()).filter(|n| !look.announced.contains(n)).collect();
    if !new.is_empty() {
        let own = heads::own(place, &trust.shelf, &me)?;
        heads::write(place, device, trust, &now, &own, &mut |head| {
            head.gc_plan = new.iter().take(caps::HEAD_PLAN).cloned().collect();
        })?;
    }
    Ok(garbage)
}

/// What there is and what of it is needed.
struct Look {
    held: Option<GarbageHeld>,
    /// Own files that nothing needs, in the order in which they may be removed.
    unneeded: Vec<Own>,
    /// Those that were announced long enough ago.
    due: BTreeSet<String>,
    /// Those that were announced at all.
    announced: BTreeSet<String>,
    /// Of all own files.
    bytes: u64,
}

impl Look {
    fn held(why: GarbageHeld) -> Look {
        Look { held: Some(why), unneeded: Vec::new(), due: BTreeSet::new(), announced: BTreeSet::new(), bytes: 0 }
    }

    fn take(
        place: &dyn Place,
        device: &Device,
        trust: &Trust,
        memo: &mut Memo,
        own: &heads::Own,
        now: &str,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Look, Refusal> {
        let me = device.writer();
        let [tip] = own.tips.as_slice() else {
            let why = if own.tips.is_empty() { GarbageHeld::WentBackwards } else { GarbageHeld::Fork };
            return Ok(Look::held(why));
        };
        if own.highest < trust.floors.get(&me).copied().unwrap_or(0) {
            return Ok(Look::held(GarbageHeld::WentBackwards));
        }
        let listed = trust.roster_writers();
        let known: Vec<WriterId> = listed.into_iter().chain([me.clone()]).collect();
        // Read strictly: what cannot be read right now must not pass for what nobody needs.
        let stacks = Stacks::open_strict(place, &known)?;
        let scene = look::scene(&stacks, trust, memo)?;
        let at = clock(now)?;
        if jumped(at, &tip.body.at) || scene.heads().any(|(_, confirmed, head)| confirmed && is_ahead(at, &head.at)) {
            return Ok(Look::held(GarbageHeld::Clock));
        }
        let all = own_heads(&stacks, trust, &me, cancelled)?;
        if all.windows(2).any(|pair| matches!(pair, [a, b] if a.body.seq == b.body.seq)) {
            return Ok(Look::held(GarbageHeld::Fork));
        }
        let kept = kept_heads(&all, trust, &me);
        let mut damaged = BTreeMap::new();
        let mut lineage =
            Lineage { stacks: &stacks, shelf: &trust.shelf, memo, device: Some(device), damaged: &mut damaged };
        let mut marks = Marks::default();
        marks.scene(&mut lineage, &scene, trust.accepted.values())?;
        for head in all.iter().filter(|head| kept.contains(&head.hash)) {
            marks.head(&mut lineage, &me, &head.body)?;
        }
        if !marks.unknown.is_empty() {
            return Ok(Look::held(GarbageHeld::Arriving));
        }
        let files = own_files(&stacks, &me)?;
        let bytes = files.iter().map(|file| file.size_bytes).sum();
        let kept_names: HashSet<String> = all
            .iter()
            .filter(|head| kept.contains(&head.hash))
            .map(|head| below(&me, &names::head(&me, head.body.seq, &head.hash)))
            .collect();
        // A head that could not be read is left where it is.
        let known_names: HashSet<String> =
            all.iter().map(|head| below(&me, &names::head(&me, head.body.seq, &head.hash))).collect();
        let mut unneeded: Vec<Own> = files
            .into_iter()
            .filter(|file| match file.is_head {
                true => known_names.contains(&file.name) && !kept_names.contains(&file.name),
                false => !marks.needs(last_part(&file.name)) || broken::is(Broken::NeededRemoved),
            })
            .collect();
        unneeded.sort();
        let (announced, due) = plans(&all, at);
        Ok(Look { held: None, unneeded, due, announced, bytes })
    }
}

fn clock(text: &str) -> Result<Timestamp, Refusal> {
    text.parse().map_err(|_| Refusal::new(RefusalCode::Invalid).with("what", "time").with("value", text))
}

/// Whether the clock shows more than a day before or after a moment.
fn jumped(now: Timestamp, last: &str) -> bool {
    let day = SignedDuration::from_hours(24);
    last.parse::<Timestamp>().is_ok_and(|last| now.duration_since(last).abs() > day)
}

/// Whether somebody else's moment is more than a day ahead of the clock: one of the two is wrong.
fn is_ahead(now: Timestamp, other: &str) -> bool {
    other.parse::<Timestamp>().is_ok_and(|other| other.duration_since(now) > SignedDuration::from_hours(24))
}

/// All own heads in the own folder, the oldest first.
fn own_heads(
    stacks: &Stacks,
    trust: &Trust,
    me: &WriterId,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Signed<Head>>, Refusal> {
    let inside = format!("{}/{}", names::writer(me.as_str()), Room::Heads.folder());
    let mut all = Vec::new();
    let mut named = stacks.list(&inside)?;
    named.retain(|entry| names::head_seq(&entry.name).is_some());
    // Of very many, the oldest are looked through for what was announced, and the newest for what they name.
    let newest = named.split_off(named.len().saturating_sub(caps::OWN_HEADS));
    for entry in named.into_iter().take(caps::COLLECTED_HEADS).chain(newest) {
        if cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        let Some(bytes) = stacks.get(&format!("{inside}/{}", entry.name), caps::HEAD_BYTES)? else { continue };
        let head = open::<Head>(&bytes, &trust.shelf).good().filter(|head| head.writer == *me);
        all.extend(head.filter(|head| names::head(me, head.body.seq, &head.hash).ends_with(&entry.name)));
    }
    all.sort_by(|a, b| (a.body.seq, &a.hash).cmp(&(b.body.seq, &b.hash)));
    Ok(all)
}

/// The newest heads, and those from which on some roster put this device out of use: all of them, so that the oldest that is
/// left is always one that the next one names.
fn kept_heads(all: &[Signed<Head>], trust: &Trust, me: &WriterId) -> HashSet<String> {
    let tips = trust.roster.iter().flat_map(|roster| roster.tips.values());
    let last_good: BTreeSet<String> = tips.filter_map(|roster| roster.device(me)?.last_good.clone()).collect();
    let first = all.iter().find(|head| last_good.contains(&head.hash)).map(|head| head.body.seq);
    let newest = all.iter().rev().take(KEPT_HEADS).map(|head| head.hash.clone());
    let since = all.iter().filter(|head| first.is_some_and(|seq| head.body.seq >= seq));
    newest.chain(since.map(|head| head.hash.clone())).collect()
}

/// What was announced in any head, and what long enough ago.
fn plans(all: &[Signed<Head>], now: Timestamp) -> (BTreeSet<String>, BTreeSet<String>) {
    let highest = all.last().map_or(0, |head| head.body.seq);
    let (mut announced, mut due) = (BTreeSet::new(), BTreeSet::new());
    for head in all.iter().filter(|head| !head.body.gc_plan.is_empty()) {
        let Ok(at) = head.body.at.parse::<Timestamp>() else { continue };
        if at > now {
            continue;
        }
        announced.extend(head.body.gc_plan.iter().cloned());
        let later = all.iter().filter(|other| other.body.seq > head.body.seq).count() as u64;
        if now.duration_since(at) >= GRACE && later >= LATER_HEADS && highest >= head.body.seq + LATER_HEADS {
            due.extend(head.body.gc_plan.iter().cloned());
        }
    }
    (announced, due)
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

fn below(me: &WriterId, name: &str) -> String {
    name.strip_prefix(&format!("{}/", names::writer(me.as_str()))).unwrap_or(name).to_owned()
}

/// The own heads and content, by exact names of our grammar; whatever else stands there is nobody's to remove.
fn own_files(stacks: &Stacks, me: &WriterId) -> Result<Vec<Own>, Refusal> {
    let folder = names::writer(me.as_str());
    let mut all = Vec::new();
    let heads = stacks.files(&format!("{folder}/h"))?.into_iter().filter(|(name, _)| names::head_seq(name).is_some());
    all.extend(heads.map(|(name, size_bytes)| Own { is_head: true, name: format!("h/{name}"), size_bytes }));
    for shard in stacks.list(&format!("{folder}/b"))?.into_iter().filter(|e| e.folder && e.name.len() == 2) {
        for (name, size_bytes) in stacks.files(&format!("{folder}/b/{}", shard.name))? {
            if names::is_hash(&name) && name.starts_with(&shard.name) {
                all.push(Own { is_head: false, name: format!("b/{}/{name}", shard.name), size_bytes });
            }
        }
    }
    Ok(all)
}

/// Whether an announced name is one that may ever be removed.
pub(crate) fn is_planned_name(name: &str) -> bool {
    match name.split('/').collect::<Vec<_>>().as_slice() {
        ["h", head] => names::head_seq(head).is_some(),
        ["b", shard, hash] => names::is_hash(hash) && hash.starts_with(shard) && shard.len() == 2,
        _ => false,
    }
}
