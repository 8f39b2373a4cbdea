//! Which part of the interface may import which, who alone knows the window, and who alone writes markup from text.

use crate::tree::{ending, report, text};

/// The only door to the window.
const DOOR: &str = "ui/wire/call.ts";

/// The only component that may put text into the page as markup.
const MARKUP: &str = "ui/parts/Markup.svelte";

/// Folders whose components are plain, and what they must never import.
const PLAIN: [&str; 2] = ["ui/parts/", "ui/look/"];
const NEVER: [&str; 3] = ["wire", "state", "pages"];

/// Everything that a source imports, as it is written.
fn imports(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for begin in ["from", "import", "import(", "@import", "require("] {
        for (at, _) in source.match_indices(begin) {
            let before = source[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') {
                continue;
            }
            let rest = source[at + begin.len()..].trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`')) else {
                continue;
            };
            if let Some((what, _)) = rest[1..].split_once(quote).filter(|(what, _)| !what.contains('\n')) {
                found.push(what.to_owned());
            }
        }
    }
    found
}

/// The first folder below `ui` that an import leads to; `None` for packages.
fn leads_to(file: &str, import: &str) -> Option<String> {
    let mut path: Vec<&str> = file.split('/').collect();
    path.pop();
    if !import.starts_with('.') {
        // Also where somebody introduces an alias or a path from the root.
        let first = import.trim_start_matches(['$', '@', '~', '/']).split('/').next()?;
        return Some(first.to_owned());
    }
    for name in import.split('/') {
        match name {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    (path.first() == Some(&"ui")).then(|| path.get(1).map(|name| (*name).to_owned()))?
}

fn wrong_in(file: &str, source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for import in imports(source) {
        let to = leads_to(file, &import).unwrap_or_default();
        if PLAIN.iter().any(|folder| file.starts_with(folder)) && NEVER.contains(&to.as_str()) {
            wrong.push(format!("{file} imports {import}: it is plain and knows no {to}"));
        }
        if import.starts_with("@tauri-apps") && file != DOOR {
            wrong.push(format!("{file} imports {import}: only {DOOR} knows the window"));
        }
    }
    if file != MARKUP
        && ["{@html", ".innerHTML", ".outerHTML", "insertAdjacentHTML"].iter().any(|way| source.contains(way))
    {
        wrong.push(format!("{file} writes text as markup: only {MARKUP} may"));
    }
    wrong
}

#[test]
fn the_interface_imports_only_what_it_may() {
    let files = ending("ui", &[".ts", ".svelte", ".css", ".js"]);
    assert!(files.iter().any(|file| file.as_str() == DOOR), "{DOOR} is there");
    let wrong: Vec<String> =
        files.into_iter().flat_map(|file| wrong_in(file, &text(file).unwrap_or_default())).collect();
    report("imports that go the wrong way", &wrong);
}

#[test]
fn each_wrong_import_is_seen() {
    for (file, source, seen) in [
        ("ui/parts/Grid.svelte", "import { t } from '../state/words.svelte';", true),
        ("ui/parts/grid/Row.svelte", "import type { Kind } from \"../../wire/generated\";", true),
        ("ui/parts/Grid.svelte", "import '../pages/shelf/Shelf.svelte'", true),
        ("ui/parts/Grid.svelte", "const page = await import(`../pages/x`);", true),
        ("ui/parts/Grid.svelte", "import x from '$wire/generated';", true),
        ("ui/parts/Grid.svelte", "import x from './wire/local';", false),
        ("ui/parts/Grid.svelte", "import { scroll } from './scroll'; import '../look/base.css'", false),
        ("ui/look/base.css", "@import '../state/x.css';", true),
        ("ui/pages/shelf/Shelf.svelte", "import { call } from '../../wire/call';", false),
        ("ui/pages/shelf/Shelf.svelte", "import { invoke } from '@tauri-apps/api/core';", true),
        ("ui/wire/call.ts", "import { invoke } from '@tauri-apps/api/core';", false),
        ("ui/pages/shelf/Shelf.svelte", "<p>{@html summary}</p>", true),
        ("ui/parts/copy.ts", "node.innerHTML = text;", true),
        ("ui/parts/Markup.svelte", "{@html text}", false),
    ] {
        assert_eq!(!wrong_in(file, source).is_empty(), seen, "{file}: {source}");
    }
}
