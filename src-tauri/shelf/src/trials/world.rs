//! A world of three devices with a copy of the shelf each, and a sync client between them that tears, flips, doubles, delays
//! and loses files. Everything is drawn from a seed, and after every look the invariants of the design are checked.

use std::collections::{BTreeMap, BTreeSet};

use larder_model::{ProductId, RefusalCode, ReleaseHash};

use super::*;
use crate::envelope::{open, sha256};
use crate::records::{Head, Release};
use crate::sim::Fault;
use crate::{Alert, note_seen};

struct Device3 {
    desk: Desk,
    place: SimPlace,
    /// What it accepted, to see that nothing goes back.
    accepted: BTreeMap<ProductId, (u64, ReleaseHash, bool)>,
    floors: BTreeMap<larder_model::WriterId, u64>,
    saved: String,
    puts: usize,
}

struct World {
    seed: u64,
    dice: Dice,
    devices: Vec<Device3>,
    /// Every file that an honest device finished: what is true.
    truth: BTreeMap<String, Vec<u8>>,
    /// Content of every release that was ever published, or may have been by a device that died while it did.
    tables: BTreeMap<ReleaseHash, String>,
    tries: BTreeMap<String, String>,
    looks: u64,
    torn: u64,
    crashes: u64,
    forged: u64,
}

const PRODUCTS: [&str; 3] = ["sales", "stock", "waste"];

impl World {
    fn new(seed: u64) -> World {
        let place = SimPlace::new();
        let (mut anna, ben) = anna_and_ben(&place);
        let cem = Desk::joiner(&place, "Cem", 3);
        anna.look(&place);
        anna.confirm(&place, &cem);
        let files = place.files();
        let devices = [anna, ben, cem].into_iter().map(|desk| {
            let place = SimPlace::new();
            place.set_files(files.clone());
            let saved = serde_json::to_string(&Trust::new(desk.trust.shelf().clone())).unwrap();
            Device3 { desk, place, accepted: BTreeMap::new(), floors: BTreeMap::new(), saved, puts: 0 }
        });
        World {
            seed,
            dice: Dice::new(seed),
            devices: devices.collect(),
            truth: files,
            tables: BTreeMap::new(),
            tries: BTreeMap::new(),
            looks: 0,
            torn: 0,
            crashes: 0,
            forged: 0,
        }
    }

    fn step(&mut self) {
        let who = self.dice.roll(3);
        match self.dice.roll(20) {
            0..=3 => self.publish(who, None),
            4 => {
                let (call, torn) = (1 + self.dice.roll(60) as u64, self.dice.roll(1_100) as u16);
                self.publish(who, Some((call, Fault::Crash { torn })));
            }
            5 => {
                let call = 1 + self.dice.roll(60) as u64;
                self.publish(who, Some((call, Fault::Once(RefusalCode::NoSpace))));
            }
            6 => self.restart(who),
            7 => self.damage(who),
            8 => self.forge(who),
            9 => self.note_seen(who),
            10..=11 => self.look(who),
            _ => self.deliver(),
        }
        self.look(who);
    }

    fn publish(&mut self, who: usize, fault: Option<(u64, Fault)>) {
        let id = PRODUCTS[self.dice.roll(3)];
        let text = format!("{} {id} {}", self.seed, self.tries.len());
        self.tries.insert(sha256(text.as_bytes()), text.clone());
        let device = &mut self.devices[who];
        if let Some((call, fault)) = fault {
            device.place.fail_at(call, fault);
        }
        let answer = device.desk.try_publish(&device.place, id, &text);
        let fired = device.place.heal();
        self.crashes += u64::from(fired);
        match &answer {
            Ok(done) => {
                self.tables.insert(done.hash.clone(), text);
                self.closed_head(who);
            }
            Err(refusal) => assert!(fired, "seed {} {refusal}", self.seed),
        }
        self.remember(who);
        if fired {
            // It died: what it knew since the last save is gone.
            self.restart(who);
        }
        self.heads_are_a_chain(who);
    }

