//! Reading: the first rows at once, and whole files, typed, profiled and kept.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::time::Instant;

use larder_formats::{Book, Input, Quiet, open, open_head};
use larder_model::Refusal;

use crate::data::COLUMNS;
use crate::process::Figures;

/// Rows that the check page asks for before the whole file was read, and rows of its first page.
const HEAD_ROWS: u64 = 400;
const PAGE_ROWS: u64 = 200;

fn input(path: &Path) -> Result<(String, Box<dyn Input>), String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = File::open(path).map_err(|error| format!("{name}: {error}"))?;
    Ok((name, Box::new(BufReader::with_capacity(1 << 20, file))))
}

fn refused(refusal: Refusal) -> String {
    refusal.to_string()
}

/// From a path to the first rows, understood, as the check page shows them.
pub fn first_rows(path: &Path) -> Result<Figures, String> {
    let begun = Instant::now();
    let (name, input) = input(path)?;
    let book = open_head(&name, input, &[], HEAD_ROWS).map_err(refused)?;
    let reading = book.read(&[]);
    let rows = book.window(&reading, 0, PAGE_ROWS);
    let took = begun.elapsed();
    if rows.len() as u64 != PAGE_ROWS || reading.columns.len() != COLUMNS.len() {
        return Err(format!("{} rows of {} columns", rows.len(), reading.columns.len()));
    }
    let mut figures = Figures::default();
    figures.took("first-rows", took);
    Ok(figures)
}

/// From a path to a typed table, on to its profile, and on to the file in which it is kept. `kind` begins the keys.
pub fn whole(kind: &str, path: &Path, rows: u64, keep: Option<&Path>) -> Result<Figures, String> {
    let mut figures = Figures::default();
    let begun = Instant::now();
    let (name, input) = input(path)?;
    let book: Book = open(&name, input, &[], &Quiet).map_err(refused)?;
    let reading = book.read(&[]);
    let table = book.table(&reading, &Quiet).map_err(refused)?;
    figures.took(&format!("{kind}-typed"), begun.elapsed());
    let profile = larder_tables::profile(&table);
    figures.took(&format!("{kind}-profiled"), begun.elapsed());
    if table.rows() != rows || profile.rows != rows || profile.columns.len() != COLUMNS.len() {
        return Err(format!("{} rows of {} columns were read", table.rows(), profile.columns.len()));
    }
    if let Some(keep) = keep {
        let begun = Instant::now();
        let file = File::create(keep).map_err(|error| format!("{}: {error}", keep.display()))?;
        larder_tables::write_parquet(&table, BufWriter::new(file)).map_err(refused)?;
        figures.took("parquet", begun.elapsed());
    }
    Ok(figures)
}
