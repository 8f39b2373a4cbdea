//! CSVW 2015, section 5.9: dialects.

use crate::described::model::DescribedTable;
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Spot};

/// `dialect`: an object, or the URL of a file with one.
pub(super) fn dialect(spot: &Spot<'_>, table: &mut DescribedTable, log: &mut Log) {
    if spot.node.scalar().is_some() {
        table.dialect_file = paths::checked(spot, log, paths::safe_url);
        if table.dialect_file.is_some() {
            log.note(NoteCode::InOtherFile, spot.at.as_str());
        }
        return;
    }
    let Some(mut fields) = spot.fields(log) else { return };
    fields.pass(&["@type", "@id", "lineTerminators"]);
    let dialect = &mut table.dialect;
    dialect.encoding = fields.text("encoding", log);
    dialect.delimiter = fields.exact("delimiter", log).filter(|text| (1..=10).contains(&text.len()));
    dialect.quote = fields.mark("quoteChar", log);
    dialect.no_quotes = fields.is_null("quoteChar");
    if fields.flag("doubleQuote", log) == Some(false) {
        dialect.escape = Some('\\');
    }
    dialect.comment = fields.exact("commentPrefix", log).filter(|text| !text.is_empty());
    dialect.skip_initial_space = fields.flag("skipInitialSpace", log);
    let header = fields.flag("header", log).map(u32::from);
    dialect.header_rows = rows(&mut fields, "headerRowCount", log).or(header);
    dialect.skip_rows = rows(&mut fields, "skipRows", log).filter(|rows| *rows > 0);
    if fields.count("skipColumns", log).is_some_and(|columns| columns > 0) {
        log.note(NoteCode::NotKept, fields.place("skipColumns"));
    }
    fields.rest(log);
}

fn rows(fields: &mut Fields<'_>, name: &str, log: &mut Log) -> Option<u32> {
    fields.count(name, log).and_then(|rows| u32::try_from(rows).ok())
}
