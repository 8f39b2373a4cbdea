//! The world around the actions, as tests need it: a clock that stands still where asked, dialogs that are answered
//! beforehand, and a note of everything that would have been opened or said.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan, ZonedDateTime};
use larder_actions::wire::Event;
use larder_actions::{Host, Secrets, SessionSecrets};

/// What a person would answer in the system's dialogs, one each in order.
#[derive(Debug, Default)]
struct Answers {
    files: VecDeque<Vec<PathBuf>>,
    folders: VecDeque<PathBuf>,
    saves: VecDeque<PathBuf>,
}

/// One computer of one person. Each has a home of its own, so several of them are several colleagues.
pub struct TestHost {
    home: PathBuf,
    locale: String,
    account: String,
    computer: String,
    answers_folder: Option<PathBuf>,
    clock: Mutex<Option<ZonedDateTime>>,
    answers: Mutex<Answers>,
    opened: Mutex<Vec<PathBuf>>,
    revealed: Mutex<Vec<PathBuf>>,
    said: Mutex<Vec<Event>>,
    listeners: Mutex<Vec<Sender<Event>>>,
    secrets: SessionSecrets,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a moment: with a zone in brackets (`2026-03-04T09:00[Europe/Berlin]`), or RFC 3339 with an offset.
pub fn moment(text: &str) -> Result<ZonedDateTime, String> {
    if let Ok(zoned) = text.parse::<ZonedDateTime>() {
        return Ok(zoned);
    }
    let time: Timestamp = text.parse().map_err(|e| format!("{text}: {e}"))?;
    let offset = jiff::fmt::temporal::Pieces::parse(text).ok().and_then(|p| p.to_numeric_offset());
    Ok(ZonedDateTime::new(time, offset.map_or(jiff::tz::TimeZone::UTC, jiff::tz::TimeZone::fixed)))
}

impl TestHost {
    /// A computer in England whose clock is the system's.
    pub fn at(home: &Path) -> TestHost {
        TestHost {
            home: home.to_path_buf(),
            locale: "en-GB".to_owned(),
            account: "Anna Miller".to_owned(),
            computer: "office-pc".to_owned(),
            answers_folder: None,
            clock: Mutex::default(),
            answers: Mutex::default(),
            opened: Mutex::default(),
            revealed: Mutex::default(),
            said: Mutex::default(),
            listeners: Mutex::default(),
            secrets: SessionSecrets::default(),
        }
    }

    /// With another language, such as `de-DE`.
    pub fn speaking(mut self, locale: &str) -> TestHost {
        self.locale = locale.to_owned();
        self
    }

    /// With another person's account on another computer.
    pub fn of(mut self, account: &str, computer: &str) -> TestHost {
        self.account = account.to_owned();
        self.computer = computer.to_owned();
        self
    }

    /// With a clock that stands at this moment until it is moved.
    pub fn clock(self, now: ZonedDateTime) -> TestHost {
        *hold(&self.clock) = Some(now);
        self
    }

    /// With dialogs that are answered by text files in a folder: `files` (one path a line), `folder` and `save`. An
    /// answer given through the methods goes first.
    pub fn answers_in(mut self, folder: &Path) -> TestHost {
        self.answers_folder = Some(folder.to_path_buf());
        self
    }

    /// Moves the clock, which stands still from then on.
    pub fn set_clock(&self, now: ZonedDateTime) {
        *hold(&self.clock) = Some(now);
    }

    /// Lets this many minutes pass.
    pub fn pass_minutes(&self, minutes: i64) {
        let later = self.now().saturating_add(minutes.minutes());
        self.set_clock(later);
    }

    /// Answers the next dialog for files.
    pub fn answer_files(&self, files: Vec<PathBuf>) {
        hold(&self.answers).files.push_back(files);
    }

    /// Answers the next dialog for a folder.
    pub fn answer_folder(&self, folder: &Path) {
        hold(&self.answers).folders.push_back(folder.to_path_buf());
    }

    /// Answers the next dialog for a place to save.
    pub fn answer_save(&self, path: &Path) {
        hold(&self.answers).saves.push_back(path.to_path_buf());
    }

    /// Files that would have been opened so far.
    pub fn opened(&self) -> Vec<PathBuf> {
        hold(&self.opened).clone()
    }

    /// Files and folders that would have been shown in the file manager so far.
    pub fn revealed(&self) -> Vec<PathBuf> {
        hold(&self.revealed).clone()
    }

    /// Everything that was said to the window so far.
    pub fn said(&self) -> Vec<Event> {
        hold(&self.said).clone()
    }

    /// Everything that will be said to the window from now on.
    pub fn listen(&self) -> Receiver<Event> {
        let (sender, receiver) = channel();
        hold(&self.listeners).push(sender);
        receiver
    }

