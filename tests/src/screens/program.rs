//! One running Larder of one person: its window, its page, and what a person does with them.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use super::desk::Leashed;
use super::{Desk, Driver, Element, PATIENCE, until};

/// How a person's Larder is started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Files named on the command line, as a file manager does.
    pub files: Vec<PathBuf>,
    /// Further settings of the environment.
    pub setting: Vec<(String, String)>,
}

/// A running Larder.
pub struct Program<'d> {
    /// The screen that it stands on.
    pub desk: &'d Desk,
    /// Whose it is.
    pub person: String,
    driver: Option<Driver>,
    window: String,
    bus: PathBuf,
    _driver_process: Leashed,
}

/// Elements that can be found by the name that a screen reader says.
const FIND: &str = r#"
const [wanted, selector] = arguments;
const clean = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
const nameOf = (element) => {
  const by = element.getAttribute('aria-labelledby');
  if (by) return by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  const label = element.getAttribute('aria-label');
  if (label) return label;
  if (element.labels?.length) return [...element.labels].map((each) => each.textContent).join(' ');
  return element.textContent || element.value || element.placeholder || element.title || '';
};
const there = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible' &&
  !element.disabled && element.getAttribute('aria-disabled') !== 'true' && !element.closest('[inert]');
const all = [...document.querySelectorAll(selector)].filter(there).map((element) => [element, clean(nameOf(element))]);
const found = all.find(([, name]) => name === wanted) ?? all.find(([, name]) => name.startsWith(wanted)) ??
  all.find(([, name]) => name.includes(wanted));
if (!found) return null;
found[0].scrollIntoView({ block: 'center', inline: 'nearest' });
return found[0];
"#;
/// Whatever can be pressed.
const PRESSED: &str = "button, a[href], summary, label, input[type=radio], input[type=checkbox], [role=button], [role^=menuitem], \
     [role=option], [role=radio], [role=tab], [role=switch], [role=checkbox], [role=row][tabindex], [role=columnheader]";
/// Whatever can be written into or chosen from.
const FIELDS: &str = "input, textarea, select, [role=combobox], [role=textbox], [role=searchbox]";

