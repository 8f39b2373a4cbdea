//! How a shelf was found when it was looked over, what can be put back, and who takes how much room.

use larder_shelf::{DoctorNote, Garbage, Repair, Space};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::JobNote;

/// What was found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct DoctorReport {
    /// The shelf's name.
    pub shelf: String,
    /// Where it stands.
    pub address: String,
    /// When it was looked over, RFC 3339.
    pub at: String,
    /// What was found; empty is well.
    pub notes: Vec<DoctorNote>,
    /// What can be put back, and what cannot.
    pub repair: Repair,
    /// Who takes how much room.
    pub space: Vec<Space>,
    /// What came of removing what nobody needs, where that was tried.
    pub garbage: Option<Garbage>,
}

/// The shelf, what was found at the last look, and the look or work that goes on now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DoctorState {
    /// The shelf's name.
    pub shelf: String,
    /// Where it stands.
    pub address: String,
    /// What was found; none before the first look has ended.
    pub report: Option<DoctorReport>,
    /// What goes on now.
    pub job: Option<JobNote>,
}

/// Removes what nobody needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GarbageRequest {
    /// Whether a person said that much of it is to be removed, too.
    pub much: bool,
}
