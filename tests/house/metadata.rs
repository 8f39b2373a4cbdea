//! What cargo knows about the workspace.

use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// The packages of the workspace, each with the dependencies that it declares.
pub fn rooms() -> &'static Value {
    static ROOMS: OnceLock<Value> = OnceLock::new();
    ROOMS.get_or_init(|| metadata(&["--no-deps"]).unwrap_or_else(|error| panic!("cargo metadata: {error}")))
}

/// Every package that is built into Larder: for every system where all of them are on this computer, else for this one.
pub fn everything() -> Value {
    metadata(&[]).unwrap_or_else(|_| {
        let host = host();
        metadata(&["--filter-platform", &host]).unwrap_or_else(|error| panic!("cargo metadata for {host}: {error}"))
    })
}

fn metadata(more: &[&str]) -> Result<Value, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(more)
        .current_dir(crate::tree::root())
        .output()
        .map_err(|error| error.to_string())?;
    if !answer.status.success() {
        return Err(String::from_utf8_lossy(&answer.stderr).into_owned());
    }
    serde_json::from_slice(&answer.stdout).map_err(|error| error.to_string())
}

fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let answer = Command::new(rustc).arg("-vV").output().unwrap();
    let answer = String::from_utf8(answer.stdout).unwrap();
    let host = answer.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

/// The text under a name.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The list under a name.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}
