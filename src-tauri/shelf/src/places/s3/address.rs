//! What was entered for a bucket, as one address and apart again. The secret key is no part of it.

use larder_model::{Refusal, RefusalCode, display_text};
use reqwest::Url;

use super::sign::{decoded, encoded};
use crate::places::{Field, FieldKind, Values};

/// How every address begins.
pub(super) const BEGIN: &str = "s3://";

/// What the form asks for.
pub(super) const FIELDS: &[Field] = &[
    Field { name: "bucket", kind: FieldKind::Text, required: true },
    Field { name: "endpoint", kind: FieldKind::Web, required: false },
    Field { name: "region", kind: FieldKind::Text, required: false },
    Field { name: "folder", kind: FieldKind::Text, required: false },
    Field { name: "key_id", kind: FieldKind::Text, required: true },
    Field { name: "secret_key", kind: FieldKind::Secret, required: true },
];

/// In the address behind `?`, and the field that each comes from.
const QUERY: [(&str, &str); 3] = [("endpoint", "endpoint"), ("region", "region"), ("key", "key_id")];

/// Where the storage of the first maker stands, and in China.
const AWS: [&str; 2] = [".amazonaws.com", ".amazonaws.com.cn"];

/// A bucket, or a folder in it, and who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// The service; none where it is the first maker's, whose address follows from the region.
    pub endpoint: Option<Url>,
    pub bucket: String,
    /// Without `/` at its ends; empty for the whole bucket.
    pub folder: String,
    pub region: String,
    pub key_id: String,
}

fn refuse(field: &str, value: &str) -> Refusal {
    Refusal::new(RefusalCode::Invalid).with("what", field).with("value", display_text(value, 120))
}

/// The address of what was entered.
///
/// # Errors
/// `Invalid` \[what, value\] for a field that cannot be.
pub(super) fn address(values: &Values) -> Result<String, Refusal> {
    let spot = Spot::new(values)?;
    let mut text = format!("{BEGIN}{}", spot.bucket);
    if !spot.folder.is_empty() {
        text = format!("{text}/{}", encoded(&spot.folder, true));
    }
    let endpoint = spot.endpoint.as_ref().map_or("", Url::as_str).trim_end_matches('/');
    let region = match entered(values, "region") {
        // The address of the service said it, and is not kept.
        "" if spot.endpoint.is_none() && !entered(values, "endpoint").is_empty() => &spot.region,
        region => region,
    };
    let mut mark = '?';
    for ((name, _), value) in QUERY.iter().zip([endpoint, region, &spot.key_id]) {
        if !value.is_empty() {
            text.push_str(&format!("{mark}{name}={}", encoded(value, false)));
            mark = '&';
        }
    }
    Ok(text)
}

/// What was entered for an address.
pub(super) fn values(address: &str) -> Values {
    let rest = address.strip_prefix(BEGIN).unwrap_or(address);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (bucket, folder) = path.split_once('/').unwrap_or((path, ""));
    let mut values: Values =
        FIELDS.iter().filter(|f| f.kind != FieldKind::Secret).map(|f| (f.name.to_owned(), String::new())).collect();
    values.insert("bucket".to_owned(), decoded(bucket));
    values.insert("folder".to_owned(), decoded(folder));
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if let Some((_, field)) = QUERY.iter().find(|(known, _)| *known == name) {
            values.insert((*field).to_owned(), decoded(value));
        }
    }
    values
}

fn entered<'a>(values: &'a Values, field: &str) -> &'a str {
    values.get(field).map_or("", |value| value.trim())
}

