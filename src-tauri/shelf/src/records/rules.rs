//! House rules as they are signed: versioned like the roster, and under a roster.

use larder_model::{HouseRules, Publishers, Rule, ShelfId};
use serde::{Deserialize, Serialize};

use super::{are_hashes, is_moment, is_short};
use crate::{caps, envelope::Record};

/// One version of the house rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rules {
    pub protocol: u32,
    pub shelf: ShelfId,
    /// 1 + the greatest version among `prev`.
    pub v: u64,
    /// The versions that it takes the place of; none for the first.
    #[serde(default)]
    pub prev: Vec<String>,
    /// The rosters whose stewards had to sign it: normally one.
    pub rosters: Vec<String>,
    pub rules: RulesText,
    pub at: String,
}

/// What the rules say, in words that a later Larder may know more of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RulesText {
    /// Codes of what a label needs.
    #[serde(default)]
    pub required: Vec<String>,
    #[serde(default)]
    pub publishers: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_size_bytes: Option<u64>,
    /// Endings of names; none for every kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_days: Option<u32>,
    #[serde(default)]
    pub receipts: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_version: Option<String>,
}

impl RulesText {
    /// As they are written down.
    pub fn of(rules: &HouseRules) -> RulesText {
        RulesText {
            required: rules.required.iter().map(|rule| rule.as_str().to_owned()).collect(),
            publishers: rules.publishers.as_str().to_owned(),
            retention_days: rules.retention_days,
            max_size_bytes: rules.max_size_bytes,
            kinds: rules.kinds.as_ref().map(|kinds| kinds.iter().cloned().collect()),
            review_days: rules.review_days,
            receipts: rules.receipts,
            min_version: rules.min_version.clone(),
        }
    }

    /// What this Larder understands of them, and the words that it does not know.
    pub fn read(&self) -> (HouseRules, Vec<String>) {
        let mut unknown: Vec<String> =
            self.required.iter().filter(|code| Rule::parse(code).is_none()).cloned().collect();
        let publishers = Publishers::parse(&self.publishers).unwrap_or_else(|| {
            unknown.push(self.publishers.clone());
            // Nobody gets in by a word that is not understood.
            Publishers::Stewards
        });
        let rules = HouseRules {
            required: self.required.iter().filter_map(|code| Rule::parse(code)).collect(),
            publishers,
            retention_days: self.retention_days,
            max_size_bytes: self.max_size_bytes,
            kinds: self.kinds.as_ref().map(|kinds| kinds.iter().cloned().collect()),
            review_days: self.review_days,
            receipts: self.receipts,
            min_version: self.min_version.clone(),
        };
        (rules, unknown)
    }
}

/// A plain word: never a pattern, whoever reads it one day.
fn is_code(text: &str) -> bool {
    is_short(text, 40) && !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

impl Record for Rules {
    const TYPE: &'static str = "rules";
    const CAP: u64 = caps::ROSTER_BYTES;

    fn is_sound(&self) -> bool {
        (1..=caps::ROSTERS as u64).contains(&self.v)
            && are_hashes(&self.prev, caps::PARENTS)
            && self.prev.is_empty() == (self.v == 1)
            && !self.rosters.is_empty()
            && are_hashes(&self.rosters, caps::PARENTS)
            && self.rules.required.len() <= 100
            && self.rules.required.iter().all(|code| is_code(code))
            && is_code(&self.rules.publishers)
            && self.rules.read().0.fault().is_none()
            && is_moment(&self.at)
    }
}
