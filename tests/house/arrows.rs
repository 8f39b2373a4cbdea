//! Which room may know which, and which room alone may know a library.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::metadata::{list, rooms, text};
use crate::tree::{ending, report, text as read};

/// The arrows of the architecture: a room and the rooms that it may know. What tests cross rooms may know all of them.
const ARROWS: &[(&str, &[&str])] = &[
    ("larder-model", &[]),
    ("larder-tables", &["larder-model"]),
    ("larder-formats", &["larder-model", "larder-tables"]),
    ("larder-catalog", &["larder-model"]),
    ("larder-shelf", &["larder-model"]),
    ("larder-recipes", &["larder-model", "larder-tables"]),
    (
        "larder-actions",
        &["larder-model", "larder-tables", "larder-formats", "larder-catalog", "larder-shelf", "larder-recipes"],
    ),
    ("larder-desktop", &["larder-model", "larder-actions"]),
    ("larder-cli", &["larder-model", "larder-actions"]),
];

/// What tests cross rooms.
const TESTS: &str = "larder-tests";

/// Libraries that one room alone may know. A name ending in `*` stands for all that begin so.
const OWNERS: &[(&str, &str)] = &[
    ("tauri*", "larder-desktop"),
    ("rusqlite", "larder-catalog"),
    ("libsqlite3-sys", "larder-catalog"),
    ("calamine", "larder-formats"),
    ("rust_xlsxwriter", "larder-formats"),
    ("parquet", "larder-tables"),
    ("ed25519-dalek", "larder-shelf"),
    ("curve25519-dalek", "larder-shelf"),
    ("age", "larder-shelf"),
    ("russh*", "larder-shelf"),
    ("reqwest", "larder-shelf"),
    ("rustls", "larder-shelf"),
    ("clap", "larder-cli"),
];

/// The model is pure: these are all the libraries that it may know.
const MODEL_KNOWS: &[&str] = &["jiff", "serde", "serde_json", "ts-rs", "unicode-normalization"];

/// What the sources of a room must not say, with the reason.
const UNSAID: &[(&str, &[&str], &str)] = &[
    (
        "src-tauri/model/src",
        &["std::fs", "std::env", "std::net", "std::process", "std::time", "::now()", "async fn", ".await"],
        "the model reads no file, clock or random number and is never async",
    ),
    ("src-tauri/actions/src", &["tauri::", "tauri_"], "actions know no window"),
];

/// Every dependency that goes against the architecture.
fn wrong_arrows(metadata: &Value) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in list(metadata, "packages") {
        let room = text(package, "name");
        if room == TESTS {
            continue;
        }
        let Some(may_know) = allowed.get(room) else {
            wrong.push(format!("{room} has no row in ARROWS"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let name = text(dependency, "name");
            let is_room = name.starts_with("larder-");
            if is_room && !may_know.contains(&name) {
                wrong.push(format!("{room} must not know {name}"));
            }
            for (library, owner) in OWNERS {
                let fits = library.strip_suffix('*').map_or(name == *library, |begin| name.starts_with(begin));
                if fits && room != *owner {
                    wrong.push(format!("{room} must not know {name}: only {owner} does"));
                }
            }
            if room == "larder-model" && !is_room && !MODEL_KNOWS.contains(&name) {
                wrong.push(format!("{room} must not know {name}: it is pure"));
            }
        }
    }
    wrong
}

#[test]
fn rooms_know_only_the_rooms_and_libraries_that_they_may() {
    assert!(list(rooms(), "packages").len() > 5, "the workspace has rooms");
    report("arrows that go the wrong way", &wrong_arrows(rooms()));
}

#[test]
fn sources_do_not_say_what_their_room_must_never() {
    let mut wrong = Vec::new();
    for (folder, unsaid, why) in UNSAID {
        let files = ending(folder, &[".rs"]);
        assert!(!files.is_empty(), "{folder} has sources");
        for file in files {
            let source = crate::sizes::without_comments_and_texts(&read(file).unwrap_or_default());
            let said = unsaid.iter().filter(|word| source.contains(**word));
            wrong.extend(said.map(|word| format!("{file} says {word}: {why}")));
        }
    }
    report("said where it must never be", &wrong);
}

#[test]
fn each_wrong_arrow_is_seen() {
    let package = |name: &str, dependencies: &[&str]| {
        let dependencies: Vec<Value> = dependencies.iter().map(|name| json!({ "name": name, "kind": null })).collect();
        json!({ "name": name, "dependencies": dependencies })
    };
    for (room, knows, seen) in [
        ("larder-model", "larder-tables", true),
        ("larder-model", "tokio", true),
        ("larder-model", "serde", false),
        ("larder-tables", "larder-formats", true),
        ("larder-formats", "larder-tables", false),
        ("larder-catalog", "larder-shelf", true),
        ("larder-catalog", "rusqlite", false),
        ("larder-actions", "rusqlite", true),
        ("larder-actions", "tauri-plugin-dialog", true),
        ("larder-desktop", "tauri-plugin-dialog", false),
        ("larder-desktop", "larder-catalog", true),
        ("larder-cli", "larder-actions", false),
        ("larder-tests", "rusqlite", false),
        ("larder-attic", "serde", true),
    ] {
        let metadata = json!({ "packages": [package(room, &[knows])] });
        assert_eq!(!wrong_arrows(&metadata).is_empty(), seen, "{room} knows {knows}");
    }
}
