//! Tables that were found, made to lie as a name of the workbook says: nobody keeps such a name right, so what it misses and is
//! data all the same stays in.

use std::ops::Range;

use super::blocks::Block;
use super::header::{self, Area};
use super::shapes::Shapes;
use crate::book::NamedRange;
use crate::kinds::words;
use crate::raw::Raw;

/// Rows that a name may have more or less than the table that was found.
const ROWS_APART: u64 = 3;

/// Gives each table the extent and the name of the range that fits it best.
pub(crate) fn apply(raw: &Raw, shapes: &Shapes, blocks: &mut Vec<Block>, ranges: &[NamedRange]) {
    let width = usize::from(shapes.widest(&(0..shapes.len())).end);
    let clipped = ranges.iter().map(|range| NamedRange {
        rows: range.rows.start..range.rows.end.min(raw.rows()),
        columns: range.columns.start..range.columns.end.min(width),
        ..range.clone()
    });
    let mut ranges: Vec<NamedRange> =
        clipped.filter(|range| !range.rows.is_empty() && !range.columns.is_empty()).collect();
    let apart = |range: &NamedRange| blocks.iter().map(|block| rows_apart(block, range)).min();
    ranges.sort_by_cached_key(|range| apart(range));
    for range in ranges {
        let inside = |block: &Block| overlap(&block.rows, &range.rows) > 0 && touch(&block.columns, &range.columns);
        let Some(first) = blocks.iter().position(inside) else { continue };
        // Blank rows inside part a table for the eye only, as long as no other names stand behind them.
        let others: Vec<usize> = (first + 1..blocks.len()).filter(|place| inside(&blocks[*place])).collect();
        let is_rest = |place: &usize| blocks[*place].header.rows.is_empty() && blocks[*place].name.is_none();
        if blocks[first].name.is_some()
            || !others.iter().all(is_rest)
            || !is_near(&blocks[first], &range, !others.is_empty())
        {
            continue;
        }
        let block = laid(raw, shapes, &blocks[first], &range);
        blocks[first] = block;
        let mut place = 0;
        blocks.retain(|_| {
            place += 1;
            !others.contains(&(place - 1))
        });
    }
}

fn rows_apart(block: &Block, range: &NamedRange) -> u64 {
    block.rows.start.abs_diff(range.rows.start)
        + block.rows.end.abs_diff(range.rows.end)
        + (block.columns.start.abs_diff(range.columns.start) + block.columns.end.abs_diff(range.columns.end)) as u64
}

fn overlap(a: &Range<u64>, b: &Range<u64>) -> u64 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// It covers the table, or nearly: begins at its names, under them or close by, and holds nearly all of its rows.
fn is_near(block: &Block, range: &NamedRange, goes_on: bool) -> bool {
    let (columns, rows) = (&block.columns, &block.rows);
    let beside = columns.start.abs_diff(range.columns.start) + columns.end.abs_diff(range.columns.end) <= 1;
    let begins = range.rows.start.abs_diff(rows.start) <= ROWS_APART || range.rows.start == block.header.body;
    let (all, common) = (rows.end - rows.start, overlap(rows, &range.rows));
    let beyond = goes_on || range.rows.end <= rows.end + ROWS_APART || common == all;
    beside && begins && beyond && common * 10 >= all * 8
}

/// The table as the range has it.
fn laid(raw: &Raw, shapes: &Shapes, block: &Block, range: &NamedRange) -> Block {
    let filled = |row: u64, columns: &Range<usize>| header::filled(raw, row, columns);
    let has_name = |column: usize| block.header.rows.iter().any(|row| !raw.cell(*row, column).is_blank());
    let mut columns = range.columns.start.min(block.columns.start)..range.columns.end.max(block.columns.end);
    while columns.start < range.columns.start && !has_name(columns.start) {
        columns.start += 1;
    }
    while columns.end > range.columns.end && !has_name(columns.end - 1) {
        columns.end -= 1;
    }
    let usual = block.looks.len().max(1);
    // Rows that add others up are told by their own kind of finding.
    let is_data = |row: &u64| {
        let is_total = || columns.clone().take(3).any(|column| words::is_total(raw.cell(*row, column).text));
        filled(*row, &columns) * 2 > usual || is_total()
    };
    let last_data = (range.rows.end..block.rows.end).rev().find(is_data).map_or(0, |row| row + 1);
    let is_filled = |row: &u64| filled(*row, &columns) > 0;
    let last_named = range.rows.clone().rev().find(is_filled).map_or(block.rows.end, |row| row + 1);
    let end = last_named.max(last_data);
    let whole = Area { rows: block.rows.start..end, columns: columns.clone() };
    let area = Area { rows: range.rows.start.min(end - 1)..end, columns };
    let own = header::find(raw, shapes, &area);
    // Where the names stand over the range, it begins with them all the same.
    let is_better = range.rows.start >= block.header.body
        && own.rows.first() == Some(&area.rows.start)
        && own.score > block.header.score.max(0.4);
    let from_names = range.rows.start <= block.rows.start || !is_better;
    let mut block = Block::new(raw, shapes, if from_names { whole } else { area }, block.lead);
    block.name = Some(range.name.clone());
    block
}
