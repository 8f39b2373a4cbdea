//! Descriptions that lie beside data files: every standard, and what is broken or hostile.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod common;
mod csvw;
mod frictionless;
mod hostile;
mod mutations;
mod odcs;
mod picks;
mod structures;
