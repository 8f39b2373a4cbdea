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

/// Copies what is not there yet from one folder into another, as a sync client does that was away.
pub fn copy_into(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder to copy into");
    for entry in std::fs::read_dir(from).expect("a folder to copy").map(|entry| entry.expect("it can be listed")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_into(&entry.path(), &target);
        } else if !target.exists() {
            std::fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}
