//! Looking at files without keeping anything: inspect, convert, profile.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use larder_formats::{Book, Quiet};
use larder_model::{Choice, Finding, Profile, Reading, Refusal, RefusalCode, TableSpot};
use larder_tables::Table;
use serde::Serialize;

use crate::described;
use crate::reading_job::input;
use crate::wire::Password;

/// What `larder inspect` tells.
#[derive(Debug, Serialize)]
pub struct Inspection {
    file: String,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    described: Option<InspectedDescription>,
    tables: Vec<InspectedTable>,
}

/// The description that lies beside a file.
#[derive(Debug, Serialize)]
pub struct InspectedDescription {
    /// Its file's name.
    pub file: String,
    /// Columns that it describes.
    pub columns: usize,
}

/// One table of a file.
#[derive(Debug, Serialize)]
pub struct InspectedTable {
    sheet: String,
    range: String,
    header: Vec<String>,
    rows: u64,
    columns: Vec<InspectedColumn>,
    findings: Vec<Finding>,
}

/// One column of a table.
#[derive(Debug, Serialize)]
pub struct InspectedColumn {
    /// Its name.
    pub name: String,
    /// `integer`, `number`, `boolean`, `date`, `datetime`, `time` or `string`.
    #[serde(rename = "type")]
    pub kind_type: &'static str,
    /// What it holds, finer than the type.
    pub kind: &'static str,
    /// How its values are written.
    pub format: String,
    /// Empty cells.
    pub empty: u64,
    /// Different values.
    pub distinct: u64,
    /// The first values as they stand in the file.
    pub examples: Vec<String>,
}

impl Inspection {
    /// The description that lies beside it.
    pub fn described(&self) -> Option<&InspectedDescription> {
        self.described.as_ref()
    }

    /// Its tables in the order of the sheets.
    pub fn tables(&self) -> &[InspectedTable] {
        &self.tables
    }
}

impl InspectedTable {
    /// The sheet's name; empty for text.
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Where it lies, such as `A4:E816`.
    pub fn range(&self) -> &str {
        &self.range
    }

    /// Its columns.
    pub fn columns(&self) -> &[InspectedColumn] {
        &self.columns
    }

    /// What was assumed and what is odd.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// Everything found in a file: every table of every sheet, as it would be read.
pub fn inspect(path: &Path, password: Option<&Password>) -> Result<Inspection, Refusal> {
    let file = Looked::at(path, password)?;
    let first = file.open(&[])?;
    let reading = first.read(&[]);
    let mut tables = Vec::new();
    let sheets: Vec<String> = reading.sheets.iter().map(|s| s.name.clone()).collect();
    if sheets.len() <= 1 {
        tables.extend(tables_of(&first, &[]));
    } else {
        for sheet in sheets {
            let choices = [Choice::Sheet { sheet }];
            tables.extend(tables_of(&file.open(&choices)?, &choices));
        }
        // An empty sheet is no table.
        tables.retain(|t| t.rows > 0 || !t.header.is_empty());
    }
    let described = described::look(path, &reading).map(|(file, columns)| InspectedDescription { file, columns });
    Ok(Inspection { file: file.name, format: reading.format.as_str(), described, tables })
}

fn tables_of(book: &Book, choices: &[Choice]) -> Vec<InspectedTable> {
    let found = book.read(choices).tables.len();
    (0..found.max(1) as u32)
        .map(|index| {
            let mut choices = choices.to_vec();
            if found > 1 {
                choices.push(Choice::Table { index });
            }
            inspected(&book.read(&choices))
        })
        .collect()
}

fn inspected(reading: &Reading) -> InspectedTable {
    let spot = reading.tables.get(reading.table as usize);
    InspectedTable {
        sheet: reading.sheet.clone(),
        range: spot.map(|t| t.span.a1()).unwrap_or_default(),
        header: if spot.is_some_and(|s| s.header_rows.is_empty()) {
            Vec::new()
        } else {
            reading.columns.iter().map(|c| c.name.clone()).collect()
        },
        rows: reading.rows,
        columns: reading
            .columns
            .iter()
            .map(|c| InspectedColumn {
                name: c.name.clone(),
                kind_type: c.kind.table_schema_type(),
                kind: c.kind.as_str(),
                format: c.format.clone(),
                empty: c.empty,
                distinct: c.distinct,
                examples: c.examples.clone(),
            })
            .collect(),
        findings: reading.findings.clone(),
    }
}

/// A file that is looked at, perhaps more than once.
struct Looked<'a> {
    path: &'a Path,
    name: String,
    /// Its bytes without their lock, where it was locked.
    unlocked: Option<Arc<[u8]>>,
}

