//! CSVW 2015, sections 5.11 and 6.4: datatypes, derived datatypes and formats.

use crate::described::dates;
use crate::described::model::{Bound, DateOrder, DescribedColumn, Kind, KindHint};
use crate::described::note::{Log, NoteCode};
use crate::described::tree::{Fields, Node, Spot};

/// `datatype`: the name of one, or an object with `base` and rules.
pub(super) fn datatype(spot: &Spot<'_>, column: &mut DescribedColumn, log: &mut Log) {
    if !matches!(spot.node, Node::Map(_)) {
        if let Some(name) = spot.exact(log) {
            column.kind = base(&name, column, &spot.at, log);
        }
        return;
    }
    let Some(mut fields) = spot.fields(log) else { return };
    let name = fields.exact("base", log).unwrap_or_else(|| "string".to_owned());
    column.kind = base(&name, column, &fields.place("base"), log);
    fields.pass(&["@type", "@id", "name"]);
    if let Some(spot) = fields.take("format") {
        format(&spot, column, log);
    }
    lengths(&mut fields, column, log);
    bounds(&mut fields, column, log);
    fields.rest_as(NoteCode::UnknownRule, log);
}

/// The kind of a built-in datatype, and the range that its name promises.
fn base(name: &str, column: &mut DescribedColumn, at: &str, log: &mut Log) -> Option<KindHint> {
    let (low, high) = match name {
        "nonNegativeInteger" | "unsignedLong" | "unsignedInt" | "unsignedShort" | "unsignedByte" => (Some("0"), None),
        "positiveInteger" => (Some("1"), None),
        "nonPositiveInteger" => (None, Some("0")),
        "negativeInteger" => (None, Some("-1")),
        _ => (None, None),
    };
    let bound = |value: &str| Bound { value: value.to_owned(), exclusive: false };
    column.minimum = low.map(bound);
    column.maximum = high.map(bound);
    let hint = built_in(name);
    if hint.is_none() {
        log.tell(NoteCode::UnknownType, at, name);
    }
    hint
}

fn built_in(name: &str) -> Option<KindHint> {
    let kind = match name {
        "string" | "normalizedString" | "token" | "Name" | "NMTOKEN" | "QName" => Kind::Text,
        "language" | "xml" | "html" => return Some(KindHint::finer(Kind::Text, name)),
        "anyURI" => return Some(KindHint::finer(Kind::Text, "uri")),
        "base64Binary" | "binary" | "hexBinary" => return Some(KindHint::finer(Kind::Text, "binary")),
        "gDay" | "gMonth" | "gMonthDay" => return Some(KindHint::finer(Kind::Text, name)),
        "json" => Kind::Object,
        "any" | "anyAtomicType" => Kind::Any,
        "boolean" => Kind::Boolean,
        "integer" | "long" | "int" | "short" | "byte" | "nonNegativeInteger" | "positiveInteger" | "unsignedLong"
        | "unsignedInt" | "unsignedShort" | "unsignedByte" | "nonPositiveInteger" | "negativeInteger" => Kind::Integer,
        "number" | "decimal" | "double" | "float" => Kind::Number,
        "duration" | "dayTimeDuration" | "yearMonthDuration" => Kind::Duration,
        "time" => Kind::Time,
        "gYear" => Kind::Year,
        "date" | "datetime" | "dateTime" | "dateTimeStamp" | "gYearMonth" => return Some(dated(name)),
        _ => return None,
    };
    Some(KindHint::of(kind))
}

/// Without a format, dates are those of ISO 8601.
fn dated(name: &str) -> KindHint {
    let kind = match name {
        "date" => Kind::Date,
        "gYearMonth" => Kind::YearMonth,
        _ => Kind::DateTime,
    };
    KindHint { date_order: Some(DateOrder::YearFirst), ..KindHint::of(kind) }
}

fn format(spot: &Spot<'_>, column: &mut DescribedColumn, log: &mut Log) {
    if let Node::Map(_) = spot.node {
        return number_format(spot, column, log);
    }
    let Some(text) = spot.exact(log) else { return };
    let Some(hint) = &mut column.kind else {
        return log.tell(NoteCode::UnknownFormat, spot.at.as_str(), text);
    };
    match hint.kind {
        Kind::Integer | Kind::Number => hint.format = Some(text),
        Kind::Boolean => match text.split_once('|') {
            Some((yes, no)) => {
                hint.true_values = vec![yes.to_owned()];
                hint.false_values = vec![no.to_owned()];
            }
            None => log.tell(NoteCode::UnknownFormat, spot.at.as_str(), text),
        },
        Kind::Date | Kind::DateTime | Kind::Time | Kind::YearMonth | Kind::Year => {
            hint.date_order = None;
            dates::hint(hint, &text, &spot.at, log);
        }
        _ => column.pattern = Some(text),
    }
}

/// `{"pattern": "#,##0.00", "decimalChar": ",", "groupChar": "."}`
fn number_format(spot: &Spot<'_>, column: &mut DescribedColumn, log: &mut Log) {
    let Some(mut fields) = spot.fields(log) else { return };
    if let Some(hint) = column.kind.as_mut().filter(|hint| matches!(hint.kind, Kind::Integer | Kind::Number)) {
        hint.decimal_mark = fields.mark("decimalChar", log);
        hint.group_mark = fields.mark("groupChar", log);
        hint.format = fields.exact("pattern", log);
    }
    fields.rest_as(NoteCode::UnknownFormat, log);
}

fn lengths(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) {
    let length = fields.count("length", log);
    column.min_length = fields.count("minLength", log).or(length);
    column.max_length = fields.count("maxLength", log).or(length);
}

fn bounds(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) {
    for (name, exclusive) in [("minimum", false), ("minInclusive", false), ("minExclusive", true)] {
        if let Some(value) = fields.exact(name, log) {
            column.minimum = Some(Bound { value, exclusive });
        }
    }
    for (name, exclusive) in [("maximum", false), ("maxInclusive", false), ("maxExclusive", true)] {
        if let Some(value) = fields.exact(name, log) {
            column.maximum = Some(Bound { value, exclusive });
        }
    }
}
