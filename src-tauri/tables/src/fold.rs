//! Text as people look for it: without case and accents, quick where it is plain ASCII.

use std::borrow::Cow;
use std::cmp::Ordering;

use larder_model::search_text;

/// The same as [`search_text`], without a copy where nothing changes.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        Cow::Owned(search_text(text))
    } else if text.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The order of texts in a list that people read: folded, then as it stands.
pub(crate) fn folded_order(a: &str, b: &str) -> Ordering {
    let by_fold = if a.is_ascii() && b.is_ascii() {
        // Texts of one column often begin alike.
        let (eights, others) = (a.as_bytes().as_chunks::<8>().0, b.as_bytes().as_chunks::<8>().0);
        let alike = eights.iter().zip(others).take_while(|(a, b)| a == b).count() * 8;
        let lower = |byte: &u8| byte.to_ascii_lowercase();
        a.as_bytes()[alike..].iter().map(lower).cmp(b.as_bytes()[alike..].iter().map(lower))
    } else {
        folded(a).cmp(&folded(b))
    };
    by_fold.then_with(|| a.cmp(b))
}

/// Whether text contains a needle that was folded before; `room` is reused from call to call.
pub(crate) fn contains_folded(text: &str, needle: &str, room: &mut String) -> bool {
    if text.is_ascii() {
        if !needle.is_ascii() || needle.len() > text.len() {
            return false;
        }
        room.clear();
        room.push_str(text);
        room.make_ascii_lowercase();
        return room.contains(needle);
    }
    search_text(text).contains(needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_and_the_long_way_agree() {
        for text in ["Roggen", "BRÖTCHEN", "Süßkram", "é", "", "a\u{308}"] {
            assert_eq!(folded(text), search_text(text));
        }
        let mut room = String::new();
        assert!(contains_folded("Größe 7", "groesse", &mut room));
        assert!(contains_folded("RYE bread", "e br", &mut room));
        assert!(!contains_folded("rye", "ü", &mut room));
        assert!(contains_folded("rye", "", &mut room));
    }

    #[test]
    fn long_texts_are_in_the_order_of_their_letters() {
        let texts =
            ["", "a", "order no. 17", "Order no. 17", "ORDER NO. 170", "order no. 18", "order-no. 17", "order nö. 17"];
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (*a, *b))) {
            assert_eq!(folded_order(a, b), folded(a).cmp(&folded(b)).then_with(|| a.cmp(b)), "{a} {b}");
        }
    }

    #[test]
    fn umlauts_stand_beside_their_letters() {
        let mut names = ["Zimt", "Äpfel", "apfel", "Birnen"];
        names.sort_by(|a, b| folded_order(a, b));
        assert_eq!(names, ["Äpfel", "apfel", "Birnen", "Zimt"]);
    }
}
