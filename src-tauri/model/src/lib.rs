//! The nouns of Larder: what a data product is, how a sheet was read, what was found in it, what a promise means.
//!
//! Pure: this room reads no file, no clock and no random number, and is never async.

mod change;
mod condition;
mod finding;
mod ids;
mod kind;
mod label;
mod names;
mod profile;
mod promise;
mod reading;
mod refusal;
mod release;
mod rules;

pub use change::Change;
pub use condition::{Condition, Grade};
pub use finding::{Certainty, Finding, FindingCode, Fix, FixAction, Param, Params};
pub use ids::{DraftId, PersonId, ProductId, ReleaseHash, ShelfId, WriterId};
pub use kind::{DateOrder, DecimalMark, Kind};
pub use label::{Audience, Column, Label, LookUp, Reader, SealedArea, Sealing, Terms};
pub use names::{column_id, column_ids, display_text, is_device, safe_title, search_text, with_ending};
pub use profile::{Bin, ColumnProfile, Profile, Quantile, TopValue};
pub use promise::{Every, Promise, PromiseState, Weekday};
pub use reading::{Choice, Format, LeftOut, LeftOutReason, ReadColumn, Reading, SheetNote, Span, TableSpot};
pub use refusal::{Refusal, RefusalCode};
pub use release::{CARD_FORMAT, Card, Person, SourceNote};
pub use rules::{HouseRules, Met, Publishers, RULES, Rule, unmet_rules, version_of};
