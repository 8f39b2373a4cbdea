//! Lines of separated text that were pasted or opened into the first column of a workbook and never cut into cells.

use larder_model::{Choice, Refusal};

use super::{Opened, Sheet};
use crate::raw::{CellClass, Raw, RawBuilder, Stored};
use crate::text::dialect::{self, Guess};
use crate::text::open::chosen;
use crate::text::records::{Dialect, Found, Records};
use crate::text::separator::Separator;

/// Rows that are looked at before all are cut.
const SAMPLE: usize = 200;

/// How lines in a workbook were cut.
#[derive(Debug)]
pub(crate) struct Lines {
    pub delimiter: Separator,
    pub guessed: Guess,
}

/// Cuts the lines of a sheet that has nothing but such lines; any other is as it was.
pub(crate) fn cut(opened: Opened, choices: &[Choice]) -> Result<Opened, Refusal> {
    let raw = &opened.content.raw;
    let content = &opened.content;
    let odd = !content.merges.is_empty() || !content.tables.is_empty() || content.formulas > 0;
    let Some(column) = only_column(raw).filter(|_| opened.text.is_none() && !odd) else { return Ok(opened) };
    let Some(guessed) = guess(raw, column) else { return Ok(opened) };
    let delimiter = chosen(choices).1.unwrap_or(guessed.delimiter);
    let dialect = Dialect { delimiter, quote: guessed.quote, backslash: guessed.backslash, columns: guessed.columns };
    let mut builder = RawBuilder::new();
    let mut records = Records::default();
    for row in 0..raw.rows() {
        for cell in cells(&mut records, raw.cell(row, column).text, dialect) {
            builder.push(&cell, CellClass::TEXT)?;
        }
        builder.end_row()?;
    }
    let content = Sheet { raw: builder.finish()?, hidden_rows: opened.content.hidden_rows, ..Sheet::default() };
    Ok(Opened { content, lines: Some(Lines { delimiter, guessed }), ..opened })
}

/// The cells of one line.
fn cells(records: &mut Records, line: &str, dialect: Dialect) -> Vec<String> {
    match records.next(line, 0, true, dialect) {
        Found::Row(_) if !line.is_empty() => records.cells(line).map(|cell| cell.into_owned()).collect(),
        _ => Vec::new(),
    }
}

/// The one column of a sheet that has anything in it.
fn only_column(raw: &Raw) -> Option<usize> {
    let mut only = None;
    for chunk in raw.chunks() {
        for column in (0..chunk.width()).filter(|column| chunk.strip(*column).is_some()) {
            if *only.get_or_insert(column) != column {
                return None;
            }
        }
    }
    only
}

/// What separates, where nearly all lines have as many cells, three and more.
fn guess(raw: &Raw, column: usize) -> Option<Guess> {
    let cells_of = || (0..raw.rows()).map(|row| raw.cell(row, column)).filter(|cell| !cell.is_blank()).take(SAMPLE);
    let is_line = |text: &str| text.contains([';', ',', '\t', '|']);
    let (mut all, mut lines) = (0, 0);
    for cell in cells_of() {
        all += 1;
        lines += usize::from(cell.class.stored == Stored::Text && is_line(cell.text));
    }
    if lines < 3 || lines * 10 < all * 9 {
        return None;
    }
    let sample: Vec<&str> = cells_of().map(|cell| cell.text).collect();
    let guess = dialect::guess(&sample.join("\n"), "", "csv");
    let dialect = Dialect {
        quote: guess.quote,
        backslash: guess.backslash,
        columns: guess.columns,
        ..Dialect::of(guess.delimiter)
    };
    let mut records = Records::default();
    let alike = sample.iter().filter(|line| cells(&mut records, line, dialect).len() == guess.columns).count();
    // Sentences have commas with blanks behind them.
    let prose = |line: &&&str| line.matches(", ").count() * 2 > line.matches(',').count();
    let is_prose = guess.delimiter.first() == b',' && sample.iter().filter(prose).count() * 2 > sample.len();
    (guess.columns >= 3 && alike * 10 >= sample.len() * 9 && !is_prose).then_some(guess)
}
