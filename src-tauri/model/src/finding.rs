//! What was found in a spreadsheet or a table: said in words by the interface, with rows, and never silently acted on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Choice;

/// A value inside a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Param {
    /// A count or a measured figure.
    Number(f64),
    /// A name or a value as it stands in the file.
    Text(String),
    /// Several of them.
    List(Vec<String>),
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Param::Text(text.to_owned())
    }
}
impl From<String> for Param {
    fn from(text: String) -> Self {
        Param::Text(text)
    }
}
impl From<Vec<String>> for Param {
    fn from(list: Vec<String>) -> Self {
        Param::List(list)
    }
}
impl From<f64> for Param {
    fn from(number: f64) -> Self {
        Param::Number(number)
    }
}
impl From<u64> for Param {
    fn from(count: u64) -> Self {
        Param::Number(count as f64)
    }
}
impl From<usize> for Param {
    fn from(count: usize) -> Self {
        Param::Number(count as f64)
    }
}
impl From<u32> for Param {
    fn from(count: u32) -> Self {
        Param::Number(f64::from(count))
    }
}

/// The values of one sentence by their names in the words.
pub type Params = BTreeMap<String, Param>;

/// How sure Larder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Could well be otherwise: shown first, with a question mark.
    Doubt,
    /// Something odd that a person wants to know: shown with a triangle.
    Notice,
    /// As good as certain: shown last, with a tick.
    Sure,
}

/// Everything that can be found, one code a sentence. The texts are in the interface's words under `finding-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    // How a file was read. Parameters in brackets.
    /// How many rows and columns, and where the names are \[rows, columns, header_row\].
    TableFound,
    /// No row looks like names \[rows, columns\].
    NoHeader,
    /// Which sheet, and which others there are \[sheet, others\].
    SheetChosen,
    /// More tables on the sheet \[tables, range\].
    MoreTables,
    /// Hidden sheets, rows or columns were met \[names\].
    HiddenThings,
    /// The date order assumed \[example, order, ambiguous\].
    DateOrder,
    /// The decimal mark assumed \[example, value, mark\].
    DecimalMark,
    /// Two-digit years \[example, year\].
    TwoDigitYear,
    /// Days in numbers, as spreadsheets count them \[column, example, value\].
    DayCounts,
    /// Months or weeks, of which the first day is taken \[column, example, value, part\].
    FirstDays,
    /// Numbers with their unit beside them in the cells \[column, unit, example\].
    UnitInCells,
    /// Texts or lines stand in other signs than straight quotes \[quote, how\].
    QuoteMarks,
    /// Texts that hold the separator and stand in no quotes \[column, example, delimiter, delimiter_code\].
    SurplusCells,
    /// A column of digits that names things \[column, example\].
    CodeKept,
    /// A word that stands for nothing \[word\].
    EmptyWord,
    /// Rows that add others up were left out \[rows\].
    TotalsLeftOut,
    /// Header rows that come again in the middle were left out.
    RepeatedHeader,
    /// Rows of units under the names were left out; the units were kept with their columns \[example\].
    UnitsLeftOut,
    /// Rows with titles or notes before or after the table were left out.
    NotesLeftOut,
    /// Whole rows that appear twice.
    DuplicateRows,
    /// The encoding assumed, where unsure \[encoding, example\].
    Encoding,
    /// Text that was garbled by a wrong encoding and was repaired \[was, now\].
    Mojibake,
    /// What separates the columns, where unsure \[delimiter, delimiter_code\].
    Delimiter,
    /// Rows with more cells than the header \[row, cells, columns\].
    RaggedRows,
    /// Cells that do not fit the column's kind and were kept as empty \[column, kind, examples\].
    Misfits,
    /// Excel's error cells (#N/A, #REF!...) \[examples\].
    ErrorCells,
    /// Numbers that the workbook stored as text \[column\].
    NumbersAsText,
    /// Cells merged over several rows were filled down \[column\].
    MergedCells,
    /// A formula's stored result was read; it may be older than its inputs.
    CachedFormulas,
    /// A file with names and no rows.
    NoRows,
    /// The file ends in the middle \[read_bytes, size_bytes\].
    Truncated,
    /// Money in several currencies \[column, currencies\].
    MixedCurrencies,
    /// Two header cells had the same name; numbers were added \[names\].
    SameNames,
    /// Header cells were empty; names were made \[names\].
    UnnamedColumns,
    /// The columns are not those of last time \[new, gone, renamed\].
    ColumnsMoved,
    /// Excel still has the file open; the saved version was read \[saved_at\].
    OpenElsewhere,
    /// The file was locked with a password; an unlocked copy is kept here.
    Unlocked,
    /// A description beside the file began the label \[file, inside, columns, notes\].
    Described,
    /// The description beside the file cannot be read \[file, line\].
    DescriptionBroken,

    // What is left to fix in a table.
    /// Empty cells in a column that should be filled \[column\].
    EmptyCells,
    /// What makes a row unique appears twice \[columns, example\].
    DuplicateKeys,
    /// Dates that cannot be: far past or in the future \[column, example\].
    ImpossibleDates,
    /// Values far from all others \[column, example, low, high\].
    Outliers,
    /// A value that its look-up does not know \[column, product, examples\].
    UnknownReference,
    /// Values that differ in case or blanks only \[column, a, b\].
    SpellingVariants,
    /// Addresses or names of people \[column, what\].
    PersonalDetails,
    /// Negative where all others are positive \[column, example\].
    NegativeValues,
    /// One value through the whole column \[column, value\].
    ConstantColumn,
    /// A column without any value \[column\].
    EmptyColumn,
    /// Text that Excel would run as a formula \[column, example\].
    FormulaText,
}

