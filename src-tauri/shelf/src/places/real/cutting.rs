//! A line between us and a web server that breaks while something is sent, as often as it is told to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::trials::Dice;

/// A running line. It ends when this is dropped.
pub(crate) struct Cutting {
    pub port: u16,
    inner: Arc<Inner>,
}

struct Inner {
    to: u16,
    /// Of a hundred files that are sent, so many are cut.
    percent: AtomicU32,
    dice: Mutex<Dice>,
    cuts: AtomicU64,
    asked: Mutex<BTreeMap<String, u64>>,
    over: AtomicBool,
}

impl Cutting {
    /// A line to a port on this computer, which does not break yet.
    pub fn to(port: u16, seed: u64) -> Cutting {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let inner = Arc::new(Inner {
            to: port,
            percent: AtomicU32::new(0),
            dice: Mutex::new(Dice::new(seed)),
            cuts: AtomicU64::new(0),
            asked: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let cutting = Cutting { port: listener.local_addr().unwrap().port(), inner: inner.clone() };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if inner.over.load(Ordering::Relaxed) {
                    return;
                }
                let (inner, stream) = (inner.clone(), stream.unwrap());
                // What goes wrong on one line is what this is for.
                std::thread::spawn(move || inner.carry(stream));
            }
        });
        cutting
    }

    /// Breaks for so many of a hundred files from now on.
    pub fn cut(&self, percent: u32) {
        self.inner.percent.store(percent, Ordering::Relaxed);
    }

    /// How often it broke.
    pub fn cuts(&self) -> u64 {
        self.inner.cuts.load(Ordering::Relaxed)
    }

    /// What was asked since the last time, by method.
    pub fn asked(&self) -> BTreeMap<String, u64> {
        std::mem::take(&mut *self.inner.asked.lock().unwrap())
    }
}

impl Drop for Cutting {
    fn drop(&mut self) {
        self.inner.over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

impl Inner {
    /// Carries one request and its answer; then the line is closed.
    fn carry(&self, client: TcpStream) -> Option<()> {
        let mut from = BufReader::new(client.try_clone().ok()?);
        let (mut head, mut length) = (String::new(), 0_u64);
        loop {
            let mut text = String::new();
            if from.read_line(&mut text).ok()? == 0 {
                return None;
            }
            let lower = text.to_ascii_lowercase();
            if let Some(bytes) = lower.strip_prefix("content-length:") {
                length = bytes.trim().parse().ok()?;
            }
            if text.trim_end().is_empty() {
                break;
            }
            if !lower.starts_with("connection:") {
                head.push_str(&text);
            }
        }
        head.push_str("Connection: close\r\n\r\n");
        let method = head.split(' ').next()?.to_owned();
        *self.asked.lock().unwrap().entry(method.clone()).or_default() += 1;
        let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, self.to)).ok()?;
        server.write_all(head.as_bytes()).ok()?;
        if let Some(kept) = self.cut_at(&method, length) {
            std::io::copy(&mut from.take(kept), &mut server).ok()?;
            self.cuts.fetch_add(1, Ordering::Relaxed);
            let _ = server.shutdown(Shutdown::Both);
            let _ = client.shutdown(Shutdown::Both);
            return None;
        }
        std::io::copy(&mut from.take(length), &mut server).ok()?;
        let mut client = client;
        std::io::copy(&mut server, &mut client).ok()?;
        client.shutdown(Shutdown::Both).ok()
    }

    fn cut_at(&self, method: &str, length: u64) -> Option<u64> {
        let mut dice = self.dice.lock().unwrap();
        let cut = method == "PUT" && length > 0 && dice.roll(100) < self.percent.load(Ordering::Relaxed) as usize;
        cut.then(|| dice.roll(usize::try_from(length).unwrap()) as u64)
    }
}
