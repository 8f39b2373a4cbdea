//! Whole stories below the window: several people, one shelf, real files.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod active;
mod areas;
mod clocks;
mod cloud;
mod colleagues;
#[cfg(target_os = "linux")]
mod computer;
mod copies;
mod crashes;
mod described;
mod ended;
mod folders;
mod homes;
mod invited;
mod joined;
mod keepers;
mod land;
mod locked;
mod main_story;
mod next_month;
mod outbox;
mod people;
mod places;
mod receipts;
mod refusals;
mod renamed;
mod retention;
mod reviews;
mod rules;
mod sealed;
mod servers;
mod spoilt_files;
mod terminal;
mod two_versions;
