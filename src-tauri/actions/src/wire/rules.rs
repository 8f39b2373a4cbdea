//! The house rules of a shelf.

use larder_model::HouseRules;
use larder_shelf::Decided;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Outcome, ProposalNote};

/// A version of the house rules that came into force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RulesNote {
    /// Its number.
    pub version: u64,
    /// Who wrote it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// What it changed. Texts are in the words under `decided-<code>`.
    pub changes: Vec<Decided>,
}

/// The house rules of the shelf that is looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RulesPage {
    /// Those in force.
    pub rules: HouseRules,
    /// Those of every shelf whose stewards have said nothing.
    pub usual: HouseRules,
    /// The stewards have said something.
    pub own: bool,
    /// Who changed what and when, newest first.
    pub history: Vec<RulesNote>,
    /// Words of theirs that this Larder does not know: a newer one is needed to put anything on the shelf.
    pub unknown: Vec<String>,
    /// They ask for a newer Larder.
    pub too_new: bool,
    /// Two versions stand side by side: only what both allow counts until a steward brings them together.
    pub forked: bool,
    /// You may change them.
    pub may_change: bool,
    /// How many stewards have to sign a change.
    pub threshold: u32,
    /// Changes that wait for more signatures, oldest first.
    pub proposals: Vec<ProposalNote>,
    /// What became of what was just asked for; none where the page was only looked at.
    pub outcome: Option<Outcome>,
}

/// Asks what would go if earlier versions were kept for so long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionRequest {
    /// How many days; none for as usual.
    pub days: Option<u32>,
}

/// What would no longer be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionEffect {
    /// So many earlier versions,
    pub versions: u64,
    /// of so many data products,
    pub products: u64,
    /// from then on, RFC 3339; none where nothing would go.
    pub from: Option<String>,
}

/// Changes the house rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetRulesRequest {
    /// All of them, as they shall be.
    pub rules: HouseRules,
}
