//! What this computer knows, in two SQLite files under one home folder.
//!
//! `catalog.db` is precious: settings, drafts, history, what this computer keeps and trusts. It is checked when it is
//! opened, copied before it is migrated and once a day, and never replaced without the old file being set aside.
//! `seen.db` is what stands on shelves, with the search over it: it may be deleted at any time and is filled again.
//!
//! No SQL and no type of the database leaves this room; every error is a [`larder_model::Refusal`].

mod backup;
mod catalog;
mod drafts;
mod fault;
mod file;
mod follows;
mod journal;
mod kept;
mod migrations;
mod publications;
mod recents;
mod rows;
mod seen;
mod settings;
mod shelves;
mod sources;

pub use catalog::Catalog;
pub use drafts::DraftRow;
pub use journal::JournalRow;
pub use kept::KeptRow;
pub use publications::PublicationRow;
pub use seen::{ColumnHit, Hit, HitPlace, SeenRow, SeenStore};
pub use shelves::ShelfRow;
pub use sources::SourceRow;
