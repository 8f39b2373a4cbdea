//! The command line.

use super::{folder, report, runner};
use std::fs;
use std::path::Path;

const USAGE: &str = "usage:
  generate FOLDER [SOURCE]         write the files, from our own table or another sound one
  score FOLDER PROGRAM [ARGS...]   run a loader on every file (path appended, or put for {})
  outputs FOLDER OUTPUTS           score what a loader left in a folder";

/// Carries out one command and returns what is to be printed.
///
/// # Errors
/// If the command is not understood, a file cannot be read or written, or a program not started.
pub fn run(words: &[String]) -> Result<String, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate", folder] => generated(folder::generate(Path::new(folder))?.len()),
        ["generate", folder, source] => {
            let source = Path::new(source);
            let text = fs::read_to_string(source).map_err(|error| folder::at(source, &error))?;
            generated(folder::generate_from(Path::new(folder), &text)?.len())
        }
        ["score", folder, command @ ..] if !command.is_empty() => {
            let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
            let answers = runner::run_all(folder::load(Path::new(folder))?, &command)?;
            Ok(report::report(&answers))
        }
        ["outputs", folder, outputs] => {
            let files = folder::load(Path::new(folder))?;
            Ok(report::report(&runner::collected(files, Path::new(outputs))))
        }
        _ => Err(USAGE.to_owned()),
    }
}

fn generated(count: usize) -> Result<String, String> {
    Ok(format!("{count} files\n"))
}
