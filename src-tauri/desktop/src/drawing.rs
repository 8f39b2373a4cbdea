//! Windows that stay blank: on some Linux computers the web view cannot draw in its faster way. Where that is known it is
//! told before the start; where it shows, the person is asked.

use tauri::AppHandle;

use crate::place::WindowNote;

/// Starts this process again in its place where the web view has to be told to draw simply. Settings for it are read when
/// the process starts, and only whoever starts a process may set them safely.
#[cfg(target_os = "linux")]
pub fn prepare(note: &WindowNote) {
    if is_simple() {
        return;
    }
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    if note.simple_drawing || nvidia {
        start_again(note.simple_drawing);
    }
}

/// Other systems draw in one way.
#[cfg(not(target_os = "linux"))]
pub fn prepare(_note: &WindowNote) {}

#[cfg(target_os = "linux")]
fn is_simple() -> bool {
    std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_some()
}

#[cfg(target_os = "linux")]
fn start_again(simplest: bool) {
    use std::os::unix::process::CommandExt;
    let Ok(program) = std::env::current_exe() else { return };
    let mut command = std::process::Command::new(program);
    command.args(std::env::args_os().skip(1)).env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    if simplest {
        command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    }
    // Comes back only if it failed, and then the window is tried as it is.
    let error = command.exec();
    tracing::warn!(detail = %error, "could not start again for simple drawing");
}

/// Waits for the page; if nothing shows after 8 seconds, asks whether to draw simply from now on.
#[cfg(target_os = "linux")]
pub fn watch(app: &AppHandle) {
    use std::time::Duration;

    use tauri::Manager;
    use tauri_plugin_dialog::{DialogExt, MessageDialogButtons};

    use crate::shell::Shell;

    if is_simple() {
        return;
    }
    let app = app.clone();
    std::thread::spawn(move || {
        for _ in 0..80 {
            std::thread::sleep(Duration::from_millis(100));
            if app.state::<Shell>().is_page_there() {
                return;
            }
        }
        tracing::warn!("nothing was drawn after 8 seconds");
        let words = app.state::<Shell>().words();
        let buttons = MessageDialogButtons::OkCancelCustom(
            words.text("window-drawing-simple"),
            words.text("window-drawing-wait"),
        );
        let wanted = app
            .dialog()
            .message(words.text("window-drawing-text"))
            .title(words.text("window-drawing-title"))
            .buttons(buttons)
            .blocking_show();
        if wanted {
            let shell = app.state::<Shell>();
            shell.change_note(|note| note.simple_drawing = true, true);
            shell.close();
            app.cleanup_before_exit();
            start_again(true);
        }
    });
}

/// Other systems draw in one way.
#[cfg(not(target_os = "linux"))]
pub fn watch(_app: &AppHandle) {}
