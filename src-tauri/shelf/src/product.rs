//! How one data product stands: which of the releases that heads name is here as a whole, and which one counts.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use larder_model::{ProductId, Refusal, ReleaseHash, WriterId, display_text};

use serde::{Deserialize, Serialize};

use crate::broken::{self, Broken};
use crate::envelope::sha256;
use crate::lineage::{Counter, Lineage, Load, Named};
use crate::memo::Loaded;
use crate::records::{Release, State};
use crate::sealed::Content;
use crate::stacks::Blob;
use crate::trust::{Accepted, Inside};
use crate::{Alert, EarlierRelease, ReleaseFile, SealedSeen, Seen, SeenState, caps};

/// Judges products one after the other.
pub(crate) struct Judge<'l, 'a> {
    pub lineage: Lineage<'l, 'a>,
    /// Whether a file (by sha256) is in the private cache, verified.
    pub known: &'l dyn Fn(&str) -> bool,
    pub alerts: BTreeSet<Alert>,
    /// Devices whose folder shows an older state than it once did.
    pub backwards: BTreeSet<WriterId>,
    /// Devices that are on the roster.
    pub confirmed: BTreeSet<WriterId>,
    /// Files that may still be told in this view.
    pub files_left: usize,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Judged {
    pub seen: Option<Seen>,
    pub accepted: Option<Accepted>,
    /// Of the releases named, those that are here or that something newer took the place of.
    pub settled: HashSet<String>,
}

/// A product of which everything that anybody says is here, and how it was judged: as long as nobody says anything else, it
/// stands so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settled {
    /// Of everything that the judgement depends on besides the bytes that are there.
    pub print: String,
    pub seen: Seen,
    pub settled: BTreeSet<String>,
    pub alerts: BTreeSet<Alert>,
}

impl Settled {
    /// Keeps a judgement; none where something of it is still missing.
    pub fn of(judged: &Judged, named: &[Named], print: String, alerts: BTreeSet<Alert>) -> Option<Settled> {
        let seen = judged.seen.as_ref()?;
        let whole = matches!(
            seen.state,
            SeenState::Ready
                | SeenState::CloudOnly { on_request: true, .. }
                | SeenState::TwoVersions
                | SeenState::Retired
                | SeenState::NeedsKey
        );
        let all = named.iter().all(|named| judged.settled.contains(&named.hash));
        (whole && all && seen.files.len() <= caps::KEPT_FILES).then(|| Settled {
            print,
            seen: seen.clone(),
            settled: judged.settled.iter().cloned().collect(),
            alerts,
        })
    }
}

/// How much of a release is here.
#[derive(Debug, Clone, Default)]
struct Readiness {
    have: u64,
    need: u64,
    damaged: bool,
    /// Of what is here, files whose bytes come from a cloud when they are read.
    on_request: u64,
    /// Of what is not here, files that only the program that keeps the folder in step can bring from its cloud.
    elsewhere: u64,
    files: Option<Arc<Vec<ReleaseFile>>>,
    /// Sealed, and this device has no key to it: what can be told of it is here.
    locked: bool,
    /// What a sealed one tells to those who can open it.
    inside: Option<Inside>,
}

impl Readiness {
    fn is_whole(&self) -> bool {
        self.have == self.need && !self.damaged
    }

    /// Why it is not all at hand, where nothing is missing and some of it lies in a cloud.
    fn in_cloud(&self) -> Option<SeenState> {
        match (self.damaged, self.elsewhere, self.on_request) {
            (true, ..) | (_, 0, 0) => None,
            (_, 0, files) => (self.have == self.need).then_some(SeenState::CloudOnly { files, on_request: true }),
            (_, files, _) => {
                (self.have + files >= self.need).then_some(SeenState::CloudOnly { files, on_request: false })
            }
        }
    }

