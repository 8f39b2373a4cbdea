//! Writing: what Excel, browsers and the standard tools of the field open without Larder.
//!
//! Nothing that came out of a file or from a colleague ever becomes markup, a formula or a path here: cells are written
//! as values, texts are escaped where they are put, names are made safe or left out.

mod about;
mod csv;
mod descriptor;
mod escape;
mod facts;
mod label_page;
pub(crate) mod licence;
pub mod package;
mod page;
mod pictures;
mod sheet_names;
mod shelf_page;
mod words;
mod xlsx;

#[cfg(test)]
pub(crate) mod testing;

pub use about::About;
pub use csv::{Names, write_csv};
pub use words::{PageWords, Word};
pub use xlsx::write_xlsx;
