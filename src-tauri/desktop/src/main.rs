//! The window of Larder. Decides nothing: it answers what the actions ask of the world, and passes on what the page asks
//! of the actions.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod crash;
mod drawing;
mod files;
mod home;
mod host;
mod log;
mod menu;
mod place;
mod refused;
mod shell;
mod window;

use std::path::Path;
use std::process::ExitCode;

use home::Home;
use larder_model::{Refusal, RefusalCode};
use place::WindowNote;
use serde_json::Value;
use shell::Shell;
use tauri::{AppHandle, Manager, RunEvent};

/// The one command of the page: any of the actions, by its name.
#[tauri::command]
async fn call(app: AppHandle, name: String, request: Value) -> Result<Value, Refusal> {
    let first = name == "start";
    let asked = app.clone();
    let answer = tauri::async_runtime::spawn_blocking(move || {
        let larder = asked.state::<Shell>().larder()?;
        larder_actions::call(&larder, &name, request)
    })
    .await
    .unwrap_or_else(|error| Err(Refusal::new(RefusalCode::Bug).with("detail", error.to_string())));
    if first {
        files::page_listens(&app);
    }
    answer
}

fn main() -> ExitCode {
    let Some(home) = Home::of_this_process() else {
        eprintln!("larder-desktop: this account has no folder of its own; set LARDER_HOME to one");
        return ExitCode::FAILURE;
    };
    drawing::prepare(&WindowNote::read(&home.window_note()));
    // Refusals of the home itself are said by a dialog later, when there can be one.
    let _ = std::fs::create_dir_all(&home.folder);
    let _lines = log::start(&home.logs());
    crash::watch(home.crashes());
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    match run(home) {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Err(error) => {
            tracing::error!(detail = %error, "the window's program did not start");
            eprintln!("larder-desktop: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(home: Home) -> tauri::Result<i32> {
    let mut context = tauri::generate_context!();
    // One window a home: the system knows two homes as two programs.
    context.config_mut().identifier = home.instance();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            window::to_front(app);
            let arguments = arguments.into_iter().skip(1).map(Into::into);
            files::bring_in(app, files::named(arguments, Path::new(&folder)));
        }))
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![call])
        .on_menu_event(|app, event| menu::chosen(app, &event))
        .setup(move |app| {
            let handle = app.handle();
            app.manage(Shell::new(handle, home));
            let folder = std::env::current_dir().unwrap_or_default();
            files::bring_in(handle, files::named(std::env::args_os().skip(1), &folder));
            refused::open_or_say(handle);
            Ok(())
        })
        .build(context)?;
    Ok(app.run_return(|app, event| match event {
        RunEvent::Exit => app.state::<Shell>().close(),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            files::bring_in(app, files::opened(&urls));
        }
        _ => {}
    }))
}
