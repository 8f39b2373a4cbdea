//! Far too much of everything: a look still ends, soon, and shows what it showed before.

use std::time::{Duration, Instant};

use super::*;
use crate::{Alert, caps};

// fault 25
#[test]
fn a_flooded_shelf_is_read_in_bounded_time_and_still_shows_what_is_true() {
    let place = SimPlace::new();
    let (mut anna, mut ben) = anna_and_ben(&place);
    anna.publish(&place, "sales", "one");
    ben.look(&place);
    let writer = anna.device.writer();
    for i in 0..4_000 {
        place.set(&format!("larder-data/w/flood{i}/h/{i:08}-0000000000000000.rec"), b"junk");
        place.set(&format!("larder-data/w/{writer}/r/stray {i}"), b"junk");
        place.set(&format!("larder-data/w/{writer}/m/{i:064x}.rec"), b"junk");
        place.set(&format!("larder-data/w/{writer}/h/copy {i}.rec"), b"junk");
    }
    // Planted below the newest true head, so that it is found at once; and some above it.
    for i in 0..250 {
        place.set(&format!("larder-data/w/{writer}/h/{:08}-0000000000000000.rec", 90_000_000 + i), b"junk");
    }
    let since = Instant::now();
    let view = ben.look(&place);
    assert!(since.elapsed() < Duration::from_secs(20), "{:?}", since.elapsed());
    assert_eq!(state(&view, "sales"), Some(SeenState::Ready));
    assert!(view.alerts.iter().any(|a| matches!(a, Alert::TooMuch { .. })));
    assert_eq!(anna.publish(&place, "sales", "two").n, 2);
    assert_eq!(ben.seen(&place, "sales").release, 2);
}

// faults 37, 56
#[test]
fn a_flood_of_strangers_is_capped() {
    let place = SimPlace::new();
    let (mut anna, _) = anna_and_ben(&place);
    let person = Person { name: "Sock".into(), ..Person::default() };
    for i in 0..600_u32 {
        let mut seed = [0xee; 32];
        seed[..4].copy_from_slice(&i.to_le_bytes());
        join(&place, &Device::create(seed), &person, &PersonId::parse(&format!("sock-{i}")).unwrap(), NOW).unwrap();
    }
    let view = anna.look(&place);
    assert_eq!(view.people.iter().filter(|m| m.confirmed).count(), 2);
    assert!(view.people.len() <= 502, "{}", view.people.len());
    assert!(view.alerts.len() <= caps::ALERTS);
}
