//! Every text is there, in every language, with the same values, and says no word that people do not use.

use std::collections::{BTreeMap, BTreeSet};

use larder_actions::wire::{CardState, DeviceDeed, NeedCode, Outcome, PersonDeed};
use larder_model::{Change, FindingCode, Kind, LeftOutReason, RULES, RefusalCode};
use larder_shelf::{DecidedCode, DeviceStanding, Hint};
use serde::Serialize;
use ts_rs::TS;

use crate::ftl::{Messages, languages, read};
use crate::spoken::{expert_words, used_ids};
use crate::tree::{ending, report, text};

/// The languages from the start; a third is one folder more.
const LANGUAGES: [&str; 2] = ["de", "en"];

/// The language that the others are compared with.
const FIRST: &str = "en";

fn all() -> BTreeMap<String, Messages> {
    let (languages, _) = languages();
    for language in LANGUAGES {
        assert!(languages.contains_key(language), "ui/words/{language} has no words");
    }
    languages
}

/// What serde writes for a value without fields.
fn written<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_value(value).unwrap();
    json.as_str().expect("a value without fields").to_owned()
}

/// All that an enum can be, as serde writes it, from its TypeScript: its texts where it has no fields, else the texts of
/// its tag.
fn variants<T: TS>(tag: Option<&str>) -> Vec<String> {
    let declared = T::inline(&ts_rs::Config::default());
    let mut found = Vec::new();
    let quoted: Vec<&str> = declared.split('"').collect();
    for (at, text) in quoted.iter().enumerate().skip(1).step_by(2) {
        let is_value = match tag {
            None => true,
            // "tag": "value"
            Some(tag) => at >= 3 && quoted[at - 2] == tag && quoted[at - 1].trim() == ":",
        };
        if is_value {
            found.push((*text).to_owned());
        }
    }
    found
}

/// The ids that codes of the model stand for, and the attributes that each needs.
fn coded() -> Vec<(String, &'static [&'static str])> {
    let mut ids: Vec<(String, &'static [&'static str])> = Vec::new();
    let mut add = |family: &str, codes: Vec<String>, attributes: &'static [&'static str]| {
        assert!(codes.len() > 2, "{family} has codes: {codes:?}");
        ids.extend(codes.into_iter().map(|code| (format!("{family}-{}", code.replace('_', "-")), attributes)));
    };
    add("finding", FindingCode::ALL.iter().map(written).collect(), &[]);
    add("refusal", RefusalCode::ALL.iter().map(written).collect(), &["title"]);
    add("kind", Kind::ALL.iter().map(written).collect(), &[]);
    add("rule", RULES.iter().map(|(rule, _)| written(rule)).collect(), &[]);
    add("decided", DecidedCode::ALL.iter().map(written).collect(), &[]);
    add("need", NeedCode::ALL.iter().map(written).collect(), &[]);
    add("hint", variants::<Hint>(Some("hint")), &[]);
    add("outcome", variants::<Outcome>(Some("state")), &[]);
    add("device", variants::<DeviceStanding>(None), &[]);
    add("device-may", DeviceDeed::ALL.iter().map(written).collect(), &[]);
    add("state", CardState::ALL.iter().map(written).collect(), &[]);
    add("person-may", PersonDeed::ALL.iter().map(written).collect(), &[]);
    add("left-out", variants::<LeftOutReason>(None), &[]);
    add("change", variants::<Change>(Some("what")), &[]);
    ids
}

/// Whether an id (`message` or `message.attribute`) has a text.
fn has(messages: &Messages, id: &str) -> bool {
    match id.split_once('.') {
        Some((id, attribute)) => messages.get(id).is_some_and(|message| message.attributes.contains(attribute)),
        None => messages.get(id).is_some_and(|message| message.has_value),
    }
}

/// What one language lacks or has too much, held against another.
fn differences(language: &str, messages: &Messages, first: &Messages) -> Vec<String> {
    let mut wrong = Vec::new();
    let ids: BTreeSet<&String> = messages.keys().chain(first.keys()).collect();
    for id in ids {
        let (Some(here), Some(there)) = (messages.get(id), first.get(id)) else {
            let lacks = if messages.contains_key(id) { FIRST } else { language };
            wrong.push(format!("{id} is missing in {lacks}"));
            continue;
        };
        if here.has_value != there.has_value || here.attributes != there.attributes {
            wrong.push(format!(
                "{id} has the attributes {:?} in {language} and {:?} in {FIRST}",
                here.attributes, there.attributes
            ));
        }
        // A language that needs no plural may say it without the number; none may ask for what nobody gives.
        let odd: Vec<&String> = here.variables.difference(&there.variables).collect();
        if !odd.is_empty() {
            wrong.push(format!("{id} takes {odd:?} in {language}, which {FIRST} does not"));
        }
    }
    wrong
}

