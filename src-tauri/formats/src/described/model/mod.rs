//! What a description says, whatever standard it follows.

mod column;
mod table;

pub use column::{Allowed, Bound, DateOrder, DescribedColumn, Kind, KindHint, LookUp};
pub use table::{DescribedTable, Dialect, Key, Reference, RowCount};

use crate::described::Note;

/// The standard that a description follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Standard {
    /// Frictionless Data Package 1.0 or 2.0.
    DataPackage,
    /// Frictionless Data Resource 1.0 or 2.0, alone in its file.
    DataResource,
    /// Frictionless Table Schema 1.0 or 2.0, alone in its file.
    TableSchema,
    /// Metadata Vocabulary for Tabular Data (CSV on the Web), 2015.
    Csvw,
    /// Open Data Contract Standard 2.
    Odcs2,
    /// Open Data Contract Standard 3.
    Odcs3,
    /// The sheet about a workbook that Larder wrote.
    AboutSheet,
}

/// All that a description says. Texts are plain, without control characters, and as the publisher wrote them.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// The standard it follows.
    pub standard: Standard,
    /// The version of the standard, as far as it is stated: `2.0`, `v3.1.0`.
    pub standard_version: Option<String>,
    /// The version of the data, as the publisher counts.
    pub version: Option<String>,
    /// The title, or else the name.
    pub title: Option<String>,
    /// What is in it.
    pub summary: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// How it is to be used.
    pub usage: Option<String>,
    /// What it is not for, what to take care of.
    pub limits: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The terms of use.
    pub licence: Option<Licence>,
    /// Who made it, answers for it or helps with it.
    pub people: Vec<Person>,
    /// What it was made from.
    pub sources: Vec<Source>,
    /// Its tables, in the order of the document.
    pub tables: Vec<DescribedTable>,
    /// How often it is renewed.
    pub frequency: Option<Frequency>,
    /// The promise itself, where Larder wrote it.
    pub promise: Option<larder_model::Promise>,
    /// What was not understood or not kept.
    pub notes: Vec<Note>,
}

impl Described {
    pub(crate) fn new(standard: Standard) -> Self {
        Self {
            standard,
            standard_version: None,
            version: None,
            title: None,
            summary: None,
            purpose: None,
            usage: None,
            limits: None,
            keywords: Vec::new(),
            licence: None,
            people: Vec::new(),
            sources: Vec::new(),
            tables: Vec::new(),
            frequency: None,
            promise: None,
            notes: Vec::new(),
        }
    }
}

/// Terms of use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Licence {
    /// The short name, such as `CC-BY-4.0`.
    pub name: Option<String>,
    /// Where it can be read, http or https.
    pub url: Option<String>,
    /// The full name.
    pub title: Option<String>,
    /// Its text, as a safe path relative to the description.
    pub file: Option<String>,
}

/// Somebody who made the data, answers for it or helps with it; also an organisation or a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What they do, such as `owner`; several with a comma between.
    pub role: Option<String>,
    /// Whom they work for.
    pub organisation: Option<String>,
}

/// What data was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The title.
    pub title: Option<String>,
    /// Where it is, http or https.
    pub url: Option<String>,
    /// Where it is, as a safe path relative to the description.
    pub file: Option<String>,
}

/// How often data is renewed, in the words of the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frequency {
    /// The number or word, such as `1` or `daily`.
    pub every: String,
    /// The unit that goes with it, such as `d` or `week`.
    pub unit: Option<String>,
}
