//! Reading: the first rows at once, and whole files, typed, profiled and kept.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::time::Instant;

use larder_formats::{Book, Input, Quiet, open, open_head};
use larder_model::{Choice, Kind, Refusal};

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
    head("first-rows", path)
}

/// The same under another key.
pub fn head(key: &str, path: &Path) -> Result<Figures, String> {
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
    figures.took(key, took);
    Ok(figures)
}

/// From a path to a typed table and its profile; what there was before is let go, as the program does.
pub fn large(key: &str, path: &Path, rows: u64) -> Result<Figures, String> {
    let mut figures = Figures::default();
    let begun = Instant::now();
    let (name, input) = input(path)?;
    let book = open(&name, input, &[], &Quiet).map_err(refused)?;
    let reading = book.read(&[]);
    let table = book.table(&reading, &Quiet).map_err(refused)?;
    let profile = larder_tables::profile(&table);
    figures.took(key, begun.elapsed());
    if table.rows() != rows || profile.columns.len() != COLUMNS.len() {
        return Err(format!("{} rows of {} columns were read", table.rows(), profile.columns.len()));
    }
    Ok(figures)
}

/// One choice changed on a file that was read: the new reading and its first page; then with other columns to work out.
pub fn choice(path: &Path) -> Result<Figures, String> {
    let (name, input) = input(path)?;
    let book = open(&name, input, &[], &Quiet).map_err(refused)?;
    let reading = book.read(&[]);
    let column = &reading.columns[5].id;
    let mut figures = Figures::default();
    for choice in [
        Choice::Kind { column: column.clone(), kind: Kind::Text },
        Choice::Totals { keep: true },
        Choice::Row { row: 7, keep: false },
        Choice::Duplicates { keep: false },
        Choice::NoHeader,
        Choice::EmptyWord { word: "card".into(), empty: true },
    ] {
        let begun = Instant::now();
        let reading = book.read(&[choice]);
        let rows = book.window(&reading, 0, PAGE_ROWS);
        figures.took("choice", begun.elapsed());
        if rows.len() as u64 != PAGE_ROWS {
            return Err(format!("{} rows", rows.len()));
        }
    }
    Ok(figures)
}

/// Every cell of a workbook's first sheet through calamine, in Rust.
pub fn cells_of_calamine(key: &str, path: &Path) -> Result<Figures, String> {
    use calamine::{Data, Reader, open_workbook_auto};
    let begun = Instant::now();
    let mut book = open_workbook_auto(path).map_err(|error| error.to_string())?;
    let range = book.worksheet_range_at(0).ok_or("no sheet")?.map_err(|error| error.to_string())?;
    let filled = range.rows().flatten().filter(|cell| **cell != Data::Empty).count();
    let mut figures = Figures::default();
    figures.took(key, begun.elapsed());
    if filled < range.height() { Err(format!("{filled} cells")) } else { Ok(figures) }
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
