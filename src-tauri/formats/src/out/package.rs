//! The folder of a published data product, as it lies under `Current/`: for people with a browser and Excel, and for
//! every tool that reads Frictionless Data Package 2.0.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use larder_model::{Card, Refusal, RefusalCode, column_id, safe_title, with_ending};
use larder_tables::{Table, write_parquet};
use sha2::{Digest, Sha256};

pub use super::descriptor::datapackage_json;
pub use super::label_page::index_html;
pub use super::shelf_page::{ShelfEntry, shelf_html};
use super::xlsx::SHEET_COLUMNS;
use super::{About, Names, PageWords, licence, write_csv, write_xlsx};

/// What a package is made of.
#[derive(Clone, Copy)]
pub struct PackageInput<'a> {
    /// The release.
    pub card: &'a Card,
    /// Its rows; none where only the label is on the shelf.
    pub table: Option<&'a Table>,
    /// The shelf's name.
    pub shelf_name: &'a str,
    /// The words.
    pub words: &'a dyn PageWords,
    /// The business; may be empty.
    pub organisation: &'a str,
}

/// A file of a package that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNote {
    /// Its name inside the package, steps separated by `/`.
    pub path: String,
    /// Its size.
    pub size_bytes: u64,
    /// sha256 of its bytes, in base 16.
    pub sha256: String,
}

impl FileNote {
    /// Media type by its ending, as IANA registers them.
    pub fn media_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("csv") => "text/csv",
            Some("parquet") => "application/vnd.apache.parquet",
            Some("html") => "text/html",
            Some("txt") => "text/plain",
            _ => "application/octet-stream",
        }
    }
}

/// The name of a table in packages: letters, digits and `_` only, never empty, safe as a file's name everywhere.
pub fn slug(title: &str) -> String {
    match column_id(title) {
        id if id.is_empty() => "table".to_owned(),
        // Device names of Windows get a `_` in front, which is as good here.
        id => safe_title(&id),
    }
}

/// The name of the workbook; none where the table has more columns than a sheet takes.
pub(crate) fn workbook_name(card: &Card, table: &Table) -> Option<String> {
    (table.columns().len() <= SHEET_COLUMNS).then(|| with_ending(&safe_title(&card.label.title), ".xlsx"))
}

/// Writes a package into `dir`, which is made if it is not there; files of the same names are written over. Gives the
/// names that were written, `/` between steps: `<title>.xlsx`, `data/<slug>.csv`, `data/<slug>.parquet`,
/// `datapackage.json`, `LICENSE.txt`, `index.html`. Without rows: the last three, and nothing that shows a value.
///
/// The same release always gives the same bytes. Not atomic: write into a folder of your own, then move.
pub fn write_package(dir: &Path, input: PackageInput) -> Result<Vec<String>, Refusal> {
    let label = &input.card.label;
    std::fs::create_dir_all(dir).map_err(|error| Refusal::from_io(&error, &name_of(dir)))?;
    let mut names = Vec::new();
    let mut described = Vec::new();
    if let Some(table) = input.table {
        let data = dir.join("data");
        std::fs::create_dir_all(&data).map_err(|error| Refusal::from_io(&error, "data"))?;
        if let Some(name) = workbook_name(input.card, table) {
            let about = About { card: input.card, link: input.shelf_name, generated_at: None, words: input.words };
            write_file(dir, &name, |out| write_xlsx(table, &label.title, Some(&about), out))?;
            names.push(name);
        }
        let slug = slug(&label.title);
        described.push(write_file(dir, &format!("data/{slug}.csv"), |out| write_csv(table, Names::Ids, out))?);
        described.push(write_file(dir, &format!("data/{slug}.parquet"), |out| write_parquet(table, out))?);
    }
    let page = write_text(dir, "index.html", &index_html(&input))?;
    let terms = write_text(dir, "LICENSE.txt", &licence::text(label, input.organisation, input.words))?;
    if input.table.is_none() {
        // The standard wants at least one resource.
        described.push(page.clone());
    }
    let description = serde_json::to_string_pretty(&datapackage_json(&input, &described))
        .map_err(|error| Refusal::new(RefusalCode::Bug).with("detail", error.to_string()))?;
    let description = write_text(dir, "datapackage.json", &format!("{description}\n"))?;
    if input.table.is_some() {
        names.extend(described.into_iter().map(|file| file.path));
    }
    names.extend([description.path, terms.path, page.path]);
    Ok(names)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn write_text(dir: &Path, name: &str, text: &str) -> Result<FileNote, Refusal> {
    write_file(dir, name, |out| out.write_all(text.as_bytes()).map_err(|error| Refusal::from_io(&error, name)))
}

/// Writes a file of the package, counting and hashing on the way.
fn write_file(
    dir: &Path,
    name: &str,
    write: impl FnOnce(&mut Hashing<BufWriter<File>>) -> Result<(), Refusal>,
) -> Result<FileNote, Refusal> {
    let path = name.split('/').fold(dir.to_path_buf(), |path, step| path.join(step));
    let failed = |error: std::io::Error| Refusal::from_io(&error, name);
    let file = File::create(&path).map_err(failed)?;
    let mut out = Hashing { inner: BufWriter::with_capacity(1 << 16, file), sha256: Sha256::new(), size_bytes: 0 };
    write(&mut out).map_err(|refusal| refusal.with("file", name))?;
    out.flush().map_err(failed)?;
    Ok(FileNote {
        path: name.to_owned(),
        size_bytes: out.size_bytes,
        sha256: out.sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

struct Hashing<W> {
    inner: W,
    sha256: Sha256,
    size_bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.size_bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
#[path = "package_tests.rs"]
mod tests;
