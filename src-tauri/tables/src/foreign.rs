//! From what a Parquet file holds to what tables hold: kinds of columns that Larder did not write, other widths of
//! numbers, text in dictionaries, and values that no table has.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, DurationMicrosecondType, Float64Type, Time64MicrosecondType,
    TimestampMicrosecondType,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray, StringArray, StringViewArray};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{DataType, Field, Fields, Schema, TimeUnit};
use larder_model::Kind;

use crate::cells::{duration_fits, money_fits};
use crate::dates::{DAY_MICROS, FIRST_DAY, FIRST_MICRO, LAST_DAY, LAST_MICRO};
use crate::parquet_guard::Wrong;
use crate::{MONEY_DIGITS, TableColumn};

/// Text of one column of one part at most: Arrow's offsets have 31 bits, and a short dictionary can stand for much more.
const MAX_TEXT_BYTES: usize = 1 << 30;

/// The columns of a file of this schema. What Larder wrote into a field counts where its type agrees; the rest is told by
/// its type. Ids are made safe and unique.
pub(crate) fn columns_of(fields: &Fields) -> Result<Vec<TableColumn>, Wrong> {
    let mut columns = Vec::with_capacity(fields.len());
    for field in fields {
        let own = TableColumn::from_field(field).filter(|column| column.data_type() == plain(field.data_type()));
        let column = match own {
            Some(column) => column,
            None => by_type(field).ok_or("a column of a type that no table has")?,
        };
        columns.push(column);
    }
    let mut taken = HashSet::new();
    let safe = columns.iter().all(|column| is_safe(&column.id) && taken.insert(column.id.as_str()));
    if !safe {
        let ids = larder_model::column_ids(&columns.iter().map(|column| &column.name).collect::<Vec<_>>());
        for (column, id) in columns.iter_mut().zip(ids) {
            column.id = id;
        }
    }
    Ok(columns)
}

fn is_safe(id: &str) -> bool {
    (1..=80).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Text is text, however it is packed.
fn plain(data_type: &DataType) -> DataType {
    match data_type {
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::Dictionary(_, values) => plain(values),
        other => other.clone(),
    }
}

fn by_type(field: &Field) -> Option<TableColumn> {
    use DataType::*;
    let kind = match plain(field.data_type()) {
        Utf8 | Binary | LargeBinary | BinaryView | Null => Kind::Text,
        Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 | UInt64 => Kind::Integer,
        Float16 | Float32 | Float64 => Kind::Number,
        Decimal32(_, 0) | Decimal64(_, 0) | Decimal128(_, 0) | Decimal256(_, 0) => Kind::Integer,
        Decimal32(_, scale) | Decimal64(_, scale) | Decimal128(_, scale) | Decimal256(_, scale) => {
            let decimals = u8::try_from(scale).ok().filter(|decimals| *decimals <= MONEY_DIGITS)?;
            let column = TableColumn::new(field.name(), field.name(), Kind::Money);
            return Some(TableColumn { decimals: Some(decimals), ..column });
        }
        Boolean => Kind::Boolean,
        Date32 | Date64 => Kind::Date,
        Timestamp(_, _) => Kind::DateTime,
        Time32(_) | Time64(_) => Kind::Time,
        Duration(_) => Kind::Duration,
        _ => return None,
    };
    Some(TableColumn::new(field.name(), field.name(), kind))
}

/// The schema to read a file with: text as views into the file's own dictionaries, so that a short one cannot become
/// gigabytes unseen.
pub(crate) fn reading_schema(schema: &Schema) -> Schema {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| match plain(field.data_type()) {
            DataType::Utf8 => Field::new(field.name(), DataType::Utf8View, field.is_nullable()),
            other => Field::new(field.name(), other, field.is_nullable()),
        })
        .collect();
    Schema::new(fields)
}

