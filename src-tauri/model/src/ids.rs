//! Names that machines give to things. Lower-case ASCII letters, digits and `-` only, so that they are safe everywhere.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(String);

        impl $name {
            /// Takes text that already follows the grammar of ids; `None` where it does not (empty, over 110 characters,
            /// or anything outside `[a-z0-9-]`).
            pub fn parse(text: &str) -> Option<Self> {
                let fits = !text.is_empty()
                    && text.len() <= 110
                    && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                fits.then(|| Self(text.to_owned()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A data product, the same over all its releases and on every shelf.
    ProductId
);
id!(
    /// What somebody is still working on, on this computer only.
    DraftId
);
id!(
    /// A shelf: the hash of its founding record, in base 16.
    ShelfId
);
id!(
    /// A person, however many computers they use.
    PersonId
);
id!(
    /// One computer of one person: what its signing key hashes to.
    WriterId
);
id!(
    /// One published release: sha256 of its signed record, 64 characters of base 16.
    ReleaseHash
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_a_path() {
        for bad in ["", "..", "a/b", "A", "a b", "c:", "\u{202e}", "a\\b", &"x".repeat(111)] {
            assert_eq!(ProductId::parse(bad), None, "{bad:?}");
        }
        assert_eq!(ProductId::parse("till-sales-7").map(|id| id.to_string()), Some("till-sales-7".into()));
    }
}
