//! Numbers as their formats show them.

use super::serial::{NumberFormat, Shows};
use crate::raw::CellClass;

/// Adds the text of a number as it stands in the file, and tells what it is.
pub(crate) fn push_shown(out: &mut String, number: &str, format: NumberFormat, epoch_1904: bool) -> CellClass {
    match number.parse::<f64>() {
        Ok(value) => format.push(out, value, epoch_1904),
        Err(_) => {
            out.push_str(number);
            CellClass::TEXT
        }
    }
}

/// The number stands in the file as its format shows it.
pub(crate) fn is_as_it_shows(format: NumberFormat, text: &str) -> bool {
    matches!(format.shows, Shows::Number | Shows::Text) && is_general(text)
}

/// Already as Excel's General format shows it: nothing to work out.
fn is_general(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    if digits.is_empty() || digits.len() > 15 {
        return false;
    }
    let dot = digits.iter().position(|b| *b == b'.');
    let whole = dot.unwrap_or(digits.len());
    digits.iter().enumerate().all(|(i, b)| b.is_ascii_digit() || Some(i) == dot)
        && whole > 0
        && (digits[0] != b'0' || whole == 1)
        && dot.is_none_or(|dot| dot + 1 < digits.len() && digits[digits.len() - 1] != b'0')
        && text != "-0"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_need_work_are_told() {
        for text in ["12", "-3.5", "0.25", "0", "123456789012345"] {
            assert!(is_general(text), "{text}");
        }
        for text in ["12.0", "007", "1E5", "0.30000000000000004", "", "-0", ".5", "5.", "1.2.3", "+5"] {
            assert!(!is_general(text), "{text}");
        }
    }
}
