//! A screen of its own with a window manager, a mouse, a keyboard and a camera. Everything on it ends with it.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::until;

/// One at a time: two screens on two processors only make both of them late.
static ONE: Mutex<()> = Mutex::new(());

/// Programs that end when this is let go, however the test ends.
pub struct Leashed(Child);

impl Leashed {
    /// Starts a command with everything that it will start in turn.
    pub fn start(
        program: &str,
        arguments: &[&str],
        setting: &[(String, String)],
        output: Stdio,
        log: &Path,
    ) -> Leashed {
        let leash = crate::root().join("tests").join("screens").join("leash.sh");
        let log = File::options().create(true).append(true).open(log).expect("the log can be written");
        let child = Command::new("bash")
            .arg(leash)
            .arg(program)
            .args(arguments)
            .envs(setting.iter().map(|(name, value)| (name, value)))
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start ({error}): tests/packages.sh test brings it"));
        Leashed(child)
    }

    /// The lines that it says.
    pub fn lines(&mut self) -> impl Iterator<Item = String> + use<> {
        let output = self.0.stdout.take().expect("its output was asked for");
        BufReader::new(output).lines().map_while(Result::ok)
    }
}

impl Drop for Leashed {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// A screen.
pub struct Desk {
    display: String,
    artifacts: PathBuf,
    story: String,
    pictures: std::cell::Cell<u32>,
    _manager: Leashed,
    _screen: Leashed,
    scratch: tempfile::TempDir,
    _one: MutexGuard<'static, ()>,
}

impl Desk {
    /// A screen of this size for one story, by whose name its pictures are called.
    pub fn open(story: &str, width: u32, height: u32) -> Desk {
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let artifacts = crate::root().join("tests").join("artifacts").join("screens");
        std::fs::create_dir_all(&artifacts).expect("pictures can be kept");
        let scratch = tempfile::Builder::new().prefix("larder-screens-").tempdir().expect("a folder for one story");
        let log = artifacts.join(format!("{story}.log"));
        let _ = std::fs::remove_file(&log);
        let size = format!("{width}x{height}x24");
        let arguments = ["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-noreset"];
        let mut screen = Leashed::start("Xvfb", &arguments, &[], Stdio::piped(), &log);
        let number = screen.lines().next().unwrap_or_else(|| panic!("Xvfb did not start, see {}", log.display()));
        let display = format!(":{}", number.trim());
        let setting = [("DISPLAY".to_owned(), display.clone())];
        let manager = Leashed::start("openbox", &["--sm-disable"], &setting, Stdio::null(), &log);
        let desk = Desk {
            display,
            artifacts,
            story: story.to_owned(),
            pictures: std::cell::Cell::new(0),
            _manager: manager,
            _screen: screen,
            scratch,
            _one: one,
        };
        until(Duration::from_secs(10), "the window manager is there", || {
            let told = desk.try_run("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"])?;
            told.contains("window id").then_some(())
        });
        desk
    }

    /// A folder for whatever the story needs; gone afterwards.
    pub fn folder(&self) -> &Path {
        self.scratch.path()
    }

    /// Where what the programs say is kept.
    pub fn log(&self) -> PathBuf {
        self.artifacts.join(format!("{}.log", self.story))
    }

