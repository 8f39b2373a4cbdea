//! Filling one column.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Decimal128Builder, DurationMicrosecondBuilder, Float64Builder,
    Int64Builder, StringBuilder, Time64MicrosecondBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{Array, ArrayRef};
use larder_model::Kind;

use crate::TableColumn;
use crate::cells_of::{Keys, on_their_own};
use crate::dates::{DAY_MICROS, FIRST_DAY, FIRST_MICRO, LAST_DAY, LAST_MICRO};

/// Longest text of one cell; a spreadsheet's cell has 32,767 characters.
const CELL_TEXT_BYTES: usize = 64 << 20;
/// Money lies below this: 18 digits.
const MONEY_END: i128 = 1_000_000_000_000_000_000;

/// Whether money of this unscaled value fits into a table (18 digits).
pub fn money_fits(unscaled: i128) -> bool {
    unscaled.checked_abs().is_some_and(|digits| digits < MONEY_END)
}

/// Longest duration, in microseconds: ten million hours, so that its text stays readable.
const DURATION_END: i64 = 10_000_000 * 3_600_000_000;

/// Whether a table can hold a duration of so many microseconds.
pub(crate) fn duration_fits(micros: i64) -> bool {
    (1 - DURATION_END..DURATION_END).contains(&micros)
}

/// Fills one column cell by cell. A value that the column cannot hold (another kind, text over 64 MB, not a finite number, money
/// over 18 digits, a day outside the years 1 to 9999, a time of a day and more) becomes an empty cell; whoever fills it
/// reports it before.
#[derive(Debug)]
pub struct ColumnBuilder {
    cells: Cells,
}

/// The filled cells of one column.
#[derive(Debug, Clone)]
pub struct ColumnCells(pub(crate) ArrayRef);

impl ColumnCells {
    /// The cells that these keys tell, in this order: each is kept once and shared by the rows.
    ///
    /// # Panics
    /// Where a key lies beyond the last cell.
    pub fn at(&self, keys: Keys) -> ColumnCells {
        let shared = keys.array_of(&self.0);
        // Yes and no take less than a key.
        let is_small = *self.0.data_type() == arrow_schema::DataType::Boolean;
        ColumnCells(if is_small { on_their_own(&shared) } else { shared })
    }
}

#[derive(Debug)]
enum Cells {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Money(Decimal128Builder, u8),
    Boolean(BooleanBuilder),
    Date(Date32Builder),
    DateTime(TimestampMicrosecondBuilder),
    Time(Time64MicrosecondBuilder),
    Duration(DurationMicrosecondBuilder),
}

impl Cells {
    /// With room for so many.
    fn new(column: &TableColumn, rows: usize) -> Cells {
        match column.kind {
            Kind::Text | Kind::Code | Kind::Email | Kind::Place => Cells::Text(StringBuilder::with_capacity(rows, 0)),
            Kind::Integer => Cells::Integer(Int64Builder::with_capacity(rows)),
            Kind::Number | Kind::Percent => Cells::Number(Float64Builder::with_capacity(rows)),
            Kind::Money => {
                let cells = Decimal128Builder::with_capacity(rows).with_data_type(column.data_type());
                Cells::Money(cells, column.scale())
            }
            Kind::Boolean => Cells::Boolean(BooleanBuilder::with_capacity(rows)),
            Kind::Date => Cells::Date(Date32Builder::with_capacity(rows)),
            Kind::DateTime => Cells::DateTime(TimestampMicrosecondBuilder::with_capacity(rows)),
            Kind::Time => Cells::Time(Time64MicrosecondBuilder::with_capacity(rows)),
            Kind::Duration => Cells::Duration(DurationMicrosecondBuilder::with_capacity(rows)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Cells::Text(cells) => cells.len(),
            Cells::Integer(cells) => cells.len(),
            Cells::Number(cells) => cells.len(),
            Cells::Money(cells, _) => cells.len(),
            Cells::Boolean(cells) => cells.len(),
            Cells::Date(cells) => cells.len(),
            Cells::DateTime(cells) => cells.len(),
            Cells::Time(cells) => cells.len(),
            Cells::Duration(cells) => cells.len(),
        }
    }

    fn null(&mut self) {
        match self {
            Cells::Text(cells) => cells.append_null(),
            Cells::Integer(cells) => cells.append_null(),
            Cells::Number(cells) => cells.append_null(),
            Cells::Money(cells, _) => cells.append_null(),
            Cells::Boolean(cells) => cells.append_null(),
            Cells::Date(cells) => cells.append_null(),
            Cells::DateTime(cells) => cells.append_null(),
            Cells::Time(cells) => cells.append_null(),
            Cells::Duration(cells) => cells.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        fn tight<A: Array + 'static>(mut array: A) -> ArrayRef {
            array.shrink_to_fit();
            Arc::new(array)
        }
        match self {
            Cells::Text(cells) => tight(cells.finish()),
            Cells::Integer(cells) => tight(cells.finish()),
            Cells::Number(cells) => tight(cells.finish()),
            Cells::Money(cells, _) => tight(cells.finish()),
            Cells::Boolean(cells) => tight(cells.finish()),
            Cells::Date(cells) => tight(cells.finish()),
            Cells::DateTime(cells) => tight(cells.finish()),
            Cells::Time(cells) => tight(cells.finish()),
            Cells::Duration(cells) => tight(cells.finish()),
        }
    }
}

impl ColumnBuilder {
    /// A column without cells yet.
    pub fn new(column: &TableColumn) -> ColumnBuilder {
        ColumnBuilder::with_room(column, 0)
    }

