//! Where this person's Larder lives, and how two of them on one computer are told apart.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The name by which systems know this program.
pub const IDENTIFIER: &str = "app.larder.desktop";

/// A home: its folder, and whether it was asked for by `LARDER_HOME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The folder.
    pub folder: PathBuf,
    /// It is not the account's own one.
    pub elsewhere: bool,
}

impl Home {
    /// The home that this process was started for.
    pub fn of_this_process() -> Option<Home> {
        Home::of(std::env::var_os("LARDER_HOME").map(PathBuf::from), system_folder())
    }

    fn of(wanted: Option<PathBuf>, system: Option<PathBuf>) -> Option<Home> {
        match wanted.filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => {
                let folder = std::path::absolute(&folder).unwrap_or(folder);
                Some(Home { folder, elsewhere: true })
            }
            None => system.map(|folder| Home { folder, elsewhere: false }),
        }
    }

    /// The identifier under which only one window runs: the program's own for the account's home, and one that follows
    /// from the folder for any other, so that two homes are two people.
    pub fn instance(&self) -> String {
        if !self.elsewhere {
            return IDENTIFIER.to_owned();
        }
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        let hash = Sha256::digest(folder.to_string_lossy().as_bytes());
        let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // A part of a D-Bus name must not start with a digit.
        format!("{IDENTIFIER}.home{short}")
    }

    /// Where the log lies, one file a day.
    pub fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    /// Where reports of our own faults lie.
    pub fn crashes(&self) -> PathBuf {
        self.folder.join("crashes")
    }

    /// What is known of the window: its place, and how it draws.
    pub fn window_note(&self) -> PathBuf {
        self.folder.join("window.json")
    }

    /// Where the system's web view keeps what it wants to keep.
    pub fn web_view(&self) -> PathBuf {
        self.folder.join("webview")
    }
}

/// The account's own folder for Larder. On this computer only, because tables are large: never in a roaming profile.
fn system_folder() -> Option<PathBuf> {
    let base = directories::BaseDirs::new()?;
    let name = if cfg!(target_os = "linux") { Path::new("larder") } else { Path::new(IDENTIFIER) };
    Some(base.data_local_dir().join(name))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_wish_is_no_wish() {
        let home = Home::of(Some(PathBuf::new()), Some(PathBuf::from("own"))).unwrap();
        assert_eq!(home, Home { folder: PathBuf::from("own"), elsewhere: false });
        assert_eq!(home.instance(), IDENTIFIER);
        assert_eq!(Home::of(None, None), None);
    }

    #[test]
    fn two_homes_are_two_people_and_one_home_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let (anna, ben) = (folder.path().join("anna"), folder.path().join("ben"));
        std::fs::create_dir(&anna).unwrap();
        let of = |path: &Path| Home::of(Some(path.to_path_buf()), None).unwrap().instance();
        assert_ne!(of(&anna), of(&ben));
        assert_eq!(of(&anna), of(&anna.join("..").join("anna")));
        assert!(of(&anna).split('.').all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic())), "{}", of(&anna));
    }
}
