//! Web calls for the kinds of places that speak HTTP: one client, bounded in time and bytes, whatever the other side does.
//!
//! Nothing is sent anywhere but to the server that was meant, and a secret goes into one header only. What to trust, the
//! system says, so certificates of an office are taken; its proxy is used, too.

mod answer;
mod content;
mod refuse;
#[cfg(test)]
pub(super) mod stub;

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use larder_model::{Refusal, RefusalCode};
use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION,
    RETRY_AFTER,
};
use reqwest::{Client, Method, StatusCode};
use tokio::runtime::Runtime;
use url::{Host, Url};

use super::Secret;
use content::Sent;

pub(super) use answer::Answer;
pub(super) use content::Content;
pub(super) use refuse::{from_status, not_this_kind, shown};

/// Times that an answer may send elsewhere on the same server.
const HOPS: u32 = 5;
/// Times that something is asked again when the line broke or the server had no time; what writes, once.
const TRIES: u32 = 3;

/// How long the other side is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Without a single byte coming or going.
    pub idle: Duration,
    /// Until it begins to answer, once it has everything.
    pub answer: Duration,
    /// How long it may be slower than [`Patience::bytes_per_second`] before it is given up.
    pub grace: Duration,
    /// The slowest that is still waited for. A byte every few seconds would otherwise never end.
    pub bytes_per_second: u64,
    /// The first pause before something is asked again.
    pub pause: Duration,
    /// The longest pause that a server may ask for and get.
    pub longest_pause: Duration,
}

impl Patience {
    /// What suits slow lines and servers that look through what they get.
    pub const USUAL: Patience = Patience {
        idle: Duration::from_secs(30),
        answer: Duration::from_secs(60),
        grace: Duration::from_secs(60),
        bytes_per_second: 4 * 1024,
        pause: Duration::from_millis(250),
        longest_pause: Duration::from_secs(5),
    };

    /// How long so many bytes may take in all.
    fn allows(&self, bytes: u64) -> Duration {
        self.grace.saturating_add(Duration::from_secs(bytes / self.bytes_per_second.max(1)))
    }
}

/// What runs web calls, for all places.
pub(super) fn runtime() -> Result<&'static Runtime, Refusal> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let made = RUNTIME.get_or_init(|| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(2).thread_name("larder-net").enable_all().build().map_err(|e| e.to_string())
    });
    made.as_ref().map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.as_str()))
}

/// Does this on threads of our own and waits for it here. The caller may stand on a thread of another runtime, where
/// blocking on a future would panic.
fn wait<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T, Refusal> {
    let bug = |detail: &str| Refusal::new(RefusalCode::Bug).with("detail", detail);
    let (tell, told) = std::sync::mpsc::sync_channel(1);
    runtime()?.spawn(async move {
        let _ = tell.send(work.await);
    });
    told.recv().map_err(|_| bug("a web call did not end as it should"))
}

/// The clients of this process: one that asks the system for a proxy, and one for servers on this computer.
static CLIENTS: Mutex<[Option<Client>; 2]> = Mutex::new([None, None]);

pub(super) fn client(direct: bool) -> Result<Client, Refusal> {
    let mut clients = CLIENTS.lock().unwrap_or_else(PoisonError::into_inner);
    let [system, this_computer] = &mut *clients;
    let kept = if direct { this_computer } else { system };
    if let Some(client) = kept {
        return Ok(client.clone());
    }
    let builder = builder();
    let builder = if direct { builder.no_proxy() } else { builder };
    let client = builder.build().map_err(|e| {
        // What can fail here is finding out what the system trusts.
        Refusal::new(RefusalCode::Certificate).with("path", "").with("detail", refuse::cause(&e))
    })?;
    *kept = Some(client.clone());
    Ok(client)
}

fn builder() -> reqwest::ClientBuilder {
    // An error says that there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(Duration::from_secs(10))
        // Servers close what rests for five seconds; a line that closes while it is taken up again breaks off.
        .pool_idle_timeout(Duration::from_secs(4))
        .pool_max_idle_per_host(4)
        .user_agent(concat!("Larder/", env!("CARGO_PKG_VERSION")))
}

/// One server, and who signs in there.
pub(super) struct Net {
    client: Client,
    sign_in: Option<HeaderValue>,
    /// The only server that is ever asked.
    home: Url,
    patience: Patience,
    /// What it is taken for, in refusals.
    kind: &'static str,
}

impl fmt::Debug for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Net").field("home", &shown(&self.home)).field("signs_in", &self.sign_in.is_some()).finish()
    }
}

/// What is asked.
pub(super) struct Ask<'a> {
    pub method: Method,
    pub url: &'a Url,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Body<'a>,
}