    /// The same with room for so many cells.
    pub fn with_room(column: &TableColumn, cells: usize) -> ColumnBuilder {
        ColumnBuilder { cells: Cells::new(column, cells) }
    }

    /// Cells so far.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Bytes of its texts.
    pub(crate) fn text_bytes(&self) -> usize {
        match &self.cells {
            Cells::Text(cells) => cells.values_slice().len(),
            _ => 0,
        }
    }

    /// An empty cell.
    pub fn null(&mut self) {
        self.cells.null();
    }

    /// Words, a code, an address, a place. Empty text is an empty cell.
    pub fn text(&mut self, v: &str) {
        match &mut self.cells {
            Cells::Text(cells) if !v.is_empty() && v.len() <= CELL_TEXT_BYTES => {
                cells.append_value(v);
            }
            _ => self.null(),
        }
    }

    /// A whole number; also taken by columns of numbers and of money.
    pub fn integer(&mut self, v: i64) {
        match &mut self.cells {
            Cells::Integer(cells) => cells.append_value(v),
            Cells::Number(cells) => cells.append_value(v as f64),
            Cells::Money(_, decimals) => {
                let unscaled = i128::from(v).saturating_mul(10i128.pow(u32::from(*decimals)));
                self.money(unscaled);
            }
            _ => self.null(),
        }
    }

    /// A number, or a share (0.19 is 19 %).
    pub fn number(&mut self, v: f64) {
        match &mut self.cells {
            // Adding zero turns -0 into 0.
            Cells::Number(cells) if v.is_finite() => cells.append_value(v + 0.0),
            _ => self.null(),
        }
    }

    /// Money, multiplied by 10 to the power of the column's decimals.
    pub fn money(&mut self, unscaled: i128) {
        match &mut self.cells {
            Cells::Money(cells, _) if money_fits(unscaled) => cells.append_value(unscaled),
            _ => self.null(),
        }
    }

    /// Yes or no.
    pub fn boolean(&mut self, v: bool) {
        match &mut self.cells {
            Cells::Boolean(cells) => cells.append_value(v),
            _ => self.null(),
        }
    }

    /// A day, in days since 1970-01-01.
    pub fn date(&mut self, days: i32) {
        match &mut self.cells {
            Cells::Date(cells) if (FIRST_DAY..=LAST_DAY).contains(&days) => cells.append_value(days),
            _ => self.null(),
        }
    }

    /// A moment by the clock on the wall, in microseconds since 1970-01-01T00:00.
    pub fn date_time(&mut self, micros: i64) {
        match &mut self.cells {
            Cells::DateTime(cells) if (FIRST_MICRO..=LAST_MICRO).contains(&micros) => cells.append_value(micros),
            _ => self.null(),
        }
    }

    /// A time of day, in microseconds since midnight; below 24 hours.
    pub fn time(&mut self, micros: i64) {
        match &mut self.cells {
            Cells::Time(cells) if (0..DAY_MICROS).contains(&micros) => cells.append_value(micros),
            _ => self.null(),
        }
    }

    /// How long something took, in microseconds; below ten million hours.
    pub fn duration(&mut self, micros: i64) {
        match &mut self.cells {
            Cells::Duration(cells) if duration_fits(micros) => cells.append_value(micros),
            _ => self.null(),
        }
    }

    pub(crate) fn array(&mut self) -> ArrayRef {
        self.cells.finish()
    }

    /// The filled cells.
    pub fn finish(mut self) -> ColumnCells {
        ColumnCells(self.array())
    }
}
