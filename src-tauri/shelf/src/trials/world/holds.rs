//! What has to hold of a single look, whoever looks and whatever they remember.

use std::collections::HashSet;

use super::*;
use crate::Alert;
use crate::records::{RosterWriter, Status};
use crate::trials::sealed as sealing;

/// Questions and bytes that a look may cost for each file that stands there.
const CALLS_PER_FILE: u64 = 8;
const CALLS_AT_LEAST: u64 = 200;

impl World {
    /// Looks once, and checks that it was not more work than there is.
    pub(super) fn read(&mut self, desk: &mut Desk, place: &SimPlace) -> View {
        let (calls, bytes) = (place.calls(), place.read_bytes());
        let view = desk.look(place);
        let (calls, bytes) = (place.calls() - calls, place.read_bytes() - bytes);
        let files = place.files();
        let there: u64 = files.values().map(|bytes| bytes.len() as u64).sum();
        let bound = CALLS_AT_LEAST + CALLS_PER_FILE * files.len() as u64;
        assert!(calls <= bound, "I12, seed {}: {calls} questions about {} files", self.seed, files.len());
        assert!(bytes <= 2 * there, "I12, seed {}: {bytes} bytes read of {there}", self.seed);
        self.totals.reads += 1;
        view
    }

    /// Checks a view against the bytes that are there. Answers what was found damaged.
    pub(super) fn check_view(
        &mut self,
        place: &SimPlace,
        desk: &Desk,
        view: &View,
        floors: &BTreeMap<WriterId, u64>,
    ) -> Vec<Refusal> {
        let (seed, trust) = (self.seed, &desk.trust);
        let roster = trust.roster.as_ref().and_then(|memory| crate::roster::combine(memory.tips.values()));
        let heads = self.heads.of(&place.files(), trust.shelf());
        let mut damaged = Vec::new();
        for seen in view.products.iter().filter(|seen| seen.release > 0) {
            self.check_author(seen, roster.as_ref(), &heads);
            let opens =
                matches!(seen.state, SeenState::Ready | SeenState::ReadyNewerArriving { .. } | SeenState::TwoVersions);
            let known = trust.accepted(&seen.product).is_some_and(|(_, hash)| hash == seen.hash);
            if let Some((_, release)) = self.releases.get(seen.hash.as_str()).filter(|_| opens || known) {
                assert!(self.number_follows(release), "I17, seed {seed}: {seen:?}");
            }
            self.check_sealed(desk, seen, opens);
            if opens && seen.files.len() == 2 {
                match sealing::opened_files(place, desk, &seen.files, &seen.writer) {
                    Ok(text) => assert_eq!(Some(&text), self.tables.get(&seen.hash), "I2, seed {seed}"),
                    Err(refusal) => {
                        assert_eq!(refusal.code, RefusalCode::Damaged, "I2, seed {seed}: {refusal}");
                        damaged.push(refusal);
                    }
                }
            }
        }
        self.check_forks(view, roster.as_ref(), &heads, floors);
        self.check_seen_alerts(view, roster.as_ref(), &heads, floors, &trust.floors);
        self.check_governed(trust, view);
        self.count(view);
        damaged
    }

    /// I10: whoever has no key to it sees that there is something, and nothing of it.
    fn check_sealed(&self, desk: &Desk, seen: &Seen, opens: bool) {
        let Some(readers) = self.readers.get(&seen.hash) else { return };
        let closed = !opens && seen.files.is_empty() && seen.about.is_null() && seen.rows == 0;
        let may = readers.contains(&desk.device.writer());
        assert!(may || closed, "I10, seed {}: {} sees {seen:?}", self.seed, desk.person.name);
        assert!(!may || seen.state != SeenState::NeedsKey, "L1, seed {}: {} has a key", self.seed, desk.person.name);
    }

