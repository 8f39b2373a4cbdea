//! A proxy that cuts connections.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::trials::Dice;

/// Passes bytes on to a server, each connection for a number of bytes that is drawn anew.
pub(crate) struct Proxy {
    pub port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    to: u16,
    dice: Mutex<Dice>,
    /// Bytes of a connection at most; nothing where it is not cut.
    most: AtomicU64,
    cuts: AtomicU64,
    open: Mutex<Vec<TcpStream>>,
    is_over: AtomicBool,
}

impl Proxy {
    pub fn start(to: u16, seed: u64) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            to,
            dice: Mutex::new(Dice::new(seed)),
            most: AtomicU64::new(0),
            cuts: AtomicU64::new(0),
            open: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let accepting = shared.clone();
        std::thread::spawn(move || {
            for near in listener.incoming() {
                if accepting.is_over.load(Ordering::Relaxed) {
                    return;
                }
                accepting.join(near.unwrap());
            }
        });
        Proxy { port, shared }
    }

    /// Cuts every new connection after some bytes, this many at most; zero leaves them alone.
    pub fn cut_within(&self, bytes: u64) {
        self.shared.most.store(bytes, Ordering::Relaxed);
    }

    /// Cuts everything that is open.
    pub fn cut_now(&self) {
        for socket in self.shared.open.lock().unwrap().drain(..) {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// Connections that were cut for having had their bytes.
    pub fn cuts(&self) -> u64 {
        self.shared.cuts.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        self.cut_now();
        // Wakes the one who accepts.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

impl Shared {
    fn join(self: &Arc<Self>, near: TcpStream) {
        let Ok(far) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.to)) else { return };
        let (_, _) = (near.set_nodelay(true), far.set_nodelay(true));
        let most = self.most.load(Ordering::Relaxed);
        let left = match most {
            0 => u64::MAX,
            most => self.dice.lock().unwrap().roll(usize::try_from(most).unwrap()) as u64,
        };
        let left = Arc::new(AtomicU64::new(left));
        self.open.lock().unwrap().extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
        for (from, to) in [(near.try_clone().unwrap(), far.try_clone().unwrap()), (far, near)] {
            let (shared, left) = (self.clone(), left.clone());
            std::thread::spawn(move || shared.pass(from, to, &left));
        }
    }

    fn pass(&self, mut from: TcpStream, mut to: TcpStream, left: &AtomicU64) {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(got) = from.read(&mut buffer) {
            let before =
                left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |l| Some(l.saturating_sub(got as u64)));
            let passed = got.min(usize::try_from(before.unwrap()).unwrap_or(usize::MAX));
            if got == 0 || to.write_all(&buffer[..passed]).is_err() {
                break;
            }
            if passed < got {
                self.cuts.fetch_add(1, Ordering::Relaxed);
                break;
            }
        }
        let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    }
}
