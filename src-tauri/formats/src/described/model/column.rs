//! What a description says about a column.

/// What a description says about one column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribedColumn {
    /// The name as it stands in the data file's header, exactly.
    pub name: String,
    /// The name by which the description itself calls it; mostly the same.
    pub id: String,
    /// Other texts that may stand in the header: titles in other languages, the name for programs.
    pub also_called: Vec<String>,
    /// The title for people, if it is another than the name.
    pub title: Option<String>,
    /// What it means.
    pub meaning: Option<String>,
    /// What its values are.
    pub kind: Option<KindHint>,
    /// The unit, such as `kg`.
    pub unit: Option<String>,
    /// The currency, such as `EUR`.
    pub currency: Option<String>,
    /// No value may be missing.
    pub required: bool,
    /// No value may occur twice.
    pub unique: bool,
    /// The place in the main key, from 1.
    pub key_part: Option<u32>,
    /// The only values allowed; empty: any.
    pub allowed: Vec<Allowed>,
    /// The smallest value allowed.
    pub minimum: Option<Bound>,
    /// The largest value allowed.
    pub maximum: Option<Bound>,
    /// The regular expression that whole values must match, as written.
    pub pattern: Option<String>,
    /// The fewest characters allowed.
    pub min_length: Option<u64>,
    /// The most characters allowed.
    pub max_length: Option<u64>,
    /// The other table in which its values are found.
    pub looks_up: Option<LookUp>,
    /// Values as they may look.
    pub examples: Vec<String>,
    /// Texts that stand for "nothing here" in this column; empty: as in the table.
    pub missing_values: Vec<String>,
    /// Marked as telling something about a person.
    pub personal: bool,
}

/// A value that is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The value as text.
    pub value: String,
    /// What it means.
    pub label: Option<String>,
}

/// The end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The number or date as text: a dot for decimals, dates as ISO 8601.
    pub value: String,
    /// The value itself is not allowed.
    pub exclusive: bool,
}

/// A column of another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// The table, by name or else by path; `None`: the same table.
    pub table: Option<String>,
    /// The column, by name.
    pub column: String,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with decimals.
    Number,
    /// Yes or no.
    Boolean,
    /// Days.
    Date,
    /// Days with a time.
    DateTime,
    /// Times of day.
    Time,
    /// How long something took.
    Duration,
    /// Years.
    Year,
    /// Months of a year.
    YearMonth,
    /// Places on earth: coordinates or shapes.
    Geo,
    /// Several values in one cell.
    List,
    /// Objects with parts, mostly JSON.
    Object,
    /// Whatever it is; the publisher says so.
    Any,
}

/// In which order written dates give their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 31.12.2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
    /// 2026-12-31
    YearFirst,
}

/// What the values of a column are, and how they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindHint {
    /// What they are.
    pub kind: Kind,
    /// A finer word: `email`, `uri`, `uuid`, `binary`, or the publisher's own such as `money`.
    pub finer: Option<String>,
    /// The format as written, if it is not the standard's usual one: `%d.%m.%Y`, `dd.MM.yyyy`, `#,##0.00`.
    pub format: Option<String>,
    /// The order of the parts of dates.
    pub date_order: Option<DateOrder>,
    /// Years are written with two digits.
    pub two_digit_year: bool,
    /// What stands before decimals.
    pub decimal_mark: Option<char>,
    /// What stands between thousands.
    pub group_mark: Option<char>,
    /// Texts for yes; empty when the description does not say.
    pub true_values: Vec<String>,
    /// Texts for no.
    pub false_values: Vec<String>,
    /// Numbers stand among other text, such as `12 kg`.
    pub text_around: bool,
    /// What stands between several values in one cell; the kind is that of each of them.
    pub list_separator: Option<String>,
}

impl KindHint {
    /// A kind without further hints.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            finer: None,
            format: None,
            date_order: None,
            two_digit_year: false,
            decimal_mark: None,
            group_mark: None,
            true_values: Vec::new(),
            false_values: Vec::new(),
            text_around: false,
            list_separator: None,
        }
    }

    pub(crate) fn finer(kind: Kind, word: &str) -> Self {
        Self { finer: Some(word.to_owned()), ..Self::of(kind) }
    }
}
