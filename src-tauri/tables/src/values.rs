//! The cells of one column in one batch, by their kind.

use std::borrow::Cow;

use arrow_array::{
    Array, BooleanArray, Date32Array, Decimal128Array, DurationMicrosecondArray, Float64Array, Int64Array, RecordBatch,
    Time64MicrosecondArray, TimestampMicrosecondArray,
};
use arrow_schema::DataType;

use crate::cells_of::{CellsOf, Words};
use crate::text;

/// The cells of one column in one batch. Row numbers count from 0 inside the batch.
#[derive(Debug, Clone, Copy)]
pub enum Values<'a> {
    /// Text, codes, e-mail addresses, places.
    Text(Words<'a>),
    /// Whole numbers.
    Integer(CellsOf<'a, Int64Array>),
    /// Numbers and shares; always finite.
    Number(CellsOf<'a, Float64Array>),
    /// Unscaled money, and its decimals.
    Money(CellsOf<'a, Decimal128Array>, u8),
    /// Yes or no.
    Boolean(&'a BooleanArray),
    /// Days since 1970-01-01.
    Date(CellsOf<'a, Date32Array>),
    /// Microseconds of wall clock since 1970-01-01T00:00.
    DateTime(CellsOf<'a, TimestampMicrosecondArray>),
    /// Microseconds since midnight.
    Time(CellsOf<'a, Time64MicrosecondArray>),
    /// Microseconds.
    Duration(CellsOf<'a, DurationMicrosecondArray>),
    /// Not an array that tables have; reads as empty cells.
    Nothing,
}

impl<'a> Values<'a> {
    /// The cells of this column.
    pub fn of(batch: &'a RecordBatch, column: usize) -> Values<'a> {
        batch.columns().get(column).map_or(Values::Nothing, |array| Values::from_array(array.as_ref()))
    }

    /// The cells of this array.
    pub fn from_array(array: &'a dyn Array) -> Values<'a> {
        let any = array.as_any();
        if let Some(words) = Words::of(array) {
            Values::Text(words)
        } else if let Some(cells) = CellsOf::<Int64Array>::of(array) {
            Values::Integer(cells)
        } else if let Some(cells) = CellsOf::<Float64Array>::of(array) {
            Values::Number(cells)
        } else if let Some(cells) = CellsOf::<Decimal128Array>::of(array) {
            Values::Money(cells, cells.cells().scale().unsigned_abs())
        } else if let Some(array) = any.downcast_ref::<BooleanArray>() {
            Values::Boolean(array)
        } else if let Some(cells) = CellsOf::<Date32Array>::of(array) {
            Values::Date(cells)
        } else if let Some(cells) = CellsOf::<TimestampMicrosecondArray>::of(array) {
            Values::DateTime(cells)
        } else if let Some(cells) = CellsOf::<Time64MicrosecondArray>::of(array) {
            Values::Time(cells)
        } else if let Some(cells) = CellsOf::<DurationMicrosecondArray>::of(array) {
            Values::Duration(cells)
        } else {
            Values::Nothing
        }
    }

    /// Whether the cell has a value.
    pub fn is_filled(&self, row: usize) -> bool {
        // Each array by its own type: this is asked for every cell there is.
        match *self {
            Values::Text(words) => words.is_filled(row),
            Values::Integer(cells) => cells.is_filled(row),
            Values::Number(cells) => cells.is_filled(row),
            Values::Money(cells, _) => cells.is_filled(row),
            Values::Boolean(array) => is_valid(array, row),
            Values::Date(cells) => cells.is_filled(row),
            Values::DateTime(cells) => cells.is_filled(row),
            Values::Time(cells) => cells.is_filled(row),
            Values::Duration(cells) => cells.is_filled(row),
            Values::Nothing => false,
        }
    }

    /// True where rows share cells.
    pub(crate) fn is_shared(&self) -> bool {
        self.array().is_some_and(|array| matches!(array.data_type(), DataType::Dictionary(..)))
    }

    fn array(&self) -> Option<&'a dyn Array> {
        Some(match *self {
            Values::Text(words) => words.array(),
            Values::Integer(cells) => cells.array(),
            Values::Number(cells) => cells.array(),
            Values::Money(cells, _) => cells.array(),
            Values::Boolean(array) => array,
            Values::Date(cells) => cells.array(),
            Values::DateTime(cells) => cells.array(),
            Values::Time(cells) => cells.array(),
            Values::Duration(cells) => cells.array(),
            Values::Nothing => return None,
        })
    }

    /// Empty cells in the batch.
    pub fn empty_count(&self) -> usize {
        self.array().map_or(0, |array| array.null_count())
    }

    /// Cells in the batch.
    pub fn len(&self) -> usize {
        self.array().map_or(0, |array| array.len())
    }

    /// Whether the batch has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the canonical text of a cell to `out`; false where the cell is empty.
    pub fn push_text(&self, row: usize, out: &mut String) -> bool {
        if !self.is_filled(row) {
            return false;
        }
        match *self {
            Values::Text(words) => out.push_str(words.value(row)),
            Values::Integer(array) => text::push_integer(out, array.value(row)),
            Values::Number(array) => text::push_number(out, array.value(row)),
            Values::Money(array, decimals) => text::push_money(out, array.value(row), decimals),
            Values::Boolean(array) => out.push_str(if array.value(row) { "true" } else { "false" }),
            Values::Date(array) => text::push_date(out, array.value(row)),
            Values::DateTime(array) => text::push_date_time(out, array.value(row)),
            Values::Time(array) => text::push_time(out, array.value(row)),
            Values::Duration(array) => text::push_duration(out, array.value(row)),
            Values::Nothing => {}
        }
        true
    }

    /// The canonical text of a cell; none where it is empty.
    pub fn text(&self, row: usize) -> Option<Cow<'a, str>> {
        if !self.is_filled(row) {
            return None;
        }
        if let Values::Text(words) = *self {
            return Some(Cow::Borrowed(words.value(row)));
        }
        let mut out = String::new();
        self.push_text(row, &mut out);
        Some(Cow::Owned(out))
    }

    /// A number or a share, a whole number, or money in its whole unit; none where the cell is empty or no number.
    pub fn number(&self, row: usize) -> Option<f64> {
        if !self.is_filled(row) {
            return None;
        }
        match *self {
            Values::Integer(array) => Some(array.value(row) as f64),
            Values::Number(array) => Some(array.value(row)),
            Values::Money(array, decimals) => Some(array.value(row) as f64 / 10f64.powi(decimals.into())),
            _ => None,
        }
    }

    /// What kinds other than text and numbers with decimals are counted in: whole numbers, unscaled money, days or
    /// microseconds, 0 or 1; none where the cell is empty, text or a number with decimals.
    pub(crate) fn whole(&self, row: usize) -> Option<i64> {
        if !self.is_filled(row) {
            return None;
        }
        match *self {
            Values::Integer(array) => Some(array.value(row)),
            Values::Money(array, _) => i64::try_from(array.value(row)).ok(),
            Values::Boolean(array) => Some(i64::from(array.value(row))),
            Values::Date(array) => Some(i64::from(array.value(row))),
            Values::DateTime(array) => Some(array.value(row)),
            Values::Time(array) => Some(array.value(row)),
            Values::Duration(array) => Some(array.value(row)),
            Values::Text(_) | Values::Number(_) | Values::Nothing => None,
        }
    }

    /// The text cell itself; none where it is empty or not text.
    pub(crate) fn str(&self, row: usize) -> Option<&'a str> {
        match *self {
            Values::Text(words) if words.is_filled(row) => Some(words.value(row)),
            _ => None,
        }
    }
}

#[inline]
fn is_valid(array: &impl Array, row: usize) -> bool {
    row < array.len() && array.nulls().is_none_or(|nulls| nulls.is_valid(row))
}
