//! House rules: what every label has to meet before it goes on the shelf, and what a shelf's stewards ask for beyond that.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Label;

/// A house rule about labels. Texts are in the words under `rule-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
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

impl Rule {
    /// The code as the words and the records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::HasTitle => "has_title",
            Rule::HasSummary => "has_summary",
            Rule::HasArea => "has_area",
            Rule::HasKeeper => "has_keeper",
            Rule::HasColumns => "has_columns",
        }
    }

    /// The rule of a code; none where this Larder does not know it.
    pub fn parse(code: &str) -> Option<Rule> {
        RULES.iter().map(|(rule, _)| *rule).find(|rule| rule.as_str() == code)
    }
}

/// Tells whether a label meets a rule.
pub type Met = fn(&Label) -> bool;

/// Every house rule about labels, with how it is met.
pub const RULES: &[(Rule, Met)] = &[
    (Rule::HasTitle, |label| !label.title.trim().is_empty()),
    (Rule::HasSummary, |label| !label.summary.trim().is_empty()),
    (Rule::HasArea, |label| !label.area.trim().is_empty()),
    (Rule::HasKeeper, |label| !label.keeper.trim().is_empty()),
    (Rule::HasColumns, |label| !label.columns.is_empty()),
];

/// The rules that this label does not meet yet, where a shelf says nothing else.
pub fn unmet_rules(label: &Label) -> Vec<Rule> {
    HouseRules::default().unmet(label)
}

/// Who may put data products on a shelf. Texts are in the words under `publishers-<name>`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Publishers {
    /// Whoever can write to the place; those who are not confirmed stand apart.
    #[default]
    Everyone,
    /// Only who is confirmed.
    Confirmed,
    /// Only stewards.
    Stewards,
}

impl Publishers {
    /// As the words and the records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Publishers::Everyone => "everyone",
            Publishers::Confirmed => "confirmed",
            Publishers::Stewards => "stewards",
        }
    }

    /// From a record; none where this Larder does not know it.
    pub fn parse(text: &str) -> Option<Publishers> {
        [Publishers::Everyone, Publishers::Confirmed, Publishers::Stewards].into_iter().find(|p| p.as_str() == text)
    }
}

/// What the stewards of a shelf ask for. A request, not a lock: the publisher's Larder refuses, every reader's shows what does
/// not meet it. There are no patterns in it anywhere, only names to be equal to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HouseRules {
    /// What a label needs.
    pub required: BTreeSet<Rule>,
    /// Who may publish.
    pub publishers: Publishers,
    /// How many days earlier versions are kept.
    pub retention_days: Option<u32>,
    /// Largest size of a version.
    pub max_size_bytes: Option<u64>,
    /// Kinds of files that may be brought in, by the ending of their names (`csv`, `xlsx`); none for every kind.
    pub kinds: Option<BTreeSet<String>>,
    /// After how many days a label has to be looked over again.
    pub review_days: Option<u32>,
    /// Whether colleagues are asked to say what they use something for.
    pub receipts: bool,
    /// The oldest Larder that may write here, as `1.2` or `1.2.3`.
    pub min_version: Option<String>,
}

impl Default for HouseRules {
    fn default() -> HouseRules {
        HouseRules {
            required: RULES.iter().map(|(rule, _)| *rule).collect(),
            publishers: Publishers::Everyone,
            retention_days: None,
            max_size_bytes: None,
            kinds: None,
            review_days: None,
            receipts: false,
            min_version: None,
        }
    }
}

impl HouseRules {
    /// Most kinds of files that are named.
    pub const KINDS: usize = 64;

    /// The required rules that this label does not meet yet.
    pub fn unmet(&self, label: &Label) -> Vec<Rule> {
        let asked = RULES.iter().filter(|(rule, _)| self.required.contains(rule));
        asked.filter(|(_, met)| !met(label)).map(|(rule, _)| *rule).collect()
    }

    /// Whether a file of this name may be brought in.
    pub fn takes(&self, file_name: &str) -> bool {
        let Some(kinds) = &self.kinds else { return true };
        let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        kinds.contains(&ending)
    }

    /// Whether this version of Larder may write.
    pub fn admits(&self, version: &str) -> bool {
        let Some(min) = self.min_version.as_deref() else { return true };
        match (version_of(version), version_of(min)) {
            (Some(version), Some(min)) => version >= min,
            _ => false,
        }
    }

