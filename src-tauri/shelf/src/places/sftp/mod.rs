//! A folder on a server that speaks SFTP, over one connection that is kept for a while and made again when it was lost.
//!
//! Never follows a link below its root. Nothing is said to a server before it proved the key that a person accepted.

mod address;
mod link;
mod read;
mod session;
#[cfg(test)]
pub(crate) mod trials;
mod wait;
mod wire;
mod write;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use larder_model::{Refusal, RefusalCode};

use super::{Entry, Place, PlaceKind, Secret};
use crate::names;
use address::Address;
use link::Way;
#[cfg(any(test, fuzzing))]
pub(super) use read::told_in;
use session::{Fault, Session};
use wire::code;

pub(super) const KIND: PlaceKind = PlaceKind {
    name: "sftp",
    fields: address::FIELDS,
    fits: address::fits,
    address: |values| Ok(Address::of(values)?.line()),
    values: |line| Address::parse(line).map(|address| address.values()).unwrap_or_default(),
    open: |line, secret| Ok(Box::new(Sftp::new(Address::parse(line)?, secret.cloned()))),
};

/// A folder on an SFTP server.
pub(crate) struct Sftp {
    way: Way,
    /// The one connection; nothing until it is needed.
    kept: Arc<Mutex<Kept>>,
    /// False once the server was found not to keep what it was told to keep.
    durable: AtomicBool,
    /// False once the server refused to rename a file.
    renames: AtomicBool,
    /// Folders of temp files that were already cleaned of old ones.
    swept: Mutex<BTreeSet<String>>,
}

/// The connection between two errands.
struct Kept {
    session: Option<Session>,
    used: Instant,
    /// Whether somebody looks after closing it.
    is_watched: bool,
}

