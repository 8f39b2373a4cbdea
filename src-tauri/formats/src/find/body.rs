//! Which rows of the sheet are rows of the chosen table, and why the others are not.

use std::ops::Range;

use larder_model::{Choice, LeftOutReason};
use larder_tables::parallel;

use super::blocks::{Block, agreement, looks, repeats_names, same_cells};
use super::captions;
use super::header::{self, Area, Header};
use super::look::{Look, look};
use super::shapes::{Shape, Shapes};
use super::totals::{self, Total};
use crate::caps;
use crate::kinds::facts::clean;
use crate::kinds::words;
use crate::raw::{Known, OfWords, Raw, Stored};

/// The rows of a table.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Place of the table among those found.
    pub table: usize,
    pub columns: Range<usize>,
    pub header: Header,
    /// For every row of the sheet: nothing if it is kept, why not otherwise.
    pub left_out: Vec<Option<LeftOutReason>>,
    /// Rows that add others up, left out or not.
    pub totals: Vec<Total>,
    /// Rows with cells beyond the last column: the row, how many cells it has.
    pub ragged: Vec<(u64, u64)>,
    pub ragged_count: u64,
}

impl Plan {
    /// Rows of the sheet that are kept, in order.
    pub fn kept(&self) -> impl Iterator<Item = u64> + '_ {
        self.left_out.iter().enumerate().filter(|(_, reason)| reason.is_none()).map(|(row, _)| row as u64)
    }

    /// How many rows are kept.
    pub fn rows_kept(&self) -> u64 {
        (self.left_out.len() - self.all_left_out().count()) as u64
    }

    /// Rows that are left out, and why.
    pub fn all_left_out(&self) -> impl Iterator<Item = (u64, LeftOutReason)> + '_ {
        // Of millions of rows nearly none is: many are asked at once.
        const AT_ONCE: usize = 256;
        let any = |rows: &[Option<LeftOutReason>]| rows.iter().fold(false, |any, reason| any | reason.is_some());
        let parts = self.left_out.chunks(AT_ONCE).enumerate().filter(move |(_, rows)| any(rows));
        parts.flat_map(move |(part, rows)| {
            let within = rows.iter().enumerate();
            within.filter_map(move |(row, reason)| reason.map(|reason| ((part * AT_ONCE + row) as u64, reason)))
        })
    }

    /// Rows that are left out for a reason.
    pub fn rows_left_out(&self, wanted: LeftOutReason) -> impl Iterator<Item = u64> + '_ {
        self.all_left_out().filter(move |(_, reason)| *reason == wanted).map(|(row, _)| row)
    }
}

/// The table that is read: the one chosen, the one around a chosen row of names, or the largest.
pub(crate) fn choose(blocks: &[Block], choices: &[Choice]) -> usize {
    let largest = blocks
        .iter()
        .enumerate()
        .max_by_key(|(place, block)| (block.size(), usize::MAX - place))
        .map_or(0, |(place, _)| place);
    choices
        .iter()
        .rev()
        .find_map(|choice| match choice {
            Choice::Table { index } => ((*index as usize) < blocks.len()).then_some(*index as usize),
            Choice::HeaderRow { row } => {
                let row = row.checked_sub(1)?;
                blocks.iter().position(|block| block.lead <= row && row < block.rows.end)
            }
            _ => None,
        })
        .unwrap_or(largest)
}

/// What a person chose about names, if anything: a row, or that there are none.
fn chosen_header(choices: &[Choice]) -> Option<Option<u64>> {
    choices.iter().rev().find_map(|choice| match choice {
        Choice::HeaderRow { row } => row.checked_sub(1).map(Some),
        Choice::NoHeader => Some(None),
        _ => None,
    })
}

