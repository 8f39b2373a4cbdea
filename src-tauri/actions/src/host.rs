//! What actions ask of the world around them. The window, the command line and the tests each answer in their own way.

use std::path::{Path, PathBuf};

use crate::secrets::Secrets;
use crate::wire::Event;

/// The world around the actions.
pub trait Host: Send + Sync + 'static {
    /// The folder that holds everything Larder keeps on this computer. It need not exist yet.
    fn home(&self) -> &Path;
    /// The time now, in the zone of this computer.
    fn now(&self) -> jiff::ZonedDateTime;
    /// 32 random bytes fit for a signing key.
    fn random(&self) -> [u8; 32];
    /// The system's language, such as `de-DE`.
    fn locale(&self) -> String;
    /// The name of the person's account, as a first guess of who they are.
    fn account_name(&self) -> String;
    /// The name of this computer.
    fn computer_name(&self) -> String;
    /// The folder for documents, where copies to open are written.
    fn documents_folder(&self) -> PathBuf;
    /// Tells the window. Must not block.
    fn emit(&self, event: Event);
    /// Writes a report of a fault inside the page, where this host keeps reports.
    fn note_fault(&self, _page: &str, _message: &str) {}
    /// Asks for files to bring in; none if the person closed the dialog.
    fn choose_files(&self) -> Option<Vec<PathBuf>>;
    /// Asks for a folder.
    fn choose_folder(&self) -> Option<PathBuf>;
    /// Asks where to save.
    fn choose_save(&self, suggested_name: &str, extension: &str) -> Option<PathBuf>;
    /// Opens a file with the program that the system has for it; false if there is none.
    fn open_path(&self, path: &Path) -> bool;
    /// Where passwords of places are kept.
    fn secrets(&self) -> &dyn Secrets;
    /// Shows a file or folder in the file manager; false if there is none.
    fn reveal(&self, path: &Path) -> bool;
}
