//! All tables of a sheet: what stands apart by blank rows or columns and has names or values of its own.

use std::ops::Range;

use super::header::{self, Area, Header};
use super::look::{Look, look};
use super::parts::{parts, runs};
use super::ranges;
use super::shapes::Shapes;
use crate::book::{NamedRange, NamedTable};
use crate::caps;
use crate::kinds::facts::clean;
use crate::kinds::{headers, words};
use crate::raw::Raw;

/// A table on a sheet. Rows and columns from 0, ends excluded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// What the workbook calls it.
    pub name: Option<String>,
    /// Where titles over it begin.
    pub lead: u64,
    /// Names to last row.
    pub rows: Range<u64>,
    /// Rows of totals that the workbook itself puts under them.
    pub totals: u64,
    pub columns: Range<usize>,
    pub header: Header,
    /// What most cells of each column look like.
    pub looks: Vec<Look>,
    /// Filled cells of a row on average.
    usual: f64,
}

impl Block {
    pub(super) fn new(raw: &Raw, shapes: &Shapes, area: Area, lead: u64) -> Block {
        let header = header::find(raw, shapes, &area);
        let first = header.rows.first().copied().unwrap_or(header.body).min(area.rows.end);
        let looks = looks(raw, header.body..area.rows.end, &area.columns);
        let usual = mean_filled(raw, header.body..area.rows.end, &area.columns);
        Block {
            name: None,
            lead: lead.min(area.rows.start),
            rows: first..area.rows.end,
            totals: 0,
            columns: area.columns,
            header,
            looks,
            usual,
        }
    }

    /// A table that the workbook itself names.
    fn named(raw: &Raw, shapes: &Shapes, table: &NamedTable) -> Option<Block> {
        let rows = table.rows.start..table.rows.end.min(raw.rows());
        if rows.is_empty() || table.columns.is_empty() {
            return None;
        }
        let area = Area { rows, columns: table.columns.clone() };
        let header = match table.named {
            true => Header { rows: vec![area.rows.start], body: area.rows.start + 1, score: 1.0, ..Header::default() },
            false => Header { body: area.rows.start, ..Header::default() },
        };
        let totals = table.totals.min(raw.rows() - area.rows.end);
        let block =
            Block { header, totals, rows: area.rows.clone(), ..Block::new(raw, shapes, area, table.rows.start) };
        let body = block.header.body..block.rows.end;
        let (looks, usual) = (looks(raw, body.clone(), &block.columns), mean_filled(raw, body, &block.columns));
        Some(Block { name: Some(table.name.clone()), looks, usual, ..block })
    }

    fn overlaps(&self, other: &Block) -> bool {
        let rows = self.rows.start < other.rows.end + other.totals && other.rows.start < self.rows.end + self.totals;
        rows && self.columns.start < other.columns.end && other.columns.start < self.columns.end
    }

    /// Cells, to tell which table is the largest.
    pub fn size(&self) -> u64 {
        (self.rows.end - self.rows.start) * (self.columns.end - self.columns.start) as u64
    }
}

/// Filled cells of a row on average, among the first.
fn mean_filled(raw: &Raw, rows: Range<u64>, columns: &Range<usize>) -> f64 {
    let (mut cells, mut count) = (0, 0);
    for row in rows.take(30) {
        let filled = header::filled(raw, row, columns);
        if filled > 0 {
            cells += filled;
            count += 1;
        }
    }
    cells as f64 / f64::from(count.max(1))
}

/// What most cells of each column look like.
pub(crate) fn looks(raw: &Raw, rows: Range<u64>, columns: &Range<usize>) -> Vec<Look> {
    columns
        .clone()
        .map(|column| {
            let mut counts = std::collections::BTreeMap::<Look, usize>::new();
            for row in rows.clone().take(40) {
                let look = look(raw.cell(row, column));
                if look != Look::Blank {
                    *counts.entry(look).or_default() += 1;
                }
            }
            counts.into_iter().max_by_key(|(_, count)| *count).map_or(Look::Blank, |(look, _)| look)
        })
        .collect()
}

/// Rows at the head of a page of a list.
const PAGE_HEAD: usize = 5;