/// Works out the rows of one table.
pub(crate) fn plan(raw: &Raw, shapes: &Shapes, blocks: &[Block], table: usize, choices: &[Choice]) -> Plan {
    let Some(block) = blocks.get(table) else {
        return Plan {
            table: 0,
            columns: 0..0,
            header: Header::default(),
            left_out: vec![Some(LeftOutReason::Blank); shapes.len() as usize],
            totals: Vec::new(),
            ragged: Vec::new(),
            ragged_count: 0,
        };
    };
    let mut block = block.clone();
    apply_header_choice(raw, shapes, &mut block, choices);
    let mut plan = Plan {
        table,
        columns: block.columns.clone(),
        header: block.header.clone(),
        left_out: around(raw, shapes, blocks, table, &block),
        totals: Vec::new(),
        ragged: Vec::new(),
        ragged_count: 0,
    };
    trim_ragged(raw, shapes, &mut block, &mut plan);
    inside(raw, shapes, &block, &mut plan);
    leave_out_totals(raw, &block, &mut plan, choices);
    apply_row_choices(&mut plan, choices);
    plan
}

fn apply_header_choice(raw: &Raw, shapes: &Shapes, block: &mut Block, choices: &[Choice]) {
    match chosen_header(choices) {
        Some(Some(row)) if row < block.rows.end && row >= block.lead => {
            let shape = shapes.get(row).copied().unwrap_or_default();
            block.columns.start = block.columns.start.min(usize::from(shape.first));
            block.columns.end = block.columns.end.max(usize::from(shape.end));
            block.rows.start = row;
            let area = Area { rows: row..block.rows.end, columns: block.columns.clone() };
            block.header = header::at(raw, shapes, &area, row);
            block.looks = looks(raw, block.header.body..block.rows.end, &block.columns);
        }
        Some(None) => block.header = Header { body: block.rows.start, ..Header::default() },
        _ => {}
    }
}

/// Reasons for the rows around the table; those inside are kept so far.
fn around(raw: &Raw, shapes: &Shapes, blocks: &[Block], table: usize, block: &Block) -> Vec<Option<LeftOutReason>> {
    let rows = shapes.len();
    let mut reasons = vec![None; rows as usize];
    let totals = block.rows.end..block.rows.end + block.totals;
    for (these, reason) in [
        (0..block.rows.start, LeftOutReason::Title),
        (totals.clone(), LeftOutReason::Total),
        (totals.end..rows, LeftOutReason::Note),
    ] {
        let these = these.start.min(rows) as usize..these.end.min(rows) as usize;
        reasons.get_mut(these).unwrap_or_default().fill(Some(reason));
    }
    for row in shapes.like(0..rows, &Shape::is_blank) {
        reasons[row as usize] = Some(LeftOutReason::Blank);
    }
    for (_, other) in blocks.iter().enumerate().filter(|(place, _)| *place != table) {
        for row in other.lead..other.rows.end {
            let inside = block.lead <= row && row < block.rows.end;
            if !inside && reasons[row as usize] != Some(LeftOutReason::Blank) {
                reasons[row as usize] = Some(LeftOutReason::OtherTable);
            }
        }
    }
    for row in block.rows.start..block.header.body.min(block.rows.end) {
        let reason = match row {
            row if block.header.rows.contains(&row) => LeftOutReason::Header,
            row if block.header.units == Some(row) => LeftOutReason::Units,
            row if is_rule(raw, row) => LeftOutReason::Rule,
            row if shapes[row].is_blank() => LeftOutReason::Blank,
            _ => LeftOutReason::Title,
        };
        reasons[row as usize] = Some(reason);
    }
    reasons
}

/// Columns at the right end that have no name and hardly any cell belong to rows that are too long.
fn trim_ragged(raw: &Raw, shapes: &Shapes, block: &mut Block, plan: &mut Plan) {
    let body = block.header.body..block.rows.end;
    let named = match block.header.rows.is_empty() {
        false => block
            .columns
            .clone()
            .rev()
            .find(|column| block.header.rows.iter().any(|row| !raw.cell(*row, *column).is_blank())),
        true => usual_end(shapes, &body).and_then(|end| end.checked_sub(1)),
    };
    let Some(end) = named.map(|column| column + 1).filter(|end| *end < block.columns.end && *end > block.columns.start)
    else {
        return;
    };
    let is_long = |shape: &Shape| usize::from(shape.end) > end;
    let beyond = |row: &u64| header::filled(raw, *row, &(end..block.columns.end)) > 0;
    let longer: Vec<u64> = shapes.like(body.clone(), &is_long).into_iter().filter(beyond).collect();
    let long = longer.len() as u64;
    let rows = body.end.saturating_sub(body.start);
    if long == 0 || long > 1.max(rows / 50) {
        return;
    }
    let first = block.columns.start as u64;
    plan.ragged_count = long;
    plan.ragged =
        longer.into_iter().take(caps::ROWS_LISTED).map(|row| (row, u64::from(shapes[row].end) - first)).collect();
    block.columns.end = end;
    block.looks.truncate(block.columns.end - block.columns.start);
    plan.columns = block.columns.clone();
}

