//! Putting a release on the shelf: parts, then their list, then the record, then the head. Each is read back before the next
//! is written, each may be done again after a crash, and before the head stands nobody sees anything.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Arc;

use larder_model::{ProductId, Refusal, RefusalCode, ReleaseHash};

use crate::broken::{self, Broken};
use crate::envelope::seal;
use crate::ground::{Ground, ground, put_parents};
use crate::memo::Loaded;
use crate::names::{self, Room};
use crate::place_write::Wanted;
use crate::places::Place;
use crate::plan::{PartReader, Plan, Stop};
use crate::records::{Release, State, is_short, moment};
use crate::sealed::{self, Draft, Seal};
use crate::stacks::Stacks;
use crate::trust::{Accepted, Inside};
use crate::{Device, Ledger, PublishFile, Trust, caps, heads, look, place_write, retention};

/// What to publish.
#[derive(Debug, Clone)]
pub struct Publication<'a> {
    /// Which data product.
    pub product: &'a ProductId,
    /// Its name, at most 300 characters.
    pub title: &'a str,
    /// Rows in it.
    pub rows: u64,
    /// Its files: one at least.
    pub files: Vec<PublishFile>,
    /// Small extras, at most 16 KiB of JSON; `Null` for none.
    pub about: serde_json::Value,
    /// Who alone may open it; none where everybody on the shelf may.
    pub seal: Option<Seal>,
}

/// How far a publication has come. Answering `false` to any but the last stops it; what was copied stays for the next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishStep {
    /// Everything is measured and fits; nothing is on the shelf yet.
    Saved,
    /// Being copied.
    Copying {
        /// Bytes copied.
        bytes: u64,
        /// Bytes in all.
        of: u64,
    },
    /// All content is on the shelf and was read back; nobody sees it yet.
    Copied,
    /// Colleagues can see it.
    HeadWritten,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The release.
    pub hash: ReleaseHash,
    /// Its number.
    pub n: u64,
}

/// Taking a data product off the shelf.
#[derive(Debug, Clone)]
pub struct Retirement<'a> {
    /// Which.
    pub product: &'a ProductId,
    /// Its name, at most 300 characters.
    pub title: &'a str,
    /// Why, at most 2,000 characters.
    pub reason: &'a str,
    /// What to use in its place.
    pub successor: Option<&'a ProductId>,
    /// Until when earlier releases are kept, RFC 3339.
    pub keep_until: Option<&'a str>,
}

/// A publication whose content is on the shelf already, and which nobody sees yet.
#[derive(Debug)]
pub struct Publishing {
    plan: Plan,
    ledger: Ledger,
    /// What is still to be written of a sealed one.
    draft: Option<Draft>,
}

fn too_long(what: &str) -> Refusal {
    Refusal::new(RefusalCode::Invalid).with("what", what)
}

impl Publishing {
    /// The first half: measures all files and copies them. Needs no more of what is trusted than the parts that were read
    /// back before ([`Trust::ledger`]), so that others may look meanwhile.
    ///
    /// # Errors
    /// `Invalid`, `TooLarge` where readers would refuse it; `NoSpace`, `NoPermission`, `Unreachable`; `NoShelf`; `Busy`
    /// where a file was changed meanwhile; `NotVerified`; `Cancelled`.
    pub fn copy(
        place: &dyn Place,
        device: &Device,
        publication: &Publication,
        mut ledger: Ledger,
        step: &dyn Fn(PublishStep) -> bool,
    ) -> Result<Publishing, Refusal> {
        check(publication.title, &publication.about)?;
        if publication.rows > 1 << 53 {
            return Err(too_long("rows"));
        }
        match place.stat(names::WRITERS)? {
            Some(entry) if entry.folder => {}
            _ if place.stat(names::DATA)?.is_none() => {
                return Err(Refusal::new(RefusalCode::Unreachable).with("path", names::DATA));
            }
            _ => return Err(Refusal::new(RefusalCode::NoShelf)),
        }
        if let Some(seal) = &publication.seal {
            let (plan, draft) = sealed::copy(place, device, publication, seal, &mut ledger, step)?;
            return Ok(Publishing { plan, ledger, draft: Some(draft) });
        }
        let cancelled = Cell::new(false);
        let plan = Plan::measure(&publication.files, &|| !cancelled.get())?;
        go_on(step, PublishStep::Saved)?;
        enough_space(place, device, &plan)?;
        copy_parts(place, device, &plan, &mut ledger, step)?;
        let list = names::blob(device.writer().as_str(), &plan.list_hash);
        place_write::put_bytes(place, &list, &plan.list)?;
        go_on(step, PublishStep::Copied)?;
        Ok(Publishing { plan, ledger, draft: None })
    }

