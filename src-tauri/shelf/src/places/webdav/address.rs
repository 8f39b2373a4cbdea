//! The address of a WebDAV folder: `webdav+https://anna@cloud.example.org/dav/Shelf`, without a secret.

use larder_model::{Refusal, RefusalCode};
use url::Url;

use super::super::{Values, net};

const KIND: &str = "webdav+";

/// Where a folder is, and who signs in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Without who signs in, a question and a slash at its end.
    pub url: Url,
    pub user: Option<String>,
}

pub(super) fn fits(address: &str) -> bool {
    address.strip_prefix(KIND).is_some_and(|rest| rest.starts_with("https://") || rest.starts_with("http://"))
}

/// The address of what was entered.
pub(super) fn from_values(values: &Values) -> Result<String, Refusal> {
    let entered = values.get("url").map_or("", |url| url.trim());
    let user = values.get("user").map(|user| user.trim()).filter(|user| !user.is_empty());
    let mut address = Address::of(entered).ok_or_else(|| {
        // What was typed in the wrong field may be a password.
        let value = if entered.contains('@') { "" } else { entered };
        Refusal::new(RefusalCode::Invalid).with("what", "url").with("value", value)
    })?;
    if let Some(user) = user {
        address.user = Some(user.to_owned());
    }
    if address.user.as_ref().is_some_and(|user| user.contains(':') || user.chars().any(char::is_control)) {
        let value = address.user.unwrap_or_default();
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "user").with("value", value));
    }
    if let Some(user) = address.user.clone()
        && let Some(folder) = url_of(entered).and_then(|url| super::nextcloud::folder_of_page(&url, &user))
    {
        address.url.set_path(&folder);
    }
    let text = address.text();
    // A folder that is made of somebody's name may be none.
    if Address::parse(&text).is_ok_and(|again| again == address) {
        return Ok(text);
    }
    let value = address.user.unwrap_or_default();
    Err(Refusal::new(RefusalCode::Invalid).with("what", "user").with("value", value))
}

/// What was entered for an address.
pub(super) fn to_values(address: &str) -> Values {
    let mut values = Values::new();
    if let Ok(address) = Address::parse(address) {
        values.insert("url".to_owned(), address.url.as_str().trim_end_matches('/').to_owned());
        values.extend(address.user.map(|user| ("user".to_owned(), user)));
    }
    values
}

/// What was entered, as a web address. One slash behind the scheme is a slip; without a scheme, lines are closed.
fn url_of(entered: &str) -> Option<Url> {
    let known = |scheme: &str| match scheme.to_ascii_lowercase().as_str() {
        "https" | "davs" | "webdavs" => Some("https"),
        "http" | "dav" | "webdav" => Some("http"),
        _ => None,
    };
    let (scheme, rest) = match entered.split_once(":/") {
        Some((scheme, rest)) if known(scheme).is_some() => (known(scheme)?, rest),
        Some((_, rest)) if rest.starts_with('/') => return None,
        _ => ("https", entered),
    };
    Url::parse(&format!("{scheme}://{}", rest.trim_start_matches('/'))).ok()
}

impl Address {
    /// Takes an address apart.
    ///
    /// # Errors
    /// `Invalid` for what is none.
    pub fn parse(address: &str) -> Result<Address, Refusal> {
        let refuse = || Refusal::new(RefusalCode::Invalid).with("what", "address").with("value", "");
        if !fits(address) {
            return Err(refuse());
        }
        Address::of(address.get(KIND.len()..).unwrap_or_default()).ok_or_else(refuse)
    }

    /// The other way round.
    pub fn text(&self) -> String {
        let url = self.url.as_str().trim_end_matches('/');
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        match &self.user {
            Some(user) => format!("{KIND}{scheme}://{}@{rest}", encoded(user)),
            None => format!("{KIND}{scheme}://{rest}"),
        }
    }

    /// A web address as people have it: from a browser, a file manager, a manual.
    fn of(text: &str) -> Option<Address> {
        let mut url = url_of(text)?;
        // A secret in an address would be kept with it. Without a certificate, the secret would go over open lines.
        if url.password().is_some() || (url.scheme() == "http" && !net::is_nearby(&url)) {
            return None;
        }
        // As it is where it is typed into its own field.
        let user = String::from_utf8(decoded(url.username())).ok()?.trim().to_owned();
        url.set_username("").ok()?;
        url.set_query(None);
        url.set_fragment(None);
        let path: String =
            url.path().split('/').filter(|part| !part.is_empty()).map(|part| format!("/{part}")).collect();
        url.set_path(&path);
        // What decodes to no text, or to a name that leads elsewhere, could not be told from another folder.
        let sound = path.split('/').all(|part| {
            String::from_utf8(decoded(part)).is_ok_and(|part| !part.contains(['/', '\\', '\0']) && part != "..")
        });
        sound.then_some(Address { url, user: (!user.is_empty()).then_some(user) })
    }
}

