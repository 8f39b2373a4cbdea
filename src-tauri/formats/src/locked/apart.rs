//! Work that nobody can be asked in the middle of, on a thread of its own: whoever waits for it is asked meanwhile, and is let
//! go at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::error::{Cancel, CryptError, go_on};

/// Between two looks at the cancel function.
const LOOK: Duration = Duration::from_millis(20);

/// Room for one piece of work. One that nobody waits for any more goes on until its end and takes much memory: the next
/// one waits for it, so that trying again and again never has several of them at once.
pub(super) struct Room(AtomicBool);

/// The room is taken for as long as this is there.
struct Taken(&'static Room);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.0.store(false, Ordering::Release);
    }
}

impl Room {
    /// Nobody is in it.
    pub(super) const fn free() -> Room {
        Room(AtomicBool::new(false))
    }

    fn take(&'static self, cancel: Cancel<'_>) -> Result<Taken, CryptError> {
        while self.0.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            go_on(cancel)?;
            thread::sleep(LOOK);
        }
        Ok(Taken(self))
    }

    /// What the work comes to; `Cancelled` as soon as the caller asks for it, while the work ends by itself.
    pub(super) fn wait_for<T: Send + 'static>(
        &'static self,
        cancel: Cancel<'_>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CryptError> {
        let taken = self.take(cancel)?;
        let (done, told) = channel();
        let on_its_own = move || {
            let result = work();
            drop(taken);
            // Nobody hears it who went away.
            let _ = done.send(result);
        };
        let named = thread::Builder::new().name("key".to_owned());
        let at_work = named.spawn(on_its_own).map_err(|_| CryptError::TooLarge)?;
        loop {
            match told.recv_timeout(LOOK) {
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Timeout) => go_on(cancel)?,
                // It ended without a word: a bug, told to whoever waits for it.
                Err(RecvTimeoutError::Disconnected) => match at_work.join() {
                    Ok(()) => return Err(CryptError::Damaged("how the key is made")),
                    Err(panic) => std::panic::resume_unwind(panic),
                },
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Says stop when it is asked for this time.
    fn at_asking(time: u32) -> (impl Fn() -> bool, std::rc::Rc<Cell<u32>>) {
        let asked = std::rc::Rc::new(Cell::new(0));
        let counted = asked.clone();
        let says = move || {
            asked.set(asked.get() + 1);
            asked.get() == time
        };
        (says, counted)
    }

    #[test]
    fn whoever_waits_is_let_go_and_the_next_one_waits_for_the_room() {
        static ROOM: Room = Room::free();
        let (end, ends) = channel::<()>();
        let (stop, asked) = at_asking(2);
        let endless = move || {
            let _ = ends.recv();
        };
        assert_eq!(ROOM.wait_for(&stop, endless), Err(CryptError::Cancelled));
        assert_eq!(asked.get(), 2);
        // The first one is still at work: the second does not begin, and can be stopped all the same.
        let (stop, asked) = at_asking(2);
        let second = ROOM.wait_for(&stop, || -> u8 { panic!("two at once") });
        assert_eq!(second, Err(CryptError::Cancelled));
        assert_eq!(asked.get(), 2);
        end.send(()).unwrap();
        assert_eq!(ROOM.wait_for(&|| false, || 7), Ok(7));
    }

    #[test]
    fn a_bug_in_the_work_is_told_and_gives_the_room_back() {
        static ROOM: Room = Room::free();
        let bug = std::panic::catch_unwind(|| ROOM.wait_for(&|| false, || -> u8 { panic!("a bug") }));
        assert!(bug.is_err());
        assert_eq!(ROOM.wait_for(&|| false, || 7), Ok(7));
    }
}
