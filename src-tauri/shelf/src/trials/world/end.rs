//! How a world ends: everything arrives everywhere, and then everyone agrees.

use super::*;
use crate::Alert;
use crate::records::Status;

impl World {
    /// Everything arrives everywhere, whole.
    fn deliver_all(&mut self) {
        let mut all = Files::new();
        for seat in &self.seats {
            // What was torn by a crash and never finished belongs to nobody.
            all.extend(seat.place.files().into_iter().filter(|(name, _)| !name.starts_with("Current")));
        }
        all.extend(self.truth.clone());
        for seat in &self.seats {
            seat.place.set_files(all.clone());
        }
    }

    /// Stewards bring forked rosters together and confirm again whoever one of them left out.
    fn heal_rosters(&mut self) {
        for _ in 0..3 {
            self.deliver_all();
            if self.traits.threshold > 1 {
                self.agree(0);
                self.agree(1);
                self.deliver_all();
            }
            let everyone: Vec<WriterId> = self.seats.iter().map(Seat::writer).collect();
            self.look(0);
            let roster = self.seats[0].roster();
            // Those that are left, in one go: where it takes two, several proposals would be a fork again.
            let whom: Vec<WriterId> =
                everyone.into_iter().filter(|writer| !holds::is_revoked(roster.as_ref(), writer)).collect();
            self.confirm(0, &whom);
        }
        self.deliver_all();
    }

    pub(super) fn end(&mut self) {
        self.totals.worlds += 1;
        self.heal_rosters();
        for who in 0..self.seats.len() {
            // Forks of one device heal with its next head; its clone has to see that before it says anything.
            self.note_seen(who);
            self.deliver_all();
        }
        let place = self.seats[0].place.clone();
        let shelf = self.shelf.clone();
        let mut fresh = Desk::stranger(&shelf, 90);
        let view = self.read(&mut fresh, &place);
        self.check_view(&place, &fresh, &view, &BTreeMap::new());
        let sure = self.heads.of(&place.files(), &self.shelf).misnamed.is_empty();
        for may_move in [false, true].into_iter().filter(|_| sure) {
            let other = self.rearranged(&place, may_move);
            let mut second = Desk::stranger(&shelf, 90);
            let again = self.read(&mut second, &other);
            assert_eq!(history::first_difference(&again, &view), None, "I4, seed {}", self.seed);
        }
        for who in 0..self.seats.len() {
            self.agrees_with_a_fresh_reader(who, &fresh, &view);
        }
        self.everything_is_shown(&fresh, &view);
        self.one_more_brings_it_together();
    }

    /// I4: whoever has any history sees what a fresh reader sees.
    fn agrees_with_a_fresh_reader(&mut self, who: usize, fresh: &Desk, view: &View) {
        self.look(who);
        let (place, seed) = (self.seats[who].place.clone(), self.seed);
        let mut desk = std::mem::replace(&mut self.seats[who].desk, Desk::nobody());
        let own = self.read(&mut desk, &place);
        let accepted = |trust: &Trust| -> BTreeMap<ProductId, ReleaseHash> {
            trust.accepted.iter().map(|(p, a)| (p.clone(), a.loaded.hash.clone())).collect()
        };
        assert_eq!(accepted(&desk.trust), accepted(&fresh.trust), "I4, seed {seed}");
        let difference = history::first_difference(&anybodys(&own, &desk), &anybodys(view, &desk));
        assert_eq!(difference, None, "I4, seed {seed}: {who}");
        // What the forger says is the forger's business.
        let forger = forger_writer();
        let told = own.alerts.iter().filter(|alert| history::about(alert) != Some(&forger));
        let unexpected = told.into_iter().find(|alert| match alert {
            Alert::WentBackwards { .. } | Alert::Fork { .. } | Alert::SawNewer { .. } => true,
            Alert::BadCounter { writer, .. } => !self.traits.liar || *writer != Device::create([2; 32]).writer(),
            Alert::RosterFork | Alert::RosterArriving | Alert::NeedsNewer { .. } | Alert::TwoShelves { .. } => true,
            _ => false,
        });
        assert_eq!(unexpected, None, "seed {seed}");
        self.seats[who].desk = desk;
    }