/// Finds all tables, in the order of the sheet. There is at least one where any cell is filled.
/// `tables`: those that the workbook names; they are what they say. `ranges`: names of cells that nobody keeps right.
pub(crate) fn find(raw: &Raw, shapes: &Shapes, tables: &[NamedTable], ranges: &[NamedRange]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Titles and notes that nobody knows yet whose they are.
    let mut pending: Vec<Area> = Vec::new();
    for run in runs(shapes) {
        for part in parts(raw, shapes, run) {
            place(raw, shapes, &mut blocks, &mut pending, part);
        }
    }
    if blocks.is_empty() && !pending.is_empty() {
        blocks.push(of_slight(raw, shapes, &pending));
    }
    blocks.retain(|block| block.rows.end > block.rows.start);
    drop_crumbs(&mut blocks);
    let named: Vec<Block> = tables.iter().filter_map(|table| Block::named(raw, shapes, table)).collect();
    blocks.retain(|block| !named.iter().any(|named| named.overlaps(block)));
    blocks.extend(named);
    blocks.sort_by_key(|block| (block.rows.start, block.columns.start));
    if !ranges.is_empty() {
        ranges::apply(raw, shapes, &mut blocks, ranges);
    }
    if blocks.len() > caps::TABLES {
        let mut sizes: Vec<u64> = blocks.iter().map(Block::size).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let least = sizes[caps::TABLES - 1];
        blocks.retain(|block| block.size() >= least);
        blocks.truncate(caps::TABLES);
    }
    blocks
}

fn place(raw: &Raw, shapes: &Shapes, blocks: &mut Vec<Block>, pending: &mut Vec<Area>, part: Area) {
    let lane = blocks
        .iter()
        .rposition(|block| block.columns.start < part.columns.end && part.columns.start < block.columns.end);
    if let Some(lane) = lane
        && continues(raw, shapes, &blocks[lane], &part)
    {
        let block = &mut blocks[lane];
        block.rows.end = block.rows.end.max(part.rows.end);
        block.columns = block.columns.start.min(part.columns.start)..block.columns.end.max(part.columns.end);
        if block.looks.len() < block.columns.end - block.columns.start || block.looks.iter().all(|l| *l == Look::Blank)
        {
            block.usual = mean_filled(raw, block.header.body..block.rows.end, &block.columns);
            block.looks = looks(raw, block.header.body..block.rows.end, &block.columns);
        }
        pending.clear();
        return;
    }
    if is_slight(raw, shapes, &part) {
        pending.push(part);
        return;
    }
    let lead = pending.first().map_or(part.rows.start, |first| first.rows.start);
    // Titles belong to the table that follows, unless they lie above another one already.
    let lead = blocks.iter().map(|b| b.rows.end).filter(|end| *end <= part.rows.start).fold(lead, u64::max);
    blocks.push(Block::new(raw, shapes, part, lead));
    pending.clear();
}

/// So little that it is a title or a note rather than a table.
fn is_slight(raw: &Raw, shapes: &Shapes, part: &Area) -> bool {
    let rows = part.rows.end - part.rows.start;
    let most = part.rows.clone().take(50).map(|row| header::filled(raw, row, &part.columns)).max().unwrap_or(0);
    if most <= 1 {
        return rows < 5;
    }
    if most > 2 || rows > 12 {
        return rows == 1 && most <= 2;
    }
    // A short list of names and values reads like a table of two columns, but has no name over its values.
    let header = header::find(raw, shapes, part);
    let named = header.rows.first().is_some_and(|row| {
        let last = part.columns.end - 1;
        *row == part.rows.start && headers::is_header_word(raw.cell(*row, last).text)
    });
    !named || header.score < 0.45 || header.body >= part.rows.end
}

/// A sheet of slight parts only: a few lines, a short list, rows with a blank one after each. They are one table.
fn of_slight(raw: &Raw, shapes: &Shapes, pending: &[Area]) -> Block {
    let mut area = pending[0].clone();
    for more in pending {
        area.rows.end = area.rows.end.max(more.rows.end);
        area.columns = area.columns.start.min(more.columns.start)..area.columns.end.max(more.columns.end);
    }
    Block::new(raw, shapes, area, pending[0].rows.start)
}

/// A single short row beside real tables is a note.
fn drop_crumbs(blocks: &mut Vec<Block>) {
    let largest = blocks.iter().map(Block::size).max().unwrap_or(0);
    if largest >= 12 {
        blocks.retain(|block| block.rows.end - block.rows.start > 1 || block.size() * 4 > largest);
    }
}