    /// What is missing is on its way, or lies in a cloud.
    fn waiting(&self) -> SeenState {
        self.in_cloud().unwrap_or(SeenState::Arriving { have: self.have, need: self.need })
    }
}

/// The releases that heads name, as far as their records can be had.
#[derive(Default)]
struct Candidates {
    /// The greatest first.
    loaded: Vec<Arc<Loaded>>,
    missing: Vec<Named>,
    too_new: Vec<Named>,
}

impl Judge<'_, '_> {
    /// Of everything that a judgement depends on besides the bytes that are there.
    pub fn print(&self, named: &[Named], before: Option<&Accepted>) -> String {
        let standing = |writer: &WriterId| (self.confirmed.contains(writer), self.backwards.contains(writer));
        let named: Vec<_> =
            named.iter().map(|n| (&n.hash, n.writer.as_str(), n.confirmed, n.last, standing(&n.writer))).collect();
        let before = before.map(|b| (b.loaded.hash.as_str(), b.confirmed, standing(&b.loaded.writer)));
        sha256(format!("{named:?}{before:?}").as_bytes())
    }

    /// A judgement that still holds.
    pub fn again(&mut self, known: &Settled, before: Option<&Accepted>) -> Judged {
        self.alerts.extend(known.alerts.iter().cloned());
        let mut seen = known.seen.clone();
        if seen.files.len() > self.files_left {
            seen.files.clear();
        }
        self.files_left -= seen.files.len();
        let brought = seen.files.iter().all(|file| (self.known)(&file.sha256));
        if matches!(seen.state, SeenState::CloudOnly { .. }) && brought && !seen.files.is_empty() {
            seen.state = SeenState::Ready;
        }
        Judged { seen: Some(seen), accepted: before.cloned(), settled: known.settled.iter().cloned().collect() }
    }

    /// Judges one product.
    ///
    /// # Errors
    /// What the place answers; `Cancelled`.
    pub fn judge(
        &mut self,
        product: &ProductId,
        named: &[Named],
        before: Option<&Accepted>,
    ) -> Result<Judged, Refusal> {
        let (group, before, ignored) = self.group(product, named, before);
        let candidates = self.candidates(product, &group)?;
        let mut ready: BTreeMap<String, Readiness> = BTreeMap::new();
        let mut top: Option<Arc<Loaded>> = None;
        for loaded in &candidates.loaded {
            if self.is_older(loaded, before.as_ref())? {
                break;
            }
            let readiness = self.readiness(loaded)?;
            let whole = readiness.is_whole();
            ready.insert(loaded.hash.to_string(), readiness);
            if whole {
                top = Some(loaded.clone());
                break;
            }
        }
        // What was accepted is only ever taken the place of by something greater.
        let shown = top.or_else(|| before.as_ref().map(|b| Arc::new(b.loaded.clone())));
        let mut judged = match shown {
            Some(shown) => self.show(product, &candidates, shown, before.as_ref(), &mut ready)?,
            None => self.show_arriving(product, &candidates, &ready)?,
        };
        if let Some(seen) = &mut judged.seen {
            seen.confirmed = self.confirmed.contains(&seen.writer);
            if let Some(accepted) = &mut judged.accepted {
                accepted.confirmed = seen.confirmed;
            }
        }
        judged.settled.extend(ignored);
        Ok(judged)
    }

    /// Whether something greater was accepted before.
    fn is_older(&mut self, loaded: &Loaded, before: Option<&Accepted>) -> Result<bool, Refusal> {
        let Some(before) = before.filter(|_| !broken::is(Broken::LastSeenWins)) else { return Ok(false) };
        #[cfg(test)]
        if broken::is(Broken::Ancestry) {
            return crate::trials::is_known_ancestor(&mut self.lineage, loaded, before);
        }
        Ok(loaded.rank() < before.loaded.rank())
    }

