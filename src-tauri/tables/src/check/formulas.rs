//! Text that a spreadsheet program would run when a file of text is opened (OWASP, CSV injection).

use std::collections::HashSet;

use larder_model::{Certainty, Finding, FindingCode, FixAction};

use super::{Look, Tally, from_one};

pub(super) fn find(look: &Look, tally: &Tally) -> Option<Finding> {
    let texts: HashSet<&str> = tally.texts.keys().copied().filter(|text| is_formula(text)).collect();
    if texts.is_empty() {
        return None;
    }
    let rows = look.rows_with(&texts);
    let first = *rows.first()?;
    Some(
        Finding::new(FindingCode::FormulaText, Certainty::Notice)
            .with("column", look.name())
            .with("example", look.text(first))
            .on(&look.column.id)
            .at(from_one(&rows))
            .fix(FixAction::MakeEmpty)
            .fix(FixAction::Accept),
    )
}

/// Rows (from 0) with such text.
pub(crate) fn rows(look: &Look) -> Vec<u64> {
    look.rows_where(|values, row| values.str(row).is_some_and(is_formula))
}

/// Starts as a formula does. Numbers, telephone numbers and lone signs do not count.
pub(crate) fn is_formula(text: &str) -> bool {
    let mut rest = text.chars();
    match rest.next() {
        Some('=' | '@' | '\t' | '\r') => rest.next().is_some(),
        Some('+' | '-') => {
            let is_figure = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-.,:/()%€$£'".contains(c);
            !rest.all(is_figure)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_telephones_are_no_formulas() {
        for text in ["-12", "+49 30 123-45", "-1.234,50 €", "-", "--", "=", "@", "rye", "a=b", ""] {
            assert!(!is_formula(text), "{text:?}");
        }
        for text in ["=1+1", "@SUM(A1)", "-2+cmd|' /C calc'!A0", "+HYPERLINK(\"x\")", "\t=1", "\r=1"] {
            assert!(is_formula(text), "{text:?}");
        }
    }
}
