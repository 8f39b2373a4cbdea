//! The menu bar, in the person's language. An item tells the page its name and nothing more; the page does what its own
//! keys and buttons do.

use larder_actions::Words;
use larder_actions::wire::Event;
use tauri::menu::{Menu, MenuBuilder, MenuEvent, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Wry};

use crate::drawing;
use crate::shell::tell;

/// One line of a menu.
enum Line {
    /// An item by its name, with its keys.
    Item(&'static str, Keys),
    /// Work on text, done by the system.
    Text(Text),
    /// A line between.
    Rule,
}

/// The keys of an item.
#[derive(Clone, Copy)]
enum Keys {
    /// The window takes them before the page sees them, so that nothing happens twice.
    Window(&'static str),
    /// The page takes them, because what they mean depends on where the cursor is.
    Page(&'static str),
    /// None.
    None,
}

/// What the system does with text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Cut,
    Copy,
    Paste,
    SelectAll,
}

use Keys::{Page, Window};
use Line::{Item, Rule};

const FILE: &[Line] = &[
    Item("browse", Window("CmdOrCtrl+O")),
    Item("paste", Keys::None),
    Rule,
    Item("print", Window("CmdOrCtrl+P")),
    Rule,
    Item("settings", Window("CmdOrCtrl+,")),
    Rule,
    // Windows closes windows by Alt+F4.
    Item("quit", if cfg!(windows) { Keys::None } else { Window("CmdOrCtrl+Q") }),
];
const EDIT: &[Line] = &[
    Item("undo", Page("Ctrl+Z")),
    Item("redo", Page("Ctrl+Y")),
    Rule,
    Line::Text(Text::Cut),
    Line::Text(Text::Copy),
    Line::Text(Text::Paste),
    Line::Text(Text::SelectAll),
];
const VIEW: &[Line] = &[
    Item("today", Window("CmdOrCtrl+1")),
    Item("shelf", Window("CmdOrCtrl+2")),
    Item("bring", Window("CmdOrCtrl+3")),
    Item("activity", Window("CmdOrCtrl+4")),
    Rule,
    Item("back", Page(if cfg!(target_os = "macos") { "CmdOrCtrl+[" } else { "Alt+Left" })),
    Item("forward", Page(if cfg!(target_os = "macos") { "CmdOrCtrl+]" } else { "Alt+Right" })),
    Rule,
    Item("find", Window("CmdOrCtrl+K")),
    Item("refresh", Window("F5")),
    Rule,
    Item("zoom_in", Page("Ctrl++")),
    Item("zoom_out", Page("Ctrl+-")),
    Item("zoom_reset", Page("Ctrl+0")),
];
const HELP: &[Line] = &[
    Item("help", Window("F1")),
    #[cfg(target_os = "linux")]
    Item("blank", Keys::None),
    Rule,
    Item("about", Keys::None),
];

/// The menus with the ids of their names.
const MENUS: &[(&str, &[Line])] = &[("menu-file", FILE), ("menu-edit", EDIT), ("menu-view", VIEW), ("menu-help", HELP)];

/// The words of an item or a menu.
fn text(words: &Words, name: &str) -> String {
    words.text(&format!("menu-{}", name.replace('_', "-")))
}

/// Builds the menu bar.
pub fn build(app: &AppHandle, words: &Words) -> tauri::Result<Menu<Wry>> {
    let mut bar = MenuBuilder::new(app);
    if cfg!(target_os = "macos") {
        bar = bar.item(&program_menu(app, words)?);
    }
    for (id, lines) in MENUS {
        let mut menu = SubmenuBuilder::with_id(app, *id, words.text(id));
        for line in *lines {
            menu = match line {
                Item("quit" | "about" | "settings", _) if cfg!(target_os = "macos") => menu,
                Rule => menu.separator(),
                Line::Text(what) => text_item(app, menu, words, *what)?,
                Item(name, keys) => menu.item(&item(app, words, name, *keys)?),
            };
        }
        bar = bar.item(&menu.build()?);
    }
    bar.build()
}

/// The menu that macOS names after the program.
fn program_menu(app: &AppHandle, words: &Words) -> tauri::Result<tauri::menu::Submenu<Wry>> {
    SubmenuBuilder::new(app, "Larder")
        .item(&item(app, words, "about", Keys::None)?)
        .separator()
        .item(&item(app, words, "settings", Window("CmdOrCtrl+,"))?)
        .separator()
        .services()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .item(&item(app, words, "quit", Window("CmdOrCtrl+Q"))?)
        .build()
}

fn item(app: &AppHandle, words: &Words, name: &str, keys: Keys) -> tauri::Result<tauri::menu::MenuItem<Wry>> {
    let text = text(words, name);
    let shown = match keys {
        // On Windows the page gets the keys first and answers them: the menu only shows them.
        Window(keys) | Page(keys) if cfg!(windows) => format!("{text}\t{}", keys.replace("CmdOrCtrl", "Ctrl")),
        _ => text,
    };
    let item = MenuItemBuilder::with_id(name, shown);
    match keys {
        Window(keys) if !cfg!(windows) => item.accelerator(keys).build(app),
        _ => item.build(app),
    }
}

type Building<'m> = SubmenuBuilder<'m, Wry, AppHandle>;

/// On Linux the web view itself is asked, which works under X11 and Wayland alike; elsewhere the system has its own items.
fn text_item<'m>(app: &AppHandle, menu: Building<'m>, words: &Words, what: Text) -> tauri::Result<Building<'m>> {
    let name = match what {
        Text::Cut => "cut",
        Text::Copy => "copy",
        Text::Paste => "insert",
        Text::SelectAll => "select_all",
    };
    let text = text(words, name);
    Ok(match what {
        _ if cfg!(target_os = "linux") => menu.item(&MenuItemBuilder::with_id(name, text).build(app)?),
        Text::Cut => menu.cut_with_text(text),
        Text::Copy => menu.copy_with_text(text),
        Text::Paste => menu.paste_with_text(text),
        Text::SelectAll => menu.select_all_with_text(text),
    })
}

