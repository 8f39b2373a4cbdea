//! Where an SFTP place is: what a form asks for, and the one line that it is kept as.
//!
//! `sftp://user@host:port/folder?host_key=SHA256%3A…&key=/path/to/key`, percent-encoded. A folder below the user's home is
//! written as `/~/folder`, as curl does. There is never a secret in it.

use std::fmt::Write;

use larder_model::{Refusal, RefusalCode};

use crate::places::{Field, FieldKind, Values};

/// What a form asks for.
pub(super) const FIELDS: &[Field] = &[
    Field { name: "host", kind: FieldKind::Text, required: true },
    Field { name: "port", kind: FieldKind::Text, required: false },
    Field { name: "user", kind: FieldKind::Text, required: true },
    Field { name: "folder", kind: FieldKind::Text, required: false },
    Field { name: "password", kind: FieldKind::Secret, required: false },
    Field { name: "key_file", kind: FieldKind::File, required: false },
    Field { name: "host_key", kind: FieldKind::Text, required: false },
];

const SCHEME: &str = "sftp://";
const USUAL_PORT: u16 = 22;
/// Characters of the base64 of a SHA-256.
const KEY_CHARS: usize = 43;

/// Where it is and how to sign in there, without the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub host: String,
    pub port: u16,
    pub user: String,
    /// `/a/b`, or `a/b` below the user's home, which itself is empty.
    pub folder: String,
    /// The fingerprint of the server's key that was accepted: `SHA256:…`.
    pub host_key: Option<String>,
    /// The private key to sign in with, on this computer.
    pub key_file: Option<String>,
}

/// Whether a line is an address of this kind.
pub(super) fn fits(line: &str) -> bool {
    line.starts_with(SCHEME)
}

impl Address {
    /// What was entered.
    ///
    /// # Errors
    /// `Invalid` \[what, value\] names the field that cannot be.
    pub fn of(values: &Values) -> Result<Address, Refusal> {
        let value = |name: &str| values.get(name).map_or("", |value| value.trim());
        let invalid = |name: &str| Refusal::new(RefusalCode::Invalid).with("what", name).with("value", value(name));
        Ok(Address {
            host: host(value("host")).ok_or_else(|| invalid("host"))?,
            port: port(value("port")).ok_or_else(|| invalid("port"))?,
            user: plain(value("user"), 1).ok_or_else(|| invalid("user"))?,
            folder: folder(value("folder")).ok_or_else(|| invalid("folder"))?,
            host_key: optional(value("host_key"), fingerprint).ok_or_else(|| invalid("host_key"))?,
            key_file: optional(value("key_file"), |text| plain(text, 1)).ok_or_else(|| invalid("key_file"))?,
        })
    }

    /// What was entered for it.
    pub fn values(&self) -> Values {
        let mut values = Values::new();
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                values.insert(name.to_owned(), value.to_owned());
            }
        };
        put("host", &self.host);
        put("port", &if self.port == USUAL_PORT { String::new() } else { self.port.to_string() });
        put("user", &self.user);
        put("folder", &self.folder);
        put("host_key", self.host_key.as_deref().unwrap_or_default());
        put("key_file", self.key_file.as_deref().unwrap_or_default());
        values
    }

    /// The line that it is kept as.
    pub fn line(&self) -> String {
        let mut line = self.place();
        let more = [("host_key", &self.host_key), ("key", &self.key_file)];
        let more = more.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        for (i, (name, value)) in more.enumerate() {
            let mark = if i == 0 { '?' } else { '&' };
            let _ = write!(line, "{mark}{name}={}", encoded(value));
        }
        line
    }

    /// The line without what only signs in: what a person is told, and what names of files are told below.
    pub fn place(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        let port = if self.port == USUAL_PORT { String::new() } else { format!(":{}", self.port) };
        let folder = match self.folder.as_str() {
            "" => "/~".to_owned(),
            absolute if absolute.starts_with('/') => encoded(absolute),
            below => format!("/~/{}", encoded(below)),
        };
        // The first slash that stands as it is begins the folder.
        let user = encoded(&self.user).replace('/', "%2F");
        format!("{SCHEME}{user}@{host}{port}{folder}")
    }

    /// Takes a line apart.
    ///
    /// # Errors
    /// `Invalid` where it is none.
    pub fn parse(line: &str) -> Result<Address, Refusal> {
        // Somebody may have typed a password into it, before the host: that is not told back.
        let told = line.split_once('?').map_or(line, |(place, _)| place).rsplit('@').next().unwrap_or_default();
        let invalid = || Refusal::new(RefusalCode::Invalid).with("what", "address").with("value", told);
        taken_apart(line).and_then(|values| Address::of(&values).ok()).ok_or_else(invalid)
    }

    /// A path on the server.
    pub fn path(&self, parts: &[&str]) -> String {
        let root = match self.folder.as_str() {
            "" => ".",
            folder => folder,
        };
        let mut path = root.trim_end_matches('/').to_owned();
        if path.is_empty() && parts.is_empty() {
            path.push('/');
        }
        for part in parts {
            path.push('/');
            path.push_str(part);
        }
        path
    }
}

