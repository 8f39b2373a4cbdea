//! A small SSH server with a folder in memory, that can be told to behave as badly as any real one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::keys::PrivateKey;
use russh::server::{self, Auth, ChannelOpenHandle, Msg, Response, VerifiedPublicKey};
use russh::{Channel, ChannelId, MethodKind, MethodSet};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::files::{Files, Told};
use crate::places::sftp::wait;

/// How somebody signs in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Door {
    Open,
    Password,
    /// One question, for the password.
    Question,
    /// A question for the password, then one for a number.
    TwoQuestions,
    /// Hangs up after the first wrong password.
    Impatient,
    Key(russh::keys::PublicKey),
    /// A password and then something else.
    Half,
}

/// What the server does about a request instead of what it should.
pub(crate) enum Do {
    AsUsual,
    /// Answers with this status.
    Say(u32, &'static str),
    /// Sends these bytes in place of an answer.
    Send(Vec<u8>),
    /// Never answers.
    Nothing,
    /// Does it, and ends the connection without a word.
    ThenHangUp,
    HangUp,
}

/// Decides about a request: its kind, and the name or handle in it.
pub(crate) type Whim = Arc<dyn Fn(u8, &str) -> Do + Send + Sync>;

pub(crate) struct Server {
    pub port: u16,
    pub files: Arc<Mutex<Files>>,
    /// Requests so far, by kind.
    pub asked: Arc<Mutex<BTreeMap<u8, u64>>>,
    /// Passwords and names that were said to it.
    pub said: Arc<Mutex<Vec<String>>>,
    pub whim: Arc<Mutex<Whim>>,
    ending: tokio::task::AbortHandle,
}

pub(crate) const PASSWORD: &str = "hunter2";

pub(crate) fn key(text: &str) -> PrivateKey {
    russh::keys::decode_secret_key(text, None).unwrap()
}

/// A fresh key, as `ssh-keygen` makes it.
pub(crate) fn keygen(folder: &std::path::Path, name: &str, kind: &[&str], passphrase: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-N", passphrase, "-C", "larder", "-f"])
        .arg(&path)
        .arg("-t")
        .args(kind)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    path
}

/// The key that servers have in tests; it guards nothing.
pub(crate) fn host_key(seed: u8) -> PrivateKey {
    PrivateKey::from(russh::keys::ssh_key::private::Ed25519Keypair::from_seed(&[seed; 32]))
}

pub(crate) fn fingerprint(key: &PrivateKey) -> String {
    key.public_key().fingerprint(russh::keys::HashAlg::Sha256).to_string()
}

impl Server {
    pub fn start(door: Door, keys: Vec<PrivateKey>) -> Server {
        let files = Arc::new(Mutex::new(Files::new()));
        let asked = Arc::new(Mutex::new(BTreeMap::new()));
        let said = Arc::new(Mutex::new(Vec::new()));
        let usual: Whim = Arc::new(|_, _| Do::AsUsual);
        let whim = Arc::new(Mutex::new(usual));
        let methods: &[MethodKind] = match door {
            Door::Open => &[MethodKind::None],
            Door::Password | Door::Impatient | Door::Half => &[MethodKind::Password, MethodKind::PublicKey],
            Door::Question | Door::TwoQuestions => &[MethodKind::KeyboardInteractive],
            Door::Key(_) => &[MethodKind::PublicKey],
        };
        let config = Arc::new(server::Config {
            methods: MethodSet::from(methods),
            auth_rejection_time: Duration::from_millis(10),
            auth_rejection_time_initial: Some(Duration::ZERO),
            max_auth_attempts: if door == Door::Impatient { 2 } else { 10 },
            keys,
            ..server::Config::default()
        });
        let guest = Guest {
            door,
            said: said.clone(),
            desk: Desk { files: files.clone(), asked: asked.clone(), whim: whim.clone(), hang_up: Arc::default() },
            channel: None,
        };
        let listening = async {
            let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            let port = listener.local_addr().unwrap().port();
            let task = tokio::spawn(async move {
                loop {
                    let (socket, _) = listener.accept().await.unwrap();
                    tokio::spawn(serve(config.clone(), socket, guest.fresh()));
                }
            });
            (port, task.abort_handle())
        };
        let (port, ending) = wait::wait(listening).unwrap();
        Server { port, files, asked, said, whim, ending }
    }

    /// From now on it is of this mind.
    pub fn set_whim(&self, whim: impl Fn(u8, &str) -> Do + Send + Sync + 'static) {
        *self.whim.lock().unwrap() = Arc::new(whim);
    }