impl<'d> Program<'d> {
    /// Starts a person's Larder and waits until its page is there.
    pub fn start(desk: &'d Desk, person: &str, options: Options) -> Program<'d> {
        let mut setting = desk.setting_of(person);
        setting.extend([
            ("TAURI_AUTOMATION".to_owned(), "true".to_owned()),
            ("TAURI_WEBVIEW_AUTOMATION".to_owned(), "true".to_owned()),
        ]);
        setting.extend(options.setting);
        let before = windows(desk);
        let port = free_port();
        let bus = desk.folder().join(person).join("bus");
        // What starts a second time has to find the first on the same bus.
        let script =
            format!("printenv DBUS_SESSION_BUS_ADDRESS > '{}'; exec WebKitWebDriver --port={port}", bus.display());
        let arguments = ["--", "sh", "-c", &script];
        let process = Leashed::start("dbus-run-session", &arguments, &setting, Stdio::null(), &desk.log());
        until(Duration::from_secs(20), "the driver of the web view", || {
            std::net::TcpStream::connect(("127.0.0.1", port)).ok()
        });
        let binary = binary();
        let files: Vec<String> = options.files.iter().map(|file| file.display().to_string()).collect();
        let driver = Driver::start(port, &binary.display().to_string(), &files)
            .unwrap_or_else(|error| panic!("Larder did not start: {error}\nsee {}", desk.log().display()));
        let window = until(PATIENCE, "the window is on the screen", || {
            windows(desk).into_iter().find(|window| !before.contains(window))
        });
        let program =
            Program { desk, person: person.to_owned(), driver: Some(driver), window, bus, _driver_process: process };
        let script = "return document.querySelector('h1') !== null && document.readyState === 'complete'";
        program.waits(PATIENCE, "its page", || (program.run(script, &[]) == json!(true)).then_some(()));
        program
    }

    /// Waits for something in the window; in vain, the window is photographed and what stands on its page is told.
    fn waits<T>(&self, longest: Duration, what: &str, attempt: impl FnMut() -> Option<T>) -> T {
        let waited = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| until(longest, what, attempt)));
        waited.unwrap_or_else(|_| {
            let picture = self.picture("missing");
            let text = self.text().split_whitespace().collect::<Vec<_>>().join(" ");
            panic!("{} waits in vain for {what:?}, see {}; on the page: {text}", self.person, picture.display());
        })
    }

    pub(super) fn driver(&self) -> &Driver {
        self.driver.as_ref().expect("it was not closed")
    }

    /// The window, as X11 calls it.
    pub fn window(&self) -> &str {
        &self.window
    }

    /// The person's own folder for Larder.
    pub fn home(&self) -> PathBuf {
        self.desk.folder().join(&self.person).join("larder")
    }

    /// Starts the program once more for the same person, as a file manager does, and answers whether it ended well by
    /// itself, handing over to the first one.
    pub fn start_again(&self, files: &[&Path]) -> bool {
        let bus = std::fs::read_to_string(&self.bus).unwrap_or_default();
        let mut setting = self.desk.setting_of(&self.person);
        setting.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), bus.trim().to_owned()));
        let program = binary().display().to_string();
        let mut second = std::process::Command::new("timeout")
            .arg("20")
            .arg(program)
            .args(files)
            .envs(setting)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        second.wait().is_ok_and(|status| status.success())
    }

    /// Starts the program for another home of the same account, without a driver.
    pub fn start_beside(&self, person: &str, output: Stdio) -> Leashed {
        let bus = std::fs::read_to_string(&self.bus).unwrap_or_default();
        let mut setting = self.desk.setting_of(person);
        setting.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), bus.trim().to_owned()));
        Leashed::start(&binary().display().to_string(), &[], &setting, output, &self.desk.log())
    }

    /// Starts a person's Larder without a driver and without waiting for anything: for when no page can be expected.
    pub fn start_bare(desk: &Desk, person: &str) -> Leashed {
        Program::start_bare_with(desk, person, &[])
    }

    /// The same with further settings of the environment.
    pub fn start_bare_with(desk: &Desk, person: &str, further: &[(&str, &str)]) -> Leashed {
        let binary = binary().display().to_string();
        let mut setting = desk.setting_of(person);
        setting.extend(further.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Leashed::start("dbus-run-session", &["--", &binary], &setting, Stdio::null(), &desk.log())
    }

    /// The windows of Larder on a screen.
    pub fn windows_on(desk: &Desk) -> Vec<String> {
        windows(desk)
    }

    /// Runs a script in the page and answers what it returns.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.driver().run(script, arguments).unwrap_or_else(|error| panic!("{}: {error}", self.person))
    }

    /// Runs a script that answers later through its last argument, a function.
    pub fn run_later(&self, script: &str, arguments: &[Value]) -> Value {
        self.driver().run_later(script, arguments).unwrap_or_else(|error| panic!("{}: {error}", self.person))
    }

    /// Asks a command as the page would, past the page.
    pub fn call(&self, name: &str, request: &Value) -> Result<Value, Value> {
        let script = "const [name, request, done] = arguments;
            window.__TAURI_INTERNALS__.invoke('call', { name, request }).then(
              (answer) => done({ answer }), (refusal) => done({ refusal }));";
        let said = self.driver().run_later(script, &[json!(name), request.clone()]).expect("the page answers");
        match said.get("refusal") {
            Some(refusal) => Err(refusal.clone()),
            None => Ok(said["answer"].clone()),
        }
    }

    /// All text that stands on the page now.
    pub fn text(&self) -> String {
        let text = self.run("return document.body.innerText", &[]);
        text.as_str().unwrap_or_default().replace(|c| ('\u{2066}'..='\u{2069}').contains(&c), "")
    }

    /// Waits until a text stands on the page.
    pub fn sees(&self, text: &str) {
        self.sees_within(PATIENCE, text);
    }

    /// Waits that long until a text stands on the page.
    pub fn sees_within(&self, longest: Duration, text: &str) {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.waits(longest, text, || flat(&self.text()).contains(text).then_some(()));
    }

    /// Waits until a text is gone from the page.
    pub fn sees_no_more(&self, text: &str) {
        self.waits(PATIENCE, &format!("no {text}"), || (!self.text().contains(text)).then_some(()));
    }

    /// Waits for something by its name that can be pressed.
    pub fn pressable(&self, name: &str) -> Element {
        self.named(name, PRESSED)
    }

    /// Waits for a field by its name.
    pub fn field(&self, name: &str) -> Element {
        self.named(name, FIELDS)
    }

    fn named(&self, name: &str, selector: &str) -> Element {
        let arguments = [json!(name), json!(selector)];
        self.waits(PATIENCE, name, || self.driver().find(FIND, &arguments))
    }

    /// Presses something by its name.
    pub fn press(&self, name: &str) {
        let arguments = [json!(name), json!(PRESSED)];
        self.waits(PATIENCE, name, || {
            // What moves or is covered for a moment is tried again, found anew.
            let element = self.driver().find(FIND, &arguments)?;
            self.driver().click(&element).ok()
        });
    }

    /// Writes into a field by its name, in place of what stood there.
    pub fn fill(&self, name: &str, text: &str) {
        let field = self.field(name);
        let _ = self.driver().clear(&field);
        self.driver().write(&field, text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    /// Presses an element.
    pub fn press_element(&self, element: &Element) {
        self.driver().click(element).unwrap_or_else(|error| panic!("{error}"));
    }

    /// Waits for the first element of a CSS selector.
    pub fn select(&self, css: &str) -> Element {
        self.waits(PATIENCE, css, || self.driver().select(css))
    }

    /// Brings the window to the front and presses real keys, as xdotool names them.
    pub fn keys(&self, keys: &[&str]) {
        self.to_front();
        self.desk.keys(keys);
    }

    /// Brings the window to the front and types on the real keyboard.
    pub fn write(&self, text: &str) {
        self.to_front();
        self.desk.write(text);
    }

    /// Brings the window to the front.
    pub fn to_front(&self) {
        self.desk.run("xdotool", &["windowactivate", "--sync", &self.window]);
    }

    /// Moves the window and makes its inside this large.
    pub fn stand_at(&self, x: i32, y: i32, width: u32, height: u32) {
        let [x, y, width, height] = [x, y, width as i32, height as i32].map(|n| n.to_string());
        self.desk.run("xdotool", &["windowsize", &self.window, &width, &height]);
        self.desk.run("xdotool", &["windowmove", &self.window, &x, &y]);
        std::thread::sleep(Duration::from_millis(400));
    }

    /// Drags files on to the middle of the window, looks with `over` while they hover, and lets go.
    pub fn receive(&self, files: &[&Path], over: impl FnOnce()) {
        let [x, y, width, height] = self.desk.place(&self.window);
        self.desk.drag(files, (x + width * 6 / 10, y + height * 6 / 10), over);
    }

    /// Drags files on to what a selector finds first, looks with `over` while they hover, and lets go.
    pub fn receive_on(&self, css: &str, files: &[&Path], over: impl FnOnce()) {
        self.select(css);
        let script = "const edges = document.querySelector(arguments[0]).getBoundingClientRect();
            return [edges.left + edges.width / 2, edges.top + edges.height / 2, innerHeight].map(Math.round)";
        let at = self.run(script, &[json!(css)]);
        let [right, down, inside] = [0, 1, 2].map(|place| at[place].as_i64().expect("points") as i32);
        // The page lies under the menu.
        let [x, y, _, height] = self.desk.place(&self.window);
        self.desk.drag(files, (x + right, y + height - inside + down), over);
    }

    /// Takes a picture of the window.
    pub fn picture(&self, name: &str) -> PathBuf {
        self.desk.picture(&format!("{}-{name}", self.person), Some(&self.window))
    }

    /// Closes the window as a person does, and waits until the program has ended.
    pub fn close(mut self) {
        let mut pressed = 0;
        until(PATIENCE, "the window is closed", || {
            if !windows(self.desk).contains(&self.window) {
                return Some(());
            }
            // The window manager hears the keys only once it has given the window the focus.
            if pressed % 30 == 0 && self.desk.try_run("xdotool", &["windowactivate", "--sync", &self.window]).is_some()
            {
                self.desk.keys(&["alt+F4"]);
            }
            pressed += 1;
            None
        });
        if let Some(driver) = self.driver.take() {
            driver.end();
        }
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            driver.end();
        }
    }
}

/// The windows of Larder on a screen.
fn windows(desk: &Desk) -> Vec<String> {
    let found = desk.try_run("xdotool", &["search", "--onlyvisible", "--class", "larder-desktop"]);
    found.unwrap_or_default().lines().map(str::to_owned).collect()
}

/// The window's program. The debug build, because only that one lets dialogs be answered by files.
fn binary() -> PathBuf {
    let binary = crate::program("larder-desktop");
    assert!(binary.is_file(), "cargo build -p larder-desktop makes {}", binary.display());
    binary
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("it has one").port()
}
