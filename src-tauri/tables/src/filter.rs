//! Which rows a person wants to see.

use arrow_array::RecordBatch;
use larder_model::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fold::{contains_folded, folded};
use crate::{TableColumn, Values, parse};

/// What a cell has to be. Values are canonical text; a date or time of less detail stands for its whole span.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "test", rename_all = "snake_case")]
pub enum Test {
    /// Contains the text, whatever its case and accents.
    Contains {
        /// The text.
        text: String,
    },
    /// Is the value; text exactly as it stands.
    Equals {
        /// The value.
        value: String,
    },
    /// Is the value or comes after it; text by its folded order.
    AtLeast {
        /// The value.
        value: String,
    },
    /// Is the value or comes before it.
    AtMost {
        /// The value.
        value: String,
    },
    /// Has no value.
    Empty,
    /// Has a value.
    NotEmpty,
}

/// A test on a column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Filter {
    /// The column's id; empty for any column (one that passes is enough).
    pub column: String,
    /// What its cells have to be.
    #[serde(flatten)]
    pub test: Test,
}

/// A filter made ready for a table.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// Columns of the table, any of which is enough.
    columns: Vec<(usize, Needle)>,
}

#[derive(Debug, Clone)]
enum Needle {
    Contains { folded: String },
    Same { text: String },
    Text { folded: String, at_least: bool },
    Whole { from: i128, to: i128 },
    Number { from: f64, to: f64 },
    Filled(bool),
}

impl Sieve {
    /// Refuses `unknown` columns and `invalid` values.
    pub fn new(filter: &Filter, columns: &[TableColumn]) -> Result<Sieve, Refusal> {
        if filter.column.is_empty() {
            let mut any = Vec::new();
            for (place, column) in columns.iter().enumerate() {
                match needle(&filter.test, column) {
                    Ok(needle) if may_match(&needle, column) => any.push((place, needle)),
                    _ => {}
                }
            }
            return Ok(Sieve { columns: any });
        }
        let place = columns
            .iter()
            .position(|column| column.id == filter.column)
            .ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", filter.column.clone()))?;
        Ok(Sieve { columns: vec![(place, needle(&filter.test, &columns[place])?)] })
    }

    /// Columns of the table that it looks at.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().map(|(place, _)| *place)
    }

    /// Clears the rows of `kept` that do not pass. `place_of` tells where a column of the table stands in the batch.
    pub fn sift(&self, batch: &RecordBatch, place_of: &dyn Fn(usize) -> usize, kept: &mut [bool]) {
        let columns: Vec<(Values, &Needle)> =
            self.columns.iter().map(|(place, needle)| (Values::of(batch, place_of(*place)), needle)).collect();
        let mut room = String::new();
        let mut cell = String::new();
        for (row, keep) in kept.iter_mut().enumerate() {
            if *keep {
                *keep = columns.iter().any(|(values, needle)| needle.passes(values, row, &mut cell, &mut room));
            }
        }
    }
}

fn needle(test: &Test, column: &TableColumn) -> Result<Needle, Refusal> {
    let (value, at_least, at_most) = match test {
        Test::Contains { text } => {
            return Ok(Needle::Contains { folded: folded(text).into_owned() });
        }
        Test::Empty => return Ok(Needle::Filled(false)),
        Test::NotEmpty => return Ok(Needle::Filled(true)),
        Test::Equals { value } => (value, true, true),
        Test::AtLeast { value } => (value, true, false),
        Test::AtMost { value } => (value, false, true),
    };
    let invalid = || Refusal::new(RefusalCode::Invalid).with("what", column.name.clone()).with("value", value.clone());
    if column.kind.is_textual() {
        return Ok(match at_least && at_most {
            true => Needle::Same { text: value.clone() },
            false => Needle::Text { folded: folded(value).into_owned(), at_least },
        });
    }
    if matches!(column.kind, larder_model::Kind::Number | larder_model::Kind::Percent) {
        let number = parse::number(value).ok_or_else(invalid)?;
        return Ok(Needle::Number {
            from: if at_least { number } else { f64::NEG_INFINITY },
            to: if at_most { number } else { f64::INFINITY },
        });
    }
    let (above, below) = parse::span(value, column.kind, column.scale()).ok_or_else(invalid)?;
    Ok(Needle::Whole { from: if at_least { above } else { i128::MIN }, to: if at_most { below } else { i128::MAX } })
}

/// Letters are never found in figures: spares a look at most columns.
fn may_match(needle: &Needle, column: &TableColumn) -> bool {
    let Needle::Contains { folded } = needle else {
        return true;
    };
    let is_figure = column.kind.is_numeric() || column.kind.is_temporal();
    !is_figure || folded.bytes().all(|b| b.is_ascii_digit() || b"-.:t".contains(&b))
}

impl Needle {
    fn passes(&self, values: &Values, row: usize, cell: &mut String, room: &mut String) -> bool {
        match self {
            Needle::Filled(filled) => values.is_filled(row) == *filled,
            Needle::Same { text } => values.str(row) == Some(text.as_str()),
            Needle::Whole { from, to } => {
                values.whole(row).is_some_and(|value| (*from..=*to).contains(&i128::from(value)))
            }
            Needle::Number { from, to } => values.number(row).is_some_and(|value| (*from..=*to).contains(&value)),
            Needle::Text { folded: bound, at_least } => values.str(row).is_some_and(|text| {
                let text = folded(text);
                if *at_least { *text >= **bound } else { *text <= **bound }
            }),
            Needle::Contains { folded } => match values.str(row) {
                Some(text) => contains_folded(text, folded, room),
                None => {
                    cell.clear();
                    values.push_text(row, cell) && contains_folded(cell, folded, room)
                }
            },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use larder_model::Kind;

    use super::*;

    #[test]
    fn a_filter_is_readable_json() {
        let filter = Filter { column: "qty".into(), test: Test::AtLeast { value: "3".into() } };
        let json = serde_json::to_string(&filter).unwrap();
        assert_eq!(json, r#"{"column":"qty","test":"at_least","value":"3"}"#);
        assert_eq!(serde_json::from_str::<Filter>(&json).unwrap(), filter);
        let empty: Filter = serde_json::from_str(r#"{"column":"qty","test":"not_empty"}"#).unwrap();
        assert_eq!(empty.test, Test::NotEmpty);
    }

    #[test]
    fn a_value_that_the_column_cannot_have_is_refused() {
        let columns = [TableColumn::new("d", "Tag", Kind::Date)];
        let filter = |column: &str| Filter { column: column.into(), test: Test::Equals { value: "soon".into() } };
        assert_eq!(Sieve::new(&filter("d"), &columns).unwrap_err().code, RefusalCode::Invalid);
        assert_eq!(Sieve::new(&filter("x"), &columns).unwrap_err().code, RefusalCode::Unknown);
        assert!(Sieve::new(&filter(""), &columns).unwrap().columns.is_empty());
    }
}