fn taken_apart(line: &str) -> Option<Values> {
    let rest = line.strip_prefix(SCHEME)?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let at = place.find('/').unwrap_or(place.len());
    let (authority, path) = place.split_at(at);
    let (user, host_and_port) = authority.rsplit_once('@')?;
    // A colon would begin a password, which has no business here.
    if user.contains([':', '@']) {
        return None;
    }
    let (host, port) = match host_and_port.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host, port.strip_prefix(':').unwrap_or(port))
        }
        None => host_and_port.split_once(':').unwrap_or((host_and_port, "")),
    };
    // What is encoded is meant literally, so only a bare mark means the home.
    let folder = match path.strip_prefix("/~") {
        Some(below) if below.is_empty() || below.starts_with('/') => below.trim_start_matches('/'),
        _ => path,
    };
    let mut values = Values::new();
    for (name, value) in [("user", user), ("host", host), ("port", port), ("folder", folder)] {
        values.insert(name.to_owned(), decoded(value)?);
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=')?;
        let name = match name {
            "host_key" => "host_key",
            "key" => "key_file",
            _ => return None,
        };
        values.insert(name.to_owned(), decoded(value)?);
    }
    Some(values)
}

/// Nothing for nothing; otherwise it has to be something.
fn optional(text: &str, read: impl Fn(&str) -> Option<String>) -> Option<Option<String>> {
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}

fn plain(text: &str, least: usize) -> Option<String> {
    let fits = (least..=1_024).contains(&text.len()) && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

fn host(text: &str) -> Option<String> {
    let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let is_ipv6 = text.parse::<std::net::Ipv6Addr>().is_ok();
    let is_name = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')) && !text.starts_with('-');
    ((is_ipv6 || is_name) && (1..=253).contains(&text.len())).then(|| text.to_owned())
}

fn port(text: &str) -> Option<u16> {
    if text.is_empty() { Some(USUAL_PORT) } else { text.parse().ok().filter(|port| *port > 0) }
}

/// The folder in its one spelling: no empty components, nothing that climbs.
fn folder(text: &str) -> Option<String> {
    let text = plain(text, 0)?;
    let below = match text.strip_prefix('~') {
        Some(below) if below.is_empty() || below.starts_with('/') => below.trim_start_matches('/'),
        _ => text.as_str(),
    };
    let parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") || below.contains('\\') {
        return None;
    }
    Some(format!("{}{}", if below.starts_with('/') { "/" } else { "" }, parts.join("/")))
}

