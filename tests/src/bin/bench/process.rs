//! One piece of work in a process of its own, so that its time and its peak of memory are its own.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What was measured of one thing: seconds, or bytes where the thing is memory; and the most memory of its process until
/// it was done.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// One for each time that it was done.
    pub samples: Vec<f64>,
    /// Bytes.
    #[serde(default)]
    pub peak_bytes: Option<u64>,
}

/// What was measured, by the key of its row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Figures(pub BTreeMap<String, Figure>);

impl Figures {
    /// Notes how long something took, and the most memory of this process so far.
    pub fn took(&mut self, key: &str, time: Duration) {
        self.sample(key, time.as_secs_f64());
        let figure = self.0.entry(key.to_owned()).or_default();
        figure.peak_bytes = peak_bytes().or(figure.peak_bytes);
    }

    /// Notes one value.
    pub fn sample(&mut self, key: &str, value: f64) {
        self.0.entry(key.to_owned()).or_default().samples.push(value);
    }

    /// Adds what another run measured; the larger peak counts.
    pub fn add(&mut self, more: Figures) {
        for (key, figure) in more.0 {
            let known = self.0.entry(key).or_default();
            known.samples.extend(figure.samples);
            known.peak_bytes = known.peak_bytes.max(figure.peak_bytes);
        }
    }
}

/// Runs a program that says its figures as its last line of JSON.
///
/// # Errors
/// What it said last before it failed.
pub fn figures(command: &mut Command) -> Result<Figures, String> {
    let answer = output(command)?;
    let line = answer.lines().next_back().unwrap_or_default();
    serde_json::from_str(line).map_err(|error| format!("{error} in {line:?}"))
}

/// Runs a program and answers what it said.
///
/// # Errors
/// What it said last before it failed.
pub fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().display().to_string();
    let done = command.stdin(Stdio::null()).output().map_err(|error| format!("{name}: {error}"))?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    // Neither a hint nor a line that only points at the one above.
    let says = |line: &&str| line.contains(char::is_alphanumeric) && !line.starts_with("note:");
    Err(said.lines().map(str::trim).rfind(says).map_or_else(|| format!("{name}: {}", done.status), str::to_owned))
}

/// The most memory that this process ever had in use, in bytes; none where the system does not say so in a file.
pub fn peak_bytes() -> Option<u64> {
    status_bytes("VmHWM:")
}

/// The memory that this process has in use now, in bytes.
pub fn resident_bytes() -> Option<u64> {
    status_bytes("VmRSS:")
}

fn status_bytes(name: &str) -> Option<u64> {
    kilobytes(&std::fs::read_to_string("/proc/self/status").ok()?, name)
}

/// The value of a line such as `Pss:   812 kB`, in bytes.
pub fn kilobytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn runs_add_up_and_the_larger_peak_counts() {
        let figure = |sample: f64, peak| Figure { samples: vec![sample], peak_bytes: peak };
        let mut all = Figures::default();
        for (sample, peak) in [(1.0, Some(7)), (2.0, Some(9)), (3.0, None)] {
            all.add(Figures(BTreeMap::from([("csv".to_owned(), figure(sample, peak))])));
        }
        assert_eq!(all.0["csv"], Figure { samples: vec![1.0, 2.0, 3.0], peak_bytes: Some(9) });
    }

    #[test]
    #[cfg(unix)]
    fn a_failure_is_told_in_its_own_last_words() {
        let run = |script: &str| figures(Command::new("sh").args(["-c", script]));
        let failed = run("echo '{}'; echo first >&2; echo too slow >&2; echo ' ^^^' >&2; echo 'note: x' >&2; exit 1");
        assert_eq!(failed, Err("too slow".to_owned()));
        assert!(run("echo not JSON").is_err());
        assert_eq!(run("echo hello; echo '{\"a\":{\"samples\":[1.5]}}'").unwrap().0["a"].samples, [1.5]);
        assert!(figures(&mut Command::new("no such program")).is_err());
    }

    #[test]
    fn memory_is_read_in_bytes() {
        assert_eq!(kilobytes("Rss:  9 kB\nPss:     812 kB\n", "Pss:"), Some(831_488));
        assert_eq!(kilobytes("Rss:  9 kB\n", "Pss:"), None);
    }
}
