//! The project's own files.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Folders that hold what is made or fetched, where git cannot say so.
const NOT_OURS: [&str; 8] = [".git", "target", "node_modules", "dist", "artifacts", ".venv", "__pycache__", "gen"];

/// The project's folder.
pub fn root() -> PathBuf {
    larder_tests::root()
}

/// Every file that is or would be committed, relative to the project's folder, with `/` between names, in order.
pub fn files() -> &'static [String] {
    static FILES: OnceLock<Vec<String>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = from_git().unwrap_or_else(from_folders);
        files.retain(|file| root().join(file).is_file());
        files.sort();
        files.dedup();
        assert!(files.iter().any(|file| file == "Cargo.toml"), "the project's files were not found");
        files
    })
}

fn from_git() -> Option<Vec<String>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success() && !output.stdout.is_empty())?;
    let names = String::from_utf8(listed.stdout).ok()?;
    Some(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Without git, as in an unpacked archive of the sources.
fn from_folders() -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let (name, kind) = (entry.file_name(), entry.file_type().unwrap());
            let path = folder.join(&name);
            if kind.is_dir() && !NOT_OURS.contains(&name.to_string_lossy().as_ref()) {
                folders.push(path);
            } else if kind.is_file() {
                let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
                files.push(names.join("/"));
            }
        }
    }
    files
}

/// The files with one of these endings below a folder ("" for all).
pub fn ending(folder: &str, endings: &[&str]) -> Vec<&'static String> {
    let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let fits = |file: &&String| file.starts_with(&below) && endings.iter().any(|end| file.ends_with(end));
    files().iter().filter(fits).collect()
}

/// The text of a file; `None` where it is not text.
pub fn text(file: &str) -> Option<String> {
    let bytes = std::fs::read(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    if bytes.contains(&0) { None } else { String::from_utf8(bytes).ok() }
}

/// Whether a file is made by a program from others.
pub fn is_generated(file: &str) -> bool {
    [crate::generated::WIRE, crate::faults::TABLE].contains(&file)
}

/// Fails with one line for each thing that is wrong.
pub fn report(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{what}:\n  {}\n", wrong.join("\n  "));
}

#[test]
fn both_ways_of_listing_find_the_same_sources() {
    let of_ours = |files: Vec<String>| -> Vec<String> {
        let mut sources: Vec<String> =
            files.into_iter().filter(|file| file.ends_with(".rs") && Path::new(&root()).join(file).is_file()).collect();
        sources.sort();
        sources
    };
    if let Some(listed) = from_git() {
        assert_eq!(of_ours(listed), of_ours(from_folders()));
    }
}
