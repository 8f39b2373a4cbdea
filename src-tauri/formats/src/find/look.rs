//! A first glance at cells and rows, quick enough for every one of millions.

use crate::kinds::facts::clean;
use crate::kinds::{date, number, words};
use crate::raw::{Cell, Chunk, Raw, Stored, is_blank};
use larder_model::DecimalMark;
use larder_tables::parallel;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Look {
    /// Nothing, or a word for nothing.
    Blank,
    Number,
    /// A day or a time of day.
    Time,
    YesNo,
    Word,
}

impl Look {
    /// Anything that is no word: what stands under names.
    pub fn is_value(self) -> bool {
        matches!(self, Look::Number | Look::Time | Look::YesNo)
    }
}

/// Looks at one cell.
pub(crate) fn look(cell: Cell<'_>) -> Look {
    match cell.class.stored {
        Stored::Number => return Look::Number,
        Stored::Date | Stored::DateTime | Stored::Time => return Look::Time,
        Stored::Boolean => return Look::YesNo,
        Stored::Error => return Look::Blank,
        Stored::Text => {}
    }
    let text = clean(cell.text);
    if text.is_empty() || words::is_empty_word(text) || words::is_error(text) {
        return Look::Blank;
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return match words::boolean(text) {
            Some(_) if text.len() > 1 => Look::YesNo,
            _ => Look::Word,
        };
    }
    let is_number = |w: number::Written<'_>| {
        number::under(w.body, DecimalMark::Comma).is_some() || number::under(w.body, DecimalMark::Dot).is_some()
    };
    if number::written(text).is_some_and(is_number) {
        Look::Number
    } else if date::written(text).is_some() || date::length_of_time(text).is_some() {
        Look::Time
    } else {
        Look::Word
    }
}

/// A row in short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The first cell with anything in it.
    pub first: u16,
    /// One beyond the last.
    pub end: u16,
    pub filled: u16,
}

impl Shape {
    pub fn is_blank(&self) -> bool {
        self.filled == 0
    }
}

/// All rows of a sheet in short.
pub(crate) fn shapes(raw: &Raw) -> Vec<Shape> {
    let chunks = raw.chunks();
    parallel::each(chunks.len(), &|place| of_chunk(&chunks[place])).concat()
}

fn of_chunk(chunk: &Chunk) -> Vec<Shape> {
    let rows = chunk.rows().count();
    let mut shapes = vec![Shape::default(); rows];
    for column in 0..chunk.width() {
        let Some(strip) = chunk.strip(column) else { continue };
        let place = column as u16;
        let blank = if strip.is_shared() { strip.blanks() } else { Vec::new() };
        let fill = |shape: &mut Shape, blank: bool| {
            shape.first = if shape.filled == 0 { place } else { shape.first };
            shape.filled += u16::from(!blank);
            shape.end = if blank { shape.end } else { place + 1 };
        };
        // Most columns of most tables: every row has something there.
        if strip.is_shared() && strip.is_full(rows) && blank.iter().skip(1).all(|blank| !blank) {
            shapes.iter_mut().for_each(|shape| fill(shape, false));
            continue;
        }
        match strip.is_shared() {
            true => strip.zip(0..rows, &mut shapes, |shape, entry| fill(shape, blank[entry])),
            false => strip.zip(0..rows, &mut shapes, |shape, entry| fill(shape, is_blank(strip.text(entry)))),
        }
    }
    for shape in shapes.iter_mut().filter(|shape| shape.filled == 0) {
        shape.first = 0;
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::CellClass;

    #[test]
    fn a_glance_tells_values_from_words() {
        for (text, wanted) in [
            ("", Look::Blank),
            ("n/a", Look::Blank),
            ("12,50 €", Look::Number),
            ("03.03.2026", Look::Time),
            ("07:40", Look::Time),
            ("ja", Look::YesNo),
            ("Brot", Look::Word),
            ("A-1001", Look::Word),
            ("x", Look::Word),
        ] {
            assert_eq!(look(Cell { text, class: CellClass::TEXT }), wanted, "{text}");
        }
    }
}
