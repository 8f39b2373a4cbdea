//! Finding the table inside the sheet: blocks of rows, names, units, totals, notes.

pub(crate) mod blocks;
pub(crate) mod body;
mod captions;
pub(crate) mod header;
pub(crate) mod look;
mod lower;
pub(crate) mod parts;
mod ranges;
pub(crate) mod shapes;
pub(crate) mod totals;