#[test]
fn every_file_of_words_reads() {
    let (_, wrong) = languages();
    report("words that do not read", &wrong);
}

#[test]
fn all_languages_say_the_same_with_the_same_values() {
    let all = all();
    let first = &all[FIRST];
    let wrong: Vec<String> =
        all.iter().flat_map(|(language, messages)| differences(language, messages, first)).collect();
    report("languages differ", &wrong);
}

#[test]
fn every_code_of_the_model_has_words_in_every_language() {
    let mut wrong = Vec::new();
    for (language, messages) in &all() {
        for (id, attributes) in coded() {
            let parts = std::iter::once(id.clone()).chain(attributes.iter().map(|name| format!("{id}.{name}")));
            wrong.extend(
                parts.filter(|part| !has(messages, part)).map(|part| format!("{part} is missing in {language}")),
            );
        }
    }
    report("codes without words", &wrong);
}

#[test]
fn every_text_that_the_interface_or_another_text_uses_is_there() {
    let all = all();
    let first = &all[FIRST];
    let mut wrong = Vec::new();
    for file in ending("ui", &[".ts", ".svelte"]) {
        if file.ends_with(".test.ts") || file.starts_with("ui/tests/") {
            continue;
        }
        for used in used_ids(&text(file).unwrap_or_default()) {
            // Up to a value that is put in: at least one id has to begin so.
            let there = match used.strip_suffix('*') {
                Some(begin) => {
                    begin.is_empty() || first.keys().any(|id| id.starts_with(begin.split('.').next().unwrap_or(begin)))
                }
                None => has(first, &used),
            };
            if !there {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    for (language, messages) in &all {
        for (id, message) in messages {
            let lacking = message.uses.iter().filter(|used| !messages.contains_key(*used));
            wrong.extend(lacking.map(|used| format!("{id} in {language} uses {used}")));
        }
    }
    report("words that are used and not there", &wrong);
}

#[test]
fn no_text_says_a_word_that_only_experts_use() {
    let all = all();
    let mut wrong = Vec::new();
    for (language, messages) in &all {
        for (id, message) in messages {
            let said = message.texts.iter().flat_map(|text| expert_words(text, language == FIRST));
            wrong.extend(said.map(|word| format!("{} {id}: {word}", message.file)));
        }
    }
    report("words of experts, see ux.md 3.1", &wrong);
}

#[test]
fn codes_are_read_off_the_model() {
    assert!(variants::<LeftOutReason>(None).contains(&"repeated_header".to_owned()));
    let changes = variants::<Change>(Some("what"));
    assert!(changes.contains(&"rows_added".to_owned()) && changes.contains(&"nothing".to_owned()), "{changes:?}");
    assert!(!changes.contains(&"what".to_owned()), "{changes:?}");
    let ids: Vec<String> = coded().into_iter().map(|(id, _)| id).collect();
    assert!(ids.contains(&"kind-date-time".to_owned()) && ids.contains(&"rule-has-title".to_owned()), "{ids:?}");
}

#[test]
fn each_difference_between_languages_is_seen() {
    let messages = |source: &str| {
        let mut messages = Messages::new();
        assert_eq!(read("words.ftl", source, &mut messages), Vec::<String>::new());
        messages
    };
    let english = messages(
        "rows = { $count ->\n    [one] 1 row\n   *[other] { $count } rows\n}\n    .title = { -thing }\n-thing = data product\n",
    );
    assert_eq!(english["rows"].variables.iter().collect::<Vec<_>>(), ["count"]);
    assert!(english["rows"].uses.contains("-thing") && has(&english, "rows.title") && !has(&english, "rows.button"));
    for (source, seen) in [
        ("rows = { $count } Zeilen\n    .title = Zeilen\n-thing = Datenprodukt\n", false),
        ("rows = Zeilen\n    .title = Zeilen\n-thing = Datenprodukt\n", false),
        ("rows = { $zahl } Zeilen\n    .title = Zeilen\n-thing = Datenprodukt\n", true),
        ("rows = { $count } Zeilen\n-thing = Datenprodukt\n", true),
        ("rows = { $count } Zeilen\n    .title = Zeilen\n", true),
        ("rows = { $count } Zeilen\n    .title = Zeilen\n-thing = Datenprodukt\nmore = x\n", true),
    ] {
        assert_eq!(!differences("de", &messages(source), &english).is_empty(), seen, "{source}");
    }
    let mut twice = Messages::new();
    assert_eq!(read("words.ftl", "a = x\na = y\nb {\n", &mut twice).len(), 2);
}
