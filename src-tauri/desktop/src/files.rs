//! Files that come from outside the page: dragged over the window, opened with Larder, handed over by a second start.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use larder_actions::wire::Event;
use tauri::{AppHandle, DragDropEvent, Manager, WebviewWindow};

use crate::shell::{Shell, tell};

/// How a link begins with which somebody is invited: it stands where the path of a file would stand, as it is.
const INVITATION: &str = "larder:";

/// The files that a command line names: all that is no switch, from the folder where it was typed, and links. The program's own
/// name must be gone already.
pub fn named(arguments: impl IntoIterator<Item = OsString>, folder: &Path) -> Vec<PathBuf> {
    let mut only_files = false;
    let mut files = Vec::new();
    for argument in arguments {
        let text = argument.to_string_lossy();
        if !only_files && text == "--" {
            only_files = true;
        } else if text.is_empty() || (!only_files && text.starts_with('-')) {
            continue;
        } else if !only_files && text.starts_with(INVITATION) {
            files.push(argument.into());
        } else if text.starts_with("file:") {
            files.extend(url::Url::parse(&text).ok().and_then(|url| url.to_file_path().ok()));
        } else {
            files.push(folder.join(argument));
        }
    }
    files
}

/// What the system opens with Larder where it names everything by address.
#[cfg(any(target_os = "macos", test))]
pub fn opened(urls: &[url::Url]) -> Vec<PathBuf> {
    let path = |url: &url::Url| match url.scheme() {
        "file" => url.to_file_path().ok(),
        _ => url.as_str().starts_with(INVITATION).then(|| PathBuf::from(url.as_str())),
    };
    urls.iter().filter_map(path).collect()
}

/// Brings files in on a thread of its own and tells the page what became of them. Before the page listens they wait.
pub fn bring_in(app: &AppHandle, files: Vec<PathBuf>) {
    let files = app.state::<Shell>().wait_or_take(files);
    if !files.is_empty() {
        bring_in_now(app, files);
    }
}

fn bring_in_now(app: &AppHandle, files: Vec<PathBuf>) {
    let app = app.clone();
    std::thread::spawn(move || {
        let Ok(larder) = app.state::<Shell>().larder() else { return };
        let brought = larder.bring_in_paths(&files);
        tracing::info!(
            files = files.len(),
            drafts = brought.items.iter().filter(|i| i.draft.is_some()).count(),
            "brought in"
        );
        tell(&app, Event::BroughtIn { brought });
    });
}

/// The page listens from now on; what waited for it is brought in.
pub fn page_listens(app: &AppHandle) {
    let waiting = app.state::<Shell>().page_listens();
    if !waiting.is_empty() {
        bring_in_now(app, waiting);
    }
}

/// How often the page is told where files are that move over it.
const TOLD_EVERY: Duration = Duration::from_millis(40);

/// Files over the window, so that the page can say so and point out what they would be dropped on, and files let go.
pub fn dragged(window: &WebviewWindow, event: &DragDropEvent) {
    static OVER: Mutex<Over> = Mutex::new(Over { files: 0, told: None });
    let mut over = OVER.lock().unwrap_or_else(PoisonError::into_inner);
    let app = window.app_handle();
    // Windows counts the dots of the screen, the others count points.
    let scale = if cfg!(windows) { window.scale_factor().unwrap_or(1.0) } else { 1.0 };
    let (x, y) = match event {
        DragDropEvent::Enter { position, .. }
        | DragDropEvent::Over { position }
        | DragDropEvent::Drop { position, .. } => (position.x / scale, position.y / scale),
        _ => (0.0, 0.0),
    };
    match event {
        DragDropEvent::Enter { paths, .. } => {
            over.files = u32::try_from(paths.len()).unwrap_or(u32::MAX);
            over.tell(app, x, y, true);
        }
        DragDropEvent::Over { .. } if over.files > 0 => over.tell(app, x, y, false),
        DragDropEvent::Drop { paths, .. } => {
            over.files = 0;
            tell(app, Event::Dropped { files: u32::try_from(paths.len()).unwrap_or(u32::MAX), x, y });
            // Something without a file, as mail programs drag it, is answered too.
            bring_in_now(app, paths.clone());
        }
        DragDropEvent::Leave if over.files > 0 => {
            over.files = 0;
            over.tell(app, x, y, true);
        }
        _ => {}
    }
}

/// Files that are over the window now.
struct Over {
    files: u32,
    told: Option<Instant>,
}

impl Over {
    fn tell(&mut self, app: &AppHandle, x: f64, y: f64, always: bool) {
        if always || self.told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            self.told = Some(Instant::now());
            tell(app, Event::Dragging { files: self.files, x, y });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str]) -> Vec<PathBuf> {
        named(arguments.iter().map(OsString::from), Path::new("/home/anna"))
    }

    #[test]
    fn files_are_found_from_where_they_were_named() {
        let wanted = [PathBuf::from("/home/anna").join("till march.csv"), PathBuf::from("/share/b.xlsx")];
        assert_eq!(of(&["till march.csv", "/share/b.xlsx"]), wanted);
    }

    #[test]
    fn switches_are_no_files_and_two_dashes_end_them() {
        assert_eq!(of(&["--hidden", "-psn_0_123", ""]), Vec::<PathBuf>::new());
        assert_eq!(of(&["--", "-odd.csv"]), [PathBuf::from("/home/anna").join("-odd.csv")]);
    }

    #[test]
    fn a_link_stays_as_it_is() {
        assert_eq!(of(&["larder:join?v=1&shelf=abc"]), [PathBuf::from("larder:join?v=1&shelf=abc")]);
        assert_eq!(of(&["--", "larder:join"]), [PathBuf::from("/home/anna").join("larder:join")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_manager_may_name_files_by_address() {
        assert_eq!(of(&["file:///share/till%20march.csv"]), [PathBuf::from("/share/till march.csv")]);
        assert_eq!(of(&["file://elsewhere/x.csv"]), Vec::<PathBuf>::new());
    }

    #[cfg(unix)]
    #[test]
    fn addresses_are_files_and_invitations_and_nothing_else() {
        let urls = ["file:///share/b.xlsx", "larder:join?v=1", "https://example.com/x.csv"];
        let urls: Vec<_> = urls.iter().filter_map(|url| url::Url::parse(url).ok()).collect();
        assert_eq!(opened(&urls), [PathBuf::from("/share/b.xlsx"), PathBuf::from("larder:join?v=1")]);
    }
}