/// Where most rows end.
fn usual_end(shapes: &Shapes, body: &Range<u64>) -> Option<usize> {
    let mut ends = std::collections::BTreeMap::<u16, usize>::new();
    for row in body.clone().take(2_000) {
        let shape = shapes[row];
        if !shape.is_blank() {
            *ends.entry(shape.end).or_default() += 1;
        }
    }
    ends.into_iter().max_by_key(|(_, count)| *count).map(|(end, _)| usize::from(end))
}

/// Blank rows, names that come again, notes in between and at the end.
fn inside(raw: &Raw, shapes: &Shapes, block: &Block, plan: &mut Plan) {
    let width = block.columns.end - block.columns.start;
    let titles: Vec<u64> = plan.rows_left_out(LeftOutReason::Title).filter(|row| *row >= block.lead).take(20).collect();
    let has_names = !block.header.rows.is_empty();
    for row in suspects(raw, shapes, block, !titles.is_empty()) {
        let shape = shapes[row];
        let within = usize::from(shape.first) >= block.columns.start && usize::from(shape.end) <= block.columns.end;
        let reason = if shape.is_blank() || (!within && header::filled(raw, row, &block.columns) == 0) {
            Some(LeftOutReason::Blank)
        } else if has_names && repeats_names(raw, block, row) {
            Some(LeftOutReason::RepeatedHeader)
        } else if is_rule(raw, row) {
            Some(LeftOutReason::Rule)
        } else if is_comment(raw, row, width) {
            Some(LeftOutReason::Note)
        } else if block.header.units.is_some_and(|units| same_cells(raw, units, row, &block.columns)) {
            Some(LeftOutReason::Units)
        } else if shape.filled <= 2 && titles.iter().any(|title| same_cells(raw, *title, row, &block.columns)) {
            Some(LeftOutReason::Title)
        } else if is_foot_of_page(raw, &shape, row, width)
            || (width >= 3
                && shape.filled == 1
                && is_alone(raw, shapes, row, &block.columns)
                && !goes_on_like_others(shapes, block, row))
        {
            Some(LeftOutReason::Note)
        } else {
            None
        };
        if reason.is_some() {
            plan.left_out[row as usize] = reason;
        }
    }
    titles_of_pages(raw, shapes, block, plan);
    notes_under_rule(raw, shapes, block, plan);
    captions::leave_out(raw, shapes, block, plan);
    record_at_end(raw, shapes, block, plan);
    notes_at_end(raw, shapes, block, plan);
}

