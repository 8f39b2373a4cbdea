//! ODCS 3.0 to 3.2: rules of quality. Kept are rules without exceptions; every other one is noted with its words.

use crate::described::draft::{Draft, KeyDraft, MAX_ITEMS, MAX_VALUES};
use crate::described::model::{Allowed, Bound, DescribedColumn, DescribedTable, RowCount};
use crate::described::note::{Log, NoteCode};
use crate::described::tree::{Fields, Spot};

/// A rule that is understood as far as its metric goes.
struct Rule<'n> {
    metric: String,
    fields: Fields<'n>,
    arguments: Option<Fields<'n>>,
    count: RowCount,
    is_strict: bool,
    words: String,
}

impl Rule<'_> {
    /// No value may break the rule.
    fn is_none(&self) -> bool {
        self.is_strict && self.count.at_most == Some(0)
    }

    fn not_kept(self, log: &mut Log) {
        log.tell(NoteCode::UnknownRule, self.fields.at.as_str(), self.words);
    }

    /// Notes arguments that nobody asked for.
    fn done(self, log: &mut Log) {
        if let Some(arguments) = self.arguments {
            arguments.rest_as(NoteCode::UnknownRule, log);
        }
        self.fields.rest(log);
    }
}

fn rule<'n>(spot: &Spot<'n>, log: &mut Log) -> Option<Rule<'n>> {
    let mut fields = spot.fields(log)?;
    let kind = fields.text("type", log);
    let metric = fields.take_any(&["metric", "rule"]).and_then(|spot| spot.text(log)).unwrap_or_default();
    let name = fields.text("name", log);
    let engine = fields.take("engine").and_then(|spot| spot.text(log));
    let told =
        name.or_else(|| fields.text("description", log)).or_else(|| (!metric.is_empty()).then(|| metric.clone()));
    let words = told.or(engine).or_else(|| kind.clone()).unwrap_or_default();
    let severity = fields.text("severity", log).unwrap_or_default().to_lowercase();
    let soft = matches!(severity.as_str(), "info" | "warning" | "warn" | "low" | "minor");
    let unit = fields.text("unit", log).unwrap_or_default();
    fields.pass(&["id", "description", "dimension"]);
    fields.pass_unset(&["tags", "customProperties", "authoritativeDefinitions"]);
    let is_library = kind.is_none_or(|kind| kind == "library") && !metric.is_empty();
    let count = count(&mut fields, log);
    let arguments = fields.take("arguments").and_then(|spot| spot.fields(log));
    // A percentage of 0 is as good as a count of 0; any other is no count.
    let is_count = unit != "percent" || count.is_some_and(|count| count.at_most == Some(0));
    let is_strict = is_library && !soft && is_count && count.is_some();
    Some(Rule { metric, fields, arguments, count: count.unwrap_or_default(), is_strict, words })
}

/// What the operators `mustBe` and so on ask for; `None` when that is no range.
fn count(fields: &mut Fields<'_>, log: &mut Log) -> Option<RowCount> {
    let mut count = RowCount::default();
    let mut is_stated = false;
    let mut take = |name: &str| {
        let value = fields.take(name).map(|spot| spot.count(log));
        is_stated |= value.is_some();
        value.map(|value| value.ok_or(()))
    };
    let (exact, above, least) = (take("mustBe"), take("mustBeGreaterThan"), take("mustBeGreaterOrEqualTo"));
    let (below, most) = (take("mustBeLessThan"), take("mustBeLessOrEqualTo"));
    if [exact, above, least, below, most].iter().any(|value| matches!(value, Some(Err(())))) {
        return None;
    }
    let value = |value: Option<Result<u64, ()>>| value.and_then(Result::ok);
    count.at_least = value(least).or(value(above).map(|value| value.saturating_add(1))).or(value(exact));
    count.at_most = value(most).or(value(below).map(|value| value.saturating_sub(1))).or(value(exact));
    if let Some(spot) = fields.take("mustBeBetween") {
        let ends: Vec<Option<u64>> = spot.some(3, log).iter().map(|spot| spot.count(log)).collect();
        let [Some(low), Some(high)] = ends.as_slice() else { return None };
        is_stated = true;
        (count.at_least, count.at_most) = (Some(*low), Some(*high));
    }
    let negative = fields.take_any(&["mustNotBe", "mustNotBeBetween"]).is_some();
    // Without an operator, no value may break the rule.
    if !is_stated && !negative {
        count.at_most = Some(0);
    }
    (!negative).then_some(count)
}

