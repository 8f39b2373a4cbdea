//! What is said about the file, the sheet and the table as a whole.

use larder_model::{Certainty, Choice, Finding, FindingCode};

use super::Chosen;
use super::columns::Column;
use crate::find::body::Plan;
use crate::open::Book;
use crate::text::rewrite::Rewrite;
use crate::text::separator::Separator;

pub(crate) fn findings(book: &Book, plan: &Plan, columns: &[Column], chosen: &Chosen<'_>) -> Vec<Finding> {
    let mut findings = vec![table_found(book, plan, columns, chosen)];
    findings.extend(no_header(plan, columns, chosen));
    findings.extend(sheet_chosen(book, chosen));
    findings.extend(more_tables(book, plan));
    findings.extend(hidden_things(book));
    findings.extend(encoding(book, chosen));
    findings.extend(delimiter(book, chosen));
    findings.extend(quotes(book));
    findings.extend(surplus(book, columns));
    findings.extend(garbled(book, chosen));
    findings.extend(truncated(book));
    findings.extend(no_rows(plan));
    findings.extend(formulas(book));
    findings.extend(merged(book, plan, columns, chosen));
    findings.extend(names(columns));
    findings
}

fn table_found(book: &Book, plan: &Plan, columns: &[Column], chosen: &Chosen<'_>) -> Finding {
    let header_row = plan.header.rows.last().map_or(0, |row| row + 1);
    let mut finding = Finding::new(FindingCode::TableFound, Certainty::Sure)
        .with("rows", plan.rows_kept())
        .with("columns", columns.len())
        .with("header_row", header_row);
    if let Some(block) = book.blocks().get(plan.table) {
        let found = block.header.rows.last().map(|row| row + 1);
        let others = plan.header.others.iter().map(|row| row + 1).chain(found.filter(|row| *row != header_row));
        for row in others.take(3) {
            finding = finding.or(Choice::HeaderRow { row });
        }
        if plan.header.rows.is_empty() {
            let first = plan.header.body + 1;
            if found != Some(first) {
                finding = finding.or(Choice::HeaderRow { row: first });
            }
        }
    }
    let none_chosen = chosen.last(|c| match c {
        Choice::NoHeader => Some(true),
        Choice::HeaderRow { .. } => Some(false),
        _ => None,
    });
    if !plan.header.rows.is_empty() || none_chosen == Some(false) {
        finding = finding.or(Choice::NoHeader);
    }
    finding
}

fn no_header(plan: &Plan, columns: &[Column], chosen: &Chosen<'_>) -> Option<Finding> {
    let decided = chosen.choices.iter().any(|c| matches!(c, Choice::NoHeader | Choice::HeaderRow { .. }));
    (plan.header.rows.is_empty() && !decided && !columns.is_empty()).then(|| {
        Finding::new(FindingCode::NoHeader, Certainty::Doubt)
            .with("rows", plan.rows_kept())
            .with("columns", columns.len())
            .or(Choice::HeaderRow { row: plan.header.body + 1 })
    })
}

fn sheet_chosen(book: &Book, chosen: &Chosen<'_>) -> Option<Finding> {
    let sheets = &book.opened.sheets;
    if sheets.len() < 2 {
        return None;
    }
    let others = |hidden: bool| {
        sheets
            .iter()
            .enumerate()
            .filter(move |(place, note)| *place != book.opened.sheet && note.hidden == hidden && note.rows != Some(0))
    };
    let names: Vec<String> = others(false).chain(others(true)).map(|(_, note)| note.name.clone()).collect();
    if names.is_empty() {
        return None;
    }
    let by_choice = chosen.choices.iter().any(|c| matches!(c, Choice::Sheet { .. }));
    let certainty = if by_choice { Certainty::Sure } else { Certainty::Notice };
    let mut finding =
        Finding::new(FindingCode::SheetChosen, certainty).with("sheet", sheets[book.opened.sheet].name.as_str());
    for name in names.iter().take(30) {
        finding = finding.or(Choice::Sheet { sheet: name.clone() });
    }
    Some(finding.with("others", names))
}

fn more_tables(book: &Book, plan: &Plan) -> Option<Finding> {
    let blocks = book.blocks();
    if blocks.len() < 2 {
        return None;
    }
    let block = &blocks[plan.table];
    let span = larder_model::Span {
        first_row: block.rows.start + 1,
        last_row: block.rows.end,
        first_column: plan.columns.start as u32 + 1,
        last_column: plan.columns.end as u32,
    };
    let mut finding =
        Finding::new(FindingCode::MoreTables, Certainty::Doubt).with("tables", blocks.len()).with("range", span.a1());
    for place in (0..blocks.len()).filter(|place| *place != plan.table) {
        finding = finding.or(Choice::Table { index: place as u32 });
    }
    Some(finding)
}