/// Rows that may be something else than data, in order. Of millions of rows nearly all are told by their shape and
/// their first cell, and that is looked at once for each different one.
fn suspects(raw: &Raw, shapes: &Shapes, block: &Block, has_titles: bool) -> Vec<u64> {
    let columns = &block.columns;
    let width = columns.end - columns.start;
    let odd = |shape: &Shape| {
        shape.is_blank()
            || usize::from(shape.first) < columns.start
            || usize::from(shape.end) > columns.end
            || (has_titles && shape.filled <= 2)
            || (width >= 3 && shape.filled == 1)
            || (width >= FEW_OF && shape.filled <= 2)
    };
    let first = |row: u64| clean(raw.cell(row, columns.start).text);
    let heads: Vec<&str> = block.header.rows.iter().chain(&block.header.units).map(|row| first(*row)).collect();
    // What is no row of data begins with a name, or with what is neither a letter nor a figure.
    let may =
        |text: &str| !text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) || heads.contains(&clean(text));
    let edge = |text: &str| matches!(text.trim_start().as_bytes().first(), Some(b'#' | b'/' | b'-'));
    let is_odd = |column: usize, text: &str| if column == columns.start { may(text) } else { edge(text) };
    let mut looked = vec![columns.start];
    // Comments begin at the edge of the sheet.
    looked.extend((columns.start > 0).then_some(0));
    let body = block.header.body..block.rows.end;
    let chunks = raw.chunks();
    let words = OfWords::of(chunks.iter(), looked.iter().copied(), &|column, common| {
        common.texts().map(|text| is_odd(column, text)).collect()
    });
    let of_chunk = |place: usize| -> Vec<u64> {
        let rows = chunks[place].rows();
        let (start, end) = (rows.start.max(body.start), rows.end.min(body.end));
        if start >= end {
            return Vec::new();
        }
        let mut marked = shapes.marks(&(start..end), &odd);
        for &column in &looked {
            let within = (start - rows.start) as usize..(end - rows.start) as usize;
            let all = || vec![false; (end - start) as usize];
            match chunks[place].strip(column) {
                None if column == columns.start => marked.get_or_insert_with(all).fill(true),
                None => {}
                Some(strip) => {
                    let of = |entry: usize| is_odd(column, strip.text(entry));
                    let known = Known::of(strip, words.get(column, strip), of);
                    let full = strip.is_full((rows.end - rows.start) as usize);
                    if known.all(!full).is_some_and(|known| !known.contains(&true)) {
                        continue;
                    }
                    known.zip(strip, within, marked.get_or_insert_with(all), of, |marked, odd| *marked |= odd);
                }
            }
        }
        (start..end).zip(marked.unwrap_or_default()).filter(|(_, marked)| *marked).map(|(row, _)| row).collect()
    };
    parallel::each(chunks.len(), &of_chunk).concat()
}

/// Columns of which two filled ones are few.
const FEW_OF: usize = 5;

/// The number of a page, alone or with one thing more, as the day of the print.
fn is_foot_of_page(raw: &Raw, shape: &Shape, row: u64, width: usize) -> bool {
    let most = if width >= FEW_OF { 2 } else { 1 };
    let is_page = || raw.row(row).cells().any(|cell| words::is_page(cell.text));
    width >= 3 && shape.filled <= most && is_page()
}

/// Words over names that come again are the title of the next page.
fn titles_of_pages(raw: &Raw, shapes: &Shapes, block: &Block, plan: &mut Plan) {
    let width = block.columns.end - block.columns.start;
    let again: Vec<u64> = plan.rows_left_out(LeftOutReason::RepeatedHeader).collect();
    let titles: Vec<u64> = plan.rows_left_out(LeftOutReason::Title).filter(|row| *row >= block.lead).take(20).collect();
    for names in again {
        for row in (block.header.body..names).rev().take(8) {
            match plan.left_out[row as usize] {
                Some(LeftOutReason::Blank | LeftOutReason::Rule | LeftOutReason::Title) => continue,
                Some(_) => break,
                None => {}
            }
            let cells = || block.columns.clone().map(|column| look(raw.cell(row, column)));
            let few = usize::from(shapes[row].filled) * 2 <= width;
            let again = || titles.iter().any(|title| same_but_figures(raw, *title, row, &block.columns));
            if (!few || cells().any(Look::is_value)) && !again() {
                break;
            }
            plan.left_out[row as usize] = Some(LeftOutReason::Title);
        }
    }
}

/// The same but for a number in it, as titles of pages are: `Page 1 of 3`, `Page 2 of 3`.
fn same_but_figures(raw: &Raw, a: u64, b: u64, columns: &Range<usize>) -> bool {
    let bare = |row: u64, column: usize| -> String {
        raw.cell(row, column).text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
    };
    columns.clone().all(|column| bare(a, column) == bare(b, column))
        && columns.clone().any(|column| bare(a, column).len() > 2)
}

