//! A storage for tests that is as honest as a test wants it to be.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::sign::decoded;

/// What was asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub method: String,
    /// As it came, with its query.
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Asked {
    /// The name within the bucket.
    pub fn key(&self) -> String {
        let path = self.target.split('?').next().unwrap();
        decoded(path.trim_start_matches('/').split_once('/').map_or("", |(_, key)| key))
    }

    pub fn query(&self, name: &str) -> Option<String> {
        let query = self.target.split_once('?')?.1;
        query.split('&').filter_map(|pair| pair.split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| decoded(v))
    }

    pub fn is_list(&self) -> bool {
        self.method == "GET" && self.query("list-type").is_some()
    }
}

/// What is answered.
pub(crate) enum Say {
    Whole(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// A head that promises this many bytes, and a piece that is sent again and again for as long as somebody listens.
    Endless(&'static str, Vec<u8>),
    /// One byte every so often.
    Drip(Duration),
    /// Nothing, for a while.
    Silent,
    /// This much of the answer, then the connection ends.
    Cut(Box<Say>, usize),
}

impl Say {
    pub fn xml(status: u16, text: &str) -> Say {
        Say::Whole(status, vec![("content-type", "application/xml".into())], text.as_bytes().to_vec())
    }

    pub fn fault(status: u16, code: &str) -> Say {
        Say::xml(status, &format!("<Error><Code>{code}</Code><Message>No.</Message></Error>"))
    }

    pub fn html(status: u16) -> Say {
        let page = "<html><head><title>Hotel</title></head><body><p>Please sign in</p></body></html>";
        let headers = vec![("content-type", "text/html".into()), ("etag", "\"p\"".into())];
        Say::Whole(status, headers, page.as_bytes().to_vec())
    }
}

type Answering = Box<dyn Fn(&Asked, &Files) -> Option<Say> + Send + Sync>;
/// What an honest bucket holds.
pub(crate) type Files = Mutex<BTreeMap<String, Vec<u8>>>;

/// The storage. It listens for as long as this is kept.
pub(crate) struct Stub {
    pub port: u16,
    pub asked: Arc<Mutex<Vec<Asked>>>,
    pub files: Arc<Files>,
    over: Arc<AtomicBool>,
}

impl Stub {
    /// Answers as an honest bucket does, except where `answering` knows something else to say.
    pub fn start(answering: impl Fn(&Asked, &Files) -> Option<Say> + Send + Sync + 'static) -> Stub {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, files, over) = (Arc::default(), Arc::<Files>::default(), Arc::<AtomicBool>::default());
        let stub = Stub { port, asked, files, over };
        let (asked, files, over) = (stub.asked.clone(), stub.files.clone(), stub.over.clone());
        let answering: Arc<Answering> = Arc::new(Box::new(answering));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let (asked, files, answering) = (asked.clone(), files.clone(), answering.clone());
                std::thread::spawn(move || serve(stream.unwrap(), &asked, &files, &answering));
            }
        });
        stub
    }

    pub fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn serve(mut stream: TcpStream, all: &Mutex<Vec<Asked>>, files: &Files, answering: &Answering) {
    let Some(asked) = read(&stream) else { return };
    all.lock().unwrap().push(asked.clone());
    let say = answering(&asked, files).unwrap_or_else(|| honest(&asked, files, 1_000));
    let _ = write(&mut stream, &say, &asked, usize::MAX);
    let _ = stream.shutdown(Shutdown::Both);
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut asked = Asked { method, target, ..Asked::default() };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        asked.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = asked.headers.get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
    asked.body = vec![0; length];
    reader.read_exact(&mut asked.body).ok()?;
    Some(asked)
}

