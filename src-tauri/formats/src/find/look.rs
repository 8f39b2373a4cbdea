//! A first glance at cells and rows, quick enough for every one of millions.

use std::ops::Range;

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

/// Rows that are looked through by one thread at a time.
const PART: usize = 1 << 16;

/// Which of these rows have such a shape, in order.
pub(crate) fn rows_like(shapes: &[Shape], rows: Range<u64>, is: &(dyn Fn(&Shape) -> bool + Sync)) -> Vec<u64> {
    let first = rows.start as usize;
    let parts: Vec<&[Shape]> =
        shapes.get(first..rows.end as usize).map_or_else(Vec::new, |rows| rows.chunks(PART).collect());
    let of_part = |part: usize| -> Vec<u64> {
        let rows = parts[part].iter().enumerate().filter(|(_, shape)| is(shape));
        rows.map(|(row, _)| (first + part * PART + row) as u64).collect()
    };
    parallel::each(parts.len(), &of_part).concat()
}

/// The first filled column of any of them, one beyond the last, and the most that one of them has filled.
pub(crate) fn widest(shapes: &[Shape]) -> Shape {
    let widest = |a: Shape, b: &Shape| Shape {
        first: a.first.min(b.first),
        end: a.end.max(b.end),
        filled: a.filled.max(b.filled),
    };
    let none = Shape { first: u16::MAX, ..Shape::default() };
    let parts: Vec<&[Shape]> = shapes.chunks(PART).collect();
    let all = parallel::each(parts.len(), &|part: usize| parts[part].iter().fold(none, widest));
    let all = all.iter().fold(none, widest);
    Shape { first: all.first.min(all.end), ..all }
}

fn of_chunk(chunk: &Chunk) -> Vec<Shape> {
    let rows = chunk.rows().count();
    // Most columns of most tables: every row has something there, and all begin alike.
    let mut all = Shape { first: u16::MAX, ..Shape::default() };
    let mut others = Vec::new();
    for (column, strip) in (0..chunk.width()).filter_map(|column| Some((column as u16, chunk.strip(column)?))) {
        if strip.is_seen(rows) {
            all = Shape { first: all.first.min(column), end: column + 1, filled: all.filled + 1 };
        } else {
            others.push((column, strip));
        }
    }
    let mut shapes = vec![all; rows];
    for (column, strip) in others {
        let fill = |shape: &mut Shape, blank: bool| {
            shape.first = shape.first.min(if blank { u16::MAX } else { column });
            shape.end = shape.end.max(if blank { 0 } else { column + 1 });
            shape.filled += u16::from(!blank);
        };
        if strip.is_shared() {
            let blank = strip.blanks();
            strip.zip(0..rows, &mut shapes, |shape, entry| fill(shape, blank[entry]));
        } else {
            strip.zip(0..rows, &mut shapes, |shape, entry| fill(shape, is_blank(strip.text(entry))));
        }
    }
    for shape in shapes.iter_mut().filter(|shape| all.filled == 0 && shape.filled == 0) {
        shape.first = 0;
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::CellClass;
    use crate::raw::RawBuilder;

    #[test]
    fn a_row_in_short_says_what_its_cells_say() {
        let mut state = 3u64;
        let mut next = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for full in 0..6u64 {
            let mut builder = RawBuilder::new();
            for row in 0..70_000u64 {
                for column in 0..5 {
                    let text = match next(6) {
                        _ if column < full => {
                            if column == 1 {
                                format!("R-{row}")
                            } else {
                                "x".to_owned()
                            }
                        }
                        0 => " ".to_owned(),
                        1 | 2 => String::new(),
                        other => other.to_string(),
                    };
                    builder.push(&text, CellClass::TEXT).expect("small");
                }
                builder.end_row().expect("few");
            }
            builder.push("the end", CellClass::TEXT).expect("small");
            let raw = builder.finish().expect("small");
            let shapes = shapes(&raw);
            for (row, shape) in shapes.iter().enumerate() {
                let filled: Vec<u16> =
                    (0..5).filter(|column| !raw.cell(row as u64, *column).is_blank()).map(|c| c as u16).collect();
                let end = filled.last().map_or(0, |last| last + 1);
                let wanted = Shape { first: filled.first().copied().unwrap_or(0), end, filled: filled.len() as u16 };
                assert_eq!(*shape, wanted, "row {row}, {full} columns are full");
            }
            let blank: Vec<u64> = (0..raw.rows()).filter(|row| shapes[*row as usize].is_blank()).collect();
            assert_eq!(rows_like(&shapes, 0..raw.rows(), &Shape::is_blank), blank);
            assert_eq!(rows_like(&shapes, 66_000..raw.rows(), &|_| true).len() as u64, raw.rows() - 66_000);
            let widest = widest(&shapes);
            assert_eq!((widest.first, widest.end, widest.filled), (0, 5, 5));
        }
        assert_eq!(widest(&[]), Shape::default());
    }

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