    /// The second half: the record and the head. Where this device's newest release of the product is this very one, because
    /// a crash kept it from being told, that is the answer and nothing is written.
    ///
    /// # Errors
    /// `TooNew` where a newer Larder has written with this device's key; `Busy`; otherwise what the place answers.
    pub fn finish(
        self,
        place: &dyn Place,
        device: &Device,
        trust: &mut Trust,
        publication: &Publication,
        now: &str,
        step: &dyn Fn(PublishStep) -> bool,
    ) -> Result<Published, Refusal> {
        let mut release = blank(trust, publication.product, publication.title, now)?;
        trust.ledger = self.ledger.clone();
        let kept: HashSet<&str> = self.plan.parts().map(|(hash, _)| hash.as_str()).collect();
        trust.ledger.trim(&|hash| kept.contains(hash));
        self.still_there(place, device, trust)?;
        if let (Some(draft), Some(seal)) = (&self.draft, &publication.seal) {
            draft.announce(&mut release, seal, &self.plan);
            let published = put_release(place, device, trust, release, Some(draft))?;
            step(PublishStep::HeadWritten);
            return Ok(published);
        }
        if self.draft.is_some() || publication.seal.is_some() {
            return Err(Refusal::new(RefusalCode::Bug).with("detail", "half sealed"));
        }
        release.list = Some(self.plan.list_hash.clone());
        release.list_size = self.plan.list.len() as u64;
        release.files = self.plan.files.len() as u64;
        release.bytes = self.plan.bytes;
        release.rows = publication.rows;
        release.about = publication.about.clone();
        trust.memo.keep_list(&self.plan.list_hash, self.plan.release_files());
        let published = put_release(place, device, trust, release, None)?;
        step(PublishStep::HeadWritten);
        Ok(published)
    }

    /// What was removed as no longer needed between the two halves is missing now: the first half has to be done again.
    fn still_there(&self, place: &dyn Place, device: &Device, trust: &mut Trust) -> Result<(), Refusal> {
        let listed = std::iter::once((self.plan.list_hash.as_str(), self.plan.list.len() as u64));
        for (hash, size_bytes) in self.plan.parts().map(|(hash, size)| (hash.as_str(), *size)).chain(listed) {
            if !trust.removed.contains(hash) {
                continue;
            }
            let found = place.stat(&names::blob(device.writer().as_str(), hash))?;
            if found.and_then(|entry| entry.size_bytes) != Some(size_bytes) {
                return Err(Refusal::new(RefusalCode::Busy).with("what", names::DATA));
            }
            trust.removed.remove(hash);
        }
        Ok(())
    }
}

/// Publishes: both halves of [`Publishing`].
///
/// # Errors
/// As [`Publishing::copy`] and [`Publishing::finish`].
pub fn publish(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    publication: &Publication,
    now: &str,
    step: &dyn Fn(PublishStep) -> bool,
) -> Result<Published, Refusal> {
    moment(now)?;
    let ledger = trust.ledger.clone();
    Publishing::copy(place, device, publication, ledger, step)?.finish(place, device, trust, publication, now, step)
}

/// Takes a product off the shelf: a release that says so. Its earlier releases stay where they are.
///
/// # Errors
/// `Unknown` where there is no such product; `Invalid` for texts that are too long; otherwise as [`publish`].
pub fn retire(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    retirement: &Retirement,
    now: &str,
) -> Result<Published, Refusal> {
    check(retirement.title, &serde_json::Value::Null)?;
    if !is_short(retirement.reason, caps::REASON_CHARS) {
        return Err(too_long("reason"));
    }
    let mut release = blank(trust, retirement.product, retirement.title, now)?;
    release.state = State::Retired;
    release.reason = Some(retirement.reason.to_owned());
    release.successor = retirement.successor.cloned();
    release.keep_until = retirement.keep_until.map(moment).transpose()?;
    put_release(place, device, trust, release, None)
}