/// A component of a path as it is sent: whatever is not plain is written as bytes in base 16.
pub(in crate::places) fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The other way round, for whatever a server writes.
pub(in crate::places) fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn entered(url: &str, user: &str) -> Result<String, RefusalCode> {
        let values = [("url", url), ("user", user)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        from_values(&Values::from(values)).map_err(|refusal| refusal.code)
    }

    #[test]
    fn what_people_have_becomes_an_address_and_back() {
        for (url, user, address) in [
            ("https://cloud.example.org/dav/Shelf/", "anna", "webdav+https://anna@cloud.example.org/dav/Shelf"),
            ("https://cloud.example.org//dav//x", "", "webdav+https://cloud.example.org/dav/x"),
            (" cloud.example.org ", "", "webdav+https://cloud.example.org"),
            ("https:/cloud.example.org/dav", "", "webdav+https://cloud.example.org/dav"),
            (
                "cloud.example.org/apps/files/?dir=/x",
                "ben",
                "webdav+https://ben@cloud.example.org/remote.php/dav/files/ben/x",
            ),
            ("https:/c.example/apps/files/?dir=/x", "ben", "webdav+https://ben@c.example/remote.php/dav/files/ben/x"),
            ("davs://cloud.example.org/dav", "", "webdav+https://cloud.example.org/dav"),
            ("https://CLOUD.example.org:443", "", "webdav+https://cloud.example.org"),
            (
                "https://cloud.example.org:8443/Bäckerei Süd",
                "anna@example.org",
                "webdav+https://anna%40example.org@cloud.example.org:8443/B%C3%A4ckerei%20S%C3%BCd",
            ),
            ("https://ben@cloud.example.org/x", "", "webdav+https://ben@cloud.example.org/x"),
            ("https://%20ben@cloud.example.org/x", "", "webdav+https://ben@cloud.example.org/x"),
            ("https://ben@cloud.example.org/x", "anna", "webdav+https://anna@cloud.example.org/x"),
            ("http://nas:5005/shelf?x=1#y", "Anna Süß", "webdav+http://Anna%20S%C3%BC%C3%9F@nas:5005/shelf"),
            ("http://127.0.0.1:80/x", "a", "webdav+http://a@127.0.0.1/x"),
            ("https://münchen.example/x", "", "webdav+https://xn--mnchen-3ya.example/x"),
        ] {
            assert_eq!(entered(url, user).as_deref(), Ok(address), "{url}");
            assert!(fits(address));
            let values = to_values(address);
            assert_eq!(from_values(&values).unwrap(), address, "{values:?}");
            assert_eq!(Address::parse(address).unwrap().text(), address);
        }
        let values = to_values("webdav+https://anna%40example.org@cloud.example.org/B%C3%A4r");
        assert_eq!(values.get("user").unwrap(), "anna@example.org");
        assert_eq!(values.get("url").unwrap(), "https://cloud.example.org/B%C3%A4r");
    }

    // fault 75
    #[test]
    fn what_is_no_address_is_refused_and_no_password_is_kept() {
        for url in [
            "",
            "https://",
            "ftp://example.org",
            "file:///etc",
            "http://example.org/dav",
            "https://anna:hunter2@example.org/",
            "https://example.org/a%2fb",
            "https://example.org/a%2F..%2Fb",
            "https://example.org/%ff",
        ] {
            assert_eq!(entered(url, "anna"), Err(RefusalCode::Invalid), "{url}");
        }
        assert_eq!(entered("https://example.org", "an:na"), Err(RefusalCode::Invalid));
        let values = Values::from([("url".to_owned(), "https://anna:hunter2@example.org/".to_owned())]);
        assert!(!format!("{:?}", from_values(&values)).contains("hunter2"));
        for address in
            ["webdav+http://example.org", "webdav+https://a:b@example.org", "https://example.org", "webdav+file:///x"]
        {
            assert!(Address::parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn components_are_written_so_that_any_server_reads_them() {
        for name in ["Umsätze 2026.csv", "a%2fb", "100% + #1?.xlsx", "a&b=c;d'e", "日本", "e\u{301}"] {
            let sent = encoded(name);
            assert!(sent.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)), "{sent}");
            assert_eq!(decoded(&sent), name.as_bytes());
        }
        assert_eq!(decoded("a%zz%4"), b"a%zz%4");
        assert_eq!(decoded("%F0%9f%"), b"\xf0\x9f%");
    }
}
