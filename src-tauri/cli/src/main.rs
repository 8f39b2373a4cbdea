//! `larder`: the same actions as the window, from a terminal. Answers go to standard output (`--json`: one JSON value),
//! refusals are one line on standard error and exit code 1, wrong usage exits with 2.

mod access;
mod args;
mod host;
mod people;
mod print;
mod review;
mod rules;
mod run;
mod versions;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match run::run(args.verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            print::refusal(&refusal);
            ExitCode::FAILURE
        }
    }
}
