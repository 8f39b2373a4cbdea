//! What people and programs do.

use super::*;
use crate::envelope::sha256;
use crate::founding::put_record;
use crate::names::Room;
use crate::records::{CoSignature, RosterWriter, State, Status};
use crate::trials::sealed as sealing;
use crate::{Retirement, Seal, note_seen, retire};

impl World {
    pub(super) fn publish(&mut self, who: usize, fault: Option<(u64, Fault)>) {
        let id = PRODUCTS[self.dice.roll(3)];
        let sealed = self.traits.sealed && self.dice.roll(3) == 0;
        let text = format!("{}{} {id} {:04}", if sealed { "secret of " } else { "" }, self.seed, self.tries);
        self.tries += 1;
        let seal = sealed.then(|| self.seal(who, &text));
        let seat = &mut self.seats[who];
        if let Some((call, fault)) = fault {
            seat.place.fail_at(call, fault);
        }
        let answer = sealing::try_publish_as(&mut seat.desk, &seat.place, id, &text, seal);
        let fired = seat.place.heal();
        self.totals.crashes += u64::from(fired);
        match &answer {
            Ok(done) => {
                self.totals.published += 1;
                self.tables.insert(done.hash.clone(), text);
                if !sealed && self.dice.roll(3) == 0 {
                    self.write_current(who, id);
                }
            }
            Err(refusal) => assert!(fired, "seed {} {refusal}", self.seed),
        }
        self.remember(who);
        if fired {
            // It died: what it knew since the last save is gone.
            self.restart(who);
        }
    }

    /// For some of the people here, and whoever publishes.
    fn seal(&mut self, who: usize, text: &str) -> Seal {
        let everyone = self.seats.iter().map(|seat| (seat.writer(), seat.desk.device.recipient()));
        // A clone is the same device.
        let mut to: BTreeMap<WriterId, String> = everyone.collect();
        let me = self.seats[who].writer();
        to.retain(|writer, _| *writer == me || self.dice.roll(2) == 0);
        self.secrets.push((text.to_owned(), to.keys().cloned().collect()));
        self.totals.sealed += 1;
        sealing::seal(&self.seats[who].desk, to.into_iter().collect())
    }

    fn write_current(&mut self, who: usize, id: &str) {
        let seat = &self.seats[who];
        let file = seat.desk.file("table.csv", b"plain");
        crate::current::write(&seat.place, id, &[("table.csv".to_owned(), file.path)]).unwrap();
    }

    pub(super) fn retire(&mut self, who: usize) {
        let id = product(PRODUCTS[self.dice.roll(3)]);
        let seat = &mut self.seats[who];
        let retirement =
            Retirement { product: &id, title: id.as_str(), reason: "over", successor: None, keep_until: None };
        if let Err(refusal) = retire(&seat.place, &seat.desk.device, &mut seat.desk.trust, &retirement, NOW) {
            assert_eq!(refusal.code, RefusalCode::Unknown, "seed {} {refusal}", self.seed);
        }
        self.remember(who);
    }

    pub(super) fn rename(&mut self, who: usize) {
        let seat = &mut self.seats[who];
        seat.desk.person.role = format!("role {}", self.dice.roll(100));
        join(&seat.place, &seat.desk.device, &seat.desk.person, &seat.desk.person_id, NOW).unwrap();
        self.remember(who);
    }

    /// The program starts again, with what it had saved, or on an empty computer.
    pub(super) fn restart(&mut self, who: usize) {
        let forgets = self.dice.roll(6) == 0;
        let seat = &mut self.seats[who];
        if forgets {
            seat.desk.trust = Trust::new(seat.desk.trust.shelf().clone());
            seat.accepted.clear();
            seat.floors.clear();
            seat.roster_v = 0;
        } else {
            seat.desk.trust = serde_json::from_str(&seat.saved).unwrap();
        }
    }

    pub(super) fn note_seen(&mut self, who: usize) {
        self.look(who);
        let seat = &mut self.seats[who];
        let view = seat.desk.look(&seat.place);
        self.totals.reads += 1;
        let said = note_seen(&seat.place, &seat.desk.device, &mut seat.desk.trust, &view, NOW).unwrap();
        self.remember(who);
        // What an earlier head says was checked when it was said: by now, its device may have lost its memory.
        if said {
            self.says_what_it_has(who);
        }
    }

    /// A steward governs, or somebody who is none tries to.
    pub(super) fn govern(&mut self, who: usize) {
        let mut stewards = vec![0];
        stewards.extend(Some(1).filter(|_| self.traits.two_stewards));
        let steward = self.dice.pick(&stewards).copied().unwrap();
        match self.dice.roll(6) {
            0 => self.usurp(who),
            1..=2 if self.traits.thief => self.revoke(steward),
            3..=4 if self.traits.threshold > 1 => self.agree(steward),
            _ => {
                let whom = self.seats[self.dice.roll(self.seats.len())].writer();
                self.confirm(steward, &[whom]);
            }
        }
    }