    /// Who may have a say: the confirmed as soon as there is one, otherwise everyone. Strangers never move a confirmed product.
    fn group(
        &mut self,
        product: &ProductId,
        named: &[Named],
        before: Option<&Accepted>,
    ) -> (Vec<Named>, Option<Accepted>, Vec<String>) {
        let is_ours = |b: &&Accepted| b.confirmed || self.confirmed.contains(&b.loaded.writer);
        let any_confirmed = named.iter().any(|n| n.confirmed) || before.as_ref().is_some_and(is_ours);
        if !any_confirmed {
            return (named.to_vec(), before.cloned(), Vec::new());
        }
        let (group, strangers): (Vec<Named>, Vec<Named>) = named.iter().cloned().partition(|n| n.confirmed);
        for stranger in &strangers {
            self.alerts.insert(Alert::UnconfirmedVersion { product: product.clone(), writer: stranger.writer.clone() });
        }
        let before = before.filter(is_ours).cloned();
        // What a colleague names too is waited for: a stranger's word does not make it arrive.
        let ignored =
            strangers.into_iter().map(|n| n.hash).filter(|hash| group.iter().all(|n| n.hash != *hash)).collect();
        (group, before, ignored)
    }

    fn candidates(&mut self, product: &ProductId, group: &[Named]) -> Result<Candidates, Refusal> {
        let mut candidates = Candidates::default();
        for named in group {
            match self.lineage.load(&named.hash, &[&named.writer])? {
                // A head speaks for its own device's releases only.
                Load::Good(loaded)
                    if (loaded.writer == named.writer || broken::is(Broken::OthersReleases))
                        && loaded.release.product == *product =>
                {
                    if self.lineage.counter(&loaded)? == Counter::Broken {
                        self.alerts
                            .insert(Alert::BadCounter { product: product.clone(), writer: named.writer.clone() });
                    } else {
                        candidates.loaded.push(loaded);
                    }
                }
                Load::Good(_) => {}
                Load::TooNew => {
                    self.alerts.insert(Alert::NeedsNewer { writer: named.writer.clone() });
                    candidates.too_new.push(named.clone());
                }
                Load::Missing => candidates.missing.push(named.clone()),
            }
        }
        if !broken::is(Broken::NoOrder) {
            candidates.loaded.sort_by(|a, b| b.rank().cmp(&a.rank()));
        }
        #[cfg(test)]
        if broken::is(Broken::Ancestry) {
            crate::trials::order_by_ancestry(&mut self.lineage, &mut candidates.loaded)?;
        }
        candidates.loaded.dedup_by(|a, b| a.hash == b.hash);
        Ok(candidates)
    }

    /// Counts what of a release is here: its record, its parents' records, the list, every part.
    fn readiness(&mut self, loaded: &Loaded) -> Result<Readiness, Refusal> {
        let first = [&loaded.writer];
        let mut readiness = Readiness { have: 1, need: 1, ..Readiness::default() };
        if let Counter::Waiting(parents) = self.lineage.counter(loaded)? {
            readiness.need += parents;
        }
        if loaded.release.state == State::Retired {
            return Ok(readiness);
        }
        let files = match self.list(loaded, &mut readiness)? {
            Some(files) => files,
            None => return Ok(readiness),
        };
        for file in files.iter() {
            readiness.need += file.parts.len() as u64;
            if (self.known)(&file.sha256) {
                readiness.have += file.parts.len() as u64;
                continue;
            }
            for (hash, size_bytes) in &file.parts {
                let found = self.lineage.stacks.blob(hash, *size_bytes, &first, self.lineage.damaged)?;
                readiness.have += u64::from(found == Blob::Absent && broken::is(Broken::MissingPassedOver));
                self.count(&mut readiness, hash, found);
            }
        }
        readiness.files = Some(files);
        Ok(readiness)
    }

