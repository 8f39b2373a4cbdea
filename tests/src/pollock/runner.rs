//! Runs a loader over the files, or takes what it left in a folder.

use super::folder::Polluted;
use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{fs, thread};

const THREADS: usize = 2;
const LIMIT: Duration = Duration::from_secs(20);

/// A file and what the loader printed for it; `None` where it failed or took too long.
pub type Answer = (Polluted, Option<String>);

/// Runs the command once for every file. `{}` among the arguments stands for the file's path;
/// without it the path comes last.
///
/// # Errors
/// If the program cannot be started.
pub fn run_all(files: Vec<Polluted>, command: &[String]) -> Result<Vec<Answer>, String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, file)) = pick(&files, &next) {
            done.push((at, run(&file.path, command)?));
        }
        Ok::<_, String>(done)
    };
    let parts = thread::scope(|scope| {
        let handles: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        handles.into_iter().map(|handle| handle.join()).collect::<Vec<_>>()
    });
    let mut outputs = vec![None; files.len()];
    for part in parts {
        for (at, output) in part.map_err(|_| "a worker stopped".to_owned())?? {
            outputs[at] = output;
        }
    }
    Ok(files.into_iter().zip(outputs).collect())
}

fn pick<'a>(files: &'a [Polluted], next: &AtomicUsize) -> Option<(usize, &'a Polluted)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    files.get(at).map(|file| (at, file))
}

/// The output of one run, or `None` if it failed.
fn run(path: &Path, command: &[String]) -> Result<Option<String>, String> {
    let (program, words) = command.split_first().ok_or("no program given")?;
    let mut child = Command::new(program)
        .args(arguments(path, words))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    let output = collect(&mut child);
    if output.is_none() {
        // It may have ended by itself meanwhile; then there is nothing to stop.
        let _ = child.kill();
        let _ = child.wait();
    }
    Ok(output.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

fn arguments(path: &Path, words: &[String]) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
    match arguments.iter_mut().find(|word| *word == "{}") {
        Some(place) => *place = path.into(),
        None => arguments.push(path.into()),
    }
    arguments
}

/// What the child prints until it ends well within the time limit.
fn collect(child: &mut Child) -> Option<Vec<u8>> {
    let deadline = Instant::now() + LIMIT;
    let mut pipe = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    // Reading apart from waiting, so that a full pipe does not stop the child.
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.read_to_end(&mut bytes).map(|_| bytes);
        // Nobody listens any more when the time is over.
        let _ = sender.send(read);
    });
    let bytes = receiver.recv_timeout(LIMIT).ok()?.ok()?;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait().ok()? {
            return status.success().then_some(bytes);
        }
        thread::sleep(Duration::from_millis(1));
    }
    None
}

/// Takes ready outputs from a folder: named like the file, or with `_converted.csv` appended.
pub fn collected(files: Vec<Polluted>, folder: &Path) -> Vec<Answer> {
    let output = |name: &str| {
        let paths = [folder.join(format!("{name}_converted.csv")), folder.join(name)];
        let bytes = paths.iter().find_map(|path| fs::read(path).ok())?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    files.into_iter().map(|file| (file.clone(), output(&file.name))).collect()
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Option<String> {
        let command = ["sh", "-c", script, "sh"].map(str::to_owned);
        run(Path::new("some path"), &command).unwrap()
    }

    #[test]
    fn the_path_is_appended_or_put_in_place() {
        assert_eq!(sh("printf '%s' \"$1\"").as_deref(), Some("some path"));
        let words = ["a", "{}", "b"].map(str::to_owned);
        assert_eq!(arguments(Path::new("p"), &words), ["a", "p", "b"]);
    }

    #[test]
    fn failure_has_no_output() {
        assert_eq!(sh("echo text; exit 3"), None);
        assert!(run(Path::new("p"), &["no-such-program-at-all".to_owned()]).is_err());
    }
}
