#![no_main]
mod reading;

use std::io::Cursor;
use std::sync::atomic::{AtomicU32, Ordering};

use larder_formats::{Progress, unlock};

/// Somebody who waits for some rounds of a lock, and then no more.
struct Impatient(AtomicU32);

impl Progress for Impatient {
    fn rows(&self, _: u64) {}
    fn cancelled(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) > 400
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let somebody = Impatient(AtomicU32::new(0));
    if let Ok(opened) = unlock("x", Box::new(Cursor::new(bytes.to_vec())), "brot", &somebody) {
        reading::read("x", &opened);
    }
});
