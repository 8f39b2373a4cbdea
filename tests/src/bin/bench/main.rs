//! `make bench`: how fast Larder is and how much memory it takes, beside the peers that pip brings.
//!
//! ```text
//! bench [--quick] [--record] [--only WORD] [--peers PYTHON]
//! ```
//! Prints one table and writes `tests/artifacts/bench.json`. Every piece of work runs in a process of its own, several
//! times, Larder's and the peers' in turn. `--record` keeps the ratios in `tests/bench-last.json`, against which later runs
//! are held; `--quick` takes small sizes, whose figures say nothing; `--only` runs the works of that name.

mod books;
mod course;
mod data;
mod outcome;
mod process;
mod reading;
mod rows;
mod search;
mod sharing;
mod shelf;
mod start;
mod table;
#[cfg(target_os = "linux")]
mod window;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use course::{Course, Wanted};
use outcome::Record;
use process::Figures;
use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((first, work)) if first == "one" => one(work),
        _ => all(&arguments),
    };
    match done {
        Ok(text) => {
            // A reader that went away wants to hear no more.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One piece of work, in this process; its figures as a line of JSON.
fn one(work: &[String]) -> Result<String, String> {
    let words: Vec<&str> = work.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("{text} is no number"));
    let path = |text: &'_ str| PathBuf::from(text);
    let figures: Figures = match words.as_slice() {
        ["first-rows", file] => reading::first_rows(&path(file))?,
        ["csv", file, rows, keep] => reading::whole("csv", &path(file), number(rows)?, Some(&path(keep)))?,
        ["xlsx", file, rows] => reading::whole("xlsx", &path(file), number(rows)?, None)?,
        ["large", key, file, rows] => reading::large(key, &path(file), number(rows)?)?,
        ["head", key, file] => reading::head(key, &path(file))?,
        ["choice", file] => reading::choice(&path(file))?,
        ["cells", key, file] => reading::cells_of_calamine(key, &path(file))?,
        ["publish", file, rows, pages, scratch] => {
            shelf::publish(&path(file), number(rows)?, number(pages)?, &path(scratch))?
        }
        ["moved", file, scratch] => sharing::moved(&path(file), &path(scratch))?,
        ["plain-hash", file] => sharing::plain_hash(&path(file))?,
        ["poll", colleagues, scratch] => sharing::poll(colleagues.parse().unwrap_or(1), &path(scratch))?,
        ["first-sync", products, scratch] => sharing::first_sync(number(products)?, &path(scratch))?,
        ["search", products, scratch, texts] => search::search(number(products)?, &path(scratch), &path(texts))?,
        ["sample", folder] => start::sample(&path(folder))?,
        ["core", home] => start::core(&path(home))?,
        ["terminal", home, runs] => start::terminal(&path(home), runs.parse().unwrap_or(1))?,
        #[cfg(target_os = "linux")]
        ["window", home, runs, file, reads] => {
            window::window(&path(home), runs.parse().unwrap_or(1), &path(file), reads.parse().unwrap_or(1))?
        }
        other => return Err(format!("no such work: {}", other.join(" "))),
    };
    serde_json::to_string(&figures).map(|line| line + "\n").map_err(|error| error.to_string())
}

/// Everything: the table.
fn all(arguments: &[String]) -> Result<String, String> {
    let wanted = Wanted::of(arguments)?;
    let tests = larder_tests::root().join("tests");
    let kept = tests.join("bench-last.json");
    let known = Record::read(&kept)?;
    let mut course = Course::new(&wanted)?;
    course.run()?;
    let sizes = course.sizes;
    let fill = |title: &str| sizes.fill(title);
    // Small sizes and debug builds have other ratios.
    let counts = !wanted.quick && !cfg!(debug_assertions);
    let held = known.as_ref().filter(|_| counts);
    let rows = outcome::measured(&course.own, &course.of_peers, held, course.yardstick(), fill);
    write_artifact(&tests, &wanted, &course, &rows)?;
    let mut text = table::table(&rows, &course.missing, fill, std::io::stdout().is_terminal());
    for line in course.notes() {
        text += &format!("{line}\n");
    }
    if !counts {
        text += "Small sizes or a debug build: this shows that it works and not how fast it is.\n";
    } else if wanted.record {
        let record = known.unwrap_or_default().with(&rows, course.yardstick());
        let json = serde_json::to_string_pretty(&record).map_err(|error| error.to_string())?;
        std::fs::write(&kept, json + "\n").map_err(|error| format!("{}: {error}", kept.display()))?;
        text += "These ratios are the record now: tests/bench-last.json.\n";
    } else if known.is_none() {
        text += "There is no record yet to hold this against: tests/bench.sh --record makes one.\n";
    }
    Ok(text)
}

fn write_artifact(tests: &Path, wanted: &Wanted, course: &Course, rows: &[outcome::Measured]) -> Result<(), String> {
    let folder = tests.join("artifacts");
    let outcome = json!({
        "made_at": jiff::Timestamp::now().to_string(),
        "quick": wanted.quick,
        "optimised": !cfg!(debug_assertions),
        "system": std::env::consts::OS,
        "processors": std::thread::available_parallelism().map_or(1, usize::from),
        "peers": course.versions,
        "yardstick_seconds": course.yardstick(),
        "not_measured": course.failed,
        "rows": rows,
    });
    let json = serde_json::to_string_pretty(&outcome).map_err(|error| error.to_string())?;
    let file = folder.join("bench.json");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&file, json + "\n"))
        .map_err(|error| format!("{}: {error}", file.display()))
}
