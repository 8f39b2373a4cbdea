//! Rows with too many cells because a text among them holds the separator and nobody put it in quotes: `Bread, white,3.20,2`.
//! Where only one column can have been cut, and every such row of the file says so, its pieces are put together again.

use std::borrow::Cow;

use larder_model::Refusal;

use super::separator::Separator;
use crate::find::look::{Look, look};
use crate::raw::{Cell, CellClass, Raw, RawBuilder, Row};

/// Rows of the usual length that are looked at.
const SAMPLE: usize = 1_000;
/// Rows in which the usual length is looked for.
const ROWS: u64 = 4_000;
/// Rows of the usual length, the names not counted, without which nothing is proven.
const LEAST: usize = 3;

/// Texts that were cut, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Surplus {
    /// The column whose texts were cut (0 is the first).
    pub column: usize,
    /// Cells of a row that is whole.
    usual: usize,
    /// Rows with texts that were cut, in order.
    pub rows: Vec<u64>,
    /// The first of these texts, as it stands in the file.
    pub example: String,
}

/// What the cells of a column are in rows of the usual length.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Holds {
    /// Values that look like this, all of them.
    Values(Look),
    /// Words only.
    Words,
    Anything,
}

impl Holds {
    fn fits(self, text: &str) -> bool {
        let look = look_of(text);
        look == Look::Blank
            || match self {
                Holds::Values(usual) => look == usual,
                Holds::Words => !look.is_value(),
                Holds::Anything => true,
            }
    }
}

fn look_of(text: &str) -> Look {
    look(Cell { text, class: CellClass::TEXT })
}

/// How a row that is too long can have come about.
struct Explained {
    /// Columns that can have been cut.
    columns: Vec<usize>,
    /// Nothing but a cut explains it.
    proven: bool,
}

/// The rows of a text, as they were separated.
struct Rows {
    separator: String,
    usual: usize,
    columns: Vec<Holds>,
    /// Cells hardly ever begin with a blank: one that does goes on with the text before it.
    blanks_go_on: bool,
}

impl Surplus {
    /// Looks for such rows; nothing where there are none, or where they can be explained in more ways than one.
    pub fn find(raw: &Raw, separator: Separator) -> Option<Surplus> {
        let usual = usual_length(raw)?;
        // Most files have no row that is longer, and that costs nothing to see.
        if raw.chunks().iter().all(|chunk| chunk.width() <= usual) {
            return None;
        }
        let rows = Rows::of(raw, separator, usual)?;
        let is_whole = |row: &u64| raw.row(*row).len() == usual;
        let first = (0..raw.rows()).find(is_whole)?;
        let last = (0..raw.rows()).rev().find(is_whole)?;
        // What stands over the table and is longer may be its names.
        if (0..first).any(|row| raw.row(row).len() > usual) {
            return None;
        }
        let wide = raw.chunks().iter().filter(|chunk| chunk.width() > usual).flat_map(|chunk| chunk.rows());
        let mut explained: Vec<(u64, Explained)> = Vec::new();
        let mut common: Vec<usize> = (0..usual).collect();
        for row in wide.filter(|row| *row > first && rows.is_long(raw.row(*row))) {
            let found = rows.explain(raw.row(row));
            // What follows the table may be notes, and the last row of all.
            if row < last || explained.is_empty() {
                common.retain(|column| found.columns.contains(column));
                if common.is_empty() || !found.proven {
                    return None;
                }
            }
            explained.push((row, found));
        }
        let [column] = common[..] else { return None };
        let fits = |found: &Explained| found.proven && found.columns.contains(&column);
        let found: Vec<u64> = explained.iter().filter(|(_, found)| fits(found)).map(|(row, _)| *row).collect();
        let example = rows.joined(raw.row(*found.first()?), column);
        Some(Surplus { column, usual, rows: found, example })
    }

    /// The rows with the pieces put together.
    pub fn join(&self, raw: &Raw, separator: Separator) -> Result<Raw, Refusal> {
        let separator = separator.text();
        let mut builder = RawBuilder::new();
        let mut cut = self.rows.iter().copied().peekable();
        for place in 0..raw.rows() {
            let row = raw.row(place);
            let surplus = match cut.next_if_eq(&place) {
                Some(_) => row.len() - self.usual,
                None => 0,
            };
            for column in 0..self.column.min(row.len()) {
                builder.push(row.text(column), CellClass::TEXT)?;
            }
            if row.len() > self.column {
                builder.push(&pieces(row, self.column, surplus, &separator), CellClass::TEXT)?;
            }
            for column in self.column + surplus + 1..row.len() {
                builder.push(row.text(column), CellClass::TEXT)?;
            }
            builder.end_row()?;
        }
        builder.finish()
    }
}

/// A cell and so many behind it as one text.
fn pieces<'a>(row: Row<'a>, column: usize, surplus: usize, separator: &str) -> Cow<'a, str> {
    match surplus {
        0 => row.text(column).into(),
        _ => (column..=column + surplus).map(|column| row.text(column)).collect::<Vec<_>>().join(separator).into(),
    }
}

