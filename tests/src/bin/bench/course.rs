//! The course of a whole run: which works, how large, how often, and who does the same in turn.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::books;
use crate::data::{self, Seeded, Until};
use crate::process::{Figures, figures, output};
use crate::rows::share;
use crate::table::count;

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Small sizes.
    pub quick: bool,
    /// Keep the ratios.
    pub record: bool,
    /// Only the works whose name holds this.
    pub only: String,
    /// The Python that has the peers.
    pub python: Option<PathBuf>,
}

impl Wanted {
    /// Out of the command line.
    pub fn of(arguments: &[String]) -> Result<Wanted, String> {
        let mut wanted = Wanted::default();
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} of what?"));
            match word.as_str() {
                "--quick" => wanted.quick = true,
                "--record" => wanted.record = true,
                "--only" => wanted.only = value()?.clone(),
                "--peers" => wanted.python = Some(PathBuf::from(value()?)),
                _ => {
                    return Err(format!(
                        "usage: bench [--quick] [--record] [--only WORD] [--peers PYTHON], not {word}"
                    ));
                }
            }
        }
        Ok(wanted)
    }
}

/// How large everything is, and how often it is done.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    csv_rows: u64,
    xlsx_rows: u32,
    /// Of the largest files that an office has.
    large_csv_rows: u64,
    large_xlsx_rows: u32,
    book_rows: u32,
    /// An old workbook has no more.
    xls_rows: u32,
    head_bytes: u64,
    products: u64,
    /// What goes onto a shelf, what stands there, and who is there.
    share_bytes: u64,
    cards: u64,
    colleagues: u64,
    pages: u64,
    runs: u32,
    publishes: u32,
    programs: u32,
}

const WHOLE: Sizes = Sizes {
    csv_rows: 1_000_000,
    xlsx_rows: 200_000,
    large_csv_rows: 5_000_000,
    large_xlsx_rows: 1_048_575,
    book_rows: 100_000,
    xls_rows: 65_535,
    head_bytes: 100_000_000,
    products: 10_000,
    share_bytes: 100_000_000,
    cards: 1_000,
    colleagues: 50,
    pages: 500,
    runs: 5,
    publishes: 3,
    programs: 20,
};
const QUICK: Sizes = Sizes {
    csv_rows: 20_000,
    xlsx_rows: 4_000,
    large_csv_rows: 40_000,
    large_xlsx_rows: 5_000,
    book_rows: 3_000,
    xls_rows: 2_000,
    head_bytes: 2_000_000,
    products: 500,
    share_bytes: 20_000_000,
    cards: 50,
    colleagues: 8,
    pages: 40,
    runs: 2,
    publishes: 1,
    programs: 3,
};

/// The peers that are no Python packages, with the work that each does.
const IN_RUST: &str = "calamine in Rust";
const PLAIN_HASH: &str = "plain sha256";
const RUST_PEERS: [(&str, &str); 2] = [(IN_RUST, "cells"), (PLAIN_HASH, "plain-hash")];
const ROW_KEYS: &[&str] = &["ods", "xlsb", "xls", "head-ods", "head-xlsb", "head-xls"];

/// The rows of one work that does much.
const SHARED: &[&str] = &[
    "bring-in",
    "publish",
    "page",
    "view-sorted",
    "page-sorted",
    "view-filtered",
    "page-filtered",
    "view-both",
    "page-both",
];

/// The rows of a large file on its way.
const MOVED: &[&str] = &[
    "share-first",
    "share-first-asked",
    "share-again",
    "share-again-asked",
    "share-again-bytes",
    "share-again-ratio",
    "share-again-spread",
    "share-verified",
];

impl Sizes {
    /// A title with its sizes.
    pub fn fill(&self, title: &str) -> String {
        title
            .replace("{large-csv}", &count(self.large_csv_rows))
            .replace("{large-xlsx}", &count(u64::from(self.large_xlsx_rows)))
            .replace("{book}", &count(u64::from(self.book_rows)))
            .replace("{xls}", &count(u64::from(self.xls_rows)))
            .replace("{csv}", &count(self.csv_rows))
            .replace("{xlsx}", &count(u64::from(self.xlsx_rows)))
            .replace("{head}", &format!("{} MB", self.head_bytes / 1_000_000))
            .replace("{products}", &count(self.products))
            .replace("{share}", &format!("{} MB", self.share_bytes / 1_000_000))
            .replace("{cards}", &count(self.cards))
            .replace("{colleagues}", &count(self.colleagues))
    }
}

