//! What crosses rooms: whole stories, the real window, and the rules of the code itself. Never ships.

pub mod host;
pub mod http;
pub mod person;
pub mod pollock;
#[cfg(target_os = "linux")]
pub mod screens;
pub mod server;

/// The project's folder.
pub fn root() -> std::path::PathBuf {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_path_buf()
}

/// A program of this workspace, built for the same profile as the tests.
pub fn program(name: &str) -> std::path::PathBuf {
    let mut folder = std::env::current_exe().unwrap_or_default();
    folder.pop();
    if folder.ends_with("deps") {
        folder.pop();
    }
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
