//! A data product's page: what others read before they use it.

use larder_model::{Card, Person, PersonId, ProductId, PromiseState, ReleaseHash};
use larder_tables::{Filter, Sort};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CardState, Publication};

/// Names one data product, and one of its releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProductRequest {
    /// Which.
    pub product: ProductId,
    /// Which release; none is the newest.
    pub release: Option<u64>,
}

/// A release in the list of earlier versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReleaseNote {
    /// Its number.
    pub release: u64,
    /// When it was filled, RFC 3339.
    pub filled_at: String,
    /// Who filled it.
    pub filled_by: String,
    /// Rows in it.
    pub rows: u64,
    /// What changed then.
    pub changes: Vec<larder_model::Change>,
    /// Its rows are on this computer.
    pub rows_here: bool,
    /// It is the one in use.
    pub current: bool,
    /// Until when the shelf keeps it, RFC 3339; none where no house rule says so, and of those that always stay.
    pub kept_until: Option<String>,
    /// What tells it from all others.
    pub hash: ReleaseHash,
    /// Its number means this one; of several with one number, it is one of them only.
    pub named: bool,
}

/// Which way a relation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// A column of this one is looked up there.
    LooksUp,
    /// A column there is looked up here.
    LookedUpBy,
}

/// A related data product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Related {
    /// Which.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// Its area's colour, 0 to 5.
    pub color: u8,
    /// The column here, by id.
    pub column: String,
    /// The column's name here.
    pub column_name: String,
    /// Which way.
    pub relation: RelationKind,
}

/// A data product's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProductPage {
    /// Label, profile, condition, origin, changes.
    pub card: Card,
    /// Its state here.
    pub state: CardState,
    /// Parts of a release that is on its way: there, and needed.
    pub arriving: Option<(u64, u64)>,
    /// Where it lies in a cloud only: whether it comes from there when it is asked for.
    pub comes_on_request: bool,
    /// Its keeper.
    pub keeper: Person,
    /// The area's colour, 0 to 5.
    pub color: u8,
    /// You follow it.
    pub followed: bool,
    /// You keep it.
    pub mine: bool,
    /// You may hand it to another keeper.
    pub may_hand_over: bool,
    /// Whoever put it there has been confirmed by a steward.
    pub confirmed: bool,
    /// It came from a computer that was stopped since, and what says how much of that counts is not here.
    pub in_doubt: bool,
    /// Whether its promise is kept; none if it has none.
    pub promise: Option<PromiseState>,
    /// Its rows are on this computer.
    pub rows_here: bool,
    /// Bytes to get for its rows.
    pub size_bytes: u64,
    /// All its releases, newest first.
    pub releases: Vec<ReleaseNote>,
    /// A newer release than the one shown arrived \[its number\].
    pub newer: Option<u64>,
    /// Data products related by columns.
    pub related: Vec<Related>,
    /// House rules of the shelf that its label does not meet.
    pub unmet: Vec<larder_model::Rule>,
    /// What it is used for.
    pub uses: UsesNote,
    /// When its newest release was last looked over; none of what is locked or off the shelf.
    pub review: Option<ReviewNote>,
    /// Who may read it and who asks for it; none where it is not sealed.
    pub access: Option<super::AccessNote>,
    /// Its plain copies on the shelf that somebody changed by hand, those with rows first; only where it was filled from here.
    pub edited: Vec<String>,
    /// How your latest publication of it stands; none if it is not yours.
    pub publication: Option<Publication>,
}

/// What a data product is used for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UsesNote {
    /// Whoever looks is asked, after using it, what for.
    pub asks: bool,
    /// What they said before.
    pub before: Option<String>,
    /// Who uses it for what: for whoever keeps it and who may confirm others; for everybody else what they said themselves.
    pub uses: Vec<UseNote>,
}

/// What somebody uses a data product for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UseNote {
    /// Who.
    pub name: String,
    /// What for.
    pub purpose: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// When they said so last.
    pub at: String,
    /// It is you.
    pub is_mine: bool,
}

/// Says what a data product is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UseRequest {
    /// Which.
    pub product: ProductId,
    /// What for, at most 1,000 characters; empty takes back what was said.
    pub purpose: String,
}

/// When what is said about a data product was last looked over: put on the shelf, or said by whoever keeps it to hold still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewNote {
    /// Which.
    pub product: ProductId,
    /// When, RFC 3339.
    pub at: String,
    /// Who did.
    pub by: String,
    /// So many whole days ago.
    pub days: u32,
    /// After so many days the house rules ask for it again; none where they do not.
    pub every: Option<u32>,
    /// It has to be looked over again: it does not meet that house rule.
    pub due: bool,
    /// You may say that all of it still holds.
    pub may: bool,
}

/// Hands a data product to another keeper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandOverRequest {
    /// Which data product.
    pub product: ProductId,
    /// To whom: somebody who is confirmed.
    pub person: PersonId,
}

/// Names a plain copy that somebody changed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditedRequest {
    /// Of which data product.
    pub product: ProductId,
    /// One of [`ProductPage::edited`].
    pub file: String,
}

/// Opens a sorted and filtered view on rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OpenViewRequest {
    /// Which data product.
    pub product: ProductId,
    /// Which release; none is the newest.
    pub release: Option<u64>,
    /// Sorted by these, in this order.
    pub sorts: Vec<Sort>,
    /// Only rows that pass all of these.
    pub filters: Vec<Filter>,
}

/// A view: it stays as it is while the shelf goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewNote {
    /// Its id, good until the window closes or 16 newer views were opened.
    pub view: String,
    /// Rows in it.
    pub rows: u64,
}

/// Asks for rows of a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewRowsRequest {
    /// Which view.
    pub view: String,
    /// First row, 0 is the first.
    pub start: u64,
    /// How many, at most 500.
    pub count: u64,
}

/// Follows a data product, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FollowRequest {
    /// Which.
    pub product: ProductId,
    /// Follow it.
    pub on: bool,
}

/// In which form a copy is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CopyFormat {
    /// Excel workbook with an "About" sheet.
    Xlsx,
    /// Text with commas.
    Csv,
    /// Parquet, for analysis programs.
    Parquet,
}

/// Saves a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CopyRequest {
    /// Which data product.
    pub product: ProductId,
    /// Which release; none is the newest.
    pub release: Option<u64>,
    /// In which form.
    pub format: CopyFormat,
}

/// A file that was written for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Saved {
    /// Its name; none if the person closed the dialog.
    pub file_name: Option<String>,
    /// The folder, as people read it.
    pub folder: String,
    /// Whether a program was found to open it.
    pub opened: bool,
}
