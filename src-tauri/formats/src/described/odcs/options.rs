//! ODCS 3.0 to 3.2: `logicalTypeOptions`.

use crate::described::dates;
use crate::described::model::{Bound, DescribedColumn, Kind};
use crate::described::note::{Log, NoteCode};
use crate::described::tree::{Fields, Spot};

/// Sizes of numbers in memory, which say nothing about a file of text.
const SIZES: [&str; 12] = ["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "f32", "f64"];

pub(super) fn options(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) {
    let Some(mut options) = fields.take("logicalTypeOptions").and_then(|spot| spot.fields(log)) else { return };
    if let Some(spot) = options.take("format") {
        format(&spot, column, log);
    }
    column.min_length = options.count("minLength", log);
    column.max_length = options.count("maxLength", log);
    column.pattern = options.exact("pattern", log);
    column.minimum = bound(&mut options, "minimum", "exclusiveMinimum", log);
    column.maximum = bound(&mut options, "maximum", "exclusiveMaximum", log);
    options.pass_unset(&["timezone", "minItems", "minProperties", "uniqueItems", "required"]);
    for name in ["timezone", "defaultTimezone"] {
        if options.take(name).is_some() {
            log.note(NoteCode::NotKept, options.place(name));
        }
    }
    options.rest_as(NoteCode::UnknownRule, log);
}

/// `exclusiveMinimum` is a value of its own; some write a flag beside `minimum`, as older JSON Schemas did.
fn bound(options: &mut Fields<'_>, name: &str, exclusive: &str, log: &mut Log) -> Option<Bound> {
    let value = options.exact(name, log);
    let Some(spot) = options.take(exclusive) else { return value.map(|value| Bound { value, exclusive: false }) };
    let beyond = spot.exact(log)?;
    match (value, beyond.as_str()) {
        (value, "false") => value.map(|value| Bound { value, exclusive: false }),
        (value, "true") => value.map(|value| Bound { value, exclusive: true }),
        (Some(value), _) => {
            log.note(NoteCode::UnknownRule, spot.at);
            Some(Bound { value, exclusive: false })
        }
        (None, _) => Some(Bound { value: beyond, exclusive: true }),
    }
}

fn format(spot: &Spot<'_>, column: &mut DescribedColumn, log: &mut Log) {
    let Some(text) = spot.exact(log) else { return };
    match column.kind.as_mut() {
        Some(hint) if matches!(hint.kind, Kind::Date | Kind::DateTime | Kind::Time) => {
            dates::hint(hint, &text, &spot.at, log);
        }
        Some(hint) if hint.kind == Kind::Text => hint.finer = Some(text),
        Some(hint) if matches!(hint.kind, Kind::Integer | Kind::Number) && SIZES.contains(&text.as_str()) => {}
        _ => log.tell(NoteCode::UnknownFormat, spot.at.as_str(), text),
    }
}