/// A run and what came of it so far.
pub struct Course {
    /// How large.
    pub sizes: Sizes,
    /// Larder's figures.
    pub own: Figures,
    /// Each peer's.
    pub of_peers: BTreeMap<String, Figures>,
    /// Each peer's version.
    pub versions: BTreeMap<String, String>,
    /// Why a work failed, by its name and whose it was.
    pub failed: BTreeMap<String, String>,
    /// Rows that failed.
    pub missing: Vec<&'static str>,
    wanted: Wanted,
    yardsticks: Vec<f64>,
    files: PathBuf,
    scratch: tempfile::TempDir,
}

impl Course {
    /// Before anything is measured.
    pub fn new(wanted: &Wanted) -> Result<Course, String> {
        let mut files = larder_tests::program("bench");
        files.set_file_name("bench-files");
        std::fs::create_dir_all(&files).map_err(|error| format!("{}: {error}", files.display()))?;
        let scratch = tempfile::Builder::new().prefix("run-").tempdir_in(&files).map_err(|error| error.to_string())?;
        let mut course = Course {
            sizes: if wanted.quick { QUICK } else { WHOLE },
            own: Figures::default(),
            of_peers: BTreeMap::new(),
            versions: BTreeMap::new(),
            failed: BTreeMap::new(),
            missing: Vec::new(),
            wanted: wanted.clone(),
            yardsticks: Vec::new(),
            files,
            scratch,
        };
        if let Some(command) = course.peer("versions", &[]) {
            let told = output(&mut { command })?;
            course.versions = serde_json::from_str(told.trim()).map_err(|error| format!("{error} in {told:?}"))?;
        }
        course.versions.insert(IN_RUST.to_owned(), "0.38".to_owned());
        course.versions.insert(PLAIN_HASH.to_owned(), "0.10".to_owned());
        Ok(course)
    }

    /// What everything that has no peer is divided by, in seconds.
    pub fn yardstick(&self) -> f64 {
        share(&self.yardsticks, 0.5).unwrap_or(1.0)
    }