fn hidden_things(book: &Book) -> Option<Finding> {
    let content = &book.opened.content;
    let sheets: Vec<&str> =
        book.opened.sheets.iter().filter(|note| note.hidden).map(|note| note.name.as_str()).collect();
    let rows: Vec<u64> = content
        .hidden_rows
        .iter()
        .filter(|row| !book.shapes().get(**row).is_none_or(|s| s.is_blank()))
        .map(|row| row + 1)
        .collect();
    let letters = content
        .hidden_columns
        .iter()
        .filter(|column| book.shapes().reach(**column))
        .map(|column| column_letters(*column));
    let names: Vec<String> = sheets.iter().map(|name| (*name).to_owned()).chain(letters).collect();
    if names.is_empty() && rows.is_empty() {
        return None;
    }
    let mut finding = Finding::new(FindingCode::HiddenThings, Certainty::Notice)
        .with("names", names)
        .with("rows", rows.len())
        .at(rows);
    for name in sheets.iter().filter(|name| **name != book.opened.sheets[book.opened.sheet].name) {
        finding = finding.or(Choice::Sheet { sheet: (*name).to_owned() });
    }
    Some(finding)
}

/// Column letters as Excel writes them (0 is A).
fn column_letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

fn encoding(book: &Book, chosen: &Chosen<'_>) -> Option<Finding> {
    let text = book.opened.text.as_ref()?;
    let decided = chosen.choices.iter().any(|c| matches!(c, Choice::Encoding { .. }));
    if !text.guess.unsure || decided {
        return None;
    }
    let mut finding = Finding::new(FindingCode::Encoding, Certainty::Doubt)
        .with("encoding", text.letters.name())
        .with("example", text.letters.decode(&text.guess.example));
    for other in &text.guess.others {
        finding = finding.or(Choice::Encoding { encoding: other.name() });
    }
    Some(finding)
}

fn delimiter(book: &Book, chosen: &Chosen<'_>) -> Option<Finding> {
    let decided = chosen.choices.iter().any(|c| matches!(c, Choice::Delimiter { .. }));
    let (text, lines) = (book.opened.text.as_ref(), book.opened.lines.as_ref());
    let unsure = text.filter(|text| text.guessed.unsure).map(|text| (text.delimiter, text.guessed.others.clone()));
    // Cut by what does not stand in them, lines are as they were.
    let whole = |delimiter: Separator| {
        [Separator::TAB, Separator::byte(b'|')].into_iter().filter(|other| *other != delimiter).take(1).collect()
    };
    let (delimiter, others) = unsure.or(lines.map(|lines| (lines.delimiter, whole(lines.delimiter))))?;
    if decided {
        return None;
    }
    let mut finding = Finding::new(FindingCode::Delimiter, Certainty::Doubt).with("delimiter", delimiter.text()).with(
        "delimiter_code",
        if text.is_some_and(|text| text.touching) { "width" } else { delimiter_code(delimiter) },
    );
    for other in &others {
        finding = finding.or(Choice::Delimiter { delimiter: other.text() });
    }
    Some(finding)
}

/// Texts in single quotes or in printed ones, with backslashes in front of their quotes; lines in quotes or in frames.
fn quotes(book: &Book) -> Option<Finding> {
    let text = book.opened.text.as_ref()?;
    let how = match text.rewrite {
        Some(Rewrite::Wrapped) => "wrapped",
        Some(Rewrite::Framed) => "framed",
        Some(Rewrite::Printed(_)) => "printed",
        None if text.guessed.backslash => "backslash",
        None if text.guessed.quote != b'"' => "other",
        None => return None,
    };
    let finding = Finding::new(FindingCode::QuoteMarks, Certainty::Sure);
    let finding = finding.with("quote", char::from(text.guessed.quote).to_string()).with("how", how);
    Some(finding.or(Choice::Quoting { take_off: !text.take_off }))
}

/// Texts that were cut because they hold the separator and stand in no quotes.
fn surplus(book: &Book, columns: &[Column]) -> Option<Finding> {
    let text = book.opened.text.as_ref()?;
    let found = text.surplus.as_ref()?;
    let column = columns.iter().find(|column| column.position == found.column)?;
    Some(
        Finding::new(FindingCode::SurplusCells, Certainty::Notice)
            .with("delimiter", text.delimiter.text())
            .with("delimiter_code", delimiter_code(text.delimiter))
            .with("column", column.read.name.as_str())
            .with("example", larder_model::display_text(&found.example, 80))
            .at(found.rows.iter().map(|row| row + 1))
            .on(&column.read.id)
            .or(Choice::Surplus { join: !text.joined }),
    )
}

