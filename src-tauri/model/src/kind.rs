//! What the values of a column are, in the words of the interface.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of a column: what a person recognises, finer than what a file format stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    Text,
    /// Letters or digits that name something; zeros in front are kept, and nobody adds codes up.
    Code,
    /// An e-mail address.
    Email,
    /// A town, street or country.
    Place,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Number,
    /// An amount of money; exact decimals.
    Money,
    /// A share; 0.19 means 19 %.
    Percent,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
    /// A calendar day and a time of day, as the clock on the wall showed it.
    DateTime,
    /// A time of day.
    Time,
    /// How long something took; may be more than a day, or less than nothing.
    Duration,
}

impl Kind {
    /// Every kind, in the order in which the column menu offers them.
    pub const ALL: [Kind; 13] = [
        Kind::Text,
        Kind::Integer,
        Kind::Number,
        Kind::Money,
        Kind::Percent,
        Kind::Date,
        Kind::DateTime,
        Kind::Time,
        Kind::Duration,
        Kind::Boolean,
        Kind::Code,
        Kind::Email,
        Kind::Place,
    ];

    /// The type as Table Schema of Frictionless Data Package 2.0 names it.
    pub fn table_schema_type(self) -> &'static str {
        match self {
            Kind::Text | Kind::Code | Kind::Email | Kind::Place => "string",
            Kind::Integer => "integer",
            Kind::Number | Kind::Money | Kind::Percent => "number",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::DateTime => "datetime",
            Kind::Time => "time",
            Kind::Duration => "duration",
        }
    }

    /// The name in files and on the wire, as serde writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Code => "code",
            Kind::Email => "email",
            Kind::Place => "place",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Money => "money",
            Kind::Percent => "percent",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::DateTime => "date_time",
            Kind::Time => "time",
            Kind::Duration => "duration",
        }
    }

    /// Can be added up and averaged.
    pub fn is_numeric(self) -> bool {
        matches!(self, Kind::Integer | Kind::Number | Kind::Money | Kind::Percent)
    }

    /// Lies on a calendar or a clock.
    pub fn is_temporal(self) -> bool {
        matches!(self, Kind::Date | Kind::DateTime | Kind::Time | Kind::Duration)
    }

    /// Is kept as text.
    pub fn is_textual(self) -> bool {
        matches!(self, Kind::Text | Kind::Code | Kind::Email | Kind::Place)
    }
}

/// In which order a written date gives its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31.12.2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
    /// 2026-12-31
    YearFirst,
}

/// What stands between whole units and their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1.234,50
    Comma,
    /// 1,234.50
    Dot,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_name_is_the_one_serde_writes() {
        for kind in Kind::ALL {
            let json = serde_json::to_string(&kind).expect("a kind is plain text");
            assert_eq!(json, format!("\"{}\"", kind.as_str()));
        }
    }
}
