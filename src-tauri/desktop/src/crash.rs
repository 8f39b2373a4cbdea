//! Faults of our own: each leaves one readable file, in which names of files and values are left out. Nothing is sent.

use std::fs;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};

use crate::log;

/// Reports that are kept.
const KEPT: usize = 20;

/// Writes a report into this folder whenever something panics, before anything else happens.
pub fn watch(folder: PathBuf) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        write_now(&folder, &report(panic));
        before(panic);
    }));
}

/// Writes a report of a fault inside the page.
pub fn of_page(folder: &Path, page: &str, message: &str) {
    write_now(folder, &in_words(message, &format!("page {page}"), "page", &log::last_lines()));
}

fn write_now(folder: &Path, text: &str) {
    write(folder, &jiff::ZonedDateTime::now().strftime("%Y-%m-%d_%H-%M-%S").to_string(), text);
}

fn report(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let what = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let place = panic.location().map_or_else(|| "unknown".to_owned(), place);
    in_words(&what, &place, std::thread::current().name().unwrap_or("unnamed"), &log::last_lines())
}

/// The place in our code without the folders of whoever built it.
fn place(location: &std::panic::Location<'_>) -> String {
    let file = location.file().replace('\\', "/");
    let inside = ["src-tauri/", "registry/src/", "library/"].iter().find_map(|mark| file.find(mark));
    format!("{}:{}", &file[inside.unwrap_or(0)..], location.line())
}

fn in_words(what: &str, place: &str, thread: &str, lines: &[String]) -> String {
    format!(
        "Larder {} met a fault of its own on {}.\n\
         What you were working on is saved. Nothing in this file left the computer.\n\
         Names of files and values of cells were left out.\n\n\
         system   {} {}\nthread   {thread}\nplace    {place}\nmessage  {}\n\nThe last lines of the log:\n{}\n",
        env!("CARGO_PKG_VERSION"),
        jiff::ZonedDateTime::now().strftime("%Y-%m-%d %H:%M:%S %:z"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        log::quiet(what),
        lines.join("\n"),
    )
}

/// A report that cannot be written is not worth a second fault.
fn write(folder: &Path, name: &str, text: &str) {
    let _ = fs::create_dir_all(folder);
    let mut file = folder.join(format!("{name}.txt"));
    for n in 2..100 {
        if !file.exists() {
            break;
        }
        file = folder.join(format!("{name}_{n}.txt"));
    }
    let _ = fs::write(file, text);
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut reports: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    reports.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    reports.sort();
    for old in reports.iter().rev().skip(KEPT) {
        let _ = fs::remove_file(old);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_report_reads_well_and_names_nobody() {
        let text =
            in_words("no column \"Salary\" in /home/anna/x.csv", "src-tauri/x.rs:3", "main", &["a line".to_owned()]);
        assert!(text.contains("src-tauri/x.rs:3") && text.ends_with("a line\n"), "{text}");
        assert!(!text.contains("Salary") && !text.contains("anna"), "{text}");
    }

    #[test]
    fn two_faults_in_one_second_are_two_reports_and_old_ones_go() {
        let folder = tempfile::tempdir().unwrap();
        for second in 0..KEPT {
            write(folder.path(), &format!("2026-03-04_09-30-{second:02}"), "a");
        }
        write(folder.path(), "2026-03-04_09-30-59", "b");
        write(folder.path(), "2026-03-04_09-30-59", "c");
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names.len(), KEPT);
        assert_eq!(names.first().unwrap(), "2026-03-04_09-30-02.txt");
        assert_eq!(fs::read_to_string(folder.path().join("2026-03-04_09-30-59_2.txt")).unwrap(), "c");
    }
}
