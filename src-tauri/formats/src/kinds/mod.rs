//! What the cells of a column are: numbers, money, days, codes, words.

pub(crate) mod alike;
pub(crate) mod clock;
pub(crate) mod code;
pub(crate) mod column;
pub(crate) mod date;
pub(crate) mod decide;
pub(crate) mod facts;
pub(crate) mod headers;
pub(crate) mod money;
pub(crate) mod number;
mod seen;
pub(crate) mod value;
pub(crate) mod words;
mod written_out;
