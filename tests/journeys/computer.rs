//! A computer with nothing but the terminal: the real program, with a home of its own and a clock that may be off.

use std::path::PathBuf;
use std::process::{Command, Output};

use larder_tests::program;
use serde_json::Value;

use crate::land::Land;

/// A computer: a home, and how far its clock is off.
pub struct Computer {
    home: PathBuf,
    off: &'static str,
}

impl Computer {
    /// Somebody's, on the shelf: the first one starts it.
    pub fn new(land: &Land, name: &str) -> Computer {
        let computer = Computer { home: land.folder.path().join(name), off: "" };
        computer.ok(&["whoami", "--name", name]);
        computer.ok(&["shelf", "add", land.share().to_str().unwrap(), "--name", "Bakery share"]);
        computer
    }

    /// The same one with another clock, such as `-100d`.
    pub fn at(&self, off: &'static str) -> Computer {
        Computer { home: self.home.clone(), off }
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = match self.off {
            "" => Command::new(program("larder")),
            off => {
                let mut command = Command::new("faketime");
                command.args(["-f", off]).arg(program("larder")).env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
                command
            }
        };
        command.args(args).env("LARDER_HOME", &self.home).env("LC_ALL", "en_GB.UTF-8");
        command.output().unwrap_or_else(|e| panic!("{command:?}: {e}; is faketime there?"))
    }

    /// What it says.
    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it says beside its answer.
    pub fn aside(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stderr).unwrap()
    }

    /// The one line of a refusal.
    pub fn fails(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{args:?}: {said}");
        said
    }

    /// The one JSON value.
    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[args, &["--json"]].concat())).unwrap()
    }
}
