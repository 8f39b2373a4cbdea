//! The words of the command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

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
    /// Show who is on the shelf, or decide something about them.
    People {
        /// What to decide.
        #[command(subcommand)]
        verb: Option<PeopleVerb>,
        /// One JSON value.
        #[arg(long, global = true)]
        json: bool,
    },
    /// Invite somebody to the shelf: prints a link and six words.
    Invite {
        /// Write the invitation to this file, too; it ends in `.larder`.
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
        /// What helps to find the place; the folder's name where it is not given.
        #[arg(long)]
        hint: Option<String>,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Join the shelf that an invitation is about, and no other.
    Join {
        /// The invitation: a file, a link, or six words.
        invitation: String,
        /// The folder where the shelf stands, where it is not found by itself.
        #[arg(long, value_name = "PATH")]
        at: Option<String>,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Show the house rules, or change them.
    Rules(RulesArgs),
    /// Say who alone may read a draft; or let people read what is on the shelf already.
    Seal(SealArgs),
    /// Ask for access to a sealed data product.
    Ask(AskArgs),
    /// Answer somebody who asked for access.
    Answer(AnswerArgs),
    /// Hand a data product to another keeper.
    HandOver {
        /// The data product's name or id.
        product: String,
        /// Who keeps it from now on.
        person: String,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Say that all of a data product of yours still holds; or show what has to be looked over.
    LookOver {
        /// The data product's name or id; what has to be looked over, where none is given.
        product: Option<String>,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Say what you use a data product for, where the house rules ask: only its keeper and who may confirm others read it. Without
    /// more, show who uses it for what.
    Use {
        /// The data product's name or id.
        product: String,
        /// What for.
        #[arg(long = "for", value_name = "TEXT")]
        purpose: Option<String>,
        /// Take back what you said.
        #[arg(long, conflicts_with = "purpose")]
        no_more: bool,
        /// One JSON value.
        #[arg(long)]
        json: bool,
    },
    /// Two versions that were put on the shelf at the same time: show both, keep one, or bring them together.
    Versions {
        /// The data product's name or id.
        product: String,
        /// Let the one that this person filled count.
        #[arg(long, value_name = "WHO", conflicts_with = "together")]
        keep: Option<String>,
        /// Add the rows that only the other one has to the one in use, as a draft to look at and publish.
        #[arg(long)]
        together: bool,
        /// One JSON value.
        #[arg(long)]
        json: bool,
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

/// The house rules. What is not given stays.
#[derive(Debug, ClapArgs)]
pub struct RulesArgs {
    /// Change them, as whoever may confirm others.
    #[arg(long)]
    pub set: bool,
    /// What a label needs: has_title, has_summary, has_area, has_keeper, has_columns; an empty text for nothing.
    #[arg(long, value_delimiter = ',', requires = "set")]
    pub require: Option<Vec<String>>,
    /// Who may put things on the shelf.
    #[arg(long, value_parser = ["everyone", "confirmed", "stewards"], requires = "set")]
    pub publishers: Option<String>,
    /// How many days earlier versions are kept; 0 for as usual, the newest ten. Without --set, tells what would go.
    #[arg(long, value_name = "N")]
    pub retention_days: Option<u32>,
    /// How large a version may be, in millions of bytes; 0 for any size.
    #[arg(long, value_name = "N", requires = "set")]
    pub max_size_mb: Option<u64>,
    /// Kinds of files, such as csv,xlsx; any for all.
    #[arg(long, value_delimiter = ',', requires = "set")]
    pub kinds: Option<Vec<String>>,
    /// After how many days a label has to be looked over; 0 for never.
    #[arg(long, value_name = "N", requires = "set")]
    pub review_days: Option<u32>,
    /// Whether colleagues are asked what they use something for.
    #[arg(long, value_name = "BOOL", requires = "set")]
    pub receipts: Option<bool>,
    /// The oldest version of Larder that may put things here; any for all.
    #[arg(long, value_name = "VERSION", requires = "set")]
    pub min_version: Option<String>,
    /// One JSON value.
    #[arg(long)]
    pub json: bool,
}

/// Who may read a data product.
#[derive(Debug, ClapArgs)]
pub struct SealArgs {
    /// The draft's name or file; or the data product's name.
    pub product: String,
    /// Somebody who may read it; nobody but you where none is named.
    #[arg(long = "for", value_name = "NAME")]
    pub readers: Vec<String>,
    /// An area: everyone who keeps something in it may read it, too.
    #[arg(long = "for-area", value_name = "AREA")]
    pub areas: Vec<String>,
    /// Tell its name only to those who may read it.
    #[arg(long)]
    pub hide_title: bool,
    /// What everybody may know of it, and how to ask.
    #[arg(long, value_name = "TEXT")]
    pub how_to_ask: Option<String>,
    /// Everyone may read it.
    #[arg(long, conflicts_with_all = ["readers", "areas", "hide_title", "how_to_ask"])]
    pub everyone: bool,
    /// On the shelf: let somebody read it, too.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["readers", "everyone"])]
    pub allow: Vec<String>,
    /// On the shelf: leave somebody out of the next version, which is put there now.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["readers", "everyone"])]
    pub leave_out: Vec<String>,
    /// On the shelf: show who can read it and who asks.
    #[arg(long)]
    pub show: bool,
    /// One JSON value.
    #[arg(long)]
    pub json: bool,
}

/// Asking for access.
#[derive(Debug, ClapArgs)]
pub struct AskArgs {
    /// The data product's name or id.
    pub product: String,
    /// What for; only its keeper reads it.
    #[arg(long = "why", value_name = "TEXT", required_unless_present = "withdraw")]
    pub purpose: Option<String>,
    /// Until when it is needed, as `2027-01-31T00:00:00Z`.
    #[arg(long)]
    pub until: Option<String>,
    /// Take the request back.
    #[arg(long, conflicts_with_all = ["purpose", "until"])]
    pub withdraw: bool,
    /// One JSON value.
    #[arg(long)]
    pub json: bool,
}

/// Answering somebody who asked for access.
#[derive(Debug, ClapArgs)]
pub struct AnswerArgs {
    /// The data product's name or id.
    pub product: String,
    /// Who asked.
    pub person: String,
    /// Do not let them in.
    #[arg(long)]
    pub no: bool,
    /// A sentence with it, which only who asked reads.
    #[arg(long)]
    pub text: Option<String>,
    /// Until when, as `2027-01-31T00:00:00Z`: after that, the first look leaves them out by itself.
    #[arg(long)]
    pub until: Option<String>,
    /// Leave them in after that until you say otherwise.
    #[arg(long, requires = "until")]
    pub stays: bool,
    /// One JSON value.
    #[arg(long)]
    pub json: bool,
}

/// What can be decided about people. A computer is named by its six words, or by its owner's name where they have one.
#[derive(Debug, Subcommand)]
pub enum PeopleVerb {
    /// Confirm who asks to be on the shelf, after comparing six words.
    Confirm {
        /// Their names, or six words.
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// Call somebody by the other name that they would like to have.
    Rename {
        /// The name that they have now.
        name: String,
    },
    /// Let somebody confirm others and decide.
    Steward {
        /// Who.
        name: String,
        /// No more.
        #[arg(long)]
        off: bool,
    },
    /// Set how many have to sign a decision.
    Threshold {
        /// How many.
        count: u32,
    },
    /// Take a computer out of use that is in good hands.
    Retire {
        /// Which.
        computer: String,
    },
    /// Stop a computer that was lost.
    Revoke {
        /// Which.
        computer: String,
        /// The number of the last thing it said that counts, as `history` tells; 0 for nothing. All that it said, where it is
        /// not given.
        #[arg(long, value_name = "N")]
        upto: Option<u64>,
    },
    /// Tell what a computer said, newest first.
    History {
        /// Which.
        computer: String,
    },
    /// Let somebody go. What they put on the shelf stays.
    Remove {
        /// Who.
        name: String,
    },
    /// Put a new computer in the place of all that somebody had.
    Takeover {
        /// Who.
        name: String,
        /// The new computer.
        computer: String,
    },
    /// Say that another computer is yours, too: on both, after comparing six words.
    Link {
        /// The other one.
        computer: String,
    },
    /// Sign what another one proposed.
    Cosign {
        /// How its number begins, where several wait.
        hash: Option<String>,
    },
    /// Bring together decisions that stand side by side.
    Heal,
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