    /// What has to be said under the table.
    pub fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> =
            self.failed.iter().map(|(work, why)| format!("not measured: {work}: {why}")).collect();
        let peers: Vec<String> = self.versions.iter().map(|(peer, version)| format!("{peer} {version}")).collect();
        notes.push(match peers.is_empty() {
            true => "peers not measured".to_owned(),
            false => {
                format!("Peers: {}. Ratio: Larder's median divided by the peer's, less is better.", peers.join(", "))
            }
        });
        notes
    }

    /// Measures everything that was asked for.
    pub fn run(&mut self) -> Result<(), String> {
        let folder = self.scratch.path().to_path_buf();
        let Sizes { csv_rows, xlsx_rows, head_bytes, products, pages, runs, publishes, programs, .. } = self.sizes;
        let disk = |error: std::io::Error| error.to_string();
        say("the files");
        let head = text(&data::csv(&self.files, Until::Bytes(head_bytes)).map_err(disk)?);
        let csv = text(&data::csv(&self.files, Until::Rows(csv_rows)).map_err(disk)?);
        let xlsx = text(&data::xlsx(&self.files, xlsx_rows).map_err(disk)?);
        let home = text(&folder.join("home"));
        let (table, texts) = (text(&folder.join("table.parquet")), text(&folder.join("texts.json")));
        let peers_table = text(&folder.join("peers.parquet"));
        let scratch = text(&folder);
        let number = |number: u64| number.to_string();

        self.yardstick_again();
        self.work("first-rows", runs, &[&head], &["first-rows"], &[]);
        let csv_peers = [("polars", vec![csv.as_str(), &peers_table]), ("duckdb", vec![&csv, &peers_table])];
        let rows = number(csv_rows);
        self.work("csv", runs, &[&csv, &rows, &table], &["csv-typed", "csv-profiled", "parquet"], &csv_peers);
        let xlsx_peers = [("polars", vec![xlsx.as_str()]), ("calamine", vec![&xlsx])];
        let xlsx_rows = number(u64::from(xlsx_rows));
        self.work("xlsx", runs, &[&xlsx, &xlsx_rows], &["xlsx-typed", "xlsx-profiled"], &xlsx_peers);
        self.large_files()?;
        self.work("choice", runs, &[&csv], &["choice"], &[]);
        let pages = number(pages);
        // Both read the table as Larder keeps it.
        let paging = vec![table.as_str(), &pages];
        let paging = match Path::new(&table).is_file() {
            true => vec![("polars", paging.clone()), ("duckdb", paging)],
            false => Vec::new(),
        };
        self.work("publish", publishes, &[&csv, &rows, &pages, &scratch], SHARED, &paging);
        let products = number(products);
        self.work(
            "search",
            publishes,
            &[&products, &scratch, &texts],
            &["search", "search-fill"],
            &[("fts5", vec![&texts])],
        );

        self.sharing()?;

        // Many starts in one process each: what is started are processes of their own.
        self.work("sample", 1, &[&home], &["sample"], &[]);
        self.work("core", runs, &[&home], &["core-memory", "core-open"], &[]);
        self.work("terminal", 1, &[&home, &number(u64::from(programs))], &["cli-start", "cli-browse"], &[]);
        let starts = ["window-cold", "window-warm", "window-memory", "window-page", "window-program"];
        let (runs, reads) = (number(u64::from(runs)), number(u64::from(publishes)));
        self.work("window", 1, &[&home, &runs, &head, &reads], &starts, &[]);
        self.yardstick_again();
        Ok(())
    }

    /// A shelf that is large or busy.
    fn sharing(&mut self) -> Result<(), String> {
        let Sizes { share_bytes, cards, colleagues, publishes, runs, .. } = self.sizes;
        let scratch = text(self.scratch.path());
        let noise = text(&data::noise(&self.files, share_bytes).map_err(|error| error.to_string())?);
        self.work("moved", runs, &[&noise, &scratch], MOVED, &[(PLAIN_HASH, vec![noise.as_str()])]);
        // The reader is one of them.
        let others = (colleagues - 1).to_string();
        self.work("poll", publishes, &[&others, &scratch], &["poll", "poll-asked"], &[]);
        self.work("first-sync", publishes, &[&cards.to_string(), &scratch], &["first-sync"], &[]);
        Ok(())
    }

    /// The largest files that an office has, and the formats that are read by fewer programs.
    fn large_files(&mut self) -> Result<(), String> {
        let wanted = |name: &str| name.contains(&self.wanted.only);
        if !["large-csv", "large-xlsx", "ods", "xlsb", "xls", "head"].into_iter().any(wanted) {
            return Ok(());
        }
        let disk = |error: std::io::Error| error.to_string();
        let Sizes { large_csv_rows, large_xlsx_rows, book_rows, xls_rows, runs, .. } = self.sizes;
        say("the large files");
        let csv = text(&data::csv(&self.files, Until::Rows(large_csv_rows)).map_err(disk)?);
        let xlsx = text(&data::xlsx(&self.files, large_xlsx_rows).map_err(disk)?);
        let mut books = vec![
            ("ods", text(&books::ods(&self.files, book_rows).map_err(disk)?), book_rows),
            ("xlsb", text(&books::xlsb(&self.files, book_rows).map_err(disk)?), book_rows),
        ];
        // The old format is written by a program that the peers bring along.
        let short = text(&data::csv(&self.files, Until::Rows(xls_rows.into())).map_err(disk)?);
        let old = self.files.join(format!("till-sales-{xls_rows}-rows.xls"));
        match self
            .peer("xls", &[&short, &text(&old)])
            .filter(|_| !old.is_file())
            .map(|mut command| output(&mut command))
        {
            Some(Err(why)) => {
                self.failed.insert("xls".to_owned(), why);
                self.missing.extend(["xls", "head-xls"]);
            }
            _ if old.is_file() => books.push(("xls", text(&old), xls_rows)),
            _ => self.missing.extend(["xls", "head-xls"]),
        }
        let peers = [("polars", vec![csv.as_str()]), ("duckdb", vec![csv.as_str()])];
        self.work("large-csv", runs, &[&csv, &large_csv_rows.to_string()], &["large-csv"], &peers);
        let peers = [("polars", vec![xlsx.as_str()])];
        self.work("large-xlsx", runs, &[&xlsx, &large_xlsx_rows.to_string()], &["large-xlsx"], &peers);
        for (name, file, rows) in &books {
            let key = ROW_KEYS.iter().copied().filter(|key| key == name).collect::<Vec<_>>();
            self.work(name, runs, &[file, &rows.to_string()], &key, &[(IN_RUST, vec![name, file])]);
        }
        for (key, file) in
            [("head-csv", &csv), ("head-xlsx", &xlsx)].into_iter().chain(books.iter().filter_map(|(name, file, _)| {
                ROW_KEYS.iter().find(|key| key.strip_prefix("head-") == Some(name)).map(|key| (*key, file))
            }))
        {
            self.work(key, runs, &[file], &[key], &[]);
        }
        Ok(())
    }

    /// Does one work so many times, Larder and its peers in turn.
    fn work(&mut self, name: &str, runs: u32, arguments: &[&str], rows: &[&'static str], peers: &[(&str, Vec<&str>)]) {
        // The sample is what others look at.
        let needed =
            name == "sample" && ["core", "terminal", "window"].iter().any(|work| work.contains(&self.wanted.only));
        // And the peers page through the table that is kept after reading.
        let needed = needed || (name == "csv" && "publish".contains(&self.wanted.only));
        if !name.contains(&self.wanted.only) && !needed {
            return;
        }
        for run in 1..=runs {
            say(&format!("{name}, {run} of {runs}"));
            warm(arguments);
            if !self.failed.contains_key(name) {
                match std::env::current_exe()
                    .map_err(|error| error.to_string())
                    .and_then(|bench| figures(Command::new(bench).arg("one").args(words(name)).args(arguments)))
                {
                    Ok(more) => self.own.add(more),
                    Err(why) => {
                        self.failed.insert(name.to_owned(), why);
                        self.missing.extend(rows);
                    }
                }
            }
            for (peer, arguments) in peers {
                let work = format!("{name}, {peer}");
                if self.failed.contains_key(&work) || !self.versions.contains_key(*peer) {
                    continue;
                }
                let command = match RUST_PEERS.iter().find(|(name, _)| name == peer) {
                    Some((_, work)) => std::env::current_exe().ok().map(|bench| {
                        let mut command = Command::new(bench);
                        command.args(["one", work]).args(arguments);
                        command
                    }),
                    None => self.peer(name, arguments).map(|mut command| {
                        command.arg(peer);
                        command
                    }),
                };
                let Some(mut command) = command else { continue };
                warm(arguments);
                match figures(&mut command) {
                    Ok(more) => self.of_peers.entry((*peer).to_owned()).or_default().add(more),
                    Err(why) => {
                        self.failed.insert(work, why);
                    }
                }
            }
        }
    }

    fn peer(&self, work: &str, arguments: &[&str]) -> Option<Command> {
        let mut command = Command::new(self.wanted.python.as_ref()?);
        command.arg(larder_tests::root().join("tests").join("bench_peers.py")).arg(work).args(arguments);
        Some(command)
    }

    /// A piece of work that never changes: numbers are made, sorted and counted.
    fn yardstick_again(&mut self) {
        let many = if self.wanted.quick { 100_000 } else { 2_000_000 };
        for _ in 0..3 {
            let begun = Instant::now();
            let mut seeded = Seeded::new(5);
            let mut numbers: Vec<u64> = (0..many).map(|_| seeded.next() >> 44).collect();
            numbers.sort_unstable();
            numbers.dedup();
            black_box(numbers.len());
            self.yardsticks.push(begun.elapsed().as_secs_f64());
        }
    }
}

