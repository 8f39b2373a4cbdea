//! What the program notes about itself: one file a day for 14 days, in words and counts. Names of files and values of cells
//! are left out, so that a log can be shown to anybody.

use std::collections::VecDeque;
use std::fmt::{Debug, Write as _};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Days that logs are kept.
const DAYS: usize = 14;
/// Lines that a report of a fault ends with.
const LAST_LINES: usize = 200;
/// Fields whose text is ours, never a person's.
const OWN_WORDS: [&str; 7] = ["command", "code", "kind", "state", "step", "version", "target"];

static LAST: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts to write into this folder. Where it cannot be written, lines are kept in memory only. What is answered has to be
/// kept until the end, so that the last lines reach the disk.
pub fn start(folder: &Path) -> Option<WorkerGuard> {
    let _ = std::fs::create_dir_all(folder);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("larder")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .ok();
    let (file, guard) = file.map(tracing_appender::non_blocking).unzip();
    let ours = Targets::new().with_default(LevelFilter::WARN).with_target("larder", LevelFilter::INFO);
    let lines = Lines { file: file.map(Mutex::new) }.with_filter(ours);
    // A second start in one process happens in tests only.
    let _ = tracing_subscriber::registry().with(lines).try_init();
    guard
}

/// The newest lines, oldest first. Never waits: a fault may have happened while they were written.
pub fn last_lines() -> Vec<String> {
    LAST.try_lock().map(|lines| lines.iter().cloned().collect()).unwrap_or_default()
}

/// Writes every event as one line.
struct Lines {
    file: Option<Mutex<NonBlocking>>,
}

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let mut words = Words::default();
        event.record(&mut words);
        let about = event.metadata();
        let now = jiff::ZonedDateTime::now().strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string();
        let line = format!("{now} {:5} {} {}{}", about.level(), about.target(), words.message, words.fields);
        if let Some(file) = &self.file {
            let _ = writeln!(hold(file), "{line}");
        }
        let mut last = hold(&LAST);
        if last.len() == LAST_LINES {
            last.pop_front();
        }
        last.push_back(line);
    }
}

/// An event put into words.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Words {
    fn field(&mut self, name: &str, value: &str) {
        let _ = write!(self.fields, " {name}={value}");
    }

    fn text(&mut self, field: &Field, text: &str) {
        match field.name() {
            "message" => self.message = quiet(text),
            name if OWN_WORDS.contains(&name) => self.field(name, &quiet(text)),
            "detail" | "error" => self.field(field.name(), &quiet(text)),
            name => self.field(name, "…"),
        }
    }
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{value:?}");
        self.text(field, &text);
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.field(field.name(), &value.to_string());
    }
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.field(field.name(), &value.to_string());
    }
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.field(field.name(), &value.to_string());
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.field(field.name(), if value { "true" } else { "false" });
    }
}

/// Text without what could be a person's: everything in quotation marks, paths, addresses, and line breaks.
pub fn quiet(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(2_000));
    let mut rest = text.chars().take(2_000).peekable();
    let mut word = String::new();
    while let Some(c) = rest.next() {
        match c {
            '"' | '`' | '“' | '„' | '«' => {
                put_word(&mut out, &mut word);
                let end = closing(c);
                while rest.next_if(|next| *next != end).is_some() {}
                rest.next();
                out.push_str("\"…\"");
            }
            c if c.is_whitespace() || c.is_control() => {
                put_word(&mut out, &mut word);
                out.push(' ');
            }
            c => word.push(c),
        }
    }
    put_word(&mut out, &mut word);
    out
}

fn closing(opening: char) -> char {
    match opening {
        '“' | '„' => '”',
        '«' => '»',
        same => same,
    }
}

fn put_word(out: &mut String, word: &mut String) {
    let is_path = word.contains(['/', '\\']) && word.chars().count() > 1;
    let is_address = word.contains('@');
    out.push_str(if is_path || is_address { "…" } else { word });
    word.clear();
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_paths_and_addresses_are_left_out() {
        assert_eq!(quiet("cannot read /home/anna/till sales.csv"), "cannot read … sales.csv");
        assert_eq!(quiet(r#"no column "Salary of Ben" in 3 rows"#), r#"no column "…" in 3 rows"#);
        assert_eq!(quiet(r"opened C:\Users\Anna\x.xlsx"), "opened …");
        assert_eq!(quiet("mail to ben@bakery.example failed"), "mail to … failed");
        assert_eq!(quiet("an end \"without a mark"), "an end \"…\"");
    }

    // fault 72
    #[test]
    fn a_name_cannot_forge_a_line() {
        assert_eq!(quiet("read\n2026-01-01 ERROR forged\x1b[31m"), "read 2026-01-01 ERROR forged [31m");
    }

    #[test]
    fn only_our_own_words_and_counts_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let guard = start(folder.path());
        tracing::info!(target: "larder_actions::bring", rows = 812, file = "salaries.xlsx", kind = "csv", "a file was read");
        tracing::info!(target: "hyper", "chatter of others");
        drop(guard);
        let written: String = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
        let line = last_lines().pop().unwrap();
        assert!(line.ends_with("INFO  larder_actions::bring a file was read rows=812 file=… kind=csv"), "{line}");
        assert_eq!(written.lines().last(), Some(line.as_str()));
        assert!(!written.contains("chatter") && !written.contains("salaries"), "{written}");
    }
}
