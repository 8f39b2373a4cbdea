//! Asking a storage over HTTP. Nothing is followed to another host, everything has an end in time and size, and what may pass
//! by itself is tried again.

use std::error::Error;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use larder_model::{Refusal, RefusalCode, display_text};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Response, Url};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::address::{Spot, aws_host, is_region};
use super::content::Content;
use super::sign::{self, encoded};
use super::told::Told;
use super::xml;
use crate::places::Secret;
use crate::places::net::{client, is_this_computer, runtime};

/// The largest answer that tells of a failure.
const FAULT_BYTES: u64 = 64 * 1024;

/// How long is waited, how often and how much is asked.
#[derive(Debug, Clone, Copy)]
pub(in crate::places) struct Limits {
    /// Until something moves: a connection, an answer, the next bytes either way.
    pub idle: Duration,
    /// For all of one request, to which its bytes at [`Limits::slowest`] are added.
    pub whole: Duration,
    /// Bytes in a second.
    pub slowest: u64,
    /// How often one request is tried in all.
    pub tries: u32,
    /// Names in one page of a listing.
    pub page: u32,
}

impl Limits {
    /// What is used outside of tests.
    pub const USUAL: Limits = Limits {
        idle: Duration::from_secs(30),
        whole: Duration::from_secs(60),
        slowest: 16 * 1024,
        tries: 3,
        page: 1_000,
    };
}

/// Requests on their way at once, for each place.
const AT_ONCE: usize = 8;

/// One request.
pub(super) struct Ask<'a> {
    pub method: Method,
    /// The whole name; empty for the bucket itself.
    pub key: &'a str,
    /// Plain, in any order.
    pub query: &'a [(&'a str, &'a str)],
    /// Beyond those of signing.
    pub headers: &'a [(&'static str, &'a str)],
    pub content: Option<&'a Content>,
    /// The most that is wanted back.
    pub max_bytes: u64,
}

impl<'a> Ask<'a> {
    /// A request without anything along.
    pub fn new(method: Method, key: &'a str) -> Ask<'a> {
        Ask { method, key, query: &[], headers: &[], content: None, max_bytes: 0 }
    }
}

/// What came back.
pub(super) enum Reply {
    /// It was done.
    Good(Answer),
    /// It was not.
    Bad(Told),
}

/// An answer whose content has not been read.
pub(super) struct Answer {
    response: Response,
    until: Instant,
    idle: Duration,
    path: String,
    _turn: OwnedSemaphorePermit,
}

/// Why no answer came.
enum Trouble {
    /// It cannot prove who it is.
    Certificate(String),
    /// Nothing answers, or too slowly.
    Away(&'static str),
    /// The connection broke, which may pass.
    Cut,
}

/// One bucket, as it is asked.
pub(super) struct Wire {
    spot: Spot,
    secret: Secret,
    limits: Limits,
    /// As it was entered, until the storage knows better.
    region: Mutex<String>,
    /// Whether the bucket stands in front of the host's name.
    in_host: AtomicBool,
    turns: Arc<Semaphore>,
    asked: AtomicU64,
}

impl Wire {
    pub fn new(spot: Spot, secret: Secret, limits: Limits) -> Wire {
        Wire {
            region: Mutex::new(spot.region.clone()),
            // A dot would go against the certificate of the host.
            in_host: AtomicBool::new(spot.endpoint.is_none() && may_be_in_host(&spot.bucket)),
            spot,
            secret,
            limits,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            asked: AtomicU64::new(0),
        }
    }

    pub fn spot(&self) -> &Spot {
        &self.spot
    }

    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Requests so far, each try counted.
    #[cfg(test)]
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Asks, and asks again what may pass by itself. A region that the storage knows better is taken on once.
    ///
    /// # Errors
    /// `Unreachable`, `Certificate`.
    pub fn ask(&self, ask: &Ask) -> Result<Reply, Refusal> {
        let mut corrected = false;
        let mut tried = 1;
        loop {
            let pause = match self.once(ask)? {
                Ok(Reply::Bad(told)) if !corrected && self.correct(&told) => {
                    corrected = true;
                    continue;
                }
                Ok(Reply::Bad(told)) if told.passes() && tried < self.limits.tries => told.after,
                Err(Trouble::Cut) if tried < self.limits.tries => None,
                Ok(reply) => return Ok(reply),
                Err(trouble) => return Err(self.refuse(trouble)),
            };
            let usual = Duration::from_millis(50 << (2 * tried).min(6));
            std::thread::sleep(pause.unwrap_or(usual).min(Duration::from_secs(5)));
            tried += 1;
        }
    }

    fn refuse(&self, trouble: Trouble) -> Refusal {
        let path = self.spot.shown();
        let (code, detail) = match trouble {
            Trouble::Certificate(detail) => (RefusalCode::Certificate, detail),
            Trouble::Away(detail) => (RefusalCode::Unreachable, detail.to_owned()),
            Trouble::Cut => (RefusalCode::Unreachable, "connection lost".to_owned()),
        };
        Refusal::new(code).with("path", path.as_str()).with("file", path.as_str()).with("detail", detail)
    }

