//! Names on a place: our own grammar for what we write, and what of others' names may be opened at all.
//!
//! A name says where to look first. What something *is* is told by its bytes alone.

use larder_model::{Refusal, RefusalCode, WriterId, safe_title};
use unicode_normalization::is_nfc;

/// The one authoritative tree.
pub(crate) const DATA: &str = "larder-data";
/// All writers' folders.
pub(crate) const WRITERS: &str = "larder-data/w";
/// Plain copies for people without Larder.
pub(crate) const CURRENT: &str = "Current";
/// The file that tells people what this folder is.
pub(crate) const READ_ME: &str = "READ ME - this is a Larder shelf.txt";
/// What Larder wrote into a folder of plain copies.
pub(crate) const MANIFEST: &str = ".larder.json";

/// The longest name that we write below the root: a record's. It fits under a deep OneDrive folder on Windows.
const LONGEST: usize = 111;
/// Components that any name may have.
const DEEPEST: usize = 8;

/// The kinds of things in a writer's folder, by the folder that holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Room {
    /// Heads.
    Heads,
    /// Release records.
    Releases,
    /// Content.
    Blobs,
    /// Cards, requests, answers.
    Messages,
    /// Rosters and house rules.
    Rosters,
    /// Temp files.
    Temps,
}

impl Room {
    /// The folder's name.
    pub fn folder(self) -> &'static str {
        match self {
            Room::Heads => "h",
            Room::Releases => "r",
            Room::Blobs => "b",
            Room::Messages => "m",
            Room::Rosters => "g",
            Room::Temps => "t",
        }
    }
}

/// A writer's folder.
pub(crate) fn writer(writer: &str) -> String {
    format!("{WRITERS}/{writer}")
}

/// Where a head stands.
pub(crate) fn head(writer: &WriterId, seq: u64, hash: &str) -> String {
    format!("{WRITERS}/{writer}/h/{seq:08}-{}.rec", hash.get(..16).unwrap_or(hash))
}

/// Where a record stands.
pub(crate) fn record(writer: &str, room: Room, hash: &str) -> String {
    format!("{WRITERS}/{writer}/{}/{hash}.rec", room.folder())
}

/// Where content stands.
pub(crate) fn blob(writer: &str, hash: &str) -> String {
    format!("{WRITERS}/{writer}/b/{}/{hash}", hash.get(..2).unwrap_or(hash))
}

/// Where a founding record stands.
pub(crate) fn founding(hash: &str) -> String {
    format!("{DATA}/shelf-{}.rec", hash.get(..16).unwrap_or(hash))
}

/// The number that a head's file name claims, if the name follows the grammar to the letter.
pub(crate) fn head_seq(name: &str) -> Option<u64> {
    let (seq, rest) = name.split_once('-')?;
    let stem = rest.strip_suffix(".rec")?;
    let digits = seq.len() == 8 && seq.bytes().all(|b| b.is_ascii_digit());
    (digits && stem.len() == 16 && is_hex(stem)).then(|| seq.parse().ok()).flatten()
}

/// The hash that a record's file name claims, if the name follows the grammar to the letter.
pub(crate) fn record_hash(name: &str) -> Option<&str> {
    name.strip_suffix(".rec").filter(|stem| is_hash(stem))
}

/// Whether this is a sha256 in base 16 as we write it.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64 && is_hex(text)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Whether this is a writer's name: 26 characters of base 32.
pub(crate) fn is_writer(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
}

fn refuse(name: &str) -> Refusal {
    Refusal::new(RefusalCode::Invalid).with("what", "name").with("value", larder_model::display_text(name, 120))
}

/// The components of a name that we write under: `[a-z0-9.-]`, no hidden names, at most [`LONGEST`] characters and as deep as
/// names can be that are listed.
///
/// # Errors
/// `Invalid` for anything else.
pub(crate) fn written(name: &str) -> Result<Vec<&str>, Refusal> {
    let parts: Vec<&str> = name.split('/').collect();
    let fits = name.len() <= LONGEST
        && parts.len() <= DEEPEST
        && parts.iter().all(|part| {
            !part.is_empty()
                && !part.starts_with(['.', '-'])
                && !part.ends_with('.')
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-')
        });
    if fits { Ok(parts) } else { Err(refuse(name)) }
}

/// The components of a plain copy's name: below `Current`, or the file that tells people what this folder is.
///
/// # Errors
/// `Invalid` for anything else.
pub(crate) fn plain(name: &str) -> Result<Vec<&str>, Refusal> {
    if name == READ_ME {
        return Ok(vec![READ_ME]);
    }
    let parts: Vec<&str> = name.split('/').collect();
    let below = parts.first() == Some(&CURRENT) && (2..=6).contains(&parts.len());
    let fits = below && parts.iter().skip(1).all(|part| *part == MANIFEST || is_plain_component(part));
    if fits { Ok(parts) } else { Err(refuse(name)) }
}

