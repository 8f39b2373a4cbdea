//! The one window: made unseen, shown once its page is there, put back where it stood, and never led elsewhere.

use std::time::Duration;

use larder_actions::wire::Theme as WantedTheme;
use tauri::webview::{Color, NewWindowResponse, PageLoadEvent, PermissionResponse};
use tauri::{
    AppHandle, Manager, PhysicalPosition, PhysicalSize, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};

use crate::place::{Place, Screen, fit};
use crate::shell::Shell;
use crate::{drawing, files, menu};

/// Its name in capabilities and events.
pub const LABEL: &str = "main";
/// The smallest size at which every page works, in points.
const SMALLEST: (f64, f64) = (900.0, 600.0);
/// The size of a first start, in points.
const USUAL: (f64, f64) = (1280.0, 800.0);
/// Longest that a window waits for its page before it is shown as it is.
const UNSEEN: Duration = Duration::from_secs(3);

/// Makes the window.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let settings = shell.read_settings().map(|(settings, _)| settings).unwrap_or_default();
    let theme = wanted_theme(settings.theme);
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Larder")
        .menu(menu::build(app, &shell.words())?)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .inner_size(USUAL.0, USUAL.1)
        .center()
        .visible(false)
        .theme(theme)
        .background_color(paper(theme.unwrap_or(Theme::Light)))
        .initialization_script(include_str!("closed.js"))
        .data_directory(shell.home.web_view())
        .general_autofill_enabled(false)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                show(&window);
            }
        })
        .build()?;
    if theme.is_none() {
        let _ = window.set_background_color(Some(paper(window.theme().unwrap_or(Theme::Light))));
    }
    put_back(&window, shell.note().place);
    let events = window.clone();
    window.on_window_event(move |event| happened(&events, event));
    guard_page(&window)?;
    show_anyway(&window);
    drawing::watch(app);
    Ok(())
}

/// Brings the window to the front: a second start of the same home.
pub fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Takes over the theme and the language that the person set, on a thread of its own.
pub fn follow_settings(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || {
        let Some((settings, another_language)) = app.state::<Shell>().read_settings() else { return };
        let Some(window) = app.get_webview_window(LABEL) else { return };
        let theme = wanted_theme(settings.theme);
        let _ = window.set_theme(theme);
        let shown = theme.unwrap_or_else(|| window.theme().unwrap_or(Theme::Light));
        let _ = window.set_background_color(Some(paper(shown)));
        if another_language {
            let words = app.state::<Shell>().words();
            let _ = app.clone().run_on_main_thread(move || {
                if menu::build(&app, &words).and_then(|menu| window.set_menu(menu)).is_err() {
                    tracing::warn!("the menu kept its language");
                }
            });
        }
    });
}

fn wanted_theme(theme: WantedTheme) -> Option<Theme> {
    match theme {
        WantedTheme::System => None,
        WantedTheme::Light => Some(Theme::Light),
        WantedTheme::Dark => Some(Theme::Dark),
    }
}

/// The ground of every page, so that nothing flashes before the page is there.
fn paper(theme: Theme) -> Color {
    match theme {
        Theme::Dark => Color(0x1B, 0x16, 0x12, 0xFF),
        _ => Color(0xFB, 0xF7, 0xF0, 0xFF),
    }
}

/// The page comes out of the program itself and leads nowhere else.
fn is_ours(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => !cfg!(windows),
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    }
}

fn show(window: &WebviewWindow) {
    if !window.is_visible().unwrap_or(false) {
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// A window that nobody sees cannot say what is wrong.
fn show_anyway(window: &WebviewWindow) {
    let window = window.clone();
    std::thread::spawn(move || {
        std::thread::sleep(UNSEEN);
        show(&window);
    });
}

fn put_back(window: &WebviewWindow, place: Option<Place>) {
    let screens: Vec<Screen> = window
        .available_monitors()
        .unwrap_or_default()
        .iter()
        .map(|monitor| {
            let area = monitor.work_area();
            Screen { x: area.position.x, y: area.position.y, width: area.size.width, height: area.size.height }
        })
        .collect();
    let Some(place) = place.and_then(|place| fit(place, &screens)) else { return };
    let _ = window.set_size(PhysicalSize::new(place.width, place.height));
    let _ = window.set_position(PhysicalPosition::new(place.x, place.y));
    if place.maximized {
        let _ = window.maximize();
    }
}

fn happened(window: &WebviewWindow, event: &WindowEvent) {
    match event {
        WindowEvent::DragDrop(event) => files::dragged(window, event),
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => note_place(window, false),
        WindowEvent::Focused(false) | WindowEvent::CloseRequested { .. } => note_place(window, true),
        WindowEvent::ThemeChanged(theme) => {
            let _ = window.set_background_color(Some(paper(*theme)));
        }
        _ => {}
    }
}

/// Remembers where the window stands. While it fills the screen, is minimised or not shown yet, the place before counts.
fn note_place(window: &WebviewWindow, keep: bool) {
    if !window.is_visible().unwrap_or(false) || window.is_minimized().unwrap_or(true) {
        return;
    }
    let maximized = window.is_maximized().unwrap_or(false) || window.is_fullscreen().unwrap_or(false);
    let (Ok(at), Ok(size)) = (window.outer_position(), window.inner_size()) else { return };
    window.state::<Shell>().change_note(
        |note| match &mut note.place {
            Some(place) if maximized => place.maximized = true,
            place => *place = Some(Place { x: at.x, y: at.y, width: size.width, height: size.height, maximized }),
        },
        keep,
    );
}

/// The process that draws the page may die of its own faults; the page is loaded again then, three times at most.
#[cfg(target_os = "linux")]
fn guard_page(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    window.with_webview(|view| {
        let deaths = std::cell::Cell::new(0);
        view.inner().connect_web_process_terminated(move |view, reason| {
            deaths.set(deaths.get() + 1);
            tracing::error!(detail = ?reason, times = deaths.get(), "the page's process ended");
            if deaths.get() <= 3 {
                view.reload();
            }
        });
    })
}

/// The other systems' web views do so by themselves.
#[cfg(not(target_os = "linux"))]
fn guard_page(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_window_leads_nowhere_else() {
        let own = if cfg!(windows) { "http://tauri.localhost/shelf" } else { "tauri://localhost/shelf" };
        assert!(is_ours(&own.parse().unwrap()));
        for foreign in [
            "https://example.org/",
            "http://localhost/",
            "http://127.0.0.1:8080/",
            "tauri://localhost.example.org/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "blob:tauri://localhost/1",
            "javascript:alert(1)",
        ] {
            assert!(!is_ours(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
