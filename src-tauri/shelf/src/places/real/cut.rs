//! A wire that breaks while things are sent: between a place and its server.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::free_port;
use crate::trials::Dice;

/// Passes everything on, and breaks off some of the uploads at a random byte.
pub(crate) struct CutWire {
    /// Where it listens, on loopback.
    pub(crate) port: u16,
    /// Of a hundred uploads, how many break.
    pub(crate) percent: Arc<AtomicU64>,
    /// Uploads that broke.
    pub(crate) cuts: Arc<AtomicU64>,
}

impl CutWire {
    /// In front of a server on this port; nothing breaks yet.
    pub(crate) fn start(server: u16, seed: u64) -> CutWire {
        let port = free_port();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let wire = CutWire { port, percent: Arc::default(), cuts: Arc::default() };
        let (percent, cuts) = (wire.percent.clone(), wire.cuts.clone());
        let dice = Arc::new(Mutex::new(Dice::new(seed)));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (percent, cuts, dice) = (percent.clone(), cuts.clone(), dice.clone());
                std::thread::spawn(move || pass(client.unwrap(), server, &percent, &cuts, &dice));
            }
        });
        wire
    }
}

fn pass(mut client: TcpStream, server: u16, percent: &AtomicU64, cuts: &AtomicU64, dice: &Mutex<Dice>) {
    let Ok(mut upstream) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)) else { return };
    let (mut back_from, mut back_to) = (upstream.try_clone().unwrap(), client.try_clone().unwrap());
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut back_from, &mut back_to);
        let _ = back_to.shutdown(Shutdown::Both);
    });
    let mut buffer = [0; 16 * 1024];
    let mut left = usize::MAX;
    while let Ok(got) = client.read(&mut buffer) {
        if got == 0 {
            break;
        }
        if buffer.starts_with(b"PUT ") {
            let mut dice = dice.lock().unwrap();
            if (dice.roll(100) as u64) < percent.load(Ordering::Relaxed) {
                // Somewhere in its head, its content, or right behind it.
                left = dice.roll(3_000);
                cuts.fetch_add(1, Ordering::Relaxed);
            }
        }
        let most = got.min(left);
        if upstream.write_all(&buffer[..most]).is_err() {
            break;
        }
        left = left.saturating_sub(most);
        if left == 0 {
            break;
        }
    }
    let _ = upstream.shutdown(Shutdown::Both);
    let _ = client.shutdown(Shutdown::Both);
}
