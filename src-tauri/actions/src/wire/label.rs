//! Writing the label and fixing what is left to fix.

use larder_model::{Column, Condition, DraftId, Finding, Fix, Label, Params, Profile, Rule};
use larder_tables::ViewRow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why something is suggested. Texts are in the words under `why-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// From the file's name \[file\].
    FileName,
    /// From the title row above the table \[row, text\].
    TitleRow,
    /// From the columns' names \[columns\].
    ColumnNames,
    /// From the values \[examples\].
    Values,
    /// A colleague calls it so \[product, column\].
    Colleague,
    /// From the release before \[release\].
    Earlier,
    /// A word that is known in businesses like yours \[word\].
    KnownWord,
    /// Every value occurs once \[rows\].
    Unique,
    /// All values occur in a colleague's column \[product, column, share\].
    LooksUp,
    /// You are the one who brings it in \[name\].
    You,
}

impl Why {
    /// Every reason, so that the words can be proven complete.
    pub const ALL: [Why; 10] = {
        use Why::*;
        [FileName, TitleRow, ColumnNames, Values, Colleague, Earlier, KnownWord, Unique, LooksUp, You]
    };
}

/// A suggestion for one field, accepted by a tick. Suggested sentences are values in the person's language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Suggestion {
    /// Which field: `title`, `summary`, `area`, `keeper`, `tags`, `promise`, or `column/<id>/meaning`, `column/<id>/unit`,
    /// `column/<id>/key`, `column/<id>/looks_up`.
    pub field: String,
    /// The value as people read it.
    pub value: String,
    /// Why.
    pub why: Why,
    /// The values in the reason.
    pub params: Params,
    /// What the column would be, for the column fields that are more than a text.
    pub column: Option<Column>,
}

/// One draft on the label page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LabelState {
    /// Which draft.
    pub draft: DraftId,
    /// The label so far.
    pub label: Label,
    /// Suggestions for fields that are still empty.
    pub suggestions: Vec<Suggestion>,
    /// What is left to fix, biggest first; those that a switched-on repair answers are not in it.
    pub findings: Vec<Finding>,
    /// Findings that a switched-on repair answers.
    pub fixed: Vec<Finding>,
    /// Repairs that are switched on.
    pub fixes: Vec<Fix>,
    /// The condition as colleagues will see it.
    pub condition: Condition,
    /// House rules not met yet.
    pub unmet: Vec<Rule>,
    /// Rows of the table, repairs applied.
    pub rows: u64,
    /// What the columns hold, repairs applied.
    pub profile: Profile,
    /// The colour of the area that is written, 0 to 5.
    pub color: u8,
    /// Areas that are on the shelf already.
    pub areas: Vec<String>,
    /// People on the shelf.
    pub people: Vec<String>,
    /// When it was last saved, RFC 3339.
    pub saved_at: String,
}

/// Saves the label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DescribeRequest {
    /// Which draft.
    pub draft: DraftId,
    /// The whole label, as it shall be.
    pub label: Label,
}

/// Accepts suggestions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AcceptRequest {
    /// Which draft.
    pub draft: DraftId,
    /// Their fields; `*` for all, `column/*` for all of the column guide.
    pub fields: Vec<String>,
}

/// Switches a repair on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FixRequest {
    /// Which draft.
    pub draft: DraftId,
    /// Which repair.
    pub fix: Fix,
    /// On or off.
    pub on: bool,
}

/// Asks for the rows of a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FindingRowsRequest {
    /// Which draft.
    pub draft: DraftId,
    /// The finding, by its code and column.
    pub code: larder_model::FindingCode,
    /// The finding's column.
    pub column: Option<String>,
}

/// Rows of a table, with the names of their columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FindingRows {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; 100 at most.
    pub rows: Vec<ViewRow>,
}
