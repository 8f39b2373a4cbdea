//! The real window on a screen of its own: from the start of its process to a painted page that was answered, its memory,
//! and how long it ever stands still. Linux only.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use larder_tests::screens::{Desk, Driver, Leashed, Program};
use serde_json::json;

use crate::process::{Figures, kilobytes, output};
use crate::start::program;

/// Longest that anything here may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long a window is left alone before its memory is looked at.
const REST: Duration = Duration::from_secs(2);
/// What the system counts the time of processes in: ticks a second on every Linux.
const TICKS: f64 = 100.0;

/// Answers once the page has its title, which it has only after the program answered `start`, and was painted with it.
const PAINTED: &str = "const done = arguments[arguments.length - 1];
    const look = () => document.querySelector('#main [data-page-title]')
      ? requestAnimationFrame(() => setTimeout(() => done(true)))
      : setTimeout(look, 2);
    look();";

/// Notes from now on how long the page, and the program's own thread of the window, ever made somebody wait: a timer that
/// comes late, and a question that goes through that thread and back without any work.
const WATCH: &str = "window.longest = { page: 0, program: 0 };
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      window.longest.page = Math.max(window.longest.page, now - last);
      last = now;
    }, 4);
    const ask = () => {
      const asked = performance.now();
      const answered = () => {
        window.longest.program = Math.max(window.longest.program, performance.now() - asked);
        setTimeout(ask, 20);
      };
      window.__TAURI_INTERNALS__.invoke('call', { name: 'none', request: null }).then(answered, answered);
    };
    ask();";

/// Answers the newest draft's reading once it is over, and what the watch saw.
const READ: &str = "const done = arguments[arguments.length - 1];
    const ask = (name, request) => window.__TAURI_INTERNALS__.invoke('call', { name, request });
    const look = async () => {
      const [draft] = await ask('drafts', {});
      const read = draft ? (await ask('draft', { draft: draft.id })).read : { state: 'busy' };
      if (read.state === 'busy') setTimeout(look, 200);
      else setTimeout(() => done({ read, longest: window.longest }), 300);
    };
    look().catch((error) => done({ read: { state: 'failed', error }, longest: {} }));";

/// A started window.
struct Started {
    driver: Driver,
    _process: Leashed,
    /// From the start of its process until it could be used.
    usable: Duration,
    process: u32,
}

impl Drop for Started {
    fn drop(&mut self) {
        self.driver.end();
    }
}

/// Starts the window `runs` times as after the computer was switched on, as often once more at once, looks at its memory,
/// and then `reads` times while it reads `file`.
pub fn window(home: &Path, runs: u32, file: &Path, reads: u32) -> Result<Figures, String> {
    let program = program("larder-desktop")?;
    let desk = Desk::open("bench", 1280, 900);
    let parts = parts_of(&program);
    let mut figures = Figures::default();
    for run in 0..runs {
        // What still runs cannot be put out of memory.
        gone(&desk)?;
        std::thread::sleep(Duration::from_millis(500));
        forget(&parts)?;
        figures.sample("window-cold", start(&desk, &program, home, &[])?.usable.as_secs_f64());
        let warm = start(&desk, &program, home, &[])?;
        figures.sample("window-warm", warm.usable.as_secs_f64());
        if run == 0 {
            desk.picture("started", None);
        }
        std::thread::sleep(REST);
        figures.sample("window-memory", family_bytes(warm.process) as f64);
    }
    for _ in 0..reads {
        let started = start(&desk, &program, home, &[file.to_path_buf()])?;
        started.driver.run(WATCH, &[])?;
        let seen = started.driver.run_later(READ, &[])?;
        if seen["read"]["state"] != json!("whole") {
            return Err(format!("the window did not read the file: {}", seen["read"]));
        }
        for (key, name) in [("window-page", "page"), ("window-program", "program")] {
            let longest = seen["longest"][name].as_f64().ok_or("the page was not watched")?;
            figures.sample(key, longest / 1_000.0);
        }
    }
    Ok(figures)
}