impl FindingCode {
    /// Every code, so that the words can be proven complete.
    pub const ALL: [FindingCode; 50] = {
        use FindingCode::*;
        [
            TableFound,
            NoHeader,
            SheetChosen,
            MoreTables,
            HiddenThings,
            DateOrder,
            DecimalMark,
            TwoDigitYear,
            DayCounts,
            FirstDays,
            UnitInCells,
            QuoteMarks,
            SurplusCells,
            CodeKept,
            EmptyWord,
            TotalsLeftOut,
            RepeatedHeader,
            UnitsLeftOut,
            NotesLeftOut,
            DuplicateRows,
            Encoding,
            Mojibake,
            Delimiter,
            RaggedRows,
            Misfits,
            ErrorCells,
            NumbersAsText,
            MergedCells,
            CachedFormulas,
            NoRows,
            Truncated,
            MixedCurrencies,
            SameNames,
            UnnamedColumns,
            ColumnsMoved,
            OpenElsewhere,
            Unlocked,
            Described,
            DescriptionBroken,
            EmptyCells,
            DuplicateKeys,
            ImpossibleDates,
            Outliers,
            UnknownReference,
            SpellingVariants,
            PersonalDetails,
            NegativeValues,
            ConstantColumn,
            EmptyColumn,
            FormulaText,
        ]
    };
}

/// One thing that was found, with its evidence and what a person may do about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Which sentence.
    pub code: FindingCode,
    /// How sure, and so where it is shown.
    pub certainty: Certainty,
    /// The values in the sentence.
    pub params: Params,
    /// The column's id, where it is about one.
    pub column: Option<String>,
    /// Rows of the sheet (1 is the first row of the file) or, for things to fix, rows of the table (1 is the first data
    /// row). The first 100 at most.
    pub rows: Vec<u64>,
    /// How many there are in all.
    pub count: u64,
    /// The one-click opposites, best first.
    pub opposites: Vec<Choice>,
    /// Safe repairs on offer, for things to fix.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding without rows, opposites or fixes yet.
    pub fn new(code: FindingCode, certainty: Certainty) -> Self {
        Finding {
            code,
            certainty,
            params: Params::new(),
            column: None,
            rows: Vec::new(),
            count: 0,
            opposites: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// With one more value for its sentence.
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// About this column (its id), which is also the sentence's `column` where none was given.
    pub fn on(mut self, column_id: &str) -> Self {
        self.column = Some(column_id.to_owned());
        self
    }

    /// With the rows where it was found; keeps the first 100 and counts all.
    pub fn at(mut self, rows: impl IntoIterator<Item = u64>) -> Self {
        for row in rows {
            self.count += 1;
            if self.rows.len() < 100 {
                self.rows.push(row);
            }
        }
        self
    }

    /// With one more opposite.
    pub fn or(mut self, choice: Choice) -> Self {
        self.opposites.push(choice);
        self
    }

    /// With one more repair on offer.
    pub fn fix(mut self, action: FixAction) -> Self {
        self.fixes.push(Fix { code: self.code, column: self.column.clone(), action });
        self
    }
}

/// What a repair does to the rows or cells of one finding. The source file is never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FixAction {
    /// Leave the rows out of the release.
    LeaveOutRows,
    /// Make the cells empty.
    MakeEmpty,
    /// Keep the first of each and leave the others out.
    KeepFirst,
    /// Leave the whole column out.
    LeaveOutColumn,
    /// Write the most frequent spelling everywhere.
    UseCommonSpelling,
    /// Leave it as it is; shown on the label.
    Accept,
}

/// A repair that a person switched on: which finding, in which column, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Fix {
    /// The finding that it answers.
    pub code: FindingCode,
    /// The column's id, where it is about one.
    pub column: Option<String>,
    /// What to do.
    pub action: FixAction,
}