    /// I1: signed by somebody who is on the roster, or named by the last good head of somebody who was.
    fn check_author(&self, seen: &Seen, roster: Option<&Roster>, heads: &oracle::Found) {
        let seed = self.seed;
        let on_it = roster.into_iter().flat_map(|r| &r.people).flat_map(|p| &p.writers).find(|w| w.id == seen.writer);
        let revoked = on_it.filter(|on_it| on_it.status == Status::Revoked);
        let in_doubt = revoked.is_some_and(|revoked| self.may_be_in_doubt(revoked, seen, heads));
        assert!(seen.confirmed == on_it.is_some() || in_doubt, "I1, seed {seed}: {seen:?}");
        let Some(on_it) = on_it else { return };
        assert!(self.tables.contains_key(&seen.hash), "I1, seed {seed}: nobody published {seen:?}");
        let (author, _) = &self.releases[seen.hash.as_str()];
        assert_eq!(*author, seen.writer, "I1, seed {seed}: {seen:?}");
        if on_it.status == Status::Revoked && seen.confirmed {
            let good = on_it.last_good.as_deref().and_then(|hash| self.heads.ever(hash));
            let named = good
                .is_some_and(|head| head.body.products.get(&seen.product).is_some_and(|all| all.contains(&seen.hash)));
            assert!(named, "I1, seed {seed}: by a revoked device {seen:?}");
        }
    }

    /// Whether it may be shown as the word of somebody unconfirmed: as long as the last good head is not here, and only what
    /// may stand before that one by its number.
    fn may_be_in_doubt(&self, revoked: &RosterWriter, seen: &Seen, heads: &oracle::Found) -> bool {
        let here = heads.by(&seen.writer).iter().any(|head| Some(&head.hash) == revoked.last_good.as_ref());
        let release = self.releases.get(seen.hash.as_str()).map(|(_, release)| release);
        !here && release.is_some_and(|release| revoked.last_good_seq.is_some_and(|until| release.seq <= until))
    }

    /// Whether a release's number is one more than the greatest of its parents.
    pub(super) fn number_follows(&self, release: &Release) -> bool {
        let parents: Option<Vec<u64>> =
            release.parents.iter().map(|hash| self.releases.get(hash.as_str()).map(|(_, parent)| parent.n)).collect();
        parents.is_none_or(|parents| release.n == parents.into_iter().max().unwrap_or(0) + 1)
    }

    /// I11: two heads with one number are told, and nothing else is told to be that. What went backwards is told.
    fn check_forks(
        &self,
        view: &View,
        roster: Option<&Roster>,
        heads: &oracle::Found,
        floors: &BTreeMap<WriterId, u64>,
    ) {
        let mut writers: BTreeSet<&WriterId> = heads.writers().collect();
        writers.extend(floors.keys());
        let forger = forger_writer();
        let unsure = |writer: &WriterId| *writer == forger || heads.misnamed.contains(writer);
        for writer in writers.into_iter().filter(|writer| !unsure(writer) && !is_revoked(roster, writer)) {
            let top = heads.top(writer);
            let seq = top.first().map_or(0, |head| head.body.seq);
            let back = seq < floors.get(writer).copied().unwrap_or(0);
            let told = |alert: Alert| view.alerts.contains(&alert);
            let (fork, seed) = (top.len() > 1 && !back, self.seed);
            assert_eq!(told(Alert::Fork { writer: writer.clone() }), fork, "I11, seed {seed}: fork of {writer}");
            assert_eq!(told(Alert::WentBackwards { writer: writer.clone() }), back, "I3, seed {seed}: {writer} {seq}");
        }
    }

