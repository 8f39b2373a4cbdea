//! What a terminal answers when the actions ask.

use std::path::{Path, PathBuf};

use larder_actions::{Host, Secrets, SystemSecrets, wire::Event};

/// A terminal's host.
pub struct TerminalHost {
    home: PathBuf,
    secrets: SystemSecrets,
}

impl TerminalHost {
    /// The home of `LARDER_HOME`, else where the system keeps a program's data.
    pub fn new() -> TerminalHost {
        TerminalHost { home: default_home(), secrets: SystemSecrets::default() }
    }

    /// A home at this folder.
    pub fn at(home: &Path) -> TerminalHost {
        TerminalHost { home: home.to_path_buf(), secrets: SystemSecrets::default() }
    }
}

fn default_home() -> PathBuf {
    if let Some(home) = std::env::var_os("LARDER_HOME").filter(|h| !h.is_empty()) {
        return PathBuf::from(home);
    }
    // The same folder as the window's: on Windows "Larder" itself is where a person's installer puts the program.
    let name = if cfg!(target_os = "linux") { "larder" } else { "app.larder.desktop" };
    directories::BaseDirs::new()
        .map(|dirs| dirs.data_local_dir().join(name))
        .unwrap_or_else(|| PathBuf::from("larder-home"))
}

impl Host for TerminalHost {
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
        getrandom::fill(&mut bytes).expect("the system gives random bytes, or nothing can be signed");
        bytes
    }

    fn locale(&self) -> String {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .unwrap_or_else(|| "en".to_owned())
    }

    fn account_name(&self) -> String {
        std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "Someone".to_owned())
    }

    fn computer_name(&self) -> String {
        std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).unwrap_or_default()
    }

    fn documents_folder(&self) -> PathBuf {
        directories::UserDirs::new()
            .and_then(|dirs| dirs.document_dir().map(Path::to_path_buf))
            .unwrap_or_else(|| self.home.join("documents"))
    }

    fn emit(&self, _: Event) {}

    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        None
    }

    fn choose_folder(&self) -> Option<PathBuf> {
        None
    }

    fn choose_save(&self, _: &str, _: &str) -> Option<PathBuf> {
        None
    }

    fn open_path(&self, _: &Path) -> bool {
        false
    }

    fn reveal(&self, _: &Path) -> bool {
        false
    }
}