/// An array as the column holds it.
pub(crate) fn adapted(array: &ArrayRef, column: &TableColumn) -> Result<ArrayRef, Wrong> {
    let target = column.data_type();
    if target == DataType::Utf8 {
        return text_of(array);
    }
    let array = match array.data_type() {
        same if *same == target => array.clone(),
        // Zoned moments are kept as the clock showed them in UTC: drop the zone, then bring to microseconds.
        DataType::Timestamp(unit, Some(_)) => {
            let plain = cast(array, &DataType::Timestamp(*unit, None))?;
            cast(&plain, &target)?
        }
        DataType::Time32(_) => cast(&cast(array, &DataType::Time64(TimeUnit::Microsecond))?, &target)?,
        _ => cast(array, &target)?,
    };
    Ok(cleaned(array, column.kind))
}

fn cast(array: &ArrayRef, target: &DataType) -> Result<ArrayRef, Wrong> {
    let strict = CastOptions { safe: false, ..CastOptions::default() };
    cast_with_options(array, target, &strict).map_err(|_| "a value does not fit its column")
}

fn text_of(array: &ArrayRef) -> Result<ArrayRef, Wrong> {
    let views;
    let views: &StringViewArray = match array.data_type() {
        DataType::Utf8View => array.as_string_view(),
        DataType::Null => return Ok(Arc::new(StringArray::new_null(array.len()))),
        _ => {
            views = cast(array, &DataType::Utf8View)?;
            views.as_string_view()
        }
    };
    // A view's first 32 bits are its length (Arrow's columnar format, variable-size binary view layout).
    let length_of = |view: &u128| *view as u32;
    let length: usize = views.views().iter().map(|view| length_of(view) as usize).sum();
    if length > MAX_TEXT_BYTES {
        return Err("more text than fits");
    }
    let is_empty_text = |row: usize| views.is_valid(row) && length_of(&views.views()[row]) == 0;
    if !(0..views.len()).any(is_empty_text) {
        return cast(&(Arc::new(views.clone()) as ArrayRef), &DataType::Utf8);
    }
    let mut text = StringBuilder::with_capacity(views.len(), length);
    for row in 0..views.len() {
        match views.is_valid(row).then(|| views.value(row)) {
            Some(value) if !value.is_empty() => text.append_value(value),
            _ => text.append_null(),
        }
    }
    Ok(Arc::new(text.finish()))
}

/// Values that no table has become empty cells.
fn cleaned(array: ArrayRef, kind: Kind) -> ArrayRef {
    match kind {
        Kind::Number | Kind::Percent => {
            let tidy = kept_if::<Float64Type>(&array, |value| value.is_finite());
            let has_minus_zero =
                tidy.as_primitive::<Float64Type>().values().iter().any(|v| *v == 0.0 && v.is_sign_negative());
            if !has_minus_zero {
                return tidy;
            }
            Arc::new(tidy.as_primitive::<Float64Type>().unary::<_, Float64Type>(|value| value + 0.0))
        }
        Kind::Money => kept_if::<Decimal128Type>(&array, money_fits),
        Kind::Date => kept_if::<Date32Type>(&array, |day| (FIRST_DAY..=LAST_DAY).contains(&day)),
        Kind::DateTime => {
            kept_if::<TimestampMicrosecondType>(&array, |micros| (FIRST_MICRO..=LAST_MICRO).contains(&micros))
        }
        Kind::Time => kept_if::<Time64MicrosecondType>(&array, |micros| (0..DAY_MICROS).contains(&micros)),
        Kind::Duration => kept_if::<DurationMicrosecondType>(&array, duration_fits),
        _ => array,
    }
}

fn kept_if<T: ArrowPrimitiveType>(array: &ArrayRef, fits: impl Fn(T::Native) -> bool) -> ArrayRef {
    let values: &PrimitiveArray<T> = array.as_primitive();
    if values.values().iter().all(|value| fits(*value)) {
        return array.clone();
    }
    Arc::new(values.unary_opt::<_, T>(|value| fits(value).then_some(value)).with_data_type(array.data_type().clone()))
}