/// The components of a name that was listed, and so may be somebody else's: anything that stays below the root.
///
/// # Errors
/// `Invalid` where it could lead anywhere else.
pub(crate) fn listed(name: &str) -> Result<Vec<&str>, Refusal> {
    let parts: Vec<&str> = name.split('/').collect();
    let fits = parts.len() <= DEEPEST
        && parts.iter().all(|part| {
            !part.is_empty()
                && *part != "."
                && *part != ".."
                && part.len() <= 1_024
                && !part.contains(['\\', '\0'])
                && !(cfg!(windows) && part.contains([':', '"', '<', '>', '|', '?', '*']))
        });
    if fits { Ok(parts) } else { Err(refuse(name)) }
}

/// Whether a file of a release may be called so: up to four components that every system takes, none of which leads elsewhere.
pub(crate) fn is_file_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    // A percent sign is for people's folders; nothing that Larder lays down needs one.
    name.len() <= 400 && parts.len() <= 4 && parts.iter().all(|part| is_plain_component(part) && !part.contains('%'))
}

fn is_plain_component(part: &str) -> bool {
    part.len() <= 255 && is_nfc(part) && safe_title(part) == part
}

/// One and the same for names that some systems cannot tell apart.
pub(crate) fn folded(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfkc().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    // fault 58
    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let long = "x".repeat(5_000);
        for bad in [
            "../x",
            "/etc/x",
            "C:\\x",
            "\\\\srv\\share\\x",
            "x:stream",
            "CON",
            "nul.txt",
            "x.",
            "x ",
            ".",
            "",
            "a/b/../../c",
            "a\\b",
            "a%2fb",
            "a/b/c/d/e",
            "data//x",
            "a\u{202e}b",
            "a\nb",
            &long,
        ] {
            assert!(!is_file_name(bad), "{bad:?}");
            assert!(plain(&format!("Current/Sales/{bad}")).is_err() || bad == "a/b/c/d/e", "{bad:?}");
            // Here all names are made of our own words and hashes, so reserved ones cannot come up.
            assert!(
                written(&format!("larder-data/{bad}")).is_err() || ["nul.txt", "a/b/c/d/e"].contains(&bad),
                "{bad:?}"
            );
        }
        assert!(is_file_name("data/Umsätze 2026.parquet"));
        assert!(plain("Current/Umsätze/data/x.csv").is_ok());
        assert!(plain("Current/Discount 10 %/Discount 10 %.xlsx").is_ok() && !is_file_name("Discount 10 %.xlsx"));
        assert!(plain("larder-data/w").is_err());
        assert!(plain("Current").is_err());
    }

    #[test]
    fn a_listed_name_never_climbs() {
        for bad in ["..", "a/..", "a//b", "", "a\\b", "a\0b", "/a"] {
            assert!(listed(bad).is_err(), "{bad:?}");
        }
        assert!(listed("larder-data/w/x/h/00000007-aa (Anna's conflicted copy).rec").is_ok());
    }

    // fault 30
    #[test]
    fn what_we_write_always_fits() {
        let hash = "0f".repeat(32);
        let writer = WriterId::parse(&"a".repeat(26)).unwrap();
        assert!(written(&head(&writer, 99_999_999, &hash)).is_ok());
        assert!(written(&blob(writer.as_str(), &hash)).unwrap().len() == 6);
        let longest = record(writer.as_str(), Room::Releases, &hash);
        assert!(written(&longest).is_ok() && longest.len() == LONGEST, "{}", longest.len());
    }

    #[test]
    fn nothing_is_written_deeper_than_it_would_be_listed() {
        let deep = ["a"; DEEPEST].join("/");
        assert!(written(&deep).is_ok() && listed(&deep).is_ok());
        let deeper = format!("{deep}/a");
        assert!(written(&deeper).is_err() && listed(&deeper).is_err());
    }

    #[test]
    fn only_the_exact_name_claims_a_number() {
        assert_eq!(head_seq("00000012-0123456789abcdef.rec"), Some(12));
        for other in [
            "00000012-0123456789abcdef (1).rec",
            "12-0123456789abcdef.rec",
            "00000012-0123456789ABCDEF.rec",
            "+0000012-0123456789abcdef.rec",
        ] {
            assert_eq!(head_seq(other), None, "{other}");
        }
        assert_eq!(record_hash(&format!("{}.rec", "ab".repeat(32))), Some("ab".repeat(32).as_str()));
        assert_eq!(record_hash("ab.rec"), None);
    }
}
