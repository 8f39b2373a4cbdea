//! The benchmark on disk: the spoilt files in `csv`, the tables they stand for in `clean`.

use super::document::Document;
use super::{pollutions, weights};
use std::fs;
use std::path::{Path, PathBuf};

/// One file of the benchmark.
#[derive(Clone, Debug)]
pub struct Polluted {
    /// The file name.
    pub name: String,
    /// The kind of pollution, [`weights::group_of`].
    pub group: String,
    /// How much the file counts in the weighted score.
    pub weight: f64,
    /// Where the spoilt file lies.
    pub path: PathBuf,
    /// The spoilt file.
    pub bytes: Vec<u8>,
    /// The table a loader should get out of it: standard CSV, every cell quoted.
    pub clean: String,
}

impl Polluted {
    fn new(folder: &Path, name: &str, bytes: Vec<u8>, clean: String) -> Result<Polluted, String> {
        let weight = weights::weight_of(name).ok_or_else(|| format!("{name}: unknown pollution"))?;
        let (group, path) = (weights::group_of(name), folder.join("csv").join(name));
        Ok(Polluted { name: name.to_owned(), group, weight, path, bytes, clean })
    }
}

/// Writes the benchmark made from our own table into a folder.
///
/// # Errors
/// If a file cannot be written.
pub fn generate(folder: &Path) -> Result<Vec<Polluted>, String> {
    generate_from(folder, pollutions::SOURCE)
}

/// Writes the benchmark made from any sound table: comma, double quotes, no line break in a cell.
///
/// # Errors
/// If a file cannot be written.
pub fn generate_from(folder: &Path, source: &str) -> Result<Vec<Polluted>, String> {
    for part in ["csv", "clean"] {
        let part = folder.join(part);
        fs::create_dir_all(&part).map_err(|error| at(&part, &error))?;
    }
    let files = pollutions::all(source);
    files.iter().map(|(name, document)| put(folder, name, document)).collect()
}

fn put(folder: &Path, name: &str, document: &Document) -> Result<Polluted, String> {
    let file = Polluted::new(folder, name, document.render().into_bytes(), document.clean())?;
    let clean = folder.join("clean").join(name);
    fs::write(&file.path, &file.bytes).map_err(|error| at(&file.path, &error))?;
    fs::write(&clean, &file.clean).map_err(|error| at(&clean, &error))?;
    Ok(file)
}

/// Reads a benchmark back from its folder, in order of the names.
///
/// # Errors
/// If a file cannot be read, lacks its clean table or is not of the benchmark.
pub fn load(folder: &Path) -> Result<Vec<Polluted>, String> {
    let csv = folder.join("csv");
    let listing = fs::read_dir(&csv).map_err(|error| at(&csv, &error))?;
    let mut names = Vec::new();
    for entry in listing {
        let entry = entry.map_err(|error| at(&csv, &error))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    names.iter().map(|name| take(folder, name)).collect()
}

fn take(folder: &Path, name: &str) -> Result<Polluted, String> {
    let (spoilt, clean) = (folder.join("csv").join(name), folder.join("clean").join(name));
    let bytes = fs::read(&spoilt).map_err(|error| at(&spoilt, &error))?;
    let clean = fs::read_to_string(&clean).map_err(|error| at(&clean, &error))?;
    Polluted::new(folder, name, bytes, clean)
}

/// An error with the file it is about.
pub fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let folder = std::env::temp_dir().join(format!("pollock-{}", std::process::id()));
        let mut written = generate_from(&folder, "a,b\n1,2\n").unwrap();
        let read = load(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        written.sort_by(|one, other| one.name.cmp(&other.name));
        assert_eq!(written.len(), read.len());
        for (one, other) in written.iter().zip(&read) {
            assert_eq!((&one.name, &one.bytes), (&other.name, &other.bytes));
            assert_eq!((&one.clean, &one.group), (&other.clean, &other.group));
        }
    }
}