    /// Waits until something is said that fits, looking at what was said before too. None when the time is up.
    pub fn wait_for(&self, longest: Duration, fits: impl Fn(&Event) -> bool) -> Option<Event> {
        let until = Instant::now() + longest;
        let receiver = self.listen();
        if let Some(event) = self.said().into_iter().find(&fits) {
            return Some(event);
        }
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match receiver.recv_timeout(left) {
                Ok(event) if fits(&event) => return Some(event),
                Ok(_) => {}
                Err(_) => return None,
            }
        }
        None
    }

    fn answered_by_file(&self, name: &str) -> Vec<PathBuf> {
        let Some(folder) = &self.answers_folder else {
            return Vec::new();
        };
        let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect()
    }
}

impl Host for TestHost {
    fn secrets(&self) -> &dyn Secrets {
        &self.secrets
    }

    fn home(&self) -> &Path {
        &self.home
    }

    fn now(&self) -> ZonedDateTime {
        hold(&self.clock).clone().unwrap_or_else(ZonedDateTime::now)
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system has random numbers");
        bytes
    }

    fn locale(&self) -> String {
        self.locale.clone()
    }

    fn account_name(&self) -> String {
        self.account.clone()
    }

    fn computer_name(&self) -> String {
        self.computer.clone()
    }

    fn documents_folder(&self) -> PathBuf {
        self.home.join("Documents")
    }

    fn emit(&self, event: Event) {
        hold(&self.said).push(event.clone());
        hold(&self.listeners).retain(|listener| listener.send(event.clone()).is_ok());
    }

    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        let given = hold(&self.answers).files.pop_front();
        given.or_else(|| Some(self.answered_by_file("files")).filter(|files| !files.is_empty()))
    }

    fn choose_folder(&self) -> Option<PathBuf> {
        let given = hold(&self.answers).folders.pop_front();
        given.or_else(|| self.answered_by_file("folder").into_iter().next())
    }

    fn choose_save(&self, _suggested_name: &str, _extension: &str) -> Option<PathBuf> {
        let given = hold(&self.answers).saves.pop_front();
        given.or_else(|| self.answered_by_file("save").into_iter().next())
    }

    fn open_path(&self, path: &Path) -> bool {
        hold(&self.opened).push(path.to_path_buf());
        path.exists()
    }

    fn reveal(&self, path: &Path) -> bool {
        hold(&self.revealed).push(path.to_path_buf());
        path.exists()
    }
}

/// A running Larder on a home, and its host.
pub fn open_larder(host: TestHost) -> Result<(Arc<larder_actions::Larder>, Arc<TestHost>), larder_model::Refusal> {
    let host = Arc::new(host);
    let larder = larder_actions::Larder::open(host.clone())?;
    Ok((larder, host))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_the_hour_that_people_read() {
        for text in ["2026-03-04T09:30:00+01:00", "2026-03-04T09:30:00+01:00[Europe/Berlin]"] {
            assert_eq!(moment(text).unwrap().hour(), 9, "{text}");
        }
        assert!(moment("yesterday").is_err());
    }

    #[test]
    fn a_clock_that_was_set_stands_still() {
        let host = TestHost::at(Path::new("x")).clock(moment("2026-03-04T09:30:00Z").unwrap());
        assert_eq!(host.now(), host.now());
        host.pass_minutes(45);
        assert_eq!((host.now().hour(), host.now().minute()), (10, 15));
    }

    #[test]
    fn dialogs_answer_once_each_and_then_are_closed() {
        let host = TestHost::at(Path::new("x"));
        host.answer_folder(Path::new("share"));
        assert_eq!(host.choose_folder(), Some(PathBuf::from("share")));
        assert_eq!(host.choose_folder(), None);
        assert_eq!(host.choose_files(), None);
    }

    #[test]
    fn answers_in_a_folder_are_read_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::at(Path::new("x")).answers_in(folder.path());
        assert_eq!(host.choose_files(), None);
        fs::write(folder.path().join("files"), "a.csv\nb c.csv\n\n").unwrap();
        assert_eq!(host.choose_files(), Some(vec![PathBuf::from("a.csv"), PathBuf::from("b c.csv")]));
    }

    fn dragging(files: u32) -> Event {
        Event::Dragging { files, x: 0.0, y: 0.0 }
    }

    #[test]
    fn waiting_finds_what_was_said_before_and_after() {
        let host = Arc::new(TestHost::at(Path::new("x")));
        host.emit(dragging(1));
        let short = Duration::from_millis(20);
        assert!(host.wait_for(short, |e| *e == dragging(1)).is_some());
        assert!(host.wait_for(short, |e| *e == dragging(2)).is_none());
        let later = host.clone();
        let thread = std::thread::spawn(move || later.emit(dragging(2)));
        assert!(host.wait_for(Duration::from_secs(5), |e| *e == dragging(2)).is_some());
        thread.join().unwrap();
    }
}
