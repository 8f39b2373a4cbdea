//! Whole stories in the real window. Pictures of every page are kept in `tests/artifacts/screens`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod agreed;
mod album;
mod bakery;
mod by_keyboard;
mod corners;
mod first_start;
mod million;
mod people;
mod sample_tour;
mod sealed;
mod servers;
mod system;
mod together;
mod ugly_files;
mod waiting;
mod window;