pub(crate) fn go_on(step: &dyn Fn(PublishStep) -> bool, at: PublishStep) -> Result<(), Refusal> {
    if step(at) { Ok(()) } else { Err(Refusal::new(RefusalCode::Cancelled)) }
}

fn check(title: &str, about: &serde_json::Value) -> Result<(), Refusal> {
    if !is_short(title, caps::TITLE_CHARS) {
        return Err(too_long("title"));
    }
    let text = serde_json::to_vec(about).map_err(|_| too_long("about"))?;
    if text.len() > caps::ABOUT_BYTES || !crate::json::is_shallow(&text) {
        return Err(too_long("about"));
    }
    Ok(())
}

pub(crate) fn blank(trust: &Trust, product: &ProductId, title: &str, now: &str) -> Result<Release, Refusal> {
    Ok(Release {
        protocol: caps::WRITES,
        shelf: trust.shelf.clone(),
        product: product.clone(),
        n: 0,
        parents: Vec::new(),
        seq: 0,
        title: title.to_owned(),
        state: State::Live,
        list: None,
        list_size: 0,
        files: 0,
        bytes: 0,
        rows: 0,
        sealed: false,
        keyring: None,
        keyring_size: 0,
        owner: None,
        how_to_ask: None,
        at: moment(now)?,
        reason: None,
        successor: None,
        keep_until: None,
        about: serde_json::Value::Null,
    })
}

pub(crate) fn enough_space(place: &dyn Place, device: &Device, plan: &Plan) -> Result<(), Refusal> {
    let Some(free) = place.space_free_bytes()? else { return Ok(()) };
    let writer = device.writer();
    let mut needed = plan.list.len() as u64;
    for (hash, size_bytes) in plan.parts() {
        // Only asked where it gets tight: every question costs a round trip.
        let there = free < plan.bytes.saturating_mul(2)
            && place.stat(&names::blob(writer.as_str(), hash))?.and_then(|e| e.size_bytes) == Some(*size_bytes);
        needed = needed.saturating_add(if there { 0 } else { *size_bytes });
    }
    if needed > free {
        return Err(Refusal::new(RefusalCode::NoSpace).with("path", names::DATA).with("needed_bytes", needed));
    }
    Ok(())
}

pub(crate) fn copy_parts(
    place: &dyn Place,
    device: &Device,
    plan: &Plan,
    ledger: &mut Ledger,
    step: &dyn Fn(PublishStep) -> bool,
) -> Result<(), Refusal> {
    let writer = device.writer();
    let (copied, ticked, stop) = (Cell::new(0_u64), Cell::new(0_u64), Cell::new(None));
    let tell = |bytes: u64| step(PublishStep::Copying { bytes: bytes.min(plan.bytes), of: plan.bytes });
    // Told once a megabyte, so that a listener that draws something does not slow the copy down.
    let tick = |got: u64| {
        ticked.set(ticked.get() + got);
        if ticked.get() >> 20 == (ticked.get() - got) >> 20 { true } else { tell(copied.get() + ticked.get()) }
    };
    for (listed, path) in &plan.files {
        let mut start = 0;
        for part in &listed.parts {
            ticked.set(0);
            let name = names::blob(writer.as_str(), &part.0);
            let wanted = Wanted { name: &name, hash: &part.0, size_bytes: part.1 };
            let put = place_write::put(place, wanted, ledger, &mut || {
                let reader = PartReader::open(path, start, part, &tick, &stop);
                Ok(Box::new(reader.map_err(|e| Refusal::from_io(&e, &listed.name))?))
            });
            match (put, stop.get()) {
                (_, Some(Stop::Cancelled)) => return Err(Refusal::new(RefusalCode::Cancelled)),
                (_, Some(Stop::Changed)) => {
                    return Err(Refusal::new(RefusalCode::Busy).with("what", listed.name.as_str()));
                }
                (put, None) => put?,
            }
            start += part.1;
            copied.set(copied.get() + part.1);
            ticked.set(0);
            if !tell(copied.get()) {
                return Err(Refusal::new(RefusalCode::Cancelled));
            }
        }
    }
    Ok(())
}

