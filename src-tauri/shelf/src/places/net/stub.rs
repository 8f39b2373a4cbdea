//! A web server for tests that keeps files in memory and lies where it is told to.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::super::webdav::decoded;

/// What was asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub method: String,
    /// As it was sent.
    pub path: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Asked {
    /// The name below the root.
    pub fn name(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        String::from_utf8(decoded(path)).unwrap().trim_matches('/').to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Answers in place of the honest server, or says that it does not. The body has not been read yet.
pub(crate) type Lie = dyn Fn(&mut Asked, &mut Line, &Files) -> bool + Send + Sync;

/// Files by their names below the root; folders are what is above them.
pub(crate) type Files = Mutex<BTreeMap<String, Vec<u8>>>;

/// The line to who asks.
pub(crate) struct Line {
    from: BufReader<TcpStream>,
    left: usize,
}

impl Line {
    /// Reads at most so much of what is sent along.
    pub fn take(&mut self, most: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.left.min(most)];
        let mut got = 0;
        while got < bytes.len() {
            match self.from.read(&mut bytes[got..]) {
                Ok(0) | Err(_) => break,
                Ok(n) => got += n,
            }
        }
        self.left -= got;
        bytes.truncate(got);
        bytes
    }

    /// Sends bytes as they are; false once nobody wants them.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.from.get_mut().write_all(bytes).is_ok()
    }

    /// A whole answer. Headers are lines.
    pub fn answer(&mut self, status: u16, headers: &str, body: &[u8]) -> bool {
        // What is not read by the time that the line is closed would break it before the answer is there.
        self.take(usize::MAX);
        let head =
            format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
        self.send(head.as_bytes()) && self.send(body)
    }
}

/// A running server. It ends when this is dropped.
pub(crate) struct Stub {
    pub port: u16,
    pub files: Arc<Files>,
    asked: Arc<Mutex<Vec<Asked>>>,
    over: Arc<AtomicBool>,
}

impl Stub {
    /// One that is honest.
    pub fn honest() -> Stub {
        Stub::lying(|_, _, _| false)
    }

    /// One that lies.
    pub fn lying(lie: impl Fn(&mut Asked, &mut Line, &Files) -> bool + Send + Sync + 'static) -> Stub {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let stub = Stub {
            port: listener.local_addr().unwrap().port(),
            files: Arc::default(),
            asked: Arc::default(),
            over: Arc::default(),
        };
        let lie: Arc<Lie> = Arc::new(lie);
        let (files, asked, over) = (stub.files.clone(), stub.asked.clone(), stub.over.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let (files, asked, lie) = (files.clone(), asked.clone(), lie.clone());
                std::thread::spawn(move || serve(stream.unwrap(), &files, &asked, &*lie));
            }
        });
        stub
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn serve(stream: TcpStream, files: &Files, all: &Mutex<Vec<Asked>>, lie: &Lie) {
    let _ = stream.set_write_timeout(Some(Duration::from_secs(20)));
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let mut line = Line { from: BufReader::new(stream), left: 0 };
    let Some(mut asked) = head(&mut line) else { return };
    line.left = asked.header("content-length").parse().unwrap_or(0);
    all.lock().unwrap().push(asked.clone());
    if !lie(&mut asked, &mut line, files) {
        asked.body = line.take(usize::MAX);
        honest(&asked, &mut line, files);
    }
    // Until the other side has read it all.
    let _ = line.from.get_mut().shutdown(std::net::Shutdown::Write);
    line.take(0);
}

fn head(line: &mut Line) -> Option<Asked> {
    let mut text = String::new();
    line.from.read_line(&mut text).ok()?;
    let mut words = text.split_whitespace();
    let mut asked = Asked { method: words.next()?.to_owned(), path: words.next()?.to_owned(), ..Asked::default() };
    loop {
        let mut text = String::new();
        line.from.read_line(&mut text).ok()?;
        let Some((name, value)) = text.trim_end().split_once(':') else { return Some(asked) };
        asked.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
}

/// What a server should do.
pub(crate) fn honest(asked: &Asked, line: &mut Line, files: &Files) {
    let name = asked.name();
    let mut files = files.lock().unwrap();
    match asked.method.as_str() {
        "PROPFIND" => match rows(&name, asked.header("depth") == "1", &files) {
            Some(rows) => line.answer(207, "Content-Type: application/xml\r\n", multistatus(&rows).as_bytes()),
            None => line.answer(404, "", b""),
        },
        "GET" => match files.get(&name) {
            Some(bytes) => line.answer(200, "", &bytes.clone()),
            None => line.answer(404, "", b""),
        },
        "PUT" if files.contains_key(&name) && asked.header("if-none-match") == "*" => line.answer(412, "", b""),
        "PUT" => {
            files.insert(name, asked.body.clone());
            line.answer(201, "", b"")
        }
        "DELETE" => {
            let status = if files.remove(&name).is_some() { 204 } else { 404 };
            line.answer(status, "", b"")
        }
        // Whatever it is, it is there.
        "MKCOL" => line.answer(405, "", b""),
        _ => line.answer(501, "", b""),
    };
}

/// Name and size; none for folders.
type StubRow = (String, Option<usize>);

fn rows(name: &str, deep: bool, files: &BTreeMap<String, Vec<u8>>) -> Option<Vec<StubRow>> {
    if let Some(bytes) = files.get(name) {
        return Some(vec![(name.to_owned(), Some(bytes.len()))]);
    }
    let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
    let mut rows = vec![(prefix.clone(), None)];
    for (file, bytes) in files.range(prefix.clone()..).take_while(|(file, _)| file.starts_with(&prefix)) {
        match file[prefix.len()..].split_once('/') {
            Some((folder, _)) => rows.push((format!("{prefix}{folder}/"), None)),
            None => rows.push((file.clone(), Some(bytes.len()))),
        }
    }
    rows.dedup();
    let there = name.is_empty() || rows.len() > 1;
    rows.truncate(if deep { rows.len() } else { 1 });
    there.then_some(rows)
}

/// An answer to `PROPFIND`, about paths as they are written.
pub(crate) fn multistatus(rows: &[StubRow]) -> String {
    let mut text = String::from("<?xml version=\"1.0\"?><D:multistatus xmlns:D=\"DAV:\">");
    for (path, size) in rows {
        let kind = match size {
            Some(size) => format!("<D:resourcetype/><D:getcontentlength>{size}</D:getcontentlength>"),
            None => "<D:resourcetype><D:collection/></D:resourcetype>".to_owned(),
        };
        let path = if path.contains("://") { path.clone() } else { format!("/{path}") };
        text.push_str(&format!(
            "<D:response><D:href>{path}</D:href><D:propstat><D:prop>{kind}</D:prop>\
             <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        ));
    }
    text.push_str("</D:multistatus>");
    text
}