    /// Counts a piece of content as it was found.
    fn count(&mut self, readiness: &mut Readiness, hash: &str, found: Blob) {
        match found {
            Blob::Present(_) => readiness.have += 1,
            Blob::OnRequest(_) => {
                readiness.have += 1;
                readiness.on_request += 1;
            }
            Blob::Elsewhere => readiness.elsewhere += 1,
            Blob::Damaged => readiness.damaged = true,
            Blob::WrongSize(size) => readiness.damaged |= self.is_stuck(hash, size),
            Blob::Absent => {}
        }
    }

    /// The files of a live release, if their list is here and can be read; counts what the list itself takes.
    fn list(&mut self, loaded: &Loaded, readiness: &mut Readiness) -> Result<Option<Arc<Vec<ReleaseFile>>>, Refusal> {
        if !loaded.release.sealed {
            readiness.need += 1;
            let files = self.lineage.files(&loaded.release, &[&loaded.writer])?;
            match &files {
                Some(_) => readiness.have += 1,
                None => {
                    readiness.need += loaded.release.files;
                    self.cloudy_list(loaded, readiness)?;
                }
            }
            return Ok(files);
        }
        // The keyring and the list.
        readiness.need += 2;
        match self.lineage.sealed(loaded)? {
            Content::Arriving(have) => {
                readiness.have += have;
                readiness.need += loaded.release.files;
                if have < 2 {
                    self.cloudy_list(loaded, readiness)?;
                }
                Ok(None)
            }
            Content::Locked => {
                readiness.have += 2;
                readiness.locked = true;
                Ok(None)
            }
            Content::Damaged => {
                readiness.damaged = true;
                Ok(None)
            }
            Content::Open(list) => {
                readiness.have += 1;
                self.keyring(loaded, readiness)?;
                readiness.inside = Some(Inside::of(&list));
                Ok(Some(Arc::new(list.release_files(&loaded.release))))
            }
        }
    }

    /// What is in a sealed release is remembered, but its key never is: the keyring has to be there whenever it is opened.
    fn keyring(&mut self, loaded: &Loaded, readiness: &mut Readiness) -> Result<(), Refusal> {
        let Some(keyring) = &loaded.release.keyring else { return Ok(()) };
        let (size, first) = (loaded.release.keyring_size, [&loaded.writer]);
        let found = self.lineage.stacks.blob(keyring, size, &first, self.lineage.damaged)?;
        self.count(readiness, keyring, found);
        Ok(())
    }

    /// Where the list itself lies in a cloud and did not come, so does whatever it lists, as far as anybody can tell.
    fn cloudy_list(&mut self, loaded: &Loaded, readiness: &mut Readiness) -> Result<(), Refusal> {
        let Some(list) = &loaded.release.list else { return Ok(()) };
        let (size, first) = (loaded.release.list_size, [&loaded.writer]);
        let found = self.lineage.stacks.blob(list, size, &first, self.lineage.damaged)?;
        if matches!(found, Blob::OnRequest(_) | Blob::Elsewhere) {
            readiness.elsewhere += 1 + loaded.release.files;
        }
        Ok(())
    }

    /// A part that keeps the same wrong size look after look is not arriving any more.
    fn is_stuck(&mut self, hash: &str, size_bytes: u64) -> bool {
        let stuck = self.lineage.memo.stuck.entry(hash.to_owned()).or_insert((size_bytes, 0));
        if stuck.0 != size_bytes {
            *stuck = (size_bytes, 0);
        }
        stuck.1 = stuck.1.saturating_add(1);
        stuck.1 >= caps::STUCK_LOOKS
    }

