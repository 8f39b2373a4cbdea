//! What the actions ask of the world, answered by this computer and its window.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use larder_actions::wire::Event;
use larder_actions::{Host, Secrets, SystemSecrets};
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

use crate::shell::Shell;
use crate::{crash, window};

/// Endings of files that are offered first in the dialog for files. What a file is, is told by its content.
const SPREADSHEETS: [&str; 14] =
    ["xlsx", "xlsm", "xlsb", "xls", "xltx", "xltm", "ods", "fods", "csv", "tsv", "txt", "xml", "html", "htm"];

/// This computer.
pub struct DesktopHost {
    app: AppHandle,
    home: PathBuf,
    secrets: SystemSecrets,
}

impl DesktopHost {
    /// For this program and this home.
    pub fn new(app: AppHandle, home: &Path) -> DesktopHost {
        DesktopHost { app, home: home.to_path_buf(), secrets: SystemSecrets::default() }
    }

    fn dialog(&self, title: &str) -> FileDialogBuilder<tauri::Wry> {
        let dialog = self.app.dialog().file().set_title(self.app.state::<Shell>().words().text(title));
        match self.app.get_webview_window(window::LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

fn path(file: FilePath) -> Option<PathBuf> {
    file.into_path().ok()
}

impl Host for DesktopHost {
    fn secrets(&self) -> &dyn Secrets {
        &self.secrets
    }

    fn home(&self) -> &Path {
        &self.home
    }

    fn now(&self) -> jiff::ZonedDateTime {
        jiff::ZonedDateTime::now()
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("every supported system gives random numbers");
        bytes
    }

    fn locale(&self) -> String {
        // Systems without a language call it `C` or `POSIX`, which is none.
        let told =
            sys_locale::get_locale().map(|name| name.split(['.', '@']).next().unwrap_or_default().replace('_', "-"));
        told.filter(|name| name.len() > 1 && name.starts_with(|c: char| c.is_ascii_lowercase()))
            .unwrap_or_else(|| "en".to_owned())
    }

    fn account_name(&self) -> String {
        let named = [whoami::realname(), whoami::username()].into_iter().flatten();
        named.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).unwrap_or_default()
    }

    fn computer_name(&self) -> String {
        let named = [whoami::devicename(), whoami::hostname()].into_iter().flatten();
        named.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).unwrap_or_default()
    }

    fn documents_folder(&self) -> PathBuf {
        let user = directories::UserDirs::new();
        user.as_ref()
            .and_then(|dirs| dirs.document_dir().map(Path::to_path_buf))
            .or_else(|| user.as_ref().map(|dirs| dirs.home_dir().to_path_buf()))
            .unwrap_or_else(|| self.home.clone())
    }

    fn emit(&self, event: Event) {
        let settings = matches!(&event, Event::Changed { topics } if topics.iter().any(|topic| topic == "start"));
        if self.app.emit_to(window::LABEL, "larder", event).is_err() {
            tracing::warn!("the window was not told");
        }
        if settings {
            window::follow_settings(&self.app);
        }
    }

    fn note_fault(&self, page: &str, message: &str) {
        crash::of_page(&self.app.state::<Shell>().home.crashes(), page, message);
    }

    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        #[cfg(debug_assertions)]
        if let Some(given) = answered("files") {
            return Some(given).filter(|files| !files.is_empty());
        }
        let words = self.app.state::<Shell>().words();
        let dialog = self
            .dialog("window-choose-files")
            .add_filter(words.text("window-spreadsheets"), &SPREADSHEETS)
            .add_filter(words.text("window-all-files"), &["*"]);
        let files: Vec<PathBuf> = dialog.blocking_pick_files()?.into_iter().filter_map(path).collect();
        Some(files).filter(|files| !files.is_empty())
    }

    fn choose_file(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(given) = answered("file") {
            return given.into_iter().next();
        }
        self.dialog("window-choose-file").blocking_pick_file().and_then(path)
    }

    fn choose_folder(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(given) = answered("folder") {
            return given.into_iter().next();
        }
        self.dialog("window-choose-folder").blocking_pick_folder().and_then(path)
    }

    fn choose_save(&self, suggested_name: &str, extension: &str) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(given) = answered("save") {
            return given.into_iter().next();
        }
        let dialog = self
            .dialog("window-choose-save")
            .set_directory(self.documents_folder())
            .set_file_name(suggested_name)
            .add_filter(extension.to_uppercase(), &[extension]);
        dialog.blocking_save_file().and_then(path)
    }

    fn open_path(&self, path: &Path) -> bool {
        match std::env::var_os("LARDER_OPEN_WITH").filter(|program| !program.is_empty()) {
            Some(program) => start(Command::new(program).arg(path)),
            None => tauri_plugin_opener::open_path(path, None::<&str>).is_ok(),
        }
    }

    fn reveal(&self, path: &Path) -> bool {
        let shown = tauri_plugin_opener::reveal_item_in_dir(path).is_ok();
        // File managers that cannot point at one file can still show its folder.
        shown || path.parent().is_some_and(|folder| tauri_plugin_opener::open_path(folder, None::<&str>).is_ok())
    }
}

/// Starts a program beside us; its end is waited for so that nothing is left behind.
fn start(command: &mut Command) -> bool {
    match command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() {
        Ok(mut child) => {
            std::thread::spawn(move || child.wait());
            true
        }
        Err(error) => {
            tracing::warn!(detail = %error, "the chosen program was not started");
            false
        }
    }
}

/// A question of the window is answered by a text file named `question` that says `yes` or `no`; without it, it is asked.
#[cfg(all(debug_assertions, target_os = "linux"))]
pub fn answered_question() -> Option<bool> {
    let folder = std::env::var_os("LARDER_ANSWER_DIALOGS")?;
    let text = std::fs::read_to_string(Path::new(&folder).join("question")).ok()?;
    Some(text.trim() == "yes")
}

/// Dialogs are answered by text files where tests of the real window ask for it: `files`, `folder` and `save` in the folder
/// `LARDER_ANSWER_DIALOGS`, one path a line; a missing file is a dialog that was closed. Not part of release builds.
#[cfg(debug_assertions)]
fn answered(name: &str) -> Option<Vec<PathBuf>> {
    let folder = std::env::var_os("LARDER_ANSWER_DIALOGS")?;
    let text = std::fs::read_to_string(Path::new(&folder).join(name)).unwrap_or_default();
    Some(text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}
