//! Descriptions with values where nobody expects them: reading ends without a panic and every path stays safe.

use crate::common::{Dice, check};
use larder_formats::described;
use larder_formats::described::read_in;
use serde_json::{Value, json};

/// All places of a value, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| places(item, &format!("{at}/{number}"), into));
        }
        Value::Object(entries) => {
            let escape = |name: &str| name.replace('~', "~0").replace('/', "~1");
            entries.iter().for_each(|(name, item)| places(item, &format!("{at}/{}", escape(name)), into));
        }
        _ => {}
    }
}

fn strange(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("../x"),
        json!("{model}"),
        json!("\u{0}"),
        json!([]),
        json!({}),
        json!([[]]),
        json!([null]),
        json!({ "": "" }),
        json!({ "de": "x", "en": ["y"] }),
        json!("é".repeat(3000)),
    ];
    values[dice.roll(values.len())].clone()
}

#[test]
fn any_value_may_stand_anywhere() {
    let rounds: usize = std::env::var("MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(100);
    let read = |name: String| Some((serde_json::from_slice::<Value>(&crate::common::bytes(&name)).ok()?, name));
    let fixtures: Vec<(Value, String)> =
        crate::common::all().into_iter().filter(|name| name.ends_with(".json")).filter_map(read).collect();
    let mut dice = Dice(0xD1B5_4A32_D192_ED03);
    let mut understood = 0;
    for _ in 0..rounds {
        for (value, name) in &fixtures {
            let mut changed = value.clone();
            for _ in 0..=dice.roll(4) {
                let mut all = Vec::new();
                places(&changed, "", &mut all);
                let from = changed.pointer(&all[dice.roll(all.len())]).cloned().unwrap_or_default();
                let new = if dice.roll(2) == 0 { strange(&mut dice) } else { from };
                if let Some(slot) = changed.pointer_mut(&all[1 + dice.roll(all.len() - 1)]) {
                    *slot = new;
                }
                if !changed.is_object() {
                    break;
                }
            }
            let text = changed.to_string();
            if let Ok(Some(described)) = read_in(name, text.as_bytes(), &[]) {
                understood += 1;
                check(&described);
            }
        }
    }
    assert!(understood > rounds * fixtures.len() / 2, "{understood} understood in {rounds} rounds");
}

/// An unknown name in any object, and any value of a wrong shape, is told: itself, or something around it.
#[test]
fn nothing_is_dropped_without_a_note() {
    let names =
        ["v1/datapackage.json", "v2/datapackage.json", "csvw/csv-metadata.json", "odcs/v3.odcs.json", "odcs/v2.json"];
    let mut silent = Vec::new();
    for name in names {
        let value: Value = serde_json::from_slice(&crate::common::bytes(name)).expect("JSON");
        let mut all = Vec::new();
        places(&value, "", &mut all);
        for place in all {
            let mut changed = value.clone();
            let odd = match changed.pointer_mut(&place) {
                Some(Value::Object(entries)) => {
                    entries.insert("odd name".to_owned(), json!(1));
                    format!("{place}/odd name")
                }
                Some(slot @ (Value::String(_) | Value::Number(_) | Value::Bool(_))) => {
                    *slot = json!({ "odd name": 1 });
                    place
                }
                _ => continue,
            };
            let Ok(Some(described)) = read_in(name, changed.to_string().as_bytes(), &[]) else { continue };
            let told = |note: &described::Note| {
                odd == note.place
                    || odd.strip_prefix(note.place.as_str()).is_some_and(|rest| rest.starts_with('/'))
                    || note.place.starts_with(&odd)
            };
            if !described.notes.iter().any(told) {
                silent.push(format!("{name} {odd}"));
            }
        }
    }
    assert!(silent.is_empty(), "{} silent: {silent:#?}", silent.len());
}