/// An item was chosen.
pub fn chosen(app: &AppHandle, event: &MenuEvent) {
    match event.id().as_ref() {
        "quit" => app.exit(0),
        "blank" => drawing::ask(app),
        "cut" => edit(app, "Cut"),
        "copy" => edit(app, "Copy"),
        "insert" => edit(app, "Paste"),
        "select_all" => edit(app, "SelectAll"),
        item => tell(app, Event::Menu { item: item.to_owned() }),
    }
}

#[cfg(target_os = "linux")]
fn edit(app: &AppHandle, command: &'static str) {
    use tauri::Manager;
    use webkit2gtk::WebViewExt;
    if let Some(window) = app.get_webview_window(crate::window::LABEL) {
        let _ = window.with_webview(move |view| view.inner().execute_editing_command(command));
    }
}

#[cfg(not(target_os = "linux"))]
fn edit(_app: &AppHandle, _command: &'static str) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        let own = MENUS.iter().flat_map(|(_, lines)| lines.iter()).filter_map(|line| match line {
            Item(name, _) => Some((*name).to_owned()),
            _ => None,
        });
        own.chain(["cut", "copy", "insert", "select_all"].map(str::to_owned)).collect()
    }

    #[test]
    fn every_item_has_words_in_every_language() {
        for language in larder_actions::LANGUAGES {
            let words = Words::of(language);
            for name in names().iter().map(String::as_str).chain(["file", "edit", "view", "help"]) {
                let text = text(&words, name);
                assert!(!text.starts_with("menu-") && !text.is_empty(), "{language}: {name} has no words");
            }
        }
    }

    #[test]
    fn no_item_stands_twice_and_no_keys_mean_two_things() {
        let mut names = names();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        let mut keys: Vec<&str> = MENUS
            .iter()
            .flat_map(|(_, lines)| lines.iter())
            .filter_map(|line| match line {
                Item(_, Window(keys) | Page(keys)) => Some(*keys),
                _ => None,
            })
            .collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