    /// Takes on what the storage knows better: the region, and where the bucket's name goes. Never another host than the one
    /// that was entered, except by the region among the first maker's own.
    fn correct(&self, told: &Told) -> bool {
        if let Some(region) = told.region.as_deref().filter(|region| is_region(region)) {
            let mut known = self.region.lock().unwrap_or_else(PoisonError::into_inner);
            if *known != region {
                region.clone_into(&mut known);
                return true;
            }
        }
        let wants_host = ["SecondLevelDomainForbidden", "PathStyleDomainForbidden", "VirtualHostStyleRequired"];
        let is_name = self.spot.endpoint.as_ref().is_some_and(|url| url.domain().is_some());
        let fits = is_name && may_be_in_host(&self.spot.bucket) && wants_host.contains(&told.code.as_str());
        fits && !self.in_host.swap(true, Ordering::Relaxed)
    }

    /// The address of a thing: all of it, its host for signing, and its path.
    fn url(&self, key: &str, query: &str, region: &str) -> (String, String, String) {
        let (scheme, host, base) = match &self.spot.endpoint {
            Some(url) => {
                let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
                let host = format!("{}{port}", url.host_str().unwrap_or_default());
                (url.scheme(), host, url.path().trim_end_matches('/').to_owned())
            }
            None => ("https", aws_host(region), String::new()),
        };
        let key = if key.is_empty() { String::new() } else { format!("/{}", encoded(key, true)) };
        let (host, path) = if self.in_host.load(Ordering::Relaxed) {
            let path = format!("{base}{key}");
            (format!("{}.{host}", self.spot.bucket), if path.is_empty() { "/".to_owned() } else { path })
        } else {
            (host, format!("{base}/{}{key}", encoded(&self.spot.bucket, false)))
        };
        let mark = if query.is_empty() { "" } else { "?" };
        (format!("{scheme}://{host}{path}{mark}{query}"), host, path)
    }

    fn signed(&self, ask: &Ask, sent: &Arc<AtomicU64>) -> Result<reqwest::Request, Refusal> {
        let region = self.region.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut query: Vec<String> =
            ask.query.iter().map(|(name, value)| format!("{name}={}", encoded(value, false))).collect();
        query.sort_unstable();
        let query = query.join("&");
        let (url, host, path) = self.url(ask.key, &query, &region);
        let at = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let content = ask.content.map_or(sign::NOTHING, |content| &content.sha256);
        let mut headers: Vec<(&str, &str)> =
            vec![("host", &host), ("x-amz-content-sha256", content), ("x-amz-date", &at)];
        headers.extend(ask.headers.iter().filter(|(name, _)| *name == "content-type"));
        headers.sort_unstable();
        let request = sign::Request {
            method: ask.method.as_str(),
            path: &path,
            query: &query,
            headers: &headers,
            content,
            at: &at,
        };
        let authorization = sign::authorization(&request, &self.spot.key_id, &self.secret, &region)?;
        let bug = |detail: String| Refusal::new(RefusalCode::Bug).with("detail", detail);
        let mut request = reqwest::Request::new(ask.method.clone(), Url::parse(&url).map_err(|e| bug(e.to_string()))?);
        let length = ask.content.map(|content| content.size_bytes.to_string());
        let mut all: HeaderMap = HeaderMap::new();
        let own = [("x-amz-content-sha256", content), ("x-amz-date", &at), ("authorization", &authorization)];
        let length = length.as_deref().map(|length| ("content-length", length));
        for (name, value) in own.into_iter().chain(ask.headers.iter().copied()).chain(length) {
            let mut value = HeaderValue::from_str(value).map_err(|e| bug(e.to_string()))?;
            value.set_sensitive(name == "authorization");
            all.insert(HeaderName::from_static(name), value);
        }
        *request.headers_mut() = all;
        if let Some(content) = ask.content {
            *request.body_mut() = Some(reqwest::Body::wrap(content.outgoing(sent.clone())));
        }
        Ok(request)
    }

