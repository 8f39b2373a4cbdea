//! Values between Rust and columns: ids, counts, and everything else as JSON text.

use larder_model::{Refusal, RefusalCode};
use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;

/// An id, checked against its grammar on the way out.
pub(crate) fn id<T>(row: &Row<'_>, column: &str, parse: fn(&str) -> Option<T>) -> Result<T, Fault> {
    let text: String = row.get(column)?;
    parse(&text).ok_or_else(|| Fault::Shape(column.to_owned()))
}

/// An id that may be missing.
pub(crate) fn optional_id<T>(row: &Row<'_>, column: &str, parse: fn(&str) -> Option<T>) -> Result<Option<T>, Fault> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| parse(&text).ok_or_else(|| Fault::Shape(column.to_owned()))).transpose()
}

/// Anything that was stored with [`to_json`].
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, Fault> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| Fault::Shape(format!("{column}: {error}")))
}

/// A count that was stored with [`to_integer`].
pub(crate) fn count(row: &Row<'_>, column: &str) -> Result<u64, Fault> {
    let stored: i64 = row.get(column)?;
    u64::try_from(stored).map_err(|_| Fault::Shape(column.to_owned()))
}

/// Any value as JSON text.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| {
        Fault::Refused(Refusal::new(RefusalCode::Invalid).with("what", "value").with("value", error.to_string()))
    })
}

/// A count as SQLite holds it.
pub(crate) fn to_integer(count: u64) -> Result<i64, Fault> {
    i64::try_from(count).map_err(|_| {
        Fault::Refused(Refusal::new(RefusalCode::Invalid).with("what", "count").with("value", count.to_string()))
    })
}

/// Where a moment (RFC 3339) lies; text that is none sorts before all others.
pub(crate) fn moment(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok()
}
