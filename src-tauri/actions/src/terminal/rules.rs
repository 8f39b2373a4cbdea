//! House rules from a terminal.

use std::collections::BTreeSet;

use larder_model::{Publishers, Refusal, RefusalCode, Rule};

use super::Terminal;
use crate::wire::{Nothing, RetentionEffect, RetentionRequest, RulesPage, SetRulesRequest};
use crate::{retention, rules};

/// What to change; what is not given stays. A number of 0 takes a rule away, and so does `any` in the place of kinds or of a
/// version.
#[derive(Debug, Clone, Default)]
pub struct RuleWords {
    /// Codes of what a label needs.
    pub required: Option<Vec<String>>,
    /// Who may publish.
    pub publishers: Option<String>,
    /// Days that earlier versions are kept.
    pub retention_days: Option<u32>,
    /// Largest size, in millions of bytes.
    pub max_size_mb: Option<u64>,
    /// Endings of files.
    pub kinds: Option<Vec<String>>,
    /// Days after which a label has to be looked over.
    pub review_days: Option<u32>,
    /// Whether colleagues are asked what they use something for.
    pub receipts: Option<bool>,
    /// The oldest version that may write.
    pub min_version: Option<String>,
}

fn invalid(what: &str, value: &str) -> Refusal {
    Refusal::new(RefusalCode::Invalid).with("what", what).with("value", value)
}

impl Terminal {
    /// The house rules, as they stand now.
    pub fn rules(&self) -> Result<RulesPage, Refusal> {
        self.refresh()?;
        rules::rules(&self.larder, Nothing {})
    }

    /// What would go if earlier versions were kept for so many days; 0 for as usual.
    pub fn retention_effect(&self, days: u32) -> Result<RetentionEffect, Refusal> {
        self.refresh()?;
        retention::effect(&self.larder, RetentionRequest { days: (days > 0).then_some(days) })
    }

    /// Changes them.
    pub fn set_rules(&self, words: &RuleWords) -> Result<RulesPage, Refusal> {
        let mut next = self.rules()?.rules;
        if let Some(codes) = &words.required {
            let said = codes.iter().filter(|code| !code.is_empty());
            let parsed = said.map(|code| Rule::parse(code).ok_or_else(|| invalid("required", code)));
            next.required = parsed.collect::<Result<BTreeSet<Rule>, _>>()?;
        }
        if let Some(text) = &words.publishers {
            next.publishers = Publishers::parse(text).ok_or_else(|| invalid("publishers", text))?;
        }
        let days = |days: u32| (days > 0).then_some(days);
        if let Some(number) = words.retention_days {
            next.retention_days = days(number);
        }
        if let Some(number) = words.review_days {
            next.review_days = days(number);
        }
        if let Some(size) = words.max_size_mb {
            next.max_size_bytes = (size > 0).then(|| size.saturating_mul(1_000_000));
        }
        if let Some(kinds) = &words.kinds {
            let any = kinds.iter().any(|kind| kind == "any");
            next.kinds = (!any).then(|| kinds.iter().filter(|kind| !kind.is_empty()).cloned().collect());
        }
        if let Some(on) = words.receipts {
            next.receipts = on;
        }
        if let Some(version) = &words.min_version {
            next.min_version = (version != "any").then(|| version.clone());
        }
        rules::set_rules(&self.larder, SetRulesRequest { rules: next })
    }
}