impl Spot {
    /// # Errors
    /// As [`address`].
    pub fn new(values: &Values) -> Result<Spot, Refusal> {
        let bucket = entered(values, "bucket");
        let fits = (3..=63).contains(&bucket.len())
            && !bucket.starts_with('.')
            && !bucket.contains("..")
            && bucket.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
        if !fits {
            return Err(refuse("bucket", bucket));
        }
        let endpoint = endpoint(entered(values, "endpoint"), bucket)?;
        let region = match entered(values, "region") {
            "" => guessed_region(endpoint.as_ref().and_then(Url::host_str).unwrap_or_default()),
            region if is_region(region) => region.to_owned(),
            region => return Err(refuse("region", region)),
        };
        // The first maker's own address says no more than the region does.
        let aws = |url: &Url| AWS.iter().any(|end| url.host_str().unwrap_or_default().ends_with(end));
        let by_region = endpoint.as_ref().is_some_and(|url| aws(url) && is_plain_aws(url));
        let key_id = entered(values, "key_id");
        let usual = |b: u8| b.is_ascii_graphic() && !matches!(b, b'/' | b',' | b'=');
        if key_id.is_empty() || key_id.len() > 128 || !key_id.bytes().all(usual) {
            return Err(refuse("key_id", key_id));
        }
        Ok(Spot {
            endpoint: endpoint.filter(|_| !by_region),
            bucket: bucket.to_owned(),
            folder: folder(entered(values, "folder"))?,
            region,
            key_id: key_id.to_owned(),
        })
    }

    /// Where it is, for a person: without who asks.
    pub fn shown(&self) -> String {
        let host = match &self.endpoint {
            Some(url) => url.as_str().trim_end_matches('/').split_once("://").map_or("", |(_, rest)| rest).to_owned(),
            None => aws_host(&self.region),
        };
        let slash = if self.folder.is_empty() { "" } else { "/" };
        format!("{host}/{}{slash}{}", self.bucket, self.folder)
    }
}

/// The first maker's host for a region.
pub(super) fn aws_host(region: &str) -> String {
    let end = if region.starts_with("cn-") { AWS[1] } else { AWS[0] };
    format!("s3.{region}{end}")
}

/// Whether it is one of the usual addresses of a region, and not one inside a company's own network.
fn is_plain_aws(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let plain = host.starts_with("s3.") && !host.contains("vpce") && !host.contains("dualstack");
    plain && url.scheme() == "https" && url.port().is_none()
}

/// Whether a text may be a region: told by a server, too, so it never becomes anything else in an address.
pub(super) fn is_region(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=40).contains(&text.len()) && text.bytes().all(inner)
}

/// The region that an address itself names, as most services' do: `s3.eu-central-003.backblazeb2.com`, `fsn1.…`.
fn guessed_region(host: &str) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let first = match labels.as_slice() {
        [.., "r2", "cloudflarestorage", "com"] => "auto",
        [first, "your-objectstorage" | "digitaloceanspaces", "com"] => first,
        ["s3", region, _, _, ..] => region,
        _ => "",
    };
    // "amazonaws" and names of services are no regions; those have a number or a dash.
    let telling = first == "auto" || first.contains('-') || first.bytes().any(|b| b.is_ascii_digit());
    if telling && is_region(first) { first.to_owned() } else { "us-east-1".to_owned() }
}

/// The service's address, without a bucket that was copied along; none where nothing was entered.
fn endpoint(text: &str, bucket: &str) -> Result<Option<Url>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let mut url = Url::parse(&whole).map_err(|_| refuse("endpoint", text))?;
    let usual = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let host = url.host_str().filter(|host| usual && !host.is_empty()).ok_or_else(|| refuse("endpoint", text))?;
    if let Some(host) = host.strip_prefix(&format!("{bucket}.")).filter(|host| host.contains('.')) {
        let host = host.to_owned();
        url.set_host(Some(&host)).map_err(|_| refuse("endpoint", text))?;
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix(&format!("/{bucket}")).unwrap_or(path).to_owned();
    if path.len() > 200 || path.contains("//") || path.contains('%') {
        return Err(refuse("endpoint", text));
    }
    url.set_path(&path);
    Ok(Some(url))
}

