//! The pollutions of the Pollock benchmark, rebuilt, and its scores.
//!
//! Follows the description in Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data
//! Loading Benchmark", PVLDB 16 (2023). A well-formed file is spoilt in one place at a time: the
//! file as a whole, one row, or one cell of one row. A loader reads every spoilt file without being
//! told anything about it; what it understood is compared with the table the file stands for.
//!
//! The source table ([`pollutions::SOURCE`]) is our own, of the same shape as the one of the paper:
//! a header and 83 rows of nine columns, some cells quoted, a few with quotation marks inside, the
//! last column empty.

pub mod command;
pub mod document;
pub mod folder;
pub mod moment;
pub mod normal;
pub mod overall;
pub mod pollutions;
pub mod reader;
pub mod report;
pub mod runner;
pub mod score;
pub mod weights;

pub use folder::{Polluted, generate, load};
pub use overall::{Overall, overall, score_of};
pub use score::{Measure, Scores, score};
