//! House rules that every label has to meet before it goes on the shelf.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Label;

/// A house rule. Texts are in the words under `rule-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It has a name.
    HasTitle,
    /// One sentence says what is in it.
    HasSummary,
    /// It belongs to an area.
    HasArea,
    /// Somebody answers for it.
    HasKeeper,
    /// It has columns.
    HasColumns,
}

/// Tells whether a label meets a rule.
pub type Met = fn(&Label) -> bool;

/// Every house rule, with how it is met.
pub const RULES: &[(Rule, Met)] = &[
    (Rule::HasTitle, |label| !label.title.trim().is_empty()),
    (Rule::HasSummary, |label| !label.summary.trim().is_empty()),
    (Rule::HasArea, |label| !label.area.trim().is_empty()),
    (Rule::HasKeeper, |label| !label.keeper.trim().is_empty()),
    (Rule::HasColumns, |label| !label.columns.is_empty()),
];

/// The rules that this label does not meet yet.
pub fn unmet_rules(label: &Label) -> Vec<Rule> {
    RULES.iter().filter(|(_, met)| !met(label)).map(|(rule, _)| *rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_not_a_title() {
        let label = Label {
            title: "  ".into(),
            summary: "x".into(),
            area: "Shop".into(),
            keeper: "Anna".into(),
            ..Label::default()
        };
        assert_eq!(unmet_rules(&label), [Rule::HasTitle, Rule::HasColumns]);
    }
}
