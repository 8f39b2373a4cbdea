//! Versions that were put on the shelf at the same time.

use larder_model::{Change, ProductId, ReleaseHash};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LabelDifference;

/// Names a version of a data product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VersionRequest {
    /// Of which data product.
    pub product: ProductId,
    /// Which.
    pub version: ReleaseHash,
}

/// Asks to see two versions side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TwoVersionsRequest {
    /// Of which data product.
    pub product: ProductId,
    /// Beside the one in use; the first of the others where none is named.
    pub beside: Option<ReleaseHash>,
}

/// One of several versions that were put there at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Version {
    /// Which.
    pub version: ReleaseHash,
    /// Who filled it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Its rows.
    pub rows: u64,
    /// Its rows are on this computer.
    pub rows_here: bool,
    /// Bytes to get for them.
    pub size_bytes: u64,
    /// You filled it, on this computer.
    pub mine: bool,
    /// Only chosen people can read it; whichever is kept is sealed then.
    pub sealed: bool,
}

/// Two versions side by side, none of which came from the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TwoVersions {
    /// Of which data product.
    pub product: ProductId,
    /// The one in use.
    pub used: Version,
    /// The one beside it.
    pub beside: Version,
    /// More of them, where there are more than two.
    pub more: Vec<Version>,
    /// What differs from the one in use in the one beside it; none while the rows of one are not here.
    pub changes: Option<Vec<Change>>,
    /// Rows that only the one beside it has; none while the rows of one are not here.
    pub only_beside: Option<u64>,
    /// What differs on the labels: `theirs` is what the one beside it says, `mine` what the one in use says.
    pub label: Vec<LabelDifference>,
    /// You keep it, and may choose.
    pub may_choose: bool,
}
