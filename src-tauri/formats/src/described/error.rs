//! Why a description could not be read at all.

use std::fmt;

/// Why a description could not be read at all. Smaller troubles are notes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DescribeError {
    /// More bytes than [`crate::described::MAX_BYTES`], or than half of it for YAML.
    TooBig {
        /// How many there are.
        bytes: usize,
    },
    /// Neither UTF-8 nor, with a mark in front, UTF-16.
    NotText {
        /// How many bytes at the start are right.
        valid_bytes: usize,
    },
    /// Not JSON or YAML.
    Broken {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the parser says, in English.
        detail: String,
    },
    /// Lists in lists in lists: nested deeper than any description is.
    TooDeep,
    /// More values than any description has, perhaps by repeating parts of itself.
    TooMuch,
    /// A description after a standard or a version that is not read here.
    Unsupported {
        /// What it is.
        what: String,
    },
}

impl fmt::Display for DescribeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooBig { bytes } => write!(f, "the description is too big: {bytes} bytes"),
            Self::NotText { valid_bytes } => write!(f, "the description is not text after byte {valid_bytes}"),
            Self::Broken { line, column, detail } => write!(f, "broken at line {line}, column {column}: {detail}"),
            Self::TooDeep => f.write_str("the description is nested too deeply"),
            Self::TooMuch => f.write_str("the description has too many values"),
            Self::Unsupported { what } => write!(f, "not read: {what}"),
        }
    }
}

impl std::error::Error for DescribeError {}
