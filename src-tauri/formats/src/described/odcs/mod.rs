//! Open Data Contract Standard (Bitol): versions 2.2 and 3.0 to 3.2.

mod extras;
mod options;
mod people;
mod property;
mod quality;
mod references;
mod servers;
mod v2;
mod v3;

pub(crate) use v2::v2;
pub(crate) use v3::v3;
