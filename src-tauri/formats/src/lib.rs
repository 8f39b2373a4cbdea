//! Spreadsheet files in and out: understanding the table inside a messy sheet, and writing what other programs open.
//!
//! `open` a file, `Book::read` it with the choices of a person, show `Book::window`, take `Book::table`. Every guess is a
//! finding with its opposite; nothing is left out without saying so.

mod book;
mod caps;
pub mod described;
mod find;
mod fingerprint;
mod formats;
mod grid;
mod kinds;
mod locked;
mod open;
pub mod out;
mod progress;
mod raw;
mod read;
mod sniff;
mod text;
mod typed;
mod window;

pub use fingerprint::Fingerprint;
pub use locked::unlock;
pub use open::{Book, open, open_head};
pub use progress::{Input, Progress, Quiet};
pub use sniff::sniff;
pub use window::{KindPreview, SheetCell, SheetRow};
