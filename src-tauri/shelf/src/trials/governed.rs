//! Several stewards decide all sorts of things on copies of a shelf that hear of each other late, in any order, or not at all for
//! a while. Whatever they do: versions step by one, each signed by enough stewards of the one before, and once everything has
//! arrived everybody sees the same.

use std::collections::{BTreeMap, BTreeSet};

use larder_model::{HouseRules, Publishers, RefusalCode, WriterId};

use super::*;
use crate::envelope::{Signed, open};
use crate::records::{CoSignature, Roster, Rules, Status};
use crate::{
    Alert, Decision, LastGood, Proposal, RulesInForce, co_sign, heal_roster, leave, make_stewards, retire_device,
    revoke_device, set_rules, set_threshold, unmake_stewards,
};

struct Seat {
    desk: Desk,
    place: SimPlace,
    /// Roster and rules version that it had come to.
    versions: (u64, u64),
}

struct Land {
    seed: u64,
    dice: Dice,
    seats: Vec<Seat>,
    /// Every file that anybody finished.
    truth: BTreeMap<String, Vec<u8>>,
    done: u64,
    proposed: u64,
    signed: u64,
}

/// What has to be the same for everybody.
type Agreed = (Vec<crate::Member>, RulesInForce, Vec<Proposal>, Vec<Alert>);

fn agreed(view: View) -> Agreed {
    let people = view.people.into_iter().map(|m| crate::Member { is_me: false, ..m }).collect();
    let proposals = view.proposals.into_iter().map(|p| Proposal { mine_to_sign: false, ..p }).collect();
    let odd = view
        .alerts
        .into_iter()
        .filter(|a| matches!(a, Alert::RosterFork | Alert::RosterArriving | Alert::RulesFork | Alert::RulesArriving));
    (people, view.rules, proposals, odd.collect())
}

/// Who decides, told independently of the code: everything that counts, straight from the definition.
fn oracle(
    truth: &BTreeMap<String, Vec<u8>>,
    shelf: &ShelfId,
    founder: &WriterId,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let rosters: Vec<Signed<Roster>> = truth.values().filter_map(|b| open::<Roster>(b, shelf).good()).collect();
    let rules: Vec<Signed<Rules>> = truth.values().filter_map(|b| open::<Rules>(b, shelf).good()).collect();
    let mut signed: BTreeSet<(String, WriterId)> = BTreeSet::new();
    signed.extend(rosters.iter().map(|r| (r.hash.clone(), r.writer.clone())));
    signed.extend(rules.iter().map(|r| (r.hash.clone(), r.writer.clone())));
    let agreed = truth.values().filter_map(|b| open::<CoSignature>(b, shelf).good());
    signed.extend(agreed.map(|s| (s.body.roster, s.writer)));
    let enough = |roster: &Roster, hash: &str| {
        let mut people = BTreeSet::new();
        for steward in roster.stewards.iter().filter(|s| signed.contains(&(hash.to_owned(), (*s).clone()))) {
            let whose = roster.people.iter().find(|p| p.writers.iter().any(|w| w.id == *steward)).unwrap();
            assert!(whose.writers.iter().any(|w| w.id == *steward && w.status == Status::Active));
            people.insert(whose.person.clone());
        }
        people.len() >= roster.threshold as usize
    };
    let mut valid: BTreeMap<String, &Roster> = BTreeMap::new();
    loop {
        let before = valid.len();
        for roster in &rosters {
            let prev: Option<Vec<&Roster>> = roster.body.prev.iter().map(|hash| valid.get(hash).copied()).collect();
            let counts = match prev.as_deref() {
                Some([]) => roster.body.v == 1 && roster.writer == *founder,
                Some(prev) => {
                    roster.body.v == 1 + prev.iter().map(|p| p.v).max().unwrap()
                        && prev.iter().all(|p| enough(p, &roster.hash))
                }
                None => false,
            };
            if counts {
                valid.insert(roster.hash.clone(), &roster.body);
            }
        }
        if valid.len() == before {
            break;
        }
    }
    let mut in_force: BTreeMap<String, u64> = BTreeMap::new();
    for _ in 0..=rules.len() {
        for r in &rules {
            let prev: Option<Vec<u64>> = r.body.prev.iter().map(|hash| in_force.get(hash).copied()).collect();
            let steps = prev.is_some_and(|prev| r.body.v == 1 + prev.into_iter().max().unwrap_or(0));
            if steps && r.body.rosters.iter().all(|hash| valid.get(hash).is_some_and(|under| enough(under, &r.hash))) {
                in_force.insert(r.hash.clone(), r.body.v);
            }
        }
    }
    (valid.into_keys().collect(), in_force.into_keys().collect())
}

