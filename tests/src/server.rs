//! A WebDAV folder on this computer, served by Apache on loopback, for as long as a test needs it.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Who may sign in.
pub const USER: &str = "anna";
/// With what.
pub const PASSWORD: &str = "brot & butter";
/// Another password, which is none here.
pub const WRONG: &str = "butter & brot";

const MODULES: &str = "/usr/lib/apache2/modules";

/// A running server. It is ended when this is dropped.
pub struct WebDavServer {
    child: Option<Child>,
    port: u16,
    folder: PathBuf,
}

impl WebDavServer {
    /// Serves a folder below `folder`, which is made; everything else of the server lies beside it.
    pub fn start(folder: &Path) -> WebDavServer {
        for made in ["files", "own"] {
            fs::create_dir_all(folder.join(made)).unwrap_or_else(|e| panic!("{made}: {e}"));
        }
        // SHA1 of PASSWORD, as htpasswd writes it.
        write(&folder.join("users"), &format!("{USER}:{{SHA}}E5hoHeLwsYilDCsan9bF/nWzDwk=\n"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap_or_else(|e| panic!("no port: {e}"));
        let port = listener.local_addr().map_or(0, |address| address.port());
        drop(listener);
        open_to_all(folder);
        let mut server = WebDavServer { child: None, port, folder: folder.to_path_buf() };
        server.go_on();
        server
    }

    /// The address of its folder.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it serves.
    pub fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// Ends it, as when the network is away.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts it again, at the same address.
    pub fn go_on(&mut self) {
        let config = self.folder.join("apache.conf");
        write(&config, &self.config());
        let log = fs::File::create(self.folder.join("server.log")).unwrap_or_else(|e| panic!("log: {e}"));
        let mut command = Command::new("/usr/sbin/apache2");
        command.args(["-X", "-f"]).arg(&config).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let child = command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}; is apache2-bin there?"));
        self.child = Some(child);
        let until = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            let said = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
            assert!(Instant::now() < until, "the server does not listen: {said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn config(&self) -> String {
        let load =
            ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav", "dav_fs", "dir"];
        let load: String =
            load.iter().map(|name| format!("LoadModule {name}_module {MODULES}/mod_{name}.so\n")).collect();
        // Apache does not serve as the administrator.
        let user = if as_administrator() { "User www-data\nGroup www-data\n" } else { "" };
        let (folder, port) = (self.folder.display(), self.port);
        format!(
            "{load}{user}ServerRoot \"{folder}/own\"\nDefaultRuntimeDir \"{folder}/own\"\nPidFile \"{folder}/own/pid\"\n\
             Listen 127.0.0.1:{port}\nServerName localhost\nErrorLog /dev/stderr\nDavLockDB \"{folder}/own/locks\"\n\
             DocumentRoot \"{folder}/files\"\n<Directory \"{folder}/files\">\nDav On\nAuthType Basic\nAuthName shelf\n\
             AuthUserFile \"{folder}/users\"\nRequire valid-user\n</Directory>\n"
        )
    }
}

impl Drop for WebDavServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

#[cfg(unix)]
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for open in [folder.to_path_buf(), folder.join("files"), folder.join("own")] {
        fs::set_permissions(&open, fs::Permissions::from_mode(0o777))
            .unwrap_or_else(|e| panic!("{}: {e}", open.display()));
    }
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) {}

#[cfg(unix)]
fn as_administrator() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

#[cfg(not(unix))]
fn as_administrator() -> bool {
    false
}
