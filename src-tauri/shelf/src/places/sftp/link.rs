//! Getting to an SFTP server: the connection, proof of whose server it is, and signing in.
//!
//! A server whose key is not the one that was accepted before is left before anything of the person is said.

use std::borrow::Cow;
use std::io::Read;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use larder_model::{Refusal, RefusalCode};
use russh::client::{self, AuthResult, DisconnectReason, Handle, KeyboardInteractiveAuthResponse as Asked};
use russh::keys::{Algorithm, EcdsaCurve, HashAlg, PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{ChannelMsg, MethodKind, MethodSet, Preferred, cipher, kex, mac};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::address::Address;
use super::session::{Fault, Patience, Session};
use crate::places::Secret;

const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Largest private key file.
const KEY_FILE_BYTES: u64 = 64 * 1024;
/// Questions that a server may ask while signing in.
const QUESTIONS: usize = 8;

/// Where a connection leads and what opens it.
pub(super) struct Way {
    pub address: Address,
    pub secret: Option<Secret>,
    pub patience: Patience,
    /// Which kinds of host keys are asked for: zero for all, otherwise one of [`FAMILIES`]. A server has several keys, and
    /// the one that was accepted need not be the one that it shows first.
    family: AtomicUsize,
}

/// A connection that a session talks on.
pub(super) struct Line {
    handle: Handle<Host>,
}

impl Line {
    pub fn is_over(&self) -> bool {
        self.handle.is_closed()
    }
}

const NIST: [EcdsaCurve; 3] = [EcdsaCurve::NistP256, EcdsaCurve::NistP384, EcdsaCurve::NistP521];
const ED25519: &[Algorithm] = &[Algorithm::Ed25519];
const ECDSA: &[Algorithm] =
    &[Algorithm::Ecdsa { curve: NIST[0] }, Algorithm::Ecdsa { curve: NIST[1] }, Algorithm::Ecdsa { curve: NIST[2] }];
const RSA: &[Algorithm] =
    &[Algorithm::Rsa { hash: Some(HashAlg::Sha512) }, Algorithm::Rsa { hash: Some(HashAlg::Sha256) }];
const FAMILIES: [&[Algorithm]; 3] = [ED25519, ECDSA, RSA];

/// What is agreed on: nothing with SHA-1, no CBC, and the ciphers first that cutting packets out never worked on.
const KEX: &[kex::Name] = &[
    kex::MLKEM768X25519_SHA256,
    kex::CURVE25519,
    kex::CURVE25519_PRE_RFC_8731,
    kex::ECDH_SHA2_NISTP256,
    kex::ECDH_SHA2_NISTP384,
    kex::ECDH_SHA2_NISTP521,
    kex::DH_G16_SHA512,
    kex::DH_GEX_SHA256,
    kex::DH_G14_SHA256,
    kex::EXTENSION_SUPPORT_AS_CLIENT,
    kex::EXTENSION_OPENSSH_STRICT_KEX_AS_CLIENT,
];
const CIPHERS: &[cipher::Name] =
    &[cipher::AES_256_GCM, cipher::AES_128_GCM, cipher::CHACHA20_POLY1305, cipher::AES_256_CTR, cipher::AES_128_CTR];
const MACS: &[mac::Name] = &[mac::HMAC_SHA256_ETM, mac::HMAC_SHA512_ETM, mac::HMAC_SHA256, mac::HMAC_SHA512];

/// What was found out about the server so far.
#[derive(Default)]
struct Heard {
    /// The first bytes that it sent.
    first: Mutex<Vec<u8>>,
    /// The fingerprint of the key that it proved to have, and that key's kind.
    key: Mutex<Option<(String, Algorithm)>>,
    /// Whether it said good-bye.
    good_bye: AtomicBool,
}

impl Heard {
    fn first(&self) -> Vec<u8> {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn key(&self) -> Option<(String, Algorithm)> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Decides whether a server is the one that was meant.
pub(super) struct Host {
    accepted: Option<String>,
    heard: Arc<Heard>,
}

impl client::Handler for Host {
    type Error = russh::Error;

    async fn check_server_key(&mut self, shown: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        let key = shown.public_key();
        let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
        let accepted = self.accepted.as_ref() == Some(&fingerprint);
        *self.heard.key.lock().unwrap_or_else(PoisonError::into_inner) = Some((fingerprint, key.algorithm()));
        Ok(accepted)
    }

    async fn disconnected(&mut self, reason: DisconnectReason<russh::Error>) -> Result<(), russh::Error> {
        if matches!(reason, DisconnectReason::ReceivedDisconnect(_)) {
            self.heard.good_bye.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// A socket that notes the first bytes it hears, so that what is no SSH server can be told from one that is away.
struct Ear {
    socket: TcpStream,
    heard: Arc<Heard>,
    is_noted: bool,
}

impl AsyncRead for Ear {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.socket).poll_read(cx, buf);
        if !self.is_noted {
            let fresh = buf.filled().get(before..).unwrap_or_default();
            let mut first = self.heard.first.lock().unwrap_or_else(PoisonError::into_inner);
            let room = 64_usize.saturating_sub(first.len());
            first.extend(fresh.iter().take(room));
            let is_noted = first.len() >= 64;
            drop(first);
            self.is_noted = is_noted;
        }
        polled
    }
}

impl AsyncWrite for Ear {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

/// Why there is no connection.
enum Barred {
    /// The key is another one than was accepted; its fingerprint and kind.
    Stranger(String, Algorithm),
    Told(Refusal),
}

impl From<Refusal> for Barred {
    fn from(refusal: Refusal) -> Barred {
        Barred::Told(refusal)
    }
}

impl Way {
    pub fn new(address: Address, secret: Option<Secret>) -> Way {
        Way { address, secret, patience: Patience::USUAL, family: AtomicUsize::new(0) }
    }

    fn refuse(&self, code: RefusalCode, detail: impl Into<String>) -> Refusal {
        let place = self.address.place();
        Refusal::new(code).with("path", place.as_str()).with("file", place.as_str()).with("detail", detail.into())
    }

    fn not_this_kind(&self, detail: impl Into<String>) -> Refusal {
        self.refuse(RefusalCode::NotThisKind, detail).with("what", "sftp")
    }

    /// Connects and signs in.
    ///
    /// # Errors
    /// `HostKey`, `SignIn`, `Unreachable`, `NotThisKind`, `Throttled`.
    pub async fn connect(&self) -> Result<Session, Refusal> {
        let family = self.family.load(Ordering::Relaxed);
        let (stranger, shown) = match self.try_to_connect(family).await {
            Ok(session) => return Ok(session),
            Err(Barred::Told(refusal)) => return Err(refusal),
            Err(Barred::Stranger(fingerprint, shown)) => (fingerprint, shown),
        };
        let refusal = self.refuse(RefusalCode::HostKey, "").with("fingerprint", stranger);
        let Some(known) = &self.address.host_key else { return Err(refusal) };
        for (i, family) in FAMILIES.iter().enumerate().filter(|(_, family)| !family.contains(&shown)) {
            // The kind that was shown already is RSA without a hash, whatever it signed with.
            if family.contains(&RSA[0]) && matches!(shown, Algorithm::Rsa { .. }) {
                continue;
            }
            if let Ok(session) = self.try_to_connect(i + 1).await {
                self.family.store(i + 1, Ordering::Relaxed);
                return Ok(session);
            }
        }
        self.family.store(0, Ordering::Relaxed);
        Err(refusal.with("known", known.as_str()))
    }

    async fn try_to_connect(&self, family: usize) -> Result<Session, Barred> {
        let socket = self.socket().await?;
        let heard = Arc::new(Heard::default());
        let handle = timeout(self.patience.sign_in, self.greet(socket, family, &heard))
            .await
            .unwrap_or_else(|_| Err(self.not_heard(&heard, "no greeting").into()))?;
        let handle = timeout(self.patience.sign_in, self.sign_in(handle, &heard))
            .await
            .unwrap_or_else(|_| Err(self.refuse(RefusalCode::Unreachable, "no answer to signing in")))?;
        Ok(self.begin(handle).await?)
    }

    async fn socket(&self) -> Result<TcpStream, Refusal> {
        let Address { host, port, .. } = &self.address;
        let away = |detail: String| self.refuse(RefusalCode::Unreachable, detail);
        let connecting = async {
            let mut failed = "no address".to_owned();
            for to in tokio::net::lookup_host((host.as_str(), *port)).await.map_err(|e| away(e.to_string()))? {
                // Where a name has several addresses, one that swallows everything must not use up the time of all.
                match timeout(self.patience.connect / 2, TcpStream::connect(to)).await {
                    Ok(Ok(socket)) => return Ok(socket),
                    Ok(Err(e)) => failed = e.to_string(),
                    Err(_) => failed = "no answer".to_owned(),
                }
            }
            Err(away(failed))
        };
        let socket =
            timeout(self.patience.connect, connecting).await.unwrap_or_else(|_| Err(away("no answer".into())))?;
        // Requests are small and waited for.
        let _ = socket.set_nodelay(true);
        Ok(socket)
    }

    /// Agrees on keys, up to the proof that the server is the one that was meant.
    async fn greet(&self, socket: TcpStream, family: usize, heard: &Arc<Heard>) -> Result<Handle<Host>, Barred> {
        let key = match family.checked_sub(1).and_then(|i| FAMILIES.get(i)) {
            Some(family) => Cow::Borrowed(*family),
            None => Cow::Owned(FAMILIES.concat()),
        };
        let config = client::Config {
            keepalive_interval: Some(KEEP_ALIVE),
            keepalive_max: 3,
            window_size: 8 * 1024 * 1024,
            preferred: Preferred {
                kex: Cow::Borrowed(KEX),
                key,
                cipher: Cow::Borrowed(CIPHERS),
                mac: Cow::Borrowed(MACS),
                ..Preferred::DEFAULT
            },
            ..client::Config::default()
        };
        let host = Host { accepted: self.address.host_key.clone(), heard: heard.clone() };
        let ear = Ear { socket, heard: heard.clone(), is_noted: false };
        client::connect_stream(Arc::new(config), ear, host).await.map_err(|error| match (error, heard.key()) {
            (russh::Error::UnknownKey, Some((fingerprint, kind))) => Barred::Stranger(fingerprint, kind),
            (error @ russh::Error::NoCommonAlgo { .. }, _) => self.not_this_kind(error.to_string()).into(),
            (error, _) => self.not_heard(heard, &error.to_string()).into(),
        })
    }

    /// What it means that a greeting came to nothing.
    fn not_heard(&self, heard: &Heard, detail: &str) -> Refusal {
        let first = heard.first();
        // OpenSSH says so before it hangs up on those that come too often.
        let is_busy = [b"Exceeded MaxStartups".as_slice(), b"Not allowed at this time"];
        if is_busy.iter().any(|words| first.starts_with(words)) {
            self.refuse(RefusalCode::Throttled, detail)
        } else if first.is_empty() || first.starts_with(b"SSH-") {
            self.refuse(RefusalCode::Unreachable, detail)
        } else {
            self.not_this_kind(detail)
        }
    }

    async fn sign_in(&self, mut handle: Handle<Host>, heard: &Heard) -> Result<Handle<Host>, Refusal> {
        let user = self.address.user.as_str();
        // Also tells which ways of signing in the server knows.
        let asked = handle.authenticate_none(user).await;
        let ways = match self.outcome(asked, &handle, heard)? {
            None => return Ok(handle),
            Some(ways) => ways,
        };
        let refused = |detail: &str| self.refuse(RefusalCode::SignIn, detail);
        let left = if let Some(path) = &self.address.key_file {
            let key = self.key(path)?;
            let hash = match handle.best_supported_rsa_hash().await {
                Ok(Some(Some(hash))) => hash,
                Ok(Some(None)) if matches!(key.algorithm(), Algorithm::Rsa { .. }) => {
                    return Err(refused("the server takes RSA keys only with SHA-1"));
                }
                _ => HashAlg::Sha256,
            };
            let key = PrivateKeyWithHashAlg::new(Arc::new(key), Some(hash));
            let asked = handle.authenticate_publickey(user, key).await;
            self.outcome(asked, &handle, heard)?
        } else if let Some(password) = &self.secret {
            if ways.contains(&MethodKind::Password) {
                let asked = handle.authenticate_password(user, password.reveal()).await;
                self.outcome(asked, &handle, heard)?
            } else if ways.contains(&MethodKind::KeyboardInteractive) {
                self.answer_questions(&mut handle, password, heard).await?
            } else {
                return Err(refused("the server takes no passwords"));
            }
        } else {
            return Err(refused("no password"));
        };
        if left.is_none() { Ok(handle) } else { Err(refused("")) }
    }

    /// Nothing where somebody is signed in; otherwise the ways that are left.
    fn outcome(
        &self,
        asked: Result<AuthResult, russh::Error>,
        handle: &Handle<Host>,
        heard: &Heard,
    ) -> Result<Option<MethodSet>, Refusal> {
        match asked {
            Ok(AuthResult::Success) => Ok(None),
            // A connection that ended looks like a server that knows no way at all.
            Ok(AuthResult::Failure { remaining_methods, .. })
                if !remaining_methods.is_empty() || !handle.is_closed() =>
            {
                Ok(Some(remaining_methods))
            }
            _ if heard.good_bye.load(Ordering::Relaxed) => Err(self.refuse(RefusalCode::SignIn, "the server hung up")),
            _ => Err(self.refuse(RefusalCode::Unreachable, "the connection ended while signing in")),
        }
    }

    /// Signs in where the server asks questions: the one for the password is answered, once; no other.
    async fn answer_questions(
        &self,
        handle: &mut Handle<Host>,
        password: &Secret,
        heard: &Heard,
    ) -> Result<Option<MethodSet>, Refusal> {
        let user = self.address.user.as_str();
        let mut asked = handle.authenticate_keyboard_interactive_start(user, None).await;
        let mut is_said = false;
        for _ in 0..QUESTIONS {
            let answers = match asked {
                Ok(Asked::Success) => return Ok(None),
                Ok(Asked::Failure { remaining_methods, .. }) => return Ok(Some(remaining_methods)),
                Ok(Asked::InfoRequest { prompts, .. }) => match prompts.as_slice() {
                    [] => Vec::new(),
                    // What would be shown while it is typed is not a password.
                    [one] if !one.echo && !is_said => {
                        is_said = true;
                        vec![password.reveal().to_owned()]
                    }
                    _ => return Err(self.refuse(RefusalCode::SignIn, "the server asks for more than a password")),
                },
                Err(_) if heard.good_bye.load(Ordering::Relaxed) => {
                    return Err(self.refuse(RefusalCode::SignIn, "the server hung up"));
                }
                Err(e) => return Err(self.refuse(RefusalCode::Unreachable, e.to_string())),
            };
            asked = handle.authenticate_keyboard_interactive_respond(answers).await;
        }
        Err(self.refuse(RefusalCode::SignIn, "the server asks too much"))
    }

    /// The private key to sign in with.
    fn key(&self, path: &str) -> Result<PrivateKey, Refusal> {
        let mut text = String::new();
        let file = std::fs::File::open(path).map_err(|e| Refusal::from_io(&e, path))?;
        file.take(KEY_FILE_BYTES).read_to_string(&mut text).map_err(|e| Refusal::from_io(&e, path))?;
        let passphrase = self.secret.as_ref().map(Secret::reveal).filter(|secret| !secret.is_empty());
        russh::keys::decode_secret_key(&text, passphrase).map_err(|error| match error {
            russh::keys::Error::CouldNotReadKey | russh::keys::Error::UnsupportedKeyType { .. } => {
                Refusal::new(RefusalCode::Invalid).with("what", "key_file").with("value", path)
            }
            // It is locked, and not opened by this; the reason is not told, as it may be about the passphrase.
            _ => self.refuse(RefusalCode::SignIn, "the private key was not opened").with("key_file", path),
        })
    }

    /// Asks for SFTP on a connection.
    async fn begin(&self, handle: Handle<Host>) -> Result<Session, Refusal> {
        let unreachable = |e: russh::Error| self.refuse(RefusalCode::Unreachable, e.to_string());
        let asking = async {
            let mut channel = handle.channel_open_session().await.map_err(unreachable)?;
            channel.request_subsystem(true, "sftp").await.map_err(unreachable)?;
            loop {
                match channel.wait().await {
                    Some(ChannelMsg::Success) => return Ok(channel),
                    Some(ChannelMsg::Failure | ChannelMsg::Close) => return Err(self.not_this_kind("no SFTP there")),
                    None => return Err(self.refuse(RefusalCode::Unreachable, "the connection ended")),
                    Some(_) => {}
                }
            }
        };
        let late = || self.refuse(RefusalCode::Unreachable, "no answer");
        let channel = timeout(self.patience.answer, asking).await.unwrap_or_else(|_| Err(late()))?;
        let (read, write) = channel.split();
        Session::begin(Line { handle }, read, write, self.patience).await.map_err(|fault| match fault {
            Fault::Garbled | Fault::No(..) => self.not_this_kind("it answers otherwise"),
            Fault::Told(refusal) => refusal,
            // A login that says something and ends, instead of SFTP, ends here too.
            Fault::Lost => self.refuse(RefusalCode::Unreachable, "the connection ended"),
            Fault::Late => late(),
        })
    }
}
