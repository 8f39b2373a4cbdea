//! The real window, as a person uses it: on a screen of its own, with a real mouse, a real keyboard and a real drag, and
//! asked about its page by the driver of the web view. Linux only.

mod desk;
mod driver;
mod look;
mod program;

pub use desk::{Desk, Leashed};
pub use driver::{Driver, Element};
pub use program::{Options, Program};

use std::time::{Duration, Instant};

/// Longest that anything on a page may take to appear on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Tries again until something is there; what was missing is told when the time is up.
pub fn until<T>(longest: Duration, what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + longest;
    loop {
        if let Some(found) = attempt() {
            return found;
        }
        assert!(Instant::now() < end, "waited {} s in vain: {what}", longest.as_secs());
        std::thread::sleep(Duration::from_millis(100));
    }
}