    /// The settings of a person on this screen: a home of their own in all that programs look for. English, unless the
    /// story sets it otherwise.
    pub fn setting_of(&self, person: &str) -> Vec<(String, String)> {
        let own = self.folder().join(person);
        for name in ["larder", "home/Documents", "config", "data", "cache", "state"] {
            std::fs::create_dir_all(own.join(name)).expect("a person's folders");
        }
        let runtime = own.join("run");
        std::fs::create_dir_all(&runtime).expect("a person's folders");
        let mut only_mine = std::fs::metadata(&runtime).expect("it was made").permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut only_mine, 0o700);
        std::fs::set_permissions(&runtime, only_mine).expect("it is ours");
        let at = |name: &str| own.join(name).display().to_string();
        [
            ("DISPLAY", self.display.clone()),
            ("LARDER_HOME", at("larder")),
            ("HOME", at("home")),
            ("XDG_CONFIG_HOME", at("config")),
            ("XDG_DATA_HOME", at("data")),
            ("XDG_CACHE_HOME", at("cache")),
            ("XDG_STATE_HOME", at("state")),
            ("XDG_RUNTIME_DIR", at("run")),
            ("GDK_BACKEND", "x11".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("LC_ALL", String::new()),
            ("LANGUAGE", String::new()),
            ("TZ", "Europe/Berlin".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    /// Runs a small program on this screen and answers what it says; none where it fails.
    pub fn try_run(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let done = Command::new(program).args(arguments).env("DISPLAY", &self.display).output().ok()?;
        done.status.success().then(|| String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// Runs a small program on this screen that must not fail.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        self.try_run(program, arguments).unwrap_or_else(|| panic!("{program} {arguments:?} failed"))
    }

    /// Takes a picture of one window, or of the whole screen.
    pub fn picture(&self, name: &str, window: Option<&str>) -> PathBuf {
        let number = self.pictures.get() + 1;
        self.pictures.set(number);
        let file = self.artifacts.join(format!("{}-{number:02}-{name}.png", self.story));
        self.run("import", &["-window", window.unwrap_or("root"), &file.display().to_string()]);
        file
    }

    /// Keys as xdotool names them, such as `ctrl+k`, pressed where the focus is.
    pub fn keys(&self, keys: &[&str]) {
        for key in keys {
            self.run("xdotool", &["key", "--clearmodifiers", key]);
            std::thread::sleep(Duration::from_millis(60));
        }
    }

    /// Types text where the focus is.
    pub fn write(&self, text: &str) {
        self.run("xdotool", &["type", "--delay", "15", "--", text]);
    }

    /// What stands in the clipboard from now on, as text that another program copied.
    pub fn copy(&self, text: &str) {
        let mut clip = Command::new("xclip")
            .args(["-selection", "clipboard", "-quiet", "-loops", "0"])
            .env("DISPLAY", &self.display)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("tests/packages.sh test brings xclip");
        let mut input = clip.stdin.take().expect("asked for");
        input.write_all(text.as_bytes()).expect("it reads");
        drop(input);
        // It serves the clipboard until the screen is gone, and ends with it.
        std::thread::spawn(move || clip.wait());
        std::thread::sleep(Duration::from_millis(200));
    }

    /// Drags files from a file manager's window on to a point of the screen, in small steps as a hand does. Between the way
    /// and the letting go, `over` may look at the screen.
    pub fn drag(&self, files: &[&Path], to: (i32, i32), over: impl FnOnce()) {
        let source = crate::root().join("tests").join("screens").join("drag_source.py");
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        // The system's own Python, which has the system's GTK.
        let mut arguments = vec![source.to_str().expect("plain"), "8", "30"];
        arguments.extend(names.iter().map(String::as_str));
        let setting = self.setting_of("file-manager");
        let mut manager = Leashed::start("/usr/bin/python3", &arguments, &setting, Stdio::piped(), &self.log());
        assert_eq!(
            manager.lines().next().as_deref(),
            Some("ready"),
            "the window to drag from, see {}",
            self.log().display()
        );
        let title = self.run("xdotool", &["search", "--name", "^Files$"]);
        let window = title.lines().next().expect("its window").to_owned();
        let [x, y, width, height] = self.place(&window);
        let from = (x + width / 2, y + height / 2);
        self.move_mouse(from);
        self.run("xdotool", &["mousedown", "1"]);
        std::thread::sleep(Duration::from_millis(200));
        const STEPS: i32 = 10;
        for step in 1..=STEPS {
            let between = |a: i32, b: i32| a + (b - a) * step / STEPS;
            self.move_mouse((between(from.0, to.0), between(from.1, to.1)));
            std::thread::sleep(Duration::from_millis(150));
        }
        self.move_mouse((to.0 + 2, to.1 + 2));
        std::thread::sleep(Duration::from_millis(400));
        over();
        self.run("xdotool", &["mouseup", "1"]);
        std::thread::sleep(Duration::from_millis(600));
    }

    fn move_mouse(&self, (x, y): (i32, i32)) {
        self.run("xdotool", &["mousemove", &x.to_string(), &y.to_string()]);
    }

    /// Clicks a point of the screen.
    pub fn click(&self, at: (i32, i32)) {
        self.move_mouse(at);
        self.run("xdotool", &["click", "1"]);
    }

    /// Left, upper edge, width and height of a window.
    pub fn place(&self, window: &str) -> [i32; 4] {
        let told = self.run("xwininfo", &["-id", window]);
        let of = |name: &str| {
            let line = told.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'));
            line.and_then(|value| value.trim().parse().ok()).unwrap_or_else(|| panic!("no {name} in {told}"))
        };
        [of("Absolute upper-left X"), of("Absolute upper-left Y"), of("Width"), of("Height")]
    }
}