    /// What a device wrote, finished or torn, is what others may get; the finished is what is true (I6, I7).
    fn remember(&mut self, who: usize) {
        let device = &mut self.devices[who];
        let own = crate::names::writer(device.desk.device.writer().as_str());
        let written = device.place.written();
        for (name, bytes) in &written[device.puts..] {
            assert!(name.starts_with(&own), "I6, seed {}: {name}", self.seed);
            let before = self.truth.insert(name.clone(), bytes.clone());
            assert!(before.is_none_or(|before| before == *bytes), "I7, seed {}: {name}", self.seed);
            if let Some(release) = open::<Release>(bytes, device.desk.trust.shelf()).good() {
                let about = release.body.about.get("v").and_then(|v| v.as_str()).unwrap_or_default().to_owned();
                self.tables.entry(ReleaseHash::parse(&release.hash).unwrap()).or_insert(about);
            }
        }
        device.puts = written.len();
        // Torn files were never told to be done, but a copy that is whole by chance counts.
        for (name, bytes) in device.place.files() {
            if name.starts_with(&own) && name.ends_with(".rec") && !self.truth.contains_key(&name) {
                if let Some(release) = open::<Release>(&bytes, device.desk.trust.shelf()).good() {
                    let about = release.body.about.get("v").and_then(|v| v.as_str()).unwrap_or_default().to_owned();
                    self.tables.entry(ReleaseHash::parse(&release.hash).unwrap()).or_insert(about);
                    self.truth.insert(name.clone(), bytes.clone());
                } else if open::<Head>(&bytes, device.desk.trust.shelf()).good().is_some() {
                    self.truth.insert(name.clone(), bytes.clone());
                }
            }
        }
    }

    /// I5: everything that the newest own head names is there, with the right bytes, in the place that it was put into.
    fn closed_head(&self, who: usize) {
        let device = &self.devices[who];
        let files = device.place.files();
        let me = device.desk.device.writer();
        let shelf = device.desk.trust.shelf();
        let heads = files.values().filter_map(|b| open::<Head>(b, shelf).good()).filter(|h| h.writer == me);
        let head = heads.max_by_key(|h| h.body.seq).unwrap();
        let newest = head.body.products.values().filter_map(|all| all.last());
        for hash in newest {
            let Some(bytes) =
                files.get(&crate::names::record(me.as_str(), crate::names::Room::Releases, hash.as_str()))
            else {
                // Lost by this device's own sync client after it was published; it says so itself.
                continue;
            };
            let Some(release) = open::<Release>(bytes, shelf).good() else { continue };
            if release.body.seq != head.body.seq {
                continue;
            }
            let list = files.get(&crate::names::blob(me.as_str(), release.body.list.as_ref().unwrap())).unwrap();
            for file in crate::records::FileList::read(list).unwrap() {
                for (part, _) in &file.parts {
                    let bytes = files.get(&crate::names::blob(me.as_str(), part)).unwrap();
                    assert_eq!(sha256(bytes), *part, "I5, seed {}", self.seed);
                }
            }
            for parent in &release.body.parents {
                let bytes = files
                    .get(&crate::names::record(me.as_str(), crate::names::Room::Releases, parent.as_str()))
                    .unwrap();
                assert_eq!(sha256(bytes), parent.as_str(), "I5, seed {}", self.seed);
            }
        }
    }

    /// I8: a device's heads are one chain on its own copy, whatever died.
    fn heads_are_a_chain(&self, who: usize) {
        let device = &self.devices[who];
        let me = device.desk.device.writer();
        let files = device.place.files();
        let heads = files.iter().filter(|(name, _)| crate::names::head_seq(name.rsplit('/').next().unwrap()).is_some());
        let heads =
            heads.filter_map(|(_, b)| open::<Head>(b, device.desk.trust.shelf()).good()).filter(|h| h.writer == me);
        // A forger may have doubled one of them under another name.
        let each: BTreeMap<String, u64> = heads.map(|h| (h.hash, h.body.seq)).collect();
        let mut numbers: Vec<u64> = each.into_values().collect();
        numbers.sort_unstable();
        let len = numbers.len();
        numbers.dedup();
        assert_eq!(numbers.len(), len, "I8, seed {}: one number twice", self.seed);
    }