impl Land {
    fn new(seed: u64) -> Land {
        let place = SimPlace::new();
        let (mut anna, ben) = anna_and_ben(&place);
        let cem = Desk::joiner(&place, "Cem", 3);
        anna.confirm(&place, &cem);
        let both = [ben.device.writer(), cem.device.writer()];
        let stewards = &both[..1 + usize::from(seed.is_multiple_of(3))];
        make_stewards(&place, &anna.device, &mut anna.trust, stewards, NOW).unwrap();
        if seed.is_multiple_of(2) {
            set_threshold(&place, &anna.device, &mut anna.trust, 2, NOW).unwrap();
        }
        let files = place.files();
        let dora = Desk::stranger(anna.trust.shelf(), 4);
        let seats = [anna, ben, cem, dora].into_iter().map(|desk| {
            let place = SimPlace::new();
            place.set_files(files.clone());
            Seat { desk, place, versions: (0, 0) }
        });
        Land { seed, dice: Dice::new(seed + 77), seats: seats.collect(), truth: files, done: 0, proposed: 0, signed: 0 }
    }

    fn step(&mut self) {
        let who = self.dice.roll(4);
        match self.dice.roll(10) {
            0..=4 => self.decide(who),
            5 => self.restart(who),
            _ => self.deliver(),
        }
        self.look(who);
    }

    /// Something that somebody could want, allowed or not.
    fn decide(&mut self, who: usize) {
        let whom = self.dice.roll(4);
        let roll = self.dice.roll(24);
        let some = (self.dice.roll(3), self.dice.roll(9));
        let writer = self.seats[whom].desk.device.writer();
        let person = self.seats[whom].desk.person_id.clone();
        let name = ["Anna", "Ben", "Cem", "Dora"][who];
        let now = format!("2026-03-{:02}T07:40:00Z", 1 + self.dice.roll(28));
        let Seat { desk, place, .. } = &mut self.seats[who];
        let (place, device, trust) = (&*place, &desk.device, &mut desk.trust);
        let decided = match roll {
            0..=2 => crate::confirm(place, device, trust, std::slice::from_ref(&writer), &now),
            3..=5 => make_stewards(place, device, trust, std::slice::from_ref(&writer), &now),
            6 => unmake_stewards(place, device, trust, std::slice::from_ref(&writer), &now),
            7..=8 => set_threshold(place, device, trust, u32::try_from(some.0).unwrap(), &now),
            9 => retire_device(place, device, trust, &writer, &now),
            10 => revoke_device(place, device, trust, &writer, &LastGood::Newest, &now),
            11 => leave(place, device, trust, &person, &now),
            12 => heal_roster(place, device, trust, &now),
            13..=15 => {
                let publishers = [Publishers::Everyone, Publishers::Confirmed, Publishers::Stewards][some.0];
                let review_days = Some(1 + u32::try_from(some.1).unwrap());
                let rules = HouseRules { publishers, review_days, ..HouseRules::default() };
                set_rules(place, device, trust, &rules, &now)
            }
            16 => {
                let person = Person { name: name.into(), ..Person::default() };
                crate::join(place, device, &person, &desk.person_id, &now).map(|_| Decision::Unchanged)
            }
            _ => {
                let view = look(place, trust, device, &|_| false, &|| false).unwrap();
                let waiting = view.proposals.iter().find(|p| p.mine_to_sign || some.0 == 0);
                match waiting {
                    Some(waiting) => {
                        self.signed += 1;
                        co_sign(place, device, trust, &waiting.hash, &now)
                    }
                    None => Ok(Decision::Unchanged),
                }
            }
        };
        match decided {
            Ok(Decision::Done) => self.done += 1,
            Ok(Decision::Proposed { missing, .. }) => {
                assert!(missing > 0);
                self.proposed += 1;
            }
            Ok(Decision::Unchanged) => {}
            Err(refusal) => {
                use RefusalCode::*;
                assert!(
                    matches!(refusal.code, NoPermission | Unknown | Invalid | Taken | NotLinked),
                    "seed {} verb {roll}: {refusal}",
                    self.seed
                );
            }
        }
        self.truth.extend(place.written());
    }

    fn restart(&mut self, who: usize) {
        let desk = &mut self.seats[who].desk;
        let saved = serde_json::to_string(&desk.trust).unwrap();
        desk.trust = serde_json::from_str(&saved).unwrap();
    }

    /// Some files come from one to another, whole or not at all; now and then one that had arrived is lost again.
    fn deliver(&mut self) {
        let from = self.dice.roll(4);
        let to = (from + 1 + self.dice.roll(3)) % 4;
        let there = self.seats[to].place.files();
        let new: Vec<(String, Vec<u8>)> =
            self.seats[from].place.files().into_iter().filter(|(name, _)| !there.contains_key(name)).collect();
        for _ in 0..1 + self.dice.roll(12) {
            if let Some((name, bytes)) = self.dice.pick(&new) {
                self.seats[to].place.set(name, bytes);
            }
        }
        let own = crate::names::writer(self.seats[to].desk.device.writer().as_str());
        let loses = self.dice.roll(4) == 0;
        let others: Vec<String> =
            there.into_keys().filter(|n| loses && !n.starts_with(&own) && n.contains("/g/")).collect();
        if let Some(name) = self.dice.pick(&others) {
            self.seats[to].place.unset(name);
        }
    }

