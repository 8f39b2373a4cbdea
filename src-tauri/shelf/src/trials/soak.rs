//! Worlds by the thousand: a minute of them in every run of the tests, and as many as one likes with `make soak`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::world::{Totals, run_one};

/// Worlds that take about a minute of one processor in an unoptimised build, spread over the four tests below.
const WORLDS: u64 = 40;

/// How much is asked for: so many worlds, so many reads in them, so many minutes of them, or whichever is over first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Much {
    worlds: Option<u64>,
    reads: Option<u64>,
    time: Option<Duration>,
}

/// From `SEEDS`, `READS` and `MINUTES`, as `make soak` was given them; ten minutes where it was given none of them.
fn much(seeds: &str, reads: &str, minutes: &str) -> Option<Much> {
    let number = |text: &str| match text {
        "" => Some(None),
        text => text.parse::<u64>().ok().map(Some),
    };
    let (worlds, reads, minutes) = (number(seeds)?, number(reads)?, number(minutes)?);
    let minutes = minutes.or((worlds.is_none() && reads.is_none()).then_some(10));
    Some(Much { worlds, reads, time: minutes.map(|minutes| Duration::from_secs(60 * minutes)) })
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
            let enough = how_much.worlds.is_some_and(|worlds| seed - first >= worlds)
                || how_much.reads.is_some_and(|reads| totals.lock().unwrap().reads >= reads)
                || how_much.time.is_some_and(|time| since.elapsed() >= time);
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

/// `make soak`: `SEEDS`, `READS` and `MINUTES` say how much, `FIRST` where to begin.
#[test]
#[ignore = "as long as one likes: make soak"]
#[allow(clippy::print_stdout)]
fn worlds_for_as_long_as_asked() {
    let asked = |name: &str| std::env::var(name).unwrap_or_default();
    let how_much = much(&asked("SEEDS"), &asked("READS"), &asked("MINUTES"));
    let how_much = how_much.expect("SEEDS, READS and MINUTES are whole numbers");
    let first = asked("FIRST").parse().unwrap_or(0);
    let since = Instant::now();
    let (totals, broken) = soak(first, how_much, &|totals| {
        if totals.worlds % 1_000 == 0 {
            println!("{} worlds, {} reads, {} s", totals.worlds, totals.reads, since.elapsed().as_secs());
        }
    });
    println!("{totals}{:>12} seconds\n", since.elapsed().as_secs());
    if let Some(seed) = broken {
        panic!("world {seed} broke; again: make soak SEEDS=1 FIRST={seed}");
    }
    println!("{} simulated reads in {} worlds, 0 violations", totals.reads, totals.worlds);
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
fn how_much_is_worlds_reads_or_minutes_or_whichever_is_over_first() {
    let minutes = |n: u64| Some(Duration::from_secs(60 * n));
    let of = |worlds, reads, time| Some(Much { worlds, reads, time });
    assert_eq!(much("5000", "", ""), of(Some(5_000), None, None));
    assert_eq!(much("", "1000000", ""), of(None, Some(1_000_000), None));
    assert_eq!(much("", "", "2"), of(None, None, minutes(2)));
    assert_eq!(much("7", "9", "2"), of(Some(7), Some(9), minutes(2)));
    assert_eq!(much("", "", ""), of(None, None, minutes(10)));
    assert_eq!((much("m", "", ""), much("", "one", ""), much("", "", "two")), (None, None, None));
}
