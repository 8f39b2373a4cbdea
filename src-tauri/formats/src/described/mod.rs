//! Understands the descriptions that lie beside data files, so that titles, meanings, types, keys, rules and licence
//! come along when a folder is taken in.
//!
//! Read are:
//!
//! * Frictionless Data Package, Data Resource, Table Schema and Table Dialect 1.0 and 2.0, as JSON or YAML
//! * CSV on the Web, W3C Recommendation of 2015, as JSON
//! * Open Data Contract Standard 2.2 and 3.0 to 3.2, as YAML or JSON
//! * the sheet about a workbook that Larder wrote
//!
//! A description is the word of somebody else: nothing in it is fetched, run or trusted. Every path is checked, every
//! size is limited, and what cannot be kept is told in [`Described::notes`]. Passed by without a note are only what the
//! standards use to tell their own parts apart (`$schema`, `kind`, `@type`, the `id` of a part, the name of a server),
//! what the data file tells better itself (its format, its line ends), and flags that say no.
//!
//! ```
//! use larder_formats::described::{self, DescribeError};
//! let json = br#"{ "name": "shop", "resources": [ { "name": "orders", "path": "data/orders.csv" } ] }"#;
//! let described = described::read("datapackage.json", json)?.expect("a description");
//! let table = described::pick(&described, "data/orders.csv").expect("a table");
//! assert_eq!(table.name.as_deref(), Some("orders"));
//! # Ok::<(), DescribeError>(())
//! ```

mod about;
mod csvw;
mod dates;
mod detect;
mod draft;
mod error;
mod frictionless;
mod model;
mod names;
mod note;
mod odcs;
mod paths;
mod pick;
mod settle;
mod tree;
mod types;

pub use about::read_about;
pub use error::DescribeError;
pub use model::{
    Allowed, Bound, DateOrder, Described, DescribedColumn, DescribedTable, Dialect, Frequency, Key, Kind, KindHint,
    Licence, LookUp, Person, Reference, RowCount, Source, Standard,
};
pub use names::is_description_name;
pub use note::{Note, NoteCode};
pub use pick::pick;

/// A description of more bytes than this is not read; one in YAML not above half of it.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Reads a description. `file_name` is the file's name, with or without folders in front; it tells JSON from YAML and
/// what to expect. `None`: the file is no description.
///
/// # Errors
/// When the name promises a description and the bytes do not keep it.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Option<Described>, DescribeError> {
    read_in(file_name, bytes, &[])
}

/// Like [`read`]; where a text is given in several languages, the first of `languages` (such as `de`) is taken.
///
/// # Errors
/// As for [`read`].
pub fn read_in(file_name: &str, bytes: &[u8], languages: &[&str]) -> Result<Option<Described>, DescribeError> {
    let Some(form) = names::form(file_name) else { return Ok(None) };
    let read = detect::read(file_name, form, bytes, languages);
    match read {
        Err(_) if !is_description_name(file_name) => Ok(None),
        read => read,
    }
}
