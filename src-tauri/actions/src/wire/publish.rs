//! Putting it on the shelf.

use larder_model::{Change, DraftId, ProductId, Refusal, Rule};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DraftMode;

/// What will happen when the draft is put on the shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishPlan {
    /// Where it was put on the shelf already and waits on this computer.
    pub waiting: Option<super::Waiting>,
    /// Which draft.
    pub draft: DraftId,
    /// The shelf's name.
    pub shelf: String,
    /// Where it stands, as people know it.
    pub address: String,
    /// The data product's name.
    pub title: String,
    /// The number that the release will have.
    pub release: u64,
    /// How it goes on from the release before.
    pub mode: DraftMode,
    /// Rows that will stand there.
    pub rows: u64,
    /// Whether the rows go on the shelf, or the label only.
    pub with_rows: bool,
    /// Only those in `visible_to` will be able to read it: for everybody else it is encrypted.
    pub sealed: bool,
    /// Names of those on the shelf who will see it, you not counted.
    pub visible_to: Vec<String>,
    /// Names of those who were chosen and will not be able to read it yet: nobody confirmed them, or they have no key.
    pub keyless: Vec<String>,
    /// The version before was sealed, and this one is not: everyone will see it.
    pub opens_up: bool,
    /// Things left to fix.
    pub to_fix: u32,
    /// House rules not met yet.
    pub unmet: Vec<Rule>,
    /// What changed since the release before.
    pub changes: Vec<Change>,
    /// Somebody put a newer release on the shelf while you worked \[its number, who\].
    pub clash: Option<Clash>,
    /// Why it cannot be put there now.
    pub refusal: Option<Refusal>,
}

/// A newer release than the one the draft goes on from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Clash {
    /// Its number.
    pub release: u64,
    /// Who put it there.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// The newest version on the shelf beside a draft that would go on top of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// Who put the newest version there.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Its rows.
    pub rows_theirs: u64,
    /// Rows of the draft.
    pub rows_mine: u64,
    /// What would change in the table.
    pub changes: Vec<Change>,
    /// What differs on the labels.
    pub label: Vec<LabelDifference>,
}

/// Something that two labels say differently. The field's words are under `publish-differs-<field>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LabelDifference {
    /// Which field: `title`, `summary`, `area`, `keeper`, `keeper_email`, `stand_in`, `good_for`, `not_for`, `tags`,
    /// `column_name` or `meaning`.
    pub field: String,
    /// The column, by its name in the draft, for the last two.
    pub column: Option<String>,
    /// What the newest version says.
    pub theirs: String,
    /// What the draft says.
    pub mine: String,
}

/// Someone who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeenBy {
    /// Their name.
    pub name: String,
    /// When their Larder said so, RFC 3339.
    pub at: Option<String>,
}

/// The three honest steps of one publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Publication {
    /// The data product.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// The release's number, once it has one.
    pub release: u64,
    /// Saved on this computer.
    pub saved: bool,
    /// Bytes copied to the shelf so far.
    pub copied_bytes: u64,
    /// Bytes to copy.
    pub total_bytes: u64,
    /// Copied, read back and found equal.
    pub copied: bool,
    /// Who else has it; themselves told so.
    pub seen_by: Vec<SeenBy>,
    /// Others on the shelf who could have it.
    pub others: u32,
    /// Files under `Current` that could not be replaced because they are open somewhere.
    pub current_blocked: Vec<String>,
    /// Why it is held up.
    pub refusal: Option<Refusal>,
    /// The job, while it runs.
    pub job: Option<String>,
}
