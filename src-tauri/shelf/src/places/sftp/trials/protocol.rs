//! The whole protocol over a line that is cut: two people publish and look, one restarts without memory now and then.

use std::collections::BTreeMap;

use super::proxy::Proxy;
use crate::places::Place;
use crate::trials::{Desk, Dice, content, product};
use crate::{Trust, look};

#[derive(Debug, Default)]
pub(crate) struct Report {
    pub published: u64,
    pub failed: u64,
    pub looks: u64,
    pub failed_looks: u64,
    pub cuts: u64,
}

type Open<'a> = &'a dyn Fn() -> Box<dyn Place>;

/// Rounds of it; panics at the first violation: a product that goes back, is mixed, or was never published.
pub(crate) fn run(steady: Open<'_>, shaky: Open<'_>, proxy: &Proxy, rounds: usize, seed: u64) -> Report {
    let mut dice = Dice::new(seed);
    let mut report = Report::default();
    let place = steady();
    let mut anna = Desk::founder(&*place);
    let mut ben = Desk::joiner(&*place, "Ben", 2);
    anna.look(&*place);
    anna.confirm(&*place, &ben);
    ben.look(&*place);
    // Every content that was ever meant for a release.
    let mut meant: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut seen: BTreeMap<(usize, &str), u64> = BTreeMap::new();
    let rough = shaky();
    for round in 0..rounds {
        proxy.cut_within([0, 10_000, 40_000, 150_000][dice.roll(4)]);
        proxy.cut_now();
        let who = dice.roll(2);
        let desk = if who == 0 { &mut anna } else { &mut ben };
        let id = ["sales", "stock"][who];
        if dice.roll(6) == 0 {
            // A restart without memory: what is known is read from the shelf again.
            desk.trust = Trust::new(desk.trust.shelf().clone());
            seen.retain(|(reader, _), _| *reader != who);
        }
        let text = format!("{id} {round} {}", "x".repeat(dice.roll(12_000)));
        meant.entry(id).or_default().push(text.clone());
        match desk.try_publish(&*rough, id, &text) {
            Ok(_) => report.published += 1,
            Err(refusal) => {
                assert!(refusal.waiting_helps, "{refusal}");
                report.failed += 1;
            }
        }
        for (reader, desk) in [&mut anna, &mut ben].into_iter().enumerate() {
            let Ok(view) = look(&*rough, &mut desk.trust, &desk.device, &|_| false, &|| false) else {
                report.failed_looks += 1;
                continue;
            };
            report.looks += 1;
            for (id, meant) in &meant {
                let Some(found) = view.product(&product(id)) else { continue };
                let before = seen.entry((reader, id)).or_default();
                assert!(found.release >= *before, "{id} went back from {before} to {}", found.release);
                *before = found.release;
                if let Ok(text) = content(&*place, found) {
                    assert!(meant.contains(&text), "{id} has content that nobody meant");
                }
            }
        }
    }
    report.cuts = proxy.cuts();
    proxy.cut_within(0);
    proxy.cut_now();
    for id in ["sales", "stock"] {
        let desk = if id == "sales" { &mut anna } else { &mut ben };
        desk.publish(&*place, id, "the last");
        for desk in [&mut anna, &mut ben] {
            let found = desk.seen(&*place, id);
            assert_eq!(content(&*place, &found).unwrap(), "the last");
        }
    }
    report
}
