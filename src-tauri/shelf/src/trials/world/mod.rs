//! A world of devices with a copy of the shelf each, and a sync client between them that tears, flips, doubles, delays and
//! loses files, while somebody forges and replays. Everything is drawn from a seed, and after every look the invariants of
//! the design are checked. Only the keys of what is sealed are new every time, and with them the hashes of those releases:
//!
//! | | what | where |
//! |---|---|---|
//! | I1 | what counts was signed by somebody on the roster, or before they were revoked | [`holds`] |
//! | I2 | what can be opened is what was published, all of it | [`holds`] |
//! | I3 | floors, accepted releases and rosters never go back | [`history`] |
//! | I4 | whole views depend on the bytes alone, not on names, folders or history | [`history`], [`end`] |
//! | I5 | what a head names had been read back when it was put | [`moments`] |
//! | I6, I7 | a device writes below its own folder alone, and no name twice | [`moments`] |
//! | I8 | a head goes on from all own heads | [`moments`] |
//! | I9 | collecting garbage leaves what can be reached | nowhere: nothing is ever collected |
//! | I10 | what is sealed stands nowhere in plain and opens for its readers alone | [`moments`], [`holds`] |
//! | I11 | two heads, two rosters, two versions side by side are told | [`holds`], [`end`] |
//! | I12 | questions and bytes are bounded by what stands there | [`holds`] |
//! | I13 | only names of our grammar are written | [`moments`] |
//! | I14 | rosters count with the stewards of the one before alone | [`holds`] |
//! | I15 | what stands below `Current` moves nothing | [`history`] |
//! | I16 | silence deletes nothing | [`history`] |
//! | I17 | the number of what is shown follows from its parents | [`holds`] |
//! | L1 | what was delivered is shown in the end | [`end`] |

mod acts;
mod end;
mod history;
mod holds;
mod moments;
mod oracle;
mod totals;
mod weather;

use std::collections::{BTreeMap, BTreeSet};

use larder_model::{ProductId, RefusalCode, ReleaseHash, WriterId};

pub(crate) use totals::Totals;

use super::*;
use crate::records::{Head, Release, Roster};
use crate::sim::Fault;
use oracle::Heads;

/// Files by name.
type Files = BTreeMap<String, Vec<u8>>;

const PRODUCTS: [&str; 3] = ["sales", "stock", "waste"];

/// Somebody at a computer with a copy of the shelf.
struct Seat {
    desk: Desk,
    place: SimPlace,
    /// What it had accepted after the last look, to see that nothing goes back.
    accepted: BTreeMap<ProductId, Known>,
    floors: BTreeMap<WriterId, u64>,
    roster_v: u64,
    /// What the program had saved, for when it dies.
    saved: String,
    /// How much of what it wrote and deleted was looked at.
    written: usize,
    deleted: usize,
    /// An older state of its copy.
    backup: Option<Files>,
}

/// An accepted release.
struct Known {
    n: u64,
    hash: ReleaseHash,
    writer: WriterId,
    confirmed: bool,
}

/// What is odd about the people of this world.
#[derive(Clone, Copy)]
struct Traits {
    /// Whose computer was cloned, key and all.
    twin: Option<usize>,
    /// Whether Ben is a steward too.
    two_stewards: bool,
    /// How many stewards must sign.
    threshold: u32,
    /// Whether Cem's computer may be stolen.
    thief: bool,
    /// Whether Ben signs numbers that do not follow.
    liar: bool,
    /// Whether Dora asks to join.
    newcomer: bool,
    /// Whether somebody copies records of another shelf over.
    foreign: bool,
    /// Whether some releases are sealed.
    sealed: bool,
}

impl Traits {
    fn roll(dice: &mut Dice) -> Traits {
        let two_stewards = dice.roll(2) == 0;
        Traits {
            twin: Some(dice.roll(3)).filter(|_| dice.roll(4) == 0),
            two_stewards,
            threshold: if two_stewards && dice.roll(3) == 0 { 2 } else { 1 },
            thief: dice.roll(2) == 0,
            liar: dice.roll(6) == 0,
            newcomer: dice.roll(2) == 0,
            foreign: dice.roll(8) == 0,
            sealed: dice.roll(3) == 0,
        }
    }
}

struct World {
    seed: u64,
    dice: Dice,
    traits: Traits,
    shelf: ShelfId,
    founder: WriterId,
    seats: Vec<Seat>,
    /// Every file that a device finished: what is true.
    truth: Files,
    /// Content of every release that was ever published, or may have been by a device that died while it did.
    tables: BTreeMap<ReleaseHash, String>,
    /// Who may open which sealed release.
    readers: BTreeMap<ReleaseHash, BTreeSet<WriterId>>,
    /// Everything that was ever sealed, in plain, with its readers; the last one is that of the newest publication.
    secrets: Vec<(String, BTreeSet<WriterId>)>,
    /// Every release that anyone signed.
    releases: BTreeMap<String, (WriterId, Release)>,
    /// Every roster that anyone on the shelf signed, and those that an honest steward meant.
    rosters: BTreeMap<String, (WriterId, Roster)>,
    honest: BTreeSet<String>,
    /// Who agreed with which roster.
    agreed: BTreeMap<String, BTreeSet<WriterId>>,
    heads: Heads,
    foreign: Vec<(String, Vec<u8>)>,
    tries: u64,
    totals: Totals,
}

