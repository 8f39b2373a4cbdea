//! What was not understood or not kept, and where it stands.

use std::collections::HashSet;

/// What became of a part of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NoteCode {
    /// There is no place for it here: a property of the standard, or of the publisher's own.
    NotKept,
    /// A value of another shape than the standard asks for.
    WrongShape,
    /// The same name twice in one object; the last one holds.
    DuplicateKey,
    /// Two columns of one name; the first one holds.
    DuplicateColumn,
    /// A column, table or file without a name.
    NoName,
    /// A type that no standard has.
    UnknownType,
    /// A format that is not understood; the type is kept.
    UnknownFormat,
    /// A rule that is not understood, or that allows exceptions.
    UnknownRule,
    /// A path that leads out of the folder, or that a system could misread.
    UnsafePath,
    /// A file on the web, which is not fetched.
    RemoteFile,
    /// A link that is neither http nor https.
    UnsafeLink,
    /// Rows written into the description itself.
    InlineData,
    /// A schema or dialect in a file of its own; see `schema_file` and `dialect_file` of the table.
    InOtherFile,
    /// A data file that belongs to none of the tables.
    NoTable,
    /// A key or reference to a table or column that is not described.
    BadReference,
    /// A text in a language that was not asked for.
    OtherLanguage,
    /// A list was cut; the detail tells how many there were.
    TooMany,
    /// A text was cut or, where it is a name or a value, left out.
    TooLong,
    /// A newer version of the standard than those known here.
    NewerVersion,
    /// A YAML file with several documents; the first one is read.
    MoreDocuments,
    /// A tag of YAML, which is not followed.
    YamlTag,
    /// There were more notes; the detail tells how many.
    MoreNotes,
}

impl NoteCode {
    /// The code as text, for files, logs and translations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotKept => "not-kept",
            Self::WrongShape => "wrong-shape",
            Self::DuplicateKey => "duplicate-key",
            Self::DuplicateColumn => "duplicate-column",
            Self::NoName => "no-name",
            Self::UnknownType => "unknown-type",
            Self::UnknownFormat => "unknown-format",
            Self::UnknownRule => "unknown-rule",
            Self::UnsafePath => "unsafe-path",
            Self::RemoteFile => "remote-file",
            Self::UnsafeLink => "unsafe-link",
            Self::InlineData => "inline-data",
            Self::InOtherFile => "in-other-file",
            Self::NoTable => "no-table",
            Self::BadReference => "bad-reference",
            Self::OtherLanguage => "other-language",
            Self::TooMany => "too-many",
            Self::TooLong => "too-long",
            Self::NewerVersion => "newer-version",
            Self::MoreDocuments => "more-documents",
            Self::YamlTag => "yaml-tag",
            Self::MoreNotes => "more-notes",
        }
    }
}

/// Something that was not understood or not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What became of it.
    pub code: NoteCode,
    /// Where it stands, as a JSON pointer (RFC 6901), for YAML as well; empty for the whole document.
    pub place: String,
    /// The word that was not understood, a number, or a few words of the publisher about it. Values that were not
    /// asked for, such as passwords, are never repeated here.
    pub detail: Option<String>,
}

const MAX_NOTES: usize = 1000;
/// All that is kept of a description, in memory. Twice what the biggest one without repeated parts takes.
const MAX_KEPT_BYTES: usize = 96 * 1024 * 1024;
const MAX_DETAIL: usize = 200;

/// Gathers notes, and knows which languages are wanted.
#[derive(Debug, Default)]
pub(crate) struct Log {
    notes: Vec<Note>,
    seen: HashSet<(NoteCode, String, Option<String>)>,
    kept_bytes: usize,
    left_out: usize,
    pub(crate) languages: Vec<String>,
}

impl Log {
    pub(crate) fn new(languages: &[&str]) -> Self {
        Self { languages: languages.iter().map(|tag| tag.to_lowercase()).collect(), ..Self::default() }
    }

    pub(crate) fn note(&mut self, code: NoteCode, place: impl Into<String>) {
        self.add(code, place.into(), None);
    }

    pub(crate) fn tell(&mut self, code: NoteCode, place: impl Into<String>, detail: impl AsRef<str>) {
        let detail = detail.as_ref().chars().filter(|c| !c.is_control()).take(MAX_DETAIL).collect();
        self.add(code, place.into(), Some(detail));
    }

    fn add(&mut self, code: NoteCode, place: String, detail: Option<String>) {
        if self.notes.len() < MAX_NOTES {
            if !self.seen.insert((code, place.clone(), detail.clone())) {
                return;
            }
            self.notes.push(Note { code, place, detail });
        } else {
            self.left_out += 1;
        }
    }

    /// Whether so many bytes more may be kept. Parts that are repeated, by inheritance say, could else fill the memory.
    pub(crate) fn afford(&mut self, bytes: usize) -> bool {
        let had = self.kept_bytes <= MAX_KEPT_BYTES;
        self.kept_bytes = self.kept_bytes.saturating_add(bytes).saturating_add(32);
        let has = self.kept_bytes <= MAX_KEPT_BYTES;
        if had && !has {
            self.tell(NoteCode::TooMany, "", MAX_KEPT_BYTES.to_string());
        }
        has
    }

    pub(crate) fn finish(mut self) -> Vec<Note> {
        if self.left_out > 0 {
            let detail = Some(self.left_out.to_string());
            self.notes.push(Note { code: NoteCode::MoreNotes, place: String::new(), detail });
        }
        self.notes
    }
}