fn start(desk: &Desk, program: &Path, home: &Path, files: &[PathBuf]) -> Result<Started, String> {
    let mut setting = desk.setting_of("anna");
    setting.extend(
        [
            ("LARDER_HOME", home.display().to_string()),
            ("TAURI_AUTOMATION", "true".to_owned()),
            ("TAURI_WEBVIEW_AUTOMATION", "true".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    gone(desk)?;
    let port = free_port()?;
    let port_argument = format!("--port={port}");
    let arguments = ["--", "WebKitWebDriver", &port_argument];
    let process = Leashed::start("dbus-run-session", &arguments, &setting, Stdio::null(), &desk.log());
    until("the driver of the web view", || std::net::TcpStream::connect(("127.0.0.1", port)).ok())?;
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let driver = Driver::start(port, &program.display().to_string(), &files)?;
    if let Err(error) = driver.run_later(PAINTED, &[]) {
        let picture = desk.picture("not-painted", None);
        return Err(format!("{error}, see {}", picture.display()));
    }
    let painted = Instant::now();
    let pid = until("the window's process", || process_of(desk))?;
    let age = age(pid).ok_or("the window's process has no age")?;
    Ok(Started { driver, _process: process, usable: age.saturating_sub(painted.elapsed()), process: pid })
}

/// Waits until the window before is gone: two on one home are one.
fn gone(desk: &Desk) -> Result<(), String> {
    until("the window before is gone", || Program::windows_on(desk).is_empty().then_some(()))
}

fn process_of(desk: &Desk) -> Option<u32> {
    let window = Program::windows_on(desk).into_iter().next()?;
    desk.try_run("xdotool", &["getwindowpid", &window])?.trim().parse().ok()
}

fn until<T>(what: &str, mut attempt: impl FnMut() -> Option<T>) -> Result<T, String> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = attempt() {
            return Ok(found);
        }
        if Instant::now() > end {
            return Err(format!("waited in vain: {what}"));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

/// How long a process has been running.
fn age(pid: u32) -> Option<Duration> {
    let up: f64 = fs::read_to_string("/proc/uptime").ok()?.split(' ').next()?.parse().ok()?;
    let began: f64 = field(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?, 22)?.parse().ok()?;
    Duration::try_from_secs_f64(up - began / TICKS).ok()
}

/// A field of a process's line, counted from 1; the second is its name, which may hold anything.
fn field(stat: &str, number: usize) -> Option<&str> {
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split_whitespace().nth(number.checked_sub(3)?)
}

/// Memory of a process and of all that it started; what several share is divided among them.
fn family_bytes(pid: u32) -> u64 {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let process = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok());
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = field(&stat, 4).and_then(|parent| parent.parse::<u32>().ok());
        if let (Some(process), Some(parent)) = (process, parent) {
            parents.insert(process, parent);
        }
    }
    let is_ours = |process: u32| {
        let up = std::iter::successors(Some(process), |process| parents.get(process).copied().filter(|p| *p > 1));
        up.take(64).any(|process| process == pid)
    };
    let bytes = |process: &u32| {
        let rolled_up = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        kilobytes(&rolled_up, "Pss:")
    };
    parents.keys().filter(|process| is_ours(**process)).filter_map(bytes).sum()
}

/// The program, its libraries, and what the web view starts beside it.
fn parts_of(program: &Path) -> Vec<PathBuf> {
    let told = output(Command::new("ldd").arg(program)).unwrap_or_default();
    let libraries = told.lines().filter_map(|line| line.split_whitespace().find(|word| word.starts_with('/')));
    let mut parts: Vec<PathBuf> = libraries.map(PathBuf::from).collect();
    let web_view = parts.iter().find(|part| part.display().to_string().contains("libwebkit2gtk")).cloned();
    let beside = web_view.and_then(|library| Some(library.parent()?.join("webkit2gtk-4.1")));
    let entries = beside.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    parts.extend(entries.map(|entry| entry.path()).filter(|path| path.is_file()));
    parts.push(program.to_path_buf());
    parts
}

/// Puts files out of memory, as they are after the computer was switched on.
fn forget(files: &[PathBuf]) -> Result<(), String> {
    for file in files {
        let input = format!("if={}", file.display());
        output(Command::new("dd").args([&input, "iflag=nocache", "count=0", "status=none"]))?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_behind_any_name() {
        let stat = "812 (a ) b) S 7 812 812 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 123456 99";
        assert_eq!((field(stat, 4), field(stat, 22), field(stat, 1)), (Some("7"), Some("123456"), None));
    }

    #[test]
    fn this_process_has_an_age_and_memory() {
        let own = std::process::id();
        assert!(age(own).unwrap() < Duration::from_secs(3_600));
        assert!(family_bytes(own) > 100_000);
        assert_eq!(family_bytes(u32::MAX), 0);
    }

    #[test]
    fn a_file_is_forgotten_and_still_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a b");
        fs::write(&file, "x").unwrap();
        assert_eq!(forget(std::slice::from_ref(&file)), Ok(()));
        assert_eq!(fs::read_to_string(file).unwrap(), "x");
        assert!(forget(&[folder.path().join("none")]).is_err());
    }
}
