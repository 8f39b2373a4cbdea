//! Nothing in the tree tells of the machine it was made on or of how it was made.

use crate::tree::{files, report, root, text};

/// Files that programs write and that hold names and sums of everything they fetched.
const LOCKS: [&str; 2] = ["Cargo.lock", "ui/package-lock.json"];

/// The only places that a lock file may send a fresh machine to.
const REGISTRIES: [&str; 2] = ["https://github.com/rust-lang/crates.io-index", "https://registry.npmjs.org/"];

/// Folders of one machine. Put together here, so that this file is not found by its own test.
fn folders() -> Vec<String> {
    ["work", "root", "tmp/brief"].map(|name| format!("/{name}/")).to_vec()
}

/// Words that stand alone.
fn words() -> Vec<String> {
    [
        ("cla", "ude"),
        ("anth", "ropic"),
        ("chatg", "pt"),
        ("open", "ai"),
        ("l", "lm"),
        ("l", "lms"),
        ("ai-gen", "erated"),
        ("ai gen", "erated"),
        ("language ", "model"),
    ]
    .map(|(begin, end)| format!("{begin}{end}"))
    .to_vec()
}

/// What of all that a line says.
fn said(line: &str, folders: &[String], words: &[String]) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '*' | '}' | '~');
    let alone = |text: &str, word: &str, joins: &dyn Fn(char) -> bool| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(joins) && (word.ends_with('/') || !after.is_some_and(joins))
        })
    };
    let lower = line.to_lowercase();
    let paths = folders.iter().filter(|folder| alone(line, folder, &is_name));
    let told = words.iter().filter(|word| alone(&lower, word, &|c: char| c.is_alphanumeric()));
    paths.chain(told).cloned().collect()
}

#[test]
fn no_file_tells_how_or_where_it_was_made() {
    let (folders, words, mut wrong) = (folders(), words(), Vec::new());
    for file in files().iter().filter(|file| !LOCKS.contains(&file.as_str())) {
        wrong.extend(said(file, &folders, &words).iter().map(|word| format!("{file}: its name says {word}")));
        for (line, content) in (1..).zip(text(file).unwrap_or_default().lines()) {
            wrong.extend(said(content, &folders, &words).iter().map(|word| format!("{file}:{line} says {word}")));
        }
    }
    report("traces of the machine or the making", &wrong);
}

#[test]
fn lock_files_send_a_fresh_machine_to_public_registries_only() {
    let mut wrong = Vec::new();
    for lock in LOCKS {
        let content = text(lock).unwrap_or_else(|| panic!("{lock} is text"));
        for line in content.lines().filter(|line| line.contains("\"resolved\":") || line.starts_with("source = ")) {
            if !REGISTRIES.iter().any(|registry| line.contains(registry)) {
                wrong.push(format!("{lock}: {}", line.trim()));
            }
        }
    }
    report("fetched from elsewhere", &wrong);
    assert!(!root().join("ui/yarn.lock").exists() && !root().join("ui/pnpm-lock.yaml").exists());
}

#[test]
fn each_trace_is_seen() {
    let (folders, words) = (folders(), words());
    let [work, root, _] = [&folders[0], &folders[1], &folders[2]];
    let name = &words[0];
    for (line, seen) in [
        (format!("cd {work}main"), true),
        (format!("\"{root}.cargo\""), true),
        (format!("at home{work}flows"), false),
        (format!("${{project}}{work}x"), false),
        (format!("written with {}", name.to_uppercase()), true),
        (format!("{name}tte, a name"), false),
        (format!("an {} did it", words[4]), true),
        ("homework/ and roots/".to_owned(), false),
    ] {
        assert_eq!(!said(&line, &folders, &words).is_empty(), seen, "{line}");
    }
}