    /// One try.
    fn once(&self, ask: &Ask) -> Result<Result<Reply, Trouble>, Refusal> {
        let runtime = runtime()?;
        let sent = Arc::new(AtomicU64::new(0));
        let request = self.signed(ask, &sent)?;
        let client =
            client(is_this_computer(request.url())).map_err(|refusal| refusal.with("path", self.spot.shown()))?;
        self.asked.fetch_add(1, Ordering::Relaxed);
        let bytes = ask.max_bytes.saturating_add(ask.content.map_or(0, |content| content.size_bytes));
        let answer = runtime.block_on(async {
            let turn = self.turns.clone().acquire_owned().await.map_err(|_| Trouble::Away("closed"))?;
            let until = Instant::now() + self.limits.whole + Duration::from_secs(bytes / self.limits.slowest.max(1));
            let response = send(&client, request, &sent, self.limits.idle, until).await?;
            let (idle, path) = (self.limits.idle, self.spot.shown());
            Ok(Answer { response, until, idle, path, _turn: turn })
        });
        let answer: Answer = match answer {
            Ok(answer) => answer,
            Err(trouble) => return Ok(Err(trouble)),
        };
        if answer.response.status().is_success() {
            return Ok(Ok(Reply::Good(answer)));
        }
        Ok(Ok(Reply::Bad(self.told(answer, ask.method == Method::HEAD))))
    }

    /// Reads what a failure says of itself.
    fn told(&self, mut answer: Answer, is_head: bool) -> Told {
        let status = answer.response.status().as_u16();
        let region = answer.header("x-amz-bucket-region").map(str::to_owned);
        let after = answer.header("retry-after").and_then(|after| after.trim().parse().ok()).map(Duration::from_secs);
        let mut bytes = Vec::new();
        let whole = !is_head
            && answer
                .read(FAULT_BYTES, &mut |part| {
                    bytes.extend_from_slice(part);
                    Ok(())
                })
                .is_ok();
        let fault = if whole { xml::fault(&bytes) } else { None }.unwrap_or_default();
        Told { status, code: fault.code, region: region.or(fault.region), after, had_content: !is_head }
    }
}

impl Answer {
    /// A header of it, as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// The size that it says it has.
    pub fn says_bytes(&self) -> Option<u64> {
        self.header("content-length").and_then(|length| length.parse().ok())
    }

    /// Whether it says that there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.response.status().as_u16() == 204
    }

    /// Whether it is a page to look at, and no answer of a storage. Some call nothing at all a page, too.
    pub fn is_web_page(&self) -> bool {
        let is_page = |kind: &str| kind.trim().to_ascii_lowercase().starts_with("text/html");
        self.header("content-type").is_some_and(is_page) && self.says_bytes() != Some(0)
    }

    /// Its content, handed over while it comes in; answers its size.
    ///
    /// # Errors
    /// `TooLarge` beyond `max_bytes`; `Unreachable` where it breaks off or hardly moves; what `each` answers.
    pub fn read(&mut self, max_bytes: u64, each: &mut dyn FnMut(&[u8]) -> Result<(), Refusal>) -> Result<u64, Refusal> {
        let runtime = runtime()?;
        let away = |path: &str| Refusal::new(RefusalCode::Unreachable).with("path", path).with("file", path);
        let mut total = 0_u64;
        loop {
            let until = self.until.min(Instant::now() + self.idle);
            let part = match runtime.block_on(async { timeout_at(until, self.response.chunk()).await }) {
                Ok(Ok(part)) => part,
                Ok(Err(_)) => return Err(away(&self.path).with("detail", "connection lost")),
                Err(_) => return Err(away(&self.path).with("detail", "too slow")),
            };
            let Some(part) = part else { return Ok(total) };
            total += part.len() as u64;
            if total > max_bytes {
                return Err(Refusal::new(RefusalCode::TooLarge).with("limit", max_bytes));
            }
            each(&part)?;
        }
    }
}

/// Sends and waits for the answer, as long as something moves.
async fn send(
    client: &Client,
    request: reqwest::Request,
    sent: &AtomicU64,
    idle: Duration,
    until: Instant,
) -> Result<Response, Trouble> {
    let mut answer = std::pin::pin!(client.execute(request));
    let mut moved = sent.load(Ordering::Relaxed);
    loop {
        match timeout_at(until.min(Instant::now() + idle), answer.as_mut()).await {
            Ok(answer) => return answer.map_err(|error| trouble(&error)),
            Err(_) => {
                let now = sent.load(Ordering::Relaxed);
                if now == moved || Instant::now() >= until {
                    return Err(Trouble::Away("too slow"));
                }
                moved = now;
            }
        }
    }
}

fn trouble(error: &reqwest::Error) -> Trouble {
    if let Some(certificate) = certificate(error) {
        return Trouble::Certificate(certificate);
    }
    if error.is_timeout() {
        Trouble::Away("too slow")
    } else if error.is_connect() || error.is_builder() {
        Trouble::Away("no connection")
    } else {
        Trouble::Cut
    }
}

/// What is wrong with the certificate that was shown, if that is what is wrong.
fn certificate(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(why)) = error.downcast_ref::<rustls::Error>() {
            return Some(display_text(&why.to_string(), 120));
        }
        // What an input error holds is left out of its own chain.
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = inner.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

/// Whether a bucket's name may be the first part of a host's.
fn may_be_in_host(bucket: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    bucket.bytes().all(inner) && !bucket.starts_with('-') && !bucket.ends_with('-')
}
