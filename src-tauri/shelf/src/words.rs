//! Six words in place of a key's hash: what two people can read to each other over the phone.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// 1,024 short, plain English words, one a line.
static LIST: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("words.txt").lines().collect());

/// Six words (60 bits) of a writer's name.
pub(crate) fn six(writer: &str) -> [String; 6] {
    let digest = Sha256::digest(format!("LARDERwords {writer}"));
    let mut bits = digest.iter().flat_map(|byte| (0..8).rev().map(move |i| (byte >> i) & 1));
    std::array::from_fn(|_| {
        let index = bits.by_ref().take(10).fold(0_usize, |index, bit| index << 1 | usize::from(bit));
        LIST.get(index).copied().unwrap_or_default().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_1024_different_plain_words() {
        let words = &*LIST;
        assert_eq!(words.len(), 1024);
        assert!(words.is_sorted() && words.windows(2).all(|w| w[0] != w[1]));
        assert!(words.iter().all(|w| (3..=8).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_lowercase())));
    }

    #[test]
    fn words_are_stable_and_differ() {
        let one = six("aaaaaaaaaaaaaaaaaaaaaaaaaa");
        assert_eq!(one, six("aaaaaaaaaaaaaaaaaaaaaaaaaa"));
        assert_ne!(one, six("aaaaaaaaaaaaaaaaaaaaaaaaab"));
        assert!(one.iter().all(|word| LIST.contains(&word.as_str())));
    }
}
