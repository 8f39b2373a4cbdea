//! Table Schema 1.0 and 2.0: constraints and categories.

use crate::described::draft::MAX_VALUES;
use crate::described::model::{Allowed, Bound, DescribedColumn};
use crate::described::note::{Log, NoteCode};
use crate::described::tree::{Fields, Node};

/// `constraints` of a field. One that is not known is a rule that cannot be kept.
pub(super) fn constraints(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) {
    let Some(mut rules) = fields.take("constraints").and_then(|spot| spot.fields(log)) else { return };
    column.required = rules.flag("required", log).unwrap_or(false);
    column.unique = rules.flag("unique", log).unwrap_or(false);
    column.pattern = rules.exact("pattern", log);
    column.min_length = rules.count("minLength", log);
    column.max_length = rules.count("maxLength", log);
    column.minimum = bound(&mut rules, "minimum", "exclusiveMinimum", log);
    column.maximum = bound(&mut rules, "maximum", "exclusiveMaximum", log);
    let allowed = rules.values("enum", MAX_VALUES, log);
    if !allowed.is_empty() && column.allowed.is_empty() {
        column.allowed = allowed.into_iter().map(|value| Allowed { value, label: None }).collect();
    }
    rules.rest_as(NoteCode::UnknownRule, log);
}

fn bound(rules: &mut Fields<'_>, name: &str, exclusive: &str, log: &mut Log) -> Option<Bound> {
    let within = rules.exact(name, log).map(|value| Bound { value, exclusive: false });
    let beyond = rules.exact(exclusive, log).map(|value| Bound { value, exclusive: true });
    if within.is_some() && beyond.is_some() {
        log.note(NoteCode::UnknownRule, rules.place(exclusive));
    }
    within.or(beyond)
}

/// `categories` of 2.0: values, or objects with `value` and `label`.
pub(super) fn categories(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) {
    for spot in fields.some("categories", MAX_VALUES, log) {
        if !matches!(spot.node, Node::Map(_)) {
            column.allowed.extend(spot.exact(log).map(|value| Allowed { value, label: None }));
        } else if let Some(mut fields) = spot.fields(log) {
            let label = fields.text("label", log);
            column.allowed.extend(fields.exact("value", log).map(|value| Allowed { value, label }));
            fields.rest(log);
        }
    }
}
