//! House rules on the terminal.

use larder_actions::wire::RetentionEffect;
use larder_actions::{RuleWords, Terminal, Words};
use larder_model::{HouseRules, Params, Refusal, display_text};

use crate::args::RulesArgs;
use crate::{people, print};

/// Shows the house rules, or changes them.
pub fn run(terminal: &Terminal, args: RulesArgs) -> Result<(), Refusal> {
    let json = args.json;
    let words = RuleWords {
        required: args.require,
        publishers: args.publishers,
        retention_days: args.retention_days,
        max_size_mb: args.max_size_mb,
        kinds: args.kinds,
        review_days: args.review_days,
        receipts: args.receipts,
        min_version: args.min_version,
    };
    let effect = args.retention_days.map(|days| terminal.retention_effect(days)).transpose()?;
    if let Some(effect) = effect.as_ref().filter(|_| !args.set) {
        if json {
            print::json(effect)
        } else {
            print::line(&told(&print::words(), effect))
        }
        return Ok(());
    }
    let page = if args.set { terminal.set_rules(&words)? } else { terminal.rules()? };
    if json {
        print::json(&page);
        return Ok(());
    }
    let said = print::words();
    if let Some(outcome) = &page.outcome {
        if let Some(effect) = effect.filter(|effect| effect.versions > 0) {
            print::line(&told(&said, &effect));
        }
        print::line(&people::told(&said, outcome));
        return Ok(());
    }
    print::columns(&shown(&said, &page.rules));
    for change in &page.history {
        let who = Params::from([
            ("name".to_owned(), display_text(&change.by, 80).into()),
            ("at".to_owned(), change.at.get(..10).unwrap_or_default().into()),
        ]);
        print::line(&said.with("rules-changed-by", &who));
        for one in &change.changes {
            print::line(&format!("- {}", print::decided(&said, &one.code, &one.params)));
        }
    }
    Ok(())
}

/// What would no longer be kept.
fn told(words: &Words, effect: &RetentionEffect) -> String {
    let params = Params::from([
        ("count".to_owned(), effect.versions.into()),
        ("products".to_owned(), effect.products.into()),
        ("when".to_owned(), effect.from.as_deref().and_then(|from| from.get(..10)).unwrap_or_default().into()),
    ]);
    words.with(if effect.versions > 0 { "rules-effect" } else { "rules-effect-none" }, &params)
}

fn shown(words: &Words, rules: &HouseRules) -> Vec<Vec<String>> {
    let about = |what: &str| words.with("decided-rule-changed", &Params::from([("what".to_owned(), what.into())]));
    let any = || words.text("rules-any");
    let told = |days: u32| words.with("rules-days", &Params::from([("days".to_owned(), u64::from(days).into())]));
    let days = |days: Option<u32>| days.map_or_else(any, told);
    let rule = |rule: &larder_model::Rule| words.text(&format!("rule-{}", rule.as_str().replace('_', "-")));
    let labels: Vec<String> = rules.required.iter().map(rule).collect();
    let kinds = rules.kinds.as_ref().map(|kinds| kinds.iter().cloned().collect::<Vec<_>>().join(", "));
    let size = rules.max_size_bytes.map(|bytes| format!("{} MB", bytes / 1_000_000));
    vec![
        vec![about("required"), labels.join(" ")],
        vec![about("publishers"), words.text(&format!("publishers-{}", rules.publishers.as_str()))],
        vec![about("retention_days"), days(rules.retention_days)],
        vec![about("max_size_bytes"), size.unwrap_or_else(any)],
        vec![about("kinds"), kinds.unwrap_or_else(any)],
        vec![about("review_days"), days(rules.review_days)],
        vec![about("receipts"), words.text(if rules.receipts { "rules-yes" } else { "rules-no" })],
        vec![about("min_version"), rules.min_version.clone().unwrap_or_else(any)],
    ]
}
