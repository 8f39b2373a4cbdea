//! What the parts of the window's program share: the running Larder, the home, the words, and whether the page listens.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use larder_actions::wire::{Event, Nothing, Settings, Start};
use larder_actions::{Host, Larder, Words};
use larder_model::{Refusal, RefusalCode};
use tauri::{AppHandle, Manager};

use crate::home::Home;
use crate::host::DesktopHost;
use crate::place::WindowNote;

/// The one of them.
pub struct Shell {
    /// Where everything lies.
    pub home: Home,
    /// The world as the actions see it.
    pub host: Arc<DesktopHost>,
    larder: OnceLock<Arc<Larder>>,
    words: Mutex<Words>,
    note: Mutex<WindowNote>,
    page: Mutex<Page>,
}

/// Whether the page can be told anything yet, and what waits for it.
#[derive(Default)]
struct Page {
    listens: bool,
    waiting: Vec<PathBuf>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shell {
    /// Before anything is opened.
    pub fn new(app: &AppHandle, home: Home) -> Shell {
        let host = Arc::new(DesktopHost::new(app.clone(), &home.folder));
        let words = Words::of(&host.locale());
        let note = WindowNote::read(&home.window_note());
        Shell {
            home,
            host,
            larder: OnceLock::new(),
            words: Mutex::new(words),
            note: Mutex::new(note),
            page: Mutex::default(),
        }
    }

    /// Opens the home.
    pub fn open_larder(&self) -> Result<(), Refusal> {
        let larder = Larder::open(self.host.clone())?;
        // Opened twice only if two dialogs were answered at once: the first one stays.
        if let Err(second) = self.larder.set(larder) {
            second.close();
        }
        Ok(())
    }

    /// The running Larder; a refusal before it is open.
    pub fn larder(&self) -> Result<Arc<Larder>, Refusal> {
        self.larder.get().cloned().ok_or_else(|| Refusal::new(RefusalCode::Busy).with("what", "start"))
    }

    /// The words of the person's language.
    pub fn words(&self) -> Words {
        hold(&self.words).clone()
    }

    /// What the person set, read anew. Answers the settings and whether the language is another one now.
    pub fn read_settings(&self) -> Option<(Settings, bool)> {
        let larder = self.larder().ok()?;
        let nothing = serde_json::to_value(Nothing {}).ok()?;
        let start: Start = serde_json::from_value(larder_actions::call(&larder, "start", nothing).ok()?).ok()?;
        let fitting = Words::of(start.settings.language.as_deref().unwrap_or(&start.locale));
        let mut words = hold(&self.words);
        let another = words.language() != fitting.language();
        *words = fitting;
        Some((start.settings, another))
    }

    /// The note about the window.
    pub fn note(&self) -> WindowNote {
        hold(&self.note).clone()
    }

    /// Changes the note, and writes it down where asked.
    pub fn change_note(&self, change: impl FnOnce(&mut WindowNote), keep: bool) {
        let mut note = hold(&self.note);
        change(&mut note);
        if keep {
            note.write(&self.home.window_note());
        }
    }

    /// The page has asked its first question, so it listens. Answers the files that waited for it.
    pub fn page_listens(&self) -> Vec<PathBuf> {
        let mut page = hold(&self.page);
        page.listens = true;
        std::mem::take(&mut page.waiting)
    }

    /// Whether the page was drawn so far that it asks questions.
    #[cfg(target_os = "linux")]
    pub fn is_page_there(&self) -> bool {
        hold(&self.page).listens
    }

    /// Keeps files for when the page listens; answers them where it does already.
    pub fn wait_or_take(&self, files: Vec<PathBuf>) -> Vec<PathBuf> {
        let mut page = hold(&self.page);
        if page.listens {
            return files;
        }
        page.waiting.extend(files);
        Vec::new()
    }

    /// Stops everything, at the end.
    pub fn close(&self) {
        if let Some(larder) = self.larder.get() {
            larder.close();
        }
    }
}

/// Tells the page something.
pub fn tell(app: &AppHandle, event: Event) {
    app.state::<Shell>().host.emit(event);
}