/// Whether rows after a blank one still belong to the table above.
fn continues(raw: &Raw, shapes: &Shapes, block: &Block, part: &Area) -> bool {
    if part.columns.start + 1 < block.columns.start || part.columns.end > block.columns.end + 1 {
        return false;
    }
    // On the next page of a list a title and a drawn line may stand before the names.
    if part.rows.clone().take(PAGE_HEAD).any(|row| repeats_names(raw, block, row)) {
        return true;
    }
    let first = part.rows.start;
    let rows = part.rows.end - first;
    let numbers = block.columns.clone().any(|column| look(raw.cell(first, column)) == Look::Number);
    if rows <= 3 && numbers && block.columns.clone().take(3).any(|column| words::is_total(raw.cell(first, column).text))
    {
        return true;
    }
    // Names with a blank row under them have no rows yet.
    if !block.header.rows.is_empty() && block.header.body >= block.rows.end {
        let own = header::find(raw, shapes, part);
        return own.rows.is_empty() || own.score < 0.2;
    }
    // The name of a group may stand over its rows.
    let led = rows >= 2 && !block.header.rows.is_empty() && header::filled(raw, first, &part.columns) == 1;
    let first = first + u64::from(led);
    // Two facts under a table of many columns are a note.
    if mean_filled(raw, first..part.rows.end, &part.columns) < block.usual * 0.7 {
        return false;
    }
    let agree = agreement(raw, block, first);
    if agree.values > 0 && agree.against == 0 {
        return true;
    }
    if header::filled(raw, first, &part.columns) < 2 && block.columns.end - block.columns.start > 1 {
        return false;
    }
    let own = header::find(raw, shapes, part);
    if !own.rows.is_empty() && own.score >= 0.4 && rows >= 2 {
        return false;
    }
    let (mut with, mut against) = (agree.with, agree.against);
    for row in part.rows.clone().skip(1).take(3) {
        let more = agreement(raw, block, row);
        with += more.with;
        against += more.against;
    }
    with > 0 && with * 10 >= (with + against) * 6
}

/// How the cells of a row look beside those of the table.
pub(crate) struct Agreement {
    /// Cells that look like their column.
    pub with: usize,
    /// Values among them.
    pub values: usize,
    pub against: usize,
}

pub(crate) fn agreement(raw: &Raw, block: &Block, row: u64) -> Agreement {
    let mut out = Agreement { with: 0, values: 0, against: 0 };
    for (column, usual) in block.columns.clone().zip(&block.looks) {
        let found = look(raw.cell(row, column));
        if found == Look::Blank || *usual == Look::Blank {
            continue;
        }
        if found == *usual {
            out.with += 1;
            out.values += usize::from(found.is_value());
        } else {
            out.against += 1;
        }
    }
    out
}

/// The row says the names of the table once more.
pub(crate) fn repeats_names(raw: &Raw, block: &Block, row: u64) -> bool {
    block.header.rows.iter().any(|names| {
        same_cells(raw, *names, row, &block.columns) || same_names_but_few(raw, *names, row, &block.columns)
    })
}

/// Nearly all names again, where a next table of the same kind has a column more or less.
fn same_names_but_few(raw: &Raw, names: u64, row: u64, columns: &Range<usize>) -> bool {
    let (names, cells) = (raw.row(names), raw.row(row));
    let first = names.text(columns.start);
    let begins = |text: &str| text.as_bytes().first().copied();
    if columns.len() < 4 || begins(first) != begins(cells.text(columns.start)) || first.is_empty() {
        return false;
    }
    if first != cells.text(columns.start) {
        return false;
    }
    let of = |column: &usize| (clean(names.text(*column)), clean(cells.text(*column)));
    let filled = columns.clone().filter(|column| !of(column).0.is_empty()).count();
    let same = columns.clone().filter(|column| matches!(of(column), (a, b) if a == b && !a.is_empty())).count();
    same * 10 >= filled * 8 && same >= 4
}

/// All cells of two rows read alike, and some are filled.
pub(crate) fn same_cells(raw: &Raw, a: u64, b: u64, columns: &Range<usize>) -> bool {
    let (a, b) = (raw.row(a), raw.row(b));
    // Most rows differ in the first cell already, whatever blanks stand around it.
    let begins = |text: &str| text.bytes().find(|byte| byte.is_ascii_alphanumeric());
    if begins(a.text(columns.start)) != begins(b.text(columns.start)) {
        return false;
    }
    let mut filled = 0;
    for column in columns.clone() {
        let (x, y) = (clean(a.text(column)), clean(b.text(column)));
        if x != y {
            return false;
        }
        filled += usize::from(!x.is_empty());
    }
    filled > 0
}