/// The number of cells that most rows have, two and more.
fn usual_length(raw: &Raw) -> Option<usize> {
    let mut lengths = std::collections::BTreeMap::<usize, usize>::new();
    for row in 0..raw.rows().min(ROWS) {
        *lengths.entry(raw.row(row).len()).or_default() += 1;
    }
    lengths.retain(|cells, _| *cells >= 2);
    let all: usize = lengths.values().sum();
    lengths.into_iter().find(|(_, count)| count * 2 > all).map(|(cells, _)| cells)
}

impl Rows {
    fn of(raw: &Raw, separator: Separator, usual: usize) -> Option<Rows> {
        // The first row of this length has the names.
        let whole = || (0..raw.rows()).map(|row| raw.row(row)).filter(|row| row.len() == usual).skip(1).take(SAMPLE);
        if whole().take(LEAST).count() < LEAST {
            return None;
        }
        let columns = (0..usual).map(|column| holds(whole().map(|row| row.text(column)))).collect();
        let (mut cells, mut blanks) = (0, 0);
        for row in whole() {
            let filled = (1..usual).map(|column| row.text(column)).filter(|text| !text.trim().is_empty());
            for text in filled {
                cells += 1;
                blanks += usize::from(text.starts_with(' '));
            }
        }
        Some(Rows { separator: separator.text(), usual, columns, blanks_go_on: blanks * 50 <= cells })
    }

    /// It has more cells than it should, and not only empty ones at its end.
    fn is_long(&self, row: Row<'_>) -> bool {
        row.len() > self.usual
            && ((self.usual..row.len()).any(|column| !row.text(column).trim().is_empty()) || !self.fits_as_it_is(row))
    }

    fn fits_as_it_is(&self, row: Row<'_>) -> bool {
        self.columns.iter().enumerate().all(|(column, holds)| holds.fits(row.text(column)))
    }

    fn joined(&self, row: Row<'_>, column: usize) -> String {
        pieces(row, column, row.len() - self.usual, &self.separator).into_owned()
    }

    fn explain(&self, row: Row<'_>) -> Explained {
        let surplus = row.len() - self.usual;
        let goes_on = |place: &usize| self.blanks_go_on && row.text(*place).starts_with(' ');
        let going_on: Vec<usize> =
            (1..row.len()).filter(goes_on).filter(|at| !row.text(*at).trim().is_empty()).collect();
        let can = |column: &usize| {
            let inside = |place: &usize| *place > *column && *place <= *column + surplus;
            let whole = (*column..=*column + surplus).all(|place| !row.text(place).trim().is_empty());
            whole && going_on.iter().all(inside) && self.fit_around(row, *column, surplus)
        };
        let columns: Vec<usize> = (0..self.usual).filter(can).collect();
        // A number with a mark for thousands is cut the same way.
        let numbers = columns.iter().any(|column| matches!(self.columns[*column], Holds::Values(_)));
        let told_by_blanks = going_on.len() == surplus;
        let proven = !numbers
            && (told_by_blanks
                || (columns.iter().all(|at| self.has_values_behind(row, *at)) && !self.fits_as_it_is(row)));
        Explained { columns, proven }
    }

    /// With this column put together all columns hold again what they hold elsewhere.
    fn fit_around(&self, row: Row<'_>, column: usize, surplus: usize) -> bool {
        let text = |at: usize| row.text(if at > column { at + surplus } else { at });
        self.columns.iter().enumerate().all(|(at, holds)| match (at == column, holds) {
            (false, holds) => holds.fits(text(at)),
            (true, Holds::Values(usual)) => look_of(&self.joined(row, column)) == *usual,
            (true, _) => true,
        })
    }

    /// Behind this column stands a value in its place, which only a cut has moved.
    fn has_values_behind(&self, row: Row<'_>, column: usize) -> bool {
        let surplus = row.len() - self.usual;
        let is_value =
            |at: usize| matches!(self.columns[at], Holds::Values(_)) && look_of(row.text(at + surplus)) != Look::Blank;
        (column + 1..self.usual).any(is_value)
    }
}

/// What the cells of a column are, all of them.
fn holds<'a>(cells: impl Iterator<Item = &'a str>) -> Holds {
    let mut counts = std::collections::BTreeMap::<Look, usize>::new();
    for cell in cells {
        *counts.entry(look_of(cell)).or_default() += 1;
    }
    counts.remove(&Look::Blank);
    let all: usize = counts.values().sum();
    let Some((look, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return Holds::Anything };
    // In a long column a few may be odd.
    let nearly_all = count == all || (all >= 40 && count * 20 >= all * 19);
    match look {
        _ if !nearly_all || count < LEAST => Holds::Anything,
        look if look.is_value() => Holds::Values(look),
        _ if count == all => Holds::Words,
        _ => Holds::Anything,
    }
}