    fn show(
        &mut self,
        product: &ProductId,
        candidates: &Candidates,
        shown: Arc<Loaded>,
        before: Option<&Accepted>,
        ready: &mut BTreeMap<String, Readiness>,
    ) -> Result<Judged, Refusal> {
        let here = match ready.get(shown.hash.as_str()) {
            Some(readiness) => readiness.clone(),
            None => self.readiness(&shown)?,
        };
        let remembered = before.filter(|b| b.loaded.hash == shown.hash);
        let files = here.files.as_deref().cloned().or_else(|| remembered.map(|b| b.files.clone())).unwrap_or_default();
        let inside = here.inside.clone().or_else(|| remembered.and_then(|b| b.inside.clone()));
        let others = self.beside(candidates, &shown)?;
        let named = candidates.loaded.iter().any(|loaded| loaded.hash == shown.hash);
        let newer = self.newer(candidates, &shown, ready)?;
        let state = if !named && self.backwards.contains(&shown.writer) {
            SeenState::WentBackwards
        } else if here.locked && here.is_whole() {
            SeenState::NeedsKey
        } else if !others.is_empty() && here.is_whole() {
            SeenState::TwoVersions
        } else if shown.release.state == State::Retired {
            SeenState::Retired
        } else if here.damaged {
            SeenState::Damaged
        } else if !here.is_whole() {
            here.waiting()
        } else if let Some((have, need)) = newer {
            SeenState::ReadyNewerArriving { have, need }
        } else {
            here.in_cloud().unwrap_or(SeenState::Ready)
        };
        let beside: HashSet<&str> = others.iter().map(|o| o.hash.as_str()).collect();
        let older = candidates.loaded.iter().filter(|l| l.rank() < shown.rank() && !beside.contains(l.hash.as_str()));
        let mut seen = self.seen(product, &shown, state, files.clone(), inside.as_ref());
        seen.earlier = older.take(caps::READ_RELEASES).map(|l| brief(l)).collect();
        seen.other_versions = others.iter().map(|l| brief(l)).collect();
        let settled =
            candidates.loaded.iter().filter(|l| l.rank() < shown.rank() || (l.hash == shown.hash && here.is_whole()));
        let settled = settled.map(|l| l.hash.to_string()).collect();
        let kept = if files.len() <= caps::KEPT_FILES { files } else { Vec::new() };
        let accepted = Accepted { confirmed: false, loaded: shown.as_ref().clone(), files: kept, inside };
        Ok(Judged { seen: Some(seen), accepted: Some(accepted), settled })
    }

    /// Releases that are here as a whole and neither came from the one shown nor led to it.
    fn beside(&mut self, candidates: &Candidates, shown: &Arc<Loaded>) -> Result<Vec<Arc<Loaded>>, Refusal> {
        let mut all: Vec<Arc<Loaded>> = candidates.loaded.iter().filter(|l| l.rank() < shown.rank()).cloned().collect();
        all.push(shown.clone());
        let mut beside = Vec::new();
        if broken::is(Broken::VersionsUntold) {
            return Ok(beside);
        }
        for loaded in self.lineage.newest(&all)? {
            if loaded.hash != shown.hash
                && self.lineage.counter(&loaded)? == Counter::Holds
                && self.readiness(&loaded)?.is_whole()
            {
                beside.push(loaded);
            }
        }
        Ok(beside)
    }

    /// How far the next one has come, if there is one on its way.
    fn newer(
        &mut self,
        candidates: &Candidates,
        shown: &Loaded,
        ready: &BTreeMap<String, Readiness>,
    ) -> Result<Option<(u64, u64)>, Refusal> {
        if let Some(loaded) = candidates.loaded.iter().find(|l| l.rank() > shown.rank()) {
            let readiness = match ready.get(loaded.hash.as_str()) {
                Some(readiness) => readiness.clone(),
                None => self.readiness(loaded)?,
            };
            return Ok(Some((readiness.have, readiness.need)));
        }
        Ok(candidates.missing.iter().any(|n| n.last).then_some((0, 1)))
    }

