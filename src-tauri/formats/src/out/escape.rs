//! Text of colleagues and of files made harmless in pages.

use larder_model::display_text;

/// Text on one line of a page: control and direction-changing characters dropped, at most `max_chars` characters, then
/// escaped for HTML text and for attributes in double or single quotes.
pub(crate) fn html(text: &str, max_chars: usize) -> String {
    markup(&display_text(text, max_chars))
}

/// Text as it is, escaped for HTML text and for quoted attributes.
pub(crate) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// One step of a path in a link: everything but letters, digits, `-`, `.`, `_` and `~` of ASCII percent-encoded
/// (RFC 3986, unreserved). `.` and `..` cannot be told from steps upwards, so their dots are encoded too.
pub(crate) fn path_step(name: &str) -> String {
    let dots = !name.is_empty() && name.bytes().all(|b| b == b'.');
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || (matches!(byte, b'-' | b'.' | b'_' | b'~') && !dots) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether this is plainly an e-mail address: what may be put into a `mailto:` link or a contributor's `email`.
pub(crate) fn is_plain_email(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    match text.split_once('@') {
        Some((name, host)) => {
            let fits = |part: &str| {
                !part.is_empty() && part.chars().all(plain) && !part.starts_with('.') && !part.ends_with('.')
            };
            text.len() <= 254
                && fits(name)
                && fits(host)
                && host.contains('.')
                && !host.contains(['_', '+'])
                && !text.contains("..")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_a_colleague_stays_text() {
        assert_eq!(
            html("<script>alert('x')</script>&\"", 99),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"
        );
        assert_eq!(html("a\u{202e}b\u{0}c\n d", 99), "abc d");
        assert_eq!(html("<<<<", 2), "&lt;&lt;…");
    }

    #[test]
    fn a_folder_is_one_step_of_a_link_whatever_its_name() {
        assert_eq!(path_step("Käse & more#1?"), "K%C3%A4se%20%26%20more%231%3F");
        assert_eq!(path_step("../x"), "..%2Fx");
        assert_eq!(path_step(".."), "%2E%2E");
        assert_eq!(path_step("javascript:alert(1)"), "javascript%3Aalert%281%29");
    }

    #[test]
    fn only_plain_addresses_become_links() {
        assert!(is_plain_email("anna.mueller@example.com"));
        for bad in [
            "a@b",
            "a b@example.com",
            "a@example.com?bcc=x@y.z",
            "@example.com",
            "a@.com",
            "a..b@example.com",
            "\"a\"@example.com",
            "a@ex_ample.com",
            "",
        ] {
            assert!(!is_plain_email(bad), "{bad}");
        }
    }
}