/// Dashes and what else lines are drawn with, in every cell.
fn is_rule(raw: &Raw, row: u64) -> bool {
    let line = raw.row(row);
    if line.text(0).as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    let mut letters = 0;
    for cell in line.cells().filter(|cell| !cell.is_blank()) {
        if cell.class.stored != Stored::Text || !cell.text.bytes().all(|b| b"-=_+:*~#|. ".contains(&b)) {
            return false;
        }
        letters += cell.text.bytes().filter(|b| matches!(b, b'-' | b'=' | b'_' | b'*' | b'~')).count();
    }
    letters >= 3
}

/// A line that begins as comments do, and is shorter than the rows around it.
fn is_comment(raw: &Raw, row: u64, width: usize) -> bool {
    let line = raw.row(row);
    let first = line.text(0).trim_start();
    // Nearly every row of millions is told by one letter.
    if !matches!(first.as_bytes().first(), Some(b'#' | b'/' | b'-')) {
        return false;
    }
    let filled = || line.cells().filter(|cell| !cell.is_blank()).count();
    width >= 2
        && (first == "#" || ["# ", "#-", "#=", "## ", "// ", "-- "].iter().any(|mark| first.starts_with(mark)))
        && filled() * 2 <= width
}

/// One cell of words with a blank row beside it.
fn is_alone(raw: &Raw, shapes: &Shapes, row: u64, columns: &Range<usize>) -> bool {
    let blank = |row: Option<u64>| row.is_none_or(|row| shapes.get(row).is_none_or(Shape::is_blank));
    let words = columns.clone().any(|column| look(raw.cell(row, column)) == Look::Word);
    words && (blank(row.checked_sub(1)) || blank(Some(row + 1)))
}

/// Rows inside the table have their only cell at the same place, behind the first column: what goes on from the row above.
fn goes_on_like_others(shapes: &Shapes, block: &Block, row: u64) -> bool {
    let at = |row: u64| shapes[row];
    let is_like = |other: u64| at(other).filled == 1 && at(other).first == at(row).first;
    let full = |other: u64| at(other).filled > 2;
    let inside = (block.header.body + 1..row.saturating_sub(1)).take(200);
    usize::from(at(row).first) > block.columns.start
        && row > block.header.body
        && full(row - 1)
        && inside.into_iter().any(|other| is_like(other) && full(other - 1) && full(other + 1))
}

/// A last record that counts the others, as programs end the files they hand to each other: `TRL|17|7508.50`. It is far shorter
/// than rows are, and what it holds is of other kinds.
fn record_at_end(raw: &Raw, shapes: &Shapes, block: &Block, plan: &mut Plan) {
    let kept = |row: &u64| plan.left_out[*row as usize].is_none();
    let mut body = (block.header.body..block.rows.end).rev().filter(kept);
    let Some(last) = body.next() else { return };
    let filled = |row: u64| usize::from(shapes[row].filled);
    let above: Vec<u64> = body.take(8).collect();
    if above.len() < 2 || filled(last) < 2 || !above.iter().all(|row| filled(last) < filled(*row)) {
        return;
    }
    let is_short = above.iter().all(|row| filled(last) * 2 < filled(*row));
    let agree = agreement(raw, block, last);
    let rows = (block.header.body..last).filter(kept).count().to_string();
    let counts = raw.row(last).cells().any(|cell| clean(cell.text).trim_start_matches('0') == rows);
    let begins = look(raw.cell(last, block.columns.start)) == Look::Word || agree.with == 0;
    if begins && agree.against > 0 && (counts || (is_short && agree.against >= 2 && agree.values == 0)) {
        plan.left_out[last as usize] = Some(LeftOutReason::Note);
    }
}