    /// Only what both allow: what is asked for while two versions of the rules stand side by side. Earlier versions are kept
    /// for as long as either says, as nothing may be lost by it.
    pub fn combined(&self, other: &HouseRules) -> HouseRules {
        let kinds = match (&self.kinds, &other.kinds) {
            (Some(a), Some(b)) => Some(a.intersection(b).cloned().collect()),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        let version =
            |rules: &HouseRules| (rules.min_version.as_deref().and_then(version_of), rules.min_version.clone());
        let min_version = version(self).max(version(other)).1;
        HouseRules {
            required: self.required.union(&other.required).copied().collect(),
            publishers: self.publishers.max(other.publishers),
            retention_days: self.retention_days.max(other.retention_days),
            max_size_bytes: least(self.max_size_bytes, other.max_size_bytes),
            kinds,
            review_days: least(self.review_days, other.review_days),
            receipts: self.receipts || other.receipts,
            min_version,
        }
    }

    /// Names the first field that cannot be: an ending that is no plain word, a number that makes no sense, a version that is
    /// none.
    pub fn fault(&self) -> Option<&'static str> {
        let days = |days: Option<u32>| days.is_none_or(|days| (1..=36_500).contains(&days));
        let kinds = self
            .kinds
            .as_ref()
            .is_none_or(|kinds| kinds.len() <= HouseRules::KINDS && kinds.iter().all(|kind| is_ending(kind)));
        [
            (days(self.retention_days), "retention_days"),
            (days(self.review_days), "review_days"),
            (self.max_size_bytes.is_none_or(|size| (1..=1 << 53).contains(&size)), "max_size_bytes"),
            (kinds, "kinds"),
            (self.min_version.as_deref().is_none_or(|version| version_of(version).is_some()), "min_version"),
        ]
        .into_iter()
        .find(|(fits, _)| !fits)
        .map(|(_, field)| field)
    }
}

/// Whether this is the ending of a file's name: letters and digits only, so that it can never be a pattern.
fn is_ending(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn least<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The numbers of a version as `1.2` or `1.2.3`; what follows a hyphen or a plus is passed over. None where it is not one.
pub fn version_of(text: &str) -> Option<[u32; 3]> {
    let plain = text.split(['-', '+']).next()?;
    let mut numbers = [0; 3];
    let parts: Vec<&str> = plain.split('.').collect();
    if !(2..=3).contains(&parts.len()) || text.len() > 40 {
        return None;
    }
    for (number, part) in numbers.iter_mut().zip(parts) {
        if part.is_empty() || part.len() > 6 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    Some(numbers)
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
        let only = HouseRules { required: [Rule::HasArea].into(), ..HouseRules::default() };
        assert_eq!(only.unmet(&label), []);
    }

    #[test]
    fn every_rule_is_read_as_it_is_written() {
        for (rule, _) in RULES {
            assert_eq!(Rule::parse(rule.as_str()), Some(*rule));
            assert_eq!(serde_json::to_string(rule).expect("plain"), format!("\"{}\"", rule.as_str()));
        }
        assert_eq!(Rule::parse("has_wings"), None);
    }

    // fault 69
    #[test]
    fn no_rule_can_be_a_pattern() {
        for bad in
            ["*", "cs*", "c.v", "(a+)+$", "[a-z]", "csv|xlsx", "", ".csv", "CSV", "c v", "ｃｓｖ", &"x".repeat(13)]
        {
            let rules = HouseRules { kinds: Some([bad.to_owned()].into()), ..HouseRules::default() };
            assert_eq!(rules.fault(), Some("kinds"), "{bad:?}");
        }
        for bad in ["", "1", "1.*", "^1.2", "1.2.3.4", ">=1.2", "1.x", "9999999.0", "１.2"] {
            let rules = HouseRules { min_version: Some(bad.into()), ..HouseRules::default() };
            assert_eq!(rules.fault(), Some("min_version"), "{bad:?}");
        }
        // A name is equal to an ending or it is not.
        let rules = HouseRules { kinds: Some(["csv".to_owned(), "xlsx".to_owned()].into()), ..HouseRules::default() };
        assert_eq!(rules.fault(), None);
        assert!(rules.takes("a.CSV") && rules.takes("b.c.xlsx") && !rules.takes("csv") && !rules.takes("x.cssv"));
    }

    #[test]
    fn two_sets_of_rules_ask_for_what_either_asks_for() {
        let one = HouseRules {
            required: [Rule::HasTitle].into(),
            publishers: Publishers::Confirmed,
            retention_days: Some(30),
            max_size_bytes: Some(100),
            kinds: Some(["csv".to_owned(), "ods".to_owned()].into()),
            review_days: None,
            receipts: false,
            min_version: Some("0.10.0".into()),
        };
        let two = HouseRules {
            required: [Rule::HasArea].into(),
            retention_days: Some(90),
            max_size_bytes: None,
            kinds: Some(["csv".to_owned()].into()),
            review_days: Some(7),
            receipts: true,
            min_version: Some("0.9".into()),
            ..HouseRules::default()
        };
        let both = one.combined(&two);
        assert_eq!(both, two.combined(&one));
        assert_eq!(both.required.len(), 2);
        assert_eq!(
            (both.publishers, both.retention_days, both.max_size_bytes),
            (Publishers::Confirmed, Some(90), Some(100))
        );
        assert_eq!((both.kinds.map(|k| k.len()), both.review_days, both.receipts), (Some(1), Some(7), true));
        assert_eq!(both.min_version.as_deref(), Some("0.10.0"));
    }

    #[test]
    fn an_older_larder_is_not_admitted() {
        let rules = HouseRules { min_version: Some("0.10".into()), ..HouseRules::default() };
        assert!(rules.admits("0.10.0") && rules.admits("1.0.0-beta") && !rules.admits("0.9.9") && !rules.admits("x"));
        assert!(HouseRules::default().admits("0.0.1"));
    }
}
