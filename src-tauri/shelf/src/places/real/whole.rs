//! The whole protocol on a real place whose line breaks: two who publish, one who looks all the time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use larder_model::{Refusal, ReleaseHash, ShelfId};

use super::super::Place;
use crate::trials::{Desk, Dice, NOW, content, product};
use crate::{Publication, Published, SeenState, Trust, View, publish};

/// Makes the place anew, as another computer would.
pub(crate) type Opens<'a> = &'a (dyn Fn() -> Box<dyn Place> + Sync);

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Came {
    /// Looks of the one who looks, and releases that were read whole.
    pub looks: u64,
    pub read: u64,
    /// Publications that were tried, and those that ended with a refusal.
    pub tried: u64,
    pub refused: u64,
}

/// Every product of these two is published so often; `breaks` is told when the line may begin to break.
pub(crate) fn holds(opens: Opens<'_>, versions: u64, seed: u64, breaks: &dyn Fn()) -> Came {
    let place = opens();
    let mut anna = Desk::founder(&*place);
    let ben = Desk::joiner(&*place, "Ben", 2);
    anna.look(&*place);
    anna.confirm(&*place, &ben);
    let shelf = anna.trust.shelf().clone();
    breaks();
    let (over, tried, refused) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let mut came = std::thread::scope(|scope| {
        let writers = [(anna, "sales", seed), (ben, "stock", seed + 1)].map(|(mut desk, id, seed)| {
            let (tried, refused) = (&tried, &refused);
            scope.spawn(move || publish_all(&mut desk, opens, id, versions, seed, tried, refused))
        });
        let reader = scope.spawn(|| read_all(&shelf, opens, &over));
        let done = writers.map(|writer| writer.join());
        // Also where one of them found something wrong.
        over.store(true, Ordering::Relaxed);
        let came = reader.join();
        done.into_iter().for_each(|done| done.unwrap());
        came.unwrap()
    });
    let mut cem = Desk::stranger(&shelf, 91);
    let view = cem.look(&*place);
    assert_eq!(view.alerts, [], "nothing is left to be told");
    for id in ["sales", "stock"] {
        let seen = view.product(&product(id)).unwrap();
        assert_eq!((seen.release, &seen.state), (versions, &SeenState::Ready), "{id}");
        assert!(content(&*place, seen).unwrap().starts_with(&format!("{id} {versions} ")), "{id}");
    }
    (came.tried, came.refused) = (tried.into_inner(), refused.into_inner());
    came
}

/// Publishes versions, each until it worked; after a refusal, often without any memory.
fn publish_all(
    desk: &mut Desk,
    opens: Opens<'_>,
    id: &str,
    versions: u64,
    seed: u64,
    tried: &AtomicU64,
    refused: &AtomicU64,
) {
    let mut dice = Dice::new(seed);
    let mut place = opens();
    for version in 1..=versions {
        let text = format!("{id} {version} {}", "x".repeat(dice.roll(300_000)));
        for again in 0.. {
            assert!(again < 50, "{id} {version} never came through");
            tried.fetch_add(1, Ordering::Relaxed);
            let Err(refusal) = publish_one(desk, &*place, id, version, &text) else { break };
            refused.fetch_add(1, Ordering::Relaxed);
            assert!(refusal.waiting_helps || refusal.code == larder_model::RefusalCode::NotVerified, "{refusal}");
            if dice.roll(2) == 0 {
                desk.trust = Trust::new(desk.trust.shelf().clone());
                place = opens();
            }
        }
    }
}

pub(crate) fn publish_one(
    desk: &mut Desk,
    place: &dyn Place,
    id: &str,
    version: u64,
    text: &str,
) -> Result<Published, Refusal> {
    let label = desk.file("label.json", format!("label of {text}").as_bytes());
    let files = vec![label, desk.file("table.parquet", text.as_bytes())];
    let product = product(id);
    let about = serde_json::json!({ "v": version });
    let publication = Publication { product: &product, title: id, rows: 3, files, about, seal: None };
    publish(place, &desk.device, &mut desk.trust, &publication, NOW, &|_| true)
}

/// Looks until the others are done, and checks every single view.
fn read_all(shelf: &ShelfId, opens: Opens<'_>, over: &AtomicBool) -> Came {
    let place = opens();
    let mut cem = Desk::stranger(shelf, 90);
    let mut came = Came::default();
    let mut newest: BTreeMap<String, (u64, ReleaseHash)> = BTreeMap::new();
    while !over.load(Ordering::Relaxed) {
        let view = cem.look(&*place);
        came.looks += 1;
        came.read += check(&*place, &view, &mut newest);
    }
    came
}

/// Holds a view against what was seen before and what was published; answers how many releases were read whole.
pub(crate) fn check(place: &dyn Place, view: &View, newest: &mut BTreeMap<String, (u64, ReleaseHash)>) -> u64 {
    let mut read = 0;
    for seen in view.products.iter().filter(|seen| seen.release > 0) {
        let id = seen.product.to_string();
        let now = (seen.release, seen.hash.clone());
        if let Some(before) = newest.insert(id.clone(), now.clone()) {
            assert!(now >= before, "{id} went back: {before:?} {now:?}");
        }
        // What is shown as ready opens, whole, and is what was published under its number.
        let text = content(place, seen).unwrap_or_else(|refusal| panic!("{id} {:?}: {refusal}", seen.state));
        assert!(text.starts_with(&format!("{id} {} ", seen.release)), "{id} {}", seen.release);
        read += 1;
    }
    read
}