/// Gives the release its parents and its number, puts its record and a head that names it.
pub(crate) fn put_release(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    release: Release,
    draft: Option<&Draft>,
) -> Result<Published, Refusal> {
    let _turn = device.turn()?;
    let me = device.writer();
    let listed = trust.roster_writers();
    let stacks = Stacks::open(place, listed.iter().chain([&me]), &|| false)?;
    let mut memo = std::mem::take(&mut trust.memo);
    look::remember_accepted(trust, &mut memo);
    let found = ground(&stacks, trust, &mut memo, device, &release.product);
    trust.memo = memo;
    let Ground { parents, named, confirmed, silenced, own } = found?;
    if let [only] = parents.as_slice()
        && only.writer == me
        && named.iter().any(|n| n.writer == me && n.hash == only.hash.as_str())
        && draft.map_or_else(|| says_the_same(&only.release, &release), |draft| draft.is_said_by(only, &release, trust))
    {
        return Ok(Published { hash: only.hash.clone(), n: only.release.n });
    }
    if parents.is_empty() && release.state == State::Retired {
        return Err(Refusal::new(RefusalCode::Unknown).with("what", release.product.as_str()));
    }
    let mut release = release;
    release.n = parents.iter().map(|p| p.release.n).max().unwrap_or(0) + 1;
    release.parents = parents.iter().map(|p| p.hash.clone()).collect();
    release.seq = own.highest.max(trust.floors.get(&me).copied().unwrap_or(0)) + 1;
    if let Some(draft) = draft {
        draft.may_follow(&parents)?;
        draft.complete(place, device, trust, &mut release)?;
    }
    put_parents(&stacks, device, trust, &parents)?;
    let bytes = seal(device, &release)?;
    let loaded = Loaded::open(&bytes, &trust.shelf)
        .good()
        .ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "release"))?
        .body;
    let (hash, n) = (loaded.hash.clone(), release.n);
    let put_record =
        || place_write::put_bytes(place, &names::record(me.as_str(), Room::Releases, hash.as_str()), &bytes);
    if !broken::is(Broken::HeadFirst) {
        put_record()?;
    }
    let most = retention::most(trust);
    heads::write(place, device, trust, &release.at, &own, &mut |head| {
        heads::add_release(&mut head.products, &release.product, &hash, most)
    })?;
    if broken::is(Broken::HeadFirst) {
        put_record()?;
    }
    // What nobody else will ever accept must not take the place of what this device accepted from others.
    if !silenced {
        remember(trust, loaded, confirmed);
    }
    Ok(Published { hash, n })
}

/// What was read back from the shelf in full is accepted by its own publisher: so it stays the parent of the next one even if
/// the place is set back to an older state.
fn remember(trust: &mut Trust, loaded: Loaded, confirmed: bool) {
    let known = trust.accepted.get(&loaded.release.product);
    if known.is_some_and(|known| (known.confirmed, known.loaded.rank()) > (confirmed, loaded.rank())) {
        return;
    }
    let mut files = trust.memo.files_of(&loaded.release);
    if files.len() > caps::KEPT_FILES {
        files.clear();
    }
    let inside = trust.memo.opened_list(&loaded.release).map(|list| Inside::of(list));
    trust.memo.releases.insert(loaded.hash.to_string(), Arc::new(loaded.clone()));
    trust.accepted.insert(loaded.release.product.clone(), Accepted { confirmed, loaded, files, inside });
}

/// Whether two releases say the same, whenever and after whatever they were published.
fn says_the_same(a: &Release, b: &Release) -> bool {
    !a.sealed
        && (&a.product, &a.title, a.state, &a.list, a.rows, &a.about, &a.reason, &a.successor)
            == (&b.product, &b.title, b.state, &b.list, b.rows, &b.about, &b.reason, &b.successor)
}
