//! What was already read and verified in this process. Everything in it is named by its hash, so it can never be wrong,
//! only unnecessary.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use larder_model::{ReleaseHash, ShelfId, WriterId};
use serde::{Deserialize, Serialize};

use crate::envelope::{Opened, Signed, open};
use crate::records::{CardRecord, CoSignature, Release, Roster, Rules};
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
        if self.listed_files > 2 * caps::VIEW_FILES {
            self.lists.clear();
            self.listed_files = 0;
        }
        if self.passed.len() > 100_000 {
            self.passed.clear();
        }
        if self.cards.len() + self.cosigns.len() + self.stuck.len() > 20_000 {
            self.cards.clear();
            self.cosigns.clear();
            self.stuck.clear();
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
