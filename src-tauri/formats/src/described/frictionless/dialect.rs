//! CSV Dialect 1.2 and Table Dialect 2.0.

use crate::described::model::{DescribedTable, Dialect};
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Spot};

/// `dialect` of a resource: an object, or the path of a file with one.
pub(super) fn dialect(fields: &mut Fields<'_>, table: &mut DescribedTable, log: &mut Log) {
    let Some(spot) = fields.take("dialect") else { return };
    if spot.node.scalar().is_some() {
        table.dialect_file = paths::checked(&spot, log, paths::safe);
        if table.dialect_file.is_some() {
            log.note(NoteCode::InOtherFile, spot.at);
        }
        return;
    }
    let Some(mut fields) = spot.fields(log) else { return };
    fields.pass(&["$schema", "csvddfVersion", "lineTerminator"]);
    text_file(&mut fields, table, log);
    header(&mut fields, &mut table.dialect, log);
    sheet(&mut fields, &mut table.dialect, log);
    // The tool frictionless 4 and 5 puts these one level deeper.
    for inner in ["csv", "excel", "xlsx", "ods"] {
        let Some(mut inner) = fields.take(inner).and_then(|spot| spot.fields(log)) else { continue };
        inner.pass(&["lineTerminator"]);
        text_file(&mut inner, table, log);
        sheet(&mut inner, &mut table.dialect, log);
        inner.rest(log);
    }
    fields.rest(log);
}

fn text_file(fields: &mut Fields<'_>, table: &mut DescribedTable, log: &mut Log) {
    let dialect = &mut table.dialect;
    if let Some(spot) = fields.take("delimiter") {
        dialect.delimiter = delimiter(&spot, log);
    }
    dialect.quote = fields.mark("quoteChar", log).or(dialect.quote);
    dialect.no_quotes |= fields.is_null("quoteChar");
    dialect.escape = fields.mark("escapeChar", log).or(dialect.escape);
    if fields.flag("doubleQuote", log) == Some(false) && dialect.escape.is_none() {
        log.note(NoteCode::NotKept, fields.place("doubleQuote"));
    }
    dialect.skip_initial_space = fields.flag("skipInitialSpace", log).or(dialect.skip_initial_space);
    dialect.comment = fields.exact("commentChar", log).filter(|sign| !sign.is_empty()).or(dialect.comment.take());
    dialect.decimal_mark = fields.mark("decimalChar", log).or(dialect.decimal_mark);
    table.missing_values.extend(fields.exact("nullSequence", log));
}

fn delimiter(spot: &Spot<'_>, log: &mut Log) -> Option<String> {
    let text = spot.exact(log)?;
    match text.as_str() {
        "" => None,
        "\\t" | "tab" => Some("\t".to_owned()),
        text if text.chars().count() > 10 => spot.wrong(log),
        _ => Some(text),
    }
}

/// `header` and `headerRows`: `[2, 3]` are two rows after one that does not count.
fn header(fields: &mut Fields<'_>, dialect: &mut Dialect, log: &mut Log) {
    let has = fields.flag("header", log);
    let rows: Vec<u64> = fields.some("headerRows", 100, log).iter().filter_map(|spot| spot.count(log)).collect();
    dialect.header_rows = has.map(u32::from);
    let Some(first) = rows.first().copied().filter(|first| *first > 0 && has != Some(false)) else { return };
    if (first..).zip(&rows).any(|(wanted, row)| wanted != *row) {
        return log.note(NoteCode::NotKept, fields.place("headerRows"));
    }
    dialect.header_rows = u32::try_from(rows.len()).ok();
    dialect.skip_rows = u32::try_from(first - 1).ok().filter(|rows| *rows > 0);
}

fn sheet(fields: &mut Fields<'_>, dialect: &mut Dialect, log: &mut Log) {
    let number = fields.count("sheetNumber", log).and_then(|number| u32::try_from(number).ok());
    dialect.sheet_number = number.or(dialect.sheet_number);
    let name = fields.take_any(&["sheetName", "sheet"]).and_then(|spot| spot.exact(log));
    match name.as_deref().map(str::parse::<u32>) {
        Some(Ok(number)) if dialect.sheet_number.is_none() => dialect.sheet_number = Some(number),
        _ => dialect.sheet = name.or(dialect.sheet.take()),
    }
}
