//! How far a long reading has come, whether it should stop, and what it reads from.

use larder_model::{Refusal, RefusalCode};

/// Rows between two reports, and between two looks at whether to stop.
pub(crate) const REPORT_ROWS: u64 = 4_096;

/// Told how far reading has come; asked whether to stop.
pub trait Progress: Sync {
    /// So many rows have been read or converted so far.
    fn rows(&self, rows: u64);
    /// True once the person wants no more of it.
    fn cancelled(&self) -> bool;
}

/// Tells nobody and never stops.
pub struct Quiet;

impl Progress for Quiet {
    fn rows(&self, _rows: u64) {}
    fn cancelled(&self) -> bool {
        false
    }
}

/// Asked from any thread whether to stop, every few ten thousand rows of work.
pub(crate) type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// Refuses once it was cancelled.
pub(crate) fn go_on(stop: Stop<'_>) -> Result<(), Refusal> {
    if stop() { Err(Refusal::new(RefusalCode::Cancelled)) } else { Ok(()) }
}

/// Anything that can be read from any place: a file, bytes in memory.
pub trait Input: std::io::Read + std::io::Seek + Send {}
impl<T: std::io::Read + std::io::Seek + Send> Input for T {}

/// Reports every so many rows; refuses once it was cancelled.
pub(crate) fn report(progress: &dyn Progress, rows: u64) -> Result<(), Refusal> {
    if rows.is_multiple_of(REPORT_ROWS) {
        progress.rows(rows);
        go_on(&|| progress.cancelled())?;
    }
    Ok(())
}
