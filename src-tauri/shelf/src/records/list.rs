//! The list of a release's files: content like any other, trusted because the signed release names its hash.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{ReleaseFile, caps, names};

/// One file of a release, as the list writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ListedFile {
    pub name: String,
    /// Hash and size of each part, in order.
    pub parts: Vec<(String, u64)>,
    pub size: u64,
    pub sha256: String,
    #[serde(rename = "type")]
    pub media_type: String,
}

/// All files of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FileList {
    pub protocol: u32,
    pub files: Vec<ListedFile>,
}

impl FileList {
    /// The files, if these bytes are a sound list.
    pub fn read(bytes: &[u8]) -> Option<Vec<ReleaseFile>> {
        if bytes.len() as u64 > caps::LIST_BYTES {
            return None;
        }
        let list: FileList = crate::json::read(bytes)?;
        let parts: usize = list.files.iter().map(|f| f.parts.len()).try_fold(0, usize::checked_add)?;
        let mut met = HashSet::new();
        let sound = list.protocol == caps::WRITES
            && (1..=caps::FILES).contains(&list.files.len())
            && parts <= caps::PARTS
            && list.files.iter().all(|file| is_sound(file) && met.insert(names::folded(&file.name)));
        sound.then(|| list.files.into_iter().map(ReleaseFile::from).collect())
    }
}

fn is_sound(file: &ListedFile) -> bool {
    let size = file.parts.iter().try_fold(0_u64, |sum, (_, size)| sum.checked_add(*size));
    names::is_file_name(&file.name)
        && names::is_hash(&file.sha256)
        && file.parts.iter().all(|(hash, size)| names::is_hash(hash) && (1..=caps::PART_BYTES).contains(size))
        && size == Some(file.size)
        && is_media_type(&file.media_type)
}

/// Whether this is `type/subtype` in the plain characters of RFC 6838.
pub(crate) fn is_media_type(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'+' | b'-'))
    };
    text.len() <= 127 && text.split_once('/').is_some_and(|(kind, sub)| plain(kind) && plain(sub))
}

impl From<ListedFile> for ReleaseFile {
    fn from(file: ListedFile) -> Self {
        ReleaseFile {
            name: file.name,
            size_bytes: file.size,
            sha256: file.sha256,
            media_type: file.media_type,
            parts: file.parts,
            sealed: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str, size: u64, part: u64) -> Vec<u8> {
        let hash = "ab".repeat(32);
        format!(r#"{{"protocol":1,"files":[{{"name":{name:?},"parts":[["{hash}",{part}]],"size":{size},"sha256":"{hash}","type":"text/csv"}}]}}"#)
            .into_bytes()
    }

    #[test]
    fn a_list_with_an_odd_name_or_size_is_no_list() {
        assert!(FileList::read(&list("data/a.csv", 3, 3)).is_some());
        assert!(FileList::read(&list("../a.csv", 3, 3)).is_none());
        assert!(FileList::read(&list("a.csv", 4, 3)).is_none(), "sizes do not add up");
        assert!(FileList::read(&list("a.csv", 0, 0)).is_none(), "an empty part");
        assert!(FileList::read(&list("a.csv", u64::MAX, u64::MAX)).is_none());
        assert!(FileList::read(b"{\"protocol\":1,\"files\":[]}").is_none());
    }

    #[test]
    fn two_files_that_windows_cannot_tell_apart_are_no_list() {
        let one = String::from_utf8(list("A.csv", 3, 3)).expect("text");
        let file = &one[one.find("[{").expect("there") + 1..one.len() - 2];
        let both = |second: &str| one.replace(file, &format!("{file},{}", file.replace("A.csv", second)));
        assert!(FileList::read(both("b.csv").as_bytes()).is_some());
        let two = both("a.csv");
        assert!(FileList::read(two.as_bytes()).is_none(), "{two}");
    }

    #[test]
    fn a_media_type_is_no_markup() {
        assert!(is_media_type("application/vnd.apache.parquet"));
        for bad in ["", "text", "text/", "text/<script>", "text/csv; charset=x", "TEXT/csv"] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