    fn look(&mut self, who: usize) -> View {
        let (valid, in_force) = self.oracle();
        let seed = self.seed;
        let Seat { desk, place, versions } = &mut self.seats[who];
        let view = desk.look(place);
        // Somebody who has just come may have none of it yet.
        let nothing = crate::trust::RosterMemory { tips: BTreeMap::new(), before: BTreeSet::new() };
        let rosters = desk.trust.roster.clone().unwrap_or(nothing);
        for hash in rosters.tips.keys().chain(&rosters.before) {
            assert!(valid.contains(hash), "I14, seed {seed}: a roster counts that too few signed");
        }
        for hash in desk.trust.rules.iter().flat_map(|known| known.tips.keys().chain(known.before.keys())) {
            assert!(in_force.contains(hash), "I14, seed {seed}: rules count that too few signed");
        }
        let now = (rosters.tips.values().map(|tip| tip.v).max().unwrap_or(0), view.rules.version);
        assert!(now.0 >= versions.0 && now.1 >= versions.1, "I3, seed {seed}: {versions:?} {now:?}");
        *versions = now;
        assert_eq!(view.alerts.contains(&Alert::RosterFork), rosters.tips.len() > 1, "I11, seed {seed}");
        assert_eq!(view.alerts.contains(&Alert::RulesFork), view.rules.fork, "I11, seed {seed}");
        view
    }

    fn oracle(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let anna = &self.seats[0].desk;
        oracle(&self.truth, anna.trust.shelf(), &anna.device.writer())
    }

    fn deliver_all(&mut self) {
        for seat in &self.seats {
            seat.place.set_files(self.truth.clone());
        }
    }

    fn end(&mut self) {
        self.deliver_all();
        let shelf = self.seats[0].desk.trust.shelf().clone();
        let mut fresh = Desk::stranger(&shelf, 90);
        let expected = agreed(fresh.look(&self.seats[0].place));
        for who in 0..4 {
            let view = self.look(who);
            assert_eq!(agreed(view), expected, "I4, seed {}: seat {who}", self.seed);
        }
        let (valid, in_force) = self.oracle();
        let rosters = fresh.trust.roster.clone().unwrap();
        let counted: BTreeSet<String> = rosters.tips.into_keys().chain(rosters.before).collect();
        assert_eq!(counted, valid, "L1, seed {}: all that was signed counts", self.seed);
        let rules = fresh.trust.rules.iter().flat_map(|known| known.tips.keys().chain(known.before.keys()));
        assert_eq!(rules.cloned().collect::<BTreeSet<_>>(), in_force, "L1, seed {}", self.seed);
        self.heal();
    }

    /// Stewards who want to can always bring together what stands side by side, as long as enough of them are left.
    fn heal(&mut self) {
        let forked = |view: &View| view.alerts.contains(&Alert::RosterFork);
        for _ in 0..3 {
            for who in 0..4 {
                let view = self.look(who);
                let Seat { desk, place, .. } = &mut self.seats[who];
                if forked(&view) {
                    let _ = heal_roster(place, &desk.device, &mut desk.trust, NOW);
                }
                self.truth.extend(self.seats[who].place.written());
                self.deliver_all();
            }
        }
        let view = self.look(0);
        if forked(&view) {
            // Then there is somebody without whom it cannot be done: nobody is left whom all sides count.
            let tips = self.seats[0].desk.trust.roster.clone().unwrap().tips;
            let base = crate::roster::combine(tips.values()).unwrap();
            let all: BTreeSet<&WriterId> = tips.values().flat_map(|tip| &tip.stewards).collect();
            let counts = |w: &&WriterId| base.device(w).is_some_and(|d| d.status == Status::Active);
            let left = all.into_iter().filter(counts).count();
            let gone = tips.values().any(|tip| {
                let still = tip.stewards.iter().filter(counts).collect::<Vec<_>>();
                tip.steward_people(still).len() < tip.threshold as usize
            });
            assert!(left == 0 || gone, "seed {}: {tips:?}", self.seed);
        }
    }
}

pub(super) fn run(seeds: std::ops::Range<u64>) {
    let (mut done, mut proposed, mut signed) = (0, 0, 0);
    let count = seeds.end - seeds.start;
    for seed in seeds {
        let mut land = Land::new(seed);
        for _ in 0..50 {
            land.step();
        }
        land.end();
        (done, proposed, signed) = (done + land.done, proposed + land.proposed, signed + land.signed);
    }
    assert!(count < 10 || done.min(proposed).min(signed) > count / 2, "{done} {proposed} {signed}");
}

// faults 36, 47, 48
#[test]
fn whatever_stewards_decide_is_signed_by_enough_of_them_and_the_same_for_everybody() {
    let lands = std::env::var("LARDER_WORLDS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    run(0..lands);
}
