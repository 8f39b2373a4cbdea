//! JSON and YAML as one tree of values, read with limits.

mod fields;
mod json;
mod node;
mod text;
mod yaml;

pub(crate) use fields::Fields;
pub(crate) use node::{Node, Spot, choose, is_language};
pub(crate) use text::decode;

use crate::described::note::Log;
use crate::described::{DescribeError, MAX_BYTES};

/// No description of any standard is nested deeper.
pub(crate) const MAX_DEPTH: usize = 64;
/// More values than this are not read.
const MAX_NODES: usize = 500_000;

/// How a description is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Yaml,
}

/// Reads a text as a tree.
pub(crate) fn read(form: Form, text: &str, log: &mut Log) -> Result<Node, DescribeError> {
    match form {
        Form::Json => json::read(text, log),
        Form::Yaml => yaml::read(text, log),
    }
}

/// What may still be read.
#[derive(Debug)]
pub(crate) struct Budget {
    nodes: usize,
    bytes: usize,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { nodes: MAX_NODES, bytes: MAX_BYTES }
    }

    /// Pays for values, and for the bytes of texts that are copied.
    pub(crate) fn pay(&mut self, nodes: usize, bytes: usize) -> Result<(), DescribeError> {
        let left = self.nodes.checked_sub(nodes).zip(self.bytes.checked_sub(bytes));
        let (nodes, bytes) = left.ok_or(DescribeError::TooMuch)?;
        (self.nodes, self.bytes) = (nodes, bytes);
        Ok(())
    }
}