/// Rules of a table: its rows, and columns that must not repeat together.
pub(super) fn of_table(fields: &mut Fields<'_>, table: &mut DescribedTable, number: usize, draft: &mut Draft) {
    for spot in fields.some("quality", MAX_ITEMS, &mut draft.log) {
        let log = &mut draft.log;
        let Some(mut rule) = rule(&spot, log) else { continue };
        match rule.metric.as_str() {
            "rowCount" | "countCheck" if rule.is_strict => {
                narrow(&mut table.rows, rule.count);
                rule.done(log);
            }
            "duplicateValues" | "duplicateCount" | "uniqueCheck" if rule.is_none() => {
                let arguments = rule.arguments.as_mut();
                let columns = arguments.map(|fields| fields.values("properties", MAX_ITEMS, log)).unwrap_or_default();
                if columns.is_empty() {
                    rule.not_kept(log);
                    continue;
                }
                rule.done(log);
                draft.keys.push(KeyDraft { table: number, primary: false, columns, at: spot.at });
            }
            _ => rule.not_kept(log),
        }
    }
}

fn narrow(rows: &mut Option<RowCount>, count: RowCount) {
    let rows = rows.get_or_insert_default();
    rows.at_least = rows.at_least.max(count.at_least);
    rows.at_most = rows.at_most.into_iter().chain(count.at_most).min();
}

/// Rules of a column.
pub(super) fn of_column(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) {
    for spot in fields.some("quality", MAX_ITEMS, log) {
        let Some(mut rule) = rule(&spot, log) else { continue };
        if !rule.is_none() {
            rule.not_kept(log);
            continue;
        }
        match rule.metric.as_str() {
            "nullValues" | "nullCheck" | "nullCount" => column.required = true,
            "duplicateValues" | "duplicateCount" | "uniqueCheck" | "unique" => column.unique = true,
            "missingValues" | "missingCount" => {
                column.required = true;
                let arguments = rule.arguments.as_mut();
                let values = arguments.map(|fields| fields.values("missingValues", MAX_VALUES, log));
                column.missing_values.extend(values.unwrap_or_default());
            }
            "invalidValues" | "validValues" | "invalidCount" => {
                let mut kept = valid(&mut rule.fields, column, log);
                kept |= rule.arguments.as_mut().is_some_and(|fields| valid(fields, column, log));
                if !kept {
                    rule.not_kept(log);
                    continue;
                }
            }
            _ => {
                rule.not_kept(log);
                continue;
            }
        }
        rule.done(log);
    }
}

/// Which values are valid: 3.1 puts it under `arguments`, 3.0 into the rule itself.
fn valid(fields: &mut Fields<'_>, column: &mut DescribedColumn, log: &mut Log) -> bool {
    let values = fields.values("validValues", MAX_VALUES, log);
    let pattern = fields.take_any(&["pattern", "validRegex"]).and_then(|spot| spot.exact(log));
    let mut end = |names: &[&str]| {
        let value = fields.take_any(names).and_then(|spot| spot.exact(log));
        value.map(|value| Bound { value, exclusive: false })
    };
    let minimum = end(&["validMin", "minimum", "min"]);
    let maximum = end(&["validMax", "maximum", "max"]);
    let shortest = fields.take_any(&["validMinLength", "minLength"]).and_then(|spot| spot.count(log));
    let longest = fields.take_any(&["validMaxLength", "maxLength"]).and_then(|spot| spot.count(log));
    let kept = !values.is_empty() || pattern.is_some() || minimum.is_some() || maximum.is_some();
    let kept = kept || shortest.is_some() || longest.is_some();
    if !values.is_empty() {
        column.allowed = values.into_iter().map(|value| Allowed { value, label: None }).collect();
    }
    column.pattern = pattern.or(column.pattern.take());
    column.minimum = minimum.or(column.minimum.take());
    column.maximum = maximum.or(column.maximum.take());
    column.min_length = shortest.or(column.min_length);
    column.max_length = longest.or(column.max_length);
    kept
}
