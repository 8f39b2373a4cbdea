//! Starting without a window: the command line, and what stays in memory once the window is closed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::{Value, json};

use crate::process::{Figures, output, resident_bytes};

/// How long a Larder is left alone before its memory is looked at: the first look at the shelf is over then.
const REST: Duration = Duration::from_secs(3);

/// Makes the sample bakery in a new folder, which is then a home.
pub fn sample(folder: &Path) -> Result<Figures, String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let mut figures = Figures::default();
    let begun = Instant::now();
    let host = Arc::new(TestHost::at(folder));
    larder_actions::sample(host, &folder.join("sample")).map_err(|refusal| refusal.to_string())?;
    figures.took("sample", begun.elapsed());
    Ok(figures)
}

/// Opens a home as the window does, answers what the window asks first, and tells the memory afterwards.
pub fn core(home: &Path) -> Result<Figures, String> {
    let mut figures = Figures::default();
    let begun = Instant::now();
    let anna = Person::start(TestHost::at(home)).map_err(|refusal| refusal.to_string())?;
    let _: Value = anna.ask("start", json!({}));
    figures.took("core-open", begun.elapsed());
    let shelf = anna.shelf();
    if shelf.areas.is_empty() {
        return Err("nothing stands on the sample's shelf".to_owned());
    }
    let _: Value = anna.ask("today", json!({}));
    let _: Value = anna.ask("sync", json!({}));
    std::thread::sleep(REST);
    let resident = resident_bytes().ok_or("this system does not tell how much memory is in use")?;
    figures.sample("core-memory", resident as f64);
    if let Some(figure) = figures.0.get_mut("core-memory") {
        figure.peak_bytes = crate::process::peak_bytes();
    }
    Ok(figures)
}

/// The command line: that it starts at all, and a look at the sample's shelf.
pub fn terminal(home: &Path, runs: u32) -> Result<Figures, String> {
    let program = program("larder")?;
    let mut figures = Figures::default();
    for (key, arguments) in [("cli-start", &["--version"][..]), ("cli-browse", &["browse", "--json"])] {
        // The first one only brings the program into memory.
        for run in 0..=runs {
            let begun = Instant::now();
            let said = output(Command::new(&program).args(arguments).env("LARDER_HOME", home))?;
            let took = begun.elapsed();
            if said.trim().len() < 3 {
                return Err(format!("larder {} said nothing", arguments.join(" ")));
            }
            if run > 0 {
                figures.sample(key, took.as_secs_f64());
            }
        }
    }
    Ok(figures)
}

/// A program of the same build.
pub fn program(name: &str) -> Result<PathBuf, String> {
    let program = larder_tests::program(name);
    match program.is_file() {
        true => Ok(program),
        false => Err(format!("{} was not built", program.display())),
    }
}