impl Sftp {
    fn new(address: Address, secret: Option<Secret>) -> Sftp {
        Sftp {
            way: Way::new(address, secret),
            kept: Arc::new(Mutex::new(Kept { session: None, used: Instant::now(), is_watched: false })),
            durable: AtomicBool::new(true),
            renames: AtomicBool::new(true),
            swept: Mutex::default(),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(|poisoned| {
            // Whoever panicked may have left half a request on the line.
            let mut kept = poisoned.into_inner();
            kept.session = None;
            kept
        })
    }

    /// Does an errand on the connection. Where the connection was lost, a new one is made and the errand is done again once,
    /// unless it says that it cannot be.
    fn errand<T>(
        &self,
        name: &str,
        may_repeat: &Cell<bool>,
        mut work: impl AsyncFnMut(&mut Session) -> Result<T, Fault>,
    ) -> Result<T, Refusal> {
        let mut kept = self.kept();
        let mut is_second = false;
        loop {
            if kept.session.as_ref().is_none_or(Session::is_over) {
                kept.session = None;
                kept.session = Some(wait::wait(self.way.connect())??);
                self.watch(&mut kept);
            }
            let Some(session) = kept.session.as_mut() else { continue };
            session.start_over();
            let done = wait::wait(work(session))?;
            kept.used = Instant::now();
            match done {
                Ok(value) => return Ok(value),
                Err(Fault::Lost) if !is_second && may_repeat.get() => {
                    kept.session = None;
                    is_second = true;
                }
                Err(fault) => {
                    if matches!(fault, Fault::Lost | Fault::Late | Fault::Garbled) {
                        kept.session = None;
                    }
                    return Err(self.refuse(fault, name));
                }
            }
        }
    }

    /// Sees to it that a connection that nobody needs is closed after a while.
    fn watch(&self, kept: &mut Kept) {
        if std::mem::replace(&mut kept.is_watched, true) {
            return;
        }
        let (idle, watched) = (self.way.patience.idle, Arc::downgrade(&self.kept));
        wait::leave(async move {
            loop {
                tokio::time::sleep(idle / 3).await;
                let Some(kept) = watched.upgrade() else { return };
                // Somebody uses it right now.
                let Ok(mut kept) = kept.try_lock() else { continue };
                if kept.session.is_none() || kept.used.elapsed() > idle {
                    kept.session = None;
                    kept.is_watched = false;
                    return;
                }
            }
        });
    }

    /// The root is not there right now.
    fn away(&self) -> Refusal {
        let place = self.way.address.place();
        Refusal::new(RefusalCode::Unreachable).with("path", place.as_str()).with("file", place.as_str())
    }

    fn refuse(&self, fault: Fault, name: &str) -> Refusal {
        let (code, detail) = match fault {
            Fault::Told(refusal) => return refusal,
            Fault::Lost => (RefusalCode::Unreachable, "the connection was lost".to_owned()),
            Fault::Late => (RefusalCode::Unreachable, "no answer in time".to_owned()),
            Fault::Garbled => (RefusalCode::NotThisKind, "an answer that makes no sense".to_owned()),
            Fault::No(code, words) => (code_of(code, &words), format!("{code} {words}")),
        };
        let place = self.way.address.place();
        let path = if name.is_empty() { place } else { format!("{}/{name}", place.trim_end_matches('/')) };
        let refusal = Refusal::new(code).with("path", path.as_str()).with("file", path.as_str()).with("detail", detail);
        match code {
            RefusalCode::NotThisKind => refusal.with("what", "sftp"),
            RefusalCode::Taken => refusal.with("name", name),
            _ => refusal,
        }
    }
}

/// What a server's no means. Most say no more than that; some say why in words.
fn code_of(code: u32, words: &str) -> RefusalCode {
    let words = words.to_lowercase();
    match code {
        code::NO_SUCH_FILE | code::NO_SUCH_PATH => RefusalCode::NotFound,
        code::PERMISSION_DENIED | code::WRITE_PROTECT => RefusalCode::NoPermission,
        code::NO_SPACE | code::QUOTA => RefusalCode::NoSpace,
        code::ALREADY_EXISTS => RefusalCode::Taken,
        code::LOCKED => RefusalCode::Locked,
        code::IS_A_FOLDER => RefusalCode::IsAFolder,
        code::UNSUPPORTED => RefusalCode::NotThisKind,
        _ if ["quota", "no space", "disk full"].iter().any(|word| words.contains(word)) => RefusalCode::NoSpace,
        _ => RefusalCode::Unreachable,
    }
}

impl Place for Sftp {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        let parts = if folder.is_empty() { Vec::new() } else { names::listed(folder)? };
        self.errand(folder, &Cell::new(true), async |session| self.listing(session, &parts).await)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        let parts = names::listed(name)?;
        self.errand(name, &Cell::new(true), async |session| self.entry(session, &parts).await)
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        let parts = names::listed(name)?;
        let untouched = Cell::new(true);
        self.errand(name, &untouched, async |session| {
            let mut out = read::Out { to: &mut *out, untouched: &untouched, name, max_bytes };
            self.content(session, &parts, &mut out).await
        })
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        let parts = names::written(name)?;
        let untouched = Cell::new(true);
        self.errand(name, &untouched, async |session| {
            let mut content = write::Content { of: &mut *content, size_bytes, untouched: &untouched, name };
            self.put_new(session, &parts, &mut content).await
        })
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        let parts = names::plain(name)?;
        let untouched = Cell::new(true);
        self.errand(name, &untouched, async |session| {
            let mut content = write::Content { of: &mut *content, size_bytes, untouched: &untouched, name };
            self.put_over(session, &parts, &mut content).await
        })
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        let is_plain = name.starts_with(names::CURRENT);
        let parts = if is_plain { names::plain(name)? } else { names::written(name)? };
        self.errand(name, &Cell::new(true), async |session| self.remove(session, &parts, is_plain, name).await)
    }

    fn may_hold_doubles(&self) -> bool {
        false
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        self.errand("", &Cell::new(true), async |session| self.free(session).await)
    }

    fn nested(&self) -> Result<bool, Refusal> {
        self.errand("", &Cell::new(true), async |session| self.is_nested(session).await)
    }

    fn durable(&self) -> bool {
        self.durable.load(Ordering::Relaxed)
    }
}