    /// L1 and I11: whatever somebody published is shown, or something that came after it, or both versions side by side.
    fn everything_is_shown(&mut self, fresh: &Desk, view: &View) {
        let seed = self.seed;
        let roster = crate::roster::combine(fresh.trust.roster.as_ref().unwrap().tips.values()).unwrap();
        for (id, named) in self.named(&roster) {
            let seen = view.product(&id).unwrap_or_else(|| panic!("L1, seed {seed}: {id} is not shown"));
            let under: BTreeSet<&str> = named.iter().flat_map(|hash| self.ancestors(hash)).collect();
            let newest: BTreeSet<&str> = named.iter().map(String::as_str).filter(|h| !under.contains(h)).collect();
            let greatest = named.iter().map(|hash| (self.releases[hash].1.n, hash.as_str())).max().unwrap();
            assert_eq!((seen.release, seen.hash.as_str()), greatest, "L1, seed {seed}: {seen:?}");
            let beside: BTreeSet<&str> = seen.other_versions.iter().map(|other| other.hash.as_str()).collect();
            let expected: BTreeSet<&str> = newest.into_iter().filter(|hash| *hash != greatest.1).collect();
            assert_eq!(beside, expected, "I11, seed {seed}: {seen:?}");
            let state = match self.releases[greatest.1].1.state {
                // Whoever has just come has no key to anything.
                _ if self.releases[greatest.1].1.sealed => SeenState::NeedsKey,
                _ if !beside.is_empty() => SeenState::TwoVersions,
                crate::records::State::Retired => SeenState::Retired,
                crate::records::State::Live => SeenState::Ready,
            };
            assert_eq!(seen.state, state, "L1, seed {seed}: {seen:?}");
        }
    }

    /// What heads of people on the roster name, as far as it may count, by product.
    fn named(&mut self, roster: &Roster) -> BTreeMap<ProductId, BTreeSet<String>> {
        let shelf = self.shelf.clone();
        let heads = self.heads.of(&self.truth, &shelf);
        let mut all: BTreeMap<ProductId, BTreeSet<String>> = BTreeMap::new();
        for writer in roster.people.iter().flat_map(|person| &person.writers) {
            let counted: Vec<_> = match writer.status {
                Status::Revoked => {
                    heads.by(&writer.id).iter().filter(|head| Some(&head.hash) == writer.last_good.as_ref()).collect()
                }
                _ => heads.top(&writer.id).iter().collect(),
            };
            for (product, hash) in counted
                .into_iter()
                .flat_map(|head| &head.body.products)
                .flat_map(|(p, all)| all.iter().map(move |h| (p, h)))
            {
                let Some((author, release)) = self.releases.get(hash.as_str()) else { continue };
                if *author == writer.id && release.product == *product && self.number_follows(release) {
                    all.entry(product.clone()).or_default().insert(hash.to_string());
                }
            }
        }
        all
    }

    fn ancestors<'w>(&'w self, of: &str) -> BTreeSet<&'w str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = self.releases.get_key_value(of).map(|(hash, _)| hash.as_str()).into_iter().collect();
        while let Some(hash) = open.pop() {
            let Some((_, release)) = self.releases.get(hash) else { continue };
            open.extend(release.parents.iter().map(ReleaseHash::as_str).filter(|parent| found.insert(*parent)));
        }
        found
    }

    /// One more publication of each brings everything together.
    fn one_more_brings_it_together(&mut self) {
        for id in PRODUCTS {
            let text = format!("last {id}");
            let seat = &mut self.seats[0];
            seat.desk.publish(&seat.place, id, &text);
            let seen = seat.desk.seen(&seat.place, id);
            let shown = (&seen.state, content(&seat.place, &seen).unwrap());
            assert_eq!(shown, (&SeenState::Ready, text), "seed {}", self.seed);
            self.remember(0);
        }
    }
}

/// What a view says to anybody, whoever looks and whatever they remember.
fn anybodys(view: &View, me: &Desk) -> View {
    let mut view = history::without_the_forger(view);
    view.out_of_use = false;
    view.people.iter_mut().for_each(|member| member.is_me = false);
    view.arrived.remove(&me.device.writer());
    view.proposals.iter_mut().for_each(|proposal| proposal.mine_to_sign = false);
    view.hints.clear();
    view.alerts.clear();
    for seen in view.products.iter_mut().filter(|seen| seen.sealed.is_some()) {
        // What of it is told depends on who has a key.
        (seen.sealed, seen.state, seen.about) = (None, SeenState::NeedsKey, serde_json::Value::Null);
        (seen.rows, seen.size_bytes) = (0, 0);
        seen.files.clear();
    }
    view
}
