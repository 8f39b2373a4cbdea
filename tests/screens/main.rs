//! Whole stories in the real window. Pictures of every page are kept in `tests/artifacts/screens`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod first_start;
mod window;
