//! A server of somebody else's, for as long as a test needs it.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A port on loopback that nobody listens on right now.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// Where a program is that `make places` brings.
#[cfg(unix)]
pub(crate) fn tool(name: &str) -> std::path::PathBuf {
    let tools = std::env::var_os("LARDER_TOOLS").expect("`make places` says where the tools are");
    std::path::PathBuf::from(tools).join(name)
}

/// A running server with a folder of its own. It is ended, and its folder removed, when this is dropped.
pub(crate) struct Server {
    child: Child,
    /// Where it listens, on loopback.
    pub(crate) port: u16,
    /// Its own folder: configuration, what it keeps, its log.
    pub(crate) folder: tempfile::TempDir,
}

impl Server {
    /// Starts it and waits until it listens. It must stay in the foreground.
    pub(crate) fn start(folder: tempfile::TempDir, port: u16, command: &mut Command) -> Server {
        let log = std::fs::File::create(folder.path().join("server.log")).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let mut server = Server { child, port, folder };
        let until = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = server.child.try_wait().unwrap();
            assert!(ended.is_none() && Instant::now() < until, "it does not listen ({ended:?}): {}", server.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// What it wrote so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
