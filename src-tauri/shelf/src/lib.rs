//! What colleagues share: a shelf on dumb storage.
//!
//! Every device writes only into its own folder, and never changes what it wrote. Everything that is read is signed or
//! named by its hash, so half-arrived, doubled, renamed, torn and forged files change nothing: what is missing is
//! "arriving", and what was once accepted is never taken back by silence. Nothing is locked, renamed into place of another,
//! or ordered by a clock.

mod broken;
mod caps;
pub mod current;
mod device;
mod doctor;
mod envelope;
mod fetch;
mod founding;
mod ground;
mod heads;
mod json;
mod lineage;
mod look;
mod membership;
mod memo;
mod names;
mod people;
mod place_write;
mod places;
mod plan;
mod probe;
mod product;
mod publish;
mod records;
mod roster;
#[cfg(any(test, feature = "sim"))]
pub mod sim;
mod stacks;
#[cfg(test)]
mod trials;
mod trust;
mod view;
mod words;

pub use device::Device;
pub use doctor::{DoctorCode, DoctorNote, doctor};
pub use fetch::{fetch, fetch_small, release_files};
pub use founding::{join, start};
pub use look::look;
pub use membership::{confirm, note_seen};
pub use places::{
    Entry, Field, FieldKind, Folder, PLACES, Place, PlaceKind, Secret, Values, better_address, kind_of, open,
};
pub use plan::PublishFile;
pub use probe::{FoundShelf, Probe, probe};
pub use publish::{Publication, PublishStep, Published, Publishing, Retirement, publish, retire};
pub use trust::Trust;
pub use view::{Alert, EarlierRelease, Member, ReleaseFile, Seen, SeenState, View, next_release};

/// The largest part that a file is cut into.
pub use caps::PART_BYTES;