impl<'a> Looked<'a> {
    fn at(path: &'a Path, password: Option<&Password>) -> Result<Looked<'a>, Refusal> {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let about = std::fs::metadata(path).map_err(|e| Refusal::from_io(&e, &name))?;
        if about.is_dir() {
            return Err(Refusal::new(RefusalCode::IsAFolder).with("file", name));
        }
        if about.len() == 0 {
            return Err(Refusal::new(RefusalCode::Empty).with("file", name));
        }
        let unlock = |password: &Password| larder_formats::unlock(&name, input(path, &name)?, password.typed(), &Quiet);
        let unlocked = password.map(unlock).transpose()?.map(Arc::from);
        Ok(Looked { path, name, unlocked })
    }

    fn open(&self, choices: &[Choice]) -> Result<Book, Refusal> {
        let input = match &self.unlocked {
            Some(bytes) => Box::new(Cursor::new(bytes.clone())),
            None => input(self.path, &self.name)?,
        };
        larder_formats::open(&self.name, input, choices, &Quiet)
    }
}

/// In which form a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConvertTo {
    /// Text with commas.
    Csv,
    /// Excel workbook.
    Xlsx,
    /// Parquet.
    Parquet,
    /// Text with commas, every cell as it stands in the file.
    Raw,
}

/// Writes one table of a file (0 is the first over all sheets; none takes the one that Larder would take) typed to `out`.
pub fn convert(
    path: &Path,
    password: Option<&Password>,
    table: Option<u32>,
    to: ConvertTo,
    out: &mut dyn Write,
) -> Result<(), Refusal> {
    let found = Looked::at(path, password).and_then(|file| table_of(&file, table));
    let (book, reading) = match (found, to) {
        // Nothing as it stands is nothing.
        (Err(refusal), ConvertTo::Raw) if refusal.code == RefusalCode::Empty => return Ok(()),
        (found, ConvertTo::Raw) if table.is_none() => found.map(first_of_stack)?,
        (found, _) => found?,
    };
    let failed = |e: std::io::Error| Refusal::from_io(&e, "out");
    match to {
        ConvertTo::Raw => {
            for row in book.raw_rows(&reading) {
                out.write_all(csv_line(&row).as_bytes()).map_err(failed)?;
            }
            out.flush().map_err(failed)
        }
        ConvertTo::Csv => {
            let table = book.table(&reading, &Quiet)?;
            larder_formats::out::write_csv(&table, larder_formats::out::Names::Titles, out)
        }
        ConvertTo::Parquet => {
            let table = book.table(&reading, &Quiet)?;
            let mut bytes = Vec::new();
            larder_tables::write_parquet(&table, &mut bytes)?;
            out.write_all(&bytes).map_err(failed)
        }
        ConvertTo::Xlsx => {
            let table = book.table(&reading, &Quiet)?;
            let mut bytes = Vec::new();
            larder_formats::out::write_xlsx(&table, reading.sheet.as_str(), None, &mut bytes)?;
            out.write_all(&bytes).map_err(failed)
        }
    }
}

/// One row as standard CSV (RFC 4180) with a line feed.
fn csv_line(cells: &[String]) -> String {
    let quoted = cells.iter().map(|cell| {
        let needs = cell.contains([',', '"', '\n', '\r']) || (cells.len() == 1 && cell.is_empty());
        if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    });
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

fn table_of(file: &Looked<'_>, table: Option<u32>) -> Result<(Book, Arc<Reading>), Refusal> {
    let book = file.open(&[])?;
    let reading = book.read(&[]);
    let Some(wanted) = table else {
        return Ok((book, Arc::new(reading)));
    };
    let mut left = wanted;
    let sheets: Vec<String> = reading.sheets.iter().map(|s| s.name.clone()).collect();
    let mut book = book;
    for sheet in sheets {
        let mut choices = Vec::new();
        if sheet != reading.sheet {
            choices.push(Choice::Sheet { sheet: sheet.clone() });
            book = file.open(&choices)?;
        }
        let found = book.read(&choices).tables.len() as u32;
        if left < found {
            choices.push(Choice::Table { index: left });
            let reading = Arc::new(book.read(&choices));
            return Ok((book, reading));
        }
        left -= found;
    }
    Err(Refusal::new(RefusalCode::Unknown).with("what", format!("table {wanted}")))
}

/// Of tables of about one size over each other the first.
fn first_of_stack((book, reading): (Book, Arc<Reading>)) -> (Book, Arc<Reading>) {
    let rows = |t: &TableSpot| t.span.last_row + 1 - t.span.first_row;
    let Some(chosen) = reading.tables.get(reading.table as usize) else { return (book, reading) };
    let stands_over = |t: &&TableSpot| t.span.last_row < chosen.span.first_row && rows(t) * 2 >= rows(chosen);
    match reading.tables.iter().position(|t| stands_over(&t)) {
        Some(first) => {
            let reading = Arc::new(book.read(&[Choice::Table { index: first as u32 }]));
            (book, reading)
        }
        None => (book, reading),
    }
}

/// What the columns of a file's table hold.
pub fn profile(path: &Path, password: Option<&Password>) -> Result<(Table, Profile), Refusal> {
    let (book, reading) = table_of(&Looked::at(path, password)?, None)?;
    let table = book.table(&reading, &Quiet)?;
    let profile = larder_tables::profile(&table);
    Ok((table, profile))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_line_breaks_survive_as_csv() {
        let line = csv_line(&["a\"b".into(), "c,d".into(), "e\nf".into(), "g".into()]);
        assert_eq!(line, "\"a\"\"b\",\"c,d\",\"e\nf\",g\n");
    }
}