/// Lines under the last one that is drawn say how many rows there were, who printed them, when: they have hardly any cells,
/// and no numbers where the others have theirs.
fn notes_under_rule(raw: &Raw, shapes: &Shapes, block: &Block, plan: &mut Plan) {
    const MOST: u64 = 8;
    let width = block.columns.end - block.columns.start;
    let from = block.rows.end.saturating_sub(MOST + 1).max(block.header.body + 1);
    let rule = |row: &u64| plan.left_out[*row as usize] == Some(LeftOutReason::Rule);
    let Some(rule) = (from..block.rows.end).rev().find(rule).filter(|_| width >= 4) else { return };
    let kept = |row: &u64| plan.left_out[*row as usize].is_none();
    let rows: Vec<u64> = (rule + 1..block.rows.end).filter(kept).collect();
    let is_note = |row: &u64| {
        let first = raw.cell(*row, usize::from(shapes[*row].first));
        shapes[*row].filled <= 2
            && look(first) == Look::Word
            && !words::is_total(first.text)
            && agreement(raw, block, *row).values == 0
    };
    if rows.iter().all(is_note) {
        rows.into_iter().for_each(|row| plan.left_out[row as usize] = Some(LeftOutReason::Note));
    }
}

/// Footnotes right under the last row.
fn notes_at_end(raw: &Raw, shapes: &Shapes, block: &Block, plan: &mut Plan) {
    let width = block.columns.end - block.columns.start;
    let usual: usize = block.looks.iter().filter(|look| **look != Look::Blank).count();
    for row in (block.header.body..block.rows.end).rev().take(50) {
        if plan.left_out[row as usize].is_some() {
            continue;
        }
        let shape = shapes[row];
        let first = raw.cell(row, usize::from(shape.first));
        let long = first.text.chars().count() > 12 || first.text.starts_with(['*', '(', '¹']);
        let differs = block.looks.first().is_some_and(|usual| usual.is_value());
        let note = shape.filled == 1
            && width >= 3
            && usual >= 3
            && look(first) == Look::Word
            && (long || differs)
            && !goes_on_like_others(shapes, block, row)
            && !words::is_total(first.text);
        if !note {
            break;
        }
        plan.left_out[row as usize] = Some(LeftOutReason::Note);
    }
}

fn leave_out_totals(raw: &Raw, block: &Block, plan: &mut Plan, choices: &[Choice]) {
    let keep = choices.iter().rev().find_map(|choice| match choice {
        Choice::Totals { keep } => Some(*keep),
        _ => None,
    });
    let body = block.header.body..block.rows.end;
    let is_kept = |row: &u64| plan.left_out[*row as usize].is_none();
    if body.clone().filter(is_kept).nth(1).is_none() {
        return;
    }
    let (totals, rows) = totals::find(raw, block, &is_kept);
    plan.totals = if totals.len() == rows { Vec::new() } else { totals };
    if keep != Some(true) {
        for total in &plan.totals {
            plan.left_out[total.row as usize] = Some(LeftOutReason::Total);
        }
        leave_out_parts_of_totals(raw, block, plan);
    }
}

/// What the last total is made of, under it: `davon bar`, `of which by card`.
fn leave_out_parts_of_totals(raw: &Raw, block: &Block, plan: &mut Plan) {
    let reason = |row: &u64| plan.left_out[*row as usize];
    let is_part = |row: &u64| reason(row).is_none() && words::is_part(raw.cell(*row, block.columns.start).text);
    let mut rows = (block.header.body..block.rows.end).rev().filter(|row| reason(row) != Some(LeftOutReason::Blank));
    let mut parts = Vec::new();
    let before = loop {
        match rows.next() {
            Some(row) if is_part(&row) => parts.push(row),
            other => break other,
        }
    };
    if before.is_some_and(|row| reason(&row) == Some(LeftOutReason::Total)) {
        for row in parts {
            plan.left_out[row as usize] = Some(LeftOutReason::Total);
        }
    }
}

fn apply_row_choices(plan: &mut Plan, choices: &[Choice]) {
    for choice in choices {
        let Choice::Row { row, keep } = choice else { continue };
        let Some(reason) = row.checked_sub(1).and_then(|row| plan.left_out.get_mut(row as usize)) else { continue };
        match (keep, *reason) {
            (true, Some(LeftOutReason::Header)) => {}
            (true, _) => *reason = None,
            (false, None) => *reason = Some(LeftOutReason::Chosen),
            (false, Some(_)) => {}
        }
    }
}
