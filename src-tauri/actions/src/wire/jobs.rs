//! Work that takes longer than a moment.

use larder_model::Refusal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a job does. Texts are in the words under `job-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Reading a file.
    Read,
    /// Bringing in several files, a folder, or what was locked.
    Bring,
    /// Setting up the sample bakery.
    Sample,
    /// Putting a data product on the shelf.
    Publish,
    /// Looking at the shelf and getting what is new.
    Refresh,
    /// Getting rows.
    Fetch,
    /// Looking the shelf over.
    Doctor,
    /// Putting back what is gone.
    Mend,
    /// Removing what nobody needs.
    Collect,
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum JobState {
    /// Going on.
    Running,
    /// Done.
    Done,
    /// Refused, or cancelled.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// One job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JobNote {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: JobKind,
    /// What it is about: a file's or a data product's name.
    pub about: String,
    /// How it stands.
    pub state: JobState,
    /// Rows, bytes or files done.
    pub done: u64,
    /// Of how many; 0 if nobody knows.
    pub of: u64,
}

/// Names one job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobRequest {
    /// Which.
    pub job: String,
}

/// Something that the window is told without asking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// What was read under these topics is stale.
    Changed {
        /// The topics.
        topics: Vec<String>,
    },
    /// A job went on.
    Job {
        /// How it stands.
        job: JobNote,
    },
    /// Files were brought in from outside the page: dropped, opened with Larder, or handed over by a second start.
    BroughtIn {
        /// What became of them.
        brought: super::BroughtIn,
    },
    /// Files are being dragged over the window.
    Dragging {
        /// How many; 0 when they left.
        files: u32,
        /// Where in the page, in points from its left.
        x: f64,
        /// Where in the page, in points from its top.
        y: f64,
    },
    /// Files were let go over the window; what became of them follows.
    Dropped {
        /// How many.
        files: u32,
        /// Where in the page, in points from its left.
        x: f64,
        /// Where in the page, in points from its top.
        y: f64,
    },
    /// A menu item of the window was chosen: a command's or a page's name.
    Menu {
        /// Which.
        item: String,
    },
}

/// Something went wrong inside the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PageFault {
    /// Where: the page's name.
    pub page: String,
    /// What the browser said, at most 4,000 characters are kept.
    pub message: String,
}
