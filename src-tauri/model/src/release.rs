//! What is said on the shelf about one release.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Change, Condition, Finding, Label, ProductId, Profile};

/// The version of the card's shape. A card with a higher one needs a newer Larder.
pub const CARD_FORMAT: u32 = 1;

/// A person as colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// What they do, in a few words.
    pub role: String,
    /// Where to reach them.
    pub email: Option<String>,
    /// Which of the six chart colours is theirs, 0 to 5.
    pub color: u8,
}

/// A file that a release was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceNote {
    /// The file's name, without folders.
    pub file_name: String,
    /// Its sheet, for workbooks.
    pub sheet: Option<String>,
    /// sha256 of the file, in base 16.
    pub sha256: String,
    /// Its size.
    pub size_bytes: u64,
    /// Rows that came from it.
    pub rows: u64,
    /// When it was brought in, RFC 3339.
    pub brought_in_at: String,
}

/// Everything about one release but its rows: label, profile, condition, origin, what changed. On the shelf it stands as
/// `label.json` beside `table.parquet`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Card {
    /// [`CARD_FORMAT`] when it was written.
    pub format: u32,
    /// The data product.
    pub product: ProductId,
    /// The release's number; 1 is the first.
    pub release: u64,
    /// What people say about it.
    pub label: Label,
    /// What its columns hold. Without top values and examples where the rows are not on the shelf.
    pub profile: Profile,
    /// Its condition.
    pub condition: Condition,
    /// What is left to fix, with rows.
    pub to_fix: Vec<Finding>,
    /// When the rows were filled, RFC 3339 with the zone's offset.
    pub filled_at: String,
    /// Who filled it.
    pub filled_by: String,
    /// What changed since the release before.
    pub changes: Vec<Change>,
    /// The files that it was made from, oldest first.
    pub sources: Vec<SourceNote>,
    /// Data products that its columns look up, by id.
    pub related: Vec<String>,
}