impl World {
    fn new(seed: u64) -> World {
        let mut dice = Dice::new(seed);
        let traits = Traits::roll(&mut dice);
        let place = SimPlace::new();
        let desks = people(&place, traits);
        let files = place.files();
        let mut world = World {
            seed,
            dice,
            traits,
            shelf: desks[0].trust.shelf().clone(),
            founder: desks[0].device.writer(),
            seats: desks.into_iter().map(|desk| Seat::new(desk, &files)).collect(),
            truth: files.clone(),
            tables: BTreeMap::new(),
            readers: BTreeMap::new(),
            secrets: Vec::new(),
            releases: BTreeMap::new(),
            rosters: BTreeMap::new(),
            honest: BTreeSet::new(),
            agreed: BTreeMap::new(),
            heads: Heads::default(),
            foreign: if traits.foreign { another_shelf() } else { Vec::new() },
            tries: 0,
            totals: Totals::default(),
        };
        for (name, bytes) in &files {
            world.learn(name, bytes);
        }
        world.honest = world.rosters.keys().cloned().collect();
        world
    }

    /// One thing happens to somebody, and they look.
    fn step(&mut self) {
        let who = self.dice.roll(self.seats.len());
        match self.dice.roll(32) {
            0..=5 => self.publish(who, None),
            6..=7 => {
                let (call, torn) = (1 + self.dice.roll(60) as u64, self.dice.roll(1_100) as u16);
                self.publish(who, Some((call, Fault::Crash { torn })));
            }
            8 => {
                let call = 1 + self.dice.roll(60) as u64;
                self.publish(who, Some((call, Fault::Once(RefusalCode::NoSpace))));
            }
            9 => self.restart(who),
            10 => self.lose(who),
            11 => self.forge(who),
            12..=13 => self.note_seen(who),
            14 => self.set_back(who),
            15 => self.swap(who),
            16..=18 => self.govern(who),
            19 => match self.dice.roll(4) {
                0 => self.retire(who),
                1 => self.rename(who),
                _ => self.lie(),
            },
            20 if self.traits.foreign => self.copy_foreign(who),
            _ => self.deliver(),
        }
        self.look(who);
    }
}

/// Everyone of this world, on one place.
fn people(place: &SimPlace, traits: Traits) -> Vec<Desk> {
    let (mut anna, ben) = anna_and_ben(place);
    let cem = Desk::joiner(place, "Cem", 3);
    anna.look(place);
    anna.confirm(place, &cem);
    if traits.two_stewards {
        anna.look(place);
        let tips = &anna.trust.roster.as_ref().unwrap().tips;
        let (hash, roster) = tips.iter().next().map(|(hash, roster)| (hash.clone(), roster.clone())).unwrap();
        let next = Roster {
            v: roster.v + 1,
            prev: vec![hash],
            stewards: vec![anna.device.writer(), ben.device.writer()],
            threshold: traits.threshold,
            ..roster
        };
        crate::founding::put_record(place, &anna.device, crate::names::Room::Rosters, &next).unwrap();
    }
    let mut desks = vec![anna, ben, cem];
    if traits.newcomer {
        desks.push(Desk::joiner(place, "Dora", 4));
    }
    if let Some(twin) = traits.twin {
        let (name, seed) = [("Anna", 1), ("Ben", 2), ("Cem", 3)][twin];
        let shelf = desks[twin].trust.shelf().clone();
        desks.push(Desk::new(name, seed, shelf));
    }
    desks
}

/// Another shelf of the same people, with products of the same names.
fn another_shelf() -> Vec<(String, Vec<u8>)> {
    let place = SimPlace::new();
    let mut anna = Desk::new("Anna", 1, ShelfId::parse("none").unwrap());
    let id = PersonId::parse("anna").unwrap();
    let shelf = crate::founding::start_with(&place, &anna.device, "Other", &anna.person, &id, NOW, "9").unwrap();
    anna.trust = Trust::new(shelf);
    for i in 0..8 {
        anna.publish(&place, PRODUCTS[i % 3], &format!("elsewhere {i}"));
    }
    place.files().into_iter().filter(|(name, _)| name.contains("/w/")).collect()
}

impl Seat {
    fn new(desk: Desk, files: &Files) -> Seat {
        let place = SimPlace::new();
        place.set_files(files.clone());
        place.watch("/h/");
        let saved = serde_json::to_string(&Trust::new(desk.trust.shelf().clone())).unwrap();
        let (accepted, floors) = (BTreeMap::new(), BTreeMap::new());
        Seat { desk, place, accepted, floors, roster_v: 0, saved, written: 0, deleted: 0, backup: None }
    }

    fn writer(&self) -> WriterId {
        self.desk.device.writer()
    }

    /// Where everything that it writes has to stand.
    fn own(&self) -> String {
        format!("{}/", crate::names::writer(self.writer().as_str()))
    }

    /// The roster that it goes by.
    fn roster(&self) -> Option<Roster> {
        crate::roster::combine(self.desk.trust.roster.as_ref()?.tips.values())
    }
}

/// Runs one world to its end.
pub(crate) fn run_one(seed: u64) -> Totals {
    let mut world = World::new(seed);
    for _ in 0..40 {
        world.step();
    }
    world.end();
    world.totals
}

/// The key of somebody whom nobody knows.
fn forger() -> Device {
    Device::create([200; 32])
}

fn forger_writer() -> WriterId {
    thread_local! {
        static WRITER: WriterId = forger().writer();
    }
    WRITER.with(Clone::clone)
}
