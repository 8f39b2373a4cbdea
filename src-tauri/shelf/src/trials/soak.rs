//! Worlds by the thousand: a minute of them in every run of the tests, and as many as one likes with `make soak`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::world::{Totals, run_one};

/// Worlds that take about a minute of one processor in an unoptimised build, spread over the four tests below.
const WORLDS: u64 = 20;

/// What somebody asked for: so many worlds, or so many minutes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Much {
    Worlds(u64),
    Time(Duration),
}

/// `5000` are worlds, `10m` are minutes.
fn much(text: &str) -> Option<Much> {
    match text.strip_suffix('m') {
        Some(minutes) => Some(Much::Time(Duration::from_secs(60 * minutes.parse::<u64>().ok()?))),
        None => text.parse().ok().map(Much::Worlds),
    }
}

/// Runs worlds from a seed on, on all processors, until it is enough or one of them breaks. Answers the seed that did.
fn soak(first: u64, how_much: Much, told: &(dyn Fn(&Totals) + Sync)) -> (Totals, Option<u64>) {
    let (next, stop) = (AtomicU64::new(first), AtomicBool::new(false));
    let (totals, broken) = (Mutex::new(Totals::default()), Mutex::new(None));
    let since = Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        while !stop.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            let enough = match how_much {
                Much::Worlds(worlds) => seed - first >= worlds,
                Much::Time(time) => since.elapsed() >= time,
            };
            if enough {
                return;
            }
            match std::panic::catch_unwind(|| run_one(seed)) {
                Ok(world) => {
                    let mut totals = totals.lock().unwrap();
                    totals.add(&world);
                    told(&totals);
                }
                Err(_) => {
                    stop.store(true, Ordering::Relaxed);
                    broken.lock().unwrap().get_or_insert(seed);
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    (totals.into_inner().unwrap(), broken.into_inner().unwrap())
}

/// `make soak`: `LARDER_SOAK` says how much, `LARDER_SEED` where to begin.
#[test]
#[ignore = "as long as one likes: make soak"]
#[allow(clippy::print_stdout)]
fn worlds_for_as_long_as_asked() {
    let asked = std::env::var("LARDER_SOAK").unwrap_or_default();
    let how_much = much(&asked).unwrap_or_else(|| panic!("LARDER_SOAK={asked}: 5000 for worlds or 10m for minutes"));
    let first = std::env::var("LARDER_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let since = Instant::now();
    let (totals, broken) = soak(first, how_much, &|totals| {
        if totals.worlds % 1_000 == 0 {
            println!("{} worlds, {} reads, {} s", totals.worlds, totals.reads, since.elapsed().as_secs());
        }
    });
    println!("{totals}{:>12} seconds\n", since.elapsed().as_secs());
    if let Some(seed) = broken {
        panic!("world {seed} broke; again: make soak SOAK=1 SEED={seed}");
    }
    println!("nothing broke");
}

fn a_quarter_of_a_minute(first: u64) {
    let mut totals = Totals::default();
    for seed in first..first + WORLDS {
        totals.add(&run_one(seed));
    }
    assert_eq!(totals.never(), Vec::<&str>::new(), "what never happens is not tried");
}

#[test]
fn the_invariants_hold_in_a_broken_world_one() {
    a_quarter_of_a_minute(0);
}

#[test]
fn the_invariants_hold_in_a_broken_world_two() {
    a_quarter_of_a_minute(1_000_000);
}

#[test]
fn the_invariants_hold_in_a_broken_world_three() {
    a_quarter_of_a_minute(2_000_000);
}

#[test]
fn the_invariants_hold_in_a_broken_world_four() {
    a_quarter_of_a_minute(3_000_000);
}

#[test]
fn how_much_is_worlds_or_minutes() {
    assert_eq!(much("5000"), Some(Much::Worlds(5_000)));
    assert_eq!(much("2m"), Some(Much::Time(Duration::from_secs(120))));
    assert_eq!((much(""), much("m"), much("two")), (None, None, None));
}

// SURVEY-BEGIN
#[test]
#[ignore = "survey"]
#[allow(clippy::print_stdout)]
fn survey() {
    let n: u64 = std::env::var("LARDER_SOAK").unwrap().parse().unwrap();
    let from: u64 = std::env::var("LARDER_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    std::panic::set_hook(Box::new(|info| {
        let at = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        let what: String = info.payload_as_str().unwrap_or("?").chars().take(1500).collect();
        println!("BROKE {at} {what}");
    }));
    let mut totals = Totals::default();
    for seed in from..from + n {
        match std::panic::catch_unwind(|| run_one(seed)) {
            Ok(t) => totals.add(&t),
            Err(_) => println!("SEED {seed}"),
        }
    }
    println!("{totals}");
}
// SURVEY-END
