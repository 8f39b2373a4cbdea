//! Text files: which bytes are which letters, what separates columns, where rows end.

pub(crate) mod blocks;
pub(crate) mod dialect;
pub(crate) mod encoding;
pub(crate) mod ibm850;
pub(crate) mod marks;
pub(crate) mod mojibake;
pub(crate) mod open;
pub(crate) mod records;
pub(crate) mod rewrite;
pub(crate) mod separator;
mod suits;
pub(crate) mod surplus;
pub(crate) mod touching;
pub(crate) mod whole_rows;
pub(crate) mod widths;
