//! What a server or the line to it answered, as a refusal. No refusal holds a name that signs in, or a secret.

use std::error::Error;
use std::io;

use larder_model::{Refusal, RefusalCode, display_text};
use reqwest::StatusCode;
use url::Url;

/// A web address for a person: server and path, nothing else.
pub(in crate::places) fn shown(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = String::from_utf8_lossy(&super::super::webdav::decoded(url.path())).into_owned();
    display_text(&format!("{}{port}{}", url.host_str().unwrap_or_default(), path.trim_end_matches('/')), 300)
}

/// What answers is something else than it was taken for.
pub(in crate::places) fn not_this_kind(url: &Url, kind: &str) -> Refusal {
    Refusal::new(RefusalCode::NotThisKind).with("path", shown(url)).with("what", kind)
}

/// It took too long.
pub(super) fn slow(shown: &str) -> Refusal {
    unreachable(shown, "it took too long")
}

/// The line or the server is away.
pub(super) fn unreachable(shown: &str, detail: &str) -> Refusal {
    Refusal::new(RefusalCode::Unreachable).with("path", shown).with("file", shown).with("detail", detail)
}

/// Why there was no answer, or not all of it.
pub(super) fn from_error(error: &reqwest::Error, shown: &str) -> Refusal {
    let detail = cause(error);
    if is_certificate(error) {
        return Refusal::new(RefusalCode::Certificate).with("path", shown).with("detail", detail);
    }
    unreachable(shown, &detail)
}

/// The innermost cause. The outer ones say the address once more.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &(dyn Error + 'static) = error;
    while let Some(inner) = inside(innermost) {
        innermost = inner;
    }
    if std::ptr::addr_eq(innermost, std::ptr::from_ref(error)) {
        return "it did not answer as it should".to_owned();
    }
    display_text(&innermost.to_string(), 200)
}

/// Whether the two could not agree on who is who.
pub(super) fn is_certificate(error: &reqwest::Error) -> bool {
    let mut at: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = at {
        if error.is::<rustls::Error>() {
            return true;
        }
        at = inside(error);
    }
    false
}

/// An error of the system hides the one that it was made of.
fn inside<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    let hidden = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    match hidden {
        Some(hidden) => Some(hidden),
        None => error.source(),
    }
}

/// What a status means that nobody had a use for. `writes` tells what changes something from what only asks.
pub(in crate::places) fn from_status(status: StatusCode, url: &Url, kind: &str, writes: bool) -> Refusal {
    let path = shown(url);
    let code = match status.as_u16() {
        401 => RefusalCode::SignIn,
        403 => RefusalCode::NoPermission,
        404 | 409 | 410 => RefusalCode::Unreachable,
        413 => RefusalCode::TooLarge,
        423 => RefusalCode::Locked,
        429 | 503 => RefusalCode::Throttled,
        507 => RefusalCode::NoSpace,
        // A Wi-Fi that wants to be signed in to.
        511 => RefusalCode::NotThisKind,
        405 | 501 if writes => RefusalCode::NoPermission,
        407 | 408 | 421 | 425 => RefusalCode::Unreachable,
        400..=499 if writes => RefusalCode::NoPermission,
        // What asks is answered with what we did not ask for.
        200..=499 | 501 => RefusalCode::NotThisKind,
        _ => RefusalCode::Unreachable,
    };
    let refusal = Refusal::new(code).with("path", path.as_str()).with("detail", status.as_str());
    match code {
        RefusalCode::NotThisKind => refusal.with("what", kind),
        _ => refusal.with("file", path),
    }
}