/// What goes along.
pub(super) enum Body<'a> {
    Nothing,
    /// XML of ours.
    Xml(&'static str),
    /// Somebody's bytes.
    Content(&'a Content),
}

impl<'a> Ask<'a> {
    /// A question without headers and body.
    pub fn new(method: Method, url: &'a Url) -> Self {
        Ask { method, url, headers: Vec::new(), body: Body::Nothing }
    }

    /// With one more header.
    pub fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    fn reads(&self) -> bool {
        !matches!(self.method.as_str(), "PUT" | "DELETE" | "MKCOL" | "POST")
    }
}

/// Why there was no answer.
enum Lost {
    /// It took too long.
    Slow,
    Failed(reqwest::Error),
    /// Not even tried.
    Refused(Refusal),
}

impl Lost {
    /// Whether the line broke, so that the same may go well on another one.
    fn broke_off(&self) -> bool {
        matches!(self, Lost::Failed(error) if !refuse::is_certificate(error) && !error.is_builder())
    }

    fn refusal(self, url: &Url) -> Refusal {
        match self {
            Lost::Slow => refuse::slow(&shown(url)),
            Lost::Failed(error) => refuse::from_error(&error, &shown(url)),
            Lost::Refused(refusal) => refusal,
        }
    }
}

impl Net {
    /// The server at `home`. It is not asked anything yet.
    ///
    /// # Errors
    /// `Certificate` where the system does not say what to trust; `Invalid` where the name cannot be sent.
    pub fn new(home: &Url, user: Option<&str>, secret: Option<&Secret>, kind: &'static str) -> Result<Net, Refusal> {
        let sign_in = match (user, secret) {
            (Some(user), Some(secret)) => Some(basic(user, secret)?),
            _ => None,
        };
        let client = client(is_this_computer(home))?;
        Ok(Net { client, sign_in, home: home.clone(), patience: Patience::USUAL, kind })
    }

    /// With another patience.
    #[cfg(test)]
    pub fn waiting(mut self, patience: Patience) -> Net {
        self.patience = patience;
        self
    }

    /// Trusting one more certificate, which signs those of a test's server.
    #[cfg(test)]
    pub fn trusting(mut self, pem: &[u8]) -> Net {
        let certificate = reqwest::Certificate::from_pem(pem).expect("a certificate");
        self.client = builder().no_proxy().tls_certs_only([certificate]).build().expect("a client");
        self
    }

    /// Asks, again where that is safe and may help, and follows to other addresses of the same server where nothing is
    /// written. Every status is an answer; what it means, the caller knows.
    ///
    /// # Errors
    /// `Unreachable`, `Certificate`; `NotThisKind` where it sends elsewhere.
    pub fn send(&self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        let mut url = ask.url.clone();
        if !same_server(&self.home, &url) {
            return Err(not_this_kind(&url, self.kind));
        }
        let tries = if ask.reads() { TRIES } else { 1 };
        let (mut tried, mut hops) = (0, 0);
        loop {
            let answer = match self.once(ask, &url) {
                Ok(answer) => answer,
                Err(lost) => {
                    if tried < tries && lost.broke_off() {
                        std::thread::sleep(self.pause(tried));
                        tried += 1;
                        continue;
                    }
                    return Err(lost.refusal(&url));
                }
            };
            if let Some(pause) = self.asked_to_wait(&answer, tried)
                && tried < tries
            {
                answer.finish();
                std::thread::sleep(pause);
                tried += 1;
                continue;
            }
            let Some(next) = self.sent_on(ask, &url, &answer)? else { return Ok(answer) };
            hops += 1;
            if hops > HOPS {
                return Err(not_this_kind(&url, self.kind));
            }
            answer.finish();
            url = next;
        }
    }

    fn once(&self, ask: &Ask<'_>, url: &Url) -> Result<Answer, Lost> {
        let mut request = self.client.request(ask.method.clone(), url.clone());
        // The bytes as they are, and as they are now: a proxy between here and there may keep old ones.
        request = request.header(ACCEPT_ENCODING, "identity").header(CACHE_CONTROL, "no-cache");
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        if let Some(sign_in) = &self.sign_in {
            request = request.header(AUTHORIZATION, sign_in);
        }
        let sent = Arc::new(Sent::default());
        request = match &ask.body {
            Body::Nothing => request,
            Body::Xml(text) => request.header(CONTENT_TYPE, "application/xml; charset=utf-8").body(*text),
            Body::Content(content) => {
                sent.expect(content.size_bytes());
                let body = reqwest::Body::wrap(content.upload(sent.clone()));
                // Also where there is nothing to send: some servers take a file without a size for none.
                let request = request.header(CONTENT_LENGTH, content.size_bytes());
                request.header(CONTENT_TYPE, "application/octet-stream").body(body)
            }
        };
        let patience = self.patience;
        match wait(watched(request.send(), sent, patience)) {
            Ok(Ok(response)) => Ok(Answer::new(response, url, patience)),
            Ok(Err(lost)) => Err(lost),
            Err(bug) => Err(Lost::Refused(bug)),
        }
    }

    /// A pause before the same is asked again, longer every time and never quite the same for two who wait.
    fn pause(&self, tried: u32) -> Duration {
        let mut random = [0_u8; 1];
        let _ = getrandom::fill(&mut random);
        let pause = self.patience.pause.saturating_mul(3_u32.saturating_pow(tried));
        pause + pause.mul_f64(f64::from(random[0]) / 512.0)
    }

    /// How long a server that has no time wants to be left alone, where that is short.
    fn asked_to_wait(&self, answer: &Answer, tried: u32) -> Option<Duration> {
        if !matches!(answer.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            return None;
        }
        let pause = match answer.header(&RETRY_AFTER) {
            // A day and time instead of seconds is never soon.
            Some(text) => Duration::from_secs(text.trim().parse().ok()?).max(self.pause(0)),
            None => self.pause(tried),
        };
        (pause <= self.patience.longest_pause).then_some(pause)
    }

    /// Where an answer sends on to. Only ever on the same server, since the secret goes along; and never with what writes.
    fn sent_on(&self, ask: &Ask<'_>, url: &Url, answer: &Answer) -> Result<Option<Url>, Refusal> {
        if !matches!(answer.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let next = answer.header(&LOCATION).and_then(|to| url.join(to).ok());
        match next {
            Some(next) if ask.reads() && same_server(url, &next) => Ok(Some(next)),
            _ => Err(not_this_kind(url, self.kind)),
        }
    }
}

/// Waits for an answer as long as something moves.
async fn watched(
    send: impl Future<Output = Result<reqwest::Response, reqwest::Error>>,
    sent: Arc<Sent>,
    patience: Patience,
) -> Result<reqwest::Response, Lost> {
    let began = Instant::now();
    let (mut seen, mut moved) = (0, began);
    let mut send = pin!(send);
    let often = (patience.idle / 8).clamp(Duration::from_millis(10), Duration::from_secs(1));
    loop {
        if let Ok(answer) = tokio::time::timeout(often, &mut send).await {
            return answer.map_err(Lost::Failed);
        }
        let now = sent.bytes();
        if now != seen {
            (seen, moved) = (now, Instant::now());
        }
        let limit = if sent.all() { patience.answer } else { patience.idle };
        if moved.elapsed() > limit || (!sent.all() && began.elapsed() > patience.allows(now)) {
            return Err(Lost::Slow);
        }
    }
}

fn basic(user: &str, secret: &Secret) -> Result<HeaderValue, Refusal> {
    let text = BASE64.encode(format!("{user}:{}", secret.reveal()).as_bytes());
    let refuse = |_| Refusal::new(RefusalCode::Invalid).with("what", "user").with("value", "");
    let mut value = HeaderValue::from_str(&format!("Basic {text}")).map_err(refuse)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Same scheme, host and port.
fn same_server(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host() == other.host()
        && one.port_or_known_default() == other.port_or_known_default()
        && other.username().is_empty()
        && other.password().is_none()
}

/// Whether a server stands on this computer: no proxy leads there.
pub(super) fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether a server stands in a house or an office, as far as its name tells: there, many have no certificate.
pub(super) fn is_nearby(url: &Url) -> bool {
    const NEARBY: [&str; 5] = [".local", ".lan", ".home.arpa", ".internal", ".localhost"];
    match url.host() {
        Some(Host::Domain(name)) => !name.contains('.') || NEARBY.iter().any(|end| name.ends_with(end)),
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_private(),
        Some(Host::Ipv6(ip)) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
        None => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_secret_stays_out_of_what_is_shown() {
        let secret = Secret::new("hunter2");
        let net = Net::new(&url("http://127.0.0.1:1/dav"), Some("anna"), Some(&secret), "webdav").unwrap();
        let all = format!("{net:?} {:?}", net.sign_in);
        assert!(!all.contains("hunter2") && !all.contains(&BASE64.encode(b"anna:hunter2")), "{all}");
        // Nobody listens there.
        let refusal = net.send(&Ask::new(Method::GET, &url("http://127.0.0.1:1/dav"))).err().unwrap();
        assert_eq!(refusal.code, RefusalCode::Unreachable);
        assert!(!format!("{refusal} {refusal:?}").contains("hunter2"));
    }

    #[test]
    fn what_stands_nearby_is_told_from_what_does_not() {
        for near in
            ["http://nas/", "http://nas.local", "http://192.168.1.7:8080", "http://[fd00::1]/", "http://localhost"]
        {
            assert!(is_nearby(&url(near)), "{near}");
        }
        for far in
            ["http://example.org", "http://8.8.8.8", "http://172.32.0.1", "http://[2001:db8::1]/", "http://local.org"]
        {
            assert!(!is_nearby(&url(far)), "{far}");
        }
    }

    #[test]
    fn only_the_same_server_is_the_same() {
        let home = url("https://cloud.example.org/dav");
        assert!(same_server(&home, &url("https://cloud.example.org:443/other")));
        for other in [
            "http://cloud.example.org/dav",
            "https://cloud.example.org:444/dav",
            "https://example.org/dav",
            "https://anna@cloud.example.org/dav",
            "file:///etc/passwd",
        ] {
            assert!(!same_server(&home, &url(other)), "{other}");
        }
    }

    #[test]
    fn waiting_works_on_threads_of_another_runtime() {
        let other = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let task = other.block_on(async { tokio::task::spawn_blocking(|| wait(async { 1 }).unwrap()).await.unwrap() });
        assert_eq!(task + other.block_on(async { wait(async { 2 }).unwrap() }), 3);
        assert!(wait(async { panic!("on purpose") }).is_err());
    }
}