fn write(stream: &mut TcpStream, say: &Say, asked: &Asked, most: usize) -> std::io::Result<()> {
    match say {
        Say::Whole(status, headers, body) => {
            let mut head = format!("HTTP/1.1 {status} Told\r\nconnection: close\r\n");
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            if !headers.iter().any(|(name, _)| *name == "content-length") && *status != 204 {
                head.push_str(&format!("content-length: {}\r\n", body.len()));
            }
            let mut bytes = format!("{head}\r\n").into_bytes();
            if asked.method != "HEAD" {
                bytes.extend(body);
            }
            stream.write_all(&bytes[..bytes.len().min(most)])
        }
        Say::Endless(head, piece) => {
            stream.write_all(head.as_bytes())?;
            loop {
                stream.write_all(piece)?;
            }
        }
        Say::Drip(pause) => {
            stream.write_all(b"HTTP/1.1 200 OK\r\netag: \"1\"\r\ncontent-length: 1000\r\n\r\n")?;
            loop {
                stream.write_all(b"x")?;
                std::thread::sleep(*pause);
            }
        }
        Say::Silent => {
            std::thread::sleep(Duration::from_secs(4));
            Ok(())
        }
        Say::Cut(say, most) => write(stream, say, asked, *most),
    }
}

fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", &crate::envelope::sha256(bytes)[..32])
}

/// What a bucket answers that does as it should, with pages of at most so many names.
pub(crate) fn honest(asked: &Asked, files: &Files, page: usize) -> Say {
    if asked.is_list() {
        return list(asked, &files.lock().unwrap(), page);
    }
    let (key, mut files) = (asked.key(), files.lock().unwrap());
    let found = files.get(&key).cloned();
    match (asked.method.as_str(), found) {
        ("PUT", Some(_)) if asked.headers.contains_key("if-none-match") => Say::fault(412, "PreconditionFailed"),
        ("PUT", _) => {
            let headers = vec![("etag", etag(&asked.body))];
            files.insert(key, asked.body.clone());
            Say::Whole(200, headers, vec![])
        }
        ("DELETE", _) => {
            files.remove(&key);
            Say::Whole(204, vec![], vec![])
        }
        (_, None) => Say::fault(404, "NoSuchKey"),
        (_, Some(bytes)) => {
            let mut headers = vec![("etag", etag(&bytes)), ("content-type", "application/octet-stream".to_owned())];
            let range = asked.headers.get("range").map(|r| r["bytes=".len()..r.len() - 1].parse::<usize>().unwrap());
            let Some(from) = range else { return Say::Whole(200, headers, bytes) };
            headers.push(("content-range", format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len())));
            Say::Whole(206, headers, bytes[from..].to_vec())
        }
    }
}

fn list(asked: &Asked, files: &BTreeMap<String, Vec<u8>>, page: usize) -> Say {
    let prefix = asked.query("prefix").unwrap_or_default();
    let after = asked.query("continuation-token").unwrap_or_default();
    let most = asked.query("max-keys").and_then(|n| n.parse().ok()).unwrap_or(1_000).min(page);
    let (mut xml, mut last, mut n) = (String::new(), String::new(), 0);
    for (key, bytes) in files.iter().filter(|(key, _)| key.starts_with(&prefix)) {
        let inside = key[prefix.len()..].find('/').filter(|_| asked.query("delimiter").is_some());
        let name = inside.map_or(key.clone(), |at| key[..=prefix.len() + at].to_owned());
        if name <= after || name == last {
            continue;
        }
        if n == most {
            xml.push_str(&format!(
                "<IsTruncated>true</IsTruncated><NextContinuationToken>{last}</NextContinuationToken>"
            ));
            break;
        }
        match inside {
            Some(_) => xml.push_str(&format!("<CommonPrefixes><Prefix>{name}</Prefix></CommonPrefixes>")),
            None => xml.push_str(&format!("<Contents><Key>{name}</Key><Size>{}</Size></Contents>", bytes.len())),
        }
        last = name;
        n += 1;
    }
    Say::xml(200, &format!("<ListBucketResult><Name>b</Name>{xml}</ListBucketResult>"))
}
