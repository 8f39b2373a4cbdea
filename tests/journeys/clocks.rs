//! The real program on computers whose clocks are years off: what colleagues see follows what was published, and no clock.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use larder_tests::program;
use serde_json::Value;

/// A computer: a home, and how far its clock is off.
pub struct Computer<'f> {
    pub folder: &'f Path,
    pub name: &'static str,
    pub off: &'static str,
}

impl Computer<'_> {
    pub fn with_clock(&self, off: &'static str) -> Computer<'_> {
        Computer { off, ..*self }
    }

    fn run(&self, args: &[&str]) -> Output {
        // Only what the clock says is off: waiting takes as long as ever.
        let mut command = match self.off {
            "" => Command::new(program("larder")),
            off => {
                let mut command = Command::new("faketime");
                command.args(["-f", off]).arg(program("larder")).env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
                command
            }
        };
        command.args(args).env("LARDER_HOME", self.folder.join(self.name)).env("LC_ALL", "C.UTF-8");
        command.output().unwrap_or_else(|e| panic!("{command:?}: {e}; is faketime there?"))
    }

    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} at {:?}: {args:?}: {said}", self.name, self.off);
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[args, &["--json"]].concat())).unwrap()
    }

    pub fn share(&self) -> String {
        self.folder.join("share").to_str().unwrap().to_owned()
    }

    /// Puts a file of so many rows on the shelf; the number of the version that it became.
    fn publishes(&self, title: &str, rows: u64) -> u64 {
        let file = a_file(self.folder, rows);
        self.ok(&["import", file.to_str().unwrap(), "--product", title, "--json"]);
        self.ok(&["describe", title, "--summary", "What was sold.", "--area", "Shop"]);
        let published = self.json(&["publish", title]);
        assert_eq!((&published["saved"], &published["copied"]), (&true.into(), &true.into()), "{published}");
        published["release"].as_u64().unwrap()
    }

    /// Looks, and sees this version with these rows, ready to be used: its content, and not only its number.
    pub fn sees(&self, title: &str, release: u64, rows: u64) {
        self.ok(&["refresh"]);
        let page = self.json(&["show", title]);
        let told = (page["card"]["release"].as_u64(), page["state"].as_str());
        assert_eq!(told, (Some(release), Some("ready")), "{} at {:?}", self.name, self.off);
        let out = self.folder.join(format!("{} took.csv", self.name));
        let _ = fs::remove_file(&out);
        self.ok(&["take", title, "--out", out.to_str().unwrap()]);
        let taken = fs::read_to_string(&out).unwrap();
        assert_eq!(taken.lines().count() as u64, rows + 1, "{} at {:?}: {taken}", self.name, self.off);
    }
}

fn a_file(folder: &Path, rows: u64) -> PathBuf {
    let path = folder.join("sales.csv");
    let mut text = String::from("Day,Article,Sold\n");
    (0..rows).for_each(|i| text.push_str(&format!("2026-03-{:02},A{i},{rows}\n", i % 28 + 1)));
    fs::write(&path, text).unwrap();
    path
}

// fault 34
#[test]
fn a_program_whose_clock_is_ten_years_off_publishes_what_colleagues_see_in_the_right_order() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("share")).unwrap();
    let computer = |name| Computer { folder: folder.path(), name, off: "" };
    let (anna, ben, cem) = (computer("anna"), computer("ben"), computer("cem"));
    for person in [&anna, &ben, &cem] {
        person.ok(&["whoami", "--name", person.name]);
        person.ok(&["shelf", "add", &person.share(), "--name", "Bakery share"]);
    }
    anna.ok(&["refresh"]);
    anna.ok(&["people", "confirm", "ben", "cem"]);
    assert_eq!(anna.publishes("Sales", 5), 1);
    cem.sees("Sales", 1, 5);

    // One and the same computer, whose battery is empty or whose year is mistyped.
    for (release, off) in (2..).zip(["+10y", "-10y", "+3650d", "+0"]) {
        assert_eq!(anna.with_clock(off).publishes("Sales", 5 + release), release, "{off}");
        cem.sees("Sales", release, 5 + release);
    }
    // Another one, who looks and publishes with a clock of its own.
    for (release, off) in (1..).zip(["-10y", "+10y"]) {
        let late = ben.with_clock(off);
        late.sees("Sales", 5, 10);
        assert_eq!(late.publishes("Tills", 20 + release), release, "{off}");
        for person in [&anna, &cem, &cem.with_clock("-10y"), &cem.with_clock("+10y")] {
            person.sees("Tills", release, 20 + release);
            person.sees("Sales", 5, 10);
        }
    }
    // Whoever comes now sees the same as those who were there all the time, and every version in its place.
    let dora = computer("dora");
    dora.ok(&["whoami", "--name", "Dora"]);
    dora.ok(&["shelf", "add", &dora.share()]);
    for person in [&dora, &cem] {
        person.sees("Sales", 5, 10);
        person.sees("Tills", 2, 22);
        let page = person.json(&["show", "Sales"]);
        let numbers: Vec<u64> =
            page["releases"].as_array().unwrap().iter().map(|r| r["release"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [5, 4, 3, 2, 1]);
    }
    // That a clock is off is told, and that nothing else is.
    let doctor = dora.json(&["doctor"]);
    let codes: Vec<&str> =
        doctor["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["clock_differs", "not_confirmed", "one_steward"], "{doctor}");
    // Nothing that is needed is thrown away by somebody whose clock has jumped.
    anna.with_clock("+10y").ok(&["doctor", "--collect"]);
    for release in 1..=5 {
        let out = folder.path().join(format!("version {release}.csv"));
        cem.ok(&["take", "Sales", "--version", &release.to_string(), "--out", out.to_str().unwrap()]);
        let rows = if release == 1 { 5 } else { 5 + release };
        assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), rows + 1, "version {release}");
    }
}
