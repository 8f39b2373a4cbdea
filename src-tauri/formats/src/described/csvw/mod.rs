//! CSV on the Web: Metadata Vocabulary for Tabular Data, W3C Recommendation of 17 December 2015.

mod column;
mod common;
mod context;
mod datatype;
mod dialect;
mod group;
mod table;

pub(crate) use group::metadata;
