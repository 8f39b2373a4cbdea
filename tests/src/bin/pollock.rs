//! Command line of the benchmark; see [`larder_tests::pollock::command`] for what it understands.

#![allow(clippy::print_stdout)]

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match larder_tests::pollock::command::run(&words) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("pollock: {reason}");
            ExitCode::FAILURE
        }
    }
}
