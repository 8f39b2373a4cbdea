//! The same work for many parts on all processors, results in order.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use larder_model::{Refusal, RefusalCode};

/// Threads at most: more than a few only compete for memory.
const THREADS: usize = 8;

/// Threads that work is done on.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get()).min(THREADS)
}

/// Does `work` for 0 to `count` - 1. Stops at the first refusal, or when `cancelled` (asked on the caller's thread, before
/// each part) says so.
///
/// # Errors
/// The first refusal of `work`, or `Cancelled`.
pub fn in_order<T: Send>(
    count: usize,
    cancelled: &dyn Fn() -> bool,
    work: &(dyn Fn(usize) -> Result<T, Refusal> + Sync),
) -> Result<Vec<T>, Refusal> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let done: Mutex<Vec<Option<Result<T, Refusal>>>> = Mutex::new((0..count).map(|_| None).collect());
    let one = || {
        let part = next.fetch_add(1, Ordering::Relaxed);
        if part >= count || stop.load(Ordering::Relaxed) {
            return false;
        }
        let result = work(part);
        if result.is_err() {
            stop.store(true, Ordering::Relaxed);
        }
        done.lock().unwrap_or_else(PoisonError::into_inner)[part] = Some(result);
        true
    };
    let threads = threads().min(count);
    let was_cancelled = std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| while one() {});
        }
        loop {
            if cancelled() {
                stop.store(true, Ordering::Relaxed);
                return true;
            }
            if !one() {
                return false;
            }
        }
    });
    if was_cancelled {
        return Err(Refusal::new(RefusalCode::Cancelled));
    }
    let parts = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    // A refusal stops later parts, so the first one stands before the first gap or after it: look for it first.
    let mut results = Vec::with_capacity(count);
    let mut gap = false;
    for part in parts {
        match part {
            Some(Ok(result)) => results.push(result),
            Some(Err(refusal)) => return Err(refusal),
            None => gap = true,
        }
    }
    if gap { Err(Refusal::new(RefusalCode::Bug).with("detail", "a part was not done")) } else { Ok(results) }
}

/// Does `work` on all processors again and again, until it says that nothing is left. Stops at the first refusal, or when
/// `cancelled` (asked on the caller's thread, before each time) says so.
///
/// # Errors
/// The first refusal of `work`, or `Cancelled`.
pub fn until_done(
    cancelled: &dyn Fn() -> bool,
    work: &(dyn Fn() -> Result<bool, Refusal> + Sync),
) -> Result<(), Refusal> {
    /// Nobody waits for what a thread that panicked would have done.
    struct Last<'a>(&'a AtomicBool);
    impl Drop for Last<'_> {
        fn drop(&mut self) {
            self.0.fetch_or(std::thread::panicking(), Ordering::Relaxed);
        }
    }
    let stop = AtomicBool::new(false);
    let refused: Mutex<Option<Refusal>> = Mutex::default();
    let once = || {
        let _last = Last(&stop);
        let more = !stop.load(Ordering::Relaxed)
            && work().unwrap_or_else(|refusal| {
                stop.store(true, Ordering::Relaxed);
                refused.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(refusal);
                false
            });
        more && !stop.load(Ordering::Relaxed)
    };
    let threads = threads();
    let was_cancelled = std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| while once() {});
        }
        loop {
            if cancelled() {
                stop.store(true, Ordering::Relaxed);
                return true;
            }
            if !once() {
                return false;
            }
        }
    });
    match refused.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(refusal) => Err(refusal),
        None if was_cancelled => Err(Refusal::new(RefusalCode::Cancelled)),
        None => Ok(()),
    }
}

/// Does work that cannot fail for 0 to `count` - 1.
pub fn each<T: Send>(count: usize, work: &(dyn Fn(usize) -> T + Sync)) -> Vec<T> {
    in_order(count, &|| false, &|part| Ok(work(part))).expect("nothing refuses and nobody cancels")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        assert_eq!(each(1000, &|part| part * 2), (0..1000).map(|part| part * 2).collect::<Vec<_>>());
        assert!(each(0, &|part| part).is_empty());
    }

    #[test]
    fn the_first_refusal_is_told() {
        let refused = in_order(100, &|| false, &|part| {
            if part == 40 { Err(Refusal::new(RefusalCode::Damaged)) } else { Ok(part) }
        });
        assert_eq!(refused.unwrap_err().code, RefusalCode::Damaged);
    }

    #[test]
    fn work_is_done_until_nothing_is_left() {
        let left = AtomicUsize::new(1_000);
        let take = || left.try_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        until_done(&|| false, &|| Ok(take())).unwrap();
        assert_eq!(left.load(Ordering::Relaxed), 0);
        let refused = until_done(&|| false, &|| Err(Refusal::new(RefusalCode::Damaged)));
        assert_eq!(refused.unwrap_err().code, RefusalCode::Damaged);
        assert_eq!(until_done(&|| true, &|| Ok(true)).unwrap_err().code, RefusalCode::Cancelled);
    }

    #[test]
    fn nobody_goes_on_when_one_panics() {
        let first = AtomicBool::new(true);
        let work = || {
            assert!(!first.swap(false, Ordering::Relaxed), "on purpose");
            Ok(true)
        };
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| until_done(&|| false, &work))).is_err());
    }

    #[test]
    fn a_person_can_stop_it() {
        let stopped = in_order(100, &|| true, &|part| Ok(part));
        assert_eq!(stopped.unwrap_err().code, RefusalCode::Cancelled);
    }
}