/// Reads the files among these words, so that whoever comes next finds them in memory, as the one before did.
fn warm(words: &[impl AsRef<str>]) {
    for file in words.iter().map(|word| Path::new(word.as_ref())).filter(|word| word.is_file()) {
        // What cannot be read is told by whoever needs it.
        let _ = std::fs::File::open(file).and_then(|mut file| std::io::copy(&mut file, &mut std::io::sink()));
    }
}

/// The words that begin a work, as a process is asked for it.
fn words(name: &str) -> Vec<&str> {
    match name {
        "large-csv" | "large-xlsx" | "ods" | "xlsb" | "xls" => vec!["large", name],
        name if name.starts_with("head-") => vec!["head", name],
        name => vec![name],
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn say(what: &str) {
    eprintln!("bench: {what}");
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_understood_or_refused() {
        let of = |line: &str| Wanted::of(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of(""), Ok(Wanted::default()));
        let all = of("--quick --record --only csv --peers bin/python").unwrap();
        assert!(all.quick && all.record && all.only == "csv" && all.python == Some(PathBuf::from("bin/python")));
        assert!(of("--only").is_err() && of("--fast").is_err());
    }

    #[test]
    fn titles_say_their_sizes() {
        assert_eq!(WHOLE.fill("{csv} of {head}, {products}"), "1,000,000 of 100 MB, 10,000");
    }
}
