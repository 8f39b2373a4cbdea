//! Table Schema 1.0 and 2.0: one field, its type and its format.

use super::{constraints, schema};
use crate::described::dates;
use crate::described::draft::MAX_VALUES;
use crate::described::model::{DateOrder, DescribedColumn, Kind, KindHint};
use crate::described::note::{Log, NoteCode};
use crate::described::tree::{Fields, Spot};

pub(super) fn field(spot: &Spot<'_>, log: &mut Log) -> Option<DescribedColumn> {
    // Very old schemas list names alone.
    if spot.node.scalar().is_some() {
        let name = spot.exact(log)?;
        if name.is_empty() {
            log.note(NoteCode::NoName, spot.at.as_str());
            return None;
        }
        return Some(DescribedColumn { id: name.clone(), name, ..DescribedColumn::default() });
    }
    let mut fields = spot.column(log)?;
    let Some(name) = fields.exact("name", log).filter(|name| !name.is_empty()) else {
        log.note(NoteCode::NoName, spot.at.as_str());
        return None;
    };
    let mut column = DescribedColumn { id: name.clone(), name, ..DescribedColumn::default() };
    column.title = fields.text("title", log);
    column.meaning = fields.text("description", log);
    column.missing_values = schema::missing(&mut fields, log);
    column.examples = examples(&mut fields, log);
    column.unit = fields.take_any(&["unit", "units", "uom"]).and_then(|spot| spot.text(log));
    column.currency = fields.text("currency", log);
    column.personal = fields.flag("personal", log).unwrap_or(false);
    column.kind = kind(&mut fields, log);
    constraints::categories(&mut fields, &mut column, log);
    constraints::constraints(&mut fields, &mut column, log);
    fields.rest(log);
    Some(column)
}

fn examples(fields: &mut Fields<'_>, log: &mut Log) -> Vec<String> {
    let mut examples = fields.values("example", 20, log);
    examples.extend(fields.values("examples", 20, log));
    examples
}

fn kind(fields: &mut Fields<'_>, log: &mut Log) -> Option<KindHint> {
    let spot = fields.take("type");
    let format = fields.take("format");
    let name = spot.as_ref().and_then(|spot| spot.exact(log));
    let mut hint = match name.as_deref() {
        None => {
            // The usual type is text; a format alone is worth nothing.
            if let Some(format) = format {
                log.note(NoteCode::NotKept, format.at);
            }
            return None;
        }
        Some(name) => match by_name(name) {
            Some(kind) => KindHint::of(kind),
            None => {
                log.tell(NoteCode::UnknownType, fields.place("type"), name);
                return None;
            }
        },
    };
    if let Some(word) = fields.text("kind", log) {
        hint.finer = Some(word);
    }
    by_format(&mut hint, format, log);
    details(&mut hint, name.as_deref() == Some("list"), fields, log);
    Some(hint)
}

fn by_name(name: &str) -> Option<Kind> {
    Some(match name {
        "string" => Kind::Text,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "date" => Kind::Date,
        "datetime" => Kind::DateTime,
        "time" => Kind::Time,
        "duration" => Kind::Duration,
        "year" => Kind::Year,
        "yearmonth" => Kind::YearMonth,
        "geopoint" | "geojson" => Kind::Geo,
        "list" | "array" => Kind::List,
        "object" => Kind::Object,
        "any" => Kind::Any,
        _ => return None,
    })
}

fn by_format(hint: &mut KindHint, spot: Option<Spot<'_>>, log: &mut Log) {
    let format = spot.as_ref().and_then(|spot| spot.exact(log));
    let format = format.as_deref().filter(|format| !matches!(*format, "" | "default"));
    let at = spot.map(|spot| spot.at).unwrap_or_default();
    match (hint.kind, format) {
        // The usual format of dates is that of ISO 8601.
        (Kind::Date | Kind::DateTime | Kind::YearMonth, None) => hint.date_order = Some(DateOrder::YearFirst),
        (_, None) => {}
        (Kind::Date | Kind::DateTime | Kind::Time, Some("any")) => hint.format = Some("any".to_owned()),
        (Kind::Date | Kind::DateTime | Kind::Time, Some(format)) => {
            dates::hint(hint, format.strip_prefix("fmt:").unwrap_or(format), &at, log);
        }
        (Kind::Text, Some(word @ ("email" | "uri" | "uuid" | "binary"))) => {
            hint.finer.get_or_insert(word.to_owned());
        }
        (Kind::Geo, Some(word @ ("array" | "object" | "topojson"))) => hint.format = Some(word.to_owned()),
        (Kind::Number, Some("currency")) => hint.text_around = true,
        (_, Some(format)) => log.tell(NoteCode::UnknownFormat, at, format),
    }
}

fn details(hint: &mut KindHint, is_list: bool, fields: &mut Fields<'_>, log: &mut Log) {
    match hint.kind {
        Kind::Integer | Kind::Number => {
            hint.decimal_mark = fields.mark("decimalChar", log);
            hint.group_mark = fields.mark("groupChar", log);
            hint.text_around |= fields.flag("bareNumber", log) == Some(false);
        }
        Kind::Boolean => {
            hint.true_values = fields.values("trueValues", MAX_VALUES, log);
            hint.false_values = fields.values("falseValues", MAX_VALUES, log);
        }
        Kind::List if is_list => {
            hint.list_separator = fields.exact("delimiter", log).or(Some(",".to_owned()));
            item(hint, fields, log);
        }
        _ => {}
    }
}

/// The kind of a list of 2.0 is that of its items; an `array` is JSON and stays a list.
fn item(hint: &mut KindHint, fields: &mut Fields<'_>, log: &mut Log) {
    let Some(spot) = fields.take("itemType") else { return };
    match spot.exact(log).as_deref().and_then(by_name) {
        Some(kind) => hint.kind = kind,
        None => log.note(NoteCode::UnknownType, spot.at),
    }
}