    pub fn asked(&self, kind: u8) -> u64 {
        self.asked.lock().unwrap().get(&kind).copied().unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ending.abort();
    }
}

async fn serve(config: Arc<server::Config>, socket: tokio::net::TcpStream, guest: Guest) {
    // Through another pair of sockets, so that hanging up can be done at any moment.
    let hang_up = guest.desk.hang_up.clone();
    let (mut near, far) = tokio::io::duplex(256 * 1024);
    let session = async {
        if let Ok(running) = server::run_stream(config, far, guest).await {
            let _ = running.await;
        }
    };
    let mut socket = socket;
    tokio::select! {
        () = session => {}
        _ = tokio::io::copy_bidirectional(&mut socket, &mut near) => {}
        () = hang_up.notified() => {}
    }
}

struct Guest {
    door: Door,
    said: Arc<Mutex<Vec<String>>>,
    desk: Desk,
    channel: Option<Channel<Msg>>,
}

impl Guest {
    fn fresh(&self) -> Guest {
        let desk = Desk { hang_up: Arc::default(), ..self.desk.clone() };
        Guest { door: self.door.clone(), said: self.said.clone(), desk, channel: None }
    }

    fn is_right(&self, password: &str) -> bool {
        self.said.lock().unwrap().push(password.to_owned());
        password == PASSWORD
    }
}

fn question(text: &'static str) -> Auth {
    Auth::Partial {
        name: Cow::Borrowed(""),
        instructions: Cow::Borrowed(""),
        prompts: Cow::Owned(vec![(Cow::Borrowed(text), false)]),
    }
}

impl server::Handler for Guest {
    type Error = russh::Error;

    async fn auth_none(&mut self, user: &str) -> Result<Auth, russh::Error> {
        self.said.lock().unwrap().push(user.to_owned());
        Ok(if self.door == Door::Open { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_password(&mut self, _: &str, password: &str) -> Result<Auth, russh::Error> {
        let is_right = self.is_right(password);
        Ok(match (&self.door, is_right) {
            (Door::Password | Door::Impatient, true) => Auth::Accept,
            (Door::Half, true) => Auth::Reject {
                proceed_with_methods: Some(MethodSet::from([MethodKind::PublicKey].as_slice())),
                partial_success: true,
            },
            _ => Auth::reject(),
        })
    }

    async fn auth_publickey(&mut self, _: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, russh::Error> {
        let is_right = matches!(&self.door, Door::Key(known) if known.key_data() == key.public_key.key_data());
        Ok(if is_right { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        _: &str,
        _: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, russh::Error> {
        let answer = response.and_then(|mut response| response.next());
        Ok(match answer {
            None => question("Password: "),
            Some(answer) if !self.is_right(&String::from_utf8_lossy(&answer)) => Auth::reject(),
            Some(_) if self.door == Door::Question => Auth::Accept,
            Some(_) => question("Number: "),
        })
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut server::Session,
    ) -> Result<(), russh::Error> {
        self.channel = Some(channel);
        reply.accept().await;
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        name: &str,
        session: &mut server::Session,
    ) -> Result<(), russh::Error> {
        match self.channel.take().filter(|_| name == "sftp" && !self.desk.files.lock().unwrap().is_shell_only) {
            Some(channel) => {
                session.channel_success(id)?;
                tokio::spawn(self.desk.clone().serve(channel));
            }
            None => session.channel_failure(id)?,
        }
        Ok(())
    }
}

/// Where requests are answered.
#[derive(Clone)]
struct Desk {
    files: Arc<Mutex<Files>>,
    asked: Arc<Mutex<BTreeMap<u8, u64>>>,
    whim: Arc<Mutex<Whim>>,
    hang_up: Arc<tokio::sync::Notify>,
}

impl Desk {
    async fn serve(self, channel: Channel<Msg>) {
        let mut stream = channel.into_stream();
        while let Ok(length) = stream.read_u32().await {
            let mut packet = vec![0; length as usize];
            if stream.read_exact(&mut packet).await.is_err() {
                return;
            }
            let kind = packet[0];
            *self.asked.lock().unwrap().entry(kind).or_default() += 1;
            let about = Files::about(&packet);
            let whim = self.whim.lock().unwrap().clone();
            let answer = match whim(kind, &about) {
                Do::AsUsual => self.files.lock().unwrap().answer(&packet),
                Do::Say(code, words) => Told::status(&packet, code, words),
                Do::Send(bytes) => bytes,
                Do::Nothing => continue,
                Do::ThenHangUp => {
                    self.files.lock().unwrap().answer(&packet);
                    self.hang_up.notify_one();
                    return;
                }
                Do::HangUp => {
                    self.hang_up.notify_one();
                    return;
                }
            };
            if stream.write_all(&answer).await.is_err() || stream.flush().await.is_err() {
                return;
            }
        }
    }
}

/// Something that listens and says only this to whoever comes, then does nothing, or hangs up.
pub(crate) fn babbler(words: &'static [u8], hangs_up: bool) -> SocketAddr {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for socket in listener.incoming() {
            let Ok(mut socket) = socket else { return };
            let _ = std::io::Write::write_all(&mut socket, words);
            if hangs_up {
                let _ = socket.shutdown(std::net::Shutdown::Write);
            }
            kept.push(socket);
        }
    });
    address
}
