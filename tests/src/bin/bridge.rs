//! The whole interface in an ordinary browser, over the real actions: for looking at pages and for tests that drive one.
//! Serves `ui/dist` and the one list of commands on this computer only. It never ships.
//!
//! usage: bridge --home DIR --port N [--now MOMENT] [--locale de-DE] [--answers DIR] [--name NAME]
//!
//! `POST /call/<command>` answers 200 with the answer or 422 with the refusal; `GET /events` tells what the window would be
//! told; `POST /bring` with a JSON list of paths stands for a drop of these files.

use std::fs;
use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use larder_actions::wire::Event;
use larder_actions::{Host, Larder};
use larder_model::{Refusal, RefusalCode};
use larder_tests::host::{TestHost, moment};
use larder_tests::http::{Request, read_request, write_answer};

/// What was asked for on the command line.
#[derive(Debug, Default)]
struct Wanted {
    home: Option<PathBuf>,
    port: u16,
    now: Option<String>,
    locale: Option<String>,
    answers: Option<PathBuf>,
    name: Option<String>,
}

fn wanted(mut arguments: impl Iterator<Item = String>) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    while let Some(flag) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--home" => wanted.home = Some(value.into()),
            "--port" => wanted.port = value.parse().map_err(|_| format!("no port: {value}"))?,
            "--now" => wanted.now = Some(value),
            "--locale" => wanted.locale = Some(value),
            "--answers" => wanted.answers = Some(value.into()),
            "--name" => wanted.name = Some(value),
            _ => return Err(format!("unknown: {flag}")),
        }
    }
    Ok(wanted)
}

/// What every connection needs.
struct Bridge {
    larder: Arc<Larder>,
    host: Arc<TestHost>,
    pages: PathBuf,
    csp: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("bridge: {text}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    let wanted = wanted(std::env::args().skip(1))?;
    let home = wanted.home.ok_or("--home is missing")?;
    fs::create_dir_all(&home).map_err(|e| format!("{}: {e}", home.display()))?;
    let mut host = TestHost::at(&home);
    if let Some(now) = &wanted.now {
        host = host.clock(moment(now)?);
    }
    if let Some(locale) = &wanted.locale {
        host = host.speaking(locale);
    }
    if let Some(answers) = &wanted.answers {
        host = host.answers_in(answers);
    }
    if let Some(name) = &wanted.name {
        host = host.of(name, "office-pc");
    }
    let (larder, host) = larder_tests::host::open_larder(host).map_err(|refusal| refusal.to_string())?;
    let root = larder_tests::root();
    let bridge = Arc::new(Bridge { larder, host, pages: root.join("ui").join("dist"), csp: content_policy(&root)? });
    let listener = TcpListener::bind(("127.0.0.1", wanted.port)).map_err(|e| format!("port {}: {e}", wanted.port))?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    eprintln!("bridge: http://127.0.0.1:{port}/ shows the home {}", home.display());
    for stream in listener.incoming().flatten() {
        let bridge = bridge.clone();
        std::thread::spawn(move || {
            // A browser that goes away in the middle is nothing to tell anyone.
            let _ = serve(&bridge, &stream, port);
        });
    }
    Ok(())
}

/// The window's own policy, with this server in place of the window's own channel: what is forbidden there is forbidden here.
fn content_policy(root: &Path) -> Result<String, String> {
    let file = root.join("src-tauri").join("desktop").join("tauri.conf.json");
    let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let settings: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let policy = settings.pointer("/app/security/csp").and_then(|csp| csp.as_object()).ok_or("no csp")?;
    let parts = policy.iter().map(|(name, value)| match name.as_str() {
        "connect-src" => "connect-src 'self'".to_owned(),
        _ => format!("{name} {}", value.as_str().unwrap_or_default()),
    });
    Ok(parts.collect::<Vec<_>>().join("; "))
}

fn serve(bridge: &Bridge, stream: &TcpStream, port: u16) -> io::Result<()> {
    let request = read_request(stream)?;
    // Another site's page must not reach in by a name that resolves to this computer.
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if !request.header("host").is_some_and(|host| ours.iter().any(|o| o == host)) {
        return write_answer(stream, 403, &[], b"not here");
    }
    let path = request.path.split(['?', '#']).next().unwrap_or_default().to_owned();
    match (request.method.as_str(), path.as_str()) {
        ("GET", "/events") => tell(bridge, stream),
        ("POST", "/bring") => bring(bridge, stream, &request),
        ("POST", path) if path.starts_with("/call/") => call(bridge, stream, &path["/call/".len()..], &request),
        ("GET", path) => page(bridge, stream, path),
        _ => write_answer(stream, 405, &[], b"no such verb here"),
    }
}

fn json(stream: &TcpStream, status: u16, value: &impl serde::Serialize) -> io::Result<()> {
    let body = serde_json::to_vec(value).map_err(io::Error::other)?;
    write_answer(stream, status, &[("content-type", "application/json")], &body)
}

fn call(bridge: &Bridge, stream: &TcpStream, name: &str, request: &Request) -> io::Result<()> {
    let answer = serde_json::from_slice(&request.body)
        .map_err(|e| Refusal::new(RefusalCode::Invalid).with("what", name).with("value", e.to_string()))
        .and_then(|body| larder_actions::call(&bridge.larder, name, body));
    match answer {
        Ok(answer) => json(stream, 200, &answer),
        Err(refusal) => json(stream, 422, &refusal),
    }
}

fn bring(bridge: &Bridge, stream: &TcpStream, request: &Request) -> io::Result<()> {
    let paths: Vec<PathBuf> = serde_json::from_slice(&request.body).map_err(io::Error::other)?;
    let brought = bridge.larder.bring_in_paths(&paths);
    bridge.host.emit(Event::BroughtIn { brought: brought.clone() });
    json(stream, 200, &brought)
}

/// Server-sent events, until the browser leaves.
fn tell(bridge: &Bridge, mut stream: &TcpStream) -> io::Result<()> {
    let events = bridge.host.listen();
    stream.write_all(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n\r\n: here\n\n",
    )?;
    stream.flush()?;
    loop {
        let line = match events.recv_timeout(Duration::from_secs(10)) {
            Ok(event) => format!("data: {}\n\n", serde_json::to_string(&event).map_err(io::Error::other)?),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => ": still here\n\n".to_owned(),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
        };
        stream.write_all(line.as_bytes())?;
        stream.flush()?;
    }
}

fn page(bridge: &Bridge, stream: &TcpStream, path: &str) -> io::Result<()> {
    let mut file = bridge.pages.clone();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) && !part.starts_with('.');
        if !plain {
            return write_answer(stream, 404, &[], b"not here");
        }
        file.push(part);
    }
    // Pages inside the interface have addresses of their own; all of them are its one document.
    if file.extension().is_none() {
        file = bridge.pages.join("index.html");
    }
    match fs::read(&file) {
        Ok(body) => {
            let headers = [("content-type", kind_of(&file)), ("content-security-policy", bridge.csp.as_str())];
            write_answer(stream, 200, &headers, &body)
        }
        Err(_) => write_answer(stream, 404, &[], b"not here: run `npm run build` in ui first"),
    }
}

fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
