//! Prepares the window's program: its one command by name, its settings, its icons.

use std::path::Path;

fn main() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    if !pages.exists() {
        // The rest of the workspace can be checked before the interface is built; a window without pages is never shipped.
        assert!(std::env::var("PROFILE").as_deref() != Ok("release"), "build the interface first: make run does");
        println!("cargo::warning=ui/dist is missing: this window will have no pages. `npm run build` in ui makes them");
        std::fs::create_dir_all(&pages).expect("the project's folder can be written");
    }
    println!("cargo::rerun-if-changed=../../ui/dist");
    println!("cargo::rerun-if-changed=../../ui/words");
    let commands = tauri_build::AppManifest::new().commands(&["call"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)).expect("tauri.conf.json is right");
}
