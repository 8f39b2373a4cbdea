//! Names of groups in rows of their own: one cell of words where the rows of the table have many.

use larder_model::LeftOutReason;

use super::blocks::Block;
use super::body::Plan;
use super::look::{Look, look};
use super::shapes::Shapes;
use crate::kinds::facts::clean;
use crate::kinds::words;
use crate::raw::Raw;

/// Rows that are looked at.
const SAMPLE: usize = 200;

/// Rows with one cell each, and the others.
struct Captions<'a> {
    raw: &'a Raw,
    shapes: &'a Shapes,
    /// Where all of them have their cell.
    at: usize,
    /// Columns that rows fill at all.
    width: usize,
    lone: Vec<u64>,
    /// The first of the others.
    rows: Vec<u64>,
    /// How many others there are.
    others: usize,
    /// The first group stands over the first row.
    over_first: bool,
    /// The last one stands under the last row.
    under_last: bool,
}

/// Leaves the names of groups out.
pub(super) fn leave_out(raw: &Raw, shapes: &Shapes, block: &Block, plan: &mut Plan) {
    let start = block.columns.start;
    let kept = |row: &u64| plan.left_out[*row as usize].is_none();
    let body = || (block.header.body..block.rows.end).filter(kept);
    let is_lone = |row: &u64| shapes[*row].filled == 1;
    let all = block.header.body..block.rows.end;
    let lone = shapes.like(all, &|shape| shape.filled == 1);
    let Some(first) = lone.iter().copied().find(kept).filter(|_| block.columns.len() >= 3) else { return };
    let at = shapes[first].first;
    // Those with a blank row beside them have been told already.
    let is_note = |row: &u64| plan.left_out[*row as usize] == Some(LeftOutReason::Note);
    let is_there = |row: &u64| shapes[*row].first == at && (kept(row) || is_note(row));
    let lone: Vec<u64> = lone.into_iter().filter(is_there).collect();
    // Sums of groups have no name in front, or a word for it.
    let is_row = |row: &u64| {
        let text = raw.cell(*row, start).text;
        !is_lone(row) && !clean(text).is_empty() && !words::is_total(text) && !words::is_balance(text)
    };
    let captions = Captions {
        raw,
        shapes,
        at: usize::from(at),
        width: block.looks.iter().filter(|look| **look != Look::Blank).count(),
        rows: body().filter(is_row).take(SAMPLE).collect(),
        others: body().filter(|row| !is_lone(row)).count(),
        over_first: body().next().is_some_and(|row| is_lone(&row)),
        under_last: body().next_back().is_some_and(|row| is_lone(&row)),
        lone,
    };
    if captions.stand_out(start) {
        for row in captions.lone {
            plan.left_out[row as usize] = Some(LeftOutReason::Note);
        }
    }
}

impl Captions<'_> {
    fn text(&self, row: u64) -> &str {
        clean(self.raw.cell(row, self.at).text)
    }

    fn look(&self, row: u64) -> Look {
        look(self.raw.cell(row, self.at))
    }

    fn has_figure(&self, row: u64) -> bool {
        self.text(row).bytes().any(|b| b.is_ascii_digit())
    }

    /// Rows with so many free cells at most.
    fn full(&self, free: usize) -> bool {
        self.rows.iter().all(|row| usize::from(self.shapes[*row].filled) + free >= self.width)
    }

    /// They cannot be rows of the table that have nothing more to say.
    fn stand_out(&self, start: usize) -> bool {
        let (lone, rows) = (&self.lone, &self.rows);
        let are_words = lone.iter().all(|row| self.look(*row) == Look::Word);
        if !are_words || self.width < 3 || rows.is_empty() || self.others < lone.len() {
            return false;
        }
        // Words where all rows have days or numbers.
        if self.at == start && rows.iter().all(|row| self.look(*row).is_value()) {
            return self.others >= 3;
        }
        if !self.over_first || !self.full(self.width / 3) {
            return false;
        }
        let many = self.others >= lone.len() * 2;
        let codes = rows.iter().all(|row| self.has_figure(*row));
        let bare = || !lone.iter().any(|row| self.has_figure(*row));
        // Several words over codes of one: `House A, 4 Mill Lane` over `A01`.
        let long = || {
            let is_long = |row: &u64| self.text(*row).contains(' ');
            lone.iter().all(is_long) && !rows.iter().any(is_long)
        };
        (many && (self.at != start || (codes && (bare() || long())))) || self.are_bands() || self.are_closed()
    }

    /// Each has rows under it and then the sum of them, where the next one begins.
    fn are_closed(&self) -> bool {
        let is_sum = |row: u64| self.raw.row(row).cells().any(|cell| words::is_total(cell.text));
        let before = |row: u64| (0..row).rev().find(|row| !self.shapes[*row].is_blank());
        let names = &self.lone;
        names.len() >= 2
            && !self.under_last
            && names.windows(2).all(|pair| pair[0] + 1 < pair[1])
            && names[1..].iter().all(|row| before(*row).is_some_and(is_sum))
    }

    /// Names over full rows, each with rows under it, that no row has itself.
    fn are_bands(&self) -> bool {
        let names: Vec<&str> = self.lone.iter().map(|row| self.text(*row)).collect();
        let apart = self.lone.windows(2).all(|pair| pair[0] + 1 < pair[1]);
        let own = || !self.rows.iter().any(|row| names.contains(&self.text(*row)));
        names.len() >= 2 && apart && !self.under_last && self.width >= 4 && self.full(1) && own()
    }
}
