//! Signing a request in the way that every S3 storage checks (AWS Signature Version 4). The secret itself is never sent.

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use larder_model::{Refusal, RefusalCode};
use sha2::{Digest, Sha256};

use crate::places::Secret;

/// The hash of no content.
pub(super) const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What a signature is made over. Paths and queries are as they go over the wire.
pub(super) struct Request<'a> {
    /// `GET` and so on.
    pub method: &'a str,
    /// Percent-encoded, from the first `/`.
    pub path: &'a str,
    /// Percent-encoded, sorted by name.
    pub query: &'a str,
    /// Lower-case names with their values, sorted by name; all of them are signed.
    pub headers: &'a [(&'a str, &'a str)],
    /// The content's sha256 in base 16.
    pub content: &'a str,
    /// `20130524T000000Z`.
    pub at: &'a str,
}

/// The `Authorization` header of a request.
///
/// # Errors
/// `Bug` where this computer cannot make a keyed hash.
pub(super) fn authorization(request: &Request, key_id: &str, secret: &Secret, region: &str) -> Result<String, Refusal> {
    let day = request.at.get(..8).unwrap_or_default();
    let scope = format!("{day}/{region}/s3/aws4_request");
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let headers: String = request.headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let Request { method, path, query, content, at, .. } = request;
    let canonical = format!("{method}\n{path}\n{query}\n{headers}\n{names}\n{content}");
    let to_sign = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{}", HEXLOWER.encode(&Sha256::digest(canonical)));
    let mut key = keyed(format!("AWS4{}", secret.reveal()).as_bytes(), day)?;
    for part in [region, "s3", "aws4_request", &to_sign] {
        key = keyed(&key, part)?;
    }
    let signature = HEXLOWER.encode(&key);
    Ok(format!("AWS4-HMAC-SHA256 Credential={key_id}/{scope},SignedHeaders={names},Signature={signature}"))
}

fn keyed(key: &[u8], text: &str) -> Result<Vec<u8>, Refusal> {
    let mut hash = Hmac::<Sha256>::new_from_slice(key)
        .map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))?;
    hash.update(text.as_bytes());
    Ok(hash.finalize().into_bytes().to_vec())
}

/// Percent-encoded as signing wants it: all but unreserved characters, and `/` where it separates.
pub(super) fn encoded(text: &str, keep_slash: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if plain || (keep_slash && byte == b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// What [`encoded`] was made of; what is not of that kind stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn signature(method: &str, path: &str, query: &str, more: &[(&str, &str)], content: &str) -> String {
        let mut headers = vec![
            ("host", "examplebucket.s3.amazonaws.com"),
            ("x-amz-content-sha256", content),
            ("x-amz-date", "20130524T000000Z"),
        ];
        headers.extend(more);
        headers.sort_unstable();
        let request = Request { method, path, query, headers: &headers, content, at: "20130524T000000Z" };
        let secret = Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        let text = authorization(&request, "AKIAIOSFODNN7EXAMPLE", &secret, "us-east-1").unwrap();
        assert!(!text.contains("wJalrXUtnFEMI"), "{text}");
        text.rsplit_once("Signature=").unwrap().1.to_owned()
    }

    /// The four examples that the storage's own manual works through.
    #[test]
    fn signatures_are_those_of_the_manual() {
        assert_eq!(
            signature("GET", "/test.txt", "", &[("range", "bytes=0-9")], NOTHING),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
        let put = [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")];
        let content = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        assert_eq!(
            signature("PUT", &encoded("/test$file.text", true), "", &put, content),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        );
        assert_eq!(
            signature("GET", "/", "lifecycle=", &[], NOTHING),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        );
        assert_eq!(
            signature("GET", "/", "max-keys=2&prefix=J", &[], NOTHING),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        );
    }

    #[test]
    fn encoding_goes_both_ways() {
        for text in ["Umsätze 2026/a+b&c=d%20", "", "100%", "a\u{1}b", "日本"] {
            assert_eq!(decoded(&encoded(text, true)), text);
            assert_eq!(decoded(&encoded(text, false)), text);
        }
        assert_eq!(encoded("a b/ü", true), "a%20b/%C3%BC");
        assert_eq!(encoded("a/b", false), "a%2Fb");
        assert_eq!(decoded("100%zz%4"), "100%zz%4");
    }
}
