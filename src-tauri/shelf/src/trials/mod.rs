//! Trials of the whole protocol: stories, every crash, every order of delivery, forgeries, and a seeded world that does all
//! of it at once.
#![allow(clippy::unwrap_used)]

mod ancestry;
mod clocks;
#[cfg(unix)]
mod cloudy;
mod counted;
mod crash;
mod delivery;
mod disks;
mod exhaustive;
mod flood;
mod garbage;
mod governed;
mod in_doubt;
mod invited;
mod kept;
mod lost;
mod many;
mod mending;
mod moved;
mod moving;
mod mutants;
mod pictures;
mod polling;
mod power;
mod real_disks;
mod receipts;
mod renamed;
mod requests;
mod retention;
mod reviews;
mod sealed;
mod sealed_life;
mod soak;
mod stewards;
mod stories;
mod tamper;
mod world;

use std::path::PathBuf;

pub(crate) use ancestry::{is_known_ancestor, keep_tips_where_ancestry_decides, order_by_ancestry};

use larder_model::{Person, PersonId, ProductId, Refusal, ShelfId};

use crate::sim::SimPlace;
use crate::{
    Device, Linked, Place, Publication, PublishFile, Published, Seen, SeenState, Trust, View, confirm, fetch_small,
    join, link_device, look, publish, start,
};

pub(crate) const NOW: &str = "2026-03-03T07:40:00+01:00";

/// Somebody at a computer.
pub(crate) struct Desk {
    pub device: Device,
    pub trust: Trust,
    pub person: Person,
    pub person_id: PersonId,
    home: tempfile::TempDir,
    files: std::cell::Cell<u64>,
}

pub(crate) fn product(name: &str) -> ProductId {
    ProductId::parse(name).unwrap()
}

impl Desk {
    fn new(name: &str, seed: u8, shelf: ShelfId) -> Desk {
        Desk {
            device: Device::create([seed; 32]),
            trust: Trust::new(shelf),
            person: Person { name: name.to_owned(), role: "bakes".into(), email: None, color: 1 },
            person_id: PersonId::parse(&name.to_ascii_lowercase()).unwrap(),
            home: tempfile::tempdir().unwrap(),
            files: std::cell::Cell::new(0),
        }
    }

    /// Sets up a shelf.
    pub fn founder(place: &dyn Place) -> Desk {
        let mut desk = Desk::new("Anna", 1, ShelfId::parse("none").unwrap());
        let shelf = crate::founding::start_with(place, &desk.device, "Bakery", &desk.person, &desk.person_id, NOW, "0")
            .unwrap();
        desk.trust = Trust::new(shelf);
        desk
    }

    /// Joins the one that is there.
    pub fn joiner(place: &dyn Place, name: &str, seed: u8) -> Desk {
        let mut desk = Desk::new(name, seed, ShelfId::parse("none").unwrap());
        desk.trust = Trust::new(join(place, &desk.device, &desk.person, &desk.person_id, NOW).unwrap());
        desk
    }

    /// Only looks, with a device of its own that nobody knows.
    pub fn stranger(shelf: &ShelfId, seed: u8) -> Desk {
        Desk::new("Nobody", seed, shelf.clone())
    }

    /// Stands in for somebody for a moment.
    pub fn nobody() -> Desk {
        thread_local! {
            static SHELF: ShelfId = ShelfId::parse("none").unwrap();
        }
        Desk::stranger(&SHELF.with(Clone::clone), 0)
    }

    pub fn file(&self, name: &str, content: &[u8]) -> PublishFile {
        self.files.set(self.files.get() + 1);
        let path: PathBuf = self.home.path().join(self.files.get().to_string());
        std::fs::write(&path, content).unwrap();
        PublishFile { name: name.to_owned(), media_type: "application/octet-stream".into(), path }
    }

    pub fn try_publish(&mut self, place: &dyn Place, id: &str, content: &str) -> Result<Published, Refusal> {
        let files = vec![
            self.file("label.json", format!("label of {content}").as_bytes()),
            self.file("table.parquet", content.as_bytes()),
        ];
        let product = product(id);
        let publication = Publication {
            product: &product,
            title: id,
            rows: 3,
            files,
            about: serde_json::json!({"v": content}),
            seal: None,
        };
        publish(place, &self.device, &mut self.trust, &publication, NOW, &|_| true)
    }

    pub fn publish(&mut self, place: &dyn Place, id: &str, content: &str) -> Published {
        self.try_publish(place, id, content).unwrap()
    }

    pub fn look(&mut self, place: &dyn Place) -> View {
        look(place, &mut self.trust, &self.device, &|_| false, &|| false).unwrap()
    }

    pub fn seen(&mut self, place: &dyn Place, id: &str) -> Seen {
        self.look(place).product(&product(id)).unwrap().clone()
    }

    /// Says that another desk's computer is theirs too.
    pub fn link(&mut self, place: &dyn Place, other: &Desk) -> Linked {
        let (person_id, linked) =
            link_device(place, &self.device, &mut self.trust, &other.device.writer(), NOW).unwrap();
        self.person_id = person_id;
        linked
    }

    pub fn confirm(&mut self, place: &dyn Place, other: &Desk) {
        confirm(place, &self.device, &mut self.trust, &[other.device.writer()], NOW).unwrap();
    }
}

/// Signatures that were verified before in this thread, by key, signature and message.
type Verified = std::collections::HashMap<([u8; 32], [u8; 64], Vec<u8>), bool>;

/// Verifies a signature, and remembers the answer.
pub(crate) fn verify_once(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    thread_local! {
        static KNOWN: std::cell::RefCell<Verified> = std::cell::RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if known.len() > 4_000 {
            known.clear();
        }
        let answer = || crate::envelope::verify_now(key, message, signature);
        *known.entry((*key, *signature, message.to_vec())).or_insert_with(answer)
    })
}

/// The table of a release, fetched and verified.
pub(crate) fn content(place: &dyn Place, seen: &Seen) -> Result<String, Refusal> {
    let fetch = |name: &str| {
        let file = seen.files.iter().find(|f| f.name == name).unwrap();
        let bytes = fetch_small(place, file, std::slice::from_ref(&seen.writer), 1 << 20)?;
        Ok::<_, Refusal>(String::from_utf8_lossy(&bytes).into_owned())
    };
    let table = fetch("table.parquet")?;
    assert_eq!(fetch("label.json")?, format!("label of {table}"), "one release, never a mixture");
    Ok(table)
}

pub(crate) fn state(view: &View, id: &str) -> Option<SeenState> {
    view.product(&product(id)).map(|seen| seen.state.clone())
}

/// Anna, who founded the shelf, and Ben, who is confirmed.
pub(crate) fn anna_and_ben(place: &SimPlace) -> (Desk, Desk) {
    anna_and_ben_at(place)
}

/// The same on any kind of place.
pub(crate) fn anna_and_ben_at(place: &dyn Place) -> (Desk, Desk) {
    let mut anna = Desk::founder(place);
    let ben = Desk::joiner(place, "Ben", 2);
    anna.look(place);
    anna.confirm(place, &ben);
    (anna, ben)
}

/// A small random source that is the same on every computer.
pub(crate) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 33) % sides.max(1) as u64).unwrap()
    }

    pub fn pick<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        if of.is_empty() { None } else { of.get(self.roll(of.len())) }
    }
}
