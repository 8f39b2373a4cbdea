//! What colleagues share: a shelf on dumb storage.
//!
//! Every device writes only into its own folder, and never changes what it wrote. Everything that is read is signed or
//! named by its hash, so half-arrived, doubled, renamed, torn and forged files change nothing: what is missing is
//! "arriving", and what was once accepted is never taken back by silence. Nothing is locked, renamed into place of another,
//! or ordered by a clock.

mod archive;
mod broken;
mod caps;
pub mod current;
mod device;
mod doctor;
mod envelope;
mod fetch;
mod founding;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod garbage;
mod gathered;
mod govern;
mod ground;
mod heads;
mod held;
mod house;
mod invite;
mod json;
mod ledger;
mod lineage;
mod look;
mod marks;
mod memo;
mod names;
mod people;
mod place_write;
mod places;
mod plan;
mod probe;
mod product;
mod publish;
mod pulse;
mod records;
mod repair;
mod requests;
mod retention;
mod roster;
mod sealed;
#[cfg(any(test, feature = "sim"))]
pub mod sim;
mod space;
mod stacks;
#[cfg(test)]
mod trials;
mod trust;
mod view;
mod words;

pub use archive::{Archive, keeping};
pub use device::Device;
pub use doctor::{DoctorCode, DoctorNote, doctor};
pub use fetch::{Fetch, LocalPart, fetch, fetch_small, forget_begun, release_files};
pub use founding::{join, start};
pub use garbage::{Garbage, GarbageHeld, collect};
pub use govern::{
    Decision, HeadNote, LastGood, Linked, Takeover, co_sign, confirm, device_heads, heal_roster, leave, link_device,
    make_stewards, note_seen, renew_card, retire_device, revoke_device, set_rules, set_threshold, takeover,
    unmake_stewards,
};
pub use invite::{Founder, Invitation, are_words, founders, join_invited, join_with_words};
pub use ledger::Ledger;
pub use look::{glance, look};
pub use places::{
    Entry, Field, FieldKind, Folder, PLACES, Place, PlaceKind, Secret, Values, better_address, kind_of, open,
};
pub use plan::PublishFile;
pub use probe::{FoundShelf, Probe, probe};
pub use publish::{Publication, PublishStep, Published, Publishing, Retirement, publish, retire};
pub use repair::{Lost, MendCode, Mending, Repair, diagnose, repair};
pub use requests::{
    AccessAnswer, AccessRequest, Answer, Ask, Receipt, Review, Using, answer, ask, looked_over, say_use, unsay_use,
    withdraw,
};
pub use retention::{earliest, kept_until, let_go};
pub use sealed::{
    Grant, Seal, SealedFile, SealedSeen, can_seal_for, fetch_as, fetch_small_as, regrant, release_files_as,
};
pub use space::{Space, space};
pub use trust::Trust;
pub use view::{
    Alert, Decided, DecidedCode, DeviceStanding, EarlierRelease, Hint, Member, MemberDevice, NameWish, Proposal,
    ReleaseFile, RulesChange, RulesInForce, Seen, SeenState, View, next_release,
};

/// The largest part that a file is cut into.
pub use caps::PART_BYTES;
