//! The words that pages and "About" sheets are made of. Whoever asks for a page brings them, in the language of its
//! readers: there is no prose in here.

use larder_model::{Change, Column, Finding, Grade, Kind, Promise};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// One fixed text of a page. What it stands for is told with each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Word {
            $($(#[$doc])* $name,)*
        }

        impl Word {
            /// Every word, so that translations can be proven complete.
            pub const ALL: &[Word] = &[$(Word::$name,)*];

            /// Its name among the words, in lower case with hyphens.
            pub fn key(self) -> &'static str {
                match self {
                    $(Word::$name => $key,)*
                }
            }
        }
    };
}

words! {
    /// Name of the first sheet: "About". At most 31 characters are used.
    AboutSheet = "about-sheet",
    /// Heading over the facts.
    AtAGlance = "at-a-glance",
    /// The area it belongs to.
    Area = "area",
    /// Who answers for it.
    Keeper = "keeper",
    /// Who steps in for the keeper.
    StandIn = "stand-in",
    /// When it was filled.
    Filled = "filled",
    /// Who filled it.
    FilledBy = "filled-by",
    /// How often it is filled again.
    Promise = "promise",
    /// There is no promise.
    NoPromise = "no-promise",
    /// Its condition.
    Condition = "condition",
    /// How many rows.
    Rows = "rows",
    /// How many columns; also the heading over them.
    Columns = "columns",
    /// Who may see it.
    Audience = "audience",
    /// Everyone on the shelf.
    AudienceEveryone = "audience-everyone",
    /// The label only; the rows are to be asked for.
    AudienceLabelOnly = "audience-label-only",
    /// Only people who were chosen.
    AudienceSealed = "audience-sealed",
    /// What it is good for.
    GoodFor = "good-for",
    /// What it should not be used for.
    NotFor = "not-for",
    /// Words to find it by.
    Tags = "tags",
    /// Terms of use.
    Terms = "terms",
    /// Only for the work of this business: the whole sentence.
    TermsInternal = "terms-internal",
    /// Which release: "Version".
    Release = "release",
    /// Heading over the column guide.
    ColumnGuide = "column-guide",
    /// A column's name.
    ColumnName = "column-name",
    /// What a column means.
    Meaning = "meaning",
    /// A column's kind.
    Kind = "kind",
    /// A column's unit.
    Unit = "unit",
    /// An example value.
    Example = "example",
    /// Said of a column that is part of what makes each row unique.
    Key = "key",
    /// Said of a column that may not be empty.
    Required = "required",
    /// Said of a column that tells something about a person.
    Personal = "personal",
    /// Where values are looked up; the other's name follows.
    LooksUp = "looks-up",
    /// How many cells are empty.
    EmptyCells = "empty-cells",
    /// How many different values.
    Different = "different",
    /// The smallest value.
    Smallest = "smallest",
    /// The largest value.
    Largest = "largest",
    /// The mean.
    Mean = "mean",
    /// Heading of the most frequent values.
    MostFrequent = "most-frequent",
    /// Heading of the picture of how values are spread.
    Spread = "spread",
    /// Heading over what changed.
    WhatChanged = "what-changed",
    /// Heading over what is left to fix.
    ToFix = "to-fix",
    /// Heading over the files that it was made from.
    WhereFrom = "where-from",
    /// Heading over the first rows.
    FirstRows = "first-rows",
    /// The rows are not here; ask the keeper.
    RowsNotHere = "rows-not-here",
    /// Heading over the links to its files.
    Files = "files",
    /// The workbook among them.
    FileWorkbook = "file-workbook",
    /// The comma-separated text among them.
    FileCsv = "file-csv",
    /// The Parquet file among them.
    FileParquet = "file-parquet",
    /// The description for other programs among them.
    FileDescription = "file-description",
    /// Where the original is found: "On the shelf".
    OnTheShelf = "on-the-shelf",
    /// When this copy was made.
    CopyMade = "copy-made",
    /// How many texts were too long for a cell of Excel, and were cut.
    CutTexts = "cut-texts",
    /// Nothing is on the shelf yet.
    ShelfEmpty = "shelf-empty",
    /// These pages are copies; Larder holds the original.
    CopyNote = "copy-note",
}

/// The words of one language, and how it writes figures and moments. Answers are plain text; they are escaped where
/// they are put.
pub trait PageWords {
    /// BCP 47 tag of the language, such as `de`.
    fn language(&self) -> String;
    /// Whether it is written from right to left.
    fn right_to_left(&self) -> bool {
        false
    }
    /// A fixed text.
    fn say(&self, word: Word) -> String;
    /// The name of a kind.
    fn kind(&self, kind: Kind) -> String;
    /// A condition as a word.
    fn grade(&self, grade: Grade) -> String;
    /// A promise as a sentence.
    fn promise(&self, promise: &Promise) -> String;
    /// A change as a sentence.
    fn change(&self, change: &Change) -> String;
    /// Something left to fix as a sentence.
    fn finding(&self, finding: &Finding) -> String;
    /// A moment given in RFC 3339.
    fn moment(&self, rfc3339: &str) -> String;
    /// A count.
    fn count(&self, count: u64) -> String;
    /// A value of a column, given as canonical text.
    fn value(&self, canonical: &str, column: &Column) -> String {
        let _ = column;
        canonical.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_plain() {
        let keys: std::collections::HashSet<&str> = Word::ALL.iter().map(|word| word.key()).collect();
        assert_eq!(keys.len(), Word::ALL.len());
        for key in keys {
            assert!(key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{key}");
        }
    }
}
