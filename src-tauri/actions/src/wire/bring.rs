//! Bringing in files and checking how they were read.

use larder_formats::SheetRow;
use larder_model::{Choice, DraftId, ProductId, Reading, Refusal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A data product that a file could be the next one of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProductMatch {
    /// Which.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// How alike, 0 to 1.
    pub likeness: f64,
}

/// A data product by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedProduct {
    /// Which.
    pub product: ProductId,
    /// Its name.
    pub title: String,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BroughtItem {
    /// The file's name, without folders.
    pub file_name: String,
    /// The draft that it became.
    pub draft: Option<DraftId>,
    /// Or why not.
    pub refusal: Option<Refusal>,
    /// Under this id a password opens it.
    pub locked: Option<String>,
    /// It is no spreadsheet but an invitation to a shelf.
    pub invitation: Option<super::InvitationNote>,
}

impl BroughtItem {
    /// One that became a draft.
    pub fn ready(file_name: String, draft: DraftId) -> BroughtItem {
        BroughtItem { file_name, draft: Some(draft), refusal: None, locked: None, invitation: None }
    }

    /// One that is an invitation.
    pub fn invited(file_name: String, invitation: super::InvitationNote) -> BroughtItem {
        BroughtItem { file_name, draft: None, refusal: None, locked: None, invitation: Some(invitation) }
    }

    /// One that could not be read.
    pub fn refused(file_name: String, refusal: Refusal) -> BroughtItem {
        BroughtItem { file_name, draft: None, refusal: Some(refusal), locked: None, invitation: None }
    }
}

/// What became of the files that were brought in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct BroughtIn {
    /// One each, in order.
    pub items: Vec<BroughtItem>,
}

impl BroughtIn {
    /// One thing that could not be brought in.
    pub fn refused(file_name: String, refusal: Refusal) -> BroughtIn {
        BroughtIn { items: vec![BroughtItem::refused(file_name, refusal)] }
    }
}

/// A table copied in another program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PasteRequest {
    /// As text, with tabs between columns.
    pub text: String,
    /// The same as a piece of a web page, where the clipboard has that, too: merged cells are in it.
    pub html: Option<String>,
}

/// Brings in a practice file of the sample bakery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PracticeRequest {
    /// Its name, out of [`crate::wire::Start`]'s list.
    pub file_name: String,
}

/// Brings in other parts of a draft's file, each as a draft of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BringMoreRequest {
    /// The draft whose file it is.
    pub draft: DraftId,
    /// The parts: sheets, or tables of the draft's sheet.
    pub parts: Vec<Choice>,
}

/// How a draft becomes a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DraftMode {
    /// A new data product.
    #[default]
    New,
    /// The next release of one, in place of the rows before.
    Replace,
    /// The next release of one, with these rows added to those before.
    Append,
}

/// How far the work on a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DraftStep {
    /// Checking how it was read.
    #[default]
    Check,
    /// Writing the label.
    Label,
    /// On its way to the shelf, or there.
    Published,
    /// Thrown away; can be brought back for 30 days.
    Discarded,
}

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftNote {
    /// Its id.
    pub id: DraftId,
    /// Its name so far, or the file's.
    pub title: String,
    /// The file.
    pub file_name: String,
    /// The sheet or the rows of the file, where it was brought in beside another part of it.
    pub part: Option<String>,
    /// How far.
    pub step: DraftStep,
    /// When it was last saved, RFC 3339.
    pub saved_at: String,
    /// The data product that it goes on with.
    pub product: Option<ProductId>,
}

/// Names one draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftRequest {
    /// Which.
    pub draft: DraftId,
}

/// How far the reading of the file is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ReadState {
    /// Still reading; the first rows may be there already.
    Busy {
        /// Rows so far.
        rows: u64,
        /// The job, to cancel it.
        job: String,
    },
    /// The whole file was read.
    Whole,
    /// It could not be read; the draft's source is kept.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// One draft on the check page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftState {
    /// Its id.
    pub id: DraftId,
    /// The file's name.
    pub file_name: String,
    /// The sheet or the rows of the file, where it was brought in beside another part of it.
    pub part: Option<String>,
    /// The file's size.
    pub size_bytes: u64,
    /// How far the reading is.
    pub read: ReadState,
    /// How it was read; of the first rows only while busy.
    pub reading: Option<Reading>,
    /// There is a choice to take back.
    pub can_undo: bool,
    /// There is a choice to make again.
    pub can_redo: bool,
    /// Further files whose rows follow on those of this one, once all were read.
    pub joined: Vec<JoinedNote>,
    /// The name of the data product whose reading was applied, if one was.
    pub remembered: Option<String>,
    /// The data product on whose label it was dropped.
    pub meant: Option<NamedProduct>,
    /// Data products that this could be the next file of, likeliest first.
    pub matches: Vec<ProductMatch>,
    /// The data product that it goes on with.
    pub product: Option<ProductId>,
    /// Its name.
    pub product_title: Option<String>,
    /// How.
    pub mode: DraftMode,
    /// How far the work is.
    pub step: DraftStep,
    /// When it was last saved, RFC 3339.
    pub saved_at: String,
}

/// Rows of the sheet of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftRowsRequest {
    /// Which draft.
    pub draft: DraftId,
    /// First row of the sheet, 0 is the first.
    pub start: u64,
    /// How many, at most 500.
    pub count: u64,
}

/// Rows of the sheet, as they stand in the file and as they were read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetPage {
    /// Rows of the sheet in all, so far.
    pub total: u64,
    /// The rows asked for.
    pub rows: Vec<SheetRow>,
}

/// Makes a choice about how a draft is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChooseRequest {
    /// Which draft.
    pub draft: DraftId,
    /// What was chosen.
    pub choice: Choice,
}

/// Asks how a column would read as each kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KindsRequest {
    /// Which draft.
    pub draft: DraftId,
    /// The column's id.
    pub column: String,
}

/// Makes one draft of several files of the same columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JoinRequest {
    /// Their drafts.
    pub drafts: Vec<DraftId>,
}

/// Takes a further file out of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakeOutRequest {
    /// Which draft.
    pub draft: DraftId,
    /// The file, by the draft that it was before.
    pub file: DraftId,
}

/// A further file of a draft, whose rows follow on those of the first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JoinedNote {
    /// The draft that it was before.
    pub draft: DraftId,
    /// The file's name.
    pub file_name: String,
    /// Its rows.
    pub rows: u64,
    /// Names of columns that the first file has and this one lacks.
    pub missing: Vec<String>,
    /// Names of columns that the first file lacks.
    pub new: Vec<String>,
    /// Why it does not fit.
    pub refusal: Option<Refusal>,
}

/// Says on which data product's label a draft's file was dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeanDraftRequest {
    /// Which draft.
    pub draft: DraftId,
    /// The data product.
    pub product: ProductId,
}

/// Says what a draft goes on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UseDraftRequest {
    /// Which draft.
    pub draft: DraftId,
    /// The data product; none makes a new one.
    pub product: Option<ProductId>,
    /// How.
    pub mode: DraftMode,
}
