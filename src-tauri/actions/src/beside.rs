//! The description that lies beside a data file in its folder: found by its name, read, and held against the file.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use larder_formats::described::{
    self, DescribeError, Described, DescribedColumn, DescribedTable, MAX_BYTES, Standard, is_description_name,
};
use larder_model::{ReadColumn, Reading, column_id};

/// So many descriptions in one folder are looked into.
const LOOKED_INTO: usize = 20;

/// A description that fits a file.
pub struct Beside {
    /// Its file's name.
    pub file_name: String,
    /// All that it says.
    pub described: Described,
    /// What it says about the file.
    pub table: DescribedTable,
}

/// A description that cannot be read.
pub struct Broken {
    /// Its file's name.
    pub file_name: String,
    /// The line where it breaks off, if it is about a line.
    pub line: Option<usize>,
}

/// What lies beside a file.
#[derive(Default)]
pub struct Found {
    /// The description that fits best.
    pub beside: Option<Beside>,
    /// The first one that is broken, where none fits.
    pub broken: Option<Broken>,
}

/// Looks for the description of a file that reads so. The language is that of the person, for texts given in several.
pub fn find(data: &Path, reading: &Reading, language: &str) -> Found {
    let mut broken = None;
    for (file_name, path) in candidates(data) {
        let described = match read(&path, &file_name, language) {
            Ok(Some(described)) => described,
            Ok(None) => continue,
            Err(error) => {
                broken = broken.or(Some(Broken { file_name, line: line_of(&error) }));
                continue;
            }
        };
        if let Some(table) = table_for(&described, data, reading) {
            return Found { beside: Some(Beside { file_name, described, table }), broken: None };
        }
    }
    Found { beside: None, broken }
}

/// Descriptions in the file's folder: first those that are named after the file, then those of the whole folder.
fn candidates(data: &Path) -> Vec<(String, PathBuf)> {
    let (Some(folder), Some(own)) = (data.parent(), data.file_name().map(|n| n.to_string_lossy().to_lowercase()))
    else {
        return Vec::new();
    };
    let stem = own.rsplit_once('.').map_or(own.as_str(), |(stem, _)| stem);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    let mut found: Vec<(String, PathBuf)> = named.filter(|(name, _)| is_description_name(name)).collect();
    found.sort_by_cached_key(|(name, _)| {
        let name = name.to_lowercase();
        let rank = match () {
            () if name.starts_with(&own) => 0,
            () if name.starts_with(stem) => 1,
            () if name.starts_with("datapackage") => 2,
            () => 3,
        };
        (rank, name)
    });
    found.truncate(LOOKED_INTO);
    found
}

fn read(path: &Path, name: &str, language: &str) -> Result<Option<Described>, DescribeError> {
    // A folder or a pipe of that name is no description.
    let Some(file) = path.is_file().then(|| File::open(path).ok()).flatten() else { return Ok(None) };
    let mut bytes = Vec::new();
    if file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).is_err() {
        return Ok(None);
    }
    described::read_in(name, &bytes, &[language])
}

fn line_of(error: &DescribeError) -> Option<usize> {
    match error {
        DescribeError::Broken { line, .. } => Some(*line),
        _ => None,
    }
}

/// The table that is about the file. By its name alone it could be another file's: its columns have to agree, with the
/// separator and the sheet that it names itself.
fn table_for(described: &Described, data: &Path, reading: &Reading) -> Option<DescribedTable> {
    let table = described::pick(described, &data.file_name()?.to_string_lossy())?;
    let named = described.standard != Standard::TableSchema || !table.columns.is_empty();
    let dialect = &table.dialect;
    let elsewhere = dialect.delimiter.is_some() && dialect.delimiter != reading.delimiter
        || dialect.sheet.as_ref().is_some_and(|sheet| *sheet != reading.sheet);
    (named && (elsewhere || fits(table, reading))).then(|| table.clone())
}

/// Whether the columns of a file are those that a table describes, as far as it does.
pub fn fits(table: &DescribedTable, reading: &Reading) -> bool {
    let known = known(table, reading);
    table.columns.is_empty() || known > 0 && known * 2 >= table.columns.len().min(reading.columns.len())
}

/// How many columns of a file a table describes.
pub fn known(table: &DescribedTable, reading: &Reading) -> usize {
    reading.columns.iter().filter(|read| column_for(table, read).is_some()).count()
}

/// What a table says about a column: by the header as it stands, or else by the name that is safe in files.
pub fn column_for<'t>(table: &'t DescribedTable, read: &ReadColumn) -> Option<&'t DescribedColumn> {
    let alike = |column: &&DescribedColumn| {
        let mut names = [&column.name, &column.id].into_iter().chain(&column.also_called);
        names.any(|name| column_id(name) == read.id)
    };
    table.column(&read.name).or_else(|| table.columns.iter().find(alike))
}
