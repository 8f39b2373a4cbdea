//! What must hold for every text of strangers that a shelf reads, whatever its bytes are: fed by `make fuzz` with bytes that
//! nobody meant, and by the tests with what was found that way and what really stands on shelves.
//!
//! Each of them panics where something does not hold.

mod asked;
mod named;
mod records;

pub use asked::{addresses, invitation, listings};
pub use named::names;
pub use records::{lists, records};

pub use crate::sealed::fuzzing::{header_len, opens};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn fixtures() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
    }

    fn files_below(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files_below(&path, all) } else { all.push(path) }
        }
    }

    #[test]
    fn what_the_fuzzer_once_stumbled_over_holds() {
        type Target = fn(&[u8]);
        let targets: [(&str, Target); 6] = [
            ("records", records),
            ("lists", lists),
            ("names", names),
            ("invited", invitation),
            ("listings", listings),
            ("addresses", addresses),
        ];
        let mut fed = 0;
        for (folder, target) in targets {
            let folder = fixtures().join("fuzz").join(folder);
            let mut all = Vec::new();
            files_below(&folder, &mut all);
            for path in all {
                target(&std::fs::read(&path).unwrap());
                fed += 1;
            }
        }
        assert!(fed >= 6, "{fed} files");
    }

    #[test]
    fn what_stands_on_kept_shelves_is_read_as_what_it_is() {
        let mut all = Vec::new();
        files_below(&fixtures().join("shelves"), &mut all);
        let (mut sound, mut lists_read) = (0, 0);
        for path in all {
            let bytes = std::fs::read(&path).unwrap();
            sound += u32::from(records::envelope(&bytes));
            lists_read += u32::from(records::list(&bytes));
        }
        assert!(sound >= 40 && lists_read >= 4, "{sound} records, {lists_read} lists");
    }
}
