//! What was already read and verified in this process. Everything in it is named by its hash, so it can never be wrong,
//! only unnecessary.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use larder_model::{ReleaseHash, ShelfId, WriterId};
use serde::{Deserialize, Serialize};

use crate::envelope::{Opened, Signed, open};
use crate::records::{CardRecord, CoSignature, Head, Release, Roster, Rules};
use crate::requests::Message;
use crate::sealed::{SealedList, Unsealed};
use crate::{ReleaseFile, caps};

/// A verified release record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Loaded {
    pub hash: ReleaseHash,
    pub writer: WriterId,
    pub release: Release,
    /// The record's file as text, where it is small: whoever publishes on top of it puts it beside its own, so that the
    /// chain of numbers can always be checked.
    pub text: Option<String>,
}

impl Loaded {
    /// The order in which releases take each other's place.
    pub fn rank(&self) -> (u64, &str) {
        (self.release.n, self.hash.as_str())
    }

    /// From a record's file.
    pub fn open(bytes: &[u8], shelf: &ShelfId) -> Opened<Loaded> {
        match open::<Release>(bytes, shelf) {
            Opened::Good(Signed { hash, writer, body }) => {
                let text =
                    (bytes.len() <= caps::KEPT_RECORD_BYTES).then(|| String::from_utf8_lossy(bytes).into_owned());
                let Some(name) = ReleaseHash::parse(&hash) else { return Opened::Bad };
                let loaded = Loaded { hash: name, writer: writer.clone(), release: body, text };
                Opened::Good(Signed { hash, writer, body: loaded })
            }
            Opened::TooNew(writer) => Opened::TooNew(writer),
            Opened::Bad => Opened::Bad,
        }
    }
}

/// Size and mark of a file's content, as its place tells them.
type Content = (Option<u64>, Option<u64>);

/// Verified things by their hash.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memo {
    pub releases: HashMap<String, Arc<Loaded>>,
    pub lists: HashMap<String, Arc<Vec<ReleaseFile>>>,
    pub rosters: HashMap<String, Arc<Signed<Roster>>>,
    pub rules: HashMap<String, Arc<Signed<Rules>>>,
    pub cosigns: HashMap<String, Arc<Signed<CoSignature>>>,
    /// Messages that are no co-signatures, by hash.
    pub passed: HashSet<String>,
    pub cards: HashMap<String, Arc<Signed<CardRecord>>>,
    /// What is in sealed releases for this device, by keyring and list: the same list under another keyring is another matter.
    pub opened: HashMap<(String, String), Unsealed>,
    /// Messages; none for those of kinds that are read elsewhere.
    pub messages: HashMap<String, Option<Arc<Message>>>,
    /// Heads by the name of their file, with what its place said of its content: size and mark.
    heads: HashMap<String, (Content, Arc<Signed<Head>>)>,
    /// Parts that had the wrong size, with that size and in how many looks.
    pub stuck: HashMap<String, (u64, u32)>,
    listed_files: usize,
}

impl Memo {
    /// Forgets what is cheap to read again once it grows beyond its bounds.
    pub fn trim(&mut self) {
        if self.releases.len() > 50_000 {
            self.releases.clear();
        }
        if self.heads.len() > 2 * caps::FOLDERS {
            self.heads.clear();
        }
        if self.listed_files > 2 * caps::VIEW_FILES {
            self.lists.clear();
            self.opened.clear();
            self.listed_files = 0;
        }
        if self.passed.len() > 100_000 {
            self.passed.clear();
        }
        if self.cards.len() + self.cosigns.len() + self.stuck.len() + self.messages.len() > 20_000 {
            self.cards.clear();
            self.messages.clear();
            self.cosigns.clear();
            self.stuck.clear();
        }
    }

    /// Keeps what is in a sealed release.
    pub fn keep_opened(&mut self, keyring: &str, list: &str, opened: Unsealed) -> Unsealed {
        if let Unsealed::List(list) = &opened {
            self.listed_files += list.files.len();
        }
        self.opened.insert((keyring.to_owned(), list.to_owned()), opened.clone());
        opened
    }

    /// What is in a sealed release, where it was opened before.
    pub fn opened_list(&self, release: &Release) -> Option<&Arc<SealedList>> {
        let key = (release.keyring.clone()?, release.list.clone()?);
        match self.opened.get(&key)? {
            Unsealed::List(list) => Some(list),
            _ => None,
        }
    }

    /// A release's files, where their list was read before.
    pub fn files_of(&self, release: &Release) -> Vec<ReleaseFile> {
        if release.sealed {
            return self.opened_list(release).map(|list| list.release_files(release)).unwrap_or_default();
        }
        let listed = release.list.as_ref().and_then(|list| self.lists.get(list));
        listed.map(|files| files.to_vec()).unwrap_or_default()
    }

    /// A head that was read from this file before, if its place can tell that it is still the same.
    pub fn head(&self, name: &str, size_bytes: Option<u64>, changed: Option<u64>) -> Option<Arc<Signed<Head>>> {
        let (known, head) = self.heads.get(name)?;
        (size_bytes.is_some() && changed.is_some() && *known == (size_bytes, changed)).then(|| head.clone())
    }

    /// Keeps a head.
    pub fn keep_head(&mut self, name: &str, size_bytes: Option<u64>, changed: Option<u64>, head: &Signed<Head>) {
        if size_bytes.is_some() && changed.is_some() {
            self.heads.insert(name.to_owned(), ((size_bytes, changed), Arc::new(head.clone())));
        }
    }

    /// Keeps a list.
    pub fn keep_list(&mut self, hash: &str, files: Vec<ReleaseFile>) -> Arc<Vec<ReleaseFile>> {
        self.listed_files += files.len();
        let files = Arc::new(files);
        self.lists.insert(hash.to_owned(), files.clone());
        files
    }
}
