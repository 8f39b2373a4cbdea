//! Windows that stay blank: on some Linux computers the web view cannot draw in its faster way. Where that is known it is
//! told before the start; where it shows, the person is asked, and the menu offers it too, because the menu is always drawn.

use tauri::AppHandle;

use crate::place::WindowNote;

/// Starts this process again in its place where the web view has to be told to draw simply. Settings for it are read when
/// the process starts, and only whoever starts a process may set them safely.
#[cfg(target_os = "linux")]
pub fn prepare(note: &WindowNote) {
    if linux::is_told() {
        return;
    }
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    if note.simple_drawing || nvidia {
        linux::start_again(note.simple_drawing);
    }
}

/// Other systems draw in one way.
#[cfg(not(target_os = "linux"))]
pub fn prepare(_note: &WindowNote) {}

/// Waits for the page; if it is not there after 8 seconds, asks whether to draw simply from now on.
#[cfg(target_os = "linux")]
pub fn watch(app: &AppHandle) {
    linux::watch(app);
}

/// Other systems draw in one way.
#[cfg(not(target_os = "linux"))]
pub fn watch(_app: &AppHandle) {}

/// Asks whether to draw simply from now on, or in the usual way again; starts anew where that is wanted.
#[cfg(target_os = "linux")]
pub fn ask(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || linux::ask_now(&app));
}

/// Other systems draw in one way.
#[cfg(not(target_os = "linux"))]
pub fn ask(_app: &AppHandle) {}

#[cfg(target_os = "linux")]
mod linux {
    use std::os::unix::process::CommandExt;
    use std::process::Command;
    use std::time::Duration;

    use tauri::{AppHandle, Manager};
    use tauri_plugin_dialog::{DialogExt, MessageDialogButtons};

    use crate::shell::Shell;

    /// Longest that a page may take to ask its first question.
    const LONGEST: Duration = Duration::from_secs(8);
    const SIMPLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    const SIMPLEST: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

    /// Somebody said already how to draw: this program, or whoever looks after the computer.
    pub fn is_told() -> bool {
        std::env::var_os(SIMPLE).is_some()
    }

    /// Comes back only if it failed, and then the window is tried as it is.
    pub fn start_again(simplest: bool) {
        let Ok(program) = std::env::current_exe() else { return };
        let mut command = Command::new(program);
        command.args(std::env::args_os().skip(1)).env(SIMPLE, "1");
        if simplest {
            command.env(SIMPLEST, "1");
        }
        let error = command.exec();
        tracing::warn!(detail = %error, "could not start again for simple drawing");
    }

    pub fn watch(app: &AppHandle) {
        if is_told() {
            return;
        }
        let app = app.clone();
        std::thread::spawn(move || {
            for _ in 0..LONGEST.as_millis() / 100 {
                std::thread::sleep(Duration::from_millis(100));
                if app.state::<Shell>().is_page_there() {
                    return;
                }
            }
            tracing::warn!("there was no page after 8 seconds");
            ask_now(&app);
        });
    }

    /// Whether the person wants it: asked by the system's dialog, because the page may not be there.
    fn wants(app: &AppHandle, shell: &Shell, simple: bool) -> bool {
        #[cfg(debug_assertions)]
        if let Some(answer) = crate::host::answered_question() {
            return answer;
        }
        let (text, yes) = match simple {
            false => ("window-drawing-text", "window-drawing-simple"),
            true => ("window-drawing-usual-text", "window-drawing-usual"),
        };
        let words = shell.words();
        let buttons = MessageDialogButtons::OkCancelCustom(words.text(yes), words.text("window-drawing-leave"));
        let dialog = app.dialog().message(words.text(text)).title(words.text("window-drawing-title"));
        dialog.buttons(buttons).blocking_show()
    }

    pub fn ask_now(app: &AppHandle) {
        let shell = app.state::<Shell>();
        let simple = shell.note().simple_drawing;
        if !wants(app, &shell, simple) {
            return;
        }
        shell.change_note(|note| note.simple_drawing = !simple, true);
        shell.close();
        app.cleanup_before_exit();
        if simple {
            let Ok(program) = std::env::current_exe() else { return };
            let error = Command::new(program).env_remove(SIMPLE).env_remove(SIMPLEST).exec();
            tracing::warn!(detail = %error, "could not start again for usual drawing");
        } else {
            start_again(true);
        }
        app.exit(1);
    }
}