    /// Whoever is on the roster and has seen more of a device than there is here is told of.
    fn check_seen_alerts(
        &self,
        view: &View,
        roster: Option<&Roster>,
        heads: &oracle::Found,
        before: &BTreeMap<WriterId, u64>,
        floors: &BTreeMap<WriterId, u64>,
    ) {
        let Some(roster) = roster else { return };
        let counts = |writer: &WriterId| {
            let top = heads.top(writer);
            let seq = top.first().map_or(0, |head| head.body.seq);
            if seq < before.get(writer).copied().unwrap_or(0) { &[][..] } else { top }
        };
        let active: HashSet<&WriterId> = roster
            .people
            .iter()
            .flat_map(|p| &p.writers)
            .filter(|w| w.status != Status::Revoked && !heads.misnamed.contains(&w.id))
            .map(|w| &w.id)
            .collect();
        for by in &active {
            for (writer, mark) in counts(by).iter().flat_map(|head| &head.body.seen) {
                let ours = counts(writer).iter().map(|head| head.body.content).max().unwrap_or(0);
                let floor = floors.get(writer).copied().unwrap_or(0);
                let told = view.alerts.iter().any(
                    |a| matches!(a, Alert::SawNewer { writer: w, by: b, theirs, .. } if w == writer && b == *by && *theirs == mark.seq),
                );
                let sure = !heads.misnamed.contains(writer) && !is_revoked(Some(roster), writer);
                let expected = mark.seq > ours && mark.seq > floor && sure;
                assert!(told || !expected, "seed {}: {by} has seen {mark:?} of {writer}", self.seed);
            }
        }
    }

    /// I14: every roster that counts was signed by enough stewards of the one before.
    fn check_governed(&self, trust: &Trust, view: &View) {
        let Some(memory) = &trust.roster else { return };
        for hash in memory.tips.keys().chain(&memory.before) {
            assert!(self.is_governed(hash), "I14, seed {}: {:?}", self.seed, self.rosters.get(hash));
        }
        let forked = memory.tips.len() > 1;
        assert_eq!(view.alerts.contains(&Alert::RosterFork), forked, "I11, seed {}: rosters", self.seed);
        if forked {
            for person in view.people.iter().filter(|member| member.confirmed) {
                for writer in &person.writers {
                    let everywhere = memory
                        .tips
                        .values()
                        .all(|tip| tip.people.iter().flat_map(|p| &p.writers).any(|w| w.id == *writer));
                    assert!(everywhere, "I11, seed {}: {writer} is not on both rosters", self.seed);
                }
            }
        }
    }

    fn is_governed(&self, hash: &str) -> bool {
        let Some((author, roster)) = self.rosters.get(hash) else { return false };
        if roster.v == 1 {
            return *author == self.founder;
        }
        let before: Option<Vec<&Roster>> =
            roster.prev.iter().map(|hash| self.rosters.get(hash).map(|(_, roster)| roster)).collect();
        let Some(before) = before else { return false };
        let mut signed = self.agreed.get(hash).cloned().unwrap_or_default();
        signed.insert(author.clone());
        // So many people of each of them, not so many computers.
        let enough = before.iter().all(|b| {
            let has_signed = |person: &&crate::records::RosterPerson| {
                person.writers.iter().any(|w| signed.contains(&w.id) && b.stewards.contains(&w.id))
            };
            b.people.iter().filter(has_signed).count() >= b.threshold as usize
        });
        let step = before.iter().map(|b| b.v).max().map(|v| v + 1);
        step == Some(roster.v) && enough && roster.prev.iter().all(|hash| self.is_governed(hash))
    }

    fn count(&mut self, view: &View) {
        for alert in &view.alerts {
            match alert {
                Alert::WentBackwards { .. } => self.totals.went_backwards += 1,
                Alert::SawNewer { .. } => self.totals.saw_newer += 1,
                Alert::Fork { .. } => self.totals.forks += 1,
                Alert::RosterFork => self.totals.roster_forks += 1,
                Alert::BadCounter { .. } => self.totals.bad_counters += 1,
                _ => {}
            }
        }
        self.totals.two_versions += view.products.iter().filter(|s| s.state == SeenState::TwoVersions).count() as u64;
    }
}

/// Whether a roster says that this device was stolen.
pub(super) fn is_revoked(roster: Option<&Roster>, writer: &WriterId) -> bool {
    let all = roster.into_iter().flat_map(|r| &r.people).flat_map(|p| &p.writers);
    all.filter(|w| w.id == *writer).any(|w| w.status == Status::Revoked)
}
