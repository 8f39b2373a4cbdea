//! What a storage answers in XML, read within limits. No entity is expanded, and nothing outside of the text is fetched.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Deepest nesting; a listing has four levels.
const DEPTH: usize = 16;
/// Longest text of one element: a name has at most 1,024 bytes.
const TEXT_BYTES: usize = 8 * 1024;

/// One page of a listing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Files.
    pub files: Vec<Listed>,
    /// Whole names of folders, each with its `/`.
    pub prefixes: Vec<String>,
    /// How to ask for the next page; none on the last.
    pub next: Option<String>,
}

/// A file in a listing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its whole name.
    pub key: String,
    pub size_bytes: Option<u64>,
    /// The storage's own mark of its content.
    pub etag: Option<String>,
}

/// Why something was not done, in the storage's own words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fault {
    /// Such as `NoSuchBucket`.
    pub code: String,
    /// The region that it should have been.
    pub region: Option<String>,
}

/// One page; none where this is none, or is beyond the limits.
pub(super) fn page(bytes: &[u8]) -> Option<Page> {
    let (mut page, mut truncated, mut token, mut file) = (Page::default(), false, None, Listed::default());
    walk(bytes, "ListBucketResult", &mut |path, text| match path {
        ["Contents", "Key"] => file.key = text.to_owned(),
        ["Contents", "Size"] => file.size_bytes = text.trim().parse().ok(),
        ["Contents", "ETag"] => file.etag = Some(text.trim().to_owned()),
        ["Contents"] => page.files.push(std::mem::take(&mut file)),
        ["CommonPrefixes", "Prefix"] => page.prefixes.push(text.to_owned()),
        ["IsTruncated"] => truncated = text.trim() == "true",
        ["NextContinuationToken"] => token = Some(text.to_owned()),
        _ => {}
    })?;
    match (truncated, token) {
        (true, Some(token)) if !token.is_empty() => page.next = Some(token),
        // More is there, and no way to get at it: not a listing that may be believed.
        (true, _) => return None,
        (false, _) => {}
    }
    Some(page)
}

/// What went wrong; none where this is no such answer.
pub(super) fn fault(bytes: &[u8]) -> Option<Fault> {
    let mut fault = Fault::default();
    walk(bytes, "Error", &mut |path, text| match path {
        ["Code"] => fault.code = text.trim().to_owned(),
        ["Region"] => fault.region = Some(text.trim().to_owned()),
        _ => {}
    })?;
    let fits = (1..=60).contains(&fault.code.len())
        && fault.code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    fits.then_some(fault)
}

/// Hands over the text of every element that has no others inside, with the names that lead to it below the root.
fn walk(bytes: &[u8], root: &str, each: &mut dyn FnMut(&[&str], &str)) -> Option<()> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut inside = String::new();
    let mut rooted = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.local_name();
                if path.is_empty() && (rooted || name.as_ref() != root) {
                    return None;
                }
                rooted = true;
                path.push(name.as_ref().to_owned());
                inside.clear();
                if path.len() > DEPTH {
                    return None;
                }
            }
            Event::Empty(empty) if path.is_empty() => {
                // An answer without anything in it says nothing.
                let _ = empty;
                return None;
            }
            Event::Empty(empty) => {
                let name = empty.local_name();
                let mut names: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
                names.push(name.as_ref());
                each(&names, "");
            }
            Event::End(_) => {
                let names: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
                each(&names, &inside);
                path.pop()?;
                inside.clear();
            }
            Event::Text(part) => inside.push_str(&part),
            Event::CData(part) => inside.push_str(&part),
            Event::GeneralRef(name) => inside.push(character(&name)?),
            // Nobody has a reason to send one, and much harm was done with them.
            Event::DocType(_) => return None,
            Event::Eof => return (rooted && path.is_empty()).then_some(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        if inside.len() > TEXT_BYTES {
            return None;
        }
    }
}

/// The one character that a reference stands for; only those that XML itself knows.
fn character(name: &quick_xml::events::BytesRef) -> Option<char> {
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_storages_write_it() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Name>b</Name><Prefix>x/</Prefix><KeyCount>3</KeyCount><IsTruncated>true</IsTruncated>
              <Contents><Key>x/A&amp;B &#228;&#x20AC;.rec</Key><Size>1</Size><Owner><ID>1</ID></Owner></Contents>
              <Contents><Key><![CDATA[x/<c>]]></Key><ETag>&quot;e&quot;</ETag></Contents>
              <CommonPrefixes><Prefix>x/w/</Prefix></CommonPrefixes><StartAfter/>
              <NextContinuationToken>1&gt;2</NextContinuationToken>
            </ListBucketResult>"#;
        let page = page(text.as_bytes()).unwrap();
        let keys: Vec<&str> = page.files.iter().map(|file| file.key.as_str()).collect();
        assert_eq!(keys, ["x/A&B ä€.rec", "x/<c>"]);
        let second = page.files.get(1).unwrap();
        assert_eq!((second.size_bytes, second.etag.as_deref()), (None, Some("\"e\"")));
        assert_eq!(page.files.first().unwrap().size_bytes, Some(1));
        assert_eq!(page.prefixes, ["x/w/"]);
        assert_eq!(page.next.as_deref(), Some("1>2"));
    }

    // fault 74
    #[test]
    fn xml_beyond_the_limits_is_no_listing() {
        let deep = format!("<ListBucketResult>{}{}</ListBucketResult>", "<a>".repeat(50_000), "</a>".repeat(50_000));
        let long = format!(
            "<ListBucketResult><Contents><Key>{}</Key></Contents></ListBucketResult>",
            "x".repeat(TEXT_BYTES + 1)
        );
        let bomb = r#"<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><ListBucketResult><Contents><Key>&b;</Key></Contents></ListBucketResult>"#;
        let outside = r#"<!DOCTYPE l SYSTEM "http://127.0.0.1/x.dtd"><ListBucketResult></ListBucketResult>"#;
        for bad in [
            deep.as_str(),
            long.as_str(),
            bomb,
            outside,
            "<ListBucketResult><Contents><Key>&unknown;</Key></Contents></ListBucketResult>",
            "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
            "<ListBucketResult><Contents><Key>a</Key></Contents>",
            "<ListBucketResult><Contents><Key>a</Contents></Key></ListBucketResult>",
            "<ListBucketResult/>",
            "<html><head><title>Hotel</title></head><body><p>Please sign in</p></body></html>",
            "<Error><Code>SlowDown</Code></Error>",
            "{}",
            "",
        ] {
            assert_eq!(page(bad.as_bytes()), None, "{}", bad.get(..80).unwrap_or(bad));
        }
        assert_eq!(page(b"<ListBucketResult>\xff</ListBucketResult>"), None);
    }

    #[test]
    fn a_fault_has_a_code_that_may_be_shown() {
        let told =
            fault(b"<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>").unwrap();
        assert_eq!((told.code.as_str(), told.region.as_deref()), ("AuthorizationHeaderMalformed", Some("eu-west-3")));
        for bad in ["<Error></Error>", "<Error><Code>a b\n</Code><x>", "<Error><Code>&lt;b&gt;</Code></Error>"] {
            assert_eq!(fault(bad.as_bytes()), None, "{bad}");
        }
    }
}