    pub(super) fn confirm(&mut self, steward: usize, whom: &[WriterId]) {
        let seat = &mut self.seats[steward];
        let before = seat.place.files();
        if let Err(refusal) = confirm(&seat.place, &seat.desk.device, &mut seat.desk.trust, whom, NOW) {
            // Whoever is confirmed may not have arrived here yet, or is revoked; the steward's own rosters may not have either.
            let expected = [RefusalCode::Unknown, RefusalCode::NoPermission];
            assert!(expected.contains(&refusal.code), "seed {} {refusal}", self.seed);
        }
        self.mean_new_rosters(steward, &before);
        self.remember(steward);
    }

    /// What the steward just wrote is meant.
    fn mean_new_rosters(&mut self, steward: usize, before: &Files) {
        let own = format!("{}g/", self.seats[steward].own());
        let now = self.seats[steward].place.files();
        let new = now.iter().filter(|(name, _)| name.starts_with(&own) && !before.contains_key(*name));
        for (_, bytes) in new {
            self.honest.insert(sha256(bytes));
            self.totals.rosters += 1;
        }
    }

    /// Cem's computer was stolen.
    fn revoke(&mut self, steward: usize) {
        self.look(steward);
        let thief = self.seats[2].writer();
        let seat = &self.seats[steward];
        let Some(mut next) = seat.roster().filter(|r| r.stewards.contains(&seat.writer())) else { return };
        let tips = seat.desk.trust.roster.as_ref().unwrap().tips.keys().cloned().collect();
        let found = self.heads.of(&seat.place.files(), &self.shelf);
        let heads = found.by(&thief);
        let good = self.dice.roll(heads.len() + 1);
        let (last_good, last_good_seq) = heads.get(good).map(|head| (head.hash.clone(), head.body.seq)).unzip();
        let Some(on_it) = next.people.iter_mut().flat_map(|p| &mut p.writers).find(|w| w.id == thief) else { return };
        if on_it.status == Status::Revoked {
            return;
        }
        *on_it = RosterWriter { id: thief, status: Status::Revoked, last_good, last_good_seq };
        next.v += 1;
        next.prev = tips;
        let hash = put_record(&seat.place, &seat.desk.device, Room::Rosters, &next).unwrap();
        self.honest.insert(hash);
        self.totals.rosters += 1;
        self.totals.revoked += 1;
        self.remember(steward);
    }

    /// Agrees with what the other steward meant.
    pub(super) fn agree(&mut self, steward: usize) {
        let seat = &self.seats[steward];
        let shelf = self.shelf.clone();
        let found: Vec<String> = seat
            .place
            .files()
            .iter()
            .filter(|(name, _)| name.contains("/g/"))
            .map(|(_, bytes)| sha256(bytes))
            .filter(|hash| self.honest.contains(hash))
            .collect();
        for roster in found {
            let agree = CoSignature { protocol: 1, shelf: shelf.clone(), roster, at: NOW.into() };
            put_record(&seat.place, &seat.desk.device, Room::Messages, &agree).unwrap();
        }
        self.remember(steward);
    }

    /// Somebody makes themselves the only steward: no steward, or one where it takes two.
    fn usurp(&mut self, who: usize) {
        self.look(who);
        let seat = &self.seats[who];
        let me = seat.writer();
        let may = |roster: &Roster| roster.stewards.contains(&me) && roster.threshold < 2;
        let Some(mut next) = seat.roster().filter(|roster| !may(roster)) else { return };
        next.v += 1 + self.dice.roll(2) as u64;
        next.prev = seat.desk.trust.roster.as_ref().unwrap().tips.keys().cloned().collect();
        next.stewards = vec![me];
        next.threshold = 1;
        put_record(&seat.place, &seat.desk.device, Room::Rosters, &next).unwrap();
        self.totals.forged += 1;
        self.remember(who);
    }

    /// Ben signs a release whose number does not follow from its parents.
    pub(super) fn lie(&mut self) {
        let seat = &mut self.seats[1];
        let me = seat.writer();
        let own: Vec<_> =
            self.releases.values().filter(|(writer, r)| *writer == me && r.state == State::Live && !r.sealed).collect();
        let Some((_, honest)) = self.dice.pick(&own).filter(|_| self.traits.liar) else { return };
        let mut release = honest.clone();
        let parent = self.releases.iter().find(|(_, (_, r))| r == &release).map(|(hash, _)| hash.clone()).unwrap();
        release.n += 2 + self.dice.roll(50) as u64;
        release.parents = vec![ReleaseHash::parse(&parent).unwrap()];
        let now = crate::heads::own(&seat.place, seat.desk.trust.shelf(), &me).unwrap();
        // Not the number of the head that names it: it is told apart by that from what was published.
        release.seq = now.highest.max(1);
        let hash = put_record(&seat.place, &seat.desk.device, Room::Releases, &release).unwrap();
        let named = ReleaseHash::parse(&hash).unwrap();
        crate::heads::write(&seat.place, &seat.desk.device, &mut seat.desk.trust, NOW, &now, &mut |head| {
            crate::heads::add_release(&mut head.products, &release.product, &named, crate::caps::KEPT_RELEASES);
        })
        .unwrap();
        self.totals.forged += 1;
        self.remember(1);
    }
}
