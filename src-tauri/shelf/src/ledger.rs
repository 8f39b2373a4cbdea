//! What this device has put on a place and read back from there, so that nothing is sent or fetched again that still stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::caps;
use crate::places::Entry;

/// Parts of its own that a device read back whole: by hash, the size and the mark that the place gave the file then. As long
/// as the place gives the same, the bytes are the same; a place that gives no marks is read again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger(BTreeMap<String, (u64, u64)>);

impl Ledger {
    /// Whether a file on the place is one that was read back.
    pub(crate) fn knows(&self, hash: &str, entry: &Entry) -> bool {
        let Some((size_bytes, mark)) = self.0.get(hash) else { return false };
        entry.size_bytes == Some(*size_bytes) && entry.changed == Some(*mark)
    }

    /// Remembers a file that was read back.
    pub(crate) fn note(&mut self, hash: &str, entry: &Entry) {
        if let (Some(size_bytes), Some(mark)) = (entry.size_bytes, entry.changed) {
            self.0.insert(hash.to_owned(), (size_bytes, mark));
        }
    }

    /// Forgets what `keep` does not name once there is much; what is forgotten is only read once more.
    pub(crate) fn trim(&mut self, keep: &dyn Fn(&str) -> bool) {
        if self.0.len() > caps::LEDGER {
            self.0.retain(|hash, _| keep(hash));
        }
    }
}