/// What separates the columns, as the words know it.
fn delimiter_code(delimiter: Separator) -> &'static str {
    match delimiter.text().as_str() {
        "," => "comma",
        ";" => "semicolon",
        "\t" => "tab",
        "|" => "pipe",
        " " => "space",
        _ => "other",
    }
}

fn garbled(book: &Book, chosen: &Chosen<'_>) -> Option<Finding> {
    let left = chosen.last(|c| match c {
        Choice::Mojibake { repair } => Some(!repair),
        _ => None,
    });
    let found = book.garbled().filter(|_| left != Some(true))?;
    let show = |text: &str| larder_model::display_text(text, 80);
    let mut finding = Finding::new(FindingCode::Mojibake, Certainty::Notice)
        .with("was", show(&found.was))
        .with("now", show(&found.now))
        .at(found.rows.iter().map(|row| row + 1))
        .or(Choice::Mojibake { repair: false });
    finding.count = found.count;
    Some(finding)
}

fn truncated(book: &Book) -> Option<Finding> {
    if let Some((read_bytes, size_bytes)) = book.opened.cut {
        let finding = Finding::new(FindingCode::Truncated, Certainty::Doubt);
        return Some(finding.with("read_bytes", read_bytes).with("size_bytes", size_bytes));
    }
    let row = book.opened.text.as_ref()?.ends_short.filter(|_| book.opened.whole)?;
    Some(
        Finding::new(FindingCode::Truncated, Certainty::Notice)
            .with("read_bytes", book.size_bytes)
            .with("size_bytes", book.size_bytes)
            .at([row + 1])
            .or(Choice::Row { row: row + 1, keep: false }),
    )
}

fn no_rows(plan: &Plan) -> Option<Finding> {
    (plan.kept().next().is_none()).then(|| Finding::new(FindingCode::NoRows, Certainty::Notice))
}

fn formulas(book: &Book) -> Option<Finding> {
    let content = &book.opened.content;
    if content.formulas == 0 {
        return None;
    }
    let missing = &content.formulas_without_result;
    let certainty = if missing.is_empty() { Certainty::Sure } else { Certainty::Notice };
    let mut finding = Finding::new(FindingCode::CachedFormulas, certainty)
        .with("missing", missing.len())
        .at(missing.iter().map(|row| row + 1));
    finding.count = content.formulas;
    Some(finding)
}

fn merged(book: &Book, plan: &Plan, columns: &[Column], chosen: &Chosen<'_>) -> Option<Finding> {
    let left = chosen.last(|c| match c {
        Choice::Merged { fill } => Some(!fill),
        _ => None,
    });
    if left == Some(true) {
        return None;
    }
    let fills = crate::grid::Fills::of(&book.opened.content.merges, plan.header.body);
    let merged: Vec<&Column> = columns.iter().filter(|column| !fills.regions(column.position).is_empty()).collect();
    let first = merged.first()?;
    let rows = merged.iter().flat_map(|column| fills.regions(column.position)).map(|(row, _)| row + 1);
    let mut rows: Vec<u64> = rows.collect();
    rows.sort_unstable();
    let names: Vec<String> = merged.iter().map(|column| column.read.name.clone()).collect();
    let finding = Finding::new(FindingCode::MergedCells, Certainty::Notice)
        .with("column", names.join(", "))
        .at(rows)
        .or(Choice::Merged { fill: false });
    Some(if merged.len() == 1 { finding.on(&first.read.id) } else { finding })
}

fn names(columns: &[Column]) -> Vec<Finding> {
    let of = |which: fn(&Column) -> bool| -> Vec<String> {
        columns.iter().filter(|c| which(c)).map(|c| c.read.name.clone()).collect()
    };
    let (unnamed, again) = (of(|c| c.unnamed), of(|c| c.named_again));
    let mut findings = Vec::new();
    if !unnamed.is_empty() && unnamed.len() < columns.len() {
        findings.push(Finding::new(FindingCode::UnnamedColumns, Certainty::Notice).with("names", unnamed));
    }
    if !again.is_empty() {
        findings.push(Finding::new(FindingCode::SameNames, Certainty::Notice).with("names", again));
    }
    findings
}

/// Names of a row of the sheet as one line, for what is left out.
pub(crate) fn line(book: &Book, row: u64) -> String {
    let line = book.opened.content.raw.row(row);
    let cells: Vec<String> = line
        .cells()
        .filter(|cell| !cell.is_blank())
        .take(200)
        .map(|cell| larder_model::display_text(cell.text, 500))
        .collect();
    cells.join("  ")
}
