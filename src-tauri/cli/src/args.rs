//! The words of the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Larder from a terminal: read spreadsheets, describe them, put them on the team's shelf, use what colleagues put there.
#[derive(Debug, Parser)]
#[command(name = "larder", version, disable_help_subcommand = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// In which form a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Text with commas.
    Csv,
    /// Excel workbook.
    Xlsx,
    /// Parquet.
    Parquet,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Tell how a file would be read: tables, columns, what was assumed.
    Inspect {
        /// The spreadsheet.
        file: PathBuf,
        /// For a locked file: read its password from standard input, up to the end of the first line.
        #[arg(long)]
        password_stdin: bool,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Write a file's table in another form; csv on standard output by default.
    Convert {
        /// The spreadsheet.
        file: PathBuf,
        /// For a locked file: read its password from standard input, up to the end of the first line.
        #[arg(long)]
        password_stdin: bool,
        /// Which table, 0 is the first over all sheets.
        #[arg(long, value_name = "N")]
        table: Option<u32>,
        /// The form.
        #[arg(long, value_enum, conflicts_with = "raw")]
        to: Option<Form>,
        /// Every cell as it stands in the file, as csv; a header row only if the file has one.
        #[arg(long)]
        raw: bool,
        /// Write here instead of standard output.
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
    },
    /// Tell what each column holds.
    Profile {
        /// The spreadsheet.
        file: PathBuf,
        /// For a locked file: read its password from standard input, up to the end of the first line.
        #[arg(long)]
        password_stdin: bool,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// The shelf of this home.
    Shelf {
        /// What to do with it.
        #[command(subcommand)]
        verb: ShelfVerb,
    },
    /// Say who you are, or show it.
    Whoami {
        /// Your name.
        #[arg(long)]
        name: Option<String>,
        /// Your e-mail address.
        #[arg(long, requires = "name")]
        email: Option<String>,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Bring files in, or all spreadsheets of a folder as one where their columns agree.
    Import {
        /// The spreadsheets, or folders of them.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// For locked files: read their password from standard input, up to the end of the first line.
        #[arg(long)]
        password_stdin: bool,
        /// The data product that they go on with, or the name of a new one.
        #[arg(long, value_name = "NAME")]
        product: Option<String>,
        /// In place of the rows before.
        #[arg(long, requires = "product", conflicts_with = "append")]
        replace: bool,
        /// Added to the rows before.
        #[arg(long, requires = "product")]
        append: bool,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Write on the label of a draft.
    Describe {
        /// The draft's name or file.
        product: String,
        /// Its name.
        #[arg(long)]
        title: Option<String>,
        /// One sentence.
        #[arg(long)]
        summary: Option<String>,
        /// The area of the business.
        #[arg(long)]
        area: Option<String>,
        /// What a column means.
        #[arg(long = "column", value_name = "NAME=MEANING", value_parser = pair)]
        columns: Vec<(String, String)>,
        /// A column that makes each row unique.
        #[arg(long = "key", value_name = "NAME")]
        keys: Vec<String>,
        /// How often it is filled: "daily 07:00", "workdays 18:00", "monday 09:00", "month 5 12:00", "none".
        #[arg(long)]
        promise: Option<String>,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Put a draft on the shelf.
    Publish {
        /// The draft's name or file.
        product: String,
        /// The shelf, by name.
        #[arg(long)]
        shelf: Option<String>,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Look at the shelf and get what is new.
    Refresh,
    /// List what is on the shelf, or what fits a query.
    Browse {
        /// Part of a name, sentence, column or person.
        query: Vec<String>,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Show a data product's page.
    Show {
        /// Its name or id.
        product: String,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Save a copy of a data product.
    Take {
        /// Its name or id.
        product: String,
        /// Which version; the newest by default.
        #[arg(long = "version", value_name = "N")]
        release: Option<u64>,
        /// The form; by the ending of the path where it is not given.
        #[arg(long, value_enum)]
        to: Option<Form>,
        /// Where to.
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
    },
    /// Tell what is wrong with the shelf or its place.
    Doctor {
        /// The shelf, by name.
        shelf: Option<String>,
        /// Put back what is gone and this computer has.
        #[arg(long)]
        mend: bool,
        /// Remove what nobody needs, as far as it was announced a month ago.
        #[arg(long)]
        collect: bool,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Make the sample bakery: a shelf, practice files, and a home to open it with.
    Sample {
        /// A new or empty folder.
        dir: PathBuf,
    },
}

/// What can be done with the shelf.
#[derive(Debug, Subcommand)]
pub enum ShelfVerb {
    /// Join the shelf in a folder, or start one there.
    Add {
        /// The folder, by its path or its `file:` URL.
        path: String,
        /// The name of a new shelf.
        #[arg(long)]
        name: Option<String>,
    },
    /// Show the shelf of this home.
    List {
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, meaning) = text.split_once('=').ok_or("expected NAME=MEANING")?;
    Ok((name.trim().to_owned(), meaning.trim().to_owned()))
}
