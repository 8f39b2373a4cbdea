//! Which words a text may not say, and which ids a source speaks by.

/// What experts say and people do not: the left column of the table of words. Not in it: words that people use in another
/// sense as well, such as "join", "export" or "version".
const EXPERT: &[&str] = &[
    "access request",
    "aggregate",
    "automation",
    "automations",
    "backtest",
    "boolean",
    "cache",
    "cached",
    "catalog",
    "catalogue",
    "classification",
    "confidence interval",
    "constraint",
    "constraints",
    "credential",
    "credentials",
    "data contract",
    "data dictionary",
    "data type",
    "data types",
    "dataset",
    "datasets",
    "datatype",
    "delimiter",
    "deprecate",
    "deprecated",
    "diff",
    "downstream",
    "dry run",
    "encoding",
    "execution log",
    "foreign key",
    "governance",
    "header row",
    "ingest",
    "ingested",
    "ingestion",
    "lineage",
    "metadata",
    "null",
    "nulls",
    "oops",
    "outlier",
    "outliers",
    "payload",
    "pii",
    "pipeline",
    "pipelines",
    "please",
    "primary key",
    "quality score",
    "replication",
    "schema",
    "schema drift",
    "schemas",
    "sla",
    "snapshot",
    "snapshots",
    "steward",
    "stewards",
    "string",
    "timestamp",
    "unpublish",
    "unpublished",
    "upstream",
    "validation rule",
    "webhook",
    "webhooks",
];

/// The words of experts in a text. An exclamation mark is one in every language.
pub fn expert_words(text: &str, is_english: bool) -> Vec<String> {
    let mut said = Vec::new();
    if text.contains('!') {
        said.push("an exclamation mark".to_owned());
    }
    if is_english {
        let folded: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let folded = format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "));
        said.extend(EXPERT.iter().filter(|word| folded.contains(&format!(" {word} "))).map(|word| (*word).to_owned()));
    }
    said
}

/// The ids in the first argument of every `t(…)` of a source, quoted alone or on either side of a choice. An id with a
/// value put in is given up to there, with `*` behind it.
pub fn used_ids(source: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for (at, _) in source.match_indices("t(") {
        let before = source[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$')) {
            continue;
        }
        ids.extend(first_argument_ids(&source[at + 2..]));
    }
    ids
}

fn first_argument_ids(source: &str) -> Vec<String> {
    let (mut ids, mut depth, mut before) = (Vec::new(), 0, '(');
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\'' | '"' | '`' => {
                let Some((text, after)) = rest.split_once(c) else {
                    break;
                };
                rest = after;
                // Not the right side of a comparison or an argument of another function.
                if depth == 0 && matches!(before, '(' | '?' | ':' | '|') {
                    ids.push(text.split_once("${").map_or_else(|| text.to_owned(), |(begin, _)| format!("{begin}*")));
                }
                before = c;
            }
            ',' | ')' if depth == 0 => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            c if !c.is_whitespace() => before = c,
            _ => {}
        }
        if matches!(c, '(' | '[' | '{' | ')' | ']' | '}') {
            before = c;
        }
    }
    ids
}

#[test]
fn only_whole_words_count() {
    assert_eq!(expert_words("The Primary-Key of this schema!", true), ["an exclamation mark", "primary key", "schema"]);
    assert!(expert_words("Nullsummen, a different schematic, catalogues", true).is_empty());
    assert!(expert_words("Das Schema steht in Zeile 4: null Zeilen", false).is_empty());
}

#[test]
fn ids_are_found_wherever_a_text_is_asked_for() {
    let source = r#"
        <p>{t('shelf-title')}</p> {t(`kind-${kind}`)} {t("count", { n: f('x', 'y') })}
        {t(open ? 'close' : "open", { a: 'not-one' })} {t(kind === 'money' ? 'a-b' : `c-${x}.title`)}
        set('x') format.t('y') {t(id, args)} {t(names['z'])}
    "#;
    assert_eq!(used_ids(source), ["shelf-title", "kind-*", "count", "close", "open", "a-b", "c-*"]);
}