    /// Nothing of this product was ever complete here.
    fn show_arriving(
        &mut self,
        product: &ProductId,
        candidates: &Candidates,
        ready: &BTreeMap<String, Readiness>,
    ) -> Result<Judged, Refusal> {
        if let Some(loaded) = candidates.loaded.first() {
            let here = ready.get(loaded.hash.as_str()).cloned().unwrap_or_default();
            let state = if here.damaged { SeenState::Damaged } else { here.waiting() };
            let files = here.files.as_deref().cloned().unwrap_or_default();
            let mut seen = self.seen(product, loaded, state, files, here.inside.as_ref());
            seen.earlier = candidates.loaded.iter().skip(1).map(|l| brief(l)).collect();
            return Ok(Judged { seen: Some(seen), ..Judged::default() });
        }
        let missing = candidates.missing.last().map(|n| (n, SeenState::Arriving { have: 0, need: 1 }));
        let too_new = candidates.too_new.last().map(|n| (n, SeenState::NeedsNewerLarder));
        let Some((named, state)) = too_new.or(missing) else { return Ok(Judged::default()) };
        let Some(hash) = ReleaseHash::parse(&named.hash) else { return Ok(Judged::default()) };
        Ok(Judged { seen: Some(unknown(product, hash, &named.writer, state)), ..Judged::default() })
    }

    fn seen(
        &mut self,
        product: &ProductId,
        loaded: &Loaded,
        state: SeenState,
        files: Vec<ReleaseFile>,
        inside: Option<&Inside>,
    ) -> Seen {
        let release = &loaded.release;
        let mut seen = unknown(product, loaded.hash.clone(), &loaded.writer, state);
        seen.release = release.n;
        seen.title = display_text(&release.title, caps::TITLE_CHARS);
        seen.rows = release.rows;
        seen.size_bytes = release.bytes;
        seen.published_at = release.at.clone();
        seen.about = release.about.clone();
        seen.reason = release.reason.as_deref().map(|reason| display_text(reason, caps::REASON_CHARS));
        seen.successor = release.successor.clone();
        if release.sealed {
            tell_seal(&mut seen, release, inside);
        }
        if files.len() <= self.files_left {
            self.files_left -= files.len();
            seen.files = files;
        }
        seen
    }
}

/// What is known of a sealed release; to those who can open it, what only they may know.
fn tell_seal(seen: &mut Seen, release: &Release, inside: Option<&Inside>) {
    if let Some(inside) = inside {
        seen.title = display_text(&inside.title, caps::TITLE_CHARS);
        seen.rows = inside.rows;
        seen.size_bytes = inside.size_bytes;
        seen.about = inside.about.clone();
    }
    seen.sealed = Some(SealedSeen {
        opens: inside.is_some(),
        hidden_title: release.title.is_empty(),
        owner: release.owner.clone(),
        how_to_ask: release.how_to_ask.as_deref().map(|text| display_text(text, caps::ASK_CHARS)),
        recipients: inside.map(|inside| inside.recipients.clone()).unwrap_or_default(),
    });
}

fn unknown(product: &ProductId, hash: ReleaseHash, writer: &WriterId, state: SeenState) -> Seen {
    Seen {
        product: product.clone(),
        release: 0,
        hash,
        title: String::new(),
        writer: writer.clone(),
        keeper_person: None,
        confirmed: false,
        state,
        rows: 0,
        size_bytes: 0,
        files: Vec::new(),
        published_at: String::new(),
        about: serde_json::Value::Null,
        reason: None,
        successor: None,
        earlier: Vec::new(),
        other_versions: Vec::new(),
        seen_by: Vec::new(),
        seen_at: BTreeMap::new(),
        sealed: None,
    }
}

fn brief(loaded: &Loaded) -> EarlierRelease {
    EarlierRelease {
        release: loaded.release.n,
        hash: loaded.hash.clone(),
        writer: loaded.writer.clone(),
        live: loaded.release.state == State::Live,
        rows: loaded.release.rows,
        size_bytes: loaded.release.bytes,
        published_at: loaded.release.at.clone(),
    }
}