    fn restart(&mut self, who: usize) {
        let forgets = self.dice.roll(6) == 0;
        let device = &mut self.devices[who];
        if forgets {
            device.desk.trust = Trust::new(device.desk.trust.shelf().clone());
            device.accepted.clear();
            device.floors.clear();
        } else {
            device.desk.trust = serde_json::from_str(&device.saved).unwrap();
        }
    }

    /// The sync client brings one file from one device to another, in its way.
    fn deliver(&mut self) {
        let from = self.dice.roll(3);
        let to = (from + 1 + self.dice.roll(2)) % 3;
        let files: Vec<(String, Vec<u8>)> = {
            let there = self.devices[to].place.files();
            self.devices[from]
                .place
                .files()
                .into_iter()
                .filter(|(name, bytes)| there.get(name) != Some(bytes))
                .collect()
        };
        let own = crate::names::writer(self.devices[to].desk.device.writer().as_str());
        for _ in 0..1 + self.dice.roll(20) {
            let Some((name, bytes)) = self.dice.pick(&files) else { return };
            // Nobody's client takes a damaged copy of one's own files for the better one, but it brings back lost ones.
            if name.starts_with(&own) && self.truth.get(name) != Some(bytes) {
                continue;
            }
            let place = self.devices[to].place.clone();
            let mut bytes = bytes.clone();
            if name.starts_with(&own) {
                place.set(name, &bytes);
                continue;
            }
            match self.dice.roll(10) {
                0 => {
                    bytes.truncate(self.dice.roll(bytes.len().max(1)));
                    self.torn += 1;
                    place.set(name, &bytes);
                }
                1 => {
                    let at = self.dice.roll(bytes.len().max(1));
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << self.dice.roll(8);
                    }
                    self.torn += 1;
                    place.set(name, &bytes);
                }
                2 => {
                    bytes.fill(0);
                    self.torn += 1;
                    place.set(name, &bytes);
                }
                3 => place.set(&format!("{name} (conflicted copy)"), &bytes),
                4 => {
                    place.unset(name);
                    place.set(&format!("{}-DESKTOP-1.rec", name.trim_end_matches(".rec")), &bytes);
                }
                _ => place.set(name, &bytes),
            }
        }
    }

    /// Something happens to somebody's copy of other people's files, or to the device's newest own head.
    fn damage(&mut self, who: usize) {
        let device = &self.devices[who];
        let own = crate::names::writer(device.desk.device.writer().as_str());
        let files: Vec<(String, Vec<u8>)> = device
            .place
            .files()
            .into_iter()
            .filter(|(name, _)| !name.starts_with(&own) && !name.contains("shelf-"))
            .collect();
        for _ in 0..1 + self.dice.roll(4) {
            let Some((name, _)) = self.dice.pick(&files) else { return };
            self.devices[who].place.unset(name);
        }
        self.devices[who].place.set("Current/sales/table.csv", b"edited");
    }

    /// Somebody who may write into the folder puts forged heads and releases there.
    fn forge(&mut self, who: usize) {
        let files: Vec<(String, Vec<u8>)> =
            self.devices[who].place.files().into_iter().filter(|(name, _)| name.contains("/h/")).collect();
        let Some((name, bytes)) = self.dice.pick(&files).cloned() else { return };
        self.forged += 1;
        let shelf = self.devices[who].desk.trust.shelf().clone();
        let Some(head) = open::<Head>(&bytes, &shelf).good() else { return };
        let mut body = head.body;
        body.seq += 1 + self.dice.roll(3) as u64;
        body.content = body.seq;
        for releases in body.products.values_mut() {
            releases.reverse();
        }
        let forged = match self.dice.roll(3) {
            // With a key that nobody knows.
            0 => crate::envelope::seal(&Device::create([200; 32]), &body).unwrap(),
            // With the right name and no signature.
            1 => {
                let text = String::from_utf8(bytes).unwrap();
                text.replacen("\\\"seq\\\":", "\\\"seq\\\":9", 1).into_bytes()
            }
            // An old head under a new name.
            _ => bytes,
        };
        let folder = name.split('/').nth(2).unwrap();
        let stem: String = sha256(&forged).chars().take(16).collect();
        self.devices[who].place.set(&format!("larder-data/w/{folder}/h/{:08}-{stem}.rec", body.seq), &forged);
    }

    fn note_seen(&mut self, who: usize) {
        self.look(who);
        let device = &mut self.devices[who];
        let view = device.desk.look(&device.place);
        note_seen(&device.place, &device.desk.device, &mut device.desk.trust, &view, NOW).unwrap();
        self.remember(who);
    }

    /// Looks, and checks everything that has to hold of a single look.
    fn look(&mut self, who: usize) {
        self.looks += 1;
        let seed = self.seed;
        let device = &mut self.devices[who];
        let view = device.desk.look(&device.place);
        for seen in &view.products {
            // I1: only what honest devices published; a forger's products are never confirmed.
            if seen.release > 0 && seen.confirmed {
                assert!(self.tables.contains_key(&seen.hash), "I1, seed {seed}: {seen:?}");
            }
            if matches!(seen.state, SeenState::Ready | SeenState::ReadyNewerArriving { .. } | SeenState::TwoVersions) {
                // I2: what can be opened is what was published.
                match content(&device.place, seen) {
                    Ok(text) => assert_eq!(Some(&text), self.tables.get(&seen.hash), "I2, seed {seed}"),
                    Err(refusal) => {
                        assert_eq!(refusal.code, RefusalCode::Damaged, "I2, seed {seed}: {refusal}");
                        device.desk.trust.note_damaged(&refusal);
                    }
                }
            }
        }
        // I3: nothing goes back.
        for (product, (n, hash, _)) in device.accepted.iter().filter(|(_, (_, _, confirmed))| *confirmed) {
            let now = device.desk.trust.accepted(product);
            assert!(
                now.as_ref().is_some_and(|now| (now.0, &now.1) >= (*n, hash)),
                "I3, seed {seed}: {product} {n} {now:?}"
            );
        }
        for (writer, floor) in &device.floors {
            assert!(device.desk.trust.floors.get(writer).is_some_and(|now| now >= floor), "I3, seed {seed}");
        }
        // I16: no product disappears.
        let products: BTreeSet<ProductId> = view.products.iter().map(|s| s.product.clone()).collect();
        assert!(device.accepted.keys().all(|product| products.contains(product)), "I16, seed {seed}");
        device.accepted = device
            .desk
            .trust
            .accepted
            .iter()
            .map(|(p, a)| (p.clone(), (a.loaded.release.n, a.loaded.hash.clone(), a.confirmed)))
            .collect();
        device.floors = device.desk.trust.floors.clone();
        device.saved = serde_json::to_string(&device.desk.trust).unwrap();
        // I15, I4: what is under Current, and the order and names of conflict copies, say nothing: a second look is the same.
        let again = device.desk.look(&device.place);
        assert_eq!(again.products.len(), view.products.len(), "seed {seed}");
    }

    /// Everything arrives everywhere, whole.
    fn deliver_all(&mut self) {
        let mut all = BTreeMap::new();
        for device in &self.devices {
            // What was torn by a crash and never finished belongs to nobody.
            all.extend(device.place.files().into_iter().filter(|(name, _)| !name.starts_with("Current")));
        }
        all.extend(self.truth.clone());
        for device in &self.devices {
            device.place.set_files(all.clone());
        }
    }

    fn end(&mut self) {
        self.deliver_all();
        for who in 0..3 {
            // Forks of one device heal with its next head.
            self.note_seen(who);
        }
        self.deliver_all();
        let shelf = self.devices[0].desk.trust.shelf().clone();
        let mut fresh = Desk::stranger(&shelf, 90);
        let view = fresh.look(&self.devices[0].place);
        let fresh_accepted: BTreeMap<_, _> =
            fresh.trust.accepted.iter().map(|(p, a)| (p.clone(), a.loaded.hash.clone())).collect();
        for who in 0..3 {
            self.look(who);
            let device = &mut self.devices[who];
            let accepted: BTreeMap<_, _> =
                device.desk.trust.accepted.iter().map(|(p, a)| (p.clone(), a.loaded.hash.clone())).collect();
            assert_eq!(accepted, fresh_accepted, "I4, seed {}", self.seed);
            let view = device.desk.look(&device.place);
            // What the forger says is the forger's business.
            let forger = Device::create([200; 32]).writer();
            let unexpected = view.alerts.iter().find(|a| match a {
                Alert::WentBackwards { writer }
                | Alert::Fork { writer }
                | Alert::BadCounter { writer, .. }
                | Alert::SawNewer { writer, .. } => *writer != forger,
                Alert::RosterFork | Alert::RosterArriving | Alert::NeedsNewer { .. } | Alert::TwoShelves { .. } => true,
                _ => false,
            });
            assert_eq!(unexpected, None, "seed {}", self.seed);
        }
        // L1: whatever an honest device published is shown, or something that came after it.
        let releases = self.truth.values().filter_map(|b| open::<Release>(b, &shelf).good());
        let numbers: BTreeMap<String, u64> = releases.map(|r| (r.hash, r.body.n)).collect();
        let mut best: BTreeMap<String, u64> = BTreeMap::new();
        for head in self.truth.values().filter_map(|b| open::<Head>(b, &shelf).good()) {
            for (product, releases) in &head.body.products {
                let n = releases.iter().filter_map(|hash| numbers.get(hash.as_str())).max().copied().unwrap_or(0);
                let known = best.entry(product.to_string()).or_insert(0);
                *known = n.max(*known);
            }
        }
        for (id, n) in best {
            let seen = view.product(&product(&id)).unwrap();
            assert!(seen.release >= n, "L1, seed {}: {id} {n} {seen:?}", self.seed);
            assert!(
                matches!(seen.state, SeenState::Ready | SeenState::TwoVersions),
                "L1, seed {}: {seen:?}",
                self.seed
            );
            // I11: two that stand side by side are told until the next one.
            assert_eq!(seen.state == SeenState::TwoVersions, !seen.other_versions.is_empty());
        }
        // One more publication of each brings everything together.
        for id in PRODUCTS {
            let text = format!("last {id}");
            let device = &mut self.devices[0];
            device.desk.publish(&device.place, id, &text);
            let seen = device.desk.seen(&device.place, id);
            assert_eq!(
                (&seen.state, content(&device.place, &seen).unwrap()),
                (&SeenState::Ready, text),
                "seed {}",
                self.seed
            );
        }
    }
}

pub(super) fn run(seeds: std::ops::Range<u64>) {
    let (mut looks, mut torn, mut crashes, mut forged) = (0, 0, 0, 0);
    for seed in seeds {
        let mut world = World::new(seed);
        for _ in 0..40 {
            world.step();
        }
        world.end();
        looks += world.looks;
        torn += world.torn;
        crashes += world.crashes;
        forged += world.forged;
    }
    // A single small world may be spared one of them.
    assert!(looks > 0 && torn + crashes + forged > 0, "{looks} {torn} {crashes} {forged}");
}

/// So many worlds from this seed on; `LARDER_WORLDS=5000` asks for more.
fn run_from(seed: u64) {
    let worlds = std::env::var("LARDER_WORLDS").ok().and_then(|n| n.parse().ok()).unwrap_or(15);
    run(seed..seed + worlds);
}

#[test]
fn the_invariants_hold_in_a_broken_world_one() {
    run_from(0);
}

#[test]
fn the_invariants_hold_in_a_broken_world_two() {
    run_from(1_000_000);
}
