//! A first glance at cells, quick enough for every one of millions.

use crate::kinds::facts::clean;
use crate::kinds::{date, number, words};
use crate::raw::{Cell, Stored};
use larder_model::DecimalMark;

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
