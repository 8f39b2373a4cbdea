//! Which paths and links of a description may be used.

use crate::described::note::{Log, NoteCode};
use crate::described::tree::Spot;

const MAX_PATH: usize = 1024;
const MAX_LINK: usize = 2000;

/// What a path turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PathFault {
    /// On the web.
    Remote,
    /// Out of the folder, or a trap for some system.
    Unsafe,
}

/// A path in the folder of the description or below, `/` between its parts and without `.` parts.
pub(crate) fn safe(path: &str) -> Result<String, PathFault> {
    let path = path.trim();
    if is_remote(path) {
        return Err(PathFault::Remote);
    }
    if path.len() > MAX_PATH || path.starts_with(['/', '\\', '~']) || path.chars().any(is_trap) {
        return Err(PathFault::Unsafe);
    }
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.is_empty() || parts.iter().any(|part| is_bad_part(part)) {
        return Err(PathFault::Unsafe);
    }
    Ok(parts.join("/"))
}

fn is_remote(path: &str) -> bool {
    path.starts_with("//") || path.split_once("://").is_some_and(|(scheme, _)| scheme.len() > 1 && is_scheme(scheme))
}

fn is_scheme(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// Drives, streams, schemes, pipes; controls and marks that turn text around.
fn is_trap(c: char) -> bool {
    let turns = matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    c.is_control() || turns || matches!(c, ':' | '<' | '>' | '|' | '"' | '?')
}

/// Leads up, or ends so that Windows drops the end, or names a device there.
fn is_bad_part(part: &str) -> bool {
    part.starts_with("..") && part.bytes().all(|b| b == b'.') || part.ends_with(['.', ' ']) || is_device(part)
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |word: &str| {
        let number = stem.strip_prefix(word).unwrap_or_default();
        number.chars().count() == 1 && number.chars().all(|c| matches!(c, '1'..='9' | '\u{B9}' | '\u{B2}' | '\u{B3}'))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

/// A path as in a URL reference (RFC 3986): without query and fragment, `%20` resolved once.
pub(crate) fn safe_url(url: &str) -> Result<String, PathFault> {
    let url = url.trim();
    if is_remote(url) {
        return Err(PathFault::Remote);
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    unescape(path).ok_or(PathFault::Unsafe).and_then(|path| safe(&path))
}

/// Percent escapes resolved; `None` when that is no text.
pub(crate) fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (byte == b'%').then(|| Some((hex(ahead.next()?)?, hex(ahead.next()?)?))).flatten();
        if let Some((high, low)) = pair {
            bytes.push(high << 4 | low);
            rest = ahead;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The file's name without folders and endings: `orders` of `https://example.org/data/orders.csv.gz`.
pub(crate) fn stem(path: &str) -> &str {
    let file = path.split(['?', '#']).next().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let file = ["gz", "zip", "bz2", "xz", "zst"]
        .iter()
        .find_map(|ending| file.strip_suffix(ending)?.strip_suffix('.'))
        .unwrap_or(file);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

/// Checks a path of the document; a bad one is noted.
pub(crate) fn checked(spot: &Spot<'_>, log: &mut Log, check: fn(&str) -> Result<String, PathFault>) -> Option<String> {
    let Some(path) = spot.node.scalar() else { return spot.wrong(log) };
    match check(path) {
        Ok(path) => Some(path),
        Err(fault) => {
            refused(fault, path, spot.at.as_str(), log);
            None
        }
    }
}

/// Notes a path that may not be used, without passwords and keys.
pub(crate) fn refused(fault: PathFault, path: &str, at: &str, log: &mut Log) {
    let code = if fault == PathFault::Remote { NoteCode::RemoteFile } else { NoteCode::UnsafePath };
    let plain = path.split(['?', '#']).next().unwrap_or_default();
    match plain.split_once("//") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = host.rsplit('@').next().unwrap_or_default();
            log.tell(code, at, format!("{scheme}//{host}/{path}"));
        }
        None => log.tell(code, at, plain),
    }
}

/// An http or https link; another one is noted.
pub(crate) fn link(spot: &Spot<'_>, log: &mut Log) -> Option<String> {
    let Some(text) = spot.node.scalar() else { return spot.wrong(log) };
    if is_link(text) {
        return Some(text.trim().to_owned());
    }
    log.note(NoteCode::UnsafeLink, spot.at.as_str());
    None
}

/// An http or https link without blanks or control characters.
pub(crate) fn is_link(text: &str) -> bool {
    let text = text.trim();
    let scheme = text.split_once("://").map(|(scheme, rest)| (scheme.to_ascii_lowercase(), !rest.is_empty()));
    matches!(scheme, Some((scheme, true)) if scheme == "http" || scheme == "https")
        && text.len() <= MAX_LINK
        && !text.chars().any(|c| c.is_whitespace() || is_trap(c) && !matches!(c, ':' | '?'))
}

/// A link or a safe path; neither is noted.
pub(crate) fn link_or_file(spot: &Spot<'_>, log: &mut Log) -> (Option<String>, Option<String>) {
    let Some(text) = spot.node.scalar() else { return (spot.wrong(log), None) };
    if is_link(text) {
        return (Some(text.trim().to_owned()), None);
    }
    match safe(text) {
        Ok(path) => (None, Some(path)),
        Err(PathFault::Remote) => (link(spot, log), None),
        Err(PathFault::Unsafe) => {
            refused(PathFault::Unsafe, text, spot.at.as_str(), log);
            (None, None)
        }
    }
}

/// An e-mail address, with or without `mailto:` in front.
pub(crate) fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let (name, host) = text.split_once('@')?;
    let plain = !name.is_empty() && host.contains('.') && !host.contains('@') && text.len() <= 254;
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | '?'));
    (plain && clean).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_folder_pass() {
        assert_eq!(safe("./data//a b.csv"), Ok("data/a b.csv".into()));
        assert_eq!(safe("data\\a.csv"), Ok("data/a.csv".into()));
        let bad =
            ["", ".", "/etc/passwd", "../a", "a/../../b", "a/..", "C:\\a", "c:a", "\\\\srv\\a", "~/a", "a\0b", "a:b"];
        for path in
            bad.into_iter().chain(["nul", "a/COM1.csv", "a. ", "a./b", "a\u{202E}vsc.exe", "...", "javascript:x"])
        {
            assert_eq!(safe(path), Err(PathFault::Unsafe), "{path}");
        }
        for path in ["http://x/a.csv", "s3://b/a", "file:///etc/passwd", "//host/a"] {
            assert_eq!(safe(path), Err(PathFault::Remote), "{path}");
        }
    }

    #[test]
    fn escapes_are_resolved_once_and_then_checked() {
        assert_eq!(safe_url("my%20data.csv?x=1#y"), Ok("my data.csv".into()));
        assert_eq!(safe_url("%2e%2e/a"), Err(PathFault::Unsafe));
        assert_eq!(safe_url("%252e%252e/a"), Ok("%2e%2e/a".into()));
        assert_eq!(safe_url("%ff"), Err(PathFault::Unsafe));
        assert_eq!(safe_url("100%.csv"), Ok("100%.csv".into()));
    }

    #[test]
    fn stems_links_and_addresses() {
        assert_eq!(stem("https://x.org/d/orders.csv.gz?a=b/c"), "orders");
        assert_eq!(stem(".csv"), ".csv");
        assert!(
            is_link("HTTPS://x.org/a?b#c")
                && !is_link("javascript://x")
                && !is_link("http://a b")
                && !is_link("http://")
        );
        assert_eq!(email("mailto:a@b.de").as_deref(), Some("a@b.de"));
        assert!(email("a@b").is_none() && email("a@b.de?cc=x").is_none());
    }
}