/// A fingerprint; what `ssh-keygen -l` prints around it is left out.
fn fingerprint(text: &str) -> Option<String> {
    let found = text.split_whitespace().find_map(|word| word.strip_prefix("SHA256:"))?.trim_end_matches('=');
    let fits = found.len() == KEY_CHARS && found.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/');
    fits.then(|| format!("SHA256:{found}"))
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|d| u8::try_from(d).ok());
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            out.push(high << 4 | low);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const KEY: &str = "SHA256:uNiVztksCsDhcc0u9e8BrvirYSEYyGqAbWUqcdQwQ+8";

    fn values(of: &[(&str, &str)]) -> Values {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_entered_comes_back_from_the_line_that_is_kept() {
        for (entered, line) in [
            (values(&[("host", "files.example.org"), ("user", "anna")]), "sftp://anna@files.example.org/~"),
            (
                values(&[
                    ("host", "10.0.0.7"),
                    ("user", "anna@baker.example"),
                    ("port", "2222"),
                    ("folder", "/srv/Ü b"),
                ]),
                "sftp://anna%40baker.example@10.0.0.7:2222/srv/%C3%9C%20b",
            ),
            (
                values(&[("host", "fe80::1"), ("user", "BAKERY\\anna"), ("port", "2222"), ("folder", "shelf/x")]),
                "sftp://BAKERY%5Canna@[fe80::1]:2222/~/shelf/x",
            ),
            (values(&[("host", "h"), ("user", "BAKERY/anna")]), "sftp://BAKERY%2Fanna@h/~"),
            (
                values(&[
                    ("host", "h"),
                    ("user", "u:v"),
                    ("folder", "/~/x"),
                    ("host_key", KEY),
                    ("key_file", "C:\\Users\\Anna & Ben\\id?ed=1"),
                ]),
                "sftp://u%3Av@h/%7E/x?host_key=SHA256%3AuNiVztksCsDhcc0u9e8BrvirYSEYyGqAbWUqcdQwQ%2B8\
                 &key=C%3A%5CUsers%5CAnna%20%26%20Ben%5Cid%3Fed%3D1",
            ),
        ] {
            let address = Address::of(&entered).unwrap();
            assert_eq!(address.line(), line);
            assert!(fits(line));
            assert_eq!(Address::parse(line).unwrap(), address);
            assert_eq!(address.values(), entered);
        }
    }

    #[test]
    fn other_spellings_of_the_same_are_the_same() {
        let same = |name: &str, entered: &str, kept: &str| {
            let mut of = values(&[("host", "h"), ("user", "u")]);
            of.insert(name.to_owned(), entered.to_owned());
            let values = Address::of(&of).unwrap().values();
            assert_eq!(values.get(name).map_or("", String::as_str), kept, "{name} {entered}");
        };
        same("folder", "~/shelf/", "shelf");
        same("folder", "./shelf//x", "shelf/x");
        same("folder", "//srv/./x/", "/srv/x");
        same("folder", "~", "");
        same("folder", "/", "/");
        same("port", "22", "");
        same("host", "[::1]", "::1");
        same("host_key", &format!("256 {KEY} root@files (ED25519)"), KEY);
        same("host_key", &format!("{KEY}="), KEY);
        assert_eq!(Address::parse("sftp://u@h").unwrap(), Address::parse("sftp://u@h/~").unwrap());
    }

    #[test]
    fn the_field_that_cannot_be_is_named() {
        for (name, value) in [
            ("host", ""),
            ("host", "a b"),
            ("host", "sftp://h"),
            ("host", "h:22"),
            ("host", "-oProxyCommand=x"),
            ("user", ""),
            ("user", "a\nb"),
            ("port", "0"),
            ("port", "65536"),
            ("port", "x"),
            ("folder", "../x"),
            ("folder", "a/../../x"),
            ("folder", "a\0b"),
            ("folder", "C:\\x"),
            ("host_key", "MD5:aa:bb"),
            ("host_key", "SHA256:short"),
            ("key_file", "a\0b"),
        ] {
            let mut of = values(&[("host", "h"), ("user", "u")]);
            of.insert(name.to_owned(), value.to_owned());
            let refusal = Address::of(&of).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::Invalid, "{name} {value}");
            assert_eq!(refusal.params.get("what"), Some(&name.into()), "{name} {value}");
        }
    }

    // fault 75
    #[test]
    fn a_password_in_an_address_is_neither_taken_nor_told() {
        for line in ["sftp://anna:hunter2@h/x", "sftp://anna:hunter2@h:0/x", "sftp://a@hunter2@h/x?key=hunter2%"] {
            let refusal = Address::parse(line).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::Invalid);
            assert!(!format!("{refusal} {refusal:?}").contains("hunter2"), "{refusal}");
        }
        for line in ["sftp://h/x", "sftp://u@h/%zz", "sftp://u@h/a/%2e%2e/b", "sftp://u@h/x?other=1", "sftp://u@h/%ff"]
        {
            assert!(Address::parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn paths_on_the_server_stay_below_the_folder() {
        for (folder, path) in [("", "./a/b"), ("/", "/a/b"), ("/srv/x", "/srv/x/a/b"), ("x", "x/a/b")] {
            let address = Address::of(&values(&[("host", "h"), ("user", "u"), ("folder", folder)])).unwrap();
            assert_eq!(address.path(&["a", "b"]), path);
        }
        let root =
            |folder: &str| Address::of(&values(&[("host", "h"), ("user", "u"), ("folder", folder)])).unwrap().path(&[]);
        assert_eq!((root(""), root("/"), root("/s"), root("s")), (".".into(), "/".into(), "/s".into(), "s".into()));
    }
}