fn folder(text: &str) -> Result<String, Refusal> {
    let text = text.trim_matches('/');
    let fits = |part: &str| {
        !matches!(part, "" | "." | "..") && part.trim() == part && !part.contains(|c: char| c.is_control() || c == '\\')
    };
    if text.is_empty() || (text.len() <= 400 && text.split('/').all(fits)) {
        Ok(text.to_owned())
    } else {
        Err(refuse("folder", text))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Values {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_address_is_taken_apart_into_what_was_entered() {
        let full = form(&[
            ("bucket", "bakery-shelf"),
            ("endpoint", "https://minio.bakery.example:9000"),
            ("region", "eu-central-1"),
            ("folder", "Büro & mehr/shelf"),
            ("key_id", "AKIA+1&x"),
        ]);
        let text = address(&full).unwrap();
        assert_eq!(
            text,
            "s3://bakery-shelf/B%C3%BCro%20%26%20mehr/shelf?endpoint=https%3A%2F%2Fminio.bakery.example%3A9000\
             &region=eu-central-1&key=AKIA%2B1%26x"
        );
        assert_eq!(values(&text), full);
        let least = address(&form(&[("bucket", "shelf"), ("key_id", "AKIA")])).unwrap();
        assert_eq!(least, "s3://shelf?key=AKIA");
        let back = form(&[("bucket", "shelf"), ("endpoint", ""), ("region", ""), ("folder", ""), ("key_id", "AKIA")]);
        assert_eq!(values(&least), back);
        assert_eq!(address(&back).unwrap(), least);
    }

    #[test]
    fn fields_that_cannot_be_are_named() {
        for (field, value) in [
            ("bucket", ""),
            ("bucket", "a/b"),
            ("bucket", "a..b"),
            ("bucket", "x@y.z"),
            ("endpoint", "ftp://x.example"),
            ("endpoint", "https://anna:secret@x.example"),
            ("endpoint", "https://x.example/?a=b"),
            ("endpoint", "https://"),
            ("region", "eu/../x"),
            ("region", "evil.example#"),
            ("folder", "a/../b"),
            ("folder", "a\\b"),
            ("folder", "a//b"),
            ("key_id", ""),
            ("key_id", "a b"),
            ("key_id", "a\r\nhost: x"),
        ] {
            let mut entered = form(&[("bucket", "shelf"), ("key_id", "AKIA")]);
            entered.insert(field.to_owned(), value.to_owned());
            let refusal = address(&entered).unwrap_err();
            assert_eq!(
                (refusal.code, refusal.params.get("what")),
                (RefusalCode::Invalid, Some(&field.into())),
                "{value}"
            );
        }
    }

    #[test]
    fn what_services_tell_people_to_copy_is_understood() {
        for (entered, endpoint, region) in [
            ("", "", "us-east-1"),
            ("https://s3.eu-west-3.amazonaws.com", "", "eu-west-3"),
            ("https://shelf.s3.eu-west-3.amazonaws.com/", "", "eu-west-3"),
            ("https://s3.amazonaws.com", "", "us-east-1"),
            (
                "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com",
                "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com/",
                "us-east-1",
            ),
            ("https://0a1b.r2.cloudflarestorage.com/shelf", "https://0a1b.r2.cloudflarestorage.com/", "auto"),
            ("s3.us-west-004.backblazeb2.com", "https://s3.us-west-004.backblazeb2.com/", "us-west-004"),
            ("https://shelf.fsn1.your-objectstorage.com", "https://fsn1.your-objectstorage.com/", "fsn1"),
            ("https://s3.eu-central-2.wasabisys.com", "https://s3.eu-central-2.wasabisys.com/", "eu-central-2"),
            ("http://192.168.1.7:9000", "http://192.168.1.7:9000/", "us-east-1"),
            ("https://x.supabase.co/storage/v1/s3", "https://x.supabase.co/storage/v1/s3", "us-east-1"),
        ] {
            let spot = Spot::new(&form(&[("bucket", "shelf"), ("endpoint", entered), ("key_id", "A")])).unwrap();
            assert_eq!(spot.endpoint.as_ref().map_or("", Url::as_str), endpoint, "{entered}");
            assert_eq!(spot.region, region, "{entered}");
        }
    }
}
